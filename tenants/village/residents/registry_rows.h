// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * What is decided about many rows at once, without I/O: how a cell reads
 * (registry_cell), and from rows and the registry what would be written
 * (registry_plan). Deterministic: the same file and the same registry give the
 * same plan and the same hash.
 *
 * Invariants: a row with an error is left out whole; a row that is kept never
 * empties what the registry holds; a family never gets two living heads, and
 * never loses its only one while others live in it.
 * Pure and CPU-heavy: callers run it inside fiber_offload.
 */
#ifndef BALAI_REGISTRY_ROWS_H
#define BALAI_REGISTRY_ROWS_H

#include "server/sheet/sheet.h"
#include "tenants/village/residents/registry_columns.h"

enum {
    REGISTRY_ROWS_MAX = 20000,
    REGISTRY_FAULTS_MAX = 100000, /* kept; more are only counted */
    REGISTRY_SHEETS_MAX = 255     /* the reader's own limit */
};

enum registry_op { OP_NEW = 1, OP_CHANGED, OP_UNCHANGED, OP_REFUSED };

struct registry_row {
    struct resident_row r; /* as the file says; empty members were empty */
    uint32_t sheet, row_no;
    uint32_t cells;    /* how many its line has, in a text file */
    uint64_t filled;   /* bit per column that held something, right or wrong */
    uint64_t doubtful; /* bit per column whose digits a spreadsheet may have cut: 16, the last one 0, stored as a number */
    uint64_t exact;    /* bit per column stored as a number that kept its 16th digit */
    /* Dates, bit per column: how they stood there, until registry_dates_settle. */
    uint64_t swappable, short_year, day_first, month_first, of_cell;
    uint64_t unbroken, zeroless, open_width, serial, year_cell; /* year_cell: 1905 in the file, where somebody typed "1970" */
    bool has_error;
    bool is_nik_zero;  /* 0, or nothing */
    bool is_no_hamlet; /* "-" */
    bool is_no_card;   /* the family has none yet, says the file: none is taken from the rows above */
    enum registry_op op;
};

/* What a person may answer to a fault, for all of its cause at once. The numbers stand in import_cause.asks. */
enum registry_asks {
    ASKS_NOTHING,
    ASKS_WORD,    /* its value is one word that no list knows, or that means several things: which code is it? */
    ASKS_ORDER,   /* of a date: which comes first, day or month (registry_date_question) */
    ASKS_CENTURY, /* of a date: which century two digits mean */
    ASKS_CELLS,   /* of a date cell: did a program change day and month */
    ASKS_PERSON,  /* whether its row is somebody who stands here (join_question) */
};

struct known_resident;

/*
 * "Orang yang sama?": a row whose number nobody here has, beside who may be meant by it: a child that was written down before it had a name
 * and a NIK. What is likely is proposed; where it could be several, or nothing but the birth speaks for it, the row waits for an answer.
 */
enum join_state { JOIN_OPEN = 1, JOIN_PROPOSED, JOIN_SAID }; /* in import_fault.asked */
enum { JOIN_MOST = 5 };
struct join_question {
    uint32_t row; /* of the file's rows */
    enum join_state state;
    const struct known_resident *chosen, *people[JOIN_MOST]; /* chosen NULL: none of them, or open */
    size_t n;
    bool is_likely; /* the first of them, by all that is known */
};
/* A person's answer, by the row: who it is; 0: somebody else. */
struct said_join {
    uint32_t row;
    uint64_t resident_id;
};

struct registry_fault {
    uint32_t row; /* of the file's rows */
    enum resident_column column;
    bool is_warning;
    bool is_mismatch; /* NIK against birth date or sex: a person may accept it */
    enum registry_asks asks;
    uint64_t resident_id;             /* who is meant in the registry, for a way there; 0: nobody */
    const struct join_question *join; /* which this fault asks or tells; NULL: none */
    struct str value, text, accepted;
    struct str cause; /* the text without what is this row's alone: faults of one cause are told together */
};

struct registry_faults {
    struct registry_fault *p;
    size_t n, room;
    size_t not_kept; /* over REGISTRY_FAULTS_MAX */
    size_t warnings; /* all, kept or not */
};

