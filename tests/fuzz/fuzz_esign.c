// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * What a signer elsewhere may answer. First byte: of which status. The rest stands alone, and behind the original, where a signature would:
 * it is never taken, for no input holds a sound one over bytes of ours.
 */
#include <stdlib.h>

#include "server/outbound/esign.h"
#include "server/paper/sign.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static const struct str original = STR_INIT("%PDF-1.5\n1 0 obj\n<< /Length 4 >>\nstream\nisi \nendstream\nendobj\n%%EOF\n");
    static const long statuses[] = {0, 200, 302, 400, 401, 404, 500};
    struct arena *arena = arena_new();
    struct err err;

    if (n > 0) {
        const long status = statuses[bytes[0] % COUNT_OF(statuses)];
        const struct str answer = {(const char *)bytes + 1, n - 1};
        const bool is_pdf = str_starts(answer, STR("%PDF-"));

        if ((esign_judge_signed(arena, status, answer) == ESIGN_DONE) != (status == 200 && is_pdf))
            abort();
        if (esign_judge_status(arena, status, answer) == ESIGN_DONE && status != 200)
            abort();
        (void)esign_address_is_valid(answer);
        const struct pdf_trust trust = {.may_be_anew = true};
        const struct str behind = str_fmt(arena, "%.*s%.*s", STR_ARG(original), STR_ARG(answer));
        struct pdf_elsewhere found;

        if (pdf_signed_elsewhere(arena, original, answer, &trust, &found, &err) == RC_OK ||
            pdf_signed_elsewhere(arena, original, behind, &trust, &found, &err) == RC_OK)
            abort();
    }
    arena_free(&arena);
    return 0;
}
