// SPDX-License-Identifier: AGPL-3.0-or-later
/* Read me first: pages for everyone. */
#include "tenants/village/site/site.h"

#include "tenants/village/site/site_pages.h"

static const struct input none[] = {INPUT_END};
static const struct input search_input[] = {FIELD(TEXT, "cari", "Nama desa", false, 0, 60), INPUT_END};

const struct route site_routes[] = {ROUTE(GET, "/", MAY_VISIT, none, site_home_page),
                                    ROUTE(GET, "/layanan", MAY_VISIT, none, site_services_page), ROUTES_END};

const struct route site_platform_routes[] = {ROUTE(GET, "/", MAY_VISIT, search_input, platform_home_page),
                                             ROUTE(GET, "/periksa", MAY_VISIT, none, platform_verify_page), ROUTES_END};
