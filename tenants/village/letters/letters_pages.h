// SPDX-License-Identifier: AGPL-3.0-or-later
/* Handlers of this room, and what they share. Private. */
#ifndef BALAI_LETTERS_PAGES_H
#define BALAI_LETTERS_PAGES_H

#include "server/web/act.h"
#include "server/web/forms.h"
#include "server/web/village.h"
#include "tenants/village/letters/letters.h"
#include "tenants/village/letters/letters_people.h"
#include "tenants/village/letters/letters_rules.h"
#include "tenants/village/letters/letters_sql.h"
#include "tenants/village/letters/letters_views.h"

handler_fn letter_list_page, letter_agenda_file, letter_types_page, letter_types_for_page, letter_subject_page, letter_subject_find,
    letter_page, letter_read_page, letter_fill_page, letter_fill_preview, letter_review_page, letter_preview, letter_ready_part, letter_pdf,
    letter_original_pdf, letter_approvals_page, letter_approval_page, letter_months_page;
act_check_fn letter_fill_check, letter_agenda_check, letter_approve_check, letter_approve_read_check;
act_fn letter_begin_act, letter_fill_act, letter_send_act, letter_cancel_act, letter_take_back_act, letter_print_act, letter_agenda_act,
    letter_check_act, letter_approve_act, letter_return_act, letter_void_act, letter_replace_act, letter_read_act, letter_approve_read_act;

/* A letter with its type's form and typed values, read for a page. */
struct letter_open {
    struct village_db *db;
    struct letter_full letter;
    struct letter_form form;
    struct letter_people people;
    const json_t *inputs;
    uint8_t valid_months;
    uint64_t decider;             /* the account before which it lies to be signed; 0: nobody's yet */
    bool is_printed;              /* just now: the page says so and opens the printer's window */
    struct letter_picked *picked; /* letters_typed.h: of each field, what was searched for this request already; NULL: of no request */
};
/* Reads a letter, by its id, with the form of its type as it was when the letter began. RC_NOT_FOUND. */
enum rc letter_open_at(struct village_db *db, uint64_t id, struct letter_open *out, struct err *err) MUST_USE;
/* It, to be judged on the request's day; all of it lives with the request. */
struct letter_matter letter_matter_of(const struct request *req, const struct letter_open *open, const struct letter_subject *subject);
/* Says whose signature this person's would be: of a letter that waits for one, and one who may give it. */
void letter_open_decider(const struct request *req, struct letter_open *open);
/* letter_signer_find of this letter: by its type's signer, its policy and its decider; once it has a number letter_signer_numbered. */
enum rc letter_open_signer(const struct letter_open *open, struct date today, struct letter_signer *out, struct str *why_out,
                           struct err *err) MUST_USE;
/* Letter {id} of this request, whichever table of this room its row has. */
uint64_t letter_id(const struct request *req);
enum rc letter_open_read(struct request *req, struct letter_open *out, struct err *err) MUST_USE;

/* Writes down that this request's person looks at this letter, and so at everybody whom it names; `is_on`: the page belongs to one that was
 * written down. */
enum rc letter_look(struct request *req, const struct letter_open *open, const char *what, bool is_on, struct err *err) MUST_USE;

/* What speaks against a letter that waits, as it stands today, and the reason its sender gave; nothing of one that does not wait. */
enum rc letter_doubted_fill(struct request *req, const struct letter_open *open, const struct letter_subject *subject,
                            struct letter_doubted_view *out, struct err *err) MUST_USE;

/* Typed values as label and value; with_links: each row links back to its field. */
struct check_rows letter_input_facts(struct request *req, const struct letter_open *open, bool with_links);
enum rc letter_step_lines(struct request *req, const struct letter_open *open, struct letter_step_lines *out, struct err *err) MUST_USE;
/* What a decision on this page is bound to; after a 409, what is other than what was read. */
enum rc letter_seen_fill(struct request *req, const struct letter_open *open, struct letter_seen_view *out, struct err *err) MUST_USE;
/* Answers with the letter's own page, faults of its small forms included. */
enum rc letter_respond(struct request *req, struct response *resp, const struct letter_open *open, struct err *err) MUST_USE;

/* Whether all that its type asks was answered rightly: a draft may never have been filled. */
bool letter_is_filled(struct request *req, const struct letter_open *open);
/* In an act: everything that goes on the paper can be drawn, and who is named lives here; else a refusal that says what does not. */
enum rc letter_must_print(struct request *req, const struct letter_open *open, struct err *err) MUST_USE;

/* Sheet `page` (from 0) of its paper as it stands: the frozen one, or the draft's. RC_NOT_FOUND: it has none of that number. */
struct self_sheet;
enum rc letter_sheet_draw(struct request *req, const struct letter_open *open, size_t page, struct self_sheet *out,
                          struct err *err) MUST_USE;
/* "2 lembar"; of one: "". */
enum rc letter_sheets_told(struct request *req, const struct letter_open *open, struct str *out, struct err *err) MUST_USE;
/* Answers with sheet `page` (from 1) of its paper. RC_NOT_FOUND: it has none of that number. */
enum rc letter_respond_sheet(struct request *req, struct response *resp, const struct letter_open *open, size_t page,
                             struct err *err) MUST_USE;
/* What its page shows of the sheets: how many, and where each is drawn; one that cannot be laid out has one. */
enum rc letter_sheets_put(struct request *req, const struct letter_open *open, struct letter_paper_view *out, struct err *err) MUST_USE;
/* How many sheets its paper has. */
enum rc letter_sheets_count(struct request *req, const struct letter_open *open, size_t *n_out, struct err *err) MUST_USE;

/* The next letter that waits for the head who looks at this one, and how many do; none while this one is still to be decided. */
enum rc letter_next(struct request *req, const struct letter_open *open, struct str *href_out, size_t *n_out, struct err *err) MUST_USE;
/* Where whoever has just read that letter reads on: the next that waits for him and that he has not marked, then those before; else the
 * list, where those he has read are approved together. */
enum rc letter_next_unread(struct request *req, struct village_db *db, uint64_t after, struct str *href_out, struct err *err) MUST_USE;
/* The file of a register that was just asked for, and the browser told to fetch it; nothing otherwise. */
void letter_agenda_offer(struct request *req, struct response *resp, struct letter_agenda_view *out);

/* Who else may decide and has this letter, or the pile whose pattern it is, before him; not who opened it before `since` (0: whoever did
 * of late). */
enum rc letter_reader_fill(struct request *req, struct village_db *db, uint64_t letter_id, utc_us since, struct letter_reader_view *out,
                           struct err *err) MUST_USE;

/* Why the signature of a letter that waits for one from elsewhere did not come; empty when nothing went wrong. */
struct str letter_unsigned_why(const struct letter_full *letter);

/* Where it stands, for who comes second: "Terbit, nomor 500.3/120". */
struct str letter_stands(struct arena *arena, enum letter_state state, struct str number);

/* Why a letter was withdrawn, as everybody may read it: "Isinya keliru"; "" of one that is not. */
struct str letter_void_why(uint8_t why);

/* "24-11-2026 10.32" in the village's zone. */
struct str letter_when(const struct request *req, utc_us at);
struct str letter_url(struct arena *arena, uint64_t id, const char *tail);

#endif
