// SPDX-License-Identifier: AGPL-3.0-or-later
/* One resident from an e-KTP or KK card, at the counter; straight on to a letter when that is why they came. */
#include "server/base/text.h"
#include "server/web/act.h"
#include "server/web/feature.h"
#include "tenants/village/codes/address.h"
#include "tenants/village/codes/codes.h"
#include "tenants/village/residents/ages.h"
#include "tenants/village/residents/change.h"
#include "tenants/village/residents/family_rows_sql.h"
#include "tenants/village/residents/nik.h"
#include "tenants/village/residents/registry_form.h"
#include "tenants/village/residents/residents_sql.h"
#include "tenants/village/residents/residents_add_view.h"
#include "tenants/village/residents/residents_pages.h"
#include "tenants/village/residents/residents_view.h"

enum { OLDEST = 130 }; /* years, as in the import */

/* What the form says, against the village as it stands. */
struct adding {
    struct resident_add_form form;
    struct resident_row row;
    struct same_person same;
    struct add_family family; /* only when has_family */
    bool has_family, is_asking, has_other_address, is_doubted;
};

/* A NIK says the birth date and the sex; who has none yet is said to have none, so that a forgotten one is not taken for that. */
static void check_nik(struct request *req, const struct resident_add_form *form)
{
    struct date claimed;
    bool claims_female;

    if (str_empty(form->nik) && !form->is_without_nik && request_fault_of(req, RESIDENT_ADD_NIK).p == NULL)
        request_fault(req, RESIDENT_ADD_NIK, "NIK belum diisi. Bila belum punya NIK, centang di bawah.");
    else if (!str_empty(form->nik) && form->is_without_nik)
        request_fault(req, RESIDENT_ADD_IS_WITHOUT_NIK, "NIK terisi. Hapus centang ini, atau kosongkan NIK-nya.");
    if (form->nik.n != 16 || date_is_none(form->birth) || str_empty(form->sex) || request_fault_of(req, RESIDENT_ADD_NIK).p != NULL)
        return;
    if (!nik_birth(form->nik, request_today(req), &claimed, &claims_female))
        request_fault(req, RESIDENT_ADD_NIK, "NIK tidak memuat tanggal lahir yang benar. Cocokkan dengan e-KTP.");
    else if (claimed.day != form->birth.day || claimed.month != form->birth.month || claimed.year % 100 != form->birth.year % 100)
        request_fault(req, RESIDENT_ADD_NIK,
                      "NIK dan tanggal lahir tidak cocok. Angka ke-7 sampai 12 NIK adalah tanggal lahir. Cocokkan dengan e-KTP.");
    else if (claims_female != str_is(form->sex, "2"))
        request_fault(req, RESIDENT_ADD_SEX, "NIK menyatakan %s. Cocokkan dengan e-KTP.", claims_female ? "perempuan" : "laki-laki");
}

static void check_birth(struct request *req, struct date born)
{
    struct date today = request_today(req);

    if (!date_is_none(born) && date_compare(born, today) > 0)
        request_fault(req, RESIDENT_ADD_BIRTH, "Tanggal lahir belum terjadi. Periksa tahunnya.");
    else if (!date_is_none(born) && date_age(born, today) > OLDEST)
        request_fault(req, RESIDENT_ADD_BIRTH, "Tanggal lahir lebih dari %d tahun yang lalu. Periksa tahunnya.", OLDEST);
}

static struct resident_row row_of(struct request *req, const struct resident_add_form *form)
{
    struct arena *arena = request_arena(req);
    const struct place place = place_kept(arena, (struct place){form->address, hamlet_meant(HAMLET_TYPED(form)), form->rw, form->rt});

    return (struct resident_row){
        .address = place.address,
        .hamlet = place.hamlet,
        .rw = place.rw,
        .rt = place.rt,
        .name = name_kept(req, RESIDENT_ADD_NAME, form->name),
        .kk_no = form->kk_no,
        .nik = form->nik,
        .sex = str_is(form->sex, "2") ? SEX_FEMALE : SEX_MALE,
        .birth_place = text_upper(arena, form->birth_place),
        .birth_date = form->birth,
        .religion = (uint8_t)form->religion,
        .education_kk = (uint8_t)form->education.value,
        .occupation = (uint8_t)form->occupation,
        .marital = (uint8_t)form->marital,
        .family_role = (uint8_t)form->role,
        .citizenship = nation_of(form->nation),
        .passport = form->passport,
        .kitas = form->kitas,
        .basic_status = STATUS_ALIVE,
    };
}

