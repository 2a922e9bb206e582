// SPDX-License-Identifier: AGPL-3.0-or-later
/* The types of letters as an office looks after them: the list, one type, its settings. */
#include "tenants/village/letters/letters_type.h"

#include "server/base/json.h"
#include "server/base/text.h"
#include "server/web/audit.h"
#include "server/web/village.h"
#include "tenants/village/letters/letters_editor.h"
#include "tenants/village/letters/letters_judge.h"
#include "tenants/village/letters/letters_number.h"
#include "tenants/village/letters/letters_sql.h"
#include "tenants/village/letters/letters_type_sql.h"
#include "tenants/village/letters/letters_type_view.h"
#include "tenants/village/letters/number_rows_sql.h"

#define HERE STR(LETTER_TYPES_HOME)

struct str letter_type_url(struct arena *arena, uint64_t id, const char *tail)
{
    return str_fmt(arena, LETTER_TYPES_HOME "/%" PRIu64 "%s", id, tail);
}

/* ---- the list ---- */

static const struct list_option states[] = {{"dipakai", "Dipakai", 1, NULL}, {"berhenti", "Tidak dipakai", 0, NULL}, {0}};
static const struct list_filter filters[] = {
    {LIST_OPTION, "keadaan", "Keadaan", LIST_TO(struct letter_type_find, state), .options = states, .is_tabs = true},
    {LIST_WORDS, "cari", "Nama atau kode klasifikasi", .to = LIST_TO(struct letter_type_find, words), .hint = "Contoh: usaha",
     .is_open = true},
};
static const struct list_order orders[] = {{LETTER_TYPE_SHOWN_BY_USUAL, "urutan", "Urutan di loket", false},
                                           {LETTER_TYPE_SHOWN_BY_NAME, "nama", "Nama", false}};
static const struct list_column columns[] = {{"Jenis surat", LETTER_TYPE_SHOWN_BY_NAME, false},
                                             {"Klasifikasi", 0, false},
                                             {"Penerbitan", 0, false},
                                             {"Masa berlaku", 0, false},
                                             {"Anjungan", 0, false},
                                             {"Terbit", 0, true}};
const struct list letter_type_admin = {.home = LETTER_TYPES_HOME,
                                       .noun = "jenis surat",
                                       LIST_ROWS(filters, orders, columns),
                                       .find_bytes = sizeof(struct letter_type_find),
                                       .empty = {"Belum ada jenis surat", "Jenis surat bawaan dipasang bersama desa."}};

