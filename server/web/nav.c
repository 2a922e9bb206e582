// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/web/nav.h"

#include "server/web/feature.h"
#include "server/web/waiting.h"

static const struct {
    enum shell_kind kind;
    enum menu_group group;
    const char *heading;
} groups[] = {
    {SHELL_OFFICE, MENU_HOME, NULL},    {SHELL_OFFICE, MENU_SERVICE, "Pelayanan"}, {SHELL_OFFICE, MENU_PEOPLE, "Kependudukan"},
    {SHELL_OFFICE, MENU_BOOKS, "Buku"}, {SHELL_OFFICE, MENU_SITE, "Situs desa"},   {SHELL_OFFICE, MENU_OFFICE, "Kantor"},
    {SHELL_PUBLIC, MENU_PUBLIC, NULL},  {SHELL_PLATFORM, MENU_PLATFORM, NULL},     {SHELL_KELOLA, MENU_KELOLA, NULL},
    {SHELL_DPMD, MENU_DPMD, NULL},
};

enum { MENU_MAX = 120 };

const char *menu_group_heading(enum menu_group group)
{
    for (size_t i = 0; i < COUNT_OF(groups); i++)
        if (groups[i].group == group)
            return groups[i].heading;
    return NULL;
}

static void put_group(struct request *req, size_t group, bool may_ask, struct shell_nav *list, size_t *n)
{
    for (const struct feature *const *f = request_features(req); *f != NULL; f++)
        for (const struct menu_row *row = (*f)->menu; row != NULL && row->group != 0 && !feature_is_hidden(req, *f, may_ask); row++)
            if (row->group == groups[group].group && request_may(req, row->permission) && *n < MENU_MAX)
                list[(*n)++] = (struct shell_nav){row->href, row->label, row->icon, groups[group].heading, 0};
}

struct shell_navs nav_of(struct request *req, enum shell_kind kind, bool may_ask)
{
    struct shell_nav *list = ARENA_ARRAY(req->arena, struct shell_nav, MENU_MAX);
    size_t n = 0;

    for (size_t i = 0; i < COUNT_OF(groups); i++)
        if (groups[i].kind == kind)
            put_group(req, i, may_ask, list, &n);
    if (kind == SHELL_OFFICE)
        waiting_badges(req, list, n, may_ask);
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
    return request_may(req, MAY_READ_RESIDENTS) ? STR("/kantor/temukan") : STR_NONE;
}

struct str nav_calls(struct request *req)
{
    return request_may(req, MAY_EDIT_RESIDENTS) && !request_hides(req, "kiosk") ? STR("/kantor/anjungan/panggilan") : STR_NONE;
}
