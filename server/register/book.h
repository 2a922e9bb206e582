// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * A book: rows of a room as a workbook, a CSV or a PDF on paper, said once in a table (struct book). A room lists its books in its
 * struct feature; whoever asks for one (export.h) gets it from the worker. One that has a period stands on /kantor/buku by itself,
 * where a month is printed, and closed: PDF, workbook and CSV are then made once more of the same rows, kept, and given as they are. How to
 * write one: README.md of this room.
 *
 * The rows are run in one transaction that only reads, on paper twice (counted, then drawn): both see the same rows. Memory stays
 * flat but for the finished file (a CSV is held whole). The worker's fiber; drawing happens beside its loop.
 */
#ifndef BALAI_REGISTER_BOOK_H
#define BALAI_REGISTER_BOOK_H

#include "server/base/json.h"
#include "server/paper/ledger.h"
#include "server/store/store.h"
#include "server/web/forms.h"
#include "tenants/village/codes/codes.h"

struct village;
struct feature;

/* Where a value lies in the row's struct: BOOK_AT(struct guest_line, came_on). */
enum book_type { BOOK_NOWHERE, BOOK_STR, BOOK_U64, BOOK_U32, BOOK_U16, BOOK_U8, BOOK_OPT_U64, BOOK_I64, BOOK_DATE };
struct book_member {
    enum book_type type;
    size_t offset;
};
#define BOOK_AT(type, member)                          \
    {                                                  \
        _Generic(((const type *)0)->member, struct str \
                 : BOOK_STR, uint64_t                  \
                 : BOOK_U64, uint32_t                  \
                 : BOOK_U32, uint16_t                  \
                 : BOOK_U16, uint8_t                   \
                 : BOOK_U8, struct opt_u64             \
                 : BOOK_OPT_U64, int64_t               \
                 : BOOK_I64, struct date               \
                 : BOOK_DATE),                         \
            offsetof(type, member)                     \
    }

/* What a value means. */
enum book_kind {
    BOOK_AS_IT_IS, /* a text, a number ("–" for 0 on paper), a date */
    BOOK_NAME,     /* a text: a person's or a place's name, written as names are */
    BOOK_CODE,     /* a number: the label of `codes`, or without one the code itself; 0 is empty */
    BOOK_DECIMAL,  /* a text that holds a number, as a place on the map: a number in a workbook */
    BOOK_OPTION,   /* a number: the label of `field`, a form's {{option …}}; empty when it is none of them */
    BOOK_LINE      /* no value: the row's number, from 1 */
};

struct book_column {
    /* From the outermost group inwards to the column's own label; equal neighbours merge. In a sheet they are joined: "Lahir WNI L". */
    const char *heads[LEDGER_LEVELS];
    double width; /* share of the paper's width; in a workbook so many characters */
    enum book_kind kind;
    struct book_member at;
    enum code_list codes;
    const struct input *field;
    /* Instead of `at`: the text of a row, in the arena. */
    struct str (*text)(struct arena *arena, const void *row);
    enum ledger_align align; /* 0: numbers right, all else left */
    bool is_summed;          /* a number: its sum stands in the last line */
    bool is_kept;            /* a printed workbook has it on each page */
};

enum { BOOK_SIGNERS_MAX = LEDGER_SIGNERS_MAX, BOOK_ROWS_MAX = 60000, BOOK_COLUMNS_MAX = 64 /* on paper LEDGER_COLUMNS_MAX */ };
/* Who signs: the official in office (official.office: head, secretary, section …). `above` NULL: place and day. */
struct book_signer {
    const char *above, *office;
};

enum book_format {
    BOOK_XLSX = 1,
    BOOK_CSV = 2,
    BOOK_PDF = 4,
    BOOK_CSV_EXCEL = 8 /* instead of BOOK_CSV, as Excel in Indonesia reads it */
};
enum book_period { BOOK_NO_PERIOD, BOOK_OF_MONTH, BOOK_OF_NOW };

struct book_run;

