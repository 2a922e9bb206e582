// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/base/typed.h"

#include "server/base/str.h"

enum { LETTERS_LEAST = 3, MONTHS = 12, CENTURY = 100, FIRST_LATEST = 1900, HOURS = 24, MINUTES = 60 };

/* At least three letters that begin the word. */
static bool begins(struct str text, struct str word)
{
    return text.n >= LETTERS_LEAST && text.n <= word.n && str_eq_nocase(text, str_part(word, 0, text.n));
}

int month_typed(struct str text)
{
    static const struct {
        struct str word;
        int month;
    } others[] = {{STR_INIT("pebruari"), 2}, {STR_INIT("nopember"), 11}, {STR_INIT("january"), 1},  {STR_INIT("february"), 2},
                  {STR_INIT("march"), 3},    {STR_INIT("mrt"), 3},       {STR_INIT("may"), 5},      {STR_INIT("june"), 6},
                  {STR_INIT("july"), 7},     {STR_INIT("august"), 8},    {STR_INIT("agt"), 8},      {STR_INIT("ags"), 8},
                  {STR_INIT("agst"), 8},     {STR_INIT("october"), 10},  {STR_INIT("december"), 12}};
    uint64_t number;

    text = str_trim(text);
    if (str_ends(text, STR(".")))
        text.n--;
    if (text.n <= 2 && str_to_u64(text, &number))
        return number <= MONTHS ? (int)number : 0;
    for (int month = 1; month <= MONTHS; month++)
        if (str_eq_nocase(text, str_c(month_roman(month))) || begins(text, str_c(month_name(month))))
            return month;
    for (size_t i = 0; i < COUNT_OF(others); i++)
        if (begins(text, others[i].word))
            return others[i].month;
    return 0;
}

int year_typed(struct str text, int latest)
{
    uint64_t year;

    text = str_trim(text);
    if ((text.n != 2 && text.n != 4) || !str_to_u64(text, &year))
        return 0;
    if (text.n == 4)
        return (int)year;
    if (latest < FIRST_LATEST)
        return 0;
    const int near = latest - latest % CENTURY + (int)year;
    return near > latest ? near - CENTURY : near;
}

bool date_boxed(struct str day, struct str month, struct str year, int latest, struct date *out)
{
    uint64_t d;

    day = str_trim(day);
    if (day.n == 0 || day.n > 2 || !str_to_u64(day, &d))
        return false;
    const struct date read = {(int16_t)year_typed(year, latest), (uint8_t)month_typed(month), (uint8_t)d};
    if (!date_is_valid(read))
        return false;
    *out = read;
    return true;
}

bool date_typed(struct str text, int latest, struct date *out)
{
    static const char signs[] = {'-', '/', '.', ' '};
    struct str parts[3];

    text = str_trim(text);
    if (date_parse(text, out))
        return true;
    for (size_t i = 0; i < sizeof(signs); i++) {
        struct str rest = text;
        size_t n = 0;

        while (n < COUNT_OF(parts) && rest.p != NULL && str_cut(&rest, signs[i], &parts[n]))
            n++;
        if (n == COUNT_OF(parts) && rest.p == NULL && date_boxed(parts[0], parts[1], parts[2], latest, out))
            return true;
    }
    return false;
}

/* Without the word in front, or behind. */
static struct str without(struct str text, struct str word, bool is_behind)
{
    if (text.n <= word.n || !str_eq_nocase(str_part(text, is_behind ? text.n - word.n : 0, word.n), word))
        return text;
    return str_trim(is_behind ? str_part(text, 0, text.n - word.n) : str_from(text, word.n));
}

/* The part of the day that is named behind an hour, and the hours (of twelve, or of 24) that it has. */
static const struct day_part {
    struct str word;
    uint8_t first, last;
} day_parts[] = {{STR_INIT("pagi"), 1, 11}, {STR_INIT("siang"), 10, 15}, {STR_INIT("sore"), 14, 18}, {STR_INIT("malam"), 18, 23}};

/* "8 malam" is 20 and "20 malam" too; false: that part has no such hour, or two ("12 malam" is 0 or 24). */
static bool hour_in(const struct day_part *part, uint64_t *hour)
{
    if (part == NULL)
        return true;
    if (*hour > 0 && *hour < part->first)
        *hour += HOURS / 2;
    return *hour >= part->first && *hour <= part->last;
}

/* "8", "8.30", "08:30", "8,30", "0830". */
static bool hour_and_minutes(struct str text, uint64_t *hour_out, uint64_t *minutes_out)
{
    struct str rest = text, hour;

    *minutes_out = 0;
    if (text.n == 4 && str_to_u64(text, hour_out)) {
        *minutes_out = *hour_out % 100;
        *hour_out /= 100;
    } else {
        const char sign = str_find_char(rest, ':') >= 0 ? ':' : str_find_char(rest, ',') >= 0 ? ',' : '.';

        if (!str_cut(&rest, sign, &hour) || hour.n > 2 || !str_to_u64(hour, hour_out))
            return false;
        if (rest.p != NULL && (rest.n != 2 || !str_to_u64(rest, minutes_out)))
            return false;
    }
    return *hour_out < HOURS && *minutes_out < MINUTES;
}

bool time_typed(struct str text, enum zone zone, uint32_t *minutes_out)
{
    static const struct str before[] = {STR_INIT("jam"), STR_INIT("pukul"), STR_INIT("pkl."), STR_INIT("pkl")};
    const struct day_part *part = NULL;
    struct str rest = str_trim(text);
    uint64_t hour, minutes;

    for (size_t i = 0; i < COUNT_OF(before); i++)
        rest = without(rest, before[i], false);
    if (zone != 0)
        rest = without(rest, str_c(zone_name(zone)), true);
    for (size_t i = 0; i < COUNT_OF(day_parts) && part == NULL; i++) {
        const struct str bare = without(rest, day_parts[i].word, true);

        part = bare.n < rest.n ? &day_parts[i] : NULL;
        rest = bare;
    }
    if (!hour_and_minutes(rest, &hour, &minutes) || !hour_in(part, &hour))
        return false;
    *minutes_out = (uint32_t)(hour * MINUTES + minutes);
    return true;
}

struct str time_text(struct arena *arena, uint32_t minutes)
{
    return str_fmt(arena, "%02" PRIu32 ".%02" PRIu32, minutes / MINUTES, minutes % MINUTES);
}

bool phone_is_number(struct str s)
{
    enum { DIGITS_LEAST = 6, DIGITS_MOST = 15 };
    size_t digits = 0;

    for (size_t i = 0; i < s.n; i++) {
        const bool is_digit = s.p[i] >= '0' && s.p[i] <= '9';

        digits += is_digit;
        if (!is_digit && strchr(" -.()", s.p[i]) == NULL && (s.p[i] != '+' || i != 0))
            return false;
    }
    return digits >= DIGITS_LEAST && digits <= DIGITS_MOST;
}
