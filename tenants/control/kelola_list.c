// SPDX-License-Identifier: AGPL-3.0-or-later
/* The list of villages. */
#include "server/base/text.h"
#include "tenants/control/kelola_list_view.h"
#include "tenants/control/kelola_views.h"
#include "tenants/control/provision.h"

struct tag_view kelola_state_tag(enum village_state state)
{
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

/* ---- addresses that keep what is chosen ---- */

struct chosen {
    struct str state, order, words;
};

static void query_put(struct buf *out, const char *name, struct str value)
{
    if (str_empty(value))
        return;
    buf_put_char(out, memchr(out->p, '?', out->n) != NULL ? '&' : '?');
    buf_put_str(out, str_c(name));
    buf_put_char(out, '=');
    html_put_url_part(out, value);
}

static struct str address(struct arena *arena, struct str state, struct str order, struct str words, uint64_t page)
{
    struct buf out = {.arena = arena};

    buf_put_char(&out, '/');
    query_put(&out, "keadaan", state);
    query_put(&out, "urut", order);
    query_put(&out, "cari", words);
    if (page > 1)
        query_put(&out, "hal", str_fmt(arena, "%" PRIu64, page));
    return buf_str(&out);
}

/* ---- parts ---- */

static struct tabs_view tabs_of(struct arena *arena, const struct kelola_counts *counts, const struct chosen *c)
{
    static const enum village_state shown[] = {VILLAGE_ACTIVE,    VILLAGE_TRIAL,     VILLAGE_READ_ONLY,
                                               VILLAGE_SUSPENDED, VILLAGE_PREPARING, VILLAGE_CLOSED};
    struct tabs_view tabs = {.label = STR("Keadaan desa"), .p = ARENA_ARRAY(arena, struct tab, COUNT_OF(shown) + 1)};

    tabs.p[tabs.n++] = (struct tab){.href = address(arena, STR(""), c->order, c->words, 1),
                                    .label = STR("Semua"),
                                    .count = number_text(arena, counts->all),
                                    .is_active = str_empty(c->state)};
    for (size_t i = 0; i < COUNT_OF(shown); i++) {
        struct str word = village_state_word(shown[i]);

        if (counts->by_state[shown[i]] == 0 && !str_eq(word, c->state))
            continue;
        tabs.p[tabs.n++] = (struct tab){.href = address(arena, word, c->order, c->words, 1),
                                        .label = village_state_label(shown[i]),
                                        .count = number_text(arena, counts->by_state[shown[i]]),
                                        .is_active = str_eq(word, c->state)};
    }
    return tabs;
}

static const struct {
    enum kelola_order order;
    const char *word, *label;
    bool is_number;
} heads[] = {
    {KELOLA_BY_NAME, "nama", "Desa", false},
    {KELOLA_BY_DISTRICT, "kecamatan", "Kecamatan", false},
    {KELOLA_BY_HOST, "alamat", "Alamat situs", false},
    {KELOLA_BY_STATE, "keadaan", "Keadaan", false},
    {KELOLA_BY_VERSION, "versi", "Versi", true},
    {KELOLA_BY_SIZE, "ukuran", "Ukuran", true},
    {KELOLA_BY_ACTIVITY, "aktivitas", "Aktivitas terakhir", false},
    {KELOLA_BY_QUEUE, "antrean", "Antrean", true},
};

static void heads_fill(struct arena *arena, struct kelola_sorting now, const struct chosen *c, struct kelola_list_view *v)
{
    v->heads.p = ARENA_ARRAY(arena, struct kelola_head, COUNT_OF(heads));
    v->heads.n = COUNT_OF(heads);
    for (size_t i = 0; i < COUNT_OF(heads); i++) {
        bool is_now = heads[i].order == now.order;
        bool next_down = is_now ? !now.is_down : heads[i].is_number || heads[i].order == KELOLA_BY_ACTIVITY;
        struct str order = str_fmt(arena, "%s%s", next_down ? "-" : "", heads[i].word);

        v->heads.p[i] = (struct kelola_head){.href = address(arena, c->state, order, c->words, 1),
                                             .label = str_c(heads[i].label),
                                             .sort = !is_now       ? STR("none")
                                                     : now.is_down ? STR("descending")
                                                                   : STR("ascending"),
                                             .is_number = heads[i].is_number};
    }
}

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
        .size = row->size_bytes.is_set ? bytes_text(arena, row->size_bytes.value) : STR("–"),
        .activity = !is_ready               ? kelola_step_text(arena, row->step)
                    : row->activity_at != 0 ? utc_long(arena, row->activity_at, request_zone(req))
                                            : STR("Belum ada"),
        .queue = queue_text(arena, row),
        .state = kelola_state_tag(kelola_state(row)),
        .is_queue_bad = row->queue_dead.value > 0,
        .is_sample = row->is_sample,
    };
}

