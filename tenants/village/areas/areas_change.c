// SPDX-License-Identifier: AGPL-3.0-or-later
/* Adding, naming and retiring. Each holds the registry first, as whoever changes people or families does. */
#include <ctype.h>
#include <string.h>

#include "server/base/json.h"
#include "server/web/audit.h"
#include "server/web/village.h"
#include "tenants/village/areas/areas_pages.h"
#include "tenants/village/residents/area_rows_sql.h"
#include "tenants/village/residents/change.h"
#include "tenants/village/residents/registry_form.h"
#include "server/web/feature.h"

#define HERE STR("/kantor/wilayah")
#define ODD_NUMBER "%s biasanya bernomor, atau bernama satu huruf atau angka Romawi. Bila memang bernama %.*s, centang ini."

enum rc area_respond(struct request *req, struct response *resp, struct str title, const struct buf *body, struct err *err)
{
    const struct page page = {.title = title, .active = HERE, .body = html_view(body)};

    return respond_page(req, resp, &page, err);
}

enum rc area_put_change(struct txn *txn, struct request *req, const char *kind, uint64_t id, struct str diff, struct str reason,
                        struct err *err)
{
    return change_put(
        txn, req, &(struct change){.owner = area_keeper.owner, .owner_id = id, .kind = str_c(kind), .diff = diff, .reason = reason}, err);
}

/* Last of every act: the lists of places, the home and the figures follow. */
enum rc area_finish(struct txn *txn, struct request *req, const char *action, uint64_t id, struct str detail, struct err *err)
{
    struct audit row = request_audit(req, action, str_fmt(request_arena(req), "area:%" PRIu64, id));

    row.detail = detail;
    TRY(registry_touch(txn, err));
    TRY(audit_put(txn, &row, err));
    return act_touch(txn, ACT_PAGES | ACT_FIGURES, err);
}

struct str area_href(struct request *req, uint64_t id)
{
    return str_fmt(request_arena(req), "/kantor/wilayah/%" PRIu64, id);
}

struct str area_people_words(struct arena *arena, struct area_sum sum)
{
    return str_fmt(arena, "%.*s warga, %.*s keluarga", STR_ARG(number_text(arena, (int64_t)(sum.men + sum.women))),
                   STR_ARG(number_text(arena, (int64_t)sum.families)));
}

/* ---- a new one ---- */

enum rc area_add_page(struct request *req, struct response *resp, struct err *err)
{
    struct buf body = {.arena = request_arena(req)};
    struct area_view v = {.is_like = !str_empty(request_fault_of(req, AREA_ADD_IS_SURE)) || area_add_got(req).is_sure,
                          .is_without_hamlets = !request_has_hamlets(req)};

    v.is_odd = !str_empty(request_fault_of(req, AREA_ADD_IS_NAMED_SO)) || area_add_got(req).is_named_so;
    TRY(area_add_fill(req, NULL, &v.form, err));
    view_area_add(&body, &v);
    return area_respond(req, resp, STR("Tambah wilayah"), &body, err);
}

static struct place place_typed(struct request *req, const struct area_add_form *form)
{
    return place_kept(request_arena(req), (struct place){.hamlet = form->hamlet, .rw = form->rw, .rt = form->rt});
}

/* A word where a number is usual is a slip as often as a name: that of a hamlet, written in the wrong box. */
static enum rc ask_numbers(struct request *req, struct village_db *db, const struct area_add_form *form, struct err *err)
{
    const struct place place = place_typed(req, form);
    const bool is_rw = !area_number_is_usual(place.rw), is_rt = !area_number_is_usual(place.rt);
    struct area_known known;
    bool is_there = false;

