// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Excel 95 to 2003: records (BIFF5 and BIFF8) in a stream of a compound file. Read here and not by a library, since the ones there are
 * lose what a formula gave and what is hidden. Every offset, length and chain in the file is held against what is there.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "server/base/text.h"
#include "server/sheet/sheet_parts.h"

enum { SECTOR_NONE = 0xFFFFFFFA, ENTRY = 128, DIFAT_IN_HEADER = 109, FORMATS_MAX = 4096, STYLES_MAX = 65536 };

static uint32_t u16(struct str s, size_t at)
{
    const unsigned char *p = (const unsigned char *)s.p + at;

    return at + 2 <= s.n ? p[0] | (uint32_t)p[1] << 8 : 0;
}

static uint32_t u32(struct str s, size_t at)
{
    return u16(s, at) | u16(s, at + 2) << 16;
}

/* ---- the compound file ---- */

struct compound {
    struct book *book;
    struct str bytes;
    unsigned shift; /* of a sector's size */
    size_t sectors;
    uint32_t *fat; /* numbers of the sectors that hold the chains */
    size_t n_fat;
    struct str mini, mini_fat;
    uint32_t mini_below;
};

static struct str sector(const struct compound *c, uint32_t i)
{
    return i < SECTOR_NONE ? str_part(c->bytes, ((size_t)i + 1) << c->shift, (size_t)1 << c->shift) : STR("");
}

static uint32_t sector_after(const struct compound *c, uint32_t i)
{
    size_t per = ((size_t)1 << c->shift) / 4;
    struct str chains = i / per < c->n_fat ? sector(c, c->fat[i / per]) : STR("");

    return (i % per) * 4 + 4 <= chains.n ? u32(chains, i % per * 4) : SECTOR_NONE;
}

static struct str chain(const struct compound *c, uint32_t start, size_t n)
{
    struct buf out = {.arena = c->book->arena};

    for (size_t steps = 0; start < SECTOR_NONE && steps < c->sectors && out.n < n; steps++) {
        buf_put_str(&out, sector(c, start));
        start = sector_after(c, start);
    }
    return str_part(buf_str(&out), 0, n);
}

static struct str mini_chain(const struct compound *c, uint32_t start, size_t n)
{
    struct buf out = {.arena = c->book->arena};

    for (size_t steps = 0; start < SECTOR_NONE && steps <= c->mini_fat.n / 4 && out.n < n; steps++) {
        buf_put_str(&out, str_part(c->mini, (size_t)start * 64, 64));
        start = (size_t)start * 4 + 4 <= c->mini_fat.n ? u32(c->mini_fat, (size_t)start * 4) : SECTOR_NONE;
    }
    return str_part(buf_str(&out), 0, n);
}

/* The sectors of the chains: 109 in the header, more in sectors of their own. */
static void read_fat(struct compound *c)
{
    size_t per = ((size_t)1 << c->shift) / 4 - 1, room = u32(c->bytes, 0x2C) < c->sectors ? u32(c->bytes, 0x2C) : c->sectors;
    uint32_t more = u32(c->bytes, 0x44);

    c->fat = ARENA_ARRAY(c->book->arena, uint32_t, room);
    for (size_t i = 0; i < DIFAT_IN_HEADER && c->n_fat < room; i++)
        c->fat[c->n_fat++] = u32(c->bytes, 0x4C + i * 4);
    for (size_t steps = 0; more < SECTOR_NONE && steps < c->sectors && c->n_fat < room; steps++) {
        struct str s = sector(c, more);
        for (size_t i = 0; i < per && c->n_fat < room; i++)
            c->fat[c->n_fat++] = i * 4 + 4 <= s.n ? u32(s, i * 4) : SECTOR_NONE;
        more = per * 4 + 4 <= s.n ? u32(s, per * 4) : SECTOR_NONE;
    }
}

static bool entry_is(struct str entry, const char *name)
{
    size_t n = strlen(name);

    if (u16(entry, 0x40) != (n + 1) * 2)
        return false;
    for (size_t i = 0; i < n; i++)
        if ((u16(entry, i * 2) | 0x20) != ((unsigned char)name[i] | 0x20u))
            return false;
    return true;
}

