// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * The sweep: what no message told us. Through each village's own account, over
 * one connection that changes hands, so it costs the server one connection and
 * the busy lanes none of theirs. Also the hourly asking for rollups.
 */
#include "workers/jobs/lanes_parts.h"

#include <stdio.h>

#include "workers/jobs/rollup.h"

enum {
    ROLLUP_AGE_S = 3600,
    ROLLUPS_A_SWEEP = 20, /* so that a restart after a long stop does not ask all at once */
    SWEEP_DEADLINE_MS = 30000
};

static bool is_served(enum village_state state)
{
    return state == VILLAGE_TRIAL || state == VILLAGE_ACTIVE;
}

static enum rc look_into_village(struct lanes *lanes, struct arena *arena, const struct village *village, struct err *err)
{
    struct place *place = place_of(lanes, village->code);
    struct village_db *db;
    bool is_due;

    TRY(directory_open(lanes->setup.house.directory, lanes->setup.sweep_store, arena, village->code, &db, err));
    TRY(place_reclaim(lanes, place, db, err));
    TRY(lease_is_due(db, &is_due, err));
    if (is_due)
        line_up(lanes, place);
    return RC_OK;
}

static enum rc look_into_control(struct lanes *lanes, struct control_db *control, struct err *err)
{
    bool is_due;

    TRY(control_lease_is_due(control, &is_due, err));
    if (is_due || !place_of(lanes, STR("control"))->is_reclaimed)
        line_up(lanes, place_of(lanes, STR("control")));
    return RC_OK;
}

/* A village is asked once an hour by this process, whether it can answer or not. */
static bool may_ask(struct place *place)
{
    uint64_t now = clock_mono_ms();

    if (place->rollup_asked_ms != 0 && now - place->rollup_asked_ms < (uint64_t)ROLLUP_AGE_S * 1000)
        return false;
    place->rollup_asked_ms = now;
    return true;
}

static enum rc ask_for_rollups(struct lanes *lanes, struct arena *arena, struct control_db *control, struct err *err)
{
    struct str *codes;
    size_t n, asked = 0;

    TRY(rollup_stale_villages(control, clock_utc() - ROLLUP_AGE_S * US_PER_S, &codes, &n, err));
    for (size_t i = 0; i < n && asked < ROLLUPS_A_SWEEP && !lanes->is_draining; i++) {
        struct place *place = place_of(lanes, codes[i]);
        struct village_db *db;
        struct err ignored;

        if (directory_open(lanes->setup.house.directory, lanes->setup.sweep_store, arena, codes[i], &db, &ignored) != RC_OK ||
            !may_ask(place))
            continue;
        asked++;
        TRY(rollup_ask(db, err));
        line_up(lanes, place);
    }
    return RC_OK;
}

static enum rc sweep(struct lanes *lanes, struct arena *arena, struct err *err)
{
    struct control_db *control = store_control(lanes->setup.sweep_store, arena);
    struct directory *directory = lanes->setup.house.directory;
    struct village_list all;

    TRY(directory_refresh(directory, control, false, err));
    TRY(look_into_control(lanes, control, err));
    all = directory_all(directory, arena);
    for (size_t i = 0; i < all.n && !lanes->is_draining; i++) {
        enum rc rc;

        if (!is_served(all.p[i].state))
            continue;
        rc = look_into_village(lanes, arena, &all.p[i], err);
        if (rc == RC_UNAVAILABLE || rc == RC_FULL || rc == RC_TIMEOUT || rc == RC_CANCELLED)
            return rc; /* the database is away or full, or we are away: the others would fail as well */
        if (rc != RC_OK) {
            snprintf(log_current()->village, sizeof(log_current()->village), "%.*s", STR_ARG(all.p[i].code));
            log_err("sweep_village", err);
            log_current()->village[0] = '\0';
        }
    }
    return ask_for_rollups(lanes, arena, control, err);
}

void sweep_all(struct lanes *lanes)
{
    struct arena *arena = arena_new();
    uint64_t began_us = clock_mono_us();
    struct err err;

    fiber_set_deadline(fiber_current(), clock_mono_ms() + SWEEP_DEADLINE_MS);
    job_table_tidy(lanes->jobs, lanes->setup.house.features, clock_utc());
    if (sweep(lanes, arena, &err) != RC_OK)
        log_err("sweep", &err);
    else
        log_event(LOG_DEBUG, "sweep", "%" PRIu64 " us", clock_mono_us() - began_us);
    fiber_set_deadline(fiber_current(), 0);
    arena_free(&arena);
}
