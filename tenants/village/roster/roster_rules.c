// SPDX-License-Identifier: AGPL-3.0-or-later
/* Decisions about the list: what a filter and typed words ask of the statements, and what is missing of a person. */
#include "server/base/text.h"
#include "tenants/village/codes/codes.h"
#include "tenants/village/residents/nik.h"
#include "tenants/village/roster/roster_filter.h"

enum { MAX_WORDS = 4, NIK_DIGITS = 16, MIN_DIGITS = 4, GROWN_UP = 18 };

/* ---- a filter ---- */

const char *resident_list_fault(const struct resident_find *find)
{
    if (find->no_birth.is_set && (!date_is_none(find->born_after) || !date_is_none(find->born_until)))
        return "Warga tanpa tanggal lahir tidak punya umur. Pilih salah satu.";
    return NULL;
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

/* "Nur'aini", "Nur Aini" and "Nuraini" are one name to who searches: an apostrophe parts words here, and words beside each other are looked
 * for as one too (with_words). */
static struct str without_apostrophes(struct arena *arena, struct str typed)
{
    static const char *const signs[] = {"'", "`", "\u2018", "\u2019", "\u02BC", "\u00B4"};

    for (size_t i = 0; i < COUNT_OF(signs); i++)
        typed = str_replace(arena, typed, str_c(signs[i]), STR(" "));
    return typed;
}

enum resident_search resident_find_typed(struct arena *arena, struct str typed, struct resident_find *find)
{
    struct str words[MAX_WORDS] = {STR_NONE, STR_NONE, STR_NONE, STR_NONE};

    typed = str_trim(typed);
    if (str_empty(typed))
        return SEARCH_NONE;
    if (only_digits_typed(typed))
        return find_number(arena, typed, find);
    if (list_typed_words(arena, without_apostrophes(arena, typed), words, MAX_WORDS) == 0)
        return SEARCH_NOTHING;
    find->first = words[0];
    find->second = words[1];
    find->third = words[2];
    find->fourth = words[3];
    return SEARCH_WORDS;
}

bool resident_way_of(const struct list_reading *at, struct resident_find *find, enum resident_way *way_out)
{
    enum resident_search search = resident_find_typed(at->arena, at->words, find);

    find->today = at->today;
    if (find->lack.is_set)
        find->minor_since = date_add_months(at->today, -12 * GROWN_UP);
    *way_out = search == SEARCH_WORDS                                                               ? RESIDENT_WAY_WORDS
               : search == SEARCH_NONE && !list_is_filtered(at) && at->at.order == RESIDENT_BY_NAME ? RESIDENT_WAY_LIVING
                                                                                                    : RESIDENT_WAY_ALL;
    return search != SEARCH_NOTHING;
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
    if (nik_is_temporary(hit->nik))
        add_fault(&fault, "kuning", STR("NIK sementara"));
    else
        check_nik(&fault, hit, today);
    if (date_is_none(hit->birth_date))
        add_fault(&fault, "kuning", STR("Tanggal lahir kosong"));
    else if (str_empty(hit->birth_cert) && date_age(hit->birth_date, today) < GROWN_UP)
        add_fault(&fault, "kuning", STR("Akta lahir belum ada"));
    return fault;
}
