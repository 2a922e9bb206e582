// SPDX-License-Identifier: AGPL-3.0-or-later
/* Kantor → Anjungan: devices, what they offer, how long people wait for paper. */
#include "server/base/text.h"
#include "server/web/act.h"
#include "server/web/audit.h"
#include "server/web/kiosk_rows_sql.h"
#include "tenants/village/kiosk/kiosk_inputs_view.h"
#include "tenants/village/kiosk/kiosk_office_view.h"
#include "tenants/village/kiosk/kiosk_pages.h"

enum { CODE_S = KIOSK_CODE_MIN * 60, CODES_MOST = 10, FIGURES_DAYS = 30, NUMBER_DIGITS = 16 };

#define HERE STR("/kantor/anjungan")

static enum rc put_figures(struct request *req, struct village_db *db, struct kiosk_office_view *v, struct err *err)
{
    struct arena *arena = request_arena(req);
    utc_us since = request_now(req) - FIGURES_DAYS * INT64_C(86400) * US_PER_S;
    struct kiosk_paper_time_rows rows;

    TRY(sql_kiosk_paper_times(db, since, &rows, err));
    if (rows.n == 0)
        return RC_OK;
    uint32_t *times = ARENA_ARRAY(arena, uint32_t, rows.n);
    for (size_t i = 0; i < rows.n; i++)
        times[i] = rows.p[i].paper_ms;
    v->figures.n = 3;
    v->figures.p = ARENA_ARRAY(arena, struct stat_item, 3);
    v->figures.p[0] = (struct stat_item){
        .label = STR("Surat tercetak"), .value = number_text(arena, (int64_t)rows.n), .note = STR("30 hari terakhir")};
    v->figures.p[1] = (struct stat_item){.label = STR("Separuh warga memegang surat dalam"),
                                         .value = duration_text(arena, percentile(times, rows.n, 50)),
                                         .note = STR("dari kartu ditempel sampai dicetak")};
    v->figures.p[2] = (struct stat_item){.label = STR("95 dari 100 warga dalam"),
                                         .value = duration_text(arena, percentile(times, rows.n, 95)),
                                         .note = STR("dari kartu ditempel sampai dicetak")};
    return RC_OK;
}

static struct kiosk_device_line device_line(struct request *req, const struct kiosk_device_row *row)
{
    struct arena *arena = request_arena(req);
    enum zone zone = request_village(req)->zone;

    return (struct kiosk_device_line){
        .id = row->id,
        .name = row->name,
        .enrolled = str_fmt(arena, "%.*s, %.*s", STR_ARG(date_short(arena, utc_date(row->enrolled_at, zone))), STR_ARG(row->made_by)),
        .used = row->used_at != 0 ? kiosk_moment(req, row->used_at) : STR("Belum pernah"),
        .seen = kiosk_moment(req, row->last_seen_at),
        .revoked = row->revoked_at != 0 ? date_short(arena, utc_date(row->revoked_at, zone)) : STR(""),
        .is_on = kiosk_is_on(req, row->last_seen_at),
    };
}

static utc_us seen_since(const struct request *req)
{
    return request_now(req) - KIOSK_OLD_S * US_PER_S;
}

static enum rc put_devices(struct request *req, struct village_db *db, struct kiosk_office_view *v, struct err *err)
{
    struct kiosk_device_row_rows rows;

    TRY(sql_kiosk_device_list(db, &rows, err));
    v->devices.p = ARENA_ARRAY(request_arena(req), struct kiosk_device_line, rows.n);
    v->old.p = ARENA_ARRAY(request_arena(req), struct kiosk_device_line, rows.n);
    for (size_t i = 0; i < rows.n; i++) {
        struct kiosk_device_lines *to = rows.p[i].revoked_at == 0 && rows.p[i].last_seen_at < seen_since(req) ? &v->old : &v->devices;

        to->p[to->n++] = device_line(req, &rows.p[i]);
    }
    return RC_OK;
}

static enum rc put_offers(struct request *req, struct village_db *db, struct kiosk_office_view *v, struct err *err)
{
    struct self_types types;

    TRY(letter_self_types(db, &types, err));
    v->offers.p = ARENA_ARRAY(request_arena(req), struct kiosk_offer_line, types.n);
    v->offers.n = types.n;
    for (size_t i = 0; i < types.n; i++)
        v->offers.p[i] = (struct kiosk_offer_line){
            types.p[i].slug, types.p[i].name, types.p[i].is_sealed ? STR("Langsung tercetak") : STR("Nomor antrean, disetujui kepala desa"),
            types.p[i].at_kiosk};
    return RC_OK;
}

