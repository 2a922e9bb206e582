// SPDX-License-Identifier: AGPL-3.0-or-later
/* A resident's card and PIN, at the counter: staff tap the card, the resident types the PIN. */
#include "server/base/text.h"
#include "server/web/act.h"
#include "server/web/kiosk_rows_sql.h"
#include "server/web/password.h"
#include "tenants/village/kiosk/kiosk_inputs_view.h"
#include "tenants/village/kiosk/kiosk_cards_view.h"
#include "tenants/village/kiosk/kiosk_pages.h"
#include "tenants/village/residents/change.h"
#include "tenants/village/residents/residents.h"

enum { ALIVE = 1 };

static struct str card_url(struct request *req, const char *tail)
{
    return str_fmt(request_arena(req), "/kantor/penduduk/%" PRIu64 "%s", kiosk_card_got(req).id, tail);
}

static struct str limit_words(struct request *req, const struct kiosk_limit_row *row)
{
    struct arena *arena = request_arena(req);

    if (pin_limit_is_off((struct pin_limit){row->failures, row->locked_until}))
        return str_fmt(arena, "PIN dimatikan setelah %d kali keliru. Pasang PIN baru untuk membukanya.", PIN_LAST);
    if (row->locked_until > request_now(req))
        return str_fmt(arena, "Terkunci karena PIN keliru, sampai %.*s. PIN baru membukanya sekarang.",
                       STR_ARG(utc_long(arena, row->locked_until, request_village(req)->zone)));
    return STR("");
}

enum rc kiosk_card_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    uint64_t id = kiosk_card_got(req).id;
    enum zone zone = request_village(req)->zone;
    struct str limit_key = kiosk_limit_key(arena, request_directory(req), request_village(req)->code, id);
    struct buf out = {.arena = arena};
    struct kiosk_counter counter;
    struct kiosk_limit_row limit;
    struct village_db *db;
    bool has_limit;
    struct kiosk_card_view v = {.guard = request_form_guard(req),
                                .faults = *request_faults(req),
                                .id = id,
                                .back_href = card_url(req, ""),
                                .card_fault = request_fault_of(req, "kartu"),
                                .pin_fault = request_fault_of(req, "pin")};

    TRY(request_village_db(req, &db, err));
    TRY(sql_kiosk_counter(db, id, &counter, err));
    TRY(sql_kiosk_limit_of(db, limit_key, &limit, &has_limit, err));
    TRY(resident_look(req, db, id, "card", err));
    v.name = text_name(arena, counter.name);
    v.nik = nik_masked(arena, counter.nik);
    v.has_card = counter.paired_at != 0;
    v.has_pin = counter.pin_set_at != 0;
    if (v.has_card)
        v.card_since = date_long(arena, utc_date(counter.paired_at, zone));
    if (v.has_pin)
        v.pin_since = date_long(arena, utc_date(counter.pin_set_at, zone));
    if (has_limit)
        v.lock_words = limit_words(req, &limit);
    view_kiosk_card(&out, &v);
    const struct page page = {.title = STR("Kartu dan PIN"), .active = STR("/kantor/penduduk"), .body = html_view(&out)};
    return respond_page(req, resp, &page, err);
}

struct pairing {
    struct str card_hash, pin_hash; /* STR_NONE: stays as it is */
    struct str limit_key;
};

/* A card in the hands of somebody who lives here is nobody's who does not: it and the PIN are let go. */
static enum rc let_go(struct txn *txn, struct request *req, struct str card_hash, uint64_t id, struct err *err)
{
    struct kiosk_card_owner owner;
    bool found;

    TRY(sql_kiosk_card_owner(in_txn(txn), card_hash, &owner, &found, err));
    if (!found || owner.resident_id == id || owner.basic_status == ALIVE)
        return RC_OK;
    TRY(sql_kiosk_card_drop(txn, owner.resident_id, NULL, err));
    return resident_told(txn, req, STR("card_out"), STR("Kartu dipasangkan dengan catatan warga lain"), owner.resident_id, err);
}

static enum rc pair(struct txn *txn, struct request *req, const char *action, struct str *go_to_out, struct err *err)
{
    const struct pairing *p = act_kept(req);
    uint64_t id = kiosk_card_got(req).id;
    utc_us now = request_now(req);

