// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/control/provision.h"

#include <stdio.h>

#include "server/base/clock.h"
#include "server/loop/loop.h"
#include "server/web/web.h"
#include "server/loop/crew.h"
#include "tenants/control/provision_sql.h"
#include "tenants/directory/village_rows_sql.h"
#include "tenants/village/letters/letters.h"
#include "tenants/village/staff/identity_rows_sql.h"
#include "workers/queue/queue.h"

enum { VILLAGE_LOCK_S = 60, PASSWORD_SIGNS = 32 };

const char *provision_step_word(enum provision_step step)
{
    switch (step) {
    case PROVISION_NOTHING:
    case PROVISION_STEP_COUNT:
        break;
#define X(name, word, label) \
    case PROVISION_##name:   \
        return word;
        PROVISION_STEPS(X)
#undef X
    }
    return "";
}

const char *provision_step_label(enum provision_step step)
{
    switch (step) {
    case PROVISION_NOTHING:
    case PROVISION_STEP_COUNT:
        break;
#define X(name, word, label) \
    case PROVISION_##name:   \
        return label;
        PROVISION_STEPS(X)
#undef X
    }
    return "";
}

enum provision_step provision_step_from(struct str word)
{
    for (int step = PROVISION_REQUESTED; step < PROVISION_STEP_COUNT; step++)
        if (str_is(word, provision_step_word((enum provision_step)step)))
            return (enum provision_step)step;
    return PROVISION_NOTHING;
}

/* One village being made. */
struct work {
    const struct provision *p;
    struct admin_db *admin;
    struct arena *arena;
    struct control_db *control;
    struct provision_village village;
    struct str schema; /* also the account's name */
    struct str password;
    enum rc (*blocking)(struct work *w, struct err *err);
    enum rc rc; /* of the blocking part */
    struct err err;
};

/* ---- the administrator's part: blocking, on a pool thread ---- */

static void blocking_run(void *arg)
{
    struct work *w = arg;

    w->rc = w->blocking(w, &w->err);
}

static enum rc offload(struct work *w, enum rc (*blocking)(struct work *w, struct err *err), struct err *err)
{
    w->blocking = blocking;
    TRY(fiber_offload(blocking_run, w, err));
    if (w->rc != RC_OK && err != NULL)
        *err = w->err;
    return w->rc;
}

static void lock_name(const struct work *w, char out[64])
{
    snprintf(out, 64, "balai_village_%.*s", STR_ARG(w->village.code));
}

static enum rc village_lock(struct work *w, struct err *err)
{
    char name[64];

    lock_name(w, name);
    return admin_lock(w->admin, str_c(name), VILLAGE_LOCK_S, err);
}

static enum rc village_unlock(struct work *w, struct err *err)
{
    char name[64];

    lock_name(w, name);
    const struct admin_value value[] = {ADMIN_TEXT(str_c(name))};

    return admin_run(w->admin, "DO RELEASE_LOCK(?)", value, 1, err);
}

static enum rc schema_create(struct work *w, struct err *err)
{
    const struct admin_value id[] = {ADMIN_ID(w->schema)};

    return admin_run(w->admin, "CREATE DATABASE IF NOT EXISTS ? CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci", id, 1, err);
}

/* 40 connections: several times what all loops of a server and the lanes of a worker open for one village. OR REPLACE: a half-made account
 * of an earlier try loses its password and every grant. */
static enum rc account_create(struct work *w, struct err *err)
{
    const struct admin_value values[] = {ADMIN_ID(w->schema), ADMIN_TEXT(w->password)};

    return admin_run(w->admin, "CREATE OR REPLACE USER ?@localhost IDENTIFIED BY ? WITH MAX_STATEMENT_TIME 20 MAX_USER_CONNECTIONS 40",
                     values, 2, err);
}

static enum rc grants_give(struct work *w, struct err *err)
{
    const struct admin_value own[] = {ADMIN_GRANTED(w->schema), ADMIN_ID(w->schema)};
    const struct admin_value lists[] = {ADMIN_GRANTED(w->p->config->reference_schema), ADMIN_ID(w->schema)};

