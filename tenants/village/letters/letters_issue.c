// SPDX-License-Identifier: AGPL-3.0-or-later
/* A letter is numbered, frozen and written down; several of a pile at once. */
#include "tenants/village/letters/letters_issue.h"

#include "server/base/json.h"
#include "server/files/files.h"
#include "tenants/village/letters/letters_esign.h"
#include "tenants/village/letters/letters_number.h"
#include "tenants/village/letters/letters_people.h"
#include "tenants/village/letters/letters_pictures.h"
#include "tenants/village/letters/letters_rules.h"
#include "tenants/village/letters/letters_signer.h"
#include "tenants/village/letters/letters_sql.h"
#include "tenants/village/notices/notices.h"
#include "workers/queue/queue.h"

struct audit letter_audit(struct arena *arena, const char *action, uint64_t id, struct str detail, const struct letter_actor *by)
{
    return (struct audit){
        .at = by->now,
        .actor = by->id,
        .actor_name = by->name,
        .action = str_c(action),
        .subject = str_fmt(arena, "letter:%" PRIu64, id),
        .detail = detail,
    };
}

enum rc letter_must_fit(const struct letter_form *form, const struct letter_subject *subject, struct err *err)
{
    if (!letter_may_have(form, subject->basic_status))
        return fail(err, RC_INVALID, "no such letter for resident %" PRIu64 " (status %u)", subject->id, subject->basic_status);
    return RC_OK;
}

/* The files that a paper shows; its letter holds them, to be printed again when the village or the resident has others. */
struct shown_files {
    struct file_holding *p;
    size_t n;
};

static enum rc name_pictures(struct village_db *db, uint64_t resident_id, struct opt_u64 crest, json_t *snapshot, struct shown_files *out,
                             struct err *err)
{
    struct arena *arena = village_db_arena(db);
    struct letter_picture_rows pictures;
    json_t *files = json_object();

    json_object_set_new(snapshot, "pictures", files);
    TRY(letter_pictures_read(db, json_object_get(snapshot, "paper"), resident_id, &pictures, err));
    *out = (struct shown_files){.p = ARENA_ARRAY(arena, struct file_holding, pictures.n + 1)};
    if (crest.is_set) {
        json_object_set_new(snapshot, "crest", json_integer((json_int_t)crest.value));
        out->p[out->n++] = (struct file_holding){.file_id = crest.value, .slot = "crest"};
    }
    for (size_t i = 0; i < pictures.n; i++) {
        const char *name = str_z(arena, pictures.p[i].slot);

        json_object_set_new(files, name, json_integer((json_int_t)pictures.p[i].file_id.value));
        out->p[out->n++] = (struct file_holding){.file_id = pictures.p[i].file_id.value, .slot = name};
    }
    return RC_OK;
}

/*
 * Everything the paper needs, as JSON: {"paper": tree, "values": {…}, "crest": file, "pictures": {name: file}, "signer": official}; without
 * "crest" the neutral shield is printed, with "signer" the paper bears that official's own seal. `subject` NULL: it is read.
 */
static enum rc make_snapshot(struct village_db *db, const struct letter *letter, const struct letter_subject *subject,
                             const struct letter_type *type, const struct letter_signer *signer, struct letter_parts *numbered,
                             struct shown_files *files_out, struct str *out, struct err *err)
{
    struct arena *arena = village_db_arena(db);
    struct letter_parts parts;
    struct letter_form form;
    struct letter_subject own;
    struct letter_people people;
    json_t *inputs, *snapshot;

    TRY(letter_form_read(arena, type->definition, &form, err));
    letter_form_for(&form, letter->resident_id);
    TRY(letter_form_own(arena, letter->paper, &form, err));
    TRY(json_read(arena, letter->inputs, &inputs, err));
    if (subject == NULL) {
        TRY(letter_subject_of(db, &form, inputs, letter->resident_id, &own, err));
        subject = &own;
    }
    TRY(letter_must_fit(&form, subject, err));
    TRY(letter_people_read(db, &form, letter->resident_id, inputs, &people, err));
    if (!letter_people_live(&people))
        return fail(err, RC_INVALID, "letter %" PRIu64 " names somebody who does not live here any more", letter->id);
    numbered->valid_until = letter_valid_until(arena, &form, inputs, numbered->date, type->valid_months);
    parts = *numbered;
    parts.people = &people;
    parts.subject = subject;
    parts.signer = signer;
    parts.form = &form;
    parts.inputs = inputs;
    parts.type_name = type->name;
    json_t *values = letter_values(arena, &parts);
    if (letter_undrawn(arena, &form, values).p != NULL) {
        json_decref(values);
        return fail(err, RC_INVALID, "letter %" PRIu64 " has a sign that the paper's fonts lack", letter->id);
    }
    snapshot = json_object();
    json_object_set(snapshot, "paper", (json_t *)form.tree); /* who signs it elsewhere is drawn into it then: letter_esign_tree */
    json_object_set_new(snapshot, "values", values);
    if (str_is(type->policy, "sign"))
        json_object_set_new(snapshot, "signer", json_integer((json_int_t)signer->id));
    const enum rc rc = name_pictures(db, letter->resident_id, numbered->identity->crest_file_id, snapshot, files_out, err);
    *out = rc == RC_OK ? json_write(arena, snapshot) : STR_NONE;
    json_decref(snapshot);
    return rc;
}

