// SPDX-License-Identifier: AGPL-3.0-or-later
/* What one sees of piles: all of them, and one with its course and its files. */
#include "tenants/village/letters/letters_pile.h"

#include "server/base/text.h"
#include "server/files/files.h"
#include "server/web/audit.h"
#include "server/web/feature.h"
#include "tenants/village/codes/address.h"
#include "tenants/village/letters/letters_paper.h"
#include "tenants/village/letters/letters_pile_parts.h"
#include "tenants/village/letters/letters_pile_view.h"
#include "tenants/village/letters/letters_review_view.h"
#include "tenants/village/notices/notices.h"
#include "tenants/village/residents/nik.h"

enum { PILES_SHOWN = 100, REFUSED_MOST = 200, ISSUED_MOST = 10, PEOPLE_SHOWN = 50, TWINS_SHOWN = 3 };

static const struct {
    const char *label, *tone;
} states[] = {[PILE_NO_STATE] = {"", ""},
#define X(name, number, label, tone) [PILE_##name] = {label, tone},
              LETTER_PILE_STATES(X)
#undef X
};

struct str pile_row_label(const struct pile_row *row)
{
    return row->is_returned ? STR("Dikembalikan") : str_c(states[row->state].label);
}

struct str pile_row_tone(const struct pile_row *row)
{
    return row->is_returned ? STR("kuning") : str_c(states[row->state].tone);
}

/* ---- all of them ---- */

