// SPDX-License-Identifier: AGPL-3.0-or-later
/* What the import decides: sheets, rows against one another, rows against the registry. */
#define ARENA_IN_STATE
#include "tests/unit/arena.h"
#include "tests/unit/samples.h"
#include "tests/unit/tenants/village/import/import_books.h"

#define HEAD "nik|nama|no_kk|kk_level|sex|dusun|rw|rt|alamat|tempatlahir|tanggallahir\n"
#define BUDI "7317101111570002|BUDI|7317100101010001|1|L|PADANG|1|2|Jl. Poros|PALOPO|11-11-1957\n"
#define SITI "7317105202600001|SITI|7317100101010001|ISTRI|P|PADANG|001|002||SAMPANO|12-02-1960\n"
#define UDIN "7317100303850001|UDIN|7317100101010002|1|1|LURA|-|-|Jl. Desa|LARONTO|03-03-1985\n"

static void assert_counts(const struct registry_plan *plan, uint32_t new, uint32_t changed, uint32_t unchanged, uint32_t refused)
{
    assert_int_equal(plan->counts.new, new);
    assert_int_equal(plan->counts.changed, changed);
    assert_int_equal(plan->counts.unchanged, unchanged);
    assert_int_equal(plan->counts.refused, refused);
    assert_int_equal(plan->counts.total, new + changed + unchanged + refused);
    assert_int_equal(plan->n_residents, new + changed);
}

/* ---- sheets ---- */

static void test_sheets_are_found_and_named(void **state)
{
    struct arena *arena = *state;
    struct sheet_table tables[] = {
        table_of(arena, "Kode Data", "nama|no_kk|nik\nx|y|z"),
        table_of(arena, "Petunjuk", "cara mengisi\nbegini"),
        table_of(arena, "Warga 2026", "NIK|Nama|No KK|catatan\n7317101111570002|Budi|7317100101010001|halo"),
        table_of(arena, "Ganda", "nik|nama|no_kk|NIK\n1|2|3|4"),
        table_of(arena, "Hitung", "nik|no_kk\n1|2"),
    };
    struct str bytes;
    struct err err;

    assert_int_equal(sheet_write(arena, tables, COUNT_OF(tables), &bytes, &err), RC_OK);
    struct registry_file *file = file_of_bytes(arena, bytes);
    assert_int_equal(file->refusal.n, 0);
    assert_int_equal(file->n_sheets, 5);
    assert_int_equal(file->n_rows, 1);
    assert_string_equal(str_z(arena, file->sheets[0].note), "Dilewati: lembar ini daftar kode.");
    assert_true(str_starts(file->sheets[1].note, STR("Dilewati: baris judulnya tidak memuat kolom nama, no_kk, nik.")));
    assert_true(file->sheets[2].is_read);
    assert_int_equal(file->sheets[2].rows, 1);
    assert_string_equal(str_z(arena, file->sheets[2].note), "Kolom yang tidak dikenal, tidak dibaca: catatan.");
    assert_int_equal(__builtin_popcountll(file->sheets[2].missing), COLUMN_COUNT - 3);
    assert_true(file->sheets[2].missing & UINT64_C(1) << COLUMN_ADDRESS);
    assert_true(str_starts(file->sheets[3].note, STR("Dilewati: kolom nik tertulis dua kali.")));
    assert_true(str_starts(file->sheets[4].note, STR("Dilewati: baris judulnya tidak memuat kolom nama.")));
}

static void test_a_book_without_residents_is_refused(void **state)
{
    struct arena *arena = *state;
    struct registry_file *file = file_of(arena, "a|b|c\n1|2|3");

    assert_true(str_starts(file->refusal, STR("Tidak ada lembar yang berisi penduduk.")));
    assert_true(str_starts(file_of(arena, "nama|no_kk|nik")->refusal, STR("Lembar penduduk tidak berisi baris data.")));
    assert_true(str_starts(file_of_bytes(arena, STR("{\"nama\": 1}"))->refusal, STR("Isi berkas ini teks tanpa tabel.")));
    assert_int_equal(file_of_bytes(arena, STR("{\"nama\": 1}"))->cause, SHEET_PLAIN_TEXT);
}

/* As Excel of Indonesia saves it, and what it has done to the numbers: one that ends in 0 may be true, three in a row that all do are cut.
 */
static void test_csv_is_a_book_too(void **state)
{
    struct arena *arena = *state;
    struct registry empty = {0};
#define CSV_HEAD "\xEF\xBB\xBFnik;nama;no_kk;kk_level;sex;dusun;rw;rt;alamat;tempatlahir;tanggallahir\r\n"
    struct registry_file *file = file_of_bytes(
        arena, STR(CSV_HEAD "7317101111570002;BUDI;7317100101010001;1;L;PADANG;1;2;\"JL. A; NO 1\";PALOPO;11-11-1957\r\n"
                            "7317105202600010;SITI;7317100101010001;3;P;PADANG;1;2;A;PALOPO;12-02-1960\r\n"));

    assert_good(file);
    assert_counts(plan_against(file, &empty), 2, 0, 0, 0);
    assert_string_equal(str_z(arena, file->rows[0].r.address), "JL. A; NO 1");

    file = file_of_bytes(arena, STR(CSV_HEAD "7,3171E+15;BUDI;7317100101010001;1;L;PADANG;1;2;A;PALOPO;11-11-1957\r\n"
                                             "7317105202600001;SITI;7317100101010001;3;P;\"PADANG;1;2;A;PALOPO;12-02-1960\r\n"));
    assert_fault(file, "2 nik E Excel mengubah NIK menjadi 7.3171E+15");
    assert_fault(file, "3 dusun E Tanda kutip di baris ini dibuka tetapi tidak ditutup");

    file = file_of_bytes(arena,
                         STR("nik;nama;no_kk;kk_level;sex;dusun\n7317101111570000;BUDI;7317100101010010;1;L;PADANG\n"
                             "7317105202600000;SITI;7317100101010010;3;P;PADANG\n7317105302600000;ANI;7317100101010010;4;P;PADANG\n"));
    assert_fault(file, "2 nik E Tersimpan sebagai angka.");
    assert_fault(file, "4 nik E Tersimpan sebagai angka.");
    assert_null(strstr(faults_of(file), "no_kk"));

    file = file_of_bytes(arena, STR("nik,nama,alamat,no_kk\n7317101111570001,BUDI,JL. A, NO 1,7317100101010001\n"
                                    "7317105202600002,SITI,JL. B,7317100101010001,,\n"));
    assert_fault(file, "2 nik E Baris ini punya 5 kolom, judulnya 4");
    assert_null(strstr(faults_of(file), "3 nik E Baris ini"));
}

static void test_headings_in_any_order_and_shape(void **state)
{
    struct arena *arena = *state;

    assert_int_equal(column_of_heading(arena, STR("tanggallahir")), COLUMN_BIRTH_DATE);
    assert_int_equal(column_of_heading(arena, STR(" Tanggal_Lahir ")), COLUMN_BIRTH_DATE);
    assert_int_equal(column_of_heading(arena, STR("NO KK")), COLUMN_KK);
    assert_int_equal(column_of_heading(arena, STR("Agama ID")), COLUMN_RELIGION);
    assert_int_equal(column_of_heading(arena, STR("pekerjaan")), COLUMN_OCCUPATION);
    assert_int_equal(column_of_heading(arena, STR("keterangan")), -1);
    assert_int_equal(column_of_heading(arena, STR("")), -1);
    for (int c = 0; c < COLUMN_COUNT; c++)
        assert_int_equal(column_of_heading(arena, str_c(column_rules[c].heading)), c);
}

/* Headings of OpenSID's templates and exports since 2018, of the civil registry, and as people shorten them. */
static void test_headings_of_other_years_and_offices(void **state)
{
    struct arena *arena = *state;
    static const struct {
        const char *heading;
        enum resident_column column;
    } known[] = {
        {"Pendidikan Dalam KK", COLUMN_EDUCATION_KK},
        {"Pendidikan (dlm KK)", COLUMN_EDUCATION_KK},
        {"Pendidikan Terakhir", COLUMN_EDUCATION_KK},
        {"Pendidikan Sedang Ditempuh", COLUMN_EDUCATION_NOW},
        {"Pendidikan (sdg ditempuh)", COLUMN_EDUCATION_NOW},
        {"Status Hubungan Dalam Keluarga", COLUMN_FAMILY_ROLE},
        {"Status Hubungan Keluarga", COLUMN_FAMILY_ROLE},
        {"Hub. Keluarga", COLUMN_FAMILY_ROLE},
        {"HUB. KEL", COLUMN_FAMILY_ROLE},
        {"SHDK", COLUMN_FAMILY_ROLE},
        {"Kawin", COLUMN_MARITAL},
        {"Stat Kwn", COLUMN_MARITAL},
        {"Status Perkawinan", COLUMN_MARITAL},
        {"Gol. Darah", COLUMN_BLOOD},
        {"Gol. Drh", COLUMN_BLOOD},
        {"G.DRH", COLUMN_BLOOD},
        {"Nomor NIK", COLUMN_NIK},
        {"N I K", COLUMN_NIK},
        {"Nomor KTP", COLUMN_NIK},
        {"Nomor KK", COLUMN_KK},
        {"No. Kartu Keluarga", COLUMN_KK},
        {"NAMA_LGKP", COLUMN_NAME},
        {"Nama Lengkap Anggota Keluarga", COLUMN_NAME},
        {"Nomor Dokumen Pasport", COLUMN_PASSPORT},
        {"Nomor Paspor", COLUMN_PASSPORT},
        {"Tanggal Akhir Pasport", COLUMN_PASSPORT_UNTIL},
        {"Nomor Dokumen KITAS", COLUMN_KITAS},
        {"Nomor Akta Perkawinan", COLUMN_MARRIAGE_CERT},
        {"Nomor Akta Kawin", COLUMN_MARRIAGE_CERT},
        {"Tanggal Kwn", COLUMN_MARRIAGE_DATE},
        {"Nomor Akta Perceraian", COLUMN_DIVORCE_CERT},
        {"Nomor Akta Cerai", COLUMN_DIVORCE_CERT},
        {"Tgl Cerai", COLUMN_DIVORCE_DATE},
        {"Nomor Akta Lahir", COLUMN_BIRTH_CERT},
        {"No Akta Kelahiran", COLUMN_BIRTH_CERT},
        {"Nomor Asuransi", COLUMN_INSURANCE_NO},
        {"Jenis Pekerjaan", COLUMN_OCCUPATION},
        {"Jenis Kelamin (L/P)", COLUMN_SEX},
        {"JK", COLUMN_SEX},
        {"TMPT LHR", COLUMN_BIRTH_PLACE},
        {"TGL LHR", COLUMN_BIRTH_DATE},
        {"Tanggal Lahir (dd-mm-yyyy)", COLUMN_BIRTH_DATE},
        {"Alamat", COLUMN_ADDRESS},
        {"Alamat Sekarang", COLUMN_ADDRESS_NOW},
        {"NIK Ayah", COLUMN_FATHER_NIK},
        {"Nama Ayah", COLUMN_FATHER_NAME},
        {"KTP-eL", COLUMN_KTP_EL},
        {"Stat Rkm", COLUMN_RECORD_STATUS},
        {"Kewarganegaraan", COLUMN_CITIZENSHIP},
    };

    for (size_t i = 0; i < COUNT_OF(known); i++) {
        int column = column_of_heading(arena, str_c(known[i].heading));
        if (column != (int)known[i].column)
            print_error("%s is column %d\n", known[i].heading, column);
        assert_int_equal(column, known[i].column);
    }
    assert_int_equal(column_of_heading(arena, STR("Nama Kepala Keluarga")), -1);
    assert_int_equal(column_of_heading(arena, STR("Deskripsi Pekerjaan")), -1);
}

#define BUDI_IN "7317101111570002|BUDI|7317100101010001"

static void test_headings_below_a_title_and_over_two_rows(void **state)
{
    struct arena *arena = *state;
    struct registry_file *file = file_of(arena, "DATA PENDUDUK DESA SAMPANO||||||\nTAHUN 2026||||||\nNo||||||\n"
                                                "NO|NIK|NAMA|NO KK|JK|TEMPAT, TANGGAL LAHIR|RT/RW\n1|2|3|4|5|6|7\n"
                                                "1|" BUDI_IN "|L|Larompong, 11-11-1957|001/002\n");

    assert_good(file);
    assert_int_equal(file->n_rows, 1);
    assert_int_equal(file->rows[0].row_no, 6);
    assert_true(str_is(file->rows[0].r.birth_place, "Larompong") && file->rows[0].r.birth_date.year == 1957);
    assert_true(str_is(file->rows[0].r.rt, "001") && str_is(file->rows[0].r.rw, "002"));

    /* the upper row names the columns, the lower one what is grouped; or the lower one names them all */
    file = file_of(arena, "NIK|NAMA|NO KK|PENDIDIKAN||ORANG TUA|\n|||DALAM KK|SEDANG DITEMPUH|AYAH|IBU\n" BUDI_IN "|5|18|AMBO|INDO\n");
    assert_int_equal(file->n_rows, 1);
    assert_int_equal(file->rows[0].r.education_kk, 5);
    assert_int_equal(file->rows[0].r.education_now, 18);
    assert_true(str_is(file->rows[0].r.father_name, "AMBO") && str_is(file->rows[0].r.mother_name, "INDO"));
    file = file_of(arena, "DATA DIRI|||LAHIR|\nNIK|NAMA|NO KK|TEMPAT|TANGGAL\n" BUDI_IN "|PALOPO|11-11-1957\n");
    assert_true(str_is(file->rows[0].r.birth_place, "PALOPO") && file->rows[0].r.birth_date.year == 1957);

    /* the place and the day of birth, wherever "Lahir" stands, in how many columns */
    static const char *const births[] = {
        "Tempat|Tanggal\n" BUDI_IN "|PALOPO|11-11-1957\n",
        "Tempat Lahir|Tgl.\n" BUDI_IN "|PALOPO|11-11-1957\n",
        "Tmpt|Tgl Lahir\n" BUDI_IN "|PALOPO|11-11-1957\n",
        "Tempat|Lahir\n" BUDI_IN "|PALOPO|11-11-1957\n",
        "Lahir|Lahir\n" BUDI_IN "|PALOPO|11-11-1957\n",
        "Lahir di|Lahir tanggal\n" BUDI_IN "|PALOPO|11-11-1957\n",
        "Tempat/Tgl Lahir|\n" BUDI_IN "|PALOPO|11-11-1957\n",
        "Kelahiran|\n|||Tmpt|Tgl\n" BUDI_IN "|PALOPO|11-11-1957\n",
        "Tempat & Tgl. Lahir|\n|||Tempat|Tanggal\n" BUDI_IN "|PALOPO|11-11-1957\n",
        "Lahir|\n" BUDI_IN "|PALOPO, 11-11-1957|\n",
        "Tempat Lahir|Tanggal Lahir||\n||||Tgl|Bln|Thn\n" BUDI_IN "|PALOPO|11|Nov|1957\n",
        "Tempat|Tgl|Bulan|Tahun\n" BUDI_IN "|PALOPO|11|11|1957\n",
    };
    for (size_t i = 0; i < COUNT_OF(births); i++) {
        file = file_of(arena, str_z(arena, str_fmt(arena, "NIK|NAMA|NO KK|%s", births[i])));
        if (file->n_rows != 1 || file->rows[0].r.birth_date.year != 1957 || !str_is(file->rows[0].r.birth_place, "PALOPO"))
            print_error("%s\n", births[i]);
        assert_int_equal(file->n_rows, 1);
        assert_int_equal(date_compare(file->rows[0].r.birth_date, (struct date){1957, 11, 11}), 0);
        assert_true(str_is(file->rows[0].r.birth_place, "PALOPO"));
        assert_true(str_empty(file->sheets[0].note));
    }

    /* not among the first twenty: said with what is missing */
    struct buf late = {.arena = arena};
    for (int i = 0; i < 20; i++)
        buf_put_str(&late, STR("judul||\n"));
    buf_put_str(&late, STR("NIK|NAMA|NO KK\n" BUDI_IN "\n"));
    assert_true(str_starts(file_of(arena, str_z(arena, buf_str(&late)))->sheets[0].note, STR("Dilewati: baris judulnya tidak memuat")));
}

static void test_of_two_names_for_a_column_its_own_is_meant(void **state)
{
    struct arena *arena = *state;
    struct registry_file *file = file_of(arena, "nik|nama|no_kk|Alamat KTP|alamat|Agama|Pendidikan|Pendidikan Terakhir\n" BUDI_IN
                                                "|Jl. A|Jl. B|1|5|6\n");

    assert_true(str_is(file->rows[0].r.address, "Jl. B"));
    assert_int_equal(file->rows[0].r.education_kk, 5);
    assert_true(str_find(file->sheets[0].note, STR("tidak dibaca: Alamat KTP, Pendidikan Terakhir")) >= 0);
}

