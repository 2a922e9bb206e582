// SPDX-License-Identifier: AGPL-3.0-or-later
/* Never leaves workers/queue: what village and control leases share. */
#ifndef BALAI_LEASE_PARTS_H
#define BALAI_LEASE_PARTS_H

#include "server/base/base.h"

/* lease_backoff_s with jitter. */
uint64_t lease_delay_ms(uint32_t attempt);
/* At most what the column takes, whole characters. */
struct str lease_why(struct str why);

#endif
