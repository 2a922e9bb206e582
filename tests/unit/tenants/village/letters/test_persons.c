// SPDX-License-Identifier: AGPL-3.0-or-later
/* Who stands in a letter besides its subject, held against what its type says of them and against the register. */
#include "tenants/village/letters/letters_people.h"
#include "tests/unit/tenants/village/letters/letter_support.h"

static const struct date today = {2026, 11, 29};

static enum rc read_form(const char *fields, const char *more, struct letter_form *out)
{
    struct err err;

    return letter_form_read(
        arena, str_fmt(arena, "{\"fields\": [%s]%s, \"paper\": {\"body\": [{\"type\": \"paragraph\", \"content\": \"x\"}]}}", fields, more),
        out, &err);
}

/* A person, as a field of the definition says it, and as the register has him. */
static struct letter_subject somebody(uint64_t id, const char *name, uint8_t sex, uint64_t marital, struct date born)
{
    return (struct letter_subject){.id = id,
                                   .name = str_c(name),
                                   .nik = STR(""),
                                   .sex = sex,
                                   .marital = some_u64(marital),
                                   .birth_date = born,
                                   .basic_status = STATUS_ALIVE};
}

static const struct date grown = {1971, 5, 7}, child = {2016, 1, 6};

/* What a letter of one person says: its refusal or, when there is none, its only doubt. */
static struct str said(const char *words, const char *inputs, const struct letter_subject *subject, const struct letter_subject *who,
                       bool is_outside, const struct letter_people *kin)
{
    struct letter_form form;
    struct letter_person person = {.is_there = true, .is_outside = is_outside, .who = *who};
    struct letter_people people = kin != NULL ? *kin : (struct letter_people){0};

    assert_int_equal(
        read_form(str_z(arena, str_fmt(arena,
                                       "{\"name\": \"hari\", \"label\": \"Hari\", \"kind\": \"date\"}, {\"name\": \"putusan\", "
                                       "\"label\": \"Penetapan\", \"kind\": \"line\"}, {\"name\": \"selaku\", \"label\": "
                                       "\"Selaku\", \"kind\": \"select\", \"options\": [\"Orang tua\", \"Suami\", \"Wali\"]}, {\"name\": "
                                       "\"o\", \"label\": \"Orang\", \"kind\": "
                                       "\"person\", %s}",
                                       words)),
                  "", &form),
        RC_OK);
    person.field = letter_field_called(&form, STR("o"));
    people.p = &person;
    people.n = 1;
    const struct letter_matter m = {arena, &form, subject, &people, inputs_of(inputs), today};
    const struct str fault = letter_person_fault(&m, &person), refusal = letter_refusal(&m);
    if (fault.p != NULL)
        assert_text(refusal, str_z(arena, fault)); /* said at each step, too */
    const struct letter_doubts doubts = letter_doubts(&m);
    assert_true(doubts.n <= 1);
    return fault.p != NULL ? fault : doubts.n > 0 ? doubts.p[0] : STR("");
}

