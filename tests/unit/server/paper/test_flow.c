// SPDX-License-Identifier: AGPL-3.0-or-later
/* What stands where: lines, rows, pages. */
#include "tests/unit/server/paper/paper_support.h"

#define P(text) "{\"type\":\"paragraph\",\"content\":\"" text "\"}"

static struct str page_text(const char *pdf, int page)
{
    const char *number = str_z(arena, str_fmt(arena, "%d", page));

    return flat(RUN("pdftotext", "-f", number, "-l", number, pdf, "-"));
}

static struct str text_for(const char *body, const char *values)
{
    return text_of(pdf_of(paper_of(body, values)));
}

static void cases_and_empties(void **state)
{
    struct str text = text_for("[" P("{n}|{n:upper}|{n:lower}|{n:title}|{n:sentence}") "," P(
                                   "a{x}b{x|}c{x|kosong}d{{e}}") ","
                                                                 "{\"type\":\"paragraph\",\"content\":[{\"type\":\"field\",\"name\":\"x\","
                                                                 "\"if_empty\":\"tidak ada\"},\" \","
                                                                 "{\"type\":\"text\",\"text\":\"{bukan isian}\"},\" "
                                                                 "\",{\"type\":\"text\",\"pattern\":\"{n}!\",\"marks\":[\"bold\"]}]}]",
                               "{\"n\":\"SITTI AMINAH, S.PD.\",\"x\":\"  \"}");

    (void)state;
    assert_has(text, "SITTI AMINAH, S.PD.|SITTI AMINAH, S.Pd.|sitti aminah, s.pd.|Sitti Aminah, S.Pd.|Sitti aminah, s.pd.");
    assert_has(text, "a-bckosongd{e}");
    assert_has(text, "tidak ada {bukan isian} SITTI AMINAH, S.PD.!");
}

/* A word's box is as high as its font: 20 points against the 12 around it; and a line is as high as the largest in it. */
static void a_stretch_has_its_own_size_and_colour(void **state)
{
    static const char body[] =
        "[{\"type\":\"paragraph\",\"after\":0,\"content\":[\"biasa \",{\"type\":\"text\",\"text\":\"besar\",\"size\":20},"
        "{\"type\":\"text\",\"pattern\":\" {a}\",\"size\":6,\"marks\":[\"bold\"]},"
        "{\"type\":\"field\",\"name\":\"b\",\"colour\":\"%s\"}]}," P("bawah") "]";
    struct paper *black = paper_of(str_z(arena, str_fmt(arena, body, "black")), "{\"a\":\"kecil\",\"b\":\" kelabu\"}"),
                 *grey = paper_of(str_z(arena, str_fmt(arena, body, "grey")), "{\"a\":\"kecil\",\"b\":\" kelabu\"}");
    const char *pdf = keep("size.pdf", pdf_of(grey));
    struct box usual = box_of(pdf, 1, "biasa"), large = box_of(pdf, 1, "besar"), small = box_of(pdf, 1, "kecil");

    (void)state;
    assert_float_equal((large.bottom - large.top) / (usual.bottom - usual.top), 20.0 / 12, 0.01);
    assert_float_equal((small.bottom - small.top) / (usual.bottom - usual.top), 6.0 / 12, 0.01);
    assert_true(box_of(pdf, 1, "bawah").top > large.bottom);
    assert_has(svg_of(grey, 0), "rgb(34.9%,34.9%,34.9%)");
    assert_lacks(svg_of(black, 0), "rgb(34.9%");
}

static void values_are_never_patterns(void **state)
{
    (void)state;
    assert_has(text_for("[" P("{a}") "]", "{\"a\":\"{b} {{ <b>x</b> &amp;\",\"b\":\"rahasia\"}"), "{b} {{ <b>x</b> &amp;");
}

