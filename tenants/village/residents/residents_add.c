// SPDX-License-Identifier: AGPL-3.0-or-later
/* One resident from an e-KTP or KK card, at the counter; straight on to a letter when that is why they came. */
#include "server/base/text.h"
#include "server/web/audit.h"
#include "server/web/pagecache.h"
#include "server/web/feature.h"
#include "tenants/village/codes/codes.h"
#include "tenants/village/residents/change.h"
#include "tenants/village/residents/registry_form.h"
#include "tenants/village/residents/residents_add_view.h"
#include "tenants/village/residents/residents_pages.h"
#include "workers/queue/queue.h"

static enum rc add_respond(struct request *req, struct response *resp, bool is_sent, struct err *err)
{
    struct buf body = {.arena = request_arena(req)};
    struct resident_add_view v = {
        .guard = request_form_guard(req),
        .letter = input_text(req, "surat"),
        .nik = input_box(req, is_sent,
                         (struct field_view){.name = STR("nik"),
                                             .label = STR("NIK"),
                                             .hint = STR("16 angka, seperti di e-KTP"),
                                             .width = STR("nik"),
                                             .inputmode = STR("numeric"),
                                             .is_first = !is_sent}),
        .kk_no = input_box(req, is_sent,
                           (struct field_view){.name = STR("kk"),
                                               .label = STR("Nomor KK"),
                                               .hint = STR("16 angka, di kepala Kartu Keluarga"),
                                               .width = STR("nik"),
                                               .inputmode = STR("numeric")}),
        .name = input_box(req, is_sent,
                          (struct field_view){.name = STR("nama"), .label = STR("Nama lengkap"), .hint = STR("Seperti di e-KTP")}),
        .birth_place = input_box(req, is_sent, (struct field_view){.name = STR("tempat"), .label = STR("Tempat lahir")}),
        .address = input_box(
            req, is_sent,
            (struct field_view){.name = STR("alamat"), .label = STR("Alamat"), .hint = STR("Jalan atau nama tempat"), .is_optional = true}),
        .hamlet = input_box(req, is_sent, (struct field_view){.name = STR("dusun"), .label = STR("Dusun")}),
        .rw = input_box(req, is_sent,
                        (struct field_view){
                            .name = STR("rw"), .label = STR("RW"), .width = STR("4"), .inputmode = STR("numeric"), .is_optional = true}),
        .rt = input_box(req, is_sent,
                        (struct field_view){
                            .name = STR("rt"), .label = STR("RT"), .width = STR("4"), .inputmode = STR("numeric"), .is_optional = true}),
        .sex = form_sex(req, is_sent, "jk"),
        .birth = form_date(req, is_sent, "lahir", "Tanggal lahir", "Contoh: 11 11 1957"),
        .religion = form_code_select(req, is_sent, "agama", "Agama", CODE_RELIGION, false),
        .marital = form_code_select(req, is_sent, "kawin", "Status perkawinan", CODE_MARITAL, false),
        .occupation = form_code_select(req, is_sent, "kerja", "Pekerjaan", CODE_OCCUPATION, false),
        .education = form_code_select(req, is_sent, "sekolah", "Pendidikan terakhir", CODE_EDUCATION_KK, true),
        .role = form_code_select(req, is_sent, "peran", "Hubungan dalam keluarga", CODE_FAMILY_ROLE, false),
    };

