// SPDX-License-Identifier: AGPL-3.0-or-later
/* Upload, and the acts on a checked file. The result's own page is import_result.c. */
#include "tenants/village/import/import.h"
#include "tenants/village/import/import_head.h"
#include "tenants/village/import/import_pages.h"
#include "tenants/village/import/import_same.h"

#include "server/base/json.h"
#include "server/base/text.h"
#include "server/loop/loop.h"
#include "server/sheet/sheet.h"
#include "server/web/act.h"
#include "server/web/audit.h"
#include "server/files/files.h"
#include "server/register/attachment.h"
#include "tenants/village/import/import_sql.h"
#include "tenants/village/import/import_view.h"
#include "tenants/village/residents/registry_rows.h"
#include "workers/queue/dead.h"
#include "workers/queue/queue.h"

#define HOME "/kantor/penduduk/impor"

static struct tag_view state_tag(struct str state)
{
    static const struct {
        const char *state, *tone, *label;
    } tags[] = {{"checking", "biru", "Sedang diperiksa"},    {"checked", "kuning", "Menunggu disimpan"},
                {"changed", "kuning", "Perlu dilihat lagi"}, {"committing", "biru", "Sedang disimpan"},
                {"committed", "hijau", "Tersimpan"},         {"refused", "merah", "Tidak bisa dibaca"},
                {"cancelled", "abu", "Dibatalkan"}};

    for (size_t i = 0; i < COUNT_OF(tags); i++)
        if (str_is(state, tags[i].state))
            return (struct tag_view){.tone = str_c(tags[i].tone), .label = str_c(tags[i].label)};
    return (struct tag_view){.tone = STR("abu"), .label = state};
}

static struct import_line_view line_of(struct request *req, const struct import_line *line)
{
    struct arena *arena = request_arena(req);
    struct str result = STR("");

    if (line->rows_total > 0)
        result = str_fmt(arena, "%u baris: %u baru, %u berubah, %u ditolak", line->rows_total, line->n_new, line->n_changed,
                         line->n_refused - line->n_waiting);
    if (line->n_waiting > 0)
        result = str_fmt(arena, "%.*s, %u menunggu jawaban", STR_ARG(result), line->n_waiting);
    return (struct import_line_view){.href = str_fmt(arena, HOME "/%" PRIu64, line->id),
                                     .filename = line->filename,
                                     .who = line->staff_name,
                                     .when = utc_long(arena, line->put_at, request_village(req)->zone),
                                     .result = result,
                                     .state = state_tag(line->state)};
}

static enum rc show_words(struct request *req, struct village_db *db, struct import_home_view *v, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct import_word_rows rows;

    TRY(sql_import_words(db, &rows, err));
    v->words.p = ARENA_ARRAY(arena, struct import_word_view, rows.n);
    for (size_t i = 0; i < rows.n; i++) {
        const struct import_word *w = &rows.p[i];
        int column = column_of_heading(arena, w->column_name);
        v->words.p[v->words.n++] = (struct import_word_view){.action = str_fmt(arena, HOME "/pilihan/%" PRIu64 "/hapus", w->id),
                                                             .column = import_column_label(w->column_name),
                                                             .word = w->word,
                                                             .meaning = column < 0 ? STR("")
                                                                                   : code_label(column_rules[column].list, w->code),
                                                             .who = w->staff_name};
    }
    return RC_OK;
}