static void a_person_has_the_age_that_the_type_says(void **state)
{
    static const struct {
        const char *words, *inputs;
        struct date born;
        uint64_t marital;
        const char *out;
    } cases[] = {
        {"\"age\": 21, \"strict\": true",
         "{}",
         {2016, 1, 6},
         1,
         "Orang: Mardiana berumur 10 tahun, padahal harus umur 21 tahun ke atas. Pilih orang lain."},
        {"\"age\": 21, \"strict\": true", "{}", {2005, 11, 29}, 1, ""},
        {"\"age\": 21, \"strict\": true",
         "{}",
         {2005, 11, 30},
         2,
         "Orang: Mardiana berumur 20 tahun, padahal harus umur 21 tahun ke atas. Pilih orang lain."},
        {"\"age\": 21, \"strict\": true, \"or_married\": true", "{}", {2005, 11, 30}, 2, ""},
        {"\"age\": 21, \"strict\": true, \"or_married\": true",
         "{}",
         {2005, 11, 30},
         1,
         "Orang: Mardiana berumur 20 tahun, padahal harus umur 21 tahun ke atas, atau yang sudah kawin. Pilih orang lain."},
        {"\"age\": 12, \"age_on\": \"hari\"",
         "{\"hari\": \"2016-11-05\"}",
         {2005, 1, 1},
         1,
         "Orang: Mardiana berumur 11 tahun pada 5 November 2016, seharusnya umur 12 tahun ke atas."},
        {"\"age\": 12, \"age_on\": \"hari\"", "{\"hari\": \"2017-11-05\"}", {2005, 1, 1}, 1, ""},
        {"\"age\": 12, \"age_on\": \"hari\"",
         "{\"hari\": \"2000-11-05\"}",
         {2005, 1, 1},
         1,
         "Orang: Mardiana belum lahir pada 5 November 2000, seharusnya umur 12 tahun ke atas."},
        {"\"age_most\": 16", "{}", {1971, 5, 7}, 2, "Orang: Mardiana berumur 55 tahun, seharusnya umur paling tua 16 tahun."},
        {"\"age\": 19, \"strict\": true, \"unless\": \"putusan\"",
         "{}",
         {2010, 1, 1},
         1,
         "Orang: Mardiana berumur 16 tahun, padahal harus umur 19 tahun ke atas, kecuali penetapan diisi. Pilih orang lain."},
        {"\"age\": 19, \"strict\": true, \"unless\": \"putusan\"", "{\"putusan\": \"12/Pdt.P/2026\"}", {2010, 1, 1}, 1, ""},
        {"\"age\": 21, \"strict\": true",
         "{}",
         {0, 0, 0},
         1,
         "Orang: tanggal lahir Mardiana belum diisi, tidak bisa dicocokkan. Seharusnya umur 21 tahun ke atas."},
    };
    const struct letter_subject subject = somebody(1, "HASAN", SEX_MALE, 2, grown);

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const struct letter_subject who = somebody(2, "MARDIANA", SEX_FEMALE, cases[i].marital, cases[i].born);

        assert_text(said(cases[i].words, cases[i].inputs, &subject, &who, false, NULL), cases[i].out);
    }
}

static void somebody_of_elsewhere_is_as_old_as_the_nik_says(void **state)
{
    const struct letter_subject subject = somebody(1, "HASAN", SEX_MALE, 2, grown);
    struct letter_subject who = {.name = STR("ANDI"), .nik = STR("7371010601160001"), .basic_status = STATUS_ALIVE};

    (void)state;
    assert_text(
        said("\"outside\": \"short\", \"age\": 17, \"strict\": true", "{\"o_dari\": \"Orang luar desa\"}", &subject, &who, true, NULL),
        "Orang: Andi berumur 10 tahun, padahal harus umur 17 tahun ke atas. Pilih orang lain.");
    who.nik = STR("");
    assert_text(
        said("\"outside\": \"short\", \"age\": 17, \"strict\": true", "{\"o_dari\": \"Orang luar desa\"}", &subject, &who, true, NULL), "");
}

static void status_and_religion_that_differ_are_doubted(void **state)
{
    const struct letter_subject subject = somebody(1, "HASAN", SEX_MALE, 1, grown);
    struct letter_subject who = somebody(2, "SITTI", SEX_FEMALE, 2, grown);

    (void)state;
    assert_text(said("\"status\": \"tidak kawin\"", "{}", &subject, &who, false, NULL),
                "Orang: Sitti tercatat kawin, seharusnya tidak sedang kawin.");
    who.religion = some_u64(1);
    assert_text(said("\"religion\": \"bukan Islam\"", "{}", &subject, &who, false, NULL),
                "Orang: Sitti tercatat islam, seharusnya tidak beragama Islam.");
    assert_text(said("\"religion\": \"Islam\"", "{}", &subject, &who, false, NULL), "");
}

static void who_must_be_dead_is_not_written_down_alive(void **state)
{
    const struct letter_subject subject = somebody(1, "HASAN", SEX_MALE, 2, grown);
    struct letter_subject who = somebody(2, "IRWAN MAJID", SEX_MALE, 2, grown);

    (void)state;
    assert_text(said("\"dead\": true", "{}", &subject, &who, false, NULL),
                "Orang: Irwan Majid tercatat hidup. Catat dahulu kematiannya di Peristiwa, lalu lanjutkan surat ini.");
    who.basic_status = STATUS_DEAD;
    assert_text(said("\"dead\": true", "{}", &subject, &who, false, NULL), "");
    who.basic_status = STATUS_MOVED; /* he may have died there */
    assert_text(said("\"dead\": true", "{}", &subject, &who, false, NULL), "");
    who = (struct letter_subject){.name = STR("LA BECCE"), .nik = STR(""), .basic_status = STATUS_ALIVE};
    assert_text(said("\"outside\": \"short\", \"dead\": true", "{\"o_dari\": \"Orang luar desa\"}", &subject, &who, true, NULL), "");
}

