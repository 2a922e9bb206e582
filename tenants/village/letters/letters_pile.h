// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Piles (surat massal): letters of one type for many residents. A letter that is written as any other becomes the pattern: its type,
 * answers and text are those of all, but for one question that the pasted list may answer line by line. The pattern stays a draft while the
 * people are chosen, is put aside when the pile is sent, and is never issued itself. Its people are judged by its answers: changed since,
 * they are judged again before the pile is sent.
 *
 * What the type's policy asks is asked of the pile: of `seal` it is issued when it is sent; of the others the secretary, where one checks
 * single letters, and then the head read a letter of it and decide all of it at once. What all papers show is bound to the decision. From
 * then on the worker issues line by line (letters_pile_work.c): a line and its letter are one transaction, so however often the work is
 * begun anew, a line has one letter and one number. Each is a letter like any other afterwards.
 *
 * Who writes a pile's lines has locked the pile (lock letter_pile). Private to this room.
 */
#ifndef BALAI_LETTERS_PILE_H
#define BALAI_LETTERS_PILE_H

#include <jansson.h>

#include "server/base/base.h"
#include "server/html/widgets.h"
#include "server/web/forms.h"
#include "server/web/web.h"
#include "tenants/village/letters/letters_views.h"
#include "workers/queue/job.h"

/* name, number in the table (never reused), label, tone of its tag */
#define LETTER_PILE_STATES(X)                           \
    X(DRAFT, 1, "Belum dikirim", "abu")                 \
    X(WAITING, 2, "Menunggu kepala desa", "biru")       \
    X(RUNNING, 3, "Sedang diterbitkan", "kuning")       \
    X(STOPPED, 4, "Dihentikan", "kuning")               \
    X(BINDING, 5, "Berkasnya sedang disusun", "kuning") \
    X(DONE, 6, "Selesai", "hijau")                      \
    X(CHECK, 7, "Menunggu sekretaris", "biru")

enum letter_pile_state {
    PILE_NO_STATE,
#define X(name, number, label, tone) PILE_##name = number,
    LETTER_PILE_STATES(X)
#undef X
};

enum letter_pile_line_state { LINE_NO_STATE, LINE_WAITING = 1, LINE_NUMBERED = 2, LINE_DONE = 3, LINE_REFUSED = 4 };

/* Why somebody chosen gets none: a hand left them out. */
#define PILE_LEFT_OUT "Tidak diikutkan petugas"

enum { PILE_MOST = 3000, PILE_TYPED_MOST = 600, PILE_ZIP_LETTERS = 500, PILE_FILES_S = 7 * 24 * 3600 }; /* files are given for a week */

/* In the outbox, subject is the pile: the next lines; then its files. */
enum { JOB_LETTER_PILE = 9, JOB_PILE_FILES = 10 };

enum rc letter_pile_work(const struct job *job, struct err *err) MUST_USE;
enum rc letter_pile_files(const struct job *job, struct err *err) MUST_USE;
/* Hourly: files whose week is over are given up. */
enum rc letter_piles_tidy(const struct job *job, struct err *err) MUST_USE;

/* ---- who may have one: letters_pile_rules.c ---- */

struct letter_form;
struct letter_field;
struct letter_parts;
struct letter_people;
struct letter_subject;

/* What a line is judged by. `parts` has everything but the person's own: subject, inputs, people. */
struct pile_judge {
    const struct letter_form *form;
    const struct letter_field *field; /* the question that each line answers; NULL: none */
    const json_t *inputs;             /* the pattern's */
    struct letter_parts *parts;
    struct date today;
};
/* A type of the office itself, or one that asks for other people or who of the family goes along, is none for a pile: why; STR_NONE: it is.
 */
struct str pile_type_fault(const struct letter_form *form);
/* The question of that name that a list can answer: any but for people. NULL: it is none. */
const struct letter_field *pile_field_of(const struct letter_form *form, struct str name);
/* The pattern's answers with the line's own in its place (empty: the pattern's); lives as long as the arena. */
const json_t *pile_inputs(struct arena *arena, const struct pile_judge *judge, struct str answer);
/* Why this person gets no letter of the pile, in words for staff; "": gets one. Pure CPU work. */
struct str pile_why(struct arena *arena, const struct pile_judge *judge, const struct letter_subject *subject,
                    const struct letter_people *people, struct str answer);

