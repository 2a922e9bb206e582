// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/control/setup.h"

#include "server/base/random.h"
#include "tenants/directory/village_rows_sql.h"

enum { TOKEN_BYTES = 32 };

static struct str token_hash(struct str token, unsigned char room[HASH_BYTES])
{
    hash_sha256(token.p, token.n, room);
    return (struct str){(const char *)room, HASH_BYTES};
}

enum rc setup_token_new(struct control_txn *txn, struct str code, enum setup_kind kind, utc_us now, struct str *token_out, struct err *err)
{
    struct arena *arena = control_db_arena(in_control_txn(txn));
    unsigned char bytes[TOKEN_BYTES], hash[HASH_BYTES];
    uint64_t n;

    random_bytes(bytes, sizeof(bytes));
    struct str token = str_base64url(arena, bytes, sizeof(bytes));
    struct str kept = kind == SETUP_HEAD ? str_fmt(arena, "kades|%.*s", STR_ARG(token)) : token;

    TRY(sql_setup_put(txn, code, token_hash(kept, hash), now + SETUP_DAYS * 86400 * US_PER_S, &n, err));
    if (n == 0)
        return fail(err, RC_CONFLICT, "village %.*s is not ready, or closed: it has no set-up link", STR_ARG(code));
    *token_out = token;
    return RC_OK;
}

struct str setup_link(struct arena *arena, struct str scheme, struct str slug, struct str base_host, struct str token)
{
    return str_fmt(arena, "%.*s://%.*s.%.*s/pasang/%.*s", STR_ARG(scheme), STR_ARG(slug), STR_ARG(base_host), STR_ARG(token));
}
