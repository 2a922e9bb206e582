// SPDX-License-Identifier: AGPL-3.0-or-later
/* Who looked at whom: a row of the read log before anything is shown, in a read-only village too. */
#include "tenants/village/residents/change_pages.h"
#include "tenants/village/residents/residents_sql.h"

struct look {
    uint64_t staff_id, resident_id;
    utc_us at;
    struct str what;
};

static enum rc look_body(struct txn *txn, void *arg, struct err *err)
{
    const struct look *look = arg;

    return sql_read_log_put(txn, look->at, look->staff_id, look->resident_id, look->what, NULL, err);
}

enum rc resident_look(struct request *req, struct village_db *db, uint64_t resident_id, const char *what, struct err *err)
{
    struct look look = {request_actor(req)->id, resident_id, request_now(req), str_c(what)};

    return txn_run(village_db_notes(db), look_body, &look, err);
}

enum rc resident_look_on(struct request *req, struct village_db *db, uint64_t resident_id, const char *what, struct err *err)
{
    struct read_log_row row;
    bool is_recent;

    TRY(sql_read_log_recent(db, request_actor(req)->id, resident_id, str_c(what), request_now(req) - LOOK_LASTS, &row, &is_recent, err));
    return is_recent ? RC_OK : resident_look(req, db, resident_id, what, err);
}
