// SPDX-License-Identifier: AGPL-3.0-or-later
/* A letter type's definition becomes its form: what is asked, of whom, and the tree of its paper. */
#include "server/base/json.h"
#include "server/base/text.h"
#include "tenants/village/letters/letters_rules.h"

enum { PLACES = 4 };
enum { MAX_FIELDS = 200, MAX_REQUIREMENTS = 20, MAX_OPTIONS = 30, MAX_DECIMALS = 4, ROOM_MOST = 1500 };

static enum rc read_ask(struct arena *arena, const json_t *json, struct letter_ask *out, struct err *err)
{
    const json_t *choices = json_object_get(json, "choices");
    struct str source = json_text(json, "from"), other = json_text(json, "other");

    *out = (struct letter_ask){.words = str_dup(arena, json_text(json, "ask")),
                               .hint = str_dup(arena, json_text(json, "hint")),
                               .sample = str_dup(arena, json_text(json, "sample")),
                               .may_type = str_is(other, "type"),
                               .source = str_is(source, "hamlets") ? ASK_HAMLETS
                                         : str_is(source, "years") ? ASK_YEARS
                                                                   : ASK_ITS_OWN};
    out->choices.n = json_array_size(choices);
    if (json != NULL && (str_empty(out->words) || out->choices.n > ASK_MOST || !(str_is(other, "type") || str_is(other, "counter")) ||
                         (!str_empty(source) && out->source == ASK_ITS_OWN)))
        return fail(err, RC_INVALID, "letter type: what a field asks at the kiosk is incomplete");
    out->choices.p = ARENA_ARRAY(arena, struct letter_choice, ASK_MOST);
    for (size_t i = 0; i < out->choices.n; i++) {
        const json_t *one = json_array_get(choices, i);

        out->choices.p[i] = (struct letter_choice){str_dup(arena, json_text(one, "label")), str_dup(arena, json_text(one, "value")),
                                                   str_dup(arena, json_text(one, "icon"))};
        if (str_empty(out->choices.p[i].label) || str_empty(out->choices.p[i].icon))
            return fail(err, RC_INVALID, "letter type: a choice has no label or no icon");
    }
    return RC_OK;
}

static enum rc read_needs(struct arena *arena, const json_t *json, struct letter_needs *out, struct err *err)
{
    *out = (struct letter_needs){str_dup(arena, json_text(json, "why")), str_dup(arena, json_text(json, "paper")),
                                 str_dup(arena, json_text(json, "from"))};
    if (json != NULL && (str_empty(out->why) || str_empty(out->paper) || str_empty(out->from)))
        return fail(err, RC_INVALID, "letter type: what a new one needs has no why, paper or from");
    return RC_OK;
}

/* Kinds as definitions call them. */
static enum field_kind kind_of(struct str word)
{
    static const char *const words[] = {
        [FIELD_LINE] = "line",     [FIELD_AREA] = "area", [FIELD_YEAR] = "year",         [FIELD_NUMBER] = "number",
        [FIELD_MONEY] = "money",   [FIELD_DATE] = "date", [FIELD_DAY_DATE] = "day_date", [FIELD_TIME] = "time",
        [FIELD_SELECT] = "select", [FIELD_NIK] = "nik",   [FIELD_LIST] = "list"};

    for (size_t i = FIELD_LINE; i < COUNT_OF(words); i++)
        if (words[i] != NULL && str_is(word, words[i]))
            return (enum field_kind)i;
    return 0;
}

struct opt_u64 letter_number_of(const json_t *json, const char *key)
{
    return json_object_get(json, key) != NULL ? some_u64(json_u64(json, key)) : (struct opt_u64){0};
}

/* What a select chooses from: words of its own, or a list of the registry. */
static enum rc read_options(struct arena *arena, const json_t *json, struct letter_field *out, struct err *err)
{
    const json_t *options = json_object_get(json, "options");
    struct str codes = json_text(json, "codes");

