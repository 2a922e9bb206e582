// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/letters/letters_seal.h"

#include <sodium.h>

#include "server/base/random.h"
#include "server/paper/sign.h"
#include "tenants/village/letters/letters_control_sql.h"
#include "tenants/village/letters/letters_sql.h"

enum { AUTHORITY_YEARS = 20, SEAL_YEARS = 5 };

#define AUTHORITY "letters-ca"
/* What the sealed bytes are bound to. */
#define AUTHORITY_BOUND STR("platform_key:letters-ca")
#define SEAL_BOUND STR("seal_key")

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
    sodium_memzero((void *)(uintptr_t)key.p, key.n);
    return control_txn_run(press->control, insert_authority, &row, err);
}

static enum rc load_authority(const struct letter_press *press, struct seal_authority *out, struct err *err)
{
    struct arena *arena = control_db_arena(press->control);
    unsigned char sealing[KEY_BYTES];
    struct platform_key row;
    bool is_there;

    directory_village_key(press->directory, STR("platform"), "sealca", sealing);
    TRY(sql_platform_key_get(press->control, STR(AUTHORITY), &row, &is_there, err));
    if (!is_there) {
        TRY(make_authority(press, sealing, err));
        TRY(sql_platform_key_get(press->control, STR(AUTHORITY), &row, &is_there, err));
    }
    if (!is_there)
        return fail(err, RC_FAULT, "the authority of the seals cannot be made");
    out->certificate = row.certificate;
    return unseal(arena, sealing, AUTHORITY_BOUND, row.secret_sealed, &out->key, err);
}

static enum rc insert_seal(struct txn *txn, void *arg, struct err *err)
{
    const struct seal_key *key = arg;

    return sql_seal_key_insert(txn, key->secret_sealed, key->certificate, NULL, err);
}

/* Two workers may each insert one at a village's very first letter: both are valid, the newer is used from then on. */
static enum rc make_seal(const struct letter_press *press, const struct seal_authority *authority,
                         const unsigned char sealing[KEY_BYTES], struct err *err)
{
    struct arena *arena = village_db_arena(press->db);
    struct str village = press->village->name;
    const struct seal_name name = {
        .common = str_part(str_fmt(arena, "Segel Elektronik Desa %.*s", STR_ARG(village)), 0, 64),
        .organisation = str_part(str_fmt(arena, "Pemerintah Desa %.*s", STR_ARG(village)), 0, 64),
    };
    struct seal_key row;
    struct str key;

    TRY(seal_key_new(arena, &key, err));
    TRY(seal_certificate_new(arena, authority, key, &name, press->now, SEAL_YEARS, &row.certificate, err));
    row.secret_sealed = seal(arena, sealing, SEAL_BOUND, key);
    sodium_memzero((void *)(uintptr_t)key.p, key.n);
    return txn_run(press->db, insert_seal, &row, err);
}

enum rc letter_seal_load(const struct letter_press *press, struct letter_seal *out, struct err *err)
{
    struct arena *arena = village_db_arena(press->db);
    struct seal_authority authority;
    unsigned char sealing[KEY_BYTES];
    struct seal_key row;
    bool is_there;

    directory_village_key(press->directory, press->village->code, "seal", sealing);
    TRY(load_authority(press, &authority, err));
    TRY(sql_seal_key_current(press->db, &row, &is_there, err));
    if (!is_there) {
        TRY(make_seal(press, &authority, sealing, err));
        TRY(sql_seal_key_current(press->db, &row, &is_there, err));
    }
    sodium_memzero((void *)(uintptr_t)authority.key.p, authority.key.n);
    if (!is_there)
        return fail(err, RC_FAULT, "the village's seal cannot be made");
    out->certificate = row.certificate;
    out->authority = authority.certificate;
    return unseal(arena, sealing, SEAL_BOUND, row.secret_sealed, &out->key, err);
}

void letter_seal_wipe(struct letter_seal *seal)
{
    if (seal->key.n > 0)
        sodium_memzero((void *)(uintptr_t)seal->key.p, seal->key.n);
}
