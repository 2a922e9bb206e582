// SPDX-License-Identifier: AGPL-3.0-or-later
/* The draft of what a type of letters says: its page, kept while it is written, tried, used as the next version, thrown away. */
#include "tenants/village/letters/letters_editor.h"

#include "server/base/json.h"
#include "server/base/text.h"
#include "server/paper/markup.h"
#include "tenants/village/letters/letters_editor_sql.h"
#include "tenants/village/letters/letters_editor_view.h"
#include "tenants/village/letters/letters_type_sql.h"
#include "tenants/village/letters/letters_type_view.h"
#include "tenants/village/letters/letters_words.h"

/* What is being edited: what came with this request, else the draft, else what is in use. */
struct editing {
    struct letter_draft row;
    struct str definition; /* STR_NONE: what came is no tree */
    struct letter_form form;
    struct str markup, fault;
    struct str paper; /* the tree that came, as JSON; STR_NONE: none came */
};

static struct str base_of(const struct letter_draft *row)
{
    return row->draft.p != NULL ? row->draft : row->definition;
}

/* The definition with another tree in it; one that no page of a type could be made from is refused. */
static enum rc compose(struct arena *arena, struct str base, struct letter_sent *out, struct err *err)
{
    json_t *root;

    TRY(json_read(arena, base, &root, err));
    if (json_object_get(out->tree, "frame") != NULL)
        return fail(err, RC_INVALID, "an edited tree stands without its frame");
    json_object_set(root, "paper", out->tree);
    out->definition = json_write(arena, root);
    return letter_form_read(arena, out->definition, &out->form, err);
}

struct reading {
    struct arena *arena;
    struct str tree, markup, base;
    struct letter_sent *out;
};

static void read_offloaded(void *arg)
{
    const struct reading *run = arg;
    struct letter_sent *out = run->out;
    const struct str text = str_empty(run->tree) ? run->markup : run->tree;
    struct err why = {0};

    if (text.n > LETTER_TEXT_MOST)
        out->fault = str_fmt(run->arena, "Isi ini terlalu panjang: %.*s, paling banyak %d kB. Hapus yang tidak perlu, lalu coba lagi.",
                             STR_ARG(bytes_text(run->arena, text.n)), LETTER_TEXT_MOST / 1024);
    else if (str_empty(run->tree) && paper_markup_read(run->arena, text, &out->tree, &out->fault, &why) != RC_OK)
        out->fault = STR("Isi ini tidak terbaca.");
    else if (!str_empty(run->tree) && (json_read(run->arena, text, &out->tree, &why) != RC_OK || !json_is_object(out->tree)))
        out->fault = STR("Isi dari editor tidak terbaca. Muat ulang halaman ini; konsep yang terakhir tersimpan masih ada.");
    if (out->fault.p == NULL && run->base.p != NULL && compose(run->arena, run->base, out, &why) != RC_OK)
        out->fault = STR("Isi ini tidak bisa menjadi surat. Tulis paling sedikit satu paragraf.");
    if (out->fault.p == NULL)
        out->paper = json_write(run->arena, out->tree);
    else
        out->definition = STR_NONE;
}

enum rc letter_editor_sent(struct request *req, struct str base, struct letter_sent *out, struct err *err)
{
    const struct letter_editor_form in = letter_editor_got(req);
    struct reading run = {.arena = request_arena(req), .tree = in.tree, .markup = in.markup, .base = base, .out = out};

    *out = (struct letter_sent){.paper = STR_NONE, .definition = STR_NONE, .fault = STR_NONE};
    return request_offload(req, read_offloaded, &run, err);
}

static enum rc read_sent(struct request *req, struct editing *out, struct err *err)
{
    struct letter_sent sent;

    TRY(letter_editor_sent(req, base_of(&out->row), &sent, err));
    out->markup = letter_editor_got(req).markup;
    out->definition = sent.definition;
    out->form = sent.form;
    out->paper = sent.paper;
    out->fault = sent.fault;
    return RC_OK;
}

