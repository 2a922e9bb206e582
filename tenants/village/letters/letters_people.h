// SPDX-License-Identifier: AGPL-3.0-or-later
/* Other people of a letter than its subject: residents, outsiders, the family, those who go along. Private. */
#ifndef BALAI_LETTERS_PEOPLE_H
#define BALAI_LETTERS_PEOPLE_H

#include "tenants/village/letters/letters_rules.h"
#include "tenants/village/letters/letters_sql.h"

struct letter_person {
    const struct letter_field *field;
    bool is_there, is_outside; /* is_there: chosen, or written down */
    struct letter_subject who; /* of an outsider: what was typed; id 0 */
    uint64_t same_id;          /* of an outsider: the resident whose NIK was typed, unless he moved away; 0: nobody */
    struct str same_name;
};
struct letter_people {
    struct letter_person *p; /* one for every field of persons, in their order */
    size_t n;
    struct letter_subject_rows family, followers; /* the living of the subject's family, and those of them who go along */
    struct letter_heir_rows heirs;                /* of a type that asks for heirs: who they are by the register */
};

/* Whom a letter is for; of one of the office itself (id 0) nobody: every text of it is empty, and basic_status 0. RC_NOT_FOUND. */
enum rc letter_subject_at(struct village_db *db, uint64_t id, struct letter_subject *out, struct err *err) MUST_USE;

/* As the answers name them, from the registry of today. No statement for a type without people. */
enum rc letter_people_read(struct village_db *db, const struct letter_form *form, uint64_t resident_id, const json_t *inputs,
                           struct letter_people *out, struct err *err) MUST_USE;
/* Whether the heir is to be named: not a sibling or grandchild of somebody who has children. */
bool letter_heir_is_near(const struct letter_heir_rows *heirs, const struct letter_heir *heir);
/* What speaks against this choice (not living here, of the other sex, chosen twice, a resident written down as an outsider); STR_NONE:
 * nothing. */
struct str letter_person_fault(struct arena *arena, const struct letter_people *people, const struct letter_person *person,
                               uint64_t subject_id);
/* Of one who must live here and does not any more: why the letter cannot go on; "" when all do. */
struct str letter_people_not_living(struct arena *arena, const struct letter_people *people);
/* "Halimah Dg. Sangnging, NIK 7317 1051 1157 0002": in the check of answers; with `is_masked` the number in part. */
struct str letter_person_told(struct arena *arena, const struct letter_people *people, const struct letter_field *field, bool is_masked);

#endif
