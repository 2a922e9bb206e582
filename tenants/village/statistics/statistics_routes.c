// SPDX-License-Identifier: AGPL-3.0-or-later
/* Read me first: one page a statistic, and its table as a file. Sums only; the lists behind them have their own route. */
#include "tenants/village/statistics/statistics_pages.h"

static const struct input none[] = {INPUT_END};
static const struct input which[] = {PATH_WORD("jenis"), INPUT_END};

const struct route statistics_routes[] = {ROUTE(GET, "/kantor/statistik", MAY_READ_RESIDENTS, none, statistics_age_page),
                                          ROUTE(GET, "/kantor/statistik/{jenis}", MAY_READ_RESIDENTS, which, statistics_page),
                                          ROUTE(GET, "/kantor/statistik/{jenis}/tabel.xlsx", MAY_READ_RESIDENTS, which, statistics_xlsx),
                                          ROUTE(GET, "/kantor/statistik/{jenis}/tabel.csv", MAY_READ_RESIDENTS, which, statistics_csv),
                                          ROUTES_END};
