// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Somebody who should not stand in the books, entered by mistake or twice: taken out, and given back. The row stays, with its letters and
 * history; it counts nowhere, as basic status 9 does not, and its NIK and card are free for the right one.
 */
#include "server/base/text.h"
#include "server/web/act.h"
#include "server/web/audit.h"
#include "tenants/village/families/families_out_sql.h"
#include "tenants/village/families/families_out_view.h"
#include "tenants/village/families/families_pages.h"
#include "tenants/village/residents/family_rows_sql.h"
#include "tenants/village/residents/nik.h"
#include "tenants/village/residents/residents.h"

enum { OUT_AN_HOUR = 20, NAME_WORDS = 12 };

struct outing {
    struct family_out_form form;
    struct taken_out who, twin; /* twin: of whom they are the double */
    struct family_state family; /* when they are in one */
    struct succession s;
};

static enum rc load(struct request *req, uint64_t id, struct outing *out, struct err *err)
{
    struct village_db *db;

    TRY(request_village_db(req, &db, err));
    TRY(sql_taken_out(db, id, &out->who, err));
    return out->who.family_id.is_set ? family_load(db, out->who.family_id.value, &out->family, err) : RC_OK;
}

static bool may_go(const struct taken_out *who)
{
    return !who->event_id.is_set && who->basic_status != STATUS_NOT_VALID;
}

static struct str person_href(struct arena *arena, uint64_t id)
{
    return str_fmt(arena, "/kantor/penduduk/%" PRIu64, id);
}

/* ---- the page ---- */

static struct str why_words(uint64_t why)
{
    return form_show_option(&family_out_input[FAMILY_OUT_AT_WHY], some_u64(why));
}

/* What will be done. */
static void put_check(struct request *req, const struct outing *o, struct family_out_view *v)
{
    struct arena *arena = request_arena(req);
    const bool is_twice = o->form.why == OUT_TWICE;

    v->facts.p = ARENA_ARRAY(arena, struct check_row, 3);
    v->facts.p[v->facts.n++] = (struct check_row){.label = STR("Sebab"), .value = why_words(o->form.why)};
    if (is_twice)
        v->facts.p[v->facts.n++] = (struct check_row){
            .label = STR("Catatan yang benar"),
            .value = str_fmt(arena, "%.*s, NIK %.*s", STR_ARG(text_name(arena, o->twin.name)),
                             STR_ARG(nik_is_temporary(o->twin.nik) ? STR("sementara") : nik_masked(arena, o->twin.nik)))};
    v->facts.p[v->facts.n++] = (struct check_row){.label = STR("Alasan"), .value = o->form.reason};
    if (o->s.new_head != NULL) {
        v->new_head = text_name(arena, o->s.new_head->name);
        v->roles = succession_roles(req, &o->s);
        v->care = succession_care(req, &o->s);
    }
    v->carried = form_carried(req, (const char *const[]){FAMILY_OUT_STEP, FAMILY_OUT_ROLES, NULL});
}

static void put_facts(struct request *req, const struct taken_out *who, struct family_out_view *v)
{
    struct arena *arena = request_arena(req);

    v->is_out = who->why.is_set;
    if (!v->is_out)
        return;
    v->facts.p = ARENA_ARRAY(arena, struct check_row, 3);
    v->facts.p[v->facts.n++] = (struct check_row){.label = STR("Sebab"), .value = why_words(who->why.value)};
    v->facts.p[v->facts.n++] = (struct check_row){.label = STR("Alasan"), .value = who->reason};
    v->facts.p[v->facts.n++] = (struct check_row){
        .label = STR("Oleh"),
        .value = str_fmt(arena, "%.*s, %.*s", STR_ARG(who->staff_name), STR_ARG(utc_long(arena, who->at, request_village(req)->zone)))};
    if (!who->twin_id.is_set)
        return;
    v->out_of_href = person_href(arena, who->twin_id.value);
    v->out_of_name = text_name(arena, who->twin);
}

static enum rc put_form(struct request *req, const struct outing *o, uint64_t id, bool is_check, struct family_out_view *v, struct err *err)
{
    const struct family_out_form stored = {.version = o->who.version};
    const struct family_member *who = family_member_of(&o->family, id);

