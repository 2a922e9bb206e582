// SPDX-License-Identifier: AGPL-3.0-or-later
/* Names of people and hamlets as the registry keeps them, whether they come from a cell or are typed. */
#include "server/base/text.h"
#include "tenants/village/codes/address.h"
#include "tenants/village/residents/registry.h"

/* Length of the sign at s.p and what a name makes of it: 'l' letter, 'd' digit, 'k' kept sign, 'a' apostrophe, 'm' a mark that no letter
 * takes, 'x' dropped. */
static char name_sign(struct str s, size_t *n_out)
{
    unsigned char c = (unsigned char)s.p[0];

    *n_out = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
    if (*n_out > s.n)
        *n_out = s.n;
    if (c < 0x80) {
        if ((c | 32) >= 'a' && (c | 32) <= 'z')
            return 'l';
        if (c >= '0' && c <= '9')
            return 'd';
        if (c == '`')
            return 'a';
        return strchr(" '.,-", c) != NULL ? 'k' : 'x';
    }
    if (str_starts(s, STR("\xE2\x80\x98")) || str_starts(s, STR("\xE2\x80\x99")) || str_starts(s, STR("\xCA\xBC")) ||
        str_starts(s, STR("\xC2\xB4")))
        return 'a';
    if (str_starts(s, STR("\xE2\x80\x90")) || str_starts(s, STR("\xE2\x80\x93")))
        return 'h';
    if (c == 0xCC || (c == 0xCD && *n_out == 2 && (unsigned char)s.p[1] < 0xB0))
        return 'm';
    if (c == 0xC2 || str_starts(s, STR("\xC3\x97")) || str_starts(s, STR("\xC3\xB7")) || c == 0xE2 || c >= 0xEE)
        return 'x'; /* signs, punctuation, pictures */
    return 'l';
}

struct str resident_name_text(struct arena *arena, struct str s, bool *has_dropped_out, const char **fault_out)
{
    struct buf out = {.arena = arena};
    bool has_digit = false, has_letter = false;

    *has_dropped_out = false;
    for (size_t n; s.n > 0; s = str_from(s, n)) {
        char sign = name_sign(s, &n);
        has_digit |= sign == 'd';
        has_letter |= sign == 'l';
        *has_dropped_out |= sign == 'x' || sign == 'm';
        if (sign == 'a' || sign == 'h' || sign == 'x')
            buf_put_char(&out, sign == 'a' ? '\'' : sign == 'h' ? '-' : ' ');
        else if (sign != 'm')
            buf_put(&out, s.p, n);
    }
    *fault_out = has_digit ? "Nama memuat angka." : !has_letter ? "Nama tidak memuat huruf." : NULL;
    return text_tidy(arena, buf_str(&out));
}

struct str letters_fault(struct arena *arena, const char *what, struct str typed)
{
    size_t letters = 0;

    for (size_t i = 0; i < typed.n; i++) {
        unsigned char c = (unsigned char)typed.p[i];
        letters += (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80;
    }
    if (str_empty(typed) || (letters > 0 && typed.n > 1))
        return STR("");
    return str_fmt(arena, "%s %s. Cocokkan dengan e-KTP atau KK.", what, letters == 0 ? "tidak memuat huruf" : "hanya satu huruf");
}

struct str resident_hamlet_text(struct arena *arena, struct str s)
{
    s = text_upper(arena, str_replace(arena, s, STR("_"), STR(" ")));
    return hamlet_name(text_tidy(arena, s));
}

struct str area_number_text(struct arena *arena, struct str s)
{
    uint64_t number;

    s = text_upper(arena, s);
    if (str_starts(s, STR("RT")) || str_starts(s, STR("RW")))
        s = str_from(s, 2);
    while (s.n > 0 && strchr(" .:-/", s.p[0]) != NULL)
        s = str_from(s, 1);
    if (s.n > 2 && (str_ends(s, STR(".0")) || str_ends(s, STR(",0")))) /* as programs write a number */
        s = str_part(s, 0, s.n - 2);
    if (s.n > 0 && s.n <= 6 && str_to_u64(s, &number))
        s = number == 0 ? STR("-") : str_fmt(arena, "%03u", (unsigned)number);
    return s;
}
