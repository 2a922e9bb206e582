// SPDX-License-Identifier: AGPL-3.0-or-later
/* Read me first: one page a statistic, and its table as a file. Sums only; the lists behind them have their own route. */
#include "tenants/village/statistics/statistics_pages.h"
#include "tenants/village/statistics/statistics_view.h"

const struct route statistics_routes[] = {
    ROUTE(GET, "/kantor/statistik", MAY_READ_RESIDENTS, NULL, statistics_age_page),
    ROUTE(GET, "/kantor/statistik/{jenis}", MAY_READ_RESIDENTS, statistics_which_input, statistics_page),
    ROUTE(GET, "/kantor/statistik/{jenis}/tabel.xlsx", MAY_READ_RESIDENTS, statistics_which_input, statistics_xlsx),
    ROUTE(GET, "/kantor/statistik/{jenis}/tabel.csv", MAY_READ_RESIDENTS, statistics_which_input, statistics_csv), ROUTES_END};
