// SPDX-License-Identifier: AGPL-3.0-or-later
/* Lines of markup, read into blocks. */
#include "server/paper/markup_parts.h"

bool markup_fault(struct reading *r, const char *format, ...)
{
    va_list args;

    if (r->fault.p != NULL)
        return false;
    va_start(args, format);
    const struct str words = str_fmt_va(r->arena, format, args);
    va_end(args);
    r->fault = str_fmt(r->arena, "Baris %zu: %.*s", r->at + 1, STR_ARG(words));
    return false;
}

static struct str line_at(const struct reading *r)
{
    return r->at < r->n ? r->lines[r->at] : STR_NONE;
}

struct str markup_line(const struct reading *r)
{
    return str_trim(line_at(r));
}

static bool take_node(struct reading *r)
{
    return ++r->nodes <= MARKUP_MOST_NODES || markup_fault(r, "isi ini terlalu banyak bagiannya: paling banyak %d.", MARKUP_MOST_NODES);
}

/* "<rata=tengah>" at the beginning of a line, taken off; nothing when it has
 * none. */
static bool take_settings(struct reading *r, struct str *text, json_t *into)
{
    struct str rest, inside;

    *text = str_trim(*text);
    if (!str_starts(*text, STR("<")))
        return true;
    rest = str_from(*text, 1);
    if (!cut_at(&rest, '>', &inside))
        return markup_fault(r, "< belum ditutup dengan >. Untuk tanda < sendiri tulis \\<.");
    *text = rest;
    return read_attributes(r, inside, into);
}

static bool put_content(struct reading *r, json_t *into, const char *key, struct str text)
{
    json_t *content = read_content_text(r, text);

    return content != NULL && json_object_set_new(into, key, content) == 0;
}

/* ---- rows of bars ---- */

static bool read_cell(struct reading *r, struct str text, json_t *row)
{
    json_t *settings = json_object(), *content;
    const bool has_settings = str_starts(str_trim(text), STR("<"));

    if (!take_node(r) || !take_settings(r, &text, settings) || (content = read_content_text(r, text)) == NULL) {
        json_decref(settings);
        return false;
    }
    if (!has_settings) {
        json_decref(settings);
        return json_array_append_new(row, content) == 0;
    }
    json_object_set_new(settings, "content", content);
    return json_array_append_new(row, settings) == 0;
}

/* "| a | b |" as an array of cells. */
static bool read_cells(struct reading *r, struct str text, json_t *row)
{
    struct str rest = str_trim(text), cell;

    if (!str_starts(rest, STR("|")) || rest.n < 2 || !str_ends(rest, STR("|")))
        return markup_fault(r, "baris data diawali dan diakhiri tanda |. Contoh: | Nama | {nama} |");
    rest = str_from(rest, 1);
    while (rest.n > 0 && cut_at(&rest, '|', &cell))
        if (!read_cell(r, cell, row))
            return false;
    return rest.n == 0 || markup_fault(r, "baris data diakhiri tanda |.");
}

/* Of a table an array of cells, or an object that says more; of an identity a
 * label and its content. */
static bool read_row(struct reading *r, enum place in, json_t *into)
{
    json_t *row = json_object(), *cells = json_array();
    struct str text = markup_line(r);
    const bool has_settings = str_starts(text, STR("<"));
    bool is_fine = take_node(r) && take_settings(r, &text, row) && read_cells(r, text, cells);

    if (is_fine && in == IN_FACTS && json_array_size(cells) != 2)
        is_fine = markup_fault(r, "baris ini berisi dua bagian: | keterangan | isi |.");
    if (is_fine && in == IN_FACTS) {
        json_object_set(row, "label", json_array_get(cells, 0));
        json_object_set(row, "content", json_array_get(cells, 1));
    } else if (is_fine && has_settings)
        json_object_set(row, "cells", cells);
    json_array_append(into, in == IN_FACTS || has_settings ? row : cells);
    json_decref(row);
    json_decref(cells);
    r->at++;
    return is_fine;
}

/* ---- blocks of a line or some ---- */

static bool is_row(struct str line)
{
    struct str rest = line, inside;

    if (str_starts(rest, STR("<")) && (rest = str_from(rest, 1), cut_at(&rest, '>', &inside)))
        rest = str_trim(rest);
    return str_starts(rest, STR("|"));
}

/* How long the sign of an item is ("- ", "12. "); 0: it is none. */
static size_t bullet(struct str line, bool *is_numbered_out)
{
    const size_t digits = span_of(line, "0123456789");

    *is_numbered_out = digits > 0;
    if (str_starts(line, STR("- ")))
        return 2;
    return digits > 0 && digits < 4 && digits + 1 < line.n && line.p[digits] == '.' && line.p[digits + 1] == ' ' ? digits + 2 : 0;
}

