// SPDX-License-Identifier: AGPL-3.0-or-later
/* One cell: what people and spreadsheet programs write, to what the registry holds. */
#include "server/base/text.h"
#include "tenants/village/residents/registry.h"
#include "tenants/village/residents/registry_cells.h"

struct str cell_shown(const struct cell_place *at)
{
    struct arena *arena = at->file->scratch;

    if (at->cell->kind == CELL_DATE && !date_is_none(at->cell->date))
        return date_short(arena, at->cell->date);
    return utf8_part(arena, text_tidy(arena, at->cell->text), 100);
}

void cell_fault(const struct cell_place *at, bool is_warning, struct str text)
{
    registry_fault_add(
        at->file,
        &(struct registry_fault){.row = at->row, .column = at->column, .is_warning = is_warning, .value = cell_shown(at), .text = text});
}

void cell_keep(const struct cell_place *at, struct str s)
{
    *row_text_at(&at->file->rows[at->row].r, at->column) = str_dup(at->file->arena, s);
}

/* "-", "—", "…", "_": signs alone say nothing. */
static bool is_nothing(struct str s)
{
    static const char *const dashes[] = {"\xE2\x80\x93", "\xE2\x80\x94", "\xE2\x80\xA6"};

    while (s.n > 0) {
        size_t n = strchr("-._|*", s.p[0]) != NULL;
        for (size_t i = 0; i < COUNT_OF(dashes) && n == 0; i++)
            n = str_starts(s, str_c(dashes[i])) ? 3 : 0;
        if (n == 0)
            return false;
        s = str_from(s, n);
    }
    return true;
}

/* Folds white space and drops the apostrophe that makes a number a text. "-" is nothing. */
static struct str cell_words(struct arena *arena, const struct sheet_cell *cell)
{
    struct str s = text_tidy(arena, cell->text);

    if (cell->kind == CELL_NUMBER) {
        ptrdiff_t dot = str_find_char(s, '.');
        bool is_whole = dot > 0;
        for (size_t i = (size_t)dot + 1; is_whole && i < s.n; i++)
            is_whole = s.p[i] == '0';
        return is_whole ? str_part(s, 0, (size_t)dot) : s;
    }
    while (s.n > 0 && (s.p[0] == '\'' || s.p[0] == '`'))
        s = str_trim(str_from(s, 1));
    return is_nothing(s) ? STR("") : s;
}

bool registry_says_nothing(struct arena *arena, struct str typed)
{
    const struct sheet_cell cell = cell_text(typed);
    struct str s = cell_words(arena, &cell);

    return str_empty(s) || cell_is_zeros(s);
}

static bool is_too_long(const struct cell_place *at, struct str s)
{
    size_t length = utf8_length(s);

    if (length <= at->rule->max)
        return false;
    cell_fault(at, false, str_fmt(at->file->scratch, "Isian terlalu panjang: %zu huruf.", length));
    return true;
}

static void read_text(const struct cell_place *at, struct str s)
{
    if (!is_too_long(at, s))
        cell_keep(at, s);
}

static void read_name(const struct cell_place *at, struct str s)
{
    bool has_dropped;
    const char *words;
    struct str name = resident_name_text(at->file->scratch, s, &has_dropped, &words);

    if (words != NULL)
        cell_fault(at, false, str_c(words));
    else if (!is_too_long(at, name))
        cell_keep(at, name);
    if (words == NULL && has_dropped)
        cell_fault(at, true, str_fmt(at->file->scratch, "Tanda yang tidak dipakai dalam nama dibuang: menjadi %.*s.", STR_ARG(name)));
}

static void read_hamlet(const struct cell_place *at, struct str s)
{
    s = resident_hamlet_text(at->file->scratch, s);
    cell_row(at)->is_no_hamlet = str_empty(s) || str_is(s, "-");
    if (cell_row(at)->is_no_hamlet)
        cell_row(at)->filled &= ~(UINT64_C(1) << at->column);
    else
        read_text(at, s);
}

/* "RT 003/RW 004", "003/004" in the column of the RT: both, unless the other column says its own. */
static bool read_both_units(const struct cell_place *at, struct str s)
{
    struct arena *arena = at->file->scratch;
    const ptrdiff_t slash = str_find_char(s, '/');
    struct registry_row *row = cell_row(at);
    uint64_t n;

    if (at->column != COLUMN_RT || slash <= 0)
        return false;
    const struct str rt = area_number_text(arena, str_trim(str_part(s, 0, (size_t)slash)));
    const struct str rw = area_number_text(arena, str_trim(str_from(s, (size_t)slash + 1)));
    if (!str_to_u64(rt, &n) || !str_to_u64(rw, &n))
        return false;
    cell_keep(at, rt);
    if (!(row->filled & UINT64_C(1) << COLUMN_RW)) {
        row->r.rw = str_dup(at->file->arena, rw);
        row->filled |= UINT64_C(1) << COLUMN_RW;
    }
    return true;
}

static void read_unit(const struct cell_place *at, struct str s)
{
    if (read_both_units(at, s))
        return;
    s = area_number_text(at->file->scratch, s);
    if (s.n > 0)
        read_text(at, s);
}

static void read_card(const struct cell_place *at, struct str s)
{
    bool is_plain = s.n >= 10 && s.n <= 17;

    if (cell_is_scientific(s)) {
        cell_fault(at, false,
                   STR("Excel mengubah nomor kartu ini, sebagian angkanya hilang. Ubah format kolom menjadi Teks, lalu ketik ulang."));
        return;
    }
    for (size_t i = 0; i < s.n && is_plain; i++)
        is_plain = (s.p[i] >= '0' && s.p[i] <= '9') || ((s.p[i] | 32) >= 'a' && (s.p[i] | 32) <= 'z');
    if (!is_plain)
        cell_fault(at, false, STR("Nomor kartu ini tidak terbaca."));
    else
        cell_keep(at, str_upper(at->file->scratch, s)); /* readers differ in case, the card is one */
}

