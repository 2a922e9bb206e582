// SPDX-License-Identifier: AGPL-3.0-or-later
/* Dates as people read and type them. */
#include "server/base/clock.h"

const char *month_name(int month)
{
    static const char *const names[] = {"Januari", "Februari", "Maret",     "April",   "Mei",      "Juni",
                                        "Juli",    "Agustus",  "September", "Oktober", "November", "Desember"};

    return month >= 1 && month <= 12 ? names[month - 1] : "";
}

const char *month_roman(int month)
{
    static const char *const names[] = {"I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"};

    return month >= 1 && month <= 12 ? names[month - 1] : "";
}

struct str date_long(struct arena *arena, struct date d)
{
    if (!date_is_valid(d))
        return STR("");
    return str_fmt(arena, "%d %s %d", d.day, month_name(d.month), d.year);
}

struct str date_weekday_long(struct arena *arena, struct date d)
{
    static const char *const names[] = {"Minggu", "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"};

    if (!date_is_valid(d))
        return STR("");
    return str_fmt(arena, "%s, %d %s %d", names[date_weekday(d)], d.day, month_name(d.month), d.year);
}

struct str date_short(struct arena *arena, struct date d)
{
    if (!date_is_valid(d))
        return STR("");
    return str_fmt(arena, "%02d-%02d-%04d", d.day, d.month, d.year);
}

struct str date_iso(struct arena *arena, struct date d)
{
    if (!date_is_valid(d))
        return STR("");
    return str_fmt(arena, "%04d-%02d-%02d", d.year, d.month, d.day);
}

struct str utc_clock(struct arena *arena, utc_us at, enum zone zone)
{
    int minute = utc_minute_of_day(at, zone);

    return str_fmt(arena, "%02d.%02d", minute / 60, minute % 60);
}

struct str utc_short(struct arena *arena, utc_us at, enum zone zone)
{
    return str_fmt(arena, "%.*s %.*s", STR_ARG(date_short(arena, utc_date(at, zone))), STR_ARG(utc_clock(arena, at, zone)));
}

struct str age_text(struct arena *arena, utc_us at, utc_us now)
{
    enum { MINUTE_S = 60, HOUR_S = 3600, DAY_S = 86400 };
    int64_t age = now > at ? (now - at) / US_PER_S : 0;

    if (at == 0)
        return STR("belum ada");
    if (age < MINUTE_S)
        return STR("baru saja");
    if (age < HOUR_S)
        return str_fmt(arena, "%" PRId64 " menit lalu", age / MINUTE_S);
    if (age < DAY_S)
        return str_fmt(arena, "%" PRId64 " jam lalu", age / HOUR_S);
    return str_fmt(arena, "%" PRId64 " hari lalu", age / DAY_S);
}

struct str utc_long(struct arena *arena, utc_us at, enum zone zone)
{
    struct str day = date_long(arena, utc_date(at, zone)), clock = utc_clock(arena, at, zone);

    return str_fmt(arena, "%.*s, %.*s %s", STR_ARG(day), STR_ARG(clock), zone_name(zone));
}

bool date_parse(struct str s, struct date *out)
{
    struct str parts[3], rest;
    uint64_t numbers[3];
    size_t n = 0;
    bool year_first;
    struct date d;
    char sep = 0;

    s = str_trim(s);
    if (s.n > 0 && s.p[0] == '\'') /* how a spreadsheet marks a text cell */
        s = str_from(s, 1);
    for (size_t i = 0; i < s.n && sep == 0; i++)
        if (s.p[i] == '-' || s.p[i] == '/' || s.p[i] == '.')
            sep = s.p[i];
    for (rest = s; sep != 0 && n < 3 && str_cut(&rest, sep, &parts[n]); n++) {
        if (parts[n].n > 4 || !str_to_u64(parts[n], &numbers[n]))
            return false;
    }
    if (n != 3 || rest.p != NULL)
        return false;
    year_first = parts[0].n == 4;
    if ((year_first && sep == '.') || parts[year_first ? 0 : 2].n != 4 || parts[1].n > 2 || parts[year_first ? 2 : 0].n > 2)
        return false;
    d = (struct date){(int16_t)numbers[year_first ? 0 : 2], (uint8_t)numbers[1], (uint8_t)numbers[year_first ? 2 : 0]};
    if (!date_is_valid(d))
        return false;
    *out = d;
    return true;
}
