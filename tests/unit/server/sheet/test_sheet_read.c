// SPDX-License-Identifier: AGPL-3.0-or-later
/* What the reader understands. */
#define ARENA_IN_STATE
#include "tests/unit/arena.h"
#include "tests/unit/samples.h"
#include "tests/unit/server/sheet/books.h"

static void test_shared_inline_and_numbers(void **state)
{
    struct arena *arena = *state;
    struct book_text text = {
        .names = {"Penduduk"},
        .sheets = {"<dimension ref=\"A1:XFD1048576\"/><sheetData>"
                   "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>1</v></c><c r=\"C1\" t=\"inlineStr\"><is><t>in&amp;line</t></is></c></row>"
                   "<row r=\"3\"><c r=\"A3\"><v>7317105111570002</v></c><c r=\"B3\"><v>7.3171051115700002E+15</v></c>"
                   "<c r=\"D3\" t=\"b\"><v>1</v></c><c r=\"E3\" t=\"e\"><v>#N/A</v></c></row>"
                   "<row r=\"4\"><c r=\"A4\"/><c r=\"B4\" t=\"s\"><v>2</v></c></row>"
                   "</sheetData>"},
        .shared = "<si><t>tak dipakai</t></si><si><t>nik</t></si><si><t></t></si>",
    };

    assert_reads(arena, make_book(arena, &text),
                 "Penduduk!1 A=text:nik C=text:in&line|"
                 "Penduduk!3 A=number:7317105111570002 B=number:7.3171051115700002E+15 D=bool:1 E=error:#N/A|");
}

static void test_rich_text_without_reading_aids(void **state)
{
    struct arena *arena = *state;
    struct book_text text = {
        .sheets = {"<sheetData><row><c t=\"s\"><v>0</v></c><c t=\"inlineStr\"><is><r><t>ka</t></r><rPh sb=\"0\" eb=\"1\"><t>XX</t></rPh>"
                   "<r><t>ya</t></r></is></c></row></sheetData>"},
        .shared = "<si><r><rPr><b/></rPr><t>To&apos;</t></r><r><t>long</t></r><rPh sb=\"0\" eb=\"1\"><t>tolong</t></rPh></si>",
    };

    assert_reads(arena, make_book(arena, &text), "Data!1 A=text:To'long B=text:kaya|");
}

static void test_cells_and_rows_without_references(void **state)
{
    struct arena *arena = *state;
    struct book_text text = {
        .sheets = {"<sheetData><row><c><v>1</v></c><c><v>2</v></c></row><row r=\"7\"><c r=\"AB7\"><v>3</v></c><c><v>4</v></c></row>"
                   "<row><c><v>5</v></c></row></sheetData><t>not a cell</t>"},
    };

    assert_reads(arena, make_book(arena, &text), "Data!1 A=number:1 B=number:2|Data!7 B=number:3 C=number:4|Data!8 A=number:5|");
}

static void test_dates_by_format(void **state)
{
    struct arena *arena = *state;
    struct book_text text = {
        .sheets =
            {"<sheetData><row><c s=\"1\"><v>35134</v></c><c s=\"2\"><v>35134.75</v></c><c s=\"3\"><v>35134</v></c>"
             "<c s=\"0\"><v>35134</v></c><c s=\"4\"><v>35134</v></c><c s=\"5\"><v>0.5</v></c><c t=\"d\"><v>1996-03-10T00:00:00</v></c>"
             "<c s=\"1\"><v>60</v></c><c s=\"99\"><v>1</v></c></row></sheetData>"},
        .styles = "<numFmts><numFmt numFmtId=\"164\" formatCode=\"[$-421]dd\\ mmmm\\ yyyy\"/>"
                  "<numFmt numFmtId=\"165\" formatCode=\"&quot;tahun md&quot;#,##0\"/></numFmts>"
                  "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"
                  "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"22\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/>"
                  "<xf numFmtId=\"20\"/></cellXfs>",
    };

    assert_reads(arena, make_book(arena, &text),
                 "Data!1 A=date:1996-03-10 B=date:1996-03-10 C=date:1996-03-10 D=number:35134 E=number:35134 F=number:0.5 "
                 "G=date:1996-03-10 H=date: I=number:1|");
    text.workbook_extra = "<workbookPr date1904=\"1\"/>";
    text.sheets[0] = "<sheetData><row><c s=\"1\"><v>33672</v></c><c s=\"1\"><v>0</v></c></row></sheetData>";
    assert_reads(arena, make_book(arena, &text), "Data!1 A=date:1996-03-10 B=date:1904-01-01|");
}

