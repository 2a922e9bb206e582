// SPDX-License-Identifier: AGPL-3.0-or-later
/* Private to server/base: code points, for the files that make text.h and json.h. */
#ifndef BALAI_TEXT_PARTS_H
#define BALAI_TEXT_PARTS_H

#include "server/base/base.h"

/* Case of Latin letters; any other code point is itself. */
uint32_t letter_upper(uint32_t c);
uint32_t letter_lower(uint32_t c);
/* A letter of any script, by what the house needs: not a digit, mark, space or sign. */
bool is_letter(uint32_t c);
/* 'a' for á; the code point itself when it has no plain Latin base. Takes lower case. */
uint32_t letter_base(uint32_t c);
bool is_apostrophe(uint32_t c);
/* A mark that is drawn over or under the letter before it. */
static inline bool is_mark(uint32_t c)
{
    return c >= 0x300 && c < 0x370;
}
/* The letter that is written as another one and such a mark, as Macs do: é for e and U+0301; 0: there is none. */
uint32_t letter_with(uint32_t c, uint32_t mark);
/* White space and line ends of Unicode. */
bool is_blank(uint32_t c);
/* Invisible and able to deceive: controls, zero-width marks, text direction. */
bool is_control(uint32_t c);

#endif