static bool read_short_list(struct reading *r, json_t *into)
{
    bool is_numbered, is_next;
    size_t sign = bullet(markup_line(r), &is_numbered);
    json_t *items = json_array(), *list = json_pack("{s:s, s:o}", "type", "list", "items", items);

    json_array_append_new(into, list);
    if (!is_numbered)
        json_object_set_new(list, "style", json_string("bullet"));
    for (is_next = is_numbered; r->at < r->n && (sign = bullet(markup_line(r), &is_next)) > 0 && is_next == is_numbered; r->at++) {
        json_t *content = take_node(r) ? read_content_text(r, str_from(markup_line(r), sign)) : NULL;

        if (content == NULL)
            return false;
        json_array_append_new(items, content);
    }
    return true;
}

static bool read_short_identity(struct reading *r, json_t *into)
{
    json_t *rows = json_array();

    json_array_append_new(into, json_pack("{s:s, s:o}", "type", "identity", "rows", rows));
    while (r->at < r->n && is_row(markup_line(r)))
        if (!read_row(r, IN_FACTS, rows))
            return false;
    return true;
}

static bool read_text_block(struct reading *r, json_t *into)
{
    struct str text = markup_line(r);
    size_t level = span_of(text, "#");
    const bool is_heading = level > 0 && level <= 3 && level < text.n && text.p[level] == ' ';
    json_t *block = json_pack("{s:s}", "type", is_heading ? "heading" : "paragraph");

    json_array_append_new(into, block);
    if (is_heading && level > 1)
        json_object_set_new(block, "level", json_integer((json_int_t)level));
    if (is_heading)
        text = str_from(text, level);
    const bool is_fine = take_settings(r, &text, block) && put_content(r, block, "content", text);
    r->at++;
    return is_fine;
}

/* ---- ::: ---- */

/* Whatever the tree says there, as JSON up to the next line of :::. */
static bool read_as_is(struct reading *r, json_t *into)
{
    struct buf text = {.arena = r->arena};
    json_t *json;

    for (r->at++; r->at < r->n && !str_is(markup_line(r), ":::"); r->at++)
        buf_fmt(&text, "%.*s\n", STR_ARG(line_at(r)));
    json = read_json(r, buf_str(&text));
    if (json == NULL)
        return false;
    r->at++;
    return json_array_append(into, json) == 0;
}

/* "@kolom lebar=10; bagian=1" */
static bool read_columns_line(struct reading *r, struct str text, json_t *object)
{
    json_t *columns = json_array();
    struct str rest = text, one;

    json_object_set_new(object, "columns", columns);
    while (rest.n > 0) {
        json_t *column = json_object();

        if (!cut_at(&rest, ';', &one)) {
            one = rest;
            rest = STR("");
        }
        json_array_append_new(columns, column);
        if (!read_attributes(r, one, column))
            return false;
    }
    return true;
}

/* "@segel Ditandatangani secara elektronik" */
static bool read_named(struct reading *r, const struct shape *shape, json_t *object)
{
    struct str text = str_from(markup_line(r), 1), word;
    const struct named *named;
    json_t *content, *list;

    (void)str_cut(&text, ' ', &word);
    text = text.p != NULL ? text : STR("");
    if (str_is(word, "kolom") && shape->inside == IN_ROWS && shape->list == NULL)
        return read_columns_line(r, text, object);
    named = named_by_word(word);
    if (named == NULL || !is_named(shape, named->key))
        return markup_fault(r, "@%.*s tidak dikenal di :::%s.", STR_ARG(str_part(word, 0, 40)), shape->word);
    content = read_content_text(r, text);
    if (content == NULL)
        return false;
    if (!named->many)
        return json_object_set_new(object, named->key, content) == 0;
    list = json_object_get(object, named->key);
    if (list == NULL)
        json_object_set_new(object, named->key, list = json_array());
    return json_array_append_new(list, content) == 0;
}

json_t *markup_array(json_t *object, const char *key)
{
    json_t *list = json_object_get(object, key);

    if (list == NULL)
        json_object_set_new(object, key, list = json_array());
    return list;
}

