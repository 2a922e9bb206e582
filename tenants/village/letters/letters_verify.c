// SPDX-License-Identifier: AGPL-3.0-or-later
/* /v/… and /periksa on the platform's host: whoever holds a letter, or its file, sees whether the village stands by it. */
#include "server/outbound/esign.h"
#include "server/base/json.h"
#include "server/base/random.h"
#include "server/base/text.h"
#include "server/files/files.h"
#include "server/loop/loop.h"
#include "server/web/limits.h"
#include "tenants/village/letters/letters_check.h"
#include "tenants/village/letters/letters_control_sql.h"
#include "tenants/village/letters/letters_pages.h"
#include "tenants/village/letters/letters_signer.h"
#include "tenants/village/letters/letters_verify_view.h"

enum { CHECKS_MOST = 200, CHECKS_WINDOW_S = 600 }; /* files of one network: a line of telephones behind one address is one */

/* ---- a letter ---- */

/* The letter that a code names, and the village it is of. */
struct vouched {
    struct letter_proof_token token;
    const struct village *village;
    struct village_db *db;
};

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
    v->initials = letter_initials(arena, json_text(values, "nama"));
    v->signer = json_text(values, "nama_penandatangan");
    v->signer_as = letter_capacity(arena, letter_signed_as(values));
    v->certificate = proof->sign_outcome == ESIGN_DONE ? letter_certificate_told(arena, proof->sign_by, proof->sign_marks) : STR("");
    v->valid_until = json_text(values, "berlaku_sampai");
    return RC_OK;
}

static enum rc put_letter(struct request *req, const struct village *village, const struct letter_proof *proof,
                          struct letter_verify_view *v, struct err *err)
{
    struct arena *arena = request_arena(req);

    v->is_found = true;
    v->is_voided = proof->state == LETTER_VOIDED;
    v->is_over = proof->state == LETTER_ISSUED && !date_is_none(proof->valid_until) &&
                 date_compare(proof->valid_until, utc_date(request_now(req), village->zone)) < 0;
    v->is_valid = proof->state == LETTER_ISSUED && !v->is_over;
    v->void_why = text_lower(arena, letter_void_why(proof->void_why));
    v->replaced_by = proof->replaced_by;
    if (proof->voided_at != 0)
        v->void_when = date_long(arena, utc_date(proof->voided_at, village->zone));
    v->village = village->name;
    v->district = village->district;
    v->regency = village->regency;
    v->is_sample = village->is_sample;
    v->is_training = village->is_sample && !v->is_voided;
    return put_facts(req, proof, v, err);
}

/* Of a code that nobody can vouch for v->is_found stays false, and *out is not to be used. */
static enum rc vouch(struct request *req, struct str code, struct vouched *out, struct letter_verify_view *v, struct err *err)
{
    struct letter_proof proof;
    unsigned char digest[PROOF_DIGEST];
    bool is_known;
    enum rc rc = letter_proof_read(request_control_db(req), code, &out->token, err);

    v->is_asked = true;
    if (rc == RC_OK)
        rc = directory_by_code(request_directory(req), request_arena(req), out->token.village_code, &out->village, err);
    if (rc == RC_NOT_FOUND)
        return RC_OK;
    TRY(rc);
    TRY(request_open_village(req, out->token.village_code, &out->db, err));
    TRY(sql_letter_for_verify(out->db, out->token.letter_id, &proof, &is_known, err));
    if (!is_known || proof.snapshot.p == NULL || proof.state == LETTER_WAITING_APPROVAL) /* its signature never came */
        return RC_OK;
    letter_digest(proof.snapshot, digest);
    if (bytes_equal(digest, out->token.digest, PROOF_DIGEST))
        return put_letter(req, out->village, &proof, v, err);
    /* The record was changed behind our back: nobody may vouch for this paper. */
    log_event(LOG_ERROR, "verify", "letter %" PRIu64 " of %.*s differs from what was signed", out->token.letter_id,
              STR_ARG(out->token.village_code));
    return RC_OK;
}

static enum rc respond(struct request *req, struct response *resp, struct str code, struct letter_verify_view *v, struct err *err)
{
    const struct letter_check_form stored = {.code = v->is_found && code.p != NULL ? code : STR("")};
    struct buf body = {.arena = request_arena(req)};

    TRY(letter_check_fill(req, &stored, &v->form, err));
    view_letter_check(&body, v);
    response_no_cache(resp);
    response_status(resp, request_faults(req)->n > 0 ? 422 : v->is_asked && !v->is_found && !request_is_sent(req) ? 404 : 200);
    const struct page page = {.title = v->is_asked ? STR("Pemeriksaan surat") : STR("Periksa surat"),
                              .active = STR(CHECK_HOME),
                              .body = html_view(&body),
                              .description = STR("Periksa keaslian surat desa lewat kode QR atau berkas PDF-nya.")};
    return respond_page(req, resp, &page, err);
}

enum rc letter_verify_page(struct request *req, struct response *resp, struct err *err)
{
    const struct str code = letter_token_got(req).token;
    struct letter_verify_view v = {0};
    struct vouched letter;