/* What became of a sheet: why it was skipped, or how many rows it gave. */
struct registry_sheet {
    struct str name;
    bool is_read, is_hidden, is_text; /* is_text: nothing says which digits a program kept as a number */
    bool has_kk;                      /* a column of family numbers: one left blank in it is not there */
    uint32_t rows;
    uint32_t settled; /* rows whose status says "TETAP": OpenSID's word for a resident, taken as alive */
    uint64_t missing; /* of a read sheet with headings: bit per column that it has not got */
    struct str note;  /* Indonesian; for a read sheet: unknown columns, or empty */
};

struct registry_file {
    struct arena *arena;
    struct arena *scratch; /* while reading or planning: emptied row by row, so that memory follows what is kept */
    struct str refusal;    /* Indonesian; empty: the file can be planned */
    enum sheet_cause cause;
    struct registry_sheet *sheets;
    size_t n_sheets;
    struct registry_row *rows;
    size_t n_rows, rows_room;
    bool is_list; /* many rows of one hand: dates are settled by their column, not each by itself */
    bool is_own;  /* rows of our own making: nobody is looked for by name among those without a NIK */
    struct date today;
    struct registry_faults faults;
    struct str accepted[COLUMN_COUNT]; /* made at the first fault of a column */
};

/* ---- the registry as it is ---- */

struct known_area {
    uint64_t id;
    struct str hamlet, rw, rt;
};
struct known_family {
    uint64_t id;
    struct str kk_no, address;
    size_t area; /* index into areas */
};
struct known_resident {
    uint64_t id;
    struct resident_row r; /* address, hamlet, rw, rt, kk_no filled in from family and area */
};
/* An act that changed somebody, imports left out: those bring what a file says, and do not make it older. */
struct known_change {
    uint64_t resident_id;
    struct date on;
    struct str changes; /* the history's JSON */
};
struct registry {
    struct known_area *areas;
    struct known_family *families;
    struct known_resident *residents;
    const struct known_change *changes; /* by resident, in order of time */
    size_t n_areas, n_families, n_residents, n_changes;
    struct str last_temporary_kk;
    struct str last_temporary; /* NIK that was given last, whoever has it now; empty: none, or nobody comes without one */
};

/* ---- what would be written ---- */

enum { NOT_KNOWN = -1 };

struct planned_area {
    struct str hamlet, rw, rt;
    ptrdiff_t known; /* index into the registry's, or NOT_KNOWN: new */
    bool is_told;    /* what can be doubted of its names has been said */
};
struct planned_family {
    struct str kk_no, address;
    size_t area; /* index into planned areas */
    ptrdiff_t known;
    bool is_changed; /* always true for a new one */
};
struct planned_resident {
    uint32_t row;
    ptrdiff_t known;       /* index into the registry's, or NOT_KNOWN: new */
    struct resident_row r; /* complete: what the registry will hold */
    size_t area, family;   /* indexes into the plan's */
};

struct registry_counts {
    uint32_t total, new, changed, unchanged, refused, warnings;
    uint32_t joined;      /* of the changed: who stood here without a NIK, and gets name and number by the file */
    uint32_t asked, open; /* rows with a join_question; of these, refused because it is open */
    uint32_t old;         /* known people of whom the file holds an older state */
    uint32_t mismatch;    /* of the refused: only because the NIK does not fit birth date or sex */
};

struct registry_plan {
    struct planned_area *areas;
    struct planned_family *families;
    struct str last_temporary, last_temporary_kk; /* given by this plan; "" none */
    struct planned_resident *residents;           /* of rows that are new or changed, in file order */
    size_t n_areas, n_families, n_residents;
    struct registry_counts counts;
    uint32_t changed_by_column[COLUMN_COUNT]; /* in how many known residents */
    struct registry_faults *faults;           /* the file's and the plan's, by sheet, row, column */
    unsigned char hash[32];
};

struct registry_choice {
    struct str village_code; /* 10 digits */
    struct str hamlet_word;  /* what the village calls its hamlets; empty: Dusun */
    struct date today;
    bool accepts_mismatch; /* NIK against birth date or sex is a warning */
    bool takes_old;        /* what the file says of an older state is taken */
    bool is_trusted;       /* rows of our own making: no rule is applied */
    const struct said_join *joins;
    size_t n_joins;
};

