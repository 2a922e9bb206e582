// SPDX-License-Identifier: AGPL-3.0-or-later
/* Excel 95 to 2003 and OpenDocument, made here record by record and part by part. */
#define ARENA_IN_STATE
#include "tests/unit/arena.h"
#include "tests/unit/samples.h"
#include "tests/unit/server/sheet/books.h"

/* ---- .xls ---- */

static void put16(struct buf *out, unsigned v)
{
    buf_put_char(out, (char)v);
    buf_put_char(out, (char)(v >> 8));
}

static void put32(struct buf *out, uint32_t v)
{
    put16(out, v & 0xFFFF);
    put16(out, v >> 16);
}

static void record_of(struct buf *out, unsigned type, struct str data)
{
    put16(out, type);
    put16(out, (unsigned)data.n);
    buf_put_str(out, data);
}

static struct str numbers(struct arena *arena, size_t n, const unsigned *values)
{
    struct buf out = {.arena = arena};

    for (size_t i = 0; i < n; i++)
        put16(&out, values[i]);
    return buf_str(&out);
}

#define WORDS(arena, ...) numbers((arena), sizeof((unsigned[]){__VA_ARGS__}) / sizeof(unsigned), (unsigned[]){__VA_ARGS__})

static void cell_of(struct buf *out, unsigned type, unsigned row, unsigned column, unsigned style, struct str value)
{
    struct buf data = {.arena = out->arena};

    put16(&data, row);
    put16(&data, column);
    put16(&data, style);
    buf_put_str(&data, value);
    record_of(out, type, buf_str(&data));
}

static struct str real(struct arena *arena, double value)
{
    return str_dup(arena, (struct str){(const char *)&value, sizeof value});
}

/* Two sheets, the second hidden; each begins where its line in the globals says. */
static struct str biff(struct arena *arena, struct str globals, struct str first, struct str second)
{
    struct buf out = {.arena = arena};
    size_t sheet_at[2] = {0};

    for (int pass = 0; pass < 2; pass++) {
        out.n = 0;
        record_of(&out, 0x809, WORDS(arena, 0x600, 5, 0, 0));
        for (unsigned i = 0; i < 2; i++) {
            struct buf sheet = {.arena = arena};
            put32(&sheet, (uint32_t)sheet_at[i]);
            put16(&sheet, i);
            buf_put_str(&sheet, i == 0 ? STR("\4\0Data") : STR("\4\0Lama"));
            record_of(&out, 0x85, buf_str(&sheet));
        }
        buf_put_str(&out, globals);
        record_of(&out, 0x0A, STR(""));
        for (int i = 0; i < 2; i++) {
            sheet_at[i] = out.n;
            record_of(&out, 0x809, WORDS(arena, 0x600, 0x10, 0, 0));
            buf_put_str(&out, i == 0 ? first : second);
            record_of(&out, 0x0A, STR(""));
        }
    }
    return buf_str(&out);
}

/* A compound file of one stream, in sectors of 512 bytes; a short one stands in sectors of 64. */
static struct str compound(struct arena *arena, const char *name, struct str stream)
{
    struct buf out = {.arena = arena};
    bool is_mini = stream.n < 4096;
    size_t unit = is_mini ? 64 : 512, units = (stream.n + unit - 1) / unit, sectors = is_mini ? (units * 64 + 511) / 512 : units;

    buf_put_str(&out,
                STR("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x3E\0\3\0\xFE\xFF\x09\0\6\0\0\0\0\0\0\0\0\0\0\0"));
    put32(&out, 1); /* one sector of chains, which is the first; the entries the second; short chains the third */
    put32(&out, 1);
    put32(&out, 0);
    put32(&out, 4096);
    put32(&out, is_mini ? 2 : 0xFFFFFFFE);
    put32(&out, is_mini);
    put32(&out, 0xFFFFFFFE);
    put32(&out, 0);
    put32(&out, 0);
    while (out.n < 512)
        put32(&out, 0xFFFFFFFF);
    put32(&out, 0xFFFFFFFD);
    put32(&out, 0xFFFFFFFE);
    put32(&out, 0xFFFFFFFE);
    for (uint32_t i = 0; i < sectors; i++)
        put32(&out, i + 1 < sectors ? 3 + i + 1 : 0xFFFFFFFE);
    while (out.n < 1024)
        put32(&out, 0xFFFFFFFF);
    for (int entry = 0; entry < 2; entry++) {
        const char *title = entry == 0 ? "Root Entry" : name;
        size_t begin = out.n;
        for (const char *p = title; *p != '\0'; p++)
            put16(&out, (unsigned char)*p);
        while (out.n < begin + 64)
            buf_put_char(&out, '\0');
        put16(&out, (unsigned)strlen(title) * 2 + 2);
        put16(&out, entry == 0 ? 5 : 2);
        while (out.n < begin + 0x74)
            buf_put_char(&out, '\0');
        put32(&out, entry == 0 ? (is_mini ? 3 : 0xFFFFFFFE) : is_mini ? 0 : 3);
        put32(&out, entry == 0 ? (is_mini ? (uint32_t)units * 64 : 0) : (uint32_t)stream.n);
        put32(&out, 0);
    }
    while (out.n < 1536)
        buf_put_char(&out, '\0');
    for (uint32_t i = 0; i < 128; i++)
        put32(&out, is_mini && i < units ? (i + 1 < units ? i + 1 : 0xFFFFFFFE) : 0xFFFFFFFF);
    buf_put_str(&out, stream);
    while (out.n % 512 != 0)
        buf_put_char(&out, '\0');
    return buf_str(&out);
}

