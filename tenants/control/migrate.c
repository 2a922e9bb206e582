// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/control/migrate.h"

#include <stdio.h>

#include "server/base/clock.h"
#include "server/base/random.h"
#include "server/loop/crew.h"

enum { VILLAGES_AT_ONCE = 4, VILLAGE_LOCK_S = 30 };

const char *schema_kind_name(enum schema_kind kind)
{
    switch (kind) {
    case SCHEMA_CONTROL:
        return "control";
    case SCHEMA_REFERENCE:
        return "reference";
    case SCHEMA_VILLAGE:
        return "village";
    }
    return "?";
}

static uint32_t step_number(const char *name)
{
    uint32_t number = 0;

    for (; *name >= '0' && *name <= '9'; name++)
        number = number * 10 + (uint32_t)(*name - '0');
    return number;
}

uint32_t migration_version(struct migration_steps steps, enum schema_kind kind)
{
    uint32_t last = 0;

    for (size_t i = 0; i < steps.n; i++)
        if (steps.p[i].kind == kind && step_number(steps.p[i].name) > last)
            last = step_number(steps.p[i].name);
    return last;
}

enum rc admin_open_configured(struct arena *arena, const struct config *config, struct admin_db **out, struct err *err)
{
    struct str password;

    if (str_empty(config->mysql_admin_user))
        return fail(err, RC_INVALID, "this configuration names no mysql_admin_user; use the one of balaictl or the worker");
    TRY(config_secret(arena, config->mysql_admin_secret, &password, err));
    return admin_open(arena, config->mysql_socket, config->mysql_admin_user, password, out, err);
}

/* ---- one schema ---- */

/* "name sha256" of each recorded step; empty when the schema has no schema_step table yet. */
static enum rc recorded_steps(struct admin_db *db, struct str schema, struct str_list *out, struct err *err)
{
    struct str_list tables;
    const struct admin_value name[] = {ADMIN_TEXT(schema)};
    const struct admin_value id[] = {ADMIN_ID(schema)};

    TRY(admin_column(db,
                     "SELECT table_name FROM information_schema.tables"
                     " WHERE table_schema = ? AND table_name = 'schema_step'",
                     name, 1, &tables, err));
    if (tables.n == 0) {
        *out = (struct str_list){NULL, 0};
        return RC_OK;
    }
    return admin_column(db, "SELECT CONCAT(name, ' ', sha256) FROM ?.schema_step ORDER BY name", id, 1, out, err);
}

/* STR_NONE when the step is not recorded. */
static struct str recorded_hash(const struct str_list *recorded, const char *name)
{
    for (size_t i = 0; i < recorded->n; i++) {
        struct str rest = recorded->p[i], head;

        if (str_cut(&rest, ' ', &head) && str_is(head, name))
            return rest;
    }
    return STR_NONE;
}

static void hex_hash(struct str text, char out[2 * HASH_BYTES + 1])
{
    static const char digits[] = "0123456789abcdef";
    unsigned char hash[HASH_BYTES];

    hash_sha256(text.p, text.n, hash);
    for (size_t i = 0; i < HASH_BYTES; i++) {
        out[2 * i] = digits[hash[i] >> 4];
        out[2 * i + 1] = digits[hash[i] & 15];
    }
    out[2 * HASH_BYTES] = 0;
}

static enum rc step_run(struct admin_db *db, const struct migration_step *step, struct str schema, const char *hash, struct err *err)
{
    uint64_t begun = clock_mono_ms();
    char took[24];

    TRY(admin_script(db, schema, step->text, err));
    snprintf(took, sizeof(took), "%" PRIu64, clock_mono_ms() - begun);
    const struct admin_value values[] = {ADMIN_ID(schema), ADMIN_TEXT(str_c(step->name)), ADMIN_TEXT(str_c(hash)), ADMIN_TEXT(str_c(took))};

    return admin_run(db, "INSERT INTO ?.schema_step (name, sha256, took_ms) VALUES (?, ?, ?)", values, 4, err);
}

static const struct migration_step *first_step(struct migration_steps steps, enum schema_kind kind)
{
    for (size_t i = 0; i < steps.n; i++)
        if (steps.p[i].kind == kind)
            return &steps.p[i];
    return NULL;
}

/*
 * A schema that records steps, but not the first one of this binary, was made before the baseline: its steps are in no script
 * any more, so nothing can be said of what it holds. RC_CONFLICT, with words that say what to do.
 */
static enum rc baseline_check(const struct migration_step *first, struct str schema, const struct str_list *recorded, struct err *err)
{
    struct str step, rest;

