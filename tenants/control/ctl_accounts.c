// SPDX-License-Identifier: AGPL-3.0-or-later
/* balaictl account, staff: accounts with random passwords, shown once. */
#include <stdio.h>

#include "server/base/json.h"
#include "server/base/text.h"
#include "server/web/account_rows_sql.h"
#include "server/web/audit.h"
#include "server/web/password.h"
#include "server/web/permission.h"
#include "tenants/control/ctl.h"
#include "tenants/control/ctl_sql.h"
#include "tenants/village/staff/staff.h"

enum { PASSWORD_SIGNS = 16 };

/* Letters, digits, dot, dash: 3 to 60. */
static bool username_is_good(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];

        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-'))
            return false;
    }
    return s.n >= 3 && s.n <= 60;
}

/* One line for a person, or one of JSON for a script. */
static void access_print(struct ctl *ctl, const struct ctl_args *args, struct str where, struct str role, struct str username,
                         struct str password)
{
    struct str name = ctl_has(args, "name") ? ctl_option(args, "name") : STR("");

    if (!ctl_has(args, "json")) {
        printf("%.*s: user name %.*s, password %.*s (shown this once)\n", STR_ARG(where), STR_ARG(username), STR_ARG(password));
        return;
    }
    struct buf out = {.arena = ctl->arena};
    const struct str pairs[][2] = {{STR("role"), role}, {STR("name"), name}, {STR("username"), username}, {STR("password"), password}};

    for (size_t i = 0; i < COUNT_OF(pairs); i++) {
        buf_put_char(&out, i == 0 ? '{' : ',');
        json_put_str(&out, pairs[i][0]);
        buf_put_char(&out, ':');
        json_put_str(&out, pairs[i][1]);
    }
    struct str line = buf_str(&out);

    printf("%.*s}\n", STR_ARG(line));
}

/* ---- consoles ---- */

struct account_making {
    struct str site, username, name, role, unit_code, password_hash;
    bool is_known; /* new password for an account that is there */
};

static enum rc account_body(struct control_txn *txn, void *ctx, struct err *err)
{
    const struct account_making *a = ctx;
    struct ctl_account known;
    bool is_found;

    TRY(sql_ctl_account_of(in_control_txn(txn), a->site, a->username, &known, &is_found, err));
    if (is_found != a->is_known)
        return fail(err, is_found ? RC_DUPLICATE : RC_NOT_FOUND,
                    is_found ? "%.*s has an account %.*s already; --new-password gives it a new password"
                             : "%.*s has no account %.*s; leave --new-password out to make it",
                    STR_ARG(a->site), STR_ARG(a->username));
    if (a->is_known) {
        TRY(sql_ctl_account_password(txn, known.id, a->password_hash, NULL, err));
    } else {
        const struct ctl_account_put_in row = {a->site, a->username, a->name, a->role, a->unit_code, a->password_hash};

        TRY(sql_ctl_account_put(txn, &row, NULL, err));
    }
    const struct audit audit = {
        .at = clock_utc(),
        .actor_name = STR("balaictl"),
        .action = a->is_known ? STR("account.password") : STR("account.add"),
        .subject = str_fmt(control_db_arena(in_control_txn(txn)), "account:%.*s", STR_ARG(str_part(a->username, 0, 50))),
        .detail = STR("{}")};

    return control_audit_put(txn, &audit, err);
}

/* The role of the site, and the district of those who see only theirs. */
static enum rc account_check(struct ctl *ctl, const struct ctl_args *args, struct account_making *a, struct err *err)
{
    bool is_kelola = str_is(a->site, "kelola");
    struct str given = ctl_option(args, "role"), district = ctl_option(args, "district");

    if (!is_kelola && !str_is(a->site, "dpmd"))
        return fail(err, RC_INVALID, "--site is kelola or dpmd, not %.*s", STR_ARG(a->site));
    if (!username_is_good(a->username))
        return fail(err, RC_INVALID, "--username: 3 to 60 of a-z, 0-9, dot and dash");
    a->role = given.p != NULL ? given : is_kelola ? STR("volunteer") : STR("dpmd");

