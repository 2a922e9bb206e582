// SPDX-License-Identifier: AGPL-3.0-or-later
/* Read me first: where staff arrive, and work that failed. */
#include "tenants/village/office/office.h"

#include "tenants/village/office/office_pages.h"

static const struct input none[] = {INPUT_END};
static const struct input jobs_input[] = {FIELD(FLAG, "diulang", "Diulang", false, 0, 0), INPUT_END};
static const struct input id_input[] = {PATH_ID("id"), INPUT_END};

const struct route office_routes[] = {ROUTE(GET, "/kantor", MAY_BE_STAFF, none, office_page),
                                      ROUTE(GET, "/kantor/pekerjaan", MAY_SEE_JOBS, jobs_input, office_jobs_page),
                                      ACT("/kantor/pekerjaan/{id}/ulang", MAY_SEE_JOBS, id_input, office_replay_act, NULL), ROUTES_END};
