// SPDX-License-Identifier: AGPL-3.0-or-later
/* What a letter says, held against the register and against itself. */
#include "server/base/json.h"
#include "server/base/text.h"
#include "tenants/village/letters/letters_brought.h"
#include "tenants/village/letters/letters_people.h"
#include "tenants/village/letters/letters_rules.h"
#include "tenants/village/codes/same_name.h"

enum { PARENT_AGE = 12, DOUBTS_OF_ONE = 14 };

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

/* Whether an attachment of the paper is there for this list alone, and is not printed while it is empty. */
static bool has_annex(struct arena *arena, const struct letter_form *form, const struct letter_field *f)
{
    const json_t *annexes = json_object_get(form->tree, "attachments");
    const struct str list = str_fmt(arena, LIST_LINES "%.*s", STR_ARG(f->name));

    for (size_t i = 0; f->kind == FIELD_LIST && i < json_array_size(annexes); i++)
        if (str_eq(json_text(json_object_get(json_array_get(annexes, i), "if"), "field"), list))
            return true;
    return false;
}

/* "sebagaimana tercantum dalam lampiran", and there is none. */
static struct str annex_fault(struct arena *arena, const struct letter_form *form, const struct letter_field *f, const json_t *inputs)
{
    static const char *const said[] = {"dalam lampiran", "pada lampiran", "di lampiran", "terlampir"};

    if (!has_annex(arena, form, f) || !str_empty(str_trim(answer(arena, inputs, f->name))))
        return STR_NONE;
    for (size_t i = 0; i < form->n_fields; i++) {
        const struct str text = text_lower(arena, letter_field_printed(arena, form, &form->fields[i], inputs));

        for (size_t k = 0; k < COUNT_OF(said); k++)
            if (str_find(text, str_c(said[k])) >= 0)
                return str_fmt(arena, "“%.*s” menyebut lampiran, tetapi lampirannya masih kosong. Isi daftarnya, atau hapus sebutan itu.",
                               STR_ARG(form->fields[i].label));
    }
    return STR_NONE;
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
    if (fault.p == NULL)
        fault = annex_fault(arena, form, field, inputs);
    if (fault.p == NULL && str_empty(field->whose) && !letter_option_fits(field, value, subject->sex))
        fault = str_fmt(arena, "%.*s “%.*s” bukan untuk %.*s. Pilih lagi.", STR_ARG(field->label), STR_ARG(value),
                        STR_ARG(text_lower(arena, code_label(CODE_SEX, subject->sex))));
    return fault;
}

/* ---- doubts ---- */

struct judging {
    struct letter_matter m;
    struct letter_doubts out;
};

/* What the letter says of itself, or what the register leaves open. */
static void remark(struct judging *j, struct str words)
{
    if (words.p != NULL)
        j->out.p[j->out.n++] = words;
}

/* What the register has otherwise. */
static void doubt(struct judging *j, struct str words)
{
    j->out.is_against_register |= words.p != NULL;
    remark(j, words);
}

/* What is refused outside of its bounds is no doubt. */
static bool is_refused(const struct letter_traits *t, enum letter_trait trait, const struct letter_unlike *unlike)
{
    return trait == TRAIT_AGE && t->is_strict && str_empty(unlike->unknown);
}

static void doubt_subject(struct judging *j)
{
    const struct letter_traits *t = &j->m.form->subject;
    const struct str name = text_name(j->m.arena, j->m.subject->name);
    struct letter_unlike unlike;

    for (enum letter_trait trait = TRAIT_SEX; trait < TRAITS; trait++) {
        if (!letter_unlike(&j->m, t, j->m.subject, trait, &unlike) || is_refused(t, trait, &unlike))
            continue;
        (str_empty(unlike.unknown) ? doubt : remark)(
            j, str_empty(unlike.unknown)
                   ? str_fmt(j->m.arena, "%.*s %.*s. Surat ini biasanya untuk %.*s.", STR_ARG(name), STR_ARG(unlike.is),
                             STR_ARG(unlike.wanted))
                   : str_fmt(j->m.arena, "%.*s %.*s belum diisi, tidak bisa dicocokkan. Surat ini biasanya untuk %.*s.",
                             STR_ARG(unlike.unknown), STR_ARG(name), STR_ARG(unlike.wanted)));
    }
}

