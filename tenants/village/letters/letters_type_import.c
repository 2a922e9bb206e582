// SPDX-License-Identifier: AGPL-3.0-or-later
/* A type of letters written as a file; a file of types uploaded, its report, and what is taken of it. */
#include "tenants/village/letters/letters_type_import.h"

#include "server/base/json.h"
#include "server/base/text.h"
#include "server/files/files.h"
#include "server/register/attachment.h"
#include "server/web/village.h"
#include "tenants/village/letters/letters_editor_sql.h"
#include "tenants/village/letters/letters_type_file.h"
#include "tenants/village/letters/letters_type_import_sql.h"
#include "tenants/village/letters/letters_type_import_view.h"
#include "tenants/village/letters/letters_type_sql.h"
#include "tenants/village/letters/letters_type_view.h"
#include "tenants/village/letters/opensid.h"

#define HERE LETTER_TYPES_HOME "/impor"
#define JSON_TYPE STR("application/json")

/* ---- written out ---- */

enum rc letter_type_export_file(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct letter_type_signing signer;
    struct letter_type_one row;
    struct village_db *db;
    json_t *type, *definition;
    bool is_there = false;

    TRY(request_village_db(req, &db, err));
    TRY(sql_letter_type_one_get(db, letter_type_id_got(req).id, &row, err));
    TRY(json_read(arena, row.definition, &definition, err));
    type = json_pack("{s:i, s:s%, s:s%, s:s%, s:s%, s:s%, s:s%, s:i, s:O}", "balai_letter_type", 1, "slug", row.slug.p, row.slug.n, "name",
                     row.name.p, row.name.n, "classification", row.classification.p, row.classification.n, "number_format",
                     row.number_format.p, row.number_format.n, "number_scope", row.number_scope.p, row.number_scope.n, "policy",
                     row.policy.p, row.policy.n, "valid_months", row.valid_months, "definition", definition);
    json_keep(arena, type);
    if (row.signer_id.is_set)
        TRY(sql_letter_type_signer(db, row.signer_id.value, &signer, &is_there, err));
    if (is_there)
        json_object_set_new(type, "signer", json_stringn(signer.position.p, signer.position.n));
    return respond_bytes(resp, JSON_TYPE, json_write(arena, type), str_fmt(arena, "jenis-surat-%.*s.json", STR_ARG(row.slug)));
}

/* ---- uploaded ---- */

/* What is kept of a file for an hour, while its report is read: the types as they were made of it. */
static const struct file_slot plan_slot = {.word = "letter_types", .most_bytes = 8 * MIB};

struct reading {
    struct arena *arena;
    struct str bytes, types, fault;
    enum rc rc;
    struct err err;
};

static void read_offloaded(void *arg)
{
    struct reading *run = arg;

    run->rc = letter_file_read(run->arena, run->bytes, &run->types, &run->fault, &run->err);
}

enum rc letter_type_import_page(struct request *req, struct response *resp, struct err *err)
{
    struct buf body = {.arena = request_arena(req)};
    struct letter_type_import_view v = {0};

