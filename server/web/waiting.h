// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Not a door: the counts beside the menu's entries, what waits for this person, remembered per loop. A page of the office asks at most
 * one feature again, the first whose counts are older than some seconds or than an act of this village on any loop; the office's
 * first page asks all of them anyway (request_tasks) and leaves what it learned here.
 */
#ifndef BALAI_WAITING_H
#define BALAI_WAITING_H

#include "server/html/shell.h"
#include "server/web/feature.h"

struct waiting_memory;
struct waiting_memory *waiting_memory_new(struct arena *arena) MUST_USE;

/* Puts the counts into the entries' badges; the first entry, the home, gets their sum. May send a feature's statements when may_ask. */
void waiting_badges(struct request *req, struct shell_nav *list, size_t n, bool may_ask);
/* What the feature has just said. */
void waiting_learn(struct request *req, size_t feature, const struct task *tasks, size_t n);
/* An act of this village may have changed every count. */
void waiting_stale(struct request *req);

#endif
