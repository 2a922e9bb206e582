// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/codes/address.h"

#include <ctype.h>

/* How people call the kind of a hamlet. The first ones are never a part of its name; a "Kampung Baru" is called so. */
static const char *const kinds[] = {"dusun",   "dsn", "lingkungan", "lingk",  "ling",  "lk",
                                    "kampung", "kp",  "banjar",     "jorong", "dukuh", "padukuhan"};
enum { NO_NAMES = 6 };

static bool is_between(char c)
{
    return strchr(" .:-_/", c) != NULL;
}

/* What follows the word at the beginning; STR_NONE when it is not one of its own. */
static struct str after_word(struct str s, struct str word)
{
    size_t n = word.n;

    if (s.n <= n || !str_eq_nocase(str_part(s, 0, n), word) || !is_between(s.p[n]))
        return STR_NONE;
    while (n < s.n && is_between(s.p[n]))
        n++;
    return str_from(s, n);
}

struct str hamlet_name(struct str s)
{
    s = str_trim(s);
    for (size_t i = 0; i < NO_NAMES; i++) {
        struct str rest = after_word(s, str_c(kinds[i]));

        if (!str_empty(rest))
            return hamlet_name(rest);
        if (rest.p != NULL && memchr(s.p, '-', s.n) != NULL)
            return STR("-"); /* "Dusun -": none */
    }
    return s;
}

struct str hamlet_bare(struct str s, struct str word)
{
    struct str rest = str_empty(word) ? STR_NONE : after_word(hamlet_name(s), word);

    if (str_empty(rest) && str_eq_nocase(word, STR("kampung")))
        rest = after_word(hamlet_name(s), STR("kp"));
    return str_empty(rest) ? hamlet_name(s) : hamlet_name(rest);
}

const char *area_name_fault(struct str name)
{
    if (!text_is_plain(name, " .,'-/()&"))
        return "Nama wilayah hanya memuat huruf Latin, angka, spasi, dan tanda . , ' - / ( ) &.";
    return name.n > 0 && (unsigned char)name.p[0] < 0x80 && !isalnum((unsigned char)name.p[0]) && !str_is(name, "-")
               ? "Nama wilayah dimulai dengan huruf atau angka."
               : NULL;
}

static bool is_among(struct str s, const char *signs)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == '\0' || strchr(signs, toupper((unsigned char)s.p[i])) == NULL)
            return false;
    return true;
}

/* "12", "12A", "A", "IV" */
static bool is_usual_part(struct str part)
{
    const struct str before = {part.p, part.n > 0 ? part.n - 1 : 0};

    if (part.n <= 1)
        return part.n == 0 || isalnum((unsigned char)part.p[0]);
    return is_among(part, "IVXLC") || (is_among(before, "0123456789") && isalnum((unsigned char)part.p[part.n - 1]));
}

bool area_number_is_usual(struct str number)
{
    size_t from = 0;

    for (size_t i = 0; i <= number.n; i++) {
        if (i < number.n && strchr(" .-/", number.p[i]) == NULL)
            continue;
        if (!is_usual_part((struct str){number.p + from, i - from}))
            return false;
        from = i + 1;
    }
    return true;
}

/* The hamlet's own words: "Dusun I" is "i". */
static struct str own_words(struct arena *arena, struct str hamlet)
{
    struct str words = str_trim(text_fold(arena, hamlet));

    for (size_t i = 0; i < COUNT_OF(kinds); i++) {
        struct str kind = str_fmt(arena, "%s ", kinds[i]);

        if (str_starts(words, kind))
            return str_trim(str_from(words, kind.n));
    }
    return words;
}

static bool names_hamlet(struct arena *arena, struct str street, struct str hamlet)
{
    struct str line = str_trim(text_fold(arena, street)), words = own_words(arena, hamlet);

    if (words.n == 0)
        return false;
    if (words.n > 1 && str_eq(line, words))
        return true;
    struct str padded = str_fmt(arena, " %.*s ", STR_ARG(line));
    for (size_t i = 0; i < COUNT_OF(kinds); i++)
        if (str_find(padded, str_fmt(arena, " %s %.*s ", kinds[i], STR_ARG(words))) >= 0)
            return true;
    return false;
}

struct str address_hamlet(struct arena *arena, struct str street, struct str hamlet)
{
    struct str words = str_trim(text_fold(arena, hamlet));

    if (words.n == 0 || names_hamlet(arena, street, hamlet))
        return STR("");
    return str_fmt(arena, "%s%.*s", own_words(arena, hamlet).n < words.n ? "" : HAMLET_MARK " ", STR_ARG(text_name(arena, hamlet)));
}

struct str address_place(struct arena *arena, struct str hamlet, struct str rw, struct str rt)
{
    struct buf text = {.arena = arena};

    buf_put_str(&text, address_hamlet(arena, STR(""), hamlet));
    if (is_said(rw))
        buf_fmt(&text, "%sRW %.*s", text.n > 0 ? ", " : "", STR_ARG(rw));
    if (is_said(rt))
        buf_fmt(&text, "%sRT %.*s", text.n > 0 ? ", " : "", STR_ARG(rt));
    return text.n > 0 ? buf_str(&text) : STR("Wilayah belum diisi");
}

/* ---- names that are nearly the same ---- */

enum { SHORTEST = 5 };

static bool is_numeral(struct str word)
{
    for (size_t i = 0; i < word.n; i++)
        if (strchr("ivx0123456789", word.p[i]) == NULL)
            return false;
    return true;
}

static struct str last_word(struct str s)
{
    while (s.n > 0 && memchr(s.p, ' ', s.n) != NULL)
        s = str_from(s, (size_t)((const char *)memchr(s.p, ' ', s.n) - s.p) + 1);
    return s;
}

/* One letter more, less, or another, or two that changed places. */
static bool is_one_slip(struct str a, struct str b)
{
    size_t at = 0, tail = 0;

    while (at < a.n && at < b.n && a.p[at] == b.p[at])
        at++;
    while (tail < a.n - at && tail < b.n - at && a.p[a.n - 1 - tail] == b.p[b.n - 1 - tail])
        tail++;
    size_t an = a.n - at - tail, bn = b.n - at - tail;
    return (an <= 1 && bn <= 1) || (an == 2 && bn == 2 && a.p[at] == b.p[at + 1] && a.p[at + 1] == b.p[at]);
}

bool hamlet_is_like(struct arena *arena, struct str a, struct str b)
{
    a = str_trim(text_fold(arena, hamlet_name(a)));
    b = str_trim(text_fold(arena, hamlet_name(b)));
    if (a.n < SHORTEST || b.n < SHORTEST || str_eq(a, b))
        return false;
    /* "Padang I" and "Padang II" are two hamlets. */
    return !(is_numeral(last_word(a)) || is_numeral(last_word(b))) && is_one_slip(a, b);
}