static void assert_day(double serial, bool is_1904, int year, int month, int day)
{
    struct date d = sheet_serial_date(serial, is_1904);

    assert_int_equal(d.year, year);
    assert_int_equal(d.month, month);
    assert_int_equal(d.day, day);
}

static void test_serial_days(void **state)
{
    (void)state;
    assert_day(1, false, 1900, 1, 1);
    assert_day(59, false, 1900, 2, 28);
    assert_day(60, false, 0, 0, 0);
    assert_day(61, false, 1900, 3, 1);
    assert_day(25569, false, 1970, 1, 1);
    assert_day(2958465, false, 9999, 12, 31);
    assert_day(2958466, false, 0, 0, 0);
    assert_day(0, false, 0, 0, 0);
    assert_day(-3, false, 0, 0, 0);
    assert_day(0.0 / 0.0, false, 0, 0, 0);
    assert_day(0, true, 1904, 1, 1);
    assert_day(1462, true, 1908, 1, 2);
}

static void test_formulas_give_what_was_calculated(void **state)
{
    struct arena *arena = *state;
    struct book_text text = {
        .sheets = {"<sheetData><row><c t=\"str\"><f>A2&amp;B2</f><v>hasil</v></c><c><f>1+1</f><v>2</v></c><c><f>1+2</f></c>"
                   "<c t=\"str\"><f>\"\"</f><v></v></c><c><f>1+3</f><v></v></c><c><v></v></c></row></sheetData>"},
    };

    assert_reads(arena, make_book(arena, &text), "Data!1 A=text:hasil B=number:2 C=error:#RUMUS E=error:#RUMUS|");
}

static void test_escapes_of_control_characters(void **state)
{
    struct arena *arena = *state;
    struct book_text text = {
        .sheets =
            {"<sheetData><row><c t=\"inlineStr\"><is><t>A_x000D_B_x005F_C_x00_</t></is></c><c t=\"s\"><v>0</v></c></row></sheetData>"},
        .shared = "<si><t>baris_x000A_dua</t></si>",
    };

    assert_reads(arena, make_book(arena, &text), "Data!1 A=text:A B_C_x00_ B=text:baris dua|");
}

static void test_several_sheets_in_order(void **state)
{
    struct arena *arena = *state;
    struct book_text text = {
        .names = {"Satu", "Kode Data", "Tiga"},
        .sheets = {"<sheetData><row><c><v>1</v></c></row></sheetData>", "<sheetData/>",
                   "<sheetData><row><c><v>3</v></c></row></sheetData>"},
    };

    assert_reads(arena, make_book(arena, &text), "Satu!1 A=number:1|Tiga!1 A=number:3|");
}

static void test_sheet_whose_part_is_missing_is_named(void **state)
{
    struct arena *arena = *state;
    struct book_part parts[] = {
        {"_rels/.rels",
         STR_INIT("<Relationships><Relationship Id=\"r1\" Type=\"" OFFICE "/officeDocument\" Target=\"/x/book.xml\"/></Relationships>")},
        {"x/book.xml", STR_INIT("<x:workbook xmlns:x=\"a\" xmlns:r=\"b\"><x:sheets><x:sheet name=\"Hilang\" r:id=\"1\"/>"
                                "<x:sheet name=\"Ada\" r:id=\"2\" state=\"hidden\"/></x:sheets></x:workbook>")},
        {"x/_rels/book.xml.rels", STR_INIT("<Relationships><Relationship Id=\"1\" Type=\"" OFFICE "/worksheet\" Target=\"gone.xml\"/>"
                                           "<Relationship Id=\"2\" Type=\"" OFFICE "/worksheet\" Target=\"../y/s.xml\"/></Relationships>")},
        {"y/s.xml", STR_INIT("<x:worksheet xmlns:x=\"a\"><x:sheetData><x:row r=\"2\"><x:c "
                             "r=\"B2\"><x:v>9</x:v></x:c></x:row></x:sheetData></x:worksheet>")},
    };

    assert_reads(arena, zip_parts(arena, parts, COUNT_OF(parts)), "Hilang!none|Ada!2 B=number:9|");
}

static void test_what_was_written_is_read_again(void **state);

struct people {
    const char *names[3];
};

