// SPDX-License-Identifier: AGPL-3.0-or-later
/* "Orang yang sama?": a child that was written down before it had a name and a NIK, and the file that brings both. */
#include "tenants/village/codes/same_name.h"
#include "tests/unit/tenants/village/import/import_books.h"

static int set_up(void **state)
{
    base_init();
    *state = arena_new();
    return 0;
}

static int tear_down(void **state)
{
    struct arena *arena = *state;
    arena_free(&arena);
    return 0;
}

#define HEAD "nik|nama|no_kk|kk_level|sex|dusun|tempatlahir|tanggallahir|ibu_nik|nama_ibu|nama_ayah\n"
#define KK "7317100101010001"
#define BUDI "7317101111870002|BUDI|" KK "|1|L|PADANG|PALOPO|11-11-1987|||\n"
#define SITI "7317105202900001|SITI RAHMA|" KK "|3|P|PADANG|SAMPANO|12-02-1990|||\n"
#define RINA "7317105303900001|RINA|" KK "|7|P|PADANG|SAMPANO|13-03-1990|||\n"
#define CHILD(nik, name, kk, sex, born, mother) nik "|" name "|" kk "|4|" sex "|PADANG|PALOPO|" born "|" mother "\n"
#define BABY(name) CHILD("0", name, KK, "P", "26-10-2026", "7317105202900001|SITI RAHMA|BUDI")
#define NURUL CHILD("7317106610260001", "NURUL AISYAH", KK, "P", "26-10-2026", "||")

static struct registry *village(struct arena *arena, const char *babies)
{
    static const struct registry empty;

    return registry_after(arena, &empty, plan_of(arena, str_z(arena, str_fmt(arena, HEAD BUDI SITI RINA "%s", babies))));
}

static struct registry_plan *plan_said(struct registry_file *file, const struct registry *registry, const struct said_join *said, size_t n)
{
    return registry_plan(file, registry, &(struct registry_choice){.village_code = CODE, .today = TODAY, .joins = said, .n_joins = n});
}

static const struct join_question *question(const struct registry_file *file, uint32_t row_no)
{
    for (size_t i = 0; i < file->faults.n; i++)
        if (file->faults.p[i].join != NULL && file->rows[file->faults.p[i].row].row_no == row_no)
            return file->faults.p[i].join;
    return NULL;
}

#define assert_counts(plan, made, altered, same, left)     \
    do {                                                   \
        const struct registry_counts *c = &(plan)->counts; \
        assert_int_equal(c->new, (made));                  \
        assert_int_equal(c->changed, (altered));           \
        assert_int_equal(c->unchanged, (same));            \
        assert_int_equal(c->refused, (left));              \
    } while (0)

/* What is made of one row beside one baby of the family. */
enum made { NOBODY, OPEN, PROPOSED };

static void assert_made(struct arena *arena, const struct registry *before, const char *row, enum made made)
{
    struct registry_file *file = file_of(arena, str_z(arena, str_fmt(arena, HEAD "%s", row)));
    const struct registry_plan *plan = plan_against(file, before);
    const struct join_question *q = question(file, 2);
    const enum made is = q == NULL ? NOBODY : q->state == JOIN_PROPOSED ? PROPOSED : OPEN;

    if (is != made || plan->counts.new != (made == NOBODY) || plan->counts.refused != (made == OPEN) ||
        plan->counts.joined != (made == PROPOSED))
        print_error("%sbecame %d, not %d:\n%s", row, is, made, faults_of(file));
    assert_int_equal(is, made);
    assert_int_equal(plan->counts.new, made == NOBODY);
    assert_int_equal(plan->counts.refused, made == OPEN);
    assert_int_equal(plan->counts.joined, made == PROPOSED);
}

