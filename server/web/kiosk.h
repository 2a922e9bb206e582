// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * What web knows of a kiosk before a handler under /anjungan runs: which
 * enrolled device asks, by its cookie, and who stands before it. Such pages
 * never know staff, whatever cookies come along. Invariant: resident_id is set
 * only while the visit's time is not up and its PIN was right; forms of one
 * visit are void in the next.
 *
 * MAY_USE_KIOSK: an enrolled device, else the enrolment page. MAY_BE_RESIDENT:
 * a visit with its resident, else the first page.
 */
#ifndef BALAI_WEB_KIOSK_H
#define BALAI_WEB_KIOSK_H

#include "server/web/web.h"

/* A call waits KIOSK_CALL_S for an answer; for KIOSK_LATE_S more the screen says that none came. Unattended, and in all: who is slow at the
 * keys is not put out in the middle of a letter. */
enum { KIOSK_IDLE_S = 120, KIOSK_MOST_S = 900, KIOSK_CALL_S = 180, KIOSK_LATE_S = 120, KIOSK_TOKEN_BYTES = 32 };

struct kiosk_visit {
    uint64_t device_id;    /* 0: no enrolled device */
    bool is_called;        /* somebody was asked for, and has not answered */
    bool is_late;          /* and nobody will: the screen says so for a while */
    bool is_begun;         /* a card or NIK was given and its time is not up */
    struct str who_hash;   /* of the visit that is begun */
    uint64_t candidate_id; /* whose card or NIK it claims to be; 0: nobody's */
    uint64_t resident_id;  /* 0: the PIN is still to come */
    uint64_t letter_id;    /* being made; 0: none */
    utc_us tapped_at;      /* what is being made was asked for */
    utc_us begun_at;       /* the card or NIK */
};
const struct kiosk_visit *request_kiosk(const struct request *req);

/* A new device's token; what is stored is its hash. */
struct str kiosk_token_new(struct request *req, struct str *hash_out);
/* The device is committed: only now its cookie goes out, with this answer. */
void request_kiosk_enrolled(struct request *req, struct str token);

#endif
