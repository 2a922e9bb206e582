// SPDX-License-Identifier: AGPL-3.0-or-later
/* Tables as text and as web pages: whatever separates, quotes, ends lines or encodes. */
#define ARENA_IN_STATE
#include "tests/unit/arena.h"
#include "tests/unit/server/sheet/books.h"

static struct str wide(struct arena *arena, const char *text, bool is_big, bool has_mark)
{
    struct buf out = {.arena = arena};

    if (has_mark)
        buf_put(&out, is_big ? "\xFE\xFF" : "\xFF\xFE", 2);
    for (const unsigned char *p = (const unsigned char *)text; *p != '\0'; p++) {
        buf_put_char(&out, is_big ? '\0' : (char)*p);
        buf_put_char(&out, is_big ? (char)*p : '\0');
    }
    return buf_str(&out);
}

/* Addresses hold commas, titles stand above, a row is shorter: what separates is what explains most rows. */
static void test_the_separator_is_found(void **state)
{
    struct arena *arena = *state;
    static const char marks[] = {',', ';', '\t', '|'};
    const char *read =
        "CSV!1 A=text:DATA PENDUDUK, DESA; KOMBA|CSV!3 A=text:nama B=text:alamat C=text:rt|"
        "CSV!4 A=text:Budi B=text:Jl. Mawar, No. 3; blok 1 C=text:001|CSV!5 A=text:Siti|CSV!6 A=text:Ani B=text:a|b\tc C=text:002|";

    for (size_t i = 0; i < sizeof marks; i++) {
        char m = marks[i];
        assert_reads(
            arena,
            str_fmt(arena,
                    "\"DATA PENDUDUK, DESA; KOMBA\"\r\n\r\nnama%calamat%crt\r\nBudi%c\"Jl. Mawar, No. 3; blok 1\"%c001\r\nSiti%c%c\r\n"
                    "Ani%c\"a|b\tc\"%c002\r\n",
                    m, m, m, m, m, m, m, m),
            read);
    }
    assert_reads(arena, STR("nik;alamat;lat\n1;Jl. A, 1;-3,1\n2;Jl. B, 2;-3,2\n"),
                 "CSV!1 A=text:nik B=text:alamat C=text:lat|CSV!2 A=text:1 B=text:Jl. A, 1 C=text:-3,1|"
                 "CSV!3 A=text:2 B=text:Jl. B, 2 C=text:-3,2|");
    assert_reads(arena, STR("nama\nBudi\n"), "CSV!1 A=text:nama|CSV!2 A=text:Budi|");
}

static void test_excels_word_for_the_separator(void **state)
{
    struct arena *arena = *state;

    assert_reads(arena, STR("sep=;\r\nnama;nik\r\nBudi, S.Pd.;1\r\n"), "CSV!1 A=text:nama B=text:nik|CSV!2 A=text:Budi, S.Pd. B=text:1|");
    assert_reads(arena, STR("\xEF\xBB\xBF\"sep=|\"\nnama|nik\n"), "CSV!1 A=text:nama B=text:nik|");
    assert_reads(arena, STR("SEP=,\na,b\n"), "CSV!1 A=text:a B=text:b|");
    assert_reads(arena, STR("sep=ada,b\n1,2\n"), "CSV!1 A=text:sep=ada B=text:b|CSV!2 A=text:1 B=text:2|");
}

static void test_quotations(void **state)
{
    struct arena *arena = *state;

    assert_reads(arena, STR("a,b\n\"x \"\"y\"\" z\",\"satu\r\ndua\"\n \"q\" ,w\n"),
                 "CSV!1 A=text:a B=text:b|CSV!2 A=text:x \"y\" z B=text:satu\r\ndua|CSV!3 A=text:q B=text:w|");
    assert_reads(arena, STR("a,b\n\"Budi\" bin Ali,5\" pipa\n\"\",x\n"),
                 "CSV!1 A=text:a B=text:b|CSV!2 A=text:Budi bin Ali B=text:5\" pipa|CSV!3 B=text:x|");
    /* what does not end is the fault of its own line; the lines after it are whole */
    assert_reads(arena, STR("a,b,c\n1,\"Budi,3\n2,\"Ani\",4\n5,6,7\n"),
                 "CSV!1 A=text:a B=text:b C=text:c|CSV!2 A=text:1 B=error:#KUTIP|CSV!3 A=text:2 B=text:Ani C=text:4|CSV!4 A=text:5 "
                 "B=text:6 C=text:7|");
    assert_reads(arena, STR("a,b\n1,\"tak berujung\n2,3\n"),
                 "CSV!1 A=text:a B=text:b|CSV!2 A=text:1 B=error:#KUTIP|CSV!3 A=text:2 B=text:3|");
}

