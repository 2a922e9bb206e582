// SPDX-License-Identifier: AGPL-3.0-or-later
/* Where a signer's passphrase goes is changed by who sets the village up, and used once he has agreed to it himself, on this page. */
#include "tenants/village/staff/esign.h"

#include "server/base/json.h"
#include "server/base/random.h"
#include "server/base/text.h"
#include "server/web/audit.h"
#include "tenants/village/letters/letters.h"
#include "tenants/village/staff/esign_sql.h"
#include "tenants/village/staff/esign_view.h"

bool esign_is_agreed(const struct esign_row *now, struct str nik, const struct esign_mine *own)
{
    return str_eq(own->agreed_url, now->esign_url) && str_eq(own->agreed_user, now->esign_user) && str_eq(own->agreed_nik, nik);
}

/* Whether he signs there at all. */
static bool signs_there(const struct esign_row *now, bool is_there, const struct esign_mine *own)
{
    return is_there && now->is_esign_on && !str_empty(own->esign_nik);
}

/* Of what is agreed to: a change between the page and the press is seen. */
static struct str digest_of(struct arena *arena, const struct esign_row *now, const struct esign_mine *own)
{
    const struct str text = str_fmt(arena, "%.*s\n%.*s\n%.*s", STR_ARG(now->esign_url), STR_ARG(now->esign_user), STR_ARG(own->esign_nik));
    unsigned char *digest = arena_alloc(arena, HASH_BYTES);

    hash_sha256(text.p, text.n, digest);
    return (struct str){(const char *)digest, HASH_BYTES};
}

static void put_row(struct esign_own_view *v, const char *label, struct str was, struct str now)
{
    v->rows.p[v->rows.n++] = (struct esign_agreed_row){str_c(label), was, now, !str_eq(was, now)};
}

enum rc esign_own_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct buf body = {.arena = arena};
    struct esign_own_view v = {.guard = request_form_guard(req), .is_changed = request_is_changed(req)};
    struct esign_mine own;
    struct esign_row now;
    struct village_db *db;
    uint64_t id;
    bool is_there;

    TRY(request_village_db(req, &db, err));
    TRY(letter_official_of(db, request_actor(req)->id, &id, err));
    TRY(sql_esign_get(db, &now, err));
    TRY(sql_esign_mine_get(db, id, &own, &is_there, err));
    if (signs_there(&now, is_there, &own)) {
        v.rows.p = ARENA_ARRAY(arena, struct esign_agreed_row, 3);
        put_row(&v, "Alamat layanan", own.agreed_url, now.esign_url);
        put_row(&v, "Akun desa di sana", own.agreed_user, now.esign_user);
        put_row(&v, "NIK Anda di BSrE", own.agreed_nik, own.esign_nik);
        if (esign_is_agreed(&now, own.esign_nik, &own) && own.agreed_by.value == request_actor(req)->id)
            v.agreed = utc_long(arena, own.agreed_at, request_zone(req));
        const struct str digest = digest_of(arena, &now, &own);
        v.digest = str_hex(arena, digest.p, digest.n);
    }
    view_esign_own(&body, &v);
    const struct page page = {.title = STR("Tanda tangan elektronik Anda"), .active = STR("/kantor/persetujuan"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

/* What was and what is, without the NIK: of that only whether it changed. */
static struct str detail_of(struct arena *arena, const struct esign_row *now, const struct esign_mine *own)
{
    const struct str said[] = {own->agreed_url, now->esign_url, own->agreed_user, now->esign_user};
    struct buf out = {.arena = arena};

    for (size_t i = 0; i < COUNT_OF(said); i++) {
        buf_put_str(&out, i == 0 ? STR("{\"alamat\":[") : i == 2 ? STR("],\"akun\":[") : STR(","));
        json_put_str(&out, said[i]);
    }
    buf_fmt(&out, "],\"nik\":%s}", str_eq(own->agreed_nik, own->esign_nik) ? "false" : "true");
    return buf_str(&out);
}

enum rc esign_own_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct esign_mine own;
    struct esign_row now;
    uint64_t id;
    bool is_there;

    TRY(letter_official_of(in_txn(txn), request_actor(req)->id, &id, err));
    TRY(sql_esign_lock(txn, &now, err));
    TRY(sql_esign_mine_lock(txn, id, &own, &is_there, err));
    *go_to_out = STR("/kantor/persetujuan");
    if (!signs_there(&now, is_there, &own)) {
        act_say(req, ACT_UNCHANGED);
        return RC_OK;
    }
    TRY(act_seen_digest(req, digest_of(arena, &now, &own), err));
    const struct esign_agree_in in = {.id = own.id,
                                      .agreed_url = now.esign_url,
                                      .agreed_user = now.esign_user,
                                      .agreed_nik = own.esign_nik,
                                      .agreed_by = request_actor(req)->id,
                                      .agreed_at = request_now(req)};
    TRY(sql_esign_agree(txn, &in, NULL, err));
    act_say(req, "Disetujui. Surat yang menunggu bisa Anda tandatangani");
    struct audit trail = request_audit(req, "village.esign_agree", str_fmt(arena, "official:%" PRIu64, own.id));
    trail.detail = detail_of(arena, &now, &own);
    return audit_put(txn, &trail, err);
}