#define FATHERS "7317100705500001"
#define MOTHERS "7317104705520002"
#define HIS "7317100705800003"

static void nobody_marries_kin_or_the_same_sex(void **state)
{
    static const struct {
        uint8_t sex;
        const char *nik, *father_nik, *mother_nik, *kk;
        uint64_t role;
        const char *out;
    } cases[] = {
        {SEX_FEMALE, "7317104101820004", "", "", "", 0, ""},
        {SEX_MALE, "7317100101820004", "", "", "", 0,
         "Orang: Sri tercatat laki-laki, sama dengan Darwis. Pilih orang lain, atau perbaiki dahulu data warganya."},
        {SEX_FEMALE, MOTHERS, "", "", "", 0,
         "Orang: Sri adalah ibu Darwis menurut data penduduk, jadi keduanya tidak dapat menikah. Pilih orang lain, atau perbaiki dahulu "
         "data "
         "warganya."},
        {SEX_FEMALE, "7317104101820004", HIS, "", "", 0,
         "Orang: Sri adalah anak Darwis menurut data penduduk, jadi keduanya tidak dapat menikah. Pilih orang lain, atau perbaiki dahulu "
         "data "
         "warganya."},
        {SEX_FEMALE, "7317104101820004", "", MOTHERS, "", 0,
         "Orang: Sri adalah saudara Darwis menurut data penduduk, jadi keduanya tidak dapat menikah. Pilih orang lain, atau perbaiki "
         "dahulu "
         "data warganya."},
        {SEX_FEMALE, "7317104101820004", "", "", "7317100101100001", SHDK_CHILD,
         "Orang: Sri tercatat sebagai anak Darwis di kartu keluarga yang sama."},
        {SEX_FEMALE, "7317104101820004", "", "", "7317100101100001", SHDK_PARENT,
         "Orang: Sri tercatat sebagai ibu Darwis di kartu keluarga yang sama."},
        {SEX_FEMALE, "7317104101820004", "", "", "7317100101100001", SHDK_OTHER, ""},
        {SEX_FEMALE, "7317104101820004", "", "", "7317100101100002", SHDK_CHILD, ""},
    };
    struct letter_subject subject = somebody(1, "DARWIS", SEX_MALE, 1, grown);

    (void)state;
    subject.nik = STR(HIS);
    subject.father_nik = STR(FATHERS);
    subject.mother_nik = STR(MOTHERS);
    subject.kk_no = STR("7317100101100001");
    subject.family_role = some_u64(SHDK_HEAD);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct letter_subject who = somebody(2, "SRI", cases[i].sex, 1, grown);

        who.nik = str_c(cases[i].nik);
        who.father_nik = str_c(cases[i].father_nik);
        who.mother_nik = str_c(cases[i].mother_nik);
        who.kk_no = str_c(cases[i].kk);
        who.family_role = some_u64(cases[i].role);
        assert_text(said("\"relation\": \"calon\"", "{}", &subject, &who, false, NULL), cases[i].out);
    }
}

static void the_betrothed_of_another_person_is_held_against_that_one(void **state)
{
    const struct letter_subject reporter = somebody(1, "HASAN", SEX_MALE, 2, grown);
    struct letter_form form;
    struct letter_person people[2] = {{.is_there = true, .who = somebody(2, "MARKUS", SEX_MALE, 1, grown)},
                                      {.is_there = true, .who = somebody(3, "YOHANIS", SEX_MALE, 1, grown)}};
    const struct letter_people all = {.p = people, .n = 2};

    (void)state;
    assert_int_equal(read_form("{\"name\": \"suami\", \"label\": \"Suami\", \"kind\": \"person\"}, {\"name\": \"istri\", \"label\": "
                               "\"Istri\", \"kind\": \"person\", \"relation\": \"calon\", \"to\": \"suami\"}",
                               "", &form),
                     RC_OK);
    people[0].field = &form.fields[0];
    people[1].field = &form.fields[1];
    const struct letter_matter m = {arena, &form, &reporter, &all, inputs_of("{}"), today};
    assert_null(letter_person_fault(&m, &people[0]).p);
    assert_text(letter_person_fault(&m, &people[1]),
                "Istri: Yohanis tercatat laki-laki, sama dengan Markus. Pilih orang lain, atau perbaiki dahulu data warganya.");
}

