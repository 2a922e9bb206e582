// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/base/text.h"
#include "server/web/feature.h"

#include "server/web/look.h"
#include "server/web/request.h"
#include "server/web/waiting.h"

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
    const struct feature *const *list = request_features(req);

    out->n = 0;
    for (size_t i = 0; list[i] != NULL; i++) {
        size_t before = out->n;

        if (list[i]->tasks == NULL || feature_is_hidden(req, list[i], true))
            continue;
        TRY(list[i]->tasks(req, out, err));
        waiting_learn(req, i, out->p + before, out->n - before);
    }
    return RC_OK;
}

static bool look_hides(const struct look *look, const char *name)
{
    struct str words = str_c(look->hidden), word;

    while (words.n > 0 && str_cut(&words, ',', &word))
        if (str_is(word, name))
            return true;
    return false;
}

bool feature_is_hidden(struct request *req, const struct feature *feature, bool may_ask)
{
    if (feature == NULL || feature->title == NULL || req->village == NULL)
        return false;
    const struct look look = look_of(req, may_ask);

    return look_hides(&look, feature->name);
}

bool request_hides(struct request *req, const char *name)
{
    const struct look look = look_of(req, true);

    return look_hides(&look, name);
}

bool request_has_hamlets(struct request *req)
{
    return !look_of(req, true).is_without_hamlets;
}

struct str request_hamlet_text(struct request *req, struct str s)
{
    const struct look look = look_of(req, true);

    return text_hamlet(req->arena, s, str_c(look.hamlet_word));
}

void request_hiding_changed(struct request *req)
{
    req->is_hiding_changed = true;
}

/* What is said of this owner's rows comes before what is said of all. */
struct str request_change_label(const struct request *req, struct str owner, struct str word)
{
    struct str label = word;

    for (const struct feature *const *f = request_features(req); *f != NULL; f++)
        for (const struct said_word *row = (*f)->changes; row != NULL && row->word != NULL; row++) {
            if (!str_is(word, row->word))
                continue;
            if (row->of == NULL)
                label = str_c(row->label);
            else if (str_is(owner, row->of))
                return str_c(row->label);
        }
    return label;
}

struct str request_look_label(const struct request *req, struct str word)
{
    for (const struct feature *const *f = request_features(req); *f != NULL; f++)
        for (const struct said_word *row = (*f)->looks; row != NULL && row->word != NULL; row++)
            if (str_is(word, row->word))
                return str_c(row->label);
    return word;
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