    if (p->pin_hash.p != NULL)
        TRY(sql_kiosk_limit_forget(txn, p->limit_key, NULL, err));
    TRY(sql_kiosk_visits_of_end(txn, id, NULL, err));
    TRY(sql_kiosk_card_begin(txn, id, NULL, err));
    if (p->card_hash.p != NULL) {
        TRY(let_go(txn, req, p->card_hash, id, err));
        TRY(sql_kiosk_card_set(txn, id, p->card_hash, now, NULL, err));
        TRY(resident_told(txn, req, STR("card"), STR(""), id, err));
    }
    if (p->pin_hash.p != NULL) {
        TRY(sql_kiosk_pin_set(txn, id, p->pin_hash, now, NULL, err));
        TRY(resident_told(txn, req, STR("pin"), STR(""), id, err));
    }
    *go_to_out = card_url(req, "/kartu");
    act_say(req, p->card_hash.p == NULL ? "PIN terpasang" : p->pin_hash.p == NULL ? "Kartu terpasang" : "Kartu dan PIN terpasang");
    return act_audit(txn, req, err, action, "resident:%" PRIu64, id);
}

enum rc kiosk_pair_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    return pair(txn, req, "card.pair", go_to_out, err);
}

enum rc kiosk_pin_set_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    return pair(txn, req, "pin.set", go_to_out, err);
}

/* The card must be a card, and nobody else's. */
static enum rc take_card(struct request *req, struct village_db *db, struct pairing *p, struct err *err)
{
    struct str uid = card_uid(request_arena(req), kiosk_card_got(req).card);
    struct kiosk_card_owner owner;
    bool found;

    if (uid.p == NULL) {
        request_fault(req, KIOSK_CARD_CARD, "Kartu belum terbaca. Tempelkan e-KTP di alat baca, tunggu sampai angkanya muncul.");
        return RC_OK;
    }
    p->card_hash = kiosk_blind_of(req, "card", uid);
    TRY(sql_kiosk_card_owner(db, p->card_hash, &owner, &found, err));
    if (found && owner.resident_id != kiosk_card_got(req).id && owner.basic_status == ALIVE)
        request_fault(req, KIOSK_CARD_CARD, "Kartu ini sudah dipasangkan dengan warga lain. Lepaskan dulu di halaman warga itu.");
    return RC_OK;
}

static enum rc take_pin(struct request *req, const struct kiosk_person *person, struct pairing *p, struct err *err)
{
    struct str pin = kiosk_card_got(req).pin;
    const char *fault = pin_fault(pin, person->nik, person->birth_date);

    if (fault != NULL)
        request_fault(req, KIOSK_CARD_PIN, "%s", fault);
    else if (!str_eq(pin, kiosk_card_got(req).again))
        request_fault(req, KIOSK_CARD_PIN, "PIN kedua tidak sama dengan yang pertama. Ketik keduanya sekali lagi.");
    if (request_faults(req)->n > 0)
        return RC_OK;
    return request_password_hash(req, kiosk_pin_text(request_arena(req), request_village(req)->code, person->id, pin), &p->pin_hash, err);
}

static enum rc pair_check(struct request *req, bool with_card, bool with_pin, struct err *err)
{
    struct pairing *p = ARENA_NEW(request_arena(req), struct pairing);
    struct kiosk_person person;
    struct village_db *db;

    TRY(request_village_db(req, &db, err));
    TRY(sql_kiosk_person(db, kiosk_card_got(req).id, &person, err));
    if (person.basic_status != ALIVE)
        return fail(err, RC_CONFLICT, "no card for one who does not live here any more");
    p->limit_key = kiosk_limit_key(request_arena(req), request_directory(req), request_village(req)->code, person.id);
    if (with_card)
        TRY(take_card(req, db, p, err));
    if (with_pin)
        TRY(take_pin(req, &person, p, err));
    act_keep(req, p);
    return RC_OK;
}

/* A first card comes with a PIN; a changed card may keep the PIN there is. */
enum rc kiosk_pair_check(struct request *req, struct err *err)
{
    struct kiosk_pin_row pin;
    struct village_db *db;
    bool has_pin;

    TRY(request_village_db(req, &db, err));
    TRY(sql_kiosk_pin_of(db, kiosk_card_got(req).id, &pin, &has_pin, err));
    return pair_check(req, true, !has_pin || !str_empty(kiosk_card_got(req).pin), err);
}

enum rc kiosk_pin_set_check(struct request *req, struct err *err)
{
    return pair_check(req, false, true, err);
}

enum rc kiosk_unpair_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    uint64_t id = kiosk_card_got(req).id;
    struct kiosk_person person;

    TRY(sql_kiosk_visits_of_end(txn, id, NULL, err));
    TRY(sql_kiosk_card_drop(txn, id, NULL, err));
    TRY(sql_kiosk_person(in_txn(txn), id, &person, err));
    TRY(resident_told(txn, req, STR("card_out"), STR(""), id, err));
    *go_to_out = card_url(req, "/kartu");
    act_say(req, "Kartu dan PIN dilepas");
    return act_audit(txn, req, err, "card.unpair", "resident:%" PRIu64, id);
}
