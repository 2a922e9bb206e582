// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * What a handle remembers of its `kept` statements: the rows of one set of inputs, in the handle's arena. A transaction has a memory of its
 * own, so that a second try begins without one; when it ends, the handle it was begun on forgets what it knew before. A write through the
 * handle forgets what was read of its tables.
 */
#include "server/store/internal.h"

struct kept {
    struct kept *next;
    const struct sql_statement *statement;
    const struct value *in; /* of each '?' in turn */
    struct sql_rows rows;
};

static bool is_same(const struct sql_column *column, const struct value *a, const struct value *b)
{
    if (a->is_null || b->is_null)
        return a->is_null == b->is_null;
    if (type_is_text(column->type))
        return str_eq(a->s, b->s);
    if (column->type == SQL_DATE)
        return date_compare(a->d, b->d) == 0;
    if (column->type == SQL_UTC)
        return a->at == b->at;
    return column->type == SQL_F64 ? a->f == b->f : a->u == b->u;
}

static bool is_asked(const struct kept *kept, const struct sql_statement *statement, const void *in)
{
    if (kept->statement != statement)
        return false;
    for (size_t i = 0; i < statement->in_n; i++) {
        const struct value value = value_read(&statement->in[i], in);

        if (!is_same(&statement->in[i], &kept->in[i], &value))
            return false;
    }
    return true;
}

/* Who was given rows may change them; their texts stay. */
static struct sql_rows copy_of(struct sql_handle *handle, const struct sql_statement *statement, struct sql_rows rows)
{
    const size_t n = rows.n * statement->out_bytes;

    return (struct sql_rows){rows.n > 0 ? arena_grown(handle->arena, rows.p, n, n) : NULL, rows.n};
}

bool kept_find(struct sql_handle *handle, const struct sql_statement *statement, const void *in, struct sql_rows *out)
{
    for (const struct kept *kept = handle->kept; kept != NULL; kept = kept->next)
        if (is_asked(kept, statement, in)) {
            *out = copy_of(handle, statement, kept->rows);
            return true;
        }
    return false;
}

void kept_put(struct sql_handle *handle, const struct sql_statement *statement, const void *in, struct sql_rows rows)
{
    struct value *values = ARENA_ARRAY(handle->arena, struct value, statement->in_n);
    struct kept *kept = ARENA_NEW(handle->arena, struct kept);

    for (size_t i = 0; i < statement->in_n; i++) {
        values[i] = value_read(&statement->in[i], in);
        if (type_is_text(statement->in[i].type) && values[i].s.p != NULL)
            values[i].s = str_dup(handle->arena, values[i].s);
    }
    *kept = (struct kept){.next = handle->kept, .statement = statement, .in = values};
    kept->rows = copy_of(handle, statement, rows);
    handle->kept = kept;
}

static bool share_a_table(const struct sql_statement *read, const struct sql_statement *write)
{
    struct str writes = str_c(write->tables), table;

    for (bool more = true; more;) {
        struct str reads = str_c(read->tables), other;

        more = str_cut(&writes, ' ', &table);
        for (bool has_more = true; has_more;) {
            has_more = str_cut(&reads, ' ', &other);
            if (str_eq(table, other))
                return true;
        }
    }
    return false;
}

void kept_forget(struct sql_handle *handle, const struct sql_statement *write)
{
    struct kept **at = &handle->kept;

    while (*at != NULL)
        if (share_a_table((*at)->statement, write))
            *at = (*at)->next;
        else
            at = &(*at)->next;
}
