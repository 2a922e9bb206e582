// SPDX-License-Identifier: AGPL-3.0-or-later
/* Pages → PDF and SVG. */
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

enum rc paper_pdf(struct arena *arena, struct paper *paper, const struct paper_info *info, struct str *pdf_out, struct err *err)
{
    struct buf out = {.arena = arena};
    cairo_surface_t *surface;
    cairo_t *cr;

    buf_reserve(&out, 96 * 1024);
    surface = cairo_pdf_surface_create_for_stream(surface_write, &out, paper->pages->tree->page_width, paper->pages->tree->page_height);
    cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_5);
    cr = cairo_create(surface);
    for (const struct page *page = paper->pages; page != NULL; page = page->next) {
        cairo_pdf_surface_set_size(surface, page->tree->page_width, page->tree->page_height);
        page_draw(cr, paper, page);
        cairo_show_page(cr);
    }
    TRY(surface_close(surface, cr, err));
    return pdf_finish(arena, buf_str(&out), info, pdf_out, err);
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
