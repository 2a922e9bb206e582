// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * What a room says of itself, once: its pages on each site, its entries in the menu, its kinds of work, what it tidies, what waits
 * for the person who looks. A room that has a line with the word "feature" in tests/lint/floors.txt defines
 * `const struct feature NAME_feature` (NAME: the last part of its folder) and declares it in its door; the build makes the one list
 * of them (gen/features.c), in the order of the lines. Routes, menu, table of jobs, hourly tidying and the office's first page walk
 * that list; nothing else names a room.
 *
 * Everything here is constant and lives as long as the process. Rows of one feature are in the order they are shown.
 */
#ifndef BALAI_FEATURE_H
#define BALAI_FEATURE_H

#include "server/web/web.h"
#include "workers/queue/job.h"

struct book;

/* Routes of one site; a list of them ends with site 0. */
struct site_routes {
    enum site site;
    const struct route *routes;
};

/* Where an entry of the menu stands: the groups of the office in their order on the page, and the other sites' one group each. */
enum menu_group {
    MENU_HOME = 1, /* no heading */
    MENU_SERVICE,  /* Pelayanan */
    MENU_PEOPLE,   /* Kependudukan */
    MENU_BOOKS,    /* Buku */
    MENU_SITE,     /* Situs desa */
    MENU_OFFICE,   /* Kantor */
    MENU_PUBLIC,
    MENU_PLATFORM,
    MENU_KELOLA,
    MENU_DPMD
};

/* "Pelayanan": its heading in the menu; NULL: it has none. */
const char *menu_group_heading(enum menu_group group);

struct menu_row {
    enum menu_group group;      /* 0 ends the list */
    enum permission permission; /* shown to who has it */
    const char *href, *label;
    const char *icon; /* lucide name */
};

/* One thing that waits, as a line of the office's first page. */
struct task {
    uint64_t count;
    const char *title, *note, *button;
    const char *href; /* where it is done */
    const char *menu; /* href of the menu's entry that bears the count */
    const char *tag;  /* "Menunggu Anda" */
    const char *tone; /* kuning merah abu */
    const char *icon; /* of the tag; NULL: none */
    bool is_for_me;   /* this person must act: counted in the menu */
    bool is_listed;   /* the office's first page has them one by one already */
};
enum { TASKS_MAX = 48 };
struct tasks {
    struct task p[TASKS_MAX];
    size_t n;
};
/* Adds a line; nothing when its count is 0. */
void task_put(struct tasks *tasks, struct task task);

/* What a permission of the room means, for the page of the roles. */
struct permission_row {
    enum permission permission; /* 0 ends the list */
    const char *label;          /* "Menulis surat" */
    enum permission needs;      /* whose pages its own lead to: given along with it; MAY_NOTHING: none */
};

/* A word of the database, and what people read. */
struct said_word {
    const char *word, *label; /* no word ends the list */
    const char *of;           /* of changes: of which owner's rows; NULL: of all */
};

struct feature {
    const char *name;                         /* "letters": the room's; the word under which a village hides it */
    const char *title;                        /* "Surat": for people, where features are listed; NULL: cannot be hidden */
    const struct route *routes;               /* of a village; NULL: none */
    const struct site_routes *elsewhere;      /* of the other sites, or more of a village's; NULL: none */
    const struct permission_row *permissions; /* those it brings; NULL: none */
    const struct menu_row *menu;              /* ends with group 0; NULL: none */
    const struct job_row *jobs;               /* ends with kind 0; NULL: none */
    const struct book *const *books;          /* ended by NULL (server/register/book.h); NULL: none */
    const struct said_word *changes;          /* kinds that it writes into histories (server/register/change.h); NULL: the usual ones */
    const struct said_word *looks;            /* what it writes into the log of looks at people; NULL: nothing */
    const struct job_memory *memory;          /* what its jobs keep in the worker's memory; NULL: nothing */
    /* Deletes what no longer means anything, some thousands of rows a call; about each hour, for each village, hidden or not. */
    enum rc (*tidy)(const struct job *job, struct err *err);
    /*
     * Writes invented rows of the days before `today`, so that a training village shows what this room is for: in the transaction
     * that fills the village, after its people. Takes no locks of other rooms; the same rows on every day and machine.
     */
    enum rc (*training)(struct txn *txn, struct date today, struct err *err);
    /* Adds what waits for this person. Asks the database for nothing that he may not see; at most two statements. */
    enum rc (*tasks)(struct request *req, struct tasks *out, struct err *err);
    /*
     * Begins something of this feature for a resident, inside the act that added the resident: `word` says what (a letter's
     * type). Gives the page that comes next; leaves go_to_out alone when the word is not of this feature or the person may not.
     */
    enum rc (*begin_for)(struct txn *txn, struct request *req, struct str word, uint64_t resident_id, struct str *go_to_out,
                         struct err *err);
};

/* All there are, ended by NULL: made by the build, named by the mains only. */
extern const struct feature *const features[];

/* The list this process was started with; never NULL, ended by NULL. */
const struct feature *const *request_features(const struct request *req);
/* Whether this request's village has put the feature of that name away: no pages, no entry in the menu. May send one statement. */
bool request_hides(struct request *req, const char *name);
/* Whether the village has hamlets at all: without them nobody is asked for one, and each is "-". */
bool request_has_hamlets(struct request *req);
/* text_hamlet with the village's word, for a file that is answered at once; pages and books say it by themselves. */
struct str request_hamlet_text(struct request *req, struct str s);
/* In an act that changes it: asked again at once when the act is done, on every loop. */
void request_hiding_changed(struct request *req);
/* What waits for the person of this request, in the order of the features. */
enum rc request_tasks(struct request *req, struct tasks *out, struct err *err) MUST_USE;
/* Asks each feature in turn to begin `word` for a resident (begin_for); without one that does, go_to_out stays as it is. */
enum rc request_begin_for(struct txn *txn, struct request *req, struct str word, uint64_t resident_id, struct str *go_to_out,
                          struct err *err) MUST_USE;
/* "Kelahiran dicatat"; a word no feature has as it is. */
struct str request_change_label(const struct request *req, struct str owner, struct str word);
/* "Membuka riwayat"; a word no feature has as it is. */
struct str request_look_label(const struct request *req, struct str word);
/* "Membuat PDF surat"; empty for a kind no feature has. */
struct str request_job_label(const struct request *req, uint16_t kind);

#endif
