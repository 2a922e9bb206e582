// SPDX-License-Identifier: AGPL-3.0-or-later
#include <stdlib.h>

#include "server/base/text.h"
#include "server/html/asset.h"
#include "server/html/shell.h"
#include "server/web/look.h"
#include "server/web/nav.h"
#include "server/web/respond.h"
#include "server/web/sign_in_rules.h"

static enum shell_kind kind_of(const struct request *req, const struct page *page)
{
    if (request_is_kiosk(req))
        return SHELL_KIOSK;
    if (page->is_bare)
        return SHELL_BARE;
    switch (req->site) {
    case SITE_VILLAGE:
        return str_starts(req->path, STR("/kantor")) && req->actor.id != 0 ? SHELL_OFFICE : SHELL_PUBLIC;
    case SITE_DPMD:
        return SHELL_DPMD;
    case SITE_KELOLA:
        return SHELL_KELOLA;
    case SITE_PLATFORM:
    case SITE_NONE:
        break;
    }
    return SHELL_PLATFORM;
}

static void name_village(struct request *req, struct shell *shell, bool may_ask)
{
    const struct village *village = req->village;
    struct look look = look_of(req, may_ask);

    shell->name = str_fmt(req->arena, "Desa %.*s", STR_ARG(village->name));
    shell->place = shell->kind == SHELL_OFFICE
                       ? STR("Kantor desa")
                       : str_fmt(req->arena, "Kecamatan %.*s, Kabupaten %.*s", STR_ARG(village->district), STR_ARG(village->regency));
    shell->accent = str_dup(req->arena, str_c(look.accent));
    shell->crest_href = str_dup(req->arena, str_c(look.crest));
    shell->address = str_dup(req->arena, str_c(look.address));
    shell->is_plain = look.is_plain;
    shell->is_sample = village->is_sample;
    if (village->state == VILLAGE_READ_ONLY && req->actor.id != 0)
        shell->notice = STR("Sementara hanya bisa dibaca. Perubahan belum dapat disimpan.");
}

/* "Luwu", of the first village: the console's office is the regency's. */
static struct str regency_of(struct request *req)
{
    struct village_list villages = directory_all(req->web->house->directory, req->arena);
    return villages.n > 0 ? villages.p[0].regency : STR("");
}

static void name_site(struct request *req, struct shell *shell, bool may_ask)
{
    switch (req->site) {
    case SITE_VILLAGE:
        name_village(req, shell, may_ask);
        break;
    case SITE_KELOLA:
        shell->name = STR("Kelola Balai");
        shell->accent = STR("arang");
        break;
    case SITE_DPMD: {
        struct str regency = regency_of(req);
        shell->name = str_trim(str_fmt(req->arena, "Dinas PMD %.*s", STR_ARG(regency)));
        shell->place = regency.n > 0 ? str_fmt(req->arena, "Kabupaten %.*s", STR_ARG(regency)) : STR("");
        shell->accent = STR("tarum");
        break;
    }
    case SITE_PLATFORM:
    case SITE_NONE:
        shell->name = STR("Balai");
        shell->accent = STR("teluk");
        break;
    }
}

static void name_actor(struct request *req, struct shell *shell, bool has_calls)
{
    if (req->actor.id == 0)
        return;
    struct form_guard guard = request_form_guard(req);
    unsigned char mark[MARK_BYTES];
    account_mark(req, req->actor.id, mark);
    shell->user_name = req->actor.name;
    shell->user_account = req->actor.username;
    shell->user_key = str_hex(req->arena, mark, sizeof(mark));
    shell->user_role = req->actor.role_label;
    shell->csrf = guard.csrf;
    shell->once = guard.once;
    if (shell->kind == SHELL_OFFICE)
        shell->search = nav_search(req);
    if (shell->kind == SHELL_OFFICE && !has_calls)
        shell->calls = nav_calls(req);
}

/* The clock in the corner, and the guard of the forms every kiosk page has: a tapped card, the end. */
static void fill_kiosk(struct request *req, struct shell *shell)
{
    enum zone zone = req->village->zone;
    struct str day = date_weekday_long(req->arena, utc_date(req->now, zone));

    shell->clock = utc_clock(req->arena, req->now, zone);
    shell->day = str_part(day, 0, day.n > 5 ? day.n - 5 : 0); /* without the year */
    shell->place = str_fmt(req->arena, "Kec. %.*s, %.*s", STR_ARG(req->village->district), STR_ARG(req->village->regency));
    shell->is_kiosk_begun = req->kiosk.is_begun;
    shell->is_kiosk_called = req->kiosk.is_called;
    shell->is_kiosk_late = req->kiosk.is_late;
    shell->here = req->path;
    if (req->kiosk.device_id == 0)
        return;
    struct form_guard guard = request_form_guard(req);
    shell->csrf = guard.csrf;
    shell->once = guard.once;
}