/* A decimal number: sign, digits, at most one point or comma. */
static bool read_decimal(struct arena *arena, struct str s, struct str *out, int *whole_out)
{
    struct str text = str_replace(arena, s, STR(","), STR("."));
    size_t i = text.n > 0 && (text.p[0] == '-' || text.p[0] == '+');
    size_t points = 0, digits = 0;
    int whole = 0;

    for (; i < text.n; i++) {
        bool is_digit = text.p[i] >= '0' && text.p[i] <= '9';
        if (!is_digit && (text.p[i] != '.' || points++ > 0))
            return false;
        digits += is_digit;
        if (is_digit && points == 0 && whole < 100000)
            whole = whole * 10 + (text.p[i] - '0');
    }
    *out = text;
    *whole_out = whole;
    return digits > 0;
}

static void read_place(const struct cell_place *at, struct str s)
{
    struct arena *arena = at->file->scratch;
    int whole, most = at->column == COLUMN_LAT ? 90 : 180;
    struct str text;

    if (!read_decimal(arena, s, &text, &whole) || whole > most) {
        cell_fault(at, false, STR("Titik peta ini tidak terbaca atau di luar bumi."));
        return;
    }
    /* A spreadsheet writes 17 digits; 24 signs are more than any map knows. */
    if (text.n < 2 || text.n > at->rule->max)
        cell_fault(at, false, STR("Titik peta harus 2 sampai 24 tanda."));
    else
        cell_keep(at, text);
}

/* Programs write 0 where nothing was chosen. */
static bool is_zero_for_nothing(const struct cell_place *at, struct str s)
{
    struct str whole = s;

    while (whole.n > 1 && (whole.p[whole.n - 1] == '0' || whole.p[whole.n - 1] == '.' || whole.p[whole.n - 1] == ','))
        whole = str_part(whole, 0, whole.n - 1);
    if (!str_is(whole, "0"))
        return false;
    switch (at->rule->kind) {
    case KIND_NAME:
        return at->column != COLUMN_NAME;
    case KIND_TEXT:
    case KIND_CODE:
    case KIND_CARD:
    case KIND_PLACE:
    case KIND_BIRTH:
    case KIND_PAST:
    case KIND_UNTIL:
        return true;
    default:
        return false;
    }
}

static bool is_document(enum resident_column column)
{
    return column == COLUMN_BIRTH_CERT || column == COLUMN_PASSPORT || column == COLUMN_KITAS || column == COLUMN_MARRIAGE_CERT ||
           column == COLUMN_DIVORCE_CERT || column == COLUMN_INSURANCE_NO;
}

/* What a cell says that holds no value. */
static struct str error_words(struct str mark)
{
    _Static_assert(CELL_LETTERS == 2000, "the words name it");

    if (str_is(mark, "#KUTIP"))
        return STR("Tanda kutip di baris ini dibuka tetapi tidak ditutup, jadi isi sesudahnya tidak terbaca. Hapus atau tutup tanda "
                   "kutipnya.");
    if (str_is(mark, "#PANJANG"))
        return STR("Isi sel ini lebih dari 2.000 huruf, jadi tidak dibaca. Pendekkan isinya.");
    return STR("Rumus di sel ini tidak memberi hasil. Ganti dengan isinya.");
}

void registry_cell(struct registry_file *file, uint32_t row, enum resident_column column, const struct sheet_cell *cell)
{
    struct str s = cell_words(file->scratch, cell);
    struct cell_place at = {file, row, column, &column_rules[column], cell};

    if (cell->kind == CELL_EMPTY || (str_empty(s) && cell->kind != CELL_DATE)) {
        file->rows[row].is_no_hamlet |= column == COLUMN_HAMLET && str_trim(cell->text).n > 0;
        return;
    }
    file->rows[row].filled |= UINT64_C(1) << column;
    if (cell->kind == CELL_ERROR) {
        cell_fault(&at, false, error_words(cell->text));
        return;
    }
    if (is_zero_for_nothing(&at, s)) {
        file->rows[row].filled &= ~(UINT64_C(1) << column);
        return;
    }
    if (cell->kind == CELL_DATE && at.rule->kind == KIND_TEXT && !date_is_none(cell->date)) {
        cell_fault(&at, true, STR("Excel mengubah isian ini menjadi tanggal. Disimpan seperti tertulis di sini; cocokkan nomornya."));
        read_text(&at, date_short(file->scratch, cell->date));
        return;
    }
    if (cell->kind == CELL_DATE && !kind_is_date(at.rule->kind)) {
        cell_fault(&at, false, STR("Excel mengubah isian ini menjadi tanggal. Ubah format sel menjadi Teks, lalu ketik ulang."));
        return;
    }
    switch (at.rule->kind) {
    case KIND_TEXT:
        if (!is_document(column) || cell_document(&at, cell, &s))
            read_text(&at, s);
        break;
    case KIND_HAMLET:
        read_hamlet(&at, s);
        break;
    case KIND_UNIT:
        read_unit(&at, s);
        break;
    case KIND_NAME:
        read_name(&at, s);
        break;
    case KIND_KK:
    case KIND_NIK:
    case KIND_PARENT:
        cell_id(&at, cell, s);
        break;
    case KIND_CODE:
        cell_code(&at, s);
        break;
    case KIND_BIRTH:
    case KIND_PAST:
    case KIND_UNTIL:
        cell_day(&at, cell, s);
        break;
    case KIND_CARD:
        read_card(&at, s);
        break;
    case KIND_PLACE:
        read_place(&at, s);
        break;
    }
}
