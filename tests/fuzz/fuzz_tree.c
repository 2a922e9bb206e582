// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Document trees. First byte even: the rest is the tree's JSON. Odd: the rest chooses, one byte a choice, among what
 * server/paper/README.md allows, with a wrong turn now and then, so that layout is reached. A tree that passes the
 * check must lay out or be refused, and what is laid out must be written; and every tree comes back from its markup.
 */
#include <stdlib.h>

#include "server/base/json.h"
#include "server/base/random.h"
#include "server/paper/markup.h"
#include "server/paper/paper.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

enum { DEPTH = 8, NODES = 120 };

struct choice {
    const uint8_t *p;
    size_t n, nodes;
};

static unsigned take(struct choice *c, unsigned below)
{
    if (c->n == 0)
        return 0;
    c->n--;
    return *c->p++ % below;
}

/*
 * type, then key=kind (key!kind: always there): c content, l list of content, x name, m marks, b truth, B blocks, I items,
 * R rows of a table, D rows of an identity, K columns of a table, P columns of blocks, S signers; n length, N font size,
 * h spacing, L level, Q size of a code; a align, s list style, o border, u rule, k case, v valign, g colour, w pages, y sides, q a list, A
 * conversion.
 */
static const char *const blocks[] = {
    "paragraph content!c align=a indent=n left=n right=n size=N spacing=h keep_with_next=b before=n after=n",
    "heading content!c level=L keep_with_next=b",
    "list items!I style=s start=L left=n gap=n",
    "identity rows!D left=n spacing=h numbered=b",
    "table columns!K rows!R header=R border=o padding=h size=N left=n keep_with_next=b",
    "image name!x width!n height=n align=e",
    "signature place_date=c lines=l name=c below=l qr=b qr_note=c seal=c space=n align=f",
    "signature signers!S qr=b a_row=L",
    "qr size=Q align=e note=c",
    "letterhead lines!l address=c crest=x crest_width=Q rule=u size=N",
    "boxes content!c count=L size=L digits=b align=e left=n",
    "rule style=z thickness=h",
    "spacer height!n",
    "page_break",
    "group content!B",
    "columns columns!P gap=n",
    "if field!x equals=x then!B else=B",
    "each list!q body!B else=B",
};
static const char *const lists[] = {"number", "letter", "roman", "bullet", "dash"}, *const borders[] = {"all", "rows", "outer", "none"};
static const char *const aligns[] = {"left", "center", "right", "justify"}, *const valigns[] = {"top", "middle", "bottom"};
static const char *const rules[] = {"single", "double", "none"}, *const cases[] = {"stored", "upper", "lower", "title", "sentence"};
static const char *const sides[] = {"top", "right", "bottom", "left"};
static const char *const sheets[] = {"F4", "A4", "legal", "half-F4"}, *const pages[] = {"all", "first", "none"};
static const double lengths[] = {5, 2, 8, 12, 20, 25, 40, 60}, sizes[] = {12, 5, 8, 10, 20, 48}, spacings[] = {1, 0.8, 1.3, 2, 3},
                    codes[] = {25, 15, 40};
static const char *const texts[] = {"",
                                    "Desa",
                                    "{nama}",
                                    "{nama:title|tidak ada}",
                                    "{{x}}",
                                    "{pengikut}",
                                    "{#}. {kosong|x}",
                                    "{=uang*2+sum(pengikut.umur):terbilang:title}",
                                    "{=count(anak)-(1,5+kosong)|nihil} {uang:rupiah}",
                                    "{tgl:hijri} {nama:romawi|x} {=",
                                    "satu\ndua",
                                    "katasangatpanjangtanpaspasiyangtidakmuatdalamsatubarispunwalaulebarsekalikertasnya",
                                    "\u200f\u0301é漢字\U0001F600"};
static const char *const names[] = {"nama", "kosong", "pengikut", "crest", "rusak", "tidak_ada", "uang", "tgl"};
static const double numbers[] = {0, 1, 85, 120, 300, -1, 0.1, 1e9};

#define PICK(c, list) (list)[take(c, COUNT_OF(list))]

static json_t *value_of(struct choice *c, char kind, unsigned depth);

/* Fills an object with keys of a line of the table above; a byte decides about each. */
static json_t *object_of(struct choice *c, json_t *object, const char *line, unsigned depth)
{
    while (*line != '\0') {
        const char *equals = strpbrk(line, "=!");
        char key[32] = "";

        if (equals == NULL)
            break;
        memcpy(key, line, (size_t)(equals - line));
        if (*equals == '!' || take(c, 8) < 4)
            json_object_set_new(object, key, value_of(c, equals[1], depth + 1));
        line = equals[2] == ' ' ? equals + 3 : equals + 2;
    }
    return object;
}

