// SPDX-License-Identifier: AGPL-3.0-or-later
/* htmlc.py from outside: its golden output, what it refuses and at which line, and what the C compiler refuses after it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "server/base/base.h"
#include "server/base/random.h"

#define HTMLC "python3 " BALAI_SOURCE_DIR "/server/html/htmlc.py"
#define VIEWS "tests/unit/server/html/views/"

static struct arena *arena;
static char folder[] = "/tmp/balai-htmlc-XXXXXX";

static int set_up(void **state)
{
    (void)state;
    base_init();
    arena = arena_new();
    if (mkdtemp(folder) == NULL)
        return -1;
    return mkdir(str_z(arena, str_fmt(arena, "%s/t", folder)), 0700);
}

static int tear_down(void **state)
{
    (void)state;
    if (system(str_z(arena, str_fmt(arena, "rm -r %s", folder))) != 0)
        return -1;
    arena_free(&arena);
    return 0;
}

/* Runs a command; its output and errors in the arena, its exit status in *status. */
static const char *run(int *status, const char *command)
{
    struct buf out = {.arena = arena};
    char part[4096];
    size_t n;
    FILE *pipe = popen(str_z(arena, str_fmt(arena, "%s 2>&1", command)), "r");

    assert_non_null(pipe);
    while ((n = fread(part, 1, sizeof(part), pipe)) > 0)
        buf_put(&out, part, n);
    *status = pclose(pipe);
    return str_z(arena, buf_str(&out));
}

static void put_file(const char *name, const char *text)
{
    FILE *file = fopen(str_z(arena, str_fmt(arena, "%s/t/%s", folder, name)), "w");

    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static const char *compile_view(int *status, const char *body)
{
    put_file("a.html", str_z(arena, str_fmt(arena, "{{!view a : struct a_view, \"t/a.h\"}}\n%s", body)));
    return run(status, str_z(arena, str_fmt(arena, HTMLC " --root %s --out %s/gen t/a.html", folder, folder)));
}

static int complain(const char *body, const char *wanted, const char *said)
{
    print_error("%s\n  should say: %s\n  said: %s\n", body, wanted, said);
    return 1;
}

static void the_samples_give_the_golden_files(void **state)
{
    static const char *const names[] = {"sample", "form"};
    int status;

    (void)state;
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        const char *said = run(
            &status, str_z(arena, str_fmt(arena, HTMLC " --root " BALAI_SOURCE_DIR " --out %s " VIEWS "%s.html", folder, names[i])));
        assert_string_equal(said, "");
        for (int j = 0; j < 2; j++) {
            const char *end = j == 0 ? "_view.h" : "_view.c";
            said = run(&status, str_z(arena, str_fmt(arena, "diff -u " BALAI_SOURCE_DIR "/" VIEWS "%s%s %s/" VIEWS "%s%s", names[i], end,
                                                     folder, names[i], end)));
            assert_string_equal(said, "");
            assert_int_equal(status, 0);
        }
    }
}

