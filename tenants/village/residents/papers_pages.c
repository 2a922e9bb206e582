// SPDX-License-Identifier: AGPL-3.0-or-later
/* Foto dan dokumen of one person. */
#include "tenants/village/residents/papers.h"
#include "tenants/village/residents/papers_pages.h"

#include "server/base/text.h"
#include "server/image/image.h"
#include "server/web/audit.h"
#include "server/files/files.h"
#include "tenants/village/residents/change_pages.h"
#include "tenants/village/residents/history_sql.h"
#include "tenants/village/residents/papers_sql.h"
#include "tenants/village/residents/papers_view.h"
#include "workers/queue/queue.h"

enum { MOST_DOCUMENTS = 20 };
static const struct file_slot photo_slot = {.word = "photo", .most_bytes = IMAGE_MAX_BYTES, .takes = FILE_IMAGES};
static const struct file_slot document_slot = {.word = "document", .most_bytes = 5 * MIB, .takes = FILE_PAPERS};

static struct str papers_href(const struct request *req, const char *tail)
{
    return str_fmt(request_arena(req), "/kantor/penduduk/%" PRIu64 "%s", input_u64(req, "id"), tail);
}

static const struct {
    struct str word, label, file;
} kinds[] = {
#define X(word, label, file) {STR_INIT(word), STR_INIT(label), STR_INIT(file)},
    DOCUMENT_KINDS(X)
#undef X
};

static size_t kind_at(struct str word)
{
    for (size_t i = 0; i < COUNT_OF(kinds); i++)
        if (str_eq(kinds[i].word, word))
            return i;
    return COUNT_OF(kinds) - 1;
}

/* ---- the page ---- */

/* Which of its forms came back with faults. */
enum sent_form { SENT_NONE, SENT_PHOTO, SENT_DOCUMENT, SENT_REMOVAL };

static void put_photo(const struct request *req, const struct photo *photo, bool found, struct photo_view *v)
{
    if (!found)
        return;
    if (photo->file_id.is_set)
        v->photo_href = str_fmt(request_arena(req), "%.*s?v=%" PRIu64, STR_ARG(papers_href(req, "/foto")), photo->file_id.value);
    if (photo->upload_id.is_set)
        v->part_href = papers_href(req, "/berkas/foto");
    v->refusal = image_cause_text(photo->refusal);
}

static struct document_line document_line(const struct request *req, const struct document *d, bool may_edit)
{
    struct arena *arena = request_arena(req);
    enum zone zone = request_village(req)->zone;
    struct str href = papers_href(req, "/dokumen");
    struct document_line line = {
        .id = d->id,
        .label = kinds[kind_at(d->kind)].label,
        .note = d->note,
        .about = str_fmt(arena, "%s, %.*s, %.*s, %.*s", str_is(d->type, "application/pdf") ? "PDF" : "Gambar",
                         STR_ARG(bytes_text(arena, d->size)), STR_ARG(d->put_by), STR_ARG(date_short(arena, utc_date(d->put_at, zone)))),
    };

    if (d->removed_at != 0) {
        line.removed = str_fmt(arena, "Ditarik %.*s, %.*s: %.*s", STR_ARG(d->removed_by),
                               STR_ARG(date_short(arena, utc_date(d->removed_at, zone))), STR_ARG(d->removed_reason));
        return line;
    }
    line.href = str_fmt(arena, "%.*s/%" PRIu64, STR_ARG(href), d->id);
    if (may_edit)
        line.remove_href = str_fmt(arena, "%.*s/tarik", STR_ARG(line.href));
    line.fault = request_fault_of(req, str_z(arena, str_fmt(arena, "alasan-%" PRIu64, d->id)));
    return line;
}

static struct select_view kind_choice(struct request *req, bool is_sent)
{
    struct select_view select = {.name = STR("jenis"), .label = STR("Jenis dokumen"), .empty_label = STR("Pilih")};

