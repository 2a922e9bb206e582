// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/letters/letters_proof.h"

#include <sodium.h>

#include "server/base/random.h"
#include "tenants/village/letters/letters_control_sql.h"

enum { VERSION = 1, SIGNED_BYTES = PROOF_BYTES - PROOF_SIGNATURE };

void letter_digest(struct str snapshot, unsigned char out[PROOF_DIGEST])
{
    unsigned char hash[HASH_BYTES];

    hash_sha256(snapshot.p, snapshot.n, hash);
    memcpy(out, hash, PROOF_DIGEST);
}

static void put_be(unsigned char *to, uint64_t value, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++)
        to[i] = (unsigned char)(value >> (8 * (bytes - 1 - i)));
}

static uint64_t get_be(const unsigned char *from, size_t bytes)
{
    uint64_t value = 0;

    for (size_t i = 0; i < bytes; i++)
        value = value << 8 | from[i];
    return value;
}

static void pack(const struct letter_proof_token *token, uint64_t village, unsigned char out[SIGNED_BYTES])
{
    out[0] = VERSION;
    put_be(out + 1, token->key_id, 2);
    put_be(out + 3, village, 5);
    put_be(out + 8, token->letter_id, 5);
    memcpy(out + 13, token->digest, PROOF_DIGEST);
}

static struct str key_bound(struct arena *arena, uint16_t id)
{
    return str_fmt(arena, "verify_key:%u", id);
}

static enum rc insert_key(struct control_txn *txn, void *arg, struct err *err)
{
    const struct verify_key *key = arg;

    return sql_verify_key_insert(txn, key->id, key->public_key, key->secret_sealed, NULL, err);
}

/* INSERT IGNORE: of two workers that make the same key at once, one wins and both read the winner's. */
static enum rc make_key(struct control_db *control, struct directory *directory, uint16_t id, struct err *err)
{
    struct arena *arena = control_db_arena(control);
    unsigned char public_key[crypto_sign_PUBLICKEYBYTES], secret[crypto_sign_SECRETKEYBYTES], sealing[KEY_BYTES];
    struct verify_key key = {.id = id};
    enum rc rc;

    crypto_sign_keypair(public_key, secret);
    directory_village_key(directory, STR("platform"), "verify", sealing);
    key.public_key = (struct str){(const char *)public_key, sizeof(public_key)};
    key.secret_sealed = seal(arena, sealing, key_bound(arena, key.id), (struct str){(const char *)secret, sizeof(secret)});
    rc = control_txn_run(control, insert_key, &key, err);
    sodium_memzero(secret, sizeof(secret));
    sodium_memzero(sealing, sizeof(sealing));
    return rc;
}

/* The newest key that can sign, or NULL; *last_out: the highest id there is, 0 without any. */
static enum rc find_key(struct control_db *control, const struct verify_key **out, uint16_t *last_out, struct err *err)
{
    struct verify_key_rows keys;

    *out = NULL;
    *last_out = 0;
    TRY(sql_verify_key_list(control, &keys, err));
    for (size_t i = 0; i < keys.n; i++) {
        *last_out = keys.p[i].id;
        if (keys.p[i].secret_sealed.p != NULL)
            *out = &keys.p[i];
    }
    return RC_OK;
}

static enum rc newest_key(struct control_db *control, struct directory *directory, uint16_t *id_out, struct str *secret_out,
                          struct err *err)
{
    struct arena *arena = control_db_arena(control);
    const struct verify_key *newest;
    unsigned char sealing[KEY_BYTES];
    uint16_t last;

    TRY(find_key(control, &newest, &last, err));
    if (newest == NULL && last < UINT16_MAX) {
        TRY(make_key(control, directory, (uint16_t)(last + 1), err));
        TRY(find_key(control, &newest, &last, err));
    }
    if (newest == NULL)
        return fail(err, RC_FAULT, "no verification key can sign");
    directory_village_key(directory, STR("platform"), "verify", sealing);
    TRY(unseal(arena, sealing, key_bound(arena, newest->id), newest->secret_sealed, secret_out, err));
    if (secret_out->n != crypto_sign_SECRETKEYBYTES)
        return fail(err, RC_FAULT, "verification key %u has %zu bytes", newest->id, secret_out->n);
    *id_out = newest->id;
    return RC_OK;
}

enum rc letter_proof_sign(struct control_db *control, struct directory *directory, const struct letter_proof_token *token,
                          struct str *text_out, struct err *err)
{
    struct letter_proof_token signed_token = *token;
    unsigned char bytes[PROOF_BYTES];
    struct str secret;
    uint64_t village;

    if (!str_to_u64(token->village_code, &village) || village >> 40 != 0 || token->letter_id >> 40 != 0)
        return fail(err, RC_FAULT, "village or letter id does not fit a verification token");
    TRY(newest_key(control, directory, &signed_token.key_id, &secret, err));
    pack(&signed_token, village, bytes);
    crypto_sign_detached(bytes + SIGNED_BYTES, NULL, bytes, SIGNED_BYTES, (const unsigned char *)secret.p);
    *text_out = str_base64url(control_db_arena(control), bytes, sizeof(bytes));
    return RC_OK;
}

enum rc letter_proof_read(struct control_db *control, struct str text, struct letter_proof_token *out, struct err *err)
{
    struct arena *arena = control_db_arena(control);
    struct str raw = str_unbase64url(arena, text);
    const unsigned char *bytes = (const unsigned char *)raw.p;
    struct verify_key_rows keys;

    if (raw.n != PROOF_BYTES || bytes[0] != VERSION)
        return fail(err, RC_NOT_FOUND, "not a verification token");
    out->key_id = (uint16_t)get_be(bytes + 1, 2);
    TRY(sql_verify_key_list(control, &keys, err));
    for (size_t i = 0; i < keys.n; i++) {
        if (keys.p[i].id != out->key_id || keys.p[i].public_key.n != crypto_sign_PUBLICKEYBYTES)
            continue;
        if (crypto_sign_verify_detached(bytes + SIGNED_BYTES, bytes, SIGNED_BYTES, (const unsigned char *)keys.p[i].public_key.p) != 0)
            break;
        out->village_code = str_fmt(arena, "%010" PRIu64, get_be(bytes + 3, 5));
        out->letter_id = get_be(bytes + 8, 5);
        memcpy(out->digest, bytes + 13, PROOF_DIGEST);
        return RC_OK;
    }
    return fail(err, RC_NOT_FOUND, "a verification token whose signature does not fit");
}

struct str letter_proof_link(struct arena *arena, struct str origin, struct str token)
{
    return str_fmt(arena, "%.*s/v/%.*s", STR_ARG(origin), STR_ARG(token));
}
