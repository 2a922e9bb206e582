// SPDX-License-Identifier: AGPL-3.0-or-later
/* The document around the blocks, and the strict readers of single values. */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>

#include "server/paper/tree_reader.h"

const struct word align_words[] = {
    {"justify", ALIGN_JUSTIFY}, {"left", ALIGN_LEFT}, {"center", ALIGN_CENTER}, {"right", ALIGN_RIGHT}, {NULL, 0}};

static void put_place(struct buf *out, const struct place *at, int depth)
{
    if (at == NULL || at->up == NULL || depth > 2 * PAPER_MAX_NESTING + 8)
        return;
    put_place(out, at->up, depth + 1);
    if (at->key == NULL)
        buf_fmt(out, "[%zu]", at->index);
    else
        buf_fmt(out, "%s%s", out->n > 0 ? "." : "", at->key);
}

enum rc bad(struct reader *r, const struct place *at, const char *format, ...)
{
    struct buf path = {.arena = r->arena};
    char text[200];
    va_list args;

    put_place(&path, at, 0);
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    return fail(r->err, RC_INVALID, "%.*s%s%s", STR_ARG(str_part(buf_str(&path), 0, 160)), path.n > 0 ? ": " : "", text);
}

static bool has_word(const char *words, const char *word)
{
    size_t n = strlen(word);

    for (const char *p = strstr(words, word); p != NULL && n > 0; p = strstr(p + 1, word))
        if ((p == words || p[-1] == ' ') && (p[n] == ' ' || p[n] == '\0'))
            return true;
    return false;
}

static enum rc count_node(struct reader *r, const struct place *at)
{
    if (at->depth > PAPER_MAX_NESTING)
        return bad(r, at, "nested deeper than %d", PAPER_MAX_NESTING);
    if (++r->nodes > PAPER_MAX_NODES)
        return fail(r->err, RC_TOO_LARGE, "more than %d nodes", PAPER_MAX_NODES);
    return RC_OK;
}

enum rc want_object(struct reader *r, const struct place *at, const json_t *json, const char *keys)
{
    const char *key;
    json_t *value;

    TRY(count_node(r, at));
    if (!json_is_object(json))
        return bad(r, at, "must be an object");
    json_object_foreach((json_t *)json, key,
                        value) if (strchr(key, ' ') != NULL || !has_word(keys, key)) return bad(r, at, "has no key \"%.40s\"", key);
    return RC_OK;
}

enum rc want_array(struct reader *r, const struct place *at, const json_t *json)
{
    TRY(count_node(r, at));
    return json_is_array(json) ? RC_OK : bad(r, at, "must be an array");
}

enum rc read_number(struct reader *r, const struct place *at, const json_t *json, const char *key, double min, double max, double *out)
{
    const json_t *value = json_object_get(json, key);
    struct place here = place_key(at, key);
    double number;

    if (value == NULL)
        return RC_OK;
    if (!json_is_number(value))
        return bad(r, &here, "must be a number");
    number = json_number_value(value);
    if (!isfinite(number) || number < min || number > max)
        return bad(r, &here, "must be from %g to %g", min, max);
    *out = number;
    return RC_OK;
}

enum rc read_length(struct reader *r, const struct place *at, const json_t *json, const char *key, double min_mm, double max_mm,
                    double *out)
{
    double mm = *out / POINTS_PER_MM;

    TRY(read_number(r, at, json, key, min_mm, max_mm, &mm));
    *out = mm * POINTS_PER_MM;
    return RC_OK;
}

enum rc read_bool(struct reader *r, const struct place *at, const json_t *json, const char *key, bool *out)
{
    const json_t *value = json_object_get(json, key);
    struct place here = place_key(at, key);

    if (value == NULL)
        return RC_OK;
    if (!json_is_boolean(value))
        return bad(r, &here, "must be true or false");
    *out = json_is_true(value);
    return RC_OK;
}

/* STR_NONE when there is none. */
static enum rc read_string(struct reader *r, const struct place *at, const json_t *json, const char *key, struct str *out)
{
    const json_t *value = json_object_get(json, key);
    struct place here = place_key(at, key);

    if (value != NULL && !json_is_string(value))
        return bad(r, &here, "must be a text");
    *out = (struct str){json_string_value(value), json_string_length(value)};
    return RC_OK;
}

enum rc read_text(struct reader *r, const struct place *at, const json_t *json, const char *key, struct str *out)
{
    struct str text;

    TRY(read_string(r, at, json, key, &text));
    if (text.p == NULL)
        return RC_OK;
    r->text_bytes += text.n;
    if (text.n > PAPER_MAX_PARAGRAPH_BYTES || r->text_bytes > PAPER_MAX_TEXT_BYTES)
        return fail(r->err, RC_TOO_LARGE, "too much text in the tree");
    *out = str_dup(r->arena, text);
    return RC_OK;
}

