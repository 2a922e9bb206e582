// SPDX-License-Identifier: AGPL-3.0-or-later
/* The registry in and out of the database, for the import and for whoever adds people. All of it inside a transaction that holds
 * registry_lock. */
#ifndef BALAI_REGISTRY_STORE_H
#define BALAI_REGISTRY_STORE_H

#include "tenants/village/residents/change.h"
#include "tenants/village/residents/registry_rows.h"
#include "tenants/village/residents/registry_sql.h"

/* The registry with the database's own ids beside it. */
struct loaded_registry {
    struct registry registry;
    uint64_t *family_of; /* of each resident; 0: none */
};

/*
 * What planning this file needs of it: the people, cards and families it names, those families and the ones that those people
 * leave with everyone in them, who has no NIK yet; all of it, and the last temporary number, when somebody comes without a NIK; that of
 * family cards when one is missing. At most eight statements.
 */
enum rc registry_load(struct village_db *db, const struct registry_file *file, struct loaded_registry *out, struct err *err) MUST_USE;

/* Called now and then while writing, outside of the transaction's own work; may be NULL. */
struct write_progress {
    void (*step)(void *ctx, size_t done, size_t total);
    void *ctx;
};

/*
 * Writes a plan: areas, families, residents, their search words, heads, and the act's rows of history (`act` NULL: none); raises
 * registry_lock's version.
 */
enum rc registry_write_plan(struct txn *txn, const struct registry_plan *plan, const struct loaded_registry *loaded,
                            const struct resident_act *act, utc_us now, const struct write_progress *progress, struct err *err) MUST_USE;

/* A person's row; without an id a new one, without a family in none. */
struct registry_resident_put_in registry_put_of(const struct resident_row *row, uint64_t area_id, utc_us now);

/* The last statement of a change, with registry_lock held: its version goes up, the places to choose from follow. */
enum rc registry_bump(struct txn *txn, struct err *err) MUST_USE;

#endif
