// SPDX-License-Identifier: AGPL-3.0-or-later
/* Dates of a list beside one another: day or month first, changed by a program or not, and the century of two digits. */
#include "server/base/text.h"
#include "tenants/village/residents/registry_rows.h"

enum { DAY_FIRST = 1, MONTH_FIRST, IN_2000, IN_1900, AS_CELL, CHANGED_BACK };
enum { FEW = 20, OLDEST_LIKELY = 112, OLDEST_USUAL = 90, GROWN = 12 }; /* FEW: one in so many is a slip, not another way of writing */

static const struct date_question questions[] = {
    [ASKS_ORDER] = {"Berkas ini memuat tanggal yang ditulis hari dulu dan yang bulan dulu, jadi tanggal ini bisa berarti dua. Pilih sekali "
                    "untuk semua, atau tulis bulannya dengan huruf.",
                    "Tanggal-tanggal ini ditulis",
                    {{DAY_FIRST, "hari dulu"}, {MONTH_FIRST, "bulan dulu"}}},
    [ASKS_CENTURY] = {"Tahun dua angka ini bisa berarti 1900-an atau 2000-an. Pilih sekali untuk semua, atau tulis tahunnya empat angka.",
                      "Tahun dua angka di sini berarti",
                      {{IN_2000, "2000-an"}, {IN_1900, "1900-an"}}},
    [ASKS_CELLS] = {"Hari dan bulan tanggal ini mungkin tertukar oleh Excel berbahasa Inggris: tanggal yang harinya di atas 12 tertinggal "
                    "sebagai teks. Cocokkan satu dengan KK, lalu pilih sekali untuk semua.",
                    "Yang benar",
                    {{AS_CELL, "seperti di berkas"}, {CHANGED_BACK, "dikembalikan"}}},
};

const struct date_question *registry_date_question(enum registry_asks asks)
{
    return (size_t)asks < COUNT_OF(questions) && questions[asks].text != NULL ? &questions[asks] : NULL;
}

uint8_t registry_date_answer(enum registry_asks asks, uint32_t dates)
{
    const struct date_question *asked = registry_date_question(asks);

    for (size_t i = 0; asked != NULL && i < COUNT_OF(asked->answers); i++)
        if (dates & UINT32_C(1) << asked->answers[i].code)
            return asked->answers[i].code;
    return 0;
}

uint32_t registry_date_say(enum registry_asks asks, uint32_t dates, uint8_t code)
{
    const struct date_question *asked = registry_date_question(asks);

    for (size_t i = 0; i < COUNT_OF(asked->answers); i++)
        dates &= ~(UINT32_C(1) << asked->answers[i].code);
    return dates | UINT32_C(1) << code;
}

static struct date swapped(struct date d)
{
    return (struct date){d.year, d.day, d.month};
}

struct date registry_date_as(struct date d, uint8_t code)
{
    if (code == MONTH_FIRST || code == CHANGED_BACK)
        return swapped(d);
    return code == IN_1900 ? (struct date){d.year - 100, d.month, d.day} : d;
}

/* ---- what the dates of a column prove ---- */

/* Of texts CHANGED says that the month comes first; of cells, that a program took the one for the other. */
enum proof { UNPROVEN, AS_READ, CHANGED, OPEN };

/* How the dates of one column of one sheet are written: texts, and cells that a program took for dates. */
struct evidence {
    uint32_t day, month, either; /* texts that are a date only so; that may be both */
    uint32_t nik_day, nik_month; /* of those: which of it the NIK says */
    uint32_t cell_day, cell_month, cell_either;
    uint32_t unbroken, zeroless, serial;
    enum proof texts, cells;
    bool is_trace; /* cells with small days only, beside texts that no program could take for a date the other way round */
    bool texts_are_others, cells_are_others; /* nothing here proves it, but another column or sheet of the file */
    uint32_t n_texts, n_cells;               /* read the other way round, as is proven */
    struct date unbroken_as;                 /* one that was */
    struct date guessed_as;                  /* one that could be two, and that nothing in the file tells which: the day is read first */
};

static bool has(uint64_t bits, int column)
{
    return bits & UINT64_C(1) << column;
}

