// SPDX-License-Identifier: AGPL-3.0-or-later
/* What tests see of a request that rooms do not: a value by its name, what was typed; and a page without a view. */
#ifndef BALAI_TEST_WEB_VALUES_H
#define BALAI_TEST_WEB_VALUES_H

#include <string.h>

#include "server/html/html.h"
#include "server/web/request.h"

/* A name the route does not have is like one that was not sent. */
static inline const struct value *value_named(const struct request *req, const char *name)
{
    static const struct value nothing;

    for (size_t i = 0; i < req->value_count; i++)
        if (strcmp(req->values[i].decl->name, name) == 0)
            return &req->values[i];
    return &nothing;
}

static inline uint64_t input_u64(const struct request *req, const char *name)
{
    return value_named(req, name)->number;
}

static inline struct date input_date(const struct request *req, const char *name)
{
    return value_named(req, name)->date;
}

static inline bool input_flag(const struct request *req, const char *name)
{
    return value_named(req, name)->number != 0;
}

static inline bool input_file(const struct request *req, const char *name, struct upload *out)
{
    const struct value *value = value_named(req, name);

    *out = value->upload;
    return value->is_sent && value->text.p != NULL;
}

/* Even when faulty; "" when not sent. */
static inline struct str input_typed(const struct request *req, const char *name)
{
    struct str typed = value_named(req, name)->typed;

    return typed.p != NULL ? typed : STR("");
}

static inline struct html html_text(struct arena *arena, struct str s)
{
    struct buf out = {.arena = arena};

    html_put_text(&out, s);
    return html_view(&out);
}

#endif
