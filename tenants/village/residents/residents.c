// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/residents/residents.h"

#include "server/base/text.h"

enum { MAX_WORDS = 4, NIK_DIGITS = 16, MIN_DIGITS = 4 };

static bool only_digits_typed(struct str typed)
{
    for (size_t i = 0; i < typed.n; i++)
        if (!(typed.p[i] >= '0' && typed.p[i] <= '9') && strchr(" .-", typed.p[i]) == NULL)
            return false;
    return typed.n > 0;
}

enum rc residents_find(struct village_db *db, struct str typed, const struct resident_cursor *after, uint32_t limit,
                       struct resident_hit_rows *out, struct err *err)
{
    struct arena *arena = village_db_arena(db);
    struct resident_by_words_in in = {.after_name = after->name.p != NULL ? after->name : STR(""), .after_id = after->id, .limit = limit};
    struct str words[MAX_WORDS] = {STR_NONE, STR_NONE, STR_NONE, STR_NONE}, rest, word;
    size_t n = 0;

    *out = (struct resident_hit_rows){0};
    typed = str_trim(typed);
    if (only_digits_typed(typed)) {
        struct str digits = digits_only(arena, typed);

        if (digits.n == NIK_DIGITS) /* a person or one family: never more than a page */
            return after->id != 0 ? RC_OK : sql_resident_by_number(db, digits, limit, out, err);
        if (digits.n >= MIN_DIGITS && digits.n < NIK_DIGITS)
            return sql_resident_by_nik_start(db, digits, in.after_name, in.after_id, limit, out, err);
        return RC_OK;
    }
    rest = text_fold(arena, typed);
    while (n < MAX_WORDS && str_cut(&rest, ' ', &word))
        if (word.n > 0)
            words[n++] = str_part(word, 0, 60);
    if (n == 0)
        return RC_OK;
    in.first = words[0];
    in.second = words[1];
    in.third = words[2];
    in.fourth = words[3];
    return sql_resident_by_words(db, &in, out, err);
}

struct str resident_about(struct arena *arena, const struct resident_hit *hit, struct date today)
{
    struct buf text = {.arena = arena};

    buf_put_str(&text, hit->sex == 2 ? STR("Perempuan") : STR("Laki-laki"));
    if (!date_is_none(hit->birth_date))
        buf_fmt(&text, ", %d tahun", date_age(hit->birth_date, today));
    if (!str_empty(hit->hamlet) && !str_is(hit->hamlet, "-"))
        buf_fmt(&text, ", Dusun %.*s", STR_ARG(text_name(arena, hit->hamlet)));
    if (!str_empty(hit->rt) && !str_is(hit->rt, "-"))
        buf_fmt(&text, " RT %.*s", STR_ARG(hit->rt));
    return buf_str(&text);
}
