// SPDX-License-Identifier: AGPL-3.0-or-later
/* The one-time link: after it, and nothing else, the village can issue a letter. */
#include "server/base/random.h"
#include "server/base/text.h"
#include "server/web/act.h"
#include "server/web/audit.h"
#include "server/web/password.h"
#include "tenants/directory/village_rows_sql.h"
#include "tenants/village/staff/setup_view.h"
#include "tenants/village/staff/staff_control_sql.h"
#include "tenants/village/staff/staff_pages.h"

/* ---- what comes after it ---- */

enum rc first_steps_read(struct request *req, bool has_approver, struct first_steps_view *out, struct err *err)
{
    struct first_steps steps;
    struct village_db *db;

    *out = (struct first_steps_view){.village = request_village(req)->name};
    if (!request_may(req, MAY_SET_VILLAGE))
        return RC_OK;
    TRY(request_village_db(req, &db, err));
    TRY(sql_first_steps(db, &steps, err));
    const struct first_step all[] = {
        {STR("Impor penduduk"), STR("Unggah berkas Excel penduduk, supaya surat dibuat tanpa mengetik ulang."),
         STR("/kantor/penduduk/impor"), STR("Impor"), steps.has_residents},
        {STR("Akun kepala desa"),
         STR("Minta tautannya kepada relawan yang mengirim tautan pemasangan. Tanpa itu surat yang perlu persetujuan menunggu."), STR(""),
         STR(""), has_approver},
        {STR("Petugas"), STR("Buat akun operator dan kasi, masing-masing dengan kata sandi sendiri."), STR("/kantor/pengaturan/petugas"),
         STR("Tambah"), steps.has_staff},
        {STR("Lambang desa"), STR("Tercetak pada surat dan tampil di situs."), STR("/kantor/pengaturan#lambang-desa"), STR("Unggah"),
         steps.has_crest},
        {STR("Jam pelayanan dan telepon"), STR("Warga membacanya di situs sebelum datang."), STR("/kantor/pengaturan#jam"), STR("Isi"),
         steps.has_hours},
    };
    size_t done = 0;

    for (size_t i = 0; i < COUNT_OF(all); i++)
        done += all[i].is_done;
    out->is_put_away = steps.is_new && steps.is_away && done < COUNT_OF(all);
    if (!steps.is_new || steps.is_away || done == COUNT_OF(all))
        return RC_OK;
    out->guard = request_form_guard(req);
    out->done = done;
    out->steps.p = ARENA_ARRAY(request_arena(req), struct first_step, COUNT_OF(all));
    out->steps.n = COUNT_OF(all);
    memcpy(out->steps.p, all, sizeof(all));
    return RC_OK;
}

enum rc first_steps_away_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    *go_to_out = STR("/kantor");
    act_say(req, "Daftar langkah disembunyikan. Tampilkan lagi dari Pengaturan");
    TRY(sql_first_steps_away(txn, request_now(req), NULL, err));
    return act_audit(txn, req, err, "village.steps_away", "village");
}

enum rc first_steps_back_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    *go_to_out = STR("/kantor");
    TRY(sql_first_steps_away(txn, 0, NULL, err));
    return act_audit(txn, req, err, "village.steps_back", "village");
}

/* ---- a one-time link ---- */

static struct str link_hash(struct request *req, struct str kept)
{
    unsigned char *hash = arena_alloc(request_arena(req), HASH_BYTES);

    hash_sha256(kept.p, kept.n, hash);
    return (struct str){(const char *)hash, HASH_BYTES};
}

enum rc setup_link_state(struct request *req, struct str kept, struct str *why_not_out, bool *is_used_out, struct err *err)
{
    struct village_setup setup;

    TRY(sql_village_setup(request_control_db(req), request_village(req)->code, &setup, err));
    *is_used_out = false;
    if (setup.setup_hash.n != HASH_BYTES || !bytes_equal(setup.setup_hash.p, link_hash(req, kept).p, HASH_BYTES))
        *why_not_out = STR(
            "Tautan ini bukan milik desa ini atau sudah diganti. Periksa alamatnya, atau minta tautan baru kepada relawan ForSID.");
    else if ((*is_used_out = setup.setup_used_at != 0))
        *why_not_out = STR("Tautan ini sudah dipakai. Masuk dengan nama akun yang dibuat waktu itu.");
    else if (setup.setup_until < request_now(req))
        *why_not_out = STR("Tautan ini sudah lewat masanya. Minta tautan baru kepada relawan ForSID.");
    else
        *why_not_out = STR("");
    return RC_OK;
}