static void test_rows_that_are_no_residents(void **state)
{
    struct arena *arena = *state;
    struct registry_file *file = file_of(arena,
                                         "NO|NIK|NAMA|NO KK|JK\n1|2|3|4|5\n1|" BUDI_IN "|L\nNO|NIK|NAMA|NO KK|JK\n"
                                         "2|7317105202600001|SITI|7317100101010001|P\nJUMLAH||2||\n|Sampano, 12 Januari 2026|||\n"
                                         "||KEPALA DESA||\n|NIP 196801011990031001|ANDI||\n###||||\nsesudah|7317105202600009|X|1|P\n");

    assert_good(file);
    assert_int_equal(file->n_rows, 2);
    assert_true(str_find(file->sheets[0].note, STR("Bukan data penduduk, dilewati: baris 6, 7, 8, 9.")) >= 0);

    /* a sum in the columns of the numbers */
    file = file_of(arena, "NO KK|NIK|NAMA|JK\n7317100101010001|7317101111570002|BUDI|L\nJUMLAH|4||\nTOTAL|4 JIWA||\n2|4||\n");
    assert_good(file);
    assert_int_equal(file->n_rows, 1);

    /* somebody whose numbers were forgotten is still told */
    file = file_of(arena, "NO|NIK|NAMA|NO KK|JK\n1||BUDI||L\n");
    assert_counts(plan_against(file, &(struct registry){0}), 0, 0, 0, 1);
    assert_fault(file, "2 nik W NIK belum diisi.");
    assert_fault(file, "2 no_kk E Nomor KK belum diisi.");
}

/* Written once for each family, merged over its members or only at the head. */
static void test_a_family_number_that_is_written_once(void **state)
{
    struct arena *arena = *state;
    struct registry empty = {0};
    struct registry_file *file = file_of(arena, HEAD BUDI "7317105202600001|SITI||3|P|||||SAMPANO|12-02-1960\n"
                                                          "7317100303860001|ANI||4|L|||||SAMPANO|03-03-1986\n" UDIN
                                                          "7317100303100001|ENO||4|L|||||LARONTO|03-03-2010\n");

    assert_counts(plan_against(file, &empty), 5, 0, 0, 0);
    assert_int_equal(file->faults.n, 0);
    assert_true(str_is(file->rows[2].r.kk_no, "7317100101010001") && str_is(file->rows[4].r.kk_no, "7317100101010002"));
    assert_true(str_is(file->rows[2].r.hamlet, "PADANG") && str_is(file->rows[4].r.hamlet, "LURA"));
    assert_true(str_starts(file->sheets[0].note, STR("Nomor KK tertulis sekali per keluarga, diisi ke bawah untuk 3 baris.")));

    /* where every member has it, one without is nobody's neighbour; and a head is not of the family above */
    file = file_of(arena, HEAD BUDI SITI "7317100303860001|ANI||4|L|PADANG||||SAMPANO|03-03-1986\n");
    assert_counts(plan_against(file, &empty), 2, 0, 0, 1);
    assert_fault(file, "4 no_kk E Nomor KK belum diisi.");
    file = file_of(arena, HEAD BUDI "7317100303860001|ANI||1|L|PADANG||||SAMPANO|03-03-1986\n");
    assert_counts(plan_against(file, &empty), 2, 0, 0, 0);
    assert_fault(file, "3 no_kk W Nomor KK belum diisi. Kepala keluarga ini mendapat nomor KK sementara");
}

/* Where a sheet writes the number for each member, a gap is the family's above when more than the place says so; it is told. */
static void test_a_member_without_a_number_in_a_plain_family(void **state)
{
    struct arena *arena = *state;
    struct registry empty = {0};
#define HEAD_OF "nik|nama|no_kk|kk_level|sex|dusun|rt|alamat|nama_ayah|tempatlahir|tanggallahir\n"
#define ALI "7317101111570002|ALI|7317100101010001|1|L|PADANG|1|Jl. A||PALOPO|11-11-1957\n"
#define ROS "7317105202600001|ROS|7317100101010001|3|P|PADANG|1|Jl. A||PALOPO|12-02-1960\n"
#define NAS "7317100303910001|NAS|7317100101010001|4|L|PADANG|1|||PALOPO|03-03-1991\n"
    static const char *const plain[] = {
        HEAD_OF ALI ROS "7317100303900001|ANI||4|L|||||PALOPO|03-03-1990\n",            /* merged */
        HEAD_OF ALI ROS "7317100303900001|ANI||4|L|PADANG|||Ali|PALOPO|03-03-1990\n",   /* its father is of it */
        HEAD_OF ALI ROS "7317100303900001|ANI||4|L|padang||JL. A||PALOPO|03-03-1990\n", /* of the same house */
        HEAD_OF ALI ROS "7317100303900001|ANI||4|L|PADANG||||PALOPO|03-03-1990\n" NAS,  /* a gap within it */
    };
    for (size_t i = 0; i < COUNT_OF(plain); i++) {
        struct registry_file *file = file_of(arena, plain[i]);
        struct registry_plan *plan = plan_against(file, &empty);
        assert_int_equal(plan->counts.refused, 0);
        assert_true(str_is(file->rows[2].r.kk_no, "7317100101010001"));
        assert_fault(file, "4 no_kk W Nomor KK belum diisi. Dibaca seanggota keluarga dengan “ALI” di baris 2.");
    }
    static const char *const nobodys[] = {
        HEAD_OF ALI ROS "7317100303900001|ANI||11|L|LURA|1|Jl. A||PALOPO|03-03-1990\n", /* another hamlet */
        HEAD_OF ALI ROS "7317100303900001|ANI||4|L|PADANG||||PALOPO|03-03-1990\n",
        HEAD_OF ALI ROS "7317100303900001|ANI||4|L|PADANG|2||Ali|PALOPO|03-03-1990\n", /* another RT */
    };
    for (size_t i = 0; i < COUNT_OF(nobodys); i++) {
        struct registry_file *file = file_of(arena, nobodys[i]);
        plan_against(file, &empty);
        assert_fault(file, "4 no_kk E Nomor KK belum diisi.");
    }
}

/* A family without end is looked at sixty rows back, however long its file: who stands further down is asked for the number. */
static void test_a_family_without_end_is_read_a_short_way_back(void **state)
{
    struct arena *arena = *state;
    struct registry empty = {0};
    struct buf text = {.arena = arena};

    buf_put_str(&text, STR(HEAD_OF ALI));
    for (unsigned i = 0; i < 400; i++)
        buf_fmt(&text, "73171003039%05u|ANI|%s|4|L||||ALI|PALOPO|03-03-1990\n", i, i == 0 ? "7317100101010001" : "");
    struct registry_file *file = file_of(arena, str_z(arena, buf_str(&text)));
    assert_int_equal(file->n_rows, 401);
    assert_true(str_is(file->rows[30].r.kk_no, "7317100101010001"));
    assert_true(str_empty(file->rows[200].r.kk_no));
    plan_against(file, &empty);
    assert_fault(file, "202 no_kk E Nomor KK belum diisi.");
}

/* What a village calls its hamlets, over a column and before a name. */
static void test_the_villages_own_word(void **state)
{
    struct arena *arena = *state;
    struct known_area areas[] = {{1, STR("JORONG SUNGAI"), STR("-"), STR("-")},
                                 {2, STR("PADANG"), STR("-"), STR("-")},
                                 {3, STR("KAMPUNG BARU"), STR("-"), STR("-")}};
    struct registry registry = {.areas = areas, .n_areas = 3};
    static const struct {
        const char *word, *heading, *written, *kept;
    } hamlets[] = {
        {"", "Nama Dusun/Lingkungan", "Dusun Sungai", "SUNGAI"},
        {"", "Kampung", "Kampung Baru", "KAMPUNG BARU"},
        {"", "Jorong", "Lura", "LURA"},
        {"Soa", "Nama Soa", "Soa Lura", "LURA"},
        {"Soa", "Soa", "Soa", "SOA"},
        {"Jorong", "Jorong", "Jorong Sungai", "JORONG SUNGAI"},
        {"Jorong", "Dusun", "Sungai", "JORONG SUNGAI"},
        {"Jorong", "Dusun", "jorong padang", "PADANG"},
        {"Jorong", "Jorong", "Jorong: Koto Tuo", "KOTO TUO"},
        {"Kampung", "Kampung", "Kp. Lura", "LURA"},
        {"Kampung", "Kampung", "Kampung Baru", "KAMPUNG BARU"},
        {"Lingkungan", "Lingkungan", "Lingkungan II", "II"},
        {"Kampung", "Alamat", "Kampung Lura, Jl. Poros", "LURA"},
        {"", "Alamat", "DSN Lura Jl. Poros No. 3", "LURA"},
        {"", "Alamat", "Dusun Jalan Baru", "JALAN BARU"},
        {"", "Alamat", "Jl. Kampung Baru No. 3", ""},
        {"Kampung", "Alamat", "Jl. Kampung Baru No. 3", ""},
        {"RW", "RW", "RW 03", "03"},
    };

    for (size_t i = 0; i < COUNT_OF(hamlets); i++) {
        struct registry_file *file;
        struct err err;
        struct str word = str_c(hamlets[i].word);
        char *lines = str_z(arena, str_fmt(arena, "NIK|NAMA|NO KK|%s\n" BUDI_IN "|%s\n", hamlets[i].heading, hamlets[i].written));
        const struct import_source from = {.bytes = book_of(arena, "Penduduk", lines), .hamlet_word = word, .today = TODAY};
        assert_int_equal(import_read(arena, &from, &file, &err), RC_OK);
        registry_plan(file, &registry, &(struct registry_choice){.village_code = CODE, .hamlet_word = word, .today = TODAY});
        if (!str_is(file->rows[0].r.hamlet, hamlets[i].kept))
            print_error("%s: %.*s\n", hamlets[i].written, STR_ARG(file->rows[0].r.hamlet));
        assert_true(str_is(file->rows[0].r.hamlet, hamlets[i].kept));
    }
}

/* ---- dates beside the others of their column ---- */

/* Rows of "NIK without its first six digits | birth date | role | marriage date". */
static struct registry_file *file_of_dates(struct arena *arena, const char *const *rows, size_t n)
{
    struct buf lines = {.arena = arena};

    buf_put_str(&lines, STR("nik|nama|no_kk|dusun|tanggallahir|kk_level|tanggalperkawinan|sex\n"));
    for (size_t i = 0; i < n; i++) {
        struct str rest = str_c(rows[i]), nik;
        str_cut(&rest, '|', &nik);
        buf_fmt(&lines, "%s%.*s|NAMA|7317100101010001|PADANG|%.*s|L\n", str_empty(nik) ? "" : "731710", STR_ARG(nik), STR_ARG(rest));
    }
    return file_of(arena, str_z(arena, buf_str(&lines)));
}

static void assert_day(const struct registry_file *file, size_t row, int year, int month, int day)
{
    struct str is = date_short(file->arena, file->rows[row].r.birth_date),
               is_meant = date_short(file->arena, (struct date){year, month, day});

    assert_string_equal(str_z(file->arena, is), str_z(file->arena, is_meant));
}

#define GUESSED "Tanggal dibaca hari lebih dulu, seperti lazimnya; tidak ada yang membuktikan sebaliknya."

static void test_which_comes_first_day_or_month(void **state)
{
    struct arena *arena = *state;
    static const char *const month_first[] = {"|12/31/1990|1|3/4/2015", "|3/4/1991|4|", "|11/2/1992|4|"};
    struct registry_file *file = file_of_dates(arena, month_first, 3);

    assert_day(file, 0, 1990, 12, 31);
    assert_day(file, 1, 1991, 3, 4);
    assert_day(file, 2, 1992, 11, 2);
    assert_int_equal(date_compare(file->rows[0].r.marriage_date, (struct date){2015, 3, 4}), 0); /* as the sheet's other dates */
    assert_true(str_find(file->sheets[0].note, STR("Tanggal di kolom tanggallahir ditulis bulan dulu, seperti 12-31-1990")) >= 0);

    /* the day first, as people here write, also where nothing proves it */
    static const char *const day_first[] = {"|3/4/1991|4|", "|11/2/1992|4|"};
    file = file_of_dates(arena, day_first, 2);
    assert_day(file, 0, 1991, 4, 3);
    assert_string_equal(str_z(arena, file->sheets[0].note), GUESSED " Misalnya 3 April 1991, bukan 4 Maret 1991.");

    /* the numbers prove it where the dates do not */
    static const char *const by_nik[] = {"0403910001|3/4/1991|4|", "0211920001|11/2/1992|4|", "|5/6/1993|4|"};
    file = file_of_dates(arena, by_nik, 3);
    assert_day(file, 0, 1991, 3, 4);
    assert_day(file, 2, 1993, 5, 6);

    /* one slip among many is told and changes nobody else */
    const char *many[42] = {"|12/31/1990|1|", "|3/4/1991|4|"};
    for (size_t i = 2; i < COUNT_OF(many); i++)
        many[i] = "|25/4/1991|4|";
    file = file_of_dates(arena, many, COUNT_OF(many));
    assert_day(file, 0, 1990, 12, 31);
    assert_day(file, 1, 1991, 4, 3);
    assert_fault(file, "2 tanggallahir W Hari dan bulannya ditulis lain urutan daripada yang lain di kolom ini. Dibaca 31 Desember 1990");
}

/* The faults that ask, all of them with the same question. */
static size_t asked(const struct registry_file *file, enum registry_asks asks)
{
    size_t n = 0;

    for (size_t i = 0; i < file->faults.n; i++) {
        n += file->faults.p[i].asks == asks;
        assert_true(file->faults.p[i].asks == ASKS_NOTHING || file->faults.p[i].asks == asks);
    }
    return n;
}

static void answer(struct registry_file *file, uint8_t code)
{
    registry_apply_answers(file, NULL, 0, UINT32_C(1) << code);
}

static void assert_married(const struct registry_file *file, size_t row, int year, int month, int day)
{
    assert_int_equal(date_compare(file->rows[row].r.marriage_date, (struct date){year, month, day}), 0);
}

static void test_an_order_that_is_open_is_asked_once(void **state)
{
    struct arena *arena = *state;
    static const char *const mixed[] = {"|12/31/1990|1|5/6/2015", "|25/4/1991|4|", "|3/4/1992|4|", "0403910001|3/4/1991|4|",
                                        "0304910001|3/4/1991|4|"};
    struct registry_file *file = file_of_dates(arena, mixed, 5);

    assert_day(file, 0, 1990, 12, 31);
    assert_day(file, 1, 1991, 4, 25);
    assert_day(file, 3, 1991, 3, 4); /* its own NIK says so */
    assert_day(file, 4, 1991, 4, 3);
    assert_fault(file, "4 tanggallahir E Lahir 3 April 1992 (hari dulu) atau 4 Maret 1992 (bulan dulu)?");
    assert_fault(file, "2 tanggalperkawinan E Kawin 5 Juni 2015 (hari dulu) atau 6 Mei 2015 (bulan dulu)?");
    assert_int_equal(asked(file, ASKS_ORDER), 2);
    assert_int_equal(file->rows[1].has_error + file->rows[3].has_error + file->rows[4].has_error, 0);
    assert_true(file->rows[0].has_error && file->rows[2].has_error);
    answer(file, 2);
    assert_good(file);
    assert_day(file, 2, 1992, 3, 4);
    assert_married(file, 0, 2015, 5, 6);
    assert_fault(file, "4 tanggallahir W Dibaca 4 Maret 1992 menurut jawaban Anda.");
    assert_int_equal(asked(file, ASKS_ORDER), 2); /* a slip can be put right */

    file = file_of_dates(arena, mixed, 5);
    answer(file, 1);
    assert_day(file, 2, 1992, 4, 3);

    /* an answer may give a day that cannot be */
    static const char *const future[] = {"|12/31/1990|1|", "|25/4/1991|4|", "|3/12/2026|4|"};
    file = file_of_dates(arena, future, 3);
    answer(file, 1);
    assert_fault(file, "4 tanggallahir E Dibaca 3 Desember 2026 menurut jawaban Anda. Tanggal ini belum tiba.");
    assert_true(file->rows[2].has_error);
}

/* What one column, or one sheet, proves serves the others, unless they contradict one another. */
static void test_dates_of_one_hand(void **state)
{
    struct arena *arena = *state;
    static const char *const by_birth[] = {"|12/31/1990|1|3/4/2015", "|12/30/1991|1|5/6/2016"};
    static const char *const against[] = {"|12/31/1990|1|25/4/2015", "|3/4/1991|1|5/6/2016"};
    struct registry_file *file = file_of_dates(arena, by_birth, 2);

    assert_married(file, 0, 2015, 3, 4);
    assert_true(str_find(file->sheets[0].note, STR("kolom tanggalperkawinan dibaca bulan dulu, seperti tanggal lain di berkas ini.")) >= 0);
    file = file_of_dates(arena, against, 2); /* each column has its own proof */
    assert_day(file, 1, 1991, 3, 4);
    assert_married(file, 1, 2016, 6, 5);
    assert_good(file);

    struct sheet_table tables[] = {
        table_of(arena, "RT 1", "nama|no_kk|nik|tanggallahir\nA|7317100101010001||12/31/1990"),
        table_of(arena, "RT 2", "nama|no_kk|nik|tanggallahir\nB|7317100101010001||3/4/1991"),
        table_of(arena, "RT 3", "nama|no_kk|nik|tanggallahir\nC|7317100101010001||25/4/1991\nD|7317100101010001||3/4/1991"),
    };
    struct str bytes;
    struct err err;
    assert_int_equal(sheet_write(arena, tables, 2, &bytes, &err), RC_OK);
    assert_day(file_of_bytes(arena, bytes), 1, 1991, 3, 4);
    assert_int_equal(sheet_write(arena, tables, 3, &bytes, &err), RC_OK);
    file = file_of_bytes(arena, bytes);
    assert_fault(file, "2 tanggallahir E Lahir 3 April 1991 (hari dulu) atau 4 Maret 1991 (bulan dulu)?");
    assert_day(file, 3, 1991, 4, 3);
    assert_false(file->rows[3].has_error);

    /* a certain row of a column that is read the other way stays */
    static const char *const own[] = {"|12/31/1990|1|", "|12/30/1990|1|", "0304910001|3/4/1991|4|"};
    file = file_of_dates(arena, own, 3);
    assert_day(file, 2, 1991, 4, 3);
}

