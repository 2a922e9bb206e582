// SPDX-License-Identifier: AGPL-3.0-or-later
/* Dates of a list beside one another: day or month first, and the century of two digits. */
#include "server/base/text.h"
#include "tenants/village/residents/registry_rows.h"

enum { DAY_FIRST = 1, MONTH_FIRST, IN_2000, IN_1900 };
enum { FEW = 20, OLDEST_LIKELY = 112, OLDEST_USUAL = 90, GROWN = 12 }; /* FEW: one in so many is a slip, not another way of writing */

static const struct date_question questions[] = {
    [ASKS_ORDER] = {"Kolom ini memuat tanggal yang ditulis hari dulu dan yang bulan dulu, jadi tanggal ini bisa berarti dua. Pilih sekali "
                    "untuk semua, atau tulis bulannya dengan huruf.",
                    "urutan hari dan bulan",
                    "Di kolom ini, angka pertama adalah",
                    {{DAY_FIRST, "hari: 03-04 dibaca 3 April"}, {MONTH_FIRST, "bulan: 03-04 dibaca 4 Maret"}}},
    [ASKS_CENTURY] = {"Tahun dua angka ini bisa berarti 1900-an atau 2000-an. Pilih sekali untuk semua, atau tulis tahunnya empat angka.",
                      "tahun dua angka",
                      "Tahun dua angka di sini berarti",
                      {{IN_2000, "2000-an: 20 dibaca 2020"}, {IN_1900, "1900-an: 20 dibaca 1920"}}},
};

const struct date_question *registry_date_question(enum registry_asks asks)
{
    return (size_t)asks < COUNT_OF(questions) && questions[asks].text != NULL ? &questions[asks] : NULL;
}

struct str registry_date_answer(uint8_t code)
{
    for (size_t i = 0; i < COUNT_OF(questions); i++)
        for (size_t k = 0; k < COUNT_OF(questions[i].answers); k++)
            if (code != 0 && questions[i].answers[k].code == code)
                return str_c(questions[i].answers[k].label);
    return STR("");
}

static void swap(struct date *d)
{
    *d = (struct date){d->year, d->day, d->month};
}

void registry_date_take(struct registry_row *row, enum resident_column column, uint8_t code)
{
    struct date *d = row_date_at(&row->r, column);

    if (code == MONTH_FIRST)
        swap(d);
    if (code == IN_1900)
        d->year -= 100;
}

/* How the dates of one column of one sheet are written: texts, and cells that a program took for dates. */
struct evidence {
    uint32_t day, month;         /* texts that are a date only so */
    uint32_t nik_day, nik_month; /* texts that may be either, and which of it the NIK says */
    uint32_t cell_day, cell_month;
    bool is_month_first, is_mixed, is_cell_swapped;
    uint32_t n_read; /* as the rest of the column proves */
};

static bool has(uint64_t bits, int column)
{
    return bits & UINT64_C(1) << column;
}

/* Whether the NIK says this day (1), the one with day and month changed (-1), or neither. */
static int nik_says(const struct registry_row *row, int column)
{
    const struct str nik = row->r.nik;
    const struct date d = *row_date(&row->r, (enum resident_column)column);

    if (column != COLUMN_BIRTH_DATE || nik.n != 16 || nik.p[0] == '0')
        return 0;
    int day = (nik.p[6] - '0') * 10 + nik.p[7] - '0', month = (nik.p[8] - '0') * 10 + nik.p[9] - '0';
    int year = (nik.p[10] - '0') * 10 + nik.p[11] - '0';
    day -= day > 40 ? 40 : 0;
    if (year != d.year % 100)
        return 0;
    return day == d.day && month == d.month ? 1 : day == d.month && month == d.day ? -1 : 0;
}

