// SPDX-License-Identifier: AGPL-3.0-or-later
/* Read me first: one person's page and a new person; changes and papers are in change_routes.c. */
#include "tenants/village/residents/residents_add_view.h"
#include "tenants/village/residents/residents_pages.h"

static const struct input see_input[] = {PATH_ID("id"), FIELD(FLAG, "tersimpan", "Tersimpan", false, 0, 0), INPUT_END};
const struct route residents_routes[] = {
    ROUTE(GET, "/kantor/penduduk/tambah", MAY_EDIT_RESIDENTS, resident_add_input, resident_add_page),
    ACT_CHECKED("/kantor/penduduk/tambah", MAY_EDIT_RESIDENTS, resident_add_input, resident_add_check, resident_add_act, resident_add_page),
    ROUTE(GET, "/kantor/penduduk/{id}", MAY_READ_RESIDENTS, see_input, resident_page), ROUTES_END};
