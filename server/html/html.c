// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/html/html.h"

#include "server/html/asset.h"
#include "server/html/html_put.h"

struct html html_view(const struct buf *written)
{
    return (struct html){buf_str(written)};
}

/* The escape sequence of a byte that must not be written as it is. */
static const char *entity(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    case '\0':
        return "\xEF\xBF\xBD"; /* U+FFFD, as a browser would read it */
    default:
        return "";
    }
}

void html_put_text(struct buf *out, struct str s)
{
    static const bool is_special[256] = {['&'] = true, ['<'] = true, ['>'] = true, ['"'] = true, ['\''] = true, ['\0'] = true};
    size_t from = 0;

    buf_reserve(out, s.n);
    for (size_t i = 0; i < s.n; i++) {
        if (!is_special[(unsigned char)s.p[i]])
            continue;
        buf_put(out, s.p + from, i - from);
        buf_put_str(out, str_c(entity(s.p[i])));
        from = i + 1;
    }
    if (from < s.n)
        buf_put(out, s.p + from, s.n - from);
}

/* An absolute or local address that a link may have. "//host" and "/\host" leave the site, so they are not paths. */
static bool may_link(struct str s)
{
    static const char *const schemes[] = {"https:", "http:", "tel:", "mailto:"};

    if (s.n == 0)
        return false;
    if (s.p[0] == '#' || s.p[0] == '?')
        return true;
    if (s.p[0] == '/')
        return s.n == 1 || (s.p[1] != '/' && s.p[1] != '\\');
    for (size_t i = 0; i < COUNT_OF(schemes); i++) {
        size_t n = strlen(schemes[i]);
        if (s.n > n && str_eq_nocase(str_part(s, 0, n), str_c(schemes[i])))
            return true;
    }
    return false;
}

static void put_percent(struct buf *out, unsigned char c)
{
    static const char hex[] = "0123456789ABCDEF";

    buf_put(out, (char[3]){'%', hex[c >> 4], hex[c & 15]}, 3);
}

void html_put_url(struct buf *out, struct str s)
{
    static const bool is_escaped[128] = {['"'] = true, ['\''] = true, ['<'] = true, ['>'] = true, ['\\'] = true,
                                         ['`'] = true, ['{'] = true,  ['}'] = true, ['|'] = true, ['^'] = true};

    if (!may_link(s)) {
        buf_put_char(out, '#');
        return;
    }
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        /* Tabs and newlines inside an address are dropped by browsers: "/\t/host" must not become "//host". */
        if (c <= 0x20 || c >= 0x7F || is_escaped[c])
            put_percent(out, c);
        else if (c == '&')
            buf_put(out, "&amp;", 5);
        else
            buf_put_char(out, (char)c);
    }
}

void html_put_url_part(struct buf *out, struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' ||
                        c == '~';
        if (is_plain)
            buf_put_char(out, c);
        else
            put_percent(out, (unsigned char)c);
    }
}

void html_put_u64(struct buf *out, uint64_t n)
{
    char digits[20];
    size_t at = sizeof(digits);

    do {
        digits[--at] = (char)('0' + n % 10);
        n /= 10;
    } while (n > 0);
    buf_put(out, digits + at, sizeof(digits) - at);
}

void html_put_i64(struct buf *out, int64_t n)
{
    if (n < 0)
        buf_put_char(out, '-');
    html_put_u64(out, n < 0 ? -(uint64_t)n : (uint64_t)n);
}

void html_put_text_z(struct buf *out, const char *z)
{
    html_put_text(out, str_c(z));
}

void html_put_url_z(struct buf *out, const char *z)
{
    html_put_url(out, str_c(z));
}

void html_put_url_part_z(struct buf *out, const char *z)
{
    html_put_url_part(out, str_c(z));
}

void html_put_yes(struct buf *out, bool b)
{
    buf_put_str(out, b ? STR("ya") : STR("tidak"));
}

void html_put_true(struct buf *out, bool b)
{
    buf_put_str(out, b ? STR("true") : STR("false"));
}

void html_put_number_u(struct buf *out, uint64_t n)
{
    char text[27]; /* 20 digits and 6 dots */
    size_t at = sizeof(text);
    unsigned written = 0;

    do {
        if (written > 0 && written % 3 == 0)
            text[--at] = '.';
        text[--at] = (char)('0' + n % 10);
        n /= 10;
        written++;
    } while (n > 0);
    buf_put(out, text + at, sizeof(text) - at);
}

void html_put_number_i(struct buf *out, int64_t n)
{
    if (n < 0)
        buf_put(out, "\xE2\x88\x92", 3); /* U+2212, the minus sign */
    html_put_number_u(out, n < 0 ? -(uint64_t)n : (uint64_t)n);
}

void html_put_markup(struct buf *out, struct html html)
{
    buf_put_str(out, html.markup);
}

void html_put_icon(struct buf *out, struct str name, const char *classes)
{
    buf_put_str(out, STR("<svg class=\"icon"));
    if (classes[0] != '\0') {
        buf_put_char(out, ' ');
        html_put_text_z(out, classes);
    }
    buf_put_str(out, STR("\" aria-hidden=\"true\" focusable=\"false\"><use href=\""));
    buf_put_str(out, asset_path("icons.svg"));
    buf_put_char(out, '#');
    html_put_url_part(out, name);
    buf_put_str(out, STR("\"/></svg>"));
}

void html_put_icon_str(struct buf *out, struct str name)
{
    if (name.n > 0)
        html_put_icon(out, name, "");
}

void html_put_icon_z(struct buf *out, const char *name)
{
    html_put_icon_str(out, str_c(name));
}