struct book {
    const char *name;              /* ≤ 20 of [a-z0-9_-]; in addresses and tables */
    const char *title;             /* "B.1 Buku Induk Penduduk", on paper in capitals; of a workbook's sheet, too (cut to 31 signs) */
    const char *about;             /* in a sentence: "buku induk penduduk"; with - for blanks the file's name */
    const char *noun;              /* what a row is: "warga" */
    const char *home, *home_label; /* where one asks for it */
    enum permission permission;    /* who may have it; asked again when it is fetched */
    /*
     * BOOK_OF_MONTH: of one month, [run->from, run->until). BOOK_OF_NOW: what stands now, kept under the month it is closed in.
     * Either stands on /kantor/buku. BOOK_NO_PERIOD: a download of its own page.
     */
    enum book_period period;
    const struct book_column *columns;
    size_t n;
    struct book_signer signers[BOOK_SIGNERS_MAX]; /* none: the head knows, the secretary keeps the book */
    double text_pt;                               /* 0: 9 */
    bool has_numbers;                             /* NIK or KK in full: said where it is fetched */
    uint32_t rows_max;                            /* 0: BOOK_ROWS_MAX */
    const char *narrower;                         /* what to do when there are more: "Persempit dengan saringan, misalnya satu dusun." */
    /* Before the rows, once a print: run->note, run->data. May be NULL. */
    enum rc (*prepare)(struct book_run *run, struct err *err);
    /* The first day that it has data of; no date: it has none. No month before it can be closed. Of books with a period. */
    enum rc (*since)(struct village_db *db, struct date *out, struct err *err);
    /* What happened in a month that is closed, and was written down afterwards: it stands in a later one. NULL: nothing can. */
    enum rc (*late)(struct village_db *db, struct date month, uint64_t *n_out, struct err *err);
    /* Gives every row to book_put, in order, each time the same; asks nothing but run->db. */
    enum rc (*each)(struct book_run *run, struct err *err);
};

struct book_sink;
/* One print. Lives in its arena. */
struct book_run {
    const struct book *book;
    struct village_db *db; /* the one snapshot */
    struct arena *arena;   /* until the file is made */
    const struct village *village;
    utc_us asked_at;
    struct date today;       /* the day it was asked for */
    struct date from, until; /* of the period: the first of a month, the first of the next */
    const json_t *criteria;  /* what was asked for */
    struct str asked_by;
    struct str hamlet_word; /* what the village calls its hamlets (text_hamlet) */
    struct str note;        /* under the table; in a sheet, when it has sums */
    void *data;
    struct book_sink *sink;
};

/* One row, as the book's columns read it; its texts may go afterwards. RC_TOO_LARGE ends it. */
enum rc book_put(struct book_run *run, const void *row, struct err *err) MUST_USE;
/* The same for a statement that walks (`each`), as its callback; the context is the run: BOOK_PUTS(put_guest, guest_line). */
#define BOOK_PUTS(name, of)                                               \
    static enum rc name(void *ctx, const struct of *row, struct err *err) \
    {                                                                     \
        return book_put(ctx, row, err);                                   \
    }

/* The finished files. */
struct book_made {
    struct str pdf, xlsx, csv; /* those of the formats that were asked for */
    uint32_t rows;
    unsigned char digest[32]; /* of what its rows say, on paper */
    struct str signers;       /* "Drs. Marthen Palimbong (Kepala Desa Sampano); …" */
};
/*
 * Makes it in all `formats` (of enum book_format), of one snapshot; what `run` needs besides db is set by the caller. RC_TOO_LARGE: more
 * rows or pages than there may be. Runs again when the snapshot broke.
 */
enum rc book_make(struct village_db *db, struct book_run *run, unsigned formats, struct book_made *out, struct err *err) MUST_USE;

/* What a closing would keep, before it is made: how many rows, the beginning of the last one, who signs. `run` as for book_make. */
struct book_seen {
    uint32_t rows;
    struct str last, signers;
};
enum rc book_see(struct village_db *db, struct book_run *run, struct book_seen *out, struct err *err) MUST_USE;

/* By its name, among all features' books; NULL: there is none. */
const struct book *book_find(const struct feature *const *all, struct str name);
/* The same, and whose it is: a part that a village has put away shows no books. */
const struct book *book_find_of(const struct feature *const *all, struct str name, const struct feature **of_out);

/* "csv" → BOOK_CSV, "csvx" → BOOK_CSV_EXCEL; 0: none of them. */
enum book_format book_format_of(struct str word);
struct str book_format_type(enum book_format format);

#endif
