// SPDX-License-Identifier: AGPL-3.0-or-later
/* What stands around the rows: tabs, boxes, chips, heads, the count, the ways on, and why there is nothing. */
#include "server/base/text.h"
#include "server/register/list_parts.h"
#include "server/web/feature.h"

bool list_must_count(const struct list_reading *at, struct list_result *got)
{
    if (str_empty(at->at.spot) && !got->ends.has_before && !got->ends.has_after) {
        got->found = got->rows;
        return false;
    }
    return true;
}

/* ---- addresses of other looks at the same list ---- */

static struct list_reading changed(const struct list_reading *at)
{
    struct list_reading other = *at;

    other.values = ARENA_ARRAY(at->arena, struct list_value, at->list->filters_n);
    if (at->list->filters_n > 0)
        memcpy(other.values, at->values, at->list->filters_n * sizeof(*at->values));
    return other;
}

static struct str with_value(const struct list_reading *at, size_t i, struct str value)
{
    struct list_reading other = changed(at);

    other.values[i] = (struct list_value){value, STR("")};
    return list_address(&other, NULL);
}

struct str list_href_with(const struct list_reading *at, const char *name, struct str value)
{
    return with_value(at, list_filter_of(at, name), value);
}

static struct str without(const struct list_reading *at, size_t i)
{
    const char *initial = at->list->filters[i].initial;

    return with_value(at, i, initial != NULL ? str_c(initial) : STR(""));
}

static struct str sorted_by(const struct list_reading *at, uint32_t order, bool is_reversed)
{
    struct list_reading other = changed(at);

    other.order = order;
    other.at.is_reversed = is_reversed;
    return list_address(&other, NULL);
}

/* ---- a filter's choices ---- */

static struct options code_choices(struct arena *arena, const struct list_filter *filter)
{
    size_t n;
    const struct code *codes = codes_of(filter->codes, &n);
    struct options out = {ARENA_ARRAY(arena, struct option, n + 2), 0};

    for (size_t i = 0; i < n; i++)
        out.p[out.n++] = (struct option){.value = str_fmt(arena, "%" PRIu32, codes[i].code), .label = codes[i].label};
    if (filter->has_none)
        out.p[out.n++] = (struct option){.value = STR("0"), .label = STR("Belum diisi")};
    return out;
}

static struct options own_choices(struct arena *arena, const struct list_filter *filter)
{
    struct options out = {0};

    if (filter->field != NULL)
        return form_options(arena, NULL, filter->field, STR(""));
    while (filter->options[out.n].value != NULL)
        out.n++;
    out.p = ARENA_ARRAY(arena, struct option, out.n + 1);
    for (size_t i = 0; i < out.n; i++)
        out.p[i] = (struct option){.value = str_c(filter->options[i].value), .label = str_c(filter->options[i].label)};
    return out;
}

/* What the box still says when no choice says it: a place where nobody lives, a month before the first. */
static struct str label_of_value(struct arena *arena, const struct list_filter *filter, struct str value)
{
    struct date month;

    if (filter->kind == LIST_MONTH && month_parse(value, &month))
        return month_long(arena, month);
    return filter->kind == LIST_TEXT ? text_name(arena, value) : value;
}

/* All choices of a filter, the one in use marked. */
static struct options choices_of(const struct list_reading *at, size_t i)
{
    const struct list_filter *filter = &at->list->filters[i];
    struct arena *arena = at->arena;
    struct str value = at->values[i].from;
    struct options given = filter->kind == LIST_CODE     ? code_choices(arena, filter)
                           : filter->kind == LIST_OPTION ? own_choices(arena, filter)
                                                         : at->choices[i];
    struct options out = {ARENA_ARRAY(arena, struct option, given.n + 2), given.n};
    bool is_there = str_empty(value);

    for (size_t j = 0; j < given.n; j++) {
        out.p[j] = given.p[j];
        out.p[j].is_selected = str_eq_nocase(given.p[j].value, value);
        is_there = is_there || out.p[j].is_selected;
    }
    if (!is_there && (filter->kind == LIST_TEXT || filter->kind == LIST_MONTH))
        out.p[out.n++] = (struct option){.value = value, .label = label_of_value(arena, filter, value), .is_selected = true};
    if (filter->everything != NULL)
        for (size_t j = 0; j < out.n; j++)
            if (str_is(out.p[j].value, filter->everything))
                return out;
    if (filter->everything != NULL)
        out.p[out.n++] = (struct option){
            .value = str_c(filter->everything), .label = STR("Semua"), .is_selected = str_is(value, filter->everything)};
    return out;
}

/* ---- chips ---- */

