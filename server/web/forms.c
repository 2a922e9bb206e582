// SPDX-License-Identifier: AGPL-3.0-or-later
/* From declared values to the boxes of a form, and to what people read of them. */
#include "server/web/forms.h"

#include "server/base/json.h"
#include "server/base/text.h"
#include "server/web/request.h"

/* ---- reading ---- */

const struct value *form_value(const struct request *req, const struct input *field)
{
    const struct input *first = req->match.route != NULL ? req->match.route->input : NULL;

    /* The table of another form is another array: only then its rows lie outside of this one. */
    if (first == NULL || (uintptr_t)field < (uintptr_t)first || (uintptr_t)field >= (uintptr_t)(first + req->value_count))
        return NULL;
    return &req->values[field - first];
}

bool form_is_sent(const struct request *req, const struct input *input)
{
    bool has_post = false;

    if (req->match.route == NULL || req->match.route->input != input)
        return false;
    for (const struct input *field = input; field->kind != INPUT_END_KIND; field++)
        has_post = has_post || field->take == TAKE_POST;
    return !has_post || req->method == METHOD_POST;
}

void request_set_changed(struct request *req)
{
    req->is_changed = true;
}

bool request_is_changed(const struct request *req)
{
    return req->is_changed;
}

struct str value_str(const struct value *value)
{
    return value != NULL && value->text.p != NULL ? value->text : STR("");
}

uint64_t value_u64(const struct value *value)
{
    return value != NULL ? value->number : 0;
}

struct opt_u64 value_opt_u64(const struct value *value)
{
    return value != NULL && value->text.p != NULL ? some_u64(value->number) : (struct opt_u64){0};
}

bool value_flag(const struct value *value)
{
    return value_u64(value) != 0;
}

struct date value_date(const struct value *value)
{
    return value != NULL ? value->date : (struct date){0};
}

struct upload value_upload(const struct value *value)
{
    return value != NULL && value->is_sent && value->text.p != NULL ? value->upload : (struct upload){0};
}

struct input_pairs value_pairs(const struct value *value)
{
    return value != NULL ? value->pairs : (struct input_pairs){0};
}

struct str value_token(const struct request *req, const struct value *value)
{
    return value != NULL && value->text.p != NULL ? token_open(req, value->text, value->decl->purpose) : STR_NONE;
}

/* ---- boxes ---- */

static struct str typed_of(const struct value *value)
{
    bool is_secret = value->decl->kind == INPUT_SECRET || value->decl->kind == INPUT_FILE;

    return is_secret || value->typed.p == NULL ? STR("") : value->typed;
}

static void put_typed(struct form_box *box, const struct value *value)
{
    box->value = typed_of(value);
    box->is_on = value->decl->kind == INPUT_FLAG && value->number != 0;
    for (int part = 0; part < 3; part++)
        box->parts[part] = value->boxes[part].p != NULL ? value->boxes[part] : STR("");
}

void form_begin(struct request *req, const struct input *input, size_t n, bool has_guard, struct form *out)
{
    *out = (struct form){
        .is_sent = form_is_sent(req, input), .is_changed = req->is_changed, .p = ARENA_ARRAY(req->arena, struct form_box, n), .n = n};
    if (has_guard)
        out->guard = request_form_guard(req);
    if (!out->is_sent)
        return;
    out->faults = *request_faults(req);
    for (size_t i = 0; i < n; i++) {
        const struct value *value = form_value(req, &input[i]);
        put_typed(&out->p[i], value);
        out->p[i].fault = request_fault_of(req, value->name);
    }
}

void form_put_u64(struct arena *arena, struct form_box *box, uint64_t number)
{
    box->value = number != 0 ? str_fmt(arena, "%" PRIu64, number) : STR("");
}

void form_put_opt_u64(struct arena *arena, struct form_box *box, struct opt_u64 number)
{
    box->value = number.is_set ? str_fmt(arena, "%" PRIu64, number.value) : STR("");
}

void form_put_money(struct arena *arena, struct form_box *box, struct opt_u64 rupiah)
{
    box->value = rupiah.is_set ? number_text(arena, (int64_t)rupiah.value) : STR("");
}

void form_put_date(struct arena *arena, struct form_box *box, struct date date)
{
    if (date_is_none(date))
        return;
    box->parts[0] = str_fmt(arena, "%u", date.day);
    box->parts[1] = str_fmt(arena, "%u", date.month);
    box->parts[2] = str_fmt(arena, "%04d", date.year);
}

