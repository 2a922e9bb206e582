// SPDX-License-Identifier: AGPL-3.0-or-later
/* The worker's part of letters that are signed elsewhere. */
#include "tenants/village/letters/letters_esign.h"

#include <sodium.h>

#include "server/base/json.h"
#include "server/base/log.h"
#include "server/base/text.h"
#include "server/base/text_name.h"
#include "server/files/files.h"
#include "server/loop/loop.h"
#include "server/paper/sign.h"
#include "server/web/audit.h"
#include "tenants/village/codes/esign_words.h"
#include "tenants/village/letters/letters_render.h"
#include "tenants/village/letters/letters_signer.h"
#include "tenants/village/letters/letters_sql.h"
#include "tenants/village/notices/notices.h"
#include "workers/queue/job.h"
#include "workers/queue/secret.h"

enum { FORGOTTEN_TRIES = 3, STORING_MS = 5000, SIGN_BY_MOST = 200 };

/* One press: all its letters, one signer, one passphrase. */
struct press_of {
    const struct job *job;
    struct letter_press press;
    struct str word, passphrase; /* passphrase empty: it is gone */
    struct esign_service service;
    struct letter_sign_service signer; /* and what the village and he said of the service, read at one moment before each letter */
    enum esign_outcome stopped_by;     /* ESIGN_NONE: go on */
    size_t failures;
    bool may, is_open, has_way; /* may: its signer still may; is_open: the passphrase was taken; has_way: to the service */
};
/* One letter of it. */
struct signing {
    const struct press_of *of;
    const struct letter_sign_row *row;
    struct file_new original, file;
    struct str token, answer, plain;
    uint64_t original_id;
    enum esign_outcome outcome;
    struct pdf_elsewhere found; /* about the signature */
    struct esign_look look;     /* where it is seen; no PNG: nowhere */
    bool is_sound, is_begun;
};

static void wipe(struct str *secret)
{
    if (secret->n > 0)
        sodium_memzero((void *)(uintptr_t)secret->p, secret->n);
    *secret = STR("");
}

/* What is signed is stored together with the letter's state: nothing goes out that could not come back into one transaction. */
static const struct file_slot original_file = {.word = "letter", .most_bytes = FILE_TXN_BYTES - ESIGN_MORE_BYTES},
                              signed_file = {.word = "letter", .most_bytes = FILE_TXN_BYTES};

enum rc letter_sign_put(struct txn *txn, uint64_t id, struct str word, uint64_t by, struct err *err)
{
    struct buf payload = {.arena = village_db_arena(in_txn(txn))};
    struct letter_sign_try others;

    if (str_empty(word))
        return fail(err, RC_INVALID, "letter %" PRIu64 " needs a passphrase", id);
    TRY(sql_letter_sign_try(txn, word, &others, err));
    TRY(sql_letter_sign_queue(txn, id, word, by, NULL, err));
    if (others.n > 0)
        return RC_OK;
    buf_put_str(&payload, STR("{\"word\":"));
    json_put_str(&payload, word);
    buf_put_str(&payload, STR("}"));
    return outbox_put(txn, JOB_SIGN_LETTERS, id, buf_str(&payload), err);
}

/* ---- before the request: the paper, unsigned, and that it goes out ---- */

static enum rc begin_body(struct txn *txn, void *arg, struct err *err)
{
    struct signing *s = arg;
    struct letter letter;
    uint64_t changed;

    s->is_begun = false;
    TRY(sql_letter_lock(txn, s->row->id, &letter, err));
    TRY(file_release(txn, "letter", s->row->id, "original", err)); /* of the try before */
    TRY(file_put(txn, &s->original, &s->original_id, err));
    TRY(sql_letter_sign_begin(txn, s->row->id, s->of->word, s->original_id, s->token, &changed, err));
    if (changed == 0)
        return RC_OK;
    s->is_begun = true;
    return file_hold(txn, s->original_id, "letter", s->row->id, "original", err);
}

