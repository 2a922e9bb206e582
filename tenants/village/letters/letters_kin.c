// SPDX-License-Identifier: AGPL-3.0-or-later
/* What people of a letter are to each other, held against the register: by the parents' NIK and names, and by the roles on the family card.
 */
#include "server/base/json.h"
#include "server/base/text.h"
#include "tenants/village/letters/letters_people.h"
#include "tenants/village/codes/same_name.h"

enum { GROWN = 18 };

static struct str name_of(const struct letter_matter *m, const struct letter_subject *who)
{
    return text_name(m->arena, who->name);
}

/* A number of Dukcapil; a temporary one says nothing of kin. */
static bool is_number(struct str nik)
{
    return nik_is_digits(nik) && nik.p[0] != '0';
}

static bool is_same_number(struct str a, struct str b)
{
    return is_number(a) && str_eq(a, b);
}

const struct letter_person *letter_person_of(const struct letter_people *people, struct str field)
{
    for (size_t i = 0; people != NULL && i < people->n; i++)
        if (str_eq(people->p[i].field->name, field))
            return people->p[i].is_there ? &people->p[i] : NULL;
    return NULL;
}

/* What a person is to the subject by the answers: of its field, or as another answer says. */
static enum letter_relation relation_of(const struct letter_matter *m, const struct letter_field *f)
{
    const struct str said = str_empty(f->relation_by.field) ? STR("") : json_text(m->inputs, str_z(m->arena, f->relation_by.field));

    for (size_t i = 0; i < f->relation_by.n; i++)
        if (str_eq(f->relation_by.p[i].option, said))
            return f->relation_by.p[i].relation;
    return f->relation;
}

/* Whom somebody is related to by his field; NULL: to somebody who is not there. */
static const struct letter_subject *related_to(const struct letter_matter *m, const struct letter_field *f)
{
    const struct letter_person *other = str_empty(f->to) ? NULL : letter_person_of(m->people, f->to);

    return str_empty(f->to) ? m->subject : other != NULL ? &other->who : NULL;
}

/* ---- who may not marry (UU 1/1974, art. 8) ---- */

static bool is_child_by_number(const struct letter_subject *child, const struct letter_subject *parent)
{
    return is_same_number(child->father_nik, parent->nik) || is_same_number(child->mother_nik, parent->nik);
}

static const char *by_sex(const struct letter_subject *who, const char *man, const char *woman)
{
    return who->sex == SEX_FEMALE ? woman : man;
}

/* "ayah", "anak", "saudara": what `who` is to `other` by the numbers of their parents; NULL: nothing. */
static const char *kin_by_number(const struct letter_subject *who, const struct letter_subject *other)
{
    if (is_child_by_number(other, who))
        return by_sex(who, "ayah", "ibu");
    if (is_child_by_number(who, other))
        return "anak";
    return is_same_number(who->father_nik, other->father_nik) || is_same_number(who->mother_nik, other->mother_nik) ? "saudara" : NULL;
}

static bool is_couple_role(uint64_t role)
{
    return role == SHDK_HEAD || role == SHDK_HUSBAND || role == SHDK_WIFE;
}

/* The same by their roles on one family card: a stepchild has them, too. */
static const char *kin_by_role(const struct letter_subject *who, const struct letter_subject *other)
{
    const uint64_t mine = who->family_role.value, theirs = other->family_role.value;

    if (str_empty(who->kk_no) || !str_eq(who->kk_no, other->kk_no))
        return NULL;
    if ((is_couple_role(mine) && theirs == SHDK_CHILD) || (mine == SHDK_PARENT && is_couple_role(theirs)))
        return by_sex(who, "ayah", "ibu");
    if ((mine == SHDK_CHILD && is_couple_role(theirs)) || (is_couple_role(mine) && theirs == SHDK_PARENT))
        return "anak";
    if (mine == SHDK_CHILD && theirs == SHDK_CHILD)
        return "saudara";
    return (mine == SHDK_GRANDCHILD && is_couple_role(theirs)) || (is_couple_role(mine) && theirs == SHDK_GRANDCHILD)
               ? "kakek, nenek, atau cucu"
               : NULL;
}

