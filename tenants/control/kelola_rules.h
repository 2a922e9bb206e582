// SPDX-License-Identifier: AGPL-3.0-or-later
/* How villages are looked for, and how their state and making are shown. Pure. */
#ifndef BALAI_KELOLA_RULES_H
#define BALAI_KELOLA_RULES_H

#include "server/base/base.h"
#include "tenants/control/kelola_sql.h"
#include "tenants/directory/directory.h"

/* hijau, biru, kuning, merah or abu. */
struct str state_tone(enum village_state state);
/* What was typed, as the statement takes it: "73.17.10.2003" its code, all else words, blanks everything. */
void kelola_fold(struct arena *arena, struct kelola_find *find);
/* "Langkah 3 dari 7": the step under way. */
struct str kelola_step_text(struct arena *arena, struct str step);

#endif