/* Whether the NIK says this day (1), the one with day and month changed (-1), or neither. */
static int nik_says_of(const struct registry_row *row, int column, struct date d)
{
    const struct str nik = row->r.nik;

    if (column != COLUMN_BIRTH_DATE || nik.n != 16 || nik.p[0] == '0')
        return 0;
    int day = (nik.p[6] - '0') * 10 + nik.p[7] - '0', month = (nik.p[8] - '0') * 10 + nik.p[9] - '0';
    int year = (nik.p[10] - '0') * 10 + nik.p[11] - '0';
    day -= day > 40 ? 40 : 0;
    if (year != d.year % 100)
        return 0;
    return day == d.day && month == d.month ? 1 : day == d.month && month == d.day ? -1 : 0;
}

static int nik_says(const struct registry_row *row, int column)
{
    return nik_says_of(row, column, *row_date(&row->r, (enum resident_column)column));
}

static void weigh(const struct registry_row *row, int column, struct evidence *e)
{
    int says = has(row->swappable, column) ? nik_says(row, column) : 0;

    e->unbroken += has(row->unbroken, column);
    e->zeroless += has(row->zeroless, column);
    e->serial += has(row->serial, column);
    if (has(row->of_cell, column)) {
        e->cell_either += has(row->swappable, column);
        e->cell_day += has(row->day_first, column) || says > 0;
        e->cell_month += says < 0;
        return;
    }
    e->either += has(row->swappable, column);
    e->day += has(row->day_first, column);
    e->month += has(row->month_first, column);
    e->nik_day += says > 0;
    e->nik_month += says < 0;
}

static enum proof between(uint32_t day, uint32_t month)
{
    if (month == 0)
        return day > 0 ? AS_READ : UNPROVEN;
    return day * FEW <= month ? CHANGED : month * FEW > day ? OPEN : AS_READ;
}

/* A single NIK may be wrong: without anything beside it, it takes two or three that say the same. */
static void decide(struct evidence *e)
{
    const uint32_t day = e->day + e->nik_day, left = e->day + e->month;

    e->texts = between(day, e->month > 0 || e->nik_month > (day > 0 ? 2 : 1) ? e->month + e->nik_month : 0);
    e->cells = between(e->cell_day, e->cell_month > (left > 0 && e->cell_day == 0 ? 0 : 2) ? e->cell_month : 0);
    e->is_trace = e->cells == UNPROVEN && e->cell_either > 0 && left > 0 && e->either * 5 <= left;
}

/* What those that prove something say together. */
static enum proof together(const struct evidence *columns, size_t n, bool of_cells)
{
    bool is_read = false, is_changed = false, is_open = false;

    for (size_t i = 0; i < n; i++) {
        const enum proof proof = of_cells ? columns[i].cells : columns[i].texts;
        is_read |= proof == AS_READ;
        is_changed |= proof == CHANGED;
        is_open |= proof == OPEN || (of_cells && columns[i].is_trace);
    }
    if (is_changed && !is_read && of_cells)
        return CHANGED; /* the trace of another column is explained by it */
    return is_open || (is_read && is_changed) ? OPEN : is_changed ? CHANGED : is_read ? AS_READ : UNPROVEN;
}

/* A column that proves nothing follows the others of its sheet, and these the file: one hand wrote them, in one program. */
static void follow(struct evidence *all, size_t n_sheets)
{
    const size_t n = n_sheets * COLUMN_COUNT;
    const enum proof file_texts = together(all, n, false), file_cells = together(all, n, true);

    for (size_t s = 0; s < n_sheets; s++) {
        struct evidence *columns = &all[s * COLUMN_COUNT];
        enum proof texts = together(columns, COLUMN_COUNT, false), cells = together(columns, COLUMN_COUNT, true);
        texts = texts != UNPROVEN ? texts : file_texts;
        cells = cells != UNPROVEN && !(cells == OPEN && file_cells == CHANGED) ? cells : file_cells;
        for (int c = 0; c < COLUMN_COUNT; c++) {
            struct evidence *e = &columns[c];
            e->texts_are_others = e->texts == UNPROVEN;
            e->cells_are_others = e->cells == UNPROVEN;
            e->texts = e->texts_are_others ? texts : e->texts;
            e->cells = !e->cells_are_others ? e->cells : e->is_trace && cells != CHANGED ? OPEN : cells;
        }
    }
}

