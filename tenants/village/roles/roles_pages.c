// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/roles/roles_pages.h"

#include <ctype.h>

#include "server/base/json.h"
#include "server/base/random.h"
#include "server/register/change.h"
#include "server/web/act.h"
#include "server/web/audit.h"
#include "server/web/feature.h"
#include "tenants/village/letters/letters.h"
#include "tenants/village/roles/roles_rules.h"
#include "tenants/village/roles/roles_sql.h"
#include "tenants/village/roles/roles_view.h"

enum { WORD_SIGNS = 10, HOLDS_SHOWN = 4 };

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
    struct role_shown role;

    TRY(sql_role_get(db, id, &role, err));
    if (!role_is_open(req, role.word, staff_permissions(role.permissions)))
        return fail(err, RC_FORBIDDEN, "a role that only a head looks into");
    *name_out = role.label;
    return RC_OK;
}

static struct str permission_word(struct arena *arena, enum permission permission)
{
    return str_lower(arena, str_c(permission_name(permission)));
}

/* Its name, or a permission's. */
static struct str label_of(const struct request *req, struct str word)
{
    for (const struct feature *const *f = request_features(req); *f != NULL; f++)
        for (const struct permission_row *row = (*f)->permissions; row != NULL && row->permission != 0; row++)
            if (str_eq(word, permission_word(request_arena(req), row->permission)))
                return str_c(row->label);
    return form_label(role_edit_input, word);
}

const struct keeper roles_keeper = {.owner = "role", .home = "/kantor/pengaturan/peran", .name = name_of, .label = label_of};

/* {"nama":["Juru surat","Juru arsip"],"write_letters":[false,true]}: what differs. */
static enum rc role_diff(struct request *req, const struct role_edit_form *before, const struct role_edit_form *after, uint64_t had,
                         uint64_t has, struct str *out, struct err *err)
{
    struct arena *arena = request_arena(req);
    json_t *diff;

    TRY(json_read(arena, role_edit_diff(arena, before, after), &diff, err));
    for (const struct feature *const *f = request_features(req); *f != NULL; f++)
        for (const struct permission_row *row = (*f)->permissions; row != NULL && row->permission != 0; row++)
            if (set_may(had ^ has, row->permission))
                json_object_set_new(diff, str_z(arena, permission_word(arena, row->permission)),
                                    json_pack("[b, b]", set_may(had, row->permission), set_may(has, row->permission)));
    *out = json_write(arena, diff);
    return RC_OK;
}

/* ---- the list ---- */

/* "Melihat data penduduk; menulis surat", and how many more beyond `most`. */
static struct str holds_words(const struct request *req, uint64_t may, size_t most)
{
    struct buf out = {.arena = request_arena(req)};
    size_t n = 0;

    for (const struct feature *const *f = request_features(req); *f != NULL; f++)
        for (const struct permission_row *row = (*f)->permissions; row != NULL && row->permission != 0; row++)
            if (set_may(may, row->permission) && n++ < most)
                buf_fmt(&out, "%s%c%s", out.n > 0 ? "; " : "", out.n > 0 ? tolower(row->label[0]) : row->label[0], row->label + 1);
    if (n > most)
        buf_fmt(&out, "; dan %zu izin lain", n - most);
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
    uint32_t accounts = 0;

