// SPDX-License-Identifier: AGPL-3.0-or-later
/* The plan's hamlets, RW and RT: as the village writes them, and what can be doubted of new ones. */
#include "server/base/text.h"
#include "tenants/village/codes/address.h"
#include "tenants/village/residents/registry_plan.h"

/* In the scratch arena. */
static struct str area_key(const struct planning *p, struct str hamlet, struct str rw, struct str rt)
{
    arena_reset(p->file->scratch);
    return str_fmt(p->file->scratch, "%.*s|%.*s|%.*s", STR_ARG(text_upper(p->file->scratch, hamlet)), STR_ARG(rw), STR_ARG(rt));
}

static void index_areas(struct planning *p, struct text_index *areas)
{
    bool found;

    p->plan->areas = ARENA_ARRAY(p->file->arena, struct planned_area, p->registry->n_areas + p->file->n_rows);
    for (size_t i = 0; i < p->registry->n_areas; i++) {
        const struct known_area *known = &p->registry->areas[i];
        *text_index_slot(areas, str_dup(p->file->arena, area_key(p, known->hamlet, known->rw, known->rt)), &found) = (ptrdiff_t)i;
        p->plan->areas[i] = (struct planned_area){.hamlet = known->hamlet, .rw = known->rw, .rt = known->rt, .known = (ptrdiff_t)i};
    }
    p->plan->n_areas = p->registry->n_areas;
}

/* A name that a form would not take either. */
static void refuse_odd(struct planning *p, uint32_t i, enum resident_column column)
{
    const struct str *name = row_text(&p->file->rows[i].r, column);
    const char *words = str_empty(*name) ? NULL : area_name_fault(*name);

    if (words != NULL)
        plan_fault(p, i, column, false, "%s", words);
}

/*
 * A hamlet as the village has it: "Jorong Sungai" and "Sungai" are one where hamlets are called Jorong. A new one is kept without the word.
 */
void plan_hamlets(struct planning *p)
{
    struct arena *arena = p->file->arena;
    struct text_index *known = text_index_new(arena, p->registry->n_areas + 1), *said = text_index_new(arena, 64);
    struct str word = text_upper(arena, p->choice->hamlet_word), *kept = ARENA_ARRAY(arena, struct str, p->file->n_rows + 1);
    bool found;

    for (size_t i = 0; i < p->registry->n_areas; i++)
        *text_index_slot(known, text_upper(arena, p->registry->areas[i].hamlet), &found) = (ptrdiff_t)i;
    for (uint32_t i = 0; i < p->file->n_rows; i++) {
        struct str *hamlet = &p->file->rows[i].r.hamlet;
        refuse_odd(p, i, COLUMN_RW);
        refuse_odd(p, i, COLUMN_RT);
        if (str_empty(*hamlet))
            continue;
        ptrdiff_t *slot = text_index_slot(said, *hamlet, &found);
        if (!found) {
            const struct str bare = hamlet_bare(*hamlet, word), full = str_fmt(arena, "%.*s %.*s", STR_ARG(word), STR_ARG(bare));
            bool is_known = text_index_get(known, text_upper(arena, *hamlet)) != NOT_KNOWN;
            kept[ *slot = (ptrdiff_t)i] = is_known                                                                               ? *hamlet
                                          : text_index_get(known, bare) == NOT_KNOWN && text_index_get(known, full) != NOT_KNOWN ? full
                                                                                                                                 : bare;
        }
        *hamlet = kept[*slot];
        if (text_index_get(known, text_upper(p->file->scratch, *hamlet)) == NOT_KNOWN)
            refuse_odd(p, i, COLUMN_HAMLET);
    }
}

static bool is_digits(struct str s)
{
    return s.n > 0 && digits_in(s) == s.n;
}

/* "LAMBE PADANG" and "PADANG LAMBE" */
static bool is_turned_round(struct arena *scratch, struct str a, struct str b)
{
    struct str rest = str_trim(text_fold(scratch, a)), word;
    const struct str other = str_fmt(scratch, " %.*s ", STR_ARG(str_trim(text_fold(scratch, b))));

    if (rest.n + 2 != other.n || str_find_char(rest, ' ') < 0)
        return false;
    while (str_cut(&rest, ' ', &word))
        if (str_find(other, str_fmt(scratch, " %.*s ", STR_ARG(word))) < 0)
            return false;
    return true;
}

/* A hamlet that nobody named before: a number, or nearly called as one that is there. */
static void warn_slip(struct planning *p, uint32_t row, struct str hamlet)
{
    enum { MOST_NEW = 200 }; /* more are no hamlets, and comparing them all would take minutes */
    const struct planned_area *like = NULL;

    if (p->plan->n_areas - p->registry->n_areas > MOST_NEW)
        return;
    for (size_t i = 0; i < p->plan->n_areas; i++) {
        const struct planned_area *known = &p->plan->areas[i];

        if (str_eq_nocase(known->hamlet, hamlet))
            return;
        arena_reset(p->file->scratch);
        if (like == NULL &&
            (hamlet_is_like(p->file->scratch, known->hamlet, hamlet) || is_turned_round(p->file->scratch, known->hamlet, hamlet)))
            like = known;
    }
    if (is_digits(hamlet))
        plan_fault(p, row, COLUMN_HAMLET, true,
                   "{Dusun} %.*s belum ada dan namanya hanya angka. Salah kolom? Perbaiki di berkas, lalu unggah lagi; bila memang bernama "
                   "begitu, biarkan.",
                   STR_ARG(hamlet));
    else if (like != NULL)
        plan_fault(p, row, COLUMN_HAMLET, true, "{Dusun} baru ini mirip {Dusun} %.*s. Salah ketik? Perbaiki di berkas, lalu unggah lagi.",
                   STR_ARG(text_name(p->file->arena, like->hamlet)));
}

