// SPDX-License-Identifier: AGPL-3.0-or-later
/* A workbook to rows: which sheets hold residents, which heading is which column, where the data ends. */
#include "server/base/text.h"
#include "tenants/village/import/import_cell.h"
#include "tenants/village/import/import_fill.h"
#include "tenants/village/import/import_reading.h"

/* ---- the sink ---- */

enum { HEAD_CELLS = 256, HEAD_ROWS = 20 };

static struct registry_sheet *sheet_now(const struct reading *r)
{
    return &r->file->sheets[r->file->n_sheets - 1];
}

/* ---- what is said of a sheet ---- */

static struct str columns_left(struct arena *arena, uint64_t seen, const enum resident_column *columns, size_t n)
{
    struct buf list = {.arena = arena};

    for (size_t i = 0; i < n; i++)
        if (!(seen & UINT64_C(1) << columns[i]))
            add_name(&list, str_c(column_rules[columns[i]].heading));
    return buf_str(&list);
}

/* Why a sheet was not read: it is no list of residents, or its headings are not known. */
static struct str why_not(const struct reading *r)
{
    static const enum resident_column needs[] = {COLUMN_NAME, COLUMN_KK, COLUMN_NIK};
    struct arena *arena = r->file->arena;

    if (!str_empty(r->best.twice))
        return str_fmt(arena, "Dilewati: kolom %.*s tertulis dua kali. Hapus salah satunya.", STR_ARG(r->best.twice));
    if (r->form.is_book || (r->form.families > 0 && !heading_has(&r->best, COLUMN_KK)))
        return STR("Dilewati: lembar ini formulir Buku Induk Penduduk (BIP) yang bentuknya tidak dikenal. Minta Disdukcapil data penduduk "
                   "berbentuk tabel (SIAK: menu cetak, ekspor Excel), atau salin ke contoh berkas di halaman Impor.");
    return str_fmt(arena, "Dilewati: baris judulnya tidak memuat kolom %.*s. Ganti judul kolomnya bila lembar ini berisi penduduk.",
                   STR_ARG(columns_left(arena, r->best.seen, needs, COUNT_OF(needs))));
}

static void finish_sheet(struct reading *r)
{
    struct registry_sheet *sheet = sheet_now(r);
    struct arena *arena = r->file->arena;
    struct buf note = {.arena = arena};

    if (!str_empty(sheet->note) || (!r->has_head && r->tried == 0))
        return;
    sheet->has_kk = heading_has(&r->head, COLUMN_KK);
    uint32_t filled = fill_down(r->file, r->file->n_rows - sheet->rows);
    if (sheet->is_text && r->has_head && !r->is_form)
        rows_judge_short(r->file, &r->head, r->file->n_rows - sheet->rows);
    sheet->is_read = r->has_head && (!r->is_form || sheet->rows > 0);
    if (!sheet->is_read) {
        sheet->note = why_not(r);
        return;
    }
    for (int c = 0; c < COLUMN_COUNT && !r->is_form; c++)
        if (!heading_has(&r->head, (enum resident_column)c))
            sheet->missing |= UINT64_C(1) << c;
    if (r->is_form && r->form.families == 0)
        buf_put_str(&note, STR("Baris judulnya tidak memuat kolom no_kk. "));
    else if (r->is_form)
        buf_fmt(&note, "Formulir Buku Induk Penduduk: %u keluarga dibaca. ", r->form.families);
    if (filled > 0)
        buf_fmt(&note, "Nomor KK tertulis sekali per keluarga, diisi ke bawah untuk %u baris. ", filled);
    if (r->n_of_name > 0)
        buf_fmt(&note, "Wilayah %u baris diambil dari nama lembar. ", r->n_of_name);
    if (sheet->settled > 0)
        buf_fmt(&note, "Status dasar TETAP (ekspor huruf OpenSID) dibaca hidup di %u baris. ", sheet->settled);
    if (r->n_hidden > 0)
        buf_fmt(&note, "%u baris tersembunyi (tersaring) ikut dibaca. ", r->n_hidden);
    if (r->n_noise > 0)
        buf_fmt(&note, "Bukan data penduduk, dilewati: baris %.*s. ", STR_ARG(buf_str(&r->noise)));
    if (!str_empty(r->head.unknown))
        buf_fmt(&note, "Kolom yang tidak dikenal, tidak dibaca: %.*s. ", STR_ARG(r->head.unknown));
    sheet->note = str_trim(buf_str(&note));
}