/* "yang belum kawin" is "belum kawin" behind "seharusnya". */
static struct str should_be(struct str wanted)
{
    return str_starts(wanted, STR("yang ")) ? str_from(wanted, 5) : wanted;
}

static void doubt_person(struct judging *j, const struct letter_person *person)
{
    const struct letter_field *f = person->field;
    const struct str name = text_name(j->m.arena, person->who.name);
    struct letter_unlike unlike;

    if (!person->is_there)
        return;
    for (enum letter_trait trait = TRAIT_STATUS; trait < TRAITS; trait++) { /* the sex is refused */
        if (!letter_unlike(&j->m, &f->traits, &person->who, trait, &unlike) || is_refused(&f->traits, trait, &unlike))
            continue;
        (str_empty(unlike.unknown) ? doubt : remark)(
            j, str_empty(unlike.unknown)
                   ? str_fmt(j->m.arena, "%.*s: %.*s %.*s, seharusnya %.*s.", STR_ARG(f->label), STR_ARG(name), STR_ARG(unlike.is),
                             STR_ARG(should_be(unlike.wanted)))
                   : str_fmt(j->m.arena, "%.*s: %.*s %.*s belum diisi, tidak bisa dicocokkan. Seharusnya %.*s.", STR_ARG(f->label),
                             STR_ARG(text_lower(j->m.arena, unlike.unknown)), STR_ARG(name), STR_ARG(should_be(unlike.wanted))));
    }
    doubt(j, letter_kin_doubt(&j->m, person));
}

static void doubt_year(struct judging *j, const struct letter_field *f)
{
    const struct letter_subject *s = j->m.subject;
    uint64_t year, first = (uint64_t)s->birth_date.year + f->from_age.value;

    if (!f->from_age.is_set || date_is_none(s->birth_date) || !str_to_u64(answer(j->m.arena, j->m.inputs, f->name), &year) || year >= first)
        return;
    doubt(j, f->from_age.value == 0 ? str_fmt(j->m.arena, "%.*s %" PRIu64 ": sebelum %.*s lahir (%d).", STR_ARG(f->label), year,
                                              STR_ARG(text_name(j->m.arena, s->name)), s->birth_date.year)
                                    : str_fmt(j->m.arena, "%.*s %" PRIu64 ": sebelum %.*s berumur %" PRIu64 " tahun (%" PRIu64 ").",
                                              STR_ARG(f->label), year, STR_ARG(text_name(j->m.arena, s->name)), f->from_age.value, first));
}

static void doubt_date(struct judging *j, const struct letter_field *f, const struct letter_subject *who)
{
    const struct str known = letter_known(j->m.arena, f, who), name = text_name(j->m.arena, who->name);
    struct date day, noted;

    if (!day_of(j->m.arena, j->m.inputs, f->name, &day))
        return;
    const struct str said = str_fmt(j->m.arena, "%.*s %.*s", STR_ARG(f->label), STR_ARG(date_long(j->m.arena, day)));

    if (f->is_ahead && date_compare(day, j->m.today) < 0)
        remark(j, str_fmt(j->m.arena, "%.*s: sudah lewat.", STR_ARG(said)));
    if (f->is_ahead && date_to_days(day) - date_to_days(j->m.today) > LETTER_AHEAD_DAYS)
        remark(j, str_fmt(j->m.arena, "%.*s: lebih dari dua tahun lagi.", STR_ARG(said)));
    if (date_parse(known, &noted)) {
        if (date_compare(day, noted) != 0)
            doubt(j, str_fmt(j->m.arena, "%.*s: %.*s tercatat %s %.*s.", STR_ARG(said), STR_ARG(name),
                             f->known == KNOWN_BIRTH ? "lahir" : "meninggal", STR_ARG(date_long(j->m.arena, noted))));
    } else if (f->is_past && !f->before_birth && !date_is_none(who->birth_date) && date_compare(day, who->birth_date) < 0)
        doubt(j, str_fmt(j->m.arena, "%.*s: sebelum %.*s lahir (%.*s).", STR_ARG(said), STR_ARG(name),
                         STR_ARG(date_long(j->m.arena, who->birth_date))));
}