static bool has_unit(const struct planning *p, struct str hamlet, struct str rw)
{
    for (size_t i = 0; i < p->plan->n_areas; i++)
        if (str_eq_nocase(p->plan->areas[i].hamlet, hamlet) && str_eq(p->plan->areas[i].rw, rw))
            return true;
    return false;
}

/* A word where a number is usual, in an RW or RT that is not there yet: often the hamlet's, in the wrong column. */
static void warn_word(struct planning *p, uint32_t row)
{
    const struct resident_row *r = &p->work[row].r;
    const bool is_rt = !area_number_is_usual(r->rt);

    if (!is_rt && (area_number_is_usual(r->rw) || has_unit(p, r->hamlet, r->rw)))
        return;
    plan_fault(
        p, row, is_rt ? COLUMN_RT : COLUMN_RW, true,
        "%s biasanya bernomor, atau bernama satu huruf atau angka Romawi. Salah kolom? Perbaiki di berkas; bila memang bernama %.*s, "
        "biarkan.",
        is_rt ? "RT" : "RW", STR_ARG(is_rt ? r->rt : r->rw));
}

/* The village calls its hamlets by words. */
static bool has_word_hamlets(const struct planning *p)
{
    for (size_t i = 0; i < p->registry->n_areas; i++)
        if (!is_digits(p->registry->areas[i].hamlet) && !str_is(p->registry->areas[i].hamlet, "-"))
            return true;
    return false;
}

/* The village numbers its RT or RW, but for some. */
static bool has_numbers(const struct planning *p, bool is_rt)
{
    size_t numbers = 0, words = 0;

    for (size_t i = 0; i < p->registry->n_areas; i++) {
        const struct str unit = is_rt ? p->registry->areas[i].rt : p->registry->areas[i].rw;
        numbers += area_number_is_usual(unit) && !str_is(unit, "-");
        words += !area_number_is_usual(unit);
    }
    return numbers >= words;
}

/* That a slip was saved once does not make it right: who comes into such a place is asked about again, once a file. */
static void warn_known(struct planning *p, uint32_t row, struct planned_area *area)
{
    const struct work *work = &p->work[row];
    const struct resident_row *known = work->known != NOT_KNOWN ? &p->registry->residents[work->known].r : NULL;
    const bool is_rt = !area_number_is_usual(area->rt), is_word = is_rt || !area_number_is_usual(area->rw);

    if (area->is_told || (!is_word && !is_digits(area->hamlet)))
        return;
    if (known != NULL && str_eq_nocase(known->hamlet, area->hamlet) && str_eq(known->rw, area->rw) && str_eq(known->rt, area->rt))
        return;
    area->is_told = true;
    if (is_word && has_numbers(p, is_rt))
        plan_fault(p, row, is_rt ? COLUMN_RT : COLUMN_RW, true,
                   "%s di desa ini biasanya bernomor, walaupun %.*s sudah ada. Cocokkan apakah kolomnya benar.", is_rt ? "RT" : "RW",
                   STR_ARG(is_rt ? area->rt : area->rw));
    else if (!is_word && has_word_hamlets(p))
        plan_fault(p, row, COLUMN_HAMLET, true,
                   "Nama {dusun} ini hanya angka, walaupun {Dusun} %.*s sudah ada. Cocokkan apakah kolomnya benar.", STR_ARG(area->hamlet));
}

static size_t area_of(struct planning *p, struct text_index *areas, uint32_t row)
{
    const struct resident_row *r = &p->work[row].r;
    bool found;
    struct str key = area_key(p, r->hamlet, r->rw, r->rt);
    ptrdiff_t at = text_index_get(areas, key);

    if (at != NOT_KNOWN) {
        if (!p->choice->is_trusted)
            warn_known(p, row, &p->plan->areas[at]);
        return (size_t)at;
    }
    *text_index_slot(areas, str_dup(p->file->arena, key), &found) = (ptrdiff_t)p->plan->n_areas;
    if (!p->choice->is_trusted) {
        warn_slip(p, row, r->hamlet);
        warn_word(p, row);
    }
    p->plan->areas[p->plan->n_areas] = (struct planned_area){
        .hamlet = r->hamlet, .rw = r->rw, .rt = r->rt, .known = NOT_KNOWN, .is_told = true};
    return p->plan->n_areas++;
}

void plan_areas(struct planning *p)
{
    struct text_index *areas = text_index_new(p->file->arena, p->registry->n_areas + 64);

    index_areas(p, areas);
    for (uint32_t i = 0; i < p->file->n_rows; i++)
        if (!p->file->rows[i].has_error && !p->work[i].is_gone)
            p->work[i].area = area_of(p, areas, i);
}