static void what_cannot_be_escaped_is_refused_with_its_line(void **state)
{
    static const struct {
        const char *body, *says;
    } cases[] = {
        {"<a title={{x}}>", "t/a.html:2: error: the value of title must stand in quotes"},
        {"\n<a title=x>", "t/a.html:3: error: the value of title must stand in quotes"},
        {"<a {{x}}>", "t/a.html:2: error: {{…}} inside the tag <a> is refused"},
        {"<a {{x}}=\"1\">", "inside the tag <a> is refused"},
        {"<a data-{{x}}=\"1\">", "inside the tag <a> is refused"},
        {"<{{x}}>", "'<' in text"},
        {"</{{x}}>", "'<' in text"},
        {"<h{{x}}>", "inside the tag <h> is refused"},
        {"<script src=\"/a.js\">{{x}}</script>", "inside <script> is refused"},
        {"<script>var a = 1;</script>", "<script> without src is refused"},
        {"<script src=\"{{x}}\"></script>", "in the attribute src of <script> is refused"},
        {"<style>a{}</style>", "<style> is refused"},
        {"<!-- {{x}} -->", "inside a comment is refused"},
        {"<a onclick=\"f()\">", "the attribute onclick is refused"},
        {"<a OnClick='{{x}}'>", "the attribute onclick is refused"},
        {"<a style=\"color:red\">", "the attribute style is refused"},
        {"<div hx-on:click=\"x\">", "the attribute hx-on:click is refused"},
        {"<div hx-vals='{{x}}'>", "in the attribute hx-vals of <div> is refused"},
        {"<div hx-trigger=\"{{x}}\">", "in the attribute hx-trigger of <div> is refused"},
        {"<div data-hx-get=\"/a\">", "the attribute data-hx-get is refused"},
        {"<meta http-equiv=\"refresh\" content=\"{{x}}\">", "the attribute http-equiv is refused"},
        {"<iframe srcdoc=\"{{x}}\"></iframe>", "is refused"},
        {"<iframe src=\"{{x}}\"></iframe>", "is refused"},
        {"<img srcset=\"{{x}}\">", "in the attribute srcset of <img> is refused"},
        {"<a href=\"javascript:{{x}}\">", "this address would run as script"},
        {"<a href=\" JavaScript:f()\">", "this address would run as script"},
        {"<a href=\"data:image/svg+xml,{{x}}\">", "this address would run as script"}, /* of a picture alone */
        {"<img src=\"data:text/html,{{x}}\" alt=\"\">", "this address would run as script"},
        {"<a href=\"{{#if x}}/a{{/if}}{{y}}\">", "may or may not be the start of an address"},
        {"<a title=\"{{#if x}}\">{{/if}}", "the branches of this block end in different places"},
        {"{{#if x}}<b{{else}}<i{{/if}}>", "the branches of this block end in different places"},
        {"{{#each x as i}}<b title=\"{{/each}}", "the branches of this block end in different places"},
        {"<a {{#if x}}class{{/if}}=\"y\">", "a blank is missing before '='"},
        {"<a class=\"x\"id=\"y\">", "a blank is missing before 'i'"},
        {"<p title=\"x>", "the view a ends inside the value of title"},
        {"<a href=\"/{{number x}}\">", "not in an address"},
        {"<p title=\"{{{x}}}\">", "{{{…}}} stands in text only"},
        {"<p title=\"{{> a}}\">", "{{> …}} stands in text only"},
        {"<p title=\"{{icon \"x\"}}\">", "{{icon …}} stands in text only"},
        {"{{asset \"site.css\"}}", "{{asset …}} is a whole address"},
        {"{{x", "'{{' is never closed"},
        {"\n\n{{#if x}}a", "t/a.html:4: error: {{#if}} is never closed"},
        {"{{/if}}", "{{/if}} closes nothing"},
        {"{{#if x}}{{/each}}", "{{/each}} closes {{#if}} of line 2"},
        {"{{#if x}}{{else}}{{else}}{{/if}}", "{{else}} twice"},
        {"{{else}}", "{{else}} outside of a block"},
        {"{{#unless x}}{{else if y}}{{/unless}}", "only {{#if}} takes"},
        {"{{#each x}}{{/each}}", "write {{#each list as item}}"},
        {"{{#each x as i}}{{#each y as i}}{{/each}}{{/each}}", "the name i is taken"},
        {"{{@first}}", "@first outside of {{#each}}"},
        {"{{#with x}}", "unknown block"},
        {"{{x + y}}", "cannot read {{x + y}}"},
        {"{{X}}", "cannot read {{X}}"},
        {"{{#if x == y}}a{{/if}}", "compare with a \"word\", a number or a C constant"},
        {"{{#if x and y or z}}a{{/if}}", "nest two blocks"},
        {"{{#if x > \"a\"}}a{{/if}}", "texts compare with == or !="},
        {"{{> nowhere x}}", "no view nowhere in this room"},
        {"{{!view a : struct a_view, \"t/a.h\"}}", "two views are named a"},
        {"{{!view b}}", "write {{!view NAME"},
    };

    int wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        int status;
        const char *said = compile_view(&status, cases[i].body);

        if (status == 0 || strstr(said, cases[i].says) == NULL || strncmp(said, "t/a.html:", 9) != 0)
            wrong += complain(cases[i].body, cases[i].says, said);
    }
    assert_int_equal(wrong, 0);
}

