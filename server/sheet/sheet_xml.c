// SPDX-License-Identifier: AGPL-3.0-or-later
#include <expat.h>
#include <stdlib.h>

#include "server/sheet/sheet_parts.h"

enum { CHUNK = 32768, TOKEN_MAX = 1u << 20, PARSER_HEAP_MAX = 32u << 20 };

struct part {
    struct book *book;
    XML_Parser parser;
    const struct xml_events *events;
    void *ctx;
    unsigned depth;
    enum rc rc;
};

/*
 * expat remembers every element and attribute name it has met, so a file of
 * made-up names would grow it without end. Its allocator has no context of its
 * own: the budget of the parser that runs on this thread stands here.
 */
static _Thread_local size_t heap_left;

static void *heap_take(size_t n)
{
    if (n > heap_left)
        return NULL;
    size_t *p = malloc(n + 16);
    if (p == NULL)
        return NULL;
    p[0] = n;
    heap_left -= n;
    return p + 2;
}

static void heap_give(void *q)
{
    if (q == NULL)
        return;
    size_t *p = (size_t *)q - 2;
    heap_left += p[0];
    free(p);
}

static void *heap_again(void *q, size_t n)
{
    if (q == NULL)
        return heap_take(n);
    size_t *p = (size_t *)q - 2;
    size_t had = p[0];
    if (n > had && n - had > heap_left)
        return NULL;
    p = realloc(p, n + 16);
    if (p == NULL)
        return NULL;
    heap_left += had;
    heap_left -= n;
    p[0] = n;
    return p + 2;
}

static const char *local_name(const char *name)
{
    const char *colon = strrchr(name, ':');

    return colon != NULL ? colon + 1 : name;
}

const char *xml_attr(struct xml_attr attrs, const char *name)
{
    for (const char **p = attrs.p; p[0] != NULL; p += 2)
        if (strcmp(p[0], name) == 0)
            return p[1];
    for (const char **p = attrs.p; p[0] != NULL; p += 2)
        if (strcmp(local_name(p[0]), name) == 0)
            return p[1];
    return NULL;
}

static void stop(struct part *part, enum rc rc)
{
    if (part->rc == RC_OK)
        part->rc = rc;
    XML_StopParser(part->parser, XML_FALSE);
}

static void XMLCALL on_start(void *arg, const XML_Char *name, const XML_Char **attrs)
{
    struct part *part = arg;

    if (part->rc != RC_OK)
        return;
    if (++part->depth > part->book->limits->depth) {
        stop(part, book_fail(part->book, SHEET_DAMAGED, "elements nested too deep"));
        return;
    }
    enum rc rc = part->events->start(part->ctx, local_name(name), (struct xml_attr){attrs});
    if (rc != RC_OK)
        stop(part, rc);
}

static void XMLCALL on_end(void *arg, const XML_Char *name)
{
    struct part *part = arg;

    if (part->rc != RC_OK)
        return;
    part->depth--;
    enum rc rc = part->events->end(part->ctx, local_name(name));
    if (rc != RC_OK)
        stop(part, rc);
}

static void XMLCALL on_text(void *arg, const XML_Char *bytes, int n)
{
    struct part *part = arg;

    if (part->rc != RC_OK)
        return;
    enum rc rc = part->events->text(part->ctx, bytes, (size_t)n);
    if (rc != RC_OK)
        stop(part, rc);
}

/* Real workbooks have no document type declaration. A file with one is refused: it would be used for XML entities. */
static void XMLCALL on_doctype(void *arg, const XML_Char *name, const XML_Char *sysid, const XML_Char *pubid, int has_internal)
{
    struct part *part = arg;

    (void)name, (void)sysid, (void)pubid, (void)has_internal;
    if (part->rc == RC_OK)
        stop(part, book_fail(part->book, SHEET_ENTITIES, "a document type declaration"));
}

/* Where the bytes come from: a file of a zip, or a text in memory (file NULL). */
struct source {
    zip_file_t *file;
    zip_stat_t st;
    struct str rest;
};

static zip_int64_t take(struct source *source, void *room)
{
    if (source->file != NULL)
        return zip_fread(source->file, room, CHUNK);
    size_t n = source->rest.n < CHUNK ? source->rest.n : CHUNK;
    if (n > 0)
        memcpy(room, source->rest.p, n);
    source->rest = str_from(source->rest, n);
    return (zip_int64_t)n;
}

static enum rc feed(struct part *part, struct source *source)
{
    const zip_stat_t *st = &source->st;
    struct book *book = part->book;
    uint64_t fed = 0, compressed = (st->valid & ZIP_STAT_COMP_SIZE) ? st->comp_size : 0;

