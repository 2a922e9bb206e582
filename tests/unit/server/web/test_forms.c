// SPDX-License-Identifier: AGPL-3.0-or-later
/* Generated forms: what each kind reads, says and shows; which request fills the boxes; the side-by-side and the history. */
#include "tests/unit/arena.h"

#include "server/base/text.h"
#include "server/web/request.h"
#include "tests/unit/server/web/forms_view.h"

static enum rc nothing(struct request *req, struct response *resp, struct err *err)
{
    (void)req;
    (void)resp;
    (void)err;
    return RC_OK;
}

bool guest_may(const struct request *req, struct str value)
{
    (void)req;
    return !str_is(value, "3");
}

static const struct route page_route = ROUTE(GET, "/kantor/tamu/{id}", MAY_READ_LETTERS, guest_input, nothing);
static const struct route act_route = ROUTE(POST, "/kantor/tamu/{id}", MAY_READ_LETTERS, guest_input, nothing);
static const struct route survey_page = ROUTE(GET, "/kantor/survei", MAY_READ_LETTERS, survey_input, nothing);
static const struct route survey_act = ROUTE(POST, "/kantor/survei", MAY_READ_LETTERS, survey_input, nothing);
static const struct route note_add = ROUTE(POST, "/kantor/catatan", MAY_READ_LETTERS, note_input, nothing);
static const struct route note_edit = ROUTE(POST, "/kantor/catatan/{id}", MAY_READ_LETTERS, note_input, nothing);
static const struct route other_route = ROUTE(POST, "/kantor/lain/{id}", MAY_READ_LETTERS, other_input, nothing);

static struct house house;
static struct web web = {.house = &house};

static struct request *make(const struct route *route, const char *query, const char *body)
{
    struct request *req = ARENA_NEW(arena, struct request);

    req->arena = arena;
    req->web = &web;
    req->site = SITE_KELOLA;
    req->session_token = STR("sesi");
    req->method = route->method;
    req->match.route = route;
    req->match.param_count = strchr(route->path, '{') != NULL;
    req->match.params[0].name = STR("id");
    req->match.params[0].value = STR("7");
    req->path = STR("/kantor/tamu/7");
    req->query = str_c(query);
    req->in.body = str_c(body);
    req->in.content_type = body != NULL ? STR("application/x-www-form-urlencoded") : STR_NONE;
    return req;
}

static enum rc read_all(struct request *req)
{
    enum rc rc = input_collect(req, NULL);
    return rc == RC_OK ? input_read(req, NULL) : rc;
}

static struct request *sent(const char *body)
{
    struct request *req = make(&act_route, "", body);

    assert_int_equal(read_all(req), RC_OK);
    return req;
}

static const struct option people[] = {{.value = STR_INIT("4"), .label = STR_INIT("Andi Baso")},
                                       {.value = STR_INIT("5"), .label = STR_INIT("Andi Batari")},
                                       {.value = STR_INIT("6"), .label = STR_INIT("Nurdin")}};

static enum rc people_list(struct request *req, struct str words, struct options *out, struct err *err)
{
    (void)err;
    *out = (struct options){ARENA_ARRAY(req->arena, struct option, COUNT_OF(people)), 0};
    for (size_t i = 0; i < COUNT_OF(people); i++)
        if (str_find(people[i].label, words) >= 0)
            out->p[out->n++] = people[i];
    return RC_OK;
}

static enum rc people_find(struct request *req, uint64_t id, struct str *label_out, struct err *err)
{
    (void)req;
    (void)err;
    for (size_t i = 0; i < COUNT_OF(people); i++)
        if (id == 4 + i)
            *label_out = people[i].label;
    return RC_OK;
}

const struct pick_source people_pick = {.is_search = true, .list = people_list, .find = people_find};
const struct pick_source rooms_pick = {.list = people_list, .find = people_find};

#define MUST "versi=3&nama=Andi+Baso&tujuan=1&tanggal_hari=9&tanggal_bulan=2&tanggal_tahun=2026&orang=2"

static const char *text_of(struct str s)
{
    return str_z(arena, s);
}

