// SPDX-License-Identifier: AGPL-3.0-or-later
/* Keys and certificates of seals. */
#include "server/paper/seal.h"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/x509v3.h>
#include <pthread.h>

#include "server/base/random.h"

enum { MAX_YEARS = 30, SERIAL_BYTES = 16 };

enum rc seal_failed(struct err *err, const char *what)
{
    unsigned long code = ERR_peek_last_error();
    const char *reason = code != 0 ? ERR_reason_error_string(code) : NULL;

    ERR_clear_error();
    return fail(err, RC_FAULT, "%s: %s", what, reason != NULL ? reason : "refused");
}

static void key_end(void *arg)
{
    EVP_PKEY_free(arg);
}

static void certificate_end(void *arg)
{
    X509_free(arg);
}

/*
 * The key as seal_key_new writes it: the private number and the point stand at
 * fixed places. OpenSSL's decoders need half a millisecond to find them.
 */
static EVP_PKEY *read_own_key(const unsigned char *der, int n)
{
    static const unsigned char head[] = {0x30, 0x6B, 0x02, 0x01, 0x01, 0x04, 0x20}, middle[] = {0xA1, 0x44, 0x03, 0x42, 0x00};
    enum { PRIVATE_AT = sizeof head, MIDDLE_AT = PRIVATE_AT + 32, POINT_AT = MIDDLE_AT + sizeof middle, POINT_BYTES = 65 };
    unsigned char number[32];
    EVP_PKEY_CTX *context;
    EVP_PKEY *key = NULL;
    BIGNUM *private;
    OSSL_PARAM params[4];

    if (n != POINT_AT + POINT_BYTES || memcmp(der, head, sizeof head) != 0 || memcmp(der + MIDDLE_AT, middle, sizeof middle) != 0)
        return NULL;
    private = BN_bin2bn(der + PRIVATE_AT, 32, NULL);
    context = EVP_PKEY_CTX_new_from_name(NULL, "EC", NULL);
    if (private != NULL && context != NULL && BN_bn2nativepad(private, number, sizeof number) == (int)sizeof number) {
        params[0] = OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, (char *)"prime256v1", 0);
        params[1] = OSSL_PARAM_construct_BN(OSSL_PKEY_PARAM_PRIV_KEY, number, sizeof number);
        params[2] = OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, (void *)(der + POINT_AT), POINT_BYTES);
        params[3] = OSSL_PARAM_construct_end();
        if (EVP_PKEY_fromdata_init(context) != 1 || EVP_PKEY_fromdata(context, &key, EVP_PKEY_KEYPAIR, params) != 1)
            key = NULL;
    }
    OPENSSL_cleanse(number, sizeof number);
    BN_clear_free(private);
    EVP_PKEY_CTX_free(context);
    return key;
}

static EVP_PKEY *read_pkcs8(struct str der)
{
    const unsigned char *p = (const unsigned char *)der.p, *inner;
    PKCS8_PRIV_KEY_INFO *info = d2i_PKCS8_PRIV_KEY_INFO(NULL, &p, (long)der.n);
    const X509_ALGOR *algorithm;
    const ASN1_OBJECT *object;
    const void *group;
    EVP_PKEY *key = NULL;
    int n, type;

    if (info != NULL && PKCS8_pkey_get0(NULL, &inner, &n, &algorithm, info) == 1) {
        X509_ALGOR_get0(&object, &type, &group, algorithm);
        if (OBJ_obj2nid(object) == NID_X9_62_id_ecPublicKey && type == V_ASN1_OBJECT && OBJ_obj2nid(group) == NID_X9_62_prime256v1)
            key = read_own_key(inner, n);
        if (key == NULL)
            key = EVP_PKCS82PKEY(info);
    }
    PKCS8_PRIV_KEY_INFO_free(info);
    return key;
}

enum rc seal_read_key(struct arena *arena, struct str der, EVP_PKEY **out, struct err *err)
{
    EVP_PKEY *key = str_empty(der) ? NULL : read_pkcs8(der);
    char group[32] = "";

    if (key == NULL)
        return seal_failed(err, "key of a seal");
    arena_defer(arena, key_end, key);
    if (!EVP_PKEY_is_a(key, "EC") || EVP_PKEY_get_group_name(key, group, sizeof group, NULL) != 1 || strcmp(group, "prime256v1") != 0)
        return fail(err, RC_FAULT, "key of a seal: not P-256");
    *out = key;
    return RC_OK;
}

