// SPDX-License-Identifier: AGPL-3.0-or-later
/* What the check of an arrival makes of its form, for its page and its act. Private. */
#ifndef BALAI_EVENTS_ARRIVAL_H
#define BALAI_EVENTS_ARRIVAL_H

#include "tenants/village/events/events_arrival_view.h"
#include "tenants/village/events/events_pages.h"

enum { ARRIVALS_MOST = 8 };

/* What the form says, against the village as it stands. */
struct arriving {
    struct arrival_form form;
    size_t n;
    struct resident_row rows[ARRIVALS_MOST];
    uint8_t status_before[ARRIVALS_MOST];
    struct same_person same[ARRIVALS_MOST];
    uint64_t ids[ARRIVALS_MOST]; /* of whom the village knows; 0: nobody */
    struct arrival_missings missing;
    struct event_facts facts;
    struct family_state to; /* only when has_target */
    bool has_target, is_new, is_doubted;
};

#endif
