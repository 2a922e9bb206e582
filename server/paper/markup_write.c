// SPDX-License-Identifier: AGPL-3.0-or-later
/* A tree, written as lines of markup. Every block is read back; one that is not the same stands as JSON between :::asli and :::. */
#include <stdlib.h>

#include "server/paper/markup_parts.h"

struct writer {
    struct arena *arena;
    struct buf out;
};

static bool write_child(struct writer *w, enum place in, const json_t *json);

static void put_line(struct writer *w, struct str text)
{
    buf_put_str(&w->out, text);
    buf_put_char(&w->out, '\n');
}

/* One line of content; false: it has no line. */
static bool content_line(struct writer *w, const json_t *content, struct str *out)
{
    struct writing one = {.arena = w->arena, .out = {.arena = w->arena}};

    if (!write_content_text(&one, content))
        return false;
    *out = buf_str(&one.out);
    return true;
}

static bool is_one_of(const char *key, const char *words)
{
    struct str rest = str_c(words), one;

    while (rest.p != NULL && str_cut(&rest, ' ', &one))
        if (str_is(one, key))
            return true;
    return false;
}

/* "rata=tengah sesudah=6": all of the object but those keys. */
static bool attributes_of(struct writer *w, const json_t *json, const char *but, struct str *out)
{
    struct writing one = {.arena = w->arena, .out = {.arena = w->arena}};
    const char *key;
    json_t *value;

    json_object_foreach((json_t *)json, key, value)
    {
        if (is_one_of(key, but))
            continue;
        if (!write_attribute(&one, key, value))
            return false;
    }
    *out = buf_str(&one.out);
    return true;
}

/* A line that would begin like something else begins with a backslash. */
static bool needs_escape(struct str text)
{
    const size_t digits = span_of(text, "0123456789");

    if (text.n == 0)
        return false;
    return strchr("#|<@", text.p[0]) != NULL || str_starts(text, STR("- ")) || str_starts(text, STR(":::")) ||
           str_is(text, "{halaman baru}") || (digits > 0 && digits < text.n && text.p[digits] == '.');
}

static void put_escaped(struct writer *w, struct str text)
{
    const size_t digits = span_of(text, "0123456789");

    if (needs_escape(text) && digits > 0) {
        buf_put_str(&w->out, str_part(text, 0, digits));
        text = str_from(text, digits);
        buf_put_char(&w->out, '\\');
    } else if (needs_escape(text))
        buf_put_char(&w->out, '\\');
    put_line(w, text);
}

static bool write_text_block(struct writer *w, const json_t *json)
{
    const bool is_heading = is_object_of(json, "heading");
    const json_int_t level = json_integer_value(json_object_get(json, "level"));
    struct str attributes, text;

    if (!attributes_of(w, json, level > 1 && is_heading ? "type content level" : "type content", &attributes) || level > 3 ||
        !content_line(w, json_object_get(json, "content"), &text))
        return false;
    if (is_heading)
        buf_fmt(&w->out, "%.*s ", level > 1 ? (int)level : 1, "###");
    if (attributes.n > 0)
        buf_fmt(&w->out, "<%.*s> ", STR_ARG(attributes));
    if (is_heading || attributes.n > 0) {
        if (str_starts(text, STR("<")))
            buf_put_char(&w->out, '\\');
        put_line(w, text);
    } else
        put_escaped(w, text);
    return true;
}

/* Bars in a cell are no ends of it. */
static struct str barred(struct arena *arena, struct str text)
{
    struct buf out = {.arena = arena};

    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '\\' && i + 1 < text.n)
            buf_put_char(&out, text.p[i++]);
        else if (text.p[i] == '|' || text.p[i] == '"')
            buf_put_char(&out, '\\');
        buf_put_char(&out, text.p[i]);
    }
    return buf_str(&out);
}

static bool put_cell(struct writer *w, const json_t *cell)
{
    const bool is_object = json_is_object(cell) && json_object_get(cell, "type") == NULL;
    struct str attributes = STR(""), text;

    if ((is_object && !attributes_of(w, cell, "content", &attributes)) ||
        !content_line(w, is_object ? json_object_get(cell, "content") : cell, &text))
        return false;
    if (is_object)
        buf_fmt(&w->out, "<%.*s> ", STR_ARG(attributes));
    else if (str_starts(text, STR("<")))
        buf_put_char(&w->out, '\\');
    const bool has_placeholder_bar = str_find_char(text, '{') >= 0;
    buf_fmt(&w->out, "%.*s | ", STR_ARG(has_placeholder_bar ? text : barred(w->arena, text)));
    return true;
}

