// SPDX-License-Identifier: AGPL-3.0-or-later
/* Pages of a register. Counting and drawing walk the same way: what counts a page and what draws it stand side by side. */
#include "server/paper/ledger.h"

#include <cairo-pdf.h>

#include "server/paper/ledger_text.h"
#include "server/paper/pages.h"
#include "server/paper/pdf_file.h"

/* Points; F4 as the office has it, 330 × 215 mm. */
#define MM (72 / 25.4)
#define MARGIN_X (13 * MM)
#define MARGIN_TOP (12 * MM)
#define MARGIN_BOTTOM (11 * MM)
#define FOOT_PT 7.5
#define TITLE_PT 12.0
#define PLACE_PT 8.0
#define PAD_X 2.2
#define PAD_Y 2.0
#define HAIR 0.5
#define HEAD_TOP (16 * MM)  /* of the page's own heading: place, title, subtitle */
#define SIGNATURE (16 * MM) /* room for the signatures themselves */
enum { MIN_TEXT_PT = 6, USUAL_TEXT_PT = 9 };

/* One head: over which columns, over which levels. */
struct head {
    size_t column, columns;
    unsigned level, levels;
    struct ledger_lines lines;
};

struct ledger_pages {
    struct arena *arena;
    const struct ledger *ledger;
    double width, height; /* of the page */
    double x[LEDGER_COLUMNS_MAX + 1];
    struct ledger_face text, bold, foot, title, place;
    struct head heads[LEDGER_COLUMNS_MAX * LEDGER_LEVELS];
    size_t heads_n;
    unsigned levels;
    double level_tops[LEDGER_LEVELS + 1], numbers_height, tail_height;
    double body_top, body_bottom;
    struct ledger_lines note;
    /* the latest row waits here until the next comes: if it is the last, it must stand on the page of the signers */
    struct arena *pending_arena;
    struct str pending[LEDGER_COLUMNS_MAX];
    bool has_pending, pending_is_sum;
    double pending_height;
    bool is_drawing;
    size_t page, pages, rows, counted;
    double y;
    cairo_surface_t *surface;
    cairo_t *cr;
    struct buf out;
};

/* ---- measures ---- */

static double column_width(const struct ledger_pages *p, size_t from, size_t n)
{
    return p->x[from + n] - p->x[from] - 2 * PAD_X;
}

static size_t lines_of_page(const struct ledger_pages *p)
{
    double room = p->body_bottom - p->body_top - p->tail_height - 2 * PAD_Y;

    return room > p->text.line ? (size_t)(room / p->text.line) : 1;
}

static double row_height(const struct ledger_pages *p, const struct str *cells, bool is_sum)
{
    const struct ledger_face *face = is_sum ? &p->bold : &p->text;
    size_t most = 1;

    for (size_t i = 0; i < p->ledger->n; i++) {
        struct ledger_lines lines;

        ledger_break(face, cells[i], column_width(p, i, 1), lines_of_page(p), &lines);
        most = lines.n > most ? lines.n : most;
        ledger_lines_end(&lines);
    }
    return (double)most * face->line + 2 * PAD_Y;
}

static bool heads_same(const struct ledger_pages *p, size_t a, size_t b, unsigned level)
{
    for (unsigned i = 0; i <= level; i++)
        if (!str_eq(p->ledger->columns[a].heads[i], p->ledger->columns[b].heads[i]))
            return false;
    return true;
}

static unsigned depth_of(const struct ledger_column *column)
{
    unsigned n = 0;

    while (n < LEDGER_LEVELS && !str_empty(column->heads[n]))
        n++;
    return n;
}

static void find_heads(struct ledger_pages *p)
{
    const struct ledger *ledger = p->ledger;

    for (size_t i = 0; i < ledger->n; i++)
        p->levels = depth_of(&ledger->columns[i]) > p->levels ? depth_of(&ledger->columns[i]) : p->levels;
    for (size_t i = 0; i < ledger->n; i++) {
        unsigned depth = depth_of(&ledger->columns[i]);

        for (unsigned level = 0; level < depth; level++) {
            bool is_own = level + 1 == depth;
            struct head *head = &p->heads[p->heads_n];

            if (i > 0 && !is_own && heads_same(p, i - 1, i, level))
                continue;
            *head = (struct head){.column = i, .columns = 1, .level = level, .levels = is_own ? p->levels - level : 1};
            while (!is_own && head->column + head->columns < ledger->n && heads_same(p, i, head->column + head->columns, level))
                head->columns++;
            p->heads_n++;
        }
    }
}