static void a_parent_is_the_one_of_the_register(void **state)
{
    struct letter_subject subject = somebody(1, "SYAHRIR", SEX_MALE, 1, child), father = somebody(5, "MULIADI", SEX_MALE, 2, grown),
                          other = somebody(6, "SAMSUL", SEX_MALE, 2, grown);
    struct letter_subject dead = {.name = STR("LAKASENG"), .nik = STR(""), .sex = SEX_MALE, .basic_status = STATUS_DEAD};
    const struct letter_people kin = {.father = &father}, nobody = {0};
    const char *words = "\"relation\": \"ayah\", \"alive\": false, \"outside\": \"long\", \"name_enough\": true";
    const char *here = "{\"o_dari\": \"Warga desa ini\"}";
    const char *differs = "Orang Samsul, padahal menurut data penduduk ayah Syahrir bernama Muliadi. Bila data penduduknya keliru, "
                          "perbaiki dahulu.";

    (void)state;
    assert_text(said(words, here, &subject, &father, false, &kin), "");
    assert_text(said(words, here, &subject, &other, false, &kin), differs);
    assert_text(said(words, "{\"o_dari\": \"Sudah meninggal\"}", &subject, &dead, true, &kin),
                "Orang “Sudah meninggal”, padahal ayah Syahrir, Muliadi, tercatat hidup.");
    subject.kk_no = father.kk_no = STR("7317100101100001");
    assert_text(said(words, "{\"o_dari\": \"Sudah meninggal\"}", &subject, &dead, true, &kin),
                "Orang “Sudah meninggal”, padahal ayah Syahrir, Muliadi, tercatat hidup di kartu keluarga yang sama.");
    assert_text(said(words, here, &subject, &other, false, &nobody), ""); /* the register says nothing */
    subject.father_name = STR("MULIADI");
    assert_text(said(words, here, &subject, &other, false, &nobody), differs);
    subject.father_name = STR("MUH. AMIR");
    other.name = STR("MUHAMMAD AMIR"); /* as another registry spells it */
    assert_text(said(words, here, &subject, &other, false, &nobody), "");
    other.name = STR("MUHAMMAD AMIN");
    assert_text(said(words, here, &subject, &other, false, &nobody), "Orang Muhammad Amin, padahal menurut data penduduk ayah Syahrir "
                                                                     "bernama Muh. Amir. Bila data penduduknya keliru, perbaiki dahulu.");
    subject.father_name = STR("MULIADI");
    subject.father_nik = STR(FATHERS);
    other.name = STR("MULIADI");
    other.nik = STR(HIS);
    assert_text(
        said(words, here, &subject, &other, false, &nobody),
        "Orang Muliadi, padahal menurut data penduduk ayah Syahrir bernama Muliadi. Bila data penduduknya keliru, perbaiki dahulu.");
    other.nik = STR(FATHERS);
    assert_text(said(words, here, &subject, &other, false, &nobody), "");
}

static void an_answer_says_what_the_person_is(void **state)
{
    const char *words = "\"relation_by\": {\"field\": \"selaku\", \"Orang tua\": \"anak\", \"Suami\": \"pasangan\"}";
    struct letter_subject subject = somebody(1, "ABBAS", SEX_MALE, 2, grown), who = somebody(2, "RINI", SEX_FEMALE, 1, grown);
    const struct letter_subject wife = somebody(3, "RAHMA", SEX_FEMALE, 2, grown);
    const struct letter_people kin = {.spouse = &wife};

    (void)state;
    subject.nik = STR(HIS);
    assert_text(said(words, "{\"selaku\": \"Wali\"}", &subject, &who, false, &kin), "");
    assert_text(said(words, "{\"selaku\": \"Suami\"}", &subject, &who, false, &kin),
                "Orang Rini, padahal menurut data penduduk istri Abbas bernama Rahma. Bila data penduduknya keliru, perbaiki dahulu.");
    assert_text(said(words, "{\"selaku\": \"Suami\"}", &subject, &wife, false, &kin), "");
    assert_text(said(words, "{\"selaku\": \"Orang tua\"}", &subject, &who, false, &kin), "Orang: Rini tidak tercatat sebagai anak Abbas.");
    who.father_name = STR("MULIADI");
    assert_text(said(words, "{\"selaku\": \"Orang tua\"}", &subject, &who, false, &kin),
                "Orang: Rini tidak tercatat sebagai anak Abbas; ayahnya Muliadi.");
    who.father_nik = STR(HIS);
    assert_text(said(words, "{\"selaku\": \"Orang tua\"}", &subject, &who, false, &kin), "");
}

