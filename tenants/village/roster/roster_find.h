// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Never public: a page of the list of residents, from the statements. Used by
 * the list's own page and by its export, so that both show the same people in
 * the same order.
 */
#ifndef BALAI_RESIDENTS_FIND_H
#define BALAI_RESIDENTS_FIND_H

#include "tenants/village/roster/roster_filter.h"

/* Where a page goes on: the sort keys of its last (going back: first) row. id 0: from the beginning. */
struct resident_spot {
    uint64_t id;
    struct str name, hamlet, rw, rt;
    struct date birth;
};

struct resident_asked {
    struct resident_filter filter;
    struct str words;  /* as typed; empty: none */
    struct date today; /* ages are counted on it */
    struct resident_spot from;
    bool is_back; /* the page before `from` */
};

/* At most `limit` people after (before) the spot, in the list's order. One statement; none when nobody can be meant. */
enum rc residents_ask(struct village_db *db, const struct resident_asked *asked, uint32_t limit, struct resident_hit_rows *out,
                      struct err *err) MUST_USE;
/* The same people, all of them, at most `limit`, one by one in the columns of the exchange format. One statement. */
enum rc residents_each(struct village_db *db, const struct resident_asked *asked, uint32_t limit,
                       enum rc (*row)(void *ctx, const struct export_row *row, struct err *err), void *ctx, struct err *err) MUST_USE;
/* How many there are in all, counted to 1,001, and the places of the village. One statement. */
enum rc residents_count(struct village_db *db, const struct resident_asked *asked, struct resident_total *out, struct err *err) MUST_USE;

#endif
