// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/base/text.h"
#include "tenants/village/import/import_form.h"

/* ---- a place in a text ---- */

static bool is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

/* Where a word stands by itself in s, in any case; negative: nowhere. */
static ptrdiff_t find_word(struct arena *arena, struct str s, const char *word)
{
    struct str upper = str_upper(arena, s), needle = str_c(word);

    for (size_t at = 0; at + needle.n <= upper.n; at++)
        if (str_starts(str_from(upper, at), needle) && (at == 0 || !is_letter(s.p[at - 1])) &&
            (at + needle.n == s.n || !is_letter(s.p[at + needle.n]) || (s.p[at + needle.n] >= '0' && s.p[at + needle.n] <= '9')))
            return (ptrdiff_t)at;
    return -1;
}

static struct str without_signs(struct str s, const char *signs)
{
    while (s.n > 0 && strchr(signs, s.p[0]) != NULL)
        s = str_from(s, 1);
    while (s.n > 0 && strchr(signs, s.p[s.n - 1]) != NULL)
        s = str_part(s, 0, s.n - 1);
    return s;
}

/* Where the street begins that somebody wrote behind a hamlet without a comma; s.n: nowhere. */
static size_t street_at(struct arena *arena, struct str s)
{
    static const char *const words[] = {"JL", "JLN", "JALAN", "GG", "GANG"};
    size_t first = s.n;

    for (size_t i = 0; i < COUNT_OF(words); i++) {
        ptrdiff_t at = find_word(arena, s, words[i]);
        if (at > 0 && (size_t)at < first && without_signs(str_part(s, 0, (size_t)at), " :.,").n > 0)
            first = (size_t)at;
    }
    return first;
}

/* Cuts a word and what follows it, up to a comma or a street, out of *s; the value in *out. */
static bool cut_after(struct arena *arena, struct str *s, const char *word, struct str *out)
{
    ptrdiff_t at = find_word(arena, *s, word);

    if (at < 0)
        return false;
    struct str rest = str_from(*s, (size_t)at + strlen(word));
    ptrdiff_t comma = str_find_char(rest, ',');
    struct str value = comma >= 0 ? str_part(rest, 0, (size_t)comma) : rest;
    const size_t street = street_at(arena, value);
    *out = without_signs(str_part(value, 0, street), " :.,");
    *s = str_fmt(arena, "%.*s,%.*s", STR_ARG(str_part(*s, 0, (size_t)at)), STR_ARG(str_from(rest, street)));
    return true;
}

/* The number after "RT" or "RW", which may stand among other words. */
static void cut_number(struct arena *arena, struct str *s, const char *word, struct str *out)
{
    ptrdiff_t at = find_word(arena, *s, word);

    if (at < 0)
        return;
    size_t from = (size_t)at + strlen(word), to;
    while (from < s->n && strchr(" .:", s->p[from]) != NULL)
        from++;
    for (to = from; to < s->n && (is_letter(s->p[to]) || s->p[to] == '-');)
        to++;
    *out = str_part(*s, from, to - from);
    *s = str_fmt(arena, "%.*s,%.*s", STR_ARG(str_part(*s, 0, (size_t)at)), STR_ARG(str_from(*s, to)));
}

static void split_rt_rw(struct str value, struct place *out)
{
    ptrdiff_t slash = str_find_char(value, '/');

    out->rt = str_trim(slash >= 0 ? str_part(value, 0, (size_t)slash) : value);
    out->rw = slash >= 0 ? str_trim(str_from(value, (size_t)slash + 1)) : STR("");
}

static void cut_rt_rw(struct arena *arena, struct str *s, struct place *out)
{
    ptrdiff_t at = find_word(arena, *s, "RT/RW");
    size_t from, to;

    if (at < 0) {
        cut_number(arena, s, "RT", &out->rt);
        cut_number(arena, s, "RW", &out->rw);
        return;
    }
    from = (size_t)at + 5;
    while (from < s->n && strchr(" .:", s->p[from]) != NULL)
        from++;
    for (to = from; to < s->n && strchr(" ,;", s->p[to]) == NULL;)
        to++;
    split_rt_rw(str_part(*s, from, to - from), out);
    *s = str_fmt(arena, "%.*s,%.*s", STR_ARG(str_part(*s, 0, (size_t)at)), STR_ARG(str_from(*s, to)));
}

