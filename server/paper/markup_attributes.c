// SPDX-License-Identifier: AGPL-3.0-or-later
/* `kunci=nilai` and `isian = nilai`: settings of an object, and conditions, in both directions. */
#include <stdlib.h>

#include "server/paper/markup_parts.h"

/* ---- reading ---- */

json_t *read_json(struct reading *r, struct str text)
{
    struct err why = {0};
    json_t *json;

    if (json_read(r->arena, text, &json, &why) == RC_OK)
        return json;
    (void)markup_fault(r, "JSON di sini tidak terbaca.");
    return NULL;
}

bool cut_at(struct str *rest, char sign, struct str *head_out)
{
    bool is_quoted = false;
    size_t depth = 0;

    for (size_t i = 0; i < rest->n; i++) {
        const char c = rest->p[i];

        if (c == '\\') {
            i++;
            continue;
        }
        if (!is_quoted && depth == 0 && c == sign) {
            *head_out = str_part(*rest, 0, i);
            *rest = str_from(*rest, i + 1);
            return true;
        }
        if (c == '"')
            is_quoted = !is_quoted;
        else if (!is_quoted && (c == '[' || c == '{'))
            depth++;
        else if (!is_quoted && depth > 0 && (c == ']' || c == '}'))
            depth--;
    }
    return false;
}

/* A JSON string literal as text; false after a fault. */
static bool read_quoted(struct reading *r, struct str text, struct str *out)
{
    json_t *json = read_json(r, str_fmt(r->arena, "[%.*s]", STR_ARG(text)));
    const json_t *one = json_array_get(json, 0);

    if (!json_is_string(one))
        return r->fault.p == NULL && markup_fault(r, "kutipan %.*s tidak terbaca.", STR_ARG(str_part(text, 0, 40)));
    *out = (struct str){json_string_value(one), json_string_length(one)};
    return true;
}

static bool is_number(struct str text)
{
    return text.n > 0 &&
           ((text.p[0] >= '0' && text.p[0] <= '9') || (text.p[0] == '-' && text.n > 1 && text.p[1] >= '0' && text.p[1] <= '9'));
}

static json_t *read_value(struct reading *r, const char *key, struct str text)
{
    const char *word = word_in_tree(key, text);
    struct str quoted;

    if (word != NULL)
        return json_string(word);
    if (str_is(text, "ya") || str_is(text, "tidak"))
        return json_boolean(str_is(text, "ya"));
    if (str_starts(text, STR("\"")))
        return read_quoted(r, text, &quoted) ? json_stringn(quoted.p, quoted.n) : NULL;
    if (is_number(text) || str_starts(text, STR("{")) || str_starts(text, STR("["))) {
        json_t *json = read_json(r, str_fmt(r->arena, "[%.*s]", STR_ARG(text)));

        return json_array_size(json) == 1 ? json_incref(json_array_get(json, 0)) : NULL;
    }
    return json_stringn(text.p, text.n);
}

static bool read_attribute(struct reading *r, struct str text, json_t *into)
{
    struct str name, rest = text;
    json_t *value, *list;

    if (!cut_at(&rest, '=', &name)) {
        const char *mark = mark_in_tree(text);

        if (mark == NULL)
            return json_object_set_new(into, key_in_tree(r->arena, text), json_true()) == 0;
        list = json_object_get(into, "marks");
        if (list == NULL)
            json_object_set_new(into, "marks", list = json_array());
        return json_array_append_new(list, json_string(mark)) == 0;
    }
    if (str_starts(name, STR("\"")) && !read_quoted(r, name, &name))
        return false;
    const char *key = str_starts(str_trim(text), STR("\"")) ? str_z(r->arena, name) : key_in_tree(r->arena, name);
    value = read_value(r, key, rest);
    if (value == NULL)
        return r->fault.p != NULL ? false : markup_fault(r, "nilai %.*s tidak terbaca.", STR_ARG(str_part(text, 0, 40)));
    return json_object_set_new(into, key, value) == 0;
}

bool read_attributes(struct reading *r, struct str text, json_t *into)
{
    struct str rest = str_trim(text), one;

    while (rest.n > 0) {
        if (!cut_at(&rest, ' ', &one)) {
            one = rest;
            rest = STR("");
        }
        if (one.n > 0 && !read_attribute(r, one, into))
            return false;
        rest = str_trim(rest);
    }
    return true;
}

static bool read_compared(struct reading *r, struct str text, struct str *out)
{
    *out = str_trim(text);
    return !str_starts(*out, STR("\"")) || read_quoted(r, *out, out);
}

