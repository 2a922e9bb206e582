// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * What a volunteer may do to a village: suspend it (503 for everyone, with the
 * note saying why and whom to call), make it read-only (public pages stay, no
 * writing), give it back. Each act is one audit row and moves the directory's
 * counter, so every server knows within a second.
 */
#ifndef BALAI_STATES_H
#define BALAI_STATES_H

#include "server/base/base.h"
#include "server/base/clock.h"
#include "server/store/store.h"

/* name, word in URLs and commands, its button, what it was by it */
#define STATE_ACTS(X)                                                  \
    X(SUSPEND, "tangguhkan", "Tangguhkan desa", "suspended")           \
    X(READ_ONLY, "hanya-baca", "Jadikan hanya baca", "made read-only") \
    X(RESUME, "aktifkan", "Aktifkan kembali", "resumed")

enum state_act {
    ACT_NONE,
#define X(name, word, label, done) ACT_##name,
    STATE_ACTS(X)
#undef X
};
const char *state_act_word(enum state_act act);
const char *state_act_label(enum state_act act);
enum state_act state_act_from(struct str word); /* ACT_NONE when unknown */

struct state_actor {
    uint64_t id; /* console account; 0: balaictl */
    struct str name;
    utc_us now;
};
/* RC_NOT_FOUND; RC_CONFLICT when the village's state does not allow it; RC_INVALID without a note where one is needed (suspend, read-only).
 */
enum rc state_change(struct control_txn *txn, struct str code, enum state_act act, struct str note, const struct state_actor *by,
                     struct err *err) MUST_USE;
/* May this act follow this state ("active")? */
bool state_allows(struct str state, enum state_act act);

#endif
