// SPDX-License-Identifier: AGPL-3.0-or-later
/* A list of new villages against the tree: nothing that it says is changed in silence, and no district is made by a slip. */
#include "tests/unit/arena.h"

#include "tenants/control/kelola_known.h"

static struct kelola_known units[] = {{STR_INIT("7317012005"), STR_INIT("Kanna"), true, false},
                                      {STR_INIT("7317012008"), STR_INIT("Tabi"), false, false},
                                      {STR_INIT("7317102003"), STR_INIT("To'long"), true, false},
                                      {STR_INIT("7317102004"), STR_INIT("Salah Buat"), true, true}};
static struct kelola_regency regencies[] = {{STR_INIT("7317"), STR_INIT("Luwu")}};
static struct kelola_district districts[] = {
    {STR_INIT("731701"), STR_INIT("Basse Sangtempe")},  {STR_INIT("731704"), STR_INIT("Bajo")},
    {STR_INIT("731709"), STR_INIT("Larompong")},        {STR_INIT("731710"), STR_INIT("Larompong Selatan")},
    {STR_INIT("731711"), STR_INIT("Paser Belengkong")}, {STR_INIT("640101"), STR_INIT("Suli")}};
static const struct known known = {{units, COUNT_OF(units)}, {regencies, COUNT_OF(regencies)}, {districts, COUNT_OF(districts)}};

/* Rows as "code\tkind\tname\tdistrict" lines. */
static struct unit_list read_list(const char *rows, bool may_be_new)
{
    struct unit_list list;

    units_read(arena, str_fmt(arena, "kode\tjenis\tnama\tkecamatan\n%s", rows), &list);
    known_apply(arena, &known, may_be_new, &list);
    return list;
}

static void refuses(const char *rows, bool may_be_new, const char *words)
{
    struct unit_list list = read_list(rows, may_be_new);

    assert_int_equal(list.faults_n, 1);
    assert_string_equal(list.faults[0].indonesian, words);
}

/* All the faults of the list: "line value words", one a line. */
static void finds(const char *rows, bool may_be_new, const char *expected)
{
    struct unit_list list = read_list(rows, may_be_new);
    struct buf out = {.arena = arena};

    for (size_t i = 0; i < list.faults_n; i++)
        buf_fmt(&out, "%zu %.*s: %s\n", list.faults[i].line, STR_ARG(list.faults[i].value), list.faults[i].indonesian);
    assert_string_equal(str_z(arena, buf_str(&out)), expected);
}

/* The last row has these notes, joined by "|", and asks or does not. */
static void notes(const char *rows, bool asks, const char *expected)
{
    struct unit_list list = read_list(rows, true);
    struct buf out = {.arena = arena};

    assert_int_equal(list.faults_n, 0);
    struct known_notes got = known_notes_of(arena, &known, &list, list.n - 1);

    for (size_t i = 0; i < got.n; i++)
        buf_fmt(&out, "%s%.*s", i > 0 ? "|" : "", STR_ARG(got.p[i]));
    assert_string_equal(str_z(arena, buf_str(&out)), expected);
    assert_int_equal(got.asks, asks);
}

static void a_district_that_the_tree_does_not_have_is_refused(void **state)
{
    (void)state;
    refuses("7317992001\tdesa\tUji\tLarompong Slatan\n7317992002\tdesa\tUji Dua\tLarompong Slatan\n", false,
            "Kecamatan berkode 73.17.99 belum dikenal. Periksa kodenya; kalau memang kecamatan baru, centang di bawah daftar.");
    refuses("7317992001\tdesa\tUji\tlarompong selatan\n", true,
            "Kecamatan larompong selatan berkode 73.17.10, bukan 73.17.99. Perbaiki kode desa ini.");
    refuses("7399012001\tdesa\tUji\tSuli\n", true, "Kabupaten kode ini belum dikenal. Minta pengelola server menambahkannya lebih dulu.");
}

