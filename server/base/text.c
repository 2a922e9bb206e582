// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/base/text.h"

#include "server/base/text_parts.h"

/* Keeps p == NULL ("no value") as it is, and everything else a text. */
static struct str done(struct str given, const struct buf *out)
{
    return given.p == NULL ? given : buf_str(out);
}

/* One space for a run of white space, none at the ends, a letter and its mark as one sign; `keep_lines`: line breaks stay. */
static struct str tidy(struct arena *arena, struct str s, bool keep_lines)
{
    struct buf out = {.arena = arena};
    struct str rest = s;
    size_t lines = 0;
    bool gap = false;
    uint32_t c, last = 0, made;

    while (rest.n > 0) {
        if (!utf8_take(&rest, &c))
            continue; /* bytes that are no text */
        if (is_mark(c) && !gap && lines == 0 && out.n > 0 && (made = letter_with(last, c)) != 0) {
            out.n -= last < 0x80 ? 1 : last < 0x800 ? 2 : 3;
            utf8_put(&out, last = made);
            continue;
        }
        if (c == '\r' && rest.n > 0 && rest.p[0] == '\n')
            continue;
        if (keep_lines && (c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029)) {
            lines++;
        } else if (is_blank(c)) {
            gap = true;
        } else if (!is_control(c)) {
            for (; out.n > 0 && lines > 0; lines--, gap = false)
                buf_put_char(&out, '\n');
            if (out.n > 0 && gap)
                buf_put_char(&out, ' ');
            utf8_put(&out, last = c);
            gap = false;
            lines = 0;
        }
    }
    return done(s, &out);
}

/* Plain letters with single spaces between them, as most fields are. */
static bool is_tidy(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < ' ' || s.p[i] > '~' || (s.p[i] == ' ' && (i == 0 || i + 1 == s.n || s.p[i + 1] == ' ')))
            return false;
    return true;
}

struct str text_tidy(struct arena *arena, struct str s)
{
    return is_tidy(s) ? s : tidy(arena, s, false);
}

struct str text_tidy_lines(struct arena *arena, struct str s)
{
    return tidy(arena, s, true);
}

static struct str mapped(struct arena *arena, struct str s, uint32_t (*map)(uint32_t c))
{
    struct buf out = {.arena = arena};
    struct str rest = s;
    uint32_t c;

    buf_reserve(&out, s.n);
    while (rest.n > 0) {
        const char *from = rest.p;

        if (utf8_take(&rest, &c))
            utf8_put(&out, map(c));
        else
            buf_put_char(&out, *from);
    }
    return done(s, &out);
}

struct str text_upper(struct arena *arena, struct str s)
{
    return mapped(arena, s, letter_upper);
}

struct str text_lower(struct arena *arena, struct str s)
{
    return mapped(arena, s, letter_lower);
}

struct str text_capital(struct arena *arena, struct str s)
{
    struct str rest = s;
    uint32_t c;

    if (s.n == 0)
        return s;
    utf8_take(&rest, &c);
    struct str big = text_upper(arena, str_part(s, 0, s.n - rest.n));
    return str_fmt(arena, "%.*s%.*s", STR_ARG(big), STR_ARG(rest));
}

struct str text_fold(struct arena *arena, struct str s)
{
    struct buf out = {.arena = arena};
    struct str rest = s;
    bool gap = false;
    uint32_t c;

    while (rest.n > 0) {
        if (utf8_take(&rest, &c) && (is_mark(c) || is_apostrophe(c) || c == 0x200C || c == 0x200D))
            continue;
        c = letter_base(letter_lower(c));
        if (!is_letter(c) && !(c >= '0' && c <= '9')) {
            gap = true;
            continue;
        }
        if (gap && out.n > 0)
            buf_put_char(&out, ' ');
        utf8_put(&out, c);
        gap = false;
    }
    return done(s, &out);
}

/* "0812-3456" → "8123456": a number written with another beginning is found, too; "+62" alone says nothing. Anything else as it is. */
static struct str search_word(struct arena *arena, struct str word)
{
    struct buf digits = {.arena = arena};

