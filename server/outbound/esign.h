// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * A signer elsewhere: the e-sign service of a regency, in front of BSrE (Balai Besar Sertifikasi Elektronik, whose certificates are those
 * of an Indonesian certification authority under UU ITE article 13 and PP 71/2019 article 60). A PDF, the NIK of who signs and his
 * passphrase go out over TLS; the signed PDF comes back:
 *
 *   POST ADDRESS/api/sign/pdf         multipart: file, nik, passphrase, tampilan=invisible (our own block is what people see)
 *                                     or visible, with image=true, imageTTD (a PNG), page, xAxis, yAxis, width, height (struct esign_look)
 *   GET  ADDRESS/api/user/status/NIK  whether that person's certificate may sign
 *
 * both with the village's account (Basic). Called by the worker only, beside the loop, one at a time of a village. Whoever set the address
 * up may have typed anything: without `esign_reach = private` a call goes to public addresses over https only, whatever a name resolves to.
 * No redirect is followed, no proxy used, and what the service says in words is neither kept nor logged. The passphrase is read out of the
 * caller's memory, and what libcurl held of it is wiped (outbound_init).
 */
#ifndef BALAI_ESIGN_H
#define BALAI_ESIGN_H

#include "server/base/base.h"
#include "server/base/config.h"

/* What came of it: numbers in the tables, never reused. What people read of each: tenants/village/codes/esign_words.h. */
enum esign_outcome {
    ESIGN_NONE,
    ESIGN_DONE = 1,        /* signed; of a person: the certificate may sign */
    ESIGN_UNDER_WAY = 2,   /* with the worker */
    ESIGN_PASSPHRASE = 3,  /* wrong */
    ESIGN_CERTIFICATE = 4, /* run out, revoked, or none yet */
    ESIGN_NIK = 5,         /* nobody is registered there under it */
    ESIGN_ACCOUNT = 6,     /* the village's account was refused */
    ESIGN_ADDRESS = 7,     /* no such host or path, or not one that may be called */
    ESIGN_AWAY = 8,        /* no connection, or it ended before all was sent */
    ESIGN_TLS = 9,         /* its certificate does not vouch for it */
    ESIGN_REDIRECT = 10,
    ESIGN_BROKEN = 11,    /* it says itself that it failed (500) */
    ESIGN_ODD = 12,       /* it does not do what was asked, for a reason we do not know */
    ESIGN_LARGE = 13,     /* its answer is larger than a signature makes it */
    ESIGN_FOREIGN = 14,   /* a PDF, but not ours with a sound signature over the whole */
    ESIGN_UNKNOWN = 15,   /* all was sent, and no whole answer came */
    ESIGN_FORGOTTEN = 16, /* the passphrase was gone before it could be used */
    ESIGN_SKIPPED = 17,   /* not tried, as the one before it failed */
    ESIGN_OFF = 18,       /* the village, or the official, does not sign there any more */
    ESIGN_PAPER = 19,     /* the paper could not be made, so nothing went out */
    ESIGN_UNAGREED = 20,  /* the signer has not agreed to where his passphrase goes: nothing went out */
    ESIGN_STRANGER = 21,  /* signed, with a certificate on none of the authorities that the platform trusts */
    ESIGN_GATEWAY = 22,   /* what stands before it answered in its place (502 and above) */
    ESIGN_GARBLED = 23,   /* it did what was asked, and what came back is no PDF */
    ESIGN_TOO_MUCH = 24,  /* it takes no file of this size (413) */
    ESIGN_CROWDED = 25,   /* so many sign at this moment that the passphrase would be gone before its turn: nothing went out */
    ESIGN_HEAVY = 26,     /* the paper is so large that the signed one could not be kept: nothing went out */
};
/*
 * Whether the request may have been signed there all the same: it reached the service, or what stands before it, and no signature that can
 * be kept came back. The service cannot be asked about a request, only about a signer.
 */
bool esign_may_be_signed(enum esign_outcome outcome);
/* Whether that is the service's own word that it did not sign. */
bool esign_is_refusal(enum esign_outcome outcome);

/* A village's account there. Its secret is sealed at rest with the village's key of this purpose, bound to these words. */
#define ESIGN_KEY "esign"
#define ESIGN_SECRET_BOUND STR("identity.esign_secret")
struct esign_service {
    struct str address; /* https://HOST[:PORT][/PATH], without a slash at its end */
    struct str user, secret;
};
/* Whether that can be an address: http or https, a host, perhaps a port and a path; no account, query or fragment in it; ≤ 200 signs. */
bool esign_address_is_valid(struct str address);

/* What comes back has at most so much more than what went out; larger: ESIGN_LARGE. */
enum { ESIGN_MORE_BYTES = 2 * 1024 * 1024 };
/* What the service shows of its signature: a picture on a page (1 first), in whole points from that page's lower left corner. */
struct esign_look {
    struct str png;
    uint32_t page, x, y, width, height;
};
struct esign_order {
    struct str nik, passphrase, pdf;
    const struct esign_look *look; /* NULL: nothing */
};

/* One process's way out; config must outlive it. */
struct esign;
struct esign *esign_new(struct arena *arena, const struct config *config) MUST_USE;
/*
 * Of the ways out a village has one at a time, so that a service that hardly answers holds nobody up but its own village. A job takes its
 * village's before what it asks for one letter, and gives it back after it: those who wait have it in the order in which they came, so the
 * fifty letters of one press are no longer a wait for others than one of them. The code lives until it is given back.
 *
 * RC_BUSY, at once: so many wait before it that its turn may not come before until_ms (clock_mono_ms), each having the time of one call.
 * RC_TIMEOUT: it did not come. RC_CANCELLED. Then nothing is taken.
 */
enum { ESIGN_WAYS = 16 }; /* in a worker; each is a thread of its pool while it is called */
enum rc esign_take(struct esign *esign, struct str village, uint64_t until_ms, struct err *err) MUST_USE;
void esign_give(struct esign *esign, struct str village);
/* The most that one call may take. */
uint32_t esign_timeout_ms(const struct esign *esign);

/*
 * RC_OK: *outcome_out says what came of it; ESIGN_DONE with *signed_out, a PDF nobody has looked into yet (pdf_signed_elsewhere of
 * server/paper). Any other outcome: nothing of ours was signed, unless esign_may_be_signed. The caller has taken a way out. An answer that
 * came counts, even if the fiber's deadline passed meanwhile.
 */
enum rc esign_sign(struct esign *esign, struct arena *arena, const struct esign_service *service, const struct esign_order *order,
                   struct str *signed_out, enum esign_outcome *outcome_out, struct err *err) MUST_USE;
/* Asks whether somebody's certificate may sign. Fails as above. */
enum rc esign_status(struct esign *esign, struct arena *arena, const struct esign_service *service, struct str nik,
                     enum esign_outcome *outcome_out, struct err *err) MUST_USE;

/* Without I/O: what an answer means. `status`: of HTTP. ESIGN_DONE: 200 and the beginning of a PDF. */
enum esign_outcome esign_judge_signed(struct arena *arena, long status, struct str body);
enum esign_outcome esign_judge_status(struct arena *arena, long status, struct str body);

#endif
