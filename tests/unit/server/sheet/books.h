// SPDX-License-Identifier: AGPL-3.0-or-later
/* Workbooks made by hand for the tests, part by part, so that they can be wrong in any way. */
#ifndef TEST_BOOKS_H
#define TEST_BOOKS_H

#include <stdlib.h>
#include <zip.h>

#include "server/sheet/sheet.h"
#include "tests/unit/cmocka.h"

#define SHEET_NS "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE_NS "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\""

struct book_part {
    const char *path;
    struct str bytes;
};

static struct str zip_parts(struct arena *arena, const struct book_part *parts, size_t n)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *target = zip_source_buffer_create(NULL, 0, 0, &error);
    assert_non_null(target);
    zip_source_keep(target);
    zip_t *zip = zip_open_from_source(target, ZIP_TRUNCATE, &error);
    assert_non_null(zip);
    for (size_t i = 0; i < n; i++) {
        zip_source_t *source = zip_source_buffer(zip, parts[i].bytes.p, parts[i].bytes.n, 0);
        assert_non_null(source);
        assert_true(zip_file_add(zip, parts[i].path, source, ZIP_FL_OVERWRITE) >= 0);
    }
    assert_int_equal(zip_close(zip), 0);
    zip_stat_t st;
    assert_int_equal(zip_source_stat(target, &st), 0);
    assert_int_equal(zip_source_open(target), 0);
    char *p = arena_alloc(arena, st.size);
    assert_int_equal(zip_source_read(target, p, st.size), (zip_int64_t)st.size);
    zip_source_close(target);
    zip_source_free(target);
    zip_error_fini(&error);
    return (struct str){p, st.size};
}

struct book_text {
    const char *workbook_extra; /* in <workbook>, before <sheets> */
    const char *names[4];       /* sheets */
    const char *sheets[4];      /* what stands in <worksheet> */
    const char *shared, *styles;
};

static struct str sheet_part(struct arena *arena, const char *inside)
{
    return str_fmt(arena, "<?xml version=\"1.0\" encoding=\"UTF-8\"?><worksheet " SHEET_NS ">%s</worksheet>", inside);
}

static inline struct str make_book(struct arena *arena, const struct book_text *text)
{
    struct book_part parts[16] = {0};
    struct buf sheets = {.arena = arena}, relations = {.arena = arena};
    size_t n = 3;

    for (size_t i = 0; i < 4 && text->sheets[i] != NULL; i++) {
        buf_fmt(&sheets, "<sheet name=\"%s\" sheetId=\"%zu\" r:id=\"rId%zu\"/>", text->names[i] != NULL ? text->names[i] : "Data", i + 1,
                i + 1);
        buf_fmt(&relations, "<Relationship Id=\"rId%zu\" Type=\"" OFFICE "/worksheet\" Target=\"worksheets/sheet%zu.xml\"/>", i + 1, i + 1);
        parts[n].path = str_z(arena, str_fmt(arena, "xl/worksheets/sheet%zu.xml", i + 1));
        parts[n++].bytes = sheet_part(arena, text->sheets[i]);
    }
    if (text->shared != NULL) {
        buf_put_str(&relations, STR("<Relationship Id=\"rS\" Type=\"" OFFICE "/sharedStrings\" Target=\"/xl/sharedStrings.xml\"/>"));
        parts[n++] = (struct book_part){"xl/sharedStrings.xml", str_fmt(arena, "<sst " SHEET_NS ">%s</sst>", text->shared)};
    }
    if (text->styles != NULL) {
        buf_put_str(&relations, STR("<Relationship Id=\"rY\" Type=\"" OFFICE "/styles\" Target=\"styles.xml\"/>"));
        parts[n++] = (struct book_part){"xl/styles.xml", str_fmt(arena, "<styleSheet " SHEET_NS ">%s</styleSheet>", text->styles)};
    }
    parts[0] = (struct book_part){"_rels/.rels", STR("<Relationships " PACKAGE_NS "><Relationship Id=\"r1\" Type=\"" OFFICE
                                                     "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>")};
    parts[1] = (struct book_part){"xl/workbook.xml",
                                  str_fmt(arena, "<workbook " SHEET_NS " xmlns:r=\"" OFFICE "\">%s<sheets>%.*s</sheets></workbook>",
                                          text->workbook_extra != NULL ? text->workbook_extra : "", STR_ARG(buf_str(&sheets)))};
    parts[2] = (struct book_part){"xl/_rels/workbook.xml.rels",
                                  str_fmt(arena, "<Relationships " PACKAGE_NS ">%.*s</Relationships>", STR_ARG(buf_str(&relations)))};
    return zip_parts(arena, parts, n);
}

/* A sink that writes everything down: "Data!2 A=text:Budi B=number:1|…". */
struct record {
    struct arena *arena;
    struct buf out;
    struct str sheet;
    size_t rows;
    bool (*should_stop)(void *);
};

static enum rc record_sheet(void *ctx, const struct sheet_info *info, bool *want_out, struct err *err)
{
    struct record *record = ctx;

    (void)err, (void)want_out;
    record->sheet = str_dup(record->arena, info->name);
    if (!info->is_table)
        buf_fmt(&record->out, "%.*s!none|", STR_ARG(info->name));
    return RC_OK;
}

static enum rc record_row(void *ctx, uint32_t row_no, const struct sheet_cell *cells, size_t n, struct err *err)
{
    static const char *const kinds[] = {"empty", "text", "number", "date", "bool", "error"};
    struct record *record = ctx;

    (void)err;
    record->rows++;
    if (record->out.n > 100000)
        return RC_OK;
    buf_fmt(&record->out, "%.*s!%u", STR_ARG(record->sheet), row_no);
    for (size_t i = 0; i < n; i++) {
        if (cells[i].kind == CELL_EMPTY)
            continue;
        static const char *const marks[] = {"", "-", "|", "+"}; /* a hidden row, column, both */
        struct str text = cells[i].kind == CELL_DATE ? date_iso(record->arena, cells[i].date) : cells[i].text;
        buf_fmt(&record->out, " %s%c=%s:%.*s", marks[cells[i].hidden], (char)('A' + i % 26), kinds[cells[i].kind], STR_ARG(text));
    }
    buf_put_char(&record->out, '|');
    return RC_OK;
}

static void record_again(void *ctx)
{
    struct record *record = ctx;

    record->out.n = record->rows = 0;
}

/* What the reader made of bytes: the record, or the cause's name. */
static struct str read_book_text(struct arena *arena, struct str bytes, const struct sheet_limits *limits)
{
    struct record record = {.arena = arena, .out = {.arena = arena}};
    struct sheet_sink sink = {&record, record_sheet, record_row, NULL, record_again};
    enum sheet_cause cause = SHEET_FINE;
    struct err err = {0};
    enum rc rc = sheet_read(arena, bytes, limits, &sink, &cause, &err);

    if (rc != RC_OK) {
        assert_int_equal(rc, cause == SHEET_STOPPED ? RC_TIMEOUT : RC_INVALID);
        assert_true(sheet_cause_text(cause).n > 0);
        return str_c(sheet_cause_name(cause));
    }
    return buf_str(&record.out);
}

#define assert_reads(arena, bytes, expected)                                       \
    do {                                                                           \
        struct str got_ = read_book_text((arena), (bytes), &sheet_limits_default); \
        assert_string_equal(str_z((arena), got_), (expected));                     \
    } while (0)

#endif