/* A family that somebody lives in has its address, which nobody changes by joining it; who lives elsewhere is said to. */
static void join_family(struct request *req, struct adding *a)
{
    const struct add_family *f = &a->family;
    struct resident_row *row = &a->row;
    bool is_given = !str_empty(a->form.hamlet), is_other = !str_eq_nocase(row->hamlet, f->hamlet);

    is_other |= !str_is(row->rw, "-") && !str_eq(row->rw, f->rw);
    is_other |= !str_is(row->rt, "-") && !str_eq(row->rt, f->rt);
    if (is_given && is_other && request_fault_of(req, RESIDENT_ADD_HAMLET).p == NULL)
        request_fault(req, RESIDENT_ADD_HAMLET,
                      "Keluarga ini tinggal di %.*s. Samakan; bila ia tinggal di tempat lain, ubah tempatnya di data warga sesudah "
                      "disimpan.",
                      STR_ARG(address_place(request_arena(req), f->hamlet, f->rw, f->rt)));
    a->has_other_address = !str_empty(row->address) && !str_eq_nocase(row->address, f->address);
    if (a->has_other_address)
        row->address_now = row->address;
    row->address = f->address;
    row->hamlet = f->hamlet;
    row->rw = f->rw;
    row->rt = f->rt;
}

/* A number nobody has is a slip as often as a new family; a family never begins without its head. */
static void begin_family(struct request *req, struct adding *a)
{
    if (a->row.family_role == SHDK_HEAD)
        return;
    if (a->form.is_new_family) {
        a->row.family_role = SHDK_HEAD;
        return;
    }
    a->is_asking = true;
    request_ask(req, RESIDENT_ADD_KK_NO, "%s",
                a->has_family ? "Keluarga dengan nomor KK ini tidak lagi punya anggota. Periksa angkanya, atau centang di bawah: dibuka "
                                "lagi dengan dia sebagai kepala keluarga."
                              : "Tidak ada keluarga dengan nomor KK ini. Periksa angkanya, atau centang di bawah: buat keluarga baru "
                                "dengan dia sebagai kepala keluarga.");
}

/* Forgotten, or not had: who has no card is the head of a family of a temporary number. */
static void check_kk(struct request *req, struct adding *a)
{
    bool has_number = !str_empty(a->form.kk_no), is_faulty = request_fault_of(req, RESIDENT_ADD_KK_NO).p != NULL;

    if (!is_faulty && !has_number && !a->form.is_without_kk)
        request_fault(req, RESIDENT_ADD_KK_NO, "Nomor KK belum diisi. Bila belum punya Kartu Keluarga, centang di bawah.");
    else if (has_number && a->form.is_without_kk)
        request_fault(req, RESIDENT_ADD_IS_WITHOUT_KK, "Nomor KK terisi. Hapus centang ini, atau kosongkan nomornya.");
    if (a->form.is_without_kk)
        a->row.family_role = SHDK_HEAD;
}

/* What may be true and is rarely: asked when all else is right, each with its tick. */
static enum rc doubt(struct request *req, struct village_db *db, struct adding *a, struct err *err)
{
    struct age_doubt doubt;
    bool is_doubted;

    if (request_faults(req)->n > 0)
        return RC_OK;
    if (!a->form.is_not_birth && a->has_family && a->family.living > 0 &&
        date_to_days(request_today(req)) - date_to_days(a->row.birth_date) < NEWBORN_DAYS)
        request_ask(req, RESIDENT_ADD_IS_NOT_BIRTH,
                    "Bayi yang baru lahir dicatat dengan “Catat kelahiran”, supaya masuk buku dan angka kelahiran. Centang ini hanya "
                    "bila kelahirannya sudah dicatat di desa lain.");
    if (a->form.is_compared)
        return RC_OK;
    const struct str nation = nation_doubt(a->row.citizenship, a->row.kitas);
    if (!str_empty(nation))
        request_ask(req, RESIDENT_ADD_KITAS, "%.*s", STR_ARG(nation));
    TRY(ages_ask(db, &a->row, 0, request_today(req), &is_doubted, &doubt, err));
    is_doubted = is_doubted || marital_doubt(request_arena(req), &a->row, &doubt);
    if (is_doubted)
        request_ask(req, doubt.column == COLUMN_MARITAL ? RESIDENT_ADD_MARITAL : RESIDENT_ADD_BIRTH, "%.*s", STR_ARG(doubt.text));
    a->is_doubted = is_doubted || !str_empty(nation);
    return RC_OK;
}

