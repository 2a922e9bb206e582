// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/residents/edit_rules.h"

#include "server/base/text.h"
#include "server/base/typed.h"
#include "tenants/village/residents/nik.h"
#include "tenants/village/residents/registry.h"

const struct edit_column edit_columns[] = {
#define X(name, group, label) {COLUMN_##name, GROUP_##group, label},
    COLUMN_LABELS(X)
#undef X
};
const size_t edit_columns_n = COUNT_OF(edit_columns);

const char *edit_group_title(enum edit_group group)
{
    switch (group) {
    case GROUP_PERSON:
        return "Nama dan kelahiran";
    case GROUP_PLACE:
        return "Tempat tinggal";
    case GROUP_WORK:
        return "Pendidikan dan pekerjaan";
    case GROUP_FAMILY:
        return "Perkawinan dan orang tua";
    case GROUP_PAPERS:
        return "KTP dan paspor";
    case GROUP_HEALTH:
        return "Kesehatan";
    case GROUP_END:
        break;
    }
    return "";
}

struct str column_label(enum resident_column c)
{
    for (size_t i = 0; i < COUNT_OF(edit_columns); i++)
        if (edit_columns[i].column == c)
            return str_c(edit_columns[i].label);
    switch (c) {
    case COLUMN_ADDRESS:
        return STR("Alamat keluarga");
    case COLUMN_KK:
        return STR("Nomor KK");
    case COLUMN_BASIC_STATUS:
        return STR("Keadaan");
    default:
        return str_c(column_rules[c].heading);
    }
}

int column_of_word(struct str word)
{
    for (int c = 0; c < COLUMN_COUNT; c++)
        if (str_is(word, column_rules[c].word))
            return c;
    return -1;
}

/* ---- values as people read them ---- */

static struct str text_words(struct arena *arena, enum resident_column c, struct str s)
{
    if (str_empty(s) || (str_is(s, "-") && (column_rules[c].kind == KIND_HAMLET || column_rules[c].kind == KIND_UNIT)))
        return STR("(kosong)");
    switch (column_rules[c].kind) {
    case KIND_NIK:
    case KIND_KK:
    case KIND_PARENT:
        return nik_spaced(arena, s);
    case KIND_NAME:
    case KIND_HAMLET:
        return text_name(arena, s);
    case KIND_TEXT:
        return c == COLUMN_BIRTH_PLACE ? text_place(arena, s) : s;
    default:
        return s;
    }
}

struct str code_words_of(enum resident_column c, uint32_t code)
{
    static const struct str record[] = {[4] = STR_INIT("Kartu sudah dicetak"),
                                        [5] = STR_INIT("Siap dicetak"),
                                        [6] = STR_INIT("Kartu sudah dikirim"),
                                        [7] = STR_INIT("Dikirim untuk dicetak"),
                                        [8] = STR_INIT("Kartu sudah diterbitkan")};

    if (c == COLUMN_RECORD_STATUS && code < COUNT_OF(record) && record[code].p != NULL)
        return record[code];
    return code_label(column_rules[c].list, code);
}

static struct str code_words(enum resident_column c, uint32_t code)
{
    struct str words = code_words_of(c, code);

    return str_empty(words) ? STR("(kosong)") : words;
}

struct str column_words(struct arena *arena, enum resident_column c, const struct resident_row *row)
{
    if (column_rules[c].kind == KIND_CODE)
        return code_words(c, *row_code(row, c));
    if (kind_is_date(column_rules[c].kind))
        return date_is_none(*row_date(row, c)) ? STR("(kosong)") : date_long(arena, *row_date(row, c));
    return text_words(arena, c, *row_text(row, c));
}

struct str value_words(struct arena *arena, enum resident_column c, const json_t *value)
{
    struct str text = {json_string_value(value), json_string_length(value)};
    struct date d;

    if (column_rules[c].kind == KIND_CODE)
        return code_words(c, (uint32_t)json_integer_value(value));
    if (kind_is_date(column_rules[c].kind))
        return date_parse(text, &d) ? date_long(arena, d) : STR("(kosong)");
    return text_words(arena, c, str_dup(arena, text));
}

/* ---- reading the form ---- */

struct str edit_sent(struct arena *arena, const struct input_pairs *sent, enum resident_column c, const char *box)
{
    struct str name = str_fmt(arena, "%s%s", column_rules[c].heading, box);

    for (size_t i = 0; i < sent->n; i++)
        if (str_eq(sent->p[i].name, name))
            return sent->p[i].value.p != NULL ? sent->p[i].value : STR("");
    return STR_NONE;
}

