// SPDX-License-Identifier: AGPL-3.0-or-later
/* What the commands share; and those about one village's state. */
#include "tenants/control/ctl.h"

#include <stdio.h>

#include "tenants/control/ctl_sql.h"
#include "tenants/control/setup.h"
#include "tenants/control/states.h"
#include "tenants/village/letters/letters.h"

struct str ctl_option(const struct ctl_args *args, const char *name)
{
    for (size_t i = 0; i < args->options_n; i++)
        if (str_is(args->options[i].name, name))
            return args->options[i].value;
    return STR_NONE;
}

bool ctl_has(const struct ctl_args *args, const char *name)
{
    return ctl_option(args, name).p != NULL;
}

int ctl_failed(const struct err *err)
{
    fprintf(stderr, "balaictl: %s (%s)\n", err->text, rc_name(err->rc));
    if (err->rc == RC_UNAVAILABLE)
        fprintf(stderr, "Is MariaDB running, and is mysql_socket of the configuration right?\n");
    if (err->rc == RC_UNSURE)
        fprintf(stderr, "The answer was lost: it may or may not have been done. Running the command again is safe.\n");
    return EXIT_FAILED;
}

enum rc ctl_village_named(struct ctl *ctl, struct str named, struct ctl_village *out, struct err *err)
{
    struct str code = unit_code(ctl->arena, named);
    bool is_found;

    TRY(sql_ctl_village_find(ctl->control, code.p != NULL ? code : named, out, &is_found, err));
    if (!is_found)
        return fail(err, RC_NOT_FOUND, "there is no village %.*s; balaictl status lists them", STR_ARG(named));
    return RC_OK;
}

/* ---- set-up link ---- */

struct linking {
    struct str code, token;
    utc_us now;
};

static enum rc link_body(struct control_txn *txn, void *ctx, struct err *err)
{
    struct linking *l = ctx;

    return setup_token_new(txn, l->code, SETUP_VILLAGE, l->now, &l->token, err);
}

int ctl_setup_link(struct ctl *ctl, const struct ctl_args *args)
{
    struct ctl_village village;
    struct linking l = {.now = clock_utc()};
    struct err err;

    if (ctl_village_named(ctl, args->words[0], &village, &err) != RC_OK)
        return ctl_failed(&err);
    l.code = village.code;
    if (control_txn_run(ctl->control, link_body, &l, &err) != RC_OK)
        return ctl_failed(&err);
    struct str link = setup_link(ctl->arena, ctl->config.public_scheme, village.slug, ctl->config.base_host, l.token);

    printf("%.*s\n", STR_ARG(link));
    return EXIT_DONE;
}

/* ---- states ---- */

struct changing {
    struct str code, note;
    enum state_act act;
    utc_us now;
};

static enum rc change_body(struct control_txn *txn, void *ctx, struct err *err)
{
    const struct changing *c = ctx;
    const struct state_actor by = {0, STR("balaictl"), c->now};

    return state_change(txn, c->code, c->act, c->note, &by, err);
}

static int change(struct ctl *ctl, const struct ctl_args *args, enum state_act act)
{
    struct ctl_village village;
    struct changing c = {.act = act, .now = clock_utc()};
    struct err err;

    if (ctl_village_named(ctl, args->words[0], &village, &err) != RC_OK)
        return ctl_failed(&err);
    c.code = village.code;
    c.note = ctl_has(args, "note") ? ctl_option(args, "note") : STR("");
    if (control_txn_run(ctl->control, change_body, &c, &err) != RC_OK || ctl_village_named(ctl, village.code, &village, &err) != RC_OK)
        return ctl_failed(&err);
    printf("%.*s (%.*s) is now %.*s; servers follow within a second.\n", STR_ARG(village.name), STR_ARG(village.code),
           STR_ARG(village.state));
    return EXIT_DONE;
}

int ctl_suspend(struct ctl *ctl, const struct ctl_args *args)
{
    return change(ctl, args, ACT_SUSPEND);
}

int ctl_resume(struct ctl *ctl, const struct ctl_args *args)
{
    return change(ctl, args, ACT_RESUME);
}

int ctl_read_only(struct ctl *ctl, const struct ctl_args *args)
{
    return change(ctl, args, ACT_READ_ONLY);
}

/* ---- status ---- */

static bool needs_attention(const struct ctl_status *row)
{
    return !str_is(row->step, "ready") || row->failed_step.n > 0 || row->step_error.n > 0;
}

static void status_print(const struct ctl_status *row)
{
    printf("%.*s  %-30.*s %-28.*s %-10.*s version %-4" PRIu32, STR_ARG(row->code), STR_ARG(row->name), STR_ARG(row->slug),
           STR_ARG(row->state), row->schema_version);
    if (!str_is(row->step, "ready"))
        printf("  made up to %.*s: run balaictl provision again", STR_ARG(row->step));
    if (row->step_error.n > 0)
        printf("  (%.*s)", STR_ARG(row->step_error));
    if (row->failed_step.n > 0)
        printf("  step %.*s failed, read-only: run balaictl migrate", STR_ARG(row->failed_step));
    printf("\n");
}

int ctl_status(struct ctl *ctl, const struct ctl_args *args)
{
    struct ctl_status_rows rows;
    struct err err;
    size_t faults = 0;

    if (sql_ctl_status_rows(ctl->control, &rows, &err) != RC_OK)
        return ctl_failed(&err);
    for (size_t i = 0; i < rows.n; i++) {
        bool is_fault = needs_attention(&rows.p[i]);

        faults += is_fault;
        if (is_fault || !ctl_has(args, "faults"))
            status_print(&rows.p[i]);
    }
    printf("%zu villages, %zu with something to do.\n", rows.n, faults);
    return ctl_has(args, "faults") && faults > 0 ? EXIT_FAILED : EXIT_DONE;
}

/* ---- keys ---- */

static enum rc renew_body(struct control_txn *txn, void *ctx, struct err *err)
{
    (void)ctx;
    return letter_keys_retire(txn, err);
}

int ctl_renew_keys(struct ctl *ctl, const struct ctl_args *args)
{
    struct err err;

    (void)args;
    if (control_txn_run(ctl->control, renew_body, NULL, &err) != RC_OK)
        return ctl_failed(&err);
    printf("The keys are retired. Each village's next letter is signed with new ones.\n");
    return EXIT_DONE;
}
