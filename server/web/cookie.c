// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/web/form.h"

static bool is_cookie_sign(char c)
{
    return c > 0x20 && c < 0x7f && c != '"' && c != ',' && c != ';' && c != '\\';
}

static bool is_clean(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!is_cookie_sign(s.p[i]))
            return false;
    return true;
}

enum rc cookie_read(struct arena *arena, struct str header, struct cookies *out, struct err *err)
{
    struct str rest = header, pair;
    size_t most = 1;

    *out = (struct cookies){NULL, 0};
    if (header.n == 0)
        return RC_OK;
    for (size_t i = 0; i < header.n; i++)
        most += header.p[i] == ';';
    if (most > COOKIE_MAX)
        return fail(err, RC_BAD_REQUEST, "more than %d cookies", COOKIE_MAX);
    out->p = ARENA_ARRAY(arena, struct cookie, most);
    while (str_cut(&rest, ';', &pair)) {
        pair = str_trim(pair);
        ptrdiff_t equals = str_find_char(pair, '=');
        if (equals <= 0)
            continue;
        struct cookie cookie = {str_trim(str_part(pair, 0, (size_t)equals)), str_trim(str_from(pair, (size_t)equals + 1))};
        if (is_clean(cookie.name) && is_clean(cookie.value))
            out->p[out->n++] = cookie;
    }
    return RC_OK;
}

enum rc cookie_one(const struct cookies *cookies, struct str name, struct str *value_out, struct err *err)
{
    struct str found = STR_NONE;

    for (size_t i = 0; i < cookies->n; i++) {
        if (!str_eq(cookies->p[i].name, name))
            continue;
        if (found.p != NULL)
            return fail(err, RC_BAD_REQUEST, "our cookie came twice");
        found = cookies->p[i].value;
    }
    *value_out = found;
    return RC_OK;
}
