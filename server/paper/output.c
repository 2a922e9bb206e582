// SPDX-License-Identifier: AGPL-3.0-or-later
/* Pages → PDF and SVG, and their QR code for who draws it again. */
#include <cairo-pdf.h>
#include <cairo-svg.h>

#include "server/paper/pages.h"
#include "server/paper/pdf_file.h"
#include "server/paper/svg_tidy.h"

cairo_status_t surface_write(void *buf, const unsigned char *bytes, unsigned int n)
{
    buf_put(buf, bytes, n);
    return CAIRO_STATUS_SUCCESS;
}

enum rc surface_close(cairo_surface_t *surface, cairo_t *cr, struct err *err)
{
    cairo_status_t status = cairo_status(cr);

    cairo_destroy(cr);
    cairo_surface_finish(surface);
    if (status == CAIRO_STATUS_SUCCESS)
        status = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    if (status != CAIRO_STATUS_SUCCESS)
        return fail(err, RC_FAULT, "cairo: %s", cairo_status_to_string(status));
    return RC_OK;
}

/* Its arena is its own: pages come and go, the file stays. */
struct paper_book {
    struct arena *arena;
    struct buf out;
    cairo_surface_t *surface;
    cairo_t *cr;
};

enum { BOOK_BYTES = 96 * 1024, ANY_SIZE = 100 /* each page says its own */ };

static void book_begin(struct paper_book *book)
{
    book->out = (struct buf){.arena = book->arena};
    buf_reserve(&book->out, BOOK_BYTES);
    book->surface = cairo_pdf_surface_create_for_stream(surface_write, &book->out, ANY_SIZE, ANY_SIZE);
    cairo_pdf_surface_restrict_to_version(book->surface, CAIRO_PDF_VERSION_1_5);
    book->cr = cairo_create(book->surface);
}

static enum rc book_end(struct paper_book *book, struct arena *arena, const struct paper_info *info, struct str *pdf_out, struct err *err)
{
    TRY(surface_close(book->surface, book->cr, err));
    return pdf_finish(arena, buf_str(&book->out), info, pdf_out, err);
}

struct paper_book *paper_book_open(void)
{
    struct arena *arena = arena_new();
    struct paper_book *book = ARENA_NEW(arena, struct paper_book);

    book->arena = arena;
    book_begin(book);
    return book;
}

void paper_book_add(struct paper_book *book, struct paper *paper)
{
    for (const struct page *page = paper->pages; page != NULL; page = page->next) {
        cairo_pdf_surface_set_size(book->surface, page->tree->page_width, page->tree->page_height);
        page_draw(book->cr, paper, page);
        cairo_show_page(book->cr);
    }
}

size_t paper_book_bytes(const struct paper_book *book)
{
    return book->out.n;
}

enum rc paper_book_close(struct paper_book **at, struct arena *arena, const struct paper_info *info, struct str *pdf_out, struct err *err)
{
    struct arena *own = (*at)->arena;
    enum rc rc = book_end(*at, arena, info, pdf_out, err);

    *at = NULL;
    arena_free(&own);
    return rc;
}

enum rc paper_pdf(struct arena *arena, struct paper *paper, const struct paper_info *info, struct str *pdf_out, struct err *err)
{
    struct paper_book book = {.arena = arena};

    book_begin(&book);
    paper_book_add(&book, paper);
    return book_end(&book, arena, info, pdf_out, err);
}

enum rc paper_svg(struct arena *arena, struct paper *paper, size_t number, struct str *svg_out, struct err *err)
{
    struct buf out = {.arena = arena};
    const struct page *page = paper->pages;
    cairo_surface_t *surface;
    cairo_t *cr;

    for (size_t i = 0; i < number && page != NULL; i++)
        page = page->next;
    if (page == NULL)
        return fail(err, RC_NOT_FOUND, "no page %zu", number);
    buf_reserve(&out, 128 * 1024);
    surface = cairo_svg_surface_create_for_stream(surface_write, &out, page->tree->page_width, page->tree->page_height);
    cr = cairo_create(surface);
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_paint(cr);
    page_draw(cr, paper, page);
    cairo_show_page(cr);
    TRY(surface_close(surface, cr, err));
    *svg_out = svg_tidy(arena, buf_str(&out));
    return RC_OK;
}

static bool code_of(const struct paper *paper, const struct page *page, struct paper_code *out)
{
    for (const struct placed *placed = page->placed; placed != NULL; placed = placed->next)
        for (const struct op *op = placed->slice->ops; op != NULL; op = op->next)
            if (op->kind == OP_QR) {
                const double quiet = qr_quiet(&paper->qr, op->w);

                out->side = op->w + 2 * quiet;
                out->x = page->tree->left + op->x - quiet;
                out->y = page->tree->page_height - (placed->y + op->y - quiet) - out->side;
                return true;
            }
    return false;
}

enum rc paper_code(struct arena *arena, struct paper *paper, struct paper_code *out, struct err *err)
{
    struct buf png = {.arena = arena};
    const struct page *page = paper->pages;

    for (out->page = 1; page != NULL && !code_of(paper, page, out); out->page++)
        page = page->next;
    if (page == NULL)
        return fail(err, RC_NOT_FOUND, "the paper shows no QR code");
    if (cairo_surface_write_to_png_stream(paper->qr.picture.surface, surface_write, &png) != CAIRO_STATUS_SUCCESS)
        return fail(err, RC_FAULT, "the QR code's picture cannot be written");
    out->png = buf_str(&png);
    return RC_OK;
}
