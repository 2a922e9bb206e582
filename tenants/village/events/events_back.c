// SPDX-License-Identifier: AGPL-3.0-or-later
/* What an event wrote into the data of somebody who was on the books already, and how it goes back: by the history's own row of it. */
#include "server/base/text.h"
#include "tenants/village/events/events_pages.h"

struct str event_ids_json(struct arena *arena, const struct event_rows *list)
{
    struct buf ids = {.arena = arena};

    for (size_t i = 0; i < list->n; i++)
        buf_fmt(&ids, "%c%" PRIu64, i == 0 ? '[' : ',', list->p[i].id);
    buf_put_str(&ids, list->n == 0 ? STR("[]") : STR("]"));
    return buf_str(&ids);
}

/* Numbers that meanwhile are another's stay. */
static enum rc keep_taken(struct village_db *db, struct event_back *b, struct err *err)
{
    struct event_person_known_rows known;

    if (str_eq(b->of.after.nik, b->now.row.nik))
        return RC_OK;
    TRY(event_people_known(db, &b->of.after, 1, &known, err));
    for (size_t i = 0; known.n > 0 && i < b->of.n; i++)
        if (b->of.lines[i].column == COLUMN_NIK)
            b->of.lines[i].goes_back = false;
    if (known.n > 0)
        b->of.after.nik = b->now.row.nik;
    return RC_OK;
}

static enum rc begin(struct village_db *db, const struct event *e, uint64_t resident_id, struct event_back *b, struct err *err)
{
    *b = (struct event_back){.e = e, .is_beside = resident_id != e->resident_id};
    TRY(resident_read(db, resident_id, &b->now, err));
    b->family_id = b->now.family_id;
    return RC_OK;
}

/* Once all of what the act wrote is read: the family they stood in as it is now, the status they had. */
static enum rc finish(struct village_db *db, struct event_back *b, struct err *err)
{
    struct family_state family;

    if (b->is_beside)
        return RC_OK;
    b->of.after.basic_status = event_status_back(b->e->status_before);
    if (b->of.has_family) {
        b->family_id = b->e->family_before.is_set ? b->e->family_before.value : 0;
        if (b->family_id != 0) {
            TRY(family_load(db, b->family_id, &family, err));
            b->of.after.kk_no = family.f.kk_no;
            b->of.after.address = family.f.address;
        }
    }
    return keep_taken(db, b, err);
}

static struct event_back *find(const struct event_backs *backs, uint64_t event_id, uint64_t resident_id)
{
    for (size_t i = 0; i < backs->n; i++)
        if (backs->p[i].e->id == event_id && backs->p[i].now.id == resident_id)
            return &backs->p[i];
    return NULL;
}

enum rc event_backs_of(struct village_db *db, const struct event_rows *list, struct event_backs *out, struct err *err)
{
    struct arena *arena = village_db_arena(db);
    struct event_wrote_rows wrote;

    TRY(sql_event_wrote(db, event_ids_json(arena, list), &wrote, err));
    *out = (struct event_backs){ARENA_ARRAY(arena, struct event_back, wrote.n), 0};
    for (size_t i = 0; i < wrote.n; i++) {
        struct event_back *b = find(out, wrote.p[i].event_id, wrote.p[i].resident_id);

        for (size_t k = 0; b == NULL && k < list->n; k++)
            if (list->p[k].id == wrote.p[i].event_id) {
                b = &out->p[out->n++];
                TRY(begin(db, &list->p[k], wrote.p[i].resident_id, b, err));
            }
        bool is_still_there = b->e->family_id.is_set && b->e->family_id.value == b->now.family_id;
        TRY(resident_back_of(arena, wrote.p[i].changes, &b->now, is_still_there, &b->of, err));
    }
    for (size_t i = 0; i < out->n; i++)
        TRY(finish(db, &out->p[i], err));
    return RC_OK;
}

const struct event_back *event_back_of(const struct event_backs *backs, const struct event *e)
{
    return find(backs, e->id, e->resident_id);
}

enum rc event_backs_put(struct txn *txn, const struct resident_act *act, const struct event_backs *backs, struct err *err)
{
    for (size_t i = 0; i < backs->n; i++) {
        const struct event_back *b = &backs->p[i];
        size_t going = 0;

        for (size_t k = 0; k < b->of.n; k++)
            going += b->of.lines[k].goes_back;
        if (b->is_beside && going == 0) /* changed since: theirs stays, and their history has nothing to tell */
            continue;
        TRY(resident_write(txn, act, &b->now, &b->of.after, b->family_id, err));
    }
    return RC_OK;
}

void event_backs_show(struct arena *arena, const struct event_backs *backs, struct event_cancel_view *v)
{
    size_t most = 0;

    for (size_t i = 0; i < backs->n; i++)
        most += backs->p[i].of.n;
    v->goes.p = ARENA_ARRAY(arena, struct event_back_row, most);
    v->stays.p = ARENA_ARRAY(arena, struct event_back_row, most);
    for (size_t i = 0; i < backs->n; i++)
        for (size_t k = 0; k < backs->p[i].of.n; k++) {
            const struct resident_back_line *line = &backs->p[i].of.lines[k];
            struct event_back_rows *to = line->goes_back ? &v->goes : &v->stays;

            if (str_eq(line->now, line->was)) /* it is again what it was: nothing to tell */
                continue;

            to->p[to->n++] = (struct event_back_row){
                .who = v->has_more || backs->p[i].is_beside ? text_name(arena, backs->p[i].now.row.name) : STR(""),
                .label = line->label,
                .now = line->now,
                .was = line->was};
        }
}
