// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/register/codes_source.h"

static struct str label(uint32_t list, uint32_t code)
{
    return code_label((enum code_list)list, code);
}

static bool at(uint32_t list, size_t i, uint32_t *code_out, struct str *label_out)
{
    size_t n;
    const struct code *codes = codes_of((enum code_list)list, &n);

    if (i >= n)
        return false;
    *code_out = codes[i].code;
    *label_out = codes[i].label;
    return true;
}

const struct input_source codes_source = {.label = label, .at = at};
