// SPDX-License-Identifier: AGPL-3.0-or-later
/* NIK, numbers of family cards and of documents, as people and spreadsheet programs write and spoil them. */
#include "server/base/text.h"
#include "tenants/village/residents/registry_cells.h"

bool cell_is_scientific(struct str s)
{
    bool has_e = false;

    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if ((c == 'E' || c == 'e') && i > 0 && !has_e)
            has_e = true;
        else if (!((c >= '0' && c <= '9') || c == '.' || c == ',' || (c == '+' && has_e)))
            return false;
    }
    return has_e;
}

/* The digits of s without the signs people put between them; false when something else is in it. */
static bool id_digits(struct arena *arena, struct str s, struct str *out)
{
    struct buf digits = {.arena = arena};

    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] >= '0' && s.p[i] <= '9')
            buf_put_char(&digits, s.p[i]);
        else if (strchr(" .-',/_", s.p[i]) == NULL)
            return false;
    }
    *out = buf_str(&digits);
    return true;
}

static const char *id_name(enum column_kind kind)
{
    return kind == KIND_KK ? "Nomor KK" : "NIK";
}

bool cell_is_zeros(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] != '0')
            return false;
    return s.n > 0;
}

/* What a spreadsheet program stored as a number has at most 15 exact digits: a 16th that is 0 may have been another. */
static void note_number(const struct cell_place *at, struct str digits)
{
    if (digits.p[15] == '0')
        cell_row(at)->doubtful |= UINT64_C(1) << at->column;
    else
        cell_row(at)->exact |= UINT64_C(1) << at->column;
}

/* "7.317100701556001E15": every digit is there, only the writing is a number's; a number of up to 15 digits may end in zeros. */
static bool whole_of_scientific(struct arena *arena, struct str s, bool is_number, struct str *out)
{
    struct buf digits = {.arena = arena};
    uint64_t exponent;
    size_t i = 0, whole = 0;

    for (; i < s.n && s.p[i] != 'E' && s.p[i] != 'e'; i++) {
        if (s.p[i] >= '0' && s.p[i] <= '9')
            buf_put_char(&digits, s.p[i]);
        else if (whole == 0)
            whole = digits.n;
        else
            return false;
    }
    struct str power = str_from(s, i + 1);
    if (str_starts(power, STR("+")))
        power = str_from(power, 1);
    if (whole > 1 || !str_to_u64(power, &exponent) || exponent > 15 || exponent + 1 < digits.n)
        return false;
    if (exponent + 1 > digits.n && (!is_number || exponent == 15))
        return false;
    while (digits.n < exponent + 1)
        buf_put_char(&digits, '0');
    *out = buf_str(&digits);
    return true;
}

/* "7317101111570002.0", "…,00": a number's decimals behind so many digits are none of its own. */
static struct str without_decimals(struct str s, size_t least)
{
    size_t n = s.n;

    while (n > 0 && s.p[n - 1] == '0')
        n--;
    if (n == s.n || n == 0 || (s.p[n - 1] != '.' && s.p[n - 1] != ',') || digits_in(str_part(s, 0, n)) < least)
        return s;
    return str_part(s, 0, n - 1);
}

/* Without what people and programs write around a number: quotes, "NIK", ",00"; wide digits as plain ones, all dashes as one. */
static struct str bare_id(struct arena *arena, struct str s)
{
    static const char *const signs[] = {"\xE2\x80\x98", "\xE2\x80\x99", "\xE2\x80\x9C", "\xE2\x80\x9D", "\"", "`", "(", ")", "[", "]"};
    static const char *const dashes[] = {"\xE2\x80\x90", "\xE2\x80\x91", "\xE2\x80\x92", "\xE2\x80\x93", "\xE2\x80\x94", "\xE2\x88\x92"};
    static const char *const words[] = {"NOMOR", "NOMER", "NO", "NIK", "KK", "KTP", "E-KTP", "KARTU KELUARGA"};
    bool is_more = true;

    for (int d = 0; d < 10; d++)
        s = str_replace(arena, s, str_fmt(arena, "\xEF\xBC%c", 0x90 + d), str_fmt(arena, "%d", d));
    for (size_t i = 0; i < COUNT_OF(signs); i++)
        s = str_replace(arena, s, str_c(signs[i]), STR(""));
    for (size_t i = 0; i < COUNT_OF(dashes); i++)
        s = str_replace(arena, s, str_c(dashes[i]), STR("-"));
    while (is_more) {
        is_more = false;
        while (s.n > 0 && strchr(" .:=/#-", s.p[0]) != NULL)
            s = str_from(s, 1);
        for (size_t i = 0; i < COUNT_OF(words) && !is_more; i++) {
            const struct str word = str_c(words[i]);
            is_more = s.n > word.n && str_eq_nocase(str_part(s, 0, word.n), word);
            s = is_more ? str_from(s, word.n) : s;
        }
    }
    return without_decimals(s, 16);
}

