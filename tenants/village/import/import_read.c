// SPDX-License-Identifier: AGPL-3.0-or-later
/* A workbook to rows: which sheets hold residents, which heading is which column, where the data ends. */
#include "server/base/text.h"
#include "tenants/village/import/import_read.h"

/* What people write over a column instead of its name; folded as headings are. */
static const struct {
    const char *heading;
    enum resident_column column;
} aliases[] = {
    {"namalengkap", COLUMN_NAME},
    {"namapenduduk", COLUMN_NAME},
    {"nokk", COLUMN_KK},
    {"nomorkk", COLUMN_KK},
    {"nokartukeluarga", COLUMN_KK},
    {"nonik", COLUMN_NIK},
    {"jeniskelamin", COLUMN_SEX},
    {"jk", COLUMN_SEX},
    {"kelamin", COLUMN_SEX},
    {"tempatlahir", COLUMN_BIRTH_PLACE},
    {"tgllahir", COLUMN_BIRTH_DATE},
    {"agama", COLUMN_RELIGION},
    {"pendidikankk", COLUMN_EDUCATION_KK},
    {"pendidikansedang", COLUMN_EDUCATION_NOW},
    {"pekerjaan", COLUMN_OCCUPATION},
    {"statusperkawinan", COLUMN_MARITAL},
    {"shdk", COLUMN_FAMILY_ROLE},
    {"hubungankeluarga", COLUMN_FAMILY_ROLE},
    {"warganegara", COLUMN_CITIZENSHIP},
    {"kewarganegaraan", COLUMN_CITIZENSHIP},
    {"nikayah", COLUMN_FATHER_NIK},
    {"ayah", COLUMN_FATHER_NAME},
    {"nikibu", COLUMN_MOTHER_NIK},
    {"ibu", COLUMN_MOTHER_NAME},
    {"golongandarah", COLUMN_BLOOD},
    {"goldarah", COLUMN_BLOOD},
    {"dokumenpaspor", COLUMN_PASSPORT},
    {"tanggalakhirpasport", COLUMN_PASSPORT_UNTIL},
    {"cacat", COLUMN_DISABILITY},
    {"carakb", COLUMN_CONTRACEPTION},
    {"asuransi", COLUMN_INSURANCE},
};

static struct str fold_heading(struct arena *arena, struct str s)
{
    struct buf out = {.arena = arena};

    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c + 32);
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            buf_put_char(&out, c);
    }
    return buf_str(&out);
}

int column_of_heading(struct arena *arena, struct str heading)
{
    struct str folded = fold_heading(arena, heading);

    for (int c = 0; c < COLUMN_COUNT; c++)
        if (str_eq(folded, fold_heading(arena, str_c(column_rules[c].heading))))
            return c;
    for (size_t i = 0; i < COUNT_OF(aliases); i++)
        if (str_is(folded, aliases[i].heading))
            return (int)aliases[i].column;
    return -1;
}

/* ---- the sink ---- */

enum { CELLS_MAX = 16384 };

struct reading {
    struct registry_file *file;
    bool (*should_stop)(void *ctx);
    void *ctx;
    int16_t *columns; /* cell → column, -1 none */
    size_t n_columns;
    bool has_head;
    bool is_over_rows;
};

static struct registry_sheet *sheet_now(const struct reading *r)
{
    return &r->file->sheets[r->file->n_sheets - 1];
}

static enum rc on_sheet(void *ctx, const struct sheet_info *info, bool *want_out, struct err *err)
{
    struct reading *r = ctx;
    struct registry_file *file = r->file;

