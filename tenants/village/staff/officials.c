// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/staff/esign.h"
#include "tenants/village/staff/officials.h"

#include "server/base/text.h"
#include "server/web/staff_rows_sql.h"
#include "tenants/village/staff/officials_sql.h"
#include "tenants/village/staff/officials_view.h"

#define HERE STR("/kantor/pengaturan")
#define HEAD_ELSEWHERE "Nama, NIP, dan surel kepala desa diganti di Pengaturan desa, supaya kedua alamat surelnya dikabari."

static const struct said_words {
    const char *word, *label;
} whys[] = {{"cuti", "cuti"}, {"sakit", "sakit"}, {"dinas", "perjalanan dinas"}, {"kosong", "jabatan kosong"}, {"lain", "sebab lain"}};

static struct str why_label(struct str word)
{
    for (size_t i = 0; i < COUNT_OF(whys); i++)
        if (str_is(word, whys[i].word))
            return str_c(whys[i].label);
    return word;
}

static struct str standing_label(struct arena *arena, struct str standing, struct str position)
{
    const char *word = str_is(standing, "pj") ? "Pj. " : str_is(standing, "plt") ? "Plt. " : str_is(standing, "plh") ? "Plh. " : "";

    return str_fmt(arena, "%s%.*s", word, STR_ARG(position));
}

static struct str official_url(struct arena *arena, uint64_t id, const char *tail)
{
    return str_fmt(arena, OFFICIALS_HOME "/%" PRIu64 "%s", id, tail);
}

/* ---- accounts to choose from ---- */

static struct str account_label(struct arena *arena, const struct official_account *a)
{
    return str_fmt(arena, "%.*s (%.*s)", STR_ARG(a->name), STR_ARG(a->username));
}

static enum rc accounts_list(struct request *req, struct str words, struct options *out, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct official_account_rows rows;
    struct village_db *db;

    (void)words;
    TRY(request_village_db(req, &db, err));
    TRY(sql_official_accounts(db, &rows, err));
    *out = (struct options){ARENA_ARRAY(arena, struct option, rows.n), rows.n};
    for (size_t i = 0; i < rows.n; i++)
        out->p[i] = (struct option){.value = str_fmt(arena, "%" PRIu64, rows.p[i].id), .label = account_label(arena, &rows.p[i])};
    return RC_OK;
}

static enum rc accounts_find(struct request *req, uint64_t id, struct str *label_out, struct err *err)
{
    struct options all;
    uint64_t n;

    TRY(accounts_list(req, STR(""), &all, err));
    *label_out = STR_NONE;
    for (size_t i = 0; i < all.n; i++)
        if (str_to_u64(all.p[i].value, &n) && n == id)
            *label_out = all.p[i].label;
    return RC_OK;
}

const struct pick_source official_accounts_pick = {.list = accounts_list, .find = accounts_find};

/* ---- the list ---- */

/* An absence that is not over yet. */
static bool is_away(struct date from, struct date until, struct date today)
{
    return !date_is_none(from) && (date_is_none(until) || date_compare(until, today) >= 0);
}

static struct str state_of(const struct official_line *o, struct date today, struct str *tone_out)
{
    *tone_out = STR("abu");
    if (!o->is_active || (!date_is_none(o->ends_on) && date_compare(o->ends_on, today) < 0))
        return STR("Tidak menjabat");
    *tone_out = STR("kuning");
    if (is_away(o->away_from, o->away_until, today))
        return date_compare(o->away_from, today) <= 0 ? STR("Berhalangan") : STR("Akan berhalangan");
    *tone_out = STR("hijau");
    return STR("Menjabat");
}

