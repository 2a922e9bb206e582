// SPDX-License-Identifier: AGPL-3.0-or-later
/* One or several come from elsewhere, into a family of the village or with a card of their own. Who was here before comes back. */
#include "tenants/village/events/events_arrival.h"

#include "server/base/text.h"
#include "server/web/forms.h"
#include "tenants/village/events/events_arrival_view.h"
#include "tenants/village/events/events_pages.h"

enum { HEAD = 1, ROLES = 11, INDONESIAN = 1 };

struct arriving {
    struct request *req;
    size_t n;
    struct resident_row rows[ARRIVALS_MOST];
    uint8_t status_before[ARRIVALS_MOST];
    struct family_state to; /* only when has_target */
    bool has_target, is_new, is_changed;
    struct place place;
};

static char *of(struct request *req, const char *name, size_t i)
{
    return str_z(request_arena(req), str_fmt(request_arena(req), "%s%zu", name, i + 1));
}

/* ---- reading ---- */

static void must(struct request *req, char *field, const char *words, bool is_there)
{
    if (!is_there && request_fault_of(req, field).p == NULL)
        request_fault(req, field, "%s belum diisi.", words);
}

static void check_code(struct request *req, char *field, enum code_list list, const char *words, bool is_required)
{
    uint64_t code = input_u64(req, field);

    if (is_required)
        must(req, field, words, code != 0);
    if (code != 0 && !code_exists(list, (uint32_t)code))
        request_fault(req, field, "Pilihan ini tidak ada di daftar. Pilih salah satu.");
}

static void check_person(struct request *req, size_t i)
{
    struct date born = input_date(req, of(req, "lahir", i)), today = request_today(req);
    struct str sex = input_text(req, of(req, "jk", i)), fault;
    bool is_female = str_is(sex, "2");
    uint64_t role = input_u64(req, of(req, "peran", i));

    must(req, of(req, "nama", i), "Nama", !str_empty(input_text(req, of(req, "nama", i))));
    must(req, of(req, "jk", i), "Jenis kelamin", !str_empty(sex));
    must(req, of(req, "tempat", i), "Tempat lahir", !str_empty(input_text(req, of(req, "tempat", i))));
    must(req, of(req, "lahir", i), "Tanggal lahir", !date_is_none(born));
    check_code(req, of(req, "agama", i), CODE_RELIGION, "Agama", true);
    check_code(req, of(req, "kawin", i), CODE_MARITAL, "Status perkawinan", true);
    check_code(req, of(req, "kerja", i), CODE_OCCUPATION, "Pekerjaan", true);
    check_code(req, of(req, "sekolah", i), CODE_EDUCATION_KK, "Pendidikan", false);
    check_code(req, of(req, "peran", i), CODE_FAMILY_ROLE, "Hubungan dalam keluarga", true);
    fault = event_date_fault(EVENT_BIRTH, born, (struct date){0}, today);
    if (!str_empty(fault))
        request_fault(req, of(req, "lahir", i), "%.*s", STR_ARG(fault));
    else if (!str_empty(sex) && (fault = nik_fault(input_text(req, of(req, "nik", i)), born, is_female, today), !str_empty(fault)))
        request_fault(req, of(req, "nik", i), "%.*s", STR_ARG(fault));
    if (!date_is_none(born) && date_compare(born, today) <= 0) {
        fault = event_date_fault(EVENT_ARRIVAL, input_date(req, "tanggal"), born, today);
        if (!str_empty(fault) && request_fault_of(req, "tanggal").p == NULL)
            request_fault(req, "tanggal", "%.*s", STR_ARG(fault));
    }
    if ((role == 2 && is_female) || (role == 3 && !is_female && !str_empty(sex)))
        request_fault(req, of(req, "peran", i), role == 2 ? "Suami hanya untuk laki-laki." : "Istri hanya untuk perempuan.");
}

/* Who has this NIK already: the living and the dead cannot arrive; who had left comes back. */
static void check_known(struct arriving *a, const struct event_person_known_rows *known, size_t i)
{
    struct request *req = a->req;
    struct str nik = input_text(req, of(req, "nik", i));
    const struct event_person_known *person = event_person_known_of(known, nik);

    if (nik.n != 16)
        return;
    for (size_t j = 0; j < i; j++)
        if (str_eq(nik, input_text(req, of(req, "nik", j)))) {
            request_fault(req, of(req, "nik", i), "NIK ini sama dengan NIK orang ke-%zu.", j + 1);
            return;
        }
    if (person == NULL)
        return;
    a->status_before[i] = person->basic_status;
    if (person->basic_status == STATUS_ALIVE)
        request_fault(req, of(req, "nik", i), "NIK ini sudah tercatat tinggal di desa. Cari warganya di daftar penduduk.");
    else if (person->basic_status == STATUS_DEAD)
        request_fault(req, of(req, "nik", i), "NIK ini tercatat meninggal. Batalkan dulu catatan kematiannya bila keliru.");
}

