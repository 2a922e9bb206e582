// SPDX-License-Identifier: AGPL-3.0-or-later
/* Which parts a village uses: the others are put away. */
#include "server/web/act.h"
#include "server/web/audit.h"
#include "server/web/feature.h"
#include "tenants/village/staff/parts_sql.h"
#include "tenants/village/staff/parts_view.h"
#include "tenants/village/staff/staff_pages.h"

static bool is_in(struct str words, const char *name)
{
    struct str word;

    while (words.n > 0 && str_cut(&words, ',', &word))
        if (str_is(word, name))
            return true;
    return false;
}

enum rc parts_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct village_db *db;
    struct parts parts;
    struct parts_form form;
    struct buf body = {.arena = arena};
    struct parts_view v = {.boxes = {.p = ARENA_ARRAY(arena, struct check_view, PARTS_MAX)}};

    parts_read(req, &form);
    TRY(parts_fill(req, NULL, &v.form, err));
    TRY(request_village_db(req, &db, err));
    TRY(sql_parts_get(db, &parts, err));
    for (const struct feature *const *f = request_features(req); *f != NULL && v.boxes.n < PARTS_MAX; f++)
        if ((*f)->title != NULL)
            v.boxes.p[v.boxes.n++] = (struct check_view){.name = str_fmt(arena, "tampil_%s", (*f)->name),
                                                         .label = str_c((*f)->title),
                                                         .is_checked = !is_in(parts.hidden, (*f)->name)};
    view_parts(&body, &v);
    const struct page page = {.title = STR("Bagian yang dipakai"), .active = STR("/kantor/pengaturan"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

static bool is_shown(const struct parts_form *form, const char *name)
{
    for (size_t i = 0; i < form->shown.n; i++)
        if (str_is(form->shown.p[i].name, name))
            return true;
    return false;
}

enum rc parts_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct parts_form form = parts_got(req);
    struct parts stored;
    struct buf hidden = {.arena = request_arena(req)};
    struct audit row = request_audit(req, "village.parts", STR("identity:1"));

    for (const struct feature *const *f = request_features(req); *f != NULL; f++)
        if ((*f)->title != NULL && !is_shown(&form, (*f)->name))
            buf_fmt(&hidden, "%s%s", hidden.n > 0 ? "," : "", (*f)->name);
    struct str words = hidden.n > 0 ? buf_str(&hidden) : STR("");
    *go_to_out = STR("/kantor/pengaturan/bagian");
    TRY(sql_parts_get(in_txn(txn), &stored, err));
    if (str_eq(stored.hidden, words)) {
        act_say(req, ACT_UNCHANGED);
        return RC_OK;
    }
    TRY(sql_parts_set(txn, words, NULL, err));
    request_hiding_changed(req);
    row.detail = str_fmt(request_arena(req), "{\"hidden\":\"%.*s\"}", STR_ARG(words));
    act_say(req, "Tersimpan");
    TRY(audit_put(txn, &row, err));
    return act_touch(txn, ACT_PAGES, err);
}
