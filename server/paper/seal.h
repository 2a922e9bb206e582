// SPDX-License-Identifier: AGPL-3.0-or-later
/* Private to server/paper: OpenSSL behind sign.h. */
#ifndef BALAI_PAPER_SEAL_H
#define BALAI_PAPER_SEAL_H

#include <openssl/evp.h>
#include <openssl/x509.h>

#include "server/paper/sign.h"

/* RC_FAULT with what failed and OpenSSL's reason; empties OpenSSL's queue of errors. */
enum rc seal_failed(struct err *err, const char *what) MUST_USE;
/* Both end with the arena. RC_FAULT: not a P-256 key, not a certificate. */
enum rc seal_read_key(struct arena *arena, struct str der, EVP_PKEY **out, struct err *err) MUST_USE;
enum rc seal_read_certificate(struct arena *arena, struct str der, X509 **out, struct err *err) MUST_USE;

/* The certificate's common name, UTF-8, in the arena; "" without one. */
struct str seal_common_name(struct arena *arena, X509 *certificate);

/*
 * A detached CAdES signature (DER) over content with this SHA-256 digest.
 * The time of signing stands in the PDF, not here: PAdES baseline forbids it here.
 */
enum rc seal_cms(struct arena *arena, const struct pdf_signer *signer, const unsigned char digest[32], struct str *der_out,
                 struct err *err) MUST_USE;

#endif
