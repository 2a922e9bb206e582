// SPDX-License-Identifier: AGPL-3.0-or-later
/* The widgets: labels, hints and faults are tied to their control; texts stay texts. */

#include "tests/unit/arena.h"

#include "server/html/widgets.h"
#include "server/html/widgets_show_view.h"
#include "server/html/widgets_view.h"

#define WRITTEN(view, ...)                  \
    ({                                      \
        struct buf out_ = {.arena = arena}; \
        view(&out_, &(__VA_ARGS__));        \
        str_z(arena, buf_str(&out_));       \
    })

static void has(const char *page, const char *what)
{
    if (strstr(page, what) == NULL) {
        print_error("%s\n  lacks %s\n", page, what);
        assert_non_null(strstr(page, what));
    }
}

static void has_not(const char *page, const char *what)
{
    if (strstr(page, what) != NULL) {
        print_error("%s\n  has %s\n", page, what);
        assert_null(strstr(page, what));
    }
}

static void a_field_ties_label_hint_and_fault(void **state)
{
    struct field_view v = {.name = STR("nik"),
                           .label = STR("NIK"),
                           .hint = STR("16 angka"),
                           .value = STR("73\"17"),
                           .fault = STR("NIK kurang 2 angka."),
                           .width = STR("nik"),
                           .inputmode = STR("numeric"),
                           .max_length = 19};
    const char *page = WRITTEN(view_field, v);

    (void)state;
    has(page, "<div class=\"field is-faulty\">");
    has(page, "<label class=\"label\" for=\"nik\">NIK</label>");
    has(page, "id=\"nik\" name=\"nik\" type=\"text\" value=\"73&quot;17\" autocomplete=\"off\"");
    has(page, "inputmode=\"numeric\"");
    has(page, "maxlength=\"19\"");
    has(page, "aria-invalid=\"true\"");
    has(page, "aria-describedby=\"nik-petunjuk nik-salah\"");
    has(page, "id=\"nik-petunjuk\">16 angka<");
    has(page, "id=\"nik-salah\">");
}

static void a_plain_field_has_nothing_more(void **state)
{
    struct field_view v = {.name = STR("nama"), .label = STR("Nama"), .is_optional = true};
    const char *page = WRITTEN(view_field, v);

    (void)state;
    has(page, "(boleh kosong)");
    has_not(page, "aria-");
    has_not(page, "is-faulty");
    has_not(page, "maxlength");
    has_not(page, "autofocus");
}

static void a_password_is_never_given_back(void **state)
{
    struct field_view v = {.name = STR("sandi"),
                           .label = STR("Kata sandi"),
                           .type = STR("password"),
                           .value = STR("rahasia"),
                           .autocomplete = STR("current-password")};
    const char *page = WRITTEN(view_field, v);

    (void)state;
    has_not(page, "rahasia");
    has(page, "type=\"password\" autocomplete=\"current-password\"");
}

static void a_textarea_keeps_its_lines(void **state)
{
    struct textarea_view v = {.name = STR("isi"), .label = STR("Isi"), .value = STR("\n satu\n  </textarea><b>")};
    const char *page = WRITTEN(view_textarea, v);

    (void)state;
    /* The browser drops the first newline after the tag: the second is the value's own. */
    has(page, ">\n\n satu\n  &lt;/textarea&gt;&lt;b&gt;</textarea>");
    has(page, "rows=\"4\"");
}

