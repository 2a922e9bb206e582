// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * The office's first page, "Perlu tindakan saya", and the work that failed.
 * It owns no tables: it asks the rooms that do.
 */
#ifndef BALAI_OFFICE_H
#define BALAI_OFFICE_H

#include "server/web/web.h"

extern const struct route office_routes[];

#endif
