// SPDX-License-Identifier: AGPL-3.0-or-later
/* The console's figures: what is summed, what is not, in which order, and how old. */
#include <stdlib.h>
#include "tests/unit/arena.h"

#include "tenants/regency/regency_rules.h"

#define WRONG(...) (print_error(__VA_ARGS__), _fail(__FILE__, __LINE__))

static const utc_us noon = INT64_C(1795492800) * US_PER_S; /* 2026-11-24 04:00 UTC, 12.00 WITA */

static struct regency_village village(const char *code, const char *name, const char *district_code, const char *district)
{
    return (struct regency_village){.code = str_c(code),
                                    .name = str_c(name),
                                    .district_code = str_c(district_code),
                                    .district = str_c(district),
                                    .state = STR("active")};
}

static struct regency_village with(struct regency_village v, uint64_t men, uint64_t women, uint64_t families, uint64_t letters,
                                   const char *month, utc_us at)
{
    v.men = some_u64(men);
    v.women = some_u64(women);
    v.families = some_u64(families);
    v.letters_month = some_u64(letters);
    v.letters_of = str_c(month);
    v.complete_pct = some_u64(90);
    v.computed_at = at;
    return v;
}

static struct regency_lines four(void)
{
    struct regency_village *rows = ARENA_ARRAY(arena, struct regency_village, 4);

    rows[0] = with(village("7317102003", "Sampano", "731710", "Larompong Selatan"), 900, 870, 480, 12, "2026-11", noon - 60 * US_PER_S);
    rows[1] = with(village("7317102007", "Malewong", "731710", "Larompong Selatan"), 400, 410, 230, 9, "2026-10",
                   noon - 3 * 86400 * US_PER_S);
    rows[2] = village("7317102009", "Dadeko", "731710", "Larompong Selatan");
    rows[3] = with(village("7317012022", "To'long", "731701", "Basse Sangtempe"), 100, 90, 50, 3, "2026-11", noon);
    return regency_lines_of(arena, &(struct regency_village_rows){rows, 4}, STR("2026-11"), false);
}

static void villages_that_published_are_summed(void **state)
{
    (void)state;
    struct regency_lines lines = four();
    struct regency_sum sum = regency_sum_of(&lines);

    assert_int_equal(sum.f.men, 1400);
    assert_int_equal(sum.f.women, 1370);
    assert_int_equal(sum.f.families, 760);
    assert_int_equal(sum.villages, 4);
    assert_int_equal(sum.reporting, 3);
    assert_true(sum.oldest_at == noon - 3 * 86400 * US_PER_S);
    assert_true(sum.newest_at == noon);
}

static void letters_of_another_month_are_not_this_months(void **state)
{
    (void)state;
    struct regency_lines lines = four();

    assert_int_equal(regency_sum_of(&lines).f.letters, 15);
}

static void districts_add_up_to_the_regency(void **state)
{
    (void)state;
    struct regency_lines lines = four();
    struct regency_sum all = regency_sum_of(&lines);
    struct regency_sums sums = regency_sums_by_district(arena, &lines);
    uint64_t people = 0, families = 0, letters = 0, villages = 0;

    assert_int_equal(sums.n, 2);
    assert_true(str_is(sums.p[0].name, "Basse Sangtempe"));
    assert_int_equal(sums.p[1].reporting, 2);
    for (size_t i = 0; i < sums.n; i++) {
        people += sums.p[i].f.men + sums.p[i].f.women;
        families += sums.p[i].f.families;
        letters += sums.p[i].f.letters;
        villages += sums.p[i].villages;
    }
    assert_int_equal(people, all.f.men + all.f.women);
    assert_int_equal(families, all.f.families);
    assert_int_equal(letters, all.f.letters);
    assert_int_equal(villages, all.villages);
}

