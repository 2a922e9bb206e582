// SPDX-License-Identifier: AGPL-3.0-or-later
/* The words that a paper may use, what people call them, and which of their values cannot be drawn. */
#include "server/base/json.h"
#include "server/base/text.h"
#include "server/paper/paper.h"
#include "tenants/village/letters/letters_rules.h"

const struct letter_word letter_person_words[] = {
    {"nama", STR_INIT("Nama"), STR_INIT("Halimah Dg. Sangnging")},
    {"nik", STR_INIT("NIK"), STR_INIT("7317105111570002")},
    {"no_kk", STR_INIT("Nomor KK"), STR_INIT("7317100101100001")},
    {"jenis_kelamin", STR_INIT("Jenis kelamin"), STR_INIT("Perempuan")},
    {"ttl", STR_INIT("Tempat, tanggal lahir"), STR_INIT("Sampano, 11 November 1957")},
    {"tempat_lahir", STR_INIT("Tempat lahir"), STR_INIT("Sampano")},
    {"tanggal_lahir", STR_INIT("Tanggal lahir"), STR_INIT("11 November 1957")},
    {"usia", STR_INIT("Umur"), STR_INIT("69 tahun")},
    {"agama", STR_INIT("Agama"), STR_INIT("Islam")},
    {"pekerjaan", STR_INIT("Pekerjaan"), STR_INIT("Petani/pekebun")},
    {"status_kawin", STR_INIT("Status kawin"), STR_INIT("Kawin")},
    {"pendidikan", STR_INIT("Pendidikan"), STR_INIT("Tamat SD/sederajat")},
    {"pendidikan_sedang", STR_INIT("Pendidikan yang ditempuh"), STR_INIT("Tidak sedang sekolah")},
    {"warga_negara", STR_INIT("Kewarganegaraan"), STR_INIT("WNI")},
    {"gol_darah", STR_INIT("Golongan darah"), STR_INIT("O")},
    {"suku", STR_INIT("Suku"), STR_INIT("Luwu")},
    {"cacat", STR_INIT("Disabilitas"), STR_INIT("-")},
    {"hubungan_kk", STR_INIT("Hubungan dalam keluarga"), STR_INIT("Kepala keluarga")},
    {"kepala_kk", STR_INIT("Kepala keluarga"), STR_INIT("Ambo Tuwo")},
    {"nik_kepala_kk", STR_INIT("NIK kepala keluarga"), STR_INIT("7317101203550001")},
    {"pekerjaan_kepala_kk", STR_INIT("Pekerjaan kepala keluarga"), STR_INIT("Petani/pekebun")},
    {"nama_ayah", STR_INIT("Nama ayah"), STR_INIT("Daeng Patompo")},
    {"nik_ayah", STR_INIT("NIK ayah"), STR_INIT("7317100107300001")},
    {"nama_ibu", STR_INIT("Nama ibu"), STR_INIT("Indo Tang")},
    {"nik_ibu", STR_INIT("NIK ibu"), STR_INIT("7317105205330002")},
    {"alamat", STR_INIT("Alamat"), STR_INIT("Jl. Poros 4, RT 002, Dusun Batu Lotong, Desa Sampano")},
    {"tinggal_sementara", STR_INIT("Tempat tinggal sementara"), STR_INIT("-")},
    {"alamat_jalan", STR_INIT("Alamat jalan"), STR_INIT("Jl. Poros 4")},
    {"wilayah", STR_INIT("Wilayah"), STR_INIT("RT 002, Dusun Batu Lotong")},
    {"dusun", STR_INIT("{Dusun}"), STR_INIT("Batu Lotong")},
    {"rt", STR_INIT("RT"), STR_INIT("002")},
    {"rw", STR_INIT("RW"), STR_INIT("001")},
    {"akta_lahir", STR_INIT("Nomor akta kelahiran"), STR_INIT("7317-LT-11112010-0001")},
    {"akta_perkawinan", STR_INIT("Nomor akta perkawinan"), STR_INIT("123/45/VI/1980")},
    {"tanggal_perkawinan", STR_INIT("Tanggal perkawinan"), STR_INIT("7 Juni 1980")},
    {"akta_perceraian", STR_INIT("Nomor akta perceraian"), STR_INIT("-")},
    {"tanggal_perceraian", STR_INIT("Tanggal perceraian"), STR_INIT("-")},
    {"dokumen_pasport", STR_INIT("Nomor paspor"), STR_INIT("-")},
    {"tanggal_akhir_paspor", STR_INIT("Paspor berlaku sampai"), STR_INIT("-")},
    {"dokumen_kitas", STR_INIT("Nomor KITAS/KITAP"), STR_INIT("-")},
    {NULL, STR_INIT(""), STR_INIT("")},
};

