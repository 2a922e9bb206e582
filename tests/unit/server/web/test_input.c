// SPDX-License-Identifier: AGPL-3.0-or-later
/* Each kind of input: what is taken, what the person reads when it is not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "tests/unit/server/web/values.h"

static enum rc nothing(struct request *req, struct response *resp, struct err *err)
{
    (void)req;
    (void)resp;
    (void)err;
    return RC_OK;
}

static const struct input inputs[] = {
    PATH_ID("id"),
    FIELD(TEXT, "usaha", "Nama usaha", true, 0, 20),
    FIELD(LINES, "alamat", "Alamat", false, 0, 0),
    FIELD(SECRET, "sandi", "Kata sandi", false, 0, 0),
    FIELD(U64, "harga", "Harga", false, 1, 1000000),
    FIELD(DIGITS, "nik", "NIK", false, 16, 16),
    FIELD(DATE, "lahir", "Tanggal lahir", true, 0, 0),
    CHOICE("jenis", "Jenis kelamin", false, "L|P"),
    FIELD(FLAG, "setuju", "Setuju", false, 0, 0),
    FIELD(TOKEN, "hal", NULL, false, 0, 0),
    FIELD(FILE, "berkas", "Berkas", false, 0, 100),
    FIELD(PREFIX, "isian_", NULL, false, 0, 5),
    INPUT_END,
};
static const struct route open_route = ROUTE(GET, "/cari/{id}", MAY_VISIT, inputs, nothing);
static const struct route office_route = ROUTE(POST, "/kantor/cari/{id}", MAY_READ_LETTERS, inputs, nothing);

static struct arena *arena;
static struct web web;

static struct request *make(const struct route *route, const char *path_id, const char *query, const char *body)
{
    struct request *req = ARENA_NEW(arena, struct request);

    req->arena = arena;
    req->web = &web;
    req->method = route->method;
    req->match.route = route;
    req->match.params[0].name = STR("id");
    req->match.params[0].value = str_c(path_id);
    req->match.param_count = 1;
    req->path = str_c(route->method == METHOD_POST ? "/kantor/cari/7" : "/cari/7");
    req->query = str_c(query);
    req->in.body = str_c(body);
    req->in.content_type = body != NULL ? STR("application/x-www-form-urlencoded; charset=UTF-8") : STR_NONE;
    return req;
}

static enum rc read_all(struct request *req)
{
    enum rc rc = input_collect(req, NULL);
    return rc == RC_OK ? input_read(req, NULL) : rc;
}

/* The fault of one field after this body, "" when it has none. */
static const char *fault(const char *body, const char *field)
{
    struct request *req = make(&office_route, "7", "", body);

    assert_int_equal(read_all(req), RC_OK);
    struct str text = request_fault_of(req, field);
    return text.p != NULL ? str_z(arena, text) : "";
}

static void good_values_arrive_typed(void **state)
{
    struct request *req = make(&office_route, "7", "",
                               "usaha=+Kios++Mawar+&alamat=Dusun+Padang%0D%0ART+2&sandi=+p+&harga=1.500&nik=7317+1051.1157-0002&"
                               "lahir_hari=9&lahir_bulan=2&lahir_tahun=1957&jenis=P&setuju=1&hal=aB_-9&isian_a=x&isian_b=y");
    (void)state;

    assert_int_equal(read_all(req), RC_OK);
    assert_int_equal(request_faults(req)->n, 0);
    assert_int_equal(input_u64(req, "id"), 7);
    assert_true(str_is(input_str(req, "usaha"), "Kios Mawar"));
    assert_true(str_is(input_str(req, "alamat"), "Dusun Padang\nRT 2"));
    assert_true(str_is(input_str(req, "sandi"), " p "));
    assert_int_equal(input_u64(req, "harga"), 1500);
    assert_true(str_is(input_str(req, "nik"), "7317105111570002"));
    assert_true(str_is(input_typed(req, "nik"), "7317 1051.1157-0002"));
    struct date date = input_date(req, "lahir");
    assert_true(date.year == 1957 && date.month == 2 && date.day == 9);
    assert_true(str_is(value_named(req, "lahir")->boxes[1], "2"));
    assert_true(str_is(input_str(req, "jenis"), "P") && input_flag(req, "setuju") && str_is(input_str(req, "hal"), "aB_-9"));
    assert_int_equal(input_prefixed(req, "isian_").n, 2);
    assert_true(str_is(input_prefixed(req, "isian_").p[1].name, "b") && str_is(input_prefixed(req, "isian_").p[1].value, "y"));
}

