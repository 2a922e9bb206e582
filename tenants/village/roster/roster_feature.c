// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/web/feature.h"
#include "tenants/village/roster/export.h"
#include "tenants/village/roster/roster.h"

static enum rc make_export(const struct job *job, struct err *err)
{
    const struct export_job export = {.id = job->lease->subject, .now = job->now, .zone = job->village->zone};

    return export_make(job->db, &export, err);
}

static const struct job_row jobs[] = {
    {JOB_EXPORT, 300, "EXPORT", "Membuat berkas unduhan", make_export},
    {0},
};

static enum rc tidy(const struct job *job, struct err *err)
{
    return export_tidy(job->db, job->now, err);
}

static const struct menu_row menu[] = {
    {MENU_PEOPLE, MAY_READ_RESIDENTS, "/kantor/penduduk", "Penduduk", "users"},
    {0},
};

const struct feature roster_feature = {.name = "roster", .routes = roster_routes, .menu = menu, .jobs = jobs, .tidy = tidy};
