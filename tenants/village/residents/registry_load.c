// SPDX-License-Identifier: AGPL-3.0-or-later
/* The registry from the database to what registry_plan reads. */
#include "server/base/json.h"

#include <stdlib.h>
#include "tenants/village/residents/nik.h"
#include "tenants/village/residents/registry_store.h"

struct loading {
    struct arena *arena;
    const struct registry_area_rows *areas;
    const struct registry_family_rows *families;
    const struct registry_resident_rows *residents;
    struct loaded_registry *out;
};

_Static_assert(offsetof(struct registry_area, id) == 0 && offsetof(struct registry_family, id) == 0, "index_of reads a row's id first");

static int compare_id(const void *id, const void *row)
{
    uint64_t a = *(const uint64_t *)id, b = *(const uint64_t *)row;

    return a < b ? -1 : a > b;
}

/* Index of a row by its id, or NOT_KNOWN. Rows come ordered by id, which is their first member. */
static ptrdiff_t index_of(uint64_t id, const void *rows, size_t n, size_t size)
{
    const char *row = n > 0 ? bsearch(&id, rows, n, size, compare_id) : NULL;

    return row != NULL ? (row - (const char *)rows) / (ptrdiff_t)size : NOT_KNOWN;
}
#define INDEX_OF(id, rows) index_of((id), (rows)->p, (rows)->n, sizeof(*(rows)->p))

static struct resident_row row_of(const struct registry_resident *r)
{
#define PLAIN(member) .member = r->member
    return (struct resident_row){RESIDENT_FACTS(PLAIN, PLAIN), .card_tag = r->card_tag.p != NULL ? r->card_tag : STR("")};
#undef PLAIN
}

static enum rc take_families(struct loading *l, struct err *err)
{
    struct registry *registry = &l->out->registry;

    registry->n_areas = l->areas->n;
    registry->areas = ARENA_ARRAY(l->arena, struct known_area, l->areas->n);
    for (size_t i = 0; i < l->areas->n; i++) {
        const struct registry_area *a = &l->areas->p[i];
        registry->areas[i] = (struct known_area){a->id, a->hamlet, a->rw, a->rt};
    }
    registry->n_families = l->families->n;
    registry->families = ARENA_ARRAY(l->arena, struct known_family, l->families->n);
    for (size_t i = 0; i < l->families->n; i++) {
        const struct registry_family *f = &l->families->p[i];
        ptrdiff_t area = INDEX_OF(f->area_id, l->areas);
        if (area == NOT_KNOWN)
            return fail(err, RC_FAULT, "family %" PRIu64 " stands in an area that is not there", f->id);
        registry->families[i] = (struct known_family){f->id, f->kk_no, f->address, (size_t)area};
    }
    return RC_OK;
}

static enum rc take_residents(struct loading *l, struct err *err)
{
    struct registry *registry = &l->out->registry;

    registry->n_residents = l->residents->n;
    registry->residents = ARENA_ARRAY(l->arena, struct known_resident, l->residents->n);
    l->out->family_of = ARENA_ARRAY(l->arena, uint64_t, l->residents->n);
    for (size_t i = 0; i < l->residents->n; i++) {
        const struct registry_resident *r = &l->residents->p[i];
        struct known_resident *known = &registry->residents[i];
        ptrdiff_t area = INDEX_OF(r->area_id, l->areas);
        ptrdiff_t family = r->family_id.is_set ? INDEX_OF(r->family_id.value, l->families) : NOT_KNOWN;
        if (area == NOT_KNOWN || (r->family_id.is_set && family == NOT_KNOWN))
            return fail(err, RC_FAULT, "resident %" PRIu64 " has an area or family that is not there", r->id);
        *known = (struct known_resident){r->id, row_of(r)};
        known->r.hamlet = registry->areas[area].hamlet;
        known->r.rw = registry->areas[area].rw;
        known->r.rt = registry->areas[area].rt;
        known->r.kk_no = family != NOT_KNOWN ? registry->families[family].kk_no : STR("");
        known->r.address = family != NOT_KNOWN ? registry->families[family].address : STR("");
        l->out->family_of[i] = r->family_id.is_set ? r->family_id.value : 0;
    }
    return RC_OK;
}

/* One column of the rows that have it, as a JSON array of texts. */
static struct str list_of(const struct registry_file *file, enum resident_column column)
{
    struct buf out = {.arena = file->arena};