static void conditions_choose(void **state)
{
    static const char body[] = "[{\"type\":\"if\",\"field\":\"a\",\"then\":[" P("ada") "],\"else\":[" P(
        "kosong") "]},"
                  "{\"type\":\"if\",\"field\":\"a\",\"equals\":\"1\",\"then\":[" P(
                      "satu") "]},"
                              "{\"type\":\"if\",\"field\":\"a\",\"not\":\"1\",\"then\":[" P(
                                  "bukan satu") "]},"
                                                "{\"type\":\"if\",\"field\":\"a\",\"in\":[\"1\",\"2\"],\"then\":[" P(
                                                    "satu atau dua") "]},"
                                                                     "{\"type\":\"if\",\"field\":\"a\",\"is\":\"empty\",\"then\":[" P(
                                                                         "hampa") "]},"
                                                                                  "{\"type\":\"paragraph\",\"content\":[\"x\",{\"type\":"
                                                                                  "\"if\",\"field\":\"a\",\"then\":\"y{a}\",\"else\":\"z\"}"
                                                                                  "]}]";

    (void)state;
    assert_true(str_is(text_for(body, "{\"a\":\"1\"}"), "ada satu satu atau dua xy1"));
    assert_true(str_is(text_for(body, "{\"a\":\"3\"}"), "ada bukan satu xy3"));
    assert_true(str_is(text_for(body, "{\"a\":null}"), "kosong bukan satu hampa xz"));
    assert_true(str_is(text_for(body, NULL), "kosong bukan satu hampa xz"));
}

static void lists_count(void **state)
{
    struct paper *paper = paper_of(
        "[{\"type\":\"list\",\"items\":[\"satu\",{\"type\":\"if\",\"field\":\"tidak\",\"then\":[\"hilang\"]},\"dua\","
        "{\"content\":\"tiga\",\"body\":[{\"type\":\"list\",\"style\":\"letter\",\"start\":26,\"items\":[\"z\",\"aa\"]}]}]},"
        "{\"type\":\"list\",\"style\":\"roman\",\"start\":9,\"items\":[\"sembilan\"]}]",
        NULL);
    struct str text = flat(RUN("pdftotext", "-layout", keep("lists.pdf", pdf_of(paper)), "-"));

    (void)state;
    assert_true(str_is(text, "1. satu 2. dua 3. tiga z. z aa. aa ix. sembilan"));
}

static void long_texts_fill_pages(void **state)
{
    struct buf value = {.arena = arena};
    struct paper *paper;
    const char *pdf;
    struct str all;

    (void)state;
    for (int i = 0; i < 3000; i++)
        buf_fmt(&value, "kata%d ", i);
    paper = paper_of("[" P("{a}") "]", str_z(arena, str_fmt(arena, "{\"a\":\"%.*s\"}", STR_ARG(buf_str(&value)))));
    assert_true(paper_page_count(paper) >= 5 && paper_page_count(paper) <= 9);
    pdf = keep("long.pdf", pdf_of(paper));
    all = flat(RUN("pdftotext", pdf, "-"));
    for (int i = 0; i < 3000; i += 97)
        assert_has(all, str_z(arena, str_fmt(arena, "kata%d ", i)));
    assert_has(all, "kata2999");
    assert_has(flat(RUN("pdfinfo", pdf)), str_z(arena, str_fmt(arena, "Pages: %zu ", paper_page_count(paper))));
}

/* Of a preview: what has more pages ends there, and one of just so many is laid out. */
static void pages_have_a_bound(void **state)
{
    struct paper_input input = {.tree = json_of(STR("{\"body\":[" P("a") ",{\"type\":\"page_break\"}," P("b") "]}")), .pages_most = 2};
    struct paper *paper;

    (void)state;
    assert_int_equal(paper_page_count(lay_out(&input)), 2);
    input.pages_most = 1;
    assert_int_equal(paper_layout(arena, &input, &paper, &err), RC_TOO_LARGE);
    assert_string_equal(err.text, "more than 1 pages");
}

/* A letter that fills the page to the last line: its last lines go along with the signature. */
static void signature_is_never_alone(void **state)
{
    (void)state;
    for (int lines = 30; lines < 52; lines += 3) {
        struct buf body = {.arena = arena};
        struct paper *paper;
        const char *pdf;
        struct str last;
        buf_put_char(&body, '[');
        for (int i = 0; i < lines; i++)
            buf_fmt(&body, "{\"type\":\"paragraph\",\"after\":0,\"content\":\"baris %d.\"},", i);
        buf_put_str(&body, STR("{\"type\":\"signature\",\"place_date\":\"To'long, 1 Mei 2026\",\"lines\":[\"Kepala "
                               "Desa\"],\"name\":\"NAMA\",\"below\":[\"NIP 1\"],\"qr\":true}]"));
        paper = paper_of(str_z(arena, buf_str(&body)), NULL);
        pdf = keep("alone.pdf", pdf_of(paper));
        last = page_text(pdf, (int)paper_page_count(paper));
        assert_has(last, str_z(arena, str_fmt(arena, "baris %d.", lines - 1)));
        assert_has(last, "To'long, 1 Mei 2026");
        assert_has(last, "NIP 1");
        assert_true(paper_page_count(paper) <= 2);
        if (paper_page_count(paper) == 2)
            assert_lacks(page_text(pdf, 1), "Kepala Desa");
    }
}

