// SPDX-License-Identifier: AGPL-3.0-or-later
/* Books on paper: rows wait until there are enough of them, then they are counted, or drawn, beside the loop. */
#include "server/base/text.h"
#include "server/loop/loop.h"
#include "server/register/book_parts.h"
#include "server/register/book_sql.h"
#include "tenants/directory/directory.h"

/* ---- texts of a row ---- */

struct str book_text(struct arena *arena, const struct book_column *column, const struct sheet_cell *cell)
{
    int64_t n;

    if (cell->kind == CELL_DATE)
        return date_short(arena, cell->date);
    if (cell->kind != CELL_NUMBER)
        return str_dup(arena, cell->text);
    if (column->kind == BOOK_CODE || !str_to_i64(cell->text, &n))
        return str_dup(arena, cell->text);
    return n == 0 ? STR("–") : number_text(arena, n);
}

static void digest_row(struct book_sink *sink, const struct str *cells, size_t n)
{
    struct buf said = {.arena = sink->rows_arena};

    buf_put(&said, sink->digest, HASH_BYTES);
    for (size_t i = 0; i < n; i++) {
        buf_fmt(&said, "%zu:", cells[i].n);
        buf_put_str(&said, cells[i]);
    }
    hash_sha256(said.p, said.n, sink->digest);
}

struct batch {
    struct book_run *run;
    enum rc rc;
    struct err err;
};

static void batch_work(void *arg)
{
    struct batch *batch = arg;
    struct book_sink *sink = batch->run->sink;

    for (size_t i = 0; i < sink->waiting_n && batch->rc == RC_OK; i++) {
        const struct book_waiting *row = &sink->waiting[i];

        if (sink->is_drawing) {
            batch->rc = ledger_row(sink->pages, row->cells, row->is_sum, &batch->err);
            continue;
        }
        digest_row(sink, row->cells, batch->run->book->n);
        batch->rc = ledger_count(sink->pages, row->cells, row->is_sum, &batch->err);
    }
}

static enum rc flush(struct book_run *run, struct err *err)
{
    struct batch batch = {.run = run};

    TRY(fiber_offload(batch_work, &batch, err));
    run->sink->waiting_n = 0;
    arena_reset(run->sink->rows_arena);
    if (batch.rc != RC_OK)
        *err = batch.err;
    return batch.rc;
}

enum rc book_paper_put(struct book_run *run, const struct sheet_cell *cells, bool is_sum, struct err *err)
{
    struct book_sink *sink = run->sink;
    struct str *texts = ARENA_ARRAY(sink->rows_arena, struct str, run->book->n);

    for (size_t i = 0; i < run->book->n; i++)
        texts[i] = book_text(sink->rows_arena, &run->book->columns[i], &cells[i]);
    sink->waiting[sink->waiting_n++] = (struct book_waiting){texts, is_sum};
    return sink->waiting_n == BOOK_BATCH ? flush(run, err) : RC_OK;
}

/* ---- what stands around the rows ---- */

static const struct book_signer usual_signers[BOOK_SIGNERS_MAX] = {{"Mengetahui", "head"}, {NULL, "secretary"}};

enum rc book_signers(struct book_run *run, struct ledger *ledger, struct str *said_out, struct err *err)
{
    const struct book_signer *signers = run->book->signers[0].office != NULL ? run->book->signers : usual_signers;
    struct book_official_rows officials;
    struct buf said = {.arena = run->arena};

    TRY(sql_book_officials(run->db, &officials, err));
    for (size_t i = 0; i < BOOK_SIGNERS_MAX && signers[i].office != NULL; i++) {
        struct ledger_signer *to = &ledger->signers[ledger->signers_n++];

        to->above = signers[i].above != NULL
                        ? str_c(signers[i].above)
                        : str_fmt(run->arena, "%.*s, %.*s", STR_ARG(run->village->name), STR_ARG(date_long(run->arena, run->today)));
        for (size_t j = officials.n; j-- > 0;)
            if (str_is(officials.p[j].office, signers[i].office))
                to->office = officials.p[j].position, to->name = officials.p[j].name, to->number = officials.p[j].nip;
        if (!str_empty(to->name))
            buf_fmt(&said, "%s%.*s (%.*s)", said.n > 0 ? "; " : "", STR_ARG(to->name), STR_ARG(to->office));
        if (!str_empty(to->number))
            to->number = str_fmt(run->arena, "NIP %.*s", STR_ARG(to->number));
    }
    *said_out = buf_str(&said);
    return RC_OK;
}

/* Of a book of what stands now: the month it is filed under. */
static struct str subtitle_of(const struct book_run *run)
{
    const char *month = month_name(run->from.month);

    if (run->book->period == BOOK_NO_PERIOD)
        return STR("");
    return str_fmt(run->arena, "BULAN %.*s TAHUN %d", STR_ARG(text_upper(run->arena, str_c(month))), run->from.year);
}

