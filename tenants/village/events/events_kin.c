// SPDX-License-Identifier: AGPL-3.0-or-later
/* What an event means for who stands beside: who is widowed by a death, what somebody who is found is to who leads the family by now. */
#include "server/base/json.h"
#include "server/base/text.h"
#include "tenants/village/events/events_pages.h"

enum rc event_roles_before(struct arena *arena, struct str roles, uint64_t id, uint8_t now, uint8_t *was_out, struct err *err)
{
    json_t *list, *row;
    size_t i;

    *was_out = now;
    if (str_empty(roles))
        return RC_OK;
    TRY(json_read(arena, roles, &list, err));
    json_array_foreach(list, i, row)
    {
        if ((uint64_t)json_integer_value(json_array_get(row, 0)) == id && json_integer_value(json_array_get(row, 2)) == now)
            *was_out = (uint8_t)json_integer_value(json_array_get(row, 1));
    }
    return RC_OK;
}

/* ---- widowed ---- */

static bool is_spouse_role(uint8_t role)
{
    return role == SHDK_HUSBAND || role == SHDK_WIFE;
}

/* Of the head every husband or wife, of these the head: who has one more wife stays married. */
static bool is_widowed(uint8_t who_role, uint8_t role, size_t spouses)
{
    return who_role == SHDK_HEAD ? is_spouse_role(role) : is_spouse_role(who_role) && role == SHDK_HEAD && spouses == 1;
}

enum rc event_widows_of(struct arena *arena, const struct family_state *family, const struct family_member *who, struct str roles,
                        struct family_people *out, struct err *err)
{
    uint8_t *was = ARENA_ARRAY(arena, uint8_t, family->n);
    size_t spouses = 0;

    *out = (struct family_people){ARENA_ARRAY(arena, const struct family_member *, family->living), 0};
    for (size_t i = 0; i < family->n; i++) {
        TRY(event_roles_before(arena, roles, family->p[i].id, family->p[i].role, &was[i], err));
        spouses += is_spouse_role(was[i]) && (i < family->living || family->p[i].id == who->id);
    }
    for (size_t i = 0; i < family->living; i++) {
        const struct family_member *m = &family->p[i];

        if (m->id != who->id && m->sex != who->sex && m->marital == MARITAL_MARRIED && is_widowed(who->role, was[i], spouses))
            out->p[out->n++] = m;
    }
    return RC_OK;
}

/* ---- found ---- */

/* What who leads by now was to who led when the missing was written down; 0: nobody knows. */
static enum rc head_was_then(struct village_db *db, const struct family_member *head, const struct event_missing *missing, uint8_t *was_out,
                             struct err *err)
{
    struct event_role_then then;
    bool is_changed;

    TRY(sql_event_role_then(db, head->id, missing->id, &then, &is_changed, err));
    *was_out = 0;
    if (is_changed && then.is_moved)
        return RC_OK;
    const uint8_t role = is_changed ? (uint8_t)then.role : head->role;
    return event_roles_before(village_db_arena(db), missing->roles, head->id, role, was_out, err);
}

static bool is_child_of(const struct family_member *child, const struct family_member *parent)
{
    return !str_empty(parent->nik) && (str_eq(child->father_nik, parent->nik) || str_eq(child->mother_nik, parent->nik));
}

enum rc event_role_back(struct village_db *db, const struct family_state *family, const struct family_member *who,
                        const struct event_missing *missing, uint8_t *role_out, struct err *err)
{
    const struct family_member *head = family_head(family);
    uint8_t head_was = 0;

    *role_out = family->living == 0 ? SHDK_HEAD : who->role;
    if (head == NULL || who->role != SHDK_HEAD)
        return RC_OK;
    if (is_child_of(head, who) || is_child_of(who, head)) {
        *role_out = is_child_of(head, who) ? SHDK_PARENT : SHDK_CHILD;
        return RC_OK;
    }
    if (missing != NULL)
        TRY(head_was_then(db, head, missing, &head_was, err));
    *role_out = family_role_turned(who, head, head_was);
    if (*role_out == SHDK_KIN && head_was != SHDK_KIN)
        *role_out = 0;
    return RC_OK;
}
