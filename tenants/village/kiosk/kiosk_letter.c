// SPDX-License-Identifier: AGPL-3.0-or-later
/* From the tiles to the paper. The letter and its resident are the visit's; nothing of them is posted. */
#include "server/base/text.h"
#include "server/web/act.h"
#include "server/web/audit.h"
#include "server/web/kiosk_rows_sql.h"
#include "tenants/village/kiosk/kiosk_inputs_view.h"
#include "tenants/village/kiosk/kiosk_letter_view.h"
#include "tenants/village/kiosk/kiosk_pages.h"

enum { WAIT_FOR_PAPER_MS = 8000 };

static int this_year(const struct request *req)
{
    return request_today(req).year;
}

static struct str ask_url(struct request *req, size_t index)
{
    return str_fmt(request_arena(req), "/anjungan/isi/%zu", index + 1);
}

/* ---- tiles ---- */

static enum rc put_tiles(struct request *req, struct village_db *db, struct kiosk_tiles_view *v, struct err *err)
{
    struct self_types types;

    TRY(letter_self_types(db, &types, err));
    v->tiles.p = ARENA_ARRAY(request_arena(req), struct kiosk_tile, types.n);
    for (size_t i = 0; i < types.n; i++)
        if (types.p[i].at_kiosk)
            v->tiles.p[v->tiles.n++] = (struct kiosk_tile){types.p[i].slug, types.p[i].tile_label, types.p[i].tile_icon};
    return RC_OK;
}

enum rc kiosk_tiles_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    uint64_t resident = request_kiosk(req)->resident_id;
    struct kiosk_tiles_view v = {.guard = request_form_guard(req), .steps = {.n = 4, .at = 3}, .foot = {.may_end = true}};
    struct buf out = {.arena = arena};
    struct kiosk_person person;
    struct self_last last;
    struct village_db *db;

    TRY(request_village_db(req, &db, err));
    TRY(sql_kiosk_person(db, resident, &person, err));
    TRY(letter_self_kept(db, resident, request_now(req) - SELF_KEPT_S * US_PER_S, request_kiosk(req)->begun_at, &last, &v.is_kept, err));
    v.has_last = v.is_kept;
    if (!v.is_kept)
        TRY(letter_self_last(db, resident, &last, &v.has_last, err));
    TRY(letter_self_has_any(db, resident, &v.has_letters, err));
    TRY(put_tiles(req, db, &v, err));
    v.called = given_name(arena, person.name, person.sex);
    v.nik = nik_masked(arena, person.nik);
    v.steps.p[0].is_done = v.steps.p[1].is_done = v.steps.p[2].is_now = true;
    v.foot.guard = v.guard;
    if (v.has_last) {
        v.last_slug = last.slug;
        v.last_name = last.name;
        v.last_when = date_long(arena, utc_date(last.at, request_village(req)->zone));
    }
    view_kiosk_tiles(&out, &v);
    return kiosk_respond(req, resp, STR("Mau urus apa?"), html_view(&out), err);
}

/* A letter that was left in the middle goes on. A second one of the same visit is timed from the press of its tile, not from the tap before
 * the first. */
enum rc kiosk_begin_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct kiosk_visit *visit = request_kiosk(req);
    struct letter_actor by = kiosk_actor(req);
    struct kiosk_visit_row now;
    struct self_begun begun;
    struct letter_self letter;
    bool found;

    /* Presses at once come one after the other, and the second finds what the first began. */
    TRY(sql_kiosk_visit_lock(txn, visit->device_id, &now, &found, err));
    *go_to_out = STR("/anjungan");
    if (!found || !now.resident_id.is_set || now.resident_id.value != visit->resident_id)
        return RC_OK;
    TRY(letter_self_begin(txn, kiosk_type_got(req).type, visit->resident_id, by.now - SELF_KEPT_S * US_PER_S, &by, &begun, err));
    TRY(sql_kiosk_visit_letter(txn, visit->device_id, begun.id, now.letter_id.is_set && !begun.is_old ? by.now : visit->tapped_at, NULL,
                               err));
    *go_to_out = begun.is_old ? STR("/anjungan/lanjut") : begun.is_complete ? STR("/anjungan/periksa") : STR("/anjungan/isi/1");
    TRY(letter_self_read(in_txn(txn), begun.id, visit->resident_id, request_today(req), &letter, err));
    if (!str_empty(letter.doubt))
        *go_to_out = STR("/anjungan/loket");
    return RC_OK;
}

/* ---- one question a screen ---- */