static void people_row(void *ctx, size_t row, struct arena *arena, struct sheet_cell *cells)
{
    const struct people *people = ctx;

    (void)arena;
    cells[0] = cell_text(str_c(people->names[row]));
    cells[1] = cell_text(STR("7317105111570002"));
    cells[2] = cell_date((struct date){1957, 11, (uint8_t)(11 + row)});
    cells[3] = cell_number(STR("42"));
}

static void test_what_was_written_is_read_again(void **state)
{
    struct arena *arena = *state;
    struct people people = {{"To'long", "=HYPERLINK(\"http://x\")", ""}};
    struct sheet_column columns[] = {{STR_INIT("nama"), 20}, {STR_INIT("nik"), 18}, {STR_INIT("lahir"), 12}, {STR_INIT("n"), 0}};
    struct sheet_table table = {STR_INIT("Warga"), columns, COUNT_OF(columns), 3, people_row, &people};
    struct str bytes;
    struct err err;

    assert_int_equal(sheet_write(arena, &table, 1, &bytes, &err), RC_OK);
    assert_reads(arena, bytes,
                 "Warga!1 A=text:nama B=text:nik C=text:lahir D=text:n|"
                 "Warga!2 A=text:To'long B=text:7317105111570002 C=date:1957-11-11 D=number:42|"
                 "Warga!3 A=text:=HYPERLINK(\"http://x\") B=text:7317105111570002 C=date:1957-11-12 D=number:42|"
                 "Warga!4 B=text:7317105111570002 C=date:1957-11-13 D=number:42|");
}

static void test_csv_cannot_run_formulas(void **state)
{
    struct arena *arena = *state;
    struct buf out = {.arena = arena};
    struct sheet_cell cells[] = {cell_text(STR("=1+1")), cell_text(STR("a,\"b\"")),
                                 cell_number(STR("-5")), cell_date((struct date){2026, 11, 24}),
                                 cell_text(STR("-")),    {0},
                                 cell_text(STR("biasa"))};

    csv_put_start(&out);
    csv_put_row(&out, cells, COUNT_OF(cells));
    assert_string_equal(str_z(arena, buf_str(&out)), "\xEF\xBB\xBF\"'=1+1\",\"a,\"\"b\"\"\",-5,2026-11-24,-,,biasa\r\n");

    struct buf wide = {.arena = arena};
    const struct sheet_cell signs[] = {cell_text(STR("\uFF1D1+1")), cell_text(STR("\uFF0B1")), cell_text(STR("\uFF0D1")),
                                       cell_text(STR("\uFF20A1")),  cell_text(STR("\uFF21")),  cell_text(STR("\t=1"))};
    csv_put_row(&wide, signs, COUNT_OF(signs));
    assert_string_equal(str_z(arena, buf_str(&wide)), "\"'\uFF1D1+1\",\"'\uFF0B1\",\"'\uFF0D1\",\"'\uFF20A1\",\uFF21,\"'\t=1\"\r\n");
}

/* A place south of the equator, a number with its sign and a dash for nothing are what they are; all else that begins so is defused. */
static void test_csv_leaves_numbers_alone(void **state)
{
    struct arena *arena = *state;
    struct buf out = {.arena = arena};
    const struct sheet_cell cells[] = {cell_text(STR("-3.1042")), cell_text(STR("-3,5")), cell_text(STR("+62")),    cell_text(STR("-")),
                                       cell_text(STR("--")),      cell_text(STR("-1+2")), cell_text(STR("-3.1.2")), cell_text(STR("+")),
                                       cell_text(STR("-A1")),     cell_text(STR("-.5")),  cell_text(STR("=1"))};

    csv_put_row(&out, cells, COUNT_OF(cells));
    assert_string_equal(str_z(arena, buf_str(&out)),
                        "-3.1042,\"-3,5\",+62,-,\"'--\",\"'-1+2\",\"'-3.1.2\",\"'+\",\"'-A1\",\"'-.5\",\"'=1\"\r\n");
}

