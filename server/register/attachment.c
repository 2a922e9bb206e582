// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/register/attachment.h"

#include "server/base/text.h"
#include "server/register/change.h"
#include "server/register/kept_sql.h"
#include "server/web/feature.h"
#include "workers/queue/queue.h"

static const char owner_of_files[] = "attachment";

static const struct file_slot *slot_of(const struct file_slot *slots, struct str word)
{
    for (; slots != NULL && slots->word != NULL; slots++)
        if (str_is(word, slots->word))
            return slots;
    return NULL;
}

struct str attachment_fault(const struct file_slot *slot, struct str bytes)
{
    struct image_head head;

    if (file_type_of(slot, bytes).p != NULL)
        return STR("");
    if ((slot->takes & FILE_PDF) == 0)
        return image_cause_text(image_cause_word(image_look(bytes, &head)));
    return STR("Berkas ini bukan PDF, JPEG, atau PNG yang utuh. Pilih berkas lain.");
}

/* ---- acts ---- */

static enum rc history_put(struct txn *txn, const struct request *req, const char *owner, uint64_t id, const char *kind, struct str label,
                           struct str more, struct err *err)
{
    struct str reason = str_empty(more) ? label : str_fmt(request_arena(req), "%.*s: %.*s", STR_ARG(label), STR_ARG(more));

    return change_put(txn, req, &(struct change){.owner = owner, .owner_id = id, .kind = str_c(kind), .reason = reason}, err);
}

/* The row that will show it, new or (a picture's) the one that is there. */
static enum rc row_put(struct txn *txn, const struct request *req, const struct attachment_new *a, uint64_t *id_out, struct err *err)
{
    bool is_picture = a->slot->sizes[0].word != NULL, is_there = false;
    struct str owner = str_c(a->owner), who = request_actor(req)->name;
    struct attachment_held held;

    if (a->slot->is_single)
        TRY(sql_attachment_single(txn, owner, a->owner_id, str_c(a->slot->word), &held, &is_there, err));
    if (is_there && is_picture) {
        *id_out = held.id;
        return sql_attachment_upload(txn, held.id, a->file_id, request_now(req), who, NULL, err);
    }
    if (is_there)
        TRY(sql_attachment_remove(txn, held.id, request_now(req), who, STR("Diganti"), NULL, err));
    const struct attachment_put_in in = {.owner = owner,
                                         .owner_id = a->owner_id,
                                         .slot = str_c(a->slot->word),
                                         .single = a->slot->is_single,
                                         .title = a->title.p != NULL ? a->title : STR(""),
                                         .file_id = is_picture ? (struct opt_u64){0} : some_u64(a->file_id),
                                         .upload_id = is_picture ? some_u64(a->file_id) : (struct opt_u64){0},
                                         .now = request_now(req),
                                         .put_by = who};
    return sql_attachment_put(txn, &in, id_out, err);
}

enum rc attachment_put(struct txn *txn, const struct request *req, const struct attachment_new *a, struct err *err)
{
    bool is_picture = a->slot->sizes[0].word != NULL;
    struct attachment_count count;
    uint64_t id;

    TRY(sql_attachment_count(txn, str_c(a->owner), a->owner_id, &count, err));
    if (count.n >= ATTACHMENTS_MOST && !a->slot->is_single)
        return fail(err, RC_LIMITED, "%s %" PRIu64 " has as many files as are kept", a->owner, a->owner_id);
    TRY(row_put(txn, req, a, &id, err));
    if (is_picture)
        TRY(file_release(txn, owner_of_files, id, "upload", err));
    TRY(file_hold(txn, a->file_id, owner_of_files, id, is_picture ? "upload" : "", err));
    TRY(history_put(txn, req, a->owner, a->owner_id, "file", str_c(a->slot->label), a->title, err));
    return is_picture ? outbox_put(txn, JOB_MAKE_PICTURE, id, STR_NONE, err) : RC_OK;
}

enum rc attachment_remove(struct txn *txn, const struct request *req, const struct keeper *keeper, uint64_t owner_id, uint64_t id,
                          struct str reason, struct err *err)
{
    struct attachment_held held;
    bool found;

    TRY(sql_attachment_hold(txn, str_c(keeper->owner), owner_id, id, &held, &found, err));
    if (!found)
        return fail(err, RC_NOT_FOUND, "%s %" PRIu64 " has no file %" PRIu64, keeper->owner, owner_id, id);
    if (held.is_removed)
        return fail(err, RC_CONFLICT, "the file was taken away already");
    TRY(sql_attachment_remove(txn, id, request_now(req), request_actor(req)->name, reason, NULL, err));
    const struct file_slot *slot = slot_of(keeper->slots, held.slot);

    return history_put(txn, req, keeper->owner, owner_id, "file_out", slot != NULL ? str_c(slot->label) : held.slot, reason, err);
}

/* ---- showing ---- */