/* Opened by Excel with the other separator, and saved: lines with a quotation in them are one quotation now, the others are as before. */
static void test_lines_that_excel_has_wrapped(void **state)
{
    struct arena *arena = *state;

    assert_reads(
        arena, STR("nik,nama,alamat\n1,Budi,A\n\"2,\"\"Siti, S.Pd\"\",\"\"Jl. B, 3\"\"\"\n"),
        "CSV!1 A=text:nik B=text:nama C=text:alamat|CSV!2 A=text:1 B=text:Budi C=text:A|CSV!3 A=text:2 B=text:Siti, S.Pd C=text:Jl. B, 3|");
    assert_reads(arena, STR("\"nik;nama;alamat\"\n\"1;Budi;\"\"x\"\"\"\n"),
                 "CSV!1 A=text:nik B=text:nama C=text:alamat|CSV!2 A=text:1 B=text:Budi C=text:x|");
}

static void test_line_ends(void **state)
{
    struct arena *arena = *state;
    static const char *const ends[] = {"\n", "\r\n", "\r"};

    for (size_t i = 0; i < COUNT_OF(ends); i++)
        for (int last = 0; last < 2; last++)
            assert_reads(arena, str_fmt(arena, "a,b%s1,2%s%s3,4%s", ends[i], ends[i], ends[i], last ? ends[i] : ""),
                         "CSV!1 A=text:a B=text:b|CSV!2 A=text:1 B=text:2|CSV!4 A=text:3 B=text:4|");
}

static void test_encodings(void **state)
{
    struct arena *arena = *state;
    const char *read = "CSV!1 A=text:nama B=text:nik|CSV!2 A=text:Andr\u00E9 B=text:1|";

    assert_reads(arena, STR("nama;nik\nAndr\xC3\xA9;1\n"), read);
    assert_reads(arena, STR("\xEF\xBB\xBFnama;nik\nAndr\xC3\xA9;1\n"), read);
    assert_reads(arena, STR("nama;nik\nAndr\xE9;1\n"), read);
    for (int i = 0; i < 4; i++)
        assert_reads(arena, wide(arena, "nama\tnik\nAndr\xE9\t1\n", i & 1, i & 2), read);
    assert_reads(arena, STR("nama;nik\nAndr\x8E;1\n"), read); /* a Mac's signs */
    assert_reads(arena, STR("nama;nik\rAndr\x8E To\xD5long;1\r"),
                 "CSV!1 A=text:nama B=text:nik|CSV!2 A=text:Andr\u00E9 To\u2019long B=text:1|");
    assert_reads(arena, STR("nama;nik\nD\xE9si \x96 Ni\x92;1\n"),
                 "CSV!1 A=text:nama B=text:nik|CSV!2 A=text:D\u00E9si \u2013 Ni\u2019 B=text:1|");
    assert_reads(arena, STR("nama~nik\nA~1\n"), "CSV!1 A=text:nama B=text:nik|CSV!2 A=text:A B=text:1|");
    assert_reads(arena, STR("nama^nik\nA^1\n"), "CSV!1 A=text:nama B=text:nik|CSV!2 A=text:A B=text:1|");
    assert_reads(arena, STR("a;b\n\x80 5;\x93x\x94\n"), "CSV!1 A=text:a B=text:b|CSV!2 A=text:\u20AC 5 B=text:\u201Cx\u201D|");
    assert_reads(arena, STR("\xFF\xFE\x3D\xD8\x00\xDE;\0x\0\n\0"), "CSV!1 A=text:\U0001F600 B=text:x|");
}

/* What Excel has made of a long number is a number again, so that the caller doubts it; ="…" and quotes keep a text. */
static void test_spoilt_numbers_and_kept_texts(void **state)
{
    struct arena *arena = *state;

    assert_reads(
        arena,
        STR("nik;b\n7,3171E+15;7.31710070155600e+15\n7317100701556000;\"7317100701556000\"\n=\"7317100701556000\";\"=\"\"0012\"\"\"\n"
            "=\"a;b\";='x'\n"),
        "CSV!1 A=text:nik B=text:b|CSV!2 A=number:7.3171E+15 B=number:7.31710070155600e+15|"
        "CSV!3 A=number:7317100701556000 B=text:7317100701556000|CSV!4 A=text:7317100701556000 B=text:0012|"
        "CSV!5 A=text:a;b B=text:='x'|");
    assert_reads(arena, STR("a,b,c,d\n001,E5,5E,3E+\n'-,'=1+1,\"'@x\",'satu\n"),
                 "CSV!1 A=text:a B=text:b C=text:c D=text:d|CSV!2 A=text:001 B=text:E5 C=text:5E D=text:3E+|"
                 "CSV!3 A=text:- B=text:=1+1 C=text:@x D=text:'satu|");
}

