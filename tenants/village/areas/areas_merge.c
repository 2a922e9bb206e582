// SPDX-License-Identifier: AGPL-3.0-or-later
/* One into another: the page that shows what would be, the merge bound to it, and everybody's history. */
#include "server/base/json.h"
#include "server/web/village.h"
#include "tenants/village/areas/areas_pages.h"
#include "tenants/village/residents/area_rows_sql.h"
#include "tenants/village/residents/change.h"
#include "tenants/village/residents/registry_form.h"

static enum rc peers_list(struct request *req, struct str words, struct options *out, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct area_peer_rows rows;
    struct area_one row;
    struct village_db *db;

    (void)words;
    TRY(request_village_db(req, &db, err));
    TRY(sql_area_get(db, area_merge_got(req).id, &row, err));
    TRY(sql_area_peers(db, row.id, (uint8_t)area_level_of(row.rw, row.rt), &rows, err));
    *out = (struct options){ARENA_ARRAY(arena, struct option, rows.n), rows.n};
    for (size_t i = 0; i < rows.n; i++)
        out->p[i] = (struct option){.value = str_fmt(arena, "%" PRIu64, rows.p[i].id),
                                    .label = address_place(arena, rows.p[i].hamlet, rows.p[i].rw, rows.p[i].rt)};
    return RC_OK;
}

static enum rc peers_find(struct request *req, uint64_t id, struct str *label_out, struct err *err)
{
    struct options all;
    uint64_t n;

    TRY(peers_list(req, STR(""), &all, err));
    *label_out = STR_NONE;
    for (size_t i = 0; i < all.n; i++)
        if (str_to_u64(all.p[i].value, &n) && n == id)
            *label_out = all.p[i].label;
    return RC_OK;
}

const struct pick_source area_peers_pick = {.list = peers_list, .find = peers_find};

enum rc area_merge_check(struct request *req, struct err *err)
{
    (void)err;
    if (!str_is(area_merge_got(req).step, "simpan"))
        act_ask(req);
    else if (str_empty(area_merge_got(req).seen)) /* nothing is merged that was not shown */
        request_fault(req, AREA_MERGE_INTO, "Periksa dulu apa yang akan digabungkan, lalu simpan.");
    return RC_OK;
}

enum { SEEN_VALID_S = 24 * 3600 };

/* What the page says that asks before a merge: which two, of which version, and how many live where. */
struct merge {
    struct area_one from, to;
    struct area_sum moving, there, both;
    struct str text;
};

static enum rc merge_of(struct village_db *db, struct merge *m, struct err *err)
{
    struct area_count_rows counts;

    TRY(sql_area_counts(db, &counts, err));
    m->moving = area_sum(&counts, m->from.hamlet, m->from.rw, m->from.rt);
    m->there = area_sum(&counts, m->to.hamlet, m->to.rw, m->to.rt);
    m->both = (struct area_sum){m->there.men + m->moving.men, m->there.women + m->moving.women, m->there.families + m->moving.families};
    m->text = str_fmt(village_db_arena(db), "%" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64,
                      m->from.id, (uint64_t)m->from.version, m->to.id, (uint64_t)m->to.version, m->moving.men + m->moving.women,
                      m->moving.families, m->there.men + m->there.women, m->there.families);
    return RC_OK;
}

