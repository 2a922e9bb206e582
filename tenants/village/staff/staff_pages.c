// SPDX-License-Identifier: AGPL-3.0-or-later
/* Pengaturan: what letterheads and the site say of the village, and who may sign in. */
#include "tenants/village/staff/staff_pages.h"

#include "server/base/json.h"
#include "server/base/text.h"
#include "server/base/text_name.h"
#include "server/outbound/mail.h"
#include "server/web/act.h"
#include "server/web/audit.h"
#include "server/web/feature.h"
#include "server/web/password.h"
#include "server/web/staff_rows_sql.h"
#include "tenants/village/letters/letters.h"
#include "tenants/village/notices/notices.h"
#include "tenants/village/roles/roles.h"
#include "tenants/village/staff/settings_view.h"

#define HEADS_OWN                                                                                                                 \
    "Akun kepala desa hanya dibuat, diaktifkan, atau diberi sandi baru oleh kepala desa sendiri, atau lewat tautan dari relawan " \
    "ForSID."
#define NOT_YOURS "Akun ini punya izin yang tidak Anda punya. Minta kepala desa melakukannya."

#define HEAD_TOO_OFTEN                                                                                                                 \
    "Kepala desa sudah diganti terlalu sering: %d surel pemberitahuan sehari sudah habis, jadi ini belum disimpan. Yang dipakai hari " \
    "ini masih bisa dikembalikan; yang baru, besok."

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
    *out = settings_of(i);
    out->head_name = head.name;
    out->head_nip = head.nip;
    out->head_email = head.email;
    return RC_OK;
}

/* How letters are numbered with this code, or why they cannot be. */
static void put_code_sample(struct request *req, struct str code, struct code_sample *out)
{
    struct arena *arena = request_arena(req);

    *out = (struct code_sample){.href = STR("/kantor/pengaturan/contoh-nomor"), .fault = letter_code_fault(arena, code)};
    if (out->fault.p == NULL)
        out->number = letter_code_sample(arena, str_empty(code) ? request_village(req)->code : code, request_today(req));
}

enum rc settings_code_part(struct request *req, struct response *resp, struct err *err)
{
    struct buf body = {.arena = request_arena(req)};
    struct code_sample sample;

    (void)err;
    put_code_sample(req, settings_sample_got(req).code, &sample);
    view_settings_code(&body, &sample);
    return respond_part(resp, html_view(&body));
}

enum rc settings_page(struct request *req, struct response *resp, struct err *err)
{
    struct village_db *db;
    struct identity i;
    struct settings_form asked, stored;
    struct settings_view v = {0};
    struct first_steps_view steps;
    bool has_approver;
    struct buf body = {.arena = request_arena(req)};

