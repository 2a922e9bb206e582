// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/paper/check.h"

#include <openssl/cms.h>
#include <openssl/err.h>

#include "server/base/text.h"
#include "server/paper/paper.h"
#include "server/paper/seal.h"

enum { HEAD_WITHIN = 1024, DICTIONARY_MOST = 4096, HOLE_MOST = 512 * 1024, LINK_MOST = 300, CHAIN_MOST = 2, DIGEST_LEAST = 32 };

/* One signature as the file lays it out: it covers [0, from) and [to, end). */
struct range {
    size_t from, to, end;
    struct str dictionary; /* its text before the hole, or as much of it as is looked at */
};

static bool is_white(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0';
}

static struct str past_white(struct str s)
{
    size_t at = 0;

    while (at < s.n && is_white(s.p[at]))
        at++;
    return str_from(s, at);
}

static bool take(struct str *s, const char *word)
{
    const struct str rest = past_white(*s);

    if (!str_starts(rest, str_c(word)))
        return false;
    *s = str_from(rest, strlen(word));
    return true;
}

static bool take_size(struct str *s, size_t *out)
{
    const struct str rest = past_white(*s);
    size_t digits = 0;
    uint64_t n;

    while (digits < rest.n && digits < 12 && rest.p[digits] >= '0' && rest.p[digits] <= '9')
        digits++;
    if (!str_to_u64(str_part(rest, 0, digits), &n))
        return false;
    *s = str_from(rest, digits);
    *out = (size_t)n;
    return true;
}

/* From the object's head to the hole. */
static struct str dictionary_of(struct str bytes, size_t hole)
{
    struct str text = str_from(str_part(bytes, 0, hole), hole > DICTIONARY_MOST ? hole - DICTIONARY_MOST : 0);
    ptrdiff_t next;

    while ((next = str_find(text, STR(" obj"))) >= 0)
        text = str_from(text, (size_t)next + 4);
    return text;
}

/* `at`: of /ByteRange. False: no range of a signature, or one that leaves out more than its own place. */
static bool read_range(struct str bytes, size_t at, struct range *out)
{
    struct str rest = str_from(bytes, at), name;
    size_t zero, from, to, tail;

    if (!take(&rest, "/ByteRange") || !take(&rest, "[") || !take_size(&rest, &zero) || !take_size(&rest, &from) || !take_size(&rest, &to) ||
        !take_size(&rest, &tail) || !take(&rest, "]"))
        return false;
    if (zero != 0 || from < 10 || from + 2 > to || to - from > HOLE_MOST || to > bytes.n || tail > bytes.n - to)
        return false;
    if (at < from ? from - at > DICTIONARY_MOST : at < to || at - to > DICTIONARY_MOST || at >= to + tail)
        return false; /* a range that stands elsewhere than the signature, or is itself not covered */
    for (name = str_part(bytes, 0, from); name.n > 0 && is_white(name.p[name.n - 1]); name.n--)
        ;
    if (bytes.p[from] != '<' || bytes.p[to - 1] != '>' || !str_ends(name, STR("/Contents")))
        return false;
    *out = (struct range){from, to, to + tail, dictionary_of(bytes, from)};
    return true;
}

/* (D:20261124010203Z), as the platform writes it; other forms are no time. */
static utc_us read_time(struct str dictionary)
{
    ptrdiff_t at = str_find(dictionary, STR("/M (D:"));
    struct str text = at >= 0 ? str_part(dictionary, (size_t)at + 6, 15) : STR("");
    uint64_t day, clock;

    if (text.n != 15 || text.p[14] != 'Z' || !str_to_u64(str_part(text, 0, 8), &day) || !str_to_u64(str_part(text, 8, 6), &clock))
        return 0;
    const struct date date = {(int16_t)(day / 10000), (uint8_t)(day / 100 % 100), (uint8_t)(day % 100)};
    if (!date_is_valid(date) || clock / 10000 > 23 || clock / 100 % 100 > 59 || clock % 100 > 60)
        return 0;
    const int64_t seconds = (int64_t)(clock / 10000 * 3600 + clock / 100 % 100 * 60 + clock % 100);
    return (date_to_days(date) * 86400 + seconds) * US_PER_S;
}

/* Of one signer, without what is signed; NULL: nothing that is read here. */
static CMS_ContentInfo *read_cms(struct arena *arena, struct str bytes, const struct range *range)
{
    const size_t n = (range->to - range->from - 2) / 2;
    unsigned char *der = arena_alloc(arena, n + 1);
    const unsigned char *p = der;
    CMS_ContentInfo *cms;

    if (!str_unhex(str_part(bytes, range->from + 1, 2 * n), der, n))
        return NULL;
    cms = d2i_CMS_ContentInfo(NULL, &p, (long)n);
    if (cms != NULL && (OBJ_obj2nid(CMS_get0_type(cms)) != NID_pkcs7_signed || CMS_is_detached(cms) != 1 ||
                        sk_CMS_SignerInfo_num(CMS_get0_SignerInfos(cms)) != 1)) {
        CMS_ContentInfo_free(cms);
        return NULL;
    }
    return cms;
}

