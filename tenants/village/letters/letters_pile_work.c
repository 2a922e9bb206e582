// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * The work of JOB_LETTER_PILE: some lines, then the job puts itself anew behind what others of the village wait for, so that nobody's
 * single letter waits behind a pile. First a transaction numbers letters and says in their lines which job is to make their papers; then
 * these are drawn beside the loop; then a second transaction stores them, ends the job and puts the next. Killed in between, the same job
 * comes again, finds the lines that are its own, and makes their papers; what it had not numbered is still waiting. Two chains work in
 * turn.
 */
#include "tenants/village/letters/letters_pile.h"

#include "server/base/json.h"
#include "server/base/text.h"
#include "server/loop/loop.h"
#include "server/web/audit.h"
#include "tenants/directory/directory.h"
#include "tenants/village/letters/letters_issue.h"
#include "tenants/village/letters/letters_pile_parts.h"
#include "tenants/village/letters/letters_render.h"
#include "tenants/village/letters/letters_signer.h"
#include "tenants/village/notices/notices.h"
#include "workers/queue/queue.h"

enum { LINES_AT_ONCE = 40 };

struct chunk {
    const struct job *job;
    uint32_t version; /* the pile's when this chain was begun */
    struct pile pile;
    struct letter_open pattern;
    struct pile_office office;
    struct pile_line_rows lines;
    uint64_t letters[LINES_AT_ONCE]; /* of the lines in turn; 0: it gets none */
    struct letter_pressed papers[LINES_AT_ONCE];
    struct letter_press press;
};

/* ---- numbering ---- */

static const struct letter_subject *subject_of(const struct letter_subject_rows *people, uint64_t id)
{
    for (size_t i = 0; i < people->n; i++)
        if (people->p[i].id == id)
            return &people->p[i];
    return NULL;
}

/* The ids of its people as JSON. */
static struct str people_of(const struct chunk *c)
{
    struct buf json = {.arena = village_db_arena(c->pattern.db)};

    for (size_t i = 0; i < c->lines.n; i++)
        buf_fmt(&json, "%s%" PRIu64, i > 0 ? "," : "[", c->lines.p[i].resident_id.value);
    buf_fmt(&json, "]");
    return buf_str(&json);
}

/* Why a line gets no letter: as the registry is now, whatever it said when it was chosen. */
static enum rc judge_line(struct chunk *c, const struct pile_line *line, const struct letter_subject_rows *people, struct str *why_out,
                          struct err *err)
{
    struct arena *arena = village_db_arena(c->pattern.db);
    const struct letter_subject *who = subject_of(people, line->resident_id.value);
    struct letter_people others;

    *why_out = STR("Tidak ada lagi di data penduduk desa ini");
    if (who == NULL)
        return RC_OK;
    TRY(letter_people_read(c->pattern.db, &c->pattern.form, who->id, c->pattern.inputs, &others, err));
    *why_out = pile_why(arena, &c->office.judge, who, &others, line->answer);
    return RC_OK;
}

static enum rc issue_all(struct txn *txn, struct chunk *c, const struct letter_subject_rows *people, const struct str *why, struct err *err)
{
    const struct letter_actor by = {c->pile.issued_by.value, c->pile.issuer, c->job->now, c->job->village->zone};
    const struct letter pattern = {.type_id = c->pattern.letter.type_id,
                                   .type_version = c->pattern.letter.type_version,
                                   .state = c->pile.is_decided ? LETTER_WAITING_APPROVAL : LETTER_DRAFT,
                                   .paper = c->pattern.letter.paper,
                                   .made_by = c->pile.made_by};
    struct arena *arena = village_db_arena(in_txn(txn));
    struct letter_of_pile letters[LINES_AT_ONCE];
    struct pile_line_numbered numbered[LINES_AT_ONCE];
    size_t of_line[LINES_AT_ONCE], n = 0;

