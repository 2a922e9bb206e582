// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/letters/letters_people.h"
#include "tenants/village/letters/letters_pile.h"
#include "tenants/village/letters/letters_rules.h"
#include "tenants/village/letters/letters_sql.h"
#include "tests/unit/tenants/village/letters/letter_support.h"

static const struct date today = {2026, 11, 29};

static enum rc form_of(const char *inside, struct letter_form *out)
{
    struct err err;

    return letter_form_read(
        arena, str_fmt(arena, "{%s, \"paper\": {\"body\": [{\"type\": \"paragraph\", \"content\": \"{nama}\"}]}}", inside), out, &err);
}

static struct letter_subject somebody(const char *name, uint8_t sex, uint64_t marital, struct date born)
{
    return (struct letter_subject){.id = 7,
                                   .name = str_c(name),
                                   .nik = STR("7317105111570002"),
                                   .sex = sex,
                                   .marital = marital > 0 ? some_u64(marital) : (struct opt_u64){0},
                                   .birth_date = born,
                                   .basic_status = STATUS_ALIVE};
}

/* The only doubt, or "". */
static struct str doubt_of(const struct letter_form *form, const struct letter_subject *who, const struct letter_people *people,
                           const char *inputs)
{
    const struct letter_matter m = {arena, form, who, people, inputs_of(inputs), today};
    const struct letter_doubts doubts = letter_doubts(&m);

    assert_true(doubts.n <= 1);
    return doubts.n > 0 ? doubts.p[0] : STR("");
}

static void a_type_says_which_marital_status_its_person_has(void **state)
{
    static const struct {
        const char *status;
        uint64_t marital;
        const char *words;
    } cases[] = {{"belum kawin", 1, ""},
                 {"belum kawin", 2, "Abbas tercatat kawin. Surat ini biasanya untuk yang belum kawin."},
                 {"belum kawin", 0, "Status kawin Abbas belum diisi, tidak bisa dicocokkan. Surat ini biasanya untuk yang belum kawin."},
                 {"cerai", 2, "Abbas tercatat kawin. Surat ini biasanya untuk yang cerai hidup atau cerai mati."},
                 {"cerai", 3, ""},
                 {"cerai", 4, ""},
                 {"kawin", 2, ""},
                 {"tidak kawin", 4, ""},
                 {"pernah kawin", 1, "Abbas tercatat belum kawin. Surat ini biasanya untuk yang kawin atau pernah kawin."}};
    struct letter_form form;

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const struct letter_subject who = somebody("ABBAS", SEX_MALE, cases[i].marital, (struct date){1980, 1, 1});

        assert_int_equal(form_of(str_z(arena, str_fmt(arena, "\"fields\": [], \"subject\": {\"status\": \"%s\"}", cases[i].status)), &form),
                         RC_OK);
        assert_text(doubt_of(&form, &who, NULL, "{}"), cases[i].words);
    }
    assert_int_equal(form_of("\"fields\": [], \"subject\": {\"status\": \"bujang\"}", &form), RC_INVALID);
    assert_int_equal(form_of("\"fields\": [], \"subject\": {\"of\": \"none\", \"status\": \"kawin\"}", &form), RC_INVALID);
}

static void what_the_register_has_otherwise_is_issued_by_nobody_alone(void **state)
{
    static const struct {
        const char *inside, *inputs;
        uint64_t marital;
        bool is_against;
    } cases[] = {{"\"fields\": [], \"subject\": {\"status\": \"belum kawin\"}", "{}", 2, true},
                 {"\"fields\": [], \"subject\": {\"status\": \"belum kawin\"}", "{}", 0, false}, /* the register does not say */
                 {"\"fields\": [], \"subject\": {\"age\": 60}", "{}", 2, true},
                 {"\"fields\": [{\"name\": \"sampai\", \"label\": \"Sampai\", \"kind\": \"date\", \"ahead\": true}]",
                  "{\"sampai\": \"2020-01-01\"}", 2, false}};
    struct letter_form form;

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const struct letter_subject who = somebody("ABBAS", SEX_MALE, cases[i].marital, (struct date){1980, 1, 1});

        assert_int_equal(form_of(cases[i].inside, &form), RC_OK);
        const struct letter_matter m = {arena, &form, &who, NULL, inputs_of(cases[i].inputs), today};
        const struct letter_doubts doubts = letter_doubts(&m);
        assert_int_equal(doubts.n, 1);
        assert_int_equal(doubts.is_against_register, cases[i].is_against);
        assert_int_equal(letter_is_delegated(STR("seal"), STR_NONE, &doubts), !cases[i].is_against);
    }
    assert_true(letter_is_delegated(STR("seal"), STR_NONE, NULL));
    assert_false(letter_is_delegated(STR("approve"), STR_NONE, NULL));
}

