// SPDX-License-Identifier: AGPL-3.0-or-later
/* One cell: what people and spreadsheet programs write, to what the registry holds. */
#include "server/base/text.h"
#include "tenants/village/residents/registry.h"
#include "tenants/village/residents/registry_rows.h"

struct cell_place {
    struct registry_file *file;
    uint32_t row;
    enum resident_column column;
    const struct column_rule *rule;
    const struct sheet_cell *cell;
};

/* As shown in a fault: what stood in the cell. */
static struct str shown_value(const struct cell_place *at)
{
    struct arena *arena = at->file->scratch;

    if (at->cell->kind == CELL_DATE && !date_is_none(at->cell->date))
        return date_short(arena, at->cell->date);
    return utf8_part(arena, text_tidy(arena, at->cell->text), 100);
}

static void fault(const struct cell_place *at, bool is_warning, struct str text)
{
    registry_fault_add(
        at->file,
        &(struct registry_fault){.row = at->row, .column = at->column, .is_warning = is_warning, .value = shown_value(at), .text = text});
}

/* Stores a text for good: until here it stood in the scratch arena or in the reader's own memory. */
static void keep(const struct cell_place *at, struct str s)
{
    *row_text_at(&at->file->rows[at->row].r, at->column) = str_dup(at->file->arena, s);
}

static struct registry_row *the_row(const struct cell_place *at)
{
    return &at->file->rows[at->row];
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
    while (str_starts(s, STR("'")))
        s = str_trim(str_from(s, 1));
    return str_is(s, "-") ? STR("") : s;
}

/* "1.23E+15": what a spreadsheet makes of a long number. */
static bool is_scientific(struct str s)
{
    bool has_e = false;

    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if ((c == 'E' || c == 'e') && i > 0 && !has_e)
            has_e = true;
        else if (!((c >= '0' && c <= '9') || c == '.' || c == ',' || (c == '+' && has_e)))
            return false;
    }
    return has_e;
}

/* The digits of s without the signs people put between them; false when something else is in it. */
static bool id_digits(struct arena *arena, struct str s, struct str *out)
{
    struct buf digits = {.arena = arena};

    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] >= '0' && s.p[i] <= '9')
            buf_put_char(&digits, s.p[i]);
        else if (strchr(" .-'", s.p[i]) == NULL)
            return false;
    }
    *out = buf_str(&digits);
    return true;
}

static const char *id_name(enum column_kind kind)
{
    return kind == KIND_KK ? "Nomor KK" : "NIK";
}

static bool is_all_zero(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] != '0')
            return false;
    return s.n > 0;
}

/* What a spreadsheet program stored as a number has at most 15 exact digits: a 16th that is 0 may have been another. */
static void note_number(const struct cell_place *at, const struct sheet_cell *cell, struct str digits)
{
    if (cell->kind != CELL_NUMBER || digits.n != 16)
        return;
    if (digits.p[15] == '0')
        the_row(at)->doubtful |= UINT64_C(1) << at->column;
    else
        the_row(at)->exact |= UINT64_C(1) << at->column;
}

static void read_id(const struct cell_place *at, const struct sheet_cell *cell, struct str s)
{
    struct arena *arena = at->file->scratch;
    const char *name = id_name(at->rule->kind);
    struct str digits;

    if (is_scientific(s)) {
        fault(at, false,
              str_fmt(arena, "Excel mengubah %s menjadi %.*s, sebagian angkanya hilang. Ubah format kolom menjadi Teks, lalu ketik ulang.",
                      name, STR_ARG(str_part(s, 0, 30))));
    } else if (!id_digits(arena, s, &digits)) {
        fault(at, false,
              str_fmt(arena, "%s memuat tanda selain angka. Cocokkan dengan %s.", name,
                      at->rule->kind == KIND_KK ? "kartu keluarga" : "e-KTP atau kartu keluarga"));
    } else if (at->rule->kind != KIND_KK && is_all_zero(digits)) {
        the_row(at)->is_nik_zero |= at->rule->kind == KIND_NIK;
    } else if (digits.n < 16) {
        fault(at, false, str_fmt(arena, "%s kurang %zu angka.", name, 16 - digits.n));
    } else if (digits.n > 16) {
        fault(at, false, str_fmt(arena, "%s lebih %zu angka.", name, digits.n - 16));
    } else if (is_all_zero(digits)) {
        fault(at, false, str_fmt(arena, "%s tidak mungkin nol semua.", name));
    } else {
        note_number(at, cell, digits);
        keep(at, digits);
    }
}

