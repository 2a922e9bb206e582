// SPDX-License-Identifier: AGPL-3.0-or-later
/* The states of a letter, as numbers of the column letter.state. The letters room moves them; who writes about a letter reads them. */
#ifndef BALAI_LETTER_STATE_H
#define BALAI_LETTER_STATE_H

#include "server/base/base.h"

/* name, number in the table (never reused), label for people, tone of its tag */
#define LETTER_STATES(X)                                   \
    X(DRAFT, 1, "Konsep", "abu")                           \
    X(WAITING_CHECK, 2, "Menunggu sekretaris", "biru")     \
    X(WAITING_APPROVAL, 3, "Menunggu kepala desa", "biru") \
    X(ISSUED, 4, "Terbit", "hijau")                        \
    X(RETURNED, 5, "Dikembalikan", "kuning")               \
    X(VOIDED, 6, "Dicabut", "merah")                       \
    X(CANCELLED, 7, "Dibatalkan", "abu")

enum letter_state {
    LETTER_NO_STATE,
#define X(name, number, label, tone) LETTER_##name = number,
    LETTER_STATES(X)
#undef X
};

/* What people read of a state (empty: none), and the tone of its tag. */
struct str letter_state_label(enum letter_state state);
struct str letter_state_tone(enum letter_state state);

#endif
