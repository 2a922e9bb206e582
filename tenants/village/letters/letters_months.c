// SPDX-License-Identifier: AGPL-3.0-or-later
/* /kantor/surat/rekap: how many letters of each type were issued in each month of a year, and how often they were printed. */
#include "server/base/text.h"
#include "tenants/village/letters/letters_archive_sql.h"
#include "tenants/village/letters/letters_months_view.h"
#include "tenants/village/letters/letters_pages.h"

enum { YEARS_MOST = 20, BAR_TENTHS = 90, FLOOR_TENTHS = 108 }; /* of an em: the highest bar; where bars stand */

static struct letter_months_line line_named(struct arena *arena, struct str name)
{
    struct letter_months_line line = {.name = name};

    line.months.n = LETTER_MONTHS;
    line.months.p = ARENA_ARRAY(arena, uint64_t, LETTER_MONTHS);
    return line;
}

static void count(struct letter_months_line *line, const struct letter_month *row)
{
    line->months.p[row->month - 1] += row->issued;
    line->issued += row->issued;
    line->prints += row->prints;
}

/* Rows come type by type. */
static void put_lines(struct arena *arena, const struct letter_month_rows *rows, struct letter_months_view *v)
{
    uint64_t type = 0;

    if (rows->n == 0)
        return;
    v->lines.p = ARENA_ARRAY(arena, struct letter_months_line, rows->n + 1);
    v->lines.p[v->lines.n++] = line_named(arena, STR("Semua jenis"));
    for (size_t i = 0; i < rows->n; i++) {
        if (rows->p[i].month < 1 || rows->p[i].month > LETTER_MONTHS)
            continue;
        if (v->lines.n == 1 || rows->p[i].type_id != type)
            v->lines.p[v->lines.n++] = line_named(arena, rows->p[i].type_name);
        type = rows->p[i].type_id;
        count(&v->lines.p[0], &rows->p[i]);
        count(&v->lines.p[v->lines.n - 1], &rows->p[i]);
    }
}

static struct str tenths(struct arena *arena, uint64_t n)
{
    return str_fmt(arena, "%" PRIu64 ".%" PRIu64 "em", n / 10, n % 10);
}

static void put_bars(struct arena *arena, struct letter_months_view *v)
{
    const struct letter_months_line *all = &v->lines.p[0];
    uint64_t most = 1;

    for (size_t m = 0; m < LETTER_MONTHS; m++)
        most = all->months.p[m] > most ? all->months.p[m] : most;
    v->bars.n = LETTER_MONTHS;
    v->bars.p = ARENA_ARRAY(arena, struct letter_month_bar, LETTER_MONTHS);
    for (size_t m = 0; m < LETTER_MONTHS; m++) {
        const uint64_t high = all->months.p[m] * BAR_TENTHS / most;
        v->bars.p[m] = (struct letter_month_bar){.name = str_part(str_c(month_name((int)m + 1)), 0, 3),
                                                 .number = number_text(arena, (int64_t)all->months.p[m]),
                                                 .x = str_fmt(arena, "%zu%%", m * 8 + 3),
                                                 .middle = str_fmt(arena, "%zu.5%%", m * 8 + 5),
                                                 .y = tenths(arena, FLOOR_TENTHS - high),
                                                 .above = tenths(arena, FLOOR_TENTHS - high - 4),
                                                 .height = tenths(arena, high)};
    }
}

/* From the first letter's year to the last one's, or this one's, the newest first. */
static enum rc put_years(struct village_db *db, struct arena *arena, int year, int this_year, struct letter_months_view *v, struct err *err)
{
    struct letter_years span;

    TRY(sql_letter_years(db, &span, err));
    const int last = span.last.year > this_year ? span.last.year : this_year;
    int first = span.first.year != 0 && span.first.year < this_year ? span.first.year : this_year;
    if (last - first >= YEARS_MOST)
        first = last - YEARS_MOST + 1;
    v->years = (struct options){ARENA_ARRAY(arena, struct option, (size_t)(last - first + 1)), 0};
    for (int y = last; y >= first; y--) {
        const struct str text = str_fmt(arena, "%d", y);
        v->years.p[v->years.n++] = (struct option){.value = text, .label = text, .is_selected = y == year};
    }
    return RC_OK;
}

enum rc letter_months_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    const struct letter_months_see_form in = letter_months_see_got(req);
    const int this_year = request_today(req).year, year = in.year.is_set ? (int)in.year.value : this_year;
    const struct date from = {(int16_t)year, 1, 1}, until = {(int16_t)(year + 1), 1, 1};
    struct letter_months_view v = {0};
    struct buf body = {.arena = arena};
    struct letter_month_rows rows;
    struct village_db *db;

    TRY(request_village_db(req, &db, err));
    TRY(put_years(db, arena, year, this_year, &v, err));
    TRY(sql_letter_months(db, from, until, &rows, err));
    put_lines(arena, &rows, &v);
    if (v.lines.n > 0)
        put_bars(arena, &v);
    v.said = v.lines.n == 0 ? str_fmt(arena, "Tahun %d", year)
                            : str_fmt(arena, "Tahun %d: %.*s surat terbit, %.*s kali dicetak", year,
                                      STR_ARG(number_text(arena, (int64_t)v.lines.p[0].issued)),
                                      STR_ARG(number_text(arena, (int64_t)v.lines.p[0].prints)));
    view_letter_months(&body, &v);
    const struct page page = {.title = STR("Rekap surat"), .active = STR("/kantor/surat"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}
