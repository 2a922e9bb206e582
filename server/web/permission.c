// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/web/permission.h"

#define P(name) (UINT32_C(1) << MAY_##name)

static const struct role_row {
    const char *word, *label;
    uint32_t permissions;
} roles[] = {[ROLE_NONE] = {"", "", P(VISIT)},
#define X(name, word, label, permissions) [ROLE_##name] = {word, label, P(VISIT) | P(BE_STAFF) | (permissions)},
             VILLAGE_ROLES(X)
#undef X
#define X(name, word, label, permissions) [ROLE_##name] = {word, label, P(VISIT) | (permissions)},
                 CONSOLE_ROLES(X)
#undef X
};

_Static_assert(PERMISSION_COUNT <= 32, "a role's permissions are bits of 32");

struct str role_word(enum role role)
{
    return str_c(roles[role].word);
}

struct str role_label(enum role role)
{
    return str_c(roles[role].label);
}

enum role role_from(struct str word)
{
    for (size_t i = 1; i < COUNT_OF(roles); i++)
        if (str_is(word, roles[i].word))
            return (enum role)i;
    return ROLE_NONE;
}

bool role_may(enum role role, enum permission permission)
{
    if ((size_t)role >= COUNT_OF(roles) || permission <= MAY_NOTHING || permission >= PERMISSION_COUNT)
        return false;
    return (roles[role].permissions >> permission & 1) != 0;
}

const char *permission_name(enum permission permission)
{
    static const char *const names[] = {[MAY_NOTHING] = "NOTHING",
#define X(name) [MAY_##name] = #name,
                                        PERMISSIONS(X)
#undef X
    };
    return (size_t)permission < COUNT_OF(names) ? names[permission] : "NOTHING";
}
