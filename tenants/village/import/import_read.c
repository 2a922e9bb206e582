// SPDX-License-Identifier: AGPL-3.0-or-later
/* A workbook to rows: which sheets hold residents, which heading is which column, where the data ends. */
#include "server/base/text.h"
#include "tenants/village/import/import_cell.h"
#include "tenants/village/import/import_fill.h"
#include "tenants/village/import/import_form.h"
#include "tenants/village/import/import_read.h"

/* ---- the sink ---- */

enum { HEAD_CELLS = 256, HEAD_ROWS = 20 };

struct reading {
    struct registry_file *file;
    const struct import_source *from;
    struct arena *head_arena;  /* of one sheet's headings */
    struct heading head, best; /* best: of the rows that might have been headings, the one that says most */
    struct titles above;       /* the row before */
    uint32_t tried;            /* rows that were no headings */
    bool has_head, may_grow;   /* may_grow: the next row may belong to the headings */
    bool is_form;              /* families stand in lines over their members */
    struct form form;
    struct buf noise; /* rows that are no residents */
    uint32_t n_noise, n_hidden;
    bool is_over_rows;
};

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
    r->best = r->tried == 0 ? better(one, two) : better(better(r->best, one), two);
    r->above = row;
    return ++r->tried == HEAD_ROWS ? RC_NOT_FOUND : RC_OK;
}

static bool is_filled(const struct sheet_cell *cell)
{
    return cell->kind != CELL_EMPTY && (cell->kind != CELL_TEXT || str_trim(cell->text).n > 0);
}

/* Headings over two rows, whose upper one names NIK and name already: the lower one fills in what they group. */
static bool grow_head(struct reading *r, const struct sheet_cell *cells, size_t n, const struct titles *upper)
{
    struct titles row = titles_of(r->head_arena, cells, n < HEAD_CELLS ? n : HEAD_CELLS);
    struct heading both;

    for (size_t i = 0; i < r->head.n && i < n; i++)
        if ((r->head.columns[i] == COLUMN_NIK || r->head.columns[i] == COLUMN_NAME || r->head.columns[i] == COLUMN_KK) &&
            is_filled(&cells[i]))
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
        if (r->head.columns[i] != HEAD_NONE && r->head.columns[i] != HEAD_NO && is_filled(&cells[i]))
            return false;
    return true;
}

/* "1 2 3 4 …" under the headings. */
static bool is_number_row(const struct sheet_cell *cells, size_t n)
{
    uint64_t last = 0, number;
    size_t filled = 0;

    for (size_t i = 0; i < n; i++) {
        if (!is_filled(&cells[i]))
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
        (digits_of(cell_of(r, cells, n, HEAD_NO)) == 0 || !is_filled(cell_of(r, cells, n, COLUMN_NAME))))
        return true;
    if (is_number(r, nik) || is_number(r, kk))
        return false;
    if (!is_filled(cell_of(r, cells, n, COLUMN_NAME)) && !is_filled(nik) && !is_filled(kk))
        return true;
    for (size_t k = 0; k < COUNT_OF(of_a_person); k++)
        if (is_filled(cell_of(r, cells, n, of_a_person[k])))
            return false;
    return true;
}

static void add_row(struct registry_file *file, const struct registry_row *row)
{
    ARENA_MORE(file->arena, file->rows, file->n_rows, file->rows_room, 256);
    file->rows[file->n_rows++] = *row;
}

/* Two columns in one cell: "001/002", "Larompong, 03-12-1978". */
static void read_pair(struct reading *r, uint32_t at, int pair, const struct sheet_cell *cell)
{
    struct registry_file *file = r->file;
    struct str text = str_trim(cell->text), first = text, second = STR("");
    size_t cut = 0;

    if (cell->kind == CELL_ERROR || (pair == HEAD_BIRTH && cell->kind == CELL_DATE)) {
        registry_cell(file, at, pair == HEAD_RT_RW ? COLUMN_RT : COLUMN_BIRTH_DATE, cell);
        return;
    }
    while (cut < text.n && (pair == HEAD_RT_RW ? text.p[cut] != '/' : text.p[cut] < '0' || text.p[cut] > '9'))
        cut++;
    first = str_part(text, 0, cut);
    second = str_from(text, pair == HEAD_RT_RW && cut < text.n ? cut + 1 : cut);
    while (pair == HEAD_BIRTH && first.n > 0 && strchr(" ,.-/", first.p[first.n - 1]) != NULL)
        first = str_part(first, 0, first.n - 1);
    const struct sheet_cell a = cell_text(first), b = cell_text(second);
    registry_cell(file, at, pair == HEAD_RT_RW ? COLUMN_RT : COLUMN_BIRTH_PLACE, &a);
    registry_cell(file, at, pair == HEAD_RT_RW ? COLUMN_RW : COLUMN_BIRTH_DATE, &b);
}

