// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/statistics/statistics_rules.h"

#include "server/base/text.h"
#include "server/html/html.h"

enum { LONG_LIST = 20, WHOLE = 1000, OPEN_END = 999 };

static const struct {
    struct str word, title, filter;
} statistics[STATISTIC_COUNT] = {[STATISTIC_NONE] = {STR_INIT(""), STR_INIT(""), STR_INIT("")},
#define X(name, word, title, filter) [STATISTIC_##name] = {STR_INIT(word), STR_INIT(title), STR_INIT(filter)},
                                 STATISTICS(X)
#undef X
};

/* Ages counted together; each starts and ends at a step of statistics_age. */
struct band {
    const char *label;
    uint16_t from, until; /* inclusive */
};
#define FROM_TEN_ON                                                                                                                      \
    {"10–14", 10, 14}, {"15–19", 15, 19}, {"20–24", 20, 24}, {"25–29", 25, 29}, {"30–34", 30, 34}, {"35–39", 35, 39}, {"40–44", 40, 44}, \
        {"45–49", 45, 49}, {"50–54", 50, 54}, {"55–59", 55, 59}, {"60–64", 60, 64}, {"65–69", 65, 69}, {"70–74", 70, 74},                \
    {                                                                                                                                    \
        "75 ke atas", 75, OPEN_END                                                                                                       \
    }
static const struct band five_years[] = {{"0–4", 0, 4}, {"5–9", 5, 9}, FROM_TEN_ON};
static const struct band bands[] = {{"0–1", 0, 1}, {"2–4", 2, 4}, {"5–9", 5, 9}, FROM_TEN_ON};
static const struct band categories[] = {
    {"Balita (0–5)", 0, 5}, {"Anak-anak (6–17)", 6, 17}, {"Dewasa (18–30)", 18, 30}, {"Tua (31 ke atas)", 31, OPEN_END}};

struct str statistic_word(enum statistic of)
{
    return statistics[of].word;
}

struct str statistic_title(enum statistic of)
{
    return statistics[of].title;
}

enum statistic statistic_from(struct str word)
{
    for (size_t i = 1; i < STATISTIC_COUNT; i++)
        if (str_eq(statistics[i].word, word))
            return (enum statistic)i;
    return STATISTIC_NONE;
}

bool statistic_is_age(enum statistic of)
{
    return of == STATISTIC_AGE || of == STATISTIC_AGE_BAND || of == STATISTIC_AGE_CATEGORY;
}

enum code_list statistic_codes(enum statistic of)
{
    switch (of) {
    case STATISTIC_SEX:
        return CODE_SEX;
    case STATISTIC_OCCUPATION:
        return CODE_OCCUPATION;
    case STATISTIC_EDUCATION:
        return CODE_EDUCATION_KK;
    case STATISTIC_RELIGION:
        return CODE_RELIGION;
    case STATISTIC_MARITAL:
        return CODE_MARITAL;
    default:
        return CODE_NO_LIST;
    }
}

/* ---- lines ---- */

static void add(struct statistics_line *line, uint8_t sex, uint64_t n)
{
    if (sex == SEX_FEMALE)
        line->women += n;
    else
        line->men += n;
    line->total += n;
}

void statistics_share(struct statistics_line *lines, size_t n)
{
    uint64_t all = 0, given = 0;

    for (size_t i = 0; i < n; i++)
        all += lines[i].total;
    for (size_t i = 0; i < n; i++) {
        lines[i].permille = all > 0 ? (uint32_t)(lines[i].total * WHOLE / all) : 0;
        given += lines[i].permille;
    }
    for (; all > 0 && given < WHOLE; given++) {
        size_t best = 0;
        uint64_t most = 0;

        for (size_t i = 0; i < n; i++) {
            /* The remainder of a line that got its share wraps to above `all`, so that it gets no second one. */
            uint64_t rest = lines[i].total * WHOLE - (uint64_t)lines[i].permille * all;

            if (rest < all && rest > most) {
                most = rest;
                best = i;
            }
        }
        lines[best].permille++;
    }
}

static void close_lines(struct statistics_lines *lines)
{
    lines->sum = (struct statistics_line){.label = STR("Jumlah"), .query = STR("")};
    for (size_t i = 0; i < lines->n; i++) {
        lines->sum.men += lines->p[i].men;
        lines->sum.women += lines->p[i].women;
        lines->sum.total += lines->p[i].total;
    }
    lines->sum.permille = lines->sum.total > 0 ? WHOLE : 0;
    statistics_share(lines->p, lines->n);
}

static void put_bands(struct arena *arena, const struct band *list, size_t n, struct statistics_lines *out)
{
    for (size_t i = 0; i < n; i++)
        out->p[out->n++] = (struct statistics_line){
            .label = str_c(list[i].label),
            .query = list[i].until == OPEN_END ? str_fmt(arena, "umur_dari=%u", list[i].from)
                                               : str_fmt(arena, "umur_dari=%u&umur_sampai=%u", list[i].from, list[i].until),
        };
}

