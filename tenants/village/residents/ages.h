// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Whether ages, marriage and place in a family can be true beside one another. A doubt is asked once and may be confirmed: a
 * register holds what papers say, also where it is rare.
 */
#ifndef BALAI_AGES_H
#define BALAI_AGES_H

#include "server/store/store.h"
#include "tenants/village/residents/registry_columns.h"

/*
 * The youngest parent or spouse nobody asks about. Official statistics count births of girls from 10 on (SDG 3.7.2: 10–14 years), and
 * nobody may marry under 19 (UU 16/2019); under 12 a slip of a year or a role is far likelier than a parent.
 */
enum { PARENT_YEARS_LEAST = 12, MOTHER_YEARS_MOST = 60, SIBLING_DAYS_LEAST = 270 };

/* Until a birth certificate is late (UU 24/2013), a birth is written down as one. */
enum { NEWBORN_DAYS = 60 };

enum { ADULT_YEARS = 17 };

struct age_doubt {
    enum resident_column column; /* where it is asked */
    struct str text;
    struct str cause; /* without names and days */
};

/* Married, a parent or a parent-in-law as a child. */
bool age_alone(struct arena *arena, const struct resident_row *who, struct date today, struct age_doubt *out);
bool is_minor(struct date born, struct date today);
/* Of who leads a family under age; "" when they are grown up. */
struct str minor_head_care(struct arena *arena, struct str name, struct date born, struct date today);
/* A husband or wife who is not married; a wedding of who never was, a divorce of who is. */
bool marital_doubt(struct arena *arena, const struct resident_row *who, struct age_doubt *out);
/* All that can be doubted of somebody alone: the ages, the head, the marriage. */
bool doubt_alone(struct arena *arena, const struct resident_row *who, struct date today, struct age_doubt *out);
/* `elder` as the parent, grandparent or parent-in-law of `younger`: by number, or by their roles in one family (same kk_no). */
bool age_between(struct arena *arena, const struct resident_row *elder, const struct resident_row *younger, bool has_spouse,
                 struct age_doubt *out);
/* Of one mother, less than nine months apart and not of one day: one child written down twice, or a slip. */
bool age_siblings(struct arena *arena, const struct resident_row *a, const struct resident_row *b, struct age_doubt *out);

/* The first doubt about the age of `who` (id, or 0: not there yet) as they would be, alone and beside their family, parents and children.
 * One statement. */
enum rc ages_ask(struct village_db *db, const struct resident_row *who, uint64_t id, struct date today, bool *is_doubted_out,
                 struct age_doubt *out, struct err *err) MUST_USE;

#endif
