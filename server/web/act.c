// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * One act, however often its form is sent. The submission's row is inserted
 * first: a second sender waits at it and then finds the first one's answer. The
 * head of the audit chain is locked next, so that all acts of a village queue
 * at one place and never lock each other out. Then comes the first plain read,
 * whether the session may still do it: nothing that another act changed is older.
 */
#include "server/loop/loop.h"
#include "server/web/act.h"
#include "server/web/audit.h"
#include "server/web/look.h"
#include "server/web/pagecache.h"
#include "server/web/request.h"
#include "server/web/session.h"
#include "server/web/sign_in_rules.h"
#include "server/web/village.h"
#include "server/web/web_both_sql.h"
#include "server/web/web_control_sql.h"
#include "server/web/web_village_sql.h"
#include "workers/queue/queue.h"
#include "workers/queue/secret.h"

enum { ONCE_SIGNS = 22 };

struct submission {
    utc_us now;
    struct str key_hash, content_hash;
    bool is_second; /* its row was there already */
    struct request *req;
    struct str go_to;
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

/* Keyed: a password may be among the fields, and a plain hash of it in the table would let everybody try words against it. */
static enum rc content_hash(const struct request *req, struct str *out, struct err *err)
{
    struct buf message = {.arena = req->arena};
    unsigned char key[KEY_BYTES], *hash = arena_alloc(req->arena, HASH_BYTES);

    put_framed(&message, str_c(req->match.route->path));
    put_framed(&message, req->path);
    for (size_t i = 0; i < req->fields.n; i++) {
        const struct field *field = &req->fields.p[i];
        if (str_is(field->name, "_csrf") || str_is(field->name, "_once") || (field->is_file && field->value.n == 0))
            continue; /* a box for a file in which there is none says as much as no box */
        put_framed(&message, field->name);
        if (field->is_file)
            TRY(put_file(&message, field->value, err));
        else
            put_framed(&message, field->value);
    }
    request_key(req, "content", key);
    hash_keyed(key, message.p, message.n, hash);
    *out = (struct str){(const char *)hash, HASH_BYTES};
    return RC_OK;
}

/* Whose sending it is: an account's, over its sessions too, since the answer to the last press of one that ended may have been lost. */
static struct str sender_of(const struct request *req)
{
    const bool is_account = req->kiosk_owner.p == NULL && req->actor.id != 0;

    return is_account ? str_fmt(req->arena, "account|%" PRIu64, req->actor.id) : form_owner(req);
}

/* Which form this is a sending of, and what it says. */
static enum rc read_form(struct request *req, struct err *err)
{
    struct str once = field_sent(req, "_once");
    struct buf message = {.arena = req->arena};

    if (req->method != METHOD_POST)
        return fail(err, RC_FAULT, "an act belongs to a POST");
    if (once.n != ONCE_SIGNS)
        return fail(err, RC_BAD_REQUEST, "an act without its _once");
    put_framed(&message, request_party(req));
    put_framed(&message, sender_of(req));
    put_framed(&message, once);
    req->once_hash = sha256(req->arena, &message);
    return content_hash(req, &req->content_hash, err);
}

static enum rc submission_of(struct request *req, struct submission *out, struct err *err)
{
    if (req->once_hash.p == NULL)
        TRY(read_form(req, err));
    *out = (struct submission){.now = req->now, .key_hash = req->once_hash, .content_hash = req->content_hash, .req = req};
    return RC_OK;
}

static enum rc check_go_to(struct str go_to, struct err *err)
{
    if (!is_local_path(go_to))
        return fail(err, RC_FAULT, "an act did not say where the browser goes next");
    return RC_OK;
}

/* What an earlier run of the body found is not true any more. */
static void begin_again(struct submission *submission)
{
    submission->go_to = STR_NONE;
    submission->req->faults.n = 0;
    submission->req->is_changed = false;
    submission->req->saying = NULL;
    submission->req->handing = STR_NONE;
}

static enum rc act_body(struct txn *txn, void *ctx, struct err *err)
{
    struct submission *submission = ctx;
    enum rc rc = sql_submission_put(txn, submission->key_hash, submission->content_hash, submission->now, NULL, err);

