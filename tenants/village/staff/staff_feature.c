// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/web/feature.h"
#include "server/web/village.h"
#include "tenants/village/staff/esign.h"
#include "tenants/village/staff/staff.h"
#include "tenants/village/staff/staff_sql.h"

static const struct menu_row menu[] = {{MENU_OFFICE, MAY_SET_VILLAGE, "/kantor/pengaturan", "Pengaturan", "settings"}, {0}};

static const struct permission_row permissions[] = {{MAY_SET_VILLAGE, "Mengatur desa, akun petugas, dan peran", MAY_NOTHING}, {0}};

enum { OPENED_SAID_DAYS = 7 };

/* A head's account that somebody outside the village opened is said to everybody who sets the village up, and to the head. */
static enum rc tasks(struct request *req, struct tasks *out, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct village_db *db;
    struct staff_opened opened;

    if (!request_may(req, MAY_SET_VILLAGE))
        return RC_OK;
    TRY(request_village_db(req, &db, err));
    TRY(sql_staff_opened(db, request_now(req) - OPENED_SAID_DAYS * 86400 * US_PER_S, &opened, err));
    task_put(out, (struct task){.count = opened.n,
                                .title = "Akun kepala desa dibuka lewat tautan relawan",
                                .note = str_z(arena, str_fmt(arena, "%.*s. Bukan permintaan kepala desa? Beri tahu DPMD hari ini juga.",
                                                             STR_ARG(utc_long(arena, opened.at, request_village(req)->zone)))),
                                .tone = "kuning",
                                .tag = "Periksa",
                                .href = "/kantor/pengaturan/petugas",
                                .menu = "/kantor/pengaturan",
                                .button = "Lihat akun"});
    return RC_OK;
}

static const struct said_word changes[] = {{"away", "Berhalangan", "official"}, {"back", "Bertugas lagi", "official"}, {0}};

/* One call may take half a minute; of a service that does not answer at all only one is made. */
static const struct job_row jobs[] = {
    {JOB_TRY_ESIGN, 300, "TRY_ESIGN", "Menanya layanan tanda tangan", esign_try_job, .together = JOB_APART}, {0}};

const struct feature staff_feature = {.name = "staff",
                                      .permissions = permissions,
                                      .routes = staff_routes,
                                      .menu = menu,
                                      .jobs = jobs,
                                      .tasks = tasks,
                                      .tidy = esign_tidy,
                                      .changes = changes};
