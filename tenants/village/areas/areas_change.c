// SPDX-License-Identifier: AGPL-3.0-or-later
/* Adding, naming, merging and retiring. Each holds the registry first, as whoever changes people or families does. */
#include <ctype.h>
#include <string.h>

#include "server/base/json.h"
#include "server/web/audit.h"
#include "server/web/village.h"
#include "tenants/village/areas/areas_pages.h"
#include "tenants/village/residents/area_rows_sql.h"
#include "tenants/village/residents/change.h"
#include "tenants/village/residents/registry_form.h"

#define HERE STR("/kantor/wilayah")

static enum rc respond(struct request *req, struct response *resp, struct str title, const struct buf *body, struct err *err)
{
    const struct page page = {.title = title, .active = HERE, .body = html_view(body)};

    return respond_page(req, resp, &page, err);
}

static enum rc put_change(struct txn *txn, struct request *req, const char *kind, uint64_t id, struct str diff, struct str reason,
                          struct err *err)
{
    return change_put(
        txn, req, &(struct change){.owner = area_keeper.owner, .owner_id = id, .kind = str_c(kind), .diff = diff, .reason = reason}, err);
}

/* Last of every act: the lists of places, the home and the figures follow. */
static enum rc finish(struct txn *txn, struct request *req, const char *action, uint64_t id, struct str detail, struct err *err)
{
    struct audit row = request_audit(req, action, str_fmt(request_arena(req), "area:%" PRIu64, id));

    row.detail = detail;
    TRY(registry_touch(txn, err));
    TRY(audit_put(txn, &row, err));
    return act_touch(txn, ACT_PAGES | ACT_FIGURES, err);
}

static struct str href_of(struct request *req, uint64_t id)
{
    return str_fmt(request_arena(req), "/kantor/wilayah/%" PRIu64, id);
}

/* ---- a new one ---- */

enum rc area_add_page(struct request *req, struct response *resp, struct err *err)
{
    struct buf body = {.arena = request_arena(req)};
    struct area_view v = {.is_like = !str_empty(request_fault_of(req, AREA_ADD_IS_SURE)) || area_add_got(req).is_sure};

    TRY(area_add_fill(req, NULL, &v.form, err));
    view_area_add(&body, &v);
    return respond(req, resp, STR("Tambah wilayah"), &body, err);
}

static struct place place_typed(struct request *req, const struct area_add_form *form)
{
    return place_kept(request_arena(req), (struct place){.hamlet = form->hamlet, .rw = form->rw, .rt = form->rt});
}

/* What a name may not have in it, in words; NULL: it may be one. The signs that files and pages read as something else are in no name. */
static const char *name_fault(struct str name)
{
    static const char *const allowed = " .,'-/()&";

    for (size_t i = 0; i < name.n; i++) {
        unsigned char c = (unsigned char)name.p[i];

        if (c < 0x80 && !isalnum(c) && strchr(allowed, c) == NULL)
            return "Nama wilayah hanya memuat huruf, angka, spasi, dan tanda . , ' - / ( ) &.";
    }
    return name.n > 0 && (unsigned char)name.p[0] < 0x80 && !isalnum((unsigned char)name.p[0]) && !str_is(name, "-")
               ? "Nama wilayah dimulai dengan huruf atau angka."
               : NULL;
}