static struct statistics_lines lines_of_ages(struct arena *arena, enum statistic of, const struct statistics_cell_rows *cells)
{
    const struct band *list = of == STATISTIC_AGE ? five_years : of == STATISTIC_AGE_BAND ? bands : categories;
    size_t n = of == STATISTIC_AGE ? COUNT_OF(five_years) : of == STATISTIC_AGE_BAND ? COUNT_OF(bands) : COUNT_OF(categories);
    struct statistics_lines out = {.p = ARENA_ARRAY(arena, struct statistics_line, n + 1)};

    put_bands(arena, list, n, &out);
    out.p[out.n++] = (struct statistics_line){.label = STR("Belum mengisi"), .query = STR("umur=kosong")};
    for (size_t i = 0; i < cells->n; i++) {
        size_t at = n;

        for (size_t b = 0; cells->p[i].code.is_set && b < n; b++)
            if (cells->p[i].code.value >= list[b].from && cells->p[i].code.value <= list[b].until)
                at = b;
        add(&out.p[at], cells->p[i].sex, cells->p[i].n);
    }
    close_lines(&out);
    return out;
}

/* A long list shows only what there is, the most first; a short one is shown whole, in its official order. */
static void shorten(struct statistics_lines *lines)
{
    size_t kept = 0, named = lines->n - 1;

    for (size_t i = 0; i < named; i++) {
        struct statistics_line line = lines->p[i];
        size_t at = kept;

        if (line.total == 0)
            continue;
        for (; at > 0 && lines->p[at - 1].total < line.total; at--)
            lines->p[at] = lines->p[at - 1];
        lines->p[at] = line;
        kept++;
    }
    lines->left_out = named - kept;
    lines->p[kept] = lines->p[named];
    lines->n = kept + 1;
}

static struct statistics_lines lines_of_codes(struct arena *arena, enum statistic of, const struct statistics_cell_rows *cells)
{
    struct str filter = statistics[of].filter;
    size_t n;
    const struct code *codes = codes_of(statistic_codes(of), &n);
    struct statistics_lines out = {.p = ARENA_ARRAY(arena, struct statistics_line, n + 1), .n = n + 1};

    for (size_t i = 0; i < n; i++)
        out.p[i] = (struct statistics_line){.label = codes[i].label, .query = str_fmt(arena, "%.*s=%u", STR_ARG(filter), codes[i].code)};
    out.p[n] = (struct statistics_line){.label = STR("Belum mengisi"), .query = str_fmt(arena, "%.*s=0", STR_ARG(filter))};
    for (size_t i = 0; i < cells->n; i++) {
        size_t at = 0;

        while (at < n && (!cells->p[i].code.is_set || codes[at].code != cells->p[i].code.value))
            at++;
        add(&out.p[at], cells->p[i].sex, cells->p[i].n);
    }
    if (of == STATISTIC_SEX) /* everyone has one, so the list has no filter for "not filled in" */
        out.p[n].query = STR_NONE;
    if (n > LONG_LIST)
        shorten(&out);
    close_lines(&out);
    return out;
}

struct statistics_lines statistics_lines_of(struct arena *arena, enum statistic of, const struct statistics_cell_rows *cells)
{
    return statistic_is_age(of) ? lines_of_ages(arena, of, cells) : lines_of_codes(arena, of, cells);
}

static struct statistics_line line_of_place(struct arena *arena, struct str hamlet)
{
    struct buf query = {.arena = arena};

    buf_put_str(&query, STR("dusun="));
    html_put_url_part(&query, hamlet);
    return (struct statistics_line){.label = text_name(arena, hamlet), .query = buf_str(&query)};
}

/* A hamlet that is not known stands as "-". */
struct statistics_lines statistics_lines_of_places(struct arena *arena, const struct statistics_place_rows *places)
{
    struct statistics_lines out = {.p = ARENA_ARRAY(arena, struct statistics_line, places->n + 1)};
    struct statistics_line unfilled = line_of_place(arena, STR("-"));

    unfilled.label = STR("Belum mengisi");
    for (size_t i = 0; i < places->n; i++) {
        const struct statistics_place *place = &places->p[i];
        bool is_known = !str_is(place->hamlet, "-");
        struct statistics_line *line = is_known ? &out.p[out.n++] : &unfilled;

        if (is_known)
            *line = line_of_place(arena, place->hamlet);
        add(line, SEX_MALE, place->men);
        add(line, SEX_FEMALE, place->women);
    }
    out.p[out.n++] = unfilled;
    close_lines(&out);
    return out;
}

struct str permille_text(struct arena *arena, uint32_t permille)
{
    return str_fmt(arena, "%u,%u%%", permille / 10, permille % 10);
}
