// SPDX-License-Identifier: AGPL-3.0-or-later
/* What the reader refuses: every hostile or mistaken file gets its own clear cause. */
#define ARENA_IN_STATE
#include "tests/unit/arena.h"
#include "tests/unit/server/sheet/books.h"

static const char *one_row = "<sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row></sheetData>";

static void test_other_types_are_named(void **state)
{
    struct arena *arena = *state;
    char xls[600] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

    assert_reads(arena, STR(""), "EMPTY");
    assert_reads(arena, STR("%PDF-1.7\n"), "NOT_SHEET");
    assert_reads(arena, STR("\x89PNG\r\n\x1a\n\0\0\0\rIHDR and so on"), "NOT_SHEET");
    assert_reads(arena, ((struct str){xls, sizeof xls}), "DAMAGED");
}

static void test_zips_that_are_no_workbook(void **state)
{
    struct arena *arena = *state;
    struct book_part any[] = {{"a.txt", STR_INIT("hello")}};
    struct book_part word[] = {{"_rels/.rels", STR_INIT("<Relationships><Relationship Id=\"1\" Type=\"" OFFICE
                                                        "/officeDocument\" Target=\"word/document.xml\"/></Relationships>")}};
    struct book_part binary[] = {{"xl/workbook.bin", STR_INIT("x")}};
    struct book_text no_sheet = {0};

    struct book_text inner = {.sheets = {one_row}};
    struct book_part wrapped[] = {{"data/penduduk.xlsx", make_book(arena, &inner)}};
    struct book_part folder[] = {{"penduduk/_rels/.rels", STR_INIT("<a/>")}, {"penduduk/xl/workbook.xml", STR_INIT("<a/>")}};
    struct book_part text[] = {{"mimetype", STR_INIT("application/vnd.oasis.opendocument.text")}};

    assert_reads(arena, zip_parts(arena, any, 1), "ZIPPED");
    assert_reads(arena, zip_parts(arena, wrapped, 1), "ZIPPED");
    assert_reads(arena, zip_parts(arena, folder, 2), "ZIPPED");
    assert_true(str_find(sheet_cause_text(SHEET_ZIPPED), STR("Buka dulu berkas zip-nya")) >= 0);
    assert_reads(arena, zip_parts(arena, text, 1), "NOT_SHEET");
    assert_reads(arena, zip_parts(arena, word, 1), "NOT_SHEET");
    assert_reads(arena, zip_parts(arena, binary, 1), "XLSB");
    assert_reads(arena, make_book(arena, &no_sheet), "NO_SHEETS");
}

/* Every way of cutting a small book ends in a cause, never in a crash. */
static void test_truncated_anywhere(void **state)
{
    struct arena *arena = *state;
    struct book_text text = {.sheets = {one_row}, .shared = "<si><t>a</t></si>"};
    struct str whole = make_book(arena, &text);

    assert_reads(arena, whole, "Data!1 A=number:1|");
    for (size_t n = 2; n < whole.n; n += 7) {
        struct str got = read_book_text(arena, str_part(whole, 0, n), &sheet_limits_default);
        assert_true(str_is(got, "DAMAGED") || str_is(got, "NOT_SHEET"));
    }
}

/* Every flipped byte ends in a cause or in rows, never in a crash. */
static void test_flipped_bytes(void **state)
{
    struct arena *arena = *state;
    struct book_text text = {.sheets = {one_row}, .shared = "<si><t>a</t></si>", .styles = "<cellXfs><xf numFmtId=\"14\"/></cellXfs>"};
    struct str whole = make_book(arena, &text);
    size_t answers = 0;

    for (size_t at = 0; at < whole.n; at += 3) {
        struct arena *own = arena_new();
        char *p = (char *)(uintptr_t)str_dup(own, whole).p;
        p[at] = (char)(p[at] ^ (1 << at % 8));
        answers += read_book_text(own, (struct str){p, whole.n}, &sheet_limits_default).n > 0;
        arena_free(&own);
    }
    assert_true(answers > 0);
}

