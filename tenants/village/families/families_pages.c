// SPDX-License-Identifier: AGPL-3.0-or-later
/* The list of families and one family's card. */
#include "tenants/village/families/families_pages.h"

#include "server/base/json.h"
#include "server/base/text.h"
#include "server/web/pagecache.h"
#include "tenants/village/families/families_view.h"
#include "workers/queue/queue.h"

enum { LIST_PAGE = 50, COUNTED_TO = 1000, TOKEN_VALID_S = 3600 };

#define HERE STR("/kantor/keluarga")

struct str family_href(struct arena *arena, uint64_t id)
{
    return str_fmt(arena, "/kantor/keluarga/%" PRIu64, id);
}

enum rc family_done(struct txn *txn, const struct request *req, const char *action, uint64_t family_id, struct err *err)
{
    const struct audit row = request_audit(req, action, str_fmt(request_arena(req), "family:%" PRIu64, family_id));

    TRY(audit_put(txn, &row, err));
    TRY(page_epoch_bump(txn, err));
    return outbox_put_once(txn, JOB_PUBLISH_ROLLUP, 0, err);
}

/* ---- the list ---- */

/* What a list shows and where it goes on; behind a sealed token, so no name stands in an address. */
struct looking {
    struct str query, hamlet, after_name;
    uint64_t after_id;
    bool is_faulty;
};

static struct str token_href(struct request *req, const struct looking *at)
{
    struct arena *arena = request_arena(req);
    json_t *state = json_pack("{s:s%, s:s%, s:s%, s:I, s:b}", "q", at->query.p, at->query.n, "d", at->hamlet.p, at->hamlet.n, "n",
                              at->after_name.p, at->after_name.n, "i", (json_int_t)at->after_id, "f", at->is_faulty);
    struct str token = token_seal(req, "keluarga-lanjut", json_write(arena, state), TOKEN_VALID_S);

    json_decref(state);
    return str_fmt(arena, "/kantor/keluarga?lanjut=%.*s", STR_ARG(token));
}

static struct str next_href(struct request *req, const struct looking *at, const struct family_line *last)
{
    struct looking next = *at;

    next.after_name = last->head_name.p != NULL ? last->head_name : STR("");
    next.after_id = at->is_faulty || !last->head_id.is_set ? last->id : last->head_id.value;
    return token_href(req, &next);
}

static enum rc read_token(struct request *req, struct looking *out, struct err *err)
{
    struct str sealed = input_token(req, "lanjut", "keluarga-lanjut");
    json_t *state;

    if (str_empty(sealed))
        return RC_OK;
    TRY(json_read(request_arena(req), sealed, &state, err));
    *out = (struct looking){json_text(state, "q"), json_text(state, "d"), json_text(state, "n"), json_u64(state, "i"),
                            json_bool(state, "f")};
    return RC_OK;
}

static enum rc find(struct village_db *db, const struct looking *at, struct family_hit_rows *out, struct err *err)
{
    struct family_line_rows rows;

    if (!str_empty(at->query))
        return families_find(db, at->query, at->hamlet, at->after_name, at->after_id, LIST_PAGE + 1, out, err);
    if (at->is_faulty)
        TRY(sql_family_list_faulty(db, at->after_id, LIST_PAGE + 1, &rows, err));
    else if (!str_empty(at->hamlet))
        TRY(sql_family_list_hamlet(db, at->hamlet, at->after_name, at->after_id, LIST_PAGE + 1, &rows, err));
    else
        TRY(sql_family_list(db, at->after_name, at->after_id, LIST_PAGE + 1, &rows, err));
    *out = (struct family_hit_rows){rows.p, rows.n};
    return RC_OK;
}

