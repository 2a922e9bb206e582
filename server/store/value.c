// SPDX-License-Identifier: AGPL-3.0-or-later
/* Values between MySQL and the members of C structs. */
#include "server/store/internal.h"

#include <stdlib.h>

bool type_is_signed(enum sql_type type)
{
    return type == SQL_I64 || type == SQL_I32;
}

bool type_is_number(enum sql_type type)
{
    return (type >= SQL_U64 && type <= SQL_BOOL) || type == SQL_ENUM;
}

bool type_is_text(enum sql_type type)
{
    return type == SQL_STR || type == SQL_BYTES;
}

static struct value read_nullable_number(const struct sql_column *column, const void *at)
{
    if (type_is_signed(column->type)) {
        const struct opt_i64 *opt = at;

        return (struct value){.is_null = !opt->is_set, .i = opt->value};
    }
    const struct opt_u64 *opt = at;

    return (struct value){.is_null = !opt->is_set, .u = opt->value};
}

struct value value_read(const struct sql_column *column, const void *in)
{
    const void *at = (const char *)in + column->offset;
    struct value value = {0};

    if (column->is_nullable && type_is_number(column->type) && column->type != SQL_ENUM)
        return read_nullable_number(column, at);
    switch (column->type) {
    case SQL_U64:
        value.u = *(const uint64_t *)at;
        break;
    case SQL_U32:
        value.u = *(const uint32_t *)at;
        break;
    case SQL_U16:
        value.u = *(const uint16_t *)at;
        break;
    case SQL_U8:
        value.u = *(const uint8_t *)at;
        break;
    case SQL_BOOL:
        value.u = *(const bool *)at;
        break;
    case SQL_ENUM:
        value.u = *(const uint32_t *)at;
        value.is_null = column->is_nullable && value.u == 0;
        break;
    case SQL_I64:
        value.i = *(const int64_t *)at;
        break;
    case SQL_I32:
        value.i = *(const int32_t *)at;
        break;
    case SQL_F64:
        value.f = *(const double *)at;
        break;
    case SQL_STR:
    case SQL_BYTES:
        value.s = *(const struct str *)at;
        value.is_null = value.s.p == NULL && column->is_nullable;
        break;
    case SQL_DATE:
        value.d = *(const struct date *)at;
        value.is_null = date_is_none(value.d);
        break;
    case SQL_UTC:
        value.at = *(const utc_us *)at;
        value.is_null = value.at == 0 && column->is_nullable;
        break;
    }
    return value;
}

static enum rc misfit(const struct sql_statement *statement, const struct sql_column *column, const char *why, struct err *err)
{
    return fail(err, RC_FAULT, "%s: column %s %s", statement->name, column->name, why);
}

enum rc value_put_null(const struct sql_statement *statement, const struct sql_column *column, void *row, struct err *err)
{
    (void)row; /* zeroed memory is NULL in every type that may be NULL */
    if (!column->is_nullable)
        return misfit(statement, column, "is NULL", err);
    return RC_OK;
}

/* The largest number of an unsigned type. */
static uint64_t most_of(enum sql_type type)
{
    switch (type) {
    case SQL_U32:
        return UINT32_MAX;
    case SQL_U16:
        return UINT16_MAX;
    case SQL_U8:
        return UINT8_MAX;
    case SQL_ENUM:
        return INT32_MAX;
    default:
        return UINT64_MAX;
    }
}

enum rc value_put_u64(const struct sql_statement *statement, const struct sql_column *column, void *row, uint64_t number, struct err *err)
{
    void *at = (char *)row + column->offset;

    if (number > most_of(column->type))
        return misfit(statement, column, "is out of range", err);
    if (column->is_nullable && column->type != SQL_ENUM) {
        *(struct opt_u64 *)at = some_u64(number);
        return RC_OK;
    }
    switch (column->type) {
    case SQL_U64:
        *(uint64_t *)at = number;
        break;
    case SQL_U32:
    case SQL_ENUM:
        *(uint32_t *)at = (uint32_t)number;
        break;
    case SQL_U16:
        *(uint16_t *)at = (uint16_t)number;
        break;
    case SQL_U8:
        *(uint8_t *)at = (uint8_t)number;
        break;
    case SQL_BOOL:
        *(bool *)at = number != 0;
        break;
    default:
        return misfit(statement, column, "is not an unsigned number", err);
    }
    return RC_OK;
}