    select.options = (struct options){ARENA_ARRAY(request_arena(req), struct option, COUNT_OF(kinds)), COUNT_OF(kinds)};
    for (size_t i = 0; i < COUNT_OF(kinds); i++)
        select.options.p[i] = (struct option){
            .value = kinds[i].word, .label = kinds[i].label, .is_selected = is_sent && str_eq(input_typed(req, "jenis"), kinds[i].word)};
    if (is_sent)
        select.fault = request_fault_of(req, "jenis");
    return select;
}

static enum rc papers_respond(struct request *req, struct response *resp, enum sent_form sent, struct err *err)
{
    struct arena *arena = request_arena(req);
    bool is_document = sent == SENT_DOCUMENT;
    struct village_db *db;
    struct papers_person person;
    struct document_rows documents;
    struct buf body = {.arena = arena};
    struct papers_view v = {
        .guard = request_form_guard(req),
        .href = papers_href(req, ""),
        .may_edit = request_may(req, MAY_EDIT_RESIDENTS),
        .is_saved = sent == SENT_NONE && input_flag(req, "tersimpan"),
        .photo_file = {.name = STR("foto"),
                       .label = STR("Unggah foto"),
                       .hint = STR("JPEG atau PNG, paling besar 5 MB. Dipotong menjadi pas foto."),
                       .accept = STR("image/jpeg,image/png")},
        .document_file = {.name = STR("berkas"),
                          .label = STR("Berkas"),
                          .hint = STR("PDF, JPEG, atau PNG, paling besar 5 MB"),
                          .accept = STR("application/pdf,image/jpeg,image/png")},
        .kind = kind_choice(req, is_document),
        .note = input_box(req, is_document,
                          (struct field_view){.name = STR("catatan"),
                                              .label = STR("Catatan"),
                                              .hint = STR("Contoh: nomor akta"),
                                              .is_optional = true,
                                              .max_length = 200}),
    };

