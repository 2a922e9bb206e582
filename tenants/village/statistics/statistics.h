// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Statistics of the living residents: how many of each kind, by sex, as chart,
 * table and file. Invariants: nothing is kept, every figure is counted from
 * the registry as it stands; the lines add up to the living, "Belum mengisi"
 * among them; each number links to the list of exactly those people. Ages are
 * completed years on the village's own day. Nothing here for other rooms but
 * the routes.
 */
#ifndef BALAI_STATISTICS_H
#define BALAI_STATISTICS_H

#include "server/web/web.h"

extern const struct route statistics_routes[];

#endif