static enum rc begin_signing(struct signing *s, struct err *err)
{
    TRY(letter_press_plain(&s->of->press, s->row->id, &s->plain, &s->token, err));
    if (s->of->signer.is_esign_seen) {
        const enum rc rc = letter_esign_look(&s->of->press, s->row->id, s->token, &s->look, err);

        if (rc != RC_OK && rc != RC_NOT_FOUND) /* without a code it is not seen */
            return rc;
    }
    TRY(file_prepare(&original_file, STR("application/pdf"), s->plain, &s->original, err));
    return txn_run(s->of->job->db, begin_body, s, err);
}

/* ---- the request ---- */

static void check_offloaded(void *arg)
{
    struct signing *s = arg;
    const struct job_house *house = s->of->job->house;
    const struct pdf_trust trust = {.roots = house->esign_roots,
                                    .n_roots = house->n_esign_roots,
                                    .at = clock_utc(),
                                    .may_be_anew = str_is(house->config->esign_answer, "anew")};
    struct err why;

    s->is_sound = pdf_signed_elsewhere(s->of->job->arena, s->plain, s->answer, &trust, &s->found, &why) == RC_OK;
}

static enum rc ask_about_signer(struct signing *s, struct err *err)
{
    const struct job *job = s->of->job;

    return esign_status(job->house->esign, job->arena, &s->of->service, s->of->signer.esign_nik, &s->outcome, err);
}

static enum rc ask_for_signature(struct signing *s, struct err *err)
{
    const struct job *job = s->of->job;
    const struct esign_order order = {s->of->signer.esign_nik, s->of->passphrase, s->plain, str_empty(s->look.png) ? NULL : &s->look};

    TRY(esign_sign(job->house->esign, job->arena, &s->of->service, &order, &s->answer, &s->outcome, err));
    if (s->outcome != ESIGN_DONE)
        return RC_OK;
    TRY(fiber_offload(check_offloaded, s, err));
    if (!s->is_sound)
        s->outcome = ESIGN_FOREIGN;
    else if (job->house->n_esign_roots > 0 && !s->found.is_vouched)
        s->outcome = ESIGN_STRANGER;
    return RC_OK;
}

/* ---- after it ---- */

static enum rc note_issue(struct txn *txn, const struct signing *s, utc_us at, struct err *err)
{
    struct arena *arena = village_db_arena(in_txn(txn));
    const struct audit row = {.at = at,
                              .actor = s->row->issued_by.value,
                              .actor_name = s->row->issued_by_name,
                              .action = STR("letter.issue"),
                              .subject = str_fmt(arena, "letter:%" PRIu64, s->row->id),
                              .detail = str_fmt(arena, "{\"number\":%" PRIu64 ",\"esign\":true}", s->row->number.value)};

    return audit_put(txn, &row, err);
}

static uint8_t marks_of(struct arena *arena, const struct signing *s)
{
    const bool is_his = str_eq(text_name_bare(arena, s->found.signer), text_name_bare(arena, s->of->signer.name));

    return (uint8_t)((s->found.is_vouched ? LETTER_MARK_VOUCHED : 0) | (s->found.is_anew ? LETTER_MARK_ANEW : 0) |
                     (is_his ? 0 : LETTER_MARK_OTHER));
}

/* Signed: the file, the state, who is told, in one transaction. */
static enum rc done_body(struct txn *txn, void *arg, struct err *err)
{
    const struct signing *s = arg;
    const utc_us at = clock_utc();
    uint64_t file_id, changed;
    struct letter letter;

    TRY(note_issue(txn, s, at, err));
    TRY(sql_letter_lock(txn, s->row->id, &letter, err));
    TRY(file_put(txn, &s->file, &file_id, err));
    const struct letter_sign_done_in done = {.id = s->row->id,
                                             .sign_key = s->of->word,
                                             .file_id = file_id,
                                             .at = at,
                                             .sign_by = utf8_part(s->of->job->arena, s->found.signer, SIGN_BY_MOST),
                                             .sign_marks = marks_of(s->of->job->arena, s)};
    TRY(sql_letter_sign_done(txn, &done, &changed, err));
    if (changed == 0)
        return fail(err, RC_FENCED, "letter %" PRIu64 " is another try's by now", s->row->id);
    TRY(file_hold(txn, file_id, "letter", s->row->id, "pdf", err));
    TRY(notice_for_issue(txn, s->row->id, s->row->resident_id, false, at, err));
    TRY(notice_paper_ready(txn, s->row->id, err));
    return outbox_put_once(txn, JOB_PUBLISH_ROLLUP, 0, err);
}

