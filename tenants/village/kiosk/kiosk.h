// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * The kiosk (anjungan): tap the e-KTP, type the PIN, hold the letter. It owns
 * enrolled devices, residents' cards and PINs, and the visit: who stands before
 * a device now.
 *
 * Invariants: a device is known by its random token alone and is revocable; a
 * card's UID and a NIK that was typed are kept only as keyed hashes; a PIN only
 * as Argon2id over an HMAC; wrong PINs are counted on the account, before they
 * are looked at, so new cookies, devices or restarts win nothing, and of device
 * and village, which then pause; a card or NIK of nobody closes as an account
 * does: the same answers after the same work. Whose letter is made is the
 * visit's, never posted.
 */
#ifndef BALAI_KIOSK_H
#define BALAI_KIOSK_H

#include "server/base/random.h"
#include "server/web/web.h"
#include "tenants/directory/directory.h"

/* What password_hash sees of a PIN: bound to village and resident. */
struct str kiosk_pin_text(struct arena *arena, struct str village_code, uint64_t resident_id, struct str pin);

/*
 * For tenants/control, which equips training villages: a card and a PIN for a
 * resident, replacing those there are; and an enrolment code that works again
 * and again. pin_hash: password_hash of kiosk_pin_text.
 */
/* 6 digits that may be a PIN, and a card's UID with its leading zeros. */
struct str kiosk_random_pin(struct arena *arena, struct str nik, struct date birth);
struct str kiosk_random_card(struct arena *arena);
struct str kiosk_random_code(struct arena *arena);
enum rc kiosk_training_resident_id(struct village_db *db, struct str nik, uint64_t *id_out, struct err *err) MUST_USE;
enum rc kiosk_training_card(struct txn *txn, struct directory *directory, struct str village_code, uint64_t resident_id, struct str typed,
                            struct str pin_hash, utc_us now, struct err *err) MUST_USE;
enum rc kiosk_training_code(struct txn *txn, struct directory *directory, struct str village_code, struct str code, utc_us now,
                            struct err *err) MUST_USE;

/* {{> kiosk_calls …}} on the office's first page: at which kiosk somebody asks for a person. It looks again by itself. */
struct kiosk_call_line {
    uint64_t id;
    struct str name, when;
};
struct kiosk_pause_line { /* too many wrong PINs; name empty: of the whole village */
    struct str name, until;
    uint32_t wrong, within; /* minutes */
};
struct kiosk_calls_view {
    struct {
        struct kiosk_call_line *p;
        size_t n;
    } calls;
    struct {
        struct kiosk_pause_line *p;
        size_t n;
    } pauses;
    struct form_guard guard;
};
enum rc kiosk_calls(struct request *req, struct kiosk_calls_view *out, struct err *err) MUST_USE;

/* {{> kiosk_queue …}} on the office's first page: whom the counter serves, and who waits with a number. */
struct kiosk_queue_line {
    uint32_t number;
    struct str service, waited; /* service: the letter that is waited for; "4 menit" */
};
struct kiosk_queue_view {
    uint32_t serving; /* 0: nobody yet */
    struct str since;
    uint32_t next; /* 0: nobody waits */
    size_t waiting;
    uint32_t last; /* the greatest number that waits */
    struct {
        struct kiosk_queue_line *p; /* the first of them */
        size_t n;
    } lines;
    struct form_guard guard;
};
enum rc kiosk_queue(struct request *req, struct kiosk_queue_view *out, struct err *err) MUST_USE;

/* {{> kiosk_screens …}} on the office's first page: each kiosk, whether it is on, and what it last gave. */
struct kiosk_screen_line {
    struct str href, name, state, letter; /* letter: "surat terakhir 10.29"; empty: none lately */
    bool is_well;
};
struct kiosk_screens_view {
    struct {
        struct kiosk_screen_line *p;
        size_t n;
    } screens;
};
enum rc kiosk_screens(struct request *req, struct kiosk_screens_view *out, struct err *err) MUST_USE;

extern const struct route kiosk_routes[];

#endif
