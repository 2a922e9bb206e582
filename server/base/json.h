// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * JSON from outside: nesting is limited before jansson, a recursive parser,
 * sees it (600 nested brackets overflow a fiber's stack). Writing small bodies
 * is jansson's own; long lists are written directly into a buf.
 */
#ifndef BALAI_JSON_H
#define BALAI_JSON_H

#include <jansson.h>

#include "server/base/base.h"

enum { JSON_MAX_NESTING = 32 };

/* Parses text; the value is freed with the arena. RC_INVALID: malformed, duplicate keys or nested deeper than JSON_MAX_NESTING. */
enum rc json_read(struct arena *arena, struct str text, json_t **value_out, struct err *err) MUST_USE;
/* The reference becomes the arena's: freed with it. */
void json_keep(struct arena *arena, json_t *value);
/* Compact text in the arena, keys sorted: equal values give equal bytes. */
struct str json_write(struct arena *arena, const json_t *value);
/* Member of an object as text ("" when absent or not a text), unsigned (0) or bool (false); the text lives as long as the value. */
struct str json_text(const json_t *object, const char *key);
uint64_t json_u64(const json_t *object, const char *key);
bool json_bool(const json_t *object, const char *key);
/* Writes s as a JSON string literal with quotes. */
struct buf;
void json_put_str(struct buf *out, struct str s);

#endif