/* ---- each date beside what is proven ---- */

static struct str shown(struct arena *arena, const struct registry_row *row, int column)
{
    const struct date d = *row_date(&row->r, (enum resident_column)column);

    return has(row->short_year, column) ? str_fmt(arena, "%02d-%02d-%02d", d.day, d.month, d.year % 100) : date_short(arena, d);
}

static void add(struct registry_file *file, uint32_t row, int column, bool is_warning, struct str text)
{
    registry_fault_add(file, &(struct registry_fault){.row = row,
                                                      .column = (enum resident_column)column,
                                                      .is_warning = is_warning,
                                                      .value = shown(file->scratch, &file->rows[row], column),
                                                      .text = text});
}

/* One question for the whole file; what the two answers make of this row stands in it. */
static void ask(struct registry_file *file, uint32_t row, int column, enum registry_asks asks)
{
    static const char *const what[COLUMN_COUNT] = {[COLUMN_BIRTH_DATE] = "Lahir",
                                                   [COLUMN_MARRIAGE_DATE] = "Kawin",
                                                   [COLUMN_DIVORCE_DATE] = "Cerai",
                                                   [COLUMN_PASSPORT_UNTIL] = "Akhir paspor"};
    const struct date d = *row_date(&file->rows[row].r, (enum resident_column)column);
    const struct date_question *asked = &questions[asks];
    struct arena *arena = file->scratch;

    registry_fault_add(file,
                       &(struct registry_fault){
                           .row = row,
                           .column = (enum resident_column)column,
                           .asks = asks,
                           .value = shown(arena, &file->rows[row], column),
                           .text = str_fmt(arena, "%s %.*s (%s) atau %.*s (%s)?", what[column],
                                           STR_ARG(date_long(arena, registry_date_as(d, asked->answers[0].code))), asked->answers[0].label,
                                           STR_ARG(date_long(arena, registry_date_as(d, asked->answers[1].code))), asked->answers[1].label),
                           .cause = str_c(asked->text)});
}

/* "1122010": with the zero that a number loses 1-12, or without any 11-2. The column says whether its hand writes zeros. */
static void settle_width(struct registry_file *file, uint32_t i, int column, const struct evidence *e)
{
    struct registry_row *row = &file->rows[i];
    struct date *d = row_date_at(&row->r, (enum resident_column)column);
    const struct date narrow = {d->year, d->month % 10, d->day * 10 + d->month / 10};

    if (nik_says(row, column) > 0 || (nik_says_of(row, column, narrow) <= 0 && e->zeroless == 0))
        return;
    if (nik_says_of(row, column, narrow) > 0)
        *d = narrow;
    else
        add(file, i, column, false,
            str_fmt(file->scratch, "Tanpa tanda pemisah tanggal ini bisa berarti %.*s atau %.*s. Ketik seperti 31-12-1990.",
                    STR_ARG(date_long(file->scratch, *d)), STR_ARG(date_long(file->scratch, narrow))));
    row->swappable &= ~(UINT64_C(1) << column);
}

/*
 * A number that stands for a day, or, where others of its column are days without signs, may be one of those. `cell`: its day in Excel,
 * before day and month changed places.
 */
static void settle_serial(struct registry_file *file, uint32_t i, int column, const struct evidence *e, struct date cell)
{
    const struct registry_row *row = &file->rows[i];
    const struct date d = *row_date(&row->r, (enum resident_column)column);
    const bool is_sure = nik_says(row, column) > 0;
    const int64_t serial = date_to_days(cell) - date_to_days((struct date){1899, 12, 30});

    if (!is_sure && e->unbroken * FEW > e->serial)
        add(file, i, column, false,
            str_fmt(file->scratch,
                    "Angka %d bisa tanggal Excel (%.*s) atau tanggal tanpa tanda pemisah, seperti yang lain di kolom ini. "
                    "Ketik seperti 31-12-1990.",
                    (int)serial, STR_ARG(date_short(file->scratch, d))));
    else
        add(file, i, column, true,
            str_fmt(file->scratch, "Angka %d dibaca sebagai tanggal Excel: %.*s. Cocokkan.", (int)serial,
                    STR_ARG(date_short(file->scratch, d))));
}

