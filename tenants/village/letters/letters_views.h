// SPDX-License-Identifier: AGPL-3.0-or-later
/* What the views of letters show. Private. */
#ifndef BALAI_LETTERS_VIEWS_H
#define BALAI_LETTERS_VIEWS_H

#include "server/html/html.h"
#include "server/html/list_views.h"
#include "server/html/ticks.h"
#include "server/html/widgets.h"
#include "server/web/forms.h"
#include "tenants/village/letters/letters_rules.h"
#include "tenants/village/notices/notices.h"

struct letter_line {
    uint64_t id;
    struct str href, type_name, resident_name, number, when, called, state_label, state_tone; /* tone: hijau, biru … */
    struct str doubted; /* sent in spite of what speaks against it: what that is; empty: nothing */
    bool is_unsigned;   /* decided, and its signature failed: state_label says so */
};

struct letter_archive_line {
    struct str href, type_name, resident_name, name_now, addressed, number, when, channel, called, state_label, state_tone;
    struct str named;                     /* who was sought and is named in it: "Irwan Majid sebagai calon suami" */
    struct str pile_href;                 /* of which pile it is one */
    struct str void_reason, prints;       /* prints: "Dicetak ulang 2×"; empty when never */
    struct str print_label, print_action; /* action empty: there is no paper, or it is not valid, or another's to print */
};

struct letter_agenda_view {
    struct str month, href; /* empty: none was asked for */
};

struct letter_archive_view {
    struct list_view list;
    struct letter_agenda_view agenda;
    struct options months; /* whose agenda there is */
    struct {
        struct letter_archive_line *p;
        size_t n;
    } lines;
    bool may_write;
};

struct letter_type_card {
    struct str href, name, purpose, policy_text;
    struct form_guard guard;
    uint64_t subject_id; /* for whom; 0: asked next */
    bool is_office;      /* for nobody of the village */
};
struct letter_type_group {
    struct str title;
    struct {
        struct letter_type_card *p;
        size_t n;
    } types;
};

struct letter_types_view {
    struct str here, words;    /* words: that are sought in names and purposes */
    bool is_searched, is_near; /* is_near: no type has all the words; these have some */
    size_t n;
    uint64_t subject_id; /* chosen already; 0: asked next */
    uint8_t subject_status;
    struct str subject_name;
    struct {
        struct letter_type_group *p;
        size_t n;
    } groups;
};

struct letter_candidate {
    uint64_t id;
    struct str name, nik, about, not_living; /* not_living: why no letter can be made, or empty */
    bool is_only_one;                        /* the one likely act of the page */
};

struct letter_subject_view {
    struct form form;
    struct str type_name, slug, add_href, back_href;
    uint64_t instead;                         /* the letter that gets another subject; 0: a new one */
    bool may_be_outside;                      /* it may be for somebody who is in no register */
    bool has_searched, is_office, is_of_dead; /* is_office: it is for nobody of the village, and nobody is looked for */
    struct {
        struct letter_candidate *p;
        size_t n;
    } found;
    struct {
        struct str *p;
        size_t n;
    } requirements;
};

/* {{> letter_cancel …}}: the fold that asks before a draft is cancelled. */
struct letter_cancel_view {
    struct str action;
    struct form_guard guard;
};

struct letter_fill_field {
    struct str group, name;             /* group: the heading that begins here; name: of its box, and where links lead */
    struct str only_field, only_values; /* hidden by the page's script while that box says none of these, with | between */
    struct str needs;                   /* what is missing while it is empty, within a sentence; "": it may stay empty */
    bool is_area, is_date, is_select, is_pick, is_ticks;
    struct field_view line; /* or one of: */
    struct textarea_view area;
    struct date3_view date;
    struct select_view select;
    struct pick_view pick;
    struct tick_boxes ticks;
};

struct letter_lack_link {
    struct str href, label;
};

struct letter_fill_view {
    struct str death_href, death_name; /* of a resident who must be dead first: where that is written down; "" */
    struct letter_cancel_view cancel;
    struct str type_name, action, preview_action, returned_title, returned_note;
    struct str resident_name, subject_label; /* empty: of the office */
    uint32_t version;
    struct form_guard guard;
    struct faults faults;
    struct str last_when;  /* this person had the same letter then; empty: never, or this one is filled in already */
    bool is_again;         /* its answers stand in the boxes */
    struct both_view both; /* somebody else wrote in it meanwhile */
    struct {
        struct letter_fill_field *p;
        size_t n;
    } fields;
    struct {
        struct letter_lack_link *p;
        size_t n;
    } lacks; /* what must be answered yet */
    struct {
        struct str *p;
        size_t n;
    } sheets;             /* images of the paper as it is typed, when it was asked for without a script */
    struct str not_drawn; /* why there are none, for people */
};
enum { LETTER_LACKS_NAMED = 3 };

