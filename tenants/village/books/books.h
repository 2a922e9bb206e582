// SPDX-License-Identifier: AGPL-3.0-or-later
/* The books of the village: which there are, printing a month, closing it; and the two of the population that stand here. */
#ifndef BALAI_BOOKS_H
#define BALAI_BOOKS_H

#include "server/register/book.h"
#include "server/web/web.h"

extern const struct route books_routes[];
extern const struct feature books_feature;
extern const struct book book_b1, book_b3;

/* The `since` of books that are made of residents: the day the first of them was written in. */
enum rc books_since(struct village_db *db, struct date *out, struct err *err) MUST_USE;

/* A month by its B.3: how many more live here at its end, how many were born, the day it was closed (year 0: open). */
struct book_month {
    int64_t net;
    uint64_t births;
    struct date closed_on;
};
enum { BOOK_TREND = 12 };
/* The months from `first`, the first day of one. */
enum rc books_trend(struct village_db *db, struct date first, enum zone zone, struct book_month out[BOOK_TREND], struct err *err) MUST_USE;

#endif
