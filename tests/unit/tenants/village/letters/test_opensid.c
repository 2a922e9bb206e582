// SPDX-License-Identifier: AGPL-3.0-or-later
/* Types of OpenSID's export, and files of our own: what becomes of them, and what is said of the rest. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "server/base/json.h"
#include "server/paper/paper.h"
#include "tenants/village/letters/letters_rules.h"
#include "tenants/village/letters/letters_type_file.h"
#include "tenants/village/letters/letters_types.h"
#include "tenants/village/letters/opensid.h"

static struct arena *arena;

static int begin(void **state)
{
    (void)state;
    arena = arena_new();
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

/* The only type of a file, as it comes out. */
static json_t *read_file(struct str bytes)
{
    struct str types, fault = STR_NONE;
    struct err err = {0};
    json_t *list;

    assert_int_equal(letter_file_read(arena, bytes, &types, &fault, &err), RC_OK);
    assert_int_equal(json_read(arena, types, &list, &err), RC_OK);
    return json_array_get(list, 0);
}

static json_t *read_type(const char *html, const char *more)
{
    struct buf file = {.arena = arena};

    buf_fmt(
        &file,
        "{\"nama\":\"Keterangan Uji\",\"url_surat\":\"surat-keterangan-uji\",\"kode_surat\":\"400.7\",\"header\":1%s,\"template\":", more);
    json_put_str(&file, str_c(html));
    buf_put_str(&file, STR("}"));
    return read_file(buf_str(&file));
}

static struct str text_of(const json_t *json)
{
    return json_write(arena, json);
}

static const json_t *body_of(const json_t *type)
{
    assert_null(json_object_get(type, "fault"));
    return json_object_get(json_object_get(json_object_get(type, "definition"), "paper"), "body");
}

static void assert_has(const json_t *json, const char *words)
{
    if (str_find(text_of(json), str_c(words)) < 0)
        assert_string_equal(str_z(arena, text_of(json)), words); /* shows both */
}

static void assert_lacks(const json_t *json, const char *words)
{
    if (str_find(text_of(json), str_c(words)) >= 0)
        assert_string_equal(str_z(arena, text_of(json)), "");
}

/* ---- codes ---- */

static void a_codes_case_is_the_case_of_what_is_printed(void **state)
{
    static const struct {
        const char *code, *pattern;
    } cases[] = {{"[NAma]", "{nama:upper}"},
                 {"[nama]", "{nama:lower}"},
                 {"[NamA]", "{nama}"},
                 {"[NaMa]", "{nama}"}, /* the registry writes names as names */
                 {"[Form_usaha]", "{isi_usaha:sentence}"},
                 {"[FoRm_usaha]", "{isi_usaha:title}"},
                 {"[FOrm_usaha]", "{isi_usaha:upper}"},
                 {"[Form_usahA]", "{isi_usaha}"},
                 {"[Nik]", "{nik}"},
                 {"[TgL_surat]", "{tanggal_surat}"},
                 {"[tgl_surat_hijri]", "{tanggal_surat:hijri}"},
                 {"[Format_nomor_suraT]", "{nomor_surat|____}"},
                 {"[Sebutan_desa]", "\"Desa\""},
                 {"[SEbutan_desa]", "\"DESA\""},
                 {"[JaBatan] [NaMa_desa], x", "{jabatan_penandatangan}, x"},
                 {"[AlamaT] [Sebutan_desa] [NaMa_desa]", "\"{alamat}\""},
                 {"[TtL]", "{ttl}"},
                 {"{a} [1.5 m] b]", "{{a}} [1.5 m] b]"}};

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const json_t *type = read_type(
            str_z(arena, str_fmt(arena, "<p>%s</p>", cases[i].code)),
            ",\"kode_isian\":[{\"tipe\":\"text\",\"kode\":\"[form_usaha]\",\"nama\":\"Usaha\",\"required\":\"1\"}]");

        assert_has(body_of(type), cases[i].pattern);
    }
}

static void the_words_of_a_person_are_ours(void **state)
{
    (void)state;
    for (size_t i = 0; opensid_person_words[i] != NULL; i++) {
        const struct letter_word *word = letter_person_words;

        while (word->name != NULL && strcmp(word->name, opensid_person_words[i]) != 0)
            word++;
        assert_non_null(word->name);
    }
}

