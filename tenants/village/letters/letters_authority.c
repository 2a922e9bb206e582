// SPDX-License-Identifier: AGPL-3.0-or-later
/* /ca on the platform's host: the authority of the villages' seals, for whose reader of PDFs is to trust them. */
#include "server/base/random.h"
#include "server/paper/sign.h"
#include "tenants/village/letters/letters_authority_view.h"
#include "tenants/village/letters/letters_check.h"
#include "tenants/village/letters/letters_control_sql.h"

enum { WORD_BYTES = 8 };

/* Its word in addresses: how its fingerprint begins. */
static struct str word_of(struct arena *arena, const struct seal_facts *facts)
{
    return str_hex(arena, facts->sha256, WORD_BYTES);
}

enum rc letter_authority_fingerprint(struct request *req, struct str *out, struct err *err)
{
    struct authority_rows rows;
    struct seal_facts facts;

    TRY(sql_authority_list(request_control_db(req), &rows, err));
    *out = STR("");
    if (rows.n == 0 || rows.p[0].is_retired)
        return RC_OK;
    TRY(seal_facts_of(request_arena(req), rows.p[0].certificate, &facts, err));
    *out = facts.fingerprint;
    return RC_OK;
}

enum rc letter_authority_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct buf body = {.arena = arena};
    struct letter_authorities_view v = {.check_href = STR(CHECK_HOME)};
    struct authority_rows rows;

    TRY(sql_authority_list(request_control_db(req), &rows, err));
    v.lines.n = rows.n;
    v.lines.p = ARENA_ARRAY(arena, struct letter_authority_line, rows.n);
    for (size_t i = 0; i < rows.n; i++) {
        struct seal_facts facts;
        TRY(seal_facts_of(arena, rows.p[i].certificate, &facts, err));
        const struct str word = word_of(arena, &facts);
        v.lines.p[i] = (struct letter_authority_line){.name = facts.common,
                                                      .fingerprint = facts.fingerprint,
                                                      .from = date_long(arena, utc_date(facts.from, request_zone(req))),
                                                      .until = date_long(arena, utc_date(facts.until, request_zone(req))),
                                                      .cer_href = str_fmt(arena, AUTHORITY_HOME "/%.*s/cer", STR_ARG(word)),
                                                      .pem_href = str_fmt(arena, AUTHORITY_HOME "/%.*s/pem", STR_ARG(word)),
                                                      .is_older = rows.p[i].is_retired};
    }
    view_letter_authorities(&body, &v);
    response_no_cache(resp);
    const struct page page = {.title = STR("Otoritas segel"),
                              .active = STR(CHECK_HOME),
                              .body = html_view(&body),
                              .description = STR("Sertifikat yang menjamin segel elektronik surat desa.")};
    return respond_page(req, resp, &page, err);
}

enum rc letter_authority_file(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    const struct letter_authority_form in = letter_authority_got(req);
    struct authority_rows rows;

    TRY(sql_authority_list(request_control_db(req), &rows, err));
    for (size_t i = 0; i < rows.n; i++) {
        struct seal_facts facts;
        TRY(seal_facts_of(arena, rows.p[i].certificate, &facts, err));
        if (!str_eq(in.word, word_of(arena, &facts)))
            continue;
        if (str_is(in.form, "cer"))
            return respond_bytes(resp, STR("application/pkix-cert"), rows.p[i].certificate, STR("otoritas-segel-balai.cer"));
        if (str_is(in.form, "pem"))
            return respond_bytes(resp, STR("application/x-pem-file"), facts.pem, STR("otoritas-segel-balai.pem"));
    }
    return fail(err, RC_NOT_FOUND, "no such certificate");
}
