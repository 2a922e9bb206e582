// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Who signs a letter, and in what capacity. A type names its signer, without one the head. On the days on which he is away (cuti, sakit)
 * his substitute signs; a letter that somebody decides is signed by who decides. The paper prints the true signer's block: "a.n." for
 * whoever signs in the head's name, "u.b." below the secretary, "Plh." and "Plt." where that was said (Permendagri 1/2023 of official
 * papers, naskah dinas: atas nama, untuk beliau, pelaksana harian, pelaksana tugas). Private to this room.
 */
#ifndef BALAI_LETTERS_SIGNER_H
#define BALAI_LETTERS_SIGNER_H

#include "tenants/village/letters/letters.h"
#include "tenants/village/letters/letters_rules.h"
#include "tenants/village/letters/letters_sql.h"

/* Who decides: his account's place among the officials; of a letter that nobody decides, none. */
struct letter_decider {
    uint64_t official_id; /* 0: the account stands for no official */
    bool is_known;        /* somebody decides */
    bool must_be_linked;  /* policy sign: it is his own signature */
};

/* Where an official agrees to where his passphrase goes. */
#define LETTER_UNAGREED \
    "Alamat, akun, atau NIK tanda tangan elektronik Anda berubah. Setujui dulu di Persetujuan, Tanda tangan elektronik Anda."

/*
 * Without I/O: who signs, among the officials in office. *why_out, empty when he may: in words, why this letter is not to be signed today,
 * or not by this decider; *out is then who ought to.
 */
void letter_signer_of(struct arena *arena, const struct letter_official_rows *all, struct str village, uint64_t type_signer,
                      const struct letter_decider *decider, struct date today, struct letter_signer *out, struct str *why_out);

/* Whether an account can still sign in and holds this right ("approve_letters"), of its own or lent by whom it stands in for today. */
enum rc letter_account_may(struct village_db *db, uint64_t account_id, const char *right, struct date today, bool *may_out,
                           struct err *err) MUST_USE;

/* letter_signer_of, read: of an account (0: nobody decides) and a policy; `village` is its name. */
enum rc letter_signer_find(struct village_db *db, struct str village, uint64_t type_signer, uint64_t account_id, struct str policy,
                           struct date today, struct letter_signer *out, struct str *why_out, struct err *err) MUST_USE;

/*
 * Of a letter that has its number and waits for a signature elsewhere: its signer and whether he signs there still. What its type, its
 * policy and the substitutes of today say counts no more, and the words of its paper stand in its snapshot. *why_out: why this account
 * (0: nobody decides) does not sign it, and what is done instead; else empty.
 */
enum rc letter_signer_numbered(struct village_db *db, uint64_t signer_id, uint64_t account_id, struct date today, struct letter_signer *out,
                               struct str *why_out, struct err *err) MUST_USE;

/* The block that the values of an issued paper name; of an older paper the position. */
struct str letter_signed_as(const json_t *values);
/* "a.n. Kepala Desa Sampano, Sekretaris Desa": the block in one line. */
struct str letter_capacity(struct arena *arena, struct str block);

#endif
