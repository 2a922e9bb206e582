// SPDX-License-Identifier: AGPL-3.0-or-later
/* One letter: its page, whom it is assigned to, what came of it, when it was sent; and where numbers begin. */
#include "server/base/text.h"
#include "tenants/village/correspondence/correspondence_pages.h"
#include "tenants/village/letters/letters.h"
#include "tenants/village/letters/number_rows_sql.h"

#define RECEIVERS "kepada"

/* ---- whom it may be assigned to ---- */

struct str mail_receiver_key(struct arena *arena, const struct mail_receiver *who)
{
    return who->staff_id.is_set ? str_fmt(arena, "a%" PRIu64, who->staff_id.value) : str_fmt(arena, "p%" PRIu64, who->official_id.value);
}

bool mail_is_ticked(struct input_pairs sent, struct str key)
{
    for (size_t i = 0; i < sent.n; i++)
        if (str_eq(sent.p[i].name, key))
            return true;
    return false;
}

static enum rc receivers_put(struct request *req, struct village_db *db, struct tick_boxes *out, struct err *err)
{
    struct arena *arena = request_arena(req);
    const struct input_pairs sent = mail_dispose_got(req).to;
    struct mail_receiver_rows rows;

    TRY(sql_mail_receivers(db, request_today(req), &rows, err));
    *out = (struct tick_boxes){.name = STR(RECEIVERS),
                               .label = STR("Diteruskan kepada"),
                               .hint = STR("Boleh beberapa. Yang belum punya akun: kabari sendiri, lalu catat di sini bila sudah selesai."),
                               .fault = request_fault_of(req, RECEIVERS),
                               .boxes = {ARENA_ARRAY(arena, struct option, rows.n), rows.n}};
    for (size_t i = 0; i < rows.n; i++) {
        const struct mail_receiver *r = &rows.p[i];
        const struct str key = mail_receiver_key(arena, r);

        out->boxes.p[i] = (struct option){.value = key,
                                          .label = str_fmt(arena, "%.*s, %.*s%s", STR_ARG(r->name), STR_ARG(r->position),
                                                           r->official_id.is_set ? " (belum punya akun)" : ""),
                                          .is_selected = mail_is_ticked(sent, key)};
    }
    return RC_OK;
}

/* ---- its page ---- */

static struct mail_step_view step_of(struct request *req, const struct mail_step *s)
{
    struct arena *arena = request_arena(req);
    const enum zone zone = request_zone(req);
    const bool is_late = s->done_at == 0 && s->due.year != 0 && date_compare(s->due, request_today(req)) < 0;

    return (struct mail_step_view){
        .who = s->staff_name,
        .instruction = form_show_option(MAIL_INSTRUCTION, some_u64(s->instruction)),
        .note = s->note,
        .told = str_fmt(arena, "oleh %.*s, %.*s", STR_ARG(s->by_name), STR_ARG(utc_short(arena, s->put_at, zone))),
        .due = s->due.year != 0 ? date_short(arena, s->due) : STR("–"),
        .state = s->taken_back           ? str_fmt(arena, "Ditarik %.*s", STR_ARG(utc_short(arena, s->done_at, zone)))
                 : s->done_at != 0       ? str_fmt(arena, "Selesai %.*s", STR_ARG(utc_short(arena, s->done_at, zone)))
                 : is_late               ? STR("Lewat batas")
                 : s->read_at != 0       ? str_fmt(arena, "Dibaca %.*s", STR_ARG(utc_short(arena, s->read_at, zone)))
                 : s->official_id.is_set ? STR("Belum selesai")
                                         : STR("Belum dibaca"),
        .tone = s->done_at != 0   ? STR("abu")
                : is_late         ? STR("merah")
                : s->read_at != 0 ? STR("biru")
                                  : STR("kuning"),
        .report = s->report};
}