/* Runs htmlc on a form with these fields. */
static const char *compile_form(int *status, const char *fields)
{
    put_file("f.html",
             str_z(arena, str_fmt(arena, "{{!use \"server/html/widgets_view.h\"}}{{!form f : struct f_view, \"t/f.h\"}}\n%s", fields)));
    return run(status, str_z(arena, str_fmt(arena, HTMLC " --root %s --out %s/gen t/f.html", folder, folder)));
}

static void a_field_that_says_too_little_is_refused_with_its_line(void **state)
{
    static const struct {
        const char *fields, *says;
    } cases[] = {
        {"{{text name \"nama\"}}", "t/f.html:2: error: a field people see has a label"},
        {"\n\n{{text name \"nama\" 1..x \"Nama\"}}", "t/f.html:4: error:"},
        {"{{text name \"nama\" \"Nama\" bold}}", "a field has no attribute bold"},
        {"{{text name \"nama\" \"Nama\" hint}}", "hint takes a value"},
        {"{{text name \"nama\" \"Nama\" hint 3}}", "hint stands in quotes"},
        {"{{text name \"nama\" \"Nama\" first first}}", "first stands twice"},
        {"{{text name \"na ma\" \"Nama\"}}", "a field's name is letters"},
        {"{{text a \"nama\" \"A\"}}{{text b \"nama\" \"B\"}}", "two fields are \"nama\""},
        {"{{text a \"x\" \"A\"}}\n{{text a \"y\" \"B\"}}", "t/f.html:3: error: two fields are a"},
        {"{{code faith \"agama\" \"Agama\"}}", "a code names its list"},
        {"{{choice way \"cara\" \"a=A|a=B\" \"Cara\"}}", "each value once"},
        {"{{option way \"cara\" \"a=A|b=B\" \"Cara\"}}", "an option is a number"},
        {"{{decimal area \"luas\" \"Luas\"}}", "a decimal says its places"},
        {"{{pick who \"siapa\" \"Siapa\"}}", "a pick names its source"},
        {"{{dates stay \"inap\"}}", "write {{dates MEMBER"},
        {"{{group people 99 \"orang\"}}", "at most 40 rows"},
        {"{{group people 3 \"orang\"}}", "{{group}} is never closed"},
        {"{{/group}}", "{{/group}} closes nothing"},
        {"{{group a 3 \"a\"}}{{group b 3 \"b\"}}{{/group}}{{/group}}", "a group stands once"},
        {"{{group a 3 \"a\"}}{{file f \"f\" \"F\"}}{{/group}}", "a group's fields are boxes without files"},
        {"{{group a 3 \"a\"}}<p>{{/group}}<b title=\"{{group b 3 \"b\"}}{{/group}}\">", "a group stands in text only"},
        {"{{choice way \"cara\"}}", "what can be chosen stands in quotes"},
        {"{{tekst name \"nama\" \"Nama\"}}", "cannot read {{tekst name"},
        {"<p title=\"{{text name \"nama\" \"Nama\"}}\">", "a field stands in text only"},
        {"{{#each form.p as b}}{{text name \"nama\" \"Nama\"}}{{/each}}", "a field stands once"},
        {"{{#if box.nothing.fault}}x{{/if}}", "the form f has no field nothing"},
        {"{{!input g}}{{text name \"nama\"}}", "{{!input g}} is never closed"},
        {"{{!input g}}x{{/input}}", "text inside of {{!input g}}"},
        {"{{!input g}}{{name}}{{/input}}", "cannot read the field {{name}}"},
        {"{{!input f}}{{/input}}", "two views are named f"},
        {"{{!input G}}", "write {{!input NAME}}"},
        {"{{!form g}}", "write {{!form NAME"},
        {"<form>{{text name \"nama\" \"Nama\"}}</form>", "t/f.html:1: error: the form f posts, and would be refused"},
    };
    int wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        int status;
        const char *said = compile_form(&status, cases[i].fields);

        if (status == 0 || strstr(said, cases[i].says) == NULL || strncmp(said, "t/f.html:", 9) != 0)
            wrong += complain(cases[i].fields, cases[i].says, said);
    }
    assert_int_equal(wrong, 0);
}