static void an_option_is_held_against_what_the_register_knows(void **state)
{
    static const struct {
        const char *option;
        uint64_t role;
        struct date born;
        const char *out;
    } cases[] = {
        {"Ayah meninggal", SHDK_CHILD, {1993, 1, 1}, "Sebab “Ayah meninggal”, padahal ayah Sri, Darwis, tercatat hidup."},
        {"Ibu meninggal", SHDK_CHILD, {1993, 1, 1}, ""},
        {"Tidak ada",
         SHDK_CHILD,
         {1993, 1, 1},
         "Sebab “Tidak ada”, padahal saudara laki-laki Sri, Hasan, tercatat hidup di kartu keluarga yang sama."},
        {"Hilang", SHDK_CHILD, {1993, 1, 1}, "Sebab “Hilang”, padahal Sri tercatat anak."},
        {"Hilang", SHDK_WIFE, {1993, 1, 1}, ""},
        {"KTP", SHDK_CHILD, {2016, 1, 6}, "Sebab “KTP”, padahal Sri berumur 10 tahun."},
        {"KIA", SHDK_CHILD, {2016, 1, 6}, ""},
        {"KIA", SHDK_CHILD, {1993, 1, 1}, "Sebab “KIA”, padahal Sri berumur 33 tahun."},
    };
    const struct letter_subject father = somebody(5, "DARWIS", SEX_MALE, 2, grown);
    struct letter_subject brother = somebody(6, "HASAN", SEX_MALE, 1, (struct date){2000, 1, 1});
    struct letter_people people = {.father = &father};
    struct letter_form form;

    (void)state;
    brother.kk_no = STR("7317100101100001");
    brother.family_role = some_u64(SHDK_CHILD);
    people.family.p = &brother;
    people.family.n = 1;
    assert_int_equal(
        read_form("{\"name\": \"s\", \"label\": \"Sebab\", \"kind\": \"select\", \"options\": [\"Ayah meninggal\", \"Ibu "
                  "meninggal\", \"Tidak ada\", \"Hilang\", \"KTP\", \"KIA\"], \"fits\": [\"Ayah meninggal; ayah meninggal\", "
                  "\"Ibu meninggal; ibu meninggal\", \"Tidak ada; tanpa saudara laki-laki\", \"Hilang; kepala atau pasangan\", "
                  "\"KTP; 17 tahun atau kawin\", \"KIA; di bawah 17 tahun\"]}",
                  "", &form),
        RC_OK);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct letter_subject sri = somebody(1, "SRI", SEX_FEMALE, 1, cases[i].born);

        sri.kk_no = brother.kk_no;
        sri.family_role = some_u64(cases[i].role);
        const struct letter_matter m = {
            arena, &form, &sri, &people, inputs_of(str_z(arena, str_fmt(arena, "{\"s\": \"%s\"}", cases[i].option))), today};
        const struct letter_doubts doubts = letter_doubts(&m);
        assert_text(doubts.n > 0 ? doubts.p[0] : STR(""), cases[i].out);
        assert_true(doubts.n <= 1);
        assert_int_equal(doubts.is_against_register, cases[i].out[0] != '\0');
    }
}

static void a_subject_is_judged_by_the_same_words(void **state)
{
    struct letter_subject who = somebody(1, "SYAHRIR", SEX_MALE, 1, child);
    struct letter_form form;

    (void)state;
    who.family_role = some_u64(SHDK_CHILD);
    assert_int_equal(read_form("", ", \"subject\": {\"age\": 17, \"or_married\": true, \"strict\": true}", &form), RC_OK);
    const struct letter_matter strict = {arena, &form, &who, NULL, inputs_of("{}"), today};
    assert_text(letter_refusal(&strict), "Syahrir berumur 10 tahun. Surat ini hanya untuk umur 17 tahun ke atas, atau yang sudah kawin.");
    assert_int_equal(letter_doubts(&strict).n, 0);
    assert_int_equal(read_form("", ", \"subject\": {\"role\": \"kepala atau pasangan\"}", &form), RC_OK);
    assert_text(letter_refusal(&strict), "");
    assert_text(letter_doubts(&strict).p[0], "Syahrir tercatat anak. Surat ini biasanya untuk kepala keluarga, suami, atau istri.");
}