/*
 * Not signed, or nobody knows: it waits for its signer again, and says why. What nobody knows stays so (`was`, of the try before) until the
 * service refuses a request of its own, so that it is asked about the signer before the next one.
 */
static enum rc end_without(struct txn *txn, uint64_t id, struct str word, enum esign_outcome was, enum esign_outcome outcome,
                           struct err *err)
{
    const enum esign_outcome kept = esign_may_be_signed(was) && !esign_may_be_signed(outcome) ? was : outcome;
    const struct letter_step_put_in step = {
        .letter_id = id, .step = STR("unsigned"), .staff_name = STR("Sistem"), .at = clock_utc(), .note = esign_words((uint8_t)outcome)};
    const enum letter_signing state = esign_may_be_signed(kept) ? LETTER_SIGN_UNKNOWN : LETTER_SIGN_REFUSED;
    uint64_t changed;

    TRY(sql_letter_sign_end(txn, id, word, state, (uint8_t)kept, &changed, err));
    return changed == 0 ? RC_OK : sql_letter_step_put(txn, &step, NULL, err);
}

static enum rc end_body(struct txn *txn, void *arg, struct err *err)
{
    const struct signing *s = arg;
    const enum esign_outcome was = s->is_begun && esign_is_refusal(s->outcome) ? ESIGN_NONE : (enum esign_outcome)s->row->sign_outcome;

    return end_without(txn, s->row->id, s->of->word, was, s->outcome, err);
}

static enum rc lost_body(struct txn *txn, void *arg, struct err *err)
{
    const struct letter_sign_lost *lost = arg;
    const enum esign_outcome was = lost->sign_state == LETTER_SIGN_ASKED ? ESIGN_UNKNOWN : (enum esign_outcome)lost->sign_outcome;

    return end_without(txn, lost->id, lost->sign_key, was, ESIGN_FORGOTTEN, err);
}

enum rc letters_sign_tidy(const struct job *job, struct err *err)
{
    struct letter_sign_lost_rows rows;

    TRY(sql_letter_sign_lost(job->db, &rows, err));
    for (size_t i = 0; i < rows.n; i++)
        TRY(txn_run(job->db, lost_body, &rows.p[i], err));
    return RC_OK;
}

static enum rc end_signing(struct press_of *of, struct signing *s, struct err *err)
{
    if (s->outcome == ESIGN_DONE) {
        TRY(file_prepare(&signed_file, STR("application/pdf"), s->answer, &s->file, err));
        enum rc rc = txn_run(of->job->db, done_body, s, err);
        return rc == RC_FENCED ? RC_OK : rc;
    }
    wipe(&of->passphrase); /* nothing of this press goes out after it */
    of->failures++;
    of->stopped_by = of->stopped_by == ESIGN_NONE ? s->outcome : of->stopped_by;
    return txn_run(of->job->db, end_body, s, err);
}

/* ---- one letter ---- */

enum rc letter_esign_open(const struct job *job, struct str address, struct str user, struct str sealed, struct esign_service *out,
                          struct err *err)
{
    unsigned char key[KEY_BYTES];

    *out = (struct esign_service){.address = address, .user = user, .secret = STR("")};
    if (sealed.p == NULL)
        return RC_OK;
    directory_village_key(job->house->directory, job->village->code, ESIGN_KEY, key);
    const enum rc rc = unseal(job->arena, key, ESIGN_SECRET_BOUND, sealed, &out->secret, err);
    sodium_memzero(key, sizeof(key));
    return rc;
}

