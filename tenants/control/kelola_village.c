// SPDX-License-Identifier: AGPL-3.0-or-later
/* One village: what is known of it, what may be done to it. */
#include "server/base/text.h"
#include "server/paper/paper.h"
#include "server/web/act.h"
#include "server/web/audit.h"
#include "tenants/control/kelola_known.h"
#include "tenants/control/kelola_list_view.h"
#include "tenants/control/kelola_village_view.h"
#include "tenants/control/kelola_views.h"
#include "tenants/control/provision.h"
#include "tenants/control/setup.h"
#include "tenants/control/states.h"

#define HEAD_PART "kades/" /* of the address of the head's link */

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

static struct check_rows facts_of(struct request *req, const struct kelola_village *v)
{
    struct arena *arena = request_arena(req);
    struct facts f = {arena, {ARENA_ARRAY(arena, struct check_row, 7), 0}};

    fact(&f, "Alamat situs", site_origin(req, v->slug));
    fact(&f, "Keadaan sejak", moment(req, v->state_at));
    if (v->state_note.n > 0)
        fact(&f, "Catatan", v->state_note);
    fact(&f, "Diminta", moment(req, v->created_at));
    fact(&f, "Siap dipakai", moment(req, v->ready_at));
    fact(&f, "Tautan pemasangan", link_state(req, v));
    fact(&f, "Akun kepala desa", v->has_approver ? STR("ada") : STR("belum ada"));
    return f.rows;
}

/* "3 jam lalu" with the moment under it. */
static struct stat_item age_stat(struct request *req, const char *label, utc_us at)
{
    struct arena *arena = request_arena(req);

    return (struct stat_item){.label = str_c(label),
                              .value = at == 0 ? STR("–") : age_text(arena, at, request_now(req)),
                              .note = at == 0 ? STR("belum pernah") : utc_long(arena, at, request_zone(req))};
}

static struct stats_view stats_of(struct request *req, const struct kelola_village *v)
{
    struct arena *arena = request_arena(req);
    struct stats_view stats = {ARENA_ARRAY(arena, struct stat_item, 5), 5};
    uint64_t waiting = v->queue_ready.value, stuck = v->queue_dead.value;

    stats.p[0] = (struct stat_item){.label = STR("Antrean pekerjaan"),
                                    .value = !v->queue_ready.is_set ? STR("–")
                                             : stuck > 0            ? str_fmt(arena, "%" PRIu64 " macet", stuck)
                                                                    : STR("Lancar"),
                                    .note = v->queue_ready.is_set ? str_fmt(arena, "%" PRIu64 " menunggu", waiting)
                                                                  : STR("belum ada angka")};
    stats.p[1] = age_stat(req, "Aktivitas terakhir", v->activity_at);
    stats.p[2] = age_stat(req, "Angka terakhir", v->computed_at);
    stats.p[3] = (struct stat_item){.label = STR("Ruang dipakai"),
                                    .value = v->size_bytes.value > 0 ? bytes_text(arena, v->size_bytes.value) : STR("–"),
                                    .note = STR("tanpa berkas")};
    stats.p[4] = (struct stat_item){.label = STR("Versi tabel"), .value = str_fmt(arena, "%" PRIu32, v->schema_version)};
    return stats;
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
                  {"village.head_link", "Tautan kepala desa dibuat"},
                  {"village.rename", "Nama diperbaiki"},
                  {"village.close", "Ditutup"},
                  {"village.open", "Dibuka lagi"}};

    for (size_t i = 0; i < COUNT_OF(labels); i++)
        if (str_is(action, labels[i].action))
            return str_c(labels[i].label);
    return action;
}

enum { ROWS_SHOWN = 12 }; /* of thirteen that are read */

/* What was done to the village, or DPMD's notes of it. Each says by a word of its own in the address from where on it is shown. */
struct history_of {
    const char *label, *word, *place;
    bool is_note;
};
static const struct history_of acts_done = {"Riwayat", "riwayat", "riwayat", false};
static const struct history_of notes_of_it = {"Catatan", "sebelum", "catatan-dpmd", true};

static enum rc history_fill(struct request *req, const struct kelola_village *v, const struct history_of *h, struct opt_u64 before,
                            struct kelola_histories *out, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct kelola_audit_rows rows;

    TRY(sql_kelola_audit_of(request_control_db(req), str_fmt(arena, "village:%.*s", STR_ARG(v->code)), h->is_note, before, &rows, err));
    *out = (struct kelola_histories){
        .p = ARENA_ARRAY(arena, struct kelola_history, rows.n), .n = rows.n > ROWS_SHOWN ? ROWS_SHOWN : rows.n, .of = str_c(h->label)};
    if (rows.n > ROWS_SHOWN)
        out->older_href = str_fmt(arena, "/desa/%.*s?%s=%" PRIu64 "#%s", STR_ARG(v->code), h->word, rows.p[ROWS_SHOWN - 1].id, h->place);
    if (before.is_set)
        out->newest_href = str_fmt(arena, "/desa/%.*s#%s", STR_ARG(v->code), h->place);
    for (size_t i = 0; i < out->n; i++)
        out->p[i] = (struct kelola_history){utc_long(arena, rows.p[i].at_us, request_zone(req)), rows.p[i].actor_name,
                                            action_label(rows.p[i].action), audit_note_of(arena, rows.p[i].detail)};
    return RC_OK;
}

/* ---- what comes next ---- */

