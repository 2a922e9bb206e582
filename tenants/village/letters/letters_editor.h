// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * The editor of what a type of letters says: its draft, what is wrong with it, how it looks. A version in use is never edited: a draft
 * stands beside it, may have faults, and becomes the next version when it has none that must be mended. Private to this room.
 */
#ifndef BALAI_LETTERS_EDITOR_H
#define BALAI_LETTERS_EDITOR_H

#include "tenants/village/letters/letters_paper.h"
#include "tenants/village/letters/letters_pages.h"
#include "tenants/village/letters/letters_type.h"

/* Text and tree come in boxes of 1 MB, so that what is too long comes back as it was typed. */
enum { EDITOR_BODY_MOST = 4 * 1024 * 1024, EDITOR_DEADLINE_MS = 20000 };

/* ---- what is wrong with a draft ---- */

struct letter_problem {
    bool is_must;     /* it must be mended before the draft is used */
    struct str path;  /* "body[3].rows[1]"; "" of the whole */
    struct str words; /* for people, whole sentences */
    struct str fix;   /* the address where it is mended, if that is not the text; "" else */
    size_t block;     /* of the body, from 1; 0: elsewhere */
};
struct letter_problems {
    struct letter_problem *p;
    size_t n, musts;
};

/* ---- how it looks ---- */

struct letter_pages { /* drawn, or why it cannot be */
    struct {
        struct str *p;
        size_t n;
    } svg;
    size_t count; /* of the letter; at most EDITOR_PAGES_MOST of them are drawn */
};
/* Lays a sheet out and draws it; beside the loop only. RC_INVALID, RC_TOO_LARGE as of paper_layout. */
enum rc letter_pages_draw(struct arena *arena, const struct letter_sheet *sheet, bool is_sample, struct letter_pages *out,
                          struct err *err) MUST_USE;
enum { EDITOR_PAGES_MOST = 20, EDITOR_PAGES_LAID = 60 }; /* a text of more than the second is a problem, and no more of it is set */

/* A definition as it is being edited, with the sheet of one who tries it. */
struct letter_try {
    struct village_db *db;
    struct str definition; /* JSON */
    struct letter_form form;
    struct str name, policy;
    uint8_t valid_months;
    uint64_t resident_id; /* 0: an invented one */
};
/* Draws the pages and finds the problems, beside the loop. Looks at residents are the caller's to write down. */
enum rc letter_try_out(struct request *req, const struct letter_try *what, struct letter_pages *pages_out,
                       struct letter_problems *problems_out, struct err *err) MUST_USE;

/* Whether letters could be numbered by the type's format; a problem with the way to its settings else. */
void letter_number_problem(struct request *req, uint64_t id, struct str classification, struct str format,
                           struct letter_problems *problems);

/* ---- pages and acts ---- */

struct letter_editor_view {
    struct str title, sub, back_href, save_action, use_action, drop_action, preview_action, fields_href, state_href, questions_href;
    struct str use_label, back_label;
    struct str markup;    /* what stands in the box */
    struct str tree;      /* JSON; "" when the text in the box is no tree */
    struct str fault;     /* of the text in the box */
    struct str theirs;    /* after a conflict: the draft that somebody else saved */
    struct str theirs_by; /* "Hasnah B., 29-11-2026 10.32" */
    uint64_t edition;
    bool has_draft, is_tried;
    bool is_letter; /* of one letter, not of its type */
    struct {
        struct str *p;
        size_t n;
    } sheets; /* images */
    struct {
        struct letter_problem *p;
        size_t n;
    } problems;
    struct {
        struct letter_type_version_line *p;
        size_t n;
    } versions;                                        /* the latest ones, of a type */
    struct str versions_href, draft_version, draft_by; /* draft_version: "4"; "" without a draft */
    struct str problem_count;                          /* "1 harus, 1 sebaiknya" */
    struct form form;
};

struct letter_question_line {
    struct str name, href, label, kind, only, printed; /* printed: how the text calls its answer */
    bool is_required;
};
struct letter_question_lines {
    struct letter_question_line *p;
    size_t n;
};
struct letter_questions_view {
    struct str subject, subject_href; /* "Untuk warga yang tinggal di desa." */
    struct str title, back_href, new_href, move_action, drop_action;
    struct faults faults;
    struct form_guard guard;
    struct letter_question_lines lines;
    uint64_t edition;
};
struct letter_question_view {
    struct str title, back_href, action;
    struct str printed; /* as of its line; "" of a new one */
    struct str codes;   /* the list of the registry that it chooses from; "" */
    bool opens_choices, opens_person, opens_traits, opens_bounds, opens_dates, opens_data, opens_only; /* its parts that are not folded */
    struct letter_question_lines earlier, others;
    struct form form;
};

struct letter_for_view { /* for whom a type is */
    struct str title, back_href, action;
    struct letter_question_lines fields;
    struct form form;
};

handler_fn letter_questions_page, letter_question_page, letter_for_page;
act_fn letter_question_act, letter_question_move_act, letter_question_drop_act, letter_for_act;

