// SPDX-License-Identifier: AGPL-3.0-or-later
/* The archive: the list with its filters and search, printing again, the register of a month as a file. */
#include "tenants/village/letters/letters_archive.h"

#include "server/base/json.h"
#include "server/base/text.h"
#include "server/web/audit.h"
#include "tenants/village/letters/letters_archive_sql.h"
#include "tenants/village/letters/letters_archive_view.h"
#include "tenants/village/letters/letters_pages.h"

enum { LIST_PAGE = 30, COUNTED_TO = 1000, TOKEN_VALID_S = 3600, MONTHS_OFFERED = 60 };

static const struct archive_places first_page = {.n = 0};

/* ---- addresses ---- */

static void put_query(struct buf *out, char *sign, const char *name, struct str value)
{
    if (str_empty(value))
        return;
    buf_fmt(out, "%c%s=", *sign, name);
    html_put_url_part(out, value);
    *sign = '&';
}

/* A search goes on behind a sealed token: a name never stands in an address. */
static struct str archive_href(struct request *req, const struct archive_filter *filter, const struct archive_places *places)
{
    struct arena *arena = request_arena(req);
    struct buf out = {.arena = arena};
    char sign = '?';

    buf_put_str(&out, STR("/kantor/surat"));
    put_query(&out, &sign, "keadaan", filter->group->state != LETTER_NO_STATE ? str_c(filter->group->word) : STR(""));
    put_query(&out, &sign, "jenis", filter->slug);
    put_query(&out, &sign, "bulan", filter->month);
    put_query(&out, &sign, "kanal", filter->channel);
    if (!str_empty(filter->query) || places->n > 0) {
        json_t *state = json_pack("{s:s%, s:s}", "q", filter->query.p, filter->query.n, "p",
                                  str_z(arena, archive_places_text(arena, places)));

        put_query(&out, &sign, "lanjut", token_seal(req, "surat-lanjut", json_write(arena, state), TOKEN_VALID_S));
        json_decref(state);
    }
    return buf_str(&out);
}

static enum rc read_place(struct request *req, struct archive_filter *filter, struct archive_places *places, struct err *err)
{
    struct str sealed = input_token(req, "lanjut", "surat-lanjut");
    json_t *state;

    if (str_empty(sealed))
        return RC_OK;
    TRY(json_read(request_arena(req), sealed, &state, err));
    filter->query = json_text(state, "q");
    if (!archive_places_read(json_text(state, "p"), places))
        return fail(err, RC_BAD_REQUEST, "paging token does not hold places");
    return RC_OK;
}

/* ---- what may be chosen ---- */

static void put_types(struct arena *arena, const struct letter_archive_choice_rows *types, const struct archive_filter *filter,
                      struct select_view *out)
{
    *out = (struct select_view){.name = STR("jenis"), .label = STR("Jenis surat"), .empty_label = STR("Semua jenis")};
    out->options.p = ARENA_ARRAY(arena, struct option, types->n);
    for (size_t i = 0; i < types->n; i++)
        out->options.p[out->options.n++] = (struct option){
            .value = types->p[i].slug, .label = types->p[i].name, .is_selected = str_eq(types->p[i].slug, filter->slug)};
}

/* From the month of the last letter back to that of the first; the one asked for stands among them. */
static void put_months(struct arena *arena, const struct letter_archive_choice_rows *types, const struct archive_filter *filter,
                       struct select_view *out)
{
    struct date first = types->n > 0 ? types->p[0].first : (struct date){0}, month = types->n > 0 ? types->p[0].last : (struct date){0};
    struct date asked, until;
    bool has_asked = false;

