// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/office/office_pages.h"

#include "server/base/text.h"
#include "server/web/act.h"
#include "server/web/feature.h"
#include "tenants/village/letters/letters.h"
#include "tenants/village/office/office_sql.h"
#include "tenants/village/office/office_view.h"
#include "tenants/village/roster/roster.h"
#include "workers/queue/dead.h"
#include "workers/queue/lease.h"

enum { RECENT = 8, DEAD_MAX = 100, TODOS = 30 };

/* What waits: first what this person can do something about, then what is with others; what stands above by itself is not said again. */
static void put_tasks(struct arena *arena, const struct tasks *tasks, struct office_view *v)
{
    size_t n = 0;

    v->tasks.p = ARENA_ARRAY(arena, struct office_task, tasks->n);
    for (size_t i = 0; i < 2 * tasks->n; i++) {
        const struct task *task = &tasks->p[i % tasks->n];

        if (task->is_for_me != (i < tasks->n) || (task->is_listed && v->has_next && v->todos.n + 1 < TODOS))
            continue;
        v->tasks.p[n] = (struct office_task){.count = number_text(arena, (int64_t)task->count),
                                             .title = str_c(task->title),
                                             .note = str_c(task->note),
                                             .tone = str_c(task->tone),
                                             .icon = str_c(task->icon),
                                             .tag = str_c(task->tag),
                                             .href = str_c(task->href),
                                             .button = str_c(task->button),
                                             .is_first = n == 0 && task->is_for_me && !v->has_next};
        n++;
    }
    v->tasks.n = n;
}

/* Whether the letter stands on the page already, as what waits for this person. */
static bool is_todo(const struct office_view *v, uint64_t id)
{
    bool is = v->has_next && v->next.id == id;

    for (size_t i = 0; i < v->todos.n && !is; i++)
        is = v->todos.p[i].id == id;
    return is;
}

/* The hour of today's, the day of all others. */
static struct str when_words(struct arena *arena, utc_us at, struct date today, enum zone zone)
{
    struct date day = utc_date(at, zone);

    return date_compare(day, today) == 0 ? str_fmt(arena, "Hari ini %.*s", STR_ARG(utc_clock(arena, at, zone))) : date_short(arena, day);
}

static enum rc put_todos(struct request *req, struct office_view *v, struct err *err)
{
    struct arena *arena = request_arena(req);
    enum zone zone = request_village(req)->zone;
    utc_us now = request_now(req);
    struct letter_todos all;
    size_t late = 0;

    TRY(letters_todo(req, TODOS, &all, err));
    v->todos.p = ARENA_ARRAY(arena, struct office_todo, all.n);
    for (size_t i = 0; i < all.n; i++) {
        const struct letter_todo *t = &all.p[i];
        struct office_todo todo = {.id = t->id,
                                   .href = t->href,
                                   .type_name = t->type_name,
                                   .resident_name = t->resident_name,
                                   .from = t->from,
                                   .called = t->called,
                                   .when = str_lower(arena, when_words(arena, t->made_at, utc_date(now, zone), zone)),
                                   .act = t->act};

        if (t->due_at != 0)
            todo.due = letter_due_words(arena, t->due_at, now, zone, &todo.due_tone);
        late += t->due_at != 0 && t->due_at < now;
        if (i == 0)
            v->next = todo;
        else
            v->todos.p[v->todos.n++] = todo;
    }
    v->has_next = all.n > 0;
    if (all.n > 0)
        v->sum = late > 0 ? str_fmt(arena, "%zu surat menunggu Anda, %zu lewat janji.", all.n, late)
                          : str_fmt(arena, "%zu surat menunggu Anda.", all.n);
    return RC_OK;
}

