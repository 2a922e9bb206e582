// SPDX-License-Identifier: AGPL-3.0-or-later
/* The paper of a letter that is being filled in. Private to this room. */
#ifndef BALAI_LETTERS_LIVE_H
#define BALAI_LETTERS_LIVE_H

#include "tenants/village/letters/letters_editor.h"
#include "tenants/village/letters/letters_typed.h"

struct letter_live {
    struct letter_pages pages;
    struct str fault; /* why there are none, for people; STR_NONE */
};
/*
 * Draws what came with the form, beside the loop; nothing of it is kept but that its people were looked at. `open` has the typed answers
 * and their people from then on.
 */
enum rc letter_live_draw(struct request *req, struct letter_open *open, struct letter_live *out, struct err *err) MUST_USE;

#endif
