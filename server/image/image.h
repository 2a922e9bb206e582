// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Pictures from outside, made small and harmless. What came in is looked at by
 * its first bytes (image_look: pure, no decoding), then decoded, turned upright,
 * scaled and written anew as a JPEG on white ground (image_make): nothing else
 * of the original file survives, no EXIF, no place, no second picture.
 * Only JPEG and PNG; size in bytes and in pixels is limited before a decoder
 * sees them. image_make blocks for up to a second or two and takes up to 130 MiB, for a page's box (2,400 a side) 50 more: call
 * it in the worker, inside fiber_offload, one at a time (server/files). Any thread.
 */
#ifndef BALAI_IMAGE_H
#define BALAI_IMAGE_H

#include "server/base/base.h"

enum {
    IMAGE_MAX_BYTES = 5 * 1024 * 1024,
    IMAGE_MAX_PIXELS = 25 * 1000 * 1000,
    IMAGE_MAX_PNG_PIXELS = 16 * 1000 * 1000, /* its decoder holds the picture twice */
    IMAGE_MAX_SIDE = 12000,
    IMAGE_MAX_SCANS = 64 /* of a progressive JPEG: each costs a pass over all pixels */
};

enum image_kind { IMAGE_NONE, IMAGE_JPEG, IMAGE_PNG };

/* name, word for the database, what a person is told: what is wrong, then what to do */
#define IMAGE_CAUSES(X)                                                                                         \
    X(FINE, "", "")                                                                                             \
    X(NOT_IMAGE, "not_image", "Berkas ini bukan gambar JPEG atau PNG. Pilih gambar lain.")                      \
    X(HEAVY, "heavy", "Gambar ini lebih dari 5 MB. Perkecil, lalu unggah lagi.")                                \
    X(HUGE, "huge", "Gambar ini terlalu besar untuk dibuka. Simpan sebagai JPEG, paling banyak 25 juta titik.") \
    X(SMALL, "small", "Gambar ini terlalu kecil. Pakai gambar yang lebih besar.")                               \
    X(BROKEN, "broken", "Gambar ini rusak dan tidak bisa dibuka. Ambil atau pindai ulang, lalu unggah lagi.")

enum image_cause {
#define X(name, word, text) IMAGE_##name,
    IMAGE_CAUSES(X)
#undef X
};
struct str image_cause_word(enum image_cause cause);
struct str image_cause_text(struct str stored); /* of a stored word; empty for none */

struct image_head {
    enum image_kind kind;
    uint32_t width, height; /* as stored */
    uint8_t turn;           /* EXIF orientation 1–8; 1 when nothing is said */
    bool is_deep;           /* a PNG of 16 bits a sample: half the pixels are taken */
};
/* What the bytes say of themselves. IMAGE_FINE, or why they are refused. */
enum image_cause image_look(struct str bytes, struct image_head *out) MUST_USE;
struct str image_type(enum image_kind kind); /* "image/jpeg" */

struct image_wish {
    uint32_t width, height; /* the box */
    uint32_t min_side;      /* smaller ones are IMAGE_SMALL */
    bool fills;             /* cut to the box's shape, from the middle; else the whole picture within it */
    int quality;            /* of the JPEG, 1–100 */
};
/* The JPEG, in the arena; never larger than the picture was. False: *cause_out says why. */
bool image_make(struct arena *arena, struct str bytes, const struct image_wish *wish, struct str *jpeg_out,
                enum image_cause *cause_out) MUST_USE;

#endif