/* What a word of a column means, once a person has said so. */
struct said_code {
    enum resident_column column;
    struct str word; /* in any case */
    uint8_t code;
};
/*
 * Cells whose fault was such a word (ASKS_WORD) get its code, and the fault goes. Dates that ask are read as `dates` says: bit per code of
 * an answer (registry_date_question); they become warnings that can be answered again. Before registry_plan.
 */
void registry_apply_answers(struct registry_file *file, const struct said_code *words, size_t n, uint32_t dates);

/* What people are called, here or in the file, is no word of a list: such a word is not offered a meaning, which all would read. */
void registry_drop_names(struct registry_file *file, const struct registry *registry);

/* Decides each row. Writes rows' op; adds to the file's faults. May be called once per file. */
struct registry_plan *registry_plan(struct registry_file *file, const struct registry *registry, const struct registry_choice *choice);

/* No rows, no sheets yet. */
struct registry_file *registry_file_new(struct arena *arena, struct date today);
/* Wraps rows of our own making as a file. */
struct registry_file *registry_from_rows(struct arena *arena, const struct resident_row *rows, size_t n, struct date today);

/* ---- shared by the files that read and plan ---- */

/* Adds a fault (its `accepted` is filled in here); an error marks the row. */
void registry_fault_add(struct registry_file *file, const struct registry_fault *fault);
/* What a column accepts, for people. */
struct str column_accepted(struct arena *arena, enum resident_column column);
/* Reads one filled cell into row, or adds a fault. */
void registry_cell(struct registry_file *file, uint32_t row, enum resident_column column, const struct sheet_cell *cell);
/* Nothing was meant to be there: no words, signs alone as "-", or zeros. Anything else that gives no value was not readable. */
bool registry_says_nothing(struct arena *arena, struct str typed);
/*
 * A date as people write it: numbers, names of months, eight digits, a place before it. The text is tidied already. False: it is none
 * (is_zero: it says so).
 */
struct date_said {
    struct date d; /* the day first where both may be; a year of two digits as 20.. */
    struct str place;
    bool is_zero, is_short_year, is_swappable; /* is_swappable: day and month may be each other */
    bool is_day_first, is_month_first;         /* only so it is a date */
    bool is_unbroken;                          /* no signs between its parts */
    bool is_zeroless, is_open_width;           /* "2592010": 25-9 only; "1122010": 1-12 (as d says) or 11-2 */
};
bool registry_date_text(struct arena *arena, struct str s, struct date_said *out);
/* Why a date cannot be; NULL: it can. */
const char *registry_date_fault(enum column_kind kind, struct date d, struct date today);

/* Rows of one family that are looked at beside one of them: a file of one family without end costs no more. */
enum { FAMILY_ROWS_MOST = 60 };

/*
 * Dates of a list, each beside the others: which comes first, day or month; whether a program changed the two; which century two digits
 * mean; what digits without signs are. What the column, another column or sheet of the file, a NIK or the rest of the row proves is read so
 * and told; what contradicts itself is asked back, once for the whole file; where nothing says anything the day comes first, and that is
 * told.
 */
void registry_dates_settle(struct registry_file *file);
/* The question that a fault of a date asks, with its two answers; NULL: none. Codes are below 32, each of one question. */
struct date_question {
    const char *text, *label;
    struct {
        uint8_t code;
        const char *label;
    } answers[2];
};
const struct date_question *registry_date_question(enum registry_asks asks);
/* The code among `dates` (bits) that answers the question; 0: it has not been answered. */
uint8_t registry_date_answer(enum registry_asks asks, uint32_t dates);
/* `dates` with this answer, without the other one to its question. */
uint32_t registry_date_say(enum registry_asks asks, uint32_t dates, uint8_t code);
/* A date as it stands, read as the answer says. */
struct date registry_date_as(struct date d, uint8_t code);

/* From texts to numbers, in an arena; grows by itself. */
struct text_index;
struct text_index *text_index_new(struct arena *arena, size_t expected);
/* The slot of a key: *found says whether it was there; a new one holds NOT_KNOWN. The key must outlive the index. */
ptrdiff_t *text_index_slot(struct text_index *index, struct str key, bool *found);
ptrdiff_t text_index_get(const struct text_index *index, struct str key);

#endif
