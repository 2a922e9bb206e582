// SPDX-License-Identifier: AGPL-3.0-or-later
/* From declared values to the boxes of a form, and to what people read of them. */
#include "server/web/forms.h"

#include "server/base/json.h"
#include "server/base/text.h"
#include "server/base/typed.h"
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

struct pick value_pick(const struct value *value)
{
    return (struct pick){value_u64(value), value_str(value)};
}

struct uploads value_uploads(const struct value *value)
{
    return value != NULL && value->text.p != NULL ? (struct uploads){value->files, value->file_count} : (struct uploads){0};
}

struct geo value_geo(const struct value *value)
{
    return value != NULL && value->text.p != NULL ? (struct geo){true, value->degrees[0], value->degrees[1]} : (struct geo){0};
}

size_t value_rows(const struct value *group)
{
    return group != NULL ? group->row_count : 0;
}

const struct value *value_cell(const struct value *group, size_t row, size_t field)
{
    return &group->cells[row * group_width(group->decl) + field];
}

bool value_row_is_blank(const struct value *group, size_t row)
{
    for (size_t i = 0; i < group_width(group->decl); i++)
        if (!value_is_blank(value_cell(group, row, i)))
            return false;
    return true;
}

struct str value_token(const struct request *req, const struct value *value)
{
    return value != NULL && value->text.p != NULL ? token_open(req, value->text, value->decl->purpose) : STR_NONE;
}

/* ---- boxes ---- */

static struct str typed_of(const struct value *value)
{
    enum input_kind kind = value->decl->kind;
    bool is_secret = kind == INPUT_SECRET || kind == INPUT_FILE || kind == INPUT_FILES || kind == INPUT_PICTURE;

    return is_secret || value->typed.p == NULL ? STR("") : value->typed;
}

static void put_typed(const struct request *req, struct form_box *box, const struct value *value)
{
    box->value = typed_of(value);
    box->is_on = value->decl->kind == INPUT_FLAG && value->number != 0;
    for (int part = 0; part < 3; part++)
        box->parts[part] = value->boxes[part].p != NULL ? value->boxes[part] : STR("");
    box->fault = request_fault_of(req, value->name);
    if (value->decl->kind != INPUT_PICK)
        return;
    box->words = value->number != 0 ? STR("") : box->parts[0];
    box->options = value->matches;
    if (value->number != 0 && box->options.n == 0) {
        box->options = (struct options){ARENA_NEW(req->arena, struct option), 1};
        box->options.p[0] = (struct option){.value = value->typed, .label = value->text, .is_selected = true};
    }
}

static void name_boxes(struct arena *arena, const struct input *group, struct form_row *row, size_t number)
{
    size_t width = group_width(group);

    row->p = ARENA_ARRAY(arena, struct form_box, width);
    for (size_t i = 0; i < width; i++)
        row->p[i].name = str_fmt(arena, "%s_%zu_%s", group->name, number, group->group[i].name);
}

static void make_rows(struct arena *arena, const struct input *group, struct form_box *box, size_t filled)
{
    box->row_count = group->max;
    box->rows = ARENA_ARRAY(arena, struct form_row, group->max);
    for (size_t row = 0; row < group->max; row++) {
        name_boxes(arena, group, &box->rows[row], row + 1);
        box->rows[row].is_spare = row > filled;
    }
}

static void put_typed_rows(const struct request *req, struct form_box *box, const struct value *group)
{
    make_rows(req->arena, group->decl, box, group->row_count);
    for (size_t row = 0; row < group->row_count; row++)
        for (size_t i = 0; i < group_width(group->decl); i++)
            put_typed(req, &box->rows[row].p[i], value_cell(group, row, i));
}

void form_put_rows(struct request *req, const struct input *field, struct form_box *box, size_t n)
{
    make_rows(req->arena, field, box, n < field->max ? n : field->max);
}

