// SPDX-License-Identifier: AGPL-3.0-or-later
/* Numbers, money and the 16 digits of NIK and KK, as text. */
#include "server/base/clock.h"
#include "server/base/text.h"
#include "server/base/text_parts.h"

static uint64_t magnitude(int64_t n)
{
    return n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
}

static void put_grouped(struct buf *out, uint64_t n)
{
    char digits[24];
    int at = 0;

    do {
        digits[at++] = (char)('0' + n % 10);
        n /= 10;
    } while (n > 0);
    while (at-- > 0) {
        buf_put_char(out, digits[at]);
        if (at > 0 && at % 3 == 0)
            buf_put_char(out, '.');
    }
}

struct str number_text(struct arena *arena, int64_t n)
{
    struct buf out = {.arena = arena};

    if (n < 0)
        buf_put_char(&out, '-');
    put_grouped(&out, magnitude(n));
    return buf_str(&out);
}

struct str rupiah_text(struct arena *arena, int64_t rupiah)
{
    struct buf out = {.arena = arena};

    buf_put_str(&out, rupiah < 0 ? STR("-Rp ") : STR("Rp "));
    put_grouped(&out, magnitude(rupiah));
    return buf_str(&out);
}

struct str bytes_text(struct arena *arena, uint64_t n)
{
    static const char *const units[] = {"kB", "MB", "GB", "TB"};
    uint64_t size = 1024, tenths;
    size_t unit = 0;

    if (n < 1024)
        return str_fmt(arena, "%" PRIu64 " byte", n);
    while (unit + 1 < COUNT_OF(units) && n / size >= 1024) {
        size *= 1024;
        unit++;
    }
    tenths = n / size * 10 + (n % size * 10 + size / 2) / size;
    if (tenths % 10 == 0)
        return str_fmt(arena, "%" PRIu64 " %s", tenths / 10, units[unit]);
    return str_fmt(arena, "%" PRIu64 ",%" PRIu64 " %s", tenths / 10, tenths % 10, units[unit]);
}

bool nik_is_digits(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    return s.n == 16;
}

struct str nik_masked(struct arena *arena, struct str nik)
{
    if (!nik_is_digits(nik)) /* a wrong number may still hold most of a right one */
        return str_empty(nik) ? STR("") : STR("••••");
    return str_fmt(arena, "%.4s •••• •••• %.4s", nik.p, nik.p + 12);
}

struct str nik_spaced(struct arena *arena, struct str nik)
{
    if (!nik_is_digits(nik))
        return nik;
    return str_fmt(arena, "%.4s %.4s %.4s %.4s", nik.p, nik.p + 4, nik.p + 8, nik.p + 12);
}

static bool is_dash(uint32_t c)
{
    return c == '-' || c == 0xAD || (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xFE63 || c == 0xFF0D;
}

struct str digits_only(struct arena *arena, struct str s)
{
    char *p = arena_alloc(arena, s.n);
    size_t n = 0;
    uint32_t c;

    while (s.n > 0) {
        if (!utf8_take(&s, &c))
            return STR("");
        if (c >= '0' && c <= '9')
            p[n++] = (char)c;
        else if (c != '.' && !is_dash(c) && !is_blank(c))
            return STR("");
    }
    return (struct str){p, n};
}

bool nik_birth(struct str nik, struct date today, struct date *birth_out, bool *is_female_out)
{
    struct date birth;
    int day, month, year;
    bool is_female;

    if (!nik_is_digits(nik))
        return false;
    day = (nik.p[6] - '0') * 10 + nik.p[7] - '0';
    month = (nik.p[8] - '0') * 10 + nik.p[9] - '0';
    year = (nik.p[10] - '0') * 10 + nik.p[11] - '0' + today.year / 100 * 100;
    is_female = day > 40;
    if (is_female)
        day -= 40;
    birth = (struct date){(int16_t)year, (uint8_t)month, (uint8_t)day};
    if (date_compare(birth, today) > 0)
        birth.year = (int16_t)(year - 100);
    if (!date_is_valid(birth))
        return false;
    *birth_out = birth;
    *is_female_out = is_female;
    return true;
}
