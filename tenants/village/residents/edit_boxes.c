// SPDX-License-Identifier: AGPL-3.0-or-later
/* The boxes of "Ubah data warga", by group: what was typed, else what is stored. */
#include "server/base/text.h"
#include "tenants/village/residents/change_pages.h"
#include "tenants/village/residents/edit_rules.h"
#include "tenants/village/residents/edit_view.h"
#include "tenants/village/residents/registry_form.h"
#include "server/web/feature.h"

struct boxes {
    struct request *req;
    const struct resident_edit_form *form;
    const struct resident_row *stored;
};

const char *edit_field(struct arena *arena, enum resident_column c)
{
    return str_z(arena, str_fmt(arena, RESIDENT_EDIT_SENT "%s", column_rules[c].heading));
}

/* What was typed, else what is stored. */
static struct str shown(const struct boxes *from, enum resident_column c, const char *box, struct str otherwise)
{
    struct str sent = edit_sent(request_arena(from->req), &from->form->sent, c, box);

    return sent.p != NULL ? sent : otherwise;
}

static const struct select_view *code_box(const struct boxes *from, enum resident_column c, struct str name, struct str label,
                                          struct str fault)
{
    struct arena *arena = request_arena(from->req);
    struct select_view *select = ARENA_NEW(arena, struct select_view);
    uint32_t stored = *row_code(from->stored, c);
    struct str chosen = shown(from, c, "", stored != 0 ? str_fmt(arena, "%u", stored) : STR(""));
    uint64_t code;
    bool must = c == COLUMN_SEX || (c == COLUMN_FAMILY_ROLE && !str_empty(from->stored->kk_no));

    *select = (struct select_view){
        .name = name, .label = label, .fault = fault, .empty_label = must ? STR("Pilih") : STR("Tidak diisi"), .is_optional = !must};
    if (!str_to_u64(chosen, &code))
        code = 0;
    select->options = form_code_options(arena, column_rules[c].list, code, 0);
    for (size_t i = 0; i < select->options.n && c == COLUMN_RECORD_STATUS; i++) /* its official words say less than ours */
        if (str_to_u64(select->options.p[i].value, &code))
            select->options.p[i].label = code_words_of(c, (uint32_t)code);
    if (c == COLUMN_FAMILY_ROLE && !str_empty(from->stored->kk_no))
        select->hint = STR("Kepala keluarga diganti dari halaman keluarga.");
    return select;
}

static const struct date3_view *date_box(const struct boxes *from, enum resident_column c, struct str name, struct str label,
                                         struct str fault)
{
    struct arena *arena = request_arena(from->req);
    struct date3_view *date = ARENA_NEW(arena, struct date3_view);
    struct date d = *row_date(from->stored, c);
    bool is_set = !date_is_none(d);

    *date = (struct date3_view){
        .name = name,
        .label = label,
        .fault = fault,
        .is_optional = true,
        .day = shown(from, c, "_hari", is_set ? str_fmt(arena, "%u", d.day) : STR("")),
        .month = shown(from, c, "_bulan", is_set ? str_fmt(arena, "%u", d.month) : STR("")),
        .year = shown(from, c, "_tahun", is_set ? str_fmt(arena, "%d", d.year) : STR("")),
    };
    return date;
}

static const struct field_view *text_box(const struct boxes *from, enum resident_column c, struct str name, struct str label,
                                         struct str fault)
{
    struct field_view *field = ARENA_NEW(request_arena(from->req), struct field_view);
    enum column_kind kind = column_rules[c].kind;
    struct str stored = *row_text(from->stored, c);

    if (kind == KIND_UNIT && str_is(stored, "-"))
        stored = STR("");
    *field = (struct field_view){.name = name, .label = label, .fault = fault, .value = shown(from, c, "", stored)};
    field->is_optional = c != COLUMN_NAME && c != COLUMN_NIK;
    field->max_length = kind == KIND_NIK || kind == KIND_PARENT ? 0 : column_rules[c].max;
    if (kind == KIND_NIK || kind == KIND_PARENT) {
        field->width = STR("nik");
        field->inputmode = STR("numeric");
    } else if (kind == KIND_UNIT) {
        field->width = STR("4");
        field->inputmode = STR("numeric");
    } else if (kind == KIND_PLACE || kind == KIND_CARD) {
        field->width = STR("16");
    }
    return field;
}

