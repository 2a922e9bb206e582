// SPDX-License-Identifier: AGPL-3.0-or-later
/* balaictl provision */
#include <stdio.h>

#include "tenants/control/ctl.h"
#include "tenants/control/ctl_sql.h"
#include "tenants/control/setup.h"

enum { LANES_USUAL = 3, LANES_MOST = 4 };

static void faults_print(const struct unit_list *units, struct str file)
{
    for (size_t i = 0; i < units->faults_n; i++) {
        const struct unit_fault *f = &units->faults[i];

        if (f->line == 0)
            fprintf(stderr, "%.*s: %s\n", STR_ARG(file), f->english);
        else if (f->value.n > 0)
            fprintf(stderr, "%.*s:%zu: \"%.*s\": %s\n", STR_ARG(file), f->line, STR_ARG(f->value), f->english);
        else
            fprintf(stderr, "%.*s:%zu: %s\n", STR_ARG(file), f->line, f->english);
    }
    fprintf(stderr, "balaictl: %zu faults; nothing was done. Correct the list and run this again.\n", units->faults_n);
}

/* "7317102003,73.17.10.2007" */
static enum rc only_read(struct ctl *ctl, struct str text, struct str_list *out, struct err *err)
{
    struct str head;

    out->p = ARENA_ARRAY(ctl->arena, struct str, text.n + 1);
    while (text.p != NULL && str_cut(&text, ',', &head)) {
        if (str_empty(str_trim(head)))
            continue;
        struct str code = unit_code(ctl->arena, head);

        if (code.p == NULL)
            return fail(err, RC_INVALID, "--only: %.*s is no village code (ten digits)", STR_ARG(head));
        out->p[out->n++] = code;
    }
    return RC_OK;
}

/* The first regency's names are known here; another's must be given once. */
static struct provision_region region_of(const struct ctl_args *args, const struct unit_list *units)
{
    struct provision_region region = {ctl_option(args, "regency-code"), ctl_option(args, "regency"), ctl_option(args, "province")};

    if (region.regency_code.p == NULL)
        region.regency_code = units->n > 0 ? str_part(units->p[0].code, 0, 4) : STR("");
    if (str_is(region.regency_code, "7317")) {
        region.regency = region.regency.p != NULL ? region.regency : STR("Luwu");
        region.province = region.province.p != NULL ? region.province : STR("Sulawesi Selatan");
    }
    return region;
}

struct registering {
    const struct unit_list *units;
    struct provision_region region;
    struct str_list only;
    struct provision_registered registered;
};

static enum rc register_body(struct control_txn *txn, void *ctx, struct err *err)
{
    struct registering *r = ctx;

    return provision_register(txn, r->units, &r->region, &r->only, &r->registered, err);
}

struct making {
    struct ctl *ctl;
    size_t made, ready;
    uint64_t slowest_ms;
};

struct linking {
    struct str code, token;
};

static enum rc link_body(struct control_txn *txn, void *ctx, struct err *err)
{
    struct linking *l = ctx;

    return setup_token_new(txn, l->code, SETUP_VILLAGE, clock_utc(), &l->token, err);
}

static void made_print(struct making *m, struct str code, uint64_t took_ms)
{
    struct ctl_village village;
    struct linking l = {.code = code};
    struct err err;

    if (ctl_village_named(m->ctl, code, &village, &err) != RC_OK || control_txn_run(m->ctl->control, link_body, &l, &err) != RC_OK) {
        printf("  %.*s  ready in %" PRIu64 " ms; no set-up link: %s. Make one with balaictl setup-link %.*s\n", STR_ARG(code), took_ms,
               err.text, STR_ARG(code));
        return;
    }
    struct str link = setup_link(m->ctl->arena, m->ctl->config.public_scheme, village.slug, m->ctl->config.base_host, l.token);

    printf("  %.*s  %-24.*s ready in %4" PRIu64 " ms  %.*s\n", STR_ARG(code), STR_ARG(village.name), took_ms, STR_ARG(link));
}

static void village_print(void *ctx, struct str code, const struct provision_result *result, const struct err *err_or_null)
{
    struct making *m = ctx;

    if (err_or_null != NULL) {
        printf("  %.*s  failed: %s\n", STR_ARG(code), err_or_null->text);
        return;
    }
    m->ready++;
    if (!result->is_new)
        return;
    m->made++;
    if (result->took_ms > m->slowest_ms)
        m->slowest_ms = result->took_ms;
    made_print(m, code, result->took_ms);
}

static int villages_make(struct ctl *ctl, const struct str_list *codes, uint32_t lanes)
{
    const struct provision p = {&ctl->config, ctl->master_key, ctl->directory, ctl->store, ctl->steps};
    struct making m = {.ctl = ctl};
    uint64_t begun = clock_mono_ms(), took;
    uint32_t failed;
    struct err err;

    if (provision_villages(&p, codes, lanes, village_print, &m, &failed, &err) != RC_OK)
        return ctl_failed(&err);
    took = clock_mono_ms() - begun;
    printf("%zu of %zu villages ready: %zu newly made in %" PRIu64 ".%" PRIu64 " s (slowest %" PRIu64 " ms), %" PRIu32 " failed.\n",
           m.ready, codes->n, m.made, took / 1000, took % 1000 / 100, m.slowest_ms, failed);
    if (m.made > 0)
        printf("The links are shown once and are good for %d days; balaictl setup-link CODE makes a new one.\n", SETUP_DAYS);
    if (failed > 0)
        printf("Run the same command again after the cause is gone: it goes on where each village stopped.\n");
    return failed > 0 ? EXIT_FAILED : EXIT_DONE;
}

static bool lanes_read(const struct ctl_args *args, uint32_t *lanes_out)
{
    uint64_t lanes = LANES_USUAL;
    struct str given = ctl_option(args, "lanes");

    if (given.p != NULL && (!str_to_u64(given, &lanes) || lanes < 1 || lanes > LANES_MOST)) {
        fprintf(stderr, "balaictl: --lanes is a number from 1 to %d\n", LANES_MOST);
        return false;
    }
    *lanes_out = (uint32_t)lanes;
    return true;
}

int ctl_provision(struct ctl *ctl, const struct ctl_args *args)
{
    struct str file = ctl_option(args, "file");
    struct unit_list units;
    struct registering r = {.units = &units};
    uint32_t lanes;
    struct err err;

    if (!lanes_read(args, &lanes))
        return EXIT_USAGE;
    if (units_read_file(ctl->arena, str_z(ctl->arena, file), &units, &err) != RC_OK ||
        only_read(ctl, ctl_option(args, "only"), &r.only, &err) != RC_OK)
        return ctl_failed(&err);
    if (units.faults_n > 0) {
        faults_print(&units, file);
        return EXIT_FAILED;
    }
    r.region = region_of(args, &units);
    if (control_txn_run(ctl->control, register_body, &r, &err) != RC_OK) {
        if (err.rc == RC_INVALID && str_find(str_c(err.text), STR("not in the tree")) >= 0)
            fprintf(stderr, "Give --regency, --regency-code and --province once.\n");
        return ctl_failed(&err);
    }
    printf("%" PRIu32 " units in the tree; %zu desa asked for, %" PRIu32 " of them new.\n", r.registered.units, r.registered.codes.n,
           r.registered.fresh);
    return villages_make(ctl, &r.registered.codes, lanes);
}
