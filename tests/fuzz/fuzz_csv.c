// SPDX-License-Identifier: AGPL-3.0-or-later
/* Texts of people (separated by NUL) written as CSV: read by the standard's rules they are the same, and none runs as a formula. */
#include <stdlib.h>

#include "server/sheet/sheet.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

enum { CELLS = 16 };

/* One field of RFC 4180 from *at on; stops at the comma or line end after it. */
static struct str read_field(struct arena *arena, struct str line, size_t *at)
{
    struct buf out = {.arena = arena};

    if (*at < line.n && line.p[*at] == '"') {
        for (++*at;; ++*at) {
            if (*at >= line.n)
                abort();
            if (line.p[*at] == '"' && (*at + 1 >= line.n || line.p[*at + 1] != '"'))
                break;
            if (line.p[*at] == '"')
                ++*at;
            buf_put_char(&out, line.p[*at]);
        }
        ++*at;
    } else {
        for (; *at < line.n && line.p[*at] != ',' && line.p[*at] != '\r'; ++*at)
            buf_put_char(&out, line.p[*at]);
    }
    return buf_str(&out);
}

/* A dash alone, or a sign and nothing but digits with at most one point or comma. */
static bool is_harmless(struct str field)
{
    size_t points = 0;

    for (size_t i = 1; i < field.n; i++) {
        points += field.p[i] == '.' || field.p[i] == ',';
        if ((field.p[i] < '0' || field.p[i] > '9') && field.p[i] != '.' && field.p[i] != ',')
            return false;
    }
    return points < 2 && (field.p[0] == '-' || (field.p[0] == '+' && field.n > 1));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct arena *arena = arena_new();
    struct sheet_cell cells[CELLS];
    struct buf out = {.arena = arena};
    struct str rest = {(const char *)bytes, n};
    size_t count = 0, at = 0;

    while (count < CELLS) {
        ptrdiff_t end = str_find_char(rest, '\0');

        cells[count++] = cell_text(end < 0 ? rest : str_part(rest, 0, (size_t)end));
        if (end < 0)
            break;
        rest = str_from(rest, (size_t)end + 1);
    }
    csv_put_row(&out, cells, count);
    struct str line = buf_str(&out);
    for (size_t i = 0; i < count; i++) {
        struct str field = read_field(arena, line, &at);

        if (at >= line.n || line.p[at++] != (i + 1 < count ? ',' : '\r'))
            abort();
        if (field.n > 0 && str_find_char(STR("=+-@\t\r"), field.p[0]) >= 0 && !is_harmless(field))
            abort();
        if (!str_eq(field, cells[i].text) && !str_eq(field, str_fmt(arena, "'%.*s", STR_ARG(cells[i].text))))
            abort();
    }
    if (at + 1 != line.n || line.p[at] != '\n')
        abort();
    arena_free(&arena);
    return 0;
}
