// SPDX-License-Identifier: AGPL-3.0-or-later
/* The page shell: what every document has, what each kind adds, and that no text breaks out of its place. */

#include "tests/unit/arena.h"

#include "server/html/shell.h"

static const struct shell_nav nav[] = {
    {"/kantor", "Beranda", "house", NULL, 1234},
    {"/kantor/surat", "Surat", "file-text", NULL, 0},
    {"/kantor/kabar", "Kabar desa", "newspaper", "Situs desa", 0},
    {"/kantor/lapak", "Lapak", "store", "Situs desa", 0},
    {"/masuk", "Masuk", NULL, NULL, 0},
};

static struct shell shell_of(enum shell_kind kind)
{
    return (struct shell){
        .kind = kind,
        .title = STR("Surat"),
        .name = STR("Desa Sampano"),
        .place = STR("Kantor desa"),
        .active = STR("/kantor/surat"),
        .nav = {nav, COUNT_OF(nav)},
        .footer = {nav, 2},
        .user_name = STR("Hasnah Rante"),
        .user_role = STR("Operator"),
        .search = STR("/kantor/penduduk/cari"),
        .csrf = STR("csrf-token"),
        .once = STR("once-token"),
        .body = {STR("<h1>Isi</h1>")},
    };
}

static struct str page_of(const struct shell *shell)
{
    struct buf out = {.arena = arena};

    shell_page(&out, shell);
    return buf_str(&out);
}

static size_t count(struct str page, const char *what)
{
    size_t n = 0;
    ptrdiff_t at;

    for (; (at = str_find(page, str_c(what))) >= 0; n++)
        page = str_from(page, (size_t)at + strlen(what));
    return n;
}

static void every_document_is_whole(void **state)
{
    (void)state;
    for (enum shell_kind kind = SHELL_PLATFORM; kind <= SHELL_BARE; kind++) {
        struct shell shell = shell_of(kind);
        struct str page = page_of(&shell);

        assert_true(str_starts(page, STR("<!doctype html><html lang=\"id\" data-warna=\"")));
        assert_true(str_ends(page, STR("</body></html>")));
        assert_int_equal(count(page, "<title>Surat · Desa Sampano</title>"), 1);
        assert_int_equal(count(page, "href=\"#isi\""), kind == SHELL_KIOSK ? 0 : 1); /* nothing to skip there */
        assert_int_equal(count(page, "<main id=\"isi\" tabindex=\"-1\">"), 1);
        assert_int_equal(count(page, "<h1>Isi</h1>"), 1);
        assert_int_equal(count(page, "DATA CONTOH") + count(page, "Data contoh"), 0);
        assert_int_equal(count(page, "name=\"robots\" content=\"noindex, nofollow\""), 1);
        assert_int_equal(count(page, " style="), 0);
        assert_int_equal(count(page, "<script>"), 0);
        assert_int_equal(count(page, " onclick="), 0);
        assert_int_equal(count(page, "rel=\"stylesheet\""), 1);
    }
}

static void forms_of_the_office_carry_their_guard(void **state)
{
    struct shell shell = shell_of(SHELL_OFFICE);
    struct str page = page_of(&shell);

    (void)state;
    assert_int_equal(count(page, "<form "), 2);
    assert_int_equal(count(page, "<form class=\"search\" method=\"post\" action=\"/kantor/penduduk/cari\""), 1);
    assert_int_equal(count(page, "<form method=\"post\" action=\"/keluar\""), 1);
    assert_int_equal(count(page, "name=\"_csrf\" value=\"csrf-token\""), 2);
    assert_int_equal(count(page, "name=\"_once\" value=\"once-token\""), 2);
}

static void the_page_one_is_on_is_marked_once(void **state)
{
    struct shell shell = shell_of(SHELL_OFFICE);
    struct str page = page_of(&shell);

    (void)state;
    assert_int_equal(count(page, "aria-current=\"page\""), 1);
    assert_int_equal(count(page, "<a href=\"/kantor/surat\" aria-current=\"page\">"), 1);
    assert_int_equal(count(page, "<li class=\"rail-group\">Situs desa</li>"), 1);
    assert_int_equal(count(page, "<span class=\"badge\">1.234<"), 1);
    shell.active = STR_NONE;
    assert_int_equal(count(page_of(&shell), "aria-current"), 0);
}

static void nobody_signed_in_sees_no_account_menu(void **state)
{
    struct shell shell = shell_of(SHELL_OFFICE);

    (void)state;
    assert_int_equal(count(page_of(&shell), "<span class=\"avatar\" aria-hidden=\"true\">HR</span>"), 1);
    shell.user_name = STR_NONE;
    shell.search = STR_NONE;
    assert_int_equal(count(page_of(&shell), "avatar"), 0);
    assert_int_equal(count(page_of(&shell), "<form"), 0);
}

