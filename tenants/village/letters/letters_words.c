// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/letters/letters_words.h"

#include "server/base/json.h"
#include "server/base/text.h"
#include "server/web/feature.h"

static json_t *text_of(struct str s)
{
    return json_stringn(s.p != NULL ? s.p : "", s.n);
}

/* ---- examples of answers ---- */

/* "Tulis seperti orang menyebutnya, contoh: kios gula aren" → "kios gula aren"; STR_NONE: the hint has none. */
static struct str example_in(struct str hint)
{
    static const char *const before[] = {"contoh: ", "Contoh: ", "misalnya "};

    for (size_t i = 0; i < COUNT_OF(before); i++) {
        const ptrdiff_t at = str_find(hint, str_c(before[i]));

        if (at >= 0)
            return str_from(hint, (size_t)at + strlen(before[i]));
    }
    return STR_NONE;
}

static struct str sample_line(const struct letter_field *f)
{
    const struct str example = example_in(f->hint);

    if (f->ask.choices.n > 0 && !str_empty(f->ask.choices.p[0].value))
        return f->ask.choices.p[0].value;
    return example.p != NULL ? example : f->label;
}

/* An example of what a question is answered with, as it is kept (letters_rules.h). */
static struct str field_sample(struct arena *arena, const struct letter_field *field, struct date today)
{
    struct option first;
    uint64_t number = 12;

    if (field->least.is_set && number < field->least.value)
        number = field->least.value;
    if (field->most.is_set && number > field->most.value)
        number = field->most.value;
    switch (field->kind) {
    case FIELD_YEAR:
        return str_fmt(arena, "%d", today.year - 12);
    case FIELD_NUMBER:
        return str_fmt(arena, "%" PRIu64, number);
    case FIELD_MONEY:
        return field->most.is_set && field->most.value < 1500000 ? str_fmt(arena, "%" PRIu64, field->most.value) : STR("1500000");
    case FIELD_DATE:
    case FIELD_DAY_DATE:
        return date_iso(arena, today);
    case FIELD_TIME:
        return STR("09.30");
    case FIELD_NIK:
        return STR("7317100101100001");
    case FIELD_SELECT:
        return letter_field_option(arena, field, 0, &first) ? first.value : STR("");
    case FIELD_LINE:
    case FIELD_AREA:
        return utf8_part(arena, sample_line(field), field->max);
    case FIELD_LIST:
        return STR("Camat Larompong Selatan\nSitti Aminah, S.Pd.; Ketua BPD");
    case FIELD_PERSON:
    case FIELD_FOLLOWERS:
        break;
    }
    return STR("");
}

const json_t *letter_inputs_sample(struct arena *arena, const struct letter_form *form, struct date today)
{
    json_t *inputs = json_object();

    json_keep(arena, inputs);
    for (size_t i = 0; i < form->n_fields; i++) {
        const struct letter_field *f = &form->fields[i];

        if (letter_field_is_asked(arena, form, f, inputs))
            json_object_set_new(inputs, str_z(arena, f->name), text_of(field_sample(arena, f, today)));
    }
    return inputs;
}

/* ---- the list of fields ---- */

static json_t *add_group(json_t *groups, const char *name)
{
    json_t *fields = json_array();

    json_array_append_new(groups, json_pack("{s:s, s:o}", "name", name, "fields", fields));
    return fields;
}

/* suffix: "_pelapor" of a person; of: the list whose members have these. */
static void add_words(struct request *req, json_t *fields, const struct letter_word *words, struct str suffix, struct str who,
                      const char *of)
{
    struct arena *arena = request_arena(req);

    for (; words->name != NULL; words++) {
        const struct str label = request_hamlet_text(req, words->label);

        json_array_append_new(
            fields, json_pack("{s:o, s:o, s:o, s:s}", "name", text_of(str_fmt(arena, "%s%.*s", words->name, STR_ARG(suffix))), "label",
                              text_of(str_empty(who) ? label : str_fmt(arena, "%.*s (%.*s)", STR_ARG(label), STR_ARG(who))), "sample",
                              text_of(words->sample), "of", of));
    }
}

static void add_person(struct request *req, json_t *fields, const struct letter_field *f, struct str suffix, struct str who, const char *of)
{
    add_words(req, fields, letter_person_words, suffix, who, of);
    if (f->relation == RELATION_HEIR)
        add_words(req, fields, letter_heir_words, suffix, who, of);
}

/* What changes from letter to letter, against what is the village's. */
static bool is_of_letter(const char *name)
{
    static const char *const names[] = {"judul_surat", "nomor_surat", "tanggal_surat", "tahun_surat", "berlaku_sampai"};

    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return false;
}

