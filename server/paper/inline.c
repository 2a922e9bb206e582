// SPDX-License-Identifier: AGPL-3.0-or-later
/* Content and values → clean text with marks → lines. */
#include "server/base/text.h"
#include "server/paper/inline.h"

enum {
    MAX_MARKS_ON_A_LETTER = 6, /* no name has more, and placing many takes quadratic time */
};

static enum rc wrong_value(struct writer *w, const char *name)
{
    return fail(w->err, RC_INVALID, "values.%s: must be a text", name);
}

const json_t *find_value(const struct writer *w, const char *name)
{
    const json_t *value = NULL;

    for (const struct scope *scope = w->scope; scope != NULL && value == NULL; scope = scope->up)
        value = json_object_get(scope->values, name);
    return value != NULL ? value : json_object_get(w->input->values, name);
}

enum rc each_open(struct writer *w, const char *list, struct each *out)
{
    const json_t *found = find_value(w, list);
    size_t index;
    json_t *value;

    *out = (struct each){.list = found, .outer = w->scope};
    if (found == NULL || json_is_null(found))
        return RC_OK;
    if (!json_is_array(found))
        return fail(w->err, RC_INVALID, "values.%s: must be an array", list);
    json_array_foreach(found, index, value)
    {
        if (!json_is_object(value))
            return fail(w->err, RC_INVALID, "values.%s[%zu]: must be an object", list, index);
        TRY(count_nodes(w));
    }
    return RC_OK;
}

bool each_next(struct writer *w, struct each *each)
{
    const json_t *values = json_array_get(each->list, each->next);
    struct scope *scope;

    w->scope = each->outer;
    if (values == NULL)
        return false;
    scope = ARENA_NEW(w->arena, struct scope);
    *scope = (struct scope){values, (unsigned)++each->next, each->outer};
    w->scope = scope;
    return true;
}

struct str unfilled_words(const json_t *value)
{
    const json_t *words = json_object_get(value, "unfilled");

    return json_is_string(words) ? (struct str){json_string_value(words), json_string_length(words)} : STR_NONE;
}

enum rc field_value(struct writer *w, const char *name, struct str *out)
{
    const json_t *value = find_value(w, name);

    if (value == NULL || json_is_null(value))
        *out = STR("");
    else if (json_is_string(value))
        *out = (struct str){json_string_value(value), json_string_length(value)};
    else if (unfilled_words(value).p != NULL)
        *out = unfilled_words(value);
    else
        return wrong_value(w, name);
    return RC_OK;
}

/* Of a list it can be asked whether it has members. */
enum rc test_holds(struct writer *w, const struct test *test, bool *out)
{
    const json_t *list = find_value(w, test->field);
    struct str value = STR_NONE;
    bool holds = false;

    if (json_is_array(list) && !test->compares) {
        *out = (json_array_size(list) > 0) != test->negated;
        return RC_OK;
    }
    TRY(field_value(w, test->field, &value));
    if (!test->compares)
        holds = !str_empty(str_trim(value));
    for (size_t i = 0; i < test->count && !holds; i++)
        holds = str_eq(value, test->values[i]);
    *out = holds != test->negated;
    return RC_OK;
}

/* Control characters, byte order marks and overrides of direction, which could make a name read backwards. */
static bool is_dropped(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || c == 0xFFFC || (c >= 0xFFF9 && c <= 0xFFFB);
}

/* Scripts of Asia: their lines are higher than Latin ones. */
static bool is_high(uint32_t c)
{
    return (c >= 0x0590 && c < 0x1E00) || (c >= 0xA800 && c < 0xAC00);
}

/*
 * Values and texts that callers cut may hold broken UTF-8: a broken byte becomes U+FFFD, control characters go. True: something in it is
 * higher than Latin letters.
 */