    if (file->n_sheets == REGISTRY_SHEETS_MAX)
        return fail(err, RC_INVALID, "more than %d sheets", REGISTRY_SHEETS_MAX); /* the reader has said so before */
    struct registry_sheet *sheet = &file->sheets[file->n_sheets++];
    *sheet = (struct registry_sheet){.name = utf8_part(file->arena, info->name, 100)};
    r->has_head = false;
    *want_out = info->is_table && !info->is_hidden;
    if (!info->is_table) {
        sheet->note = STR("Dilewati: lembar ini bukan tabel.");
    } else if (info->is_hidden) {
        sheet->note = str_fmt(file->arena,
                              "Lembar tersembunyi “%.*s” dilewati. Bila isinya perlu, tampilkan lembar itu, simpan, lalu unggah lagi.",
                              STR_ARG(sheet->name));
        sheet->is_hidden = true;
    } else if (str_is(fold_heading(file->arena, info->name), "kodedata")) {
        sheet->note = STR("Dilewati: lembar ini daftar kode.");
        *want_out = false;
    }
    return RC_OK;
}

static void add_name(struct buf *list, struct str name)
{
    if (list->n > 400)
        return;
    if (list->n > 0)
        buf_put_str(list, STR(", "));
    buf_put_str(list, name);
}

/* A sheet is data when it has the three required columns. Other columns that are unknown, missing or double are reported. */
static bool judge_head(struct reading *r, const struct buf *unknown, const struct buf *twice, uint64_t seen)
{
    struct arena *arena = r->file->arena;
    struct buf missing = {.arena = arena}, needed = {.arena = arena}, note = {.arena = arena};
    static const enum resident_column needs[] = {COLUMN_NAME, COLUMN_KK, COLUMN_NIK};

    for (size_t i = 0; i < COUNT_OF(needs); i++)
        if (!(seen & UINT64_C(1) << needs[i]))
            add_name(&needed, str_c(column_rules[needs[i]].heading));
    if (needed.n > 0) {
        sheet_now(r)->note = str_fmt(
            arena, "Dilewati: baris judulnya tidak memuat kolom %.*s. Ganti judul kolomnya bila lembar ini berisi penduduk.",
            STR_ARG(buf_str(&needed)));
        return false;
    }
    if (twice->n > 0) {
        sheet_now(r)->note = str_fmt(arena, "Dilewati: kolom %.*s tertulis dua kali. Hapus salah satunya.", STR_ARG(buf_str(twice)));
        return false;
    }
    for (int c = 0; c < COLUMN_COUNT; c++)
        if (!(seen & UINT64_C(1) << c))
            add_name(&missing, str_c(column_rules[c].heading));
    if (unknown->n > 0)
        buf_fmt(&note, "Kolom yang tidak dikenal, tidak dibaca: %.*s. ", STR_ARG(buf_str(unknown)));
    if (missing.n > 0)
        buf_fmt(&note, "Kolom yang tidak ada: %.*s.", STR_ARG(buf_str(&missing)));
    sheet_now(r)->note = str_trim(buf_str(&note));
    return true;
}

static enum rc read_head(struct reading *r, const struct sheet_cell *cells, size_t n, struct err *err)
{
    struct arena *arena = r->file->arena;
    struct buf unknown = {.arena = arena}, twice = {.arena = arena};
    uint64_t seen = 0;

    (void)err;
    r->has_head = true;
    r->n_columns = n < CELLS_MAX ? n : CELLS_MAX;
    for (size_t i = 0; i < r->n_columns; i++) {
        struct str title = utf8_part(arena, text_tidy(arena, cells[i].text), 60);
        int c = cells[i].kind == CELL_TEXT ? column_of_heading(arena, title) : -1;
        r->columns[i] = (int16_t)c;
        if (c >= 0 && (seen & UINT64_C(1) << c)) {
            add_name(&twice, str_c(column_rules[c].heading));
            continue;
        }
        if (c >= 0)
            seen |= UINT64_C(1) << c;
        else if (title.n > 0)
            add_name(&unknown, title);
    }
    sheet_now(r)->is_read = judge_head(r, &unknown, &twice, seen);
    return sheet_now(r)->is_read ? RC_OK : RC_NOT_FOUND;
}

