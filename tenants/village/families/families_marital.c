// SPDX-License-Identifier: AGPL-3.0-or-later
/* Marital status that an act makes another one: proposed on its check page, written with it. */
#include "server/base/text.h"
#include "tenants/village/families/families.h"
#include "tenants/village/residents/family_rows_sql.h"

struct family_ticks family_marital_boxes(struct request *req, const char *prefix, const struct family_people *who, uint8_t marital,
                                         const struct input_pairs *sent)
{
    struct arena *arena = request_arena(req);
    struct family_ticks list = {ARENA_ARRAY(arena, struct check_view, who->n), who->n};

    for (size_t i = 0; i < who->n; i++)
        list.p[i] = (struct check_view){.name = str_fmt(arena, "%s%" PRIu64, prefix, who->p[i]->id),
                                        .label = str_fmt(arena, "Status kawin %.*s menjadi %.*s",
                                                         STR_ARG(text_name(arena, who->p[i]->name)),
                                                         STR_ARG(code_label(CODE_MARITAL, marital))),
                                        .is_checked = sent == NULL || !str_empty(pair_of_id(*sent, who->p[i]->id))};
    return list;
}

bool family_marital_known(const struct family_people *who, const struct input_pairs *sent)
{
    size_t known = 0;

    for (size_t i = 0; i < who->n; i++)
        known += !str_empty(pair_of_id(*sent, who->p[i]->id));
    return known == sent->n;
}

enum rc family_marital_put(struct txn *txn, const struct resident_act *act, const struct family_state *held,
                           const struct family_people *who, const struct input_pairs *sent, uint8_t marital, struct err *err)
{
    struct arena *arena = village_db_arena(in_txn(txn));
    struct resident_changed *changed = ARENA_ARRAY(arena, struct resident_changed, who->n);
    struct buf ids = {.arena = arena};
    size_t n = 0;

    for (size_t i = 0; i < who->n; i++) {
        const struct family_member *m = family_member_of(held, who->p[i]->id);
        const struct resident_row before = {.marital = who->p[i]->marital}, after = {.marital = marital};

        if (str_empty(pair_of_id(*sent, who->p[i]->id)) || m == NULL || m->marital != before.marital)
            continue;
        buf_fmt(&ids, "%c%" PRIu64, n == 0 ? '[' : ',', m->id);
        changed[n++] = (struct resident_changed){
            .resident_id = m->id, .family_id = held->f.id, .diff = resident_diff(arena, &before, &after)};
    }
    if (n == 0)
        return RC_OK;
    buf_put_char(&ids, ']');
    TRY(sql_family_marital_set(txn, buf_str(&ids), marital, act->by.at, NULL, err));
    return resident_changes_put(txn, act, changed, n, err);
}
