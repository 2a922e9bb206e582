// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/web/form.h"
#include "server/base/text.h"

static bool is_name(struct str name)
{
    if (name.n == 0 || name.n > FORM_MAX_NAME)
        return false;
    for (size_t i = 0; i < name.n; i++) {
        char c = name.p[i];
        bool is_fine = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
        if (!is_fine)
            return false;
    }
    return true;
}

enum rc fields_add(struct arena *arena, struct fields *fields, const struct field *field, struct err *err)
{
    if (fields->n == FORM_MAX_FIELDS)
        return fail(err, RC_BAD_REQUEST, "more than %d fields", FORM_MAX_FIELDS);
    if (!is_name(field->name))
        return fail(err, RC_BAD_REQUEST, "a field name no page of ours has");
    if (!field->is_file && !utf8_is_valid(field->value))
        return fail(err, RC_BAD_REQUEST, "a field is not valid UTF-8");
    bool is_full = fields->n == 0 || (fields->n >= 8 && (fields->n & (fields->n - 1)) == 0); /* room is 8, 16, 32 … */
    if (is_full) {
        struct field *grown = ARENA_ARRAY(arena, struct field, fields->n < 8 ? 8 : fields->n * 2);
        if (fields->n > 0)
            memcpy(grown, fields->p, fields->n * sizeof(*grown));
        fields->p = grown;
    }
    fields->p[fields->n++] = *field;
    return RC_OK;
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/* '+' is a space; a percent sign must begin two hex digits; raw control bytes are refused. */
static enum rc decode(struct arena *arena, struct str s, struct str *out, struct err *err)
{
    char *p = arena_alloc(arena, s.n + 1);
    size_t n = 0;

    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c == '+') {
            p[n++] = ' ';
        } else if (c == '%') {
            int high = i + 2 < s.n ? hex_digit(s.p[i + 1]) : -1;
            int low = high >= 0 ? hex_digit(s.p[i + 2]) : -1;
            if (low < 0)
                return fail(err, RC_BAD_REQUEST, "a broken percent code");
            p[n++] = (char)(high << 4 | low);
            i += 2;
        } else if (c < 0x20 || c == 0x7f) {
            return fail(err, RC_BAD_REQUEST, "a control byte in a form");
        } else {
            p[n++] = (char)c;
        }
    }
    *out = (struct str){p, n};
    return RC_OK;
}

enum rc form_read(struct arena *arena, struct str text, struct fields *fields, struct err *err)
{
    struct str rest = text, pair;

    if (text.n == 0)
        return RC_OK;
    while (str_cut(&rest, '&', &pair)) {
        struct field field = {0};
        ptrdiff_t equals = str_find_char(pair, '=');
        if (pair.n == 0)
            continue;
        struct str name = equals >= 0 ? str_part(pair, 0, (size_t)equals) : pair;
        struct str value = equals >= 0 ? str_from(pair, (size_t)equals + 1) : STR("");
        TRY(decode(arena, name, &field.name, err));
        TRY(decode(arena, value, &field.value, err));
        TRY(fields_add(arena, fields, &field, err));
    }
    return RC_OK;
}