enum rc letter_type_list_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct letter_type_find find;
    struct list_reading at;
    struct letter_type_line_rows rows = {0};
    struct list_result got = {0};
    struct letter_type_list_view v = {0};
    struct buf body = {.arena = arena};
    struct village_db *db;

    TRY(request_village_db(req, &db, err));
    TRY(list_read(req, &letter_type_admin, &find, &at, err));
    if (!at.is_faulty) {
        TRY(sql_letter_type_shown_page(db, &find, &at.at, LIST_PAGE, &rows, &got.ends, err));
        got.rows = rows.n;
        if (list_must_count(&at, &got))
            TRY(sql_letter_type_shown_count(db, &find, LIST_BOUND, &got.found, err));
    }
    list_put(&at, &got, &v.list);
    v.lines.n = rows.n;
    v.lines.p = ARENA_ARRAY(arena, struct letter_type_item, rows.n);
    for (size_t i = 0; i < rows.n; i++)
        v.lines.p[i] = (struct letter_type_item){.href = letter_type_url(arena, rows.p[i].id, ""),
                                                 .name = rows.p[i].name,
                                                 .classification = rows.p[i].classification,
                                                 .policy = letter_policy_label(rows.p[i].policy),
                                                 .valid = letter_validity_label(arena, rows.p[i].valid_months),
                                                 .kiosk = rows.p[i].at_kiosk ? STR("Ya") : STR("Tidak"),
                                                 .issued = rows.p[i].issued,
                                                 .is_active = rows.p[i].is_active};
    view_letter_type_list(&body, &v);
    const struct page page = {.title = STR("Jenis surat"), .active = HERE, .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

/* ---- who signs ---- */

static enum rc signers_list(struct request *req, struct str words, struct options *out, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct letter_signer_named_rows rows;
    struct village_db *db;

    (void)words;
    TRY(request_village_db(req, &db, err));
    TRY(sql_letter_signers(db, &rows, err));
    *out = (struct options){ARENA_ARRAY(arena, struct option, rows.n), rows.n};
    for (size_t i = 0; i < rows.n; i++)
        out->p[i] = (struct option){.value = str_fmt(arena, "%" PRIu64, rows.p[i].id),
                                    .label = str_fmt(arena, "%.*s, %.*s", STR_ARG(rows.p[i].name), STR_ARG(rows.p[i].position))};
    return RC_OK;
}

static enum rc signers_find(struct request *req, uint64_t id, struct str *label_out, struct err *err)
{
    struct options all;
    uint64_t n;

    TRY(signers_list(req, STR(""), &all, err));
    *label_out = STR_NONE;
    for (size_t i = 0; i < all.n; i++)
        if (str_to_u64(all.p[i].value, &n) && n == id)
            *label_out = all.p[i].label;
    return RC_OK;
}

const struct pick_source letter_signers_pick = {.list = signers_list, .find = signers_find};

/* The type's settings as its form has them; a signer who left office is nobody. */
static enum rc stored_form(struct request *req, const struct letter_type_one *row, struct letter_type_edit_form *out, struct err *err)
{
    *out = letter_type_edit_of(row);
    out->signer = (struct pick){.label = STR("")};
    if (!row->signer_id.is_set)
        return RC_OK;
    TRY(signers_find(req, row->signer_id.value, &out->signer.label, err));
    if (out->signer.label.p != NULL)
        out->signer.id = row->signer_id.value;
    else
        out->signer.label = STR("");
    return RC_OK;
}

/* ---- one type ---- */

static enum rc name_of(struct request *req, struct village_db *db, uint64_t id, struct str *name_out, struct err *err)
{
    struct letter_type_one row;

    (void)req;
    TRY(sql_letter_type_one_get(db, id, &row, err));
    *name_out = row.name;
    return RC_OK;
}

const struct keeper letter_type_keeper = {
    .owner = "letter_type", .home = LETTER_TYPES_HOME, .name = name_of, .form = letter_type_edit_input};

/* What of a type's settings makes its numbers. */
struct numbering {
    uint64_t id;
    struct str classification, format, scope, series;
};

static struct numbering numbering_of(const struct letter_type_one *row)
{
    return (struct numbering){row->id, row->classification, row->number_format, row->number_scope, row->series};
}

/* The next letter's number, as it would be today. */
static enum rc number_like(struct request *req, struct village_db *db, const struct numbering *by, struct letter_number *out,
                           struct err *err)
{
    struct letter_identity identity;
    struct number_last last;

    TRY(sql_letter_identity(db, &identity, err));
    const struct letter_numbering village = {identity.number_scope, identity.number_restarts};
    const struct letter_numbered type = {by->id, by->scope, by->series, by->classification};
    const struct letter_series series = letter_series_of(request_arena(req), &village, &type, (uint16_t)request_today(req).year);
    TRY(sql_number_last(db, series.scope, series.year, &last, err));
    *out = (struct letter_number){.classification = by->classification,
                                  .village_code = str_empty(identity.letter_code) ? identity.code : identity.letter_code,
                                  .number = (uint32_t)last.n + 1,
                                  .date = request_today(req)};
    return RC_OK;
}

static enum rc put_sample(struct request *req, struct village_db *db, const struct numbering *by, struct letter_type_view *v,
                          struct err *err)
{
    struct letter_number like;

    TRY(number_like(req, db, by, &like, err));
    v->sample_fault = letter_number_fault(request_arena(req), by->format, by->scope, &like);
    return v->sample_fault.p != NULL ? RC_OK : letter_number_text(request_arena(req), by->format, &like, &v->sample, err);
}

void letter_number_problem(struct request *req, uint64_t id, struct str classification, struct str format, struct letter_problems *problems)
{
    struct arena *arena = request_arena(req);
    const struct letter_number like = {classification, STR("DESA"), 1, request_today(req)};
    const struct str fault = letter_number_fault(arena, format, STR(""), &like);

    if (fault.p != NULL)
        letter_problem_put(arena, problems,
                           (struct letter_problem){.is_must = true, .words = fault, .fix = letter_type_url(arena, id, "/ubah")});
}

static struct str changed_text(struct request *req, const struct letter_type_one *row)
{
    if (str_empty(row->changed_by))
        return STR("Jenis bawaan, belum pernah diubah");
    return str_fmt(request_arena(req), "%.*s oleh %.*s", STR_ARG(utc_short(request_arena(req), row->changed_at, request_zone(req))),
                   STR_ARG(row->changed_by));
}

enum rc letter_type_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct buf body = {.arena = arena};
    struct letter_type_one row;
    struct letter_type_uses uses;
    struct letter_form form;
    struct letter_type_edit_form settings;
    struct letter_type_view v = {0};
    struct village_db *db;
    json_t *root;

    TRY(request_village_db(req, &db, err));
    TRY(sql_letter_type_one_get(db, letter_type_id_got(req).id, &row, err));
    TRY(sql_letter_type_uses(db, row.id, &uses, err));
    TRY(letter_form_read(arena, row.definition, &form, err));
    TRY(stored_form(req, &row, &settings, err));
    const struct numbering numbering = numbering_of(&row);
    TRY(put_sample(req, db, &numbering, &v, err));
    struct str class_name;
    TRY(letter_classification_name(db, row.classification, &class_name, err));
    TRY(json_read(arena, row.definition, &root, err));
    struct check_row facts[] = {
        {.label = STR("Untuk siapa"), .value = letter_for_words(root)},
        {.label = STR("Kode klasifikasi"),
         .value = str_fmt(arena, "%.*s, %.*s", STR_ARG(row.classification),
                          STR_ARG(class_name.p != NULL ? class_name : STR("tidak ada dalam daftar klasifikasi")))},
        {.label = STR("Format nomor"), .value = row.number_format},
        {.label = STR("Urutan nomor"), .value = letter_scope_label(row.number_scope)},
        {.label = STR("Nomor berikutnya"), .value = v.sample_fault.p != NULL ? v.sample_fault : v.sample},
        {.label = STR("Masa berlaku"), .value = letter_validity_label(arena, row.valid_months)},
        {.label = STR("Penerbitan"),
         .value = str_fmt(arena, "%.*s%s", STR_ARG(letter_policy_label(row.policy)),
                          row.seal_asked ? ". Langsung terbit sudah diminta, menunggu kepala desa" : "")},
        {.label = STR("Penanda tangan"),
         .value = settings.signer.id == 0 ? STR("Kepala desa") : str_fmt(arena, "a.n. kepala desa: %.*s", STR_ARG(settings.signer.label))},
        {.label = STR("Di anjungan"),
         .value = !row.at_kiosk     ? STR("Tidak ditawarkan")
                  : form.fits_kiosk ? STR("Dapat diminta")
                                    : STR("Tidak dapat: isiannya hanya bisa ditanyakan di loket")},
        {.label = STR("Surat terbit"), .value = number_text(arena, (int64_t)uses.issued)},
        {.label = STR("Belum selesai"), .value = number_text(arena, (int64_t)uses.open)},
        {.label = STR("Versi"), .value = str_fmt(arena, "%" PRIu32, row.content)},
        {.label = STR("Terakhir diubah"), .value = changed_text(req, &row)}};
    v.title = row.name;
    v.is_active = row.is_active;
    v.edit_href = letter_type_url(arena, row.id, "/ubah");
    v.text_href = letter_type_url(arena, row.id, "/isi");
    v.versions_href = letter_type_url(arena, row.id, "/versi");
    v.export_href = letter_type_url(arena, row.id, "/ekspor");
    v.copy_action = letter_type_url(arena, row.id, "/salin");
    v.guard = request_form_guard(req);
    v.facts = (struct check_rows){facts, COUNT_OF(facts)};
    v.requirements.p = form.requirements;
    v.requirements.n = form.n_requirements;
    v.is_office = form.subject_of == OF_NONE;
    TRY(history_show(req, db, &letter_type_keeper, row.id, 0, &v.history, err));
    view_letter_type(&body, &v);
    const struct page page = {.title = row.name, .active = HERE, .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

/* ---- its settings ---- */

enum rc letter_type_edit_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct buf body = {.arena = arena};
    const struct letter_type_edit_form in = letter_type_edit_got(req);
    struct letter_type_view v = {.action = request_path(req)};
    struct letter_type_one row;
    struct village_db *db;

    TRY(request_village_db(req, &db, err));
    TRY(sql_letter_type_one_get(db, in.id, &row, err));
    struct letter_type_edit_form stored;
    TRY(stored_form(req, &row, &stored, err));
    TRY(letter_type_edit_fill(req, &stored, &v.form, err));
    v.title = row.name;
    v.back_href = letter_type_url(arena, row.id, "");
    v.sample_href = letter_type_url(arena, row.id, "/contoh-nomor");
    struct numbering numbering = numbering_of(&row);
    if (v.form.is_sent && !str_empty(in.number_format))
        numbering = (struct numbering){row.id, in.classification, in.number_format, in.number_scope, row.series};
    TRY(put_sample(req, db, &numbering, &v, err));
    view_letter_type_edit(&body, &v);
    const struct page page = {.title = STR("Ubah jenis surat"), .active = HERE, .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

/* The line below the format, anew while it is typed. */
enum rc letter_type_sample_part(struct request *req, struct response *resp, struct err *err)
{
    const struct letter_type_sample_form in = letter_type_sample_got(req);
    struct buf body = {.arena = request_arena(req)};
    struct letter_type_view v = {.sample_href = request_path(req)};
    struct letter_type_one row;
    struct village_db *db;

    TRY(request_village_db(req, &db, err));
    TRY(sql_letter_type_one_get(db, in.id, &row, err));
    const struct numbering numbering = {row.id, in.classification, in.number_format, in.number_scope, row.series};
    TRY(put_sample(req, db, &numbering, &v, err));
    view_letter_type_number(&body, &v);
    return respond_part(resp, html_view(&body));
}

/* What speaks against the settings besides the ranges of their boxes. */
static enum rc judge(struct txn *txn, struct request *req, const struct letter_type_one *row, const struct letter_type_edit_form *in,
                     struct err *err)
{
    struct village_db *db = in_txn(txn);
    struct letter_number like;
    struct letter_type_namesake namesake;
    struct letter_signer_accounts accounts;
    struct letter_form form;
    struct str fault;
    bool is_taken;

    if (!str_eq(in->classification, row->classification))
        TRY(letter_classification_judge(txn, req, in->classification, LETTER_TYPE_EDIT_CLASSIFICATION, err));
    const struct numbering numbering = {row->id, in->classification, in->number_format, in->number_scope, row->series};
    TRY(number_like(req, db, &numbering, &like, err));
    fault = letter_number_fault(request_arena(req), in->number_format, in->number_scope, &like);
    if (fault.p != NULL)
        return act_refuse(req, err, LETTER_TYPE_EDIT_NUMBER_FORMAT, "%.*s", STR_ARG(fault));
    TRY(sql_letter_type_namesake(db, row->id, in->name, &namesake, &is_taken, err));
    if (is_taken)
        return act_refuse(req, err, LETTER_TYPE_EDIT_NAME, "Nama ini sudah dipakai jenis surat lain. Beri nama yang membedakannya.");
    if (in->signer.id != 0 && !str_is(in->policy, "seal")) {
        TRY(sql_letter_signer_accounts(db, in->signer.id, &accounts, err));
        if (accounts.n == 0)
            return act_refuse(req, err, LETTER_TYPE_EDIT_SIGNER,
                              "Belum ada akun aktif milik pejabat ini yang boleh menyetujui surat. Hubungkan akunnya di Pengaturan, "
                              "Perangkat, dan beri peran yang boleh menandatangani.");
    }
    TRY(letter_form_read(request_arena(req), row->definition, &form, err));
    if (in->at_kiosk && !row->at_kiosk && !form.fits_kiosk)
        return act_refuse(req, err, LETTER_TYPE_EDIT_AT_KIOSK,
                          "Isian jenis surat ini hanya bisa ditanyakan di loket, jadi belum dapat diminta di anjungan.");
    return RC_OK;
}

enum rc letter_type_audit(struct txn *txn, struct request *req, const char *action, uint64_t id, struct str diff, struct err *err)
{
    struct audit row = request_audit(req, action, str_fmt(request_arena(req), "letter_type:%" PRIu64, id));

    row.detail = diff;
    return audit_put(txn, &row, err);
}

static enum rc settings_put(struct txn *txn, struct request *req, const struct letter_type_one *row, const struct letter_type_edit_form *in,
                            struct str kept, struct err *err)
{
    const struct letter_type_values values = letter_type_values_of(in, in->signer.id != 0 ? some_u64(in->signer.id) : (struct opt_u64){0},
                                                                   request_now(req), request_actor(req)->name);
    const struct change change = {
        .owner = letter_type_keeper.owner, .owner_id = row->id, .kind = STR("edit"), .diff = kept, .version = row->version + 1};

    TRY(sql_letter_type_set(txn, &values, NULL, err));
    return change_put(txn, req, &change, err);
}

/* That its letters are issued at once, somebody else than the head can only ask for: everything else holds, and this when he says yes. */
enum rc letter_type_edit_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct letter_type_edit_form in = letter_type_edit_got(req), before;
    struct letter_type_one row;
    bool is_head, asks;

    TRY(sql_letter_type_one_lock(txn, in.id, &row, err));
    TRY(act_seen(req, row.version, err));
    *go_to_out = letter_type_url(arena, row.id, "");
    TRY(stored_form(req, &row, &before, err));
    const struct str wanted = letter_type_edit_diff(arena, &before, &in);
    if (diff_is_empty(wanted)) {
        act_say(req, ACT_UNCHANGED);
        return RC_OK;
    }
    TRY(judge(txn, req, &row, &in, err));
    TRY(letter_head_may(in_txn(txn), req, &is_head, err));
    asks = str_is(in.policy, "seal") && !str_is(row.policy, "seal") && !is_head;
    if (asks)
        in.policy = row.policy;
    const struct str kept = letter_type_edit_diff(arena, &before, &in);
    if (!diff_is_empty(kept))
        TRY(settings_put(txn, req, &row, &in, kept, err));
    TRY(letter_type_tell(txn, req, &row, wanted, asks, err));
    TRY(letter_type_audit(txn, req, asks ? "letter_type.ask_seal" : "letter_type.edit", row.id, wanted, err));
    act_say(req, asks ? "Tersimpan. Langsung terbit berlaku sesudah kepala desa menyetujuinya" : "Tersimpan");
    return act_touch(txn, ACT_PAGES, err);
}
