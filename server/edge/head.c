// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/edge/head.h"

static bool is_token_sign(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c != '\0' && strchr("!#$%&'*+-.^_`|~", c) != NULL);
}

static bool is_token(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!is_token_sign((unsigned char)s.p[i]))
            return false;
    return s.n > 0;
}

/* Cuts one line and its CRLF; false when a CR or LF stands alone. */
static bool cut_line(struct str *rest, struct str *line)
{
    ptrdiff_t end = str_find_char(*rest, '\n');

    if (end < 1 || rest->p[end - 1] != '\r')
        return false;
    *line = str_part(*rest, 0, (size_t)end - 1);
    *rest = str_from(*rest, (size_t)end + 1);
    return str_find_char(*line, '\r') < 0;
}

static int read_request_line(struct str line, struct head *out)
{
    struct str rest = line, version;

    if (!str_cut(&rest, ' ', &out->method) || !str_cut(&rest, ' ', &out->target) || rest.p == NULL)
        return 400;
    version = rest;
    if (!is_token(out->method) || out->method.n > 16)
        return 400;
    if (out->target.n == 0 || out->target.p[0] != '/')
        return 400;
    if (out->target.n > HEAD_MAX_TARGET)
        return 414;
    for (size_t i = 0; i < out->target.n; i++)
        if (out->target.p[i] <= 0x20 || out->target.p[i] >= 0x7f)
            return 400;
    if (!str_is(version, "HTTP/1.1") && !str_is(version, "HTTP/1.0"))
        return str_starts(version, STR("HTTP/")) && str_find_char(version, ' ') < 0 ? 505 : 400;
    return 0;
}

static bool is_value(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if ((c < 0x20 && c != '\t') || c == 0x7f)
            return false;
    }
    return true;
}

static struct str trim_value(struct str s)
{
    while (s.n > 0 && (s.p[0] == ' ' || s.p[0] == '\t'))
        s = str_from(s, 1);
    while (s.n > 0 && (s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\t'))
        s.n--;
    return s;
}

static bool read_length(struct str value, struct head *out)
{
    if (out->has_length || value.n == 0 || value.n > 12)
        return false;
    for (size_t i = 0; i < value.n; i++)
        if (value.p[i] < '0' || value.p[i] > '9')
            return false;
    out->has_length = true;
    return str_to_u64(value, &out->length);
}

/* Headers that say one thing: a second one makes the request mean two. */
static struct str *single(struct head *out, struct str name)
{
    const struct {
        const char *name;
        struct str *into;
    } table[] = {
        {"content-type", &out->content_type}, {"origin", &out->origin},
        {"referer", &out->referer},           {"sec-fetch-site", &out->sec_fetch_site},
        {"user-agent", &out->user_agent},     {"hx-request", &out->hx_request},
        {"x-real-ip", &out->x_real_ip},       {"x-forwarded-proto", &out->x_forwarded_proto},
    };

    for (size_t i = 0; i < COUNT_OF(table); i++)
        if (str_eq_nocase(name, str_c(table[i].name)))
            return table[i].into;
    return NULL;
}

static void join(struct arena *arena, struct str *into, const char *between, struct str value)
{
    if (into->p == NULL)
        *into = value;
    else
        *into = str_fmt(arena, "%.*s%s%.*s", STR_ARG(*into), between, STR_ARG(value));
}

static int read_header(struct arena *arena, struct str line, struct head *out)
{
    ptrdiff_t colon = str_find_char(line, ':');

    if (colon < 1)
        return 400;
    struct str name = str_part(line, 0, (size_t)colon), value = trim_value(str_from(line, (size_t)colon + 1));
    if (!is_token(name) || !is_value(value)) /* a folded line begins with a space, which is no token */
        return 400;
    if (str_eq_nocase(name, STR("host"))) {
        out->host = value;
        out->host_count++;
        return 0;
    }
    if (str_eq_nocase(name, STR("content-length")))
        return read_length(value, out) ? 0 : 400;
    if (str_eq_nocase(name, STR("transfer-encoding"))) /* our front always sends a length */
        return 400;
    if (str_eq_nocase(name, STR("cookie"))) {
        join(arena, &out->cookie, "; ", value);
        return 0;
    }
    if (str_eq_nocase(name, STR("accept-encoding"))) {
        join(arena, &out->accept_encoding, ", ", value);
        return 0;
    }
    if (str_eq_nocase(name, STR("if-none-match"))) {
        join(arena, &out->if_none_match, ", ", value);
        return 0;
    }
    struct str *into = single(out, name);
    if (into == NULL)
        return 0;
    if (into->p != NULL)
        return 400;
    *into = value;
    return 0;
}

int head_read(struct arena *arena, struct str bytes, struct head *out)
{
    struct str rest = bytes, line;
    int lines = 0;

    memset(out, 0, sizeof(*out));
    if (bytes.n > HEAD_MAX_BYTES)
        return 431;
    if (!cut_line(&rest, &line))
        return 400;
    int status = read_request_line(line, out);
    while (status == 0) {
        if (!cut_line(&rest, &line))
            return 400;
        if (line.n == 0)
            return rest.n == 0 ? 0 : 400;
        if (++lines > HEAD_MAX_LINES)
            return 431;
        status = read_header(arena, line, out);
    }
    return status;
}

bool head_takes_gzip(struct str accept_encoding)
{
    struct str rest = accept_encoding, coding, name;

    if (accept_encoding.p == NULL)
        return false;
    while (str_cut(&rest, ',', &coding)) {
        struct str parameters = coding;
        if (!str_cut(&parameters, ';', &name) || !str_eq_nocase(str_trim(name), STR("gzip")))
            continue;
        struct str q = str_trim(parameters);
        bool is_refused = str_starts(q, STR("q=0")) && str_find_char(q, '1') < 0;
        for (size_t i = 3; is_refused && i < q.n; i++)
            is_refused = q.p[i] == '0' || q.p[i] == '.';
        return !is_refused;
    }
    return false;
}
