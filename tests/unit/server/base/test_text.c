// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/unit/arena.h"

#include "server/base/clock.h"
#include "server/base/text.h"
#include "server/base/text_name.h"

#define assert_text(got, want) assert_string_equal(str_z(arena, (got)), (want))

static void test_utf8(void **state)
{
    static const char *const bad[] = {"\x80",
                                      "\xC0\x80",
                                      "\xC1\xBF",
                                      "\xC3",
                                      "\xE0\x80\x80",
                                      "\xED\xA0\x80",
                                      "\xE2\x82",
                                      "\xF0\x80\x80\x80",
                                      "\xF4\x90\x80\x80",
                                      "\xF5\x80\x80\x80",
                                      "\xFF",
                                      "a\xC3(",
                                      "\xE2(\xA1"};

    (void)state;
    assert_true(utf8_is_valid(STR("")));
    assert_true(utf8_is_valid(STR_NONE));
    assert_true(utf8_is_valid(STR("To’long é 漢 🏠 \xF4\x8F\xBF\xBF")));
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        assert_false(utf8_is_valid(str_c(bad[i])));
    assert_false(utf8_is_valid(STR("a\0b")));
    assert_int_equal(utf8_length(STR("é漢🏠a")), 4);
    assert_text(utf8_part(arena, STR("é漢🏠a"), 3), "é漢🏠");
    assert_text(utf8_part(arena, STR("ab"), 9), "ab");
    assert_text(utf8_part(arena, STR("ab"), 0), "");
}

static void test_tidy(void **state)
{
    (void)state;
    assert_text(text_tidy(arena, STR("  Sitti \t\r\n Aminah\xC2\xA0 ")), "Sitti Aminah");
    assert_text(text_tidy(arena, STR("a\0b\x1b[31m\x7F")), "ab[31m");
    assert_text(text_tidy(arena, STR("a\xE2\x80\xAE"
                                     "b\xEF\xBB\xBF"
                                     "c\xE2\x80\x8B")),
                "abc"); /* direction, BOM, zero width */
    assert_text(text_tidy(arena, STR("a\xFF\xC3"
                                     "b")),
                "ab");
    assert_text(text_tidy(arena, STR(" \n ")), "");
    /* a letter and its mark are one sign, as everywhere else; a mark that none takes stays */
    assert_text(text_tidy(arena, STR("Andre\u0301 A\u030Asa I\u0323 n\u0303")), "Andr\u00E9 \u00C5sa \u1ECA \u00F1");
    assert_text(text_tidy(arena, STR("a\u0308\u0301 q\u0301 \u0301e")), "\u00E4\u0301 q\u0301 \u0301e");
    assert_text(text_tidy_lines(arena, STR("e\u0301\n\u0301e")), "\u00E9\n\u0301e");
    assert_null(text_tidy(arena, STR_NONE).p);
    assert_non_null(text_tidy(arena, STR("")).p);
    assert_text(text_tidy_lines(arena, STR("\n a \r\n\r\n  b\tc \r d \n\n")), "a\n\nb c\nd");
}

