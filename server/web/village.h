// SPDX-License-Identifier: AGPL-3.0-or-later
/* What a village's own pages get besides web.h: the village's data. Not for tenants/regency, which reads published rollups only. */
#ifndef BALAI_WEB_VILLAGE_H
#define BALAI_WEB_VILLAGE_H

#ifdef BALAI_ROOM_tenants_regency
#error "the regency console reads published rollups, never a village"
#endif

#include "server/web/web.h"

/* The handle of the request's own village. RC_SUSPENDED, RC_UNAVAILABLE. */
enum rc request_village_db(struct request *req, struct village_db **db_out, struct err *err) MUST_USE;
/*
 * Another village's handle, by code, that refuses writes: only for pages of the platform host (verification of letters) and of the
 * volunteers' console (whether a village is empty). Also of a village that is suspended or closed: its papers are in people's hands.
 */
enum rc request_open_village(struct request *req, struct str code, struct village_db **db_out, struct err *err) MUST_USE;

#endif