    *out = (struct select_view){.name = STR("bulan"), .label = STR("Bulan surat"), .empty_label = STR("Semua bulan")};
    out->options.p = ARENA_ARRAY(arena, struct option, MONTHS_OFFERED + 1);
    month.day = first.day = 1;
    for (; !date_is_none(month) && date_compare(month, first) >= 0 && out->options.n < MONTHS_OFFERED; month = date_add_months(month, -1)) {
        struct str word = archive_month_word(arena, month);
        bool is_asked = str_eq(word, filter->month);

        out->options.p[out->options.n++] = (struct option){
            .value = word, .label = archive_month_words(arena, month), .is_selected = is_asked};
        has_asked = has_asked || is_asked;
    }
    if (!has_asked && archive_month(filter->month, &asked, &until))
        out->options.p[out->options.n++] = (struct option){
            .value = filter->month, .label = archive_month_words(arena, asked), .is_selected = true};
}

static void put_channels(struct arena *arena, const struct archive_filter *filter, struct select_view *out)
{
    *out = (struct select_view){.name = STR("kanal"), .label = STR("Jalur"), .empty_label = STR("Semua jalur")};
    out->options.p = ARENA_ARRAY(arena, struct option, ARCHIVE_CHANNELS);
    for (size_t i = 0; i < ARCHIVE_CHANNELS; i++)
        out->options.p[out->options.n++] = (struct option){.value = str_c(archive_channels[i].word),
                                                           .label = str_c(archive_channels[i].label),
                                                           .is_selected = str_is(filter->channel, archive_channels[i].word)};
}

static struct str label_of(const struct options *options)
{
    for (size_t i = 0; i < options->n; i++)
        if (options->p[i].is_selected)
            return options->p[i].label;
    return STR("");
}

/* ---- the list ---- */

static struct letter_archive_in statement_of(const struct archive_filter *filter, const struct archive_search *search)
{
    struct letter_archive_in in = {.way = archive_way(filter, search),
                                   .state = filter->group->state,
                                   .other_state = filter->group->other_state,
                                   .channel = STR_NONE,
                                   .first = search->words[0],
                                   .second = search->words[1],
                                   .third = search->words[2],
                                   .fourth = search->words[3],
                                   .number_part = search->part,
                                   .limit = LIST_PAGE + 1};

    if (filter->type_id != 0)
        in.type_id = some_u64(filter->type_id);
    for (size_t i = 0; i < ARCHIVE_CHANNELS; i++)
        if (str_is(filter->channel, archive_channels[i].word))
            in.channel = str_c(archive_channels[i].stored);
    if (!archive_month(filter->month, &in.from, &in.until))
        in.from = in.until = (struct date){0};
    if (search->kind == SEARCH_NUMBER) {
        in.number = some_u64(search->number);
        in.other_number = some_u64(search->other_number);
    }
    return in;
}

static enum rc count(struct village_db *db, const struct letter_archive_in *in, uint64_t *n_out, struct err *err)
{
    const struct letter_archive_count_in same = {.way = in->way,
                                                 .state = in->state,
                                                 .other_state = in->other_state,
                                                 .type_id = in->type_id,
                                                 .channel = in->channel,
                                                 .from = in->from,
                                                 .until = in->until,
                                                 .first = in->first,
                                                 .second = in->second,
                                                 .third = in->third,
                                                 .fourth = in->fourth,
                                                 .number = in->number,
                                                 .other_number = in->other_number,
                                                 .number_part = in->number_part};
    struct letter_archive_total total;

    TRY(sql_letter_archive_count(db, &same, &total, err));
    *n_out = total.n;
    return RC_OK;
}

static struct letter_archive_line line_of(const struct request *req, const struct letter_archived *row)
{
    struct arena *arena = request_arena(req);

    return (struct letter_archive_line){
        .href = letter_url(arena, row->id, ""),
        .type_name = row->type_name,
        .resident_name = text_name(arena, row->resident_name),
        .number = row->number_text.p != NULL ? row->number_text : STR(""),
        .when = letter_when(req, row->issued_at != 0 ? row->issued_at : row->made_at),
        .channel = archive_channel_label(row->channel),
        .state_label = letter_state_label(row->state),
        .state_tone = letter_state_tone(row->state),
        .void_reason = row->state == LETTER_VOIDED ? row->void_reason : STR(""),
        .prints = row->prints > 0 ? str_fmt(arena, "Dicetak ulang %" PRIu64 "×", row->prints) : STR(""),
        .print_action = row->state == LETTER_ISSUED && row->is_rendered && request_may(req, MAY_WRITE_LETTERS)
                            ? letter_url(arena, row->id, "/cetak")
                            : STR(""),
    };
}