static bool is_too_long(const struct cell_place *at, struct str s)
{
    size_t length = utf8_length(s);

    if (length <= at->rule->max)
        return false;
    fault(at, false, str_fmt(at->file->scratch, "Isian terlalu panjang: %zu huruf.", length));
    return true;
}

static void read_text(const struct cell_place *at, struct str s)
{
    if (!is_too_long(at, s))
        keep(at, s);
}

static void read_name(const struct cell_place *at, struct str s)
{
    bool has_dropped;
    const char *words;
    struct str name = resident_name_text(at->file->scratch, s, &has_dropped, &words);

    if (words != NULL)
        fault(at, false, str_c(words));
    else if (!is_too_long(at, name))
        keep(at, name);
    if (words == NULL && has_dropped)
        fault(at, true, str_fmt(at->file->scratch, "Tanda yang tidak dipakai dalam nama dibuang: menjadi %.*s.", STR_ARG(name)));
}

static void read_hamlet(const struct cell_place *at, struct str s)
{
    s = resident_hamlet_text(at->file->scratch, s);
    if (str_empty(s) || str_is(s, "-"))
        the_row(at)->filled &= ~(UINT64_C(1) << at->column);
    else
        read_text(at, s);
}

static void read_unit(const struct cell_place *at, struct str s)
{
    s = area_number_text(at->file->scratch, s);
    if (s.n > 0)
        read_text(at, s);
}

static void read_code(const struct cell_place *at, struct str s)
{
    struct arena *arena = at->file->scratch;
    uint32_t code;

    if (!code_from_text(at->rule->list, s, &code)) {
        fault(at, false,
              str_fmt(arena, "“%.*s” bukan pilihan untuk %.*s.", STR_ARG(utf8_part(arena, s, 60)),
                      STR_ARG(text_lower(arena, code_list_title(at->rule->list)))));
        return;
    }
    *row_code_at(&the_row(at)->r, at->column) = (uint8_t)code;
    if (at->column == COLUMN_KTP_EL && code == KTP_EL_CHILD)
        fault(at, true, STR("Kode 3 (KIA) diterima, walau tidak ada di petunjuk format ini."));
    if (at->column == COLUMN_INSURANCE && code == INSURANCE_REGIONAL)
        fault(at, true, STR("Kode 4 (BPJS bantuan daerah) diterima, walau tidak ada di daftar resmi."));
}

/* Without a time of day of zeros, which other programs put behind a date. */
static struct str without_midnight(struct str s)
{
    struct str day = str_part(s, 0, 10), rest = str_from(s, 10);

    if (s.n <= 10 || (rest.p[0] != ' ' && rest.p[0] != 'T'))
        return s;
    for (size_t i = 1; i < rest.n; i++)
        if (rest.p[i] != '0' && rest.p[i] != ':' && rest.p[i] != '.')
            return s;
    return day;
}

static bool is_no_date(struct str s)
{
    return str_is(s, "00-00-0000") || str_is(s, "0000-00-00") || str_is(s, "00/00/0000");
}

