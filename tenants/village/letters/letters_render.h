// SPDX-License-Identifier: AGPL-3.0-or-later
/* The worker's press, as its jobs share it. Private to this room. */
#ifndef BALAI_LETTERS_RENDER_H
#define BALAI_LETTERS_RENDER_H

#include "tenants/village/letters/letters.h"

struct job;
struct letter_press letter_press_of(const struct job *job);

/* The paper of a frozen letter that nobody has signed yet, and the token of its QR code. Writes nothing of the village. */
enum rc letter_press_plain(const struct letter_press *press, uint64_t id, struct str *pdf_out, struct str *token_out,
                           struct err *err) MUST_USE;

#endif