    TRY(letter_type_import_fill(req, NULL, &v.form, err));
    view_letter_type_import(&body, &v);
    const struct page page = {.title = STR("Impor jenis surat"), .active = STR(LETTER_TYPES_HOME), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

enum rc letter_type_import_check(struct request *req, struct err *err)
{
    const struct letter_type_import_form in = letter_type_import_got(req);
    struct reading run = {.arena = request_arena(req), .bytes = in.file.bytes};
    struct file_new *file = ARENA_NEW(request_arena(req), struct file_new);

    if (in.file.bytes.p == NULL || request_faults(req)->n > 0)
        return RC_OK;
    TRY(request_offload(req, read_offloaded, &run, err));
    if (run.fault.p != NULL)
        request_fault(req, LETTER_TYPE_IMPORT_FILE, "%.*s", STR_ARG(run.fault));
    else if (run.rc == RC_OK && run.types.n > plan_slot.most_bytes)
        request_fault(req, LETTER_TYPE_IMPORT_FILE,
                      "Isi berkas ini terlalu besar. Ekspor beberapa jenis surat saja, lalu impor bergantian.");
    if (request_faults(req)->n > 0)
        return RC_OK;
    TRY(run.rc == RC_OK ? RC_OK : fail(err, run.rc, "%s", run.err.text));
    TRY(upload_count(req, in.file.bytes.n, LETTER_TYPE_IMPORT_FILE, err));
    act_keep(req, file);
    return file_prepare(&plan_slot, JSON_TYPE, run.types, file, err);
}

enum rc letter_type_import_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    uint64_t id;

    TRY(file_put(txn, act_kept(req), &id, err));
    *go_to_out = str_fmt(request_arena(req), HERE "/%" PRIu64, id);
    return act_audit(txn, req, err, "letter_type.upload", "file:%" PRIu64, id);
}

/* ---- the report ---- */

struct report {
    struct arena *arena;
    struct str bytes;
    json_t *types; /* NULL: it is none */
};

static void report_offloaded(void *arg)
{
    struct report *run = arg;
    struct err why;

    if (json_read(run->arena, run->bytes, &run->types, &why) != RC_OK || !json_is_array(run->types))
        run->types = NULL;
}

/* RC_NOT_FOUND too when the file is another one than a report's. */
static enum rc plan_read(struct request *req, struct village_db *db, json_t **types_out, struct err *err)
{
    struct report run = {.arena = request_arena(req)};

    TRY(file_load(db, letter_type_take_got(req).id, &run.bytes, err));
    TRY(request_offload(req, report_offloaded, &run, err));
    *types_out = run.types;
    return run.types != NULL ? RC_OK : fail(err, RC_NOT_FOUND, "not a report of letter types");
}

static struct letter_note_lines notes_of(struct arena *arena, const json_t *type, const char *kind)
{
    const json_t *notes = json_object_get(type, "notes");
    struct letter_note_lines lines = {.p = ARENA_ARRAY(arena, struct letter_note_line, json_array_size(notes))};

    for (size_t i = 0; i < json_array_size(notes); i++) {
        const json_t *note = json_array_get(notes, i);

        if (str_is(json_text(note, "kind"), kind))
            lines.p[lines.n++] = (struct letter_note_line){json_text(note, "where"), json_text(note, "words")};
    }
    return lines;
}

/* The type that is there already: by its short name, or by its name. */
static enum rc known_type(struct village_db *db, const json_t *type, struct letter_type_known *out, bool *found_out, struct err *err)
{
    TRY(sql_letter_type_slugged(db, json_text(type, "slug"), out, found_out, err));
    return *found_out ? RC_OK : sql_letter_type_named(db, json_text(type, "name"), out, found_out, err);
}

/* What was chosen for the type of this number: "baru", "konsep", "tidak"; empty: nothing was. */
static struct str pick_of(const struct request *req, size_t number)
{
    return pair_of_id(letter_type_take_got(req).picks, number);
}

/* How it is issued and numbered; who signs is an official of another village, and chosen anew. */
static struct str way_told(struct arena *arena, const json_t *type)
{
    const struct str scope = letter_scope_label(json_text(type, "number_scope")), signer = json_text(type, "signer");

    return str_fmt(arena, "%.*s%s%.*s%s%.*s%s", STR_ARG(text_lower(arena, letter_policy_label(json_text(type, "policy")))),
                   scope.p != NULL ? ", nomor: " : "", STR_ARG(text_lower(arena, scope)),
                   str_empty(signer) ? "" : ", penanda tangan di desa asalnya ", STR_ARG(signer),
                   str_empty(signer) ? "" : " (pilih lagi di pengaturannya)");
}

/* Whether its letters go out without the head is his to say: as long as he has not, they wait for him. */
static bool is_sealed(const json_t *type)
{
    return str_is(json_text(type, "policy"), "seal");
}

static enum rc plan_line(struct request *req, struct village_db *db, const json_t *type, size_t number, struct letter_type_plan_line *out,
                         struct err *err)
{
    struct arena *arena = request_arena(req);
    const struct str pick = pick_of(req, number);
    const json_t *definition = json_object_get(type, "definition");
    struct letter_type_known known;
    bool is_known;

