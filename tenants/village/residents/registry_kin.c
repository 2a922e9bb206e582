// SPDX-License-Identifier: AGPL-3.0-or-later
/* The plan's people beside their kin: ages and marriages that can hardly be, one child written twice, a birth that is no event. */
#include "server/base/text.h"
#include "tenants/village/codes/address.h"
#include "tenants/village/residents/ages.h"
#include "tenants/village/residents/edit_rules.h"
#include "tenants/village/residents/nik.h"
#include "tenants/village/residents/registry_plan.h"

/* People of one family: the file's rows, then those of the registry of whom no row speaks. */
struct kin_chains {
    struct text_index *by_key; /* the first of a KK number, or of a parent's NIK */
    uint32_t *next;            /* + 1; 0: the last */
};

static const struct resident_row *kin_at(const struct planning *p, size_t at)
{
    return at < p->file->n_rows ? &p->work[at].r : &p->registry->residents[at - p->file->n_rows].r;
}

static void chain(const struct planning *p, struct kin_chains *chains, struct str key, size_t at)
{
    const bool is_row = at < p->file->n_rows;
    bool found;

    if (str_empty(key) || kin_at(p, at)->basic_status != STATUS_ALIVE || (!is_row && text_index_get(chains->by_key, key) == NOT_KNOWN))
        return;
    ptrdiff_t *slot = text_index_slot(chains->by_key, key, &found);
    chains->next[at] = found ? (uint32_t)*slot + 1 : 0;
    *slot = (ptrdiff_t)at;
}

/* Where a key's chain begins, + 1; 0: nobody has the key. */
static uint32_t chain_of(const struct kin_chains *chains, struct str key)
{
    const ptrdiff_t first = str_empty(key) ? NOT_KNOWN : text_index_get(chains->by_key, key);

    return first == NOT_KNOWN ? 0 : (uint32_t)first + 1;
}

/* What the registry already holds was decided before. */
static bool has_new_age(const struct planning *p, uint32_t i)
{
    static const enum resident_column matter[] = {COLUMN_BIRTH_DATE, COLUMN_FAMILY_ROLE, COLUMN_MARITAL,
                                                  COLUMN_FATHER_NIK, COLUMN_MOTHER_NIK,  COLUMN_KK};
    const struct work *work = &p->work[i];

    for (size_t k = 0; k < COUNT_OF(matter) && work->known != NOT_KNOWN; k++)
        if (!row_same(&work->r, &p->registry->residents[work->known].r, matter[k]))
            return true;
    return work->known == NOT_KNOWN;
}

/* A pair of two rows is told once, at the younger one. */
static bool age_in_family(const struct planning *p, const struct kin_chains *chains, uint32_t i, struct age_doubt *out)
{
    struct arena *scratch = p->file->scratch;
    const struct resident_row *who = &p->work[i].r;
    const struct str parents[] = {who->father_nik, who->mother_nik};
    const uint32_t first = chain_of(chains, who->kk_no);
    bool has_spouse = false;
    size_t n = 0;

    for (uint32_t at = first; at != 0 && n < FAMILY_ROWS_MOST; at = chains->next[at - 1], n++)
        has_spouse |= kin_at(p, at - 1)->family_role == SHDK_HUSBAND || kin_at(p, at - 1)->family_role == SHDK_WIFE;
    n = 0;
    for (uint32_t at = first; at != 0 && n < FAMILY_ROWS_MOST; at = chains->next[at - 1], n++) {
        const struct resident_row *kin = kin_at(p, at - 1);
        const bool is_row = at - 1 < p->file->n_rows;

        if (at - 1 == i)
            continue;
        if (age_between(scratch, kin, who, has_spouse, out) || (!is_row && age_between(scratch, who, kin, has_spouse, out)) ||
            ((!is_row || at - 1 < i) && age_siblings(scratch, who, kin, out)))
            return true;
    }
    for (size_t k = 0; k < COUNT_OF(parents); k++) {
        const struct resident_row *parent = str_empty(parents[k]) ? NULL : plan_row_of_nik(p, parents[k]);

        if (parent != NULL && age_between(scratch, parent, who, has_spouse, out))
            return true;
    }
    return false;
}

/* ---- one child written down twice ---- */

/* "AHMAD" and "AHMAD FAUZI" */
static bool is_begun_alike(struct str a, struct str b)
{
    return a.n < b.n ? str_starts(b, a) && b.p[a.n] == ' ' : b.n < a.n && str_starts(a, b) && a.p[b.n] == ' ';
}

static bool is_double(struct arena *scratch, const struct resident_row *a, const struct resident_row *b)
{
    if (a->sex != b->sex || date_is_none(a->birth_date) || date_is_none(b->birth_date) || str_empty(a->name) || str_empty(b->name))
        return false;
    const int64_t days = date_to_days(a->birth_date) - date_to_days(b->birth_date);
    if (days < -1 || days > 1)
        return false;
    const struct str x = str_trim(text_fold(scratch, a->name)), y = str_trim(text_fold(scratch, b->name));
    return str_eq(x, y) || is_begun_alike(x, y) || hamlet_is_like(scratch, x, y);
}