static void read_date(const struct cell_place *at, const struct sheet_cell *cell, struct str s)
{
    struct arena *arena = at->file->scratch;
    struct date d = cell->date, today = at->file->today;

    if (cell->kind == CELL_NUMBER) {
        fault(at, false, STR("Isinya angka, bukan tanggal. Ubah format sel menjadi Tanggal, atau ketik seperti 31-12-1990."));
        return;
    }
    s = without_midnight(s);
    if (at->rule->kind != KIND_BIRTH && is_no_date(s))
        return;
    if (cell->kind == CELL_DATE ? date_is_none(d) : !date_parse(s, &d)) {
        fault(at, false, str_fmt(arena, "Tanggal “%.*s” tidak ada atau tidak terbaca.", STR_ARG(utf8_part(arena, s, 40))));
        return;
    }
    if (at->rule->kind != KIND_UNTIL && date_compare(d, today) > 0)
        fault(at, false, STR("Tanggal ini belum tiba."));
    else if (at->rule->kind == KIND_BIRTH && date_age(d, today) > 130)
        fault(at, false, STR("Tanggal lahir ini lebih dari 130 tahun yang lalu."));
    else if (d.year < 1800 || d.year > today.year + 100)
        fault(at, false, STR("Tahunnya tidak masuk akal."));
    else
        *row_date_at(&the_row(at)->r, at->column) = d;
}

static void read_card(const struct cell_place *at, struct str s)
{
    bool is_plain = s.n >= 10 && s.n <= 17;

    if (is_scientific(s)) {
        fault(at, false,
              STR("Excel mengubah nomor kartu ini, sebagian angkanya hilang. Ubah format kolom menjadi Teks, lalu ketik ulang."));
        return;
    }
    for (size_t i = 0; i < s.n && is_plain; i++)
        is_plain = (s.p[i] >= '0' && s.p[i] <= '9') || ((s.p[i] | 32) >= 'a' && (s.p[i] | 32) <= 'z');
    if (!is_plain)
        fault(at, false, STR("Nomor kartu ini tidak terbaca."));
    else
        keep(at, str_upper(at->file->scratch, s)); /* readers differ in case, the card is one */
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
        fault(at, false, STR("Titik peta ini tidak terbaca atau di luar bumi."));
        return;
    }
    /* A spreadsheet writes 17 digits; 24 signs are more than any map knows. */
    if (text.n < 2 || text.n > at->rule->max)
        fault(at, false, STR("Titik peta harus 2 sampai 24 tanda."));
    else
        keep(at, text);
}

void registry_cell(struct registry_file *file, uint32_t row, enum resident_column column, const struct sheet_cell *cell)
{
    struct str s = cell_words(file->scratch, cell);
    struct cell_place at = {file, row, column, &column_rules[column], cell};

    if (cell->kind == CELL_EMPTY || (str_empty(s) && cell->kind != CELL_DATE))
        return;
    file->rows[row].filled |= UINT64_C(1) << column;
    if (cell->kind == CELL_ERROR && str_is(cell->text, "#KUTIP")) {
        fault(&at, false,
              STR("Tanda kutip di baris ini dibuka tetapi tidak ditutup, jadi isi sesudahnya tidak terbaca. Hapus atau tutup tanda "
                  "kutipnya."));
        return;
    }
    if (cell->kind == CELL_ERROR) {
        fault(&at, false, STR("Rumus di sel ini tidak memberi hasil. Ganti dengan isinya."));
        return;
    }
    if (cell->kind == CELL_DATE && !kind_is_date(at.rule->kind)) {
        fault(&at, false, STR("Excel mengubah isian ini menjadi tanggal. Ubah format sel menjadi Teks, lalu ketik ulang."));
        return;
    }
    switch (at.rule->kind) {
    case KIND_TEXT:
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
        read_id(&at, cell, s);
        break;
    case KIND_CODE:
        read_code(&at, s);
        break;
    case KIND_BIRTH:
    case KIND_PAST:
    case KIND_UNTIL:
        read_date(&at, cell, s);
        break;
    case KIND_CARD:
        read_card(&at, s);
        break;
    case KIND_PLACE:
        read_place(&at, s);
        break;
    }
}