static void test_names(void **state)
{
    static const char *const cases[][2] = {
        {"SITTI AMINAH, S.PD.", "Sitti Aminah, S.Pd."},
        {"SITTI AMINAH, S.PD", "Sitti Aminah, S.Pd."},
        {"sitti aminah,spd", "Sitti Aminah, S.Pd."},
        {"ANDI BASO , S. PD., M. SI", "Andi Baso, S.Pd., M.Si."},
        {"ANDI BASO, SE. MM", "Andi Baso, S.E. M.M."},
        {"SITTI AMINAH, S.Pd.", "Sitti Aminah, S.Pd."},
        {"Sitti AMINAH, S.PD", "Sitti AMINAH, S.Pd."}, /* a mixed name is as somebody typed it */
        {"TO'LONG", "To'long"},
        {"TO’LONG", "To’long"},
        {"NUR'AINI MA'RUF", "Nur'aini Ma'ruf"},
        {"'ALI", "'Ali"},
        {"DG. TANANG", "Dg. Tanang"},
        {"H. ABDUL RAHMAN", "H. Abdul Rahman"},
        {"HJ. ST. HAJAR", "Hj. St. Hajar"},
        {"DRS. H. M. YUSUF, M.AG", "Drs. H. M. Yusuf, M.Ag."},
        {"M.YUSUF", "M.Yusuf"},
        {"AHMAD BIN ALI", "Ahmad bin Ali"},
        {"SITTI BINTI UMAR", "Sitti binti Umar"},
        {"BIN LADEN", "Bin Laden"},
        {"AL-FATIH", "Al-Fatih"},
        {"DUSUN III", "Dusun III"},
        {"ANDI (ALM)", "Andi (Alm)"},
        {"Muh. McDonald", "Muh. McDonald"},
        {"ANDI, SULAWESI", "Andi, Sulawesi"},
        {"  ANDI   BASO ,, ", "Andi Baso"},
        {"ÉLISE", "Élise"},
        {"A", "A"},
        {",", ""},
        {"", ""},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_text(text_name(arena, str_c(cases[i][0])), cases[i][1]);
    assert_null(text_name(arena, STR_NONE).p);
    for (size_t i = 0; i < COUNT_OF(cases); i++) { /* what it made stays as it is */
        struct str once = text_name(arena, str_c(cases[i][0]));

        assert_text(text_name(arena, once), str_z(arena, once));
    }
}

static void capitals_leave_titles_as_they_are_written(void **state)
{
    static const char *const cases[][2] = {
        {"Lina Wahidah, S.Sos., M.Si.", "LINA WAHIDAH, S.Sos., M.Si."},
        {"Drs. H. Andi Ware, S.H., M.Kn.", "Drs. H. ANDI WARE, S.H., M.Kn."},
        {"Prof. Dr. Hj. Nur Dg. Tanang, S.Tr.Gz., M. Si", "Prof. Dr. Hj. NUR DG. TANANG, S.Tr.Gz., M. Si"},
        {"dr. Élise, Sp.OG", "dr. ÉLISE, Sp.OG"},
        {"ANDI BASO, S.SOS., M.PD.I", "ANDI BASO, S.Sos., M.Pd.I."},
        {"andi baso, s.sos. m.si.", "ANDI BASO, S.Sos. M.Si."},
        {"Rapat desa, 3 ayat, dan lain-lain", "RAPAT DESA, 3 AYAT, DAN LAIN-LAIN"},
        {"Desa Wara, Kec. Timur", "DESA WARA, KEC. TIMUR"},
        {"Jalan Dr. Sutomo,  Wara ", "JALAN DR. SUTOMO,  WARA "},
        {"", ""},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const struct str once = text_name_upper(arena, str_c(cases[i][0]));

        assert_text(once, cases[i][1]);
        assert_text(text_name_upper(arena, once), cases[i][1]);
    }
    assert_null(text_name_upper(arena, STR_NONE).p);
}

static void places_keep_their_short_names(void **state)
{
    static const char *const cases[][2] = {
        {"RSUD BATARA GURU", "RSUD Batara Guru"},
        {"rsud batara guru", "RSUD Batara Guru"},
        {"RS. BINTANG LAUT", "RS. Bintang Laut"},
        {"PUSKESMAS LAROMPONG, UPTD", "Puskesmas Larompong, UPTD"},
        {"PALOPO", "Palopo"},
        {"DUSUN III RT 002", "Dusun III RT 002"},
        {"RUMAH DI KEBUN", "Rumah di Kebun"},
        {"TO'LONG", "To'long"},
        {"RSUD Batara Guru", "RSUD Batara Guru"},
        {"Jl. Ahmad Yani 4", "Jl. Ahmad Yani 4"},
        {"RSUD", "RSUD"},
        {"", ""},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_text(text_place(arena, str_c(cases[i][0])), cases[i][1]);
    assert_null(text_place(arena, STR_NONE).p);
}

static void test_case(void **state)
{
    (void)state;
    assert_text(text_upper(arena, STR("To'long é ÿ ž ą ł ệ ß漢")), "TO'LONG É Ÿ Ž Ą Ł Ệ ß漢");
    assert_text(text_lower(arena, STR("TO'LONG É Ÿ Ž Ą Ł Ệ × 漢")), "to'long é ÿ ž ą ł ệ × 漢");
    assert_text(text_capital(arena, STR("kios atau warung")), "Kios atau warung");
    assert_text(text_capital(arena, STR("élan DINAS")), "Élan DINAS");
    assert_text(text_capital(arena, STR("2019")), "2019");
    assert_text(text_capital(arena, STR("")), "");
    assert_text(text_upper(arena, STR("\xFF"
                                      "a")),
                "\xFF"
                "A");
}

static void test_initials(void **state)
{
    (void)state;
    assert_text(text_initials(arena, STR("Sitti Aminah, S.Pd.")), "SA");
    assert_text(text_initials(arena, STR("H. Abdul Rahman Dg. Tanang")), "AT");
    assert_text(text_initials(arena, STR("Ahmad bin Ali")), "AA");
    assert_text(text_initials(arena, STR("To'long")), "T");
    assert_text(text_initials(arena, STR("M.")), "M");
    assert_text(text_initials(arena, STR("élise")), "É");
    assert_text(text_initials(arena, STR("")), "");
    assert_text(text_initials(arena, STR_NONE), "");
    assert_text(text_initials(arena, STR("123 !")), "");
}

static void test_fold(void **state)
{
    (void)state;
    assert_text(text_fold(arena, STR("  TO'LONG  ")), "tolong");
    assert_text(text_fold(arena, STR("To’long")), "tolong");
    assert_text(text_fold(arena, STR("SITTI AMINAH, S.Pd.")), "sitti aminah s pd");
    assert_text(text_fold(arena, STR("É\xCC\x81lise-Ünal Ệ Ł")), "elise unal e l");
    assert_text(text_fold(arena, STR("e\xCC\x81")), "e");
    assert_text(text_fold(arena, STR("%_\\'\";--")), "");
    assert_text(text_fold(arena, STR("RT 003/RW 01")), "rt 003 rw 01");
    assert_text(text_search(arena, STR("  d’Ambrogio \t100%  a_b \\ ")), "dAmbrogio 100% a_b \\");
    assert_text(text_search(arena, STR("0812-3456.7890 +62812 (021) 0812 002 09.30/1")), "81234567890 812 (021) 0812 002 09.30/1");
    assert_text(text_search(arena, STR("'")), "'");
    assert_null(text_search(arena, STR(" \t ")).p);
    assert_null(text_search(arena, STR_NONE).p);
    assert_text(text_fold(arena, STR("a\xFF"
                                     "b")),
                "ayb"); /* a lone Latin-1 byte reads as its letter */
}

static void test_numbers(void **state)
{
    (void)state;
    assert_text(number_text(arena, 0), "0");
    assert_text(number_text(arena, 999), "999");
    assert_text(number_text(arena, 1310450000), "1.310.450.000");
    assert_text(number_text(arena, -1000), "-1.000");
    assert_text(number_text(arena, INT64_MIN), "-9.223.372.036.854.775.808");
    assert_text(rupiah_text(arena, 1310450000), "Rp 1.310.450.000");
    assert_text(rupiah_text(arena, -500), "-Rp 500");
    assert_text(bytes_text(arena, 0), "0 byte");
    assert_text(bytes_text(arena, 1023), "1023 byte");
    assert_text(bytes_text(arena, 1536 * 1024), "1,5 MB");
    assert_text(bytes_text(arena, 5 * 1024 * 1024), "5 MB");
    assert_text(bytes_text(arena, UINT64_MAX), "16777216 TB");
}

static void test_nik_text(void **state)
{
    (void)state;
    assert_true(nik_is_digits(STR("7317105111570002")));
    assert_false(nik_is_digits(STR("731710511157000")));
    assert_false(nik_is_digits(STR("73171051115700021")));
    assert_false(nik_is_digits(STR("731710511157000a")));
    assert_false(nik_is_digits(STR("1.23456789012E15")));
    assert_false(nik_is_digits(STR_NONE));
    assert_text(nik_masked(arena, STR("7317105111570003")), "7317 •••• •••• 0003");
    assert_text(nik_masked(arena, STR("731710511157")), "••••");
    assert_text(nik_masked(arena, STR("")), "");
    assert_text(nik_spaced(arena, STR("7317105111570002")), "7317 1051 1157 0002");
    assert_text(nik_spaced(arena, STR("x")), "x");
    assert_text(digits_only(arena, STR(" 7317 1051-1157.0002 ")), "7317105111570002");
    assert_text(digits_only(arena, STR("7317–1051—1157\u00a00002")), "7317105111570002");
    assert_text(digits_only(arena, STR("7317a")), "");
    assert_text(digits_only(arena, STR("７317")), "");
    assert_text(digits_only(arena, STR("")), "");
}

static void test_nik_birth(void **state)
{
    static const struct date today = {2026, 11, 24};
    static const struct {
        const char *nik;
        int year, month, day; /* year 0: no such day */
        bool is_female;
    } cases[] = {
        {"7317101111570002", 1957, 11, 11, false}, {"7317105111570002", 1957, 11, 11, true},
        {"7317102411260001", 2026, 11, 24, false}, /* born today */
        {"7317102511260001", 1926, 11, 25, false}, /* tomorrow is a hundred years ago */
        {"7317102902240001", 2024, 2, 29, false},  {"7317102902000001", 2000, 2, 29, false},
        {"7317106902240001", 2024, 2, 29, true},   {"7317102902230001", 0, 0, 0, false},
        {"7317100001570001", 0, 0, 0, false},      {"7317104001570001", 0, 0, 0, false},
        {"7317107201570001", 0, 0, 0, false},      {"7317103201570001", 0, 0, 0, false},
        {"7317101113570001", 0, 0, 0, false},      {"7317101100570001", 0, 0, 0, false},
        {"731710111157000", 0, 0, 0, false},       {"", 0, 0, 0, false},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct date birth = {0};
        bool is_female = false;

        assert_int_equal(nik_birth(str_c(cases[i].nik), today, &birth, &is_female), cases[i].year != 0);
        assert_int_equal(birth.year, cases[i].year);
        assert_int_equal(birth.month, cases[i].month);
        assert_int_equal(birth.day, cases[i].day);
        assert_int_equal(is_female, cases[i].is_female);
    }
}

/* As the mark is written; a short form stays in capitals; a name that begins with the word says it once. */
static void test_hamlet(void **state)
{
    (void)state;
    assert_text(text_hamlet(arena, STR("{Dusun} Wara, nama {dusun}, {DUSUN}"), STR("")), "Dusun Wara, nama dusun, DUSUN");
    assert_text(text_hamlet(arena, STR("{Dusun} Wara, nama {dusun}, {DUSUN}"), STR("Lingkungan")),
                "Lingkungan Wara, nama lingkungan, LINGKUNGAN");
    assert_text(text_hamlet(arena, STR("Pilih {dusun}"), STR("RW")), "Pilih RW");
    assert_text(text_hamlet(arena, STR("di {Dusun} Jorong Koto, {Dusun} Koto"), STR("Jorong")), "di Jorong Koto, Jorong Koto");
    assert_text(text_hamlet(arena, STR("{\"a\":\"{dus\"} {"), STR("RW")), "{\"a\":\"{dus\"} {");
}

static void test_plain(void **state)
{
    static const struct {
        const char *text;
        bool is_plain;
    } cases[] = {
        {"Kawin adat", true},
        {"D3 Kebidanan", true},
        {"Ba\u2019tan \u00C9la", true},
        {"Cafe\u0301", true},
        {"", true},
        {"a@b.id", false},
        {"<script>", false},
        {"=1", false},
        {"\uFF1D1", false},
        {"\uFE66x", false},
        {"\u207Cx", false},
        {"\u0667\u0663", false},
        {"\uFF17\uFF13", false},
        {"\U0001D7D7", false},
        {"\uFF21", false},
        {"\u5B97", false},
        {"\u200Bx", false},
        {"a\tb", false},
        {"\xFF", false},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_int_equal(text_is_plain(str_c(cases[i].text), " .,'-/()&"), cases[i].is_plain);
}

#define TEXT_TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

static void a_title_is_no_part_of_a_name(void **state)
{
    static const char *const same[] = {
        "Hamka Yasin",       "H. Hamka Yasin, S.E.", "HAMKA YASIN",      "Prof. Dr. H. Hamka  Yasin, S.E., M.Si.",
        "dr. Hamka Yasin",   "drg Hamka Yasin",      "Hamka Yasin S.E.", "HAMKA YASIN SE",
        "Ir. H Hamka Yasin", "Drs. Hamka Yasin M.M."};
    static const char *const other[][2] = {{"Andi Hamka", "andi hamka"}, {"Hj. Andi Hamka", "andi hamka"},
                                           {"Sitti St.", "sitti st."},   {"H.", "h."},
                                           {"Dg. Tanang", "dg. tanang"}, {"Muh. Se", "muh. se"}};

    (void)state;
    for (size_t i = 0; i < COUNT_OF(same); i++)
        assert_text(text_name_bare(arena, str_c(same[i])), "hamka yasin");
    for (size_t i = 0; i < COUNT_OF(other); i++)
        assert_text(text_name_bare(arena, str_c(other[i][0])), other[i][1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEXT_TEST(a_title_is_no_part_of_a_name),
        TEXT_TEST(test_utf8),
        TEXT_TEST(test_tidy),
        TEXT_TEST(test_names),
        TEXT_TEST(places_keep_their_short_names),
        TEXT_TEST(capitals_leave_titles_as_they_are_written),
        TEXT_TEST(test_case),
        TEXT_TEST(test_initials),
        TEXT_TEST(test_fold),
        TEXT_TEST(test_numbers),
        TEXT_TEST(test_nik_text),
        TEXT_TEST(test_nik_birth),
        TEXT_TEST(test_hamlet),
        TEXT_TEST(test_plain),
    };

    base_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