static void table_header_comes_again(void **state)
{
    struct buf values = {.arena = arena};
    struct paper *paper;
    const char *pdf;

    (void)state;
    buf_put_str(&values, STR("{\"desa\":\"To'long\",\"orang\":["));
    for (int i = 1; i <= 120; i++)
        buf_fmt(&values, "%s{\"nama\":\"Orang%d\"}", i > 1 ? "," : "", i);
    buf_put_str(&values, STR("]}"));
    paper = paper_of("[{\"type\":\"table\",\"columns\":[{\"width\":25},{},{}],\"header\":[[\"NOMOR\",\"NAMA\",\"DESA\"]],"
                     "\"rows\":[{\"each\":\"orang\",\"cells\":[\"{#}.\",\"{nama}\",\"{desa}\"]}]}]",
                     str_z(arena, buf_str(&values)));
    assert_true(paper_page_count(paper) >= 3);
    pdf = keep("table.pdf", pdf_of(paper));
    for (size_t page = 1; page <= paper_page_count(paper); page++)
        assert_has(page_text(pdf, (int)page), "NOMOR NAMA DESA");
    assert_has(flat(RUN("pdftotext", "-layout", pdf, "-")), "120. Orang120 To'long");
}

static void row_taller_than_a_page_is_divided(void **state)
{
    struct buf value = {.arena = arena};
    struct paper *paper;

    (void)state;
    for (int i = 0; i < 200; i++)
        buf_fmt(&value, "baris%d\\n", i);
    paper = paper_of("[{\"type\":\"table\",\"columns\":[{},{}],\"rows\":[[\"kiri\",\"{a}\"]]}]",
                     str_z(arena, str_fmt(arena, "{\"a\":\"%.*s\"}", STR_ARG(buf_str(&value)))));
    assert_true(paper_page_count(paper) >= 3);
    assert_has(text_of(pdf_of(paper)), "baris199");
}

static void page_numbers_know_the_count(void **state)
{
    struct paper_input input = {
        .tree = json_of(STR("{\"body\":[" P("a") ",{\"type\":\"page_break\"}," P("b") ",{\"type\":\"page_break\"}," P(
            "c") "],"
                 "\"header\":[" P("KEPALA") "],\"footer\":{\"center\":\"Halaman {#page} dari {#pages}\",\"note\":\"CATATAN\"}}"))};
    struct paper *paper = lay_out(&input);
    const char *pdf = keep("numbers.pdf", pdf_of(paper));

    (void)state;
    assert_int_equal(paper_page_count(paper), 3);
    assert_true(str_is(page_text(pdf, 1), "KEPALA a CATATAN Halaman 1 dari 3"));
    assert_true(str_is(page_text(pdf, 3), "KEPALA c CATATAN Halaman 3 dari 3"));
}

/* 5,000 letters without a blank, wherever a name may stand. */
static void endless_name_wraps(void **state)
{
    struct buf name = {.arena = arena};
    struct paper_input input = {.tree = json_of(read_all(REFERENCE "usaha.json"))};
    struct str text;
    size_t letters = 0;

    (void)state;
    for (int i = 0; i < 5000; i++)
        buf_put_char(&name, 'X');
    input.values = json_of(str_fmt(arena, "{\"nama\":\"%.*s\",\"nama_pamong\":\"%.*s\",\"nama_desa\":\"%.*s\"}", STR_ARG(buf_str(&name)),
                                   STR_ARG(buf_str(&name)), STR_ARG(str_part(buf_str(&name), 0, 300))));
    text = text_of(pdf_of(lay_out(&input)));
    for (size_t i = 0; i < text.n; i++)
        letters += text.p[i] == 'X';
    assert_true(letters >= 10000 + 3 * 300); /* both names whole; the village's name where the tree has it */
}