/* Our own CSV, read again, is what was written. */
static void test_our_own_csv_comes_back(void **state)
{
    struct arena *arena = *state;
    const struct sheet_cell cells[] = {
        cell_text(STR("=1+1")), cell_text(STR("To'long, \"S.Pd\"")),   cell_text(STR("7317105111570002")), cell_text(STR("\uFF1Dx")),
        cell_text(STR("@a")),   cell_date((struct date){2026, 11, 24})};
    struct buf out = {.arena = arena};

    csv_put_start(&out);
    csv_put_row(&out, cells, COUNT_OF(cells));
    assert_reads(arena, buf_str(&out),
                 "CSV!1 A=text:=1+1 B=text:To'long, \"S.Pd\" C=number:7317105111570002 D=text:\uFF1Dx E=text:@a F=text:2026-11-24|");
}

#define XML_BOOK                                                                                                                         \
    "<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" " \
    "xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\">"

/* What old programs and the offices' own give as .xls or .xml. */
static void test_xml_spreadsheet_2003(void **state)
{
    struct arena *arena = *state;
    struct str book = STR(
        XML_BOOK
        "<Styles><Style ss:ID=\"s1\"><NumberFormat ss:Format=\"Short Date\"/></Style></Styles>"
        "<Worksheet ss:Name=\"Warga\"><Table ss:ExpandedColumnCount=\"4\"><Column ss:Hidden=\"1\" ss:Width=\"9\"/>"
        "<Row><Cell ss:MergeAcross=\"1\"><Data ss:Type=\"String\">NIK</Data></Cell><Cell><Data ss:Type=\"String\">Lahir</Data></Cell></Row>"
        "<Row ss:Index=\"4\" ss:Hidden=\"1\"><Cell><Data "
        "ss:Type=\"Number\">7.317100701556001E15</Data><Comment><Data>jangan</Data></Comment>"
        "</Cell><Cell ss:Index=\"3\" ss:StyleID=\"s1\"><Data ss:Type=\"DateTime\">1990-01-31T00:00:00.000</Data></Cell></Row>"
        "<Row ss:Span=\"2\"/><Row><Cell ss:Index=\"2\"><ss:Data ss:Type=\"String\" xmlns=\"http://www.w3.org/TR/REC-html40\"><B>Bu</B>di "
        "&amp; "
        "Ani</ss:Data></Cell><Cell><Data ss:Type=\"Error\">#N/A</Data></Cell><Cell><Data ss:Type=\"Boolean\">1</Data></Cell></Row></Table>"
        "<WorksheetOptions><Visible>SheetVisible</Visible></WorksheetOptions></Worksheet><Worksheet ss:Name=\"Kosong\"/></Workbook>");

    assert_reads(
        arena, book,
        "Warga!1 |A=text:NIK C=text:Lahir|Warga!4 +A=number:7.317100701556001E15 -C=date:1990-01-31|Warga!8 B=text:Budi & Ani C=error:#N/A "
        "D=bool:1|");
    assert_int_equal(sheet_glance(arena, book), SHEET_FINE);
    assert_reads(arena, STR(XML_BOOK "</Workbook>"), "NO_SHEETS");
    assert_reads(arena, str_part(book, 0, book.n - 60), "DAMAGED");
    assert_reads(
        arena,
        STR("<!DOCTYPE w [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">"
            "<Worksheet><Table><Row><Cell><Data>&e;</Data></Cell></Row></Table></Worksheet></Workbook>"),
        "ENTITIES");
    assert_reads(
        arena, STR(XML_BOOK "<Worksheet><Table><Row ss:Index=\"2000000\"><Cell><Data>x</Data></Cell></Row></Table></Worksheet></Workbook>"),
        "DAMAGED");
    assert_reads(arena,
                 STR(XML_BOOK "<Worksheet><Table><Row><Cell ss:Index=\"20000\"><Data>x</Data></Cell></Row></Table></Worksheet></Workbook>"),
                 "DAMAGED");
    /* made to confuse: a sheet within a cell, a cell outside of a row, data outside of a cell */
    assert_reads(
        arena,
        STR(XML_BOOK
            "<Worksheet><Table><Cell><Data>x</Data></Cell><Row><Data>y</Data><Cell><Data>a<Worksheet/>b</Data></Cell></Row></Table>"
            "</Worksheet></Workbook>"),
        "!1 A=text:ab|");
    struct buf many = {.arena = arena};
    buf_put_str(&many, STR(XML_BOOK));
    for (int i = 0; i < 256; i++)
        buf_put_str(&many, STR("<Worksheet ss:Name=\"RT\"><Table/></Worksheet>"));
    buf_put_str(&many, STR("</Workbook>"));
    assert_reads(arena, buf_str(&many), "TOO_MANY_SHEETS");
}

