// SPDX-License-Identifier: AGPL-3.0-or-later
/* A village that was made by mistake, while it is empty: its name, its district's name, or all of it. */
#include "server/base/text.h"
#include "server/web/act.h"
#include "server/web/audit.h"
#include "server/web/village.h"
#include "tenants/control/kelola_fix_view.h"
#include "tenants/control/kelola_inside_sql.h"
#include "tenants/control/kelola_known.h"
#include "tenants/control/kelola_village_view.h"
#include "tenants/control/kelola_views.h"
#include "tenants/control/provision_sql.h"
#include "tenants/directory/village_rows_sql.h"

static enum rc village_get(struct control_db *db, struct str code, struct kelola_village *out, struct err *err)
{
    bool is_found = false;

    TRY(sql_kelola_village_of(db, code, out, &is_found, err));
    return is_found ? RC_OK : fail(err, RC_NOT_FOUND, "no such village");
}

static enum rc inside_get(struct request *req, const struct kelola_village *v, struct kelola_inside *out, struct err *err)
{
    struct village_db *db;

    *out = (struct kelola_inside){0};
    if (!str_is(v->step, "ready"))
        return RC_OK;
    /* One that became ready a moment ago is there too. */
    TRY(directory_refresh(request_directory(req), request_control_db(req), false, err));
    TRY(request_open_village(req, v->code, &db, err));
    return sql_kelola_inside(db, out, err);
}

/* Why it cannot be mended here; empty: it can. */
static struct str may_not(const struct kelola_village *v, const struct kelola_inside *in)
{
    if (str_is(v->state, "closed"))
        return STR("Desa ini ditutup. Buka dulu di halamannya.");
    if (v->is_sample || in->residents > 0 || in->letters > 0)
        return STR("Desa ini sudah berisi penduduk atau surat, dan namanya sudah tercetak. Minta pengelola server mengubahnya.");
    return str_is(v->step, "ready") ? STR("") : STR("Desa ini masih disiapkan. Tunggu sampai siap.");
}

static struct str may_not_close(const struct kelola_village *v, const struct kelola_inside *in)
{
    struct str why = may_not(v, in);

    if (why.n > 0)
        return why;
    return in->signed_in > 0 || in->guests > 0
               ? STR("Desa ini sudah dipakai petugasnya, jadi tidak ditutup di sini. Tangguhkan di halamannya, "
                     "atau minta pengelola server.")
               : STR("");
}

enum rc kelola_fix_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct buf out = {.arena = arena};
    struct kelola_village row;
    struct kelola_inside inside;

    TRY(village_get(request_control_db(req), kelola_fix_got(req).code, &row, err));
    TRY(inside_get(req, &row, &inside, err));
    const struct kelola_fix_form stored = {.code = row.code, .name = row.name, .district = row.district};
    struct kelola_fix_view v = {.code = row.code,
                                .dotted = unit_dotted(arena, row.code),
                                .name_now = row.name,
                                .host = row.slug,
                                .may_not = may_not(&row, &inside),
                                .host_stays = row.set_up_at != 0};

    TRY(kelola_fix_fill(req, &stored, &v.form, err));
    view_kelola_fix(&out, &v);
    const struct page page = {.title = STR("Perbaiki nama"), .active = STR("/"), .body = html_view(&out)};

    return respond_page(req, resp, &page, err);
}

/* ---- names ---- */

struct fixing {
    struct control_txn *txn;
    struct request *req;
    struct kelola_village village;
    struct str name, district; /* as they shall be */
    struct kelola_member_rows members;
};

static enum rc names_check(struct fixing *f, struct err *err)
{
    struct arena *arena = request_arena(f->req);
    const struct kelola_village *v = &f->village;
    bool is_district_new = !str_eq(f->district, v->district);
    struct known known;

