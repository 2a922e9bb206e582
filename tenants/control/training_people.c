// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Who lives in a training village. Everything is drawn from one generator
 * seeded with the village's code, in one order, so the same code gives the
 * same people; changing the order of draws changes everybody.
 */
#include "tenants/control/training.h"
#include "tenants/control/training_names.h"

enum {
    PEOPLE_LEAST = 1740, /* the last family may add up to FAMILY_MOST */
    PEOPLE_SPREAD = 120,
    FAMILY_MOST = 12,
    HAMLETS_MOST = 5,
    SERIAL_FIRST = 9000, /* of NIK and KK: Dukcapil counts from 0001 */
    SERIALS_A_VILLAGE = 40
};

/* Codes of the shared lists that are used by name below. */
enum { MAN = 1, WOMAN = 2 };
enum { ISLAM = 1, CHRISTIAN = 2, CATHOLIC = 3, HINDU = 4 };
enum { SINGLE = 1, MARRIED = 2, DIVORCED = 3, WIDOWED = 4 };
enum { ROLE_HEAD_OF_FAMILY = 1, ROLE_WIFE = 3, ROLE_CHILD = 4, ROLE_IN_LAW = 5, ROLE_GRANDCHILD = 6, ROLE_PARENT = 7, ROLE_RELATIVE = 9 };
enum { ALIVE = 1, DEAD = 2, MOVED = 3 };
enum {
    JOB_NOT_WORKING = 1,
    JOB_HOUSEHOLD = 2,
    JOB_PUPIL = 3,
    JOB_RETIRED = 4,
    JOB_CIVIL_SERVANT = 5,
    JOB_TRADE = 8,
    JOB_FARMER = 9,
    JOB_FISHER = 11,
    JOB_EMPLOYEE = 15,
    JOB_CONTRACT = 18,
    JOB_DAY_LABOUR = 19,
    JOB_FARM_LABOUR = 20,
    JOB_MASON = 26,
    JOB_CARPENTER = 27,
    JOB_MECHANIC = 35,
    JOB_TEACHER = 65,
    JOB_MIDWIFE = 73,
    JOB_NURSE = 74,
    JOB_DRIVER = 81,
    JOB_SELLER = 84,
    JOB_VILLAGE_STAFF = 85,
    JOB_OWN_BUSINESS = 88
};

struct date training_day(void)
{
    return (struct date){2026, 7, 1};
}

struct maker {
    struct arena *arena;
    uint64_t state;    /* of the generator */
    struct str region; /* 6 digits */
    struct str village;
    uint32_t serial_first;   /* this village's share of the serials, so that neighbours differ */
    uint32_t church_percent; /* of families */
    bool is_coastal;
    int64_t today; /* days */
    struct resident_row *rows;
    size_t n, families;
    struct {
        struct str hamlet;
        uint32_t rw, rt; /* how many it has; RT are counted in each RW */
    } hamlets[HAMLETS_MOST];
    size_t hamlets_n;
    uint16_t *serials; /* by day since 1900-01-01 and sex: how many are given */
    uint32_t kk_given;
};

/* One household while it is made: the parts its members share. */
struct household {
    struct str address, hamlet, rw, rt, kk_no, ethnicity, family_name;
    uint8_t religion;
};

