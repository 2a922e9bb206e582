// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * What the head hears of the types: whoever looks after them says by himself who decides on a type's letters, who signs and how they are
 * numbered, and the head reads each such change on his list. That letters go out in his name without him holds only once he has said yes.
 */
#include "tenants/village/letters/letters_type.h"

#include "server/base/json.h"
#include "server/base/text.h"
#include "server/web/audit.h"
#include "server/web/village.h"
#include "tenants/village/letters/letters_approve_view.h"
#include "tenants/village/letters/letters_signer.h"
#include "tenants/village/letters/letters_sql.h"
#include "tenants/village/letters/letters_type_sql.h"
#include "tenants/village/letters/letters_type_view.h"
#include "tenants/village/notices/notices.h"

enum { TOLD_MOST = 1000 }; /* letter_type.told */

enum rc letter_head_may(struct village_db *db, struct request *req, bool *may_out, struct err *err)
{
    struct letter_signer signer;
    struct str why;

    *may_out = request_may(req, MAY_APPROVE_LETTERS);
    if (!*may_out)
        return RC_OK;
    TRY(letter_signer_find(db, request_village(req)->name, 0, request_actor(req)->id, STR("seal"), request_today(req), &signer, &why, err));
    *may_out = str_empty(why);
    return RC_OK;
}

/* "Penerbitan: Diperiksa … → Langsung terbit; Urutan nomor: … → …"; "" when nothing of it changed. */
static struct str rules_changed(struct arena *arena, const json_t *diff)
{
    static const char *const rules[] = {LETTER_TYPE_EDIT_POLICY, LETTER_TYPE_EDIT_SIGNER, LETTER_TYPE_EDIT_NUMBER_SCOPE,
                                        LETTER_TYPE_EDIT_NUMBER_FORMAT};
    struct buf out = {.arena = arena};

    for (size_t i = 0; i < COUNT_OF(rules); i++) {
        const json_t *pair = json_object_get(diff, rules[i]);
        const struct str label = form_label(letter_type_edit_input, str_c(rules[i]));
        const char *was = json_string_value(json_array_get(pair, 0)), *now = json_string_value(json_array_get(pair, 1));

        if (pair != NULL)
            buf_fmt(&out, "%s%.*s: %s → %s", out.n > 0 ? "; " : "", STR_ARG(label), was == NULL || *was == '\0' ? "(kosong)" : was,
                    now == NULL || *now == '\0' ? "(kosong)" : now);
    }
    return buf_str(&out);
}

/* His list says it too; so it holds also when he had too many mails today, or has no address. */
static enum rc mail_head(struct txn *txn, struct request *req, struct str name, struct str line, bool asks, struct err *err)
{
    struct arena *arena = request_arena(req);
    const struct village *village = request_village(req);
    struct office_message mail = {.kind = OFFICE_MAIL_TYPES};

    mail.subject = str_fmt(arena, "%s Desa %.*s", asks ? "Persetujuan Anda diminta: jenis surat" : "Aturan jenis surat diubah di",
                           STR_ARG(village->name));
    mail.text = str_fmt(arena,
                        "%.*s\n%.*s\n\n%s"
                        "Semua yang belum Anda baca ada di menu Persetujuan. Tidak benar? Bicarakan di kantor desa.\n\nKantor Desa %.*s\n",
                        STR_ARG(name), STR_ARG(line),
                        asks ? "Suratnya baru terbit langsung, atas nama Anda, sesudah Anda menyetujuinya di menu Persetujuan.\n\n" : "",
                        STR_ARG(village->name));
    return letter_tell_head(txn, &mail, err);
}

enum rc letter_type_tell(struct txn *txn, struct request *req, const struct letter_type_one *was, struct str diff, bool asks,
                         struct err *err)
{
    struct arena *arena = request_arena(req);
    json_t *changed;
    bool is_head;

    TRY(json_read(arena, diff, &changed, err));
    const struct str words = rules_changed(arena, changed);
    const bool is_withdrawn = was->seal_asked && json_object_get(changed, LETTER_TYPE_EDIT_POLICY) != NULL && !asks;
    TRY(letter_head_may(in_txn(txn), req, &is_head, err));
    if (str_empty(words) || is_head)
        return is_withdrawn ? sql_letter_type_told(txn, was->id, request_now(req), was->told, false, NULL, err) : RC_OK;
    const struct str line = str_fmt(arena, "%.*s, %.*s: %.*s", STR_ARG(utc_short(arena, request_now(req), request_zone(req))),
                                    STR_ARG(request_actor(req)->name), STR_ARG(words)),
                     told = str_empty(was->told) ? line : str_fmt(arena, "%.*s\n%.*s", STR_ARG(line), STR_ARG(was->told));
    TRY(sql_letter_type_told(txn, was->id, request_now(req), utf8_part(arena, told, TOLD_MOST), asks || (was->seal_asked && !is_withdrawn),
                             NULL, err));
    return mail_head(txn, req, was->name, line, asks, err);
}

