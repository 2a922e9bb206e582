// SPDX-License-Identifier: AGPL-3.0-or-later
/* /v/… on the platform's host: whoever holds a letter sees whether the village stands by it. */
#include "server/base/json.h"
#include "server/base/random.h"
#include "server/base/text.h"
#include "tenants/village/letters/letters_pages.h"
#include "tenants/village/letters/letters_proof.h"
#include "tenants/village/letters/letters_signer.h"
#include "tenants/village/letters/letters_verify_view.h"

static enum rc respond(struct request *req, struct response *resp, const struct letter_verify_view *v, struct err *err)
{
    struct buf body = {.arena = request_arena(req)};

    view_letter_verify(&body, v);
    response_no_cache(resp);
    response_status(resp, v->is_found ? 200 : 404);
    const struct page page = {.title = STR("Pemeriksaan surat"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

/* The facts on paper, from the snapshot the letter was printed from. */
static enum rc put_facts(struct request *req, const struct letter_proof *proof, struct letter_verify_view *v, struct err *err)
{
    struct arena *arena = request_arena(req);
    json_t *root;
    const json_t *values;

    TRY(json_read(arena, proof->snapshot, &root, err));
    values = json_object_get(root, "values");
    v->type_name = proof->type_name;
    v->number = proof->number_text;
    v->date = date_long(arena, proof->letter_date);
    v->name = text_name(arena, json_text(values, "nama"));
    v->about = json_text(root, "about");
    v->signer = json_text(values, "nama_penandatangan");
    v->signer_as = letter_capacity(arena, letter_signed_as(values));
    v->valid_until = json_text(values, "berlaku_sampai");
    return RC_OK;
}

enum rc letter_verify_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct letter_verify_view v = {0};
    struct letter_proof_token token;
    const struct village *village;
    struct village_db *db;
    struct letter_proof proof;
    unsigned char digest[PROOF_DIGEST];
    bool is_known;
    enum rc rc = letter_proof_read(request_control_db(req), letter_token_got(req).token, &token, err);

    if (rc == RC_NOT_FOUND)
        return respond(req, resp, &v, err);
    if (rc != RC_OK)
        return rc;
    rc = directory_by_code(request_directory(req), arena, token.village_code, &village, err);
    if (rc == RC_NOT_FOUND)
        return respond(req, resp, &v, err);
    if (rc != RC_OK)
        return rc;
    TRY(request_open_village(req, token.village_code, &db, err));
    TRY(sql_letter_for_verify(db, token.letter_id, &proof, &is_known, err));
    if (!is_known || proof.snapshot.p == NULL)
        return respond(req, resp, &v, err);
    letter_digest(proof.snapshot, digest);
    if (!bytes_equal(digest, token.digest, PROOF_DIGEST)) { /* the record was changed behind our back: nobody may vouch for this paper */
        log_event(LOG_ERROR, "verify", "letter %" PRIu64 " of %.*s differs from what was signed", token.letter_id,
                  STR_ARG(token.village_code));
        return respond(req, resp, &v, err);
    }
    v.is_found = true;
    v.is_voided = proof.state == LETTER_VOIDED;
    v.is_over = proof.state == LETTER_ISSUED && !date_is_none(proof.valid_until) &&
                date_compare(proof.valid_until, utc_date(request_now(req), village->zone)) < 0;
    v.is_valid = proof.state == LETTER_ISSUED && !v.is_over;
    v.void_reason = proof.void_reason;
    if (proof.voided_at != 0)
        v.void_when = date_long(arena, utc_date(proof.voided_at, village->zone));
    v.village = village->name;
    v.district = village->district;
    v.regency = village->regency;
    v.is_sample = village->is_sample;
    v.is_training = village->is_sample && !v.is_voided;
    TRY(put_facts(req, &proof, &v, err));
    return respond(req, resp, &v, err);
}
