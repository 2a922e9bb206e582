// SPDX-License-Identifier: AGPL-3.0-or-later
/* Never public: what people of a family are to one another, decided without I/O. */
#ifndef BALAI_FAMILIES_RULES_H
#define BALAI_FAMILIES_RULES_H

#include "server/base/base.h"
#include "server/base/clock.h"
#include "server/base/str.h"
#include "tenants/village/codes/codes.h"

/* What a rule needs to know of one person. */
struct kin {
    uint8_t sex, role; /* role: to the head before */
    struct str nik, father_nik, mother_nik;
};

/*
 * What `who` is to the new head, who until now was new_head->role to the old
 * one. A suggestion for a person to check: what the roles do not tell is
 * SHDK_KIN. `who` may be the old head.
 */
uint8_t role_under(const struct kin *who, const struct kin *new_head);

/* What is wrong with a family of so many living members and heads; "" when nothing. */
struct str family_fault(uint64_t living, uint64_t heads);

#endif
