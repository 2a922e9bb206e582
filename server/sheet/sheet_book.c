// SPDX-License-Identifier: AGPL-3.0-or-later
/* The small parts: which sheets there are, which formats are dates, the shared texts. */
#include <stdlib.h>

#include "server/sheet/sheet_parts.h"

/* ---- relationships ---- */

struct relation {
    struct str id, type, target;
};

struct relations {
    struct book *book;
    struct relation *p;
    size_t n, room;
};

static enum rc relation_start(void *ctx, const char *name, struct xml_attr attrs)
{
    struct relations *all = ctx;
    struct arena *arena = all->book->arena;

    if (strcmp(name, "Relationship") != 0)
        return RC_OK;
    const char *id = xml_attr(attrs, "Id"), *type = xml_attr(attrs, "Type"), *target = xml_attr(attrs, "Target");
    if (id == NULL || type == NULL || target == NULL)
        return RC_OK;
    if (all->n == all->book->limits->entries)
        return book_fail(all->book, SHEET_DAMAGED, "too many relationships");
    ARENA_MORE(arena, all->p, all->n, all->room, 16);
    all->p[all->n++] = (struct relation){str_dup(arena, str_c(id)), str_dup(arena, str_c(type)), str_dup(arena, str_c(target))};
    return RC_OK;
}

static enum rc ignore_end(void *ctx, const char *name)
{
    (void)ctx, (void)name;
    return RC_OK;
}

/* "xl/workbook.xml" → its folder and name. */
static void split_path(struct str path, struct str *folder, struct str *file)
{
    size_t at = path.n;

    while (at > 0 && path.p[at - 1] != '/')
        at--;
    *folder = str_part(path, 0, at);
    *file = str_from(path, at);
}

/* A target is relative to the part's folder, or absolute with '/' (some write '\\'). */
static struct str resolve(struct arena *arena, struct str folder, struct str target)
{
    if (target.n > 0 && (target.p[0] == '/' || target.p[0] == '\\'))
        folder = STR("");
    return path_tidy(arena, str_fmt(arena, "%.*s%.*s", STR_ARG(folder), STR_ARG(target)));
}

static enum rc read_relations(struct book *book, struct str part, struct relations *out)
{
    static const struct xml_events events = {relation_start, ignore_end, NULL};
    struct str folder, file;

    *out = (struct relations){.book = book};
    split_path(part, &folder, &file);
    struct str path = str_fmt(book->arena, "%.*s_rels/%.*s.rels", STR_ARG(folder), STR_ARG(file));
    TRY(part_parse(book, path, &events, out));
    for (size_t i = 0; i < out->n; i++)
        out->p[i].target = resolve(book->arena, folder, out->p[i].target);
    return RC_OK;
}

/* ---- the workbook ---- */

bool xml_is_true(const char *value)
{
    return value != NULL && (strcmp(value, "1") == 0 || strcmp(value, "true") == 0 || strcmp(value, "on") == 0);
}

static enum rc workbook_start(void *ctx, const char *name, struct xml_attr attrs)
{
    struct book *book = ctx;

    if (strcmp(name, "workbookPr") == 0 && xml_is_true(xml_attr(attrs, "date1904")))
        book->is_1904 = true;
    if (strcmp(name, "sheet") != 0)
        return RC_OK;
    if (book->n_sheets == book->limits->sheets)
        return book_fail(book, SHEET_TOO_MANY_SHEETS, "too many sheets");
    const char *title = xml_attr(attrs, "name"), *id = xml_attr(attrs, "id"), *state = xml_attr(attrs, "state");
    book->sheets[book->n_sheets++] = (struct book_sheet){
        .name = str_dup(book->arena, str_c(title != NULL ? title : "")),
        .relation = str_dup(book->arena, str_c(id != NULL ? id : "")),
        .is_hidden = state != NULL && strcmp(state, "visible") != 0,
    };
    return RC_OK;
}

static void place_sheet(struct book *book, struct book_sheet *sheet, const struct relations *relations)
{
    for (size_t i = 0; i < relations->n; i++) {
        const struct relation *r = &relations->p[i];
        if (!str_eq(r->id, sheet->relation))
            continue;
        sheet->path = r->target;
        sheet->is_table = str_ends(r->type, STR("/worksheet")) && book_entry_find(book, r->target) >= 0;
    }
}

static enum rc find_workbook(struct book *book)
{
    struct relations top;