enum rc letter_types_told(struct request *req, struct village_db *db, struct letter_told_types *out, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct letter_type_told_row_rows rows;
    bool is_head;

    *out = (struct letter_told_types){0};
    TRY(letter_head_may(db, req, &is_head, err));
    if (!is_head)
        return RC_OK;
    TRY(sql_letter_types_told(db, &rows, err));
    out->p = ARENA_ARRAY(arena, struct letter_told_type, rows.n);
    for (size_t i = 0; i < rows.n; i++) {
        struct letter_told_type *t = &out->p[out->n++];
        struct str rest = rows.p[i].told, line;

        *t = (struct letter_told_type){.name = rows.p[i].name,
                                       .action = letter_type_url(arena, rows.p[i].id, "/putuskan"),
                                       .version = rows.p[i].version,
                                       .asks = rows.p[i].seal_asked,
                                       .lines.p = ARENA_ARRAY(arena, struct str, rest.n + 1)};
        while (rest.p != NULL && str_cut(&rest, '\n', &line))
            t->lines.p[t->lines.n++] = line;
    }
    return RC_OK;
}

/* His yes: from now on its letters are issued at once, as the public page of services says. */
static enum rc let_seal(struct txn *txn, struct request *req, const struct letter_type_one *row, struct err *err)
{
    struct letter_type_edit_form was = letter_type_edit_of(row), now;

    was.signer = (struct pick){.label = STR("")}; /* stays who it is */
    now = was;
    now.policy = STR("seal");
    const struct str diff = letter_type_edit_diff(request_arena(req), &was, &now);
    const struct change change = {
        .owner = letter_type_keeper.owner, .owner_id = row->id, .kind = STR("sealed"), .diff = diff, .version = row->version + 1};
    TRY(sql_letter_type_decide(txn, row->id, now.policy, NULL, err));
    TRY(change_put(txn, req, &change, err));
    TRY(letter_type_audit(txn, req, "letter_type.seal", row->id, diff, err));
    return act_touch(txn, ACT_PAGES, err);
}

static enum rc refuse_seal(struct txn *txn, struct request *req, const struct letter_type_one *row, struct err *err)
{
    const struct change change = {
        .owner = letter_type_keeper.owner, .owner_id = row->id, .kind = STR("unsealed"), .version = row->version + 1};

    TRY(sql_letter_type_decide(txn, row->id, row->policy, NULL, err));
    TRY(change_put(txn, req, &change, err));
    return letter_type_audit(txn, req, "letter_type.refuse_seal", row->id, STR("{}"), err);
}

enum rc letter_type_decide_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct letter_type_decide_form in = letter_type_decide_got(req);
    struct letter_type_one row;
    bool is_head;

    *go_to_out = STR("/kantor/persetujuan");
    TRY(sql_letter_type_one_lock(txn, in.id, &row, err));
    TRY(act_seen(req, row.version, err));
    TRY(letter_head_may(in_txn(txn), req, &is_head, err));
    if (!is_head)
        return act_refuse(req, err, "", "Ini diputuskan kepala desa, atau yang menggantikannya hari ini.");
    if (row.seal_asked == str_is(in.answer, "dibaca")) {
        request_set_changed(req);
        return fail(err, RC_CONFLICT, "type %" PRIu64 " asks for something else by now", row.id);
    }
    act_say(req, str_is(in.answer, "ya")      ? "Disetujui. Surat jenis ini mulai sekarang langsung terbit"
                 : str_is(in.answer, "tidak") ? "Tidak disetujui. Surat jenis ini tetap menunggu keputusan"
                                              : "Tercatat sudah dibaca");
    if (str_is(in.answer, "ya"))
        return let_seal(txn, req, &row, err);
    if (str_is(in.answer, "tidak"))
        return refuse_seal(txn, req, &row, err);
    TRY(sql_letter_type_told(txn, row.id, 0, STR(""), false, NULL, err));
    return letter_type_audit(txn, req, "letter_type.read", row.id, STR("{}"), err);
}
