// SPDX-License-Identifier: AGPL-3.0-or-later
/* Read me first: what the staff's roles hold. */
#include "tenants/village/roles/roles_pages.h"

#include "server/web/feature.h"

static const struct input see_input[] = {FIELD(FLAG, "tersimpan", "Tersimpan", false, 0, 0), INPUT_END};
static const struct input id_input[] = {PATH_ID("id"), INPUT_END};
static const struct input none[] = {INPUT_END};
static const struct input add_input[] = {FIELD(TEXT, "nama", "Nama peran", true, 3, 60), FIELD(PREFIX, "izin_", "Izin", false, 0, 1),
                                         INPUT_END};
static const struct input edit_input[] = {PATH_ID("id"), FIELD(U64, "versi", "Versi", true, 1, 0),
                                          FIELD(TEXT, "nama", "Nama peran", true, 3, 60), FIELD(PREFIX, "izin_", "Izin", false, 0, 1),
                                          INPUT_END};

const struct route roles_routes[] = {
    ROUTE(GET, "/kantor/pengaturan/peran", MAY_SET_VILLAGE, see_input, role_list_page),
    ROUTE(GET, "/kantor/pengaturan/peran/tambah", MAY_SET_VILLAGE, none, role_add_page),
    ROUTE(POST, "/kantor/pengaturan/peran/tambah", MAY_SET_VILLAGE, add_input, role_add_post),
    ROUTE(GET, "/kantor/pengaturan/peran/{id}", MAY_SET_VILLAGE, id_input, role_page),
    ROUTE(POST, "/kantor/pengaturan/peran/{id}", MAY_SET_VILLAGE, edit_input, role_post),
    ROUTES_END,
};

const struct feature roles_feature = {.name = "roles", .routes = roles_routes};
