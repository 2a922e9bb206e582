// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/html/asset.h"

#include <stdio.h>
#include <stdlib.h>

#include "server/html/asset_table.h"

struct str asset_path(const char *name)
{
    for (size_t i = 0; i < asset_count; i++)
        if (str_is(asset_table[i].name, name))
            return asset_table[i].path;
    fprintf(stderr, "no asset is named %s\n", name);
    abort();
}

const struct asset *asset_find(struct str path)
{
    for (size_t i = 0; i < asset_count; i++)
        if (str_eq(asset_table[i].path, path))
            return &asset_table[i];
    return NULL;
}

const struct asset *asset_at(size_t i)
{
    return i < asset_count ? &asset_table[i] : NULL;
}