static bool put_clean(struct buf *out, struct str text)
{
    const char *p = text.p, *end = text.p + text.n;
    unsigned marks = 0;
    bool has_high = false;

    buf_reserve(out, text.n);
    while (p < end) {
        size_t left = (size_t)(end - p);
        gunichar c = g_utf8_get_char_validated(p, (gssize)left);
        size_t n = (c == (gunichar)-1 || c == (gunichar)-2) ? 1 : (size_t)(g_utf8_next_char(p) - p);
        if (n == 1 && (c == (gunichar)-1 || c == (gunichar)-2))
            buf_put(out, "\xEF\xBF\xBD", 3);
        else if (c == '\t')
            buf_put_char(out, ' ');
        else if (c == '\n' || c == 0x2028 || c == 0x2029)
            buf_put_char(out, '\n');
        else if (!is_dropped(c) && !(g_unichar_ismark(c) && ++marks > MAX_MARKS_ON_A_LETTER))
            buf_put(out, p, n);
        if (!g_unichar_ismark(c))
            marks = 0;
        has_high |= is_high(c);
        p += n;
    }
    return has_high;
}

void put_run(struct writer *w, struct ink *ink, struct str text, struct look look)
{
    size_t from = ink->text.n;

    ink->is_uneven |= put_clean(&ink->text, text);
    if ((look.marks != 0 || look.size > 0) && ink->text.n > from) {
        struct run *run = ARENA_NEW(w->arena, struct run);
        *run = (struct run){.from = from, .to = ink->text.n, .look = look};
        ink->is_uneven |= look.size > 0;
        *ink->last = run;
        ink->last = &run->next;
    }
}

static struct str in_case(struct arena *arena, struct str value, enum letter_case letter_case)
{
    struct str lower, head;

    switch (letter_case) {
    case CASE_UPPER:
        return text_name_upper(arena, value);
    case CASE_LOWER:
        return text_lower(arena, value);
    case CASE_TITLE:
        return text_name(arena, text_upper(arena, value));
    case CASE_SENTENCE:
        lower = text_lower(arena, value);
        head = utf8_part(arena, lower, 1);
        return str_fmt(arena, "%.*s%.*s", STR_ARG(text_upper(arena, head)), STR_ARG(str_from(lower, head.n)));
    case CASE_STORED:
        break;
    }
    return value;
}

static enum rc converted_value(struct writer *w, const struct piece *piece, struct str *out)
{
    struct str value = STR_NONE;

    if (piece->kind == PIECE_SUM)
        return sum_text(w, piece->sum, piece->as, out);
    TRY(field_value(w, piece->field, &value));
    if (value.n > PAPER_MAX_PARAGRAPH_BYTES)
        return fail(w->err, RC_TOO_LARGE, "values.%s: too long", piece->field);
    if (!convert_text(w->arena, piece->as, value, out))
        *out = STR(""); /* paper_misfit tells */
    return RC_OK;
}

static void put_unfilled(struct writer *w, struct str words, struct look look, struct ink *ink)
{
    look.marks |= MARK_UNFILLED;
    if (!ink->in_boxes)
        put_run(w, ink, words, look);
}

static enum rc put_field(struct writer *w, const struct piece *piece, struct ink *ink)
{
    struct str value = piece->kind == PIECE_FIELD ? unfilled_words(find_value(w, piece->field)) : STR_NONE;

    if (value.p != NULL) {
        put_unfilled(w, value, piece->look, ink);
        return RC_OK;
    }
    TRY(converted_value(w, piece, &value));
    if (str_empty(str_trim(value)))
        value = piece->if_empty.p != NULL ? piece->if_empty : ink->in_boxes ? STR("") : w->tree->if_empty;
    else
        value = in_case(w->arena, value, piece->letter_case);
    put_run(w, ink, value, piece->look);
    return RC_OK;
}

/* "Ani, Budi dan Citra" */
static enum rc put_each_piece(struct writer *w, const struct piece *piece, struct ink *ink)
{
    struct each each;

    TRY(each_open(w, piece->each, &each));
    if (json_array_size(each.list) == 0)
        return put_pieces(w, piece->no, ink);
    while (each_next(w, &each)) {
        if (each.next > 1)
            put_run(w, ink, each.next < json_array_size(each.list) ? piece->between : piece->last, (struct look){0});
        TRY(put_pieces(w, piece->yes, ink));
    }
    return RC_OK;
}

