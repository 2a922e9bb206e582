// SPDX-License-Identifier: AGPL-3.0-or-later
/* The secretary's and the head's taps, made for a phone: one letter a page. */
#include "server/base/json.h"
#include "server/base/text.h"
#include "tenants/village/letters/letters_approve_view.h"
#include "tenants/village/letters/letters_pages.h"

enum { WAITING_MAX = 50 };

/* The state this person is asked about: the head's own, else the secretary's. */
static enum letter_state my_state(const struct request *req)
{
    return request_may(req, MAY_APPROVE_LETTERS) ? LETTER_WAITING_APPROVAL : LETTER_WAITING_CHECK;
}

/* "hari ini, 10.05": what a reader would say. */
static struct str asked_words(const struct request *req, utc_us at)
{
    struct arena *arena = request_arena(req);
    enum zone zone = request_village(req)->zone;
    struct date day = utc_date(at, zone);
    int64_t ago = date_to_days(utc_date(request_now(req), zone)) - date_to_days(day);
    struct str words = ago == 0 ? STR("hari ini") : ago == 1 ? STR("kemarin") : date_long(arena, day);

    return str_fmt(arena, "%.*s, %.*s", STR_ARG(words), STR_ARG(utc_clock(arena, at, zone)));
}

/* Said only when it waits since another day. */
static struct str waited_words(const struct request *req, utc_us at)
{
    enum zone zone = request_village(req)->zone;
    int64_t ago = date_to_days(utc_date(request_now(req), zone)) - date_to_days(utc_date(at, zone));

    return ago > 0 ? str_fmt(request_arena(req), "Menunggu %" PRId64 " hari", ago) : STR("");
}

static struct str position_words(struct arena *arena, const struct letter_waiting_rows *rows, uint64_t id)
{
    for (size_t i = 0; rows->n > 1 && rows->n < WAITING_MAX && i < rows->n; i++)
        if (rows->p[i].id == id)
            return str_fmt(arena, "Surat %zu dari %zu", i + 1, rows->n);
    return STR("");
}

