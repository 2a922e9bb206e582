// SPDX-License-Identifier: AGPL-3.0-or-later
/* What is counted together, and how counts become lines that add up. Pure. */
#ifndef BALAI_STATISTICS_RULES_H
#define BALAI_STATISTICS_RULES_H

#include "server/base/base.h"
#include "tenants/village/codes/codes.h"
#include "tenants/village/statistics/statistics_sql.h"

/* name, word in the address, title, the list's filter ("": ages have two) */
#define STATISTICS(X)                                            \
    X(AGE, "umur", "Umur", "")                                   \
    X(AGE_BAND, "rentang-umur", "Umur 5 tahunan", "")            \
    X(AGE_CATEGORY, "kategori-umur", "Kelompok umur", "")        \
    X(SEX, "jenis-kelamin", "Jenis kelamin", "jk")               \
    X(OCCUPATION, "pekerjaan", "Pekerjaan", "kerja")             \
    X(EDUCATION, "pendidikan", "Pendidikan dalam KK", "sekolah") \
    X(RELIGION, "agama", "Agama", "agama")                       \
    X(MARITAL, "status-kawin", "Status perkawinan", "kawin")     \
    X(HAMLET, "dusun", "{Dusun}", "{dusun}")

enum statistic {
    STATISTIC_NONE,
#define X(name, word, title, filter) STATISTIC_##name,
    STATISTICS(X)
#undef X
        STATISTIC_COUNT
};

struct str statistic_word(enum statistic of);
struct str statistic_title(enum statistic of);
enum statistic statistic_from(struct str word); /* STATISTIC_NONE when there is none */
bool statistic_is_age(enum statistic of);
/* The official list behind it; CODE_NO_LIST for ages and hamlets. */
enum code_list statistic_codes(enum statistic of);

struct statistics_line {
    struct str label;
    struct str query; /* of the list of these people: "agama=1"; empty: all the living; STR_NONE: there are none */
    uint64_t men, women, total;
    uint32_t permille;
};
struct statistics_lines {
    struct statistics_line *p;
    size_t n;                   /* the last one is always "Belum mengisi" */
    struct statistics_line sum; /* of the lines */
    size_t left_out;            /* categories without any person that a long list leaves out */
};

/* Cells of statistics_age (code: the step's first year) as bands; of the others as codes of their list. */
struct statistics_lines statistics_lines_of(struct arena *arena, enum statistic of, const struct statistics_cell_rows *cells);
struct statistics_lines statistics_lines_of_places(struct arena *arena, const struct statistics_place_rows *places);

/* Parts of 1,000 by largest remainder, the earlier first: they add up to 1,000 unless all are 0. */
void statistics_share(struct statistics_line *lines, size_t n);
/* 123 → "12,3%" */
struct str permille_text(struct arena *arena, uint32_t permille);

#endif
