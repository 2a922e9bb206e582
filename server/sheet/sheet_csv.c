// SPDX-License-Identifier: AGPL-3.0-or-later
/* Tables as text: which sign separates is found by what stands in the file, since in Indonesia it is a semicolon or a comma. */
#include "server/sheet/sheet_parts.h"

enum { SAMPLE_ROWS = 100, SAMPLE_BYTES = 256 * 1024, FIELDS_MAX = 512, WASTE_MAX = 64 << 20 };

static const char separators[] = {';', ',', '\t', '|', '~', '^'};

struct csv {
    struct str s;
    size_t at;
    char separator;
    size_t width; /* fields of most rows; 0: not known */
    size_t waste; /* bytes looked at in vain for the end of a quotation */
};

struct field {
    struct str raw, tail; /* tail: what follows a quotation that ended before the separator */
    bool is_quoted, is_unclosed, is_last;
};

static bool is_end(const struct csv *csv, size_t at)
{
    return at >= csv->s.n || csv->s.p[at] == csv->separator || csv->s.p[at] == '\r' || csv->s.p[at] == '\n';
}

/* From `at` to the separator or the end of the line. */
static struct str plain_part(const struct csv *csv, size_t at)
{
    size_t end = at;

    while (!is_end(csv, end))
        end++;
    return str_part(csv->s, at, end - at);
}

/* A quotation whose text begins at `from`: true when it ends properly, on the same line or before a separator. *after_out is behind it. */
static bool quoted_part(struct csv *csv, size_t from, struct field *field, size_t *after_out)
{
    size_t at = from, most = from + CELL_TEXT_MAX < csv->s.n ? from + CELL_TEXT_MAX : csv->s.n;

    while (at < most) {
        const char *mark = memchr(csv->s.p + at, '"', most - at);
        if (mark == NULL)
            break;
        at = (size_t)(mark - csv->s.p);
        if (at + 1 < csv->s.n && csv->s.p[at + 1] == '"') {
            at += 2;
            continue;
        }
        field->raw = str_part(csv->s, from, at - from);
        size_t after = ++at;
        while (after < csv->s.n && csv->s.p[after] == ' ')
            after++;
        if (!is_end(csv, after)) {
            field->tail = plain_part(csv, at);
            after = at + field->tail.n;
        }
        *after_out = after;
        if (str_empty(field->tail) || (str_find_char(field->raw, '\n') < 0 && str_find_char(field->raw, '\r') < 0))
            return true;
        break;
    }
    csv->waste += (at < most ? at : most) - from;
    return false;
}

/* The next field; csv->at is then behind its separator or line end. Excel's ="0012" is a quotation too. */
static struct field next_field(struct csv *csv)
{
    struct field field = {0};
    size_t from = csv->at, after = from;

    while (from < csv->s.n && csv->s.p[from] == ' ')
        from++;
    bool is_formula = str_starts(str_from(csv->s, from), STR("=\""));
    field.is_quoted = is_formula || (from < csv->s.n && csv->s.p[from] == '"');
    if (field.is_quoted && !quoted_part(csv, from + 1 + is_formula, &field, &after)) {
        field = (struct field){.is_unclosed = true};
        while (from < csv->s.n && csv->s.p[from] != '\r' && csv->s.p[from] != '\n')
            from++;
        after = from;
    } else if (is_formula && !str_empty(field.tail)) {
        field = (struct field){0}; /* a true formula that begins with a text */
    }
    if (!field.is_quoted && !field.is_unclosed) {
        field.raw = plain_part(csv, csv->at);
        after = csv->at + field.raw.n;
    }
    field.is_last = after >= csv->s.n || csv->s.p[after] != csv->separator;
    if (after < csv->s.n && csv->s.p[after] == '\r' && after + 1 < csv->s.n && csv->s.p[after + 1] == '\n')
        after++;
    csv->at = after < csv->s.n ? after + 1 : csv->s.n;
    return field;
}

static size_t times_in(struct str s, char c)
{
    size_t n = 0;

    for (size_t i = 0; i < s.n; i++)
        n += s.p[i] == c;
    return n;
}

/*
 * A whole line as one quotation: Excel saves so what it opened with another separator and kept in one column. It is one when its text has
 * as many fields as the other rows.
 */
static bool is_wrapped(const struct csv *csv, const struct field *field)
{
    return field->is_quoted && field->is_last && str_empty(field->tail) && csv->width > 2 &&
           times_in(field->raw, csv->separator) + 1 >= csv->width;
}

