// SPDX-License-Identifier: AGPL-3.0-or-later
/* What comes once for every member of a list. */
#include "tests/unit/server/paper/paper_support.h"

#define PEOPLE                                                                                                                       \
    "{\"desa\":\"To'long\",\"nama\":\"KEPALA\",\"kosong\":[],\"orang\":[{\"nama\":\"Ani\",\"anak\":[{\"nama\":\"Citra\"},{\"nama\":" \
    "\"Dodi\"}]},{\"nama\":\"Budi\",\"umur\":\"40\"},{\"nama\":\"Eka\",\"anak\":null}]}"

static struct str text_for(const char *body)
{
    return flat(RUN("pdftotext", "-layout", keep("repeat.pdf", pdf_of(paper_of(body, PEOPLE))), "-"));
}

static void blocks_come_for_every_member(void **state)
{
    (void)state;
    assert_true(str_is(text_for("[{\"type\":\"each\",\"list\":\"orang\",\"body\":[{\"type\":\"paragraph\",\"content\":\"{#}. {nama} "
                                "{umur|} {desa}\"}],\"else\":[{\"type\":\"qr\"}]},"
                                "{\"type\":\"each\",\"list\":\"kosong\",\"body\":[{\"type\":\"qr\"}],\"else\":[{\"type\":\"paragraph\","
                                "\"content\":\"tak ada {nama}\"}]},"
                                "{\"type\":\"each\",\"list\":\"hilang\",\"body\":[{\"type\":\"qr\"}]}]"),
                       "1. Ani To'long 2. Budi 40 To'long 3. Eka To'long tak ada KEPALA"));
}

/* The member's own list, and names of the member around. */
static void lists_of_members(void **state)
{
    (void)state;
    assert_true(str_is(text_for("[{\"type\":\"each\",\"list\":\"orang\",\"body\":[{\"type\":\"each\",\"list\":\"anak\",\"body\":["
                                "{\"type\":\"paragraph\",\"content\":\"{#} {nama} {umur|} "
                                "{desa}\"}],\"else\":[{\"type\":\"paragraph\",\"content\":\"{nama} tanpa anak\"}]},"
                                "{\"type\":\"paragraph\",\"content\":\"habis {#}\"}]}]"),
                       "1 Citra To'long 2 Dodi To'long habis 1 Budi tanpa anak habis 2 Eka tanpa anak habis 3"));
}

static void items_and_rows_come_for_every_member(void **state)
{
    (void)state;
    assert_true(
        str_is(text_for("[{\"type\":\"list\",\"items\":[\"awal\",{\"each\":\"orang\",\"content\":\"{nama}\",\"body\":[{\"type\":\"list\","
                        "\"style\":\"letter\",\"items\":[{\"each\":\"anak\",\"content\":\"{nama}\"}]}]},\"akhir {nama}\"]}]"),
               "1. awal 2. Ani a. Citra b. Dodi 3. Budi 4. Eka 5. akhir KEPALA"));
    assert_true(str_is(text_for("[{\"type\":\"identity\",\"numbered\":true,\"rows\":[{\"label\":\"Desa\",\"content\":\"{desa}\"},{\"each\":"
                                "\"orang\",\"label\":\"Waris {#}\",\"content\":\"{nama}\"},{\"label\":\"Nama\",\"content\":\"{nama}\"}]}]"),
                       "1. Desa : To'long 2. Waris 1 : Ani 3. Waris 2 : Budi 4. Waris 3 : Eka 5. Nama : KEPALA"));
    assert_true(str_is(text_for("[{\"type\":\"table\",\"columns\":[{},{}],\"rows\":[{\"each\":\"orang\",\"rows\":[[\"{#}\",\"{nama}\"],{"
                                "\"each\":\"anak\",\"cells\":[\"-\",\"{nama}\"]}]},[\"x\",\"{nama}\"]]}]"),
                       "1 Ani - Citra - Dodi 2 Budi 3 Eka x KEPALA"));
}

static void members_stand_in_a_line(void **state)
{
    (void)state;
    assert_true(str_is(text_for("[{\"type\":\"paragraph\",\"content\":[\"Yaitu "
                                "\",{\"type\":\"each\",\"list\":\"orang\",\"content\":\"{nama}\",\"last\":\" dan \"},\"; \","
                                "{\"type\":\"each\",\"list\":\"orang\",\"content\":\"{#}\",\"between\":\"/\"},\"; "
                                "\",{\"type\":\"each\",\"list\":\"kosong\",\"content\":\"x\",\"else\":\"tidak ada\"},\"{nama}\"]}]"),
                       "Yaitu Ani, Budi dan Eka; 1/2/3; tidak adaKEPALA"));
}