static void a_pile_leaves_out_whom_the_register_knows_otherwise(void **state)
{
    struct letter_form form;
    const struct letter_subject who = somebody("ABBAS", SEX_MALE, 2, (struct date){1980, 1, 1});

    (void)state;
    assert_int_equal(form_of("\"fields\": [], \"subject\": {\"status\": \"belum kawin\"}", &form), RC_OK);
    const struct pile_judge judge = {.form = &form, .inputs = inputs_of("{}"), .today = today, .parts = &(struct letter_parts){0}};
    assert_text(pile_why(arena, &judge, &who, NULL, STR("")),
                "Abbas tercatat kawin. Surat ini biasanya untuk yang belum kawin. Kalau tetap perlu, buat sendiri dengan alasannya.");
}

static void dates_are_held_against_birth_today_and_each_other(void **state)
{
    const struct letter_subject who = somebody("RINI", SEX_FEMALE, 1, (struct date){1995, 3, 2});
    struct letter_form form;

    (void)state;
    assert_int_equal(
        form_of(
            "\"fields\": [{\"name\": \"sejak\", \"label\": \"Sejak\", \"kind\": \"date\", \"past\": true}, {\"name\": \"lain\", \"label\": "
            "\"Lahir di ijazah\", \"kind\": \"date\", \"past\": true, \"before_birth\": true}, {\"name\": \"pergi\", \"label\": "
            "\"Berangkat\", "
            "\"kind\": \"date\", \"ahead\": true}, {\"name\": \"pulang\", \"label\": \"Kembali\", \"kind\": \"day_date\", \"not_before\": "
            "\"pergi\"}, {\"name\": \"lama\", \"label\": \"Lama\", \"kind\": \"number\", \"days\": [\"pergi\", \"pulang\"]}]",
            &form),
        RC_OK);
    assert_text(doubt_of(&form, &who, NULL, "{\"sejak\": \"1995-03-02\", \"lain\": \"1994-03-02\", \"pergi\": \"2026-11-29\"}"), "");
    assert_text(doubt_of(&form, &who, NULL, "{\"sejak\": \"1980-06-01\"}"), "Sejak 1 Juni 1980: sebelum Rini lahir (2 Maret 1995).");
    assert_text(doubt_of(&form, &who, NULL, "{\"pergi\": \"2026-11-28\"}"), "Berangkat 28 November 2026: sudah lewat.");
    const json_t *backwards = inputs_of("{\"pergi\": \"2026-12-07\", \"pulang\": \"2026-12-03\"}");
    assert_text(letter_answer_fault(arena, &form, &form.fields[3], &who, backwards, today),
                "Kembali tidak boleh sebelum berangkat: 7 Desember 2026. Periksa kedua tanggalnya.");
    assert_int_equal(letter_days_counted(arena, &form.fields[4], backwards), 0);
    const json_t *trip = inputs_of("{\"pergi\": \"2026-12-07\", \"pulang\": \"2026-12-09\", \"lama\": \"9\"}");
    assert_null(letter_answer_fault(arena, &form, &form.fields[3], &who, trip, today).p);
    assert_int_equal(letter_days_counted(arena, &form.fields[4], trip), 3);
    assert_text(doubt_of(&form, &who, NULL, "{\"pergi\": \"2026-12-07\", \"pulang\": \"2026-12-09\", \"lama\": \"9\"}"),
                "Lama 9 hari, padahal menurut kedua tanggalnya 3 hari.");
    assert_text(doubt_of(&form, &who, NULL, "{\"pergi\": \"2026-12-07\", \"pulang\": \"2026-12-09\", \"lama\": \"3\"}"), "");
}