static bool write_row(struct writer *w, enum place in, const json_t *json)
{
    const json_t *cells = json_is_array(json) ? json : json_object_get(json, "cells");
    struct str attributes = STR("");

    if (json_is_object(json) && !attributes_of(w, json, in == IN_FACTS ? "label content" : "cells", &attributes))
        return false;
    if (attributes.n > 0 || (in == IN_ROWS && json_is_object(json)))
        buf_fmt(&w->out, "<%.*s> ", STR_ARG(attributes));
    buf_put_str(&w->out, STR("| "));
    if (in == IN_FACTS) {
        if (!json_is_object(json) || !put_cell(w, json_object_get(json, "label")) || !put_cell(w, json_object_get(json, "content")))
            return false;
    } else
        for (size_t i = 0; i < json_array_size(cells); i++)
            if (!put_cell(w, json_array_get(cells, i)))
                return false;
    w->out.n -= w->out.n > 0 && w->out.p[w->out.n - 1] == ' ';
    buf_put_char(&w->out, '\n');
    return true;
}

static bool write_short_list(struct writer *w, const json_t *json)
{
    const bool is_bullet = str_is(json_text(json, "style"), "bullet");
    const json_t *items = json_object_get(json, "items");

    if (json_object_size(json) != (is_bullet ? 3U : 2U) || json_array_size(items) == 0)
        return false;
    for (size_t i = 0; i < json_array_size(items); i++) {
        const json_t *item = json_array_get(items, i);
        struct str text;

        if ((json_is_object(item) && json_object_get(item, "type") == NULL) || !content_line(w, item, &text))
            return false;
        if (is_bullet)
            buf_put_str(&w->out, STR("- "));
        else
            buf_fmt(&w->out, "%zu. ", i % 999 + 1);
        put_line(w, text);
    }
    return true;
}

static bool write_short_identity(struct writer *w, const json_t *json)
{
    const json_t *rows = json_object_get(json, "rows");

    if (json_object_size(json) != 2 || json_array_size(rows) == 0)
        return false;
    for (size_t i = 0; i < json_array_size(rows); i++)
        if (json_object_size(json_array_get(rows, i)) != 2 || !write_row(w, IN_FACTS, json_array_get(rows, i)))
            return false;
    return true;
}

/* ---- ::: ---- */

static bool put_columns_line(struct writer *w, const json_t *columns)
{
    buf_put_str(&w->out, STR("@kolom "));
    for (size_t i = 0; i < json_array_size(columns); i++) {
        struct str attributes;

        if (!attributes_of(w, json_array_get(columns, i), "", &attributes))
            return false;
        buf_fmt(&w->out, "%s%.*s", i > 0 ? "; " : "", STR_ARG(attributes));
    }
    buf_put_char(&w->out, '\n');
    return json_array_size(columns) > 0;
}

static bool put_named(struct writer *w, const char *key, const json_t *value)
{
    const struct named *named = named_by_key(key);
    struct str text;

    for (size_t i = 0; i < (named->many ? json_array_size(value) : 1); i++) {
        if (!content_line(w, named->many ? json_array_get(value, i) : value, &text))
            return false;
        buf_fmt(&w->out, "@%s ", named->word);
        put_line(w, text);
    }
    return !named->many || json_array_size(value) > 0;
}

static bool put_children(struct writer *w, enum place in, const json_t *children)
{
    for (size_t i = 0; i < json_array_size(children); i++) {
        if (!write_child(w, in, json_array_get(children, i)))
            return false;
    }
    return true;
}

static bool is_row_array(const struct shape *shape)
{
    return shape->inside == IN_ROWS && shape->type != NULL && !shape->has_test;
}

