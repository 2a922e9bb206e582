// SPDX-License-Identifier: AGPL-3.0-or-later
/* Read me first: the pages of the regency office. */
#include "tenants/regency/regency.h"
#include "tenants/regency/regency_view.h"
#include "tenants/regency/regency_views.h"

const struct route regency_routes[] = {
    ROUTE(GET, "/", MAY_READ_REGENCY, regency_needs_input, regency_home_page),
    ROUTE(GET, "/desa", MAY_READ_REGENCY, regency_list_input, regency_villages_page),
    ROUTE(GET, "/desa/{kode}", MAY_READ_REGENCY, regency_village_input, regency_village_page),
    CONSOLE_ACT("/desa/{kode}/catatan", MAY_NOTE_REGENCY, regency_village_input, regency_note_check, regency_note_act,
                regency_village_page),
    ROUTE(GET, "/kecamatan", MAY_READ_REGENCY, regency_district_input, regency_districts_page),
    ROUTE(GET, "/desa.csv", MAY_READ_REGENCY, regency_csv_input, regency_csv_page),
    ROUTE(GET, "/arti", MAY_READ_REGENCY, NULL, regency_meaning_page),
    ROUTES_END,
};
