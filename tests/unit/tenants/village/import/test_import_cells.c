// SPDX-License-Identifier: AGPL-3.0-or-later
/* What a cell may say, and what the import makes of it. */
#include "tests/unit/tenants/village/import/import_books.h"

static int set_up(void **state)
{
    base_init();
    *state = arena_new();
    return 0;
}

static int tear_down(void **state)
{
    struct arena *arena = *state;
    arena_free(&arena);
    return 0;
}

/* One cell of one column, between a good NIK and KK. */
static struct registry_file *one(struct arena *arena, const char *heading, const char *cell)
{
    return file_of(arena, str_z(arena, str_fmt(arena, "nama|no_kk|nik|%s\nBudi|7317100101010001|7317101111570002|%s", heading, cell)));
}

static void assert_text(struct arena *arena, const char *heading, const char *cell, enum resident_column column, const char *want)
{
    struct registry_file *file = one(arena, heading, cell);

    assert_good(file);
    assert_string_equal(str_z(arena, *row_text(&file->rows[0].r, column)), want);
}

static void assert_wrong(struct arena *arena, const char *heading, const char *cell, const char *words)
{
    struct registry_file *file = one(arena, heading, cell);

    assert_true(file->rows[0].has_error);
    assert_fault(file, words);
}

static void test_texts(void **state)
{
    struct arena *arena = *state;

    assert_text(arena, "alamat", " Jl.  Poros Palopo ", COLUMN_ADDRESS, "Jl. Poros Palopo");
    assert_text(arena, "alamat", "-", COLUMN_ADDRESS, "");
    assert_text(arena, "alamat", "'-", COLUMN_ADDRESS, "");
    assert_text(arena, "akta_lahir", "#4711", COLUMN_BIRTH_CERT, "4711");
    assert_text(arena, "dusun", "'dusun padang_baru", COLUMN_HAMLET, "PADANG BARU");
    assert_text(arena, "dusun", "To'long", COLUMN_HAMLET, "TO'LONG");
    assert_text(arena, "dusun", "Dusun ", COLUMN_HAMLET, "DUSUN");
    const char *same[] = {"Padang",        "Dsn. Padang",   "Dsn Padang", "DSN.PADANG", "Lingk. Padang", "Lingkungan Padang",
                          "Dusun: Padang", "DUSUN  PADANG", "Lk. Padang"};
    for (size_t i = 0; i < COUNT_OF(same); i++)
        assert_text(arena, "dusun", same[i], COLUMN_HAMLET, "PADANG");
    assert_text(arena, "dusun", "Kampung Baru", COLUMN_HAMLET, "KAMPUNG BARU");
    assert_text(arena, "dusun", "Lingkar", COLUMN_HAMLET, "LINGKAR");
    assert_text(arena, "dusun", "Dusun -", COLUMN_HAMLET, "");
    assert_wrong(arena, "suku", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
                 "suku E Isian terlalu panjang: 71 huruf.");
}

static void test_neighbourhoods_are_one_however_written(void **state)
{
    struct arena *arena = *state;
    const char *same[] = {"1", "01", "001", "#1", "'001", "RT 1", "rt.001", "RT/001"};

    for (size_t i = 0; i < COUNT_OF(same); i++)
        assert_text(arena, "rt", same[i], COLUMN_RT, "001");
    assert_text(arena, "rw", "RW 12", COLUMN_RW, "012");
    assert_text(arena, "rw", "-", COLUMN_RW, "");
    assert_text(arena, "rw", "000", COLUMN_RW, "-");
    assert_text(arena, "rt", "2a", COLUMN_RT, "2A");
    assert_wrong(arena, "rt", "@2020-02-01", "rt E Excel mengubah isian ini menjadi tanggal");
}

static void test_names(void **state)
{
    struct arena *arena = *state;

    assert_text(arena, "nama_ayah", "To'long Dg. Ma-Tika, S.Pd", COLUMN_FATHER_NAME, "To'long Dg. Ma-Tika, S.Pd");
    assert_text(arena, "nama_ayah",
                "NUR\xE2\x80\x99"
                "AENI",
                COLUMN_FATHER_NAME, "NUR'AENI");
    assert_text(arena, "nama_ayah", "Jos\xC3\xA9 (Alm)", COLUMN_FATHER_NAME, "Jos\xC3\xA9 Alm");
    assert_text(arena, "nama_ayah", "-", COLUMN_FATHER_NAME, "");
    assert_wrong(arena, "nama_ibu", "BUD1", "nama_ibu E Nama memuat angka.");
    assert_wrong(arena, "nama_ibu", "...", "nama_ibu E Nama tidak memuat huruf.");
    assert_fault(one(arena, "nama_ibu", "Siti/Aminah"), "nama_ibu W Tanda yang tidak dipakai dalam nama dibuang: menjadi Siti Aminah.");
}