/* The sheets in their frame. Printed is the paper alone; is_asked: as soon as it has come. */
struct letter_paper_view {
    struct str title, href, read_href;
    struct {
        struct str *p;
        size_t n;
    } more;                         /* the sheets after the first */
    struct str sheets;              /* "2 lembar"; of one: "" */
    bool is_paper, is_a4, is_asked; /* is_paper: issued */
};

/* One of this person that says the same: issued today, or on its way. */
struct letter_same_line {
    struct str href, number, state;
};

/* What differs between two texts or lists of questions: letters_type_compare.h. */
struct letter_compared_line {
    struct str label, before, after; /* of a question: what it is called, and what changed */
    struct str word;                 /* "Ditambah", "Dihapus", "Berubah"; "" of what is the same */
    bool is_added, is_removed;       /* of a line of the text */
    bool is_gap;                     /* `label` says how many lines that are the same are left out */
};
struct letter_compared_lines {
    struct letter_compared_line *p;
    size_t n;
};
/* {{> letter_compared …}} */
struct letter_compared_view {
    struct letter_compared_lines lines;
};

/* {{> letter_doubted …}}: above each press of who decides. */
struct letter_doubted_view {
    struct letter_doubts doubts;
    struct str head, reason, reason_by; /* reason empty: they came up after it was sent */
};

struct letter_review_view {
    struct letter_cancel_view cancel;
    struct str type_name, back_href, action, button;
    struct str not_living;                /* why it cannot go on; empty: it can */
    struct str correct_href, pile_href;   /* pile_href: the same for many; empty: not this person's to make */
    bool is_corrected, is_outside, seals; /* is_outside: for somebody from elsewhere */
    struct faults faults;
    struct letter_paper_view paper;
    uint32_t version;
    struct form_guard guard;
    struct letter_doubts doubts, commas;
    struct {
        struct letter_same_line *p;
        size_t n;
    } same;
    struct str reason, reason_fault; /* why in spite of them */
    struct str mend_href;            /* the person's record, where it may be the record that is wrong; empty: not this reader's to mend */
    struct str day, new_day; /* day: 2026-11-29, of the paper; new_day: it is another than when the page was read; empty: it is not */
    bool is_new_year, has_approver;
    struct str subject_label;
    struct check_rows subject, inputs, signer; /* signer: empty while the village has no head */
};

struct letter_step_line {
    struct str text, when, note;
    struct str icon; /* of what goes on; empty: done */
    bool is_return, is_doubt, is_sent;
};

struct letter_step_lines {
    struct letter_step_line *p;
    size_t n;
    uint64_t prints, take_backs;
};

struct letter_ready_view {
    bool is_rendered;
    struct str pdf_href, ready_href, self_href, print_action, print_label; /* print_action: empty: another's to print */
    bool is_first;                                                         /* not printed yet: the next act */
    struct form_guard guard;
};

/* What a decision is bound to: what stood before the reader's eyes. */
struct letter_seen_view {
    uint32_t version;
    struct str digest, shown; /* shown: the values, sealed, so that a later page can say what changed */
    bool is_changed;          /* since the page was read that sent the decision */
    struct str decided;       /* it is another's decision that changed it: where the letter stands; "": it is still to be decided */
    struct both_view both;
};

/* Somebody else who may decide and has it open: "Hasnah B., sejak 10.05"; empty: nobody. */
struct letter_reader_view {
    struct str who;
};

/* A small form of a letter's page, with a reason. */
struct letter_act_view {
    struct form form;
    struct str action;    /* empty: this person may not, or not now */
    bool is_wide, is_own; /* is_own: who made it needs no reason to take it back */
};

struct letter_view {
    struct str mail_href; /* its record in the agenda of outgoing mail; or */
    uint64_t mail_letter; /* the letter that this person may put there */
    struct str type_name, number, called, state_label, state_tone;
    struct letter_paper_view paper;
    struct letter_ready_view ready;
    struct str continue_href, check_action, approval_href, void_why, void_reason, made_by, made_when;
    struct str next_href;                        /* the next that waits for this person's decision */
    size_t next_n;                               /* how many wait */
    struct str replace_action, replacement_href; /* of a void letter: one of them, or none */
    struct str replaced_href, replaced_number;   /* the void one whose place this takes */
    struct str pile_href, pile_about;            /* of which pile it is one; or pile_made: whose pattern it became, and when */
    struct str pile_made;
    struct str reprints;                               /* "Dicetak ulang 2×" */
    bool is_issued, is_waiting, is_voided, is_printed; /* is_printed: just now */
    bool is_corrected;                                 /* its text is not its type's */
    bool is_signing;                                   /* at the e-sign service at this moment */
    struct str unsigned_why;                           /* why its signature did not come */
    struct str certificate;                            /* what it was signed with elsewhere; empty: it was not */
    struct str original_href;                          /* of a file that was written anew there: what it was before, to compare with */
    bool is_other_name;                                /* the certificate is not in the signer's name */
    struct str unagreed; /* the signer who has not agreed to where his passphrase goes; empty: it waits for no such */
    struct letter_seen_view seen;
    struct form_guard guard;
    struct faults faults;
    struct letter_act_view return_form, void_form, take_back_form;
    bool is_taken_enough; /* so often that only who decides gives it back */
    struct str subject_label;
    struct check_rows facts, inputs;
    struct letter_step_lines steps;
    struct notices_view notices;
    struct letter_doubted_view doubted;
};

