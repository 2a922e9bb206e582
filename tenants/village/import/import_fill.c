// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/import/import_fill.h"

#include "server/base/text.h"

static const enum resident_column of_a_family[] = {COLUMN_KK, COLUMN_ADDRESS, COLUMN_HAMLET, COLUMN_RW, COLUMN_RT};

static bool is_filled(const struct registry_row *row, enum resident_column column)
{
    return row->filled & UINT64_C(1) << column;
}

void take_from_above(struct registry_row *row, const struct registry_row *above, enum resident_column column)
{
    const uint64_t bit = UINT64_C(1) << column;

    if (is_filled(row, column) || !is_filled(above, column))
        return;
    row_copy(&row->r, &above->r, column);
    row->filled |= bit;
    row->doubtful |= above->doubtful & bit;
}

/* Whether a family's number stands once, at its first row: then no two rows that follow one another have the same. */
static bool is_written_once(const struct registry_file *file, size_t from)
{
    struct str last = STR("");
    size_t blank = 0;

    for (size_t i = from; i < file->n_rows; i++) {
        const struct registry_row *row = &file->rows[i];
        blank += !is_filled(row, COLUMN_KK);
        if (!str_empty(row->r.kk_no) && str_eq(row->r.kk_no, last))
            return false;
        last = str_empty(row->r.kk_no) ? last : row->r.kk_no;
    }
    return blank > 0 && !str_empty(file->rows[from].r.kk_no);
}

/* The next number below, past rows that have none, is the one above. */
static bool is_between(const struct registry_file *file, size_t i, struct str kk)
{
    for (unsigned n = 0; n < FAMILY_ROWS_MOST && i < file->n_rows && !is_filled(&file->rows[i], COLUMN_KK); n++, i++)
        if (file->rows[i].r.family_role == SHDK_HEAD)
            break;
    return i < file->n_rows && str_eq(file->rows[i].r.kk_no, kk);
}

static bool is_parent(struct arena *arena, const struct resident_row *child, const struct resident_row *parent)
{
    const bool is_father = parent->sex == SEX_MALE;
    const struct str nik = is_father ? child->father_nik : child->mother_nik, name = is_father ? child->father_name : child->mother_name;

    if (!str_empty(nik) && !str_empty(parent->nik))
        return str_eq(nik, parent->nik);
    return !str_empty(name) && parent->sex != 0 && str_eq(text_fold(arena, name), text_fold(arena, parent->name));
}

/* Somebody of the family above stands as the row's parent. */
static bool names_parent(const struct registry_file *file, size_t from, size_t i, struct str kk)
{
    struct arena *folded = arena_new();
    bool is_found = false;

    for (size_t k = i, n = 0; !is_found && n < FAMILY_ROWS_MOST && k-- > from && str_eq(file->rows[k].r.kk_no, kk); n++)
        is_found = is_parent(folded, &file->rows[i].r, &file->rows[k].r);
    arena_free(&folded);
    return is_found;
}

/* The row against the one above: as many of the family's places that both say alike; -1: one that differs. */
static int places_alike(const struct registry_row *row, const struct registry_row *above)
{
    int alike = 0;

    for (size_t k = 1; k < COUNT_OF(of_a_family); k++) {
        if (!is_filled(row, of_a_family[k]) || !is_filled(above, of_a_family[k]))
            continue;
        if (!str_eq_nocase(*row_text(&row->r, of_a_family[k]), *row_text(&above->r, of_a_family[k])))
            return -1;
        alike += of_a_family[k] != COLUMN_HAMLET; /* a whole hamlet is no household */
    }
    return alike;
}

static bool says_place(const struct registry_row *row)
{
    return is_filled(row, COLUMN_ADDRESS) || is_filled(row, COLUMN_HAMLET) || is_filled(row, COLUMN_RW) || is_filled(row, COLUMN_RT);
}

/* In a sheet that writes the number for each member: merged cells, a gap within a family, parents, or one house. */
static bool is_plain(const struct registry_file *file, size_t from, size_t i)
{
    const struct registry_row *row = &file->rows[i], *above = &file->rows[i - 1];
    const struct str kk = above->r.kk_no;
    int alike = places_alike(row, above);

    if (row->r.family_role == 0 || alike < 0)
        return false;
    return alike > 0 || (!says_place(row) && says_place(above)) || is_between(file, i, kk) || names_parent(file, from, i, kk);
}

static void tell(struct registry_file *file, size_t from, size_t i)
{
    size_t head = i - 1;

    while (head > from && i - head < FAMILY_ROWS_MOST && file->rows[head].r.family_role != SHDK_HEAD &&
           str_eq(file->rows[head - 1].r.kk_no, file->rows[i - 1].r.kk_no))
        head--;
    registry_fault_add(
        file, &(struct registry_fault){
                  .row = (uint32_t)i,
                  .column = COLUMN_KK,
                  .is_warning = true,
                  .value = STR(""),
                  .text = str_fmt(file->scratch,
                                  "Nomor KK belum diisi. Dibaca seanggota keluarga dengan “%.*s” di baris %u. Bila bukan, isi nomornya.",
                                  STR_ARG(utf8_part(file->scratch, file->rows[head].r.name, 60)), file->rows[head].row_no)});
}

uint32_t fill_down(struct registry_file *file, size_t from)
{
    bool is_once = from < file->n_rows && is_written_once(file, from);
    uint32_t n = 0;

    for (size_t i = from + 1; i < file->n_rows; i++) {
        struct registry_row *row = &file->rows[i];
        if (is_filled(row, COLUMN_KK) || row->is_no_card || row->r.family_role == SHDK_HEAD || str_empty(row[-1].r.kk_no))
            continue;
        if (!is_once && !is_plain(file, from, i))
            continue;
        if (!is_once)
            tell(file, from, i);
        for (size_t k = 0; k < COUNT_OF(of_a_family); k++)
            take_from_above(row, &row[-1], of_a_family[k]);
        n += is_once;
    }
    return n;
}