static void test_texts_that_are_no_table(void **state)
{
    struct arena *arena = *state;

    assert_reads(arena, STR("{\"nik\": 1}"), "PLAIN_TEXT");
    assert_reads(arena, STR("<?xml version=\"1.0\"?><data/>"), "PLAIN_TEXT");
    assert_reads(arena, STR("{\\rtf1 x}"), "NOT_SHEET");
    assert_reads(arena, STR("  \r\n \n"), "EMPTY");
    assert_reads(arena, STR("a,b\1c,d\n"), "NOT_SHEET");
}

/* Quotations that never end cost no more than the file is long; a cell has its limit. */
static void test_csv_is_bounded(void **state)
{
    struct arena *arena = *state;
    struct buf lines = {.arena = arena};
    size_t n = 140000;
    char *cell = arena_alloc(arena, n);
    struct sheet_limits few = sheet_limits_default;

    for (int i = 0; i < 200000; i++)
        buf_put_str(&lines, STR("x,\"\n\"\"\n"));
    assert_true(read_book_text(arena, buf_str(&lines), &sheet_limits_default).n > 0);
    memset(cell, 'x', n);
    cell[1] = ',';
    assert_reads(arena, ((struct str){cell, n}), "TOO_LARGE");
    few.rows = 2;
    assert_string_equal(str_z(arena, read_book_text(arena, STR("a\nb\nc\n"), &few)), "TOO_MANY_ROWS");
    few.rows = 10;
    few.columns = 2;
    assert_string_equal(str_z(arena, read_book_text(arena, STR("a,b,c\n"), &few)), "DAMAGED");
    few.file_bytes = 3;
    assert_string_equal(str_z(arena, read_book_text(arena, STR("a,b\n"), &few)), "TOO_LARGE");
}

static void test_web_pages(void **state)
{
    struct arena *arena = *state;

    /* as OpenSID gives it: titles, rowspan and colspan, cells not closed, entities */
    assert_reads(
        arena,
        STR("<html xmlns:o=\"x\"><head><style>td{color:red}</style></head><body><table border=1><tr><td colspan=3><b>DATA</b> PENDUDUK"
            "<tr><td>&nbsp;</table><TABLE><thead><tr><th rowspan=2>NIK<th "
            "colspan=2>Nama</tr><tr><th>depan</th><th>belakang</th></tr></thead>"
            "<tr><td class=textx>7317100701556001</td><td>A &amp; B<br>C</td><td>D&eacute;<script>alert(1)</script></td></tr></TABLE>"),
        "Tabel 1!1 A=text:DATA PENDUDUK|Tabel 2!1 A=text:NIK B=text:Nama|Tabel 2!2 B=text:depan C=text:belakang|"
        "Tabel 2!3 A=text:7317100701556001 B=text:A & B C C=text:D\u00E9|");
    assert_reads(arena, STR("<div><table><tr><td>luar<table><tr><td>dalam</td><td>7,3E+15</td></tr></table></td></tr></table></div>"),
                 "Tabel 1!1 A=text:dalam B=number:7.3E+15|Tabel 2!1 A=text:luar|");
    assert_reads(arena, STR("<html><table><tr><td>nik</td></tr></table></html>"), "Tabel 1!1 A=text:nik|");
    assert_reads(arena, STR("\xFF\xFE<\0t\0a\0b\0l\0e\0>\0<\0t\0r\0>\0<\0t\0d\0>\0x\0"), "Tabel 1!1 A=text:x|");
    assert_reads(arena, STR("<table><tr><td>Andr\xE9</td></tr></table>"), "Tabel 1!1 A=text:Andr\u00E9|");
    assert_reads(arena, STR("<html><body>tanpa isi<table></table></body></html>"), "NO_SHEETS");
    assert_reads(arena, STR("<html><body>bukan tabel</body></html>"), "PLAIN_TEXT");
    assert_reads(arena, STR("<table><tr><td colspan=999999999>a<td rowspan=999999999>b<tr><td>c</table>"),
                 "Tabel 1!1 A=text:a M=text:b|Tabel 1!2 A=text:c|");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_the_separator_is_found, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_excels_word_for_the_separator, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_quotations, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_lines_that_excel_has_wrapped, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_line_ends, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_encodings, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_spoilt_numbers_and_kept_texts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_our_own_csv_comes_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_texts_that_are_no_table, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_xml_spreadsheet_2003, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_csv_is_bounded, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_web_pages, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
