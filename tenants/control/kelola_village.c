// SPDX-License-Identifier: AGPL-3.0-or-later
/* One village: what is known of it, what may be done to it. */
#include "server/base/json.h"
#include "server/base/text.h"
#include "server/web/act.h"
#include "tenants/control/kelola_list_view.h"
#include "tenants/control/kelola_village_view.h"
#include "tenants/control/kelola_views.h"
#include "tenants/control/provision.h"
#include "tenants/control/setup.h"
#include "tenants/control/states.h"

enum { LINK_SHOWN_S = 600 };

static enum rc village_find(struct request *req, struct str word, struct kelola_village *out, struct err *err)
{
    struct str code = unit_code(request_arena(req), word);
    bool is_found = false;

    if (code.p != NULL)
        TRY(sql_kelola_village_of(request_control_db(req), code, out, &is_found, err));
    if (!is_found)
        return fail(err, RC_NOT_FOUND, "no such village");
    return RC_OK;
}

/* "http://localhost:8080" and "sampano" → "http://sampano.localhost:8080" */
static struct str site_origin(struct request *req, struct str slug)
{
    struct str with_slug = str_fmt(request_arena(req), "://%.*s.", STR_ARG(slug));

    return str_replace(request_arena(req), platform_origin(req), STR("://"), with_slug);
}

/* ---- what is known ---- */

struct facts {
    struct arena *arena;
    struct check_rows rows;
};

static void fact(struct facts *f, const char *label, struct str value)
{
    f->rows.p[f->rows.n++] = (struct check_row){.label = str_c(label), .value = str_empty(value) ? STR("–") : value};
}

static struct str moment(const struct request *req, utc_us at)
{
    return at == 0 ? STR("Belum pernah") : utc_long(request_arena(req), at, request_zone(req));
}

static struct str link_state(const struct request *req, const struct kelola_village *v)
{
    struct arena *arena = request_arena(req);

    if (v->setup_used_at != 0) {
        struct str at = utc_long(arena, v->setup_used_at, request_zone(req));

        return str_fmt(arena, "Dipakai %.*s", STR_ARG(at));
    }
    if (v->setup_until == 0)
        return STR("Belum dibuat");
    struct str until = utc_long(arena, v->setup_until, request_zone(req));

    return v->setup_until > request_now(req) ? str_fmt(arena, "Belum dipakai, berlaku sampai %.*s", STR_ARG(until)) : STR("Lewat masanya");
}

static struct str dotted(struct arena *arena, struct str code)
{
    return str_fmt(arena, "%.*s.%.*s.%.*s.%.*s", STR_ARG(str_part(code, 0, 2)), STR_ARG(str_part(code, 2, 2)),
                   STR_ARG(str_part(code, 4, 2)), STR_ARG(str_from(code, 6)));
}

static struct check_rows facts_of(struct request *req, const struct kelola_village *v)
{
    struct arena *arena = request_arena(req);
    struct facts f = {arena, {ARENA_ARRAY(arena, struct check_row, 14), 0}};

    fact(&f, "Kode wilayah", dotted(arena, v->code));
    fact(&f, "Kecamatan", v->district);
    fact(&f, "Alamat situs", site_origin(req, v->slug));
    fact(&f, "Keadaan sejak", moment(req, v->state_at));
    if (v->state_note.n > 0)
        fact(&f, "Catatan", v->state_note);
    fact(&f, "Versi tabel", str_fmt(arena, "%" PRIu32, v->schema_version));
    fact(&f, "Ukuran data", v->size_bytes.is_set ? bytes_text(arena, v->size_bytes.value) : STR(""));
    fact(&f, "Antrean pekerjaan",
         !v->queue_ready.is_set ? STR("")
                                : str_fmt(arena, "%" PRIu64 " menunggu, %" PRIu64 " macet", v->queue_ready.value, v->queue_dead.value));
    fact(&f, "Aktivitas terakhir", moment(req, v->activity_at));
    fact(&f, "Angka terakhir diterima", moment(req, v->computed_at));
    fact(&f, "Diminta", moment(req, v->created_at));
    fact(&f, "Siap dipakai", moment(req, v->ready_at));
    fact(&f, "Tautan pemasangan", link_state(req, v));
    fact(&f, "Data contoh", v->is_sample ? STR("Ya, penduduknya rekaan") : STR("Bukan"));
    return f.rows;
}