static enum rc on_sheet(void *ctx, const struct sheet_info *info, bool *want_out, struct err *err)
{
    struct reading *r = ctx;
    struct registry_file *file = r->file;

    if (file->n_sheets > 0)
        finish_sheet(r);
    if (file->n_sheets == REGISTRY_SHEETS_MAX)
        return fail(err, RC_INVALID, "more than %d sheets", REGISTRY_SHEETS_MAX); /* the reader has said so before */
    struct registry_sheet *sheet = &file->sheets[file->n_sheets++];
    *sheet = (struct registry_sheet){.name = utf8_part(file->arena, info->name, 100), .is_text = info->is_text};
    arena_reset(r->head_arena);
    r->head = r->best = (struct heading){0};
    r->above = (struct titles){0};
    r->tried = r->n_noise = r->n_hidden = 0;
    r->has_head = r->may_grow = r->is_form = false;
    r->form = (struct form){.arena = file->arena, .scratch = file->scratch, .hamlet_word = r->from->hamlet_word};
    r->noise = (struct buf){.arena = file->arena};
    r->of_name = form_place(file->arena, sheet->name, r->from->hamlet_word);
    if (!str_empty(r->of_name.address))
        r->of_name = (struct place){STR(""), STR(""), STR(""), STR("")};
    r->n_of_name = 0;
    *want_out = info->is_table && !info->is_hidden;
    if (!info->is_table) {
        sheet->note = STR("Dilewati: lembar ini bukan tabel.");
    } else if (info->is_hidden) {
        sheet->note = str_fmt(file->arena,
                              "Lembar tersembunyi “%.*s” dilewati. Bila isinya perlu, tampilkan lembar itu, simpan, lalu unggah lagi.",
                              STR_ARG(sheet->name));
        sheet->is_hidden = true;
    } else if (str_is(heading_fold(file->scratch, info->name), "kodedata")) {
        sheet->note = STR("Dilewati: lembar ini daftar kode.");
        *want_out = false;
    } else if (str_is(heading_fold(file->scratch, info->name), "contoh")) {
        sheet->note = STR("Dilewati: lembar ini contoh.");
        *want_out = false;
    }
    return RC_OK;
}

/* ---- headings ---- */

static bool is_head(const struct heading *h)
{
    return heading_has(h, COLUMN_NAME) && heading_has(h, COLUMN_NIK) && str_empty(h->twice);
}

/* The one of two readings that knows more columns. */
static struct heading better(struct heading a, struct heading b)
{
    return b.known > a.known ? b : a;
}

static enum rc use_head(struct reading *r, struct heading head, bool may_grow)
{
    r->head = r->best = head;
    r->has_head = true;
    r->may_grow = may_grow;
    r->is_form = !heading_has(&head, COLUMN_KK);
    return RC_OK;
}

/* The columns of BIP 2016, which is printed without headings in some places. */
static struct heading bip_2016(struct arena *arena)
{
    static const int columns[] = {
        HEAD_NO,         COLUMN_NAME,         COLUMN_NIK,        COLUMN_BIRTH_PLACE, COLUMN_BIRTH_DATE, COLUMN_SEX, COLUMN_FAMILY_ROLE,
        COLUMN_RELIGION, COLUMN_EDUCATION_KK, COLUMN_OCCUPATION, COLUMN_MOTHER_NAME, COLUMN_FATHER_NAME};
    struct heading h = {.columns = ARENA_ARRAY(arena, int16_t, COUNT_OF(columns)), .n = COUNT_OF(columns), .known = COUNT_OF(columns)};

    for (size_t i = 0; i < COUNT_OF(columns); i++) {
        h.columns[i] = (int16_t)columns[i];
        h.seen |= i > 0 ? UINT64_C(1) << columns[i] : 0;
    }
    return h;
}

