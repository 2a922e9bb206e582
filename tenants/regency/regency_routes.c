// SPDX-License-Identifier: AGPL-3.0-or-later
/* Read me first: the pages of the regency office. */
#include "tenants/regency/regency.h"
#include "tenants/regency/regency_views.h"

static const struct input list_input[] = {
    CHOICE("urut", "Urutan", false,
           "nama|-nama|kecamatan|-kecamatan|l|-l|p|-p|penduduk|-penduduk|keluarga|-keluarga|surat|-surat|lengkap|-lengkap|umur|-umur"),
    FIELD(DIGITS, "kecamatan", "Kecamatan", false, 6, 6),
    INPUT_END,
};
static const struct input csv_input[] = {FIELD(DIGITS, "kecamatan", "Kecamatan", false, 6, 6), INPUT_END};
static const struct input no_input[] = {INPUT_END};

const struct route regency_routes[] = {
    ROUTE(GET, "/", MAY_READ_REGENCY, list_input, regency_villages_page),
    ROUTE(GET, "/kecamatan", MAY_READ_REGENCY, no_input, regency_districts_page),
    ROUTE(GET, "/desa.csv", MAY_READ_REGENCY, csv_input, regency_csv_page),
    ROUTE(GET, "/arti", MAY_READ_REGENCY, no_input, regency_meaning_page),
    ROUTES_END,
};