static void assert_nik(struct arena *arena, const char *cell, const char *words)
{
    struct registry_file *file = file_of(arena, str_z(arena, str_fmt(arena, "nama|no_kk|nik\nBudi|7317100101010001|%s", cell)));

    assert_true(file->rows[0].has_error);
    assert_fault(file, words);
}

static void test_identity_numbers(void **state)
{
    struct arena *arena = *state;

    assert_text(arena, "ayah_nik", "7317-1011.1157 0002", COLUMN_FATHER_NIK, "7317101111570002");
    assert_text(arena, "ayah_nik", "'7317101111570002", COLUMN_FATHER_NIK, "7317101111570002");
    assert_text(arena, "ayah_nik", "0", COLUMN_FATHER_NIK, "");
    assert_text(arena, "ibu_nik", "#7317101111570002", COLUMN_MOTHER_NIK, "7317101111570002");
    assert_nik(arena, "1.23E+15", "nik E Excel mengubah NIK menjadi 1.23E+15");
    assert_nik(arena, "7,31710111157E+15", "nik E Excel mengubah NIK");
    assert_nik(arena, "#7.317101111570002E+30", "nik E Excel mengubah NIK");
    assert_nik(arena, "73171011115700", "nik E NIK kurang 2 angka.");
    assert_nik(arena, "731710111157000211", "nik E NIK lebih 2 angka.");
    assert_nik(arena, "73171O1111570002", "nik E NIK memuat tanda selain angka");
    assert_nik(arena, "", "nik E NIK belum diisi.");
    assert_wrong(arena, "ibu_nik", "123", "ibu_nik E NIK kurang 13 angka.");
}

/* A NIK stored as a number: exact when the writer keeps 16 digits, not to be told from a spoilt one when all end in 0. */
static void test_numbers_that_a_spreadsheet_may_have_cut(void **state)
{
    struct arena *arena = *state;
    struct registry_file *cut = file_of(arena,
                                        "nama|no_kk|nik\nA|7317100101010001|#7317101111570000\nB|7317100101010001|#7317101111570010");
    struct registry_file *whole = file_of(arena,
                                          "nama|no_kk|nik\nA|7317100101010001|#7317101111570000\nB|7317100101010001|#7317101111570013");

    assert_true(cut->rows[0].has_error && cut->rows[1].has_error);
    assert_fault(cut, "2 nik E Tersimpan sebagai angka. Excel hanya menyimpan 15 angka");
    assert_false(whole->rows[0].has_error || whole->rows[1].has_error);
    assert_string_equal(str_z(arena, whole->rows[0].r.nik), "7317101111570000");
}

/* Each cell is judged beside its own column of its own sheet. */
static void test_a_cut_number_beside_exact_ones(void **state)
{
    struct arena *arena = *state;
    struct registry_file *file = file_of(arena,
                                         "nama|no_kk|nik\nA|7317100101010001|#7317101111570000\nB|7317100101010001|#7317101111570013");

    assert_fault(file, "2 nik W Tersimpan sebagai angka dan berakhir 0.");
    assert_int_equal(file->faults.n, 1);

    /* an exact KK says nothing of the NIKs */
    file = file_of(arena, "nama|no_kk|nik\nA|#7317100101010001|#7317101111570000\nB|7317100101010001|7317101111570013");
    assert_fault(file, "2 nik E Tersimpan sebagai angka. Excel hanya menyimpan 15 angka");
    assert_false(file->rows[1].has_error);

    /* nor does another sheet, nor the parents' NIKs */
    struct sheet_table tables[] = {
        table_of(arena, "RT 1", "nama|no_kk|nik|ayah_nik\nA|7317100101010001|#7317101111570013|#7317101111570010"),
        table_of(arena, "RT 2", "nama|no_kk|nik|ayah_nik\nB|7317100101010001|#7317101111570020|#7317101111570011"),
    };
    struct str bytes;
    struct err err;
    assert_int_equal(sheet_write(arena, tables, COUNT_OF(tables), &bytes, &err), RC_OK);
    file = file_of_bytes(arena, bytes);
    assert_int_equal(file->faults.n, 2);
    assert_fault(file, "2 ayah_nik E Tersimpan sebagai angka.");
    assert_fault(file, "2 nik E Tersimpan sebagai angka.");
}