static void sums_and_numbers_in_words_are_calculated(void **state)
{
    const json_t *type = read_type(
        "<p>[HitunG][[Form_hasil_ayaH]+[Form_hasil_ibU]] ([Terbilang][[HitunG][[Form_hasil_ayaH]+[Form_hasil_ibU]]]), "
        "[Terbilang][[Form_hasil_ayaH]]</p>",
        ",\"kode_isian\":[{\"tipe\":\"text\",\"kode\":\"[form_hasil_ayah]\",\"nama\":\"Penghasilan Ayah\"},"
        "{\"tipe\":\"text\",\"kode\":\"[form_hasil_ibu]\",\"nama\":\"Penghasilan Ibu\"}]");

    (void)state;
    assert_has(body_of(type), "{=isi_hasil_ayah+isi_hasil_ibu} ({=isi_hasil_ayah+isi_hasil_ibu:terbilang}), {isi_hasil_ayah:terbilang}");
    assert_has(json_object_get(type, "definition"), "\"kind\":\"money\"");
    assert_has(json_object_get(type, "notes"), "menerima angka saja");
}

static void what_is_no_sum_is_printed_as_it_stands_and_told(void **state)
{
    static const char *const wrong[] = {"[HitunG][[Form_a]+]", "[HitunG][[Form_a]+[Form_b]+]", "[HitunG][[Form_a][Form_b]+]"};

    (void)state;
    for (size_t i = 0; i < COUNT_OF(wrong); i++) {
        char text[100];

        (void)snprintf(text, sizeof(text), "<p>Jumlah %s rupiah</p>", wrong[i]);
        const json_t *type = read_type(text, "");
        assert_has(body_of(type), "Jumlah [");
        assert_has(json_object_get(type, "notes"), "tidak dapat dibaca");
    }
}

static void an_unknown_code_is_asked_and_told_with_its_place(void **state)
{
    const json_t *type = read_type("<p>Satu</p><p>Nomor [Id_bdT] dan [Form_lupa]</p>", "");

    (void)state;
    assert_has(body_of(type), "Nomor {isi_id_bdt} dan {isi_lupa:sentence}");
    assert_has(json_object_get(type, "notes"), "Kode [Id_bdT] tidak dikenal");
    assert_has(json_object_get(type, "notes"), "Alinea ke-2");
    assert_has(json_object_get(json_object_get(type, "definition"), "fields"), "\"name\":\"id_bdt\"");
}

/* ---- questions and people ---- */

static void the_form_becomes_questions_and_people(void **state)
{
    const json_t *type = read_type(
        "<p>[Nama_pembelI] [Form_alasaN] [Form_laiN] [Form_agamA] [Nik_ayaH] [Agama_ayaH]</p>",
        ",\"form_isian\":{\"individu\":{\"data\":[\"1\"],\"status_dasar\":[\"2\"],\"sex\":\"2\"},"
        "\"pembeli\":{\"sumber\":\"1\",\"data\":[\"1\",\"3\"],\"label\":\"Identitas Pembeli\"},"
        "\"barang\":{\"sumber\":\"0\",\"label\":\"Barang\"}},"
        "\"kode_isian\":[{\"tipe\":\"select-manual\",\"kode\":\"[form_alasan]\",\"nama\":\"Alasan\",\"required\":\"1\",\"pilihan\":[\"A\","
        "\"Lainnya\"],"
        "\"kaitkan_kode\":\"[{\\\"nilai_isian\\\":[\\\"Lainnya\\\"],\\\"kode_isian_terkait\\\":[\\\"Alasan lain\\\"]}]\"},"
        "{\"tipe\":\"text\",\"kode\":\"[form_lain]\",\"nama\":\"Alasan lain\"},"
        "{\"tipe\":\"select-otomatis\",\"refrensi\":\"tweb_penduduk_agama\",\"kode\":\"[form_agama]\",\"nama\":\"Agama\",\"kategori\":"
        "\"barang\"}],"
        "\"masa_berlaku\":2,\"satuan_masa_berlaku\":\"y\",\"syarat_surat\":\"[\\\"2\\\",\\\"99\\\"]\",\"lampiran\":\"F-2.01\"");
    const json_t *definition = json_object_get(type, "definition");

    (void)state;
    assert_has(definition, "\"options\":[\"A\",\"Lainnya\"]");
    assert_has(definition, "\"only_if\":{\"field\":\"alasan\",\"in\":[\"Lainnya\"]}");
    assert_has(definition, "\"codes\":\"agama\"");
    assert_has(definition, "\"kind\":\"person\",\"label\":\"Identitas Pembeli\",\"name\":\"pembeli\",\"outside\":\"long\"");
    assert_has(definition, "\"relation\":\"ayah\""); /* asked for because the text needs more of him than the registry says */
    assert_has(definition, "\"subject\":{\"of\":\"dead\",\"sex\":\"P\"}");
    assert_has(definition, "\"requirements\":[\"Fotokopi KK\"]");
    assert_int_equal(json_u64(type, "valid_months"), 24);
    assert_has(json_object_get(type, "notes"), "Syarat nomor 99");
    assert_has(json_object_get(type, "notes"), "Lampiran F-2.01 tidak ikut");
}

