// SPDX-License-Identifier: AGPL-3.0-or-later
/* What the files of piles share. Private to them. */
#ifndef BALAI_LETTERS_PILE_PARTS_H
#define BALAI_LETTERS_PILE_PARTS_H

#include "tenants/village/letters/letters_pages.h"
#include "tenants/village/letters/letters_pile.h"
#include "tenants/village/letters/letters_pile_sql.h"

#define PILES_HOME "/kantor/surat-massal"

struct str pile_state_label(enum letter_pile_state state);
struct str pile_state_tone(enum letter_pile_state state);
struct str pile_url(struct arena *arena, uint64_t id, const char *tail);
/* Puts the work of a pile that runs: its chains, which take lines in turn. */
enum rc pile_put_work(struct txn *txn, uint64_t id, struct err *err) MUST_USE;

/* What lines are judged by, read once: the office, who signs (`decider`: the account that decides, 0: nobody), the pattern's answers. */
struct pile_office {
    struct letter_identity identity;
    struct letter_signer signer;
    struct letter_parts parts;
    struct pile_judge judge;
    struct str no_signer; /* why it is not to be signed today; "" */
    struct str digest; /* hex of what all papers show: who signs and in what capacity, the letterhead, the text, the village's pictures */
};
enum rc pile_office_read(const struct letter_open *pattern, struct date today, struct str field, uint64_t decider, struct pile_office *out,
                         struct err *err) MUST_USE;

/* Why this letter is no pattern; STR_NONE: it may be one. */
struct str pile_pattern_fault(const struct letter_open *open);

/*
 * The pattern as the letter of one of the pile's people, by the line (0: the first that gets one); RC_NOT_FOUND: that line gets none.
 * `decider`: the account that decides, 0: nobody.
 */
struct pile_sample {
    struct letter_open open;
    uint32_t line;
    struct str name;
};
enum rc pile_sample_open(struct village_db *db, uint64_t pile_id, uint64_t pattern_id, struct str field, uint32_t line, uint64_t decider,
                         struct pile_sample *out, struct err *err) MUST_USE;

#endif