struct str letter_kin_fault(const struct letter_matter *m, const struct letter_person *person)
{
    const struct letter_field *f = person->field;
    const struct letter_subject *other = related_to(m, f), *who = &person->who;
    const bool will_marry = relation_of(m, f) == RELATION_BETROTHED;
    const char *kin = will_marry && other != NULL ? kin_by_number(who, other) : NULL;

    if (other == NULL || str_empty(other->name) || (who->id != 0 && who->id == other->id)) /* that is said otherwise */
        return STR_NONE;
    if (f->traits.is_other_sex && who->sex != 0 && who->sex == other->sex)
        return str_fmt(m->arena, "%.*s: %.*s tercatat %.*s, sama dengan %.*s. Pilih orang lain, atau perbaiki dahulu data warganya.",
                       STR_ARG(f->label), STR_ARG(name_of(m, who)), STR_ARG(text_lower(m->arena, code_label(CODE_SEX, who->sex))),
                       STR_ARG(name_of(m, other)));
    return kin == NULL ? STR_NONE
                       : str_fmt(m->arena,
                                 "%.*s: %.*s adalah %s %.*s menurut data penduduk, jadi keduanya tidak dapat menikah. Pilih "
                                 "orang lain, atau perbaiki dahulu data warganya.",
                                 STR_ARG(f->label), STR_ARG(name_of(m, who)), kin, STR_ARG(name_of(m, other)));
}

/* ---- what only differs ---- */

/* "Ayah Samsul Baso, padahal menurut data penduduk ayah Syahrir bernama Muliadi Sanusi." */
static struct str other_kin(const struct letter_matter *m, const struct letter_person *person, const char *kin, struct str known)
{
    return str_fmt(m->arena,
                   "%.*s %.*s, padahal menurut data penduduk %s %.*s bernama %.*s. Bila data penduduknya keliru, perbaiki dahulu.",
                   STR_ARG(person->field->label), STR_ARG(name_of(m, &person->who)), kin, STR_ARG(name_of(m, m->subject)),
                   STR_ARG(text_name(m->arena, known)));
}

/* "Ayah “Sudah meninggal”, padahal …", of kin who lives by the register; STR_NONE: that is not so. */
static struct str lives_still(const struct letter_matter *m, struct str said, const char *kin, const struct letter_subject *who)
{
    if (who == NULL || who->basic_status != STATUS_ALIVE)
        return STR_NONE;
    return str_fmt(m->arena, "%.*s, padahal %s %.*s, %.*s, tercatat hidup%s.", STR_ARG(said), kin, STR_ARG(name_of(m, m->subject)),
                   STR_ARG(name_of(m, who)),
                   !str_empty(who->kk_no) && str_eq(who->kk_no, m->subject->kk_no) ? " di kartu keluarga yang sama" : "");
}

/* What the register says of a parent: the NIK, else the name, else who stands as one on the family card. */
static struct str parent_doubt(const struct letter_matter *m, const struct letter_person *person, bool is_father)
{
    const struct letter_subject *s = m->subject, *who = &person->who, *known = is_father ? m->people->father : m->people->mother;
    const struct str nik = is_father ? s->father_nik : s->mother_nik, name = is_father ? s->father_name : s->mother_name;
    const struct str told = known != NULL && is_number(nik) ? known->name : !str_empty(name) ? name : known != NULL ? known->name : STR("");
    const bool is_said_dead = person->is_outside && who->basic_status == STATUS_DEAD;
    const char *kin = is_father ? "ayah" : "ibu";
    const struct str alive = is_said_dead
                                 ? lives_still(m, str_fmt(m->arena, "%.*s “" PERSON_DEAD "”", STR_ARG(person->field->label)), kin, known)
                                 : STR_NONE;

    if (alive.p != NULL)
        return alive;
    if (known != NULL && known->id == who->id)
        return STR_NONE;
    const bool has_both = is_number(nik) && is_number(who->nik);
    if (has_both ? str_eq(nik, who->nik)
                 : str_empty(told) || name_is_like(m->arena, name, who->name) || name_is_like(m->arena, told, who->name))
        return STR_NONE;
    if (!str_empty(told))
        return other_kin(m, person, kin, told);
    return str_fmt(m->arena, "%.*s %.*s, padahal NIK %s %.*s di data penduduk lain.", STR_ARG(person->field->label),
                   STR_ARG(name_of(m, who)), kin, STR_ARG(name_of(m, s)));
}

