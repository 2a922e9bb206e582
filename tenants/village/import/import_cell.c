// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/import/import_cell.h"

#include "server/base/text.h"

enum { WORD_MOST = 40 };

static bool is_digits(struct str s)
{
    uint64_t n;

    return s.n > 0 && s.n < 6 && str_to_u64(s, &n);
}

/* "#N/A", "#REF!", "#NAME?", "#DIV/0!", "########", "Err:502": a formula's, kept as a text. */
static bool is_error_text(struct str s)
{
    bool is_wide = s.n > 2;

    if (str_starts(s, STR("ERR:")))
        return is_digits(str_trim(str_from(s, 4)));
    if (s.n < 2 || s.p[0] != '#')
        return false;
    for (size_t i = 1; i < s.n; i++) {
        const char c = s.p[i];
        is_wide &= c == '#';
        if (!((c >= 'A' && c <= 'Z') || (i > 1 && ((c >= '0' && c <= '9') || strchr("/_!?", c) != NULL))) && !is_wide)
            return false;
    }
    return is_wide || s.p[s.n - 1] == '!' || s.p[s.n - 1] == '?' || str_is(s, "#N/A") || str_is(s, "#NA") || str_is(s, "#GETTING_DATA");
}

/* What databases, programs and people write where nothing is known. */
static bool is_no_value(struct str s)
{
    static const char *const words[] = {"NULL", "NAN", "NONE", "UNDEFINED", "N/A", "<NA>", "\\N", "TIDAK ADA", "TDK ADA"};

    if (s.n > 2 && strchr("(<[", s.p[0]) != NULL && strchr(")>]", s.p[s.n - 1]) != NULL && !str_is(s, "<NA>"))
        s = str_trim(str_part(s, 1, s.n - 2));
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (str_is(s, words[i]))
            return true;
    return false;
}

static bool is_known_word(int column, struct str s)
{
    uint32_t code;

    return column >= 0 && column < COLUMN_COUNT && column_rules[column].kind == KIND_CODE &&
           code_from_text(column_rules[column].list, s, &code);
}

const struct sheet_cell *cells_meant(struct arena *arena, const struct heading *head, const struct sheet_cell *cells, size_t n)
{
    struct sheet_cell *meant = NULL;

    for (size_t i = 0; i < n; i++) {
        if (cells[i].kind != CELL_TEXT || cells[i].text.n > WORD_MOST)
            continue;
        struct str s = str_upper(arena, text_tidy(arena, cells[i].text));
        while (s.n > 0 && s.p[0] == '\'')
            s = str_from(s, 1);
        const bool is_error = is_error_text(s);
        if (!is_error && (!is_no_value(s) || is_known_word(i < head->n ? head->columns[i] : -1, s)))
            continue;
        if (meant == NULL) {
            meant = ARENA_ARRAY(arena, struct sheet_cell, n);
            memcpy(meant, cells, n * sizeof *meant);
        }
        if (is_error)
            meant[i].kind = CELL_ERROR;
        else if (str_ends(s, STR("ADA"))) /* a person's word: there is none */
            meant[i].text = STR("-");
        else
            meant[i] = (struct sheet_cell){.kind = CELL_EMPTY, .text = STR(""), .hidden = cells[i].hidden};
    }
    return meant != NULL ? meant : cells;
}

/* ---- a cell that is missing ---- */

/* As far as the last heading that is known. */
static size_t known_width(const struct heading *head)
{
    size_t n = head->n;

    while (n > 0 && head->columns[n - 1] < 0)
        n--;
    return n;
}

/* dusun “001”, rw “002”, rt “AMBO”: what stands now where a place and the parents are looked for. */
static struct str stands_where(struct arena *arena, const struct registry_row *row, const struct heading *head)
{
    static const enum resident_column looked_at[] = {COLUMN_ADDRESS,     COLUMN_HAMLET,      COLUMN_RW,   COLUMN_RT,
                                                     COLUMN_FATHER_NAME, COLUMN_MOTHER_NAME, COLUMN_NAME, COLUMN_BIRTH_PLACE};
    enum { MOST = 6, LETTERS = 16 };
    struct buf out = {.arena = arena};
    size_t n = 0;

    for (size_t k = 0; k < COUNT_OF(looked_at) && n < MOST; k++) {
        const struct str text = *row_text(&row->r, looked_at[k]);
        if (!heading_has(head, looked_at[k]))
            continue;
        buf_fmt(&out, "%s%s “%.*s”", n++ > 0 ? ", " : "", column_rules[looked_at[k]].heading, STR_ARG(utf8_part(arena, text, LETTERS)));
    }
    return buf_str(&out);
}

void rows_judge_short(struct registry_file *file, const struct heading *head, size_t first)
{
    const size_t n_rows = file->n_rows - first;
    size_t n_short = 0;

    for (size_t i = first; i < file->n_rows; i++)
        n_short += file->rows[i].cells < head->n;
    const bool is_rare = n_short * 2 <= n_rows;
    const size_t width = is_rare ? head->n : known_width(head);
    for (size_t i = first; i < file->n_rows && (is_rare || n_rows <= 2); i++) {
        const struct registry_row *row = &file->rows[i];
        if (row->cells >= width)
            continue;
        registry_fault_add(file, &(struct registry_fault){
                                     .row = (uint32_t)i,
                                     .column = COLUMN_NAME,
                                     .is_warning = true,
                                     .value = row->r.name,
                                     .text = str_fmt(file->arena,
                                                     "Baris ini punya %u isian, judulnya %zu. Bila satu isian hilang, yang sesudahnya "
                                                     "bergeser: %.*s. Cocokkan.",
                                                     row->cells, width, STR_ARG(stands_where(file->arena, row, head))),
                                     .cause = STR("Baris ini lebih pendek dari judulnya. Bila satu isian hilang, yang sesudahnya "
                                                  "bergeser ke kolom lain. Cocokkan.")});
    }
}