/* A program that writes the month first has taken the dates that it could for its own, and left the others as texts. */
static void test_cells_whose_day_and_month_were_changed(void **state)
{
    struct arena *arena = *state;
    static const char *const changed[] = {"0403910001|@1991-03-04|4|", "|@1992-11-02|4|", "2504910001|25/4/1991|4|"};
    static const char *const right[] = {"0403910001|@1991-04-03|4|", "2504910001|@1991-04-25|4|"};
    struct registry_file *file;

    file = file_of_dates(arena, changed, 3);
    assert_day(file, 0, 1991, 3, 4); /* its NIK agrees: nothing was changed */
    static const char *const swapped[] = {"0304910001|@1991-03-04|4|", "|@1992-11-02|4|", "2504910001|25/4/1991|4|"};
    file = file_of_dates(arena, swapped, 3);
    assert_day(file, 0, 1991, 4, 3);
    assert_day(file, 1, 1992, 2, 11);
    assert_day(file, 2, 1991, 4, 25);
    assert_true(str_find(file->sheets[0].note, STR("tertukar oleh Excel, menurut NIK di 1 baris; dikembalikan di 2 baris.")) >= 0);
    file = file_of_dates(arena, right, 2);
    assert_day(file, 0, 1991, 4, 3); /* one wrong NIK in a column that has days above 12 moves nothing */

    /* what the NIKs prove of the births serves the marriages, and a NIK that agrees with its cell leaves it alone */
    static const char *const married[] = {"0304910001|@1991-03-04|1|@2015-05-06", "2504910001|25/4/1991|4|"};
    file = file_of_dates(arena, married, 2);
    assert_married(file, 0, 2015, 6, 5);
    assert_true(str_find(file->sheets[0].note, STR("tertukar oleh Excel, seperti tanggal lain di berkas ini; dikembalikan di 1 baris.")) >=
                0);

    /* the same trace without any NIK: nobody knows, so a person is asked, of all columns at once */
    static const char *const trace[] = {"|@1991-03-04|1|@2015-05-06", "|@1992-11-02|4|", "|25/4/1991|4|", "|@1993-07-07|4|"};
    file = file_of_dates(arena, trace, 4);
    assert_fault(file, "2 tanggallahir E Lahir 4 Maret 1991 (seperti di berkas) atau 3 April 1991 (dikembalikan)?");
    assert_fault(file, "2 tanggalperkawinan E Kawin 6 Mei 2015 (seperti di berkas) atau 5 Juni 2015 (dikembalikan)?");
    assert_int_equal(asked(file, ASKS_CELLS), 3);
    answer(file, 6);
    assert_good(file);
    assert_day(file, 0, 1991, 4, 3);
    assert_married(file, 0, 2015, 6, 5);
    assert_day(file, 2, 1991, 4, 25);
    file = file_of_dates(arena, trace, 4);
    answer(file, 5);
    assert_day(file, 0, 1991, 3, 4);

    /* no trace: days above 12 among the cells, or small ones among the texts */
    static const char *const none[] = {"|@1991-03-04|1|", "|@1992-11-22|4|", "|25/4/1991|4|"};
    static const char *const texts[] = {"|@1991-03-04|1|", "|3/4/1992|4|", "|25/4/1991|4|"};
    assert_good(file_of_dates(arena, none, 3));
    assert_good(file_of_dates(arena, texts, 3));
}

/* Nothing in the file tells: it is read as people here write, and that is said once, with one of them. */
static void test_dates_that_nothing_proves(void **state)
{
    struct arena *arena = *state;
    static const char *const open[] = {"|07/03/1971|1|05/06/1999", "|05/06/1972|4|"},
                             *const proven[] = {"|07/03/1971|1|", "|25/06/1972|4|"}, *const same[] = {"|07/07/1971|1|", "|3 Mei 1972|4|"};
    struct registry_file *file = file_of_dates(arena, open, 2);

    assert_good(file);
    assert_day(file, 0, 1971, 3, 7);
    assert_string_equal(str_z(arena, file->sheets[0].note), GUESSED " Misalnya 7 Maret 1971, bukan 3 Juli 1971.");
    assert_int_equal(str_find(file_of_dates(arena, proven, 2)->sheets[0].note, STR("lazimnya")), -1);
    assert_int_equal(str_find(file_of_dates(arena, same, 2)->sheets[0].note, STR("lazimnya")), -1);
}

/* Digits without signs, numbers that stand for days, and a year alone, each beside the others of its column. */
static void test_numbers_for_days(void **state)
{
    struct arena *arena = *state;
    static const char *const wide[] = {"|#9102010|4|", "|#21091990|4|", "|#1122010|4|"};
    static const char *const zeroless[] = {"|#2592010|4|", "1102100001|#1122010|4|", "|#1122010|4|", "|#112010|4|"};
    static const char *const serials[] = {"|#35134|4|", "|#35135|4|"};
    static const char *const between[] = {"|#35134|4|", "|#21091990|4|", "1003960001|#35134|4|"};
    static const char *const years[] = {"|@1905-05-23|1|", "2305050001|@1905-05-23|1|"};
    struct registry_file *file = file_of_dates(arena, wide, 3);

    assert_day(file, 0, 2010, 10, 9);
    assert_day(file, 1, 1990, 9, 21);
    assert_day(file, 2, 2010, 12, 1);
    assert_true(str_find(file->sheets[0].note, STR("Tanggal tanpa tanda pemisah di kolom tanggallahir, 3 baris, dibaca hari, bulan, tahun; "
                                                   "salah satunya menjadi 1 Desember 2010.")) >= 0);
    file = file_of_dates(arena, zeroless, 4);
    assert_day(file, 0, 2010, 9, 25);
    assert_day(file, 1, 2010, 2, 11); /* as its NIK says */
    assert_fault(file, "4 tanggallahir E Tanpa tanda pemisah tanggal ini bisa berarti 1 Desember 2010 atau 11 Februari 2010.");
    assert_day(file, 3, 2010, 1, 1);
    file = file_of_dates(arena, serials, 2);
    assert_day(file, 0, 1996, 3, 10);
    assert_fault(file, "2 tanggallahir W Angka 35134 dibaca sebagai tanggal Excel: 10-03-1996.");
    file = file_of_dates(arena, between, 3);
    assert_fault(file, "2 tanggallahir E Angka 35134 bisa tanggal Excel (10-03-1996) atau tanggal tanpa tanda pemisah");
    assert_fault(file, "4 tanggallahir W Angka 35134 dibaca sebagai tanggal Excel");
    file = file_of_dates(arena, years, 2);
    assert_fault(file, "2 tanggallahir E Yang diketik di sel tanggal ini tampaknya hanya tahun");
    assert_false(file->rows[1].has_error);
}

static void test_which_century_two_digits_mean(void **state)
{
    struct arena *arena = *state;
    static const char *const years[] = {"|11/11/57|1|", "|03-03-19|4|5-6-79", "|13 Juli 12|3|", "|2-2-20|1|", "|2/2/15|9|", "|2/2/26|9|"};
    struct registry_file *file = file_of_dates(arena, years, 6);

    assert_day(file, 0, 1957, 11, 11);
    assert_day(file, 1, 2019, 3, 3); /* a child */
    assert_int_equal(file->rows[1].r.marriage_date.year, 1979);
    assert_day(file, 2, 2012, 7, 13); /* nobody is 114 */
    assert_day(file, 3, 1920, 2, 2);  /* nobody of six heads a family; nor, as a rule, of 106 */
    assert_fault(file, "5 tanggallahir W Tahun dua angka ini dibaca 1920, jadi umurnya 106 tahun.");
    assert_fault(file, "6 tanggallahir E Lahir 2 Februari 2015 (2000-an) atau 2 Februari 1915 (1900-an)?");
    assert_fault(file, "7 tanggallahir E Lahir 2 Februari 2026 (2000-an)");
    answer(file, 3);
    assert_day(file, 4, 2015, 2, 2);
    assert_day(file, 5, 2026, 2, 2);
    assert_false(file->rows[4].has_error || file->rows[5].has_error);
    file = file_of_dates(arena, years, 6);
    answer(file, 4);
    assert_day(file, 4, 1915, 2, 2);

    /* two hands in one file: which day it is says which century, so the whole day is asked for */
    static const char *const hands[] = {"|25/4/1991|4|", "|4/25/1991|4|", "|11/12/26|4|", "|5/6/91|4|"};
    file = file_of_dates(arena, hands, 4);
    assert_fault(file, "4 tanggallahir E Hari, bulan dan tahun tanggal ini bisa berarti dua.");
    assert_fault(file, "5 tanggallahir E Lahir 5 Juni 1991 (hari dulu) atau 6 Mei 1991 (bulan dulu)?");
}

/* ---- the civil registry's forms ---- */

static void test_the_civil_registrys_table(void **state)
{
    struct arena *arena = *state;
    struct registry empty = {0};
    struct registry_file *file = file_of(
        arena,
        "Nomor KK|NIK|Nama Penduduk|Status|Tempat Lahir|Tanggal Lahir|Kelamin|NIK Ayah|Ayah|NIK Ibu|Ibu|Status Kawin|SHDK|Agama|"
        "Kecamatan|Desa/Kel|Alamat|RW|RT|Pendidikan|Pekerjaan|Gol. Darah|Nomor Paspor|Nomor Akta Lahir|Nomor Akta Kawin|Tanggal Kwn|"
        "Nomor Akta Cerai|Tgl Cerai|Petugas Registrasi\n"
        "7317100101010001|7317101111570002|BUDI|HIDUP|PALOPO|11-11-1957|LAKI-LAKI||AMBO||INDO|KAWIN|KEPALA KELUARGA|ISLAM|"
        "LAROMPONG|SAMPANO|JL. POROS DSN. BATU LOTONG|001|002|SLTA/SEDERAJAT|PETANI/PEKEBUN|-|X1234|7317-LT|123/45|01-02-1980|||ANI\n");

    assert_counts(plan_against(file, &empty), 1, 0, 0, 0);
    const struct resident_row *r = &file->rows[0].r;
    assert_true(str_is(r->hamlet, "BATU LOTONG") && str_is(r->address, "JL. POROS") && str_is(r->rw, "001") && str_is(r->rt, "002"));
    assert_true(r->education_kk == 5 && r->basic_status == 1 && r->marital == 2 && str_is(r->passport, "X1234"));
    assert_true(str_is(r->birth_cert, "7317-LT") && str_is(r->marriage_cert, "123/45") && r->marriage_date.year == 1980);
}

static void assert_two_families(struct registry_file *file)
{
    static const struct registry empty;

    assert_good(file);
    assert_int_equal(file->n_rows, 3);
    const struct resident_row *a = &file->rows[0].r, *b = &file->rows[1].r, *c = &file->rows[2].r;
    assert_true(str_is(a->kk_no, "7317100101010001") && str_is(b->kk_no, "7317100101010001") && str_is(c->kk_no, "7317100101010002"));
    assert_true(str_is(a->hamlet, "PADANG") && str_is(b->hamlet, "PADANG") && str_is(c->hamlet, "LURA"));
    assert_true(str_is(a->rt, "001") && str_is(a->rw, "002") && str_is(c->rt, "003") && str_is(c->rw, "004"));
    assert_true(str_is(a->nik, "7317101111570002") && a->family_role == 1 && a->citizenship == 1 && c->religion == 1);
    assert_true(str_starts(file->sheets[0].note, STR("Formulir Buku Induk Penduduk: 2 keluarga dibaca.")));
    assert_int_equal(plan_against(file, &empty)->counts.new, 3);
}

static void test_printed_forms(void **state)
{
    struct arena *arena = *state;

    /* BIP 2016 */
    assert_two_families(file_of(
        arena,
        "BUKU INDUK PENDUDUK WNI|||||||||||\nNO|NAMA LENGKAP|NIK|TEMPAT LAHIR|TGL LAHIR|JK|SHDK|AGAMA|PENDIDIKAN|PEKERJAAN|IBU|AYAH\n"
        "No. KK : 7317100101010001||Alamat : JL. POROS, Nama Dusun : PADANG, RT/RW : 001/002|||||||||\n"
        "1|BUDI|7317101111570002|PALOPO|11-11-1957|L|KEPALA KELUARGA|ISLAM|||INDO|AMBO\n"
        "2|SITI|7317105202600001|PALOPO|12-02-1960|P|ISTRI|ISLAM|||INDO|AMBO\n"
        "No. KK : 7317100101010002||Alamat : -, Nama Dusun : LURA, RT/RW : 003/004|||||||||\n"
        "1|UDIN|7317100303850001|LARONTO|03-03-1985|L|KEPALA KELUARGA|ISLAM|||INDO|AMBO\nKeterangan:|||||||||||\n"));

    /* the same without headings */
    assert_two_families(file_of(
        arena,
        "BUKU INDUK PENDUDUK WNI|||||||||||\nNo. KK : 7317100101010001||Alamat : JL. POROS, Nama Dusun : PADANG, RT/RW : 001/002|||||||||\n"
        "1|BUDI|7317101111570002|PALOPO|11-11-1957|L|KEPALA KELUARGA|ISLAM|||INDO|AMBO\n"
        "2|SITI|7317105202600001|PALOPO|12-02-1960|P|ISTRI|ISLAM|||INDO|AMBO\n"
        "No. KK : 7317100101010002||Alamat : -, Nama Dusun : LURA, RT/RW : 003/004|||||||||\n"
        "1|UDIN|7317100303850001|LARONTO|03-03-1985|L|KEPALA KELUARGA|ISLAM|||INDO|AMBO\n"));

    /* Luwu Timur: a page for each family */
    assert_two_families(
        file_of(arena, "|BUKU INDUK KEPENDUDUKAN (DAFTAR  KELUARGA)||||||||\n||PROVINSI|: SULAWESI SELATAN|||NO. KK|: 7317100101010001||\n"
                       "||KABUPATEN|: LUWU|||NAMA KK|: BUDI||\n||KECAMATAN|: LAROMPONG|||ALAMAT|: DSN. PADANG,Kodepos :91994,Telp :-||\n"
                       "||DESA|: SAMPANO|||NO. RT/RW|001/002||\n|NO|NIK|NAMA|JK|TMPT LHR|TGL LHR|AGAMA|STATUS|HUB. KEL\n"
                       "|1|7317101111570002|BUDI|L|PALOPO|11-11-1957|ISLAM|KAWIN|KEPALA KELUARGA\n"
                       "|2|7317105202600001|SITI|P|PALOPO|12-02-1960|ISLAM|KAWIN|ISTRI\n|||Mengetahui,||||||\n||||KEPALA DESA|||||\n"
                       "|BUKU INDUK KEPENDUDUKAN (DAFTAR  KELUARGA)||||||||\n||PROVINSI|: SULAWESI SELATAN|||NO. KK|: 7317100101010002||\n"
                       "||KECAMATAN|: LAROMPONG|||ALAMAT|: DSN. LURA,Kodepos :91994,Telp :-||\n||DESA|: SAMPANO|||NO. RT/RW|003/004||\n"
                       "|NO|NIK|NAMA|JK|TMPT LHR|TGL LHR|AGAMA|STATUS|HUB. "
                       "KEL\n|1|7317100303850001|UDIN|L|LARONTO|03-03-1985|ISLAM|KAWIN|KEPALA KELUARGA\n"));

    /* BIP 2012: the values stand below their names */
    assert_two_families(file_of(arena,
                                "BUKU INDUK PENDUDUK|||||||||\n|NO.KK||NAMA.KK|||ALAMAT|||\n|7317100101010001||BUDI|||DUSUN PADANG, "
                                "RT:001, RW:002, Kodepos:83355,-|||\n"
                                "|NO|NIK|NAMA|JK|TEMPAT LAHIR|TGL LAHIR|AGAMA|STATUS|HUBUNGAN\n"
                                "|1|7317101111570002|BUDI|L|PALOPO|11-11-1957|ISLAM|KAWIN|KEPALA KELUARGA\n"
                                "|2|7317105202600001|SITI|P|PALOPO|12-02-1960|ISLAM|KAWIN|ISTRI\n"
                                "|NO.KK||NAMA.KK|||ALAMAT|||\n|7317100101010002||UDIN|||DUSUN LURA, RT:003, RW:004, Kodepos:83355,-|||\n"
                                "|NO|NIK|NAMA|JK|TEMPAT LAHIR|TGL LAHIR|AGAMA|STATUS|HUBUNGAN\n"
                                "|1|7317100303850001|UDIN|L|LARONTO|03-03-1985|ISLAM|KAWIN|KEPALA KELUARGA\n"));

    /* e-KTP: a number by itself begins a family; long texts run on below */
    assert_two_families(file_of(arena,
                                "NO|Nama Lengkap|NIK|Tempat Lahir|Tanggal Lahir|JK|Stat Kwn|SHDK|Agama|No Akta Lahir|Wjb KTP|KTP-eL\n"
                                "7317100101010001||BUDI|||||||DESA SAMPANO RT/RW : 001/002 DUSUN : PADANG||\n"
                                "1|BUDI|7317101111570002|PALOPO|11-11-1957|Lk|K|KEPALA KELUARGA|ISLAM|6767/2002|WAJIB|KTP-eL\n"
                                "2|SITI|7317105202600001|PALOPO|12-02-1960|Pr|K|ISTRI|ISLAM||WAJIB|KTP-eL\n|||||||||||SHIPPED\n"
                                "7317100101010002||UDIN|||||||DESA SAMPANO RT/RW : 003/004 DUSUN : LURA||\n"
                                "1|UDIN|7317100303850001|LARONTO|03-03-1985|Lk|K|KEPALA KELUARGA|ISLAM||WAJIB|KTP-eL\n"));

    /* one that is not known is named, with what to do */
    assert_true(str_find(file_of(arena, "BUKU INDUK PENDUDUK WNI||\nsesuatu|yang|lain\n")->sheets[0].note,
                         STR("formulir Buku Induk Penduduk (BIP) yang bentuknya tidak dikenal")) >= 0);
}

