// SPDX-License-Identifier: AGPL-3.0-or-later
/* The list of residents: finding people, for this room's pages, its exports and other features. It changes nobody. */
#ifndef BALAI_ROSTER_H
#define BALAI_ROSTER_H

#include "server/base/base.h"
#include "server/register/book.h"
#include "server/register/list.h"
#include "server/store/store.h"
#include "server/web/web.h"
#include "tenants/village/roster/roster_find_sql.h"

/*
 * People found by what a clerk types: 16 digits (spaces forgiven) a NIK or KK number; 4 to 15 digits the beginning of either;
 * otherwise words of the name in any order, each from its beginning, at most 4. The living first, then by name, at most `limit`: the
 * limit never leaves out one of the living for one of the others. Nothing searchable typed: no rows.
 */
enum resident_who { RESIDENTS_LIVING = 1, RESIDENTS_MISSING, RESIDENTS_DEAD, RESIDENTS_ALL };
enum rc residents_find(struct village_db *db, struct str typed, enum resident_who who, uint32_t limit, struct resident_hit_rows *out,
                       struct err *err) MUST_USE;

/*
 * Of people who were found by words of a name that they no longer have, that name: "dulu Sitti Rahmawati"; "" for all others. One of
 * hits->n, in the arena of `db`. Nothing is asked of the database while everybody is called what was typed.
 */
enum rc residents_former(struct village_db *db, struct str typed, const struct resident_hit_rows *hits, struct str **out,
                         struct err *err) MUST_USE;

/* One line about a person for choosing: "dulu Sitti Rahmawati, Perempuan, 68 tahun, Dusun Batu Lotong RT 002". */
struct str resident_about(struct arena *arena, const struct resident_hit *hit, struct str former, struct date today);

/*
 * Those whom the list of residents would show for these filters (names and values as in its address), in its order, with *why_out empty;
 * else what is wrong with a filter, in words. RC_TOO_LARGE: more than `most`.
 */
struct resident_ids {
    uint64_t *p;
    size_t n;
};
enum rc residents_chosen(struct village_db *db, const struct list_pairs *filters, struct date today, size_t most, struct resident_ids *out,
                         struct str *why_out, struct err *err) MUST_USE;

/* Whether the list of residents leads who types this to where such an event is written down: "kematian", "cerai". */
bool residents_is_event(struct str typed);

extern const struct list residents_list;
extern const struct route roster_routes[];
extern const struct book residents_book;

#endif
