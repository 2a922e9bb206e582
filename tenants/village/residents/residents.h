// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Residents: everyone the village keeps on its books. Invariant: a NIK stands
 * once in a village; every look at a person's detail is a row of the read log;
 * every change bumps registry_lock.version, so a checked import notices.
 * This door: finding people for other features. Bulk writing is import.h.
 */
#ifndef BALAI_RESIDENTS_H
#define BALAI_RESIDENTS_H

#include "server/base/base.h"
#include "server/base/clock.h"
#include "server/store/store.h"
#include "server/web/web.h"
#include "tenants/village/residents/residents_find_sql.h"
#include "tenants/village/residents/residents_sql.h"

/*
 * People found by what a clerk types, whatever became of them: 16 digits
 * (spaces forgiven) a NIK or KK number; 4 to 15 digits the beginning of either;
 * otherwise words of the name in any order, each from its beginning, at most 4.
 * Ordered by name, at most `limit`. Nothing searchable typed: no rows.
 */
enum rc residents_find(struct village_db *db, struct str typed, uint32_t limit, struct resident_hit_rows *out, struct err *err) MUST_USE;

/* One line about a person for choosing: "Perempuan, 68 tahun, Dusun Batu Lotong RT 002". */
struct str resident_about(struct arena *arena, const struct resident_hit *hit, struct date today);

/*
 * Writes down that this request's person looks at a resident; before anything
 * is shown. `what`: detail, nik, edit, history, event … (look_words of
 * history_pages.c says them to people).
 */
enum rc resident_look(struct request *req, struct village_db *db, uint64_t resident_id, const char *what, struct err *err) MUST_USE;

extern const struct route residents_routes[];

#endif