const struct letter_word letter_heir_words[] = {
    {"hubungan", STR_INIT("Hubungan dengan yang meninggal"), STR_INIT("Anak")},
    {NULL, STR_INIT(""), STR_INIT("")},
};

const struct letter_word letter_list_words[] = {
    {"baris", STR_INIT("Satu baris"), STR_INIT("Sitti Aminah, S.Pd., Ketua BPD")},
    {"nama", STR_INIT("Bagian pertama"), STR_INIT("Sitti Aminah, S.Pd.")},
    {"sebagai", STR_INIT("Bagian sesudah titik koma"), STR_INIT("Ketua BPD")},
    {"nomor", STR_INIT("Nomor baris"), STR_INIT("2")},
    {NULL, STR_INIT(""), STR_INIT("")},
};

const struct letter_word letter_article_words[] = {
    {"judul", STR_INIT("Judul di atas pasal"), STR_INIT("BAB I KETENTUAN UMUM")},
    {NULL, STR_INIT(""), STR_INIT("")},
};

const struct letter_word letter_clause_words[] = {
    {"nomor", STR_INIT("Nomor ayat"), STR_INIT("(1)")},
    {"huruf", STR_INIT("Huruf"), STR_INIT("a.")},
    {"baris", STR_INIT("Isi ayat"), STR_INIT("Peminjam mengajukan permohonan tertulis.")},
    {NULL, STR_INIT(""), STR_INIT("")},
};

const struct letter_word letter_office_words[] = {
    {"judul_surat", STR_INIT("Jenis surat"), STR_INIT("SURAT KETERANGAN USAHA")},
    {"nomor_surat", STR_INIT("Nomor surat"), STR_INIT("500.3/007/SPN/XI/2026")},
    {"tanggal_surat", STR_INIT("Tanggal surat"), STR_INIT("24 November 2026")},
    {"tahun_surat", STR_INIT("Tahun surat"), STR_INIT("2026")},
    {"berlaku_sampai", STR_INIT("Berlaku sampai"), STR_INIT("24 Mei 2027")},
    {"nama_penandatangan", STR_INIT("Penanda tangan"), STR_INIT("Drs. Marthen Palimbong")},
    {"jabatan_penandatangan", STR_INIT("Jabatan"), STR_INIT("Kepala Desa Sampano")},
    {"blok_penandatangan", STR_INIT("Jabatan di atas tanda tangan"), STR_INIT("Kepala Desa Sampano")},
    {"nip_penandatangan", STR_INIT("NIP"), STR_INIT("197001011998031001")},
    {"nama_sekretaris", STR_INIT("Sekretaris desa"), STR_INIT("Sitti Aminah, S.Sos.")},
    {"jabatan_sekretaris", STR_INIT("Jabatan sekretaris desa"), STR_INIT("Sekretaris Desa Sampano")},
    {"nama_desa", STR_INIT("Nama desa"), STR_INIT("Sampano")},
    {"nama_kecamatan", STR_INIT("Nama kecamatan"), STR_INIT("Larompong Selatan")},
    {"nama_kabupaten", STR_INIT("Nama kabupaten"), STR_INIT("Luwu")},
    {"nama_provinsi", STR_INIT("Nama provinsi"), STR_INIT("Sulawesi Selatan")},
    {"kode_desa", STR_INIT("Kode desa"), STR_INIT("7317102003")},
    {"alamat_kantor", STR_INIT("Alamat kantor"), STR_INIT("Jl. Poros Sampano")},
    {"alamat_surat", STR_INIT("Kop surat"), STR_INIT("Jl. Poros Sampano, Kode Pos 91998")},
    {"kode_pos", STR_INIT("Kode pos"), STR_INIT("91998")},
    {NULL, STR_INIT(""), STR_INIT("")},
};

static void add_words(struct arena *arena, struct letter_labels *labels, const struct letter_word *words, const struct letter_field *of)
{
    for (; words->name != NULL; words++)
        labels->p[labels->n++] = of == NULL
                                     ? (struct letter_label){words->name, words->label}
                                     : (struct letter_label){str_z(arena, str_fmt(arena, "%s_%.*s", words->name, STR_ARG(of->name))),
                                                             str_fmt(arena, "%.*s (%.*s)", STR_ARG(words->label), STR_ARG(of->label))};
}

