// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Passwords of staff and console accounts: Argon2id (19 MiB, t=2) over an HMAC
 * with the pepper, a key that is never in the database. Both calls cost about
 * 34 ms of CPU: from a fiber use the request_ forms, which run two at a time
 * per process beside the loop. tenants/control and tenants/village/staff call
 * password_hash for the accounts they make.
 */
#ifndef BALAI_PASSWORD_H
#define BALAI_PASSWORD_H

#include "server/base/base.h"
#include "server/base/random.h"

struct request;

/* The PHC string ("$argon2id$v=19$m=…") in the arena. */
enum rc password_hash(struct arena *arena, const unsigned char pepper[KEY_BYTES], struct str password, struct str *phc_out,
                      struct err *err) MUST_USE;
/* True when it fits. A malformed phc never fits. */
bool password_fits(const unsigned char pepper[KEY_BYTES], struct str password, struct str phc);

/* In a fiber, offloaded. RC_BUSY when the line is too long. phc STR_NONE: the same work, and *fits_out false. */
enum rc request_password_hash(struct request *req, struct str password, struct str *phc_out, struct err *err) MUST_USE;
enum rc request_password_fits(struct request *req, struct str password, struct str phc, bool *fits_out, struct err *err) MUST_USE;

/*
 * What is wrong with a new password, as a sentence for people, or NULL: 10 to
 * 128 code points, not among the commonest or built by their recipes, not the
 * name of the village, of the account or of its owner.
 */
const char *password_fault(struct arena *arena, struct str password, struct str village, struct str username, struct str name);

/* The line before the hasher: one per process, made by house_new. */
struct hash_gate;
struct hash_gate *hash_gate_new(struct arena *arena) MUST_USE;
void hash_gate_free(struct hash_gate *gate);

#endif