enum rc area_add_check(struct request *req, struct err *err)
{
    const struct {
        const char *field;
        struct str name;
    } names[] = {{AREA_ADD_HAMLET, area_add_got(req).hamlet}, {AREA_ADD_RW, area_add_got(req).rw}, {AREA_ADD_RT, area_add_got(req).rt}};
    const struct area_add_form form = area_add_got(req);
    const struct place place = place_typed(req, &form);
    struct hamlet_like like;
    struct village_db *db;

    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (name_fault(names[i].name) != NULL)
            request_fault(req, names[i].field, "%s", name_fault(names[i].name));
    if (request_faults(req)->n > 0)
        return RC_OK;
    if (str_is(place.hamlet, "-") && str_is(place.rw, "-") && str_is(place.rt, "-")) {
        request_fault(req, AREA_ADD_HAMLET, "Isi nama dusun, nomor RW, atau nomor RT.");
        return RC_OK;
    }
    TRY(request_village_db(req, &db, err));
    TRY(hamlet_find(db, place.hamlet, &like, err));
    if (!like.is_known && !str_empty(like.name) && !form.is_sure)
        request_fault(req, AREA_ADD_IS_SURE, "Sudah ada Dusun %.*s, namanya hampir sama. Bila memang dusun lain, centang ini.",
                      STR_ARG(text_name(request_arena(req), like.name)));
    return RC_OK;
}

enum rc area_add_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct area_add_form form = area_add_got(req);
    const struct place place = place_typed(req, &form);
    struct area_known known;
    bool is_there;
    uint64_t id;

    TRY(registry_touch(txn, err));
    TRY(sql_area_known(in_txn(txn), place.hamlet, place.rw, place.rt, &known, &is_there, err));
    if (is_there && !known.is_retired)
        return act_refuse(req, err, AREA_ADD_HAMLET, "%.*s sudah ada.",
                          STR_ARG(address_place(request_arena(req), place.hamlet, place.rw, place.rt)));
    TRY(area_take(txn, place.hamlet, place.rw, place.rt, &id, err));
    TRY(put_change(txn, req, "add", id, STR(""), STR(""), err));
    act_say(req, "Wilayah ditambahkan");
    *go_to_out = href_of(req, id);
    return finish(txn, req, "area.add", id, STR("{}"), err);
}

/* ---- its name and its head ---- */

static struct str name_in(const struct area_one *row)
{
    enum area_level level = area_level_of(row->rw, row->rt);

    return level == AREA_RT ? row->rt : level == AREA_RW ? row->rw : row->hamlet;
}

static enum rc stored_of(struct request *req, const struct area_one *row, struct area_edit_form *out, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct area_head head;
    struct village_db *db;
    bool is_there = false;

    *out = (struct area_edit_form){.id = row->id,
                                   .version = row->version,
                                   .name = area_level_of(row->rw, row->rt) == AREA_HAMLET ? text_name(arena, row->hamlet) : name_in(row),
                                   .head_name = row->head_name,
                                   .phone = row->phone};
    if (!row->head_id.is_set)
        return RC_OK;
    TRY(request_village_db(req, &db, err));
    TRY(sql_area_head(db, row->head_id.value, &head, &is_there, err));
    if (is_there)
        out->head = (struct pick){row->head_id.value, text_name(arena, head.name)};
    return RC_OK;
}

enum rc area_edit_page(struct request *req, struct response *resp, struct err *err)
{
    struct buf body = {.arena = request_arena(req)};
    struct area_edit_form stored;
    struct area_one row;
    struct area_view v;

    TRY(area_view_begin(req, area_edit_got(req).id, &row, &v, err));
    TRY(stored_of(req, &row, &stored, err));
    TRY(area_edit_fill(req, &stored, &v.form, err));
    view_area_edit(&body, &v);
    return respond(req, resp, STR("Ubah wilayah"), &body, err);
}

/* ---- addresses that say the hamlet's name ---- */

/* Signs that mean something to an expression, each behind a backslash. */
static struct str plain(struct arena *arena, struct str name)
{
    struct buf out = {.arena = arena};

    for (size_t i = 0; i < name.n; i++) {
        unsigned char c = (unsigned char)name.p[i];

        if (c < 0x80 && !isalnum(c) && c != ' ')
            buf_put_char(&out, '\\');
        buf_put_char(&out, (char)c);
    }
    return buf_str(&out);
}

