// SPDX-License-Identifier: AGPL-3.0-or-later
/* Never public: the parts of registry_plan, in the order in which it calls them, and what they share. */
#ifndef BALAI_REGISTRY_PLAN_H
#define BALAI_REGISTRY_PLAN_H

#include <stdlib.h>

#include "tenants/village/residents/registry_rows.h"

struct work {
    ptrdiff_t known;
    struct str key;        /* the person: NIK, or name and birth */
    struct resident_row r; /* merged; address is the row's own */
    size_t area, family;
    uint32_t errors, mismatches;
    uint8_t paired;
    bool is_second_head;
    bool is_kept; /* the file says that they died or left; lives here until an event says so; or is the only head of a family that stays */
    bool is_anew; /* was no valid resident, and is one again: nothing of the old data stays */
    bool is_copy; /* another row means the same person, or somebody known by another NIK is that person: it is left out */
    bool is_gone; /* died or left, says the registry: no column is changed from a file */
    bool has_old; /* holds what stood in the registry before an event, a move or an edit */
    bool is_joined;                   /* known by a temporary number until this file, or by an answer; alive */
    const struct join_question *join; /* NULL: nobody is like that */
    bool decides_family;              /* its known family gets another address or area, and this row says which */
};

struct planning {
    struct registry_file *file;
    const struct registry *registry;
    const struct registry_choice *choice;
    struct registry_plan *plan;
    struct work *work; /* one a row */
    struct text_index *by_nik, *by_card, *by_kk;
    struct text_index *rows_by_nik;  /* the file's */
    struct text_index *by_person;    /* name, place and date of birth: the first */
    struct text_index *by_temporary; /* the same, of those without a NIK; SEVERAL when it is not one */
    struct text_index *by_member;    /* KK number, name and date of birth */
    struct text_index *by_former;    /* NIKs that people had before; NULL: not asked yet */
    uint32_t *touched;               /* of known residents: file row + 1 that speaks of them */
    struct str last_temporary_kk;
    bool has_persons;
    bool has_hamlets; /* the village or the file names one: whoever is new then needs one */
};

static inline bool row_is_head(const struct resident_row *r)
{
    return r->family_role == SHDK_HEAD && r->basic_status == STATUS_ALIVE;
}

void plan_fault(struct planning *p, uint32_t row, enum resident_column column, bool is_warning, const char *format, ...) PRINTF(5, 6);
/* NIK against birth date or sex. */
void plan_mismatch(struct planning *p, uint32_t row, enum resident_column column, bool is_warning, const char *format, ...) PRINTF(5, 6);

/* Who stands under a NIK: in the file, else in the registry; NULL: nobody. */
const struct resident_row *plan_row_of_nik(const struct planning *p, struct str nik);
/* Of somebody known and alive: what the row says of a state before the last changes is told, and stays as the registry has it. */
void plan_keep_newer(struct planning *p, uint32_t i);
/* Of somebody who died or left: nothing of the row is taken. */
void plan_keep_gone(struct planning *p, uint32_t i);
/* Whom the registry knows by another NIK since that one was put right; by name or birth the same person. */
ptrdiff_t plan_by_former_nik(struct planning *p, const struct resident_row *r);
/* What is doubtful of people beside their kin; a warning each. */
void plan_kin(struct planning *p);
/* The registry by what a row may name; before anything else. */
void plan_index(struct planning *p);
/* Whom a row means. */
void plan_find_known(struct planning *p, uint32_t i);
/* Who may be meant by a row that its number does not name: proposed or asked. After the family cards are known. */
void plan_join(struct planning *p);
/* Family cards of temporary numbers that a file brings; before the rows are judged. */
void plan_own_kks(struct planning *p);
/* Two rows of one person, one card on two people, a card of somebody else: left out. */
void plan_refuse_pairs(struct planning *p);
/* Each row merged into what is known of its person, and judged. */
void plan_rows(struct planning *p);
/* The family card of a row that brings none. */
void plan_take_kk(struct planning *p, uint32_t i);
/* Hamlets as the village writes them; before the rows are judged. */
void plan_hamlets(struct planning *p);
/* Heads of families among the rows that are kept so far; refuses rows that would give a family two. */
void plan_heads(struct planning *p);
/* The areas that these rows stand in. */
void plan_areas(struct planning *p);
/* Their families, with areas and addresses. */
void plan_families(struct planning *p);
/* The next temporary NIK for whoever is new and brings none: 0, the village's code, five digits. They are never given twice. */
void plan_give_temporary(struct planning *p);

#endif
