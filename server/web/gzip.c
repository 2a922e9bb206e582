// SPDX-License-Identifier: AGPL-3.0-or-later
#include <zlib.h>

#include "server/web/gzip.h"

enum { GZIP_FORMAT = 15 + 16, MEMORY_LEVEL = 8 };

struct str gzip_of(struct arena *arena, struct str body, int level)
{
    z_stream stream = {0};

    if (body.n < GZIP_LEAST_BYTES || body.n > UINT32_MAX / 2)
        return STR_NONE;
    if (deflateInit2(&stream, level, Z_DEFLATED, GZIP_FORMAT, MEMORY_LEVEL, Z_DEFAULT_STRATEGY) != Z_OK)
        return STR_NONE;
    size_t room = deflateBound(&stream, body.n);
    unsigned char *out = arena_alloc(arena, room);
    stream.next_in = (unsigned char *)(uintptr_t)body.p; /* only read */
    stream.avail_in = (unsigned)body.n;
    stream.next_out = out;
    stream.avail_out = (unsigned)room;
    int rc = deflate(&stream, Z_FINISH);
    size_t n = room - stream.avail_out;
    deflateEnd(&stream);
    return rc == Z_STREAM_END && n < body.n ? (struct str){(const char *)out, n} : STR_NONE;
}