/* "Dusun Padang" and "Dsn. Padang No. 3", however they are written, and whatever signs the name has. */
static bool pattern_of(struct arena *arena, struct str hamlet, struct str name, struct str *pattern_out, struct str *words_out)
{
    *pattern_out = str_fmt(arena, "(?i)\\b(dusun|dsn|lingkungan|lingk)([ .:]+)%.*s(?!\\w)", STR_ARG(plain(arena, hamlet)));
    *words_out = str_fmt(arena, "\\1\\2%.*s", STR_ARG(plain(arena, text_name(arena, name))));
    return !str_is(hamlet, "-") && !str_is(name, "-") && !str_eq(hamlet, name);
}

/* Of all that hangs on these areas. The people whose address it is read so in their histories. */
static enum rc rename_addresses(struct txn *txn, struct request *req, struct str pairs, struct str was, struct str name, struct str reason,
                                struct err *err)
{
    struct arena *arena = request_arena(req);
    const struct resident_act act = resident_act_of(req, STR("area_name"), reason);
    struct area_address_rows rows;
    struct resident_changed *changed;
    struct str pattern, words;

    if (!pattern_of(arena, was, name, &pattern, &words))
        return RC_OK;
    TRY(sql_area_addresses(in_txn(txn), pairs, pattern, words, &rows, err));
    if (rows.n == 0)
        return RC_OK;
    TRY(sql_area_addresses_set(txn, pairs, pattern, words, request_now(req), NULL, err));
    TRY(sql_area_addresses_now_set(txn, pairs, pattern, words, request_now(req), NULL, err));
    changed = ARENA_ARRAY(arena, struct resident_changed, rows.n);
    for (size_t i = 0; i < rows.n; i++) {
        const struct area_address *a = &rows.p[i];
        const struct resident_row before = {.address = a->is_own ? STR("") : a->was, .address_now = a->is_own ? a->was : STR("")};
        const struct resident_row after = {.address = a->is_own ? STR("") : a->address, .address_now = a->is_own ? a->address : STR("")};

        changed[i] = (struct resident_changed){.resident_id = a->id, .diff = resident_diff(arena, &before, &after)};
    }
    return resident_changes_put(txn, &act, changed, rows.n, err);
}

static enum rc rename_hamlet(struct txn *txn, struct request *req, struct str was, struct str name, struct err *err)
{
    struct buf pairs = {.arena = request_arena(req)};
    struct area_peer_rows parts;

    TRY(sql_area_parts(in_txn(txn), was, STR("-"), STR("-"), &parts, err));
    for (size_t k = 0; k < parts.n; k++)
        buf_fmt(&pairs, "%c[%" PRIu64 "]", k == 0 ? '[' : ',', parts.p[k].id);
    buf_put_char(&pairs, ']');
    TRY(rename_addresses(txn, req, buf_str(&pairs), was, name, STR(""), err));
    return sql_area_rename_hamlet(txn, was, name, NULL, err);
}

/* The name as it is kept; it may only be one that no other of its level and place has. */
static enum rc rename_to(struct txn *txn, struct request *req, const struct area_one *row, struct str typed, struct str *name_out,
                         struct err *err)
{
    enum area_level level = area_level_of(row->rw, row->rt);
    const struct place place = place_kept(request_arena(req),
                                          level == AREA_HAMLET ? (struct place){.hamlet = typed} : (struct place){.rt = typed});
    struct str was = name_in(row), name = level == AREA_HAMLET ? place.hamlet : place.rt;
    struct area_known known;
    bool is_there;

