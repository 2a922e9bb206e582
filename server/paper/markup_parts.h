// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Private to the markup*.c files. What an object of the tree is called between
 * ::: and what stands in it is a table (shapes), as are the Indonesian names of
 * keys and words; writer and reader go by the same tables. The writer reads
 * back what it wrote of every block, and writes a block that did not come back
 * as it was as JSON (:::asli): nothing is ever lost, whatever the tables know.
 */
#ifndef BALAI_PAPER_MARKUP_PARTS_H
#define BALAI_PAPER_MARKUP_PARTS_H

#include "server/base/json.h"
#include "server/paper/markup.h"

enum {
    MARKUP_MOST_DEPTH = 32,
    MARKUP_MOST_NODES = 10000,
    MARKUP_MOST_TEXT = 64 * 1024, /* bytes of content in a line: as much as a paragraph may have (tree.h) */
    MARKUP_MOST_ATTRIBUTES = 1024 /* bytes between the braces of [text]{…} */
};

/* Where an object may stand. */
enum place { IN_BLOCKS = 1, IN_ITEMS, IN_FACTS, IN_ROWS, IN_COLUMNS, IN_SIGNERS, IN_TREES };

struct shape {
    const char *word; /* after ::: */
    const char *type; /* of the tree; NULL: its objects say none */
    enum place in, inside;
    const char *children;  /* key of the array of what stands inside */
    const char *otherwise; /* key of the array after :::jika tidak */
    const char *list;      /* key of the list's name, which stands behind the word */
    const char *lines;     /* key of an array of content: each line that is nothing else */
    const char *line;      /* key of content: the one such line */
    const char *named;     /* keys of content under "@word" that it may have, with
                              blanks between */
    bool is_void;          /* has no end, and nothing in it */
    bool has_test;         /* a condition stands behind the word */
    bool must;             /* the array of children is there, even when empty */
};
extern const struct shape markup_shapes[]; /* word NULL ends it */
const struct shape *shape_by_word(enum place in, struct str word);
const struct shape *shape_of(enum place in, const json_t *json);
bool is_object_of(const json_t *json, const char *type);

/* Content under "@word". many: an array of them, one a line. */
struct named {
    const char *word, *key;
    bool many;
};
extern const struct named markup_named[]; /* word NULL ends it */
bool is_named(const struct shape *shape, const char *key);
const struct named *named_by_word(struct str word);
const struct named *named_by_key(const char *key);

/* How many of these signs a text begins with. */
size_t span_of(struct str text, const char *signs);

/* Of keys: NULL when the table has none. Words of a key: "center" of align ↔
 * "tengah". */
const char *key_in_markup(const char *key);
const char *key_in_tree(struct arena *arena, struct str word);
const char *word_in_markup(const char *key, const char *word);
const char *word_in_tree(const char *key, struct str word);
/* "bold" ↔ "tebal": marks, and the cases of fields. */
const char *mark_in_markup(const char *mark);
const char *mark_in_tree(struct str word);
const char *case_in_markup(struct str word);
const char *case_in_tree(struct str word);
bool is_conversion(struct str word);

/* ---- reading ---- */

/* The first closer of a kind in a line's text, from where it was searched: what opens and is never closed does not search again. */
struct closer {
    bool is_known;
    size_t from, at; /* at SIZE_MAX: there is none */
};

struct reading {
    struct arena *arena;
    struct str *lines;
    size_t n, at; /* at: the line that is read, from 0 */
    size_t nodes, depth;
    struct closer bold, span; /* of the text that read_content_text reads */
    struct str fault;         /* the first one; STR_NONE */
};
/* False: the fault is said, with the line's number. */
bool markup_fault(struct reading *r, const char *format, ...) PRINTF(2, 3);
/* New references, NULL after a fault. */
json_t *read_content_text(struct reading *r, struct str text);
/* What stands at r->at and behind it in a place, put into `into`; false after a
 * fault. */
bool read_child(struct reading *r, enum place in, json_t *into);
/* Up to the ::: that ends it, into the object; the line that began it is r->at.
 */
bool read_inside(struct reading *r, const struct shape *shape, json_t *object);
/* The line that is read, without blanks around it. */
struct str markup_line(const struct reading *r);
/* The array under a key, made when it is not there. */
json_t *markup_array(json_t *object, const char *key);
/* `key=value …` into an object; stops at the end of the text. */
bool read_attributes(struct reading *r, struct str text, json_t *into);
bool read_condition(struct reading *r, struct str text, json_t *into);
/* The text up to the first unescaped, unquoted sign, which is taken off; false
 * when there is none. */
bool cut_at(struct str *rest, char sign, struct str *head_out);
/* JSON in text; NULL after a fault. */
json_t *read_json(struct reading *r, struct str text);

/* ---- writing ---- */

struct writing {
    struct arena *arena;
    struct buf out;
};
/* False: it has no short form (what is in out is to be thrown away). */
bool write_content_text(struct writing *w, const json_t *content);
bool write_attribute(struct writing *w, const char *key, const json_t *value);
bool write_condition(struct writing *w, const json_t *json);

#endif
