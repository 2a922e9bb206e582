// SPDX-License-Identifier: AGPL-3.0-or-later
/* A list as a file: the menu "Unduh", asking for the rows that are shown, and what the worker reads again of what was asked. */
#include "server/base/text.h"
#include "server/register/export.h"
#include "server/register/export_pages.h"
#include "server/register/export_view.h"
#include "server/register/list_parts.h"
#include "server/web/feature.h"

/* ---- the menu ---- */

/* The printed book of a whole month has a page of its own: a link to it. */
static void put_official(const struct list_reading *at, struct list_file_view *out)
{
    const struct book *book = at->list->official == NULL ? NULL : book_find(request_features(at->req), str_c(at->list->official));

    if (book == NULL || !request_may(at->req, book->permission))
        return;
    out->official_href = str_c(book->home);
    out->official_label = str_fmt(at->arena, "Buku PDF, %s", book->title);
    out->official_about = book->period == BOOK_OF_MONTH ? STR("Sebulan, bentuk resmi F4") : STR("Keadaan hari ini, bentuk resmi F4");
}

/* A filter that stands while nothing is said leaves rows out that somebody may want to have: the dead, those who moved. */
static void put_left_out(const struct list_reading *at, struct list_file_view *out)
{
    for (size_t i = 0; i < at->list->filters_n; i++) {
        const struct list_filter *filter = &at->list->filters[i];
        struct list_reading all = *at;

        if (filter->everything == NULL || str_is(at->values[i].from, filter->everything))
            continue;
        all.values = ARENA_ARRAY(at->arena, struct list_value, at->list->filters_n);
        memcpy(all.values, at->values, at->list->filters_n * sizeof *all.values);
        all.values[i].from = str_c(filter->everything);
        out->only = str_fmt(at->arena, "Hanya %.*s.", STR_ARG(list_value_words(at, i)));
        out->all_label = str_fmt(at->arena, "Semua %.*s", STR_ARG(str_lower(at->arena, str_c(filter->label))));
        out->all_href = list_address(&all, NULL);
    }
}

void list_put_file(const struct list_reading *at, struct list_view *out)
{
    static const struct str formats[] = {STR_INIT("xlsx"), STR_INIT("csv"), STR_INIT("csvx")};
    const struct book *book = at->list->file;

    if (book == NULL || at->is_faulty || !request_may(at->req, book->permission))
        return;
    out->file = (struct list_file_view){.action = str_fmt(at->arena, "%s/unduh", at->list->home),
                                        .about = at->list->is_live ? STR("Baris di daftar ini") : out->total,
                                        .note = book->has_numbers ? STR("Dengan NIK dan KK lengkap. Setiap unduhan dicatat.")
                                                                  : STR("Setiap unduhan dicatat."),
                                        .pairs = list_pairs(at),
                                        .forms = {ARENA_ARRAY(at->arena, struct list_file_form, COUNT_OF(formats)), COUNT_OF(formats)}};
    if (!at->list->is_live && list_is_filtered(at))
        out->file.about = str_fmt(at->arena, "%.*s yang disaring", STR_ARG(out->total));
    for (size_t i = 0; i < COUNT_OF(formats); i++) /* asking for the other format is another submission */
        out->file.forms.p[i] = (struct list_file_form){request_form_guard(at->req), formats[i]};
    put_left_out(at, &out->file);
    put_official(at, &out->file);
}

/* ---- asking ---- */

static void put_member(json_t *object, const char *key, struct str value)
{
    json_object_set_new(object, key, json_stringn(value.p, value.n));
}

/* The name of the list's search box; NULL: it has none. */
static const char *words_name(const struct list *list)
{
    for (size_t i = 0; i < list->filters_n; i++)
        if (list->filters[i].kind == LIST_WORDS)
            return list->filters[i].name;
    return NULL;
}

/* The worker gets everything; the audit row says the filters, and of typed words only that there were some. */
enum rc list_file_asked(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct list *list = request_route(req)->list;
    struct arena *arena = request_arena(req);
    const struct str format = list_take_got(req).format;
    const char *words = words_name(list);
    json_t *criteria, *detail;
    struct list_reading at;
    struct list_pairs pairs;

    TRY(list_read(req, list, arena_alloc(arena, list->find_bytes), &at, err));
    if (at.is_faulty)
        return fail(err, RC_BAD_REQUEST, "not the form of the list");
    pairs = list_pairs(&at);
    criteria = json_object();
    detail = json_object();
    for (size_t i = 0; i < pairs.n; i++) {
        put_member(criteria, str_z(arena, pairs.p[i].name), pairs.p[i].value);
        put_member(detail, str_z(arena, pairs.p[i].name), pairs.p[i].value);
    }
    if (words != NULL) {
        put_member(criteria, words, at.words);
        json_object_set_new(detail, words, json_boolean(!str_empty(at.words)));
    }
    put_member(detail, "bentuk", format);
    const struct export_order order = {
        .book = list->file, .format = str_z(arena, format), .criteria = json_write(arena, criteria), .detail = json_write(arena, detail)};
    json_decref(criteria);
    json_decref(detail);
    return export_order(txn, req, &order, go_to_out, err);
}

/* ---- in the worker ---- */

enum rc list_file_read(const struct book_run *run, const struct list *list, void *find, struct list_reading *out, struct err *err)
{
    json_t *criteria = (json_t *)(uintptr_t)run->criteria;

    list_begin(out, list, run->arena, run->today);
    for (void *i = json_object_iter(criteria); i != NULL; i = json_object_iter_next(criteria, i)) {
        const char *name = json_object_iter_key(i);

        if (!list_set(out, str_c(name), json_text(criteria, name)))
            return fail(err, RC_FAULT, "the export's %s means nothing", name);
    }
    return list_judge(out, find).n == 0 ? RC_OK : fail(err, RC_FAULT, "the export's criteria mean nothing");
}
