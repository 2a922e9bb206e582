// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Time. A moment is microseconds since 1970 in UTC (`utc_us`); a date is a
 * calendar day without a zone. Features never read the clock: the request or
 * job carries its own `now`, so a test can hold it still.
 */
#ifndef BALAI_CLOCK_H
#define BALAI_CLOCK_H

#include "server/base/base.h"

typedef int64_t utc_us;

#define US_PER_S INT64_C(1000000)

utc_us clock_utc(void);       /* wall clock */
uint64_t clock_mono_ms(void); /* monotonic, for deadlines */
uint64_t clock_mono_us(void);

struct date {
    int16_t year; /* 0: no date */
    uint8_t month, day;
};

/* Minutes east of Greenwich of Indonesia's zones: WIB 420, WITA 480, WIT 540. */
enum zone { ZONE_WIB = 1, ZONE_WITA, ZONE_WIT };
int zone_minutes(enum zone zone);
const char *zone_name(enum zone zone); /* "WITA" */
/* The zone of a village, district, regency or province, by the province in its official code ("73…"). */
enum zone zone_of_area(struct str code);

bool date_is_valid(struct date d); /* a real day of the proleptic Gregorian calendar, years 1–9999 */
static inline bool date_is_none(struct date d)
{
    return d.year == 0;
}
int date_compare(struct date a, struct date b); /* <0, 0, >0 */
int64_t date_to_days(struct date d);            /* days since 1970-01-01 */
struct date date_from_days(int64_t days);
int date_weekday(struct date d); /* 0 Minggu … 6 Sabtu */
/* Whole years from birth to day; 29 February counts on 1 March in common years. */
int date_age(struct date birth, struct date day);
/* An age as people say it: "3 hari", "7 bulan", "68 tahun". */
struct str date_age_text(struct arena *arena, struct date birth, struct date day);
struct date date_month(struct date d); /* the first of its month */
/* Adds months, clamped to the month's last day. */
struct date date_add_months(struct date d, int months);

/* The calendar day and the minute of the day of a moment in a zone. */
struct date utc_date(utc_us at, enum zone zone);
int utc_minute_of_day(utc_us at, enum zone zone);
/* Midnight of d in zone. */
utc_us date_utc(struct date d, enum zone zone);

/* Text for people, in the arena. Empty text for no date. */
struct str date_long(struct arena *arena, struct date d);             /* 24 November 2026 */
struct str date_weekday_long(struct arena *arena, struct date d);     /* Selasa, 24 November 2026 */
struct str date_short(struct arena *arena, struct date d);            /* 24-11-2026 */
struct str date_iso(struct arena *arena, struct date d);              /* 2026-11-24 */
struct str utc_clock(struct arena *arena, utc_us at, enum zone zone); /* 10.32 */
struct str utc_short(struct arena *arena, utc_us at, enum zone zone); /* 24-11-2026 10.32 */
/* "baru saja", "5 menit lalu", "3 jam lalu", "2 hari lalu"; "belum ada" for 0. */
struct str age_text(struct arena *arena, utc_us at, utc_us now);
struct str utc_long(struct arena *arena, utc_us at, enum zone zone); /* 24 November 2026, 10.32 WITA */
const char *month_name(int month);                                   /* 1 → Januari; "" outside 1–12 */
const char *month_roman(int month);                                  /* 11 → XI; "" outside 1–12 */

/* Reads dd-mm-yyyy, dd/mm/yyyy, dd.mm.yyyy, yyyy-mm-dd (and yyyy/mm/dd), one leading apostrophe allowed. Only real days. */
bool date_parse(struct str s, struct date *out) MUST_USE;

/* "2026-11" → the first of the month; false when it is no month. */
bool month_parse(struct str text, struct date *first_out) MUST_USE;
struct str month_word(struct arena *arena, struct date first); /* "2026-11" */
struct str month_long(struct arena *arena, struct date first); /* "November 2026" */

#endif