static void a_letter_of_birth_or_death_says_the_registers_day(void **state)
{
    struct letter_subject who = somebody("HARLINA", SEX_FEMALE, 2, (struct date){1959, 4, 30});
    struct letter_form form;

    (void)state;
    who.basic_status = STATUS_DEAD;
    assert_int_equal(
        form_of("\"subject\": {\"of\": \"dead\"}, \"fields\": [{\"name\": \"hari\", \"label\": \"Hari meninggal\", \"kind\": "
                "\"day_date\", \"past\": true, \"known\": \"meninggal\"}, {\"name\": \"tempat\", \"label\": \"Tempat\", \"kind\": "
                "\"line\", \"known\": \"tempat meninggal\"}, {\"name\": \"lahir\", \"label\": \"Lahir\", \"kind\": \"date\", "
                "\"known\": \"lahir\"}]",
                &form),
        RC_OK);
    assert_text(letter_known(arena, &form.fields[0], &who), "");
    assert_text(doubt_of(&form, &who, NULL, "{\"hari\": \"1950-06-05\"}"),
                "Hari meninggal 5 Juni 1950: sebelum Harlina lahir (30 April 1959).");
    who.death_date = (struct date){2026, 5, 3};
    who.death_place = STR("RSUD Batara Guru");
    assert_text(letter_known(arena, &form.fields[0], &who), "2026-05-03");
    assert_text(letter_known(arena, &form.fields[1], &who), "RSUD Batara Guru");
    assert_text(letter_known(arena, &form.fields[2], &who), "1959-04-30");
    assert_text(doubt_of(&form, &who, NULL, "{\"hari\": \"2026-05-03\"}"), "");
    assert_text(doubt_of(&form, &who, NULL, "{\"hari\": \"1950-06-05\"}"),
                "Hari meninggal 5 Juni 1950: Harlina tercatat meninggal 3 Mei 2026.");
    assert_text(doubt_of(&form, &who, NULL, "{\"lahir\": \"1960-04-30\"}"), "Lahir 30 April 1960: Harlina tercatat lahir 30 April 1959.");
}

static void an_option_fits_a_sex_and_a_status(void **state)
{
    const struct letter_subject wife = somebody("RAHMA", SEX_FEMALE, 2, (struct date){1994, 1, 1});
    struct letter_form form;

    (void)state;
    assert_int_equal(form_of("\"fields\": [{\"name\": \"status\", \"label\": \"Status\", \"kind\": \"select\", \"options\": [\"Jejaka\", "
                             "\"Janda\", \"Lain\"], \"fits\": [\"Jejaka; L; belum kawin\", \"Janda; P; cerai\"]}]",
                             &form),
                     RC_OK);
    assert_false(letter_option_fits(&form.fields[0], STR("Jejaka"), SEX_FEMALE));
    assert_true(letter_option_fits(&form.fields[0], STR("Jejaka"), SEX_MALE));
    assert_true(letter_option_fits(&form.fields[0], STR("Jejaka"), 0));
    assert_true(letter_option_fits(&form.fields[0], STR("Lain"), SEX_FEMALE));
    assert_text(letter_answer_fault(arena, &form, &form.fields[0], &wife, inputs_of("{\"status\": \"Jejaka\"}"), today),
                "Status “Jejaka” bukan untuk perempuan. Pilih lagi.");
    assert_text(doubt_of(&form, &wife, NULL, "{\"status\": \"Janda\"}"), "Status “Janda”, padahal Rahma tercatat kawin.");
    assert_text(doubt_of(&form, &wife, NULL, "{\"status\": \"Lain\"}"), "");
}