    TRY(request_village_db(req, &db, err));
    TRY(settings_load(db, &i, &stored, err));
    settings_read(req, &asked);
    v.name = i.name;
    v.district = i.district;
    v.regency = i.regency;
    TRY(settings_fill(req, &stored, &v.form, err));
    put_code_sample(req, v.form.is_sent ? asked.letter_code : stored.letter_code, &v.code);
    TRY(crest_upload_fill(req, NULL, &v.upload.form, err));
    TRY(crest_put_view(req, db, &v.crest, err));
    TRY(letter_has_approver(db, request_today(req), &has_approver, err));
    TRY(first_steps_read(req, has_approver, &steps, err));
    v.has_hidden_steps = steps.is_put_away;
    view_settings(&body, &v);
    const struct page page = {.title = STR("Pengaturan desa"), .active = STR("/kantor/pengaturan"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

static struct str masked(struct arena *arena, struct str address)
{
    return str_empty(address) ? STR("belum diisi") : mail_address_masked(arena, address);
}

/* What was and what is, of whom letters are signed by and who is told of them; addresses masked, as everywhere but in their own field. */
static enum rc audit_settings(struct txn *txn, struct request *req, const struct head *was, const struct settings_form *now,
                              struct err *err)
{
    struct arena *arena = request_arena(req);
    struct audit row = request_audit(req, "village.settings", STR("identity:1"));
    struct buf detail = {.arena = arena};
    const struct {
        const char *key;
        struct str from, to;
    } said[] = {{"head_name", was != NULL ? was->name : STR(""), now->head_name},
                {"head_nip", was != NULL ? was->nip : STR(""), now->head_nip},
                {"head_email", masked(arena, was != NULL ? was->email : STR("")), masked(arena, now->head_email)}};

    buf_put_str(&detail, STR("{"));
    for (size_t i = 0; i < COUNT_OF(said); i++) {
        if (str_eq(said[i].from, said[i].to))
            continue;
        buf_fmt(&detail, "%s\"%s\":[", detail.n > 1 ? "," : "", said[i].key);
        json_put_str(&detail, said[i].from);
        buf_put_str(&detail, STR(","));
        json_put_str(&detail, said[i].to);
        buf_put_str(&detail, STR("]"));
    }
    buf_put_str(&detail, STR("}"));
    row.detail = buf_str(&detail);
    return audit_put(txn, &row, err);
}

static bool is_same_person(struct arena *arena, struct str was, struct str now)
{
    return str_eq(text_name_bare(arena, was), text_name_bare(arena, now));
}

/* A title more or the NIP put right leaves the head who he is, with his NIK at the e-sign service and the letters that wait for him. */
static enum rc write_head(struct txn *txn, struct request *req, const struct head *was, const struct settings_form *now, struct err *err)
{
    struct arena *arena = request_arena(req);

    if (was != NULL && str_eq(was->name, now->head_name) && str_eq(was->nip, now->head_nip))
        return RC_OK;
    if (was != NULL && is_same_person(arena, was->name, now->head_name))
        return sql_official_head_rename(txn, was->id, now->head_name, now->head_nip, NULL, err);
    return official_set_head(txn, now->head_name, str_fmt(arena, "Kepala Desa %.*s", STR_ARG(request_village(req)->name)), now->head_nip,
                             err);
}

/* Who signs and who is told of letters changes hands only in sight of both: the old address hears of it, and the new one. */
static enum rc tell_head(struct txn *txn, struct request *req, const struct head *was, const struct settings_form *now, struct err *err)
{
    struct arena *arena = request_arena(req);
    const struct village *village = request_village(req);
    struct office_message mail = {.kind = OFFICE_MAIL_SETTINGS};
    bool is_over;

    if (str_eq(was->name, now->head_name) && str_eq(was->email, now->head_email))
        return RC_OK;
    mail.subject = str_fmt(arena, "Kepala desa diganti di pengaturan Desa %.*s", STR_ARG(village->name));
    mail.text = str_fmt(arena,
                        "%.*s mengubah pengaturan kepala desa pada %.*s.\n\n"
                        "Penanda tangan surat: %.*s -> %.*s\nSurel pemberitahuan: %.*s -> %.*s\n%s\n"
                        "Tidak benar? Periksa di Pengaturan, dan bicarakan di kantor desa.\n\nKantor Desa %.*s\n",
                        STR_ARG(request_actor(req)->name), STR_ARG(utc_long(arena, request_now(req), village->zone)), STR_ARG(was->name),
                        STR_ARG(now->head_name), STR_ARG(masked(arena, was->email)), STR_ARG(masked(arena, now->head_email)),
                        str_empty(was->esign_nik) || is_same_person(arena, was->name, now->head_name)
                            ? ""
                            : "Penanda tangan lama memakai BSrE; yang baru belum, sampai NIK-nya di BSrE diisi di Perangkat.\n",
                        STR_ARG(village->name));
    TRY(notice_office(txn, &mail, was->email, now->head_email, &is_over, err));
    return is_over ? act_refuse(req, err, str_eq(was->email, now->head_email) ? SETTINGS_HEAD_NAME : SETTINGS_HEAD_EMAIL, HEAD_TOO_OFTEN,
                                OFFICE_MAIL_MOST_A_DAY)
                   : RC_OK;
}

/* A refusal when the word is none, or when it is said that there are no hamlets while there are. */
static enum rc hamlets_judge(struct txn *txn, struct request *req, const struct settings_form *form, struct err *err)
{
    struct hamlets_used used;

    for (size_t i = 0; i < form->hamlet_word.n; i++) {
        char c = form->hamlet_word.p[i];

        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == ' '))
            return act_refuse(req, err, SETTINGS_HAMLET_WORD, "Sebutannya hanya huruf, misalnya Lingkungan.");
    }
    if (!form->is_without_hamlets)
        return RC_OK;
    TRY(sql_hamlets_used(in_txn(txn), &used, err));
    if (used.n == 0)
        return RC_OK;
    return act_refuse(req, err, SETTINGS_IS_WITHOUT_HAMLETS,
                      "Desa ini masih punya %" PRIu64 " {dusun}. Gabungkan atau hapus dulu di menu Wilayah.", used.n);
}

enum rc settings_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct settings_form form = settings_got(req), stored;
    struct identity_locked locked;
    struct identity i;
    struct head head;
    bool has_head;

