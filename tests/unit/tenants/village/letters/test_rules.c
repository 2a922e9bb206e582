// SPDX-License-Identifier: AGPL-3.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "server/base/json.h"
#include "server/base/random.h"
#include "server/paper/paper.h"
#include "tenants/village/letters/letters_people.h"
#include "tenants/village/letters/letters_rules.h"
#include "tenants/village/letters/letters_sql.h"
#include "tenants/village/letters/letters_esign.h"
#include "tenants/village/letters/letters_types.h"

#define assert_text(s, z) assert_string_equal(str_z(arena, (s)), (z))

static struct arena *arena;
static const struct date today = {2026, 11, 24};

static int begin(void **state)
{
    (void)state;
    arena = arena_new();
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static const struct letter_number specimen = {
    .classification = STR_INIT("500.3"), .village_code = STR_INIT("DS-SPN"), .number = 7, .date = {2026, 11, 24}};

static enum rc number(const char *format, struct str *out)
{
    struct err err;

    return letter_number_text(arena, str_c(format), &specimen, out, &err);
}

static void a_number_is_written_by_its_format(void **state)
{
    static const struct {
        const char *format, *text;
    } cases[] = {
        {LETTER_NUMBER_DEFAULT, "500.3/007/DS-SPN/XI/2026"},
        {"[kode_surat]/[nomor_surat, 3]/[kode_desa]/[bulan_romawi]/[tahun]", "500.3/007/DS-SPN/XI/2026"},
        {"[nomor]", "7"},
        {"[nomor,9]", "000000007"},
        {"ds/[nomor,2]/[bulan]/[tahun]", "DS/07/11/2026"},
        {"a b[nomor]", "A B7"},
    };
    struct str text;

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_int_equal(number(cases[i].format, &text), RC_OK);
        assert_text(text, cases[i].text);
    }
}

static void a_format_that_names_no_number_is_refused(void **state)
{
    static const char *const wrong[] = {"[kode_surat]/[tahun]", "",   "[nomor",  "[nomor,10]", "[nomor,x]", "[tahun,4][nomor]",
                                        "[nik]/[nomor]",        "[]", "[nomor,]"};
    struct str text = STR("untouched");

    (void)state;
    for (size_t i = 0; i < COUNT_OF(wrong); i++)
        assert_int_equal(number(wrong[i], &text), RC_INVALID);
    assert_text(text, "untouched");
}

static void a_large_number_outgrows_its_width(void **state)
{
    struct letter_number n = specimen;
    struct str text;
    struct err err;

    (void)state;
    n.number = 123456;
    assert_int_equal(letter_number_text(arena, STR("[nomor,3]"), &n, &text, &err), RC_OK);
    assert_text(text, "123456");
}

static void a_field_says_what_is_wrong(void **state)
{
    const struct letter_field line = {.label = STR_INIT("Jenis usaha"), .kind = FIELD_LINE, .is_required = true, .max = 5};
    const struct letter_field year = {.label = STR_INIT("Mulai usaha"), .kind = FIELD_YEAR, .max = 4};
    static const char *const unprinted[] = {"a\u4E2D", "\u3042", "\uAC00", "\u0E01", "\u16A0", "\u2C80", "\uE000"}; /* Chinese, Thai … */
    static const char *const printed[] = {"kiös", "½ kg", "—“a”", "€ ≥", "Ж Ω", "é\u0301", "\U0001F600", "\U0001D400", "\u1A00", "\u0645"};

    (void)state;
    assert_text(letter_field_fault(arena, &line, STR(""), today), "Jenis usaha belum diisi.");
    assert_text(letter_field_fault(arena, &line, STR("kiosku"), today), "Jenis usaha terlalu panjang: paling banyak 5 huruf.");
    assert_null(letter_field_fault(arena, &line, STR("kiös!"), today).p); /* letters, not bytes */
    assert_text(letter_field_fault(arena, &line, STR("es\U0001F366"), today),
                "Jenis usaha memuat tanda “\U0001F366”, yang tidak bisa dicetak di surat. Hapus tanda itu, atau tulis dengan huruf Latin.");
    for (size_t i = 0; i < COUNT_OF(unprinted); i++)
        assert_non_null(letter_field_fault(arena, &line, str_c(unprinted[i]), today).p);
    for (size_t i = 0; i < COUNT_OF(printed); i++)
        assert_null(letter_field_fault(arena, &line, str_c(printed[i]), today).p);
    assert_null(letter_field_fault(arena, &year, STR(""), today).p);
    assert_null(letter_field_fault(arena, &year, STR("2026"), today).p);
    assert_non_null(letter_field_fault(arena, &year, STR("2027"), today).p);
    assert_non_null(letter_field_fault(arena, &year, STR("1899"), today).p);
    assert_non_null(letter_field_fault(arena, &year, STR("2 ro"), today).p);
}

