// SPDX-License-Identifier: AGPL-3.0-or-later
/* Decisions about the list: what a filter and typed words ask of the statements, and what is missing of a person. */
#include "server/base/text.h"
#include "tenants/village/codes/codes.h"
#include "tenants/village/roster/roster_filter.h"

enum { MAX_WORDS = 4, MOST_OF_A_WORD = 60, NIK_DIGITS = 16, MIN_DIGITS = 4, GROWN_UP = 18, MONTHS_A_YEAR = 12 };

/* ---- a filter ---- */

static struct str or_none(struct str s)
{
    return str_empty(s) ? STR_NONE : s;
}

/* The last birth date of somebody who is `age` on `today`: date_add_months and date_age agree on 29 February. */
static struct date born_for(uint64_t age, struct date today)
{
    return date_add_months(today, -(int)age * MONTHS_A_YEAR);
}

struct resident_find resident_filter_find(const struct resident_filter *filter, struct date today)
{
    struct resident_find find = {
        .hamlet = or_none(filter->hamlet),
        .rw = or_none(filter->rw),
        .rt = or_none(filter->rt),
        .role = filter->role,
        .occupation = filter->occupation,
        .religion = filter->religion,
        .marital = filter->marital,
        .education = filter->education,
        .is_temporary = filter->is_temporary,
        .has_card = filter->has_card,
    };

    if (filter->status != 0)
        find.status = some_u64(filter->status);
    if (filter->sex != 0)
        find.sex = some_u64(filter->sex);
    if (filter->has_no_birth)
        find.no_birth = some_u64(1);
    if (filter->lack != LACK_UNASKED) {
        find.lack = some_u64(filter->lack);
        find.minor_since = born_for(GROWN_UP, today);
    }
    if (filter->age_from.is_set)
        find.born_until = born_for(filter->age_from.value, today);
    if (filter->age_until.is_set) {
        find.born_after = born_for(filter->age_until.value + 1, today);
        if (date_is_none(find.born_until))
            find.born_until = today; /* nobody who is yet to be born */
    }
    return find;
}

/* ---- what was typed ---- */

static bool only_digits_typed(struct str typed)
{
    for (size_t i = 0; i < typed.n; i++)
        if (!(typed.p[i] >= '0' && typed.p[i] <= '9') && strchr(" .-", typed.p[i]) == NULL)
            return false;
    return typed.n > 0;
}

static enum resident_search find_number(struct arena *arena, struct str typed, struct resident_find *find)
{
    struct str digits = digits_only(arena, typed);

    if (digits.n == NIK_DIGITS)
        find->number = digits;
    else if (digits.n >= MIN_DIGITS && digits.n < NIK_DIGITS)
        find->number_start = digits;
    else
        return SEARCH_NOTHING;
    return SEARCH_NUMBER;
}

enum resident_search resident_find_typed(struct arena *arena, struct str typed, struct resident_find *find)
{
    struct str *const words[MAX_WORDS] = {&find->first, &find->second, &find->third, &find->fourth};
    struct str rest, word;
    size_t n = 0;

    typed = str_trim(typed);
    if (str_empty(typed))
        return SEARCH_NONE;
    if (only_digits_typed(typed))
        return find_number(arena, typed, find);
    rest = text_fold(arena, typed);
    while (n < MAX_WORDS && str_cut(&rest, ' ', &word))
        if (word.n > 0)
            *words[n++] = str_part(word, 0, MOST_OF_A_WORD);
    return n > 0 ? SEARCH_WORDS : SEARCH_NOTHING;
}

/* ---- what is missing ---- */

static void add_fault(struct resident_fault *fault, const char *tone, struct str label)
{
    if (str_empty(fault->label))
        *fault = (struct resident_fault){.tone = str_c(tone), .label = label};
    else
        fault->more++;
}

/* The national rule: digits 7 to 12 are the birth date, a woman's day plus 40. */
static void check_nik(struct resident_fault *fault, const struct resident_hit *hit, struct date today)
{
    struct date claimed;
    bool is_female;

    if (date_is_none(hit->birth_date))
        return;
    if (!nik_birth(hit->nik, today, &claimed, &is_female) || claimed.day != hit->birth_date.day || claimed.month != hit->birth_date.month ||
        claimed.year % 100 != hit->birth_date.year % 100)
        add_fault(fault, "merah", STR("NIK tidak sesuai tanggal lahir"));
    else if (is_female != (hit->sex == SEX_FEMALE))
        add_fault(fault, "merah", STR("NIK tidak sesuai jenis kelamin"));
}

/* Of somebody who died or left only that is said: nothing more will be filled in. */
struct resident_fault resident_fault_of(const struct resident_hit *hit, struct date today)
{
    struct resident_fault fault = {.tone = STR(""), .label = STR("")};

    if (hit->basic_status != STATUS_ALIVE) {
        add_fault(&fault, "abu", code_label(CODE_BASIC_STATUS, hit->basic_status));
        return fault;
    }
    if (hit->nik.n > 0 && hit->nik.p[0] == '0')
        add_fault(&fault, "kuning", STR("NIK sementara"));
    else
        check_nik(&fault, hit, today);
    if (date_is_none(hit->birth_date))
        add_fault(&fault, "kuning", STR("Tanggal lahir kosong"));
    else if (str_empty(hit->birth_cert) && date_age(hit->birth_date, today) < GROWN_UP)
        add_fault(&fault, "kuning", STR("Akta lahir belum ada"));
    return fault;
}
