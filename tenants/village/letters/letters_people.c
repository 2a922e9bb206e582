// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/letters/letters_people.h"

#include "server/base/json.h"
#include "server/base/text.h"
#include "tenants/village/residents/nik.h"

enum rc letter_subject_at(struct village_db *db, uint64_t id, struct letter_subject *out, struct err *err)
{
    if (id != 0)
        return sql_letter_subject(db, id, out, err);
    *out = (struct letter_subject){.nik = STR(""), .name = STR(""), .hamlet = STR(""), .rw = STR(""), .rt = STR("")};
    return RC_OK;
}

static struct str answer(struct arena *arena, const json_t *inputs, const struct letter_field *f, const char *part)
{
    return str_dup(arena, json_text(inputs, str_z(arena, str_fmt(arena, "%.*s%s", STR_ARG(f->name), part))));
}

static struct opt_u64 code_in(struct arena *arena, const json_t *inputs, const struct letter_field *f, const char *part)
{
    uint64_t code;

    return str_to_u64(answer(arena, inputs, f, part), &code) ? some_u64(code) : (struct opt_u64){0};
}

/* Somebody of elsewhere, as he was written down. */
static struct letter_subject outsider(struct arena *arena, const json_t *inputs, const struct letter_field *f)
{
    struct letter_subject who = {.nik = answer(arena, inputs, f, PERSON_NIK),
                                 .name = answer(arena, inputs, f, PERSON_NAME),
                                 .sex = f->sex != 0 ? f->sex : (uint8_t)code_in(arena, inputs, f, PERSON_SEX).value,
                                 .birth_place = answer(arena, inputs, f, PERSON_BIRTH_PLACE),
                                 .religion = code_in(arena, inputs, f, PERSON_RELIGION),
                                 .occupation = code_in(arena, inputs, f, PERSON_OCCUPATION),
                                 .citizenship = code_in(arena, inputs, f, PERSON_CITIZENSHIP),
                                 .basic_status = str_is(answer(arena, inputs, f, PERSON_FROM), PERSON_DEAD) ? STATUS_DEAD : STATUS_ALIVE,
                                 .address = answer(arena, inputs, f, PERSON_ADDRESS),
                                 .address_now = STR(""),
                                 .hamlet = STR(""),
                                 .rw = STR(""),
                                 .rt = STR("")};

    if (!date_parse(answer(arena, inputs, f, PERSON_BIRTH_DATE), &who.birth_date))
        who.birth_date = (struct date){0};
    return who;
}

/* A NIK says who it is: a resident written down as an outsider is judged as one. Who moved away is an outsider in fact. */
static enum rc same_read(struct village_db *db, struct letter_person *out, struct err *err)
{
    struct resident_id same;
    bool is_there;

    if (str_empty(out->who.nik))
        return RC_OK;
    TRY(sql_resident_id_of_nik(db, out->who.nik, &same, &is_there, err));
    if (!is_there || (same.basic_status != STATUS_ALIVE && same.basic_status != STATUS_DEAD))
        return RC_OK;
    out->same_id = same.id;
    out->same_name = same.name;
    out->who.basic_status = same.basic_status;
    return RC_OK;
}

static enum rc person_read(struct village_db *db, const struct letter_form *form, const struct letter_field *f, const json_t *inputs,
                           struct letter_person *out, struct err *err)
{
    struct arena *arena = village_db_arena(db);
    uint64_t id;

    *out = (struct letter_person){.field = f};
    if (letter_field_is_asked(arena, form, f, inputs) && str_to_u64(answer(arena, inputs, f, ""), &id)) {
        TRY(sql_letter_subject(db, id, &out->who, err));
        out->is_there = true;
    } else if (str_is(answer(arena, inputs, f, PERSON_FROM), PERSON_OUTSIDE) ||
               str_is(answer(arena, inputs, f, PERSON_FROM), PERSON_DEAD)) {
        out->who = outsider(arena, inputs, f);
        out->is_there = out->is_outside = true;
        TRY(same_read(db, out, err));
    }
    return RC_OK;
}

/* Whether the id is one of "12,13". */
static bool has_id(struct str ids, uint64_t id)
{
    struct str rest = ids, one;
    uint64_t number;

    while (rest.p != NULL && str_cut(&rest, ',', &one))
        if (str_to_u64(one, &number) && number == id)
            return true;
    return false;
}

static bool asks_heirs(const struct letter_form *form)
{
    for (size_t i = 0; i < form->n_fields; i++)
        if (form->fields[i].relation == RELATION_HEIR)
            return true;
    return false;
}

enum rc letter_people_read(struct village_db *db, const struct letter_form *form, uint64_t resident_id, const json_t *inputs,
                           struct letter_people *out, struct err *err)
{
    struct arena *arena = village_db_arena(db);
    const struct letter_field *followers = letter_followers_field(form);