static void a_list_has_a_value_when_it_has_members(void **state)
{
#define ASK(list, is) "{\"type\":\"if\",\"field\":\"" list "\"" is ",\"then\":\"ya \",\"else\":\"tidak \"}"
    (void)state;
    assert_true(str_is(text_for("[{\"type\":\"paragraph\",\"content\":[" ASK("orang", "") "," ASK("kosong", "") "," ASK(
                           "hilang", "") "," ASK("orang", ",\"is\":\"empty\"") "," ASK("kosong", ",\"is\":\"empty\"") "]}]"),
                       "ya tidak tidak tidak ya"));
}

/* A head above nobody says nothing: neither by itself, nor between other blocks; what has a row of its own keeps it. */
static void a_head_over_nobody_is_not_printed(void **state)
{
#define TABLE(rows) "{\"type\":\"table\",\"columns\":[{}],\"header\":[[\"KEPALA\"]],\"rows\":[" rows "]}"
    static const char nobody[] = TABLE("{\"each\":\"kosong\",\"cells\":[\"x\"]},{\"type\":\"if\",\"field\":\"kosong\",\"then\":[[\"y\"]]}");

    (void)state;
    assert_true(str_is(text_for(str_z(arena, str_fmt(arena, "[%s]", nobody))), ""));
    assert_true(str_is(text_for(str_z(arena, str_fmt(arena,
                                                     "[{\"type\":\"paragraph\",\"content\":\"atas\"},%s,"
                                                     "{\"type\":\"paragraph\",\"content\":\"bawah\"}]",
                                                     nobody))),
                       "atas bawah"));
    assert_true(str_is(text_for("[" TABLE("{\"each\":\"kosong\",\"cells\":[\"x\"]},[\"ada\"]") "]"), "KEPALA ada"));
}

/* Names on one line stand side by side. */
static void assert_beside(const char *pdf, const char *left, const char *right, bool is_beside)
{
    struct box a = box_of(pdf, 1, left), b = box_of(pdf, 1, right);

    assert_int_equal(a.top < b.bottom && b.top < a.bottom, is_beside);
    if (is_beside)
        assert_true(a.right < b.left);
}

static void signers_come_for_every_member(void **state)
{
    static const char body[] =
        "[{\"type\":\"signature\",\"a_row\":%d,\"signers\":[{\"each\":\"orang\",\"lines\":[\"Saksi{#}\"],\"name\":\"{nama}\"},"
        "{\"place_date\":\"To'long, 1 Mei 2026\",\"lines\":[\"a.n. Kepala Desa\",\"Sekretaris\",\"u.b. Kaur "
        "Umum\"],\"name\":\"{nama}\"}]}]";
    const char *pdf = keep("signers.pdf", pdf_of(paper_of(str_z(arena, str_fmt(arena, body, 2)), PEOPLE)));

    (void)state;
    assert_beside(pdf, "Ani", "Budi", true);
    assert_beside(pdf, "Eka", "KEPALA", true);
    assert_beside(pdf, "Ani", "Eka", false);
    assert_has(text_of(read_all(pdf)), "Saksi3");
    pdf = keep("signers.pdf", pdf_of(paper_of(str_z(arena, str_fmt(arena, body, 4)), PEOPLE)));
    assert_beside(pdf, "Ani", "Budi", true);
    assert_beside(pdf, "Budi", "Eka", true);
    assert_beside(pdf, "Eka", "KEPALA", true);
    pdf = keep("signers.pdf", pdf_of(paper_of(str_z(arena, str_fmt(arena, body, 3)), PEOPLE)));
    assert_beside(pdf, "Budi", "Eka", true);
    assert_beside(pdf, "Eka", "KEPALA", false);
    struct box one = box_of(pdf, 1, "KEPALA"); /* left over, in the middle of the line, whose middle is 25 + 85 mm */
    assert_float_equal((one.left + one.right) / 2, 110 * MM, 0.5);
    pdf = keep(
        "signers.pdf",
        pdf_of(paper_of(
            "[{\"type\":\"signature\",\"signers\":[{\"each\":\"kosong\",\"name\":\"x\"}]},{\"type\":\"paragraph\",\"content\":\"bawah\"}]",
            PEOPLE)));
    assert_true(str_is(text_of(read_all(pdf)), "bawah"));
}

/* One by hand, one with a seal's smaller room: their names stand on one line all the same. */
static void names_of_a_row_stand_on_one_line(void **state)
{
    const char *pdf = keep("names.pdf", pdf_of(paper_of("[{\"type\":\"signature\",\"signers\":[{\"lines\":[\"Camat\"],\"name\":\"SATU\"},{"
                                                        "\"lines\":[\"Kepala\"],\"name\":\"DUA\",\"seal\":\"SEGEL\"}]}]",
                                                        NULL)));

    (void)state;
    assert_float_equal(box_of(pdf, 1, "SATU").bottom, box_of(pdf, 1, "DUA").bottom, 0.05);
    assert_true(box_of(pdf, 1, "SEGEL").top > box_of(pdf, 1, "Kepala").bottom &&
                box_of(pdf, 1, "SEGEL").bottom < box_of(pdf, 1, "DUA").top);
}