static void test_entities_are_refused(void **state)
{
    struct arena *arena = *state;
    struct book_text text = {.sheets = {one_row}};
    struct str book = make_book(arena, &text);
    struct book_part parts[] = {
        {"_rels/.rels",
         STR_INIT("<!DOCTYPE lolz [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\">]><Relationships>&b;</Relationships>")},
        {"xl/workbook.xml", STR_INIT("<workbook/>")},
    };
    struct book_part outside[] = {
        {"_rels/.rels", STR_INIT("<!DOCTYPE r SYSTEM \"file:///etc/passwd\"><Relationships/>")},
    };

    assert_reads(arena, book, "Data!1 A=number:1|");
    assert_reads(arena, zip_parts(arena, parts, 2), "ENTITIES");
    assert_reads(arena, zip_parts(arena, outside, 1), "ENTITIES");
}

static struct str repeat(struct arena *arena, const char *head, char c, size_t n, const char *tail)
{
    size_t h = strlen(head), t = strlen(tail);
    char *p = arena_alloc(arena, h + n + t + 1);

    memcpy(p, head, h);
    memset(p + h, c, n);
    memcpy(p + h + n, tail, t);
    return (struct str){p, h + n + t};
}

static void test_zip_bombs(void **state)
{
    struct arena *arena = *state;
    struct str spaces = repeat(arena, "<sheetData>", ' ', 80u << 20, "</sheetData>");
    struct book_text by_ratio = {.sheets = {spaces.p}};
    struct sheet_limits small = sheet_limits_default;
    struct str book = make_book(arena, &by_ratio);

    assert_reads(arena, book, "BOMB");
    small.ratio = 100000;
    assert_string_equal(str_z(arena, read_book_text(arena, book, &small)), "");
    small.total_bytes = 10u << 20;
    assert_string_equal(str_z(arena, read_book_text(arena, book, &small)), "BOMB");
    small.total_bytes = 100u << 20;
    small.entry_bytes = 10u << 20;
    assert_string_equal(str_z(arena, read_book_text(arena, book, &small)), "BOMB");
    small.file_bytes = 100;
    assert_string_equal(str_z(arena, read_book_text(arena, book, &small)), "TOO_LARGE");
}

/* The directory lies about sizes: what is really unpacked counts. */
static void test_a_lying_directory(void **state)
{
    struct arena *arena = *state;
    struct str spaces = repeat(arena, "<sheetData>", ' ', 8u << 20, "</sheetData>");
    struct book_text text = {.sheets = {spaces.p}};
    struct str book = make_book(arena, &text);
    char *p = (char *)(uintptr_t)book.p;
    size_t lies = 0;

    for (size_t at = 0; at + 46 < book.n; at++) {
        if (memcmp(p + at, "PK\1\2", 4) != 0)
            continue;
        memcpy(p + at + 24, "\x10\0\0\0", 4); /* uncompressed size: 16 */
        lies++;
    }
    assert_true(lies >= 4);
    struct str got = read_book_text(arena, book, &sheet_limits_default);
    assert_true(str_is(got, "DAMAGED") || str_is(got, "BOMB"));
}

static void test_a_million_entries_claimed(void **state)
{
    struct arena *arena = *state;
    struct book_text text = {.sheets = {one_row}};
    struct str book = make_book(arena, &text);
    char *p = (char *)(uintptr_t)str_dup(arena, book).p, *end = p + book.n - 22;

    assert_memory_equal(end, "PK\5\6", 4);
    memcpy(end + 8, "\xFF\xFE\xFF\xFE", 4);
    assert_reads(arena, ((struct str){p, book.n}), "BOMB");

    /* A 64-bit end record with 10^6 entries before an honest-looking one. */
    char *q = arena_alloc(arena, book.n + 76);
    size_t at = book.n - 22;
    memcpy(q, book.p, at);
    memcpy(q + at, "PK\6\6", 4);
    memcpy(q + at + 24, "\x40\x42\x0F\0\0\0\0\0\x40\x42\x0F\0\0\0\0\0", 16);
    memcpy(q + at + 56, "PK\6\7", 4);
    for (int i = 0; i < 8; i++)
        q[at + 56 + 8 + (size_t)i] = (char)((uint64_t)at >> (8 * i));
    memcpy(q + at + 76, book.p + at, 22);
    assert_reads(arena, ((struct str){q, book.n + 76}), "BOMB");

    struct sheet_limits few = sheet_limits_default;
    few.entries = 3;
    assert_string_equal(str_z(arena, read_book_text(arena, book, &few)), "BOMB");
}