/* The stream that holds the workbook. */
static enum rc open_compound(struct book *book, struct str bytes, struct str *out)
{
    struct compound c = {.book = book, .bytes = bytes, .shift = u16(bytes, 0x1E)};
    struct str found = STR("");

    if (bytes.n < 512 || (c.shift != 9 && c.shift != 12) || u16(bytes, 0x20) != 6)
        return book_fail(book, SHEET_DAMAGED, "no compound file");
    c.sectors = bytes.n >> c.shift;
    c.mini_below = u32(bytes, 0x38);
    read_fat(&c);
    struct str entries = chain(&c, u32(bytes, 0x30), bytes.n);
    for (size_t at = 0; at + ENTRY <= entries.n; at += ENTRY) {
        struct str entry = str_part(entries, at, ENTRY);
        if (entry_is(entry, "EncryptedPackage"))
            return book_fail(book, SHEET_LOCKED, "an encrypted workbook");
        if (entry_is(entry, "Workbook") || (entry_is(entry, "Book") && str_empty(found)))
            found = entry;
    }
    if (str_empty(found))
        return book_fail(book, entries.n < ENTRY ? SHEET_DAMAGED : SHEET_NOT_SHEET, "a compound file without a workbook");
    size_t n = u32(found, 0x78);
    if (n < c.mini_below) {
        c.mini = chain(&c, u32(entries, 0x74), u32(entries, 0x78));
        c.mini_fat = chain(&c, u32(bytes, 0x3C), bytes.n);
        *out = mini_chain(&c, u32(found, 0x74), n);
    } else {
        *out = chain(&c, u32(found, 0x74), n);
    }
    return out->n == n ? RC_OK : book_fail(book, SHEET_DAMAGED, "a workbook cut short");
}

/* ---- records ---- */

enum {
    BIFF_FORMULA = 0x06,
    BIFF_EOF = 0x0A,
    BIFF_DATEMODE = 0x22,
    BIFF_FILEPASS = 0x2F,
    BIFF_CONTINUE = 0x3C,
    BIFF_COLINFO = 0x7D,
    BIFF_BOUNDSHEET = 0x85,
    BIFF_MULRK = 0xBD,
    BIFF_RSTRING = 0xD6,
    BIFF_XF = 0xE0,
    BIFF_SST = 0xFC,
    BIFF_LABELSST = 0xFD,
    BIFF_NUMBER = 0x203,
    BIFF_LABEL = 0x204,
    BIFF_BOOLERR = 0x205,
    BIFF_STRING = 0x207,
    BIFF_ROW = 0x208,
    BIFF_RK = 0x27E,
    BIFF_FORMAT = 0x41E,
    BIFF_BOF = 0x809
};

struct record {
    uint32_t type;
    size_t at; /* of its data in the stream */
    struct str data;
};

/* Where a value stands in the stream; what is before it says how it looks. */
enum value_kind { VALUE_SHARED, VALUE_TEXT, VALUE_NUMBER, VALUE_RK, VALUE_BOOL, VALUE_ERROR };

struct value {
    uint32_t row, at;
    uint16_t column, style;
    uint8_t kind;
};

struct xls_sheet {
    struct str name;
    uint32_t at;
    bool is_hidden, is_table;
};

struct xls {
    struct book *book;
    struct str s;
    bool is_eight; /* BIFF8 */
    uint32_t date_formats[FORMATS_MAX];
    size_t n_formats;
    struct xls_sheet *sheets;
    size_t n_sheets;
    /* of the present sheet */
    struct value *values;
    size_t n, room;
    struct buf text;             /* of the present value */
    bool is_sorted, awaits_text; /* a formula gave a text, which the next STRING holds */
    unsigned char hidden_rows[65536 / 8];
};

