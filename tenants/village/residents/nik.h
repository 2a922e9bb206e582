// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Whose a NIK is. Invariants: a NIK is one person's; who has none yet has a temporary one (0, the village's code, five digits), and
 * gets the real one as an act of its own; who counts as no valid resident (a birth taken back, a wrong entry) keeps nobody from it.
 * Whoever adds people asks first whether the one who stands there with a temporary NIK is the same.
 */
#ifndef BALAI_NIK_H
#define BALAI_NIK_H

#include "server/html/widgets.h"
#include "server/store/store.h"
#include "server/web/web.h"
#include "tenants/village/residents/change.h"
#include "tenants/village/residents/nik_sql.h"

static inline bool nik_is_temporary(struct str nik)
{
    return nik.n == 16 && nik.p[0] == '0';
}

/* Such a number of this village. */
bool nik_is_own_temporary(struct str village_code, struct str number);
/* A fault of the field when a NIK or KK number was typed that only the system gives, and nobody has it: one typed stops no other. */
enum rc number_judge(struct request *req, struct village_db *db, const char *field, struct str typed, bool is_kk, struct err *err) MUST_USE;
/* What all temporary numbers of a village begin with: "0" and its code. */
struct str nik_temporary_prefix(struct arena *arena, struct str village_code);
/* The number after `last` ("" none yet) of this village. STR_NONE when all are given. */
struct str nik_temporary_after(struct arena *arena, struct str village_code, struct str last);
/* The next temporary NIK; inside the transaction that holds the registry. RC_INVALID when all are given. */
enum rc nik_temporary(struct txn *txn, struct str *out, struct err *err) MUST_USE;

/* The same of a family card: who has none is the head of a family of that number until the real one is written into it. */
enum rc kk_temporary(struct txn *txn, struct str *out, struct err *err) MUST_USE;

/* Why a NIK that belongs to somebody of this status cannot be a new person's, and what to do; "" when it can. */
struct str nik_taken_fault(uint8_t basic_status);
/* The real NIK of somebody held until now under a temporary one, with its row of history. The registry is held. */
enum rc nik_give(struct txn *txn, const struct resident_act *act, const struct resident_now *now, struct str nik, struct err *err) MUST_USE;
/* Takes this NIK from somebody who counts as no valid resident, if it is one's: they get a temporary one. The registry is held. */
enum rc nik_free(struct txn *txn, const struct resident_act *act, struct str nik, struct err *err) MUST_USE;

/* ---- the same person? ---- */

/*
 * A form that adds people has {{pairs same "sama_" ..20}}, one for each person of the form by its number, and shows {{#each same}}
 * {{> radios}}{{/each}}.
 */
enum same_answer { SAME_NOBODY, SAME_OPEN, SAME_OTHER, SAME_CHOSEN }; /* nobody is like that; asked, not answered; another one; this one */
struct same_person {
    enum same_answer answer;
    uint64_t id; /* SAME_CHOSEN */
    uint8_t basic_status;
    struct str nik;
    struct radios_view radios; /* but for SAME_NOBODY */
};
/* Who has one of their numbers, or may be one of them; all of `typed` are of one family card. One statement. */
enum rc same_people_of(struct village_db *db, const struct resident_row *typed, size_t n, struct same_candidate_rows *out,
                       struct err *err) MUST_USE;
const struct same_candidate *same_by_nik(const struct same_candidate_rows *people, struct str nik); /* NULL: nobody */
/*
 * Whether `typed`, number `number` of the form, whose NIK is nobody's, may be one of them: by a temporary NIK when they bring a real
 * one, else by anything. is_arrival: also who had left. An open question is a fault of the form.
 */
void same_person_ask(struct request *req, const struct same_candidate_rows *people, const struct resident_row *typed, size_t number,
                     const struct input_pairs *answers, bool is_arrival, struct same_person *out);

/*
 * The one who was chosen is not entered again: the real NIK of the form becomes theirs, and its name where they had none; with their row of
 * history and what the act says. *is_changed_out: whether anything was brought. The registry is held.
 */
enum rc same_take(struct txn *txn, struct request *req, const struct resident_now *now, const struct resident_row *typed,
                  bool *is_changed_out, struct err *err) MUST_USE;

#endif
