// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/codes/codes.h"
#include "tenants/village/letters/letters.h"

#include "server/base/json.h"
#include "server/base/text.h"
#include "server/web/audit.h"
#include "tenants/village/letters/letters_brought.h"
#include "tenants/village/letters/letters_issue.h"
#include "tenants/village/letters/letters_named.h"
#include "tenants/village/letters/letters_people.h"
#include "tenants/village/letters/letters_pile_parts.h"
#include "tenants/village/letters/letters_rules.h"
#include "tenants/village/letters/letters_signer.h"
#include "tenants/village/letters/letters_sql.h"
#include "tenants/village/notices/notices.h"
#include "workers/queue/queue.h"

static enum rc note_act(struct txn *txn, const char *action, uint64_t id, struct str detail, const struct letter_actor *by, struct err *err)
{
    const struct audit row = letter_audit(village_db_arena(in_txn(txn)), action, id, detail, by);

    return audit_put(txn, &row, err);
}

enum { STEP_NOTE_MOST = 300 };

static enum rc put_step(struct txn *txn, uint64_t id, const char *step, struct str note, const struct letter_actor *by, struct err *err)
{
    const struct letter_step_put_in in = {
        .letter_id = id, .step = str_c(step), .staff_id = by->id, .staff_name = by->name, .at = by->now, .note = note};

    return sql_letter_step_put(txn, &in, NULL, err);
}

static enum rc subject_must_fit(struct txn *txn, const struct letter *letter, struct err *err)
{
    struct letter_subject subject;
    struct letter_type type;
    struct letter_form form;
    json_t *inputs;

    TRY(sql_letter_type_of(in_txn(txn), letter->type_id, letter->type_version, &type, err));
    TRY(letter_form_read(village_db_arena(in_txn(txn)), type.definition, &form, err));
    letter_form_for(&form, letter->resident_id);
    TRY(json_read(village_db_arena(in_txn(txn)), letter->inputs, &inputs, err));
    TRY(letter_subject_of(in_txn(txn), &form, inputs, letter->resident_id, &subject, err));
    return letter_must_fit(&form, &subject, err);
}

enum rc letter_begin(struct txn *txn, struct str type_slug, uint64_t resident_id, const struct letter_actor *by, uint64_t *id_out,
                     struct err *err)
{
    struct letter_type type;
    struct letter_subject subject;
    struct letter_form form;

    TRY(sql_letter_type_by_slug(in_txn(txn), type_slug, &type, err));
    TRY(letter_form_read(village_db_arena(in_txn(txn)), type.definition, &form, err));
    letter_form_for(&form, resident_id);
    TRY(letter_subject_of(in_txn(txn), &form, NULL, resident_id, &subject, err));
    TRY(letter_must_fit(&form, &subject, err));
    const struct letter_insert_in in = {
        .type_id = type.id,
        .type_version = type.version,
        .resident_id = resident_id,
        .about = resident_id == 0 ? letter_said_of(village_db_arena(in_txn(txn)), &form, type.name, NULL).about : STR(""),
        .made_by = by->id,
        .made_at = by->now};
    return sql_letter_insert(txn, &in, id_out, err);
}

/* A letter that is still written, in the version that was read. */
static enum rc lock_draft(struct txn *txn, uint64_t id, uint32_t version, struct letter *out, struct err *err)
{
    TRY(sql_letter_lock(txn, id, out, err));
    if (out->state != LETTER_DRAFT && out->state != LETTER_RETURNED)
        return fail(err, RC_CONFLICT, "letter %" PRIu64 " is no draft any more", id);
    if (out->version != version)
        return fail(err, RC_CONFLICT, "letter %" PRIu64 " was changed by somebody else meanwhile", id);
    return RC_OK;
}

/* "ayah_nama" of the father, "ayah" himself. */
static bool is_part_of(struct str name, struct str person)
{
    return str_eq(name, person) || (str_starts(name, person) && name.n > person.n && name.p[person.n] == '_');
}

/* Whether an answer is about the subject's own people or day of birth, so that it fits nobody else. */
static bool hangs_on_subject(const struct letter_form *form, const struct letter_field *f, struct str value, uint64_t subject_id)
{
    uint64_t id;

    if (f->kind == FIELD_FOLLOWERS || f->known != KNOWN_NOT)
        return true;
    for (size_t i = 0; i < form->n_fields; i++)
        if (form->fields[i].kind == FIELD_PERSON && form->fields[i].relation != RELATION_NONE && is_part_of(f->name, form->fields[i].name))
            return true;
    return f->kind == FIELD_PERSON && str_to_u64(value, &id) && id == subject_id;
}

