// SPDX-License-Identifier: AGPL-3.0-or-later
/* What a cell may say, and what the import makes of it. */
#define ARENA_IN_STATE
#include "tests/unit/arena.h"
#include "tests/unit/tenants/village/import/import_books.h"

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
    struct registry_file *dated = one(arena, "akta_lahir", "@2001-05-12"); /* as in OpenSID's own template */
    assert_good(dated);
    assert_true(str_is(dated->rows[0].r.birth_cert, "12-05-2001"));
    assert_fault(dated, "2 akta_lahir W Excel mengubah isian ini menjadi tanggal.");
    assert_wrong(arena, "suku", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
                 "suku E Isian terlalu panjang: 71 huruf.");
}

/* Whatever the column, the row says so and nothing of it is kept. */
static void test_a_text_without_end(void **state)
{
    struct arena *arena = *state;
    struct buf letters = {.arena = arena};

    while (letters.n <= CELL_LETTERS)
        buf_put_str(&letters, STR("Islam "));
    const char *long_text = str_z(arena, buf_str(&letters)), *words = "E Isi sel ini lebih dari 2.000 huruf, jadi tidak dibaca.";
    const char *headings[] = {"alamat", "agama", "tempat_lahir", "nama_ayah", "dusun", "tanggal_lahir", "RT/RW", "Tempat, Tanggal Lahir"};

    for (size_t i = 0; i < COUNT_OF(headings); i++) {
        assert_wrong(arena, headings[i], long_text, words);
        assert_int_equal(one(arena, headings[i], long_text)->faults.n, 1);
    }
}

static void test_neighbourhoods_are_one_however_written(void **state)
{
    struct arena *arena = *state;
    const char *same[] = {"1", "01", "001", "#1", "'001", "RT 1", "rt.001", "RT/001", "1.0"};

    for (size_t i = 0; i < COUNT_OF(same); i++)
        assert_text(arena, "rt", same[i], COLUMN_RT, "001");
    struct registry_file *both = one(arena, "rt", "RT 003/RW 004");
    assert_true(str_is(both->rows[0].r.rt, "003") && str_is(both->rows[0].r.rw, "004"));
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
    assert_wrong(arena, "nama_ibu", "(?)", "nama_ibu E Nama tidak memuat huruf.");
    assert_fault(one(arena, "nama_ibu", "Siti/Aminah"), "nama_ibu W Tanda yang tidak dipakai dalam nama dibuang: menjadi Siti Aminah.");
}

/* Copied as values from a sheet of formulas, or written by a program: no names, hamlets or parents come of it. */
/* A Mac writes é as e and a mark: it is the same name, under the same heading. */
static void test_letters_and_their_marks(void **state)
{
    struct arena *arena = *state;

    assert_text(arena, "nama_ayah", "Andre\u0301 Tenri\u0323", COLUMN_FATHER_NAME, "Andr\u00E9 Tenr\u1ECB");
    assert_text(arena, "nama_ayah", "NI\u0303O E\u0301VA", COLUMN_FATHER_NAME, "N\u0128O \u00C9VA");
    assert_text(arena, "alamat", "Jl. Cafe\u0301", COLUMN_ADDRESS, "Jl. Caf\u00E9");
    struct registry_file *file = one(arena, "nama_ayah", "Bq\u0301a");
    assert_true(str_is(file->rows[0].r.father_name, "Bqa"));
    assert_fault(file, "nama_ayah W Tanda yang tidak dipakai dalam nama dibuang: menjadi Bqa.");
    assert_int_equal(column_of_heading(arena, STR("No\u0301mor KK")), COLUMN_KK);
    assert_int_equal(column_of_heading(arena, STR("N\u00F3mor\u00A0KK")), COLUMN_KK);
    assert_int_equal(column_of_heading(arena, STR("\uFEFFNIK\u200B")), COLUMN_NIK);
}

