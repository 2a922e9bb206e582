// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/staff/staff.h"

#include "server/web/audit.h"
#include "server/web/password.h"
#include "server/web/staff_rows_sql.h"
#include "tenants/village/staff/staff_pages.h"

enum rc staff_add(struct txn *txn, const struct staff_new *staff, uint64_t *id_out, struct err *err)
{
    struct staff_role role;

    TRY(sql_staff_role_lock(txn, staff->role, &role, err));
    return sql_staff_insert(txn, staff->username, staff->name, staff->role, staff->position, staff->password_hash, id_out, err);
}

enum rc official_set_head(struct txn *txn, struct str name, struct str position, struct str nip, struct err *err)
{
    TRY(sql_official_heads_leave(txn, NULL, err));
    return sql_official_insert(txn, name, position, STR("head"), nip, NULL, err);
}

void staff_check_password(struct request *req, const char *field, struct str password, struct str username, struct str name)
{
    const char *fault;

    if (str_empty(password) || request_fault_of(req, field).p != NULL)
        return;
    fault = password_fault(request_arena(req), password, request_village(req)->name, username, name);
    if (fault != NULL)
        request_fault(req, field, "%s", fault);
}

enum rc staff_audit_own(struct txn *txn, struct request *req, const char *action, uint64_t id, struct str name, struct err *err)
{
    struct audit row = request_audit(req, action, str_fmt(request_arena(req), "staff:%" PRIu64, id));

    row.actor = id;
    row.actor_name = name;
    return audit_put(txn, &row, err);
}
