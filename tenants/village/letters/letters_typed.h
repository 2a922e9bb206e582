// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * What came with the form of a letter (fields isi_…), as its type's fields have it; what did not come is as it was kept. Of a request whose
 * row has letter_fields_input. Private to this room.
 */
#ifndef BALAI_LETTERS_TYPED_H
#define BALAI_LETTERS_TYPED_H

#include "tenants/village/letters/letters_pages.h"

/* Of one field: what stands in its box, or its three boxes; is_sent: it came with the form. */
struct letter_typed {
    struct str text, parts[3];
    bool is_sent;
};
struct letter_typed letter_typed_of(struct request *req, const struct letter_field *f);

/* What is typed wins over what is kept, so that a faulty form comes back as it was typed. */
struct str letter_kept_of(struct request *req, const struct letter_open *open, const struct letter_field *f);

/* A person among the residents: by the words that were typed, one of several, or the one who was chosen. Never by an id alone. */
struct letter_picked {
    struct str id, words, fault;
    struct options options;
    bool is_sent, is_read;
};
/* What was sent is searched once a letter_open. */
enum rc letter_picked_of(struct request *req, const struct letter_open *open, const struct letter_field *f, struct letter_picked *out,
                         struct err *err) MUST_USE;

/* Who is ticked of the subject's family, as "12,13"; of what was kept when nothing was sent. */
struct str letter_ticked_of(struct request *req, const struct letter_open *open, const struct letter_field *f);

/* What is ticked of what the applicant is to bring, as letters_brought.h keeps it; STR_NONE: nobody looked. */
struct str letter_brought_of(struct request *req, const struct letter_open *open);

/*
 * All of it as it is kept, without what was not asked; lives as long as the arena. RC_BAD_REQUEST: a name that is no field of this type.
 */
enum rc letter_typed_read(struct request *req, const struct letter_open *open, json_t **inputs_out, struct err *err) MUST_USE;

#endif
