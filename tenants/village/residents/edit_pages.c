// SPDX-License-Identifier: AGPL-3.0-or-later
/* Ubah data warga: the form, and saving it under the registry's lock against the version that was seen. */
#include "server/base/text.h"
#include "server/web/audit.h"
#include "tenants/village/residents/change_pages.h"
#include "tenants/village/residents/edit_rules.h"
#include "tenants/village/residents/edit_sql.h"
#include "tenants/village/residents/edit_view.h"
#include "tenants/village/residents/registry_sql.h"
#include "tenants/village/residents/registry_form.h"
#include "tenants/village/residents/residents_rows.h"
#include "workers/queue/queue.h"

enum { WORDS_A_NAME = 12 };

struct edit {
    struct request *req;
    uint64_t id;
    struct resident_row stored; /* as the form was made from, or as it was when it came back */
    struct resident_row mine;
    struct resident_now now; /* under the lock */
    bool is_stale, is_unchanged;
    uint64_t nik_owner, card_owner;
};

static const char *field_name(struct arena *arena, enum import_column c)
{
    return str_z(arena, str_fmt(arena, "isi_%s", import_rules[c].heading));
}

/* ---- the form ---- */

struct form_source {
    struct request *req;
    const struct resident_row *row;
    const struct input_pairs *sent; /* NULL: a fresh form */
};

static struct str shown(const struct form_source *from, enum import_column c, const char *box, struct str otherwise)
{
    struct str sent = from->sent != NULL ? edit_sent(request_arena(from->req), from->sent, c, box) : STR_NONE;

    return sent.p != NULL ? sent : otherwise;
}

static const struct select_view *code_box(const struct form_source *from, enum import_column c, struct str name, struct str label,
                                          struct str fault)
{
    struct arena *arena = request_arena(from->req);
    struct select_view *select = ARENA_NEW(arena, struct select_view);
    uint32_t stored = *row_code((struct resident_row *)(uintptr_t)from->row, c);
    struct str chosen = shown(from, c, "", stored != 0 ? str_fmt(arena, "%u", stored) : STR(""));
    uint64_t code;
    bool must = c == COLUMN_SEX || (c == COLUMN_FAMILY_ROLE && !str_empty(from->row->kk_no));

    *select = (struct select_view){
        .name = name, .label = label, .fault = fault, .empty_label = must ? STR("Pilih") : STR("Tidak diisi"), .is_optional = !must};
    if (!str_to_u64(chosen, &code))
        code = 0;
    select->options = form_code_options(arena, import_rules[c].list, code, 0);
    for (size_t i = 0; i < select->options.n && c == COLUMN_RECORD_STATUS; i++) /* its official words say less than ours */
        if (str_to_u64(select->options.p[i].value, &code))
            select->options.p[i].label = code_words_of(c, (uint32_t)code);
    if (c == COLUMN_FAMILY_ROLE && !str_empty(from->row->kk_no))
        select->hint = STR("Kepala keluarga diganti dari halaman keluarga.");
    return select;
}

static const struct date3_view *date_box(const struct form_source *from, enum import_column c, struct str name, struct str label,
                                         struct str fault)
{
    struct arena *arena = request_arena(from->req);
    struct date3_view *date = ARENA_NEW(arena, struct date3_view);
    struct date d = *row_date((struct resident_row *)(uintptr_t)from->row, c);
    bool is_set = !date_is_none(d);

    *date = (struct date3_view){
        .name = name,
        .label = label,
        .fault = fault,
        .is_optional = true,
        .day = shown(from, c, "_hari", is_set ? str_fmt(arena, "%u", d.day) : STR("")),
        .month = shown(from, c, "_bulan", is_set ? str_fmt(arena, "%u", d.month) : STR("")),
        .year = shown(from, c, "_tahun", is_set ? str_fmt(arena, "%d", d.year) : STR("")),
    };
    return date;
}

static const struct field_view *text_box(const struct form_source *from, enum import_column c, struct str name, struct str label,
                                         struct str fault)
{
    struct field_view *field = ARENA_NEW(request_arena(from->req), struct field_view);
    enum column_kind kind = import_rules[c].kind;
    struct str stored = *row_text((struct resident_row *)(uintptr_t)from->row, c);

