// SPDX-License-Identifier: AGPL-3.0-or-later
/* The types of letters as an office looks after them: list, page, settings. Private to this room. */
#ifndef BALAI_LETTERS_TYPE_H
#define BALAI_LETTERS_TYPE_H

#include "server/register/change.h"
#include "server/register/list.h"
#include "server/web/act.h"
#include "server/web/forms.h"
#include "tenants/village/letters/letters.h"
#include "tenants/village/letters/letters_rules.h"
#include "tenants/village/letters/letters_views.h"

#define LETTER_TYPES_HOME "/kantor/jenis-surat"

/* Bytes of what a type or a letter says, as text or as JSON: some eighty pages. The longest of our own types has 9 kB. */
enum { LETTER_TEXT_MOST = 256 * 1024 };

struct letter_type_item {
    struct str href, name, classification, policy, valid, kiosk;
    uint64_t issued;
    bool is_active;
};
struct letter_type_list_view {
    struct list_view list;
    struct {
        struct letter_type_item *p;
        size_t n;
    } lines;
};
struct letter_type_view { /* one type: its page and its settings */
    struct str title, action, edit_href, text_href, back_href, sample_href;
    struct str sample, sample_fault; /* a number as the format makes it; or why it makes none */
    struct check_rows facts;
    struct {
        struct str *p;
        size_t n;
    } requirements;
    struct history_view history;
    struct form form;
    struct form_guard guard;
    struct str versions_href, export_href, copy_action;
    bool is_active, is_office; /* is_office: nobody asks for it */
};
struct letter_type_versions_view {
    struct str title, back_href, action;
    struct form_guard guard;
    struct {
        struct letter_type_version_line {
            uint64_t version, letters;
            struct str name, made, by, compare_href;
            bool is_current;
        } * p;
        size_t n;
    } lines;
    uint64_t edition;
    bool is_builtin;
};

extern const struct list letter_type_admin;
extern const struct pick_source letter_signers_pick; /* officials other than the head */
extern const struct keeper letter_type_keeper;
handler_fn letter_type_list_page, letter_type_page, letter_type_edit_page, letter_type_sample_part, letter_type_versions_page;
act_fn letter_type_edit_act, letter_type_back_act, letter_type_copy_act, letter_type_decide_act;

/* The name, or, when another type than `id` (0: any) bears it, "Surat Keterangan Usaha (salinan)", "(salinan 2)" and so on. RC_LIMITED. */
enum rc letter_type_free_name(struct txn *txn, uint64_t id, struct str name, const char *word, struct str *out, struct err *err) MUST_USE;

struct str letter_type_url(struct arena *arena, uint64_t id, const char *tail);
/* The act's row of the audit trail, with what became of what: a form's diff. */
enum rc letter_type_audit(struct txn *txn, struct request *req, const char *action, uint64_t id, struct str diff, struct err *err) MUST_USE;

/* ---- what the head hears: letters_type_told.c ---- */

/* Whether this person decides as the head does: the head, or who stands in for him today. */
enum rc letter_head_may(struct village_db *db, struct request *req, bool *may_out, struct err *err) MUST_USE;
/*
 * The settings of a locked type became others, `diff` of its form, by somebody else than the head: of policy, signer and numbering he gets
 * a mail and a line on his list. `asks`: that letters are issued at once is only wanted. Counts the edition up when it tells.
 */
struct letter_type_one;
enum rc letter_type_tell(struct txn *txn, struct request *req, const struct letter_type_one *was, struct str diff, bool asks,
                         struct err *err) MUST_USE;
/* For the head's list; none for anybody else. */
enum rc letter_types_told(struct request *req, struct village_db *db, struct letter_told_types *out, struct err *err) MUST_USE;

/* ---- without I/O ---- */

/*
 * What is wrong with a number format, in words for staff; STR_NONE: letters can be numbered by it. scope: the type's rule; the numbers of
 * decisions say their year. `like`: the village's, for the length.
 */
struct str letter_number_fault(struct arena *arena, struct str format, struct str scope, const struct letter_number *like);
/* "400.8.2.6" and, of older lists, "S-41": digits, letters, with dots or dashes between. */
bool letter_classification_ok(struct str code) MUST_USE;
/* "Langsung terbit"; and what it says of the validity. */
struct str letter_policy_label(struct str policy);
/* "Bersama semua surat": as the form's choice has it; STR_NONE: there is no such rule of a type. */
struct str letter_scope_label(struct str scope);
struct str letter_validity_label(struct arena *arena, uint8_t months);

#endif