static struct str ages_words(struct arena *arena, const struct list_filter *filter, const struct list_value *value)
{
    if (str_empty(value->until))
        return str_fmt(arena, "%s: %.*s tahun ke atas", filter->label, STR_ARG(value->from));
    if (str_empty(value->from))
        return str_fmt(arena, "%s: sampai %.*s tahun", filter->label, STR_ARG(value->until));
    if (str_eq(value->from, value->until))
        return str_fmt(arena, "%s: %.*s tahun", filter->label, STR_ARG(value->from));
    return str_fmt(arena, "%s: %.*s–%.*s tahun", filter->label, STR_ARG(value->from), STR_ARG(value->until));
}

static struct str dates_words(struct arena *arena, const struct list_filter *filter, const struct list_value *value)
{
    if (str_empty(value->until))
        return str_fmt(arena, "%s: sejak %.*s", filter->label, STR_ARG(value->from));
    if (str_empty(value->from))
        return str_fmt(arena, "%s: sampai %.*s", filter->label, STR_ARG(value->until));
    return str_fmt(arena, "%s: %.*s sampai %.*s", filter->label, STR_ARG(value->from), STR_ARG(value->until));
}

struct str list_value_words(const struct list_reading *at, size_t i)
{
    const struct list_filter *filter = &at->list->filters[i];
    struct arena *arena = at->arena;
    struct options choices;

    if (filter->kind == LIST_AGES)
        return ages_words(arena, filter, &at->values[i]);
    if (filter->kind == LIST_DATES)
        return dates_words(arena, filter, &at->values[i]);
    choices = choices_of(at, i);
    for (size_t j = 0; j < choices.n; j++)
        if (choices.p[j].is_selected) {
            const char *chip = filter->kind == LIST_OPTION && filter->field == NULL && filter->options[j].value != NULL
                                   ? filter->options[j].chip
                                   : NULL;
            bool is_none = str_is(choices.p[j].label, "Belum diisi") || str_is(choices.p[j].label, "Semua");
            struct str label = is_none ? str_lower(arena, choices.p[j].label) : choices.p[j].label;

            if (chip != NULL || filter->is_plain)
                return chip != NULL ? str_c(chip) : label;
            return str_fmt(arena, "%s: %.*s", filter->label, STR_ARG(label));
        }
    return str_fmt(arena, "%s: %.*s", filter->label, STR_ARG(at->values[i].from));
}

void list_put_chips(const struct list_reading *at, struct list_view *out)
{
    const struct list *list = at->list;
    struct arena *arena = at->arena;
    struct chips_view *chips = &out->chips;

    chips->p = ARENA_ARRAY(arena, struct chip, list->filters_n + 1);
    if (!str_empty(at->words)) {
        struct list_reading wordless = *at;

        wordless.words = STR("");
        chips->p[chips->n++] = (struct chip){str_fmt(arena, "Cari: %.*s", STR_ARG(at->words)), list_address(&wordless, NULL)};
    }
    for (size_t i = 0; i < list->filters_n; i++)
        if (!list->filters[i].is_tabs && list_is_set(&list->filters[i], &at->values[i]))
            chips->p[chips->n++] = (struct chip){list_value_words(at, i), without(at, i)};
    if (chips->n > 0)
        chips->clear_href = str_c(list->home);
    chips->summary = out->summary;
}

/* ---- tabs, boxes, heads ---- */

static void put_tabs(const struct list_reading *at, size_t i, const uint64_t *counts, struct tabs_view *tabs)
{
    const struct list_filter *filter = &at->list->filters[i];
    struct arena *arena = at->arena;
    const struct options choices = choices_of(at, i);

    *tabs = (struct tabs_view){.label = str_c(filter->label), .p = ARENA_ARRAY(arena, struct tab, choices.n + 1)};
    if (filter->initial == NULL)
        tabs->p[tabs->n++] = (struct tab){.href = with_value(at, i, STR("")),
                                          .label = str_c(filter->any != NULL ? filter->any : "Semua"),
                                          .is_active = str_empty(at->values[i].from)};
    for (size_t j = 0; j < choices.n; j++)
        tabs->p[tabs->n++] = (struct tab){
            .href = with_value(at, i, choices.p[j].value), .label = choices.p[j].label, .is_active = choices.p[j].is_selected};
    for (size_t j = 0; counts != NULL && j < tabs->n; j++)
        if (counts[j] != LIST_NO_COUNT)
            tabs->p[j].count = counts[j] > LIST_BOUND ? STR("1.000+") : number_text(arena, (int64_t)counts[j]);
}

static struct list_box box_of(const struct list_reading *at, size_t i)
{
    const struct list_filter *filter = &at->list->filters[i];
    struct arena *arena = at->arena;
    struct list_box box = {.is_range = list_is_range(filter), .label = str_c(filter->label)};

