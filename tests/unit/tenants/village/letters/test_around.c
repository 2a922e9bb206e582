// SPDX-License-Identifier: AGPL-3.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tenants/village/letters/letters_rules.h"
#include "tenants/village/letters/letters_types.h"

#define assert_text(s, z) assert_string_equal(str_z(arena, (s)), (z))

static struct arena *arena;

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

/* The question of a built-in type. */
static struct letter_field question(const char *slug, const char *name)
{
    struct letter_form form;
    struct err err;

    for (const struct letter_type_source *t = letter_type_sources; t->slug.p != NULL; t++)
        if (str_is(t->slug, slug)) {
            assert_int_equal(letter_form_read(arena, t->definition, &form, &err), RC_OK);
            for (size_t i = 0; i < form.n_fields; i++)
                if (str_is(form.fields[i].name, name))
                    return form.fields[i];
        }
    assert_string_equal(name, slug); /* neither is there */
    return (struct letter_field){0};
}

static struct str kept(const char *slug, const char *name, const char *typed)
{
    const struct letter_field f = question(slug, name);

    return letter_field_kept(arena, &f, str_c(typed));
}

static void what_the_paper_prints_before_a_line_is_kept_once(void **state)
{
    static const struct {
        const char *slug, *name, *typed, *kept;
    } cases[] = {
        {"keputusan-kepala-desa", "mengingat", "1. Undang-Undang Nomor 6\n2.Peraturan Desa;\n\n3) 1.000 bibit",
         "Undang-Undang Nomor 6\nPeraturan Desa\n1.000 bibit"},
        {"keputusan-kepala-desa", "menimbang", "Menimbang :\na. bahwa satu;\nb. bahwa dua; dan", "bahwa satu\nbahwa dua"},
        {"keputusan-kepala-desa", "menimbang", "a. bahwa satu;\nb. bahwa dua; dan", "bahwa satu\nbahwa dua"},
        {"keputusan-kepala-desa", "menimbang", "- bahwa satu\n• bahwa dua\n– bahwa tiga", "bahwa satu\nbahwa dua\nbahwa tiga"},
        {"keputusan-kepala-desa", "diktum", "KESATU: Membentuk panitia\nKedua : Berlaku.\nKetiga orang",
         "Membentuk panitia\nBerlaku\nKetiga orang"},
        {"edaran", "ketentuan", "hadir pagi;\npulang sore; dan", "hadir pagi;\npulang sore; dan"}, /* no paper prints these signs */
        {"keputusan-kepala-desa", "nama", "1. A. Baso Tenri; Ketua\n2. Sitti; Anggota;", "A. Baso Tenri; Ketua\nSitti; Anggota"},
        {"keputusan-kepala-desa", "nama", "a. rahman; Ketua", "a. rahman; Ketua"},
        {"peraturan-kepala-desa", "pasal", "Pasal-pasal:\nPasal 1: Arti kata\n (1)  satu; \n\n", "Pasal 1: Arti kata\n(1) satu;"},
        {"undangan", "kepada", "Yth. Camat\n2. Yth. Kepala SDN 12", "Camat\nKepala SDN 12"},
        {"keterangan-kantor", "rincian", "1. Luas; 12", "1. Luas; 12"}, /* which nobody numbers but its writer */
        {"undangan", "sehubungan", "Sehubungan dengan akan dilaksanakannya musyawarah dusun.", "akan dilaksanakannya musyawarah dusun"},
        {"undangan", "sehubungan", "dengan rapat dinas dkk.", "rapat dinas dkk."},
        {"keterangan-domisili", "keperluan", "keperluan berobat", "berobat"}, /* a bold answer */
        {"keterangan-tidak-mampu", "keperluan", "untuk keringanan biaya sekolah anak.", "keringanan biaya sekolah anak"},
        {"keterangan-tidak-mampu", "keperluan", "Guna keperluan sekolah", "sekolah"},
        {"keterangan-tidak-mampu", "keperluan", "Untuk", "Untuk"},
        {"kuasa", "untuk", "mengambil pensiun di Bank Mandiri Taspen Palopo.", "mengambil pensiun di Bank Mandiri Taspen Palopo"},
        {"perjalanan-dinas", "tujuan", "ke Belopa", "Belopa"},
        {"perjalanan-dinas", "tujuan", "Kecamatan Belopa", "Kecamatan Belopa"},
        {"undangan", "acara", "Acara: makan. Lalu pulang.", "makan. Lalu pulang."},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const struct str once = kept(cases[i].slug, cases[i].name, cases[i].typed);

        assert_text(once, cases[i].kept);
    }
    assert_text(kept("undangan", "tempat", " Balai desa "), " Balai desa "); /* nothing of it, nothing changed */
}

static void the_hint_says_what_is_printed(void **state)
{
    (void)state;
    assert_text(question("undangan", "sehubungan").hint,
                "Contoh: akan disusunnya RKP Desa tahun 2027. Kata “Sehubungan dengan” dicetak sendiri");
    assert_text(question("edaran", "ketentuan").hint, "Satu baris satu ketentuan. Nomornya dicetak sendiri");
    assert_true(str_ends(question("peraturan-kepala-desa", "pasal").hint, STR("“Pasal 1”. Nomor pasal dicetak sendiri")));
}

/* Nobody types a word into a choice, a date or a year. */
static void the_hint_of_a_box_without_words_is_its_own(void **state)
{
    (void)state;
    assert_true(str_find(question("janda-duda", "karena").hint, STR("dicetak sendiri")) < 0);
    assert_true(str_find(question("janda-duda", "sejak").hint, STR("dicetak sendiri")) < 0);
}

/* What a tile of the kiosk says is not what the paper says before it. */
static void no_tile_says_what_its_paper_says(void **state)
{
    struct letter_form form;
    struct err err;

    (void)state;
    for (const struct letter_type_source *t = letter_type_sources; t->slug.p != NULL; t++) {
        assert_int_equal(letter_form_read(arena, t->definition, &form, &err), RC_OK);
        for (size_t i = 0; i < form.n_fields; i++)
            for (size_t k = 0; k < form.fields[i].ask.choices.n; k++) {
                const struct str tile = form.fields[i].ask.choices.p[k].value;

                assert_text(letter_typed_once(arena, &form.fields[i], tile), str_z(arena, tile));
            }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_the_paper_prints_before_a_line_is_kept_once),
        cmocka_unit_test(the_hint_says_what_is_printed),
        cmocka_unit_test(the_hint_of_a_box_without_words_is_its_own),
        cmocka_unit_test(no_tile_says_what_its_paper_says),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