/* What the single boxes cannot see; asked before anything is held, and again when it is. */
static enum rc look(struct request *req, struct village_db *db, struct adding *a, struct err *err)
{
    struct same_candidate_rows people;
    struct str fault;

    *a = (struct adding){.form = resident_add_got(req)};
    check_birth(req, a->form.birth);
    birth_place_judge(req, RESIDENT_ADD_BIRTH_PLACE, a->form.birth_place);
    TRY(number_judge(req, db, RESIDENT_ADD_NIK, a->form.nik, false, err));
    check_nik(req, &a->form);
    a->row = row_of(req, &a->form);
    if (!str_empty(a->form.sex) && (fault = role_fault(a->row.family_role, a->row.sex), !str_empty(fault)))
        request_fault(req, RESIDENT_ADD_ROLE, "%.*s", STR_ARG(fault));
    TRY(same_people_of(db, &a->row, 1, &people, err));
    const struct same_candidate *owner = same_by_nik(&people, a->row.nik);
    fault = owner != NULL ? nik_taken_fault(owner->basic_status) : STR("");
    if (!str_empty(fault) && request_fault_of(req, RESIDENT_ADD_NIK).p == NULL)
        request_fault(req, RESIDENT_ADD_NIK, "%.*s", STR_ARG(fault));
    if (a->form.nik.n == 16 || a->form.is_without_nik)
        same_person_ask(req, &people, &a->row, 1, &a->form.same, false, &a->same);
    if (a->same.answer == SAME_CHOSEN)
        return RC_OK;
    check_kk(req, a);
    TRY(number_judge(req, db, RESIDENT_ADD_KK_NO, a->form.kk_no, true, err));
    if (a->form.kk_no.n != 16) {
        TRY(hamlet_judge(req, db, HAMLET_TYPED(&a->form), false, err));
        return doubt(req, db, a, err);
    }
    TRY(sql_add_family(db, a->form.kk_no, &a->family, &a->has_family, err));
    if (a->form.role == SHDK_HEAD && a->has_family && a->family.heads > 0)
        request_fault(req, RESIDENT_ADD_ROLE, "Keluarga dengan nomor KK ini sudah punya kepala keluarga. Pilih hubungan yang lain.");
    if (a->has_family && a->family.living > 0)
        join_family(req, a);
    else
        begin_family(req, a);
    if (!a->has_family || a->family.living == 0)
        TRY(hamlet_judge(req, db, HAMLET_TYPED(&a->form), false, err));
    return doubt(req, db, a, err);
}

enum rc resident_add_check(struct request *req, struct err *err)
{
    struct adding *a = ARENA_NEW(request_arena(req), struct adding);
    struct village_db *db;

    TRY(request_village_db(req, &db, err));
    TRY(look(req, db, a, err));
    act_keep(req, a);
    return RC_OK;
}

enum rc resident_add_page(struct request *req, struct response *resp, struct err *err)
{
    struct buf body = {.arena = request_arena(req)};
    struct resident_add_view v = {0};
    const struct adding *checked = act_kept(req);

