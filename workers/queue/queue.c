// SPDX-License-Identifier: AGPL-3.0-or-later
/* Putting jobs, and waking the worker. */
#include "workers/queue/queue.h"

#include "server/store/redis.h"
#include "workers/queue/control_queue_sql.h"
#include "workers/queue/lease.h"
#include "workers/queue/queue_sql.h"

/*
 * Figures are counted a moment later than asked for: letters that follow one another want them once, and an act that asks
 * while a worker takes the job before has to be done anew.
 */
enum { FIGURES_WAIT_MS = 1000 };

static struct str payload_or_empty(struct str payload)
{
    return payload.p != NULL ? payload : STR("{}");
}

enum rc outbox_put(struct txn *txn, uint16_t kind, uint64_t subject, struct str payload, struct err *err)
{
    return outbox_put_later(txn, kind, subject, payload, 0, err);
}

enum rc outbox_put_later(struct txn *txn, uint16_t kind, uint64_t subject, struct str payload, uint64_t delay_ms, struct err *err)
{
    TRY(sql_outbox_add(txn, kind, subject, payload_or_empty(payload), delay_ms, NULL, err));
    village_db_mark(in_txn(txn), DB_MARK_OUTBOX);
    return RC_OK;
}

enum rc outbox_put_once(struct txn *txn, uint16_t kind, uint64_t subject, struct err *err)
{
    struct outbox_newest newest;
    uint64_t held = 0;
    bool found;

    TRY(sql_outbox_newest(txn, kind, subject, &newest, &found, err));
    if (found && newest.is_untouched)
        TRY(sql_outbox_hold(txn, newest.id, &held, err));
    if (held == 0)
        TRY(sql_outbox_add(txn, kind, subject, payload_or_empty(STR_NONE), kind == JOB_PUBLISH_ROLLUP ? FIGURES_WAIT_MS : 0, NULL, err));
    village_db_mark(in_txn(txn), DB_MARK_OUTBOX); /* a worker that skipped it meanwhile looks again */
    return RC_OK;
}

enum rc outbox_put_paced(struct txn *txn, const struct outbox_pace *pace, struct str payload, bool *is_over_out, struct err *err)
{
    enum { DAY_S = 86400 };
    struct outbox_paced last;
    struct outbox_spent spent;
    uint64_t changed = 0;
    int64_t wait_s;
    bool found;

    *is_over_out = false;
    TRY(sql_outbox_paced(txn, pace->kind, pace->subject, &last, &found, err));
    if (found && last.is_untouched)
        TRY(sql_outbox_say_anew(txn, last.id, payload, &changed, err));
    if (changed > 0)
        return RC_OK;
    TRY(sql_outbox_spent(txn, pace->kind, pace->first, pace->last, &spent, err));
    bool is_spent = spent.n >= pace->most_a_day;
    *is_over_out = is_spent && (!found || last.age_s >= DAY_S);
    if (*is_over_out)
        return RC_OK;
    wait_s = found ? (int64_t)(is_spent ? DAY_S : pace->pause_s) - last.age_s : 0;
    return outbox_put_later(txn, pace->kind, pace->subject, payload, wait_s > 0 ? (uint64_t)wait_s * 1000 : 0, err);
}

enum rc control_outbox_put(struct control_txn *txn, enum control_job_kind kind, uint64_t subject, struct str payload, struct err *err)
{
    TRY(sql_control_outbox_add(txn, kind, subject, payload_or_empty(payload), NULL, err));
    return RC_OK;
}

bool outbox_was_put(struct village_db *db)
{
    return village_db_take_mark(db, DB_MARK_OUTBOX);
}

void queue_wake(struct redis *redis, struct str code)
{
    struct err err;

    if (redis_publish(redis, STR("balai:work"), code, &err) != RC_OK)
        log_event(LOG_DEBUG, "queue_wake", "not sent, the sweep will find it: %s", err.text);
}

enum rc queue_effect(struct txn *txn, uint16_t kind, struct str key, struct err *err)
{
    return sql_effect_add(txn, kind, key, NULL, err);
}

enum rc queue_depth(struct village_db *db, struct queue_depth *out, struct err *err)
{
    struct outbox_depth depth;

    TRY(sql_outbox_depth(db, &depth, err));
    *out = (struct queue_depth){depth.ready, depth.leased, depth.dead, depth.oldest_at};
    return RC_OK;
}

enum rc queue_tidy(struct village_db *db, struct err *err)
{
    TRY(sql_outbox_tidy(db, NULL, err));
    TRY(sql_outbox_dead_tidy(db, NULL, err));
    return sql_effect_tidy(db, NULL, err);
}
