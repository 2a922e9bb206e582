// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/files/files.h"

#include "server/base/random.h"
#include "server/loop/loop.h"
#include "tenants/village/files/files_sql.h"

enum { PART_BYTES = 1024 * 1024, PARTS_A_TXN = 8 };

static const struct {
    struct str kind;
    size_t most;
} kinds[] = {
#define X(kind, most) {STR_INIT(kind), most},
    FILE_KINDS(X)
#undef X
};

struct storing {
    const struct file_new *file;
    size_t first_part; /* of this transaction */
    uint64_t id;
    bool is_complete;
};

static struct str hash_of(const struct file_new *file)
{
    return (struct str){(const char *)file->sha256, HASH_BYTES};
}

/* Up to eight parts; the last transaction makes the file visible. Parts that are there already are written again with the same bytes. */
static enum rc store_body(struct txn *txn, void *arg, struct err *err)
{
    struct storing *s = arg;
    const struct file_new *file = s->file;
    size_t n_parts = (file->bytes.n + PART_BYTES - 1) / PART_BYTES;
    struct file_row row;

    TRY(sql_file_put(txn, hash_of(file), file->kind, file->type, (uint32_t)file->bytes.n, NULL, err));
    TRY(sql_file_lock(txn, file->kind, hash_of(file), &row, err));
    s->id = row.id;
    s->is_complete = row.is_complete;
    if (row.is_complete)
        return RC_OK;
    for (size_t part = s->first_part; part < n_parts && part < s->first_part + PARTS_A_TXN; part++)
        TRY(sql_file_part_put(txn, row.id, (uint16_t)part, str_part(file->bytes, part * PART_BYTES, PART_BYTES), NULL, err));
    if (s->first_part + PARTS_A_TXN < n_parts)
        return RC_OK;
    s->is_complete = true;
    return sql_file_complete(txn, row.id, NULL, err);
}

enum rc file_prepare(struct str kind, struct str type, struct str bytes, struct file_new *out, struct err *err)
{
    size_t most = 0;

    for (size_t i = 0; i < COUNT_OF(kinds); i++)
        if (str_eq(kinds[i].kind, kind))
            most = kinds[i].most;
    if (most == 0)
        return fail(err, RC_FAULT, "no file kind \"%.*s\"", STR_ARG(kind));
    if (bytes.n > most)
        return fail(err, RC_TOO_LARGE, "a file of kind %.*s has %zu bytes, at most %zu are kept", STR_ARG(kind), bytes.n, most);
    *out = (struct file_new){.kind = kind, .type = type, .bytes = bytes};
    return fiber_sha256(bytes, out->sha256, err);
}

enum rc file_put(struct txn *txn, const struct file_new *file, uint64_t *id_out, struct err *err)
{
    struct storing s = {.file = file};

    if (file->bytes.n > (size_t)PARTS_A_TXN * PART_BYTES)
        return fail(err, RC_TOO_LARGE, "%zu bytes are too many for one transaction", file->bytes.n);
    TRY(store_body(txn, &s, err));
    *id_out = s.id;
    return RC_OK;
}

enum rc file_store(struct village_db *db, struct str kind, struct str type, struct str bytes, uint64_t *id_out, struct err *err)
{
    struct file_new file;
    struct storing s = {.file = &file};
    struct file_row row;
    bool is_there;

    TRY(file_prepare(kind, type, bytes, &file, err));
    TRY(sql_file_find(db, kind, hash_of(&file), &row, &is_there, err));
    if (is_there && row.is_complete) {
        *id_out = row.id;
        return RC_OK;
    }
    while (!s.is_complete) {
        TRY(txn_run(db, store_body, &s, err));
        s.first_part += PARTS_A_TXN;
    }
    *id_out = s.id;
    return RC_OK;
}

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

enum rc file_from_picture(struct village_db *db, uint64_t upload_id, struct str kind, const struct image_wish *wish, uint64_t *id_out,
                          struct str *refusal_out, struct err *err)
{
    struct making m = {.arena = village_db_arena(db), .wish = wish};

    *id_out = 0;
    TRY(file_load(db, upload_id, &m.bytes, err));
    TRY(fiber_offload(make_work, &m, err));
    *refusal_out = m.is_made ? STR("") : image_cause_word(m.cause);
    return m.is_made ? file_store(db, kind, image_type(IMAGE_JPEG), m.jpeg, id_out, err) : RC_OK;
}
