// SPDX-License-Identifier: AGPL-3.0-or-later
/* Ids of other tables' rows: chosen from a list, or found by words first. */
#include "server/base/text.h"
#include "server/web/forms.h"
#include "server/web/request.h"

enum { MOST_WORDS = 100 };

static enum rc find_by_words(struct request *req, struct value *value, struct str words, struct err *err)
{
    uint64_t id;

    if (utf8_length(words) > MOST_WORDS) {
        request_fault(req, value->name, "Kata pencarian terlalu panjang. Tulis nama atau NIK saja.");
        return RC_OK;
    }
    TRY(value->decl->pick->list(req, words, &value->matches, err));
    if (value->matches.n == 0) {
        request_fault(req, value->name, "%s tidak ditemukan. Periksa ejaannya, atau tulis NIK.", input_label(value));
        return RC_OK;
    }
    for (size_t i = 0; i < value->matches.n; i++) { /* one of several, chosen while the words still stand in the box */
        struct option *match = &value->matches.p[i];

        if (value->matches.n > 1 && !str_eq(match->value, str_trim(value->typed)))
            continue;
        if (str_to_u64(match->value, &id)) {
            value->number = id;
            value->text = match->label;
            match->is_selected = true;
        }
        return RC_OK;
    }
    request_fault(req, value->name, "Beberapa cocok. Pilih satu.");
    return RC_OK;
}

enum rc input_check_pick(struct request *req, struct value *value, struct err *err)
{
    const struct pick_source *source = value->decl->pick;
    struct str typed = str_trim(value->typed), words = text_tidy(req->arena, value->boxes[0]), label = STR_NONE;
    uint64_t id;

    if (source->is_search && words.n > 0)
        return find_by_words(req, value, words, err);
    if (typed.n == 0) {
        input_missing(req, value, source->is_search ? "belum diisi. Tulis nama atau NIK." : "belum dipilih.");
        return RC_OK;
    }
    if (str_to_u64(typed, &id) && id != 0)
        TRY(source->find(req, id, &label, err));
    if (label.p == NULL) {
        request_fault(req, value->name, "%s tidak ada dalam pilihan. Pilih lagi.", input_label(value));
        return RC_OK;
    }
    value->number = id;
    value->text = label;
    return RC_OK;
}
