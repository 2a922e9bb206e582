// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Foto dan dokumen of one person. Both are attachments (server/register/attachment.h): a photo is made small by the worker, a paper
 * is handed out as a download only, and one that was taken away stays on the books.
 */
#include "tenants/village/residents/papers_pages.h"

#include "server/base/text.h"
#include "server/register/attachment.h"
#include "server/web/act.h"
#include "tenants/village/residents/change_pages.h"
#include "tenants/village/residents/history_sql.h"
#include "tenants/village/residents/papers_sql.h"
#include "tenants/village/residents/papers_view.h"

static enum rc name_of(struct request *req, struct village_db *db, uint64_t id, struct str *name_out, struct err *err)
{
    struct resident_named person;

    TRY(sql_resident_name(db, id, &person, err));
    *name_out = text_name(request_arena(req), person.name);
    return RC_OK;
}

static enum rc look_at_document(struct request *req, struct village_db *db, uint64_t id, struct err *err)
{
    return resident_look(req, db, id, "document", err);
}

#define PAPER(slot, of, begins)                                                                \
    {                                                                                          \
        .word = slot, .label = of, .file = begins, .most_bytes = 5 * MIB, .takes = FILE_PAPERS \
    }
static const struct file_slot document_slots[] = {PAPER("kk", "Kartu Keluarga", "kartu-keluarga"),
                                                  PAPER("ktp", "e-KTP", "e-ktp"),
                                                  PAPER("birth", "Akta kelahiran", "akta-kelahiran"),
                                                  PAPER("marriage", "Akta nikah", "akta-nikah"),
                                                  PAPER("other", "Lainnya", "dokumen"),
                                                  {0}};
static const struct file_slot photo_slots[] = {
    {.word = "photo",
     .label = "Foto",
     .most_bytes = IMAGE_MAX_BYTES,
     .takes = FILE_IMAGES,
     .is_single = true,
     .sizes = {{"photo", {.width = 480, .height = 640, .min_side = 120, .fills = true, .quality = 82}}}},
    {0}};
const struct keeper document_keeper = {.owner = "resident",
                                       .home = "/kantor/penduduk",
                                       .name = name_of,
                                       .slots = document_slots,
                                       .files = "dokumen",
                                       .look = look_at_document};
const struct keeper photo_keeper = {.owner = "resident", .home = "/kantor/penduduk", .name = name_of, .slots = photo_slots};

/* Whose page it is: the row's own table has the id, the others have none. */
static uint64_t person_of(const struct request *req)
{
    return papers_see_got(req).id | photo_see_got(req).id | photo_upload_got(req).id | document_add_got(req).id | document_see_got(req).id |
           document_out_got(req).id;
}

static struct str href_of(const struct request *req, const char *tail)
{
    return str_fmt(request_arena(req), "/kantor/penduduk/%" PRIu64 "%s", person_of(req), tail);
}

static void put_photo(const struct request *req, const struct photo *photo, struct photo_view *v)
{
    if (photo->file_id.is_set)
        v->photo_href = str_fmt(request_arena(req), "%.*s?v=%" PRIu64, STR_ARG(href_of(req, "/foto")), photo->file_id.value);
    if (photo->upload_id.is_set)
        v->part_href = href_of(req, "/berkas/foto");
    v->refusal = image_cause_text(photo->refusal);
}

enum rc papers_page(struct request *req, struct response *resp, struct err *err)
{
    struct buf body = {.arena = request_arena(req)};
    struct papers_view v = {.may_edit = request_may(req, MAY_EDIT_RESIDENTS),
                            .faults = *request_faults(req),
                            .photo_form.action = href_of(req, "/foto"),
                            .document_form.action = href_of(req, "/dokumen")};
    struct village_db *db;
    struct resident_full person;

