// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Light markup, which {{rich}} fields keep as the lines a person typed:
 * paragraphs, "## " heads, "- " and "1. " lists, **bold**, *italic* and
 * [words](https://address). Everything else is text, and is escaped; addresses
 * are those that a view would link to. Pure.
 */
#ifndef BALAI_RICH_H
#define BALAI_RICH_H

#include "server/html/html.h"

struct html html_rich(struct arena *arena, struct str text);

#endif