static enum rc next_record(struct xls *x, size_t *at, struct record *out)
{
    if (*at > x->s.n || x->s.n - *at < 4 || u16(x->s, *at + 2) > x->s.n - *at - 4)
        return book_fail(x->book, SHEET_DAMAGED, "a record cut short");
    *out = (struct record){u16(x->s, *at), *at + 4, str_part(x->s, *at + 4, u16(x->s, *at + 2))};
    *at += 4 + out->data.n;
    return RC_OK;
}

/* ---- texts, which go on from record to record ---- */

struct reel {
    struct str s;
    size_t at, end; /* end: of the present record */
    bool is_over;
};

static bool reel_turn(struct reel *r)
{
    while (r->at >= r->end && !r->is_over) {
        size_t n = u16(r->s, r->end + 2);
        r->is_over = r->end + 4 > r->s.n || u16(r->s, r->end) != BIFF_CONTINUE || r->end + 4 + n > r->s.n;
        if (r->is_over)
            break;
        r->at = r->end + 4;
        r->end = r->at + n;
    }
    return !r->is_over;
}

static uint32_t reel_byte(struct reel *r)
{
    return reel_turn(r) ? (unsigned char)r->s.p[r->at++] : 0;
}

static uint32_t reel_u16(struct reel *r)
{
    uint32_t low = reel_byte(r);

    return low | reel_byte(r) << 8;
}

static void reel_skip(struct reel *r, uint64_t n)
{
    while (n > 0 && reel_turn(r)) {
        size_t step = r->end - r->at < n ? r->end - r->at : (size_t)n;
        r->at += step;
        n -= step;
    }
}

/* n characters; where they go on in another record, it says anew whether they are wide. */
static void reel_chars(struct reel *r, size_t n, bool is_wide, struct buf *out)
{
    uint32_t high = 0;

    for (; n > 0; n--) {
        if (r->at >= r->end) {
            is_wide = reel_byte(r) & 1;
            if (r->is_over)
                return;
        }
        uint32_t c = is_wide ? reel_u16(r) : reel_byte(r);
        wide_put(out, &high, c != 0 ? c : ' ');
    }
}

/* A text with its length before it, and all that Excel keeps of it besides. */
static void reel_text(struct reel *r, size_t n, struct buf *out)
{
    uint32_t flags = reel_byte(r), runs = flags & 8 ? reel_u16(r) : 0;
    uint64_t extra = 0;

    if (flags & 4) {
        extra = reel_u16(r);
        extra |= (uint64_t)reel_u16(r) << 16;
    }
    reel_chars(r, n, flags & 1, out);
    reel_skip(r, (uint64_t)runs * 4 + extra);
}

static void old_chars(struct str s, struct buf *out)
{
    for (size_t i = 0; i < s.n; i++)
        utf8_put(out, cp1252((unsigned char)s.p[i]));
}

/* The text in the record whose data begins at `at`, `skip` bytes on: a length of one or two bytes, then the text. */
static struct str text_of(const struct xls *x, size_t at, size_t skip, bool is_short, struct buf *out)
{
    struct reel r = {x->s, at + skip, at + u16(x->s, at - 2), false};
    size_t from = out->n;

    if (r.at >= r.end)
        return STR("");
    size_t n = is_short ? reel_byte(&r) : reel_u16(&r);
    if (x->is_eight)
        reel_text(&r, n, out);
    else
        old_chars(str_part(x->s, r.at, r.end > r.at && r.end - r.at < n ? r.end - r.at : n), out);
    return str_from(buf_str(out), from);
}

/* ---- the book ---- */

static enum rc read_shared(struct xls *x, const struct record *record)
{
    struct reel r = {x->s, record->at + 8, record->at + record->data.n, record->data.n < 8};
    struct buf text = {.arena = x->book->arena};

    for (uint32_t left = u32(record->data, 4); left > 0 && reel_turn(&r); left--) {
        text.n = 0;
        reel_text(&r, reel_u16(&r), &text);
        if (text.n > CELL_TEXT_MAX)
            return book_fail(x->book, SHEET_TOO_LARGE, "a text longer than a cell can hold");
        TRY(book_shared_add(x->book, buf_str(&text)));
    }
    return RC_OK;
}

