// SPDX-License-Identifier: AGPL-3.0-or-later
/* Read me first: pages for everyone. */
#include "tenants/village/site/site.h"

#include "tenants/village/site/site_pages.h"
#include "tenants/village/site/site_view.h"

const struct route site_routes[] = {ROUTE(GET, "/", MAY_VISIT, NULL, site_home_page),
                                    ROUTE(GET, "/layanan", MAY_VISIT, NULL, site_services_page), ROUTES_END};

const struct route site_platform_routes[] = {ROUTE(GET, "/", MAY_VISIT, platform_search_input, platform_home_page), ROUTES_END};
