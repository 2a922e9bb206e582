// SPDX-License-Identifier: AGPL-3.0-or-later
/* One or several come from elsewhere, into a family of the village or with a card of their own. Who was here before comes back. */
#include "server/base/text.h"
#include "server/web/act.h"
#include "tenants/village/events/events_arrival_view.h"
#include "tenants/village/events/events_pages.h"
#include "tenants/village/residents/ages.h"

enum { ARRIVALS_MOST = 8 };

/* What the form says, against the village as it stands. */
struct arriving {
    struct arrival_form form;
    size_t n;
    struct resident_row rows[ARRIVALS_MOST];
    uint8_t status_before[ARRIVALS_MOST];
    struct same_person same[ARRIVALS_MOST];
    uint64_t ids[ARRIVALS_MOST]; /* of whom the village knows; 0: nobody */
    struct arrival_missings missing;
    struct event_facts facts;
    struct family_state to; /* only when has_target */
    bool has_target, is_new, is_doubted;
};

/* A field of the i-th who comes. */
static char *of(struct request *req, const struct arriving *a, size_t i, const char *field)
{
    return str_z(request_arena(req), str_fmt(request_arena(req), "%s_%zu_%s", ARRIVAL_PEOPLE, a->form.people.p[i].row, field));
}

/* ---- reading ---- */

static void check_person(struct request *req, const struct arriving *a, size_t i)
{
    const struct arrival_people_row *p = &a->form.people.p[i];
    struct date today = request_today(req);
    struct str fault = event_date_fault(EVENT_BIRTH, p->born, (struct date){0}, today);
    bool is_female = str_is(p->sex, "2");

    birth_place_judge(req, of(req, a, i, ARRIVAL_PEOPLE_BIRTH_PLACE), p->birth_place);
    if (!str_empty(fault))
        request_fault(req, of(req, a, i, ARRIVAL_PEOPLE_BORN), "%.*s", STR_ARG(fault));
    else if (!str_empty(p->sex) && (fault = nik_fault(p->nik, p->born, is_female, today), !str_empty(fault)))
        request_fault(req, of(req, a, i, ARRIVAL_PEOPLE_NIK), "%.*s", STR_ARG(fault));
    if (!date_is_none(p->born) && date_compare(p->born, today) <= 0)
        event_check_day(req, EVENT_ARRIVAL, a->form.day, p->born);
    if (!str_empty(p->sex) && (fault = role_fault((uint8_t)p->role, is_female ? SEX_FEMALE : SEX_MALE), !str_empty(fault)))
        request_fault(req, of(req, a, i, ARRIVAL_PEOPLE_ROLE), "%.*s", STR_ARG(fault));
}

/* Who has this NIK already: the living and the dead cannot arrive, the missing are found; who had left comes back. */
static void check_known(struct request *req, struct arriving *a, const struct same_candidate_rows *people, size_t i)
{
    struct str nik = a->rows[i].nik;
    const struct same_candidate *person = same_by_nik(people, nik);

    if (str_empty(nik))
        return;
    for (size_t j = 0; j < i; j++)
        if (str_eq(nik, a->rows[j].nik)) {
            request_fault(req, of(req, a, i, ARRIVAL_PEOPLE_NIK), "NIK ini sama dengan NIK orang ke-%zu.", a->form.people.p[j].row);
            return;
        }
    if (person == NULL)
        return;
    a->status_before[i] = person->basic_status;
    a->ids[i] = person->id;
    if (person->basic_status == STATUS_ALIVE)
        request_fault(req, of(req, a, i, ARRIVAL_PEOPLE_NIK), "NIK ini sudah tercatat tinggal di desa. Cari warganya di daftar penduduk.");
    else if (person->basic_status == STATUS_DEAD)
        request_fault(req, of(req, a, i, ARRIVAL_PEOPLE_NIK), "NIK ini tercatat meninggal. Batalkan dulu catatan kematiannya bila keliru.");
}

/* Who is known without this NIK: who had left comes back as the same person, who lives here cannot come. */
static void check_same(struct request *req, struct arriving *a, const struct same_candidate_rows *people, size_t i)
{
    struct same_person *same = &a->same[i];

    same_person_ask(req, people, &a->rows[i], a->form.people.p[i].row, &a->form.same, true, same);
    if (same->answer != SAME_CHOSEN)
        return;
    a->status_before[i] = same->basic_status;
    a->ids[i] = same->id;
    if (same->basic_status == STATUS_ALIVE)
        request_fault(req, of(req, a, i, ARRIVAL_PEOPLE_NAME), "%s",
                      str_empty(a->rows[i].nik)
                          ? "Orang ini sudah tercatat tinggal di desa. Hapus dari kedatangan ini; pindah keluarga dicatat di halaman "
                            "keluarganya."
                          : "Orang ini sudah tercatat tinggal di desa dengan NIK sementara. Hapus dari kedatangan ini, dan catat "
                            "NIK-nya di data warganya.");
    for (size_t j = 0; j < i; j++)
        if (a->same[j].answer == SAME_CHOSEN && a->same[j].id == same->id)
            request_fault(req, of(req, a, i, ARRIVAL_PEOPLE_NAME), "Orang ini sama dengan orang ke-%zu.", a->form.people.p[j].row);
}

