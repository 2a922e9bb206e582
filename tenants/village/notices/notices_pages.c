// SPDX-License-Identifier: AGPL-3.0-or-later
/* At the office: who was told about a letter, telling again, and a resident's mail address. */
#include "tenants/village/notices/notices_pages.h"

#include "server/base/text.h"
#include "server/web/act.h"
#include "tenants/village/notices/notices_rules.h"
#include "tenants/village/notices/notices_view.h"
#include "tenants/village/residents/change.h"
#include "tenants/village/residents/residents.h"

/* ---- on the letter's page ---- */

/* A message that has no reason any more is not sent again, and none so soon after the last. */
static bool may_repeat(const struct notice_lines_row *row, const struct notice_letter *letter, utc_us now)
{
    utc_us last = row->sent_at > row->put_at ? row->sent_at : row->put_at;
    const struct notice_row as_row = {.recipient = row->recipient, .letter_state = letter->state, .policy = letter->policy};

    return notice_has_reason(&as_row) &&
           (row->state == NOTICE_OFF || row->state == NOTICE_REFUSED || last + (utc_us)NOTICE_PAUSE_S * US_PER_S <= now);
}

static struct notice_line line_of(const struct request *req, const struct notice_lines_row *row, const struct notice_letter *letter)
{
    struct arena *arena = request_arena(req);
    bool may = request_may(req, MAY_WRITE_LETTERS) && may_repeat(row, letter, request_now(req));

    return (struct notice_line){
        .words = notice_line_words(arena, row, request_village(req)->zone),
        .address = mail_address_masked(arena, row->address),
        .again = !may                            ? STR("")
                 : row->recipient == NOTICE_HEAD ? STR("kades")
                                                 : STR("warga"),
        .is_sent = row->state == NOTICE_SENT,
        .is_under_way = row->state == NOTICE_WAITING && row->attempts == 0,
    };
}

enum rc notices_of_letter(struct request *req, uint64_t letter_id, struct notices_view *out, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct village_db *db;
    struct notice_lines_row_rows rows;
    struct notice_letter letter;
    struct notice_addresses to;
    bool is_resident_told = false;

    TRY(request_village_db(req, &db, err));
    TRY(sql_notice_lines(db, letter_id, &rows, err));
    TRY(sql_notice_letter(db, letter_id, &letter, err));
    *out = (struct notices_view){.action = str_fmt(arena, "/kantor/surat/%" PRIu64 "/pemberitahuan", letter_id),
                                 .guard = request_form_guard(req)};
    out->lines.p = ARENA_ARRAY(arena, struct notice_line, rows.n);
    for (size_t i = 0; i < rows.n; i++) {
        out->lines.p[out->lines.n++] = line_of(req, &rows.p[i], &letter);
        is_resident_told = is_resident_told || rows.p[i].recipient == NOTICE_RESIDENT;
    }
    if (is_resident_told || letter.resident_id == 0 || letter.state != LETTER_ISSUED || !request_may(req, MAY_WRITE_LETTERS))
        return RC_OK;
    TRY(sql_notice_addresses(db, letter.resident_id, &to, err));
    out->may_tell_resident = to.resident.p != NULL;
    if (to.resident.p == NULL && request_may(req, MAY_EDIT_RESIDENTS))
        out->register_href = notice_address_href(arena, letter.resident_id, letter_id);
    return RC_OK;
}

enum rc notice_resident_address(struct request *req, uint64_t resident_id, struct str *masked_out, struct err *err)
{
    struct notice_addresses to;
    struct village_db *db;

    TRY(request_village_db(req, &db, err));
    TRY(sql_notice_addresses(db, resident_id, &to, err));
    *masked_out = to.resident.p != NULL ? mail_address_masked(request_arena(req), to.resident) : STR("");
    return RC_OK;
}

struct str notice_address_href(struct arena *arena, uint64_t resident_id, uint64_t letter_id)
{
    return str_fmt(arena, "/kantor/penduduk/%" PRIu64 "/surel?surat=%" PRIu64, resident_id, letter_id);
}

enum rc notice_again_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct notice_again_form form = notice_again_got(req);
    enum notice_recipient recipient = str_is(form.to, "kades") ? NOTICE_HEAD : NOTICE_RESIDENT;
    struct notice_letter_locked letter;
    struct notice_addresses to;
    struct arena *arena = request_arena(req);
    enum notice_again done;
    struct str address;

    TRY(sql_notice_letter_lock(txn, form.id, &letter, err));
    TRY(sql_notice_addresses(in_txn(txn), letter.resident_id, &to, err));
    address = recipient == NOTICE_HEAD ? to.head : to.resident;
    if (address.p == NULL)
        return fail(err, RC_CONFLICT, "letter %" PRIu64 ": there is no address to write to", form.id);
    if (letter.state != LETTER_ISSUED && !(letter.state == LETTER_WAITING_APPROVAL && recipient == NOTICE_HEAD))
        return fail(err, RC_CONFLICT, "letter %" PRIu64 " is in a state nobody is told about", form.id);
    TRY(notice_again(txn, form.id, recipient, address, request_now(req), &done, err));
    *go_to_out = str_fmt(arena, "/kantor/surat/%" PRIu64, form.id);
    if (done == NOTICE_AGAIN_TOO_SOON) {
        act_say(req, str_z(arena, str_fmt(arena, "Tidak dikirim lagi: yang terakhir belum lewat %d menit", NOTICE_PAUSE_S / 60)));
        return RC_OK;
    }
    if (done == NOTICE_AGAIN_OVER_BUDGET)
        act_say(req,
                str_z(arena, str_fmt(arena, "Tidak dikirim: jatah %d surel desa sehari sudah habis. Kirim lagi besok", NOTICE_MOST_A_DAY)));
    return act_audit(txn, req, err, "notice.again", "letter:%" PRIu64, form.id);
}