    submission->is_second = rc == RC_DUPLICATE;
    TRY(rc);
    TRY(audit_lock(txn, err));
    TRY(session_still_may(txn, submission->req, err));
    begin_again(submission);
    TRY(submission->req->match.route->act(txn, submission->req, &submission->go_to, err));
    TRY(check_go_to(submission->go_to, err));
    return sql_submission_answer(txn, submission->go_to, submission->key_hash, NULL, err);
}

struct earlier {
    bool is_there;
    struct str content_hash, go_to;
};

static enum rc find_in_village(struct village_db *db, struct str key_hash, struct earlier *out, struct err *err)
{
    struct submission_row row;

    TRY(sql_submission_find(db, key_hash, &row, &out->is_there, err));
    if (out->is_there)
        *out = (struct earlier){true, row.content_hash, row.go_to};
    return RC_OK;
}

static enum rc find_in_control(struct control_db *db, struct str key_hash, struct earlier *out, struct err *err)
{
    struct submission_row row;

    TRY(sql_control_submission_find(db, key_hash, &row, &out->is_there, err));
    if (out->is_there)
        *out = (struct earlier){true, row.content_hash, row.go_to};
    return RC_OK;
}

static enum rc same_answer(struct response *resp, const struct submission *submission, const struct earlier *earlier, struct err *err)
{
    if (!earlier->is_there)
        return fail(err, RC_FAULT, "the row of a form's first sending is gone");
    if (!str_eq(earlier->content_hash, submission->content_hash))
        return fail(err, RC_CONFLICT, "the form was sent again with other content");
    return respond_redirect(resp, earlier->go_to);
}

/* A second sending finds the first one's row, which another connection may have committed: outside of the transaction. */
static enum rc village_through(struct request *req, struct response *resp, struct village_db *db, struct err *err)
{
    struct submission submission;
    struct earlier earlier;

    TRY(submission_of(req, &submission, err));
    enum rc rc = txn_run(db, act_body, &submission, err);
    if (rc == RC_DUPLICATE && submission.is_second) {
        TRY(find_in_village(db, submission.key_hash, &earlier, err));
        return same_answer(resp, &submission, &earlier, err);
    }
    TRY(rc);
    if (req->is_hiding_changed)
        look_forget(req);
    req->secret_left = STR(""); /* its job's now */
    if (outbox_was_put(db))
        queue_wake(req->web->redis, req->village->code);
    said_send(req, submission.go_to);
    return respond_redirect(resp, submission.go_to);
}

static enum rc control_body(struct control_txn *txn, void *ctx, struct err *err)
{
    struct submission *submission = ctx;
    enum rc rc = sql_control_submission_put(txn, submission->key_hash, submission->content_hash, submission->now, NULL, err);

    submission->is_second = rc == RC_DUPLICATE;
    TRY(rc);
    TRY(control_audit_lock(txn, err));
    TRY(console_session_still_may(txn, submission->req, err));
    begin_again(submission);
    TRY(submission->req->match.route->console_act(txn, submission->req, &submission->go_to, err));
    TRY(check_go_to(submission->go_to, err));
    return sql_control_submission_answer(txn, submission->go_to, submission->key_hash, NULL, err);
}

static enum rc control_through(struct request *req, struct response *resp, struct err *err)
{
    struct control_db *db = request_control_db(req);
    struct submission submission;
    struct earlier earlier;

    TRY(submission_of(req, &submission, err));
    enum rc rc = control_txn_run(db, control_body, &submission, err);
    if (rc == RC_DUPLICATE && submission.is_second) {
        TRY(find_in_control(db, submission.key_hash, &earlier, err));
        return same_answer(resp, &submission, &earlier, err);
    }
    TRY(rc);
    queue_wake(req->web->redis, STR("control"));
    said_send(req, submission.go_to);
    return respond_redirect(resp, submission.go_to);
}

enum rc act_answer_again(struct request *req, bool *is_answered_out, struct err *err)
{
    struct submission submission;
    struct earlier earlier;
    struct village_db *db;

    TRY(submission_of(req, &submission, err));
    if (req->match.route->console_act != NULL) {
        TRY(find_in_control(request_control_db(req), submission.key_hash, &earlier, err));
    } else {
        TRY(request_village_db(req, &db, err));
        TRY(find_in_village(db, submission.key_hash, &earlier, err));
    }
    *is_answered_out = earlier.is_there;
    return earlier.is_there ? same_answer(&req->resp, &submission, &earlier, err) : RC_OK;
}

static enum rc row_through(struct request *req, struct response *resp, struct err *err)
{
    const struct route *route = req->match.route;
    struct village_db *db;