    out->options.p = ARENA_ARRAY(arena, struct str, MAX_OPTIONS);
    for (size_t i = 0; i < json_array_size(options) && i < MAX_OPTIONS; i++) {
        struct str option = str_dup(arena, str_c(json_string_value(json_array_get(options, i))));

        if (str_empty(option))
            return fail(err, RC_INVALID, "letter type: an option of \"%.*s\" is empty", STR_ARG(out->name));
        out->options.p[out->options.n++] = option;
    }
    out->codes = letter_code_list(codes);
    if (json_array_size(options) > MAX_OPTIONS || (out->options.n > 0) == (out->codes != CODE_NO_LIST))
        return fail(err, RC_INVALID, "letter type: \"%.*s\" has neither options (at most %d) nor a known list in \"codes\", or both",
                    STR_ARG(out->name), MAX_OPTIONS);
    return RC_OK;
}

/* {"field": "cara", "equals": "Jual beli"} or {"field": "cara", "in": ["Hibah", "Waris"]}: asked only then. */
enum rc letter_form_only_if(struct arena *arena, const json_t *json, struct letter_field *out, struct err *err)
{
    const json_t *in = json_object_get(json, "in");
    struct str equals = str_dup(arena, json_text(json, "equals"));

    if (json == NULL)
        return RC_OK;
    out->only.field = str_dup(arena, json_text(json, "field"));
    out->only.values.p = ARENA_ARRAY(arena, struct str, MAX_OPTIONS);
    if (!str_empty(equals))
        out->only.values.p[out->only.values.n++] = equals;
    for (size_t i = 0; i < json_array_size(in) && out->only.values.n < MAX_OPTIONS; i++)
        out->only.values.p[out->only.values.n++] = str_dup(arena, str_c(json_string_value(json_array_get(in, i))));
    if (str_empty(out->only.field) || out->only.values.n == 0)
        return fail(err, RC_INVALID, "letter type: \"only_if\" of \"%.*s\" has no field or no value", STR_ARG(out->name));
    return RC_OK;
}

static enum letter_known known_of(struct str word)
{
    return str_is(word, "lahir")              ? KNOWN_BIRTH
           : str_is(word, "meninggal")        ? KNOWN_DEATH
           : str_is(word, "tempat meninggal") ? KNOWN_DEATH_PLACE
                                              : KNOWN_NOT;
}

/* Names of fields; those of places stand from the village to the province. */
static enum rc read_places(struct arena *arena, const json_t *places, const json_t *within, struct letter_field *out, struct err *err)
{
    const json_t *const lists[] = {places, within};
    struct letter_words *const to[] = {&out->places, &out->within};

    if ((places != NULL && (json_array_size(places) != PLACES || out->kind != FIELD_SELECT)) || json_array_size(within) > PLACES)
        return fail(err, RC_INVALID, "letter type: \"%.*s\" is no class of a move between four places", STR_ARG(out->name));
    for (size_t k = 0; k < COUNT_OF(lists); k++) {
        to[k]->p = ARENA_ARRAY(arena, struct str, PLACES);
        for (size_t i = 0; i < json_array_size(lists[k]); i++)
            to[k]->p[to[k]->n++] = str_dup(
                arena, str_c(json_is_string(json_array_get(lists[k], i)) ? json_string_value(json_array_get(lists[k], i)) : ""));
    }
    return RC_OK;
}

/* What an answer is held against: its person, the register, other answers. */
static enum rc read_bounds(struct arena *arena, const json_t *json, struct letter_field *out, struct err *err)
{
    const json_t *days = json_object_get(json, "days"), *fits = json_object_get(json, "fits");
    struct str known = json_text(json, "known");

    out->is_ahead = json_bool(json, "ahead");
    out->before_birth = json_bool(json, "before_birth");
    out->whose = str_dup(arena, json_text(json, "whose"));
    out->not_before = str_dup(arena, json_text(json, "not_before"));
    out->first_day = str_dup(arena, str_c(json_is_string(json_array_get(days, 0)) ? json_string_value(json_array_get(days, 0)) : ""));
    out->last_day = str_dup(arena, str_c(json_is_string(json_array_get(days, 1)) ? json_string_value(json_array_get(days, 1)) : ""));
    out->known = known_of(known);
    TRY(read_places(arena, json_object_get(json, "places"), json_object_get(json, "within"), out, err));
    out->fits.p = ARENA_ARRAY(arena, struct str, MAX_OPTIONS);
    for (size_t i = 0; i < json_array_size(fits) && i < MAX_OPTIONS; i++)
        out->fits.p[out->fits.n++] = str_dup(
            arena, str_c(json_is_string(json_array_get(fits, i)) ? json_string_value(json_array_get(fits, i)) : ""));
    if ((!str_empty(known) && out->known == KNOWN_NOT) || json_array_size(fits) > MAX_OPTIONS ||
        (days != NULL && json_array_size(days) != 2))
        return fail(err, RC_INVALID, "letter type: \"%.*s\" has an unknown \"known\", too many \"fits\", or not two \"days\"",
                    STR_ARG(out->name));
    return RC_OK;
}

