// SPDX-License-Identifier: AGPL-3.0-or-later
/* Read me first: the list of residents, and the files one takes out of it. */
#include "server/register/export.h"
#include "tenants/village/roster/roster.h"
#include "tenants/village/roster/roster_list.h"
#include "tenants/village/roster/roster_list_view.h"

const struct route roster_routes[] = {
    ROUTE(GET, "/kantor/penduduk", MAY_READ_RESIDENTS, list_input, resident_list_page),
    ROUTE(POST, "/kantor/penduduk", MAY_READ_RESIDENTS, list_input, resident_search_post),
    ACT("/kantor/penduduk/unduh", MAY_READ_RESIDENTS, list_take_input, residents_export_act, export_refused_page), ROUTES_END};
