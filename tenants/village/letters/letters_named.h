// SPDX-License-Identifier: AGPL-3.0-or-later
/* Who besides its subject stands in a letter. Private to this room. */
#ifndef BALAI_LETTERS_NAMED_H
#define BALAI_LETTERS_NAMED_H

#include "server/store/store.h"

struct letter_people;
/*
 * Whom a letter's answers name of the village: chosen, ticked, or by a NIK that was typed. Written in the transaction that writes the
 * answers; by this the archive and the person's page find the letter.
 */
enum rc letter_named_keep(struct txn *txn, uint64_t id, uint64_t subject_id, const struct letter_people *people, struct err *err) MUST_USE;

#endif
