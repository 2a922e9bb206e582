// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Widgets: the parts every page is made of, as structs for {{> …}} in a view.
 * Each struct names its view: {{> field name_field}} writes a struct field_view.
 * Members left out are simply not shown; texts are escaped by the views.
 *
 *   .name_field = {.name = STR("nama_usaha"), .label = STR("Nama usaha"),
 *                  .value = business, .fault = request_fault_of(req, "nama_usaha")},
 *
 * A tone is one of the words merah, hijau, kuning, biru, abu (../look: §3).
 * Icons are lucide names of assets/icons.txt.
 */
#ifndef BALAI_WIDGETS_H
#define BALAI_WIDGETS_H

#include "server/base/base.h"
#include "server/html/html.h"

/* ---- forms ---- */

/* {{> guard guard}}: the hidden fields every form that posts begins with. Made by request_form_guard. */
struct form_guard {
    struct str csrf; /* name="_csrf" */
    struct str once; /* name="_once": one submission, however often it is sent */
};

/*
 * {{> error_summary faults}}: what is wrong, and what is only asked ("Bila memang tamu lain, centang ini"), each under its own heading and
 * with links to the fields; nothing when there is none.
 */
struct fault {
    struct str field; /* the field's name, for the link; empty: no link */
    struct str text;  /* "NIK kurang 2 angka. Cocokkan dengan e-KTP." */
    bool is_question;
};
struct faults {
    struct fault *p;
    size_t n;            /* all of them: */
    size_t wrong, asked; /* faults, questions */
};

/* {{> field …}}: one line of text. The input's id is its name; so the error summary finds it. */
struct field_view {
    struct str name, label, hint, value;
    struct str fault;        /* the words of request_fault_of, or empty */
    struct str type;         /* empty: text; password, email, tel, search */
    struct str width;        /* "2" "4" "8" "16" (characters), "nik", "half"; empty: full */
    struct str inputmode;    /* numeric, tel, email */
    struct str autocomplete; /* empty: off */
    struct str suffix;       /* a unit after the box: "orang" */
    struct str list;         /* the id of a <datalist> on the page */
    uint32_t max_length;     /* 0: none */
    bool is_optional;        /* adds "(boleh kosong)" */
    bool is_readonly;
    bool is_first; /* gets the focus when the page opens */
};

/* {{> textarea …}} */
struct textarea_view {
    struct str name, label, hint, value, fault;
    uint32_t rows; /* 0: 4 */
    bool is_optional;
};

struct option {
    struct str value, label, hint; /* hint: radios only */
    struct str group;              /* selects only: the heading that begins with it */
    bool is_selected;
};
struct options {
    struct option *p;
    size_t n;
};

/* {{> select …}} */
struct select_view {
    struct str name, label, hint, fault, width;
    struct str empty_label; /* a first choice with no value: "Semua", "Pilih" */
    struct options options;
    bool is_optional;
};

/* {{> radios …}}: one of a few, each visible. */
struct radios_view {
    struct str name, label, hint, fault;
    struct options options;
    bool is_inline; /* beside each other: two short choices */
    bool is_optional;
};

/* {{> check …}}: one box, value "1". */
struct check_view {
    struct str name, label, hint, fault;
    bool is_checked, is_closed; /* closed: it cannot be ticked; the hint says why */
};

/* {{> date3 …}}: three boxes NAME_hari, NAME_bulan, NAME_tahun, for INPUT_DATE. */
struct date3_view {
    struct str name, label, hint, fault, day, month, year;
    bool is_optional;
    bool is_birthday; /* browsers may fill it in */
};

/* {{> month …}}: two boxes NAME_bulan, NAME_tahun, for INPUT_MONTH. */
struct month_view {
    struct str name, label, hint, fault, month, year;
    bool is_optional;
};

/* {{> pick …}}: a search box NAME_cari with what it found, for INPUT_PICK; works without script. */
struct pick_view {
    struct str name, label, hint, fault;
    struct str words;       /* typed into the search box */
    struct options options; /* what was found, or the one that is chosen */
    bool is_optional;
};

