// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Who may do what. A route names one permission; a person has a set of them. What a village's staff may do stands in its table
 * `role`, as words, and can be changed there; the platform's consoles have their roles in code (permission.c). A permission that
 * belongs to one room is named in that room's line of tests/lint/floors.txt ("may READ_GUESTS WRITE_GUESTS"): the build adds it here.
 */
#ifndef BALAI_PERMISSION_H
#define BALAI_PERMISSION_H

#include "server/base/base.h"
#include "server/web/room_permissions.h" /* made by CMakeLists.txt: ROOM_PERMISSIONS(X) */

/* No role of a village: everyone; any staff; what an enrolled kiosk, a resident at it, and the platform's consoles may. */
#define HOUSE_PERMISSIONS(X)                                      \
    X(VISIT)           /* everyone, signed in or not */           \
    X(BE_STAFF)        /* any signed-in staff of the village */   \
    X(USE_KIOSK)       /* an enrolled kiosk, see kiosk.h */       \
    X(BE_RESIDENT)     /* whose PIN was right at that kiosk */    \
    X(READ_REGENCY)    /* DPMD console */                         \
    X(NOTE_REGENCY)    /* writes what was done about a village */ \
    X(MANAGE_VILLAGES) /* kelola console */

#define PERMISSIONS(X) HOUSE_PERMISSIONS(X) ROOM_PERMISSIONS(X)

enum permission {
    MAY_NOTHING,
#define X(name) MAY_##name,
    PERMISSIONS(X)
#undef X
        PERMISSION_COUNT
};
_Static_assert(PERMISSION_COUNT <= 64, "a set of permissions is 64 bits");

/* A set of permissions as one of its members: sets are joined with |. */
#define PERMISSION(name) (UINT64_C(1) << MAY_##name)

static inline bool set_may(uint64_t set, enum permission permission)
{
    return permission > MAY_NOTHING && permission < PERMISSION_COUNT && (set >> permission & 1) != 0;
}

/* What everyone may. */
#define MAY_OF_NOBODY PERMISSION(VISIT)

/* "READ_LETTERS" */
const char *permission_name(enum permission permission);
/* What a role of a village may hold: those of rooms. */
bool permission_is_of_role(enum permission permission);
/* "read_letters,write_letters" of the table `role`: those a role may hold, and what any staff may. Unknown words are nothing. */
uint64_t staff_permissions(struct str words);
/* The words of a role's row. */
struct str permission_words(struct arena *arena, uint64_t set);

/* Words of the two roles that the house itself speaks of. They stand in every village's table and cannot be taken away. */
#define ROLE_HEAD STR("head")
#define ROLE_SECRETARY STR("secretary")

/* A role of the platform's consoles: dpmd, district, volunteer. NULL: there is none of that word. */
struct console_role {
    const char *word, *label;
    uint64_t may;
};
const struct console_role *console_role_find(struct str word);

#endif
