// SPDX-License-Identifier: AGPL-3.0-or-later
/* Blocks of one piece, and the list of all kinds. */
#include "server/paper/tree_reader.h"

static enum rc read_align(struct reader *r, const struct place *at, const json_t *json, enum align *out)
{
    int align = (int)*out;

    TRY(read_word(r, at, json, "align", align_words, &align));
    *out = (enum align)align;
    return RC_OK;
}

static enum rc read_text_keys(struct reader *r, const struct place *at, const json_t *json, struct block_text *text)
{
    double align_indent;

    TRY(read_align(r, at, json, &text->align));
    align_indent = text->align == ALIGN_JUSTIFY ? r->tree->indent : 0;
    text->indent = align_indent;
    text->spacing = r->tree->spacing;
    TRY(read_length(r, at, json, "indent", 0, 80, &text->indent));
    TRY(read_length(r, at, json, "left", 0, 120, &text->left));
    TRY(read_length(r, at, json, "right", 0, 120, &text->right));
    TRY(read_number(r, at, json, "size", 5, 48, &text->size));
    TRY(read_number(r, at, json, "spacing", 0.8, 3, &text->spacing));
    if (json_object_get(json, "content") == NULL)
        return bad(r, at, "has no content");
    return read_content_key(r, at, json, "content", &text->content);
}

static enum rc read_paragraph(struct reader *r, const struct place *at, const json_t *json, struct block *block)
{
    struct block_text *text = &block->text;

    TRY(want_object(r, at, json, BLOCK_KEYS " content align indent left right size spacing"));
    block->kind = BLOCK_TEXT;
    text->align = ALIGN_JUSTIFY;
    text->size = r->tree->size;
    return read_text_keys(r, at, json, text);
}

static enum rc read_heading(struct reader *r, const struct place *at, const json_t *json, struct block *block)
{
    struct block_text *text = &block->text;
    double level = 1;

    TRY(want_object(r, at, json, BLOCK_KEYS " content level align indent left right size spacing"));
    TRY(read_number(r, at, json, "level", 1, 3, &level));
    block->kind = BLOCK_TEXT;
    text->align = level < 3 ? ALIGN_CENTER : ALIGN_LEFT;
    text->marks = MARK_BOLD | (level < 2 ? MARK_UNDERLINE : 0);
    text->size = r->tree->size + (level < 2 ? 1 : 0);
    return read_text_keys(r, at, json, text);
}

/* A line of squares: a paragraph that has nothing else. */
static enum rc read_boxes_block(struct reader *r, const struct place *at, const json_t *json, struct block *block)
{
    struct block_text *text = &block->text;

    TRY(want_object(r, at, json, BOXES_KEYS " before after keep_with_next align left"));
    block->kind = BLOCK_TEXT;
    text->align = ALIGN_LEFT;
    text->size = r->tree->size;
    text->spacing = 1;
    text->content = ARENA_NEW(r->arena, struct piece);
    text->content->kind = PIECE_BOXES;
    TRY(read_align(r, at, json, &text->align));
    TRY(read_length(r, at, json, "left", 0, 120, &text->left));
    return read_boxes(r, at, json, text->content);
}

static enum rc read_image(struct reader *r, const struct place *at, const json_t *json, struct block *block)
{
    struct block_image *image = &block->image;
    const char *name = NULL;

    TRY(want_object(r, at, json, BLOCK_KEYS " name width height align frame"));
    block->kind = BLOCK_IMAGE;
    image->align = ALIGN_LEFT;
    TRY(read_name(r, at, json, "name", &name));
    if (name == NULL)
        return bad(r, at, "has no name");
    image->name = str_c(name);
    note_name(r, &r->images, image->name);
    TRY(read_length(r, at, json, "width", 2, 300, &image->width));
    TRY(read_length(r, at, json, "height", 2, 300, &image->height));
    if (image->width == 0 && image->height == 0)
        return bad(r, at, "has no width or height");
    TRY(read_bool(r, at, json, "frame", &image->has_frame));
    return read_align(r, at, json, &image->align);
}

static enum rc read_qr(struct reader *r, const struct place *at, const json_t *json, struct block *block)
{
    TRY(want_object(r, at, json, BLOCK_KEYS " size align note"));
    block->kind = BLOCK_QR;
    block->qr.size = 25 * POINTS_PER_MM;
    block->qr.align = ALIGN_LEFT;
    r->has_qr = true;
    TRY(read_length(r, at, json, "size", 15, 80, &block->qr.size));
    TRY(read_content_key(r, at, json, "note", &block->qr.note));
    return read_align(r, at, json, &block->qr.align);
}

static enum rc read_letterhead(struct reader *r, const struct place *at, const json_t *json, struct block *block)
{
    static const struct word rules[] = {{"double", LINE_DOUBLE}, {"single", LINE_SINGLE}, {"none", LINE_NONE}, {NULL, 0}};
    struct block_letterhead *head = &block->letterhead;
    const char *crest = NULL;
    int rule = LINE_DOUBLE;

    TRY(want_object(r, at, json, BLOCK_KEYS " lines address crest crest_width rule size"));
    block->kind = BLOCK_LETTERHEAD;
    head->crest_width = 18 * POINTS_PER_MM;
    head->size = 13;
    TRY(read_contents(r, at, json, "lines", &head->lines, &head->line_count));
    if (head->line_count == 0)
        return bad(r, at, "has no lines");
    TRY(read_content_key(r, at, json, "address", &head->address));
    TRY(read_name(r, at, json, "crest", &crest));
    if (crest != NULL)
        note_name(r, &r->images, str_c(crest));
    head->crest = str_c(crest);
    TRY(read_length(r, at, json, "crest_width", 5, 50, &head->crest_width));
    TRY(read_number(r, at, json, "size", 6, 30, &head->size));
    TRY(read_word(r, at, json, "rule", rules, &rule));
    head->rule = (enum line_style)rule;
    return RC_OK;
}

