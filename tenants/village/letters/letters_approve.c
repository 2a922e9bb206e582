// SPDX-License-Identifier: AGPL-3.0-or-later
/* What waits for the secretary's and the head's taps, and each letter on a page of its own, made for a phone. */
#include "server/base/json.h"
#include "server/base/text.h"
#include "tenants/village/codes/esign_words.h"
#include "tenants/village/letters/letters_approve_view.h"
#include "tenants/village/letters/letters_archive.h"
#include "tenants/village/letters/letters_editor.h"
#include "tenants/village/letters/letters_esign.h"
#include "tenants/village/letters/letters_pages.h"
#include "tenants/village/letters/letters_paper.h"
#include "tenants/village/letters/letters_pile_parts.h"
#include "tenants/village/letters/letters_review_view.h"
#include "tenants/village/letters/letters_signer.h"
#include "tenants/village/letters/letters_type.h"
#include "tenants/village/letters/letters_type_compare.h"
#include "tenants/village/residents/residents.h"

enum { WAITING_MAX = 50 };

/* What waits for this person, who stands for official `mine`, behind letter `after`: to be decided, or (is_numbered) decided and for his
 * signature alone; one more than a page. */
static enum rc waiting_for_me(struct request *req, struct village_db *db, uint64_t mine, bool is_numbered, uint64_t after,
                              struct letter_waiting_rows *out, struct err *err)
{
    struct letter_waiting_find find = {.me = request_actor(req)->id,
                                       .mine = mine,
                                       .checks = request_may(req, MAY_CHECK_LETTERS),
                                       .approves = request_may(req, MAY_APPROVE_LETTERS),
                                       .today = request_today(req),
                                       .is_numbered = is_numbered,
                                       .after = after,
                                       .limit = WAITING_MAX + 1};

    return sql_letter_waiting_list(db, &find, out, err);
}

/* Where a letter stands among those that wait for this person's decision, however many they are. */
static enum rc place_of(struct request *req, struct village_db *db, uint64_t mine, uint64_t id, struct letter_waiting_place *out,
                        struct err *err)
{
    struct letter_waiting_at at = {.me = request_actor(req)->id,
                                   .mine = mine,
                                   .checks = request_may(req, MAY_CHECK_LETTERS),
                                   .approves = request_may(req, MAY_APPROVE_LETTERS),
                                   .today = request_today(req),
                                   .id = id};

    return sql_letter_waiting_place(db, &at, out, err);
}

static struct str approval_url(struct arena *arena, uint64_t id)
{
    return str_fmt(arena, "/kantor/persetujuan/%" PRIu64, id);
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

/* How far the promise is of what was asked for then. */
static struct str due_words(const struct request *req, utc_us asked_at, struct str *tone_out)
{
    const enum zone zone = request_village(req)->zone;

    return letter_due_words(request_arena(req), letter_due(asked_at, zone), request_now(req), zone, tone_out);
}

struct str letter_unsigned_why(const struct letter_full *letter)
{
    const bool is_open = letter->sign_state == LETTER_SIGN_REFUSED || letter->sign_state == LETTER_SIGN_UNKNOWN;

    return is_open && letter->state == LETTER_WAITING_APPROVAL ? esign_words(letter->sign_outcome) : STR("");
}

/* Asked when this official signs by the service, with where it goes: who types it sees that, and has agreed to it. */
static enum rc passphrase_view(struct request *req, struct village_db *db, uint64_t official_id, struct letter_passphrase_view *out,
                               struct err *err)
{
    struct letter_passphrase_goes goes;
    bool is_there;

    TRY(sql_letter_passphrase_goes(db, official_id, &goes, &is_there, err));
    *out = (struct letter_passphrase_view){.fault = request_fault_of(req, LETTER_SEEN_PASSPHRASE)};
    if (!is_there)
        return RC_OK;
    out->address = goes.esign_url;
    out->is_asked = goes.agreed_by.value == request_actor(req)->id;
    out->is_unagreed = !out->is_asked;
    return RC_OK;
}

/* Each is one thing to decide. */
static enum rc put_piles(struct request *req, struct village_db *db, struct letter_approvals_view *v, struct err *err)
{
    const bool approves = request_may(req, MAY_APPROVE_LETTERS), checks = request_may(req, MAY_CHECK_LETTERS);
    struct arena *arena = request_arena(req);
    struct pile_waiting_rows rows;

