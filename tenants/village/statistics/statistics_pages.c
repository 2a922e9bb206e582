// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/statistics/statistics_pages.h"

#include "server/base/text.h"
#include "server/sheet/sheet.h"
#include "server/web/feature.h"
#include "tenants/village/statistics/statistics_view.h"

static enum rc read_cells(struct village_db *db, enum statistic of, struct date today, struct statistics_cell_rows *out, struct err *err)
{
    switch (of) {
    case STATISTIC_SEX:
        return sql_statistics_sex(db, out, err);
    case STATISTIC_OCCUPATION:
        return sql_statistics_occupation(db, out, err);
    case STATISTIC_EDUCATION:
        return sql_statistics_education(db, out, err);
    case STATISTIC_RELIGION:
        return sql_statistics_religion(db, out, err);
    case STATISTIC_MARITAL:
        return sql_statistics_marital(db, out, err);
    default:
        return sql_statistics_age(db, today, out, err);
    }
}

/* One statement, whatever is asked for. */
static enum rc read_lines(struct request *req, enum statistic of, struct statistics_lines *out, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct village_db *db;
    struct statistics_cell_rows cells;
    struct statistics_place_rows places;

    if (of == STATISTIC_NONE)
        return fail(err, RC_NOT_FOUND, "no such statistic");
    TRY(request_village_db(req, &db, err));
    if (of == STATISTIC_HAMLET) {
        TRY(sql_statistics_hamlet(db, &places, err));
        *out = statistics_lines_of_places(arena, &places);
        return RC_OK;
    }
    TRY(read_cells(db, of, request_today(req), &cells, err));
    *out = statistics_lines_of(arena, of, &cells);
    return RC_OK;
}

/* ---- the page ---- */

static struct statistics_number number_of(struct arena *arena, uint64_t n, struct str query, const char *sex)
{
    struct buf href = {.arena = arena};

    if (query.p != NULL) {
        buf_put_str(&href, STR("/kantor/penduduk"));
        if (!str_empty(query))
            buf_fmt(&href, "?%.*s", STR_ARG(query));
        if (sex[0] != '\0')
            buf_fmt(&href, "%cjk=%s", str_empty(query) ? '?' : '&', sex);
    }
    return (struct statistics_number){number_text(arena, (int64_t)n), buf_str(&href)};
}

static struct statistics_row row_of(struct arena *arena, const struct statistics_line *line)
{
    return (struct statistics_row){
        .label = line->label,
        .percent = permille_text(arena, line->permille),
        .men = number_of(arena, line->men, line->query, "1"),
        .women = number_of(arena, line->women, line->query, "2"),
        .total = number_of(arena, line->total, line->query, ""),
    };
}

static void put_tabs(struct arena *arena, enum statistic of, struct tabs_view *tabs)
{
    *tabs = (struct tabs_view){.label = STR("Jenis statistik"), .p = ARENA_ARRAY(arena, struct tab, STATISTIC_COUNT)};
    for (int i = 1; i < STATISTIC_COUNT; i++)
        tabs->p[tabs->n++] = (struct tab){
            .href = str_fmt(arena, "/kantor/statistik/%.*s", STR_ARG(statistic_word((enum statistic)i))),
            .label = statistic_title((enum statistic)i),
            .is_active = i == (int)of,
        };
}

