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

static void put_boxes(struct request *req, bool is_sent, struct setup_view *v)
{
    v->head_name = input_box(
        req, is_sent,
        (struct field_view){.name = STR("kades"), .label = STR("Nama kepala desa"), .hint = STR("Dengan gelar, seperti pada surat")});
    v->head_nip = input_box(
        req, is_sent, (struct field_view){.name = STR("nip"), .label = STR("NIP kepala desa"), .width = STR("16"), .is_optional = true});
    v->address = input_box(
        req, is_sent, (struct field_view){.name = STR("alamat"), .label = STR("Alamat kantor desa"), .hint = STR("Tercetak di kop surat")});
    v->name = input_box(req, is_sent, (struct field_view){.name = STR("nama"), .label = STR("Nama Anda"), .autocomplete = STR("name")});
    v->username = input_box(req, is_sent,
                            (struct field_view){.name = STR("pengguna"),
                                                .label = STR("Nama pengguna"),
                                                .hint = STR("Dipakai untuk masuk, contoh: hasnah"),
                                                .autocomplete = STR("username")});
    v->password = input_box(
        req, is_sent,
        (struct field_view){
            .name = STR("sandi"),
            .label = STR("Kata sandi"),
            .hint = STR("Paling sedikit 10 huruf. Beberapa kata yang mudah diingat lebih baik daripada satu kata yang rumit."),
            .type = STR("password"),
            .autocomplete = STR("new-password")});
}

static enum rc setup_respond(struct request *req, struct response *resp, struct str why_not, bool is_sent, struct err *err)
{
    struct buf body = {.arena = request_arena(req)};
    struct setup_view v = {
        .village = request_village(req)->name,
        .district = request_village(req)->district,
        .action = request_path(req),
        .is_usable = str_empty(why_not),
        .why_not = why_not,
    };

    if (v.is_usable) {
        v.guard = request_form_guard(req);
        put_boxes(req, is_sent, &v);
        if (is_sent)
            v.faults = *request_faults(req);
    }
    view_setup(&body, &v);
    response_no_cache(resp);
    const struct page page = {.title = STR("Pasang desa"), .body = html_view(&body), .is_bare = true};
    return respond_page(req, resp, &page, err);
}

enum rc setup_page(struct request *req, struct response *resp, struct err *err)
{
    struct str why_not;
    bool is_used;

    TRY(setup_link_state(req, input_str(req, "tanda"), &why_not, &is_used, err));
    return setup_respond(req, resp, why_not, false, err);
}

struct setup_ctx {
    struct request *req;
    struct str password_hash; /* p == NULL: only the answer of an earlier sending is asked for */
};

static enum rc setup_body(struct txn *txn, void *arg, struct str *go_to_out, struct err *err)
{
    const struct setup_ctx *ctx = arg;
    struct request *req = ctx->req;
    struct arena *arena = request_arena(req);
    struct identity_locked identity;
    uint64_t id;
    const struct staff_new staff = {.username = str_lower(arena, input_str(req, "pengguna")),
                                    .name = input_str(req, "nama"),
                                    .position = STR("Sekretaris Desa"),
                                    .role = ROLE_SECRETARY,
                                    .password_hash = ctx->password_hash};

    TRY(sql_identity_lock(txn, &identity, err));
    if (identity.set_up_at != 0 || ctx->password_hash.p == NULL)
        return fail(err, RC_CONFLICT, "the village has been set up before");
    TRY(official_set_head(txn, input_str(req, "kades"), str_fmt(arena, "Kepala Desa %.*s", STR_ARG(request_village(req)->name)),
                          input_text(req, "nip"), err));
    TRY(staff_add(txn, &staff, &id, err));
    TRY(sql_identity_set_up(txn, input_str(req, "alamat"), request_now(req), NULL, err));
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
static enum rc answer_again(struct request *req, struct response *resp, struct err *err)
{
    struct setup_ctx ctx = {.req = req};
    enum rc rc = village_act(req, resp, setup_body, &ctx, err);

    return rc == RC_CONFLICT ? setup_respond(req, resp, SETUP_USED_WORDS, false, err) : rc;
}

/*
 * Two schemas, two transactions: the village first. If the second is lost the
 * link still looks fresh, but the village refuses to be set up twice.
 */
enum rc setup_post(struct request *req, struct response *resp, struct err *err)
{
    struct setup_ctx ctx = {.req = req};
    struct str why_not;
    const char *fault;
    bool is_used;

    TRY(setup_link_state(req, input_str(req, "tanda"), &why_not, &is_used, err));
    if (is_used)
        return answer_again(req, resp, err);
    if (!str_empty(why_not))
        return setup_respond(req, resp, why_not, false, err);
    if (!str_empty(input_str(req, "sandi"))) {
        fault = password_fault(request_arena(req), input_str(req, "sandi"), request_village(req)->name, input_str(req, "pengguna"),
                               input_str(req, "nama"));
        if (fault != NULL && request_fault_of(req, "sandi").p == NULL)
            request_fault(req, "sandi", "%s", fault);
    }
    if (request_faults(req)->n > 0)
        return setup_respond(req, resp, STR(""), true, err);
    TRY(request_password_hash(req, input_str(req, "sandi"), &ctx.password_hash, err));
    TRY(village_act(req, resp, setup_body, &ctx, err));
    return control_txn_run(request_control_db(req), used_body, req, err);
}