    box.from_name = list_box_name(arena, filter, "_dari");
    box.fault = request_fault_of(at->req, str_z(arena, box.from_name));
    if (box.is_range) {
        box.until_name = list_box_name(arena, filter, "_sampai");
        box.from = at->values[i].from;
        box.until = at->values[i].until;
        box.placeholder_from = STR("dari");
        box.placeholder_until = STR("s.d.");
        box.inputmode = STR("numeric");
        return box;
    }
    box.select = (struct select_view){.name = str_c(filter->name),
                                      .label = box.label,
                                      .fault = box.fault,
                                      .empty_label = filter->initial != NULL ? STR("") : str_c(filter->any != NULL ? filter->any : "Semua"),
                                      .options = choices_of(at, i)};
    return box;
}

/* An order without a column is chosen in a box. */
static bool has_column(const struct list *list, uint32_t order)
{
    for (size_t i = 0; i < list->columns_n; i++)
        if (list->columns[i].by == list->orders[order].by)
            return true;
    return false;
}

static bool has_order_boxes(const struct list *list)
{
    for (uint32_t i = 0; i < list->orders_n; i++)
        if (!has_column(list, i))
            return true;
    return false;
}

static void put_order_boxes(const struct list_reading *at, struct list_view *out)
{
    const struct list *list = at->list;
    bool falls = list->orders[at->order].falls;
    struct options orders = {ARENA_ARRAY(at->arena, struct option, list->orders_n), list->orders_n - 1};
    struct option *way = ARENA_NEW(at->arena, struct option);

    for (uint32_t i = 1; i < list->orders_n; i++)
        orders.p[i - 1] = (struct option){
            .value = str_c(list->orders[i].word), .label = str_c(list->orders[i].label), .is_selected = i == at->order};
    *way = (struct option){
        .value = falls ? STR("naik") : STR("turun"), .label = falls ? STR("Naik") : STR("Turun"), .is_selected = at->at.is_reversed};
    out->is_more_open = out->is_more_open || (at->order != 0 && !has_column(list, at->order)); /* chosen, and no head says so */
    out->more.p[out->more.n++] = (struct list_box){
        .select = {.name = STR("urut"), .label = STR("Urut menurut"), .empty_label = str_c(list->orders[0].label), .options = orders}};
    out->more.p[out->more.n++] = (struct list_box){
        .select = {
            .name = STR("arah"), .label = STR("Arah urutan"), .empty_label = falls ? STR("Turun") : STR("Naik"), .options = {way, 1}}};
}

/* What the form does not ask for but keeps: the tab, the order. */
static struct list_pairs carried(const struct list_reading *at)
{
    struct list_reading other = changed(at);

    other.words = STR("");
    for (size_t i = 0; i < at->list->filters_n; i++)
        if (!at->list->filters[i].is_tabs)
            other.values[i] = (struct list_value){at->list->filters[i].initial != NULL ? str_c(at->list->filters[i].initial) : STR(""),
                                                  STR("")};
    if (has_order_boxes(at->list)) {
        other.order = 0;
        other.at.is_reversed = false;
    }
    return list_pairs(&other);
}

static void put_boxes(const struct list_reading *at, const uint64_t *tab_counts, struct list_view *out)
{
    const struct list *list = at->list;
    struct arena *arena = at->arena;

    out->boxes.p = ARENA_ARRAY(arena, struct list_box, list->filters_n);
    out->more.p = ARENA_ARRAY(arena, struct list_box, list->filters_n + 2);
    for (size_t i = 0; i < list->filters_n; i++) {
        const struct list_filter *filter = &list->filters[i];

        if (filter->is_tabs) {
            put_tabs(at, i, tab_counts, &out->tabs);
        } else if (filter->kind == LIST_WORDS) {
            out->words_name = str_c(filter->name);
            out->words_label = str_c(filter->label);
            out->words_hint = filter->hint != NULL ? str_c(filter->hint) : STR("");
            out->words_fault = request_fault_of(at->req, filter->name);
            out->words = at->words;
        } else if (str_is(str_c(filter->name), "dusun") && !request_has_hamlets(at->req)) {
            continue;
        } else if (filter->is_more) {
            out->more.p[out->more.n++] = box_of(at, i);
            out->is_more_open = out->is_more_open || list_is_set(filter, &at->values[i]);
        } else {
            out->boxes.p[out->boxes.n++] = box_of(at, i);
        }
    }
    if (has_order_boxes(list))
        put_order_boxes(at, out);
    out->has_filters = !str_empty(out->words_name) || out->boxes.n > 0 || out->more.n > 0;
    out->is_sifted = out->boxes.n > 3;
    out->hiddens = carried(at);
}

