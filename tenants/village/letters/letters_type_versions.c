// SPDX-License-Identifier: AGPL-3.0-or-later
/* What a type of letters said before: its versions, taken up again as a new one; and a copy as a type of the village's own. */
#include "server/base/text.h"
#include "server/web/village.h"
#include "tenants/village/letters/letters_type.h"
#include "tenants/village/letters/letters_type_sql.h"
#include "tenants/village/letters/letters_type_view.h"
#include "tenants/village/letters/letters_types.h"

enum { COPIES_MOST = 99, COPY_NAME_SIGNS = 100 };

static const struct letter_type_source *source_of(struct str slug)
{
    for (const struct letter_type_source *type = letter_type_sources; type->slug.p != NULL; type++)
        if (str_eq(type->slug, slug))
            return type;
    return NULL;
}

enum rc letter_type_versions_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct buf body = {.arena = arena};
    struct letter_type_one row;
    struct letter_type_version_rows rows;
    struct village_db *db;

    TRY(request_village_db(req, &db, err));
    TRY(sql_letter_type_one_get(db, letter_type_id_got(req).id, &row, err));
    TRY(sql_letter_type_versions(db, row.id, &rows, err));
    struct letter_type_versions_view v = {.title = row.name,
                                          .back_href = letter_type_url(arena, row.id, ""),
                                          .action = letter_type_url(arena, row.id, "/versi"),
                                          .guard = request_form_guard(req),
                                          .edition = row.version,
                                          .is_builtin = source_of(row.slug) != NULL};
    v.lines.n = rows.n;
    v.lines.p = ARENA_ARRAY(arena, struct letter_type_version_line, rows.n);
    for (size_t i = 0; i < rows.n; i++)
        v.lines.p[i] = (struct letter_type_version_line){
            .version = rows.p[i].version,
            .letters = rows.p[i].letters,
            .name = rows.p[i].name,
            .made = utc_short(arena, rows.p[i].made_at, request_zone(req)),
            .by = str_empty(rows.p[i].made_by) ? STR("Bawaan") : rows.p[i].made_by,
            .compare_href = str_fmt(arena, LETTER_TYPES_HOME "/%" PRIu64 "/versi/%" PRIu32 "/banding/%" PRIu32, row.id, rows.p[i].version,
                                    row.content),
            .is_current = rows.p[i].version == row.content};
    view_letter_type_versions(&body, &v);
    const struct page page = {.title = STR("Versi"), .active = STR(LETTER_TYPES_HOME), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

/* What a version said; 0: what comes with the program, its sequence of numbers with it: its format belongs to that. */
static enum rc content_of(struct txn *txn, const struct letter_type_one *row, uint64_t version, struct letter_type_content *out,
                          struct str *scope_out, struct err *err)
{
    const struct letter_type_source *source = source_of(row->slug);
    struct letter_type_head head;

    *scope_out = row->number_scope;
    if (version != 0)
        return sql_letter_type_version_one(in_txn(txn), row->id, (uint32_t)version, out, err);
    if (source == NULL)
        return fail(err, RC_NOT_FOUND, "a type of the village's own came with no program");
    TRY(letter_type_head_read(village_db_arena(in_txn(txn)), source->definition, &head, err));
    *out = (struct letter_type_content){.name = head.name,
                                        .classification = head.classification,
                                        .number_format = head.number_format,
                                        .valid_months = head.valid_months,
                                        .definition = source->definition};
    *scope_out = head.number_scope;
    return RC_OK;
}

static bool is_same(const struct letter_type_one *row, const struct letter_type_content *content, struct str scope)
{
    return str_eq(row->number_scope, scope) && str_eq(row->name, content->name) && str_eq(row->classification, content->classification) &&
           str_eq(row->number_format, content->number_format) && row->valid_months == content->valid_months &&
           str_eq(row->definition, content->definition);
}

/* Of what is taken up again, how letters are numbered is the head's to know. */
static enum rc tell_numbering(struct txn *txn, struct request *req, const struct letter_type_one *row, struct str format, struct str scope,
                              struct err *err)
{
    struct letter_type_edit_form was = letter_type_edit_of(row), now;

    was.signer = (struct pick){.label = STR("")}; /* stays who it is */
    now = was;
    now.number_format = format;
    now.number_scope = scope;
    return letter_type_tell(txn, req, row, letter_type_edit_diff(request_arena(req), &was, &now), false, err);
}

enum rc letter_type_back_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct letter_type_back_form in = letter_type_back_got(req);
    struct letter_type_one row;
    struct letter_type_content content;
    struct str scope;
    struct letter_type_namesake namesake;
    bool is_taken;

    TRY(sql_letter_type_one_lock(txn, in.id, &row, err));
    if (in.version != row.version)
        return fail(err, RC_CONFLICT, "the type was changed since its versions were shown");
    *go_to_out = letter_type_url(request_arena(req), row.id, "");
    TRY(content_of(txn, &row, in.to, &content, &scope, err));
    TRY(sql_letter_type_namesake(in_txn(txn), row.id, content.name, &namesake, &is_taken, err));
    if (is_taken)
        content.name = row.name; /* another type bears the old name by now */
    if (is_same(&row, &content, scope)) {
        act_say(req, ACT_UNCHANGED);
        return RC_OK;
    }
    const struct letter_type_set_content_in set = {.id = row.id,
                                                   .name = content.name,
                                                   .classification = content.classification,
                                                   .number_format = content.number_format,
                                                   .number_scope = scope,
                                                   .valid_months = content.valid_months,
                                                   .definition = content.definition,
                                                   .at = request_now(req),
                                                   .by = request_actor(req)->name};
    TRY(sql_letter_type_set_content(txn, &set, NULL, err));
    const struct change change = {.owner = letter_type_keeper.owner,
                                  .owner_id = row.id,
                                  .kind = in.to == 0 ? STR("builtin") : STR("back"),
                                  .reason = in.to == 0 ? STR("") : str_fmt(request_arena(req), "Versi %" PRIu64, in.to),
                                  .version = row.version + 1};
    TRY(change_put(txn, req, &change, err));
    TRY(tell_numbering(txn, req, &row, content.number_format, scope, err));
    TRY(act_audit(txn, req, err, "letter_type.back", "letter_type:%" PRIu64, row.id));
    act_say(req, is_taken ? "Tersimpan sebagai versi baru. Namanya tetap, karena nama lamanya sekarang dipakai jenis surat lain"
                          : "Tersimpan sebagai versi baru");
    return act_touch(txn, ACT_PAGES, err);
}