static void a_number_is_one_that_somebody_can_have(void **state)
{
    static const struct {
        const char *number;
        bool is_kk, is_good;
    } cases[] = {{"7317105111570002", false, true},  {"7317105111570002", true, false},  {"7317100101100001", true, true},
                 {"0000000000000000", false, false}, {"9999999999999999", false, false}, {"1234567890123456", false, false},
                 {"0317105111570002", false, false}, {"7317105111570000", false, false}, {"7317103002570002", false, false},
                 {"0000000000000000", true, false},  {"7317109901100001", true, false}};

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const struct letter_field f = {.name = STR("n"), .label = STR("Nomor"), .kind = FIELD_NIK, .is_kk = cases[i].is_kk, .max = 20};

        assert_true((letter_field_fault(arena, &f, str_c(cases[i].number), today).p == NULL) == cases[i].is_good);
    }
}

static void whose_a_number_is_says_the_register(void **state)
{
    struct letter_subject subject = somebody(1, "ABBAS", SEX_MALE, 2, grown);
    struct letter_owner owner = {.who = {.id = 9, .name = STR("ALMARHUMAH SITTI"), .basic_status = STATUS_DEAD}};
    struct letter_people people = {0};
    struct letter_form form;

    (void)state;
    assert_int_equal(
        read_form("{\"name\": \"nama\", \"label\": \"Nama\", \"kind\": \"line\"}, {\"name\": \"nik\", \"label\": \"NIK\", \"kind\": "
                  "\"nik\", \"name_in\": \"nama\"}, {\"name\": \"kk\", \"label\": \"Nomor KK\", \"kind\": \"nik\", \"kk\": true}",
                  "", &form),
        RC_OK);
    owner.field = &form.fields[1];
    people.owners.p = &owner;
    people.owners.n = 1;
    subject.kk_no = STR("7317100101100001");
    struct letter_matter m = {arena, &form, &subject, &people, inputs_of("{\"nama\": \"sitti almarhumah\", \"nik\": \"7317105111570002\"}"),
                              today};
    assert_text(letter_owner_fault(arena, &owner),
                "NIK milik Almarhumah Sitti, yang tercatat meninggal. Tulis NIK orang lain, atau perbaiki dahulu data warganya.");
    assert_text(letter_refusal(&m), str_z(arena, letter_owner_fault(arena, &owner)));
    m.inputs = inputs_of("{\"nama\": \"almarhumah sitti\", \"nik\": \"7317105111570002\"}");
    assert_int_equal(letter_doubts(&m).n, 0); /* who is refused is not doubted, too */
    m.inputs = inputs_of("{\"nama\": \"sitti almarhumah\", \"nik\": \"7317105111570002\"}");
    owner.who.basic_status = STATUS_ALIVE;
    assert_text(letter_refusal(&m), "");
    assert_text(letter_doubts(&m).p[0], "NIK milik Almarhumah Sitti, padahal tertulis “sitti almarhumah”.");
    m.inputs = inputs_of("{\"nama\": \"almarhumah sitti\", \"nik\": \"7317105111570002\"}");
    assert_int_equal(letter_doubts(&m).n, 0);
    owner.who.name = STR("MUHAMMAD AMIR");
    m.inputs = inputs_of("{\"nama\": \"Muh. Amir\", \"nik\": \"7317105111570002\"}");
    assert_int_equal(letter_doubts(&m).n, 0);
    owner.who.basic_status = STATUS_MOVED;
    assert_int_equal(letter_doubts(&m).n, 1);
    people.owners.n = 0;
    m.inputs = inputs_of("{\"kk\": \"7317100101100001\"}");
    assert_int_equal(letter_doubts(&m).n, 0);
    m.inputs = inputs_of("{\"kk\": \"7317100101100009\"}");
    assert_text(letter_doubts(&m).p[0], "Nomor KK bukan nomor kartu keluarga Abbas menurut data penduduk.");
}

