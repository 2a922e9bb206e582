// SPDX-License-Identifier: AGPL-3.0-or-later
/* Pengaturan: what letterheads and the site say of the village, and who may sign in. */
#include "tenants/village/staff/staff_pages.h"

#include "server/base/text.h"
#include "server/outbound/mail.h"
#include "server/web/audit.h"
#include "server/web/pagecache.h"
#include "server/web/password.h"
#include "tenants/village/staff/settings_view.h"

static const struct option accents[] = {
    {STR_INIT("tarum"), STR_INIT("Tarum (biru nila)"), STR_INIT(""), false},
    {STR_INIT("sagu"), STR_INIT("Sagu (hijau)"), STR_INIT(""), false},
    {STR_INIT("teluk"), STR_INIT("Teluk (biru laut)"), STR_INIT(""), false},
    {STR_INIT("mengkudu"), STR_INIT("Mengkudu (merah bata)"), STR_INIT(""), false},
    {STR_INIT("cengkih"), STR_INIT("Cengkih (cokelat)"), STR_INIT(""), false},
    {STR_INIT("kakao"), STR_INIT("Kakao (merah tua)"), STR_INIT(""), false},
    {STR_INIT("manggis"), STR_INIT("Manggis (ungu)"), STR_INIT(""), false},
    {STR_INIT("arang"), STR_INIT("Arang (abu tua)"), STR_INIT(""), false},
};

static const struct option roles[] = {
    {STR_INIT("clerk"), STR_INIT("Operator: penduduk dan surat"), STR_INIT(""), false},
    {STR_INIT("secretary"), STR_INIT("Sekretaris desa: memeriksa surat, mengatur desa"), STR_INIT(""), false},
    {STR_INIT("head"), STR_INIT("Kepala desa: menyetujui surat"), STR_INIT(""), false},
    {STR_INIT("editor"), STR_INIT("Pengelola situs"), STR_INIT(""), false},
};

static struct options options_of(struct arena *arena, const struct option *all, size_t n, struct str selected)
{
    struct options options = {ARENA_ARRAY(arena, struct option, n), n};

    for (size_t i = 0; i < n; i++) {
        options.p[i] = all[i];
        options.p[i].is_selected = str_eq(all[i].value, selected);
    }
    return options;
}

/* ---- identity ---- */

enum rc settings_respond(struct request *req, struct response *resp, enum sent_form sent, struct err *err)
{
    bool is_sent = sent == SENT_SETTINGS;
    struct arena *arena = request_arena(req);
    struct village_db *db;
    struct identity i;
    struct head head;
    bool has_head;
    struct buf body = {.arena = arena};

