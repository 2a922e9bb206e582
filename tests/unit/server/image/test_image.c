// SPDX-License-Identifier: AGPL-3.0-or-later
/* Pictures as they come from outside, honest and hostile. */
#include <stdlib.h>

#define ARENA_IN_STATE
#include "tests/unit/arena.h"
#include <gd.h>

#include "server/image/image.h"

static const struct image_wish photo = {.width = 48, .height = 64, .min_side = 10, .fills = true, .quality = 85};
static const struct image_wish crest = {.width = 50, .height = 50, .min_side = 10, .quality = 90};

/* A picture with a red upper left quarter on blue. */
static struct str picture(struct arena *arena, int width, int height, bool is_png)
{
    gdImagePtr image = gdImageCreateTrueColor(width, height);
    int size;

    gdImageFilledRectangle(image, 0, 0, width - 1, height - 1, 0x0000FF);
    gdImageFilledRectangle(image, 0, 0, width / 2 - 1, height / 2 - 1, 0xFF0000);
    void *bytes = is_png ? gdImagePngPtr(image, &size) : gdImageJpegPtr(image, &size, 95);
    struct str out = str_dup(arena, (struct str){bytes, (size_t)size});
    gdFree(bytes);
    gdImageDestroy(image);
    return out;
}

/* With an EXIF segment that says `turn` and where the picture was taken. */
static struct str with_exif(struct arena *arena, struct str jpeg, char turn)
{
    struct buf out = {.arena = arena};
    const char exif[] = "\xFF\xE1\x00\x32"
                        "Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0";

    buf_put(&out, jpeg.p, 2);
    buf_put(&out, exif, sizeof exif - 1);
    buf_put_char(&out, turn);
    buf_put_str(&out, STR("\0\0\0\0\0\0LINTANG-3.5321--"));
    buf_put(&out, jpeg.p + 2, jpeg.n - 2);
    return buf_str(&out);
}

static void assert_red_at(struct str jpeg, bool is_right, bool is_low)
{
    gdImagePtr image = gdImageCreateFromJpegPtr((int)jpeg.n, (void *)(uintptr_t)jpeg.p);

    assert_non_null(image);
    for (int i = 0; i < 4; i++) {
        int x = gdImageSX(image) / 4 + (i & 1) * (gdImageSX(image) / 2), y = gdImageSY(image) / 4 + (i >> 1) * (gdImageSY(image) / 2);
        int red = gdTrueColorGetRed(gdImageGetTrueColorPixel(image, x, y));
        assert_int_equal(red > 128, (i & 1) == is_right && (i >> 1) == is_low);
    }
    gdImageDestroy(image);
}

static void test_a_photo_fills_its_box(void **state)
{
    struct arena *arena = *state;
    enum image_cause cause;
    struct image_head head;
    struct str jpeg;

    for (int is_png = 0; is_png < 2; is_png++) {
        assert_true(image_make(arena, picture(arena, 300, 200, is_png), &photo, &jpeg, &cause));
        assert_int_equal(image_look(jpeg, &head), IMAGE_FINE);
        assert_int_equal(head.kind, IMAGE_JPEG);
        assert_int_equal(head.width, 48);
        assert_int_equal(head.height, 64);
    }
    assert_true(image_make(arena, picture(arena, 300, 100, true), &crest, &jpeg, &cause));
    assert_int_equal(image_look(jpeg, &head), IMAGE_FINE);
    assert_int_equal(head.width, 50);
    assert_int_equal(head.height, 16);
    /* a small one is not blown up */
    assert_true(image_make(arena, picture(arena, 30, 40, false), &photo, &jpeg, &cause));
    assert_int_equal(image_look(jpeg, &head), IMAGE_FINE);
    assert_int_equal(head.width, 30);
    assert_false(image_make(arena, picture(arena, 9, 40, false), &photo, &jpeg, &cause));
    assert_int_equal(cause, IMAGE_SMALL);
}