static void weigh(const struct registry_row *row, int column, struct evidence *e)
{
    int says = has(row->swappable, column) ? nik_says(row, column) : 0;

    if (has(row->of_cell, column)) {
        e->cell_day += has(row->day_first, column) || says > 0;
        e->cell_month += says < 0;
        return;
    }
    e->day += has(row->day_first, column);
    e->month += has(row->month_first, column);
    e->nik_day += says > 0;
    e->nik_month += says < 0;
}

static void decide(struct evidence *e)
{
    uint32_t day = e->day + e->nik_day, month = e->month + e->nik_month;

    e->is_month_first = e->month > 0 ? day * FEW <= month : day == 0 && e->nik_month > 1;
    e->is_mixed = e->month > 0 && !e->is_month_first && month * FEW > day;
    /* dates with a day above 12 stayed texts: the program read the others month first */
    e->is_cell_swapped = e->cell_day == 0 && e->cell_month > (e->day > 0 ? 0 : 2);
}

/* A column that proves nothing follows the others of its sheet. */
static void follow(struct evidence *columns)
{
    bool is_month_first = false, is_day_first = false;

    for (int c = 0; c < COLUMN_COUNT; c++) {
        is_month_first |= columns[c].is_month_first;
        is_day_first |= !columns[c].is_month_first && columns[c].day + columns[c].nik_day + columns[c].month > 0;
    }
    for (int c = 0; c < COLUMN_COUNT; c++)
        columns[c].is_month_first |= is_month_first && !is_day_first && columns[c].day + columns[c].nik_day + columns[c].month == 0;
}

static struct str shown(struct arena *arena, const struct registry_row *row, int column)
{
    const struct date d = *row_date(&row->r, (enum resident_column)column);

    return has(row->short_year, column) ? str_fmt(arena, "%02d-%02d-%02d", d.day, d.month, d.year % 100) : date_short(arena, d);
}

static void add(struct registry_file *file, uint32_t row, int column, bool is_warning, enum registry_asks asks, struct str text)
{
    registry_fault_add(file, &(struct registry_fault){.row = row,
                                                      .column = (enum resident_column)column,
                                                      .is_warning = is_warning,
                                                      .asks = asks,
                                                      .value = shown(file->scratch, &file->rows[row], column),
                                                      .text = text});
}

static void settle_order(struct registry_file *file, uint32_t i, int column, struct evidence *e)
{
    struct registry_row *row = &file->rows[i];
    struct date *d = row_date_at(&row->r, (enum resident_column)column);

    if (has(row->of_cell, column)) {
        if (e->is_cell_swapped && has(row->swappable, column)) {
            swap(d);
            e->n_read++;
        }
        return;
    }
    if (has(row->month_first, column) ? !e->is_month_first && !e->is_mixed : has(row->day_first, column) && e->is_month_first)
        add(file, i, column, true, ASKS_NOTHING,
            str_fmt(file->scratch, "Hari dan bulannya ditulis lain urutan daripada yang lain di kolom ini. Dibaca %.*s; cocokkan.",
                    STR_ARG(date_long(file->scratch, *d))));
    if (!has(row->swappable, column))
        return;
    int says = e->is_mixed ? nik_says(row, column) : 0;
    if (e->is_month_first || says < 0) {
        swap(d);
        e->n_read++;
    } else if (e->is_mixed && says == 0) {
        add(file, i, column, false, ASKS_ORDER, str_c(questions[ASKS_ORDER].text));
    }
}

