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

/* What the work beside the loop reads and makes of one letter. */
struct press_run {
    struct arena *arena;
    struct letter_sheet sheet;
    struct letter_seal seal;
    struct paper_input input;
    struct paper_info info;
    struct pdf_signer signer; /* without a key: somebody elsewhere signs */
    struct str pdf;
    struct file_new file;
    struct str token;
};

/* The paper lives no longer than its drawing: it holds one of the few presses, and of many letters in turn each finds the last one's warm.
 */
static enum rc press_plain(struct press_run *run, struct str *plain_out, struct err *err)
{
    struct arena *arena = arena_new();
    struct paper *paper;
    enum rc rc = paper_layout(arena, &run->input, &paper, err);

    if (rc == RC_OK)
        rc = paper_pdf(run->arena, paper, &run->info, plain_out, err);
    arena_free(&arena);
    return rc;
}

static enum rc press_letter(struct press_run *run, struct err *err)
{
    struct str plain;

    TRY(press_plain(run, &plain, err));
    if (str_empty(run->signer.key)) {
        run->pdf = plain;
        return RC_OK;
    }
    return pdf_sign(run->arena, plain, &run->signer, &run->pdf, err);
}

void letter_press_work(struct letter_pressed *one)
{
    if (one->run != NULL)
        one->rc = press_letter(one->run, &one->err);
}

static void press_offloaded(void *arg)
{
    letter_press_work(arg);
}

static const struct file_slot letter_file = {.word = "letter", .most_bytes = 4 * MIB};

enum rc letter_press_store(struct txn *txn, const struct letter_pressed *one, utc_us at, struct err *err)
{
    uint64_t file_id;

    TRY(file_put(txn, &one->run->file, &file_id, err));
    TRY(file_hold(txn, file_id, "letter", one->id, "pdf", err));
    return sql_letter_set_rendered(txn, one->id, file_id, one->run->token, at, NULL, err);
}

enum rc letters_press_store(struct txn *txn, const struct letter_pressed *const *ones, size_t n, utc_us at, struct err *err)
{
    struct arena *arena = village_db_arena(in_txn(txn));
    struct file_holding *uses = ARENA_ARRAY(arena, struct file_holding, n);
    struct buf rows = {.arena = arena};

    if (n == 0)
        return RC_OK;
    for (size_t i = 0; i < n; i++) {
        uses[i] = (struct file_holding){.owner_id = ones[i]->id, .slot = "pdf"};
        TRY(file_put(txn, &ones[i]->run->file, &uses[i].file_id, err));
        buf_fmt(&rows, "%s{\"id\":%" PRIu64 ",\"file\":%" PRIu64 ",\"token\":", i > 0 ? "," : "[", ones[i]->id, uses[i].file_id);
        json_put_str(&rows, ones[i]->run->token);
        buf_put_char(&rows, '}');
    }
    buf_put_char(&rows, ']');
    TRY(file_hold_all(txn, "letter", uses, n, err));
    return sql_letters_set_rendered(txn, buf_str(&rows), at, NULL, err);
}

struct rendered {
    const struct letter_pressed *one;
    const struct letter_press *press;
};

/* Paper, letter and the end of the job in one transaction. */
static enum rc rendered_body(struct txn *txn, void *arg, struct err *err)
{
    const struct rendered *done = arg;
    const uint64_t id = done->one->id;
    struct letter letter;
    enum rc rc;

    TRY(sql_letter_lock(txn, id, &letter, err));
    rc = queue_effect(txn, JOB_RENDER_LETTER, str_fmt(village_db_arena(in_txn(txn)), "letter:%" PRIu64, id), err);
    if (rc == RC_OK && !letter.is_rendered) {
        TRY(letter_press_store(txn, done->one, done->press->now, err));
        TRY(notice_paper_ready(txn, id, err));
    }
    TRY(rc == RC_DUPLICATE ? RC_OK : rc);
    return lease_end(txn, done->press->lease, err);
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
static enum rc prepare(const struct letter_press *press, const struct letter_render *letter, bool by_esign, struct press_run *run,
                       struct err *err)
{
    struct letter_sheet *sheet = &run->sheet;