static void doubt_days(struct judging *j, const struct letter_field *f)
{
    const uint64_t counted = letter_days_counted(j->m.arena, f, j->m.inputs);
    uint64_t typed;

    if (counted != 0 && str_to_u64(answer(j->m.arena, j->m.inputs, f->name), &typed) && typed != counted)
        remark(j, str_fmt(j->m.arena, "%.*s %" PRIu64 " hari, padahal menurut kedua tanggalnya %" PRIu64 " hari.", STR_ARG(f->label), typed,
                          counted));
}

static void doubt_option(struct judging *j, const struct letter_field *f, const struct letter_subject *who)
{
    const struct str option = answer(j->m.arena, j->m.inputs, f->name);
    struct letter_unlike unlike;
    struct letter_fit fit;

    if (!letter_option_fit(f, option, &fit))
        return;
    const struct str said = str_fmt(j->m.arena, "%.*s “%.*s”", STR_ARG(f->label), STR_ARG(option));
    for (enum letter_trait trait = TRAIT_SEX; trait < TRAITS; trait++)
        if (letter_unlike(&j->m, &fit.traits, who, trait, &unlike) && str_empty(unlike.unknown))
            doubt(j, str_fmt(j->m.arena, "%.*s, padahal %.*s %.*s.", STR_ARG(said), STR_ARG(text_name(j->m.arena, who->name)),
                             STR_ARG(unlike.is)));
    letter_gone_doubts(&j->m, said, fit.gone, &j->out);
}

/* Whom an answer is about; NULL: somebody who is not there. */
static const struct letter_subject *whose(const struct judging *j, const struct letter_field *f)
{
    const struct letter_person *person = str_empty(f->whose) ? NULL : letter_person_of(j->m.people, f->whose);

    return str_empty(f->whose) ? j->m.subject : person != NULL ? &person->who : NULL;
}

/* A number in a box of its own: of somebody else than the name says, of who left, of another family card than the subject's. */
static void doubt_number(struct judging *j, const struct letter_field *f)
{
    const struct str number = answer(j->m.arena, j->m.inputs, f->name), name = answer(j->m.arena, j->m.inputs, f->name_in);
    const struct letter_owner *owner = NULL;

    if (f->is_kk && !str_empty(number) && !str_empty(j->m.subject->kk_no) && !str_eq(number, j->m.subject->kk_no))
        doubt(j, str_fmt(j->m.arena, "%.*s bukan nomor kartu keluarga %.*s menurut data penduduk.", STR_ARG(f->label),
                         STR_ARG(text_name(j->m.arena, j->m.subject->name))));
    for (size_t i = 0; j->m.people != NULL && i < j->m.people->owners.n; i++)
        if (j->m.people->owners.p[i].field == f && j->m.people->owners.p[i].who.id != 0)
            owner = &j->m.people->owners.p[i];
    if (owner == NULL)
        return;
    const struct str whose_name = text_name(j->m.arena, owner->who.name);
    const bool may_return = f->is_subjects; /* who left may stay here for a while */
    if (owner->who.basic_status != STATUS_ALIVE && !may_return &&
        letter_owner_fault(j->m.arena, owner).p == NULL) /* the dead are refused */
        doubt(j, str_fmt(j->m.arena, "%.*s milik %.*s, yang tercatat %.*s.", STR_ARG(f->label), STR_ARG(whose_name),
                         STR_ARG(text_lower(j->m.arena, code_label(CODE_BASIC_STATUS, owner->who.basic_status)))));
    if (!str_empty(name) && !name_is_like(j->m.arena, name, owner->who.name))
        doubt(j, str_fmt(j->m.arena, "%.*s milik %.*s, padahal tertulis “%.*s”.", STR_ARG(f->label), STR_ARG(whose_name), STR_ARG(name)));
}