    *out = (struct letter_people){.p = ARENA_ARRAY(arena, struct letter_person, form->n_fields)};
    for (size_t i = 0; i < form->n_fields; i++)
        if (form->fields[i].kind == FIELD_PERSON)
            TRY(person_read(db, form, &form->fields[i], inputs, &out->p[out->n++], err));
    if (asks_heirs(form))
        TRY(sql_letter_heirs(db, resident_id, &out->heirs, err));
    if (form->shows_family || followers != NULL)
        TRY(sql_letter_family(db, resident_id, &out->family, err));
    if (followers == NULL)
        return RC_OK;
    struct str ids = answer(arena, inputs, followers, "");
    out->followers.p = ARENA_ARRAY(arena, struct letter_subject, out->family.n);
    for (size_t i = 0; i < out->family.n; i++)
        if (has_id(ids, out->family.p[i].id))
            out->followers.p[out->followers.n++] = out->family.p[i];
    return RC_OK;
}

bool letter_heir_is_near(const struct letter_heir_rows *heirs, const struct letter_heir *heir)
{
    bool has_child = false;

    for (size_t i = 0; i < heirs->n; i++)
        has_child = has_child || heirs->p[i].tie == TIE_CHILD;
    return heir->tie < TIE_SIBLING || !has_child;
}

/* The resident: chosen, or known by an outsider's NIK; 0: none. */
static uint64_t resident_of(const struct letter_person *person)
{
    return person->who.id != 0 ? person->who.id : person->same_id;
}

static bool is_same_person(const struct letter_person *a, const struct letter_person *b)
{
    const uint64_t id = resident_of(a);

    return (id != 0 && id == resident_of(b)) || (!str_empty(a->who.nik) && str_eq(a->who.nik, b->who.nik));
}

struct str letter_person_fault(struct arena *arena, const struct letter_people *people, const struct letter_person *person,
                               uint64_t subject_id)
{
    const struct letter_field *f = person->field;
    const struct letter_subject *who = &person->who;

    if (!person->is_there)
        return STR_NONE;
    if (f->must_live && who->basic_status != STATUS_ALIVE)
        return str_fmt(arena, "%.*s: %.*s tercatat %.*s. Pilih orang lain, atau perbaiki dahulu data warganya bila keliru.",
                       STR_ARG(f->label), STR_ARG(text_name(arena, who->name)),
                       STR_ARG(text_lower(arena, code_label(CODE_BASIC_STATUS, who->basic_status))));
    if (f->sex != 0 && who->sex != 0 && who->sex != f->sex)
        return str_fmt(arena, "%.*s: %.*s tercatat %.*s. Pilih orang lain.", STR_ARG(f->label), STR_ARG(text_name(arena, who->name)),
                       STR_ARG(text_lower(arena, code_label(CODE_SEX, who->sex))));
    const uint64_t id = resident_of(person);
    if (id != 0 && id == subject_id)
        return str_fmt(arena, "%.*s: %.*s adalah pemohon surat ini. Pilih orang lain.", STR_ARG(f->label),
                       STR_ARG(text_name(arena, who->name)));
    for (const struct letter_person *other = people->p; other < person; other++)
        if (other->is_there && is_same_person(other, person))
            return str_fmt(arena, "%.*s: %.*s sudah dipilih sebagai %.*s. Pilih orang lain.", STR_ARG(f->label),
                           STR_ARG(text_name(arena, who->name)), STR_ARG(other->field->label));
    if (person->same_id != 0)
        return str_fmt(arena, "%.*s: NIK ini milik warga desa, %.*s. Pilih “%s”, lalu cari namanya.", STR_ARG(f->label),
                       STR_ARG(text_name(arena, person->same_name)), PERSON_RESIDENT);
    return STR_NONE;
}

struct str letter_people_not_living(struct arena *arena, const struct letter_people *people)
{
    for (size_t i = 0; i < people->n; i++) {
        const struct letter_person *person = &people->p[i];

        if (person->is_there && person->field->must_live && person->who.basic_status != STATUS_ALIVE)
            return letter_person_fault(arena, people, person, 0);
    }
    return STR("");
}

struct str letter_person_told(struct arena *arena, const struct letter_people *people, const struct letter_field *field, bool is_masked)
{
    struct buf names = {.arena = arena};

    for (size_t i = 0; field->kind == FIELD_FOLLOWERS && i < people->followers.n; i++)
        buf_fmt(&names, "%s%.*s", i > 0 ? ", " : "", STR_ARG(text_name(arena, people->followers.p[i].name)));
    for (size_t i = 0; i < people->n; i++) {
        const struct letter_person *person = &people->p[i];
        struct str nik = person->who.nik;

        if (person->field != field || !person->is_there)
            continue;
        buf_put_str(&names, text_name(arena, person->who.name));
        if (!str_empty(nik) && !nik_is_temporary(nik))
            buf_fmt(&names, ", NIK %.*s", STR_ARG(is_masked ? nik_masked(arena, nik) : nik_spaced(arena, nik)));
    }
    return buf_str(&names);
}