/* The parts between commas that are not empty. */
static struct str joined(struct arena *arena, struct str s)
{
    struct buf out = {.arena = arena};
    struct str part;

    while (str_cut(&s, ',', &part)) {
        part = without_signs(part, " -:");
        if (str_empty(part))
            continue;
        buf_put_str(&out, out.n > 0 ? STR(", ") : STR(""));
        buf_put_str(&out, part);
    }
    return buf_str(&out);
}

/* The village's own word may be one of a street's too ("Jl. Kampung Baru"): it begins the text, or what follows a comma. */
static bool cut_own(struct arena *arena, struct str *s, struct str word, struct str *out)
{
    char *upper = str_z(arena, str_upper(arena, word));
    ptrdiff_t at = word.n > 0 ? find_word(arena, *s, upper) : -1;
    struct str before = at > 0 ? str_trim(str_part(*s, 0, (size_t)at)) : STR("");

    return at >= 0 && (str_empty(before) || before.p[before.n - 1] == ',') && cut_after(arena, s, upper, out);
}

struct place form_place(struct arena *arena, struct str text, struct str hamlet_word)
{
    static const char *const hamlets[] = {"NAMA DUSUN", "DUSUN", "DSN", "LINGKUNGAN", "LINGK", "JORONG", "PADUKUHAN", "PEDUKUHAN"};
    static const char *const noise[] = {"KODEPOS", "KODE POS", "TELP", "TELEPON", "DESA/KEL", "DESA"};
    struct place place = {STR(""), STR(""), STR(""), STR("")};
    struct str s = text_tidy(arena, text), gone;

    if (find_word(arena, s, "ALAMAT") == 0)
        s = without_signs(str_from(s, 6), " :");
    cut_rt_rw(arena, &s, &place);
    bool has_hamlet = cut_own(arena, &s, hamlet_word, &place.hamlet);
    for (size_t i = 0; i < COUNT_OF(hamlets) && !has_hamlet; i++)
        has_hamlet = cut_after(arena, &s, hamlets[i], &place.hamlet);
    for (size_t i = 0; i < COUNT_OF(noise); i++)
        cut_after(arena, &s, noise[i], &gone);
    place.address = joined(arena, s);
    return place;
}

/* ---- the lines of a family ---- */

/* What a cell's text announces: a value of the family, FORM_VALUES for another thing of a form's head, -1 for nothing. */
static int label_of(struct arena *arena, struct str text)
{
    static const struct {
        const char *folded;
        int is;
    } labels[] = {{"nokk", FORM_KK},
                  {"nokartukel", FORM_KK},
                  {"nortrw", FORM_RT_RW},
                  {"rtrw", FORM_RT_RW},
                  {"alamat", FORM_ADDRESS},
                  {"namadusun", FORM_HAMLET},
                  {"dusun", FORM_HAMLET},
                  {"namakk", FORM_VALUES},
                  {"namakepalakel", FORM_VALUES},
                  {"provinsi", FORM_VALUES},
                  {"kabupaten", FORM_VALUES},
                  {"kecamatan", FORM_VALUES},
                  {"desa", FORM_VALUES},
                  {"kelurahan", FORM_VALUES},
                  {"kabupatenkota", FORM_VALUES},
                  {"desakelurahan", FORM_VALUES}};
    ptrdiff_t colon = str_find_char(text, ':');
    struct str word = heading_fold(arena, colon >= 0 ? str_part(text, 0, (size_t)colon) : text);

    for (size_t i = 0; i < COUNT_OF(labels); i++)
        if (str_is(word, labels[i].folded))
            return labels[i].is;
    return -1;
}

static bool is_filled(struct arena *arena, const struct sheet_cell *cell)
{
    struct str s = cell->kind == CELL_EMPTY ? STR("") : text_tidy(arena, cell->text);

    return s.n > 0 && !str_is(s, ":");
}

static void take_place(struct form *form, struct place place)
{
#define TAKE(member)              \
    if (!str_empty(place.member)) \
    form->place.member = str_dup(form->arena, place.member)
    TAKE(address);
    TAKE(hamlet);
    TAKE(rt);
    TAKE(rw);
#undef TAKE
}

