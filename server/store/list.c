// SPDX-License-Identifier: AGPL-3.0-or-later
/* Runs the list statements that sqlgen.py generates: one page, a count, or all rows. Chooses the text and its inputs, and encodes the
 * position ("spot") from which the next page goes on. */
#include "server/store/internal.h"

/* ---- spots: "2;5:Hasnan,-,3:417," is the order, then each sort value with its length, or '-' for NULL ---- */

static void put_value(struct buf *out, const struct sql_column *column, const void *row)
{
    struct value value = value_read(column, row);
    struct buf text = {.arena = out->arena};

    if (value.is_null) {
        buf_put(out, "-,", 2);
        return;
    }
    if (type_is_text(column->type)) {
        buf_put_str(&text, value.s);
    } else if (type_is_signed(column->type)) {
        buf_fmt(&text, "%" PRId64, value.i);
    } else if (type_is_number(column->type)) {
        buf_fmt(&text, "%" PRIu64, value.u);
    } else if (column->type == SQL_DATE) {
        buf_fmt(&text, "%04d-%02u-%02u", value.d.year, (unsigned)value.d.month, (unsigned)value.d.day);
    } else {
        struct moment m = moment_of(value.at);

        buf_fmt(&text, "%04d-%02u-%02u %02u:%02u:%02u.%06u", m.date.year, (unsigned)m.date.month, (unsigned)m.date.day, m.hour, m.minute,
                m.second, m.us);
    }
    buf_fmt(out, "%zu:", text.n);
    buf_put_str(out, buf_str(&text));
    buf_put_char(out, ',');
}

static struct str spot_of(struct arena *arena, const struct sql_list *list, uint32_t order, const void *row)
{
    const struct sql_list_order *by = &list->orders[order];
    struct buf out = {.arena = arena};

    buf_fmt(&out, "%" PRIu32 ";", order + 1);
    for (size_t i = 0; i < by->n; i++)
        put_value(&out, &by->keys[i], row);
    return buf_str(&out);
}

static bool read_value(struct arena *arena, const struct sql_statement *statement, const struct sql_column *column, struct str *rest,
                       void *ask)
{
    struct err err;
    struct str length;
    uint64_t n;

    if (str_starts(*rest, STR("-,"))) {
        *rest = str_from(*rest, 2);
        return column->is_nullable;
    }
    if (!str_cut(rest, ':', &length) || !str_to_u64(length, &n) || n >= rest->n || rest->p[n] != ',')
        return false;
    if (value_put_text(statement, column, arena, ask, (struct str){rest->p, n}, &err) != RC_OK)
        return false;
    *rest = str_from(*rest, n + 1);
    return true;
}

/* False when the spot is not one of this order. */
static bool read_spot(struct arena *arena, const struct sql_list *list, const struct sql_statement *statement, uint32_t order,
                      struct str spot, void *ask)
{
    struct str number;
    uint64_t n;

    if (str_empty(spot) || !str_cut(&spot, ';', &number) || !str_to_u64(number, &n) || n != order + 1)
        return false;
    for (size_t i = 0; i < list->orders[order].n; i++)
        if (!read_value(arena, statement, &list->orders[order].at[i], &spot, ask))
            return false;
    return spot.n == 0;
}

/* ---- asking ---- */

static char *inputs_of(struct sql_handle *handle, const struct sql_list *list, const void *find, uint32_t limit)
{
    char *ask = arena_alloc(handle->arena, list->ask_bytes);

    if (list->find_bytes > 0)
        memcpy(ask, find, list->find_bytes);
    memcpy(ask + list->limit_offset, &limit, sizeof(limit));
    return ask;
}

static const struct sql_statement *text_of(const struct sql_list *list, unsigned way, uint32_t order, bool is_reversed)
{
    return &list->statements[((way - 1) * list->orders_n + order) * 2 + is_reversed];
}

static uint32_t order_of(const struct sql_list *list, const struct list_at *at)
{
    return at->order >= 1 && at->order <= list->orders_n ? at->order - 1 : 0;
}

