// SPDX-License-Identifier: AGPL-3.0-or-later
/* Handlers and views of this room's own pages. Private. */
#ifndef BALAI_STATISTICS_PAGES_H
#define BALAI_STATISTICS_PAGES_H

#include "server/web/village.h"
#include "tenants/village/statistics/statistics.h"
#include "tenants/village/statistics/statistics_chart.h"

handler_fn statistics_page, statistics_age_page, statistics_xlsx, statistics_csv;

/* A number, and the list of those people. */
struct statistics_number {
    struct str text, href;
};

struct statistics_row {
    struct str label, percent;
    struct statistics_number men, women, total;
};

struct statistics_view {
    struct str title, word, about;
    struct str left_out;                  /* "77 pekerjaan lain belum ada warganya." */
    bool has_people, has_sexes, has_keys; /* keys: needed by bars; the two sides of a pyramid have their own headings */
    struct tabs_view tabs;
    struct statistics_chart chart;
    struct {
        struct statistics_row *p;
        size_t n;
    } rows;
    struct statistics_row sum;
    struct empty_view empty;
};

#endif