/* Day, month and year in three cells. */
static void read_three(struct reading *r, uint32_t at, const struct sheet_cell *cells, size_t n)
{
    struct arena *scratch = r->file->scratch;
    struct str parts[3];
    bool has_any = false;

    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        if (i < n && cells[i].kind == CELL_ERROR) {
            registry_cell(r->file, at, COLUMN_BIRTH_DATE, &cells[i]);
            return;
        }
        parts[i] = i < n && is_filled(&cells[i]) ? text_tidy(scratch, cells[i].text) : STR("");
        has_any |= parts[i].n > 0 && !str_is(parts[i], "-") && !str_is(parts[i], "0");
    }
    const struct sheet_cell day = cell_text(str_fmt(scratch, "%.*s-%.*s-%.*s", STR_ARG(parts[0]), STR_ARG(parts[1]), STR_ARG(parts[2])));
    if (has_any)
        registry_cell(r->file, at, COLUMN_BIRTH_DATE, n > 0 && cells[0].kind == CELL_DATE ? &cells[0] : &day);
}

/* Whatever stands in one of the two columns ticks it. */
static void read_tick(struct reading *r, uint32_t at, int head, const struct sheet_cell *cell)
{
    const struct sheet_cell sex = cell_text(head == HEAD_MALE ? STR("L") : STR("P"));
    struct registry_row *row = &r->file->rows[at];
    struct str text = str_trim(cell->text);

    if (!is_filled(cell) || str_is(text, "0") || str_is(text, "-"))
        return;
    if (row->filled & UINT64_C(1) << COLUMN_SEX)
        registry_fault_add(r->file, &(struct registry_fault){.row = at,
                                                             .column = COLUMN_SEX,
                                                             .value = text,
                                                             .text = STR("Kolom L dan kolom P sama-sama diisi. Sisakan satu.")});
    else
        registry_cell(r->file, at, COLUMN_SEX, cell->kind == CELL_ERROR ? cell : &sex);
}

/* What the row itself does not say. */
static void fill(struct reading *r, uint32_t at, enum resident_column column, struct str value)
{
    const struct sheet_cell cell = cell_text(value);

    if (!str_empty(value) && !(r->file->rows[at].filled & UINT64_C(1) << column))
        registry_cell(r->file, at, column, &cell);
}

static void fill_from_family(struct reading *r, uint32_t at)
{
    struct form *form = &r->form;

    if (form->kk.kind != CELL_EMPTY)
        registry_cell(r->file, at, COLUMN_KK, &form->kk);
    fill(r, at, COLUMN_ADDRESS, form->place.address);
    fill(r, at, COLUMN_HAMLET, form->place.hamlet);
    fill(r, at, COLUMN_RT, form->place.rt);
    fill(r, at, COLUMN_RW, form->place.rw);
    fill(r, at, COLUMN_CITIZENSHIP, STR("1")); /* these books hold citizens only */
}

/* The civil registry writes the hamlet into the address. */
static void part_address(struct reading *r, uint32_t at)
{
    struct registry_row *row = &r->file->rows[at];
    struct place place;

    if (heading_has(&r->head, COLUMN_HAMLET) || str_empty(row->r.address))
        return;
    place = form_place(r->file->scratch, row->r.address, r->from->hamlet_word);
    if (str_empty(place.hamlet))
        return;
    row->r.address = str_dup(r->file->arena, place.address);
    fill(r, at, COLUMN_HAMLET, place.hamlet);
    fill(r, at, COLUMN_RT, place.rt);
    fill(r, at, COLUMN_RW, place.rw);
}

/* Letters and digits alone, in any case. */
static bool says(struct str s, const char *word)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (strchr(" .,'\"-", c) != NULL)
            continue;
        if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != (unsigned char)*word)
            return false;
        word++;
    }
    return *word == '\0';
}