static void each_kind_is_kept_shown_and_printed_in_its_own_way(void **state)
{
    static struct str ways[] = {STR_INIT("Jual beli"), STR_INIT("Hibah")};
    static const struct {
        enum field_kind kind;
        const char *typed, *kept, *boxed, *printed;
    } cases[] = {
        {FIELD_NUMBER, "1.250,50", "1250,5", "1.250,5", "1.250,5"},
        {FIELD_NUMBER, " 0012 ", "12", "12", "12"},
        {FIELD_MONEY, "Rp 1.500.000,-", "1500000", "1.500.000", "Rp 1.500.000"},
        {FIELD_MONEY, "rp.750000", "750000", "750.000", "Rp 750.000"},
        {FIELD_MONEY, "2.000.000,00", "2000000", "2.000.000", "Rp 2.000.000"},
        {FIELD_DATE, "3-1-2026", "2026-01-03", "03-01-2026", "3 Januari 2026"},
        {FIELD_DAY_DATE, "24/11/2026", "2026-11-24", "24-11-2026", "Selasa, 24 November 2026"},
        {FIELD_TIME, "8:30", "08.30", "08.30", "08.30"},
        {FIELD_TIME, "9", "09.00", "09.00", "09.00"},
        {FIELD_SELECT, "Hibah", "Hibah", "Hibah", "Hibah"},
        {FIELD_LINE, "kios 1.500", "kios 1.500", "kios 1.500", "kios 1.500"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct letter_field f = {
            .name = STR("a"), .label = STR("Isian"), .kind = cases[i].kind, .max = 120, .decimals = 2, .options = {ways, 2}};
        struct letter_form form = {.fields = &f, .n_fields = 1};
        struct str kept = letter_field_kept(arena, &f, str_c(cases[i].typed));
        json_t *inputs = json_object();

        json_object_set_new(inputs, "a", json_stringn(kept.p, kept.n));
        assert_text(kept, cases[i].kept);
        assert_text(letter_field_boxed(arena, &f, kept), cases[i].boxed);
        assert_text(letter_field_printed(arena, &form, &f, inputs), cases[i].printed);
        assert_text(letter_field_kept(arena, &f, letter_field_boxed(arena, &f, kept)), cases[i].kept); /* sent again as it was shown */
        assert_null(letter_field_fault(arena, &f, kept, today).p);
        json_decref(inputs);
    }
}

static void what_is_none_of_its_kind_is_said_and_kept_as_typed(void **state)
{
    static struct str ways[] = {STR_INIT("Jual beli")};
    static const struct {
        enum field_kind kind;
        const char *typed, *fault;
    } cases[] = {
        {FIELD_NUMBER, "dua", "Isian harus berupa angka, dengan koma untuk pecahan (paling banyak 1 angka). Contoh: 12,5."},
        {FIELD_NUMBER, "1,25", "Isian harus berupa angka, dengan koma"},
        {FIELD_NUMBER, "1.5", "Isian harus berupa angka, dengan koma"},
        {FIELD_NUMBER, "-3", "Isian harus berupa angka, dengan koma"},
        {FIELD_NUMBER, "1", "Isian terlalu kecil. Paling kecil 2."},
        {FIELD_NUMBER, "3000", "Isian terlalu besar. Paling besar 2.000."},
        {FIELD_NUMBER, "2000,5", "Isian terlalu besar. Paling besar 2.000."},
        {FIELD_NUMBER, "9999999999999999", "Isian harus berupa angka, dengan koma"},
        {FIELD_MONEY, "1,5 juta", "Isian harus berupa angka rupiah. Contoh: 1.500.000."},
        {FIELD_MONEY, "Rp", "Isian harus berupa angka rupiah. Contoh: 1.500.000."},
        {FIELD_MONEY, "9.999", "Isian terlalu besar. Paling besar Rp 2.000."},
        {FIELD_DATE, "31-2-2026", "Isian bukan tanggal yang ada. Isi hari, bulan (angka atau namanya), dan tahun. Contoh: 24 11 2026."},
        {FIELD_DATE, "-11-2026", "Isian bukan tanggal yang ada."},
        {FIELD_DATE, "25-11-2026", "Isian tidak boleh sesudah hari ini."},
        {FIELD_DAY_DATE, "24-11-0026", "Isian: tahun 26 tidak mungkin."},
        {FIELD_TIME, "24.00", "Isian bukan jam yang ada. Isi 00.00 sampai 23.59. Contoh: 08.30."},
        {FIELD_TIME, "24", "Isian bukan jam yang ada."},
        {FIELD_TIME, "9.", "Isian bukan jam yang ada."},
        {FIELD_SELECT, "Tukar", "Isian tidak ada dalam pilihan. Pilih lagi."},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const struct letter_field f = {.label = STR("Isian"),
                                       .kind = cases[i].kind,
                                       .max = 120,
                                       .decimals = 1,
                                       .is_past = true,
                                       .least = some_u64(2),
                                       .most = some_u64(2000),
                                       .options = {ways, 1}};
        struct str kept = letter_field_kept(arena, &f, str_c(cases[i].typed)), fault = letter_field_fault(arena, &f, kept, today);

        assert_non_null(fault.p);
        assert_true(str_starts(fault, str_c(cases[i].fault)));
    }
    const struct letter_field f = {.label = STR("Cara"), .kind = FIELD_SELECT, .is_required = true, .max = 9, .options = {ways, 1}};
    assert_text(letter_field_fault(arena, &f, STR(""), today), "Cara belum dipilih.");
}

#define FIELDS_HEAD "{\"paper\":{\"body\":[]},\"fields\":["

static void a_field_that_hangs_on_another_is_asked_then_only(void **state)
{
    struct letter_form form;
    struct err err;
    json_t *inputs = json_pack("{s:s, s:s, s:s}", "cara", "Hibah", "harga", "1000", "saksi", "Ambo"), *kept;

    (void)state;
    assert_int_equal(
        letter_form_read(arena,
                         STR(FIELDS_HEAD "{\"name\":\"cara\",\"label\":\"Cara\",\"kind\":\"select\",\"options\":[\"Jual beli\",\"Hibah\"]},"
                                         "{\"name\":\"harga\",\"label\":\"Harga\",\"kind\":\"money\",\"required\":true,\"only_if\":{"
                                         "\"field\":\"cara\",\"equals\":\"Jual beli\"}},"
                                         "{\"name\":\"saksi\",\"label\":\"Saksi\",\"kind\":\"line\",\"only_if\":{\"field\":\"harga\","
                                         "\"in\":[\"1000\",\"2000\"]}}]}"),
                         &form, &err),
        RC_OK);
    assert_false(form.fits_kiosk);
    assert_false(letter_field_is_asked(arena, &form, &form.fields[1], inputs));
    assert_false(letter_field_is_asked(arena, &form, &form.fields[2], inputs)); /* what it hangs on is not asked */
    assert_text(letter_field_printed(arena, &form, &form.fields[1], inputs), "");
    kept = letter_inputs_asked(arena, &form, inputs);
    assert_int_equal(json_object_size(kept), 1);
    json_decref(kept);
    json_object_set_new(inputs, "cara", json_string("Jual beli"));
    assert_text(letter_field_printed(arena, &form, &form.fields[1], inputs), "Rp 1.000");
    assert_text(letter_field_printed(arena, &form, &form.fields[2], inputs), "Ambo");
    json_decref(inputs);
}

static void a_select_may_take_its_choices_from_the_registry(void **state)
{
    struct letter_form form;
    struct option option;
    struct err err;
    json_t *inputs = json_pack("{s:s}", "agama", "6");

    (void)state;
    assert_int_equal(letter_form_read(arena,
                                      STR(FIELDS_HEAD "{\"name\":\"agama\",\"label\":\"Agama\",\"kind\":\"select\",\"codes\":\"agama\"}]}"),
                                      &form, &err),
                     RC_OK);
    assert_true(letter_field_option(arena, &form.fields[0], 0, &option));
    assert_text(option.label, "Islam");
    assert_text(letter_field_printed(arena, &form, &form.fields[0], inputs), "Khonghucu");
    assert_null(letter_field_fault(arena, &form.fields[0], STR("6"), today).p);
    assert_non_null(letter_field_fault(arena, &form.fields[0], STR("99"), today).p);
    json_decref(inputs);
}

static void a_definition_must_be_whole(void **state)
{
    static const char *const wrong[] = {
        "",
        "[]",
        "{}",
        "{\"fields\":[]}",
        "{\"fields\":{},\"paper\":{}}",
        "{\"fields\":[{\"name\":\"a\",\"label\":\"A\",\"kind\":\"image\"}],\"paper\":{\"body\":[]}}",
        "{\"fields\":[{\"label\":\"A\",\"kind\":\"line\"}],\"paper\":{\"body\":[]}}",
        "{\"fields\":[{\"name\":\"a\",\"label\":\"A\",\"kind\":\"line\"}],\"agenda\":\"b\",\"paper\":{\"body\":[]}}",
        FIELDS_HEAD "{\"name\":\"a\",\"label\":\"A\",\"kind\":\"line\"},{\"name\":\"a\",\"label\":\"B\",\"kind\":\"line\"}]}",
        FIELDS_HEAD "{\"name\":\"a\",\"label\":\"A\",\"kind\":\"select\"}]}",
        FIELDS_HEAD "{\"name\":\"a\",\"label\":\"A\",\"kind\":\"select\",\"codes\":\"warna\"}]}",
        FIELDS_HEAD "{\"name\":\"a\",\"label\":\"A\",\"kind\":\"select\",\"options\":[\"\"]}]}",
        FIELDS_HEAD "{\"name\":\"a\",\"label\":\"A\",\"kind\":\"number\",\"decimals\":5}]}",
        FIELDS_HEAD "{\"name\":\"a\",\"label\":\"A\",\"kind\":\"line\",\"only_if\":{\"field\":\"a\",\"equals\":\"x\"}}]}",
        FIELDS_HEAD "{\"name\":\"a\",\"label\":\"A\",\"kind\":\"line\",\"only_if\":{\"field\":\"b\"}}]}",
    };
    struct letter_form form;
    struct err err;

    (void)state;
    for (size_t i = 0; i < COUNT_OF(wrong); i++)
        assert_int_equal(letter_form_read(arena, str_c(wrong[i]), &form, &err), RC_INVALID);
}

static const struct letter_identity sampano = {.code = STR_INIT("7317102003"),
                                               .name = STR_INIT("To'long"),
                                               .district = STR_INIT("Basse Sangtempe"),
                                               .regency = STR_INIT("Luwu"),
                                               .province = STR_INIT("Sulawesi Selatan"),
                                               .office_address = STR_INIT("Jl. Poros 1"),
                                               .postal_code = STR_INIT("91991"),
                                               .phone = STR_INIT(""),
                                               .email = STR_INIT(""),
                                               .letter_code = STR_INIT("")};
static const struct letter_subject halimah = {.id = 1,
                                              .nik = STR_INIT("7317105111570002"),
                                              .name = STR_INIT("HALIMAH DG. SANGNGING"),
                                              .sex = 2,
                                              .birth_place = STR_INIT("SAMPANO"),
                                              .birth_date = {1957, 11, 11},
                                              .religion = {true, 1},
                                              .basic_status = 1,
                                              .kk_no = STR_INIT("7317100101100001"),
                                              .address = STR_INIT(""),
                                              .address_now = STR_INIT(""),
                                              .father_name = STR_INIT(""),
                                              .mother_name = STR_INIT(""),
                                              .hamlet = STR_INIT("BATU LOTONG"),
                                              .rw = STR_INIT("-"),
                                              .rt = STR_INIT("002")};
static const struct letter_signer head = {
    .id = 1, .name = STR_INIT("Drs. Marthen Palimbong"), .position = STR_INIT("Kepala Desa To'long"), .nip = STR_INIT("")};

static json_t *values_of(const struct letter_form *form, const struct letter_subject *subject)
{
    json_t *inputs = json_object();
    const struct letter_parts parts = {.identity = &sampano,
                                       .subject = subject,
                                       .signer = &head,
                                       .form = form,
                                       .inputs = inputs,
                                       .type_name = STR("Surat Keterangan Usaha"),
                                       .number_text = STR("1"),
                                       .date = {2026, 11, 24}};
    json_t *values = letter_values(arena, &parts);

    json_decref(inputs);
    return values;
}

static void the_paper_says_what_the_registry_knows(void **state)
{
    struct letter_form form = {0};
    json_t *values = values_of(&form, &halimah);

    (void)state;
    assert_text(json_text(values, "nama"), "Halimah Dg. Sangnging");
    assert_text(json_text(values, "ttl"), "Sampano, 11 November 1957");
    assert_text(json_text(values, "usia"), "69 tahun");
    assert_text(json_text(values, "alamat"), "RT 002, Dusun Batu Lotong, Desa To'long");
    assert_text(json_text(values, "jenis_kelamin"), "Perempuan");
    assert_text(json_text(values, "pekerjaan"), "-");
    assert_text(json_text(values, "alamat_surat"), "Jl. Poros 1, Kode Pos 91991");
    assert_text(json_text(values, "tanggal_surat"), "24 November 2026");
    json_decref(values);
}

static void a_hamlet_is_not_said_twice(void **state)
{
    struct letter_subject s = halimah;
    struct letter_form form = {0};
    json_t *values;

    (void)state;
    s.address = STR("DUSUN BATU LOTONG");
    values = values_of(&form, &s);
    assert_text(json_text(values, "alamat"), "Dusun Batu Lotong, RT 002, Desa To'long");
    json_decref(values);
    s.address = STR("Jl. Poros No. 4");
    values = values_of(&form, &s);
    assert_text(json_text(values, "alamat"), "Jl. Poros No. 4, RT 002, Dusun Batu Lotong, Desa To'long");
    json_decref(values);
}

static void another_place_is_not_followed_by_the_villages_own(void **state)
{
    static const struct {
        const char *now, *address;
    } lives[] = {
        {"Jl. Urip Sumoharjo 5, Kota Makassar",
         "Jl. Bambu 1, RT 002, Dusun Batu Lotong, Desa To'long; sekarang tinggal di Jl. Urip Sumoharjo 5, Kota Makassar"},
        {"Lebang, Kec. Larompong Kab. Luwu",
         "Jl. Bambu 1, RT 002, Dusun Batu Lotong, Desa To'long; sekarang tinggal di Lebang, Kec. Larompong Kab. Luwu"},
        {"Desa Lebang", "Jl. Bambu 1, RT 002, Dusun Batu Lotong, Desa To'long; sekarang tinggal di Desa Lebang"},
        {"Jl. Poros Desa No. 4", "Jl. Poros Desa No. 4, RT 002, Dusun Batu Lotong, Desa To'long"},
        {"Jl. Kota Baru 7", "Jl. Kota Baru 7, RT 002, Dusun Batu Lotong, Desa To'long"},
        {"Belakang Kantor Desa", "Belakang Kantor Desa, RT 002, Dusun Batu Lotong, Desa To'long"},
        {"Jl. Lebang 3", "Jl. Lebang 3, RT 002, Dusun Batu Lotong, Desa To'long"},
    };
    struct letter_form form = {0};

    (void)state;
    for (size_t i = 0; i < COUNT_OF(lives); i++) {
        struct letter_subject s = halimah;
        s.address = STR("Jl. Bambu 1");
        s.address_now = str_c(lives[i].now);
        json_t *values = values_of(&form, &s);
        assert_text(json_text(values, "alamat"), lives[i].address);
        json_decref(values);
    }
}

static void where_an_outsider_stays_names_the_village_once(void **state)
{
    static const struct {
        const char *typed, *stays;
    } stays[] = {
        {"Jl. Poros 7, RT 001, Dusun Padang", "Jl. Poros 7, RT 001, Dusun Padang"},
        {"jl. poros 7, dusun padang, desa to’long", "Jl. Poros 7, Dusun Padang"},
        {"Jl. Poros 7, Desa To'long, Kec. Larompong", "Jl. Poros 7"},
        {"Jl. Desa Lebang 3, Dusun Padang", "Jl. Desa Lebang 3, Dusun Padang"},
        {"Desa To'long", "Desa To'long"},
    };
    struct letter_form form = {.is_outside = true};

    (void)state;
    for (size_t i = 0; i < COUNT_OF(stays); i++) {
        struct letter_subject s = halimah;
        s.address = STR("jl. veteran 3");
        s.address_now = str_c(stays[i].typed);
        json_t *values = values_of(&form, &s);
        assert_text(json_text(values, "tinggal_sementara"), stays[i].stays);
        assert_text(json_text(values, "alamat_jalan"), "Jl. Veteran 3");
        json_decref(values);
    }
}

static void a_letter_is_promised_for_the_afternoon_or_the_next_noon(void **state)
{
    static const struct {
        int day, hour;
        int due_day, due_hour;
    } asked[] = {
        {23, 8, 23, 15},  {23, 12, 24, 12}, {24, 11, 24, 15},
        {24, 23, 25, 12}, {27, 9, 27, 15},  {27, 13, 30, 12}, /* Friday afternoon: Monday */
        {28, 9, 30, 12},  {29, 9, 30, 12},                    /* Saturday, Sunday */
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(asked); i++) {
        utc_us at = date_utc((struct date){2026, 11, asked[i].day}, ZONE_WITA) + asked[i].hour * INT64_C(3600) * US_PER_S;
        utc_us due = date_utc((struct date){2026, 11, asked[i].due_day}, ZONE_WITA) + asked[i].due_hour * INT64_C(3600) * US_PER_S;

        assert_true(letter_due(at, ZONE_WITA) == due);
    }
}

static void a_temporary_nik_is_not_printed(void **state)
{
    struct letter_subject s = halimah;
    struct letter_form form = {0};
    json_t *values;

    (void)state;
    s.nik = STR("0731710200300001");
    values = values_of(&form, &s);
    assert_text(json_text(values, "nik"), "belum terbit");
    json_decref(values);
}

static void a_value_that_the_paper_cannot_count_with_is_told(void **state)
{
    struct letter_form form = {0};
    json_t *values = json_pack("{s:s, s:s}", "pekerjaan", "Rp 1.500.000", "ttl", "kemarin"), *tree;

    (void)state;
    tree = json_pack("{s:[{s:s, s:s}]}", "body", "type", "paragraph", "content", "{=pekerjaan+1:terbilang} {ttl}");
    form.tree = tree;
    assert_null(letter_undrawn(arena, &form, values).p);
    json_object_set_new(values, "pekerjaan", json_string("banyak"));
    assert_text(letter_undrawn(arena, &form, values), "Pekerjaan tidak terbaca sebagai angka. Perbaiki dulu. Contoh: 1.500.000.");
    json_decref(tree);
    form.tree = tree = json_pack("{s:[{s:s, s:s}]}", "body", "type", "paragraph", "content", "{ttl:hari}");
    assert_text(letter_undrawn(arena, &form, values),
                "Tempat, tanggal lahir tidak terbaca sebagai tanggal. Perbaiki dulu. Contoh: 17 Agustus 2026.");
    json_decref(tree);
    json_decref(values);
}

static bool is_word(const char *name)
{
    const struct letter_word *const lists[] = {letter_person_words, letter_office_words};

    for (size_t k = 0; k < COUNT_OF(lists); k++)
        for (const struct letter_word *w = lists[k]; w->name != NULL; w++)
            if (strcmp(w->name, name) == 0)
                return w->label.n > 0 && w->sample.n > 0;
    return false;
}

static void the_words_of_a_paper_are_those_of_the_table(void **state)
{
    struct letter_form form = {0};
    json_t *values = values_of(&form, &halimah), *value;
    const char *name;
    size_t n = 0;

    (void)state;
    json_object_foreach(values, name, value)
    {
        assert_true(is_word(name));
        n++;
    }
    for (const struct letter_word *w = letter_person_words; w->name != NULL; w++)
        n--;
    for (const struct letter_word *w = letter_office_words; w->name != NULL; w++)
        n--;
    assert_int_equal(n, 0); /* as many as there are, so each is there */
    json_decref(values);
}

static void a_person_is_asked_for_in_fields(void **state)
{
    static const char *const wrong[] = {
        FIELDS_HEAD "{\"name\":\"a\",\"kind\":\"person\"}]}",
        FIELDS_HEAD "{\"name\":\"a\",\"label\":\"A\",\"kind\":\"person\",\"outside\":\"some\"}]}",
        FIELDS_HEAD "{\"name\":\"a\",\"label\":\"A\",\"kind\":\"person\",\"sex\":\"X\"}]}",
        FIELDS_HEAD "{\"name\":\"a\",\"label\":\"A\",\"kind\":\"person\",\"relation\":\"paman\"}]}",
        FIELDS_HEAD "{\"name\":\"a\",\"label\":\"A\",\"kind\":\"person\",\"outside\":\"short\"},{\"name\":\"a_nik\",\"label\":\"B\","
                    "\"kind\":\"line\"}]}",
        FIELDS_HEAD "],\"followers\":{}}",
        FIELDS_HEAD "],\"subject\":{\"of\":\"ghosts\"}}",
    };
    static const char *const names[] = {"ibu", "saksi_dari", "saksi", "saksi_nama", "saksi_nik", "pengikut"};
    struct letter_form form;
    struct err err;

    (void)state;
    for (size_t i = 0; i < COUNT_OF(wrong); i++)
        assert_int_equal(letter_form_read(arena, str_c(wrong[i]), &form, &err), RC_INVALID);
    assert_int_equal(
        letter_form_read(arena,
                         STR(FIELDS_HEAD "{\"name\":\"ibu\",\"label\":\"Ibu\",\"kind\":\"person\",\"sex\":\"P\",\"relation\":\"ibu\"}],"
                                         "\"persons\":[{\"name\":\"saksi\",\"label\":\"Saksi\",\"outside\":\"short\",\"alive\":false}],"
                                         "\"followers\":{\"label\":\"Yang ikut\"}}"),
                         &form, &err),
        RC_OK);
    assert_int_equal(form.n_fields, COUNT_OF(names));
    for (size_t i = 0; i < form.n_fields; i++)
        assert_text(form.fields[i].name, names[i]);
    assert_true(form.fields[0].must_live && form.fields[0].traits.sex == 2 && form.fields[0].relation == RELATION_MOTHER);
    assert_false(form.fields[2].must_live);
    assert_text(form.fields[3].only.field, "saksi_dari");
    assert_false(form.fits_kiosk);
    assert_non_null(letter_field_fault(arena, &form.fields[4], STR("731710511157000"), today).p);
    assert_text(letter_field_kept(arena, &form.fields[4], STR("7317 1051 1157 0002")), "7317105111570002");

    /* Of whom nothing is chosen every word is there, and empty; and the lists are. */
    json_t *values = values_of(&form, &halimah);
    for (const struct letter_word *w = letter_person_words; w->name != NULL; w++)
        assert_text(json_text(values, str_z(arena, str_fmt(arena, "%s_saksi", w->name))), "");
    assert_int_equal(json_array_size(json_object_get(values, "pengikut")), 0);
    assert_true(json_is_array(json_object_get(values, "pengikut")));
    json_decref(values);
}

/* Who moves, the subject first: where those who go along begin with the subject, too. */
static void who_goes_along_is_listed_once(void **state)
{
    static const struct {
        const char *with_subject;
        size_t along, listed;
    } cases[] = {{"false", 0, 1}, {"false", 1, 2}, {"true", 2, 2}, {"true", 0, 1}};
    struct letter_subject followers[2];
    struct letter_form form;
    struct err err;

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const bool is_with = cases[i].along == 2;

        followers[0] = followers[1] = halimah;
        followers[is_with].name = STR("BACO");
        assert_int_equal(letter_form_read(arena,
                                          str_fmt(arena, FIELDS_HEAD "],\"followers\":{\"label\":\"Yang ikut\",\"with_subject\":%s}}",
                                                  cases[i].with_subject),
                                          &form, &err),
                         RC_OK);
        const struct letter_people people = {.followers = {followers, cases[i].along}};
        const struct letter_parts parts = {
            .identity = &sampano, .subject = &halimah, .signer = &head, .form = &form, .people = &people, .date = today};
        json_t *values = letter_values(arena, &parts);
        const json_t *all = json_object_get(values, "pemohon_pengikut");
        assert_int_equal(json_array_size(all), cases[i].listed);
        assert_text(json_text(json_array_get(all, 0), "nama"), "Halimah Dg. Sangnging");
        if (cases[i].listed == 2)
            assert_text(json_text(json_array_get(all, 1), "nama"), "Baco");
        json_decref(values);
    }
}