static void page_fill(const struct request *req, const struct kelola_village_rows *rows, uint64_t page, const struct chosen *c,
                      struct kelola_list_view *v)
{
    struct arena *arena = request_arena(req);
    size_t pages = (rows->n + KELOLA_PAGE_ROWS - 1) / KELOLA_PAGE_ROWS;
    size_t at = page > pages ? 0 : (size_t)(page - 1) * KELOLA_PAGE_ROWS;
    size_t n = rows->n - at < KELOLA_PAGE_ROWS ? rows->n - at : KELOLA_PAGE_ROWS;

    if (page > pages)
        page = 1;
    v->lines.p = ARENA_ARRAY(arena, struct kelola_line, n);
    v->lines.n = n;
    for (size_t i = 0; i < n; i++)
        v->lines.p[i] = line_of(req, &rows->p[at + i]);
    v->pages.summary = str_fmt(arena, "Menampilkan %zu–%zu dari %zu. Relawan melihat jumlah, bukan orang.", at + 1, at + n, rows->n);
    if (pages < 2)
        return;
    if (page > 1)
        v->pages.previous_href = address(arena, c->state, c->order, c->words, page - 1);
    if (page < pages)
        v->pages.next_href = address(arena, c->state, c->order, c->words, page + 1);
    v->pages.pages.p = ARENA_ARRAY(arena, struct page_link, pages);
    v->pages.pages.n = pages;
    for (size_t i = 0; i < pages; i++)
        v->pages.pages.p[i] = (struct page_link){.href = address(arena, c->state, c->order, c->words, i + 1),
                                                 .label = str_fmt(arena, "%zu", i + 1),
                                                 .is_current = i + 1 == page};
}

/* The village being made right now, in the panel beside the list. */
static void panel_fill(const struct request *req, const struct kelola_village_rows *all, struct kelola_list_view *v)
{
    struct arena *arena = request_arena(req);
    const struct kelola_village *shown = NULL;

    for (size_t i = 0; i < all->n; i++) {
        const struct kelola_village *row = &all->p[i];
        bool is_open = !str_is(row->step, "ready") && !str_is(row->state, "closed");

        if (is_open && (shown == NULL || provision_step_from(row->step) > provision_step_from(shown->step)))
            shown = row;
    }
    if (shown == NULL)
        return;
    struct str asked = utc_clock(arena, shown->created_at, request_zone(req));

    v->panel.title = str_fmt(arena, "Menyiapkan Desa %.*s", STR_ARG(shown->name));
    v->panel.note = str_fmt(arena, "Diminta pukul %.*s. Boleh ditinggal.", STR_ARG(asked));
    v->panel.href = STR("/pekerjaan");
    kelola_steps(arena, shown->step, shown->step_error, &v->panel.steps);
}

enum rc kelola_list_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct chosen c = {input_str(req, "keadaan"), input_str(req, "urut"), input_str(req, "cari")};
    struct kelola_sorting sorting = kelola_sorting_from(c.order.p != NULL ? c.order : STR("nama"));
    uint64_t page_number = input_u64(req, "hal") > 0 ? input_u64(req, "hal") : 1;
    struct buf out = {.arena = arena};
    struct kelola_village_rows all;

    TRY(sql_kelola_villages(request_control_db(req), &all, err));
    struct kelola_counts counts = kelola_count(&all);
    struct kelola_village_rows rows = kelola_filter(arena, &all, village_state_from(c.state), c.words);
    struct kelola_list_view v = {
        .title = str_fmt(arena, "%" PRIu32 " desa", counts.all),
        .words = c.words,
        .state = c.state,
        .order = c.order,
        .tabs = tabs_of(arena, &counts, &c),
        .empty = counts.all == 0 ? (struct empty_view){.title = STR("Belum ada desa"),
                                                       .text = STR("Desa yang disiapkan muncul di sini."),
                                                       .href = STR("/desa/tambah"),
                                                       .link_label = STR("Siapkan desa baru")}
                                 : (struct empty_view){.title = STR("Tidak ada desa yang cocok"),
                                                       .text = STR("Hapus saringan dan kata pencarian untuk melihat semua."),
                                                       .href = STR("/"),
                                                       .link_label = STR("Lihat semua desa")},
    };

    kelola_sort(&rows, sorting);
    heads_fill(arena, sorting, &c, &v);
    page_fill(req, &rows, page_number, &c, &v);
    panel_fill(req, &all, &v);
    view_kelola_list(&out, &v);
    const struct page page = {.title = STR("Desa"), .active = STR("/"), .body = html_view(&out)};

    return respond_page(req, resp, &page, err);
}
