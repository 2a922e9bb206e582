// SPDX-License-Identifier: AGPL-3.0-or-later
/* Not a door: the file of sign-ins that balaictl training keeps; only its owner may read it. */
#ifndef BALAI_CTL_ACCESS_H
#define BALAI_CTL_ACCESS_H

#include "server/base/json.h"

/* The JSON object of sign-ins so far; an empty one when there is no file. */
enum rc access_read(struct arena *arena, const char *path, json_t **out, struct err *err) MUST_USE;
/* Whole or not at all: a new file beside it takes its place. */
enum rc access_write(struct arena *arena, const char *path, const json_t *access, struct err *err) MUST_USE;

#endif
