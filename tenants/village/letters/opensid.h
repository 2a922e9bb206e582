// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Letter types of OpenSID, as its JSON export has them, become types of ours: the template's HTML a tree of server/paper, its codes in
 * brackets our fields, its form our questions. Nothing is lost without a word: what is not understood, left out or put straight stands in
 * the report, with its place. Private to this room.
 */
#ifndef BALAI_OPENSID_H
#define BALAI_OPENSID_H

#include <gumbo.h>
#include <jansson.h>

#include "server/base/base.h"

/* What the report says of a place: nobody here knows it; left out on purpose; done otherwise than it was. */
#define NOTE_UNKNOWN "unknown"
#define NOTE_DROPPED "dropped"
#define NOTE_TIDIED "tidied"

enum {
    OPENSID_HTML_MOST = 512 * 1024, /* bytes of one template: the largest known one has 31 kB */
    OPENSID_TAGS_MOST = 5000,       /* elements of one template: the largest known one has 530 */
    OPENSID_PARSE_MS = 1000,        /* of a processor, for one template: those known need three */
    OPENSID_CODES_MOST = 300,       /* entries of kode_isian: the largest known type has 30 */
    OPENSID_DEPTH_MOST = 60,        /* elements within elements */
    OPENSID_PRINT_MM = 175,         /* what lies between the margins of an upright sheet, nearly */
    OPENSID_MEMORY_MOST = 96 << 20  /* what one template's elements may take */
};

/*
 * One type, an object of the export, as an object of our own export (letters_type_file.h) with its report under "notes"; classification
 * and number format as they were said. `json` is the
 * caller's; *out lives as long as the arena. CPU work: call it beside the loop. RC_INVALID: no type can be made of it, and *fault_out says
 * why in words for staff.
 */
enum rc opensid_type(struct arena *arena, const json_t *json, const json_t **out, struct str *fault_out, struct err *err) MUST_USE;

/* Words of letter_person_words that are called so in OpenSID too; NULL ends them. */
extern const char *const opensid_person_words[];

/* ---- between the files of the reader ---- */

struct opensid_style {
    bool is_bold, is_italic, is_underlined, is_struck, is_super, is_sub, is_grey;
    double size; /* points; 0: the letter's */
};
/* Text of a line with its styles: a run is from its `at` to that of the next. */
struct opensid_line {
    struct buf text;
    struct opensid_run {
        size_t at;
        struct opensid_style style;
    } * runs;
    size_t n, room;
};

struct opensid {
    struct arena *arena; /* of this type's reading alone */
    const json_t *json;
    json_t *notes, *fields, *definition;
    struct str place; /* where the reader is: "Tabel ke-2, baris 3" */
    unsigned paragraphs, tables;
    struct str fault; /* why it cannot go on; STR_NONE: it can */
    bool in_family;   /* within a row that stands for each member of the family */
    bool is_beside;   /* behind a table that stood at the right: empty lines made room for it */
    bool has_qr, has_signature;
    const char *picture;  /* that stood in the line just read: "crest", "photo", or NULL */
    struct str followers; /* the code of the list of those who go along that stood in the line just read; else empty */
};

void opensid_note(struct opensid *in, const char *kind, const char *format, ...) PRINTF(3, 4);

/* The body of a template; NULL with in->fault set: too large, too many elements, or such as take too long. */
const GumboNode *opensid_parse(struct opensid *in, struct str html);
struct str opensid_attribute(const GumboNode *node, const char *name);
/* A property of its style attribute, without blanks at the ends; empty: not there. */
struct str opensid_css(const GumboNode *node, const char *property);
/* "10px", "7.5pt", "1 cm" in millimetres; 0 when it is none. `percent_of`: what 100% are. */
double opensid_length(struct str text, double percent_of);
bool opensid_is(const GumboNode *node, GumboTag tag);
/* Ends a line where a block does; makes whole paragraphs of a <div> with blocks in it. */
bool opensid_is_block(const GumboNode *node);
bool opensid_is_page_break(const GumboNode *node);
/* Left out with everything in it: scripts and the like. Says so in the report. */
bool opensid_is_dropped(struct opensid *in, const GumboNode *node);
/* What the element's tag and style add. */
struct opensid_style opensid_style_of(const GumboNode *node, struct opensid_style around);
/* The text in a node, blanks folded, one line for each of its blocks, a table's row or item of a list. */
void opensid_collect(struct opensid *in, const GumboNode *node, struct opensid_style style, struct opensid_line *line, unsigned depth);
/* Without blanks and empty lines at both ends; gives how many lines were empty at the end. */
unsigned opensid_trim(struct opensid_line *line);
struct str opensid_align(const GumboNode *node);

/* The content of a line, codes as fields; a new reference. */
json_t *opensid_content(struct opensid *in, const struct opensid_line *line);
/* What a code in a line stands for, as a pattern of server/paper ("{nama:upper}"), "" of a picture. `raw` is without its brackets. */
struct str opensid_word(struct opensid *in, struct str raw);
/* Whether the text has this code, whatever its case. */
bool opensid_has(struct str text, const char *code);

/* Blocks of what is in a node, put behind those that are there. */
void opensid_blocks(struct opensid *in, const GumboNode *node, struct opensid_style style, json_t *blocks, unsigned depth);
void opensid_table(struct opensid *in, const GumboNode *table, struct opensid_style style, json_t *blocks, unsigned depth);

/* A table, its cells where they stand; NULL: below or beside a cell that spans, or none. */
struct opensid_cell {
    const GumboNode *node;
    unsigned span, rows;
    struct opensid_line line;
    struct str text;  /* of the line, trimmed */
    bool has_table;   /* in it */
    bool is_bordered; /* a table in it is */
};
struct opensid_grid {
    struct opensid_cell *cells; /* rows × columns */
    size_t rows, columns, head; /* head: rows of thead */
    double *widths;             /* shares; 0: not said */
    bool is_bordered;
    bool has_tall; /* a cell over several rows */
    int left;      /* mm; > 0: it stands at the right, with text beside it */
};
struct opensid_grid opensid_read_grid(struct opensid *in, const GumboNode *table, struct opensid_style style);
struct opensid_cell *opensid_cell_at(const struct opensid_grid *grid, size_t row, size_t column);
/* The table as a signature block: who signs with the office's name among its cells. False: it is none, and nothing was put. */
bool opensid_signature(struct opensid *in, const struct opensid_grid *grid, json_t *blocks);

/* ---- questions and people ---- */

/* The questions of its form and the people of its categories, as fields of the definition. */
void opensid_fields(struct opensid *in);
json_t *opensid_field(const struct opensid *in, struct str name); /* NULL: there is none */
/* One more question, for a code that the registry does not know. Its name, as it may be one. */
struct str opensid_ask(struct opensid *in, struct str code, const char *kind, struct str label);
/* The father, mother or spouse, asked for because the text names them. */
void opensid_ask_person(struct opensid *in, struct str name);
/* "Nama Ketua Adat" of "nama_ketua_adat". */
struct str opensid_label(struct arena *arena, struct str code);

#endif
