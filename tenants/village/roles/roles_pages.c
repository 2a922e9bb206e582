// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/roles/roles_pages.h"

#include "server/base/random.h"
#include "server/web/audit.h"
#include "server/web/feature.h"
#include "tenants/village/roles/roles_rules.h"
#include "tenants/village/roles/roles_sql.h"
#include "tenants/village/roles/roles_view.h"

enum { WORD_SIGNS = 10 };

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
    struct role_list_view v = {.is_saved = input_flag(req, "tersimpan")};

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
static uint64_t asked_of(struct request *req)
{
    struct input_pairs pairs = input_prefixed(req, "izin_");
    struct buf words = {.arena = request_arena(req)};

    for (size_t i = 0; i < pairs.n; i++)
        buf_fmt(&words, "%.*s,", STR_ARG(pairs.p[i].name));
    return staff_permissions(words.n > 0 ? buf_str(&words) : STR(""));
}

static size_t count_boxes(const struct request *req)
{
    size_t n = 0;

    for (const struct feature *const *f = request_features(req); *f != NULL; f++)
        for (const struct permission_row *row = (*f)->permissions; row != NULL && row->permission != 0; row++)
            n++;
    return n;
}

static void put_boxes(struct request *req, uint64_t checked, struct role_edit_view *v)
{
    struct arena *arena = request_arena(req);

    v->boxes.p = ARENA_ARRAY(arena, struct role_box, count_boxes(req));
    for (const struct feature *const *f = request_features(req); *f != NULL; f++)
        for (const struct permission_row *row = (*f)->permissions; row != NULL && row->permission != 0; row++)
            v->boxes.p[v->boxes.n++] = (struct role_box){
                .name = str_fmt(arena, "izin_%.*s", STR_ARG(str_lower(arena, str_c(permission_name(row->permission))))),
                .label = str_c(row->label),
                .is_checked = set_may(checked, row->permission),
                .is_closed = !request_may(req, row->permission)};
}

/* role NULL: a new one. is_sent: with what was typed. */
static enum rc edit_respond(struct request *req, struct response *resp, const struct role_one *role, bool is_sent, struct str changed,
                            struct err *err)
{
    struct arena *arena = request_arena(req);
    struct buf body = {.arena = arena};
    uint64_t before = role != NULL ? staff_permissions(role->permissions) : 0;
    struct role_edit_view v = {
        .guard = request_form_guard(req),
        .faults = *request_faults(req),
        .title = role != NULL ? str_fmt(arena, "Peran: %.*s", STR_ARG(role->label)) : STR("Tambah peran"),
        .action = request_path(req),
        .changed = changed,
        .version = role != NULL ? role->version : 0,
        .label = input_box(
            req, is_sent,
            (struct field_view){.name = STR("nama"), .label = STR("Nama peran"), .value = role != NULL ? role->label : STR("")}),
    };

