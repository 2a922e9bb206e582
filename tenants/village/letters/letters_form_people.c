// SPDX-License-Identifier: AGPL-3.0-or-later
/* Of a letter type's definition, the people whom its form asks for: each becomes fields. */
#include "server/base/json.h"
#include "tenants/village/letters/letters_rules.h"

enum outside_size { OUTSIDE_SHORT = 2, OUTSIDE_LONG = 9, OUTSIDE_SUBJECT = SUBJECT_FIELDS };

/* What is asked of somebody from elsewhere: so many of these. */
static void add_outsider(struct arena *arena, const struct letter_field *person, enum outside_size size, struct letter_form *form)
{
    static const struct {
        const char *tail, *label;
        enum field_kind kind;
        enum code_list codes;
        bool is_required;
    } parts[OUTSIDE_SUBJECT] = {{PERSON_NAME, "Nama", FIELD_LINE, CODE_NO_LIST, true},
                                {PERSON_NIK, "NIK", FIELD_NIK, CODE_NO_LIST, false},
                                {PERSON_BIRTH_PLACE, "Tempat lahir", FIELD_LINE, CODE_NO_LIST, true},
                                {PERSON_BIRTH_DATE, "Tanggal lahir", FIELD_DATE, CODE_NO_LIST, true},
                                {PERSON_SEX, "Jenis kelamin", FIELD_SELECT, CODE_SEX, true},
                                {PERSON_RELIGION, "Agama", FIELD_SELECT, CODE_RELIGION, false},
                                {PERSON_OCCUPATION, "Pekerjaan", FIELD_SELECT, CODE_OCCUPATION, false},
                                {PERSON_CITIZENSHIP, "Kewarganegaraan", FIELD_SELECT, CODE_CITIZENSHIP, false},
                                {PERSON_ADDRESS, "Alamat", FIELD_LINE, CODE_NO_LIST, true},
                                {PERSON_CARD, "Nomor KK", FIELD_NIK, CODE_NO_LIST, false},
                                {PERSON_MARITAL, "Status kawin", FIELD_SELECT, CODE_MARITAL, false},
                                {PERSON_STAY, "Tempat tinggal sementara", FIELD_LINE, CODE_NO_LIST, false}};

    for (size_t i = 0; i < size; i++) {
        if (parts[i].codes == CODE_SEX && person->traits.sex != 0)
            continue; /* his part in the letter says it */
        struct letter_field f = {.name = str_fmt(arena, "%.*s%s", STR_ARG(person->name), parts[i].tail),
                                 .label = str_fmt(arena, "%s %.*s", parts[i].label, STR_ARG(person->label)),
                                 .kind = parts[i].kind,
                                 .codes = parts[i].codes,
                                 .is_required = parts[i].is_required,
                                 .is_past = parts[i].kind == FIELD_DATE,
                                 .before_birth = true,
                                 .max = 150};

        if (size == OUTSIDE_SUBJECT) {
            f.is_subjects = true;
            form->fields[form->n_fields++] = f;
            continue;
        }
        f.only.field = str_fmt(arena, "%.*s" PERSON_FROM, STR_ARG(person->name));
        f.only.values = (struct letter_words){ARENA_ARRAY(arena, struct str, 2), i == 0 ? 2 : 1};
        f.only.values.p[0] = STR(PERSON_OUTSIDE);
        f.only.values.p[1] = STR(PERSON_DEAD); /* of somebody long dead the name is enough */
        form->fields[form->n_fields++] = f;
    }
}

static enum letter_relation relation_of(struct str word)
{
    return str_is(word, "ayah")       ? RELATION_FATHER
           : str_is(word, "ibu")      ? RELATION_MOTHER
           : str_is(word, "pasangan") ? RELATION_SPOUSE
           : str_is(word, "kepala")   ? RELATION_HEAD
           : str_is(word, "waris")    ? RELATION_HEIR
           : str_is(word, "anak")     ? RELATION_CHILD
           : str_is(word, "calon")    ? RELATION_BETROTHED
                                      : RELATION_NONE;
}

