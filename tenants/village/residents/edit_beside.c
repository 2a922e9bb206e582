// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/residents/edit_beside.h"

#include "server/base/text.h"
#include "tenants/village/residents/change_sql.h"
#include "tenants/village/residents/residents_rows.h"

/* ---- husband and wife ---- */

static bool is_spouse_role(uint8_t role)
{
    return role == SHDK_HUSBAND || role == SHDK_WIFE;
}

/* Whether two people of these roles may be husband and wife. */
static bool are_partners(uint8_t a, uint8_t b)
{
    return (a == SHDK_HEAD && is_spouse_role(b)) || (is_spouse_role(a) && b == SHDK_HEAD) || (a == SHDK_CHILD && b == SHDK_CHILD_IN_LAW) ||
           (a == SHDK_CHILD_IN_LAW && b == SHDK_CHILD) || (a == b && (a == SHDK_PARENT || a == SHDK_PARENT_IN_LAW));
}

static bool may_be_partner(const struct edit_kin *kin, const struct resident_row *stored, const struct resident_row *mine)
{
    return kin->status != STATUS_DEAD && kin->status != STATUS_MOVED && kin->sex != 0 && mine->sex != 0 && kin->sex != mine->sex &&
           (are_partners(stored->family_role, kin->role) || are_partners(mine->family_role, kin->role));
}

/* Who could as well be the partner's: of the same role and sex, and married. */
static bool is_rival(const struct edit_kin *kin, const struct resident_row *stored)
{
    return kin->role == stored->family_role && kin->role != SHDK_HEAD && kin->sex == stored->sex && kin->marital == MARITAL_MARRIED;
}

/* Whose status would follow: who stands as married follows a divorce, who does not a wedding. */
static bool would_follow(const struct edit_kin *kin, uint8_t marital, size_t rivals)
{
    if (marital == MARITAL_MARRIED)
        return kin->marital != MARITAL_MARRIED;
    return (kin->marital == MARITAL_MARRIED || kin->marital == 0) && (kin->role != SHDK_HEAD || rivals == 0); /* has one more wife */
}

static void find_spouses(struct arena *arena, const struct resident_row *stored, const struct resident_row *mine,
                         const struct edit_kin_rows *kin, struct edit_beside *out)
{
    size_t partners = 0, rivals = 0;

    out->spouses.p = ARENA_ARRAY(arena, const struct edit_kin *, kin->n);
    for (size_t i = 0; i < kin->n; i++)
        rivals += is_rival(&kin->p[i], stored);
    for (size_t i = 0; i < kin->n; i++) {
        if (!may_be_partner(&kin->p[i], stored, mine))
            continue;
        partners++;
        if (mine->marital == MARITAL_WIDOWED && kin->p[i].marital == MARITAL_MARRIED && rivals == 0)
            out->living = &kin->p[i];
        if (mine->marital != MARITAL_WIDOWED && would_follow(&kin->p[i], mine->marital, rivals))
            out->spouses.p[out->spouses.n++] = &kin->p[i];
    }
    out->is_sure = out->spouses.n == 1 && rivals == 0;
    out->is_alone = mine->marital == MARITAL_MARRIED && partners <= rivals;
}

/* ---- children ---- */

static struct str parent_name_of(const struct edit_kin *child, uint8_t sex)
{
    return sex == SEX_MALE ? child->father_name : child->mother_name;
}

/* Who names a parent by NIK follows it (children_follow). */
static void find_children(struct arena *arena, const struct resident_row *stored, const struct edit_kin_rows *kin, struct edit_beside *out)
{
    out->children.p = ARENA_ARRAY(arena, const struct edit_kin *, kin->n);
    for (size_t i = 0; i < kin->n; i++) {
        const struct edit_kin *child = &kin->p[i];

        if (str_empty(stored->sex == SEX_MALE ? child->father_nik : child->mother_nik) && !str_empty(stored->name) &&
            str_eq_nocase(parent_name_of(child, stored->sex), stored->name))
            out->children.p[out->children.n++] = child;
    }
}

void edit_beside_of(struct arena *arena, const struct resident_row *stored, const struct resident_row *mine,
                    const struct edit_kin_rows *kin, struct edit_beside *out)
{
    const bool is_marriage = mine->marital == MARITAL_MARRIED || mine->marital == MARITAL_DIVORCED || mine->marital == MARITAL_WIDOWED;

    *out = (struct edit_beside){0};
    if (is_marriage && stored->marital != mine->marital)
        find_spouses(arena, stored, mine, kin, out);
    if (stored->sex != 0 && !str_eq(stored->name, mine->name))
        find_children(arena, stored, kin, out);
}

