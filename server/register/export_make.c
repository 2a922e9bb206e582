// SPDX-License-Identifier: AGPL-3.0-or-later
/* The work of JOB_EXPORT: the book that was asked for becomes a file, and it is kept as long as it may be fetched. */
#include "server/base/text.h"
#include "server/files/files.h"
#include "server/register/export_pages.h"
#include "server/register/export_sql.h"
#include "tenants/directory/directory.h"
#include "workers/queue/queue.h"

enum { FORGET_A_TIME = 500 };

static const struct file_slot export_slot = {.word = "export", .most_bytes = 64 * MIB};

/* What is too old to be given loses its file and what was searched for. A closing that is still without a file by then is undone: its
 * job finds nothing to do any more, and the month would stay closed without a copy. */
static enum rc forget_body(struct txn *txn, void *ctx, struct err *err)
{
    const utc_us *before = ctx;
    struct export_old_rows old;

    TRY(sql_export_old(txn, *before, FORGET_A_TIME, &old, err));
    for (size_t i = 0; i < old.n; i++) {
        TRY(file_release(txn, "export", old.p[i].id, "", err));
        TRY(sql_export_forget(txn, old.p[i].id, NULL, err));
        if (old.p[i].copy_id.is_set)
            TRY(sql_book_copy_undo(txn, old.p[i].copy_id.value, NULL, err));
    }
    return RC_OK;
}

enum rc export_tidy(const struct job *job, struct err *err)
{
    utc_us before = job->now - 2 * (utc_us)EXPORT_VALID_S * US_PER_S; /* nothing that may still be given */

    TRY(txn_run(job->db, forget_body, &before, err));
    return sql_export_rows_tidy(job->db, NULL, err);
}

struct kept {
    const struct export_file *file;
    const struct book_made *made; /* NULL: refused */
    struct export_ready_in ready;
    uint64_t xlsx_id, csv_id; /* of a closing */
};

/* All three, so that no form of a closed month is ever computed again. */
static enum rc keep_copy(struct txn *txn, const struct kept *kept, struct err *err)
{
    uint64_t id = kept->file->copy_id.value, is_ours;

    if (kept->made == NULL)
        return sql_book_copy_undo(txn, id, NULL, err);
    const struct book_copy_done_in copy = {.id = id,
                                           .file_id = kept->ready.file_id.value,
                                           .xlsx_id = kept->xlsx_id,
                                           .csv_id = kept->csv_id,
                                           .digest = {(const char *)kept->made->digest, sizeof kept->made->digest},
                                           .rows_total = kept->made->rows,
                                           .signers = utf8_part(village_db_arena(in_txn(txn)), kept->made->signers, 500)};

    TRY(sql_book_copy_done(txn, &copy, &is_ours, err));
    if (is_ours == 0)
        return RC_OK;
    TRY(file_hold(txn, copy.file_id, "book", id, "", err));
    TRY(file_hold(txn, copy.xlsx_id, "book", id, "xlsx", err));
    return file_hold(txn, copy.csv_id, "book", id, "csv", err);
}

/* Once: a job that runs again finds it done. */
static enum rc ready_body(struct txn *txn, void *ctx, struct err *err)
{
    const struct kept *kept = ctx;
    uint64_t is_ours;

    TRY(sql_export_ready(txn, &kept->ready, &is_ours, err));
    if (is_ours == 0)
        return RC_OK;
    if (kept->ready.file_id.is_set)
        TRY(file_hold(txn, kept->ready.file_id.value, "export", kept->ready.id, "", err));
    return kept->file->copy_id.is_set ? keep_copy(txn, kept, err) : RC_OK;
}

static enum rc store(const struct job *job, enum book_format format, struct str bytes, uint64_t *id_out, struct err *err)
{
    return file_store(job->db, &export_slot, book_format_type(format), bytes, id_out, err);
}

static enum rc keep(const struct job *job, const struct export_file *file, const struct book_made *made, struct err *err)
{
    enum book_format format = book_format_of(file->format);
    struct str bytes = format == BOOK_PDF ? made->pdf : format & (BOOK_CSV | BOOK_CSV_EXCEL) ? made->csv : made->xlsx;
    struct kept kept = {
        .file = file,
        .made = made,
        .ready = {.id = file->id, .now = job->now, .rows_total = made->rows, .size = (uint32_t)bytes.n, .refusal = STR("")}};
    uint64_t id;

    TRY(store(job, format, bytes, &id, err));
    if (file->copy_id.is_set) {
        TRY(store(job, BOOK_XLSX, made->xlsx, &kept.xlsx_id, err));
        TRY(store(job, BOOK_CSV, made->csv, &kept.csv_id, err));
    }
    kept.ready.file_id = some_u64(id);
    return txn_run(job->db, ready_body, &kept, err);
}

static enum rc refuse(const struct job *job, const struct export_file *file, const struct book *book, struct err *err)
{
    uint32_t most = book->rows_max == 0 ? BOOK_ROWS_MAX : book->rows_max;
    struct kept kept = {.file = file,
                        .ready = {.id = file->id,
                                  .now = job->now,
                                  .refusal = str_fmt(job->arena, "Lebih dari %.*s %s terlalu banyak untuk satu berkas.%s%s",
                                                     STR_ARG(number_text(job->arena, most)), book->noun, book->narrower != NULL ? " " : "",
                                                     book->narrower != NULL ? book->narrower : "")}};

    return txn_run(job->db, ready_body, &kept, err);
}

static enum rc make(const struct job *job, const struct export_file *file, const struct book *book, struct err *err)
{
    struct book_made made;
    json_t *criteria;
    struct book_run run = {.book = book,
                           .arena = job->arena,
                           .village = job->village,
                           .asked_at = file->asked_at,
                           .today = utc_date(file->asked_at, job->village->zone),
                           .asked_by = file->staff_name};

    TRY(json_read(job->arena, file->criteria, &criteria, err));
    run.criteria = criteria;
    if (month_parse(file->period, &run.from))
        run.until = date_add_months(run.from, 1);
    unsigned formats = file->copy_id.is_set ? BOOK_PDF | BOOK_XLSX | BOOK_CSV : book_format_of(file->format);
    enum rc rc = book_make(job->db, &run, formats, &made, err);
    if (rc == RC_TOO_LARGE)
        return refuse(job, file, book, err);
    TRY(rc);
    return keep(job, file, &made, err);
}

enum rc export_make(const struct job *job, struct err *err)
{
    struct export_file file;

    TRY(sql_export_get(job->db, job->lease->subject, &file, err));
    if (file.ready_at != 0 || str_empty(file.criteria))
        return RC_OK;
    const struct book *book = book_find(job->house->features, file.kind);
    if (book == NULL)
        return fail(err, RC_FAULT, "no feature has a book %.*s", STR_ARG(file.kind));
    return make(job, &file, book, err);
}
