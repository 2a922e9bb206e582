// SPDX-License-Identifier: AGPL-3.0-or-later
/* Files in a zip. */
#include "server/sheet/sheet.h"

#include <zip.h>

static bool add_all(zip_t *zip, struct arena *arena, const struct pack_entry *entries, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        zip_source_t *source = zip_source_buffer(zip, entries[i].bytes.p, entries[i].bytes.n, 0);
        zip_int64_t at = source == NULL ? -1 : zip_file_add(zip, str_z(arena, entries[i].name), source, ZIP_FL_ENC_UTF_8);

        if (at < 0) {
            zip_source_free(source);
            return false;
        }
        if (zip_set_file_compression(zip, (zip_uint64_t)at, ZIP_CM_STORE, 0) != 0)
            return false;
    }
    return true;
}

/* What a source holds after its archive was closed. */
static bool take_bytes(zip_source_t *source, struct arena *arena, struct str *out)
{
    zip_stat_t st;

    if (zip_source_stat(source, &st) != 0 || zip_source_open(source) != 0)
        return false;
    char *p = arena_alloc(arena, st.size);
    zip_int64_t got = zip_source_read(source, p, st.size);
    zip_source_close(source);
    *out = (struct str){p, st.size};
    return got == (zip_int64_t)st.size;
}

enum rc pack_write(struct arena *arena, const struct pack_entry *entries, size_t n, struct str *zip_out, struct err *err)
{
    zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, NULL);
    zip_t *zip = source == NULL ? NULL : zip_open_from_source(source, ZIP_TRUNCATE, NULL);
    bool is_made = false;

    if (zip == NULL) {
        zip_source_free(source);
        return fail(err, RC_FAULT, "no archive can be made");
    }
    zip_source_keep(source);
    if (!add_all(zip, arena, entries, n) || zip_close(zip) != 0)
        zip_discard(zip);
    else
        is_made = take_bytes(source, arena, zip_out);
    zip_source_free(source);
    return is_made ? RC_OK : fail(err, RC_FAULT, "an archive of %zu files could not be made", n);
}
