// SPDX-License-Identifier: AGPL-3.0-or-later
/* What the tree calls in English, in the words of who writes letters. Within a table every word stands once. */
#include "server/paper/markup_parts.h"

const struct shape markup_shapes[] = {
    {.word = "kop", .type = "letterhead", .in = IN_BLOCKS, .lines = "lines", .named = "address"},
    {.word = "tanda-tangan",
     .type = "signature",
     .in = IN_BLOCKS,
     .inside = IN_SIGNERS,
     .children = "signers",
     .lines = "lines",
     .named = "place_date seal name below qr_note"},
    {.word = "penandatangan", .in = IN_SIGNERS, .lines = "lines", .named = "place_date seal name below"},
    {.word = "satu-halaman", .type = "group", .in = IN_BLOCKS, .inside = IN_BLOCKS, .children = "content", .must = true},
    {.word = "kolom", .type = "columns", .in = IN_BLOCKS, .inside = IN_COLUMNS, .children = "columns", .must = true},
    {.word = "lajur", .in = IN_COLUMNS, .inside = IN_BLOCKS, .children = "body", .must = true},
    {.word = "bila",
     .type = "if",
     .in = IN_BLOCKS,
     .inside = IN_BLOCKS,
     .children = "then",
     .otherwise = "else",
     .has_test = true,
     .must = true},
    {.word = "bila",
     .type = "if",
     .in = IN_ITEMS,
     .inside = IN_ITEMS,
     .children = "then",
     .otherwise = "else",
     .has_test = true,
     .must = true},
    {.word = "bila",
     .type = "if",
     .in = IN_FACTS,
     .inside = IN_FACTS,
     .children = "then",
     .otherwise = "else",
     .has_test = true,
     .must = true},
    {.word = "bila",
     .type = "if",
     .in = IN_ROWS,
     .inside = IN_ROWS,
     .children = "then",
     .otherwise = "else",
     .has_test = true,
     .must = true},
    {.word = "tiap",
     .type = "each",
     .in = IN_BLOCKS,
     .inside = IN_BLOCKS,
     .children = "body",
     .otherwise = "else",
     .list = "list",
     .must = true},
    {.word = "tiap", .in = IN_ROWS, .inside = IN_ROWS, .children = "rows", .list = "each", .must = true},
    {.word = "daftar", .type = "list", .in = IN_BLOCKS, .inside = IN_ITEMS, .children = "items", .must = true},
    {.word = "butir", .in = IN_ITEMS, .inside = IN_BLOCKS, .children = "body", .named = "content"},
    {.word = "data", .type = "identity", .in = IN_BLOCKS, .inside = IN_FACTS, .children = "rows", .must = true},
    {.word = "tabel", .type = "table", .in = IN_BLOCKS, .inside = IN_ROWS, .children = "rows", .must = true},
    {.word = "gambar", .type = "image", .in = IN_BLOCKS, .is_void = true},
    {.word = "qr", .type = "qr", .in = IN_BLOCKS, .named = "note"},
    {.word = "garis", .type = "rule", .in = IN_BLOCKS, .is_void = true},
    {.word = "ruang", .type = "spacer", .in = IN_BLOCKS, .is_void = true},
    {.word = "halaman-baru", .type = "page_break", .in = IN_BLOCKS, .is_void = true},
    {.word = "kotak", .type = "boxes", .in = IN_BLOCKS, .line = "content"},
    {0},
};

const struct named markup_named[] = {{"tempat", "place_date", false},  {"segel", "seal", false},     {"nama", "name", false},
                                     {"bawah", "below", true},         {"alamat", "address", false}, {"catatan", "note", false},
                                     {"catatan_qr", "qr_note", false}, {"isi", "content", false},    {"kiri", "left", false},
                                     {"tengah", "center", false},      {"kanan", "right", false},    {0}};

struct pair {
    const char *tree, *markup;
};

static const struct pair keys[] = {{"before", "sebelum"},
                                   {"after", "sesudah"},
                                   {"keep_with_next", "lengket"},
                                   {"align", "rata"},
                                   {"indent", "menjorok"},
                                   {"left", "kiri"},
                                   {"right", "kanan"},
                                   {"top", "atas"},
                                   {"bottom", "bawah"},
                                   {"size", "ukuran"},
                                   {"spacing", "spasi"},
                                   {"tighten", "rapat"},
                                   {"level", "tingkat"},
                                   {"style", "bentuk"},
                                   {"start", "mulai"},
                                   {"gap", "sela"},
                                   {"label_width", "lebar_label"},
                                   {"numbered", "bernomor"},
                                   {"frame", "bingkai"},
                                   {"border", "garis"},
                                   {"borders", "garis_sel"},
                                   {"padding", "bantalan"},
                                   {"width", "lebar"},
                                   {"height", "tinggi"},
                                   {"share", "bagian"},
                                   {"name", "nama"},
                                   {"crest", "lambang"},
                                   {"crest_width", "lebar_lambang"},
                                   {"rule", "bergaris"},
                                   {"thickness", "tebal_garis"},
                                   {"space", "ruang"},
                                   {"qr_size", "ukuran_qr"},
                                   {"qr_here", "qr_di_sini"},
                                   {"a_row", "sebaris"},
                                   {"count", "jumlah"},
                                   {"gaps", "sela_sesudah"},
                                   {"digits", "hanya_angka"},
                                   {"spread", "selebar"},
                                   {"orientation", "arah"},
                                   {"margin", "tepi"},
                                   {"family", "keluarga_huruf"},
                                   {"if_empty", "bila_kosong"},
                                   {"header_on", "kepala_di"},
                                   {"footer_on", "kaki_di"},
                                   {"valign", "tegak"},
                                   {"span", "gabung"},
                                   {"rows", "gabung_turun"},
                                   {"colour", "warna"},
                                   {"each", "tiap"},
                                   {"if", "bila"},
                                   {"between", "antara"},
                                   {"last", "akhir"},
                                   {NULL, NULL}};