static void test_codes(void **state)
{
    struct arena *arena = *state;
    struct registry_file *file = one(arena, "agama_id", "ISLAM");

    assert_int_equal(file->rows[0].r.religion, 1);
    assert_int_equal(one(arena, "agama_id", "#3")->rows[0].r.religion, 3);
    assert_int_equal(one(arena, "agama_id", "#3.0")->rows[0].r.religion, 3);
    assert_int_equal(one(arena, "golongan_darah_id", "Tdk Th")->rows[0].r.blood, 13);
    assert_int_equal(one(arena, "status_dasar", "PINDAH LUAR NEGERI")->rows[0].r.basic_status, 3);
    assert_int_equal(one(arena, "kk_level", "11")->rows[0].r.family_role, 11);
    assert_wrong(arena, "kk_level", "12", "kk_level E “12” bukan pilihan untuk hubungan dalam keluarga.");
    assert_wrong(arena, "agama_id", "Jedi", "agama_id E “Jedi” bukan pilihan untuk agama.");
    assert_wrong(arena, "status_dasar", "5", "status_dasar E");
    assert_int_equal(one(arena, "ktp_el", "3")->rows[0].r.ktp_el, 3);
    assert_fault(one(arena, "ktp_el", "KIA"), "ktp_el W Kode 3 (KIA) diterima");
    assert_fault(one(arena, "id_asuransi", "4"), "id_asuransi W Kode 4 (BPJS bantuan daerah) diterima");
    assert_wrong(arena, "ktp_el", "4", "ktp_el E");
}

static void assert_date_is(struct arena *arena, const char *cell, int year, int month, int day)
{
    struct registry_file *file = one(arena, "tanggallahir", cell);
    struct date d = file->rows[0].r.birth_date;

    assert_good(file);
    assert_int_equal(d.year, year);
    assert_int_equal(d.month, month);
    assert_int_equal(d.day, day);
}

static void test_dates(void **state)
{
    struct arena *arena = *state;
    const char *unreadable[] = {"31-02-1990", "1990-13-01", "kemarin", "12-31-1990", "00-00-0000", "11-11-57", "1970", "31/04/2001"};

    assert_date_is(arena, "@1957-11-11", 1957, 11, 11);
    assert_date_is(arena, "11-11-1957", 1957, 11, 11);
    assert_date_is(arena, "1/2/1957", 1957, 2, 1);
    assert_date_is(arena, "1957-02-01", 1957, 2, 1);
    assert_date_is(arena, "'1957-02-01", 1957, 2, 1);
    assert_date_is(arena, "1957-02-01 00:00:00", 1957, 2, 1);
    assert_date_is(arena, "1970-01-01", 1970, 1, 1);
    for (size_t i = 0; i < COUNT_OF(unreadable); i++) {
        struct registry_file *file = one(arena, "tanggallahir", unreadable[i]);
        assert_fault(file, "tanggallahir E Tanggal “");
        assert_true(date_is_none(file->rows[0].r.birth_date));
    }
    assert_wrong(arena, "tanggallahir", "25-11-2026", "tanggallahir E Tanggal ini belum tiba.");
    assert_wrong(arena, "tanggallahir", "24-11-1895", "lebih dari 130 tahun");
    assert_wrong(arena, "tanggallahir", "#35134", "tanggallahir E Isinya angka, bukan tanggal.");
    assert_wrong(arena, "tanggalperkawinan", "25-11-2026", "tanggalperkawinan E Tanggal ini belum tiba.");
    assert_int_equal(one(arena, "tanggal_akhir_paspor", "25-11-2031")->rows[0].r.passport_until.year, 2031);
    assert_true(date_is_none(one(arena, "tanggalperkawinan", "0000-00-00")->rows[0].r.marriage_date));
    assert_wrong(arena, "tanggal_akhir_paspor", "25-11-9031", "Tahunnya tidak masuk akal.");
}

static void test_cards_and_places(void **state)
{
    struct arena *arena = *state;

    assert_text(arena, "tag_id_card", "04a1b2c3d4e5f6", COLUMN_CARD_TAG, "04A1B2C3D4E5F6");
    assert_wrong(arena, "tag_id_card", "123456789", "tag_id_card E");
    assert_wrong(arena, "tag_id_card", "123456789012345678", "tag_id_card E");
    assert_wrong(arena, "tag_id_card", "12345-67890", "tag_id_card E");
    assert_text(arena, "lat", "-3,5321", COLUMN_LAT, "-3.5321");
    assert_text(arena, "lng", "#120.3661", COLUMN_LNG, "120.3661");
    assert_wrong(arena, "lat", "-91.5", "lat E");
    assert_wrong(arena, "lng", "181", "lng E");
    assert_wrong(arena, "lat", "3", "lat E Titik peta harus 2 sampai 24 tanda.");
    assert_wrong(arena, "lat", "1e5", "lat E");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_texts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_neighbourhoods_are_one_however_written, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_names, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_identity_numbers, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_numbers_that_a_spreadsheet_may_have_cut, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_cut_number_beside_exact_ones, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_codes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_dates, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_cards_and_places, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
