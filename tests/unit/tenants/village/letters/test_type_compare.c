// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/base/random.h"
#include "tenants/village/letters/letters_type_compare.h"
#include "tests/unit/tenants/village/letters/letter_support.h"

/* "=a -b +c ~3": the same, removed, added, left out. */
static const char *told(const char *before, const char *after)
{
    const struct letter_compared_lines lines = letter_compare_texts(arena, str_c(before), str_c(after));
    struct buf out = {.arena = arena};

    for (size_t i = 0; i < lines.n; i++)
        buf_fmt(&out, "%s%s%.*s", i > 0 ? " " : "",
                lines.p[i].is_gap       ? "~"
                : lines.p[i].is_added   ? "+"
                : lines.p[i].is_removed ? "-"
                                        : "=",
                lines.p[i].is_gap ? 1 : (int)lines.p[i].label.n, lines.p[i].label.p);
    return str_z(arena, buf_str(&out));
}

static void texts_are_compared_line_by_line(void **state)
{
    (void)state;
    assert_string_equal(told("a\nb\nc", "a\nb\nc"), "");
    assert_string_equal(told("a\nb\nc", "a\nx\nc"), "=a -b +x =c");
    assert_string_equal(told("", "a"), "+a");
    assert_string_equal(told("a", ""), "-a");
    assert_string_equal(told("1\n2\n3\n4\n5\n6\n7", "1\n2\n3\n4\n5\n6\n7\n8"), "~5 =6 =7 +8");
    assert_string_equal(told("a\nb\nc\nd", "b\nd\na"), "-a =b -c =d +a");
}

static struct str random_text(void)
{
    unsigned char bytes[40];
    struct buf out = {.arena = arena};

    random_bytes(bytes, sizeof(bytes));
    for (size_t i = 0; i < bytes[0] % sizeof(bytes); i++)
        buf_fmt(&out, "%s%c", i > 0 ? "\n" : "", 'a' + bytes[i] % 4);
    return buf_str(&out);
}

/* Every line of the new text and no other stands there as the same or added; of the old one as the same or removed. */
static void nothing_of_either_text_is_missing(void **state)
{
    (void)state;
    for (int round = 0; round < 300; round++) {
        const struct str before = random_text(), after = random_text();
        const struct letter_compared_lines lines = letter_compare_texts(arena, before, after);
        size_t a = 0, b = 0, in_a = before.n > 0, in_b = after.n > 0;

        for (size_t i = 0; i < lines.n; i++) {
            uint64_t skipped = 0;
            struct str rest = lines.p[i].label, number;

            if (lines.p[i].is_gap && (!str_cut(&rest, ' ', &number) || !str_to_u64(number, &skipped)))
                assert_string_equal("a number", str_z(arena, lines.p[i].label));
            a += lines.p[i].is_gap ? skipped : !lines.p[i].is_added;
            b += lines.p[i].is_gap ? skipped : !lines.p[i].is_removed;
        }
        for (size_t i = 0; i < before.n; i++)
            in_a += before.p[i] == '\n';
        for (size_t i = 0; i < after.n; i++)
            in_b += after.p[i] == '\n';
        if (lines.n > 0) {
            assert_int_equal(a, in_a);
            assert_int_equal(b, in_b);
        } else
            assert_true(str_eq(before, after));
    }
}

static struct letter_form form_of(const char *fields)
{
    struct letter_form form;
    struct err err;

    assert_int_equal(letter_form_read(arena, str_fmt(arena, "{\"fields\":%s,\"paper\":{\"body\":[]}}", fields), &form, &err), RC_OK);
    return form;
}

static void questions_are_compared_by_their_name(void **state)
{
    const struct letter_form
        before = form_of("[{\"name\":\"a\",\"label\":\"Satu\",\"kind\":\"line\"},{\"name\":\"b\",\"label\":\"Dua\",\"kind\":\"date\"}]"),
        after = form_of("[{\"name\":\"c\",\"label\":\"Tiga\",\"kind\":\"select\",\"options\":[\"x\",\"y\"]},"
                        "{\"name\":\"a\",\"label\":\"Satu\",\"kind\":\"line\",\"required\":true}]");
    const struct letter_compared_lines lines = letter_compare_questions(arena, &before, &after);

    (void)state;
    assert_int_equal(lines.n, 3);
    assert_true(str_is(lines.p[0].word, "Ditambah") && str_is(lines.p[0].after, "Tiga: pilihan, boleh kosong; pilihan: x, y"));
    assert_true(str_is(lines.p[1].word, "Berubah") &&
                str_is(lines.p[1].before, "Satu: satu baris, boleh kosong, paling banyak 120 huruf") &&
                str_is(lines.p[1].after, "Satu: satu baris, wajib, paling banyak 120 huruf"));
    assert_true(str_is(lines.p[2].word, "Dihapus") && str_is(lines.p[2].label, "Dua"));
    assert_int_equal(letter_compare_questions(arena, &before, &before).n, 0);
    const struct letter_form lists = form_of("[{\"name\":\"d\",\"label\":\"Kepada\",\"kind\":\"list\",\"least\":1,\"most\":3}]");
    assert_string_equal(str_z(arena, letter_compare_questions(arena, &before, &lists).p[0].after),
                        "Kepada: daftar, boleh kosong, paling sedikit 1 baris, paling banyak 3 baris");
}