static void settle_order(struct registry_file *file, uint32_t i, int column, struct evidence *e)
{
    struct registry_row *row = &file->rows[i];
    struct date *d = row_date_at(&row->r, (enum resident_column)column);
    const bool is_cell = has(row->of_cell, column);
    const enum proof proof = is_cell ? e->cells : e->texts;
    const int says = nik_says(row, column);

    if (!is_cell && ((has(row->month_first, column) && proof == AS_READ) || (has(row->day_first, column) && proof == CHANGED)))
        add(file, i, column, true,
            str_fmt(file->scratch, "Hari dan bulannya ditulis lain urutan daripada yang lain di kolom ini. Dibaca %.*s; cocokkan.",
                    STR_ARG(date_long(file->scratch, *d))));
    if (!has(row->swappable, column) || says > 0)
        return; /* its own NIK says what stands there */
    if (proof == CHANGED || (proof == OPEN && says < 0)) {
        *d = swapped(*d);
        *(is_cell ? &e->n_cells : &e->n_texts) += 1;
    } else if (proof == OPEN && has(row->short_year, column) && column_rules[column].kind != KIND_UNTIL &&
               (date_compare(*d, file->today) > 0) != (date_compare(swapped(*d), file->today) > 0)) {
        add(file, i, column, false, STR("Hari, bulan dan tahun tanggal ini bisa berarti dua. Ketik seperti 31-12-1990."));
        *d = (struct date){0}; /* which century it is depends on which day it is */
    } else if (proof == OPEN) {
        ask(file, i, column, is_cell ? ASKS_CELLS : ASKS_ORDER);
    } else if (proof == UNPROVEN && !is_cell && !has(row->unbroken, column) && date_is_none(e->guessed_as)) {
        e->guessed_as = *d;
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
            add(file, i, column, true,
                str_fmt(file->scratch, "Tahun dua angka ini dibaca %d, jadi umurnya %d tahun. Cocokkan dengan KK.", old.year,
                        date_age(old, file->today)));
        *d = old;
    } else
        ask(file, i, column, ASKS_CENTURY);
}

static void settle_row(struct registry_file *file, uint32_t i, int column, struct evidence *e)
{
    struct registry_row *row = &file->rows[i];
    struct date *d = row_date_at(&row->r, (enum resident_column)column);
    const size_t n_errors = file->faults.n + file->faults.not_kept - file->faults.warnings;
    const bool is_open = has(row->swappable | row->short_year | row->open_width | row->serial | row->year_cell, column);

    if (date_is_none(*d))
        return; /* it could not be, and that was said */
    if (has(row->year_cell, column) && nik_says(row, column) <= 0) {
        add(file, i, column, false,
            STR("Yang diketik di sel tanggal ini tampaknya hanya tahun, dan Excel menjadikannya hari di tahun 1905. Ketik tanggal lengkap, "
                "misalnya 31-12-1990."));
        *d = (struct date){0};
        return;
    }
    const struct date cell = *d;
    bool is_century_open = has(row->short_year, column);
    if (has(row->open_width, column))
        settle_width(file, i, column, e);
    if (is_century_open && has(row->swappable, column) && column_rules[column].kind != KIND_UNTIL && date_compare(*d, file->today) > 0 &&
        date_compare(swapped(*d), file->today) > 0) {
        d->year -= 100; /* whichever day it is, it is not to come */
        is_century_open = false;
    }
    settle_order(file, i, column, e);
    if (date_is_none(*d))
        return;
    if (has(row->serial, column))
        settle_serial(file, i, column, e, cell);
    if (is_century_open)
        settle_century(file, i, column);
    if (has(row->unbroken, column))
        e->unbroken_as = *d;
    if (!is_open || file->faults.n + file->faults.not_kept - file->faults.warnings != n_errors)
        return;
    const char *words = registry_date_fault(column_rules[column].kind, *d, file->today);
    if (words == NULL)
        return;
    add(file, i, column, false, str_c(words));
    *d = (struct date){0};
}