/* A child's year is this century's; who heads a family or is somebody's spouse was not born the other day. */
static void settle_century(struct registry_file *file, uint32_t i, int column)
{
    struct registry_row *row = &file->rows[i];
    struct date *d = row_date_at(&row->r, (enum resident_column)column), old = {d->year - 100, d->month, d->day};
    const uint8_t role = row->r.family_role;
    const bool is_alive = row->r.basic_status == 0 || row->r.basic_status == STATUS_ALIVE;

    if (column_rules[column].kind == KIND_UNTIL)
        return;
    if (date_compare(*d, file->today) > 0) {
        *d = old;
        return;
    }
    if (column_rules[column].kind == KIND_PAST ||
        (is_alive && (date_age(old, file->today) > OLDEST_LIKELY || role == SHDK_CHILD || role == SHDK_GRANDCHILD)))
        return;
    if (date_age(*d, file->today) < GROWN && is_alive && (row->r.marital > 1 || (role != 0 && role < SHDK_KIN))) {
        if (date_age(old, file->today) > OLDEST_USUAL)
            add(file, i, column, true, ASKS_NOTHING,
                str_fmt(file->scratch, "Tahun dua angka ini dibaca %d, jadi umurnya %d tahun. Cocokkan dengan KK.", old.year,
                        date_age(old, file->today)));
        *d = old;
    } else
        add(file, i, column, false, ASKS_CENTURY, str_c(questions[ASKS_CENTURY].text));
}

static void settle_row(struct registry_file *file, uint32_t i, int column, struct evidence *e)
{
    struct registry_row *row = &file->rows[i];
    const bool had_error = row->has_error, is_open = has(row->swappable | row->short_year, column);

    settle_order(file, i, column, e);
    if (has(row->short_year, column))
        settle_century(file, i, column);
    if (!is_open || row->has_error != had_error)
        return;
    const char *words = registry_date_fault(column_rules[column].kind, *row_date(&row->r, (enum resident_column)column), file->today);
    if (words == NULL)
        return;
    add(file, i, column, false, ASKS_NOTHING, str_c(words));
    *row_date_at(&row->r, (enum resident_column)column) = (struct date){0};
}

static void tell(struct registry_file *file, struct registry_sheet *sheet, int column, const struct evidence *e)
{
    const char *heading = column_rules[column].heading;

    if (e->n_read == 0 || e->is_mixed)
        return;
    if (e->is_month_first)
        sheet->note = str_fmt(file->arena, "%.*s%sTanggal di kolom %s ditulis bulan dulu, seperti 12-31-1990, dan dibaca begitu.",
                              STR_ARG(sheet->note), str_empty(sheet->note) ? "" : " ", heading);
    if (e->is_cell_swapped)
        sheet->note = str_fmt(file->arena,
                              "%.*s%sHari dan bulan di kolom %s tertukar oleh Excel, menurut NIK di %u baris; dikembalikan di %u baris.",
                              STR_ARG(sheet->note), str_empty(sheet->note) ? "" : " ", heading, e->cell_month, e->n_read);
}

void registry_dates_settle(struct registry_file *file)
{
    struct evidence *all = ARENA_ARRAY(file->arena, struct evidence, file->n_sheets * COLUMN_COUNT);

    for (uint32_t i = 0; i < file->n_rows; i++) {
        const struct registry_row *row = &file->rows[i];
        for (int c = 0; c < COLUMN_COUNT; c++)
            if (has(row->swappable | row->day_first | row->month_first, c))
                weigh(row, c, &all[row->sheet * COLUMN_COUNT + c]);
    }
    for (size_t s = 0; s < file->n_sheets; s++) {
        for (int c = 0; c < COLUMN_COUNT; c++)
            decide(&all[s * COLUMN_COUNT + c]);
        follow(&all[s * COLUMN_COUNT]);
    }
    for (uint32_t i = 0; i < file->n_rows; i++) {
        const struct registry_row *row = &file->rows[i];
        for (int c = 0; c < COLUMN_COUNT; c++)
            if (has(row->swappable | row->day_first | row->month_first | row->short_year, c))
                settle_row(file, i, c, &all[row->sheet * COLUMN_COUNT + c]);
    }
    for (size_t s = 0; s < file->n_sheets; s++)
        for (int c = 0; c < COLUMN_COUNT; c++)
            tell(file, &file->sheets[s], c, &all[s * COLUMN_COUNT + c]);
}
