// SPDX-License-Identifier: AGPL-3.0-or-later
/* Not a door: what the commands of balaictl (main.c, ctl_*.c) share. Each command runs in a fiber and gives the exit code. */
#ifndef BALAI_CTL_H
#define BALAI_CTL_H

#include "server/base/base.h"
#include "server/base/clock.h"
#include "server/base/config.h"
#include "server/store/store.h"
#include "tenants/control/migrate.h"
#include "tenants/control/provision.h"
#include "tenants/directory/directory.h"

struct feature;

enum { EXIT_DONE = 0, EXIT_FAILED = 1, EXIT_USAGE = 2 };

struct ctl {
    struct arena *arena;
    struct config config;
    unsigned char master_key[KEY_BYTES], pepper[KEY_BYTES];
    struct migration_steps steps;
    struct store *store;
    struct directory *directory;
    struct control_db *control;
    const struct feature *const *features;
};

/* What stood after the command: words, --flag, --option VALUE. */
enum { CTL_WORDS_MAX = 300, CTL_OPTIONS_MAX = 12 };
struct ctl_args {
    struct str words[CTL_WORDS_MAX];
    size_t words_n;
    struct {
        struct str name, value;
    } options[CTL_OPTIONS_MAX];
    size_t options_n;
};
struct str ctl_option(const struct ctl_args *args, const char *name); /* p == NULL: not given */
bool ctl_has(const struct ctl_args *args, const char *name);

/* "--file" takes a value, "--check" does not; what stands here is all a command accepts. */
struct ctl_option_spec {
    const char *name;
    bool takes_value, is_required;
};
struct ctl_command {
    const char *name;
    const char *summary; /* one line */
    const char *help;    /* the whole of --help, after the usage line */
    const char *usage;
    struct ctl_option_spec options[CTL_OPTIONS_MAX];
    size_t words_least, words_most;
    int (*run)(struct ctl *ctl, const struct ctl_args *args);
};

/* Says what failed and gives EXIT_FAILED. */
int ctl_failed(const struct err *err);
/* Words and fields of a village named by code (with or without dots) or slug. RC_NOT_FOUND says what to do. */
struct ctl_village;
enum rc ctl_village_named(struct ctl *ctl, struct str named, struct ctl_village *out, struct err *err) MUST_USE;

int ctl_migrate(struct ctl *ctl, const struct ctl_args *args);
int ctl_provision(struct ctl *ctl, const struct ctl_args *args);
int ctl_setup_link(struct ctl *ctl, const struct ctl_args *args);
int ctl_suspend(struct ctl *ctl, const struct ctl_args *args);
int ctl_resume(struct ctl *ctl, const struct ctl_args *args);
int ctl_read_only(struct ctl *ctl, const struct ctl_args *args);
int ctl_status(struct ctl *ctl, const struct ctl_args *args);
int ctl_account(struct ctl *ctl, const struct ctl_args *args);
int ctl_staff(struct ctl *ctl, const struct ctl_args *args);
int ctl_mail(struct ctl *ctl, const struct ctl_args *args);
int ctl_renew_keys(struct ctl *ctl, const struct ctl_args *args);
int ctl_audit(struct ctl *ctl, const struct ctl_args *args);
int ctl_training(struct ctl *ctl, const struct ctl_args *args);

#endif
