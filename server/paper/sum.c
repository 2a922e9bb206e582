// SPDX-License-Identifier: AGPL-3.0-or-later
/* Sums over values, and which values they cannot use. */
#include "server/paper/flow.h"

enum { MAX_TERMS = 1000000 }; /* members added up in one paper */

struct total {
    struct amount amount;
    bool has_value, is_wrong; /* a number was there; one was none, or the sum is too large */
};

static void add(struct total *to, struct amount amount)
{
    to->amount.parts += amount.parts;
    to->amount.is_money |= amount.is_money;
    to->amount.decimals = amount.decimals > to->amount.decimals ? amount.decimals : to->amount.decimals;
    to->has_value = true;
    to->is_wrong |= to->amount.parts > AMOUNT_MOST || to->amount.parts < -AMOUNT_MOST;
    if (to->is_wrong)
        to->amount.parts = 0;
}

static void multiply(struct total *a, const struct total *b)
{
    __int128 product = (__int128)a->amount.parts * b->amount.parts, half = product < 0 ? -AMOUNT_ONE / 2 : AMOUNT_ONE / 2;

    product = (product + half) / AMOUNT_ONE;
    a->has_value = a->has_value && b->has_value;
    a->is_wrong |= b->is_wrong || product > AMOUNT_MOST || product < -AMOUNT_MOST;
    a->amount.parts = a->is_wrong ? 0 : (int64_t)product;
    a->amount.is_money |= b->amount.is_money;
}

static void add_text(struct total *to, struct str text)
{
    struct amount amount;

    if (str_empty(str_trim(text)))
        return;
    if (amount_read(text, &amount))
        add(to, amount);
    else
        to->is_wrong = true;
}

static enum rc add_members(struct writer *w, const struct sum *sum, struct total *out)
{
    const json_t *list = find_value(w, sum->list);
    size_t index;
    json_t *value;

    if (list == NULL || json_is_null(list))
        return RC_OK;
    if (!json_is_array(list))
        return fail(w->err, RC_INVALID, "values.%s: must be an array", sum->list);
    w->terms += json_array_size(list);
    if (w->terms > MAX_TERMS)
        return fail(w->err, RC_TOO_LARGE, "sums over more than %d members", MAX_TERMS);
    json_array_foreach(list, index, value)
    {
        const json_t *member = json_object_get(value, sum->field);
        if (member != NULL && !json_is_null(member) && !json_is_string(member) && unfilled_words(member).p == NULL)
            return fail(w->err, RC_INVALID, "values.%s[%zu].%s: must be a text", sum->list, index, sum->field);
        if (json_is_string(member))
            add_text(out, (struct str){json_string_value(member), json_string_length(member)});
    }
    return RC_OK;
}

/* tree_sum.c bounds how deep sums nest. */
static enum rc total(struct writer *w, const struct sum *sum, struct total *out)
{
    struct total other = {0};
    struct str text = STR_NONE;

    switch (sum->kind) {
    case SUM_NUMBER:
        add(out, sum->number);
        return RC_OK;
    case SUM_FIELD:
        TRY(field_value(w, sum->field, &text));
        add_text(out, text);
        return RC_OK;
    case SUM_TOTAL:
        return add_members(w, sum, out);
    case SUM_COUNT:
        add(out, (struct amount){(int64_t)json_array_size(find_value(w, sum->list)) * AMOUNT_ONE, false, 0});
        return RC_OK;
    case SUM_PLUS:
    case SUM_MINUS:
    case SUM_TIMES:
        break;
    }
    if (sum->a != NULL)
        TRY(total(w, sum->a, out));
    TRY(total(w, sum->b, &other));
    if (sum->kind == SUM_TIMES) {
        multiply(out, &other);
        return RC_OK;
    }
    out->is_wrong |= other.is_wrong;
    other.amount.parts = sum->kind == SUM_MINUS ? -other.amount.parts : other.amount.parts;
    if (other.has_value)
        add(out, other.amount);
    return RC_OK;
}

enum rc sum_text(struct writer *w, const struct sum *sum, enum conversion as, struct str *out)
{
    struct total all = {0};

    TRY(total(w, sum, &all));
    if (!all.has_value || all.is_wrong || !convert_amount(w->arena, as, all.amount, out))
        *out = STR("");
    return RC_OK;
}

static bool is_of_use(struct arena *arena, const json_t *value, enum paper_kind kind)
{
    struct str text = {json_string_value(value), json_string_length(value)};
    struct amount amount;
    struct date day;

    if (!json_is_string(value) || str_empty(str_trim(text)))
        return true;
    return kind == PAPER_NUMBER ? amount_read(text, &amount) : day_read(arena, text, &day);
}

enum rc paper_misfit(struct arena *arena, const json_t *tree, const json_t *values, struct paper_need *out, struct err *err)
{
    struct tree *read;
    size_t index;
    json_t *member;

    TRY(tree_read(arena, tree, false, &read, err));
    *out = (struct paper_need){0};
    for (size_t i = 0; i < read->use.need_count; i++) {
        const struct paper_need *need = &read->use.needs[i];
        const json_t *list = need->list == NULL ? NULL : json_object_get(values, need->list);
        bool is_good = is_of_use(arena, json_object_get(values, need->field), need->kind);
        if (need->list != NULL)
            is_good = true;
        json_array_foreach(list, index, member) is_good &= is_of_use(arena, json_object_get(member, need->field), need->kind);
        if (!is_good) {
            *out = *need;
            return RC_OK;
        }
    }
    return RC_OK;
}
