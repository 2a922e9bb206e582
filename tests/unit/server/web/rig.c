// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/unit/server/web/rig.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "server/web/feature.h"
#include "server/web/password.h"
#include "tests/unit/migrations.h"

void expect_rc(enum rc got, enum rc wanted, const struct err *err, const char *file, int line)
{
    if (got == wanted)
        return;
    print_error("%s:%d: %s, not %s%s%s\n", file, line, rc_name(got), rc_name(wanted), got != RC_OK ? ": " : "",
                got != RC_OK ? err->text : "");
    _fail(file, line);
}

static struct str need_socket(const char *name)
{
    const char *path = getenv(name);

    if (path == NULL) {
        print_error("%s is not set: run through tests/harness/with-services\n", name);
        _fail(__FILE__, __LINE__);
    }
    return str_c(path);
}

static void run(struct rig *rig, struct str schema, const char *statement)
{
    struct err err;
    OK(admin_script(rig->admin, schema, str_c(statement), &err));
}

void rig_sql(struct rig *rig, int village, const char *statement)
{
    run(rig, village == RIG_CONTROL ? rig->control_schema : rig->village_schema[village], statement);
}

struct str rig_column(struct rig *rig, int village, const char *statement)
{
    struct str schema = village == RIG_CONTROL ? rig->control_schema : rig->village_schema[village];
    const struct admin_value name[] = {ADMIN_ID(schema)};
    struct str_list list;
    struct buf out = {.arena = rig->arena};
    struct err err;

    OK(admin_run(rig->admin, "USE ?", name, 1, &err));
    OK(admin_column(rig->admin, statement, NULL, 0, &list, &err));
    for (size_t i = 0; i < list.n; i++) {
        if (i > 0)
            buf_put_char(&out, ',');
        buf_put_str(&out, list.p[i]);
    }
    return buf_str(&out);
}

static void make_schema(struct rig *rig, struct str schema, struct str user, struct str password, const char *kind)
{
    const struct admin_value names[] = {ADMIN_ID(schema), ADMIN_TEXT(user), ADMIN_TEXT(password)};
    struct err err;

    OK(admin_run(rig->admin, "DROP DATABASE IF EXISTS ?", names, 1, &err));
    OK(admin_run(rig->admin, "CREATE DATABASE ?", names, 1, &err));
    OK(admin_script(rig->admin, schema, migrations_script(rig->arena, kind), &err));
    OK(admin_run(rig->admin, "CREATE OR REPLACE USER ?@'localhost' IDENTIFIED BY ?", names + 1, 2, &err));
    OK(admin_run(rig->admin, "GRANT SELECT, INSERT, UPDATE, DELETE ON ?.* TO ?@'localhost'", names, 2, &err));
}

static void add_village(struct rig *rig, int i, const char *code, const char *name, const char *slug)
{
    unsigned char key[KEY_BYTES];
    struct str password = random_word(rig->arena, 20);
    struct str prefix = str_fmt(rig->arena, "rw%.*s_", STR_ARG(rig->tag)), phc;
    uint32_t epoch = 1 + random_below(1000000000); /* programs run side by side and share one Redis: no page of another's fits */
    struct err err;

    rig->village_schema[i] = str_fmt(rig->arena, "%.*s%s", STR_ARG(prefix), code);
    make_schema(rig, rig->village_schema[i], rig->village_schema[i], password, "village");
    directory_seal_key(rig->master_key, key);
    struct str sealed = seal(rig->arena, key, str_c(code), password);
    struct str hex = str_hex(rig->arena, sealed.p, sealed.n);
    rig_sql(rig, RIG_CONTROL,
            str_z(rig->arena, str_fmt(rig->arena,
                                      "INSERT INTO unit (code, kind, name, parent_code) VALUES ('%s', 'desa', '%s', '731710');"
                                      "INSERT INTO village (code, slug, state, state_note, secret_sealed, page_epoch) VALUES ('%s', '%s', "
                                      "'active', '', X'%.*s', %u);",
                                      code, name, code, slug, STR_ARG(hex), epoch)));
    OK(password_hash(rig->arena, rig->pepper, STR(RIG_PASSWORD), &phc, &err));
    rig_sql(
        rig, i,
        str_z(rig->arena,
              str_fmt(
                  rig->arena,
                  "INSERT INTO identity (id, code, name, district, regency, province) VALUES (1, '%s', '%s', 'Larompong Selatan', 'Luwu', "
                  "'Sulawesi Selatan'); INSERT INTO staff (username, name, role, password_hash) VALUES ('hasnah', 'Hasnah B', 'clerk', "
                  "'%.*s'),"
                  " ('andi', 'Andi Tenri', 'head', '%.*s'); UPDATE epoch SET value = %u WHERE name = 'page';",
                  code, name, STR_ARG(phc), STR_ARG(phc), epoch)));
}

