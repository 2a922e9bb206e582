// SPDX-License-Identifier: AGPL-3.0-or-later
/* Not a door: gzip of an answer's body (zlib only here). */
#ifndef BALAI_GZIP_H
#define BALAI_GZIP_H

#include "server/base/base.h"

enum { GZIP_LEAST_BYTES = 1024, GZIP_FAST = 1, GZIP_SMALL = 6 };

/* STR_NONE when it is not worth it or zlib has no memory: the plain body is then sent. */
struct str gzip_of(struct arena *arena, struct str body, int level);

#endif