/* The visit's letter. *go_to_out: where to go instead, when there is none or it is no draft any more. */
static enum rc read_draft(struct request *req, struct village_db *db, struct letter_self *out, struct str *go_to_out, struct err *err)
{
    const struct kiosk_visit *visit = request_kiosk(req);

    *go_to_out = STR_NONE;
    if (visit->letter_id == 0) {
        *go_to_out = STR("/anjungan/layanan");
        return RC_OK;
    }
    TRY(letter_self_read(db, visit->letter_id, visit->resident_id, request_today(req), out, err));
    if (out->state != LETTER_DRAFT)
        *go_to_out = STR("/anjungan/surat");
    return RC_OK;
}

/* Long free text that may stay empty is not asked; "Ubah" on the check page still leads there. */
static bool is_asked(const struct self_field *field)
{
    return field->is_required || field->kind != SELF_AREA;
}

static void place_in_row(struct request *req, const struct letter_self *letter, size_t at, struct kiosk_ask_view *v)
{
    size_t all = 0, before = 0;

    for (size_t i = 0; i < letter->fields.n; i++) {
        all += is_asked(&letter->fields.p[i]);
        before += i < at && is_asked(&letter->fields.p[i]);
        if (i < at && is_asked(&letter->fields.p[i]))
            v->foot.back_href = ask_url(req, i);
    }
    if (is_asked(&letter->fields.p[at]))
        v->steps.part = str_fmt(request_arena(req), "pertanyaan %zu dari %zu", before + 1, all);
    if (str_empty(v->foot.back_href))
        v->foot.back_href = STR("/anjungan/layanan");
}

static bool kiosk_is_offered(const struct self_field *f)
{
    for (size_t i = 0; i < f->choices.n; i++)
        if (str_eq(f->choices.p[i].value, f->value))
            return true;
    return false;
}

enum rc kiosk_ask_page(struct request *req, struct response *resp, struct err *err)
{
    const struct kiosk_question_form form = kiosk_question_got(req);
    struct buf out = {.arena = request_arena(req)};
    struct letter_self letter;
    struct village_db *db;
    struct str go_to;

    TRY(request_village_db(req, &db, err));
    TRY(read_draft(req, db, &letter, &go_to, err));
    if (go_to.p == NULL && form.number > letter.fields.n)
        go_to = STR("/anjungan/periksa");
    if (go_to.p != NULL)
        return respond_redirect(resp, go_to);
    const struct self_field *f = &letter.fields.p[form.number - 1];
    struct kiosk_ask_view v = {.guard = request_form_guard(req),
                               .type_name = letter.type_name,
                               .label = f->ask,
                               .hint = f->ask_hint,
                               .sample = f->sample,
                               .may_type = f->may_type,
                               .is_typing = form.is_typing || f->choices.n == 0,
                               .value = request_is_sent(req) ? form.answer : f->value,
                               .fault = request_fault_of(req, KIOSK_QUESTION_ANSWER),
                               .number = (uint32_t)form.number,
                               .max = f->max,
                               .is_area = f->kind == SELF_AREA,
                               .is_year = f->kind == SELF_YEAR,
                               .is_optional = !f->is_required && str_eq(f->ask, f->label),
                               .steps = {.n = 4, .at = 3}};

    v.steps.p[0].is_done = v.steps.p[1].is_done = v.steps.p[2].is_now = true;
    v.choices.p = f->choices.p;
    v.choices.n = v.is_typing ? 0 : f->choices.n;
    v.kept = v.is_typing || str_empty(f->value) || kiosk_is_offered(f) ? STR("") : f->value;
    place_in_row(req, &letter, form.number - 1, &v);
    if (v.is_typing && f->choices.n > 0)
        v.foot.back_href = ask_url(req, form.number - 1);
    view_kiosk_ask(&out, &v);
    return kiosk_respond(req, resp, letter.type_name, html_view(&out), err);
}

enum rc kiosk_left_off(struct request *req, struct village_db *db, struct str *href_out, struct err *err)
{
    struct letter_self letter;

    TRY(read_draft(req, db, &letter, href_out, err));
    if (href_out->p != NULL) { /* no letter, or it is made already */
        *href_out = STR("/anjungan/layanan");
        return RC_OK;
    }
    *href_out = STR("/anjungan/periksa");
    if (!str_empty(letter.doubt)) {
        *href_out = STR("/anjungan/loket");
        return RC_OK;
    }
    for (size_t i = letter.fields.n; i-- > 0;)
        if (is_asked(&letter.fields.p[i]) && (!letter.fields.p[i].is_answered || letter.fields.p[i].fault.p != NULL))
            *href_out = ask_url(req, i);
    return RC_OK;
}