static void read_format(struct xls *x, const struct record *record)
{
    struct buf text = {.arena = x->book->arena};

    text_of(x, record->at, 2, !x->is_eight, &text);
    if (x->n_formats < FORMATS_MAX && number_format_is_date(str_z(x->book->arena, buf_str(&text))))
        x->date_formats[x->n_formats++] = u16(record->data, 0);
}

static enum rc read_style(struct xls *x, const struct record *record)
{
    uint32_t id = u16(record->data, 2);
    struct book *book = x->book;
    bool is_date = builtin_is_date(id);

    if (book->n_styles == STYLES_MAX)
        return book_fail(book, SHEET_DAMAGED, "too many cell formats");
    for (size_t i = 0; i < x->n_formats && !is_date; i++)
        is_date = x->date_formats[i] == id;
    book->style_is_date[book->n_styles++] = is_date;
    return RC_OK;
}

static enum rc add_sheet(struct xls *x, const struct record *record)
{
    struct buf name = {.arena = x->book->arena};
    unsigned hidden = u16(record->data, 4) & 3, type = u16(record->data, 4) >> 8;

    if (x->n_sheets == x->book->limits->sheets)
        return book_fail(x->book, SHEET_TOO_MANY_SHEETS, "too many sheets");
    text_of(x, record->at, 6, true, &name);
    x->sheets[x->n_sheets++] = (struct xls_sheet){buf_str(&name), u32(record->data, 0), hidden != 0, type == 0};
    return RC_OK;
}

static enum rc read_globals(struct xls *x)
{
    struct book *book = x->book;
    struct record record;
    size_t at = 0;

    TRY(next_record(x, &at, &record));
    uint32_t version = u16(record.data, 0);
    if (record.type != BIFF_BOF || (version != 0x600 && version != 0x500))
        return book_fail(book, SHEET_OLD_XLS, "a workbook of before 1995");
    x->is_eight = version == 0x600;
    x->sheets = ARENA_ARRAY(book->arena, struct xls_sheet, book->limits->sheets);
    book->style_is_date = ARENA_ARRAY(book->arena, bool, STYLES_MAX);
    for (;;) {
        TRY(next_record(x, &at, &record));
        switch (record.type) {
        case BIFF_EOF:
            return x->n_sheets > 0 ? RC_OK : book_fail(book, SHEET_NO_SHEETS, "no worksheet");
        case BIFF_FILEPASS:
            return book_fail(book, SHEET_LOCKED, "an encrypted workbook");
        case BIFF_DATEMODE:
            book->is_1904 = u16(record.data, 0) == 1;
            break;
        case BIFF_BOUNDSHEET:
            TRY(add_sheet(x, &record));
            break;
        case BIFF_FORMAT:
            read_format(x, &record);
            break;
        case BIFF_XF:
            TRY(read_style(x, &record));
            break;
        case BIFF_SST:
            TRY(read_shared(x, &record));
            break;
        }
    }
}

/* ---- a sheet ---- */

static void add_value(struct xls *x, uint32_t row, uint32_t column, uint32_t style, enum value_kind kind, size_t at)
{
    ARENA_MORE(x->book->arena, x->values, x->n, x->room, 1024);
    if (x->n > 0)
        x->is_sorted = x->is_sorted &&
                       (row > x->values[x->n - 1].row || (row == x->values[x->n - 1].row && column > x->values[x->n - 1].column));
    x->values[x->n++] = (struct value){row, (uint32_t)at, (uint16_t)column, (uint16_t)style, (uint8_t)kind};
}

static void read_formula(struct xls *x, const struct record *r)
{
    uint32_t row = u16(r->data, 0), column = u16(r->data, 2), style = u16(r->data, 4), kind = u16(r->data, 6) & 0xFF;

    if (u16(r->data, 12) != 0xFFFF)
        add_value(x, row, column, style, VALUE_NUMBER, r->at + 6);
    else if (kind == 0)
        add_value(x, row, column, style, VALUE_TEXT, 0);
    else if (kind == 1 || kind == 2)
        add_value(x, row, column, style, kind == 1 ? VALUE_BOOL : VALUE_ERROR, r->at + 8);
    x->awaits_text = u16(r->data, 12) == 0xFFFF && kind == 0;
}

