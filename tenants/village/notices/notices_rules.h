// SPDX-License-Identifier: AGPL-3.0-or-later
/* Decisions about notices without I/O: what a message says, whether it still has a reason, what staff read of it. */
#ifndef BALAI_NOTICES_RULES_H
#define BALAI_NOTICES_RULES_H

#include "tenants/village/codes/letter_state.h"
#include "tenants/village/notices/notices.h"
#include "tenants/village/notices/notices_sql.h"

enum { NOTICE_LINK_DAYS = 7 };

/* Whether the letter is (still) as the message would say. A paper that is not rendered yet does not end it: see is_rendered. */
bool notice_has_reason(const struct notice_row *row);

/* What the message says; link: the resident's own, or the page the head opens. */
struct notice_words {
    struct str subject, text;
};
struct notice_words notice_words(struct arena *arena, const struct notice_row *row, const struct village *village, struct str link,
                                 utc_us link_until);

/* The words as they leave: those of a training village say that it is one. */
struct notice_words notice_of_village(struct arena *arena, struct notice_words words, const struct village *village);

/* "notice-12-2.7317102003": the same for every try of a round. */
struct str notice_message_id(struct arena *arena, const struct notice_row *row, struct str village_code);

/* What staff read on the letter's page. */
struct str notice_line_words(struct arena *arena, const struct notice_lines_row *row, enum zone zone);

#endif
