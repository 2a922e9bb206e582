// SPDX-License-Identifier: AGPL-3.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tenants/village/letters/letters_number.h"
#include "tenants/village/letters/letters_signer.h"

#define assert_text(s, z) assert_string_equal(str_z(arena, (s)), (z))

static struct arena *arena;
static const struct date today = {2026, 11, 24};

enum { HEAD = 1, SECRETARY, SECTION };

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

static struct letter_official_rows office(void)
{
    static const struct letter_official all[] = {
        {.id = HEAD,
         .name = STR_INIT("Marthen"),
         .position = STR_INIT("Kepala Desa Sampano"),
         .nip = STR_INIT(""),
         .office = STR_INIT("head"),
         .standing = STR_INIT(""),
         .substitute_as = STR_INIT("")},
        {.id = SECRETARY,
         .name = STR_INIT("Nurdin"),
         .position = STR_INIT("Sekretaris Desa"),
         .nip = STR_INIT("1975"),
         .office = STR_INIT("secretary"),
         .standing = STR_INIT(""),
         .substitute_as = STR_INIT("")},
        {.id = SECTION,
         .name = STR_INIT("Hasnah"),
         .position = STR_INIT("Kasi Pelayanan"),
         .nip = STR_INIT(""),
         .office = STR_INIT("section"),
         .standing = STR_INIT(""),
         .substitute_as = STR_INIT("")},
    };
    struct letter_official_rows rows = {ARENA_ARRAY(arena, struct letter_official, COUNT_OF(all)), COUNT_OF(all)};

    memcpy(rows.p, all, sizeof(all));
    return rows;
}

/* decider 0: nobody decides; else an official. */
static struct str signs(const struct letter_official_rows *all, uint64_t type_signer, uint64_t decider, struct letter_signer *out)
{
    const struct letter_decider by = {.official_id = decider, .is_known = decider != 0};
    struct str why;

    letter_signer_of(arena, all, STR("Sampano"), type_signer, &by, today, out, &why);
    return why;
}

static void blocks_say_the_capacity(void **state)
{
    static const struct {
        uint64_t type_signer;
        const char *block, *position;
    } cases[] = {
        {0, "Kepala Desa Sampano", "Kepala Desa Sampano"},
        {SECRETARY, "a.n. Kepala Desa Sampano\nSekretaris Desa", "Sekretaris Desa Sampano"},
        {SECTION, "a.n. Kepala Desa Sampano\nSekretaris Desa\nu.b.\nKasi Pelayanan", "Kasi Pelayanan Desa Sampano"},
    };
    const struct letter_official_rows all = office();
    struct letter_signer signer;

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_true(str_empty(signs(&all, cases[i].type_signer, 0, &signer)));
        assert_text(signer.block, cases[i].block);
        assert_text(signer.position, cases[i].position);
    }
    assert_text(letter_capacity(arena, signer.block), "a.n. Kepala Desa Sampano, Sekretaris Desa, u.b. Kasi Pelayanan");
    all.p[0].standing = STR("pj");
    signs(&all, 0, HEAD, &signer);
    assert_text(signer.block, "Pj. Kepala Desa Sampano");
}

static void a_substitute_signs_on_the_days_alone(void **state)
{
    static const struct {
        struct date from, until;
        const char *as;
        uint64_t by;
        const char *block; /* NULL: he may not */
    } cases[] = {
        {{2026, 11, 24}, {2026, 11, 24}, "", SECRETARY, "a.n. Kepala Desa Sampano\nSekretaris Desa"},
        {{2026, 11, 24}, {0, 0, 0}, "plh", SECRETARY, "Plh. Kepala Desa Sampano"},
        {{2026, 1, 1}, {0, 0, 0}, "plt", 0, "Plt. Kepala Desa Sampano"},
        {{2026, 11, 20}, {2026, 11, 23}, "", SECRETARY, NULL},
        {{2026, 11, 25}, {2026, 11, 30}, "", SECRETARY, NULL},
        {{2026, 11, 24}, {2026, 11, 24}, "", SECTION, NULL},
        {{2026, 11, 24}, {2026, 11, 24}, "plh", HEAD, "Kepala Desa Sampano"},
    };
    struct letter_signer signer;

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const struct letter_official_rows all = office();

        all.p[0].away_from = cases[i].from;
        all.p[0].away_until = cases[i].until;
        all.p[0].substitute_id = some_u64(SECRETARY);
        all.p[0].substitute_as = str_c(cases[i].as);
        const struct str why = signs(&all, 0, cases[i].by, &signer);
        assert_int_equal(str_empty(why), cases[i].block != NULL);
        if (cases[i].block != NULL)
            assert_text(signer.block, cases[i].block);
        all.p[1].ends_on = (struct date){2026, 11, 23}; /* whose own time is over stands in for nobody */
        if (cases[i].by == SECRETARY)
            assert_false(str_empty(signs(&all, 0, SECRETARY, &signer)));
    }
}