static enum rc put_questions(struct request *req, struct village_db *db, struct kiosk_office_view *v, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct self_questions all;

    TRY(letter_self_questions(db, &all, err));
    v->questions.p = ARENA_ARRAY(arena, struct kiosk_question_line, all.n);
    v->questions.n = all.n;
    for (size_t i = 0; i < all.n; i++)
        v->questions.p[i] = (struct kiosk_question_line){.slug = all.p[i].slug,
                                                         .field = all.p[i].field,
                                                         .type_name = all.p[i].type_name,
                                                         .words = all.p[i].words,
                                                         .lines = all.p[i].lines,
                                                         .id = str_fmt(arena, "pilihan-%zu", i + 1),
                                                         .is_own = all.p[i].is_own};
    return RC_OK;
}

/* The answers of a question as this village has them; none: those the letter type came with. */
enum rc kiosk_choose_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct letter_actor by = letter_actor_of(req);
    const struct kiosk_choose_form form = kiosk_choose_got(req);

    *go_to_out = HERE;
    act_say(req, "Pilihan di anjungan tersimpan");
    return letter_self_choose(txn, form.type, form.field, form.lines, &by, err);
}

enum rc kiosk_office_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct buf out = {.arena = arena};
    struct village_db *db;
    struct kiosk_office_view v = {
        .address = str_fmt(arena, "%.*s/anjungan/daftar", STR_ARG(request_origin(req))),
        .code_minutes = KIOSK_CODE_MIN,
        .old_days = KIOSK_OLD_DAYS,
        .no_figures = {.title = STR("Belum ada surat dari anjungan"),
                       .text = STR("Lama tunggu dari kartu ditempel sampai surat dicetak muncul di sini.")},
        .no_devices = {.title = STR("Belum ada anjungan"), .text = STR("Buat kode, lalu ketik di layar anjungan.")},
    };

    const struct str code = kiosk_office_got(req).code;
    if (code.n == CODE_SIGNS)
        v.code = str_fmt(arena, "%.*s %.*s", 4, code.p, 4, code.p + 4);
    TRY(request_village_db(req, &db, err));
    TRY(kiosk_office_fill(req, NULL, &v.form, err));
    TRY(put_figures(req, db, &v, err));
    TRY(put_devices(req, db, &v, err));
    TRY(put_offers(req, db, &v, err));
    TRY(put_questions(req, db, &v, err));
    view_kiosk_office(&out, &v);
    const struct page page = {.title = STR("Anjungan"), .active = HERE, .body = html_view(&out)};
    return respond_page(req, resp, &page, err);
}

/* A name that people read out and tell from another's: no sign that only looks like a letter, nothing to be filled in, no one's number. */
static const char *name_fault(struct str name)
{
    if (!text_is_plain(name, " .,'-/()&"))
        return "Nama anjungan hanya memuat huruf Latin, angka, spasi, dan tanda . , ' - / ( ) &.";
    return digits_in(name) >= NUMBER_DIGITS ? "Nama anjungan memuat nomor sepanjang NIK. Beri nama menurut tempatnya." : NULL;
}

/* No two screens in use are called alike, nor codes that wait for one: who answers a call or takes a licence back knows which is meant. */
static enum rc refuse_twin(struct txn *txn, struct request *req, const char *field, struct str name, uint64_t id, struct err *err)
{
    struct kiosk_named named;

    TRY(sql_kiosk_named(in_txn(txn), name, id, request_now(req), &named, err));
    return named.n == 0 ? RC_OK
                        : act_refuse(req, err, field,
                                     "Sudah ada anjungan lain bernama itu, atau kode yang belum dipakai. Beri nama menurut tempatnya.");
}

/* The code itself is nowhere but in the link to the next page, sealed, as long as it is good. */
enum rc kiosk_code_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    struct str code = random_word(request_arena(req), CODE_SIGNS);
    const struct str name = kiosk_office_got(req).name;
    const char *fault = name_fault(name);
    utc_us now = request_now(req);
    const struct kiosk_code_put_in row = {.code_hash = kiosk_blind_of(req, "code", code),
                                          .name = name,
                                          .made_by_name = request_actor(req)->name,
                                          .made_at = now,
                                          .ends_at = now + CODE_S * US_PER_S,
                                          .is_standing = false};
    struct kiosk_codes_open open;

    if (fault != NULL)
        return act_refuse(req, err, KIOSK_OFFICE_NAME, "%s", fault);
    TRY(refuse_twin(txn, req, KIOSK_OFFICE_NAME, name, 0, err));
    TRY(sql_kiosk_codes_open(txn, now, &open, err));
    if (open.n >= CODES_MOST)
        return act_refuse(req, err, KIOSK_OFFICE_NAME, "Masih ada %d kode yang belum dipakai. Pakai salah satunya, atau tunggu %d menit.",
                          CODES_MOST, KIOSK_CODE_MIN);
    TRY(sql_kiosk_code_put(txn, &row, NULL, err));
    *go_to_out = str_fmt(request_arena(req), "/kantor/anjungan?kode=%.*s", STR_ARG(token_seal(req, "anjungan-kode", code, CODE_S)));
    return act_audit(txn, req, err, "kiosk.code", "kiosk:0");
}

