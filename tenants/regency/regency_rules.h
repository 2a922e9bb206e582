// SPDX-License-Identifier: AGPL-3.0-or-later
/* Figures without I/O: sums, order, age, CSV. */
#ifndef BALAI_REGENCY_RULES_H
#define BALAI_REGENCY_RULES_H

#include "server/base/base.h"
#include "server/base/clock.h"
#include "tenants/regency/regency_sql.h"

/* One village as the console shows it: a figure nobody published is not 0 but "–", so has_figures goes with them. */
struct figures {
    uint64_t men, women, families, letters;
};
struct regency_line {
    struct str code, name, district_code, district;
    bool is_hosted, has_figures, is_sample;
    struct figures f; /* letters: of the month asked for; 0 when the published count is of another */
    uint32_t complete_pct;
    utc_us computed_at; /* 0: never */
};
struct regency_lines {
    struct regency_line *p;
    size_t n;
};
/* month: "2026-11". */
struct regency_lines regency_lines_of(struct arena *arena, const struct regency_village_rows *rows, struct str month);

/* Sum of the villages that published. */
struct regency_sum {
    struct str code, name; /* of the district; empty: of all */
    struct figures f;
    uint32_t villages, reporting; /* all, and those whose figures are in the sum */
    utc_us oldest_at, newest_at;  /* of the figures in it; 0: none */
};
struct regency_sums {
    struct regency_sum *p;
    size_t n;
};
struct regency_sum regency_sum_of(const struct regency_lines *lines);
/* By district, ordered by name. */
struct regency_sums regency_sums_by_district(struct arena *arena, const struct regency_lines *lines);

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

/* "baru saja", "5 menit lalu", "3 jam lalu", "2 hari lalu"; "belum ada" for 0. */
struct str age_text(struct arena *arena, utc_us at, utc_us now);
/* Older than a day "kuning", than a week or never "merah", else empty. */
struct str age_tone(utc_us at, utc_us now);

/* A line a village (csv_put_row of server/sheet); times in the zone, which the last heading names. */
struct str regency_csv(struct arena *arena, const struct regency_lines *lines, struct str month, enum zone zone);

#endif
