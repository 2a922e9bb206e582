// SPDX-License-Identifier: AGPL-3.0-or-later
/* Claim, do, end. Nothing here knows what a job is about. */
#include "workers/jobs/lanes_parts.h"

#include <stdio.h>

enum { ENDING_MS = 10000 /* to write down how a job ended */, JOBS_TOGETHER = 4 /* of one claim, at most */ };

/* The job's time ends before its lease, which runs since it was claimed, so that two workers are never at it. */
static void set_deadline(uint64_t claimed_ms, uint32_t lease_s)
{
    fiber_set_deadline(fiber_current(), claimed_ms + (uint64_t)lease_s * 900);
}

/* Whom the lines of the log are about, until serve_place ends. */
static void name_in_log(struct str village, uint64_t id, const char *kind)
{
    struct log_context *log = log_current();

    snprintf(log->village, sizeof(log->village), "%.*s", STR_ARG(village));
    snprintf(log->request, sizeof(log->request), "job-%" PRIu64, id);
    log->route = kind;
}

static void forget_in_log(void)
{
    *log_current() = (struct log_context){0};
}

static void log_end(enum rc rc, uint32_t attempt, uint64_t began_ms, const struct err *err)
{
    uint64_t took_ms = clock_mono_ms() - began_ms;

    if (rc == RC_OK)
        log_event(LOG_INFO, "job_done", "attempt %" PRIu32 ", %" PRIu64 " ms", attempt, took_ms);
    else
        log_event(rc_log_level(rc), rc_may_retry(rc) && attempt < LEASE_TRIES ? "job_failed" : "job_dead",
                  "attempt %" PRIu32 ", %" PRIu64 " ms: %s at %s:%d: %s", attempt, took_ms, rc_name(rc),
                  err->file != NULL ? err->file : "?", err->line, err->text);
}

/* ---- a village's job ---- */

static enum rc done_body(struct txn *txn, void *ctx, struct err *err)
{
    return lease_done(txn, ctx, err);
}

static enum rc end_job(const struct job *job, struct lease *lease, enum rc rc, const struct err *why, struct err *err)
{
    struct str words = str_fmt(job->arena, "%s: %s", rc_name(rc), why->text);

    if (rc == RC_OK)
        return lease->is_ended ? RC_OK : txn_run(job->db, done_body, lease, err);
    return lease_failed(job->db, lease, words, rc_may_retry(rc), err);
}

static void do_job(struct lanes *lanes, struct job *job, struct lease *lease, uint64_t claimed_ms)
{
    uint64_t began_ms = clock_mono_ms();
    struct err why = {0}, err;
    enum rc rc;

    name_in_log(job->village->code, lease->id, job_kind_name(lanes->jobs, lease->kind));
    set_deadline(claimed_ms, lease_seconds(lanes->jobs, lease->kind));
    rc = job_run(lanes->jobs, job, &why);
    log_end(rc, lease->attempt, began_ms, &why);
    fiber_set_deadline(fiber_current(), clock_mono_ms() + ENDING_MS);
    if (rc == RC_CANCELLED && fiber_is_cancelled(fiber_current()))
        return; /* draining: the lease runs out, or our next life takes it back */
    if (end_job(job, lease, rc, &why, &err) != RC_OK)
        log_err("job_end", &err); /* it comes back when its lease runs out; its effect is guarded */
    if (outbox_was_put(job->db))
        line_up(lanes, place_of(lanes, job->village->code));
}

static bool is_served(enum village_state state)
{
    return state == VILLAGE_TRIAL || state == VILLAGE_ACTIVE;
}

/* As the village is now; job->db stays NULL where nothing is to be done. */
static enum rc open_village(struct lanes *lanes, const struct place *place, struct job *job, struct err *err)
{
    const struct job_house *house = &lanes->setup.house;

    TRY(directory_by_code(house->directory, job->arena, str_c(place->code), &job->village, err));
    if (!is_served(job->village->state))
        return RC_OK; /* read-only, suspended: its work waits until it is back */
    return directory_open(house->directory, house->store, job->arena, job->village->code, &job->db, err);
}

/* In an arena of its own: a paper holds its fonts as long as its arena lives. */
static enum rc serve_lease(struct lanes *lanes, struct place *place, struct lease *lease, uint64_t claimed_ms, struct err *err)
{
    const struct job_house *house = &lanes->setup.house;
    struct job job = {.house = house, .arena = arena_new(), .lease = lease, .now = clock_utc()};
    enum rc rc = open_village(lanes, place, &job, err);

    if (rc == RC_OK && job.db != NULL) {
        job.control = store_control(house->store, job.arena);
        do_job(lanes, &job, lease, claimed_ms);
    }
    arena_free(&job.arena);
    return rc;
}

