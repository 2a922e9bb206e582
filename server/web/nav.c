// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/web/nav.h"

/* A new page of the office or a console gets its line here. */
static const struct nav_row {
    enum shell_kind kind;
    enum permission permission;
    struct shell_nav nav;
} rows[] = {
    {SHELL_PUBLIC, MAY_VISIT, {.href = "/", .label = "Beranda", .icon = "house"}},
    {SHELL_PUBLIC, MAY_VISIT, {.href = "/layanan", .label = "Layanan", .icon = "file-text"}},
    {SHELL_PUBLIC, MAY_VISIT, {.href = "/masuk", .label = "Masuk", .icon = "log-in"}},

    {SHELL_PLATFORM, MAY_VISIT, {.href = "/", .label = "Daftar desa", .icon = "house"}},
    {SHELL_PLATFORM, MAY_VISIT, {.href = "/periksa", .label = "Periksa surat", .icon = "search-check"}},

    {SHELL_OFFICE, MAY_BE_STAFF, {.href = "/kantor", .label = "Beranda", .icon = "house"}},
    {SHELL_OFFICE, MAY_READ_LETTERS, {.href = "/kantor/surat", .label = "Surat", .icon = "file-text"}},
    {SHELL_OFFICE, MAY_RETURN_LETTERS, {.href = "/kantor/persetujuan", .label = "Persetujuan", .icon = "signature"}},
    {SHELL_OFFICE, MAY_READ_RESIDENTS, {.href = "/kantor/penduduk", .label = "Penduduk", .icon = "users"}},
    {SHELL_OFFICE, MAY_READ_RESIDENTS, {.href = "/kantor/keluarga", .label = "Keluarga", .icon = "house-plus"}},
    {SHELL_OFFICE, MAY_READ_RESIDENTS, {.href = "/kantor/peristiwa", .label = "Peristiwa", .icon = "calendar-heart"}},
    {SHELL_OFFICE, MAY_IMPORT_RESIDENTS, {.href = "/kantor/penduduk/impor", .label = "Impor", .icon = "file-spreadsheet"}},
    {SHELL_OFFICE, MAY_READ_RESIDENTS, {.href = "/kantor/statistik", .label = "Statistik", .icon = "chart-column"}},
    {SHELL_OFFICE, MAY_EDIT_RESIDENTS, {.href = "/kantor/anjungan", .label = "Anjungan", .icon = "monitor-smartphone"}},
    {SHELL_OFFICE, MAY_SEE_JOBS, {.href = "/kantor/pekerjaan", .label = "Pekerjaan mesin", .icon = "list-checks"}},
    {SHELL_OFFICE, MAY_SET_VILLAGE, {.href = "/kantor/pengaturan", .label = "Pengaturan", .icon = "settings"}},

    {SHELL_KELOLA, MAY_MANAGE_VILLAGES, {.href = "/", .label = "Desa", .icon = "house"}},
    {SHELL_KELOLA, MAY_MANAGE_VILLAGES, {.href = "/pekerjaan", .label = "Pekerjaan", .icon = "list-checks"}},

    {SHELL_DPMD, MAY_READ_REGENCY, {.href = "/", .label = "Desa", .icon = "house"}},
    {SHELL_DPMD, MAY_READ_REGENCY, {.href = "/kecamatan", .label = "Kecamatan", .icon = "map"}},
    {SHELL_DPMD, MAY_READ_REGENCY, {.href = "/arti", .label = "Arti angka", .icon = "circle-question-mark"}},
};

struct shell_navs nav_of(const struct request *req, enum shell_kind kind)
{
    struct shell_nav *list = ARENA_ARRAY(req->arena, struct shell_nav, COUNT_OF(rows));
    size_t n = 0;

    for (size_t i = 0; i < COUNT_OF(rows); i++)
        if (rows[i].kind == kind && role_may(req->actor.role, rows[i].permission))
            list[n++] = rows[i].nav;
    return (struct shell_navs){list, n};
}

struct shell_navs nav_footer(const struct request *req, enum shell_kind kind)
{
    struct arena *arena = req->arena;
    struct str origin = platform_origin(req);
    struct shell_nav *list;

    if (kind != SHELL_PUBLIC && kind != SHELL_PLATFORM)
        return (struct shell_navs){0};
    list = ARENA_ARRAY(arena, struct shell_nav, 3);
    list[0] = (struct shell_nav){.href = str_z(arena, str_fmt(arena, "%.*s/periksa", STR_ARG(origin))), .label = "Cek keaslian surat"};
    list[1] = (struct shell_nav){.href = str_z(arena, str_fmt(arena, "%.*s/", STR_ARG(origin))), .label = "Semua desa"};
    list[2] = (struct shell_nav){.href = "/layanan", .label = "Layanan surat"};
    return (struct shell_navs){list, kind == SHELL_PUBLIC ? 3 : 2};
}

struct str nav_search(const struct request *req)
{
    return role_may(req->actor.role, MAY_READ_RESIDENTS) ? STR("/kantor/penduduk") : STR_NONE;
}
