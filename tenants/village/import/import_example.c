// SPDX-License-Identifier: AGPL-3.0-or-later
/* An empty workbook to fill in: the headings, an example, what each column takes. */
#include "server/base/text.h"
#include "server/web/feature.h"
#include "server/loop/loop.h"
#include "server/sheet/sheet.h"
#include "tenants/village/import/import_pages.h"
#include "tenants/village/residents/registry_rows.h"

enum { WIDTH = 20 };

struct making {
    struct str hamlet_word;
    struct arena *arena;
    struct str bytes;
    enum rc rc;
    struct err err;
};

/* A program would make numbers or dates of what stands here. */
static bool is_typed(int c)
{
    enum column_kind kind = column_rules[c].kind;

    return kind == KIND_NIK || kind == KIND_KK || kind == KIND_PARENT || kind == KIND_UNIT || kind == KIND_TEXT || kind == KIND_CARD;
}

static const struct sheet_column *headings(struct arena *arena)
{
    struct sheet_column *columns = ARENA_ARRAY(arena, struct sheet_column, COLUMN_COUNT);

    for (int c = 0; c < COLUMN_COUNT; c++)
        columns[c] = (struct sheet_column){.title = str_c(column_rules[c].heading), .width = WIDTH};
    return columns;
}

static void begin(struct sheet_writer *book, struct arena *arena, struct str name)
{
    sheet_begin(book, name, headings(arena), COLUMN_COUNT);
    for (int c = 0; c < COLUMN_COUNT; c++)
        if (is_typed(c))
            sheet_keep_typed(book, (size_t)c, WIDTH);
}

static void put_example(struct sheet_writer *book)
{
    static const struct {
        enum resident_column column;
        const char *value;
    } head[] = {{COLUMN_ADDRESS, "Jalan Poros 10"},
                {COLUMN_HAMLET, "BATU LOTONG"},
                {COLUMN_RW, "001"},
                {COLUMN_RT, "002"},
                {COLUMN_NAME, "ANDI CONTOH"},
                {COLUMN_KK, "7317100101010001"},
                {COLUMN_NIK, "7317101708900001"},
                {COLUMN_SEX, "Laki-laki"},
                {COLUMN_BIRTH_PLACE, "Palopo"},
                {COLUMN_BIRTH_DATE, "17-08-1990"},
                {COLUMN_RELIGION, "Islam"},
                {COLUMN_EDUCATION_KK, "5"},
                {COLUMN_OCCUPATION, "Petani"},
                {COLUMN_MARITAL, "Kawin"},
                {COLUMN_FAMILY_ROLE, "Kepala keluarga"},
                {COLUMN_CITIZENSHIP, "WNI"},
                {COLUMN_FATHER_NAME, "AMBO CONTOH"},
                {COLUMN_MOTHER_NAME, "INDO CONTOH"},
                {COLUMN_BASIC_STATUS, "Hidup"}};
    struct sheet_cell cells[COLUMN_COUNT] = {0};

    for (size_t i = 0; i < COUNT_OF(head); i++)
        cells[head[i].column] = cell_text(str_c(head[i].value));
    sheet_put_row(book, cells);
}

static void put_codes(struct sheet_writer *book, struct arena *arena, struct str hamlet_word)
{
    static const struct sheet_column columns[] = {{STR_INIT("kolom"), 24}, {STR_INIT("kode"), 8}, {STR_INIT("arti"), 60}};

    sheet_begin(book, STR("Kode Data"), columns, COUNT_OF(columns));
    for (int c = 0; c < COLUMN_COUNT; c++) {
        struct sheet_cell cells[] = {cell_text(str_c(column_rules[c].heading)),
                                     {0},
                                     cell_text(text_hamlet(arena, column_accepted(arena, (enum resident_column)c), hamlet_word))};
        size_t n = 0;
        const struct code *codes = codes_of(column_rules[c].list, &n);
        if (n == 0)
            sheet_put_row(book, cells);
        for (size_t i = 0; i < n; i++) {
            cells[1] = cell_text(str_fmt(arena, "%u", codes[i].code));
            cells[2] = cell_text(codes[i].label);
            sheet_put_row(book, cells);
        }
    }
}

static void make_book(void *arg)
{
    struct making *m = arg;
    struct sheet_writer *book;

    m->rc = sheet_open(m->arena, &book, &m->err);
    if (m->rc != RC_OK)
        return;
    begin(book, m->arena, STR("Penduduk"));
    begin(book, m->arena, STR("Contoh"));
    put_example(book);
    put_codes(book, m->arena, m->hamlet_word);
    m->rc = sheet_close(&book, &m->bytes, &m->err);
}

enum rc import_example_page(struct request *req, struct response *resp, struct err *err)
{
    struct making m = {.arena = request_arena(req), .hamlet_word = request_hamlet_text(req, STR(HAMLET_MARK))};

    TRY(fiber_offload(make_book, &m, err));
    if (m.rc != RC_OK) {
        *err = m.err;
        return m.rc;
    }
    return respond_bytes(resp, SHEET_XLSX_TYPE, m.bytes, STR("contoh-impor-penduduk.xlsx"));
}