enum rc read_word(struct reader *r, const struct place *at, const json_t *json, const char *key, const struct word *words, int *out)
{
    struct place here = place_key(at, key);
    struct str text;

    TRY(read_string(r, at, json, key, &text));
    if (text.p == NULL)
        return RC_OK;
    for (const struct word *word = words; word->text != NULL; word++)
        if (str_is(text, word->text)) {
            *out = word->value;
            return RC_OK;
        }
    return bad(r, &here, "\"%.*s\" is not known", (int)(text.n < 40 ? text.n : 40), text.p);
}

enum rc read_words(struct reader *r, const struct place *at, const json_t *json, const char *key, const struct word *words,
                   const char *what, unsigned *out)
{
    const json_t *array = json_object_get(json, key);
    struct place here = place_key(at, key);
    size_t index;
    json_t *value;

    if (array == NULL)
        return RC_OK;
    TRY(want_array(r, &here, array));
    json_array_foreach(array, index, value)
    {
        struct place item = place_index(&here, index);
        const struct word *word = words;
        while (word->text != NULL && !(json_is_string(value) && strcmp(json_string_value(value), word->text) == 0))
            word++;
        if (word->text == NULL)
            return bad(r, &item, "is not %s", what);
        *out |= (unsigned)word->value;
    }
    return RC_OK;
}

enum rc check_drawn(struct reader *r, const struct place *at, struct str text)
{
    struct str lacks = r->is_check ? paper_lacks(text) : STR_NONE;

    return lacks.p == NULL ? RC_OK : bad(r, at, "no font has the sign \"%.*s\"", STR_ARG(lacks));
}

enum rc check_name(struct reader *r, const struct place *at, struct str name, const char **out)
{
    if (name.n == 0 || name.n > PAPER_MAX_NAME)
        return bad(r, at, "a name has 1 to %d characters", PAPER_MAX_NAME);
    for (size_t i = 0; i < name.n; i++) {
        unsigned char c = (unsigned char)name.p[i];
        if (!((c | 32) >= 'a' && (c | 32) <= 'z') && !(c >= '0' && c <= '9') && c != '_' && c != '.' && c != '-')
            return bad(r, at, "a name has only letters, digits, _ . -");
    }
    *out = str_z(r->arena, name);
    return RC_OK;
}

enum rc read_name(struct reader *r, const struct place *at, const json_t *json, const char *key, const char **out)
{
    struct place here = place_key(at, key);
    struct str text = STR_NONE;

    TRY(read_text(r, at, json, key, &text));
    return text.p == NULL ? RC_OK : check_name(r, &here, text, out);
}

/* Letters ask for some dozens of names: a list is quicker than a table. */
void note_name(struct reader *r, struct names *names, struct str name)
{
    for (size_t i = 0; i < names->n; i++)
        if (str_eq(names->p[i], name))
            return;
    if (names->n == names->room) {
        struct str *more = ARENA_ARRAY(r->arena, struct str, names->room * 2 + 16);
        if (names->n > 0)
            memcpy(more, names->p, names->n * sizeof *more);
        names->p = more;
        names->room = names->room * 2 + 16;
    }
    names->p[names->n++] = str_dup(r->arena, name);
}

void note_field(struct reader *r, const char *name)
{
    if (r->each == NULL)
        note_name(r, &r->fields, str_c(name));
}