static void odd_text_does_no_harm(void **state)
{
    static const char *const texts[] = {
        "عبد الله بن محمد",
        "👨‍👩‍👧‍👦 🏳️‍🌈 ✔",
        "日本語 한국어 ᨔᨘᨁᨗ",
        "A\\u0301\\u0327\\u0301\\u0301\\u0301\\u0301",
        "a\\u202Eb\\u2066c\\u200F",
        "\\u0001\\u001F\\u007F\\u0085",
        "\\uFFFD\\uFEFF\\uFFFC\\uE000",
        "\\uD83D\\uDE00",
        "tab\\tbaris\\r\\nbaru\\u2028lagi\\u2029akhir",
        "\\u00AD\\u00A0\\u2007\\u3000",
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        const char *values = str_z(arena, str_fmt(arena, "{\"a\":\"%s\"}", texts[i]));
        struct paper *paper = paper_of("[" P("awal {a} {a:upper} {a:title} {a:sentence} akhir") ",{\"type\":\"identity\",\"rows\":[{"
                                                                                                "\"label\":\"{a}\",\"content\":\"{a}\"}]}]",
                                       values);
        assert_has(text_of(pdf_of(paper)), "awal");
        assert_true(svg_of(paper, 0).n > 0);
    }
    assert_has(text_for("[" P("{a}") "]", "{\"a\":\"To'long\\u202E Dg. Sangnging\"}"), "To'long Dg. Sangnging");
}

/* A paragraph of 64 kB without a place to break, and one of combining marks. */
static void dense_text_is_laid_out(void **state)
{
    struct buf marks = {.arena = arena}, letters = {.arena = arena};

    (void)state;
    for (int i = 0; i < 20000; i++)
        buf_put_str(&marks, STR("\u0301"));
    for (int i = 0; i < 60000; i++)
        buf_put_char(&letters, 'i');
    assert_true(paper_page_count(paper_of("[" P("a{a}") "]", str_z(arena, str_fmt(arena, "{\"a\":\"%.*s\"}", STR_ARG(buf_str(&marks)))))) >=
                1);
    assert_true(
        paper_page_count(paper_of("[" P("{a}") "]", str_z(arena, str_fmt(arena, "{\"a\":\"%.*s\"}", STR_ARG(buf_str(&letters)))))) >= 4);
}

static void signers_stand_in_pairs(void **state)
{
    struct paper *paper = paper_of(
        "[{\"type\":\"signature\",\"signers\":[{\"lines\":[\"Pemohon\"],\"name\":\"{a}\"},"
        "{\"place_date\":\"To'long, 1 Mei 2026\",\"lines\":[\"a.n. Kepala Desa\",\"Sekretaris\"],\"name\":\"B\"},"
        "{\"lines\":[\"Mengetahui\",\"Camat\"],\"name\":\"C\",\"seal\":\"SEGEL\"}]}]",
        "{\"a\":\"Halimah Dg. Sangnging\"}");
    struct str text = RUN("pdftotext", "-layout", keep("pair.pdf", pdf_of(paper)), "-"), line;
    bool is_side_by_side = false;

    (void)state;
    assert_has(flat(text), "SEGEL");
    for (struct str rest = text; str_cut(&rest, '\n', &line);)
        is_side_by_side |= str_find(line, STR("Halimah Dg. Sangnging")) >= 0 && str_ends(str_trim(line), STR("B"));
    assert_true(is_side_by_side);
}

static void a_missing_photo_has_a_frame(void **state)
{
    static const char body[] = "[{\"type\":\"image\",\"name\":\"foto\",\"width\":30,\"height\":40%s}," P("bawah") "]";
    const char *bare = keep("bare.pdf", pdf_of(paper_of(str_z(arena, str_fmt(arena, body, "")), NULL))),
               *framed = keep("framed.pdf", pdf_of(paper_of(str_z(arena, str_fmt(arena, body, ",\"frame\":true")), NULL)));

    (void)state;
    assert_lacks(page_text(bare, 1), "Tempel foto");
    assert_has(page_text(framed, 1), "Tempel foto");
    assert_float_equal(box_of(framed, 1, "bawah").top, box_of(bare, 1, "bawah").top, 0.01);
}