enum rc area_merge_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    const struct area_merge_form form = area_merge_got(req);
    struct buf body = {.arena = arena};
    struct merge m;
    struct village_db *db;
    struct area_view v;
    bool is_check = (str_is(form.step, "periksa") || str_is(form.step, "simpan")) && request_faults(req)->n == 0;

    TRY(area_view_begin(req, form.id, &m.from, &v, err));
    TRY(request_village_db(req, &db, err));
    TRY(sql_area_get(db, is_check ? form.into.id : form.id, &m.to, err));
    TRY(merge_of(db, &m, err));
    v.about = str_fmt(arena, "%.*s tercatat di sini.", STR_ARG(area_people_words(arena, m.moving)));
    TRY(area_merge_fill(req, NULL, &v.form, err));
    if (!is_check) {
        view_area_merge(&body, &v);
        return area_respond(req, resp, STR("Gabungkan wilayah"), &body, err);
    }
    struct check_row facts[] = {{.label = STR("Yang pindah"), .value = address_place(arena, m.from.hamlet, m.from.rw, m.from.rt)},
                                {.label = STR("Isinya"), .value = area_people_words(arena, m.moving)},
                                {.label = STR("Ke"), .value = form.into.label},
                                {.label = STR("Isinya sekarang"), .value = area_people_words(arena, m.there)},
                                {.label = STR("Isinya sesudah digabung"), .value = area_people_words(arena, m.both)},
                                {.label = STR("Alasan"), .value = form.reason}};
    v.facts = (struct check_rows){facts, COUNT_OF(facts)};
    v.target = form.into.label;
    v.is_changed = request_is_changed(req);
    v.seen = token_seal(req, "wilayah-dibaca", m.text, SEEN_VALID_S);
    v.carried = form_carried(req, (const char *const[]){AREA_MERGE_STEP, AREA_MERGE_SEEN, NULL});
    view_area_merge_check(&body, &v);
    return area_respond(req, resp, STR("Gabungkan wilayah"), &body, err);
}

/* The area of `to` that takes what hangs on `part` of `from`. */
static enum rc part_into(struct txn *txn, const struct area_peer *part, const struct area_one *from, const struct area_one *to,
                         struct area_peer *out, struct err *err)
{
    enum area_level level = area_level_of(from->rw, from->rt);
    struct area_known known;
    struct area_one head;
    bool is_there;

    *out = (struct area_peer){
        .hamlet = to->hamlet, .rw = level == AREA_HAMLET ? part->rw : to->rw, .rt = level == AREA_RT ? to->rt : part->rt};
    TRY(sql_area_known(in_txn(txn), out->hamlet, out->rw, out->rt, &known, &is_there, err));
    TRY(area_take(txn, out->hamlet, out->rw, out->rt, &out->id, err));
    if (is_there && !known.is_retired)
        return RC_OK;
    TRY(sql_area_get(in_txn(txn), part->id, &head, err)); /* it comes along with its head */
    return sql_area_set(txn, out->id, out->rt, head.head_id, head.head_name, head.phone, NULL, err);
}

/* Everybody's history says from where to where. */
static enum rc tell_people(struct txn *txn, struct request *req, const struct area_peer_rows *parts, const struct area_peer *into,
                           const struct area_dweller_rows *people, struct str reason, struct err *err)
{
    struct arena *arena = request_arena(req);
    const struct resident_act act = resident_act_of(req, STR("area"), reason);
    struct resident_changed *changed = ARENA_ARRAY(arena, struct resident_changed, people->n);
    struct str *diffs = ARENA_ARRAY(arena, struct str, parts->n);

    for (size_t k = 0; k < parts->n; k++) {
        const struct resident_row before = {.hamlet = parts->p[k].hamlet, .rw = parts->p[k].rw, .rt = parts->p[k].rt};
        const struct resident_row after = {.hamlet = into[k].hamlet, .rw = into[k].rw, .rt = into[k].rt};

        diffs[k] = resident_diff(arena, &before, &after);
    }
    for (size_t i = 0; i < people->n; i++)
        for (size_t k = 0; k < parts->n; k++)
            if (parts->p[k].id == people->p[i].area_id)
                changed[i] = (struct resident_changed){.resident_id = people->p[i].id, .diff = diffs[k]};
    return resident_changes_put(txn, &act, changed, people->n, err);
}

static struct str moved_diff(struct arena *arena, const char *word, struct str place, size_t people)
{
    struct buf out = {.arena = arena};

    buf_fmt(&out, "{\"%s\":[\"\",", word);
    json_put_str(&out, place);
    buf_fmt(&out, "],\"people\":[\"\",\"%zu\"]}", people);
    return buf_str(&out);
}

