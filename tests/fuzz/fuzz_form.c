// SPDX-License-Identifier: AGPL-3.0-or-later
/* Queries, bodies and cookies: the first byte chooses the parser. */
#include <stdlib.h>

#include "server/base/text.h"
#include "server/web/form.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

/* What form.h promises of every accepted field. */
static void check(const struct fields *fields)
{
    if (fields->n > FORM_MAX_FIELDS)
        abort();
    for (size_t i = 0; i < fields->n; i++) {
        const struct field *field = &fields->p[i];
        if (field->name.n == 0 || field->name.n > FORM_MAX_NAME || (!field->is_file && !utf8_is_valid(field->value)))
            abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    if (n == 0)
        return 0;
    struct arena *arena = arena_new();
    struct str text = {(const char *)bytes + 1, n - 1}, value;
    struct fields fields = {0};
    struct cookies cookies;

    switch (bytes[0] % 4) {
    case 0:
        if (form_read(arena, text, &fields, NULL) == RC_OK)
            check(&fields);
        break;
    case 1:
        if (multipart_read(arena, STR("b"), text, &fields, NULL) == RC_OK)
            check(&fields);
        break;
    case 2:
        if (cookie_read(arena, text, &cookies, NULL) == RC_OK)
            (void)!cookie_one(&cookies, STR("a"), &value, NULL);
        break;
    default:
        value = multipart_boundary(text);
        if (value.n > 70)
            abort();
    }
    arena_free(&arena);
    return 0;
}
