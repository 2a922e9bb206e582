// SPDX-License-Identifier: AGPL-3.0-or-later
/* Slices → pages. */
#include "server/paper/pages.h"

#define FOOTER_GAP 6.0
enum { FITTED_PAGES = 4, FIT_STEPS = 3 };

/* Pages being filled from the top. */
struct stack {
    struct writer *w;
    struct page *first, *page;
    struct placed **last;
    size_t count, earlier; /* of this part; of those before it */
    double y;              /* where the next slice goes */
    bool is_fresh;         /* nothing on the page yet */
    const struct flow *header;
    double header_end, footer_start; /* the body's room on pages that have both */
};

static bool stands_on(enum pages_with on, size_t number)
{
    return on == PAGES_ALL || (on == PAGES_FIRST && number == 1);
}

/* The body's room on a page, 1 first. */
static double top_of(const struct stack *s, size_t number)
{
    return stands_on(s->w->tree->header_on, number) ? s->header_end : s->w->tree->top;
}

static double bottom_of(const struct stack *s, size_t number)
{
    const struct tree *tree = s->w->tree;
    double bottom = stands_on(tree->footer_on, number) ? s->footer_start : tree->page_height - tree->bottom;

    return bottom + 0.01; /* sums of lengths are not exact */
}

static void place(struct stack *s, const struct slice *slice, double y)
{
    struct placed *placed = ARENA_NEW(s->w->arena, struct placed);

    placed->slice = slice;
    placed->y = y;
    *s->last = placed;
    s->last = &placed->next;
}

static double place_flow(struct stack *s, const struct flow *flow, double y)
{
    for (const struct slice *slice = flow->first; slice != NULL; slice = slice->next) {
        y += slice != flow->first ? slice->before : 0;
        place(s, slice, y);
        y += slice->height;
    }
    return y;
}

static enum rc new_page(struct stack *s)
{
    struct page *page = ARENA_NEW(s->w->arena, struct page);

    page->tree = s->w->tree;
    if (++s->count + s->earlier > s->w->pages_most)
        return fail(s->w->err, RC_TOO_LARGE, "more than %zu pages", s->w->pages_most);
    if (s->page == NULL)
        s->first = page;
    else
        s->page->next = page;
    s->page = page;
    s->last = &page->placed;
    if (stands_on(s->w->tree->header_on, s->count))
        place_flow(s, s->header, s->w->tree->top);
    s->y = top_of(s, s->count);
    s->is_fresh = true;
    return RC_OK;
}

static enum rc place_slice(struct stack *s, const struct slice *slice)
{
    if (s->is_fresh && slice->repeat != NULL)
        s->y = place_flow(s, slice->repeat, s->y);
    s->y += s->is_fresh ? 0 : slice->before;
    place(s, slice, s->y);
    s->y += slice->height;
    if (slice->height > 0)
        s->is_fresh = false;
    return RC_OK;
}

/* From a slice to the last that wants to be on one page with it. */
static const struct slice *end_of_chunk(const struct slice *from, double *height_out)
{
    const struct slice *slice = from;
    double height = slice->height;

    while (slice->keep_next && slice->next != NULL && !slice->next->breaks_before) {
        slice = slice->next;
        height += slice->before + slice->height;
    }
    *height_out = height;
    return slice;
}

/* A chunk goes whole to the next page when that helps; one larger than a page is divided where it must be. */
static enum rc place_chunk(struct stack *s, const struct slice *from, const struct slice *to, double height)
{
    double before = s->is_fresh ? 0 : from->before;
    double repeat = from->repeat != NULL ? flow_height(from->repeat) : 0;

    if (s->y + before + height > bottom_of(s, s->count) && !s->is_fresh &&
        top_of(s, s->count + 1) + repeat + height <= bottom_of(s, s->count + 1))
        TRY(new_page(s));
    for (const struct slice *slice = from;; slice = slice->next) {
        before = s->is_fresh ? 0 : slice->before;
        if (s->y + before + slice->height > bottom_of(s, s->count) && !s->is_fresh)
            TRY(new_page(s));
        TRY(place_slice(s, slice));
        if (slice == to)
            return RC_OK;
    }
}