/* ---- choices ---- */

static size_t choices_of(const char *list)
{
    size_t n = list != NULL && list[0] != '\0';

    for (const char *c = list; c != NULL && *c != '\0'; c++)
        n += *c == '|';
    return n;
}

static struct options own_options(const struct request *req, const struct input *field, struct str selected)
{
    struct options out = {ARENA_ARRAY(req->arena, struct option, choices_of(field->choices)), 0};
    struct str values = str_c(field->choices), labels = str_c(field->labels), value, label;

    while (str_cut(&values, '|', &value)) {
        if (!str_cut(&labels, '|', &label))
            label = value;
        if (field->may == NULL || field->may(req, value))
            out.p[out.n++] = (struct option){.value = value, .label = label, .is_selected = str_eq(value, selected)};
    }
    return out;
}

static struct options code_options(const struct request *req, const struct input *field, struct str selected)
{
    struct options out = {0};
    struct str label;
    uint32_t code;
    size_t n = 0;

    while (field->source->at(field->list, n, &code, &label))
        n++;
    out.p = ARENA_ARRAY(req->arena, struct option, n);
    for (; out.n < n && field->source->at(field->list, out.n, &code, &label); out.n++) {
        struct str value = str_fmt(req->arena, "%" PRIu32, code);
        out.p[out.n] = (struct option){.value = value, .label = label, .is_selected = str_eq(value, selected)};
    }
    return out;
}

enum rc form_end(struct request *req, const struct input *input, struct form *out, struct err *err)
{
    (void)err;
    for (size_t i = 0; i < out->n; i++) {
        if (input[i].kind == INPUT_CHOICE)
            out->p[i].options = own_options(req, &input[i], out->p[i].value);
        else if (input[i].kind == INPUT_CODE)
            out->p[i].options = code_options(req, &input[i], out->p[i].value);
    }
    return RC_OK;
}

void form_drop_option(struct form_box *box, struct str value)
{
    size_t kept = 0;

    for (size_t i = 0; i < box->options.n; i++)
        if (!str_eq(box->options.p[i].value, value))
            box->options.p[kept++] = box->options.p[i];
    box->options.n = kept;
}

/* ---- what people read ---- */

struct str form_show_choice(const struct input *field, struct str wanted)
{
    struct str values = str_c(field->choices), labels = str_c(field->labels), value, label;

    while (str_cut(&values, '|', &value)) {
        if (!str_cut(&labels, '|', &label))
            label = value;
        if (str_eq(value, wanted))
            return label;
    }
    return wanted.p != NULL ? wanted : STR("");
}

struct str form_show_code(const struct input *field, uint64_t code)
{
    return code != 0 ? field->source->label(field->list, (uint32_t)code) : STR("");
}

struct str form_show_opt(struct arena *arena, struct opt_u64 number)
{
    return number.is_set ? number_text(arena, (int64_t)number.value) : STR("");
}

struct str form_show_money(struct arena *arena, struct opt_u64 rupiah)
{
    return rupiah.is_set ? rupiah_text(arena, (int64_t)rupiah.value) : STR("");
}

struct str form_show_flag(bool is_on)
{
    return is_on ? STR("Ya") : STR("Tidak");
}

void form_both(struct arena *arena, const struct input *input, size_t n, const struct str *mine, const struct str *theirs,
               struct both_view *out)
{
    out->p = ARENA_ARRAY(arena, struct both_row, n);
    out->n = 0;
    for (size_t i = 0; i < n; i++)
        if (input[i].is_shown)
            out->p[out->n++] = (struct both_row){
                .label = str_c(input[i].label), .mine = mine[i], .theirs = theirs[i], .differs = !str_eq(mine[i], theirs[i])};
}

struct str form_diff(struct arena *arena, const struct input *input, size_t n, const struct str *before, const struct str *after)
{
    struct buf out = {.arena = arena};

    for (size_t i = 0; i < n; i++) {
        if (!input[i].is_shown || str_eq(before[i], after[i]))
            continue;
        buf_put_char(&out, out.n == 0 ? '{' : ',');
        json_put_str(&out, str_c(input[i].label));
        buf_put(&out, ":[", 2);
        json_put_str(&out, before[i]);
        buf_put_char(&out, ',');
        json_put_str(&out, after[i]);
        buf_put_char(&out, ']');
    }
    if (out.n == 0)
        return STR("{}");
    buf_put_char(&out, '}');
    return buf_str(&out);
}
