// SPDX-License-Identifier: AGPL-3.0-or-later
/* The tables of a web page: what many programs give as ".xls". Each table is a sheet; one within a cell comes before the one around it. */
#include <libxml/HTMLparser.h>

#include "server/sheet/sheet_parts.h"

enum { HTML_MAX = 8 << 20, CHUNK = 32768, TABLES_DEEP = 8, SPAN_MAX = 1000, ROWSPAN_COLUMNS = 1024 };

struct html_cell {
    uint32_t row, column;
    struct buf text;
};

struct table {
    struct html_cell *cells;
    size_t n, room;
    uint32_t row, column;            /* the present row, from 1; the next free column */
    uint32_t taken[ROWSPAN_COLUMNS]; /* by cells of rows above: up to this row */
    bool in_cell;
};

struct page {
    struct book *book;
    struct table *tables[TABLES_DEEP];
    size_t depth, beyond; /* tables open; those nested too deep, whose text belongs to the cell around them */
    unsigned mute;        /* inside script, style */
    unsigned count;
    enum rc rc;
};

static struct table *table_now(const struct page *page)
{
    return page->depth > 0 ? page->tables[page->depth - 1] : NULL;
}

static uint32_t span_of(const xmlChar **attrs, const char *name)
{
    for (const xmlChar **a = attrs; a != NULL && a[0] != NULL; a += 2) {
        uint64_t n;
        if (xmlStrcasecmp(a[0], (const xmlChar *)name) == 0 && a[1] != NULL && str_to_u64(str_c((const char *)a[1]), &n))
            return n < 1 ? 1 : n > SPAN_MAX ? SPAN_MAX : (uint32_t)n;
    }
    return 1;
}

static void open_cell(struct page *page, struct table *t, const xmlChar **attrs)
{
    struct arena *arena = page->book->arena;
    uint32_t wide = span_of(attrs, "colspan"), high = span_of(attrs, "rowspan");

    t->row += t->row == 0;
    while (t->column < ROWSPAN_COLUMNS && t->taken[t->column] >= t->row)
        t->column++;
    ARENA_MORE(arena, t->cells, t->n, t->room, 256);
    t->cells[t->n++] = (struct html_cell){t->row, t->column, {.arena = arena}};
    for (uint32_t c = t->column; c < t->column + wide && c < ROWSPAN_COLUMNS && high > 1; c++)
        t->taken[c] = t->row + high - 1;
    t->column += wide;
    t->in_cell = true;
}

static enum rc close_table(struct page *page)
{
    struct table *t = page->tables[--page->depth];
    struct book *book = page->book;
    struct rows rows;
    bool want;

    if (t->n == 0)
        return RC_OK;
    struct str name = str_fmt(book->arena, "Tabel %u", ++page->count);
    TRY(book_next_sheet(book, (struct sheet_info){.name = name, .is_table = true}, &want));
    rows_init(&rows, book);
    for (size_t i = 0; i < t->n && want; i++) {
        const struct html_cell *cell = &t->cells[i];
        TRY(rows_begin(&rows, cell->row, false));
        size_t at = rows.texts.n;
        TRY(rows_text(&rows, at, cell->text.p, cell->text.n));
        TRY(rows_put_text(&rows, cell->column, at, true));
    }
    return rows_finish(&rows);
}

static bool is_tag(const xmlChar *name, const char *tag)
{
    return xmlStrcasecmp(name, (const xmlChar *)tag) == 0;
}

static bool is_cell(const xmlChar *name)
{
    return is_tag(name, "td") || is_tag(name, "th");
}

static void put_text(struct page *page, const char *bytes, size_t n)
{
    struct table *t = table_now(page);

    if (t == NULL || !t->in_cell || t->n == 0 || page->mute > 0 || page->rc != RC_OK)
        return;
    struct buf *text = &t->cells[t->n - 1].text;
    if (text->n + n > CELL_TEXT_MAX)
        page->rc = book_fail(page->book, SHEET_TOO_LARGE, "a text longer than a cell can hold");
    else
        buf_put(text, bytes, n);
}

static void on_start(void *arg, const xmlChar *name, const xmlChar **attrs)
{
    struct page *page = arg;
    struct table *t = table_now(page);

    if (page->rc != RC_OK)
        return;
    if (is_tag(name, "script") || is_tag(name, "style")) {
        page->mute++;
    } else if (is_tag(name, "table")) {
        if (page->depth == TABLES_DEEP)
            page->beyond++;
        else
            page->tables[page->depth++] = ARENA_NEW(page->book->arena, struct table);
    } else if (t == NULL || page->beyond > 0) {
        return;
    } else if (is_tag(name, "tr")) {
        t->row++;
        t->column = 0;
        t->in_cell = false;
    } else if (is_cell(name)) {
        open_cell(page, t, attrs);
    } else if (is_tag(name, "br") || is_tag(name, "p") || is_tag(name, "div") || is_tag(name, "li")) {
        put_text(page, " ", 1);
    }
}

static void on_end(void *arg, const xmlChar *name)
{
    struct page *page = arg;

    if (page->rc != RC_OK)
        return;
    if ((is_tag(name, "script") || is_tag(name, "style")) && page->mute > 0)
        page->mute--;
    else if (is_tag(name, "table") && page->beyond > 0)
        page->beyond--;
    else if (is_tag(name, "table") && page->depth > 0)
        page->rc = close_table(page);
    else if (is_cell(name) && page->depth > 0 && page->beyond == 0)
        table_now(page)->in_cell = false;
}

static void on_text(void *arg, const xmlChar *bytes, int n)
{
    if (n == 2 && memcmp(bytes, "\xC2\xA0", 2) == 0) /* &nbsp; fills an empty cell */
        put_text(arg, " ", 1);
    else
        put_text(arg, (const char *)bytes, (size_t)n);
}

static void on_script(void *arg, const xmlChar *bytes, int n)
{
    (void)arg, (void)bytes, (void)n;
}

static enum rc feed(struct page *page, htmlParserCtxtPtr parser, struct str text)
{
    while (text.n > 0 && page->rc == RC_OK) {
        size_t n = text.n < CHUNK ? text.n : CHUNK;
        TRY(book_look_up(page->book));
        htmlParseChunk(parser, text.p, (int)n, 0); /* what is malformed the parser mends as a browser would */
        text = str_from(text, n);
    }
    if (page->rc == RC_OK)
        htmlParseChunk(parser, "", 0, 1);
    while (page->rc == RC_OK && page->depth > 0)
        page->rc = close_table(page);
    return page->rc;
}

enum rc html_read(struct book *book, struct str bytes)
{
    htmlSAXHandler handler = {.startElement = on_start, .endElement = on_end, .characters = on_text, .cdataBlock = on_script};
    struct page page = {.book = book, .rc = RC_OK};

    if (bytes.n > HTML_MAX)
        return book_fail(book, SHEET_TOO_LARGE, "a web page larger than allowed");
    handler.ignorableWhitespace = on_text;
    htmlParserCtxtPtr parser = htmlCreatePushParserCtxt(&handler, &page, NULL, 0, NULL, XML_CHAR_ENCODING_UTF8);
    if (parser == NULL)
        return book_fail(book, SHEET_DAMAGED, "no parser");
    htmlCtxtUseOptions(parser, HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING);
    enum rc rc = feed(&page, parser, text_utf8(book->arena, bytes));
    htmlFreeParserCtxt(parser);
    if (rc == RC_OK && page.count == 0)
        return book_fail(book, SHEET_NO_SHEETS, "a web page without a filled table");
    return rc;
}