/* "belum ada", "proses": people say that there is none. */
static bool says_none(struct arena *arena, struct str s)
{
    static const char *const words[] = {"BELUM", "BLM",  "TIDAK", "TDK", "PROSES", "SEDANG", "DALAM",    "NIHIL",     "KOSONG",
                                        "TANPA", "NULL", "NONE",  "NA",  "N/A",    "ALM",    "ALMARHUM", "ALMARHUMAH"};
    struct str upper = str_upper(arena, s);
    size_t n = 0;

    while (n < upper.n && strchr(" .,:;(", upper.p[n]) == NULL)
        n++;
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (str_is(str_part(upper, 0, n), words[i]))
            return true;
    return false;
}

void cell_id(const struct cell_place *at, const struct sheet_cell *cell, struct str s)
{
    struct arena *arena = at->file->scratch;
    const char *name = id_name(at->rule->kind);
    bool is_number = cell->kind == CELL_NUMBER;
    struct str digits;

    const bool is_card_less = at->rule->kind == KIND_KK && (str_is(s, "0") || (digits_in(s) == 0 && says_none(arena, s)));
    if (is_card_less || (at->rule->kind != KIND_KK && digits_in(s) == 0)) {
        cell_row(at)->is_no_card |= is_card_less;
        if (!is_card_less && !says_none(arena, s))
            cell_fault(at, true, str_fmt(arena, "“%.*s” bukan NIK, jadi tidak dibaca.", STR_ARG(utf8_part(arena, s, 40))));
        cell_row(at)->filled &= ~(UINT64_C(1) << at->column);
        return;
    }
    s = bare_id(arena, s);
    if (cell_is_scientific(s) && whole_of_scientific(arena, s, is_number, &digits) && digits.n == 16) {
        s = digits;
        is_number = true;
    }
    if (cell_is_scientific(s)) {
        cell_fault(at, false,
                   str_fmt(arena,
                           "Excel mengubah %s menjadi %.*s, sebagian angkanya hilang. Ubah format kolom menjadi Teks, lalu ketik ulang.",
                           name, STR_ARG(str_part(s, 0, 30))));
    } else if (!id_digits(arena, s, &digits)) {
        cell_fault(at, false,
                   str_fmt(arena, "%s memuat tanda selain angka. Cocokkan dengan %s.", name,
                           at->rule->kind == KIND_KK ? "kartu keluarga" : "e-KTP atau kartu keluarga"));
    } else if (at->rule->kind != KIND_KK && cell_is_zeros(digits)) {
        cell_row(at)->is_nik_zero |= at->rule->kind == KIND_NIK;
    } else if (digits.n == 15 && is_number) {
        cell_fault(at, false,
                   str_fmt(arena,
                           "%s kurang 1 angka. Bila ini nomor sementara, angka 0 di depannya hilang di Excel: ubah format kolom menjadi "
                           "Teks, lalu ketik ulang.",
                           name));
    } else if (digits.n < 16) {
        cell_fault(at, false, str_fmt(arena, "%s kurang %zu angka.", name, 16 - digits.n));
    } else if (digits.n > 16) {
        cell_fault(at, false, str_fmt(arena, "%s lebih %zu angka.", name, digits.n - 16));
    } else if (cell_is_zeros(digits)) {
        cell_fault(at, false, str_fmt(arena, "%s tidak mungkin nol semua.", name));
    } else {
        if (is_number)
            note_number(at, digits);
        cell_keep(at, digits);
    }
}

bool cell_document(const struct cell_place *at, const struct sheet_cell *cell, struct str *s)
{
    struct arena *arena = at->file->scratch;
    const bool is_number = cell->kind == CELL_NUMBER;
    struct str whole;

    if (cell_is_scientific(*s) && (is_number || strpbrk(str_z(arena, *s), ".,+") != NULL)) {
        if (!whole_of_scientific(arena, *s, is_number, &whole)) {
            cell_fault(at, true,
                       str_fmt(arena,
                               "Excel mengubah nomor ini menjadi %.*s, sebagian angkanya hilang, jadi tidak dibaca. Ubah format kolom "
                               "menjadi Teks, lalu ketik ulang.",
                               STR_ARG(str_part(*s, 0, 30))));
            cell_row(at)->filled &= ~(UINT64_C(1) << at->column);
            return false;
        }
        *s = whole;
    }
    *s = without_decimals(*s, 8);
    if (is_number && at->column == COLUMN_INSURANCE_NO && digits_in(*s) == s->n && s->n >= 8 && s->n < 13)
        cell_fault(at, true,
                   str_fmt(arena,
                           "Nomor BPJS punya 13 angka, yang ini %zu. Bila angka 0 di depannya hilang di Excel, ubah format kolom menjadi "
                           "Teks, lalu ketik ulang.",
                           s->n));
    return true;
}