static enum rc fill_pages(struct stack *s, const struct flow *body)
{
    TRY(new_page(s));
    for (const struct slice *slice = body->first; slice != NULL; slice = slice->next) {
        double height;
        const struct slice *to = end_of_chunk(slice, &height);
        if (slice->breaks_before && !s->is_fresh)
            TRY(new_page(s));
        TRY(place_chunk(s, slice, to, height));
        slice = to;
    }
    return RC_OK;
}

/* On the pages of one part, which are told to be those of `pages` behind `earlier`. */
static enum rc put_footers(struct writer *w, struct stack *s, double footer_height, size_t earlier, size_t pages)
{
    double y = w->tree->page_height - w->tree->bottom - footer_height;
    struct page *page = s->first;

    w->pages = pages;
    for (size_t number = 1; number <= s->count; number++, page = page->next) {
        struct flow flow = {0};
        if (!stands_on(w->tree->footer_on, number))
            break;
        w->page = earlier + number;
        TRY(put_footer(w, &w->tree->footer, w->tree->page_width - w->tree->left - w->tree->right, &flow));
        s->last = &page->placed;
        while (*s->last != NULL)
            s->last = &(*s->last)->next;
        place_flow(s, &flow, y);
    }
    return RC_OK;
}

static enum rc no_room(struct writer *w, const char *what)
{
    if (w->part == 0)
        return fail(w->err, RC_INVALID, "%s: leave no room for the text", what);
    return fail(w->err, RC_INVALID, "attachments[%zu]: %s: leave no room for the text", w->part - 1, what);
}

/* The footer is measured with the widest page numbers it could get. */
static enum rc measure(struct writer *w, double width, struct flow *header, double *footer_height_out)
{
    const struct tree *tree = w->tree;
    struct flow footer = {0};
    double page = tree->page_height - tree->top - tree->bottom;

    w->body_height = page;
    w->page = w->pages = PAPER_MAX_PAGES;
    if (tree->footer_on != PAGES_NONE)
        TRY(put_footer(w, &tree->footer, width, &footer));
    *footer_height_out = flow_height(&footer);
    if (tree->header_on != PAGES_NONE)
        TRY(put_blocks(w, tree->header, 0, width, header));
    w->body_height = page - *footer_height_out - (footer.first != NULL ? FOOTER_GAP : 0) - flow_height(header) - header->after;
    if (w->body_height < 100)
        return no_room(w, "header, footer and page.margin");
    return RC_OK;
}

/* The body set at this part of its room between lines and blocks, and dealt out to pages. */
static enum rc set_pages(struct writer *w, const struct writer *before, double width, double tight, struct stack *stack)
{
    struct flow body = {0};

    w->nodes = before->nodes; /* of several tries one counts */
    w->slices = before->slices;
    w->text_bytes = before->text_bytes;
    w->terms = before->terms;
    w->tight = tight;
    TRY(put_blocks(w, w->tree->body, 0, width, &body));
    return fill_pages(stack, &body);
}

/*
 * A letter that runs over by a little is set closer, as little as saves its last page: a signature alone behind one line is what people
 * send back. Longer ones are left as they are.
 */
static enum rc fit_pages(struct writer *w, double width, const struct stack *empty, struct stack *out)
{
    const struct writer before = *w;
    double loose = 1, tight = w->tree->tighten;
    struct stack closest = *empty;

    *out = *empty;
    TRY(set_pages(w, &before, width, loose, out));
    if (tight >= 1 || out->count < 2 || out->count > FITTED_PAGES)
        return RC_OK;
    TRY(set_pages(w, &before, width, tight, &closest));
    if (closest.count == out->count)
        return RC_OK;
    *out = closest;
    for (int i = 0; i < FIT_STEPS; i++) {
        const double between = (loose + tight) / 2;
        struct stack trial = *empty;

        TRY(set_pages(w, &before, width, between, &trial));
        if (trial.count == closest.count)
            *out = trial;
        *(trial.count == closest.count ? &tight : &loose) = between;
    }
    return RC_OK;
}