/* A line as it was pasted: the NIK's digits, what stands behind it, or what is wrong with it. */
struct pile_pasted {
    uint32_t line; /* from 1, as people count them */
    struct str typed, nik, answer, why;
    uint64_t resident_id; /* 0: not known yet */
};
struct pile_pasted_lines {
    struct pile_pasted *p;
    size_t n;
    bool has_heading; /* a first row of headings was left out */
};
/* One line: its number and, behind it, its own answer, or why it is none. Blank: no number and no reason. */
struct pile_pasted pile_line_read(struct arena *arena, struct str line, uint32_t number);
/* Reads pasted text; blank lines count but are none, and so a first row that says "NIK". Behind the NIK a tab, semicolon or comma and the
 * line's own answer. Stops after PILE_MOST + 1. */
struct pile_pasted_lines pile_paste_read(struct arena *arena, struct str text);

/* ---- pages ---- */

struct pile_line_view {
    uint32_t line;
    struct str name, why, href, link_label, typed;
    bool is_mended; /* what was pasted stands in a box: `typed` */
};
/* One who gets a letter, or is left out of the pile by hand. */
struct pile_person_view {
    uint32_t line;
    struct str name, about, place, answer, href; /* href: the letter as it will be; empty: it is not to be seen any more, or gets none */
    bool is_left_out;
};

struct pile_lines_view {
    struct pile_line_view *p;
    size_t n;
};

struct pile_choose_view {
    struct form form;
    struct str title, action, back_href, type_fault, pile_href, pattern_name;
    struct options hamlets, rws, rts, fields;
};

struct pile_file_view {
    struct str href, label;
};

/* Another pile of the same type that has some of the same people. */
struct pile_twin_view {
    struct str href, label, about, state_label, state_tone;
    uint64_t same;
};

/* {{> pile_twins …}}: before it is sent, and before it is decided. */
struct pile_twins_view {
    struct {
        struct pile_twin_view *p;
        size_t n;
    } twins;
};

struct pile_view {
    struct faults faults;
    struct letter_act_view return_form;
    struct letter_reader_view reader;
    struct bar_view bar;
    struct str path, type_name, state_label, state_tone, about, chosen, note, told;
    uint64_t ready, issued, refused, left_out, after; /* after: the line before the first of `people` */
    uint32_t version;
    struct form_guard guard;
    bool is_judged, is_pasted, has_answers; /* by the answers of now; from a list; each line has one of its own */
    bool is_busy, is_draft, is_check, is_waiting, is_running, is_binding, is_done, is_stopped, is_stuck, seals, has_approver, is_changed,
        is_over, is_given_back, ends; /* ends: what was issued stays */
    uint64_t withdrawn;               /* letters since its files were made: they are made again */
    struct str send_action, stop_action, go_on_action, cancel_action, bind_action; /* empty: not this person's, or not now */
    struct str sample_href, choose_href, edit_href, until, leave_out_action, again_action, mend_action, find_action, next_href, first_href,
        sought;
    struct {
        struct pile_person_view *p;
        size_t n;
    } people;
    struct pile_twins_view twins;
    struct pile_lines_view refused_lines, issued_lines;
    uint64_t refused_more;
    struct {
        struct pile_file_view *p;
        size_t n;
    } files;
};

struct pile_sample_view {
    struct pile_twins_view twins;
    struct str title, sub, back_href, size_href, approve_action, check_action, no_signer, digest;
    struct letter_reader_view reader;
    uint32_t version, line;
    uint64_t ready;
    bool is_large;
    struct form_guard guard;
    struct faults faults;
    bool is_changed;
    struct {
        struct str *p;
        size_t n;
    } sheets;
};

struct pile_row_view {
    struct str href, type_name, chosen, made, state_label, state_tone, count;
};
struct piles_view {
    struct {
        struct pile_row_view *p;
        size_t n;
    } lines;
    bool may_write;
};

handler_fn letter_piles_page, letter_pile_choose_page, letter_pile_page, letter_pile_find, letter_pile_sample_page, letter_pile_sheet,
    letter_pile_file;
act_check_fn letter_pile_choose_check, letter_pile_again_check, letter_pile_mend_check;
act_fn letter_pile_choose_act, letter_pile_again_act, letter_pile_mend_act, letter_pile_send_act, letter_pile_check_act,
    letter_pile_leave_out_act, letter_pile_approve_act, letter_pile_return_act, letter_pile_stop_act, letter_pile_halt_act,
    letter_pile_go_on_act, letter_pile_cancel_act, letter_pile_bind_act;

#endif
