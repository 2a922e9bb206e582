// SPDX-License-Identifier: AGPL-3.0-or-later
/* From an address or a sent form to the filters of a statement, and back to an address. */
#include <stdlib.h>

#include "server/base/json.h"
#include "server/base/text.h"
#include "server/base/typed.h"
#include "server/register/list_parts.h"
#include "server/web/forms.h"

enum { TOKEN_VALID_S = 3600, MOST_WORDS = 100, MOST_TEXT = 60, OLDEST = 150, MOST_MONTHS = 60 };

const struct input list_input[] = {LIST_INPUTS, INPUT_END};

bool list_is_range(const struct list_filter *filter)
{
    return filter->kind == LIST_AGES || filter->kind == LIST_DATES;
}

struct str list_box_name(struct arena *arena, const struct list_filter *filter, const char *tail)
{
    return list_is_range(filter) ? str_fmt(arena, "%s%s", filter->name, tail) : str_c(filter->name);
}

bool list_is_set(const struct list_filter *filter, const struct list_value *value)
{
    if (filter->kind == LIST_WORDS)
        return false;
    if (filter->initial != NULL)
        return !str_is(value->from, filter->initial);
    return !str_empty(value->from) || !str_empty(value->until);
}

bool list_falls(const struct list_reading *at)
{
    return at->list->orders[at->order].falls != at->at.is_reversed;
}

/* ---- into the statement's struct ---- */

static void put_number(void *find, const struct list_member *to, uint64_t number)
{
    char *at = (char *)find + to->offset;

    if (to->type == LIST_TO_U64)
        *(struct opt_u64 *)at = some_u64(number);
    else if (to->type == LIST_TO_ENUM)
        *(unsigned *)at = (unsigned)number;
    else if (to->type == LIST_TO_BOOL)
        *(bool *)at = number != 0;
}

static void put_text(void *find, const struct list_member *to, struct str text)
{
    if (to->type == LIST_TO_STR)
        *(struct str *)((char *)find + to->offset) = text;
}

static void put_date(void *find, const struct list_member *to, struct date date)
{
    if (to->type == LIST_TO_DATE)
        *(struct date *)((char *)find + to->offset) = date;
}

/* ---- one value ---- */

#define NOT_IN_LIST "Pilihan ini tidak ada di daftar. Pilih lagi."

static const char *take_code(const struct list_filter *filter, struct str value, void *find)
{
    uint64_t code;

    if (!str_to_u64(value, &code) || code > UINT8_MAX || (code == 0 ? !filter->has_none : !code_exists(filter->codes, (uint32_t)code)))
        return NOT_IN_LIST;
    put_number(find, &filter->to, code);
    return NULL;
}

static const char *take_option(const struct list_filter *filter, struct str value, void *find)
{
    uint64_t number;

    if (filter->field != NULL) {
        if (!str_to_u64(value, &number) || str_empty(form_show_option(filter->field, some_u64(number))))
            return NOT_IN_LIST;
        put_number(find, &filter->to, number);
        return NULL;
    }
    for (const struct list_option *o = filter->options; o->value != NULL; o++)
        if (str_is(value, o->value)) {
            if (filter->to.type == LIST_TO_STR)
                put_text(find, &filter->to, value);
            else
                put_number(find, &filter->to, o->number);
            return NULL;
        }
    return NOT_IN_LIST;
}

static bool read_age(struct str value, uint64_t *out)
{
    return str_to_u64(value, out) && *out <= OLDEST;
}

/* Who is at least A was born until today A years ago; who is at most B was born after the day B + 1 years ago. */
static const char *take_ages(const struct list_filter *filter, const struct list_value *value, struct date today, void *find)
{
    uint64_t from = 0, until = OLDEST;

    if ((!str_empty(value->from) && !read_age(value->from, &from)) || (!str_empty(value->until) && !read_age(value->until, &until)))
        return "Umur ditulis dengan angka, 0 sampai 150.";
    if (from > until)
        return "Umur awal lebih besar dari umur akhir. Tukar keduanya.";
    if (!str_empty(value->from))
        put_date(find, &filter->until, date_add_months(today, -12 * (int)from));
    if (!str_empty(value->until)) {
        put_date(find, &filter->to, date_add_months(today, -12 * ((int)until + 1)));
        if (str_empty(value->from))
            put_date(find, &filter->until, today); /* nobody who is yet to be born */
    }
    return NULL;
}