    TRY(request_village_db(req, &db, err));
    TRY(sql_resident_get(db, person_of(req), &person, err));
    TRY(resident_look(req, db, person.id, "papers", err));
    v.head = person_head_of(req, &person, STR("berkas"));
    put_photo(req, &(struct photo){.file_id = person.photo_id, .upload_id = person.upload_id, .refusal = person.refusal}, &v.photo);
    TRY(attachments_show(req, db, &document_keeper, person_of(req), v.may_edit, &v.documents, err));
    v.is_full = attachments_are_full(&v.documents);
    TRY(photo_upload_fill(req, NULL, &v.photo_form.form, err));
    TRY(document_add_fill(req, NULL, &v.document_form.form, err));
    view_papers(&body, &v);
    const struct page page = {.title = STR("Foto dan dokumen"), .active = STR("/kantor/penduduk"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

/* Asked again while the worker is at it. */
enum rc photo_part(struct request *req, struct response *resp, struct err *err)
{
    struct village_db *db;
    struct photo photo;
    struct photo_view v = {0};
    struct buf body = {.arena = request_arena(req)};

    TRY(request_village_db(req, &db, err));
    TRY(sql_photo_get(db, person_of(req), &photo, err));
    if (!photo.has_photo)
        return fail(err, RC_NOT_FOUND, "no photo");
    put_photo(req, &photo, &v);
    view_photo(&body, &v);
    return respond_part(resp, html_view(&body));
}

/* Never kept by a browser: office computers have many users. */
enum rc photo_image(struct request *req, struct response *resp, struct err *err)
{
    struct village_db *db;
    struct photo photo;
    struct str bytes;

    TRY(request_village_db(req, &db, err));
    TRY(sql_photo_get(db, person_of(req), &photo, err));
    if (!photo.file_id.is_set)
        return fail(err, RC_NOT_FOUND, "no photo");
    TRY(resident_look(req, db, person_of(req), "photo", err));
    TRY(file_load(db, photo.file_id.value, &bytes, err));
    response_no_cache(resp);
    return respond_bytes(resp, image_type(IMAGE_JPEG), bytes, STR_NONE);
}

enum rc document_file(struct request *req, struct response *resp, struct err *err)
{
    return attachment_respond(req, resp, &document_keeper, person_of(req), document_see_got(req).document, false, err);
}

/* ---- acts ---- */

/* Into the person's history and the trail. */
static enum rc tell(struct txn *txn, struct request *req, struct str kind, const char *action, struct str reason, struct str *go_to_out,
                    struct err *err)
{
    TRY(resident_told(txn, req, kind, reason, person_of(req), err));
    act_say(req, "Tersimpan");
    *go_to_out = href_of(req, "/berkas");
    return act_audit(txn, req, err, action, "resident:%" PRIu64, person_of(req));
}

enum rc photo_check(struct request *req, struct err *err)
{
    const struct attachment_new photo = {.keeper = &photo_keeper, .owner_id = person_of(req), .slot = &photo_slots[0]};

    return attachment_take(req, &photo, photo_upload_got(req).photo, PHOTO_UPLOAD_PHOTO, err);
}

enum rc photo_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    TRY(attachment_refused(req, attachment_put(txn, req, act_kept(req), err), PHOTO_UPLOAD_PHOTO, err));
    return tell(txn, req, STR("photo"), "resident.photo", STR(""), go_to_out, err);
}

enum rc document_check(struct request *req, struct err *err)
{
    const struct document_add_form form = document_add_got(req);
    const struct attachment_new paper = {
        .keeper = &document_keeper, .owner_id = form.id, .slot = attachment_slot(&document_keeper, form.kind), .title = form.note};

    return attachment_take(req, &paper, form.file, DOCUMENT_ADD_FILE, err);
}

enum rc document_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct attachment_new *paper = act_kept(req);

    TRY(attachment_refused(req, attachment_put(txn, req, paper, err), DOCUMENT_ADD_FILE, err));
    return tell(txn, req, STR("document"), "resident.document", attachment_words(request_arena(req), paper->slot, paper->title), go_to_out,
                err);
}

enum rc document_out_check(struct request *req, struct err *err)
{
    const struct document_out_form form = document_out_got(req);

    (void)err;
    attachment_out_check(req, form.document, form.reason);
    return RC_OK;
}

enum rc document_out_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct document_out_form form = document_out_got(req);
    const struct file_slot *slot;

    TRY(attachment_remove(txn, req, &document_keeper, form.id, form.document, form.reason, &slot, err));
    return tell(txn, req, STR("document_out"), "resident.document_out", attachment_words(request_arena(req), slot, form.reason), go_to_out,
                err);
}