    if (kind == KIND_UNIT && str_is(stored, "-"))
        stored = STR("");
    *field = (struct field_view){.name = name, .label = label, .fault = fault, .value = shown(from, c, "", stored)};
    field->is_optional = c != COLUMN_NAME && c != COLUMN_NIK && c != COLUMN_HAMLET;
    field->max_length = kind == KIND_NIK || kind == KIND_PARENT ? 0 : import_rules[c].max;
    if (kind == KIND_NIK || kind == KIND_PARENT) {
        field->width = STR("nik");
        field->inputmode = STR("numeric");
    } else if (kind == KIND_UNIT) {
        field->width = STR("4");
        field->inputmode = STR("numeric");
    } else if (kind == KIND_PLACE || kind == KIND_CARD) {
        field->width = STR("16");
    }
    if (c == COLUMN_HAMLET)
        field->hint = STR("Hanya tempat warga ini yang berubah, bukan keluarganya.");
    return field;
}

static struct edit_box box_of(const struct form_source *from, const struct edit_column *column)
{
    struct arena *arena = request_arena(from->req);
    const char *name = field_name(arena, column->column);
    struct str fault = from->sent != NULL ? request_fault_of(from->req, name) : STR_NONE, label = str_c(column->label);

    if (import_rules[column->column].kind == KIND_CODE)
        return (struct edit_box){.select = code_box(from, column->column, str_c(name), label, fault)};
    if (kind_is_date(import_rules[column->column].kind))
        return (struct edit_box){.date = date_box(from, column->column, str_c(name), label, fault)};
    return (struct edit_box){.field = text_box(from, column->column, str_c(name), label, fault)};
}

static void put_groups(const struct form_source *from, struct edit_view *v)
{
    struct arena *arena = request_arena(from->req);

    v->groups.p = ARENA_ARRAY(arena, struct form_group, GROUP_END);
    for (int g = GROUP_PERSON; g < GROUP_END; g++) {
        struct form_group *group = &v->groups.p[v->groups.n++];
        *group = (struct form_group){.title = str_c(edit_group_title((enum edit_group)g))};
        group->boxes.p = ARENA_ARRAY(arena, struct edit_box, edit_columns_n);
        for (size_t i = 0; i < edit_columns_n; i++)
            if (edit_columns[i].group == (enum edit_group)g)
                group->boxes.p[group->boxes.n++] = box_of(from, &edit_columns[i]);
    }
}

static const struct option reasons[] = {
    {STR_INIT("perbaikan"), STR_INIT("Perbaikan data"), STR_INIT(""), false},
    {STR_INIT("dokumen"), STR_INIT("Dokumen baru (KK, e-KTP, akta)"), STR_INIT(""), false},
    {STR_INIT("laporan"), STR_INIT("Laporan warga"), STR_INIT(""), false},
    {STR_INIT("lainnya"), STR_INIT("Lainnya, tulis di bawah"), STR_INIT(""), false},
};

static struct radios_view reason_choice(struct request *req, bool is_sent)
{
    struct radios_view radios = {.name = STR("alasan"), .label = STR("Alasan perubahan")};

    radios.options = (struct options){ARENA_ARRAY(request_arena(req), struct option, COUNT_OF(reasons)), COUNT_OF(reasons)};
    for (size_t i = 0; i < COUNT_OF(reasons); i++) {
        radios.options.p[i] = reasons[i];
        radios.options.p[i].is_selected = is_sent && str_eq(input_typed(req, "alasan"), reasons[i].value);
    }
    if (is_sent)
        radios.fault = request_fault_of(req, "alasan");
    return radios;
}

static struct str resident_href(struct request *req, uint64_t id, const char *tail)
{
    return str_fmt(request_arena(req), "/kantor/penduduk/%" PRIu64 "%s", id, tail);
}

