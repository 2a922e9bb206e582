// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/base/str.h"

#include <stdarg.h>
#include <stdio.h>

#include "server/base/arena.h"

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

bool str_starts(struct str s, struct str prefix)
{
    return s.n >= prefix.n && str_eq((struct str){s.p, prefix.n}, prefix);
}

bool str_ends(struct str s, struct str suffix)
{
    return s.n >= suffix.n && str_eq((struct str){s.p + (s.n - suffix.n), suffix.n}, suffix);
}

bool str_eq_nocase(struct str a, struct str b)
{
    if (a.n != b.n)
        return false;
    for (size_t i = 0; i < a.n; i++)
        if (lower(a.p[i]) != lower(b.p[i]))
            return false;
    return true;
}

ptrdiff_t str_find_char(struct str s, char c)
{
    const char *at = s.n > 0 ? memchr(s.p, c, s.n) : NULL;

    return at != NULL ? at - s.p : -1;
}

ptrdiff_t str_find(struct str s, struct str needle)
{
    const char *at;

    if (needle.n == 0)
        return 0;
    if (s.n < needle.n)
        return -1;
    at = memmem(s.p, s.n, needle.p, needle.n);
    return at != NULL ? at - s.p : -1;
}

struct str str_from(struct str s, size_t at)
{
    if (at > s.n)
        at = s.n;
    return s.p == NULL ? s : (struct str){s.p + at, s.n - at};
}

struct str str_part(struct str s, size_t at, size_t n)
{
    struct str rest = str_from(s, at);

    if (rest.n > n)
        rest.n = n;
    return rest;
}

struct str str_trim(struct str s)
{
    while (s.n > 0 && is_space(s.p[0])) {
        s.p++;
        s.n--;
    }
    while (s.n > 0 && is_space(s.p[s.n - 1]))
        s.n--;
    return s;
}

bool str_cut(struct str *rest, char sep, struct str *head_out)
{
    ptrdiff_t at;

    if (rest->p == NULL)
        return false;
    at = str_find_char(*rest, sep);
    if (at < 0) {
        *head_out = *rest;
        *rest = STR_NONE;
    } else {
        *head_out = (struct str){rest->p, (size_t)at};
        *rest = str_from(*rest, (size_t)at + 1);
    }
    return true;
}

bool str_to_u64(struct str s, uint64_t *out)
{
    uint64_t value = 0;

    if (s.n == 0)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
        if (__builtin_mul_overflow(value, (uint64_t)10, &value) || __builtin_add_overflow(value, (uint64_t)(s.p[i] - '0'), &value))
            return false;
    }
    *out = value;
    return true;
}

bool str_to_i64(struct str s, int64_t *out)
{
    bool is_negative = s.n > 0 && s.p[0] == '-';
    uint64_t value;

    if (!str_to_u64(is_negative ? str_from(s, 1) : s, &value))
        return false;
    if (value > (uint64_t)INT64_MAX + (is_negative ? 1 : 0))
        return false;
    *out = is_negative ? (int64_t)(0 - value) : (int64_t)value;
    return true;
}

struct str str_dup(struct arena *arena, struct str s)
{
    char *p;

    if (s.p == NULL)
        return s;
    p = arena_alloc(arena, s.n);
    if (s.n > 0)
        memcpy(p, s.p, s.n);
    return (struct str){p, s.n};
}

char *str_z(struct arena *arena, struct str s)
{
    char *z = arena_alloc(arena, s.n + 1);

    if (s.n > 0)
        memcpy(z, s.p, s.n);
    return z;
}

__attribute__((format(printf, 2, 0))) struct str str_fmt_va(struct arena *arena, const char *format, va_list args)
{
    char here[200]; /* most texts fit: formatted once, then copied */
    va_list again;
    int n;
    char *p;

    va_copy(again, args);
    n = vsnprintf(here, sizeof(here), format, args);
    p = n < 0 ? NULL : arena_alloc(arena, (size_t)n + 1);
    if (n >= (int)sizeof(here))
        vsnprintf(p, (size_t)n + 1, format, again);
    else if (n >= 0)
        memcpy(p, here, (size_t)n + 1);
    va_end(again);
    return n < 0 ? STR("") : (struct str){p, (size_t)n};
}

struct str str_fmt(struct arena *arena, const char *format, ...)
{
    va_list args;
    struct str s;

    va_start(args, format);
    s = str_fmt_va(arena, format, args);
    va_end(args);
    return s;
}

struct str str_lower(struct arena *arena, struct str s)
{
    char *p = arena_alloc(arena, s.n);