/* splitmix64: small, well spread, the same everywhere. */
static uint64_t draw(struct maker *m)
{
    uint64_t z = (m->state += UINT64_C(0x9e3779b97f4a7c15));

    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static uint32_t below(struct maker *m, uint32_t n)
{
    return (uint32_t)(draw(m) % n);
}

static bool chance(struct maker *m, uint32_t percent)
{
    return below(m, 100) < percent;
}

/* low … high, both possible. */
static int between(struct maker *m, int low, int high)
{
    return high <= low ? low : low + (int)below(m, (uint32_t)(high - low + 1));
}

static const char *pick(struct maker *m, struct names names)
{
    return names.p[below(m, (uint32_t)names.n)];
}

/* ---- names, numbers, dates ---- */

static struct str person_name(struct maker *m, const struct household *h, int sex)
{
    if (h->religion != ISLAM)
        return str_fmt(m->arena, "%s %.*s", pick(m, sex == MAN ? names_church_men : names_church_women), STR_ARG(h->family_name));
    const char *first = pick(m, sex == MAN ? names_men : names_women);
    const char *second = pick(m, sex == MAN ? names_men_second : names_women_second);

    if (chance(m, 25) || str_is(str_c(first), second))
        return str_c(first);
    return str_fmt(m->arena, "%s %s", first, second);
}

static const int64_t day_1900 = -25567; /* days since 1970 of 1900-01-01 */
enum { DAYS_KEPT = 47000 };             /* to about 2028 */

/* Region, birth date (women: day + 40), and the next serial of that day in this village, which begins anywhere in its share. */
static struct str nik_make(struct maker *m, struct date birth, int sex)
{
    size_t at = (size_t)(date_to_days(birth) - day_1900) * 2 + (sex == WOMAN);
    uint32_t serial = m->serial_first + (uint32_t)(at * 13 + m->serials[at]++) % SERIALS_A_VILLAGE;
    unsigned day = (unsigned)birth.day + (sex == WOMAN ? 40u : 0u);

    return str_fmt(m->arena, "%.*s%02u%02u%02u%04u", STR_ARG(m->region), day, (unsigned)birth.month, (unsigned)birth.year % 100u, serial);
}

/* The day it was first issued, and a serial of this village that never comes twice. */
static struct str kk_make(struct maker *m)
{
    uint32_t issue = m->kk_given++;
    struct date day = date_from_days(date_to_days((struct date){2009, 1, 5}) + (int64_t)(issue / SERIALS_A_VILLAGE) * 97 + below(m, 90));

    return str_fmt(m->arena, "%.*s%02u%02u%02u%04u", STR_ARG(m->region), (unsigned)day.day, (unsigned)day.month, (unsigned)day.year % 100u,
                   m->serial_first + issue % SERIALS_A_VILLAGE);
}

/* A birth day on which one is `age` years old today. */
static struct date birth_at(struct maker *m, int age)
{
    struct date latest = date_add_months(date_from_days(m->today), -12 * age);

    return date_from_days(date_to_days(latest) - (int64_t)below(m, 364));
}

/* ---- what a person of an age is ---- */

static uint8_t education_of(struct maker *m, int age)
{
    static const uint8_t old[] = {1, 1, 2, 3, 3, 3, 3, 4, 5, 5};
    static const uint8_t middle[] = {2, 3, 3, 3, 4, 4, 5, 5, 5, 8};
    static const uint8_t young[] = {3, 4, 4, 5, 5, 5, 5, 5, 7, 8};

    if (age < 7)
        return 1;
    if (age < 13)
        return 2;
    if (age < 16)
        return 3;
    if (age < 19)
        return 4;
    return (age >= 60 ? old : age >= 38 ? middle : young)[below(m, 10)];
}

/* What one attends now: the school of one's age, or none. */
static uint8_t schooling_of(struct maker *m, int age, uint8_t *job_in_out)
{
    static const struct {
        int until;
        uint8_t now;
        uint32_t percent;
    } ages[] = {{3, 1, 100}, {6, 2, 60}, {12, 4, 98}, {15, 6, 95}, {18, 7, 85}, {23, 11, 28}};

    for (size_t i = 0; i < COUNT_OF(ages); i++) {
        if (age > ages[i].until)
            continue;
        if (!chance(m, ages[i].percent))
            return age <= 6 ? 1 : 18;
        if (age >= 7)
            *job_in_out = JOB_PUPIL;
        return ages[i].now;
    }
    return 18;
}

static uint8_t job_of(struct maker *m, int age, int sex, bool is_married)
{
    static const uint8_t men[] = {JOB_FARMER,   JOB_FARMER,        JOB_FARMER,     JOB_FARMER,       JOB_FARMER,
                                  JOB_FARMER,   JOB_FARM_LABOUR,   JOB_DAY_LABOUR, JOB_OWN_BUSINESS, JOB_OWN_BUSINESS,
                                  JOB_EMPLOYEE, JOB_DRIVER,        JOB_MASON,      JOB_CARPENTER,    JOB_MECHANIC,
                                  JOB_SELLER,   JOB_CIVIL_SERVANT, JOB_CONTRACT,   JOB_TEACHER,      JOB_VILLAGE_STAFF};
    static const uint8_t women[] = {JOB_FARMER,   JOB_FARMER,  JOB_TRADE,    JOB_SELLER,  JOB_OWN_BUSINESS,
                                    JOB_CONTRACT, JOB_TEACHER, JOB_EMPLOYEE, JOB_MIDWIFE, JOB_NURSE};

    if (age < 17)
        return JOB_NOT_WORKING;
    if (age >= 68)
        return chance(m, 10) ? JOB_RETIRED : chance(m, 50) ? JOB_NOT_WORKING : JOB_FARMER;
    if (sex == WOMAN)
        return is_married && chance(m, 68) ? JOB_HOUSEHOLD : chance(m, 30) ? JOB_NOT_WORKING : women[below(m, COUNT_OF(women))];
    if (age < 23 && chance(m, 40))
        return JOB_NOT_WORKING;
    if (m->is_coastal && chance(m, 30))
        return JOB_FISHER;
    return men[below(m, COUNT_OF(men))];
}

/* Everything that follows from age, sex and marriage. */
static void life_fill(struct maker *m, struct resident_row *r, int age)
{
    uint8_t job = 0;

    r->education_kk = education_of(m, age);
    r->education_now = schooling_of(m, age, &job);
    r->occupation = job != 0 ? job : job_of(m, age, r->sex, r->marital == MARRIED);
    r->blood = chance(m, 45) ? 13 : (uint8_t)between(m, 1, 4);
    r->disability = chance(m, 98) ? 7 : (uint8_t)between(m, 1, 4);
    bool is_obliged = age >= 17 || r->marital != SINGLE;

    r->ktp_el = is_obliged && chance(m, 95) ? 2 : 1;
    r->record_status = !is_obliged ? 1 : r->ktp_el == 1 ? 2 : chance(m, 70) ? 8 : 3;
    if (r->sex == WOMAN && r->marital == MARRIED && age < 46) {
        r->pregnancy = chance(m, 4) ? 1 : 2;
        if (r->pregnancy == 2 && chance(m, 55))
            r->contraception = (uint8_t)between(m, 1, 6);
    }
    r->insurance = chance(m, 60) ? 2 : chance(m, 40) ? 3 : 1;
    if (age < 25 && chance(m, 80))
        r->birth_cert = str_fmt(m->arena, "%.*s-LT-%02u%02u%04d-%04u", STR_ARG(str_part(m->region, 0, 4)), (unsigned)r->birth_date.day,
                                (unsigned)r->birth_date.month, r->birth_date.year, 9000u + below(m, 1000));
}

/* A new member of the household, with invented parents. */
static struct resident_row *person_add(struct maker *m, const struct household *h, int sex, int age, uint8_t role, uint8_t marital)
{
    struct resident_row *r = &m->rows[m->n++];
    bool is_old = age >= 40;

    *r = (struct resident_row){
        .address = h->address,
        .hamlet = h->hamlet,
        .rw = h->rw,
        .rt = h->rt,
        .kk_no = h->kk_no,
        .sex = (uint8_t)sex,
        .religion = h->religion,
        .marital = marital,
        .family_role = role,
        .citizenship = 1,
        .basic_status = ALIVE,
        .ethnicity = h->ethnicity,
    };
    r->name = person_name(m, h, sex);
    r->birth_date = birth_at(m, age);
    r->nik = nik_make(m, r->birth_date, sex);
    r->birth_place = chance(m, is_old ? 60 : 50) ? m->village : str_c(pick(m, names_town));
    life_fill(m, r, age);
    r->father_name = person_name(m, h, MAN);
    r->mother_name = person_name(m, h, WOMAN);
    return r;
}

static void parents_set(struct resident_row *child, const struct resident_row *father, const struct resident_row *mother)
{
    if (father != NULL) {
        child->father_name = father->name;
        child->father_nik = father->nik;
    }
    if (mother != NULL) {
        child->mother_name = mother->name;
        child->mother_nik = mother->nik;
    }
}

/* ---- households ---- */

static void household_place(struct maker *m, struct household *h)
{
    size_t at = below(m, (uint32_t)m->hamlets_n);

    h->hamlet = m->hamlets[at].hamlet;
    h->rw = str_fmt(m->arena, "%03u", 1 + below(m, m->hamlets[at].rw));
    h->rt = str_fmt(m->arena, "%03u", 1 + below(m, m->hamlets[at].rt));
    h->address = str_fmt(m->arena, "Dusun %.*s", STR_ARG(h->hamlet));
    h->kk_no = kk_make(m);
}

static void household_people(struct maker *m, struct household *h)
{
    bool is_church = chance(m, m->church_percent);

    h->religion = !is_church ? ISLAM : chance(m, 85) ? CHRISTIAN : chance(m, 80) ? CATHOLIC : HINDU;
    h->ethnicity = is_church ? STR("Toraja") : chance(m, 55) ? STR("Luwu") : chance(m, 85) ? STR("Bugis") : STR("Jawa");
    h->family_name = str_c(pick(m, names_family));
}

/* Children of a mother of that age: first at 19 to 27, then every second to fifth year, while they still live at home. */
static void children_add(struct maker *m, const struct household *h, struct resident_row *father, struct resident_row *mother,
                         int mother_age)
{
    int wanted = between(m, 1, 3) + (mother_age > 45 && chance(m, 50));
    int born_at = between(m, 19, 27);

    for (int i = 0; i < wanted && born_at < mother_age && born_at <= 43; i++, born_at += between(m, 2, 5)) {
        int age = mother_age - born_at - 1;

        if (age < 0 || age > 32 || (age > 22 && chance(m, 60)))
            continue;
        struct resident_row *child = person_add(m, h, chance(m, 51) ? MAN : WOMAN, age, ROLE_CHILD, SINGLE);

        parents_set(child, father, mother);
        if (age > 20 && chance(m, 6))
            child->basic_status = MOVED;
    }
}

static void relatives_add(struct maker *m, const struct household *h, struct resident_row *head, int head_age)
{
    if (head_age < 48 && chance(m, 9)) {
        int sex = chance(m, 30) ? MAN : WOMAN;
        struct resident_row *parent = person_add(m, h, sex, head_age + between(m, 21, 32), ROLE_PARENT, WIDOWED);

        if (chance(m, 6))
            parent->basic_status = DEAD;
    }
    if (head_age > 52 && chance(m, 12)) {
        struct resident_row *child = person_add(m, h, WOMAN, between(m, 20, 30), ROLE_CHILD, MARRIED);
        struct resident_row *in_law = person_add(m, h, MAN, between(m, 22, 34), ROLE_IN_LAW, MARRIED);

        if (head->sex == MAN)
            parents_set(child, head, NULL);
        if (chance(m, 60)) {
            int sex = chance(m, 50) ? MAN : WOMAN;

            parents_set(person_add(m, h, sex, between(m, 0, 4), ROLE_GRANDCHILD, SINGLE), in_law, child);
        }
    }
    if (chance(m, 4)) {
        int sex = chance(m, 50) ? MAN : WOMAN;

        (void)person_add(m, h, sex, between(m, 17, 30), ROLE_RELATIVE, SINGLE);
    }
}

static void couple_add(struct maker *m, const struct household *h)
{
    /* The lower of two draws: more young families than old ones. */
    int a = between(m, 23, 74), b = between(m, 23, 74);
    int age = a < b ? a : b;
    int wife_age = age - between(m, -2, 7);
    struct resident_row *head = person_add(m, h, MAN, age, ROLE_HEAD_OF_FAMILY, MARRIED);
    struct resident_row *wife = person_add(m, h, WOMAN, wife_age < 19 ? 19 : wife_age, ROLE_WIFE, MARRIED);

    if (chance(m, 60)) {
        unsigned serial = 9000u + below(m, 1000), month = 1 + below(m, 12);
        struct str cert = str_fmt(m->arena, "%04u/%02u/%04d", serial, month, 2026 - (age - 21) / 2);

        head->marriage_cert = wife->marriage_cert = cert;
    }
    children_add(m, h, head, wife, wife_age);
    relatives_add(m, h, head, age);
}

static void single_parent_add(struct maker *m, const struct household *h)
{
    int sex = chance(m, 78) ? WOMAN : MAN;
    int age = between(m, 28, 78);
    struct resident_row *head = person_add(m, h, sex, age, ROLE_HEAD_OF_FAMILY, age > 50 || chance(m, 40) ? WIDOWED : DIVORCED);

    children_add(m, h, sex == MAN ? head : NULL, sex == WOMAN ? head : NULL, age);
    relatives_add(m, h, head, age);
}

static void single_add(struct maker *m, const struct household *h)
{
    int sex = chance(m, 55) ? MAN : WOMAN;

    (void)person_add(m, h, sex, between(m, 21, 60), ROLE_HEAD_OF_FAMILY, SINGLE);
}

static void household_add(struct maker *m)
{
    struct household h;

    household_place(m, &h);
    household_people(m, &h);
    if (chance(m, 80))
        couple_add(m, &h);
    else if (chance(m, 80))
        single_parent_add(m, &h);
    else
        single_add(m, &h);
    m->families++;
}

/* ---- the village ---- */

/* Up in the mountains and around Walenrang more families go to church than on the coast. */
static uint32_t church_percent(struct str region)
{
    static const struct {
        const char *district;
        uint32_t percent;
    } districts[] = {{"01", 62}, {"22", 62}, {"03", 35}, {"06", 30}, {"16", 35}, {"17", 20},
                     {"23", 40}, {"15", 35}, {"09", 18}, {"18", 12}, {"12", 8}};

    for (size_t i = 0; i < COUNT_OF(districts); i++)
        if (str_is(str_from(region, 4), districts[i].district))
            return districts[i].percent;
    return 3;
}

static void hamlets_choose(struct maker *m)
{
    bool is_used[64] = {false};

    m->hamlets_n = (size_t)between(m, 3, HAMLETS_MOST);
    for (size_t i = 0; i < m->hamlets_n; i++) {
        uint32_t at = below(m, (uint32_t)names_hamlet.n);

        while (is_used[at])
            at = (at + 1) % (uint32_t)names_hamlet.n;
        is_used[at] = true;
        m->hamlets[i].hamlet = str_c(names_hamlet.p[at]);
        m->hamlets[i].rw = (uint32_t)between(m, 1, 2);
        m->hamlets[i].rt = (uint32_t)between(m, 2, 3);
    }
}

static void officials_make(struct maker *m, struct training_people *out)
{
    static const char *const sections[] = {"Kasi Pemerintahan", "Kasi Kesejahteraan", "Kasi Pelayanan", "Kaur Keuangan"};
    struct household h = {.religion = ISLAM, .family_name = str_c(pick(m, names_family))};
    size_t n = 0;

    out->officials = ARENA_ARRAY(m->arena, struct training_official, 2 + COUNT_OF(sections) + m->hamlets_n);
    out->officials[n++] = (struct training_official){person_name(m, &h, MAN), str_fmt(m->arena, "Kepala Desa %.*s", STR_ARG(m->village)),
                                                     "head"};
    struct str secretary = person_name(m, &h, WOMAN);

    out->officials[n++] = (struct training_official){str_fmt(m->arena, "%.*s, S.Sos.", STR_ARG(secretary)), STR("Sekretaris Desa"),
                                                     "secretary"};
    for (size_t i = 0; i < COUNT_OF(sections); i++)
        out->officials[n++] = (struct training_official){person_name(m, &h, i % 2 == 0 ? WOMAN : MAN), str_c(sections[i]), "section"};
    for (size_t i = 0; i < m->hamlets_n; i++)
        out->officials[n++] = (struct training_official){person_name(m, &h, MAN),
                                                         str_fmt(m->arena, "Kepala Dusun %.*s", STR_ARG(m->hamlets[i].hamlet)), "hamlet"};
    out->officials_n = n;
}

void training_people_make(struct arena *arena, const struct training_place *place, struct training_people *out)
{
    struct maker m = {.arena = arena, .region = str_part(place->code, 0, 6), .village = place->village};
    uint64_t seed = 0, number = 0;

    if (!str_to_u64(place->code, &seed) || !str_to_u64(str_from(place->code, 7), &number))
        seed = number = 0;
    m.state = seed;
    m.serial_first = SERIAL_FIRST + (uint32_t)(number % 25) * SERIALS_A_VILLAGE;
    m.today = date_to_days(training_day());
    m.church_percent = church_percent(m.region);
    m.is_coastal = chance(&m, 50);
    size_t most = (size_t)PEOPLE_LEAST + below(&m, PEOPLE_SPREAD);

    m.rows = ARENA_ARRAY(arena, struct resident_row, most + FAMILY_MOST);
    m.serials = ARENA_ARRAY(arena, uint16_t, 2 * DAYS_KEPT);
    hamlets_choose(&m);
    officials_make(&m, out);
    while (m.n < most)
        household_add(&m);
    out->rows = m.rows;
    out->n = m.n;
    out->families = m.families;
    out->hamlets = ARENA_ARRAY(arena, struct str, m.hamlets_n);
    out->hamlets_n = m.hamlets_n;
    for (size_t i = 0; i < m.hamlets_n; i++)
        out->hamlets[i] = m.hamlets[i].hamlet;
}