/* Heights of the levels: each as high as the one-level heads on it want; what reaches over several stretches the last. */
static void measure_heads(struct ledger_pages *p)
{
    double heights[LEDGER_LEVELS] = {0};

    for (unsigned pass = 1; pass <= p->levels; pass++)
        for (size_t i = 0; i < p->heads_n; i++) {
            struct head *head = &p->heads[i];
            double has = 0, wants;

            if (head->levels != pass)
                continue;
            ledger_break(&p->bold, p->ledger->columns[head->column].heads[head->level], column_width(p, head->column, head->columns), 12,
                         &head->lines);
            wants = (double)head->lines.n * p->bold.line + 2 * PAD_Y;
            for (unsigned level = head->level; level < head->level + head->levels; level++)
                has += heights[level];
            if (wants > has)
                heights[head->level + head->levels - 1] += wants - has;
        }
    p->level_tops[0] = 0;
    for (unsigned level = 0; level < p->levels; level++)
        p->level_tops[level + 1] = p->level_tops[level] + heights[level];
    p->numbers_height = p->foot.line + PAD_Y;
}

static void measure_tail(struct ledger_pages *p)
{
    const struct ledger *ledger = p->ledger;

    ledger_break(&p->place, ledger->note, p->width - 2 * MARGIN_X, 6, &p->note);
    p->tail_height = p->note.n > 0 ? (double)p->note.n * p->place.line + 4 : 0;
    if (ledger->signers_n > 0)
        p->tail_height += 8 + SIGNATURE + 4 * p->place.line;
}

/*
 * Each column has its share, but none is narrower than the longest word of its own head: those that would be get just that, and the others
 * share what is left. False: the heads are wider than the page.
 */
static bool measure_columns(struct ledger_pages *p)
{
    const struct ledger *ledger = p->ledger;
    bool is_least[LEDGER_COLUMNS_MAX] = {false}, is_settled = false;
    double widths[LEDGER_COLUMNS_MAX], share = 0;

    while (!is_settled) {
        double sum = 0, room = p->width - 2 * MARGIN_X;

        is_settled = true;
        for (size_t i = 0; i < ledger->n; i++)
            if (is_least[i])
                room -= widths[i];
            else
                sum += ledger->columns[i].width;
        share = sum > 0 ? room / sum : 0;
        if (room < 0)
            return false;
        for (size_t i = 0; i < ledger->n; i++) {
            unsigned depth = depth_of(&ledger->columns[i]);
            double least = depth == 0 ? 0 : ledger_least(&p->bold, ledger->columns[i].heads[depth - 1]) + 2 * PAD_X;

            if (is_least[i] || ledger->columns[i].width * share >= least)
                continue;
            widths[i] = least;
            is_least[i] = true;
            is_settled = false;
        }
    }
    p->x[0] = MARGIN_X;
    for (size_t i = 0; i < ledger->n; i++)
        p->x[i + 1] = p->x[i] + (is_least[i] ? widths[i] : ledger->columns[i].width * share);
    return true;
}

static void end_layouts(void *arg)
{
    struct ledger_pages *p = arg;

    for (size_t i = 0; i < p->heads_n; i++)
        ledger_lines_end(&p->heads[i].lines);
    ledger_lines_end(&p->note);
    if (p->cr != NULL)
        cairo_destroy(p->cr);
    if (p->surface != NULL) {
        cairo_surface_finish(p->surface);
        cairo_surface_destroy(p->surface);
    }
    arena_free(&p->pending_arena);
}

enum rc ledger_begin(struct arena *arena, const struct ledger *ledger, struct ledger_pages **out, struct err *err)
{
    double size = ledger->text_pt == 0 ? USUAL_TEXT_PT : ledger->text_pt;
    struct ledger_pages *p;
    struct press *press;

