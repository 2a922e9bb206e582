// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Somebody who died before ever standing on the books, needed for an heir or a certificate: written down dead. They were never counted
 * as living, so they are no death of this month; the event stands in the month it happened and counts in no book.
 */
#include "server/base/text.h"
#include "server/web/act.h"
#include "tenants/village/events/events_pages.h"
#include "tenants/village/events/events_past_view.h"
#include "tenants/village/residents/residents.h"

/* What the form says, against the village as it stands. */
struct past {
    struct past_form form;
    struct resident_row row;
    struct event_facts facts;
    struct same_person same;
};

/* ---- checking ---- */

static struct resident_row row_of(struct request *req, const struct past_form *form, const struct family_full *f)
{
    return (struct resident_row){
        .address = f->address,
        .hamlet = f->hamlet,
        .rw = f->rw,
        .rt = f->rt,
        .kk_no = f->kk_no,
        .name = name_kept(req, PAST_NAME, form->name),
        .nik = form->nik,
        .sex = str_is(form->sex, "2") ? SEX_FEMALE : SEX_MALE,
        .birth_place = text_upper(request_arena(req), form->birth_place),
        .birth_date = form->born,
        .religion = (uint8_t)form->religion.value,
        .family_role = (uint8_t)form->role,
        .citizenship = NATION_INDONESIAN,
        .basic_status = STATUS_DEAD,
    };
}

static enum rc check_number(struct request *req, struct village_db *db, const struct past *p, const struct same_candidate_rows *people,
                            struct err *err)
{
    const struct same_candidate *owner = same_by_nik(people, p->row.nik);
    struct str fault = nik_fault(p->row.nik, p->row.birth_date, p->row.sex == SEX_FEMALE, request_today(req));

    if (owner != NULL && owner->basic_status != STATUS_NOT_VALID)
        fault = owner->basic_status == STATUS_ALIVE
                    ? STR("NIK ini tercatat hidup di desa. Catat kematiannya dari halaman warganya, supaya masuk angka bulan ini.")
                    : nik_taken_fault(owner->basic_status);
    if (!str_empty(fault) && request_fault_of(req, PAST_NIK).p == NULL)
        request_fault(req, PAST_NIK, "%.*s", STR_ARG(fault));
    return number_judge(req, db, PAST_NIK, p->row.nik, false, err);
}

enum rc past_check(struct request *req, struct err *err)
{
    struct past *p = ARENA_NEW(request_arena(req), struct past);
    struct same_candidate_rows people;
    struct family_state family;
    struct village_db *db;

    *p = (struct past){.form = past_got(req)};
    const struct past_form *form = &p->form;
    if (!str_is(form->step, "simpan"))
        act_ask(req);
    if (str_is(form->step, "ubah"))
        return RC_OK;
    TRY(request_village_db(req, &db, err));
    TRY(family_load(db, form->id, &family, err));
    p->row = row_of(req, form, &family.f);
    p->facts = event_facts_for(
        EVENT_DEATH, (struct event_facts){form->day, form->place, form->cause, form->reporter, form->number, form->note, {0}}, STR(""));
    event_check(req, EVENT_DEATH, &p->facts);
    event_check_day(req, EVENT_DEATH, form->day, form->born);
    struct str fault = event_date_fault(EVENT_BIRTH, form->born, (struct date){0}, request_today(req));
    if (!str_empty(fault))
        request_fault(req, PAST_BORN, "%.*s", STR_ARG(fault));
    birth_place_judge(req, PAST_BIRTH_PLACE, form->birth_place);
    if (!str_empty(form->sex) && (fault = role_fault(p->row.family_role, p->row.sex), !str_empty(fault)))
        request_fault(req, PAST_ROLE, "%.*s", STR_ARG(fault));
    TRY(same_people_of(db, &p->row, 1, &people, err));
    TRY(check_number(req, db, p, &people, err));
    same_person_ask(req, &people, &p->row, 1, &form->same, false, &p->same);
    if (p->same.answer == SAME_CHOSEN)
        request_fault(req, PAST_NAME, "Orang ini tercatat hidup di desa. Catat kematiannya dari halaman warganya.");
    act_keep(req, p);
    return RC_OK;
}

/* ---- showing ---- */

