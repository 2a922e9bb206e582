// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/directory/directory.h"
#include "server/web/audit.h"
#include "tenants/village/codes/esign_words.h"
#include "tenants/village/notices/notices.h"
#include "tenants/village/staff/esign.h"
#include "tenants/village/staff/esign_sql.h"
#include "tenants/village/staff/esign_view.h"
#include "tenants/village/staff/officials.h"
#include "tenants/village/staff/officials_sql.h"
#include "tenants/village/staff/officials_view.h"
#include "tenants/village/staff/staff_sql.h"

#include "server/base/log.h"
#include "server/base/random.h"
#include "server/base/text.h"
#include "tenants/village/letters/letters.h"
#include "workers/queue/queue.h"

/* ---- the page ---- */

static void put_state(struct request *req, const struct esign_official *row, struct esign_person *out)
{
    struct arena *arena = request_arena(req);

    out->state = row->esign_outcome == ESIGN_UNDER_WAY ? STR("Sedang ditanyakan…") : esign_words(row->esign_outcome);
    out->tone = row->esign_outcome == ESIGN_DONE ? STR("hijau") : row->esign_outcome == ESIGN_UNDER_WAY ? STR("biru") : STR("merah");
    if (row->esign_tried_at != 0 && row->esign_outcome != ESIGN_UNDER_WAY)
        out->tried = utc_long(arena, row->esign_tried_at, request_zone(req));
}

/* Whether he has agreed to the service of today; if not, who does what. */
static void put_agreed(struct request *req, const struct esign_row *now, const struct esign_official *o, struct esign_person *out)
{
    const struct esign_mine own = {.agreed_url = o->agreed_url, .agreed_user = o->agreed_user, .agreed_nik = o->agreed_nik};
    struct arena *arena = request_arena(req);

    if (o->agreed_by.is_set && o->agreed_by.value == o->account.value && esign_is_agreed(now, o->esign_nik, &own))
        out->agreed = str_fmt(arena, "Disetujui sendiri, %.*s", STR_ARG(utc_long(arena, o->agreed_at, request_zone(req))));
    else if (o->signed_in_at != 0)
        out->missing = STR("Minta ia membuka Persetujuan dari akunnya, lalu Tanda tangan elektronik Anda. Sampai itu suratnya menunggu.");
    else if (o->account.is_set)
        out->missing = STR("Akunnya belum pernah dipakai. Minta ia masuk dengan akun itu, lalu membuka Persetujuan. Sampai itu suratnya "
                           "menunggu.");
    else if (str_is(o->office, "head"))
        out->missing = STR("Kepala desa belum punya akun. Minta tautannya kepada relawan ForSID; ia memilih sandinya sendiri, lalu membuka "
                           "Persetujuan. Sampai itu suratnya menunggu.");
    else
        out->missing = STR("Ia belum punya akun. Hubungkan akunnya di Perangkat, lalu minta ia membuka Persetujuan. Sampai itu suratnya "
                           "menunggu.");
}

static enum rc people_of(struct request *req, struct village_db *db, const struct esign_row *now, struct esign_people_view *out,
                         struct err *err)
{
    struct arena *arena = request_arena(req);
    struct esign_official_rows rows;

    TRY(sql_esign_officials(db, &rows, err));
    *out = (struct esign_people_view){.lines = {.p = ARENA_ARRAY(arena, struct esign_person, rows.n)}};
    for (; out->lines.n < rows.n; out->lines.n++) {
        const struct esign_official *row = &rows.p[out->lines.n];
        struct esign_person *line = &out->lines.p[out->lines.n];

        *line = (struct esign_person){.href = str_fmt(arena, OFFICIALS_HOME "/%" PRIu64 "/ubah", row->id),
                                      .name = row->name,
                                      .position = row->position,
                                      .how = str_empty(row->esign_nik) ? STR("Dengan kunci dari Balai") : STR("Dengan BSrE")};
        if (!str_empty(row->esign_nik))
            put_state(req, row, line);
        if (now->is_esign_on && !str_empty(row->esign_nik))
            put_agreed(req, now, row, line);
        out->is_trying |= !str_empty(row->esign_nik) && row->esign_outcome == ESIGN_UNDER_WAY;
    }
    return RC_OK;
}

enum rc esign_page(struct request *req, struct response *resp, struct err *err)
{
    struct buf body = {.arena = request_arena(req)};
    struct esign_view v = {.guard = request_form_guard(req)};
    struct esign_edit_form stored;
    struct esign_row row;
    struct village_db *db;

