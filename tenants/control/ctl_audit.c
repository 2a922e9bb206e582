// SPDX-License-Identifier: AGPL-3.0-or-later
/* balaictl audit: is a village's audit trail as it was written? */
#include <stdio.h>

#include "server/web/audit.h"
#include "tenants/control/ctl.h"
#include "tenants/control/ctl_sql.h"

static enum rc verify(struct ctl *ctl, struct str named, struct ctl_village *village, uint64_t *broken_at_out, struct err *err)
{
    struct village_db *db;

    TRY(ctl_village_named(ctl, named, village, err));
    TRY(directory_refresh(ctl->directory, ctl->control, false, err));
    TRY(directory_open(ctl->directory, ctl->store, ctl->arena, village->code, &db, err));
    return audit_verify(db, broken_at_out, err);
}

int ctl_audit(struct ctl *ctl, const struct ctl_args *args)
{
    int answer = EXIT_DONE;

    for (size_t i = 0; i < args->words_n; i++) {
        struct ctl_village village;
        uint64_t broken_at;
        struct err err;

        if (verify(ctl, args->words[i], &village, &broken_at, &err) != RC_OK)
            return ctl_failed(&err);
        if (broken_at == 0) {
            printf("%.*s: whole\n", STR_ARG(village.code));
            continue;
        }
        printf("%.*s: row %" PRIu64 " of the table audit was changed, cut out or put in\n", STR_ARG(village.code), broken_at);
        answer = EXIT_FAILED;
    }
    return answer;
}