/* A small form of its own, with what was typed there when it was sent and refused. */
static struct mail_small_view small_of(struct request *req, const struct mail_one *row, const struct mail_step *s, const char *word,
                                       const char *tail, const char *label, const char *field)
{
    struct arena *arena = request_arena(req);

    return (struct mail_small_view){.id = str_fmt(arena, "%s-%" PRIu64, word, s->id),
                                    .action = str_fmt(arena, "%s/%" PRIu64 "/%s", mail_side_of(req)->home, row->id, tail),
                                    .label = str_c(label),
                                    .box = str_fmt(arena, "%s-%" PRIu64, field, s->id),
                                    .name = str_c(field),
                                    .typed = STR(""),
                                    .guard = request_form_guard(req),
                                    .step = s->id};
}

static void small_sent(struct request *req, const char *field, struct str typed, struct mail_small_view *v)
{
    v->box = str_c(field);
    v->typed = typed;
    v->fault = request_fault_of(req, field);
}

/* What may be done about one that is open: taken back; and ended, of who has no account to do it himself. */
static void smalls_put(struct request *req, const struct mail_one *row, const struct mail_step *s, struct mail_step_view *v)
{
    const struct mail_undispose_form back = mail_undispose_got(req);
    const struct mail_end_form end = mail_end_got(req);

    if (s->done_at != 0)
        return;
    if (request_may(req, MAY_DISPOSE_MAIL))
        v->take_back = small_of(req, row, s, "tarik", "tarik", "Alasan", MAIL_UNDISPOSE_REASON);
    if (s->official_id.is_set && request_may(req, MAY_WRITE_MAIL))
        v->end = small_of(req, row, s, "selesai", "catat-selesai", "Hasilnya", MAIL_END_REPORT);
    if (back.step == s->id)
        small_sent(req, MAIL_UNDISPOSE_REASON, back.reason, &v->take_back);
    if (end.step == s->id)
        small_sent(req, MAIL_END_REPORT, end.report, &v->end);
}

/* Whom it was given to, and what of it is this person's to do. */
static enum rc steps_put(struct request *req, struct village_db *db, const struct mail_one *row, struct mail_view *v, struct err *err)
{
    struct mail_step_rows steps;

    TRY(sql_mail_dispositions(db, row->id, &steps, err));
    v->steps.n = steps.n;
    v->steps.p = ARENA_ARRAY(request_arena(req), struct mail_step_view, steps.n);
    for (size_t i = 0; i < steps.n; i++) {
        const bool is_mine = steps.p[i].staff_id.is_set && steps.p[i].staff_id.value == request_actor(req)->id && steps.p[i].done_at == 0;

        v->steps.p[i] = step_of(req, &steps.p[i]);
        smalls_put(req, row, &steps.p[i], &v->steps.p[i]);
        v->is_mine = v->is_mine || is_mine;
        v->is_unread = v->is_unread || (is_mine && steps.p[i].read_at == 0);
    }
    v->may_dispose = request_may(req, MAY_DISPOSE_MAIL);
    v->may_close = v->may_dispose && row->state != MAIL_DONE;
    return RC_OK;
}

static enum rc forms_put(struct request *req, struct village_db *db, const struct mail_one *row, struct mail_view *v, struct err *err)
{
    struct arena *arena = request_arena(req);
    const struct mail_dispose_form dispose = {.due = row->due};
    const bool is_sent = row->state == MAIL_SENT;
    const struct mail_send_form send = {.version = row->version,
                                        .sent_on = is_sent ? row->sent_on : request_today(req),
                                        .sent_by = row->sent_by,
                                        .taken_by = row->taken_by,
                                        .reason = STR("")};

    v->guard = request_form_guard(req);
    v->read_href = str_fmt(arena, "%.*s/%" PRIu64 "/dibaca", STR_ARG(v->home), row->id);
    v->sheet_href = str_fmt(arena, "%.*s/%" PRIu64 "/lembar.pdf", STR_ARG(v->home), row->id);
    v->send.is_again = is_sent;
    v->close_href = str_fmt(arena, "%.*s/%" PRIu64 "/selesai", STR_ARG(v->home), row->id);
    v->dispose.action = str_fmt(arena, "%.*s/%" PRIu64 "/disposisi", STR_ARG(v->home), row->id);
    v->done.action = str_fmt(arena, "%.*s/%" PRIu64 "/lapor", STR_ARG(v->home), row->id);
    v->send.action = str_fmt(arena, "%.*s/%" PRIu64 "/kirim", STR_ARG(v->home), row->id);
    if (v->may_dispose) {
        TRY(mail_dispose_fill(req, &dispose, &v->dispose.form, err));
        TRY(receivers_put(req, db, &v->dispose.receivers, err));
    }
    if (v->is_mine)
        TRY(mail_done_fill(req, NULL, &v->done.form, err));
    if (mail_undispose_got(req).id != 0 || mail_end_got(req).id != 0)
        v->faults = *request_faults(req);
    return v->may_send || v->may_fix ? mail_send_fill(req, &send, &v->send.form, err) : RC_OK;
}

