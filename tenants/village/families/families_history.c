// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * How a family's history reads: its own rows ("head" and roles by person, or columns of its data), and those of its people. Each act is
 * one line: "Kepala keluarga: Ahlul → Ahmad Habib, karena meninggal 26-11-2026".
 */
#include "server/base/text.h"
#include "tenants/village/families/families_pages.h"

enum { NAMED = 6 }; /* people of one act who are named */

static bool is_role(struct str word, uint64_t *id_out)
{
    return str_to_u64(word, id_out);
}

static struct str label_of(const struct request *req, struct str word)
{
    uint64_t id;

    return str_is(word, "head") || is_role(word, &id) ? word : resident_keeper.label(req, word);
}

/* Of a head the id still: put_told has the names. */
static struct str value_of(struct arena *arena, struct str word, const json_t *value)
{
    uint64_t id;

    if (str_is(word, "head"))
        return str_fmt(arena, "%" PRIi64, (int64_t)json_integer_value(value));
    return is_role(word, &id) ? code_label(CODE_FAMILY_ROLE, (uint32_t)json_integer_value(value))
                              : resident_keeper.value(arena, word, value);
}

/* ---- who they are ---- */

static void add_id(struct buf *ids, uint64_t id)
{
    if (id != 0)
        buf_fmt(ids, "%c%" PRIu64, ids->n == 0 ? '[' : ',', id);
}

static void add_number(struct buf *ids, struct str number)
{
    uint64_t id;

    if (str_to_u64(number, &id))
        add_id(ids, id);
}

static enum rc names_of(struct village_db *db, const struct history_view *v, struct family_person_rows *out, struct err *err)
{
    struct buf ids = {.arena = village_db_arena(db)};

    for (size_t i = 0; i < v->lines.n; i++) {
        const struct history_line *line = &v->lines.p[i];

        for (size_t k = 0; k < line->others.n; k++)
            add_id(&ids, line->others.p[k]);
        for (size_t k = 0; k < line->fields.n; k++) {
            const struct history_field *field = &line->fields.p[k];

            add_number(&ids, field->word);
            if (str_is(field->word, "head")) {
                add_number(&ids, field->before);
                add_number(&ids, field->after);
            }
        }
    }
    *out = (struct family_person_rows){0};
    if (ids.n == 0)
        return RC_OK;
    buf_put_char(&ids, ']');
    return sql_family_people_of(db, buf_str(&ids), out, err);
}

static struct str name_of(struct arena *arena, const struct family_person_rows *names, uint64_t id)
{
    for (size_t i = 0; i < names->n; i++)
        if (names->p[i].id == id)
            return text_name(arena, names->p[i].name);
    return STR("(belum ada)");
}

/* ---- lines ---- */

static void add_person(struct arena *arena, const struct family_person_rows *names, uint64_t id, struct history_line *line)
{
    struct str href = str_fmt(arena, "/kantor/penduduk/%" PRIu64, id);

    for (size_t i = 0; i < line->people.n; i++)
        if (str_eq(line->people.p[i].href, href))
            return;
    if (line->people.n == NAMED)
        line->more++;
    else
        line->people.p[line->people.n++] = (struct history_person){name_of(arena, names, id), href};
}

/* "Kepala keluarga: Ahlul → Ahmad Habib, karena meninggal 26-11-2026": an event says who went, and the old head stands there already. */
static void put_head(struct arena *arena, const struct family_person_rows *names, const struct history_field *head,
                     struct history_line *line)
{
    uint64_t before = 0, after = 0;
    bool is_both = str_to_u64(head->before, &before) && str_to_u64(head->after, &after);
    struct str from = name_of(arena, names, before), told = STR_NONE;

    if (!is_both || before == after)
        return;
    struct str words = str_fmt(arena, "Kepala keluarga: %.*s → %.*s", STR_ARG(from), STR_ARG(name_of(arena, names, after)));
    if (!str_is(line->kind, "head")) {
        line->notes.p[line->notes.n++] = words;
        return;
    }
    if (str_starts(line->why, str_fmt(arena, "%.*s ", STR_ARG(from))))
        told = str_from(line->why, from.n + 1);
    line->what = told.p != NULL ? str_fmt(arena, "%.*s, karena %.*s", STR_ARG(words), STR_ARG(told)) : words;
    line->why = told.p != NULL ? STR("") : line->why;
}

static void put_line(struct arena *arena, const struct family_person_rows *names, struct history_line *line)
{
    const struct history_field *fields = line->fields.p;
    const size_t n = line->fields.n;
    const bool is_head = str_is(line->kind, "head");

    line->people.p = ARENA_ARRAY(arena, struct history_person, NAMED);
    line->notes.p = ARENA_ARRAY(arena, struct str, n);
    line->fields.p = ARENA_ARRAY(arena, struct history_field, n);
    line->fields.n = 0;
    for (size_t i = 0; i < line->others.n && !is_head; i++)
        add_person(arena, names, line->others.p[i], line);
    for (size_t i = 0; i < n; i++) {
        uint64_t id;

        if (str_is(fields[i].word, "head")) {
            put_head(arena, names, &fields[i], line);
        } else if (!is_role(fields[i].word, &id)) {
            line->fields.p[line->fields.n++] = fields[i];
        } else {
            if (!is_head)
                add_person(arena, names, id, line);
            if (!is_head || !str_eq(fields[i].after, code_label(CODE_FAMILY_ROLE, SHDK_HEAD))) /* the line says that already */
                line->notes.p[line->notes.n++] = str_fmt(arena, "%.*s: %.*s → %.*s", STR_ARG(name_of(arena, names, id)),
                                                         STR_ARG(fields[i].before), STR_ARG(fields[i].after));
        }
    }
}

static enum rc put_told(struct request *req, struct village_db *db, uint64_t id, struct history_view *v, struct err *err)
{
    struct family_person_rows names;

    (void)id;
    TRY(names_of(db, v, &names, err));
    for (size_t i = 0; i < v->lines.n; i++)
        put_line(request_arena(req), &names, &v->lines.p[i]);
    return RC_OK;
}

static enum rc title_of(struct request *req, struct village_db *db, uint64_t id, struct str *name_out, struct err *err)
{
    struct family_state family;

    TRY(family_load(db, id, &family, err));
    TRY(family_look(req, db, id, err));
    *name_out = family_title(request_arena(req), &family);
    return RC_OK;
}

const struct keeper family_keeper = {
    .owner = "family", .home = "/kantor/keluarga", .name = title_of, .label = label_of, .value = value_of, .told = put_told};
