// SPDX-License-Identifier: AGPL-3.0-or-later
/* A family's own facts: its number and where it lives. They hold for everyone in it. */
#include "server/base/text.h"
#include "tenants/village/families/families_pages.h"
#include "tenants/village/families/families_view.h"

static struct str shown_place(struct arena *arena, struct str hamlet, struct str rw, struct str rt)
{
    return str_fmt(arena, "Dusun %.*s, RW %.*s, RT %.*s", STR_ARG(text_name(arena, hamlet)), STR_ARG(rw), STR_ARG(rt));
}

static void put_both(struct request *req, const struct family_full *f, struct family_edit_view *v)
{
    struct arena *arena = request_arena(req);
    const struct place mine = form_place(req);
    const struct both_row rows[] = {
        {STR("Nomor KK"), nik_spaced(arena, input_text(req, "kk")), nik_spaced(arena, f->kk_no), !str_eq(input_text(req, "kk"), f->kk_no)},
        {STR("Alamat"), mine.address, f->address, !str_eq(mine.address, f->address)},
        {STR("Wilayah"), shown_place(arena, mine.hamlet, mine.rw, mine.rt), shown_place(arena, f->hamlet, f->rw, f->rt),
         !str_eq(mine.hamlet, f->hamlet) || !str_eq(mine.rw, f->rw) || !str_eq(mine.rt, f->rt)},
    };

    v->both.n = COUNT_OF(rows);
    v->both.p = ARENA_ARRAY(arena, struct both_row, COUNT_OF(rows));
    memcpy(v->both.p, rows, sizeof rows);
}

/* Who changed it last, for the one who came second. */
static enum rc put_last(struct request *req, struct village_db *db, uint64_t id, struct family_edit_view *v, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct family_change_rows rows;

    TRY(sql_family_history(db, id, &rows, err));
    if (rows.n > 0)
        v->both.changed_by = str_fmt(arena, "%.*s, %.*s", STR_ARG(rows.p[0].staff_name),
                                     STR_ARG(utc_long(arena, rows.p[0].at, request_village(req)->zone)));
    return RC_OK;
}

static enum rc edit_respond(struct request *req, struct response *resp, bool is_sent, bool is_changed, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct village_db *db;
    struct family_state family;
    struct buf body = {.arena = arena};
    struct family_edit_view v = {.guard = request_form_guard(req)};

    TRY(request_village_db(req, &db, err));
    TRY(family_load(db, input_u64(req, "id"), &family, err));
    TRY(family_look(req, db, family.f.id, err));
    v.back = family_href(arena, family.f.id);
    v.action = str_fmt(arena, "%.*s/ubah", STR_ARG(v.back));
    v.title = family_title(arena, &family);
    v.version = is_sent && !is_changed ? input_typed(req, "versi") : str_fmt(arena, "%u", family.f.version);
    v.kk_no = input_box(req, is_sent,
                        (struct field_view){.name = STR("kk"),
                                            .label = STR("Nomor KK"),
                                            .hint = STR("16 angka, di kepala Kartu Keluarga"),
                                            .value = nik_spaced(arena, family.f.kk_no),
                                            .width = STR("nik"),
                                            .inputmode = STR("numeric")});
    v.place = form_place_boxes(req, is_sent, &family.f);
    v.reason = input_box(
        req, is_sent,
        (struct field_view){.name = STR("alasan"), .label = STR("Alasan"), .hint = STR("Contoh: KK baru dari Dukcapil, pindah rumah")});
    if (is_sent)
        v.faults = *request_faults(req);
    if (is_changed) {
        put_both(req, &family.f, &v);
        TRY(put_last(req, db, family.f.id, &v, err));
        response_status(resp, 409);
    }
    view_family_edit(&body, &v);
    const struct page page = {.title = STR("Ubah data keluarga"), .active = STR("/kantor/keluarga"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

enum rc family_edit_page(struct request *req, struct response *resp, struct err *err)
{
    return edit_respond(req, resp, false, false, err);
}

struct editing {
    struct request *req;
    struct place place;
    bool is_changed, is_taken;
};

static struct resident_row family_part(const struct family_full *f)
{
    return (struct resident_row){.kk_no = f->kk_no, .address = f->address, .hamlet = f->hamlet, .rw = f->rw, .rt = f->rt};
}

static enum rc write(struct txn *txn, const struct editing *e, const struct family_state *held, struct err *err)
{
    struct request *req = e->req;
    struct arena *arena = request_arena(req);
    const struct resident_act act = resident_act_of(req, CHANGE_FAMILY, input_str(req, "alasan"));
    const struct resident_row before = family_part(&held->f);
    const struct resident_row after = {
        .kk_no = input_str(req, "kk"), .address = e->place.address, .hamlet = e->place.hamlet, .rw = e->place.rw, .rt = e->place.rt};
    struct str diff = resident_diff(arena, &before, &after);
    struct resident_changed *changed = ARENA_ARRAY(arena, struct resident_changed, held->n);
    uint64_t area;

    if (str_is(diff, "{}"))
        return RC_OK;
    TRY(family_area(txn, &e->place, &area, err));
    TRY(sql_family_set(txn, held->f.id, after.kk_no, after.address, area, act.at, NULL, err));
    TRY(sql_family_members_place(txn, held->f.id, area, act.at, NULL, err));
    for (size_t i = 0; i < held->n; i++)
        changed[i] = (struct resident_changed){.resident_id = held->p[i].id, .diff = diff};
    TRY(resident_changes_put(txn, &act, changed, held->n, err));
    return family_done(txn, req, "family.edit", held->f.id, err);
}

static enum rc edit_body(struct txn *txn, void *arg, struct str *go_to_out, struct err *err)
{
    struct editing *e = arg;
    struct request *req = e->req;
    struct family_state held;
    struct family_id_of other;
    bool is_there;

    TRY(family_lock(txn, input_u64(req, "id"), &held, err));
    e->is_changed = held.f.version != input_u64(req, "versi");
    if (e->is_changed)
        return fail(err, RC_CONFLICT, "the family is version %u now", held.f.version);
    TRY(sql_family_of_kk(in_txn(txn), input_str(req, "kk"), &other, &is_there, err));
    e->is_taken = is_there && other.id != held.f.id;
    if (e->is_taken)
        return fail(err, RC_DUPLICATE, "another family has this number");
    *go_to_out = family_href(request_arena(req), held.f.id);
    return write(txn, e, &held, err);
}

enum rc family_edit_post(struct request *req, struct response *resp, struct err *err)
{
    struct editing e = {.req = req};
    enum rc rc;

    if (request_faults(req)->n > 0)
        return edit_respond(req, resp, true, false, err);
    e.place = form_place(req);
    rc = village_act(req, resp, edit_body, &e, err);
    if (rc == RC_DUPLICATE && e.is_taken)
        request_fault(req, "kk", "Nomor KK ini sudah dipakai keluarga lain di desa. Pakai Pindahkan anggota untuk menyatukan keluarga.");
    else if (rc != RC_CONFLICT || !e.is_changed)
        return rc;
    return edit_respond(req, resp, true, e.is_changed, err);
}
