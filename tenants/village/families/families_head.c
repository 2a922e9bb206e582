// SPDX-License-Identifier: AGPL-3.0-or-later
/* Another head of a family: chosen, everyone's role to them checked, written as one act. */
#include "server/base/text.h"
#include "tenants/village/families/families_pages.h"
#include "tenants/village/families/families_view.h"

static const char *const carried_names[] = {"kepala", "alasan", NULL};

static enum rc head_respond(struct request *req, struct response *resp, const struct family_state *family, bool is_sent, bool is_changed,
                            const struct succession *check, struct err *err)
{
    struct arena *arena = request_arena(req);
    const struct family_member *head = family_head(family);
    struct buf body = {.arena = arena};
    struct family_head_view v = {.guard = request_form_guard(req), .is_changed = is_changed};

    v.back = family_href(arena, family->f.id);
    v.action = str_fmt(arena, "%.*s/kepala", STR_ARG(v.back));
    v.title = family_title(arena, family);
    v.version = str_fmt(arena, "%u", family->f.version);
    v.now = head != NULL ? str_fmt(arena, "Sekarang: %.*s", STR_ARG(text_name(arena, head->name))) : STR("Belum ada kepala keluarga");
    if (is_sent)
        v.faults = *request_faults(req);
    if (check != NULL) {
        v.new_name = text_name(arena, check->new_head->name);
        v.roles = succession_roles(req, check);
        v.care = succession_care(req, check);
        v.carried = form_carried(req, carried_names, NULL);
        v.reason_typed = input_str(req, "alasan");
        view_family_head_check(&body, &v);
    } else {
        v.heads = succession_radios(req, is_sent, family, NULL, 0);
        v.reason = input_box(req, is_sent,
                             (struct field_view){.name = STR("alasan"),
                                                 .label = STR("Alasan"),
                                                 .hint = STR("Contoh: kepala keluarga merantau, KK baru dari Dukcapil")});
        view_family_head(&body, &v);
    }
    if (is_changed)
        response_status(resp, 409);
    const struct page page = {.title = STR("Kepala keluarga"), .active = STR("/kantor/keluarga"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

static enum rc load(struct request *req, struct family_state *out, struct err *err)
{
    struct village_db *db;

    TRY(request_village_db(req, &db, err));
    TRY(family_load(db, input_u64(req, "id"), out, err));
    return out->living > 0 ? RC_OK : fail(err, RC_NOT_FOUND, "nobody lives in this family");
}

enum rc family_head_page(struct request *req, struct response *resp, struct err *err)
{
    struct family_state family;

    TRY(load(req, &family, err));
    return head_respond(req, resp, &family, false, false, NULL, err);
}

struct crowning {
    struct request *req;
    const struct family_state *seen;
    const struct succession *s;
    bool is_changed;
};

static enum rc head_body(struct txn *txn, void *arg, struct str *go_to_out, struct err *err)
{
    struct crowning *c = arg;
    struct request *req = c->req;
    const struct resident_act act = resident_act_of(req, CHANGE_HEAD, input_str(req, "alasan"));
    struct family_state held;

    TRY(family_lock(txn, c->seen->f.id, &held, err));
    c->is_changed = held.f.version != input_u64(req, "versi") || held.living != c->seen->living || !succession_fits(c->s, &held);
    if (c->is_changed)
        return fail(err, RC_CONFLICT, "the family is version %u now", held.f.version);
    TRY(family_roles_set(txn, &act, held.f.id, c->s->changes, c->s->n, err));
    *go_to_out = family_href(request_arena(req), held.f.id);
    return family_done(txn, req, "family.head", held.f.id, err);
}

enum rc family_head_post(struct request *req, struct response *resp, struct err *err)
{
    struct family_state family;
    struct succession s;
    struct crowning c = {.req = req, .seen = &family, .s = &s};
    struct str step = input_str(req, "langkah");
    enum rc rc;

    TRY(load(req, &family, err));
    if (str_is(step, "ubah"))
        return head_respond(req, resp, &family, true, false, NULL, err);
    if (family.f.version != input_u64(req, "versi") && form_was_answered(req, resp))
        return RC_OK;
    succession_read(req, &family, NULL, 0, true, true, &s);
    if (request_faults(req)->n > 0)
        return head_respond(req, resp, &family, true, false, str_is(step, "simpan") && s.new_head != NULL ? &s : NULL, err);
    if (family.f.version != input_u64(req, "versi"))
        return head_respond(req, resp, &family, true, true, NULL, err);
    if (!str_is(step, "simpan"))
        return head_respond(req, resp, &family, true, false, &s, err);
    rc = village_act(req, resp, head_body, &c, err);
    if (rc != RC_CONFLICT || !c.is_changed)
        return rc;
    TRY(load(req, &family, err));
    return head_respond(req, resp, &family, true, true, NULL, err);
}