/* Of two rows the later one is told; somebody of the registry about whom the row is asked (plan_join) is not told again. */
static bool tell_double(struct planning *p, const struct kin_chains *chains, struct str key, uint32_t i)
{
    size_t n = 0;

    for (uint32_t at = chain_of(chains, key); at != 0 && n < FAMILY_ROWS_MOST; at = chains->next[at - 1], n++) {
        const bool is_row = at - 1 < p->file->n_rows;

        if ((is_row ? at - 1 >= i || p->work[at - 1].is_copy : p->work[i].join != NULL) ||
            !is_double(p->file->scratch, &p->work[i].r, kin_at(p, at - 1)))
            continue;
        const struct resident_row *other = kin_at(p, at - 1);
        plan_fault(
            p, i, COLUMN_NAME, true,
            "Mungkin sudah tertulis sebagai %.*s (%.*s), lahir %.*s. Bila satu orang, hapus salah satunya; bila kembar atau orang lain, "
            "biarkan.",
            STR_ARG(utf8_part(p->file->scratch, other->name, 60)),
            STR_ARG(is_row ? str_fmt(p->file->scratch, "baris %u", p->file->rows[at - 1].row_no) : STR("di data desa")),
            STR_ARG(date_long(p->file->scratch, other->birth_date)));
        return true;
    }
    return false;
}

/* A birth is an event: who comes into a family of the village as a baby is missing in its book and its month. */
static void tell_newborn(struct planning *p, uint32_t i)
{
    const struct resident_row *r = &p->work[i].r;

    if (!date_is_none(r->birth_date) && date_to_days(p->choice->today) - date_to_days(r->birth_date) < NEWBORN_DAYS &&
        text_index_get(p->by_kk, r->kk_no) != NOT_KNOWN)
        plan_fault(
            p, i, COLUMN_BIRTH_DATE, true,
            "Bayi yang baru lahir di keluarga desa dicatat dari “Catat kelahiran”, supaya masuk buku dan angka kelahiran. Dari berkas "
            "ia tercatat tanpa peristiwa lahir.");
}

/* ---- all rows ---- */

static struct str parent_key(const struct resident_row *r)
{
    return str_empty(r->mother_nik) ? r->father_nik : r->mother_nik;
}

static void check_new(struct planning *p, const struct kin_chains *by_kk, const struct kin_chains *by_parent, uint32_t i)
{
    arena_reset(p->file->scratch);
    if (p->work[i].is_copy)
        return;
    if (!tell_double(p, by_kk, p->work[i].r.kk_no, i))
        tell_double(p, by_parent, parent_key(&p->work[i].r), i);
    if (p->work[i].join == NULL || p->work[i].join->state != JOIN_OPEN)
        tell_newborn(p, i);
}

static void tell_doubt(struct planning *p, uint32_t i, const struct age_doubt *doubt)
{
    const struct resident_row *r = &p->work[i].r;
    const bool is_marital = doubt->column == COLUMN_MARITAL;

    registry_fault_add(p->file, &(struct registry_fault){.row = i,
                                                         .column = doubt->column,
                                                         .is_warning = true,
                                                         .value = is_marital ? code_label(CODE_MARITAL, r->marital)
                                                                             : date_short(p->file->scratch, r->birth_date),
                                                         .text = doubt->text,
                                                         .cause = doubt->cause});
}

static bool has_new_marriage(const struct planning *p, uint32_t i)
{
    const struct work *work = &p->work[i];

    return work->known == NOT_KNOWN || marriage_column(&p->registry->residents[work->known].r, &work->r) >= 0;
}

/* What can be doubted of somebody, alone or beside kin, and beside it the marriage: each is mended by itself. */
static void check_doubts(struct planning *p, const struct kin_chains *by_kk, uint32_t i)
{
    struct arena *scratch = p->file->scratch;
    struct age_doubt doubt;

    arena_reset(scratch);
    if (has_new_age(p, i) && ((doubt_alone(scratch, &p->work[i].r, p->choice->today, &doubt) && doubt.column != COLUMN_MARITAL) ||
                              age_in_family(p, by_kk, i, &doubt)))
        tell_doubt(p, i, &doubt);
    if (has_new_marriage(p, i) && marital_doubt(scratch, &p->work[i].r, &doubt))
        tell_doubt(p, i, &doubt);
}

void plan_kin(struct planning *p)
{
    struct arena *arena = p->file->arena;
    const size_t n_rows = p->file->n_rows, n_known = p->registry->n_residents;
    struct kin_chains by_kk = {text_index_new(arena, n_rows), ARENA_ARRAY(arena, uint32_t, n_rows + n_known)};
    struct kin_chains by_parent = {text_index_new(arena, n_rows), ARENA_ARRAY(arena, uint32_t, n_rows + n_known)};
    bool *is_spoken_of = ARENA_ARRAY(arena, bool, n_known);

    for (uint32_t i = 0; i < n_rows; i++)
        if (p->work[i].known != NOT_KNOWN)
            is_spoken_of[p->work[i].known] = true;
    for (size_t at = 0; at < n_rows + n_known; at++) {
        if (at >= n_rows && is_spoken_of[at - n_rows])
            continue;
        chain(p, &by_kk, kin_at(p, at)->kk_no, at);
        chain(p, &by_parent, parent_key(kin_at(p, at)), at);
    }
    for (uint32_t i = 0; i < n_rows; i++) {
        if (p->work[i].r.basic_status != STATUS_ALIVE)
            continue;
        check_doubts(p, &by_kk, i);
        if (p->work[i].known == NOT_KNOWN)
            check_new(p, &by_kk, &by_parent, i);
    }
}
