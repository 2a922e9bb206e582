// SPDX-License-Identifier: AGPL-3.0-or-later
/* The list of villages. */
#include "server/base/text.h"
#include "server/register/list.h"
#include "tenants/control/kelola_list_view.h"
#include "tenants/control/kelola_views.h"
#include "tenants/control/provision.h"

struct tag_view kelola_state_tag(struct str word)
{
    enum village_state state = village_state_from(word);

    return (struct tag_view){.tone = state_tone(state), .label = village_state_label(state)};
}

void kelola_steps(struct arena *arena, struct str step, struct str error, struct steps_view *out)
{
    int done = provision_step_from(step);

    out->n = PROVISION_READY;
    out->p = ARENA_ARRAY(arena, struct step, out->n);
    for (int i = PROVISION_REQUESTED; i <= PROVISION_READY; i++) {
        struct step *s = &out->p[i - PROVISION_REQUESTED];
        bool is_next = i == done + 1;

        *s = (struct step){.state = i <= done ? STEP_DONE
                                    : is_next ? STEP_NOW
                                              : STEP_LATER,
                           .title = str_c(provision_step_label((enum provision_step)i))};
        if (is_next && error.n > 0) {
            s->state = STEP_FAULT;
            s->note = error;
        } else if (i > done + 1) {
            s->note = STR("Belum bisa dimulai");
        }
    }
}

/* ---- what may be asked ---- */

static const struct list_option states[] = {
    {.value = "active", .label = "Aktif"},
    {.value = "trial", .label = "Uji coba"},
    {.value = "readonly", .label = "Hanya baca"},
    {.value = "suspended", .label = "Ditangguhkan"},
    {.value = "preparing", .label = "Menyiapkan"},
    {.value = "closed", .label = "Ditutup"},
    {.value = NULL},
};
static const struct list_filter filters[] = {
    {LIST_OPTION, "keadaan", "Keadaan desa", .to = LIST_TO(struct kelola_find, state), .options = states, .is_tabs = true},
    {LIST_WORDS, "cari", "Cari desa", .to = LIST_TO(struct kelola_find, words), .is_open = true},
};
static const struct list_order orders[] = {
    {KELOLA_VILLAGE_BY_NAME, "nama", "Desa", false},
    {KELOLA_VILLAGE_BY_DISTRICT, "kecamatan", "Kecamatan", false},
    {KELOLA_VILLAGE_BY_HOST, "alamat", "Alamat situs", false},
    {KELOLA_VILLAGE_BY_STATE, "keadaan", "Keadaan", false},
    {KELOLA_VILLAGE_BY_VERSION, "versi", "Versi", true},
    {KELOLA_VILLAGE_BY_SIZE, "ukuran", "Ukuran", true},
    {KELOLA_VILLAGE_BY_ACTIVITY, "aktivitas", "Aktivitas terakhir", true},
    {KELOLA_VILLAGE_BY_QUEUE, "antrean", "Antrean", true},
};
static const struct list_column columns[] = {
    {"Desa", KELOLA_VILLAGE_BY_NAME, false},
    {"Kecamatan", KELOLA_VILLAGE_BY_DISTRICT, false},
    {"Alamat situs", KELOLA_VILLAGE_BY_HOST, false},
    {"Keadaan", KELOLA_VILLAGE_BY_STATE, false},
    {"Versi", KELOLA_VILLAGE_BY_VERSION, true},
    {"Ukuran", KELOLA_VILLAGE_BY_SIZE, true},
    {"Aktivitas terakhir", KELOLA_VILLAGE_BY_ACTIVITY, false},
    {"Antrean", KELOLA_VILLAGE_BY_QUEUE, true},
};
const struct list villages_list = {
    .home = "/",
    .noun = "desa",
    LIST_ROWS(filters, orders, columns),
    .find_bytes = sizeof(struct kelola_find),
    .empty = {"Belum ada desa", "Desa yang disiapkan muncul di sini.", "/desa/tambah", "Siapkan desa baru"},
    .no_match = {"Tidak ada desa yang cocok", "Hapus saringan dan kata pencarian untuk melihat semua.", "/", "Lihat semua desa"},
    .note = "Relawan melihat jumlah, bukan orang.",
};

/* ---- parts ---- */

