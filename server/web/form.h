// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Parsers of what browsers send: query strings and urlencoded bodies,
 * multipart bodies, cookies. Pure functions over bytes from outside: strict,
 * bounded, fuzzed. Names are 1–80 bytes of [A-Za-z0-9_.-]; values are valid
 * UTF-8 without NUL (file contents excepted).
 */
#ifndef BALAI_FORM_H
#define BALAI_FORM_H

#include "server/base/base.h"

enum { FORM_MAX_FIELDS = 500, FORM_MAX_NAME = 80, COOKIE_MAX = 100 };

struct field {
    struct str name, value;
    bool is_file;
    struct str filename; /* of a file part, as sent */
};
struct fields {
    struct field *p;
    size_t n;
};

/* Appends the pairs of application/x-www-form-urlencoded text. RC_BAD_REQUEST. */
enum rc form_read(struct arena *arena, struct str text, struct fields *fields, struct err *err) MUST_USE;

/* The boundary of a multipart/form-data content type; STR_NONE when it is not one or not well formed. */
struct str multipart_boundary(struct str content_type);
/* Appends the parts of a multipart/form-data body; values are views of the body. RC_BAD_REQUEST. */
enum rc multipart_read(struct arena *arena, struct str boundary, struct str body, struct fields *fields, struct err *err) MUST_USE;

struct cookie {
    struct str name, value;
};
struct cookies {
    struct cookie *p;
    size_t n;
};
/* The pairs of a Cookie header; malformed foreign pairs are skipped, more than COOKIE_MAX is RC_BAD_REQUEST. */
enum rc cookie_read(struct arena *arena, struct str header, struct cookies *out, struct err *err) MUST_USE;
/* The one cookie of that name, STR_NONE when absent; RC_BAD_REQUEST when it was sent twice. */
enum rc cookie_one(const struct cookies *cookies, struct str name, struct str *value_out, struct err *err) MUST_USE;

/* For the parsers of this room: room for one more field, RC_BAD_REQUEST at the cap or for a bad name. */
enum rc fields_add(struct arena *arena, struct fields *fields, const struct field *field, struct err *err) MUST_USE;

#endif
