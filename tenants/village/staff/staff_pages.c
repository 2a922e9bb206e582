// SPDX-License-Identifier: AGPL-3.0-or-later
/* Pengaturan: what letterheads and the site say of the village, and who may sign in. */
#include "tenants/village/staff/staff_pages.h"

#include "server/base/text.h"
#include "server/web/audit.h"
#include "server/web/pagecache.h"
#include "server/web/password.h"
#include "tenants/village/roles/roles.h"
#include "tenants/village/staff/settings_view.h"

/* ---- identity ---- */

/* What is stored, as the form has it. */
static enum rc settings_load(struct village_db *db, struct identity *i, struct settings_form *out, struct err *err)
{
    struct head head;
    bool has_head;

    TRY(sql_identity_get(db, i, err));
    TRY(sql_official_head(db, &head, &has_head, err));
    if (!has_head)
        head = (struct head){.name = STR(""), .nip = STR(""), .email = STR("")};
    *out = (struct settings_form){.version = i->version,
                                  .head_name = head.name,
                                  .head_nip = head.nip,
                                  .head_email = head.email,
                                  .office_address = i->office_address,
                                  .postal_code = i->postal_code,
                                  .phone = i->phone,
                                  .email = i->email,
                                  .opening_hours = i->opening_hours,
                                  .letter_code = i->letter_code,
                                  .accent = i->accent,
                                  .has_ornament = i->has_ornament};
    return RC_OK;
}

enum rc settings_page(struct request *req, struct response *resp, struct err *err)
{
    struct village_db *db;
    struct identity i;
    struct settings_form asked, stored;
    struct settings_view v = {0};
    struct buf body = {.arena = request_arena(req)};

