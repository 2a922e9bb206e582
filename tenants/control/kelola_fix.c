// SPDX-License-Identifier: AGPL-3.0-or-later
/* A village that was made by mistake, while it is empty: its name, its district's name, or all of it. */
#include "server/base/random.h"
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
    if (v->is_sample || in->residents > 0 || in->letters > 0 || in->mail > 0)
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

/* ---- names ---- */

struct fixing {
    struct request *req;
    struct kelola_village village;
    struct str name, district;                 /* as they shall be */
    struct str name_written, district_written; /* as they were typed */
    bool is_district_new;
    struct kelola_member_rows members; /* of the district */
};

/* Capitals and small letters alone are put into the case of names, unless it is the name that stands there or they are meant so. */
static struct str name_shall(struct request *req, struct str written, struct str now)
{
    return str_eq(written, now) || kelola_fix_got(req).is_as_written ? written : text_place(request_arena(req), written);
}

static enum rc fixing_read(struct control_db *db, struct request *req, struct fixing *f, struct err *err)
{
    const struct kelola_fix_form form = kelola_fix_got(req);

    *f = (struct fixing){.req = req, .name_written = unit_bare_name(form.name), .district_written = unit_bare_name(form.district)};
    TRY(village_get(db, form.code, &f->village, err));
    f->name = name_shall(req, f->name_written, f->village.name);
    f->district = name_shall(req, f->district_written, f->village.district);
    f->is_district_new = !str_eq(f->district, f->village.district);
    return sql_kelola_of_district(db, f->village.district_code, &f->members, err);
}

static bool is_unchanged(const struct fixing *f)
{
    return !f->is_district_new && str_eq(f->name, f->village.name);
}

/* What the page showed: both names, and on the page that asks the villages which it lists. */
static struct str shown_digest(const struct fixing *f, bool is_listed)
{
    struct arena *arena = request_arena(f->req);
    struct buf shown = {.arena = arena};
    unsigned char *digest = arena_alloc(arena, HASH_BYTES);

    buf_fmt(&shown, "%.*s\n%.*s\n%.*s", STR_ARG(f->village.code), STR_ARG(f->village.name), STR_ARG(f->village.district));
    for (size_t i = 0; is_listed && i < f->members.n; i++)
        buf_fmt(&shown, "\n%.*s\n%.*s", STR_ARG(f->members.p[i].code), STR_ARG(f->members.p[i].name));
    hash_sha256(shown.p, shown.n, digest);
    return (struct str){(const char *)digest, HASH_BYTES};
}

static bool is_typed(const struct fixing *f)
{
    return !str_eq(f->name_written, f->village.name) || !str_eq(f->district_written, f->village.district);
}

/* Sent by the page that says what becomes what; a district's name is saved from the one that lists its villages, and from no other. */
static bool was_checked(const struct fixing *f)
{
    return str_is(kelola_fix_got(f->req).step, "simpan");
}

static bool was_listed(const struct fixing *f)
{
    return f->is_district_new && was_checked(f);
}

/* Faults at the fields. */
static enum rc names_check(struct control_db *db, const struct fixing *f, struct err *err)
{
    struct request *req = f->req;
    struct arena *arena = request_arena(req);
    const struct kelola_village *v = &f->village;
    struct known known;

    TRY(known_read(db, &known, err));
    struct str twin = unit_dotted(arena, known_namesake(arena, &known, v->code, f->name));
    struct str other = unit_dotted(arena, known_namesake(arena, &known, v->district_code, f->district));

