// SPDX-License-Identifier: AGPL-3.0-or-later
/* The worker's part: an upload becomes a photo. */
#include "tenants/village/files/files.h"
#include "tenants/village/residents/papers.h"
#include "tenants/village/residents/papers_sql.h"

enum { PHOTO_WIDTH = 480, PHOTO_HEIGHT = 640, PHOTO_MIN = 120, PHOTO_QUALITY = 82 };
static const utc_us kept_us = 3600 * US_PER_S;

struct result {
    uint64_t resident_id, upload_id, file_id;
    struct str refusal;
};

static enum rc result_body(struct txn *txn, void *arg, struct err *err)
{
    const struct result *r = arg;

    if (r->file_id == 0)
        return sql_photo_refused(txn, r->resident_id, r->upload_id, r->refusal, NULL, err);
    return sql_photo_made(txn, r->resident_id, r->upload_id, r->file_id, NULL, err);
}

enum rc resident_photo_make(struct village_db *db, uint64_t resident_id, utc_us now, struct err *err)
{
    const struct image_wish wish = {
        .width = PHOTO_WIDTH, .height = PHOTO_HEIGHT, .min_side = PHOTO_MIN, .fills = true, .quality = PHOTO_QUALITY};
    struct photo photo;
    bool found;

    TRY(sql_photo_get(db, resident_id, &photo, &found, err));
    if (!found || !photo.upload_id.is_set)
        return RC_OK; /* done by another run of this job, or with a newer upload */
    struct result result = {.resident_id = resident_id, .upload_id = photo.upload_id.value};
    TRY(file_from_picture(db, result.upload_id, STR("photo"), &wish, &result.file_id, &result.refusal, err));
    TRY(txn_run(db, result_body, &result, err));
    return sql_photo_tidy(db, result.upload_id, now - kept_us, NULL, err);
}
