// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * The volunteers' console: the villages and their state, one village with what
 * may be done to it, new villages (which it only registers and puts into the
 * control outbox: the worker makes them), and the work under way. It shows
 * numbers of a village, never its people.
 */
#ifndef BALAI_KELOLA_H
#define BALAI_KELOLA_H

#include "server/web/web.h"

extern const struct route control_routes[]; /* of SITE_KELOLA */

#endif