static json_t *block_of(struct choice *c, unsigned depth)
{
    const char *line = PICK(c, blocks), *space = strchr(line, ' ');
    json_t *object = json_object();

    json_object_set_new(object, "type", space == NULL ? json_string(line) : json_stringn(line, (size_t)(space - line)));
    return object_of(c, object, space == NULL ? "" : space + 1, depth);
}

static json_t *inline_of(struct choice *c, unsigned depth)
{
    static const char *const lines[] = {"text!t marks=m size=N",
                                        "pattern!t marks=m colour=g",
                                        "name!x as=A case=k if_empty=t marks=m",
                                        "field!x then!c else=c",
                                        "content!c count=L size=Q digits=b",
                                        "content!t count!L spread=b",
                                        "list!q content!c between=t last=t else=c"};
    static const char *const types[] = {"text", "text", "field", "if", "boxes", "boxes", "each"};
    unsigned which = take(c, COUNT_OF(lines) + 2);

    if (which >= COUNT_OF(lines))
        return json_string(PICK(c, texts));
    json_t *object = json_object();
    json_object_set_new(object, "type", json_string(types[which]));
    return object_of(c, object, lines[which], depth);
}

static json_t *list_of(struct choice *c, char kind, unsigned depth)
{
    static const uint8_t lengths_of_lists[] = {2, 2, 2, 2, 2, 2, 1, 2};
    json_t *array = json_array();

    for (unsigned n = PICK(c, lengths_of_lists); n > 0; n--)
        json_array_append_new(array, value_of(c, kind, depth + 1));
    return array;
}

/* The smallest of a kind that would go deeper. */
static json_t *smallest_of(char kind)
{
    switch (kind) {
    case 'B':
    case 'D':
    case 'R':
        return json_array();
    case 'K':
        return json_pack("[{s:i}]", "share", 1);
    case 'P':
        return json_pack("[{s:[]}]", "body");
    case 'S':
        return json_pack("[{s:s}]", "name", "akhir");
    case 'l':
    case 'I':
    case '6':
    case '8':
        return json_pack("[s]", "akhir");
    case '2':
        return json_pack("{s:s}", "type", "page_break");
    case '4':
        return json_pack("{s:s,s:s}", "label", "a", "content", "b");
    case '5':
        return json_pack("{s:i}", "share", 1);
    case '9':
        return json_pack("{s:[]}", "body");
    case '0':
        return json_pack("{s:s}", "name", "akhir");
    default:
        return json_string("akhir");
    }
}

static json_t *value_of(struct choice *c, char kind, unsigned depth)
{
    if ((depth > DEPTH || ++c->nodes > NODES) && strchr("cBIDKRSPl0123456789", kind) != NULL)
        return smallest_of(kind);
    if (take(c, 64) == 63) /* a wrong turn */
        kind = "cnabxBIRSK"[take(c, 10)];
    switch (kind) {
    case 'c':
        return take(c, 4) == 0 ? list_of(c, '1', depth) : inline_of(c, depth);
    case '1':
        return inline_of(c, depth);
    case 't':
        return json_string(PICK(c, texts));
    case 'l':
        return list_of(c, 'c', depth);
    case 'n':
        return json_real(take(c, 64) == 63 ? PICK(c, numbers) : PICK(c, lengths));
    case 'N':
        return json_real(PICK(c, sizes));
    case 'h':
        return json_real(PICK(c, spacings));
    case 'Q':
        return json_real(PICK(c, codes));
    case 'L':
        return json_integer(1 + take(c, 3));
    case 'a':
        return json_string(PICK(c, aligns));
    case 'e':
        return json_string(aligns[take(c, 3)]);
    case 'f':
        return json_string(aligns[take(c, 2)]);
    case 's':
        return json_string(PICK(c, lists));
    case 'o':
        return json_string(PICK(c, borders));
    case 'u':
        return json_string(PICK(c, rules));
    case 'z':
        return json_string(rules[take(c, 2)]);
    case 'k':
        return json_string(PICK(c, cases));
    case 'v':
        return json_string(PICK(c, valigns));
    case 'g':
        return json_string(take(c, 2) ? "grey" : "black");
    case 'A':
        return json_string(
            ((const char *const[]){"terbilang", "terbilang_rupiah", "angka", "rupiah", "romawi", "hijri", "hari"})[take(c, 7)]);
    case 'q':
        return json_string(take(c, 8) ? take(c, 2) ? "pengikut" : "anak" : "nama");
    case 'y':
        return json_pack("[ss]", PICK(c, sides), PICK(c, sides));
    case 'w':
        return json_string(PICK(c, pages));
    case 'b':
        return json_boolean(take(c, 2));
    case 'x':
        return json_string(PICK(c, names));
    case 'm':
        return json_pack("[s]", ((const char *const[]){"bold", "italic", "underline", "strike", "super", "sub"})[take(c, 6)]);
    case 'B':
        return list_of(c, '2', depth);
    case '2':
        return block_of(c, depth);
    case 'I':
        return list_of(c, '3', depth);
    case '3':
        return take(c, 3) == 0 ? object_of(c, json_object(), "each=q content!c body=B", depth) : inline_of(c, depth);
    case 'D':
        return list_of(c, '4', depth);
    case '4':
        return object_of(c, json_object(), "each=q label!c content!c", depth);
    case 'K':
        return list_of(c, '5', depth);
    case '5':
        return object_of(c, json_object(), take(c, 2) ? "width!n align=e" : "share!L align=e", depth);
    case 'R':
        return list_of(c, '6', depth);
    case '6':
        return take(c, 3) ? list_of(c, '7', depth)
                          : object_of(c, json_object(),
                                      take(c, 3)   ? "each!x cells!8"
                                      : take(c, 2) ? "each!x rows!R"
                                                   : "cells!8 height!n",
                                      depth);
    case '7':
        return take(c, 2) ? inline_of(c, depth)
                          : object_of(c, json_object(), "content!c align=a valign=v marks=m span=L rows=L borders=y", depth);
    case '8':
        return list_of(c, '7', depth);
    case 'P':
        return list_of(c, '9', depth);
    case '9':
        return object_of(c, json_object(), "share!L body!B", depth);
    default:
        return list_of(c, '0', depth); /* S */
    case '0':
        return object_of(c, json_object(), "each=q place_date=c lines=l name!c below=l space=n seal=c qr_here=b", depth);
    }
}