/* Conditions nest at most PAPER_MAX_NESTING deep: the reader of the tree (tree.c, tree_inline.c) refuses more. */
enum rc put_pieces(struct writer *w, const struct piece *piece, struct ink *ink)
{
    bool holds;

    for (; piece != NULL; piece = piece->next) {
        switch (piece->kind) {
        case PIECE_TEXT:
            put_run(w, ink, piece->text, piece->look);
            break;
        case PIECE_FIELD:
        case PIECE_SUM:
            TRY(put_field(w, piece, ink));
            break;
        case PIECE_ROW:
            put_run(w, ink, str_fmt(w->arena, "%u", w->scope->number), piece->look);
            break;
        case PIECE_PAGE:
            put_run(w, ink, str_fmt(w->arena, "%zu", w->page), piece->look);
            break;
        case PIECE_PAGES:
            put_run(w, ink, str_fmt(w->arena, "%zu", w->pages), piece->look);
            break;
        case PIECE_IF:
            TRY(test_holds(w, &piece->test, &holds));
            TRY(put_pieces(w, holds ? piece->yes : piece->no, ink));
            break;
        case PIECE_EACH:
            TRY(put_each_piece(w, piece, ink));
            break;
        case PIECE_BOXES:
            TRY(put_boxes(w, piece->boxes, piece->yes, ink));
            break;
        }
        if (ink->text.n > PAPER_MAX_PARAGRAPH_BYTES)
            return fail(w->err, RC_TOO_LARGE, "a paragraph is longer than %d bytes", PAPER_MAX_PARAGRAPH_BYTES);
    }
    return RC_OK;
}

static void layout_end(void *arg)
{
    g_object_unref(arg);
}

void layout_keep(struct writer *w, PangoLayout *layout)
{
    arena_defer(w->arena, layout_end, layout);
}

/* Everything that set_text makes the layout from; empty: squares are in it, which are this letter's own. */
static struct str text_key(struct writer *w, const struct ink *ink, size_t from, size_t to, const struct style *style)
{
    struct buf key = {.arena = w->arena};
    const double measures[] = {style->size, style->width, from == 0 ? style->indent : 0};
    const size_t kinds[] = {style->marks, style->align, w->tree->family, to - from};

    buf_put(&key, measures, sizeof measures);
    buf_put(&key, kinds, sizeof kinds);
    for (const struct run *run = ink->runs; run != NULL; run = run->next) {
        const size_t span[] = {run->from > from ? run->from - from : 0, (run->to < to ? run->to : to) - from};

        if (run->to <= from || run->from >= to)
            continue;
        if (run->square != NULL)
            return STR_NONE;
        buf_put(&key, span, sizeof span);
        buf_put(&key, &run->look.marks, sizeof run->look.marks);
        buf_put(&key, &run->look.size, sizeof run->look.size);
    }
    buf_put_str(&key, str_part(buf_str(&ink->text), from, to - from));
    return buf_str(&key);
}

static PangoLayout *set_text_anew(struct writer *w, const struct ink *ink, size_t from, size_t to, const struct style *style)
{
    PangoLayout *layout = pango_layout_new(press_context(w->press));
    PangoFontDescription *font = pango_font_description_copy_static(press_font(w->press, w->tree->family));
    PangoAttrList *marks = ink_marks(ink, from, to, style->marks);

    pango_font_description_set_absolute_size(font, style->size * PANGO_SCALE);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    pango_layout_set_attributes(layout, marks);
    pango_attr_list_unref(marks);
    pango_layout_set_auto_dir(layout, FALSE);
    pango_layout_set_width(layout, pango_units_from_double(style->width > 1 ? style->width : 1));
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_justify(layout, style->align == ALIGN_JUSTIFY);
    pango_layout_set_alignment(layout, style->align == ALIGN_CENTER  ? PANGO_ALIGN_CENTER
                                       : style->align == ALIGN_RIGHT ? PANGO_ALIGN_RIGHT
                                                                     : PANGO_ALIGN_LEFT);
    pango_layout_set_indent(layout, from == 0 ? pango_units_from_double(style->indent) : 0);
    pango_layout_set_text(layout, ink->text.p != NULL ? ink->text.p + from : "", (int)(to - from));
    return layout;
}