static void choices_know_which_is_chosen(void **state)
{
    struct option options[] = {{.value = STR_INIT("1"), .label = STR_INIT("Satu"), .hint = STR_INIT("yang pertama")},
                               {.value = STR_INIT("2"), .label = STR_INIT("Dua"), .group = STR_INIT("Genap"), .is_selected = true}};
    struct radios_view r = {.name = STR("p"), .label = STR("Pilih"), .options = {options, 2}, .fault = STR("Pilih satu.")};
    struct select_view s = {.name = STR("p"), .label = STR("Pilih"), .options = {options, 2}, .empty_label = STR("Semua")};
    const char *radios = WRITTEN(view_radios, r), *select = WRITTEN(view_select, s);

    (void)state;
    has(radios, "<legend class=\"legend\">Pilih</legend>");
    has(radios, "<input type=\"radio\" id=\"p\" name=\"p\" value=\"1\" aria-describedby=\"p-1-petunjuk\">");
    has(radios, "<input type=\"radio\" id=\"p-2\" name=\"p\" value=\"2\" checked>");
    has(radios, "<label for=\"p-2\">Dua</label>");
    has(radios, "aria-describedby=\"p-salah\"");
    has(select,
        "<option value=\"\">Semua</option><option value=\"1\">Satu</option><option value=\"\" disabled>Genap</option><option value=\"2\" "
        "selected>Dua</option>");
}

static void a_date_is_three_boxes(void **state)
{
    struct date3_view v = {
        .name = STR("lahir"), .label = STR("Tanggal lahir"), .day = STR("11"), .month = STR("x"), .year = STR("1957"), .is_birthday = true};
    const char *page = WRITTEN(view_date3, v);

    (void)state;
    has(page, "id=\"lahir\" name=\"lahir_hari\"");
    has(page, "value=\"11\" autocomplete=\"bday-day\"");
    has(page, "name=\"lahir_bulan\"");
    has(page, "name=\"lahir_tahun\"");
    has(page, "<legend class=\"legend\">Tanggal lahir</legend>");
}

static void the_summary_counts_and_leads_to_the_fields(void **state)
{
    struct fault list[] = {{STR_INIT("nik"), STR_INIT("NIK <kurang>"), false},
                           {{NULL, 0}, STR_INIT("Surat sudah terbit"), false},
                           {STR_INIT("x"), STR_INIT("y"), false},
                           {STR_INIT("lain"), STR_INIT("Memang tamu lain?"), true}};
    struct faults none = {NULL, 0, 0, 0}, one = {list, 1, 1, 0}, two = {list, 2, 2, 0}, three = {list, 3, 3, 0};
    const char *page = WRITTEN(view_error_summary, two);

    (void)state;
    assert_string_equal(WRITTEN(view_error_summary, none), "");
    has(WRITTEN(view_error_summary, one), "Satu isian perlu diperbaiki");
    has(page, "Dua isian perlu diperbaiki");
    has(page, "<a href=\"#nik\">NIK &lt;kurang&gt;</a>");
    has(page, "<li>Surat sudah terbit</li>");
    has(page, "role=\"alert\" tabindex=\"-1\" autofocus");
    has(WRITTEN(view_error_summary, three), "3 isian perlu diperbaiki");
    struct faults both = {list, 4, 3, 1}, asked = {&list[3], 1, 0, 1};
    has(WRITTEN(view_error_summary, both), "3 isian perlu diperbaiki");
    has(WRITTEN(view_error_summary, both), "Satu hal perlu dipastikan</h2><ul><li><a href=\"#lain\">Memang tamu lain?</a></li></ul>");
    has(WRITTEN(view_error_summary, asked), "is-asking");
    assert_null(strstr(WRITTEN(view_error_summary, asked), "diperbaiki"));
}

static void forms_begin_with_their_guard(void **state)
{
    struct form_guard both = {STR("a"), STR("b")}, only = {STR("a"), STR_NONE};

    (void)state;
    assert_string_equal(WRITTEN(view_guard, both),
                        "<input type=\"hidden\" name=\"_csrf\" value=\"a\"> <input type=\"hidden\" name=\"_once\" value=\"b\">");
    has_not(WRITTEN(view_guard, only), "_once");
}

static void an_empty_answer_says_so(void **state)
{
    struct check_row rows[] = {{.label = STR_INIT("Nama"), .value = STR_INIT("Halimah"), .is_strong = true},
                               {.label = STR_INIT("Keterangan"), .change_href = STR_INIT("/ubah#ket")}};
    struct check_rows v = {rows, 2};
    const char *page = WRITTEN(view_check_list, v);

    (void)state;
    has(page, "<dt>Nama</dt><dd class=\"strong\">Halimah</dd></div>");
    has(page, "<dd class=\"none\">Tidak diisi</dd><dd><a href=\"/ubah#ket\">Ubah<span class=\"unseen\"> Keterangan</span></a></dd>");
}