static void ordered(const char *word, const char *first, const char *second, const char *third, const char *fourth)
{
    struct regency_lines lines = four();
    const char *const names[] = {first, second, third, fourth};

    regency_sort(&lines, regency_sorting_from(str_c(word)));
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (!str_is(lines.p[i].name, names[i])) {
            print_error("%s: %zu is %.*s, not %s\n", word, i, STR_ARG(lines.p[i].name), names[i]);
            _fail(__FILE__, __LINE__);
        }
}

static void the_list_is_ordered_by_any_column(void **state)
{
    (void)state;
    ordered("nama", "Dadeko", "Malewong", "Sampano", "To'long");
    ordered("-nama", "To'long", "Sampano", "Malewong", "Dadeko");
    ordered("kecamatan", "To'long", "Dadeko", "Malewong", "Sampano");
    ordered("penduduk", "To'long", "Malewong", "Sampano", "Dadeko");
    ordered("-penduduk", "Sampano", "Malewong", "To'long", "Dadeko");
    ordered("-surat", "Sampano", "To'long", "Malewong", "Dadeko");
    ordered("umur", "To'long", "Sampano", "Malewong", "Dadeko");
    ordered("-umur", "Malewong", "Sampano", "To'long", "Dadeko");
    ordered("tidak-ada", "Dadeko", "Malewong", "Sampano", "To'long");
}

static void age_is(utc_us age_s, const char *text, const char *tone)
{
    assert_true(str_is(age_text(arena, noon - age_s * US_PER_S, noon), text));
    assert_true(str_is(age_tone(noon - age_s * US_PER_S, noon), tone));
}

static void the_age_of_data_is_said_in_words(void **state)
{
    (void)state;
    age_is(0, "baru saja", "");
    age_is(-30, "baru saja", "");
    age_is(59, "baru saja", "");
    age_is(60, "1 menit lalu", "");
    age_is(3 * 3600 + 5, "3 jam lalu", "");
    age_is(2 * 86400, "2 hari lalu", "kuning");
    age_is(8 * 86400, "8 hari lalu", "merah");
    assert_true(str_is(age_text(arena, 0, noon), "belum ada"));
    assert_true(str_is(age_tone(0, noon), "merah"));
}

static void the_csv_has_a_line_a_village_and_no_formulas(void **state)
{
    (void)state;
    struct regency_lines lines = four();

    lines.p[2].name = STR("=HYPERLINK(\"x\")");
    struct str csv = regency_csv(arena, &lines, STR("2026-11"), ZONE_WITA);
    size_t n = 0;

    for (size_t i = 0; i < csv.n; i++)
        n += csv.p[i] == '\n';
    assert_int_equal(n, 5);
    assert_true(str_starts(csv, STR("\xef\xbb\xbfkode,desa,")));
    assert_true(str_find(csv, STR("73.17.10.2003,Sampano,Larompong Selatan,tidak,900,870,1770,480,12,2026-11,90,2026-11-24 11:59\r\n")) >
                0);
    assert_true(str_find(csv, STR("73.17.01.2022,To'long,")) > 0);
    assert_true(str_find(csv, STR("\"'=HYPERLINK(\"\"x\"\")\",Larompong Selatan,tidak,,,,,,,,\r\n")) > 0);
}

static void invented_people_are_in_no_sum_unless_asked_for(void **state)
{
    (void)state;
    struct regency_village rows[] = {
        with(village("7317102003", "Sampano", "731710", "Larompong Selatan"), 10, 20, 8, 1, "2026-11", noon),
        with(village("7317102007", "Malewong", "731710", "Larompong Selatan"), 300, 400, 200, 5, "2026-11", noon),
    };
    const struct regency_village_rows all = {rows, 2};

    rows[1].is_sample = true;
    assert_int_equal(regency_samples(&all), 1);
    for (int asked = 0; asked < 2; asked++) {
        struct regency_lines lines = regency_lines_of(arena, &all, STR("2026-11"), asked == 1);
        struct regency_sum sum = regency_sum_of(&lines);
        struct str csv = regency_csv(arena, &lines, STR("2026-11"), ZONE_WITA);

        assert_int_equal(lines.n, asked == 1 ? 2 : 1);
        assert_int_equal(sum.f.men + sum.f.women, asked == 1 ? 730 : 30);
        assert_int_equal(regency_sums_by_district(arena, &lines).p[0].villages, asked == 1 ? 2 : 1);
        assert_int_equal(str_find(csv, STR("Malewong,Larompong Selatan,ya,300")) > 0, asked == 1);
    }
}