    if (level == AREA_HAMLET && str_eq_nocase(name, was)) /* however it is written */
        name = was;
    if (!str_eq(name, was) && name_fault(typed) != NULL)
        return act_refuse(req, err, AREA_EDIT_NAME, "%s", name_fault(typed));
    *name_out = name;
    if (str_eq(name, was))
        return RC_OK;
    if (str_is(name, "-") || name.n > (level == AREA_HAMLET ? 60 : 10))
        return act_refuse(req, err, AREA_EDIT_NAME, str_is(name, "-") ? "Nama atau nomor belum diisi." : "Nomor paling panjang 10 huruf.");
    TRY(sql_area_known(in_txn(txn), level == AREA_HAMLET ? name : row->hamlet,
                       level == AREA_RW   ? name
                       : level == AREA_RT ? row->rw
                                          : STR("-"),
                       level == AREA_RT ? name : STR("-"), &known, &is_there, err));
    if (is_there && known.id != row->id)
        return act_refuse(req, err, AREA_EDIT_NAME,
                          known.is_retired
                              ? "Nama ini pernah dipakai wilayah yang sudah dihapus. Tambahkan lagi wilayah itu, lalu gabungkan."
                              : "Nama ini sudah dipakai. Untuk menyatukan keduanya, pakai Gabungkan.");
    if (level == AREA_HAMLET)
        return rename_hamlet(txn, req, was, name, err);
    return level == AREA_RW ? sql_area_rename_rw(txn, row->hamlet, was, name, NULL, err) : RC_OK;
}

enum rc area_edit_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    struct area_edit_form form = area_edit_got(req), before;
    struct area_one row;
    struct area_head head = {.basic_status = STATUS_ALIVE};
    bool is_there;

    TRY(registry_touch(txn, err));
    TRY(sql_area_lock(txn, form.id, &row, err));
    TRY(act_seen(req, row.version, err));
    if (form.head.id != 0 && !str_empty(form.head_name))
        return act_refuse(req, err, AREA_EDIT_HEAD_NAME, "Pilih warga, atau tulis namanya: salah satu saja.");
    if (form.head.id != 0 && (!row.head_id.is_set || row.head_id.value != form.head.id))
        TRY(sql_area_head(in_txn(txn), form.head.id, &head, &is_there, err));
    if (head.basic_status != STATUS_ALIVE)
        return act_refuse(req, err, AREA_EDIT_HEAD, "Warga ini tidak lagi tinggal di desa. Pilih yang lain.");
    TRY(stored_of(req, &row, &before, err));
    TRY(rename_to(txn, req, &row, form.name, &form.name, err));
    bool is_rt = area_level_of(row.rw, row.rt) == AREA_RT;
    TRY(sql_area_set(txn, row.id, is_rt ? form.name : row.rt, (struct opt_u64){form.head.id != 0, form.head.id}, form.head_name, form.phone,
                     NULL, err));
    if (area_level_of(row.rw, row.rt) == AREA_HAMLET)
        form.name = text_name(request_arena(req), form.name);
    act_say(req, "Data wilayah tersimpan");
    *go_to_out = href_of(req, row.id);
    TRY(put_change(txn, req, "edit", row.id, area_edit_diff(request_arena(req), &before, &form), STR(""), err));
    return finish(txn, req, "area.edit", row.id, STR("{}"), err);
}

/* ---- into another ---- */

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

    TRY(peers_list(req, STR(""), &all, err));
    *label_out = STR_NONE;
    for (size_t i = 0; i < all.n; i++)
        if (str_is(all.p[i].value, str_z(request_arena(req), str_fmt(request_arena(req), "%" PRIu64, id))))
            *label_out = all.p[i].label;
    return RC_OK;
}

const struct pick_source area_peers_pick = {.list = peers_list, .find = peers_find};

enum rc area_merge_check(struct request *req, struct err *err)
{
    (void)err;
    if (!str_is(area_merge_got(req).step, "simpan") || str_empty(area_merge_got(req).seen)) /* nothing is merged that was not shown */
        act_ask(req);
    return RC_OK;
}