static struct family_list_line line_of(struct arena *arena, const struct family_line *f)
{
    return (struct family_list_line){
        .href = family_href(arena, f->id),
        .head = f->head_name.p != NULL ? text_name(arena, f->head_name) : STR("Tanpa kepala keluarga"),
        .kk_no = nik_masked(arena, f->kk_no),
        .living = str_fmt(arena, "%" PRIu64, f->living),
        .hamlet = str_is(f->hamlet, "-") ? STR("-") : text_name(arena, f->hamlet),
        .area = str_fmt(arena, "%.*s/%.*s", STR_ARG(f->rw), STR_ARG(f->rt)),
        .fault = family_fault(f->living, f->heads),
    };
}

static enum rc put_hamlets(struct request *req, struct village_db *db, const struct looking *at, struct family_list_view *v,
                           struct err *err)
{
    struct arena *arena = request_arena(req);
    struct family_hamlet_rows rows;

    TRY(sql_family_hamlets(db, &rows, err));
    v->hamlets = (struct select_view){.name = STR("dusun"), .label = STR("Dusun"), .empty_label = STR("Semua dusun")};
    v->hamlets.options = (struct options){ARENA_ARRAY(arena, struct option, rows.n), rows.n};
    for (size_t i = 0; i < rows.n; i++)
        v->hamlets.options.p[i] = (struct option){
            .value = rows.p[i].hamlet, .label = text_name(arena, rows.p[i].hamlet), .is_selected = str_eq(rows.p[i].hamlet, at->hamlet)};
    return RC_OK;
}

static void put_chips(struct arena *arena, const struct looking *at, size_t found, struct family_list_view *v)
{
    v->chips.p = ARENA_ARRAY(arena, struct chip, 2);
    if (!str_empty(at->query))
        v->chips.p[v->chips.n++] = (struct chip){.label = str_fmt(arena, "Cari: %.*s", STR_ARG(at->query)), .remove_href = HERE};
    if (!str_empty(at->hamlet))
        v->chips.p[v->chips.n++] = (struct chip){.label = str_fmt(arena, "Dusun %.*s", STR_ARG(text_name(arena, at->hamlet))),
                                                 .remove_href = HERE};
    v->has_filter = v->chips.n > 0;
    if (found > 0)
        v->chips.summary = found > LIST_PAGE ? str_fmt(arena, "Lebih dari %d keluarga cocok", LIST_PAGE)
                                             : str_fmt(arena, "%zu keluarga cocok", found);
}

static void put_tabs(struct arena *arena, const struct looking *at, struct family_list_view *v)
{
    v->tabs = (struct tabs_view){.label = STR("Tampilan"), .p = ARENA_ARRAY(arena, struct tab, 2), .n = 2};
    v->tabs.p[0] = (struct tab){.href = HERE, .label = STR("Semua keluarga"), .is_active = !at->is_faulty};
    v->tabs.p[1] = (struct tab){
        .href = STR("/kantor/keluarga?tampil=perbaiki"), .label = STR("Perlu diperbaiki"), .is_active = at->is_faulty};
}

static struct empty_view empty_of(const struct looking *at)
{
    if (at->is_faulty)
        return (struct empty_view){.title = STR("Semua keluarga beres"),
                                   .text = STR("Keluarga tanpa kepala, dengan dua kepala, atau tanpa anggota muncul di sini.")};
    if (!str_empty(at->query) || !str_empty(at->hamlet))
        return (struct empty_view){.title = STR("Tidak ada keluarga yang cocok"),
                                   .text = STR("Periksa ejaan nama kepala keluarga, atau cari dengan nomor KK."),
                                   .href = HERE,
                                   .link_label = STR("Lihat semua keluarga")};
    return (struct empty_view){.title = STR("Belum ada keluarga tercatat"),
                               .text = STR("Keluarga muncul sesudah warganya diimpor atau ditambah."),
                               .href = STR("/kantor/penduduk"),
                               .link_label = STR("Buka daftar penduduk")};
}

