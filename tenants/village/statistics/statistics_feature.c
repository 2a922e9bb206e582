// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/web/feature.h"
#include "tenants/village/statistics/statistics.h"

static const struct menu_row menu[] = {{MENU_OFFICE, MAY_READ_RESIDENTS, "/kantor/statistik", "Statistik", "chart-column"}, {0}};

const struct feature statistics_feature = {.name = "statistics", .title = "Statistik", .routes = statistics_routes, .menu = menu};