/* "alasan", "alasan = lain", "alasan bukan lain", "alasan salah satu a; b", "alasan kosong", "alasan terisi" */
bool read_condition(struct reading *r, struct str text, json_t *into)
{
    static const struct {
        const char *begin, *key;
    } kinds[] = {{"= ", "equals"}, {"bukan ", "not"}};
    struct str rest = str_trim(text), name, value;

    (void)str_cut(&rest, ' ', &name);
    rest = rest.p != NULL ? str_trim(rest) : STR("");
    if (name.n == 0)
        return markup_fault(r, "bila … belum menyebut isian. Contoh: bila isi_alasan = lain.");
    json_object_set_new(into, "field", json_stringn(name.p, name.n));
    if (rest.n == 0)
        return true;
    if (str_is(rest, "kosong") || str_is(rest, "terisi"))
        return json_object_set_new(into, "is", json_string(str_is(rest, "kosong") ? "empty" : "present")) == 0;
    for (size_t i = 0; i < COUNT_OF(kinds); i++)
        if (str_starts(rest, str_c(kinds[i].begin)))
            return read_compared(r, str_from(rest, strlen(kinds[i].begin)), &value) &&
                   json_object_set_new(into, kinds[i].key, json_stringn(value.p, value.n)) == 0;
    if (!str_starts(rest, STR("salah satu ")))
        return markup_fault(r, "sesudah bila %.*s tulis = nilai, bukan nilai, salah satu a; b, kosong, atau terisi.",
                            STR_ARG(str_part(name, 0, 64)));
    json_t *list = json_array();
    json_object_set_new(into, "in", list);
    rest = str_from(rest, strlen("salah satu "));
    while (rest.n > 0) {
        struct str one;

        if (!cut_at(&rest, ';', &one)) {
            one = rest;
            rest = STR("");
        }
        if (!read_compared(r, one, &value))
            return false;
        json_array_append_new(list, json_stringn(value.p, value.n));
    }
    return true;
}

/* ---- writing ---- */

static void put_json(struct writing *w, const json_t *json)
{
    char *text = json_dumps(json, JSON_COMPACT | JSON_ENCODE_ANY | JSON_SORT_KEYS);

    buf_put_str(&w->out, str_c(text));
    free(text);
}

/* 1.1 as it was typed, and with all its digits only where they matter. */
static void put_real(struct writing *w, double number)
{
    struct str text = str_fmt(w->arena, "%.15g", number);

    if (strtod(str_z(w->arena, text), NULL) != number)
        text = str_fmt(w->arena, "%.17g", number);
    const bool is_whole = str_find_char(text, '.') < 0 && str_find_char(text, 'e') < 0;
    buf_fmt(&w->out, "%.*s%s", STR_ARG(text), is_whole ? ".0" : "");
}

/* A word that reads as itself: no other meaning, no sign of the notation. */
static bool is_bare(const char *key, struct str text)
{
    if (text.n == 0 || word_in_tree(key, text) != NULL || str_is(text, "ya") || str_is(text, "tidak") || is_number(text))
        return false;
    for (size_t i = 0; i < text.n; i++) {
        const char c = text.p[i];

        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.'))
            return false;
    }
    return true;
}

/* A blank before each. */
bool write_attribute(struct writing *w, const char *key, const json_t *value)
{
    const char *name = key_in_markup(key);
    const struct str text = {json_string_value(value), json_string_length(value)};

    if (strcmp(key, "marks") == 0 && json_is_array(value)) {
        for (size_t i = 0; i < json_array_size(value); i++) {
            const char *mark = json_string_value(json_array_get(value, i));

            if (mark == NULL || (mark = mark_in_markup(mark)) == NULL)
                return false;
            buf_fmt(&w->out, "%s%s", w->out.n > 0 ? " " : "", mark);
        }
        return true;
    }
    if (name == NULL && (!is_bare(key, str_c(key)) || strchr(key, '=') != NULL))
        return false;
    buf_fmt(&w->out, "%s%s", w->out.n > 0 ? " " : "", name != NULL ? name : key);
    if (json_is_true(value))
        return true;
    buf_put_char(&w->out, '=');
    if (json_is_false(value))
        buf_put_str(&w->out, STR("tidak"));
    else if (json_is_string(value) && word_in_markup(key, text.p) != NULL)
        buf_put_str(&w->out, str_c(word_in_markup(key, text.p)));
    else if (json_is_string(value) && is_bare(key, text))
        buf_put_str(&w->out, text);
    else if (json_is_real(value))
        put_real(w, json_real_value(value));
    else
        put_json(w, value);
    return true;
}

static void put_compared(struct writing *w, const json_t *value)
{
    const struct str text = {json_string_value(value), json_string_length(value)};
    bool is_plain = text.n > 0 && text.p[0] != ' ' && text.p[text.n - 1] != ' ';

    for (size_t i = 0; i < text.n; i++)
        is_plain = is_plain && strchr("\";{}[]\\\n", text.p[i]) == NULL && text.p[i] != '\0';
    if (is_plain && !str_is(text, "kosong") && !str_is(text, "terisi"))
        buf_put_str(&w->out, text);
    else
        put_json(w, value);
}

bool write_condition(struct writing *w, const json_t *json)
{
    const json_t *in = json_object_get(json, "in"), *field = json_object_get(json, "field");

    if (!json_is_string(field))
        return false;
    buf_put_str(&w->out, str_c(json_string_value(field)));
    if (json_object_get(json, "equals") != NULL) {
        buf_put_str(&w->out, STR(" = "));
        put_compared(w, json_object_get(json, "equals"));
    } else if (json_object_get(json, "not") != NULL) {
        buf_put_str(&w->out, STR(" bukan "));
        put_compared(w, json_object_get(json, "not"));
    } else if (json_object_get(json, "is") != NULL)
        buf_put_str(&w->out, str_is(json_text(json, "is"), "empty") ? STR(" kosong") : STR(" terisi"));
    else if (json_is_array(in)) {
        buf_put_str(&w->out, STR(" salah satu"));
        for (size_t i = 0; i < json_array_size(in); i++) {
            buf_put_str(&w->out, i > 0 ? STR("; ") : STR(" "));
            put_compared(w, json_array_get(in, i));
        }
    }
    return true;
}
