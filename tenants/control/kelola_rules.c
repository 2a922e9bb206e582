// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/control/kelola_rules.h"

#include <stdlib.h>
#include <strings.h>

#include "server/base/text.h"
#include "tenants/control/provision.h"

enum village_state kelola_state(const struct kelola_village *v)
{
    enum village_state state = village_state_from(v->state);

    if (v->failed_step.n > 0 && (state == VILLAGE_ACTIVE || state == VILLAGE_TRIAL))
        return VILLAGE_READ_ONLY;
    return state;
}

struct str state_tone(enum village_state state)
{
    switch (state) {
    case VILLAGE_ACTIVE:
        return STR("hijau");
    case VILLAGE_TRIAL:
        return STR("biru");
    case VILLAGE_READ_ONLY:
        return STR("kuning");
    case VILLAGE_SUSPENDED:
        return STR("merah");
    case VILLAGE_PREPARING:
    case VILLAGE_CLOSED:
    case VILLAGE_NO_STATE:
        break;
    }
    return STR("abu");
}

struct kelola_sorting kelola_sorting_from(struct str word)
{
    struct kelola_sorting sorting = {KELOLA_BY_NAME, str_starts(word, STR("-"))};
    struct str plain = sorting.is_down ? str_from(word, 1) : word;

#define X(name, text)                     \
    if (str_eq(plain, STR(text))) {       \
        sorting.order = KELOLA_BY_##name; \
        return sorting;                   \
    }
    KELOLA_ORDERS(X)
#undef X
    sorting.is_down = false;
    return sorting;
}

/* Folded, so that "tolong" finds To'long. */
static bool holds(struct arena *arena, const struct kelola_village *v, struct str words)
{
    return str_find(text_fold(arena, v->name), words) >= 0 || str_find(text_fold(arena, v->district), words) >= 0 ||
           str_find(text_fold(arena, v->slug), words) >= 0 || str_starts(v->code, words);
}

struct kelola_village_rows kelola_filter(struct arena *arena, const struct kelola_village_rows *all, enum village_state state,
                                         struct str words)
{
    struct kelola_village_rows kept = {ARENA_ARRAY(arena, struct kelola_village, all->n), 0};
    struct str code = unit_code(arena, words.p != NULL ? words : STR(""));
    struct str folded = code.p != NULL ? code : words.p != NULL ? str_trim(text_fold(arena, words)) : STR("");

    for (size_t i = 0; i < all->n; i++) {
        const struct kelola_village *v = &all->p[i];

        if ((state == VILLAGE_NO_STATE || kelola_state(v) == state) && (str_empty(folded) || holds(arena, v, folded)))
            kept.p[kept.n++] = *v;
    }
    return kept;
}

static int text_compare(struct str a, struct str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int order = n > 0 ? strncasecmp(a.p, b.p, n) : 0;

    return order != 0 ? order : (a.n > b.n) - (a.n < b.n);
}

static int number_compare(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

static int order_compare(const struct kelola_village *a, const struct kelola_village *b, enum kelola_order order)
{
    switch (order) {
    case KELOLA_BY_NAME:
    case KELOLA_NO_ORDER:
        break;
    case KELOLA_BY_DISTRICT:
        return text_compare(a->district, b->district);
    case KELOLA_BY_HOST:
        return text_compare(a->slug, b->slug);
    case KELOLA_BY_STATE:
        return number_compare(kelola_state(a), kelola_state(b));
    case KELOLA_BY_VERSION:
        return number_compare(a->schema_version, b->schema_version);
    case KELOLA_BY_SIZE:
        return number_compare(a->size_bytes.value, b->size_bytes.value);
    case KELOLA_BY_ACTIVITY:
        return number_compare((uint64_t)a->activity_at, (uint64_t)b->activity_at);
    case KELOLA_BY_QUEUE:
        /* Work that nobody does any more weighs most. */
        if (a->queue_dead.value != b->queue_dead.value)
            return number_compare(a->queue_dead.value, b->queue_dead.value);
        return number_compare(a->queue_ready.value, b->queue_ready.value);
    }
    return text_compare(a->name, b->name);
}

static int village_compare(const void *a, const void *b, void *ctx)
{
    const struct kelola_village *x = a, *y = b;
    const struct kelola_sorting *sorting = ctx;
    int order = order_compare(x, y, sorting->order);

    if (order != 0)
        return sorting->is_down ? -order : order;
    order = text_compare(x->name, y->name);
    return order != 0 ? order : text_compare(x->code, y->code);
}

void kelola_sort(struct kelola_village_rows *rows, struct kelola_sorting sorting)
{
    if (rows->n > 1)
        qsort_r(rows->p, rows->n, sizeof(rows->p[0]), village_compare, &sorting);
}

struct kelola_counts kelola_count(const struct kelola_village_rows *all)
{
    struct kelola_counts counts = {.all = (uint32_t)all->n};

    for (size_t i = 0; i < all->n; i++)
        counts.by_state[kelola_state(&all->p[i])]++;
    return counts;
}

struct str kelola_step_text(struct arena *arena, struct str step)
{
    int done = provision_step_from(step);

    if (done >= PROVISION_READY)
        return STR("Selesai");
    return str_fmt(arena, "Langkah %d dari %d", done + 1, PROVISION_READY);
}
