// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * A job as the room that does it sees it. Each room lists its kinds of work (struct job_row) in its struct feature; the worker makes
 * one table of them and knows nothing else about them.
 *
 * A job's function may run more than once for one job (at least once), also after its effect was committed; it guards the effect
 * itself. It returns RC_OK when the work is done; an rc that may be tried again (err.h) is, after a back-off; any other buries the
 * job for staff to see. err.text is what they read of it in the log's language, so it carries no personal data. The fiber's deadline
 * ends before the lease does.
 */
#ifndef BALAI_JOB_H
#define BALAI_JOB_H

#include "server/base/base.h"
#include "server/base/clock.h"
#include "server/base/config.h"
#include "server/store/store.h"
#include "workers/queue/lease.h"

struct directory;
struct feature;
struct village;
struct post;
struct esign;
struct redis;

/* What every job has, for the worker's life. */
struct job_house {
    const struct config *config;
    const unsigned char *master_key; /* KEY_BYTES */
    struct directory *directory;
    struct store *store;           /* of the worker's loop */
    struct str origin;             /* of the platform, https?://BASE: QR links */
    struct post *post;             /* mail; NULL: none is sent */
    struct esign *esign;           /* signers elsewhere */
    const struct str *esign_roots; /* authorities of their signers' certificates, DER; none: not asked */
    size_t n_esign_roots;
    struct redis *redis;                   /* of the worker's loop */
    const struct feature *const *features; /* ended by NULL */
};

struct job {
    const struct job_house *house;
    struct arena *arena; /* of this one job */
    struct village_db *db;
    struct control_db *control;
    const struct village *village;
    struct lease *lease;
    void *memory; /* the feature's own, made by its job_memory; NULL when it has none */
    utc_us now;
};

/* One kind of work; a list ends with kind 0. */
struct job_row {
    uint16_t kind;     /* number in the outbox, 1 to JOB_KIND_MAX, of one feature only and never used again */
    uint16_t lease_s;  /* how long one try may take */
    const char *name;  /* "RENDER_LETTER", for the log */
    const char *label; /* "Membuat PDF surat", for staff */
    enum rc (*run)(const struct job *job, struct err *err);
    /* How many that are due a lane claims at once, and does one after the other: of quick work that comes in crowds. 0: one. */
    uint8_t together;
};

/* What the jobs of a feature keep between them, in the worker's memory. Made once, freed with the arena, tidied every few seconds. */
struct job_memory {
    void *(*make)(struct arena *arena);
    void (*tidy)(void *memory, utc_us now);
};

/* Of what waits for somebody outside most of its time: each in a fiber of its own, so that it holds no lane. */
enum { JOB_APART = 255 };

enum { JOB_KIND_MAX = 255, JOB_LEASE_S = 60 /* of a kind nobody knows */ };

/* The worker's table, by kind. */
struct job_entry {
    const struct job_row *row; /* NULL: no feature has this kind */
    void *memory;
};
struct job_table {
    struct job_entry entries[JOB_KIND_MAX + 1];
};

/* Enters rows; a number out of range, or used twice, aborts. */
void job_table_add(struct job_table *table, const struct job_row *rows, void *memory);
/* NULL when there is no such kind. table may be NULL. */
const struct job_entry *job_table_find(const struct job_table *table, uint16_t kind);

#endif
