// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * balaictl: the platform from the command line. Needs a configuration that
 * names the administrator's account for provision and migrate.
 */
#include <stdio.h>
#include <stdlib.h>

#include "server/base/random.h"
#include "server/loop/loop.h"
#include "server/web/feature.h"
#include "tenants/control/ctl.h"

static const struct ctl_command commands[] = {
    {.name = "migrate",
     .summary = "bring all schemas to what this binary needs, or compare them",
     .usage = "migrate [--check]",
     .help = "Runs the missing steps of the control, reference and village schemas, four villages at once. A village whose\n"
             "step fails turns read-only and the others go on; run it again after the cause is gone.\n"
             "  --check   change nothing: print each kind's schema fingerprint and how many schemas share it;\n"
             "            exit 1 when villages differ or steps are missing\n",
     .options = {{"check", false, false}},
     .run = ctl_migrate},
    {.name = "provision",
     .summary = "prepare the villages of a list",
     .usage = "provision --file FILE.tsv [--only CODE,...] [--regency NAME --regency-code CODE --province NAME] [--lanes N]",
     .help = "FILE has the columns code, kind, name, district and, if known, district_code, lat, lng, separated by tabs, in\n"
             "any order. Nothing is done when any line is bad; every bad line is named. Villages that are ready already are\n"
             "left alone, half-made ones are finished. Prints a one-time set-up link for each village newly made.\n"
             "  --only          prepare these codes only; the whole list still goes into the tree of units\n"
             "  --regency …     names of the regency, once; the default is Luwu (7317) in Sulawesi Selatan\n"
             "  --lanes N       villages at once, 1 to 4; default 3\n",
     .options = {{"file", true, true},
                 {"only", true, false},
                 {"regency", true, false},
                 {"regency-code", true, false},
                 {"province", true, false},
                 {"lanes", true, false}},
     .run = ctl_provision},
    {.name = "setup-link",
     .summary = "make a new one-time set-up link for a village",
     .usage = "setup-link VILLAGE",
     .help = "VILLAGE is a code (73.17.10.2003 or 7317102003) or the name in its address (sampano). The link is good for 14\n"
             "days, once; an older one stops working.\n",
     .words_least = 1,
     .words_most = 1,
     .run = ctl_setup_link},
    {.name = "suspend",
     .summary = "answer 503 for a village, with a note",
     .usage = "suspend VILLAGE --note TEXT",
     .help = "The note is shown to everyone: why, and whom to call (in Indonesian).\n",
     .options = {{"note", true, true}},
     .words_least = 1,
     .words_most = 1,
     .run = ctl_suspend},
    {.name = "read-only",
     .summary = "keep a village's pages, refuse its writing",
     .usage = "read-only VILLAGE --note TEXT",
     .help = "The note is shown to staff: why, and until when (in Indonesian).\n",
     .options = {{"note", true, true}},
     .words_least = 1,
     .words_most = 1,
     .run = ctl_read_only},
    {.name = "resume",
     .summary = "give a suspended or read-only village back",
     .usage = "resume VILLAGE [--note TEXT]",
     .help = "A village that is read-only because of a failed migration comes back by balaictl migrate instead.\n",
     .options = {{"note", true, false}},
     .words_least = 1,
     .words_most = 1,
     .run = ctl_resume},
    {.name = "account",
     .summary = "make an account of a console (kelola, dpmd)",
     .usage =
         "account add --site kelola|dpmd --username NAME --name \"FULL NAME\" [--role ROLE] [--district CODE] [--new-password] [--json]",
     .help = "Prints a random password, once. Roles: volunteer (kelola), dpmd or district (dpmd; district needs --district).\n"
             "  --new-password  the account exists: give it a new password and end its sessions\n"
             "  --json          one line of JSON instead of words\n",
     .options = {{"site", true, true},
                 {"username", true, true},
                 {"name", true, false},
                 {"role", true, false},
                 {"district", true, false},
                 {"new-password", false, false},
                 {"json", false, false}},
     .words_least = 1,
     .words_most = 1,
     .run = ctl_account},
    {.name = "staff",
     .summary = "make an account of a village's staff",
     .usage = "staff add VILLAGE --username NAME --name \"FULL NAME\" --role WORD [--position TEXT] [--json]",
     .help = "Prints a random password, once. Villages make their own accounts after the set-up link; this is for helping.\n",
     .options = {{"username", true, true}, {"name", true, true}, {"role", true, true}, {"position", true, false}, {"json", false, false}},
     .words_least = 2,
     .words_most = 2,
     .run = ctl_staff},
    {.name = "mail",
     .summary = "send a message by the relay of the configuration, to see whether it works",
     .usage = "mail --to ADDRESS [--id WORD]",
     .help = "Exit 0 when the relay took it; otherwise says what it answered (its digits, never its words), and whether a\n"
             "notice would be tried again.\n"
             "  --id      the Message-ID's first part; default: of the moment\n",
     .options = {{"to", true, true}, {"id", true, false}},
     .run = ctl_mail},
    {.name = "renew-keys",
     .summary = "retire the keys that sign letters; the next letter makes new ones",
     .usage = "renew-keys",
     .help = "Of QR links and of the seals' authority, each few years or when a key may be known. The secrets are gone then; what they\n"
             "signed is verified as before. Tell people who trusted the authority that /ca shows a new one besides.\n",
     .run = ctl_renew_keys},
    {.name = "audit",
     .summary = "check that nobody changed a village's audit trail",
     .usage = "audit VILLAGE...",
     .help = "Each row carries the hash of the row before it. Says for each village \"whole\", or the first row that does not fit;\n"
             "exit 1 then. Whoever can change rows can write the whole chain anew: compare with a backup, too.\n",
     .words_least = 1,
     .words_most = CTL_WORDS_MAX,
     .run = ctl_audit},
    {.name = "training",
     .summary = "fill villages with a generated population, marked DATA CONTOH",
     .usage = "training [--access-out FILE] VILLAGE...",
     .help = "About 1,800 people who do not exist, officials, and staff accounts with random passwords. Refused for a village\n"
             "that has people of its own. Again: the same people, new passwords.\n"
             "  --access-out FILE  put the sign-ins into this JSON file (mode 0600) under the village's slug; a village\n"
             "                     that already stands in it is left alone\n",
     .options = {{"access-out", true, false}},
     .words_least = 1,
     .words_most = CTL_WORDS_MAX,
     .run = ctl_training},
    {.name = "status",
     .summary = "list the villages, their state, step and schema version",
     .usage = "status [--faults]",
     .help = "  --faults  only villages with something to do about; exit 1 when there is one\n",
     .options = {{"faults", false, false}},
     .run = ctl_status},
};