    TRY(vouch(req, code, &letter, &v, err));
    return respond(req, resp, code, &v, err);
}

/* ---- a file ---- */

struct reading {
    struct arena *arena;
    struct str bytes;
    struct str *authorities;
    size_t n;
    struct pdf_check pdf;
    unsigned char sha256[HASH_BYTES];
};

static void read_offloaded(void *arg)
{
    struct reading *r = arg;

    pdf_check(r->arena, r->bytes, r->authorities, r->n, 0, &r->pdf);
    hash_sha256(r->bytes.p, r->bytes.n, r->sha256);
}

static enum rc read_file(struct request *req, struct str bytes, struct reading *out, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct authority_rows rows;

    TRY(sql_authority_list(request_control_db(req), &rows, err));
    *out = (struct reading){.arena = arena, .bytes = bytes, .authorities = ARENA_ARRAY(arena, struct str, rows.n), .n = rows.n};
    for (size_t i = 0; i < rows.n; i++)
        out->authorities[i] = rows.p[i].certificate;
    return request_offload(req, read_offloaded, out, err);
}

/* The file beside what the archive has of the letter. */
static enum rc compare(const struct vouched *letter, const struct reading *file, struct letter_found *found, struct err *err)
{
    unsigned char begins[HASH_BYTES];
    struct letter_archived_file archived;
    bool is_there;

    TRY(sql_letter_archived_file(letter->db, letter->token.letter_id, &archived, &is_there, err));
    if (!is_there || archived.sha256.n != HASH_BYTES || file->bytes.n < archived.size)
        return RC_OK;
    if (file->bytes.n == archived.size) {
        found->is_same = bytes_equal(file->sha256, archived.sha256.p, HASH_BYTES);
        return RC_OK;
    }
    TRY(fiber_sha256(str_part(file->bytes, 0, archived.size), begins, err));
    found->begins_same = bytes_equal(begins, archived.sha256.p, HASH_BYTES);
    return RC_OK;
}

static void put_told(struct request *req, const struct reading *file, const struct letter_found *found, struct letter_verify_view *v)
{
    struct arena *arena = request_arena(req);

    const struct str certified = found->is_same && !str_empty(v->certificate)
                                     ? str_fmt(arena, "Ditandatangani %.*s dengan %.*s", STR_ARG(v->signer), STR_ARG(v->certificate))
                                     : STR("");

    letter_verdict_put(letter_verdict_of(found), v->is_voided, v->is_training, &v->told);
    v->told.seals.n = file->pdf.n;
    v->told.seals.p = ARENA_ARRAY(arena, struct str, file->pdf.n);
    for (size_t i = 0; i < file->pdf.n; i++)
        v->told.seals.p[i] = letter_seal_told(arena, &file->pdf.seals[i], file->bytes.n, certified, request_zone(req));
}

/* `code`: of the page that the file was put on; empty: the file itself has to say which letter it is. */
static enum rc check_file(struct request *req, struct str bytes, struct str *code, struct letter_verify_view *v, struct err *err)
{
    static const struct file_slot pictures = {.takes = FILE_IMAGES};
    struct letter_found found = {.is_picture = file_type_of(&pictures, bytes).p != NULL};
    struct letter_proof_token named;
    struct vouched letter;
    struct reading file;

    TRY(read_file(req, bytes, &file, err));
    const struct str own = letter_link_token(file.pdf.link);
    const bool is_named = own.p != NULL && letter_proof_read(request_control_db(req), own, &named, NULL) == RC_OK;
    if (str_empty(*code) && is_named)
        *code = own;
    if (!str_empty(*code))
        TRY(vouch(req, *code, &letter, v, err));
    found.is_pdf = file.pdf.is_pdf;
    found.has_seal = file.pdf.n > 0;
    if (v->is_found) {
        TRY(compare(&letter, &file, &found, err));
        found.names_letter = is_named && named.letter_id == letter.token.letter_id && str_eq(named.village_code, letter.token.village_code);
        found.names_other = is_named && !found.names_letter;
    }
    put_told(req, &file, &found, v);
    if (letter_verdict_of(&found) == VERDICT_OTHER)
        v->told.href = str_fmt(request_arena(req), "/v/%.*s", STR_ARG(own));
    return RC_OK;
}

enum rc letter_check_page(struct request *req, struct response *resp, struct err *err)
{
    const struct letter_check_form in = letter_check_got(req);
    struct letter_verify_view v = {0};
    struct str code = in.code;
    struct vouched letter;

    if (!request_is_sent(req))
        return respond(req, resp, STR_NONE, &v, err);
    if (limit_reached(req, "periksa", CHECKS_MOST))
        return fail(err, RC_LIMITED, "too many files to be checked");
    limit_count(req, "periksa", CHECKS_WINDOW_S);
    if (request_faults(req)->n == 0)
        TRY(check_file(req, in.file.bytes, &code, &v, err));
    else if (!str_empty(code))
        TRY(vouch(req, code, &letter, &v, err));
    return respond(req, resp, code, &v, err);
}

enum rc letter_check_elsewhere(struct request *req, struct response *resp, struct err *err)
{
    (void)err;
    return respond_to_platform(req, resp, request_path(req));
}