/* "31-12-1990" of three boxes, what is no day as it was typed; empty when all are; STR_NONE when none was sent. What is written down of
 * somebody has happened. */
static struct str sent_date(struct arena *arena, const struct input_pairs *sent, enum resident_column c, struct date today)
{
    struct date date;

    struct str day = str_trim(edit_sent(arena, sent, c, "_hari")), month = str_trim(edit_sent(arena, sent, c, "_bulan")),
               year = str_trim(edit_sent(arena, sent, c, "_tahun"));

    if (day.p == NULL && month.p == NULL && year.p == NULL)
        return STR_NONE;
    if (day.n + month.n + year.n == 0)
        return STR("");
    if (date_boxed(day, month, year, today.year, &date))
        return date_short(arena, date);
    return str_fmt(arena, "%.*s-%.*s-%.*s", STR_ARG(day), STR_ARG(month), STR_ARG(year));
}

static struct str sent_value(struct arena *arena, const struct input_pairs *sent, enum resident_column c, struct date today)
{
    return kind_is_date(column_rules[c].kind) ? sent_date(arena, sent, c, today) : edit_sent(arena, sent, c, "");
}

static void empty_column(struct resident_row *row, enum resident_column c)
{
    if (column_rules[c].kind == KIND_CODE)
        *row_code_at(row, c) = 0;
    else if (kind_is_date(column_rules[c].kind))
        *row_date_at(row, c) = (struct date){0};
    else
        *row_text_at(row, c) = column_rules[c].kind == KIND_UNIT ? STR("-") : STR("");
}

/* What may not be emptied. A family's member has a role; who has none may stay so. */
static struct str fault_of_empty(const struct resident_row *stored, enum resident_column c)
{
    switch (c) {
    case COLUMN_NAME:
        return STR("Nama belum diisi.");
    case COLUMN_NIK:
        return STR("NIK belum diisi.");
    case COLUMN_SEX:
        return STR("Jenis kelamin belum dipilih.");
    case COLUMN_HAMLET:
        return str_is(stored->hamlet, "-") ? STR_NONE : STR("{Dusun} belum diisi.");
    case COLUMN_FAMILY_ROLE:
        return str_empty(stored->kk_no) ? STR_NONE : STR("Hubungan dalam keluarga belum dipilih.");
    default:
        return STR_NONE;
    }
}

/* What gave no value: told why when the reader said so. What nobody could read is never taken for emptied. */
static struct str fault_of_unread(struct arena *arena, const struct registry_file *file, size_t before, enum resident_column c,
                                  struct str typed)
{
    if (registry_says_nothing(arena, typed))
        return STR_NONE;
    const char *or_empty = c == COLUMN_NIK ? "" : " Bila memang tidak ada, kosongkan.";
    if (file->faults.n > before)
        return str_fmt(arena, "%.*s%s", STR_ARG(file->faults.p[file->faults.n - 1].text), or_empty);
    return str_fmt(arena, "Isian ini tidak terbaca. %.*s%s", STR_ARG(column_accepted(arena, c)), or_empty);
}

/* Names stand in capitals, as on the card; one that was kept as it is stays as it is. A hamlet has one name however it is written. */
static void settle_case(struct arena *arena, const struct resident_row *stored, struct resident_row *out, enum resident_column c)
{
    if (c == COLUMN_HAMLET && str_eq_nocase(stored->hamlet, out->hamlet))
        out->hamlet = stored->hamlet;
    else if ((column_rules[c].kind == KIND_NAME || c == COLUMN_BIRTH_PLACE) && !row_same(stored, out, c))
        *row_text_at(out, c) = text_upper(arena, *row_text(out, c));
}

/* What one column's rule cannot see. */
static void check_beside(const struct resident_row *stored, struct resident_row *out, struct str faults[COLUMN_COUNT])
{
    bool was_head = stored->family_role == SHDK_HEAD, is_head = out->family_role == SHDK_HEAD;

    if (was_head != is_head && !str_empty(stored->kk_no))
        faults[COLUMN_FAMILY_ROLE] = STR("Kepala keluarga diganti dari halaman keluarga, bukan di sini.");
    if (!row_same(stored, out, COLUMN_SEX) || !row_same(stored, out, COLUMN_FAMILY_ROLE)) {
        struct str fault = role_fault(out->family_role, out->sex);

        if (!str_empty(fault) && faults[COLUMN_FAMILY_ROLE].p == NULL)
            faults[COLUMN_FAMILY_ROLE] = fault;
    }
    if (out->sex == SEX_MALE && out->pregnancy != 0 && (stored->sex != out->sex || stored->pregnancy != out->pregnancy))
        faults[COLUMN_PREGNANCY] = STR("Kehamilan tidak diisi untuk laki-laki. Kosongkan.");
}

