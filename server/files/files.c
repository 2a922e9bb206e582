// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/files/files.h"

#include "server/base/random.h"
#include "server/base/text.h"
#include "server/loop/loop.h"
#include "server/files/files_sql.h"

enum { PART_BYTES = MIB, PARTS_A_TXN = FILE_TXN_BYTES / PART_BYTES, FILES_A_TIDY = 300, DAY_HOURS = 24, PDF_END = 2048, NAME_SIGNS = 120 };
static const utc_us hour_us = 3600 * US_PER_S;
static const utc_us kept_us = hour_us; /* without a use */
static const struct file_slot made_picture = {.word = "picture", .most_bytes = IMAGE_MAX_BYTES};

/* ---- what the bytes are ---- */

/* Whole: its end says where the table of its objects is, one of them is the root. Who opens it in a reader sees something. */
static bool is_whole_pdf(struct str bytes)
{
    struct str end = str_from(bytes, bytes.n > PDF_END ? bytes.n - PDF_END : 0);
    ptrdiff_t at, next;
    uint64_t table;
    size_t n = 0;

    if ((at = str_find(end, STR("startxref"))) < 0)
        return false;
    while ((next = str_find(end = str_from(end, (size_t)at + 9), STR("startxref"))) >= 0)
        at = next; /* changed pages are put behind: the last one counts */
    struct str number = str_trim(str_part(end, 0, 24));
    while (n < number.n && number.p[n] >= '0' && number.p[n] <= '9')
        n++;
    return str_to_u64(str_part(number, 0, n), &table) && table < bytes.n && str_find(end, STR("%%EOF")) > 0 &&
           str_find(bytes, STR(" obj")) > 0 && str_find(bytes, STR("/Root")) > 0;
}

struct str file_type_of(const struct file_slot *slot, struct str bytes)
{
    struct image_head head;

    if (str_starts(bytes, STR("%PDF-")))
        return slot->takes & FILE_PDF && is_whole_pdf(bytes) ? STR("application/pdf") : STR_NONE;
    if (image_look(bytes, &head) != IMAGE_FINE || (slot->takes & (head.kind == IMAGE_PNG ? FILE_PNG : FILE_JPEG)) == 0)
        return STR_NONE;
    return image_type(head.kind);
}

struct str file_name_said(struct arena *arena, struct str said)
{
    size_t from = said.n;

    while (from > 0 && said.p[from - 1] != '/' && said.p[from - 1] != '\\')
        from--;
    struct str name = utf8_part(arena, text_tidy(arena, str_from(said, from)), NAME_SIGNS);
    return str_empty(name) ? STR("") : name;
}

const char *file_ending(struct str type)
{
    static const struct {
        const char *type, *ending;
    } endings[] = {{"application/pdf", "pdf"}, {"image/jpeg", "jpg"}, {"image/png", "png"}};

    for (size_t i = 0; i < COUNT_OF(endings); i++)
        if (str_is(type, endings[i].type))
            return endings[i].ending;
    return "bin";
}

/* ---- storing ---- */

struct storing {
    const struct file_new *file;
    size_t first_part; /* of this transaction */
    uint64_t id;
    bool is_complete;
};

static struct str part_of(const struct file_new *file, size_t part)
{
    return str_part(file->bytes, part * PART_BYTES, PART_BYTES);
}

static size_t parts_of(const struct file_new *file)
{
    return (file->bytes.n + PART_BYTES - 1) / PART_BYTES;
}

static struct str hash_of(const struct file_new *file)
{
    return (struct str){(const char *)file->sha256, HASH_BYTES};
}

/* Up to eight parts; the last transaction makes the file visible. Parts that are there already are written again with the same bytes. */
static enum rc store_body(struct txn *txn, void *arg, struct err *err)
{
    struct storing *s = arg;
    const struct file_new *file = s->file;
    const size_t n_parts = parts_of(file);
    struct file_row row;

    TRY(sql_file_put(txn, hash_of(file), file->type, (uint32_t)file->bytes.n, NULL, err));
    TRY(sql_file_lock(txn, hash_of(file), file->type, &row, err));
    s->id = row.id;
    s->is_complete = row.is_complete;
    if (row.is_complete)
        return RC_OK;
    for (size_t part = s->first_part; part < n_parts && part < s->first_part + PARTS_A_TXN; part++)
        TRY(sql_file_part_put(txn, row.id, (uint16_t)part, part_of(file, part), NULL, err));
    if (s->first_part + PARTS_A_TXN < n_parts)
        return RC_OK;
    s->is_complete = true;
    return sql_file_complete(txn, row.id, NULL, err);
}