    TRY(admin_run(w->admin, "GRANT SELECT, INSERT, UPDATE, DELETE ON ?.* TO ?@localhost", own, 2, err));
    return admin_run(w->admin, "GRANT SELECT ON ?.* TO ?@localhost", lists, 2, err);
}

static enum rc migrations_run(struct work *w, struct err *err)
{
    struct migration_result result;

    return migrate_village(w->admin, w->p->steps, w->p->config, w->village.code, &result, err);
}

/* ---- steps ---- */

static enum rc schema_step(struct work *w, struct err *err)
{
    return offload(w, schema_create, err);
}

static enum rc secret_body(struct control_txn *txn, void *ctx, struct err *err)
{
    const struct work *w = ctx;

    TRY(sql_provision_secret_set(txn, w->village.code, w->village.secret_sealed, NULL, err));
    return directory_moved(txn, err);
}

/* The secret is kept before the account has it, so an account is never made whose password nobody knows. */
static enum rc account_step(struct work *w, struct err *err)
{
    unsigned char key[KEY_BYTES];

    directory_seal_key(w->p->master_key, key);
    if (w->village.secret_sealed.n > 0) {
        TRY(unseal(w->arena, key, w->village.code, w->village.secret_sealed, &w->password, err));
    } else {
        w->password = random_word(w->arena, PASSWORD_SIGNS);
        w->village.secret_sealed = seal(w->arena, key, w->village.code, w->password);
        TRY(control_txn_run(w->control, secret_body, w, err));
    }
    return offload(w, account_create, err);
}

static enum rc grants_step(struct work *w, struct err *err)
{
    return offload(w, grants_give, err);
}

static enum rc migrations_step(struct work *w, struct err *err)
{
    return offload(w, migrations_run, err);
}

static enum rc seed_body(struct txn *txn, void *ctx, struct err *err)
{
    const struct provision_village *v = ctx;

    TRY(sql_seed_identity(txn, v->code, v->name, v->district, v->regency, v->province, NULL, err));
    TRY(letters_seed(txn, err));
    /* So that the regency's console has a row of it, if only zeros. */
    return outbox_put_once(txn, JOB_PUBLISH_ROLLUP, 0, err);
}

/* Through the village's own account: what it may not do, a new village need not have. */
static enum rc seed_step(struct work *w, struct err *err)
{
    struct village_db *db;

    TRY(directory_open_preparing(w->p->directory, w->p->store, w->arena, w->village.code, w->village.secret_sealed, &db, err));
    return txn_run(db, seed_body, &w->village, err);
}

static enum rc ready_body(struct control_txn *txn, void *ctx, struct err *err)
{
    const struct work *w = ctx;

    TRY(sql_provision_ready(txn, w->village.code, NULL, err));
    return directory_moved(txn, err);
}

static enum rc ready_step(struct work *w, struct err *err)
{
    return control_txn_run(w->control, ready_body, (void *)w, err);
}

static enum rc (*const step_run[PROVISION_STEP_COUNT])(struct work *w, struct err *err) = {
    [PROVISION_SCHEMA] = schema_step,         [PROVISION_ACCOUNT] = account_step, [PROVISION_GRANTS] = grants_step,
    [PROVISION_MIGRATIONS] = migrations_step, [PROVISION_SEED] = seed_step,       [PROVISION_READY] = ready_step,
};

static enum rc steps_run(struct work *w, struct provision_result *out, struct err *err)
{
    /* Read under the lock: another maker may just have finished. */
    TRY(sql_provision_village_of(w->control, w->village.code, &w->village, err));
    int done = provision_step_from(w->village.step);

    out->is_new = done < PROVISION_READY;
    for (int step = done < PROVISION_REQUESTED ? PROVISION_SCHEMA : done + 1; step <= PROVISION_READY; step++) {
        TRY(step_run[step](w, err));
        if (step < PROVISION_READY)
            TRY(sql_provision_step_set(w->control, w->village.code, str_c(provision_step_word((enum provision_step)step)), NULL, err));
    }
    return RC_OK;
}

/* What went wrong is in the village's row too, for the console. */
static void failure_keep(struct work *w, const struct err *err)
{
    struct err keep_err;
    struct str why = str_part(str_c(err->text), 0, 390);

    log_err("provision", err);
    if (sql_provision_failed(w->control, w->village.code, why, NULL, &keep_err) != RC_OK)
        log_err("provision_keep", &keep_err);
}

