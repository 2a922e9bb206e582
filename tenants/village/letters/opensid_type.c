// SPDX-License-Identifier: AGPL-3.0-or-later
/* Read me first: one type of OpenSID's export becomes one of our own export, with its report. */
#include "tenants/village/letters/opensid.h"

#include "server/base/json.h"
#include "server/base/text.h"

enum { NAME_SIGNS = 110, SORT = 300, LEAST_MARGIN_MM = 8, MARGIN_MOST_MM = 100, MONTHS_MOST = 120 };

static json_t *text_json(struct str s)
{
    return json_stringn(s.p, s.n);
}

/* A value that one export has as a number and another as its text. */
static double number_of(const json_t *json, const char *key)
{
    const json_t *value = json_object_get(json, key);

    return json_is_number(value) ? json_number_value(value) : opensid_length(json_text(json, key), 0) * 96 / 25.4;
}

static bool is_set(const json_t *json, const char *key)
{
    return json_is_true(json_object_get(json, key)) || number_of(json, key) > 0;
}

/* ---- its page ---- */

static json_t *page_of(struct opensid *in)
{
    static const struct {
        const char *said, *side;
        double usual; /* cm: OpenSID's own when the type has none */
    } sides[] = {{"atas", "top", 0.63}, {"kanan", "right", 1.78}, {"bawah", "bottom", 1.37}, {"kiri", "left", 1.78}};
    const json_t *said = json_object_get(in->json, "margin");
    struct str size = json_text(in->json, "ukuran"), way = json_text(in->json, "orientasi");
    json_t *margin = json_object(), *read = NULL;
    struct err err = {0};

    if (json_is_string(said) && json_read(in->arena, str_c(json_string_value(said)), &read, &err) == RC_OK)
        said = read;
    for (size_t i = 0; i < COUNT_OF(sides); i++) {
        const bool is_own = json_object_get(said, sides[i].said) != NULL && !is_set(in->json, "margin_global");
        double mm = (is_own ? number_of(said, sides[i].said) : sides[i].usual) * 10;

        if (mm < LEAST_MARGIN_MM || mm > MARGIN_MOST_MM) {
            opensid_note(in, NOTE_TIDIED, "Margin %s %.1f mm menjadi %d mm, agar tidak terpotong printer.", sides[i].said, mm,
                         LEAST_MARGIN_MM);
            mm = LEAST_MARGIN_MM;
        }
        json_object_set_new(margin, sides[i].side, json_real(mm));
    }
    if (!str_empty(size) && !str_eq_nocase(size, STR("F4")) && !str_eq_nocase(size, STR("A4")) && !str_eq_nocase(size, STR("legal"))) {
        opensid_note(in, NOTE_UNKNOWN, "Ukuran kertas %.*s belum ada. Dipakai A4.", STR_ARG(size));
        size = STR("A4");
    }
    return json_pack("{s:s, s:s, s:o}", "size",
                     str_eq_nocase(size, STR("A4"))      ? "A4"
                     : str_eq_nocase(size, STR("legal")) ? "legal"
                                                         : "F4",
                     "orientation", str_starts(way, STR("L")) || str_starts(way, STR("l")) ? "landscape" : "portrait", "margin", margin);
}

static json_t *letterhead(bool has_garuda)
{
    json_t *head = json_loads(
        "[{\"type\":\"letterhead\",\"crest\":\"crest\",\"after\":4,"
        "\"lines\":[\"PEMERINTAH KABUPATEN {nama_kabupaten:upper}\",\"KECAMATAN {nama_kecamatan:upper}\",\"DESA {nama_desa:upper}\"],"
        "\"address\":\"{alamat_surat|}\"}]",
        0, NULL);

    if (has_garuda)
        json_object_set_new(json_array_get(head, 0), "crest", json_string("garuda"));
    return head;
}

/* Head and foot of OpenSID's letters are the village's, for all types: ours take their place. */
static void put_head_and_foot(struct opensid *in, json_t *tree)
{
    const double header = number_of(in->json, "header");

    if (header == 1 || header == 2) {
        json_object_set_new(tree, "header", letterhead(is_set(in->json, "logo_garuda")));
        json_object_set_new(tree, "header_on", json_string(header == 2 ? "first" : "all"));
    }
    if (is_set(in->json, "logo_garuda"))
        opensid_note(in, NOTE_UNKNOWN, "Kop memakai lambang Garuda. Unggah gambarnya di Jenis surat, Gambar surat, bila belum ada.");
    json_object_set_new(
        tree, "footer",
        json_pack("{s:b, s:s, s:s, s:s}", "rule", 1, "left", is_set(in->json, "footer") ? "{kode_desa}" : "", "right",
                  "Halaman {#page} dari {#pages}", "note",
                  "Keaslian surat ini dapat diperiksa dengan memindai kode QR. Surat tanpa kode QR yang cocok dianggap tidak sah."));
}

