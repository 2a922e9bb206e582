// SPDX-License-Identifier: AGPL-3.0-or-later
/* What the pages of this room are made of. Private. */
#ifndef BALAI_REGENCY_VIEWS_H
#define BALAI_REGENCY_VIEWS_H

#include "server/html/widgets.h"
#include "server/web/forms.h"
#include "server/web/web.h"
#include "tenants/regency/regency_rules.h"

act_check_fn regency_note_check;
console_act_fn regency_note_act;
handler_fn regency_home_page, regency_village_page, regency_villages_page, regency_districts_page, regency_csv_page, regency_meaning_page;

/* What every page begins with: the villages this person may see, the month they are asked about, and whether invented ones are among them.
 */
struct overview {
    struct regency_lines lines;
    struct regency_sum sum;
    struct str district; /* filter; p == NULL: all */
    struct str month, month_label;
    uint32_t samples; /* training villages there are */
    bool with_samples;
};
enum rc regency_overview_read(struct request *req, struct str district_asked, bool with_samples, struct overview *out,
                              struct err *err) MUST_USE;
/* The district whose villages this person may see, of the one asked for; p == NULL: all. */
struct str regency_district_of(const struct request *req, struct str asked);
bool regency_may_choose(const struct request *req); /* of all districts */
/* "/desa?urut=-surat&kecamatan=731710&contoh=1", with what of it is not empty */
struct str regency_href(struct arena *arena, const char *path, struct str order, struct str district, bool with_samples);
struct str regency_as_of(const struct request *req, const struct regency_sum *sum);
struct stats_view regency_stats(struct arena *arena, const struct overview *o);

/* The form that narrows a page: district, and whether training villages are in. */
struct regency_scope {
    struct str action, order; /* order is kept */
    struct select_view district;
    bool may_choose_district, with_samples;
    uint32_t samples;
};
enum rc regency_scope_fill(struct request *req, const struct overview *o, const char *action, struct regency_scope *out,
                           struct err *err) MUST_USE;

/* A heading that orders the table. */
struct regency_head {
    struct str href, label, sort; /* sort: aria-sort, "ascending", "descending" or "none" */
    bool is_number;
};
struct regency_cell_row {
    struct str href, code, name, district, men, women, people, families, letters, complete, age, age_tone, note;
    bool is_sample;
};
struct regency_villages_view {
    struct str question, as_of, csv_href, month_label;
    struct stats_view stats;
    struct regency_scope scope;
    size_t left_out; /* villages whose figures are all 0 */
    struct {
        struct regency_head *p;
        size_t n;
    } heads;
    struct {
        struct regency_cell_row *p;
        size_t n;
    } rows;
    struct regency_cell_row sum;
    struct empty_view empty;
};
struct regency_name {
    struct str href, name;
};
struct regency_names {
    struct regency_name *p;
    size_t n;
};
struct regency_districts_view {
    struct str question, as_of, csv_href, month_label;
    struct stats_view stats;
    struct regency_scope scope;
    struct {
        struct regency_cell_row *p;
        size_t n;
    } rows;
    struct regency_cell_row sum;
    struct regency_names blanks; /* districts of which nothing is known */
};

struct regency_trends_view {
    struct regency_trend *p;
    size_t n;
};

/* The home: which village needs help. */
struct regency_need_row {
    struct str href, name, district, people, letters;
    bool is_sample;
    struct regency_needs needs;
    struct {
        struct regency_need *p;
        size_t n;
    } shown; /* the worst few */
    size_t more;
};
struct regency_blanks { /* of a district */
    struct str district;
    struct regency_names names;
};
struct regency_home_view {
    struct str as_of, csv_href, all_href;
    struct stats_view stats;
    struct regency_scope scope;
    struct regency_trends_view trends;
    struct {
        struct regency_need_row *p;
        size_t n;
    } rows;
    size_t needing; /* all of them; rows may be the first */
    struct {
        struct regency_blanks *p;
        size_t n;
    } blanks;
    size_t blank;
    bool is_fine; /* nobody needs help */
    bool has_villages;
};
struct regency_place_row {
    struct str label, mine, mean, place;
};
struct regency_note_line {
    struct str text, when, who;
};
struct regency_village_view {
    struct form form;
    struct crumbs_view crumbs;
    struct regency_trends_view trends;
    struct {
        struct regency_duty *p;
        size_t n;
    } duties;
    struct {
        struct regency_note_line *p;
        size_t n;
    } notes;
    uint64_t older; /* notes before this one are; 0: none */
    bool is_older;  /* these are not the newest */
    bool may_note;
    struct str code, name, sub, note, phone, site_href;
    struct str call_href, chat_href; /* empty: no such number */
    struct str district_href;
    bool is_sample, is_blank;
    struct stats_view stats;
    struct {
        struct regency_need *p;
        size_t n;
    } needs;
    struct check_rows facts;
    struct {
        struct regency_place_row *p;
        size_t n;
    } places;
};

struct meaning {
    const char *id, *name, *what, *how, *careful;
};
struct regency_meaning_view {
    struct {
        const struct meaning *p;
        size_t n;
    } meanings;
    struct str fingerprint; /* of the authority of the seals; "": none yet */
};

#endif
