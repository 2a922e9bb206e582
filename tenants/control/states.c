// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/control/states.h"

#include "server/web/audit.h"
#include "tenants/control/states_sql.h"
#include "tenants/directory/directory.h"
#include "tenants/directory/village_rows_sql.h"

static const struct {
    const char *word, *label, *done;
} acts[] = {{"", "", ""},
#define X(name, word, label, done) {word, label, done},
            STATE_ACTS(X)
#undef X
};

const char *state_act_word(enum state_act act)
{
    return acts[act].word;
}

const char *state_act_label(enum state_act act)
{
    return acts[act].label;
}

enum state_act state_act_from(struct str word)
{
    for (size_t i = 1; i < COUNT_OF(acts); i++)
        if (str_is(word, acts[i].word))
            return (enum state_act)i;
    return ACT_NONE;
}

bool state_allows(struct str state, enum state_act act)
{
    enum village_state from = village_state_from(state);

    switch (act) {
    case ACT_SUSPEND:
        return from == VILLAGE_TRIAL || from == VILLAGE_ACTIVE || from == VILLAGE_READ_ONLY;
    case ACT_READ_ONLY:
        return from == VILLAGE_TRIAL || from == VILLAGE_ACTIVE;
    case ACT_RESUME:
        return from == VILLAGE_SUSPENDED || from == VILLAGE_READ_ONLY;
    case ACT_NONE:
        break;
    }
    return false;
}

static enum village_state state_after(enum state_act act)
{
    if (act == ACT_SUSPEND)
        return VILLAGE_SUSPENDED;
    return act == ACT_READ_ONLY ? VILLAGE_READ_ONLY : VILLAGE_ACTIVE;
}

enum rc state_change(struct control_txn *txn, struct str code, enum state_act act, struct str note, const struct state_actor *by,
                     struct err *err)
{
    struct arena *arena = control_db_arena(in_control_txn(txn));
    struct state_row row;

    TRY(control_audit_lock(txn, err));
    TRY(sql_state_lock(txn, code, &row, err));
    if (!state_allows(row.state, act))
        return fail(err, RC_CONFLICT, "village %.*s is %.*s: it cannot be %s", STR_ARG(code), STR_ARG(row.state), acts[act].done);
    if (act != ACT_RESUME && str_empty(str_trim(note)))
        return fail(err, RC_INVALID, "a note is needed: why, and whom to call");
    TRY(sql_state_set(txn, code, village_state_word(state_after(act)), act == ACT_RESUME ? STR("") : note, by->now, NULL, err));
    TRY(directory_moved(txn, err));

    struct audit audit = {
        .at = by->now,
        .actor = by->id,
        .actor_name = by->name,
        .action = act == ACT_SUSPEND     ? STR("village.suspend")
                  : act == ACT_READ_ONLY ? STR("village.readonly")
                                         : STR("village.resume"),
        .subject = str_fmt(arena, "village:%.*s", STR_ARG(code)),
        .detail = audit_note(arena, note),
    };

    return control_audit_put(txn, &audit, err);
}
