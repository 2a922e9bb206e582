// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/letters/letters_people.h"

#include "server/base/json.h"
#include "server/base/text.h"

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
                                 .sex = f->traits.sex != 0 ? f->traits.sex : (uint8_t)code_in(arena, inputs, f, PERSON_SEX).value,
                                 .birth_place = answer(arena, inputs, f, PERSON_BIRTH_PLACE),
                                 .religion = code_in(arena, inputs, f, PERSON_RELIGION),
                                 .occupation = code_in(arena, inputs, f, PERSON_OCCUPATION),
                                 .citizenship = code_in(arena, inputs, f, PERSON_CITIZENSHIP),
                                 .basic_status = str_is(answer(arena, inputs, f, PERSON_FROM), PERSON_DEAD) ? STATUS_DEAD : STATUS_ALIVE,
                                 .address = answer(arena, inputs, f, PERSON_ADDRESS),
                                 .address_now = answer(arena, inputs, f, PERSON_STAY),
                                 .kk_no = answer(arena, inputs, f, PERSON_CARD),
                                 .marital = code_in(arena, inputs, f, PERSON_MARITAL),
                                 .hamlet = STR(""),
                                 .rw = STR(""),
                                 .rt = STR("")};

    if (!date_parse(answer(arena, inputs, f, PERSON_BIRTH_DATE), &who.birth_date))
        who.birth_date = (struct date){0};
    return who;
}

enum rc letter_subject_of(struct village_db *db, const struct letter_form *form, const json_t *inputs, uint64_t id,
                          struct letter_subject *out, struct err *err)
{
    const struct letter_field subject = {.name = STR(LETTER_SUBJECT), .traits.sex = form->subject.sex};

    if (id != 0)
        return sql_letter_subject(db, id, out, err);
    if (form->is_outside)
        *out = outsider(village_db_arena(db), inputs, &subject);
    else
        *out = (struct letter_subject){.nik = STR(""), .name = STR(""), .hamlet = STR(""), .rw = STR(""), .rt = STR("")};
    return RC_OK;
}

/* A NIK says who it is: a resident written down as an outsider is judged as one. Who moved away is an outsider in fact. */
static enum rc same_read(struct village_db *db, struct letter_person *out, struct err *err)
{
    struct resident_id same;
    bool is_there;

    if (!nik_is_digits(out->who.nik))
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

bool letter_has_id(struct str ids, uint64_t id)
{
    struct str rest = ids, one;
    uint64_t number;

    while (rest.p != NULL && str_cut(&rest, ',', &one))
        if (str_to_u64(one, &number) && number == id)
            return true;
    return false;
}

static bool asks_places(const struct letter_form *form)
{
    for (size_t i = 0; i < form->n_fields; i++)
        if (form->fields[i].places.n > 0)
            return true;
    return false;
}

static enum rc village_read(struct village_db *db, struct letter_people *out, struct err *err)
{
    struct letter_identity *village = ARENA_NEW(village_db_arena(db), struct letter_identity);

    TRY(sql_letter_identity(db, village, err));
    out->village = village;
    return RC_OK;
}

static bool asks_heirs(const struct letter_form *form)
{
    for (size_t i = 0; i < form->n_fields; i++)
        if (form->fields[i].relation == RELATION_HEIR)
            return true;
    return false;
}

/* A box of its own for a NIK, none of an outsider's. */
static bool is_own_number(const struct letter_field *f)
{
    return f->kind == FIELD_NIK && !f->is_kk && !str_ends(f->only.field, STR(PERSON_FROM));
}

static enum rc owner_read(struct village_db *db, const struct letter_field *f, const json_t *inputs, struct letter_people *out,
                          struct err *err)
{
    struct letter_owner owner = {.field = f};
    const struct str nik = answer(village_db_arena(db), inputs, f, "");
    bool is_there = false;

    if (nik_is_digits(nik)) /* of what else was typed the field tells */
        TRY(sql_resident_id_of_nik(db, nik, &owner.who, &is_there, err));
    if (is_there)
        out->owners.p[out->owners.n++] = owner;
    return RC_OK;
}

const struct letter_subject *letter_kin_of(const struct letter_people *people, enum letter_relation relation)
{
    switch (relation) {
    case RELATION_FATHER:
        return people->father;
    case RELATION_MOTHER:
        return people->mother;
    case RELATION_SPOUSE:
        return people->spouse;
    case RELATION_HEAD:
        return people->head;
    case RELATION_NONE:
    case RELATION_HEIR:
    case RELATION_CHILD:
    case RELATION_BETROTHED:
        break;
    }
    return NULL;
}

static bool is_of_register(enum letter_relation relation)
{
    return relation == RELATION_FATHER || relation == RELATION_MOTHER || relation == RELATION_SPOUSE || relation == RELATION_HEAD;
}

/* Whether the type asks for kin, or an answer says that they are gone. */
static bool wants_kin(const struct letter_form *form)
{
    struct letter_fit fit;

    for (size_t i = 0; i < form->n_fields; i++) {
        const struct letter_field *f = &form->fields[i];

        if (f->kind == FIELD_PERSON && (is_of_register(f->relation) || f->relation_by.n > 0))
            return true;
        for (size_t k = 0; k < f->fits.n; k++)
            if (letter_fit_read(f->fits.p[k], &fit) && fit.gone != 0)
                return true;
    }
    return false;
}

static enum rc kin_read(struct village_db *db, uint64_t resident_id, struct letter_people *out, struct err *err)
{
    struct letter_relatives ids;
    struct letter_subject_rows rows;