    form.letter_code = text_upper(arena, form.letter_code);
    if (str_eq(form.hamlet_word, str_lower(arena, form.hamlet_word))) /* "lingkungan" begins a line, too */
        form.hamlet_word = text_name(arena, form.hamlet_word);
    const struct identity_values in = identity_values_of(&form);
    TRY(sql_identity_lock(txn, &locked, err));
    TRY(act_seen(req, locked.version, err));
    *go_to_out = STR("/kantor/pengaturan");
    TRY(settings_load(in_txn(txn), &i, &stored, err));
    if (diff_is_empty(settings_diff(arena, &stored, &form))) {
        act_say(req, ACT_UNCHANGED);
        return RC_OK;
    }
    const struct str code_fault = letter_code_fault(arena, form.letter_code);
    if (code_fault.p != NULL)
        return act_refuse(req, err, SETTINGS_LETTER_CODE, "%.*s", STR_ARG(code_fault));
    TRY(hamlets_judge(txn, req, &form, err));
    if (!str_eq(stored.hamlet_word, form.hamlet_word) || stored.is_without_hamlets != form.is_without_hamlets)
        request_hiding_changed(req);
    TRY(sql_official_head(in_txn(txn), &head, &has_head, err));
    TRY(write_head(txn, req, has_head ? &head : NULL, &form, err));
    TRY(sql_official_head_email(txn, form.head_email, NULL, err));
    TRY(sql_identity_set(txn, &in, NULL, err));
    const struct letter_numbering was = {stored.number_scope, stored.number_restarts}, now = {form.number_scope, form.number_restarts};
    TRY(letter_numbering_change(txn, &was, &now, request_today(req), err));
    act_say(req, "Tersimpan");
    TRY(audit_settings(txn, req, has_head ? &head : NULL, &form, err));
    if (has_head)
        TRY(tell_head(txn, req, &head, &form, err));
    return act_touch(txn, ACT_PAGES, err);
}

/* ---- staff ---- */

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

/* Why this person may do nothing to an account of that role: he could not have given it. NULL: he may. */
static const char *closed_words(const struct request *req, struct str role, struct str permissions)
{
    if (role_is_open(req, role, staff_permissions(permissions)))
        return NULL;
    return str_eq(role, ROLE_HEAD) ? HEADS_OWN : NOT_YOURS;
}

/* The account, locked, if this person may do something to it; what its role held before the lock counts for nothing. */
static enum rc lock_open(struct txn *txn, struct request *req, uint64_t id, struct staff_locked *out, struct err *err)
{
    const char *closed;

    TRY(sql_staff_lock(txn, id, out, err));
    closed = closed_words(req, out->role, out->permissions);
    return closed == NULL ? RC_OK : act_refuse(req, err, STAFF_ROLE, "%s", closed);
}

