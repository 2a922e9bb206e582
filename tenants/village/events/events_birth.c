// SPDX-License-Identifier: AGPL-3.0-or-later
/* A child comes into a family. Without a NIK yet it gets a temporary one. */
#include "server/base/text.h"
#include "tenants/village/events/events_birth_view.h"
#include "tenants/village/events/events_pages.h"
#include "tenants/village/residents/residents.h"

enum { ROLE_CHILD = 4, ROLES = 11, MARITAL_SINGLE = 1, NOT_WORKING = 1, NOT_SCHOOLED = 1, INDONESIAN = 1 };

/* ---- showing ---- */

static struct select_view parent_select(struct request *req, bool is_sent, const struct family_state *family, const char *name,
                                        const char *label, uint8_t sex)
{
    struct arena *arena = request_arena(req);
    struct select_view select = {
        .name = str_c(name), .label = str_c(label), .empty_label = STR("Tidak di keluarga ini"), .is_optional = true};
    uint64_t chosen = is_sent ? input_u64(req, name) : 0;

    select.options.p = ARENA_ARRAY(arena, struct option, family->living);
    for (size_t i = 0; i < family->living; i++) {
        const struct family_member *m = &family->p[i];

        if (m->sex == sex && !date_is_none(m->birth_date) && date_age(m->birth_date, request_today(req)) >= 10)
            select.options.p[select.options.n++] = (struct option){
                .value = str_fmt(arena, "%" PRIu64, m->id),
                .is_selected = m->id == chosen,
                .label = str_fmt(arena, "%.*s (%.*s)", STR_ARG(text_name(arena, m->name)), STR_ARG(code_label(CODE_FAMILY_ROLE, m->role)))};
    }
    if (is_sent)
        select.fault = request_fault_of(req, name);
    return select;
}

static struct field_view text_box(struct request *req, bool is_sent, const char *name, const char *label, const char *hint,
                                  bool is_optional)
{
    return input_box(
        req, is_sent,
        (struct field_view){
            .name = str_c(name), .label = str_c(label), .hint = hint != NULL ? str_c(hint) : STR_NONE, .is_optional = is_optional});
}

