// SPDX-License-Identifier: AGPL-3.0-or-later
/* Host names of villages. */
#include <stdlib.h>

#include "tenants/control/units.h"

enum { SLUG_MAX = 60 };

static const char *const reserved[] = {
    "admin",  "akun",      "anjungan", "api",     "arsip", "aset", "balai",      "bantuan", "beranda", "cdn",       "contoh", "daftar",
    "data",   "demo",      "desa",     "dev",     "dpmd",  "dns",  "ftp",        "imap",    "info",    "kabupaten", "kantor", "kecamatan",
    "kelola", "localhost", "mail",     "mandiri", "masuk", "mx",   "ns",         "ns1",     "ns2",     "pop",       "ppid",   "root",
    "smtp",   "static",    "status",   "surat",   "test",  "tes",  "verifikasi", "webmail", "www",
};

bool slug_is_reserved(struct str slug)
{
    for (size_t i = 0; i < COUNT_OF(reserved); i++)
        if (str_is(slug, reserved[i]))
            return true;
    /* Host labels that mean something else to software: xn--…, and all digits. */
    return str_starts(slug, STR("xn--"));
}

struct str slug_of(struct arena *arena, struct str name)
{
    struct str lower = str_lower(arena, name);
    struct buf out = {.arena = arena};

    for (size_t i = 0; i < lower.n && out.n < SLUG_MAX; i++) {
        char c = lower.p[i];
        bool is_gap = c == ' ' || c == '\t' || c == '-';

        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            buf_put_char(&out, c);
        else if (is_gap && out.n > 0 && out.p[out.n - 1] != '-')
            buf_put_char(&out, '-');
    }
    while (out.n > 0 && out.p[out.n - 1] == '-')
        out.n--;
    return buf_str(&out);
}

/* Of the sorted array of all seats' name slugs: how many are this one. */
static size_t count_of(const struct str *sorted, size_t n, struct str slug)
{
    size_t count = 0;

    for (size_t i = 0; i < n; i++)
        count += str_eq(sorted[i], slug);
    return count;
}

static bool is_taken(const struct slug_seat *seats, size_t n, struct str slug)
{
    for (size_t i = 0; i < n; i++)
        if (seats[i].slug.p != NULL && str_eq(seats[i].slug, slug))
            return true;
    return false;
}

static int by_code(const void *a, const void *b)
{
    const struct slug_seat *const *left = a, *const *right = b;
    size_t n = (*left)->code.n < (*right)->code.n ? (*left)->code.n : (*right)->code.n;

    return memcmp((*left)->code.p, (*right)->code.p, n);
}

static struct str with_district(struct arena *arena, struct str base, struct str district)
{
    struct str slug = slug_of(arena, str_fmt(arena, "%.*s-%.*s", STR_ARG(base), STR_ARG(district)));

    return slug;
}

void slugs_assign(struct arena *arena, struct slug_seat *seats, size_t n)
{
    struct str *bases = ARENA_ARRAY(arena, struct str, n);
    struct slug_seat **order = ARENA_ARRAY(arena, struct slug_seat *, n);

    for (size_t i = 0; i < n; i++) {
        bases[i] = slug_of(arena, seats[i].name);
        order[i] = &seats[i];
    }
    qsort(order, n, sizeof(order[0]), by_code);
    for (size_t i = 0; i < n; i++) {
        struct slug_seat *seat = order[i];
        struct str slug = bases[seat - seats];

        if (seat->slug.p != NULL)
            continue;
        if (count_of(bases, n, slug) > 1 || slug_is_reserved(slug) || is_taken(seats, n, slug))
            slug = with_district(arena, slug, seat->district);
        if (str_empty(slug) || slug_is_reserved(slug) || is_taken(seats, n, slug))
            slug = str_fmt(arena, "desa-%.*s", STR_ARG(seat->code));
        seat->slug = slug;
    }
}
