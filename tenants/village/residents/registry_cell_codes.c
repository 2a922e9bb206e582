// SPDX-License-Identifier: AGPL-3.0-or-later
/* Words and numbers of the code lists. */
#include "server/base/text.h"
#include "tenants/village/residents/registry_cells.h"

/* Words that do not say which code is meant: nothing is stored, and a person is told what to write. */
static const char *unclear_words(enum code_list list, struct str s)
{
    static const struct {
        enum code_list list;
        const char *word, *tell;
    } unclear[] = {
        {CODE_MARITAL, "JANDA",
         "“Janda” tidak menyebut cerai hidup atau cerai mati, jadi status kawin tidak diubah. Tulis CERAI HIDUP atau CERAI MATI."},
        {CODE_MARITAL, "DUDA",
         "“Duda” tidak menyebut cerai hidup atau cerai mati, jadi status kawin tidak diubah. Tulis CERAI HIDUP atau CERAI MATI."},
        {CODE_MARITAL, "CERAI",
         "“Cerai” tidak menyebut cerai hidup atau cerai mati, jadi status kawin tidak diubah. Tulis CERAI HIDUP atau CERAI MATI."},
        {CODE_INSURANCE, "BPJS KESEHATAN",
         "“BPJS Kesehatan” tidak menyebut PBI atau mandiri, jadi asuransi tidak diubah. Tulis BPJS PBI atau BPJS NON PBI."},
        {CODE_INSURANCE, "BPJS", "“BPJS” tidak menyebut PBI atau mandiri, jadi asuransi tidak diubah. Tulis BPJS PBI atau BPJS NON PBI."},
        {CODE_INSURANCE, "JKN", "“JKN” tidak menyebut PBI atau mandiri, jadi asuransi tidak diubah. Tulis BPJS PBI atau BPJS NON PBI."},
        {CODE_BASIC_STATUS, "TIDAK TETAP",
         "“TIDAK TETAP” dari ekspor OpenSID bisa berarti meninggal atau bukan penduduk tetap, jadi status dasar tidak diubah. Cocokkan, "
         "lalu tulis HIDUP, MATI atau PINDAH."},
    };

    for (size_t i = 0; i < COUNT_OF(unclear); i++)
        if (unclear[i].list == list && str_is(s, unclear[i].word))
            return unclear[i].tell;
    return NULL;
}

/* "1.0", "1 - ISLAM", "1. Islam", "Islam (1)": number and word, when both say the same. */
static bool code_with_word(struct arena *arena, enum code_list list, struct str s, uint32_t *code_out)
{
    struct str number = s, word = STR("");
    uint32_t of_word;
    size_t i = 0;
    ptrdiff_t bracket = str_find_char(s, '(');

    while (i < s.n && s.p[i] >= '0' && s.p[i] <= '9')
        i++;
    if (i > 0) {
        number = str_part(s, 0, i);
        word = str_from(s, i);
        while (word.n > 0 && strchr(" -.:=)0,", word.p[0]) != NULL)
            word = str_from(word, 1);
    } else if (bracket >= 0 && str_ends(s, STR(")"))) {
        number = str_trim(str_part(s, (size_t)bracket + 1, s.n - (size_t)bracket - 2));
        word = str_trim(str_part(s, 0, (size_t)bracket));
    } else {
        return false;
    }
    (void)arena;
    return code_from_text(list, number, code_out) && (str_empty(word) || (code_from_text(list, word, &of_word) && of_word == *code_out));
}

/* "D3 Kebidanan"; no number of a person, in whatever digits, no address and no essay: what is remembered is shown to everybody who imports.
 */
static bool may_be_word(struct str s)
{
    return utf8_length(s) <= 40 && digits_in(s) <= 2 && text_is_plain(s, " .,'-/()&");
}

static void word_fault(const struct cell_place *at, bool is_warning, struct str s, struct str text)
{
    registry_fault_add(at->file, &(struct registry_fault){.row = at->row,
                                                          .column = at->column,
                                                          .is_warning = is_warning,
                                                          .asks = may_be_word(s) ? ASKS_WORD : ASKS_NOTHING,
                                                          .value = cell_shown(at),
                                                          .text = text});
}

void cell_code(const struct cell_place *at, struct str s)
{
    struct arena *arena = at->file->scratch;
    struct str upper = str_upper(arena, s);
    const char *unclear = unclear_words(at->rule->list, upper);
    uint32_t code = 0;

    if (unclear != NULL) {
        word_fault(at, true, s, str_c(unclear));
        cell_row(at)->filled &= ~(UINT64_C(1) << at->column);
        return;
    }
    if (at->column == COLUMN_BASIC_STATUS && str_is(upper, "TETAP")) {
        at->file->sheets[cell_row(at)->sheet].settled++;
        code = STATUS_ALIVE;
    } else if (!code_from_text(at->rule->list, s, &code) && !code_with_word(arena, at->rule->list, s, &code)) {
        word_fault(at, false, s,
                   str_fmt(arena, "“%.*s” bukan pilihan untuk %.*s.", STR_ARG(utf8_part(arena, s, 60)),
                           STR_ARG(text_lower(arena, code_list_title(at->rule->list)))));
        return;
    }
    *row_code_at(&cell_row(at)->r, at->column) = (uint8_t)code;
    if (at->column == COLUMN_KTP_EL && code == KTP_EL_CHILD)
        cell_fault(at, true, STR("Kode 3 (KIA) diterima, walau tidak ada di petunjuk format ini."));
    if (at->column == COLUMN_INSURANCE && code == INSURANCE_REGIONAL)
        cell_fault(at, true, STR("Kode 4 (BPJS bantuan daerah) diterima, walau tidak ada di daftar resmi."));
}
