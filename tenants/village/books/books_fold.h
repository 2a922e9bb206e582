// SPDX-License-Identifier: AGPL-3.0-or-later
/* Never public: the sums of B.3, folded from rows of the database. Pure. */
#ifndef BALAI_BOOKS_FOLD_H
#define BALAI_BOOKS_FOLD_H

#include "tenants/village/books/books_sql.h"

/* In the order of the form: WNA L, WNA P, WNI L, WNI P. */
enum { FOLD_CLASSES = 4 };

/* One hamlet's line of B.3. */
struct fold_line {
    struct str hamlet;
    int64_t start[FOLD_CLASSES], born[FOLD_CLASSES], came[FOLD_CLASSES], died[FOLD_CLASSES], left[FOLD_CLASSES], end[FOLD_CLASSES];
    int64_t start_families, start_members, start_all, end_families, end_members, end_all;
    int64_t missing, found; /* among those who left; among those who came */
    int64_t corrected;      /* whom a correction brought or took, or put into another class */
    int64_t late;           /* whose month was closed already */
    int64_t within;         /* among those who came and those who left: of no event, within the village */
    int64_t moved;          /* among them who came from or went to another hamlet of it */
    int64_t begun, ended;   /* families with nobody here at the start; at the end */
};

struct fold {
    struct fold_line *p;
    size_t n;
};

struct fold_input {
    struct fold_hamlet_rows hamlets;
    struct fold_living_rows living;
    struct fold_event_rows events; /* since the month began */
    struct fold_move_rows moves;   /* within the month */
    struct fold_family_rows families;
};

/* start + born + came − died − left = end, for every hamlet and class. Hamlets where nobody is and nothing happened are left out. */
struct fold fold_month(struct arena *arena, const struct fold_input *in);
/* "termasuk hilang 1; dalam desa 4; koreksi 2; terlambat 1*; KK baru 1", or "". */
struct str fold_remark(struct arena *arena, const struct fold_line *line);
/* "Cocok: 1.738 awal + 5 lahir + 3 datang − 3 meninggal − 3 pindah = 1.740 akhir." */
struct str fold_said(struct arena *arena, const struct fold *fold);
/* "KK: 549 awal + 1 baru − 0 berkurang = 550 akhir." */
struct str fold_families_said(struct arena *arena, const struct fold *fold);

#endif
