// SPDX-License-Identifier: AGPL-3.0-or-later
/* Text in a line, written. What has no short form is put as JSON in {!…}; whether all of it comes back is asked by who writes the block. */
#include <stdlib.h>

#include "server/paper/markup_parts.h"

static bool write_content(struct writing *w, const json_t *content);

static void put_json(struct writing *w, const json_t *json)
{
    char *text = json_dumps(json, JSON_COMPACT | JSON_SORT_KEYS);

    buf_put_str(&w->out, STR("{!"));
    buf_put_str(&w->out, str_c(text));
    buf_put_char(&w->out, '}');
    free(text);
}

/* "{nama:upper|kosong}" with the words of who writes letters; false: it is no placeholder that comes back as it is. */
static bool put_placeholder(struct writing *w, struct str inside)
{
    const ptrdiff_t bar = str_find_char(inside, '|');
    struct str head = bar >= 0 ? str_part(inside, 0, (size_t)bar) : inside, turn;
    const size_t begin = w->out.n;
    bool is_first = true;

    if (inside.n == 0 || inside.p[0] == '!' || str_find_char(inside, '\n') >= 0 || str_find_char(inside, '{') >= 0 ||
        (str_find_char(head, ' ') >= 0 && !str_starts(head, STR("="))))
        return false;
    if (str_is(head, "#page") || str_is(head, "#pages"))
        head = str_is(head, "#page") ? STR("#halaman") : STR("#jumlah_halaman");
    buf_put_char(&w->out, '{');
    while (str_cut(&head, ':', &turn)) {
        const char *word = is_first ? NULL : case_in_markup(turn);

        if (!is_first && case_in_tree(turn) != NULL) {
            w->out.n = begin;
            return false;
        }
        buf_fmt(&w->out, "%s%.*s", is_first ? "" : ":", STR_ARG(word != NULL ? str_c(word) : turn));
        is_first = false;
    }
    buf_put_str(&w->out, bar >= 0 ? str_from(inside, (size_t)bar) : STR(""));
    buf_put_char(&w->out, '}');
    return true;
}

/* is_pattern: braces mean fields; else they are written so that they stay braces. */
static void put_text(struct writing *w, struct str text, bool is_pattern)
{
    bool has_end = is_pattern; /* a } ahead: looked for in vain once only */

    for (size_t i = 0; i < text.n; i++) {
        const char c = text.p[i];
        const ptrdiff_t end = has_end && c == '{' ? str_find_char(str_from(text, i), '}') : -1;

        has_end = has_end && (c != '{' || end > 0);
        if (is_pattern && c == '{' && i + 1 < text.n && text.p[i + 1] == '{') {
            buf_put_str(&w->out, STR("{{"));
            i++;
        } else if (end > 0 && put_placeholder(w, str_part(text, i + 1, (size_t)end - 1)))
            i += (size_t)end;
        else if (c == '\n')
            buf_put_str(&w->out, STR("\\n"));
        else if (c == '\\' || c == '{' || c == '[' || (c == '*' && i + 1 < text.n && text.p[i + 1] == '*') || (!is_pattern && c == '}') ||
                 (c == ' ' && (i == 0 || i + 1 == text.n))) {
            buf_put_char(&w->out, '\\');
            buf_put_char(&w->out, c);
        } else
            buf_put_char(&w->out, c);
    }
}

/* The pattern of a field object: "{nama:upper|…}". */
static struct str field_pattern(struct arena *arena, const json_t *field)
{
    const json_t *empty = json_object_get(field, "if_empty");
    const struct str as = json_text(field, "as"), letter_case = json_text(field, "case");

    return str_fmt(arena, "{%.*s%s%.*s%s%.*s%s%.*s}", STR_ARG(json_text(field, "name")), as.n > 0 ? ":" : "", STR_ARG(as),
                   letter_case.n > 0 ? ":" : "", STR_ARG(letter_case), empty != NULL ? "|" : "", STR_ARG(str_c(json_string_value(empty))));
}

/* Text, pattern, field, page: **…** when it is bold and nothing else, else […]{…}. */
static bool put_stretch(struct writing *w, const json_t *one, struct str text, bool is_pattern, const char *const *said)
{
    struct writing attributes = {.arena = w->arena, .out = {.arena = w->arena}};
    const char *key;
    json_t *value;

    json_object_foreach((json_t *)one, key, value)
    {
        bool is_said = false;

        for (const char *const *s = said; *s != NULL; s++)
            is_said = is_said || strcmp(*s, key) == 0;
        if (!is_said && !write_attribute(&attributes, key, value))
            return false;
    }
    const bool is_bold = str_is(buf_str(&attributes.out), "tebal");
    buf_put_str(&w->out, is_bold ? STR("**") : STR("["));
    put_text(w, text, is_pattern);
    if (is_bold)
        buf_put_str(&w->out, STR("**"));
    else
        buf_fmt(&w->out, "]{%.*s}", STR_ARG(buf_str(&attributes.out)));
    return true;
}

