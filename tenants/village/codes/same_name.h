// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Names of people beside each other: whether two writings are of one name, and whether there is a name at all yet. A newborn is written
 * down before it has one, by its mother's. Pure; results live in the arena.
 */
#ifndef BALAI_SAME_NAME_H
#define BALAI_SAME_NAME_H

#include "server/base/base.h"

/* "BAYI NY. SITI", "ANAK DARI SITI", "BELUM DIBERI NAMA": no name yet. *parent_out: the words that say whose child it is, folded; "" none.
 */
bool name_is_missing(struct arena *arena, struct str name, struct str *parent_out);

/*
 * Whether two names are one: MUH. and MUHAMMAD, ABD and ABDUL, an initial and its word, NUR AINI and NUR'AINI, with and without titles, BIN
 * and BINTI, or the father's name behind it. A letter apart is another name: twins are called so.
 */
bool name_is_like(struct arena *arena, struct str a, struct str b);

/* Whether any word is in both, but for those that half a village bears: SITI AMINAH is the NY. AMINAH of her baby. */
bool name_shares_word(struct arena *arena, struct str a, struct str b);

/* The first word that tells people apart, folded: FAUZAN of MUH. FAUZAN; the first one when none does; "" when there is none. */
struct str name_own_word(struct arena *arena, struct str name);

#endif
