// SPDX-License-Identifier: AGPL-3.0-or-later
/* Authorities that who runs the platform trusts for signatures made elsewhere: a folder of PEM files. */
#include <dirent.h>
#include <openssl/err.h>
#include <openssl/pem.h>

#include "server/paper/seal.h"

enum { ROOTS_MOST = 100 };

struct roots {
    struct arena *arena;
    struct str *p;
    size_t n;
};

static bool put_root(struct roots *roots, X509 *certificate)
{
    unsigned char *der = NULL;
    const int n = i2d_X509(certificate, &der);

    if (n > 0)
        roots->p[roots->n++] = str_dup(roots->arena, (struct str){(const char *)der, (size_t)n});
    OPENSSL_free(der);
    return n > 0;
}

/* All certificates of one file. */
static enum rc read_file(struct roots *roots, struct str path, struct err *err)
{
    FILE *file = fopen(str_z(roots->arena, path), "re");
    const size_t before = roots->n;
    X509 *certificate;
    bool is_sound = file != NULL, is_over = false;

    while (is_sound && !is_over && (certificate = PEM_read_X509(file, NULL, NULL, NULL)) != NULL) {
        is_over = roots->n == ROOTS_MOST;
        is_sound = is_over || put_root(roots, certificate);
        X509_free(certificate);
    }
    if (file != NULL)
        fclose(file);
    ERR_clear_error();
    if (is_over)
        return fail(err, RC_LIMITED, "%.*s: more than %d authorities in its folder", STR_ARG(path), ROOTS_MOST);
    return is_sound && roots->n > before ? RC_OK : fail(err, RC_INVALID, "%.*s: no certificate in PEM", STR_ARG(path));
}

enum rc seal_roots_read(struct arena *arena, struct str folder, const struct str **roots_out, size_t *n_out, struct err *err)
{
    struct roots roots = {.arena = arena, .p = ARENA_ARRAY(arena, struct str, ROOTS_MOST)};
    DIR *dir = opendir(str_z(arena, folder));
    struct dirent *entry;
    enum rc rc = RC_OK;

    if (dir == NULL)
        return fail(err, RC_INVALID, "%.*s: no folder of certificates", STR_ARG(folder));
    while (rc == RC_OK && (entry = readdir(dir)) != NULL)
        if (str_ends(str_c(entry->d_name), STR(".pem")))
            rc = read_file(&roots, str_fmt(arena, "%.*s/%s", STR_ARG(folder), entry->d_name), err);
    closedir(dir);
    TRY(rc);
    *roots_out = roots.p;
    *n_out = roots.n;
    return roots.n > 0 ? RC_OK : fail(err, RC_INVALID, "%.*s: no .pem file in it", STR_ARG(folder));
}