static void a_mean_is_rounded_half_up(void **state)
{
    (void)state;
    static const struct {
        uint64_t sum, whole;
        const char *text;
    } means[] = {{31186, 8520, "3,7"}, {3177, 1000, "3,2"}, {7, 2, "3,5"}, {65, 20, "3,3"},
                 {64, 20, "3,2"},      {0, 3, "0,0"},       {3, 3, "1,0"}, {1999, 1000, "2,0"}};

    for (size_t i = 0; i < COUNT_OF(means); i++)
        assert_true(str_is(regency_mean(arena, means[i].sum, means[i].whole), means[i].text));
}

/* A village that works: everything of today. */
static struct regency_line working(void)
{
    return (struct regency_line){.name = STR("Sampano"),
                                 .state = STR("active"),
                                 .is_hosted = true,
                                 .has_figures = true,
                                 .f = {900, 870, 480, 12},
                                 .complete_pct = 97,
                                 .computed_at = noon,
                                 .has_approver = true,
                                 .last_letter_at = noon,
                                 .active_at = noon};
}

static void needs_are(const struct regency_line *line, const char *first, size_t n)
{
    struct regency_needs needs = regency_needs_of(arena, line, noon);

    if (needs.n != n || (n > 0 && !str_is(needs.p[0].tag, first))) {
        print_error("%zu needs, first %.*s, not %zu, %s\n", needs.n, STR_ARG(needs.n > 0 ? needs.p[0].tag : STR("none")), n, first);
        _fail(__FILE__, __LINE__);
    }
    assert_true((needs.weight > 0) == (n > 0));
}

static void a_village_that_stumbles_says_why(void **state)
{
    (void)state;
    const utc_us day = (utc_us)86400 * US_PER_S;
    struct regency_line line = working();

    needs_are(&line, "", 0);
    line.computed_at = noon - 2 * day;
    needs_are(&line, "Angka terhenti 2 hari", 1);
    line = working();
    line.active_at = noon - 9 * day;
    needs_are(&line, "Tidak dipakai 9 hari", 1);
    line.active_at = noon - 6 * day;
    needs_are(&line, "", 0);
    line = working();
    line.last_letter_at = noon - 14 * day;
    needs_are(&line, "Tanpa surat 14 hari", 1);
    line.last_letter_at = 0;
    needs_are(&line, "Belum pernah menerbitkan surat", 1);
    line = working();
    line.waiting = 3;
    line.waiting_since = noon - 2 * day;
    needs_are(&line, "3 surat menunggu, terlama 2 hari", 1);
    line.has_approver = false; /* what waits for nobody is told first */
    needs_are(&line, "Kepala desa belum punya akun", 2);
    line = working();
    line.refused = 12;
    line.complete_pct = 79;
    line.stuck = 1;
    needs_are(&line, "1 antrean kerja berhenti", 3);
    line = working();
    line.state = STR("suspended");
    needs_are(&line, "Ditangguhkan", 1);
}

static void a_village_that_nobody_filled_in_is_told_apart(void **state)
{
    (void)state;
    struct regency_line line = working();

    line.f = (struct figures){0};
    assert_true(regency_needs_of(arena, &line, noon).is_blank);
    needs_are(&line, "Belum mengisi penduduk", 1);
    line.is_hosted = line.has_figures = false;
    needs_are(&line, "Belum memakai Balai", 1);
    line = working();
    line.f = (struct figures){0};
    line.state = STR("suspended");
    assert_false(regency_needs_of(arena, &line, noon).is_blank);
}

