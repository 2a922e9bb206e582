// SPDX-License-Identifier: AGPL-3.0-or-later
#include <stdio.h>

#include "server/web/look.h"
#include "server/web/request.h"
#include "server/web/village.h"
#include "server/web/web_village_sql.h"

enum { KEPT_MS = 5000 };

struct look_slot {
    char code[16];
    uint64_t until_ms, page_epoch;
    uint32_t looks; /* of the village, when it was asked */
    struct look look;
};

struct look_memory {
    struct look_slot slots[VILLAGE_PLACES];
};

struct look_memory *look_memory_new(struct arena *arena)
{
    return ARENA_NEW(arena, struct look_memory);
}

uint32_t village_place(struct str code)
{
    uint32_t hash = 2166136261u;

    for (size_t i = 0; i < code.n; i++)
        hash = (hash ^ (unsigned char)code.p[i]) * 16777619u;
    return hash % VILLAGE_PLACES;
}

static struct look look_from(struct arena *arena, const struct identity_look_row *row)
{
    struct look look = {0};

    snprintf(look.accent, sizeof(look.accent), "%.*s", STR_ARG(row->accent));
    struct str address = row->office_address;
    if (address.n + row->phone.n + 12 < sizeof(look.address))
        snprintf(look.address, sizeof(look.address), "%.*s%s%.*s", STR_ARG(address), row->phone.n > 0 ? "\nTelepon " : "",
                 STR_ARG(row->phone));
    if (row->crest_hash.p != NULL)
        snprintf(look.crest, sizeof(look.crest), "/lambang/%.*s", STR_ARG(str_hex(arena, row->crest_hash.p, row->crest_hash.n)));
    look.is_plain = !row->has_ornament;
    snprintf(look.hamlet_word, sizeof(look.hamlet_word), "%.*s", STR_ARG(row->hamlet_word));
    look.is_without_hamlets = row->is_without_hamlets;
    snprintf(look.hidden, sizeof(look.hidden), "%.*s", STR_ARG(row->hidden));
    return look;
}

/* A page that is kept under an epoch is dressed as of that epoch: what was remembered before it would stay for as long as the page. */
static uint64_t epoch_wanted(const struct request *req)
{
    bool is_kept = req->slot != NULL && req->slot->is_builder;
    return is_kept && req->slot->epoch > req->village->page_epoch ? req->slot->epoch : req->village->page_epoch;
}

void look_forget(struct request *req)
{
    atomic_fetch_add(&req->web->house->looks[village_place(req->village->code)], 1);
}

struct look look_of(struct request *req, bool may_ask)
{
    const struct village *village = req->village;
    struct identity_look_row row;
    struct village_db *db;
    struct err err = {0};
    bool found = false;
    uint64_t epoch;

    if (village == NULL || village->code.n >= sizeof(((struct look_slot *)0)->code))
        return (struct look){0};
    uint32_t place = village_place(village->code);
    struct look_slot *slot = &req->web->looks->slots[place];
    uint32_t looks = atomic_load(&req->web->house->looks[place]); /* before the row is read */
    bool is_mine = str_is(village->code, slot->code);
    epoch = epoch_wanted(req);
    bool is_fresh = is_mine && slot->until_ms > clock_mono_ms() && slot->page_epoch >= epoch && slot->looks == looks;
    /* Once a minute a page also notes that its session lives: it makes do with the look that is there, unless that was changed. */
    if (is_fresh || !may_ask || (is_mine && req->is_noted && slot->looks == looks))
        return is_mine ? slot->look : (struct look){0};
    enum rc rc = request_village_db(req, &db, &err);
    req->is_noted = true; /* one such statement a page */
    if (rc == RC_OK) {
        rc = sql_identity_look(db, &row, &found, &err);
        req->frame_statements++;
    }
    if (rc != RC_OK) {
        log_err("look", &err);
        return is_mine ? slot->look : (struct look){0};
    }
    /* slot is still this village's or another's: it is written whole, between two waits */
    snprintf(slot->code, sizeof(slot->code), "%.*s", STR_ARG(village->code));
    slot->until_ms = clock_mono_ms() + KEPT_MS;
    slot->page_epoch = epoch;
    slot->looks = looks;
    slot->look = found ? look_from(req->arena, &row) : (struct look){0};
    return slot->look;
}
