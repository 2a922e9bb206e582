// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/web/feature.h"
#include "tenants/regency/regency.h"

static const struct site_routes elsewhere[] = {{SITE_DPMD, regency_routes}, {0}};

static const struct menu_row menu[] = {
    {MENU_DPMD, MAY_READ_REGENCY, "/", "Ringkasan", "house"},
    {MENU_DPMD, MAY_READ_REGENCY, "/desa", "Desa", "building-2"},
    {MENU_DPMD, MAY_READ_REGENCY, "/kecamatan", "Kecamatan", "map"},
    {MENU_DPMD, MAY_READ_REGENCY, "/arti", "Arti angka", "circle-question-mark"},
    {0},
};

const struct feature regency_feature = {.name = "regency", .elsewhere = elsewhere, .menu = menu};
