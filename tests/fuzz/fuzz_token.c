// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Verification tokens as anyone may type them. First byte even: the text itself, which no key has signed. Odd: the
 * rest is signed by a key of ours, then must come back as it was packed, and not with one byte changed.
 */
#include <sodium.h>
#include <stdlib.h>

#include "tenants/village/letters/letters_control_sql.h"
#include "tenants/village/letters/letters_proof.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

/* The one key there is, in place of the control schema. */
static unsigned char public_key[crypto_sign_PUBLICKEYBYTES], secret[crypto_sign_SECRETKEYBYTES];
static struct arena *arena;
static struct verify_key key = {.id = 1};

struct arena *control_db_arena(struct control_db *control)
{
    (void)control;
    return arena;
}

enum rc sql_verify_key_list(struct control_db *control, struct verify_key_rows *out, struct err *err)
{
    (void)control, (void)err;
    key.public_key = (struct str){(const char *)public_key, sizeof(public_key)};
    key.secret_sealed = (struct str){(const char *)secret, sizeof(secret)};
    *out = (struct verify_key_rows){&key, 1};
    return RC_OK;
}

/* Signing needs these; only reading is tried here. */
void directory_village_key(struct directory *directory, struct str code, const char *purpose, unsigned char key_out[KEY_BYTES])
{
    (void)directory, (void)code, (void)purpose, (void)key_out;
    abort();
}
enum rc control_txn_run(struct control_db *control, enum rc (*body)(struct control_txn *, void *, struct err *), void *arg, struct err *err)
{
    (void)control, (void)body, (void)arg, (void)err;
    abort();
}
enum rc sql_verify_key_insert(struct control_txn *txn, uint16_t id, struct str public, struct str sealed, uint64_t *out, struct err *err)
{
    (void)txn, (void)id, (void)public, (void)sealed, (void)out, (void)err;
    abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static const unsigned char seed[crypto_sign_SEEDBYTES] = {7};
    struct letter_proof_token token;
    unsigned char raw[PROOF_BYTES] = {1, 0, 1};
    const size_t signed_bytes = PROOF_BYTES - PROOF_SIGNATURE;

    if (n == 0)
        return 0;
    crypto_sign_seed_keypair(public_key, secret, seed);
    arena = arena_new();
    if (bytes[0] % 2 == 0) {
        if (letter_proof_read(NULL, (struct str){(const char *)bytes + 1, n - 1}, &token, NULL) == RC_OK)
            abort();
    } else {
        memcpy(raw + 3, bytes + 1, n - 1 < signed_bytes - 3 ? n - 1 : signed_bytes - 3);
        crypto_sign_detached(raw + signed_bytes, NULL, raw, signed_bytes, secret);
        if (letter_proof_read(NULL, str_base64url(arena, raw, sizeof(raw)), &token, NULL) != RC_OK || token.key_id != 1 ||
            token.village_code.n < 10)
            abort();
        raw[bytes[0] / 2 % PROOF_BYTES] ^= 1;
        if (letter_proof_read(NULL, str_base64url(arena, raw, sizeof(raw)), &token, NULL) == RC_OK)
            abort();
    }
    arena_free(&arena);
    return 0;
}