static enum letter_sought sought(const char *slug, const char *typed)
{
    const struct letter_type_source *type = letter_type_sources;
    struct letter_type_head head_of;
    struct letter_form form;
    struct err err;

    while (!str_is(type->slug, slug))
        type++;
    assert_int_equal(letter_form_read(arena, type->definition, &form, &err), RC_OK);
    assert_int_equal(letter_type_head_read(arena, type->definition, &head_of, &err), RC_OK);
    return letter_sought(arena, head_of.name, &form, str_c(typed));
}

static void a_type_is_found_by_what_people_call_it(void **state)
{
    static const struct {
        const char *slug, *typed;
        enum letter_sought fit;
    } cases[] = {{"keterangan-tidak-mampu", "SKTM", SOUGHT_BY_NAME},
                 {"keterangan-tidak-mampu", "surat miskin", SOUGHT_BY_NAME},
                 {"keterangan-tidak-mampu", "tdk mampu", SOUGHT_NEAR},
                 {"keterangan-tidak-mampu", "tidak mam", SOUGHT},
                 {"keputusan-kepala-desa", "sk", SOUGHT_BY_NAME},
                 {"perintah-tugas", "sk", SOUGHT_NOT},
                 {"perjalanan-dinas", "sk", SOUGHT_NOT},
                 {"perjalanan-dinas", "sppd", SOUGHT_BY_NAME},
                 {"perintah-tugas", "SPT", SOUGHT_BY_NAME},
                 {"keterangan-usaha", "KUR", SOUGHT_BY_NAME},
                 {"pengantar-nikah", "n1", SOUGHT_BY_NAME},
                 {"sporadik", "sph", SOUGHT_BY_NAME},
                 {"keterangan-domisili", "domisli", SOUGHT_NEAR},
                 {"domisili-usaha", "domisili usaha", SOUGHT_BY_NAME},
                 {"pengantar", "sktm", SOUGHT_NOT},
                 {"kematian", "surat keterangan", SOUGHT}};

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        if (sought(cases[i].slug, cases[i].typed) != cases[i].fit)
            assert_string_equal(cases[i].slug, cases[i].typed);
}

