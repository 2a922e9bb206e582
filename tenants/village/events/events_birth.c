// SPDX-License-Identifier: AGPL-3.0-or-later
/* A child comes into a family. Without a NIK yet it gets a temporary one. */
#include "server/base/text.h"
#include "server/web/act.h"
#include "tenants/village/events/events_birth_view.h"
#include "tenants/village/events/events_pages.h"
#include "tenants/village/residents/ages.h"
#include "tenants/village/residents/residents.h"

enum {
    ROLE_CHILD = 4,
    ROLES = 11,
    NOT_WORKING = 1,
    NOT_SCHOOLED = 1,
    PARENT_YEARS_OFFERED = 10, /* SDG 3.7.2 counts mothers from 10 on */
    USUAL_PARENT_YEARS = 15,
    SMALL_YEARS = 7,
    USUAL_MOTHER_YEARS_MOST = 50,
    AFTER_FATHER_DAYS = 300 /* within these a child is of the marriage that ended: KUHPerdata art. 255 */
};

#define NOT_HERE "Tidak di keluarga ini"

/* What the form says, against the village as it stands. */
struct birth {
    struct resident_row row;
    struct same_person same;
    bool asks_nation; /* one parent is a foreigner */
    bool is_doubted;
};

/* ---- showing ---- */

static int years_of(const struct request *req, const struct family_member *m)
{
    return date_is_none(m->birth_date) ? 0 : date_age(m->birth_date, request_today(req));
}

/* A child is also of who died: its mother in childbirth, its father before it was born. */
static bool may_be_parent(const struct family_member *m, uint8_t sex)
{
    return m->sex == sex && (m->basic_status == STATUS_ALIVE || m->basic_status == STATUS_DEAD);
}

/* At the birth, not today: a late registration may be of somebody grown up. Before the day is known, whoever usually may have been one. */
static bool is_parent(const struct request *req, const struct family_member *m, uint8_t sex, struct date born)
{
    if (!may_be_parent(m, sex) || date_is_none(m->birth_date))
        return false;
    if (date_is_none(born))
        return years_of(req, m) >= USUAL_PARENT_YEARS;
    if (date_compare(m->birth_date, born) > 0)
        return false;
    const int years = date_age(m->birth_date, born);
    return years >= PARENT_YEARS_OFFERED && (sex == SEX_MALE || years <= MOTHER_YEARS_MOST);
}

/*
 * Whose child it is where the family makes that plain: of its one couple. With several wives, one parent alone, a second couple (there
 * is a child-in-law or a grandchild) or a wife past the usual years nobody is chosen: the clerk asks.
 */
static void presume_parents(const struct request *req, const struct family_state *family, struct birth_form *form)
{
    const struct family_member *head = family_head(family), *spouse = NULL;
    size_t spouses = 0;

    for (size_t i = 0; i < family->living; i++) {
        const struct family_member *m = &family->p[i];

        if (m->role == SHDK_CHILD_IN_LAW || m->role == SHDK_GRANDCHILD)
            return;
        if (m->role == SHDK_HUSBAND || m->role == SHDK_WIFE) {
            spouses++;
            spouse = m;
        }
    }
    if (head == NULL || spouses != 1)
        return;
    const struct family_member *mother = head->sex == SEX_FEMALE ? head : spouse, *father = mother == head ? spouse : head;

    if (mother->sex != SEX_FEMALE || father->sex != SEX_MALE || years_of(req, mother) < USUAL_PARENT_YEARS ||
        years_of(req, father) < USUAL_PARENT_YEARS || years_of(req, mother) > USUAL_MOTHER_YEARS_MOST)
        return;
    form->mother = some_u64(mother->id);
    form->father = some_u64(father->id);
}

/* Whom a child can be of, with role and age, so that an elder sister is not taken for the mother. Others are typed by name. */
static struct select_view parent_select(struct request *req, const struct family_state *family, const char *name, const char *label,
                                        uint8_t sex, uint64_t chosen, struct date born)
{
    struct arena *arena = request_arena(req);
    struct select_view select = {.name = str_c(name),
                                 .label = str_c(label),
                                 .fault = request_fault_of(req, name),
                                 .empty_label = STR(NOT_HERE),
                                 .is_optional = true};

    select.options.p = ARENA_ARRAY(arena, struct option, family->n);
    for (size_t i = 0; i < family->n; i++) {
        const struct family_member *m = &family->p[i];

        if (is_parent(req, m, sex, born) || (may_be_parent(m, sex) && m->id == chosen)) /* who was chosen stays, with what is wrong */
            select.options.p[select.options.n++] = (struct option){
                .value = str_fmt(arena, "%" PRIu64, m->id),
                .is_selected = m->id == chosen,
                .label = m->basic_status == STATUS_DEAD ? str_fmt(arena, "%.*s (meninggal)", STR_ARG(text_name(arena, m->name)))
                                                        : str_fmt(arena, "%.*s (%.*s, %d tahun)", STR_ARG(text_name(arena, m->name)),
                                                                  STR_ARG(code_label(CODE_FAMILY_ROLE, m->role)), years_of(req, m))};
    }
    return select;
}