static void test_data_ends_at_the_hashes(void **state)
{
    struct arena *arena = *state;
    struct registry_file *file = file_of(
        arena, "no_kk|nama|nik\n7317100101010001|Budi|7317101111570002\n||\n7317100101010001|Siti|7317105202600001\n"
               "|###|\npetunjuk|isi begini|123");

    assert_int_equal(file->n_rows, 2);
    assert_int_equal(file->rows[1].row_no, 4);
    assert_int_equal(file->faults.n, 0);
}

/* A sheet for each RT, whose rows do not say which. */
static void test_a_sheet_is_called_by_its_neighbourhood(void **state)
{
    struct arena *arena = *state;
    struct sheet_table tables[] = {
        table_of(arena, "RT 01 RW 2", "nama|no_kk|nik|dusun\nA|7317100101010001|7317101111570002|PADANG"),
        table_of(arena, "Dusun Lura", "nama|no_kk|nik|rt\nB|7317100101010002|7317101111570003|004"),
        table_of(arena, "Penduduk 2026", "nama|no_kk|nik|dusun\nC|7317100101010003|7317101111570004|PADANG"),
    };
    struct str bytes;
    struct err err;

    assert_int_equal(sheet_write(arena, tables, COUNT_OF(tables), &bytes, &err), RC_OK);
    struct registry_file *file = file_of_bytes(arena, bytes);
    assert_true(str_is(file->rows[0].r.rt, "001") && str_is(file->rows[0].r.rw, "002") && str_is(file->rows[0].r.hamlet, "PADANG"));
    assert_true(str_is(file->rows[1].r.rt, "004") && str_is(file->rows[1].r.hamlet, "LURA"));
    assert_true(str_empty(file->rows[2].r.rt) && str_is(file->rows[2].r.hamlet, "PADANG"));
    assert_true(str_find(file->sheets[0].note, STR("Wilayah 1 baris diambil dari nama lembar.")) >= 0);
    assert_true(str_empty(file->sheets[2].note));
}

/* A card that is not made yet is told by words or 0; such a member gets nobody else's number. */
static void test_a_card_that_is_not_there_yet(void **state)
{
    struct arena *arena = *state;
    static const char *const none[] = {"BELUM ADA", "0", "Proses"};

    for (size_t i = 0; i < COUNT_OF(none); i++) {
        struct registry_file *file = file_of(arena,
                                             str_z(arena, str_fmt(arena,
                                                                  "nik|nama|no_kk|kk_level\n7317101111570002|BUDI|7317100101010001|1\n"
                                                                  "7317101111570003|UDIN|%s|1\n7317101111570004|SITI|%s|3\n",
                                                                  none[i], none[i])));
        assert_good(file);
        assert_true(str_empty(file->rows[1].r.kk_no) && str_empty(file->rows[2].r.kk_no));
        assert_false((file->rows[1].filled | file->rows[2].filled) & UINT64_C(1) << COLUMN_KK);
    }
}

static void test_too_many_rows(void **state)
{
    struct arena *arena = *state;
    struct buf lines = {.arena = arena};

    buf_put_str(&lines, STR("nama|no_kk|nik"));
    for (int i = 0; i < REGISTRY_ROWS_MAX; i++)
        buf_fmt(&lines, "\nA|7317100101010001|73171011115%05d", i);
    struct str exactly = str_dup(arena, buf_str(&lines));
    assert_int_equal(file_of(arena, str_z(arena, exactly))->n_rows, REGISTRY_ROWS_MAX);
    buf_put_str(&lines, STR("\nA|7317100101010001|7317101111599999"));
    struct registry_file *file = file_of(arena, str_z(arena, buf_str(&lines)));
    assert_true(str_starts(file->refusal, STR("Berkas ini memuat lebih dari 20.000 baris. Bagi menjadi beberapa berkas")));
}

/* ---- rows ---- */

static void test_new_residents_with_family_and_area(void **state)
{
    struct arena *arena = *state;
    struct registry_plan *plan = plan_of(arena, HEAD BUDI SITI UDIN);

    assert_counts(plan, 3, 0, 0, 0);
    assert_int_equal(plan->faults->n, 0);
    assert_int_equal(plan->n_families, 2);
    assert_int_equal(plan->n_areas, 2);
    assert_true(str_is(plan->areas[0].hamlet, "PADANG") && str_is(plan->areas[0].rw, "001") && str_is(plan->areas[0].rt, "002"));
    assert_true(str_is(plan->areas[1].rw, "-") && str_is(plan->areas[1].rt, "-"));
    assert_true(str_is(plan->families[0].address, "Jl. Poros"));
    assert_int_equal(plan->residents[0].r.basic_status, 1);
}

static void test_the_same_file_again_changes_nothing(void **state)
{
    struct arena *arena = *state;
    static const struct registry empty;
    const char *lines = HEAD BUDI SITI UDIN "0|BAYI|7317100101010001|4|L|PADANG|1|2||PALOPO|01-11-2026\n";
    struct registry_plan *first = plan_of(arena, lines);
    struct registry *after = registry_after(arena, &empty, first);

    assert_counts(first, 4, 0, 0, 0);
    assert_true(str_is(first->residents[3].r.nik, "0731710200300001"));
    struct registry_plan *second = plan_against(file_of(arena, lines), after);
    assert_counts(second, 0, 0, 4, 0);
    assert_int_equal(second->faults->n, 0);
    for (size_t i = 0; i < second->n_families; i++)
        assert_false(second->families[i].is_changed);
}

static void test_every_error_of_every_row(void **state)
{
    struct arena *arena = *state;
    struct registry_plan *plan = plan_of(arena, HEAD BUDI "73171|BUD1|12|99|X||||||31-02-1990\n" SITI);

    assert_counts(plan, 2, 0, 0, 1);
    assert_int_equal(plan->faults->n, 7);
    assert_int_equal(plan->faults->p[0].column, COLUMN_HAMLET); /* in the columns' order */
}

static void test_nik_against_birth_and_sex(void **state)
{
    struct arena *arena = *state;
    struct registry empty = {0};
    const char *lines = HEAD "7317101111570002|BUDI|7317100101010001|1|P|PADANG|||A|PALOPO|12-11-1957\n" UDIN
                             "7317105202600001|SITI|7317100101010001|ISTRI|P|PADANG|||A|SAMPANO|12-02-1961\n";
    struct registry_file *file = file_of(arena, lines);
    struct registry_plan *plan = plan_against(file, &empty);

    assert_counts(plan, 1, 0, 0, 2);
    assert_int_equal(plan->counts.mismatch, 2);
    assert_fault(file, "2 tanggallahir E NIK menyebut lahir 11-11-57, kolom ini 12-11-1957.");
    assert_fault(file, "2 sex E NIK menyebut laki-laki, kolom ini perempuan.");
    assert_fault(file, "4 tanggallahir E NIK menyebut lahir 12-02-60, kolom ini 12-02-1961.");

    /* accepted by a person: warnings; and what the registry holds then is not asked again */
    file = file_of(arena, lines);
    plan = registry_plan(file, &empty, &(struct registry_choice){.village_code = CODE, .today = TODAY, .accepts_mismatch = true});
    assert_counts(plan, 3, 0, 0, 0);
    assert_fault(file, "2 sex W NIK menyebut laki-laki");
    struct registry *after = registry_after(arena, &empty, plan);
    plan = plan_against(file_of(arena, lines), after);
    assert_counts(plan, 0, 0, 3, 0);
    assert_int_equal(plan->counts.mismatch, 0);
}

static void test_region_is_a_warning(void **state)
{
    struct arena *arena = *state;
    struct registry empty = {0};
    struct registry_file *file = file_of(arena, HEAD "5201141111570002|BUDI|7317100101010001|1|L|PADANG|||A|PALOPO|11-11-1957\n");
    struct registry_plan *plan = plan_against(file, &empty);

    assert_counts(plan, 1, 0, 0, 0);
    assert_int_equal(plan->counts.warnings, 1);
    assert_fault(file, "2 nik W NIK ini diterbitkan di wilayah lain (520114)");
}

/* A new hamlet that is a number, or a known one's words turned round; a slip that was saved once is asked about again. */
static void test_new_areas_are_doubted(void **state)
{
    struct arena *arena = *state;
    struct registry empty = {0};
#define AREA_HEAD "nik|nama|no_kk|kk_level|sex|dusun|rw|rt|tempatlahir|tanggallahir\n"
#define IN(place) "7317100303850001|UDIN|7317100101010002|1|1|" place "|LARONTO|03-03-1985\n"
    struct registry *before = registry_after(arena, &empty,
                                             plan_of(arena, AREA_HEAD
                                                     "7317101111570002|BUDI|7317100101010001|1|L|PADANG LAMBE|1|2|PALOPO|11-11-1957\n"
                                                     "7317105202600001|SITI|7317100101010009|1|P|007|1|AMBO|SAMPANO|12-02-1960\n"));
    static const struct {
        const char *row, *told; /* NULL: nothing */
    } cases[] = {{IN("003|4|5"), "2 dusun W {Dusun} 003 belum ada dan namanya hanya angka."},
                 {IN("LAMBE PADANG|1|2"), "2 dusun W {Dusun} baru ini mirip {Dusun} Padang Lambe."},
                 {IN("Lambe  Padang|1|2"), "2 dusun W {Dusun} baru ini mirip {Dusun} Padang Lambe."},
                 {IN("007|1|AMBO"), "2 rt W RT di desa ini biasanya bernomor, walaupun AMBO sudah ada."},
                 {IN("BELOPA|1|2"), NULL},
                 {IN("PADANG LAMBE|1|3"), NULL},
                 {IN("PADANG BARU|1|2"), NULL}};

    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct registry_file *file = file_of(arena, str_z(arena, str_fmt(arena, AREA_HEAD "%s", cases[i].row)));
        assert_counts(plan_against(file, before), 1, 0, 0, 0);
        assert_int_equal(file->faults.n, cases[i].told != NULL);
        if (cases[i].told != NULL)
            assert_fault(file, cases[i].told);
    }
    /* who lives there already is not asked about */
    struct registry_file *file = file_of(arena, AREA_HEAD "7317105202600001|SITI|7317100101010009|1|P|007|1|AMBO|SAMPANO|12-02-1960\n");
    assert_counts(plan_against(file, before), 0, 0, 1, 0);
    assert_int_equal(file->faults.n, 0);
}

/* A line of a text file that lacks a cell in its middle: said, with what came to stand where. Columns that are only empty are not missing.
 */
static void test_a_line_that_lacks_a_cell(void **state)
{
    struct arena *arena = *state;
#define LINE_HEAD "nik;nama;no_kk;kk_level;sex;alamat;dusun;rw;rt;nama_ayah;nama_ibu\n"
#define LINE_FULL "7317101111570002;BUDI;7317100101010001;1;L;Jl. Poros;PADANG;002;003;AMBO;INDO\n"
    static const struct {
        const char *row, *told; /* NULL: nothing */
    } cases[] = {
        {"7317100303850001;UDIN;7317100101010002;1;1;Jl. Poros;002;003;AMBO;INDO\n",
         "dusun “002”, rw “003”, rt “AMBO”, nama_ayah “INDO”, nama_ibu “”"},
        {"7317100303850001;UDIN;7317100101010002;1;1;PADANG;002;003;AMBO;INDO\n", "alamat “PADANG”, dusun “002”, rw “003”, rt “AMBO”"},
        {"7317100303850001;UDIN;7317100101010002;1;1;Jl. Poros;PADANG;002;003;INDO\n", "nama_ayah “INDO”, nama_ibu “”"},
        {"7317100303850001;UDIN;7317100101010002;1;1;Jl. Poros;PADANG;002;003;;\n", NULL},
        {"7317100303850001;UDIN;7317100101010002;1;1;Jl. Poros;PADANG;002;003;AMBO;\n", NULL}};

    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct registry_file *file = file_of_bytes(arena, str_fmt(arena, LINE_HEAD LINE_FULL "%s", cases[i].row));
        if (cases[i].told == NULL) {
            assert_int_equal(file->faults.n, 0);
            continue;
        }
        assert_fault(file, "3 nama W Baris ini punya 10 isian, judulnya 11.");
        assert_fault(file, cases[i].told);
        /* by itself; and where no line has the last column, none lacks it */
        assert_fault(file_of_bytes(arena, str_fmt(arena, LINE_HEAD "%s", cases[i].row)), "2 nama W Baris ini punya 10 isian, judulnya 11.");
        file = file_of_bytes(arena, str_fmt(arena, LINE_HEAD "%s%s%s", cases[i].row, cases[i].row, cases[i].row));
        assert_null(strstr(faults_of(file), "judulnya"));
    }
}

static void test_one_person_twice(void **state)
{
    struct arena *arena = *state;
    struct registry empty = {0};
    struct registry_file *file = file_of(arena, HEAD BUDI UDIN BUDI "0|BAYI|7317100101010001|4|L|PADANG|||A|PALOPO|01-11-2026\n"
                                                                    "0|Bayi.|7317100101010001|4|L|PADANG|||A|Palopo|01-11-2026\n");
    struct registry_plan *plan = plan_against(file, &empty);

    assert_counts(plan, 1, 0, 0, 4);
    assert_fault(file, "2 nik E Warga ini sama dengan baris 4.");
    assert_fault(file, "4 nik E Warga ini sama dengan baris 2.");
    assert_fault(file, "6 nik E Warga ini sama dengan baris 5.");
}

static void test_two_heads_and_none(void **state)
{
    struct arena *arena = *state;
    struct registry empty = {0};
    struct registry_file *file = file_of(arena, HEAD BUDI "7317100303850001|UDIN|7317100101010001|1|1|LURA|||A|LARONTO|03-03-1985\n"
                                                          "7317105202600001|SITI|7317100101010009|3|P|PADANG|||A|SAMPANO|12-02-1960\n");
    struct registry_plan *plan = plan_against(file, &empty);

    assert_counts(plan, 1, 0, 0, 2);
    assert_fault(file, "2 kk_level E KK ini punya 2 kepala keluarga di berkas ini.");
    assert_fault(file, "3 kk_level E KK ini punya 2 kepala keluarga di berkas ini.");
    assert_fault(file, "4 no_kk W KK ini tidak punya kepala keluarga");

    /* against the registry: the head it has is not spoken of */
    struct registry *after = registry_after(arena, &empty, plan_of(arena, HEAD BUDI SITI));
    file = file_of(arena, HEAD "7317100303850001|UDIN|7317100101010001|1|1|LURA|||A|LARONTO|03-03-1985\n");
    assert_counts(plan_against(file, after), 0, 0, 0, 1);
    assert_fault(file, "2 kk_level E KK ini sudah punya kepala keluarga lain di data desa.");

    /* the widow heads the family once the old head's death is recorded: the file alone does not make it so */
    const char *widow =
        "nik|nama|no_kk|kk_level|status_dasar\n7317101111570002|BUDI|7317100101010001||MATI\n7317105202600001|SITI|7317100101010001|1|\n";
    file = file_of(arena, widow);
    plan = plan_against(file, after);
    assert_counts(plan, 0, 0, 1, 1);
    assert_fault(file, "2 status_dasar W Di berkas: Meninggal; di data desa: hidup.");
    assert_fault(file, "3 kk_level E KK ini sudah punya kepala keluarga lain di data desa.");
    after->residents[0].r.basic_status = STATUS_DEAD;
    plan = plan_against(file_of(arena, widow), after);
    assert_counts(plan, 0, 1, 1, 0);
    assert_int_equal(plan->changed_by_column[COLUMN_FAMILY_ROLE], 1);
    assert_int_equal(plan->faults->n, 0);
}

/* Two families under one KK number that a spreadsheet cut, or one family written twice, are not a family with two heads. */
static void test_no_second_head_where_the_number_is_doubtful(void **state)
{
    struct arena *arena = *state;
    struct registry empty = {0};
#define CUT                                                                      \
    "7317101111570002|BUDI|#7317100101010500|1|L|PADANG|||A|PALOPO|11-11-1957\n" \
    "7317105202600001|SITI|#7317100101010500|3|P|PADANG|||A|PALOPO|12-02-1960\n" \
    "7317100303850001|UDIN|#7317100101010500|1|L|LURA|||A|LARONTO|03-03-1985\n"
    struct registry_file *file = file_of(arena, HEAD CUT);

    assert_counts(plan_against(file, &empty), 0, 0, 0, 3);
    assert_int_equal(file->faults.n, 3);
    assert_fault(file, "2 no_kk E Tersimpan sebagai angka.");

    /* beside an exact number the cells are only doubted; two heads then say what happened, and the member does not move in */
    file = file_of(arena, HEAD CUT "7317100303860001|ENI|#7317100101010777|1|P|LURA|||A|LARONTO|03-03-1986\n");
    plan_against(file, &empty);
    assert_true(file->rows[0].has_error && file->rows[1].has_error && file->rows[2].has_error);
    assert_fault(file, "2 no_kk E Nomor KK ini mungkin kehilangan angka terakhir: 2 kepala keluarga memakainya.");
    assert_fault(file, "3 no_kk E Nomor KK ini mungkin");
    assert_null(strstr(faults_of(file), "kk_level E KK ini"));

    /* the family that truly has the number stays */
    file = file_of(arena, HEAD "7317101111570002|BUDI|7317100101010500|1|L|PADANG|||A|PALOPO|11-11-1957\n"
                               "7317100303850001|UDIN|#7317100101010500|1|L|LURA|||A|LARONTO|03-03-1985\n"
                               "7317100303870001|ENO|#7317100101010777|1|L|LURA|||A|LARONTO|03-03-1987\n");
    assert_counts(plan_against(file, &empty), 2, 0, 0, 1);
    assert_fault(file, "3 no_kk E Nomor KK ini mungkin");

    /* a sheet twice: each row is named with its copy, and no head is to be removed */
    file = file_of(arena, HEAD BUDI SITI BUDI SITI);
    assert_counts(plan_against(file, &empty), 0, 0, 0, 4);
    assert_int_equal(file->faults.n, 4);
#undef CUT
}