static void an_undeclared_name_is_one_that_was_not_sent(void **state)
{
    struct request *req = make(&office_route, "7", "", "usaha=x&lahir=11-11-1957");
    struct upload upload;

    (void)state;
    assert_int_equal(read_all(req), RC_OK);
    assert_null(input_str(req, "usahha").p);
    assert_true(str_is(input_typed(req, "usahha"), "") && input_u64(req, "usahha") == 0 && !input_flag(req, "usahha"));
    assert_true(date_is_none(input_date(req, "usahha")) && input_prefixed(req, "usahha").n == 0 && !input_file(req, "usahha", &upload));
}

#define REST "&lahir=11-11-1957"

static void faults_say_what_and_then_what_to_do(void **state)
{
    (void)state;
    assert_string_equal(fault("usaha=&lahir=11-11-1957", "usaha"), "Nama usaha belum diisi.");
    assert_string_equal(fault("usaha=+%C2%A0+" REST, "usaha"), fault("usaha=%C2%A0" REST, "usaha"));
    assert_string_equal(fault("usaha=123456789012345678901" REST, "usaha"), "Nama usaha terlalu panjang. Paling banyak 20 huruf.");
    assert_string_equal(fault("usaha=x" REST "&nik=73171051115700", "nik"), "NIK kurang 2 angka. Cocokkan dengan e-KTP.");
    assert_string_equal(fault("usaha=x" REST "&nik=73171051115700021", "nik"), "NIK lebih 1 angka. Cocokkan dengan e-KTP.");
    assert_string_equal(fault("usaha=x" REST "&nik=7317a", "nik"), "NIK hanya boleh berisi angka. Cocokkan dengan e-KTP.");
    assert_string_equal(fault("usaha=x", "lahir"), "Tanggal lahir belum diisi. Contoh: 11 11 1957.");
    assert_string_equal(fault("usaha=x&lahir_hari=30&lahir_bulan=2&lahir_tahun=1957", "lahir"),
                        "Tanggal lahir bukan tanggal yang ada. Isi hari, bulan (angka atau namanya), dan tahun. Contoh: 11 11 1957.");
    assert_string_equal(fault("usaha=x&lahir_hari=3&lahir_bulan=&lahir_tahun=1957", "lahir"),
                        "Tanggal lahir bukan tanggal yang ada. Isi hari, bulan (angka atau namanya), dan tahun. Contoh: 11 11 1957.");
    assert_string_equal(fault("usaha=x&lahir_hari=3&lahir_bulan=2&lahir_tahun=957", "lahir"),
                        "Tanggal lahir bukan tanggal yang ada. Isi hari, bulan (angka atau namanya), dan tahun. Contoh: 11 11 1957.");
    assert_string_equal(fault("usaha=x" REST "&jenis=X", "jenis"), "Jenis kelamin tidak ada dalam pilihan. Pilih lagi.");
    assert_string_equal(fault("usaha=x" REST "&harga=0", "harga"), "Harga terlalu kecil. Paling kecil 1.");
    assert_string_equal(fault("usaha=x" REST "&harga=1.000.001", "harga"), "Harga terlalu besar. Paling besar 1.000.000.");
    assert_string_equal(fault("usaha=x" REST "&harga=1.50", "harga"), "Harga harus berupa angka bulat.");
    assert_string_equal(fault("usaha=x" REST "&harga=-1", "harga"), "Harga harus berupa angka bulat.");
    assert_string_equal(fault("usaha=x" REST "&isian_q=123456", "isian_q"), "Isian ini terlalu panjang. Paling banyak 5 huruf.");
    assert_string_equal(fault("usaha=x" REST "&hal=%3Cx", "hal"), "");
}

