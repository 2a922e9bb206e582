// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Tanda tangan elektronik: the e-sign service of the regency (server/outbound/esign.h), the village's account there, who signs by it, and
 * whether it answers. The account's secret is sealed under the village's key and shown to nobody again; with another address it is asked
 * for anew, so that nobody sends it to a host of his own. Where passphrases go, and by whose NIK, changes only in sight of the head: he and
 * the village are told by mail, and the trail has what was and what is. Asking the service is the worker's. Private to this room.
 */
#ifndef BALAI_STAFF_ESIGN_H
#define BALAI_STAFF_ESIGN_H

#include "server/web/act.h"
#include "server/web/forms.h"
#include "server/web/village.h"
#include "workers/queue/job.h"

#define ESIGN_HOME "/kantor/pengaturan/tanda-tangan"

enum { JOB_TRY_ESIGN = 31 }; /* in the outbox: every official registered there is asked about */

struct esign_person {
    struct str href, name, position, how, state, tone, tried; /* how: by what he signs; tried: when it was asked, empty: never */
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

/* In the act that changes an official, before and after: he is told when another NIK is his there, and the head; refused when they were
 * told too often that day. */
struct official_one;
struct official_edit_form;
enum rc esign_nik_tell(struct txn *txn, struct request *req, const struct official_one *was, const struct official_edit_form *now,
                       struct err *err) MUST_USE;

handler_fn esign_page, esign_part;
act_fn esign_act, esign_try_act;
/* The worker's part. Runs again without harm: the last answer stands. */
enum rc esign_try_job(const struct job *job, struct err *err) MUST_USE;

#endif