    TRY(request_village_db(req, &db, err));
    TRY(sql_papers_person(db, input_u64(req, "id"), &person, err));
    const struct photo photo = {person.file_id, person.upload_id, person.refusal};
    if (sent == SENT_NONE)
        TRY(resident_look(req, db, person.id, "papers", err));
    TRY(sql_documents(db, person.id, &documents, err));
    v.name = text_name(arena, person.name);
    put_photo(req, &photo, person.has_photo, &v.photo);
    if (sent != SENT_NONE)
        v.faults = *request_faults(req);
    v.photo_file.fault = request_fault_of(req, "foto");
    v.document_file.fault = request_fault_of(req, "berkas");
    v.documents.p = ARENA_ARRAY(arena, struct document_line, documents.n);
    size_t kept = 0;
    for (size_t i = 0; i < documents.n; i++) {
        v.documents.p[v.documents.n++] = document_line(req, &documents.p[i], v.may_edit);
        kept += documents.p[i].removed_at == 0;
    }
    v.is_full = kept >= MOST_DOCUMENTS;
    view_papers(&body, &v);
    const struct page page = {.title = STR("Foto dan dokumen"), .active = STR("/kantor/penduduk"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

enum rc papers_page(struct request *req, struct response *resp, struct err *err)
{
    return papers_respond(req, resp, SENT_NONE, err);
}

/* ---- photo ---- */

/* Asked again while the worker is at it. */
enum rc photo_part(struct request *req, struct response *resp, struct err *err)
{
    struct village_db *db;
    struct photo photo;
    bool found;
    struct photo_view v = {0};
    struct buf body = {.arena = request_arena(req)};

    TRY(request_village_db(req, &db, err));
    TRY(sql_photo_get(db, input_u64(req, "id"), &photo, &found, err));
    if (!found)
        return fail(err, RC_NOT_FOUND, "no photo");
    put_photo(req, &photo, found, &v);
    view_photo(&body, &v);
    return respond_part(resp, html_view(&body));
}

/* Never kept by a browser: office computers have many users. */
enum rc photo_image(struct request *req, struct response *resp, struct err *err)
{
    struct village_db *db;
    struct photo photo;
    bool found;
    struct str bytes;

    TRY(request_village_db(req, &db, err));
    TRY(sql_photo_get(db, input_u64(req, "id"), &photo, &found, err));
    if (!found || !photo.file_id.is_set)
        return fail(err, RC_NOT_FOUND, "no photo");
    TRY(resident_look(req, db, input_u64(req, "id"), "photo", err));
    TRY(file_load(db, photo.file_id.value, &bytes, err));
    response_no_cache(resp);
    return respond_bytes(resp, image_type(IMAGE_JPEG), bytes, STR_NONE);
}

struct put_ctx {
    struct request *req;
    uint64_t file_id;
    bool is_full;
};

static enum rc audit_papers(struct txn *txn, const struct request *req, const char *action, struct err *err)
{
    const struct audit audit = request_audit(req, action, str_fmt(request_arena(req), "resident:%" PRIu64, input_u64(req, "id")));

    return audit_put(txn, &audit, err);
}

static enum rc photo_body(struct txn *txn, void *arg, struct str *go_to_out, struct err *err)
{
    const struct put_ctx *ctx = arg;
    uint64_t id = input_u64(ctx->req, "id");
    const struct resident_act act = resident_act_of(ctx->req, CHANGE_PHOTO, STR(""));
    struct papers_held held;

    TRY(sql_papers_hold(txn, id, &held, err));
    TRY(file_release(txn, "resident", id, "upload", err));
    TRY(file_hold(txn, ctx->file_id, "resident", id, "upload", err));
    TRY(sql_photo_put(txn, id, ctx->file_id, request_now(ctx->req), NULL, err));
    TRY(resident_change_put(txn, &act, id, STR_NONE, err));
    TRY(audit_papers(txn, ctx->req, "resident.photo", err));
    *go_to_out = papers_href(ctx->req, "/berkas?tersimpan=1");
    return outbox_put(txn, JOB_MAKE_PHOTO, id, STR_NONE, err);
}

/* Nothing is stored for somebody who is not of this village. */
static enum rc must_be_here(struct request *req, struct village_db **db_out, struct err *err)
{
    struct resident_named person;

    TRY(request_village_db(req, db_out, err));
    return sql_resident_name(*db_out, input_u64(req, "id"), &person, err);
}

enum rc photo_post(struct request *req, struct response *resp, struct err *err)
{
    struct put_ctx ctx = {.req = req};
    struct village_db *db;
    struct upload upload;
    struct image_head head;

    TRY(must_be_here(req, &db, err));
    if (input_file(req, "foto", &upload)) {
        enum image_cause cause = image_look(upload.bytes, &head);
        if (cause != IMAGE_FINE)
            request_fault(req, "foto", "%.*s", STR_ARG(image_cause_text(image_cause_word(cause))));
    }
    if (request_faults(req)->n > 0)
        return papers_respond(req, resp, SENT_PHOTO, err);
    TRY(file_store(db, &photo_slot, image_type(head.kind), upload.bytes, &ctx.file_id, err));
    return village_act(req, resp, photo_body, &ctx, err);
}

/* ---- papers ---- */

static enum rc document_body(struct txn *txn, void *arg, struct str *go_to_out, struct err *err)
{
    struct put_ctx *ctx = arg;
    struct request *req = ctx->req;
    struct arena *arena = request_arena(req);
    uint64_t id = input_u64(req, "id");
    struct str label = kinds[kind_at(input_str(req, "jenis"))].label, note = input_text(req, "catatan");
    struct papers_held held;
    uint64_t document_id;

    TRY(sql_papers_hold(txn, id, &held, err));
    ctx->is_full = held.n >= MOST_DOCUMENTS;
    if (ctx->is_full)
        return fail(err, RC_INVALID, "the resident has as many papers as are kept");
    const struct document_put_in in = {.resident_id = id,
                                       .file_id = ctx->file_id,
                                       .kind = input_str(req, "jenis"),
                                       .note = note,
                                       .now = request_now(req),
                                       .put_by = request_actor(req)->name};
    TRY(sql_document_put(txn, &in, &document_id, err));
    TRY(file_hold(txn, ctx->file_id, "document", document_id, "", err));
    const struct resident_act act = resident_act_of(req, CHANGE_DOCUMENT,
                                                    str_empty(note) ? label : str_fmt(arena, "%.*s: %.*s", STR_ARG(label), STR_ARG(note)));
    TRY(resident_change_put(txn, &act, id, STR_NONE, err));
    *go_to_out = papers_href(req, "/berkas?tersimpan=1");
    return audit_papers(txn, req, "resident.document", err);
}

enum rc document_post(struct request *req, struct response *resp, struct err *err)
{
    struct put_ctx ctx = {.req = req};
    struct village_db *db;
    struct upload upload;
    struct str type = STR_NONE;

    TRY(must_be_here(req, &db, err));
    if (input_file(req, "berkas", &upload)) {
        type = file_type_of(&document_slot, upload.bytes);
        if (type.p == NULL)
            request_fault(req, "berkas", "Berkas ini bukan PDF, JPEG, atau PNG yang utuh. Pilih berkas lain.");
    }
    if (request_faults(req)->n > 0)
        return papers_respond(req, resp, SENT_DOCUMENT, err);
    TRY(file_store(db, &document_slot, type, upload.bytes, &ctx.file_id, err));
    enum rc rc = village_act(req, resp, document_body, &ctx, err);
    if (rc != RC_INVALID || !ctx.is_full)
        return rc;
    request_fault(req, "berkas", "Sudah ada %d dokumen untuk warga ini. Tarik yang tidak dipakai dulu.", MOST_DOCUMENTS);
    return papers_respond(req, resp, SENT_DOCUMENT, err);
}

enum rc document_file(struct request *req, struct response *resp, struct err *err)
{
    struct village_db *db;
    struct document_full document;
    struct str bytes;

    TRY(request_village_db(req, &db, err));
    TRY(sql_document_get(db, input_u64(req, "id"), input_u64(req, "dokumen"), &document, err));
    TRY(resident_look(req, db, input_u64(req, "id"), "document", err));
    TRY(file_load(db, document.file_id, &bytes, err));
    struct str name = str_fmt(request_arena(req), "%.*s-%" PRIu64 ".%s", STR_ARG(kinds[kind_at(document.kind)].file), document.id,
                              file_ending(document.type));
    return respond_bytes(resp, document.type, bytes, name);
}

static enum rc remove_body(struct txn *txn, void *arg, struct str *go_to_out, struct err *err)
{
    struct request *req = arg;
    uint64_t id = input_u64(req, "id");
    struct document_held held;

    TRY(sql_document_hold(txn, id, input_u64(req, "dokumen"), &held, err));
    *go_to_out = papers_href(req, "/berkas?tersimpan=1");
    if (held.is_removed)
        return fail(err, RC_CONFLICT, "the paper was taken away already");
    TRY(sql_document_remove(txn, held.id, request_now(req), request_actor(req)->name, input_str(req, "alasan"), NULL, err));
    const struct resident_act act = resident_act_of(
        req, CHANGE_DOCUMENT_OUT,
        str_fmt(request_arena(req), "%.*s: %.*s", STR_ARG(kinds[kind_at(held.kind)].label), STR_ARG(input_str(req, "alasan"))));
    TRY(resident_change_put(txn, &act, id, STR_NONE, err));
    return audit_papers(txn, req, "resident.document_out", err);
}

enum rc document_remove_post(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);

    if (str_empty(input_text(req, "alasan")))
        request_fault(req, str_z(arena, str_fmt(arena, "alasan-%" PRIu64, input_u64(req, "dokumen"))), "Tulis alasan dokumen ini ditarik.");
    if (request_faults(req)->n > 0)
        return papers_respond(req, resp, SENT_REMOVAL, err);
    return village_act(req, resp, remove_body, req, err);
}
