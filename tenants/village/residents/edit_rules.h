// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Never public: what a form about one resident says and decides, without I/O. What is typed is read as the import reads a cell,
 * so a fact has one set of rules however it comes in.
 */
#ifndef BALAI_EDIT_RULES_H
#define BALAI_EDIT_RULES_H

#include "server/base/json.h"
#include "server/web/web.h"
#include "tenants/village/residents/registry_rows.h"

/* column, group of the form, label. Address and KK are the family's, the basic status an event's: they are not edited here. */
enum edit_group { GROUP_PERSON = 1, GROUP_PLACE, GROUP_WORK, GROUP_FAMILY, GROUP_PAPERS, GROUP_HEALTH, GROUP_END };
#define COLUMN_LABELS(X)                                 \
    X(NAME, PERSON, "Nama lengkap")                      \
    X(NIK, PERSON, "NIK")                                \
    X(SEX, PERSON, "Jenis kelamin")                      \
    X(BIRTH_PLACE, PERSON, "Tempat lahir")               \
    X(BIRTH_DATE, PERSON, "Tanggal lahir")               \
    X(BIRTH_CERT, PERSON, "Nomor akta kelahiran")        \
    X(RELIGION, PERSON, "Agama")                         \
    X(CITIZENSHIP, PERSON, "Kewarganegaraan")            \
    X(ETHNICITY, PERSON, "Suku")                         \
    X(BLOOD, PERSON, "Golongan darah")                   \
    X(HAMLET, PLACE, "{Dusun}")                          \
    X(RW, PLACE, "RW")                                   \
    X(RT, PLACE, "RT")                                   \
    X(ADDRESS_NOW, PLACE, "Tempat tinggal sekarang")     \
    X(LAT, PLACE, "Lintang (peta)")                      \
    X(LNG, PLACE, "Bujur (peta)")                        \
    X(EDUCATION_KK, WORK, "Pendidikan dalam KK")         \
    X(EDUCATION_NOW, WORK, "Pendidikan sedang ditempuh") \
    X(OCCUPATION, WORK, "Pekerjaan")                     \
    X(MARITAL, FAMILY, "Status perkawinan")              \
    X(MARRIAGE_CERT, FAMILY, "Nomor akta perkawinan")    \
    X(MARRIAGE_DATE, FAMILY, "Tanggal perkawinan")       \
    X(DIVORCE_CERT, FAMILY, "Nomor akta perceraian")     \
    X(DIVORCE_DATE, FAMILY, "Tanggal perceraian")        \
    X(FAMILY_ROLE, FAMILY, "Hubungan dalam keluarga")    \
    X(FATHER_NAME, FAMILY, "Nama ayah")                  \
    X(FATHER_NIK, FAMILY, "NIK ayah")                    \
    X(MOTHER_NAME, FAMILY, "Nama ibu")                   \
    X(MOTHER_NIK, FAMILY, "NIK ibu")                     \
    X(KTP_EL, PAPERS, "KTP elektronik")                  \
    X(RECORD_STATUS, PAPERS, "Status rekam")             \
    X(CARD_TAG, PAPERS, "Nomor kartu")                   \
    X(PASSPORT, PAPERS, "Nomor paspor")                  \
    X(PASSPORT_UNTIL, PAPERS, "Paspor berlaku sampai")   \
    X(KITAS, PAPERS, "Nomor KITAS/KITAP")                \
    X(DISABILITY, HEALTH, "Disabilitas")                 \
    X(INSURANCE, HEALTH, "Asuransi kesehatan")           \
    X(INSURANCE_NO, HEALTH, "Nomor asuransi")            \
    X(CONTRACEPTION, HEALTH, "Cara KB")                  \
    X(PREGNANCY, HEALTH, "Kehamilan")

struct edit_column {
    enum resident_column column;
    enum edit_group group;
    const char *label;
};
extern const struct edit_column edit_columns[]; /* in the order of the form */
extern const size_t edit_columns_n;
const char *edit_group_title(enum edit_group group);

/* "Tanggal lahir", also of the columns that are not edited here. */
struct str column_label(enum resident_column c);
/* The column of a word of the history ("birth_date"), or -1. */
int column_of_word(struct str word);
/* A code's label; the national list says some in English, people read Indonesian. */
struct str code_words_of(enum resident_column c, uint32_t code);
/* A value as people read it: a label, a long date; "(kosong)" for nothing. */
struct str column_words(struct arena *arena, enum resident_column c, const struct resident_row *row);
/* The same of a value of the history's JSON. */
struct str value_words(struct arena *arena, enum resident_column c, const json_t *value);

/* The sent value of a column: its box is named by the column's heading, a date's three by HEADING_hari …; STR_NONE when not sent. */
struct str edit_sent(struct arena *arena, const struct input_pairs *sent, enum resident_column c, const char *box);

/*
 * What the form makes of a person: sent columns are read and may be emptied, all others stay as stored. faults_out[c] is what is
 * wrong with a column, in Indonesian; such a one keeps its stored value.
 */
void edit_read(struct arena *arena, const struct input_pairs *sent, const struct resident_row *stored, struct date today,
               struct resident_row *out, struct str faults_out[COLUMN_COUNT]);

/* The days of a person's standing events: the first but the birth, the birth, the death; none: no such. */
struct edit_days_known {
    struct date first, born, died;
};
bool edit_has_days(const struct resident_row *stored, const struct resident_row *row); /* the form changed one that is compared with them */
void edit_days_check(struct arena *arena, const struct resident_row *stored, const struct resident_row *row, struct edit_days_known days,
                     struct str faults[COLUMN_COUNT]);

/* A NIK holds date of birth and sex: what does not fit, to be accepted knowingly or corrected. False when all fits, or nothing can be said.
 */
bool nik_doubt(struct arena *arena, const struct resident_row *row, struct date today, enum resident_column *column_out,
               struct str *text_out);
/* … and whether the form changed one of the three, so that somebody must look at it now. */
bool nik_doubt_is_new(const struct resident_row *stored, const struct resident_row *row);

/* The column of the form whose change asks for the ages within the family, or for the marriage; -1: none that matters was changed. */
int ages_column(const struct resident_row *stored, const struct resident_row *row);
int marriage_column(const struct resident_row *stored, const struct resident_row *row);

#endif