struct str document_of(struct request *req, const struct page *page, bool may_ask)
{
    struct buf out = {.arena = req->arena};
    bool is_public = req->method == METHOD_GET && req->match.route != NULL && req->match.route->permission == MAY_VISIT && !page->is_bare &&
                     (req->site == SITE_VILLAGE || req->site == SITE_PLATFORM) && req->actor.id == 0;
    struct shell shell = {
        .kind = kind_of(req, page),
        .title = page->title,
        .description = page->description,
        .active = page->active,
        .is_noindex = !is_public,
        .is_answer = req->method == METHOD_POST,
        .is_form_path = req->method == METHOD_POST && req->match.has_get,
        .is_refused = req->method == METHOD_POST && (req->faults.n > 0 || req->is_changed),
        .is_of_desk = page->is_bare && req->method == METHOD_POST && (req->actor.id != 0 || str_starts(req->path, STR("/kantor"))),
        .body = page->body,
    };

    if (!page->is_bare)
        shell.said = said_take(req, &shell.said_at);

    if (shell.is_answer && req->faults.n > 0 && shell.kind != SHELL_KIOSK) /* the first thing that a reader of screens says */
        shell.title = str_fmt(req->arena, "%s: %.*s", req->faults.wrong > 0 ? "Salah isi" : "Perlu dipastikan", STR_ARG(page->title));
    if (is_public) {
        shell.canonical = str_fmt(req->arena, "%.*s%.*s", STR_ARG(request_origin(req)), STR_ARG(req->path));
        shell.share_href = str_fmt(req->arena, "%.*s%.*s", STR_ARG(request_origin(req)), STR_ARG(asset_path("share.png")));
        shell.is_noindex = req->village != NULL && req->village->is_sample; /* invented people are no search results */
    }
    if (req->site == SITE_NONE)
        shell.home_href = str_fmt(req->arena, "%.*s/", STR_ARG(platform_origin(req)));
    shell.footer = nav_footer(req, shell.kind);
    name_actor(req, &shell, page->has_calls || !may_ask);
    name_site(req, &shell, may_ask);
    shell.nav = nav_of(req, shell.kind, may_ask);
    if (shell.kind == SHELL_KIOSK)
        fill_kiosk(req, &shell);
    buf_reserve(&out, page->body.markup.n + 8192);
    shell_page(&out, &shell);
    return buf_str(&out);
}

static void set(struct response *resp, struct str type, struct str body)
{
    resp->type = type;
    resp->body = body;
    resp->gzip = STR_NONE;
    resp->is_final = true;
}

enum rc respond_page(struct request *req, struct response *resp, const struct page *page, struct err *err)
{
    (void)err;
    if (resp->status == 0 && (req->is_changed || req->faults.n > 0))
        resp->status = req->is_changed ? 409 : req->wait_until != 0 ? 429 : 422;
    if (resp->status == 429 && req->wait_until > req->now)
        response_header(resp, "retry-after", str_fmt(req->arena, "%" PRIi64, (req->wait_until - req->now) / US_PER_S + 1));
    set(resp, STR("text/html; charset=utf-8"), document_of(req, page, true));
    return RC_OK;
}

enum rc respond_part(struct response *resp, struct html body)
{
    set(resp, STR("text/html; charset=utf-8"), body.markup);
    resp->is_no_cache = true;
    return RC_OK;
}

enum rc respond_redirect(struct response *resp, struct str path)
{
    if (!is_site_path(path)) {
        log_event(LOG_ERROR, "redirect", "a redirect to what is no path of this site");
        path = STR("/");
    }
    resp->status = 303;
    resp->is_no_cache = true;
    response_header(resp, "location", path);
    set(resp, STR_NONE, STR(""));
    return RC_OK;
}

enum rc respond_to_platform(struct request *req, struct response *resp, struct str path)
{
    TRY(respond_redirect(resp, path));
    response_header(resp, "location", str_fmt(req->arena, "%.*s%.*s", STR_ARG(platform_origin(req)), STR_ARG(path)));
    return RC_OK;
}

/* Letters, digits, dots, dashes; never a leading dot; the extension stays. */
static struct str safe_filename(struct arena *arena, struct str filename)
{
    struct buf out = {.arena = arena};

    for (size_t i = 0; i < filename.n && out.n < 100; i++) {
        char c = filename.p[i];
        bool is_fine = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
                       (c == '.' && out.n > 0);
        buf_put_char(&out, is_fine ? c : '-');
    }
    if (out.n == 0)
        buf_put_str(&out, STR("berkas"));
    return buf_str(&out);
}

enum rc respond_bytes(struct response *resp, struct str type, struct str bytes, struct str filename)
{
    if (filename.p != NULL)
        response_header(resp, "content-disposition",
                        str_fmt(resp->arena, "attachment; filename=\"%.*s\"", STR_ARG(safe_filename(resp->arena, filename))));
    set(resp, type, bytes);
    return RC_OK;
}

void response_own_images(struct response *resp)
{
    resp->has_own_images = true;
}

void response_status(struct response *resp, int status)
{
    resp->status = status;
}

void response_header(struct response *resp, const char *name, struct str value)
{
    for (size_t i = 0; i < value.n; i++)
        if ((unsigned char)value.p[i] < 0x20 || value.p[i] == 0x7f)
            abort(); /* nothing of a request ever gets here unchecked */
    for (size_t i = 0; i < resp->extra_count; i++)
        if (strcmp(resp->extra[i].name, name) == 0) {
            resp->extra[i].value = value;
            return;
        }
    if (resp->extra_count == COUNT_OF(resp->extra))
        abort();
    resp->extra[resp->extra_count++] = (struct web_header){name, value};
}

void response_no_cache(struct response *resp)
{
    resp->is_no_cache = true;
}