static enum rc move_all(struct txn *txn, struct request *req, const struct area_one *from, const struct area_one *to, struct str reason,
                        size_t *people_out, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct buf pairs = {.arena = arena};
    struct area_dweller_rows people;
    struct area_peer_rows parts;
    struct area_peer *into;

    TRY(sql_area_parts(in_txn(txn), from->hamlet, from->rw, from->rt, &parts, err));
    into = ARENA_ARRAY(arena, struct area_peer, parts.n);
    for (size_t k = 0; k < parts.n; k++) {
        TRY(part_into(txn, &parts.p[k], from, to, &into[k], err));
        buf_fmt(&pairs, "%c[%" PRIu64 ",%" PRIu64 "]", k == 0 ? '[' : ',', parts.p[k].id, into[k].id);
    }
    buf_put_char(&pairs, ']');
    TRY(area_rename_addresses(txn, req, buf_str(&pairs), from->hamlet, to->hamlet, reason, err));
    TRY(sql_area_dwellers(in_txn(txn), buf_str(&pairs), &people, err));
    TRY(sql_area_families_move(txn, buf_str(&pairs), request_now(req), NULL, err));
    TRY(sql_area_residents_move(txn, buf_str(&pairs), request_now(req), NULL, err));
    TRY(tell_people(txn, req, &parts, into, &people, reason, err));
    *people_out = people.n;
    return sql_area_retire(txn, from->hamlet, from->rw, from->rt, NULL, err);
}

/* How many lived where, before and after; `moved` are all that hang on it, those who died or left too. */
static struct str merge_detail(struct arena *arena, const struct merge *m, size_t moved)
{
    return str_fmt(arena,
                   "{\"into\":%" PRIu64 ",\"moved\":%zu,\"from_people\":[%" PRIu64 ",0],\"into_people\":[%" PRIu64 ",%" PRIu64
                   "],\"from_families\":[%" PRIu64 ",0],\"into_families\":[%" PRIu64 ",%" PRIu64 "]}",
                   m->to.id, moved, m->moving.men + m->moving.women, m->there.men + m->there.women, m->both.men + m->both.women,
                   m->moving.families, m->there.families, m->both.families);
}

enum rc area_merge_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    struct arena *arena = request_arena(req);
    const struct area_merge_form form = area_merge_got(req);
    struct merge m;
    size_t people = 0;
    const struct area_one *from = &m.from, *to = &m.to;

    TRY(registry_touch(txn, err));
    TRY(sql_area_lock(txn, form.id < form.into.id ? form.id : form.into.id, form.id < form.into.id ? &m.from : &m.to, err));
    TRY(sql_area_lock(txn, form.id < form.into.id ? form.into.id : form.id, form.id < form.into.id ? &m.to : &m.from, err));
    if (area_level_of(from->rw, from->rt) != area_level_of(to->rw, to->rt) || from->id == to->id)
        return act_refuse(req, err, AREA_MERGE_INTO, "Pilih %s lain.", area_noun(area_level_of(from->rw, from->rt)));
    TRY(merge_of(in_txn(txn), &m, err));
    if (!str_eq(form.seen, m.text)) {
        request_set_changed(req);
        return fail(err, RC_CONFLICT, "the areas are not as the page showed them");
    }
    TRY(move_all(txn, req, from, to, form.reason, &people, err));
    TRY(area_put_change(txn, req, "merge", from->id, moved_diff(arena, "into", address_place(arena, to->hamlet, to->rw, to->rt), people),
                        form.reason, err));
    TRY(area_put_change(txn, req, "merge_in", to->id,
                        moved_diff(arena, "from", address_place(arena, from->hamlet, from->rw, from->rt), people), form.reason, err));
    act_say(req, "Wilayah digabungkan");
    *go_to_out = area_href(req, to->id);
    return area_finish(txn, req, "area.merge", from->id, merge_detail(arena, &m, people), err);
}