static const char *take_dates(const struct list_filter *filter, const struct list_value *value, struct date today, void *find)
{
    const int latest = today.year + YEARS_TYPED_AHEAD;
    struct date from = {0}, until = {0};

    if ((!str_empty(value->from) && !date_typed(value->from, latest, &from)) ||
        (!str_empty(value->until) && !date_typed(value->until, latest, &until)))
        return "Tanggal ditulis seperti 24-11-2026.";
    if (!date_is_none(from) && !date_is_none(until) && date_compare(from, until) > 0)
        return "Tanggal awal sesudah tanggal akhir. Tukar keduanya.";
    if (!date_is_none(from))
        put_date(find, &filter->to, from);
    if (!date_is_none(until))
        put_date(find, &filter->until, date_from_days(date_to_days(until) + 1));
    return NULL;
}

static const char *take_month(const struct list_filter *filter, struct str value, void *find)
{
    struct date first;

    if (!month_parse(value, &first))
        return NOT_IN_LIST;
    put_date(find, &filter->to, first);
    put_date(find, &filter->until, date_add_months(first, 1));
    return NULL;
}

/* NULL, or in words what would be accepted. */
static const char *take(const struct list_reading *at, const struct list_filter *filter, const struct list_value *value, void *find)
{
    if (filter->everything != NULL && str_is(value->from, filter->everything))
        return NULL;
    switch (filter->kind) {
    case LIST_CODE:
        return take_code(filter, value->from, find);
    case LIST_OPTION:
        return take_option(filter, value->from, find);
    case LIST_AGES:
        return take_ages(filter, value, at->today, find);
    case LIST_DATES:
        return take_dates(filter, value, at->today, find);
    case LIST_MONTH:
        return take_month(filter, value->from, find);
    case LIST_TEXT:
        if (utf8_length(value->from) > (filter->max != 0 ? filter->max : MOST_TEXT))
            return "Tulisan ini terlalu panjang.";
        put_text(find, &filter->to, value->from);
        return NULL;
    case LIST_WORDS:
        return NULL;
    }
    return NULL;
}

static void put_words(const struct list_reading *at, void *find)
{
    for (size_t i = 0; i < at->list->filters_n; i++)
        if (at->list->filters[i].kind == LIST_WORDS && !str_empty(at->words))
            put_text(find, &at->list->filters[i].to, text_search(at->arena, at->words));
}

static void add_fault(struct list_reading *at, struct faults *faults, struct str field, const char *words)
{
    if (faults->p == NULL)
        faults->p = ARENA_ARRAY(at->arena, struct fault, at->list->filters_n + 2);
    faults->p[faults->n++] = (struct fault){field, str_c(words), false};
    faults->wrong++;
    at->is_faulty = true;
}

static void judge_order(struct list_reading *at, struct faults *faults)
{
    const struct list *list = at->list;
    bool is_known = str_empty(at->order_word), is_down = str_is(at->way_word, "turun");

    for (uint32_t i = 0; i < list->orders_n; i++)
        if (str_is(at->order_word, list->orders[i].word)) {
            at->order = i;
            is_known = true;
        }
    if (!is_known)
        add_fault(at, faults, STR("urut"), NOT_IN_LIST);
    if (!str_empty(at->way_word) && !is_down && !str_is(at->way_word, "naik"))
        add_fault(at, faults, STR("arah"), NOT_IN_LIST);
    at->at.order = list->orders[at->order].by;
    at->at.is_reversed = !str_empty(at->way_word) && is_down != list->orders[at->order].falls;
}

struct faults list_judge(struct list_reading *at, void *find)
{
    struct faults faults = {0};

    memset(find, 0, at->list->find_bytes);
    for (size_t i = 0; i < at->list->filters_n; i++) {
        const struct list_filter *filter = &at->list->filters[i];
        struct list_value *value = &at->values[i];
        const char *fault;

        if (str_empty(value->from) && filter->initial != NULL)
            value->from = str_c(filter->initial);
        if (filter->kind == LIST_WORDS || (str_empty(value->from) && str_empty(value->until)))
            continue;
        fault = take(at, filter, value, find);
        if (fault != NULL && at->list->forgives)
            *value = (struct list_value){STR(""), STR("")};
        else if (fault != NULL)
            add_fault(at, &faults, list_box_name(at->arena, filter, "_dari"), fault);
    }
    judge_order(at, &faults);
    put_words(at, find);
    return faults;
}

/* ---- all that was sent ---- */

void list_begin(struct list_reading *at, const struct list *list, struct arena *arena, struct date today)
{
    *at = (struct list_reading){.list = list,
                                .arena = arena,
                                .today = today,
                                .words = STR(""),
                                .order_word = STR(""),
                                .way_word = STR(""),
                                .first_no = 1,
                                .values = ARENA_ARRAY(arena, struct list_value, list->filters_n),
                                .choices = ARENA_ARRAY(arena, struct options, list->filters_n)};
    for (size_t i = 0; i < list->filters_n; i++)
        at->values[i] = (struct list_value){STR(""), STR("")};
}

