// SPDX-License-Identifier: AGPL-3.0-or-later
/* What speaks against a draft's questions, and against the pages that their answers make. */
#include "server/base/json.h"
#include "server/base/text.h"
#include "tenants/village/letters/letters_judge.h"

enum { PAGES_MANY = 3, LONGEST_MORE = 2 };

static bool has_text(struct str *texts, size_t n, struct str text)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(texts[i], text))
            return true;
    return false;
}

/* A person is printed by any of its words, and what is written down of an outsider with it. */
static bool prints_person(const struct paper_use *use, struct str name, struct arena *arena)
{
    const struct str tail = str_fmt(arena, "_%.*s", STR_ARG(name));

    for (size_t i = 0; i < use->field_count; i++)
        if (str_ends(use->fields[i], tail))
            return true;
    return false;
}

/* Printed, or asked for another's sake. */
static bool is_used(struct arena *arena, const struct letter_form *form, const struct paper_use *use, const struct letter_field *f)
{
    for (size_t i = 0; i < form->n_fields; i++)
        if (str_eq(form->fields[i].only.field, f->name))
            return true;
    if (f->kind == FIELD_PERSON)
        return prints_person(use, f->name, arena) || has_text(use->lists, use->list_count, f->list);
    if (f->kind == FIELD_FOLLOWERS)
        return has_text(use->lists, use->list_count, STR("pengikut")) || has_text(use->lists, use->list_count, STR("pemohon_pengikut"));
    if (f->kind == FIELD_LIST && has_text(use->lists, use->list_count, str_fmt(arena, LIST_LINES "%.*s", STR_ARG(f->name))))
        return true;
    return has_text(use->fields, use->field_count, str_fmt(arena, "isi_%.*s", STR_ARG(f->name)));
}

/* What is written down of somebody from elsewhere is no question of its own. */
static bool is_part_of_person(const struct letter_field *f)
{
    return str_ends(f->only.field, STR(PERSON_FROM)) && f->kind != FIELD_PERSON;
}

static bool may_be_number(enum field_kind kind)
{
    return kind == FIELD_NUMBER || kind == FIELD_MONEY || kind == FIELD_YEAR || kind == FIELD_LINE;
}

static void judge_need(struct arena *arena, const struct letter_field *f, enum paper_kind kind, struct letter_problems *out)
{
    const bool fits = kind == PAPER_NUMBER ? may_be_number(f->kind) : letter_field_is_date(f) || f->kind == FIELD_LINE;

    if (!fits)
        letter_problem_put(
            arena, out,
            (struct letter_problem){
                .is_must = true,
                .words = str_fmt(arena,
                                 "%.*s dipakai sebagai %s, padahal jawabannya bukan itu. Ubah jenis pertanyaannya, atau cetak apa adanya.",
                                 STR_ARG(f->label), kind == PAPER_NUMBER ? "angka" : "tanggal")});
    else if (f->kind == FIELD_LINE)
        letter_problem_put(
            arena, out,
            (struct letter_problem){.words = str_fmt(arena, "%.*s dipakai sebagai %s, tetapi boleh diisi huruf. Jadikan pertanyaan %s.",
                                                     STR_ARG(f->label), kind == PAPER_NUMBER ? "angka" : "tanggal",
                                                     kind == PAPER_NUMBER ? "angka atau rupiah" : "tanggal")});
}

/* Of two days that lie ahead or anywhere nobody says which is first. */
static bool is_loose_day(const struct letter_form *form, const struct letter_field *f)
{
    size_t others = 0;

    if (!letter_field_is_date(f) || f->is_past || !str_empty(f->not_before))
        return false;
    for (size_t i = 0; i < form->n_fields; i++) {
        const struct letter_field *other = &form->fields[i];

        if (str_eq(other->not_before, f->name))
            return false;
        others += other < f && letter_field_is_date(other) && !other->is_past;
    }
    return others > 0;
}

