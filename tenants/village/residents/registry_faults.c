// SPDX-License-Identifier: AGPL-3.0-or-later
/* The rows that are decided about: begun empty, wrapped, what is wrong with them, and what a person has said of their words. */
#include <stdarg.h>
#include <stdio.h>

#include "server/base/text.h"
#include "tenants/village/residents/registry_plan.h"

struct registry_file *registry_file_new(struct arena *arena, struct date today)
{
    struct registry_file *file = ARENA_NEW(arena, struct registry_file);

    file->arena = arena;
    file->today = today;
    file->refusal = STR("");
    file->sheets = ARENA_ARRAY(arena, struct registry_sheet, REGISTRY_SHEETS_MAX);
    return file;
}

struct registry_file *registry_from_rows(struct arena *arena, const struct resident_row *rows, size_t n, struct date today)
{
    struct registry_file *file = registry_file_new(arena, today);

    file->is_own = true;
    file->n_sheets = 1;
    file->sheets[0] = (struct registry_sheet){.name = STR(""), .is_read = true, .rows = (uint32_t)n};
    file->rows = ARENA_ARRAY(arena, struct registry_row, n);
    file->n_rows = file->rows_room = n;
    for (size_t i = 0; i < n; i++) {
        struct registry_row *row = &file->rows[i];
        *row = (struct registry_row){.r = rows[i], .row_no = (uint32_t)i + 1};
        row->is_nik_zero = str_empty(rows[i].nik);
        for (int c = 0; c < COLUMN_COUNT; c++)
            if (row_has(&rows[i], (enum resident_column)c))
                row->filled |= UINT64_C(1) << c;
    }
    return file;
}

/* Without what stands in quotation marks, and without numbers. */
static struct str cause_of(struct arena *arena, struct str text)
{
    struct buf out = {.arena = arena};

    for (size_t i = 0; i < text.n;) {
        struct str rest = str_from(text, i);
        ptrdiff_t end = str_starts(rest, STR("“")) ? str_find(rest, STR("”")) : -1;
        size_t n = end > 0 ? (size_t)end : 0;
        while (n == 0 || (end <= 0 && n < rest.n && rest.p[n] >= '0' && rest.p[n] <= '9' && rest.p[0] >= '0' && rest.p[0] <= '9'))
            n++;
        bool is_own = end > 0 || (rest.p[0] >= '0' && rest.p[0] <= '9');
        buf_put_str(&out, end > 0 ? STR("“…") : is_own ? STR("…") : str_part(rest, 0, n));
        i += n;
    }
    return buf_str(&out);
}

void registry_fault_add(struct registry_file *file, const struct registry_fault *fault)
{
    struct registry_faults *all = &file->faults;

    if (fault->is_warning)
        all->warnings++;
    else
        file->rows[fault->row].has_error = true;
    if (all->n == REGISTRY_FAULTS_MAX) {
        all->not_kept++;
        return;
    }
    ARENA_MORE(file->arena, all->p, all->n, all->room, 64);
    all->p[all->n] = *fault;
    all->p[all->n].value = str_dup(file->arena, fault->value);
    all->p[all->n].text = str_dup(file->arena, fault->text);
    all->p[all->n].cause = !str_empty(fault->cause)                        ? str_dup(file->arena, fault->cause)
                           : column_rules[fault->column].kind == KIND_CODE ? all->p[all->n].text
                                                                           : cause_of(file->arena, fault->text);
    if (file->accepted[fault->column].p == NULL)
        file->accepted[fault->column] = column_accepted(file->arena, fault->column);
    all->p[all->n++].accepted = file->accepted[fault->column];
}

/* ---- of a plan ---- */

static void add_planned(struct planning *p, uint32_t row, enum resident_column column, bool is_warning, bool is_mismatch,
                        const char *format, va_list args) __attribute__((format(printf, 6, 0)));

/* The format with its values left out. */
static struct str cause_of_format(struct arena *arena, const char *format)
{
    struct buf out = {.arena = arena};

