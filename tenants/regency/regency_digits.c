// SPDX-License-Identifier: AGPL-3.0-or-later
/* Long numbers in a note. */
#include <ctype.h>

#include "server/base/text.h"
#include "tenants/regency/regency_rules.h"

enum { NIK_DIGITS = 16, PHONE_LEAST = 9, PHONE_MOST = 13, PHONE_ABROAD_MOST = 15, TIGHT_GAP = 3, WIDE_GAP = 16 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return c >= 'a' && c <= 'z';
}

/* One byte a sign: digits of any shape are 0 to 9, letters small, all else that is not ASCII "~". */
static struct str plain_signs(struct arena *arena, struct str note)
{
    static const uint32_t zeros[] = {'0', 0xff10, 0x0660, 0x06f0, 0x0966, 0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6};
    struct buf out = {.arena = arena};
    uint32_t c;

    while (note.n > 0) {
        char sign = '~';

        if (utf8_take(&note, &c) && c < 0x80)
            sign = (char)tolower((int)c);
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

/* How long the day in figures is that stands there; 0: none does. */
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

/* "7 Maret 2026", "7 mar 26", "7 Maret": the same for a day with its month in letters. */
static size_t worded_day_at(struct str s, size_t at)
{
    static const char months[] = "jan feb mar apr mei jun jul agu agt ags sep okt nov des";
    size_t n = digits_at(s, at), p = at + n;

    if (n == 0 || n > 2 || p >= s.n || s.p[p] != ' ' || p + 4 > s.n)
        return 0;
    char word[4] = {s.p[p + 1], s.p[p + 2], s.p[p + 3], '\0'};

    if (!is_letter(word[0]) || !is_letter(word[1]) || !is_letter(word[2]) || strstr(months, word) == NULL)
        return 0;
    for (p++; p < s.n && is_letter(s.p[p]); p++)
        continue;
    n = p < s.n && s.p[p] == ' ' ? digits_at(s, p + 1) : 0;
    return (n == 2 || n == 4 ? p + 1 + n : p) - at;
}

/* How long the amount of money is that stands there: after "Rp", or in thousands that end in 000; 0: none does. */
static size_t amount_at(struct str s, size_t at)
{
    size_t before = at, end = at + digits_at(s, at);
    bool is_first = true, is_round = false;

    while (before > 0 && strchr(" .", s.p[before - 1]) != NULL)
        before--;
    bool is_money = before > 1 && s.p[before - 1] == 'p' && s.p[before - 2] == 'r' && (before == 2 || !is_letter(s.p[before - 3]));

    if (end - at > 3)
        return is_money ? end - at : 0;
    while (end < s.n && strchr(is_money ? "., " : ".,", s.p[end]) != NULL && digits_at(s, end + 1) == 3) {
        is_round = number_at(s, end + 1, 3) == 0;
        is_first = false;
        end += 4;
    }
    return is_money || (!is_first && is_round) ? end - at : 0;
}

/* How long the telephone number is that stands there: 0812…, (0471) …, +62 …; 0: none does. */
static size_t phone_at(struct str s, size_t at)
{
    bool is_abroad = at > 0 && s.p[at - 1] == '+';
    size_t most = is_abroad ? PHONE_ABROAD_MOST : PHONE_MOST, n = digits_at(s, at), end = at + n, all = n;

    if (n > most || (!is_abroad && (n < 3 || s.p[at] != '0' || s.p[at + 1] < '2')))
        return 0;
    while (end < s.n && !is_letter(s.p[end])) {
        size_t gap = end + 2 < s.n && s.p[end] == ')' && s.p[end + 1] == ' ' ? 2 : 1;

        n = digits_at(s, end + gap);
        if (n == 0 || all + n > most || day_at(s, end + gap) > 0)
            break;
        all += n;
        end += gap + n;
    }
    return all >= PHONE_LEAST ? end - at : 0;
}

/* Digits that stand together; n == 0: something that is no part of any other number. */
struct group {
    size_t at, n;
};

struct groups {
    struct group *p;
    size_t n, room;
};

/* How many signs stand before the next digits, which belong to the same number; 0: they do not. */
static size_t gap_after(struct str s, const struct groups *all, size_t i, size_t most)
{
    bool has_letter = false;

    if (i + 1 >= all->n || all->p[i].n == 0 || all->p[i + 1].n == 0)
        return 0;
    size_t from = all->p[i].at + all->p[i].n, n = all->p[i + 1].at - from;

    for (size_t k = 0; k < n; k++)
        has_letter |= is_letter(s.p[from + k]);
    return n <= most && (!has_letter || most > TIGHT_GAP) ? n : 0;
}

static struct groups groups_of(struct arena *arena, struct str s)
{
    static size_t (*const apart[])(struct str s, size_t at) = {day_at, worded_day_at, amount_at};
    struct groups out = {0};

    for (size_t at = 0; at < s.n;) {
        size_t n = 0, length = digits_at(s, at);

        for (size_t i = 0; i < COUNT_OF(apart) && length > 0 && n == 0; i++)
            n = apart[i](s, at);
        if (length == 0) {
            at++;
            continue;
        }
        ARENA_MORE(arena, out.p, out.n, out.room, 16);
        struct group *g = &out.p[out.n++];
        *g = (struct group){at, n > 0 ? 0 : length};
        if (n == 0 && (out.n < 2 || gap_after(s, &out, out.n - 2, TIGHT_GAP) == 0)) { /* else the middle of a longer number */
            n = phone_at(s, at);
            g->n = n > 0 ? 0 : length;
        }
        at += n > 0 ? n : length;
    }
    return out;
}

/* A region's six digits, a day (of a woman + 40), a month, a year, a number: of a NIK, and of a family card by its day. */
static bool reads_as_nik(const char *digits)
{
    struct str s = {digits, NIK_DIGITS};
    uint32_t province = number_at(s, 0, 2), regency = number_at(s, 2, 2), day = number_at(s, 6, 2), month = number_at(s, 8, 2);
    bool is_province = (province >= 11 && province <= 19) || province == 21 || (province >= 31 && province <= 36) ||
                       (province >= 51 && province <= 53) || (province >= 61 && province <= 65) || (province >= 71 && province <= 76) ||
                       province == 81 || province == 82 || (province >= 91 && province <= 97);

    return is_province && regency >= 1 && regency <= 79 && number_at(s, 4, 2) >= 1 &&
           ((day >= 1 && day <= 31) || (day >= 41 && day <= 71)) && month >= 1 && month <= 12 && number_at(s, 12, 4) >= 1;
}

/* A year by itself among words. */
static bool is_year(struct str s, const struct groups *all, size_t i)
{
    const struct group *g = &all->p[i];
    uint32_t value = g->n == 4 ? number_at(s, g->at, 4) : 0;

    return value >= 1900 && value < 2100 && (i == 0 || gap_after(s, all, i - 1, TIGHT_GAP) == 0) && gap_after(s, all, i, TIGHT_GAP) == 0;
}

/* Whether digits from group i on, all of them joined by at most `most` signs, make a NIK: exactly 16, or where signs alone join them the
 * first or the last 16. Those that begin with 0 are the ones that Balai itself gives. */
static bool holds_from(struct str s, const struct groups *all, size_t i, size_t most)
{
    char digits[4 * NIK_DIGITS];
    size_t n = 0;

    for (;; i++) {
        const struct group *g = &all->p[i];

        if (most > TIGHT_GAP && is_year(s, all, i))
            return false;
        for (size_t k = 0; k < g->n && n < sizeof digits; k++)
            digits[n++] = s.p[g->at + k];
        if (n == NIK_DIGITS && (reads_as_nik(digits) || (digits[0] == '0' && most == TIGHT_GAP)))
            return true;
        if (n > NIK_DIGITS && most == TIGHT_GAP && (reads_as_nik(digits) || reads_as_nik(digits + n - NIK_DIGITS)))
            return true;
        if (n >= NIK_DIGITS + (most == TIGHT_GAP) * NIK_DIGITS || gap_after(s, all, i, most) == 0)
            return false;
    }
}

/* Any 16 digits of an unbroken row of more. */
static bool holds_within(struct str s, const struct group *g)
{
    for (size_t i = 0; i + NIK_DIGITS <= g->n; i++)
        if (reads_as_nik(s.p + g->at + i))
            return true;
    return false;
}

static bool holds_nik(struct arena *arena, struct str note)
{
    struct str s = plain_signs(arena, note);
    const struct groups all = groups_of(arena, s);

    for (size_t i = 0; i < all.n; i++)
        if (all.p[i].n > 0 && (holds_within(s, &all.p[i]) || holds_from(s, &all, i, TIGHT_GAP) || holds_from(s, &all, i, WIDE_GAP)))
            return true;
    return false;
}

struct str regency_note_fault(struct arena *arena, struct str note)
{
    return holds_nik(arena, note) ? STR("Catatan ini memuat nomor sepanjang NIK. Tulis tanpa NIK dan nomor KK.") : STR("");
}