    TRY(request_village_db(req, &db, err));
    TRY(sql_esign_get(db, &row, err));
    stored = esign_edit_of(&row);
    stored.secret = STR("");
    v.has_secret = row.esign_secret.p != NULL;
    TRY(esign_edit_fill(req, &stored, &v.form, err));
    TRY(people_of(req, db, &row, &v.people, err));
    view_esign_edit(&body, &v);
    const struct page page = {.title = STR("Tanda tangan elektronik"), .active = STR("/kantor/pengaturan"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

enum rc esign_part(struct request *req, struct response *resp, struct err *err)
{
    struct buf body = {.arena = request_arena(req)};
    struct esign_people_view v;
    struct esign_row row;
    struct village_db *db;

    TRY(request_village_db(req, &db, err));
    TRY(sql_esign_get(db, &row, err));
    TRY(people_of(req, db, &row, &v, err));
    view_esign_people(&body, &v);
    return respond_part(resp, html_view(&body));
}

/* ---- what the village says ---- */

static enum rc judge(struct request *req, const struct esign_row *row, const struct esign_edit_form *in, struct err *err)
{
    const bool has_secret = !str_empty(in->secret) || row->esign_secret.p != NULL;

    if (!str_empty(in->esign_url) && !esign_address_is_valid(in->esign_url))
        return act_refuse(req, err, ESIGN_EDIT_ESIGN_URL,
                          "Tulis alamatnya lengkap, seperti https://esign.luwukab.go.id, tanpa garis miring di akhir.");
    if (row->esign_secret.p != NULL && str_empty(in->secret) && !str_eq(in->esign_url, row->esign_url))
        return act_refuse(req, err, ESIGN_EDIT_SECRET, "Alamatnya berubah. Ketik lagi kata sandi akun untuk alamat ini.");
    if (!in->is_esign_on)
        return RC_OK;
    if (str_empty(in->esign_url))
        return act_refuse(req, err, ESIGN_EDIT_ESIGN_URL, "Isi alamat layanan, atau jangan centang Pakai dulu.");
    if (str_empty(in->esign_user))
        return act_refuse(req, err, ESIGN_EDIT_ESIGN_USER, "Isi nama akun desa di layanan itu.");
    return has_secret ? RC_OK : act_refuse(req, err, ESIGN_EDIT_SECRET, "Isi kata sandi akun desa di layanan itu.");
}

#define TOLD_TOO_OFTEN "Sudah terlalu sering diubah: %d surel pemberitahuan sehari sudah habis, jadi ini belum disimpan. Coba lagi besok."

static enum rc tell(struct txn *txn, struct request *req, const char *field, struct str what, struct str one, struct str other,
                    struct err *err)
{
    struct arena *arena = request_arena(req);
    const struct village *village = request_village(req);
    struct office_message mail = {.kind = OFFICE_MAIL_ESIGN};
    bool is_over;

    mail.subject = str_fmt(arena, "Tanda tangan elektronik Desa %.*s diubah", STR_ARG(village->name));
    mail.text = str_fmt(arena,
                        "%.*s mengubah pengaturan tanda tangan elektronik pada %.*s.\n\n%.*s\n\n"
                        "Passphrase BSrE baru dikirim ke sana sesudah penandatangannya menyetujui, di Persetujuan dari akunnya sendiri. "
                        "Tidak benar? Jangan setujui, dan bicarakan di kantor desa.\n\nKantor Desa %.*s\n",
                        STR_ARG(request_actor(req)->name), STR_ARG(utc_long(arena, request_now(req), village->zone)), STR_ARG(what),
                        STR_ARG(village->name));
    TRY(notice_office(txn, &mail, one, other, &is_over, err));
    return is_over ? act_refuse(req, err, field, TOLD_TOO_OFTEN, OFFICE_MAIL_MOST_A_DAY) : RC_OK;
}

static struct str or_none(struct str address)
{
    return str_empty(address) ? STR("belum diisi") : address;
}

static enum rc tell_address(struct txn *txn, struct request *req, struct str was, struct str now, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct identity i;
    struct head head;
    bool has_head;

    if (str_eq(was, now))
        return RC_OK;
    TRY(sql_identity_get(in_txn(txn), &i, err));
    TRY(sql_official_head(in_txn(txn), &head, &has_head, err));
    const struct str what = str_fmt(arena, "Alamat layanan: %.*s -> %.*s", STR_ARG(or_none(was)), STR_ARG(or_none(now)));
    return tell(txn, req, ESIGN_EDIT_ESIGN_URL, what, has_head ? head.email : STR(""), i.email, err);
}

enum rc esign_nik_tell(struct txn *txn, struct request *req, const struct official_one *was, const struct official_edit_form *now,
                       struct err *err)
{
    struct head head;
    struct esign_row row;
    bool has_head;

    if (was->id == 0 || str_eq(was->esign_nik, now->esign_nik))
        return RC_OK;
    TRY(sql_official_head(in_txn(txn), &head, &has_head, err));
    TRY(sql_esign_get(in_txn(txn), &row, err)); /* the newest message stands for those that wait: each says the address */
    const struct str what = str_fmt(request_arena(req), "NIK di BSrE milik %.*s %s.\nAlamat layanan: %.*s", STR_ARG(was->name),
                                    str_empty(now->esign_nik)   ? "dihapus"
                                    : str_empty(was->esign_nik) ? "diisi"
                                                                : "diganti",
                                    STR_ARG(or_none(row.esign_url)));
    return tell(txn, req, OFFICIAL_EDIT_ESIGN_NIK, what, was->email, has_head ? head.email : STR(""), err);
}

enum rc esign_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    struct esign_edit_form in = esign_edit_got(req);
    unsigned char key[KEY_BYTES];
    struct esign_row row;

    TRY(sql_esign_lock(txn, &row, err));
    TRY(act_seen(req, row.version, err));
    TRY(judge(req, &row, &in, err));
    *go_to_out = STR(ESIGN_HOME);
    struct esign_edit_form before = esign_edit_of(&row);

    before.secret = STR("");
    if (str_empty(in.secret) && diff_is_empty(esign_edit_diff(request_arena(req), &before, &in))) {
        act_say(req, ACT_UNCHANGED);
        return RC_OK;
    }
    struct esign_values values = esign_values_of(&in, row.esign_secret);

    if (!str_empty(in.secret)) {
        directory_village_key(request_directory(req), request_village(req)->code, ESIGN_KEY, key);
        values.esign_secret = seal(request_arena(req), key, ESIGN_SECRET_BOUND, in.secret);
        explicit_bzero(key, sizeof(key));
    }
    TRY(sql_esign_set(txn, &values, NULL, err));
    TRY(tell_address(txn, req, row.esign_url, in.esign_url, err));
    act_say(req, "Tersimpan");
    struct audit trail = request_audit(req, "village.esign", STR("identity:1"));

    in.secret = STR("");
    trail.detail = esign_edit_diff(request_arena(req), &before, &in);
    return audit_put(txn, &trail, err);
}

enum rc esign_try_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    struct esign_row row;
    uint64_t asked;

    TRY(sql_esign_lock(txn, &row, err));
    *go_to_out = STR(ESIGN_HOME);
    if (str_empty(row.esign_url) || row.esign_secret.p == NULL) {
        act_say(req, "Isi alamat dan akun layanan dulu, lalu simpan");
        return RC_OK;
    }
    TRY(sql_esign_try(txn, &asked, err));
    if (asked == 0) {
        act_say(req, "Isi dulu NIK di BSrE pada perangkat yang menandatangani dengannya");
        return RC_OK;
    }
    TRY(outbox_put_once(txn, JOB_TRY_ESIGN, 0, err));
    act_say(req, "Layanan sedang ditanya");
    return act_audit(txn, req, err, "village.esign_try", "identity:1");
}

/* ---- the worker's part ---- */

enum { TURN_MOST_MS = 60000 }; /* longer than that: the job's own back-off */

/* Of the service as a whole, not of one person: then the others need not be asked. */
static bool is_of_all(enum esign_outcome outcome)
{
    return outcome != ESIGN_DONE && outcome != ESIGN_NIK && outcome != ESIGN_CERTIFICATE;
}

static enum rc ask_about(const struct job *job, const struct esign_service *service, struct err *err)
{
    enum esign_outcome outcome = ESIGN_NONE;
    struct esign_official_rows rows;

