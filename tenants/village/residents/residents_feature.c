// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/web/feature.h"
#include "tenants/village/residents/change.h"
#include "tenants/village/residents/papers.h"
#include "tenants/village/residents/residents.h"

static enum rc make_photo(const struct job *job, struct err *err)
{
    return resident_photo_make(job->db, job->lease->subject, job->now, err);
}

static const struct job_row jobs[] = {
    {JOB_MAKE_PHOTO, 60, "MAKE_PHOTO", "Menyiapkan foto warga", make_photo},
    {0},
};

static const struct site_routes more[] = {{SITE_VILLAGE, change_routes}, {0}};

static const struct permission_row permissions[] = {
    {MAY_READ_RESIDENTS, "Melihat data penduduk"},
    {MAY_EDIT_RESIDENTS, "Mengubah data penduduk, keluarga, dan peristiwa; mengatur anjungan"},
    {0}};

const struct feature residents_feature = {
    .name = "residents", .permissions = permissions, .routes = residents_routes, .elsewhere = more, .jobs = jobs};
