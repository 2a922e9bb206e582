// SPDX-License-Identifier: AGPL-3.0-or-later
/* The list without I/O: what state a village shows, filters, order, pages. */
#ifndef BALAI_KELOLA_RULES_H
#define BALAI_KELOLA_RULES_H

#include "server/base/base.h"
#include "tenants/control/kelola_sql.h"
#include "tenants/directory/directory.h"

enum { KELOLA_PAGE_ROWS = 50 };

/* As servers treat it: a failed migration makes a serving village read-only. */
enum village_state kelola_state(const struct kelola_village *v);
/* hijau, biru, kuning, merah or abu. */
struct str state_tone(enum village_state state);

#define KELOLA_ORDERS(X)     \
    X(NAME, "nama")          \
    X(DISTRICT, "kecamatan") \
    X(HOST, "alamat") X(STATE, "keadaan") X(VERSION, "versi") X(SIZE, "ukuran") X(ACTIVITY, "aktivitas") X(QUEUE, "antrean")
enum kelola_order {
    KELOLA_NO_ORDER,
#define X(name, word) KELOLA_BY_##name,
    KELOLA_ORDERS(X)
#undef X
};
struct kelola_sorting {
    enum kelola_order order;
    bool is_down;
};
struct kelola_sorting kelola_sorting_from(struct str word);

/* Keeps the villages of a state (VILLAGE_NO_STATE: all) whose name, district, host or code holds the words, any case. */
struct kelola_village_rows kelola_filter(struct arena *arena, const struct kelola_village_rows *all, enum village_state state,
                                         struct str words);
/* Stable: equal ones by name and code. */
void kelola_sort(struct kelola_village_rows *rows, struct kelola_sorting sorting);

struct kelola_counts {
    uint32_t all;
    uint32_t by_state[VILLAGE_CLOSED + 1];
};
struct kelola_counts kelola_count(const struct kelola_village_rows *all);

/* "Langkah 3 dari 7": the step under way. */
struct str kelola_step_text(struct arena *arena, struct str step);

#endif
