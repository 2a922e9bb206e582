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
    } others[] = {{STR_INIT("pebruari"), 2}, {STR_INIT("agt"), 8}, {STR_INIT("ags"), 8}, {STR_INIT("nopember"), 11}};
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
    const size_t at = text.n >= word.n && is_behind ? text.n - word.n : 0;

    if (text.n <= word.n || !str_eq_nocase(str_part(text, at, word.n), word))
        return text;
    return str_trim(is_behind ? str_part(text, 0, at) : str_from(text, word.n));
}

bool time_typed(struct str text, enum zone zone, uint32_t *minutes_out)
{
    struct str rest, hour;
    uint64_t h, m = 0;

    rest = without(without(str_trim(text), STR("jam"), false), STR("pukul"), false);
    if (zone != 0)
        rest = without(rest, str_c(zone_name(zone)), true);
    if (!str_cut(&rest, str_find_char(rest, ':') >= 0 ? ':' : '.', &hour) || hour.n > 2 || !str_to_u64(hour, &h) || h >= HOURS)
        return false;
    if (rest.p != NULL && (rest.n != 2 || !str_to_u64(rest, &m) || m >= MINUTES))
        return false;
    *minutes_out = (uint32_t)(h * MINUTES + m);
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
