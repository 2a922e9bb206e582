// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * The work of JOB_PILE_FILES: of all valid letters of a pile a PDF to print, whose pages are drawn anew in one file (fonts and crest
 * stand in it once; it bears no seal), and the sealed PDFs in zips of at most PILE_ZIP_LETTERS, each in parts of about PILE_PART_BYTES, so
 * that no answer is larger than a server holds with ease. Made again from the beginning after a crash, and when a letter in them was
 * withdrawn: files without a use are swept away.
 */
#include "tenants/village/letters/letters_pile.h"

#include "server/base/text.h"
#include "server/files/files.h"
#include "server/loop/crew.h"
#include "server/paper/paper.h"
#include "server/sheet/sheet.h"
#include "tenants/directory/directory.h"
#include "tenants/village/letters/letters_paper.h"
#include "tenants/village/letters/letters_pile_parts.h"
#include "tenants/village/letters/letters_proof.h"

enum {
    READ_AT_ONCE = 25,
    TIDY_AT_ONCE = 50,
    PILE_FILE_BYTES = 64 * MIB,
    PILE_PART_BYTES = 48 * MIB, /* of letters in one file, which is a little larger */
    LETTER_BYTES = 8 * MIB,     /* the largest that is kept */
    FILES_MOST = 2 * (2 + PILE_MOST / (PILE_PART_BYTES / LETTER_BYTES)),
};

static const struct file_slot pile_slot = {.word = "letter_pile", .most_bytes = PILE_FILE_BYTES};

/* ---- one sort of files ---- */

/* Files of one sort, made by a fiber of its own: with an arena, and so a handle, of its own, too. */
struct making {
    const struct job *job;
    const struct pile_full *pile;
    enum rc (*all)(struct making *m, struct err *err);
    struct fiber *parent; /* of the job, which waits */
    uint64_t files[FILES_MOST / 2];
    size_t n;
    enum rc rc;
    struct err err;
};

/* A worker that is to stop cancels the job's own fiber. */
static enum rc is_wanted(const struct making *m, struct err *err)
{
    return fiber_is_cancelled(m->parent) ? fail(err, RC_CANCELLED, "the files of pile %" PRIu64 " are left", m->job->lease->subject)
                                         : RC_OK;
}

/* ---- the PDF to print ---- */

struct binding {
    const struct making *making;
    const struct job *job;
    struct arena *arena; /* of these few letters */
    struct village_db *db;
    struct paper_book *book;
    struct pile_paper_rows rows;
    struct letter_sheet sheets[READ_AT_ONCE];
    uint32_t last; /* the line of the last one in the book */
    bool is_full;
    enum rc rc;
    struct err err;
};

/* `arena` is of this letter alone: the press that its paper holds is the next one's. */
static enum rc add_one(struct binding *b, struct arena *arena, size_t i, struct err *err)
{
    struct paper_input input = {.is_sample = b->job->village->is_sample};
    struct paper *paper;

    letter_sheet_input(&b->sheets[i], &input);
    input.qr_text = letter_proof_link(arena, b->job->house->origin, b->rows.p[i].verify_token);
    TRY(paper_layout(arena, &input, &paper, err));
    paper_book_add(b->book, paper);
    return RC_OK;
}

static void add_offloaded(void *arg)
{
    struct binding *b = arg;
    struct arena *arena = arena_new();

    for (size_t i = 0; i < b->rows.n && b->rc == RC_OK && !b->is_full; i++) {
        arena_reset(arena);
        b->rc = add_one(b, arena, i, &b->err);
        b->last = b->rows.p[i].line;
        b->is_full = paper_book_bytes(b->book) > PILE_PART_BYTES;
    }
    arena_free(&arena);
}

/* The next few, in an arena that is emptied afterwards; *n_out 0: there were none. */
static enum rc bind_some(struct binding *b, size_t *n_out, struct err *err)
{
    TRY(is_wanted(b->making, err));
    TRY(directory_open(b->job->house->directory, b->job->house->store, b->arena, b->job->village->code, &b->db, err));
    TRY(sql_pile_papers(b->db, b->job->lease->subject, b->last, READ_AT_ONCE, &b->rows, err));
    *n_out = b->rows.n;
    for (size_t i = 0; i < b->rows.n; i++)
        TRY(letter_sheet_from_snapshot(b->db, b->rows.p[i].snapshot, false, &b->sheets[i], err));
    TRY(fiber_offload(add_offloaded, b, err));
    if (b->rc != RC_OK)
        *err = b->err;
    return b->rc;
}

/* The next letters, until the book is full. *n_out 0: there are no more. */
static enum rc bind_part(struct binding *b, size_t *n_out, struct err *err)
{
    size_t n = 0;
    enum rc rc;

    *n_out = 0;
    b->is_full = false;
    do {
        arena_reset(b->arena);
        rc = bind_some(b, &n, err);
        *n_out += n;
    } while (rc == RC_OK && n > 0 && !b->is_full);
    return rc;
}