    if (recorded->n == 0 || recorded_hash(recorded, first->name).p != NULL)
        return RC_OK;
    rest = recorded->p[0];
    if (!str_cut(&rest, ' ', &step))
        step = rest;
    return fail(err, RC_CONFLICT,
                "%.*s was made by a version of Balai that this one cannot migrate (its first step is %.*s, not %s). Nothing was"
                " changed. Move this home away (mv var var.old) or start in a new one: BALAI_HOME=/another/folder ./deploy/run",
                STR_ARG(schema), STR_ARG(step), first->name);
}

/* Runs step unless it is recorded; names it in the result when it fails. */
static enum rc step_apply(struct admin_db *db, const struct migration_step *step, struct str schema, const struct str_list *recorded,
                          struct migration_result *result, struct err *err)
{
    char hash[2 * HASH_BYTES + 1];
    struct str known = recorded_hash(recorded, step->name);
    enum rc rc = RC_OK;

    hex_hash(step->text, hash);
    if (known.p == NULL) {
        rc = step_run(db, step, schema, hash, err);
        result->applied += rc == RC_OK;
    } else if (!str_is(known, hash)) {
        rc = fail(err, RC_CONFLICT,
                  "step %s of %.*s was recorded with other text than this binary's: an applied step is never edited,"
                  " add a new one",
                  step->name, STR_ARG(schema));
    }
    if (rc != RC_OK)
        snprintf(result->failed_step, sizeof(result->failed_step), "%s", step->name);
    else
        result->version = step_number(step->name);
    return rc;
}

enum rc migrate_schema(struct admin_db *db, struct migration_steps steps, enum schema_kind kind, struct str schema,
                       struct migration_result *result_out, struct err *err)
{
    struct str_list recorded;
    uint64_t begun = clock_mono_ms();
    const struct migration_step *first = first_step(steps, kind);
    enum rc rc;

    *result_out = (struct migration_result){0};
    rc = recorded_steps(db, schema, &recorded, err);
    if (rc == RC_OK && first != NULL && (rc = baseline_check(first, schema, &recorded, err)) != RC_OK)
        snprintf(result_out->failed_step, sizeof(result_out->failed_step), "%s", first->name);
    for (size_t i = 0; rc == RC_OK && i < steps.n; i++)
        if (steps.p[i].kind == kind)
            rc = step_apply(db, &steps.p[i], schema, &recorded, result_out, err);
    result_out->took_ms = clock_mono_ms() - begun;
    return rc;
}

static enum rc schema_make(struct admin_db *db, struct str schema, struct err *err)
{
    const struct admin_value id[] = {ADMIN_ID(schema)};

    return admin_run(db, "CREATE DATABASE IF NOT EXISTS ? CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci", id, 1, err);
}

enum rc migrate_platform(struct admin_db *db, struct migration_steps steps, const struct config *config, struct err *err)
{
    struct migration_result result;

    TRY(schema_make(db, config->control_schema, err));
    TRY(migrate_schema(db, steps, SCHEMA_CONTROL, config->control_schema, &result, err));
    TRY(schema_make(db, config->reference_schema, err));
    return migrate_schema(db, steps, SCHEMA_REFERENCE, config->reference_schema, &result, err);
}

/* ---- one village ---- */

/* Writes what happened into the control row and tells the servers when what they serve changes. */
static enum rc village_record(struct admin_db *db, const struct config *config, struct str code, const struct migration_result *result,
                              struct err *err)
{
    char version[16];

    snprintf(version, sizeof(version), "%" PRIu32, result->version);
    struct str step = str_c(result->failed_step), number = str_c(version);
    const struct admin_value values[] = {ADMIN_ID(config->control_schema),
                                         ADMIN_ID(config->control_schema),
                                         ADMIN_TEXT(step),
                                         ADMIN_TEXT(number),
                                         ADMIN_TEXT(code),
                                         ADMIN_TEXT(step),
                                         ADMIN_TEXT(number)};

    return admin_run(db,
                     "UPDATE ?.village v, ?.change_counter c"
                     " SET v.failed_step = ?, v.schema_version = ?, c.value = c.value + 1"
                     " WHERE v.code = ? AND c.name = 'directory' AND (v.failed_step <> ? OR v.schema_version <> ?)",
                     values, COUNT_OF(values), err);
}

static enum rc village_migrate_locked(struct admin_db *db, struct migration_steps steps, const struct config *config, struct str code,
                                      struct migration_result *result, struct err *err)
{
    char schema[80];
    struct err record_err;

    snprintf(schema, sizeof(schema), "%.*s%.*s", STR_ARG(config->village_prefix), STR_ARG(code));
    enum rc rc = migrate_schema(db, steps, SCHEMA_VILLAGE, str_c(schema), result, err);
    enum rc record_rc = RC_OK;

    /* A lost connection says nothing of the village; a failed step does. */
    if (rc == RC_OK || result->failed_step[0] != 0)
        record_rc = village_record(db, config, code, result, &record_err);
    if (rc == RC_OK && record_rc != RC_OK) {
        *err = record_err;
        return record_rc;
    }
    return rc;
}