    if (form->is_named_so || !(is_rw || is_rt))
        return RC_OK;
    if (!is_rt)
        TRY(sql_area_known(db, place.hamlet, place.rw, STR("-"), &known, &is_there, err));
    if (!is_there)
        request_ask(req, AREA_ADD_IS_NAMED_SO, ODD_NUMBER, is_rt ? "RT" : "RW", STR_ARG(is_rt ? place.rt : place.rw));
    return RC_OK;
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
        if (area_name_fault(names[i].name) != NULL)
            request_fault(req, names[i].field, "%s", area_name_fault(names[i].name));
    if (request_faults(req)->n > 0)
        return RC_OK;
    if (str_is(place.hamlet, "-") && str_is(place.rw, "-") && str_is(place.rt, "-")) {
        request_fault(req, AREA_ADD_HAMLET, "Isi nama {dusun}, nomor RW, atau nomor RT.");
        return RC_OK;
    }
    TRY(request_village_db(req, &db, err));
    TRY(hamlet_find(db, place.hamlet, &like, err));
    if (!str_is(place.hamlet, "-") && !request_has_hamlets(req))
        request_fault(req, AREA_ADD_HAMLET, "Desa ini tanpa {dusun}. Kosongkan, atau ubah dulu di Pengaturan.");
    if (!like.is_known && !str_empty(like.name) && !form.is_sure)
        request_ask(req, AREA_ADD_IS_SURE, "Sudah ada {Dusun} %.*s, namanya hampir sama. Bila memang {dusun} lain, centang ini.",
                    STR_ARG(text_name(request_arena(req), like.name)));
    return ask_numbers(req, db, &form, err);
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
    TRY(area_put_change(txn, req, "add", id, STR(""), STR(""), err));
    act_say(req, "Wilayah ditambahkan");
    *go_to_out = area_href(req, id);
    return area_finish(txn, req, "area.add", id, STR("{}"), err);
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
    v.is_odd = !str_empty(request_fault_of(req, AREA_EDIT_IS_NAMED_SO)) || area_edit_got(req).is_named_so;
    view_area_edit(&body, &v);
    return area_respond(req, resp, STR("Ubah wilayah"), &body, err);
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
    *pattern_out = str_fmt(arena, "(?i)\\b(dusun|dsn|lingkungan|lingk|kampung|kp|banjar|jorong|dukuh|padukuhan)([ .:]+)%.*s(?!\\w)",
                           STR_ARG(plain(arena, hamlet)));
    *words_out = str_fmt(arena, "\\1\\2%.*s", STR_ARG(plain(arena, text_name(arena, name))));
    return !str_is(hamlet, "-") && !str_is(name, "-") && !str_eq(hamlet, name);
}

/* Of all that hangs on these areas. The people whose address it is read so in their histories. */
enum rc area_rename_addresses(struct txn *txn, struct request *req, struct str pairs, struct str was, struct str name, struct str reason,
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
    TRY(area_rename_addresses(txn, req, buf_str(&pairs), was, name, STR(""), err));
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
    if (!str_eq(name, was) && area_name_fault(typed) != NULL)
        return act_refuse(req, err, AREA_EDIT_NAME, "%s", area_name_fault(typed));
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
    if (level != AREA_HAMLET && !area_edit_got(req).is_named_so && !area_number_is_usual(name))
        return act_doubt(req, err, AREA_EDIT_IS_NAMED_SO, ODD_NUMBER, level == AREA_RW ? "RW" : "RT", STR_ARG(name));
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
    *go_to_out = area_href(req, row.id);
    TRY(area_put_change(txn, req, "edit", row.id, area_edit_diff(request_arena(req), &before, &form), STR(""), err));
    return area_finish(txn, req, "area.edit", row.id, STR("{}"), err);
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
    v.people = str_fmt(arena, "%.*s tercatat di %.*s.", STR_ARG(area_people_words(arena, sum)), STR_ARG(v.title));
    TRY(area_retire_fill(req, NULL, &v.form, err));
    view_area_retire(&body, &v);
    return area_respond(req, resp, STR("Hapus wilayah"), &body, err);
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
    TRY(area_put_change(txn, req, "remove", row.id, STR(""), form.reason, err));
    act_say(req, "Wilayah dihapus");
    *go_to_out = HERE;
    return area_finish(txn, req, "area.retire", row.id, STR("{}"), err);
}
