// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/paper/pdf_file.h"

#include <time.h>

#include "server/base/random.h"

enum { MAX_OBJECTS = 100000, MAX_REVISIONS = 8, ENTRY_BYTES = 20 };

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/* Takes a decimal number and the white space before it. */
static bool take_number(struct str *s, uint64_t *out)
{
    size_t at = 0, from;

    while (at < s->n && is_space(s->p[at]))
        at++;
    from = at;
    while (at < s->n && at - from < 18 && s->p[at] >= '0' && s->p[at] <= '9')
        at++;
    if (!str_to_u64(str_part(*s, from, at - from), out))
        return false;
    *s = str_from(*s, at);
    return true;
}

static bool take_word(struct str *s, struct str word)
{
    size_t at = 0;

    while (at < s->n && is_space(s->p[at]))
        at++;
    if (!str_starts(str_from(*s, at), word))
        return false;
    *s = str_from(*s, at + word.n);
    return true;
}

bool pdf_number(struct str dictionary, const char *key, uint64_t *out)
{
    struct str name = str_c(key);

    for (;;) {
        ptrdiff_t at = str_find(dictionary, name);
        if (at < 0)
            return false;
        dictionary = str_from(dictionary, (size_t)at + name.n);
        if (dictionary.n > 0 && is_space(dictionary.p[0]))
            return take_number(&dictionary, out);
    }
}

static ptrdiff_t find_last(struct str s, struct str word)
{
    for (size_t at = s.n >= word.n ? s.n - word.n + 1 : 0; at-- > 0;)
        if (memcmp(s.p + at, word.p, word.n) == 0)
            return (ptrdiff_t)at;
    return -1;
}

/* One table and its trailer; entries already known are newer and stay. */
static enum rc read_table(struct arena *arena, struct pdf_file *file, size_t at, struct str *trailer_out, struct err *err)
{
    struct str rest = str_from(file->bytes, at);
    uint64_t first, count, offset, generation, size;
    ptrdiff_t end;

    if (!take_word(&rest, STR("xref")))
        return fail(err, RC_FAULT, "the PDF has no cross-reference table where it should be");
    end = str_find(rest, STR("trailer"));
    if (end < 0 || !pdf_number(str_from(rest, (size_t)end), "/Size", &size) || size < 2 || size > MAX_OBJECTS)
        return fail(err, RC_FAULT, "the PDF has no trailer");
    *trailer_out = str_from(rest, (size_t)end);
    if (file->offsets == NULL) {
        file->size = (uint32_t)size;
        file->offsets = ARENA_ARRAY(arena, size_t, size);
    }
    while (take_number(&rest, &first) && take_number(&rest, &count)) {
        if (first >= file->size || count > file->size - first)
            return fail(err, RC_FAULT, "the PDF's table has more objects than its size");
        for (uint64_t i = first; i < first + count; i++) {
            bool in_use;
            if (!take_number(&rest, &offset) || !take_number(&rest, &generation))
                return fail(err, RC_FAULT, "the PDF's table is damaged");
            in_use = take_word(&rest, STR("n"));
            if (!in_use && !take_word(&rest, STR("f")))
                return fail(err, RC_FAULT, "the PDF's table is damaged");
            if (in_use && offset > 0 && offset < file->bytes.n && file->offsets[i] == 0)
                file->offsets[i] = (size_t)offset;
        }
    }
    return RC_OK;
}

static struct str read_id(struct str trailer)
{
    ptrdiff_t at = str_find(trailer, STR("/ID [ <")), end;

    if (at < 0)
        return STR("");
    trailer = str_from(trailer, (size_t)at + 7);
    end = str_find_char(trailer, '>');
    return end < 0 ? STR("") : str_part(trailer, 0, (size_t)end);
}

enum rc pdf_open(struct arena *arena, struct str bytes, struct pdf_file *out, struct err *err)
{
    struct pdf_file file = {.bytes = bytes, .id = STR("")};
    ptrdiff_t at = find_last(bytes, STR("startxref"));
    struct str rest, trailer = STR_NONE;
    uint64_t xref, number;