/* Twelve months up to November, as a village publishes them: 1,770 to 1,781 people, 0 to 11 letters, one born a month. */
static void year(struct regency_month out[REGENCY_MONTHS], const char *month, const char *september, const char *october)
{
    struct buf text = {.arena = arena};

    for (int i = 0; i < REGENCY_MONTHS; i++)
        buf_fmt(&text, "%d,%d,1,%s;", 1770 + i, i, i < 9 ? "x" : i == 9 ? september : i == 10 ? october : "-");
    regency_months_read(buf_str(&text), STR("2026-11"), str_c(month), out);
}

static void a_year_is_read_as_it_was_published(void **state)
{
    (void)state;
    struct regency_month months[REGENCY_MONTHS];

    year(months, "2026-11", "2026-10-08", "-");
    assert_true(months[0].is_set && !months[0].is_owed && months[0].people == 1770);
    assert_true(months[11].is_set && months[11].is_owed && months[11].people == 1781 && months[11].letters == 11);
    assert_int_equal(date_compare(months[9].closed_on, (struct date){.year = 2026, .month = 10, .day = 8}), 0);
    assert_true(date_is_none(months[10].closed_on));
    year(months, "2027-01", "x", "x"); /* it has sent nothing for two months */
    assert_int_equal(months[9].people, 1781);
    assert_false(months[10].is_set || months[11].is_set);
    regency_months_read(STR("abc;1,2;1,2,3,4,5;"), STR("2026-11"), STR("2026-11"), months);
    for (size_t i = 0; i < REGENCY_MONTHS; i++)
        assert_false(months[i].is_set && months[i].people > 1);
    regency_months_read(STR("1,2,3,-;"), STR(""), STR("2026-11"), months);
    assert_false(months[0].is_set);
}

static void what_a_village_owes_is_told_with_its_day(void **state)
{
    (void)state;
    struct regency_month months[REGENCY_MONTHS];
    struct regency_duty duties[REGENCY_DUTIES];
    const struct date today = {.year = 2026, .month = 11, .day = 24};

    year(months, "2026-11", "2026-10-10", "2026-11-14");
    assert_int_equal(regency_duties(arena, months, STR("2026-11"), today, duties), 3);
    assert_true(str_is(duties[0].period, "November 2026") && str_is(duties[0].due, "10-12-2026"));
    assert_true(str_is(duties[0].state, "Belum jatuh tempo") && str_is(duties[0].closed, "–"));
    assert_true(str_is(duties[1].state, "Telat 4 hari") && str_is(duties[1].tone, "kuning") && str_is(duties[1].closed, "14-11-2026"));
    assert_true(str_is(duties[2].state, "Tepat") && str_is(duties[2].tone, "hijau"));
    year(months, "2026-11", "x", "-");
    assert_int_equal(regency_duties(arena, months, STR("2026-11"), today, duties), 2); /* September was before it came */
    assert_true(str_is(duties[1].state, "Terlambat 14 hari") && str_is(duties[1].tone, "merah"));
    assert_int_equal(regency_duties(arena, months, STR("2026-11"), (struct date){.year = 2026, .month = 11, .day = 10}, duties), 2);
    assert_true(str_is(duties[1].state, "Belum jatuh tempo"));
    struct regency_line line = working();

    year(line.months, "2026-11", "x", "-");
    line.code = STR("7317102003");
    needs_are(&line, "Rekapitulasi Oktober belum ditutup", 1);
    year(line.months, "2026-11", "-", "-");
    needs_are(&line, "2 rekapitulasi belum ditutup", 1);
    year(line.months, "2026-11", "2026-10-30", "2026-11-01");
    needs_are(&line, "", 0);
}

/* The same year of a village that used Balai from its first month on, or from October. */
static void year_since(struct regency_month out[REGENCY_MONTHS], int first)
{
    struct buf text = {.arena = arena};

    for (int i = 0; i < REGENCY_MONTHS; i++)
        buf_fmt(&text, "%d,%d,1,%s;", 1770 + i, i < first ? 0 : i, i < first ? "x" : "-");
    regency_months_read(buf_str(&text), STR("2026-11"), STR("2026-11"), out);
}