/* ---- the page ---- */

static const char *const signing =
    "<table border=\"0\"><tr><td>&nbsp;</td><td>[NaMa_desa], [TgL_surat]</td></tr><tr><td>Pemegang Surat</td><td>[Atas_namA]</td></tr>"
    "<tr><td></td><td><br><br><br></td></tr><tr><td>[NAma]</td><td>[Nama_pamonG]</td></tr><tr><td></td><td>[SEbutan_nip_desa] : "
    "[nip_pamong]</td></tr></table><div><br>[qr_code]</div>";

static void tables_become_what_they_mean(void **state)
{
    const json_t *type = read_type(
        str_z(arena,
              str_fmt(arena,
                      "<h4 style=\"text-align:center\"><span style=\"text-decoration:underline\">[JUdul_surat]</span></h4>"
                      "<table border=\"0\"><tbody><tr><td>1.</td><td>Nama</td><td>:</td><td><b>[NAma]</b></td></tr>"
                      "<tr><td>2.</td><td>NIK</td><td>:</td><td>[Nik]</td></tr></tbody></table>"
                      "<table border=\"1\"><tr><td>L / P</td><td>Nama</td></tr><tr><td>[KLg1_jenis_kelamin]</td><td>[KLg1_nama]</td></tr>"
                      "<tr><td>[KLg2_jenis_kelamin]</td><td>[KLg2_nama]</td></tr></table>%s",
                      signing)),
        "");
    const json_t *body = body_of(type);

    (void)state;
    assert_has(body, "{\"after\":0,\"before\":4,\"content\":\"{judul_surat}\",\"type\":\"heading\"}");
    assert_has(body, "\"numbered\":true");
    assert_has(body, "\"label\":[\"NIK\"]");
    assert_has(body, "\"each\":\"keluarga\"");
    assert_has(body, "\"then\":\"L\"");
    assert_lacks(body, "klg2");
    assert_has(body, "\"type\":\"signature\"");
    assert_has(body, "\"place_date\":[\"{nama_desa}, {tanggal_surat}\"]");
    assert_has(body, "{\"field\":\"nip_penandatangan\",\"then\":[\"NIP : {nip_penandatangan}\"],\"type\":\"if\"}");
    assert_has(body, "\"qr_here\":true");
    assert_lacks(json_object_get(type, "notes"), "Blok tanda tangan tidak ditemukan");
}

static void styles_lists_and_breaks_are_kept(void **state)
{
    const json_t *body = body_of(
        read_type("<p style=\"text-align:right;text-indent:30px\">a <i>b</i><u>c</u> <span style=\"font-size:10pt\">d</span></p>"
                  "<ol type=\"a\"><li>satu<ul><li>dalam</li></ul></li></ol><hr><!-- pagebreak --><p>akhir<br>baris</p>",
                  ""));

    (void)state;
    assert_has(body, "\"align\":\"right\"");
    assert_has(body, "\"indent\":7.9");
    assert_has(body, "{\"marks\":[\"italic\"],\"pattern\":\"b\",\"type\":\"text\"}");
    assert_has(body, "\"pattern\":\"d\",\"size\":10.0");
    assert_has(body, "\"style\":\"letter\"");
    assert_has(body, "\"style\":\"bullet\"");
    assert_has(body, "{\"type\":\"page_break\"}");
    assert_has(body, "akhir\\nbaris");
}

