// SPDX-License-Identifier: AGPL-3.0-or-later
/* A register on paper: what stands on each page, where it breaks, and that a book of thousands of rows costs the memory of one. */
#include <sys/resource.h>

#include "server/paper/ledger.h"
#include "tests/unit/server/paper/paper_support.h"

#define SHY "\xC2\xAD"

static const struct ledger_column people[] = {
    {{STR_INIT("No. urut")}, 7, LEDGER_RIGHT},
    {{STR_INIT("Nama lengkap / panggilan")}, 30, LEDGER_LEFT},
    {{STR_INIT("Tempat & tanggal lahir"), STR_INIT("Tempat")}, 18, LEDGER_LEFT},
    {{STR_INIT("Tempat & tanggal lahir"), STR_INIT("Tanggal")}, 16, LEDGER_CENTER},
    {{STR_INIT("Pendi" SHY "dikan terakhir")}, 15, LEDGER_LEFT},
    {{STR_INIT("NIK")}, 24, LEDGER_LEFT},
};

static struct ledger book(void)
{
    return (struct ledger){
        .title = STR("B.1 BUKU INDUK PENDUDUK"),
        .subtitle = STR("TAHUN 2026"),
        .place = {STR("Desa Sampano"), STR("Kecamatan Larompong Selatan"), STR("Kabupaten Luwu, Sulawesi Selatan")},
        .columns = people,
        .n = COUNT_OF(people),
        .signers = {{STR("Mengetahui"), STR("Kepala Desa Sampano"), STR("Drs. Marthen Palimbong"), STR("")},
                    {STR("Sampano, 24 November 2026"), STR("Sekretaris Desa"), STR("Nurdin S."), STR("")}},
        .signers_n = 2,
        .foot = STR("Dicetak Hasnah B., 24-11-2026 10.32 WITA. Keadaan data per 24-11-2026."),
        .mark = STR("Sidik cetakan 8F2C-71D0"),
    };
}

/* Row i, as both passes get it. */
static void cells_of(struct arena *a, size_t i, struct str *cells)
{
    cells[0] = str_fmt(a, "%zu", i + 1);
    cells[1] = i % 7 == 3 ? str_fmt(a, "Andi Baso Mappanyukki Daeng Sitaba %zu", i) : str_fmt(a, "Warga %zu", i);
    cells[2] = STR("Larompong");
    cells[3] = STR("31-12-1948");
    cells[4] = STR("Tamat SD / sederajat");
    cells[5] = str_fmt(a, "73171020%08zu", i);
}

static struct ledger_pages *counted(const struct ledger *ledger, size_t rows, size_t *pages_out)
{
    struct arena *row = arena_new();
    struct ledger_pages *pages;
    struct str cells[LEDGER_COLUMNS_MAX];

    assert_int_equal(ledger_begin(arena, ledger, &pages, &err), RC_OK);
    for (size_t i = 0; i < rows; i++) {
        cells_of(row, i, cells);
        assert_int_equal(ledger_count(pages, cells, false, &err), RC_OK);
        arena_reset(row);
    }
    assert_int_equal(ledger_counted(pages, pages_out, &err), RC_OK);
    arena_free(&row);
    return pages;
}

static struct str drawn(struct ledger_pages *pages, size_t rows)
{
    const struct paper_info info = {.title = STR("Buku Induk Penduduk"), .author = STR("Pemerintah Desa Sampano"), .at = 1795487520000000};
    struct arena *row = arena_new();
    struct str cells[LEDGER_COLUMNS_MAX], pdf;

    for (size_t i = 0; i < rows; i++) {
        cells_of(row, i, cells);
        assert_int_equal(ledger_row(pages, cells, false, &err), RC_OK);
        arena_reset(row);
    }
    assert_int_equal(ledger_pdf(pages, &info, &pdf, &err), RC_OK);
    arena_free(&row);
    return pdf;
}

static struct str printed(const struct ledger *ledger, size_t rows, size_t *pages_out)
{
    return drawn(counted(ledger, rows, pages_out), rows);
}

static struct str page_text(const char *path, size_t number)
{
    const char *n = str_z(arena, str_fmt(arena, "%zu", number));

    return flat(RUN("pdftotext", "-layout", "-f", n, "-l", n, path, "-"));
}