static enum rc birth_respond(struct request *req, struct response *resp, bool is_sent, bool is_changed, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct village_db *db;
    struct family_state family;
    struct buf body = {.arena = arena};
    struct birth_view v = {.guard = request_form_guard(req), .is_changed = is_changed};

    TRY(request_village_db(req, &db, err));
    TRY(family_load(db, input_u64(req, "id"), &family, err));
    const struct family_member *head = family_head(&family);
    v.back = str_fmt(arena, "/kantor/keluarga/%" PRIu64, family.f.id);
    v.action = str_fmt(arena, "%.*s/kelahiran", STR_ARG(v.back));
    v.title = head != NULL ? str_fmt(arena, "Keluarga %.*s", STR_ARG(text_name(arena, head->name))) : STR("Keluarga tanpa kepala");
    v.version = str_fmt(arena, "%u", family.f.version);
    if (is_sent)
        v.faults = *request_faults(req);
    v.name = text_box(req, is_sent, "nama", "Nama lengkap", NULL, false);
    v.sex = form_sex(req, is_sent, "jk");
    v.birth_place = text_box(req, is_sent, "tempat", "Tempat lahir", NULL, false);
    v.birth = form_date(req, is_sent, "lahir", "Tanggal lahir", "Contoh: 3 11 2026");
    v.nik = input_box(req, is_sent,
                      (struct field_view){.name = STR("nik"),
                                          .label = STR("NIK"),
                                          .hint = STR("Kosongkan bila belum ada: NIK sementara diberikan"),
                                          .width = STR("nik"),
                                          .inputmode = STR("numeric"),
                                          .is_optional = true});
    v.certificate = text_box(req, is_sent, "nomor", "Nomor akta kelahiran", NULL, true);
    v.reporter = text_box(req, is_sent, "pelapor", "Pelapor", "Nama orang yang melapor", true);
    v.mother = parent_select(req, is_sent, &family, "ibu", "Ibu", SEX_FEMALE);
    v.mother_name = text_box(req, is_sent, "nama_ibu", "Nama ibu", "Hanya bila ibunya tidak di keluarga ini", true);
    v.father = parent_select(req, is_sent, &family, "ayah", "Ayah", SEX_MALE);
    v.father_name = text_box(req, is_sent, "nama_ayah", "Nama ayah", "Hanya bila ayahnya tidak di keluarga ini", true);
    v.role = form_code_select(req, is_sent, "peran", "Hubungan dengan kepala keluarga", CODE_FAMILY_ROLE, true);
    v.role.empty_label = STR("Menurut orang tuanya");
    view_birth_form(&body, &v);
    if (is_changed)
        response_status(resp, 409);
    const struct page page = {.title = STR("Catat kelahiran"), .active = STR("/kantor/peristiwa"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

enum rc birth_page(struct request *req, struct response *resp, struct err *err)
{
    return birth_respond(req, resp, false, false, err);
}

/* ---- reading ---- */

struct bearing {
    struct request *req;
    struct resident_row row;
    bool is_changed, is_taken;
    uint64_t family_id;
};

static const struct family_member *parent_of(struct request *req, const struct family_state *family, const char *field, uint8_t sex,
                                             const char *words)
{
    uint64_t id = input_u64(req, field);
    const struct family_member *m = id != 0 ? family_member_of(family, id) : NULL;

    if (id == 0)
        return NULL;
    if (m == NULL || m->sex != sex)
        request_fault(req, field, "Pilih %s dari anggota keluarga ini.", words);
    else if (!date_is_none(input_date(req, "lahir")) && !date_is_none(m->birth_date) &&
             date_compare(input_date(req, "lahir"), m->birth_date) <= 0)
        request_fault(req, "lahir", "Tanggal lahir ini sebelum %s lahir. Periksa tahunnya.", words);
    return m;
}

static void check_child(struct request *req)
{
    struct date born = input_date(req, "lahir"), today = request_today(req);
    struct str fault = event_date_fault(EVENT_BIRTH, born, (struct date){0}, today);
    uint64_t role = input_u64(req, "peran");

    if (!str_empty(fault))
        request_fault(req, "lahir", "%.*s", STR_ARG(fault));
    else if (!str_empty(input_text(req, "jk")) &&
             (fault = nik_fault(input_text(req, "nik"), born, str_is(input_text(req, "jk"), "2"), today), !str_empty(fault)))
        request_fault(req, "nik", "%.*s", STR_ARG(fault));
    if (role != 0 && (role == 1 || role > ROLES))
        request_fault(req, "peran", "Pilih hubungan bayi ini dengan kepala keluarga.");
}

static struct str parent_name(struct request *req, const struct family_member *m, const char *field)
{
    return m != NULL ? m->name : form_name(req, field);
}

static enum rc read(struct request *req, struct bearing *out, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct village_db *db;
    struct family_state family;
    struct resident_full like;

    *out = (struct bearing){.req = req};
    TRY(request_village_db(req, &db, err));
    TRY(family_load(db, input_u64(req, "id"), &family, err));
    const struct family_member *mother = parent_of(req, &family, "ibu", SEX_FEMALE, "ibu"),
                               *father = parent_of(req, &family, "ayah", SEX_MALE, "ayah");
    const struct family_member *first = mother != NULL ? mother : father != NULL ? father : family_head(&family);
    uint64_t role = input_u64(req, "peran");

    check_child(req);
    out->family_id = family.f.id;
    out->row = (struct resident_row){
        .address = family.f.address,
        .hamlet = family.f.hamlet,
        .rw = family.f.rw,
        .rt = family.f.rt,
        .kk_no = family.f.kk_no,
        .name = form_name(req, "nama"),
        .nik = input_text(req, "nik"),
        .sex = str_is(input_text(req, "jk"), "2") ? SEX_FEMALE : SEX_MALE,
        .birth_place = text_upper(arena, input_text(req, "tempat")),
        .birth_date = input_date(req, "lahir"),
        .birth_cert = input_text(req, "nomor"),
        .mother_nik = mother != NULL ? mother->nik : STR(""),
        .mother_name = parent_name(req, mother, "nama_ibu"),
        .father_nik = father != NULL ? father->nik : STR(""),
        .father_name = parent_name(req, father, "nama_ayah"),
        .family_role = role != 0                                             ? (uint8_t)role
                       : first != NULL && (mother != NULL || father != NULL) ? newborn_role(first->role)
                                                                             : ROLE_CHILD,
        .marital = MARITAL_SINGLE,
        .occupation = NOT_WORKING,
        .education_kk = NOT_SCHOOLED,
        .citizenship = INDONESIAN,
        .basic_status = STATUS_ALIVE,
    };
    if (first == NULL)
        return RC_OK;
    TRY(sql_resident_get(db, first->id, &like, err));
    out->row.religion = like.religion.is_set ? (uint8_t)like.religion.value : 0;
    return RC_OK;
}

/* ---- writing ---- */

static enum rc birth_body(struct txn *txn, void *arg, struct str *go_to_out, struct err *err)
{
    struct bearing *b = arg;
    struct request *req = b->req;
    struct arena *arena = request_arena(req);
    const struct resident_act act = resident_act_of(
        req, CHANGE_BIRTH, str_fmt(arena, "%.*s, %.*s", STR_ARG(date_long(arena, b->row.birth_date)), STR_ARG(input_text(req, "tempat"))));
    struct event_put_in event = event_row(req, EVENT_BIRTH, event_act(req), b->row.birth_date);
    struct resident_row row = b->row;
    struct family_state held;
    struct event_person_known_rows known;
    uint64_t id;

    TRY(family_lock(txn, b->family_id, &held, err));
    b->is_changed = held.f.version != input_u64(req, "versi");
    if (b->is_changed)
        return fail(err, RC_CONFLICT, "the family is version %u now", held.f.version);
    TRY(event_people_known(in_txn(txn), &row, 1, &known, err));
    b->is_taken = known.n > 0;
    if (b->is_taken)
        return fail(err, RC_DUPLICATE, "this NIK is registered");
    if (str_empty(row.nik))
        TRY(nik_temporary(txn, &row.nik, err));
    TRY(registry_write_rows(txn, &row, 1, &act, act.at, err));
    TRY(event_people_known(in_txn(txn), &row, 1, &known, err));
    if (known.n == 0)
        return fail(err, RC_FAULT, "the child just written is not found");
    TRY(family_roles_set(txn, &act, held.f.id, NULL, 0, err));
    event.resident_id = known.p[0].id;
    event.family_id = some_u64(held.f.id);
    event.status_after = STATUS_ALIVE;
    event.place = input_text(req, "tempat");
    event.reporter = input_text(req, "pelapor");
    event.number = input_text(req, "nomor");
    TRY(events_put(txn, &event, 1, &id, err));
    *go_to_out = event_href(arena, id);
    return event_done(txn, req, "event.birth", id, err);
}

enum rc birth_post(struct request *req, struct response *resp, struct err *err)
{
    struct bearing b;
    enum rc rc;

    TRY(read(req, &b, err));
    if (request_faults(req)->n > 0)
        return birth_respond(req, resp, true, false, err);
    rc = village_act(req, resp, birth_body, &b, err);
    if (rc == RC_DUPLICATE && b.is_taken)
        request_fault(req, "nik", "NIK ini sudah tercatat di desa. Cari warganya di daftar penduduk.");
    else if (rc != RC_CONFLICT || !b.is_changed)
        return rc;
    return birth_respond(req, resp, true, b.is_changed, err);
}