enum rc file_prepare(const struct file_slot *slot, struct str type, struct str bytes, struct file_new *out, struct err *err)
{
    if (bytes.n > slot->most_bytes)
        return fail(err, RC_TOO_LARGE, "a file for %s has %zu bytes, at most %" PRIu32 " are kept", slot->word, bytes.n, slot->most_bytes);
    *out = (struct file_new){.type = type, .bytes = bytes};
    return fiber_sha256(bytes, out->sha256, err);
}

enum rc file_put(struct txn *txn, const struct file_new *file, uint64_t *id_out, struct err *err)
{
    if (file->bytes.n > FILE_TXN_BYTES)
        return fail(err, RC_TOO_LARGE, "%zu bytes are too many for one transaction", file->bytes.n);
    TRY(sql_file_put_whole(txn, hash_of(file), file->type, (uint32_t)file->bytes.n, id_out, err));
    for (size_t part = 0; part < parts_of(file); part++)
        TRY(sql_file_part_put(txn, *id_out, (uint16_t)part, part_of(file, part), NULL, err));
    return RC_OK;
}

enum rc file_store(struct village_db *db, const struct file_slot *slot, struct str type, struct str bytes, uint64_t *id_out,
                   struct err *err)
{
    struct file_new file;
    struct storing s = {.file = &file};

    TRY(file_prepare(slot, type, bytes, &file, err));
    while (!s.is_complete) {
        TRY(txn_run(db, store_body, &s, err));
        s.first_part += PARTS_A_TXN;
    }
    *id_out = s.id;
    return RC_OK;
}

/* ---- how much may come ---- */

struct taking {
    uint32_t hour;
    uint64_t bytes;
    struct file_quota quota;
};

/* When the day that ends in an hour has room again: as soon as enough of its first hours are over. */
static utc_us room_at(const struct file_hour_rows *hours, uint64_t over)
{
    uint64_t gone = 0;
    size_t i = 0;

    while (i + 1 < hours->n && (gone += hours->p[i].bytes) < over)
        i++;
    return (utc_us)(hours->p[i].hour + DAY_HOURS) * hour_us;
}

static enum rc quota_body(struct txn *txn, void *arg, struct err *err)
{
    struct taking *t = arg;
    struct file_hour_rows hours;
    uint64_t sum = 0;
    uint32_t uploads = 0;

    TRY(sql_file_hour_add(txn, t->hour, t->bytes, NULL, err));
    TRY(sql_file_hours(txn, t->hour - DAY_HOURS, &hours, err));
    for (size_t i = 0; i < hours.n; i++) {
        sum += hours.p[i].bytes;
        if (hours.p[i].hour == t->hour)
            uploads = hours.p[i].uploads;
    }
    t->quota = (struct file_quota){.bytes = sum - t->bytes, .is_of_bytes = sum > FILE_QUOTA_BYTES};
    if (t->quota.is_of_bytes)
        t->quota.again_at = room_at(&hours, sum - FILE_QUOTA_BYTES);
    else if (uploads > FILE_QUOTA_UPLOADS)
        t->quota.again_at = (utc_us)(t->hour + 1) * hour_us;
    return t->quota.again_at == 0 ? RC_OK : fail(err, RC_LIMITED, "the village has uploaded what it may");
}

enum rc file_quota_take(struct village_db *db, utc_us now, uint64_t bytes, struct file_quota *out, struct err *err)
{
    struct taking t = {.hour = (uint32_t)(now / hour_us), .bytes = bytes};
    enum rc rc = txn_run(db, quota_body, &t, err);

    *out = t.quota;
    return rc == RC_LIMITED ? RC_OK : rc;
}

/* ---- who uses it ---- */

enum rc file_hold(struct txn *txn, uint64_t file_id, const char *owner, uint64_t owner_id, const char *slot, struct err *err)
{
    uint64_t held;

    TRY(sql_file_hold(txn, file_id, str_c(owner), owner_id, str_c(slot), &held, err));
    return held > 0 ? RC_OK : fail(err, RC_NOT_FOUND, "file %" PRIu64 " is gone: it was stored too long ago", file_id);
}