    for (size_t i = 0; i < c->lines.n; i++) {
        const struct pile_line *line = &c->lines.p[i];

        if (!str_empty(why[i]))
            continue;
        of_line[n] = i;
        letters[n++] = (struct letter_of_pile){.subject = subject_of(people, line->resident_id.value),
                                               .inputs = json_write(arena, pile_inputs(arena, &c->office.judge, line->answer))};
    }
    TRY(letters_issue(txn, &pattern, letters, n, &by, err));
    for (size_t i = 0; i < n; i++) {
        c->letters[of_line[i]] = letters[i].id;
        numbered[i] = (struct pile_line_numbered){c->pile.id, c->lines.p[of_line[i]].line, letters[i].id, c->job->lease->id};
    }
    TRY(sql_pile_lines_numbered(txn, numbered, n, err));
    return n > 0 ? outbox_put_once(txn, JOB_PUBLISH_ROLLUP, 0, err) : RC_OK;
}

static enum rc stop(struct txn *txn, struct chunk *c, struct str why, struct err *err)
{
    c->lines.n = 0;
    c->pile.state = PILE_STOPPED;
    return sql_pile_set_state(txn, c->pile.id, PILE_STOPPED, utf8_part(village_db_arena(in_txn(txn)), why, 300), NULL, err);
}

/* What is wrong with the office, not with a resident: the pile waits for who decides, or stops and says why; its people wait. */
static enum rc judge_office(struct txn *txn, struct chunk *c, struct err *err)
{
    const struct date today = utc_date(c->job->now, c->job->village->zone);
    const uint64_t by = c->pile.issued_by.value;
    bool may = true;

    TRY(letter_open_at(in_txn(txn), c->pile.pattern_id, &c->pattern, err));
    TRY(pile_office_read(&c->pattern, today, c->pile.field, c->pile.is_decided ? by : 0, &c->office, err));
    if (pile_needs_decision(&c->pile, &c->pattern, &c->office)) {
        c->lines.n = 0;
        return pile_ask_again(txn, &c->pile, &c->pattern, c->job->now, c->job->village->zone, &c->pile.state, err);
    }
    if (!str_empty(c->office.no_signer))
        return stop(txn, c, c->office.no_signer, err);
    if (!str_eq(c->office.digest, c->pile.office))
        return stop(txn, c, STR("Penandatangan, kop surat, atau gambarnya lain dari saat dikirim. Periksa dulu, lalu tekan Lanjutkan."),
                    err);
    if (!c->pile.is_decided)
        TRY(letter_account_may(in_txn(txn), by, "write_piles", today, &may, err));
    return may ? RC_OK
               : stop(txn, c,
                      STR("Akun yang mengirimnya sudah dinonaktifkan, atau tidak lagi boleh membuat surat massal. Periksa dulu, "
                          "lalu tekan Lanjutkan."),
                      err);
}

static bool gets_letter(const struct chunk *c, const struct str *why, uint64_t resident_id)
{
    for (size_t i = 0; i < c->lines.n; i++)
        if (c->lines.p[i].resident_id.value == resident_id)
            return str_empty(why[i]);
    return false;
}

/* Who approved read of these people what they were then: of whom anything was changed since, he reads anew, as of a single letter. */
static enum rc judge_changes(struct txn *txn, struct chunk *c, const struct str *why, struct err *err)
{
    struct arena *arena = village_db_arena(in_txn(txn));
    struct buf names = {.arena = arena};
    struct pile_changed_rows rows;

    if (!c->pile.is_decided)
        return RC_OK;
    TRY(sql_pile_people_changed(in_txn(txn), people_of(c), c->pile.sent_at, &rows, err));
    for (size_t i = 0; i < rows.n; i++)
        if (gets_letter(c, why, rows.p[i].id))
            buf_fmt(&names, "%s%.*s", names.n > 0 ? ", " : "", STR_ARG(text_name(arena, rows.p[i].name)));
    if (names.n == 0)
        return RC_OK;
    c->lines.n = 0;
    c->pile.state = PILE_WAITING;
    return pile_wait(
        txn, c->pile.id, PILE_WAITING,
        utf8_part(arena,
                  str_fmt(arena, "Data warga berubah sesudah disetujui. Baca lagi suratnya, lalu putuskan: %.*s", STR_ARG(buf_str(&names))),
                  300),
        c->job->now, err);
}