    if (str_empty(slug_of(arena, f->name)))
        request_fault(req, KELOLA_FIX_NAME, "Nama desa belum diisi.");
    else if (!str_eq(f->name, v->name) && unit_name_fault(f->name) != NULL)
        request_fault(req, KELOLA_FIX_NAME, "%s", unit_name_fault(f->name));
    else if (twin.n > 0)
        request_fault(req, KELOLA_FIX_NAME, "Nama ini sudah dipakai desa lain di kecamatan ini, berkode %.*s.", STR_ARG(twin));
    if (str_empty(slug_of(arena, f->district)))
        request_fault(req, KELOLA_FIX_DISTRICT, "Nama kecamatan belum diisi.");
    else if (f->is_district_new && unit_name_fault(f->district) != NULL)
        request_fault(req, KELOLA_FIX_DISTRICT, "%s", unit_name_fault(f->district));
    else if (f->is_district_new && other.n > 0)
        request_fault(req, KELOLA_FIX_DISTRICT, "Nama ini sudah dipakai kecamatan lain, berkode %.*s.", STR_ARG(other));
    else if (f->is_district_new && f->members.n > 0 && !f->members.p[0].is_empty)
        request_fault(req, KELOLA_FIX_DISTRICT,
                      "Kecamatan ini dipakai desa yang sudah berisi, antara lain %.*s. Minta pengelola server mengubahnya.",
                      STR_ARG(f->members.p[0].name));
    return RC_OK;
}

enum rc kelola_fix_check(struct request *req, struct err *err)
{
    struct kelola_inside inside;
    struct fixing f;

    TRY(fixing_read(request_control_db(req), req, &f, err));
    TRY(inside_get(req, &f.village, &inside, err));
    if (str_is(kelola_fix_got(req).step, "ubah")) {
        act_ask(req);
        return RC_OK;
    }
    if (!is_typed(&f) || may_not(&f.village, &inside).n > 0) /* the act says it */
        return RC_OK;
    TRY(names_check(request_control_db(req), &f, err));
    struct str digest = shown_digest(&f, was_listed(&f));

    if (!str_eq(kelola_fix_got(req).seen, str_hex(request_arena(req), digest.p, digest.n)))
        request_set_changed(req);
    else if (!was_checked(&f))
        act_ask(req);
    return RC_OK;
}

static void put_change(struct arena *arena, const char *label, struct str now, struct str name, struct check_rows *facts)
{
    if (!str_eq(name, now))
        facts->p[facts->n++] = (struct check_row){.label = str_c(label),
                                                  .value = str_fmt(arena, "%.*s menjadi %.*s", STR_ARG(now), STR_ARG(name))};
}

/* "MALEWONG menjadi Malewong": what was typed and what is proposed for it; empty: they are one. */
static struct str tidied_words(const struct fixing *f)
{
    struct buf out = {.arena = request_arena(f->req)};

    if (!str_eq(f->name, f->name_written))
        buf_fmt(&out, "%.*s ditulis %.*s", STR_ARG(f->name_written), STR_ARG(f->name));
    if (!str_eq(f->district, f->district_written))
        buf_fmt(&out, "%s%.*s ditulis %.*s", out.n > 0 ? ", " : "", STR_ARG(f->district_written), STR_ARG(f->district));
    return buf_str(&out);
}

/* What the page that asks says: what becomes what, and of a district all whose district's name becomes another. */
static void put_check(const struct fixing *f, struct kelola_fix_view *v)
{
    struct arena *arena = request_arena(f->req);
    const struct kelola_village *now = &f->village;

    v->facts.p = ARENA_ARRAY(arena, struct check_row, 3);
    put_change(arena, "Nama desa", now->name, f->name, &v->facts);
    put_change(arena, "Nama kecamatan", now->district, f->district, &v->facts);
    if (!str_eq(f->name, now->name))
        v->facts.p[v->facts.n++] = (struct check_row){
            .label = STR("Alamat situs"),
            .value = v->host_stays ? str_fmt(arena, "tetap %.*s", STR_ARG(v->host))
                                   : STR("ikut nama yang baru; tautan pemasangan yang lama tidak berlaku lagi")};
    v->tidied = tidied_words(f);
    v->is_as_written = kelola_fix_got(f->req).is_as_written;
    v->is_district = f->is_district_new;
    v->villages.p = ARENA_ARRAY(arena, struct kelola_fix_line, f->members.n);
    v->villages.n = f->is_district_new ? f->members.n : 0;
    for (size_t i = 0; i < v->villages.n; i++)
        v->villages.p[i] = (struct kelola_fix_line){f->members.p[i].name, unit_dotted(arena, f->members.p[i].code)};
    v->carried = form_carried(f->req, (const char *const[]){KELOLA_FIX_STEP, KELOLA_FIX_SEEN, KELOLA_FIX_IS_AS_WRITTEN, NULL});
}