static enum rc editing_read(struct request *req, struct editing *out, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct village_db *db;

    *out = (struct editing){.fault = STR_NONE, .paper = STR_NONE};
    TRY(request_village_db(req, &db, err));
    TRY(sql_letter_draft_get(db, letter_editor_got(req).id, &out->row, err));
    if (request_is_sent(req) && (!str_empty(letter_editor_got(req).tree) || !str_empty(letter_editor_got(req).markup)))
        return read_sent(req, out, err);
    out->definition = base_of(&out->row);
    TRY(letter_form_read(arena, out->definition, &out->form, err));
    return RC_OK;
}

/* ---- trying it ---- */

/* Looks at the residents whom the sheet shows, then draws it. */
static enum rc try_it(struct request *req, const struct editing *e, struct letter_pages *pages, struct letter_problems *problems,
                      struct err *err)
{
    struct letter_try what = {.definition = e->definition,
                              .form = e->form,
                              .name = e->row.name,
                              .policy = e->row.policy,
                              .valid_months = e->row.valid_months,
                              .resident_id = request_fault_of(req, LETTER_EDITOR_PERSON).p == NULL ? letter_editor_got(req).person.id : 0};
    TRY(request_village_db(req, &what.db, err));
    TRY(letter_try_out(req, &what, pages, problems, err));
    letter_number_problem(req, e->row.id, e->row.classification, e->row.number_format, problems);
    return RC_OK;
}

static struct str counted(struct arena *arena, const struct letter_problems *problems)
{
    if (problems->n == 0)
        return STR("Tidak ada");
    return str_fmt(arena, "%zu harus, %zu sebaiknya", problems->musts, problems->n - problems->musts);
}

static json_t *problems_json(const struct letter_problems *problems)
{
    json_t *list = json_array();

    for (size_t i = 0; i < problems->n; i++) {
        const struct letter_problem *p = &problems->p[i];

        json_array_append_new(list, json_pack("{s:s, s:s%, s:I, s:s%, s:s%}", "level", p->is_must ? "must" : "should", "path", p->path.p,
                                              p->path.n, "block", (json_int_t)p->block, "words", p->words.p, p->words.n, "fix",
                                              p->fix.n > 0 ? p->fix.p : "", p->fix.n));
    }
    return list;
}

struct preview {
    struct arena *arena;
    uint64_t edition;
    const struct letter_pages *pages;
    const struct letter_problems *problems;
    struct str text;
};

static void write_offloaded(void *arg)
{
    struct preview *run = arg;
    json_t *sheets = json_array(), *json;

    for (size_t i = 0; i < run->pages->svg.n; i++)
        json_array_append_new(sheets, json_stringn(run->pages->svg.p[i].p, run->pages->svg.p[i].n));
    json = json_pack("{s:I, s:I, s:o, s:o}", "edition", (json_int_t)run->edition, "count", (json_int_t)run->pages->count, "pages", sheets,
                     "problems", problems_json(run->problems));
    run->text = json_write(run->arena, json);
    json_decref(json);
}

enum rc letter_preview_respond(struct request *req, struct response *resp, uint64_t edition, const struct letter_pages *pages,
                               const struct letter_problems *problems, struct err *err)
{
    struct preview run = {.arena = request_arena(req), .edition = edition, .pages = pages, .problems = problems};

    TRY(request_offload(req, write_offloaded, &run, err));
    response_no_cache(resp);
    return respond_bytes(resp, STR("application/json"), run.text, STR_NONE);
}

enum rc letter_editor_json(struct request *req, struct response *resp, json_t *json)
{
    struct str text = json_write(request_arena(req), json);

    json_decref(json);
    response_no_cache(resp);
    return respond_bytes(resp, STR("application/json"), text, STR_NONE);
}

/* ---- the page ---- */

static struct str told_by(struct request *req, const struct letter_draft *row)
{
    return str_fmt(request_arena(req), "%.*s, %.*s", STR_ARG(row->draft_by),
                   STR_ARG(utc_short(request_arena(req), row->draft_at, request_zone(req))));
}

static struct str subtitle(struct request *req, const struct letter_draft *row)
{
    struct arena *arena = request_arena(req);

    if (row->draft.p == NULL)
        return str_fmt(arena, "Versi %" PRIu32 ", yang dipakai. Perubahan disimpan sebagai konsep versi %" PRIu32 ".", row->content,
                       row->content + 1);
    return str_fmt(arena, "Versi %" PRIu32 ", konsep: %.*s. Yang dipakai: versi %" PRIu32 ".", row->content + 1, STR_ARG(told_by(req, row)),
                   row->content);
}