static void test_a_photo_stands_upright_and_says_nothing_else(void **state)
{
    struct arena *arena = *state;
    struct str source = picture(arena, 60, 80, false), lying = picture(arena, 80, 60, false), jpeg;
    /* where the stored upper left corner comes to lie: right?, low? */
    static const struct {
        bool is_right, is_low;
    } to[] = {[1] = {0, 0}, [2] = {1, 0}, [3] = {1, 1}, [4] = {0, 1}, [5] = {0, 0}, [6] = {1, 0}, [7] = {1, 1}, [8] = {0, 1}};
    enum image_cause cause;
    struct image_head head;

    for (char turn = 1; turn <= 8; turn++) {
        struct str bytes = with_exif(arena, turn >= 5 ? lying : source, turn);
        assert_int_equal(image_look(bytes, &head), IMAGE_FINE);
        assert_int_equal(head.turn, turn);
        assert_true(image_make(arena, bytes, &photo, &jpeg, &cause));
        assert_true(str_find(bytes, STR("LINTANG")) > 0);
        assert_true(str_find(jpeg, STR("LINTANG")) < 0 && str_find(jpeg, STR("Exif")) < 0);
        assert_int_equal(image_look(jpeg, &head), IMAGE_FINE);
        assert_int_equal(head.width, 48);
        assert_int_equal(head.turn, 1);
        assert_red_at(jpeg, to[(int)turn].is_right, to[(int)turn].is_low);
    }
}

static void test_a_transparent_one_lies_on_white(void **state)
{
    struct arena *arena = *state;
    gdImagePtr image = gdImageCreateTrueColor(40, 40);
    enum image_cause cause;
    struct str jpeg;
    int size;

    gdImageSaveAlpha(image, 1);
    gdImageAlphaBlending(image, 0);
    gdImageFilledRectangle(image, 0, 0, 39, 39, gdTrueColorAlpha(0, 0, 0, gdAlphaTransparent));
    void *png = gdImagePngPtr(image, &size);
    gdImageDestroy(image);
    assert_true(image_make(arena, (struct str){png, (size_t)size}, &crest, &jpeg, &cause));
    gdFree(png);
    image = gdImageCreateFromJpegPtr((int)jpeg.n, (void *)(uintptr_t)jpeg.p);
    assert_true(gdTrueColorGetRed(gdImageGetTrueColorPixel(image, 20, 20)) > 250);
    gdImageDestroy(image);
}

/* ---- hostile ones ---- */

static void assert_refused(struct arena *arena, struct str bytes, enum image_cause why)
{
    enum image_cause cause;
    struct str jpeg;

    assert_false(image_make(arena, bytes, &photo, &jpeg, &cause));
    assert_int_equal(cause, why);
}

static struct str resized_png(struct arena *arena, uint32_t width, uint32_t height)
{
    char *p = str_z(arena, picture(arena, 40, 40, true));
    struct str s = {p, picture(arena, 40, 40, true).n};

    for (int i = 0; i < 4; i++) {
        p[16 + i] = (char)(width >> (24 - 8 * i));
        p[20 + i] = (char)(height >> (24 - 8 * i));
    }
    return s;
}

static void test_what_is_no_picture(void **state)
{
    struct arena *arena = *state;
    struct buf heavy = {.arena = arena};

    assert_refused(arena, STR(""), IMAGE_NOT_IMAGE);
    assert_refused(arena, STR("<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>"), IMAGE_NOT_IMAGE);
    assert_refused(arena, STR("<?xml version=\"1.0\"?><svg/>"), IMAGE_NOT_IMAGE);
    assert_refused(arena, STR("GIF89a\x01\0\x01\0\0\0\0;"), IMAGE_NOT_IMAGE);
    assert_refused(arena, STR("%PDF-1.7"), IMAGE_NOT_IMAGE);
    assert_refused(arena, STR("\xFF\xD8\xFF"), IMAGE_BROKEN);
    assert_refused(arena, STR("\x89PNG\r\n\x1a\n"), IMAGE_BROKEN);
    buf_put_str(&heavy, picture(arena, 40, 40, false));
    while (heavy.n <= IMAGE_MAX_BYTES)
        buf_put(&heavy, heavy.p, heavy.n);
    assert_refused(arena, buf_str(&heavy), IMAGE_HEAVY);
}