static enum rc read_field(struct arena *arena, const json_t *json, struct letter_field *out, struct err *err)
{
    struct str kind = json_text(json, "kind");

    *out = (struct letter_field){.name = str_dup(arena, json_text(json, "name")),
                                 .label = str_dup(arena, json_text(json, "label")),
                                 .hint = str_dup(arena, json_text(json, "hint")),
                                 .group = str_dup(arena, json_text(json, "group")),
                                 .unit = str_dup(arena, json_text(json, "unit")),
                                 .kind = kind_of(kind),
                                 .is_required = json_bool(json, "required"),
                                 .is_past = json_bool(json, "past"),
                                 .max = (uint32_t)json_u64(json, "max"),
                                 .least = letter_number_of(json, "least"),
                                 .most = letter_number_of(json, "most"),
                                 .decimals = (uint32_t)json_u64(json, "decimals"),
                                 .from_age = letter_number_of(json, "from_age")};
    if (out->kind == 0)
        return fail(err, RC_INVALID, "letter type: field \"%.*s\" has unknown kind \"%.*s\"", STR_ARG(out->name), STR_ARG(kind));
    if (str_empty(out->name) || out->name.p[0] == '_' || str_empty(out->label)) /* '_': LETTER_BROUGHT */
        return fail(err, RC_INVALID, "letter type: a field has no name, or one that begins with _, or no label");
    if (out->decimals > MAX_DECIMALS || (out->least.is_set && out->most.is_set && out->least.value > out->most.value))
        return fail(err, RC_INVALID, "letter type: \"%.*s\" has more than %d decimals, or most below least", STR_ARG(out->name),
                    MAX_DECIMALS);
    out->is_phone = out->kind == FIELD_LINE && json_bool(json, "phone");
    out->is_kk = out->kind == FIELD_NIK && json_bool(json, "kk");
    out->name_in = str_dup(arena, out->kind == FIELD_NIK ? json_text(json, "name_in") : STR(""));
    if (out->kind == FIELD_SELECT)
        TRY(read_options(arena, json, out, err));
    TRY(letter_form_only_if(arena, json_object_get(json, "only_if"), out, err));
    TRY(read_ask(arena, json_object_get(json, "kiosk"), &out->ask, err));
    TRY(read_needs(arena, json_object_get(json, "new_needs"), &out->needs, err));
    TRY(read_bounds(arena, json, out, err));
    if (out->max == 0)
        out->max = out->kind == FIELD_AREA ? 600 : out->kind == FIELD_LIST ? 2000 : 120;
    return RC_OK;
}

/* Each has a name of its own, which is no part of another's date, and hangs on one before it. */
static enum rc check_fields(const struct letter_form *form, struct err *err)
{
    for (size_t i = 0; i < form->n_fields; i++) {
        const struct letter_field *f = &form->fields[i];
        bool is_there = str_empty(f->only.field);

        for (size_t k = 0; k < i; k++) {
            if (str_eq(form->fields[k].name, f->name))
                return fail(err, RC_INVALID, "letter type: two fields are called \"%.*s\"", STR_ARG(f->name));
            is_there = is_there || str_eq(form->fields[k].name, f->only.field);
        }
        if (!is_there)
            return fail(err, RC_INVALID, "letter type: \"%.*s\" hangs on \"%.*s\", which does not stand before it", STR_ARG(f->name),
                        STR_ARG(f->only.field));
    }
    return RC_OK;
}

struct letter_field *letter_field_called(const struct letter_form *form, struct str name)
{
    for (size_t i = 0; i < form->n_fields; i++)
        if (str_eq(form->fields[i].name, name))
            return &form->fields[i];
    return NULL;
}

/* Whether the other field is there and is a date; a field need not name any. */
static bool is_day_or_none(const struct letter_form *form, struct str name)
{
    const struct letter_field *f = letter_field_called(form, name);

    return str_empty(name) || (f != NULL && letter_field_is_date(f));
}

