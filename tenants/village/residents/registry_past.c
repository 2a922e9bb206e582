// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * A file that was made before an event, a move, a split or an edit still says what stood there before it. Such a cell is told with both
 * values, and what the village holds stays, unless who imports says that the file is right. Who died or left is changed by no file.
 */
#include "server/base/json.h"
#include "server/base/text.h"
#include "tenants/village/residents/edit_rules.h"
#include "tenants/village/residents/nik.h"
#include "tenants/village/residents/registry_plan.h"

#define BIT(c) (UINT64_C(1) << (c))
#define OF_PLACE (BIT(COLUMN_HAMLET) | BIT(COLUMN_RW) | BIT(COLUMN_RT))
#define OF_CARD (BIT(COLUMN_FAMILY_ROLE) | BIT(COLUMN_ADDRESS) | OF_PLACE)

/* What was changed of one person, in order of time. */
struct pasts {
    const struct known_change *changes;
    const json_t **diffs; /* NULL where none is readable */
    size_t n;
};

static size_t first_change(const struct registry *registry, uint64_t resident_id)
{
    size_t from = 0, to = registry->n_changes;

    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (registry->changes[middle].resident_id < resident_id)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

static struct pasts pasts_of(const struct planning *p, size_t known)
{
    const struct registry *registry = p->registry;
    const uint64_t id = registry->residents[known].id;
    const size_t from = first_change(registry, id);
    struct pasts pasts = {0};
    struct err err;

    while (from + pasts.n < registry->n_changes && registry->changes[from + pasts.n].resident_id == id)
        pasts.n++;
    if (pasts.n == 0)
        return pasts;
    pasts.changes = registry->changes + from;
    pasts.diffs = ARENA_ARRAY(p->file->arena, const json_t *, pasts.n);
    for (size_t k = 0; k < pasts.n; k++) {
        json_t *diff;
        pasts.diffs[k] = json_read(p->file->arena, pasts.changes[k].changes, &diff, &err) == RC_OK ? diff : NULL;
    }
    return pasts;
}

static bool is_value(const json_t *value, const struct resident_row *r, enum resident_column c)
{
    const struct str text = {json_string_value(value), json_string_length(value)};
    struct date d;

    if (column_rules[c].kind == KIND_CODE)
        return json_is_integer(value) && json_integer_value(value) == *row_code(r, c);
    if (kind_is_date(column_rules[c].kind))
        return json_is_string(value) && date_parse(text, &d) && date_compare(d, *row_date(r, c)) == 0;
    return json_is_string(value) && str_eq_nocase(text, *row_text(r, c));
}

/* Whether the column held the row's value once; *last_out: when it was changed last, where it was changed at all. */
static bool was_once(const struct pasts *pasts, const struct resident_row *r, enum resident_column c, struct date *last_out)
{
    bool is_past = false;

    for (size_t k = 0; k < pasts->n; k++) {
        const json_t *pair = json_object_get(pasts->diffs[k], column_rules[c].word);
        if (pair == NULL)
            continue;
        *last_out = pasts->changes[k].on;
        is_past |= is_value(json_array_get(pair, 0), r, c);
    }
    return is_past;
}

static bool differs(const struct work *work, const struct resident_row *known, enum resident_column c)
{
    if (c == COLUMN_ADDRESS && str_empty(work->r.address))
        return false; /* it says nothing */
    return c == COLUMN_ADDRESS || c == COLUMN_HAMLET ? !str_eq_nocase(*row_text(&work->r, c), *row_text(known, c))
                                                     : !row_same(&work->r, known, c);
}

/* Role and place are said of the family card beside them, RW and RT of the hamlet: they are as old or as new as that one. */
static uint64_t with_company(uint64_t old, uint64_t other)
{
    if (other & BIT(COLUMN_KK))
        old = old & BIT(COLUMN_KK) ? old | (other & OF_CARD) : old & ~OF_CARD;
    else if (other & BIT(COLUMN_HAMLET))
        old = old & BIT(COLUMN_HAMLET) ? old | (other & OF_PLACE) : old & ~OF_PLACE;
    return old;
}

static void tell_old(struct planning *p, uint32_t i, const struct resident_row *known, enum resident_column c, struct date since,
                     bool is_kept)
{
    struct arena *scratch = p->file->scratch;
    const struct resident_row *r = &p->work[i].r;

    arena_reset(scratch);
    registry_fault_add(
        p->file,
        &(struct registry_fault){
            .row = i,
            .column = c,
            .is_warning = true,
            .resident_id = p->registry->residents[p->work[i].known].id,
            .value = utf8_part(scratch, column_words(scratch, c, r), 60),
            .text = str_fmt(scratch, "%.*s %.*s: %.*s sejak %.*s; di berkas %.*s, keadaan sebelum itu. %s",
                            STR_ARG(c == COLUMN_HAMLET ? STR("{Dusun}") : column_label(c)),
                            STR_ARG(utf8_part(scratch, text_name(scratch, known->name), 40)),
                            STR_ARG(utf8_part(scratch, column_words(scratch, c, known), 50)), STR_ARG(date_short(scratch, since)),
                            STR_ARG(utf8_part(scratch, column_words(scratch, c, r), 50)),
                            is_kept ? "Yang di data desa tetap." : "Isi berkas dipakai."),
            .cause = is_kept ? STR("Di berkas: keadaan lama, sebelum perubahan yang sudah dicatat di desa. Yang di data desa tetap.")
                             : STR("Di berkas: keadaan lama, sebelum perubahan yang sudah dicatat di desa. Isi berkas dipakai.")});
}

static void put_back(struct work *work, const struct resident_row *known, enum resident_column c)
{
    if (c == COLUMN_ADDRESS)
        work->r.address = STR(""); /* the family's stays */
    else
        row_copy(&work->r, known, c);
}

void plan_keep_newer(struct planning *p, uint32_t i)
{
    struct work *work = &p->work[i];
    const struct resident_row *known = &p->registry->residents[work->known].r;
    struct date since[COLUMN_COUNT] = {0};
    uint64_t old = 0, other = 0;
    const struct pasts pasts = pasts_of(p, (size_t)work->known);

    for (int c = 0; c < COLUMN_COUNT && pasts.n > 0; c++) {
        if (!differs(work, known, (enum resident_column)c))
            continue;
        other |= BIT(c);
        old |= was_once(&pasts, &work->r, (enum resident_column)c, &since[c]) ? BIT(c) : 0;
    }
    old = with_company(old, other);
    for (int c = 0; c < COLUMN_COUNT && old != 0; c++) {
        /* A NIK is changed by an act of its own. */
        const bool is_kept = !p->choice->takes_old || c == COLUMN_NIK;
        if (!(old & BIT(c)))
            continue;
        work->has_old = true;
        tell_old(p, i, known, (enum resident_column)c,
                 date_is_none(since[c]) ? since[old & BIT(COLUMN_KK) ? COLUMN_KK : COLUMN_HAMLET] : since[c], is_kept);
        if (is_kept)
            put_back(work, known, (enum resident_column)c);
    }
}

/* ---- who died or left ---- */

/* "Nama, Pekerjaan": what the row would have changed. */
static struct str columns_other(struct planning *p, uint32_t i, const struct resident_row *known)
{
    struct buf out = {.arena = p->file->scratch};

    for (int c = 0; c < COLUMN_COUNT; c++) {
        if (c == COLUMN_BASIC_STATUS || !differs(&p->work[i], known, (enum resident_column)c))
            continue;
        buf_put_str(&out, out.n > 0 ? STR(", ") : STR(""));
        buf_put_str(&out, c == COLUMN_HAMLET ? STR("{dusun}") : column_label((enum resident_column)c));
    }
    return out.n > 0 ? utf8_part(p->file->scratch, buf_str(&out), 120) : STR("");
}

void plan_keep_gone(struct planning *p, uint32_t i)
{
    struct work *work = &p->work[i];
    const struct resident_row *known = &p->registry->residents[work->known].r;
    const struct str status = code_label(CODE_BASIC_STATUS, known->basic_status);

    arena_reset(p->file->scratch);
    const struct str columns = columns_other(p, i, known);
    if (!str_empty(columns))
        plan_fault(p, i, COLUMN_BASIC_STATUS, true,
                   "Di data desa warga ini tercatat: %.*s. Datanya tidak diubah dari berkas; yang berbeda: %.*s.", STR_ARG(status),
                   STR_ARG(columns));
    work->is_gone = true;
    work->r = *known;
    work->r.address = STR("");
}

/* ---- a NIK that was put right ---- */

/* Of whom the registry knows now by another NIK; only files that name somebody unknown pay for this. */
static void index_former(struct planning *p)
{
    struct err err;
    bool found;

    p->by_former = text_index_new(p->file->arena, 64);
    for (size_t k = 0; k < p->registry->n_changes; k++) {
        const struct known_change *change = &p->registry->changes[k];
        json_t *diff;
        if (str_find(change->changes, STR("\"nik\":[")) < 0 || json_read(p->file->arena, change->changes, &diff, &err) != RC_OK)
            continue;
        const json_t *was = json_array_get(json_object_get(diff, "nik"), 0);
        for (size_t at = 0; was != NULL && at < p->registry->n_residents; at++)
            if (p->registry->residents[at].id == change->resident_id)
                *text_index_slot(p->by_former, str_dup(p->file->arena, str_c(json_string_value(was))), &found) = (ptrdiff_t)at;
    }
}

ptrdiff_t plan_by_former_nik(struct planning *p, const struct resident_row *r)
{
    if (p->registry->n_changes == 0 || str_empty(r->nik))
        return NOT_KNOWN;
    if (p->by_former == NULL)
        index_former(p);
    ptrdiff_t at = text_index_get(p->by_former, r->nik);
    if (at == NOT_KNOWN)
        return NOT_KNOWN;
    const struct resident_row *known = &p->registry->residents[at].r;
    return known->basic_status != STATUS_NOT_VALID && (r->sex == 0 || r->sex == known->sex) &&
                   (str_eq_nocase(known->name, r->name) || date_compare(known->birth_date, r->birth_date) == 0)
               ? at
               : NOT_KNOWN;
}
