// SPDX-License-Identifier: AGPL-3.0-or-later
/* The first bytes of a picture: kind, size, which way is up. Every length is checked against what is there. */
#include "server/image/image.h"

static const unsigned char *bytes_of(struct str s)
{
    return (const unsigned char *)s.p;
}

static uint32_t big16(const unsigned char *p)
{
    return (uint32_t)p[0] << 8 | p[1];
}

static uint32_t big32(const unsigned char *p)
{
    return big16(p) << 16 | big16(p + 2);
}

/* ---- PNG: the signature, then IHDR and nothing else first ---- */

static bool look_png(struct str s, struct image_head *out)
{
    const unsigned char *p = bytes_of(s);

    if (s.n < 33 || big32(p + 8) != 13 || memcmp(p + 12, "IHDR", 4) != 0)
        return false;
    out->width = big32(p + 16);
    out->height = big32(p + 20);
    out->is_deep = p[24] == 16;
    return true;
}

/* ---- EXIF, only to know which way is up ---- */

static uint32_t exif16(const unsigned char *p, bool is_big)
{
    return is_big ? big16(p) : (uint32_t)p[1] << 8 | p[0];
}

static uint32_t exif32(const unsigned char *p, bool is_big)
{
    return is_big ? big32(p) : exif16(p + 2, false) << 16 | exif16(p, false);
}

enum { TAG_ORIENTATION = 0x0112, ENTRY_BYTES = 12, MOST_ENTRIES = 200 };

/* The segment after its length: "Exif\0\0", then a TIFF whose first directory may hold the tag. */
static uint8_t exif_turn(const unsigned char *p, size_t n)
{
    if (n < 6 + 8 || memcmp(p, "Exif\0\0", 6) != 0)
        return 1;
    p += 6;
    n -= 6;
    bool is_big = memcmp(p, "MM\0*", 4) == 0;
    if (!is_big && memcmp(p, "II*\0", 4) != 0)
        return 1;
    size_t at = exif32(p + 4, is_big);
    if (at > n || n - at < 2)
        return 1;
    uint32_t entries = exif16(p + at, is_big);
    at += 2;
    for (uint32_t i = 0; i < entries && i < MOST_ENTRIES && n - at >= ENTRY_BYTES; i++, at += ENTRY_BYTES) {
        if (exif16(p + at, is_big) != TAG_ORIENTATION)
            continue;
        uint32_t turn = exif16(p + at + 8, is_big);
        return turn >= 1 && turn <= 8 ? (uint8_t)turn : 1;
    }
    return 1;
}

/* ---- JPEG: marker after marker up to the frame ---- */

static bool is_frame(unsigned char marker)
{
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

static bool look_jpeg(struct str s, struct image_head *out)
{
    const unsigned char *p = bytes_of(s);
    size_t at = 2;

    while (at + 4 <= s.n) {
        if (p[at] != 0xFF)
            return false;
        unsigned char marker = p[at + 1];
        if (marker == 0xFF) { /* filling */
            at++;
            continue;
        }
        size_t length = big16(p + at + 2);
        if (marker == 0xD8 || marker == 0xD9 || marker == 0xDA || length < 2 || length > s.n - at - 2)
            return false;
        if (marker == 0xE1 && out->turn == 1)
            out->turn = exif_turn(p + at + 4, length - 2);
        if (is_frame(marker)) {
            if (length < 8)
                return false;
            out->height = big16(p + at + 5);
            out->width = big16(p + at + 7);
            return true;
        }
        at += 2 + length;
    }
    return false;
}

/* FF DA begins a scan; within a scan's data FF is always followed by 00 or a restart. */
static bool has_too_many_scans(struct str s)
{
    size_t scans = 0, at = 0;

    while (at + 1 < s.n && scans <= IMAGE_MAX_SCANS) {
        const char *next = memchr(s.p + at, 0xFF, s.n - at - 1);
        if (next == NULL)
            break;
        at = (size_t)(next - s.p) + 1;
        scans += (unsigned char)s.p[at] == 0xDA;
    }
    return scans > IMAGE_MAX_SCANS;
}

enum image_cause image_look(struct str bytes, struct image_head *out)
{
    struct image_head head = {.turn = 1};
    bool is_sound = false;

    if (bytes.n > IMAGE_MAX_BYTES)
        return IMAGE_HEAVY;
    if (str_starts(bytes, STR("\x89PNG\r\n\x1a\n"))) {
        head.kind = IMAGE_PNG;
        is_sound = look_png(bytes, &head);
    } else if (str_starts(bytes, STR("\xFF\xD8\xFF"))) {
        head.kind = IMAGE_JPEG;
        is_sound = look_jpeg(bytes, &head);
    } else {
        return IMAGE_NOT_IMAGE;
    }
    if (!is_sound || head.width == 0 || head.height == 0)
        return IMAGE_BROKEN;
    uint64_t most = head.kind == IMAGE_JPEG ? IMAGE_MAX_PIXELS : head.is_deep ? IMAGE_MAX_PNG_PIXELS / 2 : IMAGE_MAX_PNG_PIXELS;
    if (head.width > IMAGE_MAX_SIDE || head.height > IMAGE_MAX_SIDE || (uint64_t)head.width * head.height > most ||
        (head.kind == IMAGE_JPEG && has_too_many_scans(bytes)))
        return IMAGE_HUGE;
    *out = head;
    return IMAGE_FINE;
}

struct str image_type(enum image_kind kind)
{
    return kind == IMAGE_PNG ? STR("image/png") : STR("image/jpeg");
}

struct str image_cause_word(enum image_cause cause)
{
    switch (cause) {
#define X(name, word, text) \
    case IMAGE_##name:      \
        return STR(word);
        IMAGE_CAUSES(X)
#undef X
    }
    return STR("");
}

struct str image_cause_text(struct str stored)
{
#define X(name, word, text)   \
    if (str_is(stored, word)) \
        return STR(text);
    IMAGE_CAUSES(X)
#undef X
    return STR("");
}
