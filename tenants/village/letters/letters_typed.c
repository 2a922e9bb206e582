// SPDX-License-Identifier: AGPL-3.0-or-later
/* What came with the form of a letter, as it is kept. */
#include "tenants/village/letters/letters_typed.h"

#include "server/base/json.h"
#include "server/base/text.h"
#include "server/base/typed.h"
#include "tenants/village/letters/letters_brought.h"
#include "tenants/village/letters/letters_make_view.h"
#include "tenants/village/roster/residents_pick.h"

#define SEARCHED "_cari" /* behind a person's name: the words to find him by */

static const char *const date_parts[] = {"_hari", "_bulan", "_tahun"};

static bool is_part_of(struct str pair, const struct letter_field *f, const char *part)
{
    return str_starts(pair, f->name) && str_is(str_from(pair, f->name.n), part);
}

/* "09.00 WITA": the hour without the word of the village's own zone. */
static struct str hour_of(const struct request *req, const struct letter_field *f, struct str typed)
{
    uint32_t minutes;

    return f->kind == FIELD_TIME && time_typed(typed, request_zone(req), &minutes) ? time_text(request_arena(req), minutes) : typed;
}

struct letter_typed letter_typed_of(struct request *req, const struct letter_field *f)
{
    struct arena *arena = request_arena(req);
    struct input_pairs pairs = letter_fields_got(req).typed;
    struct letter_typed out = {.text = STR(""), .parts = {STR(""), STR(""), STR("")}};
    struct date day;

    for (size_t k = 0; k < pairs.n; k++) {
        if (!letter_field_is_date(f) && str_eq(pairs.p[k].name, f->name))
            return (struct letter_typed){.text = hour_of(req, f, pairs.p[k].value), .is_sent = true};
        for (size_t i = 0; letter_field_is_date(f) && i < COUNT_OF(date_parts); i++)
            if (is_part_of(pairs.p[k].name, f, date_parts[i])) {
                out.parts[i] = str_trim(pairs.p[k].value);
                out.is_sent = true;
            }
    }
    if (date_boxed(out.parts[0], out.parts[1], out.parts[2], request_today(req).year + (f->is_past ? 0 : YEARS_TYPED_AHEAD), &day))
        out.text = date_iso(arena, day);
    else if (out.parts[0].n + out.parts[1].n + out.parts[2].n > 0)
        out.text = str_fmt(arena, "%.*s-%.*s-%.*s", STR_ARG(out.parts[0]), STR_ARG(out.parts[1]), STR_ARG(out.parts[2]));
    return out;
}

struct str letter_kept_of(struct request *req, const struct letter_open *open, const struct letter_field *f)
{
    struct arena *arena = request_arena(req);
    struct letter_typed typed = letter_typed_of(req, f);

    return typed.is_sent ? letter_field_kept(arena, f, typed.text) : str_dup(arena, json_text(open->inputs, str_z(arena, f->name)));
}

static void only_of(struct arena *arena, struct str id, struct str label, struct letter_picked *out)
{
    out->options = (struct options){ARENA_NEW(arena, struct option), 1};
    out->options.p[0] = (struct option){.value = id, .label = label, .is_selected = true};
    out->id = id;
}

static enum rc find_by_words(struct request *req, const struct letter_field *f, struct str chosen, struct letter_picked *out,
                             struct err *err)
{
    struct arena *arena = request_arena(req);

    TRY(residents_pick.list(req, out->words, &out->options, err));
    for (size_t i = 0; i < out->options.n; i++)
        if (out->options.n == 1 || str_eq(out->options.p[i].value, chosen)) {
            out->options.p[i].is_selected = true;
            out->id = out->options.p[i].value;
            return RC_OK;
        }
    out->fault = out->options.n == 0 ? str_fmt(arena, "%.*s tidak ditemukan. Periksa ejaannya, atau tulis NIK.", STR_ARG(f->label))
                                     : str_fmt(arena, "%.*s: beberapa cocok. Pilih satu.", STR_ARG(f->label));
    return RC_OK;
}

static enum rc pick(struct request *req, const struct letter_open *open, const struct letter_field *f, struct letter_picked *out,
                    struct err *err)
{
    struct arena *arena = request_arena(req);
    struct input_pairs pairs = letter_fields_got(req).typed;
    struct str chosen = STR(""), label = STR_NONE;
    uint64_t id;

