// SPDX-License-Identifier: AGPL-3.0-or-later
#include <gd.h>

#include "server/image/image.h"

/* What a decoder complains about is in the answer; the log is no place for it. */
static void say_nothing(int priority, const char *format, va_list args)
{
    (void)priority;
    (void)format;
    (void)args;
}

static gdImagePtr decode(struct str bytes, const struct image_head *head)
{
    void *p = (void *)(uintptr_t)bytes.p;

    gdSetErrorMethod(say_nothing);
    /* Cameras write small irregularities that every viewer forgives. */
    return head->kind == IMAGE_PNG ? gdImageCreateFromPngPtr((int)bytes.n, p) : gdImageCreateFromJpegPtrEx((int)bytes.n, p, 1);
}

struct box {
    int x, y, width, height;
};

/* The part of the picture that is kept, and how large it becomes; both before it is turned. */
static void measure(const struct image_head *head, const struct image_wish *wish, struct box *from, struct box *to)
{
    bool is_lying = head->turn >= 5;
    uint64_t w = head->width, h = head->height, box_w = is_lying ? wish->height : wish->width,
             box_h = is_lying ? wish->width : wish->height;

    *from = (struct box){0, 0, (int)w, (int)h};
    if (wish->fills) {
        if (w * box_h > h * box_w)
            from->width = (int)(h * box_w / box_h);
        else
            from->height = (int)(w * box_h / box_w);
        from->width = from->width > 0 ? from->width : 1;
        from->height = from->height > 0 ? from->height : 1;
        from->x = ((int)w - from->width) / 2;
        from->y = ((int)h - from->height) / 2;
    }
    *to = (struct box){0, 0, from->width, from->height};
    if ((uint64_t)to->width > box_w) {
        to->height = (int)((uint64_t)to->height * box_w / (uint64_t)to->width);
        to->width = (int)box_w;
    }
    if ((uint64_t)to->height > box_h) {
        to->width = (int)((uint64_t)to->width * box_h / (uint64_t)to->height);
        to->height = (int)box_h;
    }
    to->width = to->width > 0 ? to->width : 1;
    to->height = to->height > 0 ? to->height : 1;
}

static gdImagePtr white(int width, int height)
{
    gdImagePtr image = gdImageCreateTrueColor(width, height);

    if (image != NULL)
        gdImageFilledRectangle(image, 0, 0, width - 1, height - 1, 0xFFFFFF);
    return image;
}

/* EXIF's eight ways: mirrored or not, turned by quarters. */
static gdImagePtr upright(gdImagePtr image, uint8_t turn)
{
    int w = gdImageSX(image), h = gdImageSY(image);
    bool is_lying = turn >= 5;
    gdImagePtr out = white(is_lying ? h : w, is_lying ? w : h);

    if (out == NULL)
        return NULL;
    for (int y = 0; y < h; y++)
        for (int x = 0; x < w; x++) {
            int to_x = turn == 1 || turn == 4 ? x : turn == 2 || turn == 3 ? w - 1 - x : turn == 5 || turn == 8 ? y : h - 1 - y;
            int to_y = turn == 1 || turn == 2 ? y : turn == 3 || turn == 4 ? h - 1 - y : turn == 5 || turn == 6 ? x : w - 1 - x;
            gdImageTrueColorPixel(out, to_x, to_y) = gdImageTrueColorPixel(image, x, y);
        }
    return out;
}

static gdImagePtr scaled(gdImagePtr source, const struct image_head *head, const struct image_wish *wish)
{
    struct box from, to;

    measure(head, wish, &from, &to);
    gdImagePtr small = white(to.width, to.height);
    if (small == NULL)
        return NULL;
    gdImageCopyResampled(small, source, 0, 0, from.x, from.y, to.width, to.height, from.width, from.height);
    if (head->turn == 1)
        return small;
    gdImagePtr turned = upright(small, head->turn);
    gdImageDestroy(small);
    return turned;
}

bool image_make(struct arena *arena, struct str bytes, const struct image_wish *wish, struct str *jpeg_out, enum image_cause *cause_out)
{
    struct image_head head;
    int size = 0;

    *cause_out = image_look(bytes, &head);
    if (*cause_out == IMAGE_FINE && (head.width < wish->min_side || head.height < wish->min_side))
        *cause_out = IMAGE_SMALL;
    if (*cause_out != IMAGE_FINE)
        return false;
    *cause_out = IMAGE_BROKEN;
    gdImagePtr source = decode(bytes, &head);
    if (source == NULL)
        return false;
    /* A file whose head says one size and whose body another. */
    bool is_as_said = gdImageSX(source) == (int)head.width && gdImageSY(source) == (int)head.height;
    gdImagePtr image = is_as_said ? scaled(source, &head, wish) : NULL;
    gdImageDestroy(source);
    if (image == NULL)
        return false;
    void *jpeg = gdImageJpegPtr(image, &size, wish->quality);
    gdImageDestroy(image);
    if (jpeg == NULL)
        return false;
    *jpeg_out = str_dup(arena, (struct str){jpeg, (size_t)size});
    gdFree(jpeg);
    *cause_out = IMAGE_FINE;
    return true;
}