/* ---- a resident's address ---- */

static struct str email_url(struct request *req, uint64_t id, const char *tail)
{
    return str_fmt(request_arena(req), "/kantor/penduduk/%" PRIu64 "%s", id, tail);
}

/* Back to the check of a draft; a letter that is no draft any more is shown as it is. */
static struct str letter_href(struct arena *arena, uint64_t letter)
{
    return str_fmt(arena, "/kantor/surat/%" PRIu64 "/periksa", letter);
}

/* form.letter: the one whose page the clerk came from and goes back to. */
enum rc resident_email_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct buf body = {.arena = arena};
    const struct resident_email_form form = resident_email_got(req);
    struct resident_email_of r;
    struct village_db *db;
    struct resident_email_view v = {.id = form.id};

    TRY(request_village_db(req, &db, err));
    TRY(sql_resident_email_of(db, v.id, &r, err));
    TRY(resident_email_fill(req, &form, &v.form, err));
    TRY(resident_look(req, db, v.id, "email", err));
    v.name = text_name(arena, r.name);
    v.nik = nik_masked(arena, r.nik);
    v.back_href = form.letter.is_set ? letter_href(arena, form.letter.value) : email_url(req, v.id, "");
    v.back_label = form.letter.is_set ? STR("Surat") : STR("Data warga");
    if (r.email.p != NULL) {
        v.current = mail_address_masked(arena, r.email);
        v.agreed = str_fmt(arena, "%.*s, dicatat %.*s", STR_ARG(date_long(arena, utc_date(r.agreed_at, request_village(req)->zone))),
                           STR_ARG(r.agreed_with));
    }
    v.consent = (struct check_view){.name = STR(RESIDENT_EMAIL_CONSENT),
                                    .label = STR("Warga setuju salinan suratnya dikirim ke alamat ini"),
                                    .fault = v.form.p[RESIDENT_EMAIL_AT_CONSENT].fault,
                                    .is_checked = v.form.p[RESIDENT_EMAIL_AT_CONSENT].is_on};
    view_resident_email(&body, &v);
    const struct page page = {.title = STR("Surel warga"), .active = STR("/kantor/penduduk"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

/* Messages and links of any address but this one (STR_NONE: of all) are over. */
static enum rc address_over(struct txn *txn, uint64_t resident_id, struct str address, struct err *err)
{
    TRY(sql_notice_address_stop(txn, resident_id, address, NULL, err));
    return sql_notice_address_close(txn, resident_id, address, NULL, err);
}

enum rc resident_email_check(struct request *req, struct err *err)
{
    (void)err;
    if (!resident_email_got(req).consent)
        request_fault(req, RESIDENT_EMAIL_CONSENT, "Tanyakan dulu kepada warga, lalu centang persetujuannya.");
    return RC_OK;
}

enum rc resident_email_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct resident_email_form form = resident_email_got(req);
    struct resident_email_locked locked;

    TRY(sql_resident_email_lock(txn, form.id, &locked, err));
    TRY(sql_resident_email_put(txn, form.id, form.email, request_now(req), request_actor(req)->name, NULL, err));
    TRY(address_over(txn, form.id, form.email, err));
    TRY(resident_told(txn, req, STR("email"), STR(""), form.id, err));
    *go_to_out = form.letter.is_set ? letter_href(request_arena(req), form.letter.value) : email_url(req, form.id, "/surel");
    act_say(req, "Surel warga tersimpan");
    return act_audit(txn, req, err, "resident.email", "resident:%" PRIu64, form.id);
}

enum rc resident_email_drop_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    uint64_t id = resident_email_drop_got(req).id;
    struct resident_email_locked locked;

    TRY(sql_resident_email_lock(txn, id, &locked, err));
    TRY(sql_resident_email_drop(txn, id, NULL, err));
    TRY(address_over(txn, id, STR_NONE, err));
    TRY(resident_told(txn, req, STR("email_out"), STR(""), id, err));
    *go_to_out = email_url(req, id, "/surel");
    act_say(req, "Surel warga dihapus");
    return act_audit(txn, req, err, "resident.email_drop", "resident:%" PRIu64, id);
}
