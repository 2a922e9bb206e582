// SPDX-License-Identifier: AGPL-3.0-or-later
/* Long numbers in a note. */
#include <ctype.h>

#include "server/base/text.h"
#include "tenants/regency/regency_rules.h"

enum { NIK_DIGITS = 16, PHONE_MOST = 13, PHONE_ABROAD_MOST = 15 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* One byte a sign: digits of any shape are 0 to 9, letters "a", all else that is not ASCII "~". */
static struct str plain_signs(struct arena *arena, struct str note)
{
    static const uint32_t zeros[] = {'0', 0xff10, 0x0660, 0x06f0, 0x0966, 0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6};
    struct buf out = {.arena = arena};
    uint32_t c;

    while (note.n > 0) {
        char sign = '~';

        if (utf8_take(&note, &c) && c < 0x80)
            sign = (char)(isalpha((int)c) ? 'a' : (int)c);
        for (size_t i = 0; i < COUNT_OF(zeros); i++)
            if (c >= zeros[i] && c < zeros[i] + 10)
                sign = (char)('0' + (c - zeros[i]));
        buf_put_char(&out, sign);
    }
    return buf_str(&out);
}

static size_t digits_at(struct str s, size_t at)
{
    size_t n = 0;

    while (at + n < s.n && is_digit(s.p[at + n]))
        n++;
    return n;
}

static uint32_t number_at(struct str s, size_t at, size_t n)
{
    uint32_t value = 0;

    for (size_t i = 0; i < n; i++)
        value = value * 10 + (uint32_t)(s.p[at + i] - '0');
    return value;
}

/* How long the day is that stands there; 0: none does. */
static size_t day_at(struct str s, size_t at)
{
    size_t n[3], from[3];

    for (size_t i = 0, p = at; i < 3; i++) {
        n[i] = digits_at(s, p);
        from[i] = p;
        p += n[i];
        if (n[i] == 0 || n[i] > 4 || (i < 2 && (p >= s.n || strchr("-/.", s.p[p++]) == NULL)))
            return 0;
    }
    size_t year = n[0] == 4 ? 0 : 2, day = 2 - year;

    if (n[year] != 4 || n[1] > 2 || n[day] > 2)
        return 0;
    uint32_t y = number_at(s, from[year], 4), m = number_at(s, from[1], n[1]), d = number_at(s, from[day], n[day]);

    return y >= 1900 && y < 2100 && m >= 1 && m <= 12 && d >= 1 && d <= 31 ? from[2] + n[2] - at : 0;
}

/* What stands between two groups of one number; 0: they are two. */
static size_t gap_at(struct str s, size_t at)
{
    if (at + 1 < s.n && s.p[at] != 'a' && is_digit(s.p[at + 1]))
        return 1;
    return at + 3 < s.n && s.p[at] == ' ' && s.p[at + 1] != 'a' && s.p[at + 2] == ' ' && is_digit(s.p[at + 3]) ? 3 : 0;
}

static bool holds_nik(struct arena *arena, struct str note)
{
    struct str s = plain_signs(arena, note);
    size_t at = 0;

    while (at < s.n) {
        bool is_abroad = at > 0 && s.p[at - 1] == '+', is_phone = is_abroad || s.p[at] == '0';
        size_t most = is_abroad ? PHONE_ABROAD_MOST : PHONE_MOST, run = 0, gap = 0;

        if (!is_digit(s.p[at])) {
            at++;
            continue;
        }
        do {
            size_t day = day_at(s, at + gap), n = digits_at(s, at + gap);

            if (day > 0 && run > 0)
                break;
            if (day > 0) {
                at += day;
                break;
            }
            if (is_phone && run > 0 && run + n > most)
                break;
            run += n;
            at += gap + n;
            gap = gap_at(s, at);
        } while (gap > 0);
        if (run >= NIK_DIGITS)
            return true;
    }
    return false;
}

struct str regency_note_fault(struct arena *arena, struct str note)
{
    return holds_nik(arena, note) ? STR("Catatan ini memuat nomor sepanjang NIK. Tulis tanpa NIK dan nomor KK.") : STR("");
}