enum rc provision_village(const struct provision *p, struct admin_db *admin, struct str code, struct provision_result *out, struct err *err)
{
    struct arena *arena = arena_new();
    struct work w = {.p = p, .admin = admin, .arena = arena, .control = store_control(p->store, arena)};
    uint64_t begun = clock_mono_ms();
    struct err own_err, unlock_err;

    *out = (struct provision_result){0};
    w.village.code = code;
    w.schema = str_fmt(arena, "%.*s%.*s", STR_ARG(p->config->village_prefix), STR_ARG(code));
    enum rc rc = offload(&w, village_lock, &own_err);

    if (rc == RC_OK) {
        rc = steps_run(&w, out, &own_err);
        if (rc != RC_OK)
            failure_keep(&w, &own_err);
        if (offload(&w, village_unlock, &unlock_err) != RC_OK)
            log_err("provision_unlock", &unlock_err);
    }
    out->took_ms = clock_mono_ms() - begun;
    if (rc != RC_OK && err != NULL)
        *err = own_err;
    arena_free(&arena);
    return rc;
}

/* ---- several ---- */

struct batch {
    const struct provision *p;
    const struct str_list *codes;
    size_t next, left; /* of codes: the next one, and how many are not begun */
    provision_progress_fn *progress;
    void *progress_ctx;
    uint32_t failed;
    struct crew crew;
    enum rc rc; /* of the first lane that could not work at all */
    struct err err;
};

struct opening {
    struct arena *arena;
    const struct config *config;
    struct admin_db *db;
    enum rc rc;
    struct err err;
};

static void admin_open_blocking(void *arg)
{
    struct opening *o = arg;

    o->rc = admin_open_configured(o->arena, o->config, &o->db, &o->err);
}

static enum rc admin_open_offloaded(struct opening *o, struct err *err)
{
    TRY(fiber_offload(admin_open_blocking, o, err));
    if (o->rc != RC_OK && err != NULL)
        *err = o->err;
    return o->rc;
}

static void lane_fiber(void *arg)
{
    struct batch *batch = arg;
    struct arena *arena = arena_new();
    struct opening opening = {.arena = arena, .config = batch->p->config};
    struct err err;
    enum rc rc = admin_open_offloaded(&opening, &err);

    if (rc != RC_OK && batch->rc == RC_OK) {
        batch->rc = rc;
        batch->err = err;
    }
    while (rc == RC_OK && batch->left > 0) {
        struct str code = batch->codes->p[batch->next++];
        struct provision_result result;

        batch->left--;
        enum rc village_rc = provision_village(batch->p, opening.db, code, &result, &err);

        batch->failed += village_rc != RC_OK;
        if (batch->progress != NULL)
            batch->progress(batch->progress_ctx, code, &result, village_rc == RC_OK ? NULL : &err);
    }
    admin_close(&opening.db);
    arena_free(&arena);
    crew_leave(&batch->crew);
}

enum rc provision_villages(const struct provision *p, const struct str_list *codes, uint32_t lanes, provision_progress_fn *progress,
                           void *ctx, uint32_t *failed_out, struct err *err)
{
    struct batch batch = {.p = p, .codes = codes, .left = codes->n, .progress = progress, .progress_ctx = ctx};

    crew_start(&batch.crew, lanes < codes->n ? lanes : codes->n, lane_fiber, &batch);
    crew_wait(&batch.crew, &batch.left);
    *failed_out = batch.failed;
    if (batch.rc != RC_OK && err != NULL)
        *err = batch.err;
    return batch.rc;
}

enum rc provision_job(const struct provision *p, uint64_t subject, struct err *err)
{
    struct arena *arena = arena_new();
    struct opening opening = {.arena = arena, .config = p->config};
    struct provision_result result;
    enum rc rc = admin_open_offloaded(&opening, err);

    if (rc == RC_OK)
        rc = provision_village(p, opening.db, str_fmt(arena, "%010" PRIu64, subject), &result, err);
    admin_close(&opening.db);
    arena_free(&arena);
    return rc;
}
