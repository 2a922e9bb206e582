// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/base/json.h"
#include "server/base/random.h"
#include "server/base/text.h"
#include "server/web/audit.h"
#include "server/web/request.h"
#include "server/web/web_both_sql.h"
#include "server/web/web_control_sql.h"
#include "server/web/web_village_sql.h"

enum { MOST_NAME = 100, MOST_WORD = 60, MOST_DETAIL = 16000 };

static void put_u64(struct buf *out, uint64_t n)
{
    for (int shift = 56; shift >= 0; shift -= 8)
        buf_put_char(out, (char)(n >> shift & 0xff));
}

static void put_text(struct buf *out, struct str s)
{
    put_u64(out, s.n);
    buf_put_str(out, s);
}

/* The hash of a row: of its fields, each with its length before it, after the previous row's hash. */
static void audit_hash(struct arena *arena, const struct audit *row, uint64_t id, const unsigned char previous[32],
                       unsigned char hash_out[32])
{
    struct buf message = {.arena = arena};

    buf_put(&message, previous, HASH_BYTES);
    put_u64(&message, id);
    put_u64(&message, (uint64_t)row->at);
    put_u64(&message, row->actor);
    put_text(&message, row->actor_name);
    put_text(&message, row->action);
    put_text(&message, row->subject);
    put_text(&message, row->detail);
    hash_sha256(message.p, message.n, hash_out);
}

/* What is hashed is what the columns keep: nothing may be cut by the database. */
static enum rc check_row(const struct audit *row, struct err *err)
{
    if (!utf8_is_valid(row->actor_name) || utf8_length(row->actor_name) > MOST_NAME)
        return fail(err, RC_FAULT, "audit: the actor's name is longer than its column");
    if (row->action.n == 0 || row->action.n > MOST_WORD || row->subject.n > MOST_WORD || row->detail.n > MOST_DETAIL)
        return fail(err, RC_FAULT, "audit: action, subject or detail is longer than its column");
    return RC_OK;
}

struct str audit_note(struct arena *arena, struct str note)
{
    struct buf out = {.arena = arena};

    buf_put_str(&out, STR("{\"note\":"));
    json_put_str(&out, note);
    buf_put_char(&out, '}');
    return buf_str(&out);
}

struct str audit_change(struct arena *arena, struct str before, struct str after)
{
    struct buf out = {.arena = arena};

    buf_put_str(&out, STR("{\"before\":"));
    json_put_str(&out, before);
    buf_put_str(&out, STR(",\"after\":"));
    json_put_str(&out, after);
    buf_put_char(&out, '}');
    return buf_str(&out);
}

struct str audit_note_of(struct arena *arena, struct str detail)
{
    json_t *value;

    return json_read(arena, detail, &value, NULL) == RC_OK && json_is_object(value) ? str_dup(arena, json_text(value, "note")) : STR("");
}

struct audit request_audit(const struct request *req, const char *action, struct str subject)
{
    return (struct audit){.at = req->now,
                          .actor = req->actor.id,
                          .actor_name = req->actor.name,
                          .action = str_c(action),
                          .subject = subject,
                          .detail = STR("{}")};
}

/* Absent texts are kept as empty ones: the columns are NOT NULL. */
static struct str some(struct str s)
{
    return s.p != NULL ? s : STR("");
}

enum rc audit_lock(struct txn *txn, struct err *err)
{
    struct audit_head_row head;
    return sql_audit_head_lock(txn, &head, err);
}

enum rc control_audit_lock(struct control_txn *txn, struct err *err)
{
    struct audit_head_row head;
    return sql_control_audit_head_lock(txn, &head, err);
}

/* The row after the chain's last one. */
static enum rc next_row(struct arena *arena, const struct audit *row, const struct audit_head_row *head, struct audit_add_in *out,
                        struct err *err)
{
    unsigned char *hash = arena_alloc(arena, HASH_BYTES);