/* Pages whose foot waits until all sheets of the letter are counted: its own and those of attachments without a foot of their own. */
struct counted {
    const struct tree *tree;
    struct stack stack;
    double footer_height;
    struct counted *next;
};

/* So one that is missing is noticed. */
static enum rc put_counted_footers(struct writer *w, struct counted *first)
{
    size_t pages = 0, earlier = 0;

    for (const struct counted *c = first; c != NULL; c = c->next)
        pages += c->stack.count;
    for (struct counted *c = first; c != NULL; c = c->next) {
        w->tree = c->tree;
        w->signs = NULL;
        TRY(put_footers(w, &c->stack, c->footer_height, earlier, pages));
        earlier += c->stack.count;
    }
    return RC_OK;
}

/* The letter or an attachment, on pages of its own after those that are there. */
static enum rc lay_out(struct writer *w, struct paper *paper, struct page **last, struct counted ***counted)
{
    const struct tree *tree = w->tree;
    double width = tree->page_width - tree->left - tree->right, footer_height;
    struct flow header = {0};
    struct stack stack, empty = {.w = w, .header = &header, .earlier = paper->count};

    if (width < 100)
        return no_room(w, "page.margin");
    TRY(measure(w, width, &header, &footer_height));
    empty.header_end = tree->top + flow_height(&header) + header.after;
    empty.footer_start = empty.header_end + w->body_height;
    TRY(fit_pages(w, width, &empty, &stack));
    stack.header = NULL; /* its pages have it */
    w->tight = 1;
    if (tree->has_own_foot)
        TRY(put_footers(w, &stack, footer_height, 0, stack.count));
    else {
        **counted = ARENA_NEW(w->arena, struct counted);
        ***counted = (struct counted){tree, stack, footer_height, NULL};
        *counted = &(**counted)->next;
    }
    if (*last == NULL)
        paper->pages = stack.first;
    else
        (*last)->next = stack.first;
    *last = stack.page;
    paper->count += stack.count;
    return RC_OK;
}

static enum rc lay_out_parts(struct writer *w, struct paper *paper)
{
    struct page *last = NULL;
    struct counted *first = NULL, **end = &first;

    for (; w->tree != NULL; w->tree = w->tree->next, w->part++) {
        bool holds = true;
        struct each each;
        w->signs = NULL; /* in the font of the part before */
        if (w->tree->has_test)
            TRY(test_holds(w, &w->tree->test, &holds));
        if (!holds)
            continue;
        if (w->tree->each == NULL) {
            TRY(lay_out(w, paper, &last, &end));
            continue;
        }
        TRY(each_open(w, w->tree->each, &each));
        while (each_next(w, &each))
            TRY(lay_out(w, paper, &last, &end));
    }
    return put_counted_footers(w, first);
}

enum rc paper_layout(struct arena *arena, const struct paper_input *input, struct paper **paper_out, struct err *err)
{
    struct paper *paper = ARENA_NEW(arena, struct paper);
    struct tree *tree;
    struct writer writer = {.arena = arena,
                            .tight = 1,
                            .err = err,
                            .input = input,
                            .pages_most = input->pages_most > 0 && input->pages_most < PAPER_MAX_PAGES ? input->pages_most
                                                                                                       : PAPER_MAX_PAGES};

    if (input->values != NULL && !json_is_object(input->values))
        return fail(err, RC_INVALID, "values: must be an object");
    TRY(tree_read(arena, input->tree, false, &tree, err));
    TRY(press_borrow(arena, &paper->press, err));
    if (!str_empty(input->qr_text))
        TRY(qr_make(arena, input->qr_text, &paper->qr, err));
    writer.tree = tree;
    paper->is_sample = input->is_sample;
    paper->is_void = input->is_void;
    writer.press = paper->press;
    writer.qr = &paper->qr;
    TRY(lay_out_parts(&writer, paper));
    *paper_out = paper;
    return RC_OK;
}

size_t paper_page_count(const struct paper *paper)
{
    return paper->count;
}

void paper_page_size(const struct paper *paper, double *width_out, double *height_out)
{
    *width_out = paper->pages->tree->page_width;
    *height_out = paper->pages->tree->page_height;
}
