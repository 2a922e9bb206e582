// SPDX-License-Identifier: AGPL-3.0-or-later
/* Decisions of the kiosk without I/O: cards, PINs, their limits, names and figures. Private. */
#ifndef BALAI_KIOSK_RULES_H
#define BALAI_KIOSK_RULES_H

#include "server/base/base.h"
#include "server/base/clock.h"

enum { PIN_DIGITS = 6, CARD_LEAST = 8, CARD_MOST = 20, CODE_SIGNS = 8, RECEIPT_SIGNS = 8 };

/* A card's UID as readers type it: 8 to 20 decimal or hex digits, leading zeros kept, hex in upper case. STR_NONE: it is none. */
struct str card_uid(struct arena *arena, struct str typed);

/* What is wrong with a new PIN, as a sentence, or NULL. birth may be none. */
const char *pin_fault(struct str pin, struct str nik, struct date birth);

/* Wrong PINs in a row. The 5th closes the account for 15 minutes, the 10th for 24 hours, the 15th until the office sets a new PIN. */
struct pin_limit {
    uint32_t failures;
    utc_us locked_until; /* 0: open */
};
enum { PIN_FIRST = 5, PIN_NEXT = 10, PIN_LAST = 15 };
/* How often a wrong PIN may still follow before the account closes, the one that closes it counted. */
uint32_t pin_tries_left(struct pin_limit limit);
/* The attempt that begins now, counted as wrong until it proves right. */
struct pin_limit pin_limit_next(struct pin_limit before, utc_us now, bool *may_try_out);
/*
 * Wrong PINs of a device, and of the village, whoever's they are: PACE_DEVICE, PACE_VILLAGE in PACE_WINDOW_S; the one after them is not
 * looked at, and none until the pause is over.
 */
struct pin_pace {
    utc_us began_at;
    uint32_t failures;
    utc_us paused_until; /* 0: open */
};
enum { PACE_DEVICE = 20, PACE_VILLAGE = 60, PACE_WINDOW_S = 600, PACE_PAUSE_S = 900 };
/* The attempt that begins now, counted as wrong until it proves right. is_tipped_out: the pause begins with it. */
struct pin_pace pin_pace_next(struct pin_pace before, uint32_t most, utc_us now, bool *may_try_out, bool *is_tipped_out);

/* "15 menit", "23 jam 59 menit": what is left, begun minutes as whole ones. */
struct str left_text(struct arena *arena, utc_us left);

/* The office must set a new PIN. */
bool pin_limit_is_off(struct pin_limit limit);

/* "Ibu Halimah": how the kiosk addresses people. */
struct str given_name(struct arena *arena, struct str name, uint8_t sex);

/* Of sorted milliseconds: the value that `percent` of them do not exceed. 0 of none. */
uint32_t percentile(const uint32_t *sorted_ms, size_t n, uint32_t percent);
/* 83400 → "1 menit 23 detik". */
struct str duration_text(struct arena *arena, uint32_t ms);

#endif
