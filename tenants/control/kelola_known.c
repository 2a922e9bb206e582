// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/control/kelola_known.h"

#include "server/base/text.h"
#include "tenants/village/codes/address.h"

enum { NOTES_MOST = 4 };

enum rc known_read(struct control_db *db, struct known *out, struct err *err)
{
    TRY(sql_kelola_known(db, &out->units, err));
    TRY(sql_kelola_districts(db, &out->districts, err));
    return sql_kelola_regencies(db, &out->regencies, err);
}

static const struct kelola_known *unit_of(const struct known *known, struct str code)
{
    for (size_t i = 0; i < known->units.n; i++)
        if (str_eq(known->units.p[i].code, code))
            return &known->units.p[i];
    return NULL;
}

static const struct kelola_district *district_of(const struct known *known, struct str code)
{
    for (size_t i = 0; i < known->districts.n; i++)
        if (str_eq(known->districts.p[i].code, code))
            return &known->districts.p[i];
    return NULL;
}

bool known_is_hosted(const struct known *known, struct str code)
{
    const struct kelola_known *unit = unit_of(known, code);

    return unit != NULL && unit->is_hosted;
}

struct str known_name(const struct known *known, struct str code)
{
    const struct kelola_known *unit = unit_of(known, code);

    return unit != NULL ? unit->name : STR_NONE;
}

/* The same name, however it is spelled: case, apostrophes, hyphens. */
static bool is_same(struct arena *arena, struct str a, struct str b)
{
    return str_eq(str_trim(text_fold(arena, a)), str_trim(text_fold(arena, b)));
}

/* ---- a district that is not in the tree ---- */

static struct str first_words(struct str name, struct str like)
{
    size_t words = 1, at = 0;

    for (size_t i = 0; i < like.n; i++)
        words += like.p[i] == ' ';
    while (at < name.n && (name.p[at] != ' ' || --words > 0))
        at++;
    return str_part(name, 0, at);
}

/* One slip of the whole name, or of its beginning ("Pasir", "Paser Belengkong"). */
static bool is_like(struct arena *arena, struct str a, struct str b)
{
    struct str head_a = first_words(a, b), head_b = first_words(b, a);

    return hamlet_is_like(arena, a, b) || hamlet_is_like(arena, head_a, head_b) || is_same(arena, head_a, head_b);
}

static const struct kelola_district *like_of(struct arena *arena, const struct known *known, struct str code, struct str name)
{
    const struct kelola_district *like = NULL;

    for (size_t i = 0; i < known->districts.n; i++) {
        const struct kelola_district *d = &known->districts.p[i];

        if (!str_eq(str_part(d->code, 0, 4), str_part(code, 0, 4)))
            continue;
        if (hamlet_is_like(arena, d->name, name))
            return d;
        if (like == NULL && is_like(arena, d->name, name))
            like = d;
    }
    return like;
}

static struct str district_named(struct arena *arena, const struct known *known, struct str code, struct str name)
{
    for (size_t i = 0; i < known->districts.n; i++) {
        const struct kelola_district *d = &known->districts.p[i];

        if (str_eq(str_part(d->code, 0, 4), str_part(code, 0, 4)) && !str_eq(d->code, code) && is_same(arena, d->name, name))
            return d->code;
    }
    return STR_NONE;
}

static struct str village_named(struct arena *arena, const struct known *known, struct str code, struct str name)
{
    for (size_t i = 0; i < known->units.n; i++) {
        const struct kelola_known *u = &known->units.p[i];

        if (str_starts(u->code, str_part(code, 0, 6)) && !str_eq(u->code, code) && !u->is_closed && is_same(arena, u->name, name))
            return u->code;
    }
    return STR_NONE;
}

struct str known_namesake(struct arena *arena, const struct known *known, struct str code, struct str name)
{
    return code.n == 6 ? district_named(arena, known, code, name) : village_named(arena, known, code, name);
}

/* ---- faults ---- */

/* The console works in regencies that stand in the tree; balaictl brings in a new one. */
static bool regency_check(struct arena *arena, const struct known *known, struct unit_list *units, const struct unit_row *first)
{
    for (size_t i = 0; i < known->regencies.n; i++)
        if (str_starts(first->code, known->regencies.p[i].code))
            return true;
    unit_fault_put(arena, units, first->line, first->code, "the regency is not in the tree",
                   STR("Kabupaten kode ini belum dikenal. Minta pengelola server menambahkannya lebih dulu."));
    return false;
}

/* The first row whose code can be read; NULL: none. All codes are of its regency, or have their fault already. */
static const struct unit_row *first_of(const struct unit_list *units)
{
    for (size_t i = 0; i < units->n; i++)
        if (units->p[i].code.p != NULL)
            return &units->p[i];
    return NULL;
}

/* Once a district: at the first of its rows. */
static void district_check(struct arena *arena, const struct known *known, bool may_be_new, struct unit_list *units, size_t at)
{
    const struct unit_row *row = &units->p[at];

    if (row->code.p == NULL || !str_starts(row->code, str_part(first_of(units)->code, 0, 4)) ||
        district_of(known, row->district_code) != NULL)
        return;
    for (size_t i = 0; i < at; i++)
        if (units->p[i].code.p != NULL && str_eq(units->p[i].district_code, row->district_code))
            return;
    struct str own = known_namesake(arena, known, row->district_code, row->district);
    struct str code = unit_dotted(arena, row->district_code);

    if (own.p != NULL) {
        struct str right = unit_dotted(arena, own);

        unit_fault_put(arena, units, row->line, unit_dotted(arena, row->code), "the district has another code",
                       str_fmt(arena, "Kecamatan %.*s berkode %.*s, bukan %.*s. Perbaiki kode desa ini.", STR_ARG(row->district),
                               STR_ARG(right), STR_ARG(code)));
    } else if (!may_be_new) {
        unit_fault_put(arena, units, row->line, unit_dotted(arena, row->code), "the district is not in the tree",
                       str_fmt(arena,
                               "Kecamatan berkode %.*s belum dikenal. Periksa kodenya; kalau memang kecamatan baru, centang di bawah "
                               "daftar.",
                               STR_ARG(code)));
    }
}

