// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Who else in the family an edit of one person is about: husband or wife of who marries or divorces, children who name a parent by the
 * name alone that is corrected. They are offered on a page to check before anything is saved. Private.
 */
#ifndef BALAI_EDIT_BESIDE_H
#define BALAI_EDIT_BESIDE_H

#include "server/html/widgets.h"
#include "server/web/forms.h"
#include "tenants/village/residents/change.h"
#include "tenants/village/residents/edit_sql.h"

struct edit_kin_list {
    const struct edit_kin **p;
    size_t n;
};
struct edit_beside {
    struct edit_kin_list spouses;  /* who may get the new status, too */
    bool is_sure;                  /* it can be nobody else: ticked */
    bool is_alone;                 /* became Kawin, and no husband or wife stands in the family */
    const struct edit_kin *living; /* of who became Cerai mati: the husband or wife, who lives */
    struct edit_kin_list children; /* by name alone, of the name that is corrected */
};

/* Without I/O: `kin` are the others of the family. */
void edit_beside_of(struct arena *arena, const struct resident_row *stored, const struct resident_row *mine,
                    const struct edit_kin_rows *kin, struct edit_beside *out);
/* Something to ask, or to say, before it is saved. */
bool edit_beside_is_asked(const struct edit_beside *b);
/* False when somebody is ticked who is not offered (any more). */
bool edit_beside_known(const struct edit_beside *b, const struct input_pairs *ticked);

struct edit_ticks {
    struct check_view *p;
    size_t n;
};
/* "Status kawin Rachman menjadi Cerai hidup", one box each; sent NULL: as suggested. */
struct edit_ticks edit_spouse_boxes(struct arena *arena, const char *prefix, const struct edit_beside *b, const struct resident_row *mine,
                                    const struct input_pairs *sent);
/* "Ikutkan pada 2 anak: Anwar, Rini" */
struct str edit_children_label(struct arena *arena, const struct edit_beside *b);

/* Writes those who are ticked, with certificate and day of it where theirs are empty. The registry is held. */
enum rc edit_spouses_put(struct txn *txn, const struct resident_act *act, const struct edit_beside *b, const struct input_pairs *ticked,
                         const struct resident_row *stored, const struct resident_row *mine, struct err *err) MUST_USE;
enum rc edit_children_put(struct txn *txn, const struct resident_act *act, const struct edit_beside *b, const struct resident_row *stored,
                          const struct resident_row *mine, struct err *err) MUST_USE;

#endif