struct closing {
    struct paper_book *book;
    struct arena *arena;
    struct paper_info info;
    struct str pdf;
    enum rc rc;
    struct err err;
};

static void close_offloaded(void *arg)
{
    struct closing *c = arg;

    c->rc = paper_book_close(&c->book, c->arena, &c->info, &c->pdf, &c->err);
}

/* One PDF; *file_out 0: no letter is left for it. */
static enum rc pdf_part(struct binding *b, const struct pile_full *pile, uint64_t *file_out, struct err *err)
{
    const struct job *job = b->job;
    struct arena *arena = arena_new(); /* of the bytes */
    struct closing c = {.book = paper_book_open(),
                        .arena = arena,
                        .info = {.title = pile->type_name,
                                 .author = str_fmt(job->arena, "Pemerintah Desa %.*s", STR_ARG(job->village->name)),
                                 .subject = STR(""),
                                 .at = job->now}};
    size_t n;

    b->book = c.book;
    *file_out = 0;
    enum rc rc = bind_part(b, &n, err), closed = fiber_offload(close_offloaded, &c, &c.err);
    if (rc == RC_OK && n > 0 && (closed != RC_OK || c.rc != RC_OK)) {
        *err = c.err;
        rc = closed != RC_OK ? closed : c.rc;
    }
    if (rc == RC_OK && n > 0)
        rc = file_store(b->db, &pile_slot, STR("application/pdf"), c.pdf, file_out, err);
    arena_free(&arena);
    return rc;
}

static enum rc pdf_all(struct making *m, struct err *err)
{
    struct arena *arena = arena_new();
    struct binding *b = ARENA_NEW(arena, struct binding);
    enum rc rc;

    *b = (struct binding){.making = m, .job = m->job, .arena = arena_new()};
    do
        rc = pdf_part(b, m->pile, &m->files[m->n], err);
    while (rc == RC_OK && m->files[m->n] != 0 && ++m->n < COUNT_OF(m->files));
    arena_free(&b->arena);
    arena_free(&arena);
    return rc;
}

/* ---- the zips ---- */

struct zipping {
    struct arena *arena;
    struct pack_entry letters[PILE_ZIP_LETTERS];
    size_t n;
    struct str zip;
    enum rc rc;
    struct err err;
};

static void zip_offloaded(void *arg)
{
    struct zipping *z = arg;

    z->rc = pack_write(z->arena, z->letters, z->n, &z->zip, &z->err);
}

/* "0012 140-042-XI-2026 Sitti Rahmawati.pdf": in the order of the lines. */
static struct str name_in_zip(struct arena *arena, const struct pile_paper *paper)
{
    char *p = str_z(arena, str_fmt(arena, "%04" PRIu32 " %.*s %.*s.pdf", paper->line, STR_ARG(paper->number_text),
                                   STR_ARG(text_name(arena, paper->name))));

    for (char *at = p; *at != '\0'; at++)
        if (strchr("/\\:*?\"<>|", *at) != NULL || (unsigned char)*at < ' ')
            *at = '-';
    return str_c(p);
}

/* The next letters, until the zip is full; *after: the line of the last one in it. */
static enum rc fill_zip(const struct making *m, struct village_db *db, struct zipping *z, uint32_t *after, struct err *err)
{
    struct pile_paper_rows rows;
    size_t bytes = 0;

    do {
        TRY(is_wanted(m, err));
        TRY(sql_pile_papers(db, m->job->lease->subject, *after, READ_AT_ONCE, &rows, err));
        for (size_t i = 0; i < rows.n; i++) {
            struct pack_entry *letter = &z->letters[z->n];

            if (z->n == PILE_ZIP_LETTERS)
                return RC_OK;
            TRY(file_load(db, rows.p[i].file_id, &letter->bytes, err));
            bytes += letter->bytes.n;
            if (z->n > 0 && bytes > PILE_PART_BYTES)
                return RC_OK;
            letter->name = name_in_zip(z->arena, &rows.p[i]);
            z->n++;
            *after = rows.p[i].line;
        }
    } while (rows.n == READ_AT_ONCE);
    return RC_OK;
}

/* One zip; *file_out 0: no letter is left for it. */
static enum rc zip_some(const struct making *m, struct zipping *z, uint32_t *after, uint64_t *file_out, struct err *err)
{
    struct village_db *db;

    *file_out = 0;
    TRY(directory_open(m->job->house->directory, m->job->house->store, z->arena, m->job->village->code, &db, err));
    TRY(fill_zip(m, db, z, after, err));
    if (z->n == 0)
        return RC_OK;
    TRY(fiber_offload(zip_offloaded, z, err));
    if (z->rc != RC_OK) {
        *err = z->err;
        return z->rc;
    }
    return file_store(db, &pile_slot, STR("application/zip"), z->zip, file_out, err);
}