static void add_control(struct rig *rig)
{
    struct str password = random_word(rig->arena, 20), phc;
    struct err err;

    rig->control_schema = str_fmt(rig->arena, "rw%.*s_control", STR_ARG(rig->tag));
    make_schema(rig, rig->control_schema, rig->control_schema, password, "control");
    OK(password_hash(rig->arena, rig->pepper, STR(RIG_PASSWORD), &phc, &err));
    rig_sql(
        rig, RIG_CONTROL,
        str_z(rig->arena,
              str_fmt(
                  rig->arena,
                  "INSERT INTO unit (code, kind, name, parent_code) VALUES ('73', 'province', 'Sulawesi Selatan', NULL),"
                  " ('7317', 'regency', 'Luwu', '73'), ('731710', 'district', 'Larompong Selatan', '7317');"
                  "INSERT INTO account (site, username, name, role, password_hash) VALUES ('kelola', 'rina', 'Rina', 'volunteer', '%.*s'),"
                  " ('dpmd', 'rina', 'Rina', 'dpmd', '%.*s');",
                  STR_ARG(phc), STR_ARG(phc))));
    rig->store_config = (struct store_config){
        .socket = need_socket("BALAI_TEST_MYSQL_SOCKET"),
        .control_user = rig->control_schema,
        .control_password = password,
        .control_schema = rig->control_schema,
        .connections = 8,
        .village_connections = 3,
        .prepared = 100,
        .idle_close_ms = 60000,
    };
}

static void refresh_fiber(void *arg)
{
    struct rig *rig = arg;
    struct err err;

    OK(directory_refresh(rig->directory, store_control(rig->store, rig->arena), true, &err));
    house_seen(rig->house, clock_mono_ms());
}

void rig_refresh(struct rig *rig)
{
    loop_run_fiber(rig->loop, refresh_fiber, rig);
}

/* Signing in, and two entries of a menu. */
extern const struct feature web_feature;
static const struct menu_row rig_menu[] = {
    {MENU_SERVICE, MAY_READ_LETTERS, "/kantor/surat", "Surat", "file-text"},
    {MENU_OFFICE, MAY_SET_VILLAGE, "/kantor/pengaturan", "Pengaturan", "settings"},
    {0},
};
static const struct feature rig_feature = {.name = "uji", .menu = rig_menu};
static const struct feature *const rig_features[] = {&web_feature, &rig_feature, NULL};

struct rig *rig_new(const char *tag, const struct route *village_routes)
{
    base_init();
    log_set_level(getenv("BALAI_TEST_LOG") != NULL ? LOG_DEBUG : LOG_ERROR);
    struct arena *arena = arena_new();
    struct rig *rig = ARENA_NEW(arena, struct rig);
    struct err err;