static void put_check(struct request *req, const struct birth *b, struct birth_view *v)
{
    struct arena *arena = request_arena(req);
    const struct resident_row *row = &b->row;
    const struct check_row facts[] = {
        {.label = STR("Nama"), .value = text_name(arena, row->name)},
        {.label = STR("Jenis kelamin"), .value = code_label(CODE_SEX, row->sex)},
        {.label = STR("Lahir"),
         .value = str_fmt(arena, "%.*s, %.*s", STR_ARG(text_place(arena, row->birth_place)), STR_ARG(date_long(arena, row->birth_date)))},
        {.label = STR("NIK"), .value = str_empty(row->nik) ? STR("NIK sementara") : nik_spaced(arena, row->nik)},
        {.label = STR("Nomor akta kelahiran"), .value = row->birth_cert},
        {.label = STR("Ibu"), .value = text_name(arena, row->mother_name)},
        {.label = STR("Ayah"), .value = text_name(arena, row->father_name)},
        {.label = STR("Kewarganegaraan"),
         .value = b->asks_nation ? STR("Dipilih di bawah") : code_label(CODE_CITIZENSHIP, row->citizenship)},
        {.label = STR("Hubungan dengan kepala keluarga"), .value = code_label(CODE_FAMILY_ROLE, row->family_role)},
        {.label = STR("Pelapor"), .value = birth_got(req).reporter},
    };

    v->name = text_name(arena, row->name);
    v->is_known = b->same.answer == SAME_CHOSEN;
    v->facts.p = ARENA_ARRAY(arena, struct check_row, COUNT_OF(facts));
    v->facts.n = COUNT_OF(facts);
    memcpy(v->facts.p, facts, sizeof facts);
    v->carried = form_carried(req, (const char *const[]){BIRTH_STEP, BIRTH_NATION, NULL});
    if (!b->asks_nation)
        return;
    struct radios_view *nation = ARENA_NEW(arena, struct radios_view);
    *nation = (struct radios_view){.name = STR(BIRTH_NATION),
                                   .label = STR("Kewarganegaraan bayi"),
                                   .hint = STR("Salah satu orang tuanya WNA"),
                                   .options = form_code_options(arena, CODE_CITIZENSHIP, row->citizenship, 0)};
    v->nation = nation;
}