static struct str queue_text(struct arena *arena, const struct kelola_village *row)
{
    if (!row->queue_ready.is_set)
        return STR("–");
    if (row->queue_dead.value > 0)
        return str_fmt(arena, "%" PRIu64 ", macet %" PRIu64, row->queue_ready.value, row->queue_dead.value);
    return number_text(arena, (int64_t)row->queue_ready.value);
}

static struct kelola_line line_of(const struct request *req, const struct kelola_village *row)
{
    struct arena *arena = request_arena(req);
    bool is_ready = str_is(row->step, "ready");

    return (struct kelola_line){
        .href = str_fmt(arena, "/desa/%.*s", STR_ARG(row->code)),
        .name = row->name,
        .district = row->district,
        .host = row->slug,
        .version = is_ready ? str_fmt(arena, "%" PRIu32, row->schema_version) : STR("–"),
        .size = row->size_bytes.value > 0 ? bytes_text(arena, row->size_bytes.value) : STR("–"),
        .activity = !is_ready               ? kelola_step_text(arena, row->step)
                    : row->activity_at != 0 ? utc_long(arena, row->activity_at, request_zone(req))
                                            : STR("Belum ada"),
        .queue = queue_text(arena, row),
        .state = kelola_state_tag(row->shown),
        .is_calm = str_is(row->shown, "active"),
        .is_queue_bad = row->queue_dead.value > 0,
        .is_sample = row->is_sample,
    };
}

/* The village being made right now, in the panel beside the list. */
static enum rc panel_fill(struct request *req, struct kelola_list_view *v, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct kelola_work_one shown;
    bool is_found;

    TRY(sql_kelola_work_first(request_control_db(req), &shown, &is_found, err));
    if (!is_found)
        return RC_OK;
    struct str asked = utc_clock(arena, shown.created_at, request_zone(req));

    v->panel.title = str_fmt(arena, "Menyiapkan Desa %.*s", STR_ARG(shown.name));
    v->panel.note = str_fmt(arena, "Diminta pukul %.*s. Boleh ditinggal.", STR_ARG(asked));
    v->panel.href = STR("/pekerjaan");
    kelola_steps(arena, shown.step, shown.step_error, &v->panel.steps);
    return RC_OK;
}

/* The figures of the tabs: all, then each state. */
static enum rc counts_fill(struct request *req, uint64_t counts[COUNT_OF(states)], struct err *err)
{
    struct kelola_state_count_rows rows;

    TRY(sql_kelola_states(request_control_db(req), &rows, err));
    for (size_t i = 0; i < rows.n; i++) {
        counts[0] += rows.p[i].n;
        for (size_t j = 0; states[j].value != NULL; j++)
            if (str_is(rows.p[i].shown, states[j].value))
                counts[j + 1] = rows.p[i].n;
    }
    return RC_OK;
}

enum rc kelola_list_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct control_db *db = request_control_db(req);
    uint64_t counts[COUNT_OF(states)] = {0};
    struct list_result got = {.tabs = counts};
    struct buf out = {.arena = arena};
    struct kelola_list_view v = {0};
    struct kelola_village_rows rows = {0};
    struct kelola_find find;
    struct list_reading at;

    TRY(list_read(req, &villages_list, &find, &at, err));
    if (!at.is_faulty) {
        kelola_fold(arena, &find);
        TRY(sql_kelola_village_page(db, &find, &at.at, LIST_PAGE, &rows, &got.ends, err));
        got.rows = rows.n;
        if (list_must_count(&at, &got))
            TRY(sql_kelola_village_count(db, &find, LIST_BOUND, &got.found, err));
    }
    TRY(counts_fill(req, counts, err));
    list_put(&at, &got, &v.list);
    v.title = str_fmt(arena, "%" PRIu64 " desa", counts[0]);
    v.lines.p = ARENA_ARRAY(arena, struct kelola_line, rows.n);
    v.lines.n = rows.n;
    for (size_t i = 0; i < rows.n; i++)
        v.lines.p[i] = line_of(req, &rows.p[i]);
    TRY(panel_fill(req, &v, err));
    view_kelola_list(&out, &v);
    const struct page page = {.title = STR("Desa"), .active = STR("/"), .body = html_view(&out)};

    return respond_page(req, resp, &page, err);
}
