// SPDX-License-Identifier: AGPL-3.0-or-later
/* Putting notices, in the letters' own transactions. */
#include "tenants/village/notices/notices.h"

#include "server/base/json.h"
#include "tenants/village/notices/notices_pages.h"
#include "workers/queue/queue.h"

static enum rc put_job(struct txn *txn, uint64_t id, uint32_t round, struct err *err)
{
    return outbox_put(txn, JOB_NOTICE, id, str_fmt(village_db_arena(in_txn(txn)), "{\"round\":%" PRIu32 "}", round), err);
}

static enum rc put_notice(struct txn *txn, uint64_t letter_id, enum notice_recipient recipient, struct str address, utc_us now,
                          uint64_t *id_out, struct err *err)
{
    TRY(sql_notice_put(txn, letter_id, recipient, address, now, id_out, err));
    return sql_notice_links_forget(txn, *id_out, NULL, err);
}

enum rc notice_again(struct txn *txn, uint64_t letter_id, enum notice_recipient recipient, struct str address, utc_us now, struct err *err)
{
    struct notice_round row;
    uint64_t id;

    TRY(put_notice(txn, letter_id, recipient, address, now, &id, err));
    TRY(sql_notice_round(txn, id, &row, err));
    return put_job(txn, id, row.round, err);
}

enum rc notice_for_approval(struct txn *txn, uint64_t letter_id, uint64_t resident_id, utc_us now, struct err *err)
{
    struct notice_addresses to;

    TRY(sql_notice_addresses(in_txn(txn), resident_id, &to, err));
    return to.head.p == NULL ? RC_OK : notice_again(txn, letter_id, NOTICE_HEAD, to.head, now, err);
}

enum rc notice_for_issue(struct txn *txn, uint64_t letter_id, uint64_t resident_id, bool is_sealed, utc_us now, struct err *err)
{
    struct notice_addresses to;
    uint64_t id;

    TRY(sql_notice_addresses(in_txn(txn), resident_id, &to, err));
    if (is_sealed && to.head.p != NULL)
        TRY(put_notice(txn, letter_id, NOTICE_HEAD, to.head, now, &id, err));
    if (to.resident.p != NULL)
        TRY(put_notice(txn, letter_id, NOTICE_RESIDENT, to.resident, now, &id, err));
    return RC_OK;
}

enum rc notice_paper_ready(struct txn *txn, uint64_t letter_id, struct err *err)
{
    struct notice_of_paper_rows rows;

    TRY(sql_notice_of_paper(txn, letter_id, &rows, err));
    for (size_t i = 0; i < rows.n; i++)
        TRY(put_job(txn, rows.p[i].id, rows.p[i].round, err));
    return RC_OK;
}

enum rc notice_office(struct txn *txn, struct str address, struct str subject, struct str text, struct err *err)
{
    struct arena *arena = village_db_arena(in_txn(txn));
    struct buf payload = {.arena = arena};

    if (str_empty(address))
        return RC_OK;
    buf_put_str(&payload, STR("{\"to\":"));
    json_put_str(&payload, address);
    buf_put_str(&payload, STR(",\"subject\":"));
    json_put_str(&payload, subject);
    buf_put_str(&payload, STR(",\"text\":"));
    json_put_str(&payload, text);
    buf_put_str(&payload, STR("}"));
    return outbox_put(txn, JOB_OFFICE_MAIL, 0, buf_str(&payload), err);
}

enum rc notice_office_both(struct txn *txn, struct str one, struct str other, struct str subject, struct str text, struct err *err)
{
    TRY(notice_office(txn, one, subject, text, err));
    return str_eq(one, other) ? RC_OK : notice_office(txn, other, subject, text, err);
}
