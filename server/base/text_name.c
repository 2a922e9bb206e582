// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Names in registers come in capitals. Here they get the case in which
 * Indonesians write them: To'long, Dg. Tanang, Ahmad bin Ali, S.Pd.
 */
#include "server/base/text_name.h"

#include "server/base/text.h"
#include "server/base/text_parts.h"

/* Degrees as written; they are found by their letters alone, so "SPD", "S.PD" and "s.pd." are one. */
static const char *const degrees[] = {
    "A.Ma.",     "A.Ma.Pd.",  "A.Md.",     "A.Md.A.K.", "A.Md.Farm.", "A.Md.Gz.", "A.Md.Keb.", "A.Md.Kep.", "A.Md.Kes.", "A.Md.Kom.",
    "A.Md.T.",   "A.P.",      "Apt.",      "B.A.",      "B.Sc.",      "Dipl.",    "Lc.",       "LL.M.",     "M.A.",      "M.A.P.",
    "M.Ag.",     "M.Ak.",     "M.B.A.",    "M.E.",      "M.E.I.",     "M.Eng.",   "M.Farm.",   "M.H.",      "M.H.I.",    "M.Hum.",
    "M.Hut.",    "M.I.Kom.",  "M.Keb.",    "M.Kep.",    "M.Kes.",     "M.KM.",    "M.Kn.",     "M.Kom.",    "M.M.",      "M.P.",
    "M.Pd.",     "M.Pd.I.",   "M.Psi.",    "M.Sc.",     "M.Si.",      "M.Sos.",   "M.Sn.",     "M.T.",      "M.Th.",     "M.Tr.Keb.",
    "M.Ec.Dev.", "Ns.",       "Ph.D.",     "Psi.",      "S.A.P.",     "S.Ag.",    "S.Ak.",     "S.Ars.",    "S.E.",      "S.E.I.",
    "S.E.Sy.",   "S.Farm.",   "S.Fil.",    "S.Gz.",     "S.H.",       "S.H.I.",   "S.Hum.",    "S.Hut.",    "S.I.Kom.",  "S.I.P.",
    "S.IPem.",   "S.K.M.",    "S.Keb.",    "S.Ked.",    "S.Kel.",     "S.Kep.",   "S.Kom.",    "S.Kom.I.",  "S.M.",      "S.P.",
    "S.Pd.",     "S.Pd.AUD.", "S.Pd.I.",   "S.Pd.SD.",  "S.Pi.",      "S.Psi.",   "S.Pt.",     "S.S.",      "S.ST.",     "S.STP.",
    "S.Si.",     "S.Sn.",     "S.Sos.",    "S.Sos.I.",  "S.Stat.",    "S.Sy.",    "S.T.",      "S.Th.",     "S.Th.I.",   "S.Tr.",
    "S.Tr.IP.",  "S.Tr.Keb.", "S.Tr.Kep.", "S.Tr.T.",   "Sm.Hk.",     "Sp.A.",    "Sp.B.",     "Sp.JP.",    "Sp.OG.",    "Sp.PD.",
    "Th.M.",     "Dr.",       "H.",        "Hj.",       "Ir.",        "Drs.",     "Dra.",
};

/* Same letters, whatever dots and spaces stand between them. */
static bool same_letters(struct str a, const char *degree)
{
    size_t i = 0;

    for (;; degree++) {
        while (i < a.n && (a.p[i] == '.' || a.p[i] == ' '))
            i++;
        while (*degree == '.')
            degree++;
        if (*degree == '\0')
            return i == a.n;
        if (i == a.n || !str_eq_nocase((struct str){a.p + i, 1}, (struct str){degree, 1}))
            return false;
        i++;
    }
}

static const char *degree_of(struct str text)
{
    for (size_t i = 0; i < COUNT_OF(degrees); i++)
        if (same_letters(text, degrees[i]))
            return degrees[i];
    return NULL;
}

static bool is_mixed(struct str s)
{
    bool upper = false, lower = false;
    uint32_t c;

    while (s.n > 0) {
        if (!utf8_take(&s, &c))
            continue;
        upper |= letter_lower(c) != c;
        lower |= letter_upper(c) != c;
    }
    return upper && lower;
}

static bool is_roman(struct str word)
{
    static const char *const numbers[] = {"II", "III", "IV", "VI", "VII", "VIII", "IX", "XI", "XII", "XIII", "XIV", "XV"};

    for (size_t i = 0; i < COUNT_OF(numbers); i++)
        if (str_is(word, numbers[i]))
            return true;
    return false;
}