    for (const char *c = format; *c != '\0'; c++) {
        if (*c != '%') {
            buf_put_char(&out, *c);
            continue;
        }
        while (*c != '\0' && strchr("sud", *c) == NULL)
            c++;
        buf_put_str(&out, STR("…"));
    }
    return buf_str(&out);
}

static void add_planned(struct planning *p, uint32_t row, enum resident_column column, bool is_warning, bool is_mismatch,
                        const char *format, va_list args)
{
    struct resident_row *r = &p->file->rows[row].r;
    struct arena *arena = p->file->scratch;
    struct str value = STR("");
    char text[1500];

    vsnprintf(text, sizeof text, format, args);
    if (column_rules[column].kind == KIND_CODE && *row_code(r, column) != 0)
        value = code_label(column_rules[column].list, *row_code(r, column));
    else if (kind_is_date(column_rules[column].kind))
        value = date_short(arena, *row_date(r, column));
    else if (column_rules[column].kind != KIND_CODE)
        value = *row_text(r, column);
    if (column == COLUMN_NIK && p->file->rows[row].is_nik_zero && p->file->rows[row].filled & UINT64_C(1) << COLUMN_NIK)
        value = STR("0");
    if (!is_warning)
        *(is_mismatch ? &p->work[row].mismatches : &p->work[row].errors) += 1;
    registry_fault_add(p->file, &(struct registry_fault){.row = row,
                                                         .column = column,
                                                         .is_warning = is_warning,
                                                         .is_mismatch = is_mismatch,
                                                         .value = value.p != NULL ? value : STR(""),
                                                         .text = utf8_part(arena, str_c(text), 300),
                                                         .cause = cause_of_format(p->file->scratch, format)});
}

void plan_fault(struct planning *p, uint32_t row, enum resident_column column, bool is_warning, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    add_planned(p, row, column, is_warning, false, format, args);
    va_end(args);
}

void plan_mismatch(struct planning *p, uint32_t row, enum resident_column column, bool is_warning, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    add_planned(p, row, column, is_warning, true, format, args);
    va_end(args);
}

/* ---- what a person has said ---- */

static const struct said_code *said_of(const struct registry_fault *fault, const struct said_code *words, size_t n)
{
    for (size_t i = 0; i < n && fault->asks == ASKS_WORD; i++)
        if (words[i].column == fault->column && str_eq_nocase(words[i].word, fault->value))
            return &words[i];
    return NULL;
}

/* The date as the answer says it. The fault becomes a warning that tells how it was read, and asks on: an answer may be a slip. */
static void take_date(struct registry_file *file, struct registry_fault *fault, uint8_t code)
{
    struct date *d = row_date_at(&file->rows[fault->row].r, fault->column);
    const struct date_question *asked = registry_date_question(fault->asks);
    const char *label = asked->answers[asked->answers[1].code == code].label;

    *d = registry_date_as(*d, code);
    const char *words = registry_date_fault(column_rules[fault->column].kind, *d, file->today);
    fault->is_warning = words == NULL;
    fault->text = words != NULL ? str_fmt(file->arena, "Dibaca %.*s menurut jawaban Anda. %s", STR_ARG(date_long(file->arena, *d)), words)
                                : str_fmt(file->arena, "Dibaca %.*s menurut jawaban Anda.", STR_ARG(date_long(file->arena, *d)));
    fault->cause = str_fmt(file->arena, "Dibaca menurut jawaban Anda untuk berkas ini: %s.%s%s", label, words != NULL ? " " : "",
                           words != NULL ? words : "");
    file->faults.warnings += fault->is_warning;
}

