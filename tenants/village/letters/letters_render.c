// SPDX-License-Identifier: AGPL-3.0-or-later
/* What the worker does with an issued letter. */
#include "server/base/json.h"
#include "server/loop/loop.h"
#include "server/paper/paper.h"
#include "server/paper/sign.h"
#include "server/files/files.h"
#include "tenants/village/letters/letters_paper.h"
#include "tenants/village/letters/letters_proof.h"
#include "tenants/village/letters/letters_render.h"
#include "tenants/village/letters/letters_seal.h"
#include "tenants/village/letters/letters_sql.h"
#include "tenants/village/notices/notices.h"
#include "workers/queue/job.h"

/* One letter beside the loop: everything it needs, and what came out. */
struct press_run {
    struct arena *arena;
    struct paper_input input;
    struct paper_info info;
    struct pdf_signer signer; /* without a key: somebody elsewhere signs */
    struct str pdf;
    enum rc rc;
    struct err err;
};

static enum rc press_letter(struct press_run *run, struct err *err)
{
    struct paper *paper;
    struct str plain;

    TRY(paper_layout(run->arena, &run->input, &paper, err));
    TRY(paper_pdf(run->arena, paper, &run->info, &plain, err));
    if (str_empty(run->signer.key)) {
        run->pdf = plain;
        return RC_OK;
    }
    return pdf_sign(run->arena, plain, &run->signer, &run->pdf, err);
}

static void press_offloaded(void *arg)
{
    struct press_run *run = arg;

    run->rc = press_letter(run, &run->err);
}

struct rendered {
    uint64_t id;
    struct file_new file;
    struct str token;
    utc_us at;
    struct lease *lease;
};

static const struct file_slot letter_file = {.word = "letter", .most_bytes = 4 * MIB};

/*
 * Paper, letter and the end of the job in one transaction. The effect is keyed
 * by the letter: of two workers that rendered it, one stores.
 */
static enum rc rendered_body(struct txn *txn, void *arg, struct err *err)
{
    const struct rendered *done = arg;
    struct str key = str_fmt(village_db_arena(in_txn(txn)), "letter:%" PRIu64, done->id);
    enum rc rc = queue_effect(txn, JOB_RENDER_LETTER, key, err);
    struct letter letter;
    uint64_t file_id;

    if (rc == RC_DUPLICATE)
        return RC_OK;
    TRY(rc);
    TRY(sql_letter_lock(txn, done->id, &letter, err));
    TRY(file_put(txn, &done->file, &file_id, err));
    TRY(file_hold(txn, file_id, "letter", done->id, "pdf", err));
    TRY(sql_letter_set_rendered(txn, done->id, file_id, done->token, done->at, NULL, err));
    TRY(lease_end(txn, done->lease, err));
    return notice_paper_ready(txn, done->id, err);
}

static enum rc sign_link(const struct letter_press *press, const struct letter_render *letter, struct str *token_out, struct err *err)
{
    struct letter_proof_token proof = {.village_code = press->village->code, .letter_id = letter->id};

    letter_digest(letter->snapshot, proof.digest);
    return letter_proof_sign(press->control, press->directory, &proof, token_out, err);
}

struct letter_press letter_press_of(const struct job *job)
{
    return (struct letter_press){.db = job->db,
                                 .control = job->control,
                                 .directory = job->house->directory,
                                 .village = job->village,
                                 .origin = job->house->origin,
                                 .now = job->now,
                                 .lease = job->lease};
}

/* What the paper says and bears, from the snapshot; not who signs it. */
static enum rc prepare(const struct letter_press *press, const struct letter_render *letter, struct letter_sheet *sheet,
                       struct press_run *run, struct str *token_out, struct err *err)
{
    if (letter->snapshot.p == NULL)
        return fail(err, RC_FAULT, "letter %" PRIu64 " was never issued", letter->id);
    TRY(letter_sheet_from_snapshot(press->db, letter->snapshot, sheet, err));
    TRY(sign_link(press, letter, token_out, err));
    letter_sheet_input(sheet, &run->input);
    run->input.qr_text = str_fmt(run->arena, "%.*s/v/%.*s", STR_ARG(press->origin), STR_ARG(*token_out));
    run->input.is_sample = press->village->is_sample;
    run->info = (struct paper_info){.title = json_text(sheet->values, "judul_surat"),
                                    .author = str_fmt(run->arena, "Pemerintah Desa %.*s", STR_ARG(press->village->name)),
                                    .subject = letter->number_text,
                                    .link = run->input.qr_text,
                                    .at = letter->issued_at != 0 ? letter->issued_at : press->now};
    return RC_OK;
}

static enum rc press(struct press_run *run, struct err *err)
{
    TRY(fiber_offload(press_offloaded, run, err));
    if (run->rc != RC_OK)
        *err = run->err;
    return run->rc;
}

enum rc letter_press_plain(const struct letter_press *letter_press, uint64_t id, struct str *pdf_out, struct str *token_out,
                           struct err *err)
{
    struct press_run run = {.arena = village_db_arena(letter_press->db)};
    struct letter_render letter;
    struct letter_sheet sheet;

    TRY(sql_letter_for_render(letter_press->db, id, &letter, err));
    TRY(prepare(letter_press, &letter, &sheet, &run, token_out, err));
    TRY(press(&run, err));
    *pdf_out = run.pdf;
    return RC_OK;
}

enum rc letter_render(const struct letter_press *letter_press, uint64_t id, struct err *err)
{
    struct arena *arena = village_db_arena(letter_press->db);
    struct letter_render letter;
    struct letter_sheet sheet;
    struct letter_seal seal;
    struct rendered done = {.id = id, .at = letter_press->now, .lease = letter_press->lease};
    struct press_run run = {.arena = arena};

    TRY(sql_letter_for_render(letter_press->db, id, &letter, err));
    if (letter.rendered_at != 0)
        return RC_OK;
    TRY(prepare(letter_press, &letter, &sheet, &run, &done.token, err));
    const struct letter_sealer whose = {sheet.signer, json_text(sheet.values, "nama_penandatangan"),
                                        json_text(sheet.values, "jabatan_penandatangan")};
    TRY(letter_seal_load(letter_press, &whose, &seal, err));
    run.signer = (struct pdf_signer){.key = seal.key,
                                     .certificate = seal.certificate,
                                     .chain = &seal.authority,
                                     .chain_count = 1,
                                     .at = letter_press->now,
                                     .reason = whose.official_id != 0 ? str_fmt(arena, "Ditandatangani %.*s", STR_ARG(whose.position))
                                                                      : STR("Surat resmi pemerintah desa"),
                                     .location = str_fmt(arena, "Desa %.*s", STR_ARG(letter_press->village->name))};
    enum rc rc = press(&run, err);
    letter_seal_wipe(&seal);
    TRY(rc);
    TRY(file_prepare(&letter_file, STR("application/pdf"), run.pdf, &done.file, err));
    return txn_run(letter_press->db, rendered_body, &done, err);
}
