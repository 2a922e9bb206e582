// SPDX-License-Identifier: AGPL-3.0-or-later
/* Private to server/paper: numbers and dates as Indonesians write them, read from values and put into words. */
#ifndef BALAI_PAPER_WORDS_H
#define BALAI_PAPER_WORDS_H

#include "server/base/base.h"
#include "server/base/clock.h"

enum { AMOUNT_ONE = 10000, AMOUNT_DECIMALS = 4 };
#define AMOUNT_MOST (INT64_C(100000000000000) * AMOUNT_ONE) /* 14 digits before the comma; two of them can be added */

struct amount {
    int64_t parts; /* of AMOUNT_ONE; at most AMOUNT_MOST of them */
    bool is_money; /* written with Rp */
    int decimals;  /* as many were written */
};

/* What a value is turned into before its case. AS_IT_IS: nothing. */
enum conversion { AS_IT_IS = 1, AS_WORDS, AS_MONEY_WORDS, AS_NUMBER, AS_MONEY, AS_ROMAN, AS_HIJRI, AS_WEEKDAY };

/* "1500000", "1.500.000", "Rp 1.500.000,50", "Rp. 1.500.000,-", "-12,5". False: no such number, or one of two meanings ("1.5"). */
bool amount_read(struct str text, struct amount *out) MUST_USE;
/* "17-08-2026" and its kin (date_parse), "17 Agustus 2026", "Senin, 17 Agustus 2026". */
bool day_read(struct arena *arena, struct str text, struct date *out) MUST_USE;

/* False where the value cannot be turned into that. */
bool convert_text(struct arena *arena, enum conversion as, struct str value, struct str *out) MUST_USE;
bool convert_amount(struct arena *arena, enum conversion as, struct amount amount, struct str *out) MUST_USE;

/* 1 to 3999, in small letters. */
struct str roman_text(struct arena *arena, unsigned n);

#endif