void registry_apply_answers(struct registry_file *file, const struct said_code *words, size_t n, uint32_t dates)
{
    struct registry_faults *all = &file->faults;
    size_t kept = 0;

    if ((n == 0 && dates == 0) || all->not_kept > 0)
        return; /* of a row whose faults are not all known nobody can say that it is right now */
    for (size_t i = 0; i < file->n_rows; i++)
        file->rows[i].has_error = false;
    for (size_t i = 0; i < all->n; i++) {
        struct registry_fault fault = all->p[i];
        struct registry_row *row = &file->rows[fault.row];
        const struct said_code *said = said_of(&fault, words, n);
        const uint8_t answer = registry_date_answer(fault.asks, dates);
        if (said != NULL) {
            row->filled |= UINT64_C(1) << fault.column;
            *row_code_at(&row->r, fault.column) = said->code;
            all->warnings -= fault.is_warning;
            continue;
        }
        if (answer != 0)
            take_date(file, &fault, answer);
        row->has_error |= !fault.is_warning;
        all->p[kept++] = fault;
    }
    all->n = kept;
}

/* ---- words that are none ---- */

/* "H. Ambo", "Ali bin Ambo", "Ani, S.Pd": somebody is called so. */
static bool has_part_of_name(struct str folded, struct str s)
{
    static const char *const first[] = {"h ", "hj ", "andi "}, *const within[] = {" bin ", " binti ", " alm "};

    for (size_t i = 0; i < COUNT_OF(first); i++)
        if (str_starts(folded, str_c(first[i])) || str_find(folded, str_c(within[i])) >= 0)
            return true;
    return str_find(s, STR(", S.")) >= 0;
}

static void index_name(struct registry_file *file, struct text_index *names, struct str name)
{
    bool found;

    arena_reset(file->scratch);
    if (!str_empty(name))
        *text_index_slot(names, str_dup(file->arena, str_trim(text_fold(file->scratch, name))), &found) = 0;
}

/* A column whose cells are mostly words that no list knows, each another one, holds something else. */
static void count_words(const struct registry_file *file, bool *is_other_out)
{
    size_t known[COLUMN_COUNT] = {0}, unknown[COLUMN_COUNT] = {0}, several[COLUMN_COUNT] = {0};
    struct text_index *words = text_index_new(file->arena, 64);
    bool found;

    for (size_t i = 0; i < file->n_rows; i++)
        for (int c = 0; c < COLUMN_COUNT; c++)
            known[c] += column_rules[c].kind == KIND_CODE && *row_code(&file->rows[i].r, (enum resident_column)c) != 0;
    for (size_t i = 0; i < file->faults.n; i++) {
        const struct registry_fault *f = &file->faults.p[i];
        if (f->asks != ASKS_WORD)
            continue;
        text_index_slot(words, str_fmt(file->arena, "%d%.*s", (int)f->column, STR_ARG(str_upper(file->arena, f->value))), &found);
        several[f->column] += !found;
        unknown[f->column]++;
    }
    for (int c = 0; c < COLUMN_COUNT; c++)
        is_other_out[c] = several[c] > 7 && unknown[c] > known[c] && several[c] * 2 > unknown[c];
}

void registry_drop_names(struct registry_file *file, const struct registry *registry)
{
    struct text_index *names = NULL;
    bool is_other[COLUMN_COUNT];
    size_t n = 0;

    for (size_t i = 0; i < file->faults.n; i++)
        n += file->faults.p[i].asks == ASKS_WORD;
    if (n == 0)
        return; /* nothing is to be told from names */
    names = text_index_new(file->arena, registry->n_residents + 3 * file->n_rows);
    for (size_t i = 0; i < registry->n_residents; i++)
        index_name(file, names, registry->residents[i].r.name);
    for (size_t i = 0; i < file->n_rows; i++) {
        index_name(file, names, file->rows[i].r.name);
        index_name(file, names, file->rows[i].r.father_name);
        index_name(file, names, file->rows[i].r.mother_name);
    }
    count_words(file, is_other);
    for (size_t i = 0; i < file->faults.n; i++) {
        struct registry_fault *f = &file->faults.p[i];
        if (f->asks != ASKS_WORD)
            continue;
        arena_reset(file->scratch);
        const struct str folded = str_trim(text_fold(file->scratch, f->value));
        if (is_other[f->column] || text_index_get(names, folded) != NOT_KNOWN || has_part_of_name(folded, f->value))
            f->asks = ASKS_NOTHING;
    }
}
