// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/regency/regency_rules.h"

#include <stdlib.h>

#include "server/sheet/sheet.h"

enum { DAY_S = 86400 };

static uint64_t value_of(struct opt_u64 n)
{
    return n.is_set ? n.value : 0;
}

uint32_t regency_samples(const struct regency_village_rows *rows)
{
    uint32_t n = 0;

    for (size_t i = 0; i < rows->n; i++)
        n += rows->p[i].is_sample;
    return n;
}

struct regency_lines regency_lines_of(struct arena *arena, const struct regency_village_rows *rows, struct str month, bool with_samples)
{
    struct regency_lines lines = {ARENA_ARRAY(arena, struct regency_line, rows->n), 0};

    for (size_t i = 0; i < rows->n; i++) {
        const struct regency_village *row = &rows->p[i];

        if (row->is_sample && !with_samples)
            continue;
        lines.p[lines.n++] = (struct regency_line){
            .code = row->code,
            .name = row->name,
            .district_code = row->district_code,
            .district = row->district,
            .is_hosted = row->state.p != NULL,
            .has_figures = row->computed_at != 0,
            .is_sample = row->is_sample,
            .f = {value_of(row->men), value_of(row->women), value_of(row->families),
                  str_eq(row->letters_of, month) ? value_of(row->letters_month) : 0},
            .complete_pct = (uint32_t)value_of(row->complete_pct),
            .computed_at = row->computed_at,
            .slug = row->slug,
            .state = row->state,
            .state_note = row->state_note,
            .phone = row->phone,
            .has_approver = row->has_approver,
            .waiting = row->waiting,
            .stuck = row->stuck,
            .refused = row->refused,
            .waiting_since = row->waiting_since,
            .last_letter_at = row->last_letter_at,
            .active_at = row->active_at,
        };
        regency_months_read(row->trend, row->letters_of, month, lines.p[lines.n - 1].months);
    }
    return lines;
}

/* Only of villages where somebody lives. */
static void months_add(struct regency_sum *sum, const struct regency_line *line)
{
    const struct regency_month *before = &line->months[REGENCY_MONTHS - 2];

    if (line->f.men + line->f.women == 0)
        return;
    for (size_t i = 0; i < REGENCY_MONTHS; i++) {
        const struct regency_month *m = &line->months[i];

        if (m->known == 0)
            continue;
        sum->months[i].is_set = true;
        sum->months[i].known += m->known;
        sum->months[i].people += m->people;
        sum->months[i].letters += m->letters;
        sum->months[i].births += m->births;
    }
    sum->owing += before->is_owed;
    sum->closed += before->is_owed && !date_is_none(before->closed_on);
}

static void sum_add(struct regency_sum *sum, const struct regency_line *line)
{
    sum->villages++;
    if (!line->has_figures)
        return;
    sum->reporting++;
    sum->filled += line->f.men + line->f.women > 0;
    months_add(sum, line);
    sum->f.men += line->f.men;
    sum->f.women += line->f.women;
    sum->f.families += line->f.families;
    sum->f.letters += line->f.letters;
    if (sum->oldest_at == 0 || line->computed_at < sum->oldest_at)
        sum->oldest_at = line->computed_at;
    if (line->computed_at > sum->newest_at)
        sum->newest_at = line->computed_at;
}

struct regency_sum regency_sum_of(const struct regency_lines *lines)
{
    struct regency_sum sum = {.code = STR(""), .name = STR("")};

    for (size_t i = 0; i < lines->n; i++)
        sum_add(&sum, &lines->p[i]);
    return sum;
}

int regency_name_order(struct str a, struct str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int order = n > 0 ? strncasecmp(a.p, b.p, n) : 0;

    return order != 0 ? order : (a.n > b.n) - (a.n < b.n);
}

static int sum_compare(const void *a, const void *b)
{
    const struct regency_sum *x = a, *y = b;
    int order = regency_name_order(x->name, y->name);

    return order != 0 ? order : regency_name_order(x->code, y->code);
}

static struct regency_sum *sum_find(struct regency_sums *sums, const struct regency_line *line)
{
    for (size_t i = 0; i < sums->n; i++)
        if (str_eq(sums->p[i].code, line->district_code))
            return &sums->p[i];
    sums->p[sums->n] = (struct regency_sum){.code = line->district_code, .name = line->district};
    return &sums->p[sums->n++];
}

