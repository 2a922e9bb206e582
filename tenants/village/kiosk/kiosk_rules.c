// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/kiosk/kiosk_rules.h"

#include "server/base/text.h"

enum { LOCK_FIRST_S = 15 * 60, LOCK_NEXT_S = 24 * 3600 };
#define NEVER ((utc_us)INT64_C(253370764800) * US_PER_S) /* 1 January 9999: the database's far end */

struct str card_uid(struct arena *arena, struct str typed)
{
    struct str s = str_upper(arena, str_trim(typed));

    if (s.n < CARD_LEAST || s.n > CARD_MOST)
        return STR_NONE;
    for (size_t i = 0; i < s.n; i++)
        if (!((s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] >= 'A' && s.p[i] <= 'F')))
            return STR_NONE;
    return s;
}

/* ---- PINs nobody should have ---- */

static int step(char a, char b)
{
    return (b - a + 10) % 10;
}

/* All by one step: 123456, 987654, 024680, 111111. */
static bool is_regular(struct str pin)
{
    for (size_t i = 0; i + 2 < pin.n; i++)
        if (step(pin.p[i], pin.p[i + 1]) != step(pin.p[i + 1], pin.p[i + 2]))
            return false;
    return true;
}

static bool is_pattern(struct str pin)
{
    const char *p = pin.p;
    bool is_mirror = p[0] == p[5] && p[1] == p[4] && p[2] == p[3];
    bool is_doubles = p[0] == p[1] && p[2] == p[3] && p[4] == p[5];
    bool is_triples = p[0] == p[1] && p[1] == p[2] && p[3] == p[4] && p[4] == p[5];
    bool is_halves = memcmp(p, p + 3, 3) == 0;
    bool is_thirds = memcmp(p, p + 2, 4) == 0;

    return is_mirror || is_doubles || is_triples || is_halves || is_thirds || is_regular(pin);
}

/* Keypad walks and other favourites that no rule above catches. */
static bool is_common(struct str pin)
{
    static const char *const list[] = {"147258", "258369", "159753", "159357", "789456", "456789", "456123", "741852", "852963", "963852",
                                       "147369", "142536", "123654", "321654", "121314", "102030", "112358", "314159", "007007", "170845",
                                       "170817", "081945", "123789", "789123", "101112", "131415", "234567", "520520", "696969", "010203"};

    for (size_t i = 0; i < COUNT_OF(list); i++)
        if (str_is(pin, list[i]))
            return true;
    return false;
}

static size_t put_two(char *to, int number)
{
    to[0] = (char)('0' + number / 10);
    to[1] = (char)('0' + number % 10);
    return 2;
}

/* The year in full, its last two digits with day and month in any order, and six in a row of the whole date. */
static bool is_in_birth(struct str pin, struct date birth)
{
    static const char *const shapes[] = {"dmc", "mdc", "cmd", "dmy", "dym", "mdy", "myd", "ydm", "ymd", "c"};
    const int d = birth.day, m = birth.month, y = birth.year;

    if (date_is_none(birth))
        return false;
    for (size_t i = 0; i < COUNT_OF(shapes); i++) {
        char text[8];
        struct str shape = {text, 0};

        for (const char *part = shapes[i]; *part != '\0'; part++) {
            if (*part == 'c')
                shape.n += put_two(text + shape.n, y / 100);
            shape.n += put_two(text + shape.n, *part == 'd' ? d : *part == 'm' ? m : y % 100);
        }
        if (str_find(shape, pin) >= 0 || str_find(pin, shape) >= 0)
            return true;
    }
    return false;
}

const char *pin_fault(struct str pin, struct str nik, struct date birth)
{
    if (pin.n != PIN_DIGITS)
        return "PIN harus 6 angka.";
    for (size_t i = 0; i < pin.n; i++)
        if (pin.p[i] < '0' || pin.p[i] > '9')
            return "PIN harus 6 angka.";
    if (is_in_birth(pin, birth))
        return "PIN ini tanggal lahir, mudah ditebak. Pilih angka lain.";
    if (nik.n == 16 && str_find(nik, pin) >= 0)
        return "PIN ini bagian dari NIK, mudah ditebak. Pilih angka lain.";
    if (is_pattern(pin) || is_common(pin))
        return "PIN ini terlalu mudah ditebak. Pilih angka yang tidak berurutan atau berulang.";
    return NULL;
}

