// SPDX-License-Identifier: AGPL-3.0-or-later
/* A pile that was not sent yet: its people judged again, by the answers of now and the registry of now. */
#include "tenants/village/letters/letters_pile_parts.h"
#include "tenants/village/letters/letters_pile_view.h"

struct again {
    struct pile_pasted_lines lines;
    uint32_t version, pattern_version; /* of what was read */
};

/* What a hand or the list itself said of a line stays; what it was refused for is asked anew. */
static bool is_judged(const struct pile_line_judged *line)
{
    return line->resident_id.is_set && !str_is(line->why, PILE_LEFT_OUT);
}

enum rc letter_pile_again_check(struct request *req, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct again *again = ARENA_NEW(arena, struct again);
    struct pile_line_judged_rows rows;
    struct letter_open pattern;
    struct village_db *db;
    struct pile_full pile;

    act_keep(req, again);
    TRY(request_village_db(req, &db, err));
    TRY(sql_pile_get(db, pile_send_got(req).id, &pile, err));
    TRY(letter_open_at(db, pile.pattern_id, &pattern, err));
    TRY(sql_pile_lines_all(db, pile.id, PILE_MOST, &rows, err));
    again->version = pile.version;
    again->pattern_version = pattern.letter.version;
    again->lines.p = ARENA_ARRAY(arena, struct pile_pasted, rows.n);
    for (; again->lines.n < rows.n; again->lines.n++) {
        const struct pile_line_judged *line = &rows.p[again->lines.n];

        again->lines.p[again->lines.n] = (struct pile_pasted){.line = line->line,
                                                              .answer = line->answer,
                                                              .resident_id = line->resident_id.value,
                                                              .why = is_judged(line) ? STR("") : line->why};
    }
    return pile.state == PILE_DRAFT ? pile_lines_judge(req, &pattern, pile.field, &again->lines, err) : RC_OK;
}

enum rc letter_pile_again_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct again *again = act_kept(req);
    struct letter letter;
    struct pile pile;

    TRY(pile_hold_draft(txn, req, pile_send_got(req).id, &pile, err));
    TRY(sql_letter_lock(txn, pile.pattern_id, &letter, err));
    TRY(act_seen(req, pile.version, err));
    if (pile.version != again->version || letter.version != again->pattern_version)
        return fail(err, RC_CONFLICT, "pile %" PRIu64 " changed while it was judged", pile.id);
    TRY(sql_pile_lines_drop(txn, pile.id, NULL, err));
    TRY(pile_lines_keep(txn, pile.id, &again->lines, err));
    TRY(sql_pile_set_judged(txn, pile.id, letter.version, NULL, err));
    TRY(sql_pile_touch(txn, pile.id, NULL, err));
    *go_to_out = pile_url(request_arena(req), pile.id, "");
    act_say(req, "Daftarnya diperiksa lagi dengan isian dan data warga yang sekarang");
    return act_audit(txn, req, err, "letter_pile.judge", "letter_pile:%" PRIu64, pile.id);
}
