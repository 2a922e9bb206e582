// SPDX-License-Identifier: AGPL-3.0-or-later
/* What a letter still asks for, and what its paper says there. */
#include "tenants/village/letters/letters_rules.h"
#include "tests/unit/tenants/village/letters/letter_support.h"

static const char definition[] =
    "{\"fields\":[{\"name\":\"harga\",\"label\":\"Harga\",\"kind\":\"money\",\"required\":true},"
    "{\"name\":\"cara\",\"label\":\"Cara\",\"kind\":\"select\",\"required\":true,\"options\":[\"Tunai\",\"Angsur\"]},"
    "{\"name\":\"kali\",\"label\":\"Berapa "
    "kali\",\"kind\":\"number\",\"required\":true,\"only_if\":{\"field\":\"cara\",\"equals\":\"Angsur\"}},"
    "{\"name\":\"hari\",\"label\":\"Hari\",\"kind\":\"date\"},"
    "{\"name\":\"isi\",\"label\":\"Isi\",\"kind\":\"list\",\"required\":true},"
    "{\"name\":\"catatan\",\"label\":\"Catatan\",\"kind\":\"line\"}],"
    "\"persons\":[{\"name\":\"pembeli\",\"label\":\"Pembeli\",\"required\":true,\"outside\":\"long\"}],"
    "\"paper\":{\"body\":[]}}";

static struct letter_form form_read(void)
{
    struct letter_form form;
    struct err err;

    assert_int_equal(letter_form_read(arena, str_c(definition), &form, &err), RC_OK);
    return form;
}

/* "harga, cara" */
static struct str named(const struct letter_form *form, const char *inputs)
{
    const struct letter_lacks lacks = letter_lacks(arena, form, inputs_of(inputs));
    struct buf out = {.arena = arena};

    for (size_t i = 0; i < lacks.n; i++)
        buf_fmt(&out, "%s%.*s", i > 0 ? ", " : "", STR_ARG(lacks.p[i].words));
    return buf_str(&out);
}

static void what_must_be_answered_is_named_in_the_forms_order(void **state)
{
    const struct letter_form form = form_read();

    (void)state;
    assert_text(named(&form, "{}"), "harga belum diisi, cara belum dipilih, isi belum diisi, pembeli belum dipilih");
    assert_text(named(&form, "{\"harga\":\"5\",\"cara\":\"Angsur\",\"isi\":\" \",\"pembeli_dari\":\"Warga desa ini\"}"),
                "berapa kali belum diisi, isi belum diisi, pembeli belum dipilih");
    assert_text(named(&form, "{\"harga\":\"5\",\"cara\":\"Tunai\",\"isi\":\"a\",\"hari\":\"12--2026\",\"pembeli_dari\":\"Warga desa ini\","
                             "\"pembeli\":\"7\"}"),
                "hari belum lengkap");
}

static struct str unfilled(const json_t *values, const char *name)
{
    return json_text(json_object_get(values, name), "unfilled");
}

static void the_paper_says_it_where_the_answer_would_stand(void **state)
{
    const struct letter_form form = form_read();
    json_t *values = json_pack("{s:s, s:s, s:s, s:[]}", "isi_harga", "", "isi_catatan", "", "nama_pembeli", "", "daftar_isi");

    (void)state;
    json_keep(arena, values);
    letter_values_lack(arena, &form, inputs_of("{}"), values);
    assert_text(unfilled(values, "isi_harga"), "harga belum diisi");
    assert_text(json_text(values, "isi_catatan"), "");
    assert_text(unfilled(json_array_get(json_object_get(values, "daftar_isi"), 0), "baris"), "isi belum diisi");
    assert_text(unfilled(values, "nama_pembeli"), "pembeli belum dipilih");
    assert_text(unfilled(values, "nik_pembeli"), "mengikuti pembeli");
}

static void a_regulation_without_articles_says_it_in_the_first(void **state)
{
    const struct letter_form read = form_read();
    struct letter_form form = read;
    json_t *values = json_pack("{s:[]}", "daftar_isi");

    (void)state;
    json_keep(arena, values);
    letter_field_called(&form, STR("isi"))->has_clauses = true;
    letter_values_lack(arena, &form, inputs_of("{}"), values);
    const json_t *article = json_array_get(json_object_get(values, "daftar_isi"), 0), *clauses = json_object_get(article, LETTER_CLAUSES);
    assert_text(json_text(article, "nomor"), "1");
    assert_int_equal(json_array_size(clauses), 1);
    assert_text(json_text(json_array_get(clauses, 0), "nomor"), "");
    assert_text(json_text(json_array_get(clauses, 0), "huruf"), "");
    assert_text(unfilled(json_array_get(clauses, 0), "baris"), "isi belum diisi");
}

static void what_was_not_written_down_of_an_outsider_is_said_at_its_place(void **state)
{
    const struct letter_form form = form_read();
    json_t *values = json_pack("{s:s, s:s}", "nama_pembeli", "Andi", "alamat_pembeli", "-");

    (void)state;
    json_keep(arena, values);
    letter_values_lack(arena, &form, inputs_of("{\"pembeli_dari\":\"Orang luar desa\",\"pembeli_nama\":\"Andi\"}"), values);
    assert_text(json_text(values, "nama_pembeli"), "Andi");
    assert_text(unfilled(values, "alamat_pembeli"), "alamat Pembeli belum diisi");
    assert_text(unfilled(values, "jenis_kelamin_pembeli"), "jenis kelamin Pembeli belum dipilih");
    assert_text(unfilled(values, "ttl_pembeli"), "tanggal lahir Pembeli belum diisi");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_must_be_answered_is_named_in_the_forms_order), TEST(the_paper_says_it_where_the_answer_would_stand),
        TEST(a_regulation_without_articles_says_it_in_the_first), TEST(what_was_not_written_down_of_an_outsider_is_said_at_its_place)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