enum rc letter_approvals_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct village_db *db;
    struct letter_waiting_rows rows;
    struct letter_approvals_view v = {0};
    struct buf body = {.arena = arena};

    TRY(request_village_db(req, &db, err));
    TRY(sql_letter_waiting_list(db, my_state(req), WAITING_MAX, &rows, err));
    v.lines.p = ARENA_ARRAY(arena, struct letter_line, rows.n);
    v.lines.n = rows.n;
    for (size_t i = 0; i < rows.n; i++)
        v.lines.p[i] = (struct letter_line){
            .href = str_fmt(arena, "/kantor/persetujuan/%" PRIu64, rows.p[i].id),
            .type_name = rows.p[i].type_name,
            .resident_name = text_name(arena, rows.p[i].resident_name),
            .when = asked_words(req, rows.p[i].made_at),
            .state_label = waited_words(req, rows.p[i].made_at),
            .state_tone = STR("kuning"),
        };
    view_letter_approvals(&body, &v);
    const struct page page = {.title = STR("Surat menunggu persetujuan"), .active = STR("/kantor/persetujuan"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

static enum rc approval_respond(struct request *req, struct response *resp, struct letter_open *open, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct letter_subject s;
    struct letter_waiting_rows waiting;
    struct check_rows typed = letter_input_facts(req, open, false);
    struct buf body = {.arena = arena};
    struct date today = request_today(req);
    bool is_head = open->letter.state == LETTER_WAITING_APPROVAL && request_may(req, MAY_APPROVE_LETTERS);
    bool is_secretary = open->letter.state == LETTER_WAITING_CHECK && request_may(req, MAY_CHECK_LETTERS);
    struct letter_approval_view v = {
        .type_name = open->letter.type_name,
        .asked_when = asked_words(req, open->letter.made_at),
        .waited = waited_words(req, open->letter.made_at),
        .preview_href = letter_url(arena, open->letter.id, "/pratinjau/1"),
        .approve_action = letter_url(arena, open->letter.id, is_head ? "/setujui" : "/teruskan"),
        .return_action = letter_url(arena, open->letter.id, "/kembalikan"),
        .may_approve = is_head,
        .guard = request_form_guard(req),
        .faults = *request_faults(req),
        .return_fault = request_fault_of(req, "catatan"),
        .returned_note_typed = request_fault_of(req, "catatan").p != NULL ? input_typed(req, "catatan") : STR(""),
    };

    if (!is_head && !is_secretary)
        return respond_redirect(resp, letter_url(arena, open->letter.id, ""));
    TRY(sql_letter_subject(open->db, open->letter.resident_id, &s, err));
    TRY(sql_letter_waiting_list(open->db, my_state(req), WAITING_MAX, &waiting, err));
    v.position = position_words(arena, &waiting, open->letter.id);
    v.facts.p = ARENA_ARRAY(arena, struct check_row, typed.n + 1);
    v.facts.p[v.facts.n++] = (struct check_row){
        .label = STR("Pemohon"),
        .value = date_is_none(s.birth_date)
                     ? text_name(arena, s.name)
                     : str_fmt(arena, "%.*s, %d tahun", STR_ARG(text_name(arena, s.name)), date_age(s.birth_date, today)),
        .is_strong = true,
    };
    for (size_t i = 0; i < typed.n; i++)
        if (!str_empty(typed.p[i].value))
            v.facts.p[v.facts.n++] = typed.p[i];
    TRY(letter_step_lines(req, open, &v.steps, err));
    view_letter_approval(&body, &v);
    const struct page page = {.title = STR("Setujui surat"), .active = STR("/kantor/persetujuan"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

enum rc letter_approval_page(struct request *req, struct response *resp, struct err *err)
{
    struct letter_open open;

    TRY(letter_open_read(req, &open, err));
    return approval_respond(req, resp, &open, err);
}

struct act_ctx {
    struct request *req;
    struct letter_actor by;
};

static enum rc check_body(struct txn *txn, void *arg, struct str *go_to_out, struct err *err)
{
    const struct act_ctx *ctx = arg;

    *go_to_out = STR("/kantor/persetujuan");
    return letter_check(txn, input_u64(ctx->req, "id"), &ctx->by, err);
}

enum rc letter_check_post(struct request *req, struct response *resp, struct err *err)
{
    struct act_ctx ctx = {.req = req, .by = letter_actor_of(req)};

    return village_act(req, resp, check_body, &ctx, err);
}

static enum rc approve_body(struct txn *txn, void *arg, struct str *go_to_out, struct err *err)
{
    const struct act_ctx *ctx = arg;
    uint64_t id = input_u64(ctx->req, "id");

    *go_to_out = letter_url(request_arena(ctx->req), id, "");
    return letter_approve(txn, id, &ctx->by, err);
}

enum rc letter_approve_post(struct request *req, struct response *resp, struct err *err)
{
    struct act_ctx ctx = {.req = req, .by = letter_actor_of(req)};

    return village_act(req, resp, approve_body, &ctx, err);
}

static enum rc return_body(struct txn *txn, void *arg, struct str *go_to_out, struct err *err)
{
    const struct act_ctx *ctx = arg;

    *go_to_out = STR("/kantor/persetujuan");
    return letter_return(txn, input_u64(ctx->req, "id"), input_str(ctx->req, "catatan"), &ctx->by, err);
}

enum rc letter_return_post(struct request *req, struct response *resp, struct err *err)
{
    struct act_ctx ctx = {.req = req, .by = letter_actor_of(req)};
    struct letter_open open;

    if (request_faults(req)->n > 0) {
        TRY(letter_open_read(req, &open, err));
        return approval_respond(req, resp, &open, err);
    }
    return village_act(req, resp, return_body, &ctx, err);
}

static enum rc void_body(struct txn *txn, void *arg, struct str *go_to_out, struct err *err)
{
    const struct act_ctx *ctx = arg;
    uint64_t id = input_u64(ctx->req, "id");

    *go_to_out = letter_url(request_arena(ctx->req), id, "");
    return letter_void(txn, id, input_str(ctx->req, "alasan"), &ctx->by, err);
}

enum rc letter_void_post(struct request *req, struct response *resp, struct err *err)
{
    struct act_ctx ctx = {.req = req, .by = letter_actor_of(req)};
    struct letter_open open;

    if (request_faults(req)->n > 0) {
        TRY(letter_open_read(req, &open, err));
        return letter_respond(req, resp, &open, err);
    }
    return village_act(req, resp, void_body, &ctx, err);
}
