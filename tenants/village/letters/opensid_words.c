// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * The codes of OpenSID's texts, [NaMa_desa], as fields of ours. The case of a code's letters is the case of what is printed; where OpenSID
 * keeps capitals and its templates say how to soften them, our registry keeps words as they are written, so only "all large" and "all
 * small" are taken over for those.
 */
#include "server/base/json.h"
#include "server/base/text.h"
#include "tenants/village/letters/opensid.h"

bool opensid_has(struct str text, const char *code)
{
    const struct str c = str_c(code);

    for (size_t i = 0; i + c.n <= text.n; i++)
        if (str_eq_nocase(str_part(text, i, c.n), c))
            return true;
    return false;
}

/* ---- case ---- */

static bool is_large(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* [NAma] upper, [NamA] as it is kept, [NaMa] title, [Nama] sentence, [nama] lower. */
static const char *case_of(struct str raw)
{
    if (raw.n < 2 || !is_large(raw.p[0]))
        return ":lower";
    if (is_large(raw.p[1]))
        return ":upper";
    if (is_large(raw.p[raw.n - 1]))
        return "";
    return raw.n > 2 && is_large(raw.p[2]) ? ":title" : ":sentence";
}

/* Of a word that is kept as it is written. */
static const char *case_kept(struct str raw)
{
    const char *as = case_of(raw);

    return strcmp(as, ":upper") == 0 || strcmp(as, ":lower") == 0 ? as : "";
}

static struct str literal(struct arena *arena, struct str raw, const char *words)
{
    const char *as = case_of(raw);
    const struct str s = str_c(words);

    if (strcmp(as, ":lower") == 0)
        return str_lower(arena, s);
    return strcmp(as, ":upper") == 0 ? str_upper(arena, s) : s;
}

/* ---- what is known ---- */

static const struct {
    const char *code, *words;
} literals[] = {{"sebutan_desa", "Desa"},
                {"sebutan_kepala_desa", "Kepala Desa"},
                {"sebutan_nip_desa", "NIP"},
                {"sebutan_kecamatan", "Kecamatan"},
                {"sebutan_kec", "Kec."},
                {"sebutan_camat", "Camat"},
                {"sebutan_kabupaten", "Kabupaten"},
                {"sebutan_kab", "Kab."},
                {"sebutan_dusun", "Dusun"},
                {"form_nip_pamong", "NIP"}};

/* is_fixed: numbers and days, which no case changes. */
static const struct {
    const char *code, *name;
    bool is_fixed;
} office[] = {{"nama_desa", "nama_desa", false},
              {"kode_desa", "kode_desa", true},
              {"kode_pos", "kode_pos", true},
              {"nama_kecamatan", "nama_kecamatan", false},
              {"nama_kabupaten", "nama_kabupaten", false},
              {"nama_provinsi", "nama_provinsi", false},
              {"alamat_desa", "alamat_kantor", false},
              {"alamat_kantor", "alamat_kantor", false},
              {"alamat_surat", "alamat_surat", false},
              {"pend_desa", "nama_desa", false},
              {"pend_kecamatan", "nama_kecamatan", false},
              {"pend_kabupaten", "nama_kabupaten", false},
              {"pend_provinsi", "nama_provinsi", false},
              {"nama_kepala_desa", "nama_penandatangan", false},
              {"nip_kepala_desa", "nip_penandatangan", true},
              {"nama_pamong", "nama_penandatangan", false},
              {"nip_pamong", "nip_penandatangan", true},
              {"jabatan", "jabatan_penandatangan", false},
              {"atas_nama", "jabatan_penandatangan", false},
              {"judul_surat", "judul_surat", false},
              {"format_nomor_surat", "nomor_surat|____", true},
              {"format_nomor", "nomor_surat|____", true},
              {"nomor_surat", "nomor_surat|____", true},
              {"nomer_surat", "nomor_surat|____", true},
              {"tgl_surat", "tanggal_surat", true},
              {"tgl_surat_hijri", "tanggal_surat:hijri", true},
              {"mulai_berlaku", "tanggal_surat", true},
              {"berlaku_sampai", "berlaku_sampai", true}};

/* Codes of a person: most are called the same here (letter_person_words), these are not. */
static const struct {
    const char *code, *name;
} person[] = {{"tanggallahir", "tanggal_lahir"},
              {"tempatlahir", "tempat_lahir"},
              {"tempat_tgl_lahir", "ttl"},
              {"pendidikan_kk", "pendidikan"},
              {"golongan_darah", "gol_darah"},
              {"nama_dusun", "dusun"},
              {"nama_rw", "rw"},
              {"nama_rt", "rt"},
              {"tanggalperkawinan", "tanggal_perkawinan"},
              {"tanggalperceraian", "tanggal_perceraian"}};

const char *const opensid_person_words[] = {"nama",
                                            "nik",
                                            "no_kk",
                                            "jenis_kelamin",
                                            "ttl",
                                            "usia",
                                            "agama",
                                            "pekerjaan",
                                            "status_kawin",
                                            "pendidikan_sedang",
                                            "warga_negara",
                                            "gol_darah",
                                            "suku",
                                            "cacat",
                                            "hubungan_kk",
                                            "kepala_kk",
                                            "nik_kepala_kk",
                                            "nama_ayah",
                                            "nik_ayah",
                                            "nama_ibu",
                                            "nik_ibu",
                                            "alamat",
                                            "alamat_jalan",
                                            "akta_lahir",
                                            "akta_perkawinan",
                                            "akta_perceraian",
                                            "dokumen_pasport",
                                            "tanggal_akhir_paspor",
                                            "dokumen_kitas",
                                            NULL};

/* What the registry of people does not keep, asked when the letter is made. A day of the week is told from its date. */
static const struct {
    const char *code, *kind, *label, *day_of;
} events[] = {{"tanggal_kelahiran", "date", "Tanggal kelahiran", NULL},
              {"hari_kelahiran", "date", "Tanggal kelahiran", "tanggal_kelahiran"},
              {"jam_kelahiran", "time", "Jam kelahiran", NULL},
              {"tempat_dilahirkan", "line", "Tempat dilahirkan", NULL},
              {"tempat_kelahiran", "line", "Tempat kelahiran", NULL},
              {"jenis_kelahiran", "line", "Jenis kelahiran", NULL},
              {"kelahiran_anak", "number", "Kelahiran anak ke", NULL},
              {"penolong_kelahiran", "line", "Penolong kelahiran", NULL},
              {"berat_bayi", "line", "Berat bayi", NULL},
              {"panjang_bayi", "line", "Panjang bayi", NULL},
              {"tanggal_kematian", "date", "Tanggal kematian", NULL},
              {"hari_kematian", "date", "Tanggal kematian", "tanggal_kematian"},
              {"jam_kematian", "time", "Jam kematian", NULL},
              {"tempat_kematian", "line", "Tempat kematian", NULL},
              {"penyebab_kematian", "line", "Penyebab kematian", NULL},
              {"bukti_kematian", "line", "Bukti kematian", NULL},
              {"tanggal_pindah", "date", "Tanggal pindah", NULL},
              {"hari_pindah", "date", "Tanggal pindah", "tanggal_pindah"},
              {"tanggal_hilang", "date", "Tanggal hilang", NULL},
              {"hari_hilang", "date", "Tanggal hilang", "tanggal_hilang"},
              {"tanggal_lapor", "date", "Tanggal lapor", NULL},
              {"tahun", "year", "Tahun", NULL}};

static const char *person_word(struct str code)
{
    for (size_t i = 0; i < COUNT_OF(person); i++)
        if (str_is(code, person[i].code))
            return person[i].name;
    for (size_t i = 0; opensid_person_words[i] != NULL; i++)
        if (str_is(code, opensid_person_words[i]))
            return opensid_person_words[i];
    return NULL;
}

/* ---- one code ---- */

/* [form_x], and [form_x_kategori]. */
static struct str of_form(struct opensid *in, struct str raw, struct str code)
{
    struct str name = str_from(code, 5);
    const json_t *field = opensid_field(in, name);

    for (size_t i = name.n; field == NULL && i > 1; i--)
        if (name.p[i - 1] == '_')
            field = opensid_field(in, str_part(name, 0, i - 1));
    if (field != NULL)
        name = str_c(json_string_value(json_object_get(field, "name")));
    else {
        opensid_note(in, NOTE_UNKNOWN, "Kode [%.*s] tidak ada di daftar isiannya. Ditambahkan sebagai pertanyaan “%.*s”.", STR_ARG(raw),
                     STR_ARG(opensid_label(in->arena, name)));
        name = opensid_ask(in, name, "line", opensid_label(in->arena, name));
    }
    const char *kind = field != NULL ? json_string_value(json_object_get(field, "kind")) : "line";
    const bool is_of_words = strcmp(kind, "line") == 0 || strcmp(kind, "area") == 0 || strcmp(kind, "select") == 0;

    return str_fmt(in->arena, "{isi_%.*s%s}", STR_ARG(name), is_of_words ? case_of(raw) : "");
}

/* [nama_pembeli] of the category "pembeli"; of the parents and the spouse, who are asked for where the form does not. */
static struct str of_other(struct opensid *in, struct str raw, struct str code)
{
    static const char *const kin[] = {"ayah", "ibu", "pasangan"};

    for (size_t i = 1; i + 1 < code.n; i++) {
        const struct str suffix = str_from(code, i + 1);
        const char *word = code.p[i] == '_' ? person_word(str_part(code, 0, i)) : NULL;
        bool is_person = false;

        if (word == NULL)
            continue;
        is_person = str_is(json_text(opensid_field(in, suffix), "kind"), "person");
        for (size_t k = 0; !is_person && k < COUNT_OF(kin); k++)
            if (str_is(suffix, kin[k])) {
                opensid_ask_person(in, suffix);
                is_person = true;
            }
        if (is_person)
            return str_fmt(in->arena, "{%s_%.*s%s}", word, STR_ARG(suffix), case_kept(raw));
    }
    return STR_NONE;
}

/* [klg1_nama] in a row that stands for every member. */
static struct str of_family(struct opensid *in, struct str raw, struct str code)
{
    size_t at = 3;

    while (at < code.n && code.p[at] >= '0' && code.p[at] <= '9')
        at++;
    if (!in->in_family || !str_starts(code, STR("klg")) || at == 3 || at >= code.n || code.p[at] != '_')
        return STR_NONE;
    const struct str member = str_from(code, at + 1);
    const char *word = person_word(member);

    if (str_is(member, "no"))
        return STR("{#}");
    return word != NULL ? str_fmt(in->arena, "{%s%s}", word, case_kept(raw)) : STR_NONE;
}

static struct str of_picture(struct opensid *in, struct str code)
{
    if (str_is(code, "qr_code"))
        in->has_qr = true;
    else if (str_is(code, "logo"))
        in->picture = "crest";
    else if (str_is(code, "foto_penduduk"))
        in->picture = "photo";
    else if (str_is(code, "qr_bsre") || str_is(code, "logo_bsre"))
        opensid_note(in, NOTE_DROPPED, "Gambar [%.*s] tidak ikut.", STR_ARG(code));
    else if (str_is(code, "pengikut_surat") || str_is(code, "pengikut_pindah") || str_is(code, "pengikut_kis") ||
             str_is(code, "pengikut_kartu_kis"))
        in->followers = code;
    else
        return STR_NONE;
    return STR("");
}

static struct str of_event(struct opensid *in, struct str raw, struct str code)
{
    for (size_t i = 0; i < COUNT_OF(events); i++) {
        const bool is_day = events[i].day_of != NULL;

        if (!str_is(code, events[i].code) && !(str_is(code, "tempat_dilahirkann") && str_is(str_c(events[i].code), "tempat_dilahirkan")))
            continue;
        const struct str name = opensid_ask(in, str_c(is_day ? events[i].day_of : events[i].code), events[i].kind, str_c(events[i].label));

        opensid_note(in, NOTE_TIDIED, "“%s” ditanyakan saat mengisi surat: tidak diambil dari catatan peristiwa.", events[i].label);
        return str_fmt(in->arena, "{isi_%.*s%s}", STR_ARG(name),
                       is_day                                ? ":hari"
                       : strcmp(events[i].kind, "line") == 0 ? case_of(raw)
                                                             : "");
    }
    return STR_NONE;
}

static struct str of_office(struct opensid *in, struct str raw, struct str code)
{
    for (size_t i = 0; i < COUNT_OF(literals); i++)
        if (str_is(code, literals[i].code))
            return literal(in->arena, raw, literals[i].words);
    for (size_t i = 0; i < COUNT_OF(office); i++)
        if (str_is(code, office[i].code))
            return str_fmt(in->arena, "{%s%s}", office[i].name, office[i].is_fixed ? "" : case_kept(raw));
    if (str_is(code, "kode_surat"))
        return json_text(in->definition, "classification");
    const char *word = person_word(code);

    return word != NULL ? str_fmt(in->arena, "{%s%s}", word, case_kept(raw)) : STR_NONE;
}

struct str opensid_word(struct opensid *in, struct str raw)
{
    const struct str code = str_lower(in->arena, raw);
    struct str word;

    if (str_starts(code, STR("form_")) && !str_is(code, "form_nip_pamong"))
        return of_form(in, raw, code);
    if ((word = of_office(in, raw, code)).p != NULL || (word = of_other(in, raw, code)).p != NULL ||
        (word = of_family(in, raw, code)).p != NULL || (word = of_picture(in, code)).p != NULL ||
        (word = of_event(in, raw, code)).p != NULL)
        return word;
    opensid_note(in, NOTE_UNKNOWN, "Kode [%.*s] tidak dikenal. Ditambahkan sebagai pertanyaan “%.*s”.", STR_ARG(raw),
                 STR_ARG(opensid_label(in->arena, code)));
    return str_fmt(in->arena, "{isi_%.*s%s}", STR_ARG(opensid_ask(in, code, "line", opensid_label(in->arena, code))), case_of(raw));
}
