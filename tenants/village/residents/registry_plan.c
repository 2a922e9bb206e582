// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * The file against the registry. In this order, because each step needs the
 * one before: whom a row means, what it would become, what is wrong with it
 * beside its neighbours, which areas and families follow, what is counted.
 */
#include <math.h>
#include "server/base/random.h"
#include "tenants/village/residents/registry_plan.h"

/* ---- what is counted ---- */

static bool keeps_all(const struct planning *p, uint32_t i)
{
    const struct work *work = &p->work[i];
    const struct resident_row *known = &p->registry->residents[work->known].r;

    for (int c = COLUMN_NAME; c < COLUMN_COUNT; c++)
        if (!row_same(&work->r, known, (enum resident_column)c))
            return false;
    return str_eq_nocase(work->r.hamlet, known->hamlet) && str_eq(work->r.rw, known->rw) && str_eq(work->r.rt, known->rt);
}

static void count_differences(struct planning *p, uint32_t i)
{
    const struct work *work = &p->work[i];
    const struct resident_row *known = &p->registry->residents[work->known].r;

    for (int c = COLUMN_RW; c < COLUMN_COUNT; c++)
        p->plan->changed_by_column[c] += !row_same(&work->r, known, (enum resident_column)c);
    p->plan->changed_by_column[COLUMN_HAMLET] += !str_eq_nocase(work->r.hamlet, known->hamlet);
    p->plan->changed_by_column[COLUMN_ADDRESS] += work->decides_family && !str_eq(work->r.address, known->address);
}

static void decide(struct planning *p)
{
    struct registry_counts *counts = &p->plan->counts;

    for (uint32_t i = 0; i < p->file->n_rows; i++) {
        struct registry_row *row = &p->file->rows[i];
        struct work *work = &p->work[i];
        counts->total++;
        counts->old += work->has_old && !row->has_error;
        counts->asked += work->join != NULL;
        counts->open += work->join != NULL && work->join->state == JOIN_OPEN;
        if (row->has_error) {
            row->op = OP_REFUSED;
            counts->refused++;
            counts->mismatch += work->mismatches > 0 && work->errors == 0;
        } else if (work->known == NOT_KNOWN) {
            row->op = OP_NEW;
            counts->new ++;
        } else if (work->decides_family || !keeps_all(p, i)) {
            row->op = OP_CHANGED;
            counts->changed++;
            counts->joined += work->is_joined;
            count_differences(p, i);
        } else {
            row->op = OP_UNCHANGED;
            counts->unchanged++;
        }
    }
    counts->warnings = (uint32_t)p->file->faults.warnings;
}

static void collect_residents(struct planning *p)
{
    struct registry_plan *plan = p->plan;

    plan->residents = ARENA_ARRAY(p->file->arena, struct planned_resident, plan->counts.new + plan->counts.changed);
    for (uint32_t i = 0; i < p->file->n_rows; i++) {
        const struct work *work = &p->work[i];
        enum registry_op op = p->file->rows[i].op;
        if (op == OP_NEW || op == OP_CHANGED)
            plan->residents[plan->n_residents++] = (struct planned_resident){i, work->known, work->r, work->area, work->family};
    }
}

/* ---- faults in the order of the file; the hash ---- */

static int by_place(const void *x, const void *y)
{
    const struct registry_fault *a = x, *b = y;

    if (a->row != b->row)
        return a->row < b->row ? -1 : 1;
    if (a->column != b->column)
        return a->column < b->column ? -1 : 1;
    return (int)a->is_warning - (int)b->is_warning;
}

static void put_value(struct buf *out, struct resident_row *r, enum resident_column c)
{
    if (column_rules[c].kind == KIND_CODE)
        buf_fmt(out, "%u", *row_code(r, c));
    else if (kind_is_date(column_rules[c].kind))
        buf_fmt(out, "%" PRId64, date_is_none(*row_date(r, c)) ? INT64_MIN : date_to_days(*row_date(r, c)));
    else
        buf_put_str(out, *row_text(r, c));
    buf_put_char(out, '\x1f');
}

/* The hash so far and the next text give the next hash. */
static void hash_more(struct planning *p, struct buf *out)
{
    buf_put(out, p->plan->hash, sizeof p->plan->hash);
    hash_sha256(out->p, out->n, p->plan->hash);
    out->n = 0;
}