enum rc letter_give_to(struct txn *txn, uint64_t id, uint64_t resident_id, const struct letter_actor *by, struct err *err)
{
    struct arena *arena = village_db_arena(in_txn(txn));
    struct letter_subject subject;
    struct letter_type type;
    struct letter_form form;
    struct letter_people people;
    struct letter letter;
    uint64_t changed;
    json_t *inputs;

    TRY(sql_letter_lock(txn, id, &letter, err));
    if (letter.state != LETTER_DRAFT && letter.state != LETTER_RETURNED)
        return fail(err, RC_CONFLICT, "letter %" PRIu64 " is no draft any more", id);
    TRY(sql_letter_type_of(in_txn(txn), letter.type_id, letter.type_version, &type, err));
    TRY(letter_form_read(arena, type.definition, &form, err));
    TRY(json_read(arena, letter.inputs, &inputs, err));
    TRY(letter_subject_of(in_txn(txn), &form, inputs, resident_id, &subject, err));
    TRY(letter_must_fit(&form, &subject, err));
    for (size_t i = 0; i < form.n_fields; i++) {
        const char *name = str_z(arena, form.fields[i].name);

        if (hangs_on_subject(&form, &form.fields[i], json_text(inputs, name), resident_id))
            json_object_del(inputs, name);
    }
    TRY(sql_letter_set_resident(txn, id, resident_id, json_write(arena, letter_inputs_unbrought(arena, inputs)), &changed, err));
    if (changed == 0)
        return fail(err, RC_CONFLICT, "letter %" PRIu64 " was asked for at the kiosk, by whom it is for", id);
    TRY(letter_people_read(in_txn(txn), &form, resident_id, inputs, &people, err));
    TRY(letter_named_keep(txn, id, resident_id, &people, err));
    return note_act(txn, "letter.give_to", id, STR("{}"), by, err);
}

static enum rc said_of(struct txn *txn, const struct letter *letter, struct str inputs_json, struct letter_said *out, struct err *err)
{
    struct arena *arena = village_db_arena(in_txn(txn));
    struct letter_type type;
    struct letter_form form;
    json_t *inputs;

    TRY(sql_letter_type_of(in_txn(txn), letter->type_id, letter->type_version, &type, err));
    TRY(letter_form_read(arena, type.definition, &form, err));
    letter_form_for(&form, letter->resident_id);
    TRY(json_read(arena, inputs_json, &inputs, err));
    *out = letter_said_of(arena, &form, type.name, inputs);
    return RC_OK;
}

enum rc letter_fill(struct txn *txn, uint64_t id, uint32_t version, struct str inputs_json, const struct letter_people *people,
                    struct err *err)
{
    struct letter_said said = {STR(""), STR("")};
    struct letter letter;

    TRY(lock_draft(txn, id, version, &letter, err));
    if (letter.resident_id == 0)
        TRY(said_of(txn, &letter, inputs_json, &said, err));
    if (people != NULL)
        TRY(letter_named_keep(txn, id, letter.resident_id, people, err));
    return sql_letter_set_inputs(txn, id, inputs_json, said.about, said.addressed, LETTER_DRAFT, NULL, err);
}

enum rc letter_correct(struct txn *txn, uint64_t id, uint32_t version, struct str paper, const struct letter_actor *by, struct err *err)
{
    struct letter letter;

    TRY(lock_draft(txn, id, version, &letter, err));
    TRY(sql_letter_set_paper(txn, id, paper, NULL, err));
    if ((letter.paper.p == NULL) == (paper.p == NULL)) /* who began to correct it is written down, not each time he went on */
        return RC_OK;
    TRY(put_step(txn, id, paper.p != NULL ? "corrected" : "uncorrected", STR(""), by, err));
    return note_act(txn, paper.p != NULL ? "letter.correct" : "letter.uncorrect", id, STR("{}"), by, err);
}

enum rc letter_first_decision(struct village_db *db, struct str signer_office, struct date today, enum letter_state *out, struct err *err)
{
    struct letter_deciders secretaries;

    TRY(sql_letter_deciders(db, STR("check_letters"), today, &secretaries, err));
    /* What the secretary signs herself, she checks with that. */
    *out = secretaries.n > 0 && !str_is(signer_office, "secretary") ? LETTER_WAITING_CHECK : LETTER_WAITING_APPROVAL;
    return RC_OK;
}

