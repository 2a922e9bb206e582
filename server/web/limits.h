// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Counts per address over all villages: in Redis, which all processes share;
 * in this process' own memory while Redis is away. Addresses are kept only as
 * keyed hashes.
 */
#ifndef BALAI_LIMITS_H
#define BALAI_LIMITS_H

#include "server/base/base.h"

struct request;
struct limit_table;

struct limit_table *limit_table_new(struct arena *arena) MUST_USE;
void limit_table_free(struct limit_table *table);

/* `what` is a literal ("masuk"): has the client's network done it `most` times within the window? */
bool limit_reached(struct request *req, const char *what, uint64_t most);
/* It has done it once more; the window of window_s begins with the first. */
void limit_count(struct request *req, const char *what, uint32_t window_s);

/* For tests: the memory part. */
uint64_t limit_table_count(struct limit_table *table, uint64_t key, uint64_t now_ms, uint32_t window_s, uint32_t add);

#endif