/* What stands in the registry now where the row would write something else: who saves has seen that these values go, and no others. */
static void put_replaced(struct planning *p, struct buf *out, uint32_t i)
{
    const struct work *work = &p->work[i];
    struct resident_row known = p->registry->residents[work->known].r;

    for (int c = COLUMN_HAMLET; c < COLUMN_COUNT; c++) {
        if (row_same(&work->r, &known, (enum resident_column)c))
            continue;
        buf_fmt(out, "%d:", c);
        put_value(out, &known, (enum resident_column)c);
    }
}

/* The same of families' addresses and areas. */
static void hash_families(struct planning *p, struct buf *out)
{
    for (size_t k = 0; k < p->plan->n_families; k++) {
        const struct planned_family *family = &p->plan->families[k];
        if (family->known == NOT_KNOWN || !family->is_changed)
            continue;
        const struct known_family *known = &p->registry->families[family->known];
        buf_fmt(out, "%.*s\x1f%.*s\x1f%" PRIu64, STR_ARG(known->kk_no), STR_ARG(known->address), p->registry->areas[known->area].id);
        hash_more(p, out);
    }
}

/*
 * Everything a person sees of the result, every value that would be written and every value that it would replace. Temporary numbers are
 * not seen and may move.
 */
static void take_hash(struct planning *p)
{
    struct buf out = {.arena = p->file->arena};

    for (uint32_t i = 0; i < p->file->n_rows; i++) {
        const struct registry_row *row = &p->file->rows[i];
        struct resident_row r = p->work[i].r;
        buf_fmt(&out, "%u %u %d ", row->sheet, row->row_no, (int)row->op);
        if (row->is_nik_zero && row->op == OP_NEW)
            r.nik = STR("0");
        if (!(row->filled & UINT64_C(1) << COLUMN_KK) && row->op == OP_NEW)
            r.kk_no = STR("0");
        for (int c = 0; c < COLUMN_COUNT && (row->op == OP_NEW || row->op == OP_CHANGED); c++)
            put_value(&out, &r, (enum resident_column)c);
        if (row->op == OP_CHANGED)
            put_replaced(p, &out, i);
        hash_more(p, &out);
    }
    hash_families(p, &out);
    buf_fmt(&out, "%u %d", p->plan->counts.old, p->choice->takes_old);
    hash_more(p, &out);
    for (int c = 0; c < COLUMN_COUNT; c++)
        buf_fmt(&out, "%u ", p->plan->changed_by_column[c]);
    hash_more(p, &out);
    for (size_t i = 0; i < p->file->faults.n; i++) {
        const struct registry_fault *fault = &p->file->faults.p[i];
        buf_fmt(&out, "%u %d %d %.*s", fault->row, (int)fault->column, fault->is_warning, STR_ARG(fault->text));
        hash_more(p, &out);
    }
}

struct registry_plan *registry_plan(struct registry_file *file, const struct registry *registry, const struct registry_choice *choice)
{
    struct planning p = {.file = file, .registry = registry, .choice = choice, .last_temporary_kk = registry->last_temporary_kk};

    file->scratch = arena_new();
    p.plan = ARENA_NEW(file->arena, struct registry_plan);
    p.plan->faults = &file->faults;
    p.plan->last_temporary = p.plan->last_temporary_kk = STR("");
    p.work = ARENA_ARRAY(file->arena, struct work, file->n_rows);
    plan_index(&p);
    p.rows_by_nik = text_index_new(file->arena, file->n_rows);
    for (uint32_t i = 0; i < file->n_rows; i++) {
        bool found;
        p.work[i].errors = file->rows[i].has_error;
        if (!str_empty(file->rows[i].r.nik))
            *text_index_slot(p.rows_by_nik, file->rows[i].r.nik, &found) = (ptrdiff_t)i;
        plan_find_known(&p, i);
    }
    if (!choice->is_trusted) {
        plan_hamlets(&p);
        plan_own_kks(&p);
        plan_join(&p);
        plan_refuse_pairs(&p);
    }
    plan_rows(&p);
    if (!choice->is_trusted)
        plan_kin(&p);
    plan_heads(&p);
    plan_areas(&p);
    plan_families(&p);
    decide(&p);
    plan_give_temporary(&p);
    collect_residents(&p);
    if (file->faults.n > 1)
        qsort(file->faults.p, file->faults.n, sizeof *file->faults.p, by_place);
    registry_drop_names(file, registry);
    take_hash(&p);
    arena_free(&file->scratch);
    return p.plan;
}
