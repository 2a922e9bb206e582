// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Text is a pointer and a length. A str never owns its bytes: they live in an
 * arena, a literal or a caller's buffer. p == NULL means "no value" (SQL NULL,
 * a field not sent); n == 0 with p != NULL is the empty text. Bytes are UTF-8
 * unless a name says otherwise; nothing here promises a final NUL but str_z.
 */
#ifndef BALAI_STR_H
#define BALAI_STR_H

#include <stdarg.h>
#include <string.h>

#include "server/base/base.h"

struct arena;

struct str {
    const char *p;
    size_t n;
};

#define STR(literal) ((struct str){(literal), sizeof(literal) - 1})
#define STR_INIT(literal)              \
    {                                  \
        (literal), sizeof(literal) - 1 \
    }
#define STR_NONE ((struct str){NULL, 0})
/* printf("%.*s", STR_ARG(s)) */
#define STR_ARG(s) (int)(s).n, ((s).p != NULL ? (s).p : "")

static inline bool str_eq(struct str a, struct str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

/* A view on a C string; NULL gives STR_NONE. */
static inline struct str str_c(const char *z)
{
    return (struct str){z, z != NULL ? strlen(z) : 0};
}

static inline bool str_is(struct str s, const char *z)
{
    return str_eq(s, str_c(z));
}

static inline bool str_empty(struct str s)
{
    return s.n == 0;
}

bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);
/* ASCII case only. */
bool str_eq_nocase(struct str a, struct str b);
/* Index of the first c, or -1. */
ptrdiff_t str_find_char(struct str s, char c);
/* Index of the first needle, or -1. */
ptrdiff_t str_find(struct str s, struct str needle);
/* From at (clamped) to the end / at most n bytes from at. */
struct str str_from(struct str s, size_t at);
struct str str_part(struct str s, size_t at, size_t n);
/* Without ASCII white space at both ends. */
struct str str_trim(struct str s);
/* Cuts the part before the first sep into *head_out and leaves the rest in *rest (STR_NONE after the last). False at the end. */
bool str_cut(struct str *rest, char sep, struct str *head_out);

/* Whole text is a decimal number within range; false otherwise. No sign for u64, no spaces. */
bool str_to_u64(struct str s, uint64_t *out) MUST_USE;
bool str_to_i64(struct str s, int64_t *out) MUST_USE;

/* Copies into the arena. */
struct str str_dup(struct arena *arena, struct str s);
char *str_z(struct arena *arena, struct str s);
struct str str_fmt(struct arena *arena, const char *format, ...) PRINTF(2, 3);
struct str str_fmt_va(struct arena *arena, const char *format, va_list args) PRINTF(2, 0);
struct str str_lower(struct arena *arena, struct str s); /* ASCII */
struct str str_upper(struct arena *arena, struct str s); /* ASCII */
/* FNV-1a: of keys that nobody gains by making collide. */
uint64_t str_hash(struct str s);
struct str str_replace(struct arena *arena, struct str s, struct str from, struct str to);

/* Lower-case hex of bytes, in the arena; and back (false when not hex of exactly n bytes). */
struct str str_hex(struct arena *arena, const void *bytes, size_t n);
bool str_unhex(struct str hex, void *out, size_t n) MUST_USE;
/* base64url without padding (RFC 4648 §5); decode gives STR_NONE when malformed. */
struct str str_base64url(struct arena *arena, const void *bytes, size_t n);
struct str str_unbase64url(struct arena *arena, struct str s);

/* A growing buffer in an arena. Zero it and set .arena to begin; .p/.n are always readable as a str. */
struct buf {
    struct arena *arena;
    char *p;
    size_t n, room;
};

static inline struct str buf_str(const struct buf *b)
{
    return (struct str){b->p != NULL ? b->p : "", b->n};
}

void buf_reserve(struct buf *b, size_t more);
void buf_put(struct buf *b, const void *bytes, size_t n);
void buf_put_str(struct buf *b, struct str s);
static inline void buf_put_char(struct buf *b, char c)
{
    if (b->n == b->room)
        buf_reserve(b, 1);
    b->p[b->n++] = c;
}

void buf_fmt(struct buf *b, const char *format, ...) PRINTF(2, 3);

#endif