/*
 * Certificates as they were read last, each at the place that its digest says: the same two sign letter after letter, and OpenSSL's decoder
 * needs half a millisecond for a public key. They are public, and nobody changes one that was read.
 */
enum { KNOWN_CERTIFICATES = 1024 };
static pthread_mutex_t known_lock = PTHREAD_MUTEX_INITIALIZER;
static struct known {
    unsigned char digest[HASH_BYTES];
    X509 *certificate;
} known[KNOWN_CERTIFICATES];

static struct known *place_of(const unsigned char digest[HASH_BYTES])
{
    return &known[(digest[0] | digest[1] << 8) % KNOWN_CERTIFICATES];
}

/* The caller's own reference, or NULL. */
static X509 *find_known(const unsigned char digest[HASH_BYTES])
{
    const struct known *at = place_of(digest);
    X509 *found = NULL;

    pthread_mutex_lock(&known_lock);
    if (at->certificate != NULL && memcmp(at->digest, digest, HASH_BYTES) == 0 && X509_up_ref(at->certificate) == 1)
        found = at->certificate;
    pthread_mutex_unlock(&known_lock);
    return found;
}

static void keep_known(const unsigned char digest[HASH_BYTES], X509 *certificate)
{
    struct known *at = place_of(digest);
    X509 *old;

    if (X509_up_ref(certificate) != 1)
        return;
    pthread_mutex_lock(&known_lock);
    old = at->certificate;
    at->certificate = certificate;
    memcpy(at->digest, digest, HASH_BYTES);
    pthread_mutex_unlock(&known_lock);
    X509_free(old);
}

enum rc seal_read_certificate(struct arena *arena, struct str der, X509 **out, struct err *err)
{
    const unsigned char *p = (const unsigned char *)der.p;
    unsigned char digest[HASH_BYTES];
    X509 *certificate;

    hash_sha256(der.p, der.n, digest);
    certificate = find_known(digest);
    if (certificate == NULL) {
        certificate = str_empty(der) ? NULL : d2i_X509(NULL, &p, (long)der.n);
        if (certificate == NULL)
            return seal_failed(err, "certificate of a seal");
        keep_known(digest, certificate);
    }
    arena_defer(arena, certificate_end, certificate);
    *out = certificate;
    return RC_OK;
}

enum rc seal_key_new(struct arena *arena, struct str *key_out, struct err *err)
{
    EVP_PKEY *key = EVP_EC_gen("P-256");
    PKCS8_PRIV_KEY_INFO *info = key != NULL ? EVP_PKEY2PKCS8(key) : NULL;
    unsigned char *der = NULL;
    int n = info != NULL ? i2d_PKCS8_PRIV_KEY_INFO(info, &der) : -1;

    PKCS8_PRIV_KEY_INFO_free(info);
    EVP_PKEY_free(key);
    if (n <= 0)
        return seal_failed(err, "making a key");
    *key_out = str_dup(arena, (struct str){(const char *)der, (size_t)n});
    OPENSSL_clear_free(der, (size_t)n);
    return RC_OK;
}

static bool add_name(X509_NAME *name, const char *field, struct str text)
{
    return X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8, (const unsigned char *)text.p, (int)text.n, -1, 0) == 1;
}

/* OpenSSL itself refuses names of more than 64 characters. */
static bool set_subject(X509 *certificate, const struct seal_name *name)
{
    X509_NAME *subject = X509_get_subject_name(certificate);

    return !str_empty(name->common) && !str_empty(name->organisation) && name->common.n < 1000 && name->organisation.n < 1000 &&
           add_name(subject, "C", STR("ID")) && add_name(subject, "O", name->organisation) && add_name(subject, "CN", name->common);
}

static bool set_serial(X509 *certificate)
{
    unsigned char bytes[SERIAL_BYTES];
    BIGNUM *number;
    bool done;

    random_bytes(bytes, sizeof bytes);
    bytes[0] = (bytes[0] & 0x7F) | 0x40; /* positive, and always of full length */
    number = BN_bin2bn(bytes, sizeof bytes, NULL);
    done = number != NULL && BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate)) != NULL;
    BN_free(number);
    return done;
}

