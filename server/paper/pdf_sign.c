// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * A signature as an incremental update: the file that was there, unchanged,
 * then a signature dictionary, its invisible field, the first page and the
 * catalog anew, and a table that points back. The hole for the signature is
 * the only part that is not signed.
 */
#include <stdio.h>

#include "server/base/random.h"
#include "server/paper/pdf_file.h"
#include "server/paper/seal.h"

#define RANGE_PLACE "/ByteRange [ 0 0000000000 0000000000 0000000000 ]"

struct update {
    struct buf pdf;
    struct pdf_file file;
    uint32_t page;
    size_t range_at, hole_from, hole_to; /* in pdf: /ByteRange; the hole with its angle brackets */
    size_t hole_bytes;
    uint32_t numbers[4];
    size_t offsets[4];
};

static enum rc first_page(const struct pdf_file *file, uint32_t *page_out, struct err *err)
{
    struct str catalog, pages;
    uint64_t number;

    TRY(pdf_object(file, file->root, &catalog, err));
    if (str_find(catalog, STR("/AcroForm")) >= 0)
        return fail(err, RC_CONFLICT, "the PDF is signed already");
    if (!pdf_number(catalog, "/Pages", &number) || number >= file->size)
        return fail(err, RC_FAULT, "the PDF has no pages");
    TRY(pdf_object(file, (uint32_t)number, &pages, err));
    if (!pdf_number(pages, "/Kids [", &number) || number >= file->size)
        return fail(err, RC_FAULT, "the PDF has no first page");
    *page_out = (uint32_t)number;
    return RC_OK;
}

static void begin_object(struct update *u, size_t slot, uint32_t number)
{
    u->numbers[slot] = number;
    u->offsets[slot] = u->pdf.n;
    buf_fmt(&u->pdf, "%" PRIu32 " 0 obj\n", number);
}

/* The object again, with more keys at the end of its dictionary. */
static enum rc put_changed(struct update *u, size_t slot, uint32_t number, struct str more, struct err *err)
{
    struct str body;
    size_t end;

    TRY(pdf_object(&u->file, number, &body, err));
    for (end = body.n; end >= 2 && memcmp(body.p + end - 2, ">>", 2) != 0; end--)
        ;
    if (end < 2 || str_find(body, STR("stream")) >= 0)
        return fail(err, RC_FAULT, "the PDF's object %" PRIu32 " is no dictionary", number);
    begin_object(u, slot, number);
    buf_put_str(&u->pdf, str_trim(str_part(body, 0, end - 2)));
    buf_fmt(&u->pdf, "\n%.*s >>\nendobj\n", STR_ARG(more));
    return RC_OK;
}

static void put_signature(struct update *u, size_t slot, uint32_t number, const struct pdf_signer *signer)
{
    begin_object(u, slot, number);
    buf_put_str(&u->pdf, STR("<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached\n/M "));
    pdf_put_time(&u->pdf, signer->at);
    if (!str_empty(signer->reason)) {
        buf_put_str(&u->pdf, STR("\n/Reason "));
        pdf_put_text(&u->pdf, signer->reason);
    }
    if (!str_empty(signer->location)) {
        buf_put_str(&u->pdf, STR("\n/Location "));
        pdf_put_text(&u->pdf, signer->location);
    }
    buf_put_char(&u->pdf, '\n');
    u->range_at = u->pdf.n;
    buf_put_str(&u->pdf, STR(RANGE_PLACE "\n/Contents "));
    u->hole_from = u->pdf.n;
    buf_put_char(&u->pdf, '<');
    for (size_t i = 0; i < u->hole_bytes; i++)
        buf_put(&u->pdf, "00", 2);
    buf_put_char(&u->pdf, '>');
    u->hole_to = u->pdf.n;
    buf_put_str(&u->pdf, STR(" >>\nendobj\n"));
}

static void sort_objects(struct update *u)
{
    for (size_t i = 1; i < COUNT_OF(u->numbers); i++)
        for (size_t k = i; k > 0 && u->numbers[k - 1] > u->numbers[k]; k--) {
            uint32_t number = u->numbers[k];
            size_t offset = u->offsets[k];
            u->numbers[k] = u->numbers[k - 1];
            u->offsets[k] = u->offsets[k - 1];
            u->numbers[k - 1] = number;
            u->offsets[k - 1] = offset;
        }
}

