// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * /surat/ambil/…: whoever holds the link gets the paper, once. Opening the page uses nothing up, because mail scanners open
 * links; the button does. It leads to the file by a sealed address that is good for some minutes, so pressing twice, or
 * starting again after a broken download, works. After some misses a network has to wait.
 */
#include "server/base/random.h"
#include "server/web/audit.h"
#include "server/web/limits.h"
#include "server/files/files.h"
#include "tenants/village/notices/notices_pages.h"
#include "tenants/village/notices/notices_view.h"

enum { TOKEN_BYTES = 32, MISSES = 20, MISSES_WINDOW_S = 600, FILE_VALID_S = 600, GONE = 410 };

/* Headers of these answers: not indexed, and no address of ours is told to other sites. */
static void keep_quiet(struct response *resp)
{
    response_no_cache(resp);
    response_header(resp, "x-robots-tag", STR("noindex, nofollow"));
    response_header(resp, "referrer-policy", STR("same-origin"));
}

static enum rc link_respond(struct request *req, struct response *resp, int status, const struct notice_link_view *v, struct err *err)
{
    struct buf body = {.arena = request_arena(req)};

    keep_quiet(resp);
    response_status(resp, status);
    view_notice_link(&body, v);
    const struct page page = {.title = STR("Ambil surat"), .body = html_view(&body), .is_bare = true};
    return respond_page(req, resp, &page, err);
}

static struct str office_words(struct arena *arena, struct str phone)
{
    return str_empty(phone) ? STR("Minta tautan baru di kantor desa.")
                            : str_fmt(arena, "Minta tautan baru di kantor desa, atau telepon %.*s.", STR_ARG(phone));
}

static enum rc unknown(struct request *req, struct response *resp, struct err *err)
{
    const struct notice_link_view v = {
        .title = STR("Tautan ini tidak kami kenal"),
        .text = STR("Salin tautannya utuh dari pesan surel. Masih begini? Minta tautan baru di kantor desa.")};

    limit_count(req, "ambil", MISSES_WINDOW_S);
    return link_respond(req, resp, rc_http(RC_NOT_FOUND), &v, err);
}

/* Why there is nothing to fetch any more; STR_NONE: there is. */
static struct str over_title(const struct request *req, enum letter_state state, utc_us taken_at, utc_us expires_at)
{
    if (state != LETTER_ISSUED)
        return STR("Surat ini sudah dicabut");
    if (taken_at != 0)
        return STR("Surat ini sudah diunduh");
    return expires_at < request_now(req) ? STR("Tautan ini sudah lewat waktunya") : STR_NONE;
}

static struct str link_over(const struct request *req, const struct notice_link *link)
{
    return over_title(req, link->state, link->taken_at, link->expires_at);
}

static enum rc over(struct request *req, struct response *resp, const struct notice_link *link, struct err *err)
{
    struct arena *arena = request_arena(req);
    enum zone zone = request_village(req)->zone;
    struct notice_link_view v = {.title = link_over(req, link)};

    if (link->state != LETTER_ISSUED)
        v.text = STR("Surat itu tidak berlaku lagi. Tanyakan gantinya di kantor desa.");
    else if (link->taken_at != 0)
        v.text = str_fmt(arena, "Diunduh %.*s. Tautan hanya untuk satu kali unduh. Perlu lagi, atau bukan Anda yang mengunduh? %.*s",
                         STR_ARG(utc_long(arena, link->taken_at, zone)), STR_ARG(office_words(arena, link->phone)));
    else
        v.text = str_fmt(arena, "Tautan berlaku sampai %.*s. %.*s", STR_ARG(utc_long(arena, link->expires_at, zone)),
                         STR_ARG(office_words(arena, link->phone)));
    return link_respond(req, resp, GONE, &v, err);
}

/* The hash of the token in {tanda}, which is all that is stored of it; STR_NONE when it is not formed like one. */
static struct str token_hash(const struct request *req)
{
    struct arena *arena = request_arena(req);
    struct str token = str_unbase64url(arena, notice_take_got(req).token);
    unsigned char *hash = arena_alloc(arena, HASH_BYTES);