/* What stands between ::: and :::, in an order of its own. */
static bool put_inside(struct writer *w, const struct shape *shape, const json_t *json)
{
    const json_t *lines = shape->lines != NULL ? json_object_get(json, shape->lines) : NULL;
    const json_t *header = json_object_get(json, "header");
    const char *key;
    json_t *value;
    struct str text;

    if (is_row_array(shape) && !put_columns_line(w, json_object_get(json, "columns")))
        return false;
    for (size_t i = 0; is_row_array(shape) && i < json_array_size(header); i++) {
        buf_put_char(&w->out, '|');
        if (!json_is_array(json_array_get(header, i)) || !write_row(w, IN_ROWS, json_array_get(header, i)))
            return false;
    }
    for (size_t i = 0; i < json_array_size(lines); i++) {
        if (!content_line(w, json_array_get(lines, i), &text))
            return false;
        put_escaped(w, text);
    }
    if (shape->line != NULL) {
        if (!content_line(w, json_object_get(json, shape->line), &text))
            return false;
        put_escaped(w, text);
    }
    json_object_foreach((json_t *)json, key, value) if (is_named(shape, key) && !put_named(w, key, value)) return false;
    return shape->children == NULL || put_children(w, shape->inside, json_object_get(json, shape->children));
}

/* The keys that do not stand behind the word. */
static const char *said_inside(struct arena *arena, const struct shape *shape)
{
    return str_z(arena, str_fmt(arena, "type %s %s %s %s %s %s %s %s", shape->children != NULL ? shape->children : "",
                                shape->otherwise != NULL ? shape->otherwise : "", shape->list != NULL ? shape->list : "",
                                shape->lines != NULL ? shape->lines : "", shape->line != NULL ? shape->line : "",
                                shape->named != NULL ? shape->named : "", shape->has_test ? "field equals not in is" : "",
                                is_row_array(shape) ? "columns header" : ""));
}

static bool write_fence(struct writer *w, const struct shape *shape, const json_t *json)
{
    struct writing test = {.arena = w->arena, .out = {.arena = w->arena}};
    struct str attributes;

    if (!attributes_of(w, json, said_inside(w->arena, shape), &attributes))
        return false;
    buf_fmt(&w->out, ":::%s", shape->word);
    if (shape->has_test) {
        if (!write_condition(&test, json))
            return false;
        buf_fmt(&w->out, attributes.n > 0 ? " <%.*s>" : "%.*s", STR_ARG(attributes));
        buf_fmt(&w->out, " %.*s", STR_ARG(buf_str(&test.out)));
    } else {
        if (shape->list != NULL)
            buf_fmt(&w->out, " %.*s", STR_ARG(json_text(json, shape->list)));
        buf_fmt(&w->out, "%s%.*s", attributes.n > 0 ? " " : "", STR_ARG(attributes));
    }
    buf_put_char(&w->out, '\n');
    if (shape->is_void)
        return true;
    if (!put_inside(w, shape, json))
        return false;
    if (shape->otherwise != NULL && json_object_get(json, shape->otherwise) != NULL) {
        put_line(w, STR(":::jika tidak"));
        if (!put_children(w, shape->inside, json_object_get(json, shape->otherwise)))
            return false;
    }
    put_line(w, STR(":::"));
    return true;
}

static bool is_item_line(enum place in, const json_t *json)
{
    return in == IN_ITEMS && !(json_is_object(json) && json_object_get(json, "content") != NULL && json_object_get(json, "type") == NULL) &&
           !is_object_of(json, "if");
}

/* The shortest form that says all of it, unread yet. */
static bool write_form(struct writer *w, enum place in, const json_t *json)
{
    const size_t begin = w->out.n;
    const struct shape *shape = shape_of(in, json);
    struct str text;

    if (in == IN_BLOCKS && (is_object_of(json, "paragraph") || is_object_of(json, "heading")))
        return write_text_block(w, json);
    if (in == IN_BLOCKS && is_object_of(json, "page_break") && json_object_size(json) == 1)
        return put_line(w, STR("{halaman baru}")), true;
    if (in == IN_BLOCKS && is_object_of(json, "list") && write_short_list(w, json))
        return true;
    if (in == IN_BLOCKS && is_object_of(json, "identity") && write_short_identity(w, json))
        return true;
    w->out.n = begin;
    if (is_item_line(in, json)) {
        if (!content_line(w, json, &text))
            return false;
        buf_put_str(&w->out, STR("- "));
        put_line(w, text);
        return true;
    }
    if ((in == IN_FACTS && json_object_get(json, "label") != NULL) ||
        (in == IN_ROWS && (json_is_array(json) || json_object_get(json, "cells") != NULL)))
        return write_row(w, in, json);
    return json_is_object(json) && shape != NULL && write_fence(w, shape, json);
}

