// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * What papers of a kind have in common stands once, in frames/: letterhead, title, opening, signature, footer. A definition says
 * {"frame": "keterangan", "body": [blocks]} and is filled into the frame's slots when it is read:
 *
 *   {"slot": "body"}                                  what the definition has under that name
 *   {"slot": "closing", "default": [blocks]}          else this
 *   {"slot": "use", "field": "keperluan", "default": …}   only in a type with that field
 *   {"facts": ["nama", "isi_luas"], "of": "pelapor"}  rows of an identity block, labelled as people call them; of what is not known, none
 *   {"facts": [...], "boxed": true}                   the same as an official form has them: every row stands, numbers are in
 *                                                     squares, a select shows all its choices with a cross before the chosen one
 */
#include "server/base/json.h"
#include "tenants/village/letters/letters_rules.h"
#include "tenants/village/letters/letters_types.h"

enum { LABEL_WIDTH = 49, BOXED_LABEL_WIDTH = 52 }; /* mm: the colons of a page stand under each other */
enum { NIK_DIGITS = 16 };
#define SQUARE 4.2 /* mm: a line of a form is no higher than one of text */

struct filling {
    struct arena *arena;
    const struct letter_form *form;
    const json_t *paper; /* the definition's */
    json_t *slots;       /* those that the frame has */
};

static const char *const of_page[] = {"frame", "page", "font", "if_empty", "header", "header_on", "footer", "footer_on", "attachments"};

static json_t *text_of(struct str s)
{
    return json_stringn(s.p, s.n);
}

/* The digits of a number of 16, one in each square; what is no number ("belum terbit") leaves them to be filled by hand. */
static json_t *boxed_number(const struct filling *fill, struct str name)
{
    return json_pack("{s:s, s:o, s:i, s:f, s:b}", "type", "boxes", "content", text_of(str_fmt(fill->arena, "{%.*s|}", STR_ARG(name))),
                     "count", NIK_DIGITS, "size", SQUARE, "digits", 1);
}

/* A choice and the square before it stand on one line: U+00A0 between its words. */
static json_t *choice_text(const struct filling *fill, struct str option, bool is_last)
{
    struct str rest = option, word;
    struct buf text = {.arena = fill->arena};

    while (str_cut(&rest, ' ', &word))
        buf_fmt(&text, "\u00a0%.*s", STR_ARG(word));
    if (!is_last)
        buf_put_str(&text, STR("   "));
    return text_of(buf_str(&text));
}

/* Every choice behind a square that has a cross when it was chosen. */
static json_t *ticked_choices(const struct filling *fill, const struct letter_field *f, struct str name)
{
    json_t *content = json_array();

    for (size_t i = 0; i < f->options.n; i++) {
        const struct str option = f->options.p[i];

        json_array_append_new(content,
                              json_pack("{s:s, s:{s:s, s:o, s:o, s:s}, s:i, s:f}", "type", "boxes", "content", "type", "if", "field",
                                        text_of(name), "equals", text_of(option), "then", "X", "count", 1, "size", SQUARE));
        json_array_append_new(content, choice_text(fill, option, i + 1 == f->options.n));
    }
    return content;
}

static enum rc boxed_field_row(const struct filling *fill, struct str name, json_t *rows, struct err *err)
{
    const struct letter_field *f = letter_field_called(fill->form, str_from(name, 4));
    json_t *content;

    if (f == NULL)
        return fail(err, RC_INVALID, "letter type: a fact \"%.*s\" is of no field", STR_ARG(name));
    if (f->kind == FIELD_NIK)
        content = boxed_number(fill, name);
    else if (f->options.n > 0)
        content = ticked_choices(fill, f, name);
    else
        content = text_of(str_fmt(fill->arena, "{%.*s|}%s%.*s", STR_ARG(name), str_empty(f->unit) ? "" : " ", STR_ARG(f->unit)));
    json_array_append_new(rows, json_pack("{s:o, s:o}", "label", text_of(f->label), "content", content));
    return RC_OK;
}

/* "isi_luas": its label, its value with its unit; a row that stands only when there is a value, where it may be missing. */
static enum rc field_row(const struct filling *fill, struct str name, json_t *rows, struct err *err)
{
    const struct letter_field *f = letter_field_called(fill->form, str_from(name, 4));

    if (f == NULL)
        return fail(err, RC_INVALID, "letter type: a fact \"%.*s\" is of no field", STR_ARG(name));
    json_t *row = json_pack("{s:o, s:o}", "label", text_of(f->label), "content",
                            text_of(str_fmt(fill->arena, "{%.*s}%s%.*s", STR_ARG(name), str_empty(f->unit) ? "" : " ", STR_ARG(f->unit))));

    if (!f->is_required || !str_empty(f->only.field))
        row = json_pack("{s:s, s:o, s:[o]}", "type", "if", "field", text_of(name), "then", row);
    json_array_append_new(rows, row);
    return RC_OK;
}

/* What is not known of somebody: "-" (letter_values), which no line of an identity is for. */
static bool may_be_unknown(struct str word)
{
    return str_is(word, "agama") || str_is(word, "pekerjaan") || str_is(word, "status_kawin") || str_is(word, "pendidikan") ||
           str_is(word, "no_kk") || str_is(word, "warga_negara");
}

static enum rc word_row(const struct filling *fill, struct str word, struct str of, bool is_boxed, json_t *rows, struct err *err)
{
    struct str name = str_empty(of) ? word : str_fmt(fill->arena, "%.*s_%.*s", STR_ARG(word), STR_ARG(of));
    const bool is_name = str_is(word, "nama"), is_number = str_starts(word, STR("nik")) || str_is(word, "no_kk");