static void read_cell(struct xls *x, const struct record *r)
{
    uint32_t row = u16(r->data, 0), column = u16(r->data, 2), style = u16(r->data, 4);

    switch (r->type) {
    case BIFF_ROW:
        if (u16(r->data, 12) & 0x20)
            x->hidden_rows[row / 8] |= (unsigned char)(1u << row % 8);
        break;
    case BIFF_LABELSST:
        add_value(x, row, column, style, VALUE_SHARED, r->at + 6);
        break;
    case BIFF_LABEL:
    case BIFF_RSTRING:
        add_value(x, row, column, style, VALUE_TEXT, r->at);
        break;
    case BIFF_STRING:
        if (x->awaits_text)
            x->values[x->n - 1].at = (uint32_t)r->at;
        x->awaits_text = false;
        break;
    case BIFF_NUMBER:
        add_value(x, row, column, style, VALUE_NUMBER, r->at + 6);
        break;
    case BIFF_RK:
        add_value(x, row, column, style, VALUE_RK, r->at + 6);
        break;
    case BIFF_MULRK:
        for (size_t i = 4; i + 8 <= r->data.n; i += 6)
            add_value(x, row, column++, u16(r->data, i), VALUE_RK, r->at + i + 2);
        break;
    case BIFF_BOOLERR:
        add_value(x, row, column, style, u16(r->data, 6) >> 8 ? VALUE_ERROR : VALUE_BOOL, r->at + 6);
        break;
    case BIFF_FORMULA:
        read_formula(x, r);
        break;
    }
}

/* Charts stand within a sheet as sheets of their own. */
static enum rc read_values(struct xls *x, const struct xls_sheet *sheet, struct rows *rows)
{
    struct record record;
    size_t at = sheet->at;
    unsigned depth = 0;

    x->n = 0;
    x->is_sorted = true;
    x->awaits_text = false;
    memset(x->hidden_rows, 0, sizeof x->hidden_rows);
    do {
        TRY(next_record(x, &at, &record));
        if (depth == 0 && record.type != BIFF_BOF)
            return book_fail(x->book, SHEET_DAMAGED, "a sheet that is not where it should be");
        if (record.type == BIFF_BOF)
            depth++;
        else if (record.type == BIFF_EOF)
            depth--;
        else if (depth == 1 && record.type == BIFF_COLINFO && u16(record.data, 8) & 1)
            rows_hide_columns(rows, u16(record.data, 0), u16(record.data, 2));
        else if (depth == 1)
            read_cell(x, &record);
    } while (depth > 0);
    return RC_OK;
}

static int in_order(const void *a, const void *b)
{
    const struct value *x = a, *y = b;

    if (x->row != y->row)
        return x->row < y->row ? -1 : 1;
    return x->column != y->column ? (x->column < y->column ? -1 : 1) : x->at < y->at ? -1 : x->at > y->at;
}

/* All the digits a number has, as an .xlsx would hold it. */
static struct str number_text_of(double value, char digits[64])
{
    int n = 0;

    if (!isfinite(value))
        return STR("");
    if (fabs(value) < 1e17 && floor(value) == value)
        n = snprintf(digits, 64, "%.0f", value);
    for (int precision = 15; n == 0 || (precision <= 17 && strtod(digits, NULL) != value); precision++)
        n = snprintf(digits, 64, "%.*g", precision, value);
    return (struct str){digits, (size_t)n};
}

