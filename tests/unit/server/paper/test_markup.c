// SPDX-License-Identifier: AGPL-3.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "server/base/json.h"
#include "server/paper/markup.h"

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

static json_t *tree_of(const char *text)
{
    struct err err = {0};
    struct str fault;
    json_t *tree;

    assert_int_equal(paper_markup_read(arena, str_c(text), &tree, &fault, &err), RC_OK);
    if (fault.p != NULL)
        assert_string_equal(str_z(arena, fault), "no fault");
    return tree;
}

static void reads_as(const char *text, const char *body)
{
    const json_t *tree = tree_of(text);

    assert_string_equal(str_z(arena, json_write(arena, json_object_get(tree, "body"))), body);
}

static void a_line_is_a_paragraph(void **state)
{
    (void)state;
    reads_as("Satu {nama:besar}.\n\nDua\nTiga", "[{\"content\":\"Satu {nama:upper}.\",\"type\":\"paragraph\"},{\"content\":\"Dua\","
                                                "\"type\":\"paragraph\"},{\"content\":\"Tiga\",\"type\":\"paragraph\"}]");
    reads_as("<rata=tengah sesudah=6> Nomor", "[{\"after\":6,\"align\":\"center\",\"content\":\"Nomor\",\"type\":\"paragraph\"}]");
    reads_as("## KEDUA\r\n", "[{\"content\":\"KEDUA\",\"level\":2,\"type\":\"heading\"}]");
    reads_as("\\# bukan judul \\*\\* \\{x", "[{\"content\":\"# bukan judul ** {x\",\"type\":\"paragraph\"}]");
}

static void marks_and_conditions_stand_in_a_line(void **state)
{
    (void)state;
    reads_as("**{nama:besar}**",
             "[{\"content\":{\"case\":\"upper\",\"marks\":[\"bold\"],\"name\":\"nama\",\"type\":\"field\"},\"type\":\"paragraph\"}]");
    reads_as("[a]{miring ukuran=14}",
             "[{\"content\":{\"marks\":[\"italic\"],\"size\":14,\"text\":\"a\",\"type\":\"text\"},\"type\":\"paragraph\"}]");
    reads_as("di {bila isi_tempat = \"a; b\"}{isi_tempat}{jika tidak}rumah{/bila}.",
             "[{\"content\":[\"di \",{\"else\":\"rumah\",\"equals\":\"a; "
             "b\",\"field\":\"isi_tempat\",\"then\":\"{isi_tempat}\",\"type\":\"if\"},\".\"],"
             "\"type\":\"paragraph\"}]");
}

static void rows_lists_and_blocks_have_their_signs(void **state)
{
    (void)state;
    reads_as("| Nama | {nama} |\n| NIK | {nik|tidak ada} |", "[{\"rows\":[{\"content\":\"{nama}\",\"label\":\"Nama\"},{\"content\":\"{nik|"
                                                             "tidak ada}\",\"label\":\"NIK\"}],\"type\":\"identity\"}]");
    reads_as("1. a\n2. b\n\n- c",
             "[{\"items\":[\"a\",\"b\"],\"type\":\"list\"},{\"items\":[\"c\"],\"style\":\"bullet\",\"type\":\"list\"}]");
    reads_as(":::bila isi_x kosong\na\n:::jika tidak\n{halaman baru}\n:::",
             "[{\"else\":[{\"type\":\"page_break\"}],\"field\":\"isi_x\",\"is\":\"empty\",\"then\":[{\"content\":\"a\",\"type\":"
             "\"paragraph\"}],\"type\":\"if\"}]");
    reads_as(":::tabel garis=luar\n@kolom lebar=10; bagian=1\n|| No | Nama |\n<tiap=pengikut> | {#} | {nama} |\n:::",
             "[{\"border\":\"outer\",\"columns\":[{\"width\":10},{\"share\":1}],\"header\":[[\"No\",\"Nama\"]],\"rows\":[{\"cells\":[\"{#}"
             "\",\"{nama}\"],"
             "\"each\":\"pengikut\"}],\"type\":\"table\"}]");
}