/* {bila …}, {tiap …}, {kotak …} around content. */
static bool put_inner(struct writing *w, const json_t *one, const char *word, const char *inside)
{
    static const char *const known[] = {"type", "field", "equals", "not", "in", "is", "list", "then", "content", "else"};
    const bool is_if = strcmp(word, "bila") == 0;
    struct writing head = {.arena = w->arena, .out = {.arena = w->arena}};
    const char *key;
    json_t *value;

    if (is_if && !write_condition(&head, one))
        return false;
    if (strcmp(word, "tiap") == 0)
        buf_put_str(&head.out, json_text(one, "list"));
    json_object_foreach((json_t *)one, key, value)
    {
        bool is_known = false;

        for (size_t i = 0; i < COUNT_OF(known); i++)
            is_known = is_known || strcmp(known[i], key) == 0;
        if (!is_known && (is_if || !write_attribute(&head, key, value)))
            return false;
    }
    if (json_object_get(one, inside) == NULL)
        return false;
    buf_fmt(&w->out, "{%s %.*s}", word, STR_ARG(buf_str(&head.out)));
    if (!write_content(w, json_object_get(one, inside)))
        return false;
    if (json_object_get(one, "else") != NULL) {
        buf_put_str(&w->out, STR("{jika tidak}"));
        if (!write_content(w, json_object_get(one, "else")))
            return false;
    }
    buf_fmt(&w->out, "{/%s}", word);
    return true;
}

static bool write_one(struct writing *w, const json_t *one)
{
    static const char *const of_text[] = {"type", "text", NULL}, *const of_pattern[] = {"type", "pattern", NULL},
                             *const of_field[] = {"type", "name", "as", "case", "if_empty", NULL}, *const of_type[] = {"type", NULL};

    if (is_object_of(one, "break") && json_object_size(one) == 1)
        buf_put_str(&w->out, STR("{baris baru}"));
    else if (is_object_of(one, "page") || is_object_of(one, "pages"))
        return put_stretch(w, one, is_object_of(one, "page") ? STR("{#page}") : STR("{#pages}"), true, of_type);
    else if (is_object_of(one, "field"))
        return put_stretch(w, one, field_pattern(w->arena, one), true, of_field);
    else if (is_object_of(one, "text") && json_is_string(json_object_get(one, "text")))
        return put_stretch(w, one, json_text(one, "text"), false, of_text);
    else if (is_object_of(one, "text") && json_is_string(json_object_get(one, "pattern")))
        return put_stretch(w, one, json_text(one, "pattern"), true, of_pattern);
    else if (is_object_of(one, "if"))
        return put_inner(w, one, "bila", "then");
    else if (is_object_of(one, "each"))
        return put_inner(w, one, "tiap", "content");
    else if (is_object_of(one, "boxes"))
        return put_inner(w, one, "kotak", "content");
    else
        return false;
    return true;
}

static bool write_content(struct writing *w, const json_t *content)
{
    if (json_is_string(content)) {
        put_text(w, (struct str){json_string_value(content), json_string_length(content)}, true);
        return true;
    }
    if (json_is_object(content)) {
        const size_t begin = w->out.n;

        if (!write_one(w, content)) {
            w->out.n = begin;
            put_json(w, content);
        }
        return true;
    }
    for (size_t i = 0; i < json_array_size(content); i++) {
        const json_t *one = json_array_get(content, i);

        if (json_is_array(one) || !(json_is_string(one) || json_is_object(one)) || !write_content(w, one))
            return false;
    }
    return json_is_array(content);
}

bool write_content_text(struct writing *w, const json_t *content)
{
    struct reading r = {.arena = w->arena};
    const size_t begin = w->out.n;

    if (write_content(w, content)) {
        json_t *again = read_content_text(&r, str_from(buf_str(&w->out), begin));
        const bool is_same = json_equal(again, content);

        json_decref(again);
        if (is_same)
            return true;
    }
    w->out.n = begin;
    if (!json_is_array(content))
        return false;
    put_json(w, content);
    return true;
}
