// SPDX-License-Identifier: AGPL-3.0-or-later
/* Randomness and keyed hashes, all from libsodium. base_init() must have run. */
#ifndef BALAI_RANDOM_H
#define BALAI_RANDOM_H

#include "server/base/base.h"

/* First thing in every main and test: libsodium, malloc tuning (M_TRIM_THRESHOLD 16 MiB, M_TOP_PAD, fixed M_MMAP_THRESHOLD). Aborts on
 * failure. */
void base_init(void);

void random_bytes(void *out, size_t n);
uint32_t random_below(uint32_t n); /* 0 … n-1, unbiased; n > 0 */
/* n characters from "23456789abcdefghjkmnpqrstuvwxyz" (31 signs, none mistaken for another): log2(31) ≈ 4.95 bits each. */
struct str random_word(struct arena *arena, size_t n);

enum { KEY_BYTES = 32, HASH_BYTES = 32, SEAL_OVERHEAD = 24 + 16 };

/* SHA-256 of the concatenation is never ambiguous: hash one message. */
void hash_sha256(const void *bytes, size_t n, unsigned char out[HASH_BYTES]);
/* HMAC-SHA-256. */
void hash_keyed(const unsigned char key[KEY_BYTES], const void *bytes, size_t n, unsigned char out[HASH_BYTES]);
/* A sub-key of a master for one purpose (a literal of ≤ 8 characters) and number. */
void key_derive(const unsigned char master[KEY_BYTES], const char *purpose, uint64_t number, unsigned char out[KEY_BYTES]);
bool bytes_equal(const void *a, const void *b, size_t n); /* constant time */

/*
 * Seals bytes with XChaCha20-Poly1305 under key, bound to `bound` (what it is and
 * whose it is: opening with another bound fails). Result: nonce ‖ cipher, in the arena.
 */
struct str seal(struct arena *arena, const unsigned char key[KEY_BYTES], struct str bound, struct str plain);
/* RC_INVALID when it was not sealed with this key and bound, or was changed. */
enum rc unseal(struct arena *arena, const unsigned char key[KEY_BYTES], struct str bound, struct str sealed, struct str *plain_out,
               struct err *err) MUST_USE;

#endif
