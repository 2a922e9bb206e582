// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/base/clock.h"

#include <time.h>

static const int64_t DAY_US = INT64_C(86400) * US_PER_S;

utc_us clock_utc(void)
{
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    return (utc_us)now.tv_sec * US_PER_S + now.tv_nsec / 1000;
}

uint64_t clock_mono_us(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

uint64_t clock_mono_ms(void)
{
    return clock_mono_us() / 1000;
}

static const struct {
    const char *name;
    int minutes;
} zones[] = {{"UTC", 0}, [ZONE_WIB] = {"WIB", 420}, [ZONE_WITA] = {"WITA", 480}, [ZONE_WIT] = {"WIT", 540}};

int zone_minutes(enum zone zone)
{
    return zones[(size_t)zone < COUNT_OF(zones) ? zone : 0].minutes;
}

const char *zone_name(enum zone zone)
{
    return zones[(size_t)zone < COUNT_OF(zones) ? zone : 0].name;
}

/* Keputusan Presiden 41/1987, with the provinces that were made since. */
enum zone zone_of_area(struct str code)
{
    static const char middle[] = "51 52 53 63 64 65 71 72 73 74 75 76 ", east[] = "81 82 91 92 93 94 95 96 97 ";
    struct str province = str_part(code, 0, 2);

    if (province.n < 2)
        return ZONE_WIB;
    if (str_find(STR(middle), province) >= 0)
        return ZONE_WITA;
    return str_find(STR(east), province) >= 0 ? ZONE_WIT : ZONE_WIB;
}

static bool is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int month_days(int year, int month)
{
    static const uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

bool date_is_valid(struct date d)
{
    return d.year >= 1 && d.year <= 9999 && d.month >= 1 && d.month <= 12 && d.day >= 1 && d.day <= month_days(d.year, d.month);
}

int date_compare(struct date a, struct date b)
{
    if (a.year != b.year)
        return a.year - b.year;
    if (a.month != b.month)
        return a.month - b.month;
    return a.day - b.day;
}

/*
 * Years are counted from 1 March, so that the leap day is the last of its year
 * and months before it have a fixed length; 719468 days lie between 0000-03-01
 * and 1970-01-01.
 */
int64_t date_to_days(struct date d)
{
    int64_t year = d.month <= 2 ? d.year - 1 : d.year;
    int64_t month = (d.month + 9) % 12;

    return year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + d.day - 1 - 719468;
}

struct date date_from_days(int64_t days)
{
    int64_t n = days + 719468, era, day, year, month;

    if (days < -719162 || days > 2932896) /* 0001-01-01 … 9999-12-31 */
        return (struct date){0};
    era = n / 146097;
    day = n % 146097;
    year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
    day -= year * 365 + year / 4 - year / 100;
    month = (day * 5 + 2) / 153;
    day -= (month * 153 + 2) / 5;
    month = month < 10 ? month + 3 : month - 9;
    year += era * 400 + (month <= 2 ? 1 : 0);
    return (struct date){(int16_t)year, (uint8_t)month, (uint8_t)(day + 1)};
}

int date_weekday(struct date d)
{
    return (int)(((date_to_days(d) + 4) % 7 + 7) % 7); /* 1970-01-01 was a Thursday */
}

int date_age(struct date birth, struct date day)
{
    int years = day.year - birth.year;

    if (day.month < birth.month || (day.month == birth.month && day.day < birth.day))
        years--;
    return years;
}

struct str date_age_text(struct arena *arena, struct date birth, struct date day)
{
    int years = date_age(birth, day), months = (day.year - birth.year) * 12 + day.month - birth.month - (day.day < birth.day);

    if (years > 0)
        return str_fmt(arena, "%d tahun", years);
    return months > 0 ? str_fmt(arena, "%d bulan", months) : str_fmt(arena, "%" PRId64 " hari", date_to_days(day) - date_to_days(birth));
}

struct date date_month(struct date d)
{
    return (struct date){d.year, d.month, 1};
}

struct date date_add_months(struct date d, int months)
{
    int64_t at = (int64_t)d.year * 12 + d.month - 1 + months;
    int year, month, last;

    if (date_is_none(d) || at < 12 || at >= 10000 * 12)
        return (struct date){0};
    year = (int)(at / 12);
    month = (int)(at % 12) + 1;
    last = month_days(year, month);
    return (struct date){(int16_t)year, (uint8_t)month, d.day > last ? (uint8_t)last : d.day};
}

/* Microseconds of the zone's wall clock: its day number and what is left of the day. */
static int64_t local_day(utc_us at, enum zone zone, int64_t *rest_us_out)
{
    int64_t local = at + (int64_t)zone_minutes(zone) * 60 * US_PER_S;
    int64_t day = local / DAY_US, rest = local % DAY_US;

    if (rest < 0) {
        rest += DAY_US;
        day--;
    }
    *rest_us_out = rest;
    return day;
}

struct date utc_date(utc_us at, enum zone zone)
{
    int64_t rest;

    return date_from_days(local_day(at, zone, &rest));
}

int utc_minute_of_day(utc_us at, enum zone zone)
{
    int64_t rest;

    local_day(at, zone, &rest);
    return (int)(rest / (60 * US_PER_S));
}

utc_us date_utc(struct date d, enum zone zone)
{
    return date_to_days(d) * DAY_US - (int64_t)zone_minutes(zone) * 60 * US_PER_S;
}

bool month_parse(struct str text, struct date *first_out)
{
    uint64_t year, month;

    if (text.n != 7 || text.p[4] != '-' || !str_to_u64(str_part(text, 0, 4), &year) || !str_to_u64(str_from(text, 5), &month))
        return false;
    if (year < 1900 || year > 2200 || month < 1 || month > 12)
        return false;
    *first_out = (struct date){.year = (int16_t)year, .month = (uint8_t)month, .day = 1};
    return true;
}

struct str month_word(struct arena *arena, struct date first)
{
    return str_fmt(arena, "%04d-%02u", first.year, first.month);
}

struct str month_long(struct arena *arena, struct date first)
{
    return str_fmt(arena, "%s %d", month_name(first.month), first.year);
}