static struct str people(struct arena *arena)
{
    struct buf globals = {.arena = arena}, sheet = {.arena = arena};

    record_of(&globals, 0x41E, STR("\xA4\0\x08\0\0dd/mm/yy"));
    record_of(&globals, 0xE0, WORDS(arena, 0, 0, 0));
    record_of(&globals, 0xE0, WORDS(arena, 0, 0xA4, 0));
    /* the second text goes on in the next record, wide there though it was not before */
    record_of(&globals, 0xFC, STR("\3\0\0\0\3\0\0\0\3\0\0nik\5\0\0AB"));
    record_of(&globals, 0x3C, STR("\1C\0\xE9\0\x16\x04\1\0\x08\2\0y12345678"));

    record_of(&sheet, 0x7D, WORDS(arena, 3, 4, 0, 0, 1, 0));
    record_of(&sheet, 0x208, WORDS(arena, 2, 0, 0, 0, 0, 0, 0x20, 0));
    cell_of(&sheet, 0xFD, 0, 0, 0, STR("\0\0\0\0"));
    cell_of(&sheet, 0xFD, 0, 1, 0, STR("\1\0\0\0"));
    cell_of(&sheet, 0xFD, 0, 2, 0, STR("\2\0\0\0"));
    cell_of(&sheet, 0x203, 1, 0, 0, real(arena, 7317100701556001.0));
    cell_of(&sheet, 0x203, 1, 1, 1, real(arena, 22475));
    cell_of(&sheet, 0x27E, 1, 2, 0, STR("\x2A\0\0\0"));                           /* 10 as a whole number */
    record_of(&sheet, 0xBD, STR("\1\0\3\0\0\0\x1F\x03\0\0\1\0\x86\x5F\1\0\4\0")); /* 1,99 and a day */
    cell_of(&sheet, 0x205, 2, 0, 0, STR("\1\0"));
    cell_of(&sheet, 0x205, 2, 1, 0, STR("\x2A\1"));
    cell_of(&sheet, 0x06, 2, 2, 0, STR("\0\0\0\0\0\0\xFF\xFF\0\0\0\0\0\0\0\0"));
    record_of(&sheet, 0x207, STR("\3\0\0abc"));
    struct buf formula = {.arena = arena};
    buf_put_str(&formula, real(arena, 2.5));
    buf_put_str(&formula, STR("\0\0\0\0\0\0\0\0"));
    cell_of(&sheet, 0x06, 2, 3, 0, buf_str(&formula));
    cell_of(&sheet, 0x06, 2, 4, 0, STR("\2\0\x07\0\0\0\xFF\xFF\0\0\0\0\0\0\0\0"));
    cell_of(&sheet, 0x204, 0, 5, 0, STR("\2\0\0hi")); /* out of order */

    struct buf old = {.arena = arena};
    cell_of(&old, 0x204, 0, 0, 0, STR("\1\0\0x"));
    return biff(arena, buf_str(&globals), buf_str(&sheet), buf_str(&old));
}

#define PEOPLE                                                                                                                    \
    "Data!1 A=text:nik B=text:ABC\u00E9\u0416 C=text:y F=text:hi|Data!2 A=number:7317100701556001 B=date:1961-07-13 C=number:10 " \
    "|D=number:1.99 |E=date:1961-08-04|Data!3 -A=bool:1 -B=error:#N/A -C=text:abc +D=number:2.5 +E=error:#DIV/0!|Lama!1 A=text:x|"