/* Asked for where the signature comes from elsewhere. */
struct letter_passphrase_view {
    bool is_asked, is_unagreed; /* is_unagreed: not before he agreed to where it goes, on a page of his own */
    struct str fault, address;  /* address: of the service that it goes to, as the village's settings have it */
};

/* Of a type, what was changed that the head has not read yet. */
struct letter_told_type {
    struct str name, action;
    uint64_t version;
    struct {
        struct str *p;
        size_t n;
    } lines;
    bool asks; /* whether its letters may be issued at once */
};
struct letter_told_types {
    struct letter_told_type *p;
    size_t n;
};

struct letter_approvals_view {
    struct letter_told_types types;
    bool is_changed;
    struct {
        struct letter_line *p;
        size_t n;
    } lines;
    struct {
        struct letter_line *p;
        size_t n;
    } read; /* those that this person has read and not decided yet */
    struct {
        struct letter_line *p;
        size_t n;
    } piles; /* resident_name: for how many */
    struct {
        struct letter_line *p;
        size_t n;
    } unsigned_lines; /* decided, and for this person's signature alone */
    bool has_more_piles, has_more_unsigned;
    struct str shown, next_href, first_href; /* "51–58 dari 58 surat"; empty: all of them are there */
    struct form_guard guard;
    struct faults faults;
    struct letter_passphrase_view passphrase;
};

struct letter_approval_view {
    struct letter_seen_view seen;
    struct str position;      /* "Surat 1 dari 3"; empty when it is the only one */
    struct str due, due_tone; /* "Sisa 40 menit" of what was promised */
    struct str sheets;        /* "2 lembar"; of one: "" */
    struct str type_name, called, asked_when, preview_href, read_href, approve_action, later_action, not_living;
    struct letter_reader_view reader;
    struct str signed_as; /* how the paper will name who signs */
    struct form_guard guard;
    struct faults faults;
    struct letter_act_view return_form;
    bool may_approve, is_corrected, is_numbered; /* is_numbered: decided before; only the signature is missing */
    struct letter_passphrase_view passphrase;
    struct str unsigned_why;     /* why the signature did not come the last time */
    bool may_be_signed, asks_if; /* by the service, which cannot be asked; asks_if: the platform's key would sign it now, if he says so */
    struct str if_fault;
    struct str number;
    struct check_rows facts;
    struct letter_step_lines steps;
    struct letter_doubted_view doubted;
    struct letter_compared_view changed; /* its text against its type's; of one that was not corrected empty */
};

/* The paper, as large as the screen, with what is decided about it at its end. */
struct letter_read_view {
    struct str title, sub, back_href, approve_action, not_living;
    struct letter_reader_view reader;
    struct {
        struct str *p;
        size_t n;
    } sheets;
    struct letter_seen_view seen;
    struct letter_doubted_view doubted;
    struct form_guard guard;
    bool is_head, is_large;
    struct str size_href;
};

/* What is said of a file that somebody put on the page. */
struct file_told {
    struct str tone, icon, title, words, href; /* title empty: nothing was put there; href: of the other letter that the file names */
    struct {
        struct str *p;
        size_t n;
    } seals; /* one line each */
};
struct letter_verify_view {
    bool is_asked;                               /* a letter is named: by the code, or by the file */
    bool is_found, is_valid, is_over, is_voided; /* is_over: true, but its time is up */
    struct str village, district, regency, type_name, number, date, initials, signer, signer_as, void_why, void_when, valid_until;
    struct str certificate;      /* what it was signed with by BSrE; empty: it was not */
    struct str replaced_by;      /* the number of the letter that took its place, once it is issued */
    bool is_sample, is_training; /* is_training: of a sample village, and not void: nothing green over it */
    struct file_told told;
    struct form form;
};

enum { LETTER_MONTHS = 12 };
struct letter_month_bar {
    struct str name, number, x, middle, y, above, height; /* "Jan"; x and middle in %, the others in em */
};
struct letter_months_line {
    struct str name;
    struct {
        uint64_t *p;
        size_t n;
    } months; /* LETTER_MONTHS */
    uint64_t issued, prints;
};
struct letter_months_view {
    struct str said;
    struct options years;
    struct {
        struct letter_month_bar *p;
        size_t n;
    } bars;
    struct {
        struct letter_months_line *p;
        size_t n;
    } lines; /* the first: all types; none: nothing was issued */
};

struct letter_authority_line {
    struct str name, fingerprint, from, until, cer_href, pem_href;
    bool is_older; /* retired: it certifies no new seals */
};
struct letter_authorities_view {
    struct str check_href;
    struct {
        struct letter_authority_line *p;
        size_t n;
    } lines;
};

#endif