void letter_editor_addresses(struct arena *arena, struct str here, struct letter_editor_view *v)
{
    v->save_action = str_fmt(arena, "%.*s/simpan", STR_ARG(here));
    v->use_action = str_fmt(arena, "%.*s/pakai", STR_ARG(here));
    v->drop_action = str_fmt(arena, "%.*s/buang", STR_ARG(here));
    v->preview_action = str_fmt(arena, "%.*s/pratinjau", STR_ARG(here));
    v->fields_href = str_fmt(arena, "%.*s/isian", STR_ARG(here));
    v->state_href = str_fmt(arena, "%.*s/keadaan", STR_ARG(here));
    v->questions_href = str_fmt(arena, "%.*s/pertanyaan", STR_ARG(here));
}

/* Text and tree of what is edited; after a conflict, what somebody else saved. */
static enum rc put_text(struct request *req, const struct editing *e, struct letter_editor_view *v, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct letter_form theirs;

    v->fault = e->fault;
    v->markup = e->markup;
    v->tree = letter_editor_got(req).tree;
    if (e->definition.p != NULL) {
        v->tree = e->paper.p != NULL ? e->paper : json_write(arena, e->form.tree);
        if (str_empty(v->markup))
            TRY(letter_markup_of(req, e->form.tree, &v->markup, err));
    }
    if (!request_is_changed(req))
        return RC_OK;
    TRY(letter_form_read(arena, base_of(&e->row), &theirs, err));
    TRY(letter_markup_of(req, theirs.tree, &v->theirs, err));
    v->theirs_by = e->row.draft.p != NULL ? told_by(req, &e->row) : STR("konsepnya sudah dipakai atau dibuang");
    return RC_OK;
}

