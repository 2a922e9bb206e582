// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * /masuk and /keluar of villages and consoles. One answer for an unknown name,
 * a wrong password and a locked account, after the same work.
 */
#include "server/base/text.h"
#include "server/web/limits.h"
#include "server/web/password.h"
#include "server/web/session.h"
#include "server/web/sign_in.h"
#include "server/web/sign_in_view.h"

enum { FAILURES_PER_NETWORK = 60, NETWORK_WINDOW_S = 600 };

static handler_fn sign_in_page, sign_in_post, sign_out_post;

const struct route sign_in_routes[] = {
    ROUTE(GET, "/masuk", MAY_VISIT, sign_in_input, sign_in_page),
    ROUTE(POST, "/masuk", MAY_VISIT, sign_in_input, sign_in_post),
    ROUTE(POST, "/keluar", MAY_VISIT, NULL, sign_out_post),
    ROUTES_END,
};

static struct str start_path(const struct request *req)
{
    return req->site == SITE_VILLAGE ? STR("/kantor") : STR("/");
}

static struct str wanted_path(const struct request *req)
{
    struct str path = sign_in_got(req).go_to;

    if (!is_local_path(path) || str_starts(path, STR("/masuk")) || str_starts(path, STR("/keluar")))
        return start_path(req);
    return path;
}

static enum rc show_form(struct request *req, struct response *resp, struct err *err)
{
    bool is_village = req->site == SITE_VILLAGE;
    struct buf out = {.arena = req->arena};
    const struct sign_in_form stored = {.go_to = wanted_path(req)};
    struct sign_in_view view = {
        .button = {.label = STR("Masuk"), .busy = STR("Memeriksa…")},
        .intro = is_village               ? str_fmt(req->arena, "Untuk perangkat Desa %.*s.", STR_ARG(req->village->name))
                 : req->site == SITE_DPMD ? STR("Untuk pegawai DPMD dan kecamatan.")
                                          : STR("Untuk relawan pengelola Balai."),
        .help = is_village
                    ? STR("Lupa kata sandi? Minta sekretaris desa memasang yang baru. Kepala desa meminta tautan kepada relawan ForSID.")
                    : STR("Lupa kata sandi? Minta pengelola Balai memasang yang baru."),
    };

    TRY(sign_in_fill(req, &stored, &view.form, err));
    view_sign_in(&out, &view);
    return respond_page(req, resp, &(struct page){.title = STR("Masuk"), .is_bare = true, .body = html_view(&out)}, err);
}

static enum rc sign_in_page(struct request *req, struct response *resp, struct err *err)
{
    if (req->actor.id != 0)
        return respond_redirect(resp, wanted_path(req));
    return show_form(req, resp, err);
}

/* One row an account, however its name is typed, and one a device that has signed in to it; names nobody has get rows of their own. */
static struct str attempt_key(struct request *req, const struct account *account, struct str device, struct str typed)
{
    unsigned char key[KEY_BYTES], *hash = arena_alloc(req->arena, HASH_BYTES);
    struct str who;

    if (account->id == 0)
        who = str_fmt(req->arena, "name|%.*s", STR_ARG(text_fold(req->arena, typed)));
    else if (device.p != NULL)
        who = str_fmt(req->arena, "device|%" PRIu64 "|%.*s", account->id, STR_ARG(device));
    else
        who = str_fmt(req->arena, "id|%" PRIu64, account->id);
    request_key(req, "signin", key);
    hash_keyed(key, who.p, who.n, hash);
    return (struct str){(const char *)hash, HASH_BYTES};
}

static enum rc refuse(struct request *req, struct response *resp, struct err *err)
{
    limit_count(req, "masuk", NETWORK_WINDOW_S);
    log_event(LOG_NOTICE, "sign_in.refused", "a sign-in was refused");
    request_fault(req, "nama", "Nama akun atau kata sandi tidak cocok. Coba lagi. Setelah 5 kali keliru, akun dikunci 15 menit.");
    return show_form(req, resp, err);
}

/* Staff have a role of their village's table; an account of a console one of this program's. */
static bool is_role(const struct request *req, struct str word)
{
    return req->site == SITE_VILLAGE || console_role_find(word) != NULL;
}

static enum rc sign_in_post(struct request *req, struct response *resp, struct err *err)
{
    const struct sign_in_form form = sign_in_got(req);
    struct str username = form.username, password = form.password, device;
    struct account account;
    bool may_try, fits;

    if (req->faults.n > 0)
        return show_form(req, resp, err);
    if (limit_reached(req, "masuk", FAILURES_PER_NETWORK))
        return fail(err, RC_LIMITED, "too many wrong sign-ins from one network");
    TRY(account_find(req, username, &account, err));
    TRY(device_known(req, account.id, &device, err));
    struct str key = attempt_key(req, &account, device, username);
    TRY(attempt_begin(req, key, &may_try, err));
    TRY(request_password_fits(req, password, account.password_hash, &fits, err));
    if (!may_try || !fits || account.id == 0 || !is_role(req, account.role))
        return refuse(req, resp, err);
    TRY(account_enter(req, &account, key, err));
    log_event(LOG_NOTICE, "sign_in.done", "account %" PRIu64 " signed in", account.id);
    sign_in_tidy(req);
    return respond_redirect(resp, wanted_path(req));
}

static enum rc sign_out_post(struct request *req, struct response *resp, struct err *err)
{
    TRY(session_end(req, err));
    response_header(resp, "clear-site-data", STR("\"cache\""));
    return respond_redirect(resp, req->site == SITE_VILLAGE ? STR("/") : STR("/masuk"));
}
