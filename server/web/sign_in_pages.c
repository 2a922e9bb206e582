// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * /masuk and /keluar of villages and consoles. One answer for an unknown name,
 * a wrong password and a locked account, after the same work.
 */
#include "server/base/text.h"
#include "server/html/html_put.h"
#include "server/web/act.h"
#include "server/web/limits.h"
#include "server/web/password.h"
#include "server/web/respond.h"
#include "server/web/router.h"
#include "server/web/session.h"
#include "server/web/sign_in.h"
#include "server/web/sign_in_view.h"

enum {
    FAILURES_PER_NETWORK = 60,
    NETWORK_WINDOW_S = 600,
    DRAFT_MOST_BYTES = 120 * 1024,
    DRAFT_KEPT_S = 3600,
    FACTS_MOST = 12,
    FACT_SIGNS = 200,
    SECRET_SIGNS = 256
};

static handler_fn sign_in_page, sign_in_post, sign_out_post;

const struct route sign_in_routes[] = {
    ROUTE_WATCH(GET, "/masuk", MAY_VISIT, sign_in_input, sign_in_page),
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

static enum rc put_form(struct request *req, const struct sign_in_form *stored, struct buf *out, struct err *err)
{
    bool is_village = req->site == SITE_VILLAGE;
    const struct sign_in_form sent = sign_in_got(req);
    bool is_again = stored->for_whom.n > 0 || sent.for_whom.n > 0;
    struct sign_in_view view = {
        .is_again = is_again,
        .is_kept = stored->draft.n > 0 || sent.draft.n > 0,
        .button = {.label = is_again ? STR("Masuk dan lanjutkan") : STR("Masuk"), .busy = STR("Memeriksa…")},
        .intro = is_village               ? str_fmt(req->arena, "Untuk perangkat Desa %.*s.", STR_ARG(req->village->name))
                 : req->site == SITE_DPMD ? STR("Untuk pegawai DPMD dan kecamatan.")
                                          : STR("Untuk relawan pengelola Balai."),
        .help = is_village
                    ? STR("Lupa kata sandi? Minta sekretaris desa memasang yang baru. Kepala desa meminta tautan kepada relawan ForSID.")
                    : STR("Lupa kata sandi? Minta pengelola Balai memasang yang baru."),
    };

    TRY(sign_in_fill(req, stored, &view.form, err));
    view_sign_in(out, &view);
    return RC_OK;
}

static enum rc show_form(struct request *req, struct response *resp, struct err *err)
{
    struct buf out = {.arena = req->arena};

    TRY(put_form(req, &(struct sign_in_form){.go_to = wanted_path(req)}, &out, err));
    return respond_page(req, resp, &(struct page){.title = STR("Masuk"), .is_bare = true, .body = html_view(&out)}, err);
}

static enum rc sign_in_page(struct request *req, struct response *resp, struct err *err)
{
    if (req->actor.id != 0)
        return respond_redirect(resp, wanted_path(req));
    return show_form(req, resp, err);
}

/* ---- a press that came after the session's end ---- */

static const char *draft_purpose(struct request *req, struct str mark)
{
    return str_z(req->arena, str_fmt(req->arena, "isian|%.*s", STR_ARG(mark)));
}

/* A form with a password or a PIN is not kept at all: what was typed there goes into no page. A long secret is a text that keeps its tabs.
 */
static bool has_secret(const struct route *route)
{
    for (const struct input *input = route != NULL ? route->input : NULL; input != NULL && input->kind != INPUT_END_KIND; input++)
        if (input->kind == INPUT_SECRET && input->max <= SECRET_SIGNS)
            return true;
    return false;
}

/* Whether somebody filled the field in: under its name, or in one of its boxes. What the page itself sends (a version, a digest) and which
 * button was pressed are no answers of a form. */
static bool is_typed(const struct request *req, const struct input *field)
{
    const struct str name = str_c(field->name);
    bool is_answer = field->kind != INPUT_PATH_U64 && field->kind != INPUT_PATH_WORD && field->kind != INPUT_TOKEN &&
                     (field->kind != INPUT_CHOICE || field->labels != NULL) && !field->is_hidden &&
                     (field->label != NULL || field->kind == INPUT_PREFIX),
         is_boxed = field->kind == INPUT_DATE || field->kind == INPUT_MONTH || field->kind == INPUT_GROUP || field->kind == INPUT_PICK,
         is_found = false;

    for (size_t i = 0; is_answer && !is_found && i < req->fields.n; i++) {
        const struct field *sent = &req->fields.p[i];
        struct str rest = str_from(sent->name, name.n);
        bool is_its = str_starts(sent->name, name) && (rest.n == 0 || field->kind == INPUT_PREFIX || (rest.p[0] == '_' && is_boxed));

        is_found = is_its && !sent->is_file && !str_empty(sent->value);
    }
    return is_found;
}

static bool has_typed(const struct request *req, const struct route *route)
{
    for (const struct input *input = route != NULL ? route->input : NULL; input != NULL && input->kind != INPUT_END_KIND; input++)
        if (is_typed(req, input))
            return true;
    return false;
}

/*
 * What was sent, files left out, sealed for the account whose page it was; "" when that is nobody's, too much, secret, or a press without
 * anything typed, which is made again on its page.
 */
static struct str draft_seal(struct request *req, struct str mark)
{
    struct buf plain = {.arena = req->arena};
    char between = '?';

    if (mark.n == 0 || !is_local_path(req->path) || has_secret(req->match.route) || !has_typed(req, req->match.route))
        return STR("");
    buf_put_str(&plain, req->path);
    for (size_t i = 0; i < req->fields.n; i++) {
        const struct field *field = &req->fields.p[i];
        if (field->is_file || str_is(field->name, "_csrf"))
            continue;
        buf_put_char(&plain, between);
        between = '&';
        buf_put_str(&plain, field->name);
        buf_put_char(&plain, '=');
        html_put_url_part(&plain, field->value);
    }
    return plain.n > DRAFT_MOST_BYTES ? STR("") : token_seal(req, draft_purpose(req, mark), buf_str(&plain), DRAFT_KEPT_S);
}

/* The page of this site that the press came from, as the browser says; STR_NONE when it says none that there is. */
static struct str page_before(struct request *req)
{
    const struct str origin = request_origin(req), whole = req->in.referer;
    struct route_match match;
    struct str path;

    if (!str_starts(whole, origin) || !is_local_path(str_from(whole, origin.n)))
        return STR_NONE;
    struct str rest = str_from(whole, origin.n);
    (void)str_cut(&rest, '?', &path);
    return router_find(req->web->house->router, req->site, METHOD_GET, path, &match) == RC_OK ? path : STR_NONE;
}

void sign_in_again(struct request *req)
{
    struct buf out = {.arena = req->arena};
    const struct str before = page_before(req);
    struct err err = {0};

    if (req->fields.n == 0 && input_collect(req, &err) != RC_OK) /* whoever sent what no form of ours sends has nothing to keep */
        req->fields = (struct fields){0};
    struct sign_in_form stored = {.go_to = req->match.has_get ? req->path
                                           : before.p != NULL ? before
                                                              : start_path(req),
                                  .for_whom = form_account(req, before)};
    stored.draft = draft_seal(req, stored.for_whom);
    if (stored.for_whom.n == 0)
        stored.for_whom = STR("-");
    if (put_form(req, &stored, &out, &err) != RC_OK)
        log_err("sign_in.again", &err);
    req->resp = (struct response){.arena = req->arena, .status = 401, .is_no_cache = true, .is_final = true};
    req->resp.type = STR("text/html; charset=utf-8");
    req->resp.body = document_of(req, &(struct page){.title = STR("Masuk lagi"), .is_bare = true, .body = html_view(&out)}, false);
}

/* Empty ones, too: what is sent again is known by being the same. */
static struct carrieds all_of(const struct request *req)
{
    struct carrieds out = {ARENA_ARRAY(req->arena, struct carried, req->fields.n), 0};

    for (size_t i = 0; i < req->fields.n; i++)
        if (!str_is(req->fields.p[i].name, "_once"))
            out.p[out.n++] = (struct carried){req->fields.p[i].name, req->fields.p[i].value};
    return out;
}

/* What was typed, by the form's own labels; numbers such as a NIK, days and what is chosen from long lists are counted (*more_out). */
static struct sent_facts what_goes_on(struct request *req, struct str path, unsigned *more_out)
{
    struct route_match match;
    struct sent_facts out = {ARENA_ARRAY(req->arena, struct sent_fact, FACTS_MOST), 0};

    *more_out = 0;
    if (router_find(req->web->house->router, req->site, METHOD_POST, path, &match) != RC_OK)
        return out;
    for (const struct input *field = match.route->input; field != NULL && field->kind != INPUT_END_KIND; field++) {
        bool is_read = field->kind == INPUT_TEXT || field->kind == INPUT_LINES || field->kind == INPUT_CHOICE ||
                       field->kind == INPUT_OPTION || field->kind == INPUT_MONEY || field->kind == INPUT_PHONE ||
                       field->kind == INPUT_EMAIL;
        if (!is_typed(req, field))
            continue;
        if (!is_read || field->label == NULL || out.n == FACTS_MOST) {
            ++*more_out;
            continue;
        }
        struct str sent = field_sent(req, field->name);
        if (field->choices != NULL && field->labels != NULL)
            sent = form_show_choice(field, sent);
        out.p[out.n++] = (struct sent_fact){str_c(field->label), utf8_part(req->arena, sent, FACT_SIGNS)};
    }
    return out;
}

/*
 * Signed in: with what was sent before the session ended, when it was this account's and is seen before it goes on; anybody else goes to
 * his own first page.
 */
static enum rc go_on(struct request *req, struct response *resp, const struct account *account, struct err *err)
{
    const struct sign_in_form form = sign_in_got(req);
    struct buf out = {.arena = req->arena};
    struct go_on_view view = {.home = start_path(req), .button = {.label = STR("Lanjutkan"), .busy = STR("Melanjutkan…")}};
    struct fields fields = {0};
    unsigned char mark[MARK_BYTES];

    account_mark(req, account->id, mark);
    bool is_own = str_eq(form.for_whom, str_hex(req->arena, mark, MARK_BYTES));
    if (form.for_whom.n > 1 && !is_own)
        return respond_redirect(resp, start_path(req));
    struct str rest = is_own ? token_open(req, form.draft, draft_purpose(req, form.for_whom)) : STR_NONE;
    if (rest.n == 0 || !str_cut(&rest, '?', &view.action) || !is_local_path(view.action)) {
        if (form.for_whom.n > 0) { /* nobody may believe that it was saved */
            req->actor.id = account->id;
            act_warn(req, is_own && form.draft.n > 0
                              ? "Isian tadi dikirim lebih dari satu jam lalu dan tidak tersimpan. Isi lagi di halaman ini"
                              : "Belum tersimpan, tekan lagi");
            said_send(req, wanted_path(req));
        }
        return respond_redirect(resp, wanted_path(req));
    }
    TRY(form_read(req->arena, rest, &fields, err));
    req->fields = fields;
    view.fields = all_of(req);
    view.facts = what_goes_on(req, view.action, &view.more);
    req->session_token = str_part(req->session_cookie, SESSION_COOKIE.n + 1, SESSION_SIGNS);
    req->actor = (struct actor){.id = account->id, .name = account->name, .username = account->username};
    const struct str here = req->path;
    req->path = view.action; /* the guard is of the form's own page: should this session end, too */
    view.guard = request_form_guard(req);
    req->path = here;
    view.guard.once = field_sent(req, "_once"); /* the same sending: nothing is done twice */
    view_go_on(&out, &view);
    return respond_page(req, resp, &(struct page){.title = STR("Lanjutkan"), .is_bare = true, .body = html_view(&out)}, err);
}

/* ---- trying ---- */

/*
 * One row an account, however its name is typed, and one a device that has signed in to it; names nobody has get rows of their own.
 * The row is of the password that was tried: a new one opens the account at once, whoever locked the old one.
 */
static struct str attempt_key(struct request *req, const struct account *account, struct str device, struct str typed)
{
    unsigned char key[KEY_BYTES], *hash = arena_alloc(req->arena, HASH_BYTES);
    struct str who;

    if (account->id == 0)
        who = str_fmt(req->arena, "name|%.*s", STR_ARG(text_fold(req->arena, typed)));
    else if (device.p != NULL)
        who = str_fmt(req->arena, "device|%" PRIu64 "|%.*s|%.*s", account->id, STR_ARG(account->password_hash), STR_ARG(device));
    else
        who = str_fmt(req->arena, "id|%" PRIu64 "|%.*s", account->id, STR_ARG(account->password_hash));
    request_key(req, "signin", key);
    hash_keyed(key, who.p, who.n, hash);
    return (struct str){(const char *)hash, HASH_BYTES};
}

static enum rc refuse(struct request *req, struct response *resp, struct err *err)
{
    limit_count(req, "masuk", NETWORK_WINDOW_S);
    log_event(LOG_NOTICE, "sign_in.refused", "a sign-in was refused");
    request_fault(req, "nama",
                  "Nama akun atau kata sandi tidak cocok. Coba lagi. Sesudah 5 kali keliru, tunggu 15 menit atau minta sandi baru.");
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
    return go_on(req, resp, &account, err);
}

static enum rc sign_out_post(struct request *req, struct response *resp, struct err *err)
{
    TRY(session_end(req, err));
    response_header(resp, "clear-site-data", STR("\"cache\""));
    return respond_redirect(resp, req->site == SITE_VILLAGE ? STR("/") : STR("/masuk"));
}