    TRY(sql_letter_relatives(db, resident_id, &ids, err));
    const struct {
        struct opt_u64 id;
        const struct letter_subject **to;
    } kin[] = {{ids.father, &out->father}, {ids.mother, &out->mother}, {ids.spouse, &out->spouse}, {ids.head, &out->head}};
    TRY(sql_letter_subjects(db,
                            str_fmt(village_db_arena(db), "[%" PRIu64 ",%" PRIu64 ",%" PRIu64 ",%" PRIu64 "]", ids.father.value,
                                    ids.mother.value, ids.spouse.value, ids.head.value),
                            &rows, err));
    for (size_t k = 0; k < COUNT_OF(kin); k++)
        for (size_t i = 0; kin[k].id.is_set && i < rows.n; i++)
            if (rows.p[i].id == kin[k].id.value)
                *kin[k].to = &rows.p[i];
    return RC_OK;
}

enum rc letter_people_read(struct village_db *db, const struct letter_form *form, uint64_t resident_id, const json_t *inputs,
                           struct letter_people *out, struct err *err)
{
    struct arena *arena = village_db_arena(db);
    const struct letter_field *followers = letter_followers_field(form);
    const bool has_kin = resident_id != 0 && wants_kin(form);

    *out = (struct letter_people){.p = ARENA_ARRAY(arena, struct letter_person, form->n_fields),
                                  .owners.p = ARENA_ARRAY(arena, struct letter_owner, form->n_fields),
                                  .follows = followers,
                                  .names_others = followers != NULL};
    for (size_t i = 0; i < form->n_fields; i++) {
        const struct letter_field *f = &form->fields[i];

        out->names_others = out->names_others || f->kind == FIELD_PERSON || is_own_number(f);
        if (f->kind == FIELD_PERSON)
            TRY(person_read(db, form, f, inputs, &out->p[out->n++], err));
        else if (is_own_number(f))
            TRY(owner_read(db, f, inputs, out, err));
    }
    if (asks_places(form))
        TRY(village_read(db, out, err));
    if (asks_heirs(form))
        TRY(sql_letter_heirs(db, resident_id, &out->heirs, err));
    if (has_kin)
        TRY(kin_read(db, resident_id, out, err));
    if (has_kin || form->shows_family || followers != NULL)
        TRY(sql_letter_family(db, resident_id, &out->family, err));
    if (followers == NULL)
        return RC_OK;
    const struct str ids = answer(arena, inputs, followers, "");
    const bool is_all = letter_all_move(arena, form, inputs);
    const bool is_with = followers->with_subject && letter_field_is_asked(arena, form, followers, inputs);
    out->followers.p = ARENA_ARRAY(arena, struct letter_subject, out->family.n);
    for (size_t i = 0; i < out->family.n; i++)
        if (is_with && out->family.p[i].id == resident_id)
            out->followers.p[out->followers.n++] = out->family.p[i];
    for (size_t i = 0; i < out->family.n; i++)
        if (out->family.p[i].id != resident_id && (is_all || letter_has_id(ids, out->family.p[i].id)))
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

    return (id != 0 && id == resident_of(b)) || (nik_is_digits(a->who.nik) && str_eq(a->who.nik, b->who.nik));
}

/* The label of the field whose answer lifts an age; "" none. */
static struct str lifts(const struct letter_matter *m, const struct letter_traits *t)
{
    const struct letter_field *f = str_empty(t->unless) ? NULL : letter_field_called(m->form, t->unless);

    return f == NULL ? STR("") : str_fmt(m->arena, ", kecuali %.*s diisi", STR_ARG(text_lower(m->arena, f->label)));
}

/* A strict age that somebody does not have. */
static bool is_of_wrong_age(const struct letter_matter *m, const struct letter_traits *t, const struct letter_subject *who,
                            struct letter_unlike *out)
{
    return t->is_strict && letter_unlike(m, t, who, TRAIT_AGE, out) && str_empty(out->unknown);
}

struct str letter_subject_fault(const struct letter_matter *m)
{
    struct letter_unlike unlike;