enum rc letter_piles_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct buf body = {.arena = arena};
    struct piles_view v = {.may_write = request_may(req, MAY_WRITE_PILES)};
    struct pile_row_rows rows;
    struct village_db *db;

    TRY(request_village_db(req, &db, err));
    TRY(sql_pile_list(db, PILES_SHOWN, &rows, err));
    v.lines.p = ARENA_ARRAY(arena, struct pile_row_view, rows.n);
    v.lines.n = rows.n;
    for (size_t i = 0; i < rows.n; i++) {
        const struct pile_row *r = &rows.p[i];

        v.lines.p[i] = (struct pile_row_view){
            .href = pile_url(arena, r->id, ""),
            .type_name = r->type_name,
            .chosen = r->chosen,
            .made = str_fmt(arena, "%.*s, %.*s", STR_ARG(r->made_by_name), STR_ARG(letter_when(req, r->made_at))),
            .state_label = pile_row_label(r),
            .state_tone = pile_row_tone(r),
            .count = str_fmt(arena, "%.*s dari %.*s", STR_ARG(number_text(arena, r->issued)), STR_ARG(number_text(arena, r->n))),
        };
    }
    view_piles(&body, &v);
    const struct page page = {.title = STR("Surat massal"), .active = STR("/kantor/surat"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

/* ---- one ---- */

/* What stands in the box of a line: as it was sent and not taken, else as it was pasted. */
static struct str box_of(struct request *req, const struct pile_refused *line)
{
    const struct input_pairs mended = pile_mend_got(req).typed;
    const struct str box = pair_of_id(mended.n > 0 ? mended : pile_send_got(req).typed, line->line);

    return box.p != NULL ? box : line->typed;
}

/* Whether its own answer is what is wrong, and the register has nothing to mend. */
static bool is_of_answer(struct request *req, const struct letter_field *field, const struct pile_refused *r)
{
    struct arena *arena = request_arena(req);

    return field != NULL && !str_empty(r->answer) &&
           letter_field_fault(arena, field, letter_field_kept(arena, field, r->answer), request_today(req)).p != NULL;
}

static enum rc put_refused(struct request *req, struct village_db *db, const struct pile_full *pile, struct pile_view *v, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct pile_refused_rows rows;
    const bool writes = request_may(req, MAY_WRITE_LETTERS), mends = v->is_draft && v->is_pasted && request_may(req, MAY_WRITE_PILES);
    const struct letter_field *field = NULL;
    struct letter_open pattern;

    TRY(sql_pile_lines_refused(db, pile->id, v->is_done ? STR("") : STR(PILE_LEFT_OUT), REFUSED_MOST + 1, &rows, err));
    if (mends && rows.n > 0) {
        TRY(letter_open_at(db, pile->pattern_id, &pattern, err));
        field = pile_field_of(&pattern.form, pile->field);
    }
    v->refused_lines = (struct pile_lines_view){.p = ARENA_ARRAY(arena, struct pile_line_view, rows.n)};
    for (size_t i = 0; i < rows.n && i < REFUSED_MOST; i++) {
        const struct pile_refused *r = &rows.p[i];
        struct pile_line_view line = {.line = r->line, .name = text_name(arena, r->name), .why = r->why};

        if (mends && !str_empty(r->typed)) {
            line.typed = box_of(req, r);
            line.is_mended = true;
            v->mend_action = pile_url(arena, pile->id, "/perbaiki");
        }
        if (r->letter_id.is_set) {
            line.href = letter_url(arena, r->letter_id.value, "");
            line.link_label = STR("Buka suratnya");
        } else if (r->resident_id.is_set && writes && !is_of_answer(req, field, r)) {
            line.href = str_fmt(arena, "/kantor/penduduk/%" PRIu64, r->resident_id.value);
            line.link_label = STR("Buka data warga");
        }
        v->refused_lines.p[v->refused_lines.n++] = line;
    }
    v->refused_more = rows.n > REFUSED_MOST && v->refused > REFUSED_MOST ? v->refused - REFUSED_MOST : 0;
    return RC_OK;
}

/* "Dusun Batu Lotong, RW 002, RT 001" */
static struct str place_of(struct request *req, const struct pile_person *p)
{
    return p->hamlet.p == NULL ? STR("") : request_hamlet_text(req, address_place(request_arena(req), p->hamlet, p->rw, p->rt));
}

/* Two of one name are told apart by age and the end of the NIK, as where people are picked. */
static struct pile_person_view person_view(struct request *req, const struct pile_view *v, const struct pile_person *p, bool is_read)
{
    struct arena *arena = request_arena(req);
    const bool is_left_out = p->state == LINE_REFUSED;
    struct str age = date_is_none(p->birth_date)
                         ? STR("")
                         : str_fmt(arena, "%.*s, ", STR_ARG(date_age_text(arena, p->birth_date, request_today(req))));

    return (struct pile_person_view){
        .line = p->line,
        .name = text_name(arena, p->name),
        .about = str_fmt(arena, "%.*sNIK %.*s", STR_ARG(age), STR_ARG(nik_masked(arena, p->nik))),
        .place = place_of(req, p),
        .answer = p->answer,
        .is_left_out = is_left_out,
        .href = is_read && !is_left_out ? str_fmt(arena, "%.*s/contoh?baris=%" PRIu32, STR_ARG(v->path), p->line) : STR(""),
    };
}

/* Who gets a letter: a page of them, or whose name has what was sought. */
static enum rc put_people(struct request *req, struct village_db *db, const struct pile_full *pile, struct pile_view *v, struct err *err)
{
    struct arena *arena = request_arena(req);
    const struct pile_see_form in = pile_see_got(req);
    const bool is_read = v->is_draft || v->is_check || v->is_waiting;
    uint64_t after = in.after.is_set ? in.after.value : 0;
    struct pile_person_rows rows;

    if (!is_read && !v->is_stopped)
        return RC_OK;
    v->sought = in.sought.p != NULL ? in.sought : STR("");
    v->after = after;
    v->find_action = pile_url(arena, pile->id, "/cari");
    TRY(sql_pile_people(db, pile->id, (uint32_t)after, v->sought, STR(PILE_LEFT_OUT), PEOPLE_SHOWN + 1, &rows, err));
    v->people.p = ARENA_ARRAY(arena, struct pile_person_view, rows.n);
    for (; v->people.n < rows.n && v->people.n < PEOPLE_SHOWN; v->people.n++)
        v->people.p[v->people.n] = person_view(req, v, &rows.p[v->people.n], is_read);
    if (rows.n > PEOPLE_SHOWN)
        v->next_href = pile_people_url(req, pile->id, rows.p[PEOPLE_SHOWN - 1].line, v->sought, 0);
    if (after > 0 || !str_empty(v->sought))
        v->first_href = str_fmt(arena, "%.*s#daftar", STR_ARG(v->path));
    if (v->is_draft && request_may(req, MAY_WRITE_PILES))
        v->leave_out_action = pile_url(arena, pile->id, "/warga");
    return RC_OK;
}

enum rc pile_twins_fill(struct request *req, struct village_db *db, uint64_t pile_id, struct pile_twins_view *out, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct pile_twin_rows rows;

    TRY(sql_pile_twins(db, pile_id, TWINS_SHOWN, &rows, err));
    *out = (struct pile_twins_view){.twins.p = ARENA_ARRAY(arena, struct pile_twin_view, rows.n)};
    for (size_t i = 0; i < rows.n; i++) {
        const struct pile_twin *r = &rows.p[i];

        out->twins.p[out->twins.n++] = (struct pile_twin_view){
            .href = pile_url(arena, r->id, ""),
            .label = r->chosen,
            .about = str_fmt(arena, "%.*s, %.*s", STR_ARG(r->made_by_name), STR_ARG(letter_when(req, r->made_at))),
            .state_label = r->is_returned ? STR("Dikembalikan") : str_c(states[r->state].label),
            .state_tone = r->is_returned ? STR("kuning") : str_c(states[r->state].tone),
            .same = r->n,
        };
    }
    return RC_OK;
}

static enum rc put_issued(struct request *req, struct village_db *db, const struct pile_full *pile, struct pile_view *v, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct pile_issued_rows rows;

    TRY(sql_pile_lines_issued(db, pile->id, ISSUED_MOST, &rows, err));
    v->issued_lines = (struct pile_lines_view){.p = ARENA_ARRAY(arena, struct pile_line_view, rows.n), .n = rows.n};
    for (size_t i = 0; i < rows.n; i++)
        v->issued_lines.p[i] = (struct pile_line_view){.line = rows.p[i].line,
                                                       .name = text_name(arena, rows.p[i].name),
                                                       .why = rows.p[i].number_text,
                                                       .href = letter_url(arena, rows.p[i].letter_id, "")};
    return RC_OK;
}

static bool is_given(const struct request *req, const struct pile_full *pile)
{
    return pile->state == PILE_DONE && !str_empty(pile->files) && pile->withdrawn == 0 &&
           request_now(req) < pile->ended_at + (utc_us)PILE_FILES_S * US_PER_S;
}

/* The k-th of "12;13,14"; 0: there is none. */
static uint64_t file_at(struct str files, uint64_t k)
{
    struct str kind, word;
    uint64_t id = 0;

    for (uint64_t i = 0; files.p != NULL && str_cut(&files, ';', &kind);)
        for (; kind.p != NULL && str_cut(&kind, ',', &word); i++)
            if (i == k && str_to_u64(word, &id))
                return id;
    return 0;
}

/* How many of them are PDFs: those before the semicolon. */
static size_t pdfs_of(struct str files)
{
    struct str pdfs = STR(""), word;
    size_t n = 0;

    for (str_cut(&files, ';', &pdfs); pdfs.p != NULL && str_cut(&pdfs, ',', &word);)
        n++;
    return n;
}

static struct str file_label(struct arena *arena, size_t at, size_t pdfs, size_t all)
{
    if (at < pdfs)
        return pdfs == 1 ? STR("Satu PDF untuk dicetak") : str_fmt(arena, "PDF untuk dicetak, bagian %zu dari %zu", at + 1, pdfs);
    return all - pdfs == 1 ? STR("ZIP berisi tiap surat") : str_fmt(arena, "ZIP bagian %zu dari %zu", at - pdfs + 1, all - pdfs);
}

static void put_files(struct request *req, const struct pile_full *pile, struct pile_view *v)
{
    struct arena *arena = request_arena(req);
    size_t n = 0;

    while (file_at(pile->files, n) != 0)
        n++;
    v->files.p = ARENA_ARRAY(arena, struct pile_file_view, n);
    for (; v->files.n < n; v->files.n++)
        v->files.p[v->files.n] = (struct pile_file_view){.href = str_fmt(arena, "%.*s/berkas/%zu", STR_ARG(v->path), v->files.n + 1),
                                                         .label = file_label(arena, v->files.n, pdfs_of(pile->files), n)};
    v->until = utc_long(arena, pile->ended_at + (utc_us)PILE_FILES_S * US_PER_S, request_village(req)->zone);
}

static void put_acts(struct request *req, const struct pile_full *pile, struct pile_view *v)
{
    struct arena *arena = request_arena(req);
    const bool writes = request_may(req, MAY_WRITE_PILES), approves = request_may(req, MAY_APPROVE_LETTERS);

    if (v->is_draft || v->is_check || v->is_waiting)
        v->sample_href = pile_url(arena, pile->id, "/contoh");
    if ((v->is_waiting && request_may(req, MAY_RETURN_LETTERS)) || (v->is_check && request_may(req, MAY_CHECK_LETTERS)) ||
        (approves && (v->is_running || v->is_stopped)))
        v->return_form.action = pile_url(arena, pile->id, "/kembalikan");
    if (approves && v->is_running)
        v->stop_action = pile_url(arena, pile->id, "/tahan");
    if (!writes)
        return;
    if (v->is_draft) {
        v->send_action = v->is_judged ? pile_url(arena, pile->id, "/kirim") : STR("");
        v->again_action = pile_url(arena, pile->id, "/periksa");
        v->choose_href = letter_url(arena, pile->pattern_id, "/massal");
        v->edit_href = letter_url(arena, pile->pattern_id, "/isi");
    }
    if (v->is_draft || v->is_check || v->is_waiting || v->is_stopped)
        v->cancel_action = pile_url(arena, pile->id, "/batal");
    if (v->is_running && !v->is_stuck && !approves)
        v->stop_action = pile_url(arena, pile->id, "/henti");
    if (v->is_stopped || (v->is_running && v->is_stuck))
        v->go_on_action = pile_url(arena, pile->id, "/lanjut");
    if ((v->is_done && v->is_over && !v->is_busy) || (v->is_binding && v->is_stuck))
        v->bind_action = pile_url(arena, pile->id, "/susun");
}

/* "Surel ke warga: 12 terkirim, 3 menyusul" */
static enum rc put_told(struct request *req, struct village_db *db, const struct pile_full *pile, struct pile_view *v, struct err *err)
{
    struct buf out = {.arena = request_arena(req)};
    struct notices_of_pile n = {0};

    if (v->issued > 0)
        TRY(notices_of_pile(db, pile->id, &n, err));
    if (n.sent > 0)
        buf_fmt(&out, "%" PRIu64 " terkirim", n.sent);
    if (n.waiting > 0)
        buf_fmt(&out, "%s%" PRIu64 " menyusul", out.n > 0 ? ", " : "", n.waiting);
    if (n.unsent > 0)
        buf_fmt(&out, "%s%" PRIu64 " tidak terkirim", out.n > 0 ? ", " : "", n.unsent);
    v->told = buf_str(&out);
    return RC_OK;
}

/* Nobody is at it any more: the queue gave it up. */
static enum rc put_work(struct village_db *db, const struct pile_full *pile, struct pile_view *v, struct err *err)
{
    struct pile_work work = {.is_there = true};

    if (v->is_running || v->is_binding || v->withdrawn > 0)
        TRY(sql_pile_has_work(db, v->is_running ? JOB_LETTER_PILE : JOB_PILE_FILES, pile->id, &work, err));
    v->is_stuck = !work.is_there;
    v->is_busy = (v->is_running || v->is_binding || v->withdrawn > 0) && !v->is_stuck;
    return RC_OK;
}

static enum rc put_pile(struct request *req, struct village_db *db, const struct pile_full *pile, struct pile_view *v, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct pile_count n;

    TRY(sql_pile_count(db, pile->id, STR(PILE_LEFT_OUT), &n, err));
    *v = (struct pile_view){
        .path = pile_url(arena, pile->id, ""),
        .type_name = pile->type_name,
        .state_label = str_c(states[pile->state].label),
        .state_tone = str_c(states[pile->state].tone),
        .about = str_fmt(arena, "%.*s, %.*s", STR_ARG(pile->made_by_name), STR_ARG(letter_when(req, pile->made_at))),
        .chosen = pile->chosen,
        .note = pile->note,
        .ready = n.waiting,
        .issued = n.numbered + n.done,
        .ends = n.numbered + n.done > 0,
        .refused = n.refused - (pile->state == PILE_DONE ? 0 : n.left_out), /* at the end they stand among those who got none */
        .left_out = n.left_out,
        .is_judged = pile->is_judged,
        .is_pasted = !pile->is_filtered,
        .has_answers = !str_empty(pile->field),
        .version = pile->version,
        .guard = request_form_guard(req),
        .faults = *request_faults(req),
        .is_changed = request_is_changed(req),
        .is_draft = pile->state == PILE_DRAFT,
        .is_check = pile->state == PILE_CHECK,
        .is_waiting = pile->state == PILE_WAITING,
        .is_running = pile->state == PILE_RUNNING,
        .is_stopped = pile->state == PILE_STOPPED,
        .is_given_back = pile->state == PILE_STOPPED && pile->is_given_back,
        .is_binding = pile->state == PILE_BINDING,
        .is_done = pile->state == PILE_DONE,
        .is_over = pile->state == PILE_DONE && !is_given(req, pile) && n.done > 0,
        .withdrawn = pile->state == PILE_DONE && !str_empty(pile->files) ? pile->withdrawn : 0,
        .seals = letter_is_delegated(pile->policy, pile->is_corrected ? STR("") : STR_NONE, NULL),
    };
    uint64_t wanted = v->ready + v->issued;
    v->bar = (struct bar_view){.percent = wanted > 0 ? (uint32_t)(100 * v->issued / wanted) : 0,
                               .label = str_fmt(arena, "%" PRIu64 " dari %" PRIu64 " surat", v->issued, wanted)};
    TRY(put_work(db, pile, v, err));
    TRY(put_told(req, db, pile, v, err));
    TRY(pile_reader_fill(req, db, pile, &v->reader, err));
    put_acts(req, pile, v);
    if (is_given(req, pile))
        put_files(req, pile, v);
    if (v->is_waiting || (v->is_draft && !v->seals))
        TRY(letter_has_approver(db, request_today(req), &v->has_approver, err));
    if (v->ready > 0 && (v->is_draft || v->is_check || v->is_waiting))
        TRY(pile_twins_fill(req, db, pile->id, &v->twins, err));
    TRY(put_people(req, db, pile, v, err));
    TRY(put_refused(req, db, pile, v, err));
    return put_issued(req, db, pile, v, err);
}

enum rc letter_pile_page(struct request *req, struct response *resp, struct err *err)
{
    uint64_t id = pile_see_got(req).id | pile_turn_got(req).id | pile_one_got(req).id | pile_mend_got(req).id | pile_send_got(req).id |
                  letter_return_got(req).id;
    struct buf body = {.arena = request_arena(req)};
    struct village_db *db;
    struct pile_full pile;
    struct pile_view v;

    TRY(request_village_db(req, &db, err));
    TRY(sql_pile_get(db, id, &pile, err));
    TRY(put_pile(req, db, &pile, &v, err));
    if (request_is_part(req)) {
        view_pile_state(&body, &v);
        return respond_part(resp, html_view(&body));
    }
    TRY(letter_return_fill(req, &(struct letter_return_form){.version = pile.version}, &v.return_form.form, err));
    view_pile(&body, &v);
    const struct page page = {.title = STR("Surat massal"), .active = STR("/kantor/surat"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

/* What was sought goes into the address sealed, so that back and forth and "Jangan ikutkan" come back to it. */
enum rc letter_pile_find(struct request *req, struct response *resp, struct err *err)
{
    const struct pile_find_form in = pile_find_got(req);
    struct village_db *db;
    struct pile_full pile;

    TRY(request_village_db(req, &db, err));
    TRY(sql_pile_get(db, in.id, &pile, err));
    if (request_faults(req)->n > 0) /* the box takes no more than this in a browser */
        return fail(err, RC_BAD_REQUEST, "a search of more signs than the box takes");
    return respond_redirect(resp, pile_people_url(req, in.id, 0, in.sought, 0));
}

/* ---- its files ---- */

static enum rc fetch_body(struct txn *txn, void *ctx, struct err *err)
{
    return audit_put(txn, ctx, err);
}

/* It is written down before anything is given. */
enum rc letter_pile_file(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    const struct pile_take_form in = pile_take_got(req);
    struct village_db *db;
    struct pile_full pile;
    struct str bytes;

    TRY(request_village_db(req, &db, err));
    TRY(sql_pile_get(db, in.id, &pile, err));
    uint64_t file = is_given(req, &pile) ? file_at(pile.files, in.file - 1) : 0;
    if (file == 0)
        return fail(err, RC_NOT_FOUND, "pile %" PRIu64 " has no such file, or not any more", pile.id);
    struct audit row = request_audit(req, "letter_pile.fetch", str_fmt(arena, "letter_pile:%" PRIu64, pile.id));
    TRY(txn_run(village_db_notes(db), fetch_body, &row, err));
    TRY(file_load(db, file, &bytes, err));
    response_header(resp, "x-accel-buffering", STR("no")); /* the front keeps no copy of it in a file */
    return in.file == 1 ? respond_bytes(resp, STR("application/pdf"), bytes, str_fmt(arena, "surat-massal-%" PRIu64 ".pdf", pile.id))
                        : respond_bytes(resp, STR("application/zip"), bytes,
                                        str_fmt(arena, "surat-massal-%" PRIu64 "-%" PRIu64 ".zip", pile.id, in.file - 1));
}
