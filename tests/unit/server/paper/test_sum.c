// SPDX-License-Identifier: AGPL-3.0-or-later
/* Sums and conversions in patterns. */
#include "tests/unit/server/paper/paper_support.h"

#define VALUES                                                                                                           \
    "{\"a\":\"Rp 1.500.000\",\"b\":\"250000\",\"c\":\"2,5\",\"kosong\":\" \",\"kata\":\"banyak\",\"tgl\":\"24 November " \
    "2026\",\"nol\":\"0\",\"besar\":\"99999999999999\","                                                                 \
    "\"waris\":[{\"bagian\":\"1.000.000\",\"umur\":\"30\"},{\"bagian\":\"Rp "                                            \
    "500.000,50\"},{\"bagian\":null,\"umur\":\"tua\"},{}],\"tak_ada\":[],"                                               \
    "\"belum\":[{\"bagian\":{\"unfilled\":\"bagian belum diisi\"}}]}"

static struct str text_for(const char *pattern)
{
    return text_of(pdf_of(paper_of(str_z(arena, str_fmt(arena, "[{\"type\":\"paragraph\",\"content\":\"[%s]\"}]", pattern)), VALUES)));
}

static void sums_are_added_up(void **state)
{
    static const struct {
        const char *pattern, *wanted;
    } cases[] = {
        {"{=b+b}", "500.000"},
        {"{=a+b}", "Rp 1.750.000"}, /* money with a number is money */
        {"{=a - b - b}", "Rp 1.000.000"},
        {"{=b-a}", "-Rp 1.250.000"},
        {"{=b--b}", "500.000"},
        {"{=-c}", "-2,5"},
        {"{=c*c}", "6,25"},
        {"{=b*3+1}", "750.001"},
        {"{=b*(3+1)}", "1.000.000"},
        {"{=10-3-2}", "5"},
        {"{=10-(3-2)}", "9"},
        {"{=1.500.000 + 0,5}", "1.500.000,5"},
        {"{=sum(waris.bagian)}", "Rp 1.500.000,50"},
        {"{=sum(waris.bagian):angka}", "1.500.000,50"},
        {"{=count(waris)}", "4"},
        {"{=count(tak_ada)}", "0"},
        {"{=count(hilang)}", "0"},
        {"{=sum(tak_ada.x)}", "-"},
        {"{=sum(belum.bagian)}", "-"}, /* who is still filling it in sees the rest of the paper */
        {"{=sum(waris.umur)}", "-"},   /* one is no number */
        {"{=sum(waris.umur)|tidak tentu}", "tidak tentu"},
        {"{=a+kata}", "-"},
        {"{=a+kosong}", "Rp 1.500.000"},
        {"{=kosong+hilang|nihil}", "nihil"},
        {"{=nol+kosong|nihil}", "0"},
        {"{=kosong*2|nihil}", "nihil"},
        {"{=besar+besar|terlalu besar}", "terlalu besar"},
        {"{=besar*besar|terlalu besar}", "terlalu besar"},
        {"{=besar+besar-besar|terlalu besar}", "terlalu besar"},
        {"{=b+b:rupiah}", "Rp 500.000"},
        {"{=b+b:terbilang}", "lima ratus ribu"},
        {"{=a+b:terbilang:title}", "Satu Juta Tujuh Ratus Lima Puluh Ribu Rupiah"},
        {"{=b:terbilang_rupiah:upper}", "DUA RATUS LIMA PULUH RIBU RUPIAH"},
        {"{=count(waris):romawi}", "IV"},
        {"{=c:romawi|x}", "x"},
        {"{a:terbilang:sentence}", "Satu juta lima ratus ribu rupiah"},
        {"{b:rupiah}", "Rp 250.000"},
        {"{tgl:hijri}", "13 Jumadilakhir 1448 H"},
        {"{tgl:hari:upper}", "SELASA"},
        {"{kata:terbilang|belum diisi}", "belum diisi"},
        {"{kata:hari}", "-"},
        {"{kosong:rupiah|nihil}", "nihil"},
        {"{= count( waris ) + 1 }", "5"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        if (!str_eq(text_for(cases[i].pattern), str_fmt(arena, "[%s]", cases[i].wanted)))
            fail_msg("%s is %.*s", cases[i].pattern, STR_ARG(text_for(cases[i].pattern)));
    }
}

/* Inside an `each` a name is the member's first; a sum goes over a member's own list. */
static void sums_know_their_member(void **state)
{
    struct str text = text_of(
        pdf_of(paper_of("[{\"type\":\"each\",\"list\":\"kk\",\"body\":[{\"type\":\"paragraph\",\"content\":[\"{=a+b} {=sum(anak.umur)|-} "
                        "\",{\"type\":\"field\",\"name\":\"a\",\"as\":\"terbilang\",\"case\":\"upper\"}]}]}]",
                        "{\"b\":\"1\",\"kk\":[{\"a\":\"2\",\"anak\":[{\"umur\":\"3\"},{\"umur\":\"4\"}]},{\"a\":\"5\",\"b\":\"6\"}]}")));

    (void)state;
    assert_true(str_is(text, "3 7 DUA 11 - LIMA"));
}

static void mistakes_are_named_by_place(void **state)
{
    static const struct {
        const char *inside, *message;
    } cases[] = {
        {"=", "a number, a name, sum(list.member) or count(list) is expected at sign 1"},
        {"=a+", "is expected at sign 3"},
        {"=a b", "+, -, * or the end is expected at sign 3"},
        {"=a/b", "+, -, * or the end is expected at sign 2"},
        {"=(a", "')' is missing at sign 3"},
        {"=a)", "+, -, * or the end is expected at sign 2"},
        {"=sum(a)", "list.member is expected"},
        {"=sum(.a)", "a name has 1 to 64"},
        {"=sum a", "+, -, * or the end is expected at sign 5"},
        {"=max(a.b)", "only sum(…) and count(…) are known"},
        {"=system(a)", "only sum(…) and count(…) are known"},
        {"=5x", "no number at sign 3"},
        {"=1.5", "no number"},
        {"=2*-3", "is expected at sign 3"},
        {"=((((((((((a))))))))))", "too long or nested too deep"},
        {"=1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1", "too long or nested too deep"},
        {"=a:hijri", "a sum is no date"},
        {"a:terbilang:rupiah", "takes one of"},
        {"a:upper:terbilang", "takes one of"},
        {"a:upper:title", "takes one of"},
        {"a:dollar", "case \"dollar\" is not known"},
        {"a:", "case \"\" is not known"},
    };
    struct buf rows = {.arena = arena};

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        json_t *tree = json_of(str_fmt(arena, "{\"body\":[{\"type\":\"paragraph\",\"content\":[\"a\",\"{%s}\"]}]}", cases[i].inside));
        if (paper_check(arena, tree, NULL, &err) != RC_INVALID)
            fail_msg("{%s} was taken", cases[i].inside);
        assert_has(str_c(err.text), "body[0].content[1]: ");
        assert_has(str_c(err.text), cases[i].message);
    }
    for (int i = 0; i < 201; i++)
        buf_put_char(&rows, 'a');
    assert_int_equal(
        paper_check(arena,
                    json_of(str_fmt(arena, "{\"body\":[{\"type\":\"paragraph\",\"content\":\"{=%.*s}\"}]}", STR_ARG(buf_str(&rows)))), NULL,
                    &err),
        RC_INVALID);
    assert_has(str_c(err.text), "more than 200 signs");
    assert_int_equal(
        paper_check(arena,
                    json_of(STR("{\"body\":[{\"type\":\"paragraph\",\"content\":{\"type\":\"field\",\"name\":\"a\",\"as\":\"upper\"}}]}")),
                    NULL, &err),
        RC_INVALID);
    assert_has(str_c(err.text), "body[0].content.as: \"upper\" is not known");
}

