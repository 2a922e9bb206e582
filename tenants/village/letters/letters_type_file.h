// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Letter types as files. Our own: an object, or an array of them,
 *
 *   {"balai_letter_type": 1, "slug", "name", "classification", "number_format", "policy", "valid_months", "definition": {…}}
 *
 * without anything of the village that wrote it. What comes in, our own or OpenSID's export (opensid.h), becomes an array of such objects
 * with a report: "notes", an array of {"kind", "where", "words"}, and "fault" where nothing can be made of one. Private to this room.
 */
#ifndef BALAI_LETTERS_TYPE_FILE_H
#define BALAI_LETTERS_TYPE_FILE_H

#include <jansson.h>

#include "server/base/base.h"

enum { LETTER_FILE_BYTES = 5 * 1024 * 1024, LETTER_FILE_TYPES = 100 };

/*
 * A file as it was uploaded, read and checked: *types_out is the array, as JSON. CPU work of up to seconds: call it beside the loop.
 * RC_INVALID: it is no file of letter types, *fault_out says why in words for staff.
 */
enum rc letter_file_read(struct arena *arena, struct str bytes, struct str *types_out, struct str *fault_out, struct err *err) MUST_USE;
/*
 * One object of such an array, checked as strictly as a type of our own: its keys, its questions, the tree of its paper. STR_NONE: it is
 * good. Else why not, in words for staff.
 */
struct str letter_file_fault(struct arena *arena, const json_t *type);

#endif
