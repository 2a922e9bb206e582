// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * A secret that somebody types for one job: a passphrase that may stand in no table, no log and no outbox. It is left in Redis, which
 * keeps nothing on disk, sealed with a key of the village that Redis does not have, for SECRET_LEFT_S; the job carries its word alone,
 * and taking it removes it. Who reads Redis, or its memory, has only a sealed text; who reads the outbox has a word that opens nothing.
 * When Redis forgets it, or the job comes late, it is asked for again.
 */
#ifndef BALAI_SECRET_H
#define BALAI_SECRET_H

#include "server/base/random.h"
#include "server/store/redis.h"

enum { SECRET_LEFT_S = 180, SECRET_WORD_SIGNS = 24 };

/* Seals and leaves it; the word by which a job finds it. RC_UNAVAILABLE: Redis is away. The caller wipes what was typed. */
enum rc secret_leave(struct redis *redis, struct arena *arena, const unsigned char key[KEY_BYTES], struct str secret, struct str *word_out,
                     struct err *err) MUST_USE;
/* Once: the caller wipes it after use. RC_NOT_FOUND: it was taken before, or its time is over. RC_UNAVAILABLE. */
enum rc secret_take(struct redis *redis, struct arena *arena, const unsigned char key[KEY_BYTES], struct str word, struct str *secret_out,
                    struct err *err) MUST_USE;
/* One that no job will ask for. Fails never: without Redis its time ends it. */
void secret_drop(struct redis *redis, struct arena *arena, struct str word);

#endif