static void a_letter_is_found_by_whole_words_of_its_type(void **state)
{
    static const struct {
        const char *typed;
        bool is_said;
    } cases[] = {{"jual beli", true}, {"Surat keterangan JUAL beli", true}, {"tanah jual", true},        {"untuk beli", true},
                 {"jual bel", false}, {"jual Beli Hasan", false},           {"surat keterangan", false}, {"surat", false},
                 {"", false}};
    struct str also_words[] = {STR_INIT("jual tanah")};
    const struct letter_words also = {also_words, COUNT_OF(also_words)};

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        if (letter_is_said(arena, STR("Surat Keterangan Jual Beli"), &also, str_c(cases[i].typed)) != cases[i].is_said)
            assert_string_equal(cases[i].typed, cases[i].is_said ? "is said" : "is not said");
}

/* An answer to every question: the shortest there is, or one as long as the field lets it be. */
static json_t *answers(const struct letter_form *form, bool is_long)
{
    static const char *const longest[] = {
        [FIELD_NUMBER] = "",    [FIELD_MONEY] = "999999999999", [FIELD_DATE] = "2025-09-28",      [FIELD_DAY_DATE] = "2025-09-28",
        [FIELD_TIME] = "23.59", [FIELD_YEAR] = "2026",          [FIELD_NIK] = "7317105111570002", [FIELD_FOLLOWERS] = ""};
    enum { LONG_LIST = 30 };
    json_t *inputs = json_object();

    for (size_t i = 0; i < form->n_fields; i++) {
        const struct letter_field *f = &form->fields[i];
        struct str text = f->kind < (enum field_kind)COUNT_OF(longest) && longest[f->kind] != NULL ? str_c(longest[f->kind]) : STR("");
        struct buf words = {.arena = arena};
        struct option option;

        if (!is_long && !f->is_required)
            continue;
        if (f->kind == FIELD_SELECT && letter_field_option(arena, f, is_long && f->is_from ? 1 : 0, &option))
            text = option.value;
        if (f->kind == FIELD_NUMBER)
            text = str_fmt(arena, "%" PRIu64, is_long && f->most.is_set ? f->most.value : f->least.is_set ? f->least.value : 1);
        if (f->kind == FIELD_LINE || f->kind == FIELD_AREA) {
            while (words.n + 12 < (is_long ? f->max : 13))
                buf_put_str(&words, STR("Wattangsoppe "));
            text = buf_str(&words);
        }
        if (f->kind == FIELD_LIST) {
            for (size_t row = 0; row < (is_long ? LONG_LIST : 1) && (!f->most.is_set || row < f->most.value); row++)
                buf_put_str(&words, STR("Andi Baso Mappanyompa, S.Pd.; Ketua RT 001 Dusun Batu Lotong\n"));
            text = buf_str(&words);
        }
        json_object_set_new(inputs, str_z(arena, f->name), json_stringn(text.p, text.n));
    }
    return inputs;
}