/* As the other forms ask it of who is written down anew. */
static void check_letters(struct arena *arena, const struct resident_row *stored, const struct resident_row *out,
                          struct str faults[COLUMN_COUNT])
{
    static const struct {
        enum resident_column column;
        const char *what;
    } texts[] = {{COLUMN_NAME, "Nama"}, {COLUMN_BIRTH_PLACE, "Tempat lahir"}};

    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        const struct str fault = letters_fault(arena, texts[i].what, *row_text(out, texts[i].column));

        if (!row_same(stored, out, texts[i].column) && faults[texts[i].column].p == NULL && !str_empty(fault))
            faults[texts[i].column] = fault;
    }
}

/* A parent is somebody else, and each is another one. */
static void check_parents(const struct resident_row *stored, const struct resident_row *out, struct str faults[COLUMN_COUNT])
{
    static const enum resident_column parents[] = {COLUMN_FATHER_NIK, COLUMN_MOTHER_NIK};

    for (size_t i = 0; i < COUNT_OF(parents); i++) {
        struct str nik = *row_text(out, parents[i]);

        if (str_empty(nik) || faults[parents[i]].p != NULL || row_same(stored, out, parents[i]))
            continue;
        if (str_eq(nik, out->nik))
            faults[parents[i]] = STR("Ini NIK warga ini sendiri. Isi NIK orang tuanya, atau kosongkan.");
        else if (str_eq(nik, *row_text(out, parents[1 - i])))
            faults[parents[i]] = STR("NIK ayah dan NIK ibu sama. Perbaiki salah satunya, atau kosongkan.");
    }
}

void edit_read(struct arena *arena, const struct input_pairs *sent, const struct resident_row *stored, struct date today,
               struct resident_row *out, struct str faults_out[COLUMN_COUNT])
{
    struct registry_file *file = registry_from_rows(arena, &(struct resident_row){0}, 1, today);
    struct resident_row *read = &file->rows[0].r;

    *out = *stored;
    file->scratch = arena_new();
    for (int i = 0; i < COLUMN_COUNT; i++)
        faults_out[i] = STR_NONE;
    for (size_t i = 0; i < edit_columns_n; i++) {
        enum resident_column c = edit_columns[i].column;
        struct str value = sent_value(arena, sent, c, today);
        const struct sheet_cell cell = cell_text(value);

        if (value.p == NULL)
            continue;
        size_t before = file->faults.n;
        registry_cell(file, 0, c, &cell);
        for (size_t k = before; k < file->faults.n; k++)
            if (!file->faults.p[k].is_warning)
                faults_out[c] = file->faults.p[k].text;
        if (faults_out[c].p != NULL)
            continue;
        if (row_has(read, c)) {
            row_copy(out, read, c);
            settle_case(arena, stored, out, c);
        } else {
            faults_out[c] = fault_of_unread(arena, file, before, c, value);
            if (faults_out[c].p == NULL)
                faults_out[c] = fault_of_empty(stored, c);
            if (faults_out[c].p == NULL && !(c == COLUMN_HAMLET))
                empty_column(out, c);
        }
    }
    arena_free(&file->scratch);
    check_beside(stored, out, faults_out);
    check_parents(stored, out, faults_out);
    check_letters(arena, stored, out, faults_out);
}

/* ---- days against one another ---- */

static bool is_before(struct date a, struct date b)
{
    return !date_is_none(a) && !date_is_none(b) && date_compare(a, b) < 0;
}

bool edit_has_days(const struct resident_row *stored, const struct resident_row *row)
{
    return !row_same(stored, row, COLUMN_BIRTH_DATE) || !row_same(stored, row, COLUMN_MARRIAGE_DATE) ||
           !row_same(stored, row, COLUMN_DIVORCE_DATE) || !row_same(stored, row, COLUMN_PASSPORT_UNTIL);
}

static void fault_day(struct str faults[COLUMN_COUNT], enum resident_column c, struct str words)
{
    if (faults[c].p == NULL)
        faults[c] = words;
}

static void check_pair(struct arena *arena, const struct resident_row *row, struct edit_days_known days, enum resident_column c,
                       struct str faults[COLUMN_COUNT])
{
    struct date day = *row_date((struct resident_row *)(uintptr_t)row, c);