/* "DUSUN PADANG" in a row by itself, as the title or between: those below live there, up to the next one. */
static bool take_hamlet_row(struct reading *r, const struct sheet_cell *cells, size_t n)
{
    const struct sheet_cell *only = NULL;

    for (size_t i = 0; i < n; i++) {
        if (!cell_is_filled(&cells[i]))
            continue;
        if (only != NULL || cells[i].kind != CELL_TEXT)
            return false;
        only = &cells[i];
    }
    if (only == NULL)
        return false;
    const struct place place = form_place(r->file->scratch, only->text, r->from->hamlet_word);
    if (str_empty(place.hamlet) || (!r->has_head && !str_empty(place.address)))
        return false; /* a longer title may name the hamlet of somebody else */
    r->form.hamlet = str_dup(r->file->arena, place.hamlet);
    return true;
}

/* A row before the headings are found: title, a form's head, or the headings. */
static enum rc seek_head(struct reading *r, const struct sheet_cell *cells, size_t n)
{
    struct arena *arena = r->head_arena;
    struct titles row = titles_of(arena, cells, n < HEAD_CELLS ? n : HEAD_CELLS);
    struct heading one = heading_of(arena, r->from->hamlet_word, NULL, &row),
                   two = heading_of(arena, r->from->hamlet_word, &r->above, &row);
    bool is_one = is_head(&one) && (one.known >= two.known || !is_head(&two));
    if (is_one || is_head(&two)) {
        r->above = row;
        return use_head(r, is_one ? one : two, is_one);
    }
    if (form_line(&r->form, cells, n, false) && r->form.is_book && r->form.kk.kind != CELL_EMPTY &&
        str_starts(heading_fold(arena, row.p[0]), STR("nokk")))
        return use_head(r, bip_2016(arena), false);
    take_hamlet_row(r, cells, n);
    r->best = r->tried == 0 ? better(one, two) : better(better(r->best, one), two);
    r->above = row;
    return ++r->tried == HEAD_ROWS ? RC_NOT_FOUND : RC_OK;
}

/* Headings over two rows, whose upper one names NIK and name already: the lower one fills in what they group. */
static bool grow_head(struct reading *r, const struct sheet_cell *cells, size_t n, const struct titles *upper)
{
    struct titles row = titles_of(r->head_arena, cells, n < HEAD_CELLS ? n : HEAD_CELLS);
    struct heading both;

    for (size_t i = 0; i < r->head.n && i < n; i++)
        if ((r->head.columns[i] == COLUMN_NIK || r->head.columns[i] == COLUMN_NAME || r->head.columns[i] == COLUMN_KK) &&
            cell_is_filled(&cells[i]))
            return false;
    both = heading_of(r->head_arena, r->from->hamlet_word, upper, &row);
    if (both.known <= r->head.known || !is_head(&both))
        return false;
    use_head(r, both, false);
    return true;
}

/* The headings once more, as on each page of a printed list. */
static bool is_head_again(const struct reading *r, const struct sheet_cell *cells, size_t n)
{
    for (size_t i = 0; i < r->head.n && i < n; i++)
        if (r->head.columns[i] == COLUMN_NIK)
            return cells[i].kind == CELL_TEXT && column_of_heading(r->file->scratch, cells[i].text) == COLUMN_NIK;
    return false;
}

/* ---- rows ---- */

static bool is_blank_row(const struct reading *r, const struct sheet_cell *cells, size_t n)
{
    for (size_t i = 0; i < n && i < r->head.n; i++)
        if (r->head.columns[i] != HEAD_NONE && r->head.columns[i] != HEAD_NO && cell_is_filled(&cells[i]))
            return false;
    return true;
}

