// SPDX-License-Identifier: AGPL-3.0-or-later
/* Putting notices, in the letters' own transactions. */
#include "tenants/village/notices/notices.h"

#include "server/base/json.h"
#include "tenants/village/notices/notices_pages.h"
#include "workers/queue/queue.h"

static enum rc put_job(struct txn *txn, uint64_t id, uint32_t round, utc_us wait, struct err *err)
{
    struct str payload = str_fmt(village_db_arena(in_txn(txn)), "{\"round\":%" PRIu32 "}", round);

    return outbox_put_later(txn, JOB_NOTICE, id, payload, (uint64_t)wait / 1000, err);
}

/* One round of one letter and recipient. */
struct telling {
    uint64_t letter_id;
    enum notice_recipient recipient;
    struct str address;
    utc_us now, at; /* at: when it leaves at the earliest */
    bool is_over;   /* the village's budget is spent: written down, and not sent */
};

static enum rc put_notice(struct txn *txn, struct telling *t, uint64_t *id_out, struct err *err)
{
    utc_us since = t->now - (utc_us)86400 * US_PER_S;
    struct notice_spent spent;

    TRY(sql_notice_spent(txn, since, &spent, err));
    t->is_over = spent.rounds >= NOTICE_MOST_A_DAY;
    const struct notice_put_in in = {.letter_id = t->letter_id,
                                     .recipient = t->recipient,
                                     .address = t->address,
                                     .at = t->is_over ? t->now : t->at,
                                     .state = t->is_over ? NOTICE_OFF : NOTICE_WAITING,
                                     .why = t->is_over       ? NOTICE_OVER_BUDGET
                                            : t->at > t->now ? NOTICE_PAUSED
                                                             : NOTICE_NO_WHY,
                                     .since = since};
    TRY(sql_notice_put(txn, &in, id_out, err));
    return sql_notice_links_forget(txn, *id_out, NULL, err);
}

static enum rc put_round(struct txn *txn, struct telling *t, struct err *err)
{
    struct notice_round row;
    uint64_t id;

    TRY(put_notice(txn, t, &id, err));
    if (t->is_over)
        return RC_OK;
    TRY(sql_notice_round(txn, id, &row, err));
    return put_job(txn, id, row.round, t->at - t->now, err);
}

/* When the next message may leave; 0: one waits already, which is told of the address of today. */
static enum rc next_time(struct txn *txn, const struct telling *t, utc_us *at_out, struct err *err)
{
    struct notice_last last = {0};
    bool found;

    *at_out = t->now;
    TRY(sql_notice_last(txn, t->letter_id, t->recipient, &last, &found, err));
    bool is_other = last.state == NOTICE_REFUSED && !str_eq(last.address, t->address); /* nobody got it, and the address was mended */
    if (!found || is_other || (last.state == NOTICE_OFF && last.sent_at == 0))
        return RC_OK;
    utc_us free_at = (last.sent_at > last.put_at ? last.sent_at : last.put_at) + (utc_us)NOTICE_PAUSE_S * US_PER_S;
    if (last.state == NOTICE_WAITING && free_at > t->now) {
        *at_out = 0;
        return sql_notice_readdress(txn, last.id, t->address, NULL, err);
    }
    *at_out = free_at > t->now ? free_at : t->now;
    return RC_OK;
}

enum rc notice_again(struct txn *txn, uint64_t letter_id, enum notice_recipient recipient, struct str address, utc_us now,
                     enum notice_again *out, struct err *err)
{
    struct telling t = {.letter_id = letter_id, .recipient = recipient, .address = address, .now = now};

    TRY(next_time(txn, &t, &t.at, err));
    *out = NOTICE_AGAIN_TOO_SOON;
    if (t.at != now)
        return RC_OK;
    TRY(put_round(txn, &t, err));
    *out = t.is_over ? NOTICE_AGAIN_OVER_BUDGET : NOTICE_AGAIN_PUT;
    return RC_OK;
}

enum rc notice_for_approval(struct txn *txn, uint64_t letter_id, uint64_t resident_id, utc_us now, struct err *err)
{
    struct notice_addresses to;

    TRY(sql_notice_addresses(in_txn(txn), resident_id, &to, err));
    if (to.head.p == NULL)
        return RC_OK;
    struct telling t = {.letter_id = letter_id, .recipient = NOTICE_HEAD, .address = to.head, .now = now};
    TRY(next_time(txn, &t, &t.at, err));
    return t.at == 0 ? RC_OK : put_round(txn, &t, err);
}

enum rc notice_for_issue(struct txn *txn, uint64_t letter_id, uint64_t resident_id, bool is_sealed, utc_us now, struct err *err)
{
    struct notice_addresses to;
    uint64_t id;

    TRY(sql_notice_addresses(in_txn(txn), resident_id, &to, err));
    struct telling head = {.letter_id = letter_id, .recipient = NOTICE_HEAD, .address = to.head, .now = now, .at = now};
    struct telling resident = {.letter_id = letter_id, .recipient = NOTICE_RESIDENT, .address = to.resident, .now = now, .at = now};
    if (is_sealed && to.head.p != NULL)
        TRY(put_notice(txn, &head, &id, err));
    if (to.resident.p != NULL)
        TRY(put_notice(txn, &resident, &id, err));
    return RC_OK;
}