    if (v->is_out)
        return family_out_back_fill(req, &(struct family_out_back_form){.version = o->who.version}, &v->form, err);
    if (o->who.event_id.is_set)
        v->event_href = str_fmt(request_arena(req), "/kantor/peristiwa/%" PRIu64, o->who.event_id.value);
    v->is_not_valid = o->who.basic_status == STATUS_NOT_VALID;
    TRY(family_out_fill(req, &stored, &v->form, err));
    if (is_check) {
        put_check(req, o, v);
    } else if (who != NULL && who == family_head(&o->family) && o->family.living > 1) {
        v->has_heads = true;
        v->heads = succession_radios(req, o->form.head.value, &o->family, &id, 1);
    }
    return RC_OK;
}

static enum rc show(struct request *req, struct response *resp, uint64_t id, const struct outing *kept, struct err *err)
{
    struct arena *arena = request_arena(req);
    const bool is_check = kept != NULL && !str_is(kept->form.step, "ubah") &&
                          (request_faults(req)->n == 0 || (kept->s.new_head != NULL && str_is(kept->form.step, "simpan")));
    struct village_db *db;
    struct outing now = {0};
    struct buf body = {.arena = arena};

    if (kept == NULL)
        TRY(load(req, id, &now, err));
    else
        now = *kept;
    TRY(request_village_db(req, &db, err));
    TRY(resident_look_on(req, db, id, "edit", err));
    struct family_out_view v = {.back = person_href(arena, id), .name = text_name(arena, now.who.name)};
    v.out_action = str_fmt(arena, "%.*s/keluarkan", STR_ARG(v.back));
    v.back_action = str_fmt(arena, "%.*s/kembalikan", STR_ARG(v.back));
    const struct family_member *member = family_member_of(&now.family, id);
    v.about = member != NULL ? family_member_about(arena, member, request_today(req)) : STR("");
    put_facts(req, &now.who, &v);
    TRY(put_form(req, &now, id, is_check, &v, err));
    if (v.is_out)
        view_family_out_back(&body, &v);
    else if (is_check)
        view_family_out_check(&body, &v);
    else
        view_family_out(&body, &v);
    const struct page page = {.title = STR("Keluarkan catatan"), .active = STR("/kantor/penduduk"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

enum rc family_out_page(struct request *req, struct response *resp, struct err *err)
{
    return show(req, resp, family_out_got(req).id, request_is_changed(req) ? NULL : act_kept(req), err);
}

enum rc family_out_back_page(struct request *req, struct response *resp, struct err *err)
{
    return show(req, resp, family_out_back_got(req).id, NULL, err);
}

/* ---- out ---- */

static bool is_name_alike(struct arena *arena, struct str a, struct str b)
{
    struct str words[NAME_WORDS], others[NAME_WORDS];
    size_t n = resident_name_words(arena, a, words, NAME_WORDS), m = resident_name_words(arena, b, others, NAME_WORDS);

    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < m; j++)
            if (str_eq(words[i], others[j]))
                return true;
    return false;
}

/* Why one may not go as the double of the other; NULL: may. */
static const char *twin_fault(struct arena *arena, const struct family_out_form *form, const struct taken_out *who,
                              const struct taken_out *twin)
{
    bool is_born_alike = !date_is_none(who->birth_date) && date_compare(who->birth_date, twin->birth_date) == 0;

    if (form->twin.id == form->id)
        return "Ini catatan yang sama. Pilih catatan yang tetap tercatat.";
    if (twin->basic_status == STATUS_NOT_VALID)
        return "Catatan itu sendiri sudah tidak berlaku. Pilih yang lain.";
    if (who->sex != twin->sex)
        return "Jenis kelaminnya berbeda, jadi ini bukan orang yang sama. Pilih yang lain, atau betulkan dulu jenis kelaminnya.";
    if (!is_born_alike && !is_name_alike(arena, who->name, twin->name))
        return "Nama dan tanggal lahirnya berbeda, jadi ini bukan orang yang sama. Pilih yang lain, atau betulkan dulu datanya.";
    return NULL;
}

static enum rc check_twin(struct request *req, struct outing *o, struct err *err)
{
    const struct family_out_form *form = &o->form;
    struct village_db *db;

    if (form->why == OUT_WRONG && o->who.has_doubles)
        request_fault(
            req, FAMILY_OUT_WHY,
            "Catatan lain sudah dikeluarkan sebagai ganda dari catatan ini. Kembalikan dulu yang itu, atau pilih Ganda dan catatan "
            "yang benar.");
    if (form->why != OUT_TWICE)
        return RC_OK;
    if (request_fault_of(req, FAMILY_OUT_TWIN).p != NULL)
        return RC_OK; /* several match */
    if (form->twin.id == 0) {
        request_fault(req, FAMILY_OUT_TWIN, "Catatan yang benar belum dipilih: siapa yang tetap tercatat?");
        return RC_OK;
    }
    TRY(request_village_db(req, &db, err));
    TRY(sql_taken_out(db, form->twin.id, &o->twin, err));
    const char *fault = twin_fault(request_arena(req), form, &o->who, &o->twin);
    if (fault != NULL)
        request_fault(req, FAMILY_OUT_TWIN, "%s", fault);
    return RC_OK;
}

/* What may have come since the form was checked. The registry is held, and with it everybody's status: of two doubles one stays. */
static enum rc look_again(struct txn *txn, struct request *req, const struct outing *o, const struct taken_out *who, struct err *err)
{
    struct taken_out_by mine;
    struct taken_out twin;

    if (o->form.why == OUT_WRONG && who->has_doubles)
        return act_seen(req, 0, err);
    if (o->form.why == OUT_TWICE) {
        TRY(sql_taken_out(in_txn(txn), o->form.twin.id, &twin, err));
        if (twin_fault(request_arena(req), &o->form, who, &twin) != NULL)
            return act_seen(req, 0, err);
    }
    TRY(sql_taken_out_by(in_txn(txn), request_actor(req)->id, request_now(req) - (utc_us)3600 * US_PER_S, &mine, err));
    return mine.n < OUT_AN_HOUR ? RC_OK
                                : act_refuse(req, err, FAMILY_OUT_WHY,
                                             "Sejam terakhir Anda sudah mengeluarkan %d catatan, batasnya. Tunggu dulu, dan cocokkan "
                                             "sisanya dengan kepala desa atau sekretaris.",
                                             OUT_AN_HOUR);
}

enum rc family_out_check(struct request *req, struct err *err)
{
    struct outing *o = ARENA_NEW(request_arena(req), struct outing);

    o->form = family_out_got(req);
    TRY(load(req, o->form.id, o, err));
    act_keep(req, o);
    if (str_is(o->form.step, "ubah")) {
        act_ask(req);
        return RC_OK;
    }
    if (!may_go(&o->who) || o->who.version != o->form.version) {
        request_set_changed(req);
        return RC_OK;
    }
    TRY(check_twin(req, o, err));
    o->s = (struct succession){.head = o->form.head.value, .roles = o->form.roles};
    succession_read(req, &o->family, &o->form.id, 1, false, true, &o->s);
    if (!str_is(o->form.step, "simpan"))
        act_ask(req);
    return RC_OK;
}

/* Holds the person, and their family when they are in one. */
static enum rc hold(struct txn *txn, uint64_t id, struct opt_u64 family_id, struct family_state *family, struct resident_now *now,
                    struct err *err)
{
    *family = (struct family_state){0};
    if (!family_id.is_set)
        return resident_lock(txn, id, now, err);
    TRY(family_lock(txn, family_id.value, family, err));
    return resident_read(in_txn(txn), id, now, err);
}

/* The family's roles and version, or the registry's alone; the audit row; what the public pages and figures are told. */
static enum rc finish(struct txn *txn, struct request *req, const struct resident_act *act, const struct family_state *family,
                      const struct succession *s, uint64_t id, struct str detail, struct err *err)
{
    struct audit row = request_audit(req, str_is(act->kind, "out_back") ? "resident.out_back" : "resident.out",
                                     str_fmt(request_arena(req), "resident:%" PRIu64, id));

    row.detail = detail;
    if (family->f.id != 0)
        TRY(family_roles_set(txn, act, family, s->changes, s->n, err));
    else
        TRY(registry_touch(txn, err));
    TRY(audit_put(txn, &row, err));
    return act_touch(txn, ACT_PAGES | ACT_FIGURES, err);
}

/* Why, and as whose double: the rows themselves forget it when the record comes back. */
static struct str out_detail(struct arena *arena, uint64_t why, struct opt_u64 twin)
{
    return twin.is_set ? str_fmt(arena, "{\"why\":%" PRIu64 ",\"twin\":%" PRIu64 "}", why, twin.value)
                       : str_fmt(arena, "{\"why\":%" PRIu64 "}", why);
}

/* What stands in for the NIK of who is taken out: to go out and come back over and over uses up no numbers. */
static enum rc stand_in(struct txn *txn, uint64_t id, struct str *nik_out, struct err *err)
{
    struct out_number before;
    bool is_found;

    TRY(sql_out_number(in_txn(txn), id, &before, &is_found, err));
    *nik_out = before.nik;
    return is_found ? RC_OK : nik_temporary(txn, nik_out, err);
}

enum rc family_out_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct outing *o = act_kept(req);
    const struct resident_act act = resident_act_of(req, STR("out"), o->form.reason);
    struct resident_act head_act = act;
    struct family_state held;
    struct taken_out who;
    struct resident_now now;

    TRY(hold(txn, o->form.id, o->who.family_id, &held, &now, err));
    TRY(sql_taken_out(in_txn(txn), o->form.id, &who, err));
    TRY(act_seen(req, may_go(&who) && succession_fits(&o->s, &held) ? now.version : 0, err));
    TRY(look_again(txn, req, o, &who, err));
    struct resident_row after = now.row;
    after.basic_status = STATUS_NOT_VALID;
    after.card_tag = STR("");
    if (!nik_is_temporary(after.nik))
        TRY(stand_in(txn, now.id, &after.nik, err));
    TRY(resident_write(txn, &act, &now, &after, now.family_id, err));
    struct opt_u64 twin = {o->form.why == OUT_TWICE, o->form.twin.id};
    TRY(sql_resident_out_set(txn, now.id, some_u64(o->form.why), twin, NULL, err));
    head_act.kind = STR("head");
    act_say(req, "Catatan dikeluarkan; bisa dikembalikan dari halaman ini");
    *go_to_out = person_href(request_arena(req), now.id);
    return finish(txn, req, held.f.id != 0 && o->s.n > 0 ? &head_act : &act, &held, &o->s, now.id,
                  out_detail(request_arena(req), o->form.why, twin), err);
}

/* ---- back ---- */

enum rc family_out_back_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct resident_act act = resident_act_of(req, STR("out_back"), STR(""));
    const struct succession nobody = {0};
    uint64_t id = family_out_back_got(req).id;
    struct resident_back back = {0};
    struct outing o = {0};
    struct family_state held;
    struct resident_now now;

