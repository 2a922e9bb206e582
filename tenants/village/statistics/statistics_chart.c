// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/statistics/statistics_chart.h"

#include "server/base/text.h"

enum { FULL = 10000, HALF = 4100, RIGHT_HALF = FULL - HALF, MOST_BARS = 14 };
/* Hundredths of an em. */
enum { PYRAMID_TOP = 210, PYRAMID_ROW = 185, PYRAMID_BAR = 150, LIST_ROW = 310, LIST_TEXT = 110, LIST_BAR_TOP = 160, LIST_BAR = 95 };

struct drawing {
    struct arena *arena;
    struct statistics_chart *chart;
    uint64_t most; /* what the longest bar counts */
};

static struct str hundredths(struct arena *arena, uint64_t n, const char *unit)
{
    return str_fmt(arena, "%" PRIu64 ".%02u%s", n / 100, (unsigned)(n % 100), unit);
}

static uint64_t length_of(const struct drawing *d, uint64_t n, uint64_t whole)
{
    return d->most > 0 ? n * whole / d->most : 0;
}

static void bar(struct drawing *d, const char *tone, uint64_t x, uint64_t width, uint64_t y, uint64_t height)
{
    if (width > 0)
        d->chart->bars.p[d->chart->bars.n++] = (struct chart_bar){str_c(tone), hundredths(d->arena, x, "%"), hundredths(d->arena, y, "em"),
                                                                  hundredths(d->arena, width, "%"), hundredths(d->arena, height, "em")};
}

static void words(struct drawing *d, const char *tone, const char *anchor, uint64_t x, uint64_t y, struct str text)
{
    d->chart->words.p[d->chart->words.n++] = (struct chart_words){hundredths(d->arena, x, "%"), hundredths(d->arena, y, "em"), text,
                                                                  str_c(anchor), str_c(tone)};
}

static struct str number(const struct drawing *d, uint64_t n)
{
    return number_text(d->arena, (int64_t)n);
}

/* ---- ages: men to the left, women to the right, the oldest on top ---- */

static void draw_pyramid(struct drawing *d, const struct statistics_lines *lines)
{
    size_t n = lines->n - 1; /* without "Belum mengisi" */

    for (size_t i = 0; i < n; i++) {
        if (lines->p[i].men > d->most)
            d->most = lines->p[i].men;
        if (lines->p[i].women > d->most)
            d->most = lines->p[i].women;
    }
    words(d, "strong", "end", HALF, LIST_TEXT, STR("Laki-laki"));
    words(d, "strong", "start", RIGHT_HALF, LIST_TEXT, STR("Perempuan"));
    for (size_t i = 0; i < n; i++) {
        const struct statistics_line *line = &lines->p[n - 1 - i];
        uint64_t y = PYRAMID_TOP + i * PYRAMID_ROW, men = length_of(d, line->men, HALF);
        ptrdiff_t space = str_find_char(line->label, ' '); /* "75 ke atas": there is room for the first word */

        bar(d, "men", HALF - men, men, y, PYRAMID_BAR);
        bar(d, "women", RIGHT_HALF, length_of(d, line->women, HALF), y, PYRAMID_BAR);
        words(d, "", "middle", FULL / 2, y + LIST_TEXT,
              space < 0 ? line->label
                        : str_fmt(d->arena, "%.*s%s", (int)space, line->label.p, str_ends(line->label, STR("ke atas")) ? "+" : ""));
    }
    words(d, "soft", "start", 0, PYRAMID_TOP + n * PYRAMID_ROW + LIST_TEXT, str_fmt(d->arena, "%.*s orang", STR_ARG(number(d, d->most))));
    words(d, "soft", "middle", FULL / 2, PYRAMID_TOP + n * PYRAMID_ROW + LIST_TEXT, STR("0"));
    words(d, "soft", "end", FULL, PYRAMID_TOP + n * PYRAMID_ROW + LIST_TEXT, str_fmt(d->arena, "%.*s orang", STR_ARG(number(d, d->most))));
    d->chart->height = hundredths(d->arena, PYRAMID_TOP + (n + 1) * PYRAMID_ROW, "em");
}