void form_begin(struct request *req, const struct input *input, size_t n, bool has_guard, struct form *out)
{
    *out = (struct form){
        .is_sent = form_is_sent(req, input), .is_changed = req->is_changed, .p = ARENA_ARRAY(req->arena, struct form_box, n), .n = n};
    if (has_guard)
        out->guard = request_form_guard(req);
    if (out->is_sent)
        out->faults = *request_faults(req);
    for (size_t i = 0; i < n; i++) {
        const struct value *value = out->is_sent ? form_value(req, &input[i]) : NULL;
        out->p[i].name = str_c(input[i].name);
        if (value != NULL)
            put_typed(req, &out->p[i], value);
        if (input[i].kind == INPUT_GROUP && value != NULL)
            put_typed_rows(req, &out->p[i], value);
        else if (input[i].kind == INPUT_GROUP)
            make_rows(req->arena, &input[i], &out->p[i], 0);
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

static struct str decimal_text(struct arena *arena, uint64_t number, uint32_t places)
{
    uint64_t scale = 1;
    uint32_t shown = places;

    for (uint32_t i = 0; i < places; i++)
        scale *= 10;
    uint64_t part = number % scale;
    for (; shown > 0 && part % 10 == 0; shown--)
        part /= 10;
    struct str whole = number_text(arena, (int64_t)(number / scale));
    return shown == 0 ? whole : str_fmt(arena, "%.*s,%0*" PRIu64, STR_ARG(whole), (int)shown, part);
}

void form_put_decimal(struct arena *arena, struct form_box *box, struct opt_u64 number, uint32_t places)
{
    box->value = number.is_set ? decimal_text(arena, number.value, places) : STR("");
}

void form_put_time(struct arena *arena, struct form_box *box, struct opt_u64 minutes)
{
    box->value = form_show_time(arena, minutes);
}

void form_put_pick(struct arena *arena, struct form_box *box, struct pick pick)
{
    form_put_u64(arena, box, pick.id);
    if (pick.id == 0)
        return;
    box->options = (struct options){ARENA_NEW(arena, struct option), 1};
    box->options.p[0] = (struct option){.value = box->value, .label = pick.label, .is_selected = true};
}

void form_put_geo(struct arena *arena, struct form_box *box, struct geo geo)
{
    box->value = form_show_geo(arena, geo);
}

/* ---- choices ---- */

static size_t choices_of(const char *list)
{
    size_t n = list != NULL && list[0] != '\0';

    for (const char *c = list; c != NULL && *c != '\0'; c++)
        n += *c == '|';
    return n;
}

struct options form_options(struct arena *arena, const struct request *req, const struct input *field, struct str selected)
{
    struct options out = {ARENA_ARRAY(arena, struct option, choices_of(field->choices)), 0};
    struct str values = str_c(field->choices), labels = str_c(field->labels), value, label;

    while (str_cut(&values, '|', &value)) {
        if (!str_cut(&labels, '|', &label))
            label = value;
        if (field->may == NULL || req == NULL || field->may(req, value))
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

static struct options flag_options(struct arena *arena, const struct form_box *box, bool is_answered)
{
    struct options out = {ARENA_ARRAY(arena, struct option, 2), 2};

    out.p[0] = (struct option){.value = STR("1"), .label = STR("Ya"), .is_selected = box->is_on};
    out.p[1] = (struct option){.value = STR("0"), .label = STR("Tidak"), .is_selected = !box->is_on && is_answered};
    return out;
}

static enum rc end_box(struct request *req, const struct input *field, struct form_box *box, bool is_sent, struct err *err)
{
    switch (field->kind) {
    case INPUT_CHOICE:
    case INPUT_OPTION:
        box->options = form_options(req->arena, req, field, box->value);
        break;
    case INPUT_CODE:
        box->options = code_options(req, field, box->value);
        break;
    case INPUT_FLAG:
        box->options = flag_options(req->arena, box, !is_sent || box->value.n > 0);
        break;
    case INPUT_PICK:
        if (field->pick->is_search)
            break;
        TRY(field->pick->list(req, STR(""), &box->options, err));
        for (size_t i = 0; i < box->options.n; i++)
            box->options.p[i].is_selected = str_eq(box->options.p[i].value, box->value);
        break;
    case INPUT_GROUP:
        for (size_t row = 0; row < box->row_count; row++)
            for (size_t i = 0; i < group_width(field); i++)
                TRY(end_box(req, &field->group[i], &box->rows[row].p[i], is_sent, err));
        break;
    default:
        break;
    }
    return RC_OK;
}

enum rc form_end(struct request *req, const struct input *input, struct form *out, struct err *err)
{
    for (size_t i = 0; i < out->n; i++)
        TRY(end_box(req, &input[i], &out->p[i], out->is_sent, err));
    return RC_OK;
}

static bool is_left_out(struct str name, const char *const *but)
{
    if (str_is(name, "_csrf") || str_is(name, "_once"))
        return true;
    for (; *but != NULL; but++) {
        bool is_prefix = str_ends(str_c(*but), STR("_"));
        if (is_prefix ? str_starts(name, str_c(*but)) : str_is(name, *but))
            return true;
    }
    return false;
}

struct carrieds form_carried(const struct request *req, const char *const *but)
{
    struct carrieds out = {ARENA_ARRAY(req->arena, struct carried, req->fields.n), 0};

    for (size_t i = 0; i < req->fields.n; i++) {
        const struct field *field = &req->fields.p[i];
        if (!field->is_file && field->value.n > 0 && !is_left_out(field->name, but))
            out.p[out.n++] = (struct carried){field->name, field->value};
    }
    return out;
}

struct str pair_of_id(struct input_pairs pairs, uint64_t id)
{
    uint64_t n;

    for (size_t i = 0; i < pairs.n; i++)
        if (str_to_u64(pairs.p[i].name, &n) && n == id)
            return pairs.p[i].value;
    return STR_NONE;
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

struct str form_show_option(const struct input *field, struct opt_u64 number)
{
    struct str values = str_c(field->choices), labels = str_c(field->labels), value, label;
    uint64_t one;

    while (str_cut(&values, '|', &value) && str_cut(&labels, '|', &label))
        if (number.is_set && str_to_u64(value, &one) && one == number.value)
            return label;
    return STR("");
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

struct str form_show_decimal(struct arena *arena, const struct input *field, struct opt_u64 number, struct str unit)
{
    if (!number.is_set)
        return STR("");
    struct str text = decimal_text(arena, number.value, field->list);
    return unit.n > 0 ? str_fmt(arena, "%.*s %.*s", STR_ARG(text), STR_ARG(unit)) : text;
}

struct str form_show_time(struct arena *arena, struct opt_u64 minutes)
{
    return minutes.is_set ? time_text(arena, (uint32_t)minutes.value) : STR("");
}

struct str form_show_month(struct arena *arena, struct date month)
{
    struct str text = date_long(arena, month); /* "1 November 2026" */
    ptrdiff_t blank = str_find_char(text, ' ');

    return blank >= 0 ? str_from(text, (size_t)blank + 1) : text;
}

struct str form_show_geo(struct arena *arena, struct geo geo)
{
    const char *south = geo.lat < 0 ? "-" : "", *west = geo.lon < 0 ? "-" : "";
    uint32_t lat = (uint32_t)(geo.lat < 0 ? -(int64_t)geo.lat : geo.lat), lon = (uint32_t)(geo.lon < 0 ? -(int64_t)geo.lon : geo.lon);

    if (!geo.is_set)
        return STR("");
    return str_fmt(arena, "%s%" PRIu32 ".%06" PRIu32 ", %s%" PRIu32 ".%06" PRIu32, south, lat / 1000000, lat % 1000000, west, lon / 1000000,
                   lon % 1000000);
}

void form_show_row(struct buf *out, const struct str *shown, size_t n)
{
    const char *between = out->n > 0 ? "; " : "";

    for (size_t i = 0; i < n; i++) {
        if (str_empty(shown[i]))
            continue;
        buf_put_str(out, str_c(between));
        buf_put_str(out, shown[i]);
        between = ", ";
    }
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

struct str form_label(const struct input *input, struct str name)
{
    for (; input != NULL && input->kind != INPUT_END_KIND; input++)
        if (input->is_shown && str_is(name, input->name))
            return str_c(input->label);
    return STR_NONE;
}

struct str form_diff(struct arena *arena, const struct input *input, size_t n, const struct str *before, const struct str *after)
{
    struct buf out = {.arena = arena};

    for (size_t i = 0; i < n; i++) {
        if (!input[i].is_shown || str_eq(before[i], after[i]))
            continue;
        buf_put_char(&out, out.n == 0 ? '{' : ',');
        json_put_str(&out, str_c(input[i].name));
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