enum rc letter_type_free_name(struct txn *txn, uint64_t id, struct str name, const char *word, struct str *out, struct err *err)
{
    struct arena *arena = village_db_arena(in_txn(txn));
    const struct str begin = utf8_part(arena, name, COPY_NAME_SIGNS);
    struct letter_type_namesake namesake;
    bool is_taken;

    *out = name;
    TRY(sql_letter_type_namesake(in_txn(txn), id, name, &namesake, &is_taken, err));
    for (unsigned i = 1; is_taken && i <= COPIES_MOST; i++) {
        *out = i == 1 ? str_fmt(arena, "%.*s (%s)", STR_ARG(begin), word) : str_fmt(arena, "%.*s (%s %u)", STR_ARG(begin), word, i);
        TRY(sql_letter_type_namesake(in_txn(txn), id, *out, &namesake, &is_taken, err));
    }
    return is_taken ? fail(err, RC_LIMITED, "%d types of one name", COPIES_MOST) : RC_OK;
}

enum rc letter_type_copy_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    struct letter_type_one row;
    struct str name;
    uint64_t id;

    TRY(sql_letter_type_one_lock(txn, letter_type_id_got(req).id, &row, err));
    TRY(letter_type_free_name(txn, 0, row.name, "salinan", &name, err));
    TRY(sql_letter_type_copy(txn, row.id, name, request_now(req), request_actor(req)->name, &id, err));
    *go_to_out = letter_type_url(request_arena(req), id, "");
    act_say(req, "Tersalin. Jenis baru ini belum dipakai: ubah dulu namanya, lalu pakai");
    const struct change change = {
        .owner = letter_type_keeper.owner, .owner_id = id, .kind = STR("copied"), .reason = row.name, .version = 1};
    TRY(change_put(txn, req, &change, err));
    return act_audit(txn, req, err, "letter_type.copy", "letter_type:%" PRIu64, id);
}