enum rc import_home_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct village_db *db;
    struct import_line_rows lines;
    struct buf body = {.arena = arena};
    struct import_home_view v = {0};

    TRY(request_village_db(req, &db, err));
    TRY(sql_import_batches(db, &lines, err));
    TRY(import_home_fill(req, NULL, &v.form, err));
    v.batches.p = ARENA_ARRAY(arena, struct import_line_view, lines.n);
    v.batches.n = lines.n;
    for (size_t i = 0; i < lines.n; i++)
        v.batches.p[i] = line_of(req, &lines.p[i]);
    TRY(show_words(req, db, &v, err));
    view_import_home(&body, &v);
    const struct page page = {.title = STR("Impor penduduk"), .active = STR(HOME), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

/* ---- upload ---- */

static const struct file_slot import_slot = {.word = "import", .most_bytes = 16 * MIB};

struct glance {
    struct arena *arena;
    struct str bytes;
    enum sheet_cause cause;
};

static void glance_work(void *arg)
{
    struct glance *g = arg;

    g->cause = sheet_glance(g->arena, g->bytes);
}

/* A file that is a workbook is stored before the transaction, which keeps its number: it is too large for one. Others are never stored. */
enum rc import_upload_check(struct request *req, struct err *err)
{
    uint64_t *file_id = ARENA_NEW(request_arena(req), uint64_t);
    struct import_home_form form;
    struct village_db *db;
    struct glance glance = {.arena = request_arena(req)};

    import_home_read(req, &form);
    if (form.file.bytes.p == NULL)
        return RC_OK; /* said already: it was not chosen */
    glance.bytes = form.file.bytes;
    TRY(fiber_offload(glance_work, &glance, err));
    if (glance.cause != SHEET_FINE)
        request_fault(req, IMPORT_HOME_FILE, "%.*s", STR_ARG(sheet_cause_text(glance.cause)));
    if (request_faults(req)->n == 0)
        TRY(upload_count(req, form.file.bytes.n, IMPORT_HOME_FILE, err));
    if (request_faults(req)->n > 0)
        return RC_OK;
    TRY(request_village_db(req, &db, err));
    TRY(file_store(db, &import_slot, SHEET_XLSX_TYPE, form.file.bytes, file_id, err));
    act_keep(req, file_id);
    return RC_OK;
}

enum rc import_upload_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const uint64_t *file_id = act_kept(req);
    struct import_home_form form;
    uint64_t id;

    import_home_read(req, &form);
    struct str name = file_name_said(request_arena(req), form.file.filename);
    const struct import_batch_put_in in = {.file_id = *file_id,
                                           .filename = str_empty(name) ? STR("Berkas tanpa nama") : name,
                                           .staff_id = request_actor(req)->id,
                                           .staff_name = request_actor(req)->name,
                                           .now = request_now(req),
                                           .accepts_mismatch = form.accepts_mismatch};
    TRY(sql_import_batch_put(txn, &in, &id, err));
    TRY(file_hold(txn, *file_id, "import", id, "", err));
    TRY(outbox_put(txn, JOB_CHECK_IMPORT, id, STR_NONE, err));
    *go_to_out = str_fmt(request_arena(req), HOME "/%" PRIu64, id);
    return act_audit(txn, req, err, "import.upload", "import:%" PRIu64, id);
}

/* ---- acts on a batch ---- */

/* The batch of the address, locked; the act leads back to its page, which says what has become of it. */
static enum rc batch_lock(struct txn *txn, struct request *req, uint64_t id, struct import_batch *out, struct str *go_to_out,
                          struct err *err)
{
    *go_to_out = str_fmt(request_arena(req), HOME "/%" PRIu64, id);
    return sql_import_batch_lock(txn, id, out, err);
}

static bool is_waiting(const struct import_batch *batch)
{
    return str_is(batch->state, "checked") || str_is(batch->state, "changed");
}

/* Somebody, or the machine, was faster: nothing is done, and that is said on the page of what is so now. */
static enum rc say_outdated(struct request *req)
{
    act_say(req, "Impor ini sudah berubah sejak halamannya dibuka, jadi tidak ada yang dilakukan");
    return RC_OK;
}

static bool is_shown(const struct import_batch *batch, struct str shown)
{
    unsigned char hash[32];

    return batch->result_hash.n == sizeof hash && str_unhex(shown, hash, sizeof hash) &&
           memcmp(hash, batch->result_hash.p, sizeof hash) == 0;
}

/* What is confirmed is the result that was shown: another one (a second check, another tab) is a conflict, seen on the page. */
enum rc import_save_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    struct import_save_form form;
    struct import_batch batch;

    import_save_read(req, &form);
    TRY(batch_lock(txn, req, form.id, &batch, go_to_out, err));
    if (!is_waiting(&batch))
        return say_outdated(req);
    if (!is_shown(&batch, form.shown))
        return sql_import_batch_state(txn, batch.id, STR("changed"), NULL, err);
    TRY(sql_import_batch_confirm(txn, batch.id, request_actor(req)->id, request_actor(req)->name, NULL, err));
    TRY(outbox_put(txn, JOB_COMMIT_IMPORT, batch.id, STR_NONE, err));
    return act_audit(txn, req, err, "import.confirm", "import:%" PRIu64, batch.id);
}

/* The batch, locked, and its work; is_stopped: there is something to do, and nobody does it any more. */
static enum rc work_lock(struct txn *txn, struct request *req, struct import_batch *batch, struct import_work *work, bool *is_stopped,
                         struct str *go_to_out, struct err *err)
{
    bool found;