static bool set_value(struct list_reading *at, size_t i, struct str name, struct str value)
{
    const struct list_filter *filter = &at->list->filters[i];

    if (filter->kind == LIST_WORDS && str_is(name, filter->name))
        at->words = utf8_part(at->arena, text_tidy(at->arena, value), MOST_WORDS);
    else if (str_eq(name, list_box_name(at->arena, filter, "_dari")))
        at->values[i].from = str_trim(value);
    else if (list_is_range(filter) && str_eq(name, list_box_name(at->arena, filter, "_sampai")))
        at->values[i].until = str_trim(value);
    else
        return false;
    return true;
}

bool list_set(struct list_reading *at, struct str name, struct str value)
{
    if (str_is(name, "urut"))
        at->order_word = str_trim(value);
    else if (str_is(name, "arah"))
        at->way_word = str_trim(value);
    else {
        for (size_t i = 0; i < at->list->filters_n; i++)
            if (set_value(at, i, name, value))
                return true;
        return false;
    }
    return true;
}

/* The search box's words come in a form, never in an address. */
static bool is_of_address(const struct list_reading *at, struct str name)
{
    for (size_t i = 0; i < at->list->filters_n; i++)
        if (at->list->filters[i].kind == LIST_WORDS && !at->list->filters[i].is_open && str_is(name, at->list->filters[i].name))
            return false;
    return true;
}

/* A spot of another order is of no use: the list begins anew. */
static enum rc read_token(struct list_reading *at, struct err *err)
{
    struct str sealed = input_token(at->req, LIST_TOKEN, at->list->home);
    json_t *state;

    if (str_empty(sealed))
        return RC_OK;
    TRY(json_read(at->arena, sealed, &state, err));
    if (!request_is_sent(at->req))
        at->words = json_text(state, "q");
    if (str_empty(json_text(state, "s")) || json_u64(state, "o") != at->order || json_bool(state, "r") != at->at.is_reversed)
        return RC_OK;
    at->at.spot = json_text(state, "s");
    at->at.is_back = json_bool(state, "z");
    at->first_no = json_u64(state, "p");
    return RC_OK;
}

enum rc list_read(struct request *req, const struct list *list, void *find, struct list_reading *out, struct err *err)
{
    struct input_pairs pairs = input_prefixed(req, "");
    struct faults faults;

    list_begin(out, list, request_arena(req), request_village(req) != NULL ? request_today(req) : (struct date){0});
    out->req = req;
    for (size_t i = 0; i < pairs.n; i++)
        if ((!request_is_sent(req) && !is_of_address(out, pairs.p[i].name)) || !list_set(out, pairs.p[i].name, pairs.p[i].value))
            return fail(err, RC_BAD_REQUEST, "a field that the list %s does not have", list->home);
    faults = list_judge(out, find);
    for (size_t i = 0; i < faults.n; i++)
        request_fault(req, str_z(out->arena, faults.p[i].field), "%.*s", STR_ARG(faults.p[i].text));
    TRY(read_token(out, err));
    put_words(out, find);
    out->is_faulty = request_faults(req)->n > 0;
    return RC_OK;
}

enum rc list_posted(struct request *req, struct response *resp, struct err *err)
{
    const struct list *list = request_route(req)->list;
    handler_fn *page = request_route(req)->page;
    struct list_reading at;
    void *find = arena_alloc(request_arena(req), list->find_bytes);

    if (request_is_part(req))
        return page(req, resp, err);
    TRY(list_read(req, list, find, &at, err));
    if (at.is_faulty)
        return page(req, resp, err);
    return respond_redirect(resp, list_href(&at));
}

/* ---- to an address ---- */

static struct str seal_spot(const struct list_reading *at, const struct list_spot *spot)
{
    json_t *state = json_pack("{s:o, s:o, s:I, s:b, s:b, s:I}", "q", json_stringn(at->words.p, at->words.n), "s",
                              spot != NULL ? json_stringn(spot->spot.p, spot->spot.n) : json_string(""), "o", (json_int_t)at->order, "r",
                              at->at.is_reversed, "z", spot != NULL && spot->is_back, "p", (json_int_t)(spot != NULL ? spot->first_no : 1));
    struct str token = token_seal(at->req, at->list->home, json_write(at->arena, state), TOKEN_VALID_S);

    json_decref(state);
    return token;
}

