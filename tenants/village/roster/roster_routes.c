// SPDX-License-Identifier: AGPL-3.0-or-later
/* Read me first: the list of residents, and the files one takes out of it. */
#include "tenants/village/roster/export_pages.h"
#include "tenants/village/roster/roster.h"
#include "tenants/village/roster/roster_list.h"

static const struct input export_input[] = {CHOICE("bentuk", "Bentuk berkas", true, "xlsx|csv"), LIST_INPUTS, INPUT_END};
static const struct input file_input[] = {PATH_ID("id"), INPUT_END};

enum { FETCH_WITHIN_MS = 30000 };

const struct route roster_routes[] = {
    ROUTE(GET, "/kantor/penduduk", MAY_READ_RESIDENTS, list_input, resident_list_page),
    ROUTE(POST, "/kantor/penduduk", MAY_READ_RESIDENTS, list_input, resident_search_post),
    ROUTE(POST, "/kantor/penduduk/unduh", MAY_READ_RESIDENTS, export_input, residents_export_post),
    ROUTE(GET, "/kantor/unduhan/{id}", MAY_READ_RESIDENTS, file_input, export_page),
    ROUTE_LARGE(GET, "/kantor/unduhan/{id}/berkas", MAY_READ_RESIDENTS, file_input, export_fetch, FETCH_WITHIN_MS, 0),
    ROUTES_END};
