// SPDX-License-Identifier: AGPL-3.0-or-later
/* From what was sent to the declared values. Strict on POST and behind a sign-in: unknown and repeated names are refused. */
#include "server/base/text.h"
#include "server/web/request.h"

static const char *const date_boxes[] = {"_hari", "_bulan", "_tahun"};
#define PICK_WORDS "_cari"

static bool is_strict(const struct request *req)
{
    return req->method == METHOD_POST || req->match.route->permission != MAY_VISIT || str_starts(req->path, STR("/kantor"));
}

/* "tanggal_lahir" + "_bulan" → 1; -1 when name is not a box of base. */
static int date_box(const char *base, struct str name)
{
    if (!str_starts(name, str_c(base)))
        return -1;
    struct str tail = str_from(name, strlen(base));
    for (int i = 0; i < (int)COUNT_OF(date_boxes); i++)
        if (str_is(tail, date_boxes[i]))
            return i;
    return -1;
}

bool input_is_taken(const struct request *req, const struct input *decl)
{
    return decl->take == TAKE_ALWAYS || (decl->take == TAKE_POST) == (req->method == METHOD_POST);
}

static struct value *find_value(const struct request *req, const char *name)
{
    for (size_t i = 0; i < req->value_count; i++)
        if (strcmp(req->values[i].decl->name, name) == 0)
            return &req->values[i];
    return NULL;
}

/* A name the route does not have is like one that was not sent: a misspelled one must not end the process of all villages. */
static const struct value *declared(const struct request *req, const char *name)
{
    static const struct input no_input = {.kind = INPUT_TEXT, .name = ""};
    static const struct value nothing = {.decl = &no_input, .name = ""};
    const struct value *value = find_value(req, name);

    if (value == NULL)
        log_event(LOG_ERROR, "input", "%s asks for the undeclared input %s", req->match.route->path, name);
    return value != NULL ? value : &nothing;
}

enum rc input_collect(struct request *req, struct err *err)
{
    struct str boundary = multipart_boundary(req->in.content_type), rest = req->in.content_type, type;

    if (req->method == METHOD_POST && req->query.n > 0)
        return fail(err, RC_BAD_REQUEST, "a POST with a query");
    if (req->method != METHOD_POST) {
        TRY(form_read(req->arena, req->query, &req->fields, err));
        if (req->in.body.n > 0)
            return fail(err, RC_BAD_REQUEST, "a GET with a body");
        return RC_OK;
    }
    if (boundary.p != NULL)
        return multipart_read(req->arena, boundary, req->in.body, &req->fields, err);
    if (req->in.body.n == 0)
        return RC_OK;
    if (!str_cut(&rest, ';', &type) || !str_eq_nocase(str_trim(type), STR("application/x-www-form-urlencoded")))
        return fail(err, RC_BAD_REQUEST, "a body of a type no form of ours has");
    return form_read(req->arena, req->in.body, &req->fields, err);
}

static bool is_own_field(const struct request *req, struct str name)
{
    return req->method == METHOD_POST && (str_is(name, "_csrf") || str_is(name, "_once"));
}

static bool is_prefixed(const struct input *decl, const struct field *field)
{
    return decl->kind == INPUT_PREFIX && str_starts(field->name, str_c(decl->name)) && field->name.n > strlen(decl->name) &&
           !field->is_file;
}

static bool is_file_kind(enum input_kind kind)
{
    return kind == INPUT_FILE || kind == INPUT_FILES || kind == INPUT_PICTURE;
}

/* Kinds of several boxes: which one the name is; -1 for none. */
static int box_of(const struct input *decl, struct str name)
{
    if (decl->kind == INPUT_DATE || decl->kind == INPUT_MONTH)
        return date_box(decl->name, name);
    if (decl->kind == INPUT_PICK && str_starts(name, str_c(decl->name)) && str_is(str_from(name, strlen(decl->name)), PICK_WORDS))
        return 0;
    return -1;
}

/* Where the field belongs among n values; box_out: 0–2 for a date's boxes, else -1. NULL: nowhere. */
static struct value *place_of(struct request *req, struct value *values, size_t n, const struct field *field, int *box_out)
{
    struct value *prefix = NULL;

    *box_out = -1;
    for (size_t i = 0; i < n; i++) {
        struct value *value = &values[i];
        const struct input *decl = value->decl;
        if (decl->kind == INPUT_PATH_U64 || decl->kind == INPUT_PATH_WORD || !input_is_taken(req, decl))
            continue;
        if (is_prefixed(decl, field)) {
            prefix = value;
            continue;
        }
        if (!field->is_file && box_of(decl, field->name) >= 0) {
            *box_out = box_of(decl, field->name);
            return value;
        }
        if (decl->kind != INPUT_PREFIX && decl->kind != INPUT_GROUP && str_is(field->name, decl->name))
            return is_file_kind(decl->kind) == field->is_file ? value : NULL;
    }
    return prefix;
}

/* False when it was there already. */
static bool put_pair(struct request *req, struct value *value, const struct field *field)
{
    struct str name = str_from(field->name, strlen(value->decl->name));

    for (size_t i = 0; i < value->pairs.n; i++)
        if (str_eq(value->pairs.p[i].name, name))
            return false;
    if (value->pairs.p == NULL)
        value->pairs.p = ARENA_ARRAY(req->arena, struct input_pair, req->fields.n);
    value->pairs.p[value->pairs.n++] = (struct input_pair){name, field->value};
    value->is_sent = true;
    return true;
}

