// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/web/feature.h"
#include "tenants/village/staff/crest.h"
#include "tenants/village/staff/staff.h"

static enum rc make_crest(const struct job *job, struct err *err)
{
    return village_crest_make(job->db, job->now, err);
}

static const struct job_row jobs[] = {{JOB_MAKE_CREST, 60, "MAKE_CREST", "Menyiapkan lambang desa", make_crest}, {0}};

static const struct menu_row menu[] = {{MENU_OFFICE, MAY_SET_VILLAGE, "/kantor/pengaturan", "Pengaturan", "settings"}, {0}};

static const struct permission_row permissions[] = {{MAY_SET_VILLAGE, "Mengatur desa, akun petugas, dan peran"}, {0}};

const struct feature staff_feature = {.name = "staff", .permissions = permissions, .routes = staff_routes, .menu = menu, .jobs = jobs};