/* Who is missing does not come from elsewhere: that they are back is an act of its own. */
static enum rc check_missing(struct request *req, struct village_db *db, struct arriving *a, size_t i, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct event_missing event;
    bool is_told;

    if (a->status_before[i] != STATUS_MISSING)
        return RC_OK;
    TRY(sql_event_missing(db, a->ids[i], &event, &is_told, err));
    const struct arrival_missing m = {.name = text_name(arena, a->rows[i].name),
                                      .said = is_told ? str_fmt(arena, "Hilang sejak %.*s", STR_ARG(date_long(arena, event.event_date)))
                                                      : STR("Tercatat hilang"),
                                      .href = str_fmt(arena, "/kantor/penduduk/%" PRIu64 "/ditemukan", a->ids[i])};
    a->missing.p[a->missing.n++] = m;
    request_fault(req, of(req, a, i, a->same[i].answer == SAME_CHOSEN ? ARRIVAL_PEOPLE_NAME : ARRIVAL_PEOPLE_NIK),
                  "%.*s di desa ini. Hapus dari kedatangan ini, dan catat dengan “Ditemukan”.", STR_ARG(m.said));
    return RC_OK;
}

static void check_target(struct request *req, const struct arriving *a)
{
    size_t heads = 0;

    if (str_empty(a->form.kk_no) || str_empty(a->form.target))
        return;
    if (a->is_new && a->has_target && a->to.living > 0)
        request_fault(req, ARRIVAL_KK_NO, "Nomor KK ini sudah tercatat di desa. Pilih Keluarga yang sudah tercatat.");
    if (!a->is_new && !a->has_target)
        request_fault(req, ARRIVAL_KK_NO, "Tidak ada keluarga dengan nomor KK ini di desa. Periksa angkanya, atau pilih Keluarga baru.");
    if (a->n == 0 || request_fault_of(req, of(req, a, 0, ARRIVAL_PEOPLE_ROLE)).p != NULL)
        return;
    for (size_t i = 0; i < a->n; i++)
        heads += a->rows[i].family_role == SHDK_HEAD;
    if (heads > 1)
        request_fault(req, of(req, a, 0, ARRIVAL_PEOPLE_ROLE), "Hanya satu orang bisa menjadi kepala keluarga.");
    else if (a->is_new && heads == 0)
        request_fault(req, of(req, a, 0, ARRIVAL_PEOPLE_ROLE), "Keluarga baru memerlukan satu kepala keluarga. Pilih siapa.");
    else if (!a->is_new && a->has_target && heads == 0 && a->to.living == 0)
        request_fault(req, of(req, a, 0, ARRIVAL_PEOPLE_ROLE), "Keluarga itu tidak lagi punya anggota. Pilih siapa kepala keluarganya.");
    else if (!a->is_new && a->has_target && heads > 0 && family_head(&a->to) != NULL)
        request_fault(req, of(req, a, 0, ARRIVAL_PEOPLE_ROLE), "Keluarga itu sudah punya kepala keluarga. Pilih hubungan yang lain.");
}

static struct resident_row row_of(struct request *req, const struct arriving *a, size_t i)
{
    struct arena *arena = request_arena(req);
    const struct arrival_people_row *p = &a->form.people.p[i];
    const struct family_full *to = &a->to.f;
    const struct place place = !a->is_new && a->has_target
                                   ? (struct place){to->address, to->hamlet, to->rw, to->rt}
                                   : place_kept(arena, (struct place){a->form.address, hamlet_meant(HAMLET_TYPED(&a->form)), a->form.rw,
                                                                      a->form.rt});

    return (struct resident_row){
        .address = place.address,
        .hamlet = place.hamlet,
        .rw = place.rw,
        .rt = place.rt,
        .kk_no = a->form.kk_no,
        .nik = p->nik,
        .name = name_kept(req, of(req, a, i, ARRIVAL_PEOPLE_NAME), p->name),
        .sex = str_is(p->sex, "2") ? SEX_FEMALE : SEX_MALE,
        .birth_place = text_upper(arena, p->birth_place),
        .birth_date = p->born,
        .religion = (uint8_t)p->religion,
        .marital = (uint8_t)p->marital,
        .occupation = (uint8_t)p->occupation,
        .education_kk = (uint8_t)p->education.value,
        .family_role = (uint8_t)p->role,
        .citizenship = nation_of(p->nation),
        .passport = p->passport,
        .kitas = p->kitas,
        .basic_status = STATUS_ALIVE,
    };
}

/* Nobody comes back before having left. */
static enum rc check_order(struct request *req, struct village_db *db, const struct arriving *a, struct err *err)
{
    struct event_about who[ARRIVALS_MOST];
    size_t n = 0;

    for (size_t i = 0; i < a->n; i++)
        if (a->ids[i] != 0)
            who[n++] = (struct event_about){a->ids[i], 0};
    return event_check_order(req, db, EVENT_ARRIVAL, a->form.day, who, n, err);
}