static void put_pair(struct list_pairs *out, struct str name, struct str value)
{
    if (!str_empty(value))
        out->p[out->n++] = (struct list_pair){name, value};
}

struct list_pairs list_pairs(const struct list_reading *at)
{
    const struct list *list = at->list;
    struct list_pairs out = {ARENA_ARRAY(at->arena, struct list_pair, 2 * list->filters_n + 3), 0};

    for (size_t i = 0; i < list->filters_n; i++) {
        const struct list_filter *filter = &list->filters[i];

        if (filter->is_open)
            put_pair(&out, str_c(filter->name), at->words);
        if (!list_is_set(filter, &at->values[i]))
            continue;
        put_pair(&out, list_box_name(at->arena, filter, "_dari"), at->values[i].from);
        put_pair(&out, list_box_name(at->arena, filter, "_sampai"), at->values[i].until);
    }
    if (at->order != 0)
        put_pair(&out, STR("urut"), str_c(list->orders[at->order].word));
    if (at->at.is_reversed)
        put_pair(&out, STR("arah"), list_falls(at) ? STR("turun") : STR("naik"));
    return out;
}

static bool has_sealed_words(const struct list_reading *at)
{
    for (size_t i = 0; i < at->list->filters_n; i++)
        if (at->list->filters[i].kind == LIST_WORDS && !at->list->filters[i].is_open)
            return !str_empty(at->words);
    return false;
}

struct str list_address(const struct list_reading *at, const struct list_spot *spot)
{
    struct buf out = {.arena = at->arena};
    struct list_pairs pairs = list_pairs(at);

    if (at->req != NULL && (has_sealed_words(at) || spot != NULL))
        put_pair(&pairs, STR(LIST_TOKEN), seal_spot(at, spot));
    buf_put_str(&out, str_c(at->list->home));
    for (size_t i = 0; i < pairs.n; i++) {
        buf_fmt(&out, "%c%.*s=", i == 0 ? '?' : '&', STR_ARG(pairs.p[i].name));
        html_put_url_part(&out, pairs.p[i].value);
    }
    return buf_str(&out);
}

struct str list_href(const struct list_reading *at)
{
    return list_address(at, NULL);
}

struct str list_search_href(struct request *req, const struct list *list, struct str typed)
{
    struct list_reading at;

    list_begin(&at, list, request_arena(req), request_today(req));
    at.req = req;
    at.words = utf8_part(at.arena, text_tidy(at.arena, typed), MOST_WORDS);
    return list_href(&at);
}

/* ---- what the room asks ---- */

size_t list_filter_of(const struct list_reading *at, const char *name)
{
    for (size_t i = 0; i < at->list->filters_n; i++)
        if (strcmp(at->list->filters[i].name, name) == 0)
            return i;
    log_event(LOG_ERROR, "list", "%s has no filter %s", at->list->home, name);
    abort();
}

struct str list_value_of(const struct list_reading *at, const char *name)
{
    return at->values[list_filter_of(at, name)].from;
}

void list_drop(struct list_reading *at, const char *name)
{
    at->values[list_filter_of(at, name)] = (struct list_value){STR(""), STR("")};
}

void list_choices(struct list_reading *at, const char *name, struct options choices)
{
    at->choices[list_filter_of(at, name)] = choices;
}

void list_choices_lines(struct list_reading *at, const char *name, struct str lines, bool are_names)
{
    struct arena *arena = at->arena;
    struct options out = {ARENA_ARRAY(arena, struct option, lines.n / 2 + 1), 0};
    struct str line;

    while (str_cut(&lines, '\n', &line))
        if (!str_empty(line))
            out.p[out.n++] = (struct option){.value = line,
                                             .label = str_is(line, "-") ? STR("Belum diisi")
                                                      : are_names       ? text_name(arena, line)
                                                                        : line};
    list_choices(at, name, out);
}

size_t list_typed_words(struct arena *arena, struct str typed, struct str *words_out, size_t most)
{
    struct str rest = text_fold(arena, typed), word;
    size_t n = 0;

    while (n < most && str_cut(&rest, ' ', &word))
        if (word.n > 0)
            words_out[n++] = str_part(word, 0, MOST_TEXT);
    return n;
}

struct options list_months(struct arena *arena, struct date first, struct date last)
{
    struct options out = {ARENA_ARRAY(arena, struct option, MOST_MONTHS), 0};

    if (date_is_none(first) || date_is_none(last))
        return out;
    first.day = last.day = 1;
    for (; date_compare(last, first) >= 0 && out.n < MOST_MONTHS; last = date_add_months(last, -1))
        out.p[out.n++] = (struct option){.value = month_word(arena, last), .label = month_long(arena, last)};
    return out;
}
