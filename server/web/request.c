// SPDX-License-Identifier: AGPL-3.0-or-later
/* What a handler may ask of its request. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "server/web/request.h"
#include "server/web/village.h"
#include "workers/queue/secret.h"

struct arena *request_arena(const struct request *req)
{
    return req->arena;
}

utc_us request_now(const struct request *req)
{
    return req->now;
}

enum zone request_zone(const struct request *req)
{
    return req->village != NULL ? req->village->zone : directory_zone(req->web->house->directory);
}

struct date request_today(const struct request *req)
{
    return utc_date(req->now, req->village->zone);
}

struct str request_path(const struct request *req)
{
    return req->path;
}

const struct route *request_route(const struct request *req)
{
    return req->match.route;
}

struct str request_id(const struct request *req)
{
    return req->id;
}

const struct village *request_village(const struct request *req)
{
    return req->village;
}

struct directory *request_directory(const struct request *req)
{
    return req->web->house->directory;
}

struct str platform_origin(const struct request *req)
{
    const struct house *house = req->web->house;
    return str_fmt(req->arena, "%.*s://%.*s", STR_ARG(house->public_scheme), STR_ARG(house->base_host));
}

/* ":8080" of "localhost:8080", or "" */
static struct str base_port(const struct house *house)
{
    ptrdiff_t colon = str_find_char(house->base_host, ':');
    return colon >= 0 ? str_from(house->base_host, (size_t)colon) : STR("");
}

struct str request_origin(const struct request *req)
{
    const struct house *house = req->web->house;
    struct str host = house->base_host;

    if (req->site == SITE_VILLAGE && str_find_char(req->village->host, ':') >= 0)
        host = req->village->host;
    else if (req->site == SITE_VILLAGE)
        host = str_fmt(req->arena, "%.*s%.*s", STR_ARG(req->village->host), STR_ARG(base_port(house)));
    else if (req->site == SITE_DPMD || req->site == SITE_KELOLA)
        host = str_fmt(req->arena, "%s.%.*s", site_name(req->site), STR_ARG(house->base_host));
    return str_fmt(req->arena, "%.*s://%.*s", STR_ARG(house->public_scheme), STR_ARG(host));
}

struct control_db *request_control_db(struct request *req)
{
    if (req->control_db == NULL)
        req->control_db = store_control(req->web->store, req->arena);
    return req->control_db;
}

enum rc request_village_db(struct request *req, struct village_db **db_out, struct err *err)
{
    if (req->village == NULL)
        return fail(err, RC_FAULT, "a page outside a village asked for a village's data");
    if (req->village_db == NULL)
        TRY(directory_open(req->web->house->directory, req->web->store, req->arena, req->village->code, &req->village_db, err));
    *db_out = req->village_db;
    return RC_OK;
}

enum rc request_open_village(struct request *req, struct str code, struct village_db **db_out, struct err *err)
{
    if (req->site != SITE_PLATFORM && req->site != SITE_KELOLA)
        return fail(err, RC_FAULT, "only the platform host and the volunteers' console open a village by its code");
    return directory_open_record(req->web->house->directory, req->web->store, req->arena, code, db_out, err);
}

const struct actor *request_actor(const struct request *req)
{
    return &req->actor;
}

bool request_may(const struct request *req, enum permission permission)
{
    return set_may(req->actor.may | MAY_OF_NOBODY, permission);
}

bool request_is_sent(const struct request *req)
{
    return req->method == METHOD_POST;
}

bool request_is_part(const struct request *req)
{
    return req->in.is_htmx;
}

struct str request_party(const struct request *req)
{
    return req->village != NULL ? req->village->code : str_c(site_name(req->site));
}

enum rc request_secret_leave(struct request *req, const char *purpose, struct str secret, struct str *word_out, struct err *err)
{
    unsigned char key[KEY_BYTES];

    request_key(req, purpose, key);
    enum rc rc = secret_leave(req->web->redis, req->arena, key, secret, word_out, err);
    explicit_bzero(key, sizeof(key));
    req->secret_left = *word_out;
    return rc;
}

void request_key(const struct request *req, const char *purpose, unsigned char key_out[KEY_BYTES])
{
    if (req->village != NULL)
        directory_village_key(req->web->house->directory, req->village->code, purpose, key_out);
    else
        key_derive(req->web->house->master_key, purpose, (uint64_t)req->site, key_out);
}

/* ---- faults ---- */

const struct faults *request_faults(const struct request *req)
{
    return &req->faults;
}

void request_fault_va(struct request *req, bool is_question, const char *field, const char *format, va_list args)
{
    ARENA_MORE(req->arena, req->faults.p, req->faults.n, req->fault_room, 8);
    struct fault *fault = &req->faults.p[req->faults.n++];
    fault->field = str_dup(req->arena, str_c(field));
    fault->text = str_fmt_va(req->arena, format, args); /* the whole sentence, however long a name in it is */
    fault->is_question = is_question;
    *(is_question ? &req->faults.asked : &req->faults.wrong) += 1;
}

void request_fault(struct request *req, const char *field, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    request_fault_va(req, false, field, format, args);
    va_end(args);
}

void request_ask(struct request *req, const char *field, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    request_fault_va(req, true, field, format, args);
    va_end(args);
}

void request_wait_until(struct request *req, utc_us at)
{
    req->wait_until = at;
}

struct str request_fault_of(const struct request *req, const char *field)
{
    for (size_t i = 0; i < req->faults.n; i++)
        if (str_is(req->faults.p[i].field, field))
            return req->faults.p[i].text;
    return STR_NONE;
}