static void put_trailer(struct update *u)
{
    unsigned char hash[HASH_BYTES];
    struct str id;
    size_t xref;

    hash_sha256(u->pdf.p, u->pdf.n, hash);
    id = str_hex(u->pdf.arena, hash, 16);
    sort_objects(u);
    xref = u->pdf.n;
    pdf_put_xref(&u->pdf, u->numbers, u->offsets, COUNT_OF(u->numbers));
    buf_fmt(&u->pdf,
            "trailer\n<< /Size %" PRIu32 " /Root %" PRIu32 " 0 R /Info %" PRIu32
            " 0 R /Prev %zu /ID [ <%.*s> <%.*s> ] >>\nstartxref\n%zu\n%%%%EOF\n",
            u->file.size + 2, u->file.root, u->file.info, u->file.xref, STR_ARG(str_empty(u->file.id) ? id : u->file.id), STR_ARG(id),
            xref);
}

static enum rc put_update(struct update *u, const struct pdf_signer *signer, struct err *err)
{
    uint32_t signature = u->file.size, field = u->file.size + 1;
    struct arena *arena = u->pdf.arena;

    put_signature(u, 0, signature, signer);
    begin_object(u, 1, field);
    buf_fmt(&u->pdf,
            "<< /Type /Annot /Subtype /Widget /FT /Sig /T (Segel) /F 132 /Rect [ 0 0 0 0 ] /P %" PRIu32 " 0 R /V %" PRIu32
            " 0 R >>\nendobj\n",
            u->page, signature);
    TRY(put_changed(u, 2, u->page, str_fmt(arena, "/Annots [ %" PRIu32 " 0 R ]", field), err));
    TRY(put_changed(u, 3, u->file.root, str_fmt(arena, "/AcroForm << /Fields [ %" PRIu32 " 0 R ] /SigFlags 3 >>", field), err));
    put_trailer(u);
    return RC_OK;
}

/* What is signed: all before the hole and all after it. */
static enum rc digest_of(const struct update *u, unsigned char out[32], struct err *err)
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    bool done = context != NULL && EVP_DigestInit_ex(context, EVP_sha256(), NULL) == 1 &&
                EVP_DigestUpdate(context, u->pdf.p, u->hole_from) == 1 &&
                EVP_DigestUpdate(context, u->pdf.p + u->hole_to, u->pdf.n - u->hole_to) == 1 && EVP_DigestFinal_ex(context, out, NULL) == 1;

    EVP_MD_CTX_free(context);
    return done ? RC_OK : seal_failed(err, "hashing the PDF");
}

static enum rc fill_hole(struct update *u, const struct pdf_signer *signer, struct err *err)
{
    char range[sizeof RANGE_PLACE + 40];
    unsigned char digest[32];
    struct str der, hex;

    if (u->pdf.n > 1000 * 1000 * 1000)
        return fail(err, RC_TOO_LARGE, "the PDF is too large to be signed");
    snprintf(range, sizeof range, "/ByteRange [ 0 %-10zu %-10zu %-10zu ]", u->hole_from, u->hole_to, u->pdf.n - u->hole_to);
    memcpy(u->pdf.p + u->range_at, range, sizeof RANGE_PLACE - 1);
    TRY(digest_of(u, digest, err));
    TRY(seal_cms(u->pdf.arena, signer, digest, &der, err));
    if (der.n > u->hole_bytes)
        return fail(err, RC_FAULT, "the signature does not fit its place");
    hex = str_hex(u->pdf.arena, der.p, der.n);
    memcpy(u->pdf.p + u->hole_from + 1, hex.p, hex.n);
    return RC_OK;
}

enum rc pdf_sign(struct arena *arena, struct str pdf, const struct pdf_signer *signer, struct str *signed_out, struct err *err)
{
    struct update u = {.pdf = {.arena = arena}, .hole_bytes = 1024 + signer->certificate.n};

    for (size_t i = 0; i < signer->chain_count; i++)
        u.hole_bytes += signer->chain[i].n;
    TRY(pdf_open(arena, pdf, &u.file, err));
    TRY(first_page(&u.file, &u.page, err));
    buf_reserve(&u.pdf, pdf.n + 2 * u.hole_bytes + 4096);
    buf_put_str(&u.pdf, pdf);
    TRY(put_update(&u, signer, err));
    TRY(fill_hole(&u, signer, err));
    *signed_out = buf_str(&u.pdf);
    return RC_OK;
}
