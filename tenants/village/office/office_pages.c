// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/office/office_pages.h"

#include "server/base/text.h"
#include "server/web/audit.h"
#include "tenants/village/letters/letters.h"
#include "tenants/village/office/office_sql.h"
#include "tenants/village/office/office_view.h"
#include "workers/queue/dead.h"
#include "workers/queue/lease.h"

enum { RECENT = 8, DEAD_MAX = 100, TASKS_MAX = 8 };

static void put_task(struct request *req, struct office_view *v, uint64_t n, struct office_task task)
{
    if (n == 0)
        return;
    task.count = number_text(request_arena(req), (int64_t)n);
    task.is_first = v->tasks.n == 0;
    v->tasks.p[v->tasks.n++] = task;
}

/* What waits, in the order in which this person can do something about it. */
static void put_tasks(struct request *req, const struct letter_counts *n, uint64_t dead, struct office_view *v)
{
    v->tasks.p = ARENA_ARRAY(request_arena(req), struct office_task, TASKS_MAX);
    if (request_may(req, MAY_APPROVE_LETTERS))
        put_task(req, v, n->waiting_approval,
                 (struct office_task){.title = STR("Surat menunggu persetujuan Anda"),
                                      .note = STR("Sudah diperiksa petugas"),
                                      .tone = STR("kuning"),
                                      .icon = STR("clock"),
                                      .tag = STR("Menunggu Anda"),
                                      .href = STR("/kantor/persetujuan"),
                                      .button = STR("Baca")});
    if (request_may(req, MAY_CHECK_LETTERS))
        put_task(req, v, n->waiting_check,
                 (struct office_task){.title = STR("Surat menunggu pemeriksaan Anda"),
                                      .note = STR("Sesudah Anda, kepala desa memutuskan"),
                                      .tone = STR("kuning"),
                                      .icon = STR("clock"),
                                      .tag = STR("Menunggu Anda"),
                                      .href = STR("/kantor/persetujuan"),
                                      .button = STR("Periksa")});
    if (request_may(req, MAY_WRITE_LETTERS)) {
        put_task(req, v, n->returned,
                 (struct office_task){.title = STR("Surat dikembalikan untuk diperbaiki"),
                                      .note = STR("Catatannya ada di dalam surat"),
                                      .tone = STR("kuning"),
                                      .icon = STR("undo-2"),
                                      .tag = STR("Perlu diperbaiki"),
                                      .href = STR("/kantor/surat?keadaan=konsep"),
                                      .button = STR("Perbaiki")});
        put_task(req, v, n->drafts,
                 (struct office_task){.title = STR("Surat belum selesai diisi"),
                                      .note = STR("Tersimpan sebagai konsep"),
                                      .tone = STR("abu"),
                                      .tag = STR("Tidak mendesak"),
                                      .href = STR("/kantor/surat?keadaan=konsep"),
                                      .button = STR("Lanjutkan")});
        put_task(req, v, n->waiting_check + n->waiting_approval,
                 (struct office_task){.title = STR("Surat menunggu persetujuan"),
                                      .note = STR("Di tangan sekretaris atau kepala desa"),
                                      .tone = STR("abu"),
                                      .tag = STR("Di tangan orang lain"),
                                      .href = STR("/kantor/surat?keadaan=menunggu"),
                                      .button = STR("Lihat")});
    }
    if (request_may(req, MAY_SEE_JOBS))
        put_task(req, v, dead,
                 (struct office_task){.title = STR("Pekerjaan berhenti sebelum selesai"),
                                      .note = STR("Sudah dicoba berulang kali oleh mesin"),
                                      .tone = STR("merah"),
                                      .icon = STR("circle-alert"),
                                      .tag = STR("Perlu dilihat"),
                                      .href = STR("/kantor/pekerjaan"),
                                      .button = STR("Lihat")});
}

/* The hour of today's, the day of all others. */
static struct str when_words(struct arena *arena, utc_us at, struct date today, enum zone zone)
{
    struct date day = utc_date(at, zone);