static void public_pages_need_no_script(void **state)
{
    static const enum shell_kind kinds[] = {SHELL_PLATFORM, SHELL_PUBLIC, SHELL_BARE};

    (void)state;
    for (size_t i = 0; i < COUNT_OF(kinds); i++) {
        struct shell shell = shell_of(kinds[i]);
        struct str page = page_of(&shell);

        assert_int_equal(count(page, "<script"), 0);
        assert_int_equal(count(page, "/aset/site-"), 1);
        assert_int_equal(count(page, "preload"), 0);
    }
    struct shell office = shell_of(SHELL_OFFICE);
    assert_int_equal(count(page_of(&office), "<script src=\"/aset/office-"), 1);
    assert_int_equal(count(page_of(&office), "\"allowEval\":false"), 1);
    assert_int_equal(count(page_of(&office), "\"includeIndicatorStyles\":false"), 1);
}

static void a_public_page_may_be_found(void **state)
{
    struct shell shell = shell_of(SHELL_PUBLIC);

    (void)state;
    shell.canonical = STR("https://sampano.desa.id/kabar");
    shell.share_href = STR("https://sampano.desa.id/aset/share.png");
    shell.title = STR("Kabar");
    shell.description = STR("Kabar & pengumuman");
    struct str page = page_of(&shell);
    assert_int_equal(count(page, "noindex"), 0);
    assert_int_equal(count(page, "<link rel=\"canonical\" href=\"https://sampano.desa.id/kabar\">"), 1);
    assert_int_equal(count(page, "content=\"Kabar &amp; pengumuman\""), 2);
    assert_int_equal(count(page, "<meta property=\"og:image\" content=\"https://sampano.desa.id/aset/share.png\">"), 1);
    assert_int_equal(count(page, "<title>Kabar · Desa Sampano</title>") +
                         count(page, "<meta property=\"og:title\" content=\"Kabar · Desa Sampano\">"),
                     2);
    shell.title = shell.name;
    assert_int_equal(count(page_of(&shell), "<title>Desa Sampano</title>"), 1);
    shell.is_noindex = true;
    assert_int_equal(count(page_of(&shell), "noindex"), 1);
}

static void each_site_has_its_own_colour(void **state)
{
    struct shell shell = shell_of(SHELL_KELOLA);

    (void)state;
    assert_int_equal(count(page_of(&shell), "data-warna=\"arang\""), 1);
    shell.kind = SHELL_DPMD;
    assert_int_equal(count(page_of(&shell), "data-warna=\"tarum\""), 1);
    shell.kind = SHELL_PUBLIC;
    assert_int_equal(count(page_of(&shell), "data-warna=\"teluk\""), 1);
    shell.accent = STR("mengkudu");
    shell.is_plain = true;
    assert_int_equal(count(page_of(&shell), "<html lang=\"id\" data-warna=\"mengkudu\" data-hiasan=\"polos\">"), 1);
    assert_int_equal(count(page_of(&shell), "name=\"theme-color\" content=\"#5C190F\""), 1);
    shell.accent = STR("pink\" onload=\"x");
    assert_int_equal(count(page_of(&shell), "data-warna=\"teluk\""), 1);
}

static void generated_people_are_marked_everywhere(void **state)
{
    (void)state;
    for (enum shell_kind kind = SHELL_PLATFORM; kind <= SHELL_BARE; kind++) {
        struct shell shell = shell_of(kind);

        shell.is_sample = true;
        assert_int_equal(count(page_of(&shell), "<div class=\"sample\">Data contoh</div>"), 1);
    }
}

static void texts_are_escaped(void **state)
{
    static const struct str bad = STR_INIT("\"><script>alert('x')</script>");

    (void)state;
    for (enum shell_kind kind = SHELL_PLATFORM; kind <= SHELL_BARE; kind++) {
        struct shell shell = shell_of(kind);

        shell.title = shell.description = shell.name = shell.place = shell.user_name = shell.user_role = bad;
        shell.address = shell.notice = shell.csrf = shell.once = shell.initials = bad;
        shell.canonical = shell.share_href = shell.crest_href = shell.home_href = shell.sign_out = shell.search = bad;
        struct str page = page_of(&shell);
        assert_int_equal(count(page, "<script>"), 0);
        assert_int_equal(count(page, "alert('x')"), 0);
    }
}

static void an_address_has_its_lines(void **state)
{
    struct shell shell = shell_of(SHELL_PUBLIC);

    (void)state;
    shell.address = STR("Jl. Poros Palopo\nLarompong Selatan");
    assert_int_equal(count(page_of(&shell), "<p>Jl. Poros Palopo</p><p>Larompong Selatan</p>"), 1);
    shell.notice = STR("Desa ini sedang hanya bisa dibaca.");
    assert_int_equal(count(page_of(&shell), "<div class=\"notice-bar\" role=\"status\">"), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_document_is_whole),
        cmocka_unit_test(forms_of_the_office_carry_their_guard),
        cmocka_unit_test(the_page_one_is_on_is_marked_once),
        cmocka_unit_test(nobody_signed_in_sees_no_account_menu),
        cmocka_unit_test(public_pages_need_no_script),
        cmocka_unit_test(a_public_page_may_be_found),
        cmocka_unit_test(each_site_has_its_own_colour),
        cmocka_unit_test(generated_people_are_marked_everywhere),
        cmocka_unit_test(texts_are_escaped),
        cmocka_unit_test(an_address_has_its_lines),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
