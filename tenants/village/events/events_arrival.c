// SPDX-License-Identifier: AGPL-3.0-or-later
/* One or several come from elsewhere, into a family of the village or with a card of their own. Who was here before comes back. */
#include "server/base/text.h"
#include "server/web/act.h"
#include "tenants/village/events/events_arrival.h"

/* ---- showing ---- */

/* Begun from a family's card: they come to it. */
static enum rc begin(struct request *req, uint64_t family_id, struct arrival_form *out, struct err *err)
{
    struct village_db *db;
    struct family_state family;

    TRY(request_village_db(req, &db, err));
    TRY(family_load(db, family_id, &family, err));
    TRY(family_look(req, db, family.f.id, err));
    *out = (struct arrival_form){.target = STR("ada"),
                                 .kk_no = family.f.kk_no,
                                 .address = family.f.address,
                                 .hamlet = text_name(request_arena(req), family.f.hamlet),
                                 .rw = form_area_number(family.f.rw),
                                 .rt = form_area_number(family.f.rt)};
    return RC_OK;
}

/* All that was typed of one of them: a wrong figure of the NIK is seen here or nowhere. */
static void put_checked(struct arena *arena, const struct arriving *a, size_t i, struct arrival_checked *out)
{
    const struct resident_row *row = &a->rows[i];
    const struct str nik = str_empty(row->nik) ? STR("NIK sementara") : nik_spaced(arena, row->nik);
    const struct check_row facts[] = {
        {.label = STR("NIK"), .value = a->status_before[i] != 0 ? str_fmt(arena, "%.*s, pernah tercatat di desa ini", STR_ARG(nik)) : nik},
        {.label = STR("Jenis kelamin"), .value = code_label(CODE_SEX, row->sex)},
        {.label = STR("Lahir"),
         .value = str_fmt(arena, "%.*s, %.*s", STR_ARG(text_place(arena, row->birth_place)), STR_ARG(date_long(arena, row->birth_date)))},
        {.label = STR("Hubungan dalam keluarga"), .value = code_label(CODE_FAMILY_ROLE, row->family_role)},
        {.label = STR("Agama"), .value = code_label(CODE_RELIGION, row->religion)},
        {.label = STR("Status perkawinan"), .value = code_label(CODE_MARITAL, row->marital)},
        {.label = STR("Pekerjaan"), .value = code_label(CODE_OCCUPATION, row->occupation)},
        {.label = STR("Pendidikan terakhir"), .value = code_label(CODE_EDUCATION_KK, row->education_kk)},
        {.label = STR("Kewarganegaraan"), .value = code_label(CODE_CITIZENSHIP, row->citizenship)},
        {.label = STR("Nomor paspor"), .value = row->passport},
        {.label = STR("Nomor KITAS"), .value = row->kitas},
    };
    const bool has_papers = row->citizenship == NATION_FOREIGN || !str_empty(row->passport) || !str_empty(row->kitas);

    out->name = text_name(arena, row->name);
    out->facts.n = COUNT_OF(facts) - (has_papers ? 0 : 2);
    out->facts.p = ARENA_ARRAY(arena, struct check_row, COUNT_OF(facts));
    memcpy(out->facts.p, facts, sizeof facts);
}

static void put_check(struct request *req, const struct arriving *a, struct arrival_view *v)
{
    struct arena *arena = request_arena(req);
    struct check_rows *facts = &v->facts;
    const struct resident_row *first = &a->rows[0];
    const struct str name = text_name(arena, first->name);

    v->carried = form_carried(req, (const char *const[]){ARRIVAL_STEP, NULL});
    v->name = a->n == 1 ? name : str_fmt(arena, "%.*s dan %zu lainnya", STR_ARG(name), a->n - 1);
    v->people.p = ARENA_ARRAY(arena, struct arrival_checked, a->n);
    for (size_t i = 0; i < a->n; i++)
        put_checked(arena, a, i, &v->people.p[v->people.n++]);
    facts->p = ARENA_ARRAY(arena, struct check_row, EVENT_FACTS_MOST + 3);
    event_facts_put(arena, EVENT_ARRIVAL, &a->facts, facts);
    facts->p[facts->n++] = (struct check_row){.label = STR("Nomor KK"),
                                              .value = str_fmt(arena, "%.*s, %s", STR_ARG(nik_spaced(arena, first->kk_no)),
                                                               a->is_new ? "keluarga baru" : "keluarga yang sudah tercatat")};
    facts->p[facts->n++] = (struct check_row){.label = STR("Alamat"), .value = first->address};
    facts->p[facts->n++] = (struct check_row){
        .label = STR("Wilayah"),
        .value = family_place(arena, &(struct family_full){.hamlet = first->hamlet, .rw = first->rw, .rt = first->rt})};
}

enum rc arrival_page(struct request *req, struct response *resp, struct err *err)
{
    const struct arriving *made = act_kept(req);
    const struct arriving *checked = request_is_changed(req) || request_faults(req)->n > 0 ? NULL : made;
    const uint64_t family_id = arrival_got(req).family.value;
    struct buf body = {.arena = request_arena(req)};
    struct arrival_form stored = {0};
    struct arrival_view v = {0};