/* "1 2 3 4 …" under the headings. */
static bool is_number_row(const struct sheet_cell *cells, size_t n)
{
    uint64_t last = 0, number;
    size_t filled = 0;

    for (size_t i = 0; i < n; i++) {
        if (!cell_is_filled(&cells[i]))
            continue;
        struct str s = str_trim(cells[i].text);
        if (str_starts(s, STR("(")) && str_ends(s, STR(")")))
            s = str_part(s, 1, s.n - 2);
        if (!str_to_u64(s, &number) || (filled > 0 && number != last + 1))
            return false;
        last = number;
        filled++;
    }
    return filled > 2;
}

static const struct sheet_cell *cell_of(const struct reading *r, const struct sheet_cell *cells, size_t n, int column)
{
    static const struct sheet_cell none;

    for (size_t i = 0; i < n && i < r->head.n; i++)
        if (r->head.columns[i] == column)
            return &cells[i];
    return &none;
}

static size_t digits_of(const struct sheet_cell *cell)
{
    return cell->kind == CELL_EMPTY ? 0 : digits_in(cell->text);
}

/* Digits and no words: the number of a person or a family, right or wrong. */
static bool is_number(const struct reading *r, const struct sheet_cell *cell)
{
    struct str upper = str_upper(r->file->scratch, str_trim(cell->text));
    size_t letters = 0;

    for (size_t i = 0; i < upper.n && cell->kind == CELL_TEXT; i++)
        letters += upper.p[i] >= 'A' && upper.p[i] <= 'Z';
    return digits_of(cell) > 0 && (letters < 2 || (digits_of(cell) > 9 && !str_starts(upper, STR("NIP"))));
}

/* A total, a signature, a date of printing: nothing of a person but words. */
static bool is_noise(const struct reading *r, const struct sheet_cell *cells, size_t n)
{
    static const int of_a_person[] = {COLUMN_SEX, COLUMN_BIRTH_DATE, COLUMN_FAMILY_ROLE, HEAD_BIRTH};
    const struct sheet_cell *nik = cell_of(r, cells, n, COLUMN_NIK), *kk = cell_of(r, cells, n, COLUMN_KK);

    if (r->is_form && digits_of(nik) < 6 &&
        (digits_of(cell_of(r, cells, n, HEAD_NO)) == 0 || !cell_is_filled(cell_of(r, cells, n, COLUMN_NAME))))
        return true;
    const bool is_named = cell_is_filled(cell_of(r, cells, n, COLUMN_NAME)); /* "JUMLAH | 4": a count is no number of anybody */
    if ((is_number(r, nik) && (is_named || digits_of(nik) > 5)) || (is_number(r, kk) && (is_named || digits_of(kk) > 5)))
        return false;
    if (!is_named && !cell_is_filled(nik) && !cell_is_filled(kk))
        return true;
    for (size_t k = 0; k < COUNT_OF(of_a_person); k++)
        if (cell_is_filled(cell_of(r, cells, n, of_a_person[k])))
            return false;
    return true;
}

static void add_row(struct registry_file *file, const struct registry_row *row)
{
    ARENA_MORE(file->arena, file->rows, file->n_rows, file->rows_room, 256);
    file->rows[file->n_rows++] = *row;
}

static bool is_end(const struct sheet_cell *cells, size_t n)
{
    for (size_t i = 0; i < n && i < 2; i++)
        if (cells[i].kind == CELL_TEXT && str_starts(str_trim(cells[i].text), STR("###")))
            return true;
    return false;
}

static void skip_noise(struct reading *r, uint32_t row_no)
{
    r->n_noise++;
    add_name(&r->noise, str_fmt(r->file->scratch, "%u", row_no));
}

/* What is no resident: true, and what it says of a family is taken. */
static bool is_beside(struct reading *r, uint32_t row_no, const struct sheet_cell *cells, size_t n)
{
    struct titles upper = r->above;
    bool may_grow = r->may_grow;

    r->may_grow = false;
    if (may_grow && grow_head(r, cells, n, &upper))
        return true;
    if (is_head_again(r, cells, n) || is_number_row(cells, n))
        return true;
    if (r->is_form && form_line(&r->form, cells, n, digits_of(cell_of(r, cells, n, COLUMN_NIK)) > 9))
        return true;
    if (!r->is_form && take_hamlet_row(r, cells, n))
        return true;
    if (is_blank_row(r, cells, n))
        return true;
    if (!is_noise(r, cells, n))
        return false;
    if (!r->is_form)
        skip_noise(r, row_no);
    return true;
}

