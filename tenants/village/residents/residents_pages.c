// SPDX-License-Identifier: AGPL-3.0-or-later
/* One person's page. */
#include "tenants/village/residents/residents_pages.h"

#include "server/base/text.h"
#include "tenants/village/codes/codes.h"
#include "tenants/village/residents/change_pages.h"
#include "tenants/village/residents/edit_rules.h"
#include "tenants/village/residents/residents_view.h"

static struct str status_words(uint8_t basic_status)
{
    return basic_status == STATUS_ALIVE ? STR("") : code_label(CODE_BASIC_STATUS, basic_status);
}

static void put(struct check_rows *rows, const char *label, struct str value)
{
    rows->p[rows->n++] = (struct check_row){.label = str_c(label), .value = value};
}

static struct str code_words(enum code_list list, struct opt_u64 code)
{
    return code.is_set ? code_label(list, (uint32_t)code.value) : STR("");
}

static void put_identity(struct request *req, const struct resident_full *r, struct check_rows *rows)
{
    struct arena *arena = request_arena(req);
    struct str born = text_name(arena, r->birth_place);

    rows->p = ARENA_ARRAY(arena, struct check_row, 16);
    if (!date_is_none(r->birth_date))
        born = str_fmt(arena, "%.*s%s%.*s", STR_ARG(born), str_empty(born) ? "" : ", ", STR_ARG(date_long(arena, r->birth_date)));
    put(rows, "Jenis kelamin", code_label(CODE_SEX, r->sex));
    put(rows, "Tempat, tanggal lahir", born);
    put(rows, "Agama", code_words(CODE_RELIGION, r->religion));
    put(rows, "Status kawin", code_words(CODE_MARITAL, r->marital));
    put(rows, "Pekerjaan", code_words(CODE_OCCUPATION, r->occupation));
    put(rows, "Pendidikan dalam KK", code_words(CODE_EDUCATION_KK, r->education_kk));
    put(rows, "Pendidikan sekarang", code_words(CODE_EDUCATION_NOW, r->education_now));
    put(rows, "Kewarganegaraan", code_words(CODE_CITIZENSHIP, r->citizenship));
    put(rows, "Golongan darah", code_words(CODE_BLOOD, r->blood));
    put(rows, "Suku", r->ethnicity);
    put(rows, "Disabilitas", code_words(CODE_DISABILITY, r->disability));
}

static void put_family_facts(struct request *req, const struct resident_full *r, struct check_rows *rows)
{
    struct arena *arena = request_arena(req);

    rows->p = ARENA_ARRAY(arena, struct check_row, 10);
    put(rows, "Nomor KK", r->kk_no.p != NULL ? nik_spaced(arena, r->kk_no) : STR(""));
    put(rows, "Hubungan dalam keluarga", code_words(CODE_FAMILY_ROLE, r->family_role));
    put(rows, "Alamat", r->address.p != NULL ? r->address : STR(""));
    put(rows, "Tempat tinggal sekarang", r->address_now);
    put(rows, "Wilayah",
        str_fmt(arena, "Dusun %.*s, RW %.*s, RT %.*s", STR_ARG(text_name(arena, r->hamlet)), STR_ARG(r->rw), STR_ARG(r->rt)));
    put(rows, "Ayah", text_name(arena, r->father_name));
    put(rows, "Ibu", text_name(arena, r->mother_name));
}

static void put_documents(struct request *req, const struct resident_full *r, struct check_rows *rows)
{
    struct arena *arena = request_arena(req);

    rows->p = ARENA_ARRAY(arena, struct check_row, 14);
    put(rows, "KTP elektronik", code_words(CODE_KTP_EL, r->ktp_el));
    put(rows, "Status rekam", r->record_status.is_set ? code_words_of(COLUMN_RECORD_STATUS, (uint32_t)r->record_status.value) : STR(""));
    put(rows, "Akta kelahiran", r->birth_cert);
    put(rows, "Akta perkawinan", r->marriage_cert);
    put(rows, "Tanggal perkawinan", date_long(arena, r->marriage_date));
    if (!str_empty(r->divorce_cert) || !date_is_none(r->divorce_date)) {
        put(rows, "Akta perceraian", r->divorce_cert);
        put(rows, "Tanggal perceraian", date_long(arena, r->divorce_date));
    }
    if (!str_empty(r->passport))
        put(rows, "Paspor", str_fmt(arena, "%.*s, sampai %.*s", STR_ARG(r->passport), STR_ARG(date_long(arena, r->passport_until))));
    if (!str_empty(r->kitas))
        put(rows, "KITAS/KITAP", r->kitas);
    put(rows, "Asuransi kesehatan", code_words(CODE_INSURANCE, r->insurance));
    put(rows, "Nomor asuransi", r->insurance_no);
}