    *out = (struct letter_picked){.id = STR(""), .words = STR(""), .fault = STR_NONE};
    for (size_t k = 0; k < pairs.n; k++)
        if (str_eq(pairs.p[k].name, f->name) || is_part_of(pairs.p[k].name, f, SEARCHED)) {
            out->is_sent = true;
            if (str_eq(pairs.p[k].name, f->name))
                chosen = str_trim(pairs.p[k].value);
            else
                out->words = text_tidy(arena, pairs.p[k].value);
        }
    if (!out->is_sent)
        chosen = str_dup(arena, json_text(open->inputs, str_z(arena, f->name)));
    if (!str_empty(out->words))
        return find_by_words(req, f, chosen, out, err);
    if (str_to_u64(chosen, &id) && id != 0)
        TRY(residents_pick.find(req, id, &label, err));
    if (label.p != NULL)
        only_of(arena, chosen, label, out);
    else if (!str_empty(chosen))
        out->fault = str_fmt(arena, "%.*s tidak ada dalam pilihan. Pilih lagi.", STR_ARG(f->label));
    return RC_OK;
}

enum rc letter_picked_of(struct request *req, const struct letter_open *open, const struct letter_field *f, struct letter_picked *out,
                         struct err *err)
{
    struct letter_picked *const known = open->picked != NULL ? &open->picked[f - open->form.fields] : NULL;

    if (known != NULL && known->is_read) {
        *out = *known;
        return RC_OK;
    }
    TRY(pick(req, open, f, out, err));
    out->is_read = out->is_sent; /* what is only kept may be proposed anew */
    if (known != NULL)
        *known = *out;
    return RC_OK;
}

struct str letter_ticked_of(struct request *req, const struct letter_open *open, const struct letter_field *f)
{
    struct arena *arena = request_arena(req);
    struct input_pairs pairs = letter_fields_got(req).typed;
    struct buf ids = {.arena = arena};

    if (!request_is_sent(req))
        return str_dup(arena, json_text(open->inputs, str_z(arena, f->name)));
    for (size_t i = 0; i < open->people.family.n; i++) {
        struct str id = str_fmt(arena, "%" PRIu64, open->people.family.p[i].id);

        for (size_t k = 0; k < pairs.n; k++)
            if (is_part_of(pairs.p[k].name, f, str_z(arena, str_fmt(arena, "_%.*s", STR_ARG(id)))))
                buf_fmt(&ids, "%s%.*s", ids.n > 0 ? "," : "", STR_ARG(id));
    }
    return buf_str(&ids);
}

static bool is_ticked(struct input_pairs pairs, size_t i)
{
    uint64_t n;

    for (size_t k = 0; k < pairs.n; k++)
        if (str_starts(pairs.p[k].name, STR(LETTER_BROUGHT "_")) && str_to_u64(str_from(pairs.p[k].name, sizeof(LETTER_BROUGHT)), &n) &&
            n == i)
            return true;
    return false;
}

/* A number or a day of the RT's letter is one that was seen. */
struct str letter_brought_of(struct request *req, const struct letter_open *open)
{
    struct arena *arena = request_arena(req);
    struct buf ticked = {.arena = arena};
    struct letter_brought_boxes boxes;

    if (!request_is_sent(req))
        return letter_is_brought_noted(open->inputs) ? str_dup(arena, json_text(open->inputs, LETTER_BROUGHT)) : STR_NONE;
    const bool is_introduced = letter_brought_boxes(&open->form, &boxes) &&
                               (!str_empty(letter_kept_of(req, open, &boxes.number)) || !str_empty(letter_kept_of(req, open, &boxes.day)));
    for (size_t i = 0; i < open->form.n_requirements; i++)
        if (is_ticked(letter_fields_got(req).typed, i) || (is_introduced && i == boxes.requirement))
            buf_fmt(&ticked, "%s%zu", ticked.n > 0 ? "," : "", i);
    return buf_str(&ticked);
}

