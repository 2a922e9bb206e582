// SPDX-License-Identifier: AGPL-3.0-or-later
/* Not a door: how a village dresses its pages, remembered per loop for a few seconds. */
#ifndef BALAI_LOOK_H
#define BALAI_LOOK_H

#include "server/base/base.h"

struct request;

struct look {
    char accent[16];
    char address[256];    /* lines separated by \n */
    char crest[80];       /* where the small crest is; empty: the neutral shield */
    char hidden[240];     /* names of the features the village has put away, separated by commas */
    char hamlet_word[84]; /* text_hamlet */
    bool is_plain, is_without_hamlets;
};

struct look_memory;
struct look_memory *look_memory_new(struct arena *arena) MUST_USE;

/* What is remembered of this request's village is asked again, on every loop. */
void look_forget(struct request *req);
/* May send one statement; with may_ask false only what is remembered. Defaults when nothing is known. */
struct look look_of(struct request *req, bool may_ask);

#endif
