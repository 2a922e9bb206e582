// SPDX-License-Identifier: AGPL-3.0-or-later
#include <pthread.h>
#include <sodium.h>

#include "server/base/text.h"
#include "server/web/password.h"
#include "server/web/request.h"

enum { MEMORY_BYTES = 19 * 1024 * 1024, PASSES = 2, AT_ONCE = 2, MOST_WAITING = 64 };

/* A fiber's place in the line, on its stack. */
struct ticket {
    struct web *web;
    struct ticket *next;
    bool is_granted;
};

struct hash_gate {
    pthread_mutex_t lock;
    int running;
    size_t waiting;
    struct ticket *first, **last;
};

/* What Argon2id sees: 64 hex digits, whatever was typed. */
static void peppered(const unsigned char pepper[KEY_BYTES], struct str password, char hex[2 * HASH_BYTES + 1])
{
    unsigned char mac[HASH_BYTES];

    hash_keyed(pepper, password.p, password.n, mac);
    sodium_bin2hex(hex, 2 * HASH_BYTES + 1, mac, sizeof(mac));
    sodium_memzero(mac, sizeof(mac));
}

static bool make_phc(const unsigned char pepper[KEY_BYTES], struct str password, char phc[crypto_pwhash_STRBYTES])
{
    char hex[2 * HASH_BYTES + 1];

    peppered(pepper, password, hex);
    int rc = crypto_pwhash_str_alg(phc, hex, 2 * HASH_BYTES, PASSES, MEMORY_BYTES, crypto_pwhash_ALG_ARGON2ID13);
    sodium_memzero(hex, sizeof(hex));
    return rc == 0;
}

enum rc password_hash(struct arena *arena, const unsigned char pepper[KEY_BYTES], struct str password, struct str *phc_out, struct err *err)
{
    char phc[crypto_pwhash_STRBYTES];

    if (!make_phc(pepper, password, phc))
        return fail(err, RC_BUSY, "no memory to hash a password");
    *phc_out = str_dup(arena, str_c(phc));
    return RC_OK;
}

bool password_fits(const unsigned char pepper[KEY_BYTES], struct str password, struct str phc)
{
    char text[crypto_pwhash_STRBYTES] = {0}, hex[2 * HASH_BYTES + 1];

    if (phc.n >= sizeof(text) || !str_starts(phc, STR("$argon2id$")))
        return false;
    memcpy(text, phc.p, phc.n);
    peppered(pepper, password, hex);
    int rc = crypto_pwhash_str_verify(text, hex, 2 * HASH_BYTES);
    sodium_memzero(hex, sizeof(hex));
    return rc == 0;
}

/* ---- two at a time ---- */

struct hash_gate *hash_gate_new(struct arena *arena)
{
    struct hash_gate *gate = ARENA_NEW(arena, struct hash_gate);

    pthread_mutex_init(&gate->lock, NULL);
    gate->last = &gate->first;
    return gate;
}

void hash_gate_free(struct hash_gate *gate)
{
    pthread_mutex_destroy(&gate->lock);
}

/* True when the place was already given: then it must be passed on. */
static bool leave_line(struct hash_gate *gate, struct ticket *ticket)
{
    pthread_mutex_lock(&gate->lock);
    bool is_granted = ticket->is_granted;
    for (struct ticket **at = &gate->first; !is_granted && *at != NULL; at = &(*at)->next) {
        if (*at != ticket)
            continue;
        *at = ticket->next;
        if (gate->last == &ticket->next)
            gate->last = at;
        gate->waiting--;
        break;
    }
    pthread_mutex_unlock(&gate->lock);
    return is_granted;
}

static void wake_hashers(void *arg)
{
    struct web *web = arg;
    fiber_wake_all(&web->hashers);
}

static void gate_release(struct hash_gate *gate)
{
    struct web *web = NULL;

    pthread_mutex_lock(&gate->lock);
    struct ticket *next = gate->first;
    if (next == NULL) {
        gate->running--;
    } else {
        gate->first = next->next;
        if (gate->first == NULL)
            gate->last = &gate->first;
        gate->waiting--;
        next->is_granted = true;
        web = next->web; /* the ticket itself may be gone as soon as the lock is */
    }
    pthread_mutex_unlock(&gate->lock);
    if (web != NULL)
        loop_post(web->loop, wake_hashers, web);
}

static bool is_granted(struct hash_gate *gate, const struct ticket *ticket)
{
    pthread_mutex_lock(&gate->lock);
    bool granted = ticket->is_granted;
    pthread_mutex_unlock(&gate->lock);
    return granted;
}

static enum rc gate_enter(struct hash_gate *gate, struct web *web, struct err *err)
{
    struct ticket ticket = {.web = web};
    bool is_full = false;

    pthread_mutex_lock(&gate->lock);
    if (gate->running < AT_ONCE) {
        gate->running++;
        ticket.is_granted = true;
    } else if (gate->waiting == MOST_WAITING) {
        is_full = true;
    } else {
        *gate->last = &ticket;
        gate->last = &ticket.next;
        gate->waiting++;
    }
    pthread_mutex_unlock(&gate->lock);
    if (is_full)
        return fail(err, RC_BUSY, "%d sign-ins are waiting", MOST_WAITING);
    while (!is_granted(gate, &ticket)) {
        enum rc rc = fiber_park(&web->hashers, 0, err);
        if (rc == RC_OK)
            continue;
        if (leave_line(gate, &ticket))
            gate_release(gate);
        return rc;
    }
    return RC_OK;
}

struct hash_work {
    const unsigned char *pepper;
    struct str password, phc;
    char made[crypto_pwhash_STRBYTES];
    bool is_fine;
};

static void make_work(void *arg)
{
    struct hash_work *work = arg;
    work->is_fine = make_phc(work->pepper, work->password, work->made);
}

/* An unknown account costs what a known one does. */
static void check_work(void *arg)
{
    struct hash_work *work = arg;
    if (work->phc.p == NULL)
        (void)make_phc(work->pepper, work->password, work->made);
    else
        work->is_fine = password_fits(work->pepper, work->password, work->phc);
}

static enum rc run_work(struct request *req, void (*run)(void *), struct hash_work *work, struct err *err)
{
    struct hash_gate *gate = req->web->house->gate;
    struct lane *lane;

    work->pepper = req->web->house->pepper;
    req->hashes++;
    TRY(lane_enter(req, &lane, err)); /* before the line of all, which one village must not fill */
    enum rc rc = gate_enter(gate, req->web, err);
    if (rc == RC_OK) {
        rc = fiber_offload(run, work, err);
        gate_release(gate);
    }
    lane_leave(lane);
    return rc;
}

enum rc request_password_hash(struct request *req, struct str password, struct str *phc_out, struct err *err)
{
    struct hash_work work = {.password = password};

    TRY(run_work(req, make_work, &work, err));
    if (!work.is_fine)
        return fail(err, RC_BUSY, "no memory to hash a password");
    *phc_out = str_dup(req->arena, str_c(work.made));
    return RC_OK;
}

enum rc request_password_fits(struct request *req, struct str password, struct str phc, bool *fits_out, struct err *err)
{
    struct hash_work work = {.password = password, .phc = phc};

    TRY(run_work(req, check_work, &work, err));
    *fits_out = work.is_fine;
    return RC_OK;
}
