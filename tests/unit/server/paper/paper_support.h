// SPDX-License-Identifier: AGPL-3.0-or-later
/* What the tests of this room share: a folder of their own, the tools that read PDFs, specimens. */
#ifndef BALAI_TEST_PAPER_SUPPORT_H
#define BALAI_TEST_PAPER_SUPPORT_H

#include <setjmp.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cairo.h>
#include <cmocka.h>

#include "server/base/json.h"
#include "server/base/random.h"
#include "server/paper/paper.h"

#undef fail_msg /* cmocka's leans on its own fail(), which the house has, too */
#define fail_msg(...) (print_error(__VA_ARGS__), print_error("\n"), _fail(__FILE__, __LINE__))

#define REFERENCE BALAI_SOURCE_DIR "/tests/unit/server/paper/reference/"
#define LINK "https://balai.example.id/v/1.7317102003.k3.Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MGFiY2RlZg"

#define MM (72 / 25.4)
#define LEFT (25 * MM) /* the page's margins in points */
#define TOP (15 * MM)

static struct arena *arena;
static struct err err;
static char folder[64];

static inline int set_up(void **state)
{
    (void)state;
    arena = arena_new();
    memset(&err, 0, sizeof err);
    return 0;
}

static inline int tear_down(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static inline int begin(void **state)
{
    (void)state;
    base_init();
    snprintf(folder, sizeof folder, "/tmp/balai-paper-XXXXXX");
    if (mkdtemp(folder) == NULL || paper_init(STR_NONE, &err) != RC_OK) {
        fprintf(stderr, "%s\n", err.text);
        return 1;
    }
    return 0;
}

/* Runs a program without a shell, its standard output is the result; fails the test when it cannot be run or (unless may_fail) fails. */
static inline struct str run_program(const char *const *argv, bool may_fail)
{
    struct buf out = {.arena = arena};
    char part[4096];
    ssize_t n;
    posix_spawn_file_actions_t actions;
    int ends[2], status;
    pid_t pid;

    assert_int_equal(pipe(ends), 0);
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
    posix_spawn_file_actions_adddup2(&actions, ends[1], 2);
    posix_spawn_file_actions_addclose(&actions, ends[0]);
    if (posix_spawnp(&pid, argv[0], &actions, NULL, (char *const *)argv, environ) != 0)
        fail_msg("%s is not installed (deploy/packages lists it)", argv[0]);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    while ((n = read(ends[0], part, sizeof part)) > 0)
        buf_put(&out, part, (size_t)n);
    close(ends[0]);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    if (!may_fail && !(WIFEXITED(status) && WEXITSTATUS(status) == 0))
        fail_msg("%s: %.*s", argv[0], STR_ARG(buf_str(&out)));
    return buf_str(&out);
}
#define RUN(...) run_program((const char *const[]){__VA_ARGS__, NULL}, false)

static inline int end(void **state)
{
    (void)state;
    arena = arena_new();
    RUN("rm", "-rf", folder);
    arena_free(&arena);
    return 0;
}

static inline struct str read_all(const char *path)
{
    struct buf out = {.arena = arena};
    char part[16384];
    FILE *file = fopen(path, "rb");
    size_t n;

    if (file == NULL)
        fail_msg("%s cannot be read", path);
    while ((n = fread(part, 1, sizeof part, file)) > 0)
        buf_put(&out, part, n);
    fclose(file);
    return buf_str(&out);
}

static inline const char *in_folder(const char *name)
{
    return str_z(arena, str_fmt(arena, "%s/%s", folder, name));
}

static inline const char *keep(const char *name, struct str bytes)
{
    const char *path = in_folder(name);
    FILE *file = fopen(path, "wb");

    assert_non_null(file);
    assert_int_equal(fwrite(bytes.p, 1, bytes.n, file), bytes.n);
    fclose(file);
    return path;
}

static inline json_t *json_of(struct str text)
{
    json_t *value = NULL;

    if (json_read(arena, text, &value, &err) != RC_OK)
        fail_msg("%s", err.text);
    return value;
}

static inline struct paper *lay_out(const struct paper_input *input)
{
    struct paper *paper = NULL;

    if (paper_layout(arena, input, &paper, &err) != RC_OK)
        fail_msg("%s", err.text);
    return paper;
}

static inline struct str pdf_of(struct paper *paper)
{
    struct paper_info info = {.title = STR("Surat Keterangan Usaha"),
                              .author = STR("Pemerintah Desa To'long"),
                              .subject = STR("500.3/218/DS-TLG/XI/2026"),
                              .link = STR(LINK),
                              .at = INT64_C(1795487520000000)};
    struct str pdf;

    if (paper_pdf(arena, paper, &info, &pdf, &err) != RC_OK)
        fail_msg("%s", err.text);
    return pdf;
}

static inline struct str svg_of(struct paper *paper, size_t page)
{
    struct str svg;

    if (paper_svg(arena, paper, page, &svg, &err) != RC_OK)
        fail_msg("%s", err.text);
    return svg;
}

/* A body, its values (NULL: none) → the paper. */
static inline struct paper *paper_of(const char *body, const char *values)
{
    struct paper_input input = {
        .tree = json_of(str_fmt(arena, "{\"body\":%s}", body)),
        .values = values != NULL ? json_of(str_c(values)) : NULL,
    };

    return lay_out(&input);
}

/* The letter of the README, for a woman of To'long. */
static inline struct paper *specimen(bool is_sample, bool is_void)
{
    static struct paper_image crest;
    struct paper_input input = {
        .tree = json_of(read_all(REFERENCE "usaha.json")),
        .values = json_of(read_all(REFERENCE "usaha_values.json")),
        .images = &crest,
        .image_count = 1,
        .qr_text = STR(LINK),
        .is_sample = is_sample,
        .is_void = is_void,
    };

    crest = (struct paper_image){STR("crest"), read_all(REFERENCE "crest.jpg")};
    return lay_out(&input);
}

/* Runs of white space as one blank: where lines break is the pictures' business. */
static inline struct str flat(struct str text)
{
    struct buf out = {.arena = arena};

    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i] == '\n' || text.p[i] == '\f' ? ' ' : text.p[i];
        if (c != ' ' || (out.n > 0 && out.p[out.n - 1] != ' '))
            buf_put_char(&out, c);
    }
    return str_trim(buf_str(&out));
}

