// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * The history of residents (server/register/change.h): one row for each person an act touches. Invariant: whoever changes a row of
 * `resident` raises its version and puts a row here; the edit page shows a second editor what came between by these rows. Used by every
 * room that changes a resident.
 *
 *   TRY(resident_lock(txn, id, &now, err));
 *   struct resident_row after = now.row; after.basic_status = STATUS_DEAD; … the room's own UPDATE …, version = version + 1
 *   TRY(resident_change_put(txn, &act, id, resident_diff(arena, &now.row, &after), err));
 */
#ifndef BALAI_CHANGE_H
#define BALAI_CHANGE_H

#include "server/register/change.h"
#include "tenants/village/residents/registry_columns.h"

/* Who did it, when, and why: the same for everyone the act touches. */
struct resident_act {
    struct change_by by;
    struct str kind;   /* a word of the room's `.changes` */
    struct str reason; /* ≤ 300 signs; "" when the kind says it all */
};
/* What the signed-in person of this request does. `reason` must outlive its use. */
struct resident_act resident_act_of(const struct request *req, struct str kind, struct str reason);

/* JSON {"column": [old, new]} of the columns that differ, by the words of struct resident_row; "{}" when none does. */
struct str resident_diff(struct arena *arena, const struct resident_row *before, const struct resident_row *after);

/*
 * Puts the act into people's histories: after the writes, as it takes each
 * one's version and family as they now stand. `diff` is resident_diff's, or {}.
 * RC_NOT_FOUND when one of them is not in the village.
 */
struct resident_changed {
    uint64_t resident_id;
    uint64_t family_id; /* 0: the one they are in now; else whose history this belongs to */
    struct str diff;
};
enum rc resident_changes_put(struct txn *txn, const struct resident_act *act, const struct resident_changed *changed, size_t n,
                             struct err *err) MUST_USE;
enum rc resident_change_put(struct txn *txn, const struct resident_act *act, uint64_t resident_id, struct str diff,
                            struct err *err) MUST_USE;
/* Of one whose data stays as it is: "card". */
enum rc resident_told(struct txn *txn, const struct request *req, struct str kind, struct str reason, uint64_t resident_id,
                      struct err *err) MUST_USE;

/* The person's history as pages read it; the family's reads its fields so too. */
extern const struct keeper resident_keeper;

/* A person as the database holds them, locked until the transaction ends, and the registry with them. Lock before you read what you decide
 * on. */
struct resident_now {
    uint64_t id, family_id, area_id; /* family 0: none */
    uint32_t version;
    struct resident_row row;
};
enum rc resident_lock(struct txn *txn, uint64_t id, struct resident_now *out, struct err *err) MUST_USE;
/* The same read without holding anything, for a page or when its family is held; no area_id. */
enum rc resident_read(struct village_db *db, uint64_t id, struct resident_now *out, struct err *err) MUST_USE;
/*
 * Whose NIK is corrected or comes at last is named by it in their children's rows, too; where such a row has the name they had, it
 * gets the one they have now. The registry is held.
 */
struct parent_named {
    struct str nik, name;
};
enum rc children_follow(struct txn *txn, const struct resident_act *act, struct parent_named was, struct parent_named is,
                        struct err *err) MUST_USE;
/*
 * Writes one person as `after` says, into that family (0: none), with their search words and the act's row of history; the place
 * is made when it is new; a corrected NIK or name goes into the rows of their children. The registry is held and touched, the family
 * refreshed, by the caller.
 */
enum rc resident_write(struct txn *txn, const struct resident_act *act, const struct resident_now *now, const struct resident_row *after,
                       uint64_t family_id, struct err *err) MUST_USE;

/* The area with these names ("-": none), made with those it lies in when it is new. The registry is held. */
enum rc area_take(struct txn *txn, struct str hamlet, struct str rw, struct str rt, uint64_t *id_out, struct err *err) MUST_USE;

/*
 * What an act changed of a person, put back: `changes` is its row of history. A fact goes back where it still is what the act
 * made of it; where it was changed since, it stays. Family, role and place go together, when is_still_there: in the family the
 * act put them into. Basic status and the family's address are the caller's. `out` begins as {0}; of an act with two rows, both
 * go into one.
 */
struct resident_back_line {
    enum resident_column column;
    struct str label, now, was;
    bool goes_back;
};
struct resident_back {
    struct resident_row after;
    struct resident_back_line *lines;
    size_t n;
    bool has_family; /* the family goes back, too */
};
enum rc resident_back_of(struct arena *arena, struct str changes, const struct resident_now *now, bool is_still_there,
                         struct resident_back *out, struct err *err) MUST_USE;

/* Raises registry_lock's version: once an act, by whoever wrote residents or families without registry_write_rows. */
enum rc registry_touch(struct txn *txn, struct err *err) MUST_USE;

#endif
