// SPDX-License-Identifier: AGPL-3.0-or-later
/* The letter of one of a pile's people, read before all of them are approved. */
#include "server/base/text.h"
#include "server/web/feature.h"
#include "tenants/village/letters/letters_paper.h"
#include "tenants/village/letters/letters_pile_parts.h"
#include "tenants/village/letters/letters_pile_view.h"

enum rc pile_reader_fill(struct request *req, struct village_db *db, const struct pile_full *pile, struct letter_reader_view *out,
                         struct err *err)
{
    const bool decides = (pile->state == PILE_CHECK && request_may(req, MAY_CHECK_LETTERS)) ||
                         (pile->state == PILE_WAITING && request_may(req, MAY_APPROVE_LETTERS));

    return decides ? letter_reader_fill(req, db, pile->pattern_id, pile->sent_at, out, err) : RC_OK;
}

static uint64_t decider_of(const struct request *req, const struct pile_full *pile)
{
    return pile->state == PILE_WAITING && request_may(req, MAY_APPROVE_LETTERS) ? request_actor(req)->id : 0;
}

static enum rc put_sample_sheets(struct request *req, const struct pile_full *pile, const struct pile_sample *sample,
                                 struct pile_sample_view *v, struct err *err)
{
    struct arena *arena = request_arena(req);
    size_t sheets;

    TRY(letter_sheets_count(req, &sample->open, &sheets, err));
    v->sheets.p = ARENA_ARRAY(arena, struct str, sheets);
    for (; v->sheets.n < sheets; v->sheets.n++)
        v->sheets.p[v->sheets.n] = str_fmt(arena, PILES_HOME "/%" PRIu64 "/contoh/%" PRIu32 "/%zu", pile->id, sample->line,
                                           v->sheets.n + 1);
    return RC_OK;
}

enum rc letter_pile_sample_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    const struct pile_read_form in = pile_read_got(req);
    uint64_t id = in.id | pile_seen_got(req).id, line = in.line.is_set ? in.line.value : pile_seen_got(req).line;
    struct buf body = {.arena = arena};
    struct pile_sample sample;
    struct pile_office office = {.no_signer = STR("")};
    struct letter_shown shown;
    struct village_db *db;
    struct pile_full pile;
    struct pile_count n;

    TRY(request_village_db(req, &db, err));
    TRY(sql_pile_get(db, id, &pile, err));
    TRY(sql_pile_count(db, id, STR(PILE_LEFT_OUT), &n, err));
    if ((pile.state != PILE_DRAFT && pile.state != PILE_CHECK && pile.state != PILE_WAITING) || n.waiting == 0)
        return respond_redirect(resp, pile_url(arena, id, ""));
    uint64_t decider = decider_of(req, &pile);
    TRY(pile_sample_open(db, id, pile.pattern_id, pile.field, (uint32_t)line, decider, &sample, err));
    TRY(letter_look(req, &sample.open, "paper", false, err));
    if (decider != 0)
        TRY(pile_office_read(&sample.open, request_today(req), STR(""), decider, &office, err));
    TRY(letter_shown_of(db, &sample.open, request_today(req), &shown, err));
    struct pile_sample_view v = {
        .title = pile.type_name,
        .sub = str_fmt(arena, "%.*s, contoh dari %.*s surat", STR_ARG(text_name(arena, sample.name)),
                       STR_ARG(number_text(arena, n.waiting))),
        .back_href = pile_url(arena, id, ""),
        .size_href = str_fmt(arena, PILES_HOME "/%" PRIu64 "/contoh?baris=%" PRIu32 "%s", id, sample.line, in.is_large ? "" : "&besar=1"),
        .is_large = in.is_large,
        .line = sample.line,
        .approve_action = decider != 0 && str_empty(office.no_signer) ? pile_url(arena, id, "/setujui") : STR(""),
        .check_action = pile.state == PILE_CHECK && request_may(req, MAY_CHECK_LETTERS) ? pile_url(arena, id, "/teruskan") : STR(""),
        .no_signer = office.no_signer,
        .digest = str_hex(arena, shown.digest.p, shown.digest.n),
        .version = pile.version,
        .ready = n.waiting,
        .guard = request_form_guard(req),
        .faults = *request_faults(req),
        .is_changed = request_is_changed(req),
    };
    TRY(pile_reader_fill(req, db, &pile, &v.reader, err));
    TRY(pile_twins_fill(req, db, id, &v.twins, err));
    TRY(put_sample_sheets(req, &pile, &sample, &v, err));
    view_pile_sample(&body, &v);
    const struct page page = {.title = STR("Contoh surat massal"), .active = STR("/kantor/surat"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

enum rc letter_pile_sheet(struct request *req, struct response *resp, struct err *err)
{
    const struct pile_leaf_form in = pile_leaf_got(req);
    struct pile_sample sample;
    struct village_db *db;
    struct pile_full pile;

    TRY(request_village_db(req, &db, err));
    TRY(sql_pile_get(db, in.id, &pile, err));
    TRY(pile_sample_open(db, pile.id, pile.pattern_id, pile.field, (uint32_t)in.line, decider_of(req, &pile), &sample, err));
    return letter_respond_sheet(req, resp, &sample.open, in.page, err);
}
