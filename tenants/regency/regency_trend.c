// SPDX-License-Identifier: AGPL-3.0-or-later
/* A year of months: read as the villages publish them, drawn, and which books were to be closed by when. */
#include "server/base/text.h"
#include "tenants/regency/regency_rules.h"

enum { WIDTH = 262, HEIGHT = 58, EDGE = 4, DUE_DAY = 10 };

struct date regency_month_first(struct str month, int back)
{
    struct date first;

    return month_parse(month, &first) ? date_add_months(first, -back) : (struct date){0};
}

/* "1790,31,2,2026-11-03": people, letters, births, closed. */
static bool month_read(struct str text, struct regency_month *out)
{
    struct str fields[4] = {{0}};
    size_t n = 0;

    while (n < 4 && str_cut(&text, ',', &fields[n]))
        n++;
    if (n != 4 || !str_to_u64(fields[0], &out->people) || !str_to_u64(fields[1], &out->letters) || !str_to_u64(fields[2], &out->births))
        return false;
    out->is_owed = !str_is(fields[3], "x");
    if (!date_parse(fields[3], &out->closed_on))
        out->closed_on = (struct date){0};
    return true;
}

void regency_months_read(struct str trend, struct str of, struct str month, struct regency_month out[REGENCY_MONTHS])
{
    struct date last = regency_month_first(of, 0), asked = regency_month_first(month, 0);
    struct str text;
    int at = (last.year - asked.year) * 12 + (int)last.month - (int)asked.month;
    bool has_begun = false;

    memset(out, 0, REGENCY_MONTHS * sizeof(out[0]));
    if (date_is_none(last) || date_is_none(asked))
        return;
    for (; str_cut(&trend, ';', &text) && !str_empty(text); at++)
        if (at >= 0 && at < REGENCY_MONTHS)
            out[at].is_set = month_read(text, &out[at]);
    for (size_t i = 0; i < REGENCY_MONTHS; i++) {
        has_begun = has_begun || (out[i].is_set && (out[i].is_owed || out[i].letters > 0));
        out[i].known = out[i].is_set && has_begun;
    }
}

/* ---- duties ---- */

struct date regency_due(struct date first)
{
    struct date due = date_add_months(first, 1);

    due.day = DUE_DAY;
    return due;
}

size_t regency_duties(struct arena *arena, const struct regency_month months[REGENCY_MONTHS], struct str month, struct date today,
                      struct regency_duty out[REGENCY_DUTIES])
{
    size_t n = 0;

    for (int back = 0; back < REGENCY_DUTIES; back++) {
        const struct regency_month *m = &months[REGENCY_MONTHS - 1 - back];
        struct date first = regency_month_first(month, back), due = regency_due(first);
        bool is_closed = !date_is_none(m->closed_on);
        int64_t late = date_to_days(is_closed ? m->closed_on : today) - date_to_days(due);

        if (!m->is_set || !m->is_owed)
            continue;
        out[n++] = (struct regency_duty){
            .period = str_fmt(arena, "%s %d", month_name(first.month), first.year),
            .due = date_short(arena, due),
            .closed = is_closed ? date_short(arena, m->closed_on) : STR("–"),
            .state = late > 0    ? str_fmt(arena, "%s %" PRId64 " hari", is_closed ? "Telat" : "Terlambat", late)
                     : is_closed ? STR("Tepat")
                                 : STR("Belum jatuh tempo"),
            .tone = late <= 0   ? (is_closed ? STR("hijau") : STR("abu"))
                    : is_closed ? STR("kuning")
                                : STR("merah"),
        };
    }
    return n;
}

/* ---- lines ---- */

static uint64_t people_of(const struct regency_month *m)
{
    return m->people;
}
static uint64_t letters_of(const struct regency_month *m)
{
    return m->letters;
}
static uint64_t births_of(const struct regency_month *m)
{
    return m->births;
}

static uint64_t x_of(size_t month)
{
    return EDGE + month * (WIDTH - 2 * EDGE) / (REGENCY_MONTHS - 1);
}

/* The line through the months that are known. */
static void draw(struct arena *arena, const struct regency_month months[REGENCY_MONTHS], uint64_t (*of)(const struct regency_month *m),
                 struct regency_trend *out)
{
    uint64_t low = UINT64_MAX, high = 0;
    struct buf points = {.arena = arena};

    for (size_t i = 0; i < REGENCY_MONTHS; i++)
        if (months[i].known > 0) {
            low = of(&months[i]) < low ? of(&months[i]) : low;
            high = of(&months[i]) > high ? of(&months[i]) : high;
        }
    /* One person of 1,800 is no cliff: the drawing covers a twentieth of the figure at least. */
    uint64_t span = high - low, least = high / 20 > 0 ? high / 20 : 1, spare = span < least ? (least - span + 1) / 2 : 0;

