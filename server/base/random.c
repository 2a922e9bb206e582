// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/base/random.h"

#include <jansson.h>
#include <malloc.h>
#include <openssl/evp.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

_Static_assert(KEY_BYTES == crypto_auth_hmacsha256_KEYBYTES, "HMAC key");
_Static_assert(KEY_BYTES == crypto_kdf_KEYBYTES, "master key");
_Static_assert(KEY_BYTES == crypto_aead_xchacha20poly1305_ietf_KEYBYTES, "sealing key");
_Static_assert(HASH_BYTES == crypto_hash_sha256_BYTES, "hash");
_Static_assert(HASH_BYTES == crypto_auth_hmacsha256_BYTES, "HMAC");

enum { NONCE_BYTES = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES, TAG_BYTES = crypto_aead_xchacha20poly1305_ietf_ABYTES };
_Static_assert(SEAL_OVERHEAD == NONCE_BYTES + TAG_BYTES, "sealed size");

static EVP_MD *sha256; /* OpenSSL's, as it uses the processor's own instructions: libsodium needs five times as long */

static void broken(const char *what)
{
    fprintf(stderr, "base: %s\n", what);
    abort();
}

void base_init(void)
{
    if (sodium_init() < 0)
        broken("libsodium does not start");
    if (sha256 == NULL && (sha256 = EVP_MD_fetch(NULL, "SHA256", NULL)) == NULL)
        broken("OpenSSL has no SHA-256");
    json_object_seed(0); /* here, while there is one thread: the seed is a process-wide variable of jansson */
    mallopt(M_MMAP_THRESHOLD, 256 * 1024);
    mallopt(M_TRIM_THRESHOLD, 16 * 1024 * 1024);
    mallopt(M_TOP_PAD, 1024 * 1024);
}

/*
 * What the kernel gave and nobody has taken yet: a page draws some fifteen small numbers, and each call of the kernel would cost more than
 * the number. Each byte is given once and wiped as it is given. A child process finds the page zeroed, so nothing left, and draws anew.
 */
struct drawn {
    size_t left;
    unsigned char bytes[1024];
};

static _Thread_local struct drawn *drawn;

static struct drawn *drawn_here(void)
{
    if (drawn != NULL)
        return drawn;
    drawn = mmap(NULL, sizeof(*drawn), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (drawn == MAP_FAILED || madvise(drawn, sizeof(*drawn), MADV_WIPEONFORK) != 0)
        broken("no memory that a child does not inherit");
    return drawn;
}

void random_bytes(void *out, size_t n)
{
    struct drawn *from = drawn_here();

    if (n > sizeof(from->bytes) / 8) {
        randombytes_buf(out, n);
        return;
    }
    if (from->left < n) {
        randombytes_buf(from->bytes, sizeof(from->bytes));
        from->left = sizeof(from->bytes);
    }
    from->left -= n;
    memcpy(out, from->bytes + from->left, n);
    explicit_bzero(from->bytes + from->left, n);
}

uint32_t random_below(uint32_t n)
{
    if (n == 0)
        broken("random_below(0)");
    return randombytes_uniform(n);
}

struct str random_word(struct arena *arena, size_t n)
{
    static const char signs[] = "23456789abcdefghjkmnpqrstuvwxyz";
    const size_t fair = 256 - 256 % (sizeof(signs) - 1);
    char *p = arena_alloc(arena, n);

    for (size_t i = 0; i < n;) {
        unsigned char byte;

        random_bytes(&byte, 1);
        if (byte < fair) /* the rest would make the first signs likelier */
            p[i++] = signs[byte % (sizeof(signs) - 1)];
    }
    return (struct str){p, n};
}

void hash_sha256(const void *bytes, size_t n, unsigned char out[HASH_BYTES])
{
    if (EVP_Digest(bytes, n, out, NULL, sha256, NULL) != 1)
        broken("SHA-256 failed: was base_init called?");
}

void hash_keyed(const unsigned char key[KEY_BYTES], const void *bytes, size_t n, unsigned char out[HASH_BYTES])
{
    crypto_auth_hmacsha256(out, bytes, n, key);
}

void key_derive(const unsigned char master[KEY_BYTES], const char *purpose, uint64_t number, unsigned char out[KEY_BYTES])
{
    char context[crypto_kdf_CONTEXTBYTES] = {0};
    size_t n = strlen(purpose);

    if (n == 0 || n > sizeof(context))
        broken("key_derive: a purpose has 1 to 8 characters");
    memcpy(context, purpose, n);
    if (crypto_kdf_derive_from_key(out, KEY_BYTES, number, context, master) != 0)
        broken("key_derive failed");
}

bool bytes_equal(const void *a, const void *b, size_t n)
{
    return n == 0 || sodium_memcmp(a, b, n) == 0;
}

struct str seal(struct arena *arena, const unsigned char key[KEY_BYTES], struct str bound, struct str plain)
{
    size_t room = plain.n + SEAL_OVERHEAD;
    unsigned char *p = arena_alloc(arena, room);

    random_bytes(p, NONCE_BYTES);
    crypto_aead_xchacha20poly1305_ietf_encrypt(p + NONCE_BYTES, NULL, (const unsigned char *)plain.p, plain.n,
                                               (const unsigned char *)bound.p, bound.n, NULL, p, key);
    return (struct str){(const char *)p, room};
}

enum rc unseal(struct arena *arena, const unsigned char key[KEY_BYTES], struct str bound, struct str sealed, struct str *plain_out,
               struct err *err)
{
    const unsigned char *in = (const unsigned char *)sealed.p;
    unsigned char *plain;

    if (sealed.n < SEAL_OVERHEAD)
        return fail(err, RC_INVALID, "sealed text of %zu bytes is too short", sealed.n);
    plain = arena_alloc(arena, sealed.n - SEAL_OVERHEAD);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(plain, NULL, NULL, in + NONCE_BYTES, sealed.n - NONCE_BYTES,
                                                   (const unsigned char *)bound.p, bound.n, in, key) != 0)
        return fail(err, RC_INVALID, "sealed text does not open: other key, other owner or changed");
    *plain_out = (struct str){(const char *)plain, sealed.n - SEAL_OVERHEAD};
    return RC_OK;
}