static void usage(FILE *out)
{
    fprintf(out, "usage: balaictl [--config FILE] COMMAND ...\n\n");
    for (size_t i = 0; i < COUNT_OF(commands); i++)
        fprintf(out, "  %-12s %s\n", commands[i].name, commands[i].summary);
    fprintf(out, "\nbalaictl COMMAND --help says more. FILE defaults to the variable BALAI_CONFIG.\n");
}

static void command_help(FILE *out, const struct ctl_command *command)
{
    fprintf(out, "usage: balaictl [--config FILE] %s\n\n%s.\n%s", command->usage, command->summary, command->help);
}

static const struct ctl_command *command_find(const char *name)
{
    for (size_t i = 0; i < COUNT_OF(commands); i++)
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];
    return NULL;
}

/* ---- arguments ---- */

static const struct ctl_option_spec *spec_find(const struct ctl_command *command, struct str name)
{
    for (size_t i = 0; i < CTL_OPTIONS_MAX && command->options[i].name != NULL; i++)
        if (str_is(name, command->options[i].name))
            return &command->options[i];
    return NULL;
}

/* One --option, with its value from "--option=VALUE" or the next argument. False: said what is wrong. */
static bool option_read(const struct ctl_command *command, char **argv, int argc, int *at, struct ctl_args *args)
{
    struct str rest = str_from(str_c(argv[*at]), 2), name;
    bool has_value = str_find_char(rest, '=') >= 0;

    if (!str_cut(&rest, '=', &name))
        name = STR("");
    const struct ctl_option_spec *spec = spec_find(command, name);

    if (spec == NULL || args->options_n == CTL_OPTIONS_MAX || ctl_option(args, spec->name).p != NULL || (has_value && !spec->takes_value)) {
        fprintf(stderr, "balaictl: %s does not take %s here; see balaictl %s --help\n", command->name, argv[*at], command->name);
        return false;
    }
    if (spec->takes_value && !has_value) {
        if (*at + 1 >= argc) {
            fprintf(stderr, "balaictl: --%s needs a value\n", spec->name);
            return false;
        }
        rest = str_c(argv[++*at]);
    }
    args->options[args->options_n].name = str_c(spec->name);
    args->options[args->options_n++].value = spec->takes_value ? rest : STR("");
    return true;
}

