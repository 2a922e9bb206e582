// SPDX-License-Identifier: AGPL-3.0-or-later
/* One resident from an e-KTP or KK card, at the counter; straight on to a letter when that is why they came. */
#include "server/base/text.h"
#include "server/web/act.h"
#include "server/web/feature.h"
#include "tenants/village/codes/codes.h"
#include "tenants/village/residents/change.h"
#include "tenants/village/residents/registry_form.h"
#include "tenants/village/residents/residents_add_view.h"
#include "tenants/village/residents/residents_pages.h"

enum { OLDEST = 130 }; /* years, as in the import */

enum rc resident_add_page(struct request *req, struct response *resp, struct err *err)
{
    struct buf body = {.arena = request_arena(req)};
    struct resident_add_view v = {0};
    struct resident_add_form form;

    resident_add_read(req, &form);
    v.letter = form.letter;
    TRY(resident_add_fill(req, NULL, &v.form, err));
    view_resident_add(&body, &v);
    const struct page page = {.title = STR("Tambah warga"), .active = STR("/kantor/penduduk"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

/* A NIK says the birth date and the sex. */
static void check_nik(struct request *req, const struct resident_add_form *form)
{
    struct date claimed;
    bool claims_female;

    if (form->nik.n != 16 || date_is_none(form->birth) || str_empty(form->sex))
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
    const struct place place = place_kept(arena, (struct place){form->address, form->hamlet, form->rw, form->rt});

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
        .citizenship = 1,
        .basic_status = STATUS_ALIVE,
    };
}

/* What the single boxes cannot see. */
enum rc resident_add_check(struct request *req, struct err *err)
{
    struct village_db *db;
    struct resident_head head;
    struct resident_add_form form;
    bool has_head = false;

    resident_add_read(req, &form);
    check_birth(req, form.birth);
    check_nik(req, &form);
    row_of(req, &form); /* for the faults of the name */
    TRY(request_village_db(req, &db, err));
    if (form.role == FAMILY_HEAD && form.kk_no.n == 16)
        TRY(sql_resident_head_of(db, form.kk_no, &head, &has_head, err));
    if (has_head)
        request_fault(req, RESIDENT_ADD_ROLE, "Keluarga dengan nomor KK ini sudah punya kepala keluarga. Pilih hubungan yang lain.");
    return RC_OK;
}

enum rc resident_add_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    struct resident_add_form form;
    struct resident_id made;
    bool is_there;

    resident_add_read(req, &form);
    const struct resident_row row = row_of(req, &form);
    TRY(sql_resident_id_of_nik(in_txn(txn), row.nik, &made, &is_there, err));
    if (is_there)
        return act_refuse(req, err, RESIDENT_ADD_NIK, "NIK ini sudah tercatat di desa. Cari warganya di daftar penduduk.");
    const struct resident_act act = resident_act_of(req, STR("add"), STR(""));
    TRY(registry_write_rows(txn, &row, 1, &act, request_now(req), err));
    TRY(sql_resident_id_of_nik(in_txn(txn), row.nik, &made, &is_there, err));
    if (!is_there)
        return fail(err, RC_FAULT, "the resident just written is not found");
    act_say(req, "Warga ditambahkan");
    *go_to_out = str_fmt(request_arena(req), "/kantor/penduduk/%" PRIu64, made.id);
    if (!str_empty(form.letter))
        TRY(request_begin_for(txn, req, form.letter, made.id, go_to_out, err));
    TRY(act_audit(txn, req, err, "resident.add", "resident:%" PRIu64, made.id));
    return act_touch(txn, ACT_PAGES | ACT_FIGURES, err);
}
