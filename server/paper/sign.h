// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Electronic seals. A village's seal is a P-256 key and a certificate that the
 * platform's own authority signed; pdf_sign adds a PAdES-B-B signature
 * (ETSI.CAdES.detached) to a PDF that paper_pdf made, as an incremental update,
 * so that every byte of the file is covered. The caller keeps keys: it seals
 * the DER at rest and wipes it after use. CPU work of about 0.6 ms a signature:
 * call it where the PDF is made. Safe from any thread.
 */
#ifndef BALAI_PAPER_SIGN_H
#define BALAI_PAPER_SIGN_H

#include "server/base/base.h"
#include "server/base/clock.h"

struct seal_name {
    struct str common;       /* "Segel Elektronik Desa Sampano"; 1–64 characters */
    struct str organisation; /* "Pemerintah Desa Sampano"; 1–64 characters */
};

/* A new P-256 key as PKCS#8 DER. */
enum rc seal_key_new(struct arena *arena, struct str *key_out, struct err *err) MUST_USE;

/* A self-signed certificate of the platform's authority, DER, valid for years from `from`. Serial random; country ID. */
enum rc seal_authority_new(struct arena *arena, struct str key, const struct seal_name *name, utc_us from, int years,
                           struct str *certificate_out, struct err *err) MUST_USE;

/* Whose word a certificate stands on. */
struct seal_authority {
    struct str key, certificate; /* DER */
};

/* A certificate for a village's seal (digitalSignature and nonRepudiation only). Ends no later than the authority's. */
enum rc seal_certificate_new(struct arena *arena, const struct seal_authority *authority, struct str key, const struct seal_name *name,
                             utc_us from, int years, struct str *certificate_out, struct err *err) MUST_USE;

/* What a certificate says: for people who are to trust it. */
struct seal_facts {
    struct str common;
    utc_us from, until;
    unsigned char sha256[32]; /* of the DER: its fingerprint */
    struct str fingerprint;   /* the same as readers of PDFs show it: "9F 86 D0 81 …" */
    struct str pem;
};
enum rc seal_facts_of(struct arena *arena, struct str der, struct seal_facts *out, struct err *err) MUST_USE;
/* Whether a certificate may still sign: it is of this authority, and not over. Both DER; RC_FAULT: one of them is no certificate. */
enum rc seal_stands(struct arena *arena, struct str certificate, struct str authority, utc_us at, bool *out, struct err *err) MUST_USE;

struct pdf_signer {
    struct str key, certificate; /* DER */
    const struct str *chain;     /* certificates above it, DER */
    size_t chain_count;
    utc_us at;                   /* the time of signing that the signature claims */
    struct str reason, location; /* may be empty */
};

/*
 * Signs a PDF that paper_pdf made. RC_FAULT: the PDF is not one of ours, or key and
 * certificate do not belong together. RC_CONFLICT: it is signed already.
 */
enum rc pdf_sign(struct arena *arena, struct str pdf, const struct pdf_signer *signer, struct str *signed_out, struct err *err) MUST_USE;

/* What is asked of a signature that was made elsewhere. */
struct pdf_trust {
    const struct str *roots; /* authorities, DER; without any nobody's word is asked for */
    size_t n_roots;
    utc_us at;        /* when the signer's certificate must be valid: now, as it was just made */
    bool may_be_anew; /* of a service that writes the file anew: each stream of the original is enough */
};
/* What was found out about it. */
struct pdf_elsewhere {
    struct str signer; /* what the certificate calls him: worth what vouches for it */
    bool is_vouched;   /* it stands on one of the roots */
    bool is_anew;      /* the answer is another file with our streams: what is seen of it has to be compared */
};

/*
 * Whether `answer` is `original` (a PDF that paper_pdf made) signed by somebody else, as it must be before it is kept. RC_INVALID, saying
 * why, unless it begins with the original's bytes (or may be anew, and contains each of its streams), and its last signature covers the
 * whole of it and is sound: made over these bytes by the certificate in it. Whose that is, *out says, and the caller judges. Whether it
 * was revoked is not asked. Of any bytes whatever; CPU work of some milliseconds.
 */
enum rc pdf_signed_elsewhere(struct arena *arena, struct str original, struct str answer, const struct pdf_trust *trust,
                             struct pdf_elsewhere *out, struct err *err) MUST_USE;

/* The certificates of a folder's .pem files, DER, in the arena. RC_INVALID: no such folder, none in it, or a file that holds something
 * else. */
enum rc seal_roots_read(struct arena *arena, struct str folder, const struct str **roots_out, size_t *n_out, struct err *err) MUST_USE;

#endif
