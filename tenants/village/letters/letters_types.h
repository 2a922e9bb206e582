// SPDX-License-Identifier: AGPL-3.0-or-later
/* The built-in letter types and the neutral shield, as they are in types/. Private. */
#ifndef BALAI_LETTERS_TYPES_H
#define BALAI_LETTERS_TYPES_H

#include "server/base/base.h"

struct letter_type_source {
    struct str slug, definition; /* slug.p == NULL ends the list */
};
extern const struct letter_type_source letter_type_sources[];
extern const struct letter_type_source letter_frame_sources[]; /* of frames/: what their papers have in common */

/* classification.tsv: code, name, examples. */
extern const struct str letter_class_tsv;

/* The shield with diamonds that stands for a crest until the village has one. */
extern const struct str letter_shield_jpeg;

#endif
