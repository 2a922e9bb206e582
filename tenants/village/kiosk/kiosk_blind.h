// SPDX-License-Identifier: AGPL-3.0-or-later
/* Keyed hashes under the village's own key: what stands in tables instead of cards, NIK and codes. Private. */
#ifndef BALAI_KIOSK_BLIND_H
#define BALAI_KIOSK_BLIND_H

#include "tenants/directory/directory.h"

/* `kind` is a literal: "card", "nik", "code", "limit", "nobody". */
struct str kiosk_blind(struct arena *arena, struct directory *directory, struct str village_code, const char *kind, struct str text);
/* Where wrong PINs of a resident are counted. */
struct str kiosk_limit_key(struct arena *arena, struct directory *directory, struct str village_code, uint64_t resident_id);

#endif