static void what_is_left_out_is_said(void **state)
{
    const json_t *type = read_type(
        "<style>p{color:red}</style><p onclick=\"x()\">Isi<script>alert(1)</script><img src=\"data:image/png;base64,AAAA\"></p>"
        "<iframe src=\"http://x\"></iframe><blink>Kedip</blink><p>&lt;b&gt; &amp; &eacute;</p>",
        "");

    (void)state;
    assert_has(body_of(type), "Kedip");
    assert_has(body_of(type), "<b> & é");
    assert_lacks(body_of(type), "alert");
    assert_lacks(body_of(type), "onclick");
    assert_has(json_object_get(type, "notes"), "Elemen <script> tidak ikut");
    assert_has(json_object_get(type, "notes"), "Elemen <style> tidak ikut");
    assert_has(json_object_get(type, "notes"), "Elemen <iframe> tidak ikut");
    assert_has(json_object_get(type, "notes"), "Elemen <blink> tidak dikenal");
    assert_has(json_object_get(type, "notes"), "Gambar yang ditanam");
}

/* Every word of the template stands in the tree. */
static void pictures_are_the_crest_the_emblem_and_the_photo(void **state)
{
    const json_t *type = read_type("<p>[logo]</p><p>[foto_penduduk]</p><p>Nama [NAma]</p>", ",\"logo_garuda\":1");
    const json_t *head = json_object_get(json_object_get(json_object_get(type, "definition"), "paper"), "header");

    (void)state;
    assert_has(body_of(type), "\"name\":\"crest\"");
    assert_has(body_of(type), "\"frame\":true,\"height\":40,\"name\":\"photo\"");
    assert_has(head, "\"crest\":\"garuda\"");
    assert_has(json_object_get(type, "notes"), "Kop memakai lambang Garuda. Unggah gambarnya");
}

static void no_word_is_lost(void **state)
{
    const json_t *type = read_type("awal<div>k1<p>k2</p>k3<table><tr><td>k4<table><tr><td>k5</td><td>k6<ul><li>k7</li></ul></td></tr></"
                                   "table></td><td rowspan=2>k8</td></tr>"
                                   "<tr><td colspan=9>k9</td></tr><tr></tr></table></div><table "
                                   "border=1><caption>k10</caption><tr><th>k11</th></tr><tr><td>k12<p>k13</p></td><td>k14"
                                   "</td></tr></table><dl><dt>k15</dt><dd>k16</dd></dl><center>k17</center><ul>k18<li>k19</li></ul>k20",
                                   "");

    (void)state;
    for (int i = 1; i <= 20; i++)
        assert_has(body_of(type), str_z(arena, str_fmt(arena, "k%d", i)));
}

/* ---- hostile files ---- */

static struct str repeated(const char *words, size_t n)
{
    struct buf out = {.arena = arena};

    for (size_t i = 0; i < n; i++)
        buf_put_str(&out, str_c(words));
    return buf_str(&out);
}

static void hostile_templates_get_a_reason(void **state)
{
    static const struct {
        const char *words;
        size_t n;
        const char *fault;
    } cases[] = {{"<div>", 2000, "bersarang"},    {"<b><i>", 2000, "bersarang"},        {"<table><tr><td>", 1500, "bersarang"},
                 {"<ul><li>", 1500, "bersarang"}, {"<p>isi</p>", 80000, "lebih besar"}, {"<td>", 200, "kosong"}};

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const json_t *type = read_type(repeated(cases[i].words, cases[i].n).p, "");

        assert_non_null(json_object_get(type, "fault"));
        assert_has(type, cases[i].fault);
        assert_has(type, "Keterangan Uji");
    }
}

static void a_template_of_many_elements_does_not_take_all_memory(void **state)
{
    struct buf html = {.arena = arena};

    (void)state;
    /* Each paragraph opens anew all that was never closed before it. */
    for (int i = 0; i < 1500; i++)
        buf_fmt(&html, "<b id=%d>", i);
    for (int i = 0; i < 3400; i++)
        buf_put_str(&html, STR("</p><p>x"));
    assert_non_null(json_object_get(read_type(str_z(arena, buf_str(&html)), ""), "fault"));
}