/* Staff have looked after the machine: PINs are taken again at once. */
enum rc kiosk_resume_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    *go_to_out = HERE;
    act_say(req, "Anjungan menerima PIN lagi");
    TRY(sql_kiosk_pace_forget(txn, NULL, err));
    return act_audit(txn, req, err, "kiosk.resume", "kiosk:0");
}

/* One screen: what it is called, when it was used, and its end. */
enum rc kiosk_device_page(struct request *req, struct response *resp, struct err *err)
{
    struct buf out = {.arena = request_arena(req)};
    struct kiosk_device_row row;
    struct kiosk_device_view v;
    struct village_db *db;

    TRY(request_village_db(req, &db, err));
    TRY(sql_kiosk_device_one(db, kiosk_device_got(req).id, &row, err));
    v = (struct kiosk_device_view){.d = device_line(req, &row)};
    TRY(kiosk_device_fill(req, &(struct kiosk_device_form){.id = row.id, .name = row.name}, &v.form, err));
    view_kiosk_device(&out, &v);
    const struct page page = {.title = row.name, .active = HERE, .body = html_view(&out)};
    return respond_page(req, resp, &page, err);
}

static enum rc told(struct txn *txn, struct request *req, const char *action, uint64_t id, struct str detail, struct err *err)
{
    struct audit row = request_audit(req, action, str_fmt(request_arena(req), "kiosk:%" PRIu64, id));

    row.detail = detail;
    return audit_put(txn, &row, err);
}

enum rc kiosk_rename_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct kiosk_device_form form = kiosk_device_got(req);
    const char *fault = name_fault(form.name);
    struct kiosk_device_row row;

    TRY(sql_kiosk_device_one(in_txn(txn), form.id, &row, err));
    *go_to_out = HERE;
    if (str_eq(row.name, form.name)) {
        act_say(req, ACT_UNCHANGED);
        return RC_OK;
    }
    if (fault != NULL)
        return act_refuse(req, err, KIOSK_DEVICE_NAME, "%s", fault);
    TRY(refuse_twin(txn, req, KIOSK_DEVICE_NAME, form.name, form.id, err));
    TRY(sql_kiosk_rename(txn, form.id, form.name, NULL, err));
    act_say(req, "Nama anjungan tersimpan");
    return told(txn, req, "kiosk.rename", form.id, audit_change(request_arena(req), row.name, form.name), err);
}

enum rc kiosk_revoke_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    uint64_t id = kiosk_one_got(req).id;
    struct kiosk_device_row row;
    struct kiosk_visit_row visit;
    bool found;

    TRY(sql_kiosk_device_one(in_txn(txn), id, &row, err));
    TRY(sql_kiosk_device_revoke(txn, id, request_now(req), NULL, err));
    TRY(sql_kiosk_visit_lock(txn, id, &visit, &found, err));
    TRY(sql_kiosk_visit_end(txn, id, NULL, err));
    *go_to_out = HERE;
    act_say(req, str_z(request_arena(req), str_fmt(request_arena(req), "Izin %.*s dicabut", STR_ARG(row.name))));
    return told(txn, req, "kiosk.revoke", id, audit_note(request_arena(req), row.name), err);
}

/* All that nobody has seen for a season; their visits have ended long ago. */
enum rc kiosk_old_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    struct kiosk_old_rows old;

    *go_to_out = HERE;
    TRY(sql_kiosk_old_lock(txn, seen_since(req), &old, err));
    if (old.n == 0) {
        act_say(req, ACT_UNCHANGED);
        return RC_OK;
    }
    TRY(sql_kiosk_old_revoke(txn, seen_since(req), request_now(req), NULL, err));
    for (size_t i = 0; i < old.n; i++)
        TRY(told(txn, req, "kiosk.revoke_old", old.p[i].id, audit_note(request_arena(req), old.p[i].name), err));
    act_say(req, str_z(request_arena(req), str_fmt(request_arena(req), "Izin %zu anjungan lama dicabut", old.n)));
    return RC_OK;
}

enum rc kiosk_offer_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct letter_actor by = letter_actor_of(req);
    const struct kiosk_offer_form form = kiosk_offer_got(req);

    *go_to_out = HERE;
    act_say(req, str_is(form.shown, "ya") ? "Surat tampil di anjungan" : "Surat tidak tampil lagi di anjungan");
    return letter_self_offer(txn, form.type, str_is(form.shown, "ya"), &by, err);
}
