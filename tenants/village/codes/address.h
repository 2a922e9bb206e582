// SPDX-License-Identifier: AGPL-3.0-or-later
/* How an address is written: letters and books say it in the same way. */
#ifndef BALAI_ADDRESS_H
#define BALAI_ADDRESS_H

#include "server/base/text.h"

/*
 * The hamlet as an address says it beside its street: "{Dusun} Wara" (text_hamlet), with its own kind when it is named with one ("Dusun I",
 * "Lingkungan Padang"). Empty when there is none, and when the street names it: "Dusun Wara No. 3" names the hamlet Wara; "Jl. Wara-Wara
 * Raya" and "Jl. Pendidikan" name neither Wara nor I. RT numbers begin anew in each hamlet: without it an address is not certain.
 */
struct str address_hamlet(struct arena *arena, struct str street, struct str hamlet);

/*
 * A hamlet's name without the word for what it is: "Dsn. Wara", "DUSUN: Wara", "Lingk. Wara" and "Lingkungan Wara" are "Wara". A part of
 * `s`. "Kampung Baru" stays: it is called so. "Dusun -" is "-".
 */
struct str hamlet_name(struct str s);
/* The same, also without the village's own word ("Kampung"), where anything follows it. */
struct str hamlet_bare(struct str s, struct str word);

/*
 * What the name of a hamlet, RW or RT may not have in it, in words; NULL: it may be one. The signs that files and pages read as something
 * else are in no name.
 */
const char *area_name_fault(struct str name);

/*
 * Whether an RW or RT may be called so without a question: a number, a letter or a Roman number, also several of them ("001", "2A", "IV",
 * "01/B"). "-" and nothing are no name.
 */
bool area_number_is_usual(struct str number);

/* Whether a part of an address is filled in; "-" is none. */
static inline bool is_said(struct str s)
{
    return !str_empty(s) && !str_is(s, "-");
}

/* "{Dusun} Wara, RW 001, RT 002" without the parts that are not filled in; "Wilayah belum diisi" when none is. */
struct str address_place(struct arena *arena, struct str hamlet, struct str rw, struct str rt);

/* Whether two names are probably one, typed wrongly: BATU LOTOGN and BATU LOTONG. Numbers are not: Padang I, Padang II. */
bool hamlet_is_like(struct arena *arena, struct str a, struct str b);

#endif