/* Every letter here is proved by its code: where the table of signatures was not found, it stands at the end. */
static void put_code(struct opensid *in, json_t *body)
{
    in->place = STR("Tanda tangan");
    if (in->has_signature)
        return;
    json_array_append_new(body, json_pack("{s:s, s:i}", "type", "qr", "before", 4));
    opensid_note(in, NOTE_UNKNOWN,
                 "Blok tanda tangan tidak ditemukan, jadi tulisannya tetap seperti di suratnya. Kode QR ditambahkan di akhir.");
}

static json_t *tree_of(struct opensid *in)
{
    struct str html = json_text(in->json, "template_desa");
    json_t *tree = json_object(), *body = json_array();
    const GumboNode *node;

    html = str_empty(html) ? json_text(in->json, "template") : html;
    const bool is_serif = opensid_has(html, "times") || opensid_has(html, "bookman") || opensid_has(html, "georgia");

    in->place = STR("Halaman");
    json_object_set_new(tree, "page", page_of(in));
    json_object_set_new(
        tree, "font",
        json_pack("{s:s, s:i, s:f, s:i}", "family", is_serif ? "serif" : "sans", "size", is_serif ? 12 : 11, "spacing", 1.15, "indent", 8));
    put_head_and_foot(in, tree);
    node = opensid_parse(in, html);
    if (node != NULL)
        opensid_blocks(in, node, (struct opensid_style){0}, body, 0);
    if (in->fault.p == NULL && json_array_size(body) == 0)
        in->fault = STR("Isi suratnya kosong.");
    put_code(in, body);
    json_object_set_new(tree, "body", body);
    return tree;
}

/* ---- what it is ---- */

static struct str name_of(struct opensid *in)
{
    const struct str name = utf8_part(in->arena, text_tidy(in->arena, json_text(in->json, "nama")), NAME_SIGNS);

    return str_eq_nocase(str_part(name, 0, 6), STR("surat ")) ? name : str_fmt(in->arena, "Surat %.*s", STR_ARG(name));
}

/* "surat-keterangan-usaha" → "keterangan-usaha", as the built-in types are called. */
static struct str slug_of(struct opensid *in)
{
    const struct str url = str_lower(in->arena, str_trim(json_text(in->json, "url_surat")));
    struct buf out = {.arena = in->arena};

    for (size_t i = 0; i < url.n && out.n < 56; i++)
        if ((url.p[i] >= 'a' && url.p[i] <= 'z') || (url.p[i] >= '0' && url.p[i] <= '9') || (url.p[i] == '-' && out.n > 0))
            buf_put_char(&out, url.p[i]);
        else if (out.n > 0)
            buf_put_char(&out, '-');
    return str_starts(buf_str(&out), STR("surat-")) ? str_from(buf_str(&out), 6) : buf_str(&out);
}

static unsigned months_of(struct opensid *in)
{
    const double n = number_of(in->json, "masa_berlaku");
    const struct str unit = json_text(in->json, "satuan_masa_berlaku");
    double months = n;

    if (str_is(unit, "y"))
        months = n * 12;
    else if (str_is(unit, "d") || str_is(unit, "w")) {
        const double days = n * (str_is(unit, "w") ? 7 : 1);

        months = days <= 0 ? 0 : (double)((int)((days + 29) / 30));
        if (days > 0)
            opensid_note(in, NOTE_TIDIED, "Masa berlaku %d %s menjadi %d bulan: di sini dihitung dalam bulan.", (int)n,
                         str_is(unit, "w") ? "minggu" : "hari", (int)months);
    }
    return months < 0 ? 0 : months > MONTHS_MOST ? MONTHS_MOST : (unsigned)months;
}