struct str letter_tie(uint8_t tie)
{
    static const struct str ties[] = {STR_INIT(""),        STR_INIT("Suami/istri"), STR_INIT("Anak"),   STR_INIT("Orang tua"),
                                      STR_INIT("Saudara"), STR_INIT("Cucu"),        STR_INIT("Lainnya")};

    return ties[tie < TIE_END ? tie : 0];
}

struct str letter_tie_said(struct str tie, uint8_t sex)
{
    if (sex != 0 && str_eq(tie, letter_tie(TIE_SPOUSE)))
        return sex == SEX_FEMALE ? STR("Istri") : STR("Suami");
    if (sex != 0 && str_eq(tie, letter_tie(TIE_PARENT)))
        return sex == SEX_FEMALE ? STR("Ibu") : STR("Ayah");
    return str_eq(tie, letter_tie(TIE_OTHER)) ? STR("Keluarga lain") : tie;
}

/* What an heir is to the deceased is asked when there is one. */
static void add_tie(struct arena *arena, const struct letter_field *from, struct letter_form *form)
{
    struct letter_field f = *from;

    f.name = str_fmt(arena, "%.*s" PERSON_TIE, (int)(from->name.n - strlen(PERSON_FROM)), from->name.p);
    f.label = str_fmt(arena, "Hubungan %.*s dengan yang meninggal", STR_ARG(str_from(from->label, strlen("Asal "))));
    f.group = f.hint = STR("");
    f.is_from = false;
    f.is_required = true;
    f.only.field = from->name;
    f.only.values = from->options;
    f.options = (struct letter_words){ARENA_ARRAY(arena, struct str, TIE_END), TIE_END - 1};
    for (unsigned i = TIE_SPOUSE; i < TIE_END; i++)
        f.options.p[i - 1] = letter_tie((uint8_t)i);
    form->fields[form->n_fields++] = f;
}

/* One of several begins to be asked when the one before it was: where he is from says so. */
static void hang_on_last(struct arena *arena, struct str stem, size_t number, struct letter_field *f)
{
    if (!str_empty(f->only.field))
        return;
    f->only.field = str_fmt(arena, "%.*s_%zu" PERSON_FROM, STR_ARG(stem), number - 1);
    f->only.values = (struct letter_words){ARENA_ARRAY(arena, struct str, 3), 3};
    f->only.values.p[0] = STR(PERSON_RESIDENT);
    f->only.values.p[1] = STR(PERSON_OUTSIDE);
    f->only.values.p[2] = STR(PERSON_DEAD);
}

/* {"field": "selaku", "Orang tua": "anak", …}: the answer says what this person is. */
static enum rc read_relation_by(struct arena *arena, const json_t *json, struct letter_field *f, struct err *err)
{
    const char *key;
    json_t *value;

    f->relation_by.field = str_dup(arena, json_text(json, "field"));
    f->relation_by.p = arena_alloc(arena, json_object_size(json) * sizeof(*f->relation_by.p));
    json_object_foreach((json_t *)json, key, value)
    {
        const enum letter_relation relation = relation_of(json_text(json, key));

        if (strcmp(key, "field") == 0)
            continue;
        if (relation == RELATION_NONE)
            return fail(err, RC_INVALID, "letter type: \"relation_by\" of \"%.*s\" has an unknown relation", STR_ARG(f->name));
        f->relation_by.p[f->relation_by.n].option = str_dup(arena, str_c(key));
        f->relation_by.p[f->relation_by.n++].relation = relation;
    }
    if (json != NULL && (str_empty(f->relation_by.field) || f->relation_by.n == 0))
        return fail(err, RC_INVALID, "letter type: \"relation_by\" of \"%.*s\" names no field or no relation", STR_ARG(f->name));
    return RC_OK;
}

/* What is said of a person: who it may be, and what is held against the register. */
static enum rc read_who(struct arena *arena, const json_t *json, struct letter_field *f, struct err *err)
{
    const struct str relation = json_text(json, "relation");

