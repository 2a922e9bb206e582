// SPDX-License-Identifier: AGPL-3.0-or-later
/* The HTML of a template: read by gumbo as a browser would, with a bound on what it may take; its styles; the text of a line. */
#include <setjmp.h>
#include <stdlib.h>
#include <time.h>

#include "tenants/village/letters/opensid.h"

void opensid_note(struct opensid *in, const char *kind, const char *format, ...)
{
    va_list args;
    struct str words;

    va_start(args, format);
    words = str_fmt_va(in->arena, format, args);
    va_end(args);
    for (size_t i = 0; i < json_array_size(in->notes); i++)
        if (str_is(words, json_string_value(json_object_get(json_array_get(in->notes, i), "words"))))
            return;
    json_array_append_new(in->notes, json_pack("{s:s, s:s%, s:s%}", "kind", kind, "where", in->place.p != NULL ? in->place.p : "",
                                               in->place.n, "words", words.p, words.n));
}

/* ---- parsed ---- */

/*
 * gumbo asks for memory here and never gives any back: it goes with the arena, so that no depth of a tree is walked to free it. Each
 * element, attribute and text asks; what makes gumbo search its lists again and again between two askings is found by the time it took.
 */
struct parse_room {
    struct arena *arena;
    size_t most;
    unsigned asked;
    uint64_t until_us;
    jmp_buf full;
};
enum { ASKED_BETWEEN = 64 }; /* the clock of a thread is a system call */

