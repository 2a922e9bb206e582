// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/directory/directory.h"

#include <pthread.h>
#include <stdlib.h>

#include "server/store/store_handles.h"
#include "tenants/directory/directory_sql.h"

/* One village and what only this file may know of it. */
struct entry {
    struct village village;
    struct str schema;   /* also the account's name */
    struct str password; /* p == NULL: it has no account yet */
};

struct host_entry {
    struct str host;
    const struct entry *entry;
};

/* A whole directory at one moment; lives in its own arena and is replaced as one. */
struct table {
    struct arena *arena;
    struct entry *entries; /* by code */
    size_t n;
    struct host_entry *hosts; /* by host */
    size_t hosts_n;
    uint64_t directory_counter, page_counter;
};

struct directory {
    struct arena *arena;
    struct str base, dpmd, kelola; /* canonical hosts */
    struct str village_prefix;
    unsigned char master_key[KEY_BYTES], seal_key[KEY_BYTES];
    pthread_rwlock_t lock; /* guards table and the page epochs in it; never held while waiting for the database */
    struct table *table;   /* NULL before the first refresh */
};

struct str village_state_word(enum village_state state)
{
    switch (state) {
    case VILLAGE_NO_STATE:
        break;
#define X(name, word, label) \
    case VILLAGE_##name:     \
        return STR(word);
        VILLAGE_STATES(X)
#undef X
    }
    return STR("");
}

struct str village_state_label(enum village_state state)
{
    switch (state) {
    case VILLAGE_NO_STATE:
        break;
#define X(name, word, label) \
    case VILLAGE_##name:     \
        return STR(label);
        VILLAGE_STATES(X)
#undef X
    }
    return STR("");
}

enum village_state village_state_from(struct str word)
{
#define X(name, text, label)     \
    if (str_eq(word, STR(text))) \
        return VILLAGE_##name;
    VILLAGE_STATES(X)
#undef X
    return VILLAGE_NO_STATE;
}

void directory_seal_key(const unsigned char master_key[KEY_BYTES], unsigned char key_out[KEY_BYTES])
{
    key_derive(master_key, "vilsecr", 0, key_out);
}

struct directory *directory_new(struct str base_host, struct str village_prefix, const unsigned char master_key[KEY_BYTES])
{
    struct arena *arena = arena_new();
    struct directory *directory = ARENA_NEW(arena, struct directory);
    struct err err;

    directory->arena = arena;
    /* A base host that is no host would serve nobody: better an unmatched name than a guess. */
    if (host_canonical(arena, base_host, &directory->base, &err) != RC_OK) {
        log_err("directory_base_host", &err);
        directory->base = STR("");
    }
    directory->dpmd = str_fmt(arena, "dpmd.%.*s", STR_ARG(directory->base));
    directory->kelola = str_fmt(arena, "kelola.%.*s", STR_ARG(directory->base));
    directory->village_prefix = str_dup(arena, village_prefix);
    memcpy(directory->master_key, master_key, KEY_BYTES);
    directory_seal_key(master_key, directory->seal_key);
    pthread_rwlock_init(&directory->lock, NULL);
    return directory;
}

/* Passwords do not stay behind in freed memory. */
static void table_free(struct table *table)
{
    struct arena *arena;

    if (table == NULL)
        return;
    for (size_t i = 0; i < table->n; i++)
        if (table->entries[i].password.n > 0)
            explicit_bzero((char *)table->entries[i].password.p, table->entries[i].password.n);
    arena = table->arena;
    arena_free(&arena);
}

void directory_free(struct directory **directory)
{
    struct directory *d = *directory;
    struct arena *arena;

    if (d == NULL)
        return;
    table_free(d->table);
    pthread_rwlock_destroy(&d->lock);
    explicit_bzero(d->master_key, KEY_BYTES);
    explicit_bzero(d->seal_key, KEY_BYTES);
    arena = d->arena;
    arena_free(&arena);
    *directory = NULL;
}

/* ---- reading ---- */

/* Of the row; of the village's province when the row has none. */
static enum zone zone_from(struct str word, struct str code)
{
    for (enum zone zone = ZONE_WIB; zone <= ZONE_WIT; zone++)
        if (str_is(word, zone_name(zone)))
            return zone;
    return zone_of_area(code);
}

/* A migration that failed makes a serving village read-only until it succeeded. */
static enum village_state effective_state(const struct directory_entry *row)
{
    enum village_state state = village_state_from(row->state);

    if (row->failed_step.n > 0 && (state == VILLAGE_ACTIVE || state == VILLAGE_TRIAL))
        return VILLAGE_READ_ONLY;
    return state;
}

