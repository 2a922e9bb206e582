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
static void note_number(const struct cell_place *at, struct str digits)
{
    if (digits.p[15] == '0')
        the_row(at)->doubtful |= UINT64_C(1) << at->column;
    else
        the_row(at)->exact |= UINT64_C(1) << at->column;
}

/* "7.317100701556001E15": every digit is there, only the writing is a number's. */
static bool whole_of_scientific(struct arena *arena, struct str s, struct str *out)
{
    struct buf digits = {.arena = arena};
    uint64_t exponent;
    size_t i = 0, whole = 0;

    for (; i < s.n && s.p[i] != 'E' && s.p[i] != 'e'; i++) {
        if (s.p[i] >= '0' && s.p[i] <= '9')
            buf_put_char(&digits, s.p[i]);
        else if (whole == 0)
            whole = digits.n;
        else
            return false;
    }
    struct str power = str_from(s, i + 1);
    if (str_starts(power, STR("+")))
        power = str_from(power, 1);
    if (whole != 1 || digits.n != 16 || !str_to_u64(power, &exponent) || exponent != 15)
        return false;
    *out = buf_str(&digits);
    return true;
}

/* Without what people and programs write around a number: quotes, "NIK", ",00"; wide digits as plain ones. */
static struct str bare_id(struct arena *arena, struct str s)
{
    static const char *const signs[] = {"\xE2\x80\x98", "\xE2\x80\x99", "\xE2\x80\x9C", "\xE2\x80\x9D", "\"", "`"};
    static const char *const words[] = {"NIK", "NO. KK", "NO KK", "NO.KK", "NOMOR KK", "KK", "NO"};

    for (int d = 0; d < 10; d++)
        s = str_replace(arena, s, str_fmt(arena, "\xEF\xBC%c", 0x90 + d), str_fmt(arena, "%d", d));
    for (size_t i = 0; i < COUNT_OF(signs); i++)
        s = str_replace(arena, s, str_c(signs[i]), STR(""));
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (str_starts(str_upper(arena, s), str_c(words[i]))) {
            s = str_from(s, strlen(words[i]));
            while (s.n > 0 && strchr(" .:=", s.p[0]) != NULL)
                s = str_from(s, 1);
            break;
        }
    for (size_t i = s.n; i-- > 0 && i >= 16 && (s.p[i] == '0' || s.p[i] == '.' || s.p[i] == ',');)
        if (i == 16 && s.p[i] != '0')
            return str_part(s, 0, 16);
    return s;
}

/* "belum ada", "proses": people say that there is none. */
static bool says_none(struct arena *arena, struct str s)
{
    static const char *const words[] = {"BELUM", "BLM",  "TIDAK", "TDK", "PROSES", "SEDANG", "DALAM",    "NIHIL",     "KOSONG",
                                        "TANPA", "NULL", "NONE",  "NA",  "N/A",    "ALM",    "ALMARHUM", "ALMARHUMAH"};
    struct str upper = str_upper(arena, s);
    size_t n = 0;

    while (n < upper.n && strchr(" .,:;(", upper.p[n]) == NULL)
        n++;
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (str_is(str_part(upper, 0, n), words[i]))
            return true;
    return false;
}

bool registry_says_nothing(struct arena *arena, struct str typed)
{
    const struct sheet_cell cell = cell_text(typed);
    struct str s = cell_words(arena, &cell);

    return str_empty(s) || is_all_zero(s);
}