static void test_a_named_child_is_the_nameless_one(void **state)
{
    struct arena *arena = *state;
    struct registry *before = village(arena, BABY("BAYI NY. SITI"));
    const uint64_t id = before->residents[3].id;
    struct registry_file *file = file_of(arena, HEAD BUDI SITI NURUL);
    struct registry_plan *plan = plan_against(file, before);

    assert_counts(plan, 0, 1, 2, 0);
    assert_int_equal(plan->counts.joined, 1);
    assert_int_equal(plan->counts.asked, 1);
    assert_fault(file, "4 nama W Dianggap orang yang sama: BAYI NY. SITI (lahir 26 Oktober 2026, ibu Siti Rahma). Nama dan NIK di berkas");
    assert_int_equal(question(file, 4)->chosen->id, id);
    assert_true(str_is(plan->residents[0].r.name, "NURUL AISYAH"));
    assert_true(str_is(plan->residents[0].r.nik, "7317106610260001"));
    assert_true(str_is(plan->residents[0].r.mother_nik, "7317105202900001")); /* what the file does not say stays */
    assert_null(strstr(faults_of(file), "Catat kelahiran"));

    /* the same file again, and the one of the month before: nothing */
    struct registry *after = registry_after(arena, before, plan);
    assert_int_equal(after->n_residents, 4);
    file = file_of(arena, HEAD BUDI SITI NURUL);
    assert_counts(plan_against(file, after), 0, 0, 3, 0);
    assert_int_equal(file->faults.n, 0);
    file = file_of(arena, HEAD BUDI SITI BABY("BAYI NY. SITI"));
    assert_counts(plan_against(file, after), 0, 0, 3, 0);
    assert_fault(file, "4 nama W Nama di data desa tetap Nurul Aisyah");
}

static void test_how_much_speaks_for_it(void **state)
{
    struct arena *arena = *state;
    struct registry *before = village(arena, BABY("BAYI NY SITI"));
    static const struct {
        const char *row;
        enum made made;
    } rows[] = {
        {CHILD("7317106610260001", "NURUL AISYAH", KK, "P", "26-10-2026", "7317105202900001||"), PROPOSED},
        {CHILD("7317106610260001", "NURUL AISYAH", KK, "P", "26-10-2026", "|SITI RAHMAH|"), PROPOSED},
        {CHILD("7317106610260001", "BAYI SITI RAHMA", KK, "P", "26-10-2026", "||"), PROPOSED},
        {CHILD("0", "NURUL AISYAH", KK, "P", "26-10-2026", "||"), PROPOSED}, /* a name, no NIK yet */
        {CHILD("7317106610260001", "NURUL", "7317100101010009", "P", "26-10-2026", "7317105202900001||"),
         PROPOSED}, /* a card of their own */
        {CHILD("7317106610260001", "NURUL", "7317100101010009", "P", "26-10-2026", "|SITI RAHMA|BUDI"), PROPOSED},
        {CHILD("7317106610260001", "NURUL", "7317100101010009", "P", "26-10-2026", "|SITI RAHMA|"), OPEN},
        {CHILD("7317106610260001", "NURUL", "7317100101010009", "P", "26-10-2026", "|NUR RAHMA|BUDI"), NOBODY},
        {CHILD("7317106610260001", "NURUL", KK, "P", "26-10-2026", "7317105303900001||"), OPEN}, /* the other mother of the house */
        {CHILD("7317106610260001", "NURUL", KK, "P", "26-10-2026", "|RINA|"), OPEN},
        {CHILD("7317106710260001", "NURUL", KK, "P", "27-10-2026", "||"), OPEN}, /* at midnight */
        {CHILD("7317106910260001", "NURUL", KK, "P", "29-10-2026", "||"), NOBODY},
        {CHILD("7317102610260001", "AHMAD", KK, "L", "26-10-2026", "||"), NOBODY},
        {CHILD("7317106610260001", "NURUL", "7317100101010009", "P", "26-10-2026", "||"), NOBODY},
        {CHILD("7317106610260001", "NURUL", "7317100101010009", "P", "26-10-2026", "7317105303900001||"), NOBODY},
    };

    for (size_t i = 0; i < COUNT_OF(rows); i++)
        assert_made(arena, before, rows[i].row, rows[i].made);
}

static void test_other_writings_of_a_name(void **state)
{
    struct arena *arena = *state;
    static const struct {
        const char *known, *brought;
        enum made made;
    } names[] = {
        {"MUH. FAUZAN", "MUHAMMAD FAUZAN", PROPOSED},
        {"NUR'AINI", "NUR AINI", PROPOSED},
        {"NUR  AISYAH", "NUR AISYAH BUDI", PROPOSED},
        {"SITTI AMINAH", "ST. AMINAH BINTI BUDI", PROPOSED},
        {"ABD. RAHMAN", "ABDUL RAHMAN", PROPOSED},
        {"M. ALIF", "MUHAMMAD ALIF", PROPOSED},
        {"ANAK DARI NY SITI", "NURUL", PROPOSED},
        {"BELUM DIBERI NAMA", "NURUL", PROPOSED},
        {"BY. NY. SITI RAHMA", "NURUL", PROPOSED},
        {"BAYI PEREMPUAN", "NURUL", PROPOSED},
        {"HASNA", "HUSNA", OPEN},
        {"MUHAMMAD", "MUHAMMAD ALIF", OPEN},
        {"MUHAMMAD ALIF", "MUHAMMAD ALIM", OPEN},
        {"PUTRI", "NURUL", OPEN},
        {"ANAK AGUNG ISTRI", "NURUL", OPEN},
    };

    for (size_t i = 0; i < COUNT_OF(names); i++) {
        const char *known = str_z(arena, str_fmt(arena, "0|%s|" KK "|4|P|PADANG|PALOPO|26-10-2026|||\n", names[i].known));
        const char *row = str_z(arena, str_fmt(arena, "7317106610260001|%s|" KK "|4|P|PADANG|PALOPO|26-10-2026|||\n", names[i].brought));
        assert_made(arena, village(arena, known), row, names[i].made);
    }
}

