// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * The registry's rows: one resident as everyone exchanges it, the one writer of
 * many of them, and the rules of names. Callers: whoever adds people (a form, an
 * event, the import) and the maker of the training population.
 */
#ifndef BALAI_REGISTRY_H
#define BALAI_REGISTRY_H

#include "server/base/base.h"
#include "server/base/clock.h"
#include "server/store/store.h"

/*
 * One resident with the facts of its family and place. Codes are those of
 * tenants/village/codes (0: not filled in); texts are empty, dates year 0 when
 * not filled in. rw and rt are "001" or "-".
 */
struct resident_row {
    struct str address, hamlet, rw, rt; /* address is the family's */
    struct str name, kk_no, nik;
    uint8_t sex;
    struct str birth_place;
    struct date birth_date;
    uint8_t religion, education_kk, education_now, occupation, marital, family_role, citizenship;
    struct str father_nik, father_name, mother_nik, mother_name;
    uint8_t blood;
    struct str birth_cert, passport;
    struct date passport_until;
    struct str kitas, marriage_cert;
    struct date marriage_date;
    struct str divorce_cert;
    struct date divorce_date;
    uint8_t disability, contraception, pregnancy, ktp_el, record_status;
    struct str address_now;
    uint8_t basic_status;
    struct str ethnicity, card_tag;
    uint8_t insurance;
    struct str insurance_no, lat, lng;
};

/* Its members that are columns of `resident` by the same name, for whoever carries a person in or out: plain ones, and codes (0: NULL). */
#define RESIDENT_FACTS(PLAIN, CODE)                                                                                                       \
    PLAIN(nik), PLAIN(name), PLAIN(sex), PLAIN(birth_place), PLAIN(birth_date), PLAIN(father_nik), PLAIN(father_name), PLAIN(mother_nik), \
        PLAIN(mother_name), PLAIN(birth_cert), PLAIN(passport), PLAIN(passport_until), PLAIN(kitas), PLAIN(marriage_cert),                \
        PLAIN(marriage_date), PLAIN(divorce_cert), PLAIN(divorce_date), PLAIN(address_now), PLAIN(basic_status), PLAIN(ethnicity),        \
        PLAIN(insurance_no), PLAIN(lat), PLAIN(lng), CODE(religion), CODE(education_kk), CODE(education_now), CODE(occupation),           \
        CODE(marital), CODE(family_role), CODE(citizenship), CODE(blood), CODE(disability), CODE(contraception), CODE(pregnancy),         \
        CODE(ktp_el), CODE(record_status), CODE(insurance)

/*
 * Writes rows that are known to be right (names, codes and dates checked, no
 * NIK twice): areas and families that are missing are made, a resident whose
 * NIK is known is updated (empty members never overwrite), all others are new;
 * search words follow. Locks registry_lock and raises its version. Set-based:
 * a few statements per thousand rows. `act` goes into each one's history; NULL:
 * none is kept. Callers: whoever adds people, and the maker of the training
 * population.
 */
struct resident_act;
enum rc registry_write_rows(struct txn *txn, const struct resident_row *rows, size_t n, const struct resident_act *act, utc_us now,
                            struct err *err) MUST_USE;

/* A person's name without the signs no name has; *fault_out says why it is none (NULL: it is one). */
struct str resident_name_text(struct arena *arena, struct str s, bool *has_dropped_out, const char **fault_out);
/* Why a name or a place of birth ("Nama", "Tempat lahir") is none: no letter, or one sign; "" when it can be one, or is empty. */
struct str letters_fault(struct arena *arena, const char *what, struct str typed);
/* "Dusun Batu_Lotong" is BATU LOTONG. */
struct str resident_hamlet_text(struct arena *arena, struct str s);
/* The number of an RW or RT: "1", "01", "RT 001" and "001" are "001", 0 is "-"; empty when nothing is in it. */
struct str area_number_text(struct arena *arena, struct str s);

/* The words a name is searched by (folded, ASCII, each once), as resident_word holds them; at most `most`. */
size_t resident_name_words(struct arena *arena, struct str name, struct str *words_out, size_t most);

#endif