/* Beyond the headings of a CSV: a separator within a text that has no quotation marks has moved all that follows. */
static void judge_width(struct reading *r, uint32_t at, const struct sheet_cell *cells, size_t n)
{
    size_t extra = 0;

    for (size_t i = r->head.n; i < n && sheet_now(r)->is_text; i++)
        extra += cell_is_filled(&cells[i]);
    if (extra > 0)
        registry_fault_add(
            r->file,
            &(struct registry_fault){.row = at,
                                     .column = COLUMN_NIK,
                                     .value = STR(""),
                                     .text = str_fmt(r->file->scratch,
                                                     "Baris ini punya %zu kolom, judulnya %zu, jadi isinya bergeser. Beri tanda kutip pada "
                                                     "isi yang memuat tanda pemisah, misalnya \"Jl. Mawar, No. 3\".",
                                                     n, r->head.n)});
}

static enum rc on_row(void *ctx, uint32_t row_no, const struct sheet_cell *cells, size_t n, struct err *err)
{
    struct reading *r = ctx;
    struct registry_file *file = r->file;
    enum rc rc = RC_OK;

    while (!r->has_head && n > 0 && !cell_is_filled(&cells[n - 1]))
        n--;
    if (r->has_head && !is_end(cells, n))
        cells = cells_meant(file->scratch, &r->head, cells, n);
    if (!r->has_head)
        rc = seek_head(r, cells, n);
    else if (is_end(cells, n))
        rc = RC_NOT_FOUND;
    else if (!is_beside(r, row_no, cells, n)) {
        if (file->n_rows == REGISTRY_ROWS_MAX) {
            r->is_over_rows = true;
            return fail(err, RC_TOO_LARGE, "more than %d rows", REGISTRY_ROWS_MAX);
        }
        add_row(file, &(struct registry_row){.sheet = (uint32_t)file->n_sheets - 1, .row_no = row_no, .cells = (uint32_t)n});
        sheet_now(r)->rows++;
        r->n_hidden += n > 0 && (cells[0].hidden & HIDDEN_ROW);
        row_read(r, (uint32_t)file->n_rows - 1, cells, n);
        judge_width(r, (uint32_t)file->n_rows - 1, cells, n);
    }
    arena_reset(file->scratch);
    return rc;
}

static void on_again(void *ctx)
{
    struct reading *r = ctx;
    struct arena *scratch = r->file->scratch;

    *r->file = *registry_file_new(r->file->arena, r->file->today);
    r->file->scratch = scratch;
    r->file->is_list = true;
}

static bool on_stop(void *ctx)
{
    struct reading *r = ctx;

    return r->from->should_stop != NULL && r->from->should_stop(r->from->ctx);
}

enum rc import_read(struct arena *arena, const struct import_source *from, struct registry_file **file_out, struct err *err)
{
    struct registry_file *file = registry_file_new(arena, from->today);
    struct reading r = {.file = file, .from = from, .head_arena = arena_new()};
    struct sheet_sink sink = {&r, on_sheet, on_row, on_stop, on_again};

    file->is_list = true;
    file->scratch = arena_new();
    enum rc rc = sheet_read(arena, from->bytes, &sheet_limits_default, &sink, &file->cause, err);
    if (file->n_sheets > 0)
        finish_sheet(&r);
    arena_free(&r.head_arena);
    *file_out = file;
    if (r.is_over_rows)
        file->refusal = STR("Berkas ini memuat lebih dari 20.000 baris. Bagi menjadi beberapa berkas, misalnya satu per {dusun}.");
    else if (file->cause != SHEET_FINE)
        file->refusal = sheet_cause_text(file->cause);
    else if (rc != RC_OK)
        file->refusal = sheet_cause_text(SHEET_TOO_MANY_SHEETS);
    else
        file_judge(file);
    arena_free(&file->scratch);
    return rc == RC_TIMEOUT ? rc : RC_OK;
}