/* What a handler writes of a form: a field it does not have, or one of another type, is the C compiler's business. */
static void a_misspelled_field_does_not_compile(void **state)
{
    static const struct {
        const char *code, *says; /* says NULL: compiles */
    } cases[] = {
        {"struct str s = form.name; (void)s;", NULL},
        {"struct str s = form.nama; (void)s;", "no member named"},
        {"struct str s = form.count; (void)s;", "invalid initializer"},
        {"request_fault(req, F_NAME, \"x\");", NULL},
        {"request_fault(req, F_NAMA, \"x\");", "F_NAMA"},
    };
    int wrong = 0;

    (void)state;
    put_file("f.h", "#include \"server/web/forms.h\"\nstruct f_view { struct form form; };\n");
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        int status;

        assert_string_equal(
            compile_form(&status, "{{> guard form.guard}}{{text name \"nama\" hidden}}{{number count \"banyak\" 1.. hidden}}"), "");
        put_file("use.c", str_z(arena, str_fmt(arena,
                                               "#include \"t/f_view.h\"\nvoid use(struct request *req);\nvoid use(struct request *req)\n"
                                               "{\n    struct f_form form;\n    f_read(req, &form);\n    %s\n}\n",
                                               cases[i].code)));
        const char *said = run(&status, str_z(arena, str_fmt(arena,
                                                             "LC_ALL=C cc -std=gnu11 -D_GNU_SOURCE -Wall -Wextra -Werror -fsyntax-only "
                                                             "-I" BALAI_SOURCE_DIR " -I" BALAI_BUILD_DIR "/gen -I%s -I%s/gen %s/t/use.c",
                                                             folder, folder, folder)));
        if (cases[i].says == NULL ? status != 0 : status == 0 || strstr(said, cases[i].says) == NULL)
            wrong += complain(cases[i].code, cases[i].says != NULL ? cases[i].says : "nothing", said);
    }
    assert_int_equal(wrong, 0);
}

static void text_outside_of_a_view_is_refused(void **state)
{
    int status;

    (void)state;
    put_file("b.html", "<p>\n{{!view b : struct a_view, \"t/a.h\"}}");
    assert_string_equal(run(&status, str_z(arena, str_fmt(arena, HTMLC " --root %s --out %s/gen t/b.html", folder, folder))),
                        "t/b.html:1: error: text before the first {{!view …}}\n");
    assert_int_not_equal(status, 0);
}

static void a_failed_view_leaves_no_file_behind(void **state)
{
    int status;

    (void)state;
    compile_view(&status, "ok");
    assert_int_equal(status, 0);
    assert_int_equal(system(str_z(arena, str_fmt(arena, "rm %s/gen/t/a_view.*", folder))), 0);
    compile_view(&status, "<a title={{x}}>");
    assert_int_not_equal(access(str_z(arena, str_fmt(arena, "%s/gen/t/a_view.c", folder)), F_OK), 0);
}

