// SPDX-License-Identifier: AGPL-3.0-or-later
/* The sheets of a letter's paper: counted, drawn for its pages, as a file. */
#include "server/outbound/esign.h"
#include "tenants/village/letters/letters_pages.h"

#include "server/files/files.h"
#include "server/paper/paper.h"
#include "tenants/village/letters/letters_paper.h"
#include "tenants/village/letters/letters_proof.h"
#include "tenants/village/letters/letters_review_view.h"
#include "tenants/village/letters/self.h"

struct draw {
    struct arena *arena;
    struct paper_input input;
    struct paper_info info;
    size_t page; /* WHOLE: all of them, as a PDF; NONE: only counted */
    size_t pages;
    bool is_a4;
    struct str bytes;
    enum rc rc;
    struct err err;
};

#define WHOLE SIZE_MAX
#define NONE (SIZE_MAX - 1)
enum { A4_MOST_POINTS = 860 };

static void draw_offloaded(void *arg)
{
    struct draw *draw = arg;
    struct paper *paper;

    draw->rc = paper_layout(draw->arena, &draw->input, &paper, &draw->err);
    if (draw->rc != RC_OK)
        return;
    double width, height;
    paper_page_size(paper, &width, &height);
    draw->pages = paper_page_count(paper);
    draw->is_a4 = height < A4_MOST_POINTS;
    if (draw->page == NONE)
        return;
    if (draw->page == WHOLE)
        draw->rc = paper_pdf(draw->arena, paper, &draw->info, &draw->bytes, &draw->err);
    else if (draw->page >= paper_page_count(paper))
        draw->rc = fail(&draw->err, RC_NOT_FOUND, "the letter has no page %zu", draw->page + 1);
    else
        draw->rc = paper_svg(draw->arena, paper, draw->page, &draw->bytes, &draw->err);
}

static enum rc draw_letter(struct request *req, const struct letter_open *open, size_t page, struct draw *out, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct letter_sheet sheet;
    struct draw draw = {.arena = arena,
                        .page = page,
                        .info = {.title = open->letter.type_name, .subject = open->letter.number_text, .at = open->letter.issued_at}};

    draw.info.author = str_fmt(arena, "Pemerintah Desa %.*s", STR_ARG(request_village(req)->name));
    if (open->letter.snapshot.p != NULL)
        TRY(letter_sheet_from_snapshot(open->db, open->letter.snapshot,
                                       open->letter.sign_state != LETTER_SIGN_NONE || open->letter.sign_outcome == ESIGN_DONE, &sheet,
                                       err));
    else
        TRY(letter_sheet_from_draft(open->db, open, request_today(req), &sheet, err));
    letter_sheet_input(&sheet, &draw.input);
    if (open->letter.verify_token.p != NULL && open->letter.state != LETTER_WAITING_APPROVAL) /* not before the signature is there */
        draw.input.qr_text = letter_proof_link(arena, platform_origin(req), open->letter.verify_token);
    draw.input.is_sample = request_village(req)->is_sample;
    draw.input.is_void = open->letter.state == LETTER_VOIDED;
    TRY(request_offload(req, draw_offloaded, &draw, err));
    if (draw.rc != RC_OK)
        *err = draw.err;
    *out = draw;
    return draw.rc;
}

enum rc letter_sheet_draw(struct request *req, const struct letter_open *open, size_t page, struct self_sheet *out, struct err *err)
{
    struct draw draw;

    TRY(draw_letter(req, open, page, &draw, err));
    *out = (struct self_sheet){.svg = draw.bytes, .pages = draw.pages, .is_a4 = draw.is_a4};
    return RC_OK;
}

enum rc letter_sheets_count(struct request *req, const struct letter_open *open, size_t *n_out, struct err *err)
{
    struct draw draw;

    TRY(draw_letter(req, open, NONE, &draw, err));
    *n_out = draw.pages;
    return RC_OK;
}