/* A refused row leaves its person as the registry has them, also when that makes a second head elsewhere. */
static void test_refusals_follow_one_another(void **state)
{
    struct arena *arena = *state;
    struct registry empty = {0};
    struct registry *before = registry_after(arena, &empty, plan_of(arena, HEAD BUDI SITI UDIN));
    struct registry_file *file = file_of(arena, "nik|nama|no_kk|kk_level\n"
                                                "7317101111570002|BUDI|7317100101010002|1\n"   /* moves to UDIN's family as a second head */
                                                "7317105202600001|SITI|7317100101010001|1\n"); /* would be head where BUDI then stays */
    struct registry_plan *plan = plan_against(file, before);

    assert_counts(plan, 0, 0, 0, 2);
    assert_fault(file, "2 kk_level E KK ini sudah punya kepala keluarga lain");
    assert_fault(file, "3 kk_level E KK ini sudah punya kepala keluarga lain");
}

static void test_known_residents_change_but_nothing_is_emptied(void **state)
{
    struct arena *arena = *state;
    struct registry empty = {0};
    struct registry *before = registry_after(arena, &empty, plan_of(arena, HEAD BUDI SITI UDIN));
    struct registry_plan *plan = plan_against(file_of(arena, "nik|nama|no_kk|kk_level|alamat|agama_id|tempatlahir|dusun\n"
                                                             "7317101111570002||7317100101010001||Jl. Baru|1|-|\n"
                                                             "7317105202600001||7317100101010002|9||||LURA\n"),
                                              before);

    assert_counts(plan, 0, 2, 0, 0);
    const struct resident_row *budi = &plan->residents[0].r, *siti = &plan->residents[1].r;
    assert_true(str_is(budi->name, "BUDI") && str_is(budi->birth_place, "PALOPO") && budi->family_role == 1 && budi->religion == 1);
    assert_true(str_is(budi->rt, "002"));
    assert_true(str_is(siti->kk_no, "7317100101010002") && str_is(siti->hamlet, "LURA") && str_is(siti->rt, "-"));
    assert_int_equal(plan->changed_by_column[COLUMN_ADDRESS], 1);
    assert_int_equal(plan->changed_by_column[COLUMN_RELIGION], 1);
    assert_int_equal(plan->changed_by_column[COLUMN_KK], 1);
    assert_int_equal(plan->changed_by_column[COLUMN_HAMLET], 1);
    assert_int_equal(plan->changed_by_column[COLUMN_BIRTH_PLACE], 0);
    assert_true(str_is(plan->families[0].address, "Jl. Baru") && plan->families[0].is_changed);
    assert_false(plan->families[1].is_changed);
}

/* Who died or came back is an event, which a file does not make; who was no valid resident comes again as if new. */
static void test_a_file_changes_nobodys_status(void **state)
{
    struct arena *arena = *state;
    struct registry empty = {0};
    static const struct {
        uint8_t was;
        const char *says, *told;
    } cases[] = {{STATUS_ALIVE, "MATI", "2 status_dasar W Di berkas: Meninggal; di data desa: hidup."},
                 {STATUS_ALIVE, "3", "2 status_dasar W Di berkas: Pindah; di data desa: hidup."},
                 {STATUS_DEAD, "HIDUP", "2 status_dasar W Di data desa tercatat meninggal, di berkas tidak."},
                 {STATUS_DEAD, "", "2 status_dasar W Di data desa tercatat meninggal, di berkas tidak."},
                 {STATUS_MOVED, "1", "2 status_dasar W Di data desa: Pindah; di berkas: Hidup."},
                 {STATUS_AWAY, "", "2 status_dasar W Di data desa: Pergi; di berkas: Hidup."}};

    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct registry *before = registry_after(arena, &empty, plan_of(arena, HEAD BUDI));
        before->residents[0].r.basic_status = cases[i].was;
        struct registry_file *file = file_of(arena, str_z(arena, str_fmt(arena,
                                                                         "nik|nama|no_kk|suku|status_dasar\n"
                                                                         "7317101111570002|BUDI|7317100101010001|Luwu|%s\n",
                                                                         cases[i].says)));
        struct registry_plan *plan = plan_against(file, before);
        const bool lives = cases[i].was == STATUS_ALIVE;
        assert_counts(plan, 0, lives, !lives, 0); /* the rest of the row is taken of who lives here, and of nobody else */
        assert_fault(file, cases[i].told);
        assert_int_equal(plan->changed_by_column[COLUMN_BASIC_STATUS], 0);
        assert_int_equal(plan->changed_by_column[COLUMN_ETHNICITY], lives);
        if (lives)
            assert_int_equal(plan->residents[0].r.basic_status, STATUS_ALIVE);
        else
            assert_fault(file, "Datanya tidak diubah dari berkas; yang berbeda: Suku.");
    }

    struct registry *before = registry_after(arena, &empty, plan_of(arena, HEAD BUDI));
    before->residents[0].r.basic_status = STATUS_NOT_VALID;
    before->residents[0].r.ethnicity = STR("Luwu");
    struct registry_file *file = file_of(arena, HEAD BUDI);
    struct registry_plan *plan = plan_against(file, before);
    assert_counts(plan, 0, 1, 0, 0);
    assert_fault(file, "2 status_dasar W NIK ini milik data yang ditandai tidak valid.");
    assert_int_equal(plan->residents[0].r.basic_status, STATUS_ALIVE);
    assert_int_equal(plan->residents[0].r.ethnicity.n, 0);
    file = file_of(arena, "nik|nama|no_kk\n7317101111570002|BUDI|7317100101010001\n");
    assert_counts(plan_against(file, before), 0, 0, 0, 1);
    assert_fault(file, "2 sex E Jenis kelamin belum diisi.");
}

/* Ages that can hardly be: a warning, once for a pair; what the registry holds already is not told again. */
static void test_ages_in_a_family(void **state)
{
    struct arena *arena = *state;
    struct registry empty = {0};
    struct registry_file *file = file_of(arena, "nik|nama|sex|dusun|no_kk|kk_level|tempatlahir|tanggallahir|status_kawin\n"
                                                "7317100101800001|BUDI|1|PADANG|7317100101010001|1|PALOPO|01-01-1980|2\n"
                                                "7317104101160001|SITI|2|PADANG|7317100101010001|3|PALOPO|01-01-2016|2\n"
                                                "7317100101500001|UDIN|1|PADANG|7317100101010001|4|PALOPO|01-01-1950|1\n"
                                                "7317100101100001|AMIR|1|PADANG|7317100101010002|1|PALOPO|01-01-1985|1\n"
                                                "7317100101100002|NUR|1|PADANG|7317100101010002|4|PALOPO|01-01-2010|1\n");
    struct registry_plan *plan = registry_plan(file, &empty,
                                               &(struct registry_choice){.village_code = CODE, .today = TODAY, .accepts_mismatch = true});
    size_t told = 0;

    assert_counts(plan, 5, 0, 0, 0);
    assert_fault(file, "3 tanggallahir W Siti berumur 10 tahun, tetapi tertulis istri.");
    assert_fault(file, "4 tanggallahir W Udin lahir 1 Januari 1950, padahal orang tuanya, Siti, lahir 1 Januari 2016.");
    for (size_t i = 0; i < file->faults.n; i++)
        told += strstr(str_z(arena, file->faults.p[i].text), "Periksa tanggal lahir") != NULL;
    assert_int_equal(told, 2);
    const struct registry *known = registry_after(arena, &empty, plan);
    file = file_of(arena, "nik|nama|tanggallahir\n7317100101500001|UDIN|01-01-1950\n7317100101800001|BUDI|01-01-2001\n");
    plan = registry_plan(file, known, &(struct registry_choice){.village_code = CODE, .today = TODAY, .accepts_mismatch = true});
    assert_true(strstr(faults_of(file), "2 tanggallahir W Udin") == NULL);
    assert_fault(file, "3 tanggallahir W");
}

/* The same of marriages beside places in a family, and of a head who is no grown-up: a warning each, and only of what is new. */
static void test_marriages_and_young_heads(void **state)
{
    struct arena *arena = *state;
    struct registry empty = {0};
#define MARRIED "nik|nama|sex|dusun|no_kk|kk_level|tempatlahir|tanggallahir|status_kawin|akta_perkawinan|tanggalperkawinan\n"
    struct registry_file *file = file_of(arena,
                                         MARRIED "7317100202800001|BUDI|1|PADANG|7317100101010001|1|PALOPO|02-02-1980|1||\n"
                                                 "7317104202820001|SITI|2|PADANG|7317100101010001|3|PALOPO|02-02-1982|3||\n"
                                                 "7317100202010001|UDIN|1|PADANG|7317100101010001|4|PALOPO|02-02-2001|1|AK-1|\n"
                                                 "7317104202030001|RINI|2|PADANG|7317100101010001|4|PALOPO|02-02-2003|1||01-01-2023\n"
                                                 "7317100202150001|AMIR|1|PADANG|7317100101010002|1|PALOPO|02-02-2015|1||\n"
                                                 "7317104202870001|NUR|2|PADANG|7317100101010002|3|PALOPO|02-02-1987|2||\n");
    struct registry_plan *plan = plan_against(file, &empty);

    assert_counts(plan, 6, 0, 0, 0);
    assert_int_equal(plan->counts.warnings, 4);
    assert_fault(file, "3 status_kawin W Siti tertulis istri, tetapi status perkawinannya cerai hidup.");
    assert_fault(file, "4 status_kawin W Udin tertulis belum kawin, tetapi akta atau tanggal perkawinannya terisi.");
    assert_fault(file, "5 status_kawin W Rini tertulis belum kawin");
    assert_fault(file, "6 tanggallahir W Amir belum 17 tahun. Pilih orang dewasa");
    assert_true(str_is(file->faults.p[0].value, "Cerai hidup"));

    const struct registry *known = registry_after(arena, &empty, plan);
    file = file_of(arena, "nik|nama|pekerjaan_id|tanggalperkawinan\n7317104202820001|SITI|9|\n7317100202800001|BUDI|9|01-01-2000\n");
    plan_against(file, known);
    assert_fault(file, "3 status_kawin W Budi tertulis belum kawin");
    assert_null(strstr(faults_of(file), "Siti"));
}

/* One child twice: of one family or one mother, a letter, a name or a day apart. */
static void test_a_child_written_twice(void **state)
{
    struct arena *arena = *state;
    struct registry empty = {0};
#define KIN "nik|nama|sex|dusun|no_kk|kk_level|tempatlahir|tanggallahir|ibu_nik\n"
#define ONE "7317100303200001|AHMAD FAUZI|1|PADANG|7317100101010001|4|PALOPO|03-03-2020|7317105202900001\n"
    static const char *const twice[] = {
        "7317100403200001|AHMAD FAUSI|1|PADANG|7317100101010001|4|PALOPO|04-03-2020|\n",
        "0|AHMAD|1|PADANG|7317100101010001|4|PALOPO|03-03-2020|\n",
        "7317100303200009|Ahmad Fauzi|1|PADANG|7317100101010002|6|PALOPO|03-03-2020|7317105202900001\n",
    };
    static const char *const others[] = {
        "7317100303200002|HASAN BASRI|1|PADANG|7317100101010001|4|PALOPO|03-03-2020|7317105202900001\n",
        "7317100603200001|AHMAD FAUZI|1|PADANG|7317100101010001|4|PALOPO|06-03-2020|\n",
        "7317104303200001|AHMAD FAUZIA|2|PADANG|7317100101010001|4|PALOPO|03-03-2020|\n",
        "7317100303200009|AHMAD FAUZI|1|PADANG|7317100101010002|6|PALOPO|03-03-2020|7317105202900002\n",
    };
    const struct registry *known = registry_after(arena, &empty, plan_of(arena, KIN ONE));

    for (size_t i = 0; i < COUNT_OF(twice); i++) {
        struct registry_file *file = file_of(arena, str_z(arena, str_fmt(arena, KIN ONE "%s", twice[i])));
        assert_int_equal(plan_against(file, &empty)->counts.refused, 0);
        assert_fault(file, "3 nama W Mungkin sudah tertulis sebagai AHMAD FAUZI (baris 2), lahir 3 Maret 2020.");
        assert_true(strstr(faults_of(file), "2 nama W") == NULL);
        if (i == 1)
            continue; /* without a NIK, of the family: the same person, no new one */
        file = file_of(arena, str_z(arena, str_fmt(arena, KIN "%s", twice[i])));
        plan_against(file, known);
        assert_fault(file, "2 nama W Mungkin sudah tertulis sebagai AHMAD FAUZI (di data desa), lahir 3 Maret 2020.");
    }
    for (size_t i = 0; i < COUNT_OF(others); i++) {
        struct registry_file *file = file_of(arena, str_z(arena, str_fmt(arena, KIN ONE "%s", others[i])));
        plan_against(file, &empty);
        assert_true(strstr(faults_of(file), "Mungkin sudah tertulis") == NULL);
    }
}

/* A baby of a family that the village has is a birth; of a family that comes with the file it is not. */
/* One person under two NIKs: which is right is no file's to say, and a second of them is never made. */
static void test_a_nik_that_was_put_right(void **state)
{
    struct arena *arena = *state;
    struct registry empty = {0};
    struct registry *known = registry_after(arena, &empty, plan_of(arena, HEAD BUDI SITI));
    static const struct {
        const char *row, *told; /* NULL: somebody else */
    } rows[] = {
        {"7317101111570003|BUDI|7317100101010001|1|L|PADANG|1|2|Jl. Poros|PALOPO|11-11-1957\n",
         "2 nik E NIK-nya berbeda di angka ke-16 (tercatat 7317 •••• •••• 0002)."},
        {"7317101111570020|Budi|7317100101010001|11|L|PADANG|1|2||Palopo|11-11-1957\n",
         "2 nik E NIK-nya berbeda di angka ke-15 dan 16 (tercatat 7317 •••• •••• 0002)."},
        {"7317105202600002|SITI|7317100101010001|ISTRI|P|PADANG|001|002|||12-02-1960\n",
         "2 nik E NIK-nya berbeda di angka ke-16 (tercatat 7317 •••• •••• 0001)."},
        {"7317101111570003|BUDI|7317100101010001|11|L|PADANG|1|2||MASAMBA|11-11-1957\n", NULL},
        {"7317101111570115|BUDI|7317100101010001|11|L|PADANG|1|2||PALOPO|11-11-1957\n", NULL},
        {"7317101111570003|BUDI UTOMO|7317100101010001|11|L|PADANG|1|2||PALOPO|11-11-1957\n", NULL},
    };

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct registry_file *file = file_of(arena, str_z(arena, str_fmt(arena, HEAD "%s", rows[i].row)));
        struct registry_plan *plan = plan_against(file, known);
        assert_counts(plan, rows[i].told == NULL, 0, 0, rows[i].told != NULL);
        if (rows[i].told == NULL) {
            assert_fault(file, "2 nama W Mungkin sudah tertulis sebagai BUDI (di data desa)");
            continue;
        }
        assert_fault(file, rows[i].told);
        assert_null(strstr(faults_of(file), "kepala keluarga lain"));
        assert_int_equal(file->faults.p[0].resident_id, known->residents[i == 2].id);
    }
}

static void test_a_newborn_in_a_file(void **state)
{
    struct arena *arena = *state;
    struct registry empty = {0};
#define BABY "7317100111260001|BAYI|1|PADANG|7317100101010001|4|PALOPO|01-11-2026|\n"
    const struct registry *known = registry_after(arena, &empty, plan_of(arena, KIN ONE));
    struct registry_file *file = file_of(arena, KIN BABY);

    assert_counts(plan_against(file, known), 1, 0, 0, 0);
    assert_fault(file, "2 tanggallahir W Bayi yang baru lahir di keluarga desa dicatat dari “Catat kelahiran”");
    file = file_of(arena, KIN ONE BABY);
    plan_against(file, &empty);
    assert_true(strstr(faults_of(file), "Catat kelahiran") == NULL);
    file = file_of(arena, KIN "7317100109260001|BAYI|1|PADANG|7317100101010001|4|PALOPO|01-09-2026|\n");
    plan_against(file, known);
    assert_true(strstr(faults_of(file), "Catat kelahiran") == NULL);
}

