// SPDX-License-Identifier: AGPL-3.0-or-later
/* The people of a training village: the same every time, by every rule of the registry, and like a village. */
#include "platform.h"
#include "server/base/text.h"
#include "server/web/feature.h"
#include "server/web/password.h"
#include "tenants/control/training.h"

static const struct training_place sampano = {STR_INIT("7317102003"), STR_INIT("Sampano")};

static struct training_people people_of(const char *code, const char *name)
{
    struct training_people people;

    training_people_make(pf.arena, &(struct training_place){str_c(code), str_c(name)}, &people);
    return people;
}

static void the_same_code_gives_the_same_people(void **state)
{
    (void)state;
    struct training_people a = people_of("7317102003", "Sampano"), b = people_of("7317102003", "Sampano");

    assert_int_equal(a.n, b.n);
    assert_true(a.n >= 1700 && a.n <= 1900);
    for (size_t i = 0; i < a.n; i++) {
        assert_true(str_eq(a.rows[i].nik, b.rows[i].nik));
        assert_true(str_eq(a.rows[i].name, b.rows[i].name));
        assert_true(str_eq(a.rows[i].kk_no, b.rows[i].kk_no));
    }
}

static int text_order(const void *a, const void *b)
{
    const struct str *x = a, *y = b;

    return memcmp(x->p, y->p, 16);
}

static void nik_are_by_the_rule_plainly_none_of_dukcapil_and_never_twice(void **state)
{
    (void)state;
    static const struct {
        const char *code, *name;
    } villages[] = {{"7317102003", "Sampano"},  {"7317102007", "Malewong"},      {"7317102009", "Dadeko"},
                    {"7317112019", "Parekaju"}, {"7317022012", "Komba Selatan"}, {"7317132005", "Wara"}};
    struct str *all = ARENA_ARRAY(pf.arena, struct str, COUNT_OF(villages) * 1900);
    size_t n = 0;

    for (size_t v = 0; v < COUNT_OF(villages); v++) {
        struct training_people people = people_of(villages[v].code, villages[v].name);

        for (size_t i = 0; i < people.n; i++) {
            const struct resident_row *r = &people.rows[i];
            struct date birth;
            bool is_female;

            assert_true(nik_is_digits(r->nik) && nik_is_digits(r->kk_no));
            assert_memory_equal(r->nik.p, villages[v].code, 6);
            assert_true(r->nik.p[12] == '9' && r->kk_no.p[12] == '9');
            assert_true(nik_birth(r->nik, training_day(), &birth, &is_female));
            assert_int_equal(is_female, r->sex == 2);
            assert_true(birth.day == r->birth_date.day && birth.month == r->birth_date.month);
            assert_true(birth.year % 100 == r->birth_date.year % 100);
            all[n++] = r->nik;
        }
    }
    qsort(all, n, sizeof(all[0]), text_order);
    for (size_t i = 1; i < n; i++)
        assert_int_not_equal(memcmp(all[i - 1].p, all[i].p, 16), 0);
}

static void every_value_is_of_the_lists(void **state)
{
    (void)state;
    struct training_people people = people_of("7317102003", "Sampano");

    for (size_t i = 0; i < people.n; i++) {
        const struct resident_row *r = &people.rows[i];

        assert_true(r->sex == 1 || r->sex == 2);
        assert_in_range(r->religion, 1, 7);
        assert_in_range(r->education_kk, 1, 10);
        assert_in_range(r->education_now, 1, 18);
        assert_in_range(r->occupation, 1, 89);
        assert_in_range(r->marital, 1, 4);
        assert_in_range(r->family_role, 1, 11);
        assert_int_equal(r->citizenship, 1);
        assert_in_range(r->blood, 1, 13);
        assert_in_range(r->disability, 1, 7);
        assert_true(r->ktp_el == 1 || r->ktp_el == 2);
        assert_in_range(r->record_status, 1, 8);
        assert_in_range(r->insurance, 1, 3);
        assert_true(r->basic_status == 1 || r->basic_status == 2 || r->basic_status == 3);
        assert_true(r->sex == 2 || (r->pregnancy == 0 && r->contraception == 0));
        assert_true(date_is_valid(r->birth_date) && date_compare(r->birth_date, training_day()) <= 0);
        assert_true(r->father_nik.n == 0 || nik_is_digits(r->father_nik));
        assert_true(r->mother_nik.n == 0 || nik_is_digits(r->mother_nik));
        assert_true(r->hamlet.n > 0 && r->rw.n == 3 && r->rt.n == 3 && r->address.n > 0 && r->birth_place.n > 0);
        for (size_t k = 0; k < r->name.n; k++)
            assert_true((r->name.p[k] >= 'A' && r->name.p[k] <= 'Z') || (r->name.p[k] >= 'a' && r->name.p[k] <= 'z') ||
                        r->name.p[k] == ' ');
    }
}

