// SPDX-License-Identifier: AGPL-3.0-or-later
/* The scripts of migrations/, for test rigs that make schemas of their own: always all of a kind, so that none is forgotten. */
#ifndef TEST_MIGRATIONS_H
#define TEST_MIGRATIONS_H

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>

#include "server/base/base.h"

/* All steps of kind ("control", "reference", "village") in order, as one script for admin_script. */
static inline struct str migrations_script(struct arena *arena, const char *kind)
{
    struct buf text = {.arena = arena};
    char pattern[500], part[4096];
    glob_t found;

    snprintf(pattern, sizeof(pattern), "%s/migrations/%s/*.sql", BALAI_SOURCE_DIR, kind);
    if (glob(pattern, 0, NULL, &found) != 0)
        abort();
    for (size_t i = 0; i < found.gl_pathc; i++) {
        FILE *file = fopen(found.gl_pathv[i], "r");
        size_t n;

        if (file == NULL)
            abort();
        while ((n = fread(part, 1, sizeof(part), file)) > 0)
            buf_put(&text, part, n);
        fclose(file);
    }
    globfree(&found);
    return buf_str(&text);
}

#endif
