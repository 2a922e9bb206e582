// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Families: who lives under one Kartu Keluarga, and what they are to its head.
 * Invariant: a family's head_id is its living member with that role; everyone
 * in a family has its place; every change raises the version of the family and
 * of each person it touches, and stands in those people's histories. A family
 * whose last member left is kept, empty.
 * This door: a family held in a transaction, its roles changed, and the part
 * of a form that asks who leads it next. Used by events and by its own pages.
 */
#ifndef BALAI_FAMILIES_H
#define BALAI_FAMILIES_H

#include "server/html/widgets.h"
#include "server/store/store.h"
#include "server/web/village.h"
#include "tenants/village/codes/codes.h"
#include "tenants/village/families/families_sql.h"
#include "tenants/village/residents/change.h"
#include "tenants/village/residents/registry_form.h"

/* A family and everyone in it, the living first, in the order of their roles. */
struct family_state {
    struct family_full f;
    const struct family_member *p; /* all of them */
    size_t n, living;              /* p[0 … living - 1] live here */
};

/* RC_NOT_FOUND when the village has no such family. One statement. */
enum rc family_load(struct village_db *db, uint64_t id, struct family_state *out, struct err *err) MUST_USE;
/* The same, held until the transaction ends, with registry_lock before it and raised. */
enum rc family_lock(struct txn *txn, uint64_t id, struct family_state *out, struct err *err) MUST_USE;
/* The one with this number; *found_out false when the village has none. A plain read. */
enum rc family_by_kk(struct village_db *db, struct str kk_no, struct family_state *out, bool *found_out, struct err *err) MUST_USE;
/* Written down before a family's number is shown whole: a look at each one on its card. */
enum rc family_look(struct request *req, struct village_db *db, uint64_t family_id, struct err *err) MUST_USE;
/* As resident_look_on: nothing when each of them was looked at so just before. */
enum rc family_look_on(struct request *req, struct village_db *db, uint64_t family_id, struct err *err) MUST_USE;

/* Of the living; NULL when there is none. */
const struct family_member *family_head(const struct family_state *family);
const struct family_member *family_member_of(const struct family_state *family, uint64_t id);
/* Also one who does not live here any more: the dead and the missing stay in their family. */
const struct family_member *family_anyone_of(const struct family_state *family, uint64_t id);

/* "Dusun Padang, RW 001, RT 002" */
struct str family_place(struct arena *arena, const struct family_full *f);
/* "Istri, perempuan, 34 tahun"; "Hilang, perempuan, 34 tahun" */
struct str family_member_about(struct arena *arena, const struct family_member *m, struct date today);

/* ---- roles ---- */

struct role_change {
    uint64_t id;
    uint8_t from, to;
};
/* "[[4,3,1],[5,4,4]]": person, role before, role after. */
struct str family_roles_json(struct arena *arena, const struct role_change *changes, size_t n);
/*
 * Writes them with their rows of history and the family's, and its head and version after them. Also right with none: somebody died or
 * left. `held` is the family before the act.
 */
enum rc family_roles_set(struct txn *txn, const struct resident_act *act, const struct family_state *held,
                         const struct role_change *changes, size_t n, struct err *err) MUST_USE;

/* ---- who leads the family next: a part of other rooms' forms ---- */

/*
 * Fields of such a form: {{number head "kepala"? "Kepala keluarga berikutnya" bare}} (an id) and {{pairs roles "peran_"}}, one for each
 * who stays. The first sending has no roles: they are suggested; the check page asks about them.
 */
#define SUCCESSION_HEAD "kepala"

struct succession {
    uint64_t head; /* what the form says: the two fields above */
    struct input_pairs roles;
    bool is_asked;                        /* the head goes (or is to be changed) and somebody stays */
    const struct family_member *new_head; /* NULL: not chosen, or nothing to choose */
    struct role_change *changes;          /* the new head's first, then whoever else's role differs */
    size_t n;
    struct {
        const struct family_member **p;
        uint8_t *role; /* each one's under the new head */
        size_t n;
    } stay; /* everyone living who does not go */
};

/* Reads it from out->head and out->roles. `going` leave or died; is_wanted: ask although the head stays. Faults go to the request when
 * has_faults. */
void succession_read(struct request *req, const struct family_state *family, const uint64_t *going, size_t n_going, bool is_wanted,
                     bool has_faults, struct succession *out);

struct role_selects {
    struct select_view *p;
    size_t n;
};
/* For the form: whom to choose. For the check page: everyone's role, with the choice made. */
struct radios_view succession_radios(struct request *req, uint64_t chosen, const struct family_state *family, const uint64_t *going,
                                     size_t n_going);
struct role_selects succession_roles(struct request *req, const struct succession *s);
/* The box of one of them, {{pairs roles "peran_"}}. */
struct select_view family_role_select(struct request *req, const struct family_member *m, uint8_t chosen);
/* What was chosen in it; nothing, or what cannot be (a fault, when has_faults): `otherwise`. */
uint8_t family_role_typed(struct request *req, struct input_pairs roles, const struct family_member *m, uint8_t otherwise, bool has_faults);
/* What a former head is to who leads the family now and was `head_was` to them: a suggestion. */
uint8_t family_role_turned(const struct family_member *who, const struct family_member *head, uint8_t head_was);
/* What to care about: a head under age; "" when nothing. */
struct str succession_care(const struct request *req, const struct succession *s);
/* True when the families of form and database still are the same people and the head is who it was. */
bool succession_fits(const struct succession *s, const struct family_state *held);

/* ---- marriages that an act ends or begins: a part of its check page, {{pairs widows "cerai_" ..1}} ---- */

struct family_people {
    const struct family_member **p;
    size_t n;
};
struct family_ticks {
    struct check_view *p;
    size_t n;
};
/* "Status kawin Halimah menjadi Cerai mati", one box each; all ticked while nothing was sent (NULL). */
struct family_ticks family_marital_boxes(struct request *req, const char *prefix, const struct family_people *who, uint8_t marital,
                                         const struct input_pairs *sent);
/* False when somebody is ticked who has no box any more: what was seen has changed. */
bool family_marital_known(const struct family_people *who, const struct input_pairs *sent);
/* Writes those of `held` whose box stayed ticked and whose status is the one that was seen, with their histories. */
enum rc family_marital_put(struct txn *txn, const struct resident_act *act, const struct family_state *held,
                           const struct family_people *who, const struct input_pairs *sent, uint8_t marital, struct err *err) MUST_USE;

/* ---- small parts of forms ---- */

/* As forms show the number of an RW or RT: "" for the "-" of none. */
struct str form_area_number(struct str kept);
/* ---- finding one, for other rooms ---- */

struct family_hit_rows {
    const struct family_line *p;
    size_t n;
};
/* By 16 digits the family with that number, else by words of the head's name; at most `limit`. */
enum rc families_find(struct village_db *db, struct str typed, uint32_t limit, struct family_hit_rows *out, struct err *err) MUST_USE;

/* The same by whoever lives in it, also by a NIK: each family once, with who it was found by (nobody: by its own number). */
enum rc families_met(struct village_db *db, struct str typed, uint32_t limit, struct family_met_rows *out, struct err *err) MUST_USE;

extern const struct keeper family_keeper; /* whose history it is: its own rows, and what belongs to it of its people */
extern const struct route families_routes[];

#endif