    if (is_sent)
        v.faults = *request_faults(req);
    view_resident_add(&body, &v);
    const struct page page = {.title = STR("Tambah warga"), .active = STR("/kantor/penduduk"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

enum rc resident_add_page(struct request *req, struct response *resp, struct err *err)
{
    return add_respond(req, resp, false, err);
}

enum { OLDEST = 130 }; /* years, as in the import */

/* What the single boxes cannot see: a NIK against birth date and sex, and codes that are no codes. */
static void check_together(struct request *req)
{
    struct str nik = input_str(req, "nik");
    struct date born = input_date(req, "lahir"), today = request_today(req), claimed;
    bool is_female, claims_female;
    static const struct {
        const char *field;
        enum code_list list;
    } coded[] = {{"agama", CODE_RELIGION},
                 {"kawin", CODE_MARITAL},
                 {"kerja", CODE_OCCUPATION},
                 {"sekolah", CODE_EDUCATION_KK},
                 {"peran", CODE_FAMILY_ROLE}};

    for (size_t i = 0; i < COUNT_OF(coded); i++)
        if (input_u64(req, coded[i].field) != 0 && !code_exists(coded[i].list, (uint32_t)input_u64(req, coded[i].field)))
            request_fault(req, coded[i].field, "Pilihan ini tidak ada di daftar. Pilih salah satu.");
    if (!date_is_none(born) && date_compare(born, today) > 0)
        request_fault(req, "lahir", "Tanggal lahir belum terjadi. Periksa tahunnya.");
    else if (!date_is_none(born) && date_age(born, today) > OLDEST)
        request_fault(req, "lahir", "Tanggal lahir lebih dari %d tahun yang lalu. Periksa tahunnya.", OLDEST);
    if (nik.n != 16 || date_is_none(born) || str_empty(input_str(req, "jk")))
        return;
    is_female = str_is(input_str(req, "jk"), "2");
    if (!nik_birth(nik, today, &claimed, &claims_female))
        request_fault(req, "nik", "NIK tidak memuat tanggal lahir yang benar. Cocokkan dengan e-KTP.");
    else if (claimed.day != born.day || claimed.month != born.month || claimed.year % 100 != born.year % 100)
        request_fault(req, "nik",
                      "NIK dan tanggal lahir tidak cocok. Angka ke-7 sampai 12 NIK adalah tanggal lahir. Cocokkan dengan e-KTP.");
    else if (claims_female != is_female)
        request_fault(req, "jk", "NIK menyatakan %s. Cocokkan dengan e-KTP.", claims_female ? "perempuan" : "laki-laki");
}

static struct resident_row row_of(struct request *req)
{
    struct arena *arena = request_arena(req);
    const struct place place = form_place(req);

    return (struct resident_row){
        .address = place.address,
        .hamlet = place.hamlet,
        .rw = place.rw,
        .rt = place.rt,
        .name = form_name(req, "nama"),
        .kk_no = input_str(req, "kk"),
        .nik = input_str(req, "nik"),
        .sex = str_is(input_str(req, "jk"), "2") ? SEX_FEMALE : SEX_MALE,
        .birth_place = text_upper(arena, input_str(req, "tempat")),
        .birth_date = input_date(req, "lahir"),
        .religion = (uint8_t)input_u64(req, "agama"),
        .education_kk = (uint8_t)input_u64(req, "sekolah"),
        .occupation = (uint8_t)input_u64(req, "kerja"),
        .marital = (uint8_t)input_u64(req, "kawin"),
        .family_role = (uint8_t)input_u64(req, "peran"),
        .citizenship = 1,
        .basic_status = STATUS_ALIVE,
    };
}

struct add_ctx {
    struct request *req;
    struct resident_row row;
};

static enum rc add_body(struct txn *txn, void *arg, struct str *go_to_out, struct err *err)
{
    const struct add_ctx *ctx = arg;
    struct arena *arena = request_arena(ctx->req);
    struct str letter = input_str(ctx->req, "surat");
    struct resident_id made;
    bool is_there;

    TRY(sql_resident_id_of_nik(in_txn(txn), ctx->row.nik, &made, &is_there, err));
    if (is_there)
        return fail(err, RC_DUPLICATE, "this NIK is registered");
    const struct resident_act act = resident_act_of(ctx->req, CHANGE_ADD, STR(""));
    TRY(registry_write_rows(txn, &ctx->row, 1, &act, request_now(ctx->req), err));
    TRY(sql_resident_id_of_nik(in_txn(txn), ctx->row.nik, &made, &is_there, err));
    if (!is_there)
        return fail(err, RC_FAULT, "the resident just written is not found");
    const struct audit row = request_audit(ctx->req, "resident.add", str_fmt(arena, "resident:%" PRIu64, made.id));
    TRY(audit_put(txn, &row, err));
    TRY(page_epoch_bump(txn, err));
    TRY(outbox_put_once(txn, JOB_PUBLISH_ROLLUP, 0, err));
    *go_to_out = str_fmt(arena, "/kantor/penduduk/%" PRIu64, made.id);
    return str_empty(letter) ? RC_OK : request_begin_for(txn, ctx->req, letter, made.id, go_to_out, err);
}

enum rc resident_add_post(struct request *req, struct response *resp, struct err *err)
{
    struct add_ctx ctx = {.req = req};
    struct village_db *db;
    struct resident_head head;
    bool has_head;
    enum rc rc;

    check_together(req);
    TRY(request_village_db(req, &db, err));
    if (input_u64(req, "peran") == FAMILY_HEAD && input_str(req, "kk").n == 16) {
        TRY(sql_resident_head_of(db, input_str(req, "kk"), &head, &has_head, err));
        if (has_head)
            request_fault(req, "peran", "Keluarga dengan nomor KK ini sudah punya kepala keluarga. Pilih hubungan yang lain.");
    }
    ctx.row = row_of(req);
    if (request_faults(req)->n > 0)
        return add_respond(req, resp, true, err);
    rc = village_act(req, resp, add_body, &ctx, err);
    if (rc != RC_DUPLICATE)
        return rc;
    request_fault(req, "nik", "NIK ini sudah tercatat di desa. Cari warganya di daftar penduduk.");
    return add_respond(req, resp, true, err);
}
