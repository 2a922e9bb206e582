// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * The sequences that number letters, mail with them where the village wants it. A sequence is a word and a year (0: it never begins anew);
 * letter_counter holds the last number of each. A number is taken in the transaction that issues, so none is lost and none is given twice;
 * one whose words another letter of the year bears already (after the village changed its rule) is passed over; of decisions, another one
 * of their kind. Private to this room.
 */
#ifndef BALAI_LETTERS_NUMBER_H
#define BALAI_LETTERS_NUMBER_H

#include "server/web/act.h"
#include "server/web/forms.h"
#include "server/web/village.h"
#include "tenants/village/letters/letters.h"
#include "tenants/village/letters/letters_sql.h"

#define NUMBERS_HOME "/kantor/nomor-surat"

/* What of a type says which sequence is its: scope "": as the village's rule is; series: what kind of decision it is, "" or NULL: its own.
 */
struct letter_numbered {
    uint64_t type_id;
    struct str scope, series, classification;
};
/*
 * Which sequence numbers a letter of this type in that year: the type's own rule, else the village's. Regulations and decisions (scope own)
 * are counted by kind and year whatever the village's rule is, and are no letters: "NOMOR 3 TAHUN 2026" (Permendagri 111/2014, annex).
 * Without I/O.
 */
struct letter_series letter_series_of(struct arena *arena, const struct letter_numbering *village, const struct letter_numbered *type,
                                      uint16_t year);
#define LETTER_NUMBER_OWN "own"

/* A number that was given: its sequence, and its words. */
struct letter_given {
    struct str scope;
    uint16_t year;
    uint32_t number;
    struct str text;
};
/* Takes the next number; the counter is locked until the transaction ends. RC_LIMITED: thousands in a row are taken. */
enum rc letter_number_give(struct txn *txn, const struct letter_type *type, const struct letter_identity *identity, struct date today,
                           struct letter_given *out, struct err *err) MUST_USE;
/* The same for n letters that are written down afterwards, in `out`; n may be 0. */
enum rc letter_numbers_give(struct txn *txn, const struct letter_type *type, const struct letter_identity *identity, struct date today,
                            struct letter_given *out, size_t n, struct err *err) MUST_USE;

/* What became of numbers that no valid letter bears: a stretch of them, and why. */
struct number_gap {
    struct str numbers, why, href; /* href: the void letter; empty: none */
};
struct number_line {
    struct str name, period, last, next, begin_href; /* begin_href empty: not this person's, or not this year's */
    struct {
        struct number_gap *p;
        size_t n;
    } gaps;
    uint64_t gaps_more; /* besides those */
};
struct numbers_view {
    uint64_t year;
    struct str rule; /* "Satu urutan untuk semua surat, mulai lagi tiap 1 Januari." */
    struct options years;
    struct {
        struct number_line *p;
        size_t n;
    } lines;
    bool may_set;
    struct str fingerprint; /* of the authority of the seals, for who asks by telephone; "": none yet */
};
struct number_begin_view {
    struct str name, said;
    struct form form;
};

handler_fn letter_numbers_page, letter_number_begin_page;
act_fn letter_number_begin_act;

#endif
