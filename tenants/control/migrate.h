// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Migrations: brings schemas to what this binary needs. The scripts of
 * migrations/ are embedded at build time. A step is recorded in the schema's
 * own schema_step table, with the SHA-256 of its text and the time it took,
 * after it succeeded; it is repeatable, so a crash between the two only runs
 * it again. One runner at a time (GET_LOCK), several villages at once.
 *
 * A village whose step fails stays as it is, is served read-only (failed_step
 * in the control row, see tenants/directory) and does not stop the others; the
 * next run that succeeds gives it back. Steps in a schema that this binary
 * does not know belong to a newer one and are left alone; but a schema that
 * records steps and not the baseline (the first step of its kind) was made by
 * a version before it and is refused in words that say what to do.
 *
 * Blocking: call from a fiber (the calls offload) or from a command.
 */
#ifndef BALAI_MIGRATE_H
#define BALAI_MIGRATE_H

#include "server/base/base.h"
#include "server/base/config.h"
#include "server/store/admin.h"

enum schema_kind { SCHEMA_CONTROL = 1, SCHEMA_REFERENCE, SCHEMA_VILLAGE };

struct migration_step {
    enum schema_kind kind;
    const char *name; /* "0001_baseline" */
    struct str text;
};
struct migration_steps {
    const struct migration_step *p; /* by kind, then in order */
    size_t n;
};
/* Those embedded in this binary. */
struct migration_steps migration_steps_builtin(void);
/* Number of the last step of a kind ("0003_market": 3): the schema version. */
uint32_t migration_version(struct migration_steps steps, enum schema_kind kind);

struct migration_result {
    uint32_t applied; /* steps that ran now */
    uint32_t version; /* number of the last step that is in */
    uint64_t took_ms;
    char failed_step[80]; /* "" unless a step failed */
};

/* The administrator's connection as configured. */
enum rc admin_open_configured(struct arena *arena, const struct config *config, struct admin_db **out, struct err *err) MUST_USE;

/*
 * Runs the missing steps of one schema, which must exist. RC_CONFLICT when a
 * recorded step has other text than this binary's, or when the schema was made
 * before the baseline. *result_out is written on
 * failure too.
 */
enum rc migrate_schema(struct admin_db *db, struct migration_steps steps, enum schema_kind kind, struct str schema,
                       struct migration_result *result_out, struct err *err) MUST_USE;

/* Makes the control and reference schemas where missing and migrates them. */
enum rc migrate_platform(struct admin_db *db, struct migration_steps steps, const struct config *config, struct err *err) MUST_USE;

/* One village, under its lock, with its control row kept right: failed_step, schema_version. */
enum rc migrate_village(struct admin_db *db, struct migration_steps steps, const struct config *config, struct str code,
                        struct migration_result *result_out, struct err *err) MUST_USE;

/* Told on the loop's thread after each village. */
typedef void migrate_progress_fn(void *ctx, struct str code, const struct migration_result *result, const struct err *err_or_null);

struct migrate_summary {
    uint32_t villages, changed, failed;
};

/*
 * Everything: platform, then all villages that have a schema, four at once.
 * RC_BUSY when another runner is at work. A failed village is counted, not
 * returned. To be called in a fiber.
 */
enum rc migrate_all(const struct config *config, struct migration_steps steps, migrate_progress_fn *progress, void *ctx,
                    struct migrate_summary *out, struct err *err) MUST_USE;

/* SHA-256 (hex) over what information_schema says of a schema, in canonical order and without its name. */
enum rc schema_fingerprint(struct admin_db *db, struct arena *arena, struct str schema, struct str *out, struct err *err) MUST_USE;

struct fingerprint {
    enum schema_kind kind;
    struct str hash;
    uint32_t schemas;   /* that share it */
    struct str example; /* one of them */
};
struct check_fault {
    struct str schema, text;
};
struct migrate_check {
    struct fingerprint *fingerprints;
    size_t fingerprints_n;
    struct check_fault *faults; /* missing, changed or failed steps; schemas that are not there */
    size_t faults_n;
    bool is_equal; /* one fingerprint a kind and no fault */
};
/* Compares all schemas with one another and with this binary; changes nothing. */
enum rc migrate_check(struct arena *arena, const struct config *config, struct migration_steps steps, struct migrate_check *out,
                      struct err *err) MUST_USE;

const char *schema_kind_name(enum schema_kind kind);

#endif