    for (const struct letter_word *w = letter_person_words; w->name != NULL; w++)
        if (str_is(word, w->name)) {
            json_t *content = is_boxed && is_number ? boxed_number(fill, name)
                              : is_name ? json_pack("{s:s, s:o, s:s, s:[s]}", "type", "field", "name", text_of(name), "case", "upper",
                                                    "marks", "bold")
                                        : text_of(str_fmt(fill->arena, "{%.*s}", STR_ARG(name)));

            json_t *row = json_pack("{s:o, s:o}", "label", text_of(w->label), "content", content);

            if (!is_boxed && may_be_unknown(word))
                row = json_pack("{s:s, s:o, s:s, s:[o]}", "type", "if", "field", text_of(name), "not", "-", "then", row);
            json_array_append_new(rows, row);
            return RC_OK;
        }
    return fail(err, RC_INVALID, "letter type: there is no fact \"%.*s\"", STR_ARG(word));
}

static enum rc facts(const struct filling *fill, const json_t *block, json_t *into, struct err *err)
{
    const json_t *words = json_object_get(block, "facts");
    const bool is_boxed = json_bool(block, "boxed");
    json_t *rows = json_array(),
           *identity = json_pack("{s:s, s:o, s:i, s:i, s:i}", "type", "identity", "rows", rows, "before", is_boxed ? 1 : 2, "after",
                                 is_boxed ? 2 : 4, "label_width", is_boxed ? BOXED_LABEL_WIDTH : LABEL_WIDTH);

    json_array_append_new(into, identity);
    for (size_t i = 0; i < json_array_size(words); i++) {
        json_t *one = json_array_get(words, i);
        struct str word = str_c(json_is_string(one) ? json_string_value(one) : "");

        if (json_is_object(one))
            json_array_append(rows, one);
        else if (str_starts(word, STR("isi_")))
            TRY((is_boxed ? boxed_field_row : field_row)(fill, word, rows, err));
        else
            TRY(word_row(fill, word, json_text(block, "of"), is_boxed, rows, err));
    }
    return RC_OK;
}

static enum rc put_blocks(const struct filling *fill, const json_t *blocks, json_t *into, struct err *err);

/* Blocks within a block: a group, an if; their own kinds of content are left as they are. */
static enum rc put_block(const struct filling *fill, json_t *block, json_t *into, struct err *err)
{
    static const char *const within[] = {"then", "else", "content", "body", "columns", "rows"};
    json_t *copy = json_copy(block);

    json_array_append_new(into, copy);
    for (size_t i = 0; i < COUNT_OF(within); i++) {
        const json_t *inner = json_object_get(block, within[i]);
        json_t *filled = json_is_array(inner) && json_is_object(json_array_get(inner, 0)) ? json_array() : NULL;

        if (filled == NULL)
            continue;
        json_object_set_new(copy, within[i], filled);
        TRY(put_blocks(fill, inner, filled, err));
    }
    return RC_OK;
}

static enum rc put_slot(const struct filling *fill, const json_t *slot, json_t *into, struct err *err)
{
    const char *name = json_string_value(json_object_get(slot, "slot"));
    const json_t *given = json_object_get(fill->paper, name);
    struct str field = json_text(slot, "field");

    json_object_set_new(fill->slots, name, json_true());
    if (given == NULL && !str_empty(field) && letter_field_called(fill->form, field) == NULL)
        return RC_OK;
    return put_blocks(fill, given != NULL ? given : json_object_get(slot, "default"), into, err);
}

static enum rc put_blocks(const struct filling *fill, const json_t *blocks, json_t *into, struct err *err)
{
    for (size_t i = 0; i < json_array_size(blocks); i++) {
        json_t *block = json_array_get(blocks, i);

        if (json_is_string(json_object_get(block, "slot")))
            TRY(put_slot(fill, block, into, err));
        else if (json_is_array(json_object_get(block, "facts")))
            TRY(facts(fill, block, into, err));
        else if (json_is_object(block))
            TRY(put_block(fill, block, into, err));
        else
            json_array_append(into, block);
    }
    return RC_OK;
}

static bool is_of_page(const char *key)
{
    for (size_t i = 0; i < COUNT_OF(of_page); i++)
        if (strcmp(of_page[i], key) == 0)
            return true;
    return false;
}

enum rc letter_frame_fill(struct arena *arena, const struct letter_form *form, const json_t *paper, const json_t **tree_out,
                          struct err *err)
{
    struct str frame = json_text(paper, "frame");
    const struct letter_type_source *source = letter_frame_sources;
    json_t *shape, *tree = json_object(), *body = json_array(), *value;
    const char *key;

    json_keep(arena, tree);
    json_object_set_new(tree, "body", body);
    while (source->slug.p != NULL && !str_eq(source->slug, frame))
        source++;
    if (source->slug.p == NULL)
        return fail(err, RC_INVALID, "letter type: there is no frame \"%.*s\"", STR_ARG(frame));
    TRY(json_read(arena, source->definition, &shape, err));
    const struct filling fill = {.arena = arena, .form = form, .paper = paper, .slots = json_object()};
    json_keep(arena, fill.slots);
    TRY(put_blocks(&fill, json_object_get(shape, "body"), body, err));
    json_object_foreach(shape, key, value) if (strcmp(key, "body") != 0) json_object_set(tree, key, value);
    json_object_foreach((json_t *)paper, key, value)
    {
        if (!is_of_page(key) && json_object_get(fill.slots, key) == NULL)
            return fail(err, RC_INVALID, "letter type: its frame has no slot \"%s\"", key);
        if (is_of_page(key) && strcmp(key, "frame") != 0)
            json_object_set(tree, key, value);
    }
    *tree_out = tree;
    return RC_OK;
}