static struct attachment_line line_of(struct request *req, const struct keeper *keeper, uint64_t owner_id, const struct attachment_row *row,
                                      bool may_remove)
{
    struct arena *arena = request_arena(req);
    enum zone zone = request_village(req)->zone;
    const struct file_slot *slot = slot_of(keeper->slots, row->slot);
    struct attachment_line line = {.id = row->id, .label = slot != NULL ? str_c(slot->label) : row->slot, .title = row->title};

    line.about = str_fmt(arena, "%s, %.*s, %.*s, %.*s", str_is(row->type, "application/pdf") ? "PDF" : "Gambar",
                         STR_ARG(bytes_text(arena, row->size)), STR_ARG(row->put_by),
                         STR_ARG(date_short(arena, utc_date(row->put_at, zone))));
    if (row->upload_id.is_set)
        line.about = STR("Gambar baru sedang disiapkan. Muat ulang halaman ini sebentar lagi.");
    else if (!str_empty(row->refusal))
        line.about = image_cause_text(row->refusal);
    if (row->removed_at != 0) {
        line.removed = str_fmt(arena, "Ditarik %.*s, %.*s: %.*s", STR_ARG(row->removed_by),
                               STR_ARG(date_short(arena, utc_date(row->removed_at, zone))), STR_ARG(row->removed_reason));
        return line;
    }
    struct str href = str_fmt(arena, "%s/%" PRIu64 "/lampiran/%" PRIu64, keeper->home, owner_id, row->id);

    if (row->file_id.is_set)
        line.href = href;
    if (may_remove) {
        line.remove_href = str_fmt(arena, "%.*s/tarik", STR_ARG(href));
        line.guard = request_form_guard(req);
        line.fault = request_fault_of(req, str_z(arena, str_fmt(arena, "alasan-%" PRIu64, row->id)));
    }
    return line;
}

enum rc attachments_show(struct request *req, struct village_db *db, const struct keeper *keeper, uint64_t id, bool may_remove,
                         struct attachments_view *out, struct err *err)
{
    struct attachment_row_rows rows;

    TRY(sql_attachments(db, str_c(keeper->owner), id, &rows, err));
    *out = (struct attachments_view){0};
    out->lines.n = rows.n;
    out->lines.p = ARENA_ARRAY(request_arena(req), struct attachment_line, rows.n);
    for (size_t i = 0; i < rows.n; i++)
        out->lines.p[i] = line_of(req, keeper, id, &rows.p[i], may_remove);
    return RC_OK;
}

/* ---- pictures ---- */

static const struct file_slot *slot_in(const struct route *routes, struct str owner, struct str word)
{
    for (; routes != NULL && routes->path != NULL; routes++)
        if (routes->keeper != NULL && str_is(owner, routes->keeper->owner))
            return slot_of(routes->keeper->slots, word);
    return NULL;
}

static const struct file_slot *slot_of_any(const struct feature *const *feature, struct str owner, struct str word)
{
    const struct file_slot *found = NULL;

    for (; found == NULL && *feature != NULL; feature++)
        found = slot_in((*feature)->routes, owner, word);
    return found;
}

struct made {
    uint64_t id, upload_id;
    const struct file_slot *slot;
    uint64_t file_id[FILE_SIZES_MAX];
    struct str refusal;
};

static enum rc made_body(struct txn *txn, void *arg, struct err *err)
{
    const struct made *made = arg;
    struct opt_u64 file_id = made->file_id[0] != 0 ? some_u64(made->file_id[0]) : (struct opt_u64){0};
    uint64_t is_ours;

    TRY(sql_picture_made(txn, made->id, made->upload_id, file_id, made->refusal, &is_ours, err));
    if (is_ours == 0)
        return RC_OK;
    TRY(file_release(txn, owner_of_files, made->id, "upload", err));
    for (size_t i = 0; made->file_id[0] != 0 && i < FILE_SIZES_MAX && made->slot->sizes[i].word != NULL; i++) {
        TRY(file_release(txn, owner_of_files, made->id, made->slot->sizes[i].word, err));
        TRY(file_hold(txn, made->file_id[i], owner_of_files, made->id, made->slot->sizes[i].word, err));
    }
    return RC_OK;
}

enum rc attachment_make_picture(const struct job *job, struct err *err)
{
    struct made made = {.id = job->lease->subject, .refusal = STR("")};
    struct picture picture;
    bool found;

    TRY(sql_picture_get(job->db, made.id, &picture, &found, err));
    if (!found)
        return RC_OK; /* done by another run of this job, or taken away */
    made.upload_id = picture.upload_id;
    made.slot = slot_of_any(job->house->features, picture.owner, picture.slot);
    if (made.slot == NULL)
        return fail(err, RC_FAULT, "nobody keeps pictures as %.*s of %.*s", STR_ARG(picture.slot), STR_ARG(picture.owner));
    for (size_t i = 0; str_empty(made.refusal) && i < FILE_SIZES_MAX && made.slot->sizes[i].word != NULL; i++)
        TRY(file_from_picture(job->db, made.upload_id, &made.slot->sizes[i].wish, &made.file_id[i], &made.refusal, err));
    if (!str_empty(made.refusal))
        made.file_id[0] = 0;
    TRY(txn_run(job->db, made_body, &made, err));
    return files_tidy(job->db, job->now, err);
}