enum rc letter_queue_signing(struct txn *txn, uint64_t id, struct str word, const struct letter_actor *by, struct err *err)
{
    TRY(letter_sign_put(txn, id, word, by->id, err));
    const struct audit row = letter_audit(village_db_arena(in_txn(txn)), "letter.esign", id, STR("{}"), by);

    return audit_put(txn, &row, err);
}

/* What letters of one type that are given out at once have in common. */
struct giving {
    struct letter_type type;
    struct letter_signer signer;
    struct letter_identity identity;
    struct date today;
};

static enum rc giving_read(struct village_db *db, const struct letter *letter, const struct letter_actor *by, struct giving *out,
                           struct err *err)
{
    struct str why;

    out->today = utc_date(by->now, by->zone);
    TRY(sql_letter_type_of(db, letter->type_id, letter->type_version, &out->type, err));
    if (letter->state != LETTER_WAITING_APPROVAL && !letter_is_delegated(out->type.policy, letter->paper, NULL))
        return fail(err, RC_INVALID, "letter %" PRIu64 " is of a type that somebody decides on, and nobody did", letter->id);
    TRY(sql_letter_identity(db, &out->identity, err));
    TRY(letter_signer_find(db, out->identity.name, out->type.signer_id.is_set ? out->type.signer_id.value : 0,
                           letter->state == LETTER_WAITING_APPROVAL ? by->id : 0, out->type.policy, out->today, &out->signer, &why, err));
    return str_empty(why)
               ? RC_OK
               : fail(err, RC_INVALID, "letter %" PRIu64 " is not to be signed now, or not by account %" PRIu64, letter->id, by->id);
}

/* The letter as it is kept under its number, with the files that its paper shows. */
static enum rc freeze(struct village_db *db, const struct giving *giving, const struct letter *letter, const struct letter_subject *subject,
                      const struct letter_given *given, const struct letter_actor *by, struct letter_issue_in *out,
                      struct shown_files *files_out, struct err *err)
{
    struct letter_parts parts = {.identity = &giving->identity, .date = giving->today, .number_text = given->text};

    *out = (struct letter_issue_in){.id = letter->id,
                                    .scope = given->scope,
                                    .year = given->year,
                                    .number = given->number,
                                    .number_text = given->text,
                                    .letter_date = giving->today,
                                    .signer_id = giving->signer.id,
                                    .issued_by = by->id,
                                    .issued_at = by->now};
    TRY(make_snapshot(db, letter, subject, &giving->type, &giving->signer, &parts, files_out, &out->snapshot, err));
    out->valid_until = parts.valid_until;
    return RC_OK;
}

static struct audit issue_audit(struct arena *arena, uint64_t id, uint32_t number, const struct letter_actor *by)
{
    return letter_audit(arena, "letter.issue", id, str_fmt(arena, "{\"number\":%" PRIu32 "}", number), by);
}

/* Numbered, frozen, written down; *by_esign_out: it waits for who signs it elsewhere. The letter is locked by the caller, the counter here.
 */
static enum rc give_out(struct txn *txn, const struct letter *letter, const struct letter_actor *by, bool *by_esign_out, struct err *err)
{
    struct village_db *db = in_txn(txn);
    struct letter_issue_in row;
    struct letter_given given;
    struct shown_files files;
    struct giving giving;
    uint64_t changed;

    TRY(giving_read(db, letter, by, &giving, err));
    TRY(letter_number_give(txn, &giving.type, &giving.identity, giving.today, &given, err));
    TRY(freeze(db, &giving, letter, NULL, &given, by, &row, &files, err));
    for (size_t i = 0; i < files.n; i++)
        TRY(file_hold(txn, files.p[i].file_id, "letter", letter->id, files.p[i].slot, err));
    *by_esign_out = giving.signer.by_esign;
    TRY(giving.signer.by_esign ? sql_letter_freeze(txn, &row, &changed, err) : sql_letter_issue(txn, &row, &changed, err));
    if (changed == 0)
        return fail(err, RC_CONFLICT, "letter %" PRIu64 " has its number", letter->id);
    if (giving.signer.by_esign)
        return RC_OK;
    const struct audit audit = issue_audit(village_db_arena(db), letter->id, row.number, by);
    return audit_put(txn, &audit, err);
}

