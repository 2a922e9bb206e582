// SPDX-License-Identifier: AGPL-3.0-or-later
/* What a letter says, held against the register and against itself. */
#include "server/base/json.h"
#include "server/base/text.h"
#include "tenants/village/letters/letters_people.h"
#include "tenants/village/letters/letters_rules.h"

enum { PARENT_AGE = 12, DOUBTS_OF_ONE = 6, DOUBTS_OF_SUBJECT = 4 };

/* ---- marital status, and whom an option fits ---- */

#define BIT(code) (1U << (code))

static const struct {
    const char *word;
    struct str told; /* "untuk …" */
    uint32_t codes;
} marital_words[] = {{"belum kawin", STR_INIT("yang belum kawin"), BIT(1)},
                     {"kawin", STR_INIT("yang kawin"), BIT(2)},
                     {"cerai hidup", STR_INIT("yang cerai hidup"), BIT(3)},
                     {"cerai mati", STR_INIT("yang cerai mati"), BIT(4)},
                     {"cerai", STR_INIT("yang cerai hidup atau cerai mati"), BIT(3) | BIT(4)},
                     {"pernah kawin", STR_INIT("yang kawin atau pernah kawin"), BIT(2) | BIT(3) | BIT(4)},
                     {"tidak kawin", STR_INIT("yang tidak sedang kawin"), BIT(1) | BIT(3) | BIT(4)}};

static size_t marital_at(struct str word)
{
    size_t i = 0;

    while (i < COUNT_OF(marital_words) && !str_is(word, marital_words[i].word))
        i++;
    return i;
}

uint32_t letter_marital(struct str word)
{
    const size_t i = marital_at(word);

    return i < COUNT_OF(marital_words) ? marital_words[i].codes : 0;
}

bool letter_fit_read(struct str line, struct str *option_out, uint8_t *sex_out, struct str *status_out)
{
    struct str rest = line, part;

    *sex_out = 0;
    *status_out = STR("");
    if (!str_cut(&rest, ';', &part) || str_empty(*option_out = str_trim(part)))
        return false;
    while (rest.p != NULL && str_cut(&rest, ';', &part)) {
        part = str_trim(part);
        if (str_is(part, "L") || str_is(part, "P"))
            *sex_out = str_is(part, "L") ? SEX_MALE : SEX_FEMALE;
        else if (letter_marital(part) != 0)
            *status_out = part;
        else
            return false;
    }
    return *sex_out != 0 || !str_empty(*status_out);
}

/* The words about an option; false: it fits anybody. */
static bool fit_of(const struct letter_field *f, struct str option, uint8_t *sex_out, struct str *status_out)
{
    struct str which;

    for (size_t i = 0; i < f->fits.n; i++)
        if (letter_fit_read(f->fits.p[i], &which, sex_out, status_out) && str_eq(which, option))
            return true;
    return false;
}

bool letter_option_fits(const struct letter_field *field, struct str option, uint8_t sex)
{
    struct str status;
    uint8_t of;

    return sex == 0 || !fit_of(field, option, &of, &status) || of == 0 || of == sex;
}

/* ---- answers ---- */

static struct str answer(struct arena *arena, const json_t *inputs, struct str name)
{
    return str_empty(name) ? STR("") : json_text(inputs, str_z(arena, name));
}

static bool day_of(struct arena *arena, const json_t *inputs, struct str name, struct date *out)
{
    return date_parse(answer(arena, inputs, name), out);
}

uint64_t letter_days_counted(struct arena *arena, const struct letter_field *field, const json_t *inputs)
{
    struct date first, last;

    if (!day_of(arena, inputs, field->first_day, &first) || !day_of(arena, inputs, field->last_day, &last) || date_compare(last, first) < 0)
        return 0;
    return (uint64_t)(date_to_days(last) - date_to_days(first)) + 1;
}

struct str letter_known(struct arena *arena, const struct letter_field *field, const struct letter_subject *who)
{
    const struct date day = field->known == KNOWN_BIRTH ? who->birth_date : who->death_date;

    if (field->known == KNOWN_DEATH_PLACE)
        return who->death_place;
    return field->known == KNOWN_NOT || date_is_none(day) ? STR("") : date_iso(arena, day);
}

static struct str year_fault(struct arena *arena, const struct letter_field *f, const struct letter_subject *s, struct str typed)
{
    uint64_t year;