static struct notice_view notice_of(struct arena *arena, const struct kelola_village *v)
{
    if (v->failed_step.n > 0)
        return (struct notice_view){.tone = STR("kuning"),
                                    .icon = STR("triangle-alert"),
                                    .title = STR("Hanya baca karena pembaruan tabel terhenti"),
                                    .text = str_fmt(arena,
                                                    "Langkah %.*s belum berhasil. Perbaiki sebabnya, lalu jalankan balaictl migrate.",
                                                    STR_ARG(v->failed_step))};
    if (str_is(v->shown, "suspended"))
        return (struct notice_view){
            .tone = STR("merah"), .icon = STR("ban"), .title = STR("Situs dan kantor desa ini ditutup sementara"), .text = v->state_note};
    return (struct notice_view){.title = STR("")};
}

static void acts_fill(struct arena *arena, const struct kelola_village *v, struct kelola_village_view *view)
{
    static const struct {
        enum state_act act;
        const char *explain, *busy;
        bool is_danger;
    } all[] = {
        {ACT_RESUME, "situs dan kantor desa dibuka seperti biasa.", "Mengaktifkan…", false},
        {ACT_READ_ONLY, "situs tetap terbuka, kantor tidak bisa menyimpan.", "Mengubah…", false},
        {ACT_SUSPEND, "situs dan kantor ditutup. Pengunjung membaca catatan di atas.", "Menangguhkan…", true},
    };

    view->acts.p = ARENA_ARRAY(arena, struct kelola_act, COUNT_OF(all));
    for (size_t i = 0; i < COUNT_OF(all); i++)
        if (state_allows(v->state, all[i].act))
            view->acts.p[view->acts.n++] = (struct kelola_act){.word = str_c(state_act_word(all[i].act)),
                                                               .label = str_c(state_act_label(all[i].act)),
                                                               .explain = str_c(all[i].explain),
                                                               .busy = str_c(all[i].busy),
                                                               .is_danger = all[i].is_danger};
}

/* ---- history ---- */

static struct str action_label(struct str action)
{
    static const struct {
        const char *action, *label;
    } labels[] = {{"village.register", "Desa diminta"},
                  {"village.suspend", "Ditangguhkan"},
                  {"village.readonly", "Dijadikan hanya baca"},
                  {"village.resume", "Diaktifkan kembali"},
                  {"village.setup_link", "Tautan pemasangan dibuat"},
                  {"village.again", "Penyiapan dicoba lagi"},
                  {"village.head_link", "Tautan kepala desa dibuat"}};

    for (size_t i = 0; i < COUNT_OF(labels); i++)
        if (str_is(action, labels[i].action))
            return str_c(labels[i].label);
    return action;
}

static struct str note_in(struct arena *arena, struct str detail)
{
    json_t *value;

    return json_read(arena, detail, &value, NULL) == RC_OK && json_is_object(value) ? str_dup(arena, json_text(value, "note")) : STR("");
}

static enum rc history_fill(struct request *req, const struct kelola_village *v, struct kelola_village_view *view, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct kelola_audit_rows rows;

    TRY(sql_kelola_audit_of(request_control_db(req), str_fmt(arena, "village:%.*s", STR_ARG(v->code)), &rows, err));
    view->history.p = ARENA_ARRAY(arena, struct kelola_history, rows.n);
    view->history.n = rows.n;
    for (size_t i = 0; i < rows.n; i++)
        view->history.p[i] = (struct kelola_history){utc_long(arena, rows.p[i].at_us, request_zone(req)), rows.p[i].actor_name,
                                                     action_label(rows.p[i].action), note_in(arena, rows.p[i].detail)};
    return RC_OK;
}

