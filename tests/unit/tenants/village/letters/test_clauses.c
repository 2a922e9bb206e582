// SPDX-License-Identifier: AGPL-3.0-or-later
/* The articles of a regulation, as they are typed and as they are pasted. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "server/base/json.h"
#include "tenants/village/letters/letters_rules.h"

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

/* "[BAB I] 1: (1) satu | (2) dua | a. tiga" a line for each article. */
static const char *told(const char *typed)
{
    json_t *rows = letter_articles(arena, str_c(typed));
    struct buf out = {.arena = arena};

    json_keep(arena, rows);
    for (size_t i = 0; i < json_array_size(rows); i++) {
        const json_t *row = json_array_get(rows, i), *clauses = json_object_get(row, LETTER_CLAUSES);
        const struct str title = json_text(row, "judul");

        buf_fmt(&out, "%s%s%.*s%s%.*s:", i > 0 ? "\n" : "", title.n > 0 ? "[" : "", STR_ARG(str_replace(arena, title, STR("\n"), STR("/"))),
                title.n > 0 ? "] " : "", STR_ARG(json_text(row, "nomor")));
        for (size_t k = 0; k < json_array_size(clauses); k++) {
            const json_t *clause = json_array_get(clauses, k);

            buf_fmt(&out, "%s%.*s%.*s %.*s", k > 0 ? " |" : "", STR_ARG(json_text(clause, "nomor")), STR_ARG(json_text(clause, "huruf")),
                    STR_ARG(json_text(clause, "baris")));
        }
    }
    return str_z(arena, buf_str(&out));
}

static void each_line_is_an_article_until_clauses_are_numbered(void **state)
{
    (void)state;
    assert_string_equal(told("Aula dipinjamkan; gratis.\n2. Warga merawatnya."), "1: Aula dipinjamkan; gratis.\n2: Warga merawatnya.");
    assert_string_equal(
        told("Aula dipinjamkan.\n(1) Peminjam memohon.\n(2) Permohonan dijawab:\na. tertulis; dan\nb. segera.\nBerlaku."),
        "1: Aula dipinjamkan.\n2:(1) Peminjam memohon. |(2) Permohonan dijawab: |a. tertulis; dan |b. segera.\n3: Berlaku.");
    assert_string_equal(told("Pasal 2 dihapus dari lampiran."), "1: Pasal 2 dihapus dari lampiran.");
    assert_string_equal(told(""), "");
}

static void what_is_pasted_has_its_articles_written_out(void **state)
{
    (void)state;
    assert_string_equal(
        told("BAB I\nKETENTUAN UMUM\nPasal 1\nDalam peraturan ini:\n1. Desa adalah Desa Sampano;\n2. Aula adalah aula desa.\n"
             "bab ii. Peminjaman\nPASAL 2\n(1) Aula dipinjam warga.\n(2) Dijawab.\nPasal 3: Berlaku sejak diundangkan."),
        "[BAB I/KETENTUAN UMUM] 1: Dalam peraturan ini: |1. Desa adalah Desa Sampano; |2. Aula adalah aula desa.\n"
        "[BAB II/Peminjaman] 2:(1) Aula dipinjam warga. |(2) Dijawab.\n3: Berlaku sejak diundangkan.");
    assert_string_equal(told("BAB I — UMUM\nPasal 1. “Aula” dipinjam."), "[BAB I/UMUM] 1: “Aula” dipinjam.");
    assert_string_equal(told("(1) satu\nBab ini pendek.\nPasal"), "1:(1) satu\n2: Bab ini pendek.\n3: Pasal");
    assert_string_equal(told("(\n(1\n()\n1.\na.\nBAB \n(12)"), "1: (\n2: (1\n3: ()\n4: 1.\n5: a.\n6: BAB |(12) ");
}

static void an_article_without_a_word_is_told(void **state)
{
    static const struct {
        const char *typed, *says;
    } cases[] = {{"Pasal 1\nSatu.\nPasal 2\nPasal 3\nTiga.", "Pasal 2 belum ada isinya"},
                 {"Satu.\nBAB II PENUTUP", "sesudah “BAB II PENUTUP” belum ada isinya"},
                 {"Satu.", NULL}};

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        json_t *rows = letter_articles(arena, str_c(cases[i].typed));
        const struct str fault = letter_articles_fault(arena, STR("Pasal-pasal"), rows);

        json_decref(rows);
        assert_true(cases[i].says == NULL ? fault.p == NULL : str_find(fault, str_c(cases[i].says)) >= 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_line_is_an_article_until_clauses_are_numbered, begin, end),
        cmocka_unit_test_setup_teardown(what_is_pasted_has_its_articles_written_out, begin, end),
        cmocka_unit_test_setup_teardown(an_article_without_a_word_is_told, begin, end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