/* A capital after anything but a letter, a digit or an apostrophe within the word. */
static void put_capitalised(struct buf *out, struct str word)
{
    bool inside = false;
    uint32_t c;

    while (word.n > 0) {
        if (!utf8_take(&word, &c))
            continue;
        utf8_put(out, inside ? letter_lower(c) : letter_upper(c));
        inside = is_letter(c) || (c >= '0' && c <= '9') || (inside && is_apostrophe(c)) || is_mark(c);
    }
}

static void put_word(struct buf *out, struct str word, bool is_first)
{
    ptrdiff_t dot = str_find_char(word, '.');
    bool may_be_degree = !is_first && dot > 0 && (size_t)dot + 1 < word.n; /* "S.T", not "ST." for Sitti */
    const char *degree = may_be_degree ? degree_of(word) : NULL;

    if (degree != NULL)
        buf_put_str(out, str_c(degree));
    else if (!is_first && str_eq_nocase(word, STR("bin")))
        buf_put_str(out, STR("bin"));
    else if (!is_first && str_eq_nocase(word, STR("binti")))
        buf_put_str(out, STR("binti"));
    else if (!is_first && str_eq_nocase(word, STR("alias")))
        buf_put_str(out, STR("alias"));
    else if (is_roman(word))
        buf_put_str(out, word);
    else
        put_capitalised(out, word);
}

static void put_words(struct buf *out, struct str words)
{
    struct str word;

    if (is_mixed(words)) {
        buf_put_str(out, words);
        return;
    }
    for (bool is_first = true; str_cut(&words, ' ', &word); is_first = false) {
        if (!is_first)
            buf_put_char(out, ' ');
        put_word(out, word, is_first);
    }
}

/* What stands between two commas behind the name: one degree, several with spaces between, or something else. */
static void put_degrees(struct buf *out, struct str part)
{
    const char *degree = degree_of(part);
    struct str word;

    if (degree != NULL) {
        buf_put_str(out, str_c(degree));
        return;
    }
    for (bool is_first = true; str_cut(&part, ' ', &word); is_first = false) {
        if (!is_first)
            buf_put_char(out, ' ');
        degree = degree_of(word);
        if (degree != NULL)
            buf_put_str(out, str_c(degree));
        else
            put_words(out, word);
    }
}

struct str text_name(struct arena *arena, struct str s)
{
    struct buf out = {.arena = arena};
    struct str rest = text_tidy(arena, s), part;

    if (s.p == NULL || !str_cut(&rest, ',', &part))
        return s;
    put_words(&out, str_trim(part));
    while (str_cut(&rest, ',', &part)) {
        part = str_trim(part);
        if (str_empty(part))
            continue;
        buf_put_str(&out, STR(", "));
        put_degrees(&out, part);
    }
    return buf_str(&out);
}

/* "S.Tr.Gz.", which no list has: letters of both cases around a dot. */
static bool is_title(struct str word)
{
    const ptrdiff_t dot = str_find_char(word, '.');

    return degree_of(word) != NULL || (dot > 0 && (size_t)dot + 1 < word.n && is_mixed(word));
}

static bool are_titles(struct str part)
{
    struct str word;

    if (degree_of(part) != NULL)
        return true;
    while (str_cut(&part, ' ', &word))
        if (!is_title(word))
            return false;
    return true;
}

/* Before a name. */
static const char *const titles_before[] = {"Prof.", "Dr.", "dr.", "drg.", "drh.", "Drs.", "Dra.", "Ir.", "H.", "Hj.", "Apt.", "Ns."};

static void put_upper_part(struct arena *arena, struct buf *out, struct str part, bool is_first)
{
    bool leads = is_first;
    struct str word;

    if (!is_first && are_titles(part)) {
        if (is_mixed(part))
            buf_put_str(out, part);
        else
            put_degrees(out, part);
        return;
    }
    for (bool is_start = true; str_cut(&part, ' ', &word); is_start = false) {
        bool is_known = false;

        for (size_t i = 0; leads && i < COUNT_OF(titles_before); i++)
            is_known |= str_is(word, titles_before[i]);
        leads = is_known;
        buf_fmt(out, "%s%.*s", is_start ? "" : " ", STR_ARG(leads ? word : text_upper(arena, word)));
    }
}

struct str text_name_upper(struct arena *arena, struct str s)
{
    struct buf out = {.arena = arena};
    struct str part, rest = s;
    bool is_first = true;