enum rc kiosk_go_on_page(struct request *req, struct response *resp, struct err *err)
{
    struct village_db *db;
    struct str href;

    TRY(request_village_db(req, &db, err));
    TRY(kiosk_left_off(req, db, &href, err));
    return respond_redirect(resp, href);
}

/* To the check once all is answered and this was the last question or a change from there; else on to the next. */
static struct str after_answer(struct request *req, const struct letter_self *letter, size_t at, bool was_complete)
{
    if (was_complete)
        return STR("/anjungan/periksa");
    for (size_t i = at + 1; i < letter->fields.n; i++)
        if (is_asked(&letter->fields.p[i]))
            return ask_url(req, i);
    return STR("/anjungan/periksa");
}

enum rc kiosk_ask_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct kiosk_question_form form = kiosk_question_got(req);
    struct letter_self letter;

    TRY(read_draft(req, in_txn(txn), &letter, go_to_out, err));
    if (go_to_out->p != NULL)
        return RC_OK;
    if (form.number > letter.fields.n)
        return fail(err, RC_NOT_FOUND, "the letter has no such question");
    struct self_field *f = &letter.fields.p[form.number - 1];
    bool was_complete = letter.first_faulty == letter.fields.n && !str_empty(f->value);

    struct str answer = text_tidy(request_arena(req), form.answer);
    struct str fault = letter_self_fault(request_arena(req), f, answer, this_year(req));
    if (fault.p != NULL)
        return act_refuse(req, err, KIOSK_QUESTION_ANSWER, "%.*s", STR_ARG(fault));
    f->value = answer;
    f->is_answered = true;
    *go_to_out = after_answer(req, &letter, form.number - 1, was_complete);
    TRY(letter_self_fill(txn, &letter, err));
    TRY(letter_self_read(in_txn(txn), letter.id, letter.resident_id, request_today(req), &letter, err));
    if (!str_empty(letter.doubt))
        *go_to_out = STR("/anjungan/loket");
    return RC_OK;
}

/* ---- what the counter judges ---- */

enum rc kiosk_counter_page(struct request *req, struct response *resp, struct err *err)
{
    struct kiosk_counter_view v = {
        .guard = request_form_guard(req), .steps = {.n = 4, .at = 3}, .foot = {.back_href = STR("/anjungan/layanan")}};
    struct buf out = {.arena = request_arena(req)};
    struct letter_self letter;
    struct village_db *db;
    struct str go_to;

    TRY(request_village_db(req, &db, err));
    TRY(read_draft(req, db, &letter, &go_to, err));
    if (go_to.p == NULL && str_empty(letter.doubt))
        go_to = STR("/anjungan/lanjut");
    if (go_to.p != NULL)
        return respond_redirect(resp, go_to);
    for (size_t i = 0; i < letter.fields.n; i++)
        if (is_asked(&letter.fields.p[i]) && letter.fields.p[i].is_answered)
            v.foot.back_href = ask_url(req, i);
    v.steps.p[0].is_done = v.steps.p[1].is_done = v.steps.p[2].is_now = true;
    v.type_name = letter.type_name;
    v.doubt = letter.doubt;
    v.paper = letter.paper;
    v.paper_from = letter.paper_from;
    v.kept_days = SELF_KEPT_DAYS;
    view_kiosk_counter(&out, &v);
    return kiosk_respond(req, resp, letter.type_name, html_view(&out), err);
}

enum rc kiosk_hand_over(struct txn *txn, struct request *req, uint64_t queue_number, struct err *err)
{
    const struct kiosk_visit *visit = request_kiosk(req);
    struct arena *arena = request_arena(req);
    struct letter_self letter;
    struct str go_to;

    if (visit->resident_id == 0)
        return RC_OK;
    TRY(read_draft(req, in_txn(txn), &letter, &go_to, err));
    if (go_to.p != NULL)
        return RC_OK;
    const struct kiosk_letter_put_in row = {.letter_id = letter.id,
                                            .device_id = visit->device_id,
                                            .receipt = str_upper(arena, random_word(arena, RECEIPT_SIGNS)),
                                            .tapped_at = visit->tapped_at,
                                            .sent_at = request_now(req),
                                            .queue_number = some_u64(queue_number)};
    TRY(sql_kiosk_visit_letter(txn, visit->device_id, 0, request_now(req), NULL, err));
    TRY(sql_kiosk_letter_put(txn, &row, NULL, err));
    const struct audit told = {.at = request_now(req),
                               .actor_name = STR("Anjungan"),
                               .action = STR("letter.hand_over"),
                               .subject = str_fmt(arena, "letter:%" PRIu64, letter.id),
                               .detail = str_fmt(arena, "{\"kiosk\":%" PRIu64 "}", visit->device_id)};
    return audit_put(txn, &told, err);
}

