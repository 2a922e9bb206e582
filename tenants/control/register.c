// SPDX-License-Identifier: AGPL-3.0-or-later
/* Registering: the tree of units, and a row with a host name for each village asked for. */
#include "tenants/control/provision.h"
#include "tenants/control/provision_sql.h"
#include "tenants/directory/village_rows_sql.h"

struct registering {
    struct arena *arena;
    struct control_txn *txn;
    const struct unit_list *units;
    const struct provision_region *region;
    const struct str_list *only;
    struct provision_registered *out;
};

static bool is_asked_for(const struct registering *r, struct str code)
{
    if (r->only == NULL || r->only->n == 0)
        return true;
    for (size_t i = 0; i < r->only->n; i++)
        if (str_eq(r->only->p[i], code))
            return true;
    return false;
}

static const struct unit_row *row_of(const struct unit_list *units, struct str code)
{
    for (size_t i = 0; i < units->n; i++)
        if (str_eq(units->p[i].code, code))
            return &units->p[i];
    return NULL;
}

static enum rc check(const struct registering *r, struct err *err)
{
    if (r->units->faults_n > 0)
        return fail(err, RC_INVALID, "the list has %zu faults", r->units->faults_n);
    if (r->units->n == 0)
        return fail(err, RC_INVALID, "the list is empty");
    if (!str_eq(str_part(r->units->p[0].code, 0, 4), r->region->regency_code))
        return fail(err, RC_INVALID, "the list's codes begin with %.*s, not with the regency's %.*s",
                    STR_ARG(str_part(r->units->p[0].code, 0, 4)), STR_ARG(r->region->regency_code));
    for (size_t i = 0; r->only != NULL && i < r->only->n; i++) {
        const struct unit_row *row = row_of(r->units, r->only->p[i]);

        if (row == NULL || !row->is_desa)
            return fail(err, RC_INVALID, "%.*s is no desa of the list", STR_ARG(r->only->p[i]));
    }
    return RC_OK;
}

/* ---- the tree ---- */

/* The name given, or the one in the tree. */
static enum rc name_of(struct registering *r, struct str code, struct str given, struct str *out, struct err *err)
{
    struct provision_unit unit;
    bool is_found;

    *out = given;
    if (!str_empty(given))
        return RC_OK;
    TRY(sql_provision_unit_of(in_control_txn(r->txn), code, &unit, &is_found, err));
    if (!is_found)
        return fail(err, RC_INVALID, "region %.*s is not in the tree yet: name its regency and province", STR_ARG(code));
    *out = unit.name;
    return RC_OK;
}

static struct str degrees(struct arena *arena, bool has_point, double value)
{
    return has_point ? str_fmt(arena, "%.6f", value) : STR_NONE;
}

/* Districts stand before their villages; those of several villages once. */
static size_t district_put(struct registering *r, size_t at, struct provision_units_put_in *rows, size_t n)
{
    const struct unit_row *unit = &r->units->p[at];

    for (size_t i = 0; i < at; i++)
        if (str_eq(r->units->p[i].district_code, unit->district_code))
            return n;
    rows[n] = (struct provision_units_put_in){.code = unit->district_code,
                                              .kind = STR("district"),
                                              .name = unit->district,
                                              .parent_code = r->region->regency_code,
                                              .lat = STR_NONE,
                                              .lng = STR_NONE};
    return n + 1;
}

static enum rc tree_put(struct registering *r, struct err *err)
{
    struct str province_code = str_part(r->region->regency_code, 0, 2), regency, province;
    struct provision_units_put_in *rows = ARENA_ARRAY(r->arena, struct provision_units_put_in, 2 * r->units->n + 2);
    size_t n = 0;

    TRY(name_of(r, province_code, r->region->province, &province, err));
    TRY(name_of(r, r->region->regency_code, r->region->regency, &regency, err));
    rows[n++] = (struct provision_units_put_in){province_code, STR("province"), province, STR_NONE, STR_NONE, STR_NONE};
    rows[n++] = (struct provision_units_put_in){r->region->regency_code, STR("regency"), regency, province_code, STR_NONE, STR_NONE};
    for (size_t i = 0; i < r->units->n; i++) {
        const struct unit_row *unit = &r->units->p[i];

        n = district_put(r, i, rows, n);
        rows[n++] = (struct provision_units_put_in){.code = unit->code,
                                                    .kind = unit->is_desa ? STR("desa") : STR("kelurahan"),
                                                    .name = unit->name,
                                                    .parent_code = unit->district_code,
                                                    .lat = degrees(r->arena, unit->has_point, unit->lat),
                                                    .lng = degrees(r->arena, unit->has_point, unit->lng)};
    }
    r->out->units = (uint32_t)r->units->n;
    return sql_provision_units_put(r->txn, rows, n, err);
}

/* ---- the villages ---- */

/* After tree_put, so the seats are all desa of the tree, the new ones among them. */
static enum rc villages_put(struct registering *r, struct err *err)
{
    struct provision_seat_rows found;

    TRY(sql_provision_seats(in_control_txn(r->txn), &found, err));
    struct slug_seat *seats = ARENA_ARRAY(r->arena, struct slug_seat, found.n);
    struct provision_villages_put_in *rows = ARENA_ARRAY(r->arena, struct provision_villages_put_in, found.n);
    size_t n = 0;

    for (size_t i = 0; i < found.n; i++)
        seats[i] = (struct slug_seat){found.p[i].code, found.p[i].name, found.p[i].district, found.p[i].slug};
    slugs_assign(r->arena, seats, found.n);
    for (size_t i = 0; i < found.n; i++) {
        const struct unit_row *row = row_of(r->units, seats[i].code);

        if (found.p[i].slug.p == NULL && row != NULL && row->is_desa && is_asked_for(r, seats[i].code))
            rows[n++] = (struct provision_villages_put_in){seats[i].code, seats[i].slug, str_c(zone_name(zone_of_area(seats[i].code)))};
    }
    r->out->fresh = (uint32_t)n;
    return n > 0 ? sql_provision_villages_put(r->txn, rows, n, err) : RC_OK;
}

enum rc provision_register(struct control_txn *txn, const struct unit_list *units, const struct provision_region *region,
                           const struct str_list *only, struct provision_registered *out, struct err *err)
{
    struct arena *arena = control_db_arena(in_control_txn(txn));
    struct registering r = {arena, txn, units, region, only, out};
    struct provision_lock lock;

    *out = (struct provision_registered){0};
    TRY(check(&r, err));
    TRY(sql_provision_lock(txn, &lock, err));
    TRY(tree_put(&r, err));
    TRY(villages_put(&r, err));
    out->codes.p = ARENA_ARRAY(arena, struct str, units->n);
    for (size_t i = 0; i < units->n; i++)
        if (units->p[i].is_desa && is_asked_for(&r, units->p[i].code))
            out->codes.p[out->codes.n++] = units->p[i].code;
    return directory_moved(txn, err);
}