    if (s.p == NULL)
        return s;
    for (; str_cut(&rest, ',', &part); is_first = false) {
        const struct str bare = str_trim(part);
        const size_t lead = (size_t)(bare.p - part.p);

        buf_fmt(&out, "%s%.*s", is_first ? "" : ",", STR_ARG(str_part(part, 0, lead)));
        put_upper_part(arena, &out, bare, is_first);
        buf_put_str(&out, str_from(part, lead + bare.n));
    }
    return buf_str(&out);
}

/* ---- places ---- */

/* What stands in capitals in the name of a place: hospitals, offices, and what has no other name. */
static bool is_short_name(struct str word)
{
    static const char *const names[] = {"RS",     "RSU",  "RSUD", "RSUP", "RSUPN", "RSIA", "RSB", "RSI",  "RSK", "RSKD",
                                        "RSKDIA", "RSAD", "RSAL", "RSAU", "RSPAD", "RSGM", "RSJ", "RSWS", "UPT", "UPTD",
                                        "UGD",    "IGD",  "BKIA", "BPM",  "PMB",   "PKM",  "TNI", "PT",   "CV",  "BTN",
                                        "DKI",    "NTB",  "NTT",  "SD",   "SMP",   "SMA",  "KUA", "KM",   "RT",  "RW"};

    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (str_eq_nocase(word, str_c(names[i])))
            return true;
    return false;
}

static void put_place_word(struct arena *arena, struct buf *out, struct str word, bool is_first)
{
    size_t end = word.n;

    while (end > 0 && (word.p[end - 1] == ',' || word.p[end - 1] == '.' || word.p[end - 1] == ')'))
        end--;
    const struct str bare = str_part(word, 0, end);
    if (is_short_name(bare) || is_roman(text_upper(arena, bare)))
        buf_fmt(out, "%.*s%.*s", STR_ARG(text_upper(arena, bare)), STR_ARG(str_from(word, end)));
    else if (!is_first && (str_eq_nocase(bare, STR("di")) || str_eq_nocase(bare, STR("dan"))))
        buf_put_str(out, text_lower(arena, word));
    else
        put_capitalised(out, word);
}

struct str text_place(struct arena *arena, struct str s)
{
    struct buf out = {.arena = arena};
    struct str rest = text_tidy(arena, s), word;

    if (s.p == NULL || is_mixed(rest))
        return s.p == NULL ? s : rest;
    for (bool is_first = true; str_cut(&rest, ' ', &word); is_first = false) {
        if (!is_first)
            buf_put_char(&out, ' ');
        put_place_word(arena, &out, word, is_first);
    }
    return buf_str(&out);
}

/* ---- without titles ---- */

static bool is_title_before(struct str word)
{
    for (size_t i = 0; i < COUNT_OF(titles_before); i++)
        if (same_letters(word, titles_before[i]))
            return true;
    return same_letters(word, "K.H.");
}

/* Behind a name, where no comma says so: with a dot in it ("S.E."), or as capitals alone ("SE"); "St" is Sitti. */
static bool is_degree_behind(struct str word)
{
    const ptrdiff_t dot = str_find_char(word, '.');

    if (degree_of(word) == NULL)
        return false;
    return (dot > 0 && (size_t)dot + 1 < word.n) || (!is_mixed(word) && word.n > 1 && word.p[1] >= 'A' && word.p[1] <= 'Z');
}

struct str text_name_bare(struct arena *arena, struct str name)
{
    const struct str whole = text_tidy(arena, name);
    const ptrdiff_t comma = str_find_char(whole, ',');
    struct str rest = str_trim(comma > 0 ? str_part(whole, 0, (size_t)comma) : whole), bare = rest;
    ptrdiff_t space;

    while ((space = str_find_char(bare, ' ')) > 0 && is_title_before(str_part(bare, 0, (size_t)space)))
        bare = str_trim(str_from(bare, (size_t)space + 1));
    for (size_t at = bare.n; at > 0; at--) /* the last word that has one before it and one before that */
        if (bare.p[at - 1] == ' ' && str_find_char(bare, ' ') < (ptrdiff_t)at - 1 && is_degree_behind(str_from(bare, at))) {
            bare = str_trim(str_part(bare, 0, at - 1));
            at = bare.n + 1;
        } else if (bare.p[at - 1] == ' ')
            break;
    return str_lower(arena, str_empty(bare) ? rest : bare);
}