static void apart_run(void *arg)
{
    struct apart *own = arg, **at;
    struct lanes *lanes = own->lanes;
    struct arena *arena = own->arena;
    struct err err;

    own->fiber = fiber_current();
    fiber_set_deadline(own->fiber, clock_mono_ms() + ENDING_MS);
    if (serve_lease(lanes, own->place, &own->lease, own->claimed_ms, &err) != RC_OK)
        log_err("job_apart", &err); /* it comes back when its lease runs out */
    for (at = &lanes->apart; *at != own;)
        at = &(*at)->next;
    *at = own->next;
    arena_free(&arena);
    lanes_one_ended(lanes);
}

static void serve_apart(struct lanes *lanes, struct place *place, const struct lease *lease, uint64_t claimed_ms)
{
    struct arena *arena = arena_new();
    struct apart *apart = ARENA_NEW(arena, struct apart);

    *apart = (struct apart){lanes, place, *lease, claimed_ms, arena, NULL, lanes->apart};
    apart->lease.payload = str_dup(arena, lease->payload);
    lanes->apart = apart;
    lanes->alive++;
    fiber_spawn(lanes->setup.loop, apart_run, apart);
}

static bool is_apart(const struct lanes *lanes, uint16_t kind)
{
    const struct job_entry *entry = job_table_find(lanes->jobs, kind);

    return entry != NULL && entry->row->together == JOB_APART;
}

static enum rc serve_village(struct lanes *lanes, struct place *place, struct arena *arena, struct err *err)
{
    struct job claiming = {.arena = arena};
    struct lease leases[JOBS_TOGETHER];
    uint64_t claimed_ms = clock_mono_ms();
    size_t n;

    TRY(open_village(lanes, place, &claiming, err));
    if (claiming.db == NULL)
        return RC_OK;
    TRY(place_reclaim(lanes, place, claiming.db, err));
    TRY(lease_claim(claiming.db, lanes->jobs, lanes->setup.owner, JOBS_TOGETHER, leases, &n, err));
    if (n == 0)
        return RC_OK;
    line_up(lanes, place);
    for (size_t i = 0; i < n; i++)
        if (is_apart(lanes, leases[i].kind))
            serve_apart(lanes, place, &leases[i], claimed_ms);
        else
            TRY(serve_lease(lanes, place, &leases[i], claimed_ms, err));
    return RC_OK;
}

/* ---- a job of control ---- */

static void do_control_job(const struct control_job *job, const struct control_lease *lease)
{
    uint64_t began_ms = clock_mono_ms();
    struct err why = {0}, err;
    enum rc rc;

    name_in_log(STR(""), lease->id, control_job_kind_name(lease->kind));
    set_deadline(began_ms, control_lease_seconds(lease->kind));
    rc = control_job_run(job, &why);
    log_end(rc, lease->attempt, began_ms, &why);
    fiber_set_deadline(fiber_current(), clock_mono_ms() + ENDING_MS);
    if (rc == RC_CANCELLED && fiber_is_cancelled(fiber_current()))
        return;
    if (rc == RC_OK)
        rc = control_lease_done(job->control, lease, &err);
    else
        rc = control_lease_failed(job->control, lease, str_fmt(job->arena, "%s: %s", rc_name(rc), why.text), rc_may_retry(rc), &err);
    if (rc != RC_OK)
        log_err("job_end", &err);
}

static enum rc serve_control(struct lanes *lanes, struct place *place, struct arena *arena, struct err *err)
{
    const struct job_house *house = &lanes->setup.house;
    struct control_job job = {.house = house, .arena = arena, .now = clock_utc()};
    struct control_lease lease;
    size_t n;

    job.control = store_control(house->store, arena);
    if (!place->is_reclaimed && lanes->setup.is_sole_owner) {
        TRY(control_lease_reclaim(job.control, lanes->setup.owner, err));
        place->is_reclaimed = true;
    }
    TRY(control_lease_claim(job.control, lanes->setup.owner, 1, &lease, &n, err));
    if (n == 0)
        return RC_OK;
    line_up(lanes, place);
    job.lease = &lease;
    do_control_job(&job, &lease);
    return RC_OK;
}

enum rc serve_place(struct lanes *lanes, struct place *place, struct err *err)
{
    struct arena *arena = arena_new();
    enum rc rc;

    fiber_set_deadline(fiber_current(), clock_mono_ms() + ENDING_MS);
    rc = place_is_control(place) ? serve_control(lanes, place, arena, err) : serve_village(lanes, place, arena, err);
    fiber_set_deadline(fiber_current(), 0);
    forget_in_log();
    arena_free(&arena);
    return rc;
}
