// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/register/attachment.h"

#include "server/base/text.h"
#include "server/register/change.h"
#include "server/register/kept_sql.h"
#include "server/web/act.h"
#include "server/web/feature.h"
#include "server/web/pagecache.h"
#include "workers/queue/queue.h"

static const char owner_of_files[] = "attachment";

const struct file_slot *attachment_slot(const struct keeper *keeper, struct str word)
{
    for (const struct file_slot *slot = keeper->slots; slot != NULL && slot->word != NULL; slot++)
        if (str_is(word, slot->word))
            return slot;
    return NULL;
}

struct str attachment_words(struct arena *arena, const struct file_slot *slot, struct str more)
{
    return str_empty(more) ? str_c(slot->label) : str_fmt(arena, "%s: %.*s", slot->label, STR_ARG(more));
}

/* ---- acts ---- */

/* What telephones of Apple write: an ISO file whose brand begins with "he" or is "mif1". */
static bool is_heic(struct str bytes)
{
    struct str brand = str_part(bytes, 8, 4);

    return str_eq(str_part(bytes, 4, 4), STR("ftyp")) && (str_starts(brand, STR("he")) || str_is(brand, "mif1"));
}

/* What is wrong with an upload, in words for people; empty: nothing. */
static struct str fault_of(struct arena *arena, const struct file_slot *slot, struct str bytes)
{
    struct image_head head;

    if (bytes.n > slot->most_bytes)
        return str_fmt(arena, "Berkas ini terlalu besar: %.*s, paling besar %.*s. %s", STR_ARG(bytes_text(arena, bytes.n)),
                       STR_ARG(bytes_text(arena, slot->most_bytes)),
                       str_starts(bytes, STR("%PDF-")) ? "Pindai lagi dengan mutu lebih rendah, atau bagi menjadi beberapa berkas."
                                                       : "Kirim foto dengan ukuran lebih kecil, misalnya lewat tangkapan layar.");
    if (is_heic(bytes))
        return STR("Ini foto HEIC. Simpan sebagai JPG, lalu unggah lagi. Di iPhone: Pengaturan, Kamera, Format, Paling Kompatibel.");
    if (file_type_of(slot, bytes).p != NULL)
        return STR("");
    if ((slot->takes & FILE_PDF) != 0 && str_starts(bytes, STR("%PDF")))
        return STR("Berkas PDF ini tidak utuh dan tidak bisa dibuka. Pindai atau simpan ulang sebagai PDF, lalu unggah lagi.");
    if ((slot->takes & FILE_PDF) == 0)
        return image_cause_text(image_cause_word(image_look(bytes, &head)));
    return STR("Berkas ini bukan PDF, JPEG, atau PNG yang utuh. Pilih berkas lain.");
}

enum rc attachment_take(struct request *req, const struct attachment_new *like, struct upload upload, const char *field, struct err *err)
{
    struct attachment_new *taken = ARENA_NEW(request_arena(req), struct attachment_new);
    struct village_db *db;
    struct str name, fault;

    TRY(request_village_db(req, &db, err));
    if (like->owner_id != 0)
        TRY(like->keeper->name(req, db, like->owner_id, &name, err));
    if (request_faults(req)->n > 0)
        return RC_OK;
    fault = fault_of(request_arena(req), like->slot, upload.bytes);
    if (!str_empty(fault)) {
        request_fault(req, field, "%.*s", STR_ARG(fault));
        return RC_OK;
    }
    *taken = *like;
    taken->filename = file_name_said(request_arena(req), upload.filename);
    if (str_empty(taken->title)) /* its own name tells it from others */
        taken->title = taken->filename;
    act_keep(req, taken);
    TRY(file_prepare(like->slot, file_type_of(like->slot, upload.bytes), upload.bytes, &taken->file, err));
    return upload_count(req, upload.bytes.n, field, err);
}

enum rc upload_count(struct request *req, size_t bytes, const char *field, struct err *err)
{
    struct arena *arena = request_arena(req);
    enum zone zone = request_village(req)->zone;
    struct file_quota quota;
    struct village_db *db;