    if (!is_of_wrong_age(m, &m->form->subject, m->subject, &unlike))
        return STR_NONE;
    return str_fmt(m->arena, "%.*s %.*s. Surat ini hanya untuk %.*s%.*s.", STR_ARG(text_name(m->arena, m->subject->name)),
                   STR_ARG(unlike.is), STR_ARG(unlike.wanted), STR_ARG(lifts(m, &m->form->subject)));
}

static bool lives(uint8_t status)
{
    return status == STATUS_ALIVE || status == STATUS_MISSING || status == STATUS_AWAY;
}

/* The part of letter_person_fault that holds for a letter already written, at each of its steps. STR_NONE. */
static struct str unfit_of(const struct letter_matter *m, const struct letter_person *person)
{
    const struct letter_field *f = person->field;
    const struct letter_subject *who = &person->who;
    const struct str name = text_name(m->arena, who->name);
    struct letter_unlike unlike;

    if (!person->is_there)
        return STR_NONE;
    if (f->must_live && who->basic_status != STATUS_ALIVE)
        return str_fmt(m->arena, "%.*s: %.*s tercatat %.*s. Pilih orang lain, atau perbaiki dahulu data warganya bila keliru.",
                       STR_ARG(f->label), STR_ARG(name), STR_ARG(text_lower(m->arena, code_label(CODE_BASIC_STATUS, who->basic_status))));
    if (f->must_be_dead && !person->is_outside && lives(who->basic_status))
        return str_fmt(m->arena, "%.*s: %.*s tercatat hidup. Catat dahulu kematiannya di Peristiwa, lalu lanjutkan surat ini.",
                       STR_ARG(f->label), STR_ARG(name));
    if (is_of_wrong_age(m, &f->traits, who, &unlike))
        return str_fmt(m->arena, "%.*s: %.*s %.*s, padahal harus %.*s%.*s. Pilih orang lain.", STR_ARG(f->label), STR_ARG(name),
                       STR_ARG(unlike.is), STR_ARG(unlike.wanted), STR_ARG(lifts(m, &f->traits)));
    return letter_kin_fault(m, person);
}

struct str letter_person_fault(const struct letter_matter *m, const struct letter_person *person)
{
    const struct letter_field *f = person->field;
    const struct str name = text_name(m->arena, person->who.name), unfit = unfit_of(m, person);
    struct letter_unlike unlike;

    if (!person->is_there || unfit.p != NULL)
        return unfit;
    if (letter_unlike(m, &f->traits, &person->who, TRAIT_SEX, &unlike))
        return str_fmt(m->arena, "%.*s: %.*s %.*s. Pilih orang lain.", STR_ARG(f->label), STR_ARG(name), STR_ARG(unlike.is));
    if (is_same_person(&(struct letter_person){.who = *m->subject}, person))
        return str_fmt(m->arena, "%.*s: %.*s adalah pemohon surat ini. Pilih orang lain.", STR_ARG(f->label), STR_ARG(name));
    for (const struct letter_person *other = m->people->p; other < person; other++)
        if (other->is_there && is_same_person(other, person))
            return str_fmt(m->arena, "%.*s: %.*s sudah dipilih sebagai %.*s. Pilih orang lain.", STR_ARG(f->label), STR_ARG(name),
                           STR_ARG(other->field->label));
    if (person->same_id != 0)
        return str_fmt(m->arena, "%.*s: NIK ini milik warga desa, %.*s. Pilih “%s”, lalu cari namanya.", STR_ARG(f->label),
                       STR_ARG(text_name(m->arena, person->same_name)), PERSON_RESIDENT);
    return STR_NONE;
}

struct str letter_owner_fault(struct arena *arena, const struct letter_owner *owner)
{
    if (owner->field->is_subjects && lives(owner->who.basic_status))
        return str_fmt(arena, "%.*s milik warga desa, %.*s. Batalkan surat ini, lalu buat untuk warga itu.", STR_ARG(owner->field->label),
                       STR_ARG(text_name(arena, owner->who.name)));
    return owner->who.basic_status != STATUS_DEAD
               ? STR_NONE
               : str_fmt(arena, "%.*s milik %.*s, yang tercatat meninggal. Tulis NIK orang lain, atau perbaiki dahulu data warganya.",
                         STR_ARG(owner->field->label), STR_ARG(text_name(arena, owner->who.name)));
}

struct str letter_refusal(const struct letter_matter *m)
{
    struct str why = letter_subject_fault(m);

    for (size_t i = 0; why.p == NULL && m->people != NULL && i < m->people->n; i++)
        why = unfit_of(m, &m->people->p[i]);
    for (size_t i = 0; why.p == NULL && m->people != NULL && i < m->people->owners.n; i++)
        why = letter_owner_fault(m->arena, &m->people->owners.p[i]);
    for (size_t i = 0; why.p == NULL && i < m->form->n_fields; i++)
        why = letter_move_fault(m, &m->form->fields[i]);
    return why.p != NULL ? why : STR("");
}

bool letter_people_live(const struct letter_people *people)
{
    for (size_t i = 0; i < people->n; i++)
        if (people->p[i].is_there && people->p[i].field->must_live && people->p[i].who.basic_status != STATUS_ALIVE)
            return false;
    return true;
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