static enum rc edit_respond(struct request *req, struct response *resp, const struct edit *edit, uint32_t version, bool is_sent,
                            struct err *err)
{
    struct arena *arena = request_arena(req);
    struct input_pairs sent = is_sent ? input_prefixed(req, "isi_") : (struct input_pairs){0};
    const struct form_source from = {req, &edit->stored, is_sent ? &sent : NULL};
    struct buf body = {.arena = arena};
    struct edit_view v = {
        .guard = request_form_guard(req),
        .href = resident_href(req, edit->id, ""),
        .name = text_name(arena, edit->stored.name),
        .version = version,
        .is_unchanged = edit->is_unchanged,
        .reason = reason_choice(req, is_sent),
        .words = input_box(req, is_sent,
                           (struct field_view){.name = STR("keterangan"),
                                               .label = STR("Keterangan"),
                                               .hint = STR("Contoh: nomor akta, siapa yang melapor"),
                                               .is_optional = true,
                                               .max_length = 200}),
    };

    if (is_sent) {
        v.faults = *request_faults(req);
        if (!str_empty(request_fault_of(req, "cocok")))
            v.doubt = (struct check_view){.name = STR("cocok"),
                                          .label = STR("Sudah saya cocokkan dengan e-KTP atau KK. Simpan apa adanya."),
                                          .fault = request_fault_of(req, "cocok")};
        if (edit->nik_owner != 0)
            v.owner_href = resident_href(req, edit->nik_owner, "");
        if (edit->card_owner != 0)
            v.other_href = resident_href(req, edit->card_owner, "");
        if (edit->is_unchanged)
            response_status(resp, 422);
    }
    put_groups(&from, &v);
    view_edit(&body, &v);
    const struct page page = {.title = STR("Ubah data warga"), .active = STR("/kantor/penduduk"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

enum rc edit_page(struct request *req, struct response *resp, struct err *err)
{
    struct edit edit = {.req = req, .id = input_u64(req, "id")};
    struct village_db *db;
    struct resident_full full;

    TRY(request_village_db(req, &db, err));
    TRY(sql_resident_get(db, edit.id, &full, err));
    TRY(resident_look(req, db, edit.id, "edit", err));
    resident_row_of(&full, &edit.stored);
    return edit_respond(req, resp, &edit, full.version, false, err);
}

/* ---- saving ---- */

/* "Laporan warga: ibu kandung datang sendiri"; a choice alone says enough unless it is "Lainnya". */
static struct str reason_words(struct request *req)
{
    struct str choice = input_text(req, "alasan"), words = input_text(req, "keterangan");
    struct str label = STR("");

    for (size_t i = 0; i < COUNT_OF(reasons); i++)
        if (str_eq(reasons[i].value, choice))
            label = str_is(choice, "lainnya") ? STR("") : reasons[i].label;
    if (str_empty(label) || str_empty(words))
        return str_empty(label) ? words : label;
    return str_fmt(request_arena(req), "%.*s: %.*s", STR_ARG(label), STR_ARG(words));
}

static struct opt_u64 some_code(uint8_t code)
{
    return code != 0 ? some_u64(code) : (struct opt_u64){0};
}

static struct resident_edit_in put_of(const struct edit *edit, const struct resident_row *r, uint64_t area_id)
{
    return (struct resident_edit_in){
        .id = edit->id,
        .nik = r->nik,
        .area_id = area_id,
        .name = r->name,
        .sex = r->sex,
        .birth_place = r->birth_place,
        .birth_date = r->birth_date,
        .religion = some_code(r->religion),
        .education_kk = some_code(r->education_kk),
        .education_now = some_code(r->education_now),
        .occupation = some_code(r->occupation),
        .marital = some_code(r->marital),
        .family_role = some_code(r->family_role),
        .citizenship = some_code(r->citizenship),
        .father_nik = r->father_nik,
        .father_name = r->father_name,
        .mother_nik = r->mother_nik,
        .mother_name = r->mother_name,
        .blood = some_code(r->blood),
        .birth_cert = r->birth_cert,
        .passport = r->passport,
        .passport_until = r->passport_until,
        .kitas = r->kitas,
        .marriage_cert = r->marriage_cert,
        .marriage_date = r->marriage_date,
        .divorce_cert = r->divorce_cert,
        .divorce_date = r->divorce_date,
        .disability = some_code(r->disability),
        .contraception = some_code(r->contraception),
        .pregnancy = some_code(r->pregnancy),
        .ktp_el = some_code(r->ktp_el),
        .record_status = some_code(r->record_status),
        .address_now = r->address_now,
        .ethnicity = r->ethnicity,
        .card_tag = str_empty(r->card_tag) ? STR_NONE : r->card_tag,
        .insurance = some_code(r->insurance),
        .insurance_no = r->insurance_no,
        .lat = r->lat,
        .lng = r->lng,
        .now = request_now(edit->req),
    };
}

/* The form's values over the person as they now are; where a choice says so, what is stored stays. */
static struct resident_row merged(const struct edit *edit)
{
    struct resident_row after = edit->now.row;
    struct input_pairs chosen = input_prefixed(edit->req, "pilih_");

    for (size_t i = 0; i < edit_columns_n; i++)
        row_copy(&after, &edit->mine, edit_columns[i].column);
    for (size_t i = 0; i < chosen.n; i++)
        for (size_t k = 0; k < edit_columns_n; k++)
            if (str_is(chosen.p[i].name, import_rules[edit_columns[k].column].heading) && str_is(chosen.p[i].value, "tersimpan"))
                row_copy(&after, &edit->now.row, edit_columns[k].column);
    return after;
}

/* A NIK and a card belong to one person. */
static enum rc check_owners(struct txn *txn, struct edit *edit, const struct resident_row *after, struct err *err)
{
    struct resident_id nik;
    struct card_owner card;
    bool found;

    TRY(sql_resident_id_of_nik(in_txn(txn), after->nik, &nik, &found, err));
    if (found && nik.id != edit->id)
        edit->nik_owner = nik.id;
    if (!str_empty(after->card_tag)) {
        TRY(sql_resident_of_card(in_txn(txn), after->card_tag, &card, &found, err));
        if (found && card.id != edit->id)
            edit->card_owner = card.id;
    }
    if (edit->nik_owner != 0 || edit->card_owner != 0)
        return fail(err, RC_DUPLICATE, "the NIK or card belongs to another resident");
    return RC_OK;
}

static enum rc area_of(struct txn *txn, const struct edit *edit, const struct resident_row *after, uint64_t *area_out, struct err *err)
{
    struct area_held area;

    *area_out = edit->now.area_id;
    if (row_same(&edit->now.row, after, COLUMN_HAMLET) && row_same(&edit->now.row, after, COLUMN_RW) &&
        row_same(&edit->now.row, after, COLUMN_RT))
        return RC_OK;
    TRY(sql_registry_area_put(txn, &(struct registry_area_put_in){.hamlet = after->hamlet, .rw = after->rw, .rt = after->rt}, 1, err));
    TRY(sql_area_hold(txn, after->hamlet, after->rw, after->rt, &area, err));
    *area_out = area.id;
    return RC_OK;
}

static enum rc write_words(struct txn *txn, const struct edit *edit, struct str name, struct err *err)
{
    struct arena *arena = request_arena(edit->req);
    struct str words[WORDS_A_NAME];
    struct registry_word_put_in rows[WORDS_A_NAME];
    size_t n = resident_name_words(arena, name, words, WORDS_A_NAME);

    for (size_t i = 0; i < n; i++)
        rows[i] = (struct registry_word_put_in){.word = words[i], .resident_id = edit->id};
    TRY(sql_registry_words_drop(txn, str_fmt(arena, "[%" PRIu64 "]", edit->id), NULL, err));
    return n == 0 ? RC_OK : sql_registry_word_put(txn, rows, n, err);
}

static enum rc write_edit(struct txn *txn, struct edit *edit, const struct resident_row *after, struct str diff, struct err *err)
{
    struct request *req = edit->req;
    const struct resident_act act = resident_act_of(req, CHANGE_EDIT, reason_words(req));
    const struct audit audit = request_audit(req, "resident.edit", str_fmt(request_arena(req), "resident:%" PRIu64, edit->id));
    uint64_t area_id;

    TRY(area_of(txn, edit, after, &area_id, err));
    const struct resident_edit_in in = put_of(edit, after, area_id);
    TRY(sql_resident_edit(txn, &in, NULL, err));
    if (!row_same(&edit->now.row, after, COLUMN_NAME))
        TRY(write_words(txn, edit, after->name, err));
    TRY(registry_touch(txn, err));
    TRY(resident_change_put(txn, &act, edit->id, diff, err));
    TRY(audit_put(txn, &audit, err));
    return outbox_put_once(txn, JOB_PUBLISH_ROLLUP, 0, err);
}

static enum rc edit_body(struct txn *txn, void *arg, struct str *go_to_out, struct err *err)
{
    struct edit *edit = arg;
    struct arena *arena = request_arena(edit->req);

    edit->nik_owner = edit->card_owner = 0;
    TRY(resident_lock(txn, edit->id, &edit->now, err));
    edit->is_stale = edit->now.version != input_u64(edit->req, "versi");
    const struct resident_row after = merged(edit);
    if (edit->is_stale) {
        edit->mine = after;
        return fail(err, RC_CONFLICT, "the resident was changed by somebody else meanwhile");
    }
    struct str diff = resident_diff(arena, &edit->now.row, &after);
    edit->is_unchanged = str_is(diff, "{}");
    if (edit->is_unchanged)
        return fail(err, RC_INVALID, "nothing was changed");
    TRY(check_owners(txn, edit, &after, err));
    TRY(write_edit(txn, edit, &after, diff, err));
    *go_to_out = resident_href(edit->req, edit->id, "?tersimpan=1");
    return RC_OK;
}

static void judge(struct request *req, struct edit *edit)
{
    struct arena *arena = request_arena(req);
    struct input_pairs sent = input_prefixed(req, "isi_");
    struct str faults[COLUMN_COUNT], text;
    enum import_column doubted;

    edit_read(arena, &sent, &edit->stored, request_today(req), &edit->mine, faults);
    for (size_t i = 0; i < edit_columns_n; i++)
        if (faults[edit_columns[i].column].p != NULL)
            request_fault(req, field_name(arena, edit_columns[i].column), "%.*s", STR_ARG(faults[edit_columns[i].column]));
    if (request_faults(req)->n == 0 && !input_flag(req, "cocok") && nik_doubt_is_new(&edit->stored, &edit->mine) &&
        nik_doubt(arena, &edit->mine, request_today(req), &doubted, &text)) {
        request_fault(req, field_name(arena, doubted), "%.*s", STR_ARG(text));
        request_fault(req, "cocok", "Bila e-KTP atau KK memang tertulis begitu, centang ini.");
    }
    if (str_is(input_text(req, "alasan"), "lainnya") && str_empty(input_text(req, "keterangan")))
        request_fault(req, "keterangan", "Tulis alasan perubahannya.");
}

enum rc edit_post(struct request *req, struct response *resp, struct err *err)
{
    struct edit edit = {.req = req, .id = input_u64(req, "id")};
    struct village_db *db;
    struct resident_full full;
    uint32_t version = (uint32_t)input_u64(req, "versi");

    TRY(request_village_db(req, &db, err));
    TRY(sql_resident_get(db, edit.id, &full, err));
    resident_row_of(&full, &edit.stored);
    judge(req, &edit);
    if (request_faults(req)->n > 0)
        return edit_respond(req, resp, &edit, version, true, err);
    enum rc rc = village_act(req, resp, edit_body, &edit, err);
    if (rc == RC_CONFLICT && edit.is_stale)
        return edit_conflict_respond(req, resp, &edit.now, &edit.mine, version, err);
    if (rc == RC_DUPLICATE && edit.nik_owner != 0)
        request_fault(req, field_name(request_arena(req), COLUMN_NIK), "NIK ini sudah tercatat untuk warga lain di desa ini.");
    if (rc == RC_DUPLICATE && edit.card_owner != 0)
        request_fault(req, field_name(request_arena(req), COLUMN_CARD_TAG), "Kartu ini sudah terdaftar atas nama warga lain.");
    if (request_faults(req)->n > 0 || (rc == RC_INVALID && edit.is_unchanged))
        return edit_respond(req, resp, &edit, version, true, err);
    return rc;
}
