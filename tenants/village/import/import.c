// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/import/import.h"

#include <stdlib.h>

#include "server/base/json.h"
#include "server/base/random.h"
#include "server/base/text.h"
#include "server/loop/loop.h"
#include "server/web/audit.h"
#include "server/web/pagecache.h"
#include "server/files/files.h"
#include "tenants/village/import/import_head.h"
#include "tenants/village/import/import_memory.h"
#include "tenants/village/import/import_read.h"
#include "tenants/village/import/import_same.h"
#include "tenants/village/import/import_sql.h"
#include "tenants/village/residents/registry_store.h"
#include "workers/queue/dead.h"
#include "workers/queue/queue.h"

enum { READ_WITHIN_MS = 30000, FORSAKEN_DAYS = 30, BATCHES_A_TIDY = 100, SHEETS_TOLD = 40, NOTES_BYTES = 40000 };
static const utc_us day_us = 86400 * US_PER_S;

struct run {
    struct village_db *db;
    const struct import_job *job;
    struct import_batch batch;
    struct arena *read_arena;   /* of the file as read */
    struct registry_file *read; /* as read; each planning takes a copy */
    struct registry_file *file;
    struct registry_plan *plan;
    struct loaded_registry loaded;
    struct str hamlet_word;
    bool is_changed; /* the result is not the one confirmed */
};

/* ---- the pure parts, on another thread ---- */

struct reading {
    struct arena *arena;
    struct import_source from;
    uint64_t until_ms;
    struct registry_file *file;
    enum rc rc;
    struct err err;
};

static bool is_late(void *ctx)
{
    const struct reading *r = ctx;

    return clock_mono_ms() > r->until_ms;
}

static void read_work(void *arg)
{
    struct reading *r = arg;

    r->rc = import_read(r->arena, &r->from, &r->file, &r->err);
}

static struct import_key key_of(const struct run *run)
{
    return (struct import_key){run->job->village_code, run->batch.file_id, run->job->today};
}

/* The batch as it stands, and what the village calls its hamlets. */
static enum rc begin(struct run *run, struct err *err)
{
    struct import_hamlet hamlet;

    TRY(sql_import_batch_get(run->db, run->job->batch_id, &run->batch, err));
    TRY(sql_import_hamlet(run->db, &hamlet, err));
    run->hamlet_word = hamlet.word;
    return RC_OK;
}

static enum rc read_file(struct run *run, struct err *err)
{
    const struct import_key key = key_of(run);
    struct reading r = {.from = {.hamlet_word = run->hamlet_word, .today = run->job->today, .should_stop = is_late, .ctx = &r},
                        .until_ms = clock_mono_ms() + READ_WITHIN_MS};

    if (import_memory_take(run->job->memory, &key, run->job->now, &run->read_arena, &run->read))
        return RC_OK;
    r.arena = run->read_arena = arena_new();
    TRY(file_load(run->db, run->batch.file_id, &r.from.bytes, err));
    TRY(fiber_offload(read_work, &r, err));
    run->read = r.file;
    if (r.rc != RC_TIMEOUT) {
        if (r.rc != RC_OK)
            *err = r.err;
        return r.rc;
    }
    run->read = ARENA_NEW(r.arena, struct registry_file);
    run->read->arena = r.arena;
    run->read->cause = SHEET_STOPPED;
    run->read->refusal = sheet_cause_text(SHEET_STOPPED);
    return RC_OK;
}

struct planning_work {
    struct registry_file *file;
    const struct registry *registry;
    struct registry_choice choice;
    struct said_code *words;
    size_t n_words;
    uint32_t dates;
    struct import_answers answers;
    struct registry_plan *plan;
};

static void plan_work(void *arg)
{
    struct planning_work *w = arg;

    registry_apply_answers(w->file, w->words, w->n_words, w->dates);
    w->plan = registry_plan(w->file, w->registry, &w->choice);
}

/* Planning marks rows and adds faults: a transaction that runs again starts from what was read. */
static struct registry_file *copy_of(struct arena *arena, const struct registry_file *file)
{
    struct registry_file *copy = ARENA_NEW(arena, struct registry_file);