static struct str address_of(const struct notice_email_rows *emails, uint64_t resident_id)
{
    for (size_t i = 0; i < emails->n; i++)
        if (emails->p[i].resident_id == resident_id)
            return emails->p[i].email;
    return STR_NONE;
}

/* The one that has `ahead` others before it in the piles' budget. */
static enum rc put_in_turn(struct txn *txn, uint64_t letter_id, struct str address, uint64_t ahead, utc_us now, struct err *err)
{
    const utc_us day = (utc_us)86400 * US_PER_S, wait = (utc_us)(ahead / NOTICE_OF_PILES_A_DAY) * day;
    const struct notice_put_in in = {.letter_id = letter_id,
                                     .recipient = NOTICE_RESIDENT,
                                     .address = address,
                                     .at = now + wait,
                                     .state = NOTICE_WAITING,
                                     .why = wait > 0 ? NOTICE_IN_TURN : NOTICE_NO_WHY,
                                     .since = now - day,
                                     .is_of_pile = true};
    uint64_t id;

    return sql_notice_put(txn, &in, &id, err);
}

enum rc notices_for_pile(struct txn *txn, const struct notice_of_letter *letters, size_t n, utc_us now, struct err *err)
{
    struct buf ids = {.arena = village_db_arena(in_txn(txn))};
    struct notice_email_rows emails;
    struct notice_in_turn ahead;

    for (size_t i = 0; i < n; i++)
        buf_fmt(&ids, "%c%" PRIu64, i > 0 ? ',' : '[', letters[i].resident_id);
    buf_put_char(&ids, ']');
    if (n == 0)
        return RC_OK;
    TRY(sql_notice_emails(in_txn(txn), buf_str(&ids), &emails, err));
    if (emails.n == 0)
        return RC_OK;
    TRY(sql_notice_in_turn(txn, now - (utc_us)86400 * US_PER_S, &ahead, err));
    for (size_t i = 0; i < n; i++) {
        const struct str address = address_of(&emails, letters[i].resident_id);

        if (address.p != NULL)
            TRY(put_in_turn(txn, letters[i].letter_id, address, ahead.n++, now, err));
    }
    return RC_OK;
}

enum rc notices_of_pile(struct village_db *db, uint64_t pile_id, struct notices_of_pile *out, struct err *err)
{
    struct notice_of_pile row;

    TRY(sql_notice_of_pile(db, pile_id, &row, err));
    *out = (struct notices_of_pile){row.sent, row.waiting, row.unsent};
    return RC_OK;
}

static enum rc put_jobs(struct txn *txn, const struct notice_of_paper_rows *rows, struct err *err)
{
    for (size_t i = 0; i < rows->n; i++)
        TRY(put_job(txn, rows->p[i].id, rows->p[i].round, (utc_us)rows->p[i].wait_s * US_PER_S, err));
    return RC_OK;
}

enum rc notice_paper_ready(struct txn *txn, uint64_t letter_id, struct err *err)
{
    struct notice_of_paper_rows rows;

    TRY(sql_notice_of_paper(txn, letter_id, &rows, err));
    return put_jobs(txn, &rows, err);
}

enum rc notice_papers_ready(struct txn *txn, struct str letter_ids, struct err *err)
{
    struct notice_of_paper_rows rows;

    TRY(sql_notice_of_papers(txn, letter_ids, &rows, err));
    return put_jobs(txn, &rows, err);
}

/* The kind in the first byte, the address behind it: so the day's budget of a kind is one stretch of subjects. */
static uint64_t office_subject(struct arena *arena, enum office_mail kind, struct str address)
{
    struct str lower = str_lower(arena, address);
    unsigned char hash[HASH_BYTES];
    uint64_t subject = kind;

    hash_sha256(lower.p, lower.n, hash);
    for (size_t i = 0; i < 7; i++)
        subject = subject << 8 | hash[i];
    return subject;
}

static enum rc put_office(struct txn *txn, const struct office_message *mail, struct str address, bool *is_over_out, struct err *err)
{
    struct arena *arena = village_db_arena(in_txn(txn));
    struct buf payload = {.arena = arena};
    const struct outbox_pace pace = {.kind = JOB_OFFICE_MAIL,
                                     .subject = office_subject(arena, mail->kind, address),
                                     .first = (uint64_t)mail->kind << 56,
                                     .last = (((uint64_t)mail->kind + 1) << 56) - 1,
                                     .pause_s = NOTICE_PAUSE_S,
                                     .most_a_day = OFFICE_MAIL_MOST_A_DAY};

    buf_put_str(&payload, STR("{\"to\":"));
    json_put_str(&payload, address);
    buf_put_str(&payload, STR(",\"subject\":"));
    json_put_str(&payload, mail->subject);
    buf_put_str(&payload, STR(",\"text\":"));
    json_put_str(&payload, mail->text);
    buf_put_str(&payload, STR("}"));
    return outbox_put_paced(txn, &pace, buf_str(&payload), is_over_out, err);
}

enum rc notice_office(struct txn *txn, const struct office_message *mail, struct str one, struct str other, bool *is_over_out,
                      struct err *err)
{
    *is_over_out = false;
    if (!str_empty(one))
        TRY(put_office(txn, mail, one, is_over_out, err));
    if (*is_over_out || str_empty(other) || str_eq(one, other))
        return RC_OK;
    return put_office(txn, mail, other, is_over_out, err);
}
