// SPDX-License-Identifier: AGPL-3.0-or-later
/* Workbooks of residents for the tests of the import, as a village would send them. */
#ifndef TEST_IMPORT_BOOKS_H
#define TEST_IMPORT_BOOKS_H

#include <stdlib.h>

#include "tenants/village/import/import_head.h"
#include "tenants/village/import/import_read.h"
#include "tests/unit/cmocka.h"

#define TODAY ((struct date){2026, 11, 24})
#define CODE STR("7317102003")

/*
 * A sheet as text: lines of cells between '|', the first line the headings.
 * A cell that begins with '#' is a number, with '@' a date (yyyy-mm-dd).
 */
struct sheet_text {
    struct arena *arena;
    struct str *lines;
    struct str head;
    size_t n;
};

static inline struct str cell_at(struct str line, size_t column)
{
    struct str cell = STR("");

    for (size_t i = 0; i <= column; i++)
        if (!str_cut(&line, '|', &cell))
            return STR("");
    return cell;
}

static inline void text_row(void *ctx, size_t row, struct arena *arena, struct sheet_cell *cells)
{
    struct sheet_text *text = ctx;
    size_t columns = 1;

    (void)arena;
    for (size_t i = 0; i < text->head.n; i++)
        columns += text->head.p[i] == '|';
    for (size_t c = 0; c < columns; c++) {
        struct str s = cell_at(text->lines[row], c);
        if (str_starts(s, STR("@"))) {
            struct date d;
            assert_true(date_parse(str_from(s, 1), &d));
            cells[c] = cell_date(d);
        } else if (str_starts(s, STR("#")) && !str_starts(s, STR("##"))) {
            cells[c] = cell_number(str_from(s, 1));
        } else if (s.n > 0) {
            cells[c] = cell_text(s);
        }
    }
}

static inline struct sheet_table table_of(struct arena *arena, const char *name, const char *lines)
{
    struct sheet_text *text = ARENA_NEW(arena, struct sheet_text);
    struct sheet_column *columns = ARENA_ARRAY(arena, struct sheet_column, 64);
    struct str rest = str_c(lines), line;
    size_t n = 0;

    text->arena = arena;
    text->lines = ARENA_ARRAY(arena, struct str, 30000);
    str_cut(&rest, '\n', &text->head);
    for (struct str head = text->head; str_cut(&head, '|', &line);)
        columns[n++].title = line;
    while (str_cut(&rest, '\n', &line))
        text->lines[text->n++] = line;
    return (struct sheet_table){str_c(name), columns, n, text->n, text_row, text};
}

static inline struct str book_of(struct arena *arena, const char *name, const char *lines)
{
    struct sheet_table table = table_of(arena, name, lines);
    struct str bytes;
    struct err err;

    assert_int_equal(sheet_write(arena, &table, 1, &bytes, &err), RC_OK);
    return bytes;
}

static inline struct registry_file *file_of_bytes(struct arena *arena, struct str bytes)
{
    struct registry_file *file;
    struct err err;

    assert_int_equal(import_read(arena, &(struct import_source){.bytes = bytes, .today = TODAY}, &file, &err), RC_OK);
    return file;
}

static inline struct registry_file *file_of(struct arena *arena, const char *lines)
{
    return file_of_bytes(arena, book_of(arena, "Penduduk", lines));
}

static inline struct registry_plan *plan_against(struct registry_file *file, const struct registry *registry)
{
    return registry_plan(file, registry, &(struct registry_choice){.village_code = CODE, .today = TODAY});
}

static inline struct registry_plan *plan_of(struct arena *arena, const char *lines)
{
    static const struct registry empty;

    return plan_against(file_of(arena, lines), &empty);
}

/* "2 nik E NIK kurang 2 angka.\n…" of all faults: row, column, error or warning, text. */
static inline const char *faults_of(struct registry_file *file)
{
    struct buf out = {.arena = file->arena};

    for (size_t i = 0; i < file->faults.n; i++) {
        const struct registry_fault *f = &file->faults.p[i];
        assert_true(f->accepted.n > 0);
        buf_fmt(&out, "%u %s %c %.*s\n", file->rows[f->row].row_no, column_rules[f->column].heading, f->is_warning ? 'W' : 'E',
                STR_ARG(f->text));
    }
    buf_put_char(&out, '\0');
    return out.p;
}

static inline void expect_fault(struct registry_file *file, const char *words, const char *source, int line)
{
    if (strstr(faults_of(file), words) != NULL)
        return;
    print_error("no fault \"%s\" in:\n%s", words, faults_of(file));
    _fail(source, line);
}
#define assert_fault(file, words) expect_fault((file), (words), __FILE__, __LINE__)

static inline void expect_good(struct registry_file *file, const char *source, int line)
{
    for (size_t i = 0; i < file->n_rows; i++) {
        if (!file->rows[i].has_error)
            continue;
        print_error("faults:\n%s", faults_of(file));
        _fail(source, line);
    }
}
#define assert_good(file) expect_good((file), __FILE__, __LINE__)

/* What a plan would leave in the registry, so that a second import meets it. */
static inline struct registry *registry_after(struct arena *arena, const struct registry *before, const struct registry_plan *plan)
{
    struct registry *after = ARENA_NEW(arena, struct registry);

    after->areas = ARENA_ARRAY(arena, struct known_area, plan->n_areas + 1);
    for (size_t i = 0; i < plan->n_areas; i++)
        after->areas[after->n_areas++] = (struct known_area){i + 1, plan->areas[i].hamlet, plan->areas[i].rw, plan->areas[i].rt};
    after->families = ARENA_ARRAY(arena, struct known_family, before->n_families + plan->n_families + 1);
    for (size_t i = 0; i < before->n_families; i++)
        after->families[after->n_families++] = before->families[i];
    after->residents = ARENA_ARRAY(arena, struct known_resident, before->n_residents + plan->n_residents + 1);
    for (size_t i = 0; i < before->n_residents; i++)
        after->residents[after->n_residents++] = before->residents[i];
    for (size_t i = 0; i < plan->n_families; i++) {
        const struct planned_family *f = &plan->families[i];
        size_t at = f->known != NOT_KNOWN ? (size_t)f->known : after->n_families++;
        after->families[at] = (struct known_family){at + 1, f->kk_no, f->address, f->area};
    }
    for (size_t i = 0; i < plan->n_residents; i++) {
        const struct planned_resident *r = &plan->residents[i];
        size_t at = r->known != NOT_KNOWN ? (size_t)r->known : after->n_residents++;
        after->residents[at] = (struct known_resident){at + 1, r->r};
    }
    for (size_t i = 0; i < after->n_residents; i++)
        for (size_t k = 0; k < after->n_families; k++)
            if (str_eq(after->families[k].kk_no, after->residents[i].r.kk_no))
                after->residents[i].r.address = after->families[k].address;
    return after;
}

#endif