static void who_it_is_for_and_whom_it_asks_for_are_compared(void **state)
{
    static const char *const subjects[] = {"", "\"subject\":{\"outside\":\"any\"},", "\"subject\":{\"outside\":\"lives\"},"};
    static const char *const told[] = {"tidak", "ya", "ya, yang tinggal di desa untuk sementara"};
    struct letter_form forms[COUNT_OF(subjects)];
    struct err err;

    (void)state;
    for (size_t i = 0; i < COUNT_OF(forms); i++)
        assert_int_equal(letter_form_read(arena, str_fmt(arena, "{%s\"fields\":[],\"paper\":{\"body\":[]}}", subjects[i]), &forms[i], &err),
                         RC_OK);
    for (size_t i = 0; i < COUNT_OF(forms); i++)
        for (size_t k = 0; k < COUNT_OF(forms); k++) {
            const struct letter_compared_lines lines = letter_compare_questions(arena, &forms[i], &forms[k]);

            assert_int_equal(lines.n, i != k);
            if (i != k)
                assert_true(str_is(lines.p[0].before, told[i]) && str_is(lines.p[0].after, told[k]));
        }
    const struct letter_form line = form_of("[{\"name\":\"a\",\"label\":\"Satu\",\"kind\":\"line\"}]"),
                             phone = form_of("[{\"name\":\"a\",\"label\":\"Satu\",\"kind\":\"line\",\"phone\":true}]"),
                             here = form_of("[{\"name\":\"a\",\"label\":\"Satu\",\"kind\":\"person\"}]"),
                             shorter = form_of("[{\"name\":\"a\",\"label\":\"Satu\",\"kind\":\"person\",\"outside\":\"short\"}]"),
                             longer = form_of("[{\"name\":\"a\",\"label\":\"Satu\",\"kind\":\"person\",\"outside\":\"long\"}]");
    assert_true(str_is(letter_compare_questions(arena, &line, &phone).p[0].after,
                       "Satu: satu baris, boleh kosong, paling banyak 120 huruf, nomor telepon"));
    assert_true(letter_compare_questions(arena, &here, &shorter).n > 0);
    assert_true(letter_compare_questions(arena, &shorter, &longer).n > 0);
}

static void what_is_asked_of_a_move_is_compared(void **state)
{
    const char *places = "{\"name\":\"desa\",\"label\":\"Desa\",\"kind\":\"line\"},{\"name\":\"rt\",\"label\":\"RT\",\"kind\":\"line\"}";
    const char *forms[] = {"", ",\"places\":[\"desa\",\"desa\",\"desa\",\"desa\"],\"within\":[\"rt\"]"};
    const char *followers[] = {"", ",\"with_subject\":true,\"moving\":\"k\",\"left\":\"rt\""};
    struct letter_form form[2];
    struct err err;

    (void)state;
    for (size_t i = 0; i < COUNT_OF(form); i++)
        assert_int_equal(
            letter_form_read(arena,
                             str_fmt(arena,
                                     "{\"fields\":[%s,{\"name\":\"k\",\"label\":\"Kelas\",\"kind\":\"select\",\"options\":[\"x\"]%s}],"
                                     "\"followers\":{\"label\":\"Ikut\"%s},\"paper\":{\"body\":[]}}",
                                     places, forms[i], followers[i]),
                             &form[i], &err),
            RC_OK);
    const struct letter_compared_lines lines = letter_compare_questions(arena, &form[0], &form[1]);
    assert_int_equal(lines.n, 2);
    assert_string_equal(str_z(arena, lines.p[0].after),
                        "Kelas: pilihan, boleh kosong, menurut tempat di desa, desa, desa, desa, di dalam desa menurut rt; pilihan: x");
    assert_string_equal(str_z(arena, lines.p[1].before), "Ikut: anggota keluarga, boleh kosong");
    assert_string_equal(str_z(arena, lines.p[1].after), "Ikut: anggota keluarga, boleh kosong, pemohon ikut terdaftar paling atas, "
                                                        "dicocokkan dengan jenis pindah di k, yang tidak pindah di rt");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(texts_are_compared_line_by_line, set_up, tear_down),
                                       cmocka_unit_test_setup_teardown(nothing_of_either_text_is_missing, set_up, tear_down),
                                       cmocka_unit_test_setup_teardown(questions_are_compared_by_their_name, set_up, tear_down),
                                       cmocka_unit_test_setup_teardown(what_is_asked_of_a_move_is_compared, set_up, tear_down),
                                       cmocka_unit_test_setup_teardown(who_it_is_for_and_whom_it_asks_for_are_compared, set_up, tear_down)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