enum rc kelola_village_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct buf out = {.arena = arena};
    struct kelola_village row, *v = &row;

    TRY(village_find(req, kelola_village_got(req).code, v, err));
    bool is_ready = str_is(v->step, "ready");
    struct kelola_village_view view = {
        .name = v->name,
        .code = v->code,
        .site_href = is_ready ? site_origin(req, v->slug) : STR(""),
        .state = kelola_state_tag(v->shown),
        .facts = facts_of(req, v),
        .notice = notice_of(arena, v),
        .may_link = is_ready,
    };

    TRY(kelola_village_fill(req, NULL, &view.form, err));
    if (!is_ready) {
        view.panel = (struct kelola_panel){.title = STR("Penyiapan"), .note = kelola_step_text(arena, v->step), .href = STR("/pekerjaan")};
        kelola_steps(arena, v->step, v->step_error, &view.panel.steps);
    }
    acts_fill(arena, v, &view);
    TRY(history_fill(req, v, &view, err));
    view_kelola_village(&out, &view);
    const struct page page = {.title = str_fmt(arena, "Desa %.*s", STR_ARG(v->name)), .active = STR("/"), .body = html_view(&out)};

    return respond_page(req, resp, &page, err);
}

/* ---- its state ---- */

enum rc kelola_state_act(struct control_txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct kelola_village_form form = kelola_village_got(req);
    const struct actor *actor = request_actor(req);
    const struct state_actor by = {actor->id, actor->name, request_now(req)};
    enum state_act act = state_act_from(form.act);

    if (act != ACT_RESUME && str_empty(form.note))
        return act_refuse(req, err, KELOLA_VILLAGE_NOTE, "Catatan belum diisi. Tulis sebabnya dan siapa yang bisa dihubungi.");
    act_say(req, "Keadaan desa diubah");
    *go_to_out = str_fmt(request_arena(req), "/desa/%.*s", STR_ARG(form.code));
    return state_change(txn, form.code, act, form.note, &by, err);
}

/* ---- its set-up link ---- */

/* The link itself goes only into the sealed address of the page that shows it. */
static enum rc link_make(struct control_txn *txn, struct request *req, enum setup_kind kind, struct str *go_to_out, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct str code = kelola_one_got(req).code, token;
    bool is_head = kind == SETUP_HEAD;

    TRY(setup_token_new(txn, code, kind, request_now(req), &token, err));
    struct str shown = str_fmt(arena, "%.*s:%s%.*s", STR_ARG(code), is_head ? "kades/" : "", STR_ARG(token));
    struct str sealed = token_seal(req, "pasang", shown, LINK_SHOWN_S);

    *go_to_out = str_fmt(arena, "/desa/%.*s/tautan?t=%.*s", STR_ARG(code), STR_ARG(sealed));
    return console_act_audit(txn, req, err, is_head ? "village.head_link" : "village.setup_link", "village:%.*s", STR_ARG(code));
}

enum rc kelola_link_act(struct control_txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    return link_make(txn, req, SETUP_VILLAGE, go_to_out, err);
}

enum rc kelola_head_link_act(struct control_txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    return link_make(txn, req, SETUP_HEAD, go_to_out, err);
}

enum rc kelola_link_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct kelola_link_see_form form = kelola_link_see_got(req);
    struct str code;
    struct buf out = {.arena = arena};
    struct kelola_village village;

    TRY(village_find(req, form.code, &village, err));
    struct kelola_link_view v = {.name = village.name, .code = village.code};

    if (str_cut(&form.shown, ':', &code) && str_eq(code, village.code)) {
        v.is_head = str_starts(form.shown, STR("kades/"));
        v.link = str_fmt(arena, "%.*s/pasang/%.*s", STR_ARG(site_origin(req, village.slug)), STR_ARG(form.shown));
        v.until = utc_long(arena, village.setup_until, request_zone(req));
    }
    response_no_cache(resp);
    view_kelola_link(&out, &v);
    const struct page page = {.title = STR("Tautan pemasangan"), .active = STR("/"), .body = html_view(&out)};

    return respond_page(req, resp, &page, err);
}