enum rc kelola_fix_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct buf out = {.arena = arena};
    struct kelola_inside inside;
    struct fixing f;

    TRY(fixing_read(request_control_db(req), req, &f, err));
    TRY(inside_get(req, &f.village, &inside, err));
    const struct kelola_fix_form stored = {.code = f.village.code, .name = f.village.name, .district = f.village.district};
    struct kelola_fix_view v = {.code = f.village.code,
                                .dotted = unit_dotted(arena, f.village.code),
                                .name_now = f.village.name,
                                .district_now = f.village.district,
                                .host = f.village.slug,
                                .may_not = may_not(&f.village, &inside),
                                .host_stays = f.village.set_up_at != 0};

    TRY(kelola_fix_fill(req, &stored, &v.form, err));
    bool is_check = v.form.is_sent && v.form.faults.n == 0 && !v.form.is_changed && v.may_not.n == 0 &&
                    !str_is(kelola_fix_got(req).step, "ubah");
    struct str digest = shown_digest(&f, is_check && f.is_district_new);

    v.seen = str_hex(arena, digest.p, digest.n);
    if (is_check) {
        put_check(&f, &v);
        view_kelola_fix_check(&out, &v);
    } else {
        view_kelola_fix(&out, &v);
    }
    const struct page page = {.title = STR("Perbaiki nama"), .active = STR("/"), .body = html_view(&out)};

    return respond_page(req, resp, &page, err);
}

static enum rc fix_audit(struct control_txn *txn, struct request *req, const char *action, struct str code, struct str note,
                         struct err *err)
{
    struct audit row = request_audit(req, action, str_fmt(request_arena(req), "village:%.*s", STR_ARG(code)));

    row.detail = audit_note(request_arena(req), note);
    return control_audit_put(txn, &row, err);
}

/* The address that the name gives it, among all the others. */
static enum rc host_follow(struct control_txn *txn, const struct fixing *f, struct err *err)
{
    struct arena *arena = request_arena(f->req);
    struct provision_seat_rows found;

    TRY(sql_provision_seats(in_control_txn(txn), &found, err));
    struct slug_seat *seats = ARENA_ARRAY(arena, struct slug_seat, found.n);

    for (size_t i = 0; i < found.n; i++)
        seats[i] = (struct slug_seat){found.p[i].code, found.p[i].name, found.p[i].district,
                                      str_eq(found.p[i].code, f->village.code) ? STR_NONE : found.p[i].slug};
    slugs_assign(arena, seats, found.n);
    for (size_t i = 0; i < found.n; i++)
        if (str_eq(seats[i].code, f->village.code))
            TRY(sql_village_move(txn, f->village.code, seats[i].slug, NULL, err));
    return RC_OK;
}

/*
 * Each village keeps the names in its own tables: those that the change is about take them from the tree again, and each one's history
 * says why.
 */
static enum rc names_set(struct control_txn *txn, const struct fixing *f, struct err *err)
{
    const struct kelola_village *v = &f->village;
    struct arena *arena = request_arena(f->req);

    TRY(sql_unit_rename(txn, v->code, f->name, NULL, err));
    TRY(sql_unit_rename(txn, v->district_code, f->district, NULL, err));
    TRY(host_follow(txn, f, err));
    for (size_t i = 0; i < f->members.n; i++) {
        const struct kelola_member *m = &f->members.p[i];
        bool is_own = str_eq(m->code, v->code), is_put;

        if (!is_own && !f->is_district_new)
            continue;
        struct str note = str_fmt(arena, "%.*s, %.*s → %.*s, %.*s", STR_ARG(m->name), STR_ARG(v->district),
                                  STR_ARG(is_own ? f->name : m->name), STR_ARG(f->district));

        TRY(sql_village_seed_again(txn, m->code, NULL, err));
        TRY(kelola_job_put(txn, m->code, &is_put, err));
        TRY(fix_audit(txn, f->req, "village.rename", m->code, note, err));
    }
    return directory_moved(txn, err);
}