    if (!str_starts(bytes, STR("%PDF-1.")) || at < 0)
        return fail(err, RC_FAULT, "not a PDF of ours");
    rest = str_from(bytes, (size_t)at + 9);
    if (!take_number(&rest, &xref) || xref >= bytes.n)
        return fail(err, RC_FAULT, "the PDF does not say where its table is");
    file.xref = (size_t)xref;
    for (int i = 0; i < MAX_REVISIONS; i++) {
        TRY(read_table(arena, &file, (size_t)xref, &trailer, err));
        trailer = str_part(trailer, 0, 1000);
        if (i == 0 && pdf_number(trailer, "/Root", &number) && number < file.size)
            file.root = (uint32_t)number;
        if (i == 0 && pdf_number(trailer, "/Info", &number) && number < file.size)
            file.info = (uint32_t)number;
        if (i == 0)
            file.id = read_id(trailer);
        if (!pdf_number(trailer, "/Prev", &xref))
            break;
        if (xref >= bytes.n)
            return fail(err, RC_FAULT, "the PDF's earlier table is not there");
    }
    if (file.root == 0 || file.info == 0)
        return fail(err, RC_FAULT, "the PDF has no catalog");
    *out = file;
    return RC_OK;
}

enum rc pdf_object(const struct pdf_file *file, uint32_t number, struct str *out, struct err *err)
{
    struct str rest;
    uint64_t found, generation;
    ptrdiff_t end;

    if (number >= file->size || file->offsets[number] == 0)
        return fail(err, RC_FAULT, "the PDF has no object %" PRIu32, number);
    rest = str_from(file->bytes, file->offsets[number]);
    if (!take_number(&rest, &found) || found != number || !take_number(&rest, &generation) || !take_word(&rest, STR("obj")))
        return fail(err, RC_FAULT, "the PDF's object %" PRIu32 " is not where it should be", number);
    end = str_find(rest, STR("endobj"));
    if (end < 0)
        return fail(err, RC_FAULT, "the PDF's object %" PRIu32 " has no end", number);
    *out = str_part(rest, 0, (size_t)end);
    return RC_OK;
}

void pdf_put_text(struct buf *out, struct str text)
{
    const unsigned char *p = (const unsigned char *)text.p;

    buf_put_str(out, STR("<FEFF"));
    for (size_t i = 0; i < text.n;) {
        size_t n = p[i] < 0x80 ? 1 : p[i] < 0xE0 ? 2 : p[i] < 0xF0 ? 3 : 4;
        uint32_t c = n == 1 ? p[i] : p[i] & (0x7Fu >> n);
        for (size_t k = 1; k < n && i + k < text.n; k++)
            c = c << 6 | (p[i + k] & 0x3Fu);
        i += n;
        if (c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0xD800 && c < 0xE000) || c > 0x10FFFF)
            continue;
        if (c >= 0x10000)
            buf_fmt(out, "%04X%04X", 0xD800 + ((c - 0x10000) >> 10), 0xDC00 + ((c - 0x10000) & 0x3FF));
        else
            buf_fmt(out, "%04X", c);
    }
    buf_put_char(out, '>');
}

void pdf_put_time(struct buf *out, utc_us at)
{
    time_t seconds = (time_t)(at / US_PER_S);
    struct tm tm = {0};
    char text[40] = "";

    gmtime_r(&seconds, &tm);
    strftime(text, sizeof text, "(D:%Y%m%d%H%M%SZ)", &tm);
    buf_put_str(out, str_c(text));
}