static void test_made_up_names_do_not_grow_memory(void **state)
{
    struct arena *arena = *state;
    struct buf inside = {.arena = arena};

    for (uint32_t i = 0; i < 700000; i++)
        buf_fmt(&inside, "<e%08x%08x/>", i * 2654435761u, i);
    buf_put_char(&inside, '\0');
    struct book_text text = {.sheets = {inside.p}};
    assert_reads(arena, make_book(arena, &text), "BOMB");
}

static void test_a_tag_without_end(void **state)
{
    struct arena *arena = *state;
    struct buf inside = {.arena = arena};

    buf_put_str(&inside, STR("<sheetData a=\""));
    for (uint32_t i = 0; i < 400000; i++)
        buf_fmt(&inside, "%08x", i * 2654435761u);
    buf_put_char(&inside, '\0');
    struct book_text text = {.sheets = {inside.p}};
    assert_reads(arena, make_book(arena, &text), "DAMAGED");
}

static void test_nesting_rows_columns_and_texts_are_limited(void **state)
{
    struct arena *arena = *state;
    struct buf deep = {.arena = arena};
    for (int i = 0; i < 100; i++)
        buf_put_str(&deep, STR("<a>"));
    buf_put_char(&deep, '\0');
    struct str long_text = repeat(arena, "<sheetData><row><c t=\"inlineStr\"><is><t>", 'x', 140000, "</t></is></c></row></sheetData>");
    const char *wrong[] = {
        deep.p,
        "<sheetData><row r=\"1048577\"/></sheetData>",
        "<sheetData><row r=\"x\"/></sheetData>",
        "<sheetData><row r=\"1\"><c r=\"XFE1\"><v>1</v></c></row></sheetData>",
        "<sheetData><row r=\"1\"><c r=\"AAAA1\"><v>1</v></c></row></sheetData>",
        "<sheetData><row r=\"1\"><c t=\"s\"><v>5</v></c></row></sheetData>",
        "<sheetData><row r=\"1\"><c t=\"s\"><v>-1</v></c></row></sheetData>",
        "<sheetData><row",
    };

    for (size_t i = 0; i < COUNT_OF(wrong); i++) {
        struct book_text text = {.sheets = {wrong[i]}};
        assert_reads(arena, make_book(arena, &text), "DAMAGED");
    }
    struct book_text text = {.sheets = {long_text.p}};
    assert_reads(arena, make_book(arena, &text), "TOO_LARGE");

    struct sheet_limits few = sheet_limits_default;
    few.rows = 2;
    text.sheets[0] = "<sheetData><row><c><v>1</v></c></row><row><c><v>2</v></c></row><row/><row><c><v>3</v></c></row></sheetData>";
    assert_string_equal(str_z(arena, read_book_text(arena, make_book(arena, &text), &few)), "TOO_MANY_ROWS");
    few = sheet_limits_default;
    few.shared_bytes = 100;
    text.shared =
        "<si><t>aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa</t></si>";
    assert_string_equal(str_z(arena, read_book_text(arena, make_book(arena, &text), &few)), "TOO_LARGE");
}

/* In every kind of file: 2,000 letters are read, the next one makes a fault of the cell, and the row's other cells stand. */
static void test_a_cell_of_more_letters_than_an_answer_has(void **state)
{
    struct arena *arena = *state;
    static const struct {
        size_t letters;
        const char *cell;
    } cases[] = {{CELL_LETTERS, NULL}, {CELL_LETTERS + 1, "error:#PANJANG"}, {30000, "error:#PANJANG"}};

    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct str letters = repeat(arena, "", 'x', cases[i].letters, "");
        struct str cell = cases[i].cell != NULL ? str_c(cases[i].cell) : str_fmt(arena, "text:%.*s", STR_ARG(letters));
        const char *name[] = {"Data", "CSV", "Tabel 1"};
        struct str shared = str_fmt(arena, "<si><t>%.*s</t></si>", STR_ARG(letters));
        struct str own = str_fmt(arena, "<sheetData><row><c t=\"inlineStr\"><is><t>%.*s</t></is></c><c><v>1</v></c></row></sheetData>",
                                 STR_ARG(letters));
        struct book_text of_shared = {.sheets = {"<sheetData><row><c t=\"s\"><v>0</v></c><c><v>1</v></c></row></sheetData>"},
                                      .shared = str_z(arena, shared)};
        struct book_text of_own = {.sheets = {str_z(arena, own)}};
        struct str files[] = {make_book(arena, &of_shared), make_book(arena, &of_own), str_fmt(arena, "%.*s;1\n", STR_ARG(letters)),
                              str_fmt(arena, "<table><tr><td>%.*s</td><td>1</td></tr></table>", STR_ARG(letters))};
        const char *kinds[] = {"number", "number", "text", "text"};

        for (size_t k = 0; k < COUNT_OF(files); k++)
            assert_reads(arena, files[k],
                         str_z(arena, str_fmt(arena, "%s!1 A=%.*s B=%s:1|", name[k < 2 ? 0 : k - 1], STR_ARG(cell), kinds[k])));
    }
}

