// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/letters/letters_type.h"

#include "server/base/text.h"
#include "tenants/village/letters/letters_number.h"
#include "tenants/village/letters/letters_type_view.h"

enum { NUMBER_MOST = 120 };                 /* letter.number_text */
#define LONGEST_CODE "WWWWWWWWWWWWWWWWWWWW" /* identity.letter_code */

static bool is_alnum(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool letter_classification_ok(struct str code)
{
    for (size_t i = 0; i < code.n; i++) {
        const bool is_end = i == 0 || i + 1 == code.n;

        if (!is_alnum(code.p[i]) && (is_end || (code.p[i] != '.' && code.p[i] != '-') || !is_alnum(code.p[i - 1])))
            return false;
    }
    return code.n > 0;
}

/* Signs that a number on paper, in an address and in a file's name can have. */
static struct str signs_fault(struct arena *arena, struct str text)
{
    for (size_t i = 0; i < text.n; i++)
        if (!is_alnum(text.p[i]) && strchr("/.,-_() ", text.p[i]) == NULL)
            return str_fmt(arena, "Tanda \"%.*s\" tidak dapat dipakai dalam nomor. Pakai huruf, angka, dan / . , - _ ( ).",
                           STR_ARG(utf8_part(arena, str_from(text, i), 1)));
    return STR_NONE;
}

/* What stands outside of the codes. */
static struct str text_fault(struct arena *arena, struct str text)
{
    return str_find_char(text, ']') >= 0 ? STR("Tanda ] di format nomor tidak punya pembuka [.") : signs_fault(arena, text);
}

struct str letter_code_fault(struct arena *arena, struct str code)
{
    const struct str fault = signs_fault(arena, code);
    size_t letters = 0;

    for (size_t i = 0; i < code.n; i++)
        letters += is_alnum(code.p[i]);
    if (fault.p != NULL || str_empty(code) || letters > 0)
        return fault;
    return STR("Kode desa pada nomor surat memuat paling sedikit satu huruf atau angka. Contoh: DS-SPN.");
}

struct str letter_code_sample(struct arena *arena, struct str code, struct date today)
{
    const struct letter_number like = {STR("400.8"), code, 12, today};
    struct err err;
    struct str out;

    return letter_number_text(arena, STR(LETTER_NUMBER_DEFAULT), &like, &out, &err) == RC_OK ? out : STR("");
}

/* With the longest number, month and code of the village that there can be: whatever they become, letters are numbered. */
static size_t longest_number(struct arena *arena, struct str format, const struct letter_number *like)
{
    const struct letter_number longest = {like->classification, STR(LONGEST_CODE), 9999999, {like->date.year, 8, 1}};
    struct err why;
    struct str text;

    return letter_number_text(arena, format, &longest, &text, &why) == RC_OK ? text.n : 0;
}

static struct str code_fault(struct arena *arena, struct str code, const struct letter_number *like)
{
    struct err why = {0};
    struct str text;

    if (letter_number_text(arena, str_fmt(arena, "[nomor][%.*s]", STR_ARG(code)), like, &text, &why) == RC_OK)
        return STR_NONE;
    return str_fmt(
        arena, "Kode [%.*s] tidak dikenal. Yang dikenal: [kode_surat], [nomor], [nomor,3], [kode_desa], [bulan_romawi], [bulan], [tahun].",
        STR_ARG(code));
}

struct str letter_number_fault(struct arena *arena, struct str format, struct str scope, const struct letter_number *like)
{
    struct err why = {0};
    struct str text, fault, rest = format;

    while (rest.n > 0) {
        const ptrdiff_t open = str_find_char(rest, '[');

        if (fault = text_fault(arena, open < 0 ? rest : str_part(rest, 0, (size_t)open)), fault.p != NULL)
            return fault;
        if (open < 0)
            break;
        rest = str_from(rest, (size_t)open + 1);
        const ptrdiff_t close = str_find_char(rest, ']');
        if (close < 0)
            return STR("Tanda [ di format nomor belum ditutup dengan ].");
        if (fault = code_fault(arena, str_part(rest, 0, (size_t)close), like), fault.p != NULL)
            return fault;
        rest = str_from(rest, (size_t)close + 1);
    }
    if (letter_number_text(arena, format, like, &text, &why) != RC_OK)
        return STR("Format nomor belum memuat [nomor], sehingga semua surat akan bernomor sama.");
    if (str_is(scope, LETTER_NUMBER_OWN) && str_find(format, STR("[tahun]")) < 0)
        return STR("Nomor peraturan dan keputusan menyebut tahunnya. Tambahkan [tahun], misalnya: [nomor] TAHUN [tahun].");
    const size_t most = longest_number(arena, format, like);
    if (most > NUMBER_MOST)
        return str_fmt(arena, "Nomornya bisa terlalu panjang: sampai %zu tanda, paling banyak %d. Pendekkan formatnya.", most, NUMBER_MOST);
    return STR_NONE;
}

static const struct {
    const char *word;
    struct str label;
} policies[] = {{"seal", STR_INIT("Langsung terbit")},
                {"approve", STR_INIT("Disetujui penanda tangan")},
                {"sign", STR_INIT("Ditandatangani pejabatnya")}};

struct str letter_policy_label(struct str policy)
{
    for (size_t i = 0; i < COUNT_OF(policies); i++)
        if (str_is(policy, policies[i].word))
            return policies[i].label;
    return STR_NONE;
}

struct str letter_scope_label(struct str scope)
{
    const struct str label = form_show_choice(&letter_type_edit_input[LETTER_TYPE_EDIT_AT_NUMBER_SCOPE], scope);

    if (str_empty(scope))
        return STR("Seperti di Pengaturan desa");
    return label.p == scope.p ? STR_NONE : label; /* it gives back what is no choice */
}

struct str letter_validity_label(struct arena *arena, uint8_t months)
{
    return months == 0 ? STR("Tanpa batas waktu") : str_fmt(arena, "%u bulan", months);
}