/* A class of a move that the target does not say. */
static void doubt_class(struct judging *j, const struct letter_field *f)
{
    const struct str said = answer(j->m.arena, j->m.inputs, f->name);

    if (f->places.n == 0 || j->m.people == NULL || j->m.people->village == NULL || str_empty(said))
        return;
    const struct str class = letter_move_class(j->m.arena, f, j->m.people->village, j->m.inputs);
    if (!str_empty(class) && !str_eq(class, said))
        doubt(j, str_fmt(j->m.arena, "%.*s “%.*s”, padahal menurut alamat tujuannya “%.*s”.", STR_ARG(f->label), STR_ARG(said),
                         STR_ARG(class)));
}

static void doubt_answer(struct judging *j, const struct letter_field *f)
{
    const struct letter_subject *who = whose(j, f);

    if (!letter_field_is_asked(j->m.arena, j->m.form, f, j->m.inputs))
        return;
    doubt_year(j, f);
    doubt_days(j, f);
    doubt_number(j, f);
    doubt_class(j, f);
    if (who == NULL)
        return;
    if (letter_field_is_date(f))
        doubt_date(j, f, who);
    else
        doubt_option(j, f, who);
}

/* A parent was born at least PARENT_AGE years before the child. */
static void doubt_parent(struct judging *j, const struct letter_person *parent)
{
    const struct date born = parent->who.birth_date, child = j->m.subject->birth_date;
    const enum letter_relation relation = parent->field->relation;

    if (!parent->is_there || (relation != RELATION_FATHER && relation != RELATION_MOTHER) || date_is_none(born) || date_is_none(child) ||
        (date_compare(born, child) < 0 && date_age(born, child) >= PARENT_AGE))
        return;
    const struct str when = date_compare(born, child) >= 0
                                ? STR("tidak lebih tua dari")
                                : str_fmt(j->m.arena, "baru berumur %d tahun ketika lahir", date_age(born, child));
    doubt(j, str_fmt(j->m.arena, "%.*s %.*s, lahir %.*s, %.*s %.*s (%.*s).", STR_ARG(parent->field->label),
                     STR_ARG(text_name(j->m.arena, parent->who.name)), STR_ARG(date_long(j->m.arena, born)), STR_ARG(when),
                     STR_ARG(text_name(j->m.arena, j->m.subject->name)), STR_ARG(date_long(j->m.arena, child))));
}

/* Somebody written down from elsewhere whose NIK says another birth date or sex (Permendagri 102/2019). */
static void doubt_outsider(struct judging *j, const struct letter_subject *who, struct str called)
{
    struct date claimed;
    bool is_female;

    if (!nik_birth(who->nik, j->m.today, &claimed, &is_female))
        return;
    const struct str said = str_fmt(j->m.arena, "NIK %.*s tidak sesuai", STR_ARG(called));
    if (!date_is_none(who->birth_date) &&
        (claimed.day != who->birth_date.day || claimed.month != who->birth_date.month || claimed.year % 100 != who->birth_date.year % 100))
        doubt(j, str_fmt(j->m.arena, "%.*s tanggal lahir %.*s. Cocokkan dengan e-KTP.", STR_ARG(said),
                         STR_ARG(date_long(j->m.arena, who->birth_date))));
    else if (who->sex != 0 && is_female != (who->sex == SEX_FEMALE))
        doubt(j, str_fmt(j->m.arena, "%.*s jenis kelamin %.*s. Cocokkan dengan e-KTP.", STR_ARG(said),
                         STR_ARG(text_lower(j->m.arena, code_label(CODE_SEX, who->sex)))));
}

