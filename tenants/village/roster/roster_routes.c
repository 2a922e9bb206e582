// SPDX-License-Identifier: AGPL-3.0-or-later
/* Read me first: the list of residents, and the files one takes out of it. */
#include "server/register/export.h"
#include "tenants/village/roster/roster.h"
#include "tenants/village/roster/roster_list.h"
#include "tenants/village/roster/roster_list_view.h"

const struct route roster_routes[] = {LIST_ROUTES("/kantor/penduduk", MAY_READ_RESIDENTS, resident_list_page, &residents_list),
                                      LIST_FILE_ROUTE("/kantor/penduduk", MAY_READ_RESIDENTS, &residents_list), ROUTES_END};