static enum rc number_lines(struct txn *txn, struct chunk *c, struct err *err)
{
    struct letter_subject_rows people;
    struct str why[LINES_AT_ONCE];

    TRY(judge_office(txn, c, err));
    if (c->pile.state != PILE_RUNNING)
        return RC_OK;
    TRY(sql_letter_subjects(c->pattern.db, people_of(c), &people, err));
    for (size_t i = 0; i < c->lines.n; i++)
        TRY(judge_line(c, &c->lines.p[i], &people, &why[i], err));
    TRY(judge_changes(txn, c, why, err));
    for (size_t i = 0; i < c->lines.n; i++)
        if (!str_empty(why[i]))
            TRY(sql_pile_line_refuse(txn, c->pile.id, c->lines.p[i].line, utf8_part(village_db_arena(in_txn(txn)), why[i], 300), NULL,
                                     err));
    return issue_all(txn, c, &people, why, err);
}

/* The pile runs, and this job is of the chains that it was begun with. */
static bool is_its_work(const struct chunk *c)
{
    return c->pile.state == PILE_RUNNING && c->version == c->pile.version;
}

/* What this job numbered before it was killed, or else what another one left, or the next that wait; none when the pile does not run. */
static enum rc take_body(struct txn *txn, void *arg, struct err *err)
{
    struct chunk *c = arg;
    const uint64_t id = c->job->lease->subject, me = c->job->lease->id;

    memset(c->letters, 0, sizeof(c->letters));
    TRY(audit_lock(txn, err));
    TRY(sql_pile_lock(txn, id, &c->pile, err));
    TRY(sql_pile_lines_mine(txn, id, me, LINES_AT_ONCE, &c->lines, err));
    if (c->lines.n == 0 && is_its_work(c)) {
        TRY(sql_pile_lines_claim(txn, id, me, LINES_AT_ONCE, NULL, err));
        TRY(sql_pile_lines_mine(txn, id, me, LINES_AT_ONCE, &c->lines, err));
    }
    for (size_t i = 0; i < c->lines.n; i++)
        c->letters[i] = c->lines.p[i].letter_id.value;
    if (c->lines.n > 0 || !is_its_work(c))
        return RC_OK;
    TRY(sql_pile_lines_next(txn, id, LINES_AT_ONCE, &c->lines, err));
    return c->lines.n > 0 ? number_lines(txn, c, err) : RC_OK;
}

/* ---- papers ---- */

static void press_offloaded(void *arg)
{
    struct chunk *c = arg;

    for (size_t i = 0; i < c->lines.n; i++)
        if (c->letters[i] != 0 && c->papers[i].rc == RC_OK)
            letter_press_work(&c->papers[i]);
}

/* The ids of its letters as JSON. */
static struct str letters_of(const struct chunk *c)
{
    struct buf json = {.arena = village_db_arena(c->press.db)};

    for (size_t i = 0; i < c->lines.n; i++)
        if (c->letters[i] != 0)
            buf_fmt(&json, "%s%" PRIu64, json.n > 0 ? "," : "[", c->letters[i]);
    buf_fmt(&json, "%s]", json.n > 0 ? "" : "[");
    return buf_str(&json);
}

static const struct letter_render *read_of(const struct letter_render_rows *rows, uint64_t id)
{
    for (size_t i = 0; i < rows->n; i++)
        if (rows->p[i].id == id)
            return &rows->p[i];
    return NULL;
}

/* What is wrong with one letter's paper is in `papers`, and the others are made; what the whole job is to be tried again for is given. */
static enum rc begin_papers(struct chunk *c, struct err *err)
{
    struct letter_render_rows rows;