    if (str_empty(slug_of(arena, f->name)))
        return act_refuse(f->req, err, KELOLA_FIX_NAME, "Nama desa belum diisi.");
    if (str_empty(slug_of(arena, f->district)))
        return act_refuse(f->req, err, KELOLA_FIX_DISTRICT, "Nama kecamatan belum diisi.");
    if (!str_eq(f->name, v->name) && unit_name_fault(f->name) != NULL)
        return act_refuse(f->req, err, KELOLA_FIX_NAME, "%s", unit_name_fault(f->name));
    if (is_district_new && unit_name_fault(f->district) != NULL)
        return act_refuse(f->req, err, KELOLA_FIX_DISTRICT, "%s", unit_name_fault(f->district));
    TRY(known_read(in_control_txn(f->txn), &known, err));
    struct str twin = unit_dotted(arena, known_namesake(arena, &known, v->code, f->name));
    struct str other = unit_dotted(arena, known_namesake(arena, &known, v->district_code, f->district));

    if (twin.n > 0)
        return act_refuse(f->req, err, KELOLA_FIX_NAME, "Nama ini sudah dipakai desa lain di kecamatan ini, berkode %.*s.", STR_ARG(twin));
    if (other.n > 0)
        return act_refuse(f->req, err, KELOLA_FIX_DISTRICT, "Nama ini sudah dipakai kecamatan lain, berkode %.*s.", STR_ARG(other));
    if (is_district_new && f->members.n > 0 && !f->members.p[0].is_empty)
        return act_refuse(f->req, err, KELOLA_FIX_DISTRICT,
                          "Kecamatan ini dipakai desa yang sudah berisi, antara lain %.*s. Minta pengelola server mengubahnya.",
                          STR_ARG(f->members.p[0].name));
    return RC_OK;
}

static enum rc fix_audit(struct fixing *f, const char *action, struct str note, struct err *err)
{
    struct arena *arena = request_arena(f->req);
    struct audit row = request_audit(f->req, action, str_fmt(arena, "village:%.*s", STR_ARG(f->village.code)));

    row.detail = audit_note(arena, note);
    return control_audit_put(f->txn, &row, err);
}

/* The address that the name gives it, among all the others. */
static enum rc host_follow(struct fixing *f, struct err *err)
{
    struct arena *arena = request_arena(f->req);
    struct provision_seat_rows found;

    TRY(sql_provision_seats(in_control_txn(f->txn), &found, err));
    struct slug_seat *seats = ARENA_ARRAY(arena, struct slug_seat, found.n);

    for (size_t i = 0; i < found.n; i++)
        seats[i] = (struct slug_seat){found.p[i].code, found.p[i].name, found.p[i].district,
                                      str_eq(found.p[i].code, f->village.code) ? STR_NONE : found.p[i].slug};
    slugs_assign(arena, seats, found.n);
    for (size_t i = 0; i < found.n; i++)
        if (str_eq(seats[i].code, f->village.code))
            TRY(sql_village_move(f->txn, f->village.code, seats[i].slug, NULL, err));
    return RC_OK;
}

/* Each village keeps the names in its own tables: those that the change is about take them from the tree again. */
static enum rc names_set(struct fixing *f, struct err *err)
{
    const struct kelola_village *v = &f->village;
    bool is_district_new = !str_eq(f->district, v->district);

    TRY(sql_unit_rename(f->txn, v->code, f->name, NULL, err));
    TRY(sql_unit_rename(f->txn, v->district_code, f->district, NULL, err));
    TRY(host_follow(f, err));
    for (size_t i = 0; i < f->members.n; i++) {
        const struct kelola_member *m = &f->members.p[i];
        bool is_put;

        if (!str_eq(m->code, v->code) && !is_district_new)
            continue;
        TRY(sql_village_seed_again(f->txn, m->code, NULL, err));
        TRY(kelola_job_put(f->txn, m->code, &is_put, err));
    }
    return directory_moved(f->txn, err);
}