    for (size_t i = 0; i < file->n_rows; i++) {
        struct str value = *row_text(&file->rows[i].r, column);
        if (str_empty(value))
            continue;
        buf_put_char(&out, out.n == 0 ? '[' : ',');
        json_put_str(&out, value);
    }
    buf_put_str(&out, out.n == 0 ? STR("[]") : STR("]"));
    return buf_str(&out);
}

/* The families of known people who come from elsewhere, too: their address is asked for. */
static enum rc add_families(struct village_db *db, const struct registry_resident_rows *residents, struct registry_family_rows *families,
                            struct err *err)
{
    struct buf ids = {.arena = village_db_arena(db)};

    for (size_t i = 0; i < families->n; i++)
        buf_fmt(&ids, "%c%" PRIu64, ids.n == 0 ? '[' : ',', families->p[i].id);
    for (size_t i = 0; i < residents->n; i++)
        if (residents->p[i].family_id.is_set)
            buf_fmt(&ids, "%c%" PRIu64, ids.n == 0 ? '[' : ',', residents->p[i].family_id.value);
    if (ids.n == 0)
        return RC_OK;
    buf_put_char(&ids, ']');
    return sql_registry_family_by_ids(db, buf_str(&ids), families, err);
}

/* Gets the number after the last temporary one: who brings none, or one that another program gave. */
static bool lacks(const struct registry_file *file, const struct registry_row *row, struct str number, struct str village_code)
{
    return (str_empty(number) && !row->has_error) || (!file->is_own && nik_is_own_temporary(village_code, number));
}

static bool lacks_kk(const struct registry_file *file, struct str village_code)
{
    for (size_t i = 0; i < file->n_rows; i++)
        if (lacks(file, &file->rows[i], file->rows[i].r.kk_no, village_code))
            return true;
    return false;
}

/* Who has no NIK is looked for by name: that takes everyone. */
static bool takes_everyone(const struct registry_file *file, struct str village_code)
{
    for (size_t i = 0; i < file->n_rows; i++)
        if (lacks(file, &file->rows[i], file->rows[i].r.nik, village_code))
            return true;
    return false;
}

/* Of everyone who was loaded, as they are ordered. */
static enum rc take_changes(struct loading *l, struct village_db *db, struct err *err)
{
    struct registry *registry = &l->out->registry;
    const enum zone zone = zone_of_area(village_db_code(db));
    struct buf ids = {.arena = l->arena};
    struct registry_change_rows rows;

    if (registry->n_residents == 0)
        return RC_OK;
    for (size_t i = 0; i < registry->n_residents; i++)
        buf_fmt(&ids, "%c%" PRIu64, i == 0 ? '[' : ',', registry->residents[i].id);
    buf_put_char(&ids, ']');
    TRY(sql_registry_changes(db, buf_str(&ids), &rows, err));
    struct known_change *changes = ARENA_ARRAY(l->arena, struct known_change, rows.n);
    for (size_t i = 0; i < rows.n; i++)
        changes[i] = (struct known_change){rows.p[i].resident_id, utc_date(rows.p[i].at, zone), rows.p[i].changes};
    registry->changes = changes;
    registry->n_changes = rows.n;
    return RC_OK;
}

enum rc registry_load(struct village_db *db, const struct registry_file *file, struct loaded_registry *out, struct err *err)
{
    struct registry_area_rows areas;
    struct registry_family_rows families;
    struct registry_resident_rows residents;
    struct loading l = {village_db_arena(db), &areas, &families, &residents, out};

    *out = (struct loaded_registry){0};
    struct str prefix = nik_temporary_prefix(l.arena, village_db_code(db));
    struct nik_last last;

    TRY(sql_registry_areas(db, &areas, err));
    const bool has_lack = lacks_kk(file, village_db_code(db));
    if (has_lack) {
        TRY(sql_kk_last_temporary(db, prefix, &last, err));
        out->registry.last_temporary_kk = last.nik;
    }
    if (has_lack || takes_everyone(file, village_db_code(db))) {
        TRY(sql_nik_last_temporary(db, prefix, &last, err));
        out->registry.last_temporary = last.nik;
        TRY(sql_registry_families(db, &families, err));
        TRY(sql_registry_residents(db, &residents, err));
    } else {
        struct str kks = list_of(file, COLUMN_KK);
        TRY(sql_registry_families_some(db, kks, &families, err));
        TRY(sql_registry_residents_some(db, list_of(file, COLUMN_NIK), list_of(file, COLUMN_CARD_TAG), kks, !file->is_own, &residents,
                                        err));
        TRY(add_families(db, &residents, &families, err));
    }
    TRY(take_families(&l, err));
    TRY(take_residents(&l, err));
    return file->is_own ? RC_OK : take_changes(&l, db, err);
}