    v.letter = resident_add_got(req).letter;
    if (checked != NULL && checked->same.answer != SAME_NOBODY)
        v.same = &checked->same.radios;
    v.asks_family = checked != NULL && (checked->is_asking || checked->form.is_new_family);
    TRY(resident_add_fill(req, NULL, &v.form, err));
    const struct resident_add_form sent = resident_add_got(req);
    v.is_doubted = sent.is_compared || (checked != NULL && checked->is_doubted);
    v.asks_birth = sent.is_not_birth || request_fault_of(req, RESIDENT_ADD_IS_NOT_BIRTH).p != NULL;
    if (v.asks_birth && checked != NULL && checked->has_family)
        v.birth_href = str_fmt(request_arena(req), "/kantor/keluarga/%" PRIu64 "/kelahiran", checked->family.id);
    TRY(hamlet_boxes(req, HAMLET_TYPED(&sent), &v.hamlet, err));
    view_resident_add(&body, &v);
    const struct page page = {.title = STR("Tambah warga"), .active = STR("/kantor/penduduk"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

static enum rc take_same(struct txn *txn, struct request *req, const struct adding *a, struct err *err)
{
    struct resident_now now;
    bool is_changed;

    TRY(resident_read(in_txn(txn), a->same.id, &now, err));
    return same_take(txn, req, &now, &a->row, &is_changed, err);
}

/* Somebody in no family, as an import of people without a card makes them: events need one. */
enum rc resident_kk_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct resident_act act = resident_act_of(req, STR("kk"), STR(""));
    const uint64_t id = resident_see_got(req).id;
    struct resident_now now;
    uint64_t family;

    *go_to_out = str_fmt(request_arena(req), "/kantor/penduduk/%" PRIu64, id);
    TRY(resident_lock(txn, id, &now, err));
    if (now.family_id != 0 || now.row.basic_status != STATUS_ALIVE) {
        act_say(req, ACT_UNCHANGED);
        return RC_OK;
    }
    struct resident_row after = now.row;
    TRY(kk_temporary(txn, &after.kk_no, err));
    TRY(sql_family_put(txn, after.kk_no, now.row.address_now, now.area_id, act.by.at, &family, err));
    after.family_role = SHDK_HEAD;
    TRY(resident_write(txn, &act, &now, &after, family, err));
    TRY(sql_family_refresh(txn, family, act.by.at, NULL, err));
    TRY(registry_touch(txn, err));
    act_say(req, "Diberi KK sementara, sebagai kepala keluarganya");
    TRY(act_audit(txn, req, err, "resident.kk", "resident:%" PRIu64, id));
    return act_touch(txn, ACT_PAGES | ACT_FIGURES, err);
}

/* Who has no NIK or no card yet gets a temporary one. */
static enum rc add_person(struct txn *txn, struct request *req, struct adding *a, uint64_t *id_out, struct err *err)
{
    const struct resident_act act = resident_act_of(req, STR("add"), STR(""));
    struct resident_id made;
    bool is_there;

    if (a->form.is_without_kk)
        TRY(kk_temporary(txn, &a->row.kk_no, err));
    if (a->form.is_without_nik)
        TRY(nik_temporary(txn, &a->row.nik, err));
    TRY(registry_write_rows(txn, &a->row, 1, &act, request_now(req), err));
    TRY(sql_resident_id_of_nik(in_txn(txn), a->row.nik, &made, &is_there, err));
    *id_out = made.id;
    if (!is_there)
        return fail(err, RC_FAULT, "the resident just written is not found");
    act_say(req, a->form.is_without_nik && a->form.is_without_kk
                     ? "Warga ditambahkan dengan NIK sementara dan KK sementara, sebagai kepala keluarganya"
                 : a->form.is_without_kk  ? "Warga ditambahkan dengan KK sementara, sebagai kepala keluarganya"
                 : a->has_other_address   ? "Warga ditambahkan; alamat keluarganya tetap, alamat yang diisi menjadi tempat tinggal sekarang"
                 : a->form.is_without_nik ? "Warga ditambahkan dengan NIK sementara"
                                          : "Warga ditambahkan");
    return RC_OK;
}

enum rc resident_add_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    struct adding a;
    uint64_t id;

    TRY(registry_touch(txn, err));
    TRY(look(req, in_txn(txn), &a, err));
    if (request_faults(req)->n > 0)
        return fail(err, RC_INVALID, "the registry changed since the form was checked");
    const bool is_known = a.same.answer == SAME_CHOSEN;
    id = a.same.id;
    TRY(is_known ? take_same(txn, req, &a, err) : add_person(txn, req, &a, &id, err));
    *go_to_out = str_fmt(request_arena(req), "/kantor/penduduk/%" PRIu64, id);
    if (!str_empty(a.form.letter))
        TRY(request_begin_for(txn, req, a.form.letter, id, go_to_out, err));
    TRY(act_audit(txn, req, err, is_known ? "resident.nik" : "resident.add", "resident:%" PRIu64, id));
    return act_touch(txn, ACT_PAGES | ACT_FIGURES, err);
}
