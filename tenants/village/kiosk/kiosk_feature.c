// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/web/feature.h"
#include "server/web/kiosk_rows_sql.h"
#include "tenants/village/kiosk/kiosk.h"
#include "tenants/village/kiosk/kiosk_sql.h"

static enum rc tidy(const struct job *job, struct err *err)
{
    TRY(sql_kiosk_tidy_calls(job->db, NULL, err));
    TRY(sql_kiosk_tidy_codes(job->db, NULL, err));
    TRY(sql_kiosk_tidy_limits(job->db, NULL, err));
    return sql_kiosk_tidy_visits(job->db, NULL, err);
}

static const struct menu_row menu[] = {{MENU_OFFICE, MAY_EDIT_RESIDENTS, "/kantor/anjungan", "Anjungan", "monitor-smartphone"}, {0}};

static const struct said_word changes[] = {
    {"card", "Kartu anjungan diganti", NULL}, {"card_out", "Kartu anjungan dilepas", NULL}, {"pin", "PIN anjungan diganti", NULL}, {0}};
static const struct said_word looks[] = {{"card", "Membuka kartu dan PIN", NULL}, {0}};

const struct feature kiosk_feature = {
    .name = "kiosk", .title = "Anjungan", .routes = kiosk_routes, .menu = menu, .changes = changes, .looks = looks, .tidy = tidy};