    if (family_id != 0)
        TRY(begin(req, family_id, &stored, err));
    TRY(arrival_fill(req, &stored, &v.form, err));
    const struct arrival_form sent = arrival_got(req);
    TRY(hamlet_boxes(req, v.form.is_sent ? HAMLET_TYPED(&sent) : HAMLET_TYPED(&stored), &v.hamlet, err));
    if (made != NULL) {
        v.same.p = ARENA_ARRAY(request_arena(req), struct radios_view, made->n);
        for (size_t i = 0; i < made->n; i++)
            if (made->same[i].answer != SAME_NOBODY)
                v.same.p[v.same.n++] = made->same[i].radios;
        v.missing = made->missing;
    }
    v.is_doubted = sent.is_compared || (made != NULL && made->is_doubted);
    v.asks_birth = sent.is_not_birth || request_fault_of(req, ARRIVAL_IS_NOT_BIRTH).p != NULL;
    if (v.asks_birth && made != NULL && made->has_target)
        v.birth_href = str_fmt(request_arena(req), "/kantor/keluarga/%" PRIu64 "/kelahiran", made->to.f.id);
    if (checked != NULL) {
        put_check(req, checked, &v);
        view_arrival_check(&body, &v);
    } else {
        view_arrival(&body, &v);
    }
    const struct page page = {.title = checked != NULL ? STR("Periksa sebelum dicatat") : STR("Catat kedatangan"),
                              .active = STR("/kantor/peristiwa"),
                              .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

/* ---- writing ---- */

static enum rc put_events(struct txn *txn, struct request *req, const struct arriving *a, const struct resident_row *rows,
                          const struct event_person_known_rows *before, uint64_t family_id, uint64_t *first_out, struct err *err)
{
    const struct event_put_in event = event_row(req, EVENT_ARRIVAL, &a->facts);
    struct event_put_in events[ARRIVALS_MOST];
    struct event_person_known_rows known;

    TRY(event_people_known(in_txn(txn), rows, a->n, &known, err));
    for (size_t i = 0; i < a->n; i++) {
        const struct event_person_known *person = event_person_known_of(&known, rows[i].nik);
        const struct event_person_known *was = event_person_known_of(before, rows[i].nik);

        if (person == NULL)
            return fail(err, RC_FAULT, "a person just written is not found");
        events[i] = event;
        events[i].resident_id = person->id;
        events[i].family_id = some_u64(family_id);
        events[i].family_before = was != NULL ? was->family_id : (struct opt_u64){0};
        events[i].status_before = a->status_before[i];
    }
    return events_put(txn, events, a->n, first_out, err);
}

/* Who came back under a temporary number has brought the real one. */
static enum rc give_niks(struct txn *txn, const struct arriving *a, const struct resident_act *act, struct err *err)
{
    struct resident_now now;

    for (size_t i = 0; i < a->n; i++)
        if (a->same[i].answer == SAME_CHOSEN && !str_empty(a->rows[i].nik)) {
            TRY(resident_read(in_txn(txn), a->same[i].id, &now, err));
            TRY(nik_give(txn, act, &now, a->rows[i].nik, err));
        }
    return RC_OK;
}

/* As the form saw it: the target still there (or still not), nobody with these NIK came meanwhile. Temporary ones are given. */
static enum rc look_again(struct txn *txn, struct request *req, const struct arriving *a, struct resident_row *rows,
                          struct event_person_known_rows *known, struct err *err)
{
    struct village_db *db = in_txn(txn);
    struct family_state to;
    bool is_there, is_changed;

    TRY(family_by_kk(db, a->form.kk_no, &to, &is_there, err));
    for (size_t i = 0; i < a->n; i++)
        if (a->same[i].answer == SAME_CHOSEN)
            rows[i].nik = a->same[i].nik; /* they come under the number they had; the real one is given then */
    TRY(event_people_known(db, rows, a->n, known, err));
    is_changed = is_there != a->has_target || (is_there && to.f.version != a->to.f.version);
    for (size_t i = 0; i < a->n && !is_changed; i++) {
        if (a->same[i].answer != SAME_CHOSEN && str_empty(rows[i].nik)) {
            TRY(nik_temporary(txn, &rows[i].nik, err));
            continue;
        }
        const struct event_person_known *person = event_person_known_of(known, rows[i].nik);
        is_changed = (person != NULL ? person->basic_status : 0) != a->status_before[i];
    }
    if (!is_changed)
        return RC_OK;
    request_set_changed(req);
    return fail(err, RC_CONFLICT, "the registry changed since the form was checked");
}

enum rc arrival_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct arriving *a = act_kept(req);
    struct arena *arena = request_arena(req);
    const struct resident_act act = resident_act_of(req, event_word(EVENT_ARRIVAL), event_reason(arena, &a->facts, ", dari "));
    struct resident_row rows[ARRIVALS_MOST];
    struct family_state to;
    struct event_person_known_rows before;
    bool is_there;
    uint64_t first = 0;

    memcpy(rows, a->rows, sizeof rows);
    TRY(registry_touch(txn, err));
    TRY(look_again(txn, req, a, rows, &before, err));
    TRY(registry_write_rows(txn, rows, a->n, &act, act.by.at, err));
    TRY(family_by_kk(in_txn(txn), a->form.kk_no, &to, &is_there, err));
    if (!is_there)
        return fail(err, RC_FAULT, "the family just written is not found");
    TRY(family_roles_set(txn, &act, &to, NULL, 0, err));
    TRY(put_events(txn, req, a, rows, &before, to.f.id, &first, err));
    TRY(give_niks(txn, a, &act, err));
    act_say(req, event_words_of(EVENT_ARRIVAL)->said);
    *go_to_out = event_href(arena, first);
    return event_done(txn, req, event_audit(EVENT_ARRIVAL), first, err);
}