static struct str spouse_doubt(const struct letter_matter *m, const struct letter_person *person)
{
    const struct letter_subject *known = m->people->spouse;

    if (known == NULL || known->id == person->who.id)
        return STR_NONE;
    return other_kin(m, person, by_sex(known, "suami", "istri"), known->name);
}

static struct str child_doubt(const struct letter_matter *m, const struct letter_person *person)
{
    const struct letter_subject *s = m->subject, *who = &person->who;
    const char *kin = kin_by_role(who, s);

    if (is_child_by_number(who, s) || (kin != NULL && strcmp(kin, "anak") == 0))
        return STR_NONE;
    const struct str parent = s->sex == SEX_FEMALE ? who->mother_name : who->father_name;
    if (name_is_like(m->arena, parent, s->name))
        return STR_NONE;
    return str_fmt(m->arena, "%.*s: %.*s tidak tercatat sebagai anak %.*s%s%.*s.", STR_ARG(person->field->label), STR_ARG(name_of(m, who)),
                   STR_ARG(name_of(m, s)), str_empty(parent) ? "" : by_sex(s, "; ayahnya ", "; ibunya "),
                   STR_ARG(str_empty(parent) ? STR("") : text_name(m->arena, parent)));
}

static struct str betrothed_doubt(const struct letter_matter *m, const struct letter_person *person)
{
    const struct letter_subject *other = related_to(m, person->field), *who = &person->who;
    const char *kin = other != NULL ? kin_by_role(who, other) : NULL;

    if (kin == NULL)
        return STR_NONE;
    return str_fmt(m->arena, "%.*s: %.*s tercatat sebagai %s %.*s di kartu keluarga yang sama.", STR_ARG(person->field->label),
                   STR_ARG(name_of(m, who)), kin, STR_ARG(name_of(m, other)));
}

struct str letter_kin_doubt(const struct letter_matter *m, const struct letter_person *person)
{
    switch (person->is_there ? relation_of(m, person->field) : RELATION_NONE) {
    case RELATION_FATHER:
    case RELATION_MOTHER:
        return parent_doubt(m, person, relation_of(m, person->field) == RELATION_FATHER);
    case RELATION_SPOUSE:
        return spouse_doubt(m, person);
    case RELATION_CHILD:
        return child_doubt(m, person);
    case RELATION_BETROTHED:
        return betrothed_doubt(m, person);
    case RELATION_NONE:
    case RELATION_HEAD:
    case RELATION_HEIR:
        break;
    }
    return STR_NONE;
}

/* ---- who is said to be gone ---- */

static void gone(const struct letter_matter *m, struct str said, const char *kin, const struct letter_subject *who,
                 struct letter_doubts *out)
{
    const struct str words = lives_still(m, said, kin, who);

    if (words.p == NULL)
        return;
    out->p[out->n++] = words;
    out->is_against_register = true;
}

/* A grown brother: by the parents' NIK, or by the roles, on the same family card. */
static const struct letter_subject *brother_of(const struct letter_matter *m)
{
    for (size_t i = 0; i < m->people->family.n; i++) {
        const struct letter_subject *who = &m->people->family.p[i];
        const char *kin = kin_by_number(who, m->subject);

        if (kin == NULL)
            kin = kin_by_role(who, m->subject);
        if (kin != NULL && strcmp(kin, "saudara") == 0 && who->id != m->subject->id && who->sex == SEX_MALE &&
            !date_is_none(who->birth_date) && date_age(who->birth_date, m->today) >= GROWN)
            return who;
    }
    return NULL;
}

void letter_gone_doubts(const struct letter_matter *m, struct str said, uint8_t bits, struct letter_doubts *out)
{
    if (m->people == NULL)
        return;
    if (bits & GONE_FATHER)
        gone(m, said, "ayah", m->people->father, out);
    if (bits & GONE_MOTHER)
        gone(m, said, "ibu", m->people->mother, out);
    if (bits & GONE_SPOUSE)
        gone(m, said, "suami atau istri", m->people->spouse, out);
    if (bits & GONE_BROTHERS)
        gone(m, said, "saudara laki-laki", brother_of(m), out);
}
