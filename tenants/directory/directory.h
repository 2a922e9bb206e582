// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Whom we serve: host → village, in memory, read from the control schema at
 * start and again whenever control's directory_change counter has moved (the
 * server polls once a second; the last copy serves on when control is away).
 * Invariant: this is the only place that makes a village handle, and a handle
 * always belongs to the village that was looked up. Host names match exactly
 * after canonical form; there is no default village.
 *
 * One directory per process. directory_refresh swaps in a whole new table;
 * look-ups copy what they found into the caller's arena, so they may be called
 * from any loop's thread.
 */
#ifndef BALAI_DIRECTORY_H
#define BALAI_DIRECTORY_H

#include "server/base/base.h"
#include "server/base/clock.h"
#include "server/base/random.h"
#include "server/store/store.h"

/* name, word in the database and in URLs, label for people */
#define VILLAGE_STATES(X)                     \
    X(PREPARING, "preparing", "Menyiapkan")   \
    X(TRIAL, "trial", "Uji coba")             \
    X(ACTIVE, "active", "Aktif")              \
    X(READ_ONLY, "readonly", "Hanya baca")    \
    X(SUSPENDED, "suspended", "Ditangguhkan") \
    X(CLOSED, "closed", "Ditutup")

enum village_state {
    VILLAGE_NO_STATE,
#define X(name, word, label) VILLAGE_##name,
    VILLAGE_STATES(X)
#undef X
};

struct str village_state_word(enum village_state state);
struct str village_state_label(enum village_state state);
enum village_state village_state_from(struct str word); /* VILLAGE_NO_STATE when unknown */

/* Eight accents of a village (../look: Tarum … Arang); the word stands in data-warna. */
struct village {
    struct str code;          /* "7317102003" */
    struct str dotted_code;   /* "73.17.10.2003" */
    struct str name;          /* "Sampano", "To'long" */
    struct str slug;          /* "sampano" */
    struct str host;          /* canonical: slug.BASE, or its own domain */
    struct str district_code; /* "731710" */
    struct str district;      /* "Larompong Selatan" */
    struct str regency;       /* "Luwu" */
    struct str province;      /* "Sulawesi Selatan" */
    double lat, lng;
    enum village_state state;
    struct str state_note; /* why, and whom to call; may be empty */
    enum zone zone;
    bool is_sample; /* generated population: DATA CONTOH everywhere */
    uint32_t schema_version;
    uint64_t epoch;      /* of the directory row: fencing for moves */
    uint64_t page_epoch; /* as last spread through control; see server/web/pagecache.h */
};

enum site {
    SITE_NONE,
    SITE_PLATFORM, /* BASE */
    SITE_VILLAGE,
    SITE_DPMD,
    SITE_KELOLA
};

struct directory;

/* keys: the 32-byte master key, of which the account-sealing key is derived. base_host as configured ("localhost:8080"). */
struct directory *directory_new(struct str base_host, struct str village_prefix, const unsigned char master_key[KEY_BYTES]) MUST_USE;
void directory_free(struct directory **directory);

/* Reads all villages when directory_change moved since last time (or always when `force`). Keeps the old table on failure. */
enum rc directory_refresh(struct directory *directory, struct control_db *control, bool force, struct err *err) MUST_USE;

/*
 * Canonical host: lower-cased, numeric port and one trailing dot dropped.
 * RC_BAD_REQUEST when empty, over 253 bytes or with a byte no host has.
 */
enum rc host_canonical(struct arena *arena, struct str host, struct str *out, struct err *err) MUST_USE;

/* Which site a canonical host is; for SITE_VILLAGE *village_out is a copy in the arena. RC_MISDIRECTED when nobody has it. */
enum rc directory_by_host(struct directory *directory, struct arena *arena, struct str canonical_host, enum site *site_out,
                          const struct village **village_out, struct err *err) MUST_USE;
/* By 10-digit code; RC_NOT_FOUND. */
enum rc directory_by_code(struct directory *directory, struct arena *arena, struct str code, const struct village **village_out,
                          struct err *err) MUST_USE;

struct village_list {
    struct village *p;
    size_t n;
};
/* All, ordered by code; copies in the arena. */
struct village_list directory_all(struct directory *directory, struct arena *arena);
/* What the consoles' clocks go by: the zone of the first village, or the default when there is none. */
enum zone directory_zone(struct directory *directory);

/*
 * The village's database handle, through the village's own account. Suspended
 * and closed villages: RC_SUSPENDED; preparing: RC_UNAVAILABLE; read-only:
 * a handle that refuses writes.
 */
enum rc directory_open(struct directory *directory, struct store *store, struct arena *arena, struct str code, struct village_db **db_out,
                       struct err *err) MUST_USE;

/*
 * A handle that refuses writes, also of a suspended or closed village: what it issued stays its word, and is verified for ever.
 * RC_UNAVAILABLE: it is being prepared.
 */
enum rc directory_open_record(struct directory *directory, struct store *store, struct arena *arena, struct str code,
                              struct village_db **db_out, struct err *err) MUST_USE;

/*
 * Always writable, with the sealed secret of its row: for tenants/control, which seeds a village before anybody may visit it. The table
 * need not have it: to read all villages anew for each that is made would cost more with each.
 */
enum rc directory_open_preparing(const struct directory *directory, struct store *store, struct arena *arena, struct str code,
                                 struct str secret_sealed, struct village_db **db_out, struct err *err) MUST_USE;

/* Tells all servers that villages, hosts or states changed; part of the transaction that changes them. */
enum rc directory_moved(struct control_txn *txn, struct err *err) MUST_USE;

/* The key under which control.village.secret_sealed is sealed, bound to the village's code: for tenants/control, which makes accounts. */
void directory_seal_key(const unsigned char master_key[KEY_BYTES], unsigned char key_out[KEY_BYTES]);

/* The village's secret key number for a purpose: HKDF of the master over the code. Key rooms: letters (tokens), residents (blind index),
 * web (sessions, CSRF). */
void directory_village_key(struct directory *directory, struct str code, const char *purpose, unsigned char key_out[KEY_BYTES]);

#endif