static enum rc respond_statistic(struct request *req, struct response *resp, enum statistic of, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct statistics_lines lines;
    struct buf body = {.arena = arena};
    struct statistics_view v = {.title = statistic_title(of), .word = statistic_word(of), .has_sexes = of != STATISTIC_SEX};

    TRY(read_lines(req, of, &lines, err));
    put_tabs(arena, of, &v.tabs);
    v.has_keys = v.has_sexes && !statistics_chart_is_pyramid(of);
    v.has_people = lines.sum.total > 0;
    v.about = str_fmt(arena, "%.*s warga hidup per %.*s", STR_ARG(number_text(arena, (int64_t)lines.sum.total)),
                      STR_ARG(date_long(arena, request_today(req))));
    v.chart = statistics_chart_of(arena, of, &lines);
    v.rows.n = lines.n;
    v.rows.p = ARENA_ARRAY(arena, struct statistics_row, lines.n);
    for (size_t i = 0; i < lines.n; i++)
        v.rows.p[i] = row_of(arena, &lines.p[i]);
    v.sum = row_of(arena, &lines.sum);
    if (lines.left_out > 0)
        v.left_out = str_fmt(arena, "%zu %.*s lain belum ada warganya.", lines.left_out, STR_ARG(str_lower(arena, v.title)));
    v.empty = (struct empty_view){.title = STR("Belum ada warga tercatat"),
                                  .text = STR("Angka muncul di sini begitu data penduduk diisi."),
                                  .href = STR("/kantor/penduduk"),
                                  .link_label = STR("Buka penduduk")};
    view_statistics(&body, &v);
    const struct page page = {.title = str_fmt(arena, "Statistik: %.*s", STR_ARG(str_lower(arena, v.title))),
                              .active = STR("/kantor/statistik"),
                              .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

enum rc statistics_age_page(struct request *req, struct response *resp, struct err *err)
{
    return respond_statistic(req, resp, STATISTIC_AGE, err);
}

enum rc statistics_page(struct request *req, struct response *resp, struct err *err)
{
    return respond_statistic(req, resp, statistic_from(statistics_which_got(req).which), err);
}

/* ---- the table as a file ---- */

enum { COLUMNS = 5 };

struct sheet_job {
    struct arena *arena;
    enum statistic of;
    struct statistics_lines lines;
    struct str title, bytes;
    enum rc rc;
    struct err err;
};

static void put_cells(struct arena *arena, const struct statistics_line *line, struct sheet_cell *cells)
{
    cells[0] = cell_text(line->label);
    cells[1] = cell_number(str_fmt(arena, "%" PRIu64, line->men));
    cells[2] = cell_number(str_fmt(arena, "%" PRIu64, line->women));
    cells[3] = cell_number(str_fmt(arena, "%" PRIu64, line->total));
    cells[4] = cell_number(str_fmt(arena, "%u.%u", line->permille / 10, line->permille % 10));
}

static void sheet_row(void *ctx, size_t row, struct arena *arena, struct sheet_cell *cells)
{
    const struct sheet_job *job = ctx;

    put_cells(arena, row < job->lines.n ? &job->lines.p[row] : &job->lines.sum, cells);
}

static void sheet_work(void *arg)
{
    struct sheet_job *job = arg;
    const struct sheet_column columns[COLUMNS] = {
        {job->title, 36}, {STR("Laki-laki"), 12}, {STR("Perempuan"), 12}, {STR("Jumlah"), 12}, {STR("Persen"), 10}};
    const struct sheet_table table = {job->title, columns, COLUMNS, job->lines.n + 1, sheet_row, job};

    job->rc = sheet_write(job->arena, &table, 1, &job->bytes, &job->err);
}

static struct str filename(struct request *req, enum statistic of, const char *ending)
{
    struct arena *arena = request_arena(req);

    return str_fmt(arena, "statistik-%.*s-%.*s.%s", STR_ARG(statistic_word(of)), STR_ARG(date_iso(arena, request_today(req))), ending);
}

enum rc statistics_xlsx(struct request *req, struct response *resp, struct err *err)
{
    struct sheet_job job = {.arena = request_arena(req), .of = statistic_from(statistics_which_got(req).which)};

    job.title = request_hamlet_text(req, statistic_title(job.of));
    TRY(read_lines(req, job.of, &job.lines, err));
    TRY(request_offload(req, sheet_work, &job, err));
    if (job.rc != RC_OK) {
        *err = job.err;
        return job.rc;
    }
    return respond_bytes(resp, SHEET_XLSX_TYPE, job.bytes, filename(req, job.of, "xlsx"));
}

enum rc statistics_csv(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    enum statistic of = statistic_from(statistics_which_got(req).which);
    struct statistics_lines lines;
    struct sheet_cell cells[COLUMNS] = {cell_text(request_hamlet_text(req, statistic_title(of))), cell_text(STR("Laki-laki")),
                                        cell_text(STR("Perempuan")), cell_text(STR("Jumlah")), cell_text(STR("Persen"))};
    struct buf out = {.arena = arena};

    TRY(read_lines(req, of, &lines, err));
    csv_put_start(&out);
    csv_put_row(&out, cells, COLUMNS);
    for (size_t i = 0; i <= lines.n; i++) {
        put_cells(arena, i < lines.n ? &lines.p[i] : &lines.sum, cells);
        csv_put_row(&out, cells, COLUMNS);
    }
    return respond_bytes(resp, STR("text/csv; charset=utf-8"), buf_str(&out), filename(req, of, "csv"));
}
