// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/base/text.h"
#include "server/paper/paper.h"

/* Scripts and pictures of which neither Liberation nor DejaVu has a sign: Indic to Thai, Myanmar, Hangul, Ethiopic, the scripts of the
 * islands (Buginese among them), Chinese, Japanese, Yi, private use, and all above the first plane. */
static const struct {
    uint32_t from, to;
} lacking[] = {{0x0700, 0x07BF}, {0x0800, 0x0E7F}, {0x0F00, 0x109F}, {0x1100, 0x13FF},   {0x1700, 0x1CFF},
               {0x2E80, 0xA4CF}, {0xA500, 0xA63F}, {0xA6A0, 0xA6FF}, {0xA800, 0xD7FF},   {0xE000, 0xFAFF},
               {0xFE00, 0xFE0F}, {0xFE30, 0xFE6F}, {0xFF00, 0xFFEF}, {0x10000, 0x10FFFF}};

struct str paper_lacks(struct str text)
{
    struct str rest = text;
    uint32_t c;

    while (rest.n > 0) {
        struct str from = rest;

        if (!utf8_take(&rest, &c))
            return str_part(from, 0, 1);
        for (size_t i = 0; i < COUNT_OF(lacking); i++)
            if (c >= lacking[i].from && c <= lacking[i].to)
                return str_part(from, 0, from.n - rest.n);
    }
    return STR_NONE;
}
