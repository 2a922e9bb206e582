// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * The head's own one-time link, which a volunteer of kelola makes and hands to
 * the head: it makes the head's account, or gives it a new password. Who checks
 * letters may not do that, or she could approve them herself.
 */
#include "server/base/text.h"
#include "server/web/act.h"
#include "server/web/staff_rows_sql.h"
#include "tenants/village/notices/notices.h"
#include "tenants/village/staff/setup_view.h"
#include "tenants/village/staff/staff_pages.h"

static struct str kept_of(struct request *req)
{
    return str_fmt(request_arena(req), "kades|%.*s", STR_ARG(head_link_got(req).token));
}

enum rc head_link_page(struct request *req, struct response *resp, struct err *err)
{
    struct buf body = {.arena = request_arena(req)};
    struct setup_view v = {.village = request_village(req)->name, .action = request_path(req)};
    bool is_used;

    TRY(setup_link_state(req, kept_of(req), &v.why_not, &is_used, err));
    v.is_usable = str_empty(v.why_not);
    if (v.is_usable)
        TRY(head_link_fill(req, NULL, &v.form, err));
    view_head_link(&body, &v);
    return setup_respond(req, resp, "Akun kepala desa", html_view(&body), v.is_usable, err);
}

/* Who holds a volunteer's link does not become a second head beside one there is: the first would never know. NULL: no such account yet. */
static bool head_may_be(const struct staff_named *named, uint64_t active_heads)
{
    return active_heads == 0 || (named != NULL && named->is_active);
}

enum rc head_link_check(struct request *req, struct err *err)
{
    const struct head_link_form form = head_link_got(req);
    struct str username = str_lower(request_arena(req), form.username);
    struct staff_named named;
    struct staff_heads heads;
    struct village_db *db;
    bool is_open, found;

    TRY(setup_link_check(req, kept_of(req), &is_open, err));
    if (!is_open)
        return RC_OK;
    TRY(request_village_db(req, &db, err));
    TRY(sql_staff_named(db, username, &named, &found, err));
    TRY(sql_staff_active_heads(db, &heads, err));
    if (found && !str_eq(named.role, ROLE_HEAD))
        request_fault(req, HEAD_LINK_USERNAME, "Nama akun ini milik petugas lain. Pilih yang lain.");
    else if (!head_may_be(found ? &named : NULL, heads.n))
        request_fault(req, HEAD_LINK_USERNAME,
                      "Desa ini punya akun kepala desa yang aktif, dan tautan ini hanya memberi akun itu sandi baru. Tulis nama akunnya. "
                      "Kepala desanya sudah berganti? Pakai nama akun yang sama; nama Anda menggantikan yang lama.");
    staff_check_password(req, HEAD_LINK_PASSWORD, form.password, username, form.name);
    return setup_link_take(req, kept_of(req), form.password, err);
}

/* The head, and the village, are told by mail: a link is made by somebody outside the village. */
static enum rc tell(struct txn *txn, struct request *req, struct str username, bool is_new, struct err *err)
{
    struct arena *arena = request_arena(req);
    const struct village *village = request_village(req);
    struct identity i;
    struct head head;
    bool has_head, is_over;
    const struct str subject = str_fmt(arena, "Akun kepala desa Desa %.*s %s", STR_ARG(village->name),
                                       is_new ? "dibuat" : "diberi sandi baru");
    const struct str text = str_fmt(
        arena,
        "Lewat tautan dari relawan ForSID, akun kepala desa \"%.*s\" %s pada %.*s.\n\n"
        "Atas permintaan kepala desa? Tidak ada yang perlu dilakukan.\n"
        "Bukan? Minta tautan baru kepada relawan lain hari ini juga, dan beri tahu DPMD kabupaten: dengan akun itu "
        "surat disetujui.\n\nKantor Desa %.*s\n",
        STR_ARG(username), is_new ? "dibuat" : "diberi sandi baru", STR_ARG(utc_long(arena, request_now(req), village->zone)),
        STR_ARG(village->name));

    TRY(sql_identity_get(in_txn(txn), &i, err));
    TRY(sql_official_head(in_txn(txn), &head, &has_head, err));
    const struct office_message mail = {OFFICE_MAIL_HEAD_LINK, subject, text};
    TRY(notice_office(txn, &mail, i.email, has_head ? head.email : STR(""), &is_over, err));
    return is_over ? act_refuse(req, err, HEAD_LINK_USERNAME,
                                "Akun kepala desa sudah terlalu sering dibuka lewat tautan hari ini. Coba lagi besok.")
                   : RC_OK;
}

/* A new account, or that of the head, which is woken and bears his name. */
enum rc head_link_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct head_link_form form = head_link_got(req);
    struct staff_new staff = {
        .username = str_lower(request_arena(req), form.username), .name = form.name, .position = STR("Kepala Desa"), .role = ROLE_HEAD};
    struct staff_named named;
    struct staff_locked locked;
    struct staff_heads heads;
    bool found;

    TRY(setup_link_taken(req, &staff.password_hash, err));
    TRY(sql_staff_named(in_txn(txn), staff.username, &named, &found, err));
    TRY(sql_staff_active_heads(in_txn(txn), &heads, err));
    if (!head_may_be(found ? &named : NULL, heads.n))
        return fail(err, RC_CONFLICT, "another account of a head is active");
    if (found) {
        TRY(sql_staff_lock(txn, named.id, &locked, err));
        if (!str_eq(locked.role, ROLE_HEAD))
            return fail(err, RC_CONFLICT, "the account is not a head's any more");
        TRY(sql_staff_set_active(txn, named.id, true, NULL, err));
        TRY(sql_staff_set_password(txn, named.id, staff.password_hash, NULL, err));
        TRY(sql_staff_set_name(txn, named.id, form.name, NULL, err));
    } else {
        TRY(staff_add(txn, &staff, &named.id, err));
    }
    TRY(sql_staff_opened_by_link(txn, named.id, request_now(req), NULL, err));
    TRY(tell(txn, req, staff.username, !found, err));
    *go_to_out = STR("/kantor");
    TRY(staff_audit_own(txn, req, "staff.head_link", named.id, form.name, err));
    return act_enter(txn, req, named.id, err);
}