struct regency_sums regency_sums_by_district(struct arena *arena, const struct regency_lines *lines)
{
    struct regency_sums sums = {ARENA_ARRAY(arena, struct regency_sum, lines->n), 0};

    for (size_t i = 0; i < lines->n; i++)
        sum_add(sum_find(&sums, &lines->p[i]), &lines->p[i]);
    if (sums.n > 1)
        qsort(sums.p, sums.n, sizeof(sums.p[0]), sum_compare);
    return sums;
}

/* ---- order ---- */

struct regency_sorting regency_sorting_from(struct str word)
{
    struct regency_sorting sorting = {ORDER_NAME, str_starts(word, STR("-"))};
    struct str plain = sorting.is_down ? str_from(word, 1) : word;

#define X(name, text)                 \
    if (str_eq(plain, STR(text))) {   \
        sorting.order = ORDER_##name; \
        return sorting;               \
    }
    REGENCY_ORDERS(X)
#undef X
    sorting.is_down = false;
    return sorting;
}

static uint64_t figure_of(const struct regency_line *line, enum regency_order order)
{
    switch (order) {
    case ORDER_MEN:
        return line->f.men;
    case ORDER_WOMEN:
        return line->f.women;
    case ORDER_PEOPLE:
        return line->f.men + line->f.women;
    case ORDER_FAMILIES:
        return line->f.families;
    case ORDER_LETTERS:
        return line->f.letters;
    case ORDER_COMPLETE:
        return line->complete_pct;
    case ORDER_AGE:
        return UINT64_MAX - (uint64_t)line->computed_at; /* the younger, the smaller its age */
    case ORDER_NONE:
    case ORDER_NAME:
    case ORDER_DISTRICT:
        break;
    }
    return 0;
}

static int name_compare(const struct regency_line *a, const struct regency_line *b)
{
    int order = regency_name_order(a->name, b->name);

    return order != 0 ? order : regency_name_order(a->code, b->code);
}

static int line_compare(const void *a, const void *b, void *ctx)
{
    const struct regency_line *x = a, *y = b;
    const struct regency_sorting *sorting = ctx;
    int order;

    if (sorting->order == ORDER_NAME || sorting->order == ORDER_NONE) {
        order = name_compare(x, y);
        return sorting->is_down ? -order : order;
    }
    if (sorting->order == ORDER_DISTRICT) {
        order = regency_name_order(x->district, y->district);
        if (order != 0)
            return sorting->is_down ? -order : order;
        return name_compare(x, y);
    }
    if (x->has_figures != y->has_figures)
        return x->has_figures ? -1 : 1;
    uint64_t left = figure_of(x, sorting->order), right = figure_of(y, sorting->order);

    if (left != right)
        return (left < right) != sorting->is_down ? -1 : 1;
    return name_compare(x, y);
}

void regency_sort(struct regency_lines *lines, struct regency_sorting sorting)
{
    if (lines->n > 1)
        qsort_r(lines->p, lines->n, sizeof(lines->p[0]), line_compare, &sorting);
}

/* ---- age ---- */

struct str age_tone(utc_us at, utc_us now)
{
    int64_t age = now > at ? (now - at) / US_PER_S : 0;

    if (at == 0 || age > 7 * (int64_t)DAY_S)
        return STR("merah");
    return age > DAY_S ? STR("kuning") : STR("");
}

struct str regency_mean(struct arena *arena, uint64_t sum, uint64_t whole)
{
    uint64_t tenths = (sum * 20 + whole) / (2 * whole);

    return str_fmt(arena, "%" PRIu64 ",%" PRIu64, tenths / 10, tenths % 10);
}

struct str regency_phone(struct arena *arena, struct str typed)
{
    struct buf digits = {.arena = arena};

    for (size_t i = 0; i < typed.n; i++)
        if (typed.p[i] >= '0' && typed.p[i] <= '9')
            buf_put_char(&digits, typed.p[i]);
    struct str all = buf_str(&digits);
    if (all.n < 9 || all.n > 15)
        return STR("");
    return all.p[0] == '0' ? str_fmt(arena, "62%.*s", STR_ARG(str_part(all, 1, all.n - 1))) : all;
}