static bool is_blank_row(const struct reading *r, const struct sheet_cell *cells, size_t n)
{
    for (size_t i = 0; i < n && i < r->n_columns; i++)
        if (r->columns[i] >= 0 && cells[i].kind != CELL_EMPTY && (cells[i].kind != CELL_TEXT || str_trim(cells[i].text).n > 0))
            return false;
    return true;
}

static void add_row(struct registry_file *file, const struct registry_row *row)
{
    if (file->n_rows == file->rows_room) {
        size_t room = file->rows_room == 0 ? 256 : file->rows_room * 2;
        struct registry_row *rows = ARENA_ARRAY(file->arena, struct registry_row, room);
        if (file->n_rows > 0)
            memcpy(rows, file->rows, file->n_rows * sizeof *rows);
        file->rows = rows;
        file->rows_room = room;
    }
    file->rows[file->n_rows++] = *row;
}

static void require(struct registry_file *file, uint32_t row, enum resident_column column, const char *name)
{
    if (file->rows[row].filled & UINT64_C(1) << column)
        return;
    registry_fault_add(file, &(struct registry_fault){
                                 .row = row, .column = column, .value = STR(""), .text = str_fmt(file->scratch, "%s belum diisi.", name)});
}

static enum rc on_row(void *ctx, uint32_t row_no, const struct sheet_cell *cells, size_t n, struct err *err)
{
    struct reading *r = ctx;
    struct registry_file *file = r->file;

    if (!r->has_head)
        return read_head(r, cells, n, err);
    if (n > 1 && cells[1].kind == CELL_TEXT && str_starts(str_trim(cells[1].text), STR("###")))
        return RC_NOT_FOUND;
    if (is_blank_row(r, cells, n))
        return RC_OK;
    if (file->n_rows == REGISTRY_ROWS_MAX) {
        r->is_over_rows = true;
        return fail(err, RC_TOO_LARGE, "more than %d rows", REGISTRY_ROWS_MAX);
    }
    uint32_t at = (uint32_t)file->n_rows;
    add_row(file, &(struct registry_row){.sheet = (uint32_t)file->n_sheets - 1, .row_no = row_no});
    sheet_now(r)->rows++;
    for (size_t i = 0; i < n && i < r->n_columns; i++)
        if (r->columns[i] >= 0)
            registry_cell(file, at, (enum resident_column)r->columns[i], &cells[i]);
    require(file, at, COLUMN_NIK, "NIK");
    require(file, at, COLUMN_KK, "Nomor KK");
    arena_reset(file->scratch);
    return RC_OK;
}

static struct registry_file *file_new(struct arena *arena, struct date today)
{
    struct registry_file *file = ARENA_NEW(arena, struct registry_file);

    file->arena = arena;
    file->today = today;
    file->refusal = STR("");
    file->sheets = ARENA_ARRAY(arena, struct registry_sheet, REGISTRY_SHEETS_MAX);
    return file;
}

static void on_again(void *ctx)
{
    struct reading *r = ctx;
    struct arena *scratch = r->file->scratch;

    *r->file = *file_new(r->file->arena, r->file->today);
    r->file->scratch = scratch;
}

static bool on_stop(void *ctx)
{
    struct reading *r = ctx;

    return r->should_stop != NULL && r->should_stop(r->ctx);
}

/* ---- what of the whole file ---- */