/* What Excel of Indonesia opens by a double click, whole: and read again, it is the same. */
static void test_csv_for_excel(void **state)
{
    struct arena *arena = *state;
    struct buf out = {.arena = arena};
    const struct sheet_cell cells[] = {cell_text(STR("7317105111570002")),
                                       cell_text(STR("001")),
                                       cell_text(STR("12")),
                                       cell_text(STR("-3.104212")),
                                       cell_number(STR("2.5")),
                                       cell_number(STR("1310")),
                                       cell_text(STR("1-2")),
                                       cell_text(STR("Jl. Mawar; No. 3, \"A\"")),
                                       cell_text(STR("=1+1")),
                                       cell_date((struct date){2026, 11, 24}),
                                       cell_text(STR("-")),
                                       cell_text(STR("1.310")),
                                       {0}};

    csv_put_start(&out);
    csv_put_excel_row(&out, cells, COUNT_OF(cells));
    assert_string_equal(str_z(arena, buf_str(&out)),
                        "\xEF\xBB\xBF\"=\"\"7317105111570002\"\"\";\"=\"\"001\"\"\";12;-3,104212;2,5;1310;\"=\"\"1-2\"\"\";"
                        "\"Jl. Mawar; No. 3, \"\"A\"\"\";\"'=1+1\";2026-11-24;-;\"=\"\"1.310\"\"\";\r\n");
    assert_reads(arena, buf_str(&out),
                 "CSV!1 A=text:7317105111570002 B=text:001 C=text:12 D=text:-3,104212 E=text:2,5 F=text:1310 G=text:1-2 "
                 "H=text:Jl. Mawar; No. 3, \"A\" I=text:=1+1 J=text:2026-11-24 K=text:- L=text:1.310|");
}

/* The whole width on one page across, the headings on each. */
static void test_a_workbook_is_ready_to_print(void **state)
{
    struct arena *arena = *state;
    struct people people = {{"A", "B", "C"}};
    struct sheet_column columns[] = {{STR_INIT("nama"), 20}, {STR_INIT("nik"), 18}, {STR_INIT("lahir"), 12}, {STR_INIT("n"), 0}};
    struct sheet_table table = {STR_INIT("Warga"), columns, COUNT_OF(columns), 3, people_row, &people};
    static const char *const parts[] = {"xl/worksheets/sheet1.xml", "xl/workbook.xml"};
    struct str bytes;
    struct err err;
    struct buf text = {.arena = arena};
    zip_error_t error;

    assert_int_equal(sheet_write(arena, &table, 1, &bytes, &err), RC_OK);
    zip_error_init(&error);
    zip_t *zip = zip_open_from_source(zip_source_buffer_create(bytes.p, bytes.n, 0, &error), ZIP_RDONLY, &error);
    assert_non_null(zip);
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        char room[20000];
        zip_file_t *file = zip_fopen(zip, parts[i], 0);
        assert_non_null(file);
        buf_put(&text, room, (size_t)zip_fread(file, room, sizeof room));
        zip_fclose(file);
    }
    zip_discard(zip);
    assert_true(str_find(buf_str(&text), STR("<pageSetUpPr fitToPage=\"1\"/>")) > 0);
    assert_true(str_find(buf_str(&text), STR("paperSize=\"9\"")) > 0);
    assert_true(str_find(buf_str(&text), STR("orientation=\"landscape\"")) > 0);
    assert_true(str_find(buf_str(&text), STR("fitToHeight=\"0\"")) > 0);
    assert_true(str_find(buf_str(&text), STR("Warga!$1:$1")) > 0);
}

/* Report servers write a shared text of no number: an empty cell. */
static void test_an_empty_shared_text_is_an_empty_cell(void **state)
{
    struct arena *arena = *state;
    struct book_text text = {.shared = "<si><t>a</t></si>",
                             .sheets = {"<sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v></v></c>"
                                        "<c r=\"C1\" t=\"s\"><v> </v></c><c r=\"D1\" t=\"s\"/><c r=\"E1\"><v>2</v></c></row></sheetData>"}};

    assert_reads(arena, make_book(arena, &text), "Data!1 A=text:a E=number:2|");
}

