// SPDX-License-Identifier: AGPL-3.0-or-later
/* The worker's part: one message, and what came of it. */
#include "server/base/random.h"
#include "tenants/village/notices/notices.h"
#include "tenants/village/notices/notices_rules.h"

enum { TOKEN_BYTES = 32, LINK_REMEMBERED_DAYS = 60 };

struct link {
    uint64_t notice_id;
    uint32_t round;
    unsigned char hash[HASH_BYTES];
    utc_us until, now;
};

static enum rc link_body(struct txn *txn, void *ctx, struct err *err)
{
    const struct link *link = ctx;
    uint64_t put;

    TRY(sql_notice_link_put(txn, (struct str){(const char *)link->hash, HASH_BYTES}, link->notice_id, link->round, link->until, &put, err));
    if (put == 0)
        return fail(err, RC_BUSY, "notice %" PRIu64 " was asked for anew, or its address is over", link->notice_id);
    return sql_notice_links_tidy(txn, link->now - (utc_us)LINK_REMEMBERED_DAYS * 86400 * US_PER_S, NULL, err);
}

/* The page the message leads to: for the resident a fresh link, whose hash is stored before the message leaves. */
static enum rc link_make(const struct notice_errand *errand, const struct notice_row *row, struct str *link_out, utc_us *until_out,
                         struct err *err)
{
    struct arena *arena = village_db_arena(errand->db);
    struct link link = {
        .notice_id = row->id, .round = row->round, .now = errand->now, .until = errand->now + (utc_us)NOTICE_LINK_DAYS * 86400 * US_PER_S};
    unsigned char token[TOKEN_BYTES];

    if (row->recipient == NOTICE_HEAD) {
        const char *page = row->letter_state == LETTER_WAITING_APPROVAL ? "persetujuan" : "surat";

        *link_out = str_fmt(arena, "%.*s/kantor/%s/%" PRIu64, STR_ARG(errand->origin), page, row->letter_id);
        return RC_OK;
    }
    random_bytes(token, sizeof(token));
    hash_sha256(token, sizeof(token), link.hash);
    TRY(txn_run(errand->db, link_body, &link, err));
    *link_out = str_fmt(arena, "%.*s/surat/ambil/%.*s", STR_ARG(errand->origin), STR_ARG(str_base64url(arena, token, sizeof(token))));
    *until_out = link.until;
    return RC_OK;
}

static enum rc write_down(const struct notice_errand *errand, const struct notice_row *row, enum notice_state state, enum notice_why why,
                          unsigned answer, struct err *err)
{
    const struct notice_tried_in in = {.id = row->id,
                                       .round = row->round,
                                       .state = state,
                                       .why = why,
                                       .answer = (uint16_t)answer,
                                       .sent_at = state == NOTICE_SENT ? errand->now : 0};

    return sql_notice_tried(errand->db, &in, NULL, err);
}

/* A message that cannot be sent now: its row says so, and the outbox tries again. */
static enum rc try_later(const struct notice_errand *errand, const struct notice_row *row, unsigned answer, const struct err *why,
                         struct err *err)
{
    struct err ignored;

    *err = *why;
    if (write_down(errand, row, NOTICE_WAITING, NOTICE_NO_ANSWER, answer, &ignored) != RC_OK)
        log_err("notice", &ignored);
    return why->rc;
}

enum rc notice_send(const struct notice_errand *errand, uint64_t id, uint32_t round, struct err *err)
{
    struct arena *arena = village_db_arena(errand->db);
    struct notice_row row;
    struct str link;
    utc_us until = 0;
    unsigned answer;
    struct err why;

    TRY(sql_notice_errand(errand->db, id, &row, err));
    if (row.state != NOTICE_WAITING || row.round != round)
        return RC_OK;
    if (!post_is_on(errand->post))
        return write_down(errand, &row, NOTICE_OFF, NOTICE_NO_RELAY, 0, err);
    if (!notice_has_reason(&row))
        return write_down(errand, &row, NOTICE_OFF, NOTICE_TOO_LATE, 0, err);
    if (row.letter_state == LETTER_ISSUED && !row.is_rendered)
        return fail(err, RC_BUSY, "the letter of notice %" PRIu64 " has no paper yet", id);
    TRY(link_make(errand, &row, &link, &until, err));
    const struct notice_words words = notice_words(arena, &row, errand->village, link, until);
    const struct mail mail = {.to = row.address,
                              .from_name = str_fmt(arena, "Desa %.*s", STR_ARG(errand->village->name)),
                              .subject = words.subject,
                              .text = words.text,
                              .message_id = notice_message_id(arena, &row, errand->village->code),
                              .at = errand->now};
    enum rc rc = post_send(errand->post, arena, &mail, &answer, &why);

    if (rc == RC_OK)
        return write_down(errand, &row, NOTICE_SENT, NOTICE_NO_WHY, 0, err);
    if (rc == RC_INVALID)
        return write_down(errand, &row, NOTICE_REFUSED, NOTICE_SAID_NO, answer, err);
    return try_later(errand, &row, answer, &why, err);
}