    rig->arena = arena;
    rig->requests = arena_new();
    rig->tag = str_dup(arena, str_c(tag));
    random_bytes(rig->master_key, KEY_BYTES);
    random_bytes(rig->pepper, KEY_BYTES);
    OK(admin_open(arena, need_socket("BALAI_TEST_MYSQL_SOCKET"), STR("root"), STR(""), &rig->admin, &err));
    add_control(rig);
    add_village(rig, 0, "7317102003", "Sampano", "sampano");
    add_village(rig, 1, "7317102007", "Dadeko", "dadeko");
    rig->loop = loop_new();
    rig->store = store_new(rig->loop, &rig->store_config);
    rig->redis = redis_new(rig->loop, need_socket("BALAI_TEST_REDIS_SOCKET"));
    rig->directory = directory_new(STR("localhost:8080"), str_fmt(arena, "rw%s_", tag), rig->master_key);
    rig->router = router_new(arena);
    web_add_features(rig->router, rig_features);
    if (village_routes != NULL)
        web_add_routes(rig->router, SITE_VILLAGE, village_routes);
    struct house_config config = {.base_host = STR("localhost:8080"), .public_scheme = STR("http")};
    memcpy(config.master_key, rig->master_key, KEY_BYTES);
    memcpy(config.pepper, rig->pepper, KEY_BYTES);
    rig->house = house_new(arena, &config, rig->directory, rig->router);
    rig->web = web_new(arena, rig->house, rig->loop, rig->store, rig->redis);
    rig_refresh(rig);
    return rig;
}

void rig_free(struct rig **at)
{
    struct rig *rig = *at;
    struct arena *arena = rig->arena;
    struct err err;

    redis_free(&rig->redis);
    store_free(&rig->store);
    loop_free(&rig->loop);
    directory_free(&rig->directory);
    struct str schemas[] = {rig->control_schema, rig->village_schema[0], rig->village_schema[1]};
    for (size_t i = 0; i < COUNT_OF(schemas); i++) {
        const struct admin_value names[] = {ADMIN_ID(schemas[i]), ADMIN_TEXT(schemas[i])};
        OK(admin_run(rig->admin, "DROP DATABASE ?", names, 1, &err));
        OK(admin_run(rig->admin, "DROP USER ?@'localhost'", names + 1, 1, &err));
    }
    admin_close(&rig->admin);
    arena_free(&rig->requests); /* pages in use go back before the memory of the house ends */
    house_free(&rig->house);
    arena_free(&arena);
    *at = NULL;
}

/* ---- asking ---- */

static struct web_in input_of(const struct ask *ask)
{
    bool is_post = ask->method != NULL && strcmp(ask->method, "POST") == 0;

    return (struct web_in){
        .method = str_c(ask->method != NULL ? ask->method : "GET"),
        .target = str_c(ask->target),
        .host = str_c(ask->host != NULL ? ask->host : "sampano.localhost:8080"),
        .cookie = str_c(ask->cookie),
        .content_type = str_c(ask->type != NULL ? ask->type
                              : is_post         ? "application/x-www-form-urlencoded"
                                                : NULL),
        .origin = str_c(ask->origin),
        .fetch_site = ask->no_fetch_site ? STR_NONE
                                         : str_c(ask->fetch_site != NULL ? ask->fetch_site
                                                 : is_post               ? "same-origin"
                                                                         : NULL),
        .user_agent = STR("test"),
        .client_ip = str_c(ask->ip != NULL ? ask->ip : "192.0.2.1"),
        .body = str_c(ask->body),
        .is_https = ask->is_https,
        .is_htmx = ask->is_htmx,
        .takes_gzip = ask->is_gzip,
        .if_none_match = str_c(ask->if_none_match),
    };
}

struct told rig_ask_here(struct rig *rig, const struct ask *ask)
{
    struct web_in in = input_of(ask);
    struct request *req = web_request(rig->web, rig->requests, &in);

