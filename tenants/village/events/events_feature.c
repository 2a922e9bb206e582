// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/web/feature.h"
#include "tenants/village/events/events_pages.h"

static const struct menu_row menu[] = {{MENU_PEOPLE, MAY_READ_RESIDENTS, "/kantor/peristiwa", "Peristiwa", "calendar-heart"}, {0}};

static const struct book *const books[] = {&events_book, NULL};

const struct feature events_feature = {.name = "events", .routes = events_routes, .menu = menu, .books = books};