/* One line of what stands between ::: and :::. */
static bool read_line(struct reading *r, const struct shape *shape, const char *children, json_t *object)
{
    const struct str line = markup_line(r);

    if (line.n == 0) {
        r->at++;
        return true;
    }
    if (str_starts(line, STR("@")) && line.n > 1) {
        const bool is_fine = read_named(r, shape, object);

        r->at++;
        return is_fine;
    }
    if (shape->inside == IN_ROWS && str_starts(line, STR("||")) && shape->type != NULL) {
        r->lines[r->at] = str_from(line, 1);
        return read_row(r, IN_ROWS, markup_array(object, "header"));
    }
    if (shape->inside != 0 && (shape->lines == NULL || str_starts(line, STR(":::"))))
        return read_child(r, shape->inside, markup_array(object, children));
    json_t *content = shape->lines != NULL || shape->line != NULL ? read_content_text(r, line) : NULL;
    if (content == NULL)
        return markup_fault(r, "baris ini tidak dikenal di :::%s.", shape->word);
    r->at++;
    return shape->lines != NULL ? json_array_append_new(markup_array(object, shape->lines), content) == 0
                                : json_object_set_new(object, shape->line, content) == 0;
}

/* Up to the ::: that ends it. */
bool read_inside(struct reading *r, const struct shape *shape, json_t *object)
{
    const char *children = shape->children;
    const size_t begin = r->at;

    if (shape->must)
        (void)markup_array(object, children);
    for (r->at++; r->at < r->n && !str_is(markup_line(r), ":::");) {
        if (str_is(markup_line(r), ":::jika tidak") && shape->otherwise != NULL && children != shape->otherwise) {
            children = shape->otherwise;
            (void)markup_array(object, children);
            r->at++;
        } else if (!read_line(r, shape, children, object))
            return false;
    }
    if (r->at >= r->n) {
        r->at = begin;
        return markup_fault(r, ":::%s belum ditutup. Tulis ::: di baris sendiri sesudah isinya.", shape->word);
    }
    r->at++;
    return true;
}

static bool read_head(struct reading *r, const struct shape *shape, struct str head, json_t *object)
{
    struct str list;

    if (shape->type != NULL)
        json_object_set_new(object, "type", json_string(shape->type));
    if (shape->has_test) {
        struct str settings = head;

        head = str_starts(head, STR("<")) ? head : STR_NONE;
        return take_settings(r, &settings, object) && read_condition(r, settings, object);
    }
    if (shape->list != NULL) {
        head = str_trim(head);
        (void)str_cut(&head, ' ', &list);
        if (list.n == 0)
            return markup_fault(r, ":::tiap belum menyebut daftarnya. Contoh: :::tiap pengikut");
        json_object_set_new(object, shape->list, json_stringn(list.p, list.n));
    }
    return head.p == NULL || read_attributes(r, head, object);
}

static bool read_fence(struct reading *r, enum place in, json_t *into)
{
    struct str head = str_from(markup_line(r), 3), word;
    const struct shape *shape;
    json_t *object;
    bool is_fine;

    (void)str_cut(&head, ' ', &word);
    if (str_is(word, "asli"))
        return read_as_is(r, into);
    shape = shape_by_word(in, word);
    if (shape == NULL)
        return markup_fault(r, word.n == 0 ? "::: menutup bagian yang tidak dibuka." : ":::%.*s tidak dikenal di sini.",
                            STR_ARG(str_part(word, 0, 40)));
    if (++r->depth > MARKUP_MOST_DEPTH)
        return markup_fault(r, "terlalu banyak bagian di dalam bagian: paling banyak %d tingkat.", MARKUP_MOST_DEPTH);
    object = json_object();
    json_array_append_new(into, object);
    is_fine = read_head(r, shape, head.p != NULL ? head : STR(""), object);
    if (is_fine && shape->is_void)
        r->at++;
    is_fine = is_fine && (shape->is_void || read_inside(r, shape, object));
    r->depth--;
    return is_fine;
}

bool read_child(struct reading *r, enum place in, json_t *into)
{
    const struct str line = markup_line(r);
    bool is_numbered;

    if (!take_node(r))
        return false;
    if (str_starts(line, STR(":::")))
        return read_fence(r, in, into);
    if (in == IN_FACTS || in == IN_ROWS)
        return read_row(r, in, into);
    if (in == IN_ITEMS && str_starts(line, STR("- "))) {
        json_t *content = read_content_text(r, str_from(line, 2));

        r->at++;
        return content != NULL && json_array_append_new(into, content) == 0;
    }
    if (in != IN_BLOCKS)
        return markup_fault(r, in == IN_ITEMS ? "butir daftar diawali tanda - dan spasi." : "baris ini tidak dikenal di sini.");
    if (str_is(line, "{halaman baru}")) {
        r->at++;
        return json_array_append_new(into, json_pack("{s:s}", "type", "page_break")) == 0;
    }
    if (bullet(line, &is_numbered) > 0)
        return read_short_list(r, into);
    return str_starts(line, STR("|")) ? read_short_identity(r, into) : read_text_block(r, into);
}