/* Of whichever of the page's forms was sent: those of other rows give nothing. */
static uint64_t id_of(const struct request *req)
{
    return mail_id_got(req).id + mail_dispose_got(req).id + mail_done_got(req).id + mail_send_got(req).id + mail_undispose_got(req).id +
           mail_end_got(req).id;
}

/* The letter's own paper, before what was added here. */
static void letter_file_put(struct arena *arena, const struct mail_one *row, bool may_read, struct attachments_view *v)
{
    struct attachment_line *lines = ARENA_ARRAY(arena, struct attachment_line, v->lines.n + 1);

    lines[0] = (struct attachment_line){.label = STR("Surat (PDF)"), .about = STR("Dibuat di kantor ini")};
    if (may_read)
        lines[0].href = str_fmt(arena, "/kantor/surat/%" PRIu64 "/surat.pdf", row->letter_id.value);
    if (v->lines.n > 0)
        memcpy(lines + 1, v->lines.p, v->lines.n * sizeof(*lines));
    v->lines.p = lines;
    v->lines.n++;
}

/* What the office's own letter, whose line this is, came to; its paper is for who may read letters. */
static enum rc letter_part_put(struct request *req, struct village_db *db, const struct mail_one *row, struct mail_view *v, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct mail_letter letter;

    if (!row->letter_id.is_set)
        return RC_OK;
    TRY(sql_mail_letter(db, row->letter_id.value, &letter, err));
    if (letter.is_rendered && row->state != MAIL_VOID)
        letter_file_put(arena, row, request_may(req, MAY_READ_LETTERS), &v->kept.attachments);
    if (row->state == MAIL_VOID) {
        v->voided = str_fmt(arena, "Dicabut %.*s. Alasan: %.*s", STR_ARG(utc_short(arena, letter.voided_at, request_zone(req))),
                            STR_ARG(letter.void_reason));
        v->sent = row->sent_on.year == 0
                      ? STR("Surat ini tidak dikirim.")
                      : str_fmt(arena, "Surat ini sempat dikirim %.*s. Beri tahu %.*s bahwa surat ini tidak berlaku lagi%s.",
                                STR_ARG(date_long(arena, row->sent_on)), STR_ARG(row->recipient),
                                str_empty(letter.replacement) ? "" : ", lalu kirim penggantinya");
        v->faults = *request_faults(req);
    }
    v->replaced = letter.replaced;
    v->replacement = letter.replacement;
    if (!request_may(req, MAY_READ_LETTERS))
        return RC_OK;
    v->letter_href = str_fmt(arena, "/kantor/surat/%" PRIu64, row->letter_id.value);
    if (letter.replacement_id.is_set)
        v->replacement_href = str_fmt(arena, "/kantor/surat/%" PRIu64, letter.replacement_id.value);
    return RC_OK;
}