enum rc letter_editor_respond(struct request *req, struct response *resp, struct letter_editor_view *v, const struct letter_pages *pages,
                              const struct letter_problems *problems, struct err *err)
{
    struct buf body = {.arena = request_arena(req)};

    v->problems.p = problems->p;
    v->problems.n = problems->n;
    v->problem_count = counted(request_arena(req), problems);
    v->sheets.p = pages->svg.p;
    v->sheets.n = pages->svg.n;
    view_letter_editor(&body, v);
    response_own_images(resp);
    if (v->fault.p != NULL && !request_is_changed(req))
        response_status(resp, 422);
    const struct page page = {
        .title = STR("Isi surat"), .active = v->is_letter ? STR("/kantor/surat") : STR(LETTER_TYPES_HOME), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

/* The draft and the latest versions, with how many letters use each. */
static enum rc put_versions(struct request *req, const struct letter_draft *row, struct letter_editor_view *v, struct err *err)
{
    enum { SHOWN = 4 };
    struct arena *arena = request_arena(req);
    struct letter_type_version_rows rows;
    struct village_db *db;

    TRY(request_village_db(req, &db, err));
    TRY(sql_letter_type_versions(db, row->id, &rows, err));
    v->versions_href = letter_type_url(arena, row->id, "/versi");
    v->draft_version = row->draft.p != NULL ? str_fmt(arena, "%" PRIu32, row->content + 1) : STR("");
    v->draft_by = row->draft.p != NULL ? told_by(req, row) : STR("");
    v->versions.p = ARENA_ARRAY(arena, struct letter_type_version_line, SHOWN);
    for (size_t i = 0; i < rows.n && i < SHOWN; i++)
        v->versions.p[v->versions.n++] = (struct letter_type_version_line){.version = rows.p[i].version,
                                                                           .letters = rows.p[i].letters,
                                                                           .made = utc_short(arena, rows.p[i].made_at, request_zone(req)),
                                                                           .by = str_empty(rows.p[i].made_by) ? STR("bawaan")
                                                                                                              : rows.p[i].made_by,
                                                                           .is_current = rows.p[i].version == row->content};
    return RC_OK;
}

/* A text that was tried stays of the edition that it was made from: what somebody saved meanwhile is asked about when it is kept. */
static enum rc respond_editor(struct request *req, struct response *resp, const struct editing *e, bool is_tried, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct letter_pages pages = {0};
    struct letter_problems problems = {0};
    const uint64_t edition = is_tried ? letter_editor_got(req).version : e->row.edition;
    struct letter_editor_view v = {.title = e->row.name,
                                   .sub = subtitle(req, &e->row),
                                   .edition = edition,
                                   .has_draft = e->row.draft.p != NULL,
                                   .is_tried = is_tried,
                                   .back_label = STR("Jenis surat"),
                                   .back_href = letter_type_url(arena, e->row.id, ""),
                                   .use_label = str_fmt(arena, "Pakai versi %" PRIu32, e->row.content + 1)};

    TRY(letter_editor_fill(req, &(struct letter_editor_form){.id = e->row.id, .version = edition}, &v.form, err));
    letter_editor_addresses(arena, letter_type_url(arena, e->row.id, "/isi"), &v);
    TRY(put_text(req, e, &v, err));
    TRY(put_versions(req, &e->row, &v, err));
    if (e->definition.p != NULL)
        TRY(try_it(req, e, &pages, &problems, err));
    return letter_editor_respond(req, resp, &v, &pages, &problems, err);
}

enum rc letter_editor_refuse(struct request *req, struct response *resp, uint64_t edition, struct str by, struct str fault)
{
    response_status(resp, request_is_changed(req) ? 409 : 422);
    return letter_editor_json(
        req, resp,
        json_pack("{s:I, s:s%, s:s%}", "edition", (json_int_t)edition, "by", by.p, by.n, "fault", fault.p != NULL ? fault.p : "", fault.n));
}

static enum rc respond_quiet(struct request *req, struct response *resp, const struct editing *e)
{
    return letter_editor_refuse(req, resp, e->row.edition, e->row.draft_by, e->fault);
}

enum rc letter_editor_page(struct request *req, struct response *resp, struct err *err)
{
    struct editing e;

    TRY(editing_read(req, &e, err));
    if (letter_editor_got(req).is_quiet)
        return respond_quiet(req, resp, &e);
    return respond_editor(req, resp, &e, false, err);
}

enum rc letter_editor_preview(struct request *req, struct response *resp, struct err *err)
{
    struct editing e;
    struct letter_pages pages = {0};
    struct letter_problems problems = {0};

    TRY(editing_read(req, &e, err));
    if (!letter_editor_got(req).is_quiet)
        return respond_editor(req, resp, &e, true, err);
    if (e.definition.p == NULL || request_faults(req)->n > 0)
        return respond_quiet(req, resp, &e);
    TRY(try_it(req, &e, &pages, &problems, err));
    return letter_preview_respond(req, resp, e.row.edition, &pages, &problems, err);
}

/* What the editor asks after it saved: which edition is the newest, when it was kept, and what stands beside the title from now on. */
enum rc letter_editor_state(struct request *req, struct response *resp, struct err *err)
{
    struct letter_draft row;
    struct village_db *db;

    TRY(request_village_db(req, &db, err));
    TRY(sql_letter_draft_get(db, letter_type_id_got(req).id, &row, err));
    const struct str words = subtitle(req, &row);
    const struct str at = row.draft_at != 0 ? utc_clock(request_arena(req), row.draft_at, request_zone(req)) : STR("");
    return letter_editor_json(req, resp,
                              json_pack("{s:I, s:b, s:s%, s:s%, s:s%}", "edition", (json_int_t)row.edition, "draft", row.draft.p != NULL,
                                        "at", at.p, at.n, "by", row.draft_by.p, row.draft_by.n, "words", words.p, words.n));
}

/* The fields that the text may use, in groups, each with its name for people and an example. */
enum rc letter_editor_fields(struct request *req, struct response *resp, struct err *err)
{
    struct letter_draft row;
    struct letter_form form;
    struct village_db *db;

    TRY(request_village_db(req, &db, err));
    TRY(sql_letter_draft_get(db, letter_type_id_got(req).id, &row, err));
    TRY(letter_form_read(request_arena(req), base_of(&row), &form, err));
    return letter_editor_json(req, resp, letter_words_json(req, &form));
}

/* ---- the acts ---- */

enum rc letter_editor_check(struct request *req, struct err *err)
{
    struct editing *e = ARENA_NEW(request_arena(req), struct editing);
    struct letter_pages pages = {0};
    struct letter_problems problems = {0};

    TRY(editing_read(req, e, err));
    if (e->fault.p != NULL)
        request_fault(req, LETTER_EDITOR_MARKUP, "%.*s", STR_ARG(e->fault));
    act_keep(req, e);
    if (request_route(req)->act != letter_editor_use_act || e->fault.p != NULL)
        return RC_OK;
    TRY(try_it(req, e, &pages, &problems, err));
    if (problems.musts > 0)
        request_fault(req, LETTER_EDITOR_MARKUP, "Ada %zu hal yang harus dibenahi sebelum dipakai. Daftarnya di bawah.", problems.musts);
    return RC_OK;
}

/* The row as it is now, and whether what was edited came from it. */
static enum rc lock_edited(struct txn *txn, struct request *req, const struct editing *e, struct letter_draft *row, struct err *err)
{
    TRY(sql_letter_draft_lock(txn, e->row.id, row, err));
    TRY(act_seen(req, row->edition, err));
    if (row->content != e->row.content) { /* the version in use moved on between the check and the lock */
        request_set_changed(req);
        return fail(err, RC_CONFLICT, "another version is in use since the draft was checked");
    }
    return RC_OK;
}

static enum rc note(struct txn *txn, struct request *req, const struct letter_draft *row, const char *kind, struct str reason,
                    const char *action, struct err *err)
{
    const struct change change = {
        .owner = letter_type_keeper.owner, .owner_id = row->id, .kind = str_c(kind), .reason = reason, .version = row->content};

    TRY(change_put(txn, req, &change, err));
    return act_audit(txn, req, err, action, "letter_type:%" PRIu64, row->id);
}

enum rc letter_draft_note(struct txn *txn, struct request *req, const struct letter_draft *row, struct err *err)
{
    if (row->draft.p != NULL && str_eq(row->draft_by, request_actor(req)->name))
        return RC_OK;
    return note(txn, req, row, "drafted", str_fmt(request_arena(req), "Versi %" PRIu32, row->content + 1), "letter_type.draft", err);
}

/* Kept every few seconds while somebody writes: the history says who began and who went on, not each time. */
enum rc letter_editor_save_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct editing *e = act_kept(req);
    const struct str me = request_actor(req)->name;
    const bool is_quiet = letter_editor_got(req).is_quiet;
    struct letter_draft row;

    TRY(lock_edited(txn, req, e, &row, err));
    *go_to_out = letter_type_url(request_arena(req), row.id, is_quiet ? "/isi/keadaan" : "/isi");
    if (str_eq(e->definition, base_of(&row)))
        return RC_OK;
    if (!is_quiet)
        act_say(req, "Konsep tersimpan");
    TRY(sql_letter_draft_set(txn, row.id, e->definition, row.base.is_set ? (uint32_t)row.base.value : row.content, request_now(req), me,
                             NULL, err));
    return letter_draft_note(txn, req, &row, err);
}

enum rc letter_editor_use_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct editing *e = act_kept(req);
    struct letter_draft row;

    TRY(lock_edited(txn, req, e, &row, err));
    *go_to_out = letter_type_url(request_arena(req), row.id, "");
    if (str_eq(e->definition, row.definition)) {
        act_say(req, ACT_UNCHANGED);
        return row.draft.p != NULL ? sql_letter_draft_drop(txn, row.id, NULL, err) : RC_OK;
    }
    TRY(sql_letter_draft_use(txn, row.id, e->definition, request_now(req), request_actor(req)->name, NULL, err));
    row.content++;
    TRY(note(txn, req, &row, "used", str_fmt(request_arena(req), "Versi %" PRIu32, row.content), "letter_type.use", err));
    act_say(req, "Versi baru dipakai untuk surat berikutnya");
    return act_touch(txn, ACT_PAGES, err);
}

enum rc letter_editor_drop_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    struct letter_draft row;

    TRY(sql_letter_draft_lock(txn, letter_draft_got(req).id, &row, err));
    *go_to_out = letter_type_url(request_arena(req), row.id, "");
    if (row.draft.p == NULL) {
        act_say(req, ACT_UNCHANGED);
        return RC_OK;
    }
    if (letter_draft_got(req).version != row.edition)
        return fail(err, RC_CONFLICT, "the draft was changed since it was shown");
    TRY(sql_letter_draft_drop(txn, row.id, NULL, err));
    act_say(req, "Konsep dibuang");
    return note(txn, req, &row, "dropped", STR(""), "letter_type.drop", err);
}