static void each_page_has_its_heads_and_the_numbers_of_the_columns(void **state)
{
    const struct ledger ledger = book();
    size_t pages;
    const char *path = keep("ledger.pdf", printed(&ledger, 100, &pages));

    (void)state;
    assert_in_range(pages, 3, 8);
    for (size_t i = 1; i <= pages; i++) {
        struct str text = page_text(path, i);

        assert_has(text, "B.1 BUKU INDUK PENDUDUK");
        assert_has(text, "Tempat & tanggal lahir");
        assert_has(text, "1 2 3 4 5 6");
        assert_has(text, "Dicetak Hasnah B.");
        assert_has(text, str_z(arena, str_fmt(arena, "Halaman %zu dari %zu", i, pages)));
    }
}

static void a_column_is_as_wide_as_the_longest_word_of_its_head(void **state)
{
    static const struct ledger_column narrow[] = {{{STR_INIT("Kewarganegaraan")}, 1, LEDGER_LEFT},
                                                  {{STR_INIT("Dapat membaca huruf")}, 1, LEDGER_LEFT},
                                                  {{STR_INIT("Isi")}, 60, LEDGER_LEFT}};
    static const struct ledger_column group[] = {{{STR_INIT("Pertanggungjawaban"), STR_INIT("L")}, 1, LEDGER_LEFT},
                                                 {{STR_INIT("Isi")}, 90, LEDGER_LEFT}};
    struct ledger ledger = {.title = STR("BUKU"), .columns = narrow, .n = COUNT_OF(narrow)};
    const struct str cells[] = {STR("WNI"), STR("L"), STR("Isi")};
    struct ledger_pages *pages;
    struct str pdf;

    (void)state;
    assert_int_equal(ledger_begin(arena, &ledger, &pages, &err), RC_OK);
    assert_int_equal(ledger_count(pages, cells, false, &err), RC_OK);
    assert_int_equal(ledger_counted(pages, NULL, &err), RC_OK);
    assert_int_equal(ledger_row(pages, cells, false, &err), RC_OK);
    assert_int_equal(ledger_pdf(pages, &(struct paper_info){.title = STR("BUKU")}, &pdf, &err), RC_OK);
    assert_has(text_of(pdf), "Kewarganegaraan");
    assert_has(text_of(pdf), "membaca");
    ledger.columns = group, ledger.n = COUNT_OF(group);
    assert_int_equal(ledger_begin(arena, &ledger, &pages, &err), RC_INVALID);
    err = (struct err){0};
}

static void every_row_stands_once_and_in_order(void **state)
{
    const struct ledger ledger = book();
    struct str text = flat(RUN("pdftotext", "-layout", keep("ledger.pdf", printed(&ledger, 100, NULL)), "-"));
    size_t at = 0;

    (void)state;
    for (size_t i = 0; i < 100; i++) {
        struct str nik = str_fmt(arena, "73171020%08zu", i);
        const char *found = memmem(text.p + at, text.n - at, nik.p, nik.n);

        assert_non_null(found);
        at = (size_t)(found - text.p) + nik.n;
        assert_null(memmem(text.p + at, text.n - at, nik.p, nik.n));
    }
}

/* Whatever the number of rows, the signers stand once, on the last page, below a row. */
static void signers_never_stand_alone(void **state)
{
    const struct ledger ledger = book();

    (void)state;
    for (size_t rows = 1; rows <= 60; rows++) {
        size_t pages;
        const char *path = keep("ledger.pdf", printed(&ledger, rows, &pages));
        struct str last = page_text(path, pages);

        assert_has(last, "Drs. Marthen Palimbong");
        assert_has(last, "Nurdin S.");
        assert_has(last, str_z(arena, str_fmt(arena, "73171020%08zu", rows - 1)));
        if (pages > 1)
            assert_lacks(page_text(path, pages - 1), "Nurdin S.");
    }
}

static void an_empty_book_is_a_page_with_heads_and_signers(void **state)
{
    const struct ledger ledger = book();
    size_t pages;
    struct str text = page_text(keep("ledger.pdf", printed(&ledger, 0, &pages)), 1);

    (void)state;
    assert_int_equal(pages, 1);
    assert_has(text, "Nama lengkap");
    assert_has(text, "Nurdin S.");
    assert_has(text, "Halaman 1 dari 1");
}

static void training_villages_are_told_on_every_page(void **state)
{
    struct ledger ledger = book();
    size_t pages;

    ledger.is_sample = true;
    (void)state;
    const char *path = keep("ledger.pdf", printed(&ledger, 60, &pages));
    assert_true(pages > 1);
    for (size_t i = 1; i <= pages; i++)
        assert_has(page_text(path, i), "DATA CONTOH");
}

/* The PDF of a book of one row. */
static struct str of_one_row(const struct ledger *ledger, const struct str *cells)
{
    struct ledger_pages *pages;
    struct str pdf;