static void a_year_is_drawn_from_end_to_end(void **state)
{
    (void)state;
    struct regency_month months[REGENCY_MONTHS];
    struct regency_trend trends[REGENCY_TRENDS];

    year_since(months, 0);
    assert_int_equal(regency_trends(arena, months, STR("2026-11"), false, trends), REGENCY_TRENDS);
    assert_true(str_is(trends[0].value, "1.781") && str_is(trends[0].note, "naik 11 dalam setahun"));
    assert_true(str_is(trends[0].from, "Des 2025") && str_is(trends[0].until, "Nov 2026") && str_empty(trends[0].blank));
    assert_true(str_starts(trends[0].points, STR("4,33 ")) && str_is(trends[0].x, "258") && str_is(trends[0].y, "26"));
    assert_true(str_starts(trends[1].points, STR("4,54 ")) && str_is(trends[1].y, "4")); /* 0 to 11; of 1,781 eleven are no cliff */
    assert_true(str_is(trends[1].note, "pada Nov 2026; 66 dalam setahun"));
    assert_true(str_is(trends[2].note, "pada Nov 2026; 12 dalam setahun") && str_is(trends[2].y, "29")); /* level: in the middle */
}

/* A birth that was written down late makes no month of one in which the village did not yet use Balai. */
static void before_the_first_month_stands_nothing(void **state)
{
    (void)state;
    struct regency_month months[REGENCY_MONTHS];
    struct regency_trend trends[REGENCY_TRENDS];

    year_since(months, 9);
    assert_int_equal(regency_trends(arena, months, STR("2026-11"), false, trends), REGENCY_TRENDS);
    assert_true(str_is(trends[0].note, "naik 2 sejak memakai Balai, Sep 2026") && str_is(trends[0].blank, "211"));
    assert_true(str_is(trends[1].note, "pada Nov 2026; 30 sejak memakai Balai, Sep 2026") && str_starts(trends[1].points, STR("211,")));
    assert_true(str_is(trends[2].note, "pada Nov 2026; 3 sejak memakai Balai, Sep 2026"));
    year_since(months, 11);
    assert_int_equal(regency_trends(arena, months, STR("2026-11"), false, trends), REGENCY_TRENDS);
    assert_true(str_empty(trends[0].points) && str_is(trends[0].blank, "258") && str_is(trends[1].note, "pada Nov 2026"));
    year_since(months, 12);
    assert_int_equal(regency_trends(arena, months, STR("2026-11"), false, trends), 0);
    /* nothing was sent since */
    regency_months_read(STR("9,0,0,x;9,0,0,x;9,0,0,x;9,0,0,x;9,0,0,x;9,0,0,x;9,0,0,x;9,0,0,x;9,0,0,x;9,0,0,x;1,0,0,x;2,3,0,-;"),
                        STR("2026-02"), STR("2026-11"), months);
    assert_int_equal(regency_trends(arena, months, STR("2026-11"), false, trends), REGENCY_TRENDS);
    assert_true(str_is(trends[0].value, "2") && str_is(trends[0].until, "Feb 2026"));
}