    for (size_t i = 0; i < REGENCY_MONTHS; i++) {
        if (months[i].known == 0)
            continue;
        uint64_t y = HEIGHT - EDGE - (of(&months[i]) + span - high + spare) * (HEIGHT - 2 * EDGE) / (span + 2 * spare);

        buf_fmt(&points, "%s%" PRIu64 ",%" PRIu64, points.n > 0 ? " " : "", x_of(i), y);
        out->x = str_fmt(arena, "%" PRIu64, x_of(i));
        out->y = str_fmt(arena, "%" PRIu64, y);
    }
    out->points = buf_str(&points);
}

/* ---- what is said beside them ---- */

/* The months that are known: the first and the last of them, how many, and what their villages did in them. */
struct span {
    size_t first, last, n;
    uint64_t letters, births;
    struct str began, since, until, of; /* of: ", dari 5 desa"; empty: one village's own */
};

static struct str month_text(struct arena *arena, struct str month, size_t at)
{
    struct date first = regency_month_first(month, (int)(REGENCY_MONTHS - 1 - at));

    return str_fmt(arena, "%.3s %d", month_name(first.month), first.year);
}

static struct span span_of(struct arena *arena, const struct regency_month months[REGENCY_MONTHS], struct str month, bool is_sum)
{
    struct span s = {.of = STR("")};

    for (size_t i = 0; i < REGENCY_MONTHS; i++) {
        if (months[i].known == 0)
            continue;
        s.first = s.n++ == 0 ? i : s.first;
        s.last = i;
        s.letters += months[i].letters;
        s.births += months[i].births;
    }
    s.began = month_text(arena, month, s.first);
    s.until = month_text(arena, month, s.last);
    s.since = s.first == 0 ? STR("dalam setahun") : str_fmt(arena, "sejak %s%.*s", is_sum ? "" : "memakai Balai, ", STR_ARG(s.began));
    if (is_sum)
        s.of = str_fmt(arena, ", dari %" PRIu32 " desa", months[s.last].known);
    return s;
}

/* "naik 11 sejak Jun 2026, dari 5 desa"; that the villages became more is no growth of theirs. */
static struct str change_text(struct arena *arena, const struct regency_month months[REGENCY_MONTHS], const struct span *s)
{
    uint64_t first = months[s->first].people, last = months[s->last].people;
    struct str by = number_text(arena, (int64_t)(last > first ? last - first : first - last));

    if (months[s->first].known != months[s->last].known)
        return str_fmt(arena, "dari %" PRIu32 " desa; %" PRIu32 " desa pada %.*s", months[s->last].known, months[s->first].known,
                       STR_ARG(s->began));
    if (last == first)
        return str_fmt(arena, "tetap %.*s%.*s", STR_ARG(s->since), STR_ARG(s->of));
    return str_fmt(arena, "%s %.*s %.*s%.*s", last > first ? "naik" : "turun", STR_ARG(by), STR_ARG(s->since), STR_ARG(s->of));
}

static struct str sum_text(struct arena *arena, uint64_t sum, const struct span *s)
{
    struct str all = number_text(arena, (int64_t)sum);

    if (s->n == 1)
        return str_fmt(arena, "pada %.*s%.*s", STR_ARG(s->until), STR_ARG(s->of));
    return str_fmt(arena, "pada %.*s; %.*s %.*s%.*s", STR_ARG(s->until), STR_ARG(all), STR_ARG(s->since), STR_ARG(s->of));
}

size_t regency_trends(struct arena *arena, const struct regency_month months[REGENCY_MONTHS], struct str month, bool is_sum,
                      struct regency_trend out[REGENCY_TRENDS])
{
    static const struct {
        const char *label;
        uint64_t (*of)(const struct regency_month *m);
    } figures[REGENCY_TRENDS] = {{"Penduduk", people_of}, {"Surat tiap bulan", letters_of}, {"Lahir tiap bulan", births_of}};
    const struct span s = span_of(arena, months, month, is_sum);

    if (s.n == 0)
        return 0;
    for (size_t k = 0; k < REGENCY_TRENDS; k++) {
        out[k] = (struct regency_trend){.label = str_c(figures[k].label),
                                        .value = number_text(arena, (int64_t)figures[k].of(&months[s.last])),
                                        .from = month_text(arena, month, 0),
                                        .until = s.until,
                                        .x = str_fmt(arena, "%" PRIu64, x_of(s.last)),
                                        .y = str_fmt(arena, "%d", HEIGHT / 2)};
        if (s.first > 0)
            out[k].blank = str_fmt(arena, "%" PRIu64, x_of(s.first));
        if (s.n > 1)
            draw(arena, months, figures[k].of, &out[k]);
    }
    out[0].note = s.n == 1 ? sum_text(arena, 0, &s) : change_text(arena, months, &s);
    out[1].note = sum_text(arena, s.letters, &s);
    out[2].note = sum_text(arena, s.births, &s);
    return REGENCY_TRENDS;
}