    v->piles.p = ARENA_ARRAY(arena, struct letter_line, 2 * (size_t)WAITING_MAX);
    for (int is_check = !approves; is_check <= checks; is_check++) {
        TRY(sql_piles_waiting(db, is_check ? PILE_CHECK : PILE_WAITING, WAITING_MAX + 1, &rows, err));
        v->has_more_piles |= rows.n > WAITING_MAX;
        for (size_t i = 0; i < rows.n && i < WAITING_MAX; i++)
            v->piles.p[v->piles.n++] = (struct letter_line){
                .href = pile_url(arena, rows.p[i].id, ""),
                .type_name = rows.p[i].type_name,
                .resident_name = str_fmt(arena, "Untuk %.*s warga, %s sekali: %.*s", STR_ARG(number_text(arena, (int64_t)rows.p[i].n)),
                                         is_check ? "diperiksa" : "disetujui", STR_ARG(rows.p[i].chosen)),
                .when = asked_words(req, rows.p[i].sent_at)};
    }
    return RC_OK;
}

static struct letter_line waiting_line(const struct request *req, const struct letter_waiting *row)
{
    struct arena *arena = request_arena(req);
    struct letter_line line = {
        .id = row->id,
        .href = approval_url(arena, row->id),
        .type_name = row->type_name,
        .resident_name = letter_whose(arena, row->is_office, row->resident_name),
        .when = asked_words(req, row->made_at),
        .called = letter_called(arena, row->receipt, row->queue_number),
        .doubted = row->is_against   ? STR("Ada yang tidak cocok")
                   : row->is_doubted ? STR("Syarat kurang")
                                     : STR(""),
    };

    line.state_label = due_words(req, row->made_at, &line.state_tone);
    if (row->sign_state != LETTER_SIGN_NONE) {
        line.state_label = STR("Belum ditandatangani");
        line.state_tone = STR("merah");
        line.is_unsigned = true;
    }
    return line;
}

/* A page of what is to be decided, and how much of it that is; the first when nothing is behind `sesudah` any more. */
static enum rc put_waiting(struct request *req, struct village_db *db, uint64_t mine, struct letter_approvals_view *v, struct err *err)
{
    const struct opt_u64 sent = letter_together_got(req).after;
    uint64_t after = sent.is_set ? sent.value : 0;
    struct arena *arena = request_arena(req);
    struct letter_waiting_place place;
    struct letter_waiting_rows rows;

    TRY(waiting_for_me(req, db, mine, false, after, &rows, err));
    if (rows.n == 0 && after > 0) { /* what stood there was decided meanwhile */
        after = 0;
        TRY(waiting_for_me(req, db, mine, false, after, &rows, err));
    }
    const size_t n = rows.n < WAITING_MAX ? rows.n : WAITING_MAX;
    v->lines.p = ARENA_ARRAY(arena, struct letter_line, n);
    v->read.p = ARENA_ARRAY(arena, struct letter_line, WAITING_MAX);
    for (size_t i = 0; i < n; i++)
        if (rows.p[i].is_read)
            v->read.p[v->read.n++] = waiting_line(req, &rows.p[i]);
        else
            v->lines.p[v->lines.n++] = waiting_line(req, &rows.p[i]);
    if (after > 0)
        v->first_href = STR("/kantor/persetujuan");
    if (rows.n > n)
        v->next_href = str_fmt(arena, "/kantor/persetujuan?sesudah=%" PRIu64, rows.p[n - 1].id);
    if (after == 0 && rows.n <= n)
        return RC_OK;
    TRY(place_of(req, db, mine, rows.p[0].id, &place, err));
    v->shown = str_fmt(arena, "%" PRIu64 "–%" PRIu64 " dari %" PRIu64 " surat", place.place, place.place + n - 1, place.n);
    return RC_OK;
}

/* What is decided and only not signed, apart, so it hides nothing that is to be decided; what was read is signed with the others of it. */
static enum rc put_unsigned(struct request *req, struct village_db *db, uint64_t mine, struct letter_approvals_view *v, struct err *err)
{
    struct letter_waiting_rows rows;