/* Two unnamed, two named, or one of one: who is who is asked, and an answer names each once. */
static void test_twins_are_never_crossed(void **state)
{
    struct arena *arena = *state;
#define PUTRI CHILD("7317106610260002", "PUTRI AMELIA", KK, "P", "26-10-2026", "||")
    struct registry *two = village(arena, BABY("BAYI SITI SATU") BABY("BAYI SITI DUA"));
    const uint64_t first = two->residents[3].id, second = two->residents[4].id;
    struct registry_file *file = file_of(arena, HEAD NURUL PUTRI);

    assert_int_equal(two->n_residents, 5);
    assert_counts(plan_against(file, two), 0, 0, 0, 2);
    assert_fault(file, "2 nama E Orang yang sama? NURUL AISYAH (lahir 26 Oktober 2026) dan yang sudah tercatat, BAYI SITI SATU (lahir 26 "
                       "Oktober 2026, ibu Siti Rahma) atau BAYI SITI DUA");
    assert_int_equal(question(file, 2)->n, 2);

    /* both answered */
    file = file_of(arena, HEAD NURUL PUTRI);
    struct registry_plan *plan = plan_said(file, two, (struct said_join[]){{0, second}, {1, first}}, 2);
    assert_counts(plan, 0, 2, 0, 0);
    assert_int_equal(plan->counts.joined, 2);
    assert_int_equal(plan->residents[0].known, 4);
    assert_int_equal(plan->residents[1].known, 3);
    struct registry *after = registry_after(arena, two, plan);
    assert_counts(plan_against(file_of(arena, HEAD NURUL PUTRI), after), 0, 0, 2, 0);

    /* one answered: the other one is still asked, with who is left; the same one twice counts once */
    file = file_of(arena, HEAD NURUL PUTRI);
    assert_counts(plan_said(file, two, &(struct said_join){0, second}, 1), 0, 1, 0, 1);
    assert_int_equal(question(file, 3)->n, 1);
    assert_int_equal(question(file, 3)->people[0]->id, first);
    file = file_of(arena, HEAD NURUL PUTRI);
    assert_counts(plan_said(file, two, (struct said_join[]){{0, first}, {1, first}}, 2), 0, 1, 0, 1);

    /* one unnamed, two named: one of them may be it, the other is new then; or both are */
    struct registry *one = village(arena, BABY("BAYI NY SITI"));
    file = file_of(arena, HEAD NURUL PUTRI);
    assert_counts(plan_against(file, one), 0, 0, 0, 2);
    file = file_of(arena, HEAD NURUL PUTRI);
    assert_counts(plan_said(file, one, &(struct said_join){1, first}, 1), 1, 1, 0, 0);
    assert_int_equal(question(file, 2)->state, JOIN_SAID);
    file = file_of(arena, HEAD NURUL PUTRI);
    plan = plan_said(file, one, (struct said_join[]){{0, 0}, {1, 0}}, 2);
    assert_counts(plan, 2, 0, 0, 0);
    assert_int_equal(plan->counts.joined, 0);
    assert_fault(file, "2 nama W Menurut jawaban, bukan warga yang sudah tercatat itu.");
    after = registry_after(arena, one, plan);
    file = file_of(arena, HEAD NURUL PUTRI);
    assert_counts(plan_against(file, after), 0, 0, 2, 0); /* nor is it asked again */
    assert_int_equal(file->faults.n, 0);

    /* two unnamed, one named; a named twin without a NIK is not presumed to be the other one */
    assert_made(arena, two, NURUL, OPEN);
    assert_made(arena, village(arena, BABY("PUTRI AMELIA")), NURUL, OPEN);

    /* a brother and a sister are told apart */
    struct registry *pair = village(arena, BABY("BAYI NY SITI") CHILD("0", "BAYI NY SITI", KK, "L", "26-10-2026", "||"));
    plan = plan_against(file_of(arena, HEAD NURUL CHILD("7317102610260001", "AHMAD", KK, "L", "26-10-2026", "||")), pair);
    assert_counts(plan, 0, 2, 0, 0);
    assert_int_equal(plan->residents[1].known, 4);
}