    *copy = *file;
    copy->arena = arena;
    copy->rows = ARENA_ARRAY(arena, struct registry_row, file->n_rows);
    if (file->n_rows > 0)
        memcpy(copy->rows, file->rows, file->n_rows * sizeof *copy->rows);
    copy->rows_room = file->n_rows;
    copy->faults.p = ARENA_ARRAY(arena, struct registry_fault, file->faults.room);
    if (file->faults.n > 0)
        memcpy(copy->faults.p, file->faults.p, file->faults.n * sizeof *copy->faults.p);
    return copy;
}

/* The village's words, as the registry takes them. */
static enum rc load_words(struct village_db *db, struct planning_work *work, struct err *err)
{
    struct arena *arena = village_db_arena(db);
    struct import_word_rows rows;

    TRY(sql_import_words(db, &rows, err));
    work->words = ARENA_ARRAY(arena, struct said_code, rows.n);
    for (size_t i = 0; i < rows.n; i++) {
        int column = column_of_heading(arena, rows.p[i].column_name);
        if (column >= 0)
            work->words[work->n_words++] = (struct said_code){(enum resident_column)column, rows.p[i].word, rows.p[i].code};
    }
    return RC_OK;
}

static enum rc make_plan(struct run *run, struct village_db *db, struct err *err)
{
    struct planning_work w = {
        .file = copy_of(village_db_arena(run->db), run->read),
        .registry = &run->loaded.registry,
        .choice = {.village_code = run->job->village_code,
                   .hamlet_word = run->hamlet_word,
                   .today = run->job->today,
                   .accepts_mismatch = run->batch.accepts_mismatch,
                   .takes_old = run->batch.takes_old},
        .dates = run->batch.dates,
    };

    TRY(load_words(db, &w, err));
    TRY(import_answers_of(village_db_arena(db), run->batch.answers, &w.answers, err));
    w.choice.joins = w.answers.p;
    w.choice.n_joins = w.answers.n;
    TRY(fiber_offload(plan_work, &w, err));
    run->file = w.file;
    run->plan = w.plan;
    return RC_OK;
}

/* ---- the result, as rows for people ---- */

static void tell(struct run *run, const char *stage, size_t done, size_t total)
{
    struct err err;

    /* Progress, for the page that shows it; when writing it fails, the work goes on. */
    if (sql_import_progress_put(run->db, run->batch.id, str_c(stage), (uint32_t)done, (uint32_t)total, NULL, &err) != RC_OK)
        log_err("import.progress", &err);
}

static void put_sheet(struct buf *out, const struct registry_sheet *sheet)
{
    size_t n = 0;

    buf_put_str(out, STR("{\"name\":"));
    json_put_str(out, sheet->name);
    buf_fmt(out, ",\"read\":%s,\"rows\":%u,\"note\":", sheet->is_read ? "true" : "false", sheet->rows);
    json_put_str(out, utf8_part(out->arena, sheet->note, 1500));
    buf_put_str(out, STR(",\"missing\":["));
    for (int c = 0; c < COLUMN_COUNT; c++)
        if (sheet->missing & UINT64_C(1) << c)
            buf_fmt(out, "%s\"%s\"", n++ > 0 ? "," : "", column_rules[c].heading);
    buf_put_str(out, STR("]}"));
}

/* The sheets after those told one by one: how many were read, with how many rows, and how many were not. */
static void put_other_sheets(struct buf *out, const struct registry_file *file, size_t from)
{
    uint32_t read = 0, rows = 0;

    for (size_t i = from; i < file->n_sheets; i++) {
        read += file->sheets[i].is_read;
        rows += file->sheets[i].is_read ? file->sheets[i].rows : 0;
    }
    buf_fmt(out, "],\"others\":{\"n\":%zu,\"read\":%u,\"rows\":%u}", file->n_sheets - from, read, rows);
}

/* "{Dusun} 003 (1 warga), RT 005 {Dusun} Padang (2 warga)": what the file would add to the village's areas. */
static struct str new_areas(struct run *run)
{
    enum { TOLD = 12 };
    struct buf out = {.arena = village_db_arena(run->db)};
    const struct registry_plan *plan = run->plan;
    struct text_index *known = text_index_new(out.arena, plan->n_areas + 1), *lines = text_index_new(out.arena, plan->n_areas + 1);
    uint32_t *people = ARENA_ARRAY(out.arena, uint32_t, plan->n_areas + 1), *of = ARENA_ARRAY(out.arena, uint32_t, plan->n_areas + 1);
    struct str *texts = ARENA_ARRAY(out.arena, struct str, plan->n_areas + 1);
    size_t n = 0;
    bool found;

