// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * A full disk without a disk: preloaded into mariadbd by deploy/test. While the file named by BALAI_DISK_FULL is there,
 * files of the data directory (BALAI_DISK_DATA) get no more blocks: whatever would grow one fails with ENOSPC, as on a
 * real file system; what stays inside its blocks is written. It needs no privilege, so it works in any container,
 * where mounting a small file system may be refused.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BLOCK = 4096 };

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static bool has_no_room(int fd, off_t end)
{
    const char *flag = getenv("BALAI_DISK_FULL"), *data = getenv("BALAI_DISK_DATA");
    char link[64], path[4096];
    struct stat st;
    ssize_t n;

    if (flag == NULL || data == NULL || access(flag, F_OK) != 0 || fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
        return false;
    if (end <= (st.st_size + BLOCK - 1) / BLOCK * BLOCK)
        return false;
    snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
    n = readlink(link, path, sizeof(path) - 1);
    return n > 0 && (size_t)n > strlen(data) && memcmp(path, data, strlen(data)) == 0;
}

static off_t place_of(int fd)
{
    struct stat st;

    if ((fcntl(fd, F_GETFL) & O_APPEND) != 0 && fstat(fd, &st) == 0)
        return st.st_size;
    return lseek(fd, 0, SEEK_CUR);
}

ssize_t write(int fd, const void *bytes, size_t n)
{
    int before = errno;

    if (has_no_room(fd, place_of(fd) + (off_t)n)) {
        errno = ENOSPC;
        return -1;
    }
    errno = before;
    return REAL(write)(fd, bytes, n);
}

ssize_t pwrite(int fd, const void *bytes, size_t n, off_t at)
{
    if (has_no_room(fd, at + (off_t)n)) {
        errno = ENOSPC;
        return -1;
    }
    return REAL(pwrite)(fd, bytes, n, at);
}

ssize_t pwrite64(int fd, const void *bytes, size_t n, off64_t at)
{
    if (has_no_room(fd, at + (off_t)n)) {
        errno = ENOSPC;
        return -1;
    }
    return REAL(pwrite64)(fd, bytes, n, at);
}

int posix_fallocate(int fd, off_t at, off_t n)
{
    return has_no_room(fd, at + n) ? ENOSPC : REAL(posix_fallocate)(fd, at, n);
}

int posix_fallocate64(int fd, off64_t at, off64_t n)
{
    return has_no_room(fd, at + n) ? ENOSPC : REAL(posix_fallocate64)(fd, at, n);
}

int fallocate64(int fd, int mode, off64_t at, off64_t n)
{
    if (has_no_room(fd, at + n)) {
        errno = ENOSPC;
        return -1;
    }
    return REAL(fallocate64)(fd, mode, at, n);
}
