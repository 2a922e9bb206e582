// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/web/feature.h"
#include "tenants/village/site/site.h"

static const struct site_routes elsewhere[] = {{SITE_PLATFORM, site_platform_routes}, {0}};

static const struct menu_row menu[] = {
    {MENU_PUBLIC, MAY_VISIT, "/", "Beranda", "house"},
    {MENU_PUBLIC, MAY_VISIT, "/layanan", "Layanan", "file-text"},
    {MENU_PUBLIC, MAY_VISIT, "/masuk", "Masuk petugas", "log-in"},
    {MENU_PLATFORM, MAY_VISIT, "/", "Daftar desa", "house"},
    {MENU_PLATFORM, MAY_VISIT, "/periksa", "Periksa surat", "search-check"},
    {0},
};

const struct feature site_feature = {.name = "site", .routes = site_routes, .elsewhere = elsewhere, .menu = menu};
