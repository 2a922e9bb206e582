// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Lambang: the crest on a village's letterheads and, small, at the head of its pages. It is a picture like others (attachment.h); until
 * the worker has made it, the one before it is printed and shown. A letter holds the crest it was issued with; pages find the present one
 * only, under its hash.
 */
#include "server/register/attachment.h"
#include "server/web/act.h"
#include "tenants/village/staff/crest_sql.h"
#include "tenants/village/staff/settings_view.h"
#include "tenants/village/staff/staff_pages.h"

#define HOME "/kantor/pengaturan/lambang"
enum { VILLAGE = 1 };

static enum rc name_of(struct request *req, struct village_db *db, uint64_t id, struct str *name_out, struct err *err)
{
    (void)db;
    *name_out = request_village(req)->name;
    return id == VILLAGE ? RC_OK : fail(err, RC_NOT_FOUND, "there is one village");
}

/* Printed at most 20 mm wide: more than 380 dots an inch. On pages at most 76 px, on sharp screens twice that. */
static const struct file_slot slots[] = {{.word = "crest",
                                          .label = "Lambang desa",
                                          .most_bytes = IMAGE_MAX_BYTES,
                                          .takes = FILE_IMAGES,
                                          .is_single = true,
                                          .is_on_pages = true,
                                          .sizes = {{"crest", {.width = 300, .height = 360, .min_side = 80, .quality = 85}},
                                                    {"small", {.width = 152, .height = 152, .min_side = 80, .quality = 80}}}},
                                         {0}};
const struct keeper crest_keeper = {.owner = "village", .home = "/kantor/pengaturan", .name = name_of, .slots = slots};

enum rc crest_put_view(struct request *req, struct village_db *db, struct crest_view *out, struct err *err)
{
    struct crest crest;
    bool found;

    TRY(sql_crest_get(db, &crest, &found, err));
    if (!found)
        return RC_OK;
    *out = (struct crest_view){.is_waiting = crest.upload_id.is_set, .refusal = image_cause_text(crest.refusal)};
    if (crest.file_id.is_set) /* another crest has another address */
        out->href = str_fmt(request_arena(req), HOME "?v=%" PRIu64, crest.file_id.value);
    return RC_OK;
}

/* Asked again while the worker is at it. */
enum rc crest_part(struct request *req, struct response *resp, struct err *err)
{
    struct village_db *db;
    struct crest_view v = {0};
    struct buf body = {.arena = request_arena(req)};

    TRY(request_village_db(req, &db, err));
    TRY(crest_put_view(req, db, &v, err));
    view_crest(&body, &v);
    return respond_part(resp, html_view(&body));
}

enum rc crest_image(struct request *req, struct response *resp, struct err *err)
{
    struct village_db *db;
    struct crest crest;
    struct str bytes;
    bool found;

    TRY(request_village_db(req, &db, err));
    TRY(sql_crest_get(db, &crest, &found, err));
    if (!found || !crest.file_id.is_set)
        return fail(err, RC_NOT_FOUND, "no crest");
    TRY(file_load(db, crest.file_id.value, &bytes, err));
    response_no_cache(resp);
    return respond_bytes(resp, image_type(IMAGE_JPEG), bytes, STR_NONE);
}

/* For everyone. Another crest has another address, so a browser asks once. */
enum rc crest_small_image(struct request *req, struct response *resp, struct err *err)
{
    unsigned char hash[HASH_BYTES];
    struct crest_hash_form form;
    struct village_db *db;
    struct crest_small small;
    struct str bytes;
    bool found = false;

    TRY(request_village_db(req, &db, err));
    crest_hash_read(req, &form);
    if (str_unhex(form.hash, hash, sizeof(hash)))
        TRY(sql_crest_small(db, (struct str){(const char *)hash, sizeof(hash)}, &small, &found, err));
    if (!found)
        return fail(err, RC_NOT_FOUND, "no such crest");
    TRY(file_load(db, small.file_id, &bytes, err));
    response_header(resp, "cache-control", STR("private, max-age=31536000, immutable"));
    return respond_bytes(resp, image_type(IMAGE_JPEG), bytes, STR_NONE);
}

enum rc crest_check(struct request *req, struct err *err)
{
    const struct attachment_new new = {.keeper = &crest_keeper, .owner_id = VILLAGE, .slot = &slots[0]};

    return attachment_take(req, &new, crest_upload_got(req).crest, CREST_UPLOAD_CREST, err);
}

enum rc crest_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    struct identity_locked locked;

    TRY(sql_identity_lock(txn, &locked, err));
    TRY(attachment_put(txn, req, act_kept(req), err));
    act_say(req, "Tersimpan");
    *go_to_out = STR("/kantor/pengaturan");
    return act_audit(txn, req, err, "village.crest", "identity:1");
}

enum rc crest_remove_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    struct identity_locked locked;
    const struct file_slot *slot;
    struct crest crest;
    bool found;

    TRY(sql_identity_lock(txn, &locked, err));
    TRY(sql_crest_get(in_txn(txn), &crest, &found, err));
    if (found)
        TRY(attachment_remove(txn, req, &crest_keeper, VILLAGE, crest.id, STR("Dilepas"), &slot, err));
    act_say(req, "Tersimpan");
    *go_to_out = STR("/kantor/pengaturan");
    TRY(act_audit(txn, req, err, "village.crest_out", "identity:1"));
    return act_touch(txn, ACT_PAGES, err);
}