    TRY(read_relations(book, STR(""), &top));
    for (size_t i = 0; i < top.n; i++)
        if (str_ends(top.p[i].type, STR("/officeDocument")))
            book->workbook_path = top.p[i].target;
    if (str_empty(book->workbook_path) || str_starts(book->workbook_path, STR("word/")) || str_starts(book->workbook_path, STR("ppt/")))
        return book_fail(book, SHEET_NOT_SHEET, "an office document, but no workbook");
    return RC_OK;
}

enum rc book_read_workbook(struct book *book)
{
    static const struct xml_events events = {workbook_start, ignore_end, NULL};
    struct relations relations;

    TRY(find_workbook(book));
    book->sheets = ARENA_ARRAY(book->arena, struct book_sheet, book->limits->sheets);
    TRY(part_parse(book, book->workbook_path, &events, book));
    TRY(read_relations(book, book->workbook_path, &relations));
    for (size_t i = 0; i < relations.n; i++) {
        if (str_ends(relations.p[i].type, STR("/sharedStrings")))
            book->shared_path = relations.p[i].target;
        if (str_ends(relations.p[i].type, STR("/styles")))
            book->styles_path = relations.p[i].target;
    }
    size_t tables = 0;
    for (size_t i = 0; i < book->n_sheets; i++) {
        place_sheet(book, &book->sheets[i], &relations);
        tables += book->sheets[i].is_table;
    }
    return tables > 0 ? RC_OK : book_fail(book, SHEET_NO_SHEETS, "no worksheet");
}

/* ---- formats ---- */

enum { FORMATS_MAX = 4096, STYLES_MAX = 65536 };

struct formats {
    struct book *book;
    uint32_t ids[FORMATS_MAX];
    size_t n;
    bool in_cell_formats;
};

/* What stands in quotes or brackets, or after \ _ *, is text; [h] counts hours. */
bool number_format_is_date(const char *code)
{
    for (const char *p = code; *p != '\0' && *p != ';'; p++) {
        switch (*p) {
        case '"':
        case '[': {
            const char *end = strchr(p + 1, *p == '"' ? '"' : ']');
            if (end == NULL)
                return false;
            p = end;
            break;
        }
        case '\\':
        case '_':
        case '*':
            if (p[1] == '\0')
                return false;
            p++;
            break;
        case 'd':
        case 'D':
        case 'm':
        case 'M':
        case 'y':
        case 'Y':
            return true;
        case 'G':
        case 'g': /* General */
            if (strncmp(p, "General", 7) == 0)
                p += 6;
            break;
        }
    }
    return false;
}

bool builtin_is_date(uint32_t id)
{
    return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
}

static bool format_is_date(const struct formats *formats, uint32_t id)
{
    for (size_t i = 0; i < formats->n; i++)
        if (formats->ids[i] == id)
            return true;
    return builtin_is_date(id);
}

static enum rc style_start(void *ctx, const char *name, struct xml_attr attrs)
{
    struct formats *formats = ctx;
    const char *id = xml_attr(attrs, "numFmtId");

    if (strcmp(name, "cellXfs") == 0) {
        formats->in_cell_formats = true;
    } else if (strcmp(name, "numFmt") == 0) {
        const char *code = xml_attr(attrs, "formatCode");
        if (id != NULL && code != NULL && number_format_is_date(code) && formats->n < FORMATS_MAX)
            formats->ids[formats->n++] = (uint32_t)strtoul(id, NULL, 10);
    } else if (strcmp(name, "xf") == 0 && formats->in_cell_formats) {
        struct book *book = formats->book;
        if (book->n_styles == STYLES_MAX)
            return book_fail(book, SHEET_DAMAGED, "too many cell formats");
        book->style_is_date[book->n_styles++] = id != NULL && format_is_date(formats, (uint32_t)strtoul(id, NULL, 10));
    }
    return RC_OK;
}

static enum rc style_end(void *ctx, const char *name)
{
    struct formats *formats = ctx;

    if (strcmp(name, "cellXfs") == 0)
        formats->in_cell_formats = false;
    return RC_OK;
}

enum rc book_read_styles(struct book *book)
{
    static const struct xml_events events = {style_start, style_end, NULL};
    struct formats *formats = ARENA_NEW(book->arena, struct formats);