static void each_kind_reads_what_people_write(void **state)
{
    struct request *req = sent(
        MUST "&catatan=satu%0D%0Adua&cara=laut&anak=1.0&sumbangan=Rp+1.500.000&kodepos=91996&nik=7317+1051+1157+0002&"
             "kk=7317.1051.1157.0003&telepon=0812+3456+7890&surel=andi%40contoh.id&situs=desa.id%2Fkabar&sejak=1998&setuju=1&"
             "pin=+1+2+&isi_a=x&surat=ktp");
    struct guest_form form;

    (void)state;
    guest_read(req, &form);
    assert_string_equal(text_of(request_fault_of(req, "anak")), "Banyak anak harus berupa angka bulat.");
    assert_int_equal(request_faults(req)->n, 1);
    assert_int_equal(form.id, 7);
    assert_int_equal(form.version, 3);
    assert_string_equal(text_of(form.name), "Andi Baso");
    assert_string_equal(text_of(form.note), "satu\ndua");
    assert_true(str_is(form.scope, "1") && str_is(form.way, "laut") && str_is(form.letter, "ktp"));
    assert_true(form.came_on.year == 2026 && form.came_on.month == 2 && form.came_on.day == 9);
    assert_int_equal(form.people, 2);
    assert_false(form.children.is_set);
    assert_true(form.gift.is_set && form.gift.value == 1500000);
    assert_true(str_is(form.postal, "91996") && str_is(form.nik, "7317105111570002") && str_is(form.kk, "7317105111570003"));
    assert_string_equal(text_of(form.phone), "0812 3456 7890");
    assert_string_equal(text_of(form.email), "andi@contoh.id");
    assert_string_equal(text_of(form.site), "https://desa.id/kabar");
    assert_true(form.since.is_set && form.since.value == 1998 && form.agrees && str_is(form.pin, " 1 2 "));
    assert_true(form.more.n == 1 && str_is(form.more.p[0].name, "a"));
}

static void what_is_left_empty_is_empty_and_no_fault(void **state)
{
    struct request *req = sent(MUST "&catatan=&cara=&anak=&sumbangan=&nik=&telepon=&surel=&situs=&sejak=&pin=");
    struct guest_form form;

    (void)state;
    guest_read(req, &form);
    assert_int_equal(request_faults(req)->n, 0);
    assert_true(form.note.p != NULL && form.way.p != NULL && form.nik.p != NULL && form.kk.p != NULL &&
                form.email.p != NULL); /* "", never NULL */
    assert_true(form.note.n + form.way.n + form.nik.n + form.phone.n + form.email.n + form.site.n + form.pin.n == 0);
    assert_false(form.children.is_set || form.gift.is_set || form.since.is_set || form.agrees);
}

static void faults_say_what_and_then_what_to_do(void **state)
{
    static const struct {
        const char *body, *field, *says;
    } cases[] = {
        {"sumbangan=banyak", "sumbangan", "Sumbangan harus berupa rupiah bulat. Contoh: 1.500.000."},
        {"sumbangan=15.00", "sumbangan", "Sumbangan harus berupa rupiah bulat. Contoh: 1.500.000."},
        {"sumbangan=900", "sumbangan", "Sumbangan terlalu kecil. Paling kecil Rp 1.000."},
        {"telepon=123", "telepon", "Telepon bukan nomor telepon. Contoh: 0812 3456 7890."},
        {"telepon=0812x3456", "telepon", "Telepon bukan nomor telepon. Contoh: 0812 3456 7890."},
        {"surel=andi", "surel", "Surel belum lengkap. Contoh: nama@contoh.id."},
        {"situs=javascript%3Aalert(1)", "situs", "Situs bukan alamat situs. Contoh: https://desa.id."},
        {"situs=https%3A%2F%2Fdesa", "situs", "Situs bukan alamat situs. Contoh: https://desa.id."},
        {"situs=https%3A%2F%2Fdesa.id%2F%22onload", "situs", "Situs bukan alamat situs. Contoh: https://desa.id."},
        {"sejak=1850", "sejak", "Sejak antara 1900 dan 2100. Contoh: 1998."},
        {"nik=7317", "nik", "NIK kurang 12 angka. Cocokkan dengan e-KTP."},
        {"kk=0000000000000000", "kk", "Nomor KK tidak mungkin nol semua. Cocokkan dengan kartu keluarga."},
        {"cara=udara", "cara", "Cara tidak ada dalam pilihan. Pilih lagi."},
        {"pin=12", "pin", "PIN terlalu pendek. Paling sedikit 4 huruf."},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct request *req = sent(text_of(str_fmt(arena, MUST "&%s", cases[i].body)));
        assert_string_equal(text_of(request_fault_of(req, cases[i].field)), cases[i].says);
    }
    struct request *req = sent("versi=3&nama=Andi&tujuan=3&tanggal_hari=9&tanggal_bulan=2&tanggal_tahun=2026&orang=2");
    assert_string_equal(text_of(request_fault_of(req, "tujuan")), "Tujuan tidak ada dalam pilihan. Pilih lagi."); /* guest_may says no */
}