static void a_parent_is_older_than_the_child(void **state)
{
    const struct letter_subject child = somebody("RAHMA", SEX_FEMALE, 1, (struct date){1994, 1, 1});
    struct letter_form form;
    struct letter_person father = {.is_there = true, .who = somebody("LAKASENG", SEX_MALE, 2, (struct date){2010, 2, 1})};
    const struct letter_people people = {.p = &father, .n = 1};

    (void)state;
    assert_int_equal(
        form_of("\"fields\": [{\"name\": \"ayah\", \"label\": \"Ayah\", \"kind\": \"person\", \"relation\": \"ayah\"}]", &form), RC_OK);
    father.field = &form.fields[0];
    assert_text(doubt_of(&form, &child, &people, "{}"),
                "Ayah Lakaseng, lahir 1 Februari 2010, tidak lebih tua dari Rahma (1 Januari 1994).");
    father.who.birth_date = (struct date){1984, 1, 1};
    assert_text(doubt_of(&form, &child, &people, "{}"),
                "Ayah Lakaseng, lahir 1 Januari 1984, baru berumur 10 tahun ketika lahir Rahma (1 Januari 1994).");
    father.who.birth_date = (struct date){1982, 1, 1};
    assert_text(doubt_of(&form, &child, &people, "{}"), "");
    father.who.birth_date = (struct date){0};
    assert_text(doubt_of(&form, &child, &people, "{}"), "");
}

static void an_outsiders_number_says_birth_and_sex(void **state)
{
    static const struct {
        const char *nik, *words;
    } cases[] = {{"7317105111570002", ""},
                 {"7317101111570002", "NIK Saksi tidak sesuai jenis kelamin perempuan. Cocokkan dengan e-KTP."},
                 {"7317105211570002", "NIK Saksi tidak sesuai tanggal lahir 11 November 1957. Cocokkan dengan e-KTP."},
                 {"", ""}};
    const struct letter_subject child = somebody("RAHMA", SEX_FEMALE, 1, (struct date){1994, 1, 1});
    struct letter_person witness = {
        .is_there = true, .is_outside = true, .who = somebody("SITI", SEX_FEMALE, 1, (struct date){1957, 11, 11})};
    const struct letter_people people = {.p = &witness, .n = 1};
    struct letter_form form;

    (void)state;
    assert_int_equal(form_of("\"fields\": [{\"name\": \"saksi\", \"label\": \"Saksi\", \"kind\": \"person\"}]", &form), RC_OK);
    witness.field = &form.fields[0];
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        witness.who.nik = str_c(cases[i].nik);
        assert_text(doubt_of(&form, &child, &people, "{}"), cases[i].words);
    }
    witness.is_outside = false;
    witness.who.nik = STR("7317101111570002");
    assert_text(doubt_of(&form, &child, &people, "{}"), ""); /* of a resident the register says it */
}

