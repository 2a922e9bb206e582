// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/base/random.h"
#include "server/loop/loop.h"

enum { HASHED_AT_ONCE = 128 * 1024 };

struct hashing {
    struct str bytes;
    unsigned char *hash;
};

static void hash_work(void *arg)
{
    const struct hashing *work = arg;

    hash_sha256(work->bytes.p, work->bytes.n, work->hash);
}

enum rc fiber_sha256(struct str bytes, unsigned char hash_out[32], struct err *err)
{
    struct hashing work = {bytes, hash_out};

    if (bytes.n > HASHED_AT_ONCE)
        return fiber_offload(hash_work, &work, err);
    hash_work(&work);
    return RC_OK;
}
