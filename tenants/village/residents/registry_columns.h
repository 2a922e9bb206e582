// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * The 43 columns of the exchange format, once. Everything that
 * walks over a resident's facts (reading cells, merging, comparing, hashing)
 * walks over this table.
 */
#ifndef BALAI_REGISTRY_COLUMNS_H
#define BALAI_REGISTRY_COLUMNS_H

#include "tenants/village/codes/codes.h"
#include "tenants/village/residents/registry.h"

/* name, heading, kind, member of struct resident_row, most characters, code list */
#define RESIDENT_COLUMNS(X)                                                         \
    X(ADDRESS, "alamat", TEXT, address, 200, NO_LIST)                               \
    X(HAMLET, "dusun", HAMLET, hamlet, 60, NO_LIST)                                 \
    X(RW, "rw", UNIT, rw, 10, NO_LIST)                                              \
    X(RT, "rt", UNIT, rt, 10, NO_LIST)                                              \
    X(NAME, "nama", NAME, name, 100, NO_LIST)                                       \
    X(KK, "no_kk", KK, kk_no, 16, NO_LIST)                                          \
    X(NIK, "nik", NIK, nik, 16, NO_LIST)                                            \
    X(SEX, "sex", CODE, sex, 0, SEX)                                                \
    X(BIRTH_PLACE, "tempatlahir", TEXT, birth_place, 100, NO_LIST)                  \
    X(BIRTH_DATE, "tanggallahir", BIRTH, birth_date, 0, NO_LIST)                    \
    X(RELIGION, "agama_id", CODE, religion, 0, RELIGION)                            \
    X(EDUCATION_KK, "pendidikan_kk_id", CODE, education_kk, 0, EDUCATION_KK)        \
    X(EDUCATION_NOW, "pendidikan_sedang_id", CODE, education_now, 0, EDUCATION_NOW) \
    X(OCCUPATION, "pekerjaan_id", CODE, occupation, 0, OCCUPATION)                  \
    X(MARITAL, "status_kawin", CODE, marital, 0, MARITAL)                           \
    X(FAMILY_ROLE, "kk_level", CODE, family_role, 0, FAMILY_ROLE)                   \
    X(CITIZENSHIP, "warganegara_id", CODE, citizenship, 0, CITIZENSHIP)             \
    X(FATHER_NIK, "ayah_nik", PARENT, father_nik, 16, NO_LIST)                      \
    X(FATHER_NAME, "nama_ayah", NAME, father_name, 100, NO_LIST)                    \
    X(MOTHER_NIK, "ibu_nik", PARENT, mother_nik, 16, NO_LIST)                       \
    X(MOTHER_NAME, "nama_ibu", NAME, mother_name, 100, NO_LIST)                     \
    X(BLOOD, "golongan_darah_id", CODE, blood, 0, BLOOD)                            \
    X(BIRTH_CERT, "akta_lahir", TEXT, birth_cert, 50, NO_LIST)                      \
    X(PASSPORT, "dokumen_pasport", TEXT, passport, 50, NO_LIST)                     \
    X(PASSPORT_UNTIL, "tanggal_akhir_paspor", UNTIL, passport_until, 0, NO_LIST)    \
    X(KITAS, "dokumen_kitas", TEXT, kitas, 50, NO_LIST)                             \
    X(MARRIAGE_CERT, "akta_perkawinan", TEXT, marriage_cert, 50, NO_LIST)           \
    X(MARRIAGE_DATE, "tanggalperkawinan", PAST, marriage_date, 0, NO_LIST)          \
    X(DIVORCE_CERT, "akta_perceraian", TEXT, divorce_cert, 50, NO_LIST)             \
    X(DIVORCE_DATE, "tanggalperceraian", PAST, divorce_date, 0, NO_LIST)            \
    X(DISABILITY, "cacat_id", CODE, disability, 0, DISABILITY)                      \
    X(CONTRACEPTION, "cara_kb_id", CODE, contraception, 0, CONTRACEPTION)           \
    X(PREGNANCY, "hamil", CODE, pregnancy, 0, PREGNANCY)                            \
    X(KTP_EL, "ktp_el", CODE, ktp_el, 0, KTP_EL)                                    \
    X(RECORD_STATUS, "status_rekam", CODE, record_status, 0, RECORD_STATUS)         \
    X(ADDRESS_NOW, "alamat_sekarang", TEXT, address_now, 200, NO_LIST)              \
    X(BASIC_STATUS, "status_dasar", CODE, basic_status, 0, BASIC_STATUS)            \
    X(ETHNICITY, "suku", TEXT, ethnicity, 60, NO_LIST)                              \
    X(CARD_TAG, "tag_id_card", CARD, card_tag, 17, NO_LIST)                         \
    X(INSURANCE, "id_asuransi", CODE, insurance, 0, INSURANCE)                      \
    X(INSURANCE_NO, "no_asuransi", TEXT, insurance_no, 50, NO_LIST)                 \
    X(LAT, "lat", PLACE, lat, 24, NO_LIST)                                          \
    X(LNG, "lng", PLACE, lng, 24, NO_LIST)

enum resident_column {
#define X(name, heading, kind, member, max, list) COLUMN_##name,
    RESIDENT_COLUMNS(X)
#undef X
        COLUMN_COUNT
};

enum column_kind {
    KIND_TEXT = 1,
    KIND_HAMLET,
    KIND_UNIT, /* RW, RT */
    KIND_NAME,
    KIND_KK,
    KIND_NIK,
    KIND_PARENT, /* a parent's NIK */
    KIND_CODE,
    KIND_BIRTH, /* a date: not to come, not over 130 years ago */
    KIND_PAST,  /* a date: not to come */
    KIND_UNTIL, /* a date of any time */
    KIND_CARD,
    KIND_PLACE /* a coordinate */
};

struct column_rule {
    const char *heading;
    const char *word; /* the member's name: in the history */
    enum column_kind kind;
    size_t offset;
    uint32_t max;
    enum code_list list;
};
extern const struct column_rule column_rules[COLUMN_COUNT];

static inline bool kind_is_date(enum column_kind kind)
{
    return kind == KIND_BIRTH || kind == KIND_PAST || kind == KIND_UNTIL;
}

/* Of COLUMN_FATHER_NIK, COLUMN_MOTHER_NIK. */
static inline uint8_t parent_sex(enum resident_column c)
{
    return c == COLUMN_FATHER_NIK ? SEX_MALE : SEX_FEMALE;
}

/* A fact; to be written, by the name with _at. */
#define ROW_FACT_(name, type)                                                              \
    static inline const type *name(const struct resident_row *row, enum resident_column c) \
    {                                                                                      \
        return (const type *)((const char *)row + column_rules[c].offset);                 \
    }                                                                                      \
    static inline type *name##_at(struct resident_row *row, enum resident_column c)        \
    {                                                                                      \
        return (type *)((char *)row + column_rules[c].offset);                             \
    }
ROW_FACT_(row_text, struct str)
ROW_FACT_(row_date, struct date)
ROW_FACT_(row_code, uint8_t)
#undef ROW_FACT_

/* Whether a fact is filled in; whether it is the same in both. */
bool row_has(const struct resident_row *row, enum resident_column c);
bool row_same(const struct resident_row *a, const struct resident_row *b, enum resident_column c);
void row_copy(struct resident_row *to, const struct resident_row *from, enum resident_column c);

#endif