/*
 * The draft of a type as JSON, or what is in use with its frame filled in (the questions decide no more what a frame prints) and its
 * persons among its questions; in a transaction, locked and as it was shown. Kept as the draft when a type can still be made from it; else
 * `why` says at `field` what cannot be.
 */
struct letter_draft;
enum rc letter_questions_read(struct request *req, uint64_t id, struct letter_draft *row, json_t **root_out, struct err *err) MUST_USE;
enum rc letter_questions_lock(struct txn *txn, struct request *req, uint64_t id, struct letter_draft *row, json_t **root_out,
                              struct err *err) MUST_USE;
enum rc letter_questions_keep(struct txn *txn, struct request *req, const struct letter_draft *row, const json_t *root, const char *field,
                              const char *why, struct err *err) MUST_USE;
/* A member of the definition; what is empty, not set or false is taken out. */
void letter_put_text(json_t *object, const char *key, struct str text);
/* Strings of a list as lines of a box, and lines as a list (the caller owns the new reference). */
struct str letter_joined_lines(struct arena *arena, const json_t *list);
json_t *letter_lines_of(struct str text);
void letter_put_number(json_t *object, const char *key, struct opt_u64 number);
/* All of them but the sex; what they do not say is taken out. */
void letter_traits_put(json_t *object, const struct letter_traits *traits);
/* What is usual is not written down: "" for it. */
struct str letter_unless(struct str value, const char *usual);
void letter_put_flag(json_t *object, const char *key, bool is_on);
/* Whether it is one of "line|area". */
bool letter_is_of_kinds(struct str kind, const char *kinds);
/* What cannot be asked so is refused at its box; `field`: as it is stored, NULL of a new one. */
struct letter_question_form;
enum rc letter_question_judge(struct request *req, const struct letter_question_form *in, const json_t *field, struct err *err) MUST_USE;
/* What the form says of a question; what it has no box for (the kiosk's tiles) stays, and what its kind has not goes. */
void letter_question_put(json_t *field, const struct letter_question_form *in);
/* The questions as lines. "Untuk warga yang tinggal di desa." of a definition. */
struct letter_question_lines letter_question_lines(struct arena *arena, uint64_t id, const json_t *root);
struct str letter_for_words(const json_t *root);

/* The editor's answers, for a type's draft and for one letter's own text. The second takes json's reference. */
void letter_editor_addresses(struct arena *arena, struct str here, struct letter_editor_view *v); /* here: ".../isi" */
enum rc letter_editor_respond(struct request *req, struct response *resp, struct letter_editor_view *v, const struct letter_pages *pages,
                              const struct letter_problems *problems, struct err *err) MUST_USE;
enum rc letter_editor_json(struct request *req, struct response *resp, json_t *json) MUST_USE;
/* To the drawn editor, why what it sent was not kept: 409 with the edition that is stored and who stored it, else 422 with the fault. */
enum rc letter_editor_refuse(struct request *req, struct response *resp, uint64_t edition, struct str by, struct str fault) MUST_USE;
/* {"edition", "count", "pages", "problems"}, written beside the loop: twenty pages are some megabytes. */
enum rc letter_preview_respond(struct request *req, struct response *resp, uint64_t edition, const struct letter_pages *pages,
                               const struct letter_problems *problems, struct err *err) MUST_USE;

/* What came as text or tree. */
struct letter_sent {
    json_t *tree;
    struct str paper;      /* the tree as JSON; STR_NONE: what came is none */
    struct str definition; /* of a type: with the tree in it */
    struct letter_form form;
    struct str fault; /* why there is none, for people; STR_NONE */
};
/*
 * The tree that came: the editor's own, which wins, or the text's. base: the definition of the type that it is put into; STR_NONE: of one
 * letter alone. Read beside the loop, in the village's lane. Fails as request_offload does.
 */
enum rc letter_editor_sent(struct request *req, struct str base, struct letter_sent *out, struct err *err) MUST_USE;
/* The text of a tree, written beside the loop: a large one is read back block by block. */
enum rc letter_markup_of(struct request *req, const json_t *tree, struct str *out, struct err *err) MUST_USE;
/* Draws a sheet and finds its problems beside the loop. */
enum rc letter_sheet_try(struct request *req, const struct letter_form *form, struct str policy, const struct letter_sheet *sheet,
                         struct letter_pages *pages_out, struct letter_problems *problems_out, struct err *err) MUST_USE;

handler_fn letter_correct_page, letter_correct_preview, letter_correct_fields, letter_correct_state;
act_check_fn letter_correct_check;
act_fn letter_correct_act, letter_uncorrect_act;

/* Says in history and trail that a draft was begun, or gone on with by somebody else; nothing for who wrote it already. */
struct letter_draft;
enum rc letter_draft_note(struct txn *txn, struct request *req, const struct letter_draft *row, struct err *err) MUST_USE;

handler_fn letter_editor_page, letter_editor_preview, letter_editor_fields, letter_editor_state;
act_check_fn letter_editor_check;
act_fn letter_editor_save_act, letter_editor_use_act, letter_editor_drop_act;

#endif
