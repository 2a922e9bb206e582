// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/residents/registry_rows.h"

const struct column_rule column_rules[COLUMN_COUNT] = {
#define X(name, heading, kind, member, max, list) \
    [COLUMN_##name] = {heading, #member, KIND_##kind, offsetof(struct resident_row, member), max, CODE_##list},
    RESIDENT_COLUMNS(X)
#undef X
};

bool row_has(const struct resident_row *row, enum resident_column c)
{
    if (column_rules[c].kind == KIND_CODE)
        return *row_code(row, c) != 0;
    if (kind_is_date(column_rules[c].kind))
        return !date_is_none(*row_date(row, c));
    return row_text(row, c)->n > 0;
}

bool row_same(const struct resident_row *a, const struct resident_row *b, enum resident_column c)
{
    if (column_rules[c].kind == KIND_CODE)
        return *row_code(a, c) == *row_code(b, c);
    if (kind_is_date(column_rules[c].kind))
        return date_compare(*row_date(a, c), *row_date(b, c)) == 0;
    return str_eq(*row_text(a, c), *row_text(b, c));
}

void row_copy(struct resident_row *to, const struct resident_row *from, enum resident_column c)
{
    if (column_rules[c].kind == KIND_CODE)
        *row_code_at(to, c) = *row_code(from, c);
    else if (kind_is_date(column_rules[c].kind))
        *row_date_at(to, c) = *row_date(from, c);
    else
        *row_text_at(to, c) = *row_text(from, c);
}

/* ---- what is accepted ---- */

static struct str accepted_codes(struct arena *arena, enum code_list list)
{
    struct buf out = {.arena = arena};
    size_t n;
    const struct code *codes = codes_of(list, &n);

    if (n > 12)
        return str_fmt(arena, "Angka %u–%u atau namanya, misalnya %.*s.", codes[0].code, codes[n - 1].code, STR_ARG(codes[0].label));
    for (size_t i = 0; i < n; i++)
        buf_fmt(&out, "%s%u %.*s", i > 0 ? ", " : "", codes[i].code, STR_ARG(codes[i].label));
    buf_put_char(&out, '.');
    return buf_str(&out);
}

struct str column_accepted(struct arena *arena, enum resident_column column)
{
    const struct column_rule *rule = &column_rules[column];

    switch (rule->kind) {
    case KIND_TEXT:
        return str_fmt(arena, "Teks, paling banyak %u huruf.", rule->max);
    case KIND_HAMLET:
        return STR("Nama {dusun}, paling banyak 60 huruf.");
    case KIND_UNIT:
        return STR("Nomor, misalnya 001. Kosong atau - bila tidak ada.");
    case KIND_NAME:
        return STR("Huruf, spasi, titik, koma, tanda petik dan tanda hubung; paling banyak 100 huruf.");
    case KIND_KK:
        return STR("16 angka.");
    case KIND_NIK:
        return STR("16 angka, atau 0 bila belum punya NIK.");
    case KIND_PARENT:
        return STR("16 angka, 0, atau kosong.");
    case KIND_CODE:
        return accepted_codes(arena, rule->list);
    case KIND_BIRTH:
    case KIND_PAST:
    case KIND_UNTIL:
        return STR("Tanggal: 31-12-1990, 31/12/1990, 1990-12-31, atau sel bertipe tanggal.");
    case KIND_CARD:
        return STR("10 sampai 17 huruf atau angka dari kartu.");
    case KIND_PLACE:
        return column == COLUMN_LAT ? STR("Angka -90 sampai 90, misalnya -3.5321.") : STR("Angka -180 sampai 180, misalnya 120.3661.");
    }
    return STR("");
}
