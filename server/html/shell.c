// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/html/shell.h"

#include "server/base/text.h"
#include "server/html/shell_views.h"
#include "server/html/shell_view.h"

/* The eight accents and their dark tone, for the browser's own bars. */
static const struct {
    struct str name, dark;
} accents[] = {
    {STR_INIT("teluk"), STR_INIT("#06363F")},    {STR_INIT("tarum"), STR_INIT("#1C2A57")},   {STR_INIT("sagu"), STR_INIT("#123B24")},
    {STR_INIT("mengkudu"), STR_INIT("#5C190F")}, {STR_INIT("cengkih"), STR_INIT("#46250F")}, {STR_INIT("kakao"), STR_INIT("#451829")},
    {STR_INIT("manggis"), STR_INIT("#381D53")},  {STR_INIT("arang"), STR_INIT("#23221F")},
};

static struct str kind_accent(enum shell_kind kind)
{
    if (kind == SHELL_KELOLA)
        return STR("arang");
    return kind == SHELL_DPMD ? STR("tarum") : STR("teluk");
}

/* An unknown word gets the first accent, so that no page is without colours. */
static void choose_accent(struct shell_view *view)
{
    struct str wanted = str_empty(view->s->accent) ? kind_accent(view->s->kind) : view->s->accent;
    size_t chosen = 0;

    for (size_t i = 0; i < COUNT_OF(accents); i++)
        if (str_eq(accents[i].name, wanted))
            chosen = i;
    view->accent = accents[chosen].name;
    view->theme_colour = accents[chosen].dark;
}

static struct shell_items items(struct arena *arena, const struct shell *shell, struct shell_navs navs)
{
    struct shell_items list = {ARENA_ARRAY(arena, struct shell_item, navs.n), navs.n};
    const char *group = "";

    for (size_t i = 0; i < navs.n; i++) {
        const struct shell_nav *nav = &navs.p[i];
        bool is_new_group = nav->group != NULL && strcmp(nav->group, group) != 0;

        list.p[i] = (struct shell_item){
            .href = nav->href,
            .label = nav->label,
            .icon = nav->icon,
            .group = is_new_group ? nav->group : NULL,
            .badge = nav->badge,
            .is_active = !str_empty(shell->active) && str_is(shell->active, nav->href),
            .is_way_in = str_is(str_c(nav->href), "/masuk"),
        };
        if (is_new_group)
            group = nav->group;
    }
    return list;
}

static void cut_address(struct arena *arena, struct shell_view *view)
{
    struct str rest = view->s->address, line;
    size_t lines = 1;

    if (str_empty(rest))
        return;
    for (size_t i = 0; i < rest.n; i++)
        lines += rest.p[i] == '\n';
    view->address.p = ARENA_ARRAY(arena, struct str, lines);
    while (view->address.n < lines && str_cut(&rest, '\n', &line))
        view->address.p[view->address.n++] = line;
}

static struct str home(const struct shell *shell)
{
    if (!str_empty(shell->home_href))
        return shell->home_href;
    return shell->kind == SHELL_OFFICE ? STR("/kantor") : STR("/");
}

/* In the tab and on the card: "Layanan surat · Desa Sampano"; the home is named as the site. */
static struct str whole_title(struct arena *arena, const struct shell *shell)
{
    if (str_empty(shell->title) || str_empty(shell->name) || str_eq(shell->title, shell->name))
        return str_empty(shell->name) ? shell->title : shell->name;
    return str_fmt(arena, "%.*s · %.*s", STR_ARG(shell->title), STR_ARG(shell->name));
}

void shell_page(struct buf *out, const struct shell *shell)
{
    struct arena *arena = out->arena;
    struct shell_view view = {
        .s = shell,
        .home_href = home(shell),
        .sign_out = str_empty(shell->sign_out) ? STR("/keluar") : shell->sign_out,
        .guard = {.csrf = shell->csrf, .once = shell->once},
        .is_signed_in = !str_empty(shell->user_name),
        .is_office_style = shell->kind != SHELL_PUBLIC && shell->kind != SHELL_PLATFORM && shell->kind != SHELL_BARE &&
                           shell->kind != SHELL_KIOSK,
        .is_kiosk = shell->kind == SHELL_KIOSK,
        .is_hidden = str_empty(shell->canonical) || shell->is_noindex,
        .whole_title = whole_title(arena, shell),
        .initials = str_empty(shell->initials) ? text_initials(arena, shell->user_name) : shell->initials,
        .nav = items(arena, shell, shell->nav),
        .footer = items(arena, shell, shell->footer),
    };

    choose_accent(&view);
    cut_address(arena, &view);
    switch (shell->kind) {
    case SHELL_OFFICE:
        view_shell_office(out, &view);
        return;
    case SHELL_KELOLA:
    case SHELL_DPMD:
        view_shell_console(out, &view);
        return;
    case SHELL_KIOSK:
        view_shell_kiosk(out, &view);
        return;
    case SHELL_BARE:
        view_shell_bare(out, &view);
        return;
    case SHELL_PLATFORM:
    case SHELL_PUBLIC:
        view_shell_public(out, &view);
        return;
    }
}
