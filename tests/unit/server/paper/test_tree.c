// SPDX-License-Identifier: AGPL-3.0-or-later
/* Trees that are wrong are refused, and the message names the place; trees that are hostile do no harm. */
#include "tests/unit/server/paper/paper_support.h"

static void assert_refused(const char *tree, enum rc rc, const char *message)
{
    memset(&err, 0, sizeof err);
    if (paper_check(arena, json_of(str_c(tree)), NULL, &err) != rc)
        fail_msg("%s: not %s but \"%s\"", tree, rc_name(rc), err.text);
    if (message != NULL)
        assert_has(str_c(err.text), message);
}

static void mistakes_are_named_by_place(void **state)
{
    static const struct {
        const char *tree, *message;
    } cases[] = {
        {"[]", "must be an object"},
        {"{}", "has no body"},
        {"{\"body\":{}}", "body: must be an array"},
        {"{\"body\":[],\"colour\":1}", "has no key \"colour\""},
        {"{\"body\":[{\"type\":\"marquee\"}]}", "body[0]: is not a block"},
        {"{\"body\":[{\"type\":\"paragraph\"}]}", "body[0]: has no content"},
        {"{\"body\":[{\"type\":\"paragraph\",\"content\":\"a\",\"alig\":\"left\"}]}", "body[0]: has no key \"alig\""},
        {"{\"body\":[{\"type\":\"paragraph\",\"content\":\"a\",\"align\":\"middle\"}]}", "body[0].align: \"middle\" is not known"},
        {"{\"body\":[{\"type\":\"paragraph\",\"content\":5}]}", "body[0].content: is not content"},
        {"{\"body\":[{\"type\":\"paragraph\",\"content\":[\"a\",{\"type\":\"field\"}]}]}", "body[0].content[1]: has no name"},
        {"{\"body\":[{\"type\":\"paragraph\",\"content\":\"{nama\"}]}", "body[0].content: a lone brace"},
        {"{\"body\":[{\"type\":\"paragraph\",\"content\":\"nama}\"}]}", "body[0].content: a lone brace"},
        {"{\"body\":[{\"type\":\"paragraph\",\"content\":\"{}\"}]}", "body[0].content: a name has"},
        {"{\"body\":[{\"type\":\"paragraph\",\"content\":\"{na ma}\"}]}", "body[0].content: a name has only"},
        {"{\"body\":[{\"type\":\"paragraph\",\"content\":\"{nama:loud}\"}]}", "case \"loud\" is not known"},
        {"{\"body\":[{\"type\":\"paragraph\",\"content\":\"{#page}\"}]}", "page numbers belong in the footer"},
        {"{\"body\":[{\"type\":\"paragraph\",\"content\":\"{#}\"}]}", "belongs in an `each`"},
        {"{\"body\":[{\"type\":\"paragraph\",\"content\":{\"type\":\"text\",\"text\":\"a\",\"marks\":[\"blink\"]}}]}",
         "body[0].content.marks[0]: is not a mark"},
        {"{\"body\":[{\"type\":\"paragraph\",\"content\":[{\"type\":\"text\",\"text\":\"a\",\"size\":4.9}]}]}",
         "body[0].content[0].size: must be from 5 to 48"},
        {"{\"body\":[{\"type\":\"paragraph\",\"content\":{\"type\":\"field\",\"name\":\"a\",\"colour\":\"red\"}}]}",
         "body[0].content.colour: \"red\" is not known"},
        {"{\"body\":[{\"type\":\"table\",\"columns\":[{},{}],\"rows\":[[{\"content\":\"a\",\"borders\":[\"top\",\"middle\"]}]]}]}",
         "body[0].rows[0][0].borders[1]: is not a side"},
        {"{\"body\":[{\"type\":\"table\",\"columns\":[{},{}],\"rows\":[[{\"content\":\"a\",\"borders\":\"top\"}]]}]}",
         "body[0].rows[0][0].borders: must be an array"},
        {"{\"body\":[{\"type\":\"table\",\"columns\":[{},{}],\"rows\":[[{\"content\":\"a\",\"rows\":51}]]}]}",
         "body[0].rows[0][0].rows: must be from 1 to 50"},
        {"{\"body\":[{\"type\":\"table\",\"columns\":[{},{}],\"rows\":[[{\"content\":\"a\",\"rows\":2}],[\"b\",\"c\"]]}]}",
         "body[0].rows[1][1]: is beyond the table's 2 columns"},
        {"{\"body\":[{\"type\":\"table\",\"columns\":[{},{}],\"rows\":[[\"a\",{\"content\":\"b\",\"rows\":2}],[{\"content\":\"c\",\"span\":"
         "2}]]}]}",
         "body[0].rows[1][0]: meets a cell that reaches down"},
        {"{\"body\":[{\"type\":\"table\",\"columns\":[{},{}],\"rows\":[[{\"content\":\"a\",\"rows\":3}],[\"b\"]]}]}",
         "body[0].rows: a cell reaches beyond the last row"},
        {"{\"body\":[{\"type\":\"table\",\"columns\":[{},{}],\"rows\":[[{\"content\":\"a\",\"rows\":2}],{\"each\":\"l\",\"cells\":[\"b\"]}]"
         "}]}",
         "body[0].rows[1]: a cell reaches into it from above"},
        {"{\"body\":[{\"type\":\"table\",\"columns\":[{},{}],\"rows\":[[{\"content\":\"a\",\"rows\":2}],{\"type\":\"if\",\"field\":\"a\","
         "\"then\":[[\"b\"]]}]}]}",
         "body[0].rows[1]: a cell reaches into it from above"},
        {"{\"body\":[{\"type\":\"table\",\"columns\":[{},{}],\"rows\":[{\"each\":\"l\",\"cells\":[{\"content\":\"a\",\"rows\":2}]}]}]}",
         "body[0].rows[0]: a cell reaches beyond the row"},
        {"{\"body\":[{\"type\":\"table\",\"columns\":[{},{}],\"rows\":[{\"each\":\"l\",\"cells\":[],\"rows\":[]}]}]}",
         "body[0].rows[0]: takes cells or rows"},
        {"{\"body\":[{\"type\":\"table\",\"columns\":[{},{}],\"rows\":[{\"rows\":[]}]}]}", "body[0].rows[0]: has no key \"rows\""},
        {"{\"body\":[{\"type\":\"table\",\"columns\":[{},{}],\"rows\":[{\"cells\":[\"a\"],\"height\":0}]}]}",
         "body[0].rows[0].height: must be from 1 to 200"},
        {"{\"body\":[{\"type\":\"boxes\"}]}", "body[0]: has no content"},
        {"{\"body\":[{\"type\":\"boxes\",\"content\":\"\",\"count\":61}]}", "body[0].count: must be from 1 to 60"},
        {"{\"body\":[{\"type\":\"boxes\",\"content\":\"\",\"size\":1}]}", "body[0].size: must be from 2 to 15"},
        {"{\"body\":[{\"type\":\"boxes\",\"content\":\"\",\"gaps\":[2,0]}]}", "body[0].gaps[1]: must be from 1 to 59"},
        {"{\"body\":[{\"type\":\"boxes\",\"content\":\"\",\"gaps\":[1.5]}]}", "body[0].gaps[0]: must be from 1 to 59"},
        {"{\"body\":[{\"type\":\"boxes\",\"content\":\"\",\"spread\":true}]}", "body[0]: spread takes a count, and no size"},
        {"{\"body\":[{\"type\":\"boxes\",\"content\":{\"type\":\"boxes\",\"content\":\"a\"}}]}", "body[0].content: boxes hold no boxes"},
        {"{\"body\":[{\"type\":\"paragraph\",\"content\":[\"a\",{\"type\":\"boxes\",\"content\":\"{\"}]}]}",
         "body[0].content[1].content: a lone brace"},
        {"{\"body\":[{\"type\":\"each\",\"list\":\"a\"}]}", "body[0]: has no list or no body"},
        {"{\"body\":[{\"type\":\"each\",\"body\":[]}]}", "body[0]: has no list or no body"},
        {"{\"body\":[{\"type\":\"each\",\"list\":\"a b\",\"body\":[]}]}", "body[0].list: a name has only"},
        {"{\"body\":[{\"type\":\"paragraph\",\"content\":[{\"type\":\"each\",\"list\":\"a\"}]}]}",
         "body[0].content[0]: has no list or no content"},
        {"{\"body\":[{\"type\":\"each\",\"list\":\"a\",\"body\":[{\"type\":\"paragraph\",\"content\":\"{#}\"}],\"else\":[{\"type\":"
         "\"paragraph\",\"content\":\"{#}\"}]}]}",
         "body[0].else[0].content: {#} belongs"},
        {"{\"body\":[{\"type\":\"list\",\"items\":[{\"each\":5,\"content\":\"a\"}]}]}", "body[0].items[0].each: must be a text"},
        {"{\"body\":[{\"type\":\"signature\",\"signers\":[{\"each\":\"a\"}]}]}", "body[0].signers[0]: has no name"},
        {"{\"body\":[{\"type\":\"signature\",\"each\":\"a\",\"name\":\"b\"}]}", "body[0]: has no key"},
        {"{\"body\":[{\"type\":\"signature\",\"signers\":[{\"name\":\"a\"}],\"a_row\":5}]}", "body[0].a_row: must be from 1 to 4"},
        {"{\"body\":[{\"type\":\"if\",\"then\":[]}]}", "body[0]: has no field"},
        {"{\"body\":[{\"type\":\"if\",\"field\":\"a\"}]}", "body[0]: has no then"},
        {"{\"body\":[{\"type\":\"if\",\"field\":\"a\",\"equals\":\"1\",\"in\":[],\"then\":[]}]}", "takes one of"},
        {"{\"body\":[{\"type\":\"table\",\"columns\":[{}],\"rows\":[[\"a\",\"b\"]]}]}", "body[0].rows[0][1]: is beyond"},
        {"{\"body\":[{\"type\":\"table\",\"columns\":[],\"rows\":[]}]}", "body[0].columns: must be 1 to 24"},
        {"{\"body\":[{\"type\":\"identity\",\"rows\":[{\"label\":\"a\",\"value\":\"b\"}]}]}", "body[0].rows[0]: has no key \"value\""},
        {"{\"body\":[{\"type\":\"signature\"}]}", "body[0]: has no name"},
        {"{\"body\":[{\"type\":\"spacer\",\"height\":1e999}]}", NULL},
        {"{\"body\":[{\"type\":\"spacer\",\"height\":-1}]}", "body[0].height: must be from 0 to 300"},
        {"{\"body\":[{\"type\":\"image\",\"name\":\"../etc\",\"width\":5}]}", "body[0].name: a name has only"},
        {"{\"page\":{\"size\":\"A3\"},\"body\":[]}", "page.size: \"A3\" is not known"},
        {"{\"page\":{\"size\":\"half-f4\"},\"body\":[]}", "page.size: \"half-f4\" is not known"},
        {"{\"header_on\":\"last\",\"body\":[]}", "header_on: \"last\" is not known"},
        {"{\"footer_on\":true,\"body\":[]}", "footer_on: must be a text"},
        {"{\"body\":[{\"type\":\"rule\",\"keep_with_next\":1}]}", "body[0].keep_with_next: must be true or false"},
        {"{\"page\":{\"margin\":{\"left\":500}},\"body\":[]}", "page.margin.left: must be from 0 to 80"},
        {"{\"font\":{\"size\":\"big\"},\"body\":[]}", "font.size: must be a number"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        json_t *tree;
        if (json_read(arena, str_c(cases[i].tree), &tree, &err) != RC_OK)
            assert_null(cases[i].message); /* a number no double holds ends in the parser */
        else
            assert_refused(cases[i].tree, RC_INVALID, cases[i].message);
    }
}

/* Deeper than any parser of ours lets through: built by hand. */
static void depth_is_limited_whoever_parsed(void **state)
{
    json_t *block = json_pack("{s:s,s:s}", "type", "paragraph", "content", "a"), *tree;

    (void)state;
    for (int i = 0; i < 5000; i++)
        block = json_pack("{s:s,s:[o]}", "type", "group", "content", block);
    tree = json_pack("{s:[o]}", "body", block);
    assert_int_equal(paper_check(arena, tree, NULL, &err), RC_INVALID);
    assert_has(str_c(err.text), "nested deeper than 32");
    json_decref(tree);
    block = json_string("a");
    for (int i = 0; i < 5000; i++)
        block = json_pack("{s:s,s:s,s:o}", "type", "if", "field", "a", "then", block);
    tree = json_pack("{s:[{s:s,s:o}]}", "body", "type", "paragraph", "content", block);
    assert_int_equal(paper_check(arena, tree, NULL, &err), RC_INVALID);
    assert_has(str_c(err.text), "nested deeper than 32");
    json_decref(tree);
}

static void nodes_are_counted(void **state)
{
    struct buf text = {.arena = arena};

    (void)state;
    buf_put_str(&text, STR("{\"body\":["));
    for (int i = 0; i < 10001; i++)
        buf_fmt(&text, "%s{\"type\":\"page_break\"}", i > 0 ? "," : "");
    buf_put_str(&text, STR("]}"));
    assert_refused(str_z(arena, buf_str(&text)), RC_TOO_LARGE, "more than 10000 nodes");
    text.n = 0;
    buf_put_str(&text, STR("{\"body\":[{\"type\":\"paragraph\",\"content\":\""));
    for (int i = 0; i < 10001; i++)
        buf_put_str(&text, STR("{a}"));
    buf_put_str(&text, STR("\"}]}"));
    assert_refused(str_z(arena, buf_str(&text)), RC_TOO_LARGE, "more than 10000 nodes");
}

static void check_tells_what_a_tree_asks_for(void **state)
{
    struct paper_use use;
    static const char *const fields[] = {"nama", "a", "b", "c"};

    (void)state;
    assert_int_equal(
        paper_check(
            arena,
            json_of(STR("{\"body\":["
                        "{\"type\":\"paragraph\",\"content\":\"{nama} {a|x} {nama:upper} {{literal}}\"},"
                        "{\"type\":\"if\",\"field\":\"b\",\"equals\":\"1\",\"then\":[{\"type\":\"image\",\"name\":\"foto\",\"width\":30}],"
                        "\"else\":[{\"type\":\"qr\"}]},"
                        "{\"type\":\"table\",\"columns\":[{}],\"rows\":[{\"each\":\"pengikut\",\"cells\":[\"{nik}\"]},[\"{c}\"]]}]}")),
            &use, &err),
        RC_OK);
    assert_int_equal(use.field_count, COUNT_OF(fields));
    for (size_t i = 0; i < COUNT_OF(fields); i++)
        assert_true(str_is(use.fields[i], fields[i]));
    assert_int_equal(use.list_count, 1);
    assert_true(str_is(use.lists[0], "pengikut"));
    assert_int_equal(use.image_count, 1);
    assert_true(str_is(use.images[0], "foto"));
    assert_true(use.has_qr);
}

static void assert_not_laid_out(const char *body, const char *values, enum rc rc, const char *message)
{
    struct paper_input input = {.tree = json_of(str_fmt(arena, "{\"body\":%s}", body)), .values = json_of(str_c(values))};
    struct paper *paper;

    assert_int_equal(paper_layout(arena, &input, &paper, &err), rc);
    assert_has(str_c(err.text), message);
}

static void values_of_the_wrong_kind_are_refused(void **state)
{
    (void)state;
    assert_not_laid_out("[{\"type\":\"paragraph\",\"content\":\"{a}\"}]", "{\"a\":5}", RC_INVALID, "values.a: must be a text");
    assert_not_laid_out("[{\"type\":\"paragraph\",\"content\":\"{a}\"}]", "{\"a\":[]}", RC_INVALID, "values.a: must be a text");
    assert_not_laid_out("[]", "[]", RC_INVALID, "values: must be an object");
    assert_not_laid_out("[{\"type\":\"table\",\"columns\":[{}],\"rows\":[{\"each\":\"l\",\"cells\":[\"{#}\"]}]}]", "{\"l\":\"x\"}",
                        RC_INVALID, "values.l: must be an array");
    assert_not_laid_out("[{\"type\":\"table\",\"columns\":[{}],\"rows\":[{\"each\":\"l\",\"cells\":[\"{#}\"]}]}]", "{\"l\":[\"x\"]}",
                        RC_INVALID, "values.l[0]: must be an object");
}

static struct str many(const char *text, size_t times)
{
    struct buf out = {.arena = arena};

    for (size_t i = 0; i < times; i++)
        buf_put_str(&out, str_c(text));
    return buf_str(&out);
}

static void floods_end_early(void **state)
{
    struct str rows = many("{},", 10000), breaks = many("\\n", 60000), words = many("kata ", 14000);

    (void)state;
    assert_not_laid_out("[{\"type\":\"table\",\"columns\":[{}],\"rows\":[{\"each\":\"l\",\"cells\":[\"{#}\"]}]}]",
                        str_z(arena, str_fmt(arena, "{\"l\":[%.*s{}]}", STR_ARG(rows))), RC_TOO_LARGE, "more than 10000 nodes");
    assert_not_laid_out("[{\"type\":\"paragraph\",\"content\":\"{a}\"}]",
                        str_z(arena, str_fmt(arena, "{\"a\":\"a%.*sb\"}", STR_ARG(breaks))), RC_TOO_LARGE, "pages");
    assert_not_laid_out("[{\"type\":\"paragraph\",\"content\":\"{a}\"}]", str_z(arena, str_fmt(arena, "{\"a\":\"%.*s\"}", STR_ARG(words))),
                        RC_TOO_LARGE, "too long");
}

static void pictures_that_are_none_are_refused(void **state)
{
    static const char *const damaged[] = {
        "",
        "GIF89a............",
        "\xFF\xD8\xFF\xE0\x00\x10JFIF",
        "\x89PNG\r\n\x1a\n................................................",
        "\xFF\xD8\xFF\xC0\x00\x0B\x08\xFF\xFF\xFF\xFF\x01\x01\x11\x00\xFF\xDA\x00\x02",
        "\xFF\xD8\xFF\xFF\xFF\xFF\xFF\xFF\xFF",
    };
    const json_t *tree = json_of(STR("{\"body\":[{\"type\":\"image\",\"name\":\"foto\",\"width\":30}]}"));

    (void)state;
    for (size_t i = 0; i < COUNT_OF(damaged); i++) {
        struct paper_image image = {STR("foto"), str_c(damaged[i])};
        struct paper_input input = {.tree = tree, .images = &image, .image_count = 1};
        struct paper *paper;
        assert_int_equal(paper_layout(arena, &input, &paper, &err), RC_INVALID);
        assert_has(str_c(err.text), "images.foto: ");
    }
}

/* Every cut of a JPEG and bytes changed here and there: refused or drawn, never a crash. */
static void damaged_pictures_do_no_harm(void **state)
{
    const json_t *tree = json_of(STR("{\"body\":[{\"type\":\"image\",\"name\":\"foto\",\"width\":30}]}"));
    struct str good = read_all(REFERENCE "crest.jpg");

    (void)state;
    for (size_t i = 0; i < 700; i++) {
        struct arena *own = arena_new();
        struct str bytes = str_dup(own, str_part(good, 0, i < 350 ? i * 2 : good.n));
        struct paper_image image = {STR("foto"), bytes};
        struct paper_input input = {.tree = tree, .images = &image, .image_count = 1};
        struct paper_info info = {.title = STR("x")};
        struct paper *paper;
        struct str pdf;
        if (i >= 350)
            ((char *)bytes.p)[i - 350] ^= (char)0xFF;
        if (paper_layout(own, &input, &paper, &err) == RC_OK)
            assert_int_equal(paper_pdf(own, paper, &info, &pdf, &err), RC_OK);
        else
            assert_int_equal(err.rc, RC_INVALID);
        arena_free(&own);
    }
}

static void code_has_its_limit(void **state)
{
    struct str text = many("x", 501);
    struct paper_input input = {.tree = json_of(STR("{\"body\":[{\"type\":\"qr\"}]}")), .qr_text = text};
    struct paper *paper;

    (void)state;
    assert_int_equal(paper_layout(arena, &input, &paper, &err), RC_INVALID);
    input.qr_text = str_part(text, 0, 500);
    assert_int_equal(paper_layout(arena, &input, &paper, &err), RC_OK);
}

static void margins_must_leave_room(void **state)
{
    struct paper_input input = {.tree = json_of(STR("{\"header\":[{\"type\":\"spacer\",\"height\":300}],\"body\":[]}"))};
    struct paper *paper;

    (void)state;
    assert_int_equal(paper_layout(arena, &input, &paper, &err), RC_INVALID);
    assert_has(str_c(err.text), "leave no room");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(mistakes_are_named_by_place),
        TEST(depth_is_limited_whoever_parsed),
        TEST(nodes_are_counted),
        TEST(check_tells_what_a_tree_asks_for),
        TEST(values_of_the_wrong_kind_are_refused),
        TEST(floods_end_early),
        TEST(pictures_that_are_none_are_refused),
        TEST(damaged_pictures_do_no_harm),
        TEST(code_has_its_limit),
        TEST(margins_must_leave_room),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
