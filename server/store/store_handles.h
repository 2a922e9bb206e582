// SPDX-License-Identifier: AGPL-3.0-or-later
/* Not a public door: only tenants/directory may include this (tests/lint checks), because it makes village handles. */
#ifndef BALAI_STORE_HANDLES_H
#define BALAI_STORE_HANDLES_H

#include "server/store/store.h"

struct store_account {
    struct str code; /* 10 digits; also the key of the village's pool */
    struct str schema, user, password;
};

/* A handle in the arena for one village. Texts must outlive the arena. */
struct village_db *store_village(struct store *store, struct arena *arena, const struct store_account *account) MUST_USE;

#endif
