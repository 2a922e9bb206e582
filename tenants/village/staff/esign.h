// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Tanda tangan elektronik: the e-sign service of the regency (server/outbound/esign.h), the village's account there, who signs by it, and
 * whether it answers. The account's secret is sealed under the village's key and shown to nobody again; with another address it is asked
 * for anew, so that nobody sends it to a host of his own. Where passphrases go, and by whose NIK, changes only in sight of the head: he and
 * the village are told by mail, the trail has what was and what is, and nothing is sent before each signer has agreed, on a page of his
 * own (esign_agree.c). Asking the service about him is the worker's. Private to this room.
 */
#ifndef BALAI_STAFF_ESIGN_H
#define BALAI_STAFF_ESIGN_H

#include "server/web/act.h"
#include "server/web/forms.h"
#include "server/web/village.h"
#include "workers/queue/job.h"

#define ESIGN_HOME "/kantor/pengaturan/tanda-tangan"
#define ESIGN_OWN "/kantor/tanda-tangan"

enum { JOB_TRY_ESIGN = 31 }; /* in the outbox: every official registered there is asked about */

struct esign_person {
    struct str href, name, position, how, state, tone, tried; /* how: by what he signs; tried: when it was asked, empty: never */
    struct str agreed, missing; /* when he agreed to what is set up; else what is to be done until he has. Empty: neither is asked for */
};
struct esign_people_view {
    struct {
        struct esign_person *p;
        size_t n;
    } lines;
    bool is_trying;
};
struct esign_view {
    struct form form;
    struct form_guard guard;
    struct esign_people_view people;
    bool has_secret;
};

/* What one signer agrees to: where his passphrase goes and under which NIK; was: what he agreed to before. */
struct esign_agreed_row {
    struct str label, was, now;
    bool is_new;
};
struct esign_own_view {
    struct {
        struct esign_agreed_row *p;
        size_t n;
    } rows;            /* none: he does not sign there */
    struct str agreed; /* when, if it still stands; else empty */
    struct str digest;
    struct form_guard guard;
    bool is_changed; /* between the page and the press */
};
struct esign_official;
struct esign_row;
struct esign_mine;
/* Without I/O: whether what somebody agreed to is what is set up. The letters' statements say the same (`agreed` in letters.sql). */
bool esign_is_agreed(const struct esign_row *now, struct str nik, const struct esign_mine *own);

/* In the act that changes an official, before and after: he is told when another NIK is his there, and the head; refused when they were
 * told too often that day. */
struct official_one;
struct official_edit_form;
enum rc esign_nik_tell(struct txn *txn, struct request *req, const struct official_one *was, const struct official_edit_form *now,
                       struct err *err) MUST_USE;

handler_fn esign_page, esign_part, esign_own_page;
act_fn esign_act, esign_try_act, esign_own_act;
/* The worker's part. Runs again without harm: the last answer stands. */
enum rc esign_try_job(const struct job *job, struct err *err) MUST_USE;
/* Hourly: whoever is asked about by no job any more is not "asked about". */
enum rc esign_tidy(const struct job *job, struct err *err) MUST_USE;

#endif
