// SPDX-License-Identifier: AGPL-3.0-or-later
/* One row of residents: its cells, two or three columns in one cell, ditto marks, and what its family says. */
#include "server/base/text.h"
#include "tenants/village/import/import_fill.h"
#include "tenants/village/import/import_reading.h"

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
        parts[i] = i < n && cell_is_filled(&cells[i]) ? text_tidy(scratch, cells[i].text) : STR("");
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

    if (!cell_is_filled(cell) || str_is(text, "0") || str_is(text, "-"))
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

/* A sheet for each RT or hamlet says so in its name only. */
static void fill_from_name(struct reading *r, uint32_t at)
{
    const uint64_t before = r->file->rows[at].filled;

    if (!heading_has(&r->head, COLUMN_HAMLET))
        fill(r, at, COLUMN_HAMLET, r->of_name.hamlet);
    if (!heading_has(&r->head, COLUMN_RT))
        fill(r, at, COLUMN_RT, r->of_name.rt);
    if (!heading_has(&r->head, COLUMN_RW))
        fill(r, at, COLUMN_RW, r->of_name.rw);
    r->n_of_name += r->file->rows[at].filled != before;
}

void row_read(struct reading *r, uint32_t at, const struct sheet_cell *cells, size_t n)
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
    fill_from_name(r, at);
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