/* Whether the register knows the heir as kin: by letter_heirs, or as a child by the parent's name where no NIK is noted. */
static bool is_kin(const struct judging *j, const struct letter_subject *heir)
{
    for (size_t i = 0; i < j->m.people->heirs.n; i++)
        if (j->m.people->heirs.p[i].id == heir->id)
            return true;
    return name_is_like(j->m.arena, heir->father_name, j->m.subject->name) ||
           name_is_like(j->m.arena, heir->mother_name, j->m.subject->name);
}

/* Residents who are named as heirs, and heirs by the register who are not named. */
static void doubt_heirs(struct judging *j)
{
    struct buf left = {.arena = j->m.arena};
    const struct str of = text_name(j->m.arena, j->m.subject->name);

    for (size_t i = 0; i < j->m.people->n; i++) {
        const struct letter_person *p = &j->m.people->p[i];

        if (p->field->relation == RELATION_HEIR && p->is_there && !p->is_outside && !is_kin(j, &p->who))
            doubt(j, str_fmt(j->m.arena, "%.*s %.*s tidak tercatat sebagai keluarga %.*s.", STR_ARG(p->field->label),
                             STR_ARG(text_name(j->m.arena, p->who.name)), STR_ARG(of)));
    }
    for (size_t i = 0; i < j->m.people->heirs.n; i++) {
        const struct letter_heir *heir = &j->m.people->heirs.p[i];
        bool is_named = !letter_heir_is_near(&j->m.people->heirs, heir);

        for (size_t k = 0; k < j->m.people->n && !is_named; k++)
            is_named = j->m.people->p[k].is_there && j->m.people->p[k].who.id == heir->id;
        if (!is_named)
            buf_fmt(&left, "%s%.*s (%.*s)", left.n > 0 ? ", " : "", STR_ARG(text_name(j->m.arena, heir->name)),
                    STR_ARG(text_lower(j->m.arena, letter_tie(heir->tie))));
    }
    if (left.n > 0)
        doubt(j, str_fmt(j->m.arena, "Keluarga %.*s yang belum disebut sebagai ahli waris: %.*s.", STR_ARG(of), (int)left.n, left.p));
}

/* The family is another by now than it was when the answers were given. */
static void doubt_move(struct judging *j)
{
    struct str field;
    const struct str fault = letter_moving_fault(&j->m, &field);

    if (fault.p != NULL)
        doubt(j, fault);
}

struct letter_doubts letter_doubts(const struct letter_matter *m)
{
    struct judging j = {*m, {NULL, 0, false}};

    j.out.p = ARENA_ARRAY(m->arena, struct str, TRAITS + 1 + DOUBTS_OF_ONE * m->form->n_fields + m->form->n_requirements);
    doubt_subject(&j);
    if (m->form->is_outside)
        doubt_outsider(&j, m->subject, STR("pemohon"));
    for (size_t i = 0; i < m->form->n_requirements; i++)
        remark(&j, letter_brought_lack(m, i));
    for (size_t i = 0; i < m->form->n_fields; i++)
        doubt_answer(&j, &m->form->fields[i]);
    for (size_t i = 0; m->people != NULL && i < m->people->n; i++) {
        doubt_parent(&j, &m->people->p[i]);
        doubt_person(&j, &m->people->p[i]);
        if (m->people->p[i].is_there && m->people->p[i].is_outside)
            doubt_outsider(&j, &m->people->p[i].who, m->people->p[i].field->label);
    }
    if (m->people != NULL) {
        doubt_heirs(&j);
        doubt_move(&j);
    }
    return j.out;
}