    run->arena = village_db_arena(press->db);
    if (letter->snapshot.p == NULL)
        return fail(err, RC_FAULT, "letter %" PRIu64 " was never issued", letter->id);
    TRY(letter_sheet_from_snapshot(press->db, letter->snapshot, by_esign, sheet, err));
    TRY(sign_link(press, letter, &run->token, err));
    letter_sheet_input(sheet, &run->input);
    run->input.qr_text = letter_proof_link(run->arena, press->origin, run->token);
    run->input.is_sample = press->village->is_sample;
    run->info = (struct paper_info){.title = json_text(sheet->values, "judul_surat"),
                                    .author = str_fmt(run->arena, "Pemerintah Desa %.*s", STR_ARG(press->village->name)),
                                    .subject = letter->number_text,
                                    .link = run->input.qr_text,
                                    .at = letter->issued_at != 0 ? letter->issued_at : press->now};
    return RC_OK;
}

enum rc letter_press_plain(const struct letter_press *press, uint64_t id, struct str *pdf_out, struct str *token_out, struct err *err)
{
    struct press_run run = {0};
    struct letter_pressed one = {.id = id, .run = &run};
    struct letter_render letter;

    TRY(sql_letter_for_render(press->db, id, &letter, err));
    TRY(prepare(press, &letter, true, &run, err));
    TRY(fiber_offload(press_offloaded, &one, err));
    if (one.rc != RC_OK) {
        *err = one.err;
        return one.rc;
    }
    *pdf_out = run.pdf;
    *token_out = run.token;
    return RC_OK;
}

/* The paper that one of the village's own keys seals. */
static enum rc press_read(const struct letter_press *press, const struct letter_render *letter, struct press_run *run, struct err *err)
{
    TRY(prepare(press, letter, false, run, err));
    const json_t *values = run->sheet.values;
    const struct letter_sealer whose = {run->sheet.signer, json_text(values, "nama_penandatangan"),
                                        json_text(values, "jabatan_penandatangan")};
    TRY(letter_seal_load(press, &whose, &run->seal, err));
    run->signer = (struct pdf_signer){.key = run->seal.key,
                                      .certificate = run->seal.certificate,
                                      .chain = &run->seal.authority,
                                      .chain_count = 1,
                                      .at = press->now,
                                      .reason = whose.official_id != 0 ? str_fmt(run->arena, "Ditandatangani %.*s", STR_ARG(whose.position))
                                                                       : STR("Surat resmi pemerintah desa"),
                                      .location = str_fmt(run->arena, "Desa %.*s", STR_ARG(press->village->name))};
    return RC_OK;
}

enum rc letter_press_begin(const struct letter_press *press, const struct letter_render *letter, struct letter_pressed *out,
                           struct err *err)
{
    *out = (struct letter_pressed){.id = letter->id};
    if (letter->rendered_at != 0)
        return RC_OK;
    out->run = ARENA_NEW(village_db_arena(press->db), struct press_run);
    return press_read(press, letter, out->run, err);
}

enum rc letter_press_end(struct letter_pressed *one)
{
    if (one->run == NULL)
        return RC_OK;
    letter_seal_wipe(&one->run->seal);
    if (one->rc == RC_OK)
        one->rc = file_prepare(&letter_file, STR("application/pdf"), one->run->pdf, &one->run->file, &one->err);
    return one->rc;
}

enum rc letter_render(const struct letter_press *press, uint64_t id, struct err *err)
{
    struct letter_pressed one;
    struct rendered done = {&one, press};
    struct letter_render letter;

    TRY(sql_letter_for_render(press->db, id, &letter, err));
    TRY(letter_press_begin(press, &letter, &one, err));
    if (one.run == NULL)
        return RC_OK;
    enum rc rc = fiber_offload(press_offloaded, &one, err);
    enum rc ended = letter_press_end(&one);
    TRY(rc);
    if (ended != RC_OK) {
        *err = one.err;
        return ended;
    }
    return txn_run(press->db, rendered_body, &done, err);
}