    if (is_before(day, row->birth_date))
        fault_day(faults, c, STR("Tanggal ini sebelum tanggal lahirnya. Periksa tahunnya."));
    if (is_before(days.died, day))
        fault_day(faults, c, str_fmt(arena, "Tanggal ini sesudah ia tercatat meninggal, %.*s.", STR_ARG(date_long(arena, days.died))));
}

void edit_days_check(struct arena *arena, const struct resident_row *stored, const struct resident_row *row, struct edit_days_known days,
                     struct str faults[COLUMN_COUNT])
{
    if (!row_same(stored, row, COLUMN_BIRTH_DATE)) {
        if (!date_is_none(days.born) && date_compare(row->birth_date, days.born) != 0)
            fault_day(faults, COLUMN_BIRTH_DATE,
                      str_fmt(arena,
                              "Tanggal lahir ini dari catatan kelahiran, %.*s. Perbaiki di catatan peristiwa itu, data warganya ikut.",
                              STR_ARG(date_long(arena, days.born))));
        if (is_before(days.first, row->birth_date))
            fault_day(faults, COLUMN_BIRTH_DATE,
                      str_fmt(arena,
                              "Tanggal lahir ini sesudah peristiwanya yang tercatat, %.*s. Periksa tahunnya, atau perbaiki dulu "
                              "catatan itu.",
                              STR_ARG(date_long(arena, days.first))));
    }
    check_pair(arena, row, days, COLUMN_MARRIAGE_DATE, faults);
    check_pair(arena, row, days, COLUMN_DIVORCE_DATE, faults);
    if (is_before(row->passport_until, row->birth_date))
        fault_day(faults, COLUMN_PASSPORT_UNTIL, STR("Tanggal ini sebelum tanggal lahirnya. Periksa tahunnya."));
    if (is_before(row->divorce_date, row->marriage_date))
        fault_day(faults, COLUMN_DIVORCE_DATE, STR("Tanggal ini sebelum tanggal perkawinannya. Periksa tahunnya."));
}

/* ---- NIK against birth and sex ---- */

bool nik_doubt(struct arena *arena, const struct resident_row *row, struct date today, enum resident_column *column_out,
               struct str *text_out)
{
    struct date claimed;
    bool is_female;

    if (row->nik.n != 16 || nik_is_temporary(row->nik))
        return false;
    if (!nik_birth(row->nik, today, &claimed, &is_female)) {
        *column_out = COLUMN_NIK;
        *text_out = STR("NIK tidak memuat tanggal lahir yang benar. Cocokkan dengan e-KTP.");
        return true;
    }
    if (!date_is_none(row->birth_date) && (claimed.day != row->birth_date.day || claimed.month != row->birth_date.month ||
                                           claimed.year % 100 != row->birth_date.year % 100)) {
        *column_out = COLUMN_BIRTH_DATE;
        *text_out = str_fmt(arena, "NIK menyebut lahir %02d-%02d-%02d. Cocokkan dengan e-KTP.", claimed.day, claimed.month,
                            claimed.year % 100);
        return true;
    }
    if (row->sex != 0 && (row->sex == SEX_FEMALE) != is_female) {
        *column_out = COLUMN_SEX;
        *text_out = str_fmt(arena, "NIK menyebut %s. Cocokkan dengan e-KTP.", is_female ? "perempuan" : "laki-laki");
        return true;
    }
    return false;
}

bool nik_doubt_is_new(const struct resident_row *stored, const struct resident_row *row)
{
    return !row_same(stored, row, COLUMN_NIK) || !row_same(stored, row, COLUMN_BIRTH_DATE) || !row_same(stored, row, COLUMN_SEX);
}

static int first_changed(const struct resident_row *stored, const struct resident_row *row, const enum resident_column *matter, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!row_same(stored, row, matter[i]))
            return matter[i];
    return -1;
}

int ages_column(const struct resident_row *stored, const struct resident_row *row)
{
    static const enum resident_column matter[] = {COLUMN_BIRTH_DATE, COLUMN_FAMILY_ROLE, COLUMN_MARITAL,
                                                  COLUMN_FATHER_NIK, COLUMN_MOTHER_NIK,  COLUMN_NIK};

    return first_changed(stored, row, matter, COUNT_OF(matter));
}

int marriage_column(const struct resident_row *stored, const struct resident_row *row)
{
    static const enum resident_column matter[] = {COLUMN_MARITAL,       COLUMN_FAMILY_ROLE,  COLUMN_MARRIAGE_CERT,
                                                  COLUMN_MARRIAGE_DATE, COLUMN_DIVORCE_CERT, COLUMN_DIVORCE_DATE};

    return first_changed(stored, row, matter, COUNT_OF(matter));
}