/* Whether the name is one of the type's fields; a type need not name any. */
static bool is_there_or_none(const struct letter_form *form, struct str name)
{
    return str_empty(name) || letter_field_called(form, name) != NULL;
}

/* Whom somebody is related to stands before him. */
static bool is_person_before(const struct letter_form *form, const struct letter_field *f, struct str name)
{
    const struct letter_field *person = letter_field_called(form, name);

    return str_empty(name) || (person != NULL && person->kind == FIELD_PERSON && person < f);
}

static bool has_option(const struct letter_field *f, struct str option)
{
    for (size_t i = 0; i < f->options.n; i++)
        if (str_eq(f->options.p[i], option))
            return true;
    return false;
}

/* What answers are held against is there, and of the right kind. */
static enum rc check_bounds(const struct letter_form *form, struct err *err)
{
    for (size_t i = 0; i < form->n_fields; i++) {
        const struct letter_field *f = &form->fields[i], *person = letter_field_called(form, f->whose);
        const bool is_day = letter_field_is_date(f);
        struct letter_fit fit;

        if (!is_day_or_none(form, f->not_before) || !is_day_or_none(form, f->first_day) || !is_day_or_none(form, f->last_day) ||
            (!is_day && (!str_empty(f->not_before) || f->is_ahead)) || (f->kind != FIELD_NUMBER && !str_empty(f->first_day)))
            return fail(err, RC_INVALID, "letter type: \"%.*s\" is compared with what is no date", STR_ARG(f->name));
        if (!str_empty(f->whose) && (person == NULL || person->kind != FIELD_PERSON))
            return fail(err, RC_INVALID, "letter type: \"%.*s\" is about \"%.*s\", who is no person of it", STR_ARG(f->name),
                        STR_ARG(f->whose));
        if (f->known != KNOWN_NOT && (f->known == KNOWN_DEATH_PLACE ? f->kind != FIELD_LINE : !is_day))
            return fail(err, RC_INVALID, "letter type: \"%.*s\" cannot be what the register says", STR_ARG(f->name));
        if (!is_day_or_none(form, f->traits.age_on) || !is_there_or_none(form, f->traits.unless) || !is_there_or_none(form, f->name_in) ||
            !is_there_or_none(form, f->relation_by.field) || !is_person_before(form, f, f->to))
            return fail(err, RC_INVALID, "letter type: \"%.*s\" is judged by a field that is not there", STR_ARG(f->name));
        for (size_t k = 0; k < f->places.n + f->within.n; k++)
            if (letter_field_called(form, k < f->places.n ? f->places.p[k] : f->within.p[k - f->places.n]) == NULL)
                return fail(err, RC_INVALID, "letter type: \"%.*s\" compares places that are not asked", STR_ARG(f->name));
        for (size_t k = 0; k < f->relation_by.n; k++)
            if (!has_option(letter_field_called(form, f->relation_by.field), f->relation_by.p[k].option))
                return fail(err, RC_INVALID, "letter type: \"%.*s\" is related by \"%.*s\", which nobody can answer", STR_ARG(f->name),
                            STR_ARG(f->relation_by.p[k].option));
        for (size_t k = 0; k < f->fits.n; k++)
            if (!letter_fit_read(f->fits.p[k], &fit) || !has_option(f, fit.option))
                return fail(err, RC_INVALID, "letter type: \"%.*s\" fits whom \"%.*s\" does not say", STR_ARG(f->name),
                            STR_ARG(f->fits.p[k]));
    }
    return RC_OK;
}

const struct letter_field *letter_followers_field(const struct letter_form *form)
{
    for (size_t i = 0; i < form->n_fields; i++)
        if (form->fields[i].kind == FIELD_FOLLOWERS)
            return &form->fields[i];
    return NULL;
}

/* The fields, where a person may stand among them, then the persons besides, then who goes along. */
static enum rc read_fields(struct arena *arena, const json_t *root, struct letter_form *form, struct err *err)
{
    const json_t *lists[] = {json_object_get(root, "fields"), json_object_get(root, "persons")};
    size_t room = 1 + SUBJECT_FIELDS;

