// SPDX-License-Identifier: AGPL-3.0-or-later
/* The list of residents and one person's page. */
#include "tenants/village/residents/residents_pages.h"

#include "server/base/json.h"
#include "server/base/text.h"
#include "tenants/village/codes/codes.h"
#include "tenants/village/residents/change_pages.h"
#include "tenants/village/residents/edit_rules.h"
#include "tenants/village/residents/residents_view.h"

enum { LIST_PAGE = 50, COUNTED_TO = 1000, TOKEN_VALID_S = 3600 };

static struct date today_of(const struct request *req)
{
    return utc_date(request_now(req), request_village(req)->zone);
}

static struct str status_words(uint8_t basic_status)
{
    return basic_status == STATUS_ALIVE ? STR("") : code_label(CODE_BASIC_STATUS, basic_status);
}

static struct str or_dash(struct str s)
{
    return str_empty(s) ? STR("-") : s;
}

static struct resident_line line_of(const struct request *req, const struct resident_hit *hit)
{
    struct arena *arena = request_arena(req);

    return (struct resident_line){
        .href = str_fmt(arena, "/kantor/penduduk/%" PRIu64, hit->id),
        .name = text_name(arena, hit->name),
        .nik = nik_masked(arena, hit->nik),
        .sex = hit->sex == SEX_FEMALE ? STR("P") : STR("L"),
        .birth = date_is_none(hit->birth_date) ? STR("-") : date_short(arena, hit->birth_date),
        .age = date_is_none(hit->birth_date) ? STR("-") : str_fmt(arena, "%d", date_age(hit->birth_date, today_of(req))),
        .hamlet = or_dash(text_name(arena, hit->hamlet)),
        .rt = or_dash(hit->rt),
        .status = status_words(hit->basic_status),
    };
}

/* A list goes on behind a sealed token: what was searched for and where the page ended never stand in the address. */
static struct str next_token(struct request *req, struct str query, const struct resident_hit *last)
{
    struct arena *arena = request_arena(req);
    json_t *state = json_pack("{s:s%, s:s%, s:I}", "q", query.p != NULL ? query.p : "", query.n, "n", last->name.p, last->name.n, "i", (json_int_t)last->id);
    struct str token = token_seal(req, "penduduk-lanjut", json_write(arena, state), TOKEN_VALID_S);

    json_decref(state);
    return token;
}

static enum rc read_token(struct request *req, struct str *query_out, struct resident_cursor *after_out, struct err *err)
{
    struct str sealed = input_token(req, "lanjut", "penduduk-lanjut");
    json_t *state;

    if (str_empty(sealed))
        return RC_OK;
    TRY(json_read(request_arena(req), sealed, &state, err));
    *query_out = json_text(state, "q");
    *after_out = (struct resident_cursor){json_text(state, "n"), json_u64(state, "i")};
    return RC_OK;
}

static void put_chips(struct arena *arena, struct str query, size_t found, struct resident_list_view *v)
{
    v->chips.p = ARENA_ARRAY(arena, struct chip, 1);
    v->chips.p[0] = (struct chip){.label = str_fmt(arena, "Cari: %.*s", STR_ARG(query)), .remove_href = STR("/kantor/penduduk")};
    v->chips.n = 1;
    if (found > 0)
        v->chips.summary = found > LIST_PAGE ? str_fmt(arena, "Lebih dari %d warga cocok", LIST_PAGE) : str_fmt(arena, "%zu warga cocok", found);
}