static enum rc zip_all(struct making *m, struct err *err)
{
    struct arena *arena = arena_new();
    uint32_t after = 0;
    enum rc rc;

    do {
        arena_reset(arena);
        struct zipping *z = ARENA_NEW(arena, struct zipping);

        *z = (struct zipping){.arena = arena};
        rc = zip_some(m, z, &after, &m->files[m->n], err);
    } while (rc == RC_OK && m->files[m->n] != 0 && ++m->n < COUNT_OF(m->files));
    arena_free(&arena);
    return rc;
}

/* ---- both beside each other ---- */

enum { SORTS = 2 };

struct files {
    struct crew crew;
    struct making sorts[SORTS];
    size_t left; /* of `sorts`, not begun yet */
    uint64_t deadline_ms;
};

static void make_one(void *ctx)
{
    struct files *f = ctx;
    struct making *m = &f->sorts[SORTS - f->left--];

    fiber_set_deadline(fiber_current(), f->deadline_ms);
    m->rc = m->all(m, &m->err);
    crew_leave(&f->crew);
}

static enum rc make_all(struct files *f, struct err *err)
{
    f->left = SORTS;
    f->deadline_ms = fiber_deadline(fiber_current());
    crew_start(&f->crew, SORTS, make_one, f);
    crew_wait(&f->crew, &f->left);
    for (size_t i = 0; i < SORTS; i++)
        if (f->sorts[i].rc != RC_OK) {
            *err = f->sorts[i].err;
            return f->sorts[i].rc;
        }
    return RC_OK;
}

/* ---- kept ---- */

static enum rc bound_body(struct txn *txn, void *arg, struct err *err)
{
    const struct files *f = arg;
    const struct job *job = f->sorts[0].job;
    struct buf ids = {.arena = village_db_arena(in_txn(txn))};
    const uint64_t id = job->lease->subject;
    struct pile pile;

    TRY(sql_pile_lock(txn, id, &pile, err));
    if (pile.state != PILE_BINDING)
        return lease_end(txn, job->lease, err);
    TRY(file_release(txn, "letter_pile", id, "", err)); /* those before, of a pile whose letter was withdrawn */
    for (size_t s = 0; s < SORTS; s++)
        for (size_t i = 0; i < f->sorts[s].n; i++) {
            buf_fmt(&ids, "%s%" PRIu64, ids.n == 0 ? "" : i == 0 ? ";" : ",", f->sorts[s].files[i]);
            TRY(file_hold(txn, f->sorts[s].files[i], "letter_pile", id, "", err));
        }
    TRY(sql_pile_set_files(txn, id, ids.n > 0 ? buf_str(&ids) : STR(""), job->now, NULL, err));
    return lease_end(txn, job->lease, err);
}

/* Its files have a letter that was withdrawn since: they are not given any more, and made again. */
static enum rc again_body(struct txn *txn, void *arg, struct err *err)
{
    const struct job *job = arg;
    struct pile pile;

    TRY(sql_pile_lock(txn, job->lease->subject, &pile, err));
    return pile.state == PILE_DONE ? sql_pile_set_state(txn, pile.id, PILE_BINDING, STR(""), NULL, err) : RC_OK;
}

enum rc letter_pile_files(const struct job *job, struct err *err)
{
    struct files *f = ARENA_NEW(job->arena, struct files);
    struct pile_full pile;

    TRY(sql_pile_get(job->db, job->lease->subject, &pile, err));
    if (pile.state == PILE_DONE && !str_empty(pile.files) && pile.withdrawn > 0)
        TRY(txn_run(job->db, again_body, (void *)(uintptr_t)job, err));
    else if (pile.state != PILE_BINDING)
        return RC_OK;
    f->sorts[0] = (struct making){.job = job, .pile = &pile, .all = pdf_all, .parent = fiber_current()};
    f->sorts[1] = (struct making){.job = job, .pile = &pile, .all = zip_all, .parent = fiber_current()};
    TRY(make_all(f, err));
    return txn_run(job->db, bound_body, f, err);
}

static enum rc tidy_body(struct txn *txn, void *arg, struct err *err)
{
    const utc_us *before = arg;
    struct pile_old_rows old;

    TRY(sql_piles_old(txn, *before, TIDY_AT_ONCE, &old, err));
    for (size_t i = 0; i < old.n; i++) {
        TRY(sql_pile_forget_files(txn, old.p[i].id, NULL, err));
        TRY(sql_pile_forget_typed(txn, old.p[i].id, NULL, err));
        TRY(file_release(txn, "letter_pile", old.p[i].id, "", err));
    }
    return RC_OK;
}

enum rc letter_piles_tidy(const struct job *job, struct err *err)
{
    utc_us before = job->now - (utc_us)PILE_FILES_S * US_PER_S;

    return txn_run(job->db, tidy_body, &before, err);
}
