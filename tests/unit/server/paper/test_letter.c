// SPDX-License-Identifier: AGPL-3.0-or-later
/* A whole letter, seen as people see it: its text, its fonts, its page, its code, its picture. */
#include <cairo.h>
#include <pthread.h>

#include "tests/unit/server/paper/paper_support.h"

static void letter_says_what_was_put_in(void **state)
{
    struct str text = text_of(pdf_of(specimen(false, false)));
    struct str golden = flat(read_all(REFERENCE "usaha.txt"));

    (void)state;
    if (!str_eq(text, golden))
        fail_msg("text differs:\n%.*s\nwanted:\n%.*s", STR_ARG(text), STR_ARG(golden));
}

static void page_is_f4_and_tells_who_made_it(void **state)
{
    struct str info = flat(RUN("pdfinfo", keep("info.pdf", pdf_of(specimen(false, false)))));
    double width, height;

    (void)state;
    paper_page_size(specimen(false, false), &width, &height);
    assert_float_equal(width, 609.45, 0.01);
    assert_float_equal(height, 935.43, 0.01);
    assert_has(info, "Pages: 1");
    assert_has(info, "Page size: 609.449 x 935.433 pts");
    assert_has(info, "Title: Surat Keterangan Usaha");
    assert_has(info, "Author: Pemerintah Desa To'long");
    assert_has(info, "CreationDate: Tue Nov 24 02:32:00 2026");
    assert_has(info, "PDF version: 1.5");
}

static void page_may_be_a4_lying(void **state)
{
    struct paper_input input = {.tree = json_of(STR("{\"page\":{\"size\":\"A4\",\"orientation\":\"landscape\"},\"body\":[]}"))};
    double width, height;

    (void)state;
    paper_page_size(lay_out(&input), &width, &height);
    assert_float_equal(width, 841.89, 0.01);
    assert_float_equal(height, 595.28, 0.01);
}

/* Lines of pdffonts: name, type, encoding, emb, sub, uni, object. */
static void every_font_is_embedded_and_one_of_ours(void **state)
{
    struct str rest = RUN("pdffonts", keep("fonts.pdf", pdf_of(specimen(true, false)))), line;
    int fonts = 0, number = 0;

    (void)state;
    while (str_cut(&rest, '\n', &line)) {
        if (number++ < 2 || str_empty(line))
            continue;
        assert_has(line, "Liberation");
        assert_has(line, "yes yes yes");
        fonts++;
    }
    assert_int_equal(fonts, 3);
}

/* What is embedded comes from the build's copies: hints would be half of it. */
static void fonts_carry_no_hints(void **state)
{
    struct str pdf = pdf_of(specimen(true, false)), built;

    (void)state;
    for (const char *const *name = (const char *const[]){"Serif-Regular", "Serif-Bold", "Sans-Regular", "Mono-BoldItalic", NULL};
         *name != NULL; name++) {
        built = read_all(str_z(arena, str_fmt(arena, BALAI_BUILD_DIR "/fonts/Liberation%s.ttf", *name)));
        assert_has(str_part(built, 0, 400), "glyf"); /* the directory of its tables */
        assert_lacks(str_part(built, 0, 400), "fpgm");
        assert_lacks(str_part(built, 0, 400), "prep");
    }
    assert_true(pdf.n < 40 * 1024);
}

static void crest_goes_in_as_the_jpeg_it_is(void **state)
{
    struct str list = flat(RUN("pdfimages", "-list", keep("images.pdf", pdf_of(specimen(false, false)))));

    (void)state;
    assert_has(list, "image 160 200 rgb 3 8 jpeg");
}

static void code_on_the_page_opens_the_link(void **state)
{
    const char *pdf = keep("code.pdf", pdf_of(specimen(true, true)));

    (void)state;
    RUN("pdftoppm", "-r", "150", "-gray", "-png", "-singlefile", pdf, in_folder("code"));
    assert_has(run_program((const char *const[]){"zbarimg", "--quiet", "--raw", in_folder("code.png"), NULL}, false), LINK);
}

static void equal_letters_are_equal_bytes(void **state)
{
    struct str one = pdf_of(specimen(false, false)), two = pdf_of(specimen(false, false));

    (void)state;
    assert_true(str_eq(one, two));
    assert_true(str_eq(svg_of(specimen(false, false), 0), svg_of(specimen(false, false), 0)));
}

static unsigned grey_at(cairo_surface_t *surface, int x, int y)
{
    const unsigned char *row = cairo_image_surface_get_data(surface) + (size_t)y * (size_t)cairo_image_surface_get_stride(surface);

    return row[4 * x + 1];
}