    if (ledger->n == 0 || ledger->n > LEDGER_COLUMNS_MAX || ledger->signers_n > LEDGER_SIGNERS_MAX || size < MIN_TEXT_PT)
        return fail(err, RC_INVALID, "a register of %zu columns, %zu signers, %.1f pt", ledger->n, ledger->signers_n, size);
    TRY(press_borrow(arena, &press, err));
    p = ARENA_NEW(arena, struct ledger_pages);
    *p = (struct ledger_pages){.arena = arena, .ledger = ledger, .pending_arena = arena_new(), .out = {.arena = arena}};
    arena_defer(arena, end_layouts, p);
    p->width = (ledger->is_a4 ? 297 : 330) * MM;
    p->height = (ledger->is_a4 ? 210 : 215) * MM;
    ledger_face_init(arena, press, false, size, &p->text);
    ledger_face_init(arena, press, true, size, &p->bold);
    ledger_face_init(arena, press, false, FOOT_PT, &p->foot);
    ledger_face_init(arena, press, true, TITLE_PT, &p->title);
    ledger_face_init(arena, press, false, PLACE_PT, &p->place);
    if (!measure_columns(p))
        return fail(err, RC_INVALID, "the heads of the columns are wider than the page");
    find_heads(p);
    for (size_t i = 0; i < p->heads_n; i++)
        if (ledger_least(&p->bold, ledger->columns[p->heads[i].column].heads[p->heads[i].level]) >
            column_width(p, p->heads[i].column, p->heads[i].columns) + 0.01)
            return fail(err, RC_INVALID, "a word of the head of column %zu is wider than it", p->heads[i].column + 1);
    measure_heads(p);
    measure_tail(p);
    p->body_top = MARGIN_TOP + HEAD_TOP + p->level_tops[p->levels] + p->numbers_height;
    p->body_bottom = p->height - MARGIN_BOTTOM - p->foot.line - 6;
    *out = p;
    return RC_OK;
}

/* ---- drawing ---- */

static void line_to(cairo_t *cr, double x1, double y1, double x2, double y2)
{
    cairo_move_to(cr, x1, y1);
    cairo_line_to(cr, x2, y2);
}

static void draw_text(struct ledger_pages *p, const struct ledger_face *face, struct str text, double x, double y, double width,
                      double align)
{
    struct ledger_lines lines;

    ledger_break(face, text, width, 1, &lines);
    ledger_draw(p->cr, face, &lines, x, y, width, align);
    ledger_lines_end(&lines);
}

static void draw_sample(struct ledger_pages *p)
{
    double width = 76, x = p->width - MARGIN_X - width;

    cairo_set_line_width(p->cr, 1);
    cairo_rectangle(p->cr, x, MARGIN_TOP, width, p->place.line + 5);
    cairo_stroke(p->cr);
    draw_text(p, &p->bold, STR("DATA CONTOH"), x, MARGIN_TOP + 2, width, 0.5);
}

static void draw_heads(struct ledger_pages *p)
{
    double top = MARGIN_TOP + HEAD_TOP, numbers = top + p->level_tops[p->levels], bottom = numbers + p->numbers_height;

    cairo_set_source_rgb(p->cr, 0.93, 0.93, 0.93);
    cairo_rectangle(p->cr, MARGIN_X, numbers, p->width - 2 * MARGIN_X, p->numbers_height);
    cairo_fill(p->cr);
    cairo_set_source_rgb(p->cr, 0, 0, 0);
    cairo_set_line_width(p->cr, HAIR);
    for (size_t i = 0; i < p->heads_n; i++) {
        const struct head *head = &p->heads[i];
        double y = top + p->level_tops[head->level], height = p->level_tops[head->level + head->levels] - p->level_tops[head->level];
        double x = p->x[head->column], width = p->x[head->column + head->columns] - x;

        cairo_rectangle(p->cr, x, y, width, height);
        cairo_stroke(p->cr);
        ledger_draw(p->cr, &p->bold, &head->lines, x + PAD_X, y + (height - (double)head->lines.n * p->bold.line) / 2, width - 2 * PAD_X,
                    0.5);
    }
    for (size_t i = 0; i < p->ledger->n; i++) {
        char number[8];
        int n = snprintf(number, sizeof number, "%zu", i + 1);

        draw_text(p, &p->foot, (struct str){number, (size_t)n}, p->x[i], numbers + PAD_Y / 2, p->x[i + 1] - p->x[i], 0.5);
    }
    for (size_t i = 0; i <= p->ledger->n; i++)
        line_to(p->cr, p->x[i], numbers, p->x[i], bottom);
    line_to(p->cr, MARGIN_X, bottom, p->width - MARGIN_X, bottom);
    cairo_stroke(p->cr);
}

