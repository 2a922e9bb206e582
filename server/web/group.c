// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Groups: rows of fields "orang_1_nik", "orang_2_nik" … Rows are numbered from
 * 1 to the group's most; a row in which nothing stands is no row. Ids of
 * somebody's choosing never name a row, so that memory stays bounded.
 */
#include "server/web/request.h"

size_t group_width(const struct input *group)
{
    size_t n = 0;

    while (group->group[n].kind != INPUT_END_KIND)
        n++;
    return n;
}

static void make_cells(struct request *req, struct value *group)
{
    size_t width = group_width(group->decl), rows = group->decl->max;

    group->cells = ARENA_ARRAY(req->arena, struct value, rows * width);
    for (size_t i = 0; i < rows * width; i++) {
        const struct input *decl = &group->decl->group[i % width];
        group->cells[i].decl = decl;
        group->cells[i].name = str_z(req->arena, str_fmt(req->arena, "%s_%zu_%s", group->decl->name, i / width + 1, decl->name));
    }
}

struct value *group_place(struct request *req, struct value *group, const struct field *field, struct field *stripped_out)
{
    size_t prefix = strlen(group->decl->name);
    struct str rest = str_from(field->name, prefix), number;
    uint64_t row;

    if (group->decl->kind != INPUT_GROUP || !str_starts(field->name, str_c(group->decl->name)) || !str_starts(rest, STR("_")))
        return NULL;
    rest = str_from(rest, 1);
    if (!str_cut(&rest, '_', &number) || rest.p == NULL || !str_to_u64(number, &row) || number.p[0] == '0' || row > group->decl->max)
        return NULL;
    if (group->cells == NULL)
        make_cells(req, group);
    group->is_sent = true;
    *stripped_out = *field;
    stripped_out->name = rest;
    return &group->cells[(row - 1) * group_width(group->decl)];
}

bool value_is_blank(const struct value *value)
{
    bool is_flag_off = value->decl->kind == INPUT_FLAG && str_is(value->typed, "0");
    size_t n = str_trim(value->typed).n + value->file_count + value->upload.bytes.n;

    for (int i = 0; i < 3; i++)
        n += str_trim(value->boxes[i]).n;
    return n == 0 || is_flag_off;
}

static bool row_is_blank(const struct value *cells, size_t width)
{
    for (size_t i = 0; i < width; i++)
        if (!value_is_blank(&cells[i]))
            return false;
    return true;
}

static enum rc check_row(struct request *req, struct value *group, size_t row, struct err *err)
{
    size_t width = group_width(group->decl);

    for (size_t i = 0; i < width; i++)
        TRY(input_check_one(req, &group->cells[row * width + i], err));
    if (group->row_count < row + 1)
        group->row_count = row + 1;
    return RC_OK;
}

/* A row left blank between others stays where it is: the reader of the form leaves it out. Where rows are missing, blank ones tell what. */
enum rc group_check(struct request *req, struct value *group, struct err *err)
{
    size_t width = group_width(group->decl), rows = group->cells != NULL ? group->decl->max : 0, filled = 0, judged, faults;

    for (size_t row = 0; row < rows; row++)
        if (!row_is_blank(&group->cells[row * width], width)) {
            TRY(check_row(req, group, row, err));
            filled++;
        }
    judged = filled;
    faults = req->faults.n;
    for (size_t row = 0; row < rows && judged < group->decl->min; row++)
        if (row_is_blank(&group->cells[row * width], width)) {
            TRY(check_row(req, group, row, err));
            judged++;
        }
    if (filled < group->decl->min && req->faults.n == faults)
        request_fault(req, group->name, "%s belum diisi. Isi paling sedikit %" PRIu32 ".", input_label(group), group->decl->min);
    return RC_OK;
}