static void the_row_that_is_wrong_is_blamed_and_all_of_them_at_once(void **state)
{
    (void)state;
    const char *first = "2 Larompong: Kecamatan berkode 73.17.01 bernama Basse Sangtempe. Perbaiki nama kecamatan atau kode desa ini.\n";

    finds("7317012999\tdesa\tUji\tLarompong\n7317012998\tdesa\tDua\tBasse Sangtempe\n", false, first);
    finds("7317012999\tdesa\tUji\tLarompong\n7317012998\tdesa\tDua\tbasse-sangtempe\n", false, first);
    finds("7317012998\tdesa\tDua\tBasse Sangtempe\n7317012999\tdesa\tUji\tLarompong\n", false,
          "3 Larompong: Kecamatan berkode 73.17.01 bernama Basse Sangtempe. Perbaiki nama kecamatan atau kode desa ini.\n");
    finds("7317012999\tdesa\tUji\tLarompong\n7317012998\tdesa\tDua\tLarompong\n", false, ""); /* one voice: it is asked about */
    finds("7317772001\tdesa\tUji\tWalenrang\n7317772002\tdesa\tDua\tWalenreng\n", true,
          "3 Walenreng: Di desa berkode 73.17.77.2001 kecamatan ini bernama Walenrang. Samakan namanya, atau perbaiki kodenya.\n");
    finds("7317012999\tdesa\tUji\tLarompong\n73170129\tdesa\tTiga\tBajo\n7317012998\tdusun\tDua\tBasse Sangtempe\n"
          "7317992001\tdesa\tEmpat\tBajo\n7401012001\tdesa\tLima\tLain\n",
          false,
          "2 Larompong: Kecamatan berkode 73.17.01 bernama Basse Sangtempe. Perbaiki nama kecamatan atau kode desa ini.\n"
          "3 73170129: Kode desa harus sepuluh angka, misalnya 73.17.10.2003.\n"
          "4 dusun: Jenis harus desa atau kelurahan.\n"
          "5 73.17.99.2001: Kecamatan Bajo berkode 73.17.04, bukan 73.17.99. Perbaiki kode desa ini.\n"
          "6 7401012001: Kode ini dari kabupaten lain daripada baris pertama.\n");
    finds("x\tdesa\tUji\tLarompong\n", false, "2 x: Kode desa harus sepuluh angka, misalnya 73.17.10.2003.\n");
}

static void a_new_district_is_named_with_the_one_that_it_is_like(void **state)
{
    (void)state;
    notes("7317992001\tdesa\tUji\tLarompong Slatan\n", true, "Kecamatan baru: Larompong Slatan, mirip Larompong Selatan");
    notes("7317992001\tdesa\tUji\tPasir\n", true, "Kecamatan baru: Pasir, mirip Paser Belengkong");
    notes("7317992001\tdesa\tUji\tBajo Barat\n", true, "Kecamatan baru: Bajo Barat, mirip Bajo");
    notes("7317992001\tdesa\tUji\tWalenrang\n", true, "Kecamatan baru: Walenrang");
    notes("7317992001\tdesa\tUji\tSuli\n", true, "Kecamatan baru: Suli"); /* that one is of another regency */
}

static void what_the_list_says_otherwise_is_told(void **state)
{
    (void)state;
    notes("7317102099\tdesa\tUji\tLarompong Selatan\n", false, "");
    notes("7317102099\tdesa\tUji\tLAROMPONG SELATAN\n", false, "");
    notes("7317102099\tdesa\tUji\tKec. Larompong Selatan\n", false, "");
    notes("7317102099\tdesa\tUji\tLarompong-Selatan\n", false, "Ditulis Larompong-Selatan, menurut kode Larompong Selatan");
    notes("7317102099\tdesa\tUji\tBajo\n", true, "Ditulis Bajo, menurut kode Larompong Selatan");
    notes("7317102099\tdesa\tDesa Uji Dua\tLarompong Selatan\n", false, "Ditulis Desa Uji Dua");
    notes("7317012005\tdesa\tNama Baru Sekali\tBasse Sangtempe\n", true, "Ditulis Nama Baru Sekali. Kode ini milik Kanna");
    notes("7317012008\tdesa\tNama Baru\tBasse Sangtempe\n", true, "Ditulis Nama Baru. Kode ini milik Tabi");
    notes("7317102003\tdesa\tTOLONG\tLarompong Selatan\n", false, "Ditulis TOLONG");
}