static inline struct str text_of(struct str pdf)
{
    return flat(RUN("pdftotext", keep("text.pdf", pdf), "-"));
}

/* Where a word stands on a page (1 first), in points from the page's top left; fails the test when it is not there. */
struct box {
    double left, top, right, bottom;
};

static inline struct box box_of(const char *pdf, int page, const char *word)
{
    const char *number = str_z(arena, str_fmt(arena, "%d", page)), *end = str_z(arena, str_fmt(arena, ">%s</word>", word));
    struct str rest = RUN("pdftotext", "-bbox", "-f", number, "-l", number, pdf, "-"), line;
    struct box box;

    while (str_cut(&rest, '\n', &line))
        if (str_ends(line, str_c(end)) && sscanf(str_z(arena, str_trim(line)), "<word xMin=\"%lf\" yMin=\"%lf\" xMax=\"%lf\" yMax=\"%lf\"",
                                                 &box.left, &box.top, &box.right, &box.bottom) == 4)
            return box;
    fail_msg("\"%s\" is not on page %d", word, page);
    return (struct box){0};
}

/* The first page as a picture, two pixels a point. */
static inline cairo_surface_t *picture_of(const char *pdf)
{
    cairo_surface_t *surface;

    RUN("pdftoppm", "-r", "144", "-png", "-singlefile", pdf, in_folder("picture"));
    surface = cairo_image_surface_create_from_png(in_folder("picture.png"));
    assert_int_equal(cairo_surface_status(surface), CAIRO_STATUS_SUCCESS);
    return surface;
}

/* A place of it, in points, or one beside it is drawn on. */
static inline bool is_dark(cairo_surface_t *surface, double x, double y)
{
    for (int i = -1; i <= 1; i++)
        for (int j = -1; j <= 1; j++) {
            int row = (int)(y * 2) + i, column = (int)(x * 2) + j;
            if (cairo_image_surface_get_data(surface)[row * cairo_image_surface_get_stride(surface) + 4 * column + 1] < 200)
                return true;
        }
    return false;
}

static inline void assert_has(struct str text, const char *part)
{
    if (str_find(text, str_c(part)) < 0)
        fail_msg("\"%s\" is not in: %.*s", part, (int)(text.n < 2000 ? text.n : 2000), text.p);
}

static inline void assert_lacks(struct str text, const char *part)
{
    if (str_find(text, str_c(part)) >= 0)
        fail_msg("\"%s\" must not be in: %.*s", part, (int)(text.n < 2000 ? text.n : 2000), text.p);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

#endif
