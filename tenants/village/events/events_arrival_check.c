// SPDX-License-Identifier: AGPL-3.0-or-later
/* Who comes, judged: each alone, against those whom the village knows, and against the family they come to. */
#include "server/base/text.h"
#include "server/web/act.h"
#include "tenants/village/events/events_arrival.h"
#include "tenants/village/residents/ages.h"

/* A field of the i-th who comes. */
static char *of(struct request *req, const struct arriving *a, size_t i, const char *field)
{
    return str_z(request_arena(req), str_fmt(request_arena(req), "%s_%zu_%s", ARRIVAL_PEOPLE, a->form.people.p[i].row, field));
}

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
