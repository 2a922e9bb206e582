// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * The history of rows, one table for all registers with one writer and one reader: written in the act's own transaction, with who,
 * when, why and what changed. Triggers refuse UPDATE and DELETE. What changed is JSON of words that stay, as a form's NAME_diff or a
 * register's own: {"nama":["Andi","Andi Baso"]}. What a kind of change is called to people stands in the room that writes it
 * (struct feature, `.changes`).
 */
#ifndef BALAI_REGISTER_CHANGE_H
#define BALAI_REGISTER_CHANGE_H

#include "server/register/kept.h"

/* Who writes, and for which request or piece of work: "import:7". */
struct change_by {
    utc_us at;
    uint64_t staff_id; /* 0: the system */
    struct str staff_name, origin;
};
struct change_by change_by_of(const struct request *req);

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
enum rc changes_put(struct txn *txn, const struct change_by *by, const struct change *changes, size_t n, struct err *err) MUST_USE;

/*
 * Lines of a page, as the keeper's hooks read them: the newest, or those before `before` (0: the newest). What belongs to this history as
 * well (`also`) is one line an act.
 */
enum rc history_show(struct request *req, struct village_db *db, const struct keeper *keeper, uint64_t id, uint64_t before,
                     struct history_view *out, struct err *err) MUST_USE;
/* What came after a version of the row, the first first: for who began a change with that one. */
enum rc history_since(struct request *req, struct village_db *db, const struct keeper *keeper, uint64_t id, uint32_t version,
                      struct history_view *out, struct err *err) MUST_USE;

#endif