/* The number of the line, and what to do. */
static void a_fault_names_its_line(void **state)
{
    static const struct {
        const char *text, *fault;
    } cases[] = {
        {"a\n\n:::bila\nx\n:::", "Baris 3: bila … belum menyebut isian. Contoh: bila isi_alasan = lain."},
        {"a\n:::kop\nDESA", "Baris 2: :::kop belum ditutup. Tulis ::: di baris sendiri sesudah isinya."},
        {"a\n:::", "Baris 2: ::: menutup bagian yang tidak dibuka."},
        {":::puisi\n:::", "Baris 1: :::puisi tidak dikenal di sini."},
        {"| a | b | c |", "Baris 1: baris ini berisi dua bagian: | keterangan | isi |."},
        {"| a | b", "Baris 1: baris data diawali dan diakhiri tanda |. Contoh: | Nama | {nama} |"},
        {"a {nama", "Baris 1: kurung { belum ditutup dengan }. Untuk tanda kurungnya sendiri tulis {{ dan }}."},
        {"{bila a}b", "Baris 1: {bila …} belum ditutup dengan {/bila}."},
        {"<rata=tengah Nomor", "Baris 1: < belum ditutup dengan >. Untuk tanda < sendiri tulis \\<."},
        {":::asli\n{x\n:::", "Baris 3: JSON di sini tidak terbaca."},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct str fault;
        json_t *tree;

        assert_int_equal(paper_markup_read(arena, str_c(cases[i].text), &tree, &fault, NULL), RC_OK);
        assert_string_equal(str_z(arena, fault), cases[i].fault);
    }
}

/* Ten thousand blocks within each other, and ten thousand beside each other. */
static void too_much_is_refused_in_words(void **state)
{
    enum { MANY = 10001 };
    struct buf deep = {.arena = arena}, wide = {.arena = arena};
    struct str fault;
    json_t *tree;

    (void)state;
    for (size_t i = 0; i < MANY; i++) {
        buf_put_str(&deep, STR(":::satu-halaman\n"));
        buf_put_str(&wide, STR("a\n"));
    }
    assert_int_equal(paper_markup_read(arena, buf_str(&deep), &tree, &fault, NULL), RC_OK);
    assert_true(str_find(fault, STR("paling banyak 32 tingkat")) > 0);
    assert_int_equal(paper_markup_read(arena, buf_str(&wide), &tree, &fault, NULL), RC_OK);
    assert_true(str_find(fault, STR("paling banyak 10000")) > 0);
}

/* What opens and is never closed, in lines as long as they may be: 8 billion steps for each of these if each searched the line's rest. */
static void what_is_never_closed_is_searched_once(void **state)
{
    static const char *const openers[] = {"[",
                                          "**a ",
                                          "[]{",
                                          "[]{[",
                                          "[]{[}",
                                          "[a]{b=\"",
                                          "**[",
                                          "{bila a}[{/bila}",
                                          "{tiap a}**",
                                          "{kotak ",
                                          "[{bila a}{/bila}",
                                          "[{a ",
                                          "**{a ",
                                          "[**{a",
                                          "\\[",
                                          "{{[",
                                          "{",
                                          "{!{",
                                          "{!\"",
                                          "|[",
                                          "|{",
                                          "| <a=[ ",
                                          "<a=\"",
                                          "<a b ",
                                          "- [",
                                          "@[",
                                          "a\n:::bila a\n"};
    static const char *const ends[] = {"", "}", "]{a}", "**", " |"};
    enum { WHOLE = 4 * 65000, HALF = 32000 };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(openers); i++)
        for (size_t k = 0; k < COUNT_OF(ends); k++) {
            struct arena *own = arena_new();
            struct buf text = {.arena = own};
            struct str fault;
            json_t *tree;

            while (text.n < WHOLE) {
                const size_t begun = text.n;

                while (text.n - begun < 65000)
                    buf_put_str(&text, str_c(openers[i]));
                buf_fmt(&text, "%s\n", ends[k]);
            }
            assert_int_equal(paper_markup_read(own, buf_str(&text), &tree, &fault, NULL), RC_OK);
            arena_free(&own);
        }
    struct buf same = {.arena = arena}; /* all of them find one end, whose settings are never closed */
    struct str fault;
    json_t *tree;
    for (size_t i = 0; i < 2 * HALF; i++)
        buf_put_str(&same, i < HALF ? STR("[") : i == HALF ? STR("]{") : STR("a"));
    assert_int_equal(paper_markup_read(arena, buf_str(&same), &tree, &fault, NULL), RC_OK);
    assert_true(str_find(fault, STR("belum ditutup")) > 0);
}

