// SPDX-License-Identifier: AGPL-3.0-or-later
/* The console's list: which villages, in which order, in which state. */
#include "platform.h"
#include "tenants/control/kelola_rules.h"
#include "tenants/control/kelola_views.h"
#include "tenants/control/states.h"

static int five_villages(void **state)
{
    struct err err;

    if (platform_set_up(state) != 0 || migrate_platform(pf.root, pf.steps, &pf.config, &err) != RC_OK)
        return -1;
    sql_in(pf.config.control_schema, "USE ?");
    sql_run(
        "INSERT INTO unit (code, kind, name, parent_code) VALUES ('731701', 'district', 'Basse Sangtempe', NULL), ('731704', 'district', "
        "'Bajo', NULL), ('731710', 'district', 'Larompong Selatan', NULL), ('731712', 'district', 'Latimojong', NULL), ('731713', "
        "'district', 'Kamanre', NULL), ('7317012022', 'desa', 'To''long', '731701'), ('7317042007', 'desa', 'Pangi', '731704'), "
        "('7317102003', 'desa', 'Sampano', '731710'), ('7317122007', 'desa', 'Pangi', '731712'), ('7317132005', 'desa', 'Wara', '731713')");
    sql_run(
        "INSERT INTO village (code, slug, state, step, failed_step) VALUES ('7317012022', 'tolong', 'active', 'ready', ''), ('7317042007', "
        "'pangi-bajo', 'active', 'ready', '0004_x'), ('7317102003', 'sampano', 'suspended', 'ready', ''), ('7317122007', "
        "'pangi-latimojong', 'preparing', 'account', ''), ('7317132005', 'wara', 'trial', 'ready', '')");
    sql_run(
        "INSERT INTO rollup (village_code, residents_m, residents_f, families, letters_month, letters_of, letters_total, size_bytes, "
        "queue_ready, queue_dead, last_activity_at, computed_at, version) VALUES ('7317012022', 0, 0, 0, 0, '2026-11', 0, 500, 9, 0, NULL, "
        "NOW(6), 1), ('7317042007', 0, 0, 0, 0, '2026-11', 0, 0, 0, 1, NULL, NOW(6), 1), ('7317102003', 0, 0, 0, 0, '2026-11', 0, 0, 0, 0, "
        "'2026-11-05', NOW(6), 1), ('7317132005', 0, 0, 0, 0, '2026-11', 0, 900, 0, 0, '2026-11-09', NOW(6), 1)");
    return 0;
}

/* One look at the list, in a fiber. */
struct look {
    struct kelola_find find;
    struct list_at at;
    struct kelola_village_rows rows;
    struct kelola_state_count_rows counts;
};

static void look(void *arg)
{
    struct look *l = arg;
    struct control_db *db = store_control(pf.store, pf.arena);
    struct list_ends ends;
    struct err err;

    kelola_fold(pf.arena, &l->find);
    if (sql_kelola_village_page(db, &l->find, &l->at, 50, &l->rows, &ends, &err) != RC_OK ||
        sql_kelola_states(db, &l->counts, &err) != RC_OK)
        WRONG("%s\n", err.text);
}

static void is_seen(struct look l, const char *expected)
{
    struct buf out = {.arena = pf.arena};

    in_fiber(look, &l);
    for (size_t i = 0; i < l.rows.n; i++)
        buf_fmt(&out, "%s%.*s", i > 0 ? " " : "", STR_ARG(l.rows.p[i].slug));
    if (!str_is(buf_str(&out), expected))
        WRONG("%.*s, not %s\n", (int)out.n, out.p, expected);
}

static void a_failed_migration_shows_as_read_only(void **state)
{
    (void)state;
    struct look l = {.at = {.order = KELOLA_VILLAGE_BY_NAME}};

    in_fiber(look, &l);
    assert_int_equal(l.rows.n, 5);
    assert_true(str_is(l.rows.p[0].slug, "pangi-bajo") && str_is(l.rows.p[0].shown, "readonly"));
    assert_int_equal(l.counts.n, 5);
    for (size_t i = 0; i < l.counts.n; i++)
        assert_int_equal(l.counts.p[i].n, 1);
}

static void finds(const char *words, const char *state, const char *expected)
{
    const struct kelola_find find = {.words = str_c(words), .state = state != NULL ? str_c(state) : STR_NONE};

    is_seen((struct look){.find = find, .at = {.order = KELOLA_VILLAGE_BY_NAME}}, expected);
}

static void villages_are_found_by_name_district_host_or_code(void **state)
{
    (void)state;
    finds("", NULL, "pangi-bajo pangi-latimojong sampano tolong wara");
    finds("  ", NULL, "pangi-bajo pangi-latimojong sampano tolong wara");
    finds("tolong", NULL, "tolong");
    finds("To'long", NULL, "tolong");
    finds("PANGI", NULL, "pangi-bajo pangi-latimojong");
    finds("pangi-bajo", NULL, "pangi-bajo");
    finds("latimojong", NULL, "pangi-latimojong");
    finds("73.17.10.2003", NULL, "sampano");
    finds("731713", NULL, "wara");
    finds("%", NULL, "");
    finds("_", NULL, "");
    finds("\\", NULL, "");
    finds("bajo pangi", NULL, "pangi-bajo");
    finds("To’long", NULL, "tolong");
    finds("tidak ada", NULL, "");
    finds("pangi", "preparing", "pangi-latimojong");
    finds("pangi", "readonly", "pangi-bajo");
    finds("", "active", "tolong");
}

static void ordered(enum kelola_village_order order, bool is_reversed, const char *expected)
{
    is_seen((struct look){.find = {.words = STR("")}, .at = {.order = order, .is_reversed = is_reversed}}, expected);
}

static void the_list_is_ordered_by_any_column(void **state)
{
    (void)state;
    ordered(KELOLA_VILLAGE_BY_NAME, false, "pangi-bajo pangi-latimojong sampano tolong wara");
    ordered(KELOLA_VILLAGE_BY_NAME, true, "wara tolong sampano pangi-latimojong pangi-bajo");
    ordered(KELOLA_VILLAGE_BY_DISTRICT, false, "pangi-bajo tolong wara sampano pangi-latimojong");
    ordered(KELOLA_VILLAGE_BY_SIZE, false, "wara tolong pangi-bajo sampano pangi-latimojong");
    ordered(KELOLA_VILLAGE_BY_ACTIVITY, false, "wara sampano pangi-bajo pangi-latimojong tolong");
    ordered(KELOLA_VILLAGE_BY_QUEUE, false, "pangi-bajo tolong sampano wara pangi-latimojong");
}

static void a_village_being_made_shows_its_steps(void **state)
{
    (void)state;
    struct steps_view steps;

    assert_true(str_is(kelola_step_text(pf.arena, STR("account")), "Langkah 4 dari 7"));
    assert_true(str_is(kelola_step_text(pf.arena, STR("ready")), "Selesai"));
    kelola_steps(pf.arena, STR("account"), STR(""), &steps);
    assert_int_equal(steps.n, 7);
    assert_int_equal(steps.p[2].state, STEP_DONE);
    assert_int_equal(steps.p[3].state, STEP_NOW);
    assert_int_equal(steps.p[4].state, STEP_LATER);
    kelola_steps(pf.arena, STR("account"), STR("disk full"), &steps);
    assert_int_equal(steps.p[3].state, STEP_FAULT);
    assert_true(str_is(steps.p[3].note, "disk full"));
    kelola_steps(pf.arena, STR("ready"), STR(""), &steps);
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
    return cmocka_run_group_tests(tests, five_villages, platform_tear_down);
}