static void each_family_has_one_head_and_one_place(void **state)
{
    (void)state;
    struct training_people people = people_of("7317102003", "Sampano");
    size_t families = 0, heads = 0;

    for (size_t i = 0; i < people.n; i++) {
        const struct resident_row *r = &people.rows[i];
        bool is_first = i == 0 || !str_eq(r->kk_no, people.rows[i - 1].kk_no);

        families += is_first;
        heads += r->family_role == 1;
        assert_int_equal(is_first, r->family_role == 1);
        if (!is_first) {
            assert_true(str_eq(r->hamlet, people.rows[i - 1].hamlet) && str_eq(r->rt, people.rows[i - 1].rt));
            assert_true(str_eq(r->address, people.rows[i - 1].address));
        }
        assert_true(r->family_role != 1 || (r->basic_status == 1 && date_age(r->birth_date, training_day()) >= 19));
    }
    assert_int_equal(families, people.families);
    assert_int_equal(heads, families);
    assert_true(people.n / families >= 3 && people.n / families <= 4);
}

static void a_mother_is_older_than_her_children(void **state)
{
    (void)state;
    struct training_people people = people_of("7317012022", "To'long");

    for (size_t i = 0; i < people.n; i++)
        for (size_t k = i + 1; k < people.n && k < i + 12; k++)
            if (people.rows[k].mother_nik.n > 0 && str_eq(people.rows[k].mother_nik, people.rows[i].nik))
                assert_true(people.rows[k].birth_date.year - people.rows[i].birth_date.year >= 15);
}

static void it_is_like_a_village(void **state)
{
    (void)state;
    struct training_people people = people_of("7317102003", "Sampano");
    size_t men = 0, children = 0, old = 0, farmers = 0, alive = 0;

    for (size_t i = 0; i < people.n; i++) {
        const struct resident_row *r = &people.rows[i];
        int age = date_age(r->birth_date, training_day());

        men += r->sex == 1;
        children += age < 15;
        old += age >= 60;
        farmers += r->occupation == 9 || r->occupation == 11;
        alive += r->basic_status == 1;
    }
    assert_in_range(100 * men / people.n, 44, 56);
    assert_in_range(100 * children / people.n, 15, 38);
    assert_in_range(100 * old / people.n, 4, 20);
    assert_true(farmers > 100);
    assert_true(alive < people.n && alive > people.n * 95 / 100);
    assert_in_range(people.hamlets_n, 3, 5);
    assert_int_equal(people.officials_n, 6 + people.hamlets_n);
    assert_string_equal(people.officials[0].office, "head");
    assert_string_equal(people.officials[1].office, "secretary");
}

/* ---- into a village ---- */

struct training_run {
    struct training_result result;
    uint32_t failed;
    enum rc rc;
    struct err err;
};

static enum rc register_body(struct control_txn *txn, void *ctx, struct err *err)
{
    struct unit_list units;
    struct provision_registered registered;
    const struct provision_region region = {STR("7317"), STR("Luwu"), STR("Sulawesi Selatan")};

    (void)ctx;
    units_read(pf.arena,
               STR("code\tkind\tname\tdistrict\n7317102003\tD\tSampano\tLarompong Selatan\n7317102004\tD\tRiwang\tLarompong Selatan\n"),
               &units);
    return provision_register(txn, &units, &region, NULL, &registered, err);
}

static void provision_fiber(void *arg)
{
    struct training_run *run = arg;
    struct str codes[] = {STR("7317102003"), STR("7317102004")};
    const struct str_list list = {codes, 2};

    run->rc = control_txn_run(store_control(pf.store, pf.arena), register_body, NULL, &run->err);
    if (run->rc == RC_OK)
        run->rc = provision_villages(the_provision(), &list, 2, NULL, NULL, &run->failed, &run->err);
}

static unsigned asked; /* how often the feature below was */

static enum rc show_off(struct txn *txn, struct date today, struct err *err)
{
    (void)txn;
    (void)err;
    assert_true(date_is_valid(today));
    asked++;
    return RC_OK;
}

static const struct feature showy = {.name = "showy", .training = show_off}, silent = {.name = "silent"};
static const struct feature *const features_here[] = {&silent, &showy, NULL};

static void training_fiber(void *arg)
{
    struct training_run *run = arg;
    const struct training t = {pf.directory, pf.store, pf.pepper, clock_utc(), features_here};

    run->rc = training_village(&t, pf.arena, sampano.code, &run->result, &run->err);
}

static uint64_t number_in(const char *statement, const char *code)
{
    uint64_t n = 0;

    assert_true(str_to_u64(sql_text(statement, village_schema(code)), &n));
    return n;
}

