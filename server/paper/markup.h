// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * The light markup of a tree: text that a clerk can read and write without a script. README.md, "Light markup", says its notation. What has
 * no short form stands in it as it is, so that every tree comes back from its text as the same tree.
 */
#ifndef BALAI_PAPER_MARKUP_H
#define BALAI_PAPER_MARKUP_H

#include <jansson.h>

#include "server/base/base.h"

/* The text of a tree, in the arena. The tree need not be sound (paper_check). */
struct str paper_markup_write(struct arena *arena, const json_t *tree);

/*
 * The tree of a text; it lives as long as the arena. fault_out: what is wrong, with the number of its line, in Indonesian; STR_NONE:
 * nothing. A text that begins with { is the tree's JSON. Fails for nothing else.
 */
enum rc paper_markup_read(struct arena *arena, struct str text, json_t **tree_out, struct str *fault_out, struct err *err) MUST_USE;

#endif