/* The link that was made by the press that led here. */
static enum rc link_fill(struct request *req, const struct kelola_village *v, struct kelola_link *out, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct str token = act_handed(req), origin = site_origin(req, v->slug);

    if (token.p == NULL)
        return RC_OK;
    out->is_head = str_starts(token, STR(HEAD_PART));
    out->link = str_fmt(arena, "%.*s/pasang/%.*s", STR_ARG(origin), STR_ARG(token));
    out->until = utc_long(arena, v->setup_until, request_zone(req));
    out->words = str_fmt(arena, "Tautan untuk %s Desa %.*s di Balai. Berlaku sekali, sampai %.*s. Jangan teruskan kepada orang lain.\n%.*s",
                         out->is_head ? "akun kepala desa" : "memasang", STR_ARG(v->name), STR_ARG(out->until), STR_ARG(out->link));
    return qr_path(arena, out->link, &out->qr_side, &out->qr_path, err);
}

/* Beside the page until the head has an account, as the village's figures say (DPMD reads the same): how far its making is, and then its
 * handing over. */
static void panel_of(struct request *req, const struct kelola_village *v, struct kelola_panel *out)
{
    struct arena *arena = request_arena(req);
    const bool has_link = v->setup_until != 0, is_set_up = v->set_up_at != 0;

    if (!str_is(v->step, "ready")) {
        struct str step = kelola_step_text(arena, v->step);

        *out = (struct kelola_panel){
            .title = STR("Penyiapan"),
            .note = str_fmt(arena, "%.*s. Halaman ini memperbarui diri sendiri, dan boleh ditinggal.", STR_ARG(step)),
            .href = STR("/pekerjaan")};
        kelola_steps(arena, v->step, v->step_error, &out->steps);
        return;
    }
    if (v->has_approver || str_is(v->state, "closed"))
        return;
    const struct step steps[] = {
        {STEP_DONE, STR("Ruang data dan alamat situs"), moment(req, v->ready_at)},
        {has_link ? STEP_DONE : STEP_NOW, STR("Tautan pemasangan dibuat"), has_link ? link_state(req, v) : STR("Buat di bawah ini")},
        {is_set_up  ? STEP_DONE
         : has_link ? STEP_NOW
                    : STEP_LATER,
         STR("Petugas desa membuat akun pertama"),
         is_set_up ? moment(req, v->set_up_at) : STR("Lewat tautan itu, sekaligus nama kades dan alamat kantor")},
        {is_set_up ? STEP_NOW : STEP_LATER, STR("Kepala desa membuat akunnya"), STR("Lewat tautan kepala desa, sesudah petugas masuk")},
    };
    *out = (struct kelola_panel){.title = STR("Langkah berikutnya"),
                                 .steps = {ARENA_ARRAY(arena, struct step, COUNT_OF(steps)), COUNT_OF(steps)}};
    memcpy(out->steps.p, steps, sizeof(steps));
}

/* Its name was given to another since it was closed: of two in one district, one has another name. */
static enum rc taken_fill(struct request *req, const struct kelola_village *v, struct str *out, struct err *err)
{
    struct known known;

    TRY(known_read(request_control_db(req), &known, err));
    *out = unit_dotted(request_arena(req), known_namesake(request_arena(req), &known, v->code, v->name));
    return RC_OK;
}

enum rc kelola_village_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct buf out = {.arena = arena};
    struct kelola_village row, *v = &row;

    TRY(village_find(req, kelola_village_got(req).code, v, err));
    bool is_ready = str_is(v->step, "ready"), is_closed = str_is(v->state, "closed");
    struct str dotted = unit_dotted(arena, v->code);
    struct crumb crumbs[] = {{.href = STR("/"), .label = STR("Semua desa")}, {.label = v->name}};
    struct kelola_village_view view = {
        .crumbs = {crumbs, COUNT_OF(crumbs)},
        .sub = str_fmt(arena, "Kecamatan %.*s, %.*s", STR_ARG(v->district), STR_ARG(dotted)),
        .is_sample = v->is_sample,
        .name = v->name,
        .code = v->code,
        .site_href = is_ready && !is_closed ? site_origin(req, v->slug) : STR(""),
        .state = kelola_state_tag(v->shown),
        .facts = facts_of(req, v),
        .notice = notice_of(arena, v),
        .may_link = is_ready && !is_closed,
        .may_fix = is_ready && !is_closed && v->is_empty,
        .may_open = is_closed,
        .has_link = v->setup_until != 0,
        .is_busy = !is_ready && request_faults(req)->n == 0,
    };

    TRY(kelola_village_fill(req, NULL, &view.form, err));
    if (!is_closed)
        panel_of(req, v, &view.panel);
    if (is_closed)
        TRY(taken_fill(req, v, &view.name_taken, err));
    if (is_ready && !is_closed)
        view.stats = stats_of(req, v);
    view.has_side = view.panel.title.n > 0 || view.may_open || view.may_fix;
    TRY(link_fill(req, v, &view.link, err));
    acts_fill(arena, v, &view);
    TRY(history_fill(req, v, &acts_done, kelola_village_got(req).acts_before, &view.history, err));
    TRY(history_fill(req, v, &notes_of_it, kelola_village_got(req).before, &view.notes, err));
    response_no_cache(resp);
    view_kelola_village(&out, &view);
    if (request_is_part(req))
        return respond_part(resp, html_view(&out));
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

/* The link stands in no address and is not kept: it is handed to the village's page, which shows it once. */
static enum rc link_make(struct control_txn *txn, struct request *req, enum setup_kind kind, struct str *go_to_out, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct str code = kelola_one_got(req).code, token;
    bool is_head = kind == SETUP_HEAD;

    TRY(setup_token_new(txn, code, kind, request_now(req), &token, err));
    act_say(req, "Tautan dibuat");
    act_hand(req, str_fmt(arena, "%s%.*s", is_head ? HEAD_PART : "", STR_ARG(token)));
    *go_to_out = str_fmt(arena, "/desa/%.*s", STR_ARG(code));
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
