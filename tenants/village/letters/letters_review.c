// SPDX-License-Identifier: AGPL-3.0-or-later
/* From the check of answers to the paper: review, the letter's own page, its reading. */
#include "server/outbound/esign.h"
#include "tenants/village/letters/letters_brought.h"
#include "tenants/village/letters/letters_check.h"
#include "tenants/village/letters/letters_esign.h"
#include "tenants/village/letters/letters_pages.h"

#include "server/base/json.h"
#include "server/base/text.h"
#include "server/loop/loop.h"
#include "tenants/village/codes/address.h"
#include "tenants/village/letters/letters_pile_parts.h"
#include "tenants/village/letters/letters_review_view.h"
#include "tenants/village/letters/letters_signer.h"
#include "tenants/village/residents/nik.h"
#include "tenants/village/residents/residents.h"

enum { WAIT_FOR_PAPER_MS = 10000, LOOK_FIRST_MS = 40, LOOK_LATER_MS = 250 };

static void put_fact(struct check_rows *facts, const char *label, struct str value, struct str change_href, bool is_strong)
{
    facts->p[facts->n++] = (struct check_row){.label = str_c(label), .value = value, .change_href = change_href, .is_strong = is_strong};
}

static struct str birth_text(struct arena *arena, const struct letter_subject *s)
{
    struct str place = text_place(arena, s->birth_place);

    if (date_is_none(s->birth_date))
        return place;
    return str_fmt(arena, "%.*s%s%.*s", STR_ARG(place), str_empty(place) ? "" : ", ", STR_ARG(date_long(arena, s->birth_date)));
}

/* "Sitti Rahmawati (kini: Puteri Rahmawati)": the paper's, and today's where it is another. */
static struct str named(struct arena *arena, const struct letter_full *letter)
{
    struct str name = letter_whose(arena, letter->resident_id == 0, letter->paper_name),
               now = letter_name_now(arena, letter->paper_name, letter->resident_name);

    return str_empty(now) ? name : str_fmt(arena, "%.*s (kini: %.*s)", STR_ARG(name), STR_ARG(now));
}

/* Facts of the resident as they stand in the registry now, under the name of the paper; of a letter of the office none: its answers say
 * all. */
static enum rc subject_facts(struct request *req, const struct letter_open *open, const struct letter_subject *s, bool with_links,
                             struct check_rows *out, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct str place = str_fmt(arena, "RT %.*s, %.*s", STR_ARG(s->rt), STR_ARG(address_hamlet(arena, STR(""), s->hamlet)));
    if (s->id == 0)
        return RC_OK;
    out->p = ARENA_ARRAY(arena, struct check_row, 5);
    struct str change = with_links && !str_is(open->letter.channel, "kiosk")
                            ? str_fmt(arena, "/kantor/surat/buat/%.*s?ganti=%" PRIu64, STR_ARG(open->letter.slug), open->letter.id)
                            : STR("");
    put_fact(out, "Nama", named(arena, &open->letter), change, true);
    out->p[0].change_label = STR("Ganti");
    put_fact(out, "NIK",
             nik_is_temporary(s->nik) ? STR("NIK sementara, tidak dicetak. Di surat tertulis: belum terbit")
             : with_links             ? nik_spaced(arena, s->nik)
                                      : nik_masked(arena, s->nik),
             STR(""), false);
    put_fact(out, "Tempat, tanggal lahir", birth_text(arena, s), STR(""), false);
    put_fact(out, "Alamat", place, STR(""), false);
    if (with_links && request_may(req, MAY_EDIT_RESIDENTS)) {
        struct str address;

        TRY(notice_resident_address(req, open->letter.resident_id, &address, err));
        put_fact(out, "Surel untuk kabar", address, notice_address_href(arena, open->letter.resident_id, open->letter.id), false);
    }
    return RC_OK;
}

static struct str told(struct arena *arena, const struct letter_open *open, const struct letter_field *f)
{
    const struct str printed = letter_field_printed(arena, &open->form, f, open->inputs);

    return f->kind == FIELD_LIST && !f->has_clauses ? letter_list_told(arena, printed, "\n") : printed;
}

