// SPDX-License-Identifier: AGPL-3.0-or-later
/* Never public: what events are, decided without I/O. */
#ifndef BALAI_EVENTS_RULES_H
#define BALAI_EVENTS_RULES_H

#include "server/base/base.h"
#include "server/base/clock.h"
#include "server/base/str.h"
#include "tenants/village/codes/codes.h"

/* name, word in the database, word in addresses, label */
#define EVENT_KINDS(X)                          \
    X(BIRTH, "birth", "lahir", "Lahir")         \
    X(ARRIVAL, "arrival", "datang", "Datang")   \
    X(DEATH, "death", "meninggal", "Meninggal") \
    X(MOVE_OUT, "move_out", "pindah", "Pindah") \
    X(MISSING, "missing", "hilang", "Hilang")   \
    X(FOUND, "found", "ditemukan", "Ditemukan")

enum event_kind {
    EVENT_NONE,
#define X(name, word, path, label) EVENT_##name,
    EVENT_KINDS(X)
#undef X
        EVENT_END
};

struct str event_word(enum event_kind kind); /* also the kind of the person's history */
struct str event_label(enum event_kind kind);
const char *event_audit(enum event_kind kind); /* "event.death" */

/* What is asked of a kind, in the words of its forms and pages, and what may not be missing. */
struct event_words {
    const char *title, *said, *date, *place, *number;
    bool needs_place, needs_reporter;
};
const struct event_words *event_words_of(enum event_kind kind);
enum event_kind event_of_word(struct str word);
enum event_kind event_of_path(struct str path);

/* Status people then have. */
uint8_t event_status(enum event_kind kind);
/* What taking it back makes of somebody; who was made by the event is kept, as no valid resident. */
uint8_t event_status_back(uint8_t status_before);

/* Why this cannot be the day; "" when it can. `born` may be none. */
struct str event_date_fault(enum event_kind kind, struct date day, struct date born, struct date today);

/* Whether the day of a `kind` stands on the wrong side of another day of the same person; other: its word, or "wedding", "divorce". */
enum event_side { EVENT_SIDE_RIGHT, EVENT_TOO_EARLY, EVENT_TOO_LATE };
enum event_side event_side_of(enum event_kind kind, struct date day, bool is_after, struct str other, struct date other_day);
struct str event_did(struct str other); /* "pindah", "menikah" */

/* Why this NIK cannot be of one born then, of that sex; "" when it can. Temporary ones (0…) are not looked into. */
struct str nik_fault(struct str nik, struct date born, bool is_female, struct date today);

/* How far who leaves goes; the code stands in `destination`. "" outside 1–4. */
struct str destination_label(uint8_t code);

/* What a newborn is to the head, whose parent here has `role`. */
uint8_t newborn_role(uint8_t parent_role);
bool is_newborn_role(uint8_t role); /* also of none */

#endif