    for (size_t k = 0; k < COUNT_OF(lists); k++)
        for (size_t i = 0; i < json_array_size(lists[k]); i++)
            room += letter_form_person_room(json_array_get(lists[k], i));
    if (json_array_size(lists[0]) + json_array_size(lists[1]) > MAX_FIELDS / 2 || room > ROOM_MOST)
        return fail(err, RC_INVALID, "letter type: more than %d fields", MAX_FIELDS / 2);
    form->fields = ARENA_ARRAY(arena, struct letter_field, room);
    TRY(letter_form_add_subject(arena, json_object_get(root, "subject"), form, err));
    for (size_t k = 0; k < COUNT_OF(lists); k++)
        for (size_t i = 0; i < json_array_size(lists[k]); i++) {
            const json_t *one = json_array_get(lists[k], i);

            if (k == 1 || str_is(json_text(one, "kind"), "person"))
                TRY(letter_form_add_person(arena, one, form, err));
            else
                TRY(read_field(arena, one, &form->fields[form->n_fields++], err));
        }
    TRY(letter_form_add_followers(arena, json_object_get(root, "followers"), form, err));
    if (form->n_fields > MAX_FIELDS)
        return fail(err, RC_INVALID, "letter type: more than %d fields with those of its persons", MAX_FIELDS);
    TRY(check_fields(form, err));
    if (!is_day_or_none(form, form->subject.age_on) || !is_there_or_none(form, form->subject.unless))
        return fail(err, RC_INVALID, "letter type: the subject is judged by a field that is not there");
    TRY(check_bounds(form, err));
    form->fields += form->n_outside; /* asked of a resident they are not: letter_form_for */
    form->n_fields -= form->n_outside;
    return RC_OK;
}

/* {"of": "dead"|"all"|"none"} and its traits: whom the letter is for, besides the living. */
static enum rc read_subject(struct arena *arena, const json_t *json, struct letter_form *form, struct err *err)
{
    struct str of = json_text(json, "of");

    form->subject_of = str_is(of, "dead") ? OF_DEAD : str_is(of, "all") ? OF_ALL : str_is(of, "none") ? OF_NONE : OF_LIVING;
    if (!str_empty(of) && form->subject_of == OF_LIVING && !str_is(of, "living"))
        return fail(err, RC_INVALID, "letter type: \"subject\" has an unknown \"of\"");
    return letter_traits_read(arena, json, &form->subject, err);
}

/* The kiosk asks lines, years and what has tiles, and nothing that hangs on another answer. */
static bool fits_kiosk(const struct letter_form *form)
{
    for (size_t i = 0; i < form->n_fields; i++)
        if (form->fields[i].kind > FIELD_YEAR || !str_empty(form->fields[i].only.field))
            return false;
    return form->subject_of != OF_NONE;
}

struct str letter_subject_label(const struct letter_form *form)
{
    return form->subject_of == OF_DEAD ? STR("Yang meninggal") : STR("Pemohon");
}

/* What a letter of the office itself is about, and that it asks nothing of a person whom it does not have. */
static enum rc read_office(struct arena *arena, const json_t *root, struct letter_form *form, struct err *err)
{
    bool has_kin = form->shows_family || letter_followers_field(form) != NULL || letter_traits_any(&form->subject);

    form->about = str_dup(arena, json_text(root, "about"));
    form->addressed = str_dup(arena, json_text(root, "addressed"));
    for (size_t i = 0; i < form->n_fields; i++)
        has_kin = has_kin || (form->fields[i].relation != RELATION_NONE && str_empty(form->fields[i].to)) ||
                  (form->fields[i].known != KNOWN_NOT && str_empty(form->fields[i].whose));
    if (form->subject_of == OF_NONE && has_kin)
        return fail(err, RC_INVALID, "letter type: without a subject there are no family, followers, relations, age, sex or status");
    if (!is_there_or_none(form, form->about) || !is_there_or_none(form, form->addressed))
        return fail(err, RC_INVALID, "letter type: \"about\" or \"addressed\" names no field");
    return RC_OK;
}

enum rc letter_form_also(struct arena *arena, const json_t *also, struct letter_words *out, struct err *err)
{
    enum { MOST = 12, SIGNS_MOST = 60 };

