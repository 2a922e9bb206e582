// SPDX-License-Identifier: AGPL-3.0-or-later
/* The parts of the room for one another. */
#ifndef BALAI_AREAS_PAGES_H
#define BALAI_AREAS_PAGES_H

#include "server/base/text.h"
#include "server/web/act.h"
#include "tenants/village/areas/areas.h"
#include "tenants/village/areas/areas_sql.h"
#include "tenants/village/areas/areas_view.h"
#include "tenants/village/codes/address.h"
#include "tenants/village/codes/codes.h"

enum area_level { AREA_HAMLET = 1, AREA_RW, AREA_RT };
enum area_level area_level_of(struct str rw, struct str rt);
const char *area_noun(enum area_level level); /* "dusun", "RW", "RT" */
/* "Dusun Padang", "RW 001", "RT 002" */
struct str area_title(struct arena *arena, struct str hamlet, struct str rw, struct str rt);

/* Of it and all that lies in it. */
struct area_sum {
    uint64_t men, women, families;
};
struct area_sum area_sum(const struct area_count_rows *counts, struct str hamlet, struct str rw, struct str rt);

extern const struct keeper area_keeper;
/* What every page of an area shows; RC_NOT_FOUND when it is not of this village. */
enum rc area_view_begin(struct request *req, uint64_t id, struct area_one *row, struct area_view *v, struct err *err) MUST_USE;

/* ---- of every page and act that changes one ---- */

enum rc area_respond(struct request *req, struct response *resp, struct str title, const struct buf *body, struct err *err) MUST_USE;
struct str area_href(struct request *req, uint64_t id);
struct str area_people_words(struct arena *arena, struct area_sum sum); /* "1.204 warga, 311 keluarga" */
enum rc area_put_change(struct txn *txn, struct request *req, const char *kind, uint64_t id, struct str diff, struct str reason,
                        struct err *err) MUST_USE;
/* Last of every act: the audit row; the lists of places, the home and the figures follow. */
enum rc area_finish(struct txn *txn, struct request *req, const char *action, uint64_t id, struct str detail, struct err *err) MUST_USE;
/* The addresses that say the hamlet's name, of all that hangs on these areas ("[[7],[8]]": the first of each is one); the people whose
 * address it is read so in their histories. */
enum rc area_rename_addresses(struct txn *txn, struct request *req, struct str pairs, struct str was, struct str name, struct str reason,
                              struct err *err) MUST_USE;

handler_fn area_add_page, area_edit_page, area_merge_page, area_retire_page;
act_check_fn area_add_check, area_merge_check;
act_fn area_add_act, area_edit_act, area_merge_act, area_retire_act;

#endif