    for (;;) {
        void *room = XML_GetBuffer(part->parser, CHUNK);
        if (room == NULL)
            return book_fail(book, SHEET_BOMB, "the parser's memory is used up");
        zip_int64_t n = take(source, room);
        if (n < 0)
            return book_fail(book, SHEET_DAMAGED, "a part cannot be unpacked");
        fed += (uint64_t)n;
        if (fed > book->limits->entry_bytes || (uint64_t)n > book->bytes_left)
            return book_fail(book, SHEET_BOMB, "a part is larger than allowed");
        book->bytes_left -= (uint64_t)n;
        if ((st->valid & ZIP_STAT_SIZE) && fed > st->size)
            return book_fail(book, SHEET_BOMB, "a part unpacks to more than it claims");
        if (fed > (64u << 20) && fed / book->limits->ratio > compressed)
            return book_fail(book, SHEET_BOMB, "a part unpacks to more than the allowed ratio");
        TRY(book_look_up(book));
        enum XML_Status status = XML_ParseBuffer(part->parser, (int)n, n == 0);
        if (part->rc != RC_OK)
            return part->rc;
        if (status == XML_STATUS_ERROR)
            return book_fail(book, XML_GetErrorCode(part->parser) == XML_ERROR_NO_MEMORY ? SHEET_BOMB : SHEET_DAMAGED,
                             XML_ErrorString(XML_GetErrorCode(part->parser)));
        XML_Index at = XML_GetCurrentByteIndex(part->parser);
        if (n != 0 && at >= 0 && fed - (uint64_t)at > TOKEN_MAX)
            return book_fail(book, SHEET_DAMAGED, "one tag is longer than 1 MiB");
        if (n == 0)
            return RC_OK;
    }
}

/* Old programs of the West declare Windows' code page, or a name of its like; expat knows UTF-8, UTF-16 and Latin 1 only. */
static int XMLCALL on_encoding(void *arg, const XML_Char *name, XML_Encoding *out)
{
    struct str n = str_c(name);

    (void)arg;
    if (!str_eq_nocase(n, STR("windows-1252")) && !str_eq_nocase(n, STR("cp1252")) && !str_eq_nocase(n, STR("x-cp1252")) &&
        !str_eq_nocase(n, STR("latin1")) && !str_eq_nocase(n, STR("iso-8859-15")))
        return XML_STATUS_ERROR;
    for (unsigned c = 0; c < 256; c++)
        out->map[c] = (int)cp1252((unsigned char)c);
    return XML_STATUS_OK;
}

static enum rc parse_open(struct part *part, struct source *source)
{
    static const XML_Memory_Handling_Suite suite = {heap_take, heap_again, heap_give};

    heap_left = PARSER_HEAP_MAX;
    part->parser = XML_ParserCreate_MM(NULL, &suite, NULL);
    if (part->parser == NULL)
        return book_fail(part->book, SHEET_DAMAGED, "no parser");
    XML_SetUserData(part->parser, part);
    XML_SetElementHandler(part->parser, on_start, on_end);
    if (part->events->text != NULL)
        XML_SetCharacterDataHandler(part->parser, on_text);
    XML_SetUnknownEncodingHandler(part->parser, on_encoding, NULL);
    XML_SetStartDoctypeDeclHandler(part->parser, on_doctype);
    enum rc rc = feed(part, source);
    XML_ParserFree(part->parser);
    return rc;
}

enum rc part_parse(struct book *book, struct str path, const struct xml_events *events, void *ctx)
{
    struct part part = {.book = book, .events = events, .ctx = ctx, .rc = RC_OK};
    zip_int64_t index = book_entry_find(book, path);
    struct source source = {0};

    if (index < 0 || zip_stat_index(book->zip, (zip_uint64_t)index, 0, &source.st) != 0)
        return book_fail(book, SHEET_DAMAGED, "a part is missing");
    source.file = zip_fopen_index(book->zip, (zip_uint64_t)index, 0);
    if (source.file == NULL)
        return book_fail(book, SHEET_DAMAGED, "a part cannot be opened");
    enum rc rc = parse_open(&part, &source);
    zip_fclose(source.file);
    return rc;
}

enum rc text_parse(struct book *book, struct str bytes, const struct xml_events *events, void *ctx)
{
    struct part part = {.book = book, .events = events, .ctx = ctx, .rc = RC_OK};
    struct source source = {.rest = bytes};

    return parse_open(&part, &source);
}