enum rc value_put_i64(const struct sql_statement *statement, const struct sql_column *column, void *row, int64_t number, struct err *err)
{
    void *at = (char *)row + column->offset;

    if (column->type == SQL_I32 && (number < INT32_MIN || number > INT32_MAX))
        return misfit(statement, column, "is out of range", err);
    if (column->is_nullable)
        *(struct opt_i64 *)at = some_i64(number);
    else if (column->type == SQL_I32)
        *(int32_t *)at = (int32_t)number;
    else
        *(int64_t *)at = number;
    return RC_OK;
}

/* Reads n digits; false when there are none or fewer. */
static bool digits(const char *p, size_t n, unsigned *out)
{
    *out = 0;
    for (size_t i = 0; i < n; i++) {
        if (p[i] < '0' || p[i] > '9')
            return false;
        *out = *out * 10 + (unsigned)(p[i] - '0');
    }
    return true;
}

/* "2026-11-24", "2026-11-24 10:32:05" or with up to six digits of a second. */
static bool parse_moment(struct str s, struct moment *out)
{
    unsigned year, month, day;

    *out = (struct moment){0};
    if (s.n < 10 || !digits(s.p, 4, &year) || !digits(s.p + 5, 2, &month) || !digits(s.p + 8, 2, &day))
        return false;
    out->date = (struct date){(int16_t)year, (uint8_t)month, (uint8_t)day};
    if (!date_is_valid(out->date))
        return false;
    if (s.n == 10)
        return true;
    if (s.n < 19 || !digits(s.p + 11, 2, &out->hour) || !digits(s.p + 14, 2, &out->minute) || !digits(s.p + 17, 2, &out->second))
        return false;
    for (size_t i = 20, scale = 100000; i < s.n && scale > 0; i++, scale /= 10) {
        unsigned digit;

        if (!digits(s.p + i, 1, &digit))
            return false;
        out->us += digit * (unsigned)scale;
    }
    return true;
}

utc_us moment_utc(struct moment moment)
{
    int64_t seconds = date_to_days(moment.date) * 86400 + (int64_t)(moment.hour * 3600 + moment.minute * 60 + moment.second);

    return seconds * US_PER_S + (int64_t)moment.us;
}

struct moment moment_of(utc_us at)
{
    const int64_t day_us = 86400 * US_PER_S;
    int64_t days = at / day_us - (at % day_us < 0 ? 1 : 0);
    int64_t rest = at - days * day_us;
    unsigned seconds = (unsigned)(rest / US_PER_S);

    return (struct moment){date_from_days(days), seconds / 3600, seconds / 60 % 60, seconds % 60, (unsigned)(rest % US_PER_S)};
}

static enum rc put_number(const struct sql_statement *statement, const struct sql_column *column, void *row, struct str text,
                          struct err *err)
{
    uint64_t u;
    int64_t i;

    if (type_is_signed(column->type))
        return str_to_i64(text, &i) ? value_put_i64(statement, column, row, i, err)
                                    : misfit(statement, column, "is not a whole number", err);
    return str_to_u64(text, &u) ? value_put_u64(statement, column, row, u, err)
                                : misfit(statement, column, "is not a whole number without sign", err);
}

enum rc value_put_text(const struct sql_statement *statement, const struct sql_column *column, struct arena *arena, void *row,
                       struct str text, struct err *err)
{
    void *at = (char *)row + column->offset;
    struct moment moment;
    char number[64];

    if (type_is_number(column->type))
        return put_number(statement, column, row, text, err);
    if (type_is_text(column->type)) {
        *(struct str *)at = str_dup(arena, text);
        return RC_OK;
    }
    if (column->type == SQL_F64) {
        if (text.n >= sizeof(number))
            return misfit(statement, column, "is not a number", err);
        memcpy(number, text.p, text.n);
        number[text.n] = '\0';
        *(double *)at = strtod(number, NULL);
        return RC_OK;
    }
    if (!parse_moment(text, &moment))
        return misfit(statement, column, "is not a date or time", err);
    if (column->type == SQL_DATE)
        *(struct date *)at = moment.date;
    else
        *(utc_us *)at = moment_utc(moment);
    return RC_OK;
}