/* What cannot be laid out has one sheet, whose image fails: the letter's pages stay open, to mend it. */
static enum rc draw_if_possible(struct request *req, const struct letter_open *open, struct draw *draw, struct err *err)
{
    const enum rc rc = draw_letter(req, open, NONE, draw, err);

    return rc == RC_INVALID || rc == RC_TOO_LARGE ? RC_OK : rc;
}

static struct str sheets_told(struct arena *arena, size_t n)
{
    return n > 1 ? str_fmt(arena, "%zu lembar", n) : STR("");
}

enum rc letter_sheets_put(struct request *req, const struct letter_open *open, struct letter_paper_view *out, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct draw draw = {.pages = 1};

    TRY(draw_if_possible(req, open, &draw, err));
    out->is_paper = open->letter.rendered_at != 0;
    out->is_asked = open->is_printed;
    out->is_a4 = draw.is_a4;
    out->more.p = ARENA_ARRAY(arena, struct str, draw.pages);
    for (size_t i = 1; i < draw.pages; i++)
        out->more.p[out->more.n++] = str_fmt(arena, "/kantor/surat/%" PRIu64 "/pratinjau/%zu?versi=%u", open->letter.id, i + 1,
                                             open->letter.version);
    out->sheets = sheets_told(arena, draw.pages);
    return RC_OK;
}

enum rc letter_sheets_told(struct request *req, const struct letter_open *open, struct str *out, struct err *err)
{
    struct draw draw = {.pages = 1};

    TRY(draw_if_possible(req, open, &draw, err));
    *out = sheets_told(request_arena(req), draw.pages);
    return RC_OK;
}

enum rc letter_preview(struct request *req, struct response *resp, struct err *err)
{
    struct letter_open open;

    TRY(letter_open_read(req, &open, err));
    return letter_respond_sheet(req, resp, &open, letter_leaf_got(req).page, err);
}

enum rc letter_respond_sheet(struct request *req, struct response *resp, const struct letter_open *open, size_t page, struct err *err)
{
    struct draw draw;

    TRY(letter_look(req, open, "paper", true, err));
    TRY(draw_letter(req, open, page - 1, &draw, err));
    return respond_bytes(resp, STR("image/svg+xml"), draw.bytes, STR_NONE);
}

/* As it went out to be signed elsewhere. */
enum rc letter_original_pdf(struct request *req, struct response *resp, struct err *err)
{
    struct letter_open open;
    struct str bytes;

    TRY(letter_open_read(req, &open, err));
    TRY(letter_look(req, &open, "paper", false, err));
    if (!open.letter.original_id.is_set)
        return fail(err, RC_NOT_FOUND, "letter %" PRIu64 " was never signed elsewhere", open.letter.id);
    TRY(file_load(open.db, open.letter.original_id.value, &bytes, err));
    return respond_bytes(resp, STR("application/pdf"), bytes,
                         str_fmt(request_arena(req), "%.*s-%" PRIu64 "-asli.pdf", STR_ARG(open.letter.slug), open.letter.id));
}

/* The sealed file, unchanged; of a void letter a drawing with DICABUT across it, which no seal vouches for. */
enum rc letter_pdf(struct request *req, struct response *resp, struct err *err)
{
    struct letter_open open;
    struct draw draw;
    struct str bytes;

    TRY(letter_open_read(req, &open, err));
    const struct letter_full *letter = &open.letter;
    TRY(letter_look(req, &open, "paper", false, err));
    if (!letter->file_id.is_set && letter->state != LETTER_VOIDED)
        return fail(err, RC_NOT_FOUND, "letter %" PRIu64 " has no paper yet", letter->id);
    if (letter->state == LETTER_VOIDED) {
        TRY(draw_letter(req, &open, WHOLE, &draw, err));
        bytes = draw.bytes;
    } else
        TRY(file_load(open.db, letter->file_id.value, &bytes, err));
    return respond_bytes(resp, STR("application/pdf"), bytes,
                         str_fmt(request_arena(req), "%.*s-%" PRIu64 ".pdf", STR_ARG(letter->slug), letter->id));
}
