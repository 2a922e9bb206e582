// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/html/shell.h"
#include "server/web/request.h"
#include "server/web/waiting.h"

enum { SLOTS = 1024, KEPT_MS = 5000, FEATURES = 128, COUNTS = 32 };

/* Of one person: each feature's counts and when they are to be asked again. */
struct waiting_slot {
    char code[16];
    uint64_t staff;
    uint32_t acts; /* of the village, when the counts were asked */
    uint64_t until_ms[FEATURES];
    struct {
        size_t feature;
        const char *menu;
        uint32_t count;
    } counts[COUNTS];
    size_t n;
};

struct waiting_memory {
    struct waiting_slot slots[SLOTS];
};

struct waiting_memory *waiting_memory_new(struct arena *arena)
{
    return ARENA_NEW(arena, struct waiting_memory);
}

/* The slot of this person; NULL when nobody of a village asks. Counts from before the village's last act are asked again, and shown
 * until then. */
static struct waiting_slot *slot_of(struct request *req)
{
    struct waiting_memory *memory = req->web->waiting;

    if (req->village == NULL || req->actor.id == 0 || req->village->code.n >= sizeof(memory->slots[0].code))
        return NULL;
    struct waiting_slot *slot = &memory->slots[(village_place(req->village->code) + req->actor.id * 2654435761u) % SLOTS];
    uint32_t acts = atomic_load(&req->web->house->acts[village_place(req->village->code)]);
    if (!str_is(req->village->code, slot->code) || slot->staff != req->actor.id) {
        memset(slot, 0, sizeof(*slot));
        memcpy(slot->code, req->village->code.p, req->village->code.n);
        slot->staff = req->actor.id;
    }
    if (slot->acts != acts)
        memset(slot->until_ms, 0, sizeof(slot->until_ms));
    slot->acts = acts;
    return slot;
}

void waiting_stale(struct request *req)
{
    if (req->village != NULL)
        atomic_fetch_add(&req->web->house->acts[village_place(req->village->code)], 1);
}

void waiting_learn(struct request *req, size_t feature, const struct task *tasks, size_t n)
{
    struct waiting_slot *slot = slot_of(req);
    size_t kept = 0;

    if (slot == NULL || feature >= FEATURES)
        return;
    for (size_t i = 0; i < slot->n; i++)
        if (slot->counts[i].feature != feature)
            slot->counts[kept++] = slot->counts[i];
    slot->n = kept;
    for (size_t i = 0; i < n && slot->n < COUNTS; i++)
        if (tasks[i].is_for_me && tasks[i].menu != NULL) {
            slot->counts[slot->n].feature = feature;
            slot->counts[slot->n].menu = tasks[i].menu;
            slot->counts[slot->n++].count = tasks[i].count < UINT32_MAX ? (uint32_t)tasks[i].count : UINT32_MAX;
        }
    slot->until_ms[feature] = clock_mono_ms() + KEPT_MS;
}

/* One feature's counts a page, so that no page waits for all; after an act of one's own all that are old. */
static void ask_some(struct request *req)
{
    bool is_own_act = req->said_cookie.p != NULL;
    const struct waiting_slot *slot = slot_of(req);
    const struct feature *const *list = request_features(req);
    struct tasks *tasks = ARENA_NEW(req->arena, struct tasks);
    struct err err = {0};

    for (size_t i = 0; slot != NULL && list[i] != NULL && i < FEATURES; i++) {
        if (list[i]->tasks == NULL || slot->until_ms[i] > clock_mono_ms() || feature_is_hidden(req, list[i], true))
            continue;
        tasks->n = 0;
        if (list[i]->tasks(req, tasks, &err) == RC_OK)
            waiting_learn(req, i, tasks->p, tasks->n);
        else
            log_err("waiting", &err);
        if (!is_own_act)
            return;
    }
}

void waiting_badges(struct request *req, struct shell_nav *list, size_t n, bool may_ask)
{
    uint32_t before = req->village_db != NULL ? village_db_statements(req->village_db) : 0;

    if (may_ask && !req->is_noted && req->actor.id != 0) {
        ask_some(req);
        if (req->village_db != NULL)
            req->frame_statements += village_db_statements(req->village_db) - before;
    }
    const struct waiting_slot *slot = slot_of(req); /* after the wait: another fiber may have written it */
    for (size_t i = 0; slot != NULL && i < slot->n; i++)
        for (size_t j = 0; j < n; j++)
            if (strcmp(list[j].href, slot->counts[i].menu) == 0) {
                list[j].badge += slot->counts[i].count;
                if (j > 0)
                    list[0].badge += slot->counts[i].count;
                break;
            }
}