static void put_tabs(struct request *req, const struct archive_filter *filter, struct tabs_view *tabs)
{
    *tabs = (struct tabs_view){
        .label = STR("Keadaan surat"), .p = ARENA_ARRAY(request_arena(req), struct tab, ARCHIVE_GROUPS), .n = ARCHIVE_GROUPS};
    for (size_t i = 0; i < ARCHIVE_GROUPS; i++) {
        struct archive_filter other = *filter;

        other.group = &archive_groups[i];
        tabs->p[i] = (struct tab){.href = archive_href(req, &other, &first_page),
                                  .label = str_c(archive_groups[i].label),
                                  .is_active = other.group == filter->group};
    }
}

/* A filter's chip; without it the list is `rest`. */
static void put_chip(struct request *req, struct chips_view *chips, const char *name, struct str words, const struct archive_filter *rest)
{
    if (!str_empty(words))
        chips->p[chips->n++] = (struct chip){.label = str_fmt(request_arena(req), "%s: %.*s", name, STR_ARG(words)),
                                             .remove_href = archive_href(req, rest, &first_page)};
}

static void put_chips(struct request *req, const struct archive_filter *filter, const struct letter_archive_view *v,
                      struct chips_view *chips)
{
    struct archive_filter no_query = *filter, no_type = *filter, no_month = *filter, no_channel = *filter;

    no_query.query = no_type.slug = no_month.month = no_channel.channel = STR("");
    chips->p = ARENA_ARRAY(request_arena(req), struct chip, 4);
    put_chip(req, chips, "Cari", filter->query, &no_query);
    put_chip(req, chips, "Jenis", label_of(&v->types.options), &no_type);
    put_chip(req, chips, "Bulan", label_of(&v->months.options), &no_month);
    put_chip(req, chips, "Jalur", label_of(&v->channels.options), &no_channel);
    if (chips->n > 1)
        chips->clear_href = STR("/kantor/surat");
}

static void put_pages(struct request *req, const struct archive_filter *filter, const struct archive_places *places,
                      const struct letter_archived_rows *rows, uint64_t total, struct letter_archive_view *v)
{
    struct arena *arena = request_arena(req);
    size_t first = (places->forgotten + places->n) * LIST_PAGE + 1;
    struct str all = total > COUNTED_TO ? STR("lebih dari 1.000") : number_text(arena, (int64_t)total);
    struct archive_places next, previous = archive_places_previous(places);

    if (places->n > 0)
        v->pages.previous_href = archive_href(req, filter, &previous);
    if (rows->n > LIST_PAGE) {
        next = archive_places_next(places, rows->p[LIST_PAGE - 1].id);
        v->pages.next_href = archive_href(req, filter, &next);
    }
    v->chips.summary = total > COUNTED_TO ? STR("Lebih dari 1.000 surat") : str_fmt(arena, "%.*s surat", STR_ARG(all));
    if (v->lines.n > 0)
        v->pages.summary = str_fmt(arena, "Menampilkan %zu–%zu dari %.*s", first, first + v->lines.n - 1, STR_ARG(all));
}

