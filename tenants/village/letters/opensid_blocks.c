// SPDX-License-Identifier: AGPL-3.0-or-later
/* Paragraphs, headings, lists, lines and page breaks of a template. */
#include "server/base/json.h"
#include "tenants/village/letters/opensid.h"

enum { LINE_MM = 5, GAP_MM = 3, STEP_MM = 10 };

/* ---- paragraphs ---- */

static struct str inherited_align(const GumboNode *node)
{
    struct str align = STR("");

    for (unsigned i = 0; node != NULL && str_empty(align) && i <= OPENSID_DEPTH_MOST; i++, node = node->parent) {
        if (opensid_is(node, GUMBO_TAG_TD) || node->type != GUMBO_NODE_ELEMENT)
            break;
        align = opensid_align(node);
    }
    return align;
}

/* Codes of pictures print nothing: what is left when they are all there was. */
static bool is_empty(const json_t *content)
{
    for (size_t i = 0; i < json_array_size(content); i++) {
        const json_t *one = json_array_get(content, i);
        const char *text = json_string_value(json_is_object(one) ? json_object_get(one, "pattern") : one);

        if (strspn(text, " \n") != strlen(text))
            return false;
    }
    return true;
}

/* Who goes along, as a table; the type asks for them. */
static void put_followers(struct opensid *in, json_t *blocks)
{
    static const char *const table = "{\"type\":\"table\",\"before\":2,\"after\":4,\"size\":10,\"columns\":[{\"width\":9,\"align\":"
                                     "\"center\"},{\"share\":4},{\"width\":34},"
                                     "{\"width\":10,\"align\":\"center\"},{\"share\":4},{\"share\":3}],\"header\":[[\"No.\",\"Nama\","
                                     "\"NIK\",\"L/P\",\"Tempat, tanggal lahir\","
                                     "\"Hubungan\"]],\"rows\":[{\"each\":\"pengikut\",\"cells\":[\"{#}\",\"{nama}\",\"{nik}\",{\"type\":"
                                     "\"if\",\"field\":\"jenis_kelamin\","
                                     "\"equals\":\"Laki-laki\",\"then\":\"L\",\"else\":\"P\"},\"{ttl}\",\"{hubungan_kk}\"]}]}";

    json_object_set_new(in->definition, "followers", json_pack("{s:s}", "label", "Anggota keluarga yang ikut"));
    json_array_append_new(blocks, json_loads(table, 0, NULL));
    if (!str_is(in->followers, "pengikut_surat"))
        opensid_note(in, NOTE_TIDIED, "Daftar [%.*s] dicetak sebagai tabel nama, NIK, kelamin, lahir, dan hubungan.",
                     STR_ARG(in->followers));
    in->followers = STR("");
}

static double left_of(const GumboNode *node)
{
    const double left = opensid_length(opensid_css(node, "margin-left"), 0) + opensid_length(opensid_css(node, "padding-left"), 0);

    return left > 0 && left <= 100 ? left : opensid_is(node, GUMBO_TAG_BLOCKQUOTE) ? STEP_MM : 0;
}

static double one_decimal(double mm)
{
    return (double)(int)(mm * 10 + 0.5) / 10;
}

/* Its place and spaces; ends: empty lines at its end. */
static void put_shape(const GumboNode *node, unsigned ends, json_t *block)
{
    const struct str align = inherited_align(node), height = opensid_css(node, "line-height");
    const double indent = opensid_length(opensid_css(node, "text-indent"), 150), left = left_of(node);
    const bool is_tight = str_starts(opensid_css(node, "margin"), STR("0")) || str_starts(opensid_css(node, "margin-bottom"), STR("0"));
    const double spacing = opensid_length(height, 25.4 / 96) * 96 / 25.4; /* "1.5" and "150%" of a line */

    json_object_set_new(block, "align", json_string(str_empty(align) ? "left" : align.p));
    json_object_set_new(block, "indent", json_real(indent > 0 && indent <= 100 ? one_decimal(indent) : 0));
    if (left > 0)
        json_object_set_new(block, "left", json_real(one_decimal(left)));
    if (spacing >= 0.8 && spacing <= 3 && strspn(height.p, "0123456789.%") == height.n)
        json_object_set_new(block, "spacing", json_real(spacing));
    json_object_set_new(block, "after", json_integer((is_tight ? 0 : GAP_MM) + (ends > 1 ? ((int)ends - 1) * LINE_MM : 0)));
}

