// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * The page cache of anonymous pages: key = village + epoch + path, memory then
 * Redis, 30 s to live, one builder per key. The epoch is a counter in the
 * village's schema, bumped in the writing transaction and read before a page's
 * first statement; features call page_epoch_bump in every transaction that
 * changes what the public site shows.
 */
#ifndef BALAI_PAGECACHE_H
#define BALAI_PAGECACHE_H

#include "server/store/store.h"

/* Bumps the epoch and puts JOB_SPREAD_EPOCH. */
enum rc page_epoch_bump(struct txn *txn, struct err *err) MUST_USE;

#endif