    f->must_be_dead = json_bool(json, "dead");
    f->must_live = !f->must_be_dead && (json_object_get(json, "alive") == NULL || json_bool(json, "alive"));
    f->relation = relation_of(relation);
    f->to = str_dup(arena, json_text(json, "to"));
    TRY(letter_traits_read(arena, json, &f->traits, err));
    f->traits.is_other_sex = f->traits.is_other_sex || f->relation == RELATION_BETROTHED || f->relation == RELATION_SPOUSE;
    if ((!str_empty(relation) && f->relation == RELATION_NONE) || (!str_empty(f->to) && f->relation != RELATION_BETROTHED))
        return fail(err, RC_INVALID, "letter type: person \"%.*s\" has an unknown relation, or is no \"calon\" \"to\" another",
                    STR_ARG(f->name));
    return read_relation_by(arena, json_object_get(json, "relation_by"), f, err);
}

/* A person of one village stands in one field; of any, in more: letters_rules.h says which. `number` 0: the only one of that name. */
static enum rc add_one(struct arena *arena, const json_t *json, size_t number, struct letter_form *form, struct err *err)
{
    const size_t least = json_object_get(json, "least") != NULL ? json_u64(json, "least") : json_bool(json, "required");
    const struct str outside = json_text(json, "outside");
    struct letter_field from = {0}, f = {.name = str_dup(arena, json_text(json, "name")),
                                         .label = str_dup(arena, json_text(json, "label")),
                                         .hint = str_dup(arena, json_text(json, "hint")),
                                         .group = str_dup(arena, json_text(json, "group")),
                                         .kind = FIELD_PERSON,
                                         .is_required = json_bool(json, "required"),
                                         .max = 20};
    const bool is_short = str_is(outside, "short"), is_long = str_is(outside, "long");

    TRY(letter_form_only_if(arena, json_object_get(json, "only_if"), &f, err));
    TRY(read_who(arena, json, &f, err));
    if (str_empty(f.name) || str_empty(f.label) || !(str_empty(outside) || str_is(outside, "none") || is_short || is_long))
        return fail(err, RC_INVALID, "letter type: person \"%.*s\" has no label, or an unknown outside", STR_ARG(f.name));
    if (json_bool(json, "name_enough") && (f.must_live || !is_long))
        return fail(err, RC_INVALID, "letter type: of person \"%.*s\", who lives or has but a name, no name is enough", STR_ARG(f.name));
    if (f.relation == RELATION_HEIR && (number == 0 || !(is_short || is_long)))
        return fail(err, RC_INVALID, "letter type: heirs are several, and may be from elsewhere: \"%.*s\"", STR_ARG(f.name));
    if (number > 0) {
        const struct str stem = f.name;

        f.list = str_fmt(arena, LIST_LINES "%.*s", STR_ARG(stem));
        f.name = str_fmt(arena, "%.*s_%zu", STR_ARG(stem), number);
        f.label = str_fmt(arena, "%.*s %zu", STR_ARG(f.label), number);
        f.is_required = number <= least;
        if (number > 1)
            f.group = f.hint = STR("");
        if (number > least && number > 1 && (is_short || is_long))
            hang_on_last(arena, stem, number, &f);
    }
    if (str_empty(f.group))
        f.group = f.label;
    if (is_short || is_long) {
        from = f;
        from.name = str_fmt(arena, "%.*s" PERSON_FROM, STR_ARG(f.name));
        from.label = str_fmt(arena, "Asal %.*s", STR_ARG(f.label));
        from.kind = FIELD_SELECT;
        from.max = 120;
        from.is_from = true;
        from.options = (struct letter_words){ARENA_ARRAY(arena, struct str, 3), json_bool(json, "name_enough") ? 3 : 2};
        from.options.p[0] = STR(PERSON_RESIDENT);
        from.options.p[1] = STR(PERSON_OUTSIDE);
        from.options.p[2] = STR(PERSON_DEAD);
        form->fields[form->n_fields++] = from;
        f.group = f.hint = STR("");
        f.is_required = true;
        f.only.field = from.name;
        f.only.values = (struct letter_words){from.options.p, 1};
    }
    form->fields[form->n_fields++] = f;
    if (is_short || is_long)
        add_outsider(arena, &f, is_long ? OUTSIDE_LONG : OUTSIDE_SHORT, form);
    if (f.relation == RELATION_HEIR)
        add_tie(arena, &from, form);
    return RC_OK;
}