    TRY(request_village_db(req, &db, err));
    TRY(file_quota_take(db, request_now(req), bytes, &quota, err));
    if (quota.again_at == 0)
        return RC_OK;
    struct str day = date_compare(utc_date(quota.again_at, zone), request_today(req)) > 0 ? STR("besok ") : STR("");
    if (quota.is_of_bytes)
        request_fault(req, field, "Desa ini sudah mengunggah %.*s dari %.*s sehari. Unggah berkas ini %.*spukul %.*s, atau kecilkan dulu.",
                      STR_ARG(bytes_text(arena, quota.bytes)), STR_ARG(bytes_text(arena, FILE_QUOTA_BYTES)), STR_ARG(day),
                      STR_ARG(utc_clock(arena, quota.again_at, zone)));
    else
        request_fault(req, field, "Desa ini sudah mengunggah %d berkas dalam satu jam. Lanjutkan %.*spukul %.*s.", FILE_QUOTA_UPLOADS,
                      STR_ARG(day), STR_ARG(utc_clock(arena, quota.again_at, zone)));
    request_wait_until(req, quota.again_at);
    return RC_OK;
}

/* The row that will show it, new or (a picture's) the one that is there; and the file, which no refusal leaves behind. */
static enum rc row_put(struct txn *txn, const struct request *req, const struct attachment_new *a, bool is_picture, uint64_t *id_out,
                       uint64_t *file_id_out, struct err *err)
{
    bool is_there = false;
    struct str owner = str_c(a->keeper->owner), who = request_actor(req)->name;
    struct attachment_held held;

    if (a->slot->is_single)
        TRY(sql_attachment_single(txn, owner, a->owner_id, str_c(a->slot->word), &held, &is_there, err));
    if (is_there && (a->slot->takes & FILE_PDF) == 0) {
        *id_out = held.id;
        TRY(file_release(txn, owner_of_files, held.id, "upload", err));
        TRY(file_put(txn, &a->file, file_id_out, err));
        return sql_attachment_upload(txn, held.id, *file_id_out, a->filename, request_now(req), who, NULL, err);
    }
    if (is_there)
        TRY(sql_attachment_remove(txn, held.id, request_now(req), who, STR("Diganti"), NULL, err));
    TRY(file_put(txn, &a->file, file_id_out, err));
    const struct attachment_put_in in = {.owner = owner,
                                         .owner_id = a->owner_id,
                                         .slot = str_c(a->slot->word),
                                         .single = a->slot->is_single,
                                         .title = a->title,
                                         .filename = a->filename,
                                         .file_id = is_picture ? (struct opt_u64){0} : some_u64(*file_id_out),
                                         .upload_id = is_picture ? some_u64(*file_id_out) : (struct opt_u64){0},
                                         .now = request_now(req),
                                         .put_by = who};
    return sql_attachment_put(txn, &in, id_out, err);
}

enum rc attachment_put(struct txn *txn, const struct request *req, const struct attachment_new *a, struct err *err)
{
    bool is_picture = str_starts(a->file.type, STR("image/"));
    struct attachment_count count;
    uint64_t id, file_id;

    TRY(sql_attachment_count(txn, str_c(a->keeper->owner), a->owner_id, &count, err));
    if ((count.n >= ATTACHMENTS_MOST && !a->slot->is_single) || count.ever >= ATTACHMENTS_EVER)
        return fail(err, RC_LIMITED, "%s %" PRIu64 " has as many files as are kept", a->keeper->owner, a->owner_id);
    TRY(row_put(txn, req, a, is_picture, &id, &file_id, err));
    TRY(file_hold(txn, file_id, owner_of_files, id, is_picture ? "upload" : "", err));
    return is_picture ? outbox_put(txn, JOB_MAKE_PICTURE, id, STR_NONE, err) : RC_OK;
}

enum rc attachment_refused(struct request *req, enum rc rc, const char *field, struct err *err)
{
    if (rc != RC_LIMITED)
        return rc;
    return act_refuse(
        req, err, field,
        "Sudah ada %d berkas di sini, atau %d bersama yang sudah ditarik. Tarik yang tidak dipakai; bila tetap penuh, simpan di "
        "catatan lain.",
        ATTACHMENTS_MOST, ATTACHMENTS_EVER);
}

enum rc attachment_put_of_form(struct txn *txn, struct request *req, uint64_t owner_id, const char *field, struct err *err)
{
    const struct attachment_new *taken = act_kept(req);

    if (taken == NULL)
        return RC_OK;
    struct attachment_new file = *taken;
    const struct change change = {.owner = file.keeper->owner,
                                  .owner_id = owner_id,
                                  .kind = STR("file"),
                                  .reason = attachment_words(request_arena(req), file.slot, file.title)};
    file.owner_id = owner_id;
    TRY(attachment_refused(req, attachment_put(txn, req, &file, err), field, err));
    return change_put(txn, req, &change, err);
}