/* As OpenSID seeds them; what a village added has only a number in the export. */
static json_t *requirements_of(struct opensid *in)
{
    static const char *const names[] = {"Surat pengantar RT/RW",
                                        "Fotokopi KK",
                                        "Fotokopi KTP",
                                        "Fotokopi surat nikah, akta nikah, atau kutipan akta perkawinan",
                                        "Fotokopi akta kelahiran atau surat kelahiran, bagi keluarga yang mempunyai anak",
                                        "Surat pindah datang dari tempat asal",
                                        "Surat keterangan kematian dari rumah sakit, puskesmas, atau visum dokter",
                                        "Surat keterangan cerai",
                                        "Fotokopi ijazah terakhir",
                                        "SK PNS, KARIP, atau SK TNI/Polri",
                                        "Surat keterangan kematian dari kepala desa atau lurah",
                                        "Surat imigrasi atau STMD (surat tanda melapor diri)"};
    const json_t *said = json_object_get(in->json, "syarat_surat");
    json_t *list = json_array(), *read = NULL;
    struct err err = {0};

    if (json_is_string(said) && json_read(in->arena, str_c(json_string_value(said)), &read, &err) == RC_OK)
        said = read;
    for (size_t i = 0; i < json_array_size(said); i++) {
        const json_t *one = json_array_get(said, i);
        uint64_t id = json_is_integer(one) ? (uint64_t)json_integer_value(one) : 0;

        if (json_is_string(one) && !str_to_u64(str_c(json_string_value(one)), &id))
            id = 0;
        if (id >= 1 && id <= COUNT_OF(names))
            json_array_append_new(list, json_string(names[id - 1]));
        else
            opensid_note(in, NOTE_UNKNOWN, "Syarat nomor %" PRIu64 " adalah syarat buatan desa: namanya tidak ada di berkas.", id);
    }
    return list;
}

static void put_other_notes(struct opensid *in)
{
    struct str attached = json_text(in->json, "lampiran");

    in->place = STR("Pengaturan");
    if (!str_empty(attached))
        opensid_note(in, NOTE_UNKNOWN, "Lampiran %.*s tidak ikut: formulirnya tidak ada di dalam berkas.", STR_ARG(attached));
    if (is_set(in->json, "mandiri"))
        opensid_note(in, NOTE_TIDIED, "Belum ditawarkan di anjungan. Nyalakan di pengaturan jenis surat bila perlu.");
    if (is_set(in->json, "kecamatan"))
        opensid_note(in, NOTE_UNKNOWN, "Pengiriman ke kecamatan tidak ikut.");
    opensid_note(in, NOTE_TIDIED, "Kop dan kaki halaman diambil dari Balai, karena di OpenSID keduanya pengaturan desa.");
}

enum rc opensid_type(struct arena *arena, const json_t *json, const json_t **out, struct str *fault_out, struct err *err)
{
    struct opensid in = {.arena = arena, .json = json, .notes = json_array(), .fields = json_array(), .definition = json_object()};
    json_t *type = json_object();
    const char *name;

    json_keep(arena, type);
    json_object_set_new(type, "notes", in.notes);
    json_object_set_new(type, "definition", in.definition);
    json_object_set_new(in.definition, "fields", in.fields);
    in.place = STR("Pengaturan");
    const struct {
        const char *key;
        json_t *value;
    } head[] = {{"name", text_json(name_of(&in))},
                {"classification", text_json(str_trim(json_text(json, "kode_surat")))},
                {"policy", json_string("approve")},
                {"valid_months", json_integer(months_of(&in))}};

    for (size_t i = 0; i < COUNT_OF(head); i++) {
        json_object_set(type, head[i].key, head[i].value);
        json_object_set_new(in.definition, head[i].key, head[i].value);
    }
    json_object_set_new(type, "balai_letter_type", json_integer(1));
    json_object_set_new(type, "slug", text_json(slug_of(&in)));
    json_object_set_new(type, "number_format", text_json(str_trim(json_text(json, "format_nomor"))));
    json_object_set_new(in.definition, "sort", json_integer(SORT));
    json_object_set_new(in.definition, "requirements", requirements_of(&in));
    opensid_fields(&in);
    json_object_set_new(in.definition, "paper", tree_of(&in));
    put_other_notes(&in);
    name = json_string_value(json_object_get(type, "name"));
    if (strcmp(name, "Surat ") == 0)
        in.fault = STR("Jenis surat ini tidak bernama.");
    if (in.fault.p != NULL) {
        *fault_out = in.fault;
        return fail(err, RC_INVALID, "a letter type of OpenSID cannot be read");
    }
    *out = type;
    return RC_OK;
}