    if (!f->from_age.is_set || f->from_age.value != 0 || date_is_none(s->birth_date) || !str_to_u64(typed, &year) ||
        year >= (uint64_t)s->birth_date.year)
        return STR_NONE;
    return str_fmt(arena, "%.*s %" PRIu64 ": sebelum %.*s lahir (%d). Periksa tahunnya.", STR_ARG(f->label), year,
                   STR_ARG(text_name(arena, s->name)), s->birth_date.year);
}

static struct str order_fault(struct arena *arena, const struct letter_form *form, const struct letter_field *f, const json_t *inputs)
{
    struct date day, other;

    if (!day_of(arena, inputs, f->name, &day) || !day_of(arena, inputs, f->not_before, &other) || date_compare(day, other) >= 0)
        return STR_NONE;
    const struct letter_field *first = letter_field_called(form, f->not_before);
    return first == NULL ? STR_NONE
                         : str_fmt(arena, "%.*s tidak boleh sebelum %.*s: %.*s. Periksa kedua tanggalnya.", STR_ARG(f->label),
                                   STR_ARG(text_lower(arena, first->label)), STR_ARG(date_long(arena, other)));
}

struct str letter_answer_fault(struct arena *arena, const struct letter_form *form, const struct letter_field *field,
                               const struct letter_subject *subject, const json_t *inputs, struct date today)
{
    const struct str value = answer(arena, inputs, field->name);
    struct str fault = letter_field_fault(arena, field, value, today);

    if (fault.p == NULL)
        fault = year_fault(arena, field, subject, value);
    if (fault.p == NULL)
        fault = order_fault(arena, form, field, inputs);
    if (fault.p == NULL && str_empty(field->whose) && !letter_option_fits(field, value, subject->sex))
        fault = str_fmt(arena, "%.*s “%.*s” bukan untuk %.*s. Pilih lagi.", STR_ARG(field->label), STR_ARG(value),
                        STR_ARG(text_lower(arena, code_label(CODE_SEX, subject->sex))));
    return fault;
}

/* ---- doubts ---- */

struct judging {
    struct arena *arena;
    const struct letter_form *form;
    const struct letter_subject *subject;
    const struct letter_people *people;
    const json_t *inputs;
    struct date today;
    struct letter_doubts out;
};

static void doubt(struct judging *j, struct str words)
{
    j->out.p[j->out.n++] = words;
}

static void doubt_status(struct judging *j)
{
    const struct letter_subject *s = j->subject;
    const size_t at = marital_at(j->form->subject_status);
    const struct str name = text_name(j->arena, s->name);

    if (at == COUNT_OF(marital_words))
        return;
    if (!s->marital.is_set)
        doubt(j, str_fmt(j->arena, "Status kawin %.*s belum diisi, tidak bisa dicocokkan. Surat ini biasanya untuk %.*s.", STR_ARG(name),
                         STR_ARG(marital_words[at].told)));
    else if ((marital_words[at].codes & BIT(s->marital.value)) == 0)
        doubt(j, str_fmt(j->arena, "%.*s tercatat %.*s. Surat ini biasanya untuk %.*s.", STR_ARG(name),
                         STR_ARG(text_lower(j->arena, code_label(CODE_MARITAL, (uint32_t)s->marital.value))),
                         STR_ARG(marital_words[at].told)));
}

static void doubt_subject(struct judging *j)
{
    const struct letter_form *form = j->form;
    const struct letter_subject *s = j->subject;
    const struct str name = text_name(j->arena, s->name);

    if (form->subject_sex != 0 && s->sex != form->subject_sex)
        doubt(j, str_fmt(j->arena, "%.*s tercatat %.*s. Surat ini biasanya untuk %s.", STR_ARG(name),
                         STR_ARG(text_lower(j->arena, code_label(CODE_SEX, s->sex))),
                         form->subject_sex == SEX_FEMALE ? "perempuan" : "laki-laki"));
    doubt_status(j);
    if (!form->subject_age.is_set)
        return;
    if (date_is_none(s->birth_date))
        doubt(j, str_fmt(j->arena, "Tanggal lahir %.*s belum diisi, umurnya tidak bisa dicocokkan.", STR_ARG(name)));
    else if ((uint64_t)date_age(s->birth_date, j->today) < form->subject_age.value)
        doubt(j, str_fmt(j->arena, "%.*s berumur %.*s. Surat ini biasanya untuk umur %" PRIu64 " tahun ke atas.", STR_ARG(name),
                         STR_ARG(date_age_text(j->arena, s->birth_date, j->today)), form->subject_age.value));
}