static void note(struct registry_file *file, struct registry_sheet *sheet, struct str text)
{
    sheet->note = str_fmt(file->arena, "%.*s%s%.*s", STR_ARG(sheet->note), str_empty(sheet->note) ? "" : " ", STR_ARG(text));
}

static void tell(struct registry_file *file, struct registry_sheet *sheet, int column, const struct evidence *e)
{
    const char *heading = column_rules[column].heading;
    struct arena *arena = file->arena;

    if (e->n_texts > 0 && e->texts == CHANGED)
        note(file, sheet,
             str_fmt(arena, "Tanggal di kolom %s %s.", heading,
                     e->texts_are_others ? "dibaca bulan dulu, seperti tanggal lain di berkas ini"
                                         : "ditulis bulan dulu, seperti 12-31-1990, dan dibaca begitu"));
    if (e->n_cells > 0 && e->cells == CHANGED && e->cells_are_others)
        note(file, sheet,
             str_fmt(arena, "Hari dan bulan di kolom %s tertukar oleh Excel, seperti tanggal lain di berkas ini; dikembalikan di %u baris.",
                     heading, e->n_cells));
    else if (e->n_cells > 0 && e->cells == CHANGED)
        note(file, sheet,
             str_fmt(arena, "Hari dan bulan di kolom %s tertukar oleh Excel, menurut NIK di %u baris; dikembalikan di %u baris.", heading,
                     e->cell_month, e->n_cells));
    if (!date_is_none(e->unbroken_as))
        note(file, sheet,
             str_fmt(arena, "Tanggal tanpa tanda pemisah di kolom %s, %u baris, dibaca %s, tahun; salah satunya menjadi %.*s.", heading,
                     e->unbroken, e->texts == CHANGED ? "bulan, hari" : "hari, bulan", STR_ARG(date_long(arena, e->unbroken_as))));
}

/* Said once for the file, on the first sheet that has such a date. */
static void tell_guess(struct registry_file *file, const struct evidence *all)
{
    struct arena *arena = file->arena;

    for (size_t k = 0; k < file->n_sheets * COLUMN_COUNT; k++) {
        const struct date d = all[k].guessed_as;
        if (date_is_none(d))
            continue;
        note(file, &file->sheets[k / COLUMN_COUNT],
             str_fmt(arena,
                     "Tanggal dibaca hari lebih dulu, seperti lazimnya; tidak ada yang membuktikan sebaliknya. Misalnya %.*s, bukan %.*s.",
                     STR_ARG(date_long(arena, d)), STR_ARG(date_long(arena, swapped(d)))));
        return;
    }
}

static uint64_t dates_of(const struct registry_row *row)
{
    return row->swappable | row->day_first | row->month_first | row->short_year | row->unbroken | row->serial | row->year_cell;
}

void registry_dates_settle(struct registry_file *file)
{
    struct evidence *all = ARENA_ARRAY(file->arena, struct evidence, file->n_sheets * COLUMN_COUNT);

    for (uint32_t i = 0; i < file->n_rows; i++)
        for (int c = 0; c < COLUMN_COUNT; c++)
            if (has(dates_of(&file->rows[i]), c))
                weigh(&file->rows[i], c, &all[file->rows[i].sheet * COLUMN_COUNT + c]);
    for (size_t k = 0; k < file->n_sheets * COLUMN_COUNT; k++)
        decide(&all[k]);
    follow(all, file->n_sheets);
    for (uint32_t i = 0; i < file->n_rows; i++)
        for (int c = 0; c < COLUMN_COUNT; c++)
            if (has(dates_of(&file->rows[i]), c))
                settle_row(file, i, c, &all[file->rows[i].sheet * COLUMN_COUNT + c]);
    for (size_t s = 0; s < file->n_sheets; s++)
        for (int c = 0; c < COLUMN_COUNT; c++)
            tell(file, &file->sheets[s], c, &all[s * COLUMN_COUNT + c]);
    tell_guess(file, all);
}