static void test_bombs(void **state)
{
    struct arena *arena = *state;
    struct buf scans = {.arena = arena};
    struct str jpeg = picture(arena, 40, 40, false);

    assert_refused(arena, resized_png(arena, 60000, 60000), IMAGE_HUGE);
    assert_refused(arena, resized_png(arena, 0xFFFFFFFF, 1), IMAGE_HUGE);
    assert_refused(arena, resized_png(arena, 11000, 11000), IMAGE_HUGE);
    struct str deep = resized_png(arena, 5000, 2501);
    ((char *)(uintptr_t)deep.p)[24] = 16; /* bits a sample: its pixels take twice the room */
    assert_refused(arena, deep, IMAGE_HUGE);
    assert_refused(arena, resized_png(arena, 5000, 2501), IMAGE_BROKEN); /* the checksum: of 8 bits as many may come */
    assert_refused(arena, resized_png(arena, 4000, 4001), IMAGE_HUGE);   /* a PNG is held twice while it is decoded */
    assert_refused(arena, resized_png(arena, 5000, 5000), IMAGE_HUGE);
    assert_refused(arena, resized_png(arena, 0, 40), IMAGE_BROKEN);
    assert_refused(arena, resized_png(arena, 41, 40), IMAGE_BROKEN); /* the checksum is wrong now */
    buf_put(&scans, jpeg.p, jpeg.n - 2);
    for (int i = 0; i < IMAGE_MAX_SCANS; i++)
        buf_put_str(&scans, STR("\xFF\xDA\0\x08\x01\x01\0\0\x3F\0"));
    assert_refused(arena, buf_str(&scans), IMAGE_HUGE);
}

/* As large as a PNG may be, made by a camera's program and not by hand: it is taken. */
static void test_the_largest_png(void **state)
{
    struct arena *arena = *state;
    enum image_cause cause;
    struct image_head head;
    struct str jpeg;

    assert_true(image_make(arena, picture(arena, 4000, 4000, true), &crest, &jpeg, &cause));
    assert_int_equal(image_look(jpeg, &head), IMAGE_FINE);
    assert_int_equal(head.width, 50);
}

/* Cut anywhere, or with any byte of its head changed: an answer, never a fault. The sanitizers watch. */
static void test_broken_ones(void **state)
{
    struct arena *arena = *state;
    struct str whole[] = {with_exif(arena, picture(arena, 40, 40, false), 6), picture(arena, 40, 40, true)};
    enum image_cause cause;
    struct str out;

    for (size_t k = 0; k < COUNT_OF(whole); k++) {
        for (size_t n = 0; n < whole[k].n; n += n < 200 ? 1 : 37) {
            char *exact = malloc(n > 0 ? n : 1); /* of its own size, so that a byte too far is seen */
            memcpy(exact, whole[k].p, n);
            (void)!image_make(arena, (struct str){exact, n}, &photo, &out, &cause);
            free(exact);
        }
        for (size_t at = 0; at < whole[k].n && at < 300; at++) {
            char *changed = str_z(arena, whole[k]);
            changed[at] = (char)(changed[at] ^ 0xFF);
            (void)!image_make(arena, (struct str){changed, whole[k].n}, &photo, &out, &cause);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_photo_fills_its_box, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_photo_stands_upright_and_says_nothing_else, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_transparent_one_lies_on_white, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_what_is_no_picture, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_bombs, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_the_largest_png, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_broken_ones, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