static enum rc list_respond(struct request *req, struct response *resp, struct str query, const struct resident_cursor *after, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct village_db *db;
    struct resident_hit_rows hits;
    struct resident_total total;
    struct buf body = {.arena = arena};
    struct resident_list_view v = {.guard = request_form_guard(req),
                                   .query = query,
                                   .is_search = !str_empty(query),
                                   .may_edit = request_may(req, MAY_EDIT_RESIDENTS),
                                   .may_import = request_may(req, MAY_IMPORT_RESIDENTS)};

    TRY(request_village_db(req, &db, err));
    if (v.is_search)
        TRY(residents_find(db, query, after, LIST_PAGE + 1, &hits, err));
    else
        TRY(sql_resident_living(db, after->name.p != NULL ? after->name : STR(""), after->id, LIST_PAGE + 1, &hits, err));
    TRY(sql_resident_count(db, &total, err));
    v.total = total.n > COUNTED_TO ? STR("Lebih dari 1.000 warga") : str_fmt(arena, "%.*s warga", STR_ARG(number_text(arena, (int64_t)total.n)));
    v.lines.n = hits.n > LIST_PAGE ? LIST_PAGE : hits.n;
    v.lines.p = ARENA_ARRAY(arena, struct resident_line, v.lines.n);
    for (size_t i = 0; i < v.lines.n; i++)
        v.lines.p[i] = line_of(req, &hits.p[i]);
    v.pages.summary = STR("NIK ditutup. Buka satu orang untuk melihatnya; setiap pembukaan dicatat.");
    put_chips(arena, query, hits.n, &v);
    if (hits.n > LIST_PAGE)
        v.pages.next_href = str_fmt(arena, "/kantor/penduduk?lanjut=%.*s", STR_ARG(next_token(req, query, &hits.p[LIST_PAGE - 1])));
    v.empty = v.is_search ? (struct empty_view){.title = STR("Tidak ada warga yang cocok"),
                                                .text = STR("Periksa ejaannya, atau cari dengan NIK dari e-KTP."),
                                                .href = STR("/kantor/penduduk"),
                                                .link_label = STR("Lihat semua warga")}
                          : (struct empty_view){.title = STR("Belum ada warga tercatat"),
                                                .text = STR("Unggah berkas Excel penduduk, atau tambah satu per satu."),
                                                .href = v.may_import ? STR("/kantor/penduduk/impor") : STR(""),
                                                .link_label = STR("Impor penduduk")};
    view_resident_list(&body, &v);
    const struct page page = {.title = STR("Penduduk"), .active = STR("/kantor/penduduk"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

enum rc resident_list_page(struct request *req, struct response *resp, struct err *err)
{
    struct resident_cursor after = {0};
    struct str query = STR("");

    TRY(read_token(req, &query, &after, err));
    return list_respond(req, resp, query, &after, err);
}

enum rc resident_search_post(struct request *req, struct response *resp, struct err *err)
{
    /* Words that are too many are cut: the query goes on in the links of the next pages, which have an end. */
    struct str query = request_faults(req)->n == 0 ? input_typed(req, "cari") : utf8_part(request_arena(req), input_typed(req, "cari"), 100);

    return list_respond(req, resp, query, &(struct resident_cursor){0}, err);
}

/* ---- one person ---- */

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
    put(rows, "Wilayah", str_fmt(arena, "Dusun %.*s, RW %.*s, RT %.*s", STR_ARG(text_name(arena, r->hamlet)), STR_ARG(r->rw), STR_ARG(r->rt)));
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

static enum rc put_members(struct request *req, struct village_db *db, const struct resident_full *r, struct resident_view *v, struct err *err)
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
        struct str age = date_is_none(m->birth_date) ? STR("") : str_fmt(arena, ", %d tahun", date_age(m->birth_date, today_of(req)));

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
    TRY(sql_resident_get(db, input_u64(req, "id"), &r, err));
    if (!shows_nik)
        TRY(resident_look(req, db, r.id, "detail", err));
    v.name = text_name(arena, r.name);
    v.status = status_words(r.basic_status);
    v.about = str_fmt(arena, "%.*s%.*s", STR_ARG(code_label(CODE_SEX, r.sex)),
                      STR_ARG(date_is_none(r.birth_date) ? STR("") : str_fmt(arena, ", %d tahun", date_age(r.birth_date, today_of(req)))));
    if (request_may(req, MAY_WRITE_LETTERS) && r.basic_status == STATUS_ALIVE)
        v.letter_href = STR("/kantor/surat/buat");
    if (request_may(req, MAY_EDIT_RESIDENTS) && r.basic_status == STATUS_ALIVE)
        v.card_href = str_fmt(arena, "/kantor/penduduk/%" PRIu64 "/kartu", r.id);
    if (request_may(req, MAY_EDIT_RESIDENTS) && r.basic_status == STATUS_ALIVE)
        v.email_href = str_fmt(arena, "/kantor/penduduk/%" PRIu64 "/surel", r.id);
    if (request_may(req, MAY_EDIT_RESIDENTS))
        v.edit_href = str_fmt(arena, "/kantor/penduduk/%" PRIu64 "/ubah", r.id);
    v.is_saved = input_flag(req, "tersimpan");
    v.guard = request_form_guard(req);
    v.href = str_fmt(arena, "/kantor/penduduk/%" PRIu64, r.id);
    v.nik = shows_nik ? nik_spaced(arena, r.nik) : nik_masked(arena, r.nik);
    v.is_nik_shown = shows_nik;
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