/* Each of these kept a processor for half a minute: gumbo searches all that is open, or all attributes, at each that comes. */
static void what_takes_the_square_of_its_size_is_refused_soon(void **state)
{
    static const struct {
        const char *begin, *piece, *end, *says;
        int times;
    } cases[] = {{"", "<div id=%d>", "x", "lebih dari 5000 elemen", 25000},
                 {"", "<DIV id=%d></b>", "x", "lebih dari 5000 elemen", 20000},
                 {"", "<b id=%d><i>", "x", "lebih dari 5000 elemen", 20000},
                 {"<p", " a%d", ">x</p>", "terlalu rumit", 60000}};

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct buf html = {.arena = arena};

        buf_put_str(&html, str_c(cases[i].begin));
        for (int k = 0; k < cases[i].times; k++)
            buf_put_str(&html, str_replace(arena, str_c(cases[i].piece), STR("%d"), str_fmt(arena, "%d", k)));
        buf_put_str(&html, str_c(cases[i].end));
        assert_has(json_object_get(read_type(str_z(arena, buf_str(&html)), ""), "fault"), cases[i].says);
    }
}

static void too_many_questions_are_refused(void **state)
{
    struct buf more = {.arena = arena};

    (void)state;
    buf_put_str(&more, STR(",\"kode_isian\":["));
    for (int i = 0; i < 301; i++)
        buf_fmt(&more, "%s{\"tipe\":\"text\",\"kode\":\"[form_k%d]\",\"nama\":\"Tanya %d\"}", i > 0 ? "," : "", i, i);
    buf_put_str(&more, STR("]"));
    assert_has(json_object_get(read_type("<p>x</p>", str_z(arena, buf_str(&more))), "fault"), "lebih dari 300 pertanyaan");
}

static void assert_no_file(struct str bytes, const char *words)
{
    struct str types, fault = STR_NONE;
    struct err err = {0};

    assert_int_equal(letter_file_read(arena, bytes, &types, &fault, &err), RC_INVALID);
    assert_true(str_find(fault, str_c(words)) >= 0);
}

static void what_is_no_file_of_types_is_refused_in_words(void **state)
{
    (void)state;
    assert_no_file(STR("bukan json"), "bukan JSON");
    assert_no_file(STR("{\"nama\":"), "bukan JSON");
    assert_no_file(STR("[]"), "Tidak ada jenis surat");
    assert_no_file(STR("3"), "Tidak ada jenis surat");
    assert_no_file(repeated("[", 5000), "bukan JSON");
    assert_no_file(repeated(" ", LETTER_FILE_BYTES + 1), "lebih besar dari 5 MB");
    assert_has(read_file(STR("[{\"x\":1}]")), "bukan jenis surat");
    assert_has(read_file(STR("[7]")), "bukan jenis surat");
}

static void a_number_format_that_cannot_number_is_told(void **state)
{
    const json_t *type = read_type("<p>x</p>", ",\"format_nomor\":\"[kode_surat]/[ajaib]\"");

    (void)state;
    assert_string_equal(json_string_value(json_object_get(type, "number_format")), LETTER_NUMBER_DEFAULT);
    assert_has(json_object_get(type, "notes"), "tidak dapat dipakai. Dipakai format yang biasa");
}

/* ---- our own files ---- */

static json_t *own(const char *slug)
{
    const struct letter_type_source *source = letter_type_sources;
    struct letter_type_head head;
    struct err err = {0};
    json_t *definition, *type;

    while (!str_is(source->slug, slug))
        source++;
    assert_int_equal(letter_type_head_read(arena, source->definition, &head, &err), RC_OK);
    assert_int_equal(json_read(arena, source->definition, &definition, &err), RC_OK);
    type = json_pack("{s:i, s:s, s:s%, s:s%, s:s, s:s%, s:i, s:O}", "balai_letter_type", 1, "slug", slug, "name", head.name.p, head.name.n,
                     "classification", head.classification.p, head.classification.n, "number_format", LETTER_NUMBER_DEFAULT, "policy",
                     head.policy.p, head.policy.n, "valid_months", head.valid_months, "definition", definition);
    arena_defer(arena, (void (*)(void *))json_decref, type);
    return type;
}

