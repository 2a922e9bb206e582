// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Not a door: the memory and Redis parts of the page cache, for serve.c. A page
 * is kept under village, path and declared query, with the village's epoch read
 * before the page's first statement; it is good while it is younger than 30 s
 * and the directory knows no later epoch. One process has one memory, used by
 * all its loops; of the fibers that miss the same page at once, one builds it.
 */
#ifndef BALAI_WEB_PAGES_H
#define BALAI_WEB_PAGES_H

#include "server/base/base.h"

struct request;
struct page_memory;

/* What a request wants of the cache; in its arena. */
struct page_slot {
    struct page_slot *next; /* among those being built, under the memory's lock */
    struct str key;         /* "7317102003|/berita?halaman=2" */
    uint64_t hash;
    uint64_t epoch; /* the page's, once known; 0: it cannot be kept */
    bool is_builder;
    struct web *waiting[32]; /* loops with fibers that wait for this page */
    size_t waiting_count;
};

struct page_memory *page_memory_new(struct arena *arena, size_t most_bytes) MUST_USE;
void page_memory_free(struct page_memory *memory);
/* What the kept pages take. */
size_t page_memory_bytes(struct page_memory *memory);

/* Makes req->slot when this request's page may come from, and go to, the cache. */
void page_slot_make(struct request *req);
/* From memory, without waiting: true when req->resp now holds the page. */
bool page_from_memory(struct request *req);
/*
 * In a fiber: memory again, then Redis; while another fiber builds the same page, waits for it.
 * True: req->resp holds the page. False: this fiber makes the page and then calls page_built.
 */
bool page_or_turn(struct request *req);
/* Keeps req->resp when it may be kept, and wakes those who wait. To be called after every false of page_or_turn. */
void page_built(struct request *req);

#endif