/* The day the rows speak of: today, or the last of a month that is over. */
static struct date day_of(const struct book_run *run)
{
    if (run->book->period != BOOK_OF_MONTH || date_compare(run->today, run->until) < 0)
        return run->today;
    return date_from_days(date_to_days(run->until) - 1);
}

void book_paper_columns(struct arena *arena, const struct book *book, struct str hamlet_word, struct ledger *ledger)
{
    struct ledger_column *columns = ARENA_ARRAY(arena, struct ledger_column, book->n);

    for (size_t i = 0; i < book->n; i++) {
        const struct book_column *from = &book->columns[i];
        bool is_number = from->kind == BOOK_LINE || (from->at.type >= BOOK_U64 && from->at.type <= BOOK_I64 && from->kind < BOOK_CODE);

        columns[i] = (struct ledger_column){.width = from->width,
                                            .align = from->align != 0 ? from->align
                                                     : is_number      ? LEDGER_RIGHT
                                                                      : LEDGER_LEFT};
        for (size_t level = 0; level < LEDGER_LEVELS && from->heads[level] != NULL; level++)
            columns[i].heads[level] = text_hamlet(arena, str_c(from->heads[level]), hamlet_word);
    }
    ledger->columns = columns;
    ledger->n = book->n;
    ledger->text_pt = book->text_pt;
}

static enum rc describe(struct book_run *run, struct ledger *out, struct str *signers_out, struct err *err)
{
    struct arena *arena = run->arena;
    const struct village *village = run->village;

    *out = (struct ledger){
        .title = text_upper(arena, str_c(run->book->title)),
        .subtitle = subtitle_of(run),
        .place = {str_fmt(arena, "Desa %.*s", STR_ARG(village->name)), str_fmt(arena, "Kecamatan %.*s", STR_ARG(village->district)),
                  str_fmt(arena, "Kabupaten %.*s, %.*s", STR_ARG(village->regency), STR_ARG(village->province))},
        .note = run->note,
        .foot = str_fmt(arena, "Dicetak %.*s, %.*s %.*s %s. Keadaan data per %.*s.", STR_ARG(run->asked_by),
                        STR_ARG(date_short(arena, run->today)), STR_ARG(utc_clock(arena, run->asked_at, village->zone)),
                        zone_name(village->zone), STR_ARG(date_short(arena, day_of(run)))),
        .is_sample = village->is_sample,
    };
    book_paper_columns(arena, run->book, run->hamlet_word, out);
    return book_signers(run, out, signers_out, err);
}

/* ---- both passes ---- */

struct making {
    struct book_run *run;
    struct book_made *out;
    struct ledger ledger;
    enum rc rc; /* of what is done beside the loop */
    struct err err;
};

static void begin_work(void *arg)
{
    struct making *m = arg;

    m->rc = ledger_begin(m->run->arena, &m->ledger, &m->run->sink->pages, &m->err);
}

static enum rc beside(struct making *m, void (*work)(void *arg), struct err *err)
{
    TRY(fiber_offload(work, m, err));
    if (m->rc != RC_OK)
        *err = m->err;
    return m->rc;
}

static enum rc pass(struct book_run *run, struct err *err)
{
    TRY(book_rows(run, err));
    return run->sink->waiting_n > 0 ? flush(run, err) : RC_OK;
}

static enum rc paper_body(struct txn *txn, void *ctx, struct err *err)
{
    struct making *m = ctx;
    struct book_run *run = m->run;
    struct book_sink *sink = run->sink;
    size_t pages;

    sink->waiting_n = 0;
    arena_reset(sink->rows_arena);
    memset(sink->digest, 0, HASH_BYTES);
    TRY(book_begin(txn, run, err));
    TRY(describe(run, &m->ledger, &m->out->signers, err));
    TRY(beside(m, begin_work, err));
    TRY(pass(run, err));
    TRY(ledger_counted(sink->pages, &pages, err));
    m->ledger.mark = str_fmt(run->arena, "Sidik cetakan %02X%02X-%02X%02X", sink->digest[0], sink->digest[1], sink->digest[2],
                             sink->digest[3]);
    sink->is_drawing = true;
    return pass(run, err);
}

static void end_work(void *arg)
{
    struct making *m = arg;
    const struct book_run *run = m->run;
    const struct paper_info info = {
        .title = m->ledger.title, .author = m->ledger.place[0], .subject = m->ledger.subtitle, .at = run->asked_at};

    m->rc = ledger_pdf(run->sink->pages, &info, &m->out->pdf, &m->err);
}

enum rc book_paper_make(struct village_db *db, struct book_run *run, struct book_made *out, struct err *err)
{
    struct making m = {.run = run, .out = out};

    TRY(txn_run(db, paper_body, &m, err));
    memcpy(out->digest, run->sink->digest, HASH_BYTES);
    return beside(&m, end_work, err);
}
