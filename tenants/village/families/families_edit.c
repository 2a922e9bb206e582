// SPDX-License-Identifier: AGPL-3.0-or-later
/* A family's own facts: its number and where it lives. They hold for everyone in it. */
#include "server/base/text.h"
#include "server/web/act.h"
#include "tenants/village/families/families_pages.h"
#include "tenants/village/families/families_view.h"
#include "tenants/village/residents/family_rows_sql.h"
#include "tenants/village/residents/nik.h"

/* Who changed it last, for the one who came second. */
static enum rc put_last(struct request *req, struct village_db *db, uint64_t id, struct str *out, struct err *err)
{
    struct history_view history;

    TRY(history_show(req, db, &family_keeper, id, 0, &history, err));
    if (history.lines.n > 0)
        *out = str_fmt(request_arena(req), "%.*s, %.*s", STR_ARG(history.lines.p[0].who), STR_ARG(history.lines.p[0].when));
    return RC_OK;
}

enum rc family_edit_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct village_db *db;
    struct family_state family;
    struct buf body = {.arena = arena};
    struct family_edit_view v = {0};

    TRY(request_village_db(req, &db, err));
    TRY(family_load(db, family_edit_got(req).id, &family, err));
    TRY(family_look(req, db, family.f.id, err));
    v.back = family_href(arena, family.f.id);
    v.action = str_fmt(arena, "%.*s/ubah", STR_ARG(v.back));
    v.title = family_title(arena, &family);
    const struct family_edit_form stored = {.version = family.f.version,
                                            .kk_no = family.f.kk_no,
                                            .address = family.f.address,
                                            .hamlet = text_name(arena, family.f.hamlet),
                                            .rw = form_area_number(family.f.rw),
                                            .rt = form_area_number(family.f.rt)};
    TRY(family_edit_fill(req, &stored, &v.form, err));
    const struct family_edit_form sent = family_edit_got(req);
    TRY(hamlet_boxes(req, v.form.is_sent ? HAMLET_TYPED(&sent) : HAMLET_TYPED(&stored), &v.hamlet, err));
    if (v.form.is_changed)
        TRY(put_last(req, db, family.f.id, &v.form.both.changed_by, err));
    view_family_edit(&body, &v);
    const struct page page = {.title = STR("Ubah data keluarga"), .active = STR("/kantor/keluarga"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

/* A family without a hamlet may stay so. */
enum rc family_edit_check(struct request *req, struct err *err)
{
    const struct family_edit_form form = family_edit_got(req);
    struct family_state family;
    struct village_db *db;

    TRY(request_village_db(req, &db, err));
    TRY(family_load(db, form.id, &family, err));
    TRY(number_judge(req, db, FAMILY_EDIT_KK_NO, form.kk_no, true, err));
    return hamlet_judge(req, db, HAMLET_TYPED(&form), str_is(family.f.hamlet, "-"), err);
}

static struct resident_row family_part(const struct family_full *f)
{
    return (struct resident_row){.kk_no = f->kk_no, .address = f->address, .hamlet = f->hamlet, .rw = f->rw, .rt = f->rt};
}

static enum rc write(struct txn *txn, struct request *req, const struct family_edit_form *form, const struct family_state *held,
                     struct err *err)
{
    struct arena *arena = request_arena(req);
    const struct place place = place_kept(request_arena(req),
                                          (struct place){form->address, hamlet_meant(HAMLET_TYPED(form)), form->rw, form->rt});
    const struct resident_act act = resident_act_of(req, STR("family"), form->reason);
    const struct resident_row before = family_part(&held->f);
    const struct resident_row after = {
        .kk_no = form->kk_no, .address = place.address, .hamlet = place.hamlet, .rw = place.rw, .rt = place.rt};
    struct str diff = resident_diff(arena, &before, &after);
    struct resident_changed *changed = ARENA_ARRAY(arena, struct resident_changed, held->n);
    uint64_t area;

    if (diff_is_empty(diff)) {
        act_say(req, ACT_UNCHANGED);
        return RC_OK;
    }
    TRY(area_take(txn, place.hamlet, place.rw, place.rt, &area, err));
    TRY(sql_family_set(txn, held->f.id, after.kk_no, after.address, area, act.by.at, NULL, err));
    TRY(sql_family_members_place(txn, held->f.id, area, act.by.at, NULL, err));
    for (size_t i = 0; i < held->n; i++)
        changed[i] = (struct resident_changed){.resident_id = held->p[i].id, .diff = diff};
    TRY(resident_changes_put(txn, &act, changed, held->n, err));
    TRY(family_told(txn, &act, &held->f, diff, err));
    TRY(act_audit(txn, req, err, "family.edit", "family:%" PRIu64, held->f.id));
    return act_touch(txn, ACT_PAGES | ACT_FIGURES, err);
}

enum rc family_edit_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct family_edit_form form = family_edit_got(req);
    struct family_state held;
    struct family_id_of other;
    bool is_there;

    TRY(family_lock(txn, form.id, &held, err));
    TRY(act_seen(req, held.f.version, err));
    TRY(sql_family_of_kk(in_txn(txn), form.kk_no, &other, &is_there, err));
    if (is_there && other.id != held.f.id)
        return act_refuse(req, err, FAMILY_EDIT_KK_NO,
                          "Nomor KK ini sudah dipakai keluarga lain di desa. Pakai Pindahkan anggota untuk menyatukan keluarga.");
    act_say(req, "Data keluarga tersimpan");
    *go_to_out = family_href(request_arena(req), held.f.id);
    return write(txn, req, &form, &held, err);
}