static void test_names_of_other_zip_programs(void **state)
{
    struct arena *arena = *state;
    static const char *const spellings[][2] = {{"", "\\"}, {"/", "/"}, {"./", "/"}, {".\\", "\\"}, {"", "/./"}};
    static const char *const targets[] = {"worksheets/sheet1.xml", "worksheets/./sheet1.xml", "/xl/worksheets/sheet1.xml",
                                          "..\\xl\\worksheets\\sheet1.xml", "\\xl\\worksheets\\sheet1.xml"};

    for (size_t i = 0; i < COUNT_OF(spellings) * COUNT_OF(targets); i++) {
        const char *before = spellings[i % COUNT_OF(spellings)][0], *slash = spellings[i % COUNT_OF(spellings)][1];
        struct book_part parts[] = {
            {str_z(arena, str_fmt(arena, "%s_rels%s.rels", before, slash)),
             STR_INIT("<Relationships " PACKAGE_NS "><Relationship Id=\"r1\" Type=\"" OFFICE
                      "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>")},
            {str_z(arena, str_fmt(arena, "%sxl%sworkbook.xml", before, slash)),
             STR_INIT("<workbook " SHEET_NS " xmlns:r=\"" OFFICE "\"><sheets><sheet name=\"Data\" r:id=\"r1\"/></sheets></workbook>")},
            {str_z(arena, str_fmt(arena, "%sxl%s_rels%sworkbook.xml.rels", before, slash, slash)),
             str_fmt(arena,
                     "<Relationships " PACKAGE_NS "><Relationship Id=\"r1\" Type=\"" OFFICE "/worksheet\" Target=\"%s\"/></Relationships>",
                     targets[i / COUNT_OF(spellings)])},
            {str_z(arena, str_fmt(arena, "%sxl%sworksheets%ssheet1.xml", before, slash, slash)),
             STR_INIT("<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>7</v></c></row></sheetData></worksheet>")},
        };
        assert_reads(arena, zip_parts(arena, parts, COUNT_OF(parts)), "Data!1 A=number:7|");
    }
}

/* The first sheet is whole, the second is not in order: both are given once more. A row that stands twice is one. */
static void test_rows_out_of_order_or_twice(void **state)
{
    struct arena *arena = *state;
    struct book_text twice = {
        .sheets = {"<sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row>"
                   "<row r=\"1\"><c r=\"B1\"><v>2</v></c></row><row r=\"2\"><c r=\"A2\"><v>3</v></c></row></sheetData>"}};
    struct book_text mixed = {
        .names = {"Satu", "Dua"},
        .sheets = {
            "<sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row></sheetData>",
            "<sheetData><row r=\"3\"><c r=\"A3\"><v>3</v></c></row><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>nik</t></is></c></row>"
            "<row r=\"2\"/><row r=\"3\"><c r=\"C3\"><v>5</v></c></row></sheetData>"}};
    struct record record = {.arena = arena, .out = {.arena = arena}};
    struct sheet_sink no_again = {&record, record_sheet, record_row, NULL, NULL};
    enum sheet_cause cause;

    assert_reads(arena, make_book(arena, &twice), "Data!1 A=number:1 B=number:2|Data!2 A=number:3|");
    assert_reads(arena, make_book(arena, &mixed), "Satu!1 A=number:1|Dua!1 A=text:nik|Dua!3 A=number:3 C=number:5|");
    assert_int_equal(sheet_read(arena, make_book(arena, &mixed), &sheet_limits_default, &no_again, &cause, NULL), RC_INVALID);
    assert_int_equal(cause, SHEET_DAMAGED);
}

static void test_what_is_hidden_is_marked(void **state)
{
    struct arena *arena = *state;
    struct book_text text = {
        .sheets = {"<cols><col min=\"2\" max=\"3\" hidden=\"1\"/><col min=\"4\" max=\"4\" width=\"9\"/></cols><sheetData>"
                   "<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"C1\"><v>2</v></c><c r=\"D1\"><v>3</v></c></row>"
                   "<row r=\"2\" hidden=\"true\"><c r=\"A2\"><v>4</v></c><c r=\"B2\"><v>5</v></c></row>"
                   "<row r=\"3\" hidden=\"0\"><c r=\"A3\"><v>6</v></c></row></sheetData>"}};

    assert_reads(arena, make_book(arena, &text),
                 "Data!1 A=number:1 |C=number:2 D=number:3|Data!2 -A=number:4 +B=number:5|Data!3 A=number:6|");
}