static enum rc read_rule(struct reader *r, const struct place *at, const json_t *json, struct block *block)
{
    static const struct word styles[] = {{"single", LINE_SINGLE}, {"double", LINE_DOUBLE}, {NULL, 0}};
    int style = LINE_SINGLE;

    TRY(want_object(r, at, json, BLOCK_KEYS " style thickness"));
    block->kind = BLOCK_RULE;
    block->rule.thickness = 0.75;
    TRY(read_word(r, at, json, "style", styles, &style));
    block->rule.style = (enum line_style)style;
    return read_number(r, at, json, "thickness", 0.1, 10, &block->rule.thickness);
}

static enum rc read_spacer(struct reader *r, const struct place *at, const json_t *json, struct block *block)
{
    TRY(want_object(r, at, json, BLOCK_KEYS " height"));
    block->kind = BLOCK_SPACER;
    if (json_object_get(json, "height") == NULL)
        return bad(r, at, "has no height");
    return read_length(r, at, json, "height", 0, 300, &block->spacer);
}

static enum rc read_page_break(struct reader *r, const struct place *at, const json_t *json, struct block *block)
{
    block->kind = BLOCK_PAGE_BREAK;
    return want_object(r, at, json, BLOCK_KEYS);
}

static enum rc read_group(struct reader *r, const struct place *at, const json_t *json, struct block *block)
{
    TRY(want_object(r, at, json, BLOCK_KEYS " content"));
    block->kind = BLOCK_GROUP;
    return read_blocks_key(r, at, json, "content", &block->group);
}

static enum rc read_if(struct reader *r, const struct place *at, const json_t *json, struct block *block)
{
    TRY(want_object(r, at, json, IF_KEYS " before after keep_with_next"));
    block->kind = BLOCK_IF;
    TRY(read_test(r, at, json, &block->condition.test));
    if (json_object_get(json, "then") == NULL)
        return bad(r, at, "has no then");
    TRY(read_blocks_key(r, at, json, "then", &block->condition.yes));
    return read_blocks_key(r, at, json, "else", &block->condition.no);
}

static enum rc read_each(struct reader *r, const struct place *at, const json_t *json, struct block *block)
{
    const char *outer;

    TRY(want_object(r, at, json, BLOCK_KEYS " list body else"));
    block->kind = BLOCK_EACH;
    TRY(each_begin(r, at, json, "list", &block->each.list, &outer));
    if (block->each.list == NULL || json_object_get(json, "body") == NULL)
        return bad(r, at, "has no list or no body");
    TRY(read_blocks_key(r, at, json, "body", &block->each.body));
    each_end(r, outer);
    return read_blocks_key(r, at, json, "else", &block->each.none);
}

static enum rc read_block(struct reader *r, const struct place *at, const json_t *json, struct block **out)
{
    static const struct {
        const char *type;
        enum rc (*read)(struct reader *, const struct place *, const json_t *, struct block *);
        double after_mm;
    } kinds[] = {
        {"paragraph", read_paragraph, 2},
        {"heading", read_heading, 2},
        {"list", read_list, 2},
        {"identity", read_identity, 2},
        {"table", read_table, 3},
        {"image", read_image, 2},
        {"signature", read_signature, 3},
        {"qr", read_qr, 2},
        {"letterhead", read_letterhead, 3},
        {"rule", read_rule, 2},
        {"spacer", read_spacer, 0},
        {"page_break", read_page_break, 0},
        {"group", read_group, 0},
        {"columns", read_columns, 2},
        {"if", read_if, 0},
        {"each", read_each, 0},
        {"boxes", read_boxes_block, 2},
    };
    struct block *block = ARENA_NEW(r->arena, struct block);

    for (size_t i = 0; i < COUNT_OF(kinds); i++)
        if (is_type(json, kinds[i].type)) {
            block->after = kinds[i].after_mm * POINTS_PER_MM;
            block->keep_next = kinds[i].read == read_heading;
            TRY(read_length(r, at, json, "before", 0, 200, &block->before));
            TRY(read_length(r, at, json, "after", 0, 200, &block->after));
            TRY(read_bool(r, at, json, "keep_with_next", &block->keep_next));
            TRY(kinds[i].read(r, at, json, block));
            *out = block;
            return RC_OK;
        }
    return bad(r, at, "is not a block: its type is not known");
}

enum rc read_blocks(struct reader *r, const struct place *at, const json_t *json, struct block **out)
{
    struct block *first = NULL, **last = &first;
    size_t index;
    json_t *value;

    TRY(want_array(r, at, json));
    json_array_foreach(json, index, value)
    {
        struct place item = place_index(at, index);
        TRY(read_block(r, &item, value, last));
        last = &(*last)->next;
    }
    *out = first;
    return RC_OK;
}

enum rc read_blocks_key(struct reader *r, const struct place *at, const json_t *json, const char *key, struct block **out)
{
    const json_t *value = json_object_get(json, key);
    struct place here = place_key(at, key);

    return value == NULL ? RC_OK : read_blocks(r, &here, value, out);
}
