// SPDX-License-Identifier: AGPL-3.0-or-later
/* The sheet of a disposition (lembar disposisi) on half a sheet of F4: blank for the pen, or with what was decided. Its paper: sheet.json.
 */
#include "server/base/json.h"
#include "server/base/text.h"
#include "server/paper/paper.h"
#include "tenants/village/correspondence/correspondence_pages.h"

/* sheet.json, embedded (room.cmake). */
extern const struct str mail_sheet_json;

static void set(json_t *values, const char *name, struct str text)
{
    json_object_set_new(values, name, json_stringn(text.p != NULL ? text.p : "", text.n));
}

/* A line of its lists: a square, with a cross when it holds, and words. */
static void add_mark(json_t *list, bool is_marked, struct str words)
{
    json_array_append_new(list, json_pack("{s:s, s:s%}", "tanda", is_marked ? "X" : "", "kata", words.p, words.n));
}

/* Every choice of a form's option. */
static void add_options(json_t *list, const struct input *of, uint64_t marked)
{
    for (uint64_t code = 1; !str_empty(form_show_option(of, some_u64(code))); code++)
        add_mark(list, (marked & (UINT64_C(1) << code)) != 0, form_show_option(of, some_u64(code)));
}

static bool is_for(const struct mail_step *step, const struct mail_receiver *who)
{
    return who->staff_id.is_set ? step->staff_id.is_set && step->staff_id.value == who->staff_id.value
                                : step->official_id.is_set && step->official_id.value == who->official_id.value;
}

/* Who may get it today, with a cross at who did; who got it and is there no more stands behind them. */
static void put_receivers(struct arena *arena, json_t *values, const struct mail_receiver_rows *all, const struct mail_step_rows *steps)
{
    json_t *list = json_array();

    for (size_t i = 0; i < all->n; i++) {
        bool is_marked = false;

        for (size_t k = 0; k < steps->n; k++)
            is_marked = is_marked || (!steps->p[k].taken_back && is_for(&steps->p[k], &all->p[i]));
        add_mark(list, is_marked, str_fmt(arena, "%.*s, %.*s", STR_ARG(all->p[i].name), STR_ARG(all->p[i].position)));
    }
    for (size_t k = 0; k < steps->n; k++) {
        bool is_there = steps->p[k].taken_back;

        for (size_t i = 0; i < all->n; i++)
            is_there = is_there || is_for(&steps->p[k], &all->p[i]);
        if (!is_there)
            add_mark(list, true, steps->p[k].staff_name);
    }
    json_object_set_new(values, "penerima", list);
}

/* What was decided: instructions, notes, the first day it is due, by whom and when. */
static void put_steps(struct request *req, json_t *values, const struct mail_step_rows *steps, const struct mail_head *head)
{
    struct arena *arena = request_arena(req);
    struct buf notes = {.arena = arena};
    json_t *options = json_array();
    const struct mail_step *last = NULL;
    uint64_t marked = 0;
    struct date due = {0};

    for (size_t i = 0; i < steps->n; i++) {
        const struct mail_step *s = &steps->p[i];

        if (s->taken_back)
            continue;
        last = s;
        marked |= UINT64_C(1) << s->instruction;
        if (s->due.year != 0 && (due.year == 0 || date_compare(s->due, due) < 0))
            due = s->due;
        if (!str_empty(s->note) && str_find(buf_str(&notes), s->note) < 0)
            buf_fmt(&notes, "%s%.*s", notes.n > 0 ? "\n" : "", STR_ARG(s->note));
    }
    add_options(options, MAIL_INSTRUCTION, marked);
    json_object_set_new(values, "isi", options);
    set(values, "catatan", buf_str(&notes));
    set(values, "batas", due.year != 0 ? date_long(arena, due) : STR(""));
    set(values, "hari", last != NULL ? date_long(arena, utc_date(last->put_at, request_zone(req))) : STR(""));
    const bool is_heads = last == NULL || str_eq(last->by_name, head->name);
    set(values, "jabatan", !is_heads ? STR("Yang meneruskan") : head->position.p != NULL ? head->position : STR("Kepala Desa"));
    set(values, "nama", is_heads ? head->name : last->by_name);
}

static json_t *values_of(struct request *req, const struct mail_one *row, const struct mail_head *head,
                         const struct mail_receiver_rows *all, const struct mail_step_rows *steps)
{
    struct arena *arena = request_arena(req);
    json_t *values = json_object(), *natures = json_array();

    json_keep(arena, values);
    set(values, "desa", head->village);
    set(values, "kecamatan", head->district);
    set(values, "kabupaten", head->regency);
    set(values, "dari", row->sender);
    set(values, "nomor", row->number_text);
    set(values, "tanggal", date_long(arena, row->letter_date));
    set(values, "diterima", date_long(arena, row->day));
    set(values, "agenda", mail_agenda(arena, row->agenda, row->year));
    set(values, "hal", row->subject);
    add_options(natures, MAIL_NATURE, UINT64_C(1) << row->nature);
    json_object_set_new(values, "sifat", natures);
    put_receivers(arena, values, all, steps);
    put_steps(req, values, steps, head);
    return values;
}

struct drawing {
    struct arena *arena; /* of the PDF */
    struct paper_input input;
    struct paper_info info;
    struct str bytes;
    enum rc rc;
    struct err err;
};

/* The paper lives no longer than its drawing: it holds one of the few presses. */
static void draw_offloaded(void *arg)
{
    struct drawing *d = arg;
    struct arena *arena = arena_new();
    struct paper *paper;

    d->rc = paper_layout(arena, &d->input, &paper, &d->err);
    if (d->rc == RC_OK)
        d->rc = paper_pdf(d->arena, paper, &d->info, &d->bytes, &d->err);
    arena_free(&arena);
}

enum rc mail_sheet_file(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    const struct mail_sheet_form in = mail_sheet_got(req);
    struct drawing d = {.arena = arena, .info = {.title = STR("Lembar disposisi"), .at = request_now(req)}};
    struct mail_receiver_rows all;
    struct mail_step_rows steps = {0};
    struct mail_head head;
    struct mail_one row;
    struct village_db *db;
    json_t *tree;

    TRY(request_village_db(req, &db, err));
    TRY(mail_seen(req, db, in.id, &row, err));
    TRY(sql_mail_head(db, &head, err));
    TRY(sql_mail_receivers(db, request_today(req), &all, err));
    if (!in.is_blank)
        TRY(sql_mail_dispositions(db, row.id, &steps, err));
    TRY(json_read(arena, mail_sheet_json, &tree, err));
    d.input = (struct paper_input){
        .tree = tree, .values = values_of(req, &row, &head, &all, &steps), .is_sample = request_village(req)->is_sample};
    d.info.author = str_fmt(arena, "Pemerintah Desa %.*s", STR_ARG(head.village));
    TRY(request_offload(req, draw_offloaded, &d, err));
    if (d.rc != RC_OK) {
        *err = d.err;
        return d.rc;
    }
    return respond_bytes(resp, STR("application/pdf"), d.bytes,
                         str_fmt(arena, "lembar-disposisi-%" PRIu32 "-%u.pdf", row.agenda, row.year));
}