static void test_parts_in_windows_code_page(void **state)
{
    struct arena *arena = *state;
    struct book_text text = {.sheets = {"<sheetData><row><c t=\"inlineStr\"><is><t>x</t></is></c></row></sheetData>"}};
    static const char *const names[] = {"windows-1252", "Windows-1252", "cp1252"};

    assert_reads(arena, make_book(arena, &text), "Data!1 A=text:x|");
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        struct book_part parts[] = {
            {"_rels/.rels", STR_INIT("<Relationships " PACKAGE_NS "><Relationship Id=\"r1\" Type=\"" OFFICE
                                     "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>")},
            {"xl/workbook.xml",
             STR_INIT("<workbook " SHEET_NS " xmlns:r=\"" OFFICE "\"><sheets><sheet name=\"Data\" r:id=\"r1\"/></sheets></workbook>")},
            {"xl/_rels/workbook.xml.rels", STR_INIT("<Relationships " PACKAGE_NS "><Relationship Id=\"r1\" Type=\"" OFFICE
                                                    "/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>")},
            {"xl/worksheets/sheet1.xml", str_fmt(arena,
                                                 "<?xml version=\"1.0\" encoding=\"%s\"?><worksheet><sheetData><row><c "
                                                 "t=\"inlineStr\"><is><t>Andr\xE9 \x80 \x96</t></is></c>"
                                                 "</row></sheetData></worksheet>",
                                                 names[i])},
        };
        assert_reads(arena, zip_parts(arena, parts, COUNT_OF(parts)), "Data!1 A=text:Andr\u00E9 \u20AC \u2013|");
    }
}

/* Thirty million bytes of the same word are a table that repeats itself, no bomb. */
static void test_repetitive_texts_are_read(void **state)
{
    struct arena *arena = *state;
    struct buf shared = {.arena = arena};

    for (int i = 0; i < 20000; i++) {
        buf_put_str(&shared, STR("<si><t>"));
        for (int k = 0; k < 50; k++)
            buf_put_str(&shared, STR("SULAWESI SELATAN KABUPATEN LUWU"));
        buf_put_str(&shared, STR("</t></si>"));
    }
    buf_put_char(&shared, '\0');
    struct book_text text = {.shared = shared.p, .sheets = {"<sheetData><row><c t=\"s\"><v>999</v></c></row></sheetData>"}};
    struct str got = read_book_text(arena, make_book(arena, &text), &sheet_limits_default);
    assert_true(str_starts(got, STR("Data!1 A=text:SULAWESI SELATAN KABUPATEN LUWUSULAWESI")));
    assert_int_equal(got.n, strlen("Data!1 A=text:") + 50 * strlen("SULAWESI SELATAN KABUPATEN LUWU") + 1);
}

static void test_too_many_sheets_are_named(void **state)
{
    struct arena *arena = *state;
    struct sheet_limits few = sheet_limits_default;
    struct book_text text = {.names = {"RT 1", "RT 2"}, .sheets = {"<sheetData/>", "<sheetData/>"}};

    few.sheets = 1;
    assert_string_equal(str_z(arena, read_book_text(arena, make_book(arena, &text), &few)), "TOO_MANY_SHEETS");
    assert_true(str_find(sheet_cause_text(SHEET_TOO_MANY_SHEETS), str_fmt(arena, "lebih dari %u lembar", sheet_limits_default.sheets)) >=
                0);
}

/* The real sample: 97 people under 43 columns. Its shape: test_shared_inline_and_numbers. */
static void test_real_sample(void **state)
{
    struct arena *arena = *state;
    struct str bytes = sample(arena, SAMPLES "opensid_residents_sample.xlsx");
    struct record record = {.arena = arena, .out = {.arena = arena}};
    struct sheet_sink sink = {&record, record_sheet, record_row, NULL, NULL};
    enum sheet_cause cause;
    struct err err;

    assert_int_equal(sheet_read(arena, bytes, &sheet_limits_default, &sink, &cause, &err), RC_OK);
    assert_int_equal(record.rows, 98);
    assert_true(str_starts(buf_str(&record.out), STR("Sheet1!1 A=text:alamat B=text:dusun")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_shared_inline_and_numbers, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_rich_text_without_reading_aids, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_cells_and_rows_without_references, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_dates_by_format, set_up, tear_down),
        cmocka_unit_test(test_serial_days),
        cmocka_unit_test_setup_teardown(test_formulas_give_what_was_calculated, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_escapes_of_control_characters, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_several_sheets_in_order, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_sheet_whose_part_is_missing_is_named, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_what_was_written_is_read_again, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_csv_cannot_run_formulas, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_csv_leaves_numbers_alone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_csv_for_excel, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_workbook_is_ready_to_print, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_an_empty_shared_text_is_an_empty_cell, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_names_of_other_zip_programs, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_rows_out_of_order_or_twice, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_what_is_hidden_is_marked, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_parts_in_windows_code_page, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_repetitive_texts_are_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_too_many_sheets_are_named, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_real_sample, set_up, tear_down),
    };

    return RUN_TESTS_AND_REAL(tests, 1);
}
