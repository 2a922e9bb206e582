// SPDX-License-Identifier: AGPL-3.0-or-later
/* Numbers and dates as Indonesians write them, and in words. */
#include "tests/unit/server/paper/paper_support.h"

#include "server/paper/words.h"

struct converted {
    const char *value, *wanted; /* NULL: cannot be */
};

static void assert_converts(enum conversion as, const struct converted *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct str out = STR_NONE;
        bool is_good = convert_text(arena, as, str_c(cases[i].value), &out);
        if (is_good != (cases[i].wanted != NULL) || (is_good && !str_is(out, cases[i].wanted)))
            fail_msg("\"%s\" is \"%.*s\"", cases[i].value, STR_ARG(out));
    }
}

static void numbers_are_read_as_they_are_written(void **state)
{
    static const struct converted cases[] = {
        {"1500000", "1.500.000"},
        {"1.500.000", "1.500.000"},
        {" Rp 1.500.000 ", "1.500.000"},
        {"Rp. 1.500.000,-", "1.500.000"},
        {"rp1.500.000,--", "1.500.000"},
        {"RP\xC2\xA0"
         "1.500.000,00",
         "1.500.000"},
        {"1.500.000,50", "1.500.000,50"},
        {"0", "0"},
        {"007", "7"},
        {"12,3456", "12,3456"},
        {"12,34560", "12,3456"},
        {"12,00", "12"},
        {"0,05", "0,05"},
        {"-12,5", "-12,5"},
        {"- Rp 500", "-500"},
        {"Rp -500", "-500"},
        {"\xE2\x88\x92"
         "5",
         "-5"},
        {"99999999999999", "99.999.999.999.999"},
        {"100000000000000", NULL}, /* 15 digits */
        {"12,34567", NULL},
        {"1.5", NULL}, /* one and a half, or fifteen hundred mistyped */
        {"1.50.000", NULL},
        {"1500.000", NULL},
        {"1.500.00", NULL},
        {"1,500,000", NULL},
        {".500", NULL},
        {"5.", NULL},
        {"5,", NULL},
        {"Rp", NULL},
        {"", NULL},
        {"lima", NULL},
        {"5 orang", NULL},
        {"5\r", NULL},
        {"\r5", NULL},
        {"0x10", NULL},
        {"1e3", NULL},
        {"1/4", NULL},
        {"--5", NULL},
    };

    (void)state;
    assert_converts(AS_NUMBER, cases, COUNT_OF(cases));
}

static void numbers_in_words(void **state)
{
    static const struct converted plain[] = {
        {"0", "nol"},
        {"1", "satu"},
        {"10", "sepuluh"},
        {"11", "sebelas"},
        {"12", "dua belas"},
        {"19", "sembilan belas"},
        {"20", "dua puluh"},
        {"21", "dua puluh satu"},
        {"100", "seratus"},
        {"101", "seratus satu"},
        {"111", "seratus sebelas"},
        {"999", "sembilan ratus sembilan puluh sembilan"},
        {"1.000", "seribu"},
        {"1.001", "seribu satu"},
        {"2.000", "dua ribu"},
        {"11.000", "sebelas ribu"},
        {"101.000", "seratus satu ribu"},
        {"1.000.000", "satu juta"},
        {"1.001.000", "satu juta seribu"},
        {"1.500.000", "satu juta lima ratus ribu"},
        {"2.345.678.910", "dua miliar tiga ratus empat puluh lima juta enam ratus tujuh puluh delapan ribu sembilan ratus sepuluh"},
        {"1.000.000.000.000", "satu triliun"},
        {"99.000.000.000.000", "sembilan puluh sembilan triliun"},
        {"2,5", "dua koma lima"},
        {"0,05", "nol koma nol lima"},
        {"12,3040", "dua belas koma tiga nol empat"},
        {"-7", "minus tujuh"},
        {"Rp 1.500.000", "satu juta lima ratus ribu rupiah"},
        {"Rp 2,50", "dua rupiah lima puluh sen"},
        {"Rp 2,505", "dua koma lima nol lima rupiah"},
        {"sepuluh", NULL},
    };
    static const struct converted money[] = {{"1500", "seribu lima ratus rupiah"}, {"Rp 0", "nol rupiah"}, {"x", NULL}};
    static const struct converted dots[] = {{"1500000", "Rp 1.500.000"}, {"Rp 1500,5", "Rp 1.500,50"}, {"-3", "-Rp 3"}, {"", NULL}};
    static const struct converted roman[] = {{"1", "I"},     {"4", "IV"}, {"11", "XI"}, {"1999", "MCMXCIX"}, {"3.999", "MMMCMXCIX"},
                                             {"4000", NULL}, {"0", NULL}, {"-1", NULL}, {"1,5", NULL},       {"XI", NULL}};

    (void)state;
    assert_converts(AS_WORDS, plain, COUNT_OF(plain));
    assert_converts(AS_MONEY_WORDS, money, COUNT_OF(money));
    assert_converts(AS_MONEY, dots, COUNT_OF(dots));
    assert_converts(AS_ROMAN, roman, COUNT_OF(roman));
}

static void days_and_the_other_calendar(void **state)
{
    static const struct converted hijri[] = {
        {"2000-01-01", "24 Ramadan 1420 H"},
        {"19-07-2023", "1 Muharam 1445 H"},
        {"18 Juli 2023", "29 Zulhijah 1444 H"},
        {"Selasa, 24 November 2026", "13 Jumadilakhir 1448 H"},
        {"18 februari 2026", "1 Ramadan 1447 H"},
        {"10/04/2024", "1 Syawal 1445 H"},
        {"0622-07-19", "1 Muharam 1 H"}, /* 16 July of the Julian calendar */
        {"0622-07-18", NULL},
        {"31 April 2026", NULL},
        {"30 Februari 2026", NULL},
        {"24 November", NULL},
        {"24 Nopember 2026", "13 Jumadilakhir 1448 H"},
        {"kemarin", NULL},
        {"", NULL},
    };
    static const struct converted weekday[] = {{"17 Agustus 1945", "Jumat"}, {"2026-11-29", "Minggu"}, {"29-11-26", NULL}};

    (void)state;
    assert_converts(AS_HIJRI, hijri, COUNT_OF(hijri));
    assert_converts(AS_WEEKDAY, weekday, COUNT_OF(weekday));
}

/* Every day of 900 years: the next is the next of its month, or the first of the next month after 29 or 30. */
static void no_day_is_left_out(void **state)
{
    long day = 0, year = 0;
    char month[20] = "";

    (void)state;
    for (int64_t days = date_to_days((struct date){1200, 1, 1}); days < date_to_days((struct date){2100, 1, 1}); days++) {
        struct str text;
        char name[20];
        long number, in_year;
        assert_true(convert_text(arena, AS_HIJRI, date_iso(arena, date_from_days(days)), &text));
        assert_int_equal(sscanf(str_z(arena, text), "%ld %19s %ld H", &number, name, &in_year), 3);
        if (day > 0 && number == 1) {
            assert_true(day == 29 || day == 30);
            assert_string_not_equal(name, month);
            assert_true(in_year == year || (in_year == year + 1 && strcmp(name, "Muharam") == 0));
        } else if (day > 0) {
            assert_int_equal(number, day + 1);
            assert_string_equal(name, month);
        }
        day = number;
        year = in_year;
        strcpy(month, name);
        if (days % 1000 == 0)
            arena_reset(arena);
    }
    assert_int_equal(year, 1523);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(numbers_are_read_as_they_are_written),
        TEST(numbers_in_words),
        TEST(days_and_the_other_calendar),
        TEST(no_day_is_left_out),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