/* ---- check and issue ---- */

/* As its tile reads: large at the beginning; an empty answer that has a tile of its own was given. */
static struct str words_said(struct arena *arena, const struct self_field *f)
{
    for (size_t i = 0; str_empty(f->value) && f->is_answered && i < f->choices.n; i++)
        if (str_empty(f->choices.p[i].value))
            return f->choices.p[i].label;
    return text_capital(arena, f->value);
}

static void put_facts(struct request *req, const struct letter_self *letter, struct kiosk_check_view *v)
{
    struct arena *arena = request_arena(req);

    v->facts.p = ARENA_ARRAY(arena, struct kiosk_fact, letter->fields.n);
    for (size_t i = 0; i < letter->fields.n; i++)
        if (is_asked(&letter->fields.p[i]) || !str_empty(letter->fields.p[i].value))
            v->facts.p[v->facts.n++] = (struct kiosk_fact){letter->fields.p[i].label, words_said(arena, &letter->fields.p[i]),
                                                           ask_url(req, i)};
}

/* A draft in which nothing is left to be asked, and nothing to be judged at the counter. */
static enum rc read_finished(struct request *req, struct village_db *db, struct letter_self *out, struct str *go_to_out, struct err *err)
{
    TRY(read_draft(req, db, out, go_to_out, err));
    if (go_to_out->p == NULL && !str_empty(out->doubt))
        *go_to_out = STR("/anjungan/loket");
    if (go_to_out->p == NULL && out->first_faulty < out->fields.n)
        *go_to_out = ask_url(req, out->first_faulty);
    return RC_OK;
}

static struct str last_question(struct request *req, const struct letter_self *letter)
{
    for (size_t i = letter->fields.n; i-- > 0;)
        if (is_asked(&letter->fields.p[i]))
            return ask_url(req, i);
    return STR("/anjungan/layanan");
}

enum rc kiosk_check_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct buf out = {.arena = arena};
    struct letter_self letter;
    struct village_db *db;
    struct str go_to;

    TRY(request_village_db(req, &db, err));
    TRY(read_finished(req, db, &letter, &go_to, err));
    if (go_to.p != NULL)
        return respond_redirect(resp, go_to);
    struct kiosk_check_view v = {.guard = request_form_guard(req),
                                 .type_name = letter.type_name,
                                 .version = letter.version,
                                 .is_sealed = letter.is_sealed,
                                 .steps = {.n = 4, .at = 4},
                                 .sheet_href = str_fmt(arena, "/anjungan/lembar/1?versi=%" PRIu32, letter.version),
                                 .button = letter.is_sealed ? STR("Cetak surat saya") : STR("Kirim permohonan"),
                                 .busy = letter.is_sealed ? STR("Mencetak…") : STR("Mengirim…"),
                                 .foot = {.back_href = last_question(req, &letter)}};
    v.steps.p[0].is_done = v.steps.p[1].is_done = v.steps.p[2].is_done = v.steps.p[3].is_now = true;
    put_facts(req, &letter, &v);
    view_kiosk_check(&out, &v);
    return kiosk_respond(req, resp, STR("Periksa surat"), html_view(&out), err);
}

enum rc kiosk_sheet(struct request *req, struct response *resp, struct err *err)
{
    const struct kiosk_visit *visit = request_kiosk(req);
    struct self_sheet sheet;

    if (visit->letter_id == 0)
        return fail(err, RC_NOT_FOUND, "the visit has no letter");
    TRY(letter_self_sheet(req, visit->letter_id, visit->resident_id, kiosk_sheet_got(req).page - 1, &sheet, err));
    return respond_bytes(resp, STR("image/svg+xml"), sheet.svg, STR_NONE);
}

enum rc kiosk_send_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct kiosk_visit *visit = request_kiosk(req);
    struct letter_actor by = kiosk_actor(req);
    struct kiosk_letter_put_in row = {.letter_id = visit->letter_id,
                                      .device_id = visit->device_id,
                                      .receipt = str_upper(request_arena(req), random_word(request_arena(req), RECEIPT_SIGNS)),
                                      .tapped_at = visit->tapped_at,
                                      .sent_at = by.now};
    struct letter_self letter;
    uint64_t number;

    TRY(read_finished(req, in_txn(txn), &letter, go_to_out, err));
    if (go_to_out->p != NULL)
        return RC_OK;
    TRY(letter_send(txn, visit->letter_id, (uint32_t)kiosk_send_got(req).version, NULL, &by, err));
    if (!letter.is_sealed) {
        TRY(kiosk_queue_number(txn, utc_date(by.now, by.zone), &number, err));
        row.queue_number = some_u64(number);
    }
    *go_to_out = STR("/anjungan/surat");
    return sql_kiosk_letter_put(txn, &row, NULL, err);
}