/* Also after an act that was refused: of adding, of one account, or of its new password. */
enum rc staff_page(struct request *req, struct response *resp, struct err *err)
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
            .seen = rows.p[i].last_sign_in_at != 0 ? utc_short(request_arena(req), rows.p[i].last_sign_in_at, request_village(req)->zone)
                                                   : STR("Belum pernah"),
            .is_active = rows.p[i].is_active,
            .is_me = rows.p[i].id == request_actor(req)->id,
            .is_closed = closed_words(req, rows.p[i].role, rows.p[i].permissions) != NULL,
        };
    if (form_is_sent(req, staff_password_input))
        put_reset_fault(req, staff_password_got(req).id, &v);
    if (str_eq(request_fault_of(req, STAFF_ROLE), STR(HEADS_OWN)) || str_eq(request_fault_of(req, STAFF_ROLE), STR(NOT_YOURS)))
        response_status(resp, rc_http(RC_FORBIDDEN));
    view_staff(&body, &v);
    const struct page page = {.title = STR("Petugas"), .active = STR("/kantor/pengaturan"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

/* The hash of a password that nothing is wrong with, kept for the act. */
static enum rc keep_hash(struct request *req, struct str password, struct err *err)
{
    struct str *hash = ARENA_NEW(request_arena(req), struct str);

    if (request_faults(req)->n > 0)
        return RC_OK;
    TRY(request_password_hash(req, password, hash, err));
    act_keep(req, hash);
    return RC_OK;
}

enum rc staff_add_check(struct request *req, struct err *err)
{
    const struct staff_form form = staff_got(req);

    staff_check_password(req, STAFF_PASSWORD, form.password, form.username, form.name);
    return keep_hash(req, form.password, err);
}

enum rc staff_add_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct staff_form form = staff_got(req);
    const struct str *hash = act_kept(req);
    const struct staff_new staff = {.username = str_lower(request_arena(req), form.username),
                                    .name = form.name,
                                    .position = form.position,
                                    .role = form.role,
                                    .password_hash = *hash};
    struct staff_role role;
    const char *closed;
    uint64_t id;
    enum rc rc = sql_staff_role_lock(txn, form.role, &role, err);

    if (rc == RC_NOT_FOUND)
        return act_refuse(req, err, STAFF_ROLE, "Peran: pilih salah satu.");
    TRY(rc);
    closed = closed_words(req, form.role, role.permissions);
    if (closed != NULL)
        return act_refuse(req, err, STAFF_ROLE, "%s", closed);
    rc = staff_add(txn, &staff, &id, err);
    if (rc == RC_DUPLICATE)
        return act_refuse(req, err, STAFF_USERNAME, "Nama akun ini sudah dipakai. Pilih yang lain.");
    TRY(rc);
    act_say(req, "Petugas ditambahkan");
    *go_to_out = STR("/kantor/pengaturan/petugas");
    return act_audit(txn, req, err, "staff.add", "staff:%" PRIu64, id);
}

static enum rc set_active(struct txn *txn, struct request *req, bool is_active, struct str *go_to_out, struct err *err)
{
    const uint64_t id = staff_one_got(req).id;
    struct staff_locked staff;
    struct staff_admins admins;

    TRY(lock_open(txn, req, id, &staff, err));
    TRY(sql_staff_count_admins(txn, &admins, err));
    if (!is_active && staff.is_active && admins.n <= 1 && set_may(staff_permissions(staff.permissions), MAY_SET_VILLAGE))
        return fail(err, RC_CONFLICT, "the last account that may change settings stays active");
    if (!is_active && id == request_actor(req)->id)
        return fail(err, RC_CONFLICT, "somebody's own account is switched off by somebody else");
    TRY(sql_staff_set_active(txn, id, is_active, NULL, err));
    act_say(req, is_active ? "Akun diaktifkan lagi" : "Akun dinonaktifkan");
    *go_to_out = STR("/kantor/pengaturan/petugas");
    return act_audit(txn, req, err, is_active ? "staff.on" : "staff.off", "staff:%" PRIu64, id);
}

/* What waited for this account to be checked, when nobody else checks, waits for nobody any more. */
enum rc staff_off_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct letter_actor by = letter_actor_of(req);
    const struct letter_unchecked_rows *held;

    TRY(letters_hold(txn, &held, err));
    TRY(set_active(txn, req, false, go_to_out, err));
    return letters_pass_on(txn, held, &by, err);
}

enum rc staff_on_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    return set_active(txn, req, true, go_to_out, err);
}

enum rc staff_password_check(struct request *req, struct err *err)
{
    const struct staff_password_form form = staff_password_got(req);
    struct village_db *db;
    struct staff_names staff;

    TRY(request_village_db(req, &db, err));
    TRY(sql_staff_names(db, form.id, &staff, err));
    staff_check_password(req, STAFF_PASSWORD_PASSWORD, form.password, staff.username, staff.name);
    return keep_hash(req, form.password, err);
}

/* A new password from the office ends every session of that account. */
enum rc staff_password_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const uint64_t id = staff_password_got(req).id;
    const struct str *hash = act_kept(req);
    struct staff_locked staff;

    TRY(lock_open(txn, req, id, &staff, err));
    TRY(sql_staff_set_password(txn, id, *hash, NULL, err));
    act_say(req, "Sandi baru terpasang");
    *go_to_out = STR("/kantor/pengaturan/petugas");
    return act_audit(txn, req, err, "staff.password", "staff:%" PRIu64, id);
}