    TRY(batch_lock(txn, req, import_one_got(req).id, batch, go_to_out, err));
    TRY(sql_import_work_of(in_txn(txn), batch->id, work, &found, err));
    if (!found)
        *work = (struct import_work){0};
    *is_stopped = import_is_busy(batch->state) && !work->is_alive;
    return RC_OK;
}

/* Also one whose work has stopped for good: the work then counts as done. */
enum rc import_cancel_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    struct import_batch batch;
    struct import_work work;
    bool is_stopped;

    TRY(work_lock(txn, req, &batch, &work, &is_stopped, go_to_out, err));
    if (!is_waiting(&batch) && !str_is(batch.state, "checking") && !is_stopped)
        return say_outdated(req);
    if (is_stopped && work.job != 0)
        TRY(queue_let_go(txn, work.job, err));
    TRY(sql_import_batch_state(txn, batch.id, STR("cancelled"), NULL, err));
    return act_audit(txn, req, err, "import.cancel", "import:%" PRIu64, batch.id);
}

/* The work that stopped for good is set going once more. */
enum rc import_again_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    struct import_batch batch;
    struct import_work work;
    bool is_stopped;

    TRY(work_lock(txn, req, &batch, &work, &is_stopped, go_to_out, err));
    if (!is_stopped)
        return say_outdated(req);
    if (work.is_dead)
        TRY(queue_replay(txn, work.job, err));
    else
        TRY(outbox_put(txn, str_is(batch.state, "checking") ? JOB_CHECK_IMPORT : JOB_COMMIT_IMPORT, batch.id, STR_NONE, err));
    return act_audit(txn, req, err, "import.again", "import:%" PRIu64, batch.id);
}

/* A person's word that the NIKs were compared: it is in the audit trail, and the file is checked again with it. */
enum rc import_accept_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    struct import_one_form form;
    struct import_batch batch;

    import_one_read(req, &form);
    TRY(batch_lock(txn, req, form.id, &batch, go_to_out, err));
    if (!is_waiting(&batch) || batch.accepts_mismatch)
        return say_outdated(req);
    TRY(sql_import_batch_accept(txn, batch.id, NULL, err));
    TRY(outbox_put(txn, JOB_CHECK_IMPORT, batch.id, STR_NONE, err));
    return act_audit(txn, req, err, "import.accept_nik", "import:%" PRIu64, batch.id);
}

/* Which is right where the file holds an older state: this one or the village. The file is checked again with the answer. */
enum rc import_old_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    struct import_old_form form;
    struct import_batch batch;

    import_old_read(req, &form);
    TRY(batch_lock(txn, req, form.id, &batch, go_to_out, err));
    if (!is_waiting(&batch) || batch.takes_old == form.takes)
        return say_outdated(req);
    TRY(sql_import_batch_old(txn, batch.id, form.takes, NULL, err));
    TRY(outbox_put(txn, JOB_CHECK_IMPORT, batch.id, STR_NONE, err));
    return act_audit(txn, req, err, form.takes ? "import.take_old" : "import.keep_new", "import:%" PRIu64, batch.id);
}

/* Who is who: kept with this file, which is checked again with it. A question is numbered by the result it was shown with. */
enum rc import_same_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    struct import_same_form form;
    struct import_batch batch;
    struct str answers;

    import_same_read(req, &form);
    TRY(batch_lock(txn, req, form.id, &batch, go_to_out, err));
    if (!is_waiting(&batch) || !is_shown(&batch, form.shown))
        return say_outdated(req);
    TRY(import_answers_take(req, in_txn(txn), &batch, &form.same, &answers, err));
    if (str_eq(answers, batch.answers)) {
        act_say(req, ACT_UNCHANGED);
        return RC_OK;
    }
    TRY(sql_import_batch_answers(txn, batch.id, answers, NULL, err));
    TRY(outbox_put(txn, JOB_CHECK_IMPORT, batch.id, STR_NONE, err));
    act_say(req, "Jawaban disimpan. Berkas diperiksa sekali lagi dengannya");
    return act_audit(txn, req, err, "import.same", "import:%" PRIu64, batch.id);
}

/* ---- words ---- */

struct import_meaning {
    struct str column, word;
    uint8_t code;
};