/* A file makes no area that a form would not make; one that is there stays as it is called. */
static void test_odd_names_of_areas(void **state)
{
    struct arena *arena = *state;
    struct known_area areas[] = {{1, STR("BATU*LOTONG"), STR("-"), STR("-")}};
    struct registry registry = {.areas = areas, .n_areas = 1};
    static const char *const odd[] = {"=HYPERLINK(1)", "A=1", "＝1-1", "Padang <b>", "7@desa", "'Padang", "(Padang)", "Пад"};
#define PLACE "nik|nama|no_kk|kk_level|sex|dusun|rw|rt|tempatlahir|tanggallahir\n7317101111570002|BUDI|7317100101010001|1|L|"

    for (size_t i = 0; i < COUNT_OF(odd); i++) {
        struct registry_file *file = file_of(arena, str_z(arena, str_fmt(arena, PLACE "%s|1|2|PALOPO|11-11-1957\n", odd[i])));
        bool is_quoted = odd[i][0] == '\''; /* what makes a number a text */
        assert_int_equal(plan_against(file, &registry)->counts.refused, !is_quoted);
        if (!is_quoted)
            assert_fault(file, "2 dusun E Nama wilayah ");
    }
    struct registry_file *file = file_of(arena, PLACE "Padang|=1|2|PALOPO|11-11-1957\n");
    plan_against(file, &registry);
    assert_fault(file, "2 rw E Nama wilayah hanya memuat huruf Latin");
    assert_counts(plan_against(file_of(arena, PLACE "Batu*Lotong|-|-|PALOPO|11-11-1957\n"), &registry), 1, 0, 0, 0);
    assert_counts(plan_against(file_of(arena, PLACE "Tana' Éwa (Baru)|1/2|3|PALOPO|11-11-1957\n"), &registry), 1, 0, 0, 0);
}

/* An RT or RW that is new and no number, letter or Roman number: a warning, once for all its rows. */
static void test_words_where_a_number_is_usual(void **state)
{
    struct arena *arena = *state;
    struct known_area areas[] = {{1, STR("PADANG"), STR("TIMUR"), STR("-")}, {2, STR("PADANG"), STR("TIMUR"), STR("UJUNG")}};
    struct registry registry = {.areas = areas, .n_areas = 2};
    static const struct {
        const char *place, *told; /* NULL: nothing */
    } rows[] = {
        {"Padang|1|2", NULL},
        {"Padang|IV|A", NULL},
        {"Padang|-|-", NULL},
        {"Padang|RW 01|RT.02B", NULL},
        {"Padang|1|Ujung", "2 rt W RT biasanya bernomor, atau bernama satu huruf atau angka Romawi."},
        {"Padang|1|Uji Beta", "bila memang bernama UJI BETA, biarkan."},
        {"Padang|Barat|1", "2 rw W RW biasanya bernomor"},
        {"Padang|Timur|Ujung", NULL},
        {"Padang|Timur|3", NULL},
        {"Lura|Timur|3", "2 rw W RW biasanya bernomor"},
    };

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct registry_file *file = file_of(arena, str_z(arena, str_fmt(arena, PLACE "%s|PALOPO|11-11-1957\n", rows[i].place)));
        assert_counts(plan_against(file, &registry), 1, 0, 0, 0);
        if (rows[i].told != NULL)
            assert_fault(file, rows[i].told);
        else
            assert_null(strstr(faults_of(file), "biasanya bernomor"));
    }
    struct registry_file *file = file_of(arena, PLACE "Padang|1|Ujung|PALOPO|11-11-1957\n"
                                                      "7317105202600001|SITI|7317100101010001|3|P|Padang|1|Ujung|SAMPANO|12-02-1960\n");
    assert_int_equal(plan_against(file, &registry)->counts.warnings, 1);
}

static size_t words_of_file(const struct registry_file *file)
{
    size_t n = 0;

    for (size_t i = 0; i < file->faults.n; i++)
        n += file->faults.p[i].asks == ASKS_WORD;
    return n;
}

/* A meaning that is remembered is read by all who import: no name of somebody becomes one. */
static void test_no_name_becomes_a_word(void **state)
{
    struct arena *arena = *state;
    struct registry empty = {0};
    const struct registry *known = registry_after(arena, &empty, plan_of(arena, HEAD BUDI SITI));
#define FAITH                                                                                                                              \
    "nik|nama|no_kk|kk_level|sex|dusun|tempatlahir|tanggallahir|nama_ayah|agama_id\n7317100303850001|UDIN|7317100101010002|1|1|LURA|X|03-" \
    "03-1985|Ambo Dalle|"
    static const char *const names[] = {"siti", "Udin", "ambo dalle", "H. Ambo", "Ali bin Ambo", "Ani, S.Pd"};

    for (size_t i = 0; i < COUNT_OF(names); i++) {
        struct registry_file *file = file_of(arena, str_z(arena, str_fmt(arena, FAITH "%s\n", names[i])));
        plan_against(file, known);
        assert_fault(file, "2 agama_id E “");
        assert_int_equal(words_of_file(file), 0);
    }
    struct registry_file *file = file_of(arena, FAITH "Muslimin\n");
    plan_against(file, known);
    assert_int_equal(words_of_file(file), 1);

    /* a column that holds something else throughout */
    struct buf shifted = {.arena = arena};
    buf_put_str(&shifted, STR("nik|nama|no_kk|agama_id\n"));
    for (int c = 'A'; c < 'K'; c++)
        buf_fmt(&shifted, "73171011115700%d|BUDI|7317100101010001|Baso %c%c\n", c, c, c);
    file = file_of(arena, str_z(arena, buf_str(&shifted)));
    plan_against(file, &empty);
    assert_int_equal(words_of_file(file), 0);
}

static void test_another_head_of_a_family(void **state)
{
    struct arena *arena = *state;
    struct registry empty = {0};
    const struct registry *known = registry_after(arena, &empty, plan_of(arena, HEAD BUDI SITI));
    struct registry_file *file = file_of(arena, "nik|nama|kk_level\n7317101111570002|BUDI|4\n7317105202600001|SITI|1\n");

    assert_counts(plan_against(file, known), 0, 2, 0, 0);
    assert_fault(file, "2 kk_level W Kepala keluarga ini berganti: di data desa BUDI, di berkas SITI.");
    file = file_of(arena, "nik|nama|kk_level\n7317101111570002|BUDI|1\n7317105202600001|SITI|3\n");
    plan_against(file, known);
    assert_int_equal(file->faults.n, 0);
}

/* A parent's number that is none, or cannot be theirs: told, and what is known stays. */
static void test_parents_numbers(void **state)
{
    struct arena *arena = *state;
    struct registry empty = {0};
    const char *head = "nik|nama|sex|dusun|no_kk|kk_level|tempatlahir|tanggallahir|ayah_nik|ibu_nik\n";
    const char *parents = "7317101111570002|BUDI|1|PADANG|7317100101010001|1|PALOPO|11-11-1957||\n"
                          "7317105202600001|SITI|2|PADANG|7317100101010001|3|PALOPO|12-02-1960||\n";
    struct registry_plan *plan = plan_against(file_of(arena, str_z(arena, str_fmt(arena,
                                                                                  "%s%s7317100303850001|UDIN|1|PADANG|"
                                                                                  "7317100101010001|4|PALOPO|03-03-1985|"
                                                                                  "7317101111570002|7317105202600001\n",
                                                                                  head, parents))),
                                              &empty);
    assert_counts(plan, 3, 0, 0, 0);
    const struct registry *known = registry_after(arena, &empty, plan);
    static const struct {
        const char *father, *mother, *fault;
    } wrong[] = {
        {"ABC", "", "2 ayah_nik W “ABC” bukan NIK, jadi tidak dibaca."},
        {"", "belum jelas siapa", NULL},
        {"7317100303850001", "", "2 ayah_nik W NIK ayah ini NIK warga ini sendiri, jadi tidak dicatat."},
        {"7317105202600001", "", "2 ayah_nik W NIK ayah ini milik SITI, seorang perempuan, jadi tidak dicatat."},
        {"", "7317101111570002", "2 ibu_nik W NIK ibu ini milik BUDI, seorang laki-laki, jadi tidak dicatat."},
    };
    for (size_t i = 0; i < COUNT_OF(wrong); i++) {
        struct registry_file *file = file_of(
            arena, str_z(arena, str_fmt(arena, "%s7317100303850001|UDIN|1|PADANG|7317100101010001|4|PALOPO|03-03-1985|%s|%s\n", head,
                                        wrong[i].father, wrong[i].mother)));
        assert_counts(plan_against(file, known), 0, 0, 1, 0);
        if (wrong[i].fault != NULL)
            assert_fault(file, wrong[i].fault);
    }
    struct registry_file *file = file_of(arena, str_z(arena, str_fmt(arena,
                                                                     "%s%s7317100303850001|UDIN|1|PADANG|7317100101010001|4|PALOPO|"
                                                                     "03-03-1985|7317105202600001|x y z\n",
                                                                     head, parents)));
    plan = plan_against(file, &empty);
    assert_counts(plan, 3, 0, 0, 0);
    assert_fault(file, "4 ayah_nik W NIK ayah ini milik SITI");
    assert_fault(file, "4 ibu_nik W “x y z” bukan NIK");
    assert_true(str_empty(plan->residents[2].r.father_nik) && str_empty(plan->residents[2].r.mother_nik));
}

/* As clerks write what repeats, what is not there yet, and who signed. */
static void test_dittos_words_and_signatures(void **state)
{
    struct arena *arena = *state;
    struct registry empty = {0};
    struct registry_file *file = file_of(arena,
                                         "No. KK|NIK|Nama|Jns Kel|Tempat Lahir|Tgl/Bln/Thn Lahir|Hubungan dgn KK|Dusun|Agama|NIK Ayah\n"
                                         "7317100101010001|7317101111570002|BUDI|L|PALOPO|11-11-1957 0:00|KK|PADANG|Muslim|tidak ada\n"
                                         "sda|7317105202600001|SITI|P|\"|1960-02-12T00:00:00+08:00|Istri 1|s.d.a|''|-\n"
                                         "sda|belum ada|BAYI|L|sda|01\\11\\2026|Anak ke-1|idem|sda|7317101111570002\n"
                                         "||||Sampano, 1 Januari 2026|||||\n"
                                         "|||||Kepala Desa||||\n");
    struct registry_plan *plan = plan_against(file, &empty);

    assert_counts(plan, 3, 0, 0, 0);
    assert_true(str_find(file->sheets[0].note, STR("Bukan data penduduk, dilewati: baris 5, 6.")) >= 0);
    for (size_t i = 0; i < 3; i++) {
        const struct resident_row *r = &file->rows[i].r;
        assert_true(str_is(r->kk_no, "7317100101010001") && str_is(r->hamlet, "PADANG") && str_is(r->birth_place, "PALOPO"));
        assert_int_equal(r->religion, 1);
        assert_true(r->birth_date.day > 0);
    }
    assert_int_equal(file->rows[2].r.family_role, 4);
    assert_fault(file, "4 nik W NIK belum diisi.");

    file = file_of(arena, "KK Nmr|NIK|Nama|JK|Dusun|SHDK\n7317100101010001|7317101111570002|BUDI|L|PADANG|KK\n");
    assert_true(str_starts(file->sheets[0].note, STR("Baris judulnya tidak memuat kolom no_kk.")));
    assert_counts(plan_against(file, &empty), 0, 0, 0, 1);
    assert_fault(file, "2 no_kk E Nomor KK belum diisi.");
}

static void test_columns_to_tick_and_rows_that_name_a_hamlet(void **state)
{
    struct arena *arena = *state;
    struct registry empty = {0};
    struct registry_file *file = file_of(arena, "NO|NO KK|NIK|NAMA|JENIS KELAMIN||HUBUNGAN KELUARGA|TTL|AGAMA\n||||L|P|||\n"
                                                "DUSUN PADANG||||||||\n"
                                                "1|7317100101010001|7317101111570002|BUDI|V||KK|Palopo, 11-11-1957|(1)\n"
                                                "2|7317100101010001|7317105202600001|SITI|-|1|ISTRI|Sampano, 12-02-1960|Islam\n"
                                                "Dusun Lura||||||||\n"
                                                "3|7317100101010002|7317100303850001|UDIN|1|1|KK|Laronto, 03-03-1985|Islam\n");

    assert_counts(plan_against(file, &empty), 2, 0, 0, 1);
    assert_int_equal(file->rows[0].r.sex, 1);
    assert_int_equal(file->rows[1].r.sex, 2);
    assert_true(str_is(file->rows[1].r.hamlet, "PADANG") && str_is(file->rows[2].r.hamlet, "LURA"));
    assert_int_equal(file->rows[0].r.religion, 1);
    assert_fault(file, "7 sex E Kolom L dan kolom P sama-sama diisi. Sisakan satu.");
    assert_false(file->sheets[0].missing & UINT64_C(1) << COLUMN_SEX);

    /* the first of them stands above the headings; a longer title says nothing of where people live */
    file = file_of(arena, "DUSUN PADANG||\nNO KK|NIK|NAMA\n7317100101010001|7317101111570002|BUDI\nDUSUN LURA||\n"
                          "7317100101010002|7317100303850001|UDIN\n");
    assert_true(str_is(file->rows[0].r.hamlet, "PADANG") && str_is(file->rows[1].r.hamlet, "LURA"));
    file = file_of(arena, "DATA PENDUDUK DUSUN PADANG TAHUN 2026||\nNO KK|NIK|NAMA\n7317100101010001|7317101111570002|BUDI\n");
    assert_true(str_empty(file->rows[0].r.hamlet));

    /* one of the two alone is no column of the sex */
    file = file_of(arena, "NO KK|NIK|NAMA|P|DUSUN|SHDK\n7317100101010001|7317101111570002|BUDI|12|PADANG|KK\n");
    assert_int_equal(file->rows[0].r.sex, 0);
    assert_true(str_find(file->sheets[0].note, STR("tidak dikenal, tidak dibaca: P")) >= 0);
}

/* The card of a new family is not made yet; somebody known stays in theirs; a member without a number is nobody's. */
static void test_who_has_no_family_card(void **state)
{
    struct arena *arena = *state;
    struct registry empty = {.last_temporary_kk = STR("0731710200300007")};
    struct registry_file *file = file_of(arena, HEAD "7317101111570002|BUDI||1|L|PADANG|1|2|Jl. Poros|PALOPO|11-11-1957\n"
                                                     "7317105202600001|SITI||ISTRI|P|PADANG|001|002||SAMPANO|12-02-1960\n"
                                                     "7317100303850001|UDIN|-|1|1|LURA|-|-|Jl. Desa|LARONTO|03-03-1985\n");
    struct registry_plan *plan = plan_against(file, &empty);

    assert_counts(plan, 2, 0, 0, 1);
    assert_true(str_is(plan->residents[0].r.kk_no, "0731710200300008") && str_is(plan->residents[1].r.kk_no, "0731710200300009"));
    assert_int_equal(plan->n_families, 2);
    assert_fault(file, "2 no_kk W Nomor KK belum diisi. Kepala keluarga ini mendapat nomor KK sementara, yang diawali 0.");
    assert_fault(file, "3 no_kk E Nomor KK belum diisi.");

    struct registry *before = registry_after(arena, &empty, plan);
    file = file_of(arena, "nik|nama|no_kk|suku\n7317101111570002|BUDI||Luwu\n");
    plan = plan_against(file, before);
    assert_counts(plan, 0, 1, 0, 0);
    assert_true(str_is(plan->residents[0].r.kk_no, "0731710200300008"));
    assert_int_equal(file->faults.n, 0);
}

/* Left blank is as good as 0: the same person is found, a new one gets the number after the last that was ever given. */
static void test_who_has_no_nik(void **state)
{
    struct arena *arena = *state;
    struct registry empty = {.last_temporary = STR("0731710200300041")};
#define CHILD "|BAYI|7317100101010001|4|L|PADANG|1|2||PALOPO|01-11-2026\n"
    struct registry_plan *plan = plan_of(arena, HEAD BUDI CHILD);

    assert_counts(plan, 2, 0, 0, 0);
    assert_true(str_is(plan->residents[1].r.nik, "0731710200300001"));
    plan = plan_against(file_of(arena, HEAD BUDI CHILD), &empty);
    assert_true(str_is(plan->residents[1].r.nik, "0731710200300042"));
    struct registry *before = registry_after(arena, &empty, plan);
    assert_counts(plan_against(file_of(arena, HEAD BUDI CHILD), before), 0, 0, 2, 0);
#undef CHILD
}

/* Temporary numbers are given, never brought: a file of another program uses none of them up, and its families stay together. */
static void test_temporary_numbers_of_a_file(void **state)
{
    struct arena *arena = *state;
    struct registry empty = {.last_temporary = STR("0731710200300041"), .last_temporary_kk = STR("0731710200300007")};
#define OTHERS                                                                        \
    HEAD "0731710200399999|BUDI|0731710200399999|1|L|PADANG|1|2||PALOPO|11-11-1957\n" \
         "7317105202600001|SITI|0731710200399999|ISTRI|P|PADANG|001|002||SAMPANO|12-02-1960\n"
    struct registry_file *file = file_of(arena, OTHERS);
    struct registry_plan *plan = plan_against(file, &empty);

    assert_counts(plan, 2, 0, 0, 0);
    assert_true(str_is(plan->residents[0].r.nik, "0731710200300042") && str_is(plan->last_temporary, "0731710200300042"));
    assert_int_equal(plan->n_families, 1);
    assert_true(str_is(plan->residents[0].r.kk_no, "0731710200300008") && str_is(plan->residents[1].r.kk_no, "0731710200300008"));
    assert_true(str_is(plan->last_temporary_kk, "0731710200300008"));
    assert_int_equal(plan->counts.warnings, 3);

    struct registry *before = registry_after(arena, &empty, plan);
    assert_counts(plan_against(file_of(arena, OTHERS), before), 0, 0, 2, 0); /* known again, with the numbers they have */
    file = file_of(arena, HEAD "0731710200300042|BUDI|0731710200300008|1|L|PADANG|1|2||PALOPO|11-11-1957\n");
    assert_counts(plan_against(file, before), 0, 0, 1, 0); /* of our own export: nothing to say */
    assert_int_equal(file->faults.n, 0);
    before->last_temporary = plan->last_temporary;
    file = file_of(arena, HEAD "0731710200300042|UDIN|7317100101010002|1|L|PADANG|1|2||LARONTO|03-03-1985\n");
    plan = plan_against(file, before); /* somebody else's number here: not that person */
    assert_counts(plan, 1, 0, 0, 0);
    assert_true(str_is(plan->residents[0].r.nik, "0731710200300043"));
#undef OTHERS
}