/* One text to which many cells point: what is given counts, not what stands in the file. */
static void test_letters_given_are_counted(void **state)
{
    struct arena *arena = *state;
    struct str letters = repeat(arena, "<si><t>", 'x', CELL_LETTERS, "</t></si>");
    struct book_text text = {.sheets = {"<sheetData><row r=\"2\"><c t=\"s\"><v>0</v></c><c t=\"s\"><v>0</v></c></row></sheetData>"},
                             .shared = letters.p};
    struct sheet_limits few = sheet_limits_default;

    few.given_bytes = 2 * (size_t)CELL_LETTERS;
    assert_int_equal(read_book_text(arena, make_book(arena, &text), &few).n, 2 * CELL_LETTERS + strlen("Data!2 A=text: B=text:|"));
    few.given_bytes--;
    assert_string_equal(str_z(arena, read_book_text(arena, make_book(arena, &text), &few)), "TOO_LARGE");
}

static bool always(void *ctx)
{
    (void)ctx;
    return true;
}

static enum rc refuse_row(void *ctx, uint32_t row_no, const struct sheet_cell *cells, size_t n, struct err *err)
{
    (void)cells, (void)n;
    if (row_no == 1) {
        ++*(int *)ctx;
        return RC_NOT_FOUND;
    }
    return fail(err, RC_CONFLICT, "the sink's own");
}

static enum rc any_sheet(void *ctx, const struct sheet_info *info, bool *want_out, struct err *err)
{
    (void)ctx, (void)err;
    *want_out = !str_is(info->name, "Lewat");
    return RC_OK;
}

static void test_the_sink_may_stop(void **state)
{
    struct arena *arena = *state;
    int calls = 0;
    struct sheet_sink sink = {&calls, any_sheet, refuse_row, NULL, NULL};
    struct book_text text = {.names = {"Lewat", "Data", "Dua"},
                             .sheets = {"<sheetData><row r=\"5\"><c><v>1</v></c></row></sheetData>",
                                        "<sheetData><row><c><v>1</v></c></row><row><c><v>2</v></c></row></sheetData>",
                                        "<sheetData><row r=\"3\"><c><v>1</v></c></row></sheetData>"}};
    enum sheet_cause cause;
    struct err err;

    /* the first sheet is not wanted, the second ends after its first row, the third is refused by the sink */
    assert_int_equal(sheet_read(arena, make_book(arena, &text), &sheet_limits_default, &sink, &cause, &err), RC_CONFLICT);
    assert_int_equal(cause, SHEET_FINE);
    assert_int_equal(calls, 1);
    sink.should_stop = always;
    assert_int_equal(sheet_read(arena, make_book(arena, &text), &sheet_limits_default, &sink, &cause, &err), RC_TIMEOUT);
    assert_int_equal(cause, SHEET_STOPPED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_other_types_are_named, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_zips_that_are_no_workbook, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_truncated_anywhere, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_flipped_bytes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_entities_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_zip_bombs, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_lying_directory, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_million_entries_claimed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_made_up_names_do_not_grow_memory, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_tag_without_end, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_nesting_rows_columns_and_texts_are_limited, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_cell_of_more_letters_than_an_answer_has, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_letters_given_are_counted, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_the_sink_may_stop, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