static struct str people_words(struct arena *arena, struct area_sum sum)
{
    return str_fmt(arena, "%.*s warga, %.*s keluarga", STR_ARG(number_text(arena, (int64_t)(sum.men + sum.women))),
                   STR_ARG(number_text(arena, (int64_t)sum.families)));
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
    v.about = str_fmt(arena, "%.*s tercatat di sini.", STR_ARG(people_words(arena, m.moving)));
    TRY(area_merge_fill(req, NULL, &v.form, err));
    if (!is_check) {
        view_area_merge(&body, &v);
        return respond(req, resp, STR("Gabungkan wilayah"), &body, err);
    }
    struct check_row facts[] = {{.label = STR("Yang pindah"), .value = address_place(arena, m.from.hamlet, m.from.rw, m.from.rt)},
                                {.label = STR("Isinya"), .value = people_words(arena, m.moving)},
                                {.label = STR("Ke"), .value = form.into.label},
                                {.label = STR("Isinya sekarang"), .value = people_words(arena, m.there)},
                                {.label = STR("Isinya sesudah digabung"), .value = people_words(arena, m.both)},
                                {.label = STR("Alasan"), .value = form.reason}};
    v.facts = (struct check_rows){facts, COUNT_OF(facts)};
    v.target = form.into.label;
    v.is_changed = request_is_changed(req);
    v.seen = token_seal(req, "wilayah-dibaca", m.text, SEEN_VALID_S);
    v.carried = form_carried(req, (const char *const[]){AREA_MERGE_STEP, AREA_MERGE_SEEN, NULL});
    view_area_merge_check(&body, &v);
    return respond(req, resp, STR("Gabungkan wilayah"), &body, err);
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
    TRY(rename_addresses(txn, req, buf_str(&pairs), from->hamlet, to->hamlet, reason, err));
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
    TRY(put_change(txn, req, "merge", from->id, moved_diff(arena, "into", address_place(arena, to->hamlet, to->rw, to->rt), people),
                   form.reason, err));
    TRY(put_change(txn, req, "merge_in", to->id, moved_diff(arena, "from", address_place(arena, from->hamlet, from->rw, from->rt), people),
                   form.reason, err));
    act_say(req, "Wilayah digabungkan");
    *go_to_out = href_of(req, to->id);
    return finish(txn, req, "area.merge", from->id, merge_detail(arena, &m, people), err);
}

/* ---- away ---- */

enum rc area_retire_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct buf body = {.arena = arena};
    struct area_count_rows counts;
    struct area_one row;
    struct village_db *db;
    struct area_view v;

    TRY(area_view_begin(req, area_retire_got(req).id, &row, &v, err));
    TRY(request_village_db(req, &db, err));
    TRY(sql_area_counts(db, &counts, err));
    const struct area_sum sum = area_sum(&counts, row.hamlet, row.rw, row.rt);
    v.has_people = sum.men + sum.women + sum.families > 0;
    v.people = str_fmt(arena, "%.*s tercatat di %.*s.", STR_ARG(people_words(arena, sum)), STR_ARG(v.title));
    TRY(area_retire_fill(req, NULL, &v.form, err));
    view_area_retire(&body, &v);
    return respond(req, resp, STR("Hapus wilayah"), &body, err);
}

enum rc area_retire_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct area_retire_form form = area_retire_got(req);
    struct area_count_rows counts;
    struct area_one row;

    TRY(registry_touch(txn, err));
    TRY(sql_area_lock(txn, form.id, &row, err));
    TRY(sql_area_counts(in_txn(txn), &counts, err));
    const struct area_sum sum = area_sum(&counts, row.hamlet, row.rw, row.rt);
    if (sum.men + sum.women + sum.families > 0)
        return act_refuse(req, err, AREA_RETIRE_REASON, "Masih ada warga yang tinggal di sini. Gabungkan ke wilayah lain.");
    TRY(sql_area_retire(txn, row.hamlet, row.rw, row.rt, NULL, err));
    TRY(put_change(txn, req, "remove", row.id, STR(""), form.reason, err));
    act_say(req, "Wilayah dihapus");
    *go_to_out = HERE;
    return finish(txn, req, "area.retire", row.id, STR("{}"), err);
}
