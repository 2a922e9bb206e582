// SPDX-License-Identifier: AGPL-3.0-or-later
/* A pile that was not sent yet: its people judged again, by the answers of now and the registry of now, and lines mended in their place. */
#include "server/base/text.h"
#include "tenants/village/letters/letters_pile_parts.h"
#include "tenants/village/letters/letters_pile_view.h"

/* ---- the boxes of lines ---- */

/* The line as it stands in its box, or, of one that is not to be mended, STR_NONE. */
static struct str box_of(struct arena *arena, const struct pile_line_judged *line, struct input_pairs typed)
{
    const bool is_mendable = line->state == LINE_REFUSED && !str_empty(line->typed) && !str_is(line->why, PILE_LEFT_OUT);
    const struct str box = is_mendable ? pair_of_id(typed, line->line) : STR_NONE;

    return box.p != NULL ? text_tidy(arena, box) : STR_NONE;
}

enum rc pile_boxes_checked(struct txn *txn, struct request *req, uint64_t pile_id, struct err *err)
{
    const struct input_pairs typed = pile_send_got(req).typed;
    struct arena *arena = request_arena(req);
    struct pile_line_judged_rows rows = {0};

    if (typed.n > 0)
        TRY(sql_pile_lines_all(in_txn(txn), pile_id, PILE_MOST, &rows, err));
    for (size_t i = 0; i < rows.n; i++) {
        const struct str box = box_of(arena, &rows.p[i], typed);

        if (box.p != NULL && !str_eq(box, text_tidy(arena, rows.p[i].typed)))
            return act_refuse(req, err, "warga",
                              "Baris %" PRIu32 " Anda perbaiki di bawah, tetapi belum diperiksa. Tekan “Periksa yang diperbaiki” dulu.",
                              rows.p[i].line);
    }
    return RC_OK;
}

/* ---- judged again ---- */

struct again {
    struct pile_pasted_lines lines;
    uint32_t version, pattern_version; /* of what was read */
};

/* What a hand said of a line stays; what it was refused for is asked anew, and of a line that is nobody's whose it is. */
static struct pile_pasted anew(struct arena *arena, const struct pile_line_judged *line)
{
    if (!line->resident_id.is_set && !str_empty(line->typed))
        return pile_line_read(arena, line->typed, line->line);
    return (struct pile_pasted){.line = line->line,
                                .typed = line->typed,
                                .nik = STR(""),
                                .answer = line->answer,
                                .resident_id = line->resident_id.value,
                                .why = line->resident_id.is_set && !str_is(line->why, PILE_LEFT_OUT) ? STR("") : line->why};
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
    for (; again->lines.n < rows.n; again->lines.n++)
        again->lines.p[again->lines.n] = anew(arena, &rows.p[again->lines.n]);
    TRY(pile_lines_match(db, &again->lines, err));
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
    TRY(pile_boxes_checked(txn, req, pile.id, err));
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

/* ---- mended ---- */

/*
 * The lines that were mended are matched beside all the others, whose people are known, and only they are judged: they stand behind them.
 */
enum rc letter_pile_mend_check(struct request *req, struct err *err)
{
    struct arena *arena = request_arena(req);
    const struct pile_mend_form form = pile_mend_got(req);
    struct pile_pasted_lines *mended = ARENA_NEW(arena, struct pile_pasted_lines), all = {0};
    struct pile_line_judged_rows rows;
    struct letter_open pattern;
    struct village_db *db;
    struct pile_full pile;

    act_keep(req, mended);
    TRY(request_village_db(req, &db, err));
    TRY(sql_pile_get(db, form.id, &pile, err));
    TRY(letter_open_at(db, pile.pattern_id, &pattern, err));
    TRY(sql_pile_lines_all(db, pile.id, PILE_MOST, &rows, err));
    all.p = ARENA_ARRAY(arena, struct pile_pasted, rows.n);
    for (size_t i = 0; i < rows.n; i++)
        if (box_of(arena, &rows.p[i], form.typed).p == NULL)
            all.p[all.n++] = (struct pile_pasted){.line = rows.p[i].line, .resident_id = rows.p[i].resident_id.value};
    mended->p = all.p + all.n;
    for (size_t i = 0; i < rows.n; i++) {
        struct str typed = box_of(arena, &rows.p[i], form.typed);

        if (typed.p != NULL)
            all.p[all.n++] = pile_line_read(arena, typed, rows.p[i].line);
    }
    mended->n = (size_t)(all.p + all.n - mended->p);
    TRY(pile_lines_match(db, &all, err));
    return pile.state == PILE_DRAFT ? pile_lines_judge(req, &pattern, pile.field, mended, err) : RC_OK;
}

static enum rc mend(struct txn *txn, uint64_t pile_id, const struct pile_pasted *p, struct err *err)
{
    struct arena *arena = village_db_arena(in_txn(txn));
    const struct pile_line_mend_in in = {.id = pile_id,
                                         .line = p->line,
                                         .state = str_empty(p->why) ? LINE_WAITING : LINE_REFUSED,
                                         .resident_id = p->resident_id != 0 ? some_u64(p->resident_id) : (struct opt_u64){0},
                                         .answer = p->answer,
                                         .why = utf8_part(arena, p->why, 300),
                                         .typed = utf8_part(arena, p->typed, PILE_TYPED_MOST)};

    return str_empty(p->typed) ? sql_pile_line_drop(txn, pile_id, p->line, NULL, err) : sql_pile_line_mend(txn, &in, NULL, err);
}

/* Blank boxes take their line out of the list. The others stay: the version says that nobody changed them meanwhile. */
enum rc letter_pile_mend_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    struct arena *arena = request_arena(req);
    const struct pile_pasted_lines *mended = act_kept(req);
    size_t fine = 0, faulty = 0;
    struct pile pile;

    TRY(pile_hold_draft(txn, req, pile_mend_got(req).id, &pile, err));
    TRY(act_seen(req, pile.version, err));
    for (size_t i = 0; i < mended->n; i++) {
        TRY(mend(txn, pile.id, &mended->p[i], err));
        faulty += !str_empty(mended->p[i].why);
        fine += str_empty(mended->p[i].why) && !str_empty(mended->p[i].typed);
    }
    TRY(sql_pile_touch(txn, pile.id, NULL, err));
    *go_to_out = pile_url(arena, pile.id, "");
    act_say(req, str_z(arena, faulty == 0 ? str_fmt(arena, "%zu baris lagi mendapat surat", fine)
                                          : str_fmt(arena, "%zu baris lagi mendapat surat, %zu masih belum bisa", fine, faulty)));
    return act_audit(txn, req, err, "letter_pile.mend", "letter_pile:%" PRIu64, pile.id);
}
