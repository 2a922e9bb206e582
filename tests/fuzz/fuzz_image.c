// SPDX-License-Identifier: AGPL-3.0-or-later
/* A picture looked at before any decoder: what is let in keeps its limits, and the decoder then gives a JPEG or a cause, never larger than
 * asked. */
#include <stdlib.h>

#include "server/image/image.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

enum { DECODED_PIXELS = 64 * 1024 }; /* larger ones are only looked at: decoding is the libraries' own, and slow here */

static void make(struct arena *arena, struct str picture)
{
    static const struct image_wish wishes[] = {{96, 96, 8, true, 80}, {120, 60, 1, false, 70}};

    for (size_t i = 0; i < COUNT_OF(wishes); i++) {
        enum image_cause cause = IMAGE_FINE;
        struct image_head made;
        struct str jpeg;

        if (!image_make(arena, picture, &wishes[i], &jpeg, &cause)) {
            if (cause == IMAGE_FINE)
                abort();
            continue;
        }
        if (image_look(jpeg, &made) != IMAGE_FINE || made.kind != IMAGE_JPEG || made.turn != 1 || made.width > wishes[i].width ||
            made.height > wishes[i].height)
            abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct arena *arena = arena_new();
    struct str picture = {(const char *)bytes, n};
    struct image_head head = {0};

    if (image_look(picture, &head) == IMAGE_FINE) {
        if ((head.kind != IMAGE_JPEG && head.kind != IMAGE_PNG) || head.turn < 1 || head.turn > 8 || head.width == 0 || head.height == 0 ||
            head.width > IMAGE_MAX_SIDE || head.height > IMAGE_MAX_SIDE || (uint64_t)head.width * head.height > IMAGE_MAX_PIXELS)
            abort();
        if ((uint64_t)head.width * head.height <= DECODED_PIXELS)
            make(arena, picture);
    } else if (head.kind != IMAGE_NONE) { /* written only on success */
        abort();
    }
    arena_free(&arena);
    return 0;
}
