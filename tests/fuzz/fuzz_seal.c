// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * A PDF that somebody sends to be checked. First byte even: the text itself, which no authority has sealed. Odd: a file that was sealed
 * here, with the rest written over it from a place that the next two bytes say; what is still called intact has no byte changed that it
 * covers.
 */
#include <stdlib.h>

#include "server/base/random.h"
#include "server/paper/check.h"
#include "server/paper/paper.h"
#include "server/paper/sign.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

#define AT INT64_C(1795487520000000)

static struct arena *kept;
static struct str authority, sealed;

/* cairo's skeleton, as small as pdf_sign takes it. */
static struct str skeleton(void)
{
    static const char *const objects[] = {"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [ 3 0 R ] /Count 1 >>",
                                          "<< /Type /Page /Parent 2 0 R >>", "<< " PDF_LINK_KEY " (http://x.test/v/abc) >>"};
    size_t at[COUNT_OF(objects)];
    struct buf out = {.arena = kept};

    buf_put_str(&out, STR("%PDF-1.5\n"));
    for (size_t i = 0; i < COUNT_OF(objects); i++) {
        at[i] = out.n;
        buf_fmt(&out, "%zu 0 obj\n%s\nendobj\n", i + 1, objects[i]);
    }
    const size_t xref = out.n;
    buf_put_str(&out, STR("xref\n0 5\n0000000000 65535 f \n"));
    for (size_t i = 0; i < COUNT_OF(objects); i++)
        buf_fmt(&out, "%010zu 00000 n \n", at[i]);
    buf_fmt(&out, "trailer\n<< /Size 5 /Root 1 0 R /Info 4 0 R >>\nstartxref\n%zu\n%%%%EOF\n", xref);
    return buf_str(&out);
}

static void make_sealed(void)
{
    const struct seal_name name = {STR("Otoritas"), STR("Uji")};
    struct pdf_signer signer = {.at = AT};
    struct seal_authority above;

    kept = arena_new();
    if (seal_key_new(kept, &above.key, NULL) != RC_OK ||
        seal_authority_new(kept, above.key, &name, AT, 20, &above.certificate, NULL) != RC_OK ||
        seal_key_new(kept, &signer.key, NULL) != RC_OK ||
        seal_certificate_new(kept, &above, signer.key, &name, AT, 5, &signer.certificate, NULL) != RC_OK ||
        pdf_sign(kept, skeleton(), &signer, &sealed, NULL) != RC_OK)
        abort();
    authority = above.certificate;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct arena *arena = arena_new();
    struct pdf_check got;

    if (kept == NULL) {
        base_init();
        make_sealed();
    }
    if (n > 3 && bytes[0] % 2 == 1) {
        struct str pdf = str_dup(arena, sealed);
        const size_t from = (size_t)(bytes[1] << 8 | bytes[2]) % pdf.n, much = n - 3 < pdf.n - from ? n - 3 : pdf.n - from;
        memcpy((char *)pdf.p + from, bytes + 3, much);
        pdf_check(arena, pdf, &authority, 1, 0, &got);
        const size_t hole = (size_t)str_find(sealed, STR("/Contents <")) + 10;
        for (size_t i = 0; i < got.n; i++)
            if (got.seals[i].is_ours && (memcmp(pdf.p, sealed.p, hole) != 0 || got.seals[i].covers != sealed.n))
                abort();
    } else if (n > 0) {
        pdf_check(arena, (struct str){(const char *)bytes + 1, n - 1}, &authority, 1, 0, &got);
        for (size_t i = 0; i < got.n; i++)
            if (got.seals[i].is_ours)
                abort();
    }
    if (n > 0 && got.n > CHECK_SEALS)
        abort();
    arena_free(&arena);
    return 0;
}