/* The member's type is the C compiler's business; the complaint must point into the .html file. */
static void what_the_struct_does_not_have_does_not_compile(void **state)
{
    static const struct {
        const char *body, *says; /* says NULL: compiles */
    } cases[] = {
        {"{{text}} {{n}} {{{markup}}} {{on}} {{list.p.text}}", NULL},
        {"\n\n{{missing}}", "t/a.html:4:"},
        {"{{missing}}", "no member named"},
        {"{{sub.missing}}", "no member named"},
        {"{{#each rows as r}}{{r.missing}}{{/each}}", "no member named"},
        {"{{#each text_only as r}}{{/each}}", "no member named"},
        {"{{#if missing}}a{{/if}}", "no member named"},
        {"{{share}}", "_Generic"},
        {"{{markup}}", "_Generic"},
        {"{{{text}}}", "_Generic"},
        {"{{sub}}", "_Generic"},
        {"{{{n}}}", "_Generic"},
        {"<a href=\"{{n}}\">", "_Generic"},
        {"<a href=\"/{{on}}\">", "_Generic"},
        {"{{number text}}", "_Generic"},
        {"{{#if n == \"a\"}}a{{/if}}", "_Generic"},
        {"{{#if text == 3}}a{{/if}}", "invalid operands"},
        {"{{#if sub}}a{{/if}}", "no member named"},
        {"{{> a sub}}", "incompatible pointer"},
    };

    int wrong = 0;

    (void)state;
    put_file("a.h", "#include \"server/html/html.h\"\n"
                    "struct sub { struct str text; };\n"
                    "struct a_view { struct str text; uint32_t n; double share; struct html markup; bool on; struct sub sub;\n"
                    "    struct { struct sub *p; size_t n; } rows; struct { struct sub *p; } list; struct sub text_only; };\n");
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        int status;
        const char *said = compile_view(&status, cases[i].body);

        assert_string_equal(said, "");
        said = run(&status, str_z(arena, str_fmt(arena,
                                                 "LC_ALL=C cc -std=gnu11 -D_GNU_SOURCE -Wall -Wextra -Werror -fsyntax-only "
                                                 "-I" BALAI_SOURCE_DIR " -I%s -I%s/gen %s/gen/t/a_view.c",
                                                 folder, folder, folder)));
        if (cases[i].says == NULL ? status != 0 : status == 0 || strstr(said, cases[i].says) == NULL)
            wrong += complain(cases[i].body, cases[i].says != NULL ? cases[i].says : "nothing", said);
        else if (cases[i].says != NULL && strstr(said, "t/a.html:") == NULL)
            wrong += complain(cases[i].body, "a line of the view", said);
    }
    assert_int_equal(wrong, 0);
}

static void two_rooms_have_no_view_of_the_same_name(void **state)
{
    static const struct {
        const char *body, *says; /* says NULL: accepted */
    } cases[] = {
        {"{{!view card : struct c, \"u/c.h\"}}", "u/c.html:1: error: card is the name of a view of r/c.html:2 already"},
        {"\n{{!form card : struct c, \"u/c.h\"}}", "u/c.html:2: error: card is the name of a view of r/c.html:2 already"},
        {"{{!form ask : struct c, \"u/c.h\"}}", "ask is the name of a view of r/c.html:3 already"},
        {"{{!input card}}{{/input}}", NULL}, /* a view has no fields: nothing of the two is called the same in C */
        {"{{!view ask : struct c, \"u/c.h\"}}", NULL},
        {"{{!view card_new : struct c, \"u/c.h\"}}", NULL},
    };
    int status;

    (void)state;
    assert_string_equal(
        run(&status, str_z(arena, str_fmt(arena, "mkdir -p %s/names/r %s/names/u %s/names/tests/lint", folder, folder, folder))), "");
    put_file("../names/tests/lint/floors.txt", "6 r\n6 u feature\n6 gone\n");
    put_file("../names/r/c.html", "\n{{!view card : struct c, \"r/c.h\"}}\n{{!input ask}}{{/input}}\n");
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const char *said;

        put_file("../names/u/c.html", cases[i].body);
        said = run(&status, str_z(arena, str_fmt(arena, HTMLC " --root %s/names --out %s/gen u/c.html", folder, folder)));
        if (cases[i].says == NULL ? status != 0 : status == 0 || strstr(said, cases[i].says) == NULL)
            assert_string_equal(said, cases[i].says != NULL ? cases[i].says : "");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_samples_give_the_golden_files),
        cmocka_unit_test(what_cannot_be_escaped_is_refused_with_its_line),
        cmocka_unit_test(a_field_that_says_too_little_is_refused_with_its_line),
        cmocka_unit_test(a_misspelled_field_does_not_compile),
        cmocka_unit_test(text_outside_of_a_view_is_refused),
        cmocka_unit_test(a_failed_view_leaves_no_file_behind),
        cmocka_unit_test(what_the_struct_does_not_have_does_not_compile),
        cmocka_unit_test(two_rooms_have_no_view_of_the_same_name),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
