// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * The official code lists of the registry, compiled in: a label or a choice
 * costs no statement. The shared reference schema holds the same rows for
 * statements that join (migrations/reference/0001_baseline.sql); a test
 * compares the two. Codes never change their meaning; 0 is "not filled in".
 * Pure; any thread.
 */
#ifndef BALAI_CODES_H
#define BALAI_CODES_H

#include "server/base/base.h"
#include "server/base/clock.h"

/* name, word (the column of resident, and reference.code.list), title for people */
#define CODE_LISTS(X)                                             \
    X(SEX, sex, "Jenis kelamin")                                  \
    X(RELIGION, religion, "Agama")                                \
    X(EDUCATION_KK, education_kk, "Pendidikan dalam KK")          \
    X(EDUCATION_NOW, education_now, "Pendidikan sedang ditempuh") \
    X(OCCUPATION, occupation, "Pekerjaan")                        \
    X(MARITAL, marital, "Status kawin")                           \
    X(FAMILY_ROLE, family_role, "Hubungan dalam keluarga")        \
    X(CITIZENSHIP, citizenship, "Kewarganegaraan")                \
    X(BLOOD, blood, "Golongan darah")                             \
    X(DISABILITY, disability, "Disabilitas")                      \
    X(CONTRACEPTION, contraception, "Cara KB")                    \
    X(PREGNANCY, pregnancy, "Kehamilan")                          \
    X(KTP_EL, ktp_el, "KTP elektronik")                           \
    X(RECORD_STATUS, record_status, "Status rekam")               \
    X(BASIC_STATUS, basic_status, "Status dasar")                 \
    X(INSURANCE, insurance, "Asuransi kesehatan")

enum code_list {
    CODE_NO_LIST,
#define X(name, word, title) CODE_##name,
    CODE_LISTS(X)
#undef X
};

struct code {
    uint32_t code;
    struct str label; /* as shown: "Petani/pekebun" */
};

/* All codes of a list in their official order, for selects. */
const struct code *codes_of(enum code_list list, size_t *n_out);
/* The label of a code; empty for 0 and unknown codes. */
struct str code_label(enum code_list list, uint32_t code);
/* The same as the national registry spells it ("Khonghucu"; "Mati" for "Meninggal"): in books, exports and letters. */
struct str code_official(enum code_list list, uint32_t code);
bool code_exists(enum code_list list, uint32_t code);
/*
 * Reads a code or a label: "9", "PETANI / PEKEBUN", "Petani". Case, spaces and
 * signs do not matter (of blood groups + and - do), and the usual synonyms are
 * known (L, LK, BK, Tdk Th, Strata-II, PNS …). False when it is none of these.
 */
bool code_from_text(enum code_list list, struct str text, uint32_t *code_out) MUST_USE;

struct str code_list_word(enum code_list list);  /* "education_kk" */
struct str code_list_title(enum code_list list); /* "Pendidikan dalam KK" */

/* Why a role in the family cannot be a person's of this sex; "" when it can. */
struct str role_fault(uint8_t role, uint8_t of_sex);

/* Codes that rules speak of. */
enum { SEX_MALE = 1, SEX_FEMALE = 2 };
/* SHDK, the official list of roles (CODE_FAMILY_ROLE). */
enum shdk {
    SHDK_NONE,
    SHDK_HEAD,
    SHDK_HUSBAND,
    SHDK_WIFE,
    SHDK_CHILD,
    SHDK_CHILD_IN_LAW,
    SHDK_GRANDCHILD,
    SHDK_PARENT,
    SHDK_PARENT_IN_LAW,
    SHDK_KIN,
    SHDK_HELP,
    SHDK_OTHER,
    SHDK_END
};
enum { MARITAL_SINGLE = 1, MARITAL_MARRIED, MARITAL_DIVORCED, MARITAL_WIDOWED }; /* CODE_MARITAL */
enum { STATUS_ALIVE = 1, STATUS_DEAD, STATUS_MOVED, STATUS_MISSING, STATUS_AWAY = 6, STATUS_NOT_VALID = 9 };
/*
 * Years as they are said of somebody: of who died on that day, of who moved away when that was, else today. −1: not known, as the birth
 * or the day of death is not. `ended`: of the event that made them so; none: there is none.
 */
int age_of(uint8_t status_now, struct date born, struct date ended, struct date today);
enum { KTP_EL_CHILD = 3 };
enum { PREGNANT = 1 };
enum { INSURANCE_REGIONAL = 4 };

#endif