static const struct {
    const char *key;
    struct pair words[8];
} words[] = {{"align", {{"justify", "penuh"}, {"left", "kiri"}, {"center", "tengah"}, {"right", "kanan"}}},
             {"valign", {{"top", "atas"}, {"middle", "tengah"}, {"bottom", "bawah"}}},
             {"border", {{"all", "semua"}, {"rows", "baris"}, {"outer", "luar"}, {"none", "tanpa"}}},
             {"rule", {{"double", "ganda"}, {"single", "tunggal"}, {"none", "tanpa"}}},
             {"style",
              {{"number", "angka"},
               {"letter", "huruf"},
               {"roman", "romawi"},
               {"bullet", "titik"},
               {"dash", "strip"},
               {"single", "tunggal"},
               {"double", "ganda"}}},
             {"orientation", {{"portrait", "tegak"}, {"landscape", "mendatar"}}},
             {"colour", {{"black", "hitam"}, {"grey", "abu"}}},
             {"header_on", {{"all", "semua"}, {"first", "pertama"}, {"none", "tanpa"}}},
             {"footer_on", {{"all", "semua"}, {"first", "pertama"}, {"none", "tanpa"}}}};

static const struct pair marks[] = {{"bold", "tebal"},   {"italic", "miring"}, {"underline", "garis-bawah"},
                                    {"strike", "coret"}, {"super", "naik"},    {"sub", "turun"},
                                    {NULL, NULL}};
static const struct pair cases[] = {{"stored", "asli"}, {"upper", "besar"},      {"lower", "kecil"},
                                    {"title", "judul"}, {"sentence", "kalimat"}, {NULL, NULL}};

static const char *markup_of(const struct pair *pairs, struct str tree)
{
    while (pairs->tree != NULL && !str_is(tree, pairs->tree))
        pairs++;
    return pairs->markup;
}

static const char *tree_of(const struct pair *pairs, struct str markup)
{
    while (pairs->tree != NULL && !str_is(markup, pairs->markup))
        pairs++;
    return pairs->tree;
}

size_t span_of(struct str text, const char *signs)
{
    size_t n = 0;

    while (n < text.n && text.p[n] != '\0' && strchr(signs, text.p[n]) != NULL)
        n++;
    return n;
}

const char *key_in_markup(const char *key)
{
    return markup_of(keys, str_c(key));
}

/* A word that the table has not is the key itself ("qr"). */
const char *key_in_tree(struct arena *arena, struct str word)
{
    const char *key = tree_of(keys, word);

    return key != NULL ? key : str_z(arena, word);
}

static const struct pair *words_of(const char *key)
{
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (strcmp(words[i].key, key) == 0)
            return words[i].words;
    return NULL;
}

const char *word_in_markup(const char *key, const char *word)
{
    const struct pair *pairs = words_of(key);

    return pairs != NULL ? markup_of(pairs, str_c(word)) : NULL;
}

const char *word_in_tree(const char *key, struct str word)
{
    const struct pair *pairs = words_of(key);

    return pairs != NULL ? tree_of(pairs, word) : NULL;
}

const char *mark_in_markup(const char *mark)
{
    return markup_of(marks, str_c(mark));
}

const char *mark_in_tree(struct str word)
{
    return tree_of(marks, word);
}

const char *case_in_markup(struct str word)
{
    return markup_of(cases, word);
}

const char *case_in_tree(struct str word)
{
    return tree_of(cases, word);
}

bool is_conversion(struct str word)
{
    static const char *const known[] = {"terbilang", "terbilang_rupiah", "angka", "rupiah", "romawi", "hijri", "hari"};

    for (size_t i = 0; i < COUNT_OF(known); i++)
        if (str_is(word, known[i]))
            return true;
    return false;
}

bool is_object_of(const json_t *json, const char *type)
{
    return str_is(json_text(json, "type"), type);
}

const struct shape *shape_by_word(enum place in, struct str word)
{
    for (const struct shape *s = markup_shapes; s->word != NULL; s++)
        if (s->in == in && str_is(word, s->word))
            return s;
    return NULL;
}

/* Objects without a type are told by what they have. */
const struct shape *shape_of(enum place in, const json_t *json)
{
    const bool has_type = json_object_get(json, "type") != NULL;

    for (const struct shape *s = markup_shapes; s->word != NULL; s++)
        if (s->in == in && (s->type != NULL ? is_object_of(json, s->type) : !has_type) &&
            (s->list == NULL || json_object_get(json, s->list) != NULL) && (!s->must || json_is_array(json_object_get(json, s->children))))
            return s;
    return NULL;
}

bool is_named(const struct shape *shape, const char *key)
{
    struct str rest = str_c(shape->named), one;

    while (rest.p != NULL && str_cut(&rest, ' ', &one))
        if (str_is(one, key))
            return true;
    return false;
}

const struct named *named_by_word(struct str word)
{
    for (const struct named *n = markup_named; n->word != NULL; n++)
        if (str_is(word, n->word))
            return n;
    return NULL;
}

const struct named *named_by_key(const char *key)
{
    for (const struct named *n = markup_named; n->word != NULL; n++)
        if (strcmp(key, n->key) == 0)
            return n;
    return NULL;
}