/* Also the answer to each of its acts that has a fault: every form of the page names its id in the address. */
enum rc mail_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    const struct mail_side *side = mail_side_of(req);
    struct buf body = {.arena = arena};
    struct mail_one row;
    struct village_db *db;

    TRY(request_village_db(req, &db, err));
    TRY(mail_seen(req, db, id_of(req), &row, err));
    struct mail_view v = {.title = row.subject,
                          .home = str_c(side->home),
                          .back_label = str_c(side->back),
                          .about = str_fmt(arena, "Nomor agenda %.*s", STR_ARG(mail_agenda(arena, row.agenda, row.year))),
                          .is_in = side->direction == MAIL_IN,
                          .may_write = request_may(req, MAY_WRITE_MAIL),
                          .may_send = row.state == MAIL_DRAFT && request_may(req, MAY_WRITE_MAIL),
                          .may_fix = row.state == MAIL_SENT && request_may(req, MAY_WRITE_MAIL),
                          .edit_href = str_fmt(arena, "%s/%" PRIu64 "/ubah", side->home, row.id)};
    struct check_row facts[] = {
        {.label = STR("Dari"), .value = row.sender},
        {.label = STR("Kepada"), .value = row.recipient},
        {.label = STR("Nomor surat"), .value = row.number_text},
        {.label = STR("Tanggal surat"), .value = date_long(arena, row.letter_date)},
        {.label = STR("Isi singkat"), .value = row.summary},
        {.label = STR("Kode klasifikasi"), .value = row.classification},
        {.label = STR("Sifat"), .value = form_show_option(MAIL_NATURE, some_u64(row.nature)), .is_strong = row.nature > 1},
        {.label = v.is_in ? STR("Diterima") : STR("Dikirim"),
         .value = v.is_in                 ? date_long(arena, row.day)
                  : row.sent_on.year != 0 ? date_long(arena, row.sent_on)
                                          : STR("Belum dikirim")},
        {.label = v.is_in ? STR("Batas waktu") : STR("Dikirim lewat"),
         .value = !v.is_in            ? row.sent_by
                  : row.due.year != 0 ? date_long(arena, row.due)
                                      : STR("")},
        {.label = STR("Diterima oleh"), .value = row.taken_by}};
    v.facts = (struct check_rows){facts, COUNT_OF(facts) - (v.is_in ? 1 : 0)};
    v.state = mail_state_words(arena, row.state, 0, &v.tone);
    if (v.is_in)
        TRY(steps_put(req, db, &row, &v, err));
    TRY(forms_put(req, db, &row, &v, err));
    TRY(kept_show(req, db, side->keeper, row.id, &v.kept, err));
    TRY(letter_part_put(req, db, &row, &v, err));
    view_mail(&body, &v);
    return mail_respond(req, resp, side->title, &body, err);
}

/* ---- its acts ---- */

/* The last of each: its line in the history and in the trail. */
static enum rc told(struct txn *txn, struct request *req, const struct mail_one *row, const char *kind, struct str reason,
                    struct str *go_to_out, struct err *err)
{
    const struct change change = {.owner = "mail",
                                  .owner_id = row->id,
                                  .kind = str_c(kind),
                                  .reason = utf8_part(request_arena(req), reason, 300),
                                  .version = (uint32_t)row->version};

    *go_to_out = str_fmt(request_arena(req), "%s/%" PRIu64, mail_side_of(req)->home, row->id);
    TRY(change_put(txn, req, &change, err));
    return act_audit(txn, req, err, str_z(request_arena(req), str_fmt(request_arena(req), "mail.%s", kind)), "mail:%" PRIu64, row->id);
}

/* A line for each who was ticked; *names_out: "Sitti Aminah, Baso". */
static enum rc dispose_put(struct txn *txn, struct request *req, const struct mail_dispose_form *in, struct str *names_out, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct buf names = {.arena = arena};
    struct mail_receiver_rows rows;
    size_t n = 0;

    TRY(sql_mail_receivers(in_txn(txn), request_today(req), &rows, err));
    for (size_t i = 0; i < rows.n; i++) {
        const struct mail_receiver *who = &rows.p[i];
        const struct mail_disposition_put_in put = {.mail_id = in->id,
                                                    .by_id = request_actor(req)->id,
                                                    .by_name = request_actor(req)->name,
                                                    .staff_id = who->staff_id,
                                                    .official_id = who->official_id,
                                                    .name = who->name,
                                                    .instruction = in->instruction,
                                                    .note = in->note,
                                                    .due = in->due,
                                                    .at = request_now(req)};
        if (!mail_is_ticked(in->to, mail_receiver_key(arena, who)))
            continue;
        TRY(sql_mail_disposition_put(txn, &put, NULL, err));
        buf_fmt(&names, "%s%.*s", n++ > 0 ? ", " : "", STR_ARG(who->name));
    }
    if (in->to.n == 0)
        return act_refuse(req, err, RECEIVERS, "Belum ada yang dicentang. Centang paling sedikit satu penerima.");
    if (n != in->to.n)
        return act_refuse(req, err, RECEIVERS,
                          "Ada yang dicentang tetapi tidak menjabat lagi, atau akunnya sudah ditutup. Periksa lagi siapa penerimanya.");
    *names_out = buf_str(&names);
    return RC_OK;
}