/* xMax of every word, in points; the right margin is 20 mm. */
static void nothing_reaches_into_the_margin(void **state)
{
    struct paper *paper = paper_of("[{\"type\":\"signature\",\"place_date\":\"A, B\",\"lines\":[\"C\"],\"name\":\"D\","
                                   "\"seal\":\"Disetujui secara elektronik oleh Kepala Desa To'long\",\"qr\":true}," P(
                                       "kata kata kata kata kata kata kata kata kata kata kata kata kata kata") "]",
                                   NULL);
    struct str rest = RUN("pdftotext", "-bbox", keep("margin.pdf", pdf_of(paper)), "-");
    int words = 0;

    (void)state;
    for (ptrdiff_t at; (at = str_find(rest, STR("xMax=\""))) >= 0; words++) {
        rest = str_from(rest, (size_t)at + 6);
        assert_true(strtod(str_z(arena, str_part(rest, 0, 12)), NULL) < (215 - 20) * 72 / 25.4 + 0.1);
    }
    assert_true(words > 20);
}

static void picture_keeps_its_shape_and_its_room(void **state)
{
    struct paper_image crest = {STR("foto"), read_all(REFERENCE "crest.jpg")};
    struct paper_input input = {.tree = json_of(STR("{\"body\":[{\"type\":\"image\",\"name\":\"foto\",\"width\":30,\"height\":30},{"
                                                    "\"type\":\"image\",\"name\":\"lain\",\"height\":30},"
                                                    "{\"type\":\"image\",\"name\":\"foto\",\"height\":300}]}")),
                                .images = &crest,
                                .image_count = 1};
    struct str list = RUN("pdfimages", "-list", keep("shape.pdf", pdf_of(lay_out(&input))));

    (void)state;
    assert_has(flat(list), "jpeg"); /* 160 × 200 in a square of 30 mm: 30 mm high, 169 pixels an inch both ways */
    assert_has(flat(list), " 169 169 ");
}

/* The same words with other marks, measures, places: each as it looked at first, however often they were all set in between. */
static void what_was_set_before_looks_the_same(void **state)
{
#define WORDS "\"content\":[\"Kata yang sama di mana pun, \",{\"type\":\"text\",\"text\":\"tebal\",\"marks\":[%s]},\" atau tidak %s\"]"
    static const struct {
        const char *settings, *mark, *end;
    } ways[] = {
        {"", "", "."},
        {"", "", ","},
        {"", "\"bold\"", "."},
        {"", "\"italic\"", "."},
        {"", "\"underline\"", "."},
        {",\"size\":13", "", "."},
        {",\"align\":\"center\"", "", "."},
        {",\"align\":\"right\"", "", "."},
        {",\"indent\":20", "", "."},
        {",\"right\":100", "", "."},
    };
    unsigned char looks[COUNT_OF(ways)][HASH_BYTES], look[HASH_BYTES];

    (void)state;
    for (int turn = 0; turn < 4; turn++) {
        for (size_t i = 0; i < COUNT_OF(ways); i++) {
            struct str body = str_fmt(arena, "[{\"type\":\"paragraph\"%s," WORDS "}]", ways[i].settings, ways[i].mark, ways[i].end);
            struct str pdf = pdf_of(paper_of(str_z(arena, body), "{}"));

            hash_sha256(pdf.p, pdf.n, look);
            if (turn == 0)
                memcpy(looks[i], look, HASH_BYTES);
            assert_memory_equal(look, looks[i], HASH_BYTES);
            for (size_t k = 0; k < i; k++)
                assert_memory_not_equal(look, looks[k], HASH_BYTES);
            arena_reset(arena); /* gives the press back for the next one */
        }
    }
#undef WORDS
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(cases_and_empties),
        TEST(a_stretch_has_its_own_size_and_colour),
        TEST(values_are_never_patterns),
        TEST(conditions_choose),
        TEST(lists_count),
        TEST(long_texts_fill_pages),
        TEST(pages_have_a_bound),
        TEST(signature_is_never_alone),
        TEST(table_header_comes_again),
        TEST(row_taller_than_a_page_is_divided),
        TEST(page_numbers_know_the_count),
        TEST(endless_name_wraps),
        TEST(odd_text_does_no_harm),
        TEST(dense_text_is_laid_out),
        TEST(signers_stand_in_pairs),
        TEST(picture_keeps_its_shape_and_its_room),
        TEST(a_missing_photo_has_a_frame),
        TEST(nothing_reaches_into_the_margin),
        TEST(what_was_set_before_looks_the_same),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