    put_boxes(req, is_sent ? role_after(before, asked_of(req), request_actor(req)->may) : before, &v);
    view_role_edit(&body, &v);
    const struct page page = {.title = STR("Peran petugas"), .active = STR("/kantor/pengaturan"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

static enum rc read_role(struct request *req, struct role_one *out, struct err *err)
{
    struct village_db *db;

    TRY(request_village_db(req, &db, err));
    TRY(sql_role_get(db, input_u64(req, "id"), out, err));
    if (!role_is_open(req, out->word, staff_permissions(out->permissions)))
        return fail(err, RC_FORBIDDEN, "a role that only a head changes");
    return RC_OK;
}

enum rc role_add_page(struct request *req, struct response *resp, struct err *err)
{
    return edit_respond(req, resp, NULL, false, STR(""), err);
}

enum rc role_page(struct request *req, struct response *resp, struct err *err)
{
    struct role_one role;

    TRY(read_role(req, &role, err));
    return edit_respond(req, resp, &role, false, STR(""), err);
}

/* ---- saving ---- */

struct role_ctx {
    struct request *req;
    const char *fault; /* why the change is refused */
};

/* {"before":"…","after":"…","label":"…"}: words of permissions, nothing of a person. */
static struct audit role_audit(struct request *req, const char *action, uint64_t id, struct str before, struct str after)
{
    struct arena *arena = request_arena(req);
    struct audit row = request_audit(req, action, str_fmt(arena, "role:%" PRIu64, id));

    row.detail = str_fmt(arena, "{\"before\":\"%.*s\",\"after\":\"%.*s\"}", STR_ARG(before), STR_ARG(after));
    return row;
}

static enum rc add_body(struct txn *txn, void *arg, struct str *go_to_out, struct err *err)
{
    struct request *req = ((struct role_ctx *)arg)->req;
    struct arena *arena = request_arena(req);
    struct str words = permission_words(arena, role_after(0, asked_of(req), request_actor(req)->may));
    uint64_t id;

    TRY(sql_role_add(txn, str_fmt(arena, "x-%.*s", STR_ARG(random_word(arena, WORD_SIGNS))), input_str(req, "nama"), words, &id, err));
    const struct audit row = role_audit(req, "role.add", id, STR(""), words);
    *go_to_out = STR("/kantor/pengaturan/peran?tersimpan=1");
    return audit_put(txn, &row, err);
}

/* The duplicate is a name of another role. */
static enum rc answer_duplicate(struct request *req, struct response *resp, const struct role_one *role, struct err *err)
{
    request_fault(req, "nama", "Nama peran ini sudah dipakai. Pilih yang lain.");
    return edit_respond(req, resp, role, true, STR(""), err);
}

enum rc role_add_post(struct request *req, struct response *resp, struct err *err)
{
    struct role_ctx ctx = {.req = req};

    if (request_faults(req)->n > 0)
        return edit_respond(req, resp, NULL, true, STR(""), err);
    enum rc rc = village_act(req, resp, add_body, &ctx, err);
    return rc == RC_DUPLICATE ? answer_duplicate(req, resp, NULL, err) : rc;
}

static enum rc edit_body(struct txn *txn, void *arg, struct str *go_to_out, struct err *err)
{
    struct role_ctx *ctx = arg;
    struct request *req = ctx->req;
    struct role_one role;
    struct role_setters setters;

    TRY(sql_role_lock(txn, input_u64(req, "id"), &role, err));
    uint64_t before = staff_permissions(role.permissions);
    if (!role_is_open(req, role.word, before))
        return fail(err, RC_FORBIDDEN, "a role that only a head changes");
    if (role.version != input_u64(req, "versi"))
        return fail(err, RC_CONFLICT, "the role was changed by somebody else meanwhile");
    uint64_t after = role_after(before, asked_of(req), request_actor(req)->may);
    struct str words = permission_words(request_arena(req), after);
    TRY(sql_role_set(txn, role.id, input_str(req, "nama"), words, NULL, err));
    TRY(sql_role_setters(txn, &setters, err));
    ctx->fault = role_change_fault(role.word, after, setters.n);
    if (ctx->fault != NULL)
        return fail(err, RC_INVALID, "the village would be left without somebody who may set it");
    const struct audit row = role_audit(req, "role.change", role.id, role.permissions, words);
    *go_to_out = STR("/kantor/pengaturan/peran?tersimpan=1");
    return audit_put(txn, &row, err);
}

enum rc role_post(struct request *req, struct response *resp, struct err *err)
{
    struct role_ctx ctx = {.req = req};
    struct role_one role;

    TRY(read_role(req, &role, err));
    if (request_faults(req)->n > 0)
        return edit_respond(req, resp, &role, true, STR(""), err);
    enum rc rc = village_act(req, resp, edit_body, &ctx, err);
    if (rc == RC_DUPLICATE)
        return answer_duplicate(req, resp, &role, err);
    if (rc == RC_INVALID && ctx.fault != NULL) {
        request_fault(req, "izin_set_village", "%s", ctx.fault);
        return edit_respond(req, resp, &role, true, STR(""), err);
    }
    if (rc != RC_CONFLICT || role.version == input_u64(req, "versi"))
        return rc;
    response_status(resp, rc_http(RC_CONFLICT));
    return edit_respond(
        req, resp, &role, true,
        str_fmt(request_arena(req), "Tersimpan sekarang: %.*s.", STR_ARG(holds_words(req, staff_permissions(role.permissions)))), err);
}
