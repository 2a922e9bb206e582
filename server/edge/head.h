// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Our own reading of a request's head. libh2o folds two Hosts into one, takes
 * two Content-Lengths and lets Transfer-Encoding hide a second request; so the
 * bytes it has read are judged again here, strictly, and everything the house
 * knows of a request comes from this reading alone. Pure; fuzzed.
 */
#ifndef BALAI_EDGE_HEAD_H
#define BALAI_EDGE_HEAD_H

#include "server/base/base.h"

enum { HEAD_MAX_BYTES = 16 * 1024, HEAD_MAX_TARGET = 8192, HEAD_MAX_LINES = 64 };

struct head {
    struct str method, target;
    size_t host_count;
    struct str host; /* the last, when there are several: the caller refuses them */
    struct str cookie, content_type, origin, referer, sec_fetch_site, user_agent, hx_request, accept_encoding, if_none_match;
    struct str x_real_ip, x_forwarded_proto;
    bool has_length;
    uint64_t length;
};

/*
 * Reads a head that ends with its empty line. 0, or the HTTP status to refuse
 * it with: 400, 414, 431, 505. Texts are views of `bytes`, a Cookie sent in
 * several lines is joined in the arena.
 */
int head_read(struct arena *arena, struct str bytes, struct head *out);

/* Does Accept-Encoding take gzip? (q=0 refuses.) */
bool head_takes_gzip(struct str accept_encoding);

#endif
