// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * What everyone sees without signing in: a village's home and its service page,
 * and the platform's list of villages. Pages here are cached by the village's
 * epoch: what they show changes only in transactions that call page_epoch_bump.
 */
#ifndef BALAI_SITE_H
#define BALAI_SITE_H

#include "server/web/web.h"

extern const struct route site_routes[];          /* of a village */
extern const struct route site_platform_routes[]; /* of the platform's host */

#endif