enum rc officials_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct buf body = {.arena = arena};
    struct official_line_rows rows;
    struct officials_view v = {0};
    struct village_db *db;

    TRY(request_village_db(req, &db, err));
    TRY(sql_officials_all(db, &rows, err));
    v.lines.p = ARENA_ARRAY(arena, struct official_item, rows.n);
    for (; v.lines.n < rows.n; v.lines.n++) {
        const struct official_line *o = &rows.p[v.lines.n];
        struct official_item *item = &v.lines.p[v.lines.n];

        *item = (struct official_item){.href = official_url(arena, o->id, ""),
                                       .name = o->name,
                                       .position = standing_label(arena, o->standing, o->position),
                                       .nip = o->nip,
                                       .accounts = o->accounts};
        item->state = state_of(o, request_today(req), &item->tone);
        if (str_is(item->tone, "kuning") && o->substitute.p != NULL)
            item->state = str_fmt(arena, "%.*s, pengganti %.*s", STR_ARG(item->state), STR_ARG(o->substitute));
    }
    view_officials(&body, &v);
    const struct page page = {.title = STR("Perangkat desa"), .active = HERE, .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

/* ---- one ---- */

static enum rc name_of(struct request *req, struct village_db *db, uint64_t id, struct str *name_out, struct err *err)
{
    struct official_one row;

    (void)req;
    TRY(sql_official_get(db, id, &row, err));
    *name_out = row.name;
    return RC_OK;
}

const struct keeper official_keeper = {.owner = "official", .home = OFFICIALS_HOME, .name = name_of, .form = official_edit_input};

static struct str days_words(struct arena *arena, struct date from, struct date until)
{
    if (date_is_none(until))
        return str_fmt(arena, "mulai %.*s, sampai dicabut", STR_ARG(date_long(arena, from)));
    return str_fmt(arena, "%.*s sampai %.*s", STR_ARG(date_long(arena, from)), STR_ARG(date_long(arena, until)));
}

static struct str period_words(struct arena *arena, const struct official_one *row)
{
    if (date_is_none(row->since) && date_is_none(row->ends_on))
        return STR("Tidak dicatat");
    return str_fmt(arena, "%.*s – %.*s", STR_ARG(date_is_none(row->since) ? STR("?") : date_long(arena, row->since)),
                   STR_ARG(date_is_none(row->ends_on) ? STR("sekarang") : date_long(arena, row->ends_on)));
}

/* Also the answer to an absence that was refused. */
enum rc official_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct buf body = {.arena = arena};
    const uint64_t id = official_id_got(req).id + official_away_got(req).id;
    struct official_account account;
    struct official_one row;
    struct official_away_form stored = {.from = request_today(req)};
    struct str substitute = STR("");
    struct village_db *db;
    bool has_account;

    TRY(request_village_db(req, &db, err));
    TRY(sql_official_get(db, id, &row, err));
    TRY(sql_official_account(db, id, &account, &has_account, err));
    struct check_row facts[] = {{.label = STR("Jabatan"), .value = standing_label(arena, row.standing, row.position)},
                                {.label = STR("NIP"), .value = row.nip},
                                {.label = STR("Masa jabatan"), .value = period_words(arena, &row)},
                                {.label = STR("Akun"),
                                 .value = has_account                  ? account_label(arena, &account)
                                          : str_is(row.office, "head") ? STR("Akun berperan kepala desa")
                                                                       : STR("Tidak punya akun")}};
    struct official_view v = {.title = row.name,
                              .sub = row.is_active ? STR("") : STR("Tidak menjabat"),
                              .edit_href = official_url(arena, id, "/ubah"),
                              .away_action = official_url(arena, id, "/berhalangan"),
                              .back_action = official_url(arena, id, "/bertugas"),
                              .facts = {facts, COUNT_OF(facts)},
                              .guard = request_form_guard(req),
                              .is_away = is_away(row.away_from, row.away_until, request_today(req))};
    if (v.is_away) {
        if (row.substitute_id.is_set)
            TRY(officials_pick.find(req, row.substitute_id.value, &substitute, err));
        v.away = str_fmt(arena, "%.*s, %.*s. Pengganti: %.*s.", STR_ARG(text_capital(arena, why_label(row.away_why))),
                         STR_ARG(days_words(arena, row.away_from, row.away_until)),
                         STR_ARG(str_empty(substitute) ? STR("tidak menjabat lagi") : substitute));
        stored = (struct official_away_form){.why = row.away_why,
                                             .from = row.away_from,
                                             .until = row.away_until,
                                             .substitute = {row.substitute_id.value, substitute},
                                             .as = row.substitute_as};
    }
    TRY(official_away_fill(req, &stored, &v.form, err));
    TRY(history_show(req, db, &official_keeper, id, 0, &v.history, err));
    view_official_away(&body, &v);
    const struct page page = {.title = row.name, .active = HERE, .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

/* ---- its form ---- */

static enum rc stored_form(struct village_db *db, const struct official_one *row, struct official_edit_form *out, struct err *err)
{
    struct official_account account;
    bool is_there;

    TRY(sql_official_account(db, row->id, &account, &is_there, err));
    *out = official_edit_of(row);
    out->account = (struct pick){.label = STR("")};
    if (is_there)
        out->account = (struct pick){account.id, account_label(village_db_arena(db), &account)};
    return RC_OK;
}

enum rc official_edit_page(struct request *req, struct response *resp, struct err *err)
{
    struct buf body = {.arena = request_arena(req)};
    struct official_view v = {.title = STR("Tambah perangkat"), .action = request_path(req)};
    struct official_edit_form stored = {.sort = 100, .is_active = true, .account = {.label = STR("")}};
    struct official_one row;
    struct village_db *db;

    TRY(request_village_db(req, &db, err));
    const uint64_t id = official_edit_got(req).id;
    if (id != 0) {
        TRY(sql_official_get(db, id, &row, err));
        TRY(stored_form(db, &row, &stored, err));
        v.title = str_fmt(request_arena(req), "Ubah %.*s", STR_ARG(row.name));
    }
    TRY(official_edit_fill(req, &stored, &v.form, err));
    view_official_edit(&body, &v);
    const struct page page = {.title = v.title, .active = HERE, .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

/* Whether this person holds all that a list of words allows. */
static bool holds_all(const struct request *req, struct str words)
{
    const uint64_t lent = staff_permissions(words);

    return (lent & ~request_actor(req)->may) == 0;
}

/* What speaks against it besides the ranges of the boxes. */
static enum rc judge(struct txn *txn, struct request *req, const struct official_one *row, const struct official_edit_form *before,
                     const struct official_edit_form *in, struct err *err)
{
    const bool is_head = str_is(in->office, "head"), was_head = row->id != 0 && str_is(row->office, "head");
    struct official_stood stood;
    bool stands_in;

    if (is_head != was_head || (was_head && (!str_eq(in->name, row->name) || !str_eq(in->nip, row->nip) || !str_eq(in->email, row->email) ||
                                             in->is_active != row->is_active)))
        return act_refuse(req, err, was_head || is_head ? OFFICIAL_EDIT_NAME : OFFICIAL_EDIT_OFFICE, HEAD_ELSEWHERE);
    if (!date_is_none(in->since) && !date_is_none(in->ends_on) && date_compare(in->ends_on, in->since) < 0)
        return act_refuse(req, err, OFFICIAL_EDIT_ENDS_ON, "Masa jabatan berakhir sebelum mulai. Periksa kedua tanggal.");
    if (is_head && in->account.id != before->account.id)
        return act_refuse(req, err, OFFICIAL_EDIT_ACCOUNT, "Akun kepala desa dikenali dari perannya, jadi tidak dipilih di sini.");
    if (row->id == 0 || in->account.id == before->account.id)
        return RC_OK;
    TRY(sql_official_stands_in(in_txn(txn), row->id, request_today(req), &stood, &stands_in, err));
    if (stands_in && !str_eq(request_actor(req)->role, ROLE_HEAD))
        return act_refuse(req, err, OFFICIAL_EDIT_ACCOUNT,
                          "Orang ini sedang menggantikan %.*s. Selama itu akunnya hanya diganti oleh kepala desa.", STR_ARG(stood.name));
    return RC_OK;
}

static enum rc write_official(struct txn *txn, const struct official_one *row, const struct official_edit_form *before,
                              struct official_edit_form *in, struct err *err)
{
    const struct official_values values = official_values_of(in);

    if (row->id != 0)
        TRY(sql_official_set(txn, &values, NULL, err));
    else
        TRY(sql_official_put(txn, &values, &in->id, err));
    if (in->account.id == before->account.id)
        return RC_OK;
    TRY(sql_staff_leave_official(txn, in->id, NULL, err));
    return in->account.id != 0 ? sql_staff_be_official(txn, in->account.id, in->id, NULL, err) : RC_OK;
}

enum rc official_edit_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    struct official_edit_form in = official_edit_got(req), before = {.account = {.label = STR("")}};
    struct official_one row = {0};

    if (in.id != 0) {
        TRY(sql_official_lock(txn, in.id, &row, err));
        TRY(act_seen(req, row.version, err));
        TRY(stored_form(in_txn(txn), &row, &before, err));
    }
    const struct str diff = row.id != 0 ? official_edit_diff(request_arena(req), &before, &in) : STR("");
    *go_to_out = official_url(request_arena(req), in.id, "");
    if (row.id != 0 && diff_is_empty(diff)) {
        act_say(req, ACT_UNCHANGED);
        return RC_OK;
    }
    TRY(judge(txn, req, &row, &before, &in, err));
    TRY(write_official(txn, &row, &before, &in, err));
    TRY(esign_nik_tell(txn, req, &row, &in, err));
    act_say(req, "Tersimpan");
    *go_to_out = official_url(request_arena(req), in.id, "");
    const struct change change = {.owner = official_keeper.owner,
                                  .owner_id = in.id,
                                  .kind = row.id != 0 ? STR("edit") : STR("add"),
                                  .diff = diff,
                                  .version = (uint32_t)row.version + 1};
    TRY(change_put(txn, req, &change, err));
    TRY(act_audit(txn, req, err, row.id != 0 ? "official.edit" : "official.add", "official:%" PRIu64, in.id));
    return act_touch(txn, ACT_PAGES, err);
}

/* ---- away, and back ---- */

/* The rights on letters of the account that somebody else is to use for him. */
static enum rc rights_of(struct txn *txn, struct request *req, const struct official_one *row, struct str *words_out, struct err *err)
{
    static const enum permission letters[] = {MAY_READ_LETTERS, MAY_CHECK_LETTERS, MAY_APPROVE_LETTERS, MAY_RETURN_LETTERS};
    struct official_account account = {.permissions = STR("")};
    struct official_role role;
    uint64_t own, lent = 0;
    bool is_there;

    TRY(sql_official_account(in_txn(txn), row->id, &account, &is_there, err));
    if (!is_there)
        account.permissions = STR("");
    if (!is_there && str_is(row->office, "head")) {
        TRY(sql_official_role(in_txn(txn), ROLE_HEAD, &role, err));
        account.permissions = role.permissions;
    }
    own = staff_permissions(account.permissions);
    for (size_t i = 0; i < COUNT_OF(letters); i++)
        if (set_may(own, letters[i]))
            lent |= UINT64_C(1) << letters[i];
    *words_out = permission_words(request_arena(req), lent);
    return RC_OK;
}

static enum rc judge_away(struct txn *txn, struct request *req, const struct official_one *row, const struct official_away_form *in,
                          struct str lends, struct err *err)
{
    struct official_account own, account;
    struct official_clash clash;
    bool has_own, has_account, is_clash;

    TRY(sql_official_account(in_txn(txn), row->id, &own, &has_own, err));
    const bool is_own = str_eq(request_actor(req)->role, ROLE_HEAD) || (has_own && own.id == request_actor(req)->id);
    if (!is_own && !holds_all(req, lends))
        return act_refuse(req, err, OFFICIAL_AWAY_SUBSTITUTE,
                          "Tanda tangan %.*s diserahkan oleh dia sendiri atau kepala desa, dari akun mereka. Anda tidak punya hak itu.",
                          STR_ARG(row->name));
    if (!date_is_none(in->until) && date_compare(in->until, in->from) < 0)
        return act_refuse(req, err, OFFICIAL_AWAY_UNTIL, "Selesai sebelum mulai. Periksa kedua tanggal.");
    if (!date_is_none(in->until) && date_compare(in->until, request_today(req)) < 0)
        return act_refuse(req, err, OFFICIAL_AWAY_UNTIL, "Hari itu sudah lewat. Isi hari ini atau sesudahnya.");
    if (in->substitute.id == row->id)
        return act_refuse(req, err, OFFICIAL_AWAY_SUBSTITUTE, "Pilih orang lain: ia tidak menggantikan dirinya sendiri.");
    TRY(sql_official_account(in_txn(txn), in->substitute.id, &account, &has_account, err));
    if (!has_account)
        return act_refuse(
            req, err, OFFICIAL_AWAY_SUBSTITUTE,
            "Pengganti ini belum punya akun yang aktif, jadi surat akan menunggu tanpa ada yang melihatnya. Hubungkan akunnya dulu.");
    TRY(sql_official_clash(in_txn(txn), row->id, in->substitute.id, in->from, in->until, &clash, &is_clash, err));
    if (is_clash && clash.is_away)
        return act_refuse(req, err, OFFICIAL_AWAY_SUBSTITUTE, "%.*s sendiri berhalangan pada hari-hari itu. Pilih yang lain.",
                          STR_ARG(clash.name));
    if (is_clash)
        return act_refuse(req, err, OFFICIAL_AWAY_SUBSTITUTE, "Orang ini sudah menggantikan %.*s pada hari-hari itu. Pilih yang lain.",
                          STR_ARG(clash.name));
    return RC_OK;
}

static enum rc told(struct txn *txn, struct request *req, const struct official_one *row, const char *kind, struct str reason,
                    struct err *err)
{
    const struct change change = {
        .owner = official_keeper.owner, .owner_id = row->id, .kind = str_c(kind), .reason = reason, .version = (uint32_t)row->version + 1};

    TRY(change_put(txn, req, &change, err));
    return act_audit(txn, req, err, str_z(request_arena(req), str_fmt(request_arena(req), "official.%s", kind)), "official:%" PRIu64,
                     row->id);
}

enum rc official_away_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    struct arena *arena = request_arena(req);
    const struct official_away_form in = official_away_got(req);
    struct official_one row;
    struct str lends;

    TRY(sql_official_lock(txn, in.id, &row, err));
    TRY(rights_of(txn, req, &row, &lends, err));
    TRY(judge_away(txn, req, &row, &in, lends, err));
    const struct official_set_away_in set = {.id = row.id,
                                             .away_from = in.from,
                                             .away_until = in.until,
                                             .away_why = in.why,
                                             .substitute_id = some_u64(in.substitute.id),
                                             .substitute_as = in.as,
                                             .lends = lends};
    TRY(sql_official_set_away(txn, &set, NULL, err));
    act_say(req, "Tersimpan. Pada hari-hari itu surat yang menunggu lewat kepada penggantinya");
    *go_to_out = official_url(arena, row.id, "");
    return told(txn, req, &row, "away",
                str_fmt(arena, "%.*s, %.*s, pengganti %.*s", STR_ARG(why_label(in.why)), STR_ARG(days_words(arena, in.from, in.until)),
                        STR_ARG(in.substitute.label)),
                err);
}

enum rc official_back_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct official_set_away_in none = {
        .id = official_id_got(req).id, .away_why = STR(""), .substitute_as = STR(""), .lends = STR("")};
    struct official_one row;

    TRY(sql_official_lock(txn, none.id, &row, err));
    *go_to_out = official_url(request_arena(req), row.id, "");
    if (date_is_none(row.away_from)) {
        act_say(req, ACT_UNCHANGED);
        return RC_OK;
    }
    TRY(sql_official_set_away(txn, &none, NULL, err));
    act_say(req, "Tersimpan. Surat yang menunggu kembali kepadanya");
    return told(txn, req, &row, "back", STR(""), err);
}
