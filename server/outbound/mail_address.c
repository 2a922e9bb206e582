// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/outbound/mail_parts.h"

enum { ADDRESS_MOST = 254, LOCAL_MOST = 64, DOMAIN_MOST = 253, LABEL_MOST = 63 };

static bool is_letter_or_digit(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* Atoms with single dots between them. */
static bool is_local(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];

        if (c == '.' ? i == 0 || i + 1 == s.n || s.p[i - 1] == '.'
                     : !is_letter_or_digit(c) && (c == '\0' || strchr("!#$%&'*+-/=?^_`{|}~", c) == NULL))
            return false;
    }
    return s.n > 0 && s.n <= LOCAL_MOST;
}

static bool is_label(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!is_letter_or_digit(s.p[i]) && (s.p[i] != '-' || i == 0 || i + 1 == s.n))
            return false;
    return s.n > 0 && s.n <= LABEL_MOST;
}

struct str mail_domain(struct str address)
{
    ptrdiff_t at = str_find_char(address, '@');

    return at < 0 ? STR("") : str_from(address, (size_t)at + 1);
}

bool mail_address_is_valid(struct str address)
{
    ptrdiff_t at = str_find_char(address, '@');
    struct str rest = mail_domain(address), label;
    size_t labels = 0;

    if (at < 0 || address.n > ADDRESS_MOST || rest.n > DOMAIN_MOST || !is_local(str_part(address, 0, (size_t)at)) ||
        str_ends(rest, STR(".")))
        return false;
    while (str_cut(&rest, '.', &label)) {
        if (!is_label(label))
            return false;
        labels++;
    }
    return labels >= 2;
}

struct str mail_address_masked(struct arena *arena, struct str address)
{
    return str_fmt(arena, "%.*s••••@%.*s", STR_ARG(str_part(address, 0, 1)), STR_ARG(mail_domain(address)));
}