struct check_rows letter_input_facts(struct request *req, const struct letter_open *open, bool with_links)
{
    struct arena *arena = request_arena(req);
    struct check_rows facts = {.p = ARENA_ARRAY(arena, struct check_row, open->form.n_fields + 1)};

    for (size_t i = 0; i < open->form.n_fields; i++) {
        const struct letter_field *f = &open->form.fields[i];
        struct str href = with_links
                              ? str_fmt(arena, "%.*s#isi_%.*s", STR_ARG(letter_url(arena, open->letter.id, "/isi")), STR_ARG(f->name))
                              : STR("");

        if (letter_field_is_asked(arena, &open->form, f, open->inputs) && !f->is_from)
            facts.p[facts.n++] = (struct check_row){
                .label = f->label,
                .value = f->kind >= FIELD_PERSON ? letter_person_told(arena, &open->people, f, !with_links) : told(arena, open, f),
                .change_href = href};
    }
    if (letter_asks_papers(&open->form))
        facts.p[facts.n++] = (struct check_row){
            .label = STR("Dibawa pemohon"),
            .value = letter_brought_told(arena, &open->form, open->inputs),
            .change_href = with_links ? str_fmt(arena, "%.*s#isi_" LETTER_BROUGHT, STR_ARG(letter_url(arena, open->letter.id, "/isi")))
                                      : STR("")};
    return facts;
}

/* The same answers for the same person: two numbers for one matter are asked about, whoever sends the second. */
static enum rc put_same(struct request *req, const struct letter_open *open, struct letter_review_view *v, struct err *err)
{
    const struct letter_full *letter = &open->letter;
    struct arena *arena = request_arena(req);
    struct letter_like_rows rows;

    TRY(sql_letters_like(open->db, letter->resident_id, letter->type_id, request_today(req), letter->id, &rows, err));
    v->same.p = ARENA_ARRAY(arena, struct letter_same_line, rows.n);
    for (size_t i = 0; i < rows.n; i++) {
        const struct letter_like *row = &rows.p[i];
        json_t *inputs = NULL;

        TRY(json_read(arena, row->inputs, &inputs, err));
        if (json_equal(letter_inputs_unbrought(arena, inputs), letter_inputs_unbrought(arena, open->inputs)))
            v->same.p[v->same.n++] = (struct letter_same_line){
                .href = letter_url(arena, row->id, ""), .number = row->number_text, .state = letter_state_label(row->state)};
    }
    return RC_OK;
}

/* A paper bears the day of its issue: who read it on another day reads it once more. */
static void put_day(struct request *req, struct letter_review_view *v)
{
    struct arena *arena = request_arena(req);
    const struct date today = request_today(req);

    v->day = date_iso(arena, today);
    if (!request_is_changed(req))
        return;
    v->new_day = date_long(arena, today);
    v->is_new_year = !str_starts(letter_send_got(req).day, str_part(v->day, 0, 5));
}