    TRY(load(req, id, &o, err));
    TRY(hold(txn, id, o.who.family_id, &held, &now, err));
    TRY(sql_taken_out(in_txn(txn), id, &o.who, err));
    TRY(act_seen(req, o.who.why.is_set ? now.version : 0, err));
    TRY(resident_back_of(request_arena(req), o.who.changes, &now, true, &back, err));
    back.after.basic_status = (uint8_t)o.who.status_was.value;
    if (o.who.nik_owner.is_set)
        back.after.nik = now.row.nik;
    else if (!str_eq(back.after.nik, now.row.nik))
        TRY(nik_free(txn, &act, back.after.nik, err));
    if (o.who.card_owner.is_set)
        back.after.card_tag = now.row.card_tag;
    bool is_second = back.after.family_role == SHDK_HEAD && back.after.basic_status == STATUS_ALIVE && family_head(&held) != NULL;
    if (is_second)
        back.after.family_role = SHDK_KIN;
    TRY(resident_write(txn, &act, &now, &back.after, now.family_id, err));
    act_say(req, is_second && o.who.nik_owner.is_set
                     ? "Dikembalikan sebagai famili lain; kepala keluarganya tetap, dan NIK-nya kini milik catatan lain"
                 : is_second              ? "Dikembalikan sebagai famili lain; kepala keluarganya tetap"
                 : o.who.nik_owner.is_set ? "Dikembalikan dengan NIK sementara; NIK-nya kini milik catatan lain"
                                          : "Dikembalikan ke buku penduduk");
    *go_to_out = person_href(request_arena(req), id);
    return finish(txn, req, &act, &held, &nobody, id, out_detail(request_arena(req), o.who.why.value, o.who.twin_id), err);
}