/* Its people: nobody, or outsiders with long names, and a family of twelve. */
static struct letter_people people_of(const struct letter_form *form, bool is_long)
{
    enum { FAMILY = 12 };
    struct letter_people people = {.p = ARENA_ARRAY(arena, struct letter_person, form->n_fields)};

    for (size_t i = 0; i < form->n_fields; i++)
        if (form->fields[i].kind == FIELD_PERSON) {
            people.p[people.n] = (struct letter_person){
                .field = &form->fields[i], .is_there = is_long || form->fields[i].is_required, .who = halimah};
            if (is_long)
                people.p[people.n].who.name = STR("ANDI BASO MAPPANYOMPA DAENG PARANI PETTA LOLO OPU TO PAWELLOI, S.Pd., M.Si.");
            people.n++;
        }
    people.family.p = ARENA_ARRAY(arena, struct letter_subject, FAMILY);
    for (size_t i = 0; i < (is_long ? FAMILY : 1); i++)
        people.family.p[people.family.n++] = halimah;
    people.followers = people.family;
    return people;
}

/* Laid out on whole pages: a plain letter is on one, the longest on few. */
static void lays_out(const struct letter_form *form, struct str name, bool is_long)
{
    enum { PAGES_MOST = 5 };
    json_t *inputs = answers(form, is_long);
    struct letter_people people = people_of(form, is_long);
    const struct letter_parts parts = {.identity = &sampano,
                                       .subject = &halimah,
                                       .signer = &head,
                                       .form = form,
                                       .people = &people,
                                       .inputs = inputs,
                                       .type_name = name,
                                       .number_text = STR("400.8.2.3/0001/DS-SPN/XI/2026"),
                                       .date = today,
                                       .valid_until = {2027, 2, 24}};
    json_t *values = letter_values(arena, &parts);
    const struct paper_input input = {.tree = form->tree, .values = values};
    struct paper_use use;
    struct paper *paper;
    struct err err = {0};

    if (paper_check(arena, form->tree, &use, &err) != RC_OK)
        assert_text(str_fmt(arena, "%.*s: %s", STR_ARG(name), err.text), "a sound tree");
    for (size_t i = 0; i < use.field_count; i++)
        if (json_object_get(values, str_z(arena, use.fields[i])) == NULL)
            assert_text(use.fields[i], "a placeholder that letter_values gives");
    for (size_t i = 0; i < use.list_count; i++)
        if (!str_is(use.lists[i], LETTER_CLAUSES)) /* of each article */
            assert_true(json_is_array(json_object_get(values, str_z(arena, use.lists[i]))));
    assert_true(use.has_qr);
    if (letter_undrawn(arena, form, values).p != NULL)
        assert_text(letter_undrawn(arena, form, values), str_z(arena, name));
    assert_int_equal(paper_layout(arena, &input, &paper, &err), RC_OK);
    if (paper_page_count(paper) > (is_long ? PAGES_MOST : 2))
        assert_text(name, is_long ? "a type of at most five pages" : "a type that needs no third page for short answers");
    json_decref(values);
    json_decref(inputs);
}