    TRY(check_row(row, err));
    if (head->hash.n != HASH_BYTES)
        return fail(err, RC_FAULT, "audit: the head of the chain is malformed");
    audit_hash(arena, row, head->last_id + 1, (const unsigned char *)head->hash.p, hash);
    *out = (struct audit_add_in){.id = head->last_id + 1,
                                 .at_us = row->at,
                                 .actor_id = row->actor,
                                 .actor_name = some(row->actor_name),
                                 .action = row->action,
                                 .subject = some(row->subject),
                                 .detail = some(row->detail),
                                 .previous = str_dup(arena, head->hash),
                                 .hash = {(const char *)hash, HASH_BYTES}};
    return RC_OK;
}

enum rc audit_put(struct txn *txn, const struct audit *row, struct err *err)
{
    struct audit_head_row head;
    struct audit_add_in in;

    TRY(sql_audit_head_lock(txn, &head, err));
    TRY(next_row(village_db_arena(in_txn(txn)), row, &head, &in, err));
    TRY(sql_audit_add(txn, &in, NULL, err));
    return sql_audit_head_move(txn, in.id, in.hash, NULL, err);
}

enum rc audit_put_all(struct txn *txn, const struct audit *rows, size_t n, struct err *err)
{
    struct arena *arena = village_db_arena(in_txn(txn));
    struct audit_add_in *adds = ARENA_ARRAY(arena, struct audit_add_in, n);
    struct audit_head_row head;

    if (n == 0)
        return RC_OK;
    TRY(sql_audit_head_lock(txn, &head, err));
    for (size_t i = 0; i < n; i++) {
        TRY(next_row(arena, &rows[i], &head, &adds[i], err));
        head = (struct audit_head_row){.last_id = adds[i].id, .hash = adds[i].hash};
    }
    TRY(sql_audit_add_all(txn, adds, n, err));
    return sql_audit_head_move(txn, head.last_id, head.hash, NULL, err);
}

enum rc control_audit_put(struct control_txn *txn, const struct audit *row, struct err *err)
{
    struct audit_head_row head;
    struct audit_add_in in;

    TRY(sql_control_audit_head_lock(txn, &head, err));
    TRY(next_row(control_db_arena(in_control_txn(txn)), row, &head, &in, err));
    TRY(sql_control_audit_add(txn, &in, NULL, err));
    return sql_control_audit_head_move(txn, in.id, in.hash, NULL, err);
}

struct walk {
    struct arena *scratch;
    uint64_t last_id, broken_at;
    unsigned char hash[HASH_BYTES];
};

static enum rc walk_row(void *ctx, const struct audit_row *row, struct err *err)
{
    struct walk *walk = ctx;
    struct audit audit = {.at = row->at_us,
                          .actor = row->actor_id,
                          .actor_name = row->actor_name,
                          .action = row->action,
                          .subject = row->subject,
                          .detail = row->detail};
    unsigned char hash[HASH_BYTES];

    (void)err;
    if (walk->broken_at != 0)
        return RC_OK;
    arena_reset(walk->scratch);
    audit_hash(walk->scratch, &audit, row->id, walk->hash, hash);
    bool fits = row->id == walk->last_id + 1 && row->previous.n == HASH_BYTES && row->hash.n == HASH_BYTES &&
                memcmp(row->previous.p, walk->hash, HASH_BYTES) == 0 && memcmp(row->hash.p, hash, HASH_BYTES) == 0;
    if (!fits)
        walk->broken_at = row->id;
    walk->last_id = row->id;
    memcpy(walk->hash, hash, HASH_BYTES);
    return RC_OK;
}

/* The head is read first: rows written meanwhile stand after it and are judged only by the chain. */
enum rc audit_verify(struct village_db *db, uint64_t *broken_at_out, struct err *err)
{
    struct walk walk = {0};
    struct audit_head_row head;

    TRY(sql_audit_head_read(db, &head, err));
    walk.scratch = arena_new();
    enum rc rc = sql_audit_walk(db, walk_row, &walk, err);
    arena_free(&walk.scratch);
    TRY(rc);
    bool is_cut = walk.last_id < head.last_id || (walk.last_id == head.last_id && memcmp(head.hash.p, walk.hash, HASH_BYTES) != 0);
    if (walk.broken_at == 0 && is_cut)
        walk.broken_at = walk.last_id + 1;
    *broken_at_out = walk.broken_at;
    return RC_OK;
}