/* The code stands above the name, in the middle of the column, and is read by a telephone. */
static void code_stands_in_the_signers_column(void **state)
{
    struct paper_input input = {
        .tree = json_of(STR("{\"body\":[{\"type\":\"signature\",\"signers\":[{\"lines\":[\"Camat\"],\"name\":\"SATU\"},{\"lines\":["
                            "\"Kepala\"],\"name\":\"DUA\",\"seal\":\"SEGEL\",\"qr_here\":true}]}]}")),
        .qr_text = STR(LINK)};
    const char *pdf = keep("here.pdf", pdf_of(lay_out(&input)));
    struct box name = box_of(pdf, 1, "DUA"), seal = box_of(pdf, 1, "SEGEL"), above = box_of(pdf, 1, "Kepala");
    struct paper_use use;

    (void)state;
    assert_float_equal(name.bottom, box_of(pdf, 1, "SATU").bottom, 0.05);
    assert_true(seal.top - above.bottom > 25 * MM);
    RUN("pdftoppm", "-r", "150", "-gray", "-png", "-singlefile", pdf, in_folder("here"));
    assert_has(run_program((const char *const[]){"zbarimg", "--quiet", "--raw", in_folder("here.png"), NULL}, false), LINK);
    assert_int_equal(paper_check(arena, input.tree, &use, &err), RC_OK);
    assert_true(use.has_qr);
}

/* 200 in the family, each with a box of four lines: nothing is lost, and no line is alone. */
static void large_families(void **state)
{
    struct buf values = {.arena = arena};
    struct paper *paper;
    struct str text;

    (void)state;
    buf_put_str(&values, STR("{\"l\":["));
    for (int i = 1; i <= 200; i++)
        buf_fmt(&values, "%s{\"nama\":\"Orang%dx\"}", i > 1 ? "," : "", i);
    buf_put_str(&values, STR("]}"));
    paper = paper_of("[{\"type\":\"each\",\"list\":\"l\",\"body\":[{\"type\":\"group\",\"content\":[{\"type\":\"identity\",\"rows\":[{"
                     "\"label\":\"Nama\",\"content\":\"{nama}\"},{\"label\":\"Nomor\",\"content\":\"{#}\"}]}]}]},"
                     "{\"type\":\"signature\",\"signers\":[{\"each\":\"l\",\"name\":\"T{nama}\"}]}]",
                     str_z(arena, buf_str(&values)));
    text = text_of(pdf_of(paper));
    for (int i = 1; i <= 200; i++) {
        assert_has(text, str_z(arena, str_fmt(arena, " Orang%dx", i)));
        assert_has(text, str_z(arena, str_fmt(arena, "TOrang%dx", i)));
    }
    assert_true(paper_page_count(paper) < 40);
}

static void assert_refused(const char *body, const char *values, enum rc rc, const char *message)
{
    struct paper_input input = {.tree = json_of(str_fmt(arena, "{\"body\":%s}", body)), .values = json_of(str_c(values))};
    struct paper *paper;

    assert_int_equal(paper_layout(arena, &input, &paper, &err), rc);
    assert_has(str_c(err.text), message);
}

/* A list within a list within a list multiplies: counted. */
static void floods_of_members_end_early(void **state)
{
#define NEST(inner) "[{\"type\":\"each\",\"list\":\"l\",\"body\":" inner "}]"
    struct buf values = {.arena = arena};

    (void)state;
    buf_put_str(&values, STR("{\"l\":[{}"));
    for (int i = 1; i < 100; i++)
        buf_put_str(&values, STR(",{}"));
    buf_put_str(&values, STR("]}"));
    assert_refused(NEST(NEST(NEST("[]"))), str_z(arena, buf_str(&values)), RC_TOO_LARGE, "more than 10000 nodes");
    assert_refused(NEST(NEST("[{\"type\":\"paragraph\",\"content\":{\"type\":\"each\",\"list\":\"l\",\"content\":\"a\"}}]")),
                   str_z(arena, buf_str(&values)), RC_TOO_LARGE, "more than 10000 nodes");
    assert_refused(NEST("[]"), "{\"l\":\"x\"}", RC_INVALID, "values.l: must be an array");
    assert_refused(NEST("[]"), "{\"l\":[{},5]}", RC_INVALID, "values.l[1]: must be an object");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(blocks_come_for_every_member),
        TEST(lists_of_members),
        TEST(items_and_rows_come_for_every_member),
        TEST(members_stand_in_a_line),
        TEST(a_list_has_a_value_when_it_has_members),
        TEST(a_head_over_nobody_is_not_printed),
        TEST(signers_come_for_every_member),
        TEST(names_of_a_row_stand_on_one_line),
        TEST(code_stands_in_the_signers_column),
        TEST(large_families),
        TEST(floods_of_members_end_early),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