static bool args_read(const struct ctl_command *command, int argc, char **argv, struct ctl_args *args)
{
    for (int at = 0; at < argc; at++) {
        if (strncmp(argv[at], "--", 2) == 0) {
            if (!option_read(command, argv, argc, &at, args))
                return false;
        } else if (args->words_n < CTL_WORDS_MAX) {
            args->words[args->words_n++] = str_c(argv[at]);
        }
    }
    for (size_t i = 0; i < CTL_OPTIONS_MAX && command->options[i].name != NULL; i++)
        if (command->options[i].is_required && !ctl_has(args, command->options[i].name)) {
            fprintf(stderr, "balaictl: %s needs --%s\nusage: balaictl %s\n", command->name, command->options[i].name, command->usage);
            return false;
        }
    if (args->words_n < command->words_least || args->words_n > command->words_most) {
        fprintf(stderr, "balaictl: wrong number of words for %s\nusage: balaictl %s\n", command->name, command->usage);
        return false;
    }
    return true;
}

/* ---- running ---- */

struct running {
    struct ctl ctl;
    const struct ctl_command *command;
    struct ctl_args args;
    int exit_code;
};

static void command_fiber(void *arg)
{
    struct running *running = arg;

    running->exit_code = running->command->run(&running->ctl, &running->args);
}

static enum rc ctl_configure(struct ctl *ctl, const char *path, struct err *err)
{
    if (path == NULL)
        return fail(err, RC_INVALID, "no configuration: give --config FILE or set BALAI_CONFIG");
    TRY(config_read(ctl->arena, path, &ctl->config, err));
    TRY(config_key(str_z(ctl->arena, ctl->config.master_key_file), ctl->master_key, err));
    TRY(config_key(str_z(ctl->arena, ctl->config.pepper_file), ctl->pepper, err));
    ctl->steps = migration_steps_builtin();
    ctl->directory = directory_new(ctl->config.base_host, ctl->config.village_prefix, ctl->master_key);
    return RC_OK;
}

static enum rc ctl_open(struct ctl *ctl, struct loop *loop, struct err *err)
{
    struct store_config store = {
        .socket = ctl->config.mysql_socket,
        .control_user = ctl->config.mysql_control_user,
        .control_schema = ctl->config.control_schema,
        .connections = 16,
        .village_connections = 1,
        .prepared = 100,
        .idle_close_ms = 5000,
    };

    TRY(config_secret(ctl->arena, ctl->config.mysql_control_secret, &store.control_password, err));
    ctl->store = store_new(loop, &store);
    ctl->control = store_control(ctl->store, ctl->arena);
    return RC_OK;
}

static int run(struct running *running, const char *config_path)
{
    struct ctl *ctl = &running->ctl;
    struct err err;

    ctl->arena = arena_new();
    ctl->features = features;
    enum rc rc = ctl_configure(ctl, config_path, &err);

    if (rc == RC_OK) {
        struct loop *loop = loop_new();

        rc = ctl_open(ctl, loop, &err);
        if (rc == RC_OK) {
            loop_run_fiber(loop, command_fiber, running);
            store_free(&ctl->store);
        }
        loop_free(&loop);
    }
    if (rc != RC_OK)
        running->exit_code = ctl_failed(&err);
    directory_free(&ctl->directory);
    arena_free(&ctl->arena);
    return running->exit_code;
}

int main(int argc, char **argv)
{
    const char *config_path = getenv("BALAI_CONFIG");
    struct running running = {.exit_code = EXIT_FAILED};
    int at = 1;

    base_init();
    log_set_level(LOG_WARNING);
    setvbuf(stdout, NULL, _IOLBF, 0);
    if (at + 1 < argc && strcmp(argv[at], "--config") == 0) {
        config_path = argv[at + 1];
        at += 2;
    }
    if (at < argc && (strcmp(argv[at], "--help") == 0 || strcmp(argv[at], "-h") == 0)) {
        usage(stdout);
        return EXIT_DONE;
    }
    running.command = at < argc ? command_find(argv[at]) : NULL;
    if (running.command == NULL) {
        if (at < argc)
            fprintf(stderr, "balaictl: there is no command %s\n", argv[at]);
        usage(stderr);
        return EXIT_USAGE;
    }
    for (int i = at + 1; i < argc; i++)
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) {
            command_help(stdout, running.command);
            return EXIT_DONE;
        }
    if (!args_read(running.command, argc - at - 1, argv + at + 1, &running.args))
        return EXIT_USAGE;
    return run(&running, config_path);
}