/* ---- all else: a bar a line, men and women behind one another ---- */

static void draw_line(struct drawing *d, const struct statistics_line *line, size_t i, bool has_sexes)
{
    uint64_t y = i * LIST_ROW, men = length_of(d, line->men, FULL);

    words(d, "", "start", 0, y + LIST_TEXT, line->label);
    words(d, "strong", "end", FULL, y + LIST_TEXT,
          str_fmt(d->arena, "%.*s · %.*s", STR_ARG(number(d, line->total)), STR_ARG(permille_text(d->arena, line->permille))));
    if (has_sexes) {
        bar(d, "men", 0, men, y + LIST_BAR_TOP, LIST_BAR);
        bar(d, "women", men, length_of(d, line->women, FULL), y + LIST_BAR_TOP, LIST_BAR);
    } else {
        bar(d, "men", 0, length_of(d, line->total, FULL), y + LIST_BAR_TOP, LIST_BAR);
    }
}

/* Of a long list the first ones, and all others as one: the table has each. */
static void draw_list(struct drawing *d, const struct statistics_lines *lines, bool has_sexes)
{
    size_t named = lines->n - 1, shown = named > MOST_BARS ? MOST_BARS - 1 : named, drawn = 0;
    struct statistics_line rest = {.label = str_fmt(d->arena, "%zu lainnya", named - shown)};

    for (size_t i = shown; i < named; i++) {
        rest.men += lines->p[i].men;
        rest.women += lines->p[i].women;
        rest.total += lines->p[i].total;
        rest.permille += lines->p[i].permille;
    }
    for (size_t i = 0; i < lines->n; i++)
        if (lines->p[i].total > d->most)
            d->most = lines->p[i].total;
    if (rest.total > d->most)
        d->most = rest.total;
    for (; drawn < shown; drawn++)
        draw_line(d, &lines->p[drawn], drawn, has_sexes);
    if (shown < named)
        draw_line(d, &rest, drawn++, has_sexes);
    draw_line(d, &lines->p[named], drawn++, has_sexes);
    d->chart->height = hundredths(d->arena, drawn * LIST_ROW, "em");
}

static struct str about(struct drawing *d, const struct statistics_lines *lines)
{
    const struct statistics_line *most = &lines->p[0];

    for (size_t i = 1; i < lines->n; i++)
        if (lines->p[i].total > most->total)
            most = &lines->p[i];
    return str_fmt(d->arena, "Laki-laki %.*s orang, perempuan %.*s orang. Terbanyak: %.*s, %.*s orang. Semua angka ada di tabel.",
                   STR_ARG(number(d, lines->sum.men)), STR_ARG(number(d, lines->sum.women)), STR_ARG(most->label),
                   STR_ARG(number(d, most->total)));
}

bool statistics_chart_is_pyramid(enum statistic of)
{
    return of == STATISTIC_AGE || of == STATISTIC_AGE_BAND;
}

struct statistics_chart statistics_chart_of(struct arena *arena, enum statistic of, const struct statistics_lines *lines)
{
    struct statistics_chart chart = {0};
    struct drawing d = {.arena = arena, .chart = &chart};

    chart.bars.p = ARENA_ARRAY(arena, struct chart_bar, 2 * lines->n + 2);
    chart.words.p = ARENA_ARRAY(arena, struct chart_words, 2 * lines->n + 8);
    chart.name = str_fmt(arena, "Bagan penduduk menurut %.*s", STR_ARG(str_lower(arena, statistic_title(of))));
    chart.about = about(&d, lines);
    if (statistics_chart_is_pyramid(of))
        draw_pyramid(&d, lines);
    else
        draw_list(&d, lines, of != STATISTIC_SEX);
    return chart;
}