enum rc office_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    enum zone zone = request_village(req)->zone;
    struct date today = utc_date(request_now(req), zone);
    struct village_db *db;
    struct letter_recent_rows recent;
    struct tasks *tasks = ARENA_NEW(arena, struct tasks);
    struct office_figures figures;
    struct buf body = {.arena = arena};
    struct office_view v = {.today = date_weekday_long(arena, today),
                            .role = request_actor(req)->role_label,
                            .may_write = request_may(req, MAY_WRITE_LETTERS),
                            .may_import = request_may(req, MAY_IMPORT_RESIDENTS),
                            .may_find = request_may(req, MAY_READ_RESIDENTS)};

    TRY(request_village_db(req, &db, err));
    TRY(letter_has_approver(db, today, &v.has_approver, err));
    TRY(first_steps_read(req, v.has_approver, &v.first_steps, err));
    TRY(request_tasks(req, tasks, err));
    TRY(sql_office_figures(db, date_utc(today, zone), &figures, err));
    v.sees_calls = request_may(req, MAY_EDIT_RESIDENTS) && !request_hides(req, "kiosk");
    if (v.sees_calls)
        TRY(kiosk_calls(req, &v.calls, err));
    if (v.sees_calls)
        TRY(kiosk_queue(req, &v.queue, err));
    if (v.sees_calls)
        TRY(kiosk_screens(req, &v.screens, err));
    TRY(put_todos(req, &v, err));
    put_tasks(arena, tasks, &v);
    v.has_residents = figures.has_residents;
    v.kiosk_today = number_text(arena, (int64_t)figures.kiosk_today);
    v.issued_today = number_text(arena, (int64_t)figures.issued_today);
    if (request_may(req, MAY_READ_LETTERS)) {
        TRY(letters_recent(db, RECENT, &recent, err));
        v.letters.p = ARENA_ARRAY(arena, struct office_letter, recent.n);
        for (size_t i = 0; i < recent.n; i++) {
            if (recent.p[i].id != 0 && is_todo(&v, recent.p[i].id))
                continue;
            v.letters.p[v.letters.n++] = (struct office_letter){
                .href = recent.p[i].href,
                .resident_name = recent.p[i].resident_name,
                .name_now = recent.p[i].name_now,
                .type_name = recent.p[i].type_name,
                .called = recent.p[i].called,
                .when = when_words(arena, recent.p[i].at, today, zone),
                .state_label = recent.p[i].state_label,
                .state_tone = recent.p[i].state_tone,
            };
        }
    }
    view_office(&body, &v);
    const struct page page = {.title = STR("Beranda"), .active = STR("/kantor"), .body = html_view(&body), .has_calls = v.sees_calls};
    return respond_page(req, resp, &page, err);
}

/* The box above every page: letters when it is a letter's number, queue number or receipt, or what a type of letter is called; else people.
 * A word that is an event, too, leads to the event: a death is written down before its letter is made. */
enum rc office_find(struct request *req, struct response *resp, struct err *err)
{
    struct str typed = office_find_got(req).words, href = STR_NONE;

    if (request_faults(req)->n > 0) /* the box takes no more than this in a browser */
        return fail(err, RC_BAD_REQUEST, "a search of more signs than the box takes");
    if (!request_may(req, MAY_EDIT_RESIDENTS) || !residents_is_event(typed))
        TRY(letter_search_href(req, typed, &href, err));
    return respond_redirect(resp, href.p != NULL ? href : list_search_href(req, &residents_list, typed));
}

enum rc office_jobs_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct village_db *db;
    struct dead_job_rows dead;
    struct queue_depth depth;
    struct buf body = {.arena = arena};
    struct office_jobs_view v = {.guard = request_form_guard(req), .is_replayed = office_jobs_see_got(req).is_replayed};

    TRY(request_village_db(req, &db, err));
    TRY(queue_dead(db, DEAD_MAX, &dead, err));
    TRY(queue_depth(db, &depth, err));
    v.ready = depth.ready + depth.leased;
    v.dead.p = ARENA_ARRAY(arena, struct office_job, dead.n);
    v.dead.n = dead.n;
    for (size_t i = 0; i < dead.n; i++)
        v.dead.p[i] = (struct office_job){
            .id = dead.p[i].id,
            .what = request_job_label(req, dead.p[i].kind),
            .why = dead.p[i].why,
            .when = utc_long(arena, dead.p[i].put_at, request_village(req)->zone),
            .tries = str_fmt(arena, "%u kali", dead.p[i].attempt),
        };
    view_office_jobs(&body, &v);
    const struct page page = {.title = STR("Pekerjaan sistem"), .active = STR("/kantor/pekerjaan"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

enum rc office_replay_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    uint64_t id = office_job_got(req).id;

    *go_to_out = STR("/kantor/pekerjaan?diulang=1");
    TRY(queue_replay(txn, id, err));
    return act_audit(txn, req, err, "job.replay", "job:%" PRIu64, id);
}
