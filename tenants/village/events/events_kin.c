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

/* ---- what the act wrote ---- */

static void put_change(struct arena *arena, json_t *changes, const char *word, uint32_t list, const char *label, struct str name,
                       struct check_rows *rows)
{
    json_t *pair = json_object_get(changes, word);

    if (pair == NULL)
        return;
    struct str was = code_label(list, (uint32_t)json_integer_value(json_array_get(pair, 0)));
    struct str is = code_label(list, (uint32_t)json_integer_value(json_array_get(pair, 1)));

    rows->p[rows->n++] = (struct check_row){.label = str_fmt(arena, "%s %.*s", label, STR_ARG(text_name(arena, name))),
                                            .value = str_empty(was) ? is : str_fmt(arena, "%.*s menjadi %.*s", STR_ARG(was), STR_ARG(is))};
}

/* The role that stood when the event had been written down, whatever was changed or taken back since. */
static enum rc put_role_back(struct village_db *db, const struct event *e, struct check_rows *rows, struct err *err)
{
    struct event_role_then then;
    bool is_changed;

    TRY(sql_event_role_then(db, e->resident_id, e->id, &then, &is_changed, err));
    uint8_t role = is_changed && then.role != 0 ? (uint8_t)then.role : e->role_now;

    if (role != 0)
        rows->p[rows->n++] = (struct check_row){.label = STR("Kembali sebagai"), .value = code_label(CODE_FAMILY_ROLE, role)};
    return RC_OK;
}

enum rc event_beside_of(struct village_db *db, const struct event *e, struct check_rows *out, struct err *err)
{
    struct arena *arena = village_db_arena(db);
    struct event_wrote_beside_rows beside;
    json_t *changes;

    TRY(sql_event_wrote_beside(db, e->id, &beside, err));
    *out = (struct check_rows){ARENA_ARRAY(arena, struct check_row, 2 * beside.n + 1), 0};
    for (size_t i = 0; i < beside.n; i++) {
        TRY(json_read(arena, beside.p[i].changes, &changes, err));
        put_change(arena, changes, "marital", CODE_MARITAL, "Status kawin", beside.p[i].name, out);
        put_change(arena, changes, "family_role", CODE_FAMILY_ROLE, "Hubungan keluarga", beside.p[i].name, out);
    }
    return event_of_word(e->kind) == EVENT_FOUND ? put_role_back(db, e, out, err) : RC_OK;
}