static const struct guest_form stored = {.id = 7,
                                         .version = 4,
                                         .letter = STR_INIT("ktp"),
                                         .name = STR_INIT("Andi & Baso"),
                                         .note = STR_INIT(""),
                                         .scope = STR_INIT("2"),
                                         .way = STR_INIT("darat"),
                                         .came_on = {2026, 11, 24},
                                         .people = 3,
                                         .gift = {true, 1500000},
                                         .postal = STR_INIT(""),
                                         .nik = STR_INIT("7317105111570002"),
                                         .kk = STR_INIT(""),
                                         .phone = STR_INIT(""),
                                         .email = STR_INIT(""),
                                         .site = STR_INIT(""),
                                         .since = {true, 1998},
                                         .agrees = true,
                                         .pin = STR_INIT("never shown")};

static const char *shown(struct request *req, const struct guest_form *from)
{
    struct guest_view v;
    struct buf out = {.arena = arena};

    assert_int_equal(guest_fill(req, from, &v.form, NULL), RC_OK);
    view_guest(&out, &v);
    return text_of(buf_str(&out));
}

#define HAS(page, text) assert_non_null(strstr(page, text))
#define HAS_NOT(page, text) assert_null(strstr(page, text))

static void the_page_shows_what_is_stored(void **state)
{
    struct request *req = make(&page_route, "tersimpan=1&surat=ktp", NULL);
    struct guest_form asked;

    (void)state;
    assert_int_equal(read_all(req), RC_OK); /* no fault of the boxes: they come when the form is sent */
    assert_int_equal(request_faults(req)->n, 0);
    guest_read(req, &asked);
    assert_true(asked.id == 7 && asked.is_saved && str_is(asked.letter, "ktp") && asked.name.n == 0);
    const char *page = shown(req, &stored);
    HAS(page, "name=\"_csrf\"");
    HAS(page, "name=\"versi\" value=\"4\"");
    HAS(page, "name=\"surat\" value=\"ktp\"");
    HAS(page, "value=\"Andi &amp; Baso\"");
    HAS(page, "<option value=\"2\" selected>Keluar desa</option>");
    HAS_NOT(page, "Rahasia");
    HAS(page, "value=\"darat\" checked");
    HAS(page, "name=\"tanggal_hari\" type=\"text\" inputmode=\"numeric\" maxlength=\"2\" value=\"24\"");
    HAS(page, "value=\"1.500.000\"");
    HAS(page, "value=\"7317 1051 1157 0002\"");
    HAS(page, "value=\"1998\"");
    HAS(page, "name=\"setuju\" value=\"1\"  checked");
    HAS_NOT(page, "never shown");
    HAS_NOT(page, "is-faulty");
}

static void the_act_shows_what_was_typed_with_the_faults_at_the_fields(void **state)
{
    struct request *req = sent(
        "versi=3&nama=&tujuan=2&cara=laut&tanggal_hari=31&tanggal_bulan=2&tanggal_tahun=2026&orang=banyak&nik=73&pin=1234567");
    const char *page = shown(req, &stored);

    (void)state;
    HAS(page, "4 isian perlu diperbaiki");
    HAS(page, "id=\"nama-salah\"");
    HAS(page, "value=\"banyak\"");
    HAS(page, "value=\"31\"");
    HAS(page, "value=\"73\"");
    HAS(page, "value=\"laut\" checked");
    HAS(page, "<option value=\"2\" selected>");
    HAS(page, "name=\"versi\" value=\"3\"");
    HAS_NOT(page, "1234567");
    HAS_NOT(page, "Andi &amp; Baso");
    HAS_NOT(page, "name=\"setuju\" value=\"1\"  checked"); /* the box was left empty */
}