bool edit_beside_is_asked(const struct edit_beside *b)
{
    return b->spouses.n > 0 || b->children.n > 0 || b->living != NULL;
}

bool edit_beside_known(const struct edit_beside *b, const struct input_pairs *ticked)
{
    size_t known = 0;

    for (size_t i = 0; i < b->spouses.n; i++)
        known += !str_empty(pair_of_id(*ticked, b->spouses.p[i]->id));
    return known == ticked->n;
}

/* ---- the boxes ---- */

struct edit_ticks edit_spouse_boxes(struct arena *arena, const char *prefix, const struct edit_beside *b, const struct resident_row *mine,
                                    const struct input_pairs *sent)
{
    struct edit_ticks list = {ARENA_ARRAY(arena, struct check_view, b->spouses.n), b->spouses.n};

    for (size_t i = 0; i < b->spouses.n; i++) {
        const struct edit_kin *kin = b->spouses.p[i];

        list.p[i] = (struct check_view){
            .name = str_fmt(arena, "%s%" PRIu64, prefix, kin->id),
            .label = str_fmt(arena, "Status kawin %.*s menjadi %.*s", STR_ARG(text_name(arena, kin->name)),
                             STR_ARG(code_label(CODE_MARITAL, mine->marital))),
            .hint = str_fmt(arena, "%.*s di kartu keluarga ini, sekarang %.*s", STR_ARG(code_label(CODE_FAMILY_ROLE, kin->role)),
                            STR_ARG(kin->marital == 0 ? STR("belum diisi") : code_label(CODE_MARITAL, kin->marital))),
            .is_checked = sent == NULL ? b->is_sure : !str_empty(pair_of_id(*sent, kin->id))};
    }
    return list;
}

struct str edit_children_label(struct arena *arena, const struct edit_beside *b)
{
    struct buf text = {.arena = arena};

    if (b->children.n == 0)
        return STR("");
    buf_fmt(&text, "Ikutkan pada %zu anak: ", b->children.n);
    for (size_t i = 0; i < b->children.n; i++)
        buf_fmt(&text, "%s%.*s", i == 0 ? "" : ", ", STR_ARG(text_name(arena, b->children.p[i]->name)));
    return buf_str(&text);
}

/* ---- writing ---- */

static void take_paper(const struct resident_row *stored, const struct resident_row *mine, enum resident_column c,
                       struct resident_row *after)
{
    if (!row_same(stored, mine, c) && row_has(mine, c) && !row_has(after, c))
        row_copy(after, mine, c);
}

enum rc edit_spouses_put(struct txn *txn, const struct resident_act *act, const struct edit_beside *b, const struct input_pairs *ticked,
                         const struct resident_row *stored, const struct resident_row *mine, struct err *err)
{
    struct resident_act told = *act;
    struct resident_now now;

    told.kind = STR("spouse");
    for (size_t i = 0; i < b->spouses.n; i++) {
        const struct edit_kin *kin = b->spouses.p[i];

        if (str_empty(pair_of_id(*ticked, kin->id)))
            continue;
        TRY(resident_lock(txn, kin->id, &now, err));
        if (now.row.marital != kin->marital || !str_eq(now.row.kk_no, stored->kk_no)) /* not what was asked about any more */
            continue;
        struct resident_row after = now.row;
        after.marital = mine->marital;
        take_paper(stored, mine, mine->marital == MARITAL_MARRIED ? COLUMN_MARRIAGE_CERT : COLUMN_DIVORCE_CERT, &after);
        take_paper(stored, mine, mine->marital == MARITAL_MARRIED ? COLUMN_MARRIAGE_DATE : COLUMN_DIVORCE_DATE, &after);
        TRY(resident_write(txn, &told, &now, &after, now.family_id, err));
    }
    return RC_OK;
}

enum rc edit_children_put(struct txn *txn, const struct resident_act *act, const struct edit_beside *b, const struct resident_row *stored,
                          const struct resident_row *mine, struct err *err)
{
    struct child_of *rows = ARENA_ARRAY(village_db_arena(in_txn(txn)), struct child_of, b->children.n);
    const struct child_of_rows children = {rows, b->children.n};

    for (size_t i = 0; i < children.n; i++)
        rows[i] = (struct child_of){.id = b->children.p[i]->id,
                                    .is_fathers = stored->sex == SEX_MALE,
                                    .is_mothers = stored->sex != SEX_MALE,
                                    .father_name = b->children.p[i]->father_name,
                                    .mother_name = b->children.p[i]->mother_name};
    return children_put(txn, act, &children, (struct parent_named){STR(""), stored->name}, (struct parent_named){STR(""), mine->name}, err);
}