    TRY(request_village_db(req, &db, err));
    TRY(sql_identity_get(db, &i, err));
    TRY(sql_official_head(db, &head, &has_head, err));
    if (!has_head)
        head = (struct head){.name = STR(""), .nip = STR(""), .email = STR("")};
    struct settings_view v = {
        .name = i.name,
        .district = i.district,
        .regency = i.regency,
        .is_saved = sent == SENT_NONE && input_flag(req, "tersimpan"),
        .version = is_sent ? (uint32_t)input_u64(req, "versi") : i.version,
        .guard = request_form_guard(req),
        .head_name = input_box(req, is_sent,
                               (struct field_view){.name = STR("kades"),
                                                   .label = STR("Nama kepala desa"),
                                                   .hint = STR("Dengan gelar, seperti pada surat"),
                                                   .value = head.name}),
        .head_nip = input_box(
            req, is_sent,
            (struct field_view){
                .name = STR("nip"), .label = STR("NIP kepala desa"), .value = head.nip, .width = STR("16"), .is_optional = true}),
        .head_email = input_box(req, is_sent,
                                (struct field_view){.name = STR("surelkades"),
                                                    .label = STR("Surel kepala desa"),
                                                    .hint = STR("Setiap surat dikabarkan ke sini"),
                                                    .value = head.email,
                                                    .type = STR("email"),
                                                    .inputmode = STR("email"),
                                                    .is_optional = true}),
        .address = input_box(req, is_sent,
                             (struct field_view){.name = STR("alamat"),
                                                 .label = STR("Alamat kantor desa"),
                                                 .hint = STR("Tercetak di kop surat"),
                                                 .value = i.office_address}),
        .postal_code = input_box(req, is_sent,
                                 (struct field_view){.name = STR("kodepos"),
                                                     .label = STR("Kode pos"),
                                                     .value = i.postal_code,
                                                     .width = STR("8"),
                                                     .inputmode = STR("numeric"),
                                                     .is_optional = true}),
        .phone = input_box(req, is_sent,
                           (struct field_view){.name = STR("telepon"),
                                               .label = STR("Telepon"),
                                               .value = i.phone,
                                               .width = STR("16"),
                                               .inputmode = STR("tel"),
                                               .is_optional = true}),
        .email = input_box(
            req, is_sent,
            (struct field_view){
                .name = STR("surel"), .label = STR("Surel"), .value = i.email, .inputmode = STR("email"), .is_optional = true}),
        .hours = input_box(req, is_sent,
                           (struct field_view){.name = STR("jam"),
                                               .label = STR("Jam pelayanan"),
                                               .hint = STR("Contoh: Senin sampai Jumat, 08.00–15.00"),
                                               .value = i.opening_hours,
                                               .is_optional = true}),
        .letter_code = input_box(req, is_sent,
                                 (struct field_view){.name = STR("kode"),
                                                     .label = STR("Kode desa pada nomor surat"),
                                                     .hint = STR("Contoh: DS-SPN. Kosong: kode wilayah desa."),
                                                     .value = i.letter_code,
                                                     .width = STR("16"),
                                                     .is_optional = true}),
        .accent = {.name = STR("warna"),
                   .label = STR("Warna desa"),
                   .options = options_of(arena, accents, COUNT_OF(accents), is_sent ? input_str(req, "warna") : i.accent)},
        .ornament = {.name = STR("hiasan"),
                     .label = STR("Pakai pita tenun di kepala halaman"),
                     .is_checked = is_sent ? input_flag(req, "hiasan") : i.has_ornament},
        .crest_file = {.name = STR("lambang"),
                       .label = STR("Unggah lambang"),
                       .hint = STR("JPEG atau PNG, paling besar 5 MB. Yang tembus pandang diberi dasar putih."),
                       .accept = STR("image/jpeg,image/png"),
                       .fault = request_fault_of(req, "lambang")},
    };
    TRY(crest_put_view(req, db, &v.crest, err));
    if (sent != SENT_NONE)
        v.faults = *request_faults(req);
    if (is_sent)
        v.accent.fault = request_fault_of(req, "warna");
    view_settings(&body, &v);
    const struct page page = {.title = STR("Pengaturan desa"), .active = STR("/kantor/pengaturan"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

enum rc settings_page(struct request *req, struct response *resp, struct err *err)
{
    return settings_respond(req, resp, SENT_NONE, err);
}

static enum rc settings_body(struct txn *txn, void *arg, struct str *go_to_out, struct err *err)
{
    struct request *req = arg;
    struct arena *arena = request_arena(req);
    struct identity_locked locked;
    struct head head;
    bool has_head;
    struct audit row = request_audit(req, "village.settings", STR("identity:1"));
    const struct identity_set_in in = {
        .office_address = input_str(req, "alamat"),
        .postal_code = input_text(req, "kodepos"),
        .phone = input_text(req, "telepon"),
        .email = input_text(req, "surel"),
        .opening_hours = input_text(req, "jam"),
        .accent = input_str(req, "warna"),
        .has_ornament = input_flag(req, "hiasan"),
        .letter_code = text_upper(arena, input_text(req, "kode")),
    };
    struct str name = input_str(req, "kades"), nip = input_text(req, "nip");

    TRY(sql_identity_lock(txn, &locked, err));
    if (locked.version != input_u64(req, "versi"))
        return fail(err, RC_CONFLICT, "the identity was changed by somebody else meanwhile");
    TRY(sql_official_head(in_txn(txn), &head, &has_head, err));
    if (!has_head || !str_eq(head.name, name) || !str_eq(head.nip, nip))
        TRY(official_set_head(txn, name, str_fmt(arena, "Kepala Desa %.*s", STR_ARG(request_village(req)->name)), nip, err));
    TRY(sql_official_head_email(txn, input_text(req, "surelkades"), NULL, err));
    TRY(sql_identity_set(txn, &in, NULL, err));
    TRY(page_epoch_bump(txn, err));
    *go_to_out = STR("/kantor/pengaturan?tersimpan=1");
    return audit_put(txn, &row, err);
}

enum rc settings_post(struct request *req, struct response *resp, struct err *err)
{
    if (!str_empty(input_str(req, "surelkades")) && !mail_address_is_valid(input_str(req, "surelkades")))
        request_fault(req, "surelkades", "Surel kepala desa belum lengkap. Contoh: nama@contoh.id.");
    if (!str_empty(input_str(req, "surel")) && !mail_address_is_valid(input_str(req, "surel"))) /* visitors write to it */
        request_fault(req, "surel", "Surel desa belum lengkap. Contoh: desa@contoh.id.");
    if (request_faults(req)->n > 0)
        return settings_respond(req, resp, SENT_SETTINGS, err);
    return village_act(req, resp, settings_body, req, err);
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

/* Who checks letters may not become who approves them: a head's account is the head's own, or made by his link from kelola. */
static bool may_open(const struct request *req, struct str role)
{
    return !str_eq(role, role_word(ROLE_HEAD)) || request_actor(req)->role == ROLE_HEAD;
}

static struct options roles_to_give(const struct request *req, struct str selected)
{
    struct options all = options_of(request_arena(req), roles, COUNT_OF(roles), selected), given = {all.p, 0};

    for (size_t i = 0; i < all.n; i++)
        if (may_open(req, all.p[i].value))
            given.p[given.n++] = all.p[i];
    return given;
}

/* reset_id: whose new password was refused; 0: none was. */
static enum rc staff_respond(struct request *req, struct response *resp, bool is_sent, bool is_saved, uint64_t reset_id, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct village_db *db;
    struct staff_row_rows rows;
    struct buf body = {.arena = arena};
    struct staff_view v = {
        .is_saved = is_saved,
        .is_head_closed = !may_open(req, role_word(ROLE_HEAD)),
        .guard = request_form_guard(req),
        .faults = *request_faults(req),
        .name = input_box(req, is_sent, (struct field_view){.name = STR("nama"), .label = STR("Nama")}),
        .username = input_box(
            req, is_sent, (struct field_view){.name = STR("pengguna"), .label = STR("Nama pengguna"), .hint = STR("Dipakai untuk masuk")}),
        .position = input_box(req, is_sent, (struct field_view){.name = STR("jabatan"), .label = STR("Jabatan"), .is_optional = true}),
        .password = input_box(req, is_sent,
                              (struct field_view){.name = STR("sandi"),
                                                  .label = STR("Kata sandi pertama"),
                                                  .hint = STR("Paling sedikit 10 huruf; sampaikan langsung kepada orangnya"),
                                                  .type = STR("password"),
                                                  .autocomplete = STR("new-password")}),
        .role = {.name = STR("peran"),
                 .label = STR("Peran"),
                 .options = roles_to_give(req, is_sent ? input_str(req, "peran") : STR("clerk"))},
    };

    TRY(request_village_db(req, &db, err));
    TRY(sql_staff_list(db, &rows, err));
    v.lines.p = ARENA_ARRAY(arena, struct staff_line, rows.n);
    v.lines.n = rows.n;
    for (size_t i = 0; i < rows.n; i++)
        v.lines.p[i] = (struct staff_line){
            .id = rows.p[i].id,
            .name = rows.p[i].name,
            .username = rows.p[i].username,
            .role = str_empty(rows.p[i].position) ? role_label(role_from(rows.p[i].role)) : rows.p[i].position,
            .seen = rows.p[i].last_sign_in_at != 0 ? seen_words(req, rows.p[i].last_sign_in_at) : STR("Belum pernah"),
            .is_active = rows.p[i].is_active,
            .is_me = rows.p[i].id == request_actor(req)->id,
            .is_closed = !may_open(req, rows.p[i].role),
        };
    if (reset_id != 0)
        put_reset_fault(req, reset_id, &v);
    view_staff(&body, &v);
    const struct page page = {.title = STR("Petugas"), .active = STR("/kantor/pengaturan"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

enum rc staff_page(struct request *req, struct response *resp, struct err *err)
{
    return staff_respond(req, resp, false, input_flag(req, "tersimpan"), 0, err);
}

static enum rc refuse_head(struct request *req, struct response *resp, struct err *err)
{
    request_fault(req, "peran",
                  "Akun kepala desa hanya dibuat, diaktifkan, atau diberi sandi baru oleh kepala desa sendiri, atau lewat tautan dari "
                  "relawan ForSID.");
    TRY(staff_respond(req, resp, false, false, 0, err));
    response_status(resp, rc_http(RC_FORBIDDEN));
    return RC_OK;
}

struct staff_ctx {
    struct request *req;
    struct str password_hash;
    bool is_active;
};

static enum rc add_body(struct txn *txn, void *arg, struct str *go_to_out, struct err *err)
{
    const struct staff_ctx *ctx = arg;
    struct arena *arena = request_arena(ctx->req);
    uint64_t id;
    const struct staff_new staff = {.username = str_lower(arena, input_str(ctx->req, "pengguna")),
                                    .name = input_str(ctx->req, "nama"),
                                    .position = input_text(ctx->req, "jabatan"),
                                    .role = role_from(input_str(ctx->req, "peran")),
                                    .password_hash = ctx->password_hash};
    struct audit row;

    TRY(staff_add(txn, &staff, &id, err));
    row = request_audit(ctx->req, "staff.add", str_fmt(arena, "staff:%" PRIu64, id));
    *go_to_out = STR("/kantor/pengaturan/petugas?tersimpan=1");
    return audit_put(txn, &row, err);
}

static void check_password(struct request *req, struct str username, struct str name)
{
    const char *fault;

    if (str_empty(input_str(req, "sandi")) || request_fault_of(req, "sandi").p != NULL)
        return;
    fault = password_fault(request_arena(req), input_str(req, "sandi"), request_village(req)->name, username, name);
    if (fault != NULL)
        request_fault(req, "sandi", "%s", fault);
}

enum rc staff_add_post(struct request *req, struct response *resp, struct err *err)
{
    struct staff_ctx ctx = {.req = req};
    enum rc rc;

    if (!may_open(req, input_text(req, "peran")))
        return refuse_head(req, resp, err);
    check_password(req, input_text(req, "pengguna"), input_text(req, "nama"));
    if (request_faults(req)->n > 0)
        return staff_respond(req, resp, true, false, 0, err);
    TRY(request_password_hash(req, input_str(req, "sandi"), &ctx.password_hash, err));
    rc = village_act(req, resp, add_body, &ctx, err);
    if (rc != RC_DUPLICATE)
        return rc;
    request_fault(req, "pengguna", "Nama pengguna ini sudah dipakai. Pilih yang lain.");
    return staff_respond(req, resp, true, false, 0, err);
}

static enum rc active_body(struct txn *txn, void *arg, struct str *go_to_out, struct err *err)
{
    const struct staff_ctx *ctx = arg;
    uint64_t id = input_u64(ctx->req, "id");
    struct staff_locked staff;
    struct staff_admins admins;
    struct audit row = request_audit(ctx->req, ctx->is_active ? "staff.on" : "staff.off",
                                     str_fmt(request_arena(ctx->req), "staff:%" PRIu64, id));

    TRY(sql_staff_lock(txn, id, &staff, err));
    if (ctx->is_active && !may_open(ctx->req, staff.role))
        return fail(err, RC_FORBIDDEN, "a head's account");
    TRY(sql_staff_count_admins(txn, &admins, err));
    if (!ctx->is_active && staff.is_active && admins.n <= 1 && (str_is(staff.role, "secretary") || str_is(staff.role, "head")))
        return fail(err, RC_CONFLICT, "the last account that may change settings stays active");
    TRY(sql_staff_set_active(txn, id, ctx->is_active, NULL, err));
    *go_to_out = STR("/kantor/pengaturan/petugas?tersimpan=1");
    return audit_put(txn, &row, err);
}

enum rc staff_off_post(struct request *req, struct response *resp, struct err *err)
{
    struct staff_ctx ctx = {.req = req, .is_active = false};

    return village_act(req, resp, active_body, &ctx, err);
}

enum rc staff_on_post(struct request *req, struct response *resp, struct err *err)
{
    struct staff_ctx ctx = {.req = req, .is_active = true};
    enum rc rc = village_act(req, resp, active_body, &ctx, err);

    return rc == RC_FORBIDDEN ? refuse_head(req, resp, err) : rc;
}

static enum rc password_body(struct txn *txn, void *arg, struct str *go_to_out, struct err *err)
{
    const struct staff_ctx *ctx = arg;
    uint64_t id = input_u64(ctx->req, "id");
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
    struct staff_ctx ctx = {.req = req};
    struct village_db *db;
    struct staff_names staff;

    TRY(request_village_db(req, &db, err));
    TRY(sql_staff_names(db, input_u64(req, "id"), &staff, err));
    if (!may_open(req, staff.role))
        return refuse_head(req, resp, err);
    check_password(req, staff.username, staff.name);
    if (request_faults(req)->n > 0)
        return staff_respond(req, resp, false, false, input_u64(req, "id"), err);
    TRY(request_password_hash(req, input_str(req, "sandi"), &ctx.password_hash, err));
    return village_act(req, resp, password_body, &ctx, err);
}
