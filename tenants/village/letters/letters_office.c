// SPDX-License-Identifier: AGPL-3.0-or-later
/* What the office's first page says of letters: the latest, and what waits for this person. */
#include "server/base/text.h"
#include "tenants/village/letters/letters_archive.h"
#include "tenants/village/letters/letters_pages.h"
#include "tenants/village/letters/letters_pile_parts.h"
#include "tenants/village/letters/letters_signer.h"

static struct letter_recent recent_letter(struct arena *arena, const struct letter_row *row)
{
    return (struct letter_recent){.id = row->id,
                                  .href = letter_url(arena, row->id, ""),
                                  .type_name = row->type_name,
                                  .resident_name = letter_whose(arena, row->is_office, row->paper_name),
                                  .name_now = letter_name_now(arena, row->paper_name, row->resident_name),
                                  .called = letter_called(arena, row->receipt, row->queue_number),
                                  .state_label = letter_state_label(row->state),
                                  .state_tone = letter_state_tone(row->state),
                                  .at = row->issued_at != 0 ? row->issued_at : row->made_at};
}

static struct letter_recent recent_pile(struct arena *arena, const struct pile_row *row)
{
    return (struct letter_recent){.href = pile_url(arena, row->id, ""),
                                  .type_name = row->type_name,
                                  .resident_name = row->chosen,
                                  .name_now = STR(""),
                                  .called = str_fmt(arena, "surat massal, %.*s warga", STR_ARG(number_text(arena, (int64_t)row->n))),
                                  .state_label = pile_row_label(row),
                                  .state_tone = pile_row_tone(row),
                                  .at = row->made_at};
}

/* Both are in the order of their making. */
enum rc letters_recent(struct village_db *db, uint32_t limit, struct letter_recent_rows *out, struct err *err)
{
    struct arena *arena = village_db_arena(db);
    struct letter_row_rows letters;
    struct pile_row_rows piles;

    TRY(sql_letter_latest(db, limit, &letters, err));
    TRY(sql_pile_list(db, limit, &piles, err));
    *out = (struct letter_recent_rows){.p = ARENA_ARRAY(arena, struct letter_recent, limit)};
    for (size_t l = 0, p = 0; out->n < limit && (l < letters.n || p < piles.n); out->n++)
        if (p == piles.n || (l < letters.n && letters.p[l].made_at >= piles.p[p].made_at))
            out->p[out->n] = recent_letter(arena, &letters.p[l++]);
        else
            out->p[out->n] = recent_pile(arena, &piles.p[p++]);
    return RC_OK;
}

/* Where it came from; of what was given back, or taken back by another, from whom. */
static struct str given_back_by(const struct request *req, const struct letter_todo_row *row)
{
    bool is_taken = str_is(row->back_step, "taken_back");

    if (str_empty(row->back_step) || (is_taken && row->back_by_id == request_actor(req)->id))
        return archive_channel_label(row->channel);
    return str_fmt(request_arena(req), "%s %.*s", is_taken ? "Ditarik" : "Dikembalikan", STR_ARG(row->back_by));
}

/* A pile that was given back to who made it, before it was begun or after; stopped, any of it may be issued, or none. */
static struct letter_todo returned_pile(struct arena *arena, const struct pile_returned *row)
{
    const bool is_stopped = row->state == PILE_STOPPED;

    return (struct letter_todo){.href = pile_url(arena, row->id, ""),
                                .type_name = row->type_name,
                                .resident_name = row->chosen,
                                .called = str_fmt(arena, "surat massal, %.*s warga", STR_ARG(number_text(arena, (int64_t)row->n))),
                                .from = is_stopped ? STR("Berhenti di tengah jalan") : STR("Dikembalikan"),
                                .act = is_stopped ? STR("Lanjutkan") : STR("Perbaiki"),
                                .made_at = row->made_at};
}

enum rc letters_todo(struct request *req, uint32_t most, struct letter_todos *out, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct village_db *db;
    struct letter_todo_row_rows rows;
    struct pile_returned_rows piles = {0};
    bool checks = request_may(req, MAY_CHECK_LETTERS), approves = request_may(req, MAY_APPROVE_LETTERS),
         writes = request_may(req, MAY_WRITE_LETTERS);

    *out = (struct letter_todos){0};
    if (!checks && !approves && !writes)
        return RC_OK;
    TRY(request_village_db(req, &db, err));
    struct letter_todo_list_in find = {
        .checks = checks, .approves = approves, .writes = writes, .me = request_actor(req)->id, .today = request_today(req), .limit = most};
    TRY(letter_official_of(db, find.me, &find.mine, err));
    TRY(sql_letter_todo_list(db, &find, &rows, err));
    if (request_may(req, MAY_WRITE_PILES))
        TRY(sql_piles_returned(db, find.me, most, &piles, err));
    out->p = ARENA_ARRAY(arena, struct letter_todo, rows.n + piles.n);
    for (size_t i = 0; i < piles.n; i++)
        out->p[out->n++] = returned_pile(arena, &piles.p[i]);
    for (size_t i = 0; i < rows.n && out->n < most; i++) {
        const struct letter_todo_row *row = &rows.p[i];
        bool is_mine = row->state == LETTER_RETURNED;

        out->p[out->n++] = (struct letter_todo){
            .id = row->id,
            .href = is_mine ? letter_url(arena, row->id, "/isi") : str_fmt(arena, "/kantor/persetujuan/%" PRIu64, row->id),
            .type_name = row->type_name,
            .resident_name = letter_whose(arena, row->is_office, row->resident_name),
            .called = letter_called(arena, row->receipt, row->queue_number),
            .from = given_back_by(req, row),
            .act = is_mine                                 ? STR("Perbaiki")
                   : row->state == LETTER_WAITING_APPROVAL ? STR("Putuskan")
                                                           : STR("Periksa"),
            .made_at = row->made_at,
            .due_at = letter_due(row->made_at, request_village(req)->zone),
        };
    }
    return RC_OK;
}