static void sums_say_of_how_many_villages_and_from_when(void **state)
{
    (void)state;
    struct regency_line line[3] = {working(), working(), working()};
    const struct regency_lines lines = {line, 2}, all = {line, 3};
    struct regency_trend trends[REGENCY_TRENDS];

    for (size_t i = 0; i < 2; i++)
        year_since(line[i].months, 6);
    year_since(line[2].months, 9);
    struct regency_sum sum = regency_sum_of(&lines);

    assert_int_equal(regency_trends(arena, sum.months, STR("2026-11"), true, trends), REGENCY_TRENDS);
    assert_true(str_is(trends[0].value, "3.562") && str_is(trends[0].note, "naik 10 sejak Jun 2026, dari 2 desa"));
    assert_true(str_is(trends[2].note, "pada Nov 2026; 12 sejak Jun 2026, dari 2 desa"));
    sum = regency_sum_of(&all); /* the third came in September: no growth */
    assert_int_equal(regency_trends(arena, sum.months, STR("2026-11"), true, trends), REGENCY_TRENDS);
    assert_true(str_is(trends[0].note, "dari 3 desa; 2 desa pada Jun 2026"));
    assert_true(str_is(trends[2].note, "pada Nov 2026; 15 sejak Jun 2026, dari 3 desa"));
}

static void a_telephone_is_dialled_from_anywhere(void **state)
{
    (void)state;
    static const char *const said[][2] = {{"0812 0000 0000", "6281200000000"},
                                          {"(0471) 321-098", "62471321098"},
                                          {"+62 812-0000-0311", "6281200000311"},
                                          {"belum ada", ""},
                                          {"0812", ""},
                                          {"", ""}};

    for (size_t i = 0; i < COUNT_OF(said); i++)
        assert_true(str_is(regency_phone(arena, str_c(said[i][0])), said[i][1]));
}

static void a_nik_in_a_note_is_found_and_days_and_telephones_are_none(void **state)
{
    (void)state;
    static const char *const held[] = {"7317104101900001",
                                       "Ditelepon 7317 1041 0190 0001",
                                       "7317/1041/0190/0001",
                                       "7317,1041,0190,0001",
                                       "7317_1041_0190_0001",
                                       "7317\u20131041\u20130190\u20130001",
                                       "7317 / 1041 / 0190 / 0001",
                                       "73.17.10.410190.0001",
                                       "\uff17\uff13\uff11\uff17\uff11\uff10\uff14\uff11\uff10\uff11\uff19\uff10\uff10\uff10\uff10\uff11",
                                       "NIK7317104101900001a",
                                       "0000000000000001",
                                       "0812 3456 7890 7317104101900001",
                                       "01-12-2026 7317104101900001",
                                       "7317-1008-0890-0001",
                                       "(7317)(1041)(0190)(0001)",
                                       "[731710] [410190] [0001]",
                                       "73171041 dan 01900001",
                                       "73171041\n01900001",
                                       "7317 a 1041 b 0190 c 0001",
                                       "731710, lalu 410190, terakhir 0001",
                                       "731710 410190 0001",
                                       "No. 1: 7317 1041 0190 0001, Budi",
                                       "73171041019000012",
                                       "KK 7317100101010001",
                                       "7.317.104.101.900.001",
                                       "9171010101010001 dari Papua"};
    static const char *const fine[] = {"Kunjungan 01-12-2026 - 05-12-2026",
                                       "01/12/2026 05/12/2026",
                                       "2026-12-01 2026-12-05 2026-12-09",
                                       "Telepon 0812-3456-7890 0813 222",
                                       "+62 812-3456-7890, +62 811 222 3333",
                                       "+62 812-3456-7890 0813-2222-3333",
                                       "731710410190000",
                                       "12 rumah, 345 warga, 2026",
                                       "Rp 1.250.000.000, 1.300.000.000",
                                       "tahun 2024 2025 2026 2027",
                                       "2024/2025/2026/2027",
                                       "2021, 2022, 2023, 2024 dan 2025",
                                       "1999 2000 2001 2002 2003",
                                       "Rp 7.317.101.010.101.010",
                                       "Rp7.317.101.010.101.010,00",
                                       "Rp. 7317101010101010",
                                       "anggaran Rp 1.250.000 dan Rp 7.317.101.010",
                                       "7 Maret 2026 sampai 10 April 2026: 12 rumah dan 345 KK",
                                       "Rekening 1234 5678 9012 3456",
                                       "rekening 5099887766554433",
                                       "RT 001, RW 002, 12 rumah, 1.781 warga",
                                       ""};

    for (size_t i = 0; i < COUNT_OF(held); i++)
        if (!str_is(regency_note_fault(arena, str_c(held[i])), "Catatan ini memuat nomor sepanjang NIK. Tulis tanpa NIK dan nomor KK."))
            WRONG("not found: %s\n", held[i]);
    for (size_t i = 0; i < COUNT_OF(fine); i++)
        if (regency_note_fault(arena, str_c(fine[i])).n > 0)
            WRONG("refused: %s\n", fine[i]);
}

