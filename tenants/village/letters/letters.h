// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Letters: what a village hall is asked for most. A letter type is a JSON
 * document (fields, requirements, a paper tree) in the village's own schema; a
 * letter is one filling-in of it for one resident.
 *
 * Invariants: a letter has a number exactly when it is issued (or waits for
 * a signature elsewhere with all decided), taken from the
 * village's counter in the issuing transaction, so no two share one and none
 * is lost; from then on its snapshot never changes, and the PDF is made from
 * the snapshot alone, by the worker. A wrong letter is voided, never edited.
 *
 * Policies: `seal` (the head delegated it: issued at once), `approve`
 * (operator sends, secretary checks, head approves; the head's tap issues it),
 * `sign` (the same, and the paper bears the official's own seal). Who signs in
 * whose place: letters_signer.h. Of an official who signs by the regency's
 * service (BSrE), the tap gives the number and freezes the letter, which waits
 * on until his signature is there: letters_esign.h.
 */
#ifndef BALAI_LETTERS_H
#define BALAI_LETTERS_H

#include "server/base/base.h"
#include "server/base/clock.h"
#include "server/store/store.h"
#include "server/web/web.h"
#include "tenants/village/codes/letter_state.h"

/* Where a letter stands whose signature comes from elsewhere; numbers in the table. */
enum letter_signing {
    LETTER_SIGN_NONE,
    LETTER_SIGN_QUEUED = 1,  /* with the worker */
    LETTER_SIGN_ASKED = 2,   /* the request went out, or is about to */
    LETTER_SIGN_REFUSED = 3, /* not signed; why: sign_outcome */
    LETTER_SIGN_UNKNOWN = 4, /* no whole answer came */
};
#define LETTER_IS_SIGNING(state) ((state) == LETTER_SIGN_QUEUED || (state) == LETTER_SIGN_ASKED)

/* Who acts, for steps and audit. */
struct letter_actor {
    uint64_t id;
    struct str name;
    utc_us now;
    enum zone zone;
};

/* The signed-in person of a request, at its moment. */
struct letter_actor letter_actor_of(const struct request *req);

/*
 * A new draft of a type for a resident (0: of the office itself). RC_NOT_FOUND when either is not this village's, RC_INVALID when the type
 * is not for such a one: for the living, for the dead, for nobody.
 */
enum rc letter_begin(struct txn *txn, struct str type_slug, uint64_t resident_id, const struct letter_actor *by, uint64_t *id_out,
                     struct err *err) MUST_USE;

/*
 * A draft or returned letter is for somebody else of the village. Answers are kept but for those that hang on the person: relatives, who
 * goes along, what the register says. RC_CONFLICT when it is no draft any more, or the kiosk's; RC_INVALID as of letter_begin.
 */
enum rc letter_give_to(struct txn *txn, uint64_t id, uint64_t resident_id, const struct letter_actor *by, struct err *err) MUST_USE;

/* Replaces the typed fields of a draft or returned letter, and who is named in it: `people`, as those answers say; NULL of a type without.
 * `version` is the one the form was made from: RC_CONFLICT when it moved on. */
struct letter_people;
enum rc letter_fill(struct txn *txn, uint64_t id, uint32_t version, struct str inputs_json, const struct letter_people *people,
                    struct err *err) MUST_USE;

/*
 * Gives a draft or returned letter a text of its own, a tree as JSON; STR_NONE: its type's again. RC_CONFLICT as of letter_fill. The first
 * time it is a step of the letter, which its pages and the archive show; decisions are bound to the tree as to everything else.
 */
enum rc letter_correct(struct txn *txn, uint64_t id, uint32_t version, struct str paper, const struct letter_actor *by,
                       struct err *err) MUST_USE;

/*
 * The operator's last press. Policy seal: numbers and freezes the letter and
 * puts its render job, unless its text is its own or the register has it otherwise. Else: hands it to the secretary (or to the
 * head when nobody with that role is active). RC_CONFLICT when it is not a
 * draft any more. RC_INVALID when the village has no head to sign. `why`: what speaks against it, kept with the reason in its history; NULL
 * of one that is refused with doubts (a kiosk's).
 */
struct letter_doubts;
struct letter_reasoned {
    const struct letter_doubts *doubts;
    struct str reason;
};
enum rc letter_send(struct txn *txn, uint64_t id, uint32_t version, const struct letter_reasoned *why, const struct letter_actor *by,
                    struct err *err) MUST_USE;

/* The secretary's tap: on to the head. */
enum rc letter_check(struct txn *txn, uint64_t id, const struct letter_actor *by, struct err *err) MUST_USE;
/*
 * The head's tap: number, snapshot, render job, one transaction. `word`: that of the passphrase of a signer elsewhere (letters_esign.h; ""
 * when none was typed), whose letter then waits for his signature, with a job for all that were approved with this word. RC_INVALID when
 * it needs one and has none, or another began to sign it. RC_CONFLICT when it does not wait, or is being signed at this moment.
 */
enum rc letter_approve(struct txn *txn, uint64_t id, struct str word, const struct letter_actor *by, struct err *err) MUST_USE;
/* The same of one that the caller has locked, among several: all of them by rising id, before the first is approved. */
struct letter;
enum rc letter_approve_held(struct txn *txn, const struct letter *letter, struct str word, const struct letter_actor *by,
                            struct err *err) MUST_USE;
/* This person has read the letter as it stands ("version:digest"), and decides later. */
enum rc letter_mark_read(struct txn *txn, uint64_t id, struct str seen, const struct letter_actor *by, struct err *err) MUST_USE;
/* Hourly: of letters that wait beyond the time promised (letter_due) the head and the secretary are told by mail, once each. */
struct job;
enum rc letters_escalate(const struct job *job, struct err *err) MUST_USE;
/* A plain message of the office to the head, when he has an address; paced, and over the day's budget dropped (notice_office): what it
 * tells stands in the office, too. */
struct office_message;
enum rc letter_tell_head(struct txn *txn, const struct office_message *mail, struct err *err) MUST_USE;
/* Secretary or head: back to the operator with a note. */
enum rc letter_return(struct txn *txn, uint64_t id, struct str note, const struct letter_actor *by, struct err *err) MUST_USE;
/*
 * Who writes letters takes one back that still waits: its maker's again, to mend or to send anew. `note`: why, of who did not make it.
 * RC_CONFLICT when it waits no more, RC_INVALID when somebody else made it and `note` is empty, RC_LIMITED when it was taken back
 * LETTER_TAKE_BACKS_MOST times: then only who decides gives it back.
 */
enum { LETTER_TAKE_BACKS_MOST = 5 };
enum rc letter_take_back(struct txn *txn, uint64_t id, struct str note, const struct letter_actor *by, struct err *err) MUST_USE;
/*
 * An account was switched off, or a role lost the right to check letters: where nobody is left who checks, the letters that wait for it go
 * on to the head, each with a step that says why. Letters are locked before accounts and roles: hold them first (in the transaction's
 * arena), pass them on when the account or the role is written.
 */
struct letter_unchecked_rows;
enum rc letters_hold(struct txn *txn, const struct letter_unchecked_rows **held_out, struct err *err) MUST_USE;
/* Who decides first on what is sent: LETTER_WAITING_CHECK where somebody checks and does not sign it herself (`signer_office`: of the
 * type's signer), else LETTER_WAITING_APPROVAL. */
enum rc letter_first_decision(struct village_db *db, struct str signer_office, struct date today, enum letter_state *out,
                              struct err *err) MUST_USE;
enum rc letters_pass_on(struct txn *txn, const struct letter_unchecked_rows *held, const struct letter_actor *by, struct err *err) MUST_USE;
/*
 * An issued letter is declared invalid; its number stays used, its QR says so. `why`: what everybody may read who has the paper, one of
 * letter_void_why; `reason` is the office's own.
 */
enum rc letter_void(struct txn *txn, uint64_t id, uint8_t why, struct str reason, const struct letter_actor *by, struct err *err) MUST_USE;
/*
 * A new draft in the place of a void letter: same type, same person, its answers as far as the type still asks for them, and its own text
 * when it had one; *text_left_out: not so, as the type says something else by now. The one there is already when it was not cancelled.
 * RC_CONFLICT when the letter is not void.
 */
enum rc letter_replace(struct txn *txn, uint64_t id, const struct letter_actor *by, uint64_t *id_out, bool *text_left_out,
                       struct err *err) MUST_USE;
/* A paper is printed: written down with who and when. The paper never changes. RC_CONFLICT when it is not valid, or not made yet.
 */
enum rc letter_print(struct txn *txn, uint64_t id, const struct letter_actor *by, struct err *err) MUST_USE;
/* A draft nobody needs. */
enum rc letter_cancel(struct txn *txn, uint64_t id, const struct letter_actor *by, struct err *err) MUST_USE;

/* ---- numbers: letters_number.h ---- */

/* A sequence of numbers: its word and its year; year 0: it never begins anew. */
struct letter_series {
    struct str scope;
    uint16_t year;
};
/* The village's rule: which letters share a sequence ("all", "type", "class", "out": with outgoing mail, "mail": with all mail). */
struct letter_numbering {
    struct str scope;
    bool restarts; /* each year */
};
/* In the transaction that changes the rule: what goes on as one sequence, or as two, goes on behind the highest number there was. */
enum rc letter_numbering_change(struct txn *txn, const struct letter_numbering *was, const struct letter_numbering *now, struct date today,
                                struct err *err) MUST_USE;
/*
 * An issued letter of the office itself, as the agenda of outgoing mail has it; the letter is locked. `agenda` is set when its number is
 * one of that book already. RC_NOT_FOUND: it is for a resident, not issued, or void.
 */
enum { LETTER_SAID_MOST = 300 }; /* signs of what a letter is about, and of those it is addressed to ("Baso, Dusun A; Sitti") */
struct letter_outgoing {
    struct str about, addressed, number_text, type_name, sender, classification;
    struct date letter_date;
    struct opt_u64 agenda;
};
enum rc letter_outgoing(struct txn *txn, uint64_t id, struct letter_outgoing *out, struct err *err) MUST_USE;
/* Which sequence numbers incoming or outgoing mail: its own, or the one that it shares. */
enum rc letter_mail_scope(struct village_db *db, bool is_in, struct str *scope_out, struct err *err) MUST_USE;
/*
 * A sequence goes on at `next`, where a paper book ended: once, and upwards only; as long as no number was given since, it may be put
 * right. What cannot be is refused at `field` of the form, in words: RC_INVALID.
 */
enum rc letter_number_begin(struct txn *txn, struct request *req, const char *field, struct letter_series series, uint32_t next,
                            struct err *err) MUST_USE;

/* What is wrong with the village's own code in letter numbers, in words for staff; STR_NONE: numbers can bear it. Without I/O. */
struct str letter_code_fault(struct arena *arena, struct str code);
/* How a number reads with it: "400.8/012/DS-SPN/XI/2026". */
struct str letter_code_sample(struct arena *arena, struct str code, struct date today);

/* ---- classification: letters_class.h ---- */

/* What a code says in this village: of the official list, or its own that is in use; STR_NONE: neither. */
enum rc letter_classification_name(struct village_db *db, struct str code, struct str *name_out, struct err *err) MUST_USE;
/* Refuses, at this field, a code that says nothing here. */
enum rc letter_classification_judge(struct txn *txn, struct request *req, struct str code, const char *field, struct err *err) MUST_USE;

/* Installs the built-in types that are missing; never touches what a village changed. */
enum rc letters_seed(struct txn *txn, struct err *err) MUST_USE;

/*
 * The worker's part: lays an issued letter out from its snapshot, signs its
 * QR link and seals the PDF with the village's own key, stores it and marks
 * the letter, once however often it is called. Already rendered: RC_OK at once.
 * `origin` is the platform's, https?://BASE, for the QR link.
 */
struct letter_press {
    struct village_db *db;
    struct control_db *control;
    struct directory *directory;
    const struct village *village;
    struct str origin;
    utc_us now;
    struct lease *lease; /* ended with the effect */
};
enum rc letter_render(const struct letter_press *press, uint64_t id, struct err *err) MUST_USE;

/*
 * The keys that sign QR links, and the authority of the seals, sign no more: the next letter makes new ones, and each village's next
 * letter a new seal. What they signed is verified for ever.
 */
enum rc letter_keys_retire(struct control_txn *txn, struct err *err) MUST_USE;

/* In the outbox: subject is the letter. */
enum { JOB_RENDER_LETTER = 1, JOB_SIGN_LETTERS = 30 };

/* The latest letters of any state, newest first; a pile is one row: for whom it is in the name's place, how many in `called`'s. */
struct letter_recent {
    uint64_t id; /* 0: a pile */
    struct str href, state_label, state_tone;
    struct str type_name, resident_name, name_now; /* as the paper has it; what they are called by now, where it differs */
    struct str called;                             /* "Antrean 1 · Resi 48JTUQA5", of the kiosk's slip */
    utc_us at;                                     /* issued, or begun */
};
struct letter_recent_rows {
    struct letter_recent *p;
    size_t n;
};
enum rc letters_recent(struct village_db *db, uint32_t limit, struct letter_recent_rows *out, struct err *err) MUST_USE;

/* What waits for this person, the most urgent first: until when, and the act. */
struct letter_todo {
    uint64_t id; /* 0: a pile, which stands first and has no promise (due_at 0) */
    struct str href, type_name, resident_name, called, from, act;
    utc_us made_at, due_at;
};
struct letter_todos {
    struct letter_todo *p;
    size_t n;
};
enum rc letters_todo(struct request *req, uint32_t most, struct letter_todos *out, struct err *err) MUST_USE;
/* Until when a letter that was asked for then is promised: before noon of a working day for 15.00, later for the next one's noon. */
utc_us letter_due(utc_us asked_at, enum zone zone);
/* How far the promise is, "Lewat 22 menit", "Sisa 1 jam 10 menit", "Hari ini", "Besok", "Kamis", with the tone of its tag. */
struct str letter_due_words(struct arena *arena, utc_us due, utc_us now, enum zone zone, struct str *tone_out);
/* Which official an account stands for, *official_out; 0: none. */
enum rc letter_official_of(struct village_db *db, uint64_t account_id, uint64_t *official_out, struct err *err) MUST_USE;
/*
 * In the worker: the village's account at the e-sign service, with its secret opened, which the caller wipes. No secret: *out has none.
 * RC_INVALID: it was sealed with another key.
 */
struct esign_service;
enum rc letter_esign_open(const struct job *job, struct str address, struct str user, struct str sealed, struct esign_service *out,
                          struct err *err) MUST_USE;
/* Whether somebody can sign in who approves letters: without, those that need it wait for ever. */
enum rc letter_has_approver(struct village_db *db, struct date today, bool *has_out, struct err *err) MUST_USE;
/*
 * Where what was typed into the search above every page is answered: in the list of letters (a number, queue number or receipt), or where a
 * letter of that name is begun ("sktm"). STR_NONE: it is none of them.
 */
enum rc letter_search_href(struct request *req, struct str typed, struct str *href_out, struct err *err) MUST_USE;

extern const struct route letters_routes[];          /* of a village */
extern const struct route letters_platform_routes[]; /* /v/… on the platform's host */

#endif
