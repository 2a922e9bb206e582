// SPDX-License-Identifier: AGPL-3.0-or-later
/* Lambang: its part of the settings. */
#include "server/image/image.h"
#include "server/web/act.h"
#include "server/files/files.h"
#include "tenants/village/staff/crest.h"
#include "tenants/village/staff/crest_sql.h"
#include "tenants/village/staff/settings_view.h"
#include "tenants/village/staff/staff_pages.h"
#include "workers/queue/queue.h"

#define HOME "/kantor/pengaturan/lambang"

static const struct file_slot crest_slot = {.word = "crest", .most_bytes = IMAGE_MAX_BYTES, .takes = FILE_IMAGES};

enum rc crest_put_view(struct request *req, struct village_db *db, struct crest_view *out, struct err *err)
{
    struct crest crest;

    TRY(sql_crest_get(db, &crest, err));
    *out = (struct crest_view){.is_waiting = crest.upload_id.is_set, .refusal = image_cause_text(crest.refusal)};
    if (crest.file_id.is_set) /* another crest has another address */
        out->href = str_fmt(request_arena(req), HOME "?v=%" PRIu64, crest.file_id.value);
    return RC_OK;
}

/* Asked again while the worker is at it. */
enum rc crest_part(struct request *req, struct response *resp, struct err *err)
{
    struct village_db *db;
    struct crest_view v;
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

    TRY(request_village_db(req, &db, err));
    TRY(sql_crest_get(db, &crest, err));
    if (!crest.file_id.is_set)
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

/* The file is stored before the transaction, which holds it; what is held by nobody is swept. */
enum rc crest_check(struct request *req, struct err *err)
{
    const struct crest_upload_form form = crest_upload_got(req);
    uint64_t *id = ARENA_NEW(request_arena(req), uint64_t);
    struct village_db *db;
    struct image_head head;

    if (request_faults(req)->n > 0 || image_look(form.crest.bytes, &head) != IMAGE_FINE)
        return RC_OK;
    TRY(request_village_db(req, &db, err));
    TRY(file_store(db, &crest_slot, image_type(head.kind), form.crest.bytes, id, err));
    act_keep(req, id);
    return RC_OK;
}

enum rc crest_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const uint64_t *id = act_kept(req);
    struct identity_locked locked;

    TRY(sql_identity_lock(txn, &locked, err));
    TRY(file_release(txn, "village", 1, "upload", err));
    TRY(file_hold(txn, *id, "village", 1, "upload", err));
    TRY(sql_crest_put(txn, *id, NULL, err));
    TRY(act_audit(txn, req, err, "village.crest", "identity:1"));
    *go_to_out = STR("/kantor/pengaturan?tersimpan=1");
    return outbox_put(txn, JOB_MAKE_CREST, 1, STR_NONE, err);
}

enum rc crest_remove_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    struct identity_locked locked;

    TRY(sql_identity_lock(txn, &locked, err));
    TRY(file_release(txn, "village", 1, "upload", err));
    TRY(file_release(txn, "village", 1, "crest_small", err));
    TRY(sql_crest_remove(txn, NULL, err));
    *go_to_out = STR("/kantor/pengaturan?tersimpan=1");
    TRY(act_audit(txn, req, err, "village.crest_out", "identity:1"));
    return act_touch(txn, ACT_PAGES, err);
}
