// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/web/feature.h"

#include "server/web/request.h"

void task_put(struct tasks *tasks, struct task task)
{
    if (task.count > 0 && tasks->n < TASKS_MAX)
        tasks->p[tasks->n++] = task;
}

const struct feature *const *request_features(const struct request *req)
{
    return router_features(req->web->house->router);
}

enum rc request_tasks(struct request *req, struct tasks *out, struct err *err)
{
    const struct feature *const *f = request_features(req);

    out->n = 0;
    for (; *f != NULL; f++)
        if ((*f)->tasks != NULL)
            TRY((*f)->tasks(req, out, err));
    return RC_OK;
}

struct str request_job_label(const struct request *req, uint16_t kind)
{
    for (const struct feature *const *f = request_features(req); *f != NULL; f++)
        for (const struct job_row *row = (*f)->jobs; row != NULL && row->kind != 0; row++)
            if (row->kind == kind)
                return str_c(row->label);
    return STR("");
}

enum rc request_begin_for(struct txn *txn, struct request *req, struct str word, uint64_t resident_id, struct str *go_to_out,
                          struct err *err)
{
    for (const struct feature *const *f = request_features(req); *f != NULL; f++)
        if ((*f)->begin_for != NULL)
            TRY((*f)->begin_for(txn, req, word, resident_id, go_to_out, err));
    return RC_OK;
}
