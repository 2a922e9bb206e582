// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * The list of a register: what may be asked of it, said once in a table (struct list); read from an address or a sent form
 * into the typed filters of its statement (kind `list`, server/store/README.md); shown as tabs, boxes, chips, heads, count and
 * ways to the other pages (server/html/list_views.h). How to write one: README.md of this room.
 *
 * What people type into the search box never stands in an address: it travels in the sealed field `lanjut`, with the spot of
 * the page. All other filters stand in the address in clear, so that a list can be linked to: they are codes, dates and places.
 * Pure but for the request; the fiber that handles it.
 */
#ifndef BALAI_REGISTER_LIST_H
#define BALAI_REGISTER_LIST_H

#include "server/html/list_views.h"
#include "server/register/export.h"
#include "server/store/store.h"
#include "server/web/web.h"
#include "tenants/village/codes/codes.h"

struct book;
struct book_run;

enum list_kind {
    LIST_WORDS = 1, /* the search box: kept secret; into a struct str, as {words …} of the statement takes it (text_search) */
    LIST_CODE,      /* a code of `codes` */
    LIST_OPTION,    /* one of `options`, or of those of a form's {{option …}}: `field` */
    LIST_TEXT,      /* a text that is compared as it is (a place): choices by list_choices */
    LIST_AGES,      /* whole years, NAME_dari and NAME_sampai, both inclusive; into dates of birth: born after `to`, until `until` */
    LIST_DATES,     /* NAME_dari and NAME_sampai, both inclusive: from `to`, before `until` */
    LIST_MONTH      /* 2026-11: from `to`, before `until`: choices by list_choices */
};

/* Where a filter goes: a member of the statement's struct of filters. LIST_TO(struct guest_find, purpose) */
enum list_type { LIST_NOWHERE, LIST_TO_U64, LIST_TO_STR, LIST_TO_DATE, LIST_TO_BOOL, LIST_TO_ENUM };
struct list_member {
    enum list_type type;
    size_t offset;
};
#define LIST_TO(type, member)                        \
    {                                                \
        _Generic(((type *)0)->member, struct opt_u64 \
                 : LIST_TO_U64, struct str           \
                 : LIST_TO_STR, struct date          \
                 : LIST_TO_DATE, bool                \
                 : LIST_TO_BOOL, unsigned            \
                 : LIST_TO_ENUM),                    \
            offsetof(type, member)                   \
    }

/* One of a filter's own choices. */
struct list_option {
    const char *value, *label;
    uint64_t number;  /* what the statement gets */
    const char *chip; /* NULL: "Label: label" */
};

struct list_filter {
    enum list_kind kind;
    const char *name, *label; /* name: in the address, and of the box */
    struct list_member to, until;
    enum code_list codes;
    bool has_none;                     /* code 0: "Belum diisi" */
    const struct list_option *options; /* ended by a row without value */
    const struct input *field;         /* instead: &guest_edit_input[GUEST_EDIT_AT_SATISFACTION] */
    const char *any;                   /* words of the choice that filters nothing; NULL: "Semua" */
    const char *initial;               /* the value while nothing is said; "" in the address then */
    const char *everything;            /* with `initial`: the value that filters nothing: "0" */
    const char *hint;                  /* words: an example, inside the box */
    uint32_t max;                      /* texts: most characters; 0: 60 */
    bool is_tabs;                      /* shown as tabs above the list */
    bool is_more;                      /* behind "Saringan" */
    bool is_open;                      /* words that name no person: in the address in clear, as the other filters */
    bool is_plain;                     /* its chip says the choice alone: "Perempuan" */
};

/* An order people may choose: `urut` in the address; the list's first is what stands when nothing is said. */
struct list_order {
    uint32_t by; /* GUEST_BY_NAME */
    const char *word, *label;
    bool falls; /* the order itself goes down: from the newest, from the most */
};

struct list_column {
    const char *label;
    uint32_t by; /* the order it sorts by; 0: none */
    bool is_number;
};

/* Why there is nothing. */
struct list_nothing {
    const char *title, *text, *href, *link_label;
};

struct list {
    const char *home; /* "/kantor/tamu" */
    const char *noun; /* what is counted: "tamu" */
    const struct list_filter *filters;
    size_t filters_n;
    const struct list_order *orders;
    size_t orders_n;
    const struct list_column *columns;
    size_t columns_n;
    size_t find_bytes;            /* sizeof(struct guest_find) */
    struct list_nothing empty;    /* there is nothing at all */
    struct list_nothing no_match; /* title, text; empty: usual words */
    const char *note;             /* beside the ways to other pages */
    uint32_t page;                /* rows a page; 0: LIST_PAGE */
    bool forgives;                /* a value that means nothing asks nothing: addresses that live long */
    bool is_live;                 /* asked anew while people type (htmx) */
    const struct book *file;      /* its rows as a workbook and CSV: a book without a period, by LIST_FILE_ROUTE; NULL: none */
    const char *official;         /* the name of the printed book of the same rows: a link in the menu "Unduh" */
};
/* .filters, .orders and .columns of three arrays. */
#define LIST_ROWS(filter_rows, order_rows, column_rows)                                                                     \
    .filters = (filter_rows), .filters_n = COUNT_OF(filter_rows), .orders = (order_rows), .orders_n = COUNT_OF(order_rows), \
    .columns = (column_rows), .columns_n = COUNT_OF(column_rows)
enum { LIST_PAGE = 25, LIST_BOUND = 1000 };