static struct empty_view empty_of(const struct archive_filter *filter, const struct letter_archive_view *v)
{
    if (v->chips.n == 0 && filter->group->state == LETTER_NO_STATE)
        return (struct empty_view){.title = STR("Belum ada surat"), .text = STR("Surat yang dibuat di loket muncul di sini.")};
    if (v->chips.n == 0)
        return (struct empty_view){.title = STR("Tidak ada surat dengan keadaan ini"),
                                   .text = STR("Surat dengan keadaan lain ada di halaman Semua."),
                                   .href = STR("/kantor/surat"),
                                   .link_label = STR("Lihat semua surat")};
    return (struct empty_view){.title = STR("Tidak ada surat yang cocok"),
                               .text = !str_empty(filter->query) ? STR("Periksa ejaan nama atau nomornya, atau hapus saringan.")
                                                                 : STR("Hapus satu saringan, atau lihat semuanya."),
                               .href = STR("/kantor/surat"),
                               .link_label = STR("Lihat semua surat")};
}

static enum rc archive_respond(struct request *req, struct response *resp, struct archive_filter *filter,
                               const struct archive_places *places, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct village_db *db;
    struct letter_archive_choice_rows types;
    struct letter_archived_rows rows = {0};
    struct archive_search search = archive_search_of(arena, filter->query);
    uint64_t total = 0;
    struct buf body = {.arena = arena};
    struct letter_archive_view v = {.guard = request_form_guard(req),
                                    .may_write = request_may(req, MAY_WRITE_LETTERS),
                                    .query = filter->query,
                                    .state = filter->group->state != LETTER_NO_STATE ? str_c(filter->group->word) : STR(""),
                                    .slug = filter->slug,
                                    .month = filter->month,
                                    .channel = filter->channel};

    TRY(request_village_db(req, &db, err));
    TRY(sql_letter_archive_choices(db, &types, err));
    for (size_t i = 0; i < types.n; i++)
        if (str_eq(types.p[i].slug, filter->slug))
            filter->type_id = types.p[i].id;
    if (filter->type_id == 0)
        filter->slug = v.slug = STR("");
    if (search.kind != SEARCH_NOTHING) {
        struct letter_archive_in in = statement_of(filter, &search);

        in.before = places->n > 0 ? places->p[places->n - 1] : UINT64_MAX >> 1;
        TRY(sql_letter_archive(db, &in, &rows, err));
        TRY(count(db, &in, &total, err));
    }
    v.lines.n = rows.n > LIST_PAGE ? LIST_PAGE : rows.n;
    v.lines.p = ARENA_ARRAY(arena, struct letter_archive_line, v.lines.n);
    for (size_t i = 0; i < v.lines.n; i++)
        v.lines.p[i] = line_of(req, &rows.p[i]);
    put_types(arena, &types, filter, &v.types);
    put_months(arena, &types, filter, &v.months);
    put_channels(arena, filter, &v.channels);
    put_tabs(req, filter, &v.tabs);
    put_chips(req, filter, &v, &v.chips);
    put_pages(req, filter, places, &rows, total, &v);
    v.empty = empty_of(filter, &v);
    letter_agenda_offer(req, resp, &v.agenda);
    view_letter_archive(&body, &v);
    const struct page page = {.title = STR("Surat"), .active = STR("/kantor/surat"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

static struct archive_filter filter_of(const struct request *req)
{
    struct date from, until;
    struct str month = input_text(req, "bulan");

    return (struct archive_filter){.group = archive_group_of(input_text(req, "keadaan")),
                                   .slug = input_text(req, "jenis"),
                                   .channel = input_text(req, "kanal"),
                                   .month = archive_month(month, &from, &until) ? month : STR(""),
                                   .query = STR("")};
}

enum rc letter_list_page(struct request *req, struct response *resp, struct err *err)
{
    struct archive_filter filter = filter_of(req);
    struct archive_places places = {0};

    TRY(read_place(req, &filter, &places, err));
    return archive_respond(req, resp, &filter, &places, err);
}

enum rc letter_list_find(struct request *req, struct response *resp, struct err *err)
{
    struct archive_filter filter = filter_of(req);

    /* What is too long is cut: it goes on in the links of the next pages, which have an end. */
    filter.query = utf8_part(request_arena(req), str_trim(input_typed(req, "cari")), 100);
    return archive_respond(req, resp, &filter, &first_page, err);
}