void attachment_out_check(struct request *req, uint64_t id, struct str reason)
{
    struct arena *arena = request_arena(req);

    if (str_empty(reason))
        request_fault(req, str_z(arena, str_fmt(arena, "alasan-%" PRIu64, id)), "Tulis alasan berkas ini ditarik.");
}

enum rc attachment_remove(struct txn *txn, const struct request *req, const struct keeper *keeper, uint64_t owner_id, uint64_t id,
                          struct str reason, const struct file_slot **slot_out, struct err *err)
{
    struct attachment_held held;
    bool found;

    TRY(sql_attachment_hold(txn, str_c(keeper->owner), owner_id, id, &held, &found, err));
    *slot_out = found ? attachment_slot(keeper, held.slot) : NULL;
    if (*slot_out == NULL)
        return fail(err, RC_NOT_FOUND, "%s %" PRIu64 " has no file %" PRIu64, keeper->owner, owner_id, id);
    if (held.is_removed)
        return fail(err, RC_CONFLICT, "the file was taken away already");
    return sql_attachment_remove(txn, id, request_now(req), request_actor(req)->name, reason, NULL, err);
}

/* ---- showing ---- */

static struct str file_href(struct arena *arena, const struct keeper *keeper, uint64_t owner_id, uint64_t id)
{
    return str_fmt(arena, "%s/%" PRIu64 "/%s/%" PRIu64, keeper->home, owner_id, keeper->files != NULL ? keeper->files : "lampiran", id);
}

static struct attachment_line line_of(struct request *req, const struct keeper *keeper, uint64_t owner_id, const struct file_slot *slot,
                                      const struct attachment_row *row, bool may_remove)
{
    struct arena *arena = request_arena(req);
    enum zone zone = request_village(req)->zone;
    struct attachment_line line = {.id = row->id, .label = str_c(slot->label), .title = row->title};

    if (row->upload_id.is_set)
        line.about = STR("Gambar sedang disiapkan.");
    else if (!str_empty(row->refusal))
        line.about = image_cause_text(row->refusal);
    else {
        line.about = str_fmt(arena, "%s, %.*s, %.*s", str_is(row->type, "application/pdf") ? "PDF" : "Gambar",
                             STR_ARG(bytes_text(arena, row->size)), STR_ARG(row->put_by));
        line.put_on = date_short(arena, utc_date(row->put_at, zone));
    }
    if (row->removed_at != 0) {
        line.removed = str_fmt(arena, "Ditarik %.*s, %.*s: %.*s", STR_ARG(row->removed_by),
                               STR_ARG(date_short(arena, utc_date(row->removed_at, zone))), STR_ARG(row->removed_reason));
        return line;
    }
    struct str href = file_href(arena, keeper, owner_id, row->id);

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
    *out = (struct attachments_view){.may_remove = may_remove};
    out->lines.p = ARENA_ARRAY(request_arena(req), struct attachment_line, rows.n);
    for (size_t i = 0; i < rows.n; i++) {
        const struct file_slot *slot = attachment_slot(keeper, rows.p[i].slot);

        if (slot == NULL)
            continue;
        struct attachment_line *line = &out->lines.p[out->lines.n++];
        *line = line_of(req, keeper, id, slot, &rows.p[i], may_remove);
        if (rows.p[i].upload_id.is_set && rows.p[i].removed_at == 0)
            out->wait_href = request_path(req);
        if (slot->takes == FILE_IMAGES && !str_empty(line->href) && str_empty(out->face_href)) {
            out->face_href = str_fmt(request_arena(req), "%.*s?tampil=1", STR_ARG(line->href));
            out->face_label = line->label;
        }
    }
    return RC_OK;
}

bool attachments_are_full(const struct attachments_view *view)
{
    size_t kept = 0;

    for (size_t i = 0; i < view->lines.n; i++)
        kept += str_empty(view->lines.p[i].removed);
    return kept >= ATTACHMENTS_MOST;
}

struct look {
    struct request *req;
    const struct keeper *keeper;
    uint64_t owner_id, id;
};

static enum rc look_body(struct txn *txn, void *arg, struct err *err)
{
    const struct look *look = arg;
    const char *owner = look->keeper->owner;
    struct arena *arena = request_arena(look->req);

