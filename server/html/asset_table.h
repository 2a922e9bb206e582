// SPDX-License-Identifier: AGPL-3.0-or-later
/* The table that assets/build.mjs writes. Private to server/html. */
#ifndef BALAI_ASSET_TABLE_H
#define BALAI_ASSET_TABLE_H

#include "server/html/asset.h"

extern const struct asset asset_table[];
extern const size_t asset_count;

#endif
