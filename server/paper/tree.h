// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Private to server/paper: the tree as typed nodes. tree_read is the only
 * reader of a tree's JSON; what it returns is complete (every default is
 * filled in), within its ranges and at most PAPER_MAX_NESTING deep, so that
 * layout neither checks nor can overflow. Lengths are points here. A node's
 * text lives in the arena.
 */
#ifndef BALAI_PAPER_TREE_H
#define BALAI_PAPER_TREE_H

#include "server/base/json.h"
#include "server/paper/paper.h"
#include "server/paper/words.h"

enum {
    PAPER_MAX_NESTING = 32,
    PAPER_MAX_NODES = 10000,
    PAPER_MAX_PAGES = 200,
    PAPER_MAX_ATTACHMENTS = 20,
    PAPER_MAX_COLUMNS = 24,
    PAPER_MAX_PARAGRAPH_BYTES = 64 * 1024,
    PAPER_MAX_TEXT_BYTES = 1024 * 1024,
    PAPER_MAX_NAME = 64,
    PAPER_MAX_QR_BYTES = 500,
};

#define POINTS_PER_MM (72.0 / 25.4)

enum align { ALIGN_JUSTIFY = 1, ALIGN_LEFT, ALIGN_CENTER, ALIGN_RIGHT };
enum valign { VALIGN_TOP = 1, VALIGN_MIDDLE, VALIGN_BOTTOM };
enum letter_case { CASE_STORED = 1, CASE_UPPER, CASE_LOWER, CASE_TITLE, CASE_SENTENCE };
enum family { FAMILY_SERIF = 1, FAMILY_SANS, FAMILY_MONO };
enum line_style { LINE_NONE = 1, LINE_SINGLE, LINE_DOUBLE };
enum border { BORDER_ALL = 1, BORDER_ROWS, BORDER_OUTER, BORDER_NONE };
enum list_style { LIST_NUMBER = 1, LIST_LETTER, LIST_ROMAN, LIST_BULLET, LIST_DASH };

enum {
    MARK_BOLD = 1 << 0,
    MARK_ITALIC = 1 << 1,
    MARK_UNDERLINE = 1 << 2,
    MARK_STRIKE = 1 << 3,
    MARK_SUPER = 1 << 4,
    MARK_SUB = 1 << 5,
    MARK_GREY = 1 << 6,
    MARK_UNFILLED = 1 << 7, /* of values alone (paper.h), no tree's to ask for */
};

/* How a stretch of text differs from the text around it. */
struct look {
    unsigned marks;
    double size; /* 0: as the text around */
};

/* What a condition asks of a field. */
struct test {
    const char *field;
    bool compares; /* with values; else only whether there is a value */
    bool negated;  /* `not`, `is empty` */
    struct str *values;
    size_t count;
};

enum piece_kind { PIECE_TEXT = 1, PIECE_FIELD, PIECE_SUM, PIECE_ROW, PIECE_PAGE, PIECE_PAGES, PIECE_IF, PIECE_EACH, PIECE_BOXES };

enum { MAX_BOXES = 60 };

enum sum_kind { SUM_NUMBER = 1, SUM_FIELD, SUM_TOTAL, SUM_COUNT, SUM_PLUS, SUM_MINUS, SUM_TIMES };

/* A node of {=…}. */
struct sum {
    enum sum_kind kind;
    struct amount number;
    const char *list, *field;
    struct sum *a, *b; /* SUM_MINUS: a may be NULL */
};

/* A square for every sign, as official forms have them. */
struct boxes {
    unsigned count; /* of squares in a row; 0: as many as signs */
    double size;    /* 0: spread over the line */
    bool digits_only;
    bool gap_after[MAX_BOXES];
};

struct piece; /* one stretch of text in a line; a list */
struct piece {
    enum piece_kind kind;
    struct look look;
    struct str text;   /* PIECE_TEXT */
    const char *field; /* PIECE_FIELD */
    struct sum *sum;   /* PIECE_SUM */
    enum conversion as;
    enum letter_case letter_case;
    struct str if_empty; /* p == NULL: the document's */
    struct test test;    /* PIECE_IF */
    struct piece *yes, *no;
    const char *each; /* PIECE_EACH: the list; of a member: yes, of none: no */
    struct str between, last;
    struct boxes *boxes; /* PIECE_BOXES; what stands in them: yes */
    struct piece *next;
};

enum block_kind {
    BLOCK_TEXT = 1, /* paragraph and heading */
    BLOCK_LIST,
    BLOCK_IDENTITY,
    BLOCK_TABLE,
    BLOCK_IMAGE,
    BLOCK_SIGNATURE,
    BLOCK_QR,
    BLOCK_LETTERHEAD,
    BLOCK_RULE,
    BLOCK_SPACER,
    BLOCK_PAGE_BREAK,
    BLOCK_GROUP,
    BLOCK_COLUMNS,
    BLOCK_IF,
    BLOCK_EACH,
};