    return act_audit(txn, look->req, err, str_z(arena, str_fmt(arena, "%s.file_get", owner)), "%s:%" PRIu64 "/%" PRIu64, owner,
                     look->owner_id, look->id);
}

/* The name it came with, with the ending of what it became: a picture is a JPEG. */
static struct str name_given(struct arena *arena, const struct file_slot *slot, const struct attachment_full *file)
{
    struct str name = file->filename;

    for (size_t i = name.n; i > 1 && i + 5 > name.n; i--)
        if (name.p[i - 1] == '.')
            name.n = i - 1;
    if (str_empty(name))
        name = str_fmt(arena, "%s-%" PRIu64, slot->file != NULL ? slot->file : slot->word, file->id);
    return str_fmt(arena, "%.*s.%s", STR_ARG(name), file_ending(file->type));
}

enum rc attachment_respond(struct request *req, struct response *resp, const struct keeper *keeper, uint64_t owner_id, uint64_t id,
                           bool is_shown, struct err *err)
{
    struct look look = {req, keeper, owner_id, id};
    struct village_db *db;
    struct attachment_full file;
    const struct file_slot *slot;
    struct str bytes;
    bool found;

    TRY(request_village_db(req, &db, err));
    TRY(sql_attachment_get(db, str_c(keeper->owner), owner_id, id, &file, &found, err));
    slot = found ? attachment_slot(keeper, file.slot) : NULL;
    if (slot == NULL)
        return fail(err, RC_NOT_FOUND, "no such file");
    bool is_on_page = is_shown && slot->takes == FILE_IMAGES;
    if (!is_on_page)
        TRY(keeper->look != NULL ? keeper->look(req, db, owner_id, err) : txn_run(village_db_notes(db), look_body, &look, err));
    TRY(file_load(db, file.file_id, &bytes, err));
    response_no_cache(resp);
    return respond_bytes(resp, file.type, bytes, is_on_page ? STR_NONE : name_given(request_arena(req), slot, &file));
}

/* ---- pictures ---- */

/* Of a paper: as large as a page is read. */
static const struct file_size page_sizes[FILE_SIZES_MAX] = {{"page", {.width = 2400, .height = 2400, .quality = 85}}};

static const struct file_slot *slot_of_any(const struct feature *const *feature, struct str owner, struct str word)
{
    const struct file_slot *found = NULL;

    for (; *feature != NULL; feature++)
        for (const struct route *route = (*feature)->routes; found == NULL && route != NULL && route->path != NULL; route++)
            if (route->keeper != NULL && str_is(owner, route->keeper->owner))
                found = attachment_slot(route->keeper, word);
    return found;
}

struct made {
    uint64_t id, upload_id;
    bool is_on_pages;
    const struct file_size *sizes;
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
    for (size_t i = 0; made->file_id[0] != 0 && i < FILE_SIZES_MAX && made->sizes[i].word != NULL; i++) {
        TRY(file_release(txn, owner_of_files, made->id, made->sizes[i].word, err));
        TRY(file_hold(txn, made->file_id[i], owner_of_files, made->id, made->sizes[i].word, err));
    }
    return made->is_on_pages && made->file_id[0] != 0 ? page_epoch_bump(txn, err) : RC_OK;
}

enum rc attachment_make_picture(const struct job *job, struct err *err)
{
    struct made made = {.id = job->lease->subject, .refusal = STR("")};
    const struct file_slot *slot;
    struct picture picture;
    bool found;

    TRY(sql_picture_get(job->db, made.id, &picture, &found, err));
    if (!found)
        return RC_OK; /* done by another run of this job, or taken away */
    made.upload_id = picture.upload_id;
    slot = slot_of_any(job->house->features, picture.owner, picture.slot);
    if (slot == NULL)
        return fail(err, RC_FAULT, "nobody keeps pictures as %.*s of %.*s", STR_ARG(picture.slot), STR_ARG(picture.owner));
    made.is_on_pages = slot->is_on_pages;
    made.sizes = slot->sizes[0].word != NULL ? slot->sizes : page_sizes;
    for (size_t i = 0; str_empty(made.refusal) && i < FILE_SIZES_MAX && made.sizes[i].word != NULL; i++)
        TRY(file_from_picture(job->db, made.upload_id, &made.sizes[i].wish, &made.file_id[i], &made.refusal, err));
    if (!str_empty(made.refusal))
        made.file_id[0] = 0;
    TRY(txn_run(job->db, made_body, &made, err));
    return files_tidy(job->db, job->now, err);
}