static void test_xls(void **state)
{
    struct arena *arena = *state;
    struct str stream = people(arena);
    struct buf long_stream = {.arena = arena};

    assert_reads(arena, stream, PEOPLE);
    assert_reads(arena, compound(arena, "Workbook", stream), PEOPLE);
    buf_put_str(&long_stream, stream);
    while (long_stream.n < 9000)
        buf_put_char(&long_stream, '\0');
    assert_reads(arena, compound(arena, "WORKBOOK", buf_str(&long_stream)), PEOPLE);
    assert_reads(arena, compound(arena, "WordDocument", buf_str(&long_stream)), "NOT_SHEET");
    assert_reads(arena, compound(arena, "EncryptedPackage", buf_str(&long_stream)), "LOCKED");
    assert_int_equal(sheet_glance(arena, compound(arena, "Workbook", stream)), SHEET_FINE);
}

static void test_xls_says_what_it_is(void **state)
{
    struct arena *arena = *state;
    struct buf locked = {.arena = arena};

    record_of(&locked, 0x2F, WORDS(arena, 1, 1, 1));
    assert_reads(arena, biff(arena, buf_str(&locked), STR(""), STR("")), "LOCKED");
    assert_reads(arena, STR("\x09\x08\x08\0\0\3\5\0\0\0\0\0\x0A\0\0\0"), "OLD_XLS");
    assert_reads(arena, STR("\x09\4\6\0\0\0\x10\0\0\0\x0A\0\0\0"), "OLD_XLS");
    assert_reads(arena, STR("\x09\x08\x08\0\0\6\5\0\0\0\0\0\x0A\0\0\0"), "NO_SHEETS");
}

/* Every cut ends in a cause, and every flipped byte in a cause or in rows; neither in a crash or without end. */
static void test_xls_damaged_anywhere(void **state)
{
    struct arena *arena = *state;
    struct str whole = compound(arena, "Workbook", people(arena));
    size_t answers = 0;

    for (size_t n = 9; n < whole.n; n += 5) {
        struct str got = read_book_text(arena, str_part(whole, 0, n), &sheet_limits_default);
        assert_true(str_is(got, "DAMAGED") || str_is(got, "NOT_SHEET") || str_is(got, PEOPLE));
    }
    for (size_t at = 0; at < whole.n; at++) {
        struct arena *own = arena_new();
        char *p = (char *)(uintptr_t)str_dup(own, whole).p;
        p[at] = (char)(p[at] ^ (1 << at % 8));
        answers += read_book_text(own, (struct str){p, whole.n}, &sheet_limits_default).n > 0;
        arena_free(&own);
    }
    assert_true(answers > whole.n / 2);
}

/* ---- .ods ---- */

static struct str ods(struct arena *arena, const char *styles, const char *tables)
{
    struct book_part parts[] = {
        {"mimetype", STR_INIT("application/vnd.oasis.opendocument.spreadsheet")},
        {"META-INF/manifest.xml", STR_INIT("<m:manifest xmlns:m=\"m\"><m:file-entry/></m:manifest>")},
        {"content.xml", str_fmt(arena,
                                "<?xml version=\"1.0\"?><office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\" "
                                "xmlns:style=\"s\"><office:automatic-styles>%s</office:automatic-styles><office:body><office:spreadsheet>%s"
                                "</office:spreadsheet></office:body></office:document-content>",
                                styles, tables)},
    };
    return zip_parts(arena, parts, COUNT_OF(parts));
}