enum rc letter_issue(struct txn *txn, const struct letter *letter, struct str word, const struct letter_actor *by, struct err *err)
{
    bool by_esign;

    TRY(give_out(txn, letter, by, &by_esign, err));
    if (by_esign)
        return letter_queue_signing(txn, letter->id, word, by, err);
    TRY(notice_for_issue(txn, letter->id, letter->resident_id, letter->state != LETTER_WAITING_APPROVAL, by->now, err));
    TRY(outbox_put(txn, JOB_RENDER_LETTER, letter->id, STR("{}"), err));
    return outbox_put_once(txn, JOB_PUBLISH_ROLLUP, 0, err);
}

/* One letter of several: as it stands once it is there, with its number; the files that it shows are added to `held`. */
static enum rc put_issued(struct txn *txn, const struct giving *giving, const struct letter *pattern, const struct letter_given *given,
                          const struct letter_actor *by, struct letter_of_pile *one, struct shown_files *held, struct err *err)
{
    struct village_db *db = in_txn(txn);
    struct letter letter = *pattern;
    struct letter_issue_in row;
    struct shown_files files;

    letter.resident_id = one->subject->id;
    letter.inputs = one->inputs;
    TRY(freeze(db, giving, &letter, one->subject, given, by, &row, &files, err));
    const struct letter_of_pile_in in = {.type_id = letter.type_id,
                                         .type_version = letter.type_version,
                                         .resident_id = letter.resident_id,
                                         .inputs = letter.inputs,
                                         .paper = letter.paper,
                                         .made_by = letter.made_by,
                                         .at = by->now,
                                         .scope = row.scope,
                                         .year = row.year,
                                         .number = row.number,
                                         .number_text = row.number_text,
                                         .letter_date = row.letter_date,
                                         .valid_until = row.valid_until,
                                         .signer_id = row.signer_id,
                                         .issued_by = row.issued_by,
                                         .snapshot = row.snapshot};
    TRY(sql_letter_put_of_pile(txn, &in, &one->id, err));
    held->p = arena_grown(village_db_arena(db), held->p, held->n * sizeof(*held->p), (held->n + files.n) * sizeof(*held->p));
    for (size_t i = 0; i < files.n; i++) {
        files.p[i].owner_id = one->id;
        held->p[held->n++] = files.p[i];
    }
    return RC_OK;
}

/* What is told of the letters is written down of all of them at once. */
static enum rc tell_issued(struct txn *txn, const struct letter_of_pile *letters, const struct letter_given *given, size_t n,
                           bool is_approved, const struct letter_actor *by, struct err *err)
{
    struct arena *arena = village_db_arena(in_txn(txn));
    struct letter_step_put_in *steps = ARENA_ARRAY(arena, struct letter_step_put_in, n);
    struct notice_of_letter *told = ARENA_ARRAY(arena, struct notice_of_letter, n);
    struct audit *rows = ARENA_ARRAY(arena, struct audit, n);

    for (size_t i = 0; i < n; i++) {
        told[i] = (struct notice_of_letter){letters[i].id, letters[i].subject->id};
        steps[i] = (struct letter_step_put_in){letters[i].id, STR("approved"), by->id, by->name, by->now, STR("")};
        rows[i] = issue_audit(arena, letters[i].id, given[i].number, by);
    }
    TRY(sql_letter_steps_put(txn, steps, is_approved ? n : 0, err));
    TRY(audit_put_all(txn, rows, n, err));
    return notices_for_pile(txn, told, n, by->now, err);
}

enum rc letters_issue(struct txn *txn, const struct letter *pattern, struct letter_of_pile *letters, size_t n,
                      const struct letter_actor *by, struct err *err)
{
    struct letter_given *given = ARENA_ARRAY(village_db_arena(in_txn(txn)), struct letter_given, n);
    struct shown_files held = {NULL, 0};
    struct giving giving;

    if (n == 0)
        return RC_OK;
    TRY(giving_read(in_txn(txn), pattern, by, &giving, err));
    if (giving.signer.by_esign)
        return fail(err, RC_FAULT, "letters of a pile wait for a signature elsewhere");
    TRY(letter_numbers_give(txn, &giving.type, &giving.identity, giving.today, given, n, err));
    for (size_t i = 0; i < n; i++)
        TRY(put_issued(txn, &giving, pattern, &given[i], by, &letters[i], &held, err));
    TRY(file_hold_all(txn, "letter", held.p, held.n, err));
    return tell_issued(txn, letters, given, n, pattern->state == LETTER_WAITING_APPROVAL, by, err);
}
