// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * The registry from a spreadsheet, in the 43 columns villages exchange.
 *
 * A file is stored, checked in the background (a dry run that changes nothing:
 * counts, and every fault of every row), looked at by a person, and confirmed.
 * The confirmation reads the same file again against the registry as it then
 * is, under registry_lock; when its result differs from what was looked at,
 * nothing is written and the new result is shown. Otherwise everything is
 * written in one transaction. The same file again changes nothing.
 *
 * import_rules.h decides, without I/O; this door loads, locks and writes.
 */
#ifndef BALAI_IMPORT_H
#define BALAI_IMPORT_H

#include "server/base/base.h"
#include "server/base/clock.h"
#include "server/store/store.h"
#include "server/web/web.h"

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
/* "Dusun Batu_Lotong" is BATU LOTONG. */
struct str resident_hamlet_text(struct arena *arena, struct str s);

/* The words a name is searched by (folded, ASCII, each once), as resident_word holds them; at most `most`. */
size_t resident_name_words(struct arena *arena, struct str name, struct str *words_out, size_t most);

/* What a worker remembers of the last dry run, so that its confirmation need not read the workbook again; freed with the arena. */
struct import_memory;
struct import_memory *import_memory_new(struct arena *arena);
/* Forgets what is older than ten minutes. */
void import_memory_tidy(struct import_memory *memory, utc_us now);

/* The jobs of the worker: JOB_CHECK_IMPORT and JOB_COMMIT_IMPORT for the batch. `today` in the village's zone. */
struct import_job {
    uint64_t batch_id;
    struct str village_code;
    utc_us now;
    struct date today;
    struct import_memory *memory; /* may be NULL */
};
enum rc import_check(struct village_db *db, const struct import_job *job, struct err *err) MUST_USE;
enum rc import_commit(struct village_db *db, const struct import_job *job, struct err *err) MUST_USE;

extern const struct route import_routes[];

#endif
