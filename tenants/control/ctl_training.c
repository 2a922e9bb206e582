// SPDX-License-Identifier: AGPL-3.0-or-later
/* balaictl training: the village, and its sign-ins in a file. */
#include <stdio.h>

#include "tenants/control/ctl.h"
#include "tenants/control/ctl_access.h"
#include "tenants/control/ctl_sql.h"
#include "tenants/control/training.h"

static void text_set(json_t *object, const char *key, struct str s)
{
    json_object_set_new(object, key, json_stringn(s.p != NULL ? s.p : "", s.n));
}

static json_t *access_of(const struct training_result *result)
{
    json_t *village = json_object(), *staff = json_array(), *residents = json_array();

    for (size_t i = 0; i < TRAINING_ACCOUNTS; i++) {
        json_t *one = json_object();

        text_set(one, "role", str_c(result->accounts[i].role));
        text_set(one, "name", result->accounts[i].name);
        text_set(one, "username", result->accounts[i].username);
        text_set(one, "password", result->accounts[i].password);
        json_array_append_new(staff, one);
    }
    for (size_t i = 0; i < TRAINING_SHOWN && result->residents[i].nik.n > 0; i++) {
        json_t *one = json_object();

        text_set(one, "nik", result->residents[i].nik);
        text_set(one, "name", result->residents[i].name);
        text_set(one, "pin", result->residents[i].pin);
        text_set(one, "card_uid", result->residents[i].card_uid);
        json_array_append_new(residents, one);
    }
    json_object_set_new(village, "staff", staff);
    json_object_set_new(village, "residents", residents);
    text_set(village, "kiosk_code", result->kiosk_code);
    return village;
}

/* One village; its sign-ins go into *access, or on the terminal when that is NULL. */
static enum rc train(struct ctl *ctl, struct str named, json_t *access, struct err *err)
{
    const struct training t = {ctl->directory, ctl->store, ctl->pepper, clock_utc(), ctl->features};
    struct ctl_village village;
    struct training_result result;
    uint64_t begun = clock_mono_ms();

    TRY(ctl_village_named(ctl, named, &village, err));
    char *slug = str_z(ctl->arena, village.slug);

    if (access != NULL && json_object_get(access, slug) != NULL) {
        printf("%s stands in the file already: left alone.\n", slug);
        return RC_OK;
    }
    TRY(training_village(&t, ctl->arena, village.code, &result, err));
    printf("%s: %zu residents in %zu families, in %" PRIu64 " ms.\n", slug, result.residents_n, result.families_n, clock_mono_ms() - begun);
    if (access != NULL) {
        json_object_set_new(access, slug, access_of(&result));
        return RC_OK;
    }
    for (size_t i = 0; i < TRAINING_ACCOUNTS; i++)
        printf("  %-10s user name %-12.*s password %.*s\n", result.accounts[i].role, STR_ARG(result.accounts[i].username),
               STR_ARG(result.accounts[i].password));
    return RC_OK;
}

int ctl_training(struct ctl *ctl, const struct ctl_args *args)
{
    struct str out = ctl_option(args, "access-out");
    const char *path = out.p != NULL ? str_z(ctl->arena, out) : NULL;
    json_t *access = NULL;
    struct err err;

    if (path != NULL && access_read(ctl->arena, path, &access, &err) != RC_OK)
        return ctl_failed(&err);
    for (size_t i = 0; i < args->words_n; i++) {
        enum rc rc = train(ctl, args->words[i], access, &err);

        /* After each village: a crash never loses the passwords of one that is done. */
        if (rc == RC_OK && path != NULL)
            rc = access_write(ctl->arena, path, access, &err);
        if (rc != RC_OK)
            return ctl_failed(&err);
    }
    return EXIT_DONE;
}