/* Which word of which column means what: the trail is where a meaning that was taken back can still be looked up. */
static enum rc audit_word(struct txn *txn, struct request *req, const char *action, struct str subject, struct import_meaning said,
                          struct err *err)
{
    struct buf detail = {.arena = request_arena(req)};

    buf_put_str(&detail, STR("{\"column\":"));
    json_put_str(&detail, said.column);
    buf_put_str(&detail, STR(",\"word\":"));
    json_put_str(&detail, said.word);
    buf_fmt(&detail, ",\"code\":%u}", said.code);
    return audit_put(txn,
                     &(struct audit){.at = request_now(req),
                                     .actor = request_actor(req)->id,
                                     .actor_name = request_actor(req)->name,
                                     .action = str_c(action),
                                     .subject = subject,
                                     .detail = buf_str(&detail)},
                     err);
}

/* How the dates of this file are to be read: another file may mean the other. It is checked again with it. */
static enum rc say_dates(struct txn *txn, struct request *req, const struct import_batch *batch, const struct import_cause *cause,
                         uint8_t code, struct err *err)
{
    const struct import_meaning said = {cause->column_name, str_c(registry_date_question((enum registry_asks)cause->asks)->label), code};

    TRY(sql_import_batch_dates(txn, batch->id, registry_date_say((enum registry_asks)cause->asks, batch->dates, code), NULL, err));
    TRY(outbox_put(txn, JOB_CHECK_IMPORT, batch->id, STR_NONE, err));
    act_say(req, "Jawaban dipakai untuk berkas ini. Berkas diperiksa sekali lagi dengannya");
    return audit_word(txn, req, "import.dates", str_fmt(request_arena(req), "import:%" PRIu64, batch->id), said, err);
}

/* What a word means: said once for all rows of its cause, remembered for the village, and the file is checked again with it. */
enum rc import_choose_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct import_choose_form form;
    struct import_batch batch;
    struct import_cause cause;
    struct import_fault_line_rows lines;
    bool found;

    import_choose_read(req, &form);
    TRY(batch_lock(txn, req, form.id, &batch, go_to_out, err));
    TRY(sql_import_cause_get(in_txn(txn), batch.id, (uint32_t)form.cause.value, &cause, &found, err));
    TRY(sql_import_faults(in_txn(txn), batch.id, (uint32_t)form.cause.value, 1, 1, &lines, err));
    const struct date_question *asked = found ? registry_date_question((enum registry_asks)cause.asks) : NULL;
    int column = found ? column_of_heading(arena, cause.column_name) : -1;
    if (!is_waiting(&batch) || (asked == NULL && (column < 0 || cause.asks != ASKS_WORD)) || lines.n == 0 ||
        !str_eq(form.about, import_asked_about(arena, &cause, lines.p[0].value)))
        return say_outdated(req); /* causes are numbered anew with each check: an old page asks about another word */
    if (asked != NULL ? form.code != asked->answers[0].code && form.code != asked->answers[1].code
                      : !code_exists(column_rules[column].list, (uint32_t)form.code))
        return act_refuse(req, err, IMPORT_CHOOSE_CODE, "Pilih salah satu arti di daftar ini.");
    if (asked != NULL)
        return say_dates(txn, req, &batch, &cause, (uint8_t)form.code, err);
    const struct import_meaning said = {cause.column_name, lines.p[0].value, (uint8_t)form.code};
    TRY(sql_import_word_put(txn, said.column, said.word, said.code, request_actor(req)->name, NULL, err));
    TRY(sql_import_batch_state(txn, batch.id, STR("checking"), NULL, err));
    TRY(outbox_put(txn, JOB_CHECK_IMPORT, batch.id, STR_NONE, err));
    act_say(req, "Artinya diingat. Berkas diperiksa sekali lagi dengannya");
    return audit_word(txn, req, "import.word", str_fmt(arena, "import:%" PRIu64, batch.id), said, err);
}

enum rc import_forget_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    struct import_one_form form;
    struct import_word word;

    import_one_read(req, &form);
    TRY(sql_import_word_get(in_txn(txn), form.id, &word, err));
    *go_to_out = STR(HOME);
    TRY(sql_import_word_drop(txn, form.id, NULL, err));
    act_say(req, "Artinya tidak diingat lagi");
    const struct import_meaning said = {word.column_name, word.word, word.code};
    return audit_word(txn, req, "import.word_forget", str_fmt(request_arena(req), "import_word:%" PRIu64, form.id), said, err);
}