    for (size_t i = 0; i < plan->n_areas; i++)
        if (plan->areas[i].known != NOT_KNOWN)
            *text_index_slot(known, text_upper(out.arena, plan->areas[i].hamlet), &found) = (ptrdiff_t)i;
    for (size_t i = 0; i < plan->n_areas; i++) {
        const struct planned_area *a = &plan->areas[i];
        const struct str hamlet = text_upper(out.arena, a->hamlet), name = text_name(out.arena, a->hamlet);
        if (a->known != NOT_KNOWN)
            continue;
        const bool is_unit = text_index_get(known, hamlet) != NOT_KNOWN;
        ptrdiff_t *slot = text_index_slot(
            lines, is_unit ? str_fmt(out.arena, "%.*s|%.*s|%.*s", STR_ARG(hamlet), STR_ARG(a->rw), STR_ARG(a->rt)) : hamlet, &found);
        if (!found) {
            *slot = (ptrdiff_t)n;
            texts[n++] = is_unit ? str_fmt(out.arena, "RT %.*s RW %.*s {Dusun} %.*s", STR_ARG(a->rt), STR_ARG(a->rw), STR_ARG(name))
                                 : str_fmt(out.arena, "{Dusun} %.*s", STR_ARG(name));
        }
        of[i] = (uint32_t)*slot;
    }
    for (size_t i = 0; i < plan->n_residents; i++)
        if (plan->areas[plan->residents[i].area].known == NOT_KNOWN)
            people[of[plan->residents[i].area]]++;
    for (size_t k = 0; k < n && k < TOLD; k++)
        buf_fmt(&out, "%s%.*s (%u warga)", k > 0 ? ", " : "", STR_ARG(texts[k]), people[k]);
    if (n > TOLD)
        buf_fmt(&out, ", dan %zu lagi", n - TOLD);
    return n > 0 ? buf_str(&out) : STR("");
}

/*
 * JSON: {"areas":TEXT, "sheets":[{name, read, rows, note, missing}], "others":{n, read, rows}, "changes":[{column, n}]}. However many
 * sheets there are, it has its bound.
 */
static struct str notes_of(struct run *run)
{
    struct buf out = {.arena = village_db_arena(run->db)};
    size_t n = 0, told = 0;

    buf_put_str(&out, STR("{\"areas\":"));
    json_put_str(&out, run->plan != NULL ? new_areas(run) : STR(""));
    buf_put_str(&out, STR(",\"sheets\":["));
    for (; told < run->read->n_sheets && told < SHEETS_TOLD && out.n < NOTES_BYTES; told++) {
        if (told > 0)
            buf_put_char(&out, ',');
        put_sheet(&out, &run->read->sheets[told]);
    }
    put_other_sheets(&out, run->read, told);
    buf_put_str(&out, STR(",\"changes\":["));
    for (int c = 0; run->plan != NULL && c < COLUMN_COUNT; c++)
        if (run->plan->changed_by_column[c] > 0)
            buf_fmt(&out, "%s{\"column\":\"%s\",\"n\":%u}", n++ > 0 ? "," : "", column_rules[c].heading, run->plan->changed_by_column[c]);
    buf_put_str(&out, STR("]}"));
    return buf_str(&out);
}

/* The faults that say the same of the same column: words that a person may give a meaning, then errors, the most frequent first. */
struct causes {
    struct import_cause_put_in *p;
    size_t n;
    uint32_t *of; /* of each fault: which cause, in the order of finding */
};