/* Whether the field is used: printed, or another hangs on it. */
static bool is_used(const struct letter_form *form, const struct letter_field *field, struct str tree)
{
    for (size_t i = 0; i < form->n_fields; i++)
        if (str_eq(form->fields[i].only.field, field->name))
            return true;
    if (field->kind == FIELD_PERSON)
        return str_find(tree, str_fmt(arena, "_%.*s", STR_ARG(field->name))) >= 0;
    if (field->kind == FIELD_LIST && str_find(tree, str_fmt(arena, LIST_LINES "%.*s", STR_ARG(field->name))) >= 0)
        return true;
    return field->kind == FIELD_FOLLOWERS ? str_find(tree, STR("pengikut\"")) >= 0
                                          : str_find(tree, str_fmt(arena, "isi_%.*s", STR_ARG(field->name))) >= 0;
}

/* Thursday 26 November 2026, 14.20 in Luwu. */
static void a_promise_is_told_by_how_far_it_is(void **state)
{
    static const struct {
        int minutes;
        const char *words, *tone;
    } cases[] = {{40, "Sisa 40 menit", "kuning"}, {130, "Sisa 2 jam 10 menit", "kuning"},
                 {400, "Hari ini", "kuning"},     {1300, "Besok", "abu"},
                 {5600, "Senin", "abu"},          {-22, "Lewat 22 menit", "merah"},
                 {-130, "Lewat 2 jam", "merah"},  {-4400, "Lewat 3 hari", "merah"}};
    const utc_us now = date_utc((struct date){2026, 11, 26}, ZONE_WITA) + (14 * 60 + 20) * INT64_C(60) * US_PER_S;
    struct str tone;

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_text(letter_due_words(arena, now + cases[i].minutes * INT64_C(60) * US_PER_S, now, ZONE_WITA, &tone), cases[i].words);
        assert_text(tone, cases[i].tone);
    }
}