static struct str dotted(struct arena *arena, struct str code)
{
    return str_fmt(arena, "%.*s.%.*s.%.*s.%.*s", STR_ARG(str_part(code, 0, 2)), STR_ARG(str_part(code, 2, 2)),
                   STR_ARG(str_part(code, 4, 2)), STR_ARG(str_from(code, 6)));
}

static void village_read(struct arena *arena, const struct directory *d, const struct directory_entry *row, struct village *out)
{
    *out = (struct village){
        .code = str_dup(arena, row->code),
        .dotted_code = dotted(arena, row->code),
        .name = str_dup(arena, row->name),
        .slug = str_dup(arena, row->slug),
        .host = str_fmt(arena, "%.*s.%.*s", STR_ARG(row->slug), STR_ARG(d->base)),
        .district_code = str_dup(arena, row->district_code),
        .district = str_dup(arena, row->district),
        .regency = str_dup(arena, row->regency),
        .province = str_dup(arena, row->province),
        .lat = row->lat,
        .lng = row->lng,
        .state = effective_state(row),
        .state_note = str_dup(arena, row->state_note),
        .zone = zone_from(row->zone, row->code),
        .is_sample = row->is_sample,
        .schema_version = row->schema_version,
        .epoch = row->epoch,
        .page_epoch = row->page_epoch,
    };
}

static void entry_read(struct arena *arena, const struct directory *d, const struct directory_entry *row, struct entry *out)
{
    struct err err;

    village_read(arena, d, row, &out->village);
    out->schema = str_fmt(arena, "%.*s%.*s", STR_ARG(d->village_prefix), STR_ARG(row->code));
    out->password = STR_NONE;
    if (row->secret_sealed.n > 0 && unseal(arena, d->seal_key, row->code, row->secret_sealed, &out->password, &err) != RC_OK) {
        /* That village is unavailable; the others are not. */
        log_event(LOG_ERROR, "directory_secret", "the secret of %.*s does not open with this master key", STR_ARG(row->code));
        out->password = STR_NONE;
    }
}

static int str_compare(struct str a, struct str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int order = n > 0 ? memcmp(a.p, b.p, n) : 0;

    if (order != 0)
        return order;
    return (a.n > b.n) - (a.n < b.n);
}

static int by_host(const void *a, const void *b)
{
    return str_compare(((const struct host_entry *)a)->host, ((const struct host_entry *)b)->host);
}

static struct entry *entry_find(const struct table *table, struct str code)
{
    size_t low = 0, high = table != NULL ? table->n : 0;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = str_compare(table->entries[middle].village.code, code);

