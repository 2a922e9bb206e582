// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Workbooks from strangers. First byte even: the file itself. Odd: its parts (a sheet, shared texts, styles, the
 * book, separated by NUL), which are put into a sound zip, so that the XML readers are reached too.
 */
#include <stdlib.h>
#include <zip.h>

#include "server/sheet/sheet.h"

#define NS "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define RELATIONS "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void put_part(zip_t *zip, const char *path, struct str text)
{
    zip_source_t *source = zip_source_buffer(zip, text.p, text.n, 0);
    zip_int64_t at = zip_file_add(zip, path, source, ZIP_FL_OVERWRITE);

    if (at < 0 || zip_set_file_compression(zip, (zip_uint64_t)at, ZIP_CM_STORE, 0) != 0)
        abort();
}

static struct str next_part(struct str *rest)
{
    ptrdiff_t end = str_find_char(*rest, '\0');
    struct str part = end < 0 ? *rest : str_part(*rest, 0, (size_t)end);

    *rest = end < 0 ? STR("") : str_from(*rest, (size_t)end + 1);
    return part;
}

static struct str book_of(struct arena *arena, struct str parts)
{
    zip_error_t error;
    zip_stat_t stat;

    zip_error_init(&error);
    zip_source_t *target = zip_source_buffer_create(NULL, 0, 0, &error);
    zip_source_keep(target);
    zip_t *zip = zip_open_from_source(target, ZIP_TRUNCATE, &error);

    struct str sheet = next_part(&parts), shared = next_part(&parts), styles = next_part(&parts);
    put_part(zip, "_rels/.rels",
             STR(RELATIONS "<Relationship Id=\"r1\" Type=\"" OFFICE "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"));
    put_part(zip, "xl/workbook.xml",
             str_fmt(arena,
                     "<workbook " NS " xmlns:r=\"" OFFICE
                     "\">%.*s<sheets><sheet name=\"Data\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>",
                     STR_ARG(parts)));
    put_part(zip, "xl/_rels/workbook.xml.rels",
             STR(RELATIONS "<Relationship Id=\"r1\" Type=\"" OFFICE "/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
                           "<Relationship Id=\"rS\" Type=\"" OFFICE "/sharedStrings\" Target=\"/xl/sharedStrings.xml\"/>"
                           "<Relationship Id=\"rY\" Type=\"" OFFICE "/styles\" Target=\"styles.xml\"/></Relationships>"));
    put_part(zip, "xl/worksheets/sheet1.xml", str_fmt(arena, "<worksheet " NS ">%.*s</worksheet>", STR_ARG(sheet)));
    put_part(zip, "xl/sharedStrings.xml", str_fmt(arena, "<sst " NS ">%.*s</sst>", STR_ARG(shared)));
    put_part(zip, "xl/styles.xml", str_fmt(arena, "<styleSheet " NS ">%.*s</styleSheet>", STR_ARG(styles)));
    if (zip_close(zip) != 0 || zip_source_stat(target, &stat) != 0 || zip_source_open(target) != 0)
        abort();
    char *p = arena_alloc(arena, stat.size);
    if (zip_source_read(target, p, stat.size) != (zip_int64_t)stat.size)
        abort();
    zip_source_close(target);
    zip_source_free(target);
    return (struct str){p, stat.size};
}

static enum rc want_all(void *ctx, const struct sheet_info *info, bool *want_out, struct err *err)
{
    (void)ctx, (void)want_out, (void)err;
    if (info->index >= sheet_limits_default.sheets)
        abort();
    return RC_OK;
}

/* Every byte of every cell is touched: a text that points anywhere wrong is found. */
static enum rc look_at(void *ctx, uint32_t row_no, const struct sheet_cell *cells, size_t n, struct err *err)
{
    unsigned *sum = ctx;

    (void)err;
    if (row_no == 0 || row_no > sheet_limits_default.rows || n > sheet_limits_default.columns)
        abort();
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < cells[i].text.n; k++)
            *sum += (unsigned char)cells[i].text.p[k];
    return RC_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    if (n == 0)
        return 0;
    struct arena *arena = arena_new();
    struct str text = {(const char *)bytes + 1, n - 1};
    unsigned sum = 0;
    struct sheet_sink sink = {&sum, want_all, look_at, NULL, NULL};
    enum sheet_cause cause = SHEET_FINE;

    if (bytes[0] % 2 == 1)
        text = book_of(arena, text);
    (void)sheet_glance(arena, text);
    enum rc rc = sheet_read(arena, text, &sheet_limits_default, &sink, &cause, NULL);
    if ((rc == RC_OK) != (cause == SHEET_FINE))
        abort();
    arena_free(&arena);
    return 0;
}
