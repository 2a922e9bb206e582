// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/letters/letters_seal.h"

#include <sodium.h>

#include "server/base/random.h"
#include "server/base/text.h"
#include "server/paper/sign.h"
#include "tenants/village/letters/letters_control_sql.h"
#include "tenants/village/letters/letters_sql.h"

enum { AUTHORITY_YEARS = 20, SEAL_YEARS = 5 };

#define AUTHORITY "letters-ca"
/* What the sealed bytes are bound to. */
#define AUTHORITY_BOUND STR("platform_key:letters-ca")
#define SEAL_BOUND STR("seal_key")

static void wipe(struct str secret)
{
    if (secret.n > 0)
        sodium_memzero((void *)(uintptr_t)secret.p, secret.n);
}

static enum rc insert_authority(struct control_txn *txn, void *arg, struct err *err)
{
    const struct platform_key *key = arg;

    return sql_platform_key_insert(txn, STR(AUTHORITY), key->certificate, key->secret_sealed, NULL, err);
}

/* INSERT IGNORE: of two workers that make it at once one wins, and both read the winner's. */
static enum rc make_authority(const struct letter_press *press, const unsigned char sealing[KEY_BYTES], struct err *err)
{
    struct arena *arena = control_db_arena(press->control);
    const struct seal_name name = {.common = STR("Balai: Otoritas Segel Desa"), .organisation = STR("Balai")};
    struct platform_key row;
    struct str key;

    TRY(seal_key_new(arena, &key, err));
    TRY(seal_authority_new(arena, key, &name, press->now, AUTHORITY_YEARS, &row.certificate, err));
    row.secret_sealed = seal(arena, sealing, AUTHORITY_BOUND, key);
    wipe(key);
    return control_txn_run(press->control, insert_authority, &row, err);
}

/* The authority's row, made at the platform's first letter. */
static enum rc find_authority(const struct letter_press *press, const unsigned char sealing[KEY_BYTES], struct platform_key *out,
                              struct err *err)
{
    bool is_there;

    TRY(sql_platform_key_get(press->control, STR(AUTHORITY), out, &is_there, err));
    if (is_there)
        return RC_OK;
    TRY(make_authority(press, sealing, err));
    TRY(sql_platform_key_get(press->control, STR(AUTHORITY), out, &is_there, err));
    return is_there ? RC_OK : fail(err, RC_FAULT, "the authority of the seals cannot be made");
}

struct new_seal {
    struct opt_u64 official_id;
    struct str secret_sealed, certificate;
};

static enum rc insert_seal(struct txn *txn, void *arg, struct err *err)
{
    const struct new_seal *key = arg;

    return sql_seal_key_insert(txn, key->official_id, key->secret_sealed, key->certificate, NULL, err);
}

static struct opt_u64 owner_of(const struct letter_sealer *whose)
{
    return whose->official_id != 0 ? some_u64(whose->official_id) : (struct opt_u64){0};
}

/*
 * Only here is the authority's key opened: a letter needs no more than its
 * certificate. Two workers may each insert a seal at a village's very first
 * letter: both are valid, the newer is used from then on.
 */
static enum rc make_seal(const struct letter_press *press, const struct letter_sealer *whose,
                         const unsigned char authority_sealing[KEY_BYTES], const struct platform_key *authority_row,
                         const unsigned char sealing[KEY_BYTES], struct err *err)
{
    struct arena *arena = village_db_arena(press->db);
    struct str village = press->village->name;
    const struct seal_name name = {
        .common = whose->official_id != 0 ? utf8_part(arena, whose->name, 64)
                                          : str_part(str_fmt(arena, "Segel Elektronik Desa %.*s", STR_ARG(village)), 0, 64),
        .organisation = str_part(str_fmt(arena, "Pemerintah Desa %.*s", STR_ARG(village)), 0, 64),
    };
    struct seal_authority authority = {.certificate = authority_row->certificate};
    struct new_seal row = {.official_id = owner_of(whose)};
    struct str key;

    TRY(unseal(arena, authority_sealing, AUTHORITY_BOUND, authority_row->secret_sealed, &authority.key, err));
    TRY(seal_key_new(arena, &key, err));
    enum rc rc = seal_certificate_new(arena, &authority, key, &name, press->now, SEAL_YEARS, &row.certificate, err);
    wipe(authority.key);
    TRY(rc);
    row.secret_sealed = seal(arena, sealing, SEAL_BOUND, key);
    wipe(key);
    return txn_run(press->db, insert_seal, &row, err);
}

enum rc letter_seal_load(const struct letter_press *press, const struct letter_sealer *whose, struct letter_seal *out, struct err *err)
{
    unsigned char authority_sealing[KEY_BYTES], sealing[KEY_BYTES];
    struct platform_key authority;
    struct seal_key row;
    bool is_there;

    directory_village_key(press->directory, STR("platform"), "sealca", authority_sealing);
    directory_village_key(press->directory, press->village->code, "seal", sealing);
    TRY(find_authority(press, authority_sealing, &authority, err));
    TRY(sql_seal_key_current(press->db, owner_of(whose), &row, &is_there, err));
    if (is_there)
        TRY(seal_stands(village_db_arena(press->db), row.certificate, authority.certificate, press->now, &is_there, err));
    if (!is_there) {
        TRY(make_seal(press, whose, authority_sealing, &authority, sealing, err));
        TRY(sql_seal_key_current(press->db, owner_of(whose), &row, &is_there, err));
    }
    if (!is_there)
        return fail(err, RC_FAULT, "the village's seal cannot be made");
    out->certificate = row.certificate;
    out->authority = authority.certificate;
    return unseal(village_db_arena(press->db), sealing, SEAL_BOUND, row.secret_sealed, &out->key, err);
}

enum rc letter_keys_retire(struct control_txn *txn, struct err *err)
{
    TRY(sql_verify_key_retire(txn, NULL, err));
    return sql_authority_retire(txn, NULL, err);
}

void letter_seal_wipe(struct letter_seal *seal)
{
    wipe(seal->key);
}