/* Who died or moved away may be the one whom the file has alive, or the twin: that is asked. A birth that was taken back was nobody's. */
static void test_who_is_not_here_any_more(void **state)
{
    struct arena *arena = *state;
    struct registry *before = village(arena, BABY("BAYI NY SITI"));
    static const uint8_t gone[] = {STATUS_DEAD, STATUS_MOVED};

    for (size_t i = 0; i < COUNT_OF(gone); i++) {
        before->residents[3].r.basic_status = gone[i];
        assert_made(arena, before, NURUL, OPEN);
        assert_counts(plan_said(file_of(arena, HEAD NURUL), before, &(struct said_join){0, 0}, 1), 1, 0, 0, 0);
    }
    before->residents[3].r.basic_status = STATUS_NOT_VALID;
    assert_made(arena, before, NURUL, NOBODY);
}

/* The household divides: the file has the parents on a new card, the village still on the grandparents'; and the other way round. */
static void test_a_family_with_a_card_of_its_own(void **state)
{
    struct arena *arena = *state;
#define ON_NEW(row) row("7317100101010077")
#define MOTHER(kk) "7317105202900001|SITI RAHMA|" kk "|1|P|PADANG|SAMPANO|12-02-1990|||\n"
#define DAUGHTER(kk) CHILD("7317106610260001", "NURUL AISYAH", kk, "P", "26-10-2026", "||")
    struct registry *before = village(arena, CHILD("0", "BAYI NY SITI", KK, "P", "26-10-2026", "||"));
    struct registry_plan *plan = plan_against(file_of(arena, HEAD ON_NEW(MOTHER) ON_NEW(DAUGHTER)), before);

    assert_counts(plan, 0, 2, 0, 0);
    assert_int_equal(plan->counts.joined, 1);
    assert_true(str_is(plan->residents[1].r.kk_no, "7317100101010077"));
    before->residents[1].r.kk_no = before->residents[3].r.kk_no = STR("7317100101010077");
    struct registry_file *file = file_of(arena, HEAD BUDI SITI DAUGHTER(KK));
    assert_int_equal(plan_against(file, before)->counts.joined, 1);
}

/* Names without a row. */
static void test_names(void **state)
{
    struct arena *arena = *state;
    static const char *const missing[] = {"BAYI",          "Bayi Ny. Siti", "BY NY SITI", "AN. NY. SITI",
                                          "ANAK IBU SITI", "PUTRI NY SITI", "XXX",        "TANPA NAMA"};
    static const char *const real[] = {"ANAK AGUNG RAI", "AN NISA", "PUTRI", "BAYINAH", "XENA", "NY", "", "ANI"};
    struct str parent;

    for (size_t i = 0; i < COUNT_OF(missing); i++)
        assert_true(name_is_missing(arena, str_c(missing[i]), &parent));
    for (size_t i = 0; i < COUNT_OF(real); i++)
        assert_false(name_is_missing(arena, str_c(real[i]), &parent));
    assert_true(name_is_missing(arena, STR("BAYI NY. SITI RAHMA"), &parent));
    assert_true(str_is(parent, "siti rahma"));
    assert_true(name_shares_word(arena, STR("SITI RAHMA"), STR("siti")));
    assert_false(name_shares_word(arena, STR("SITI RAHMA"), STR("SITI AMINAH")));
    assert_false(name_is_like(arena, STR(""), STR("")));
    assert_false(name_is_like(arena, STR("M"), STR("MUHAMMAD ALI")));
    assert_true(str_is(name_own_word(arena, STR("MUH. FAUZAN")), "fauzan"));
    assert_true(str_is(name_own_word(arena, STR("MUHAMMAD")), "muhammad"));
}

#define UNIT(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {UNIT(test_a_named_child_is_the_nameless_one),
                                       UNIT(test_how_much_speaks_for_it),
                                       UNIT(test_other_writings_of_a_name),
                                       UNIT(test_twins_are_never_crossed),
                                       UNIT(test_who_is_not_here_any_more),
                                       UNIT(test_a_family_with_a_card_of_its_own),
                                       UNIT(test_names)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
