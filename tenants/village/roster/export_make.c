// SPDX-License-Identifier: AGPL-3.0-or-later
/* The work of JOB_EXPORT: rows go from the connection into the file one by one. */
#include "server/base/json.h"
#include "server/loop/loop.h"
#include "server/sheet/sheet.h"
#include "server/files/files.h"
#include "tenants/village/roster/export.h"
#include "tenants/village/roster/export_pages.h"
#include "tenants/village/roster/export_sql.h"
#include "tenants/village/residents/registry_columns.h"
#include "tenants/village/roster/roster_filter.h"

enum { FAULTS_MAX = 200000, FORGET_A_TIME = 500 };

/* A file in the making: a workbook, or a CSV. */
struct making {
    struct arena *arena, *row_arena;
    struct sheet_writer *book; /* NULL: a CSV */
    struct buf csv;
    size_t n_columns;
    uint32_t rows;
};

static void put_row(struct making *m, const struct sheet_cell *cells)
{
    if (m->book != NULL)
        sheet_put_row(m->book, cells);
    else
        csv_put_row(&m->csv, cells, m->n_columns);
    m->rows++;
    arena_reset(m->row_arena);
}

static enum rc begin(struct making *m, struct str format, struct str name, const struct sheet_column *columns, size_t n, struct err *err)
{
    m->n_columns = n;
    if (str_is(format, "xlsx")) {
        TRY(sheet_open(m->arena, &m->book, err));
        sheet_begin(m->book, name, columns, n);
        return RC_OK;
    }
    struct sheet_cell *head = ARENA_ARRAY(m->arena, struct sheet_cell, n);
    for (size_t i = 0; i < n; i++)
        head[i] = cell_text(columns[i].title);
    m->csv.arena = m->arena;
    csv_put_start(&m->csv);
    csv_put_row(&m->csv, head, n);
    return RC_OK;
}

struct closing {
    struct making *m;
    struct str bytes;
    enum rc rc;
    struct err err;
};

static void close_work(void *arg)
{
    struct closing *closing = arg;

    closing->rc = sheet_close(&closing->m->book, &closing->bytes, &closing->err);
}

/* Closing a workbook compresses it: beside the loop. */
static enum rc end(struct making *m, struct str *bytes_out, struct err *err)
{
    struct closing closing = {.m = m};

    if (m->book == NULL) {
        *bytes_out = buf_str(&m->csv);
        return RC_OK;
    }
    TRY(fiber_offload(close_work, &closing, err));
    if (closing.rc != RC_OK)
        *err = closing.err;
    *bytes_out = closing.bytes;
    return closing.rc;
}

/* ---- residents ---- */

static struct sheet_cell cell_of(struct arena *arena, struct resident_row *row, enum import_column c)
{
    if (!row_has(row, c))
        return (struct sheet_cell){0};
    if (import_rules[c].kind == KIND_CODE)
        return cell_number(str_fmt(arena, "%u", *row_code(row, c)));
    return kind_is_date(import_rules[c].kind) ? cell_date(*row_date(row, c)) : cell_text(*row_text(row, c));
}

static enum rc resident_row_put(void *ctx, const struct export_row *r, struct err *err)
{
    struct making *m = ctx;
    struct sheet_cell cells[COLUMN_COUNT];
#define X(name, heading, kind, member, max, list) .member = r->member,
    struct resident_row row = {IMPORT_COLUMNS(X)};
#undef X

    (void)err;
    if (m->rows > EXPORT_ROWS_MAX) /* too many, as `keep` will say */
        return RC_OK;
    for (int c = 0; c < COLUMN_COUNT; c++)
        cells[c] = cell_of(m->row_arena, &row, (enum import_column)c);
    put_row(m, cells);
    return RC_OK;
}

/* What was asked for, as the form of the list said it. */
static enum rc read_criteria(const struct export_file *file, struct list_reading *at, struct resident_find *find, struct err *err)
{
    json_t *criteria, *value;
    const char *name;

    TRY(json_read(at->arena, file->criteria, &criteria, err));
    json_object_foreach(criteria, name, value) if (!list_set(at, str_c(name), json_text(criteria, name))) return fail(
        err, RC_FAULT, "the export's %s means nothing", name);
    return list_judge(at, find).n == 0 ? RC_OK : fail(err, RC_FAULT, "the export's criteria mean nothing");
}

static enum rc make_residents(struct village_db *db, const struct export_job *job, const struct export_file *file, struct making *m,
                              struct err *err)
{
    struct sheet_column columns[COLUMN_COUNT];
    struct list_reading at;
    struct resident_find find;
    enum resident_way way;

    for (int c = 0; c < COLUMN_COUNT; c++)
        columns[c] = (struct sheet_column){str_c(import_rules[c].heading), kind_is_date(import_rules[c].kind)  ? 12
                                                                           : import_rules[c].kind == KIND_CODE ? 8
                                                                                                               : 18};
    list_begin(&at, &residents_list, m->arena, utc_date(file->asked_at, job->zone));
    TRY(read_criteria(file, &at, &find, err));
    TRY(begin(m, file->format, STR("Data Penduduk"), columns, COLUMN_COUNT, err));
    return resident_way_of(&at, &find, &way) ? sql_export_each(db, &find, way, &at.at, resident_row_put, m, err) : RC_OK;
}