    assert_int_equal(ledger_begin(arena, ledger, &pages, &err), RC_OK);
    assert_int_equal(ledger_count(pages, cells, false, &err), RC_OK);
    assert_int_equal(ledger_counted(pages, NULL, &err), RC_OK);
    assert_int_equal(ledger_row(pages, cells, false, &err), RC_OK);
    assert_int_equal(ledger_pdf(pages, &(struct paper_info){.title = STR("x"), .at = 1}, &pdf, &err), RC_OK);
    return pdf;
}

static void a_word_of_other_writing_is_set_and_a_word_too_long_is_broken(void **state)
{
    static const struct ledger_column one[] = {{{STR_INIT("Ket.")}, 1, LEDGER_LEFT}, {{STR_INIT("Isi")}, 9, LEDGER_LEFT}};
    const struct ledger ledger = {.title = STR("BUKU"), .columns = one, .n = 2};
    const struct str cells[] = {STR("Ωμέγα"),
                                STR("Kata – Pneumonoultramicroscopicsilicovolcanoconiosispneumonoultramicroscopicsilicovolcano"
                                    "coniosispneumonoultramicroscopicsilicovolcanoconiosispneumonoultramicroscopicsilicovolcanoconiosis")};

    (void)state;
    struct str pdf = of_one_row(&ledger, cells);
    struct str text = flat(RUN("pdftotext", keep("odd.pdf", pdf), "-"));
    assert_has(text, "Ωμέγα");
    assert_has(text, "Kata –");
    assert_has(str_replace(arena, text, STR(" "), STR("")),
               "Pneumonoultramicroscopicsilicovolcanoconiosispneumonoultramicroscopicsilicovolcanoconiosis"
               "pneumonoultramicroscopicsilicovolcanoconiosispneumonoultramicroscopicsilicovolcanoconiosis");
}

static void a_line_may_end_after_a_slash(void **state)
{
    static const struct ledger_column narrow[] = {{{STR_INIT("Pekerjaan")}, 8, LEDGER_LEFT}, {{STR_INIT("Isi")}, 100, LEDGER_LEFT}};
    const struct ledger ledger = {.title = STR("BUKU"), .columns = narrow, .n = 2};
    const struct str cells[] = {STR("Pelajar/mahasiswa"), STR("x")};

    (void)state;
    struct str pdf = of_one_row(&ledger, cells);
    struct str text = flat(RUN("pdftotext", "-layout", keep("slash.pdf", pdf), "-"));
    assert_has(text, "Pelajar/ ");
    assert_has(text, "mahasiswa");
}

static void other_rows_than_counted_are_refused(void **state)
{
    const struct ledger ledger = book();
    struct ledger_pages *pages = counted(&ledger, 3, NULL);
    struct str cells[LEDGER_COLUMNS_MAX], pdf;

    (void)state;
    cells_of(arena, 0, cells);
    assert_int_equal(ledger_row(pages, cells, false, &err), RC_OK);
    assert_int_equal(ledger_pdf(pages, &(struct paper_info){.title = STR("x"), .at = 1}, &pdf, &err), RC_FAULT);
}

static void the_same_rows_give_the_same_bytes(void **state)
{
    const struct ledger ledger = book();

    (void)state;
    assert_true(str_eq(printed(&ledger, 40, NULL), printed(&ledger, 40, NULL)));
}

/* Counting 40,000 rows keeps nothing of them. */
static void memory_does_not_follow_the_rows(void **state)
{
    const struct ledger ledger = book();
    struct rusage before, after;

    (void)state;
    counted(&ledger, 2000, NULL);
    getrusage(RUSAGE_SELF, &before);
    counted(&ledger, 40000, NULL);
    getrusage(RUSAGE_SELF, &after);
    assert_true(after.ru_maxrss - before.ru_maxrss < 4096);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(each_page_has_its_heads_and_the_numbers_of_the_columns),
        TEST(a_column_is_as_wide_as_the_longest_word_of_its_head),
        TEST(every_row_stands_once_and_in_order),
        TEST(signers_never_stand_alone),
        TEST(an_empty_book_is_a_page_with_heads_and_signers),
        TEST(training_villages_are_told_on_every_page),
        TEST(a_word_of_other_writing_is_set_and_a_word_too_long_is_broken),
        TEST(a_line_may_end_after_a_slash),
        TEST(other_rows_than_counted_are_refused),
        TEST(the_same_rows_give_the_same_bytes),
        TEST(memory_does_not_follow_the_rows),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
