// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server/base/config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MAX_CONFIG_BYTES = 64 * 1024, MAX_SECRET_BYTES = 4096, MAX_SOCKET_PATH = 107 };

enum kind { KIND_TEXT = 1, KIND_NUMBER, KIND_SOCKET, KIND_SCHEME, KIND_LEVEL, KIND_SCHEMA, KIND_RELAY, KIND_TLS, KIND_REACH, KIND_ANSWER };

static const struct key {
    const char *name;
    enum kind kind;
    size_t at;
    uint32_t least, most; /* of numbers */
} keys[] = {
#define TEXT(name, kind)                                 \
    {                                                    \
#name, kind, offsetof(struct config, name), 0, 0 \
    }
#define NUMBER(name, least, most)                                      \
    {                                                                  \
#name, KIND_NUMBER, offsetof(struct config, name), least, most \
    }
    TEXT(base_host, KIND_TEXT),
    TEXT(public_scheme, KIND_SCHEME),
    TEXT(run_dir, KIND_TEXT),
    TEXT(log_level, KIND_LEVEL),
    NUMBER(loops, 0, 256),
    TEXT(mysql_socket, KIND_SOCKET),
    TEXT(mysql_control_user, KIND_TEXT),
    TEXT(mysql_control_secret, KIND_TEXT),
    TEXT(mysql_admin_user, KIND_TEXT),
    TEXT(mysql_admin_secret, KIND_TEXT),
    TEXT(control_schema, KIND_SCHEMA),
    TEXT(reference_schema, KIND_SCHEMA),
    TEXT(village_prefix, KIND_SCHEMA),
    TEXT(redis_socket, KIND_SOCKET),
    NUMBER(connections, 1, 100000),
    NUMBER(village_connections, 1, 1000),
    TEXT(master_key_file, KIND_TEXT),
    TEXT(pepper_file, KIND_TEXT),
    TEXT(font_dir, KIND_TEXT),
    TEXT(assets_version, KIND_TEXT),
    NUMBER(worker_lanes, 1, 256),
    TEXT(smtp_url, KIND_RELAY),
    TEXT(smtp_tls, KIND_TLS),
    TEXT(smtp_ca, KIND_TEXT),
    TEXT(smtp_user, KIND_TEXT),
    TEXT(smtp_secret, KIND_TEXT),
    TEXT(smtp_from, KIND_TEXT),
    NUMBER(smtp_timeout_ms, 200, 40000),
    TEXT(esign_reach, KIND_REACH),
    TEXT(esign_ca, KIND_TEXT),
    NUMBER(esign_timeout_ms, 200, 40000),
    TEXT(esign_roots, KIND_TEXT),
    TEXT(esign_answer, KIND_ANSWER),
#undef TEXT
#undef NUMBER
};

/* The whole file in the arena. `is_secret`: refused when anybody but the owner may read it. */
static enum rc read_all(struct arena *arena, const char *path, size_t most, bool is_secret, struct str *out, struct err *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* a FIFO must not hang the start */
    struct stat st;
    ssize_t got = 1;
    size_t n = 0;
    char *p;

    if (fd < 0)
        return fail(err, RC_INVALID, "%s: %s", path, strerror(errno));
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
        close(fd);
        return fail(err, RC_INVALID, "%s: not a regular file", path);
    }
    if (is_secret && (st.st_mode & 077) != 0) {
        close(fd);
        return fail(err, RC_INVALID, "%s: others may read this secret (mode %04o); make it 0600 or 0400", path,
                    (unsigned)st.st_mode & 07777);
    }
    p = arena_alloc(arena, most + 1);
    while (n <= most && (got > 0 || (got < 0 && errno == EINTR))) {
        got = read(fd, p + n, most + 1 - n);
        n += got > 0 ? (size_t)got : 0;
    }
    close(fd);
    if (got < 0)
        return fail(err, RC_INVALID, "%s: %s", path, strerror(errno));
    if (n > most)
        return fail(err, RC_INVALID, "%s: longer than %zu bytes", path, most);
    *out = (struct str){p, n};
    return RC_OK;
}

static bool is_one_of(struct str s, const char *const *words)
{
    for (; *words != NULL; words++)
        if (str_is(s, *words))
            return true;
    return false;
}

static bool is_schema_name(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!((s.p[i] >= 'a' && s.p[i] <= 'z') || (s.p[i] >= '0' && s.p[i] <= '9') || s.p[i] == '_'))
            return false;
    return s.n > 0 && s.n <= 48;
}

/* smtp://HOST:PORT or smtps://HOST:PORT: no path, no account; those have keys of their own. */
static bool is_relay(struct str s)
{
    struct str rest = str_starts(s, STR("smtps://")) ? str_from(s, 8) : str_starts(s, STR("smtp://")) ? str_from(s, 7) : STR("");
    size_t colon = rest.n;
    uint64_t port;

    while (colon > 0 && rest.p[colon - 1] != ':')
        colon--;
    for (size_t i = 0; i < rest.n; i++)
        if (strchr("/@?#\\ \t", rest.p[i]) != NULL)
            return false;
    return colon > 1 && str_to_u64(str_from(rest, colon), &port) && port > 0 && port < 65536;
}

