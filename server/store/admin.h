// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * The administrator's connection: schemas, accounts, grants, migrations. Only
 * tenants/control and the harness use it; balai-server's configuration does
 * not even name its account. Blocking calls offloaded or made by a command.
 */
#ifndef BALAI_STORE_ADMIN_H
#define BALAI_STORE_ADMIN_H

#include "server/store/store.h"

struct admin_db;

/* Connects over the unix socket; the handle is closed by admin_close (accepts NULL). */
enum rc admin_open(struct arena *arena, struct str socket, struct str user, struct str password, struct admin_db **out,
                   struct err *err) MUST_USE;
void admin_close(struct admin_db **db);

/* A value for a "?" of a script line: texts are quoted and escaped; identifiers (schema, account) must match [a-z0-9_]{1,64} or it fails.
 */
struct admin_value {
    bool is_identifier, is_pattern;
    struct str text;
};
#define ADMIN_ID(s) ((struct admin_value){.is_identifier = true, .text = (s)})
/* A schema in GRANT … ON, where "_" alone would stand for any sign. */
#define ADMIN_GRANTED(s) ((struct admin_value){.is_identifier = true, .is_pattern = true, .text = (s)})
#define ADMIN_TEXT(s) ((struct admin_value){.text = (s)})

/* Runs one statement of fixed text in which each ? is replaced by the next value. */
enum rc admin_run(struct admin_db *db, const char *statement, const struct admin_value *values, size_t n, struct err *err) MUST_USE;
/* Runs a whole script (statements separated by ';' outside quotes, DELIMITER not supported but BEGIN … END bodies are) in the given schema;
 * on failure err names the statement's line. */
enum rc admin_script(struct admin_db *db, struct str schema, struct str script, struct err *err) MUST_USE;
/* One text per row from the first column. */
struct str_list {
    struct str *p;
    size_t n;
};
enum rc admin_column(struct admin_db *db, const char *statement, const struct admin_value *values, size_t n, struct str_list *out,
                     struct err *err) MUST_USE;
/* GET_LOCK(name, seconds): RC_BUSY when another holds it. Released on close. */
enum rc admin_lock(struct admin_db *db, struct str name, uint32_t seconds, struct err *err) MUST_USE;

#endif