    bool is_district = str_is(a->role, "district");
    if (!str_is(a->role, is_kelola ? "volunteer" : "dpmd") && (is_kelola || !is_district))
        return fail(err, RC_INVALID, "--role of %.*s is %s", STR_ARG(a->site), is_kelola ? "volunteer" : "dpmd or district");
    if (is_district != (district.p != NULL))
        return fail(err, RC_INVALID, "--district goes with the role district, and that role needs it");
    if (district.p != NULL) {
        struct ctl_unit unit;
        bool is_found;

        a->unit_code = str_replace(ctl->arena, district, STR("."), STR(""));
        TRY(sql_ctl_unit_of(ctl->control, a->unit_code, &unit, &is_found, err));
        if (!is_found || a->unit_code.n != 6)
            return fail(err, RC_INVALID, "--district: no district %.*s in the tree", STR_ARG(district));
    }
    if (!a->is_known && str_empty(a->name))
        return fail(err, RC_INVALID, "--name is needed for a new account");
    return RC_OK;
}

int ctl_account(struct ctl *ctl, const struct ctl_args *args)
{
    struct str name = ctl_option(args, "name");
    struct account_making a = {
        .site = ctl_option(args, "site"),
        .username = ctl_option(args, "username"),
        .name = text_tidy(ctl->arena, name.p != NULL ? name : STR("")),
        .unit_code = STR_NONE,
        .is_known = ctl_has(args, "new-password"),
    };
    struct str password = random_word(ctl->arena, PASSWORD_SIGNS);
    struct err err;

    if (!str_is(args->words[0], "add")) {
        fprintf(stderr, "balaictl: account add ...; see balaictl account --help\n");
        return EXIT_USAGE;
    }
    enum rc rc = account_check(ctl, args, &a, &err);

    if (rc == RC_OK)
        rc = password_hash(ctl->arena, ctl->pepper, password, &a.password_hash, &err);
    if (rc == RC_OK)
        rc = control_txn_run(ctl->control, account_body, &a, &err);
    if (rc != RC_OK)
        return ctl_failed(&err);
    access_print(ctl, args, a.site, a.role, a.username, password);
    return EXIT_DONE;
}

/* ---- staff ---- */

struct staff_making {
    struct staff_new staff;
    struct str code;
};

static enum rc staff_body(struct txn *txn, void *ctx, struct err *err)
{
    const struct staff_making *s = ctx;
    uint64_t id;

    TRY(audit_lock(txn, err));
    TRY(staff_add(txn, &s->staff, &id, err));
    const struct audit audit = {.at = clock_utc(),
                                .actor_name = STR("balaictl"),
                                .action = STR("staff.add"),
                                .subject = str_fmt(village_db_arena(in_txn(txn)), "staff:%" PRIu64, id),
                                .detail = STR("{}")};

    return audit_put(txn, &audit, err);
}

static enum rc staff_make(struct ctl *ctl, const struct ctl_args *args, struct staff_making *s, struct str password, struct err *err)
{
    struct ctl_village village;
    struct village_db *db;

    if (!username_is_good(s->staff.username))
        return fail(err, RC_INVALID, "--username: 3 to 60 of a-z, 0-9, dot and dash");
    TRY(ctl_village_named(ctl, args->words[1], &village, err));
    s->code = village.code;
    TRY(directory_refresh(ctl->directory, ctl->control, false, err));
    TRY(directory_open(ctl->directory, ctl->store, ctl->arena, s->code, &db, err));
    TRY(password_hash(ctl->arena, ctl->pepper, password, &s->staff.password_hash, err));
    return txn_run(db, staff_body, s, err);
}

int ctl_staff(struct ctl *ctl, const struct ctl_args *args)
{
    struct str position = ctl_option(args, "position");
    struct staff_making s = {.staff = {.username = ctl_option(args, "username"),
                                       .name = text_tidy(ctl->arena, ctl_option(args, "name")),
                                       .position = position.p != NULL ? position : STR(""),
                                       .role = ctl_option(args, "role")}};
    struct str password = random_word(ctl->arena, PASSWORD_SIGNS);
    struct err err;

    if (!str_is(args->words[0], "add")) {
        fprintf(stderr, "balaictl: staff add VILLAGE ...; see balaictl staff --help\n");
        return EXIT_USAGE;
    }
    if (staff_make(ctl, args, &s, password, &err) != RC_OK)
        return ctl_failed(&err);
    access_print(ctl, args, s.code, ctl_option(args, "role"), s.staff.username, password);
    return EXIT_DONE;
}