static enum rc list_respond(struct request *req, struct response *resp, const struct looking *at, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct village_db *db;
    struct family_hit_rows hits;
    struct family_total total;
    struct buf body = {.arena = arena};
    struct family_list_view v = {
        .guard = request_form_guard(req), .query = at->query, .is_search = !str_empty(at->query), .is_faulty = at->is_faulty};

    TRY(request_village_db(req, &db, err));
    TRY(find(db, at, &hits, err));
    TRY(sql_family_count(db, &total, err));
    TRY(put_hamlets(req, db, at, &v, err));
    v.total = total.n > COUNTED_TO ? STR("Lebih dari 1.000 keluarga")
                                   : str_fmt(arena, "%.*s keluarga", STR_ARG(number_text(arena, (int64_t)total.n)));
    v.lines.n = hits.n > LIST_PAGE ? LIST_PAGE : hits.n;
    v.lines.p = ARENA_ARRAY(arena, struct family_list_line, v.lines.n);
    for (size_t i = 0; i < v.lines.n; i++)
        v.lines.p[i] = line_of(arena, &hits.p[i]);
    put_chips(arena, at, hits.n, &v);
    put_tabs(arena, at, &v);
    v.pages.summary = STR("Nomor KK ditutup. Buka satu keluarga untuk melihatnya; setiap pembukaan dicatat.");
    if (hits.n > LIST_PAGE)
        v.pages.next_href = next_href(req, at, &hits.p[LIST_PAGE - 1]);
    v.empty = empty_of(at);
    view_family_list(&body, &v);
    const struct page page = {.title = STR("Keluarga"), .active = HERE, .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

enum rc family_list_page(struct request *req, struct response *resp, struct err *err)
{
    struct looking at = {
        .query = STR(""), .hamlet = input_text(req, "dusun"), .after_name = STR(""), .is_faulty = !str_empty(input_text(req, "tampil"))};

    TRY(read_token(req, &at, err));
    return list_respond(req, resp, &at, err);
}

static struct str hamlet_href(struct arena *arena, struct str hamlet)
{
    struct buf out = {.arena = arena};

    buf_put_str(&out, STR("/kantor/keluarga?dusun="));
    html_put_url_part(&out, hamlet);
    return buf_str(&out);
}

/* A place is no secret; words stand in the address sealed. */
enum rc family_search_post(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    const struct looking at = {
        .query = str_trim(utf8_part(arena, input_typed(req, "cari"), 100)), .hamlet = input_text(req, "dusun"), .after_name = STR("")};

    if (request_faults(req)->n > 0)
        return list_respond(req, resp, &at, err);
    if (!str_empty(at.query))
        return respond_redirect(resp, token_href(req, &at));
    return respond_redirect(resp, str_empty(at.hamlet) ? HERE : hamlet_href(arena, at.hamlet));
}

/* ---- one family ---- */

struct str family_title(struct arena *arena, const struct family_state *family)
{
    const struct family_member *head = family_head(family);

    return head != NULL ? str_fmt(arena, "Keluarga %.*s", STR_ARG(text_name(arena, head->name))) : STR("Keluarga tanpa kepala");
}

static uint64_t heads_of(const struct family_state *family)
{
    uint64_t n = 0;

    for (size_t i = 0; i < family->living; i++)
        n += family->p[i].role == SHDK_HEAD;
    return n;
}

static void put_facts(struct arena *arena, const struct family_state *family, struct check_rows *rows)
{
    rows->p = ARENA_ARRAY(arena, struct check_row, 4);
    rows->p[rows->n++] = (struct check_row){.label = STR("Nomor KK"), .value = nik_spaced(arena, family->f.kk_no), .is_strong = true};
    rows->p[rows->n++] = (struct check_row){.label = STR("Alamat"), .value = family->f.address};
    rows->p[rows->n++] = (struct check_row){.label = STR("Wilayah"), .value = family_place(arena, &family->f)};
    rows->p[rows->n++] = (struct check_row){.label = STR("Anggota"), .value = str_fmt(arena, "%zu orang", family->living)};
}

static void put_members(struct request *req, const struct family_state *family, struct family_view *v)
{
    struct arena *arena = request_arena(req);
    struct date today = request_today(req);

    v->members.p = ARENA_ARRAY(arena, struct family_member_line, family->n);
    v->members.n = family->n;
    for (size_t i = 0; i < family->n; i++) {
        const struct family_member *m = &family->p[i];
        struct str age = date_is_none(m->birth_date) ? STR("") : str_fmt(arena, ", %d tahun", date_age(m->birth_date, today));

        v->members.p[i] = (struct family_member_line){
            .href = str_fmt(arena, "/kantor/penduduk/%" PRIu64, m->id),
            .name = text_name(arena, m->name),
            .nik = nik_masked(arena, m->nik),
            .role = m->role != 0 ? code_label(CODE_FAMILY_ROLE, m->role) : STR("Belum diisi"),
            .about = str_fmt(arena, "%.*s%.*s", STR_ARG(code_label(CODE_SEX, m->sex)), STR_ARG(i < family->living ? age : STR(""))),
            .status = i < family->living ? STR("") : code_label(CODE_BASIC_STATUS, m->basic_status),
        };
    }
}

static enum rc put_changes(struct request *req, struct village_db *db, uint64_t id, struct family_view *v, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct family_change_rows rows;

    TRY(sql_family_history(db, id, &rows, err));
    v->changes.p = ARENA_ARRAY(arena, struct family_change_line, rows.n);
    v->changes.n = rows.n;
    for (size_t i = 0; i < rows.n; i++)
        v->changes.p[i] = (struct family_change_line){
            .what = change_label(rows.p[i].kind),
            .name = text_name(arena, rows.p[i].name),
            .href = str_fmt(arena, "/kantor/penduduk/%" PRIu64, rows.p[i].resident_id),
            .who = rows.p[i].staff_name,
            .when = utc_long(arena, rows.p[i].at, request_village(req)->zone),
            .reason = rows.p[i].reason,
        };
    return RC_OK;
}

struct look {
    utc_us at;
    uint64_t staff_id, family_id;
};

static enum rc look_body(struct txn *txn, void *arg, struct err *err)
{
    const struct look *look = arg;

    return sql_family_look(txn, look->at, look->staff_id, look->family_id, NULL, err);
}

enum rc family_look(struct request *req, struct village_db *db, uint64_t family_id, struct err *err)
{
    struct look look = {request_now(req), request_actor(req)->id, family_id};

    return txn_run(village_db_notes(db), look_body, &look, err);
}

enum rc family_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct village_db *db;
    struct family_state family;
    struct buf body = {.arena = arena};
    struct family_view v = {.may_edit = request_may(req, MAY_EDIT_RESIDENTS)};
    struct str here;

    TRY(request_village_db(req, &db, err));
    TRY(family_load(db, input_u64(req, "id"), &family, err));
    TRY(family_look(req, db, family.f.id, err));
    here = family_href(arena, family.f.id);
    v.title = family_title(arena, &family);
    v.fault = family_fault(family.living, heads_of(&family));
    v.has_living = family.living > 0;
    v.is_empty = family.living == 0;
    v.edit_href = str_fmt(arena, "%.*s/ubah", STR_ARG(here));
    v.head_href = str_fmt(arena, "%.*s/kepala", STR_ARG(here));
    v.move_href = str_fmt(arena, "%.*s/pindah", STR_ARG(here));
    if (v.may_edit)
        v.birth_href = str_fmt(arena, "%.*s/kelahiran", STR_ARG(here));
    v.head_label = family_head(&family) != NULL ? STR("Ganti kepala keluarga") : STR("Tetapkan kepala keluarga");
    put_facts(arena, &family, &v.facts);
    put_members(req, &family, &v);
    TRY(put_changes(req, db, family.f.id, &v, err));
    view_family(&body, &v);
    const struct page page = {.title = STR("Kartu keluarga"), .active = HERE, .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}