enum rc kelola_fix_act(struct control_txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    struct provision_lock lock;
    struct kelola_inside inside;
    struct fixing f;

    TRY(sql_provision_lock(txn, &lock, err));
    TRY(fixing_read(in_control_txn(txn), req, &f, err));
    TRY(inside_get(req, &f.village, &inside, err));
    *go_to_out = str_fmt(request_arena(req), "/desa/%.*s", STR_ARG(f.village.code));
    if (is_unchanged(&f)) {
        act_say(req, ACT_UNCHANGED);
        return RC_OK;
    }
    if (may_not(&f.village, &inside).n > 0)
        return act_refuse(req, err, KELOLA_FIX_NAME, "%s", str_z(request_arena(req), may_not(&f.village, &inside)));
    TRY(act_seen_digest(req, shown_digest(&f, was_listed(&f)), err));
    TRY(names_check(in_control_txn(txn), &f, err)); /* the same under the lock */
    if (request_faults(req)->n > 0)
        return fail(err, RC_INVALID, "these names cannot be");
    TRY(names_set(txn, &f, err));
    act_say(req, "Nama diperbaiki");
    return RC_OK;
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
        {.label = STR("Surat masuk dan keluar di agenda"), .value = str_fmt(arena, "%" PRIu64, inside.mail)},
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

static enum rc village_take(struct control_txn *txn, struct request *req, struct str code, struct kelola_village *out,
                            struct str *go_to_out, struct err *err)
{
    struct provision_lock lock;

    TRY(sql_provision_lock(txn, &lock, err));
    *go_to_out = str_fmt(request_arena(req), "/desa/%.*s", STR_ARG(code));
    return village_get(in_control_txn(txn), code, out, err);
}

/* Closed, it answers nobody and DPMD does not see it; its address is free for the right one while nobody had moved in. */
enum rc kelola_close_act(struct control_txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct kelola_close_form form = kelola_close_got(req);
    struct kelola_village village;
    struct kelola_inside inside;

    TRY(village_take(txn, req, form.code, &village, go_to_out, err));
    TRY(inside_get(req, &village, &inside, err));
    if (may_not_close(&village, &inside).n > 0)
        return fail(err, RC_CONFLICT, "this village is not to be closed");
    TRY(sql_village_close(txn, village.code, request_now(req), NULL, err));
    TRY(sql_village_move(txn, village.code, str_fmt(request_arena(req), "desa-%.*s", STR_ARG(village.code)), NULL, err));
    TRY(directory_moved(txn, err));
    act_say(req, "Desa ditutup");
    return fix_audit(txn, req, "village.close", village.code, form.reason, err);
}

/*
 * Whatever is inside: as it was, at an address by its name. Its own tables take the names that the tree has by now: of those that were
 * mended meanwhile (its district's) it was told nothing while it was closed.
 */
enum rc kelola_open_act(struct control_txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    struct fixing f = {.req = req};
    struct known known;
    bool is_put;

    TRY(village_take(txn, req, kelola_one_got(req).code, &f.village, go_to_out, err));
    TRY(known_read(in_control_txn(txn), &known, err));
    if (!str_is(f.village.state, "closed") || known_namesake(request_arena(req), &known, f.village.code, f.village.name).n > 0)
        return fail(err, RC_CONFLICT, "this village is not closed, or its name is another's by now: its page says so");
    f.name = f.village.name;
    f.district = f.village.district;
    TRY(sql_village_reopen(txn, f.village.code, request_now(req), NULL, err));
    TRY(host_follow(txn, &f, err));
    TRY(sql_village_seed_again(txn, f.village.code, NULL, err));
    TRY(kelola_job_put(txn, f.village.code, &is_put, err));
    TRY(directory_moved(txn, err));
    act_say(req, "Desa dibuka lagi");
    return fix_audit(txn, req, "village.open", f.village.code, STR(""), err);
}