/* ---- paper, or what happens next ---- */

static enum rc ticket_respond(struct request *req, struct response *resp, const struct letter_self *letter,
                              const struct kiosk_letter_row *row, struct err *err)
{
    struct buf out = {.arena = request_arena(req)};
    struct kiosk_ticket_view v = {.guard = request_form_guard(req),
                                  .type_name = letter->type_name,
                                  .receipt = row->receipt,
                                  .village = request_village(req)->name,
                                  .when = utc_long(request_arena(req), row->sent_at, request_village(req)->zone),
                                  .may_print = !row->paper_ms.is_set,
                                  .queue_number = row->queue_number.is_set ? row->queue_number.value : 0,
                                  .foot = {.may_end = true, .is_end_next = true}};

    v.foot.guard = v.guard;
    view_kiosk_ticket(&out, &v);
    return kiosk_respond(req, resp, STR("Permohonan diterima"), html_view(&out), err);
}

/* Pages exactly as they print; they are printed by themselves once, when all have decoded. */
static enum rc put_sheets(struct request *req, struct kiosk_paper_view *v, struct err *err)
{
    const struct kiosk_visit *visit = request_kiosk(req);
    struct arena *arena = request_arena(req);
    struct self_sheet sheet;

    TRY(letter_self_sheet(req, visit->letter_id, visit->resident_id, 0, &sheet, err));
    v->is_a4 = sheet.is_a4;
    v->sheets.n = sheet.pages;
    v->sheets.p = ARENA_ARRAY(arena, struct str, sheet.pages);
    for (size_t i = 0; i < sheet.pages; i++)
        v->sheets.p[i] = str_fmt(arena, "/anjungan/lembar/%zu?versi=0", i + 1); /* not the draft's image */
    return RC_OK;
}

enum rc kiosk_paper_page(struct request *req, struct response *resp, struct err *err)
{
    const struct kiosk_visit *visit = request_kiosk(req);
    struct buf out = {.arena = request_arena(req)};
    struct kiosk_letter_row row;
    struct letter_self letter;
    struct village_db *db;
    struct str go_to;
    bool found;

    TRY(request_village_db(req, &db, err));
    TRY(read_draft(req, db, &letter, &go_to, err));
    if (visit->letter_id == 0)
        return respond_redirect(resp, go_to);
    if (letter.state == LETTER_DRAFT)
        return respond_redirect(resp, STR("/anjungan/periksa"));
    TRY(sql_kiosk_letter_of(db, letter.id, &row, &found, err));
    if (!found)
        row = (struct kiosk_letter_row){.receipt = STR("")}; /* made at the counter, printed again here */
    if (letter.state != LETTER_ISSUED)
        return ticket_respond(req, resp, &letter, &row, err);
    if (!letter.is_rendered)
        TRY(letter_self_wait(db, letter.id, WAIT_FOR_PAPER_MS, &letter.is_rendered, err));
    struct kiosk_paper_view v = {.guard = request_form_guard(req),
                                 .type_name = letter.type_name,
                                 .number = letter.number_text,
                                 .receipt = row.receipt,
                                 .is_ready = letter.is_rendered,
                                 .is_again = row.sent_at < visit->tapped_at,
                                 .foot = {.may_end = true}};
    v.foot.guard = v.guard;
    v.foot.is_end_next = v.is_ready;
    v.may_print = kiosk_print_got(req).is_asked || (!v.is_again && !row.paper_ms.is_set);
    if (v.is_ready)
        TRY(put_sheets(req, &v, err));
    view_kiosk_paper(&out, &v);
    return kiosk_respond(req, resp, STR("Surat Anda"), html_view(&out), err);
}

/* The page says so when it hands its images to the printer. */
enum rc kiosk_printed_post(struct request *req, struct response *resp, struct err *err)
{
    const struct kiosk_visit *visit = request_kiosk(req);
    utc_us now = request_now(req);
    struct village_db *db;

    TRY(request_village_db(req, &db, err));
    TRY(sql_kiosk_letter_printed(db, visit->letter_id, now, now - KIOSK_MOST_S * US_PER_S, NULL, err));
    return respond_bytes(resp, STR("text/plain; charset=utf-8"), STR("ya"), STR_NONE);
}