    if (!web_begin(req)) {
        web_own_body(req);
        fiber_set_deadline(fiber_current(), clock_mono_ms() + web_deadline_ms(req));
        web_run(req);
    }
    web_log(req);
    const struct web_answer *answer = web_answer(req);
    return (struct told){answer->status, answer->body, told_header, answer, req};
}

struct errand {
    struct rig *rig;
    const struct ask *ask;
    struct told told;
};

static void ask_fiber(void *arg)
{
    struct errand *errand = arg;
    errand->told = rig_ask_here(errand->rig, errand->ask);
}

struct told rig_ask(struct rig *rig, const struct ask *ask)
{
    struct errand errand = {.rig = rig, .ask = ask};

    loop_run_fiber(rig->loop, ask_fiber, &errand);
    return errand.told;
}

struct str told_header(const struct told *told, const char *name)
{
    for (size_t i = 0; i < told->answer->header_count; i++)
        if (strcmp(told->answer->headers[i].name, name) == 0)
            return told->answer->headers[i].value;
    return STR_NONE;
}

bool told_has(const struct told *told, const char *text)
{
    return str_find(told->body, str_c(text)) >= 0;
}

struct str told_cookie(struct rig *rig, const struct told *told, const char *name)
{
    struct str prefix = str_fmt(rig->arena, "%s=", name);

    for (size_t i = 0; i < told->answer->header_count; i++) {
        struct str value = told->answer->headers[i].value;
        if (strcmp(told->answer->headers[i].name, "set-cookie") != 0 || !str_starts(value, prefix))
            continue;
        return str_part(value, 0, (size_t)str_find_char(value, ';'));
    }
    return STR_NONE;
}

struct str told_field(const struct told *told, const char *name)
{
    char needle[100];
    snprintf(needle, sizeof(needle), "name=\"%s\" value=\"", name);
    ptrdiff_t at = str_find(told->body, str_c(needle));

    if (at < 0) {
        print_error("no field %s in: %.*s\n", name, STR_ARG(told->body));
        _fail(__FILE__, __LINE__);
    }
    struct str rest = str_from(told->body, (size_t)at + strlen(needle));
    return str_part(rest, 0, (size_t)str_find_char(rest, '"'));
}

static const char *join_cookies(struct rig *rig, const char *had, struct str more)
{
    if (more.p == NULL)
        return had;
    if (had == NULL)
        return str_z(rig->arena, more);
    return str_z(rig->arena, str_fmt(rig->arena, "%s; %.*s", had, STR_ARG(more)));
}

const char *rig_guard(struct rig *rig, const char *host, const char *cookie, const char *page)
{
    struct told told = rig_ask(rig, &(struct ask){.host = host, .target = page, .cookie = cookie});
    struct str csrf = told_field(&told, "_csrf"), once = told_field(&told, "_once");

    return str_z(rig->arena, str_fmt(rig->arena, "_csrf=%.*s&_once=%.*s", STR_ARG(csrf), STR_ARG(once)));
}

const char *rig_sign_in(struct rig *rig, const char *host, const char *username, const char *password)
{
    struct told form = rig_ask(rig, &(struct ask){.host = host, .target = "/masuk"});
    const char *guest = join_cookies(rig, NULL, told_cookie(rig, &form, "__Host-tamu"));
    struct str csrf = told_field(&form, "_csrf"), once = told_field(&form, "_once");
    struct str sent = str_replace(rig->arena, str_c(password), STR(" "), STR("+"));
    struct str body = str_fmt(rig->arena, "_csrf=%.*s&_once=%.*s&nama=%s&sandi=%.*s&ke=", STR_ARG(csrf), STR_ARG(once), username,
                              STR_ARG(sent));
    struct told told = rig_ask(
        rig, &(struct ask){.method = "POST", .host = host, .target = "/masuk", .cookie = guest, .body = str_z(rig->arena, body)});
    struct str session = told_cookie(rig, &told, "__Host-balai");

    return session.p != NULL ? str_z(rig->arena, session) : NULL;
}