void pdf_put_xref(struct buf *out, const uint32_t *numbers, const size_t *offsets, size_t count)
{
    buf_put_str(out, STR("xref\n"));
    for (size_t i = 0; i < count;) {
        size_t n = 1;
        while (i + n < count && numbers[i + n] == numbers[i] + n)
            n++;
        buf_fmt(out, "%" PRIu32 " %zu\n", numbers[i], n);
        for (; n > 0; n--, i++)
            buf_fmt(out, "%010zu %s \n", offsets[i], numbers[i] == 0 ? "65535 f" : "00000 n");
    }
}

static void put_info(struct buf *out, uint32_t number, const struct paper_info *info)
{
    const struct {
        const char *key;
        struct str text;
    } texts[] = {{"Title", info->title},
                 {"Author", info->author},
                 {"Subject", info->subject},
                 {"Creator", STR("Balai")},
                 {"Producer", STR("Balai, cairo")}};

    buf_fmt(out, "%" PRIu32 " 0 obj\n<<", number);
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        if (str_empty(texts[i].text))
            continue;
        buf_fmt(out, " /%s ", texts[i].key);
        pdf_put_text(out, texts[i].text);
        buf_put_char(out, '\n');
    }
    if (!str_empty(info->link))
        buf_fmt(out, " " PDF_LINK_KEY " (%.*s)\n", STR_ARG(info->link));
    buf_put_str(out, STR(" /CreationDate "));
    pdf_put_time(out, info->at);
    buf_put_str(out, STR(" /ModDate "));
    pdf_put_time(out, info->at);
    buf_put_str(out, STR(" >>\nendobj\n"));
}

/* cairo writes its information and its catalog last, just before the table. */
static enum rc check_tail(const struct pdf_file *file, struct err *err)
{
    size_t info = file->offsets[file->info], root = file->offsets[file->root];

    for (uint32_t i = 1; i < file->size; i++)
        if (i != file->root && file->offsets[i] > info)
            return fail(err, RC_FAULT, "cairo's PDF does not end as expected");
    if (info == 0 || root <= info || file->xref <= root)
        return fail(err, RC_FAULT, "cairo's PDF does not end as expected");
    return RC_OK;
}

enum rc pdf_finish(struct arena *arena, struct str cairo, const struct paper_info *info, struct str *out, struct err *err)
{
    struct buf pdf = {.arena = arena};
    struct pdf_file file;
    struct str catalog, id;
    unsigned char hash[HASH_BYTES];
    uint32_t *numbers;
    uint64_t pages;
    size_t xref;

    TRY(pdf_open(arena, cairo, &file, err));
    TRY(check_tail(&file, err));
    TRY(pdf_object(&file, file.root, &catalog, err));
    if (!pdf_number(catalog, "/Pages", &pages))
        return fail(err, RC_FAULT, "cairo's PDF has no pages");
    buf_reserve(&pdf, cairo.n + 2048);
    buf_put_str(&pdf, str_part(cairo, 0, file.offsets[file.info]));
    put_info(&pdf, file.info, info);
    file.offsets[file.root] = pdf.n;
    buf_fmt(&pdf,
            "%" PRIu32 " 0 obj\n<< /Type /Catalog /Pages %" PRIu64
            " 0 R /Lang (id-ID) /ViewerPreferences << /DisplayDocTitle true >> >>\nendobj\n",
            file.root, pages);
    hash_sha256(pdf.p, pdf.n, hash);
    id = str_hex(arena, hash, 16);
    numbers = ARENA_ARRAY(arena, uint32_t, file.size);
    for (uint32_t i = 0; i < file.size; i++)
        numbers[i] = i;
    xref = pdf.n;
    pdf_put_xref(&pdf, numbers, file.offsets, file.size);
    buf_fmt(&pdf,
            "trailer\n<< /Size %" PRIu32 " /Root %" PRIu32 " 0 R /Info %" PRIu32 " 0 R /ID [ <%.*s> <%.*s> ] >>\nstartxref\n%zu\n%%%%EOF\n",
            file.size, file.root, file.info, STR_ARG(id), STR_ARG(id), xref);
    *out = buf_str(&pdf);
    return RC_OK;
}