static uint64_t people_of(const struct regency_line *line)
{
    return line->f.men + line->f.women;
}
static uint64_t families_of(const struct regency_line *line)
{
    return line->f.families;
}
static uint64_t letters_of(const struct regency_line *line)
{
    return line->f.letters;
}
static uint64_t complete_of(const struct regency_line *line)
{
    return line->complete_pct;
}

size_t regency_places(const struct regency_lines *lines, const struct regency_line *line, struct regency_place out[REGENCY_PLACES])
{
    static const struct {
        const char *label;
        uint64_t (*of)(const struct regency_line *line);
    } figures[REGENCY_PLACES] = {
        {"Penduduk", people_of}, {"Keluarga", families_of}, {"Surat bulan ini", letters_of}, {"Data lengkap (%)", complete_of}};

    if (!line->has_figures || people_of(line) == 0)
        return 0;
    for (size_t k = 0; k < REGENCY_PLACES; k++) {
        struct regency_place *place = &out[k];
        uint64_t sum = 0;

        *place = (struct regency_place){.label = figures[k].label, .mine = figures[k].of(line), .place = 1};
        for (size_t i = 0; i < lines->n; i++) {
            const struct regency_line *other = &lines->p[i];

            if (!str_eq(other->district_code, line->district_code) || other->is_sample != line->is_sample || !other->has_figures ||
                people_of(other) == 0)
                continue;
            place->of++;
            place->place += figures[k].of(other) > place->mine;
            place->alike += figures[k].of(other) == place->mine;
            sum += figures[k].of(other);
        }
        place->mean = (2 * sum + place->of) / (2 * place->of);
    }
    return out[0].of > 1 ? REGENCY_PLACES : 0;
}

/* ---- CSV ---- */

enum { CSV_COLUMNS = 12 };

static struct sheet_cell number_cell(struct arena *arena, uint64_t n)
{
    return cell_number(str_fmt(arena, "%" PRIu64, n));
}

struct str regency_dotted(struct arena *arena, struct str code)
{
    return str_fmt(arena, "%.*s.%.*s.%.*s.%.*s", STR_ARG(str_part(code, 0, 2)), STR_ARG(str_part(code, 2, 2)),
                   STR_ARG(str_part(code, 4, 2)), STR_ARG(str_from(code, 6)));
}

static void csv_line(struct arena *arena, struct buf *out, const struct regency_line *line, struct str month, enum zone zone)
{
    struct sheet_cell cells[CSV_COLUMNS] = {cell_text(regency_dotted(arena, line->code)), cell_text(line->name), cell_text(line->district),
                                            cell_text(line->is_sample ? STR("ya") : STR("tidak"))};
    const uint64_t figures[] = {line->f.men, line->f.women, line->f.men + line->f.women, line->f.families, line->f.letters};
    int minute = utc_minute_of_day(line->computed_at, zone);
    struct str day;

    if (line->has_figures) {
        for (size_t i = 0; i < COUNT_OF(figures); i++)
            cells[4 + i] = number_cell(arena, figures[i]);
        day = date_iso(arena, utc_date(line->computed_at, zone));
        cells[9] = cell_text(month);
        cells[10] = number_cell(arena, line->complete_pct);
        cells[11] = cell_text(str_fmt(arena, "%.*s %02d:%02d", STR_ARG(day), minute / 60, minute % 60));
    }
    csv_put_row(out, cells, CSV_COLUMNS);
}

struct str regency_csv(struct arena *arena, const struct regency_lines *lines, struct str month, enum zone zone)
{
    static const char *const heads[CSV_COLUMNS] = {"kode",     "desa",     "kecamatan",       "contoh", "laki_laki",      "perempuan",
                                                   "penduduk", "keluarga", "surat_bulan_ini", "bulan",  "persen_lengkap", "angka_per_"};
    struct sheet_cell cells[CSV_COLUMNS];
    struct buf out = {.arena = arena};

    for (size_t i = 0; i < CSV_COLUMNS; i++)
        cells[i] = cell_text(str_c(heads[i]));
    cells[CSV_COLUMNS - 1] = cell_text(str_fmt(arena, "angka_per_%.*s", STR_ARG(str_lower(arena, str_c(zone_name(zone))))));
    csv_put_start(&out);
    csv_put_row(&out, cells, CSV_COLUMNS);
    for (size_t i = 0; i < lines->n; i++)
        csv_line(arena, &out, &lines->p[i], month, zone);
    return buf_str(&out);
}