    TRY(sql_esign_officials(job->db, &rows, err));
    for (size_t i = 0; i < rows.n; i++) {
        if (str_empty(rows.p[i].esign_nik) || rows.p[i].esign_outcome != ESIGN_UNDER_WAY)
            continue;
        if (outcome == ESIGN_NONE || !is_of_all(outcome)) {
            TRY(esign_take(job->house->esign, job->village->code, clock_mono_ms() + TURN_MOST_MS, err));
            const enum rc rc = esign_status(job->house->esign, job->arena, service, rows.p[i].esign_nik, &outcome, err);
            esign_give(job->house->esign, job->village->code);
            TRY(rc);
        }
        TRY(sql_esign_tried(job->db, rows.p[i].id, rows.p[i].esign_nik, (uint8_t)outcome, clock_utc(), NULL, err));
    }
    return RC_OK;
}

static enum rc try_service(const struct job *job, struct err *err)
{
    struct esign_service service;
    struct esign_row row;

    TRY(sql_esign_get(job->db, &row, err));
    TRY(letter_esign_open(job, row.esign_url, row.esign_user, row.esign_secret, &service, err));
    if (str_empty(service.secret))
        return fail(err, RC_NOT_FOUND, "the account has no secret");
    const enum rc rc = ask_about(job, &service, err);
    explicit_bzero((void *)(uintptr_t)service.secret.p, service.secret.n);
    return rc;
}

/* What is not tried again leaves nobody "asked about": his last answer is that none came. */
enum rc esign_try_job(const struct job *job, struct err *err)
{
    const enum rc rc = try_service(job, err);

    if (rc == RC_OK || rc_may_retry(rc) || rc == RC_CANCELLED)
        return rc;
    log_event(LOG_WARNING, "esign_try", "%s", err->text);
    return sql_esign_try_ended(job->db, clock_utc(), NULL, err);
}

enum rc esign_tidy(const struct job *job, struct err *err)
{
    struct esign_asked asked;

    TRY(sql_esign_asked(job->db, &asked, err));
    return asked.n > 0 ? RC_OK : sql_esign_try_ended(job->db, clock_utc(), NULL, err);
}