    TRY(request_village_db(req, &db, err));
    TRY(settings_load(db, &i, &stored, err));
    settings_read(req, &asked);
    v.name = i.name;
    v.district = i.district;
    v.regency = i.regency;
    v.is_saved = asked.is_saved;
    TRY(settings_fill(req, &stored, &v.form, err));
    TRY(crest_upload_fill(req, NULL, &v.upload.form, err));
    TRY(crest_put_view(req, db, &v.crest, err));
    view_settings(&body, &v);
    const struct page page = {.title = STR("Pengaturan desa"), .active = STR("/kantor/pengaturan"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

static enum rc settings_body(struct txn *txn, void *arg, struct str *go_to_out, struct err *err)
{
    struct request *req = arg;
    struct arena *arena = request_arena(req);
    struct identity_locked locked;
    struct head head;
    bool has_head;
    struct audit row = request_audit(req, "village.settings", STR("identity:1"));
    struct settings_form form;

    settings_read(req, &form);
    const struct identity_set_in in = {
        .office_address = form.office_address,
        .postal_code = form.postal_code,
        .phone = form.phone,
        .email = form.email,
        .opening_hours = form.opening_hours,
        .accent = form.accent,
        .has_ornament = form.has_ornament,
        .letter_code = text_upper(arena, form.letter_code),
    };
    TRY(sql_identity_lock(txn, &locked, err));
    if (locked.version != form.version) {
        request_set_changed(req);
        return fail(err, RC_CONFLICT, "the identity was changed by somebody else meanwhile");
    }
    TRY(sql_official_head(in_txn(txn), &head, &has_head, err));
    if (!has_head || !str_eq(head.name, form.head_name) || !str_eq(head.nip, form.head_nip))
        TRY(official_set_head(txn, form.head_name, str_fmt(arena, "Kepala Desa %.*s", STR_ARG(request_village(req)->name)), form.head_nip,
                              err));
    TRY(sql_official_head_email(txn, form.head_email, NULL, err));
    TRY(sql_identity_set(txn, &in, NULL, err));
    TRY(page_epoch_bump(txn, err));
    *go_to_out = STR("/kantor/pengaturan?tersimpan=1");
    return audit_put(txn, &row, err);
}

enum rc settings_post(struct request *req, struct response *resp, struct err *err)
{
    enum rc rc;

    if (request_faults(req)->n > 0)
        return settings_page(req, resp, err);
    rc = village_act(req, resp, settings_body, req, err);
    return request_is_changed(req) ? settings_page(req, resp, err) : rc;
}

/* ---- staff ---- */

static struct str seen_words(const struct request *req, utc_us at)
{
    struct arena *arena = request_arena(req);
    enum zone zone = request_village(req)->zone;

    return str_fmt(arena, "%.*s %.*s", STR_ARG(date_short(arena, utc_date(at, zone))), STR_ARG(utc_clock(arena, at, zone)));
}

/* What is wrong with a new password stands at the line of its account: the link of the summary leads there. */
static void put_reset_fault(struct request *req, uint64_t id, struct staff_view *v)
{
    struct arena *arena = request_arena(req);

    for (size_t i = 0; i < v->lines.n; i++)
        if (v->lines.p[i].id == id)
            v->lines.p[i].fault = request_fault_of(req, "sandi");
    for (size_t i = 0; i < v->faults.n; i++)
        if (str_is(v->faults.p[i].field, "sandi"))
            v->faults.p[i].field = str_fmt(arena, "sandi-%" PRIu64, id);
}

/* Roles whose accounts this person may open: a head's account is the head's own, or made by his link from kelola. */
static struct options roles_to_give(const struct request *req, const struct village_roles *roles, struct str selected)
{
    struct options given = {ARENA_ARRAY(request_arena(req), struct option, roles->n), 0};

    for (size_t i = 0; i < roles->n; i++)
        if (role_is_open(req, roles->p[i].word, roles->p[i].may))
            given.p[given.n++] = (struct option){
                .value = roles->p[i].word, .label = roles->p[i].label, .is_selected = str_eq(roles->p[i].word, selected)};
    return given;
}

static bool is_closed(const struct request *req, struct str role, struct str permissions)
{
    return !role_is_open(req, role, staff_permissions(permissions));
}

/* reset_id: whose new password was refused; 0: none was. */
static enum rc staff_respond(struct request *req, struct response *resp, uint64_t reset_id, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct village_db *db;
    struct staff_row_rows rows;
    struct buf body = {.arena = arena};
    struct village_roles roles;
    struct form_box *role;
    const struct staff_form new = {.role = STR("clerk")};
    struct staff_form asked;
    struct staff_view v = {.is_head_closed = !role_is_open(req, ROLE_HEAD, 0), .faults = *request_faults(req)};

    staff_read(req, &asked);
    v.is_saved = asked.is_saved;
    TRY(staff_fill(req, &new, &v.form, err));
    TRY(request_village_db(req, &db, err));
    TRY(sql_staff_list(db, &rows, err));
    TRY(roles_all(db, &roles, err));
    role = &v.form.p[STAFF_AT_ROLE];
    role->options = roles_to_give(req, &roles, role->value);
    v.lines.p = ARENA_ARRAY(arena, struct staff_line, rows.n);
    v.lines.n = rows.n;
    for (size_t i = 0; i < rows.n; i++)
        v.lines.p[i] = (struct staff_line){
            .id = rows.p[i].id,
            .name = rows.p[i].name,
            .username = rows.p[i].username,
            .role = str_empty(rows.p[i].position) ? rows.p[i].role_label : rows.p[i].position,
            .seen = rows.p[i].last_sign_in_at != 0 ? seen_words(req, rows.p[i].last_sign_in_at) : STR("Belum pernah"),
            .is_active = rows.p[i].is_active,
            .is_me = rows.p[i].id == request_actor(req)->id,
            .is_closed = is_closed(req, rows.p[i].role, rows.p[i].permissions),
        };
    if (reset_id != 0)
        put_reset_fault(req, reset_id, &v);
    view_staff(&body, &v);
    const struct page page = {.title = STR("Petugas"), .active = STR("/kantor/pengaturan"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

enum rc staff_page(struct request *req, struct response *resp, struct err *err)
{
    return staff_respond(req, resp, 0, err);
}

static enum rc refuse_head(struct request *req, struct response *resp, struct err *err)
{
    request_fault(req, "peran",
                  "Akun kepala desa hanya dibuat, diaktifkan, atau diberi sandi baru oleh kepala desa sendiri, atau lewat tautan dari "
                  "relawan ForSID.");
    TRY(staff_respond(req, resp, 0, err));
    response_status(resp, rc_http(RC_FORBIDDEN));
    return RC_OK;
}

struct staff_ctx {
    struct request *req;
    uint64_t id;
    struct staff_form form; /* of a new account */
    struct str password_hash;
    bool is_active;
};

static enum rc add_body(struct txn *txn, void *arg, struct str *go_to_out, struct err *err)
{
    const struct staff_ctx *ctx = arg;
    struct arena *arena = request_arena(ctx->req);
    uint64_t id;
    const struct staff_new staff = {.username = str_lower(arena, ctx->form.username),
                                    .name = ctx->form.name,
                                    .position = ctx->form.position,
                                    .role = ctx->form.role,
                                    .password_hash = ctx->password_hash};
    struct audit row;

    TRY(staff_add(txn, &staff, &id, err));
    row = request_audit(ctx->req, "staff.add", str_fmt(arena, "staff:%" PRIu64, id));
    *go_to_out = STR("/kantor/pengaturan/petugas?tersimpan=1");
    return audit_put(txn, &row, err);
}

/* The role that was chosen: one of the village's, and one this person may give. */
static enum rc check_role(struct request *req, struct str word, bool *is_open_out, struct err *err)
{
    struct village_db *db;
    struct village_roles roles;

    *is_open_out = true;
    TRY(request_village_db(req, &db, err));
    TRY(roles_all(db, &roles, err));
    for (size_t i = 0; i < roles.n; i++)
        if (str_eq(roles.p[i].word, word)) {
            *is_open_out = role_is_open(req, word, roles.p[i].may);
            return RC_OK;
        }
    if (request_fault_of(req, STAFF_ROLE).p == NULL)
        request_fault(req, STAFF_ROLE, "Peran: pilih salah satu.");
    return RC_OK;
}

enum rc staff_add_post(struct request *req, struct response *resp, struct err *err)
{
    struct staff_ctx ctx = {.req = req};
    bool is_open;
    enum rc rc;

    staff_read(req, &ctx.form);
    TRY(check_role(req, ctx.form.role, &is_open, err));
    if (!is_open)
        return refuse_head(req, resp, err);
    staff_check_password(req, STAFF_PASSWORD, ctx.form.password, ctx.form.username, ctx.form.name);
    if (request_faults(req)->n > 0)
        return staff_respond(req, resp, 0, err);
    TRY(request_password_hash(req, ctx.form.password, &ctx.password_hash, err));
    rc = village_act(req, resp, add_body, &ctx, err);
    if (rc != RC_DUPLICATE)
        return rc;
    request_fault(req, STAFF_USERNAME, "Nama pengguna ini sudah dipakai. Pilih yang lain.");
    return staff_respond(req, resp, 0, err);
}

static enum rc active_body(struct txn *txn, void *arg, struct str *go_to_out, struct err *err)
{
    const struct staff_ctx *ctx = arg;
    uint64_t id = ctx->id;
    struct staff_locked staff;
    struct staff_admins admins;
    struct audit row = request_audit(ctx->req, ctx->is_active ? "staff.on" : "staff.off",
                                     str_fmt(request_arena(ctx->req), "staff:%" PRIu64, id));

    TRY(sql_staff_lock(txn, id, &staff, err));
    if (ctx->is_active && is_closed(ctx->req, staff.role, staff.permissions))
        return fail(err, RC_FORBIDDEN, "a head's account");
    TRY(sql_staff_count_admins(txn, &admins, err));
    if (!ctx->is_active && staff.is_active && admins.n <= 1 && set_may(staff_permissions(staff.permissions), MAY_SET_VILLAGE))
        return fail(err, RC_CONFLICT, "the last account that may change settings stays active");
    TRY(sql_staff_set_active(txn, id, ctx->is_active, NULL, err));
    *go_to_out = STR("/kantor/pengaturan/petugas?tersimpan=1");
    return audit_put(txn, &row, err);
}

static enum rc set_active(struct request *req, struct response *resp, bool is_active, struct err *err)
{
    struct staff_one_form form;

    staff_one_read(req, &form);
    struct staff_ctx ctx = {.req = req, .id = form.id, .is_active = is_active};
    return village_act(req, resp, active_body, &ctx, err);
}

enum rc staff_off_post(struct request *req, struct response *resp, struct err *err)
{
    return set_active(req, resp, false, err);
}

enum rc staff_on_post(struct request *req, struct response *resp, struct err *err)
{
    enum rc rc = set_active(req, resp, true, err);

    return rc == RC_FORBIDDEN ? refuse_head(req, resp, err) : rc;
}

static enum rc password_body(struct txn *txn, void *arg, struct str *go_to_out, struct err *err)
{
    const struct staff_ctx *ctx = arg;
    uint64_t id = ctx->id;
    struct staff_locked staff;
    struct audit row = request_audit(ctx->req, "staff.password", str_fmt(request_arena(ctx->req), "staff:%" PRIu64, id));

    TRY(sql_staff_lock(txn, id, &staff, err));
    TRY(sql_staff_set_password(txn, id, ctx->password_hash, NULL, err));
    *go_to_out = STR("/kantor/pengaturan/petugas?tersimpan=1");
    return audit_put(txn, &row, err);
}

/* A new password from the office ends every session of that account. */
enum rc staff_password_post(struct request *req, struct response *resp, struct err *err)
{
    struct staff_password_form form;
    struct village_db *db;
    struct staff_names staff;

    staff_password_read(req, &form);
    struct staff_ctx ctx = {.req = req, .id = form.id};
    TRY(request_village_db(req, &db, err));
    TRY(sql_staff_names(db, form.id, &staff, err));
    if (is_closed(req, staff.role, staff.permissions))
        return refuse_head(req, resp, err);
    staff_check_password(req, STAFF_PASSWORD_PASSWORD, form.password, staff.username, staff.name);
    if (request_faults(req)->n > 0)
        return staff_respond(req, resp, form.id, err);
    TRY(request_password_hash(req, form.password, &ctx.password_hash, err));
    return village_act(req, resp, password_body, &ctx, err);
}
