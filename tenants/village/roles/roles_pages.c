// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/roles/roles_pages.h"

#include "server/base/json.h"
#include "server/base/random.h"
#include "server/register/change.h"
#include "server/web/act.h"
#include "server/web/audit.h"
#include "server/web/feature.h"
#include "tenants/village/roles/roles_rules.h"
#include "tenants/village/roles/roles_sql.h"
#include "tenants/village/roles/roles_view.h"

enum { WORD_SIGNS = 10 };

#define SET_VILLAGE_BOX "izin_set_village"

bool role_is_open(const struct request *req, struct str word, uint64_t may)
{
    return role_may_open(word, may, request_actor(req)->role, request_actor(req)->may);
}

enum rc roles_all(struct village_db *db, struct village_roles *out, struct err *err)
{
    struct role_row_rows rows;

    TRY(sql_role_list(db, &rows, err));
    *out = (struct village_roles){ARENA_ARRAY(village_db_arena(db), struct village_role, rows.n), rows.n};
    for (size_t i = 0; i < rows.n; i++)
        out->p[i] = (struct village_role){.id = rows.p[i].id,
                                          .word = rows.p[i].word,
                                          .label = rows.p[i].label,
                                          .may = staff_permissions(rows.p[i].permissions),
                                          .staff = rows.p[i].staff,
                                          .is_builtin = rows.p[i].is_builtin};
    return RC_OK;
}

/* ---- who changed which right ---- */

static enum rc name_of(struct request *req, struct village_db *db, uint64_t id, struct str *name_out, struct err *err)
{
    struct role_one role;

    TRY(sql_role_get(db, id, &role, err));
    if (!role_is_open(req, role.word, staff_permissions(role.permissions)))
        return fail(err, RC_FORBIDDEN, "a role that only a head looks into");
    *name_out = role.label;
    return RC_OK;
}

const struct keeper roles_keeper = {.owner = "role", .home = "/kantor/pengaturan/peran", .name = name_of};

/* {"Nama peran":["Juru surat","Juru arsip"],"Menulis surat":["Tidak","Ya"]}: what differs. */
static enum rc role_diff(struct request *req, const struct role_edit_form *before, const struct role_edit_form *after, uint64_t had,
                         uint64_t has, struct str *out, struct err *err)
{
    struct arena *arena = request_arena(req);
    json_t *diff;

    TRY(json_read(arena, role_edit_diff(arena, before, after), &diff, err));
    for (const struct feature *const *f = request_features(req); *f != NULL; f++)
        for (const struct permission_row *row = (*f)->permissions; row != NULL && row->permission != 0; row++)
            if (set_may(had ^ has, row->permission))
                json_object_set_new(
                    diff, row->label,
                    json_pack("[s, s]", set_may(had, row->permission) ? "Ya" : "Tidak", set_may(has, row->permission) ? "Ya" : "Tidak"));
    *out = json_write(arena, diff);
    return RC_OK;
}

/* ---- the list ---- */

/* "Melihat data penduduk, menulis surat" */
static struct str holds_words(const struct request *req, uint64_t may)
{
    struct buf out = {.arena = request_arena(req)};

    for (const struct feature *const *f = request_features(req); *f != NULL; f++)
        for (const struct permission_row *row = (*f)->permissions; row != NULL && row->permission != 0; row++)
            if (set_may(may, row->permission))
                buf_fmt(&out, "%s%s", out.n > 0 ? "; " : "", row->label);
    return out.n > 0 ? buf_str(&out) : STR("Masuk ke kantor saja");
}