static void add_office(struct request *req, json_t *groups)
{
    json_t *village = add_group(groups, "Desa dan penandatangan"), *letter = add_group(groups, "Surat");

    for (const struct letter_word *w = letter_office_words; w->name != NULL; w++) {
        const struct letter_word one[] = {*w, {0}};

        add_words(req, is_of_letter(w->name) ? letter : village, one, STR(""), STR(""), "");
    }
}

static void add_question(struct request *req, json_t *fields, const struct letter_form *form, const struct letter_field *f,
                         const json_t *samples)
{
    struct arena *arena = request_arena(req);
    json_t *one = json_pack("{s:o, s:o, s:o, s:s, s:o}", "name", text_of(str_fmt(arena, "isi_%.*s", STR_ARG(f->name))), "label",
                            text_of(f->label), "sample", text_of(letter_field_printed(arena, form, f, samples)), "of", "", "question",
                            text_of(f->name));
    json_t *choices = json_array();
    struct option option;

    for (size_t i = 0; f->kind == FIELD_SELECT && letter_field_option(arena, f, i, &option); i++)
        json_array_append_new(choices, text_of(option.label));
    if (json_array_size(choices) > 0)
        json_object_set(one, "choices", choices);
    json_decref(choices);
    json_array_append_new(fields, one);
}

/* Whether an earlier field is of the same list of people. */
static bool was_listed(const struct letter_form *form, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (str_eq(form->fields[i].list, form->fields[at].list))
            return true;
    return false;
}

/* How long a list is, besides what stands in it. */
static void add_list(struct arena *arena, json_t *fields, const struct letter_field *f)
{
    json_array_append_new(fields,
                          json_pack("{s:o, s:o, s:s, s:s}", "name", text_of(str_fmt(arena, LIST_COUNT "%.*s", STR_ARG(f->name))), "label",
                                    text_of(str_fmt(arena, "Banyaknya (%.*s)", STR_ARG(f->label))), "sample", "2", "of", ""));
}

static void add_list_words(struct request *req, json_t *fields, const struct letter_field *f)
{
    const char *of = str_z(request_arena(req), str_fmt(request_arena(req), LIST_LINES "%.*s", STR_ARG(f->name)));

    add_words(req, fields, letter_list_words, STR(""), f->label, of);
    if (!f->has_clauses)
        return;
    add_words(req, fields, letter_article_words, STR(""), f->label, of);
    add_words(req, fields, letter_clause_words, STR(""), f->label, LETTER_CLAUSES);
}

json_t *letter_words_json(struct request *req, const struct letter_form *form)
{
    const json_t *samples = letter_inputs_sample(request_arena(req), form, request_today(req));
    json_t *groups = json_array(), *asked, *lists;

    if (form->subject_of != OF_NONE)
        add_words(req, add_group(groups, str_z(request_arena(req), letter_subject_label(form))), letter_person_words, STR(""), STR(""), "");
    asked = add_group(groups, "Ditanyakan saat mengisi");
    for (size_t i = 0; i < form->n_fields; i++) {
        const struct letter_field *f = &form->fields[i];

        if (f->kind == FIELD_PERSON)
            add_person(req, asked, f, str_fmt(request_arena(req), "_%.*s", STR_ARG(f->name)), f->label, "");
        else if (f->kind != FIELD_FOLLOWERS)
            add_question(req, asked, form, f, samples);
        if (f->kind == FIELD_LIST)
            add_list(request_arena(req), asked, f);
    }
    add_office(req, groups);
    lists = add_group(groups, "Daftar");
    if (form->shows_family)
        add_words(req, lists, letter_person_words, STR(""), STR("keluarga"), "keluarga");
    for (size_t i = 0; i < form->n_fields; i++)
        if (!str_empty(form->fields[i].list) && !was_listed(form, i))
            add_person(req, lists, &form->fields[i], STR(""), str_from(form->fields[i].list, strlen(LIST_LINES)),
                       str_z(request_arena(req), form->fields[i].list));
    for (size_t i = 0; i < form->n_fields; i++)
        if (form->fields[i].kind == FIELD_LIST)
            add_list_words(req, lists, &form->fields[i]);
    if (letter_followers_field(form) != NULL) {
        add_words(req, lists, letter_person_words, STR(""), STR("pengikut"), "pengikut");
        add_words(req, lists, letter_person_words, STR(""), STR("pemohon dan pengikut"), "pemohon_pengikut");
    }
    return json_pack("{s:o}", "groups", groups);
}