static void who_left_office_signs_nothing(void **state)
{
    const struct letter_official_rows all = office(), none = {0};
    struct letter_signer signer;

    (void)state;
    all.p[1].ends_on = (struct date){2026, 11, 23};
    assert_true(str_empty(signs(&all, SECRETARY, 0, &signer)));
    assert_int_equal(signer.id, HEAD);
    assert_true(str_empty(signs(&all, 99, 0, &signer)));
    assert_int_equal(signer.id, HEAD);
    all.p[0].ends_on = (struct date){2026, 11, 23};
    assert_true(str_find(signs(&all, 0, HEAD, &signer), STR("masa jabatannya sudah berakhir")) >= 0);
    all.p[0].ends_on = (struct date){2026, 11, 24};
    assert_true(str_empty(signs(&all, 0, HEAD, &signer)));
    assert_false(str_empty(signs(&none, 0, 0, &signer)));
    assert_text(signer.name, "(kepala desa belum diisi)");
}

static void an_own_signature_needs_an_own_account(void **state)
{
    const struct letter_official_rows all = office();
    const struct letter_decider stranger = {.is_known = true}, own = {.is_known = true, .must_be_linked = true};
    struct letter_signer signer;
    struct str why;

    (void)state;
    letter_signer_of(arena, &all, STR("Sampano"), 0, &stranger, today, &signer, &why);
    assert_true(str_empty(why));
    letter_signer_of(arena, &all, STR("Sampano"), 0, &own, today, &signer, &why);
    assert_true(str_find(why, STR("belum dihubungkan")) >= 0);
}

static void the_sequence_follows_the_type_then_the_village(void **state)
{
    static const struct {
        const char *village, *type;
        bool restarts;
        const char *scope;
        uint16_t year;
    } cases[] = {
        {"all", "", true, "desa", 2026},          {"all", "", false, "desa", 0},
        {"type", "", true, "jenis-7", 2026},      {"class", "", true, "kode-400.7", 2026},
        {"out", "", false, "mail_out", 2026},     {"mail", "", true, "mail_out", 2026},
        {"mail", "type", false, "jenis-7", 0},    {"type", "all", true, "desa", 2026},
        {"all", "out", true, "mail_out", 2026},   {"all", "class", true, "kode-400.7", 2026},
        {"mail", "own", false, "naskah-7", 2026}, /* decisions are of a year whatever the village does */
    };
    static const struct {
        const char *series, *scope;
    } kinds[] = {{"keputusan", "naskah-keputusan"}, {"", "naskah-7"}, {"ke-1", "naskah-7"}, {"sangatpanjangsekalisungguh", "naskah-7"}};

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const struct letter_numbering village = {str_c(cases[i].village), cases[i].restarts};
        const struct letter_numbered type = {7, str_c(cases[i].type), STR_NONE, STR("400.7")};
        const struct letter_series got = letter_series_of(arena, &village, &type, 2026);

        assert_text(got.scope, cases[i].scope);
        assert_int_equal(got.year, cases[i].year);
    }
    for (size_t i = 0; i < COUNT_OF(kinds); i++) {
        const struct letter_numbered type = {7, STR("own"), str_c(kinds[i].series), STR("400.7")};

        assert_text(letter_series_of(arena, &(struct letter_numbering){STR("all"), true}, &type, 2026).scope, kinds[i].scope);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(blocks_say_the_capacity, begin, end),
        cmocka_unit_test_setup_teardown(a_substitute_signs_on_the_days_alone, begin, end),
        cmocka_unit_test_setup_teardown(who_left_office_signs_nothing, begin, end),
        cmocka_unit_test_setup_teardown(an_own_signature_needs_an_own_account, begin, end),
        cmocka_unit_test_setup_teardown(the_sequence_follows_the_type_then_the_village, begin, end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