/* Empty lines: room, or, as many as fill a page, the next one. */
static void put_space(struct opensid *in, json_t *blocks, unsigned lines)
{
    enum { OF_A_PAGE = 15 };

    if (json_array_size(blocks) == 0 || in->is_beside)
        return;
    if (lines < OF_A_PAGE) {
        json_array_append_new(blocks, json_pack("{s:s, s:i}", "type", "spacer", "height", (int)lines * LINE_MM));
        return;
    }
    json_array_append_new(blocks, json_pack("{s:s}", "type", "page_break"));
    opensid_note(in, NOTE_TIDIED, "%u baris kosong menjadi halaman baru.", lines);
}

static bool is_title(struct str text)
{
    return str_starts(text, STR("[")) && str_ends(text, STR("]")) && str_eq_nocase(str_part(text, 1, text.n - 2), STR("judul_surat"));
}

/* The crest, or the photo of whom the letter is about. */
static void put_picture(const struct opensid *in, json_t *blocks)
{
    json_array_append_new(
        blocks, strcmp(in->picture, "photo") == 0
                    ? json_pack("{s:s, s:s, s:i, s:i, s:b}", "type", "image", "name", "photo", "width", 30, "height", 40, "frame", 1)
                    : json_pack("{s:s, s:s, s:i, s:s}", "type", "image", "name", "crest", "width", 20, "align", "center"));
}

static void put_line(struct opensid *in, const GumboNode *node, struct opensid_line *line, json_t *blocks)
{
    const unsigned ends = opensid_trim(line);
    json_t *content, *block;

    if (line->text.n == 0) {
        put_space(in, blocks, ends > 0 ? ends : 1);
        return;
    }
    in->is_beside = false;
    in->paragraphs++;
    in->place = str_fmt(in->arena, "Alinea ke-%u", in->paragraphs);
    in->picture = NULL;
    content = opensid_content(in, line);
    if (is_title(buf_str(&line->text)))
        block = json_pack("{s:s, s:s, s:i, s:i}", "type", "heading", "content", "{judul_surat}", "before", 4, "after", 0);
    else {
        block = json_pack("{s:s, s:O}", "type", "paragraph", "content", content);
        put_shape(node, ends, block);
        if (node->type == GUMBO_NODE_ELEMENT && node->v.element.tag >= GUMBO_TAG_H1 && node->v.element.tag <= GUMBO_TAG_H6)
            json_object_set_new(block, "keep_with_next", json_true());
    }
    if (!is_empty(content))
        json_array_append(blocks, block);
    if (in->picture != NULL && (is_empty(content) || strcmp(in->picture, "photo") == 0))
        put_picture(in, blocks);
    json_decref(block);
    json_decref(content);
    if (!str_empty(in->followers))
        put_followers(in, blocks);
}

/* ---- lists ---- */

static const char *list_style(const GumboNode *list)
{
    const struct str css = opensid_css(list, "list-style-type"), type = opensid_attribute(list, "type");

    if (opensid_is(list, GUMBO_TAG_UL))
        return "bullet";
    if (str_is(css, "lower-alpha") || str_is(css, "upper-alpha") || str_is(type, "a") || str_is(type, "A"))
        return "letter";
    return str_is(css, "lower-roman") || str_is(css, "upper-roman") || str_is(type, "i") || str_is(type, "I") ? "roman" : "number";
}

/* What stands before the first block of an item is its line; the blocks follow below it. */
static void put_item(struct opensid *in, const GumboNode *node, struct opensid_style style, json_t *items, unsigned depth)
{
    struct opensid_line line = {.text = {.arena = in->arena}};
    json_t *body = json_array(), *item;
    unsigned first = 0;
    const unsigned n = node->v.element.children.length;

    while (first < n) {
        const GumboNode *child = node->v.element.children.data[first];

        if (opensid_is(child, GUMBO_TAG_UL) || opensid_is(child, GUMBO_TAG_OL) || opensid_is(child, GUMBO_TAG_TABLE))
            break;
        opensid_collect(in, child, style, &line, depth + 1);
        first++;
    }
    (void)opensid_trim(&line);
    item = json_pack("{s:o}", "content", opensid_content(in, &line));
    for (; first < n; first++) {
        const GumboNode *child = node->v.element.children.data[first];
        GumboNode around = *node;

        around.v.element.children = (GumboVector){.data = (void **)&child, .length = 1, .capacity = 1};
        opensid_blocks(in, &around, style, body, depth + 1);
    }
    if (json_array_size(body) > 0)
        json_object_set(item, "body", body);
    json_decref(body);
    json_array_append_new(items, item);
}