/* What this thread has had of a processor. */
static uint64_t thread_us(void)
{
    struct timespec now;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

static void *room_take(void *userdata, size_t n)
{
    struct parse_room *room = userdata;

    if (arena_used(room->arena) + n > room->most || (room->asked++ % ASKED_BETWEEN == 0 && thread_us() > room->until_us))
        longjmp(room->full, 1);
    return arena_alloc(room->arena, n);
}

static void room_keep(void *userdata, void *p)
{
    (void)userdata;
    (void)p;
}

/* A style or script at the very beginning stands in the head: what is there is told, and left. */
static const GumboNode *body_of(struct opensid *in, const GumboNode *root)
{
    const GumboNode *body = NULL;

    for (unsigned i = 0; i < root->v.element.children.length; i++) {
        const GumboNode *child = root->v.element.children.data[i];

        if (opensid_is(child, GUMBO_TAG_BODY))
            body = child;
        for (unsigned k = 0; opensid_is(child, GUMBO_TAG_HEAD) && k < child->v.element.children.length; k++)
            (void)opensid_is_dropped(in, child->v.element.children.data[k]);
    }
    return body;
}

/* What begins an element, as every reader of HTML has it: gumbo's time grows with the square of how many are open at once. */
static size_t count_tags(struct str html)
{
    size_t n = 0;

    for (size_t i = 0; i + 1 < html.n; i++)
        n += html.p[i] == '<' && ((html.p[i + 1] | 0x20) >= 'a' && (html.p[i + 1] | 0x20) <= 'z');
    return n;
}

const GumboNode *opensid_parse(struct opensid *in, struct str html)
{
    struct parse_room *room = ARENA_NEW(in->arena, struct parse_room);
    GumboOptions options = kGumboDefaultOptions;

    *room = (struct parse_room){.arena = in->arena,
                                .most = arena_used(in->arena) + OPENSID_MEMORY_MOST,
                                .until_us = thread_us() + OPENSID_PARSE_MS * UINT64_C(1000)};
    options.allocator = room_take;
    options.deallocator = room_keep;
    options.userdata = room;
    options.max_errors = 0;
    if (html.n > OPENSID_HTML_MOST)
        in->fault = str_fmt(in->arena, "Isi suratnya lebih besar dari %d kB.", OPENSID_HTML_MOST / 1024);
    else if (count_tags(html) > OPENSID_TAGS_MOST)
        in->fault = str_fmt(in->arena, "Isi suratnya terlalu rumit: lebih dari %d elemen HTML.", OPENSID_TAGS_MOST);
    else if (setjmp(room->full) != 0)
        in->fault = STR("Isi suratnya terlalu rumit: elemen HTML-nya terlalu banyak atau tidak ditutup.");
    else
        return body_of(in, gumbo_parse_with_options(&options, html.p, html.n)->root);
    return NULL;
}

bool opensid_is(const GumboNode *node, GumboTag tag)
{
    return node->type == GUMBO_NODE_ELEMENT && node->v.element.tag == tag;
}

struct str opensid_attribute(const GumboNode *node, const char *name)
{
    const GumboAttribute *found = node->type == GUMBO_NODE_ELEMENT ? gumbo_get_attribute(&node->v.element.attributes, name) : NULL;

    return found != NULL ? str_trim(str_c(found->value)) : STR("");
}

struct str opensid_css(const GumboNode *node, const char *property)
{
    struct str rest = opensid_attribute(node, "style"), one, name, value = STR("");

    while (str_cut(&rest, ';', &one)) {
        struct str said = one;

        if (str_cut(&said, ':', &name) && said.p != NULL && str_eq_nocase(str_trim(name), str_c(property)))
            value = str_trim(said);
    }
    return value;
}

double opensid_length(struct str text, double percent_of)
{
    static const struct {
        const char *unit;
        double mm;
    } units[] = {{"px", 25.4 / 96}, {"pt", 25.4 / 72}, {"cm", 10}, {"mm", 1}, {"in", 25.4}, {"rem", 4.2}, {"em", 4.2}};
    char number[24] = "";
    size_t n = 0;

    while (n < text.n && n + 1 < sizeof(number) && strchr("0123456789.-", text.p[n]) != NULL)
        n++;
    if (n == 0)
        return 0;
    memcpy(number, text.p, n);
    const double value = strtod(number, NULL);
    const struct str unit = str_trim(str_from(text, n));

    if (str_is(unit, "%"))
        return value * percent_of / 100;
    for (size_t i = 0; i < COUNT_OF(units); i++)
        if (str_eq_nocase(unit, str_c(units[i].unit)))
            return value * units[i].mm;
    return str_empty(unit) ? value * units[0].mm : 0;
}

/* ---- elements ---- */

static bool is_one_of(const GumboNode *node, const GumboTag *tags, size_t n)
{
    for (size_t i = 0; node->type == GUMBO_NODE_ELEMENT && i < n; i++)
        if (node->v.element.tag == tags[i])
            return true;
    return false;
}

bool opensid_is_block(const GumboNode *node)
{
    static const GumboTag tags[] = {GUMBO_TAG_P,       GUMBO_TAG_DIV,     GUMBO_TAG_H1,         GUMBO_TAG_H2,     GUMBO_TAG_H3,
                                    GUMBO_TAG_H4,      GUMBO_TAG_H5,      GUMBO_TAG_H6,         GUMBO_TAG_TABLE,  GUMBO_TAG_UL,
                                    GUMBO_TAG_OL,      GUMBO_TAG_LI,      GUMBO_TAG_BLOCKQUOTE, GUMBO_TAG_CENTER, GUMBO_TAG_HR,
                                    GUMBO_TAG_SECTION, GUMBO_TAG_ARTICLE, GUMBO_TAG_HEADER,     GUMBO_TAG_FOOTER, GUMBO_TAG_PRE,
                                    GUMBO_TAG_TR,      GUMBO_TAG_DL,      GUMBO_TAG_DT,         GUMBO_TAG_DD,     GUMBO_TAG_FIGURE};

    return is_one_of(node, tags, COUNT_OF(tags));
}

bool opensid_is_page_break(const GumboNode *node)
{
    if (node->type == GUMBO_NODE_COMMENT)
        return str_eq_nocase(str_trim(str_c(node->v.text.text)), STR("pagebreak"));
    return str_is(opensid_css(node, "page-break-before"), "always") || str_is(opensid_css(node, "page-break-after"), "always") ||
           str_is(opensid_css(node, "break-after"), "page") || str_is(opensid_css(node, "break-before"), "page");
}

/* Known, and read for its text alone. */
static bool is_of_text(const GumboNode *node)
{
    static const GumboTag tags[] = {
        GUMBO_TAG_SPAN,  GUMBO_TAG_B,   GUMBO_TAG_STRONG,   GUMBO_TAG_I,     GUMBO_TAG_EM,      GUMBO_TAG_U,     GUMBO_TAG_S,
        GUMBO_TAG_DEL,   GUMBO_TAG_INS, GUMBO_TAG_STRIKE,   GUMBO_TAG_SUB,   GUMBO_TAG_SUP,     GUMBO_TAG_A,     GUMBO_TAG_FONT,
        GUMBO_TAG_SMALL, GUMBO_TAG_BIG, GUMBO_TAG_MARK,     GUMBO_TAG_CODE,  GUMBO_TAG_TT,      GUMBO_TAG_LABEL, GUMBO_TAG_ABBR,
        GUMBO_TAG_CITE,  GUMBO_TAG_Q,   GUMBO_TAG_BR,       GUMBO_TAG_TBODY, GUMBO_TAG_THEAD,   GUMBO_TAG_TFOOT, GUMBO_TAG_TD,
        GUMBO_TAG_TH,    GUMBO_TAG_COL, GUMBO_TAG_COLGROUP, GUMBO_TAG_BODY,  GUMBO_TAG_CAPTION, GUMBO_TAG_IMG,   GUMBO_TAG_WBR};

    return is_one_of(node, tags, COUNT_OF(tags)) || opensid_is_block(node);
}

static struct str tag_name(const GumboNode *node)
{
    GumboStringPiece piece = node->v.element.original_tag;

    if (node->v.element.tag != GUMBO_TAG_UNKNOWN)
        return str_c(gumbo_normalized_tagname(node->v.element.tag));
    gumbo_tag_from_original_text(&piece);
    return str_part((struct str){piece.data, piece.length}, 0, 30);
}

bool opensid_is_dropped(struct opensid *in, const GumboNode *node)
{
    static const GumboTag tags[] = {GUMBO_TAG_SCRIPT, GUMBO_TAG_STYLE,  GUMBO_TAG_IFRAME,   GUMBO_TAG_OBJECT,   GUMBO_TAG_EMBED,
                                    GUMBO_TAG_SVG,    GUMBO_TAG_CANVAS, GUMBO_TAG_VIDEO,    GUMBO_TAG_AUDIO,    GUMBO_TAG_INPUT,
                                    GUMBO_TAG_SELECT, GUMBO_TAG_BUTTON, GUMBO_TAG_TEXTAREA, GUMBO_TAG_NOSCRIPT, GUMBO_TAG_TEMPLATE,
                                    GUMBO_TAG_MATH,   GUMBO_TAG_LINK,   GUMBO_TAG_META,     GUMBO_TAG_TITLE};

    if (node->type == GUMBO_NODE_TEMPLATE || is_one_of(node, tags, COUNT_OF(tags))) {
        opensid_note(in, NOTE_DROPPED, "Elemen <%.*s> tidak ikut, bersama isinya: tidak dapat dicetak.", STR_ARG(tag_name(node)));
        return true;
    }
    if (node->type == GUMBO_NODE_ELEMENT && !is_of_text(node))
        opensid_note(in, NOTE_UNKNOWN, "Elemen <%.*s> tidak dikenal. Tulisannya tetap ikut, tanpa tata letaknya.", STR_ARG(tag_name(node)));
    return false;
}

struct str opensid_align(const GumboNode *node)
{
    static const char *const words[] = {"left", "center", "right", "justify"};
    const struct str css = opensid_css(node, "text-align"), said = str_empty(css) ? opensid_attribute(node, "align") : css;

    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (str_eq_nocase(said, str_c(words[i])))
            return str_c(words[i]);
    return opensid_is(node, GUMBO_TAG_CENTER) ? STR("center") : STR("");
}

static double size_of(struct str css)
{
    enum { LEAST = 5, MOST = 48 };
    const double points = opensid_length(css, 12 * 25.4 / 72) * 72 / 25.4;

    return points < LEAST ? 0 : points > MOST ? MOST : (double)(int)(points * 2 + 0.5) / 2;
}

struct opensid_style opensid_style_of(const GumboNode *node, struct opensid_style style)
{
    const struct str weight = opensid_css(node, "font-weight"), decoration = opensid_css(node, "text-decoration"),
                     size = opensid_css(node, "font-size"), raised = opensid_css(node, "vertical-align");

    if (node->type != GUMBO_NODE_ELEMENT)
        return style;
    const GumboTag tag = node->v.element.tag;
    const bool is_title = tag >= GUMBO_TAG_H1 && tag <= GUMBO_TAG_H6;

    style.is_bold = style.is_bold || is_title || tag == GUMBO_TAG_B || tag == GUMBO_TAG_STRONG || tag == GUMBO_TAG_TH;
    if (!str_empty(weight))
        style.is_bold = !(str_is(weight, "normal") || str_is(weight, "400") || str_is(weight, "300"));
    style.is_italic |= tag == GUMBO_TAG_I || tag == GUMBO_TAG_EM || str_is(opensid_css(node, "font-style"), "italic");
    style.is_underlined |= tag == GUMBO_TAG_U || tag == GUMBO_TAG_INS || str_find(decoration, STR("underline")) >= 0;
    style.is_struck |= tag == GUMBO_TAG_S || tag == GUMBO_TAG_STRIKE || tag == GUMBO_TAG_DEL ||
                       str_find(decoration, STR("line-through")) >= 0;
    style.is_super |= tag == GUMBO_TAG_SUP || (tag == GUMBO_TAG_SPAN && str_is(raised, "super"));
    style.is_sub |= tag == GUMBO_TAG_SUB || (tag == GUMBO_TAG_SPAN && str_is(raised, "sub"));
    if (!str_empty(size))
        style.size = size_of(size);
    return style;
}

/* ---- the text of a line ---- */

static bool is_same_style(const struct opensid_style *a, const struct opensid_style *b)
{
    return a->is_bold == b->is_bold && a->is_italic == b->is_italic && a->is_underlined == b->is_underlined &&
           a->is_struck == b->is_struck && a->is_super == b->is_super && a->is_sub == b->is_sub && a->is_grey == b->is_grey &&
           (int)(a->size * 2) == (int)(b->size * 2);
}

static void begin_run(struct opensid *in, struct opensid_line *line, struct opensid_style style)
{
    if (line->n > 0 && is_same_style(&line->runs[line->n - 1].style, &style))
        return;
    ARENA_MORE(in->arena, line->runs, line->n, line->room, 8);
    line->runs[line->n++] = (struct opensid_run){line->text.n, style};
}

static char last_of(const struct opensid_line *line)
{
    return line->text.n > 0 ? line->text.p[line->text.n - 1] : '\n';
}

static void end_line(struct opensid_line *line)
{
    while (line->text.n > 0 && last_of(line) == ' ')
        line->text.n--;
    buf_put_char(&line->text, '\n');
}

/* One blank for any number of them, the unbreakable and the invisible among them; none at the beginning of a line. */
static void put_text(struct opensid *in, struct opensid_line *line, struct str text, struct opensid_style style)
{
    begin_run(in, line, style);
    for (size_t i = 0; i < text.n; i++) {
        const unsigned char c = (unsigned char)text.p[i];
        const bool is_nbsp = c == 0xC2 && i + 1 < text.n && (unsigned char)text.p[i + 1] == 0xA0,
                   is_invisible = c == 0xE2 && i + 2 < text.n && (unsigned char)text.p[i + 1] == 0x80 &&
                                  (unsigned char)text.p[i + 2] == 0x8B;

        i += is_nbsp ? 1 : is_invisible ? 2 : 0;
        if (is_nbsp || c == ' ' || c == '\t' || c == '\n' || c == '\r') {
            if (last_of(line) != ' ' && last_of(line) != '\n')
                buf_put_char(&line->text, ' ');
        } else if (!is_invisible)
            buf_put_char(&line->text, text.p[i]);
    }
}

/* A picture: the crest, or one that is not taken. */
static void put_picture(struct opensid *in, const GumboNode *node)
{
    const struct str source = opensid_attribute(node, "src");

    if (opensid_has(source, "logo") || opensid_has(opensid_attribute(node, "alt"), "logo"))
        in->picture = "crest";
    else
        opensid_note(in, NOTE_DROPPED, "Gambar%s tidak ikut. Lambang desa dicetak dari pengaturan desa.",
                     str_starts(source, STR("data:")) ? " yang ditanam di dalam surat" : "");
}

static void collect_item(struct opensid *in, const GumboNode *node, struct opensid_style style, struct opensid_line *line)
{
    const GumboNode *list = node->parent;
    unsigned number = 0;

    for (unsigned i = 0; i < list->v.element.children.length; i++) {
        const GumboNode *one = list->v.element.children.data[i];

        number += opensid_is(one, GUMBO_TAG_LI);
        if (one == node)
            break;
    }
    put_text(in, line, opensid_is(list, GUMBO_TAG_OL) ? str_fmt(in->arena, "%u. ", number) : STR("- "), style);
}

void opensid_collect(struct opensid *in, const GumboNode *node, struct opensid_style style, struct opensid_line *line, unsigned depth)
{
    const bool is_block = opensid_is_block(node);

    line->text.arena = in->arena;
    if (depth > OPENSID_DEPTH_MOST)
        in->fault = str_fmt(in->arena, "Elemen HTML-nya bersarang lebih dari %d tingkat.", OPENSID_DEPTH_MOST);
    if (in->fault.p != NULL)
        return;
    if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE || node->type == GUMBO_NODE_CDATA) {
        put_text(in, line, str_c(node->v.text.text), style);
        return;
    }
    if (node->type != GUMBO_NODE_ELEMENT || opensid_is_dropped(in, node))
        return;
    if (opensid_is(node, GUMBO_TAG_IMG))
        put_picture(in, node);
    if (opensid_is(node, GUMBO_TAG_BR)) {
        end_line(line);
        return;
    }
    if (is_block && last_of(line) != '\n')
        end_line(line);
    if (opensid_is(node, GUMBO_TAG_LI))
        collect_item(in, node, style, line);
    if ((opensid_is(node, GUMBO_TAG_TD) || opensid_is(node, GUMBO_TAG_TH)) && last_of(line) != '\n')
        put_text(in, line, STR(" "), style);
    const size_t begin = line->text.n;

    style = opensid_style_of(node, style);
    for (unsigned i = 0; i < node->v.element.children.length; i++)
        opensid_collect(in, node->v.element.children.data[i], style, line, depth + 1);
    if (is_block && (last_of(line) != '\n' || line->text.n == begin)) /* an empty row or paragraph is an empty line */
        end_line(line);
}

unsigned opensid_trim(struct opensid_line *line)
{
    unsigned ends = 0;
    size_t begin = 0;

    while (line->text.n > 0 && (last_of(line) == ' ' || last_of(line) == '\n')) {
        ends += last_of(line) == '\n';
        line->text.n--;
    }
    while (begin < line->text.n && (line->text.p[begin] == ' ' || line->text.p[begin] == '\n'))
        begin++;
    if (begin > 0) {
        line->text.p += begin;
        line->text.n -= begin;
        line->text.room -= begin;
        for (size_t i = 0; i < line->n; i++)
            line->runs[i].at = line->runs[i].at > begin ? line->runs[i].at - begin : 0;
    }
    return ends;
}
