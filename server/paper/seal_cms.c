// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * The CMS signature. OpenSSL's own final step would add a signing time from
 * the machine's clock; PAdES wants the time in the PDF's dictionary only. So
 * the attributes are completed and signed here.
 */
#include <openssl/cms.h>
#include <openssl/err.h>

#include "server/paper/seal.h"

enum { MAX_ATTRIBUTES = 8 };

static void cms_end(void *arg)
{
    CMS_ContentInfo_free(arg);
}

static enum rc new_cms(struct arena *arena, const struct pdf_signer *signer, EVP_PKEY *key, X509 *certificate, CMS_ContentInfo **cms_out,
                       CMS_SignerInfo **info_out, struct err *err)
{
    unsigned flags = CMS_PARTIAL | CMS_DETACHED | CMS_BINARY | CMS_NOSMIMECAP | CMS_CADES;
    CMS_ContentInfo *cms = CMS_sign(NULL, NULL, NULL, NULL, flags);
    CMS_SignerInfo *info = NULL;

    if (cms == NULL)
        return seal_failed(err, "starting a signature");
    arena_defer(arena, cms_end, cms);
    info = CMS_add1_signer(cms, certificate, key, EVP_sha256(), flags);
    if (info == NULL)
        return seal_failed(err, "signing");
    for (size_t i = 0; i < signer->chain_count; i++) {
        X509 *above;
        TRY(seal_read_certificate(arena, signer->chain[i], &above, err));
        if (CMS_add1_cert(cms, above) != 1)
            return seal_failed(err, "adding the chain");
    }
    *cms_out = cms;
    *info_out = info;
    return RC_OK;
}

static int compare_der(const void *a, const void *b)
{
    const struct str *x = a, *y = b;
    int order = memcmp(x->p, y->p, x->n < y->n ? x->n : y->n);

    return order != 0 ? order : (x->n > y->n) - (x->n < y->n);
}

static void put_length(struct buf *out, size_t n)
{
    if (n >= 0x80)
        buf_put_char(out, (char)(n >= 0x100 ? 0x82 : 0x81));
    if (n >= 0x100)
        buf_put_char(out, (char)(n >> 8));
    buf_put_char(out, (char)(n & 0xFF));
}

/* The signed attributes as DER writes a SET OF: what the signature is over. */
static enum rc attributes_der(struct arena *arena, const CMS_SignerInfo *info, struct str *out, struct err *err)
{
    struct str parts[MAX_ATTRIBUTES];
    struct buf der = {.arena = arena};
    int count = CMS_signed_get_attr_count(info);
    size_t n = 0;

    if (count < 3 || count > MAX_ATTRIBUTES)
        return fail(err, RC_FAULT, "a signature with %d attributes", count);
    for (int i = 0; i < count; i++) {
        unsigned char *bytes = NULL;
        int length = i2d_X509_ATTRIBUTE(CMS_signed_get_attr(info, i), &bytes);
        if (length <= 0)
            return seal_failed(err, "writing an attribute");
        parts[i] = str_dup(arena, (struct str){(const char *)bytes, (size_t)length});
        OPENSSL_free(bytes);
        n += parts[i].n;
    }
    if (n > 0xFFFF)
        return fail(err, RC_FAULT, "a signature's attributes are too long");
    qsort(parts, (size_t)count, sizeof parts[0], compare_der);
    buf_put_char(&der, 0x31);
    put_length(&der, n);
    for (int i = 0; i < count; i++)
        buf_put_str(&der, parts[i]);
    *out = buf_str(&der);
    return RC_OK;
}

static enum rc sign_attributes(EVP_PKEY *key, struct str attributes, CMS_SignerInfo *info, struct err *err)
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    unsigned char signature[128];
    size_t n = sizeof signature;
    bool done = context != NULL && EVP_DigestSignInit(context, NULL, EVP_sha256(), NULL, key) == 1 &&
                EVP_DigestSign(context, signature, &n, (const unsigned char *)attributes.p, attributes.n) == 1 &&
                ASN1_STRING_set(CMS_SignerInfo_get0_signature(info), signature, (int)n) == 1;

    EVP_MD_CTX_free(context);
    return done ? RC_OK : seal_failed(err, "signing");
}

enum rc seal_cms(struct arena *arena, const struct pdf_signer *signer, const unsigned char digest[32], struct str *der_out, struct err *err)
{
    CMS_ContentInfo *cms = NULL;
    CMS_SignerInfo *info = NULL;
    EVP_PKEY *key = NULL;
    X509 *certificate = NULL;
    struct str attributes = STR_NONE;
    unsigned char *der = NULL;
    int n;

    ERR_clear_error();
    TRY(seal_read_key(arena, signer->key, &key, err));
    TRY(seal_read_certificate(arena, signer->certificate, &certificate, err));
    if (X509_check_private_key(certificate, key) != 1)
        return seal_failed(err, "key and certificate of the seal");
    TRY(new_cms(arena, signer, key, certificate, &cms, &info, err));
    if (CMS_signed_add1_attr_by_NID(info, NID_pkcs9_messageDigest, V_ASN1_OCTET_STRING, digest, 32) != 1 ||
        CMS_signed_add1_attr_by_NID(info, NID_pkcs9_contentType, V_ASN1_OBJECT, OBJ_nid2obj(NID_pkcs7_data), -1) != 1)
        return seal_failed(err, "adding attributes");
    TRY(attributes_der(arena, info, &attributes, err));
    TRY(sign_attributes(key, attributes, info, err));
    n = i2d_CMS_ContentInfo(cms, &der);
    if (n <= 0)
        return seal_failed(err, "writing the signature");
    *der_out = str_dup(arena, (struct str){(const char *)der, (size_t)n});
    OPENSSL_free(der);
    return RC_OK;
}