enum rc mail_dispose_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    struct arena *arena = request_arena(req);
    const struct mail_dispose_form in = mail_dispose_got(req);
    struct mail_one row;
    struct str names = STR_NONE;

    TRY(mail_locked(txn, req, in.id, &row, err));
    if (in.due.year != 0 && date_compare(in.due, request_today(req)) < 0)
        return act_refuse(req, err, MAIL_DISPOSE_DUE, "Batas pengerjaan sudah lewat. Isi hari ini atau sesudahnya.");
    TRY(dispose_put(txn, req, &in, &names, err));
    TRY(sql_mail_set_state(txn, row.id, MAIL_WORKING, NULL, err));
    act_say(req, "Surat diteruskan. Yang punya akun melihatnya di Beranda");
    const struct str words = form_show_option(MAIL_INSTRUCTION, some_u64(in.instruction));
    return told(txn, req, &row, "dispose", str_fmt(arena, "kepada %.*s: %.*s", STR_ARG(names), STR_ARG(words)), go_to_out, err);
}

/* Ends one: taken back, or done as somebody else notes it. */
static enum rc step_end(struct txn *txn, struct request *req, const struct mail_step *step, bool is_back, const char *word,
                        struct str typed, struct err *err)
{
    const struct str said = str_fmt(request_arena(req), "%s %.*s: %.*s", word, STR_ARG(request_actor(req)->name), STR_ARG(typed));

    return sql_mail_disposition_end(txn, step->id, is_back, request_now(req), said, NULL, err);
}

/* One that is open, of a locked letter; NULL: it is not any more. And how many others are open, and done. */
static enum rc step_open(struct txn *txn, uint64_t mail_id, uint64_t id, const struct mail_step **out, size_t *open_out, size_t *done_out,
                         struct err *err)
{
    struct mail_step_rows steps;

    *out = NULL;
    *open_out = *done_out = 0;
    TRY(sql_mail_dispositions(in_txn(txn), mail_id, &steps, err));
    for (size_t i = 0; i < steps.n; i++) {
        if (steps.p[i].id != id)
            *(steps.p[i].done_at == 0 ? open_out : done_out) += !steps.p[i].taken_back;
        else if (steps.p[i].done_at == 0)
            *out = &steps.p[i];
    }
    return RC_OK;
}

/* Given to the wrong one, or no longer needed: it stands in the list as taken back, and is nobody's task any more. */
enum rc mail_undispose_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct mail_undispose_form in = mail_undispose_got(req);
    const struct mail_step *step;
    struct mail_one row;
    size_t open, done;

    TRY(mail_locked(txn, req, in.id, &row, err));
    TRY(step_open(txn, row.id, in.step, &step, &open, &done, err));
    if (step == NULL)
        return act_refuse(req, err, MAIL_UNDISPOSE_REASON,
                          "Disposisi ini sudah dilaporkan, diselesaikan, atau ditarik. Tidak ada yang diubah.");
    TRY(step_end(txn, req, step, true, "Ditarik", in.reason, err));
    TRY(sql_mail_set_state(txn, row.id, open > 0 ? MAIL_WORKING : done > 0 ? MAIL_DONE : MAIL_NEW, NULL, err));
    act_say(req, "Disposisi ditarik kembali");
    return told(txn, req, &row, "undispose", str_fmt(request_arena(req), "dari %.*s: %.*s", STR_ARG(step->staff_name), STR_ARG(in.reason)),
                go_to_out, err);
}