static bool is_same_list(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

void note_need(struct reader *r, const char *list, const char *field, enum paper_kind kind)
{
    for (size_t i = 0; i < r->need_count; i++)
        if (r->needs[i].kind == kind && strcmp(r->needs[i].field, field) == 0 && is_same_list(r->needs[i].list, list))
            return;
    if (r->need_count == r->need_room) {
        struct paper_need *more = ARENA_ARRAY(r->arena, struct paper_need, r->need_room * 2 + 16);
        if (r->need_count > 0)
            memcpy(more, r->needs, r->need_count * sizeof *more);
        r->needs = more;
        r->need_room = r->need_room * 2 + 16;
    }
    r->needs[r->need_count++] = (struct paper_need){list, field, kind};
}

enum rc each_begin(struct reader *r, const struct place *at, const json_t *json, const char *key, const char **list_out,
                   const char **outer_out)
{
    *outer_out = r->each;
    TRY(read_name(r, at, json, key, list_out));
    if (*list_out == NULL)
        return RC_OK;
    note_name(r, &r->lists, str_c(*list_out));
    r->each = *list_out;
    return RC_OK;
}

void each_end(struct reader *r, const char *outer)
{
    r->each = outer;
}

static enum rc read_margin(struct reader *r, const struct place *at, const json_t *page)
{
    const json_t *margin = json_object_get(page, "margin");
    struct place here = place_key(at, "margin");
    struct tree *t = r->tree;

    if (margin == NULL)
        return RC_OK;
    TRY(want_object(r, &here, margin, "top right bottom left"));
    TRY(read_length(r, &here, margin, "top", 0, 80, &t->top));
    TRY(read_length(r, &here, margin, "right", 0, 80, &t->right));
    TRY(read_length(r, &here, margin, "bottom", 0, 80, &t->bottom));
    return read_length(r, &here, margin, "left", 0, 80, &t->left);
}

static enum rc read_page(struct reader *r, const struct place *at, const json_t *root)
{
    static const struct {
        double width, height; /* mm, upright */
    } sheets[] = {{215, 330}, {210, 297}, {216, 356}, {165, 215}};
    static const struct word sizes[] = {{"F4", 0}, {"A4", 1}, {"legal", 2}, {"half-F4", 3}, {NULL, 0}};
    static const struct word ways[] = {{"portrait", false}, {"landscape", true}, {NULL, 0}};
    const json_t *page = json_object_get(root, "page");
    struct place here = place_key(at, "page");
    struct tree *t = r->tree;
    int is_lying = t->is_lying;

    if (page != NULL) {
        TRY(want_object(r, &here, page, "size orientation margin"));
        TRY(read_word(r, &here, page, "size", sizes, &t->sheet));
        TRY(read_word(r, &here, page, "orientation", ways, &is_lying));
        TRY(read_margin(r, &here, page));
    }
    t->is_lying = is_lying;
    t->page_width = (is_lying ? sheets[t->sheet].height : sheets[t->sheet].width) * POINTS_PER_MM;
    t->page_height = (is_lying ? sheets[t->sheet].width : sheets[t->sheet].height) * POINTS_PER_MM;
    return RC_OK;
}

static enum rc read_font(struct reader *r, const struct place *at, const json_t *root)
{
    static const struct word families[] = {{"serif", FAMILY_SERIF}, {"sans", FAMILY_SANS}, {"mono", FAMILY_MONO}, {NULL, 0}};
    const json_t *font = json_object_get(root, "font");
    struct place here = place_key(at, "font");
    struct tree *t = r->tree;
    int family = (int)t->family;

    if (font == NULL)
        return RC_OK;
    TRY(want_object(r, &here, font, "family size spacing indent tighten"));
    TRY(read_word(r, &here, font, "family", families, &family));
    TRY(read_number(r, &here, font, "size", 6, 24, &t->size));
    TRY(read_number(r, &here, font, "spacing", 0.8, 3, &t->spacing));
    TRY(read_length(r, &here, font, "indent", 0, 40, &t->indent));
    TRY(read_number(r, &here, font, "tighten", 0.2, 1, &t->tighten));
    t->family = (enum family)family;
    return RC_OK;
}

static enum rc read_footer(struct reader *r, const struct place *at, const json_t *root)
{
    const json_t *json = json_object_get(root, "footer");
    struct place here = place_key(at, "footer");
    struct footer *footer = &r->tree->footer;

    if (json == NULL)
        return RC_OK;
    *footer = (struct footer){.has_rule = true, .size = 8};
    r->in_footer = true;
    TRY(want_object(r, &here, json, "left center right note rule size"));
    TRY(read_content_key(r, &here, json, "left", &footer->left));
    TRY(read_content_key(r, &here, json, "center", &footer->center));
    TRY(read_content_key(r, &here, json, "right", &footer->right));
    TRY(read_content_key(r, &here, json, "note", &footer->note));
    TRY(read_bool(r, &here, json, "rule", &footer->has_rule));
    TRY(read_number(r, &here, json, "size", 5, 14, &footer->size));
    r->in_footer = false;
    return RC_OK;
}

static enum rc read_pages_with(struct reader *r, const struct place *at, const json_t *root, const char *part, const char *key,
                               enum pages_with *out)
{
    static const struct word words[] = {{"all", PAGES_ALL}, {"first", PAGES_FIRST}, {"none", PAGES_NONE}, {NULL, 0}};
    int on = PAGES_ALL;

    TRY(read_word(r, at, root, key, words, &on));
    *out = json_object_get(root, part) == NULL ? PAGES_NONE : (enum pages_with)on;
    return RC_OK;
}

/* Page, font and if_empty are what they were where the part does not say otherwise. */
static enum rc read_part(struct reader *r, const struct place *at, const json_t *json)
{
    struct tree *tree = r->tree;

    TRY(read_text(r, at, json, "if_empty", &tree->if_empty));
    TRY(check_drawn(r, at, tree->if_empty));
    TRY(read_page(r, at, json));
    TRY(read_font(r, at, json));
    if (json_object_get(json, "body") == NULL)
        return bad(r, at, "has no body");
    TRY(read_blocks_key(r, at, json, "header", &tree->header));
    TRY(read_blocks_key(r, at, json, "body", &tree->body));
    TRY(read_footer(r, at, json));
    TRY(read_pages_with(r, at, json, "header", "header_on", &tree->header_on));
    return read_pages_with(r, at, json, "footer", "footer_on", &tree->footer_on);
}

#define PART_KEYS "page font if_empty header header_on body footer footer_on"

static enum rc read_attachment(struct reader *r, const struct place *at, const json_t *json)
{
    const json_t *condition = json_object_get(json, "if");
    struct place here = place_key(at, "if");
    const char *outer;

    TRY(want_object(r, at, json, PART_KEYS " if each"));
    if (condition != NULL) {
        TRY(want_object(r, &here, condition, "field equals not in is"));
        TRY(read_test(r, &here, condition, &r->tree->test));
        r->tree->has_test = true;
    }
    TRY(each_begin(r, at, json, "each", &r->tree->each, &outer));
    TRY(read_part(r, at, json));
    each_end(r, outer);
    r->tree->has_own_foot = json_object_get(json, "footer") != NULL;
    return RC_OK;
}

/* An attachment that says nothing of a foot has the letter's, as long as that stands on all sheets, with the code to check it by. */
static void take_foot(const struct tree *letter, bool has_qr, const json_t *json, struct tree *part)
{
    if (part->has_own_foot || json_object_get(json, "footer_on") != NULL || letter->footer_on != PAGES_ALL)
        return;
    part->footer = letter->footer;
    part->footer.has_qr = has_qr;
    part->footer_on = PAGES_ALL;
}

static enum rc read_attachments(struct reader *r, const struct place *at, const json_t *root)
{
    const json_t *array = json_object_get(root, "attachments");
    struct place here = place_key(at, "attachments");
    const struct tree *letter = r->tree;
    const bool letter_has_qr = r->has_qr;
    bool has_qr = letter_has_qr;
    size_t index;
    json_t *value;

    if (array == NULL)
        return RC_OK;
    TRY(want_array(r, &here, array));
    if (json_array_size(array) > PAPER_MAX_ATTACHMENTS)
        return bad(r, &here, "more than %d", PAPER_MAX_ATTACHMENTS);
    json_array_foreach(array, index, value)
    {
        struct place item = place_index(&here, index);
        struct tree *part = ARENA_NEW(r->arena, struct tree);
        *part = (struct tree){.sheet = letter->sheet,
                              .is_lying = letter->is_lying,
                              .top = letter->top,
                              .right = letter->right,
                              .bottom = letter->bottom,
                              .left = letter->left,
                              .family = letter->family,
                              .size = letter->size,
                              .spacing = letter->spacing,
                              .indent = letter->indent,
                              .tighten = letter->tighten,
                              .if_empty = letter->if_empty};
        r->tree->next = part;
        r->tree = part;
        r->has_qr = false;
        TRY(read_attachment(r, &item, value));
        take_foot(letter, letter_has_qr && !r->has_qr, value, part);
        has_qr |= r->has_qr;
    }
    r->has_qr = has_qr;
    return RC_OK;
}

enum rc tree_read(struct arena *arena, const json_t *json, bool is_check, struct tree **tree_out, struct err *err)
{
    struct tree *tree = ARENA_NEW(arena, struct tree);
    struct reader r = {.arena = arena, .err = err, .tree = tree, .is_check = is_check};
    struct place root = {0};

    *tree = (struct tree){.top = 15 * POINTS_PER_MM,
                          .right = 20 * POINTS_PER_MM,
                          .bottom = 15 * POINTS_PER_MM,
                          .left = 25 * POINTS_PER_MM,
                          .family = FAMILY_SERIF,
                          .size = 12,
                          .spacing = 1.3,
                          .indent = 12.5 * POINTS_PER_MM,
                          .tighten = 1,
                          .if_empty = STR("-")};
    TRY(want_object(&r, &root, json, PART_KEYS " attachments"));
    TRY(read_part(&r, &root, json));
    TRY(read_attachments(&r, &root, json));
    tree->use = (struct paper_use){
        .fields = r.fields.p,
        .field_count = r.fields.n,
        .lists = r.lists.p,
        .list_count = r.lists.n,
        .images = r.images.p,
        .image_count = r.images.n,
        .needs = r.needs,
        .need_count = r.need_count,
        .has_qr = r.has_qr,
    };
    *tree_out = tree;
    return RC_OK;
}

enum rc paper_check(struct arena *arena, const json_t *tree, struct paper_use *use_out, struct err *err)
{
    struct tree *read;

    TRY(tree_read(arena, tree, true, &read, err));
    if (use_out != NULL)
        *use_out = read->use;
    return RC_OK;
}
