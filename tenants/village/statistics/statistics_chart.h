// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Where the bars of a chart stand: a pyramid for ages, lying bars for all else.
 * Lengths are hundredths of a percent of the drawing's width, heights are in
 * em, so it fits every screen and grows with the text. Pure.
 */
#ifndef BALAI_STATISTICS_CHART_H
#define BALAI_STATISTICS_CHART_H

#include "tenants/village/statistics/statistics_rules.h"

struct chart_bar {
    struct str tone; /* men, women, both */
    struct str x, y, width, height;
};
struct chart_words {
    struct str x, y, text;
    struct str anchor; /* start, middle, end */
    struct str tone;   /* "", strong, soft */
};
struct statistics_chart {
    struct str name, about; /* title and description for those who do not see it */
    struct str height;
    struct {
        struct chart_bar *p;
        size_t n;
    } bars;
    struct {
        struct chart_words *p;
        size_t n;
    } words;
};

/* A pyramid: men and women on sides of their own. */
bool statistics_chart_is_pyramid(enum statistic of);
struct statistics_chart statistics_chart_of(struct arena *arena, enum statistic of, const struct statistics_lines *lines);

#endif