static void test_pregnant_men(void **state)
{
    struct arena *arena = *state;
    struct registry empty = {0};
    struct registry_file *file = file_of(arena, "hamil|nik|nama|no_kk|kk_level|sex|dusun|tanggallahir\n"
                                                "1|7317101111570002|BUDI|7317100101010001|1|L|PADANG|11-11-1957\n"
                                                "1|7317105202600001|SITI|7317100101010001|3|P|PADANG|12-02-1960\n");
    struct registry_plan *plan = plan_against(file, &empty);

    assert_counts(plan, 2, 0, 0, 0);
    assert_fault(file, "2 hamil W Isian hamil untuk laki-laki tidak disimpan.");
    assert_int_equal(plan->residents[0].r.pregnancy, 0);
    assert_int_equal(plan->residents[1].r.pregnancy, 1);

    /* what some programs write for all says nothing wrong */
    file = file_of(
        arena, "hamil|nik|nama|no_kk|kk_level|sex|dusun|tanggallahir\n2|7317101111570002|BUDI|7317100101010001|1|L|PADANG|11-11-1957\n");
    assert_counts(plan_against(file, &empty), 1, 0, 0, 0);
    assert_int_equal(file->faults.n, 0);
}

static void test_cards_are_one_persons(void **state)
{
    struct arena *arena = *state;
    struct registry empty = {0};
    const char *lines = "tag_id_card|nik|nama|no_kk|kk_level|sex|dusun|tanggallahir\n"
                        "04A1B2C3D4E5F6|7317101111570002|BUDI|7317100101010001|1|L|PADANG|11-11-1957\n";
    struct registry *before = registry_after(arena, &empty, plan_of(arena, lines));
    struct registry_file *file = file_of(arena, "tag_id_card|nik|nama|no_kk|kk_level|sex|dusun|tanggallahir\n"
                                                "04a1b2c3d4e5f6|7317105202600001|SITI|7317100101010001|3|P|PADANG|12-02-1960\n"
                                                "1234567890|7317105202610001|ANI|7317100101010001|4|P|PADANG|12-02-1961\n"
                                                "1234567890|7317105202620001|ENI|7317100101010001|4|P|PADANG|12-02-1962\n");

    assert_counts(plan_against(file, before), 0, 0, 0, 3);
    assert_fault(file, "2 tag_id_card E Kartu ini sudah terdaftar atas nama warga lain.");
    assert_fault(file, "3 tag_id_card E Kartu ini sama dengan baris 4.");
    assert_fault(file, "4 tag_id_card E Kartu ini sama dengan baris 3.");
    assert_counts(plan_against(file_of(arena, lines), before), 0, 0, 1, 0);
}

static void test_what_a_new_resident_needs(void **state)
{
    struct arena *arena = *state;
    struct registry empty = {0};
    struct registry_file *file = file_of(arena, "nik|nama|no_kk\n7317101111570002||7317100101010001\n0|ANI|7317100101010001\n");

    assert_counts(plan_against(file, &empty), 0, 0, 0, 2);
    assert_fault(file, "2 nama E Nama belum diisi.");
    assert_fault(file, "2 sex E Jenis kelamin belum diisi.");
    assert_fault(file, "2 kk_level E Hubungan dalam keluarga belum diisi.");
    assert_fault(file, "2 dusun W {Dusun} belum diisi."); /* a village may have none */
    assert_fault(file, "2 tanggallahir W Tanggal lahir belum diisi.");
    assert_fault(file, "3 nik E Warga tanpa NIK hanya diterima bila nama, tempat lahir dan tanggal lahir diisi.");
}

static void test_hamlets_that_are_nearly_known(void **state)
{
    struct arena *arena = *state;
    struct registry empty = {0};
    struct registry_file *file = file_of(arena,
                                         HEAD "7317101111570002|BUDI|7317100101010001|1|L|Batu Lotong||001|A|PALOPO|11-11-1957\n"
                                              "7317101111570003|ANDI|7317100101010002|1|L|Dsn. Batu Lotogn||001|A|PALOPO|11-11-1957\n"
                                              "7317101111570004|UDIN|7317100101010003|1|L|DUSUN BATU LOTONG||002|A|PALOPO|11-11-1957\n"
                                              "7317101111570005|AMIR|7317100101010004|1|L|-||002|A|PALOPO|11-11-1957\n"
                                              "7317101111570006|AMRI|7317100101010005|1|L|||002|A|PALOPO|11-11-1957\n");
    struct registry_plan *plan = plan_against(file, &empty);

    assert_counts(plan, 4, 0, 0, 1);
    assert_int_equal(plan->counts.warnings, 2);
    assert_fault(file, "3 dusun W {Dusun} baru ini mirip {Dusun} Batu Lotong. Salah ketik? Perbaiki di berkas, lalu unggah lagi.");
    assert_fault(file, "5 dusun W {Dusun} tertulis “-”, jadi dicatat tanpa {dusun}."); /* said on purpose; a blank one is forgotten */
    assert_fault(file, "6 dusun E {Dusun} belum diisi.");                              /* the others have one */
}

/* Someone without a NIK is recognised by name, place and date of birth, whatever the case. */
static void test_known_person_without_nik(void **state)
{
    struct arena *arena = *state;
    struct registry empty = {0};
    struct registry *before = registry_after(arena, &empty, plan_of(arena, HEAD BUDI SITI));
    struct registry_plan *plan = plan_against(file_of(arena, HEAD "0|Budi|7317100101010001|1|L|PADANG|1|2|Jl. Poros|Palopo|11-11-1957\n"),
                                              before);

    assert_counts(plan, 0, 1, 0, 0); /* the name's case changed */
    assert_true(str_is(plan->residents[0].r.nik, "7317101111570002"));
}

/* Many are born on the first of July and are called Muhammad: name and birth alone find only who has no NIK, or somebody of the family. */
static void test_without_nik_nobody_elses_place_is_taken(void **state)
{
    struct arena *arena = *state;
    struct registry empty = {0};
#define OTHER "0|Budi|7317100101010009|1|L|LURA|1|2|Jl. Lain|Palopo|11-11-1957\n"
    struct registry *before = registry_after(arena, &empty, plan_of(arena, HEAD BUDI SITI));
    struct registry_file *file = file_of(arena, HEAD OTHER);

    assert_counts(plan_against(file, before), 1, 0, 0, 0);
    assert_fault(file, "2 nik W Nama, tempat dan tanggal lahirnya sama dengan BUDI (NIK 7317101111570002, KK 7317100101010001).");

    /* in his own family he is he; and a temporary NIK is found wherever he moves, but not when there are two */
    assert_counts(plan_against(file_of(arena, HEAD "0|BUDI|7317100101010001|1|L|PADANG|1|2|Jl. Poros|-|11-11-1957\n"), before), 0, 0, 0, 1);
    assert_counts(plan_against(file_of(arena, HEAD "0|BUDI|7317100101010001|1|L|PADANG|1|2|Jl. Poros|PALOPO|11-11-1957\n"), before), 0, 0,
                  1, 0);
    struct registry *with_two = registry_after(arena, before, plan_against(file_of(arena, HEAD OTHER), before));
    assert_counts(plan_against(file_of(arena, HEAD "0|Budi|7317100101010008|1|L|LURA|1|2|Jl. Baru|Palopo|11-11-1957\n"), with_two), 0, 1, 0,
                  0);
    file = file_of(arena, HEAD "0|Budi|7317100101010008|1|P|LURA|1|2|Jl. Baru|Palopo|11-11-1957\n");
    assert_counts(plan_against(file, with_two), 1, 0, 0, 0); /* a woman is not that man */
#undef OTHER
}

/* The child that was born here without a NIK gets one: the same child. */
static void test_a_temporary_nik_becomes_a_real_one(void **state)
{
    struct arena *arena = *state;
    struct registry empty = {0};
#define BORN "|BAYI|7317100101010001|4|L|PADANG|1|2||PALOPO|01-11-2026\n"
    struct registry *before = registry_after(arena, &empty, plan_of(arena, HEAD BUDI SITI "0" BORN));
    struct registry_file *file = file_of(arena, HEAD "7317100111260001" BORN);
    struct registry_plan *plan = plan_against(file, before);

    assert_counts(plan, 0, 1, 0, 0);
    assert_true(str_is(plan->residents[0].r.nik, "7317100111260001"));
    assert_int_equal(plan->changed_by_column[COLUMN_NIK], 1);
    assert_fault(file, "2 nik W NIK sementara → NIK tetap: BAYI sudah tercatat dengan NIK sementara 0731710200300001");
    struct registry *after = registry_after(arena, before, plan);
    file = file_of(arena, HEAD "7317100111260001" BORN);
    assert_counts(plan_against(file, after), 0, 0, 1, 0);
    assert_int_equal(file->faults.n, 0);

    /* of the family without a place; in another family with it; not another child; both rows of one child are one pair */
    const char *same[] = {"7317100111260001|Bayi|7317100101010001|4|L|PADANG|1|2|||01-11-2026\n",
                          "7317100111260001|Bayi|7317100101010009|4|L|PADANG|1|2||Palopo|01-11-2026\n"};
    for (size_t i = 0; i < COUNT_OF(same); i++)
        assert_counts(plan_against(file_of(arena, str_z(arena, str_fmt(arena, HEAD "%s", same[i]))), before), 0, 1, 0, 0);
    assert_counts(plan_against(file_of(arena, HEAD "7317100311260001|BAYI|7317100101010001|4|L|PADANG|1|2||PALOPO|03-11-2026\n"), before),
                  1, 0, 0, 0);
    assert_counts(plan_against(file_of(arena, HEAD "0" BORN "7317100111260001" BORN), before), 0, 0, 0, 2);
    assert_counts(
        plan_against(file_of(arena, HEAD "7317100111260001" BORN "7317100111260001|ANI|7317100101010001|4|L|PADANG|1|2||X|01-11-2026\n"),
                     before),
        0, 0, 0, 2);
#undef BORN
}

static void test_a_family_keeps_its_head(void **state)
{
    struct arena *arena = *state;
    struct registry empty = {0};
    struct registry *before = registry_after(arena, &empty, plan_of(arena, HEAD BUDI SITI UDIN));
    const char *moves = "7317101111570002|BUDI|7317100101010009|1|L|PADANG|1|2||PALOPO|11-11-1957\n";
    struct registry_file *file = file_of(arena, str_z(arena, str_fmt(arena, HEAD "%s", moves)));

    assert_counts(plan_against(file, before), 0, 0, 1, 0);
    assert_fault(file, "2 no_kk W Warga ini kepala KK 7317100101010001, dan anggotanya masih ada.");
    assert_int_equal(file->faults.n, 1);
    file = file_of(arena, "nik|nama|no_kk|kk_level|suku\n7317101111570002|BUDI|7317100101010001|4|Luwu\n");
    struct registry_plan *plan = plan_against(file, before);
    assert_counts(plan, 0, 1, 0, 0);
    assert_fault(file, "2 kk_level W Warga ini satu-satunya kepala keluarga KK ini.");
    assert_int_equal(plan->residents[0].r.family_role, SHDK_HEAD);
    assert_true(str_is(plan->residents[0].r.ethnicity, "Luwu"));
    /* the one who would have headed it is refused; a chain: who is held heads nobody elsewhere */
    file = file_of(arena, str_z(arena, str_fmt(arena,
                                               HEAD "%s"
                                                    "7317105202600001|SITI|7317100101010001|1|L|PADANG|1|2|||12-02-1960\n",
                                               moves)));
    assert_counts(plan_against(file, before), 0, 0, 1, 1);
    file = file_of(arena, HEAD "7317101111570002|BUDI|7317100101010002|1|L|PADANG|1|2||PALOPO|11-11-1957\n"
                               "7317100303850001|UDIN|7317100101010009|1|1|LURA|||Jl. Desa|LARONTO|03-03-1985\n");
    assert_counts(plan_against(file, before), 0, 1, 1, 0);

    /* not when another heads it in the same file, nor when nobody stays behind */
    file = file_of(arena, str_z(arena, str_fmt(arena,
                                               HEAD "%s"
                                                    "7317105202600001|SITI|7317100101010001|1|P|PADANG|1|2|||12-02-1960\n",
                                               moves)));
    assert_counts(plan_against(file, before), 0, 2, 0, 0);
    assert_int_equal(file->faults.n, 0);
    file = file_of(arena, HEAD "7317100303850001|UDIN|7317100101010009|1|1|LURA|||Jl. Desa|LARONTO|03-03-1985\n");
    assert_counts(plan_against(file, before), 0, 1, 0, 0);
    assert_int_equal(file->faults.n, 0);
    before->residents[2].r.basic_status = STATUS_DEAD;
    file = file_of(arena, "nik|nama|no_kk|status_dasar|suku\n7317100303850001|UDIN|7317100101010002|MATI|Luwu\n");
    assert_counts(plan_against(file, before), 0, 0, 1, 0);
    assert_fault(file,
                 "2 status_dasar W Di data desa warga ini tercatat: Meninggal. Datanya tidak diubah dari berkas; yang berbeda: Suku.");
    assert_int_equal(file->faults.n, 1);
}

/* What was changed in the registry since: as the acts write it into the history. */
static struct registry_plan *plan_with(struct registry_file *file, struct registry *registry, const struct known_change *changes, size_t n,
                                       bool takes_old)
{
    registry->changes = changes;
    registry->n_changes = n;
    return registry_plan(file, registry,
                         &(struct registry_choice){.village_code = CODE, .today = TODAY, .accepts_mismatch = true, .takes_old = takes_old});
}

/* Each column by itself: the value before an act stays away, unless the file is said to be right; another value is news. */
static void test_what_stood_before_an_act_is_old(void **state)
{
    struct arena *arena = *state;
    struct registry empty = {0};
    const struct date day = {2026, 11, 20};
    static const struct {
        const char *heading, *old, *news, *changes, *told;
        enum resident_column column;
    } cases[] = {{"nama", "BUDI", "BUDDY", "{\"name\":[\"BUDI\",\"BUDI SATU\"]}", "Nama Budi: Budi Satu", COLUMN_NAME},
                 {"status_kawin", "2", "3", "{\"marital\":[2,4]}", "Status perkawinan", COLUMN_MARITAL},
                 {"tanggallahir", "10-11-1957", "11-11-1958", "{\"birth_date\":[\"1957-11-10\",\"1957-11-11\"]}", "Tanggal lahir",
                  COLUMN_BIRTH_DATE},
                 {"rt", "005", "006", "{\"rt\":[\"005\",\"002\"]}", "RT", COLUMN_RT},
                 {"dusun", "LAMA", "BARU", "{\"hamlet\":[\"LAMA\",\"PADANG\"]}", "{Dusun}", COLUMN_HAMLET},
                 {"alamat", "Jl. Lama", "Jl. Baru", "{\"address\":[\"Jl. Lama\",\"Jl. Poros\"]}", "Alamat keluarga", COLUMN_ADDRESS},
                 {"pekerjaan_id", "5", "6", "{\"occupation\":[5,9]}", "Pekerjaan", COLUMN_OCCUPATION},
                 {"ayah_nik", "7317101111300002", "7317101111300003", "{\"father_nik\":[\"7317101111300002\",\"\"]}", "NIK ayah",
                  COLUMN_FATHER_NIK}};

    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const bool is_name = cases[i].column == COLUMN_NAME;
        for (int k = 0; k < 3; k++) { /* kept, taken, news */
            struct registry *before = registry_after(arena, &empty, plan_of(arena, HEAD BUDI));
            if (is_name)
                before->residents[0].r.name = STR("BUDI SATU");
            const struct known_change changes[] = {{before->residents[0].id, day, str_c(cases[i].changes)}};
            struct registry_file *file = file_of(
                arena, str_z(arena, str_fmt(arena, "nik|no_kk|%s%s\n7317101111570002|7317100101010001|%s%s\n", is_name ? "" : "nama|",
                                            cases[i].heading, is_name ? "" : "BUDI|", k == 2 ? cases[i].news : cases[i].old)));
            struct registry_plan *plan = plan_with(file, before, changes, 1, k == 1);
            assert_counts(plan, 0, k != 0, k == 0, 0);
            assert_int_equal(plan->counts.old, k != 2);
            assert_int_equal(plan->changed_by_column[cases[i].column], k != 0);
            if (k != 2)
                assert_fault(file, "sejak 20-11-2026; di berkas");
            else
                assert_null(strstr(faults_of(file), "sejak 20-11-2026"));
            if (k == 0)
                assert_fault(file, "keadaan sebelum itu. Yang di data desa tetap.");
        }
    }
}