static void a_second_village_of_the_name_in_the_district_asks(void **state)
{
    (void)state;
    notes("7317102099\tdesa\tTo Long\tLarompong Selatan\n", false, "");
    notes("7317102099\tdesa\ttolong\tLarompong Selatan\n", true, "tolong sudah ada di kecamatan ini, berkode 73.17.10.2003");
    notes("7317042098\tdesa\tUji\tBajo\n7317042099\tdesa\tDesa UJI\tBajo\n", true,
          "Ditulis Desa UJI|UJI sudah ada di kecamatan ini, berkode 73.17.04.2098");
    notes("7317102099\tdesa\tSalah Buat\tLarompong Selatan\n", false, ""); /* that one is closed */
    notes("7317042098\tdesa\tTabi\tBajo\n", false, "");                    /* the other one is of another district */
}

static void capitals_are_proposed_as_names_and_told(void **state)
{
    (void)state;
    static const struct {
        const char *row, *name, *district, *told;
    } cases[] = {
        {"7317102099\tdesa\tMALEWONG\tLarompong Selatan", "Malewong", "Larompong Selatan", "MALEWONG ditulis Malewong"},
        {"7317102099\tdesa\tDesa rante to'long\tLarompong Selatan", "Rante To'long", "Larompong Selatan",
         "rante to'long ditulis Rante To'long"},
        {"7317102099\tdesa\tPADANG KALUA II\tLarompong Selatan", "Padang Kalua II", "Larompong Selatan",
         "PADANG KALUA II ditulis Padang Kalua II"},
        {"7317992001\tdesa\tUji\tWARA-WARA", "Uji", "Wara-Wara", "WARA-WARA ditulis Wara-Wara"},
        {"7317102099\tdesa\tMalewong\tLAROMPONG SELATAN", "Malewong", "Larompong Selatan", ""}, /* the tree says it */
        {"7317102003\tdesa\tTOLONG\tLarompong Selatan", "To'long", "Larompong Selatan", ""},
        {"7317102099\tdesa\tSMPN Baru\tLarompong Selatan", "SMPN Baru", "Larompong Selatan", ""}, /* mixed: as typed */
    };

    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct unit_list list = read_list(str_z(arena, str_fmt(arena, "%s\n", cases[i].row)), true);

        assert_int_equal(list.faults_n, 0);
        assert_string_equal(str_z(arena, known_tidy(arena, &known, &list)), cases[i].told);
        assert_string_equal(str_z(arena, list.p[0].name), cases[i].name);
        assert_string_equal(str_z(arena, list.p[0].district), cases[i].district);
    }
    struct buf many = {.arena = arena};
    for (int i = 0; i < 7; i++)
        buf_fmt(&many, "73171020%d\tdesa\tUJI %c\tLarompong Selatan\n", 90 + i, 'A' + i);
    struct unit_list list = read_list(str_z(arena, buf_str(&many)), true);
    assert_true(str_ends(known_tidy(arena, &known, &list), STR("UJI E ditulis Uji E, dan 2 lagi")));
}

static void the_word_for_the_kind_is_no_part_of_a_name(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {{"Desa Uji Dua", "Uji Dua"}, {"DESA desa Uji", "Uji"}, {"Kelurahan Suli", "Suli"},
                                           {"Kel. Suli", "Suli"},       {"Desa", "Desa"},         {"Desaku", "Desaku"},
                                           {"Kelapa", "Kelapa"},        {"Kec.Bua", "Bua"},       {"Suli Desa", "Suli Desa"}};

    for (size_t i = 0; i < COUNT_OF(pairs); i++)
        assert_string_equal(str_z(arena, unit_bare_name(str_c(pairs[i][0]))), pairs[i][1]);
    struct unit_list list = read_list("7317102099\tdesa\tDesa Uji\tKecamatan Larompong Selatan\n", false);

    assert_true(str_is(list.p[0].name, "Uji"));
    assert_true(str_is(list.p[0].name_written, "Desa Uji"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_district_that_the_tree_does_not_have_is_refused),
        cmocka_unit_test(the_row_that_is_wrong_is_blamed_and_all_of_them_at_once),
        cmocka_unit_test(a_new_district_is_named_with_the_one_that_it_is_like),
        cmocka_unit_test(what_the_list_says_otherwise_is_told),
        cmocka_unit_test(a_second_village_of_the_name_in_the_district_asks),
        cmocka_unit_test(capitals_are_proposed_as_names_and_told),
        cmocka_unit_test(the_word_for_the_kind_is_no_part_of_a_name),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