static struct str district_name(const void *ctx, struct str code)
{
    const struct kelola_district *district = district_of(ctx, code);

    return district != NULL ? district->name : STR_NONE;
}

void known_apply(struct arena *arena, const struct known *known, bool may_be_new, struct unit_list *units)
{
    const struct unit_row *first = first_of(units);

    units_districts(arena, units, district_name, known);
    if (first != NULL && regency_check(arena, known, units, first))
        for (size_t i = 0; i < units->n; i++)
            district_check(arena, known, may_be_new, units, i);
    unit_faults_order(units);
    for (size_t i = 0; i < units->n && units->faults_n == 0; i++) {
        struct unit_row *row = &units->p[i];
        const struct kelola_district *district = district_of(known, row->district_code);
        struct str name = known_name(known, row->code);

        row->district = district != NULL ? district->name : row->district;
        row->name = name.p != NULL ? name : row->name;
    }
}

/* ---- capitals ---- */

enum { TIDIED_NAMED = 5 };

static void tidy(struct arena *arena, struct str *name, struct buf *words, size_t *n)
{
    struct str tidied = text_place(arena, *name);

    if (str_eq(tidied, *name))
        return;
    if ((*n)++ < TIDIED_NAMED)
        buf_fmt(words, "%s%.*s ditulis %.*s", *n > 1 ? ", " : "", STR_ARG(*name), STR_ARG(tidied));
    *name = tidied;
}

struct str known_tidy(struct arena *arena, const struct known *known, struct unit_list *units)
{
    struct buf words = {.arena = arena};
    size_t n = 0;

    for (size_t i = 0; i < units->n; i++) {
        struct unit_row *row = &units->p[i];

        if (known_name(known, row->code).p == NULL)
            tidy(arena, &row->name, &words, &n);
        if (district_of(known, row->district_code) == NULL)
            tidy(arena, &row->district, &words, &n);
    }
    if (n > TIDIED_NAMED)
        buf_fmt(&words, ", dan %zu lagi", n - TIDIED_NAMED);
    return buf_str(&words);
}

/* ---- notes ---- */

static void note(struct known_notes *notes, bool asks, struct str text)
{
    if (notes->n < NOTES_MOST)
        notes->p[notes->n++] = text;
    notes->asks = notes->asks || asks;
}

static void note_district(struct arena *arena, const struct known *known, const struct unit_row *row, struct known_notes *notes)
{
    struct str written = unit_bare_name(row->district_written);

    if (district_of(known, row->district_code) != NULL) {
        if (!str_eq_nocase(written, row->district))
            note(notes, !is_same(arena, written, row->district),
                 str_fmt(arena, "Ditulis %.*s, menurut kode %.*s", STR_ARG(written), STR_ARG(row->district)));
        return;
    }
    const struct kelola_district *like = like_of(arena, known, row->district_code, row->district);

    note(notes, true,
         like == NULL ? str_fmt(arena, "Kecamatan baru: %.*s", STR_ARG(row->district))
                      : str_fmt(arena, "Kecamatan baru: %.*s, mirip %.*s", STR_ARG(row->district), STR_ARG(like->name)));
}

/* A second village of the name in the district: of the tree, or of the rows before. */
static struct str twin_of(struct arena *arena, const struct known *known, const struct unit_list *units, size_t at)
{
    const struct unit_row *row = &units->p[at];
    struct str code = known_namesake(arena, known, row->code, row->name);

    for (size_t i = 0; code.p == NULL && i < at; i++)
        if (str_eq(units->p[i].district_code, row->district_code) && is_same(arena, units->p[i].name, row->name))
            code = units->p[i].code;
    return code;
}

struct known_notes known_notes_of(struct arena *arena, const struct known *known, const struct unit_list *units, size_t at)
{
    struct known_notes notes = {.p = ARENA_ARRAY(arena, struct str, NOTES_MOST)};
    const struct unit_row *row = &units->p[at];
    bool is_there = known_name(known, row->code).p != NULL;
    struct str twin = is_there ? STR_NONE : twin_of(arena, known, units, at);

    note_district(arena, known, row, &notes);
    if (is_there && !is_same(arena, unit_bare_name(row->name_written), row->name))
        note(&notes, true, str_fmt(arena, "Ditulis %.*s. Kode ini milik %.*s", STR_ARG(row->name_written), STR_ARG(row->name)));
    else if (!str_eq(row->name_written, row->name))
        note(&notes, false, str_fmt(arena, "Ditulis %.*s", STR_ARG(row->name_written)));
    if (twin.p != NULL) {
        struct str dotted = unit_dotted(arena, twin);

        note(&notes, true, str_fmt(arena, "%.*s sudah ada di kecamatan ini, berkode %.*s", STR_ARG(row->name), STR_ARG(dotted)));
    }
    return notes;
}