    *out = (struct letter_type_plan_line){.number = number, .name = json_text(type, "name"), .fault = json_text(type, "fault")};
    if (!str_empty(out->fault))
        return RC_OK;
    TRY(known_type(db, type, &known, &is_known, err));
    out->known = is_known ? known.name : STR_NONE;
    out->facts = str_fmt(arena, "Klasifikasi %.*s, %s pertanyaan, %s, %.*s%s", STR_ARG(json_text(type, "classification")),
                         str_z(arena, number_text(arena, (int64_t)json_array_size(json_object_get(definition, "fields")))),
                         json_u64(type, "valid_months") == 0
                             ? "berlaku tanpa batas waktu"
                             : str_z(arena, str_fmt(arena, "berlaku %" PRIu64 " bulan", json_u64(type, "valid_months"))),
                         STR_ARG(way_told(arena, type)),
                         is_sealed(type) ? ". Langsung terbit diminta lagi di pengaturannya: kepala desa yang menyetujuinya" : "");
    out->unknown = notes_of(arena, type, NOTE_UNKNOWN);
    out->dropped = notes_of(arena, type, NOTE_DROPPED);
    out->tidied = notes_of(arena, type, NOTE_TIDIED);
    out->n_dropped = out->dropped.n;
    out->n_tidied = out->tidied.n;
    out->is_draft = is_known && str_is(pick, "konsep");
    out->is_left = str_is(pick, "tidak");
    out->is_new = !out->is_draft && !out->is_left;
    return RC_OK;
}

enum rc letter_type_plan_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct buf body = {.arena = arena};
    struct letter_type_plan_view v = {.action = request_path(req), .guard = request_form_guard(req), .faults = *request_faults(req)};
    struct village_db *db;
    json_t *types;

    TRY(request_village_db(req, &db, err));
    enum rc rc = plan_read(req, db, &types, err);
    if (rc == RC_NOT_FOUND) {
        struct letter_type_import_view gone = {.is_gone = true};

        TRY(letter_type_import_fill(req, NULL, &gone.form, err));
        view_letter_type_import(&body, &gone);
    }
    TRY(rc == RC_NOT_FOUND ? RC_OK : rc);
    v.lines.n = rc == RC_OK ? json_array_size(types) : 0;
    v.lines.p = ARENA_ARRAY(arena, struct letter_type_plan_line, v.lines.n);
    for (size_t i = 0; i < v.lines.n; i++) {
        TRY(plan_line(req, db, json_array_get(types, i), i + 1, &v.lines.p[i], err));
        v.is_useful = v.is_useful || str_empty(v.lines.p[i].fault);
    }
    v.about = str_fmt(arena, "%zu jenis surat", v.lines.n);
    if (rc == RC_OK)
        view_letter_type_plan(&body, &v);
    const struct page page = {.title = STR("Impor jenis surat"), .active = STR(LETTER_TYPES_HOME), .body = html_view(&body)};

    if (rc == RC_NOT_FOUND)
        response_status(resp, 404);
    return respond_page(req, resp, &page, err);
}

/* ---- taken ---- */

struct judging {
    struct arena *arena;
    const json_t *types;
    struct str fault;
};

/* The file lay in the store meanwhile, and the program may be another: looked at once more. */
static void judge_offloaded(void *arg)
{
    struct judging *run = arg;

    for (size_t i = 0; run->fault.p == NULL && i < json_array_size(run->types); i++) {
        const json_t *type = json_array_get(run->types, i);

        if (json_object_get(type, "fault") == NULL)
            run->fault = letter_file_fault(run->arena, type);
    }
}

enum rc letter_type_plan_check(struct request *req, struct err *err)
{
    struct judging run = {.arena = request_arena(req)};
    struct village_db *db;
    size_t taken = 0;
    json_t *types;
    enum rc rc;