static void a_village_is_filled_marked_and_may_be_signed_in_to(void **state)
{
    (void)state;
    struct training_run run = {0};
    struct err err;

    assert_int_equal(migrate_platform(pf.root, pf.steps, &pf.config, &err), RC_OK);
    in_fiber(provision_fiber, &run);
    if (run.rc != RC_OK || run.failed > 0)
        WRONG("%s\n", run.err.text);
    in_fiber(training_fiber, &run);
    if (run.rc != RC_OK)
        WRONG("%s\n", run.err.text);
    struct training_people people = people_of("7317102003", "Sampano");

    assert_int_equal(asked, 1);
    assert_int_equal(number_in("SELECT COUNT(*) FROM ?.resident", "7317102003"), people.n);
    assert_int_equal(number_in("SELECT COUNT(*) FROM ?.family", "7317102003"), people.families);
    assert_int_equal(number_in("SELECT COUNT(DISTINCT hamlet) FROM ?.area", "7317102003"), people.hamlets_n);
    assert_int_equal(number_in("SELECT COUNT(*) FROM ?.official", "7317102003"), people.officials_n);
    assert_int_equal(number_in("SELECT COUNT(*) FROM ?.official WHERE office = 'head' AND is_active", "7317102003"), 1);
    assert_int_equal(number_in("SELECT COUNT(*) FROM ?.staff", "7317102003"), TRAINING_ACCOUNTS);
    assert_true(str_is(sql_text("SELECT is_sample FROM ?.village WHERE code = '7317102003'", pf.config.control_schema), "1"));
    assert_true(str_is(sql_text("SELECT is_sample FROM ?.village WHERE code = '7317102004'", pf.config.control_schema), "0"));
    for (size_t i = 0; i < TRAINING_SHOWN; i++)
        assert_true(nik_is_digits(run.result.residents[i].nik) && run.result.residents[i].name.n > 0);
    struct str phc = sql_text("SELECT password_hash FROM ?.staff WHERE username = 'operator'", village_schema("7317102003"));

    assert_true(password_fits(pf.pepper, run.result.accounts[0].password, phc));
    assert_false(password_fits(pf.pepper, run.result.accounts[1].password, phc));
}

static void again_gives_the_same_people_and_new_passwords(void **state)
{
    (void)state;
    struct training_run run = {0};
    uint64_t before = number_in("SELECT COUNT(*) FROM ?.resident", "7317102003");
    struct str old = sql_text("SELECT password_hash FROM ?.staff WHERE username = 'kades'", village_schema("7317102003"));

    in_fiber(training_fiber, &run);
    assert_int_equal(run.rc, RC_OK);
    assert_int_equal(asked, 1);
    assert_int_equal(number_in("SELECT COUNT(*) FROM ?.resident", "7317102003"), before);
    assert_int_equal(number_in("SELECT COUNT(*) FROM ?.staff", "7317102003"), TRAINING_ACCOUNTS);
    assert_false(str_eq(old, sql_text("SELECT password_hash FROM ?.staff WHERE username = 'kades'", village_schema("7317102003"))));
}

static void real_refused_fiber(void *arg)
{
    struct training_run *run = arg;
    const struct training t = {pf.directory, pf.store, pf.pepper, clock_utc(), features_here};

    run->rc = training_village(&t, pf.arena, STR("7317102004"), &run->result, &run->err);
}

static void a_village_with_people_of_its_own_is_refused(void **state)
{
    (void)state;
    struct training_run run = {0};

    sql_in(village_schema("7317102004"),
           "INSERT INTO ?.staff (username, name, role, password_hash) VALUES ('hasnah', 'Hasnah', 'secretary', 'x')");
    in_fiber(real_refused_fiber, &run);
    assert_int_equal(run.rc, RC_CONFLICT);
    assert_int_equal(asked, 1);
    assert_int_equal(number_in("SELECT COUNT(*) FROM ?.resident", "7317102004"), 0);
    assert_true(str_is(sql_text("SELECT is_sample FROM ?.village WHERE code = '7317102004'", pf.config.control_schema), "0"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_code_gives_the_same_people),
        cmocka_unit_test(nik_are_by_the_rule_plainly_none_of_dukcapil_and_never_twice),
        cmocka_unit_test(every_value_is_of_the_lists),
        cmocka_unit_test(each_family_has_one_head_and_one_place),
        cmocka_unit_test(a_mother_is_older_than_her_children),
        cmocka_unit_test(it_is_like_a_village),
        cmocka_unit_test(a_village_is_filled_marked_and_may_be_signed_in_to),
        cmocka_unit_test(again_gives_the_same_people_and_new_passwords),
        cmocka_unit_test(a_village_with_people_of_its_own_is_refused),
    };
    return cmocka_run_group_tests(tests, platform_set_up, platform_tear_down);
}