/* Each doubt as it was read, then why it goes on. */
static enum rc put_reason(struct txn *txn, uint64_t id, const struct letter_reasoned *why, const struct letter_actor *by, struct err *err)
{
    for (size_t i = 0; i < why->doubts->n; i++)
        TRY(put_step(txn, id, "doubted", utf8_part(village_db_arena(in_txn(txn)), why->doubts->p[i], STEP_NOTE_MOST), by, err));
    return why->doubts->n > 0 ? put_step(txn, id, "reasoned", why->reason, by, err) : RC_OK;
}

enum rc letter_send(struct txn *txn, uint64_t id, uint32_t version, const struct letter_reasoned *why, const struct letter_actor *by,
                    struct err *err)
{
    struct letter letter;
    struct letter_type_policy type;
    enum letter_state next;

    TRY(lock_draft(txn, id, version, &letter, err));
    /* Locked, so that the policy stays what it is until the letter went its way. */
    TRY(sql_letter_type_policy(txn, letter.type_id, &type, err));
    if (why != NULL)
        TRY(put_reason(txn, id, why, by, err));
    if (letter_is_delegated(type.policy, letter.paper, why != NULL ? why->doubts : NULL))
        return letter_issue(txn, &letter, STR(""), by, err);
    TRY(subject_must_fit(txn, &letter, err));
    TRY(letter_first_decision(in_txn(txn), type.signer_office, utc_date(by->now, by->zone), &next, err));
    TRY(sql_letter_set_state(txn, id, next, NULL, err));
    TRY(put_step(txn, id, "sent", STR(""), by, err));
    if (next == LETTER_WAITING_APPROVAL)
        TRY(notice_for_approval(txn, id, letter.resident_id, by->now, err));
    return note_act(txn, "letter.send", id, STR("{}"), by, err);
}

static enum rc lock_in_state(struct txn *txn, uint64_t id, enum letter_state a, enum letter_state b, struct letter *out, struct err *err)
{
    TRY(sql_letter_lock(txn, id, out, err));
    if (out->state != a && out->state != b)
        return fail(err, RC_CONFLICT, "letter %" PRIu64 " is in state %d by now", id, out->state);
    return RC_OK;
}

/* One that waits for a check or a signature and has no number yet: with one it is signed, or withdrawn. */
static enum rc lock_waiting(struct txn *txn, uint64_t id, struct letter *out, struct err *err)
{
    TRY(lock_in_state(txn, id, LETTER_WAITING_CHECK, LETTER_WAITING_APPROVAL, out, err));
    return out->number.is_set ? fail(err, RC_CONFLICT, "letter %" PRIu64 " has its number", id) : RC_OK;
}

enum rc letter_check(struct txn *txn, uint64_t id, const struct letter_actor *by, struct err *err)
{
    struct letter letter;

    TRY(lock_in_state(txn, id, LETTER_WAITING_CHECK, LETTER_WAITING_CHECK, &letter, err));
    TRY(subject_must_fit(txn, &letter, err));
    TRY(sql_letter_set_state(txn, id, LETTER_WAITING_APPROVAL, NULL, err));
    TRY(put_step(txn, id, "checked", STR(""), by, err));
    TRY(notice_for_approval(txn, id, letter.resident_id, by->now, err));
    return note_act(txn, "letter.check", id, STR("{}"), by, err);
}

/*
 * One that has its number, and whose signature did not come: asked for again, by who began it. Did the village end with the service
 * meanwhile, the platform's key signs what was frozen.
 */
static enum rc sign_again(struct txn *txn, const struct letter *letter, struct str word, const struct letter_actor *by, struct err *err)
{
    struct village_db *db = in_txn(txn);
    struct letter_signer signer;
    struct str why;

    TRY(letter_signer_numbered(db, letter->signer_id.value, by->id, utc_date(by->now, by->zone), &signer, &why, err));
    if (!str_empty(why))
        return fail(err, RC_INVALID, "letter %" PRIu64 " was begun by another signer", letter->id);
    TRY(subject_must_fit(txn, letter, err));
    if (signer.by_esign)
        return letter_queue_signing(txn, letter->id, word, by, err);
    TRY(sql_letter_issue_frozen(txn, letter->id, by->id, by->now, NULL, err));
    TRY(outbox_put(txn, JOB_RENDER_LETTER, letter->id, STR("{}"), err));
    TRY(notice_for_issue(txn, letter->id, letter->resident_id, false, by->now, err));
    TRY(outbox_put_once(txn, JOB_PUBLISH_ROLLUP, 0, err));
    return note_act(txn, "letter.issue", letter->id, str_fmt(village_db_arena(db), "{\"number\":%" PRIu64 "}", letter->number.value), by,
                    err);
}

