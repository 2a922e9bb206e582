// SPDX-License-Identifier: AGPL-3.0-or-later
/* The work under way: each village being made, its step, what stopped it. */
#include "server/base/text.h"
#include "server/web/act.h"
#include "tenants/control/kelola_list_view.h"
#include "tenants/control/kelola_views.h"
#include "tenants/control/kelola_work_view.h"
#include "tenants/control/provision.h"
#include "workers/queue/control_revive_sql.h"
#include "workers/queue/queue.h"

enum { SHOWN_S = 3 * 3600 }; /* finished work stays on the page so long */
enum { JOB_READY = 1, JOB_LEASED = 2, JOB_DEAD = 4 };

static bool is_waiting(const struct kelola_work *w)
{
    return w->job_state.is_set && (w->job_state.value == JOB_READY || w->job_state.value == JOB_LEASED);
}

static struct tag_view tag_of(const struct kelola_work *w)
{
    if (str_is(w->step, "ready"))
        return (struct tag_view){.tone = STR("hijau"), .label = STR("Selesai")};
    if (w->job_state.is_set && w->job_state.value == JOB_LEASED)
        return (struct tag_view){.tone = STR("biru"), .label = STR("Berjalan")};
    if (is_waiting(w) && w->step_error.n > 0)
        return (struct tag_view){.tone = STR("kuning"), .label = STR("Dicoba lagi nanti")};
    if (is_waiting(w))
        return (struct tag_view){.tone = STR("abu"), .label = STR("Menunggu")};
    return w->step_error.n > 0 ? (struct tag_view){.tone = STR("merah"), .label = STR("Terhenti")}
                               : (struct tag_view){.tone = STR("abu"), .label = STR("Belum berjalan")};
}

static struct kelola_work_line line_of(const struct request *req, const struct kelola_work *w)
{
    struct arena *arena = request_arena(req);
    enum zone zone = request_zone(req);
    int done = provision_step_from(w->step);
    uint32_t percent = (uint32_t)(100 * done / PROVISION_READY);
    struct str ready = utc_clock(arena, w->ready_at, zone), asked = utc_clock(arena, w->created_at, zone);

    return (struct kelola_work_line){
        .href = str_fmt(arena, "/desa/%.*s", STR_ARG(w->code)),
        .code = w->code,
        .name = w->name,
        .step = kelola_step_text(arena, w->step),
        .error = w->step_error,
        .when = w->ready_at != 0 ? str_fmt(arena, "Siap pukul %.*s", STR_ARG(ready)) : str_fmt(arena, "Diminta pukul %.*s", STR_ARG(asked)),
        .tag = tag_of(w),
        .bar = {percent, str_fmt(arena, "%" PRIu32 " persen", percent)},
        .may_retry = done < PROVISION_READY && !is_waiting(w),
    };
}

/* The village asked for, else the first that is not ready, else the latest. */
static const struct kelola_work *shown(const struct kelola_work_rows *rows, struct str code)
{
    for (size_t i = 0; i < rows->n; i++)
        if (str_eq(rows->p[i].code, code))
            return &rows->p[i];
    return rows->n > 0 ? &rows->p[0] : NULL;
}

static void panel_fill(struct arena *arena, const struct kelola_work *w, struct kelola_panel *panel)
{
    bool is_ready = str_is(w->step, "ready");

    panel->title = str_fmt(arena, "%s Desa %.*s", is_ready ? "Selesai menyiapkan" : "Menyiapkan", STR_ARG(w->name));
    panel->note = kelola_step_text(arena, w->step);
    kelola_steps(arena, w->step, w->step_error, &panel->steps);
}

static void view_fill(struct request *req, const struct kelola_work_rows *rows, struct kelola_work_view *v)
{
    struct arena *arena = request_arena(req);
    size_t ready = 0, stopped = 0;

    v->lines.p = ARENA_ARRAY(arena, struct kelola_work_line, rows->n);
    v->lines.n = rows->n;
    for (size_t i = 0; i < rows->n; i++) {
        v->lines.p[i] = line_of(req, &rows->p[i]);
        ready += str_is(rows->p[i].step, "ready");
        stopped += v->lines.p[i].may_retry && v->lines.p[i].error.n > 0;
        v->is_busy = v->is_busy || is_waiting(&rows->p[i]);
    }
    v->summary = rows->n == 0  ? STR("")
                 : stopped > 0 ? str_fmt(arena, "%zu dari %zu desa siap, %zu terhenti.", ready, rows->n, stopped)
                               : str_fmt(arena, "%zu dari %zu desa siap.%s", ready, rows->n, ready < rows->n ? " Boleh ditinggal." : "");
    if (rows->n > 0)
        panel_fill(arena, shown(rows, kelola_work_see_got(req).village), &v->panel);
}

enum rc kelola_work_page(struct request *req, struct response *resp, struct err *err)
{
    struct buf out = {.arena = request_arena(req)};
    struct kelola_work_rows rows;

    TRY(sql_kelola_work(request_control_db(req), request_now(req) - SHOWN_S * US_PER_S, CONTROL_JOB_PROVISION, &rows, err));
    struct kelola_work_view v = {
        .guard = request_form_guard(req),
        .empty = {.title = STR("Tidak ada pekerjaan"),
                  .text = STR("Penyiapan desa baru muncul di sini."),
                  .href = STR("/desa/tambah"),
                  .link_label = STR("Siapkan desa baru")},
    };

    view_fill(req, &rows, &v);
    if (request_is_part(req)) {
        view_kelola_work_part(&out, &v);
        return respond_part(resp, html_view(&out));
    }
    view_kelola_work(&out, &v);
    const struct page page = {.title = STR("Pekerjaan"), .active = STR("/pekerjaan"), .body = html_view(&out)};

    return respond_page(req, resp, &page, err);
}

/* ---- once more ---- */

enum rc kelola_again_act(struct control_txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    struct str code = kelola_again_got(req).code;
    struct kelola_pending pending;
    struct kelola_slug row;
    uint64_t subject = 0, revived = 0;
    bool is_found;

    act_say(req, "Pekerjaan diulang");
    *go_to_out = STR("/pekerjaan");
    TRY(sql_kelola_slug_of(in_control_txn(txn), code, &row, &is_found, err));
    if (!is_found || !str_to_u64(code, &subject))
        return fail(err, RC_NOT_FOUND, "no such village");
    TRY(sql_kelola_revive(txn, CONTROL_JOB_PROVISION, subject, &revived, err));
    TRY(sql_kelola_job_pending(in_control_txn(txn), CONTROL_JOB_PROVISION, subject, &pending, err));
    if (revived == 0 && (pending.n > 0 || str_is(row.step, "ready")))
        return RC_OK;
    if (pending.n == 0)
        TRY(control_outbox_put(txn, CONTROL_JOB_PROVISION, subject, STR("{}"), err));
    return console_act_audit(txn, req, err, "village.again", "village:%.*s", STR_ARG(code));
}