enum rc birth_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct village_db *db;
    struct family_state family;
    struct birth_form form;
    struct buf body = {.arena = arena};
    struct birth_view v = {0};
    const struct birth *made = act_kept(req);
    const struct birth *checked = request_is_changed(req) || request_faults(req)->n > 0 ? NULL : made;

    birth_read(req, &form);
    TRY(request_village_db(req, &db, err));
    TRY(family_load(db, form.id, &family, err));
    TRY(family_look(req, db, family.f.id, err));
    const struct family_member *head = family_head(&family);
    const struct birth_form stored = {.id = form.id, .version = family.f.version};
    v.back = str_fmt(arena, "/kantor/keluarga/%" PRIu64, family.f.id);
    v.action = str_fmt(arena, "%.*s/kelahiran", STR_ARG(v.back));
    v.title = head != NULL ? str_fmt(arena, "Keluarga %.*s", STR_ARG(text_name(arena, head->name))) : STR("Keluarga tanpa kepala");
    TRY(birth_fill(req, &stored, &v.form, err));
    if (!request_is_sent(req))
        presume_parents(req, &family, &form);
    v.mother = parent_select(req, &family, BIRTH_MOTHER, "Ibu", SEX_FEMALE, form.mother.value, form.born);
    v.father = parent_select(req, &family, BIRTH_FATHER, "Ayah", SEX_MALE, form.father.value, form.born);
    if (made != NULL && made->same.answer != SAME_NOBODY)
        v.same = &made->same.radios;
    v.alone = (struct check_view){.name = STR(BIRTH_ALONE),
                                  .label = STR("Catat tanpa ayah dan ibu"),
                                  .hint = STR("Hanya bila keduanya memang tidak diketahui"),
                                  .fault = v.form.p[BIRTH_AT_ALONE].fault,
                                  .is_checked = form.alone};
    v.is_doubted = form.is_compared || (made != NULL && made->is_doubted);
    v.has_alone = form.alone || !str_empty(v.alone.fault);
    if (checked != NULL) {
        put_check(req, checked, &v);
        view_birth_check(&body, &v);
    } else {
        view_birth(&body, &v);
    }
    const struct page page = {.title = checked != NULL ? STR("Periksa sebelum dicatat") : STR("Catat kelahiran"),
                              .active = STR("/kantor/peristiwa"),
                              .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

/* ---- checking ---- */

static const struct family_member *parent_of(struct request *req, const struct family_state *family, const struct birth_form *form,
                                             struct opt_u64 id, const char *field, uint8_t sex, const char *words)
{
    if (!id.is_set || id.value == 0)
        return NULL;
    const struct family_member *m = family_anyone_of(family, id.value);
    m = m != NULL && may_be_parent(m, sex) ? m : NULL;
    if (m == NULL)
        request_fault(req, field, "Pilih %s dari anggota keluarga ini.", words);
    else if (!date_is_none(form->born) && !date_is_none(m->birth_date) && date_compare(form->born, m->birth_date) <= 0)
        request_fault(req, BIRTH_BORN, "Tanggal lahir ini sebelum %s lahir. Periksa tahunnya.", words);
    return m;
}

/* A mother lives at the birth; a father may have died up to ten months before. */
static enum rc check_dead_parent(struct request *req, struct village_db *db, const struct family_member *m, struct date born,
                                 const char *field, struct err *err)
{
    const bool is_mother = m != NULL && m->sex == SEX_FEMALE;
    struct resident_full parent;

    if (m == NULL || m->basic_status != STATUS_DEAD || date_is_none(born))
        return RC_OK;
    TRY(sql_resident_get(db, m->id, &parent, err));
    if (date_is_none(parent.ended) || date_to_days(born) - date_to_days(parent.ended) <= (is_mother ? 0 : AFTER_FATHER_DAYS))
        return RC_OK;
    request_fault(req, field, "%s meninggal %.*s, %s bayi ini lahir. Periksa tanggal lahirnya, atau pilih \"%s\" dan tulis namanya.",
                  is_mother ? "Ibu ini" : "Ayah ini", STR_ARG(date_long(request_arena(req), parent.ended)),
                  is_mother ? "sebelum" : "lebih dari 10 bulan sebelum", NOT_HERE);
    return RC_OK;
}

/* One parent is one answer: of the family, or by name. A child without any is asked about once. */
static void check_parents(struct request *req, const struct birth_form *form)
{
    bool has_mother = form->mother.value != 0, has_father = form->father.value != 0;

    if (has_mother && !str_empty(form->mother_name))
        request_fault(req, BIRTH_MOTHER_NAME, "Ibunya sudah dipilih dari keluarga. Kosongkan nama ini, atau pilih \"%s\".", NOT_HERE);
    if (has_father && !str_empty(form->father_name))
        request_fault(req, BIRTH_FATHER_NAME, "Ayahnya sudah dipilih dari keluarga. Kosongkan nama ini, atau pilih \"%s\".", NOT_HERE);
    if (!has_mother && !has_father && str_empty(form->mother_name) && str_empty(form->father_name) && !form->alone)
        request_ask(req, BIRTH_ALONE, "Ayah dan ibu bayi ini belum diisi. Pilih atau tulis namanya, atau centang kotak ini.");
}

static void check_child(struct request *req, const struct birth_form *form)
{
    struct date today = request_today(req);
    struct str fault = event_date_fault(EVENT_BIRTH, form->born, (struct date){0}, today);

    birth_place_judge(req, BIRTH_BIRTH_PLACE, form->birth_place);
    if (!str_empty(fault))
        request_fault(req, BIRTH_BORN, "%.*s", STR_ARG(fault));
    else if (!str_empty(form->sex) && (fault = nik_fault(form->nik, form->born, str_is(form->sex, "2"), today), !str_empty(fault)))
        request_fault(req, BIRTH_NIK, "%.*s", STR_ARG(fault));
    if (!is_newborn_role((uint8_t)form->role.value) || form->role.value > ROLES)
        request_fault(req, BIRTH_ROLE, "Bayi tidak bisa menjadi kepala keluarga, suami, istri, menantu, orang tua, atau mertua.");
}

/* Two foreigners' child is one; of any other with a foreign parent the clerk says it, with WNI chosen. */
static enum rc read_nation(struct village_db *db, const struct birth_form *form, const struct family_member *mother,
                           const struct family_member *father, struct birth *b, struct err *err)
{
    const struct family_member *parents[] = {mother, father};
    struct resident_full parent;
    uint64_t typed;
    size_t foreign = 0;

    for (size_t i = 0; i < COUNT_OF(parents); i++) {
        if (parents[i] == NULL)
            continue;
        TRY(sql_resident_get(db, parents[i]->id, &parent, err));
        foreign += parent.citizenship.is_set && parent.citizenship.value == NATION_FOREIGN;
    }
    b->asks_nation = foreign == 1;
    b->row.citizenship = b->asks_nation && str_to_u64(form->nation, &typed) ? (uint8_t)typed
                         : foreign == COUNT_OF(parents)                     ? NATION_FOREIGN
                                                                            : NATION_INDONESIAN;
    return RC_OK;
}

/* The child as the registry will hold it; what cannot be is a fault of the form. */
static enum rc child_of(struct request *req, struct village_db *db, const struct birth_form *form, struct birth *b, struct err *err)
{
    struct resident_row *out = &b->row;
    struct arena *arena = request_arena(req);
    struct family_state family;
    struct resident_full like;

    TRY(family_load(db, form->id, &family, err));
    const struct family_member *mother = parent_of(req, &family, form, form->mother, BIRTH_MOTHER, SEX_FEMALE, "ibu");
    const struct family_member *father = parent_of(req, &family, form, form->father, BIRTH_FATHER, SEX_MALE, "ayah");
    const struct family_member *first = mother != NULL ? mother : father != NULL ? father : family_head(&family);

    const bool is_small = date_is_none(form->born) || date_age(form->born, request_today(req)) < SMALL_YEARS;

    check_child(req, form);
    check_parents(req, form);
    TRY(check_dead_parent(req, db, mother, form->born, BIRTH_MOTHER, err));
    TRY(check_dead_parent(req, db, father, form->born, BIRTH_FATHER, err));
    *out = (struct resident_row){
        .address = family.f.address,
        .hamlet = family.f.hamlet,
        .rw = family.f.rw,
        .rt = family.f.rt,
        .kk_no = family.f.kk_no,
        .name = name_kept(req, BIRTH_NAME, form->name),
        .nik = form->nik,
        .sex = str_is(form->sex, "2") ? SEX_FEMALE : SEX_MALE,
        .birth_place = text_upper(arena, form->birth_place),
        .birth_date = form->born,
        .birth_cert = form->certificate,
        .mother_nik = mother != NULL ? mother->nik : STR(""),
        .mother_name = mother != NULL ? mother->name : name_kept(req, BIRTH_MOTHER_NAME, form->mother_name),
        .father_nik = father != NULL ? father->nik : STR(""),
        .father_name = father != NULL ? father->name : name_kept(req, BIRTH_FATHER_NAME, form->father_name),
        .family_role = form->role.value != 0                                 ? (uint8_t)form->role.value
                       : first != NULL && (mother != NULL || father != NULL) ? newborn_role(first->role)
                                                                             : ROLE_CHILD,
        .marital = is_small ? MARITAL_SINGLE : 0, /* who is grown up when the birth is written down says so themselves */
        .occupation = is_small ? NOT_WORKING : 0,
        .education_kk = is_small ? NOT_SCHOOLED : 0,
        .basic_status = STATUS_ALIVE,
    };
    TRY(read_nation(db, form, mother, father, b, err));
    if (first == NULL)
        return RC_OK;
    TRY(sql_resident_get(db, first->id, &like, err));
    out->religion = like.religion.is_set ? (uint8_t)like.religion.value : 0;
    return RC_OK;
}

enum rc birth_check(struct request *req, struct err *err)
{
    struct birth *b = ARENA_NEW(request_arena(req), struct birth);
    const struct birth_form form = birth_got(req);
    struct same_candidate_rows people;
    struct village_db *db;

    *b = (struct birth){0};
    if (!str_is(form.step, "simpan"))
        act_ask(req);
    if (str_is(form.step, "ubah"))
        return RC_OK;
    TRY(request_village_db(req, &db, err));
    TRY(child_of(req, db, &form, b, err));
    TRY(same_people_of(db, &b->row, 1, &people, err));
    const struct same_candidate *owner = same_by_nik(&people, b->row.nik);
    struct str fault = owner != NULL ? nik_taken_fault(owner->basic_status) : STR("");
    if (!str_empty(fault) && request_fault_of(req, BIRTH_NIK).p == NULL)
        request_fault(req, BIRTH_NIK, "%.*s", STR_ARG(fault));
    TRY(number_judge(req, db, BIRTH_NIK, b->row.nik, false, err));
    same_person_ask(req, &people, &b->row, 1, &form.same, false, &b->same);
    act_keep(req, b);
    if (form.is_compared || b->same.answer == SAME_CHOSEN || request_faults(req)->n > 0)
        return RC_OK;
    struct age_doubt doubt;
    TRY(ages_ask(db, &b->row, 0, request_today(req), &b->is_doubted, &doubt, err));
    if (b->is_doubted)
        request_ask(req, BIRTH_BORN, "%.*s", STR_ARG(doubt.text));
    return RC_OK;
}

/* ---- writing ---- */

/* The child stands there already: the name and NIK that it has by now are written down, and nobody is born twice. */
static enum rc birth_again(struct txn *txn, struct request *req, const struct birth *b, struct str *go_to_out, struct err *err)
{
    struct resident_now now;
    bool is_changed;

    TRY(resident_read(in_txn(txn), b->same.id, &now, err));
    if (now.row.basic_status != STATUS_ALIVE || !str_eq(now.row.nik, b->same.nik)) {
        request_set_changed(req);
        return fail(err, RC_CONFLICT, "who was chosen changed since");
    }
    *go_to_out = str_fmt(request_arena(req), "/kantor/penduduk/%" PRIu64, now.id);
    TRY(same_take(txn, req, &now, &b->row, &is_changed, err));
    if (!is_changed)
        return RC_OK;
    TRY(act_audit(txn, req, err, "resident.nik", "resident:%" PRIu64, now.id));
    return act_touch(txn, ACT_PAGES | ACT_FIGURES, err);
}

enum rc birth_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    struct arena *arena = request_arena(req);
    const struct birth *b = act_kept(req);
    struct resident_row row = b->row;
    const struct birth_form form = birth_got(req);
    const struct event_facts facts = event_facts_for(
        EVENT_BIRTH,
        (struct event_facts){.date = row.birth_date, .place = form.birth_place, .reporter = form.reporter, .number = form.certificate},
        STR(""));
    const struct resident_act act = resident_act_of(req, event_word(EVENT_BIRTH), event_reason(arena, &facts, ", "));
    struct event_put_in event = event_row(req, EVENT_BIRTH, &facts);
    struct family_state held;
    struct event_person_known_rows known;
    uint64_t id;

    TRY(family_lock(txn, form.id, &held, err));
    TRY(act_seen(req, held.f.version, err));
    if (b->same.answer == SAME_CHOSEN)
        return birth_again(txn, req, b, go_to_out, err);
    TRY(event_people_known(in_txn(txn), &row, 1, &known, err));
    if (known.n > 0) { /* whose birth was taken back, or who was entered by mistake, may be born again */
        struct str fault = nik_taken_fault(known.p[0].basic_status);

        if (!str_empty(fault))
            return act_refuse(req, err, BIRTH_NIK, "%.*s", STR_ARG(fault));
        event.status_before = known.p[0].basic_status;
        event.family_before = known.p[0].family_id;
    }
    if (str_empty(row.nik))
        TRY(nik_temporary(txn, &row.nik, err));
    TRY(registry_write_rows(txn, &row, 1, &act, act.by.at, err));
    TRY(event_people_known(in_txn(txn), &row, 1, &known, err));
    if (known.n == 0)
        return fail(err, RC_FAULT, "the child just written is not found");
    TRY(family_roles_set(txn, &act, &held, NULL, 0, err));
    event.resident_id = known.p[0].id;
    event.family_id = some_u64(held.f.id);
    TRY(events_put(txn, &event, 1, &id, err));
    act_say(req, event_words_of(EVENT_BIRTH)->said);
    *go_to_out = event_href(arena, id);
    return event_done(txn, req, event_audit(EVENT_BIRTH), id, err);
}
