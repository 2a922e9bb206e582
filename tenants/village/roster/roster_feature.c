// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/web/feature.h"
#include "tenants/village/roster/roster.h"

static const struct menu_row menu[] = {
    {MENU_PEOPLE, MAY_READ_RESIDENTS, "/kantor/penduduk", "Penduduk", "users"},
    {0},
};

static const struct book *const books[] = {&residents_book, NULL};

const struct feature roster_feature = {.name = "roster", .routes = roster_routes, .menu = menu, .books = books};
