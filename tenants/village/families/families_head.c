// SPDX-License-Identifier: AGPL-3.0-or-later
/* Another head of a family: chosen, everyone's role to them checked, written as one act. */
#include "server/base/text.h"
#include "tenants/village/families/families_pages.h"
#include "tenants/village/families/families_view.h"

static enum rc head_respond(struct request *req, struct response *resp, const struct family_state *family, const struct succession *check,
                            struct err *err)
{
    struct arena *arena = request_arena(req);
    const struct family_head_form form = family_head_got(req), stored = {.version = family->f.version};
    const struct family_member *head = family_head(family);
    struct buf body = {.arena = arena};
    struct family_head_view v = {.back = family_href(arena, family->f.id), .title = family_title(arena, family)};

    v.action = str_fmt(arena, "%.*s/kepala", STR_ARG(v.back));
    v.now = head != NULL ? str_fmt(arena, "Sekarang: %.*s", STR_ARG(text_name(arena, head->name))) : STR("Belum ada kepala keluarga");
    TRY(family_head_fill(req, &stored, &v.form, err));
    if (check != NULL) {
        v.new_name = text_name(arena, check->new_head->name);
        v.roles = succession_roles(req, check);
        v.care = succession_care(req, check);
        v.carried = form_carried(req, (const char *const[]){FAMILY_HEAD_STEP, FAMILY_HEAD_ROLES, NULL});
        v.reason_typed = form.reason;
        view_family_head_check(&body, &v);
    } else {
        v.heads = succession_radios(req, form.head.value, family, NULL, 0);
        view_family_head(&body, &v);
    }
    const struct page page = {.title = STR("Kepala keluarga"), .active = STR("/kantor/keluarga"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

static enum rc load(struct request *req, struct family_state *out, struct err *err)
{
    struct village_db *db;

    TRY(request_village_db(req, &db, err));
    TRY(family_load(db, family_head_got(req).id, out, err));
    return out->living > 0 ? RC_OK : fail(err, RC_NOT_FOUND, "nobody lives in this family");
}

enum rc family_head_page(struct request *req, struct response *resp, struct err *err)
{
    struct family_state family;

    TRY(load(req, &family, err));
    return head_respond(req, resp, &family, NULL, err);
}

struct crowning {
    struct request *req;
    const struct family_state *seen;
    const struct succession *s;
    const struct family_head_form *form;
};

static enum rc head_body(struct txn *txn, void *arg, struct str *go_to_out, struct err *err)
{
    struct crowning *c = arg;
    struct request *req = c->req;
    const struct resident_act act = resident_act_of(req, CHANGE_HEAD, c->form->reason);
    struct family_state held;

    TRY(family_lock(txn, c->seen->f.id, &held, err));
    if (held.f.version != c->form->version || held.living != c->seen->living || !succession_fits(c->s, &held)) {
        request_set_changed(req);
        return fail(err, RC_CONFLICT, "the family is version %u now", held.f.version);
    }
    TRY(family_roles_set(txn, &act, held.f.id, c->s->changes, c->s->n, err));
    *go_to_out = family_href(request_arena(req), held.f.id);
    return family_done(txn, req, "family.head", held.f.id, err);
}

enum rc family_head_post(struct request *req, struct response *resp, struct err *err)
{
    const struct family_head_form form = family_head_got(req);
    struct family_state family;
    struct succession s = {.head = form.head.value, .roles = form.roles};
    struct crowning c = {.req = req, .seen = &family, .s = &s, .form = &form};
    bool is_final = str_is(form.step, "simpan");
    enum rc rc;

    TRY(load(req, &family, err));
    if (str_is(form.step, "ubah"))
        return head_respond(req, resp, &family, NULL, err);
    if (family.f.version != form.version && form_was_answered(req, resp))
        return RC_OK;
    succession_read(req, &family, NULL, 0, true, true, &s);
    if (request_faults(req)->n > 0)
        return head_respond(req, resp, &family, is_final && s.new_head != NULL ? &s : NULL, err);
    if (family.f.version != form.version) {
        request_set_changed(req);
        return head_respond(req, resp, &family, NULL, err);
    }
    if (!is_final)
        return head_respond(req, resp, &family, &s, err);
    rc = village_act(req, resp, head_body, &c, err);
    if (!request_is_changed(req))
        return rc;
    TRY(load(req, &family, err));
    return head_respond(req, resp, &family, NULL, err);
}
