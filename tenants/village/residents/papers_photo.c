// SPDX-License-Identifier: AGPL-3.0-or-later
/* The worker's part: an upload becomes a photo. */
#include "server/files/files.h"
#include "tenants/village/residents/papers.h"
#include "tenants/village/residents/papers_sql.h"

enum { PHOTO_WIDTH = 480, PHOTO_HEIGHT = 640, PHOTO_MIN = 120, PHOTO_QUALITY = 82 };

struct result {
    uint64_t resident_id, upload_id, file_id;
    struct str refusal;
};

static enum rc result_body(struct txn *txn, void *arg, struct err *err)
{
    const struct result *r = arg;

    uint64_t is_ours;

    if (r->file_id == 0)
        TRY(sql_photo_refused(txn, r->resident_id, r->upload_id, r->refusal, &is_ours, err));
    else
        TRY(sql_photo_made(txn, r->resident_id, r->upload_id, r->file_id, &is_ours, err));
    if (is_ours == 0)
        return RC_OK;
    TRY(file_release(txn, "resident", r->resident_id, "upload", err));
    if (r->file_id == 0)
        return RC_OK;
    TRY(file_release(txn, "resident", r->resident_id, "photo", err));
    return file_hold(txn, r->file_id, "resident", r->resident_id, "photo", err);
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
    TRY(file_from_picture(db, result.upload_id, &wish, &result.file_id, &result.refusal, err));
    TRY(txn_run(db, result_body, &result, err));
    return files_tidy(db, now, err);
}