/* Whether the text since `begin` is read as this one value. */
static bool comes_back(struct writer *w, enum place in, size_t begin, const json_t *json)
{
    struct reading r = {.arena = w->arena, .fault = STR_NONE};
    struct str rest = str_dup(w->arena, str_from(buf_str(&w->out), begin)), line;
    json_t *list = json_array();
    size_t n = 1;

    for (size_t i = 0; i < rest.n; i++)
        n += rest.p[i] == '\n';
    r.lines = ARENA_ARRAY(w->arena, struct str, n);
    while (r.n < n && str_cut(&rest, '\n', &line))
        if (rest.p != NULL)
            r.lines[r.n++] = line;
    const bool is_same = read_child(&r, in, list) && r.at == r.n && json_array_size(list) == 1 && json_equal(json_array_get(list, 0), json);
    json_decref(list);
    return is_same;
}

static bool write_child(struct writer *w, enum place in, const json_t *json)
{
    const size_t begin = w->out.n;
    const bool is_alone = in == IN_BLOCKS; /* an empty line keeps lists and rows of neighbours apart */
    char *text;

    if (!(write_form(w, in, json) && comes_back(w, in, begin, json))) {
        if (!json_is_object(json) && !json_is_array(json))
            return false;
        w->out.n = begin;
        text = json_dumps(json, JSON_INDENT(1) | JSON_SORT_KEYS);
        buf_fmt(&w->out, ":::asli\n%s\n:::\n", text);
        free(text);
    }
    if (is_alone)
        buf_put_char(&w->out, '\n');
    return true;
}

/* ---- the tree ---- */

static bool put_settings_line(struct writer *w, const char *word, const json_t *json, const char *but)
{
    struct str attributes;

    if (!attributes_of(w, json, but, &attributes))
        return false;
    if (attributes.n > 0)
        buf_fmt(&w->out, ":::%s %.*s\n", word, STR_ARG(attributes));
    return true;
}

/* The edges stand beside the sheet's size. */
static bool put_page(struct writer *w, const json_t *page)
{
    json_t *flat = json_copy((json_t *)page), *margin = json_object_get(page, "margin");

    json_object_del(flat, "margin");
    json_object_update(flat, margin);
    const bool is_fine = put_settings_line(w, "kertas", flat, "");
    json_decref(flat);
    return is_fine;
}

static bool put_footer(struct writer *w, const json_t *footer)
{
    static const struct shape shape = {.word = "kaki", .named = "left center right note"};

    return write_fence(w, &shape, footer);
}

static bool put_tree(struct writer *w, const json_t *tree)
{
    const json_t *header = json_object_get(tree, "header"), *attachments = json_object_get(tree, "attachments");

    if (!put_settings_line(w, "surat", tree, "page font header body footer attachments") || !put_page(w, json_object_get(tree, "page")) ||
        !put_settings_line(w, "huruf", json_object_get(tree, "font"), ""))
        return false;
    if (header != NULL) {
        put_line(w, STR(":::kepala"));
        if (!put_children(w, IN_BLOCKS, header))
            return false;
        put_line(w, STR(":::"));
    }
    if (json_object_get(tree, "footer") != NULL && !put_footer(w, json_object_get(tree, "footer")))
        return false;
    buf_put_char(&w->out, '\n');
    if (!put_children(w, IN_BLOCKS, json_object_get(tree, "body")))
        return false;
    for (size_t i = 0; i < json_array_size(attachments); i++) {
        put_line(w, STR(":::lampiran"));
        if (!put_tree(w, json_array_get(attachments, i)))
            return false;
        put_line(w, STR(":::"));
    }
    return true;
}

struct str paper_markup_write(struct arena *arena, const json_t *tree)
{
    struct writer w = {.arena = arena, .out = {.arena = arena}};
    struct err why = {0};
    struct str fault;
    json_t *again, *sorted;
    char *text;

    if (json_read(arena, json_write(arena, tree), &sorted, &why) == RC_OK) /* attributes in one order, however the file had them */
        tree = sorted;
    if (put_tree(&w, tree) && paper_markup_read(arena, buf_str(&w.out), &again, &fault, &why) == RC_OK && fault.p == NULL &&
        json_equal(again, tree))
        return str_trim(buf_str(&w.out));
    text = json_dumps(tree, JSON_INDENT(1) | JSON_SORT_KEYS);
    struct str out = str_dup(arena, str_c(text));
    free(text);
    return out;
}