    roles_see_read(req, &asked);
    if (!str_empty(asked.along))
        v.along = holds_words(req, staff_permissions(asked.along), PERMISSION_COUNT);
    TRY(request_village_db(req, &db, err));
    TRY(roles_all(db, &roles, err));
    v.used.p = ARENA_ARRAY(arena, struct role_line, roles.n);
    v.idle.p = ARENA_ARRAY(arena, struct role_line, roles.n);
    for (size_t i = 0; i < roles.n; i++)
        *(roles.p[i].staff > 0 ? &v.used.p[v.used.n++] : &v.idle.p[v.idle.n++]) = (struct role_line){
            .href = str_fmt(arena, "/kantor/pengaturan/peran/%" PRIu64, roles.p[i].id),
            .label = roles.p[i].label,
            .holds = holds_words(req, roles.p[i].may, HOLDS_SHOWN),
            .accounts = str_fmt(arena, "%" PRIu32, roles.p[i].staff),
            .is_closed = !role_is_open(req, roles.p[i].word, roles.p[i].may),
            .is_builtin = roles.p[i].is_builtin};
    for (size_t i = 0; i < roles.n; i++)
        accounts += roles.p[i].staff;
    v.summary = str_fmt(arena, "%zu peran, %" PRIu32 " akun aktif", roles.n, accounts);
    view_role_list(&body, &v);
    const struct page page = {.title = STR("Peran petugas"), .active = STR("/kantor/pengaturan"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

/* ---- one role ---- */

/* What the boxes izin_WORD ask for; words that are none are in *unknown_out. */
static uint64_t asked_of(const struct role_edit_form *form, struct str *unknown_out)
{
    uint64_t asked = staff_permissions(STR("")), none = asked;

    *unknown_out = STR("");
    for (size_t i = 0; i < form->asked.n; i++) {
        uint64_t one = staff_permissions(form->asked.p[i].name);

        if (one == none)
            *unknown_out = form->asked.p[i].name;
        asked |= one;
    }
    return asked;
}

/* A set with all that its permissions need. */
static uint64_t with_needs(const struct request *req, uint64_t set)
{
    uint64_t before;

    do {
        before = set;
        for (const struct feature *const *f = request_features(req); *f != NULL; f++)
            for (const struct permission_row *row = (*f)->permissions; row != NULL && row->permission != 0; row++)
                if (set_may(set, row->permission) && row->needs != MAY_NOTHING)
                    set |= UINT64_C(1) << row->needs;
    } while (set != before);
    return set;
}

/* What the role holds after the form; refused when this person may not give it, or when something is asked that there is not. */
static enum rc take_asked(struct request *req, const struct role_edit_form *form, struct str word, uint64_t *after_out, uint64_t *along_out,
                          struct err *err)
{
    struct str unknown;
    uint64_t asked = asked_of(form, &unknown), closed = 0;

    if (!str_empty(unknown))
        return act_refuse(req, err, SET_VILLAGE_BOX, "Tidak ada izin bernama %.*s. Muat ulang halaman ini, lalu pilih lagi.",
                          STR_ARG(unknown));
    *after_out = with_needs(req, asked);
    *along_out = *after_out & ~asked;
    for (int i = MAY_NOTHING + 1; i < PERMISSION_COUNT; i++)
        if (set_may(*after_out, (enum permission)i) && !role_is_open(req, word, UINT64_C(1) << i))
            closed |= UINT64_C(1) << i;
    if (closed != 0)
        return act_refuse(req, err, SET_VILLAGE_BOX,
                          "Izin ini hanya bisa diberikan kepala desa atau yang memilikinya: %.*s. Belum ada yang disimpan.",
                          STR_ARG(holds_words(req, closed, PERMISSION_COUNT)));
    return RC_OK;
}

static enum menu_group group_of(const struct request *req, const struct feature *of, const struct permission_row *permission)
{
    if (of->menu != NULL)
        return menu_group_heading(of->menu[0].group) != NULL ? of->menu[0].group : MENU_OFFICE;
    for (const struct feature *const *f = request_features(req); *f != NULL; f++)
        for (const struct menu_row *row = (*f)->menu; row != NULL && row->group != 0; row++)
            if (row->permission == permission->permission || row->permission == permission->needs)
                return row->group;
    return MENU_OFFICE;
}

static struct check_view box_of(struct request *req, const struct permission_row *row, struct str word, uint64_t checked)
{
    struct arena *arena = request_arena(req);
    bool is_closed = !role_is_open(req, word, UINT64_C(1) << row->permission);
    uint64_t needs = with_needs(req, UINT64_C(1) << row->permission) & ~(UINT64_C(1) << row->permission);

    return (struct check_view){.name = str_fmt(arena, "izin_%.*s", STR_ARG(str_lower(arena, str_c(permission_name(row->permission))))),
                               .label = str_c(row->label),
                               .hint = is_closed ? STR("Hanya bisa diatur kepala desa atau yang punya izin ini")
                                       : needs != 0
                                           ? str_fmt(arena, "Ikut diberikan: %.*s", STR_ARG(holds_words(req, needs, PERMISSION_COUNT)))
                                           : STR(""),
                               .is_checked = set_may(checked, row->permission) && !is_closed,
                               .is_closed = is_closed};
}

static void put_boxes(struct request *req, struct str word, uint64_t checked, struct role_edit_view *v)
{
    struct arena *arena = request_arena(req);

    v->groups.p = ARENA_ARRAY(arena, struct role_group, MENU_DPMD);
    for (enum menu_group g = MENU_SERVICE; g <= MENU_OFFICE; g++) {
        struct role_group *group = &v->groups.p[v->groups.n];

        *group = (struct role_group){.title = str_c(menu_group_heading(g)),
                                     .boxes = {.p = ARENA_ARRAY(arena, struct check_view, PERMISSION_COUNT)}};
        for (const struct feature *const *f = request_features(req); *f != NULL; f++)
            for (const struct permission_row *row = (*f)->permissions; row != NULL && row->permission != 0; row++)
                if (group_of(req, *f, row) == g)
                    group->boxes.p[group->boxes.n++] = box_of(req, row, word, checked);
        v->groups.n += group->boxes.n > 0;
    }
}

/* The house itself speaks of two roles; an account needs its role. */
static bool is_removable(struct str word, uint64_t accounts)
{
    return !str_eq(word, ROLE_HEAD) && !str_eq(word, ROLE_SECRETARY) && accounts == 0;
}

enum rc role_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct village_db *db;
    struct role_shown role = {.word = STR(""), .label = STR(""), .permissions = STR("")};
    struct role_edit_form form;
    struct buf body = {.arena = arena};
    struct str unknown;

    role_edit_read(req, &form);
    form.id |= role_remove_got(req).id; /* also after a removal that was refused */
    TRY(request_village_db(req, &db, err));
    if (form.id != 0)
        TRY(sql_role_get(db, form.id, &role, err));
    uint64_t may = staff_permissions(role.permissions);
    if (!role_is_open(req, role.word, may))
        return fail(err, RC_FORBIDDEN, "a role that only a head changes");
    struct role_edit_view v = {
        .title = form.id != 0 ? str_fmt(arena, "Peran: %.*s", STR_ARG(role.label)) : STR("Tambah peran"),
        .action = STR("/kantor/pengaturan/peran/tambah"),
        .holds = holds_words(req, may, PERMISSION_COUNT),
        .fault = request_fault_of(req, SET_VILLAGE_BOX),
    };
    const struct role_edit_form stored = {.id = form.id, .version = role.version, .label = role.label};
    TRY(role_edit_fill(req, &stored, &v.form, err));
    v.form.faults = *request_faults(req);
    if (form.id != 0) {
        v.action = str_fmt(arena, "%s/%" PRIu64, roles_keeper.home, form.id);
        v.about = role.accounts == 0 ? STR("Belum ada akun dengan peran ini")
                                     : str_fmt(arena, "Dipakai %" PRIu64 " akun", (uint64_t)role.accounts);
        if (is_removable(role.word, role.accounts))
            v.remove_action = str_fmt(arena, "%.*s/hapus", STR_ARG(v.action));
        TRY(history_show(req, db, &roles_keeper, form.id, 0, &v.history, err));
    }
    put_boxes(req, role.word, v.form.is_sent ? asked_of(&form, &unknown) : may, &v);
    view_role_edit(&body, &v);
    const struct page page = {.title = STR("Peran petugas"), .active = STR("/kantor/pengaturan"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

/* ---- saving ---- */

/* What is said of it in the trail and in the history: permissions, nothing of a person. */
static enum rc role_noted(struct txn *txn, struct request *req, const char *action, const char *kind, const struct role_one *before,
                          const struct role_one *after, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct audit row = request_audit(req, action, str_fmt(arena, "role:%" PRIu64, after->id));
    const struct role_edit_form was = {.label = before->label}, is = {.label = after->label};
    struct change change = {.owner = roles_keeper.owner, .owner_id = after->id, .kind = str_c(kind), .version = before->version + 1};

    TRY(role_diff(req, &was, &is, staff_permissions(before->permissions), staff_permissions(after->permissions), &change.diff, err));
    TRY(change_put(txn, req, &change, err));
    row.detail = audit_change(arena, before->permissions, after->permissions);
    return audit_put(txn, &row, err);
}

enum rc role_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    struct arena *arena = request_arena(req);
    const struct letter_actor by = letter_actor_of(req);
    const struct letter_unchecked_rows *held;
    struct role_edit_form form;
    struct role_named named;
    struct role_one before = {.word = STR(""), .label = STR(""), .permissions = STR("")}, after;
    struct role_setters setters;
    uint64_t set = 0, along = 0;
    bool is_taken;

    role_edit_read(req, &form);
    TRY(letters_hold(txn, &held, err));
    TRY(sql_role_named(txn, form.label, &named, &is_taken, err));
    if (is_taken && named.id != form.id)
        return act_refuse(req, err, ROLE_EDIT_LABEL, "Nama peran ini sudah dipakai. Pilih yang lain.");
    if (form.id != 0) {
        TRY(sql_role_lock(txn, form.id, &before, err));
        if (!role_is_open(req, before.word, staff_permissions(before.permissions)))
            return fail(err, RC_FORBIDDEN, "a role that only a head changes");
        TRY(act_seen(req, before.version, err));
    }
    TRY(take_asked(req, &form, before.word, &set, &along, err));
    after = (struct role_one){.id = form.id, .label = form.label, .permissions = permission_words(arena, set)};
    act_say(req, "Tersimpan");
    *go_to_out = STR("/kantor/pengaturan/peran");
    if (form.id != 0 && str_eq(before.label, after.label) && staff_permissions(before.permissions) == set) {
        act_say(req, ACT_UNCHANGED);
        return RC_OK;
    }
    if (form.id == 0) {
        TRY(sql_role_add(txn, str_fmt(arena, "x-%.*s", STR_ARG(random_word(arena, WORD_SIGNS))), after.label, after.permissions, &after.id,
                         err));
    } else {
        TRY(sql_role_set(txn, after.id, after.label, after.permissions, NULL, err));
        TRY(sql_role_setters(txn, &setters, err));
        const char *fault = role_change_fault(before.word, set, setters.n);
        if (fault != NULL)
            return act_refuse(req, err, SET_VILLAGE_BOX, "%s", fault);
        if (set_may(staff_permissions(before.permissions), MAY_CHECK_LETTERS))
            TRY(letters_pass_on(txn, held, &by, err));
    }
    if (along != 0)
        *go_to_out = str_fmt(arena, "%.*s?ikut=%.*s", STR_ARG(*go_to_out), STR_ARG(permission_words(arena, along)));
    return role_noted(txn, req, form.id == 0 ? "role.add" : "role.change", form.id == 0 ? "add" : "edit", &before, &after, err);
}

enum rc role_remove_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    struct role_one role, none = {.label = STR(""), .permissions = STR("")};
    struct role_accounts accounts;

    TRY(sql_role_lock(txn, role_remove_got(req).id, &role, err));
    if (!role_is_open(req, role.word, staff_permissions(role.permissions)))
        return fail(err, RC_FORBIDDEN, "a role that only a head removes");
    TRY(sql_role_accounts(txn, role.word, &accounts, err));
    if (!is_removable(role.word, accounts.n))
        return act_refuse(req, err, SET_VILLAGE_BOX,
                          "Peran ini tidak bisa dihapus: peran bawaan tetap ada, dan peran lain bisa dihapus selama belum ada akunnya, "
                          "juga yang tidak aktif.");
    TRY(sql_role_remove(txn, role.id, NULL, err));
    none.id = role.id;
    act_say(req, "Peran dihapus");
    *go_to_out = STR("/kantor/pengaturan/peran");
    return role_noted(txn, req, "role.remove", "remove", &role, &none, err);
}