static void doubt_year(struct judging *j, const struct letter_field *f)
{
    const struct letter_subject *s = j->subject;
    uint64_t year, first = (uint64_t)s->birth_date.year + f->from_age.value;

    if (!f->from_age.is_set || date_is_none(s->birth_date) || !str_to_u64(answer(j->arena, j->inputs, f->name), &year) || year >= first)
        return;
    doubt(j, f->from_age.value == 0 ? str_fmt(j->arena, "%.*s %" PRIu64 ": sebelum %.*s lahir (%d).", STR_ARG(f->label), year,
                                              STR_ARG(text_name(j->arena, s->name)), s->birth_date.year)
                                    : str_fmt(j->arena, "%.*s %" PRIu64 ": sebelum %.*s berumur %" PRIu64 " tahun (%" PRIu64 ").",
                                              STR_ARG(f->label), year, STR_ARG(text_name(j->arena, s->name)), f->from_age.value, first));
}

static void doubt_date(struct judging *j, const struct letter_field *f, const struct letter_subject *who)
{
    const struct str known = letter_known(j->arena, f, who), name = text_name(j->arena, who->name);
    struct date day, noted;

    if (!day_of(j->arena, j->inputs, f->name, &day))
        return;
    const struct str said = str_fmt(j->arena, "%.*s %.*s", STR_ARG(f->label), STR_ARG(date_long(j->arena, day)));

    if (f->is_ahead && date_compare(day, j->today) < 0)
        doubt(j, str_fmt(j->arena, "%.*s: sudah lewat.", STR_ARG(said)));
    if (date_parse(known, &noted)) {
        if (date_compare(day, noted) != 0)
            doubt(j, str_fmt(j->arena, "%.*s: %.*s tercatat %s %.*s.", STR_ARG(said), STR_ARG(name),
                             f->known == KNOWN_BIRTH ? "lahir" : "meninggal", STR_ARG(date_long(j->arena, noted))));
    } else if (f->is_past && !f->before_birth && !date_is_none(who->birth_date) && date_compare(day, who->birth_date) < 0)
        doubt(j, str_fmt(j->arena, "%.*s: sebelum %.*s lahir (%.*s).", STR_ARG(said), STR_ARG(name),
                         STR_ARG(date_long(j->arena, who->birth_date))));
}

static void doubt_days(struct judging *j, const struct letter_field *f)
{
    const uint64_t counted = letter_days_counted(j->arena, f, j->inputs);
    uint64_t typed;

    if (counted != 0 && str_to_u64(answer(j->arena, j->inputs, f->name), &typed) && typed != counted)
        doubt(j, str_fmt(j->arena, "%.*s %" PRIu64 " hari, padahal menurut kedua tanggalnya %" PRIu64 " hari.", STR_ARG(f->label), typed,
                         counted));
}

static void doubt_option(struct judging *j, const struct letter_field *f, const struct letter_subject *who)
{
    const struct str option = answer(j->arena, j->inputs, f->name);
    struct str status;
    uint8_t sex;

    if (!fit_of(f, option, &sex, &status))
        return;
    const struct str said = str_fmt(j->arena, "%.*s “%.*s”, padahal %.*s tercatat", STR_ARG(f->label), STR_ARG(option),
                                    STR_ARG(text_name(j->arena, who->name)));

    if (sex != 0 && who->sex != 0 && sex != who->sex)
        doubt(j, str_fmt(j->arena, "%.*s %.*s.", STR_ARG(said), STR_ARG(text_lower(j->arena, code_label(CODE_SEX, who->sex)))));
    if (!str_empty(status) && who->marital.is_set && (letter_marital(status) & BIT(who->marital.value)) == 0)
        doubt(j, str_fmt(j->arena, "%.*s %.*s.", STR_ARG(said),
                         STR_ARG(text_lower(j->arena, code_label(CODE_MARITAL, (uint32_t)who->marital.value)))));
}

/* Whom an answer is about; NULL: somebody who is not there. */
static const struct letter_subject *whose(const struct judging *j, const struct letter_field *f)
{
    if (str_empty(f->whose))
        return j->subject;
    for (size_t i = 0; j->people != NULL && i < j->people->n; i++)
        if (str_eq(j->people->p[i].field->name, f->whose))
            return j->people->p[i].is_there ? &j->people->p[i].who : NULL;
    return NULL;
}