enum rc migrate_village(struct admin_db *db, struct migration_steps steps, const struct config *config, struct str code,
                        struct migration_result *result_out, struct err *err)
{
    char lock[64];
    struct err unlock_err;

    *result_out = (struct migration_result){0};
    snprintf(lock, sizeof(lock), "balai_village_%.*s", STR_ARG(code));
    TRY(admin_lock(db, str_c(lock), VILLAGE_LOCK_S, err));
    enum rc rc = village_migrate_locked(db, steps, config, code, result_out, err);
    const struct admin_value name[] = {ADMIN_TEXT(str_c(lock))};

    /* When this fails the connection is gone, and the lock with it. */
    if (admin_run(db, "DO RELEASE_LOCK(?)", name, 1, &unlock_err) != RC_OK)
        log_err("migrate_unlock", &unlock_err);
    return rc;
}

/* ---- all of them ---- */

struct run {
    const struct config *config;
    struct migration_steps steps;
    struct str_list codes;
    size_t next, left; /* of codes: the next one, and how many are not begun */
    migrate_progress_fn *progress;
    void *progress_ctx;
    struct migrate_summary summary;
    struct crew crew;
    enum rc rc; /* of the first lane that could not work at all */
    struct err err;
};

/* One lane's work on one village, done on a pool thread: blocking calls do not hold up the loop. */
struct lane {
    struct run *run;
    struct arena *arena;
    struct admin_db *db;
    struct str code;
    struct migration_result result;
    enum rc rc;
    struct err err;
};

static void lane_open(void *arg)
{
    struct lane *lane = arg;

    lane->rc = admin_open_configured(lane->arena, lane->run->config, &lane->db, &lane->err);
}

static void lane_migrate(void *arg)
{
    struct lane *lane = arg;

    lane->rc = migrate_village(lane->db, lane->run->steps, lane->run->config, lane->code, &lane->result, &lane->err);
}

static void lane_count(struct lane *lane)
{
    struct run *run = lane->run;

    run->summary.villages++;
    run->summary.changed += lane->rc == RC_OK && lane->result.applied > 0;
    run->summary.failed += lane->rc != RC_OK;
    if (run->progress != NULL)
        run->progress(run->progress_ctx, lane->code, &lane->result, lane->rc == RC_OK ? NULL : &lane->err);
}

static void lane_fiber(void *arg)
{
    struct run *run = arg;
    struct arena *arena = arena_new();
    struct lane lane = {.run = run, .arena = arena};
    struct err err;
    enum rc rc = fiber_offload(lane_open, &lane, &err);

    if (rc == RC_OK && lane.rc != RC_OK) {
        rc = lane.rc;
        err = lane.err;
    }
    while (rc == RC_OK && run->left > 0) {
        lane.code = run->codes.p[run->next++];
        run->left--;
        rc = fiber_offload(lane_migrate, &lane, &err);
        lane_count(&lane);
    }
    if (rc != RC_OK && run->rc == RC_OK) {
        run->rc = rc;
        run->err = err;
    }
    admin_close(&lane.db);
    arena_free(&arena);
    crew_leave(&run->crew);
}

static enum rc lanes_run(struct run *run, struct err *err)
{
    run->left = run->codes.n;
    crew_start(&run->crew, run->codes.n < VILLAGES_AT_ONCE ? run->codes.n : VILLAGES_AT_ONCE, lane_fiber, run);
    crew_wait(&run->crew, &run->left);
    if (run->rc != RC_OK && err != NULL)
        *err = run->err;
    return run->rc;
}

enum rc migrate_all(const struct config *config, struct migration_steps steps, migrate_progress_fn *progress, void *ctx,
                    struct migrate_summary *out, struct err *err)
{
    struct arena *arena = arena_new();
    struct admin_db *db = NULL;
    struct run run = {.config = config, .steps = steps, .progress = progress, .progress_ctx = ctx};
    enum rc rc = admin_open_configured(arena, config, &db, err);

    if (rc == RC_OK)
        rc = admin_lock(db, STR("balai_migrate"), 0, err);
    if (rc == RC_OK)
        rc = migrate_platform(db, steps, config, err);
    if (rc == RC_OK) {
        const struct admin_value id[] = {ADMIN_ID(config->control_schema)};

        /* Villages whose schema is not made yet are migrated by their provisioning. */
        rc = admin_column(db, "SELECT code FROM ?.village WHERE step NOT IN ('', 'requested') ORDER BY code", id, 1, &run.codes, err);
    }
    if (rc == RC_OK)
        rc = lanes_run(&run, err);
    *out = run.summary;
    admin_close(&db);
    arena_free(&arena);
    return rc;
}
