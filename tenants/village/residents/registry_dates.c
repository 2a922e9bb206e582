// SPDX-License-Identifier: AGPL-3.0-or-later
/* Dates as people write them. */
#include "server/base/text.h"
#include "tenants/village/residents/registry_rows.h"

static const struct {
    const char *word;
    int month;
} months[] = {{"januari", 1},  {"january", 1}, {"jan", 1},       {"i", 1},         {"februari", 2},  {"pebruari", 2},  {"february", 2},
              {"feb", 2},      {"peb", 2},     {"ii", 2},        {"maret", 3},     {"march", 3},     {"mar", 3},       {"mrt", 3},
              {"iii", 3},      {"april", 4},   {"apr", 4},       {"iv", 4},        {"mei", 5},       {"may", 5},       {"v", 5},
              {"juni", 6},     {"june", 6},    {"jun", 6},       {"vi", 6},        {"juli", 7},      {"july", 7},      {"jul", 7},
              {"vii", 7},      {"agustus", 8}, {"august", 8},    {"agu", 8},       {"agt", 8},       {"ags", 8},       {"agst", 8},
              {"aug", 8},      {"viii", 8},    {"september", 9}, {"sept", 9},      {"sep", 9},       {"ix", 9},        {"oktober", 10},
              {"october", 10}, {"okt", 10},    {"oct", 10},      {"x", 10},        {"november", 11}, {"nopember", 11}, {"nov", 11},
              {"nop", 11},     {"xi", 11},     {"desember", 12}, {"december", 12}, {"des", 12},      {"dec", 12},      {"xii", 12}};
static const char *const weekdays[] = {"senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu", "tgl", "tanggal"};

enum { WORDS_MAX = 4 };

struct words {
    struct str p[WORDS_MAX];
    size_t n;
    bool is_other; /* more of them, or a sign no date has */
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_weekday(struct str word)
{
    for (size_t i = 0; i < COUNT_OF(weekdays); i++)
        if (str_is(word, weekdays[i]))
            return true;
    return false;
}

/* Runs of digits and runs of letters; what stands between them is only a sign. */
static struct words words_of(struct str s)
{
    struct words w = {.n = 0};

    for (size_t i = 0; i < s.n;) {
        size_t from = i;
        bool digits = is_digit(s.p[i]);
        if (strchr(" -/.,;:|_\\", s.p[i]) != NULL) {
            i++;
            continue;
        }
        while (i < s.n && (digits ? is_digit(s.p[i]) : s.p[i] >= 'a' && s.p[i] <= 'z'))
            i++;
        struct str word = str_part(s, from, i - from);
        w.is_other |= i == from || w.n == WORDS_MAX;
        if (w.is_other)
            return w;
        if (!is_weekday(word))
            w.p[w.n++] = word;
    }
    return w;
}

static int number_of(struct str s)
{
    uint64_t n;

    return s.n > 0 && s.n <= 4 && str_to_u64(s, &n) ? (int)n : -1;
}

static int month_of(struct str word)
{
    if (word.n > 0 && is_digit(word.p[0]))
        return word.n <= 2 ? number_of(word) : -1;
    for (size_t i = 0; i < COUNT_OF(months); i++)
        if (str_is(word, months[i].word))
            return months[i].month;
    return -1;
}

static bool make(struct str year, struct str month, struct str day, struct date *out)
{
    *out = (struct date){number_of(year), month_of(month), day.n <= 2 ? number_of(day) : -1};
    return year.n == 4 && out->month > 0 && out->day > 0 && date_is_valid(*out);
}

/* "20021968", "19680220". */
static bool eight(struct str s, struct date *out)
{
    struct date forward, backward;
    bool is_forward = make(str_from(s, 4), str_part(s, 2, 2), str_part(s, 0, 2), &forward) && forward.year >= 1800 && forward.year < 2200;
    bool is_backward = make(str_part(s, 0, 4), str_part(s, 4, 2), str_from(s, 6), &backward) && backward.year >= 1800 &&
                       backward.year < 2200;

    *out = is_forward ? forward : backward;
    return is_forward != is_backward;
}

static bool is_zero(struct str s)
{
    bool has_digit = false;

    for (size_t i = 0; i < s.n; i++) {
        has_digit |= is_digit(s.p[i]);
        if (s.p[i] != '0' && strchr("-/. :", s.p[i]) == NULL)
            return false;
    }
    return has_digit;
}

/* "Larompong, 03-12-1978": where the date begins. */
static size_t before_place(struct arena *arena, struct str s, struct str *place_out)
{
    ptrdiff_t comma = str_find_char(s, ',');
    struct str place = comma > 0 ? str_part(s, 0, (size_t)comma) : STR("");

    for (size_t i = 0; i < place.n; i++)
        if (is_digit(place.p[i]))
            return 0;
    if (str_empty(place) || is_weekday(str_lower(arena, place)))
        return 0;
    *place_out = str_trim(place);
    return (size_t)comma + 1;
}

enum date_text registry_date_text(struct arena *arena, struct str s, struct date *out, struct str *place_out)
{
    struct words w;

    *place_out = STR("");
    s = str_replace(arena, str_replace(arena, s, STR("\xE2\x80\x93"), STR("-")), STR("\xE2\x80\x94"), STR("-"));
    if (is_zero(s) || str_starts(s, STR("-0001-11-30")))
        return DATE_ZERO;
    s = str_trim(str_from(s, before_place(arena, s, place_out)));
    w = words_of(str_lower(arena, s));
    if (w.is_other)
        return DATE_UNREADABLE;
    if (w.n == 1 && w.p[0].n == 8)
        return eight(w.p[0], out) ? DATE_READ : DATE_UNREADABLE;
    if (w.n != 3)
        return DATE_UNREADABLE;
    if (make(w.p[0], w.p[1], w.p[2], out) || make(w.p[2], w.p[1], w.p[0], out) || make(w.p[2], w.p[0], w.p[1], out)) {
        /* "12-31-1990": which is the month is not guessed where both are numbers */
        bool is_swapped = !is_digit(w.p[0].p[0]) || w.p[0].n == 4 || month_of(w.p[1]) == out->month;
        return is_swapped ? DATE_READ : DATE_UNREADABLE;
    }
    bool has_short_year = w.p[2].n == 2 && is_digit(w.p[2].p[0]) && w.p[0].n <= 2 && month_of(w.p[1]) > 0 && month_of(w.p[1]) < 13;
    return has_short_year ? DATE_SHORT_YEAR : DATE_UNREADABLE;
}