    TRY(sql_letters_for_render(c->press.db, letters_of(c), &rows, err));
    for (size_t i = 0; i < c->lines.n; i++) {
        struct letter_pressed *paper = &c->papers[i];
        const struct letter_render *letter = read_of(&rows, c->letters[i]);

        if (letter == NULL)
            continue;
        paper->rc = letter_press_begin(&c->press, letter, paper, &paper->err);
        *err = paper->err;
        if (rc_may_retry(paper->rc) || paper->rc == RC_CANCELLED)
            return paper->rc;
    }
    return RC_OK;
}

static enum rc make_papers(struct chunk *c, struct err *err)
{
    enum rc rc = begin_papers(c, err);

    if (rc == RC_OK)
        rc = fiber_offload(press_offloaded, c, err);
    for (size_t i = 0; i < c->lines.n; i++)
        if (letter_press_end(&c->papers[i]) != RC_OK || c->papers[i].rc != RC_OK)
            log_err("pile_paper", &c->papers[i].err);
    return rc;
}

/* ---- the end of the job ---- */

/* The next, or, when nothing is left, the files. */
static enum rc put_next(struct txn *txn, struct chunk *c, struct err *err)
{
    struct pile_count n;

    if (!is_its_work(c))
        return RC_OK;
    TRY(sql_pile_count(in_txn(txn), c->pile.id, STR(PILE_LEFT_OUT), &n, err));
    if (n.waiting + n.unclaimed > 0)
        return pile_put_job(txn, c->pile.id, c->version, err);
    if (n.numbered > 0)
        return RC_OK; /* the other chain ends it */
    TRY(sql_pile_set_state(txn, c->pile.id, PILE_BINDING, STR(""), NULL, err));
    return outbox_put(txn, JOB_PILE_FILES, c->pile.id, STR_NONE, err);
}

/* A letter whose paper could not be made is tried again by a job of its own, as each single letter is. */
static enum rc put_late(struct txn *txn, const struct chunk *c, size_t i, struct err *err)
{
    TRY(sql_pile_line_say(txn, c->pile.id, c->lines.p[i].line, STR("PDF-nya belum jadi, dicoba lagi sendiri"), NULL, err));
    return outbox_put(txn, JOB_RENDER_LETTER, c->letters[i], STR_NONE, err);
}

static bool is_to_store(const struct letter_to_store_rows *rows, uint64_t id)
{
    for (size_t i = 0; i < rows->n; i++)
        if (rows->p[i].id == id)
            return true;
    return false;
}

static enum rc end_body(struct txn *txn, void *arg, struct err *err)
{
    struct chunk *c = arg;
    const struct str ids = letters_of(c);
    const struct letter_pressed *made[LINES_AT_ONCE];
    struct letter_to_store_rows rows;
    size_t n = 0;

    TRY(sql_pile_lock(txn, c->job->lease->subject, &c->pile, err));
    TRY(sql_letters_to_store(txn, ids, &rows, err));
    TRY(sql_pile_lines_done(txn, c->pile.id, ids, NULL, err));
    for (size_t i = 0; i < c->lines.n; i++) {
        if (!is_to_store(&rows, c->letters[i])) /* none, or another job was quicker */
            continue;
        if (c->papers[i].rc == RC_OK && c->papers[i].run != NULL)
            made[n++] = &c->papers[i];
        else
            TRY(put_late(txn, c, i, err));
    }
    TRY(letters_press_store(txn, made, n, c->job->now, err));
    if (rows.n > 0)
        TRY(notice_papers_ready(txn, ids, err));
    TRY(put_next(txn, c, err));
    return lease_end(txn, c->job->lease, err);
}

enum rc letter_pile_work(const struct job *job, struct err *err)
{
    struct chunk *c = ARENA_NEW(job->arena, struct chunk);
    json_t *payload;

    c->job = job;
    c->press = letter_press_of(job);
    TRY(json_read(job->arena, job->lease->payload, &payload, err));
    c->version = (uint32_t)json_u64(payload, "version");
    TRY(txn_run(job->db, take_body, c, err));
    TRY(make_papers(c, err));
    return txn_run(job->db, end_body, c, err);
}