/* Years are counted as 365 days and a quarter, less a day; never beyond the issuer's own end. */
static bool set_validity(X509 *certificate, const X509 *issuer, utc_us from, int years)
{
    time_t start = (time_t)(from / US_PER_S);
    int64_t end = (int64_t)start + (int64_t)years * 31557600 - 86400;

    if (ASN1_TIME_set(X509_getm_notBefore(certificate), start) == NULL ||
        ASN1_TIME_set(X509_getm_notAfter(certificate), (time_t)end) == NULL)
        return false;
    if (issuer == NULL || ASN1_TIME_compare(X509_get0_notAfter(certificate), X509_get0_notAfter(issuer)) <= 0)
        return true;
    return X509_set1_notAfter(certificate, X509_get0_notAfter(issuer)) == 1;
}

static bool add_extension(X509 *certificate, X509 *issuer, int nid, const char *value)
{
    X509V3_CTX context;
    X509_EXTENSION *extension;
    bool done;

    X509V3_set_ctx(&context, issuer != NULL ? issuer : certificate, certificate, NULL, NULL, 0);
    extension = X509V3_EXT_conf_nid(NULL, &context, nid, value);
    done = extension != NULL && X509_add_ext(certificate, extension, -1) == 1;
    X509_EXTENSION_free(extension);
    return done;
}

static bool add_extensions(X509 *certificate, X509 *issuer)
{
    bool is_authority = issuer == NULL;

    return add_extension(certificate, issuer, NID_basic_constraints, is_authority ? "critical,CA:TRUE,pathlen:0" : "critical,CA:FALSE") &&
           add_extension(certificate, issuer, NID_key_usage,
                         is_authority ? "critical,keyCertSign,cRLSign" : "critical,digitalSignature,nonRepudiation") &&
           add_extension(certificate, issuer, NID_subject_key_identifier, "hash") &&
           (is_authority || add_extension(certificate, issuer, NID_authority_key_identifier, "keyid"));
}

struct wanted {
    EVP_PKEY *key, *issuer_key;
    X509 *issuer; /* NULL: itself */
    const struct seal_name *name;
    utc_us from;
    int years;
};

static enum rc make_certificate(struct arena *arena, const struct wanted *wanted, struct str *out, struct err *err)
{
    X509 *certificate = X509_new();
    unsigned char *der = NULL;
    int n = -1;

    if (certificate != NULL && X509_set_version(certificate, X509_VERSION_3) == 1 && set_serial(certificate) &&
        set_subject(certificate, wanted->name) &&
        X509_set_issuer_name(certificate, X509_get_subject_name(wanted->issuer != NULL ? wanted->issuer : certificate)) == 1 &&
        set_validity(certificate, wanted->issuer, wanted->from, wanted->years) && X509_set_pubkey(certificate, wanted->key) == 1 &&
        add_extensions(certificate, wanted->issuer) && X509_sign(certificate, wanted->issuer_key, EVP_sha256()) > 0)
        n = i2d_X509(certificate, &der);
    X509_free(certificate);
    if (n <= 0)
        return seal_failed(err, "making a certificate");
    *out = str_dup(arena, (struct str){(const char *)der, (size_t)n});
    OPENSSL_free(der);
    return RC_OK;
}

static enum rc check_years(int years, struct err *err)
{
    return years >= 1 && years <= MAX_YEARS ? RC_OK : fail(err, RC_FAULT, "a certificate is valid for 1 to %d years", MAX_YEARS);
}

enum rc seal_authority_new(struct arena *arena, struct str key, const struct seal_name *name, utc_us from, int years,
                           struct str *certificate_out, struct err *err)
{
    struct wanted wanted = {.name = name, .from = from, .years = years};

    TRY(check_years(years, err));
    TRY(seal_read_key(arena, key, &wanted.key, err));
    wanted.issuer_key = wanted.key;
    return make_certificate(arena, &wanted, certificate_out, err);
}

enum rc seal_certificate_new(struct arena *arena, const struct seal_authority *authority, struct str key, const struct seal_name *name,
                             utc_us from, int years, struct str *certificate_out, struct err *err)
{
    struct wanted wanted = {.name = name, .from = from, .years = years};

    TRY(check_years(years, err));
    TRY(seal_read_key(arena, authority->key, &wanted.issuer_key, err));
    TRY(seal_read_certificate(arena, authority->certificate, &wanted.issuer, err));
    TRY(seal_read_key(arena, key, &wanted.key, err));
    if (X509_check_private_key(wanted.issuer, wanted.issuer_key) != 1)
        return seal_failed(err, "the authority's key and certificate");
    return make_certificate(arena, &wanted, certificate_out, err);
}