static void draw_page_head(struct ledger_pages *p)
{
    double inner = p->width - 2 * MARGIN_X;

    for (int i = 0; i < 3; i++)
        draw_text(p, &p->place, p->ledger->place[i], MARGIN_X, MARGIN_TOP + i * p->place.line, inner / 3, 0);
    draw_text(p, &p->title, p->ledger->title, MARGIN_X + inner / 5, MARGIN_TOP, inner * 3 / 5, 0.5);
    draw_text(p, &p->bold, p->ledger->subtitle, MARGIN_X + inner / 5, MARGIN_TOP + p->title.line + 1, inner * 3 / 5, 0.5);
    if (p->ledger->is_sample)
        draw_sample(p);
    draw_heads(p);
}

static void draw_foot(struct ledger_pages *p)
{
    double inner = p->width - 2 * MARGIN_X, y = p->height - MARGIN_BOTTOM - p->foot.line;
    char pages[64];
    int n = snprintf(pages, sizeof pages, "Halaman %zu dari %zu", p->page, p->pages);

    cairo_set_line_width(p->cr, HAIR);
    line_to(p->cr, MARGIN_X, y - 3, p->width - MARGIN_X, y - 3);
    cairo_stroke(p->cr);
    draw_text(p, &p->foot, p->ledger->foot, MARGIN_X, y, inner * 0.55, 0);
    draw_text(p, &p->foot, p->ledger->mark, MARGIN_X + inner * 0.55, y, inner * 0.2, 0.5);
    draw_text(p, &p->foot, (struct str){pages, (size_t)n}, MARGIN_X + inner * 0.75, y, inner * 0.25, 1);
}

static void draw_row(struct ledger_pages *p)
{
    const struct ledger_face *face = p->pending_is_sum ? &p->bold : &p->text;
    double bottom = p->y + p->pending_height;

    for (size_t i = 0; i < p->ledger->n; i++) {
        enum ledger_align align = p->ledger->columns[i].align;
        struct ledger_lines lines;

        ledger_break(face, p->pending[i], column_width(p, i, 1), lines_of_page(p), &lines);
        ledger_draw(p->cr, face, &lines, p->x[i] + PAD_X, p->y + PAD_Y, column_width(p, i, 1),
                    align == LEDGER_RIGHT    ? 1
                    : align == LEDGER_CENTER ? 0.5
                                             : 0);
        ledger_lines_end(&lines);
    }
    if (p->pending_is_sum) {
        cairo_set_line_width(p->cr, 2 * HAIR);
        line_to(p->cr, MARGIN_X, p->y, p->width - MARGIN_X, p->y);
        cairo_stroke(p->cr);
    }
    cairo_set_line_width(p->cr, HAIR);
    line_to(p->cr, MARGIN_X, bottom, p->width - MARGIN_X, bottom);
    for (size_t i = 0; i <= p->ledger->n; i++)
        line_to(p->cr, p->x[i], p->y, p->x[i], bottom);
    cairo_stroke(p->cr);
}

static void draw_signer(struct ledger_pages *p, const struct ledger_signer *signer, double x, double y, double width)
{
    double name = y + 2 * p->place.line + SIGNATURE;
    struct ledger_lines lines;

    draw_text(p, &p->place, signer->above, x, y, width, 0.5);
    draw_text(p, &p->place, signer->office, x, y + p->place.line, width, 0.5);
    draw_text(p, &p->bold, signer->name, x, name, width, 0.5);
    ledger_break(&p->bold, signer->name, width, 1, &lines);
    if (lines.n > 0 && lines.layout == NULL) {
        cairo_set_line_width(p->cr, HAIR);
        line_to(p->cr, x + (width - lines.p[0].width) / 2, name + p->bold.ascent + 1.5, x + (width + lines.p[0].width) / 2,
                name + p->bold.ascent + 1.5);
        cairo_stroke(p->cr);
    }
    ledger_lines_end(&lines);
    draw_text(p, &p->place, signer->number, x, name + p->bold.line, width, 0.5);
}