/* Text between the items is an item too. */
static void put_stray(struct opensid *in, const GumboNode *node, struct opensid_style style, json_t *items)
{
    struct opensid_line line = {.text = {.arena = in->arena}};

    opensid_collect(in, node, style, &line, 0);
    (void)opensid_trim(&line);
    if (line.text.n > 0)
        json_array_append_new(items, json_pack("{s:o}", "content", opensid_content(in, &line)));
}

static void put_list(struct opensid *in, const GumboNode *list, struct opensid_style style, json_t *blocks, unsigned depth)
{
    json_t *items = json_array();
    const double left = left_of(list);

    for (unsigned i = 0; i < list->v.element.children.length; i++) {
        const GumboNode *child = list->v.element.children.data[i];

        if (opensid_is(child, GUMBO_TAG_LI) || opensid_is(child, GUMBO_TAG_UL) || opensid_is(child, GUMBO_TAG_OL))
            put_item(in, child, opensid_style_of(child, style), items, depth);
        else
            put_stray(in, child, style, items);
    }
    if (json_array_size(items) > 0)
        json_array_append_new(blocks, json_pack("{s:s, s:s, s:O, s:f, s:i}", "type", "list", "style", list_style(list), "items", items,
                                                "left", one_decimal(left), "after", GAP_MM));
    json_decref(items);
}

/* ---- all ---- */

/* Whether blocks stand in it, so that it is no paragraph itself. */
static bool holds_blocks(const GumboNode *node)
{
    for (unsigned i = 0; i < node->v.element.children.length; i++)
        if (opensid_is_block(node->v.element.children.data[i]))
            return true;
    return false;
}

static void put_block(struct opensid *in, const GumboNode *node, struct opensid_style style, json_t *blocks, unsigned depth)
{
    const struct opensid_style own = opensid_style_of(node, style);

    if (opensid_is(node, GUMBO_TAG_TABLE))
        opensid_table(in, node, own, blocks, depth + 1);
    else if (opensid_is(node, GUMBO_TAG_UL) || opensid_is(node, GUMBO_TAG_OL))
        put_list(in, node, own, blocks, depth + 1);
    else if (opensid_is(node, GUMBO_TAG_HR))
        json_array_append_new(blocks, json_pack("{s:s, s:i}", "type", "rule", "after", 2));
    else if (holds_blocks(node))
        opensid_blocks(in, node, own, blocks, depth + 1);
    else {
        struct opensid_line line = {.text = {.arena = in->arena}};

        for (unsigned i = 0; i < node->v.element.children.length; i++)
            opensid_collect(in, node->v.element.children.data[i], own, &line, depth + 1);
        put_line(in, node, &line, blocks);
    }
}

static void flush(struct opensid *in, const GumboNode *node, struct opensid_line *line, json_t *blocks)
{
    if (!str_empty(str_trim(buf_str(&line->text))))
        put_line(in, node, line, blocks);
    *line = (struct opensid_line){.text = {.arena = in->arena}};
}

void opensid_blocks(struct opensid *in, const GumboNode *node, struct opensid_style style, json_t *blocks, unsigned depth)
{
    struct opensid_line line = {.text = {.arena = in->arena}};

    if (depth > OPENSID_DEPTH_MOST)
        in->fault = str_fmt(in->arena, "Elemen HTML-nya bersarang lebih dari %d tingkat.", OPENSID_DEPTH_MOST);
    for (unsigned i = 0; in->fault.p == NULL && i < node->v.element.children.length; i++) {
        const GumboNode *child = node->v.element.children.data[i];
        const bool is_break = opensid_is_page_break(child);

        if (!opensid_is_block(child) && !is_break) {
            opensid_collect(in, child, style, &line, depth + 1);
            continue;
        }
        flush(in, node, &line, blocks);
        if (child->type == GUMBO_NODE_ELEMENT && !opensid_is_dropped(in, child) && !(is_break && child->v.element.children.length == 0))
            put_block(in, child, style, blocks, depth);
        if (is_break)
            json_array_append_new(blocks, json_pack("{s:s}", "type", "page_break"));
    }
    flush(in, node, &line, blocks);
}
