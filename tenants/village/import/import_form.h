// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Never public: printed forms of the civil registry (Buku Induk Penduduk of 2012, 2016, Luwu Timur, e-KTP), where a family's number and
 * address stand in lines over its members; and the place that such a line, or an address, holds.
 */
#ifndef BALAI_IMPORT_FORM_H
#define BALAI_IMPORT_FORM_H

#include "tenants/village/import/import_head.h"

struct place {
    struct str address, hamlet, rt, rw; /* empty: not said */
};

/* "JL. POROS, DSN. LIWET, RT:001, RW:002, Kodepos:91994" in its parts; hamlet_word: the village's own, which begins a part. */
struct place form_place(struct arena *arena, struct str text, struct str hamlet_word);

enum form_value { FORM_KK, FORM_ADDRESS, FORM_RT_RW, FORM_HAMLET, FORM_VALUES };

/* The family that the next members belong to. */
struct form {
    struct arena *arena, *scratch; /* of what is kept; of one row */
    struct str hamlet_word;
    struct sheet_cell kk;
    struct place place;
    uint32_t families;
    struct str hamlet;         /* of all, from a line above the first family */
    size_t below[FORM_VALUES]; /* the cell + 1 whose value stands in the next row */
    bool is_book;              /* it calls itself "BUKU INDUK …" */
};

/* Takes what a row says of a family; false: it says nothing. has_member: a NIK stands where members have theirs. */
bool form_line(struct form *form, const struct sheet_cell *cells, size_t n, bool has_member);

#endif