    *out = (struct letter_words){ARENA_ARRAY(arena, struct str, MOST), 0};
    if ((also != NULL && !json_is_array(also)) || json_array_size(also) > MOST)
        return fail(err, RC_INVALID, "letter type: \"also\" is no list of at most %d names", MOST);
    for (size_t i = 0; i < json_array_size(also); i++) {
        const json_t *one = json_array_get(also, i);
        const struct str name = str_dup(arena, str_c(json_is_string(one) ? json_string_value(one) : ""));

        if (str_empty(name) || utf8_length(name) > SIGNS_MOST)
            return fail(err, RC_INVALID, "letter type: a name in \"also\" is empty, or longer than %d signs", SIGNS_MOST);
        out->p[out->n++] = name;
    }
    return RC_OK;
}

enum rc letter_form_read(struct arena *arena, struct str definition, struct letter_form *out, struct err *err)
{
    struct letter_form form = {0};
    json_t *root, *fields, *requirements;

    TRY(json_read(arena, definition, &root, err));
    fields = json_object_get(root, "fields");
    requirements = json_object_get(root, "requirements");
    form.tree = json_object_get(root, "paper");
    if (!json_is_array(fields) || !json_is_object(form.tree))
        return fail(err, RC_INVALID, "letter type: \"fields\" or \"paper\" is missing");
    if (json_array_size(requirements) > MAX_REQUIREMENTS)
        return fail(err, RC_INVALID, "letter type: more than %d requirements", MAX_REQUIREMENTS);
    form.purpose = str_dup(arena, json_text(root, "purpose"));
    form.group = str_dup(arena, json_text(root, "group"));
    form.kiosk_label = str_dup(arena, json_text(json_object_get(root, "kiosk"), "label"));
    form.kiosk_icon = str_dup(arena, json_text(json_object_get(root, "kiosk"), "icon"));
    form.shows_family = json_bool(root, "family");
    TRY(letter_form_also(arena, json_object_get(root, "also"), &form.also, err));
    TRY(read_subject(arena, json_object_get(root, "subject"), &form, err));
    TRY(read_fields(arena, root, &form, err));
    TRY(read_office(arena, root, &form, err));
    form.fits_kiosk = fits_kiosk(&form);
    if (json_object_get(form.tree, "frame") != NULL)
        TRY(letter_frame_fill(arena, &form, form.tree, &form.tree, err));
    letter_form_around(arena, &form);
    form.n_requirements = json_array_size(requirements);
    form.requirements = ARENA_ARRAY(arena, struct str, form.n_requirements);
    for (size_t i = 0; i < form.n_requirements; i++) {
        const json_t *item = json_array_get(requirements, i);

        form.requirements[i] = str_dup(arena, str_c(json_is_string(item) ? json_string_value(item) : ""));
    }
    if (!is_there_or_none(&form, json_text(root, "agenda")))
        return fail(err, RC_INVALID, "letter type: \"agenda\" names no field");
    *out = form;
    return RC_OK;
}

enum rc letter_form_own(struct arena *arena, struct str paper, struct letter_form *form, struct err *err)
{
    json_t *tree;

    if (paper.p == NULL)
        return RC_OK;
    TRY(json_read(arena, paper, &tree, err));
    form->tree = tree;
    return RC_OK;
}

enum rc letter_type_head_read(struct arena *arena, struct str definition, struct letter_type_head *out, struct err *err)
{
    json_t *root;

    TRY(json_read(arena, definition, &root, err));
    *out = (struct letter_type_head){
        .name = str_dup(arena, json_text(root, "name")),
        .classification = str_dup(arena, json_text(root, "classification")),
        .policy = str_dup(arena, json_text(root, "policy")),
        .number_format = str_dup(arena, json_text(root, "number_format")),
        .number_scope = str_dup(arena, json_text(root, "number_scope")),
        .valid_months = (uint8_t)json_u64(root, "valid_months"),
        .sort = (uint16_t)json_u64(root, "sort"),
        .at_kiosk = json_object_get(root, "kiosk") != NULL,
    };
    if (str_empty(out->number_format))
        out->number_format = STR(LETTER_NUMBER_DEFAULT);
    if (str_empty(out->name) || str_empty(out->classification) || str_empty(out->policy) || out->sort == 0)
        return fail(err, RC_INVALID, "letter type: name, classification, policy or sort is missing");
    return RC_OK;
}