    TRY(waiting_for_me(req, db, mine, true, 0, &rows, err));
    v->unsigned_lines.p = ARENA_ARRAY(request_arena(req), struct letter_line, rows.n);
    v->has_more_unsigned = rows.n > WAITING_MAX;
    for (size_t i = 0; i < rows.n && i < WAITING_MAX; i++)
        if (rows.p[i].is_read && v->read.n < WAITING_MAX)
            v->read.p[v->read.n++] = waiting_line(req, &rows.p[i]);
        else
            v->unsigned_lines.p[v->unsigned_lines.n++] = waiting_line(req, &rows.p[i]);
    return RC_OK;
}

enum rc letter_approvals_page(struct request *req, struct response *resp, struct err *err)
{
    struct buf body = {.arena = request_arena(req)};
    struct letter_approvals_view v = {0};
    struct village_db *db;
    uint64_t mine;

    TRY(request_village_db(req, &db, err));
    v.guard = request_form_guard(req);
    v.faults = *request_faults(req);
    TRY(letter_official_of(db, request_actor(req)->id, &mine, err));
    TRY(passphrase_view(req, db, mine, &v.passphrase, err));
    TRY(put_waiting(req, db, mine, &v, err));
    TRY(put_unsigned(req, db, mine, &v, err));
    TRY(put_piles(req, db, &v, err));
    TRY(letter_types_told(req, db, &v.types, err));
    v.is_changed = request_is_changed(req);
    view_letter_approvals(&body, &v);
    const struct page page = {.title = STR("Surat menunggu persetujuan"), .active = STR("/kantor/persetujuan"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

/* Of the history what speaks for the letter as it is now: since it was sent the last time, with the reason given for sending it. */
static void keep_last_round(struct letter_step_lines *steps)
{
    size_t from = 0;

    for (size_t i = 0; i < steps->n; i++)
        if (steps->p[i].is_sent)
            for (from = i; from > 0 && steps->p[from - 1].is_doubt;)
                from--;
    steps->p += from;
    steps->n -= from;
}

/* ---- what was read ---- */

enum { SEEN_VALID_S = 30 * 24 * 3600, SEEN_MOST = 8000 }; /* what is longer travels without its words: the digest still binds */
#define SEEN_PURPOSE "surat-dibaca"

/* Row by row, what stood on the page that was read and what stands there now; only what differs. */
static enum rc put_changes(struct request *req, const struct letter_open *open, struct str before, struct str now, struct both_view *out,
                           struct err *err)
{
    struct arena *arena = request_arena(req);
    json_t *mine, *theirs;
    struct letter_labels labels = letter_value_labels(arena, &open->form);

    TRY(json_read(arena, before, &mine, err));
    TRY(json_read(arena, now, &theirs, err));
    out->p = ARENA_ARRAY(arena, struct both_row, labels.n);
    for (size_t i = 0; i < labels.n; i++) {
        struct str was = json_text(mine, labels.p[i].name), is = json_text(theirs, labels.p[i].name);

        if (!str_eq(was, is))
            out->p[out->n++] = (struct both_row){labels.p[i].label, was, is, true};
    }
    return RC_OK;
}

enum rc letter_seen_fill(struct request *req, const struct letter_open *open, struct letter_seen_view *out, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct letter_seen_form sent;
    struct letter_shown shown;

    TRY(letter_shown_of(open->db, open, request_today(req), &shown, err));
    *out = (struct letter_seen_view){
        .version = open->letter.version,
        .digest = str_hex(arena, shown.digest.p, shown.digest.n),
        .shown = token_seal(req, SEEN_PURPOSE, shown.values.n <= SEEN_MOST ? shown.values : STR("{}"), SEEN_VALID_S),
        .is_changed = request_is_changed(req)};
    if (!out->is_changed)
        return RC_OK;
    const enum letter_state state = open->letter.state;
    if (state != LETTER_WAITING_CHECK && (state != LETTER_WAITING_APPROVAL || !request_may(req, MAY_APPROVE_LETTERS))) {
        out->decided = letter_stands(arena, state, open->letter.number_text);
        return RC_OK;
    }
    letter_seen_read(req, &sent);
    return str_empty(sent.shown) ? RC_OK : put_changes(req, open, sent.shown, shown.values, &out->both, err);
}

enum rc letter_next(struct request *req, const struct letter_open *open, struct str *href_out, size_t *n_out, struct err *err)
{
    struct letter_waiting_place place;
    uint64_t mine;

    *n_out = 0;
    *href_out = STR("");
    if (open->letter.state == LETTER_WAITING_APPROVAL || !request_may(req, MAY_APPROVE_LETTERS))
        return RC_OK;
    TRY(letter_official_of(open->db, request_actor(req)->id, &mine, err));
    TRY(place_of(req, open->db, mine, open->letter.id, &place, err));
    *n_out = place.n;
    if (place.first.is_set)
        *href_out = approval_url(request_arena(req), place.first.value);
    return RC_OK;
}

enum rc letter_next_unread(struct request *req, struct village_db *db, uint64_t after, struct str *href_out, struct err *err)
{
    struct letter_waiting_place place;
    uint64_t mine;

    TRY(letter_official_of(db, request_actor(req)->id, &mine, err));
    TRY(place_of(req, db, mine, after, &place, err));
    const struct opt_u64 next = place.next_unread.is_set ? place.next_unread : place.first_unread;
    *href_out = next.is_set ? approval_url(request_arena(req), next.value) : STR("/kantor/persetujuan");
    return RC_OK;
}

enum { READING_S = 10 * 60 };

enum rc letter_reader_fill(struct request *req, struct village_db *db, uint64_t letter_id, utc_us since, struct letter_reader_view *out,
                           struct err *err)
{
    const utc_us of_late = request_now(req) - READING_S * US_PER_S;
    struct letter_reader reader;
    bool is_read;

    TRY(sql_letter_reader(db, letter_id, request_actor(req)->id, since > of_late ? since : of_late, request_today(req), &reader, &is_read,
                          err));
    out->who = is_read ? str_fmt(request_arena(req), "%.*s, sejak %.*s", STR_ARG(reader.name),
                                 STR_ARG(utc_clock(request_arena(req), reader.at, request_zone(req))))
                       : STR("");
    return RC_OK;
}

/* Who else has it before him, and under which words this person would sign. */
static enum rc put_others(struct request *req, const struct letter_open *open, struct letter_approval_view *v, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct letter_signer signer;
    struct str why;

    TRY(letter_reader_fill(req, open->db, open->letter.id, 0, &v->reader, err));
    if (!v->may_approve)
        return RC_OK;
    v->later_action = v->is_numbered ? STR_NONE : letter_url(arena, open->letter.id, "/dibaca");
    TRY(letter_open_signer(open, request_today(req), &signer, &why, err));
    if (signer.by_esign && (str_empty(why) || signer.is_unagreed))
        TRY(passphrase_view(req, open->db, signer.id, &v->passphrase, err));
    v->may_be_signed = open->letter.sign_state == LETTER_SIGN_UNKNOWN;
    v->asks_if = v->may_be_signed && !signer.by_esign;
    v->if_fault = request_fault_of(req, LETTER_SEEN_IS_KNOWN);
    v->signed_as = str_fmt(arena, "%.*s, %.*s", STR_ARG(signer.name), STR_ARG(letter_capacity(arena, signer.block)));
    return RC_OK;
}

/* What was changed of its text: a sentence is not found by reading the whole. */
static enum rc put_changed(struct request *req, const struct letter_open *open, struct letter_compared_view *out, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct letter_type type;
    struct letter_form form;
    struct str before, after;

    if (open->letter.paper.p == NULL)
        return RC_OK;
    TRY(sql_letter_type_of(open->db, open->letter.type_id, open->letter.type_version, &type, err));
    TRY(letter_form_read(arena, type.definition, &form, err));
    TRY(letter_markup_of(req, form.tree, &before, err));
    TRY(letter_markup_of(req, open->form.tree, &after, err));
    out->lines = letter_compare_texts(arena, before, after);
    return RC_OK;
}

static enum rc approval_respond(struct request *req, struct response *resp, struct letter_open *open, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct letter_subject s;
    struct letter_waiting_place place;
    uint64_t mine;
    struct check_rows typed = letter_input_facts(req, open, false);
    struct buf body = {.arena = arena};
    struct date today = request_today(req);
    bool is_signing = LETTER_IS_SIGNING(open->letter.sign_state);
    bool is_head = open->letter.state == LETTER_WAITING_APPROVAL && !is_signing && request_may(req, MAY_APPROVE_LETTERS);
    bool is_secretary = open->letter.state == LETTER_WAITING_CHECK && request_may(req, MAY_CHECK_LETTERS);
    struct letter_approval_view v = {
        .number = open->letter.number_text,
        .is_numbered = open->letter.number_text.p != NULL,
        .unsigned_why = letter_unsigned_why(&open->letter),
        .type_name = open->letter.type_name,
        .asked_when = asked_words(req, open->letter.made_at),
        .called = letter_called(arena, open->letter.receipt, open->letter.queue_number),
        .preview_href = letter_url(arena, open->letter.id, "/pratinjau/1"),
        .read_href = letter_url(arena, open->letter.id, "/baca"),
        .approve_action = letter_url(arena, open->letter.id, is_head ? "/setujui" : "/teruskan"),
        .return_form = {.action = letter_url(arena, open->letter.id, "/kembalikan"), .is_wide = true},
        .may_approve = is_head,
        .is_corrected = open->letter.paper.p != NULL,
        .guard = request_form_guard(req),
        .faults = *request_faults(req),
    };

    v.due = due_words(req, open->letter.made_at, &v.due_tone);
    TRY(letter_look(req, open, "paper", false, err));
    if (!is_head && !is_secretary && request_is_changed(req))
        return letter_respond(req, resp, open, err);
    if (!is_head && !is_secretary)
        return respond_redirect(resp, letter_url(arena, open->letter.id, ""));
    TRY(letter_return_fill(req, &(struct letter_return_form){.version = open->letter.version}, &v.return_form.form, err));
    TRY(letter_seen_fill(req, open, &v.seen, err));
    TRY(letter_subject_of(open->db, &open->form, open->inputs, open->letter.resident_id, &s, err));
    v.not_living = letter_not_living(arena, &open->form, &s);
    TRY(letter_doubted_fill(req, open, &s, &v.doubted, err));
    TRY(letter_official_of(open->db, request_actor(req)->id, &mine, err));
    TRY(place_of(req, open->db, mine, open->letter.id, &place, err));
    v.position = place.n > 1 && !v.is_numbered ? str_fmt(arena, "Surat %" PRIu64 " dari %" PRIu64, place.place, place.n) : STR("");
    v.facts.p = ARENA_ARRAY(arena, struct check_row, typed.n + 1);
    if (s.id != 0)
        v.facts.p[v.facts.n++] = (struct check_row){
            .label = letter_subject_label(&open->form),
            .value = date_is_none(s.birth_date) ? text_name(arena, s.name)
                                                : str_fmt(arena, "%.*s, %.*s", STR_ARG(text_name(arena, s.name)),
                                                          STR_ARG(date_age_text(arena, s.birth_date, today))),
            .is_strong = true,
        };
    for (size_t i = 0; i < typed.n; i++)
        if (!str_empty(typed.p[i].value))
            v.facts.p[v.facts.n++] = typed.p[i];
    TRY(put_changed(req, open, &v.changed, err));
    TRY(put_others(req, open, &v, err));
    TRY(letter_sheets_told(req, open, &v.sheets, err));
    TRY(letter_step_lines(req, open, &v.steps, err));
    keep_last_round(&v.steps);
    view_letter_approval(&body, &v);
    const struct page page = {
        .title = is_head ? STR("Setujui surat") : STR("Periksa surat"), .active = STR("/kantor/persetujuan"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

enum rc letter_approval_page(struct request *req, struct response *resp, struct err *err)
{
    struct letter_open open;

    TRY(letter_open_read(req, &open, err));
    return approval_respond(req, resp, &open, err);
}