static void put_check(struct request *req, const struct past *p, struct past_view *v)
{
    struct arena *arena = request_arena(req);
    const struct resident_row *row = &p->row;
    const struct str born = date_is_none(row->birth_date) ? STR("") : date_long(arena, row->birth_date);
    const bool has_both = !str_empty(row->birth_place) && !str_empty(born);
    const struct check_row facts[] = {
        {.label = STR("Nama"), .value = text_name(arena, row->name)},
        {.label = STR("Jenis kelamin"), .value = code_label(CODE_SEX, row->sex)},
        {.label = STR("NIK"), .value = str_empty(row->nik) ? STR("NIK sementara") : nik_spaced(arena, row->nik)},
        {.label = STR("Lahir"),
         .value = str_fmt(arena, "%.*s%s%.*s", STR_ARG(text_place(arena, row->birth_place)), has_both ? ", " : "", STR_ARG(born))},
        {.label = STR("Hubungan dalam keluarga"), .value = code_label(CODE_FAMILY_ROLE, row->family_role)},
    };

    v->name = text_name(arena, row->name);
    v->facts.p = ARENA_ARRAY(arena, struct check_row, COUNT_OF(facts) + EVENT_FACTS_MOST);
    memcpy(v->facts.p, facts, sizeof facts);
    v->facts.n = COUNT_OF(facts);
    event_facts_put(arena, EVENT_DEATH, &p->facts, &v->facts);
    v->carried = form_carried(req, (const char *const[]){PAST_STEP, NULL});
}

enum rc past_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    const struct past *made = act_kept(req);
    const bool is_check = made != NULL && !request_is_changed(req) && request_faults(req)->n == 0;
    struct village_db *db;
    struct family_state family;
    struct past_form in;
    struct buf body = {.arena = arena};
    struct past_view v = {0};

    past_read(req, &in);
    TRY(request_village_db(req, &db, err));
    TRY(family_load(db, in.id, &family, err));
    TRY(family_look(req, db, family.f.id, err));
    const struct family_member *head = family_head(&family);
    const struct past_form stored = {.id = in.id, .version = family.f.version};
    v.back = str_fmt(arena, "/kantor/keluarga/%" PRIu64, family.f.id);
    v.action = request_path(req);
    v.title = head != NULL ? str_fmt(arena, "Keluarga %.*s", STR_ARG(text_name(arena, head->name))) : STR("Keluarga tanpa kepala");
    TRY(past_fill(req, &stored, &v.form, err));
    if (made != NULL && made->same.answer != SAME_NOBODY)
        v.same = &made->same.radios;
    v.boxes = event_boxes(EVENT_DEATH, &v.form.p[PAST_AT_DAY]);
    if (is_check) {
        put_check(req, made, &v);
        view_past_check(&body, &v);
    } else {
        view_past(&body, &v);
    }
    const struct page page = {.title = is_check ? STR("Periksa sebelum dicatat") : STR("Catat kematian lama"),
                              .active = STR("/kantor/peristiwa"),
                              .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

/* ---- writing ---- */

enum rc past_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    struct arena *arena = request_arena(req);
    const struct past *p = act_kept(req);
    const struct resident_act act = resident_act_of(req, STR("past"), event_reason(arena, &p->facts, ", "));
    struct event_put_in event = event_row(req, EVENT_DEATH, &p->facts);
    struct resident_row row = p->row;
    struct event_person_known_rows known;
    struct family_state held;
    uint64_t id;

    TRY(family_lock(txn, p->form.id, &held, err));
    TRY(act_seen(req, held.f.version, err));
    TRY(event_people_known(in_txn(txn), &row, 1, &known, err));
    if (known.n > 0 && known.p[0].basic_status != STATUS_NOT_VALID)
        return act_refuse(req, err, PAST_NIK, "%.*s", STR_ARG(nik_taken_fault(known.p[0].basic_status)));
    if (known.n > 0)
        TRY(nik_free(txn, &act, row.nik, err));
    if (str_empty(row.nik))
        TRY(nik_temporary(txn, &row.nik, err));
    TRY(registry_write_rows(txn, &row, 1, &act, act.by.at, err));
    TRY(event_people_known(in_txn(txn), &row, 1, &known, err));
    if (known.n == 0)
        return fail(err, RC_FAULT, "the person just written is not found");
    TRY(family_roles_set(txn, &act, &held, NULL, 0, err));
    event.resident_id = known.p[0].id;
    event.family_id = some_u64(held.f.id);
    event.reported_on = p->facts.date; /* status_before 0, never living here: it counts in no month, and stands in none but its own */
    TRY(events_put(txn, &event, 1, &id, err));
    act_say(req, "Kematian lama tercatat, tanpa mengubah angka bulan ini");
    *go_to_out = event_href(arena, id);
    return event_done(txn, req, event_audit(EVENT_DEATH), id, err);
}
