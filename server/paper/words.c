// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/paper/words.h"

#include "server/base/text.h"
#include "server/base/typed.h"

/* Takes text off the front, whatever its case. */
static bool take(struct str *s, const char *lower)
{
    size_t n = strlen(lower);

    for (size_t i = 0; i < n; i++) {
        char c = i < s->n ? s->p[i] : '\0';
        if (c != lower[i] && !(c >= 'A' && c <= 'Z' && c + ('a' - 'A') == lower[i]))
            return false;
    }
    *s = str_from(*s, n);
    return true;
}

static void skip_blanks(struct str *s)
{
    while (take(s, " ") || take(s, "\xC2\xA0"))
        ;
}

static bool is_digit(struct str s)
{
    return s.n > 0 && s.p[0] >= '0' && s.p[0] <= '9';
}

/* Digits, or groups of three behind dots; at most 14 digits. */
static bool take_whole(struct str *s, int64_t *out)
{
    size_t digits = 0, group = 0;
    bool has_dot = false;

    for (*out = 0;;) {
        if (is_digit(*s)) {
            *out = *out * 10 + (s->p[0] - '0');
            group++;
            if (++digits > 14 || (has_dot && group > 3))
                return false;
        } else if (s->n > 1 && s->p[0] == '.' && is_digit(str_from(*s, 1))) {
            if (group == 0 || group > 3 || (has_dot && group != 3))
                return false;
            has_dot = true;
            group = 0;
        } else {
            return digits > 0 && (!has_dot || group == 3);
        }
        *s = str_from(*s, 1);
    }
}

/* ",5", ",50", ",-" */
static bool take_decimals(struct str *s, int64_t *parts, int *decimals)
{
    int64_t worth = AMOUNT_ONE / 10;

    if (!take(s, ","))
        return true;
    if (take(s, "-")) {
        (void)take(s, "-");
        return true;
    }
    if (!is_digit(*s))
        return false;
    for (; is_digit(*s); worth /= 10, *s = str_from(*s, 1)) {
        if (worth == 0 && s->p[0] != '0')
            return false;
        *parts += worth * (s->p[0] - '0');
        *decimals += worth > 0;
    }
    return true;
}

bool amount_read(struct str text, struct amount *out)
{
    bool is_negative;
    int64_t whole, parts = 0;

    out->decimals = 0;
    skip_blanks(&text);
    is_negative = take(&text, "-") || take(&text, "\xE2\x88\x92"); /* the minus sign */
    skip_blanks(&text);
    out->is_money = take(&text, "rp");
    if (out->is_money) {
        (void)take(&text, ".");
        skip_blanks(&text);
        is_negative |= take(&text, "-");
    }
    if (!take_whole(&text, &whole) || !take_decimals(&text, &parts, &out->decimals))
        return false;
    skip_blanks(&text);
    out->parts = (whole * AMOUNT_ONE + parts) * (is_negative ? -1 : 1);
    return text.n == 0;
}

bool day_read(struct arena *arena, struct str text, struct date *out)
{
    ptrdiff_t comma = str_find_char(text, ',');

    return date_typed(text_tidy(arena, comma < 0 ? text : str_from(text, (size_t)comma + 1)), 0, out);
}

static void put_word(struct buf *out, const char *word)
{
    if (out->n > 0)
        buf_put_char(out, ' ');
    buf_put_str(out, str_c(word));
}

static const char *const digits[] = {"nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"};

/* 1 to 999 */
static void put_hundreds(struct buf *out, unsigned n)
{
    if (n >= 200)
        put_word(out, digits[n / 100]);
    if (n >= 100)
        put_word(out, n >= 200 ? "ratus" : "seratus");
    n %= 100;
    if (n == 10 || n == 11) {
        put_word(out, n == 10 ? "sepuluh" : "sebelas");
        return;
    }
    if (n > 11 && n < 20) {
        put_word(out, digits[n - 10]);
        put_word(out, "belas");
        return;
    }
    if (n >= 20) {
        put_word(out, digits[n / 10]);
        put_word(out, "puluh");
    }
    if (n % 10 > 0)
        put_word(out, digits[n % 10]);
}

static void put_whole(struct buf *out, int64_t n)
{
    static const struct {
        int64_t worth;
        const char *name;
    } steps[] = {{INT64_C(1000000000000), "triliun"}, {1000000000, "miliar"}, {1000000, "juta"}, {1000, "ribu"}};

    if (n == 0)
        put_word(out, digits[0]);
    for (size_t i = 0; i < COUNT_OF(steps); i++) {
        int64_t count = n / steps[i].worth;
        n %= steps[i].worth;
        if (count == 0)
            continue;
        if (count == 1 && steps[i].worth == 1000) {
            put_word(out, "seribu");
            continue;
        }
        put_hundreds(out, (unsigned)count);
        put_word(out, steps[i].name);
    }
    if (n > 0)
        put_hundreds(out, (unsigned)n);
}

static struct str in_words(struct arena *arena, struct amount amount, bool is_money)
{
    struct buf out = {.arena = arena};
    int64_t whole, parts;