enum rc letter_approve_held(struct txn *txn, const struct letter *letter, struct str word, const struct letter_actor *by, struct err *err)
{
    if (letter->state != LETTER_WAITING_APPROVAL || LETTER_IS_SIGNING(letter->sign_state))
        return fail(err, RC_CONFLICT, "letter %" PRIu64 " is in state %d by now", letter->id, letter->state);
    if (letter->number.is_set)
        return sign_again(txn, letter, word, by, err);
    TRY(put_step(txn, letter->id, "approved", STR(""), by, err));
    return letter_issue(txn, letter, word, by, err);
}

enum rc letter_approve(struct txn *txn, uint64_t id, struct str word, const struct letter_actor *by, struct err *err)
{
    struct letter letter;

    TRY(sql_letter_lock(txn, id, &letter, err));
    return letter_approve_held(txn, &letter, word, by, err);
}

enum rc letter_mark_read(struct txn *txn, uint64_t id, struct str seen, const struct letter_actor *by, struct err *err)
{
    return put_step(txn, id, "read", seen, by, err);
}

enum rc letter_return(struct txn *txn, uint64_t id, struct str note, const struct letter_actor *by, struct err *err)
{
    struct letter letter;

    TRY(lock_waiting(txn, id, &letter, err));
    TRY(sql_letter_set_state(txn, id, LETTER_RETURNED, NULL, err));
    TRY(put_step(txn, id, "returned", note, by, err));
    return note_act(txn, "letter.return", id, STR("{}"), by, err);
}

enum rc letter_take_back(struct txn *txn, uint64_t id, struct str note, const struct letter_actor *by, struct err *err)
{
    struct letter_times_taken times;
    struct letter letter;

    TRY(lock_waiting(txn, id, &letter, err));
    TRY(sql_letter_times_taken(txn, id, &times, err));
    if (times.n >= LETTER_TAKE_BACKS_MOST)
        return fail(err, RC_LIMITED, "letter %" PRIu64 " was taken back %" PRIu64 " times", id, times.n);
    if (letter.made_by != by->id && str_empty(note))
        return fail(err, RC_INVALID, "letter %" PRIu64 " is somebody else's, and why is not said", id);
    TRY(sql_letter_set_state(txn, id, LETTER_RETURNED, NULL, err));
    TRY(put_step(txn, id, "taken_back", note, by, err));
    return note_act(txn, "letter.take_back", id, STR("{}"), by, err);
}

enum rc letters_hold(struct txn *txn, const struct letter_unchecked_rows **held_out, struct err *err)
{
    struct letter_unchecked_rows *rows = ARENA_NEW(village_db_arena(in_txn(txn)), struct letter_unchecked_rows);

    *held_out = rows;
    return sql_letters_unchecked(txn, rows, err);
}

enum rc letters_pass_on(struct txn *txn, const struct letter_unchecked_rows *held, const struct letter_actor *by, struct err *err)
{
    struct letter_deciders checkers;
    uint64_t piles;

    TRY(sql_letter_deciders(in_txn(txn), STR("check_letters"), utc_date(by->now, by->zone), &checkers, err));
    for (size_t i = 0; i < held->n && checkers.n == 0; i++) {
        TRY(sql_letter_set_state(txn, held->p[i].id, LETTER_WAITING_APPROVAL, NULL, err));
        TRY(put_step(txn, held->p[i].id, "passed_on", STR("Tidak ada lagi akun yang memeriksa surat"), by, err));
        TRY(notice_for_approval(txn, held->p[i].id, held->p[i].resident_id, by->now, err));
        TRY(note_act(txn, "letter.pass_on", held->p[i].id, STR("{}"), by, err));
    }
    if (checkers.n > 0)
        return RC_OK;
    TRY(sql_piles_pass_on(txn, by->now, &piles, err));
    return piles > 0 ? pile_tell_waiting(txn, err) : RC_OK;
}

/* The files of its pile are made again without it. The pile is the job's to lock: here the letter is locked before it. */
static enum rc leave_pile(struct txn *txn, uint64_t id, struct err *err)
{
    struct pile_of_letter pile;
    bool is_there;

    TRY(sql_pile_of_letter(in_txn(txn), id, &pile, &is_there, err));
    return is_there ? outbox_put_once(txn, JOB_PILE_FILES, pile.id, err) : RC_OK;
}

enum rc letter_void(struct txn *txn, uint64_t id, uint8_t why, struct str reason, const struct letter_actor *by, struct err *err)
{
    struct letter letter;