    TRY(request_village_db(req, &db, err));
    rc = plan_read(req, db, &types, err);
    if (rc == RC_NOT_FOUND) {
        act_ask(req); /* the page says it */
        return RC_OK;
    }
    TRY(rc);
    run.types = types;
    TRY(request_offload(req, judge_offloaded, &run, err));
    for (size_t i = 0; i < json_array_size(types); i++)
        taken += json_object_get(json_array_get(types, i), "fault") == NULL && !str_is(pick_of(req, i + 1), "tidak");
    if (run.fault.p != NULL)
        request_fault(req, "", "%.*s", STR_ARG(run.fault));
    else if (taken == 0)
        request_fault(req, "", "Pilih paling sedikit satu jenis surat untuk diimpor.");
    act_keep(req, types);
    return RC_OK;
}

static enum rc take_new(struct txn *txn, struct request *req, const json_t *type, uint64_t *id_out, struct err *err)
{
    struct letter_type_put_in in = {.classification = json_text(type, "classification"),
                                    .number_format = json_text(type, "number_format"),
                                    .number_scope = json_text(type, "number_scope"),
                                    .policy = is_sealed(type) ? STR("approve") : json_text(type, "policy"),
                                    .valid_months = (uint8_t)json_u64(type, "valid_months"),
                                    .definition = json_write(request_arena(req), json_object_get(type, "definition")),
                                    .sort = (uint16_t)json_u64(json_object_get(type, "definition"), "sort"),
                                    .at = request_now(req),
                                    .by = request_actor(req)->name};
    enum { SORT_MOST = 999 };

    if (in.sort == 0 || in.sort > SORT_MOST)
        in.sort = SORT_MOST;
    TRY(letter_type_free_name(txn, 0, json_text(type, "name"), "impor", &in.name, err));
    return sql_letter_type_put(txn, &in, id_out, err);
}

/* The text and the questions as a draft of the type that is there: whoever looks after it reads and uses it in the editor. */
static enum rc take_draft(struct txn *txn, struct request *req, const json_t *type, uint64_t id, struct err *err)
{
    struct letter_draft row;

    TRY(sql_letter_draft_lock(txn, id, &row, err));
    if (row.draft.p != NULL)
        return act_refuse(req, err, "",
                          "“%.*s” sedang disunting oleh %.*s. Pakai atau buang dulu konsepnya, atau impor sebagai jenis surat tersendiri.",
                          STR_ARG(row.name), STR_ARG(row.draft_by));
    return sql_letter_draft_set(txn, id, json_write(request_arena(req), json_object_get(type, "definition")), row.content, request_now(req),
                                request_actor(req)->name, NULL, err);
}

static enum rc take(struct txn *txn, struct request *req, const json_t *type, size_t number, struct err *err)
{
    struct letter_type_known known;
    struct letter_draft row;
    bool is_known;
    uint64_t id;

    TRY(known_type(in_txn(txn), type, &known, &is_known, err));
    if (is_known && str_is(pick_of(req, number), "konsep")) {
        id = known.id;
        TRY(take_draft(txn, req, type, id, err));
    } else
        TRY(take_new(txn, req, type, &id, err));
    TRY(sql_letter_draft_get(in_txn(txn), id, &row, err));
    const struct change change = {.owner = letter_type_keeper.owner, .owner_id = id, .kind = STR("imported"), .version = row.content};

    TRY(change_put(txn, req, &change, err));
    return act_audit(txn, req, err, "letter_type.import", "letter_type:%" PRIu64, id);
}

enum rc letter_type_plan_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const json_t *types = act_kept(req);

    for (size_t i = 0; i < json_array_size(types); i++) {
        const json_t *type = json_array_get(types, i);

        if (json_object_get(type, "fault") == NULL && !str_is(pick_of(req, i + 1), "tidak"))
            TRY(take(txn, req, type, i + 1, err));
    }
    *go_to_out = STR(LETTER_TYPES_HOME "?keadaan=berhenti");
    act_say(req, "Jenis surat terimpor, belum dipakai: baca dulu isinya, lalu nyalakan di pengaturannya");
    return RC_OK;
}