/* ---- limits ---- */

struct pin_limit pin_limit_next(struct pin_limit before, utc_us now, bool *may_try_out)
{
    struct pin_limit next = before;

    *may_try_out = before.locked_until <= now;
    if (!*may_try_out)
        return next;
    next.failures++;
    next.locked_until = 0;
    if (next.failures >= PIN_LAST)
        next.locked_until = NEVER;
    else if (next.failures == PIN_NEXT)
        next.locked_until = now + LOCK_NEXT_S * US_PER_S;
    else if (next.failures == PIN_FIRST)
        next.locked_until = now + LOCK_FIRST_S * US_PER_S;
    return next;
}

uint32_t pin_tries_left(struct pin_limit limit)
{
    static const uint32_t closes[] = {PIN_FIRST, PIN_NEXT, PIN_LAST};

    for (size_t i = 0; i < COUNT_OF(closes); i++)
        if (limit.failures <= closes[i])
            return closes[i] - limit.failures;
    return 0;
}

struct pin_pace pin_pace_next(struct pin_pace before, uint32_t most, utc_us now, bool *may_try_out, bool *is_tipped_out)
{
    struct pin_pace next = before;

    *may_try_out = before.paused_until <= now;
    *is_tipped_out = false;
    if (!*may_try_out)
        return next;
    next.paused_until = 0;
    if (now - before.began_at > PACE_WINDOW_S * US_PER_S)
        next = (struct pin_pace){.began_at = now};
    if (next.failures >= most) {
        *may_try_out = false;
        *is_tipped_out = true;
        next.paused_until = now + PACE_PAUSE_S * US_PER_S;
    } else {
        next.failures++;
    }
    return next;
}

struct str left_text(struct arena *arena, utc_us left)
{
    int64_t minutes = (left + 60 * US_PER_S - 1) / (60 * US_PER_S);

    if (minutes < 60)
        return str_fmt(arena, "%" PRId64 " menit", minutes);
    return minutes % 60 == 0 ? str_fmt(arena, "%" PRId64 " jam", minutes / 60)
                             : str_fmt(arena, "%" PRId64 " jam %" PRId64 " menit", minutes / 60, minutes % 60);
}

bool pin_limit_is_off(struct pin_limit limit)
{
    return limit.failures >= PIN_LAST;
}

/* ---- words and figures ---- */

struct str given_name(struct arena *arena, struct str name, uint8_t sex)
{
    struct str tidy = text_name(arena, name), rest = tidy, first;

    if (!str_cut(&rest, ' ', &first) || str_empty(first))
        first = tidy;
    /* "Hj. Halimah", "A. Rahman": a title or an initial alone names nobody. */
    while (str_ends(first, STR(".")) && rest.p != NULL && str_cut(&rest, ' ', &first))
        continue;
    if (str_ends(first, STR(",")))
        first = str_part(first, 0, first.n - 1);
    return str_fmt(arena, "%s %.*s", sex == 2 ? "Ibu" : "Bapak", STR_ARG(first));
}

uint32_t percentile(const uint32_t *sorted_ms, size_t n, uint32_t percent)
{
    if (n == 0)
        return 0;
    size_t rank = (n * percent + 99) / 100;
    return sorted_ms[rank == 0 ? 0 : rank - 1];
}

struct str duration_text(struct arena *arena, uint32_t ms)
{
    uint32_t seconds = (ms + 500) / 1000;

    if (seconds < 60)
        return str_fmt(arena, "%" PRIu32 " detik", seconds);
    if (seconds % 60 == 0)
        return str_fmt(arena, "%" PRIu32 " menit", seconds / 60);
    return str_fmt(arena, "%" PRIu32 " menit %" PRIu32 " detik", seconds / 60, seconds % 60);
}