/* A line that no paragraph could hold is refused before anything is looked for in it. */
static void a_line_has_a_length(void **state)
{
    struct buf text = {.arena = arena};
    struct str fault;
    json_t *tree;

    (void)state;
    buf_put_str(&text, STR("a\n"));
    while (text.n < 1 << 20)
        buf_put_char(&text, '[');
    assert_int_equal(paper_markup_read(arena, buf_str(&text), &tree, &fault, NULL), RC_OK);
    assert_string_equal(str_z(arena, fault), "Baris 2: teks ini terlalu panjang: paling banyak 64 kB. Bagi menjadi beberapa paragraf.");
}

/* An opener without its end is a sign like others, wherever one that has its end stands. */
static void what_is_not_closed_stays_as_typed(void **state)
{
    (void)state;
    reads_as("[ [ [a]{tebal} [b] **",
             "[{\"content\":[{\"marks\":[\"bold\"],\"text\":\" [ [a\",\"type\":\"text\"},\" [b] **\"],\"type\":\"paragraph\"}]");
    reads_as("[a]{ [b]{tebal}", "[{\"content\":\"[a]{ [b]{tebal}\",\"type\":\"paragraph\"}]");
    reads_as(
        "{bila isi_a}[{/bila}**{bila isi_a}[{/bila}",
        "[{\"content\":[{\"field\":\"isi_a\",\"then\":\"[\",\"type\":\"if\"},\"**\",{\"field\":\"isi_a\",\"then\":\"[\",\"type\":\"if\"}],"
        "\"type\":\"paragraph\"}]");
}

/* What no short form says stands as JSON, and comes back. */
static void what_has_no_form_stands_as_it_is(void **state)
{
    static const char *const trees[] = {
        "{\"body\":[{\"type\":\"puisi\",\"x\":[1,2.5,null]}]}",
        "{\"body\":[{\"type\":\"paragraph\",\"content\":[\"a\"]}]}",
        "{\"body\":[{\"type\":\"paragraph\",\"content\":\" a\\tb \\n|\"}]}",
        "{\"body\":3,\"page\":{}}",
        "{}",
        "{\"body\":[{\"type\":\"paragraph\",\"content\":\"1. x\"},{\"type\":\"paragraph\",\"content\":\"- y {a b\"}]}",
        "{\"body\":[{\"type\":\"list\",\"items\":[\"a\"]},{\"type\":\"list\",\"items\":[\"b\"]}]}"};

    (void)state;
    for (size_t i = 0; i < COUNT_OF(trees); i++) {
        json_t *tree;
        struct err err = {0};

        assert_int_equal(json_read(arena, str_c(trees[i]), &tree, &err), RC_OK);
        assert_string_equal(str_z(arena, json_write(arena, tree_of(str_z(arena, paper_markup_write(arena, tree))))),
                            str_z(arena, json_write(arena, tree)));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_line_is_a_paragraph, begin, end),
        cmocka_unit_test_setup_teardown(marks_and_conditions_stand_in_a_line, begin, end),
        cmocka_unit_test_setup_teardown(rows_lists_and_blocks_have_their_signs, begin, end),
        cmocka_unit_test_setup_teardown(a_fault_names_its_line, begin, end),
        cmocka_unit_test_setup_teardown(too_much_is_refused_in_words, begin, end),
        cmocka_unit_test_setup_teardown(what_is_never_closed_is_searched_once, begin, end),
        cmocka_unit_test_setup_teardown(a_line_has_a_length, begin, end),
        cmocka_unit_test_setup_teardown(what_is_not_closed_stays_as_typed, begin, end),
        cmocka_unit_test_setup_teardown(what_has_no_form_stands_as_it_is, begin, end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
