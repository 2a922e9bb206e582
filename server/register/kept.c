// SPDX-License-Identifier: AGPL-3.0-or-later
/* Files, notes and history of any row: their pages and acts. The keeper stands in the route's row. */
#include "server/register/kept.h"

#include "server/base/text.h"
#include "server/register/attachment.h"
#include "server/register/change.h"
#include "server/register/kept_sql.h"
#include "server/register/kept_view.h"
#include "server/register/note.h"
#include "server/web/act.h"
#include "server/web/feature.h"

/* Whose page it is: the row's own table has the id, the others have none. */
static uint64_t owner_of(const struct request *req)
{
    return kept_see_got(req).id | kept_file_got(req).id | kept_attach_got(req).id | kept_remove_got(req).id | kept_note_got(req).id;
}

/* ---- notes ---- */

enum rc note_put(struct txn *txn, const struct request *req, const char *owner, uint64_t owner_id, struct str text, struct err *err)
{
    const struct note_put_in in = {.owner = str_c(owner),
                                   .owner_id = owner_id,
                                   .text = text,
                                   .now = request_now(req),
                                   .staff_id = request_actor(req)->id,
                                   .put_by = request_actor(req)->name};
    struct note_count count;

    TRY(sql_note_count(txn, in.owner, owner_id, &count, err));
    if (count.n >= NOTES_EVER)
        return fail(err, RC_LIMITED, "%s %" PRIu64 " has as many notes as are kept", owner, owner_id);
    return sql_note_put(txn, &in, NULL, err);
}

enum rc notes_show(struct request *req, struct village_db *db, const char *owner, uint64_t owner_id, struct notes_view *out,
                   struct err *err)
{
    struct arena *arena = request_arena(req);
    struct note_row_rows rows;

    TRY(sql_notes(db, str_c(owner), owner_id, NOTES_EVER, &rows, err));
    *out = (struct notes_view){0};
    out->lines.n = rows.n;
    out->lines.p = ARENA_ARRAY(arena, struct note_line, rows.n);
    for (size_t i = 0; i < rows.n; i++)
        out->lines.p[i] = (struct note_line){rows.p[i].text, rows.p[i].put_by,
                                             utc_long(arena, rows.p[i].put_at, request_village(req)->zone)};
    return RC_OK;
}

/* ---- pages ---- */

static struct str href_of(const struct request *req, const struct keeper *keeper, uint64_t id, const char *tail)
{
    return str_fmt(request_arena(req), "%s/%" PRIu64 "%s", keeper->home, id, tail);
}

/* Who may put something here: the permission of the row whose act it is. */
static bool may_write(const struct request *req, const struct keeper *keeper)
{
    for (const struct feature *const *f = request_features(req); *f != NULL; f++)
        for (const struct route *route = (*f)->routes; route != NULL && route->path != NULL; route++)
            if (route->keeper == keeper && route->act == kept_attach_act)
                return request_may(req, route->permission);
    return false;
}

enum rc kept_show(struct request *req, struct village_db *db, const struct keeper *keeper, uint64_t id, struct kept_view *out,
                  struct err *err)
{
    *out = (struct kept_view){.has_files = keeper->slots != NULL};
    TRY(history_show(req, db, keeper, id, 0, &out->history, err));
    TRY(attachments_show(req, db, keeper, id, false, &out->attachments, err));
    TRY(notes_show(req, db, keeper->owner, id, &out->notes, err));
    if (may_write(req, keeper))
        out->add_href = href_of(req, keeper, id, "/lampiran");
    return RC_OK;
}

/* The row's keeper, its handle and name: nothing is done for a row that is not there. */
static enum rc row_of(struct request *req, struct village_db **db_out, struct str *name_out, struct err *err)
{
    TRY(request_village_db(req, db_out, err));
    return request_route(req)->keeper->name(req, *db_out, owner_of(req), name_out, err);
}

/* The register's slots, of which the form's table knows nothing. */
static void put_attach(struct request *req, const struct keeper *keeper, struct kept_attach_view *v)
{
    const struct form_box *box = &v->form.p[KEPT_ATTACH_AT_SLOT];
    size_t n = 0;

    while (keeper->slots[n].word != NULL)
        n++;
    v->slot = (struct select_view){.name = box->name,
                                   .label = STR("Jenis berkas"),
                                   .empty_label = STR("Pilih"),
                                   .fault = box->fault,
                                   .options = {ARENA_ARRAY(request_arena(req), struct option, n), n}};
    for (size_t i = 0; i < n; i++)
        v->slot.options.p[i] = (struct option){.value = str_c(keeper->slots[i].word),
                                               .label = str_c(keeper->slots[i].label),
                                               .is_selected = str_is(box->value, keeper->slots[i].word)};
}

enum rc kept_page(struct request *req, struct response *resp, struct err *err)
{
    const struct keeper *keeper = request_route(req)->keeper;
    uint64_t id = owner_of(req);
    struct village_db *db;
    struct buf body = {.arena = request_arena(req)};
    struct kept_page_view v = {.attach.action = href_of(req, keeper, id, "/lampiran"),
                               .note.action = href_of(req, keeper, id, "/catatan"),
                               .faults = *request_faults(req),
                               .home_href = href_of(req, keeper, id, ""),
                               .has_files = keeper->slots != NULL,
                               .may_write = may_write(req, keeper)};