static double value_number(const struct xls *x, const struct value *v)
{
    uint64_t bits = (uint64_t)u32(x->s, (size_t)v->at + 4) << 32 | u32(x->s, v->at);
    uint32_t rk = u32(x->s, v->at);
    double number;

    if (v->kind == VALUE_RK)
        bits = (uint64_t)(rk & ~3u) << 32;
    memcpy(&number, &bits, sizeof number);
    if (v->kind == VALUE_RK && rk & 2)
        number = (double)((int32_t)rk >> 2);
    return v->kind == VALUE_RK && rk & 1 ? number / 100 : number;
}

static struct str error_name(unsigned code)
{
    switch (code) {
    case 0x00:
        return STR("#NULL!");
    case 0x07:
        return STR("#DIV/0!");
    case 0x0F:
        return STR("#VALUE!");
    case 0x17:
        return STR("#REF!");
    case 0x1D:
        return STR("#NAME?");
    case 0x24:
        return STR("#NUM!");
    default:
        return STR("#N/A");
    }
}

static enum rc put_value(struct xls *x, struct rows *rows, const struct value *v)
{
    struct row_cell out = {.at = rows->texts.n, .is_own = true};
    char digits[64];

    x->text.n = 0;
    switch ((enum value_kind)v->kind) {
    case VALUE_SHARED:
        out.is_own = false;
        if (!shared_text_at(&x->book->shared, u32(x->s, v->at), &out.cell.text))
            return book_fail(x->book, SHEET_DAMAGED, "a shared text that is not there");
        out.cell.kind = out.cell.text.n > 0 ? CELL_TEXT : CELL_EMPTY;
        return rows_put(rows, v->column, &out);
    case VALUE_TEXT:
        if (v->at < 4)
            return RC_OK; /* a formula that gave no text */
        out.cell.text = text_of(x, v->at, u16(x->s, (size_t)v->at - 4) == BIFF_STRING ? 0 : 6, false, &x->text);
        out.cell.kind = out.cell.text.n > 0 ? CELL_TEXT : CELL_EMPTY;
        break;
    case VALUE_NUMBER:
    case VALUE_RK:
        out.cell.text = number_text_of(value_number(x, v), digits);
        if (out.cell.text.n > 0)
            number_cell(x->book, v->style, out.cell.text, &out.cell);
        break;
    case VALUE_BOOL:
        out.cell = (struct sheet_cell){.kind = CELL_BOOL, .text = u16(x->s, v->at) & 0xFF ? STR("1") : STR("0")};
        break;
    case VALUE_ERROR:
        out.cell = (struct sheet_cell){.kind = CELL_ERROR, .text = error_name(u16(x->s, v->at) & 0xFF)};
        break;
    }
    TRY(rows_text(rows, out.at, out.cell.text.p, out.cell.text.n));
    return rows_put(rows, v->column, &out);
}

static enum rc read_sheet(struct xls *x, const struct xls_sheet *sheet)
{
    struct rows rows;

    rows_init(&rows, x->book);
    TRY(read_values(x, sheet, &rows));
    if (!x->is_sorted)
        qsort(x->values, x->n, sizeof *x->values, in_order);
    for (size_t i = 0; i < x->n; i++) {
        const struct value *v = &x->values[i];
        TRY(rows_begin(&rows, (uint64_t)v->row + 1, x->hidden_rows[v->row / 8] & 1u << v->row % 8));
        TRY(put_value(x, &rows, v));
    }
    return rows_finish(&rows);
}

enum rc xls_read(struct book *book, struct str bytes)
{
    struct xls *x = ARENA_NEW(book->arena, struct xls);

    x->book = book;
    x->s = bytes;
    x->text.arena = book->arena;
    if (u16(bytes, 0) != BIFF_BOF)
        TRY(open_compound(book, bytes, &x->s));
    TRY(read_globals(x));
    for (size_t i = 0; i < x->n_sheets; i++) {
        const struct xls_sheet *sheet = &x->sheets[i];
        bool want;
        TRY(book_next_sheet(book, (struct sheet_info){.name = sheet->name, .is_hidden = sheet->is_hidden, .is_table = sheet->is_table},
                            &want));
        if (want && sheet->is_table)
            TRY(read_sheet(x, sheet));
    }
    return RC_OK;
}
