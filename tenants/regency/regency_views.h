// SPDX-License-Identifier: AGPL-3.0-or-later
/* What the pages of this room are made of. Private. */
#ifndef BALAI_REGENCY_VIEWS_H
#define BALAI_REGENCY_VIEWS_H

#include "server/html/widgets.h"
#include "server/web/web.h"

handler_fn regency_villages_page, regency_districts_page, regency_csv_page, regency_meaning_page;

/* A heading that orders the table. */
struct regency_head {
    struct str href, label, sort; /* sort: aria-sort, "ascending", "descending" or "none" */
    bool is_number;
};
struct regency_cell_row {
    struct str code, name, district, men, women, people, families, letters, complete, age, age_tone, note;
    bool is_sample;
};
struct regency_villages_view {
    struct str question, as_of, csv_href, month_label;
    struct stats_view stats;
    struct select_view district;
    bool may_choose_district;
    struct {
        struct regency_head *p;
        size_t n;
    } heads;
    struct {
        struct regency_cell_row *p;
        size_t n;
    } rows;
    struct regency_cell_row sum;
    struct str order; /* kept by the filter's form */
    struct empty_view empty;
};
struct regency_districts_view {
    struct str question, as_of, csv_href, month_label;
    struct stats_view stats;
    struct {
        struct regency_cell_row *p;
        size_t n;
    } rows;
    struct regency_cell_row sum;
};

struct meaning {
    const char *id, *name, *what, *how, *careful;
};
struct regency_meaning_view {
    struct {
        const struct meaning *p;
        size_t n;
    } meanings;
};

#endif
