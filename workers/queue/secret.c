// SPDX-License-Identifier: AGPL-3.0-or-later
#include "workers/queue/secret.h"

static struct str redis_key(struct arena *arena, struct str word)
{
    return str_fmt(arena, "balai:secret:%.*s", STR_ARG(word));
}

enum rc secret_leave(struct redis *redis, struct arena *arena, const unsigned char key[KEY_BYTES], struct str secret, struct str *word_out,
                     struct err *err)
{
    *word_out = random_word(arena, SECRET_WORD_SIGNS);
    return redis_set(redis, redis_key(arena, *word_out), seal(arena, key, *word_out, secret), SECRET_LEFT_S, err);
}

enum rc secret_take(struct redis *redis, struct arena *arena, const unsigned char key[KEY_BYTES], struct str word, struct str *secret_out,
                    struct err *err)
{
    struct str sealed;

    TRY(redis_take(redis, arena, redis_key(arena, word), &sealed, err));
    return unseal(arena, key, word, sealed, secret_out, err) == RC_OK ? RC_OK : fail(err, RC_NOT_FOUND, "a secret that is not ours");
}

void secret_drop(struct redis *redis, struct arena *arena, struct str word)
{
    struct str sealed;

    const enum rc rc = redis_take(redis, arena, redis_key(arena, word), &sealed, NULL);
    (void)rc;
}