static void another_forms_act_shows_what_is_stored(void **state)
{
    struct request *req = make(&other_route, "", "cari=Andi");
    struct guest_form form;

    (void)state;
    assert_int_equal(read_all(req), RC_OK);
    guest_read(req, &form);
    assert_true(form.id == 0 && form.name.n == 0);
    const char *page = shown(req, &stored);
    HAS(page, "value=\"Andi &amp; Baso\"");
    assert_true(form_is_sent(req, other_input) && !form_is_sent(req, guest_input));
}

static void boxes_are_not_taken_from_an_address(void **state)
{
    (void)state;
    assert_int_equal(read_all(make(&page_route, "nama=Andi", NULL)), RC_BAD_REQUEST);
    assert_int_equal(read_all(make(&act_route, "", MUST "&tersimpan=1")), RC_BAD_REQUEST);
}

static void a_conflict_shows_both_and_asks_against_what_is_stored_now(void **state)
{
    struct request *req = sent(MUST);
    const char *page;

    (void)state;
    request_set_changed(req);
    page = shown(req, &stored);
    HAS(page, "name=\"versi\" value=\"4\"");
    HAS(page, "value=\"Andi Baso\"");
    HAS(page, "Andi &amp; Baso");
    HAS(page, "Rp 1.500.000");
}

static void the_history_says_what_differs_by_name(void **state)
{
    struct guest_form after = stored;

    (void)state;
    assert_string_equal(text_of(guest_diff(arena, &stored, &after)), "{}");
    after.name = STR("Andi \"Baso\"");
    after.scope = STR("1");
    after.gift = (struct opt_u64){0};
    after.came_on = (struct date){2026, 12, 1};
    after.agrees = false;
    after.pin = STR("another");
    assert_string_equal(text_of(guest_diff(arena, &stored, &after)),
                        "{\"nama\":[\"Andi \\u0026 Baso\",\"Andi \\\"Baso\\\"\"],\"tujuan\":[\"Keluar desa\",\"Dalam desa\"],"
                        "\"tanggal\":[\"24 November 2026\",\"1 Desember 2026\"],\"sumbangan\":[\"Rp 1.500.000\",\"\"],"
                        "\"setuju\":[\"Ya\",\"Tidak\"]}");
}

static void a_long_fault_is_whole(void **state)
{
    struct request *req = sent(MUST);
    struct buf words = {.arena = arena};

    (void)state;
    for (int i = 0; i < 300; i++)
        buf_put_str(&words, STR("é")); /* two bytes: a cut at an odd place leaves half a sign */
    request_fault(req, GUEST_NAME, "x%.*s", STR_ARG(buf_str(&words)));
    struct str fault = request_fault_of(req, GUEST_NAME);
    assert_int_equal(fault.n, 601);
    assert_true(utf8_is_valid(fault));
}

/* ---- the rarer kinds ---- */

static struct request *surveyed(const char *body)
{
    struct request *req = make(&survey_act, "", body);

    assert_int_equal(read_all(req), RC_OK);
    return req;
}

#define ASKED "balas=0&tuan=4&orang_1_nama=Andi"

static void rarer_kinds_read_what_people_write(void **state)
{
    struct request *req = surveyed(
        "balas=1&luas=1.234%2C5&puas=2&mulai=8%3A05&masa_bulan=11&masa_tahun=2026&menginap_dari_hari=1&menginap_dari_bulan=2&"
        "menginap_dari_tahun=2026&menginap_sampai_hari=3&menginap_sampai_bulan=2&menginap_sampai_tahun=2026&"
        "letak=-3.61%2C+120.351234&isi=a%0D%0Ab&tuan=5&tuan_cari=Nur&ruang=6&orang_1_nama=Andi&orang_2_nama=&orang_3_nama="
        "Baso&orang_3_nik=7317105111570002&orang_3_lahir_hari=9&orang_3_lahir_bulan=2&orang_3_lahir_tahun=1957");
    struct survey_form form;

    (void)state;
    survey_read(req, &form);
    assert_int_equal(request_faults(req)->n, 0);
    assert_true(form.area.value == 123450 && form.begins.value == 485 && form.reply);
    assert_true(form.mood.is_set && form.mood.value == 2);
    assert_true(form.period.year == 2026 && form.period.month == 11 && form.period.day == 1);
    assert_true(form.stay_from.day == 1 && form.stay_until.day == 3);
    assert_true(form.at.is_set && form.at.lat == -3610000 && form.at.lon == 120351234);
    assert_true(form.host.id == 6 && str_is(form.host.label, "Nurdin")); /* words that were typed count more than what was chosen before */
    assert_true(form.room.id == 6 && str_is(form.room.label, "Nurdin"));
    assert_int_equal(form.people.n, 2); /* the row left blank is none */
    assert_true(form.people.p[0].row == 1 && str_is(form.people.p[0].name, "Andi") && form.people.p[1].row == 3);
    assert_true(str_is(form.people.p[1].nik, "7317105111570002") && form.people.p[1].born.year == 1957);
}