static size_t heads_among(const struct arriving *a)
{
    size_t n = 0;

    for (size_t i = 0; i < a->n; i++)
        n += a->rows[i].family_role == HEAD;
    return n;
}

static void check_target(struct arriving *a)
{
    struct request *req = a->req;
    size_t heads = heads_among(a);
    char *role = of(req, "peran", 0);

    if (input_str(req, "kk").n != 16 || str_empty(input_text(req, "tujuan")))
        return;
    if (a->is_new && a->has_target)
        request_fault(req, "kk", "Nomor KK ini sudah tercatat di desa. Pilih Keluarga yang sudah tercatat.");
    if (!a->is_new && !a->has_target)
        request_fault(req, "kk", "Tidak ada keluarga dengan nomor KK ini di desa. Periksa angkanya, atau pilih Keluarga baru.");
    if (a->is_new && str_empty(input_text(req, "dusun")) && request_fault_of(req, "dusun").p == NULL)
        request_fault(req, "dusun", "Dusun belum diisi.");
    if (request_fault_of(req, role).p != NULL)
        return;
    if (heads > 1)
        request_fault(req, role, "Hanya satu orang bisa menjadi kepala keluarga.");
    else if (a->is_new && heads == 0)
        request_fault(req, role, "Keluarga baru memerlukan satu kepala keluarga. Pilih siapa.");
    else if (!a->is_new && a->has_target && heads > 0 && family_head(&a->to) != NULL)
        request_fault(req, role, "Keluarga itu sudah punya kepala keluarga. Pilih hubungan yang lain.");
}

static struct resident_row row_of(const struct arriving *a, size_t i)
{
    struct request *req = a->req;
    struct arena *arena = request_arena(req);
    const struct family_full *to = &a->to.f;
    bool follows = !a->is_new && a->has_target;

    return (struct resident_row){
        .address = follows ? to->address : a->place.address,
        .hamlet = follows ? to->hamlet : a->place.hamlet,
        .rw = follows ? to->rw : a->place.rw,
        .rt = follows ? to->rt : a->place.rt,
        .kk_no = input_text(req, "kk"),
        .nik = input_text(req, of(req, "nik", i)),
        .name = form_name(req, of(req, "nama", i)),
        .sex = str_is(input_text(req, of(req, "jk", i)), "2") ? SEX_FEMALE : SEX_MALE,
        .birth_place = text_upper(arena, input_text(req, of(req, "tempat", i))),
        .birth_date = input_date(req, of(req, "lahir", i)),
        .religion = (uint8_t)input_u64(req, of(req, "agama", i)),
        .marital = (uint8_t)input_u64(req, of(req, "kawin", i)),
        .occupation = (uint8_t)input_u64(req, of(req, "kerja", i)),
        .education_kk = (uint8_t)input_u64(req, of(req, "sekolah", i)),
        .family_role = (uint8_t)input_u64(req, of(req, "peran", i)),
        .citizenship = INDONESIAN,
        .basic_status = STATUS_ALIVE,
    };
}

static enum rc read(struct request *req, struct arriving *a, struct err *err)
{
    struct event_person_known_rows known;
    struct village_db *db;

    *a = (struct arriving){.req = req,
                           .n = input_u64(req, "jumlah") != 0 ? (size_t)input_u64(req, "jumlah") : 1,
                           .is_new = str_is(input_text(req, "tujuan"), "baru"),
                           .place = form_place(req)};
    TRY(request_village_db(req, &db, err));
    if (input_str(req, "kk").n == 16)
        TRY(family_by_kk(db, input_str(req, "kk"), &a->to, &a->has_target, err));
    if (str_is(input_text(req, "langkah"), "tambah") || str_is(input_text(req, "langkah"), "ubah"))
        return RC_OK;
    const struct str fault = event_date_fault(EVENT_ARRIVAL, input_date(req, "tanggal"), (struct date){0}, request_today(req));
    if (!str_empty(fault))
        request_fault(req, "tanggal", "%.*s", STR_ARG(fault));
    for (size_t i = 0; i < a->n; i++)
        a->rows[i] = row_of(a, i);
    TRY(event_people_known(db, a->rows, a->n, &known, err));
    for (size_t i = 0; i < a->n; i++) {
        check_person(req, i);
        check_known(a, &known, i);
    }
    check_target(a);
    return RC_OK;
}

