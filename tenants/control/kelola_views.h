// SPDX-License-Identifier: AGPL-3.0-or-later
/* Handlers of the console and what its views are made of. Private. */
#ifndef BALAI_KELOLA_VIEWS_H
#define BALAI_KELOLA_VIEWS_H

#include "server/register/list.h"
#include "server/html/list_views.h"
#include "server/web/forms.h"
#include "tenants/control/kelola_rules.h"
#include "tenants/control/kelola_sql.h"

extern const struct list villages_list, work_list;
handler_fn kelola_list_page, kelola_village_page, kelola_add_page, kelola_add_post, kelola_confirm_page, kelola_fix_page, kelola_close_page,
    kelola_work_page;
act_check_fn kelola_prepare_check, kelola_fix_check;
console_act_fn kelola_state_act, kelola_link_act, kelola_head_link_act, kelola_prepare_act, kelola_again_act, kelola_fix_act,
    kelola_close_act, kelola_open_act;

/* ---- list ---- */

struct kelola_line {
    struct str href, name, district, host, version, size, activity, queue;
    struct tag_view state;
    bool is_queue_bad, is_sample, is_calm; /* is_calm: as all are that need nothing, so without a tag */
};
struct kelola_panel {
    struct str title, note, href;
    struct steps_view steps;
};
struct kelola_list_view {
    struct str title;
    struct list_view list;
    struct {
        struct kelola_line *p;
        size_t n;
    } lines;
    struct kelola_panel panel; /* title empty: nothing is under way */
};

/* ---- one village ---- */

struct kelola_history {
    struct str when, who, what, note;
};
struct kelola_histories { /* twelve rows, newest first */
    struct kelola_history *p;
    size_t n;
    struct str of, older_href, newest_href; /* "Riwayat"; empty: there are no older ones, these are the newest */
};
struct kelola_act {
    struct str word, label, explain, busy;
    bool is_danger;
};
struct kelola_link {
    struct str link, words, until, qr_path; /* link empty: none was made just now. words: of the message that carries it */
    uint32_t qr_side;
    bool is_head;
};
struct kelola_village_view {
    struct form form;
    struct crumbs_view crumbs;
    struct str name, code, sub, site_href;
    struct stats_view stats; /* how it is; none while it is made */
    bool is_sample, has_side;
    struct kelola_link link;
    struct tag_view state;
    struct check_rows facts;
    struct kelola_panel panel;
    struct notice_view notice; /* title empty: none */
    struct {
        struct kelola_act *p;
        size_t n;
    } acts;
    bool is_busy;            /* being prepared: the page looks again by itself */
    bool may_link, has_link; /* has_link: one was made before */
    bool may_fix, may_open;  /* it is empty: its name may be mended; it is closed */
    struct str name_taken;   /* closed: by the village of this code; empty: by none */
    struct kelola_histories history, notes;
};

/* ---- new villages ---- */

struct kelola_fault_line {
    struct str where, value, text;
};
struct kelola_add_view {
    struct form form;
    struct str list;
    struct {
        struct kelola_fault_line *p;
        size_t n;
    } line_faults;
    struct str fault_summary;
};
struct kelola_new_line {
    struct str code, name, district, host;
    struct {
        struct str *p;
        size_t n;
    } notes; /* what is to be looked at */
};
struct kelola_new_lines {
    struct kelola_new_line *p;
    size_t n;
};
struct kelola_confirm_view {
    struct form form;
    struct str title, known_note, kelurahan_note, button, list;
    struct str tidied;                     /* "MALEWONG ditulis Malewong": proposed letters; empty: as they were written */
    bool may_tidy;                         /* some names are proposed otherwise than they were written */
    bool has_notes, asks;                  /* a line has some; one is to say that they are meant so */
    struct kelola_new_lines lines, others; /* others: nothing is made of them, but they have notes */
};

/* ---- made by mistake ---- */

struct kelola_fix_line {
    struct str name, dotted;
};
struct kelola_fix_view {
    struct form form;
    struct str code, dotted, name_now, district_now, host, seen, may_not; /* may_not empty: it can be mended */
    bool host_stays;
    /* the page that says what becomes what before it does */
    struct str tidied; /* "MALEWONG ditulis Malewong": proposed letters; empty: as they were typed */
    bool is_as_written, is_district;
    struct check_rows facts;
    struct {
        struct kelola_fix_line *p;
        size_t n;
    } villages;
    struct carrieds carried;
};
struct kelola_close_view {
    struct form form;
    struct str code, dotted, name, may_not; /* may_not empty: it can be closed */
    struct check_rows facts;
};

/* ---- work ---- */

struct kelola_work_line {
    struct str href, code, name, step, error, when;
    struct tag_view tag;
    struct bar_view bar;
    bool may_retry;
};
struct kelola_work_view {
    struct str summary;
    bool is_busy; /* look again by itself */
    struct form_guard guard;
    struct {
        struct kelola_work_line *p;
        size_t n;
    } lines;
    struct kelola_panel panel;
    struct list_view list;
};

/* Puts the work of making the village, unless it waits already. */
enum rc kelola_job_put(struct control_txn *txn, struct str code, bool *is_put_out, struct err *err) MUST_USE;

/* Shared by list, village and work. */
void kelola_steps(struct arena *arena, struct str step, struct str error, struct steps_view *out);
struct tag_view kelola_state_tag(struct str state);
/* The districts of the tree, by name. */
extern const struct pick_source kelola_districts_pick;

#endif