        if (order == 0)
            return &table->entries[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* Every village by its sub-domain, and by the own domains that were verified. Names under BASE are given by slug alone: no row takes
 * another's. */
static void hosts_build(const struct directory *d, struct table *table, const struct directory_host_rows *own)
{
    struct str under_base = str_fmt(table->arena, ".%.*s", STR_ARG(d->base));

    table->hosts = ARENA_ARRAY(table->arena, struct host_entry, table->n + own->n);
    for (size_t i = 0; i < table->n; i++)
        table->hosts[table->hosts_n++] = (struct host_entry){table->entries[i].village.host, &table->entries[i]};
    for (size_t i = 0; i < own->n; i++) {
        struct entry *entry = entry_find(table, own->p[i].village_code);

        if (entry == NULL || str_ends(own->p[i].host, under_base))
            continue;
        struct str host = str_dup(table->arena, own->p[i].host);

        table->hosts[table->hosts_n++] = (struct host_entry){host, entry};
        if (own->p[i].is_canonical)
            entry->village.host = host;
    }
    qsort(table->hosts, table->hosts_n, sizeof(table->hosts[0]), by_host);
}

static enum rc table_read(const struct directory *d, struct control_db *control, const struct directory_counters *counters,
                          struct table **out, struct err *err)
{
    struct directory_entry_rows rows;
    struct directory_host_rows hosts;

    TRY(sql_directory_villages(control, &rows, err));
    TRY(sql_directory_hosts(control, &hosts, err));

    struct arena *arena = arena_new();
    struct table *table = ARENA_NEW(arena, struct table);

    table->arena = arena;
    table->n = rows.n;
    table->entries = ARENA_ARRAY(arena, struct entry, rows.n);
    for (size_t i = 0; i < rows.n; i++)
        entry_read(arena, d, &rows.p[i], &table->entries[i]);
    hosts_build(d, table, &hosts);
    table->directory_counter = counters->directory;
    table->page_counter = counters->page;
    *out = table;
    return RC_OK;
}

/* Only page epochs moved: no need to read names and open seals again. Epochs never go back. */
static enum rc page_epochs_refresh(struct directory *d, struct control_db *control, uint64_t counter, struct err *err)
{
    struct directory_page_epoch_rows epochs;

    TRY(sql_directory_page_epochs(control, &epochs, err));
    pthread_rwlock_wrlock(&d->lock);
    for (size_t i = 0; i < epochs.n; i++) {
        struct entry *entry = entry_find(d->table, epochs.p[i].code);

        if (entry != NULL && entry->village.page_epoch < epochs.p[i].page_epoch)
            entry->village.page_epoch = epochs.p[i].page_epoch;
    }
    if (d->table != NULL)
        d->table->page_counter = counter;
    pthread_rwlock_unlock(&d->lock);
    return RC_OK;
}

enum rc directory_refresh(struct directory *directory, struct control_db *control, bool force, struct err *err)
{
    struct directory_counters counters;
    struct table *fresh, *old;
    bool is_moved, is_page_moved;

    /* Before the rows: a change in between is then seen by the next poll, not lost. */
    TRY(sql_directory_counters(control, &counters, err));
    pthread_rwlock_rdlock(&directory->lock);
    is_moved = directory->table == NULL || directory->table->directory_counter != counters.directory;
    is_page_moved = directory->table == NULL || directory->table->page_counter != counters.page;
    pthread_rwlock_unlock(&directory->lock);
    if (!force && !is_moved)
        return is_page_moved ? page_epochs_refresh(directory, control, counters.page, err) : RC_OK;

    TRY(table_read(directory, control, &counters, &fresh, err));
    pthread_rwlock_wrlock(&directory->lock);
    old = directory->table;
    directory->table = fresh;
    pthread_rwlock_unlock(&directory->lock);
    table_free(old);
    return RC_OK;
}

enum rc directory_moved(struct control_txn *txn, struct err *err)
{
    return sql_directory_move(txn, NULL, err);
}

/* ---- looking up ---- */

static void village_copy(struct arena *arena, const struct village *from, struct village *to)
{
    *to = *from;
    to->code = str_dup(arena, from->code);
    to->dotted_code = str_dup(arena, from->dotted_code);
    to->name = str_dup(arena, from->name);
    to->slug = str_dup(arena, from->slug);
    to->host = str_dup(arena, from->host);
    to->district_code = str_dup(arena, from->district_code);
    to->district = str_dup(arena, from->district);
    to->regency = str_dup(arena, from->regency);
    to->province = str_dup(arena, from->province);
    to->state_note = str_dup(arena, from->state_note);
}

static const struct entry *entry_by_host(const struct table *table, struct str host)
{
    struct host_entry key = {host, NULL};

    if (table == NULL || table->hosts_n == 0)
        return NULL;
    const struct host_entry *found = bsearch(&key, table->hosts, table->hosts_n, sizeof(key), by_host);

    return found != NULL ? found->entry : NULL;
}

enum rc directory_by_host(struct directory *directory, struct arena *arena, struct str canonical_host, enum site *site_out,
                          const struct village **village_out, struct err *err)
{
    struct village *copy = NULL;
    enum site site = SITE_NONE;

    if (str_eq(canonical_host, directory->base))
        site = SITE_PLATFORM;
    else if (str_eq(canonical_host, directory->dpmd))
        site = SITE_DPMD;
    else if (str_eq(canonical_host, directory->kelola))
        site = SITE_KELOLA;
    if (canonical_host.n == 0)
        return fail(err, RC_MISDIRECTED, "no host");
    if (site == SITE_NONE) {
        pthread_rwlock_rdlock(&directory->lock);
        const struct entry *entry = entry_by_host(directory->table, canonical_host);

        if (entry != NULL) {
            copy = ARENA_NEW(arena, struct village);
            village_copy(arena, &entry->village, copy);
            site = SITE_VILLAGE;
        }
        pthread_rwlock_unlock(&directory->lock);
    }
    if (site == SITE_NONE)
        return fail(err, RC_MISDIRECTED, "no site has this host");
    *site_out = site;
    *village_out = copy;
    return RC_OK;
}

enum rc directory_by_code(struct directory *directory, struct arena *arena, struct str code, const struct village **village_out,
                          struct err *err)
{
    struct village *copy = NULL;

    pthread_rwlock_rdlock(&directory->lock);
    const struct entry *entry = entry_find(directory->table, code);

    if (entry != NULL) {
        copy = ARENA_NEW(arena, struct village);
        village_copy(arena, &entry->village, copy);
    }
    pthread_rwlock_unlock(&directory->lock);
    if (copy == NULL)
        return fail(err, RC_NOT_FOUND, "no village %.*s", STR_ARG(code));
    *village_out = copy;
    return RC_OK;
}

struct village_list directory_all(struct directory *directory, struct arena *arena)
{
    struct village_list list = {NULL, 0};

    pthread_rwlock_rdlock(&directory->lock);
    if (directory->table != NULL) {
        list.n = directory->table->n;
        list.p = ARENA_ARRAY(arena, struct village, list.n);
        for (size_t i = 0; i < list.n; i++)
            village_copy(arena, &directory->table->entries[i].village, &list.p[i]);
    }
    pthread_rwlock_unlock(&directory->lock);
    return list;
}

enum zone directory_zone(struct directory *directory)
{
    enum zone zone = zone_of_area(STR(""));

    pthread_rwlock_rdlock(&directory->lock);
    if (directory->table != NULL && directory->table->n > 0)
        zone = directory->table->entries[0].village.zone;
    pthread_rwlock_unlock(&directory->lock);
    return zone;
}

/* ---- handles ---- */

/* Copies the account of the village into the arena; RC_UNAVAILABLE when it has none. */
static enum rc account_of(struct directory *directory, struct arena *arena, struct str code, struct store_account *account_out,
                          enum village_state *state_out, struct err *err)
{
    bool is_found = false, has_account = false;

    pthread_rwlock_rdlock(&directory->lock);
    const struct entry *entry = entry_find(directory->table, code);

    if (entry != NULL) {
        is_found = true;
        has_account = entry->password.n > 0;
        *state_out = entry->village.state;
        account_out->code = str_dup(arena, entry->village.code);
        account_out->schema = account_out->user = str_dup(arena, entry->schema);
        account_out->password = str_dup(arena, entry->password);
    }
    pthread_rwlock_unlock(&directory->lock);
    if (!is_found)
        return fail(err, RC_NOT_FOUND, "no village %.*s", STR_ARG(code));
    if (!has_account)
        return fail(err, RC_UNAVAILABLE, "village %.*s has no database account yet", STR_ARG(code));
    return RC_OK;
}

enum rc directory_open(struct directory *directory, struct store *store, struct arena *arena, struct str code, struct village_db **db_out,
                       struct err *err)
{
    struct store_account account;
    enum village_state state = VILLAGE_NO_STATE;

    TRY(account_of(directory, arena, code, &account, &state, err));
    switch (state) {
    case VILLAGE_TRIAL:
    case VILLAGE_ACTIVE:
    case VILLAGE_READ_ONLY:
        break;
    case VILLAGE_SUSPENDED:
    case VILLAGE_CLOSED:
        return fail(err, RC_SUSPENDED, "village %.*s is suspended or closed", STR_ARG(code));
    case VILLAGE_PREPARING:
    case VILLAGE_NO_STATE:
        return fail(err, RC_UNAVAILABLE, "village %.*s is being prepared", STR_ARG(code));
    }
    *db_out = store_village(store, arena, &account);
    if (state == VILLAGE_READ_ONLY)
        village_db_set_read_only(*db_out);
    return RC_OK;
}

enum rc directory_open_record(struct directory *directory, struct store *store, struct arena *arena, struct str code,
                              struct village_db **db_out, struct err *err)
{
    struct store_account account;
    enum village_state state;

    TRY(account_of(directory, arena, code, &account, &state, err));
    if (state == VILLAGE_PREPARING || state == VILLAGE_NO_STATE)
        return fail(err, RC_UNAVAILABLE, "village %.*s is being prepared", STR_ARG(code));
    *db_out = store_village(store, arena, &account);
    village_db_set_read_only(*db_out);
    return RC_OK;
}

enum rc directory_open_preparing(const struct directory *directory, struct store *store, struct arena *arena, struct str code,
                                 struct str secret_sealed, struct village_db **db_out, struct err *err)
{
    struct store_account account = {.code = code, .schema = str_fmt(arena, "%.*s%.*s", STR_ARG(directory->village_prefix), STR_ARG(code))};

    account.user = account.schema;
    TRY(unseal(arena, directory->seal_key, code, secret_sealed, &account.password, err));
    *db_out = store_village(store, arena, &account);
    return RC_OK;
}

void directory_village_key(struct directory *directory, struct str code, const char *purpose, unsigned char key_out[KEY_BYTES])
{
    uint64_t number = 0;

    /* Codes are ten digits; a code that is none gets the key of number 0, which no village has. */
    if (!str_to_u64(code, &number))
        number = 0;
    key_derive(directory->master_key, purpose, number, key_out);
}
