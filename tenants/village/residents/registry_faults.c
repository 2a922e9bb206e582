// SPDX-License-Identifier: AGPL-3.0-or-later
/* The rows that are decided about: begun empty, wrapped, what is wrong with them, and what a person has said of their words. */
#include "server/base/text.h"
#include "tenants/village/residents/registry_rows.h"

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

static const struct said_code *said_of(const struct registry_fault *fault, const struct said_code *words, size_t n)
{
    const struct date_question *asked = kind_is_date(column_rules[fault->column].kind) ? registry_date_question(fault->text) : NULL;
    const struct str word = asked != NULL ? str_c(asked->word) : fault->value;

    for (size_t i = 0; i < n && fault->is_word; i++)
        if (words[i].column == fault->column && str_eq_nocase(words[i].word, word))
            return &words[i];
    return NULL;
}

/* The cell as the answer says it; true: nothing is wrong with it any more. */
static bool take(struct registry_file *file, struct registry_fault *fault, uint8_t code)
{
    struct registry_row *row = &file->rows[fault->row];
    const struct column_rule *rule = &column_rules[fault->column];

    row->filled |= UINT64_C(1) << fault->column;
    if (!kind_is_date(rule->kind)) {
        *row_code_at(&row->r, fault->column) = code;
        return true;
    }
    registry_date_take(row, fault->column, code);
    const char *words = registry_date_fault(rule->kind, *row_date(&row->r, fault->column), file->today);
    if (words == NULL)
        return true;
    fault->text = fault->cause = str_c(words);
    fault->is_word = false;
    return false;
}

void registry_apply_words(struct registry_file *file, const struct said_code *words, size_t n)
{
    struct registry_faults *all = &file->faults;
    size_t kept = 0;

    if (n == 0 || all->not_kept > 0)
        return; /* of a row whose faults are not all known nobody can say that it is right now */
    for (size_t i = 0; i < file->n_rows; i++)
        file->rows[i].has_error = false;
    for (size_t i = 0; i < all->n; i++) {
        struct registry_fault fault = all->p[i];
        const struct said_code *said = said_of(&fault, words, n);
        if (said != NULL && take(file, &fault, said->code)) {
            all->warnings -= fault.is_warning;
            continue;
        }
        file->rows[fault.row].has_error |= !fault.is_warning;
        all->p[kept++] = fault;
    }
    all->n = kept;
}