enum rc setup_link_check(struct request *req, struct str kept, bool *is_open_out, struct err *err)
{
    struct str why_not;
    bool is_used;

    TRY(setup_link_state(req, kept, &why_not, &is_used, err));
    *is_open_out = str_empty(why_not);
    if (!*is_open_out && !is_used)
        request_set_changed(req);
    if (*is_open_out && request_village(req)->state == VILLAGE_READ_ONLY)
        return fail(err, RC_READ_ONLY, "the link would be used up for nothing");
    return RC_OK;
}

struct taking {
    struct request *req;
    struct str link_hash;
    uint64_t taken;
};

static enum rc take_body(struct control_txn *txn, void *arg, struct err *err)
{
    struct taking *t = arg;

    return sql_village_setup_take(txn, request_village(t->req)->code, t->link_hash, request_now(t->req), &t->taken, err);
}

enum rc setup_link_take(struct request *req, struct str kept, struct str password, struct err *err)
{
    struct taking taking = {.req = req, .link_hash = link_hash(req, kept)};
    struct str *hash = ARENA_NEW(request_arena(req), struct str);

    if (request_faults(req)->n > 0)
        return RC_OK;
    TRY(request_password_hash(req, password, hash, err));
    TRY(control_txn_run(request_control_db(req), take_body, &taking, err));
    if (taking.taken == 1)
        act_keep(req, hash);
    return RC_OK;
}

enum rc setup_link_taken(struct request *req, struct str *hash_out, struct err *err)
{
    if (act_kept(req) == NULL) {
        request_set_changed(req);
        return fail(err, RC_CONFLICT, "the link was used before");
    }
    *hash_out = *(const struct str *)act_kept(req);
    return RC_OK;
}

enum rc setup_respond(struct request *req, struct response *resp, const char *title, struct html body, bool is_usable, struct err *err)
{
    const struct page page = {.title = str_c(title), .body = body, .is_bare = true};

    response_no_cache(resp);
    if (!is_usable)
        response_status(resp, request_is_sent(req) ? 404 : 200); /* there is nothing to mend */
    return respond_page(req, resp, &page, err);
}

/* ---- the village's first account ---- */

enum rc setup_page(struct request *req, struct response *resp, struct err *err)
{
    struct buf body = {.arena = request_arena(req)};
    struct setup_view v = {.village = request_village(req)->name, .district = request_village(req)->district, .action = request_path(req)};
    bool is_used;

    TRY(setup_link_state(req, setup_got(req).token, &v.why_not, &is_used, err));
    v.is_usable = str_empty(v.why_not);
    if (v.is_usable)
        TRY(setup_fill(req, NULL, &v.form, err));
    view_setup(&body, &v);
    return setup_respond(req, resp, "Pasang desa", html_view(&body), v.is_usable, err);
}

enum rc setup_check(struct request *req, struct err *err)
{
    const struct setup_form form = setup_got(req);
    bool is_open;

    TRY(setup_link_check(req, form.token, &is_open, err));
    if (!is_open)
        return RC_OK;
    staff_check_password(req, SETUP_PASSWORD, form.password, form.username, form.name);
    return setup_link_take(req, form.token, form.password, err);
}

enum rc setup_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    struct arena *arena = request_arena(req);
    const struct setup_form form = setup_got(req);
    struct staff_new staff = {
        .username = str_lower(arena, form.username), .name = form.name, .position = STR("Sekretaris Desa"), .role = ROLE_SECRETARY};
    struct identity_locked identity;
    uint64_t id;

    TRY(setup_link_taken(req, &staff.password_hash, err));
    TRY(sql_identity_lock(txn, &identity, err));
    if (identity.set_up_at != 0)
        return fail(err, RC_CONFLICT, "the village has been set up before");
    TRY(official_set_head(txn, form.head_name, str_fmt(arena, "Kepala Desa %.*s", STR_ARG(request_village(req)->name)), form.head_nip,
                          err));
    TRY(staff_add(txn, &staff, &id, err));
    TRY(sql_identity_set_up(txn, form.address, form.phone, form.opening_hours, request_now(req), NULL, err));
    *go_to_out = STR("/kantor");
    TRY(staff_audit_own(txn, req, "village.set_up", id, staff.name, err));
    TRY(act_enter(txn, req, id, err));
    return act_touch(txn, ACT_PAGES, err);
}