/* Pictures agree when few pixels differ by much: fonts may be rendered a shade differently elsewhere. */
static void assert_same_picture(const char *path, const char *reference)
{
    cairo_surface_t *is = cairo_image_surface_create_from_png(path), *wanted = cairo_image_surface_create_from_png(reference);
    int width = cairo_image_surface_get_width(is), height = cairo_image_surface_get_height(is), off = 0;

    assert_int_equal(cairo_surface_status(is), CAIRO_STATUS_SUCCESS);
    assert_int_equal(cairo_surface_status(wanted), CAIRO_STATUS_SUCCESS);
    assert_int_equal(width, cairo_image_surface_get_width(wanted));
    assert_int_equal(height, cairo_image_surface_get_height(wanted));
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            off += abs((int)grey_at(is, x, y) - (int)grey_at(wanted, x, y)) > 64;
    cairo_surface_destroy(is);
    cairo_surface_destroy(wanted);
    if (off > width * height / 500)
        fail_msg("%s: %d of %d pixels differ from %s", path, off, width * height, reference);
}

static void letter_looks_as_it_did(void **state)
{
    const char *pdf = keep("look.pdf", pdf_of(specimen(false, false)));

    (void)state;
    RUN("pdftoppm", "-r", "50", "-gray", "-png", "-singlefile", pdf, in_folder("look"));
    assert_same_picture(in_folder("look.png"), REFERENCE "usaha.png");
}

static void sample_and_void_letters_say_so(void **state)
{
    struct str both = text_of(pdf_of(specimen(true, true))), plain = text_of(pdf_of(specimen(false, false)));
    struct str voided = text_of(pdf_of(specimen(false, true)));
    const char *pdf = keep("marked.pdf", pdf_of(specimen(true, true)));

    (void)state;
    assert_has(both, "DATA CONTOH");
    assert_has(both, "DICABUT");
    assert_has(voided, "DICABUT");
    assert_lacks(voided, "CONTOH");
    assert_lacks(plain, "CONTOH");
    assert_lacks(plain, "DICABUT");
    RUN("pdftoppm", "-r", "40", "-gray", "-png", "-singlefile", pdf, in_folder("marked"));
    assert_same_picture(in_folder("marked.png"), REFERENCE "usaha_marked.png");
}

static void preview_has_a_place_for_the_code(void **state)
{
    struct paper_input input = {.tree = json_of(read_all(REFERENCE "usaha.json")),
                                .values = json_of(read_all(REFERENCE "usaha_values.json"))};

    (void)state;
    assert_has(text_of(pdf_of(lay_out(&input))), "Kode QR dibuat saat terbit");
}

/* On the page of its block, inside the paper, and a picture for itself. */
static void where_the_code_stands_is_told(void **state)
{
    const char *body = "[{\"type\":\"paragraph\",\"content\":\"a\"},{\"type\":\"page_break\"},{\"type\":\"qr\",\"size\":25}]";
    struct str tree = str_fmt(arena, "{\"body\":%s}", body);
    struct paper_input input = {.tree = json_of(tree), .qr_text = STR(LINK)};
    struct paper_code code;
    struct paper *paper = lay_out(&input);
    double width, height;

    (void)state;
    assert_int_equal(paper_code(arena, paper, &code, &err), RC_OK);
    paper_page_size(paper, &width, &height);
    assert_int_equal(code.page, 2);
    assert_true(code.side > 25 * 72 / 25.4 && code.x >= 0 && code.x + code.side <= width && code.y > height / 2);
    assert_true(str_starts(code.png, STR("\x89PNG")));
    input.qr_text = STR("");
    assert_int_equal(paper_code(arena, lay_out(&input), &code, &err), RC_NOT_FOUND);
}

/* Each reference of an SVG image points into itself or carries its data along. */
static void svg_stands_alone(void **state)
{
    struct str svg = svg_of(specimen(true, false), 0), rest = svg;
    int references = 0;

    (void)state;
    for (ptrdiff_t at; (at = str_find(rest, STR("href=\""))) >= 0; references++) {
        rest = str_from(rest, (size_t)at + 6);
        assert_true(str_starts(rest, STR("#")) || str_starts(rest, STR("data:image/jpeg;base64,")) ||
                    str_starts(rest, STR("data:image/png;base64,")));
    }
    assert_true(references > 500);
    assert_has(svg, "preserveAspectRatio=\"none\"");
    assert_lacks(svg, "<text");
    assert_lacks(svg, "style=");
    assert_lacks(svg, "url(http");
    assert_lacks(svg, "<script");
    assert_true(str_starts(svg, STR("<?xml")));
    assert_true(str_ends(str_trim(svg), STR("</svg>")));
    assert_true(svg.n < 250000);
}

static void svg_has_every_page_and_no_more(void **state)
{
    struct paper *paper = paper_of(
        "[{\"type\":\"paragraph\",\"content\":\"a\"},{\"type\":\"page_break\"},{\"type\":\"paragraph\",\"content\":\"b\"}]", NULL);
    struct str svg;

    (void)state;
    assert_int_equal(paper_page_count(paper), 2);
    assert_true(svg_of(paper, 1).n > 0);
    assert_int_equal(paper_svg(arena, paper, 2, &svg, &err), RC_NOT_FOUND);
}