/* Which value a tree cannot use is told before printing; one that is empty is no misfit. */
static void misfits_are_told(void **state)
{
    static const struct {
        const char *pattern, *list, *field;
        enum paper_kind kind;
    } cases[] = {
        {"{a} {kata}", NULL, NULL, 0},
        {"{a:terbilang} {=b+kosong+hilang}", NULL, NULL, 0},
        {"{=a+kata}", NULL, "kata", PAPER_NUMBER},
        {"{tgl:hari} {kata:hijri}", NULL, "kata", PAPER_DATE},
        {"{tgl:terbilang}", NULL, "tgl", PAPER_NUMBER},
        {"{=sum(waris.bagian)}", NULL, NULL, 0},
        {"{=sum(waris.umur)}", "waris", "umur", PAPER_NUMBER},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct paper_need need;
        json_t *tree = json_of(str_fmt(arena, "{\"body\":[{\"type\":\"paragraph\",\"content\":\"%s\"}]}", cases[i].pattern));
        assert_int_equal(paper_misfit(arena, tree, json_of(STR(VALUES)), &need, &err), RC_OK);
        if (cases[i].field == NULL) {
            assert_null(need.field);
            continue;
        }
        assert_string_equal(need.field, cases[i].field);
        assert_int_equal(need.kind, cases[i].kind);
        if (cases[i].list == NULL)
            assert_null(need.list);
        else
            assert_string_equal(need.list, cases[i].list);
    }
    struct paper_use use;
    assert_int_equal(
        paper_check(arena,
                    json_of(STR("{\"body\":[{\"type\":\"paragraph\",\"content\":\"{=a+sum(l.m)+count(n)+a} {a:rupiah} {a:hari}\"}]}")),
                    &use, &err),
        RC_OK);
    assert_int_equal(use.need_count, 3);
    assert_int_equal(use.field_count, 1);
    assert_int_equal(use.list_count, 2);
}

/* 100 rows that each add up 200 members, and values of the wrong kind. */
static void sums_have_their_limits(void **state)
{
    struct buf values = {.arena = arena};
    struct paper_input input = {.tree = json_of(STR("{\"body\":[{\"type\":\"each\",\"list\":\"l\",\"body\":[{\"type\":\"paragraph\","
                                                    "\"content\":\"{=sum(l.m)+sum(l.m)+sum(l.m)}\"}]}]}"))};
    struct paper *paper;

    (void)state;
    buf_put_str(&values, STR("{\"l\":[{}"));
    for (int i = 1; i < 1000; i++)
        buf_put_str(&values, STR(",{}"));
    buf_put_str(&values, STR("]}"));
    input.values = json_of(buf_str(&values));
    assert_int_equal(paper_layout(arena, &input, &paper, &err), RC_TOO_LARGE);
    assert_has(str_c(err.text), "sums over more than 1000000 members");
    input.values = json_of(STR("{\"l\":[{\"m\":5}]}"));
    assert_int_equal(paper_layout(arena, &input, &paper, &err), RC_INVALID);
    assert_has(str_c(err.text), "values.l[0].m: must be a text");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(sums_are_added_up), TEST(sums_know_their_member), TEST(mistakes_are_named_by_place),
        TEST(misfits_are_told),  TEST(sums_have_their_limits),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
