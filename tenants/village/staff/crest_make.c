// SPDX-License-Identifier: AGPL-3.0-or-later
/* The worker's part: an upload becomes the crest. */
#include "server/web/pagecache.h"
#include "server/files/files.h"
#include "tenants/village/staff/crest.h"
#include "tenants/village/staff/crest_sql.h"

/* Printed at most 20 mm wide: more than 380 dots an inch. */
enum { CREST_WIDTH = 300, CREST_HEIGHT = 360, CREST_MIN = 80, CREST_QUALITY = 85 };
/* On pages at most 76 px, on sharp screens twice that. */
enum { SMALL_SIDE = 152, SMALL_QUALITY = 80 };

struct result {
    uint64_t upload_id, file_id, small_id;
    struct str refusal;
};

static enum rc result_body(struct txn *txn, void *arg, struct err *err)
{
    const struct result *r = arg;

    uint64_t is_ours;

    if (r->file_id == 0)
        TRY(sql_crest_refused(txn, r->upload_id, r->refusal, &is_ours, err));
    else
        TRY(sql_crest_made(txn, r->upload_id, r->file_id, r->small_id, &is_ours, err));
    if (is_ours == 0)
        return RC_OK;
    TRY(file_release(txn, "village", 1, "upload", err));
    if (r->file_id == 0)
        return RC_OK;
    TRY(file_release(txn, "village", 1, "crest_small", err));
    TRY(file_hold(txn, r->small_id, "village", 1, "crest_small", err));
    TRY(file_hold(txn, r->file_id, "village", 1, "crest", err)); /* never released: letters are printed again with theirs */
    return page_epoch_bump(txn, err);
}

enum rc village_crest_make(struct village_db *db, utc_us now, struct err *err)
{
    const struct image_wish wish = {.width = CREST_WIDTH, .height = CREST_HEIGHT, .min_side = CREST_MIN, .quality = CREST_QUALITY};
    const struct image_wish small = {.width = SMALL_SIDE, .height = SMALL_SIDE, .min_side = CREST_MIN, .quality = SMALL_QUALITY};
    struct crest crest;

    TRY(sql_crest_get(db, &crest, err));
    if (!crest.upload_id.is_set)
        return RC_OK; /* done by another run of this job, with a newer upload, or taken away */
    struct result result = {.upload_id = crest.upload_id.value};
    TRY(file_from_picture(db, result.upload_id, &wish, &result.file_id, &result.refusal, err));
    if (result.file_id != 0)
        TRY(file_from_picture(db, result.upload_id, &small, &result.small_id, &result.refusal, err));
    TRY(txn_run(db, result_body, &result, err));
    return files_tidy(db, now, err);
}
