// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Private to the tree*.c files: reading JSON strictly, with the place of every
 * value at hand. A place is a chain of frames on the stack, so naming it costs
 * nothing until something is wrong. Readers of values leave *out alone when
 * the key is absent: set the default first.
 */
#ifndef BALAI_PAPER_TREE_READER_H
#define BALAI_PAPER_TREE_READER_H

#include "server/paper/tree.h"

struct place {
    const struct place *up;
    const char *key; /* NULL: an array's element */
    size_t index;
    unsigned depth;
};

struct names {
    struct str *p;
    size_t n, room;
};

struct reader {
    struct arena *arena;
    struct err *err;
    struct tree *tree;
    size_t nodes, text_bytes;
    bool is_check, in_footer, in_boxes;
    const char *each;                  /* inside the rows of this list */
    size_t columns;                    /* of the table whose rows are being read; */
    unsigned reach[PAPER_MAX_COLUMNS]; /* rows yet to come into which a cell of each column reaches */
    bool has_own_lines;
    struct names fields, lists, images;
    struct paper_need *needs;
    size_t need_count, need_room;
    bool has_qr;
};

struct word { /* a text and what it stands for */
    const char *text;
    int value;
};

static inline struct place place_key(const struct place *up, const char *key)
{
    return (struct place){up, key, 0, up->depth + 1};
}

static inline struct place place_index(const struct place *up, size_t index)
{
    return (struct place){up, NULL, index, up->depth};
}

/* RC_INVALID with the place before the text. */
enum rc bad(struct reader *r, const struct place *at, const char *format, ...) PRINTF(3, 4) MUST_USE;

/* An object with no other keys than the given ones, which are separated by spaces; counts as a node. */
enum rc want_object(struct reader *r, const struct place *at, const json_t *json, const char *keys) MUST_USE;
enum rc want_array(struct reader *r, const struct place *at, const json_t *json) MUST_USE;

enum rc read_number(struct reader *r, const struct place *at, const json_t *json, const char *key, double min, double max,
                    double *out) MUST_USE;
/* As above; the tree says millimetres, *out is points. */
enum rc read_length(struct reader *r, const struct place *at, const json_t *json, const char *key, double min_mm, double max_mm,
                    double *out) MUST_USE;
enum rc read_bool(struct reader *r, const struct place *at, const json_t *json, const char *key, bool *out) MUST_USE;
enum rc read_text(struct reader *r, const struct place *at, const json_t *json, const char *key, struct str *out) MUST_USE;
/* One of words (the last has text NULL). */
enum rc read_word(struct reader *r, const struct place *at, const json_t *json, const char *key, const struct word *words,
                  int *out) MUST_USE;
/* An array of words, each a bit of *out. what: "a mark". */
enum rc read_words(struct reader *r, const struct place *at, const json_t *json, const char *key, const struct word *words,
                   const char *what, unsigned *out) MUST_USE;
/* A name of [A-Za-z0-9_.-], 1 to PAPER_MAX_NAME; NULL stays when absent. */
enum rc read_name(struct reader *r, const struct place *at, const json_t *json, const char *key, const char **out) MUST_USE;
enum rc check_name(struct reader *r, const struct place *at, struct str name, const char **out) MUST_USE;
void note_name(struct reader *r, struct names *names, struct str name);
/* A field outside of every `each`. */
void note_field(struct reader *r, const char *name);
void note_need(struct reader *r, const char *list, const char *field, enum paper_kind kind);
/* The name of a list under a key, or NULL; what is read until each_end belongs to its members. outer: to be given back. */
enum rc each_begin(struct reader *r, const struct place *at, const json_t *json, const char *key, const char **list_out,
                   const char **outer_out) MUST_USE;
void each_end(struct reader *r, const char *outer);

extern const struct word align_words[];

/* Text that will stand on paper: refused when no font can draw it (tree_read). */
enum rc check_drawn(struct reader *r, const struct place *at, struct str text) MUST_USE;

/* tree_inline.c */
enum rc read_content(struct reader *r, const struct place *at, const json_t *json, struct piece **out) MUST_USE;
/* Content under a key; NULL stays when absent. */
enum rc read_content_key(struct reader *r, const struct place *at, const json_t *json, const char *key, struct piece **out) MUST_USE;
/* An array of content. */
enum rc read_contents(struct reader *r, const struct place *at, const json_t *json, const char *key, struct piece ***out,
                      size_t *count_out) MUST_USE;
enum rc read_marks(struct reader *r, const struct place *at, const json_t *json, unsigned *out) MUST_USE;
enum rc read_test(struct reader *r, const struct place *at, const json_t *json, struct test *out) MUST_USE;
bool is_type(const json_t *json, const char *type);
#define IF_KEYS "type field equals not in is then else"
#define BLOCK_KEYS "type before after keep_with_next"

/* tree_sum.c: what stands between {= and }, without conversions */
enum rc read_sum(struct reader *r, const struct place *at, struct str text, struct sum **out) MUST_USE;

/* tree_boxes.c: what is there without the keys of a block or of its own place */
#define BOXES_KEYS "type content count size spread gaps digits"
enum rc read_boxes(struct reader *r, const struct place *at, const json_t *json, struct piece *piece) MUST_USE;

/* tree_blocks.c */
enum rc read_blocks(struct reader *r, const struct place *at, const json_t *json, struct block **out) MUST_USE;
enum rc read_blocks_key(struct reader *r, const struct place *at, const json_t *json, const char *key, struct block **out) MUST_USE;

/* tree_rows.c: blocks made of rows, and the signature */
enum rc read_list(struct reader *r, const struct place *at, const json_t *json, struct block *block) MUST_USE;
enum rc read_identity(struct reader *r, const struct place *at, const json_t *json, struct block *block) MUST_USE;
enum rc read_table(struct reader *r, const struct place *at, const json_t *json, struct block *block) MUST_USE;
enum rc read_columns(struct reader *r, const struct place *at, const json_t *json, struct block *block) MUST_USE;
enum rc read_signature(struct reader *r, const struct place *at, const json_t *json, struct block *block) MUST_USE;

#endif
