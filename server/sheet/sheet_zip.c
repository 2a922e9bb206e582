// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/sheet/sheet_parts.h"

const struct sheet_limits sheet_limits_default = {
    .file_bytes = 16u << 20,
    .entry_bytes = 200000000,
    .total_bytes = 200000000,
    .ratio = 100,
    .entries = 10000,
    .rows = 1048576,
    .columns = 16384,
    .sheets = 255,
    .depth = 64,
    .shared_bytes = 64000000,
    .row_bytes = 4u << 20,
    .given_bytes = 64u << 20,
};

const char *sheet_cause_name(enum sheet_cause cause)
{
    switch (cause) {
    case SHEET_FINE:
        return "FINE";
#define X(name, text)  \
    case SHEET_##name: \
        return #name;
        SHEET_CAUSES(X)
#undef X
    }
    return "?";
}

struct str sheet_cause_text(enum sheet_cause cause)
{
    switch (cause) {
    case SHEET_FINE:
        break;
#define X(name, text)  \
    case SHEET_##name: \
        return STR(text);
        SHEET_CAUSES(X)
#undef X
    }
    return STR("");
}

enum rc book_fail(struct book *book, enum sheet_cause cause, const char *what)
{
    *book->cause = cause;
    return fail(book->err, cause == SHEET_STOPPED ? RC_TIMEOUT : RC_INVALID, "workbook: %s (%s)", what, sheet_cause_name(cause));
}

static uint32_t le16(const unsigned char *p)
{
    return p[0] | (uint32_t)p[1] << 8;
}

static uint64_t le64(const unsigned char *p)
{
    uint64_t v = 0;

    for (int i = 7; i >= 0; i--)
        v = v << 8 | p[i];
    return v;
}

/* The number of entries an end record claims; of the 64-bit record too when there is one. */
static uint64_t claimed_entries(struct str bytes, size_t at)
{
    const unsigned char *p = (const unsigned char *)bytes.p + at;
    uint64_t n = le16(p + 10);

    if (le16(p + 8) > n)
        n = le16(p + 8);
    if (at < 20 || memcmp(p - 20, "PK\6\7", 4) != 0)
        return n;
    uint64_t record = le64(p - 20 + 8);
    if (record > bytes.n || bytes.n - record < 56 || memcmp(bytes.p + record, "PK\6\6", 4) != 0)
        return n;
    const unsigned char *r = (const unsigned char *)bytes.p + record;
    for (int offset = 24; offset <= 32; offset += 8)
        if (le64(r + offset) > n)
            n = le64(r + offset);
    return n;
}

/*
 * libzip reserves memory for every entry claimed, before reading one: so each
 * end record it might believe (the last 64 KiB of the file) is looked at first.
 */
static bool claims_too_much(struct str bytes, uint32_t most)
{
    size_t from = bytes.n > 65536 + 22 ? bytes.n - 65536 - 22 : 0;

    for (size_t at = from; at + 22 <= bytes.n; at++)
        if (bytes.p[at] == 'P' && memcmp(bytes.p + at, "PK\5\6", 4) == 0 && claimed_entries(bytes, at) > most)
            return true;
    return false;
}

struct str path_tidy(struct arena *arena, struct str path)
{
    char *p = arena_alloc(arena, path.n + 1);
    size_t n = 0;

    for (size_t i = 0; i < path.n;) {
        size_t from = i;
        while (i < path.n && path.p[i] != '/' && path.p[i] != '\\')
            i++;
        struct str folder = str_part(path, from, i - from);
        i++;
        if (str_empty(folder) || str_is(folder, "."))
            continue;
        if (str_is(folder, "..")) {
            while (n > 0 && p[n - 1] != '/')
                n--;
            n -= n > 0;
            continue;
        }
        if (n > 0)
            p[n++] = '/';
        memcpy(p + n, folder.p, folder.n);
        n += folder.n;
    }
    return (struct str){p, n};
}

/* Sums what the directory claims; what is really read is counted again while reading. Some programs write names with '\\', "./" or '/'
 * before them. */
static enum rc check_claims(struct book *book)
{
    zip_int64_t n = zip_get_num_entries(book->zip, 0);
    uint64_t total = 0;

    if (n < 0 || n > book->limits->entries)
        return book_fail(book, SHEET_BOMB, "too many entries");
    book->entries = ARENA_ARRAY(book->arena, struct str, (size_t)n);
    for (zip_int64_t i = 0; i < n; i++) {
        zip_stat_t st;
        if (zip_stat_index(book->zip, (zip_uint64_t)i, 0, &st) != 0)
            return book_fail(book, SHEET_DAMAGED, "an entry cannot be looked at");
        if ((st.valid & ZIP_STAT_ENCRYPTION_METHOD) && st.encryption_method != ZIP_EM_NONE)
            return book_fail(book, SHEET_LOCKED, "an entry is encrypted");
        book->entries[book->n_entries++] = path_tidy(book->arena, str_c((st.valid & ZIP_STAT_NAME) ? st.name : ""));
        if (!(st.valid & ZIP_STAT_SIZE))
            continue;
        if (st.size > book->limits->entry_bytes || (total += st.size) > book->limits->total_bytes)
            return book_fail(book, SHEET_BOMB, "claims more bytes than allowed");
    }
    return RC_OK;
}

/* What a zip without a workbook of its own holds: a workbook, or a folder that is one, to be taken out first; or another program's file. */
static enum rc no_workbook(struct book *book)
{
    if (book_entry_find(book, STR("[Content_Types].xml")) >= 0 || book_entry_find(book, STR("mimetype")) >= 0 ||
        book_entry_find(book, STR("Index/Document.iwa")) >= 0)
        return book_fail(book, SHEET_NOT_SHEET, "a zip of another program");
    return book_fail(book, SHEET_ZIPPED, "a zip without a workbook of its own");
}

enum rc book_open(struct book *book, struct str bytes)
{
    zip_error_t error;

    if (claims_too_much(bytes, book->limits->entries))
        return book_fail(book, SHEET_BOMB, "claims too many entries");
    zip_error_init(&error);
    zip_source_t *source = zip_source_buffer_create(bytes.p, bytes.n, 0, &error);
    if (source != NULL && (book->zip = zip_open_from_source(source, ZIP_RDONLY, &error)) == NULL)
        zip_source_free(source);
    zip_error_fini(&error);
    if (book->zip == NULL)
        return book_fail(book, SHEET_DAMAGED, "the zip's directory cannot be read");
    TRY(check_claims(book));
    if (book_entry_find(book, STR("encrypted-package")) >= 0)
        return book_fail(book, SHEET_LOCKED, "an encrypted OpenDocument file");
    book->is_ods = book_entry_find(book, STR("content.xml")) >= 0 && book_entry_find(book, STR("mimetype")) >= 0;
    if (book->is_ods)
        return RC_OK;
    if (book_entry_find(book, STR("xl/workbook.bin")) >= 0)
        return book_fail(book, SHEET_XLSB, "a binary workbook");
    return book_entry_find(book, STR("_rels/.rels")) >= 0 ? RC_OK : no_workbook(book);
}

zip_int64_t book_entry_find(struct book *book, struct str path)
{
    for (size_t i = 0; i < book->n_entries; i++)
        if (str_eq_nocase(book->entries[i], path))
            return (zip_int64_t)i;
    return -1;
}
