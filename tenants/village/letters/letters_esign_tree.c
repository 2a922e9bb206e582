// SPDX-License-Identifier: AGPL-3.0-or-later
/* The signer's block of a letter that is signed elsewhere: his QR code stands where the hand would sign, and what kind of signature it is.
 */
#include "server/base/json.h"
#include "tenants/village/letters/letters_esign.h"

/* Of the words that a block names its signer by. */
#define SIGNER_WORD STR("_penandatangan}")
#define CERTIFIED "Ditandatangani secara elektronik dengan sertifikat BSrE"

static bool names_signer(struct arena *arena, const json_t *block)
{
    return json_is_object(block) && str_find(json_write(arena, block), SIGNER_WORD) >= 0;
}

static void put_here(json_t *block)
{
    json_object_set_new(block, "qr_here", json_true());
    if (json_object_get(block, "seal") != NULL)
        json_object_set_new(block, "seal", json_string(CERTIFIED));
}

/* One whose block has several signers: him whom the letter's words name; of a block that names nobody so the code stays where it is. */
static void move_code(struct arena *arena, json_t *signature)
{
    json_t *signers = json_object_get(signature, "signers"), *signer;
    bool is_moved = false;
    size_t i;

    if (signers == NULL && names_signer(arena, signature)) {
        put_here(signature);
        is_moved = true;
    }
    json_array_foreach(signers, i, signer)
    {
        if (!names_signer(arena, signer))
            continue;
        put_here(signer);
        is_moved = true;
    }
    if (is_moved) {
        json_object_del(signature, "qr");
        json_object_del(signature, "qr_note");
    }
}

/* Its depth is the tree's own, which paper_check has limited. */
static void walk(struct arena *arena, json_t *json)
{
    const char *key;
    json_t *value;
    size_t i;

    if (str_is(json_text(json, "type"), "signature") && json_is_true(json_object_get(json, "qr")))
        move_code(arena, json);
    json_object_foreach(json, key, value) walk(arena, value);
    json_array_foreach(json, i, value) walk(arena, value);
}

const json_t *letter_esign_tree(struct arena *arena, const json_t *tree)
{
    json_t *copy = json_deep_copy(tree);

    json_keep(arena, copy);
    walk(arena, copy);
    return copy;
}