    if (str_empty(book->styles_path) || book_entry_find(book, book->styles_path) < 0)
        return RC_OK;
    formats->book = book;
    book->style_is_date = ARENA_ARRAY(book->arena, bool, STYLES_MAX);
    return part_parse(book, book->styles_path, &events, formats);
}

/* ---- shared texts ---- */

struct shared_reader {
    struct book *book;
    bool in_item, in_text;
    unsigned phonetic;
};

bool shared_text_at(const struct shared_texts *s, uint64_t i, struct str *out)
{
    if (i >= s->count)
        return false;
    size_t from = i == 0 ? 0 : s->ends[i - 1];
    *out = (struct str){s->bytes != NULL ? s->bytes + from : "", s->ends[i] - from};
    return true;
}

static enum rc shared_grow(struct book *book, size_t more)
{
    struct shared_texts *s = &book->shared;

    if (more > book->limits->shared_bytes - s->n)
        return book_fail(book, SHEET_TOO_LARGE, "shared texts larger than allowed");
    if (s->n + more > s->room) {
        s->room = (s->n + more) * 2;
        char *p = realloc(s->bytes, s->room);
        if (p == NULL)
            return book_fail(book, SHEET_TOO_LARGE, "no memory for shared texts");
        s->bytes = p;
    }
    return RC_OK;
}

static enum rc shared_end_text(struct shared_texts *s, struct book *book)
{
    if (s->count == s->count_room) {
        size_t room = s->count_room == 0 ? 1024 : s->count_room * 2;
        if (room > book->limits->shared_bytes / 4)
            return book_fail(book, SHEET_TOO_LARGE, "too many shared texts");
        uint32_t *p = realloc(s->ends, room * sizeof *p);
        if (p == NULL)
            return book_fail(book, SHEET_TOO_LARGE, "no memory for shared texts");
        s->ends = p;
        s->count_room = room;
    }
    s->ends[s->count++] = (uint32_t)s->n;
    return RC_OK;
}

static enum rc shared_close_item(struct book *book)
{
    struct shared_texts *s = &book->shared;
    size_t from = s->count == 0 ? 0 : s->ends[s->count - 1];

    if (s->n > from)
        s->n = from + xml_unescape(s->bytes + from, s->n - from);
    return shared_end_text(s, book);
}

enum rc book_shared_add(struct book *book, struct str text)
{
    struct shared_texts *s = &book->shared;

    if (text.n > 0) {
        TRY(shared_grow(book, text.n));
        memcpy(s->bytes + s->n, text.p, text.n);
        s->n += text.n;
    }
    return shared_end_text(s, book);
}

static enum rc shared_start(void *ctx, const char *name, struct xml_attr attrs)
{
    struct shared_reader *r = ctx;

    (void)attrs;
    if (strcmp(name, "si") == 0)
        r->in_item = true;
    else if (strcmp(name, "rPh") == 0)
        r->phonetic++;
    else if (strcmp(name, "t") == 0)
        r->in_text = r->in_item && r->phonetic == 0;
    return RC_OK;
}

static enum rc shared_end(void *ctx, const char *name)
{
    struct shared_reader *r = ctx;

    if (strcmp(name, "t") == 0) {
        r->in_text = false;
    } else if (strcmp(name, "rPh") == 0) {
        if (r->phonetic > 0)
            r->phonetic--;
    } else if (strcmp(name, "si") == 0) {
        r->in_item = false;
        return shared_close_item(r->book);
    }
    return RC_OK;
}

static enum rc shared_text(void *ctx, const char *bytes, size_t n)
{
    struct shared_reader *r = ctx;
    struct shared_texts *s = &r->book->shared;

    if (!r->in_text)
        return RC_OK;
    size_t from = s->count == 0 ? 0 : s->ends[s->count - 1];
    if (s->n - from + n > CELL_TEXT_MAX)
        return book_fail(r->book, SHEET_TOO_LARGE, "a text longer than a cell can hold");
    TRY(shared_grow(r->book, n));
    memcpy(s->bytes + s->n, bytes, n);
    s->n += n;
    return RC_OK;
}

enum rc book_read_shared(struct book *book)
{
    static const struct xml_events events = {shared_start, shared_end, shared_text};
    struct shared_reader reader = {.book = book};

    if (str_empty(book->shared_path) || book_entry_find(book, book->shared_path) < 0)
        return RC_OK;
    return part_parse(book, book->shared_path, &events, &reader);
}
