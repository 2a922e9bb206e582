// SPDX-License-Identifier: AGPL-3.0-or-later
/* The line of villages with work, and the fibers that take from it. */
#include "workers/jobs/lanes_parts.h"

#include "server/base/random.h"

static const char control_code[] = "control";

/* ---- places ---- */

struct place *place_of(struct lanes *lanes, struct str code)
{
    uint32_t h = 2166136261u; /* FNV-1a */
    struct place **bucket, *place;

    for (size_t i = 0; i < code.n; i++)
        h = (h ^ (unsigned char)code.p[i]) * 16777619u;
    bucket = &lanes->buckets[h % PLACE_BUCKETS];
    for (place = *bucket; place != NULL; place = place->next)
        if (str_is(code, place->code))
            return place;
    place = ARENA_NEW(lanes->arena, struct place);
    memcpy(place->code, code.p, code.n);
    place->next = *bucket;
    *bucket = place;
    return place;
}

bool place_is_control(const struct place *place)
{
    return strcmp(place->code, control_code) == 0;
}

enum rc place_reclaim(struct lanes *lanes, struct place *place, struct village_db *db, struct err *err)
{
    if (place->is_reclaimed || !lanes->setup.is_sole_owner)
        return RC_OK;
    TRY(lease_reclaim(db, lanes->setup.owner, err));
    place->is_reclaimed = true;
    return RC_OK;
}

/* ---- the line ---- */

void line_up(struct lanes *lanes, struct place *place)
{
    if (place->is_in_line)
        return;
    place->is_in_line = true;
    place->behind = NULL;
    *(lanes->last != NULL ? &lanes->last->behind : &lanes->first) = place;
    lanes->last = place;
    fiber_wake_one(&lanes->idle);
}

static struct place *line_take(struct lanes *lanes)
{
    struct place *place = lanes->first;

    if (place == NULL)
        return NULL;
    lanes->first = place->behind;
    if (lanes->first == NULL)
        lanes->last = NULL;
    place->is_in_line = false;
    return place;
}

/* Only what can be a code: messages come from outside the process. */
static bool is_code(struct str code)
{
    if (str_is(code, control_code))
        return true;
    if (code.n != 10)
        return false;
    for (size_t i = 0; i < code.n; i++)
        if (code.p[i] < '0' || code.p[i] > '9')
            return false;
    return true;
}

void lanes_wake(struct lanes *lanes, struct str code)
{
    struct arena *arena;
    const struct village *village;
    struct err err;
    bool is_known = str_is(code, control_code);

    if (lanes->is_draining || !is_code(code))
        return;
    arena = arena_new();
    is_known = is_known || directory_by_code(lanes->setup.house.directory, arena, code, &village, &err) == RC_OK;
    arena_free(&arena);
    if (is_known)
        line_up(lanes, place_of(lanes, code));
    else
        lanes_sweep(lanes); /* a new village: the sweep reads the directory again */
}

void lanes_sweep(struct lanes *lanes)
{
    fiber_wake_all(&lanes->sweeper);
}

/* ---- the fibers ---- */

void lanes_one_ended(struct lanes *lanes)
{
    if (--lanes->alive == 0)
        fiber_wake_all(&lanes->drained);
}

static void lane_ended(struct lanes *lanes)
{
    for (size_t i = 0; i <= lanes->setup.lanes; i++)
        if (lanes->fibers[i] == fiber_current())
            lanes->fibers[i] = NULL;
    lanes_one_ended(lanes);
}

static void lane_run(void *arg)
{
    struct lanes *lanes = arg;

    while (!lanes->is_draining) {
        struct place *place = line_take(lanes);
        struct err err;

        if (place == NULL) {
            if (fiber_park(&lanes->idle, 0, &err) != RC_OK)
                break;
            continue;
        }
        if (serve_place(lanes, place, &err) != RC_OK)
            log_err("job_claim", &err); /* the next sweep comes back to it */
    }
    lane_ended(lanes);
}

static void on_message(void *ctx, struct str message)
{
    struct lanes *lanes = ctx;

    if (message.n == 0)
        lanes_sweep(lanes); /* the connection was lost: something may have been missed */
    else
        lanes_wake(lanes, message);
}

static void sweeper_run(void *arg)
{
    struct lanes *lanes = arg;
    struct err err;

    while (!lanes->is_draining) {
        enum rc rc;

        sweep_all(lanes);
        if (lanes->is_draining)
            break;
        rc = fiber_park(&lanes->sweeper, clock_mono_ms() + lanes->setup.sweep_ms, &err);
        if (rc != RC_OK && rc != RC_TIMEOUT)
            break;
    }
    lane_ended(lanes);
}

struct lanes *lanes_start(struct arena *arena, const struct lanes_setup *setup)
{
    struct lanes *lanes = ARENA_NEW(arena, struct lanes);

    lanes->setup = *setup;
    lanes->arena = arena;
    lanes->jobs = job_table_new(arena, setup->house.features);
    lanes->alive = (size_t)setup->lanes + 1;
    lanes->fibers = ARENA_ARRAY(arena, struct fiber *, lanes->alive);
    for (uint32_t i = 0; i < setup->lanes; i++)
        lanes->fibers[i] = fiber_spawn(setup->loop, lane_run, lanes);
    lanes->fibers[setup->lanes] = fiber_spawn(setup->loop, sweeper_run, lanes);
    if (setup->redis != NULL)
        redis_subscribe(setup->redis, STR("balai:work"), on_message, lanes);
    return lanes;
}

void lanes_drain(struct lanes *lanes, uint64_t at_most_ms)
{
    uint64_t until = clock_mono_ms() + at_most_ms;
    struct err err;

    lanes->is_draining = true;
    fiber_wake_all(&lanes->idle);
    fiber_wake_all(&lanes->sweeper);
    while (lanes->alive > 0 && clock_mono_ms() < until)
        if (fiber_park(&lanes->drained, until, &err) != RC_OK && err.rc != RC_TIMEOUT)
            break;
    if (lanes->alive == 0)
        return;
    log_event(LOG_WARNING, "drain", "%zu jobs are cut off; their leases run out and they begin again", lanes->alive);
    for (size_t i = 0; i <= lanes->setup.lanes; i++)
        if (lanes->fibers[i] != NULL)
            fiber_cancel(lanes->fibers[i]);
    for (struct apart *a = lanes->apart; a != NULL; a = a->next)
        if (a->fiber != NULL)
            fiber_cancel(a->fiber);
    while (lanes->alive > 0 && fiber_park(&lanes->drained, 0, &err) == RC_OK)
        ;
}