static enum rc put_members(struct request *req, struct village_db *db, const struct resident_full *r, struct resident_view *v,
                           struct err *err)
{
    struct arena *arena = request_arena(req);
    struct resident_member_rows rows;

    if (!r->family_id.is_set)
        return RC_OK;
    TRY(sql_resident_family_members(db, r->family_id.value, &rows, err));
    v->members.p = ARENA_ARRAY(arena, struct resident_member_line, rows.n);
    v->members.n = rows.n;
    for (size_t i = 0; i < rows.n; i++) {
        const struct resident_member *m = &rows.p[i];
        struct str age = date_is_none(m->birth_date) ? STR("") : str_fmt(arena, ", %d tahun", date_age(m->birth_date, request_today(req)));

        v->members.p[i] = (struct resident_member_line){
            .href = str_fmt(arena, "/kantor/penduduk/%" PRIu64, m->id),
            .name = text_name(arena, m->name),
            .about = str_fmt(arena, "%.*s%.*s", STR_ARG(code_label(CODE_SEX, m->sex)), STR_ARG(age)),
            .role = m->basic_status == STATUS_ALIVE ? code_words(CODE_FAMILY_ROLE, m->family_role) : status_words(m->basic_status),
            .is_me = m->id == r->id,
            .is_gone = m->basic_status != STATUS_ALIVE,
        };
    }
    return RC_OK;
}

/* The look is in the read log before anything is shown: its caller wrote it, or this does. */
enum rc resident_respond(struct request *req, struct response *resp, bool shows_nik, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct village_db *db;
    struct resident_full r;
    struct resident_view v = {0};
    struct buf body = {.arena = arena};

    TRY(request_village_db(req, &db, err));
    TRY(sql_resident_get(db, resident_see_got(req).id, &r, err));
    if (!shows_nik)
        TRY(resident_look(req, db, r.id, "detail", err));
    v.name = text_name(arena, r.name);
    v.status = status_words(r.basic_status);
    v.about = str_fmt(
        arena, "%.*s%.*s", STR_ARG(code_label(CODE_SEX, r.sex)),
        STR_ARG(date_is_none(r.birth_date) ? STR("") : str_fmt(arena, ", %d tahun", date_age(r.birth_date, request_today(req)))));
    if (request_may(req, MAY_WRITE_LETTERS) && r.basic_status == STATUS_ALIVE)
        v.letter_href = str_fmt(arena, "/kantor/penduduk/%" PRIu64 "/surat", r.id);
    if (request_may(req, MAY_EDIT_RESIDENTS) && r.basic_status == STATUS_ALIVE)
        v.card_href = str_fmt(arena, "/kantor/penduduk/%" PRIu64 "/kartu", r.id);
    if (request_may(req, MAY_EDIT_RESIDENTS) && r.basic_status == STATUS_ALIVE)
        v.email_href = str_fmt(arena, "/kantor/penduduk/%" PRIu64 "/surel", r.id);
    if (request_may(req, MAY_EDIT_RESIDENTS))
        v.edit_href = str_fmt(arena, "/kantor/penduduk/%" PRIu64 "/ubah", r.id);
    if (request_may(req, MAY_EDIT_RESIDENTS) && r.basic_status == STATUS_ALIVE && r.family_id.is_set)
        v.move_href = str_fmt(arena, "/kantor/keluarga/%" PRIu64 "/pindah?orang=%" PRIu64, r.family_id.value, r.id);
    if (r.family_id.is_set)
        v.family_href = str_fmt(arena, "/kantor/keluarga/%" PRIu64, r.family_id.value);
    v.is_saved = resident_see_got(req).is_saved;
    v.guard = request_form_guard(req);
    v.href = str_fmt(arena, "/kantor/penduduk/%" PRIu64, r.id);
    v.nik = shows_nik ? nik_spaced(arena, r.nik) : nik_masked(arena, r.nik);
    v.is_nik_shown = shows_nik;
    if (r.photo_id.is_set)
        v.photo_href = str_fmt(arena, "%.*s/foto?v=%" PRIu64, STR_ARG(v.href), r.photo_id.value);
    v.documents_n = r.documents;
    put_identity(req, &r, &v.identity);
    put_family_facts(req, &r, &v.family_facts);
    put_documents(req, &r, &v.documents);
    TRY(put_members(req, db, &r, &v, err));
    view_resident(&body, &v);
    const struct page page = {.title = STR("Data warga"), .active = STR("/kantor/penduduk"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

enum rc resident_page(struct request *req, struct response *resp, struct err *err)
{
    return resident_respond(req, resp, false, err);
}
