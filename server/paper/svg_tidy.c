// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/paper/svg_tidy.h"

enum { MAX_RENAMED = 64 };

/* cairo numbers images and the like through the whole process; here by first appearance, so that equal pages are equal bytes. */
struct tidy {
    struct buf out;
    uint64_t renamed[MAX_RENAMED];
    size_t count;
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_command(char c)
{
    return c == 'M' || c == 'L' || c == 'C' || c == 'Z';
}

/* Takes a number with decimals at the front of *s and writes it to a hundredth; false when there is none. */
static bool put_number(struct buf *out, struct str *s)
{
    size_t at = 0, decimals = 0;
    uint64_t n = 0;

    for (; at < s->n && at < 9 && is_digit(s->p[at]); at++)
        n = n * 10 + (uint64_t)(s->p[at] - '0');
    if (at == 0 || at + 1 >= s->n || s->p[at] != '.' || !is_digit(s->p[at + 1]))
        return false;
    for (at++; at < s->n && is_digit(s->p[at]); at++, decimals++) {
        if (decimals < 2)
            n = n * 10 + (uint64_t)(s->p[at] - '0');
        else if (decimals == 2 && s->p[at] >= '5')
            n++;
    }
    if (decimals < 2)
        n *= 10;
    if (n % 100 == 0)
        buf_fmt(out, "%" PRIu64, n / 100);
    else if (n % 10 == 0)
        buf_fmt(out, "%" PRIu64 ".%" PRIu64, n / 100, n / 10 % 10);
    else
        buf_fmt(out, "%" PRIu64 ".%02" PRIu64, n / 100, n % 100);
    *s = str_from(*s, at);
    return true;
}

/* Numbers rounded, and in path data no blank beside a command. */
static void put_numbers(struct buf *out, struct str s, bool is_path)
{
    while (s.n > 0) {
        if (is_digit(s.p[0]) && put_number(out, &s))
            continue;
        if (is_path && s.p[0] == ' ' && ((s.n > 1 && is_command(s.p[1])) || (out->n > 0 && is_command(out->p[out->n - 1])))) {
            s = str_from(s, 1);
            continue;
        }
        buf_put_char(out, s.p[0]);
        s = str_from(s, 1);
    }
}

static bool is_default(struct str name, struct str value)
{
    static const struct {
        const char *name, *value;
    } defaults[] = {
        {"fill-opacity", "1"}, {"stroke-opacity", "1"}, {"fill-rule", "nonzero"}, {"stroke-linecap", "butt"}, {"stroke-linejoin", "miter"}};

    for (size_t i = 0; i < COUNT_OF(defaults); i++)
        if (str_is(name, defaults[i].name) && str_is(value, defaults[i].value))
            return true;
    return false;
}

/* a:b;c:d → a="b" c="d" */
static void put_style(struct buf *out, struct str style)
{
    struct str part;

    while (str_cut(&style, ';', &part)) {
        ptrdiff_t colon = str_find_char(part, ':');
        struct str name, value;
        if (colon < 0)
            continue;
        name = str_trim(str_part(part, 0, (size_t)colon));
        value = str_trim(str_from(part, (size_t)colon + 1));
        if (is_default(name, value))
            continue;
        buf_fmt(out, " %.*s=\"", STR_ARG(name));
        if (str_is(value, "rgb(0%,0%,0%)"))
            buf_put_str(out, STR("#000"));
        else
            put_numbers(out, value, false);
        buf_put_char(out, '"');
    }
}

/* "image23", "#surface7", "url(#clip9)"; "glyph0-1" counts from the page's start and stays. */
static void put_reference(struct tidy *t, struct str value)
{
    size_t from = 0, to;
    uint64_t number;

    while (from < value.n && !is_digit(value.p[from]))
        from++;
    for (to = from; to < value.n && is_digit(value.p[to]); to++)
        ;
    if (!str_to_u64(str_part(value, from, to - from), &number) || str_find(value, STR("glyph")) >= 0) {
        buf_put_str(&t->out, value);
        return;
    }
    for (size_t i = 0; i < t->count; i++)
        if (t->renamed[i] == number) {
            buf_fmt(&t->out, "%.*s%zu%.*s", STR_ARG(str_part(value, 0, from)), i, STR_ARG(str_from(value, to)));
            return;
        }
    if (t->count < MAX_RENAMED) {
        buf_fmt(&t->out, "%.*s%zu%.*s", STR_ARG(str_part(value, 0, from)), t->count, STR_ARG(str_from(value, to)));
        t->renamed[t->count++] = number;
    } else {
        buf_put_str(&t->out, value);
    }
}

/* How the value is written depends on the attribute. */
static void put_attribute(struct tidy *t, struct str name, struct str value)
{
    struct buf *out = &t->out;

    if (str_is(name, "style")) {
        put_style(out, value);
        return;
    }
    buf_fmt(out, " %.*s=\"", STR_ARG(name));
    if (str_is(name, "id") || str_starts(value, STR("#")) || str_starts(value, STR("url(#")))
        put_reference(t, value);
    else if (str_is(name, "d"))
        put_numbers(out, value, true);
    else if (str_is(name, "transform") || str_ends(name, STR("href")) || str_is(name, "version") || str_starts(name, STR("xmlns")))
        buf_put_str(out, value); /* scales need their digits; addresses are no numbers */
    else
        put_numbers(out, value, false);
    buf_put_char(out, '"');
}

/* One tag without its angle brackets. */
static void put_tag(struct tidy *t, struct str tag)
{
    struct buf *out = &t->out;
    struct str name, rest;
    ptrdiff_t blank = str_find_char(tag, ' ');

    if (blank < 0 || tag.p[0] == '?' || tag.p[0] == '!') {
        buf_put_str(out, tag);
        return;
    }
    buf_put_str(out, str_part(tag, 0, (size_t)blank));
    if (str_is(str_part(tag, 0, (size_t)blank), "image"))
        buf_put_str(out, STR(" preserveAspectRatio=\"none\"")); /* its surface is one pixel, see picture.h */
    rest = str_from(tag, (size_t)blank + 1);
    for (;;) {
        ptrdiff_t equals = str_find(rest, STR("=\"")), end;
        struct str after;
        if (equals < 0)
            break;
        name = str_trim(str_part(rest, 0, (size_t)equals));
        after = str_from(rest, (size_t)equals + 2);
        end = str_find_char(after, '"');
        if (end < 0)
            break;
        put_attribute(t, name, str_part(after, 0, (size_t)end));
        rest = str_from(after, (size_t)end + 1);
    }
    buf_put_str(out, str_trim(rest));
}

struct str svg_tidy(struct arena *arena, struct str svg)
{
    struct tidy t = {.out = {.arena = arena}};

    buf_reserve(&t.out, svg.n);
    while (svg.n > 0) {
        ptrdiff_t open = str_find_char(svg, '<'), close = str_find_char(svg, '>');
        if (open < 0 || close < open)
            break;
        buf_put_char(&t.out, '<');
        put_tag(&t, str_part(svg, (size_t)open + 1, (size_t)(close - open - 1)));
        buf_put_str(&t.out, STR(">\n"));
        svg = str_from(svg, (size_t)close + 1);
    }
    return buf_str(&t.out);
}
