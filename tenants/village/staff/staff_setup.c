// SPDX-License-Identifier: AGPL-3.0-or-later
/* The one-time link: after it, and nothing else, the village can issue a letter. */
#include "server/base/random.h"
#include "server/base/text.h"
#include "server/web/audit.h"
#include "server/web/pagecache.h"
#include "server/web/password.h"
#include "tenants/village/staff/setup_view.h"
#include "tenants/village/staff/staff_control_sql.h"
#include "tenants/village/staff/staff_pages.h"

enum rc setup_link_state(struct request *req, struct str kept, struct str *why_not_out, bool *is_used_out, struct err *err)
{
    struct village_setup setup;
    unsigned char hash[HASH_BYTES];

    TRY(sql_village_setup(request_control_db(req), request_village(req)->code, &setup, err));
    hash_sha256(kept.p, kept.n, hash);
    *is_used_out = false;
    if (setup.setup_hash.n != HASH_BYTES || !bytes_equal(setup.setup_hash.p, hash, HASH_BYTES))
        *why_not_out = STR(
            "Tautan ini bukan milik desa ini atau sudah diganti. Periksa alamatnya, atau minta tautan baru kepada relawan ForSID.");
    else if ((*is_used_out = setup.setup_used_at != 0))
        *why_not_out = SETUP_USED_WORDS;
    else if (setup.setup_until < request_now(req))
        *why_not_out = STR("Tautan ini sudah lewat masanya. Minta tautan baru kepada relawan ForSID.");
    else
        *why_not_out = STR("");
    return RC_OK;
}

static enum rc setup_respond(struct request *req, struct response *resp, struct str why_not, struct err *err)
{
    struct buf body = {.arena = request_arena(req)};
    struct setup_view v = {
        .village = request_village(req)->name,
        .district = request_village(req)->district,
        .action = request_path(req),
        .is_usable = str_empty(why_not),
        .why_not = why_not,
    };

    if (v.is_usable)
        TRY(setup_fill(req, NULL, &v.form, err));
    view_setup(&body, &v);
    response_no_cache(resp);
    const struct page page = {.title = STR("Pasang desa"), .body = html_view(&body), .is_bare = true};
    return respond_page(req, resp, &page, err);
}

enum rc setup_page(struct request *req, struct response *resp, struct err *err)
{
    struct setup_form form;
    struct str why_not;
    bool is_used;

    setup_read(req, &form);
    TRY(setup_link_state(req, form.token, &why_not, &is_used, err));
    return setup_respond(req, resp, why_not, err);
}

struct setup_ctx {
    struct request *req;
    struct setup_form form;
    struct str password_hash; /* p == NULL: only the answer of an earlier sending is asked for */
};

static enum rc setup_body(struct txn *txn, void *arg, struct str *go_to_out, struct err *err)
{
    const struct setup_ctx *ctx = arg;
    struct request *req = ctx->req;
    struct arena *arena = request_arena(req);
    struct identity_locked identity;
    uint64_t id;
    const struct staff_new staff = {.username = str_lower(arena, ctx->form.username),
                                    .name = ctx->form.name,
                                    .position = STR("Sekretaris Desa"),
                                    .role = ROLE_SECRETARY,
                                    .password_hash = ctx->password_hash};

    TRY(sql_identity_lock(txn, &identity, err));
    if (identity.set_up_at != 0 || ctx->password_hash.p == NULL)
        return fail(err, RC_CONFLICT, "the village has been set up before");
    TRY(official_set_head(txn, ctx->form.head_name, str_fmt(arena, "Kepala Desa %.*s", STR_ARG(request_village(req)->name)),
                          ctx->form.head_nip, err));
    TRY(staff_add(txn, &staff, &id, err));
    TRY(sql_identity_set_up(txn, ctx->form.address, request_now(req), NULL, err));
    TRY(page_epoch_bump(txn, err));
    const struct audit row = {.at = request_now(req),
                              .actor = id,
                              .actor_name = staff.name,
                              .action = STR("village.set_up"),
                              .subject = str_fmt(arena, "staff:%" PRIu64, id),
                              .detail = STR("{}")};
    TRY(audit_put(txn, &row, err));
    *go_to_out = STR("/masuk");
    return RC_OK;
}

static enum rc used_body(struct control_txn *txn, void *arg, struct err *err)
{
    struct request *req = arg;

    return sql_village_setup_used(txn, request_village(req)->code, request_now(req), NULL, err);
}

/* A second press, or a retry after a lost answer, comes when the link is used: it gets the first one's answer. */
static enum rc answer_again(struct request *req, struct response *resp, struct setup_ctx *ctx, struct err *err)
{
    enum rc rc = village_act(req, resp, setup_body, ctx, err);

    return rc == RC_CONFLICT ? setup_respond(req, resp, SETUP_USED_WORDS, err) : rc;
}

/*
 * Two schemas, two transactions: the village first. If the second is lost the
 * link still looks fresh, but the village refuses to be set up twice.
 */
enum rc setup_post(struct request *req, struct response *resp, struct err *err)
{
    struct setup_ctx ctx = {.req = req};
    struct str why_not;
    bool is_used;

    setup_read(req, &ctx.form);
    TRY(setup_link_state(req, ctx.form.token, &why_not, &is_used, err));
    if (is_used)
        return answer_again(req, resp, &ctx, err);
    if (!str_empty(why_not))
        return setup_respond(req, resp, why_not, err);
    staff_check_password(req, SETUP_PASSWORD, ctx.form.password, ctx.form.username, ctx.form.name);
    if (request_faults(req)->n > 0)
        return setup_respond(req, resp, STR(""), err);
    TRY(request_password_hash(req, ctx.form.password, &ctx.password_hash, err));
    TRY(village_act(req, resp, setup_body, &ctx, err));
    return control_txn_run(request_control_db(req), used_body, req, err);
}
