// SPDX-License-Identifier: AGPL-3.0-or-later
/* balaictl migrate, migrate --check */
#include <stdio.h>

#include "tenants/control/ctl.h"

static void village_print(void *ctx, struct str code, const struct migration_result *result, const struct err *err_or_null)
{
    (void)ctx;
    if (err_or_null != NULL)
        printf("  %.*s  step %s failed: %s\n", STR_ARG(code), result->failed_step, err_or_null->text);
    else if (result->applied > 0)
        printf("  %.*s  %" PRIu32 " steps in %" PRIu64 " ms\n", STR_ARG(code), result->applied, result->took_ms);
}

static int check(struct ctl *ctl)
{
    struct migrate_check found;
    struct err err;

    if (migrate_check(ctl->arena, &ctl->config, ctl->steps, &found, &err) != RC_OK)
        return ctl_failed(&err);
    for (size_t i = 0; i < found.fingerprints_n; i++) {
        const struct fingerprint *f = &found.fingerprints[i];

        printf("%-9s  %.*s  %" PRIu32 " schema%s (%.*s%s)\n", schema_kind_name(f->kind), STR_ARG(f->hash), f->schemas,
               f->schemas == 1 ? "" : "s", STR_ARG(f->example), f->schemas == 1 ? "" : ", …");
    }
    for (size_t i = 0; i < found.faults_n; i++)
        printf("%.*s: %.*s\n", STR_ARG(found.faults[i].schema), STR_ARG(found.faults[i].text));
    printf(found.is_equal ? "All schemas of a kind are equal and whole.\n" : "Not equal or not whole: run balaictl migrate.\n");
    return found.is_equal ? EXIT_DONE : EXIT_FAILED;
}

int ctl_migrate(struct ctl *ctl, const struct ctl_args *args)
{
    struct migrate_summary summary;
    struct err err;

    if (ctl_has(args, "check"))
        return check(ctl);
    enum rc rc = migrate_all(&ctl->config, ctl->steps, village_print, NULL, &summary, &err);

    if (rc != RC_OK) {
        int code = ctl_failed(&err);

        if (rc == RC_BUSY)
            fprintf(stderr, "Another balaictl migrate is at work; wait for it, then look at balaictl migrate --check.\n");
        return code;
    }
    printf("control and reference are up to date; %" PRIu32 " villages: %" PRIu32 " changed, %" PRIu32 " failed.\n", summary.villages,
           summary.changed, summary.failed);
    if (summary.failed > 0)
        printf("Failed villages are read-only until a later balaictl migrate succeeds.\n");
    return summary.failed > 0 ? EXIT_FAILED : EXIT_DONE;
}
