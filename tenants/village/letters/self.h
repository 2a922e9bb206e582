// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * A second door of letters, for rooms where residents make their own: the
 * kiosk. The subject is the one signed in there: every verb takes its id and
 * answers RC_NOT_FOUND for anybody else's letter. States, numbers and papers
 * are those of letters.h.
 */
#ifndef BALAI_LETTERS_SELF_H
#define BALAI_LETTERS_SELF_H

#include "tenants/village/letters/letters.h"

struct self_type {
    struct str slug, name, purpose;
    struct str tile_label, tile_icon; /* at the kiosk */
    bool is_sealed;                   /* issued at once; else somebody must approve */
    bool at_kiosk;                    /* the village offers it there */
};
struct self_types {
    struct self_type *p;
    size_t n;
};
/* All active types, in the village's order. */
enum rc letter_self_types(struct village_db *db, struct self_types *out, struct err *err) MUST_USE;
/* Offers a type at the kiosk, or no longer. RC_NOT_FOUND. */
enum rc letter_self_offer(struct txn *txn, struct str slug, bool at_kiosk, const struct letter_actor *by, struct err *err) MUST_USE;

struct self_last {
    struct str slug, name;
    utc_us at;
};
/* What this resident was last given, of those offered at the kiosk. */
enum rc letter_self_last(struct village_db *db, uint64_t resident_id, struct self_last *out, bool *found_out, struct err *err) MUST_USE;
/* What an earlier visit left to be gone on with, begun since and before. */
enum rc letter_self_kept(struct village_db *db, uint64_t resident_id, utc_us since, utc_us before, struct self_last *out, bool *found_out,
                         struct err *err) MUST_USE;

/* The resident's latest letters that were sent or issued, newest first; has_any: there is one. */
struct self_letter {
    uint64_t id;
    struct str name;
    enum letter_state state;
    utc_us at;         /* issued, or begun */
    bool is_printable; /* issued, its paper is there, and it is valid on that day */
};
struct self_letters {
    struct self_letter *p;
    size_t n;
};
enum rc letter_self_recent(struct village_db *db, uint64_t resident_id, struct date today, struct self_letters *out,
                           struct err *err) MUST_USE;
enum rc letter_self_has_any(struct village_db *db, uint64_t resident_id, bool *has_out, struct err *err) MUST_USE;
/* Written to the trail: this letter is printed once more. RC_NOT_FOUND when it is not this resident's, or not printable. */
enum rc letter_self_reprint(struct txn *txn, uint64_t id, uint64_t resident_id, const struct letter_actor *by, struct err *err) MUST_USE;

/*
 * What the kiosk offers as answers of a type, question by question, as the village has it: its own words, else those the type came with.
 * Lines, one an answer; at most ASK_MOST. None: the type's own again. RC_INVALID: no such question.
 */
struct self_question {
    struct str slug, type_name, field, words, lines;
    bool is_own;
};
struct self_questions {
    struct self_question *p;
    size_t n;
};
enum rc letter_self_questions(struct village_db *db, struct self_questions *out, struct err *err) MUST_USE;
enum rc letter_self_choose(struct txn *txn, struct str slug, struct str field, struct str lines, const struct letter_actor *by,
                           struct err *err) MUST_USE;

/*
 * A draft with the answers of the resident's last letter of the same type, as
 * far as they still fit. RC_NOT_FOUND when the type is not offered here.
 */
struct self_begun {
    uint64_t id;
    bool is_complete; /* nothing is left to ask */
    bool is_old;      /* begun since `since` and not sent: it goes on with what was answered */
};
enum rc letter_self_begin(struct txn *txn, struct str slug, uint64_t resident_id, utc_us since, const struct letter_actor *by,
                          struct self_begun *out, struct err *err) MUST_USE;

enum self_kind { SELF_LINE = 1, SELF_AREA, SELF_YEAR };
struct self_field {
    struct str name, label, hint, value;
    struct str fault; /* what is wrong with the value as it stands; STR_NONE: nothing */
    enum self_kind kind;
    bool is_required;
    bool is_answered; /* with nothing, too */
    uint32_t max;
    struct str ask, ask_hint, sample; /* the question as one asks it; the label when the type does not say */
    bool may_type;                    /* beside the choices */
    struct self_choices {
        struct self_choice {
            struct str label, value, icon; /* icon "": the label itself is what one sees */
            struct str note;               /* what this answer asks for: "Perlu surat pengantar RT" */
        } * p;
        size_t n; /* 0: typed */
    } choices;
};
struct letter_self {
    uint64_t id, resident_id;
    struct str slug, type_name, number_text;
    bool is_sealed, is_rendered;
    enum letter_state state;
    uint32_t version;
    struct {
        struct self_field *p;
        size_t n;
    } fields;
    struct str doubt;             /* what speaks against it, for staff to judge: not at the kiosk; "": nothing */
    struct str paper, paper_from; /* of what has just begun: brought once, and who gives it; "": the doubt is another */
    size_t first_faulty;          /* index; fields.n: every answer is right */
};
enum rc letter_self_read(struct village_db *db, uint64_t id, uint64_t resident_id, struct date today, struct letter_self *out,
                         struct err *err) MUST_USE;
/* The fault of a value for that field, or STR_NONE. */
struct str letter_self_fault(struct arena *arena, const struct self_field *field, struct str value, int this_year);
/* Stores all values of letter->fields. */
enum rc letter_self_fill(struct txn *txn, const struct letter_self *letter, struct err *err) MUST_USE;

/* The resident's drafts that nobody will finish are cancelled: those that were begun here and never sent. */
enum rc letter_self_abandon(struct txn *txn, uint64_t resident_id, const struct letter_actor *by, struct err *err) MUST_USE;

/* So long the answers of a letter that was begun at the kiosk wait for who began it. */
enum { SELF_KEPT_DAYS = 14, SELF_KEPT_S = SELF_KEPT_DAYS * 86400 };
/* What was begun there before that moment and never sent is forgotten, answers and all; one after the other, each in a transaction. */
enum rc letter_self_forget(struct village_db *db, utc_us before, struct err *err) MUST_USE;

/* One page (0 first) as an SVG image: a draft as it would look, an issued letter with its code once it is rendered. */
struct self_sheet {
    struct str svg;
    size_t pages;
    bool is_a4; /* else F4 */
};
enum rc letter_self_sheet(struct request *req, uint64_t id, uint64_t resident_id, size_t page, struct self_sheet *out,
                          struct err *err) MUST_USE;
/* Waits in the fiber until the letter's paper is there, or for_ms have passed. */
enum rc letter_self_wait(struct village_db *db, uint64_t id, uint32_t for_ms, bool *is_rendered_out, struct err *err) MUST_USE;

#endif
