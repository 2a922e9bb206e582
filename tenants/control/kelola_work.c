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
    if (w->is_ready)
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

/* ---- the list ---- */

static const struct list_filter filters[] = {
    {LIST_WORDS, "cari", "Cari desa", .to = LIST_TO(struct kelola_work_find, words), .hint = "Nama atau kode", .is_open = true},
};
static const struct list_order orders[] = {{KELOLA_WORK_BY_OPEN, "belum-selesai", "Belum selesai dulu", false},
                                           {KELOLA_WORK_BY_NAME, "nama", "Desa", false}};
static const struct list_column columns[] = {
    {"Desa", KELOLA_WORK_BY_NAME, false}, {"Langkah", 0, false}, {"Kemajuan", 0, false}, {"Keadaan", 0, false}, {"Keterangan", 0, false}};
const struct list work_list = {
    .home = "/pekerjaan",
    .noun = "desa",
    LIST_ROWS(filters, orders, columns),
    .find_bytes = sizeof(struct kelola_work_find),
    .empty = {"Tidak ada pekerjaan", "Penyiapan desa baru muncul di sini.", "/desa/tambah", "Siapkan desa baru"},
};

/* What is under way, in one sentence, whatever the list shows of it. */
static struct str summary_of(struct arena *arena, const struct kelola_work_sums *sums)
{
    if (sums->n == 0)
        return STR("");
    if (sums->stopped > 0)
        return str_fmt(arena, "%" PRIu64 " dari %" PRIu64 " desa siap, %" PRIu64 " terhenti.", sums->ready, sums->n, sums->stopped);
    return str_fmt(arena, "%" PRIu64 " dari %" PRIu64 " desa siap.%s", sums->ready, sums->n,
                   sums->ready < sums->n ? " Boleh ditinggal." : "");
}

/* Beside the list: the first of its page, so the one that is not ready while there is one. */
static void panel_fill(struct arena *arena, const struct kelola_work *w, struct kelola_panel *panel)
{
    panel->title = str_fmt(arena, "%s Desa %.*s", w->is_ready ? "Selesai menyiapkan" : "Menyiapkan", STR_ARG(w->name));
    panel->note = kelola_step_text(arena, w->step);
    kelola_steps(arena, w->step, w->step_error, &panel->steps);
}

enum rc kelola_work_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct control_db *db = request_control_db(req);
    struct buf out = {.arena = arena};
    struct kelola_work_view v = {.guard = request_form_guard(req)};
    struct kelola_work_rows rows = {0};
    struct list_result got = {0};
    struct kelola_work_find find;
    struct kelola_work_sums sums;
    struct list_reading at;
    utc_us since = request_now(req) - SHOWN_S * US_PER_S;

    TRY(list_read(req, &work_list, &find, &at, err));
    if (!at.is_faulty) {
        find.since = since;
        find.kind = CONTROL_JOB_PROVISION;
        find.words = str_empty(find.words) ? find.words : text_search(arena, find.words);
        TRY(sql_kelola_work_page(db, &find, &at.at, LIST_PAGE, &rows, &got.ends, err));
        got.rows = rows.n;
        if (list_must_count(&at, &got))
            TRY(sql_kelola_work_count(db, &find, LIST_BOUND, &got.found, err));
    }
    TRY(sql_kelola_work_sums(db, since, CONTROL_JOB_PROVISION, &sums, err));
    list_put(&at, &got, &v.list);
    v.summary = summary_of(arena, &sums);
    v.is_busy = sums.waiting > 0;
    v.lines.p = ARENA_ARRAY(arena, struct kelola_work_line, rows.n);
    v.lines.n = rows.n;
    for (size_t i = 0; i < rows.n; i++)
        v.lines.p[i] = line_of(req, &rows.p[i]);
    if (rows.n > 0)
        panel_fill(arena, &rows.p[0], &v.panel);
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
