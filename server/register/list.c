// SPDX-License-Identifier: AGPL-3.0-or-later
/* From an address or a sent form to the filters of a statement, and back to an address. */
#include <stdlib.h>

#include "server/base/json.h"
#include "server/base/text.h"
#include "server/register/list_parts.h"

enum { TOKEN_VALID_S = 3600, MOST_WORDS = 100, MOST_TEXT = 60, OLDEST = 150 };

const struct input list_input[] = {FIELD(TOKEN, LIST_TOKEN, "Halaman", false, 0, 0), FIELD(PREFIX, "", "Saringan", false, 0, MOST_WORDS),
                                   INPUT_END};

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
static const char *take_ages(const struct list_reading *at, const struct list_filter *filter, const struct list_value *value, void *find)
{
    uint64_t from = 0, until = OLDEST;
    struct date today = request_today(at->req);

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

static const char *take_dates(const struct list_filter *filter, const struct list_value *value, void *find)
{
    struct date from = {0}, until = {0};

    if ((!str_empty(value->from) && !date_parse(value->from, &from)) || (!str_empty(value->until) && !date_parse(value->until, &until)))
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
        return take_ages(at, filter, value, find);
    case LIST_DATES:
        return take_dates(filter, value, find);
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

static void judge(struct list_reading *at, void *find)
{
    const struct list *list = at->list;

    for (size_t i = 0; i < list->filters_n; i++) {
        const struct list_filter *filter = &list->filters[i];
        struct list_value *value = &at->values[i];
        const char *fault;

        if (str_empty(value->from) && filter->initial != NULL)
            value->from = str_c(filter->initial);
        if (filter->kind == LIST_WORDS && !str_empty(at->words))
            put_text(find, &filter->to, at->words);
        if (filter->kind == LIST_WORDS || (str_empty(value->from) && str_empty(value->until)))
            continue;
        fault = take(at, filter, value, find);
        if (fault != NULL)
            request_fault(at->req, str_z(request_arena(at->req), list_box_name(request_arena(at->req), filter, "_dari")), "%s", fault);
    }
}

/* ---- all that was sent ---- */

static bool place(struct list_reading *at, struct str name, struct str value)
{
    struct arena *arena = request_arena(at->req);

    for (size_t i = 0; i < at->list->filters_n; i++) {
        const struct list_filter *filter = &at->list->filters[i];

        if (filter->kind == LIST_WORDS && str_is(name, filter->name) && request_is_sent(at->req)) {
            at->words = utf8_part(arena, text_tidy(arena, value), MOST_WORDS);
            return true;
        }
        if (filter->kind == LIST_WORDS)
            continue;
        if (str_eq(name, list_box_name(arena, filter, "_dari"))) {
            at->values[i].from = str_trim(value);
            return true;
        }
        if (list_is_range(filter) && str_eq(name, list_box_name(arena, filter, "_sampai"))) {
            at->values[i].until = str_trim(value);
            return true;
        }
    }
    return false;
}

static void read_order(struct list_reading *at, struct str word, struct str way)
{
    const struct list *list = at->list;
    bool is_known = str_empty(word), is_down = str_is(way, "turun");

    for (uint32_t i = 0; i < list->orders_n; i++)
        if (str_is(word, list->orders[i].word)) {
            at->order = i;
            is_known = true;
        }
    if (!is_known)
        request_fault(at->req, "urut", "%s", NOT_IN_LIST);
    if (!str_empty(way) && !is_down && !str_is(way, "naik"))
        request_fault(at->req, "arah", "%s", NOT_IN_LIST);
    at->at.order = list->orders[at->order].by;
    at->at.is_reversed = !str_empty(way) && is_down != list->orders[at->order].falls;
}

/* A spot of another order is of no use: the list begins anew. */
static enum rc read_token(struct list_reading *at, struct err *err)
{
    struct str sealed = input_token(at->req, LIST_TOKEN, at->list->home);
    json_t *state;

    if (str_empty(sealed))
        return RC_OK;
    TRY(json_read(request_arena(at->req), sealed, &state, err));
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
    struct str order = STR(""), way = STR("");
    struct arena *arena = request_arena(req);

    *out = (struct list_reading){.req = req, .list = list, .words = STR(""), .first_no = 1};
    memset(find, 0, list->find_bytes);
    out->values = ARENA_ARRAY(arena, struct list_value, list->filters_n);
    out->choices = ARENA_ARRAY(arena, struct options, list->filters_n);
    for (size_t i = 0; i < list->filters_n; i++)
        out->values[i] = (struct list_value){STR(""), STR("")};
    for (size_t i = 0; i < pairs.n; i++) {
        if (str_is(pairs.p[i].name, "urut"))
            order = pairs.p[i].value;
        else if (str_is(pairs.p[i].name, "arah"))
            way = pairs.p[i].value;
        else if (!place(out, pairs.p[i].name, pairs.p[i].value))
            return fail(err, RC_BAD_REQUEST, "a field that the list %s does not have", list->home);
    }
    read_order(out, order, way);
    TRY(read_token(out, err));
    judge(out, find);
    out->is_faulty = request_faults(req)->n > 0;
    return RC_OK;
}

enum rc list_post(struct request *req, struct response *resp, const struct list *list, handler_fn *page, struct err *err)
{
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
    struct str token = token_seal(at->req, at->list->home, json_write(request_arena(at->req), state), TOKEN_VALID_S);

    json_decref(state);
    return token;
}

static void put_part(struct buf *out, char *sign, const char *name, const char *tail, struct str value)
{
    if (str_empty(value))
        return;
    buf_fmt(out, "%c%s%s=", *sign, name, tail);
    html_put_url_part(out, value);
    *sign = '&';
}

struct str list_address(const struct list_reading *at, const struct list_spot *spot)
{
    const struct list *list = at->list;
    struct buf out = {.arena = request_arena(at->req)};
    char sign = '?';

    buf_put_str(&out, str_c(list->home));
    for (size_t i = 0; i < list->filters_n; i++) {
        const struct list_filter *filter = &list->filters[i];

        if (!list_is_set(filter, &at->values[i]))
            continue;
        put_part(&out, &sign, filter->name, list_is_range(filter) ? "_dari" : "", at->values[i].from);
        put_part(&out, &sign, filter->name, "_sampai", at->values[i].until);
    }
    if (at->order != 0)
        put_part(&out, &sign, "urut", "", str_c(list->orders[at->order].word));
    if (at->at.is_reversed)
        put_part(&out, &sign, "arah", "", list_falls(at) ? STR("turun") : STR("naik"));
    if (!str_empty(at->words) || spot != NULL)
        put_part(&out, &sign, LIST_TOKEN, "", seal_spot(at, spot));
    return buf_str(&out);
}

struct str list_href(const struct list_reading *at)
{
    return list_address(at, NULL);
}

/* ---- what the room asks ---- */

static size_t filter_of(const struct list_reading *at, const char *name)
{
    for (size_t i = 0; i < at->list->filters_n; i++)
        if (strcmp(at->list->filters[i].name, name) == 0)
            return i;
    log_event(LOG_ERROR, "list", "%s has no filter %s", at->list->home, name);
    abort();
}

struct str list_value_of(const struct list_reading *at, const char *name)
{
    return at->values[filter_of(at, name)].from;
}

void list_choices(struct list_reading *at, const char *name, struct options choices)
{
    at->choices[filter_of(at, name)] = choices;
}

void list_choices_lines(struct list_reading *at, const char *name, struct str lines, bool are_names)
{
    struct arena *arena = request_arena(at->req);
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