/* What the key accepts when value is not that; NULL when it is. */
static const char *refusal(const struct key *key, struct str value)
{
    static const char *const schemes[] = {"http", "https", NULL};
    static const char *const levels[] = {"error", "warning", "notice", "info", "debug", NULL};
    static const char *const tls[] = {"starttls", "none", NULL};
    static const char *const reach[] = {"public", "private", NULL};
    static const char *const answers[] = {"same", "anew", NULL};

    switch (key->kind) {
    case KIND_SCHEME:
        return is_one_of(value, schemes) ? NULL : "http or https";
    case KIND_LEVEL:
        return is_one_of(value, levels) ? NULL : "error, warning, notice, info or debug";
    case KIND_SOCKET:
        return value.n <= MAX_SOCKET_PATH ? NULL : "a path of at most 107 bytes";
    case KIND_SCHEMA:
        return is_schema_name(value) ? NULL : "1 to 48 of a-z, 0-9 and _";
    case KIND_RELAY:
        return is_relay(value) ? NULL : "smtp://HOST:PORT or smtps://HOST:PORT";
    case KIND_TLS:
        return is_one_of(value, tls) ? NULL : "starttls or none";
    case KIND_REACH:
        return is_one_of(value, reach) ? NULL : "public or private";
    case KIND_ANSWER:
        return is_one_of(value, answers) ? NULL : "same or anew";
    case KIND_TEXT:
    case KIND_NUMBER:
        break;
    }
    return NULL;
}

static enum rc set_value(const struct key *key, struct str value, struct config *config, const char *path, unsigned line, struct err *err)
{
    char *member = (char *)config + key->at;
    const char *accepted;
    uint64_t number;

    if (key->kind == KIND_NUMBER) {
        if (!str_to_u64(value, &number) || number < key->least || number > key->most)
            return fail(err, RC_INVALID, "%s:%u: %s must be a number from %" PRIu32 " to %" PRIu32, path, line, key->name, key->least,
                        key->most);
        *(uint32_t *)(void *)member = (uint32_t)number;
        return RC_OK;
    }
    accepted = refusal(key, value);
    if (accepted != NULL)
        return fail(err, RC_INVALID, "%s:%u: %s must be %s", path, line, key->name, accepted);
    *(struct str *)(void *)member = value;
    return RC_OK;
}

static enum rc read_line(struct str text, struct config *config, uint64_t *seen, const char *path, unsigned line, struct err *err)
{
    struct str rest = text, name;

    str_cut(&rest, '=', &name);
    if (rest.p == NULL)
        return fail(err, RC_INVALID, "%s:%u: expected `key = value`", path, line);
    name = str_trim(name);
    for (size_t i = 0; i < COUNT_OF(keys); i++) {
        if (!str_is(name, keys[i].name))
            continue;
        if (*seen & UINT64_C(1) << i)
            return fail(err, RC_INVALID, "%s:%u: %s is given twice", path, line, keys[i].name);
        *seen |= UINT64_C(1) << i;
        return set_value(&keys[i], str_trim(rest), config, path, line, err);
    }
    return fail(err, RC_INVALID, "%s:%u: unknown key \"%.*s\"; the keys are named in server/base/config.h", path, line,
                STR_ARG(str_part(name, 0, 60)));
}

enum rc config_read(struct arena *arena, const char *path, struct config *out, struct err *err)
{
    struct config config = {
        .public_scheme = STR_INIT("http"),
        .log_level = STR_INIT("info"),
        .control_schema = STR_INIT("balai_control"),
        .reference_schema = STR_INIT("balai_ref"),
        .village_prefix = STR_INIT("desa_"),
        .connections = 256,
        .village_connections = 3,
        .worker_lanes = 4,
        .smtp_tls = STR_INIT("starttls"),
        .smtp_timeout_ms = 10000,
        .esign_reach = STR_INIT("public"),
        .esign_timeout_ms = 30000,
        .esign_answer = STR_INIT("same"),
    };
    struct str rest, text;
    unsigned line = 0;
    uint64_t seen = 0;

    TRY(read_all(arena, path, MAX_CONFIG_BYTES, false, &rest, err));
    while (str_cut(&rest, '\n', &text)) {
        line++;
        text = str_trim(text);
        if (str_empty(text) || text.p[0] == '#')
            continue;
        for (size_t i = 0; i < text.n; i++)
            if ((unsigned char)text.p[i] < 0x20 && text.p[i] != '\t')
                return fail(err, RC_INVALID, "%s:%u: control character", path, line);
        TRY(read_line(text, &config, &seen, path, line, err));
    }
    if (str_empty(config.base_host))
        return fail(err, RC_INVALID, "%s: base_host is missing", path);
    if (str_empty(config.mysql_socket))
        return fail(err, RC_INVALID, "%s: mysql_socket is missing", path);
    *out = config;
    return RC_OK;
}

enum rc config_key(const char *path, unsigned char key_out[KEY_BYTES], struct err *err)
{
    struct arena *arena = arena_new();
    struct str text;
    enum rc rc = read_all(arena, path, MAX_SECRET_BYTES, true, &text, err);

    if (rc == RC_OK && !str_unhex(str_trim(text), key_out, KEY_BYTES))
        rc = fail(err, RC_INVALID, "%s: expected %d hex digits and nothing else", path, 2 * KEY_BYTES);
    arena_free(&arena);
    return rc;
}

enum rc config_secret(struct arena *arena, struct str path, struct str *secret_out, struct err *err)
{
    const char *file = str_z(arena, path);
    struct str text, line, rest;

    TRY(read_all(arena, file, MAX_SECRET_BYTES, true, &text, err));
    rest = text;
    str_cut(&rest, '\n', &line);
    if (line.n > 0 && line.p[line.n - 1] == '\r')
        line.n--;
    if (str_empty(line) || !str_empty(rest) || str_find_char(line, '\0') >= 0)
        return fail(err, RC_INVALID, "%s: expected one line", file);
    *secret_out = line;
    return RC_OK;
}