#define MOVE_FIELDS                                                                                                                      \
    "{\"name\": \"desa\", \"label\": \"Desa\", \"kind\": \"line\"}, {\"name\": \"kec\", \"label\": \"Kecamatan\", \"kind\": \"line\"}, " \
    "{\"name\": "                                                                                                                        \
    "\"kab\", \"label\": \"Kabupaten\", \"kind\": \"line\"}, {\"name\": \"prov\", \"label\": \"Provinsi\", \"kind\": \"line\"}, "        \
    "{\"name\": \"dusun\", "                                                                                                             \
    "\"label\": \"Dusun\", \"kind\": \"line\"}, {\"name\": \"rt\", \"label\": \"RT\", \"kind\": \"number\"}, {\"name\": \"k\", "         \
    "\"label\": \"Klasifikasi\", "                                                                                                       \
    "\"kind\": \"select\", \"places\": [\"desa\", \"kec\", \"kab\", \"prov\"], \"within\": [\"dusun\", \"rt\"], \"options\": ["

static void the_class_of_a_move_follows_from_its_target(void **state)
{
    static const struct {
        const char *places, *hamlet, *out;
    } cases[] = {
        {"Salekoe|Wara Timur|Kota Palopo|Sulawesi Selatan", "", "Antarkabupaten"},
        {"Padang|PONRANG|Kabupaten Luwu|Prov. Sulawesi Selatan", "", "Antardesa"},
        {"Padang|Kec. Larompong|Luwu|Sulawesi Selatan", "", "Antarkecamatan"},
        {"Parekaju|Ponrang|Luwu|Sulawesi Barat", "", "Antarprovinsi"},
        {"Desa Parekaju|Ponrang|Luwu|Sulawesi Selatan", "Batu", "Dalam satu desa"},
        {"Parekaju||Luwu|Sulawesi Selatan", "", ""},
    };
    const struct letter_identity village = {
        .name = STR("PAREKAJU"), .district = STR("Ponrang"), .regency = STR("Luwu"), .province = STR("Sulawesi Selatan")};
    const struct letter_people people = {.village = &village};
    struct letter_subject subject = somebody(1, "HASAN", SEX_MALE, 2, grown);
    struct letter_form form;

    (void)state;
    subject.hamlet = STR("SALU PAO");
    subject.rt = STR("002");
    subject.rw = STR("");
    assert_int_equal(
        read_form(MOVE_FIELDS "\"Dalam satu desa\", \"Antardesa\", \"Antarkecamatan\", \"Antarkabupaten\", \"Antarprovinsi\"]}", "", &form),
        RC_OK);
    const struct letter_field *f = letter_field_called(&form, STR("k"));
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct str rest = str_c(cases[i].places), part[4];

        for (size_t k = 0; k < COUNT_OF(part); k++)
            (void)str_cut(&rest, '|', &part[k]);
        const char *json = str_z(arena, str_fmt(arena,
                                                "{\"desa\": \"%.*s\", \"kec\": \"%.*s\", \"kab\": \"%.*s\", \"prov\": \"%.*s\", "
                                                "\"dusun\": \"%s\", \"k\": \"Antarkecamatan\"}",
                                                STR_ARG(part[0]), STR_ARG(part[1]), STR_ARG(part[2]), STR_ARG(part[3]), cases[i].hamlet));
        const struct letter_matter m = {arena, &form, &subject, &people, inputs_of(json), today};
        assert_text(letter_move_class(arena, f, &village, m.inputs), cases[i].out);
        assert_null(letter_move_fault(&m, f).p);
        const bool differs = cases[i].out[0] != '\0' && strcmp(cases[i].out, "Antarkecamatan") != 0;
        assert_int_equal(letter_doubts(&m).n, differs);
    }
    struct letter_matter m = {arena, &form, &subject, &people, NULL, today};
    m.inputs = inputs_of("{\"desa\": \"Parekaju\", \"kec\": \"Ponrang\", \"kab\": \"Luwu\", \"prov\": \"Sulawesi Selatan\", \"dusun\": "
                         "\"Dusun Salu Pao\", \"rt\": \"2\"}");
    assert_text(letter_move_fault(&m, f), "Tujuannya sama dengan tempat tinggal Hasan sekarang. Periksa alamat tujuannya.");
    assert_int_equal(read_form(MOVE_FIELDS "\"Antardesa\", \"Antarkecamatan\", \"Antarkabupaten\", \"Antarprovinsi\"]}", "", &form), RC_OK);
    assert_text(letter_refusal(&m),
                "Tujuannya masih di Desa Parekaju, padahal surat ini untuk pindah ke luar desa. Periksa alamat tujuannya.");
    assert_int_equal(
        read_form("{\"name\": \"k\", \"label\": \"K\", \"kind\": \"select\", \"options\": [\"A\"], \"places\": [\"a\", \"b\", \"c\", "
                  "\"d\"]}",
                  "", &form),
        RC_INVALID);
}