static void heirs_are_held_against_the_register(void **state)
{
    static struct letter_heir kin[] = {{.id = 21, .tie = TIE_SPOUSE}, {.id = 22, .tie = TIE_CHILD}, {.id = 23, .tie = TIE_GRANDCHILD}};
    struct letter_subject dead = somebody("LAKASENG", SEX_MALE, 2, (struct date){1950, 1, 1});
    struct letter_person chosen[2] = {{.is_there = true, .who = somebody("INDO TANG", SEX_FEMALE, 4, (struct date){1955, 1, 1})},
                                      {.is_there = true, .who = somebody("BACO", SEX_MALE, 1, (struct date){1980, 1, 1})}};
    const struct letter_people people = {.p = chosen, .n = COUNT_OF(chosen), .heirs = {kin, COUNT_OF(kin)}};
    struct letter_form form;

    (void)state;
    kin[0].name = STR("INDO TANG");
    kin[1].name = STR("BACO");
    kin[2].name = STR("CUCU");
    assert_int_equal(form_of("\"subject\": {\"of\": \"dead\"}, \"fields\": [{\"name\": \"waris\", \"label\": \"Ahli waris\", "
                             "\"kind\": \"person\", \"most\": 2, \"outside\": \"short\", \"relation\": \"waris\"}]",
                             &form),
                     RC_OK);
    assert_text(form.fields[4].name, "waris_1_hubungan");
    assert_text(form.fields[4].only.field, "waris_1_dari");
    chosen[0].field = letter_field_called(&form, STR("waris_1"));
    chosen[1].field = letter_field_called(&form, STR("waris_2"));
    chosen[0].who.id = 21;
    chosen[1].who.id = 22;
    assert_text(doubt_of(&form, &dead, &people, "{}"), ""); /* beside a child no grandchild is missed */
    chosen[0].is_there = false;
    assert_text(doubt_of(&form, &dead, &people, "{}"), "Keluarga Lakaseng yang belum disebut sebagai ahli waris: Indo Tang (suami/istri).");
    chosen[0].is_there = true;
    kin[0].id = 24;
    kin[0].tie = TIE_SIBLING;
    assert_text(doubt_of(&form, &dead, &people, "{}"), "Ahli waris 1 Indo Tang tidak tercatat sebagai keluarga Lakaseng.");
    chosen[0].who.father_name = STR("Lakaseng");
    assert_text(doubt_of(&form, &dead, &people, "{}"), ""); /* a child whose parent's NIK nobody noted */
    dead.name = STR("MUHAMMAD AMIR");
    chosen[0].who.father_name = STR("MUH. AMIR");
    assert_text(doubt_of(&form, &dead, &people, "{}"), "");
    assert_text(letter_tie_said(letter_tie(TIE_SPOUSE), SEX_FEMALE), "Istri");
    assert_text(letter_tie_said(letter_tie(TIE_PARENT), SEX_MALE), "Ayah");
    assert_text(letter_tie_said(letter_tie(TIE_PARENT), 0), "Orang tua");
    assert_text(letter_tie_said(letter_tie(TIE_OTHER), 0), "Keluarga lain");
}

static void what_cannot_be_compared_is_no_type(void **state)
{
    static const char *const wrong[] = {
        "\"fields\": [{\"name\": \"a\", \"label\": \"A\", \"kind\": \"date\", \"not_before\": \"b\"}]",
        "\"fields\": [{\"name\": \"a\", \"label\": \"A\", \"kind\": \"line\", \"ahead\": true}]",
        "\"fields\": [{\"name\": \"a\", \"label\": \"A\", \"kind\": \"number\", \"days\": [\"a\", \"a\"]}]",
        "\"fields\": [{\"name\": \"a\", \"label\": \"A\", \"kind\": \"date\", \"whose\": \"b\"}]",
        "\"fields\": [{\"name\": \"a\", \"label\": \"A\", \"kind\": \"date\", \"known\": \"umur\"}]",
        "\"fields\": [{\"name\": \"a\", \"label\": \"A\", \"kind\": \"line\", \"known\": \"lahir\"}]",
        "\"fields\": [{\"name\": \"a\", \"label\": \"A\", \"kind\": \"person\", \"outside\": \"short\", \"relation\": \"waris\"}]",
        "\"fields\": [{\"name\": \"a\", \"label\": \"A\", \"kind\": \"person\", \"most\": 3, \"relation\": \"waris\"}]",
        "\"fields\": [{\"name\": \"a\", \"label\": \"A\", \"kind\": \"select\", \"options\": [\"X\"], \"fits\": [\"Y; L\"]}]",
        "\"fields\": [{\"name\": \"a\", \"label\": \"A\", \"kind\": \"select\", \"options\": [\"X\"], \"fits\": [\"X; janda\"]}]"};
    struct letter_form form;

    (void)state;
    for (size_t i = 0; i < COUNT_OF(wrong); i++)
        assert_int_equal(form_of(wrong[i], &form), RC_INVALID);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_type_says_which_marital_status_its_person_has, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_the_register_has_otherwise_is_issued_by_nobody_alone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_pile_leaves_out_whom_the_register_knows_otherwise, set_up, tear_down),
        cmocka_unit_test_setup_teardown(dates_are_held_against_birth_today_and_each_other, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_letter_of_birth_or_death_says_the_registers_day, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_option_fits_a_sex_and_a_status, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_parent_is_older_than_the_child, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_outsiders_number_says_birth_and_sex, set_up, tear_down),
        cmocka_unit_test_setup_teardown(heirs_are_held_against_the_register, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_cannot_be_compared_is_no_type, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
