// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Events: born, came, died, left, missing, found again. Invariant: each is a row written in
 * one transaction with what it did to the person (status, place, role), their
 * history, and whoever in the family changed with them. What was wrong about it
 * is put right in the row, with what stood before, by whom and why in the
 * history; nothing else of it ever changes. Taking one back is a row of its own
 * and possible only while nothing later depends on it. The month an event counts
 * in is that of its report.
 */
#ifndef BALAI_EVENTS_H
#define BALAI_EVENTS_H

#include "server/web/web.h"

extern const struct route events_routes[];

#endif