/* ---- showing ---- */

static struct field_view text_box(struct request *req, bool is_sent, const char *name, const char *label, const char *hint,
                                  bool is_optional)
{
    return input_box(
        req, is_sent,
        (struct field_view){
            .name = str_c(name), .label = str_c(label), .hint = hint != NULL ? str_c(hint) : STR_NONE, .is_optional = is_optional});
}

static struct arrival_person person_boxes(struct request *req, bool is_sent, size_t i)
{
    return (struct arrival_person){
        .title = str_fmt(request_arena(req), "Orang ke-%zu", i + 1),
        .nik = input_box(req, is_sent,
                         (struct field_view){.name = str_c(of(req, "nik", i)),
                                             .label = STR("NIK"),
                                             .hint = STR("Kosongkan bila belum ada: NIK sementara diberikan"),
                                             .width = STR("nik"),
                                             .inputmode = STR("numeric"),
                                             .is_optional = true}),
        .name = text_box(req, is_sent, of(req, "nama", i), "Nama lengkap", NULL, false),
        .sex = form_sex(req, is_sent, of(req, "jk", i)),
        .birth_place = text_box(req, is_sent, of(req, "tempat", i), "Tempat lahir", NULL, false),
        .birth = form_date(req, is_sent, of(req, "lahir", i), "Tanggal lahir", "Contoh: 11 11 1957"),
        .religion = form_code_select(req, is_sent, of(req, "agama", i), "Agama", CODE_RELIGION, false),
        .marital = form_code_select(req, is_sent, of(req, "kawin", i), "Status perkawinan", CODE_MARITAL, false),
        .occupation = form_code_select(req, is_sent, of(req, "kerja", i), "Pekerjaan", CODE_OCCUPATION, false),
        .education = form_code_select(req, is_sent, of(req, "sekolah", i), "Pendidikan terakhir", CODE_EDUCATION_KK, true),
        .role = form_code_select(req, is_sent, of(req, "peran", i), "Hubungan dalam keluarga", CODE_FAMILY_ROLE, false),
    };
}

static struct radios_view target_radios(struct request *req, bool is_sent, bool is_known)
{
    struct arena *arena = request_arena(req);
    struct radios_view radios = {
        .name = STR("tujuan"), .label = STR("Masuk ke keluarga mana?"), .fault = is_sent ? request_fault_of(req, "tujuan") : STR_NONE};
    struct str chosen = is_sent ? input_text(req, "tujuan") : is_known ? STR("ada") : STR("");

    radios.options = (struct options){ARENA_ARRAY(arena, struct option, 2), 2};
    radios.options.p[0] = (struct option){.value = STR("baru"),
                                          .label = STR("Keluarga baru"),
                                          .hint = STR("Dengan nomor KK sendiri; isi juga alamatnya"),
                                          .is_selected = str_is(chosen, "baru")};
    radios.options.p[1] = (struct option){.value = STR("ada"),
                                          .label = STR("Keluarga yang sudah tercatat"),
                                          .hint = STR("Alamat dan wilayahnya diikuti"),
                                          .is_selected = str_is(chosen, "ada")};
    return radios;
}

static void put_place(struct request *req, bool is_sent, const struct family_full *from, struct arrival_view *v)
{
    struct arena *arena = request_arena(req);
    struct field_view address = {.name = STR("alamat"), .label = STR("Alamat"), .hint = STR("Jalan atau nama tempat"), .is_optional = true};
    struct field_view hamlet = {.name = STR("dusun"), .label = STR("Dusun")};
    struct field_view rw = {.name = STR("rw"), .label = STR("RW"), .width = STR("4"), .inputmode = STR("numeric"), .is_optional = true};
    struct field_view rt = {.name = STR("rt"), .label = STR("RT"), .width = STR("4"), .inputmode = STR("numeric"), .is_optional = true};

    if (from != NULL) {
        address.value = from->address;
        hamlet.value = text_name(arena, from->hamlet);
        rw.value = form_area_number(from->rw);
        rt.value = form_area_number(from->rt);
    }
    v->place.address = input_box(req, is_sent, address);
    v->place.hamlet = input_box(req, is_sent, hamlet);
    v->place.rw = input_box(req, is_sent, rw);
    v->place.rt = input_box(req, is_sent, rt);
}

static enum rc form_respond(struct request *req, struct response *resp, bool is_sent, size_t n, bool has_faults, bool is_changed,
                            struct err *err)
{
    struct arena *arena = request_arena(req);
    struct village_db *db;
    struct family_state family = {0};
    struct buf body = {.arena = arena};
    struct arrival_view v = {
        .guard = request_form_guard(req), .count = str_fmt(arena, "%zu", n), .may_add = n < ARRIVALS_MOST, .is_changed = is_changed};
    bool is_known = !is_sent && input_u64(req, "keluarga") != 0;

