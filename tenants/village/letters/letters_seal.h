// SPDX-License-Identifier: AGPL-3.0-or-later
/* The village's electronic seal and the platform's authority above it, made at first use. Private. */
#ifndef BALAI_LETTERS_SEAL_H
#define BALAI_LETTERS_SEAL_H

#include "tenants/village/letters/letters.h"

struct letter_seal {
    struct str key, certificate, authority; /* DER; the key is wiped by letter_seal_wipe */
};
/*
 * Whose seal a paper bears: the village's (official 0), or an official's own, with his name and position. Every paper is signed here; a
 * signer elsewhere (a regency's service that wants a passphrase) takes the place of this key.
 */
struct letter_sealer {
    uint64_t official_id;
    struct str name, position;
};
enum rc letter_seal_load(const struct letter_press *press, const struct letter_sealer *whose, struct letter_seal *out,
                         struct err *err) MUST_USE;
void letter_seal_wipe(struct letter_seal *seal);

#endif