/* Who lives in the family that they come to, as a row beside theirs. */
static struct resident_row row_beside(const struct arriving *a, size_t i)
{
    const struct family_member *m = &a->to.p[i];

    return (struct resident_row){.nik = m->nik,
                                 .name = m->name,
                                 .sex = m->sex,
                                 .birth_date = m->birth_date,
                                 .kk_no = a->form.kk_no,
                                 .family_role = m->role,
                                 .father_nik = m->father_nik,
                                 .mother_nik = m->mother_nik};
}

/* Each alone, and the ages among those who come and beside who lives in the family already. */
static bool is_doubted_of(struct request *req, const struct arriving *a, size_t i, struct age_doubt *out)
{
    struct arena *arena = request_arena(req);
    const struct resident_row *who = &a->rows[i];
    const size_t living = a->has_target ? a->to.living : 0;
    struct resident_row *all = ARENA_ARRAY(arena, struct resident_row, living + a->n);
    bool has_spouse = false;

    if (doubt_alone(arena, who, request_today(req), out))
        return true;
    for (size_t k = 0; k < living + a->n; k++) {
        all[k] = k < living ? row_beside(a, k) : a->rows[k - living];
        has_spouse |= all[k].family_role == SHDK_HUSBAND || all[k].family_role == SHDK_WIFE;
    }
    for (size_t k = 0; k < living + i; k++)
        if (age_between(arena, &all[k], who, has_spouse, out) || age_between(arena, who, &all[k], has_spouse, out))
            return true;
    return false;
}

/* What may be true and is rarely: asked when all else is right, each with its tick. */
static void doubt(struct request *req, struct arriving *a)
{
    bool is_born = false;
    struct age_doubt age;

    if (request_faults(req)->n > 0)
        return;
    for (size_t i = 0; i < a->n; i++) {
        const struct str nation = nation_doubt(a->rows[i].citizenship, a->rows[i].kitas);

        is_born |= !a->is_new && a->status_before[i] == 0 &&
                   date_to_days(request_today(req)) - date_to_days(a->rows[i].birth_date) < NEWBORN_DAYS;
        if (!a->form.is_compared && !str_empty(nation))
            request_ask(req, of(req, a, i, ARRIVAL_PEOPLE_KITAS), "%.*s", STR_ARG(nation));
        if (!a->form.is_compared && is_doubted_of(req, a, i, &age))
            request_ask(req, of(req, a, i, age.column == COLUMN_MARITAL ? ARRIVAL_PEOPLE_MARITAL : ARRIVAL_PEOPLE_BORN), "%.*s",
                        STR_ARG(age.text));
    }
    a->is_doubted = request_faults(req)->n > 0;
    if (is_born && !a->form.is_not_birth)
        request_ask(req, ARRIVAL_IS_NOT_BIRTH,
                    "Bayi yang baru lahir dicatat dengan “Catat kelahiran”, supaya masuk buku dan angka kelahiran. Centang ini hanya "
                    "bila kelahirannya sudah dicatat di desa lain.");
}

enum rc arrival_check(struct request *req, struct err *err)
{
    struct arriving *a = ARENA_NEW(request_arena(req), struct arriving);
    const struct arrival_form *form = &a->form;
    struct same_candidate_rows people;
    struct village_db *db;

    *a = (struct arriving){.form = arrival_got(req)};
    a->n = form->people.n;
    a->is_new = str_is(form->target, "baru");
    a->missing.p = ARENA_ARRAY(request_arena(req), struct arrival_missing, a->n);
    a->facts = event_facts_for(
        EVENT_ARRIVAL, (struct event_facts){.date = form->day, .place = form->from, .number = form->number, .note = form->note}, STR(""));
    if (!str_is(form->step, "simpan"))
        act_ask(req);
    if (str_is(form->step, "ubah"))
        return RC_OK;
    TRY(request_village_db(req, &db, err));
    if (!str_empty(form->kk_no))
        TRY(family_by_kk(db, form->kk_no, &a->to, &a->has_target, err));
    event_check_day(req, EVENT_ARRIVAL, form->day, (struct date){0});
    for (size_t i = 0; i < a->n; i++)
        a->rows[i] = row_of(req, a, i);
    TRY(same_people_of(db, a->rows, a->n, &people, err));
    for (size_t i = 0; i < a->n; i++) {
        check_person(req, a, i);
        check_known(req, a, &people, i);
        check_same(req, a, &people, i);
        TRY(check_missing(req, db, a, i, err));
        TRY(number_judge(req, db, of(req, a, i, ARRIVAL_PEOPLE_NIK), a->rows[i].nik, false, err));
    }
    TRY(number_judge(req, db, ARRIVAL_KK_NO, form->kk_no, true, err));
    TRY(check_order(req, db, a, err));
    check_target(req, a);
    if (a->is_new)
        TRY(hamlet_judge(req, db, HAMLET_TYPED(form), false, err));
    doubt(req, a);
    act_keep(req, a);
    return RC_OK;
}

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
