// SPDX-License-Identifier: AGPL-3.0-or-later
/* The faults of an import as a workbook. */
#include "server/register/export.h"
#include "tenants/village/import/import_pages.h"
#include "tenants/village/import/import_sql.h"
#include "tenants/village/import/import_view.h"
#include "tenants/village/residents/registry_rows.h"

enum { FAULTS_MAX = 200000 };

static struct str kind_of(struct arena *arena, const void *row)
{
    const struct export_fault *fault = row;

    (void)arena;
    return fault->is_warning ? STR("Peringatan") : fault->asks != ASKS_NOTHING ? STR("Perlu dipastikan") : STR("Kesalahan");
}

static const struct book_column columns[] = {
    {.heads = {"Lembar"}, .width = 16, .at = BOOK_AT(struct export_fault, sheet)},
    {.heads = {"Baris"}, .width = 8, .at = BOOK_AT(struct export_fault, row_no)},
    {.heads = {"Nama"}, .width = 28, .at = BOOK_AT(struct export_fault, name)},
    {.heads = {"Kolom"}, .width = 20, .at = BOOK_AT(struct export_fault, column_name)},
    {.heads = {"Isian"}, .width = 24, .at = BOOK_AT(struct export_fault, value)},
    {.heads = {"Jenis"}, .width = 18, .text = kind_of},
    {.heads = {"Yang perlu diperbaiki"}, .width = 60, .at = BOOK_AT(struct export_fault, text)},
    {.heads = {"Yang diterima"}, .width = 50, .at = BOOK_AT(struct export_fault, accepted)},
};

BOOK_PUTS(put_fault, export_fault)

static enum rc each(struct book_run *run, struct err *err)
{
    return sql_export_faults(run->db, json_u64(run->criteria, "batch"), FAULTS_MAX, put_fault, run, err);
}

const struct book import_faults_book = {
    .name = "import_faults",
    .title = "Kesalahan",
    .about = "kesalahan impor",
    .noun = "baris",
    .home = "/kantor/penduduk/impor",
    .home_label = "Impor penduduk",
    .permission = MAY_IMPORT_RESIDENTS,
    .columns = columns,
    .n = COUNT_OF(columns),
    .rows_max = FAULTS_MAX,
    .each = each,
};

enum rc import_faults_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    struct import_batch batch;
    struct import_one_form form;

    import_one_read(req, &form);
    TRY(sql_import_batch_lock(txn, form.id, &batch, err));
    const struct str criteria = str_fmt(request_arena(req), "{\"batch\":%" PRIu64 "}", batch.id);
    const struct export_order order = {.book = &import_faults_book, .format = "xlsx", .criteria = criteria, .detail = criteria};
    return export_order(txn, req, &order, go_to_out, err);
}