    if (route->console_act != NULL)
        return control_through(req, resp, err);
    TRY(request_village_db(req, &db, err));
    return village_through(req, resp, route->is_noting ? village_db_notes(db) : db, err);
}

/* The form once more, with what is to be mended; without one, the page of the table in errors.c. */
static enum rc form_again(struct request *req, struct response *resp, struct err *err)
{
    const struct route *route = req->match.route;

    if (route->page == NULL)
        return fail(err, req->is_changed ? RC_CONFLICT : RC_INVALID, "%s cannot be done with what was sent", route->path);
    return route->page(req, resp, err);
}

static enum rc checked_through(struct request *req, struct response *resp, struct err *err)
{
    const struct route *route = req->match.route;
    bool is_answered = false;

    if (route->check != NULL)
        TRY(route->check(req, err));
    if (req->faults.n > 0 || req->is_changed) /* what was found may be the doing of this form's first sending, done only now */
        TRY(act_answer_again(req, &is_answered, err));
    if (is_answered)
        return RC_OK;
    if (req->faults.n > 0 || req->is_changed || req->is_asking)
        return form_again(req, resp, err);
    enum rc rc = row_through(req, resp, err);
    bool is_to_mend = (rc == RC_INVALID && req->faults.n > 0) || (rc == RC_CONFLICT && req->is_changed);
    return is_to_mend ? form_again(req, resp, err) : rc;
}

enum rc act_handler(struct request *req, struct response *resp, struct err *err)
{
    const enum rc rc = checked_through(req, resp, err);

    if (!str_empty(req->secret_left)) /* refused, failed, or done before */
        secret_drop(req->web->redis, req->arena, req->secret_left);
    return rc;
}

/* ---- what a body calls ---- */

enum rc act_refuse(struct request *req, struct err *err, const char *field, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    request_fault_va(req, false, field, format, args);
    va_end(args);
    return fail(err, RC_INVALID, "the act refuses %s", field);
}

enum rc act_doubt(struct request *req, struct err *err, const char *field, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    request_fault_va(req, true, field, format, args);
    va_end(args);
    return fail(err, RC_INVALID, "the act asks %s", field);
}

enum rc act_seen(struct request *req, uint64_t version_now, struct err *err)
{
    uint64_t seen;

    if (str_to_u64(str_trim(field_sent(req, "versi")), &seen) && seen == version_now)
        return RC_OK;
    req->is_changed = true;
    return fail(err, RC_CONFLICT, "the form was made from another version than there is now");
}

enum rc act_seen_digest(struct request *req, struct str digest_now, struct err *err)
{
    struct str seen = field_sent(req, "sidik");

    if (digest_now.n > 0 && str_eq(seen, str_hex(req->arena, digest_now.p, digest_now.n)))
        return RC_OK;
    req->is_changed = true;
    return fail(err, RC_CONFLICT, "what was shown is not what there is now");
}

enum rc act_audit(struct txn *txn, const struct request *req, struct err *err, const char *action, const char *subject, ...)
{
    va_list args;

    va_start(args, subject);
    const struct audit row = request_audit(req, action, str_fmt_va(req->arena, subject, args));
    va_end(args);
    return audit_put(txn, &row, err);
}

enum rc console_act_audit(struct control_txn *txn, const struct request *req, struct err *err, const char *action, const char *subject, ...)
{
    va_list args;

    va_start(args, subject);
    const struct audit row = request_audit(req, action, str_fmt_va(req->arena, subject, args));
    va_end(args);
    return control_audit_put(txn, &row, err);
}

enum rc act_touch(struct txn *txn, unsigned what, struct err *err)
{
    if ((what & ACT_PAGES) != 0)
        TRY(page_epoch_bump(txn, err));
    return (what & ACT_FIGURES) != 0 ? outbox_put_once(txn, JOB_PUBLISH_ROLLUP, 0, err) : RC_OK;
}

void act_ask(struct request *req)
{
    req->is_asking = true;
}

void act_keep(struct request *req, void *made)
{
    req->kept = made;
}

void *act_kept(const struct request *req)
{
    return req->kept;
}
