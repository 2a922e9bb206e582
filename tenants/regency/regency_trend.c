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

    memset(out, 0, REGENCY_MONTHS * sizeof(out[0]));
    if (date_is_none(last) || date_is_none(asked))
        return;
    for (; str_cut(&trend, ';', &text) && !str_empty(text); at++)
        if (at >= 0 && at < REGENCY_MONTHS)
            out[at].is_set = month_read(text, &out[at]);
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

/* The line through the months that are known. */
static void draw(struct arena *arena, const struct regency_month months[REGENCY_MONTHS], size_t begun,
                 uint64_t (*of)(const struct regency_month *m), struct regency_trend *out)
{
    uint64_t low = UINT64_MAX, high = 0;
    struct buf points = {.arena = arena};

    for (size_t i = begun; i < REGENCY_MONTHS; i++)
        if (months[i].is_set) {
            low = of(&months[i]) < low ? of(&months[i]) : low;
            high = of(&months[i]) > high ? of(&months[i]) : high;
        }
    /* One person of 1,800 is no cliff: the drawing covers a twentieth of the figure at least. */
    uint64_t span = high - low, least = high / 20 > 0 ? high / 20 : 1, spare = span < least ? (least - span + 1) / 2 : 0;

    for (size_t i = begun; i < REGENCY_MONTHS; i++) {
        if (!months[i].is_set)
            continue;
        uint64_t x = EDGE + i * (WIDTH - 2 * EDGE) / (REGENCY_MONTHS - 1);
        uint64_t y = HEIGHT - EDGE - (of(&months[i]) + span - high + spare) * (HEIGHT - 2 * EDGE) / (span + 2 * spare);

        buf_fmt(&points, "%s%" PRIu64 ",%" PRIu64, points.n > 0 ? " " : "", x, y);
        out->x = str_fmt(arena, "%" PRIu64, x);
        out->y = str_fmt(arena, "%" PRIu64, y);
    }
    out->points = buf_str(&points);
}

static struct str change_text(struct arena *arena, uint64_t first, uint64_t last, struct str within)
{
    struct str by = number_text(arena, (int64_t)(last > first ? last - first : first - last));

    if (last == first)
        return str_fmt(arena, "tetap %.*s", STR_ARG(within));
    return str_fmt(arena, "%s %.*s %.*s", last > first ? "naik" : "turun", STR_ARG(by), STR_ARG(within));
}

static struct str month_text(struct arena *arena, struct date first)
{
    return str_fmt(arena, "%.3s %d", month_name(first.month), first.year);
}

bool regency_month_is_before(const struct regency_month *m)
{
    return !m->is_owed && m->letters == 0 && m->births == 0;
}

size_t regency_trends(struct arena *arena, const struct regency_month months[REGENCY_MONTHS], struct str month,
                      struct regency_trend out[REGENCY_TRENDS])
{
    static const struct {
        const char *label;
        uint64_t (*of)(const struct regency_month *m);
    } figures[REGENCY_TRENDS] = {{"Penduduk", people_of}, {"Surat tiap bulan", letters_of}, {"Lahir tiap bulan", births_of}};
    size_t oldest = REGENCY_MONTHS, begun = REGENCY_MONTHS, last = 0, known = 0;
    uint64_t letters = 0, births = 0;

    for (size_t i = 0; i < REGENCY_MONTHS; i++) {
        if (!months[i].is_set)
            continue;
        oldest = known++ == 0 ? i : oldest;
        begun = begun == REGENCY_MONTHS && !regency_month_is_before(&months[i]) ? i : begun;
        last = i;
        letters += months[i].letters;
        births += months[i].births;
    }
    if (known < 2)
        return 0;
    /* Of a village that began within the year nothing is said of the months before; where a line needs them it begins with what they are.
     */
    begun = begun == REGENCY_MONTHS ? oldest : begun;
    size_t first = begun < last ? begun : oldest;
    struct str began = month_text(arena, regency_month_first(month, (int)(REGENCY_MONTHS - 1 - begun)));
    struct str within = begun == oldest ? STR("dalam setahun") : str_fmt(arena, "sejak memakai Balai, %.*s", STR_ARG(began));
    for (size_t k = 0; k < REGENCY_TRENDS; k++) {
        out[k] = (struct regency_trend){.label = str_c(figures[k].label),
                                        .value = number_text(arena, (int64_t)figures[k].of(&months[last])),
                                        .from = first == begun ? began : STR("belum memakai Balai"),
                                        .until = month_text(arena, regency_month_first(month, (int)(REGENCY_MONTHS - 1 - last)))};
        draw(arena, months, first, figures[k].of, &out[k]);
    }
    struct str sum = number_text(arena, (int64_t)letters), born = number_text(arena, (int64_t)births);

    out[0].note = change_text(arena, months[begun].people, months[last].people, within);
    out[1].note = str_fmt(arena, "pada %.*s; %.*s %.*s", STR_ARG(out[1].until), STR_ARG(sum), STR_ARG(within));
    out[2].note = str_fmt(arena, "pada %.*s; %.*s %.*s", STR_ARG(out[2].until), STR_ARG(born), STR_ARG(within));
    return REGENCY_TRENDS;
}
