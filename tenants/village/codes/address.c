// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/codes/address.h"

/* How people call the kind of a hamlet. */
static const char *const kinds[] = {"dusun", "dsn", "lingkungan", "lingk", "kampung", "kp"};

/* The hamlet's own words: "Dusun I" is "i". */
static struct str own_words(struct arena *arena, struct str hamlet)
{
    struct str words = str_trim(text_fold(arena, hamlet));

    for (size_t i = 0; i < COUNT_OF(kinds); i++) {
        struct str kind = str_fmt(arena, "%s ", kinds[i]);

        if (str_starts(words, kind))
            return str_trim(str_from(words, kind.n));
    }
    return words;
}

static bool names_hamlet(struct arena *arena, struct str street, struct str hamlet)
{
    struct str line = str_trim(text_fold(arena, street)), words = own_words(arena, hamlet);

    if (words.n == 0)
        return false;
    if (words.n > 1 && str_eq(line, words))
        return true;
    struct str padded = str_fmt(arena, " %.*s ", STR_ARG(line));
    for (size_t i = 0; i < COUNT_OF(kinds); i++)
        if (str_find(padded, str_fmt(arena, " %s %.*s ", kinds[i], STR_ARG(words))) >= 0)
            return true;
    return false;
}

struct str address_hamlet(struct arena *arena, struct str street, struct str hamlet)
{
    struct str words = str_trim(text_fold(arena, hamlet));

    if (words.n == 0 || names_hamlet(arena, street, hamlet))
        return STR("");
    return str_fmt(arena, "%s%.*s", own_words(arena, hamlet).n < words.n ? "" : "Dusun ", STR_ARG(text_name(arena, hamlet)));
}