static void pages_lead_both_ways_or_nowhere(void **state)
{
    struct page_link links[] = {{STR_INIT("/p?h=1"), STR_INIT("1"), true}, {STR_INIT("/p?h=2"), STR_INIT("2"), false}};
    struct pagination_view first = {.next_href = STR("/p?h=2"), .pages = {links, 2}, .summary = STR("12 dari 20")};
    struct pagination_view only = {.summary = STR("5 dari 5")};
    const char *page = WRITTEN(view_pagination, first);

    (void)state;
    has(page, "<span class=\"off\">Sebelumnya</span>");
    has(page, "<span aria-current=\"page\">1</span>");
    has(page, "<a href=\"/p?h=2\" rel=\"next\">Berikutnya</a>");
    has_not(WRITTEN(view_pagination, only), "Berikutnya");
    has(WRITTEN(view_pagination, only), "5 dari 5");
}

static void the_rest_says_what_it_shows(void **state)
{
    struct tag_view tag = {STR("merah"), STR("Lewat 5 menit"), STR("alarm-clock")};
    struct notice_view notice = {
        .tone = STR("hijau"), .title = STR("Surat terbit"), .is_status = true, .href = STR("/x"), .link_label = STR("Unduh")};
    struct empty_view empty = {.title = STR("Belum ada"), .href = STR("/buat"), .link_label = STR("Buat surat")};
    struct bar_view bar = {71, STR("71 persen")};
    struct step list[] = {{STEP_DONE, STR_INIT("Satu"), {NULL, 0}},
                          {STEP_NOW, STR_INIT("Dua"), STR_INIT("3 dari 9")},
                          {STEP_LATER, STR_INIT("Tiga"), {NULL, 0}}};
    struct steps_view steps = {list, 3};
    struct button_view button = {.label = STR("Terbitkan surat"), .busy = STR("Menerbitkan…"), .icon = STR("stamp")};

    (void)state;
    has(WRITTEN(view_tag, tag), "<span class=\"tag merah\">");
    has(WRITTEN(view_tag, tag), "#alarm-clock\"/></svg>Lewat 5 menit</span>");
    has(WRITTEN(view_notice, notice), "<div class=\"notice hijau\" role=\"status\">");
    has(WRITTEN(view_notice, notice), "<p><a href=\"/x\">Unduh</a></p>");
    has(WRITTEN(view_empty, empty), "<a class=\"button is-second\" href=\"/buat\">Buat surat</a>");
    has(WRITTEN(view_bar, bar), "aria-label=\"71 persen\"><rect width=\"71%\" height=\"100%\"/></svg>");
    has(WRITTEN(view_steps, steps), "<li class=\"is-now\" aria-current=\"step\">");
    has(WRITTEN(view_steps, steps), "Satu<span class=\"unseen\">, selesai</span>");
    has(WRITTEN(view_button, button), "data-busy=\"Menerbitkan…\">");
    has(WRITTEN(view_button, button), "<span data-label>Terbitkan surat</span></button>");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_field_ties_label_hint_and_fault),
        cmocka_unit_test(a_plain_field_has_nothing_more),
        cmocka_unit_test(a_password_is_never_given_back),
        cmocka_unit_test(a_textarea_keeps_its_lines),
        cmocka_unit_test(choices_know_which_is_chosen),
        cmocka_unit_test(a_date_is_three_boxes),
        cmocka_unit_test(the_summary_counts_and_leads_to_the_fields),
        cmocka_unit_test(forms_begin_with_their_guard),
        cmocka_unit_test(an_empty_answer_says_so),
        cmocka_unit_test(pages_lead_both_ways_or_nowhere),
        cmocka_unit_test(the_rest_says_what_it_shows),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