static void find_causes(struct run *run, struct causes *out)
{
    const struct registry_faults *faults = &run->file->faults;
    struct arena *arena = village_db_arena(run->db);
    struct text_index *index = text_index_new(arena, 64);
    bool found;

    *out = (struct causes){ARENA_ARRAY(arena, struct import_cause_put_in, faults->n), 0, ARENA_ARRAY(arena, uint32_t, faults->n)};
    for (size_t i = 0; i < faults->n; i++) {
        const struct registry_fault *f = &faults->p[i];
        const bool is_date = registry_date_question(f->asks) != NULL; /* one question for all columns of the file */
        ptrdiff_t *slot = text_index_slot(
            index, str_fmt(arena, "%d%d%.*s", f->is_warning, is_date ? COLUMN_COUNT : (int)f->column, STR_ARG(f->cause)), &found);
        if (!found) {
            *slot = (ptrdiff_t)out->n;
            out->p[out->n++] = (struct import_cause_put_in){.batch_id = run->batch.id,
                                                            .cause = (uint32_t)*slot,
                                                            .is_warning = f->is_warning,
                                                            .column_name = str_c(is_date ? "Tanggal" : column_rules[f->column].heading),
                                                            .text = is_date ? f->cause : f->text,
                                                            .accepted = f->accepted,
                                                            .is_same = !is_date,
                                                            .asks = (uint8_t)f->asks};
        }
        struct import_cause_put_in *cause = &out->p[*slot];
        if (cause->is_same && !str_eq(cause->text, f->text)) {
            cause->is_same = false;
            cause->asks = f->asks == ASKS_PERSON ? ASKS_PERSON : ASKS_NOTHING;
            cause->text = f->cause;
        }
        cause->n++;
        out->of[i] = (uint32_t)*slot;
    }
}

/* Rows that are refused for questions alone. Before the causes are put in order. */
static uint32_t count_waiting(const struct run *run, const struct causes *causes)
{
    enum { ASKED = 1, WRONG };
    const struct registry_faults *faults = &run->file->faults;
    unsigned char *rows = ARENA_ARRAY(village_db_arena(run->db), unsigned char, run->file->n_rows);
    uint32_t n = 0;

    if (faults->not_kept > 0)
        return 0; /* what else is wrong with a row is not known, and no answer is taken */
    for (size_t i = 0; i < faults->n; i++)
        if (!faults->p[i].is_warning)
            rows[faults->p[i].row] |= causes->p[causes->of[i]].asks != ASKS_NOTHING ? ASKED : WRONG;
    for (size_t i = 0; i < run->file->n_rows; i++)
        n += rows[i] == ASKED;
    return n;
}

static int by_weight(const void *x, const void *y)
{
    const struct import_cause_put_in *a = x, *b = y;

    const bool asks_a = a->asks != ASKS_NOTHING, asks_b = b->asks != ASKS_NOTHING;

    if (asks_a != asks_b) /* what can be mended here and now stands first */
        return (int)asks_b - (int)asks_a;
    if (a->is_warning != b->is_warning)
        return (int)a->is_warning - (int)b->is_warning;
    if (a->n != b->n)
        return a->n > b->n ? -1 : 1;
    return a->cause < b->cause ? -1 : 1;
}

static enum rc put_faults(struct run *run, struct txn *txn, uint32_t *waiting_out, struct err *err)
{
    const struct registry_faults *faults = &run->file->faults;
    struct arena *arena = village_db_arena(run->db);
    struct import_fault_put_in *rows = ARENA_ARRAY(arena, struct import_fault_put_in, faults->n);
    struct causes causes;

    if (faults->n == 0)
        return RC_OK;
    find_causes(run, &causes);
    *waiting_out = count_waiting(run, &causes);
    uint32_t *place = ARENA_ARRAY(arena, uint32_t, causes.n), *nth = ARENA_ARRAY(arena, uint32_t, causes.n);
    qsort(causes.p, causes.n, sizeof *causes.p, by_weight);
    for (size_t k = 0; k < causes.n; k++) {
        place[causes.p[k].cause] = (uint32_t)k + 1;
        causes.p[k].cause = (uint32_t)k + 1;
    }
    for (size_t i = 0; i < faults->n; i++) {
        const struct registry_fault *f = &faults->p[i];
        const struct registry_row *row = &run->file->rows[f->row];
        rows[i] = (struct import_fault_put_in){.batch_id = run->batch.id,
                                               .seq = (uint32_t)i + 1,
                                               .cause = place[causes.of[i]],
                                               .nth = ++nth[causes.of[i]],
                                               .is_warning = f->is_warning,
                                               .sheet = run->file->sheets[row->sheet].name,
                                               .row_no = row->row_no,
                                               .name = utf8_part(arena, row->r.name, 100),
                                               .resident_id = f->resident_id,
                                               .column_name = str_c(column_rules[f->column].heading),
                                               .value = f->value,
                                               .text = f->text,
                                               .accepted = f->accepted,
                                               .asked = f->join != NULL ? (uint8_t)f->join->state : 0,
                                               .question = f->join != NULL ? import_question_json(arena, row, f->join) : STR("")};
    }
    TRY(sql_import_cause_put(txn, causes.p, causes.n, err));
    return sql_import_fault_put(txn, rows, faults->n, err);
}