enum rc role_list_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct village_db *db;
    struct village_roles roles;
    struct buf body = {.arena = arena};
    struct roles_see_form asked;
    struct role_list_view v = {0};

    roles_see_read(req, &asked);
    v.is_saved = asked.is_saved;
    TRY(request_village_db(req, &db, err));
    TRY(roles_all(db, &roles, err));
    v.lines.p = ARENA_ARRAY(arena, struct role_line, roles.n);
    v.lines.n = roles.n;
    for (size_t i = 0; i < roles.n; i++)
        v.lines.p[i] = (struct role_line){.href = str_fmt(arena, "/kantor/pengaturan/peran/%" PRIu64, roles.p[i].id),
                                          .label = roles.p[i].label,
                                          .holds = holds_words(req, roles.p[i].may),
                                          .accounts = str_fmt(arena, "%" PRIu32, roles.p[i].staff),
                                          .is_closed = !role_is_open(req, roles.p[i].word, roles.p[i].may)};
    view_role_list(&body, &v);
    const struct page page = {.title = STR("Peran petugas"), .active = STR("/kantor/pengaturan"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

/* ---- one role ---- */

/* What the form asks for: boxes izin_WORD. */
static uint64_t asked_of(struct request *req, const struct role_edit_form *form)
{
    struct buf words = {.arena = request_arena(req)};

    for (size_t i = 0; i < form->asked.n; i++)
        buf_fmt(&words, "%.*s,", STR_ARG(form->asked.p[i].name));
    return staff_permissions(words.n > 0 ? buf_str(&words) : STR(""));
}

static void put_boxes(struct request *req, uint64_t checked, struct role_edit_view *v)
{
    struct arena *arena = request_arena(req);

    v->boxes.p = ARENA_ARRAY(arena, struct role_box, PERMISSION_COUNT);
    for (const struct feature *const *f = request_features(req); *f != NULL; f++)
        for (const struct permission_row *row = (*f)->permissions; row != NULL && row->permission != 0; row++)
            v->boxes.p[v->boxes.n++] = (struct role_box){
                .name = str_fmt(arena, "izin_%.*s", STR_ARG(str_lower(arena, str_c(permission_name(row->permission))))),
                .label = str_c(row->label),
                .is_checked = set_may(checked, row->permission),
                .is_closed = !request_may(req, row->permission)};
}

enum rc role_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct village_db *db;
    struct role_one role = {.label = STR(""), .permissions = STR("")};
    struct role_edit_form form;
    struct buf body = {.arena = arena};
    uint64_t oldest;

    role_edit_read(req, &form);
    TRY(request_village_db(req, &db, err));
    if (form.id != 0)
        TRY(sql_role_get(db, form.id, &role, err));
    uint64_t may = staff_permissions(role.permissions);
    if (!role_is_open(req, role.word, may))
        return fail(err, RC_FORBIDDEN, "a role that only a head changes");
    struct role_edit_view v = {
        .title = form.id != 0 ? str_fmt(arena, "Peran: %.*s", STR_ARG(role.label)) : STR("Tambah peran"),
        .action = request_path(req),
        .holds = holds_words(req, may),
        .fault = request_fault_of(req, SET_VILLAGE_BOX),
    };
    const struct role_edit_form stored = {.id = form.id, .version = role.version, .label = role.label};
    TRY(role_edit_fill(req, &stored, &v.form, err));
    if (form.id != 0) {
        TRY(history_show(req, db, &roles_keeper, form.id, 0, &v.history, &oldest, err));
        if (oldest != 0)
            v.history.more_href = str_fmt(arena, "%s/%" PRIu64 "/jejak?sebelum=%" PRIu64, roles_keeper.home, form.id, oldest);
    }
    put_boxes(req, v.form.is_sent ? role_after(may, asked_of(req, &form), request_actor(req)->may) : may, &v);
    view_role_edit(&body, &v);
    const struct page page = {.title = STR("Peran petugas"), .active = STR("/kantor/pengaturan"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

/* ---- saving ---- */

/* What is said of it in the trail and in the history: permissions, nothing of a person. */
static enum rc role_noted(struct txn *txn, struct request *req, const struct role_one *before, const struct role_edit_form *form,
                          uint64_t id, struct str words, struct err *err)
{
    struct arena *arena = request_arena(req);
    bool is_new = before->id == 0;
    struct audit row = request_audit(req, is_new ? "role.add" : "role.change", str_fmt(arena, "role:%" PRIu64, id));
    const struct role_edit_form was = {.label = before->label};
    struct change change = {
        .owner = roles_keeper.owner, .owner_id = id, .kind = is_new ? STR("add") : STR("edit"), .version = before->version + 1};

    TRY(role_diff(req, &was, form, staff_permissions(before->permissions), staff_permissions(words), &change.diff, err));
    TRY(change_put(txn, req, &change, err));
    row.detail = str_fmt(arena, "{\"before\":\"%.*s\",\"after\":\"%.*s\"}", STR_ARG(before->permissions), STR_ARG(words));
    return audit_put(txn, &row, err);
}

static enum rc role_add(struct txn *txn, struct request *req, const struct role_edit_form *form, struct err *err)
{
    struct arena *arena = request_arena(req);
    const struct role_one none = {.label = STR(""), .permissions = STR("")};
    struct str words = permission_words(arena, role_after(0, asked_of(req, form), request_actor(req)->may));
    uint64_t id;

    TRY(sql_role_add(txn, str_fmt(arena, "x-%.*s", STR_ARG(random_word(arena, WORD_SIGNS))), form->label, words, &id, err));
    return role_noted(txn, req, &none, form, id, words, err);
}

static enum rc role_change(struct txn *txn, struct request *req, const struct role_edit_form *form, struct err *err)
{
    struct role_one role;
    struct role_setters setters;

    TRY(sql_role_lock(txn, form->id, &role, err));
    uint64_t before = staff_permissions(role.permissions);
    if (!role_is_open(req, role.word, before))
        return fail(err, RC_FORBIDDEN, "a role that only a head changes");
    TRY(act_seen(req, role.version, err));
    uint64_t after = role_after(before, asked_of(req, form), request_actor(req)->may);
    struct str words = permission_words(request_arena(req), after);
    TRY(sql_role_set(txn, role.id, form->label, words, NULL, err));
    TRY(sql_role_setters(txn, &setters, err));
    const char *fault = role_change_fault(role.word, after, setters.n);
    if (fault != NULL)
        return act_refuse(req, err, SET_VILLAGE_BOX, "%s", fault);
    return role_noted(txn, req, &role, form, role.id, words, err);
}

enum rc role_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    struct role_edit_form form;
    struct role_named named;
    bool is_taken;

    role_edit_read(req, &form);
    TRY(sql_role_named(txn, form.label, &named, &is_taken, err));
    if (is_taken && named.id != form.id)
        return act_refuse(req, err, ROLE_EDIT_LABEL, "Nama peran ini sudah dipakai. Pilih yang lain.");
    *go_to_out = STR("/kantor/pengaturan/peran?tersimpan=1");
    return form.id != 0 ? role_change(txn, req, &form, err) : role_add(txn, req, &form, err);
}
