// SPDX-License-Identifier: AGPL-3.0-or-later
/* Not a door: takes the lock on the audit chain's head early, before an act's first plain read. */
#ifndef BALAI_AUDIT_LOCK_H
#define BALAI_AUDIT_LOCK_H

#include "server/web/audit.h"

enum rc audit_lock(struct txn *txn, struct err *err) MUST_USE;
enum rc control_audit_lock(struct control_txn *txn, struct err *err) MUST_USE;

/* The hash of a row: of its fields, each with its length before it, after the previous row's hash. */
void audit_hash(struct arena *arena, const struct audit *row, uint64_t id, const unsigned char previous[32], unsigned char hash_out[32]);

#endif
