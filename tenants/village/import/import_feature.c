// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/web/feature.h"
#include "tenants/village/import/import.h"

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

static enum rc tidy(const struct job *job, struct err *err)
{
    return import_tidy(job->db, job->now, err);
}

static const struct job_row jobs[] = {
    {JOB_CHECK_IMPORT, 300, "CHECK_IMPORT", "Memeriksa berkas penduduk", check_import, 0},
    {JOB_COMMIT_IMPORT, 300, "COMMIT_IMPORT", "Menyimpan data penduduk", commit_import, 0},
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

static const struct menu_row menu[] = {
    {MENU_PEOPLE, MAY_IMPORT_RESIDENTS, "/kantor/penduduk/impor", "Impor", "file-spreadsheet"},
    {0},
};

static const struct permission_row permissions[] = {{MAY_IMPORT_RESIDENTS, "Mengimpor data penduduk dari berkas", MAY_READ_RESIDENTS}, {0}};

static const struct book *const books[] = {&import_faults_book, NULL};

static const struct said_word changes[] = {{"import", "Impor berkas penduduk", NULL}, {0}};

const struct feature import_feature = {.name = "import",
                                       .permissions = permissions,
                                       .routes = import_routes,
                                       .menu = menu,
                                       .jobs = jobs,
                                       .books = books,
                                       .changes = changes,
                                       .memory = &memory,
                                       .tidy = tidy};