/* As the press set it before, or anew. */
static PangoLayout *set_text(struct writer *w, const struct ink *ink, size_t from, size_t to, const struct style *style)
{
    struct str key = text_key(w, ink, from, to, style);
    PangoLayout *layout = str_empty(key) ? NULL : press_text_find(w->press, key);

    if (layout != NULL) {
        layout_keep(w, g_object_ref(layout));
        return layout;
    }
    layout = set_text_anew(w, ink, from, to, style);
    layout_keep(w, layout);
    if (!str_empty(key))
        press_text_offer(w->press, key, layout);
    return layout;
}

/* One slice a line. A paragraph leaves no single line behind on either page. */
static enum rc put_lines(struct writer *w, PangoLayout *layout, const struct ink *ink, const struct style *style, struct flow *flow)
{
    int count = pango_layout_get_line_count(layout), i = 0;
    PangoLayoutIter *iter = pango_layout_get_iter(layout);
    enum rc rc = RC_OK;

    do {
        PangoRectangle logical;
        double natural, height;
        struct slice *slice;
        struct op *op;

        pango_layout_iter_get_line_extents(iter, NULL, &logical);
        natural = pango_units_to_double(logical.height);
        height = natural * (1 + tightened(w, style->spacing - 1));
        rc = put_slice(w, flow, height, &slice);
        if (rc != RC_OK)
            break;
        op = put_op(w, slice, OP_TEXT, style->x + pango_units_to_double(logical.x), 0);
        op->y = (height - natural) / 2 + pango_units_to_double(pango_layout_iter_get_baseline(iter) - logical.y);
        op->w = pango_units_to_double(logical.width);
        op->is_uneven = ink->is_uneven;
        op->line = pango_layout_iter_get_line_readonly(iter);
        slice->keep_next = count > 1 && (i == 0 || i == count - 2);
        i++;
    } while (pango_layout_iter_next_line(iter));
    pango_layout_iter_free(iter);
    return rc;
}

static enum rc put_ink(struct writer *w, const struct ink *ink, const struct style *style, struct flow *flow)
{
    size_t from = 0;

    w->text_bytes += ink->text.n;
    if (w->text_bytes > PAPER_MAX_TEXT_BYTES)
        return fail(w->err, RC_TOO_LARGE, "more than %d bytes of text", PAPER_MAX_TEXT_BYTES);
    for (;;) {
        ptrdiff_t end = str_find_char(str_from(buf_str(&ink->text), from), '\n');
        size_t to = end < 0 ? ink->text.n : from + (size_t)end;
        TRY(put_lines(w, set_text(w, ink, from, to, style), ink, style, flow));
        if (end < 0)
            return RC_OK;
        from = to + 1;
    }
}

enum rc put_text(struct writer *w, const struct piece *content, const struct style *style, struct flow *flow)
{
    struct ink ink = {.text = {.arena = w->arena}, .style = style};

    ink.last = &ink.runs;
    TRY(put_pieces(w, content, &ink));
    return put_ink(w, &ink, style, flow);
}

enum rc put_plain(struct writer *w, struct str text, const struct style *style, struct flow *flow)
{
    struct ink ink = {.text = {.arena = w->arena}, .style = style};

    ink.last = &ink.runs;
    put_run(w, &ink, text, (struct look){0});
    return put_ink(w, &ink, style, flow);
}

struct style style_of(const struct writer *w, double x, double width)
{
    return (struct style){.x = x, .width = width, .size = w->tree->size, .spacing = w->tree->spacing, .align = ALIGN_LEFT};
}