    if (word.p[0] != '0' && word.p[0] != '+')
        return word;
    for (size_t i = 0; i < word.n; i++)
        if (word.p[i] >= '0' && word.p[i] <= '9')
            buf_put_char(&digits, word.p[i]);
        else if (strchr("+-.()", word.p[i]) == NULL)
            return word;
    struct str out = buf_str(&digits);
    if (word.p[0] == '+' && str_starts(out, STR("62")))
        out = str_from(out, 2);
    else if (out.n > 4)
        out = str_from(out, 1);
    return digits.n > 0 ? out : word;
}

struct str text_search(struct arena *arena, struct str typed)
{
    struct buf plain = {.arena = arena}, out = {.arena = arena};
    struct str rest = typed, word;
    uint32_t c;

    while (rest.n > 0) {
        const char *from = rest.p;

        if (!utf8_take(&rest, &c))
            buf_put_char(&plain, *from);
        else if (!is_apostrophe(c) && c != '`')
            utf8_put(&plain, c <= ' ' || c == 0xA0 ? ' ' : c);
    }
    rest = buf_str(&plain);
    while (str_cut(&rest, ' ', &word)) {
        if (word.n > 0)
            word = search_word(arena, word);
        if (word.n > 0 && out.n > 0)
            buf_put_char(&out, ' ');
        buf_put_str(&out, word);
    }
    if (out.n > 0)
        return buf_str(&out);
    return str_empty(str_trim(typed)) ? STR_NONE : typed;
}

/* The word's first letter; 0 when it is a title or a particle, which nobody is called by. */
static uint32_t initial(struct str word, bool take_titles)
{
    static const char *const particles[] = {"bin", "binti", "alias", "hj", "haji", "hajjah"};
    struct str rest = word;
    uint32_t c;

    for (size_t i = 0; i < COUNT_OF(particles) && !take_titles; i++)
        if (str_eq_nocase(word, str_c(particles[i])))
            return 0;
    if (!take_titles && word.n > 0 && word.p[word.n - 1] == '.')
        return 0;
    while (rest.n > 0)
        if (utf8_take(&rest, &c) && is_letter(c))
            return letter_upper(c);
    return 0;
}

struct str text_initials(struct arena *arena, struct str name)
{
    struct buf out = {.arena = arena};
    uint32_t first = 0, last = 0;
    struct str rest, word, people;

    name = tidy(arena, name, false);
    if (!str_cut(&name, ',', &people)) /* degrees follow the comma */
        return STR("");
    for (int take_titles = 0; take_titles < 2 && first == 0; take_titles++) {
        for (rest = people; str_cut(&rest, ' ', &word);) {
            uint32_t c = initial(word, take_titles != 0);

            if (c != 0 && first == 0)
                first = c;
            else if (c != 0)
                last = c;
        }
    }
    if (first != 0)
        utf8_put(&out, first);
    if (last != 0)
        utf8_put(&out, last);
    return buf_str(&out);
}

/* ---- the village's word for its hamlets ---- */

/* As the mark is written: {Dusun}, {dusun}, {DUSUN}; a short form in capitals stays: RW. */
static struct str word_as(struct arena *arena, struct str mark, struct str word)
{
    if (mark.p[2] == 'U')
        return str_upper(arena, word);
    return mark.p[1] == 'd' && !str_eq(word, str_upper(arena, word)) ? str_lower(arena, word) : word;
}

struct str text_hamlet(struct arena *arena, struct str s, struct str word)
{
    const struct str mark = STR(HAMLET_MARK);
    struct buf out = {.arena = arena};
    size_t from = 0;

    word = str_empty(word) ? STR("Dusun") : word;
    for (const char *at = s.p; s.n > 0 && (at = memchr(at, '{', s.n - (size_t)(at - s.p))) != NULL; at++) {
        size_t begin = (size_t)(at - s.p), end = begin + mark.n;

        if (!str_eq_nocase(str_part(s, begin, mark.n), mark))
            continue;
        if (from == 0)
            buf_reserve(&out, s.n + 64);
        struct str next = str_from(s, end);
        bool is_said = next.n > word.n + 1 && next.p[0] == ' ' && next.p[word.n + 1] == ' ' &&
                       str_eq_nocase(str_part(next, 1, word.n), word);
        buf_put(&out, s.p + from, begin - from);
        if (!is_said)
            buf_put_str(&out, word_as(arena, str_part(s, begin, mark.n), word));
        from = is_said ? end + 1 : end;
    }
    if (from == 0)
        return s;
    buf_put_str(&out, str_from(s, from));
    return buf_str(&out);
}
