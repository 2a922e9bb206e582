// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/web/feature.h"
#include "server/web/village.h"
#include "tenants/village/office/office.h"
#include "workers/queue/lease.h"

static enum rc tasks(struct request *req, struct tasks *out, struct err *err)
{
    struct village_db *db;
    struct queue_depth depth;

    if (!request_may(req, MAY_SEE_JOBS))
        return RC_OK;
    TRY(request_village_db(req, &db, err));
    TRY(queue_depth(db, &depth, err));
    task_put(out, (struct task){.count = depth.dead,
                                .title = "Pekerjaan berhenti sebelum selesai",
                                .note = "Sudah dicoba berulang kali oleh mesin",
                                .tone = "merah",
                                .icon = "circle-alert",
                                .tag = "Perlu dilihat",
                                .href = "/kantor/pekerjaan",
                                .menu = "/kantor/pekerjaan",
                                .button = "Lihat",
                                .is_for_me = true});
    return RC_OK;
}

static const struct menu_row menu[] = {
    {MENU_HOME, MAY_BE_STAFF, "/kantor", "Beranda", "house"},
    {MENU_OFFICE, MAY_SEE_JOBS, "/kantor/pekerjaan", "Pekerjaan sistem", "list-checks"},
    {0},
};

static const struct permission_row permissions[] = {{MAY_SEE_JOBS, "Melihat antrean kerja yang berhenti", MAY_NOTHING}, {0}};

const struct feature office_feature = {.name = "office", .permissions = permissions, .routes = office_routes, .menu = menu, .tasks = tasks};
