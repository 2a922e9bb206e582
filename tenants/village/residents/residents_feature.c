// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/web/feature.h"
#include "tenants/village/residents/change.h"
#include "tenants/village/residents/export.h"
#include "tenants/village/residents/import.h"
#include "tenants/village/residents/papers.h"
#include "tenants/village/residents/residents.h"

static enum rc make_export(const struct job *job, struct err *err)
{
    const struct export_job export = {.id = job->lease->subject, .now = job->now, .zone = job->village->zone};

    return export_make(job->db, &export, err);
}

static enum rc make_photo(const struct job *job, struct err *err)
{
    return resident_photo_make(job->db, job->lease->subject, job->now, err);
}

static struct import_job import_of(const struct job *job)
{
    return (struct import_job){.batch_id = job->lease->subject,
                               .village_code = job->village->code,
                               .now = job->now,
                               .today = utc_date(job->now, job->village->zone),
                               .memory = job->memory};
}

static enum rc check_import(const struct job *job, struct err *err)
{
    struct import_job import = import_of(job);

    return import_check(job->db, &import, err);
}

static enum rc commit_import(const struct job *job, struct err *err)
{
    struct import_job import = import_of(job);

    return import_commit(job->db, &import, err);
}

static const struct job_row jobs[] = {
    {JOB_CHECK_IMPORT, 300, "CHECK_IMPORT", "Memeriksa berkas penduduk", check_import},
    {JOB_COMMIT_IMPORT, 300, "COMMIT_IMPORT", "Menyimpan data penduduk", commit_import},
    {JOB_EXPORT, 300, "EXPORT", "Membuat berkas unduhan", make_export},
    {JOB_MAKE_PHOTO, 60, "MAKE_PHOTO", "Menyiapkan foto warga", make_photo},
    {0},
};

static void *memory_make(struct arena *arena)
{
    return import_memory_new(arena);
}

static void memory_tidy(void *memory, utc_us now)
{
    import_memory_tidy(memory, now);
}

static const struct job_memory memory = {memory_make, memory_tidy};

static enum rc tidy(const struct job *job, struct err *err)
{
    return export_tidy(job->db, job->now, err);
}

static const struct site_routes more[] = {{SITE_VILLAGE, change_routes}, {SITE_VILLAGE, import_routes}, {0}};

static const struct menu_row menu[] = {
    {MENU_PEOPLE, MAY_READ_RESIDENTS, "/kantor/penduduk", "Penduduk", "users"},
    {MENU_PEOPLE, MAY_IMPORT_RESIDENTS, "/kantor/penduduk/impor", "Impor", "file-spreadsheet"},
    {0},
};

const struct feature residents_feature = {
    .name = "residents", .routes = residents_routes, .elsewhere = more, .menu = menu, .jobs = jobs, .memory = &memory, .tidy = tidy};