static void strict_where_it_matters(void **state)
{
    static const char *const bad[] = {
        "usaha=x&lain=1",
        "usaha=x&usaha=y",
        "usaha=x&_csrf=1&_csrf=2",
        "usaha=x&isian_a=1&isian_a=2",
        "usaha=x&isian_=2",
        "usaha=x&lahir_hari=1&lahir_hari=2",
        "usaha=x&id=8",
        "usaha=x&berkas=text",
    };
    (void)state;

    for (size_t i = 0; i < COUNT_OF(bad); i++)
        assert_int_equal(read_all(make(&office_route, "7", "", bad[i])), RC_BAD_REQUEST);
    assert_int_equal(read_all(make(&office_route, "7", "fbclid=1", "usaha=x")), RC_BAD_REQUEST);

    struct request *req = make(&open_route, "7", "fbclid=1&usaha=satu&usaha=dua&_csrf=1", NULL);
    assert_int_equal(read_all(req), RC_OK);
    assert_true(str_is(input_str(req, "usaha"), "satu"));
    assert_int_equal(read_all(make(&open_route, "7", "usaha=%zz", NULL)), RC_BAD_REQUEST);
}

static void a_path_that_names_nothing_is_no_page(void **state)
{
    static const char *const bad[] = {"", "0", "-1", "07", "7x", "18446744073709551616", "7.0", " 7", "+7", "../7"};
    (void)state;

    for (size_t i = 0; i < COUNT_OF(bad); i++)
        assert_int_equal(read_all(make(&open_route, bad[i], "", NULL)), RC_NOT_FOUND);
    assert_int_equal(read_all(make(&open_route, "18446744073709551615", "usaha=x", NULL)), RC_OK);
}

static void bodies_of_other_types_are_refused(void **state)
{
    static const char *const types[] = {"text/plain", "application/json", "", "multipart/form-data", "application/x-www-form-urlencodedx"};
    (void)state;

    for (size_t i = 0; i < COUNT_OF(types); i++) {
        struct request *req = make(&office_route, "7", "", "usaha=x");
        req->in.content_type = str_c(types[i]);
        assert_int_equal(read_all(req), RC_BAD_REQUEST);
    }
    struct request *req = make(&open_route, "7", "", "usaha=x");
    assert_int_equal(read_all(req), RC_BAD_REQUEST); /* a GET with a body */
}

static void a_file_comes_as_a_part(void **state)
{
    struct upload upload;
    struct request *req = make(&office_route, "7", "",
                               "--b\r\nContent-Disposition: form-data; name=\"berkas\"; filename=\"a b.xlsx\"\r\n\r\nPK..\r\n"
                               "--b\r\nContent-Disposition: form-data; name=\"usaha\"\r\n\r\nx\r\n--b--\r\n");
    (void)state;

    req->in.content_type = STR("multipart/form-data; boundary=b");
    assert_int_equal(read_all(req), RC_OK);
    assert_true(input_file(req, "berkas", &upload));
    assert_true(str_is(upload.filename, "a b.xlsx") && str_is(upload.bytes, "PK.."));
    req = make(&office_route, "7", "", "--b\r\nContent-Disposition: form-data; name=\"berkas\"; filename=\"\"\r\n\r\n\r\n--b--\r\n");
    req->in.content_type = STR("multipart/form-data; boundary=b");
    assert_int_equal(read_all(req), RC_OK);
    assert_false(input_file(req, "berkas", &upload)); /* no file was chosen */
    assert_null(request_fault_of(req, "berkas").p);
}

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_undeclared_name_is_one_that_was_not_sent, begin, end),
        cmocka_unit_test_setup_teardown(good_values_arrive_typed, begin, end),
        cmocka_unit_test_setup_teardown(faults_say_what_and_then_what_to_do, begin, end),
        cmocka_unit_test_setup_teardown(strict_where_it_matters, begin, end),
        cmocka_unit_test_setup_teardown(a_path_that_names_nothing_is_no_page, begin, end),
        cmocka_unit_test_setup_teardown(bodies_of_other_types_are_refused, begin, end),
        cmocka_unit_test_setup_teardown(a_file_comes_as_a_part, begin, end),
    };

    base_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