/* {{> file …}}: the form needs enctype="multipart/form-data". */
struct file_view {
    struct str name, label, hint, fault;
    struct str accept; /* ".xlsx,.xlsm" */
    bool is_multiple, is_optional;
};

/* {{> carried …}}: what was typed, carried on through a page that asks to check it. */
struct carried {
    struct str name, value;
};
struct carrieds {
    struct carried *p;
    size_t n;
};

/* {{> button …}}: sends the form; a second press is harmless and the label says what is going on. */
struct button_view {
    struct str label, icon;
    struct str busy;        /* "Menerbitkan…"; empty: "Sebentar…" */
    struct str name, value; /* which button was pressed, when a form has several */
    bool is_second;         /* outlined: not the one likely act */
    bool is_destructive;
};

/* ---- saying something ---- */

/* {{> tag …}} */
struct tag_view {
    struct str tone, label, icon;
};

/* {{> notice …}}: a bar with a coloured edge. */
struct notice_view {
    struct str tone, icon, title, text;
    struct str href, link_label;
    bool is_status; /* read out when it appears: "Tersimpan" */
};

/* {{> both …}}: after a 409, what was typed beside what is stored by now; nothing without rows. */
struct both_row {
    struct str label, mine, theirs;
    bool differs;
};
struct both_view {
    struct str changed_by; /* "Andi Batari, 24 November 2026, 20.37 WITA" */
    struct both_row *p;
    size_t n;
};

/* {{> empty …}}: shown instead of an empty list: what belongs here, why there is nothing, and one link. */
struct empty_view {
    struct str title, text;
    struct str href, link_label;
};

/* {{> stats …}}: figures in one strip. */
struct stat_item { /* not `stat`: that is a name of sys/stat.h */
    struct str label, value, note;
    struct str help_href; /* the "?" to the definition */
};
struct stats_view {
    struct stat_item *p;
    size_t n;
};

/* {{> bar …}}: how much of it. */
struct bar_view {
    uint32_t percent; /* 0 … 100 */
    struct str label; /* for those who do not see it: "71 persen terpakai" */
};

/* {{> check_list …}}: check-answers rows. */
struct check_row {
    struct str label;
    struct str value;        /* empty: "Tidak diisi" */
    struct str change_href;  /* empty: comes from the registry, not changed here */
    struct str change_label; /* empty: "Ubah" */
    bool is_strong;
};
struct check_rows {
    struct check_row *p;
    size_t n;
};

/* {{> steps …}}: a task list. */
enum step_state { STEP_DONE = 1, STEP_NOW, STEP_LATER, STEP_FAULT };
struct step {
    enum step_state state;
    struct str title, note;
};
struct steps_view {
    struct step *p;
    size_t n;
};

/* ---- finding one's way ---- */

/* {{> crumbs …}}: the last one is this page and has no address. */
struct crumb {
    struct str href, label;
};
struct crumbs_view {
    struct crumb *p;
    size_t n;
};

/* {{> tabs …}}: filter pills with counts. */
struct tab {
    struct str href, label;
    struct str count; /* empty: none */
    bool is_active;
};
struct tabs_view {
    struct str label; /* for those who do not see it: "Keadaan surat" */
    struct tab *p;
    size_t n;
};

/* {{> chips …}}: filters in use, each with a way to drop it. */
struct chip {
    struct str label, remove_href;
};
struct chips_view {
    struct chip *p;
    size_t n;
    struct str clear_href; /* empty: none */
    struct str summary;    /* "Menampilkan 1–13 dari 41" */
};

/* {{> pagination …}}: nothing when there is but one page. */
struct page_link {
    struct str href, label;
    bool is_current;
};
struct page_links {
    struct page_link *p;
    size_t n;
};
struct pagination_view {
    struct str previous_href, next_href;
    struct str summary; /* "Menampilkan 12 dari 207." */
    struct page_links pages;
};

#endif