void letter_judge_questions(struct arena *arena, const struct letter_form *form, const struct paper_use *use, struct letter_problems *out)
{
    for (size_t i = 0; i < form->n_fields; i++) {
        const struct letter_field *f = &form->fields[i];

        if (!is_part_of_person(f) && !f->is_from && !is_used(arena, form, use, f))
            letter_problem_put(
                arena, out,
                (struct letter_problem){
                    .words = str_fmt(arena, "%.*s ditanyakan, tetapi tidak pernah dicetak. Pakai di dalam isi, atau hapus pertanyaannya.",
                                     STR_ARG(f->label))});
        if (f->kind == FIELD_YEAR && !f->from_age.is_set)
            letter_problem_put(
                arena, out,
                (struct letter_problem){
                    .words = str_fmt(arena, "%.*s belum punya batas. Tahun sebelum pemohon lahir pun diterima.", STR_ARG(f->label))});
        if (is_loose_day(form, f))
            letter_problem_put(
                arena, out,
                (struct letter_problem){.words = str_fmt(arena,
                                                         "%.*s belum dibandingkan dengan tanggal lain. Tanggal sebelum mulainya "
                                                         "pun diterima; isi “Tidak sebelum” di pertanyaannya.",
                                                         STR_ARG(f->label))});
        for (size_t k = 0; k < use->need_count; k++)
            if (use->needs[k].list == NULL && str_is(str_fmt(arena, "isi_%.*s", STR_ARG(f->name)), use->needs[k].field))
                judge_need(arena, f, use->needs[k].kind, out);
    }
}

void letter_judge_pages(struct arena *arena, size_t pages, size_t longest, struct letter_problems *out)
{
    if (pages > PAGES_MANY)
        letter_problem_put(arena, out,
                           (struct letter_problem){.words = str_fmt(arena, "Surat ini %zu halaman. Ringkas isinya bila bisa.", pages)});
    if (longest == 0)
        letter_problem_put(
            arena, out,
            (struct letter_problem){.is_must = true,
                                    .words = STR("Dengan jawaban terpanjang surat ini tidak muat. Batasi panjang jawabannya.")});
    else if (longest >= pages + LONGEST_MORE)
        letter_problem_put(
            arena, out,
            (struct letter_problem){
                .words = str_fmt(arena, "Dengan jawaban terpanjang surat ini menjadi %zu halaman. Batasi panjang jawabannya.", longest)});
}

/* As long as the question lets it be, in words, so that lines can break. */
static struct str longest_text(struct arena *arena, const struct letter_field *f)
{
    static const char word[] = "Wattangsoppe ";
    struct buf text = {.arena = arena};

    while (text.n + sizeof(word) - 2 < f->max)
        buf_put_str(&text, STR(word));
    return str_trim(buf_str(&text));
}

static struct str longest_of(struct arena *arena, const struct letter_field *f)
{
    struct str longest = STR("");
    struct option option;

    if (f->kind == FIELD_LINE || f->kind == FIELD_AREA)
        return longest_text(arena, f);
    if (f->kind == FIELD_MONEY)
        return STR("Rp 999.999.999.999");
    for (size_t i = 0; f->kind == FIELD_SELECT && letter_field_option(arena, f, i, &option); i++)
        if (option.label.n > longest.n)
            longest = option.label;
    return longest;
}

const json_t *letter_values_longest(struct arena *arena, const struct letter_form *form, const json_t *values)
{
    json_t *long_values = json_copy((json_t *)values);

    json_keep(arena, long_values);
    for (size_t i = 0; i < form->n_fields; i++) {
        const struct str text = longest_of(arena, &form->fields[i]);

        if (text.n > 0)
            json_object_set_new(long_values, str_z(arena, str_fmt(arena, "isi_%.*s", STR_ARG(form->fields[i].name))),
                                json_stringn(text.p, text.n));
    }
    return long_values;
}