static void every_built_in_type_comes_back_from_its_file(void **state)
{
    (void)state;
    for (const struct letter_type_source *source = letter_type_sources; source->slug.p != NULL; source++) {
        const json_t *type = own(str_z(arena, source->slug));

        assert_true(json_equal(read_file(text_of(type)), type));
    }
}

static void a_file_of_ours_is_checked_as_strictly_as_a_type(void **state)
{
    static const struct {
        const char *key, *value, *fault;
    } cases[] = {
        {"extra", "1", "tidak dikenal"},
        {"balai_letter_type", "2", "versi Balai yang lain"},
        {"name", "\"x\"", "harus 3 sampai 120"},
        {"slug", "\"../x\"", "slug"},
        {"classification", "\"4 0\"", "Kode klasifikasi"},
        {"number_format", "\"<b>[nomor]\"", "tidak dapat dipakai dalam nomor"},
        {"policy", "\"none\"", "penerbitannya"},
        {"valid_months", "121", "Masa berlaku"},
        {"definition", "[]", "tidak ada"},
        {"definition", "{\"fields\":[],\"paper\":{\"body\":[{\"type\":\"script\"}]}}", "Suratnya tidak dapat dibaca"},
        {"definition", "{\"fields\":[{\"name\":\"A b\",\"label\":\"x\",\"kind\":\"line\"}],\"paper\":{\"body\":[]}}", "huruf kecil"},
        {"definition", "{\"fields\":[],\"paper\":{\"body\":[]},\"x\":1}", "di dalam isinya tidak dikenal"},
        {"definition", "{\"fields\":[{\"name\":\"a\",\"label\":\"x\",\"kind\":\"select\"}],\"paper\":{\"body\":[]}}", "Pertanyaannya"}};

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        json_t *type = json_copy(own("keterangan-usaha"));

        json_object_set_new(type, cases[i].key, json_loads(cases[i].value, JSON_DECODE_ANY, NULL));
        assert_has(read_file(text_of(type)), cases[i].fault);
        json_decref(type);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(pictures_are_the_crest_the_emblem_and_the_photo, begin, end),
        cmocka_unit_test_setup_teardown(a_codes_case_is_the_case_of_what_is_printed, begin, end),
        cmocka_unit_test_setup_teardown(the_words_of_a_person_are_ours, begin, end),
        cmocka_unit_test_setup_teardown(sums_and_numbers_in_words_are_calculated, begin, end),
        cmocka_unit_test_setup_teardown(what_is_no_sum_is_printed_as_it_stands_and_told, begin, end),
        cmocka_unit_test_setup_teardown(an_unknown_code_is_asked_and_told_with_its_place, begin, end),
        cmocka_unit_test_setup_teardown(the_form_becomes_questions_and_people, begin, end),
        cmocka_unit_test_setup_teardown(tables_become_what_they_mean, begin, end),
        cmocka_unit_test_setup_teardown(styles_lists_and_breaks_are_kept, begin, end),
        cmocka_unit_test_setup_teardown(what_is_left_out_is_said, begin, end),
        cmocka_unit_test_setup_teardown(no_word_is_lost, begin, end),
        cmocka_unit_test_setup_teardown(hostile_templates_get_a_reason, begin, end),
        cmocka_unit_test_setup_teardown(a_template_of_many_elements_does_not_take_all_memory, begin, end),
        cmocka_unit_test_setup_teardown(what_takes_the_square_of_its_size_is_refused_soon, begin, end),
        cmocka_unit_test_setup_teardown(too_many_questions_are_refused, begin, end),
        cmocka_unit_test_setup_teardown(what_is_no_file_of_types_is_refused_in_words, begin, end),
        cmocka_unit_test_setup_teardown(a_number_format_that_cannot_number_is_told, begin, end),
        cmocka_unit_test_setup_teardown(every_built_in_type_comes_back_from_its_file, begin, end),
        cmocka_unit_test_setup_teardown(a_file_of_ours_is_checked_as_strictly_as_a_type, begin, end),
    };
    struct err err;

    if (paper_init(STR(""), &err) != RC_OK)
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
