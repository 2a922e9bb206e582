// SPDX-License-Identifier: AGPL-3.0-or-later
/* Days: cells of dates, texts, and the numbers that spreadsheet programs keep of them. */
#include "server/base/text.h"
#include "tenants/village/residents/registry_cells.h"

/* Without a time of day of zeros, which other programs put behind a date: " 0:00", "T00:00:00.000+08:00", " 12:00:00 AM". */
static struct str without_midnight(struct str s)
{
    static const char *const american[] = {" 12:00:00 AM", " 12:00 AM"};

    for (size_t i = 0; i < COUNT_OF(american); i++)
        if (str_ends(s, str_c(american[i])))
            return str_part(s, 0, s.n - strlen(american[i]));
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
    cell_fault(at, false,
               str_fmt(at->file->scratch, "Tanggal “%.*s” tidak ada atau tidak terbaca.", STR_ARG(utf8_part(at->file->scratch, s, 40))));
}

/* In a list the column says which part is the day; one date by itself is asked for again where it could be two. */
static bool is_open(const struct cell_place *at, struct str s, const struct date_said *said)
{
    if (at->file->is_list || !(said->is_short_year || said->is_month_first || said->is_open_width))
        return false;
    if (said->is_short_year)
        cell_fault(at, false,
                   str_fmt(at->file->scratch, "Tanggal “%.*s” memakai tahun dua angka. Tulis tahunnya empat angka, misalnya 31-12-1990.",
                           STR_ARG(utf8_part(at->file->scratch, s, 40))));
    else
        unreadable(at, s);
    return true;
}

static void note_date(const struct cell_place *at, const struct date_said *said, bool is_cell)
{
    struct registry_row *row = cell_row(at);
    const uint64_t bit = UINT64_C(1) << at->column;

    if (!at->file->is_list)
        return;
    row->swappable |= said->is_swappable ? bit : 0;
    row->short_year |= said->is_short_year ? bit : 0;
    row->day_first |= said->is_day_first ? bit : 0;
    row->month_first |= said->is_month_first ? bit : 0;
    row->of_cell |= is_cell ? bit : 0;
    row->unbroken |= said->is_unbroken ? bit : 0;
    row->zeroless |= said->is_zeroless ? bit : 0;
    row->open_width |= said->is_open_width ? bit : 0;
}

/* What a text says of a date; true: *d holds it. */
static bool read_date_text(const struct cell_place *at, struct str s, struct date *d)
{
    const struct sheet_cell place = {.kind = CELL_TEXT};
    struct sheet_cell born = place;
    struct date_said said;

    if (registry_date_text(at->file->scratch, s, &said)) {
        born.text = said.place;
        if (at->column == COLUMN_BIRTH_DATE && !(cell_row(at)->filled & UINT64_C(1) << COLUMN_BIRTH_PLACE))
            registry_cell(at->file, at->row, COLUMN_BIRTH_PLACE, &born);
        *d = said.d;
        note_date(at, &said, false);
        return !is_open(at, s, &said);
    }
    if (said.is_zero && at->rule->kind != KIND_BIRTH)
        cell_row(at)->filled &= ~(UINT64_C(1) << at->column);
    else
        unreadable(at, s);
    return false;
}

/* "32874": the number that a spreadsheet program keeps of a day, shown when the cell lost its format. */
static bool serial_day(const struct cell_place *at, const struct sheet_cell *cell, struct str s, struct date *out)
{
    uint64_t serial;

    if (cell->kind == CELL_DATE || s.n != 5 || s.p[0] == '0' || !str_to_u64(s, &serial))
        return false;
    *out = sheet_serial_date((double)serial, false);
    if (date_is_none(*out))
        return false;
    if (at->file->is_list)
        cell_row(at)->serial |= UINT64_C(1) << at->column;
    else
        cell_fault(at, true,
                   str_fmt(at->file->scratch, "Angka %.*s dibaca sebagai tanggal Excel: %.*s. Cocokkan.", STR_ARG(s),
                           STR_ARG(date_short(at->file->scratch, *out))));
    return true;
}

/* A year alone is no day; true: that was said. Of a date cell it is settled with the NIK: people born in 1905 are few. */
static bool is_year(const struct cell_place *at, const struct sheet_cell *cell, struct str s)
{
    uint64_t year;

    if (s.n != 4 || !str_to_u64(s, &year) || year < 1880 || year > (uint64_t)at->file->today.year)
        return false;
    if (cell->kind == CELL_DATE && at->file->is_list) {
        cell_row(at)->year_cell |= UINT64_C(1) << at->column;
        return false;
    }
    cell_fault(
        at, false,
        str_fmt(at->file->scratch, "Hanya tahun %.*s yang tertulis. Ketik tanggal lengkap, misalnya 31-12-%.*s.", STR_ARG(s), STR_ARG(s)));
    return true;
}

/* A day that a spreadsheet program took for one, with or without its format. */
static bool read_date_cell(const struct cell_place *at, struct str s, struct date d)
{
    if (date_is_none(d)) {
        unreadable(at, s);
        return false;
    }
    if (!(cell_row(at)->year_cell & UINT64_C(1) << at->column))
        note_date(at, &(struct date_said){.is_swappable = d.day <= 12 && d.day != d.month, .is_day_first = d.day > 12}, true);
    return true;
}

void cell_day(const struct cell_place *at, const struct sheet_cell *cell, struct str s)
{
    const bool is_unbroken = s.n >= 6 && s.n <= 8 && digits_in(s) == s.n; /* as a serial number it is a day after the year 2170 */
    struct date d = cell->date;

    if (is_year(at, cell, s))
        return;
    if ((cell->kind == CELL_DATE && !is_unbroken) || serial_day(at, cell, s, &d)) {
        if (!read_date_cell(at, s, d))
            return;
    } else if (cell->kind == CELL_NUMBER && !is_unbroken) {
        cell_fault(at, false, STR("Isinya angka, bukan tanggal. Ubah format sel menjadi Tanggal, atau ketik seperti 31-12-1990."));
        return;
    } else if (!read_date_text(at, without_midnight(s), &d)) {
        return;
    }
    const struct registry_row *row = cell_row(at);
    const uint64_t open = row->swappable | row->short_year | row->open_width | row->serial | row->year_cell;
    const char *words = registry_date_fault(at->rule->kind, d, at->file->today);
    if (words == NULL || open & UINT64_C(1) << at->column)
        *row_date_at(&cell_row(at)->r, at->column) = d; /* what is open is judged when it is settled */
    else
        cell_fault(at, false, str_c(words));
}
