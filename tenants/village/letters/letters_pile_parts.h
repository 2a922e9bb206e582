// SPDX-License-Identifier: AGPL-3.0-or-later
/* What the files of piles share. Private to them. */
#ifndef BALAI_LETTERS_PILE_PARTS_H
#define BALAI_LETTERS_PILE_PARTS_H

#include "tenants/village/letters/letters_pages.h"
#include "tenants/village/letters/letters_pile.h"
#include "tenants/village/letters/letters_pile_sql.h"

#define PILES_HOME "/kantor/surat-massal"

/* Its state in a list, and its tag's tone: one that was given back says so. */
struct str pile_row_label(const struct pile_row *row);
struct str pile_row_tone(const struct pile_row *row);
struct str pile_url(struct arena *arena, uint64_t id, const char *tail);
/* Its page where the people are listed: behind line `after`, of those whose name was sought (sealed: names stand in no address), at `line`
 * (0: at the list's head). */
#define PILE_SOUGHT "surat-massal-cari"
struct str pile_people_url(struct request *req, uint64_t id, uint64_t after, struct str sought, uint32_t line);
/*
 * Puts the work of a pile that runs: its chains, which take lines in turn. `version` is the pile's since it runs: a chain ends when the
 * pile has another by then, so what is stopped and gone on with has no more chains than one that ran through.
 */
enum rc pile_put_work(struct txn *txn, uint64_t id, uint32_t version, struct err *err) MUST_USE;
/* The next job of one chain. */
enum rc pile_put_job(struct txn *txn, uint64_t id, uint32_t version, struct err *err) MUST_USE;

/* What lines are judged by, read once: the office, who signs (`decider`: the account that decides, 0: nobody), the pattern's answers. */
struct pile_office {
    struct letter_identity identity;
    struct letter_signer signer;
    struct letter_parts parts;
    struct pile_judge judge;
    struct str no_signer; /* why it is not to be signed today, or not in this decider's name any more; "" */
    struct str digest;    /* hex of what was decided on: the type's policy, who signs and in what capacity, letterhead, text, pictures */
};
enum rc pile_office_read(const struct letter_open *pattern, struct date today, struct str field, uint64_t decider, struct pile_office *out,
                         struct err *err) MUST_USE;

/* Whether somebody has to decide before more of it is issued: its type is not issued at once any more, or not as it was approved. */
bool pile_needs_decision(const struct pile *pile, const struct letter_open *pattern, const struct pile_office *office);
/* So it waits for the right hands, as when it was sent; *state_out is where. The pile is locked, its pattern is not. */
enum rc pile_ask_again(struct txn *txn, const struct pile *pile, const struct letter_open *pattern, utc_us now, enum zone zone,
                       enum letter_pile_state *state_out, struct err *err) MUST_USE;
/* It waits for the secretary (PILE_CHECK) or for the head (PILE_WAITING), who is told; `note`: why anew, "" when it was just sent. */
enum rc pile_wait(struct txn *txn, uint64_t id, enum letter_pile_state state, struct str note, utc_us now, struct err *err) MUST_USE;

/* One message to the head, when he has an address, of all piles that wait for him; paced (notice_office). */
enum rc pile_tell_waiting(struct txn *txn, struct err *err) MUST_USE;
/* The same of the piles of a day that were issued at once: one each, and none of their letters. */
enum rc pile_tell_issued(struct txn *txn, utc_us now, struct err *err) MUST_USE;

/* The pile of a request, locked, as long as it was not sent: else RC_CONFLICT, and its page says that it changed. */
enum rc pile_hold_draft(struct txn *txn, struct request *req, uint64_t id, struct pile *out, struct err *err) MUST_USE;
/*
 * Says of lines with a number whose they are, or why nobody's; whoever is of another line, or stands in an earlier one, is of no second.
 * Lines without a number stay as they are.
 */
enum rc pile_lines_match(struct village_db *db, struct pile_pasted_lines *lines, struct err *err) MUST_USE;
/* Each line that nothing is known against is judged, its `why` said; the CPU work beside the loop. Then they are kept as the pile's. */
enum rc pile_lines_judge(struct request *req, const struct letter_open *open, struct str field, struct pile_pasted_lines *lines,
                         struct err *err) MUST_USE;
enum rc pile_lines_keep(struct txn *txn, uint64_t pile_id, const struct pile_pasted_lines *lines, struct err *err) MUST_USE;

/* What was mended in the box of a line is not left behind by another press (pile_send): RC_INVALID, said above the page. */
enum rc pile_boxes_checked(struct txn *txn, struct request *req, uint64_t pile_id, struct err *err) MUST_USE;

/* Other piles of its type that have some of the people who get one of its letters. */
enum rc pile_twins_fill(struct request *req, struct village_db *db, uint64_t pile_id, struct pile_twins_view *out,
                        struct err *err) MUST_USE;

/* Who else has one of its letters before him, told to who may decide on it now. Whoever passed it on opened it before it came here. */
enum rc pile_reader_fill(struct request *req, struct village_db *db, const struct pile_full *pile, struct letter_reader_view *out,
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
