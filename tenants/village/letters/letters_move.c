// SPDX-License-Identifier: AGPL-3.0-or-later
/* Where somebody moves, against where the village lies: the class of a move (Permendagri 108/2019 has a form and a desk for each). */
#include "server/base/json.h"
#include "server/base/text.h"
#include "tenants/village/letters/letters_people.h"

enum { VILLAGE, DISTRICT, REGENCY, PROVINCE, LEVELS };

/* "Kec. Larompong" and "LAROMPONG" are one place; a Kota is no Kabupaten of that name. */
static struct str place(struct arena *arena, struct str typed)
{
    static const char *const kinds[] = {"desa ", "kelurahan ", "kel ",  "kecamatan ", "kec ", "kabupaten ",
                                        "kab ",  "provinsi ",  "prov ", "dusun ",     "rt ",  "rw "};
    struct str text = str_trim(text_fold(arena, typed));

    for (size_t i = 0; i < COUNT_OF(kinds); i++)
        if (str_starts(text, str_c(kinds[i])))
            text = str_trim(str_from(text, strlen(kinds[i])));
    while (text.n > 1 && text.p[0] == '0') /* "002" of an RT */
        text = str_from(text, 1);
    return text;
}

static bool is_same_place(struct arena *arena, struct str a, struct str b)
{
    return str_eq(place(arena, a), place(arena, b));
}

static struct str typed(struct arena *arena, const json_t *inputs, struct str field)
{
    return str_trim(json_text(inputs, str_z(arena, field)));
}

/* How many of the places, from the province down, are the village's own; −1: one above them is not typed. */
static int common(struct arena *arena, const struct letter_field *f, const struct letter_identity *v, const json_t *inputs)
{
    const struct str own[LEVELS] = {v->name, v->district, v->regency, v->province};
    int n = 0;

    for (size_t i = 0; i < LEVELS; i++)
        if (str_empty(typed(arena, inputs, f->places.p[i])))
            return -1;
    while (n < LEVELS && is_same_place(arena, typed(arena, inputs, f->places.p[LEVELS - 1 - n]), own[LEVELS - 1 - n]))
        n++;
    return n;
}

struct str letter_move_class(struct arena *arena, const struct letter_field *f, const struct letter_identity *village, const json_t *inputs)
{
    const int n = f->places.n == LEVELS ? common(arena, f, village, inputs) : -1;

    return n < 0 || (size_t)n >= f->options.n ? STR("") : f->options.p[f->options.n - 1 - (size_t)n];
}

/* Whether hamlet, RT and RW, as far as they are asked and typed, are where the subject lives. */
static bool is_home(const struct letter_matter *m, const struct letter_field *f)
{
    const struct str own[] = {m->subject->hamlet, m->subject->rt, m->subject->rw};
    bool is_typed = false;

    for (size_t i = 0; i < f->within.n && i < COUNT_OF(own); i++) {
        const struct str said = typed(m->arena, m->inputs, f->within.p[i]);

        if (!str_empty(said) && !is_same_place(m->arena, said, own[i]))
            return false;
        is_typed = is_typed || !str_empty(said);
    }
    return is_typed;
}

struct str letter_move_fault(const struct letter_matter *m, const struct letter_field *f)
{
    if (f->places.n != LEVELS || m->people == NULL || m->people->village == NULL ||
        !letter_field_is_asked(m->arena, m->form, f, m->inputs) || common(m->arena, f, m->people->village, m->inputs) != LEVELS)
        return STR_NONE;
    if (f->options.n <= LEVELS)
        return str_fmt(m->arena, "Tujuannya masih di Desa %.*s, padahal surat ini untuk pindah ke luar desa. Periksa alamat tujuannya.",
                       STR_ARG(text_name(m->arena, m->people->village->name)));
    return is_home(m, f) ? str_fmt(m->arena, "Tujuannya sama dengan tempat tinggal %.*s sekarang. Periksa alamat tujuannya.",
                                   STR_ARG(text_name(m->arena, m->subject->name)))
                         : STR_NONE;
}