/* "sda", a ditto mark: as in the row above. */
static bool is_ditto(const struct sheet_cell *cell)
{
    static const char *const marks[] = {"\"", "''", "\"\"", "\xE3\x80\x83", "\xE2\x80\x9D", "\xE2\x80\x9C"};
    static const char *const words[] = {"sda", "idem", "samadenganatas", "samadengandiatas", "samadenganyangdiatas"};
    struct str text = cell->kind == CELL_TEXT && cell->text.n < 40 ? str_trim(cell->text) : STR("");

    for (size_t i = 0; i < COUNT_OF(marks) && text.n <= 3; i++)
        if (str_is(text, marks[i]))
            return true;
    for (size_t i = 0; i < COUNT_OF(words) && text.n > 2; i++)
        if (says(text, words[i]))
            return true;
    return false;
}

/* What people repeat from row to row. */
static bool take_ditto(struct reading *r, uint32_t at, enum resident_column column, const struct sheet_cell *cell)
{
    static const enum resident_column repeated[] = {COLUMN_KK,        COLUMN_ADDRESS,   COLUMN_HAMLET,      COLUMN_RW,
                                                    COLUMN_RT,        COLUMN_RELIGION,  COLUMN_BIRTH_PLACE, COLUMN_CITIZENSHIP,
                                                    COLUMN_ETHNICITY, COLUMN_OCCUPATION};
    struct registry_row *row = &r->file->rows[at];

    for (size_t i = 0; i < COUNT_OF(repeated); i++)
        if (column == repeated[i] && at > 0 && row[-1].sheet == row->sheet && is_ditto(cell)) {
            take_from_above(row, &row[-1], column);
            return row->filled & UINT64_C(1) << column;
        }
    return false;
}

static void read_row(struct reading *r, uint32_t at, const struct sheet_cell *cells, size_t n)
{
    struct registry_file *file = r->file;

    for (size_t i = 0; i < n && i < r->head.n; i++) {
        int column = r->head.columns[i];
        if (column == HEAD_RT_RW || column == HEAD_BIRTH)
            read_pair(r, at, column, &cells[i]);
        else if (column == HEAD_THREE)
            read_three(r, at, &cells[i], n - i);
        else if (column == HEAD_MALE || column == HEAD_FEMALE)
            read_tick(r, at, column, &cells[i]);
        else if (column >= 0 && column < COLUMN_COUNT && !take_ditto(r, at, (enum resident_column)column, &cells[i]))
            registry_cell(file, at, (enum resident_column)column, &cells[i]);
    }
    if (r->is_form)
        fill_from_family(r, at);
    else
        part_address(r, at);
    fill(r, at, COLUMN_HAMLET, r->form.hamlet);
    if (file->rows[at].filled & UINT64_C(1) << COLUMN_NIK)
        return;
    file->rows[at].is_nik_zero = true;
    registry_fault_add(file, &(struct registry_fault){.row = at,
                                                      .column = COLUMN_NIK,
                                                      .is_warning = true,
                                                      .value = STR(""),
                                                      .text = STR("NIK belum diisi. Warga yang belum tercatat mendapat NIK sementara, yang "
                                                                  "diawali 0.")});
}

static bool is_end(const struct sheet_cell *cells, size_t n)
{
    for (size_t i = 0; i < n && i < 2; i++)
        if (cells[i].kind == CELL_TEXT && str_starts(str_trim(cells[i].text), STR("###")))
            return true;
    return false;
}

/* "DUSUN PADANG" in a row by itself: those below live there, up to the next one. */
static bool take_hamlet_row(struct reading *r, const struct sheet_cell *cells, size_t n)
{
    const struct sheet_cell *only = NULL;

    for (size_t i = 0; i < n; i++) {
        if (!is_filled(&cells[i]))
            continue;
        if (only != NULL || cells[i].kind != CELL_TEXT)
            return false;
        only = &cells[i];
    }
    struct str hamlet = only != NULL ? form_place(r->file->scratch, only->text, r->from->hamlet_word).hamlet : STR("");
    if (str_empty(hamlet))
        return false;
    r->form.hamlet = str_dup(r->file->arena, hamlet);
    return true;
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
        extra += is_filled(&cells[i]);
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

    while (!r->has_head && n > 0 && !is_filled(&cells[n - 1]))
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
        read_row(r, (uint32_t)file->n_rows - 1, cells, n);
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

/* ---- what of the whole file ---- */

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
    registry_dates_settle(file);
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
        judge_file(file);
    arena_free(&file->scratch);
    return rc == RC_TIMEOUT ? rc : RC_OK;
}