enum rc letter_review_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct letter_open open;
    struct letter_subject subject;
    struct letter_signer signer;
    struct letter_doubts doubts;
    struct str no_signer;
    bool seals;
    struct letter_review_view v;
    struct buf body = {.arena = arena};

    TRY(letter_open_read(req, &open, err));
    if (open.letter.state != LETTER_DRAFT && open.letter.state != LETTER_RETURNED)
        return respond_redirect(resp, letter_url(arena, open.letter.id, ""));
    TRY(letter_look(req, &open, "paper", true, err));
    TRY(letter_open_signer(&open, request_today(req), &signer, &no_signer, err));
    TRY(letter_subject_of(open.db, &open.form, open.inputs, open.letter.resident_id, &subject, err));
    const struct letter_matter matter = letter_matter_of(req, &open, &subject);
    doubts = letter_doubts(&matter);
    seals = letter_is_delegated(open.letter.policy, open.letter.paper, &doubts);
    v = (struct letter_review_view){
        .type_name = open.letter.type_name,
        .back_href = letter_url(arena, open.letter.id, "/isi"),
        .paper = {STR("Pratinjau"), str_fmt(arena, "/kantor/surat/%" PRIu64 "/pratinjau/1?versi=%u", open.letter.id, open.letter.version),
                  letter_url(arena, open.letter.id, "/baca")},
        .action = letter_url(arena, open.letter.id, "/kirim"),
        .correct_href = letter_url(arena, open.letter.id, "/naskah"),
        .pile_href = request_may(req, MAY_WRITE_PILES) && pile_pattern_fault(&open).p == NULL ? letter_url(arena, open.letter.id, "/massal")
                                                                                              : STR(""),
        .is_corrected = open.letter.paper.p != NULL,
        .is_outside = open.form.is_outside,
        .cancel = {letter_url(arena, open.letter.id, "/batal"), request_form_guard(req)},
        .seals = seals,
        .button = seals ? STR("Terbitkan surat") : STR("Kirim untuk disetujui"),
        .version = open.letter.version,
        .guard = request_form_guard(req),
        .inputs = letter_input_facts(req, &open, true),
        .faults = *request_faults(req),
    };
    v.not_living = letter_not_living(arena, &open.form, &subject);
    v.doubts = doubts;
    if (doubts.is_against_register && open.letter.resident_id != 0 && request_may(req, MAY_EDIT_RESIDENTS))
        v.mend_href = str_fmt(arena, "/kantor/penduduk/%" PRIu64, open.letter.resident_id);
    v.commas = letter_commas(arena, &open.form, open.inputs);
    TRY(put_same(req, &open, &v, err));
    TRY(letter_sheets_put(req, &open, &v.paper, err));
    put_day(req, &v);
    v.reason = letter_send_got(req).reason;
    v.reason_fault = request_fault_of(req, "alasan");
    if (!seals)
        TRY(letter_has_approver(open.db, request_today(req), &v.has_approver, err));
    v.subject_label = letter_subject_label(&open.form);
    TRY(subject_facts(req, &open, &subject, true, &v.subject, err));
    if (str_empty(no_signer)) {
        v.signer.p = ARENA_ARRAY(arena, struct check_row, 1);
        put_fact(&v.signer, "Ditandatangani",
                 str_fmt(arena, "%.*s, %.*s", STR_ARG(signer.name), STR_ARG(letter_capacity(arena, signer.block))),
                 request_may(req, MAY_SET_VILLAGE) ? STR("/kantor/pengaturan") : STR(""), false);
    }
    view_letter_review(&body, &v);
    const struct page page = {.title = STR("Periksa surat"), .active = STR("/kantor/surat"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

/* ---- the letter's own page ---- */

struct str letter_void_why(uint8_t why)
{
    return why == 0 ? STR("") : form_show_option(&letter_void_input[LETTER_VOID_AT_WHY], some_u64(why));
}

/* Which acts this person has on this letter now. */
static void put_acts(struct request *req, const struct letter_open *open, struct letter_view *v)
{
    const struct letter_full *letter = &open->letter;
    struct arena *arena = request_arena(req);
    enum letter_state state = letter->state;
    bool is_open = state == LETTER_DRAFT || state == LETTER_RETURNED;

    if (is_open && request_may(req, MAY_WRITE_LETTERS))
        v->continue_href = letter_url(arena, letter->id, str_is(letter->inputs, "{}") ? "/isi" : "/periksa");
    if (state == LETTER_WAITING_CHECK && request_may(req, MAY_CHECK_LETTERS))
        v->check_action = letter_url(arena, letter->id, "/teruskan");
    const bool is_signing = LETTER_IS_SIGNING(letter->sign_state), is_numbered = letter->number_text.p != NULL;

    if ((state == LETTER_WAITING_CHECK && request_may(req, MAY_CHECK_LETTERS)) ||
        (state == LETTER_WAITING_APPROVAL && !is_numbered && request_may(req, MAY_RETURN_LETTERS)))
        v->return_form.action = letter_url(arena, letter->id, "/kembalikan");
    if ((state == LETTER_WAITING_CHECK || (state == LETTER_WAITING_APPROVAL && !is_numbered)) && request_may(req, MAY_WRITE_LETTERS))
        v->take_back_form = (struct letter_act_view){.action = letter_url(arena, letter->id, "/tarik"),
                                                     .is_own = letter->made_by == request_actor(req)->id};
    if (state == LETTER_WAITING_APPROVAL && !is_signing && request_may(req, MAY_APPROVE_LETTERS))
        v->approval_href = str_fmt(arena, "/kantor/persetujuan/%" PRIu64, letter->id);
    if ((state == LETTER_ISSUED || (state == LETTER_WAITING_APPROVAL && is_numbered && !is_signing)) &&
        request_may(req, MAY_RETURN_LETTERS))
        v->void_form.action = letter_url(arena, letter->id, "/cabut");
    if (letter->replacement_id.is_set)
        v->replacement_href = letter_url(arena, letter->replacement_id.value, "");
    else if (state == LETTER_VOIDED && request_may(req, MAY_WRITE_LETTERS))
        v->replace_action = letter_url(arena, letter->id, "/ganti");
    if (letter->mail_id.is_set && request_may(req, MAY_READ_MAIL))
        v->mail_href = str_fmt(arena, "/kantor/surat-keluar/%" PRIu64, letter->mail_id.value);
    else if (!letter->mail_id.is_set && open->form.subject_of == OF_NONE && !letter->is_decision && state == LETTER_ISSUED &&
             request_may(req, MAY_WRITE_MAIL))
        v->mail_letter = letter->id;
    if (letter->replaces_id.is_set) {
        v->replaced_href = letter_url(arena, letter->replaces_id.value, "");
        v->replaced_number = letter->replaced_number;
    }
}

static struct letter_ready_view ready_view(struct request *req, uint64_t id, bool is_rendered, uint64_t prints, bool was_printed)
{
    struct arena *arena = request_arena(req);

    return (struct letter_ready_view){.is_rendered = is_rendered,
                                      .print_action = request_may(req, MAY_WRITE_LETTERS) ? letter_url(arena, id, "/cetak") : STR(""),
                                      .print_label = letter_print_label(prints, was_printed),
                                      .is_first = !was_printed && prints == 0,
                                      .guard = request_form_guard(req),
                                      .pdf_href = letter_url(arena, id, "/surat.pdf"),
                                      .ready_href = letter_url(arena, id, "/siap"),
                                      .self_href = letter_url(arena, id, "")};
}

static enum rc put_pile(struct request *req, const struct letter_open *open, struct letter_view *v, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct pile_of_letter pile;
    bool is_there;

    TRY(sql_pile_of_letter(open->db, open->letter.id, &pile, &is_there, err));
    if (!is_there || (pile.is_pattern && open->letter.state != LETTER_CANCELLED))
        return RC_OK;
    v->pile_href = pile_url(arena, pile.id, "");
    v->pile_about = pile.chosen;
    if (pile.is_pattern)
        v->pile_made = str_fmt(arena, "Menjadi contoh surat massal oleh %.*s, %.*s", STR_ARG(pile.made_by_name),
                               STR_ARG(letter_when(req, pile.made_at)));
    return RC_OK;
}

static void put_certificate(struct request *req, const struct letter_full *letter, struct letter_view *v)
{
    if (letter->sign_outcome != ESIGN_DONE)
        return;
    v->certificate = letter_certificate_told(request_arena(req), letter->sign_by, letter->sign_marks);
    v->is_other_name = (letter->sign_marks & LETTER_MARK_OTHER) != 0;
    if ((letter->sign_marks & LETTER_MARK_ANEW) != 0)
        v->original_href = letter_url(request_arena(req), letter->id, "/asli.pdf");
}

/* Of a letter that waits: for whose agreement, too, before it can be signed. */
static enum rc put_unagreed(struct request *req, const struct letter_open *open, struct letter_view *v, struct err *err)
{
    struct letter_signer signer;
    struct str why;

    if (!v->is_waiting)
        return RC_OK;
    TRY(letter_open_signer(open, request_today(req), &signer, &why, err));
    v->unagreed = signer.is_unagreed ? signer.name : STR("");
    return RC_OK;
}

enum rc letter_respond(struct request *req, struct response *resp, const struct letter_open *open, struct err *err)
{
    struct arena *arena = request_arena(req);
    const struct letter_full *letter = &open->letter;
    struct check_rows inputs = letter_input_facts(req, open, false);
    struct letter_subject subject;
    struct buf body = {.arena = arena};
    struct letter_view v = {
        .type_name = letter->type_name,
        .number = letter->number_text,
        .called = letter_called(arena, letter->receipt, letter->queue_number),
        .state_label = letter_state_label(letter->state),
        .state_tone = letter_state_tone(letter->state),
        .paper = {letter->state == LETTER_ISSUED || letter->state == LETTER_VOIDED ? STR("Surat") : STR("Pratinjau"),
                  letter_url(arena, letter->id, "/pratinjau/1"), letter_url(arena, letter->id, "/baca")},
        .void_why = letter_void_why(letter->void_why),
        .void_reason = letter->void_reason,
        .made_by = letter->made_by_name,
        .made_when = letter_when(req, letter->made_at),
        .is_issued = letter->state == LETTER_ISSUED,
        .is_printed = open->is_printed,
        .is_corrected = letter->paper.p != NULL,
        .is_voided = letter->state == LETTER_VOIDED,
        .is_signing = LETTER_IS_SIGNING(letter->sign_state),
        .unsigned_why = letter_unsigned_why(letter),
        .is_waiting = letter->state == LETTER_WAITING_CHECK || letter->state == LETTER_WAITING_APPROVAL,
        .guard = request_form_guard(req),
        .faults = *request_faults(req),
    };

    if (v.is_signing)
        response_header(resp, "Refresh", STR("2"));
    put_acts(req, open, &v);
    TRY(letter_return_fill(req, &(struct letter_return_form){.version = letter->version}, &v.return_form.form, err));
    TRY(letter_void_fill(req, &(struct letter_void_form){.version = letter->version}, &v.void_form.form, err));
    if (v.check_action.p != NULL || request_is_changed(req))
        TRY(letter_seen_fill(req, open, &v.seen, err));
    TRY(letter_subject_of(open->db, &open->form, open->inputs, letter->resident_id, &subject, err));
    TRY(letter_doubted_fill(req, open, &subject, &v.doubted, err));
    v.subject_label = letter_subject_label(&open->form);
    TRY(subject_facts(req, open, &subject, false, &v.facts, err));
    v.inputs = inputs;
    TRY(letter_step_lines(req, open, &v.steps, err));
    v.is_taken_enough = v.take_back_form.action.p != NULL && v.steps.take_backs >= LETTER_TAKE_BACKS_MOST;
    if (v.is_taken_enough)
        v.take_back_form.action = STR_NONE;
    TRY(letter_take_back_fill(req, &(struct letter_take_back_form){.version = letter->version}, &v.take_back_form.form, err));
    uint64_t reprints = letter_reprints(v.steps.prints, letter->was_printed);
    v.ready = ready_view(req, letter->id, letter->rendered_at != 0, v.steps.prints, letter->was_printed);
    if (reprints > 0)
        v.reprints = str_fmt(arena, "Dicetak ulang %" PRIu64 "×", reprints);
    TRY(letter_sheets_put(req, open, &v.paper, err));
    TRY(put_pile(req, open, &v, err));
    TRY(put_unagreed(req, open, &v, err));
    put_certificate(req, letter, &v);
    TRY(letter_next(req, open, &v.next_href, &v.next_n, err));
    TRY(notices_of_letter(req, letter->id, &v.notices, err));
    view_letter(&body, &v);
    const struct page page = {.title = letter->type_name, .active = STR("/kantor/surat"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

enum rc letter_page(struct request *req, struct response *resp, struct err *err)
{
    struct letter_open open;

    TRY(letter_open_read(req, &open, err));
    TRY(letter_look(req, &open, "paper", false, err));
    open.is_printed = letter_see_got(req).is_printed && open.letter.state == LETTER_ISSUED && open.letter.rendered_at != 0;
    return letter_respond(req, resp, &open, err);
}

/* The paper as large as the screen, to be read before it is decided: an image in a page, so that it has a title, a way back and its
 * pictures. */
enum rc letter_read_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct letter_open open;
    struct letter_subject subject;
    struct letter_signer signer;
    size_t sheets;
    struct buf body = {.arena = arena};
    struct str why;

    TRY(letter_open_read(req, &open, err));
    TRY(letter_look(req, &open, "paper", false, err));
    const struct letter_full *letter = &open.letter;
    bool is_head = letter->state == LETTER_WAITING_APPROVAL && request_may(req, MAY_APPROVE_LETTERS);
    bool is_secretary = letter->state == LETTER_WAITING_CHECK && request_may(req, MAY_CHECK_LETTERS);
    bool is_open = (letter->state == LETTER_DRAFT || letter->state == LETTER_RETURNED) && request_may(req, MAY_WRITE_LETTERS);
    bool decides_here = is_secretary;
    struct letter_read_view v = {
        .title = letter->type_name,
        .sub = named(arena, letter),
        .back_href = is_head || is_secretary ? str_fmt(arena, "/kantor/persetujuan/%" PRIu64, letter->id)
                     : is_open               ? letter_url(arena, letter->id, "/periksa")
                                             : letter_url(arena, letter->id, ""),
        .guard = request_form_guard(req),
        .is_head = is_head,
        .is_large = letter_see_got(req).is_large,
    };
    v.size_href = letter_url(arena, letter->id, v.is_large ? "/baca" : "/baca?besar=1");
    if (is_head || is_secretary)
        TRY(letter_reader_fill(req, open.db, letter->id, 0, &v.reader, err));
    TRY(letter_sheets_count(req, &open, &sheets, err));
    v.sheets.p = ARENA_ARRAY(arena, struct str, sheets);
    for (; v.sheets.n < sheets; v.sheets.n++)
        v.sheets.p[v.sheets.n] = str_fmt(arena, "/kantor/surat/%" PRIu64 "/pratinjau/%zu?versi=%u", letter->id, v.sheets.n + 1,
                                         letter->version);
    if (is_head) { /* a passphrase is typed on the page of the decision, and there one says that it may be signed elsewhere */
        TRY(letter_open_signer(&open, request_today(req), &signer, &why, err));
        decides_here = !signer.by_esign && letter->sign_state != LETTER_SIGN_UNKNOWN;
    }
    if (decides_here) {
        v.approve_action = letter_url(arena, letter->id, is_head ? "/setujui" : "/teruskan");
        TRY(letter_subject_of(open.db, &open.form, open.inputs, letter->resident_id, &subject, err));
        v.not_living = letter_not_living(arena, &open.form, &subject);
        TRY(letter_doubted_fill(req, &open, &subject, &v.doubted, err));
        TRY(letter_seen_fill(req, &open, &v.seen, err));
    }
    view_letter_read(&body, &v);
    const struct page page = {.title = letter->type_name, .active = STR("/kantor/surat"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

/* Answers when the paper is there, or after ten seconds that it is not yet. */
enum rc letter_ready_part(struct request *req, struct response *resp, struct err *err)
{
    uint64_t id = letter_id(req), waited = 0;
    struct village_db *db;
    struct letter_rendered row;
    struct letter_ready_view v;
    struct buf body = {.arena = request_arena(req)};

    TRY(request_village_db(req, &db, err));
    for (;;) {
        uint64_t pause = waited < 1000 ? LOOK_FIRST_MS : LOOK_LATER_MS;

        TRY(sql_letter_is_rendered(db, id, &row, err));
        if (row.is_rendered || waited >= WAIT_FOR_PAPER_MS)
            break;
        TRY(fiber_sleep_ms(pause, err));
        waited += pause;
    }
    v = ready_view(req, id, row.is_rendered, 0, false);
    if (row.is_rendered && request_is_part(req)) /* the sheet beside it has its code now, too */
        response_header(resp, "hx-refresh", STR("true"));
    view_letter_ready(&body, &v);
    if (request_is_part(req))
        return respond_part(resp, html_view(&body));
    return respond_redirect(resp, v.self_href);
}