/* Whether the digest that was signed is that of the bytes it covers. */
static bool digest_fits(struct str bytes, const struct range *range, CMS_SignerInfo *info)
{
    const ASN1_OCTET_STRING *said = CMS_signed_get0_data_by_OBJ(info, OBJ_nid2obj(NID_pkcs9_messageDigest), -3, V_ASN1_OCTET_STRING);
    unsigned char digest[EVP_MAX_MD_SIZE];
    const ASN1_OBJECT *name;
    X509_ALGOR *algorithm = NULL;
    const EVP_MD *kind;
    unsigned n = 0;

    CMS_SignerInfo_get0_algs(info, NULL, NULL, &algorithm, NULL);
    if (said == NULL || algorithm == NULL)
        return false;
    X509_ALGOR_get0(&name, NULL, NULL, algorithm);
    kind = EVP_get_digestbyobj(name);
    if (kind == NULL || EVP_MD_get_size(kind) < DIGEST_LEAST)
        return false;
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    const bool done = context != NULL && EVP_DigestInit_ex(context, kind, NULL) == 1 &&
                      EVP_DigestUpdate(context, bytes.p, range->from) == 1 &&
                      EVP_DigestUpdate(context, bytes.p + range->to, range->end - range->to) == 1 &&
                      EVP_DigestFinal_ex(context, digest, &n) == 1;
    EVP_MD_CTX_free(context);
    return done && (unsigned)ASN1_STRING_length(said) == n && memcmp(ASN1_STRING_get0_data(said), digest, n) == 0;
}

/* Whether the certificate stands on one of the authorities at that time. `known`: the certificates that came with it. */
static bool chain_stands(X509 *certificate, STACK_OF(X509) * known, X509_STORE *store, utc_us at)
{
    X509_STORE_CTX *context = X509_STORE_CTX_new();
    bool stands = false;

    if (context != NULL && at != 0 && X509_STORE_CTX_init(context, store, certificate, known) == 1) {
        X509_VERIFY_PARAM *wish = X509_STORE_CTX_get0_param(context);
        X509_VERIFY_PARAM_set_time(wish, (time_t)(at / US_PER_S));
        X509_VERIFY_PARAM_set_depth(wish, CHAIN_MOST);
        X509_VERIFY_PARAM_set_flags(wish, X509_V_FLAG_PARTIAL_CHAIN); /* an authority is trusted for itself, whoever stands above it */
        stands = X509_verify_cert(context) == 1 && (X509_get_key_usage(certificate) & (KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION)) != 0;
    }
    X509_STORE_CTX_free(context);
    return stands;
}

static void judge(struct arena *arena, struct str bytes, const struct range *range, X509_STORE *store, utc_us at, struct pdf_seal *out)
{
    CMS_ContentInfo *cms = read_cms(arena, bytes, range);
    CMS_SignerInfo *info = cms != NULL ? sk_CMS_SignerInfo_value(CMS_get0_SignerInfos(cms), 0) : NULL;
    STACK_OF(X509) *known = NULL;
    X509 *certificate = NULL;

    *out = (struct pdf_seal){.covers = range->end, .at = read_time(range->dictionary)};
    if (info != NULL && CMS_set1_signers_certs(cms, NULL, 0) == 1) {
        known = CMS_get1_certs(cms);
        CMS_SignerInfo_get0_algs(info, NULL, &certificate, NULL, NULL);
        out->is_intact = certificate != NULL && digest_fits(bytes, range, info) && CMS_SignerInfo_verify(info) == 1;
        out->is_ours = out->is_intact && chain_stands(certificate, known, store, at != 0 ? at : out->at);
        out->called = out->is_intact ? seal_common_name(arena, certificate) : STR("");
        if (out->is_ours)
            out->signer = out->called;
    }
    sk_X509_pop_free(known, X509_free);
    CMS_ContentInfo_free(cms);
    ERR_clear_error();
}

static X509_STORE *store_of(struct arena *arena, const struct str *authorities, size_t n)
{
    X509_STORE *store = X509_STORE_new();

    for (size_t i = 0; store != NULL && i < n; i++) {
        struct err err;
        X509 *certificate;
        if (seal_read_certificate(arena, authorities[i], &certificate, &err) == RC_OK)
            X509_STORE_add_cert(store, certificate);
    }
    return store;
}

static struct str read_link(struct str bytes)
{
    const struct str key = STR(PDF_LINK_KEY " (");
    ptrdiff_t at = str_find(bytes, key), end;

    if (at < 0)
        return STR_NONE;
    bytes = str_part(bytes, (size_t)at + key.n, LINK_MOST);
    end = str_find_char(bytes, ')');
    return end < 0 ? STR_NONE : str_part(bytes, 0, (size_t)end);
}

void pdf_check(struct arena *arena, struct str bytes, const struct str *authorities, size_t n, utc_us at_time, struct pdf_check *out)
{
    const struct str key = STR("/ByteRange");
    X509_STORE *store;
    ptrdiff_t found;

    *out = (struct pdf_check){.is_pdf = str_find(str_part(bytes, 0, HEAD_WITHIN), STR("%PDF-")) >= 0};
    if (!out->is_pdf)
        return;
    out->link = read_link(bytes);
    store = store_of(arena, authorities, n);
    for (size_t at = 0; store != NULL && out->n < CHECK_SEALS && (found = str_find(str_from(bytes, at), key)) >= 0; at += key.n) {
        struct range range = {0};
        at += (size_t)found;
        if (read_range(bytes, at, &range))
            judge(arena, bytes, &range, store, at_time, &out->seals[out->n++]);
        else
            out->seals[out->n++] = (struct pdf_seal){0};
    }
    X509_STORE_free(store);
}