static void test_what_programs_write_for_nothing(void **state)
{
    struct arena *arena = *state;
    const char *errors[] = {" #N/A",  " #REF!",   " #NAME?", " #VALUE!", " #DIV/0!", " #NULL!",
                            " #NUM!", " #SPILL!", " #n/a",   "Err:502",  "err:508"};
    const char *nothing[] = {"NULL", "null", "nan", "NaN", "None", "undefined", "N/A", "TIDAK ADA", "Tidak ada", "(NULL)", "<null>", "\\N"};
    const char *columns[] = {
        "nama_ayah",    "nama_ibu",          "alamat",   "dusun",          "rt",      "rw",       "suku",       "tempatlahir",
        "tanggallahir", "tanggalperkawinan", "agama_id", "warganegara_id", "ibu_nik", "ayah_nik", "akta_lahir", "tag_id_card",
        "lat"};

    for (size_t c = 0; c < COUNT_OF(columns); c++) {
        for (size_t i = 0; i < COUNT_OF(errors); i++)
            assert_wrong(arena, columns[c], errors[i], "E Rumus di sel ini tidak memberi hasil.");
        for (size_t i = 0; i < COUNT_OF(nothing); i++) {
            struct registry_file *file = one(arena, columns[c], nothing[i]);
            assert_int_equal(file->faults.n, 0);
            assert_int_equal(file->rows[0].filled, UINT64_C(1) << COLUMN_NAME | UINT64_C(1) << COLUMN_KK | UINT64_C(1) << COLUMN_NIK);
        }
    }
    for (size_t i = 0; i < COUNT_OF(nothing); i++) {
        struct registry_file *file = file_of(
            arena, str_z(arena, str_fmt(arena, "nama|no_kk|nik|sex\n%s|7317100101010001|7317101111570002|1", nothing[i])));
        const struct registry empty = {0};
        plan_against(file, &empty);
        assert_fault(file, "2 nama E Nama belum diisi.");
    }
    assert_wrong(arena, "rt/rw", " #N/A", "rt E Rumus di sel ini");

    /* names and places that only look like it */
    assert_text(arena, "nama_ayah", "NANNA", COLUMN_FATHER_NAME, "NANNA");
    assert_text(arena, "nama_ayah", "Nullah", COLUMN_FATHER_NAME, "Nullah");
    assert_text(arena, "alamat", " #12 Blok B", COLUMN_ADDRESS, "#12 Blok B");
    assert_text(arena, "alamat", "Tidak ada jalan", COLUMN_ADDRESS, "Tidak ada jalan");
    /* a word that the list knows keeps its meaning */
    struct registry_file *file = one(arena, "golongan_darah_id", "TIDAK ADA");
    assert_int_equal(file->faults.n, 0);
    assert_int_equal(file->rows[0].r.blood, 13);
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
    assert_fault(file_of(arena, "nama|no_kk|nik\nBudi|7317100101010001|"), "nik W NIK belum diisi. Warga yang belum tercatat mendapat");
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
    assert_int_equal(one(arena, "agama_id", "03")->rows[0].r.religion, 3);
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

static void assert_blank(struct arena *arena, const char *heading, const char *cell)
{
    struct registry_file *file = one(arena, heading, cell);
    int column = column_of_heading(arena, str_c(heading));

    if (file->faults.n > 0)
        print_error("%s %s: %s", heading, cell, faults_of(file));
    assert_int_equal(file->faults.n, 0);
    assert_false(row_has(&file->rows[0].r, (enum resident_column)column));
    assert_false(file->rows[0].filled & UINT64_C(1) << column);
}

/* Programs write 0, people write dashes where nothing is. */
static void test_what_stands_for_nothing(void **state)
{
    struct arena *arena = *state;
    const char *zeros[] = {"hamil",
                           "ktp_el",
                           "status_rekam",
                           "cacat_id",
                           "cara_kb_id",
                           "id_asuransi",
                           "golongan_darah_id",
                           "pendidikan_sedang_id",
                           "agama_id",
                           "suku",
                           "tag_id_card",
                           "lat",
                           "lng",
                           "akta_lahir",
                           "no_asuransi",
                           "nama_ayah",
                           "tanggallahir",
                           "tanggalperkawinan"};
    const char *signs[] = {"-", "\xE2\x80\x94", "--", ".", "...", "_", "|", "'-"};
    const char *none[] = {"0000-00-00", "00-00-0000", "-0001-11-30", "-0001-11-30 00:00:00", "00/00/0000", "\xE2\x80\x93"};

    for (size_t i = 0; i < COUNT_OF(zeros); i++) {
        if (strcmp(zeros[i], "tanggallahir") != 0)
            assert_blank(arena, zeros[i], "0");
        if (i < 9)
            assert_blank(arena, zeros[i], "#0.0");
    }
    for (size_t i = 0; i < COUNT_OF(signs); i++) {
        assert_blank(arena, "nama_ibu", signs[i]);
        assert_blank(arena, "agama_id", signs[i]);
        assert_blank(arena, "tanggallahir", signs[i]);
        assert_blank(arena, "akta_lahir", signs[i]);
    }
    for (size_t i = 0; i < COUNT_OF(none); i++)
        assert_blank(arena, "tanggalperkawinan", none[i]);
    assert_fault(file_of(arena, "nama|no_kk|nik\n0|7317100101010001|7317101111570002"), "2 nama E Nama memuat angka.");
}

static void test_numbers_as_programs_and_people_write_them(void **state)
{
    struct arena *arena = *state;
    const char *same[] = {"7.317101111570002E15",
                          "7,317101111570002E+15",
                          "#7.317101111570002E15",
                          "7317101111570002.0",
                          "7317101111570002,00",
                          "`7317101111570002",
                          "\u20197317101111570002",
                          "\"7317101111570002\"",
                          "NIK 7317101111570002",
                          "NIK: 7317101111570002",
                          "No. NIK = 7317101111570002",
                          "NIK/KTP 7317101111570002",
                          "7317.1011.1157.0002",
                          "7317 1011 1157 0002",
                          "7317101111570002.",
                          "7317\u20131011\u20131157\u20130002",
                          "7317\u00A01011\u200B1157\u202F0002",
                          "\uFEFF7317101111570002",
                          "(7317101111570002)",
                          "7317/1011/1157/0002",
                          "7,317,101,111,570,002",
                          "7.317.101.111.570.002,00",
                          "\uFF17\uFF13\uFF11\uFF17101111570002"};

    for (size_t i = 0; i < COUNT_OF(same); i++)
        assert_text(arena, "ibu_nik", same[i], COLUMN_MOTHER_NIK, "7317101111570002");
    assert_nik(arena, "7.31710111157000E15", "nik E Excel mengubah NIK"); /* a digit is not there */
    assert_nik(arena, "7317101111570002.5", "nik E NIK lebih 1 angka");
    assert_nik(arena, "#731710200300001", "nik E NIK kurang 1 angka. Bila ini nomor sementara, angka 0 di depannya hilang");
    assert_nik(arena, "731710200300001", "nik E NIK kurang 1 angka.");
    assert_nik(arena, "ABC7317101111570002", "nik E NIK memuat tanda selain angka");
    assert_text(arena, "no_asuransi", "0001234567890", COLUMN_INSURANCE_NO, "0001234567890");
    assert_text(arena, "no_asuransi", "'0001234567890", COLUMN_INSURANCE_NO, "0001234567890");
    assert_text(arena, "no_asuransi", "0001234567890.0", COLUMN_INSURANCE_NO, "0001234567890");
    assert_text(arena, "no_asuransi", "#1.23456789012E12", COLUMN_INSURANCE_NO, "1234567890120");
    assert_text(arena, "akta_lahir", "7317-LT-01022010-0012", COLUMN_BIRTH_CERT, "7317-LT-01022010-0012");
    assert_text(arena, "dokumen_pasport", "E1234567", COLUMN_PASSPORT, "E1234567");
    assert_text(arena, "dokumen_pasport", "0012345", COLUMN_PASSPORT, "0012345");
    struct registry_file *file = one(arena, "no_asuransi", "1.23457E+12");
    assert_fault(file, "no_asuransi W Excel mengubah nomor ini menjadi 1.23457E+12, sebagian angkanya hilang, jadi tidak dibaca.");
    assert_false(row_has(&file->rows[0].r, COLUMN_INSURANCE_NO));
    assert_good(file);
    assert_fault(one(arena, "no_asuransi", "#1234567890"), "no_asuransi W Nomor BPJS punya 13 angka, yang ini 10.");
    assert_fault(file_of(arena, "nama|no_kk|nik\nA|7317100101010001|7.317101111570000E15"), "2 nik E Tersimpan sebagai angka.");
}

static void test_codes_as_programs_and_people_write_them(void **state)
{
    struct arena *arena = *state;
    static const struct {
        const char *heading, *cell;
        int code;
    } known[] = {{"agama_id", "1.0", 1},
                 {"agama_id", "1,0", 1},
                 {"agama_id", "1 - ISLAM", 1},
                 {"agama_id", "1. Islam", 1},
                 {"agama_id", "Islam (1)", 1},
                 {"status_kawin", "CERAI MATI TERCATAT", 4},
                 {"status_kawin", "Perjaka", 1},
                 {"cara_kb_id", "Implant", 5},
                 {"cara_kb_id", "MOW", 6},
                 {"cara_kb_id", "Spiral", 2},
                 {"id_asuransi", "PBI APBN", 2},
                 {"kk_level", "Mantu", 5},
                 {"kk_level", "Kep. KK", 1},
                 {"sex", "W", 2},
                 {"pekerjaan_id", "Kadus", 85},
                 {"status_rekam", "Sudah", 3},
                 {"warganegara_id", "WNI Keturunan", 1},
                 {"status_kawin", "Janda cerai hidup", 3},
                 {"kk_level", "KEPONAKAN", 9},
                 {"kk_level", "ANAK TIRI", 4},
                 {"kk_level", "ANAK ANGKAT", 4},
                 {"golongan_darah_id", "BELUM DIKETAHUI", 13},
                 {"golongan_darah_id", "O RH+", 11},
                 {"golongan_darah_id", "A RH-", 6},
                 {"pekerjaan_id", "9 - PETANI/PEKEBUN", 9},
                 {"status_dasar", "Aktif", 1}};

    for (size_t i = 0; i < COUNT_OF(known); i++) {
        struct registry_file *file = one(arena, known[i].heading, known[i].cell);
        enum resident_column column = (enum resident_column)column_of_heading(arena, str_c(known[i].heading));
        if (file->faults.n > 0)
            print_error("%s %s: %s", known[i].heading, known[i].cell, faults_of(file));
        assert_int_equal(file->faults.n, 0);
        assert_int_equal(*row_code_at(&file->rows[0].r, column), known[i].code);
    }
    assert_wrong(arena, "agama_id", "1 - KRISTEN", "agama_id E “1 - KRISTEN” bukan pilihan");

    /* which of two is meant is not guessed; the rest of the row is taken */
    struct registry_file *file = one(arena, "status_kawin", "JANDA");
    assert_good(file);
    assert_int_equal(file->rows[0].r.marital, 0);
    assert_fault(file, "2 status_kawin W “Janda” tidak menyebut cerai hidup atau cerai mati");
    assert_fault(one(arena, "id_asuransi", "BPJS Kesehatan"), "2 id_asuransi W “BPJS Kesehatan” tidak menyebut PBI atau mandiri");

    /* OpenSID's export in words looks the status up in another list */
    file = file_of(arena,
                   "nama|no_kk|nik|status_dasar\nA|7317100101010001|7317101111570002|TETAP\nB|7317100101010001|7317101111570003|TETAP\n"
                   "C|7317100101010001|7317101111570004|TIDAK TETAP");
    assert_int_equal(file->faults.n, 1);
    assert_fault(file, "4 status_dasar W “TIDAK TETAP” dari ekspor OpenSID bisa berarti meninggal");
    assert_int_equal(file->rows[0].r.basic_status, 1);
    assert_int_equal(file->rows[2].r.basic_status, 0);
    assert_true(str_find(file->sheets[0].note, STR("Status dasar TETAP (ekspor huruf OpenSID) dibaca hidup di 2 baris.")) >= 0);
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
    const char *unreadable[] = {"31-02-1990", "1990-13-01", "kemarin", "13-31-1990", "00-00-0000", "11-11-057", "31/04/2001"};

    assert_date_is(arena, "@1957-11-11", 1957, 11, 11);
    assert_date_is(arena, "11-11-1957", 1957, 11, 11);
    assert_date_is(arena, "1/2/1957", 1957, 2, 1);
    assert_date_is(arena, "1957-02-01", 1957, 2, 1);
    assert_date_is(arena, "'1957-02-01", 1957, 2, 1);
    assert_date_is(arena, "1957-02-01 00:00:00", 1957, 2, 1);
    assert_date_is(arena, "1970-01-01", 1970, 1, 1);
    assert_date_is(arena, "13 Juli 1961", 1961, 7, 13);
    assert_date_is(arena, "14 AGUSTUS 1962", 1962, 8, 14);
    assert_date_is(arena, "2 November, 1977", 1977, 11, 2);
    assert_date_is(arena, "November 2, 1977", 1977, 11, 2);
    assert_date_is(arena, "15-Sep-1963", 1963, 9, 15);
    assert_date_is(arena, "16 Dec 1964", 1964, 12, 16);
    assert_date_is(arena, "Senin, 16 Des 1964", 1964, 12, 16);
    assert_date_is(arena, "3/VII/1961", 1961, 7, 3);
    assert_date_is(arena, "17 - 11 - 1965", 1965, 11, 17);
    assert_date_is(arena, "26 08 1974", 1974, 8, 26);
    assert_date_is(arena,
                   "27\xE2\x80\x93"
                   "09\xE2\x80\x93"
                   "1975",
                   1975, 9, 27);
    assert_date_is(arena, "20021968", 1968, 2, 20);
    assert_date_is(arena, "19761001", 1976, 10, 1);
    assert_date_is(arena, "#20021968", 1968, 2, 20);
    assert_date_is(arena, "#2021968", 1968, 2, 2);
    assert_date_is(arena, "04-01-1979.", 1979, 1, 4);
    assert_date_is(arena, "04_01_1979", 1979, 1, 4);
    assert_date_is(arena, "4/1/1979 0:00", 1979, 1, 4);
    assert_date_is(arena, "4/1/1979 00:00:00", 1979, 1, 4);
    assert_date_is(arena, "4/1/1979 12:00:00 AM", 1979, 1, 4);
    assert_date_is(arena, "4 OKTOBER 1979 00:00", 1979, 10, 4);
    assert_wrong(arena, "tanggallahir", "04-01-1979 16:00", "tanggallahir E Tanggal “04-01-1979 16:00” tidak ada atau tidak terbaca.");
    assert_date_is(arena, "1979-01-04T00:00:00.000Z", 1979, 1, 4);
    assert_date_is(arena, "Larompong, 03-12-1978", 1978, 12, 3);
    assert_true(str_is(one(arena, "tanggallahir", "Larompong, 03-12-1978")->rows[0].r.birth_place, "Larompong"));
    assert_date_is(arena, "12-31-1990", 1990, 12, 31);
    assert_date_is(arena, "13 Juli 61", 1961, 7, 13);
    assert_date_is(arena, "11/11/57", 1957, 11, 11);
    assert_date_is(arena, "24-11-13", 2013, 11, 24);
    assert_wrong(arena, "tanggallahir", "13 Jumadil 1961", "tanggallahir E Tanggal “13 Jumadil 1961” tidak ada atau tidak terbaca.");
    for (size_t i = 0; i < COUNT_OF(unreadable); i++) {
        struct registry_file *file = one(arena, "tanggallahir", unreadable[i]);
        assert_fault(file, "tanggallahir E Tanggal “");
        assert_true(date_is_none(file->rows[0].r.birth_date));
    }
    assert_wrong(arena, "tanggallahir", "25-11-2026", "tanggallahir E Tanggal ini belum tiba.");
    assert_wrong(arena, "tanggallahir", "24-11-1895", "lebih dari 130 tahun");
    assert_wrong(arena, "tanggallahir", "#3513", "tanggallahir E Isinya angka, bukan tanggal.");
    assert_wrong(arena, "tanggallahir", "#351344", "tanggallahir E Tanggal “351344” tidak ada atau tidak terbaca.");
    assert_wrong(arena, "tanggallahir", "1970", "tanggallahir E Hanya tahun 1970 yang tertulis. Ketik tanggal lengkap");
    assert_wrong(arena, "tanggallahir", "#1970", "tanggallahir E Hanya tahun 1970 yang tertulis.");
    assert_date_is(arena, "9102010", 2010, 10, 9);
    assert_date_is(arena, "311261", 1961, 12, 31);
    assert_wrong(arena, "tanggallahir", "#99134", "tanggallahir E Tanggal ini belum tiba.");
    for (size_t i = 0; i < 2; i++) { /* as a number, and as a text file holds it */
        struct registry_file *serial = one(arena, "tanggallahir", i == 0 ? "#35134" : "35134");
        assert_fault(serial, "tanggallahir W Angka 35134 dibaca sebagai tanggal Excel: 10-03-1996.");
        assert_int_equal(date_compare(serial->rows[0].r.birth_date, (struct date){1996, 3, 10}), 0);
    }
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
        cmocka_unit_test_setup_teardown(test_a_text_without_end, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_neighbourhoods_are_one_however_written, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_names, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_letters_and_their_marks, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_what_programs_write_for_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_identity_numbers, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_numbers_that_a_spreadsheet_may_have_cut, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_cut_number_beside_exact_ones, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_codes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_what_stands_for_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_numbers_as_programs_and_people_write_them, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_codes_as_programs_and_people_write_them, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_dates, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_cards_and_places, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