enum rc kelola_fix_act(struct control_txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct kelola_fix_form form = kelola_fix_got(req);
    struct fixing f = {.txn = txn, .req = req, .name = unit_bare_name(form.name), .district = unit_bare_name(form.district)};
    struct provision_lock lock;
    struct kelola_inside inside;

    TRY(sql_provision_lock(txn, &lock, err));
    TRY(village_get(in_control_txn(txn), form.code, &f.village, err));
    TRY(inside_get(req, &f.village, &inside, err));
    *go_to_out = str_fmt(request_arena(req), "/desa/%.*s", STR_ARG(form.code));
    if (str_eq(f.name, f.village.name) && str_eq(f.district, f.village.district)) {
        act_say(req, ACT_UNCHANGED);
        return RC_OK;
    }
    if (may_not(&f.village, &inside).n > 0)
        return act_refuse(req, err, KELOLA_FIX_NAME, "%s", str_z(request_arena(req), may_not(&f.village, &inside)));
    TRY(sql_kelola_of_district(in_control_txn(txn), f.village.district_code, &f.members, err));
    TRY(names_check(&f, err));
    TRY(names_set(&f, err));
    act_say(req, "Nama diperbaiki");
    struct str note = str_fmt(request_arena(req), "%.*s, %.*s → %.*s, %.*s", STR_ARG(f.village.name), STR_ARG(f.village.district),
                              STR_ARG(f.name), STR_ARG(f.district));

    return fix_audit(&f, "village.rename", note, err);
}

/* ---- all of it ---- */

enum rc kelola_close_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct buf out = {.arena = arena};
    struct kelola_village row;
    struct kelola_inside inside;

    TRY(village_get(request_control_db(req), kelola_close_got(req).code, &row, err));
    TRY(inside_get(req, &row, &inside, err));
    struct check_row facts[] = {
        {.label = STR("Penduduk tercatat"), .value = str_fmt(arena, "%" PRIu64, inside.residents)},
        {.label = STR("Surat, juga yang belum terbit"), .value = str_fmt(arena, "%" PRIu64, inside.letters)},
        {.label = STR("Tamu tercatat"), .value = str_fmt(arena, "%" PRIu64, inside.guests)},
        {.label = STR("Petugas yang pernah masuk"), .value = str_fmt(arena, "%" PRIu64, inside.signed_in)},
    };
    struct kelola_close_view v = {.code = row.code,
                                  .dotted = unit_dotted(arena, row.code),
                                  .name = row.name,
                                  .facts = {facts, COUNT_OF(facts)},
                                  .may_not = may_not_close(&row, &inside)};

    TRY(kelola_close_fill(req, NULL, &v.form, err));
    response_no_cache(resp);
    view_kelola_close(&out, &v);
    const struct page page = {.title = STR("Tutup desa"), .active = STR("/"), .body = html_view(&out)};

    return respond_page(req, resp, &page, err);
}

static enum rc village_take(struct fixing *f, struct str code, struct str *go_to_out, struct err *err)
{
    struct provision_lock lock;

    TRY(sql_provision_lock(f->txn, &lock, err));
    *go_to_out = str_fmt(request_arena(f->req), "/desa/%.*s", STR_ARG(code));
    return village_get(in_control_txn(f->txn), code, &f->village, err);
}

/* Closed, it answers nobody and DPMD does not see it; its address is free for the right one. */
enum rc kelola_close_act(struct control_txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    struct fixing f = {.txn = txn, .req = req};
    struct kelola_inside inside;

    TRY(village_take(&f, kelola_close_got(req).code, go_to_out, err));
    TRY(inside_get(req, &f.village, &inside, err));
    if (may_not_close(&f.village, &inside).n > 0)
        return fail(err, RC_CONFLICT, "this village is not to be closed");
    TRY(sql_village_close(txn, f.village.code, request_now(req), NULL, err));
    TRY(sql_village_move(txn, f.village.code, str_fmt(request_arena(req), "desa-%.*s", STR_ARG(f.village.code)), NULL, err));
    TRY(directory_moved(txn, err));
    act_say(req, "Desa ditutup");
    return fix_audit(&f, "village.close", STR(""), err);
}

/* Whatever is inside: as it was, at an address by its name. */
enum rc kelola_open_act(struct control_txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    struct fixing f = {.txn = txn, .req = req};

    TRY(village_take(&f, kelola_one_got(req).code, go_to_out, err));
    if (!str_is(f.village.state, "closed"))
        return fail(err, RC_CONFLICT, "this village is not closed");
    f.name = f.village.name;
    f.district = f.village.district;
    TRY(names_check(&f, err));
    TRY(sql_village_reopen(txn, f.village.code, request_now(req), NULL, err));
    TRY(host_follow(&f, err));
    TRY(directory_moved(txn, err));
    act_say(req, "Desa dibuka lagi");
    return fix_audit(&f, "village.open", STR(""), err);
}
