// SPDX-License-Identifier: AGPL-3.0-or-later
/* Who looked at whom: a row of the read log before anything is shown, in a read-only village too. */
#include "tenants/village/residents/change_pages.h"
#include "tenants/village/residents/residents_sql.h"

struct look {
    uint64_t staff_id;
    struct opt_u64 resident_id, letter_id;
    utc_us at;
    struct str what;
};

static enum rc look_body(struct txn *txn, void *arg, struct err *err)
{
    const struct look *look = arg;

    return sql_read_log_put(txn, look->at, look->staff_id, look->resident_id, look->letter_id, look->what, NULL, err);
}

static struct opt_u64 unless_0(uint64_t id)
{
    return (struct opt_u64){.is_set = id != 0, .value = id};
}

enum rc resident_look_in(struct request *req, struct village_db *db, uint64_t letter_id, uint64_t resident_id, const char *what, bool is_on,
                         struct err *err)
{
    struct look look = {request_actor(req)->id, unless_0(resident_id), unless_0(letter_id), request_now(req), str_c(what)};
    struct read_log_row row;
    bool is_recent = false;

    if (is_on)
        TRY(sql_read_log_recent(db, look.staff_id, look.resident_id, look.letter_id, look.what, look.at - LOOK_LASTS, &row, &is_recent,
                                err));
    return is_recent ? RC_OK : txn_run(village_db_notes(db), look_body, &look, err);
}

enum rc resident_look(struct request *req, struct village_db *db, uint64_t resident_id, const char *what, struct err *err)
{
    return resident_look_in(req, db, 0, resident_id, what, false, err);
}

enum rc resident_look_on(struct request *req, struct village_db *db, uint64_t resident_id, const char *what, struct err *err)
{
    return resident_look_in(req, db, 0, resident_id, what, true, err);
}
