// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/control/kelola_rules.h"

#include "server/base/text.h"
#include "tenants/control/provision.h"

struct str state_tone(enum village_state state)
{
    switch (state) {
    case VILLAGE_ACTIVE:
        return STR("hijau");
    case VILLAGE_TRIAL:
        return STR("biru");
    case VILLAGE_READ_ONLY:
        return STR("kuning");
    case VILLAGE_SUSPENDED:
        return STR("merah");
    case VILLAGE_PREPARING:
    case VILLAGE_CLOSED:
    case VILLAGE_NO_STATE:
        break;
    }
    return STR("abu");
}

void kelola_fold(struct arena *arena, struct kelola_find *find)
{
    if (str_empty(find->words))
        return;
    find->code = unit_code(arena, find->words);
    find->words = find->code.p != NULL ? STR_NONE : text_search(arena, find->words);
}

struct str kelola_step_text(struct arena *arena, struct str step)
{
    int done = provision_step_from(step);

    if (done >= PROVISION_READY)
        return STR("Selesai");
    return str_fmt(arena, "Langkah %d dari %d", done + 1, PROVISION_READY);
}