enum rc file_hold_all(struct txn *txn, const char *owner, const struct file_holding *uses, size_t n, struct err *err)
{
    struct file_use_put_in *rows = ARENA_ARRAY(village_db_arena(in_txn(txn)), struct file_use_put_in, n);

    for (size_t i = 0; i < n; i++)
        rows[i] = (struct file_use_put_in){uses[i].file_id, str_c(owner), uses[i].owner_id, str_c(uses[i].slot)};
    return sql_file_uses_put(txn, rows, n, err);
}

enum rc file_release(struct txn *txn, const char *owner, uint64_t owner_id, const char *slot, struct err *err)
{
    struct file_use_rows uses;

    TRY(sql_file_uses(txn, str_c(owner), owner_id, str_c(slot), &uses, err));
    TRY(sql_file_release(txn, str_c(owner), owner_id, str_c(slot), NULL, err));
    for (size_t i = 0; i < uses.n; i++)
        TRY(sql_file_forget(txn, uses.p[i].file_id, uses.p[i].held_at, NULL, err));
    return RC_OK;
}

enum rc files_tidy(struct village_db *db, utc_us now, struct err *err)
{
    struct file_unused_rows unused;

    TRY(sql_files_unused(db, now - kept_us, FILES_A_TIDY, &unused, err));
    for (size_t i = 0; i < unused.n; i++)
        TRY(sql_file_drop(db, unused.p[i].id, now - kept_us, NULL, err));
    return sql_file_hours_drop(db, (uint32_t)(now / hour_us) - DAY_HOURS, NULL, err);
}

/* ---- reading ---- */

enum rc file_load(struct village_db *db, uint64_t id, struct str *bytes_out, struct err *err)
{
    struct file_full file;
    struct file_part_rows parts;
    struct buf bytes = {.arena = village_db_arena(db)};
    unsigned char hash[HASH_BYTES];

    TRY(sql_file_get(db, id, &file, err));
    if (!file.is_complete)
        return fail(err, RC_NOT_FOUND, "file %" PRIu64 " is not complete", id);
    TRY(sql_file_parts(db, id, &parts, err));
    if (parts.n == 1) {
        bytes.p = (char *)(uintptr_t)parts.p[0].bytes.p;
        bytes.n = parts.p[0].bytes.n;
    } else {
        buf_reserve(&bytes, file.size);
        for (size_t i = 0; i < parts.n; i++)
            buf_put_str(&bytes, parts.p[i].bytes);
    }
    TRY(fiber_sha256(buf_str(&bytes), hash, err));
    if (bytes.n != file.size || !str_eq(file.sha256, (struct str){(const char *)hash, HASH_BYTES}))
        return fail(err, RC_FAULT, "file %" PRIu64 " does not have the bytes it was stored with", id);
    *bytes_out = buf_str(&bytes);
    return RC_OK;
}

struct making {
    struct arena *arena;
    const struct image_wish *wish;
    struct str bytes, jpeg;
    bool is_made;
    enum image_cause cause;
};

static void make_work(void *arg)
{
    struct making *m = arg;

    m->is_made = image_make(m->arena, m->bytes, m->wish, &m->jpeg, &m->cause);
}

/* One after the other, over all lanes of the loop: a large one takes some 200 MB while it is open. */
static enum rc make_alone(struct making *m, struct err *err)
{
    static _Thread_local struct wait_list waiting;
    static _Thread_local bool is_busy;

    while (is_busy)
        TRY(fiber_park(&waiting, 0, err));
    is_busy = true;
    enum rc rc = fiber_offload(make_work, m, err);
    is_busy = false;
    fiber_wake_all(&waiting);
    return rc;
}

enum rc file_from_picture(struct village_db *db, uint64_t upload_id, const struct image_wish *wish, uint64_t *id_out,
                          struct str *refusal_out, struct err *err)
{
    struct making m = {.arena = village_db_arena(db), .wish = wish};

    *id_out = 0;
    TRY(file_load(db, upload_id, &m.bytes, err));
    TRY(make_alone(&m, err));
    if (m.is_made && m.jpeg.n > made_picture.most_bytes) { /* all noise */
        m.is_made = false;
        m.cause = IMAGE_HEAVY;
    }
    *refusal_out = m.is_made ? STR("") : image_cause_word(m.cause);
    return m.is_made ? file_store(db, &made_picture, image_type(IMAGE_JPEG), m.jpeg, id_out, err) : RC_OK;
}
