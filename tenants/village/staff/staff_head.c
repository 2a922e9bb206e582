// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * The head's own one-time link, which a volunteer of kelola makes and hands to
 * the head: it makes the head's account, or gives it a new password. Who checks
 * letters may not do that, or she could approve them herself.
 */
#include "server/base/random.h"
#include "server/base/text.h"
#include "server/web/audit.h"
#include "server/web/password.h"
#include "tenants/village/staff/setup_view.h"
#include "tenants/village/staff/staff_control_sql.h"
#include "tenants/village/staff/staff_pages.h"

static struct str kept_of(const struct request *req)
{
    struct head_link_form form;

    head_link_read(req, &form);
    return str_fmt(request_arena(req), "kades|%.*s", STR_ARG(form.token));
}

static enum rc head_respond(struct request *req, struct response *resp, struct str why_not, struct err *err)
{
    struct buf body = {.arena = request_arena(req)};
    struct setup_view v = {
        .village = request_village(req)->name, .action = request_path(req), .is_usable = str_empty(why_not), .why_not = why_not};

    if (v.is_usable)
        TRY(head_link_fill(req, NULL, &v.form, err));
    view_head_link(&body, &v);
    response_no_cache(resp);
    const struct page page = {.title = STR("Akun kepala desa"), .body = html_view(&body), .is_bare = true};
    return respond_page(req, resp, &page, err);
}

enum rc head_link_page(struct request *req, struct response *resp, struct err *err)
{
    struct str why_not;
    bool is_used;

    TRY(setup_link_state(req, kept_of(req), &why_not, &is_used, err));
    return head_respond(req, resp, why_not, err);
}

struct head_making {
    struct request *req;
    struct head_link_form form;
    struct str username, password_hash; /* p == NULL: only the answer of an earlier sending is asked for */
    uint64_t id;                        /* 0: a new account */
};

static enum rc head_body(struct txn *txn, void *arg, struct str *go_to_out, struct err *err)
{
    const struct head_making *m = arg;
    struct arena *arena = request_arena(m->req);
    struct str name = m->form.name;
    struct staff_locked locked;
    uint64_t id = m->id;

    if (m->password_hash.p == NULL)
        return fail(err, RC_CONFLICT, "the link was used before");
    if (id != 0) {
        TRY(sql_staff_lock(txn, id, &locked, err));
        TRY(sql_staff_set_active(txn, id, true, NULL, err));
        TRY(sql_staff_set_password(txn, id, m->password_hash, NULL, err));
    } else {
        const struct staff_new staff = {
            .username = m->username, .name = name, .position = STR("Kepala Desa"), .role = ROLE_HEAD, .password_hash = m->password_hash};
        TRY(staff_add(txn, &staff, &id, err));
    }
    const struct audit row = {.at = request_now(m->req),
                              .actor = id,
                              .actor_name = name,
                              .action = STR("staff.head_link"),
                              .subject = str_fmt(arena, "staff:%" PRIu64, id),
                              .detail = STR("{}")};
    *go_to_out = STR("/masuk");
    return audit_put(txn, &row, err);
}

struct link_taking {
    struct request *req;
    struct str hash;
};

static enum rc take_body(struct control_txn *txn, void *arg, struct err *err)
{
    const struct link_taking *taking = arg;
    uint64_t taken;

    TRY(sql_village_setup_take(txn, request_village(taking->req)->code, taking->hash, request_now(taking->req), &taken, err));
    return taken == 1 ? RC_OK : fail(err, RC_CONFLICT, "the link was used meanwhile");
}

/* Whose account it is: a new one, or one of a head. */
static enum rc find_account(struct request *req, struct head_making *m, struct err *err)
{
    struct village_db *db;
    struct staff_named named;
    bool found;

    m->username = str_lower(request_arena(req), m->form.username);
    TRY(request_village_db(req, &db, err));
    TRY(sql_staff_named(db, m->username, &named, &found, err));
    if (found && str_is(named.role, "head"))
        m->id = named.id;
    else if (found)
        request_fault(req, HEAD_LINK_USERNAME, "Nama pengguna ini milik petugas lain. Pilih yang lain.");
    staff_check_password(req, HEAD_LINK_PASSWORD, m->form.password, m->username, m->form.name);
    return RC_OK;
}

/*
 * The link is taken first, so that it opens once whatever happens then; if the
 * village's part fails, the volunteer makes another. A second press finds it
 * used and gets the first one's answer.
 */
enum rc head_link_post(struct request *req, struct response *resp, struct err *err)
{
    struct head_making m = {.req = req};
    struct str kept = kept_of(req), why_not;
    unsigned char hash[HASH_BYTES];
    bool is_used;

    head_link_read(req, &m.form);
    hash_sha256(kept.p, kept.n, hash);
    struct link_taking taking = {req, {(const char *)hash, HASH_BYTES}};
    TRY(setup_link_state(req, kept, &why_not, &is_used, err));
    if (!is_used && !str_empty(why_not))
        return head_respond(req, resp, why_not, err);
    if (request_village(req)->state == VILLAGE_READ_ONLY)
        return fail(err, RC_READ_ONLY, "the link would be used up for nothing");
    if (!is_used) {
        TRY(find_account(req, &m, err));
        if (request_faults(req)->n > 0)
            return head_respond(req, resp, STR(""), err);
        TRY(request_password_hash(req, m.form.password, &m.password_hash, err));
        enum rc rc = control_txn_run(request_control_db(req), take_body, &taking, err);
        if (rc == RC_CONFLICT)
            m.password_hash = STR_NONE;
        else
            TRY(rc);
    }
    enum rc rc = village_act(req, resp, head_body, &m, err);
    return rc == RC_CONFLICT ? head_respond(req, resp, SETUP_USED_WORDS, err) : rc;
}
