// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/web/feature.h"
#include "tenants/village/events/events_pages.h"

static const struct menu_row menu[] = {{MENU_PEOPLE, MAY_READ_RESIDENTS, "/kantor/peristiwa", "Peristiwa", "calendar-heart"}, {0}};

static const struct book *const books[] = {&events_book, NULL};

static const struct said_word changes[] = {{"birth", "Kelahiran dicatat", NULL},
                                           {"arrival", "Kedatangan dicatat", NULL},
                                           {"death", "Kematian dicatat", NULL},
                                           {"move_out", "Kepindahan dicatat", NULL},
                                           {"missing", "Dinyatakan hilang", NULL},
                                           {"found", "Ditemukan kembali", NULL},
                                           {"widowed", "Pasangannya meninggal", NULL},
                                           {"past", "Dicatat sudah lama meninggal", NULL},
                                           {"correction", "Peristiwa dibatalkan", NULL},
                                           {"event_fix", "Peristiwa diperbaiki", NULL},
                                           {0}};
static const struct said_word looks[] = {{"event", "Membuka peristiwa", NULL}, {0}};

const struct feature events_feature = {
    .name = "events", .routes = events_routes, .menu = menu, .books = books, .changes = changes, .looks = looks};
