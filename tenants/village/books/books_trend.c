// SPDX-License-Identifier: AGPL-3.0-or-later
/* A year of months as the village's own B.3 counts them, for who sees sums only. */
#include "server/base/text.h"
#include "tenants/village/books/books.h"
#include "tenants/village/books/books_sql.h"

/* Of "2026-11": its place among the months from first; BOOK_TREND when it is none of them. */
static size_t place_of(struct date first, struct str period)
{
    struct date month;

    if (!month_parse(period, &month))
        return BOOK_TREND;
    int at = (month.year - first.year) * 12 + month.month - first.month;

    return at >= 0 && at < BOOK_TREND ? (size_t)at : BOOK_TREND;
}

enum rc books_trend(struct village_db *db, struct date first, enum zone zone, struct book_month out[BOOK_TREND], struct err *err)
{
    struct trend_event_rows events;
    struct trend_closed_rows closed;

    memset(out, 0, BOOK_TREND * sizeof(out[0]));
    TRY(sql_trend_events(db, first, date_utc(first, zone) - 1, zone_minutes(zone), &events, err));
    TRY(sql_trend_closed(db, str_fmt(village_db_arena(db), "%04d-%02u", first.year, (unsigned)first.month), &closed, err));
    for (size_t i = 0; i < events.n; i++) {
        size_t at = place_of(first, events.p[i].period);

        if (at == BOOK_TREND)
            continue;
        out[at].net = events.p[i].net;
        out[at].births = events.p[i].births;
    }
    for (size_t i = 0; i < closed.n; i++) {
        size_t at = place_of(first, closed.p[i].period);

        if (at < BOOK_TREND)
            out[at].closed_on = utc_date(closed.p[i].made_at, zone);
    }
    return RC_OK;
}