struct letter_labels letter_value_labels(struct arena *arena, const struct letter_form *form)
{
    size_t people = 1;
    struct letter_labels labels = {0};

    for (size_t i = 0; i < form->n_fields; i++)
        people += form->fields[i].kind == FIELD_PERSON;
    labels.p = ARENA_ARRAY(arena, struct letter_label,
                           people * (COUNT_OF(letter_person_words) + COUNT_OF(letter_heir_words)) + COUNT_OF(letter_office_words) +
                               2 * form->n_fields);
    if (form->subject_of != OF_NONE)
        add_words(arena, &labels, letter_person_words, NULL);
    add_words(arena, &labels, letter_office_words, NULL);
    for (size_t i = 0; i < form->n_fields; i++) {
        const struct letter_field *f = &form->fields[i];

        if (f->kind == FIELD_PERSON)
            add_words(arena, &labels, letter_person_words, f);
        else
            labels.p[labels.n++] = (struct letter_label){str_z(arena, str_fmt(arena, "isi_%.*s", STR_ARG(f->name))), f->label};
        if (f->kind == FIELD_PERSON && f->relation == RELATION_HEIR)
            add_words(arena, &labels, letter_heir_words, f);
        if (f->kind == FIELD_LIST)
            labels.p[labels.n++] = (struct letter_label){str_z(arena, str_fmt(arena, LIST_COUNT "%.*s", STR_ARG(f->name))),
                                                         str_fmt(arena, "Banyaknya (%.*s)", STR_ARG(f->label))};
    }
    return labels;
}

/* Whether the tree's text has this name as a word: {nama_desa:upper}, "rows": ["nama"]. */
static bool names(struct str tree, struct str name)
{
    static const char *const signs = "abcdefghijklmnopqrstuvwxyz_0123456789";
    struct str rest = tree;
    ptrdiff_t at;

    while ((at = str_find(rest, name)) >= 0) {
        size_t end = (size_t)at + name.n;

        if ((at == 0 || strchr(signs, rest.p[at - 1]) == NULL) && (end >= rest.n || strchr(signs, rest.p[end]) == NULL))
            return true;
        rest = str_part(rest, end, rest.n - end);
    }
    return false;
}

/* The first sign of a value, or of a row of it, that no font has. */
static struct str lacking(const json_t *value)
{
    const char *name;
    json_t *member;

    if (json_is_string(value))
        return paper_lacks((struct str){json_string_value(value), json_string_length(value)});
    for (size_t i = 0; i < json_array_size(value); i++)
        json_object_foreach(json_array_get(value, i), name, member)
        {
            const struct str lacks = lacking(member);

            if (lacks.p != NULL)
                return lacks;
        }
    return STR_NONE;
}

/* What people call a value. */
static struct str called(const struct letter_labels *labels, struct str name)
{
    for (size_t i = 0; i < labels->n; i++)
        if (str_is(name, labels->p[i].name))
            return labels->p[i].label;
    return name;
}

struct str letter_undrawn(struct arena *arena, const struct letter_form *form, const json_t *values)
{
    const struct letter_labels labels = letter_value_labels(arena, form);
    struct str tree = json_write(arena, form->tree);
    struct paper_need need;
    const char *name;
    json_t *value;

    json_object_foreach((json_t *)values, name, value)
    {
        const struct str lacks = lacking(value);

        if (lacks.p == NULL || !names(tree, str_c(name)))
            continue;
        return str_fmt(arena, "%.*s memuat tanda “%.*s”, yang tidak bisa dicetak di surat. Perbaiki dulu, dengan huruf Latin.",
                       STR_ARG(called(&labels, str_c(name))), STR_ARG(lacks));
    }
    if (paper_misfit(arena, form->tree, values, &need, NULL) == RC_OK && need.field != NULL)
        return str_fmt(arena, "%.*s tidak terbaca sebagai %s. Perbaiki dulu. Contoh: %s.", STR_ARG(called(&labels, str_c(need.field))),
                       need.kind == PAPER_NUMBER ? "angka" : "tanggal", need.kind == PAPER_NUMBER ? "1.500.000" : "17 Agustus 2026");
    return STR_NONE;
}