/* Nothing of the secret when the village does not sign there any more. */
static enum rc open_service(struct press_of *of, struct err *err)
{
    const struct letter_sign_service *row = &of->signer;

    return letter_esign_open(of->job, row->esign_url, row->esign_user, row->is_esign_on ? row->esign_secret : STR_NONE, &of->service, err);
}

/* Service, signer and account as they are now: each of them may end while a press is under way. */
static enum rc read_allowed(struct press_of *of, const struct letter_sign_row *row, struct err *err)
{
    const struct job *job = of->job;
    bool is_there;

    wipe(&of->service.secret);
    TRY(sql_letter_sign_service(job->db, row->signer_id.value, &of->signer, &is_there, err));
    if (!is_there)
        of->signer = (struct letter_sign_service){.name = STR(""), .esign_nik = STR(""), .email = STR("")};
    TRY(open_service(of, err));
    return letter_account_may(job->db, row->issued_by.value, "approve_letters", utc_date(job->now, job->village->zone), &of->may, err);
}

/* The last moment (clock_mono_ms) at which a letter may be begun. */
static uint64_t begun_by(const struct press_of *of)
{
    return fiber_deadline(fiber_current()) - 2 * (uint64_t)esign_timeout_ms(of->job->house->esign) - STORING_MS;
}

/* What village, signer and account said when it was last read; ESIGN_NONE: it may go out. */
static enum esign_outcome judge_allowed(const struct press_of *of, const struct letter_sign_row *row)
{
    if (str_empty(of->service.secret) || str_empty(of->signer.esign_nik))
        return ESIGN_OFF;
    if (of->signer.agreed_by.value != row->issued_by.value)
        return ESIGN_UNAGREED;
    return of->may ? ESIGN_NONE : ESIGN_FORGOTTEN; /* his account ended after the press: nothing goes out in his name */
}

/* What is known before anything goes out; ESIGN_NONE: it may. */
static enum esign_outcome judge_before(const struct press_of *of, const struct letter_sign_row *row)
{
    if (row->sign_state == LETTER_SIGN_ASKED) /* a worker died while it was asked for */
        return ESIGN_UNKNOWN;
    if (of->stopped_by != ESIGN_NONE || clock_mono_ms() >= begun_by(of))
        return ESIGN_SKIPPED;
    return judge_allowed(of, row);
}

/* Redis away: tried again for a while, then the passphrase counts as gone. */
static enum rc take_passphrase(struct press_of *of, struct err *err)
{
    const struct job *job = of->job;
    unsigned char key[KEY_BYTES];

    directory_village_key(job->house->directory, job->village->code, LETTER_PASSPHRASE_KEY, key);
    enum rc rc = secret_take(job->house->redis, job->arena, key, of->word, &of->passphrase, err);
    sodium_memzero(key, sizeof(key));
    if (rc == RC_UNAVAILABLE && job->lease->attempt < FORGOTTEN_TRIES)
        return rc;
    of->is_open = true;
    if (rc != RC_OK)
        of->passphrase = STR("");
    return RC_OK;
}

/* When the passphrase that was left with the press is gone (clock_mono_ms). */
static uint64_t forgotten_at(const struct press_of *of)
{
    const int64_t left_ms = (of->job->lease->put_at - clock_utc()) / 1000 + (int64_t)SECRET_LEFT_S * 1000;

    return left_ms > 0 ? clock_mono_ms() + (uint64_t)left_ms : 0;
}

/*
 * The village's way out, for one letter, and whether it may still go out then; with the first of them the passphrase is taken, when nothing
 * else is left to be read, so that what fails before is tried again with it. *outcome_out: why there is none.
 */
static enum rc take_turn(struct press_of *of, const struct letter_sign_row *row, enum esign_outcome *outcome_out, struct err *err)
{
    const uint64_t until = of->is_open ? begun_by(of) : forgotten_at(of);
    const enum rc rc = esign_take(of->job->house->esign, of->job->village->code, until, err);