struct block_text {
    struct piece *content;
    enum align align;
    unsigned marks;
    double indent, left, right, size, spacing;
};

/* A row of a list, an identity table or a table, or a condition with such rows. */
struct row {
    bool is_if;
    struct test test;
    struct row *yes, *no;
    struct piece *label;   /* identity */
    struct piece *content; /* identity, list */
    struct block *body;    /* list */
    const char *each;      /* once for every member of this list, or NULL */
    struct cell *cells;    /* table */
    struct row *rows;      /* table: of an `each`, in place of cells */
    double height;         /* table: the least */
    unsigned group;        /* table: rows tied by cells that reach down, told at the first of them; 0: one of the others */
    struct row *next;
};

enum { SIDE_TOP = 1 << 0, SIDE_RIGHT = 1 << 1, SIDE_BOTTOM = 1 << 2, SIDE_LEFT = 1 << 3 };

struct cell {
    struct piece *content;
    enum align align; /* 0: the column's */
    enum valign valign;
    unsigned marks, span, rows;
    size_t column;     /* its first */
    bool says_borders; /* `borders` is there: they are these, whatever the table has */
    unsigned borders;
    struct cell *next;
};

struct block_list {
    struct row *items;
    enum list_style style;
    unsigned start;
    double left, gap;
};

struct block_identity {
    struct row *rows;
    double left, label_width /* 0: as the widest */, spacing;
    bool numbered;
};

struct column {
    double width; /* 0: a share of what is left */
    double share;
    enum align align;
    struct block *body; /* BLOCK_COLUMNS */
};

struct block_table {
    struct column *columns;
    size_t column_count;
    struct row *header, *rows;
    enum border border;
    bool has_own_lines; /* a cell says its borders or reaches down */
    double padding, size, left;
};

struct block_image {
    struct str name;
    double width, height; /* 0: by proportion; not both */
    enum align align;
    bool has_frame; /* a bordered room for one that is missing */
};

struct signer {
    struct piece *place_date, *seal, *name;
    struct piece **lines, **below;
    size_t line_count, below_count;
    double space, width;
    bool has_qr; /* in the room for the hand */
    enum align align;
    const char *each; /* once for every member of this list, or NULL */
    struct signer *next;
};

struct block_qr {
    double size;
    enum align align;
    struct piece *note;
};

struct block_signature {
    struct signer *signers;
    size_t a_row;
    bool has_qr;
    struct block_qr qr;
};

struct block_letterhead {
    struct piece **lines;
    size_t line_count;
    struct piece *address;
    struct str crest;
    double crest_width, size;
    enum line_style rule;
};

struct block_columns {
    struct column *columns;
    size_t column_count;
    double gap;
};

struct block_if {
    struct test test;
    struct block *yes, *no;
};

struct block_each {
    const char *list;
    struct block *body, *none;
};

struct block {
    enum block_kind kind;
    double before, after;
    bool keep_next; /* a text whole, of other blocks their end */
    union {
        struct block_text text;
        struct block_list list;
        struct block_identity identity;
        struct block_table table;
        struct block_image image;
        struct block_signature signature;
        struct block_qr qr;
        struct block_letterhead letterhead;
        struct {
            enum line_style style;
            double thickness;
        } rule;
        double spacer;
        struct block *group;
        struct block_columns columns;
        struct block_if condition;
        struct block_each each;
    };
    struct block *next;
};

/* On which pages a header or footer stands. */
enum pages_with { PAGES_ALL = 1, PAGES_FIRST, PAGES_NONE };

struct footer {
    struct piece *left, *center, *right, *note;
    bool has_rule, has_qr; /* has_qr: the letter's code, on sheets of an attachment that has none of its own */
    double size;
};

/* The letter, or an attachment of it. */
struct tree {
    int sheet; /* which size, see tree.c */
    bool is_lying;
    double page_width, page_height;
    double top, right, bottom, left;
    enum family family;
    double size, spacing, indent;
    double tighten; /* the least part of the room between lines and blocks that saves a page */
    struct str if_empty;
    struct block *header, *body;
    enum pages_with header_on, footer_on; /* PAGES_NONE where there is none */
    struct footer footer;
    bool has_own_foot; /* an attachment whose sheets are counted by themselves */
    const char *each;  /* of an attachment: once for every member of this list, or NULL */
    bool has_test;
    struct test test;
    struct tree *next;    /* attachment */
    struct paper_use use; /* of all of them; the letter's */
};

/* is_check: a sign that no font has is refused; what was printed with such a sign once can be printed again. */
enum rc tree_read(struct arena *arena, const json_t *json, bool is_check, struct tree **tree_out, struct err *err) MUST_USE;

#endif
