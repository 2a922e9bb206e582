// SPDX-License-Identifier: AGPL-3.0-or-later
/* Figures without I/O: sums, order, age, CSV, and which village needs help. */
#ifndef BALAI_REGENCY_RULES_H
#define BALAI_REGENCY_RULES_H

#include "server/base/base.h"
#include "server/base/clock.h"
#include "tenants/regency/regency_sql.h"

/* A month as the village published it. */
enum { REGENCY_MONTHS = 12 };
struct regency_month {
    bool is_set, is_owed; /* is_owed: its B.3 is to be closed */
    uint32_t known;       /* villages whose figures these are. A village is in none before its first month with a book or a letter */
    uint64_t people, letters, births;
    struct date closed_on; /* of its B.3; year 0: open */
};

/* One village as the console shows it: a figure nobody published is not 0 but "–", so has_figures goes with them. */
struct figures {
    uint64_t men, women, families, letters;
};
struct regency_line {
    struct str code, slug, name, district_code, district;
    bool is_hosted, has_figures, is_sample;
    struct figures f; /* letters: of the month asked for; 0 when the published count is of another */
    uint32_t complete_pct;
    utc_us computed_at; /* 0: never */
    struct str state, state_note, phone;
    bool has_approver;
    uint32_t waiting, stuck, refused; /* letters in hand, jobs that stopped, rows of the last import that were not stored */
    utc_us waiting_since, last_letter_at, active_at;
    struct regency_month months[REGENCY_MONTHS]; /* up to the month asked for */
};
struct regency_lines {
    struct regency_line *p;
    size_t n;
};
/* month: "2026-11". Training villages are invented: they are in the lines, and so in the sums, only when asked for. */
struct regency_lines regency_lines_of(struct arena *arena, const struct regency_village_rows *rows, struct str month, bool with_samples);
uint32_t regency_samples(const struct regency_village_rows *rows);

/* Sum of the villages that published. */
struct regency_sum {
    struct str code, name; /* of the district; empty: of all */
    struct figures f;
    uint32_t villages, reporting; /* all, and those whose figures are in the sum */
    uint32_t filled;              /* of those, where somebody lives */
    utc_us oldest_at, newest_at;  /* of the figures in it; 0: none */
    struct regency_month months[REGENCY_MONTHS];
    uint32_t owing, closed; /* B.3 of the month before: villages that have one, and those that closed it */
};
struct regency_sums {
    struct regency_sum *p;
    size_t n;
};
struct regency_sum regency_sum_of(const struct regency_lines *lines);
/* By district, ordered by name. */
struct regency_sums regency_sums_by_district(struct arena *arena, const struct regency_lines *lines);

/* As qsort asks: by letters, whatever their case. */
int regency_name_order(struct str a, struct str b);

/* word in ?urut=; "-" before it turns the order round */
#define REGENCY_ORDERS(X)    \
    X(NAME, "nama")          \
    X(DISTRICT, "kecamatan") \
    X(MEN, "l") X(WOMEN, "p") X(PEOPLE, "penduduk") X(FAMILIES, "keluarga") X(LETTERS, "surat") X(COMPLETE, "lengkap") X(AGE, "umur")
enum regency_order {
    ORDER_NONE,
#define X(name, word) ORDER_##name,
    REGENCY_ORDERS(X)
#undef X
};
struct regency_sorting {
    enum regency_order order;
    bool is_down;
};
/* By name when the word is unknown. */
struct regency_sorting regency_sorting_from(struct str word);
/* Villages without figures always stand last when ordered by a figure. Stable: equal ones by name and code. */
void regency_sort(struct regency_lines *lines, struct regency_sorting sorting);

/* Older than a day "kuning", than a week or never "merah", else empty. */
struct str age_tone(utc_us at, utc_us now);

/* Why a village needs help: in words, and what to do about it. */
struct regency_need {
    struct str tag, tone, what;
};
struct regency_needs {
    struct regency_need p[10];
    size_t n;        /* the worst first */
    uint32_t weight; /* more: help sooner */
    bool is_blank;   /* it waits to be filled in, which is no fault of its work: nobody lives there yet, or it does not use Balai */
};
struct regency_needs regency_needs_of(struct arena *arena, const struct regency_line *line, utc_us now);
/* The months that end with `month`, from what was published of those that ended with `of`. */
void regency_months_read(struct str trend, struct str of, struct str month, struct regency_month out[REGENCY_MONTHS]);
/* The first day of the month `back` months before the one of "2026-11". */
struct date regency_month_first(struct str month, int back);
/* A month's B.3 is closed by the tenth of the next. */
struct date regency_due(struct date first);
struct regency_duty {
    struct str period, due, closed, state, tone;
};
enum { REGENCY_DUTIES = 3 };
/* The newest months' B.3, the newest first: how many there are. */
size_t regency_duties(struct arena *arena, const struct regency_month months[REGENCY_MONTHS], struct str month, struct date today,
                      struct regency_duty out[REGENCY_DUTIES]);
/*
 * A line of the year, drawn in 262 by 58: from the first month that is known. Before it stands nothing (blank: as far as that reaches),
 * never zero. points is empty when no more than one month is known.
 */
struct regency_trend {
    struct str label, value, note, points, x, y, from, until, blank;
};
enum { REGENCY_TRENDS = 3 };
/* How many: none when no month is known. Of several villages the notes say how many they are of. */
size_t regency_trends(struct arena *arena, const struct regency_month months[REGENCY_MONTHS], struct str month, bool is_sum,
                      struct regency_trend out[REGENCY_TRENDS]);
/* "73.17.10.2003" */
struct str regency_dotted(struct arena *arena, struct str code);
/* The number as one dials it from anywhere, digits only: "628120000000"; empty when it is none. */
struct str regency_phone(struct arena *arena, struct str typed);
/*
 * Why a note may not be kept; empty: it may. It holds no 16 digits of any script's shape that read as a NIK or the number of a family card:
 * a region, a day, a month. Signs, brackets and a few words between them hide none. Days, years, money (Rp, or thousands that end in 000)
 * and telephones are none.
 */
struct str regency_note_fault(struct arena *arena, struct str note);
/* A village among those of its district that have figures, training ones apart: what it has, their mean, and its place from the top. */
struct regency_place {
    const char *label;
    uint64_t mine, mean;
    uint32_t place, of;
    uint32_t alike; /* how many have the same figure, this one too */
};
enum { REGENCY_PLACES = 4 };
/* How many rows there are: none when no other village has figures. */
size_t regency_places(const struct regency_lines *lines, const struct regency_line *line, struct regency_place out[REGENCY_PLACES]);
/* Rounded half up, one place: "3,7". whole > 0. */
struct str regency_mean(struct arena *arena, uint64_t sum, uint64_t whole);

/* A line a village (csv_put_row of server/sheet); times in the zone, which the last heading names. */
struct str regency_csv(struct arena *arena, const struct regency_lines *lines, struct str month, enum zone zone);

#endif
