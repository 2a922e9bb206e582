// SPDX-License-Identifier: AGPL-3.0-or-later
/* Read me first: what the staff's roles hold. One form makes a role and changes it. */
#include "server/web/feature.h"
#include "tenants/village/roles/roles_pages.h"
#include "tenants/village/roles/roles_view.h"

const struct route roles_routes[] = {
    ROUTE(GET, "/kantor/pengaturan/peran", MAY_SET_VILLAGE, roles_see_input, role_list_page),
    ROUTE(GET, "/kantor/pengaturan/peran/tambah", MAY_SET_VILLAGE, role_edit_input, role_page),
    ACT("/kantor/pengaturan/peran/tambah", MAY_SET_VILLAGE, role_edit_input, role_act, role_page),
    ROUTE(GET, "/kantor/pengaturan/peran/{id}", MAY_SET_VILLAGE, role_edit_input, role_page),
    ACT("/kantor/pengaturan/peran/{id}", MAY_SET_VILLAGE, role_edit_input, role_act, role_page),
    ACT("/kantor/pengaturan/peran/{id}/hapus", MAY_SET_VILLAGE, role_remove_input, role_remove_act, role_page),
    HISTORY_ROUTE("/kantor/pengaturan/peran", MAY_SET_VILLAGE, &roles_keeper),
    ROUTES_END,
};

const struct feature roles_feature = {.name = "roles", .routes = roles_routes};