static void take_value(struct form *form, int is, const struct sheet_cell *cell)
{
    struct str text = without_signs(text_tidy(form->scratch, cell->text), " :");
    struct place place = {STR(""), STR(""), STR(""), STR("")};

    switch (is) {
    case FORM_KK:
        if (digits_in(text) < 10)
            break;
        form->kk = (struct sheet_cell){.kind = cell->kind, .text = str_dup(form->arena, text)};
        form->place = place;
        form->families++;
        break;
    case FORM_ADDRESS:
        take_place(form, form_place(form->scratch, text, form->hamlet_word));
        break;
    case FORM_RT_RW:
        split_rt_rw(text, &place);
        take_place(form, place);
        break;
    case FORM_HAMLET:
        if (form->families == 0)
            form->hamlet = str_dup(form->arena, text);
        else
            form->place.hamlet = str_dup(form->arena, text);
        break;
    default:
        break;
    }
}

/* The value beside a label: behind its colon, in the next filled cell, or in the row below. */
static void take_label(struct form *form, int is, const struct sheet_cell *cells, size_t n, size_t i)
{
    ptrdiff_t colon = str_find_char(cells[i].text, ':');
    struct str own = colon >= 0 ? str_trim(str_from(cells[i].text, (size_t)colon + 1)) : STR("");

    if (own.n > 0) {
        struct sheet_cell cell = cell_text(is == FORM_ADDRESS ? cells[i].text : own);
        take_value(form, is, &cell);
        return;
    }
    if (is == FORM_HAMLET && (i + 1 >= n || !str_starts(str_trim(cells[i + 1].text), STR(":"))))
        return; /* a heading, not a title */
    for (size_t k = i + 1; k < n; k++) {
        if (!is_filled(form->scratch, &cells[k]))
            continue;
        if (cells[k].kind == CELL_TEXT && label_of(form->scratch, cells[k].text) >= 0)
            break;
        take_value(form, is, &cells[k]);
        return;
    }
    form->below[is] = i + 1;
}

static bool take_below(struct form *form, const struct sheet_cell *cells, size_t n)
{
    bool has_taken = false;

    for (int is = 0; is < FORM_VALUES; is++) {
        size_t i = form->below[is];
        form->below[is] = 0;
        if (i == 0 || i > n || !is_filled(form->scratch, &cells[i - 1]))
            continue;
        take_value(form, is, &cells[i - 1]);
        has_taken = true;
    }
    return has_taken;
}

/* "7317…0001 | | NETI HERAWATI | … | DESA X RT/RW : 002/000 DUSUN : -": a number where members have theirs counted. */
static bool take_plain_line(struct form *form, const struct sheet_cell *cells, size_t n)
{
    struct str first = n > 0 && cells[0].kind != CELL_EMPTY ? text_tidy(form->scratch, cells[0].text) : STR("");

    if (first.n > 20 || digits_in(first) != 16 || (n > 1 && is_filled(form->scratch, &cells[1])))
        return false;
    take_value(form, FORM_KK, &cells[0]);
    for (size_t i = 1; i < n; i++)
        if (cells[i].kind == CELL_TEXT &&
            (find_word(form->scratch, cells[i].text, "RT/RW") >= 0 || find_word(form->scratch, cells[i].text, "DUSUN") >= 0))
            take_value(form, FORM_ADDRESS, &cells[i]);
    return true;
}

bool form_line(struct form *form, const struct sheet_cell *cells, size_t n, bool has_member)
{
    bool is_line = take_below(form, cells, n);

    if (has_member)
        return is_line;
    if (!is_line && take_plain_line(form, cells, n))
        return true;
    for (size_t i = 0; i < n; i++) {
        if (cells[i].kind != CELL_TEXT)
            continue;
        int is = label_of(form->scratch, cells[i].text);
        form->is_book |= str_starts(heading_fold(form->scratch, cells[i].text), STR("bukuinduk"));
        if (is >= 0 && is < FORM_VALUES)
            take_label(form, is, cells, n, i);
        is_line |= is >= 0;
    }
    return is_line;
}
