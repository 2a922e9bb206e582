// SPDX-License-Identifier: AGPL-3.0-or-later
/* The console's list: which villages, in which order, in which state. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "server/base/random.h"
#include "tenants/control/kelola_rules.h"
#include "tenants/control/kelola_views.h"
#include "tenants/control/states.h"

static struct arena *arena;

static int set_up(void **state)
{
    (void)state;
    base_init();
    arena = arena_new();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static struct kelola_village_rows five(void)
{
    struct kelola_village *v = ARENA_ARRAY(arena, struct kelola_village, 5);

    v[0] = (struct kelola_village){.code = STR("7317012022"),
                                   .name = STR("To'long"),
                                   .district = STR("Basse Sangtempe"),
                                   .slug = STR("tolong"),
                                   .state = STR("active"),
                                   .step = STR("ready"),
                                   .size_bytes = some_u64(500),
                                   .queue_ready = some_u64(9)};
    v[1] = (struct kelola_village){.code = STR("7317042007"),
                                   .name = STR("Pangi"),
                                   .district = STR("Bajo"),
                                   .slug = STR("pangi-bajo"),
                                   .state = STR("active"),
                                   .step = STR("ready"),
                                   .failed_step = STR("0004_x"),
                                   .queue_ready = some_u64(0),
                                   .queue_dead = some_u64(1)};
    v[2] = (struct kelola_village){.code = STR("7317102003"),
                                   .name = STR("Sampano"),
                                   .district = STR("Larompong Selatan"),
                                   .slug = STR("sampano"),
                                   .state = STR("suspended"),
                                   .step = STR("ready"),
                                   .activity_at = 5};
    v[3] = (struct kelola_village){.code = STR("7317122007"),
                                   .name = STR("Pangi"),
                                   .district = STR("Latimojong"),
                                   .slug = STR("pangi-latimojong"),
                                   .state = STR("preparing"),
                                   .step = STR("account")};
    v[4] = (struct kelola_village){.code = STR("7317132005"),
                                   .name = STR("Wara"),
                                   .district = STR("Kamanre"),
                                   .slug = STR("wara"),
                                   .state = STR("trial"),
                                   .step = STR("ready"),
                                   .size_bytes = some_u64(900),
                                   .activity_at = 9};
    return (struct kelola_village_rows){v, 5};
}

static void names_are(const struct kelola_village_rows *rows, const char *expected)
{
    struct buf out = {.arena = arena};

    for (size_t i = 0; i < rows->n; i++) {
        if (i > 0)
            buf_put_char(&out, ' ');
        buf_put_str(&out, rows->p[i].slug);
    }
    if (!str_is(buf_str(&out), expected)) {
        print_error("%.*s, not %s\n", (int)out.n, out.p, expected);
        _fail(__FILE__, __LINE__);
    }
}

static void a_failed_migration_shows_as_read_only(void **state)
{
    (void)state;
    struct kelola_village_rows rows = five();
    struct kelola_counts counts = kelola_count(&rows);

    assert_int_equal(kelola_state(&rows.p[1]), VILLAGE_READ_ONLY);
    assert_int_equal(counts.all, 5);
    assert_int_equal(counts.by_state[VILLAGE_ACTIVE], 1);
    assert_int_equal(counts.by_state[VILLAGE_READ_ONLY], 1);
    assert_int_equal(counts.by_state[VILLAGE_SUSPENDED], 1);
    assert_int_equal(counts.by_state[VILLAGE_PREPARING], 1);
    assert_int_equal(counts.by_state[VILLAGE_TRIAL], 1);
}

static void finds(const char *words, const char *expected)
{
    struct kelola_village_rows all = five();
    struct kelola_village_rows rows = kelola_filter(arena, &all, VILLAGE_NO_STATE, words != NULL ? str_c(words) : STR_NONE);

    names_are(&rows, expected);
}

static void villages_are_found_by_name_district_host_or_code(void **state)
{
    (void)state;
    finds(NULL, "tolong pangi-bajo sampano pangi-latimojong wara");
    finds("  ", "tolong pangi-bajo sampano pangi-latimojong wara");
    finds("tolong", "tolong");
    finds("To'long", "tolong");
    finds("PANGI", "pangi-bajo pangi-latimojong");
    finds("latimojong", "pangi-latimojong");
    finds("73.17.10.2003", "sampano");
    finds("731713", "wara");
    finds("%", "tolong pangi-bajo sampano pangi-latimojong wara");
    finds("tidak ada", "");
    struct kelola_village_rows all = five();
    struct kelola_village_rows rows = kelola_filter(arena, &all, VILLAGE_PREPARING, STR("pangi"));

    names_are(&rows, "pangi-latimojong");
}

static void ordered(const char *word, const char *expected)
{
    struct kelola_village_rows rows = five();

    kelola_sort(&rows, kelola_sorting_from(str_c(word)));
    names_are(&rows, expected);
}

static void the_list_is_ordered_by_any_column(void **state)
{
    (void)state;
    ordered("nama", "pangi-bajo pangi-latimojong sampano tolong wara");
    ordered("-nama", "wara tolong sampano pangi-bajo pangi-latimojong");
    ordered("kecamatan", "pangi-bajo tolong wara sampano pangi-latimojong");
    ordered("-ukuran", "wara tolong pangi-bajo pangi-latimojong sampano");
    ordered("-aktivitas", "wara sampano pangi-bajo pangi-latimojong tolong");
    ordered("-antrean", "pangi-bajo tolong pangi-latimojong sampano wara");
    ordered("apa saja", "pangi-bajo pangi-latimojong sampano tolong wara");
}

static void a_village_being_made_shows_its_steps(void **state)
{
    (void)state;
    struct steps_view steps;

    assert_true(str_is(kelola_step_text(arena, STR("account")), "Langkah 4 dari 7"));
    assert_true(str_is(kelola_step_text(arena, STR("ready")), "Selesai"));
    kelola_steps(arena, STR("account"), STR(""), &steps);
    assert_int_equal(steps.n, 7);
    assert_int_equal(steps.p[2].state, STEP_DONE);
    assert_int_equal(steps.p[3].state, STEP_NOW);
    assert_int_equal(steps.p[4].state, STEP_LATER);
    kelola_steps(arena, STR("account"), STR("disk full"), &steps);
    assert_int_equal(steps.p[3].state, STEP_FAULT);
    assert_true(str_is(steps.p[3].note, "disk full"));
    kelola_steps(arena, STR("ready"), STR(""), &steps);
    assert_int_equal(steps.p[6].state, STEP_DONE);
}

static void acts_follow_states(void **state)
{
    (void)state;
    static const struct {
        const char *state;
        bool suspend, read_only, resume;
    } rows[] = {{"preparing", false, false, false}, {"trial", true, true, false},      {"active", true, true, false},
                {"readonly", true, false, true},    {"suspended", false, false, true}, {"closed", false, false, false}};

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        assert_int_equal(state_allows(str_c(rows[i].state), ACT_SUSPEND), rows[i].suspend);
        assert_int_equal(state_allows(str_c(rows[i].state), ACT_READ_ONLY), rows[i].read_only);
        assert_int_equal(state_allows(str_c(rows[i].state), ACT_RESUME), rows[i].resume);
    }
    assert_int_equal(state_act_from(STR("tangguhkan")), ACT_SUSPEND);
    assert_int_equal(state_act_from(STR("hapus")), ACT_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_failed_migration_shows_as_read_only),
        cmocka_unit_test(villages_are_found_by_name_district_host_or_code),
        cmocka_unit_test(the_list_is_ordered_by_any_column),
        cmocka_unit_test(a_village_being_made_shows_its_steps),
        cmocka_unit_test(acts_follow_states),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
