// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/letters/letters_brought.h"

#include "server/base/json.h"
#include "server/base/text.h"

enum { NUMBER_MOST = 60 };

bool letter_asks_papers(const struct letter_form *form)
{
    return form->n_requirements > 0 && form->subject_of != OF_NONE;
}

bool letter_is_brought_noted(const json_t *inputs)
{
    return json_object_get(inputs, LETTER_BROUGHT) != NULL;
}

/* "Surat pengantar RT atau kepala dusun", "Surat pengantar RT/RW": it has a number and a day, which the office writes down. */
static bool is_introduction(struct str requirement)
{
    return str_starts(requirement, STR("Surat pengantar RT"));
}

/* "Surat kelahiran dari bidan, bila ada": it may be missing. */
static bool is_conditional(struct str requirement)
{
    return str_find(requirement, STR(" bila ")) >= 0;
}

bool letter_brought_boxes(const struct letter_form *form, struct letter_brought_boxes *out)
{
    *out = (struct letter_brought_boxes){
        .number = {.name = STR(LETTER_BROUGHT_NUMBER), .label = STR("Nomor surat pengantar"), .kind = FIELD_LINE, .max = NUMBER_MOST},
        .day = {.name = STR(LETTER_BROUGHT_DAY),
                .label = STR("Tanggal surat pengantar"),
                .kind = FIELD_DATE,
                .max = NUMBER_MOST,
                .is_past = true}};
    for (size_t i = 0; letter_asks_papers(form) && i < form->n_requirements; i++)
        if (is_introduction(form->requirements[i])) {
            out->requirement = i;
            return true;
        }
    return false;
}

static void put_introduction(struct arena *arena, const json_t *inputs, struct buf *out)
{
    const struct str number = json_text(inputs, LETTER_BROUGHT_NUMBER);
    struct date day;

    if (!str_empty(number))
        buf_fmt(out, ", nomor %.*s", STR_ARG(number));
    if (date_parse(json_text(inputs, LETTER_BROUGHT_DAY), &day))
        buf_fmt(out, ", %.*s", STR_ARG(date_long(arena, day)));
}

struct str letter_brought_told(struct arena *arena, const struct letter_form *form, const json_t *inputs)
{
    const struct str kept = json_text(inputs, LETTER_BROUGHT);
    struct buf out = {.arena = arena};

    if (!letter_is_brought_noted(inputs))
        return STR("Belum diperiksa");
    for (size_t i = 0; i < form->n_requirements; i++) {
        const bool is_there = letter_has_id(kept, i);

        buf_fmt(&out, "%s%.*s: %s", i > 0 ? "\n" : "", STR_ARG(form->requirements[i]), is_there ? "ada" : "tidak ada");
        if (is_there && is_introduction(form->requirements[i]))
            put_introduction(arena, inputs, &out);
    }
    return buf_str(&out);
}

struct str letter_brought_lack(const struct letter_matter *m, size_t i)
{
    const struct str requirement = m->form->requirements[i];

    if (!letter_asks_papers(m->form) || !letter_is_brought_noted(m->inputs) || is_conditional(requirement) ||
        letter_has_id(json_text(m->inputs, LETTER_BROUGHT), i))
        return STR_NONE;
    return str_fmt(m->arena, LETTER_LACK "%.*s.", STR_ARG(requirement));
}

bool letter_is_lack(struct str doubt)
{
    return str_starts(doubt, STR(LETTER_LACK));
}

const json_t *letter_inputs_unbrought(struct arena *arena, const json_t *inputs)
{
    static const char *const keys[] = {LETTER_BROUGHT, LETTER_BROUGHT_NUMBER, LETTER_BROUGHT_DAY};
    json_t *bare;

    if (!letter_is_brought_noted(inputs))
        return inputs;
    bare = json_copy((json_t *)inputs);
    json_keep(arena, bare);
    for (size_t i = 0; i < COUNT_OF(keys); i++)
        json_object_del(bare, keys[i]);
    return bare;
}
