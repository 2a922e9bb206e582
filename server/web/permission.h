// SPDX-License-Identifier: AGPL-3.0-or-later
/* Who may do what. A route names one permission; a role is a set of them. */
#ifndef BALAI_PERMISSION_H
#define BALAI_PERMISSION_H

#include "server/base/base.h"

#define PERMISSIONS(X)                                                  \
    X(VISIT)    /* everyone, signed in or not */                        \
    X(BE_STAFF) /* any signed-in staff of the village */                \
    X(READ_RESIDENTS)                                                   \
    X(EDIT_RESIDENTS)                                                   \
    X(IMPORT_RESIDENTS)                                                 \
    X(READ_LETTERS)                                                     \
    X(WRITE_LETTERS)   /* draft, and issue those of policy seal */      \
    X(CHECK_LETTERS)   /* secretary's step of policy approve */         \
    X(APPROVE_LETTERS) /* head's step */                                \
    X(RETURN_LETTERS)  /* either of the two: back to the operator */    \
    X(SEE_JOBS)        /* failed work, and its replay */                \
    X(SET_VILLAGE)     /* identity, officials, staff accounts */        \
    X(USE_KIOSK)       /* no role: an enrolled kiosk, see kiosk.h */    \
    X(BE_RESIDENT)     /* no role: whose PIN was right at that kiosk */ \
    X(READ_REGENCY)    /* DPMD console */                               \
    X(MANAGE_VILLAGES) /* kelola console */

enum permission {
    MAY_NOTHING,
#define X(name) MAY_##name,
    PERMISSIONS(X)
#undef X
        PERMISSION_COUNT
};

/* role, word in the database, label for people, permissions */
#define VILLAGE_ROLES(X)                                                                                                          \
    X(CLERK, "clerk", "Operator",                                                                                                 \
      P(READ_RESIDENTS) | P(EDIT_RESIDENTS) | P(IMPORT_RESIDENTS) | P(READ_LETTERS) | P(WRITE_LETTERS) | P(SEE_JOBS))             \
    X(SECRETARY, "secretary", "Sekretaris desa",                                                                                  \
      P(READ_RESIDENTS) | P(EDIT_RESIDENTS) | P(IMPORT_RESIDENTS) | P(READ_LETTERS) | P(WRITE_LETTERS) | P(CHECK_LETTERS) |       \
          P(RETURN_LETTERS) | P(SEE_JOBS) | P(SET_VILLAGE))                                                                       \
    X(HEAD, "head", "Kepala desa", P(READ_RESIDENTS) | P(READ_LETTERS) | P(APPROVE_LETTERS) | P(RETURN_LETTERS) | P(SET_VILLAGE)) \
    X(EDITOR, "editor", "Pengelola situs", 0)

#define CONSOLE_ROLES(X)                                          \
    X(DPMD, "dpmd", "Pegawai DPMD", P(READ_REGENCY))              \
    X(DISTRICT, "district", "Pegawai kecamatan", P(READ_REGENCY)) \
    X(VOLUNTEER, "volunteer", "Relawan ForSID", P(MANAGE_VILLAGES))

enum role {
    ROLE_NONE,
#define X(name, word, label, permissions) ROLE_##name,
    VILLAGE_ROLES(X) CONSOLE_ROLES(X)
#undef X
};

struct str role_word(enum role role);
struct str role_label(enum role role);
enum role role_from(struct str word);
bool role_may(enum role role, enum permission permission);
const char *permission_name(enum permission permission);

#endif