    if (is_known) {
        TRY(request_village_db(req, &db, err));
        TRY(family_load(db, input_u64(req, "keluarga"), &family, err));
        TRY(family_look(req, db, family.f.id, err));
    }
    if (is_sent && has_faults)
        v.faults = *request_faults(req);
    v.date = form_date(req, is_sent, "tanggal", "Tanggal datang", "Contoh: 3 11 2026");
    v.from = text_box(req, is_sent, "asal", "Alamat asal", "Desa, kecamatan, kabupaten", false);
    v.number = text_box(req, is_sent, "nomor", "Nomor surat pindah", "SKPWNI dari daerah asal", true);
    v.note = text_box(req, is_sent, "catatan", "Catatan", NULL, true);
    v.target = target_radios(req, is_sent, is_known);
    v.kk_no = input_box(req, is_sent,
                        (struct field_view){.name = STR("kk"),
                                            .label = STR("Nomor KK"),
                                            .hint = STR("16 angka, di kepala Kartu Keluarga"),
                                            .value = is_known ? nik_spaced(arena, family.f.kk_no) : STR(""),
                                            .width = STR("nik"),
                                            .inputmode = STR("numeric")});
    put_place(req, is_sent, is_known ? &family.f : NULL, &v);
    v.people.p = ARENA_ARRAY(arena, struct arrival_person, n);
    v.people.n = n;
    for (size_t i = 0; i < n; i++)
        v.people.p[i] = person_boxes(req, is_sent, i);
    view_arrival_form(&body, &v);
    if (is_changed)
        response_status(resp, 409);
    else if (is_sent && !has_faults)
        response_status(resp, 200);
    const struct page page = {.title = STR("Catat kedatangan"), .active = STR("/kantor/peristiwa"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

static enum rc check_respond(struct arriving *a, struct response *resp, struct err *err)
{
    struct request *req = a->req;
    struct arena *arena = request_arena(req);
    struct buf body = {.arena = arena};
    struct arrival_view v = {.guard = request_form_guard(req), .carried = form_carried(req, (const char *const[]){"langkah", NULL})};
    struct check_rows *facts = &v.facts;
    const struct resident_row *first = &a->rows[0];

    facts->p = ARENA_ARRAY(arena, struct check_row, a->n + 6);
    for (size_t i = 0; i < a->n; i++)
        facts->p[facts->n++] = (struct check_row){.label = text_name(arena, a->rows[i].name),
                                                  .value = str_fmt(arena, "%.*s, lahir %.*s%s",
                                                                   STR_ARG(code_label(CODE_FAMILY_ROLE, a->rows[i].family_role)),
                                                                   STR_ARG(date_long(arena, a->rows[i].birth_date)),
                                                                   a->status_before[i] != 0    ? ", pernah tercatat di desa ini"
                                                                   : str_empty(a->rows[i].nik) ? ", NIK sementara"
                                                                                               : "")};
    facts->p[facts->n++] = (struct check_row){.label = STR("Tanggal datang"), .value = date_long(arena, input_date(req, "tanggal"))};
    facts->p[facts->n++] = (struct check_row){.label = STR("Alamat asal"), .value = input_text(req, "asal")};
    facts->p[facts->n++] = (struct check_row){.label = STR("Nomor KK"),
                                              .value = str_fmt(arena, "%.*s, %s", STR_ARG(nik_spaced(arena, first->kk_no)),
                                                               a->is_new ? "keluarga baru" : "keluarga yang sudah tercatat")};
    facts->p[facts->n++] = (struct check_row){.label = STR("Alamat"), .value = first->address};
    facts->p[facts->n++] = (struct check_row){
        .label = STR("Wilayah"),
        .value = family_place(arena, &(struct family_full){.hamlet = first->hamlet, .rw = first->rw, .rt = first->rt})};
    view_arrival_check(&body, &v);
    const struct page page = {.title = STR("Periksa sebelum dicatat"), .active = STR("/kantor/peristiwa"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

enum rc arrival_page(struct request *req, struct response *resp, struct err *err)
{
    return form_respond(req, resp, false, 1, false, false, err);
}

/* ---- writing ---- */

static enum rc put_events(struct txn *txn, struct arriving *a, const struct resident_row *rows, uint64_t family_id, uint64_t *first_out,
                          struct err *err)
{
    struct request *req = a->req;
    struct str together = event_act(req);
    struct event_put_in events[ARRIVALS_MOST];
    struct event_person_known_rows known;

    TRY(event_people_known(in_txn(txn), rows, a->n, &known, err));
    for (size_t i = 0; i < a->n; i++) {
        const struct event_person_known *person = event_person_known_of(&known, rows[i].nik);

        if (person == NULL)
            return fail(err, RC_FAULT, "a person just written is not found");
        events[i] = event_row(req, EVENT_ARRIVAL, together, input_date(req, "tanggal"));
        events[i].resident_id = person->id;
        events[i].family_id = some_u64(family_id);
        events[i].status_before = a->status_before[i];
        events[i].status_after = STATUS_ALIVE;
        events[i].place = input_text(req, "asal");
        events[i].number = input_text(req, "nomor");
        events[i].note = input_text(req, "catatan");
    }
    return events_put(txn, events, a->n, first_out, err);
}

/* As the form saw it: the target still there (or still not), nobody with these NIK came meanwhile. Temporary ones are given. */
static enum rc look_again(struct txn *txn, struct arriving *a, struct resident_row *rows, struct err *err)
{
    struct village_db *db = in_txn(txn);
    struct family_state to;
    struct event_person_known_rows known;
    struct str last = STR_NONE;
    bool is_there;

    TRY(family_by_kk(db, input_str(a->req, "kk"), &to, &is_there, err));
    TRY(event_people_known(db, rows, a->n, &known, err));
    a->is_changed = is_there != a->has_target || (is_there && to.f.version != a->to.f.version);
    for (size_t i = 0; i < a->n && !a->is_changed; i++) {
        if (str_empty(rows[i].nik)) {
            if (last.p == NULL)
                TRY(nik_temporary(txn, &rows[i].nik, err));
            else if ((rows[i].nik = nik_temporary_after(request_arena(a->req), village_db_code(db), last)).p == NULL)
                return fail(err, RC_INVALID, "all temporary numbers are given");
            last = rows[i].nik;
            continue;
        }
        const struct event_person_known *person = event_person_known_of(&known, rows[i].nik);
        a->is_changed = (person != NULL ? person->basic_status : 0) != a->status_before[i];
    }
    return a->is_changed ? fail(err, RC_CONFLICT, "the registry changed since the form was checked") : RC_OK;
}

static enum rc arrival_body(struct txn *txn, void *arg, struct str *go_to_out, struct err *err)
{
    struct arriving *a = arg;
    struct request *req = a->req;
    struct arena *arena = request_arena(req);
    const struct resident_act act = resident_act_of(
        req, CHANGE_ARRIVAL,
        utf8_part(
            arena,
            str_fmt(arena, "%.*s, dari %.*s", STR_ARG(date_long(arena, input_date(req, "tanggal"))), STR_ARG(input_text(req, "asal"))),
            300));
    struct resident_row rows[ARRIVALS_MOST];
    struct family_state to;
    bool is_there;
    uint64_t first = 0;

    memcpy(rows, a->rows, sizeof rows);
    TRY(registry_touch(txn, err));
    TRY(look_again(txn, a, rows, err));
    TRY(registry_write_rows(txn, rows, a->n, &act, act.at, err));
    TRY(family_by_kk(in_txn(txn), input_str(req, "kk"), &to, &is_there, err));
    if (!is_there)
        return fail(err, RC_FAULT, "the family just written is not found");
    TRY(family_roles_set(txn, &act, to.f.id, NULL, 0, err));
    TRY(put_events(txn, a, rows, to.f.id, &first, err));
    *go_to_out = event_href(arena, first);
    return event_done(txn, req, "event.arrival", first, err);
}

enum rc arrival_post(struct request *req, struct response *resp, struct err *err)
{
    struct arriving a;
    struct str step = input_str(req, "langkah");
    enum rc rc;

    TRY(read(req, &a, err));
    if (str_is(step, "tambah"))
        return form_respond(req, resp, true, a.n < ARRIVALS_MOST ? a.n + 1 : a.n, false, false, err);
    if (str_is(step, "ubah"))
        return form_respond(req, resp, true, a.n, false, false, err);
    if (request_faults(req)->n > 0)
        return form_was_answered(req, resp) ? RC_OK : form_respond(req, resp, true, a.n, true, false, err);
    if (a.n > 1 && !str_is(step, "simpan"))
        return check_respond(&a, resp, err);
    rc = village_act(req, resp, arrival_body, &a, err);
    if (rc != RC_CONFLICT || !a.is_changed)
        return rc;
    TRY(read(req, &a, err));
    return form_respond(req, resp, true, a.n, true, true, err);
}