struct helper {
    struct arena *arena;
    const json_t *tree, *values;
    struct paper_image crest;
    struct str pdf;
    struct err err;
};

static void *make_letters(void *arg)
{
    struct helper *helper = arg;
    struct paper_input input = {
        .tree = helper->tree, .values = helper->values, .images = &helper->crest, .image_count = 1, .qr_text = STR(LINK)};
    struct paper_info info = {.title = STR("Surat"), .at = INT64_C(1795487520000000)};

    for (int i = 0; i < 5; i++) {
        struct paper *paper;
        arena_reset(helper->arena);
        if (paper_layout(helper->arena, &input, &paper, &helper->err) != RC_OK ||
            paper_pdf(helper->arena, paper, &info, &helper->pdf, &helper->err) != RC_OK)
            return NULL;
    }
    return NULL;
}

static void threads_do_not_disturb_one_another(void **state)
{
    struct helper helpers[6] = {0};
    pthread_t threads[COUNT_OF(helpers)];

    (void)state;
    for (size_t i = 0; i < COUNT_OF(helpers); i++) {
        helpers[i].arena = arena_new();
        helpers[i].tree = json_of(read_all(REFERENCE "usaha.json"));
        helpers[i].values = json_of(read_all(REFERENCE "usaha_values.json"));
        helpers[i].crest = (struct paper_image){STR("crest"), read_all(REFERENCE "crest_progressive.jpg")};
        assert_int_equal(pthread_create(&threads[i], NULL, make_letters, &helpers[i]), 0);
    }
    for (size_t i = 0; i < COUNT_OF(helpers); i++)
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    for (size_t i = 0; i < COUNT_OF(helpers); i++) {
        assert_int_equal(helpers[i].err.rc, RC_OK);
        assert_true(helpers[i].pdf.n > 20000);
        assert_true(str_eq(helpers[i].pdf, helpers[0].pdf));
    }
    for (size_t i = 0; i < COUNT_OF(helpers); i++)
        arena_free(&helpers[i].arena);
}

/* Words on yellow ground as they are: not in capitals, not counted with, not in squares; a condition takes them for a value. */
static void what_is_not_filled_in_yet_says_so(void **state)
{
    const char *blocks =
        "[{\"type\":\"paragraph\",\"content\":[{\"type\":\"field\",\"name\":\"nama\",\"case\":\"upper\"},\" \",\"{harga:terbilang}\"]},"
        "{\"type\":\"if\",\"field\":\"harga\",\"then\":[{\"type\":\"paragraph\",\"content\":\"ditanya\"}]},"
        "{\"type\":\"boxes\",\"content\":\"{nik}\",\"count\":16},"
        "{\"type\":\"each\",\"list\":\"daftar\",\"body\":[{\"type\":\"paragraph\",\"content\":\"{baris}\"}]}]";
    const char *values = "{\"nama\":{\"unfilled\":\"pembeli belum dipilih\"},\"harga\":{\"unfilled\":\"harga belum diisi\"},"
                         "\"nik\":{\"unfilled\":\"nik belum diisi\"},\"daftar\":[{\"baris\":{\"unfilled\":\"diktum belum diisi\"}}]}";
    struct paper *paper = paper_of(blocks, values);
    const struct str text = text_of(pdf_of(paper));

    (void)state;
    assert_has(text, "pembeli belum dipilih harga belum diisi");
    assert_has(text, "ditanya");
    assert_has(text, "diktum belum diisi");
    assert_lacks(text, "nik");
    assert_has(svg_of(paper, 0), "rgb(100%,95.29");
    assert_lacks(svg_of(paper_of(blocks, "{\"nama\":\"Ani\",\"harga\":\"5\"}"), 0), "rgb(100%,95.29");
}

static void fonts_that_are_missing_are_named(void **state)
{
    (void)state;
    assert_int_equal(paper_init(STR("/nonexistent"), &err), RC_FAULT);
    assert_has(str_c(err.text), "LiberationSerif-Regular.ttf");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(letter_says_what_was_put_in),
        TEST(page_is_f4_and_tells_who_made_it),
        TEST(page_may_be_a4_lying),
        TEST(every_font_is_embedded_and_one_of_ours),
        TEST(fonts_carry_no_hints),
        TEST(crest_goes_in_as_the_jpeg_it_is),
        TEST(code_on_the_page_opens_the_link),
        TEST(equal_letters_are_equal_bytes),
        TEST(letter_looks_as_it_did),
        TEST(sample_and_void_letters_say_so),
        TEST(preview_has_a_place_for_the_code),
        TEST(where_the_code_stands_is_told),
        TEST(svg_stands_alone),
        TEST(svg_has_every_page_and_no_more),
        TEST(threads_do_not_disturb_one_another),
        TEST(what_is_not_filled_in_yet_says_so),
        TEST(fonts_that_are_missing_are_named),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