/*
 * A spreadsheet program keeps 15 digits of a number: a NIK typed as one ends in 0 whatever it was. Other programs write all 16. Each
 * column of each sheet is judged by itself: where no such number kept another last digit, those that end in 0 cannot be told from damaged
 * ones; beside exact ones one in ten truly ends in 0, and a person compares them.
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

static void judge_numbers(struct registry_file *file)
{
    static const enum resident_column columns[] = {COLUMN_NIK, COLUMN_KK, COLUMN_FATHER_NIK, COLUMN_MOTHER_NIK};
    uint64_t exact[REGISTRY_SHEETS_MAX] = {0};

    for (size_t i = 0; i < file->n_rows; i++)
        exact[file->rows[i].sheet] |= file->rows[i].exact;
    for (uint32_t i = 0; i < file->n_rows; i++)
        for (size_t k = 0; k < COUNT_OF(columns); k++)
            if (file->rows[i].doubtful & UINT64_C(1) << columns[k])
                judge_number(file, i, columns[k], exact[file->rows[i].sheet] & UINT64_C(1) << columns[k]);
}

static void judge_file(struct registry_file *file)
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
}

enum rc import_read(struct arena *arena, struct str bytes, struct date today, bool (*should_stop)(void *ctx), void *ctx,
                    struct registry_file **file_out, struct err *err)
{
    struct registry_file *file = file_new(arena, today);
    struct reading r = {.file = file, .should_stop = should_stop, .ctx = ctx, .columns = ARENA_ARRAY(arena, int16_t, CELLS_MAX)};
    struct sheet_sink sink = {&r, on_sheet, on_row, on_stop, on_again};

    file->scratch = arena_new();
    enum rc rc = sheet_read(arena, bytes, &sheet_limits_default, &sink, &file->cause, err);
    arena_free(&file->scratch);
    if (rc == RC_TIMEOUT)
        return rc;
    *file_out = file;
    if (r.is_over_rows)
        file->refusal = STR("Berkas ini memuat lebih dari 20.000 baris. Bagi menjadi beberapa berkas, misalnya satu per dusun.");
    else if (file->cause != SHEET_FINE)
        file->refusal = sheet_cause_text(file->cause);
    else if (rc != RC_OK)
        file->refusal = sheet_cause_text(SHEET_TOO_MANY_SHEETS);
    else
        judge_file(file);
    return RC_OK;
}

struct registry_file *registry_from_rows(struct arena *arena, const struct resident_row *rows, size_t n, struct date today)
{
    struct registry_file *file = file_new(arena, today);

    file->is_own = true;
    file->n_sheets = 1;
    file->sheets[0] = (struct registry_sheet){.name = STR(""), .is_read = true, .rows = (uint32_t)n};
    file->rows = ARENA_ARRAY(arena, struct registry_row, n);
    file->n_rows = file->rows_room = n;
    for (size_t i = 0; i < n; i++) {
        struct registry_row *row = &file->rows[i];
        *row = (struct registry_row){.r = rows[i], .row_no = (uint32_t)i + 1};
        row->is_nik_zero = str_empty(rows[i].nik);
        for (int c = 0; c < COLUMN_COUNT; c++)
            if (row_has(&rows[i], (enum resident_column)c))
                row->filled |= UINT64_C(1) << c;
    }
    return file;
}

void registry_fault_add(struct registry_file *file, const struct registry_fault *fault)
{
    struct registry_faults *all = &file->faults;

    if (fault->is_warning)
        all->warnings++;
    else
        file->rows[fault->row].has_error = true;
    if (all->n == REGISTRY_FAULTS_MAX) {
        all->not_kept++;
        return;
    }
    if (all->n == all->room) {
        size_t room = all->room == 0 ? 64 : all->room * 2;
        struct registry_fault *p = ARENA_ARRAY(file->arena, struct registry_fault, room);
        if (all->n > 0)
            memcpy(p, all->p, all->n * sizeof *p);
        all->p = p;
        all->room = room;
    }
    all->p[all->n] = *fault;
    all->p[all->n].value = str_dup(file->arena, fault->value);
    all->p[all->n].text = str_dup(file->arena, fault->text);
    if (file->accepted[fault->column].p == NULL)
        file->accepted[fault->column] = column_accepted(file->arena, fault->column);
    all->p[all->n++].accepted = file->accepted[fault->column];
}