/* ---- faults of an import ---- */

static enum rc fault_row_put(void *ctx, const struct export_fault *f, struct err *err)
{
    struct making *m = ctx;
    const struct sheet_cell cells[] = {cell_text(f->sheet),
                                       cell_number(str_fmt(m->row_arena, "%u", f->row_no)),
                                       cell_text(f->column_name),
                                       cell_text(f->value),
                                       cell_text(f->is_warning ? STR("Peringatan") : STR("Kesalahan")),
                                       cell_text(f->text),
                                       cell_text(f->accepted)};

    (void)err;
    put_row(m, cells);
    return RC_OK;
}

static enum rc make_faults(struct village_db *db, const struct export_file *file, struct making *m, struct err *err)
{
    static const struct sheet_column columns[] = {{STR_INIT("Lembar"), 16},       {STR_INIT("Baris"), 8},
                                                  {STR_INIT("Kolom"), 20},        {STR_INIT("Isian"), 24},
                                                  {STR_INIT("Jenis"), 12},        {STR_INIT("Yang perlu diperbaiki"), 60},
                                                  {STR_INIT("Yang diterima"), 50}};
    json_t *criteria;

    TRY(json_read(m->arena, file->criteria, &criteria, err));
    TRY(begin(m, file->format, STR("Kesalahan"), columns, COUNT_OF(columns), err));
    return sql_export_faults(db, json_u64(criteria, "batch"), FAULTS_MAX, fault_row_put, m, err);
}

/* ---- the job ---- */

static const struct file_slot export_slot = {.word = "export", .most_bytes = 64 * MIB};

/* What is too old to be given: its file, and what was searched for. */
static enum rc forget_body(struct txn *txn, void *ctx, struct err *err)
{
    const utc_us *before = ctx;
    struct export_old_rows old;

    TRY(sql_export_old(txn, *before, FORGET_A_TIME, &old, err));
    for (size_t i = 0; i < old.n; i++) {
        TRY(file_release(txn, "export", old.p[i].id, "", err));
        TRY(sql_export_forget(txn, old.p[i].id, NULL, err));
    }
    return RC_OK;
}

struct kept {
    const struct export_ready_in *ready;
    uint64_t file_id;
};

/* Once: a job that runs again finds it done. */
static enum rc ready_body(struct txn *txn, void *ctx, struct err *err)
{
    const struct kept *kept = ctx;
    uint64_t is_ours;

    TRY(sql_export_ready(txn, kept->ready, &is_ours, err));
    return is_ours != 0 && kept->file_id != 0 ? file_hold(txn, kept->file_id, "export", kept->ready->id, "", err) : RC_OK;
}

static enum rc fill(struct village_db *db, const struct export_job *job, const struct export_file *file, struct making *m,
                    struct str *bytes_out, struct err *err)
{
    bool is_of_residents = str_is(file->kind, "residents");

    TRY(is_of_residents ? make_residents(db, job, file, m, err) : make_faults(db, file, m, err));
    return end(m, bytes_out, err);
}

static enum rc keep(struct village_db *db, const struct export_job *job, const struct export_file *file, const struct making *m,
                    struct str bytes, struct err *err)
{
    struct export_ready_in ready = {.id = job->id, .now = job->now, .rows_total = m->rows, .size = (uint32_t)bytes.n, .refusal = STR("")};
    uint64_t id;

    if (str_is(file->kind, "residents") && m->rows > EXPORT_ROWS_MAX) {
        ready.refusal = STR("Lebih dari 60.000 warga terlalu banyak untuk satu berkas. Persempit dengan saringan, misalnya satu dusun.");
        return txn_run(db, ready_body, &(struct kept){&ready, 0}, err);
    }
    TRY(file_store(db, &export_slot, export_type(file->format), bytes, &id, err));
    ready.file_id = some_u64(id);
    return txn_run(db, ready_body, &(struct kept){&ready, id}, err);
}

enum rc export_tidy(struct village_db *db, utc_us now, struct err *err)
{
    utc_us before = now - 2 * (utc_us)EXPORT_VALID_S * US_PER_S; /* nothing that may still be given */

    TRY(txn_run(db, forget_body, &before, err));
    return sql_export_rows_tidy(db, NULL, err);
}

enum rc export_make(struct village_db *db, const struct export_job *job, struct err *err)
{
    struct making m = {.arena = village_db_arena(db)};
    struct export_file file;
    struct str bytes;
    struct err ignored;

    TRY(sql_export_get(db, job->id, &file, err));
    if (file.ready_at != 0 || str_empty(file.criteria))
        return RC_OK;
    m.row_arena = arena_new();
    enum rc rc = fill(db, job, &file, &m, &bytes, err);
    arena_free(&m.row_arena);
    if (m.book != NULL && sheet_close(&m.book, NULL, &ignored) != RC_OK)
        log_err("export_close", &ignored);
    TRY(rc);
    return keep(db, job, &file, &m, bytes, err);
}
