// SPDX-License-Identifier: AGPL-3.0-or-later
/* Light markup, line by line. No nesting, so that no text makes it slow or deep. */
#include "server/html/rich.h"

enum { MOST_MARKED = 1000 }; /* bytes between two marks: so that many open ones cost no more than their length */
enum block { BLOCK_NONE, BLOCK_TEXT, BLOCK_LIST, BLOCK_NUMBERS };

static const char *const opens[] = {"", "<p>", "<ul>", "<ol>"}, *const closes[] = {"", "</p>", "</ul>", "</ol>"};

static void turn_to(struct buf *out, enum block *now, enum block next)
{
    if (*now == next)
        return;
    buf_put_str(out, str_c(closes[*now]));
    buf_put_str(out, str_c(opens[next]));
    *now = next;
}

/* [words](address) at the beginning of s: its length, 0 when it is none. */
static size_t put_link(struct buf *out, struct str s)
{
    s = str_part(s, 0, MOST_MARKED);
    ptrdiff_t middle = str_find(s, STR("](")), end = middle > 0 ? str_find_char(str_from(s, (size_t)middle), ')') : -1;

    if (middle < 2 || end < 3)
        return 0;
    struct str words = str_part(s, 1, (size_t)middle - 1), address = str_part(s, (size_t)middle + 2, (size_t)end - 2);
    if (str_find_char(words, '[') >= 0)
        return 0;
    buf_put_str(out, STR("<a href=\""));
    html_put_url(out, address);
    buf_put_str(out, STR("\">"));
    html_put_text(out, words);
    buf_put_str(out, STR("</a>"));
    return (size_t)(middle + end) + 1;
}

/* **words** or *words* at the beginning of s: its length, 0 when the mark is not closed or holds nothing. */
static size_t put_marked(struct buf *out, struct str s, struct str mark, const char *tag)
{
    struct str rest = str_part(str_from(s, mark.n), 0, MOST_MARKED);
    ptrdiff_t end = str_find(rest, mark);

    if (!str_starts(s, mark) || end <= 0 || rest.p[0] == ' ')
        return 0;
    buf_fmt(out, "<%s>", tag);
    html_put_text(out, str_part(rest, 0, (size_t)end));
    buf_fmt(out, "</%s>", tag);
    return (size_t)end + 2 * mark.n;
}

static void put_line(struct buf *out, struct str s)
{
    size_t from = 0;

    for (size_t i = 0; i < s.n;) {
        struct str here = str_from(s, i);
        size_t mark = out->n, taken = 0;
        if (s.p[i] != '*' && s.p[i] != '[') {
            i++;
            continue;
        }
        html_put_text(out, str_part(s, from, i - from));
        if (s.p[i] == '[')
            taken = put_link(out, here);
        else if ((taken = put_marked(out, here, STR("**"), "strong")) == 0)
            taken = put_marked(out, here, STR("*"), "em");
        if (taken == 0)
            out->n = mark;
        from = taken == 0 ? from : i + taken;
        i += taken == 0 ? 1 : taken;
    }
    html_put_text(out, str_from(s, from));
}

/* "12. " → 4; 0 when the line is no numbered one. */
static size_t number_of(struct str line)
{
    size_t n = 0;

    while (n < line.n && n < 3 && line.p[n] >= '0' && line.p[n] <= '9')
        n++;
    return n > 0 && str_starts(str_from(line, n), STR(". ")) ? n + 2 : 0;
}

static void put_block(struct buf *out, enum block *now, struct str line)
{
    size_t skip = number_of(line);

    if (line.n == 0) {
        turn_to(out, now, BLOCK_NONE);
    } else if (str_starts(line, STR("## "))) {
        turn_to(out, now, BLOCK_NONE);
        buf_put_str(out, STR("<h3>"));
        put_line(out, str_from(line, 3));
        buf_put_str(out, STR("</h3>"));
    } else if (str_starts(line, STR("- ")) || skip > 0) {
        turn_to(out, now, skip > 0 ? BLOCK_NUMBERS : BLOCK_LIST);
        buf_put_str(out, STR("<li>"));
        put_line(out, str_from(line, skip > 0 ? skip : 2));
        buf_put_str(out, STR("</li>"));
    } else {
        bool is_first = *now != BLOCK_TEXT;
        turn_to(out, now, BLOCK_TEXT);
        buf_put_str(out, is_first ? STR("") : STR("<br>"));
        put_line(out, line);
    }
}

struct html html_rich(struct arena *arena, struct str text)
{
    struct buf out = {.arena = arena};
    enum block now = BLOCK_NONE;
    struct str rest = text, line;

    while (str_cut(&rest, '\n', &line))
        put_block(&out, &now, str_trim(line));
    turn_to(&out, &now, BLOCK_NONE);
    return html_view(&out);
}