    if (token.n != TOKEN_BYTES)
        return STR_NONE;
    hash_sha256(token.p, token.n, hash);
    return (struct str){(const char *)hash, HASH_BYTES};
}

/* The link of {tanda}; *found_out false: none of this village. RC_LIMITED after too many misses. */
static enum rc link_read(struct request *req, struct notice_link *out, bool *found_out, struct err *err)
{
    struct str hash = token_hash(req);
    struct village_db *db;

    *found_out = false;
    if (limit_reached(req, "ambil", MISSES))
        return fail(err, RC_LIMITED, "too many links that are none");
    if (str_empty(hash))
        return RC_OK;
    TRY(request_village_db(req, &db, err));
    return sql_notice_link_find(db, hash, out, found_out, err);
}

enum rc notice_link_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct notice_link link;
    bool found;

    TRY(link_read(req, &link, &found, err));
    if (!found)
        return unknown(req, resp, err);
    if (link_over(req, &link).p != NULL)
        return over(req, resp, &link, err);
    const struct notice_link_view v = {.is_open = true,
                                       .title = STR("Surat Anda sudah terbit"),
                                       .type_name = link.type_name,
                                       .number = link.number_text,
                                       .until = utc_long(arena, link.expires_at, request_village(req)->zone),
                                       .action = request_path(req),
                                       .guard = request_form_guard(req)};
    return link_respond(req, resp, 200, &v, err);
}

enum rc notice_take_check(struct request *req, struct err *err)
{
    return limit_reached(req, "ambil", MISSES) ? fail(err, RC_LIMITED, "too many links that are none") : RC_OK;
}

/* The link is judged here, under its lock; when it is over, or none, its page says why. */
enum rc notice_take_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct str hash = token_hash(req);
    struct notice_link_locked link;
    bool found = false;

    if (!str_empty(hash))
        TRY(sql_notice_link_lock(txn, hash, &link, &found, err));
    if (!found || over_title(req, link.state, link.taken_at, link.expires_at).p != NULL) {
        request_set_changed(req);
        return fail(err, RC_CONFLICT, "the link is over, or none");
    }
    struct str letter = str_fmt(arena, "%" PRIu64, link.letter_id);
    const struct audit row = {.at = request_now(req),
                              .actor_name = STR("Tautan surel"),
                              .action = STR("notice.take"),
                              .subject = str_fmt(arena, "letter:%.*s", STR_ARG(letter)),
                              .detail = STR("{}")};
    TRY(sql_notice_take(txn, link.notice_id, request_now(req), NULL, err));
    *go_to_out = str_fmt(arena, "/surat/berkas?kunci=%.*s", STR_ARG(token_seal(req, "surat-berkas", letter, FILE_VALID_S)));
    return audit_put(txn, &row, err);
}

enum rc notice_link_file(struct request *req, struct response *resp, struct err *err)
{
    struct str sealed = notice_file_got(req).key, bytes;
    const struct notice_link_view closed = {.title = STR("Unduhan ini sudah ditutup"),
                                            .text = STR("Berkas surat hanya terbuka beberapa menit. Minta tautan baru di kantor desa.")};
    struct notice_paper paper;
    struct village_db *db;
    uint64_t id;
    bool found;

    if (str_empty(sealed) || !str_to_u64(sealed, &id))
        return link_respond(req, resp, GONE, &closed, err);
    TRY(request_village_db(req, &db, err));
    TRY(sql_notice_paper(db, id, &paper, &found, err));
    if (!found || paper.state != LETTER_ISSUED || !paper.file_id.is_set)
        return link_respond(req, resp, GONE, &closed, err);
    TRY(file_load(db, paper.file_id.value, &bytes, err));
    keep_quiet(resp);
    return respond_bytes(resp, STR("application/pdf"), bytes, str_fmt(request_arena(req), "%.*s.pdf", STR_ARG(paper.slug)));
}
