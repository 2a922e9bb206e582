// SPDX-License-Identifier: AGPL-3.0-or-later
/* Handlers and views of this room, and what they share. Private. */
#ifndef BALAI_NOTICES_PAGES_H
#define BALAI_NOTICES_PAGES_H

#include "server/web/forms.h"
#include "server/web/village.h"
#include "tenants/village/codes/letter_state.h"
#include "tenants/village/notices/notices.h"
#include "tenants/village/notices/notices_sql.h"

handler_fn resident_email_page, notice_link_page, notice_link_file;
act_check_fn resident_email_check, notice_take_check;
act_fn notice_again_act, resident_email_act, resident_email_drop_act, notice_take_act;

/* The notice of that letter and recipient, new or its next round, with its job; or why there is none now. */
enum notice_again { NOTICE_AGAIN_PUT, NOTICE_AGAIN_TOO_SOON, NOTICE_AGAIN_OVER_BUDGET };
enum rc notice_again(struct txn *txn, uint64_t letter_id, enum notice_recipient recipient, struct str address, utc_us now,
                     enum notice_again *out, struct err *err) MUST_USE;

struct resident_email_view {
    uint64_t id;
    struct str name, nik, back_href, back_label;
    struct str current, agreed; /* masked; who agreed when */
    struct form form;
    struct check_view consent;
};

struct notice_link_view {
    bool is_open;
    struct str title, text; /* what it is, or why not and what to do */
    struct str type_name, number, until, action;
    struct form_guard guard;
};

#endif