/* What somebody without an account has done, noted for him. */
enum rc mail_end_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct mail_end_form in = mail_end_got(req);
    const struct mail_step *step;
    struct mail_one row;
    size_t open, done;

    TRY(mail_locked(txn, req, in.id, &row, err));
    TRY(step_open(txn, row.id, in.step, &step, &open, &done, err));
    if (step == NULL || !step->official_id.is_set)
        return act_refuse(req, err, MAIL_END_REPORT,
                          "Disposisi ini sudah selesai, sudah ditarik, atau dilaporkan penerimanya sendiri. Tidak ada yang diubah.");
    TRY(step_end(txn, req, step, false, "Dicatat", in.report, err));
    if (open == 0)
        TRY(sql_mail_set_state(txn, row.id, MAIL_DONE, NULL, err));
    act_say(req, "Laporan tersimpan");
    return told(txn, req, &row, "report", str_fmt(request_arena(req), "untuk %.*s: %.*s", STR_ARG(step->staff_name), STR_ARG(in.report)),
                go_to_out, err);
}

enum rc mail_read_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    struct mail_one row;
    uint64_t n;

    TRY(mail_locked(txn, req, id_of(req), &row, err));
    TRY(sql_mail_disposition_read(txn, row.id, request_actor(req)->id, request_now(req), &n, err));
    *go_to_out = str_fmt(request_arena(req), "%s/%" PRIu64, mail_side_of(req)->home, row.id);
    return n > 0 ? told(txn, req, &row, "read", STR(""), go_to_out, err) : RC_OK;
}

enum rc mail_done_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct mail_done_form in = mail_done_got(req);
    struct mail_undone left;
    struct mail_one row;
    uint64_t n;

    TRY(mail_locked(txn, req, in.id, &row, err));
    TRY(sql_mail_disposition_done(txn, row.id, some_u64(request_actor(req)->id), request_now(req), in.report, &n, err));
    if (n == 0)
        return act_refuse(req, err, MAIL_DONE_REPORT,
                          "Tidak ada lagi tugas Anda dari surat ini: sudah dilaporkan, diselesaikan, atau ditarik kembali.");
    TRY(sql_mail_undone(txn, row.id, &left, err));
    if (left.n == 0)
        TRY(sql_mail_set_state(txn, row.id, MAIL_DONE, NULL, err));
    act_say(req, "Laporan tersimpan");
    return told(txn, req, &row, "report", STR(""), go_to_out, err);
}

enum rc mail_close_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct mail_one row;

    TRY(mail_locked(txn, req, id_of(req), &row, err));
    *go_to_out = str_fmt(arena, "%s/%" PRIu64, mail_side_of(req)->home, row.id);
    if (row.state == MAIL_DONE) {
        act_say(req, ACT_UNCHANGED);
        return RC_OK;
    }
    TRY(sql_mail_disposition_done(txn, row.id, (struct opt_u64){0}, request_now(req),
                                  str_fmt(arena, "Diselesaikan oleh %.*s", STR_ARG(request_actor(req)->name)), NULL, err));
    TRY(sql_mail_set_state(txn, row.id, MAIL_DONE, NULL, err));
    act_say(req, "Surat diselesaikan");
    return told(txn, req, &row, "close", STR(""), go_to_out, err);
}

/* "Dikirim 3 November 2026 menjadi 4 November 2026, lewat pos menjadi Srikandi": what a correction changes; "" when nothing. */
static struct str sending_changed(struct arena *arena, const struct mail_one *row, const struct mail_send_form *in)
{
    const struct {
        const char *words;
        struct str was, is;
    } of[] = {{"dikirim", date_long(arena, row->sent_on), date_long(arena, in->sent_on)},
              {"lewat", row->sent_by, in->sent_by},
              {"diterima oleh", row->taken_by, in->taken_by}};
    struct buf out = {.arena = arena};

    for (size_t i = 0; i < COUNT_OF(of); i++)
        if (!str_eq(of[i].was, of[i].is))
            buf_fmt(&out, "%s%s %.*s menjadi %.*s", out.n > 0 ? ", " : "", of[i].words,
                    STR_ARG(str_empty(of[i].was) ? STR("(kosong)") : of[i].was), STR_ARG(str_empty(of[i].is) ? STR("(kosong)") : of[i].is));
    return buf_str(&out);
}