    return date_compare(day, today) == 0 ? str_fmt(arena, "Hari ini %.*s", STR_ARG(utc_clock(arena, at, zone))) : date_short(arena, day);
}

enum rc office_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    enum zone zone = request_village(req)->zone;
    struct date today = utc_date(request_now(req), zone);
    struct village_db *db;
    struct letter_counts counts;
    struct letter_recent_rows recent;
    struct queue_depth depth;
    struct office_figures figures;
    struct buf body = {.arena = arena};
    struct office_view v = {.today = date_weekday_long(arena, today),
                            .may_write = request_may(req, MAY_WRITE_LETTERS),
                            .may_import = request_may(req, MAY_IMPORT_RESIDENTS),
                            .may_find = request_may(req, MAY_READ_RESIDENTS)};

    TRY(request_village_db(req, &db, err));
    TRY(letter_counts(db, date_utc(today, zone), &counts, err));
    TRY(queue_depth(db, &depth, err));
    TRY(sql_office_figures(db, &figures, err));
    v.sees_calls = request_may(req, MAY_EDIT_RESIDENTS);
    if (v.sees_calls)
        TRY(kiosk_calls(req, &v.calls, err));
    put_tasks(req, &counts, depth.dead, &v);
    v.has_residents = figures.residents > 0;
    v.residents = number_text(arena, (int64_t)figures.residents);
    v.families = number_text(arena, (int64_t)figures.families);
    v.issued_today = number_text(arena, (int64_t)counts.issued_today);
    if (request_may(req, MAY_READ_LETTERS)) {
        TRY(letters_recent(db, RECENT, &recent, err));
        v.letters.p = ARENA_ARRAY(arena, struct office_letter, recent.n);
        v.letters.n = recent.n;
        for (size_t i = 0; i < recent.n; i++)
            v.letters.p[i] = (struct office_letter){
                .href = str_fmt(arena, "/kantor/surat/%" PRIu64, recent.p[i].id),
                .resident_name = text_name(arena, recent.p[i].resident_name),
                .type_name = recent.p[i].type_name,
                .when = when_words(arena, recent.p[i].at, today, zone),
                .state_label = letter_state_label(recent.p[i].state),
                .state_tone = letter_state_tone(recent.p[i].state),
            };
    }
    view_office(&body, &v);
    const struct page page = {.title = STR("Beranda"), .active = STR("/kantor"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

enum rc office_jobs_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct village_db *db;
    struct dead_job_rows dead;
    struct queue_depth depth;
    struct buf body = {.arena = arena};
    struct office_jobs_view v = {.guard = request_form_guard(req), .is_replayed = input_flag(req, "diulang")};

    TRY(request_village_db(req, &db, err));
    TRY(queue_dead(db, DEAD_MAX, &dead, err));
    TRY(queue_depth(db, &depth, err));
    v.ready = depth.ready + depth.leased;
    v.dead.p = ARENA_ARRAY(arena, struct office_job, dead.n);
    v.dead.n = dead.n;
    for (size_t i = 0; i < dead.n; i++)
        v.dead.p[i] = (struct office_job){
            .id = dead.p[i].id,
            .what = job_label(dead.p[i].kind),
            .why = dead.p[i].why,
            .when = utc_long(arena, dead.p[i].put_at, request_village(req)->zone),
            .tries = str_fmt(arena, "%u kali", dead.p[i].attempt),
        };
    view_office_jobs(&body, &v);
    const struct page page = {.title = STR("Pekerjaan mesin"), .active = STR("/kantor/pekerjaan"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

static enum rc replay_body(struct txn *txn, void *arg, struct str *go_to_out, struct err *err)
{
    struct request *req = arg;
    const struct audit row = request_audit(req, "job.replay", str_fmt(request_arena(req), "job:%" PRIu64, input_u64(req, "id")));

    *go_to_out = STR("/kantor/pekerjaan?diulang=1");
    TRY(queue_replay(txn, input_u64(req, "id"), err));
    return audit_put(txn, &row, err);
}

enum rc office_replay_post(struct request *req, struct response *resp, struct err *err)
{
    return village_act(req, resp, replay_body, req, err);
}
