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

#endif
