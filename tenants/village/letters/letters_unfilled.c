// SPDX-License-Identifier: AGPL-3.0-or-later
/* What a letter still asks for, and its paper with words in the place of it. */
#include "server/base/json.h"
#include "server/base/text.h"
#include "tenants/village/letters/letters_people.h"
#include "tenants/village/letters/letters_rules.h"

/* "Jenis usaha" → "jenis usaha"; "NIK penerima" stays. Where a person is from is asked before him, in his name. */
struct str letter_field_needs(struct arena *arena, const struct letter_form *form, const struct letter_field *field)
{
    const struct str label = field->is_from ? form->fields[field - form->fields + 1].label : field->label;
    const bool is_word = label.n > 1 && label.p[1] >= 'a' && label.p[1] <= 'z';

    return is_word ? str_fmt(arena, "%.*s%.*s", STR_ARG(text_lower(arena, str_part(label, 0, 1))), STR_ARG(str_from(label, 1))) : label;
}

static bool is_answered(const struct letter_field *f, struct str kept)
{
    struct date day;

    return letter_field_is_date(f) ? date_parse(kept, &day) : !str_empty(kept);
}

struct letter_lacks letter_lacks(struct arena *arena, const struct letter_form *form, const json_t *inputs)
{
    struct letter_lacks out = {ARENA_ARRAY(arena, struct letter_lack, form->n_fields), 0};

    for (size_t i = 0; i < form->n_fields; i++) {
        const struct letter_field *f = &form->fields[i];
        const struct str kept = str_trim(json_text(inputs, str_z(arena, f->name)));
        const bool is_chosen = f->kind >= FIELD_PERSON || f->kind == FIELD_SELECT;

        if (is_answered(f, kept) || !letter_field_is_asked(arena, form, f, inputs) || (!f->is_required && str_empty(kept)))
            continue;
        const struct str label = letter_field_needs(arena, form, f);
        out.p[out.n++] = (struct letter_lack){f, label,
                                              str_fmt(arena, "%.*s belum %s", STR_ARG(label),
                                                      is_chosen          ? "dipilih"
                                                      : !str_empty(kept) ? "lengkap"
                                                                         : "diisi")};
    }
    return out;
}

static void set(json_t *values, struct arena *arena, struct str name, struct str words)
{
    json_object_set_new(values, str_z(arena, name), json_pack("{s:s%}", "unfilled", words.p, words.n));
}

/* Every word of somebody who was not chosen. */
static void set_person(struct arena *arena, json_t *values, const char *suffix, const struct letter_lack *lack)
{
    const struct str others = str_fmt(arena, "mengikuti %.*s", STR_ARG(lack->label));

    for (const struct letter_word *word = letter_person_words; word->name != NULL; word++)
        set(values, arena, str_fmt(arena, "%s%s", word->name, suffix), strcmp(word->name, "nama") == 0 ? lack->words : others);
}

static void add_row(json_t *values, struct arena *arena, struct str list, json_t *row)
{
    const char *name = str_z(arena, list);

    if (!json_is_array(json_object_get(values, name)))
        json_object_set_new(values, name, json_array());
    json_array_append_new(json_object_get(values, name), row);
}

static void add_person_row(json_t *values, struct arena *arena, struct str list, const struct letter_lack *lack)
{
    json_t *row = json_object();

    set_person(arena, row, "", lack);
    add_row(values, arena, list, row);
}

/* What was not written down of somebody from elsewhere: "pembeli_alamat" is {alamat_pembeli}. False: it is none of this person. */
static bool set_part(struct arena *arena, json_t *values, const struct letter_field *person, const struct letter_lack *lack)
{
    const struct str name = lack->field->name, tail = str_from(name, person->name.n < name.n ? person->name.n : name.n);
    const bool is_birth = str_is(tail, PERSON_BIRTH_PLACE) || str_is(tail, PERSON_BIRTH_DATE);

    if (!str_starts(name, person->name) || !str_eq(lack->field->only.field, str_fmt(arena, "%.*s" PERSON_FROM, STR_ARG(person->name))))
        return false;
    set(values, arena,
        str_fmt(arena, "%s%.*s_%.*s", str_is(tail, PERSON_SEX) ? "jenis_" : "", STR_ARG(str_from(tail, 1)), STR_ARG(person->name)),
        lack->words);
    if (is_birth)
        set(values, arena, str_fmt(arena, "ttl_%.*s", STR_ARG(person->name)), lack->words);
    return true;
}

static bool set_of_people(struct arena *arena, json_t *values, const struct letter_form *form, const struct letter_lack *lack)
{
    for (size_t i = 0; i < form->n_fields; i++) {
        const struct letter_field *person = &form->fields[i];
        const bool is_his_from = lack->field->is_from && lack->field + 1 == person;

        if (person->kind != FIELD_PERSON)
            continue;
        if (person == lack->field || is_his_from) {
            set_person(arena, values, str_z(arena, str_fmt(arena, "_%.*s", STR_ARG(person->name))), lack);
            if (!str_empty(person->list))
                add_person_row(values, arena, person->list, lack);
            return true;
        }
        if (set_part(arena, values, person, lack))
            return true;
    }
    return false;
}

void letter_values_lack(struct arena *arena, const struct letter_form *form, const json_t *inputs, json_t *values)
{
    const struct letter_lacks lacks = letter_lacks(arena, form, inputs);

    for (size_t i = 0; i < lacks.n; i++) {
        const struct letter_lack *lack = &lacks.p[i];
        const struct letter_field *f = lack->field;

        if (f->kind == FIELD_FOLLOWERS)
            add_person_row(values, arena, STR("pengikut"), lack);
        else if (f->kind == FIELD_LIST) {
            json_t *row = json_pack("{s:s}", "nomor", "1");

            set(row, arena, STR("baris"), lack->words);
            set(row, arena, STR("nama"), lack->words);
            set(row, arena, STR("sebagai"), lack->words);
            if (f->has_clauses) {
                json_t *clause = json_pack("{s:s, s:s}", "nomor", "", "huruf", "");

                set(clause, arena, STR("baris"), lack->words);
                json_object_set_new(row, LETTER_CLAUSES, json_pack("[o]", clause));
            }
            add_row(values, arena, str_fmt(arena, LIST_LINES "%.*s", STR_ARG(f->name)), row);
        }
        if (!set_of_people(arena, values, form, lack))
            set(values, arena, str_fmt(arena, "isi_%.*s", STR_ARG(f->name)), lack->words);
    }
}