/* One of the village's: a new one is made on its own page. */
static enum rc hamlet_box(const struct boxes *from, struct edit_box *box, struct err *err)
{
    struct arena *arena = request_arena(from->req);
    const char *name = edit_field(arena, COLUMN_HAMLET);
    struct select_view *select = ARENA_NEW(arena, struct select_view);
    struct str chosen = shown(from, COLUMN_HAMLET, "", from->stored->hamlet);
    struct options lists[3];

    *select = (struct select_view){
        .name = str_c(name),
        .label = STR("{Dusun}"),
        .hint = STR("Hanya tempat warga ini yang berubah, bukan keluarganya. {Dusun} baru ditambah di menu Wilayah."),
        .fault = request_fault_of(from->req, name)};
    *box = (struct edit_box){.select = select};
    TRY(hamlet_options(from->req, place_kept(arena, (struct place){.hamlet = chosen}).hamlet, lists, err));
    select->options = lists[0];
    select->empty_label = lists[0].n > 0 ? STR("Pilih {dusun}") : STR("Tanpa {dusun}");
    for (size_t i = 0; i < select->options.n; i++)
        if (select->options.p[i].is_selected)
            return RC_OK;
    if (!str_is(from->stored->hamlet, "-")) /* the dead keep one that is used no more */
        select->options.p[select->options.n++] = (struct option){
            .value = from->stored->hamlet, .label = text_name(arena, from->stored->hamlet), .is_selected = true};
    return RC_OK;
}

static struct edit_box box_of(const struct boxes *from, const struct edit_column *column)
{
    struct arena *arena = request_arena(from->req);
    const char *name = edit_field(arena, column->column);
    struct str fault = request_fault_of(from->req, name), label = str_c(column->label);

    if (column_rules[column->column].kind == KIND_CODE)
        return (struct edit_box){.select = code_box(from, column->column, str_c(name), label, fault)};
    if (kind_is_date(column_rules[column->column].kind))
        return (struct edit_box){.date = date_box(from, column->column, str_c(name), label, fault)};
    return (struct edit_box){.field = text_box(from, column->column, str_c(name), label, fault)};
}

static struct edit_box box_of_column(const struct boxes *from, enum resident_column c)
{
    size_t i = 0;

    while (edit_columns[i].column != c)
        i++;
    return box_of(from, &edit_columns[i]);
}

/* Who is a foreigner has papers: asked where that is said. */
static void put_papers(const struct boxes *from, struct edit_box *citizenship)
{
    citizenship->passport = box_of_column(from, COLUMN_PASSPORT).field;
    citizenship->until = box_of_column(from, COLUMN_PASSPORT_UNTIL).date;
    citizenship->kitas = box_of_column(from, COLUMN_KITAS).field;
}

enum rc edit_groups(struct request *req, const struct resident_edit_form *form, const struct resident_row *stored, struct edit_view *v,
                    struct err *err)
{
    struct arena *arena = request_arena(req);
    const struct boxes boxes = {req, form, stored}, *from = &boxes;

    v->groups.p = ARENA_ARRAY(arena, struct form_group, GROUP_END);
    for (int g = GROUP_PERSON; g < GROUP_END; g++) {
        if (v->part != 0 && v->part != (uint64_t)g)
            continue;
        struct form_group *group = &v->groups.p[v->groups.n++];
        *group = (struct form_group){.title = str_c(edit_group_title((enum edit_group)g))};
        group->boxes.p = ARENA_ARRAY(arena, struct edit_box, edit_columns_n);
        for (size_t i = 0; i < edit_columns_n; i++)
            if (edit_columns[i].group == (enum edit_group)g &&
                (edit_columns[i].column != COLUMN_HAMLET || request_has_hamlets(from->req))) {
                group->boxes.p[group->boxes.n++] = box_of(from, &edit_columns[i]);
                if (edit_columns[i].column == COLUMN_CITIZENSHIP && v->part == GROUP_PERSON)
                    put_papers(from, &group->boxes.p[group->boxes.n - 1]);
            }
        for (size_t i = 0; i < group->boxes.n; i++)
            if (group->boxes.p[i].field != NULL && str_is(group->boxes.p[i].field->name, edit_field(arena, COLUMN_HAMLET)))
                TRY(hamlet_box(from, &group->boxes.p[i], err));
    }
    return RC_OK;
}