/* How well a separator explains the first rows: rows of the commonest width, wider ones weigh more. */
static size_t score_of(struct str s, char separator, size_t *width_out)
{
    struct csv csv = {.s = str_part(s, 0, SAMPLE_BYTES), .separator = separator};
    uint16_t times[FIELDS_MAX] = {0};
    size_t best = 0;

    for (size_t row = 0; row < SAMPLE_ROWS && csv.at < csv.s.n; row++) {
        struct field field = next_field(&csv);
        size_t n = 1;
        if (field.is_last && field.is_quoted)
            n = times_in(field.raw, separator) + 1;
        for (; !field.is_last; n++)
            field = next_field(&csv);
        times[n < FIELDS_MAX ? n : FIELDS_MAX - 1]++;
    }
    for (size_t n = 2; n < FIELDS_MAX; n++) {
        size_t score = times[n] * (n < 16 ? n : 16) * 1000 + n;
        if (times[n] == 0 || score <= best)
            continue;
        best = score;
        *width_out = n;
    }
    return best;
}

/* "sep=;" in the first line is for Excel: it shows the line after it as the first. */
static void find_separator(struct csv *out)
{
    struct str *s = &out->s;
    size_t best = 0, quote = s->n > 0 && s->p[0] == '"';

    out->separator = separators[0];
    if (s->n > 5 + quote && str_eq_nocase(str_part(*s, quote, 4), STR("sep="))) {
        struct csv csv = {.s = *s, .at = 5 + 2 * quote, .separator = s->p[4 + quote]};
        if (is_end(&csv, csv.at)) {
            while (!next_field(&csv).is_last)
                continue;
            *s = str_from(*s, csv.at);
            out->separator = csv.separator;
            return;
        }
    }
    for (size_t i = 0; i < sizeof separators; i++) {
        size_t width = 0, score = score_of(*s, separators[i], &width);
        if (score <= best)
            continue;
        best = score;
        out->separator = separators[i];
        out->width = width;
    }
}

/* The apostrophe that our own CSV, and others, put before what a program would run as a formula. */
static struct str without_guard(struct str s)
{
    bool is_guarded = s.n > 1 && s.p[0] == '\'' && strchr("=+-@\t\xEF", s.p[1]) != NULL;

    return is_guarded ? str_from(s, 1) : s;
}

static enum rc put_field(struct rows *rows, size_t column, const struct field *field)
{
    size_t at = rows->texts.n;

    if (field->is_unclosed)
        return rows_put(rows, column, &(struct row_cell){.cell = {.kind = CELL_ERROR, .text = STR("#KUTIP")}});
    struct str raw = field->is_quoted ? field->raw : without_guard(field->raw);
    if (field->is_quoted && str_starts(raw, STR("'")))
        raw = without_guard(raw);
    for (struct str rest = raw; rest.n > 0;) {
        ptrdiff_t mark = field->is_quoted ? str_find(rest, STR("\"\"")) : -1;
        size_t n = mark < 0 ? rest.n : (size_t)mark + 1;
        TRY(rows_text(rows, at, rest.p, n));
        rest = str_from(rest, n + (mark >= 0));
    }
    TRY(rows_text(rows, at, field->tail.p, field->tail.n));
    struct str text = str_from(buf_str(&rows->texts), at);
    bool is_formula = field->is_quoted && text.n > 3 && str_starts(text, STR("=\"")) && str_ends(text, STR("\"")); /* "=""0012""" */
    if (is_formula) {
        at += 2;
        rows->texts.n--;
    }
    return rows_put_text(rows, column, at, field->is_quoted);
}

static enum rc put_record(struct rows *rows, struct csv *csv, bool is_inner)
{
    struct field field = {0};
    size_t last = 0;

    for (size_t column = 0; !field.is_last; column++) {
        field = next_field(csv);
        if (column == 0 && !is_inner && is_wrapped(csv, &field)) {
            struct csv inner = {.s = str_replace(rows->book->arena, field.raw, STR("\"\""), STR("\"")), .separator = csv->separator};
            return put_record(rows, &inner, true);
        }
        TRY(put_field(rows, column, &field));
        last = column;
    }
    return rows_widen(rows, last);
}

enum rc csv_read(struct book *book, struct str bytes)
{
    struct csv csv = {.s = text_utf8(book->arena, bytes)};
    struct rows rows;
    bool want;

    find_separator(&csv);
    rows_init(&rows, book);
    TRY(book_next_sheet(book, (struct sheet_info){.name = STR("CSV"), .is_table = true, .is_text = true}, &want));
    for (uint64_t no = 1; want && csv.at < csv.s.n; no++) {
        TRY(rows_begin(&rows, no, false));
        TRY(put_record(&rows, &csv, false));
        if (csv.waste > WASTE_MAX)
            return book_fail(book, SHEET_DAMAGED, "quotations without end");
        if (no % 1024 == 0)
            TRY(book_look_up(book));
    }
    return rows_finish(&rows);
}