/* The inputs of both routes of a list: GET and POST of its home. list_read judges them; an unknown one is RC_BAD_REQUEST. */
extern const struct input list_input[];
/* The same rows, for a form that sends the list's filters beside fields of its own (asking for a file): after those. */
#define LIST_INPUTS FIELD(TOKEN, LIST_TOKEN, "Halaman", false, 0, 0), FIELD(PREFIX, "", "Saringan", false, 0, 100)
#define LIST_TOKEN "lanjut"

struct list_value {
    struct str from, until; /* as in the address; until: of ranges */
};

/* What was asked. Lives in the request's arena. */
struct list_reading {
    struct request *req; /* NULL: in the worker, in tests */
    const struct list *list;
    struct arena *arena;
    struct date today; /* ages are counted on it */
    struct str order_word, way_word;
    struct list_value *values; /* one a filter */
    struct options *choices;   /* one a filter: list_choices */
    uint32_t order;            /* index in list->orders */
    struct list_at at;         /* for the statement */
    uint64_t first_no;         /* number of the page's first row, from 1 */
    struct str words;          /* typed into the search box; "" none */
    bool is_faulty;            /* something in it is wrong: no statement is to be sent */
};

/*
 * Reads the address or the sent form; fills the struct of filters (*find, zeroed first) and *out. What is wrong is a fault of the
 * request (the page shows it). RC_BAD_REQUEST: a field no list of ours has.
 */
enum rc list_read(struct request *req, const struct list *list, void *find, struct list_reading *out, struct err *err) MUST_USE;

/*
 * The same without a request, for the worker and for tests: begin, set each name and value (false: no list of ours has it), judge. The
 * filters are then filled, and at.at is the order; what is wrong comes back. list_pairs gives what to set.
 */
void list_begin(struct list_reading *at, const struct list *list, struct arena *arena, struct date today);
bool list_set(struct list_reading *at, struct str name, struct str value) MUST_USE;
struct faults list_judge(struct list_reading *at, void *find) MUST_USE;
/* Everything that is not what stands when nothing is said, but the words. */
struct list_pairs list_pairs(const struct list_reading *at);

/* The value of a filter by its name, as in the address ("" when nothing is asked). An unknown name aborts: it is a misspelling. */
struct str list_value_of(const struct list_reading *at, const char *name);
/* Whether anything is asked beyond what stands when nothing is said; words count, the order does not. */
bool list_is_filtered(const struct list_reading *at);
/* Takes a filter's value away: a choice that the room does not know. */
void list_drop(struct list_reading *at, const char *name);
/* From the month of `last` back to that of `first`, the newest first, at most five years; none without dates. */
struct options list_months(struct arena *arena, struct date first, struct date last);
/* What may be chosen, when it comes from the database: LIST_TEXT and LIST_MONTH. */
void list_choices(struct list_reading *at, const char *name, struct options choices);
/* "UJI\nUJI SATU" → choices; names are written as names. "-" is "Belum diisi". */
void list_choices_lines(struct list_reading *at, const char *name, struct str lines, bool are_names);

/*
 * The words of what was typed into a search box, folded as word tables hold them (resident_word), at most `most`; how many there are.
 * None: nobody can be meant. Words beyond are left alone.
 */
size_t list_typed_words(struct arena *arena, struct str typed, struct str *words_out, size_t most);

/* First in the `each` of list->file: fills the statement's filters (zeroed) and out->at with what was asked. */
extern const struct input list_take_input[];
enum rc list_file_read(const struct book_run *run, const struct list *list, void *find, struct list_reading *out, struct err *err) MUST_USE;

/*
 * The routes of a list: its page, and the same sent. LIST_ROUTES("/kantor/tamu", MAY_READ_GUESTS, list_page, &guest_list). With the menu
 * "Unduh" LIST_FILE_ROUTE("/kantor/tamu", MAY_READ_GUESTS, &guest_list) besides.
 */
/* Sent with faults, or for a part of a page (htmx): the page itself; else a redirect to the address of what was asked, the words sealed,
 * so that Back and Reload work. */
handler_fn list_posted;
act_fn list_file_asked; /* asks for list->file of the rows that the list shows (export.h) */
#define LIST_ROUTES(at, may, list_page, of)                                                                              \
    ROUTE(GET, at, may, list_input, list_page),                                                                          \
    {                                                                                                                    \
        .method = METHOD_POST, .permission = ROUTE_CHECK_(may), .path = at, .input = list_input, .handler = list_posted, \
        .page = list_page, .list = of                                                                                    \
    }
#define LIST_FILE_ROUTE(at, may, of) ACT_ROW_(may, at "/unduh", list_take_input, export_refused_page, .act = list_file_asked, .list = of)

/* What came. `found` counts up to LIST_BOUND + 1. */
struct list_result {
    size_t rows;
    struct list_ends ends;
    uint64_t found;
    bool is_exact;        /* found was counted whole */
    uint64_t about;       /* what it was before the last change, when that is all that is known; else 0 */
    const uint64_t *tabs; /* one a choice of the tabs' filter, "everything" first; NULL: no figures. LIST_NO_COUNT: none for one */
};
#define LIST_NO_COUNT UINT64_MAX

/* Whether the rows of the page do not say how many there are; if they do, sets got->found. */
bool list_must_count(const struct list_reading *at, struct list_result *got);

/* Everything around the rows. */
void list_put(const struct list_reading *at, const struct list_result *got, struct list_view *out);
/* The address of what was asked, from its first row: for links and for htmx' history. */
struct str list_href(const struct list_reading *at);
/* Where a list answers words that were typed elsewhere: the search above every page. */
struct str list_search_href(struct request *req, const struct list *list, struct str typed);
/* The same with one filter set otherwise. */
struct str list_href_with(const struct list_reading *at, const char *name, struct str value);

#endif