    if (amount.parts < 0)
        put_word(&out, "minus");
    whole = (amount.parts < 0 ? -amount.parts : amount.parts) / AMOUNT_ONE;
    parts = (amount.parts < 0 ? -amount.parts : amount.parts) % AMOUNT_ONE;
    put_whole(&out, whole);
    if (is_money && parts % (AMOUNT_ONE / 100) == 0) { /* whole cents */
        put_word(&out, "rupiah");
        if (parts > 0) {
            put_whole(&out, parts / (AMOUNT_ONE / 100));
            put_word(&out, "sen");
        }
        return buf_str(&out);
    }
    if (parts > 0)
        put_word(&out, "koma");
    for (int64_t worth = AMOUNT_ONE / 10; parts > 0; parts %= worth, worth /= 10)
        put_word(&out, digits[parts / worth]);
    if (is_money)
        put_word(&out, "rupiah");
    return buf_str(&out);
}

/* Of money cents as two digits, else as many as were written; none of a whole number. */
static struct str in_digits(struct arena *arena, struct amount amount, bool is_money)
{
    int64_t parts = amount.parts < 0 ? -amount.parts : amount.parts, below = parts % AMOUNT_ONE;
    struct buf out = {.arena = arena};
    int decimals = AMOUNT_DECIMALS, least = is_money && amount.decimals < 2 ? 2 : amount.decimals;

    buf_fmt(&out, "%s%s%.*s", amount.parts < 0 ? "-" : "", is_money ? "Rp " : "", STR_ARG(number_text(arena, parts / AMOUNT_ONE)));
    if (below == 0)
        return buf_str(&out);
    while (below % 10 == 0 && decimals > least) {
        below /= 10;
        decimals--;
    }
    buf_fmt(&out, ",%0*" PRId64, decimals, below);
    return buf_str(&out);
}

struct str roman_text(struct arena *arena, unsigned n)
{
    static const struct {
        unsigned value;
        const char *text;
    } parts[] = {{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"}, {90, "xc"}, {50, "l"},
                 {40, "xl"},  {10, "x"},   {9, "ix"},  {5, "v"},    {4, "iv"},  {1, "i"}};
    struct buf out = {.arena = arena};

    for (size_t i = 0; i < COUNT_OF(parts); i++)
        for (; n >= parts[i].value; n -= parts[i].value)
            buf_put_str(&out, str_c(parts[i].text));
    return buf_str(&out);
}

bool convert_amount(struct arena *arena, enum conversion as, struct amount amount, struct str *out)
{
    switch (as) {
    case AS_WORDS:
    case AS_MONEY_WORDS:
        *out = in_words(arena, amount, as == AS_MONEY_WORDS || amount.is_money);
        return true;
    case AS_ROMAN:
        if (amount.parts % AMOUNT_ONE != 0 || amount.parts < AMOUNT_ONE || amount.parts > INT64_C(3999) * AMOUNT_ONE)
            return false;
        *out = text_upper(arena, roman_text(arena, (unsigned)(amount.parts / AMOUNT_ONE)));
        return true;
    case AS_NUMBER:
        *out = in_digits(arena, amount, false);
        return true;
    case AS_MONEY:
    case AS_IT_IS:
        *out = in_digits(arena, amount, as == AS_MONEY || amount.is_money);
        return true;
    case AS_HIJRI:
    case AS_WEEKDAY:
        break;
    }
    return false;
}

/*
 * The arithmetical (tabular, civil) Islamic calendar: 30 years of which the 2nd, 5th, 7th, 10th, 13th, 16th, 18th, 21st, 24th,
 * 26th and 29th have a day more; 1 Muharam 1 is 16 July 622 of the Julian calendar (Reingold and Dershowitz, Calendrical Calculations).
 * What is announced after the moon was seen may differ by a day. Days are counted from 1 Muharam 1, which is 0.
 */
static int64_t hijri_days(int64_t year, int64_t month)
{
    return 29 * (month - 1) + (6 * month - 1) / 11 + (year - 1) * 354 + (3 + 11 * year) / 30;
}

static bool hijri_text(struct arena *arena, struct date day, struct str *out)
{
    static const char *const names[] = {"Muharam", "Safar",   "Rabiulawal", "Rabiulakhir", "Jumadilawal", "Jumadilakhir",
                                        "Rajab",   "Syakban", "Ramadan",    "Syawal",      "Zulkaidah",   "Zulhijah"};
    static const int64_t epoch = -492148; /* 1 Muharam 1, in days since 1970 */
    int64_t days = date_to_days(day) - epoch, year, month;

    if (days < 0)
        return false;
    year = (30 * days + 10646) / 10631;
    month = (11 * (days - hijri_days(year, 1)) + 330) / 325;
    *out = str_fmt(arena, "%" PRId64 " %s %" PRId64 " H", days - hijri_days(year, month) + 1, names[month - 1], year);
    return true;
}

bool convert_text(struct arena *arena, enum conversion as, struct str value, struct str *out)
{
    struct amount amount;
    struct date day;

    if (as == AS_IT_IS) {
        *out = value;
        return true;
    }
    if (as != AS_HIJRI && as != AS_WEEKDAY)
        return amount_read(value, &amount) && convert_amount(arena, as, amount, out);
    if (!day_read(arena, value, &day))
        return false;
    if (as == AS_HIJRI)
        return hijri_text(arena, day, out);
    *out = date_weekday_long(arena, day);
    *out = str_part(*out, 0, (size_t)str_find_char(*out, ','));
    return true;
}
