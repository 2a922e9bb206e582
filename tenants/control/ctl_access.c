// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/control/ctl_access.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

enum { FILE_MAX = 4 * 1024 * 1024 };

enum rc access_read(struct arena *arena, const char *path, json_t **out, struct err *err)
{
    char block[65536];
    struct buf text = {.arena = arena};
    FILE *file = fopen(path, "rb");
    size_t n;

    if (file == NULL && errno != ENOENT)
        return fail(err, RC_INVALID, "cannot open %s: %s", path, strerror(errno));
    while (file != NULL && text.n < FILE_MAX && (n = fread(block, 1, sizeof(block), file)) > 0)
        buf_put(&text, block, n);
    if (file != NULL)
        fclose(file);
    TRY(json_read(arena, text.n > 0 ? buf_str(&text) : STR("{}"), out, err));
    if (!json_is_object(*out))
        return fail(err, RC_INVALID, "%s holds no JSON object", path);
    return RC_OK;
}

enum rc access_write(struct arena *arena, const char *path, const json_t *access, struct err *err)
{
    struct str text = json_write(arena, access);
    char *beside = str_z(arena, str_fmt(arena, "%s.new", path));
    int fd = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

    if (fd < 0)
        return fail(err, RC_INVALID, "cannot write %s: %s", beside, strerror(errno));
    bool is_written = write(fd, text.p, text.n) == (ssize_t)text.n && fsync(fd) == 0;

    close(fd);
    if (!is_written || rename(beside, path) != 0)
        return fail(err, RC_INVALID, "cannot write %s: %s", path, strerror(errno));
    return RC_OK;
}