    TRY(row_of(req, &db, &v.name, err));
    TRY(attachments_show(req, db, keeper, id, v.may_write, &v.attachments, err));
    TRY(notes_show(req, db, keeper->owner, id, &v.notes, err));
    v.is_full = attachments_are_full(&v.attachments);
    v.is_noted_full = v.notes.lines.n >= NOTES_EVER;
    TRY(kept_attach_fill(req, NULL, &v.attach.form, err));
    TRY(kept_note_fill(req, NULL, &v.note.form, err));
    if (v.has_files)
        put_attach(req, keeper, &v.attach);
    view_kept_page(&body, &v);
    const struct page page = {.title = STR("Berkas dan catatan"), .active = str_c(keeper->home), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

enum rc kept_history_page(struct request *req, struct response *resp, struct err *err)
{
    const struct keeper *keeper = request_route(req)->keeper;
    const struct kept_see_form in = kept_see_got(req);
    struct village_db *db;
    struct buf body = {.arena = request_arena(req)};
    struct kept_history_view v = {.home_href = href_of(req, keeper, in.id, "")};

    TRY(row_of(req, &db, &v.name, err));
    TRY(history_show(req, db, keeper, in.id, in.before.value, &v.history, err));
    view_kept_history(&body, &v);
    const struct page page = {.title = STR("Riwayat perubahan"), .active = str_c(keeper->home), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

enum rc kept_file(struct request *req, struct response *resp, struct err *err)
{
    struct village_db *db;
    struct str name;

    TRY(row_of(req, &db, &name, err));
    return attachment_respond(req, resp, request_route(req)->keeper, owner_of(req), kept_file_got(req).file, kept_file_got(req).is_shown,
                              err);
}

/* ---- acts ---- */

enum rc kept_attach_check(struct request *req, struct err *err)
{
    const struct keeper *keeper = request_route(req)->keeper;
    const struct kept_attach_form form = kept_attach_got(req);
    const struct attachment_new like = {
        .keeper = keeper, .owner_id = form.id, .slot = attachment_slot(keeper, form.slot), .title = form.title};

    if (like.slot == NULL && request_faults(req)->n == 0)
        request_fault(req, KEPT_ATTACH_SLOT, "Pilih jenis berkas.");
    return attachment_take(req, &like, form.file, KEPT_ATTACH_FILE, err);
}

static enum rc done(struct txn *txn, struct request *req, const char *what, struct str *go_to_out, struct err *err)
{
    const struct keeper *keeper = request_route(req)->keeper;
    struct arena *arena = request_arena(req);

    act_say(req, "Tersimpan");
    *go_to_out = href_of(req, keeper, owner_of(req), "/lampiran");
    return act_audit(txn, req, err, str_z(arena, str_fmt(arena, "%s.%s", keeper->owner, what)), "%s:%" PRIu64, keeper->owner,
                     owner_of(req));
}

static enum rc file_done(struct txn *txn, struct request *req, const char *kind, struct str reason, struct str *go_to_out, struct err *err)
{
    const struct change change = {
        .owner = request_route(req)->keeper->owner, .owner_id = owner_of(req), .kind = str_c(kind), .reason = reason};

    TRY(change_put(txn, req, &change, err));
    return done(txn, req, kind, go_to_out, err);
}

enum rc kept_attach_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct attachment_new *taken = act_kept(req);

    TRY(attachment_refused(req, attachment_put(txn, req, taken, err), KEPT_ATTACH_FILE, err));
    return file_done(txn, req, "file", attachment_words(request_arena(req), taken->slot, taken->title), go_to_out, err);
}

enum rc kept_remove_check(struct request *req, struct err *err)
{
    const struct kept_remove_form form = kept_remove_got(req);

    attachment_out_check(req, form.file, form.reason);
    return kept_row_check(req, err);
}

enum rc kept_remove_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct kept_remove_form form = kept_remove_got(req);
    const struct file_slot *slot;

    TRY(attachment_remove(txn, req, request_route(req)->keeper, form.id, form.file, form.reason, &slot, err));
    return file_done(txn, req, "file_out", attachment_words(request_arena(req), slot, form.reason), go_to_out, err);
}

/* Nothing is written beside a row that is not there. */
enum rc kept_row_check(struct request *req, struct err *err)
{
    struct village_db *db;
    struct str name;

    return row_of(req, &db, &name, err);
}

enum rc kept_note_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct keeper *keeper = request_route(req)->keeper;

    enum rc rc = note_put(txn, req, keeper->owner, owner_of(req), kept_note_got(req).text, err);
    if (rc == RC_LIMITED)
        return act_refuse(req, err, KEPT_NOTE_TEXT,
                          "Sudah ada %d catatan di sini, dan tidak bisa ditambah lagi. Tulis pada orang, surat, atau peristiwa yang "
                          "bersangkutan.",
                          NOTES_EVER);
    TRY(rc);
    return done(txn, req, "note", go_to_out, err);
}
