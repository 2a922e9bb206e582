// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/web/feature.h"
#include "tenants/control/kelola.h"

static const struct site_routes elsewhere[] = {{SITE_KELOLA, control_routes}, {0}};

static const struct menu_row menu[] = {
    {MENU_KELOLA, MAY_MANAGE_VILLAGES, "/", "Desa", "house"},
    {MENU_KELOLA, MAY_MANAGE_VILLAGES, "/pekerjaan", "Pekerjaan", "list-checks"},
    {0},
};

const struct feature control_feature = {.name = "control", .elsewhere = elsewhere, .menu = menu};