static void rarer_kinds_say_what_is_wrong(void **state)
{
    static const struct {
        const char *body, *field, *says;
    } cases[] = {
        {ASKED "&luas=12.5", "luas", "Luas harus berupa angka. Tulis koma untuk pecahan, paling banyak 2 angka. Contoh: 12,5."},
        {ASKED "&luas=1%2C234", "luas", "Luas harus berupa angka. Tulis koma untuk pecahan, paling banyak 2 angka. Contoh: 12,5."},
        {ASKED "&luas=0%2C5", "luas", "Luas terlalu kecil. Paling kecil 1."},
        {ASKED "&luas=99999999999999999999", "luas",
         "Luas harus berupa angka. Tulis koma untuk pecahan, paling banyak 2 angka. Contoh: 12,5."},
        {ASKED "&mulai=25.00", "mulai", "Mulai bukan jam yang ada. Isi 00.00 sampai 23.59. Contoh: 08.30."},
        {ASKED "&mulai=8.", "mulai", "Mulai bukan jam yang ada. Isi 00.00 sampai 23.59. Contoh: 08.30."},
        {ASKED "&puas=3", "puas", "Puas tidak ada dalam pilihan. Pilih lagi."},
        {ASKED "&masa_bulan=13&masa_tahun=2026", "masa",
         "Masa bukan bulan yang ada. Isi bulan (angka atau namanya) dan tahun. Contoh: 11 2026."},
        {ASKED "&menginap_dari=2026-02-03&menginap_sampai=2026-02-01", "menginap_sampai",
         "Menginap sampai sebelum Menginap dari. Periksa keduanya."},
        {ASKED "&letak=120.3%2C+-3.6", "letak", "Letak di luar Indonesia. Lintang ditulis dulu, lalu bujur: -3.610123, 120.351234."},
        {ASKED "&letak=sana", "letak", "Letak belum dimengerti. Salin dari peta, contoh: -3.610123, 120.351234."},
        {ASKED "&ruang=9", "ruang", "Ruang tidak ada dalam pilihan. Pilih lagi."},
        {ASKED "&orang_2_nik=73", "orang_2_nik", "NIK kurang 14 angka. Cocokkan dengan e-KTP."},
        {ASKED "&orang_2_nik=73", "orang_2_nama", "Nama belum diisi."},
        {"balas=0&tuan=4", "orang", "Orang & kawan belum diisi. Isi paling sedikit 1."},
        {"balas=0&tuan=4&orang_1_nama=", "orang_1_nama", "Nama belum diisi."},
        {"tuan=4&orang_1_nama=Andi", "balas", "Perlu dibalas belum dipilih."},
        {"balas=0&orang_1_nama=Andi", "tuan", "Yang dituju belum diisi. Tulis nama atau NIK."},
        {"balas=0&orang_1_nama=Andi&tuan=77", "tuan", "Yang dituju tidak ada dalam pilihan. Pilih lagi."},
        {"balas=0&orang_1_nama=Andi&tuan_cari=Andi", "tuan", "Beberapa cocok. Pilih satu."},
        {"balas=0&orang_1_nama=Andi&tuan_cari=Zainal", "tuan", "Yang dituju tidak ditemukan. Periksa ejaannya, atau tulis NIK."},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_string_equal(text_of(request_fault_of(surveyed(cases[i].body), cases[i].field)), cases[i].says);
    static const char *const foreign[] = {"orang_4_nama=x",
                                          "orang_0_nama=x",
                                          "orang_01_nama=x",
                                          "orang_1_=x",
                                          "orang__nama=x",
                                          "orang_1_nama=y",
                                          "orang_99999999999999999999_nama=x",
                                          "orang=x",
                                          "tuan_cari=x&tuan_cari=y",
                                          "luas_cari=x"};
    for (size_t i = 0; i < COUNT_OF(foreign); i++)
        assert_int_equal(read_all(make(&survey_act, "", text_of(str_fmt(arena, ASKED "&%s", foreign[i])))), RC_BAD_REQUEST);
}

static const char *survey_shown(struct request *req, const struct survey_form *from)
{
    struct guest_view v;
    struct buf out = {.arena = arena};

    assert_int_equal(survey_fill(req, from, &v.form, NULL), RC_OK);
    view_survey(&out, &v);
    return text_of(buf_str(&out));
}

static struct survey_form survey_stored(void)
{
    static struct survey_people_row rows[] = {
        {.row = 1, .nik = STR_INIT(""), .name = STR_INIT("Andi"), .born = {0}},
        {.row = 2, .nik = STR_INIT("7317105111570002"), .name = STR_INIT("Baso"), .born = {1957, 2, 9}}};
    struct survey_form form = {.area = {true, 123450},
                               .begins = {true, 485},
                               .mood = {true, 2},
                               .period = {2026, 11, 1},
                               .at = {true, -3610123, 120351234},
                               .text = STR("a"),
                               .host = {4, STR("Andi Baso")},
                               .room = {6, STR("Nurdin")}};

    form.people.p = rows;
    form.people.n = COUNT_OF(rows);
    return form;
}

static void rarer_kinds_show_what_is_stored_and_what_was_typed(void **state)
{
    struct survey_form from = survey_stored();
    struct request *req = make(&survey_page, "", NULL);

    (void)state;
    assert_int_equal(read_all(req), RC_OK);
    const char *page = survey_shown(req, &from);
    HAS(page, "value=\"1.234,5\"");
    HAS(page, "value=\"08.05\"");
    HAS(page, "<option value=\"2\" selected>Tidak puas</option>");
    HAS(page, "name=\"masa_tahun\" type=\"text\" inputmode=\"numeric\" maxlength=\"4\" value=\"2026\"");
    HAS(page, "value=\"-3.610123, 120.351234\"");
    HAS(page, "name=\"tuan\" value=\"4\" checked><label for=\"tuan-1\">Andi Baso</label>");
    HAS(page, "<option value=\"6\" selected>Nurdin</option>");
    HAS(page, "name=\"orang_2_nik\" type=\"text\" value=\"7317 1051 1157 0002\"");
    HAS(page, "<legend>Orang &amp; kawan 3</legend>");
    HAS_NOT(page, "<details"); /* two rows and one spare one: nothing is left to fold away */
    HAS(survey_shown(req, NULL), "<details");
    page = survey_shown(surveyed("balas=0&tuan_cari=Andi&orang_2_nama=B&letak=sana"), &from);
    HAS(page, "name=\"balas\" value=\"0\" checked");
    HAS(page, "name=\"tuan_cari\" type=\"search\" value=\"Andi\"");
    HAS(page, "Andi Batari");
    HAS(page, "id=\"orang_2_nama-salah\"");
    HAS(page, "value=\"sana\"");
    HAS_NOT(page, "7317");
}

static void rarer_kinds_stand_in_the_history(void **state)
{
    struct survey_form before = survey_stored(), after = before;

    (void)state;
    after.area = (struct opt_u64){true, 1200};
    after.begins = (struct opt_u64){0};
    after.mood = some_u64(1);
    after.period.month = 12;
    after.host = (struct pick){6, STR("Nurdin")};
    after.people.n = 1;
    assert_string_equal(text_of(survey_diff(arena, &before, &after)),
                        "{\"luas\":[\"1.234,5 m²\",\"12 m²\"],\"mulai\":[\"08.05\",\"\"],\"puas\":[\"Tidak "
                        "puas\",\"Puas\"],\"masa\":[\"November 2026\",\"Desember 2026\"],"
                        "\"tuan\":[\"Andi Baso\",\"Nurdin\"],"
                        "\"orang\":[\"Andi; 7317 1051 1157 0002, Baso, 9 Februari 1957\",\"Andi\"]}");
}

#define PART(name, filename, bytes) \
    "--x\r\nContent-Disposition: form-data; name=\"" name "\"; filename=\"" filename "\"\r\nContent-Type: image/png\r\n\r\n" bytes "\r\n"
#define LINE(name, value) "--x\r\nContent-Disposition: form-data; name=\"" name "\"\r\n\r\n" value "\r\n"
#define LINES_ASKED LINE("balas", "0") LINE("tuan", "4") LINE("orang_1_nama", "Andi")

static struct request *uploaded(const char *body)
{
    struct request *req = make(&survey_act, "", body);

    req->in.content_type = STR("multipart/form-data; boundary=x");
    assert_int_equal(read_all(req), RC_OK);
    return req;
}

static void files_come_one_or_many(void **state)
{
    struct survey_form form;
    struct request *req = uploaded(LINES_ASKED PART("pindaian", "a.pdf", "satu") PART("pindaian", "b.pdf", "dua")
                                       PART("foto", "", "") "--x--\r\n");

    (void)state;
    survey_read(req, &form);
    assert_int_equal(request_faults(req)->n, 0);
    assert_true(form.scans.n == 2 && str_is(form.scans.p[1].bytes, "dua") && form.photo.bytes.n == 0);
    req = uploaded(LINES_ASKED PART("pindaian", "a", "1") PART("pindaian", "b", "2") PART("pindaian", "c", "3") "--x--\r\n");
    assert_string_equal(text_of(request_fault_of(req, "pindaian")), "Pindaian terlalu banyak. Paling banyak 2 berkas.");
    req = uploaded(LINES_ASKED PART("pindaian", "a", "123456789012345678901") "--x--\r\n");
    assert_string_equal(text_of(request_fault_of(req, "pindaian")), "Pindaian: berkas ke-1 terlalu besar. Perkecil, lalu unggah lagi.");
    req = uploaded(LINES_ASKED PART("foto", "a.jpg", "no picture") "--x--\r\n");
    survey_read(req, &form);
    assert_string_equal(text_of(request_fault_of(req, "foto")), "Berkas ini bukan gambar JPEG atau PNG. Pilih gambar lain.");
    assert_null(form.photo.bytes.p);
}

static void one_form_makes_a_new_thing_and_changes_an_old_one(void **state)
{
    struct request *req = make(&note_add, "", "versi=&kata=Baru");
    struct note_form form;

    (void)state;
    assert_int_equal(read_all(req), RC_OK);
    note_read(req, &form);
    assert_int_equal(request_faults(req)->n, 0);
    assert_int_equal(form.id, 0);
    assert_true(str_is(form.words, "Baru"));
    req = make(&note_edit, "", "versi=3&kata=Lama");
    assert_int_equal(read_all(req), RC_OK);
    note_read(req, &form);
    assert_int_equal(form.id, 7);
    assert_int_equal(form.version, 3);
    req = make(&note_edit, "", "versi=3&kata=Lama");
    req->match.params[0].value = STR("0");
    assert_int_equal(read_all(req), RC_NOT_FOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_kind_reads_what_people_write),
        cmocka_unit_test(what_is_left_empty_is_empty_and_no_fault),
        cmocka_unit_test(faults_say_what_and_then_what_to_do),
        cmocka_unit_test(the_page_shows_what_is_stored),
        cmocka_unit_test(the_act_shows_what_was_typed_with_the_faults_at_the_fields),
        cmocka_unit_test(another_forms_act_shows_what_is_stored),
        cmocka_unit_test(boxes_are_not_taken_from_an_address),
        cmocka_unit_test(a_conflict_shows_both_and_asks_against_what_is_stored_now),
        cmocka_unit_test(the_history_says_what_differs_by_name),
        cmocka_unit_test(a_long_fault_is_whole),
        cmocka_unit_test(rarer_kinds_read_what_people_write),
        cmocka_unit_test(rarer_kinds_say_what_is_wrong),
        cmocka_unit_test(rarer_kinds_show_what_is_stored_and_what_was_typed),
        cmocka_unit_test(rarer_kinds_stand_in_the_history),
        cmocka_unit_test(files_come_one_or_many),
        cmocka_unit_test(one_form_makes_a_new_thing_and_changes_an_old_one),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
