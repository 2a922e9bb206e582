// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * JOB_PUBLISH_ROLLUP: the village counts itself and puts the figures, no
 * person among them, where the regency console reads. Also the hour's tidying,
 * because it runs at least hourly in every village.
 *
 * The version is taken, under lock, in the transaction that counts: versions
 * stand in the order of what was counted, and control keeps the highest.
 */
#include "workers/jobs/jobs.h"

#include "server/web/epoch_rows_sql.h"
#include "tenants/village/books/books.h"
#include "tenants/village/letters/letters.h"
#include "tenants/village/residents/family_rows_sql.h"
#include "workers/jobs/rollup.h"
#include "workers/jobs/rollup_control_sql.h"
#include "workers/jobs/rollup_sql.h"

struct count {
    const struct job *job;
    uint64_t registry; /* its version before */
    struct rollup_publish_in figures;
};

/* The village's calendar month that contains now. */
static void month_of(utc_us now, enum zone zone, struct date *first_out, struct date *next_out)
{
    *first_out = utc_date(now, zone);
    first_out->day = 1;
    *next_out = date_add_months(*first_out, 1);
}

/* Half rounded up; 100 only when it is all of them. */
static uint8_t percent(uint64_t part, uint64_t whole)
{
    if (whole == 0 || part >= whole)
        return whole == 0 ? 0 : 100;
    uint64_t rounded = (part * 200 + whole) / (2 * whole);
    return (uint8_t)(rounded < 100 ? rounded : 99);
}

static enum rc count_people(struct village_db *db, struct rollup_publish_in *f, struct err *err)
{
    struct rollup_people people;

    TRY(sql_rollup_people(db, &people, err));
    f->men = people.men;
    f->women = people.women;
    f->families = people.families;
    f->complete_pct = percent(people.complete, (uint64_t)people.men + people.women);
    return RC_OK;
}

static enum rc count_letters(struct village_db *db, const struct job *job, struct rollup_publish_in *f, struct err *err)
{
    enum zone zone = job->village->zone;
    struct rollup_letters letters;
    struct date first, next;

    month_of(job->now, zone, &first, &next);
    TRY(sql_rollup_letters(db, date_utc(first, zone), date_utc(next, zone), &letters, err));
    f->letters_month = letters.month;
    f->letters_total = letters.total;
    f->letters_of = str_fmt(job->arena, "%04d-%02u", first.year, (unsigned)first.month);
    return RC_OK;
}

/* people,letters,births,closed;… a month, the oldest first. closed: the day its B.3 was closed, "-" open, "x" before the village was here.
 */
static enum rc count_trend(struct village_db *db, const struct job *job, struct rollup_publish_in *f, struct err *err)
{
    enum zone zone = job->village->zone;
    struct book_month months[BOOK_TREND];
    struct rollup_letter_month_rows letters;
    struct date first, next, since;
    struct buf out = {.arena = job->arena};

    month_of(job->now, zone, &first, &next);
    first = date_add_months(first, 1 - BOOK_TREND);
    TRY(books_trend(db, first, zone, months, err));
    TRY(books_since(db, &since, err));
    TRY(sql_rollup_letter_months(db, date_utc(first, zone), zone_minutes(zone), &letters, err));
    int64_t people = (int64_t)f->men + f->women;

    for (size_t i = 0; i < BOOK_TREND; i++)
        people -= months[i].net;
    for (int i = 0; i < BOOK_TREND; i++) {
        struct date month = date_add_months(first, i), after = date_add_months(first, i + 1);
        struct str period = str_fmt(job->arena, "%04d-%02u", month.year, (unsigned)month.month);
        struct str closed = !date_is_none(months[i].closed_on)                       ? date_iso(job->arena, months[i].closed_on)
                            : date_is_none(since) || date_compare(since, after) >= 0 ? STR("x")
                                                                                     : STR("-");
        uint64_t n = 0;

        people += months[i].net;
        for (size_t k = 0; k < letters.n; k++)
            if (str_eq(letters.p[k].period, period))
                n = letters.p[k].n;
        buf_fmt(&out, "%" PRId64 ",%" PRIu64 ",%" PRIu64 ",%.*s;", people > 0 ? people : 0, n, months[i].births, STR_ARG(closed));
    }
    f->trend = buf_str(&out);
    return RC_OK;
}

