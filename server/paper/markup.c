// SPDX-License-Identifier: AGPL-3.0-or-later
/* The whole of a markup: sheet, font, head, foot, attachments, and the body's
 * blocks (markup_blocks.c). */
#include "server/paper/markup.h"

#include "server/base/text.h"
#include "server/paper/markup_parts.h"

static const char *const margins[] = {"top", "right", "bottom", "left"};

/* ":::kertas ukuran=F4 atas=15 …": the four edges stand in an object of their
 * own. */
static bool read_page(struct reading *r, struct str text, json_t *tree)
{
    json_t *page = json_object(), *margin = json_object();
    const bool is_fine = read_attributes(r, text, page);

    json_object_set_new(tree, "page", page);
    for (size_t i = 0; i < COUNT_OF(margins); i++)
        if (json_object_get(page, margins[i]) != NULL) {
            json_object_set(margin, margins[i], json_object_get(page, margins[i]));
            json_object_del(page, margins[i]);
        }
    if (json_object_size(margin) > 0)
        json_object_set(page, "margin", margin);
    json_decref(margin);
    return is_fine;
}

static const struct shape footer = {.word = "kaki", .named = "left center right note"};
static const struct shape header = {.word = "kepala", .inside = IN_BLOCKS, .children = "header", .must = true};
static const struct shape attachment = {.word = "lampiran"};

static bool read_tree_line(struct reading *r, json_t *tree);

static bool read_attachment(struct reading *r, json_t *tree)
{
    json_t *one = json_object();
    const size_t begin = r->at;

    json_array_append_new(markup_array(tree, "attachments"), one);
    if (++r->depth > 2)
        return markup_fault(r, "lampiran tidak bisa berada di dalam lampiran.");
    (void)markup_array(one, "body");
    for (r->at++; r->at < r->n && !str_is(markup_line(r), ":::");)
        if (!read_tree_line(r, one))
            return false;
    if (r->at >= r->n) {
        r->at = begin;
        return markup_fault(r, ":::%s belum ditutup. Tulis ::: di baris sendiri sesudah isinya.", attachment.word);
    }
    r->at++;
    r->depth--;
    return true;
}

/* What belongs to the sheet, or a block of the body. */
static bool read_tree_line(struct reading *r, json_t *tree)
{
    struct str line = markup_line(r), rest, word;

    if (line.n == 0) {
        r->at++;
        return true;
    }
    if (!str_starts(line, STR(":::")))
        return read_child(r, IN_BLOCKS, markup_array(tree, "body"));
    rest = str_from(line, 3);
    (void)str_cut(&rest, ' ', &word);
    rest = rest.p != NULL ? rest : STR("");
    if (str_is(word, "kepala"))
        return read_inside(r, &header, tree);
    if (str_is(word, "lampiran"))
        return read_attachment(r, tree);
    if (str_is(word, "kaki")) {
        json_t *object = json_object();

        json_object_set_new(tree, "footer", object);
        return read_attributes(r, rest, object) && read_inside(r, &footer, object);
    }
    if (str_is(word, "surat") || str_is(word, "kertas") || str_is(word, "huruf")) {
        json_t *font = json_object();
        const bool is_font = str_is(word, "huruf"),
                   is_fine = str_is(word, "kertas") ? read_page(r, rest, tree) : read_attributes(r, rest, is_font ? font : tree);

        if (is_font)
            json_object_set(tree, "font", font);
        json_decref(font);
        r->at++;
        return is_fine;
    }
    return read_child(r, IN_BLOCKS, markup_array(tree, "body"));
}

static void split(struct reading *r, struct str text)
{
    size_t n = 1;
    struct str rest = text, line;

    for (size_t i = 0; i < text.n; i++)
        n += text.p[i] == '\n';
    r->lines = ARENA_ARRAY(r->arena, struct str, n);
    while (r->n < n && str_cut(&rest, '\n', &line))
        r->lines[r->n++] = line;
}

enum rc paper_markup_read(struct arena *arena, struct str text, json_t **tree_out, struct str *fault_out, struct err *err)
{
    struct reading r = {.arena = arena, .fault = STR_NONE};
    const struct str whole = str_trim(text);

    (void)err;
    if (str_starts(whole, STR("{")) && !str_starts(whole, STR("{halaman baru}"))) {
        struct err why = {0};

        if (json_read(arena, whole, tree_out, &why) == RC_OK && json_is_object(*tree_out)) {
            *fault_out = STR_NONE;
            return RC_OK;
        }
    }
    if (!utf8_is_valid(text) || memchr(text.n > 0 ? text.p : "", '\0', text.n) != NULL) {
        *fault_out = STR("Isi ini bukan teks. Salin ulang, tanpa berkas.");
        return RC_OK;
    }
    split(&r, text);
    *tree_out = json_object();
    json_keep(arena, *tree_out);
    (void)markup_array(*tree_out, "body");
    while (r.at < r.n && r.fault.p == NULL && read_tree_line(&r, *tree_out)) {
    }
    if (r.at < r.n) /* no fault was said: a text that JSON does not take */
        (void)markup_fault(&r, "baris ini tidak terbaca.");
    *fault_out = r.fault;
    return RC_OK;
}