/* Whether it is one of the boxes for what was brought. */
static bool is_brought_box(const struct letter_form *form, struct str pair)
{
    struct letter_brought_boxes boxes;
    uint64_t i;

    if (!letter_asks_papers(form) || !str_starts(pair, STR(LETTER_BROUGHT)))
        return false;
    if (str_starts(pair, STR(LETTER_BROUGHT "_")) && str_to_u64(str_from(pair, sizeof(LETTER_BROUGHT)), &i) && i < form->n_requirements)
        return true;
    if (!letter_brought_boxes(form, &boxes))
        return false;
    for (size_t k = 0; k < COUNT_OF(date_parts); k++)
        if (is_part_of(pair, &boxes.day, date_parts[k]))
            return true;
    return str_is(pair, LETTER_BROUGHT_NUMBER);
}

/* What was brought, beside the answers; the RT's letter with its number and day. */
static void brought_read(struct request *req, const struct letter_open *open, json_t *inputs)
{
    struct letter_brought_boxes boxes;

    if (!letter_asks_papers(&open->form))
        return;
    const struct str ticked = letter_brought_of(req, open);
    json_object_set_new(inputs, LETTER_BROUGHT, json_stringn(ticked.p, ticked.n));
    if (!letter_brought_boxes(&open->form, &boxes))
        return;
    const struct str number = letter_kept_of(req, open, &boxes.number), day = letter_kept_of(req, open, &boxes.day);
    if (!str_empty(number))
        json_object_set_new(inputs, LETTER_BROUGHT_NUMBER, json_stringn(number.p, number.n));
    if (!str_empty(day))
        json_object_set_new(inputs, LETTER_BROUGHT_DAY, json_stringn(day.p, day.n));
}

static bool is_field(const struct letter_form *form, struct str pair)
{
    if (is_brought_box(form, pair))
        return true;
    for (size_t i = 0; i < form->n_fields; i++) {
        const struct letter_field *f = &form->fields[i];

        if ((!letter_field_is_date(f) && str_eq(f->name, pair)) || (f->kind == FIELD_PERSON && is_part_of(pair, f, SEARCHED)) ||
            (f->kind == FIELD_FOLLOWERS && str_starts(pair, STR("pengikut_"))))
            return true;
        for (size_t k = 0; letter_field_is_date(f) && k < COUNT_OF(date_parts); k++)
            if (is_part_of(pair, f, date_parts[k]))
                return true;
    }
    return false;
}

enum rc letter_typed_read(struct request *req, const struct letter_open *open, json_t **inputs_out, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct input_pairs pairs = letter_fields_got(req).typed;
    json_t *all = json_object();

    json_keep(arena, all);
    for (size_t k = 0; k < pairs.n; k++)
        if (!is_field(&open->form, pairs.p[k].name))
            return fail(err, RC_BAD_REQUEST, "a field that this letter type does not have");
    for (size_t i = 0; i < open->form.n_fields; i++) {
        const struct letter_field *f = &open->form.fields[i];
        struct letter_typed typed = letter_typed_of(req, f);
        struct str kept = letter_field_kept(arena, f, typed.text);
        struct letter_picked picked;

        if (f->kind == FIELD_PERSON) {
            TRY(letter_picked_of(req, open, f, &picked, err));
            kept = picked.id;
        } else if (f->kind == FIELD_FOLLOWERS)
            kept = letter_ticked_of(req, open, f);
        if (typed.is_sent || !str_empty(kept))
            json_object_set_new(all, str_z(arena, f->name), json_stringn(kept.p, kept.n));
    }
    for (size_t i = 0; i < open->form.n_fields; i++) {
        const struct letter_field *f = &open->form.fields[i];
        const uint64_t counted = letter_days_counted(arena, f, all);

        if (counted != 0 && str_empty(json_text(all, str_z(arena, f->name))))
            json_object_set_new(all, str_z(arena, f->name), json_sprintf("%" PRIu64, counted));
        if (f->places.n > 0 && open->people.village != NULL && str_empty(json_text(all, str_z(arena, f->name)))) {
            const struct str class = letter_move_class(arena, f, open->people.village, all);

            json_object_set_new(all, str_z(arena, f->name), json_stringn(class.p, class.n));
        }
    }
    *inputs_out = letter_inputs_asked(arena, &open->form, all);
    json_keep(arena, *inputs_out);
    brought_read(req, open, *inputs_out);
    return RC_OK;
}