static void doubt_answer(struct judging *j, const struct letter_field *f)
{
    const struct letter_subject *who = whose(j, f);

    if (!letter_field_is_asked(j->arena, j->form, f, j->inputs))
        return;
    doubt_year(j, f);
    doubt_days(j, f);
    if (who == NULL)
        return;
    if (f->kind == FIELD_DATE || f->kind == FIELD_DAY_DATE)
        doubt_date(j, f, who);
    else
        doubt_option(j, f, who);
}

/* A parent was born at least PARENT_AGE years before the child. */
static void doubt_parent(struct judging *j, const struct letter_person *parent)
{
    const struct date born = parent->who.birth_date, child = j->subject->birth_date;
    const enum letter_relation relation = parent->field->relation;

    if (!parent->is_there || (relation != RELATION_FATHER && relation != RELATION_MOTHER) || date_is_none(born) || date_is_none(child) ||
        (date_compare(born, child) < 0 && date_age(born, child) >= PARENT_AGE))
        return;
    const struct str when = date_compare(born, child) >= 0 ? STR("tidak lebih tua dari")
                                                           : str_fmt(j->arena, "baru berumur %d tahun ketika lahir", date_age(born, child));
    doubt(j, str_fmt(j->arena, "%.*s %.*s, lahir %.*s, %.*s %.*s (%.*s).", STR_ARG(parent->field->label),
                     STR_ARG(text_name(j->arena, parent->who.name)), STR_ARG(date_long(j->arena, born)), STR_ARG(when),
                     STR_ARG(text_name(j->arena, j->subject->name)), STR_ARG(date_long(j->arena, child))));
}

/* Whether the register knows the heir as kin: by letter_heirs, or as a child by the parent's name where no NIK is noted. */
static bool is_kin(const struct judging *j, const struct letter_subject *heir)
{
    for (size_t i = 0; i < j->people->heirs.n; i++)
        if (j->people->heirs.p[i].id == heir->id)
            return true;
    return str_eq_nocase(heir->father_name, j->subject->name) || str_eq_nocase(heir->mother_name, j->subject->name);
}

/* Residents who are named as heirs, and heirs by the register who are not named. */
static void doubt_heirs(struct judging *j)
{
    struct buf left = {.arena = j->arena};
    const struct str of = text_name(j->arena, j->subject->name);

    for (size_t i = 0; i < j->people->n; i++) {
        const struct letter_person *p = &j->people->p[i];

        if (p->field->relation == RELATION_HEIR && p->is_there && !p->is_outside && !is_kin(j, &p->who))
            doubt(j, str_fmt(j->arena, "%.*s %.*s tidak tercatat sebagai keluarga %.*s.", STR_ARG(p->field->label),
                             STR_ARG(text_name(j->arena, p->who.name)), STR_ARG(of)));
    }
    for (size_t i = 0; i < j->people->heirs.n; i++) {
        const struct letter_heir *heir = &j->people->heirs.p[i];
        bool is_named = !letter_heir_is_near(&j->people->heirs, heir);

        for (size_t k = 0; k < j->people->n && !is_named; k++)
            is_named = j->people->p[k].is_there && j->people->p[k].who.id == heir->id;
        if (!is_named)
            buf_fmt(&left, "%s%.*s (%.*s)", left.n > 0 ? ", " : "", STR_ARG(text_name(j->arena, heir->name)),
                    STR_ARG(text_lower(j->arena, letter_tie(heir->tie))));
    }
    if (left.n > 0)
        doubt(j, str_fmt(j->arena, "Keluarga %.*s yang belum disebut sebagai ahli waris: %.*s.", STR_ARG(of), (int)left.n, left.p));
}

struct letter_doubts letter_doubts(struct arena *arena, const struct letter_form *form, const struct letter_subject *subject,
                                   const struct letter_people *people, const json_t *inputs, struct date today)
{
    struct judging j = {arena, form, subject, people, inputs, today, {NULL, 0}};

    j.out.p = ARENA_ARRAY(arena, struct str, DOUBTS_OF_SUBJECT + DOUBTS_OF_ONE * form->n_fields);
    doubt_subject(&j);
    for (size_t i = 0; i < form->n_fields; i++)
        doubt_answer(&j, &form->fields[i]);
    for (size_t i = 0; people != NULL && i < people->n; i++)
        doubt_parent(&j, &people->p[i]);
    if (people != NULL)
        doubt_heirs(&j);
    return j.out;
}