static void test_ods(void **state)
{
    struct arena *arena = *state;
    const char *styles = "<style:style style:name=\"ta1\"><style:table-properties table:display=\"true\"/></style:style>"
                         "<style:style style:name=\"ta2\"><style:table-properties table:display=\"false\"/></style:style>";
    const char *tables =
        "<table:table table:name=\"Data\" "
        "table:style-name=\"ta1\"><table:shapes><table:table><table:table-row/></table:table></table:shapes>"
        "<table:table-column table:number-columns-repeated=\"2\"/><table:table-column table:visibility=\"collapse\"/>"
        "<table:table-header-rows><table:table-row><table:table-cell "
        "office:value-type=\"string\"><office:annotation><text:p>catatan</text:p>"
        "</office:annotation><text:p>n<text:span>i</text:span>k</text:p></table:table-cell><table:table-cell/>"
        "<table:table-cell office:value-type=\"string\" table:number-columns-repeated=\"2\"><text:p>a<text:s "
        "text:c=\"2\"/>b</text:p><text:p>c</text:p>"
        "</table:table-cell></table:table-row></table:table-header-rows>"
        "<table:table-row table:number-rows-repeated=\"2\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>"
        "<table:table-row table:number-rows-repeated=\"2\" table:visibility=\"filter\"><table:table-cell office:value-type=\"float\" "
        "office:value=\"7317100701556001\"><text:p>7,3E+15</text:p></table:table-cell><table:table-cell office:value-type=\"date\" "
        "office:date-value=\"1961-07-13T00:00:00\"><text:p>13 Jul</text:p></table:table-cell><table:covered-table-cell/>"
        "<table:table-cell office:value-type=\"boolean\" office:boolean-value=\"true\"/><table:table-cell table:formula=\"of:=1/0\" "
        "office:value-type=\"string\" office:string-value=\"\"><text:p>#DIV/0!</text:p></table:table-cell></table:table-row>"
        "<table:table-row table:number-rows-repeated=\"1048570\"><table:table-cell "
        "table:number-columns-repeated=\"16384\"/></table:table-row>"
        "</table:table><table:table table:name=\"Lama\" table:style-name=\"ta2\"><table:table-row><table:table-cell><text:p>x</text:p>"
        "</table:table-cell></table:table-row></table:table>";

    assert_reads(
        arena, ods(arena, styles, tables),
        "Data!1 A=text:nik |C=text:a  b\nc D=text:a  b\nc|Data!4 -A=number:7317100701556001 -B=date:1961-07-13 -D=bool:1 -E=error:#DIV/0!|"
        "Data!5 -A=number:7317100701556001 -B=date:1961-07-13 -D=bool:1 -E=error:#DIV/0!|Lama!1 A=text:x|");
    assert_reads(arena, ods(arena, "", ""), "NO_SHEETS");
}

static void test_ods_that_is_none_or_locked(void **state)
{
    struct arena *arena = *state;
    struct book_part parts[] = {{"mimetype", STR_INIT("application/vnd.oasis.opendocument.spreadsheet")},
                                {"META-INF/manifest.xml", STR_INIT("<m:manifest xmlns:m=\"m\"><m:encryption-data/></m:manifest>")},
                                {"content.xml", STR_INIT("\1\2\3")}};
    struct book_part text[] = {{"mimetype", STR_INIT("application/vnd.oasis.opendocument.text")},
                               {"content.xml", STR_INIT("<o:document xmlns:o=\"o\"><o:text/></o:document>")}};
    struct book_part package[] = {{"mimetype", STR_INIT("x")}, {"encrypted-package", STR_INIT("x")}};

    assert_reads(arena, zip_parts(arena, parts, 3), "LOCKED");
    assert_reads(arena, zip_parts(arena, text, 2), "NOT_SHEET");
    assert_reads(arena, zip_parts(arena, package, 2), "LOCKED");
}

/* A few bytes that say "a million rows of sixteen thousand cells" cost no more than a large sheet. */
static void test_ods_repeats_are_bounded(void **state)
{
    struct arena *arena = *state;

    assert_reads(
        arena,
        ods(arena, "",
            "<table:table table:name=\"A\"><table:table-row table:number-rows-repeated=\"1048576\"><table:table-cell "
            "table:number-columns-repeated=\"16384\" office:value-type=\"float\" office:value=\"1\"/></table:table-row></table:table>"),
        "TOO_MANY_ROWS");
    assert_reads(arena,
                 ods(arena, "",
                     "<table:table table:name=\"A\"><table:table-row><table:table-cell table:number-columns-repeated=\"16385\" "
                     "office:value-type=\"float\" office:value=\"1\"/></table:table-row></table:table>"),
                 "DAMAGED");
}

/* The printed book of families of the civil registry. Its shape: test_xls. */
static void test_real_xls(void **state)
{
    struct arena *arena = *state;
    struct str got = read_book_text(arena, sample(arena, SAMPLES "bip_2016_luwutimur_sample.xls"), &sheet_limits_default);

    assert_true(str_find(got, STR("BUKU INDUK KEPENDUDUKAN KABUPATEN LUWU TIMUR")) > 0);
    assert_true(str_find(got, STR("=date:2014-04-18")) > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_xls, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_xls_says_what_it_is, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_xls_damaged_anywhere, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_ods, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_ods_that_is_none_or_locked, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_ods_repeats_are_bounded, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_real_xls, set_up, tear_down),
    };

    return RUN_TESTS_AND_REAL(tests, 1);
}