    if (rc == RC_BUSY || rc == RC_TIMEOUT) {
        *outcome_out = ESIGN_CROWDED;
        return RC_OK;
    }
    TRY(rc);
    of->has_way = true;
    TRY(read_allowed(of, row, err));
    *outcome_out = judge_allowed(of, row);
    if (*outcome_out != ESIGN_NONE)
        return RC_OK;
    if (!of->is_open)
        TRY(take_passphrase(of, err));
    if (str_empty(of->passphrase))
        *outcome_out = ESIGN_FORGOTTEN;
    return RC_OK;
}

static void give_turn(struct press_of *of)
{
    if (of->has_way)
        esign_give(of->job->house->esign, of->job->village->code);
    of->has_way = false;
}

static enum rc sign_one(struct press_of *of, const struct letter_sign_row *row, struct err *err)
{
    struct signing s = {.of = of, .row = row, .outcome = judge_before(of, row)};

    if (s.outcome == ESIGN_NONE)
        TRY(take_turn(of, row, &s.outcome, err));
    if (s.outcome == ESIGN_NONE && esign_may_be_signed((enum esign_outcome)row->sign_outcome)) {
        TRY(ask_about_signer(&s, err));
        if (s.outcome == ESIGN_DONE)
            s.outcome = ESIGN_NONE;
    }
    if (s.outcome == ESIGN_NONE) {
        const enum rc rc = begin_signing(&s, err);

        if (rc != RC_OK && (rc_may_retry(rc) || rc == RC_CANCELLED))
            return rc;
        if (rc != RC_OK) { /* this letter's own: the others of the press need not wait for it */
            log_err("letter_sign", err);
            s.outcome = rc == RC_TOO_LARGE ? ESIGN_HEAVY : ESIGN_PAPER;
        } else if (s.is_begun) {
            TRY(ask_for_signature(&s, err));
        }
    }
    give_turn(of);
    return s.outcome == ESIGN_NONE ? RC_OK /* another try's by now */ : end_signing(of, &s, err);
}

/* ---- the press ---- */

static enum rc tell_body(struct txn *txn, void *arg, struct err *err)
{
    const struct press_of *of = arg;
    struct arena *arena = village_db_arena(in_txn(txn));
    struct office_message mail = {.kind = OFFICE_MAIL_UNSIGNED};
    bool is_over;

    mail.subject = str_fmt(arena, "%zu surat Desa %.*s belum ditandatangani", of->failures, STR_ARG(of->job->village->name));
    mail.text = str_fmt(arena,
                        "%zu surat yang Anda setujui belum ditandatangani lewat BSrE, dan masih menunggu Anda.\n\n%.*s\n\n"
                        "Buka Persetujuan untuk menandatanganinya lagi. Tidak ada isian yang hilang.\n\nKantor Desa %.*s\n",
                        of->failures, STR_ARG(esign_words((uint8_t)of->stopped_by)), STR_ARG(of->job->village->name));
    return notice_office(txn, &mail, of->signer.email, STR(""), &is_over, err);
}

static enum rc sign_all(struct press_of *of, struct err *err)
{
    struct letter_sign_row_rows rows;

    TRY(sql_letter_sign_rows(of->job->db, of->word, &rows, err));
    if (rows.n == 0)
        return RC_OK;
    TRY(read_allowed(of, &rows.p[0], err));
    for (size_t i = 0; i < rows.n; i++)
        TRY(sign_one(of, &rows.p[i], err));
    return of->failures > 0 ? txn_run(of->job->db, tell_body, of, err) : RC_OK;
}

enum rc letters_sign_job(const struct job *job, struct err *err)
{
    struct press_of of = {.job = job, .press = letter_press_of(job), .passphrase = STR("")};
    json_t *payload;

    TRY(json_read(job->arena, job->lease->payload, &payload, err));
    of.word = json_text(payload, "word");
    const enum rc rc = sign_all(&of, err);
    give_turn(&of);
    if (rc == RC_OK && !of.is_open) /* nothing of it was begun */
        secret_drop(job->house->redis, job->arena, of.word);
    wipe(&of.passphrase);
    wipe(&of.service.secret);
    return rc;
}
