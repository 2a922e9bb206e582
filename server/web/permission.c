// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/web/permission.h"

static const char *const names[PERMISSION_COUNT] = {[MAY_NOTHING] = "NOTHING",
#define X(name) [MAY_##name] = #name,
                                                    PERMISSIONS(X)
#undef X
};

#define X(name) | PERMISSION(name)
static const uint64_t of_rooms = 0 ROOM_PERMISSIONS(X);
#undef X

static const struct console_role console_roles[] = {
    {"dpmd", "Pegawai DPMD", MAY_OF_NOBODY | PERMISSION(READ_REGENCY) | PERMISSION(NOTE_REGENCY)},
    {"district", "Pegawai kecamatan", MAY_OF_NOBODY | PERMISSION(READ_REGENCY) | PERMISSION(NOTE_REGENCY)},
    {"volunteer", "Relawan ForSID", MAY_OF_NOBODY | PERMISSION(MANAGE_VILLAGES)},
};

const char *permission_name(enum permission permission)
{
    return (size_t)permission < COUNT_OF(names) ? names[permission] : names[MAY_NOTHING];
}

bool permission_is_of_role(enum permission permission)
{
    return set_may(of_rooms, permission);
}

/* Of the database: the name in small letters. */
static bool is_word_of(struct str word, const char *name)
{
    size_t i = 0;

    for (; i < word.n && name[i] != '\0'; i++)
        if ((name[i] == '_' ? '_' : name[i] - 'A' + 'a') != word.p[i])
            return false;
    return i == word.n && name[i] == '\0';
}

uint64_t staff_permissions(struct str words)
{
    uint64_t set = MAY_OF_NOBODY | PERMISSION(BE_STAFF);
    struct str word;

    while (words.n > 0 && str_cut(&words, ',', &word))
        for (size_t i = 1; i < COUNT_OF(names); i++)
            if (permission_is_of_role((enum permission)i) && is_word_of(word, names[i]))
                set |= UINT64_C(1) << i;
    return set;
}

struct str permission_words(struct arena *arena, uint64_t set)
{
    struct buf out = {.arena = arena};

    for (size_t i = 1; i < COUNT_OF(names); i++)
        if (permission_is_of_role((enum permission)i) && set_may(set, (enum permission)i)) {
            if (out.n > 0)
                buf_put_char(&out, ',');
            buf_put_str(&out, str_lower(arena, str_c(names[i])));
        }
    return out.n > 0 ? buf_str(&out) : STR("");
}

const struct console_role *console_role_find(struct str word)
{
    for (size_t i = 0; i < COUNT_OF(console_roles); i++)
        if (str_is(word, console_roles[i].word))
            return &console_roles[i];
    return NULL;
}
