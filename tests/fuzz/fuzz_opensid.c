// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Templates of OpenSID's letter types: HTML from strangers. What comes out is a type whose paper passes the check of trees, or a reason why
 * there is none.
 */
#include <stdio.h>
#include <stdlib.h>

#include "server/base/json.h"
#include "server/base/random.h"
#include "server/paper/paper.h"
#include "tenants/village/letters/opensid.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

/* Bytes that are no text of UTF-8 go as Latin-1: no JSON brings others. */
static json_t *export_of(struct arena *arena, struct str html)
{
    struct buf text = {.arena = arena};
    json_t *json;

    for (size_t i = 0; i < html.n; i++) {
        const unsigned char c = (unsigned char)html.p[i];

        if (c >= 0x80) {
            buf_put_char(&text, (char)(0xC0 | c >> 6));
            buf_put_char(&text, (char)(0x80 | (c & 0x3F)));
        } else if (c != 0)
            buf_put_char(&text, (char)c);
    }
    json = json_pack("{s:s, s:s, s:i, s:[{s:s, s:s, s:s}], s:s%}", "nama", "Uji", "kode_surat", "400.7", "header", 1, "kode_isian", "tipe",
                     "text", "kode", "[form_a]", "nama", "A", "template", text.n > 0 ? text.p : "", text.n);
    arena_defer(arena, (void (*)(void *))json_decref, json);
    return json;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static bool is_begun;
    struct arena *arena = arena_new();
    struct str fault = STR_NONE;
    struct err err;
    const json_t *type;

    if (!is_begun)
        base_init();
    if (!is_begun && paper_init(STR(""), &err) != RC_OK)
        abort();
    is_begun = true;
    if (opensid_type(arena, export_of(arena, (struct str){(const char *)bytes, n}), &type, &fault, &err) != RC_OK) {
        if (fault.p == NULL)
            abort();
    } else if (paper_check(arena, json_object_get(json_object_get(type, "definition"), "paper"), NULL, &err) != RC_OK &&
               str_find(str_c(err.text), STR("font")) < 0) {
        fprintf(stderr, "%s\n", err.text);
        abort(); /* the tree that was made is none */
    }
    arena_free(&arena);
    return 0;
}