static enum rc count_queue(struct village_db *db, struct rollup_publish_in *f, struct err *err)
{
    struct rollup_activity activity = {0};
    struct rollup_size size = {0};
    struct queue_depth depth;
    bool found;

    TRY(queue_depth(db, &depth, err));
    TRY(sql_rollup_activity(db, &activity, &found, err));
    if (f->men + f->women + f->letters_total > 0) /* to be measured, each of its tables is opened: of an empty one that says nothing */
        TRY(sql_rollup_size(db, &size, err));
    f->queue_ready = (uint32_t)depth.ready;
    f->queue_dead = (uint32_t)depth.dead;
    f->activity_at = activity.at;
    f->size_bytes = size.bytes;
    return RC_OK;
}

static enum rc count_waiting(struct village_db *db, struct date today, struct rollup_publish_in *f, struct err *err)
{
    struct rollup_waiting waiting;

    TRY(sql_rollup_waiting(db, &waiting, err));
    f->waiting = waiting.n;
    f->waiting_since = waiting.since;
    f->last_letter_at = waiting.last_letter_at;
    f->import_refused = waiting.import_refused.is_set ? (uint32_t)waiting.import_refused.value : 0;
    f->phone = waiting.phone;
    return letter_has_approver(db, today, &f->has_approver, err);
}

static enum rc count_body(struct txn *txn, void *ctx, struct err *err)
{
    struct count *count = ctx;
    struct village_db *db = in_txn(txn);
    struct rollup_version version;

    TRY(sql_rollup_next_version(txn, NULL, err));
    TRY(sql_rollup_version(txn, &version, err));
    count->figures.version = version.value;
    TRY(count_people(db, &count->figures, err));
    TRY(count_letters(db, count->job, &count->figures, err));
    TRY(count_trend(db, count->job, &count->figures, err));
    TRY(count_waiting(db, utc_date(count->job->now, count->job->village->zone), &count->figures, err));
    return count_queue(db, &count->figures, err);
}

/* What was counted holds for the lists of residents when nothing has changed since before the count. */
static enum rc living_body(struct txn *txn, void *ctx, struct err *err)
{
    const struct count *count = ctx;
    struct rollup_registry now;
    bool found;

    TRY(sql_rollup_registry_hold(txn, &now, &found, err));
    if (!found || now.version != count->registry)
        return RC_OK;
    return sql_rollup_living(txn, count->figures.men + count->figures.women, now.version, NULL, err);
}

enum rc job_publish_rollup(const struct job *job, struct err *err)
{
    struct count count = {.job = job, .figures = {.code = job->village->code, .computed_at = job->now}};
    struct rollup_registry before;

    TRY(sql_rollup_registry(job->db, &before, err));
    count.registry = before.version;
    TRY(txn_run(job->db, count_body, &count, err));
    TRY(txn_run(job->db, living_body, &count, err));
    TRY(sql_rollup_publish(job->control, &count.figures, NULL, err));
    return tidy_village(job, err);
}

enum rc rollup_stale_villages(struct control_db *control, utc_us before, struct str **codes_out, size_t *n_out, struct err *err)
{
    struct rollup_stale_rows rows;

    TRY(sql_rollup_stale(control, before, &rows, err));
    *codes_out = ARENA_ARRAY(control_db_arena(control), struct str, rows.n);
    *n_out = rows.n;
    for (size_t i = 0; i < rows.n; i++)
        (*codes_out)[i] = rows.p[i].code;
    return RC_OK;
}

static enum rc ask_body(struct txn *txn, void *ctx, struct err *err)
{
    (void)ctx;
    return outbox_put_once(txn, JOB_PUBLISH_ROLLUP, 0, err);
}

enum rc rollup_ask(struct village_db *db, struct err *err)
{
    return txn_run(db, ask_body, NULL, err);
}