static enum rc put_result(struct run *run, struct txn *txn, const char *state, struct err *err)
{
    struct import_batch_result_in in = {.id = run->batch.id,
                                        .state = str_c(state),
                                        .now = run->job->now,
                                        .notes = notes_of(run),
                                        .refusal = run->read->refusal,
                                        .result_hash = STR_NONE};

    TRY(sql_import_faults_drop(txn, run->batch.id, NULL, err));
    TRY(sql_import_causes_drop(txn, run->batch.id, NULL, err));
    if (run->plan != NULL) {
        const struct registry_counts *c = &run->plan->counts;
        in.rows_total = c->total;
        in.n_new = c->new;
        in.n_changed = c->changed;
        in.n_unchanged = c->unchanged;
        in.n_refused = c->refused;
        in.n_warnings = c->warnings;
        in.n_mismatch = c->mismatch;
        in.n_old = c->old;
        in.n_asked = c->asked;
        in.n_open = c->open;
        in.n_joined = c->joined;
        in.faults_not_kept = (uint32_t)run->file->faults.not_kept;
        in.result_hash = (struct str){(const char *)run->plan->hash, sizeof run->plan->hash};
        TRY(put_faults(run, txn, &in.n_waiting, err));
    }
    return sql_import_batch_result(txn, &in, NULL, err);
}

/* ---- the dry run ---- */

static enum rc check_body(struct txn *txn, void *ctx, struct err *err)
{
    struct run *run = ctx;
    struct import_batch now;

    TRY(sql_import_batch_lock(txn, run->batch.id, &now, err));
    if (!str_is(now.state, "checking") || now.accepts_mismatch != run->batch.accepts_mismatch || now.takes_old != run->batch.takes_old ||
        now.dates != run->batch.dates || !str_eq(now.answers, run->batch.answers))
        return RC_OK; /* cancelled, or asked again meanwhile: that asking has its own job */
    if (!str_empty(run->read->refusal))
        return put_result(run, txn, "refused", err);
    TRY(registry_load(in_txn(txn), run->read, &run->loaded, err));
    TRY(make_plan(run, in_txn(txn), err));
    return put_result(run, txn, "checked", err);
}

static enum rc check_read(struct run *run, struct err *err)
{
    tell(run, "read", 0, 0);
    TRY(read_file(run, err));
    tell(run, "check", run->read->n_rows, run->read->n_rows);
    return txn_run(run->db, check_body, run, err);
}

enum rc import_check(struct village_db *db, const struct import_job *job, struct err *err)
{
    struct run run = {.db = db, .job = job};
    enum rc rc;

    TRY(begin(&run, err));
    if (!str_is(run.batch.state, "checking"))
        return RC_OK;
    rc = check_read(&run, err);
    const struct import_key key = key_of(&run);
    if (rc == RC_OK && run.plan != NULL)
        import_memory_keep(job->memory, &key, job->now, &run.read_arena, run.read);
    else
        arena_free(&run.read_arena);
    return rc;
}

/* ---- the commit ---- */

static void step(void *ctx, size_t done, size_t total)
{
    tell(ctx, "write", done, total);
}

static enum rc audit_commit(struct run *run, struct txn *txn, struct err *err)
{
    struct arena *arena = village_db_arena(run->db);
    const struct registry_counts *c = &run->plan->counts;

    return audit_put(txn,
                     &(struct audit){.at = run->job->now,
                                     .actor = run->batch.confirmed_id,
                                     .actor_name = run->batch.confirmed_name,
                                     .action = STR("residents.import"),
                                     .subject = str_fmt(arena, "import:%" PRIu64, run->batch.id),
                                     .detail = str_fmt(arena,
                                                       "{\"new\":%u,\"changed\":%u,\"unchanged\":%u,\"refused\":%u,\"joined\":%u,"
                                                       "\"mismatch_accepted\":%s}",
                                                       c->new, c->changed, c->unchanged, c->refused, c->joined,
                                                       run->batch.accepts_mismatch ? "true" : "false")},
                     err);
}

