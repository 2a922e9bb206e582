// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/kiosk/kiosk.h"

#include "server/web/kiosk_rows_sql.h"
#include "tenants/village/kiosk/kiosk_blind.h"
#include "tenants/village/kiosk/kiosk_rules.h"
#include "tenants/village/kiosk/kiosk_sql.h"

enum { STANDING_S = 10 * 365 * 24 * 3600 };

struct str kiosk_pin_text(struct arena *arena, struct str village_code, uint64_t resident_id, struct str pin)
{
    return str_fmt(arena, "pin|%.*s|%" PRIu64 "|%.*s", STR_ARG(village_code), resident_id, STR_ARG(pin));
}

struct str kiosk_blind(struct arena *arena, struct directory *directory, struct str village_code, const char *kind, struct str text)
{
    unsigned char key[KEY_BYTES], *hash = arena_alloc(arena, HASH_BYTES);
    struct str message = str_fmt(arena, "%s|%.*s", kind, STR_ARG(text));

    directory_village_key(directory, village_code, "kiosk", key);
    hash_keyed(key, message.p, message.n, hash);
    explicit_bzero(key, sizeof(key));
    return (struct str){(const char *)hash, HASH_BYTES};
}

struct str kiosk_limit_key(struct arena *arena, struct directory *directory, struct str village_code, uint64_t resident_id)
{
    return kiosk_blind(arena, directory, village_code, "limit", str_fmt(arena, "%" PRIu64, resident_id));
}

struct str kiosk_random_pin(struct arena *arena, struct str nik, struct date birth)
{
    struct str pin;

    do
        pin = str_fmt(arena, "%06" PRIu32, random_below(1000000));
    while (pin_fault(pin, nik, birth) != NULL);
    return pin;
}

struct str kiosk_random_card(struct arena *arena)
{
    return str_fmt(arena, "00%08" PRIu32, random_below(100000000));
}

struct str kiosk_random_code(struct arena *arena)
{
    return random_word(arena, CODE_SIGNS);
}

enum rc kiosk_training_resident_id(struct village_db *db, struct str nik, uint64_t *id_out, struct err *err)
{
    struct kiosk_candidate row;
    bool found;

    TRY(sql_kiosk_person_by_nik(db, nik, &row, &found, err));
    if (!found)
        return fail(err, RC_NOT_FOUND, "a training resident is not in the registry");
    *id_out = row.resident_id;
    return RC_OK;
}

enum rc kiosk_training_card(struct txn *txn, struct directory *directory, struct str village_code, uint64_t resident_id, struct str typed,
                            struct str pin_hash, utc_us now, struct err *err)
{
    struct arena *arena = village_db_arena(in_txn(txn));
    struct str uid = card_uid(arena, typed);

    if (uid.p == NULL)
        return fail(err, RC_INVALID, "not a card's UID");
    TRY(sql_kiosk_card_begin(txn, resident_id, NULL, err));
    TRY(sql_kiosk_card_set(txn, resident_id, kiosk_blind(arena, directory, village_code, "card", uid), now, NULL, err));
    TRY(sql_kiosk_pin_set(txn, resident_id, pin_hash, now, NULL, err));
    return sql_kiosk_limit_forget(txn, kiosk_limit_key(arena, directory, village_code, resident_id), NULL, err);
}

enum rc kiosk_training_code(struct txn *txn, struct directory *directory, struct str village_code, struct str code, utc_us now,
                            struct err *err)
{
    struct arena *arena = village_db_arena(in_txn(txn));
    const struct kiosk_code_put_in row = {.code_hash = kiosk_blind(arena, directory, village_code, "code", code),
                                          .name = STR("Anjungan latihan"),
                                          .made_by_name = STR("pemasangan contoh"),
                                          .made_at = now,
                                          .ends_at = now + STANDING_S * US_PER_S,
                                          .is_standing = true};

    TRY(sql_kiosk_code_standing_drop(txn, NULL, err));
    return sql_kiosk_code_put(txn, &row, NULL, err);
}