enum rc letter_form_add_subject(struct arena *arena, const json_t *subject, struct letter_form *form, struct err *err)
{
    const struct str outside = json_text(subject, "outside");
    const struct letter_field person = {.name = STR(LETTER_SUBJECT), .label = STR("pemohon"), .traits.sex = form->subject.sex};

    if (str_empty(outside))
        return RC_OK;
    if ((!str_is(outside, "any") && !str_is(outside, "lives")) || form->subject_of == OF_DEAD || form->subject_of == OF_NONE)
        return fail(err, RC_INVALID, "letter type: \"subject\" has an unknown \"outside\", or is of the dead or of nobody");
    add_outsider(arena, &person, OUTSIDE_SUBJECT, form);
    form->n_outside = form->n_fields;
    for (size_t i = 0; i < form->n_fields; i++) {
        struct letter_field *f = &form->fields[i];

        f->is_required = f->is_required || str_is(f->name, LETTER_SUBJECT PERSON_NIK);
        f->is_kk = str_is(f->name, LETTER_SUBJECT PERSON_CARD);
        if (str_is(f->name, LETTER_SUBJECT PERSON_NIK))
            f->name_in = STR(LETTER_SUBJECT PERSON_NAME);
        if (str_is(f->name, LETTER_SUBJECT PERSON_ADDRESS))
            f->hint = STR("Seperti di e-KTP, sampai kabupaten. Contoh: Jl. Veteran 3, Kota Makassar");
        if (str_is(f->name, LETTER_SUBJECT PERSON_STAY)) {
            f->is_required = str_is(outside, "lives");
            f->hint = STR("Di desa ini. Contoh: Jl. Poros 7, RT 001, {Dusun} Padang");
        }
    }
    form->fields[0].group = STR("Pemohon dari luar desa");
    return RC_OK;
}

void letter_form_for(struct letter_form *form, uint64_t resident_id)
{
    if (resident_id != 0 || form->n_outside == 0 || form->is_outside)
        return;
    form->is_outside = true;
    form->fields -= form->n_outside;
    form->n_fields += form->n_outside;
}

static size_t times(const json_t *json)
{
    return json_object_get(json, "most") != NULL && (str_is(json_text(json, "kind"), "person") || json_object_get(json, "kind") == NULL)
               ? json_u64(json, "most")
               : 1;
}

size_t letter_form_person_room(const json_t *json)
{
    enum { MOST_OF_ONE = 12 };

    return MOST_OF_ONE * (times(json) <= PERSONS_MOST ? times(json) : 1);
}

enum rc letter_form_add_person(struct arena *arena, const json_t *json, struct letter_form *form, struct err *err)
{
    const size_t n = times(json);

    if (n == 0 || n > PERSONS_MOST || json_u64(json, "least") > n)
        return fail(err, RC_INVALID, "letter type: of a person there are 1 to %d, and at least no more than that", PERSONS_MOST);
    for (size_t i = 1; i <= n; i++)
        TRY(add_one(arena, json, n > 1 ? i : 0, form, err));
    return RC_OK;
}

enum rc letter_form_add_followers(struct arena *arena, const json_t *json, struct letter_form *form, struct err *err)
{
    if (json == NULL)
        return RC_OK;
    struct letter_field f = {.name = STR("pengikut"),
                             .label = str_dup(arena, json_text(json, "label")),
                             .hint = str_dup(arena, json_text(json, "hint")),
                             .kind = FIELD_FOLLOWERS,
                             .is_required = json_bool(json, "required"),
                             .max = 1000};
    if (str_empty(f.label))
        return fail(err, RC_INVALID, "letter type: \"followers\" has no label");
    form->moving = str_dup(arena, json_text(json, "moving"));
    form->left = str_dup(arena, json_text(json, "left"));
    f.with_subject = json_bool(json, "with_subject");
    TRY(letter_form_only_if(arena, json_object_get(json, "only_if"), &f, err));
    form->fields[form->n_fields++] = f;
    return RC_OK;
}
