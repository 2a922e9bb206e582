// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * One act, however often its form is sent. The submission's row is inserted
 * first: a second sender waits at it and then finds the first one's answer. The
 * head of the audit chain is locked next, so that all acts of a village queue
 * at one place, before their first plain read, and never lock each other out.
 */
#include "server/loop/loop.h"
#include "server/web/audit_lock.h"
#include "server/web/request.h"
#include "server/web/sign_in_rules.h"
#include "server/web/village.h"
#include "server/web/web_control_sql.h"
#include "server/web/web_village_sql.h"
#include "workers/queue/queue.h"

enum { ONCE_SIGNS = 22 };

struct submission {
    utc_us now;
    struct str key_hash, content_hash;
    bool is_second; /* its row was there already */
    void *ctx;
    struct str go_to;
    village_act_fn *body;
    control_act_fn *control_body;
};

static struct str sha256(struct arena *arena, const struct buf *message)
{
    unsigned char *hash = arena_alloc(arena, HASH_BYTES);

    hash_sha256(message->p, message->n, hash);
    return (struct str){(const char *)hash, HASH_BYTES};
}

/* Lengths stand before values, so that two different forms never give one text. */
static void put_framed(struct buf *out, struct str s)
{
    buf_fmt(out, "%zu:", s.n);
    buf_put_str(out, s);
}

/* A file stands for its hash. */
static enum rc put_file(struct buf *out, struct str bytes, struct err *err)
{
    unsigned char hash[HASH_BYTES];

    TRY(fiber_sha256(bytes, hash, err));
    put_framed(out, (struct str){(const char *)hash, HASH_BYTES});
    return RC_OK;
}

static enum rc content_hash(const struct request *req, struct str *out, struct err *err)
{
    struct buf message = {.arena = req->arena};

    put_framed(&message, str_c(req->match.route->path));
    put_framed(&message, req->path);
    for (size_t i = 0; i < req->fields.n; i++) {
        const struct field *field = &req->fields.p[i];
        if (str_is(field->name, "_csrf") || str_is(field->name, "_once"))
            continue;
        put_framed(&message, field->name);
        if (field->is_file)
            TRY(put_file(&message, field->value, err));
        else
            put_framed(&message, field->value);
    }
    *out = sha256(req->arena, &message);
    return RC_OK;
}

static enum rc submission_of(const struct request *req, struct submission *out, struct err *err)
{
    struct str once = STR_NONE, owner = form_owner(req);
    struct buf message = {.arena = req->arena};

    if (req->method != METHOD_POST)
        return fail(err, RC_FAULT, "an act belongs to a POST");
    for (size_t i = 0; i < req->fields.n; i++)
        if (str_is(req->fields.p[i].name, "_once"))
            once = req->fields.p[i].value;
    if (once.n != ONCE_SIGNS)
        return fail(err, RC_BAD_REQUEST, "an act without its _once");
    put_framed(&message, request_party(req));
    put_framed(&message, owner);
    put_framed(&message, once);
    out->key_hash = sha256(req->arena, &message);
    out->now = req->now;
    return content_hash(req, &out->content_hash, err);
}

static enum rc check_go_to(struct str go_to, struct err *err)
{
    if (!is_local_path(go_to))
        return fail(err, RC_FAULT, "an act did not say where the browser goes next");
    return RC_OK;
}

static enum rc act_body(struct txn *txn, void *ctx, struct err *err)
{
    struct submission *submission = ctx;
    enum rc rc = sql_submission_put(txn, submission->key_hash, submission->content_hash, submission->now, NULL, err);

    submission->is_second = rc == RC_DUPLICATE;
    TRY(rc);
    TRY(audit_lock(txn, err));
    submission->go_to = STR_NONE;
    TRY(submission->body(txn, submission->ctx, &submission->go_to, err));
    TRY(check_go_to(submission->go_to, err));
    return sql_submission_answer(txn, submission->go_to, submission->key_hash, NULL, err);
}

/* Another connection may have committed it, so this looks again, outside the transaction. */
static enum rc same_answer(struct response *resp, const struct submission *submission, struct str content, struct str go_to,
                           struct err *err)
{
    if (!str_eq(content, submission->content_hash))
        return fail(err, RC_CONFLICT, "the form was sent again with other content");
    return respond_redirect(resp, go_to);
}

static enum rc act_through(struct request *req, struct response *resp, struct village_db *db, struct submission *submission,
                           struct err *err)
{
    struct submission_row row;

    TRY(submission_of(req, submission, err));
    enum rc rc = txn_run(db, act_body, submission, err);
    if (rc == RC_DUPLICATE && submission->is_second) {
        TRY(sql_submission_find(db, submission->key_hash, &row, err));
        return same_answer(resp, submission, row.content_hash, row.go_to, err);
    }
    TRY(rc);
    if (outbox_was_put(db))
        queue_wake(req->web->redis, req->village->code);
    return respond_redirect(resp, submission->go_to);
}

enum rc village_act(struct request *req, struct response *resp, village_act_fn *body, void *ctx, struct err *err)
{
    struct submission submission = {.body = body, .ctx = ctx};
    struct village_db *db;

    TRY(request_village_db(req, &db, err));
    return act_through(req, resp, db, &submission, err);
}

enum rc village_act_reading(struct request *req, struct response *resp, village_act_fn *body, void *ctx, struct err *err)
{
    struct submission submission = {.body = body, .ctx = ctx};
    struct village_db *db;

    TRY(request_village_db(req, &db, err));
    return act_through(req, resp, village_db_notes(db), &submission, err);
}

static enum rc control_body(struct control_txn *txn, void *ctx, struct err *err)
{
    struct submission *submission = ctx;
    enum rc rc = sql_console_submission_put(txn, submission->key_hash, submission->content_hash, submission->now, NULL, err);

    submission->is_second = rc == RC_DUPLICATE;
    TRY(rc);
    TRY(control_audit_lock(txn, err));
    submission->go_to = STR_NONE;
    TRY(submission->control_body(txn, submission->ctx, &submission->go_to, err));
    TRY(check_go_to(submission->go_to, err));
    return sql_console_submission_answer(txn, submission->go_to, submission->key_hash, NULL, err);
}

enum rc control_act(struct request *req, struct response *resp, control_act_fn *body, void *ctx, struct err *err)
{
    struct submission submission = {.control_body = body, .ctx = ctx};
    struct control_db *db = request_control_db(req);
    struct console_submission_row row;

    TRY(submission_of(req, &submission, err));
    enum rc rc = control_txn_run(db, control_body, &submission, err);
    if (rc == RC_DUPLICATE && submission.is_second) {
        TRY(sql_console_submission_find(db, submission.key_hash, &row, err));
        return same_answer(resp, &submission, row.content_hash, row.go_to, err);
    }
    TRY(rc);
    queue_wake(req->web->redis, STR("control"));
    return respond_redirect(resp, submission.go_to);
}