static void put_heads(const struct list_reading *at, struct list_heads *heads)
{
    const struct list *list = at->list;

    *heads = (struct list_heads){ARENA_ARRAY(at->arena, struct list_head, list->columns_n), list->columns_n};
    for (size_t i = 0; i < list->columns_n; i++) {
        const struct list_column *column = &list->columns[i];
        struct list_head *head = &heads->p[i];

        *head = (struct list_head){.label = str_c(column->label), .is_number = column->is_number};
        for (uint32_t j = 0; column->by != 0 && j < list->orders_n; j++)
            if (list->orders[j].by == column->by) {
                bool is_now = at->at.order == column->by;

                head->href = sorted_by(at, j, is_now && !at->at.is_reversed);
                head->sorted = !is_now ? STR("") : list_falls(at) ? STR("descending") : STR("ascending");
            }
    }
}

/* ---- the count, the ways on, nothing ---- */

/* beyond: what is said of more rows than are counted; about: of a number that held before the last change. */
static struct str found_words(struct arena *arena, const struct list_result *got, const char *about, const char *beyond)
{
    if (got->about != 0)
        return str_fmt(arena, "%s %.*s", about, STR_ARG(number_text(arena, (int64_t)got->about)));
    return !got->is_exact && got->found > LIST_BOUND ? str_c(beyond) : number_text(arena, (int64_t)got->found);
}

static void put_count(const struct list_reading *at, const struct list_result *got, struct list_view *out)
{
    struct arena *arena = at->arena;
    uint64_t first = got->ends.has_before ? at->first_no : 1;

    if (at->is_faulty)
        return;
    out->total = str_fmt(arena, "%.*s %s", STR_ARG(found_words(arena, got, "Sekitar", "Lebih dari 1.000")), at->list->noun);
    if (got->rows > 0)
        out->summary = str_fmt(arena, "Menampilkan %.*s–%.*s dari %.*s", STR_ARG(number_text(arena, (int64_t)first)),
                               STR_ARG(number_text(arena, (int64_t)(first + got->rows - 1))),
                               STR_ARG(found_words(arena, got, "sekitar", "1.000 lebih")));
}

static void put_ways(const struct list_reading *at, const struct list_result *got, struct pagination_view *pages)
{
    uint64_t first = got->ends.has_before ? at->first_no : 1;

    uint32_t page = at->list->page != 0 ? at->list->page : LIST_PAGE;

    pages->summary = at->list->note != NULL ? str_c(at->list->note) : STR("");
    if (got->ends.has_before)
        pages->previous_href = list_address(at, &(struct list_spot){got->ends.first, true, first > page ? first - page : 1});
    if (got->ends.has_after)
        pages->next_href = list_address(at, &(struct list_spot){got->ends.last, false, first + got->rows});
}

static struct empty_view nothing(const struct list_reading *at, bool has_filter)
{
    struct arena *arena = at->arena;
    const struct list *list = at->list;
    const struct list_nothing *words = has_filter ? &list->no_match : &list->empty;

    if (at->is_faulty)
        return (struct empty_view){STR("Daftar ini belum bisa ditampilkan"), STR("Perbaiki saringannya, atau hapus semua saringan."),
                                   str_c(list->home), STR("Hapus semua saringan")};
    if (!str_empty(at->at.spot))
        return (struct empty_view){str_fmt(arena, "Tidak ada %s lagi di halaman ini", list->noun),
                                   STR("Datanya berubah sejak halaman sebelumnya dibuka."), list_href(at),
                                   STR("Kembali ke halaman pertama")};
    return (struct empty_view){words->title != NULL ? str_c(words->title) : str_fmt(arena, "Tidak ada %s yang cocok", list->noun),
                               words->text != NULL ? str_c(words->text) : STR("Hapus saringan untuk melihat semua."),
                               words->href != NULL ? str_c(words->href)
                               : has_filter        ? str_c(list->home)
                                                   : STR(""),
                               words->link_label != NULL ? str_c(words->link_label) : STR("Hapus semua saringan")};
}

bool list_is_filtered(const struct list_reading *at)
{
    for (size_t i = 0; i < at->list->filters_n; i++)
        if (list_is_set(&at->list->filters[i], &at->values[i]))
            return true;
    return !str_empty(at->words);
}

void list_put(const struct list_reading *at, const struct list_result *got, struct list_view *out)
{
    *out = (struct list_view){.guard = request_form_guard(at->req),
                              .faults = *request_faults(at->req),
                              .action = str_c(at->list->home),
                              .label = str_fmt(at->arena, "Saring %s", at->list->noun),
                              .is_live = at->list->is_live,
                              .is_empty = got->rows == 0};
    put_count(at, got, out);
    put_boxes(at, got->tabs, out);
    list_put_chips(at, out);
    put_heads(at, &out->heads);
    put_ways(at, got, &out->pages);
    list_put_file(at, out);
    if (out->is_empty)
        out->empty = nothing(at, list_is_filtered(at));
}