static void a_village_has_its_place_among_those_of_its_district(void **state)
{
    (void)state;
    struct regency_lines lines = four();
    struct regency_place places[REGENCY_PLACES];

    assert_int_equal(regency_places(&lines, &lines.p[1], places), REGENCY_PLACES);
    assert_int_equal(places[0].mine, 810);
    assert_int_equal(places[0].mean, 1290); /* of 1.770 and 810; who sent nothing is not counted */
    assert_int_equal(places[0].place, 2);
    assert_int_equal(places[0].of, 2);
    assert_int_equal(places[0].alike, 1);
    lines.p[0].complete_pct = lines.p[1].complete_pct;
    assert_int_equal(regency_places(&lines, &lines.p[1], places), REGENCY_PLACES);
    assert_int_equal(places[3].alike, 2);                             /* one figure in both: none is before the other */
    assert_int_equal(regency_places(&lines, &lines.p[2], places), 0); /* sent nothing itself */
    lines.p[0].is_sample = true;
    assert_int_equal(regency_places(&lines, &lines.p[1], places), 0); /* invented people are nobody's neighbours */
}

/* The compiler itself keeps this room out of the villages. */
static void including_a_village_from_the_regency_does_not_compile(void **state)
{
    (void)state;
    const char *begin = "printf '#include \"server/web/%s.h\"\\nint x;\\n'";
    const char *rest = " | cc -std=gnu11 -D_GNU_SOURCE -DBALAI_ROOM_tenants_regency -I" BALAI_SOURCE_DIR " -I" BALAI_BUILD_DIR
                       "/gen -fsyntax-only -x c - 2>/dev/null";
    static const char *const files[] = {"web", "village"};

    for (size_t i = 0; i < COUNT_OF(files); i++) {
        struct str head = str_replace(arena, str_c(begin), STR("%s"), str_c(files[i]));
        int status = system(str_z(arena, str_fmt(arena, "%.*s%s", STR_ARG(head), rest)));

        assert_int_equal(status == 0, i == 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(villages_that_published_are_summed),
        cmocka_unit_test(letters_of_another_month_are_not_this_months),
        cmocka_unit_test(districts_add_up_to_the_regency),
        cmocka_unit_test(the_list_is_ordered_by_any_column),
        cmocka_unit_test(the_age_of_data_is_said_in_words),
        cmocka_unit_test(the_csv_has_a_line_a_village_and_no_formulas),
        cmocka_unit_test(invented_people_are_in_no_sum_unless_asked_for),
        cmocka_unit_test(a_mean_is_rounded_half_up),
        cmocka_unit_test(a_village_that_stumbles_says_why),
        cmocka_unit_test(a_village_that_nobody_filled_in_is_told_apart),
        cmocka_unit_test(a_year_is_read_as_it_was_published),
        cmocka_unit_test(what_a_village_owes_is_told_with_its_day),
        cmocka_unit_test(a_year_is_drawn_from_end_to_end),
        cmocka_unit_test(before_the_first_month_stands_nothing),
        cmocka_unit_test(sums_say_of_how_many_villages_and_from_when),
        cmocka_unit_test(a_telephone_is_dialled_from_anywhere),
        cmocka_unit_test(a_nik_in_a_note_is_found_and_days_and_telephones_are_none),
        cmocka_unit_test(a_village_has_its_place_among_those_of_its_district),
        cmocka_unit_test(including_a_village_from_the_regency_does_not_compile),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
