// SPDX-License-Identifier: AGPL-3.0-or-later
/* Handlers and views of the import's pages. Private. */
#ifndef BALAI_IMPORT_PAGES_H
#define BALAI_IMPORT_PAGES_H

#include "server/web/forms.h"
#include "server/web/village.h"

handler_fn import_home_page, import_batch_page, import_same_page, import_example_page;
act_check_fn import_upload_check;
act_fn import_faults_act, import_upload_act, import_save_act, import_cancel_act, import_accept_act, import_old_act, import_again_act,
    import_choose_act, import_forget_act, import_same_act;

struct import_line_view {
    struct str href, filename, who, when, result;
    struct tag_view state;
};

struct import_word_view {
    struct str action, column, word, meaning, who;
};

struct import_home_view {
    struct form form;
    struct {
        struct import_word_view *p;
        size_t n;
    } words;
    struct {
        struct import_line_view *p;
        size_t n;
    } batches;
};

struct import_sheet_view {
    struct str name, rows, note, missing, columns; /* missing: how many columns it has not got; columns: which */
};

struct import_fault_view {
    struct str sheet, row, name, value, text, person_href;
};

struct import_cause_view {
    struct str href, column, text, accepted, count, examples, person_href; /* person_href: of its only row */
    struct str choose;                                                     /* what its link says: give a meaning, answer */
    struct tag_view tag;                                                   /* a fault, a warning, or what is only asked */
    uint32_t n;
    bool is_question, may_choose, is_first; /* is_first: its answer is what the page waits for most */
};

struct import_causes {
    struct import_cause_view *p;
    size_t n;
};

struct import_change_view {
    struct str column, count;
};

struct import_batch_view {
    struct form_guard guard;
    struct form form; /* what a word means */
    struct str path;  /* "/kantor/penduduk/impor/7" */
    struct str filename, about;
    bool is_busy, is_dead; /* is_dead: its work has stopped for good */
    struct str busy_title, busy_text;
    struct bar_view bar;
    bool has_bar;
    bool has_notice;
    struct notice_view notice;
    bool has_result, may_save, may_cancel;
    bool is_save_second, is_same_first; /* rows wait for answers, which come first; for those to "Orang yang sama?" */
    struct stats_view stats;
    struct str save_label, save_note, result_hash;
    struct str areas;  /* that the file would add; empty: none */
    struct str old;    /* of how many people the file holds an older state; empty: none */
    bool takes_old;    /* which is taken */
    struct str joined; /* "Dua warga yang belum ber-NIK mendapat …"; empty: nobody */
    struct {
        struct radios_view *p;
        size_t n;
    } questions;                                /* "Orang yang sama?" */
    struct str questions_title, questions_left; /* left: how many come after these; empty: none */
    bool questions_open;
    struct faults question_faults;
    struct str mismatch; /* how many rows wait for a person's word; empty: none */
    struct {
        struct import_sheet_view *p;
        size_t n;
    } sheets;
    struct {
        struct import_change_view *p;
        size_t n;
    } changes;
    struct {
        struct import_fault_view *p;
        size_t n;
    } faults;
    struct import_causes causes, asks;  /* asks: what waits for an answer, apart from faults */
    bool is_one, has_sheets, has_texts; /* the rows of one cause are shown; the file has sheets; the rows say different things */
    struct import_cause_view one;
    bool has_words;  /* among the causes are words that a person may give a code */
    bool may_choose; /* the rows of this cause hold one word, which a person may give a code */
    struct select_view choice;
    struct str fault_summary;
    struct pagination_view pages;
};

/* What a question about a word is about, as a page carries it: causes are numbered anew with each check. */
struct import_cause;
struct str import_asked_about(struct arena *arena, const struct import_cause *cause, struct str word);

/* What people call a column of the file. */
struct str import_column_label(struct str heading);

#endif
