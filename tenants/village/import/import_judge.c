// SPDX-License-Identifier: AGPL-3.0-or-later
/* What is said of a file when all of it has been read. */
#include "tenants/village/import/import_reading.h"

/*
 * A spreadsheet program keeps 15 digits of a number: a NIK typed as one ends in 0 whatever it was. Other programs write all 16. Each
 * column of each sheet is judged by itself: where no such number kept another last digit, those that end in 0 cannot be told from damaged
 * ones; beside exact ones one in ten truly ends in 0, and a person compares them. A text file does not say what was a number: there
 * a column is doubted when three of its numbers, each other than the one before, end in 0 and none ends otherwise.
 */
static void judge_number(struct registry_file *file, uint32_t row, enum resident_column column, bool has_exact)
{
    registry_fault_add(file, &(struct registry_fault){
                                 .row = row,
                                 .column = column,
                                 .is_warning = has_exact,
                                 .value = *row_text(&file->rows[row].r, column),
                                 .text = has_exact ? STR("Tersimpan sebagai angka dan berakhir 0. Bila diketik di Excel, angka terakhirnya "
                                                         "mungkin hilang. Cocokkan dengan kartu keluarga.")
                                                   : STR("Tersimpan sebagai angka. Excel hanya menyimpan 15 angka, jadi angka terakhir "
                                                         "mungkin hilang. Ubah format kolom menjadi Teks, lalu ketik ulang.")});
}

/* How often a doubtful number of the column follows another one. */
static size_t doubtful_numbers(const struct registry_file *file, uint32_t sheet, enum resident_column column)
{
    struct str last = STR("");
    size_t n = 0;

    for (size_t i = 0; i < file->n_rows; i++) {
        struct registry_row *row = &file->rows[i];
        if (row->sheet != sheet || !(row->doubtful & UINT64_C(1) << column))
            continue;
        n += !str_eq(last, *row_text(&row->r, column));
        last = *row_text(&row->r, column);
    }
    return n;
}

static void judge_numbers(struct registry_file *file)
{
    static const enum resident_column columns[] = {COLUMN_NIK, COLUMN_KK, COLUMN_FATHER_NIK, COLUMN_MOTHER_NIK};
    uint64_t exact[REGISTRY_SHEETS_MAX] = {0}, by_chance[REGISTRY_SHEETS_MAX] = {0};

    for (size_t i = 0; i < file->n_rows; i++)
        exact[file->rows[i].sheet] |= file->rows[i].exact;
    for (uint32_t s = 0; s < file->n_sheets; s++)
        for (size_t k = 0; k < COUNT_OF(columns) && file->sheets[s].is_text; k++)
            if (exact[s] & UINT64_C(1) << columns[k] || doubtful_numbers(file, s, columns[k]) < 3)
                by_chance[s] |= UINT64_C(1) << columns[k];
    for (uint32_t i = 0; i < file->n_rows; i++)
        for (size_t k = 0; k < COUNT_OF(columns); k++)
            if (file->rows[i].doubtful & ~by_chance[file->rows[i].sheet] & UINT64_C(1) << columns[k])
                judge_number(file, i, columns[k], exact[file->rows[i].sheet] & UINT64_C(1) << columns[k]);
}

void file_judge(struct registry_file *file)
{
    size_t read = 0, hidden = 0;

    for (size_t i = 0; i < file->n_sheets; i++) {
        struct registry_sheet *sheet = &file->sheets[i];
        read += sheet->is_read;
        hidden += sheet->is_hidden;
        if (!sheet->is_read && str_empty(sheet->note))
            sheet->note = STR("Dilewati: lembar ini kosong.");
    }
    if (read == 0 && hidden > 0)
        file->refusal = STR("Tidak ada lembar tampak yang berisi penduduk; lembar tersembunyi dilewati. Tampilkan lembarnya, simpan, lalu "
                            "unggah lagi.");
    else if (read == 0)
        file->refusal = STR(
            "Tidak ada lembar yang berisi penduduk. Baris pertama harus memuat nama kolom, paling sedikit nama, no_kk, nik.");
    else if (file->n_rows == 0)
        file->refusal = STR("Lembar penduduk tidak berisi baris data.");
    judge_numbers(file);
    registry_dates_settle(file);
}