/* Browsers send an empty part where no file was chosen. */
static bool put_file(struct request *req, struct value *value, const struct field *field)
{
    value->is_sent = true;
    if (field->value.n == 0 && field->filename.n == 0)
        return true;
    if (value->files == NULL)
        value->files = ARENA_ARRAY(req->arena, struct upload, req->fields.n);
    value->files[value->file_count++] = (struct upload){field->filename, field->value};
    return true;
}

/* False when it was there already. */
static bool put_field(struct request *req, struct value *value, int box, const struct field *field)
{
    if (value->decl->kind == INPUT_PREFIX)
        return put_pair(req, value, field);
    if (box >= 0) {
        if (value->boxes[box].p != NULL || (value->typed.p != NULL && value->decl->kind != INPUT_PICK))
            return false;
        value->boxes[box] = field->value;
        value->is_sent = true;
        return true;
    }
    if (value->decl->kind == INPUT_FILES)
        return put_file(req, value, field);
    if (value->is_sent && !(value->decl->kind == INPUT_PICK && value->typed.p == NULL))
        return false;
    value->is_sent = true;
    value->typed = field->value;
    if (field->is_file)
        value->upload = (struct upload){field->filename, field->value};
    return true;
}

/* False when it was there already; *is_known_out false when the form has no such field. */
static bool place_field(struct request *req, const struct field *field, bool *is_known_out)
{
    const struct field *own = field;
    struct field stripped;
    int box;
    struct value *value = place_of(req, req->values, req->value_count, field, &box);

    for (size_t i = 0; value == NULL && i < req->value_count; i++) {
        struct value *cells = input_is_taken(req, req->values[i].decl) ? group_place(req, &req->values[i], field, &stripped) : NULL;
        if (cells == NULL)
            continue;
        own = &stripped;
        value = place_of(req, cells, group_width(req->values[i].decl), own, &box);
    }
    *is_known_out = value != NULL;
    return value == NULL || put_field(req, value, box, own);
}

static enum rc place_fields(struct request *req, struct err *err)
{
    bool strict = is_strict(req);
    bool has_csrf = false, has_once = false;

    for (size_t i = 0; i < req->fields.n; i++) {
        const struct field *field = &req->fields.p[i];
        bool is_known;
        if (is_own_field(req, field->name)) {
            bool *seen = str_is(field->name, "_csrf") ? &has_csrf : &has_once;
            if (*seen || field->is_file)
                return fail(err, RC_BAD_REQUEST, "a field of the form's guard came twice");
            *seen = true;
            continue;
        }
        bool is_new = place_field(req, field, &is_known);
        if (!is_known && strict)
            return fail(err, RC_BAD_REQUEST, "a field that %s does not have", req->match.route->path);
        if (!is_new && strict)
            return fail(err, RC_BAD_REQUEST, "a field of %s came twice", req->match.route->path);
    }
    return RC_OK;
}

static enum rc place_params(struct request *req, struct err *err)
{
    for (size_t i = 0; i < req->match.param_count; i++) {
        char *name = str_z(req->arena, req->match.params[i].name);
        struct value *value = find_value(req, name);
        if (value == NULL)
            return fail(err, RC_FAULT, "%s does not declare {%s}", req->match.route->path, name);
        value->typed = req->match.params[i].value;
        value->is_sent = true;
    }
    return RC_OK;
}

static bool is_word(struct str s)
{
    if (s.n == 0 || s.n > 200)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_'))
            return false;
    }
    return true;
}

/* A path that names no thing is no page; one that has no place for it, when the form is a new thing's as well, names none: 0. */
static enum rc check_param(struct value *value, struct err *err)
{
    struct str typed = value->typed;

    if (typed.p == NULL && !value->decl->is_required)
        return RC_OK;
    bool is_fine = value->decl->kind == INPUT_PATH_WORD ? is_word(typed)
                                                        : typed.n > 0 && typed.p[0] != '0' && str_to_u64(typed, &value->number);

    if (!is_fine)
        return fail(err, RC_NOT_FOUND, "a path part that names nothing");
    value->text = typed;
    return RC_OK;
}

enum rc input_check_one(struct request *req, struct value *value, struct err *err)
{
    if (value->decl->kind == INPUT_PICK)
        return input_check_pick(req, value, err);
    if (value->decl->kind == INPUT_GROUP)
        return group_check(req, value, err);
    input_check(req, value);
    return RC_OK;
}

enum rc input_read(struct request *req, struct err *err)
{
    const struct input *decl = req->match.route->input;
    size_t n = 0;

    while (decl != NULL && decl[n].kind != INPUT_END_KIND)
        n++;
    req->values = ARENA_ARRAY(req->arena, struct value, n);
    req->value_count = n;
    for (size_t i = 0; i < n; i++) {
        req->values[i].decl = &decl[i];
        req->values[i].name = decl[i].name;
    }
    TRY(place_params(req, err));
    TRY(place_fields(req, err));
    for (size_t i = 0; i < n; i++) {
        enum input_kind kind = req->values[i].decl->kind;
        if (kind == INPUT_PATH_U64 || kind == INPUT_PATH_WORD)
            TRY(check_param(&req->values[i], err));
        else if (input_is_taken(req, &decl[i]))
            TRY(input_check_one(req, &req->values[i], err));
    }
    return RC_OK;
}

/* ---- what handlers ask ---- */

struct str input_str(const struct request *req, const char *name)
{
    return declared(req, name)->text;
}

struct input_pairs input_prefixed(const struct request *req, const char *prefix)
{
    return declared(req, prefix)->pairs;
}
