// SPDX-License-Identifier: AGPL-3.0-or-later
/* Read me first: where staff arrive, and work that failed. */
#include "tenants/village/office/office.h"

#include "tenants/village/office/office_pages.h"
#include "tenants/village/office/office_view.h"

const struct route office_routes[] = {ROUTE(GET, "/kantor", MAY_BE_STAFF, NULL, office_page),
                                      ROUTE(POST, "/kantor/temukan", MAY_READ_RESIDENTS, office_find_input, office_find),
                                      ROUTE(GET, "/kantor/pekerjaan", MAY_SEE_JOBS, office_jobs_see_input, office_jobs_page),
                                      ACT("/kantor/pekerjaan/{id}/ulang", MAY_SEE_JOBS, office_job_input, office_replay_act, NULL),
                                      ROUTES_END};