/* Every type that comes with the house: whole, with all that it asks on the paper, laid out with the shortest and the longest answers. */
static void built_in_types_print_what_they_ask(void **state)
{
    size_t n = 0;

    (void)state;
    for (const struct letter_type_source *s = letter_type_sources; s->slug.p != NULL; s++, n++) {
        struct letter_form form;
        struct letter_type_head type;
        struct err err = {0};

        if (letter_form_read(arena, s->definition, &form, &err) != RC_OK)
            assert_text(str_fmt(arena, "%.*s: %s", STR_ARG(s->slug), err.text), "a whole definition");
        assert_int_equal(letter_type_head_read(arena, s->definition, &type, &err), RC_OK);
        assert_true(form.purpose.n > 0 && form.n_requirements > 0 && form.group.n > 0);
        assert_true(str_is(type.policy, "seal") || str_is(type.policy, "approve"));
        assert_true(!type.at_kiosk || (form.fits_kiosk && form.kiosk_label.n > 0 && form.kiosk_icon.n > 0));
        struct str tree = json_write(arena, form.tree);
        for (size_t i = 0; i < form.n_fields; i++)
            if ((form.fields[i].kind <= FIELD_SELECT || form.fields[i].kind == FIELD_LIST) && str_empty(form.fields[i].only.field) &&
                !is_used(&form, &form.fields[i], tree))
                assert_text(str_fmt(arena, "%.*s: %.*s", STR_ARG(s->slug), STR_ARG(form.fields[i].name)), "a field that is printed");
        lays_out(&form, type.name, false);
        lays_out(&form, type.name, true);
        /* Signed elsewhere, its code stands in the signer's column. */
        form.tree = letter_esign_tree(arena, form.tree);
        if (str_find(json_write(arena, form.tree), STR("\"qr_here\"")) < 0)
            assert_text(s->slug, "a type whose code goes into the signer's column");
        lays_out(&form, type.name, true);
    }
    assert_int_equal(n, 75);
}

/* A letter of the office has nobody, so nothing is asked of one; it is called by what was answered. */
static void a_letter_of_the_office_is_about_something_and_nobody(void **state)
{
    static const char *const wrong[] = {"\"family\":true", "\"followers\":{\"label\":\"Pengikut\"}",
                                        "\"subject\":{\"of\":\"none\",\"age\":17}", "\"about\":\"bukan\"",
                                        "\"persons\":[{\"name\":\"a\",\"label\":\"A\",\"relation\":\"ayah\"}]"};
    struct letter_form form;
    struct err err;
    json_t *inputs;

    (void)state;
    for (size_t i = 0; i < COUNT_OF(wrong); i++)
        assert_int_equal(
            letter_form_read(arena, str_fmt(arena, "{\"subject\":{\"of\":\"none\"},\"fields\":[],\"paper\":{\"body\":[]},%s}", wrong[i]),
                             &form, &err),
            RC_INVALID);
    assert_int_equal(
        letter_form_read(arena,
                         STR("{\"subject\":{\"of\":\"none\"},\"about\":\"hal\",\"addressed\":\"kepada\",\"fields\":[{\"name\":\"hal\","
                             "\"label\":\"Hal\",\"kind\":\"line\"},{\"name\":\"kepada\",\"label\":\"Kepada\",\"kind\":\"list\"}],"
                             "\"paper\":{\"body\":[]}}"),
                         &form, &err),
        RC_OK);
    assert_false(form.fits_kiosk);
    assert_true(letter_may_have(&form, 0));
    assert_false(letter_may_have(&form, STATUS_ALIVE));
    assert_int_equal(json_read(arena, STR("{\"hal\":\"rapat  PKK, besok\",\"kepada\":\"Camat\\n\\n Ketua BPD\"}"), &inputs, &err), RC_OK);
    assert_text(letter_said_of(arena, &form, STR("Undangan"), inputs).about, "Rapat PKK, besok");
    assert_text(letter_said_of(arena, &form, STR("Undangan"), inputs).addressed, "Camat; Ketua BPD");
    assert_text(letter_said_of(arena, &form, STR("Undangan"), json_object_get(inputs, "tidak ada")).about, "Undangan");
    form.subject_of = OF_ALL;
    assert_false(letter_may_have(&form, 0));
}

