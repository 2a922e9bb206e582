// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Notices: a message by mail to the village head for each letter, and to the
 * resident, with a link that gives the paper once, when an address was
 * registered at the counter.
 *
 * A notice is a row, one of a letter and recipient, written in the letter's own transaction; its job is put with it, or, when
 * it is about the paper, by the transaction that says the paper is there: so nobody gets a link before the paper exists. The
 * job sends and writes down what came of it: sent, refused for good by the relay, or tried again by the outbox. Where no relay
 * is configured the row says "off". Sent again, it is the next round: another Message-ID.
 *
 * The link's token is 256 random bits, of which only the hash is kept; each
 * message that leaves has its own, and the first one used closes all.
 */
#ifndef BALAI_NOTICES_H
#define BALAI_NOTICES_H

#include "server/base/base.h"
#include "server/base/clock.h"
#include "server/html/widgets.h"
#include "server/outbound/mail.h"
#include "server/store/store.h"
#include "server/web/web.h"

enum notice_recipient { NOTICE_HEAD = 1, NOTICE_RESIDENT };
enum notice_state { NOTICE_NO_STATE, NOTICE_WAITING, NOTICE_SENT, NOTICE_REFUSED, NOTICE_OFF };
enum notice_why {
    NOTICE_NO_WHY,
    NOTICE_SAID_NO,
    NOTICE_NO_ANSWER,
    NOTICE_NO_RELAY,
    NOTICE_TOO_LATE,
    NOTICE_ADDRESS_OVER,
    NOTICE_PAUSED,
    NOTICE_OVER_BUDGET,
    NOTICE_IN_TURN /* of a pile: it leaves on a day to come */
};

/*
 * So often and no oftener: of one letter to one recipient a message in so many seconds (the next one waits for its time, and while one
 * waits there is no other), of one village so many rounds in a day. What is over that is not sent, and its row says so.
 */
enum { NOTICE_PAUSE_S = 600, NOTICE_MOST_A_DAY = 200, NOTICE_OF_PILES_A_DAY = 500 };

/* The letter has come to the head: he is told, when he has an address. */
enum rc notice_for_approval(struct txn *txn, uint64_t letter_id, uint64_t resident_id, utc_us now, struct err *err) MUST_USE;
/* In the transaction that issues: the resident, and the head when he has not seen it himself. */
enum rc notice_for_issue(struct txn *txn, uint64_t letter_id, uint64_t resident_id, bool is_sealed, utc_us now, struct err *err) MUST_USE;
/*
 * The same of letters of a pile: the residents alone (the head gets one message of the pile: notice_office). These have a budget of
 * their own, NOTICE_OF_PILES_A_DAY, and what is over it leaves on one of the next days: the others' of the day are not spent.
 */
struct notice_of_letter {
    uint64_t letter_id, resident_id;
};
enum rc notices_for_pile(struct txn *txn, const struct notice_of_letter *letters, size_t n, utc_us now, struct err *err) MUST_USE;
/* How many residents of a pile were told, will be, and were not. */
struct notices_of_pile {
    uint64_t sent, waiting, unsent;
};
enum rc notices_of_pile(struct village_db *db, uint64_t pile_id, struct notices_of_pile *out, struct err *err) MUST_USE;
/* In the transaction that stores the paper: what waited for it goes out. */
enum rc notice_paper_ready(struct txn *txn, uint64_t letter_id, struct err *err) MUST_USE;
/* The same of several: their ids as a JSON array. */
enum rc notice_papers_ready(struct txn *txn, struct str letter_ids, struct err *err) MUST_USE;

/*
 * A plain message of the office to two addresses (once when they are one; none to an empty one), about the office itself, in the
 * transaction that did what it tells. It is not kept after it was sent; where no relay is configured it is dropped. No names of residents
 * and no NIK in it. Of one kind an address gets one in NOTICE_PAUSE_S (what waits says the newest), and a village so many a day; over that
 * an address that had none that day gets none, and is_over_out says so: the caller then does not do what nobody would hear of.
 */
enum { OFFICE_MAIL_MOST_A_DAY = 20 };
enum office_mail {
    OFFICE_MAIL_SETTINGS = 1,
    OFFICE_MAIL_HEAD_LINK,
    OFFICE_MAIL_LATE,
    OFFICE_MAIL_UNSIGNED,
    OFFICE_MAIL_ESIGN,
    OFFICE_MAIL_PILE_WAITS,
    OFFICE_MAIL_PILE_ISSUED,
    OFFICE_MAIL_TYPES
};
struct office_message {
    enum office_mail kind;
    struct str subject, text;
};
enum rc notice_office(struct txn *txn, const struct office_message *mail, struct str one, struct str other, bool *is_over_out,
                      struct err *err) MUST_USE;

/* In the outbox: subject is the notice, the payload says which round of it; of a message of the
 * office kind and address are the subject, and the payload is the message. */
enum { JOB_NOTICE = 7, JOB_OFFICE_MAIL = 8 };

/* The worker's part. An older round than the row's, or one that has ended: RC_OK at once. */
struct notice_errand {
    struct village_db *db;
    const struct village *village;
    struct str origin; /* of the village, https?://HOST */
    struct post *post;
    utc_us now;
};
enum rc notice_send(const struct notice_errand *errand, uint64_t id, uint32_t round, struct err *err) MUST_USE;

/* {{> notices …}} on the letter's page: who was told, or was not and why; a way to do it again. */
struct notice_line {
    struct str words, address, again; /* again: the word for the form, or empty */
    bool is_sent, is_under_way;
};
struct notices_view {
    struct {
        struct notice_line *p;
        size_t n;
    } lines;
    struct str action, register_href; /* register_href: the resident has no address yet */
    bool may_tell_resident;           /* he has one, and was not told */
    struct form_guard guard;
};
/* Where a resident's letters are told of, masked: "i••••@contoh.id"; "" when nowhere. And the page to change it, which leads back to the
 * letter. */
enum rc notice_resident_address(struct request *req, uint64_t resident_id, struct str *masked_out, struct err *err) MUST_USE;
struct str notice_address_href(struct arena *arena, uint64_t resident_id, uint64_t letter_id);
enum rc notices_of_letter(struct request *req, uint64_t letter_id, struct notices_view *out, struct err *err) MUST_USE;

extern const struct route notices_routes[];

#endif