    TRY(lock_in_state(txn, id, LETTER_ISSUED, LETTER_WAITING_APPROVAL, &letter, err));
    if (!letter.number.is_set || LETTER_IS_SIGNING(letter.sign_state))
        return fail(err, RC_CONFLICT, "letter %" PRIu64 " has no number yet, or is being signed", id);
    TRY(sql_letter_set_void(txn, id, by->id, by->now, why, reason, NULL, err));
    TRY(put_step(txn, id, "voided", reason, by, err));
    TRY(leave_pile(txn, id, err));
    TRY(outbox_put_once(txn, JOB_PUBLISH_ROLLUP, 0, err));
    return note_act(txn, "letter.void", id, STR("{}"), by, err);
}

/* The text that the withdrawn letter had of its own; not over a type that says something else by now. */
static enum rc keep_own_text(struct txn *txn, const struct letter *old, const struct letter_type *type, uint64_t id,
                             const struct letter_actor *by, bool *is_left_out, struct err *err)
{
    struct letter fresh;

    *is_left_out = old->paper.p != NULL && type->version != old->type_version;
    if (old->paper.p == NULL || *is_left_out)
        return RC_OK;
    TRY(sql_letter_lock(txn, id, &fresh, err));
    return letter_correct(txn, id, fresh.version, old->paper, by, err);
}

enum rc letter_replace(struct txn *txn, uint64_t id, const struct letter_actor *by, uint64_t *id_out, bool *text_left_out, struct err *err)
{
    struct arena *arena = village_db_arena(in_txn(txn));
    struct letter letter;
    struct letter_replacement there;
    struct letter_type_slug kind;
    struct letter_type type;
    struct letter_form form;
    struct letter_people people;
    json_t *old, *kept;
    bool found;

    TRY(lock_in_state(txn, id, LETTER_VOIDED, LETTER_VOIDED, &letter, err));
    TRY(sql_letter_replacement(txn, id, &there, &found, err));
    *id_out = there.id;
    *text_left_out = false;
    if (found)
        return RC_OK;
    TRY(sql_letter_type_slug(txn, letter.type_id, &kind, err));
    TRY(sql_letter_type_by_slug(in_txn(txn), kind.slug, &type, err));
    TRY(letter_form_read(arena, type.definition, &form, err));
    letter_form_for(&form, letter.resident_id);
    TRY(json_read(arena, letter.inputs, &old, err));
    TRY(letter_begin(txn, kind.slug, letter.resident_id, by, id_out, err));
    kept = letter_inputs_asked(arena, &form, old);
    json_keep(arena, kept);
    const struct letter_said said = letter.resident_id == 0 ? letter_said_of(arena, &form, type.name, kept)
                                                            : (struct letter_said){STR(""), STR("")};
    TRY(sql_letter_set_replaces(txn, *id_out, id, json_write(arena, kept), said.about, said.addressed, NULL, err));
    TRY(letter_people_read(in_txn(txn), &form, letter.resident_id, kept, &people, err));
    TRY(letter_named_keep(txn, *id_out, letter.resident_id, &people, err));
    TRY(keep_own_text(txn, &letter, &type, *id_out, by, text_left_out, err));
    return note_act(txn, "letter.replace", *id_out, str_fmt(arena, "{\"letter\":%" PRIu64 "}", id), by, err);
}

enum rc letter_print(struct txn *txn, uint64_t id, const struct letter_actor *by, struct err *err)
{
    struct letter letter;
    struct letter_rendered paper;

    TRY(lock_in_state(txn, id, LETTER_ISSUED, LETTER_ISSUED, &letter, err));
    TRY(sql_letter_is_rendered(in_txn(txn), id, &paper, err));
    if (!paper.is_rendered)
        return fail(err, RC_CONFLICT, "letter %" PRIu64 " has no paper yet", id);
    TRY(put_step(txn, id, "printed", STR(""), by, err));
    return note_act(txn, "letter.print", id, STR("{}"), by, err);
}

enum rc letter_cancel(struct txn *txn, uint64_t id, const struct letter_actor *by, struct err *err)
{
    struct letter letter;

    TRY(lock_in_state(txn, id, LETTER_DRAFT, LETTER_RETURNED, &letter, err));
    TRY(sql_letter_set_state(txn, id, LETTER_CANCELLED, NULL, err));
    return note_act(txn, "letter.cancel", id, STR("{}"), by, err);
}

enum rc letter_has_approver(struct village_db *db, struct date today, bool *has_out, struct err *err)
{
    struct letter_deciders n;

    TRY(sql_letter_deciders(db, STR("approve_letters"), today, &n, err));
    *has_out = n.n > 0;
    return RC_OK;
}
