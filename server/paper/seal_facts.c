// SPDX-License-Identifier: AGPL-3.0-or-later
/* What a certificate says of itself. */
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <time.h>

#include "server/base/random.h"
#include "server/paper/seal.h"

struct str seal_common_name(struct arena *arena, X509 *certificate)
{
    const X509_NAME *subject = X509_get_subject_name(certificate);
    const int at = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
    unsigned char *text = NULL;
    int n = at < 0 ? -1 : ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at)));
    struct str name = n > 0 ? str_dup(arena, (struct str){(const char *)text, (size_t)n}) : STR("");

    OPENSSL_free(text);
    return name;
}

static utc_us time_of(const ASN1_TIME *time)
{
    struct tm tm = {0};

    return ASN1_TIME_to_tm(time, &tm) == 1 ? (utc_us)timegm(&tm) * US_PER_S : 0;
}

static enum rc put_pem(struct arena *arena, X509 *certificate, struct str *out, struct err *err)
{
    BIO *bio = BIO_new(BIO_s_mem());
    char *text;
    long n;

    if (bio == NULL || PEM_write_bio_X509(bio, certificate) != 1 || (n = BIO_get_mem_data(bio, &text)) <= 0) {
        BIO_free(bio);
        return seal_failed(err, "writing a certificate");
    }
    *out = str_dup(arena, (struct str){text, (size_t)n});
    BIO_free(bio);
    return RC_OK;
}

static struct str in_pairs(struct arena *arena, const unsigned char sha256[32])
{
    struct buf out = {.arena = arena};

    for (size_t i = 0; i < 32; i++)
        buf_fmt(&out, "%s%02X", i > 0 ? " " : "", sha256[i]);
    return buf_str(&out);
}

enum rc seal_facts_of(struct arena *arena, struct str der, struct seal_facts *out, struct err *err)
{
    X509 *certificate;

    TRY(seal_read_certificate(arena, der, &certificate, err));
    *out = (struct seal_facts){.common = seal_common_name(arena, certificate),
                               .from = time_of(X509_get0_notBefore(certificate)),
                               .until = time_of(X509_get0_notAfter(certificate))};
    hash_sha256(der.p, der.n, out->sha256);
    out->fingerprint = in_pairs(arena, out->sha256);
    return put_pem(arena, certificate, &out->pem, err);
}

enum rc seal_stands(struct arena *arena, struct str certificate, struct str authority, utc_us at, bool *out, struct err *err)
{
    X509 *own, *above;
    time_t now = (time_t)(at / US_PER_S);

    TRY(seal_read_certificate(arena, certificate, &own, err));
    TRY(seal_read_certificate(arena, authority, &above, err));
    *out = X509_check_issued(above, own) == X509_V_OK && X509_cmp_time(X509_get0_notAfter(own), &now) > 0;
    return RC_OK;
}
