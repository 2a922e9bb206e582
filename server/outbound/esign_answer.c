// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * What an answer of the service means. It says what is wrong as JSON: {"status_code": 2031, "error": "…"}; versions differ in which HTTP
 * status goes with it, and some have only words. So the number is asked first, then the words, and the status last.
 */
#include "server/outbound/esign.h"

#include "server/base/json.h"
#include "server/base/text.h"

enum { SAID_BYTES = 16 * 1024, ADDRESS_SIGNS = 200 };
/* status_code of its JSON. */
enum { SAYS_NOT_REGISTERED = 1110, SAYS_ACTIVE = 1111, SAYS_NO_USER = 2011, SAYS_WRONG_PASSPHRASE = 2031 };

struct said {
    uint64_t code;
    struct str words; /* in small letters */
};

static struct said read_said(struct arena *arena, struct str body)
{
    static const char *const keys[] = {"error", "message", "status", "status_message"};
    struct said said = {.words = STR("")};
    struct buf words = {.arena = arena};
    struct err err;
    json_t *json;

    if (body.n > SAID_BYTES || json_read(arena, body, &json, &err) != RC_OK || !json_is_object(json))
        return said;
    said.code = json_u64(json, "status_code");
    if (said.code == 0 && !str_to_u64(json_text(json, "status_code"), &said.code))
        said.code = 0;
    for (size_t i = 0; i < COUNT_OF(keys); i++)
        buf_fmt(&words, "%.*s ", STR_ARG(json_text(json, keys[i])));
    said.words = text_lower(arena, buf_str(&words));
    return said;
}

static bool has(struct str words, const char *const *any)
{
    for (; *any != NULL; any++)
        if (str_find(words, str_c(*any)) >= 0)
            return true;
    return false;
}

/* Of what it says, whichever HTTP status stands above it. */
static enum esign_outcome judge_said(const struct said *said)
{
    static const char *const unknown[] = {"belum terdaftar", "tidak terdaftar", "tidak ditemukan",
                                          "not registered",  "not_registered",  NULL};
    static const char *const unfit[] = {"expired", "kadaluarsa",   "kedaluwarsa", "kadaluwarsa", "revoke",          "dicabut",
                                        "suspend", "ditangguhkan", "no_cert",     "no cert",     "waiting_for_ver", NULL};

    if (said->code == SAYS_WRONG_PASSPHRASE || str_find(said->words, STR("passphrase")) >= 0)
        return ESIGN_PASSPHRASE;
    if (said->code == SAYS_NO_USER || said->code == SAYS_NOT_REGISTERED || has(said->words, unknown))
        return ESIGN_NIK;
    return has(said->words, unfit) ? ESIGN_CERTIFICATE : ESIGN_NONE;
}

bool esign_may_be_signed(enum esign_outcome outcome)
{
    return outcome == ESIGN_UNKNOWN || outcome == ESIGN_GATEWAY || outcome == ESIGN_GARBLED || outcome == ESIGN_LARGE ||
           outcome == ESIGN_FOREIGN || outcome == ESIGN_STRANGER;
}

bool esign_is_refusal(enum esign_outcome outcome)
{
    return outcome == ESIGN_PASSPHRASE || outcome == ESIGN_CERTIFICATE || outcome == ESIGN_NIK || outcome == ESIGN_ACCOUNT ||
           outcome == ESIGN_REDIRECT || outcome == ESIGN_ODD || outcome == ESIGN_TOO_MUCH;
}

static enum esign_outcome judge_http(long status)
{
    if (status == 401 || status == 403 || status == 407)
        return ESIGN_ACCOUNT;
    if (status >= 300 && status < 400)
        return ESIGN_REDIRECT;
    if (status == 404 || status == 405)
        return ESIGN_ADDRESS;
    return status >= 500 ? ESIGN_BROKEN : status == 413 ? ESIGN_TOO_MUCH : ESIGN_ODD;
}

enum esign_outcome esign_judge_signed(struct arena *arena, long status, struct str body)
{
    if (status == 200 && str_starts(body, STR("%PDF-")))
        return ESIGN_DONE;
    const struct said said = read_said(arena, body);
    const enum esign_outcome outcome = judge_said(&said);

    if (outcome != ESIGN_NONE && status != 401)
        return outcome;
    return status >= 200 && status < 300 ? ESIGN_GARBLED : status > 501 ? ESIGN_GATEWAY : judge_http(status);
}

enum esign_outcome esign_judge_status(struct arena *arena, long status, struct str body)
{
    const struct said said = read_said(arena, body);
    const enum esign_outcome outcome = judge_said(&said);

    if (outcome != ESIGN_NONE && status != 401)
        return outcome;
    return status == 200 && (said.code == SAYS_ACTIVE || str_find(said.words, STR("issue")) >= 0) ? ESIGN_DONE : judge_http(status);
}

bool esign_address_is_valid(struct str address)
{
    struct str rest = str_starts(address, STR("https://"))  ? str_from(address, 8)
                      : str_starts(address, STR("http://")) ? str_from(address, 7)
                                                            : STR("");

    for (size_t i = 0; i < rest.n; i++)
        if ((unsigned char)rest.p[i] <= 0x20 || (unsigned char)rest.p[i] >= 0x7f || strchr("@?#\\\"<>{}|^`", rest.p[i]) != NULL)
            return false;
    return rest.n > 0 && address.n <= ADDRESS_SIGNS && strchr("/:.", rest.p[0]) == NULL && !str_ends(rest, STR("/"));
}
