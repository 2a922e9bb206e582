// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Making a village: register it (units and a control row, in one transaction),
 * then take it through the steps
 *
 *   requested → schema → account → grants → migrations → seed → ready
 *
 * Each step may be done again and is recorded after it succeeded, so a crash
 * anywhere costs one repeated step; two makers of one village wait for each
 * other (GET_LOCK). The village's account may SELECT, INSERT, UPDATE and DELETE
 * in its own schema, SELECT the shared code lists, and nothing else; its
 * password is random and kept sealed in the control row.
 *
 * Used by balaictl, by the worker (CONTROL_JOB_PROVISION, subject = the code as
 * a number) and by kelola, which only registers and puts the jobs. Needs the
 * administrator's account. Call in a fiber.
 */
#ifndef BALAI_PROVISION_H
#define BALAI_PROVISION_H

#include "server/base/base.h"
#include "server/base/config.h"
#include "server/base/random.h"
#include "server/store/admin.h"
#include "server/store/store.h"
#include "tenants/control/migrate.h"
#include "tenants/control/units.h"
#include "tenants/directory/directory.h"

/* step, label for people */
#define PROVISION_STEPS(X)                                       \
    X(REQUESTED, "requested", "Nama dan kode wilayah diperiksa") \
    X(SCHEMA, "schema", "Ruang data dibuat")                     \
    X(ACCOUNT, "account", "Akun basis data dibuat")              \
    X(GRANTS, "grants", "Akun dikunci untuk desa ini saja")      \
    X(MIGRATIONS, "migrations", "Tabel dipasang")                \
    X(SEED, "seed", "Identitas dan jenis surat diisi")           \
    X(READY, "ready", "Situs dibuka")

enum provision_step {
    PROVISION_NOTHING,
#define X(name, word, label) PROVISION_##name,
    PROVISION_STEPS(X)
#undef X
        PROVISION_STEP_COUNT
};
const char *provision_step_word(enum provision_step step);
const char *provision_step_label(enum provision_step step);
enum provision_step provision_step_from(struct str word); /* PROVISION_NOTHING when unknown */

/* ---- registering ---- */

struct provision_region {
    struct str regency_code;      /* "7317" */
    struct str regency, province; /* names; empty: as already in the tree */
};
struct provision_registered {
    uint32_t units;        /* desa and kelurahan in the tree from this list */
    struct str_list codes; /* desa asked for, in the list's order */
    uint32_t fresh;        /* of them, those that had no row before */
};
/*
 * Puts the list into the tree and a row, with its host name, for each desa of
 * it (of `only` when that is not empty) that has none. RC_INVALID when the list
 * has faults, when `only` names a code that is no desa of the list, or when the
 * regency is neither named nor known. Writes nothing then.
 */
enum rc provision_register(struct control_txn *txn, const struct unit_list *units, const struct provision_region *region,
                           const struct str_list *only, struct provision_registered *out, struct err *err) MUST_USE;

/* ---- making ---- */

struct provision {
    const struct config *config;
    const unsigned char *master_key;
    struct directory *directory; /* opens the villages that are made */
    struct store *store;         /* of the fiber's loop */
    struct migration_steps steps;
};
struct provision_result {
    bool is_new; /* it was not ready before */
    uint64_t took_ms;
};
/* Takes one registered village through its remaining steps; nothing to do for a ready one. A failure is kept in its row as well. */
enum rc provision_village(const struct provision *p, struct admin_db *admin, struct str code, struct provision_result *out,
                          struct err *err) MUST_USE;

/* Told after each village, on the loop's thread. */
typedef void provision_progress_fn(void *ctx, struct str code, const struct provision_result *result, const struct err *err_or_null);
/* Several villages, `lanes` at once (1 … 4). Goes on after a failure; *failed_out counts them. */
enum rc provision_villages(const struct provision *p, const struct str_list *codes, uint32_t lanes, provision_progress_fn *progress,
                           void *ctx, uint32_t *failed_out, struct err *err) MUST_USE;

/*
 * The worker's job: one village, with an administrator's connection opened for
 * it; `subject` is the code as a number.
 */
enum rc provision_job(const struct provision *p, uint64_t subject, struct err *err) MUST_USE;

#endif