static void read_id(const struct cell_place *at, const struct sheet_cell *cell, struct str s)
{
    struct arena *arena = at->file->scratch;
    const char *name = id_name(at->rule->kind);
    bool is_number = cell->kind == CELL_NUMBER;
    struct str digits;

    if (at->rule->kind != KIND_KK && digits_in(s) == 0) {
        if (!says_none(arena, s))
            fault(at, true, str_fmt(arena, "“%.*s” bukan NIK, jadi tidak dibaca.", STR_ARG(utf8_part(arena, s, 40))));
        the_row(at)->filled &= ~(UINT64_C(1) << at->column);
        return;
    }
    s = bare_id(arena, s);
    if (is_scientific(s) && whole_of_scientific(arena, s, &digits)) {
        s = digits;
        is_number = true;
    }
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
        if (is_number)
            note_number(at, digits);
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
    the_row(at)->is_no_hamlet = str_empty(s) || str_is(s, "-");
    if (the_row(at)->is_no_hamlet)
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

/* Words that do not say which code is meant: nothing is stored, and a person is told what to write. */
static const char *unclear_words(enum code_list list, struct str s)
{
    static const struct {
        enum code_list list;
        const char *word, *tell;
    } unclear[] = {
        {CODE_MARITAL, "JANDA",
         "“Janda” tidak menyebut cerai hidup atau cerai mati, jadi status kawin tidak diubah. Tulis CERAI HIDUP atau CERAI MATI."},
        {CODE_MARITAL, "DUDA",
         "“Duda” tidak menyebut cerai hidup atau cerai mati, jadi status kawin tidak diubah. Tulis CERAI HIDUP atau CERAI MATI."},
        {CODE_MARITAL, "CERAI",
         "“Cerai” tidak menyebut cerai hidup atau cerai mati, jadi status kawin tidak diubah. Tulis CERAI HIDUP atau CERAI MATI."},
        {CODE_INSURANCE, "BPJS KESEHATAN",
         "“BPJS Kesehatan” tidak menyebut PBI atau mandiri, jadi asuransi tidak diubah. Tulis BPJS PBI atau BPJS NON PBI."},
        {CODE_INSURANCE, "BPJS", "“BPJS” tidak menyebut PBI atau mandiri, jadi asuransi tidak diubah. Tulis BPJS PBI atau BPJS NON PBI."},
        {CODE_INSURANCE, "JKN", "“JKN” tidak menyebut PBI atau mandiri, jadi asuransi tidak diubah. Tulis BPJS PBI atau BPJS NON PBI."},
        {CODE_BASIC_STATUS, "TIDAK TETAP",
         "“TIDAK TETAP” dari ekspor OpenSID bisa berarti meninggal atau bukan penduduk tetap, jadi status dasar tidak diubah. Cocokkan, "
         "lalu tulis HIDUP, MATI atau PINDAH."},
    };

    for (size_t i = 0; i < COUNT_OF(unclear); i++)
        if (unclear[i].list == list && str_is(s, unclear[i].word))
            return unclear[i].tell;
    return NULL;
}

/* "1.0", "1 - ISLAM", "1. Islam", "Islam (1)": number and word, when both say the same. */
static bool code_with_word(struct arena *arena, enum code_list list, struct str s, uint32_t *code_out)
{
    struct str number = s, word = STR("");
    uint32_t of_word;
    size_t i = 0;
    ptrdiff_t bracket = str_find_char(s, '(');

    while (i < s.n && s.p[i] >= '0' && s.p[i] <= '9')
        i++;
    if (i > 0) {
        number = str_part(s, 0, i);
        word = str_from(s, i);
        while (word.n > 0 && strchr(" -.:=)0,", word.p[0]) != NULL)
            word = str_from(word, 1);
    } else if (bracket >= 0 && str_ends(s, STR(")"))) {
        number = str_trim(str_part(s, (size_t)bracket + 1, s.n - (size_t)bracket - 2));
        word = str_trim(str_part(s, 0, (size_t)bracket));
    } else {
        return false;
    }
    (void)arena;
    return code_from_text(list, number, code_out) && (str_empty(word) || (code_from_text(list, word, &of_word) && of_word == *code_out));
}

/* "D3 Kebidanan"; no number of a person, in whatever digits, no address and no essay: what is remembered is shown to everybody who imports.
 */
static bool may_be_word(struct str s)
{
    return utf8_length(s) <= 40 && digits_in(s) <= 2 && text_is_plain(s, " .,'-/()&");
}

static void word_fault(const struct cell_place *at, bool is_warning, struct str s, struct str text)
{
    registry_fault_add(at->file, &(struct registry_fault){.row = at->row,
                                                          .column = at->column,
                                                          .is_warning = is_warning,
                                                          .asks = may_be_word(s) ? ASKS_WORD : ASKS_NOTHING,
                                                          .value = shown_value(at),
                                                          .text = text});
}

static void read_code(const struct cell_place *at, struct str s)
{
    struct arena *arena = at->file->scratch;
    struct str upper = str_upper(arena, s);
    const char *unclear = unclear_words(at->rule->list, upper);
    uint32_t code = 0;

    if (unclear != NULL) {
        word_fault(at, true, s, str_c(unclear));
        the_row(at)->filled &= ~(UINT64_C(1) << at->column);
        return;
    }
    if (at->column == COLUMN_BASIC_STATUS && str_is(upper, "TETAP")) {
        at->file->sheets[the_row(at)->sheet].settled++;
        code = STATUS_ALIVE;
    } else if (!code_from_text(at->rule->list, s, &code) && !code_with_word(arena, at->rule->list, s, &code)) {
        word_fault(at, false, s,
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

/* Without a time of day of zeros, which other programs put behind a date: " 0:00", "T00:00:00.000+08:00", "T00:00:00Z". */
static struct str without_midnight(struct str s)
{
    ptrdiff_t colon = str_find_char(s, ':');
    size_t n = colon > 0 ? (size_t)colon : 0;

    while (n > 0 && s.p[n] != ' ' && s.p[n] != 'T')
        n--;
    if (n == 0)
        return s;
    for (size_t i = n + 1; i < s.n && s.p[i] != '+' && s.p[i] != 'Z'; i++)
        if (s.p[i] != '0' && s.p[i] != ':' && s.p[i] != '.')
            return s;
    return str_part(s, 0, n);
}

static void unreadable(const struct cell_place *at, struct str s)
{
    fault(at, false,
          str_fmt(at->file->scratch, "Tanggal “%.*s” tidak ada atau tidak terbaca.", STR_ARG(utf8_part(at->file->scratch, s, 40))));
}

/* In a list the column says which part is the day; one date by itself is asked for again where it could be two. */
static bool is_open(const struct cell_place *at, struct str s, const struct date_said *said)
{
    if (at->file->is_list || !(said->is_short_year || said->is_month_first))
        return false;
    if (said->is_short_year)
        fault(at, false,
              str_fmt(at->file->scratch, "Tanggal “%.*s” memakai tahun dua angka. Tulis tahunnya empat angka, misalnya 31-12-1990.",
                      STR_ARG(utf8_part(at->file->scratch, s, 40))));
    else
        unreadable(at, s);
    return true;
}

static void note_date(const struct cell_place *at, const struct date_said *said, bool is_cell)
{
    struct registry_row *row = the_row(at);
    const uint64_t bit = UINT64_C(1) << at->column;

    if (!at->file->is_list)
        return;
    row->swappable |= said->is_swappable ? bit : 0;
    row->short_year |= said->is_short_year ? bit : 0;
    row->day_first |= said->is_day_first ? bit : 0;
    row->month_first |= said->is_month_first ? bit : 0;
    row->of_cell |= is_cell ? bit : 0;
}

/* What a text says of a date; true: *d holds it. */
static bool read_date_text(const struct cell_place *at, struct str s, struct date *d)
{
    const struct sheet_cell place = {.kind = CELL_TEXT};
    struct sheet_cell born = place;
    struct date_said said;

    if (registry_date_text(at->file->scratch, s, &said)) {
        born.text = said.place;
        if (at->column == COLUMN_BIRTH_DATE && !(the_row(at)->filled & UINT64_C(1) << COLUMN_BIRTH_PLACE))
            registry_cell(at->file, at->row, COLUMN_BIRTH_PLACE, &born);
        *d = said.d;
        note_date(at, &said, false);
        return !is_open(at, s, &said);
    }
    if (said.is_zero && at->rule->kind != KIND_BIRTH)
        the_row(at)->filled &= ~(UINT64_C(1) << at->column);
    else
        unreadable(at, s);
    return false;
}

/* "32874": the number that a spreadsheet program keeps of a day, shown when the cell lost its format. */
static bool serial_day(const struct sheet_cell *cell, struct str s, struct date *out)
{
    uint64_t serial;

    if (cell->kind == CELL_DATE || s.n != 5 || s.p[0] == '0' || !str_to_u64(s, &serial))
        return false;
    *out = sheet_serial_date((double)serial, false);
    return !date_is_none(*out);
}

static void read_date(const struct cell_place *at, const struct sheet_cell *cell, struct str s)
{
    struct arena *arena = at->file->scratch;
    struct date d = cell->date;

    bool is_serial = serial_day(cell, s, &d);
    if (cell->kind == CELL_NUMBER && s.n == 7)
        s = str_fmt(arena, "0%.*s", STR_ARG(s)); /* 02021968 */
    if (cell->kind == CELL_NUMBER && s.n != 8 && !is_serial) {
        fault(at, false, STR("Isinya angka, bukan tanggal. Ubah format sel menjadi Tanggal, atau ketik seperti 31-12-1990."));
        return;
    }
    if (cell->kind == CELL_DATE && date_is_none(d)) {
        unreadable(at, s);
        return;
    }
    if (cell->kind == CELL_DATE)
        note_date(at, &(struct date_said){.is_swappable = d.day <= 12 && d.day != d.month, .is_day_first = d.day > 12}, true);
    if (is_serial)
        fault(at, true,
              str_fmt(arena, "Angka %.*s dibaca sebagai tanggal Excel: %.*s. Cocokkan.", STR_ARG(s), STR_ARG(date_short(arena, d))));
    else if (cell->kind != CELL_DATE && !read_date_text(at, without_midnight(s), &d))
        return;
    const char *words = registry_date_fault(at->rule->kind, d, at->file->today);
    if (words == NULL || (the_row(at)->swappable | the_row(at)->short_year) & UINT64_C(1) << at->column)
        *row_date_at(&the_row(at)->r, at->column) = d; /* what is open is judged when it is settled */
    else
        fault(at, false, str_c(words));
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
        fault(&at, false, error_words(cell->text));
        return;
    }
    if (is_zero_for_nothing(&at, s)) {
        file->rows[row].filled &= ~(UINT64_C(1) << column);
        return;
    }
    if (cell->kind == CELL_DATE && at.rule->kind == KIND_TEXT && !date_is_none(cell->date)) {
        fault(&at, true, STR("Excel mengubah isian ini menjadi tanggal. Disimpan seperti tertulis di sini; cocokkan nomornya."));
        read_text(&at, date_short(file->scratch, cell->date));
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
