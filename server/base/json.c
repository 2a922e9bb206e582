// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/base/json.h"

#include "server/base/text.h"
#include "server/base/text_parts.h"

/* Deepest nesting of brackets outside strings. Malformed text is jansson's to refuse. */
static size_t nesting(struct str text)
{
    size_t depth = 0, deepest = 0;
    bool in_string = false;

    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];

        if (in_string) {
            if (c == '\\')
                i++;
            else if (c == '"')
                in_string = false;
        } else if (c == '"') {
            in_string = true;
        } else if (c == '[' || c == '{') {
            if (++depth > deepest)
                deepest = depth;
        } else if ((c == ']' || c == '}') && depth > 0) {
            depth--;
        }
    }
    return deepest;
}

static void value_free(void *value)
{
    json_decref(value);
}

void json_keep(struct arena *arena, json_t *value)
{
    arena_defer(arena, value_free, value);
}

enum rc json_read(struct arena *arena, struct str text, json_t **value_out, struct err *err)
{
    json_error_t at;
    json_t *value;

    if (str_empty(text))
        return fail(err, RC_INVALID, "JSON: empty text");
    if (nesting(text) > JSON_MAX_NESTING)
        return fail(err, RC_INVALID, "JSON: nested deeper than %d", JSON_MAX_NESTING);
    value = json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &at);
    if (value == NULL) /* jansson's own text quotes the input, which may hold a NIK */
        return fail(err, RC_INVALID, "JSON: malformed at line %d, column %d", at.line, at.column);
    json_keep(arena, value);
    *value_out = value;
    return RC_OK;
}

static int put_piece(const char *bytes, size_t n, void *out)
{
    buf_put(out, bytes, n);
    return 0;
}

struct str json_write(struct arena *arena, const json_t *value)
{
    struct buf out = {.arena = arena};

    if (value == NULL || json_dump_callback(value, put_piece, &out, JSON_COMPACT | JSON_SORT_KEYS | JSON_ENCODE_ANY) != 0)
        return STR("null");
    return buf_str(&out);
}

struct str json_text(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);

    if (!json_is_string(value))
        return STR("");
    return (struct str){json_string_value(value), json_string_length(value)};
}

uint64_t json_u64(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);

    return json_is_integer(value) && json_integer_value(value) >= 0 ? (uint64_t)json_integer_value(value) : 0;
}

bool json_bool(const json_t *object, const char *key)
{
    return json_is_true(json_object_get(object, key));
}

void json_put_str(struct buf *out, struct str s)
{
    struct str rest = s;
    uint32_t c;

    buf_put_char(out, '"');
    while (rest.n > 0) {
        const char *from = rest.p;

        if (!utf8_take(&rest, &c))
            buf_put_str(out, STR("\xEF\xBF\xBD")); /* U+FFFD: the result is valid JSON whatever came in */
        else if (c == '"' || c == '\\')
            buf_fmt(out, "\\%c", (char)c);
        else if (c == '\n')
            buf_put_str(out, STR("\\n"));
        else if (c < 0x20 || c == 0x7f || c == '<' || c == '>' || c == '&') /* also safe inside <script> */
            buf_fmt(out, "\\u%04x", c);
        else
            buf_put(out, from, (size_t)(rest.p - from));
    }
    buf_put_char(out, '"');
}
