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
    if (year.n == 2 && is_digit(year.p[0]))
        out->year += 2000; /* which century is settled with what stands beside it */
    else if (year.n != 4)
        return false;
    return out->month > 0 && out->day > 0 && date_is_valid(*out);
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

/* Day, month and year in three words. */
static bool three(const struct words *w, struct date_said *out)
{
    const struct str *p = w->p;
    struct date other;
    bool has_numbers = is_digit(p[0].p[0]) && is_digit(p[1].p[0]);

    if (p[0].n == 4 && make(p[0], p[1], p[2], &out->d))
        return p[2].n <= 2;
    bool is_day = make(p[2], p[1], p[0], &out->d), is_month = make(p[2], p[0], p[1], &other);
    out->is_short_year = p[2].n == 2;
    out->is_swappable = has_numbers && is_day && is_month && out->d.day != out->d.month;
    out->is_day_first = has_numbers && is_day && !is_month;
    out->is_month_first = has_numbers && !is_day && is_month;
    if (!is_day)
        out->d = other;
    return is_day || is_month;
}

/* Day, month and year that follow one another without a sign, the first two of so many digits. */
static bool cut(struct str s, size_t day, size_t month, struct date_said *out)
{
    const struct words w = {{str_part(s, 0, day), str_part(s, day, month), str_from(s, day + month)}, 3, false};

    return three(&w, out) && out->d.year >= 1800 && out->d.year < 2200;
}

/* "20021968", "19680220"; "9102010" (its zero is lost) or "2592010" (it never had one); "112010"; "311290". */
static bool unbroken(struct str s, struct date_said *out)
{
    const struct date_said none = {.place = out->place, .is_unbroken = true};
    struct date_said wide = none, narrow = none, backward = {.place = out->place};
    const bool is_wide = cut(s, s.n == 7 ? 1 : 2, 2, &wide) && (s.n == 8 || !wide.is_month_first);
    const bool is_narrow = s.n < 8 && cut(s, s.n - 5, 1, &narrow) && !narrow.is_month_first;
    const bool is_backward = s.n == 8 && make(str_part(s, 0, 4), str_part(s, 4, 2), str_from(s, 6), &backward.d) &&
                             backward.d.year >= 1800 && backward.d.year < 2200; /* no year of such is a month and a day, too */

    *out = is_wide ? wide : is_narrow ? narrow : backward;
    out->is_zeroless = is_narrow && !is_wide;
    out->is_open_width = is_narrow && is_wide;
    return is_wide || is_narrow || is_backward;
}

bool registry_date_text(struct arena *arena, struct str s, struct date_said *out)
{
    struct words w;

    *out = (struct date_said){.place = STR("")};
    s = str_replace(arena, str_replace(arena, s, STR("\xE2\x80\x93"), STR("-")), STR("\xE2\x80\x94"), STR("-"));
    out->is_zero = is_zero(s) || str_starts(s, STR("-0001-11-30"));
    if (out->is_zero)
        return false;
    s = str_trim(str_from(s, before_place(arena, s, &out->place)));
    w = words_of(str_lower(arena, s));
    if (w.is_other)
        return false;
    if (w.n == 1 && w.p[0].n >= 6 && w.p[0].n <= 8 && is_digit(w.p[0].p[0]))
        return unbroken(w.p[0], out);
    return w.n == 3 && three(&w, out);
}

const char *registry_date_fault(enum column_kind kind, struct date d, struct date today)
{
    if (kind != KIND_UNTIL && date_compare(d, today) > 0)
        return "Tanggal ini belum tiba.";
    if (kind == KIND_BIRTH && date_age(d, today) > 130)
        return "Tanggal lahir ini lebih dari 130 tahun yang lalu.";
    return d.year < 1800 || d.year > today.year + 100 ? "Tahunnya tidak masuk akal." : NULL;
}
