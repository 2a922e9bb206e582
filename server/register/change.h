// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * The history of rows, one table for all registers: written in the act's own transaction, with who, when, why and what changed.
 * Triggers refuse UPDATE and DELETE. What changed is the JSON of a form's NAME_diff: {"Nama tamu":["Andi","Andi Baso"]}.
 */
#ifndef BALAI_REGISTER_CHANGE_H
#define BALAI_REGISTER_CHANGE_H

#include "server/register/kept.h"

/* The usual kinds; a register's own stand in its keeper. word, what people read */
#define CHANGE_USUAL(X)             \
    X("add", "Dicatat")             \
    X("edit", "Data diubah")        \
    X("cancel", "Dibatalkan")       \
    X("remove", "Dihapus")          \
    X("file", "Berkas disimpan")    \
    X("file_out", "Berkas ditarik") \
    X("note", "Catatan ditulis")

struct change {
    const char *owner;
    uint64_t owner_id;
    struct str kind;   /* a word */
    struct str diff;   /* empty: nothing to compare */
    struct str reason; /* ≤ 300 signs */
    uint32_t version;  /* the row's, after it; 0: it has none */
    const char *also;  /* whose history it belongs to as well; NULL: nobody's */
    uint64_t also_id;
};

/* Who and when are the request's. */
enum rc change_put(struct txn *txn, const struct request *req, const struct change *change, struct err *err) MUST_USE;
/* Of several rows that one act changes, in one statement. */
enum rc changes_put(struct txn *txn, const struct request *req, const struct change *changes, size_t n, struct err *err) MUST_USE;

enum { CHANGES_SHOWN = 20 };
/* The newest, or those before `before` (0: the newest); more_href is left to the caller: *oldest_out is the id to go on below, 0 at the
 * end. */
enum rc history_show(struct request *req, struct village_db *db, const struct keeper *keeper, uint64_t id, uint64_t before,
                     struct history_view *out, uint64_t *oldest_out, struct err *err) MUST_USE;
/* The fields of a stored diff, as they stand in it. */
enum rc history_fields(struct arena *arena, struct str changes, struct history_line *line, struct err *err) MUST_USE;

#endif