/* The first time, and once more when it was written down wrongly: then with a reason, and what stood before is told in the history. */
enum rc mail_send_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    struct arena *arena = request_arena(req);
    const struct mail_send_form in = mail_send_got(req);
    struct mail_one row;

    TRY(mail_locked(txn, req, in.id, &row, err));
    TRY(act_seen(req, row.version, err));
    if (row.state == MAIL_VOID)
        return act_refuse(req, err, MAIL_SEND_SENT_ON, "Surat ini sudah dicabut: tidak dikirim, dan catatannya tidak berubah lagi.");
    TRY(book_open_on(txn, req, &mail_sent_book, row.sent_on, in.sent_on, MAIL_SEND_SENT_ON, err));
    if (date_compare(in.sent_on, row.letter_date) < 0)
        return act_refuse(req, err, MAIL_SEND_SENT_ON, "Surat ini bertanggal sesudah hari dikirimnya. Cocokkan kedua tanggal.");
    const bool is_again = row.state == MAIL_SENT;
    const struct str changed = is_again ? sending_changed(arena, &row, &in) : STR("");
    *go_to_out = str_fmt(arena, "%s/%" PRIu64, mail_side_of(req)->home, row.id);
    if (is_again && str_empty(changed)) {
        act_say(req, ACT_UNCHANGED);
        return RC_OK;
    }
    if (is_again && str_empty(in.reason))
        return act_refuse(req, err, MAIL_SEND_REASON, "Alasan diperbaiki belum diisi. Contoh: salah lihat buku ekspedisi.");
    TRY(sql_mail_set_sent(txn, row.id, in.sent_on, in.sent_by, in.taken_by, NULL, err));
    row.version++;
    act_say(req, is_again ? "Pengiriman diperbaiki" : "Pengiriman tercatat");
    const struct str reason = is_again ? str_fmt(arena, "%.*s: %.*s", STR_ARG(in.reason), STR_ARG(changed)) : in.sent_by;
    return told(txn, req, &row, is_again ? "resend" : "send", reason, go_to_out, err);
}

/* ---- where the numbers of this year go on ---- */

enum rc mail_number_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    const struct mail_side *side = mail_side_of(req);
    const struct date today = request_today(req);
    struct number_last last;
    struct str scope;
    struct buf body = {.arena = arena};
    struct village_db *db;

    TRY(request_village_db(req, &db, err));
    TRY(letter_mail_scope(db, side->direction == MAIL_IN, &scope, err));
    TRY(sql_number_last(db, scope, (uint16_t)today.year, &last, err));
    struct mail_number_view v = {.title = str_fmt(arena, "Nomor agenda %s", side->noun),
                                 .action = request_path(req),
                                 .home = str_c(side->home),
                                 .back_label = str_c(side->back),
                                 .said = str_fmt(arena, "Tahun %d. Tiap 1 Januari mulai lagi dari 1.", today.year)};
    const struct mail_number_form stored = {.next = last.n + 1};
    TRY(mail_number_fill(req, &stored, &v.form, err));
    view_mail_number(&body, &v);
    return mail_respond(req, resp, side->title, &body, err);
}

enum rc mail_number_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct mail_side *side = mail_side_of(req);
    const struct mail_number_form in = mail_number_got(req);
    struct letter_series series = {.year = (uint16_t)request_today(req).year};
    struct number_last now;

    *go_to_out = str_c(side->home);
    TRY(letter_mail_scope(in_txn(txn), side->direction == MAIL_IN, &series.scope, err));
    TRY(sql_number_last(in_txn(txn), series.scope, series.year, &now, err));
    if (in.next == now.n + 1) {
        act_say(req, ACT_UNCHANGED);
        return RC_OK;
    }
    TRY(letter_number_begin(txn, req, MAIL_NUMBER_NEXT, series, (uint32_t)in.next, err));
    act_say(req, "Nomor berikutnya tersimpan");
    return act_audit(txn, req, err, "mail.number", "%.*s:%u:%" PRIu64, STR_ARG(series.scope), series.year, in.next);
}