static json_t *tree_of(struct choice *c, bool is_attachment)
{
    json_t *tree = json_pack("{s:o}", "body", value_of(c, 'B', 0));

    object_of(c, tree, "if_empty=t header=B header_on=w footer_on=w", 0);
    if (take(c, 2))
        json_object_set_new(tree, "page",
                            json_pack("{s:s,s:s}", "size", PICK(c, sheets), "orientation", take(c, 2) ? "portrait" : "landscape"));
    if (is_attachment)
        object_of(c, tree, "each=q", 0);
    else if (take(c, 2))
        json_object_set_new(tree, "attachments", json_pack("[o]", tree_of(c, true)));
    if (take(c, 2))
        json_object_set_new(tree, "footer", object_of(c, json_object(), "left=c center=c right=c note=c rule=b size=N", 0));
    return tree;
}

static void free_json(void *value)
{
    json_decref(value);
}

static void lay_out(struct arena *arena, const json_t *tree)
{
    static const struct paper_image broken = {{"rusak", 5}, {"\xff\xd8\xff\xe0 no picture", 15}};
    json_t *values = json_pack("{s:s, s:s, s:s, s:s, s:[{s:s,s:[{s:s},{}]},{s:s}]}", "nama", "SITTI AMINAH, S.PD.", "kosong", "", "uang",
                               "Rp 1.500.000,50", "tgl", "17 Agustus 2026", "pengikut", "nama", "Ani", "anak", "nama", "Citra", "nama",
                               "Budi");
    struct paper_input input = {
        .tree = tree, .values = values, .images = &broken, .image_count = 1, .qr_text = STR("http://localhost/v/x"), .is_sample = true};
    struct paper_info info = {.title = STR("Uji"), .at = 1};
    struct paper *paper;
    struct str out;

    arena_defer(arena, free_json, values);
    if (paper_layout(arena, &input, &paper, NULL) != RC_OK)
        return;
    if (paper_page_count(paper) == 0 || paper_page_count(paper) > 200)
        abort();
    if (paper_pdf(arena, paper, &info, &out, NULL) != RC_OK || paper_svg(arena, paper, 0, &out, NULL) != RC_OK)
        abort();
}

/* Whatever the tree says, sound or not, its text says it too. */
static void write_and_read(struct arena *arena, const json_t *tree)
{
    struct str fault;
    json_t *again;

    if (!json_is_object(tree))
        return;
    if (paper_markup_read(arena, paper_markup_write(arena, tree), &again, &fault, NULL) != RC_OK || fault.p != NULL ||
        !json_equal(again, tree))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static bool is_ready;
    struct choice choice = {.p = bytes + 1, .n = n - 1};
    json_t *tree;

    if (n == 0)
        return 0;
    if (!is_ready)
        base_init();
    if (!is_ready && paper_init(STR(""), NULL) != RC_OK)
        abort();
    is_ready = true;
    struct arena *arena = arena_new();
    if (bytes[0] % 2 == 0) {
        if (json_read(arena, (struct str){(const char *)bytes + 1, n - 1}, &tree, NULL) != RC_OK)
            tree = NULL;
    } else {
        tree = tree_of(&choice, false);
        arena_defer(arena, free_json, tree);
    }
    if (tree != NULL) {
        (void)!paper_check(arena, tree, NULL, NULL); /* stricter than layout: signs without a glyph */
        lay_out(arena, tree);
        write_and_read(arena, tree);
    }
    arena_free(&arena);
    return 0;
}