/* A family's changes stand and fall together: card, role and place; the hamlet with its RW and RT. A NIK that was put right stays right. */
static void test_an_older_file_moves_nobody_back(void **state)
{
    struct arena *arena = *state;
    struct registry empty = {0};
    const struct date day = {2026, 11, 20}, later = {2026, 11, 22};
    struct registry *before = registry_after(
        arena, &empty, plan_of(arena, HEAD BUDI UDIN "7317105202600001|SITI|7317100101010002|ISTRI|P|LURA|-|-||SAMPANO|12-02-1960\n"));
    const uint64_t siti = before->residents[2].id;
    const struct known_change moved[] = {
        {siti, day, STR("{\"kk_no\":[\"7317100101010001\",\"7317100101010002\"],\"family_role\":[4,3],\"hamlet\":[\"PADANG\",\"LURA\"]}")},
        {siti, later, STR("{\"marital\":[1,2],\"name\":[\"SITTI\",\"SITI\"]}")}};
    struct registry_file *file = file_of(arena, HEAD SITI);
    struct registry_plan *plan = plan_with(file, before, moved, 2, false);

    assert_counts(plan, 0, 0, 1, 0);
    assert_fault(file, "2 no_kk W Nomor KK Siti: 7317 1001 0101 0002 sejak 20-11-2026; di berkas 7317 1001 0101 0001");
    assert_fault(file, "2 rt W RT Siti:");
    assert_int_equal(plan->counts.old, 1);

    /* taken all the same; and the two answers are two results */
    unsigned char kept[32];
    memcpy(kept, plan->hash, sizeof kept);
    plan = plan_with(file_of(arena, HEAD SITI), before, moved, 2, true);
    assert_counts(plan, 0, 1, 0, 0);
    assert_true(str_is(plan->residents[0].r.kk_no, "7317100101010001") && str_is(plan->residents[0].r.hamlet, "PADANG"));
    assert_memory_not_equal(kept, plan->hash, sizeof kept);

    /* a third family is news, with the role that she has in it */
    plan = plan_with(file_of(arena, HEAD "7317105202600001|SITI|7317100101010003|ANAK|P|PADANG|1|2||SAMPANO|12-02-1960\n"), before, moved,
                     2, false);
    assert_counts(plan, 0, 1, 0, 0);
    assert_int_equal(plan->counts.old, 0);
    assert_int_equal(plan->residents[0].r.family_role, SHDK_CHILD);

    /* the value of two changes ago is as old */
    const struct known_change twice[] = {{siti, day, STR("{\"name\":[\"SITTI\",\"SITY\"]}")},
                                         {siti, later, STR("{\"name\":[\"SITY\",\"SITI\"]}")}};
    file = file_of(arena, "nik|nama|no_kk\n7317105202600001|SITTI|7317100101010002\n");
    assert_counts(plan_with(file, before, twice, 2, false), 0, 0, 1, 0);
    assert_fault(file, "2 nama W Nama lengkap Siti: Siti sejak 22-11-2026; di berkas Sitti");

    /* the NIK of before leads to her, and no answer brings it back */
    const struct known_change number[] = {{siti, day, STR("{\"nik\":[\"7317104101610009\",\"7317105202600001\"]}")}};
    for (int takes = 0; takes < 2; takes++) {
        file = file_of(arena, HEAD "7317104101610009|SITI|7317100101010002|ISTRI|P|LURA|-|-||SAMPANO|12-02-1960\n");
        assert_counts(plan_with(file, before, number, 1, takes == 1), 0, 0, 1, 0);
        assert_fault(file, "2 nik W NIK Siti: 7317 1052 0260 0001 sejak 20-11-2026");
    }
}

static void test_a_familys_address_follows_its_head(void **state)
{
    struct arena *arena = *state;
    struct registry empty = {0};
    struct registry *before = registry_after(arena, &empty, plan_of(arena, HEAD BUDI SITI));
    struct registry_file *file = file_of(arena, "nik|nama|no_kk|status_dasar|suku|alamat\n"
                                                "7317105202600001|SITI|7317100101010001|3|Luwu|Jakarta Timur\n");
    before->residents[1].r.basic_status = STATUS_MOVED;
    struct registry_plan *plan = plan_against(file, before);

    assert_counts(plan, 0, 0, 1, 0);
    assert_int_equal(plan->n_families, 0);
    assert_int_equal(plan->changed_by_column[COLUMN_ADDRESS], 0);
    assert_fault(file, "yang berbeda: Alamat keluarga, Suku.");

    before->residents[1].r.basic_status = STATUS_ALIVE;
    file = file_of(arena,
                   "nik|nama|no_kk|alamat\n7317105202600001|SITI|7317100101010001|Kos\n7317101111570002|BUDI|7317100101010001|Jl. Baru\n");
    plan = plan_against(file, before);
    assert_true(str_is(plan->families[0].address, "Jl. Baru"));
    assert_fault(file, "2 alamat W Alamat keluarga tetap “Jl. Baru”");
    assert_int_equal(file->faults.n, 1);
}

static void test_role_against_sex(void **state)
{
    struct arena *arena = *state;
    struct registry empty = {0};
    struct registry_file *file = file_of(arena, HEAD BUDI "7317101202600001|AGUS|7317100101010001|3|L|PADANG|||||12-02-1960\n"
                                                          "7317105202600001|SITI|7317100101010001|2|P|PADANG|||||12-02-1960\n");

    assert_counts(plan_against(file, &empty), 1, 0, 0, 2);
    assert_fault(file, "3 kk_level E Istri hanya untuk perempuan.");
    assert_fault(file, "4 kk_level E Suami hanya untuk laki-laki.");

    /* what the registry holds already does not keep the rest of a row out */
    struct registry_plan *plan = plan_of(arena, HEAD BUDI "7317101202600001|AGUS|7317100101010001|4|L|PADANG|||||12-02-1960\n");
    plan->residents[1].r.family_role = 3;
    file = file_of(arena, "nik|nama|no_kk|suku\n7317101202600001|AGUS|7317100101010001|Luwu\n");
    assert_counts(plan_against(file, registry_after(arena, &empty, plan)), 0, 1, 0, 0);
    assert_fault(file, "2 kk_level W Istri hanya untuk perempuan.");
}

static void test_the_hash_says_what_would_be_written(void **state)
{
    struct arena *arena = *state;
    struct registry empty = {0};
    struct registry_plan *a = plan_of(arena, HEAD BUDI SITI), *b = plan_of(arena, HEAD BUDI SITI);
    struct registry *with_udin = registry_after(arena, &empty, plan_of(arena, HEAD UDIN));
    struct registry *with_budi = registry_after(arena, &empty, plan_of(arena, HEAD BUDI));

    assert_memory_equal(a->hash, b->hash, 32);
    assert_memory_equal(a->hash, plan_against(file_of(arena, HEAD BUDI SITI), with_udin)->hash, 32);
    assert_memory_not_equal(a->hash, plan_against(file_of(arena, HEAD BUDI SITI), with_budi)->hash, 32);
    assert_memory_not_equal(a->hash, plan_of(arena, HEAD BUDI)->hash, 32);
}

/* Also what it would replace: a value that is written over without having been seen is another result. */
static void test_the_hash_says_what_would_be_replaced(void **state)
{
    struct arena *arena = *state;
    struct registry empty = {0};
    struct registry *known = registry_after(arena, &empty, plan_of(arena, HEAD BUDI SITI));
    const char *file = "nik|nama|no_kk|kk_level|alamat|tempatlahir\n7317101111570002|BUDI|7317100101010001|1|Jl. Baru|MASAMBA\n";
    struct registry_plan *seen = plan_against(file_of(arena, file), known);
    struct resident_row *budi = &known->residents[0].r;

    assert_memory_equal(seen->hash, plan_against(file_of(arena, file), known)->hash, 32);
    budi->birth_place = STR("BUA"); /* changed before and after, to the same */
    assert_memory_not_equal(seen->hash, plan_against(file_of(arena, file), known)->hash, 32);
    budi->birth_place = STR("PALOPO");
    known->families[0].address = STR("Jl. Lain");
    assert_memory_not_equal(seen->hash, plan_against(file_of(arena, file), known)->hash, 32);
    known->families[0].address = STR("Jl. Poros");
    known->residents[1].r.birth_place = STR("BUA"); /* of nobody in the file */
    assert_memory_equal(seen->hash, plan_against(file_of(arena, file), known)->hash, 32);
}

/* Our own rows are taken as they are. */
static void test_rows_of_our_own_making(void **state)
{
    struct arena *arena = *state;
    struct registry empty = {0};
    struct resident_row rows[] = {
        {.name = STR("Budi"),
         .nik = STR("7317101111570002"),
         .kk_no = STR("7317100101010001"),
         .sex = 2,
         .family_role = 1,
         .hamlet = STR("Padang"),
         .rw = STR("001"),
         .rt = STR("001"),
         .address = STR("Jl. A"),
         .birth_date = {1990, 1, 1}},
        {.name = STR("Siti"),
         .nik = STR("7317105202600001"),
         .kk_no = STR("7317100101010001"),
         .sex = 2,
         .family_role = 3,
         .hamlet = STR("PADANG"),
         .rw = STR("001"),
         .rt = STR("001"),
         .birth_date = {1960, 2, 12}},
    };
    struct registry_file *file = registry_from_rows(arena, rows, 2, TODAY);
    struct registry_plan *plan = registry_plan(file, &empty,
                                               &(struct registry_choice){.village_code = CODE, .today = TODAY, .is_trusted = true});

    assert_counts(plan, 2, 0, 0, 0);
    assert_int_equal(plan->n_areas, 1);
    assert_int_equal(plan->faults->n, 0);
}

/* As the exchange format's own sample is: all 43 columns and no other, NIKs made up beside the birth dates. Each row waits for a person's
 * word, then comes whole, and comes again unchanged. */
static void assert_sample(struct arena *arena, struct str bytes, uint32_t n)
{
    struct registry empty = {0};
    struct registry_file *file = file_of_bytes(arena, bytes);

    assert_int_equal(file->n_rows, n);
    assert_int_equal(file->sheets[0].note.n, 0);
    assert_int_equal(file->sheets[0].missing, 0);
    assert_good(file);
    struct registry_plan *plan = plan_against(file, &empty);
    assert_int_equal(plan->counts.refused, n);
    assert_int_equal(plan->counts.mismatch, n);

    file = file_of_bytes(arena, bytes);
    plan = registry_plan(file, &empty, &(struct registry_choice){.village_code = CODE, .today = TODAY, .accepts_mismatch = true});
    assert_good(file);
    assert_counts(plan, n, 0, 0, 0);
    struct registry *after = registry_after(arena, &empty, plan);
    assert_counts(plan_against(file_of_bytes(arena, bytes), after), 0, 0, n, 0);
}

static void test_a_sample_of_the_format(void **state)
{
    static const char *const people[][COLUMN_COUNT] = {{"Jalan Poros 10",
                                                        "PADANG",
                                                        "001",
                                                        "002",
                                                        "BUDI",
                                                        "7317100101010001",
                                                        "7317101111570002",
                                                        "1",
                                                        "PALOPO",
                                                        "13-11-1957",
                                                        "1",
                                                        "5",
                                                        "18",
                                                        "9",
                                                        "2",
                                                        "1",
                                                        "1",
                                                        "0",
                                                        "AMBO",
                                                        "0",
                                                        "INDO",
                                                        "13",
                                                        "",
                                                        "",
                                                        "",
                                                        "",
                                                        "",
                                                        "",
                                                        "",
                                                        "",
                                                        "7",
                                                        "",
                                                        "2",
                                                        "2",
                                                        "8",
                                                        "",
                                                        "1",
                                                        "Luwu",
                                                        "",
                                                        "1",
                                                        "",
                                                        "-3.6",
                                                        "120.3"},
                                                       {"Jalan Poros 10",
                                                        "PADANG",
                                                        "001",
                                                        "002",
                                                        "SITI",
                                                        "7317100101010001",
                                                        "7317105202600001",
                                                        "2",
                                                        "PALOPO",
                                                        "1961-02-12",
                                                        "1",
                                                        "3",
                                                        "",
                                                        "2",
                                                        "2",
                                                        "3",
                                                        "1",
                                                        "",
                                                        "AMBE",
                                                        "",
                                                        "INDE"},
                                                       {"Jalan Desa", "LURA", "-", "-", "UDIN", "7317100101010002", "7317100303850001", "1",
                                                        "LARONTO", "04/03/1985", "1", "8", "", "88", "1", "1", "1"}};
    struct arena *arena = *state;
    struct buf lines = {.arena = arena};

    for (int c = 0; c < COLUMN_COUNT; c++)
        buf_fmt(&lines, "%s%s", c == 0 ? "" : "|", column_rules[c].heading);
    for (size_t i = 0; i < COUNT_OF(people); i++)
        for (int c = 0; c < COLUMN_COUNT; c++)
            buf_fmt(&lines, "%s%s", c == 0 ? "\n" : "|", people[i][c] != NULL ? people[i][c] : "");
    assert_sample(arena, book_of(arena, "Data Penduduk", str_z(arena, buf_str(&lines))), COUNT_OF(people));
}

static void test_real_sample(void **state)
{
    assert_sample(*state, sample(*state, SAMPLES "opensid_residents_sample.xlsx"), 97);
}

/* The printed book of Luwu Timur as the office gave it out: people in families, each with a number, a hamlet and a role. Its shape:
 * test_printed_forms. */
static void test_real_printed_form(void **state)
{
    struct arena *arena = *state;
    struct registry_file *file = file_of_bytes(arena, sample(arena, SAMPLES "bip_2016_luwutimur_sample.xls"));

    assert_int_equal(file->refusal.n, 0);
    assert_true(file->n_rows > 1);
    assert_true(str_starts(file->sheets[0].note, STR("Formulir Buku Induk Penduduk: ")));
    for (size_t i = 0; i < file->n_rows; i++) {
        const struct resident_row *r = &file->rows[i].r;
        assert_true(r->name.n > 0 && r->kk_no.n == 16 && r->hamlet.n > 0 && r->family_role > 0 && !date_is_none(r->birth_date));
    }
}

int main(void)
{
#define UNIT(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        UNIT(test_sheets_are_found_and_named),
        UNIT(test_a_book_without_residents_is_refused),
        UNIT(test_csv_is_a_book_too),
        UNIT(test_headings_in_any_order_and_shape),
        UNIT(test_headings_of_other_years_and_offices),
        UNIT(test_headings_below_a_title_and_over_two_rows),
        UNIT(test_of_two_names_for_a_column_its_own_is_meant),
        UNIT(test_rows_that_are_no_residents),
        UNIT(test_a_family_number_that_is_written_once),
        UNIT(test_a_family_without_end_is_read_a_short_way_back),
        UNIT(test_a_member_without_a_number_in_a_plain_family),
        UNIT(test_the_villages_own_word),
        UNIT(test_which_comes_first_day_or_month),
        UNIT(test_an_order_that_is_open_is_asked_once),
        UNIT(test_cells_whose_day_and_month_were_changed),
        UNIT(test_dates_of_one_hand),
        UNIT(test_dates_that_nothing_proves),
        UNIT(test_numbers_for_days),
        UNIT(test_which_century_two_digits_mean),
        UNIT(test_the_civil_registrys_table),
        UNIT(test_printed_forms),
        UNIT(test_data_ends_at_the_hashes),
        UNIT(test_a_sheet_is_called_by_its_neighbourhood),
        UNIT(test_a_card_that_is_not_there_yet),
        UNIT(test_too_many_rows),
        UNIT(test_new_residents_with_family_and_area),
        UNIT(test_the_same_file_again_changes_nothing),
        UNIT(test_every_error_of_every_row),
        UNIT(test_nik_against_birth_and_sex),
        UNIT(test_region_is_a_warning),
        UNIT(test_hamlets_that_are_nearly_known),
        UNIT(test_one_person_twice),
        UNIT(test_a_line_that_lacks_a_cell),
        UNIT(test_new_areas_are_doubted),
        UNIT(test_two_heads_and_none),
        UNIT(test_no_second_head_where_the_number_is_doubtful),
        UNIT(test_refusals_follow_one_another),
        UNIT(test_known_residents_change_but_nothing_is_emptied),
        UNIT(test_a_file_changes_nobodys_status),
        UNIT(test_who_has_no_nik),
        UNIT(test_temporary_numbers_of_a_file),
        UNIT(test_who_has_no_family_card),
        UNIT(test_columns_to_tick_and_rows_that_name_a_hamlet),
        UNIT(test_ages_in_a_family),
        UNIT(test_marriages_and_young_heads),
        UNIT(test_a_child_written_twice),
        UNIT(test_a_nik_that_was_put_right),
        UNIT(test_a_newborn_in_a_file),
        UNIT(test_another_head_of_a_family),
        UNIT(test_odd_names_of_areas),
        UNIT(test_words_where_a_number_is_usual),
        UNIT(test_no_name_becomes_a_word),
        UNIT(test_parents_numbers),
        UNIT(test_dittos_words_and_signatures),
        UNIT(test_pregnant_men),
        UNIT(test_cards_are_one_persons),
        UNIT(test_what_a_new_resident_needs),
        UNIT(test_known_person_without_nik),
        UNIT(test_without_nik_nobody_elses_place_is_taken),
        UNIT(test_a_temporary_nik_becomes_a_real_one),
        UNIT(test_a_family_keeps_its_head),
        UNIT(test_what_stood_before_an_act_is_old),
        UNIT(test_an_older_file_moves_nobody_back),
        UNIT(test_a_familys_address_follows_its_head),
        UNIT(test_role_against_sex),
        UNIT(test_the_hash_says_what_would_be_written),
        UNIT(test_the_hash_says_what_would_be_replaced),
        UNIT(test_rows_of_our_own_making),
        UNIT(test_a_sample_of_the_format),
        UNIT(test_real_sample),
        UNIT(test_real_printed_form),
    };

    return RUN_TESTS_AND_REAL(tests, 2);
}
