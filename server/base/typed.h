// SPDX-License-Identifier: AGPL-3.0-or-later
/* Days, hours and telephone numbers as people type them into boxes, as far as they have one meaning. Without I/O. */
#ifndef BALAI_TYPED_H
#define BALAI_TYPED_H

#include "server/base/clock.h"

enum { YEARS_TYPED_AHEAD = 20 }; /* how far behind this year `latest` is, of a day that may be to come */
/*
 * A month: "11", "November", at least its first three letters ("Nov", "Nop.",
 * "Agt", also of its English name), "XI"; 0: none. A year of four digits, or of two: the last such year that is not after `latest` (before
 * 1900: two are refused); 0: none. A day of three boxes, or in one ("24 Des 26", and what date_parse reads); only real days.
 */
int month_typed(struct str text) MUST_USE;
int year_typed(struct str text, int latest) MUST_USE;
bool date_boxed(struct str day, struct str month, struct str year, int latest, struct date *out) MUST_USE;
bool date_typed(struct str text, int latest, struct date *out) MUST_USE;
/* A time of day in minutes: "8.30", "08:30", "8,30", "0830", "9", "jam 9", "pukul 09.00", "pkl 9", "9 malam", with the word of that zone
 * behind it (0: with none; another zone's is another hour). What has two meanings is none: "12 malam", "24.00". */
bool time_typed(struct str text, enum zone zone, uint32_t *minutes_out) MUST_USE;
struct str time_text(struct arena *arena, uint32_t minutes); /* 08.30 */

/* Whether it may be a telephone number: 6 to 15 digits; blanks, dots, hyphens, brackets and a leading + forgiven. */
bool phone_is_number(struct str s);

#endif
