// SPDX-License-Identifier: AGPL-3.0-or-later
/* The village's electronic seal and the platform's authority above it, made at first use. Private. */
#ifndef BALAI_LETTERS_SEAL_H
#define BALAI_LETTERS_SEAL_H

#include "tenants/village/letters/letters.h"

struct letter_seal {
    struct str key, certificate, authority; /* DER; the key is wiped by letter_seal_wipe */
};
enum rc letter_seal_load(const struct letter_press *press, struct letter_seal *out, struct err *err) MUST_USE;
void letter_seal_wipe(struct letter_seal *seal);

#endif
