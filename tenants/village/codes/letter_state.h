// SPDX-License-Identifier: AGPL-3.0-or-later
/* The states of a letter, as numbers of the column letter.state. The letters room moves them; who writes about a letter reads them. */
#ifndef BALAI_LETTER_STATE_H
#define BALAI_LETTER_STATE_H

/* name, number in the table (never reused), label for people */
#define LETTER_STATES(X)                           \
    X(DRAFT, 1, "Konsep")                          \
    X(WAITING_CHECK, 2, "Menunggu sekretaris")     \
    X(WAITING_APPROVAL, 3, "Menunggu kepala desa") \
    X(ISSUED, 4, "Terbit")                         \
    X(RETURNED, 5, "Dikembalikan")                 \
    X(VOIDED, 6, "Dicabut")                        \
    X(CANCELLED, 7, "Dibatalkan")

enum letter_state {
    LETTER_NO_STATE,
#define X(name, number, label) LETTER_##name = number,
    LETTER_STATES(X)
#undef X
};

#endif
