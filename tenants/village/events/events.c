// SPDX-License-Identifier: AGPL-3.0-or-later
/* What all kinds of events are written with. */
#include "server/base/json.h"
#include "server/base/random.h"
#include "server/web/act.h"
#include "tenants/village/events/events_pages.h"

enum { ACT_SIGNS = 16, NIK_DIGITS = 16 };

struct str event_href(struct arena *arena, uint64_t id)
{
    return str_fmt(arena, "/kantor/peristiwa/%" PRIu64, id);
}

struct event_put_in event_row(const struct request *req, enum event_kind kind, const struct event_facts *facts)
{
    const struct actor *actor = request_actor(req);

    return (struct event_put_in){.kind = event_word(kind),
                                 .act = random_word(request_arena(req), ACT_SIGNS),
                                 .event_date = facts->date,
                                 .reported_on = request_today(req),
                                 .recorded_at = request_now(req),
                                 .staff_id = actor->id,
                                 .staff_name = actor->name,
                                 .status_after = event_status(kind),
                                 .place = facts->place,
                                 .destination = facts->destination,
                                 .cause = facts->cause,
                                 .reporter = facts->reporter,
                                 .number = facts->number,
                                 .note = facts->note,
                                 .roles = STR("[]")};
}

enum rc event_done(struct txn *txn, const struct request *req, const char *action, uint64_t event_id, struct err *err)
{
    TRY(act_audit(txn, req, err, action, "event:%" PRIu64, event_id));
    return act_touch(txn, ACT_PAGES | ACT_FIGURES, err);
}

enum rc events_put(struct txn *txn, const struct event_put_in *rows, size_t n, uint64_t *first_out, struct err *err)
{
    struct event_put_first first;

    TRY(sql_event_put(txn, rows, n, err));
    TRY(sql_event_put_first(in_txn(txn), rows[0].act, rows[0].resident_id, &first, err));
    *first_out = first.id;
    return RC_OK;
}

struct str event_pairs_json(struct arena *arena, const struct event_pair *pairs, size_t n)
{
    struct buf out = {.arena = arena};

    buf_put_char(&out, '[');
    for (size_t i = 0; i < n; i++)
        buf_fmt(&out, "%s[%" PRIu64 ",%u]", i == 0 ? "" : ",", pairs[i].id, pairs[i].status);
    buf_put_char(&out, ']');
    return buf_str(&out);
}

enum rc event_people_known(struct village_db *db, const struct resident_row *rows, size_t n, struct event_person_known_rows *out,
                           struct err *err)
{
    struct buf niks = {.arena = village_db_arena(db)};

    *out = (struct event_person_known_rows){0};
    for (size_t i = 0; i < n; i++)
        if (rows[i].nik.n == NIK_DIGITS) {
            buf_put_char(&niks, niks.n == 0 ? '[' : ',');
            json_put_str(&niks, rows[i].nik);
        }
    if (niks.n == 0)
        return RC_OK;
    buf_put_char(&niks, ']');
    return sql_event_people_of_niks(db, buf_str(&niks), out, err);
}

const struct event_person_known *event_person_known_of(const struct event_person_known_rows *known, struct str nik)
{
    for (size_t i = 0; i < known->n; i++)
        if (str_eq(known->p[i].nik, nik))
            return &known->p[i];
    return NULL;
}