static void draw_tail(struct ledger_pages *p)
{
    double inner = p->width - 2 * MARGIN_X, share = inner / (double)LEDGER_SIGNERS_MAX, y = p->y;
    size_t n = p->ledger->signers_n;

    ledger_draw(p->cr, &p->place, &p->note, MARGIN_X, y + 4, inner, 0);
    if (p->note.n > 0)
        y += (double)p->note.n * p->place.line + 4;
    /* one signs at the right, two at both ends */
    for (size_t i = 0; i < n; i++) {
        double at = n == 1 ? 2 : n == 2 ? 2 * (double)i : (double)i;

        draw_signer(p, &p->ledger->signers[i], MARGIN_X + at * share, y + 8, share);
    }
}

/* ---- pages ---- */

static enum rc page_begin(struct ledger_pages *p, struct err *err)
{
    if (++p->page > LEDGER_PAGES_MAX)
        return fail(err, RC_TOO_LARGE, "more than %d pages", LEDGER_PAGES_MAX);
    p->y = p->body_top;
    if (p->is_drawing)
        draw_page_head(p);
    return RC_OK;
}

static void page_end(struct ledger_pages *p)
{
    if (!p->is_drawing)
        return;
    draw_foot(p);
    cairo_show_page(p->cr);
}

/* Puts the row that waited on its page; `with`: what must stand on the same page below it. */
static enum rc pending_place(struct ledger_pages *p, double with, struct err *err)
{
    if (p->page == 0)
        TRY(page_begin(p, err));
    if (p->y > p->body_top && p->y + p->pending_height + with > p->body_bottom) {
        page_end(p);
        TRY(page_begin(p, err));
    }
    if (p->is_drawing)
        draw_row(p);
    p->y += p->pending_height;
    p->has_pending = false;
    return RC_OK;
}

static enum rc row_take(struct ledger_pages *p, const struct str *cells, bool is_sum, struct err *err)
{
    if (p->has_pending)
        TRY(pending_place(p, 0, err));
    p->rows++;
    p->pending_height = row_height(p, cells, is_sum);
    p->pending_is_sum = is_sum;
    p->has_pending = true;
    if (!p->is_drawing)
        return RC_OK;
    arena_reset(p->pending_arena);
    for (size_t i = 0; i < p->ledger->n; i++)
        p->pending[i] = str_dup(p->pending_arena, cells[i]);
    return RC_OK;
}

/* The last row and what stands below it. */
static enum rc tail_place(struct ledger_pages *p, struct err *err)
{
    if (p->has_pending)
        TRY(pending_place(p, p->tail_height, err));
    else if (p->page == 0)
        TRY(page_begin(p, err));
    if (p->is_drawing)
        draw_tail(p);
    page_end(p);
    return RC_OK;
}

enum rc ledger_count(struct ledger_pages *pages, const struct str *cells, bool is_sum, struct err *err)
{
    return row_take(pages, cells, is_sum, err);
}

enum rc ledger_counted(struct ledger_pages *p, size_t *pages_out, struct err *err)
{
    TRY(tail_place(p, err));
    p->pages = p->page;
    p->counted = p->rows;
    p->page = p->rows = 0;
    p->is_drawing = true;
    p->surface = cairo_pdf_surface_create_for_stream(surface_write, &p->out, p->width, p->height);
    cairo_pdf_surface_restrict_to_version(p->surface, CAIRO_PDF_VERSION_1_5);
    p->cr = cairo_create(p->surface);
    if (pages_out != NULL)
        *pages_out = p->pages;
    return RC_OK;
}

enum rc ledger_row(struct ledger_pages *pages, const struct str *cells, bool is_sum, struct err *err)
{
    if (!pages->is_drawing)
        return fail(err, RC_FAULT, "a row to draw before the rows were counted");
    return row_take(pages, cells, is_sum, err);
}

enum rc ledger_pdf(struct ledger_pages *p, const struct paper_info *info, struct str *pdf_out, struct err *err)
{
    if (!p->is_drawing)
        return fail(err, RC_FAULT, "a register that was not counted");
    TRY(tail_place(p, err));
    if (p->rows != p->counted || p->page != p->pages)
        return fail(err, RC_FAULT, "%zu rows on %zu pages were counted, %zu on %zu drawn", p->counted, p->pages, p->rows, p->page);
    cairo_surface_t *surface = p->surface;
    cairo_t *cr = p->cr;
    p->surface = NULL;
    p->cr = NULL;
    TRY(surface_close(surface, cr, err));
    return pdf_finish(p->arena, buf_str(&p->out), info, pdf_out, err);
}
