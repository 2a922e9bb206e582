// SPDX-License-Identifier: AGPL-3.0-or-later
/* Other people of a letter than its subject: residents, outsiders, the family, those who go along. Private. */
#ifndef BALAI_LETTERS_PEOPLE_H
#define BALAI_LETTERS_PEOPLE_H

#include "tenants/village/letters/letters_rules.h"
#include "tenants/village/letters/letters_sql.h"
#include "tenants/village/residents/nik.h"

struct letter_person {
    const struct letter_field *field;
    bool is_there, is_outside; /* is_there: chosen, or written down */
    struct letter_subject who; /* of an outsider: what was typed; id 0 */
    uint64_t same_id;          /* of an outsider: the resident whose NIK was typed, unless he moved away; 0: nobody */
    struct str same_name;
};
/* Whose a number is that was typed into a box of its own; id 0: nobody's here. */
struct letter_owner {
    const struct letter_field *field;
    struct resident_id who;
};
struct letter_people {
    struct letter_person *p; /* one for every field of persons, in their order */
    size_t n;
    const struct letter_identity *village;                        /* of a type that asks where somebody moves; else NULL */
    const struct letter_subject *father, *mother, *spouse, *head; /* the subject's, as the register knows them; NULL: it does not */
    struct {
        struct letter_owner *p;
        size_t n;
    } owners;
    struct letter_subject_rows family, followers; /* the living of the subject's family, and those of them who go along */
    const struct letter_field *follows;           /* the question for these; NULL: it is not asked */
    bool names_others;                            /* the type asks for somebody besides its subject */
    struct letter_heir_rows heirs;                /* of a type that asks for heirs: who they are by the register */
};

/*
 * Whom a letter is for: that resident; without one (id 0) who was written down as a subject from elsewhere, of a form that is_outside; of a
 * letter of the office itself nobody: every text of it is empty, and basic_status 0. RC_NOT_FOUND.
 */
enum rc letter_subject_of(struct village_db *db, const struct letter_form *form, const json_t *inputs, uint64_t id,
                          struct letter_subject *out, struct err *err) MUST_USE;

/* As the answers name them, from the registry of today. No statement for a type without people. */
enum rc letter_people_read(struct village_db *db, const struct letter_form *form, uint64_t resident_id, const json_t *inputs,
                           struct letter_people *out, struct err *err) MUST_USE;
/* Whether the heir is to be named: not a sibling or grandchild of somebody who has children. */
bool letter_heir_is_near(const struct letter_heir_rows *heirs, const struct letter_heir *heir);
/* What speaks against this choice (not living here, of the other sex, too young, kin, chosen twice, a resident written down as an
 * outsider); STR_NONE: nothing. */
struct str letter_person_fault(const struct letter_matter *m, const struct letter_person *person);
/* Of a box for a NIK: its owner is dead, or of a subject from elsewhere a resident. STR_NONE: not so. */
struct str letter_owner_fault(struct arena *arena, const struct letter_owner *owner);
/* Of the subject: a strict age. STR_NONE. */
struct str letter_subject_fault(const struct letter_matter *m);
/* Who is that to the subject by the register: the father, the mother, the spouse, the head of the family; NULL: nobody, or none of them. */
const struct letter_subject *letter_kin_of(const struct letter_people *people, enum letter_relation relation);
/* Him or her of that field; NULL: not there. */
const struct letter_person *letter_person_of(const struct letter_people *people, struct str field);
/* What the register says against the relation of this person to the subject, or to `to`; STR_NONE: nothing. */
struct str letter_kin_doubt(const struct letter_matter *m, const struct letter_person *person);
/* Of two who want to marry: kin by their parents' NIK, or of one sex. STR_NONE. */
struct str letter_kin_fault(const struct letter_matter *m, const struct letter_person *person);
/* What the register says against an option by which somebody is gone; added to `out`, at most four. */
void letter_gone_doubts(const struct letter_matter *m, struct str said, uint8_t gone, struct letter_doubts *out);
/* Whether all live here who must. */
bool letter_people_live(const struct letter_people *people);
/* Whether the whole family moves: its followers are all the others, whoever is ticked. */
bool letter_all_move(struct arena *arena, const struct letter_form *form, const json_t *inputs);
/* Kind of a move, who goes along and who stays: in words what does not agree, and *field_out whose answer it is; STR_NONE: nothing. */
struct str letter_moving_fault(const struct letter_matter *m, struct str *field_out);
/* "Halimah Dg. Sangnging, NIK 7317 1051 1157 0002": in the check of answers; with `is_masked` the number in part. */
struct str letter_person_told(struct arena *arena, const struct letter_people *people, const struct letter_field *field, bool is_masked);

#endif