static enum rc write_all(struct run *run, struct txn *txn, struct err *err)
{
    struct write_progress progress = {step, run};
    const struct resident_act act = {.by = {.at = run->job->now,
                                            .staff_id = run->batch.confirmed_id,
                                            .staff_name = run->batch.confirmed_name,
                                            .origin = str_fmt(village_db_arena(run->db), "import:%" PRIu64, run->batch.id)},
                                     .kind = STR("import"),
                                     .reason = STR("")};

    TRY(registry_write_plan(txn, run->plan, &run->loaded, &act, run->job->now, &progress, err));
    TRY(sql_import_batch_committed(txn, run->batch.id, run->job->now, NULL, err));
    TRY(audit_commit(run, txn, err));
    TRY(page_epoch_bump(txn, err));
    return outbox_put_once(txn, JOB_PUBLISH_ROLLUP, 0, err);
}

/* Other changes of the registry are finished before, or wait; so do acts, which the audit trail would otherwise send back to the start of
 * it all. */
static enum rc commit_body(struct txn *txn, void *ctx, struct err *err)
{
    struct run *run = ctx;
    struct registry_lock lock;
    struct str confirmed;

    TRY(audit_lock(txn, err));
    TRY(sql_import_batch_lock(txn, run->batch.id, &run->batch, err));
    TRY(sql_registry_lock_take(txn, &lock, err));
    confirmed = run->batch.result_hash;
    if (!str_is(run->batch.state, "committing"))
        return RC_OK; /* done by another run of this job */
    TRY(registry_load(in_txn(txn), run->read, &run->loaded, err));
    TRY(make_plan(run, in_txn(txn), err));
    run->is_changed = !str_eq(confirmed, (struct str){(const char *)run->plan->hash, sizeof run->plan->hash});
    return run->is_changed ? put_result(run, txn, "changed", err) : write_all(run, txn, err);
}

enum rc import_commit(struct village_db *db, const struct import_job *job, struct err *err)
{
    struct run run = {.db = db, .job = job};
    enum rc rc;

    TRY(begin(&run, err));
    if (!str_is(run.batch.state, "committing"))
        return RC_OK;
    tell(&run, "read", 0, 0);
    rc = read_file(&run, err);
    if (rc == RC_OK)
        rc = txn_run(db, commit_body, &run, err);
    arena_free(&run.read_arena);
    return rc;
}

/* ---- what is over ---- */

static enum rc empty_body(struct txn *txn, void *ctx, struct err *err)
{
    const uint64_t *id = ctx;
    struct import_batch batch;

    TRY(sql_import_batch_lock(txn, *id, &batch, err));
    TRY(sql_import_batch_empty(txn, batch.id, NULL, err));
    if (!str_is(batch.state, "committed")) { /* the rest of that one is still to be mended in the village's own file */
        TRY(sql_import_faults_drop(txn, batch.id, NULL, err));
        TRY(sql_import_causes_drop(txn, batch.id, NULL, err));
    }
    return file_release(txn, "import", batch.id, "", err);
}

/* Read again under the lock: somebody may have set its work going meanwhile. */
static enum rc stopped_body(struct txn *txn, void *ctx, struct err *err)
{
    const uint64_t *id = ctx;
    struct import_batch batch;
    struct import_work work;
    bool found;

    TRY(sql_import_batch_lock(txn, *id, &batch, err));
    TRY(sql_import_work_of(in_txn(txn), batch.id, &work, &found, err));
    if (!import_is_busy(batch.state) || (found && work.is_alive))
        return RC_OK;
    TRY(sql_import_batch_state(txn, batch.id, STR("cancelled"), NULL, err));
    return found ? queue_let_go(txn, work.job, err) : RC_OK;
}

enum rc import_tidy(struct village_db *db, utc_us now, struct err *err)
{
    struct import_over_rows over;

    TRY(sql_import_batches_stopped(db, now - IMPORT_KEPT_DAYS * day_us, BATCHES_A_TIDY, &over, err));
    for (size_t i = 0; i < over.n; i++)
        TRY(txn_run(db, stopped_body, &over.p[i].id, err));
    TRY(sql_import_batches_forsaken(db, now - FORSAKEN_DAYS * day_us, NULL, err));
    TRY(sql_import_batches_over(db, now - IMPORT_KEPT_DAYS * day_us, BATCHES_A_TIDY, &over, err));
    for (size_t i = 0; i < over.n; i++)
        TRY(txn_run(db, empty_body, &over.p[i].id, err));
    return RC_OK;
}