    for (size_t i = 0; i < s.n; i++)
        p[i] = lower(s.p[i]);
    return (struct str){s.p != NULL ? p : NULL, s.n};
}

struct str str_upper(struct arena *arena, struct str s)
{
    char *p = arena_alloc(arena, s.n);

    for (size_t i = 0; i < s.n; i++)
        p[i] = s.p[i] >= 'a' && s.p[i] <= 'z' ? (char)(s.p[i] - 32) : s.p[i];
    return (struct str){s.p != NULL ? p : NULL, s.n};
}

uint64_t str_hash(struct str s)
{
    uint64_t hash = UINT64_C(14695981039346656037);

    for (size_t i = 0; i < s.n; i++)
        hash = (hash ^ (unsigned char)s.p[i]) * UINT64_C(1099511628211);
    return hash;
}

struct str str_replace(struct arena *arena, struct str s, struct str from, struct str to)
{
    struct buf out = {.arena = arena};
    ptrdiff_t at;

    if (from.n == 0)
        return s;
    while ((at = str_find(s, from)) >= 0) {
        buf_put(&out, s.p, (size_t)at);
        buf_put_str(&out, to);
        s = str_from(s, (size_t)at + from.n);
    }
    buf_put_str(&out, s);
    return buf_str(&out);
}

struct str str_hex(struct arena *arena, const void *bytes, size_t n)
{
    static const char digits[] = "0123456789abcdef";
    const unsigned char *in = bytes;
    char *p = arena_alloc(arena, 2 * n);

    for (size_t i = 0; i < n; i++) {
        p[2 * i] = digits[in[i] >> 4];
        p[2 * i + 1] = digits[in[i] & 15];
    }
    return (struct str){p, 2 * n};
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool str_unhex(struct str hex, void *out, size_t n)
{
    unsigned char *to = out;

    if (hex.n != 2 * n)
        return false;
    for (size_t i = 0; i < hex.n; i++)
        if (hex_digit(hex.p[i]) < 0)
            return false;
    for (size_t i = 0; i < n; i++)
        to[i] = (unsigned char)(hex_digit(hex.p[2 * i]) << 4 | hex_digit(hex.p[2 * i + 1]));
    return true;
}

struct str str_base64url(struct arena *arena, const void *bytes, size_t n)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const unsigned char *in = bytes;
    char *p = arena_alloc(arena, (n + 2) / 3 * 4);
    size_t out = 0;

    for (size_t i = 0; i < n; i += 3) {
        uint32_t v = (uint32_t)in[i] << 16;
        size_t have = n - i < 3 ? n - i : 3;

        if (have > 1)
            v |= (uint32_t)in[i + 1] << 8;
        if (have > 2)
            v |= in[i + 2];
        for (size_t k = 0; k <= have; k++)
            p[out++] = digits[v >> (18 - 6 * k) & 63];
    }
    return (struct str){p, out};
}

static int base64url_digit(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    return c == '-' ? 62 : c == '_' ? 63 : -1;
}

struct str str_unbase64url(struct arena *arena, struct str s)
{
    unsigned char *p = arena_alloc(arena, s.n);
    size_t out = 0;
    uint32_t v = 0;
    unsigned bits = 0;

    if (s.p == NULL || s.n % 4 == 1)
        return STR_NONE;
    for (size_t i = 0; i < s.n; i++) {
        int digit = base64url_digit(s.p[i]);

        if (digit < 0)
            return STR_NONE;
        v = v << 6 | (uint32_t)digit;
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            p[out++] = (unsigned char)(v >> bits);
            v &= (1u << bits) - 1;
        }
    }
    if (v != 0) /* a second spelling of the same bytes */
        return STR_NONE;
    return (struct str){(const char *)p, out};
}

void buf_reserve(struct buf *b, size_t more)
{
    size_t room = b->room > 0 ? b->room : 256;

    if (b->room - b->n >= more)
        return;
    while (room - b->n < more)
        room = arena_array_bytes(room, 2);
    b->p = arena_grown(b->arena, b->p, b->n, room);
    b->room = room;
}

void buf_put(struct buf *b, const void *bytes, size_t n)
{
    if (n == 0)
        return;
    buf_reserve(b, n);
    memcpy(b->p + b->n, bytes, n);
    b->n += n;
}

void buf_put_str(struct buf *b, struct str s)
{
    buf_put(b, s.p, s.n);
}

void buf_fmt(struct buf *b, const char *format, ...)
{
    va_list args;
    struct str s;

    va_start(args, format);
    s = str_fmt_va(b->arena, format, args);
    va_end(args);
    buf_put_str(b, s);
}
