// SPDX-License-Identifier: AGPL-3.0-or-later
/* Read me first: the list of residents, and the files one takes out of it. */
#include "tenants/village/roster/roster.h"
#include "tenants/village/roster/roster_list.h"

static const struct input export_input[] = {CHOICE("bentuk", "Bentuk berkas", true, "xlsx|csv"), LIST_INPUTS, INPUT_END};

const struct route roster_routes[] = {ROUTE(GET, "/kantor/penduduk", MAY_READ_RESIDENTS, list_input, resident_list_page),
                                      ROUTE(POST, "/kantor/penduduk", MAY_READ_RESIDENTS, list_input, resident_search_post),
                                      ROUTE(POST, "/kantor/penduduk/unduh", MAY_READ_RESIDENTS, export_input, residents_export_post),
                                      ROUTES_END};
