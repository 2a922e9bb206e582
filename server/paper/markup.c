// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/paper/markup.h"

#include <stdlib.h>

#include "server/base/json.h"

struct str paper_markup_write(struct arena *arena, const json_t *tree)
{
    char *text = json_dumps(tree, JSON_INDENT(1) | JSON_ENSURE_ASCII * 0);
    const struct str out = str_dup(arena, str_c(text));

    free(text);
    return out;
}

enum rc paper_markup_read(struct arena *arena, struct str text, json_t **tree_out, struct str *fault_out, struct err *err)
{
    struct err why = {0};

    (void)err;
    *fault_out = json_read(arena, text, tree_out, &why) == RC_OK ? STR_NONE : STR("Isi ini tidak terbaca.");
    return RC_OK;
}