static void turn_around(const struct sql_rows *rows, size_t size, struct arena *arena)
{
    char *p = rows->p, *kept = arena_alloc(arena, size);

    for (size_t i = 0; i < rows->n / 2; i++) {
        char *a = p + i * size, *b = p + (rows->n - 1 - i) * size;

        memcpy(kept, a, size);
        memcpy(a, b, size);
        memcpy(b, kept, size);
    }
}

enum rc sql_list_page(struct sql_handle *handle, const struct sql_list *list, const void *find, unsigned way, const struct list_at *at,
                      uint32_t limit, struct sql_rows *rows_out, struct list_ends *ends_out, struct err *err)
{
    uint32_t order = order_of(list, at);
    const struct sql_statement *statement = text_of(list, way, order, at->is_reversed != at->is_back);
    char *ask = inputs_of(handle, list, find, limit + 1);
    bool is_set = read_spot(handle->arena, list, statement, order, at->spot, ask), has_more;
    bool is_back = at->is_back && (is_set || str_empty(at->spot));

    if (at->is_back && !is_back) /* an invalid spot shows the first page, not the last */
        statement = text_of(list, way, order, at->is_reversed);
    if (!is_set) /* half a spot may have been read */
        ask = inputs_of(handle, list, find, limit + 1);
    memcpy(ask + list->is_set_offset, &is_set, sizeof(is_set));
    TRY(sql_run_many(handle, statement, ask, rows_out, err));
    has_more = rows_out->n > limit;
    if (has_more)
        rows_out->n = limit;
    if (is_back)
        turn_around(rows_out, statement->out_bytes, handle->arena);
    *ends_out = (struct list_ends){.has_before = is_back ? has_more : is_set, .has_after = is_back ? is_set : has_more};
    if (rows_out->n > 0) {
        ends_out->first = spot_of(handle->arena, list, order, rows_out->p);
        ends_out->last = spot_of(handle->arena, list, order, (char *)rows_out->p + (rows_out->n - 1) * statement->out_bytes);
    }
    return RC_OK;
}

/* ---- counting. That a whole list is longer than the bound stays true for a while, and is the one count that costs: it is remembered
 * for a minute, for each village on each loop. ---- */

enum { BEYOND_KEPT_MS = 60 * 1000 };

static bool is_whole(const struct sql_list *list, const void *find)
{
    const char *p = find;

    for (size_t i = 0; i < list->find_bytes; i++)
        if (p[i] != 0)
            return false;
    return true;
}

static bool was_beyond(const struct account *account, const struct sql_statement *statement)
{
    for (size_t i = 0; i < COUNT_OF(account->beyond); i++)
        if (account->beyond[i].statement == statement && account->beyond[i].until_ms > clock_mono_ms())
            return true;
    return false;
}

enum rc sql_list_count(struct sql_handle *handle, const struct sql_list *list, const void *find, unsigned way, uint32_t bound,
                       uint64_t *n_out, struct err *err)
{
    const struct sql_statement *statement = &list->statements[list->ways_n * list->orders_n * 2 + way - 1];
    struct account *account = handle->account;
    bool may_know = handle->conn == NULL && is_whole(list, find);
    struct sql_list_total total;

    if (may_know && was_beyond(account, statement)) {
        *n_out = (uint64_t)bound + 1;
        return RC_OK;
    }
    TRY(sql_run_one(handle, statement, inputs_of(handle, list, find, bound + 1), &total, err));
    *n_out = total.n;
    if (may_know && total.n > bound) {
        account->beyond[account->beyond_at].statement = statement;
        account->beyond[account->beyond_at].until_ms = clock_mono_ms() + BEYOND_KEPT_MS;
        account->beyond_at = (account->beyond_at + 1) % COUNT_OF(account->beyond);
    }
    return RC_OK;
}

enum rc sql_list_each(struct sql_handle *handle, const struct sql_list *list, const void *find, unsigned way, const struct list_at *at,
                      sql_row_fn *row, void *ctx, struct err *err)
{
    struct sql_statement text = *text_of(list, way, order_of(list, at), at->is_reversed);

    text.is_hot = false; /* read row by row */
    return sql_run_each(handle, &text, inputs_of(handle, list, find, UINT32_MAX), row, ctx, err);
}
