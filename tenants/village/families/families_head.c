// SPDX-License-Identifier: AGPL-3.0-or-later
/* Another head of a family: chosen, everyone's role to them checked, written as one act. */
#include "server/base/text.h"
#include "server/web/act.h"
#include "tenants/village/families/families_pages.h"
#include "tenants/village/families/families_view.h"

/* The choice against the family that it was made from; made by the check. */
struct crowning {
    struct family_head_form form;
    struct family_state family;
    struct succession s;
};

static enum rc load(struct request *req, struct family_state *out, struct err *err)
{
    struct village_db *db;

    TRY(request_village_db(req, &db, err));
    TRY(family_load(db, family_head_got(req).id, out, err));
    return out->living > 0 ? RC_OK : fail(err, RC_NOT_FOUND, "nobody lives in this family");
}

static void put_check(struct request *req, const struct crowning *c, struct family_head_view *v)
{
    v->new_name = text_name(request_arena(req), c->s.new_head->name);
    v->roles = succession_roles(req, &c->s);
    v->care = succession_care(req, &c->s);
    v->carried = form_carried(req, (const char *const[]){FAMILY_HEAD_STEP, FAMILY_HEAD_ROLES, NULL});
    v->reason_typed = c->form.reason;
}

/* Whom to choose; once that is done, everyone's role, until they are right. */
enum rc family_head_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    const struct crowning *c = request_is_changed(req) ? NULL : act_kept(req);
    const bool is_check = c != NULL && c->s.new_head != NULL && (str_is(c->form.step, "simpan") || request_faults(req)->n == 0);
    struct family_state family;
    struct village_db *db;
    struct buf body = {.arena = arena};

    if (is_check)
        family = c->family;
    else
        TRY(load(req, &family, err));
    TRY(request_village_db(req, &db, err));
    TRY(is_check ? family_look_on(req, db, family.f.id, err) : family_look(req, db, family.f.id, err));
    const struct family_head_form stored = {.version = family.f.version};
    const struct family_member *head = family_head(&family);
    struct family_head_view v = {.back = family_href(arena, family.f.id), .title = family_title(arena, &family)};
    v.action = str_fmt(arena, "%.*s/kepala", STR_ARG(v.back));
    v.now = head != NULL ? str_fmt(arena, "Sekarang: %.*s", STR_ARG(text_name(arena, head->name))) : STR("Belum ada kepala keluarga");
    TRY(family_head_fill(req, &stored, &v.form, err));
    if (is_check) {
        put_check(req, c, &v);
        view_family_head_check(&body, &v);
    } else {
        v.heads = succession_radios(req, family_head_got(req).head.value, &family, NULL, 0);
        view_family_head(&body, &v);
    }
    const struct page page = {.title = STR("Kepala keluarga"), .active = STR("/kantor/keluarga"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

enum rc family_head_check(struct request *req, struct err *err)
{
    struct crowning *c = ARENA_NEW(request_arena(req), struct crowning);

    c->form = family_head_got(req);
    c->s = (struct succession){.head = c->form.head.value, .roles = c->form.roles};
    if (!str_is(c->form.step, "simpan"))
        act_ask(req);
    if (str_is(c->form.step, "ubah"))
        return RC_OK;
    TRY(load(req, &c->family, err));
    succession_read(req, &c->family, NULL, 0, true, true, &c->s);
    if (c->family.f.version != c->form.version && request_faults(req)->n == 0)
        request_set_changed(req);
    act_keep(req, c);
    return RC_OK;
}

enum rc family_head_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct crowning *c = act_kept(req);
    const struct resident_act act = resident_act_of(req, STR("head"), c->form.reason);
    struct family_state held;

    TRY(family_lock(txn, c->family.f.id, &held, err));
    TRY(act_seen(req, held.living == c->family.living && succession_fits(&c->s, &held) ? held.f.version : 0, err));
    TRY(family_roles_set(txn, &act, &held, c->s.changes, c->s.n, err));
    act_say(req, "Kepala keluarga diganti");
    *go_to_out = family_href(request_arena(req), held.f.id);
    TRY(act_audit(txn, req, err, "family.head", "family:%" PRIu64, held.f.id));
    return act_touch(txn, ACT_PAGES | ACT_FIGURES, err);
}