static void a_frame_is_filled_or_refused(void **state)
{
    static const char *const wrong[] = {
        "{\"fields\":[],\"paper\":{\"frame\":\"puisi\",\"body\":[]}}",
        "{\"fields\":[],\"paper\":{\"frame\":\"keterangan\",\"body\":[],\"bodi\":[]}}",
        "{\"fields\":[],\"paper\":{\"frame\":\"keterangan\",\"body\":[{\"facts\":[\"isi_usaha\"]}]}}",
        "{\"fields\":[],\"paper\":{\"frame\":\"keterangan\",\"body\":[{\"facts\":[\"bintang\"]}]}}",
    };
    struct letter_form form;
    struct err err;

    (void)state;
    for (size_t i = 0; i < COUNT_OF(wrong); i++)
        assert_int_equal(letter_form_read(arena, str_c(wrong[i]), &form, &err), RC_INVALID);
    assert_int_equal(
        letter_form_read(arena,
                         STR("{\"fields\":[{\"name\":\"luas\",\"label\":\"Luas\",\"kind\":\"number\",\"unit\":\"m²\",\"required\":true}],"
                             "\"paper\":{\"frame\":\"keterangan\",\"subject\":[],\"closing\":[],\"opening\":[],\"body\":[{\"type\":"
                             "\"group\",\"content\":[{\"facts\":[\"isi_luas\"]}]}],\"page\":{\"size\":\"A4\"}}}"),
                         &form, &err),
        RC_OK);
    const json_t *body = json_object_get(form.tree, "body"), *group = json_array_get(body, 3);
    assert_int_equal(json_array_size(body), 5); /* letterhead, title, number, the group, signature: no slot is left */
    assert_text(json_write(arena, json_object_get(json_array_get(json_object_get(group, "content"), 0), "rows")),
                "[{\"content\":\"{isi_luas} m²\",\"label\":\"Luas\"}]");
    assert_text(json_text(json_object_get(form.tree, "page"), "size"), "A4");
    assert_int_equal(paper_check(arena, form.tree, NULL, &err), RC_OK);
}

static void boxed_facts_are_the_squares_of_a_form(void **state)
{
    struct letter_form form;
    struct err err;

    (void)state;
    assert_int_equal(
        letter_form_read(arena,
                         STR("{\"fields\":[{\"name\":\"alasan\",\"label\":\"Alasan\",\"kind\":\"select\",\"options\":"
                             "[\"Hilang\",\"Pindah datang\"]}],\"paper\":{\"frame\":\"formulir\",\"region\":[],\"body\":[{\"type\":"
                             "\"columns\",\"columns\":[{\"body\":[{\"facts\":[\"nik\",\"isi_alasan\"],\"boxed\":true}]}]}]}}"),
                         &form, &err),
        RC_OK);
    const json_t *columns = json_object_get(json_array_get(json_object_get(form.tree, "body"), 1), "columns");
    const json_t *rows = json_object_get(json_array_get(json_object_get(json_array_get(columns, 0), "body"), 0), "rows");
    const json_t *number = json_object_get(json_array_get(rows, 0), "content"),
                 *ticks = json_object_get(json_array_get(rows, 1), "content");
    assert_text(json_text(number, "content"), "{nik|}");
    assert_int_equal(json_u64(number, "count"), 16);
    assert_true(json_bool(number, "digits"));
    assert_int_equal(json_array_size(ticks), 4); /* of each choice its square and its words, which stay together */
    assert_text(json_text(json_object_get(json_array_get(ticks, 2), "content"), "equals"), "Pindah datang");
    assert_string_equal(json_string_value(json_array_get(ticks, 3)), "\u00a0Pindah\u00a0datang");
    assert_int_equal(paper_check(arena, form.tree, NULL, &err), RC_OK);
}

static int read_fonts(void **state)
{
    struct err err;

    (void)state;
    return paper_init(STR_NONE, &err) == RC_OK ? 0 : 1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_number_is_written_by_its_format, begin, end),
        cmocka_unit_test_setup_teardown(a_format_that_names_no_number_is_refused, begin, end),
        cmocka_unit_test_setup_teardown(a_large_number_outgrows_its_width, begin, end),
        cmocka_unit_test_setup_teardown(a_field_says_what_is_wrong, begin, end),
        cmocka_unit_test_setup_teardown(each_kind_is_kept_shown_and_printed_in_its_own_way, begin, end),
        cmocka_unit_test_setup_teardown(what_is_none_of_its_kind_is_said_and_kept_as_typed, begin, end),
        cmocka_unit_test_setup_teardown(a_field_that_hangs_on_another_is_asked_then_only, begin, end),
        cmocka_unit_test_setup_teardown(a_select_may_take_its_choices_from_the_registry, begin, end),
        cmocka_unit_test_setup_teardown(a_definition_must_be_whole, begin, end),
        cmocka_unit_test_setup_teardown(the_paper_says_what_the_registry_knows, begin, end),
        cmocka_unit_test_setup_teardown(a_hamlet_is_not_said_twice, begin, end),
        cmocka_unit_test_setup_teardown(another_place_is_not_followed_by_the_villages_own, begin, end),
        cmocka_unit_test_setup_teardown(where_an_outsider_stays_names_the_village_once, begin, end),
        cmocka_unit_test_setup_teardown(a_letter_is_promised_for_the_afternoon_or_the_next_noon, begin, end),
        cmocka_unit_test_setup_teardown(a_temporary_nik_is_not_printed, begin, end),
        cmocka_unit_test_setup_teardown(a_value_that_the_paper_cannot_count_with_is_told, begin, end),
        cmocka_unit_test_setup_teardown(the_words_of_a_paper_are_those_of_the_table, begin, end),
        cmocka_unit_test_setup_teardown(a_person_is_asked_for_in_fields, begin, end),
        cmocka_unit_test_setup_teardown(who_goes_along_is_listed_once, begin, end),
        cmocka_unit_test_setup_teardown(a_type_is_found_by_what_people_call_it, begin, end),
        cmocka_unit_test_setup_teardown(a_letter_is_found_by_whole_words_of_its_type, begin, end),
        cmocka_unit_test_setup_teardown(a_promise_is_told_by_how_far_it_is, begin, end),
        cmocka_unit_test_setup_teardown(built_in_types_print_what_they_ask, begin, end),
        cmocka_unit_test_setup_teardown(a_letter_of_the_office_is_about_something_and_nobody, begin, end),
        cmocka_unit_test_setup_teardown(a_frame_is_filled_or_refused, begin, end),
        cmocka_unit_test_setup_teardown(boxed_facts_are_the_squares_of_a_form, begin, end),
    };

    base_init();
    return cmocka_run_group_tests(tests, read_fonts, NULL);
}