static void a_letter_holds_until_the_day_it_is_for(void **state)
{
    static const struct {
        const char *inputs;
        uint8_t months;
        struct date until;
    } cases[] = {{"{}", 1, {2026, 12, 29}},
                 {"{\"pergi\": \"2026-12-10\"}", 1, {2026, 12, 29}},
                 {"{\"pergi\": \"2026-12-10\", \"pulang\": \"2027-02-10\"}", 1, {2027, 2, 10}},
                 {"{\"pergi\": \"2027-03-10\"}", 1, {2027, 3, 10}},
                 {"{\"lahir\": \"2027-03-10\"}", 1, {2026, 12, 29}},
                 {"{\"pergi\": \"2036-03-10\"}", 1, {2026, 12, 29}},
                 {"{\"pergi\": \"2027-03-10\"}", 0, {0, 0, 0}}};
    const struct letter_subject subject = somebody(1, "HASAN", SEX_MALE, 2, grown);
    struct letter_form form;

    (void)state;
    assert_int_equal(
        read_form("{\"name\": \"pergi\", \"label\": \"Berangkat\", \"kind\": \"date\", \"ahead\": true}, {\"name\": \"pulang\", "
                  "\"label\": \"Kembali\", \"kind\": \"date\", \"not_before\": \"pergi\"}, {\"name\": \"lahir\", \"label\": "
                  "\"Lahir\", \"kind\": \"date\"}",
                  "", &form),
        RC_OK);
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_int_equal(date_compare(letter_valid_until(arena, &form, inputs_of(cases[i].inputs), today, cases[i].months), cases[i].until),
                         0);
    const struct letter_matter m = {arena, &form, &subject, NULL, inputs_of("{\"pergi\": \"2036-03-10\"}"), today};
    assert_text(letter_doubts(&m).p[0], "Berangkat 10 Maret 2036: lebih dari dua tahun lagi.");
}

static void what_binds_nothing_is_no_type(void **state)
{
    static const char *const wrong[] = {"\"strict\": true",
                                        "\"age\": 20, \"age_most\": 10",
                                        "\"age\": 20, \"age_on\": \"o\"",
                                        "\"age\": 20, \"unless\": \"entah\"",
                                        "\"status\": \"bujang\"",
                                        "\"role\": \"paman\"",
                                        "\"religion\": \"apa saja\"",
                                        "\"sex\": \"X\"",
                                        "\"relation\": \"calon\", \"to\": \"entah\"",
                                        "\"relation\": \"ayah\", \"to\": \"o\"",
                                        "\"relation_by\": {\"field\": \"entah\", \"A\": \"anak\"}",
                                        "\"relation_by\": {\"field\": \"o\", \"A\": \"paman\"}",
                                        "\"relation_by\": {\"field\": \"o\", \"A\": \"anak\"}"}; /* of no option */
    struct letter_form form;

    (void)state;
    for (size_t i = 0; i < COUNT_OF(wrong); i++)
        assert_int_equal(
            read_form(str_z(arena, str_fmt(arena, "{\"name\": \"o\", \"label\": \"O\", \"kind\": \"person\", %s}", wrong[i])), "", &form),
            RC_INVALID);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_person_has_the_age_that_the_type_says, set_up, tear_down),
        cmocka_unit_test_setup_teardown(somebody_of_elsewhere_is_as_old_as_the_nik_says, set_up, tear_down),
        cmocka_unit_test_setup_teardown(status_and_religion_that_differ_are_doubted, set_up, tear_down),
        cmocka_unit_test_setup_teardown(who_must_be_dead_is_not_written_down_alive, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nobody_marries_kin_or_the_same_sex, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_betrothed_of_another_person_is_held_against_that_one, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_parent_is_the_one_of_the_register, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_answer_says_what_the_person_is, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_option_is_held_against_what_the_register_knows, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_subject_is_judged_by_the_same_words, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_number_is_one_that_somebody_can_have, set_up, tear_down),
        cmocka_unit_test_setup_teardown(whose_a_number_is_says_the_register, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_class_of_a_move_follows_from_its_target, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_letter_holds_until_the_day_it_is_for, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_binds_nothing_is_no_type, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
