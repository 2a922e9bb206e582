// SPDX-License-Identifier: AGPL-3.0-or-later
/* Types of letters by what people call them: "sktm", "surat miskin", "N1". */
#include "server/base/text.h"
#include "tenants/village/letters/letters_rules.h"

enum { NEAR_LETTERS = 4 };

/* Its next word; false after the last. */
static bool next_word(struct str *rest, struct str *word_out)
{
    while (rest->p != NULL && str_cut(rest, ' ', word_out))
        if (word_out->n > 0)
            return true;
    return false;
}

static bool begins_a_word(struct str text, struct str typed)
{
    struct str rest = text, word;

    while (next_word(&rest, &word))
        if (str_starts(word, typed))
            return true;
    return false;
}

/* Words that nearly every type has say nothing. */
static bool is_common(struct str word)
{
    return str_is(word, "surat") || str_is(word, "keterangan") || str_is(word, "untuk");
}

/* "domisli" and "domisili" begin alike; shorter words than that are not guessed at. */
static bool is_like_a_word(struct str text, struct str typed)
{
    return typed.n >= NEAR_LETTERS && !is_common(typed) && begins_a_word(text, str_part(typed, 0, NEAR_LETTERS));
}

/* Without "surat" and "keterangan" in front: people say both, and neither. */
static struct str bare(struct str text)
{
    static const struct str said[] = {STR_INIT("surat "), STR_INIT("keterangan ")};

    for (size_t i = 0; i < COUNT_OF(said); i++)
        if (str_starts(text, said[i]))
            text = str_from(text, said[i].n);
    return text;
}

bool letter_is_called(struct arena *arena, struct str name, const struct letter_words *also, struct str typed)
{
    const struct str said = bare(text_fold(arena, typed));

    if (str_eq(bare(text_fold(arena, name)), said))
        return true;
    for (size_t i = 0; i < also->n; i++)
        if (str_eq(bare(text_fold(arena, also->p[i])), said))
            return true;
    return false;
}

bool letter_is_said(struct arena *arena, struct str name, const struct letter_words *also, struct str typed)
{
    struct buf said = {.arena = arena};
    struct str rest = text_fold(arena, typed), word, other;
    bool is_there, is_any = false;

    buf_put_str(&said, name);
    for (size_t i = 0; i < also->n; i++)
        buf_fmt(&said, " %.*s", STR_ARG(also->p[i]));
    const struct str all = text_fold(arena, buf_str(&said));
    while (next_word(&rest, &word)) {
        struct str words = all;

        if (is_common(word))
            continue;
        for (is_there = false; !is_there && next_word(&words, &other);)
            is_there = str_eq(word, other);
        if (!is_there)
            return false;
        is_any = true;
    }
    return is_any;
}

enum letter_sought letter_sought(struct arena *arena, struct str name, const struct letter_form *form, struct str typed)
{
    struct buf said = {.arena = arena};
    struct str rest = text_fold(arena, typed), word;
    bool has_all = true, is_near = false;

    if (letter_is_called(arena, name, &form->also, typed))
        return SOUGHT_BY_NAME;
    buf_fmt(&said, "%.*s %.*s %.*s", STR_ARG(name), STR_ARG(form->purpose), STR_ARG(form->group));
    for (size_t i = 0; i < form->also.n; i++)
        buf_fmt(&said, " %.*s", STR_ARG(form->also.p[i]));
    const struct str all = text_fold(arena, buf_str(&said));
    while (next_word(&rest, &word)) {
        const bool is_met = begins_a_word(all, word);

        has_all = has_all && is_met;
        is_near = is_near || (is_met && !is_common(word)) || is_like_a_word(all, word);
    }
    return has_all ? SOUGHT : is_near ? SOUGHT_NEAR : SOUGHT_NOT;
}
