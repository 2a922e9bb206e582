// SPDX-License-Identifier: AGPL-3.0-or-later
/* The archive: every letter there is, found by its number, its subject, its type, month, way and state. */
#include "tenants/village/letters/letters_archive.h"

#include "server/base/json.h"
#include "server/base/text.h"
#include "server/html/html.h"
#include "tenants/village/letters/letters_archive_view.h"
#include "tenants/village/letters/letters_pages.h"
#include "tenants/village/letters/letters_pile_parts.h"
#include "tenants/village/letters/letters_rules.h"
#include "tenants/village/letters/letters_sql.h"

enum { ADDRESSED_SHOWN = 30 };

/* To whom it goes, as far as a row has room. */
static struct str shortened(struct arena *arena, struct str addressed)
{
    return utf8_length(addressed) <= ADDRESSED_SHOWN ? addressed
                                                     : str_fmt(arena, "%.*s…", STR_ARG(utf8_part(arena, addressed, ADDRESSED_SHOWN)));
}

/* "Irwan Majid sebagai calon suami, Sitti sebagai saksi": who is sought, where a letter of somebody else names him. */
static struct str named_told(struct arena *arena, struct str named)
{
    struct buf out = {.arena = arena};
    struct str rest = named, line, name;

    while (rest.p != NULL && str_cut(&rest, '\n', &line))
        if (str_cut(&line, '\t', &name))
            buf_fmt(&out, "%s%.*s sebagai %.*s", out.n > 0 ? ", " : "", STR_ARG(text_name(arena, name)), STR_ARG(line));
    return buf_str(&out);
}

static struct letter_archive_line line_of(const struct request *req, const struct letter_archived *row)
{
    struct arena *arena = request_arena(req);

    return (struct letter_archive_line){
        .href = letter_url(arena, row->id, ""),
        .type_name = row->type_name,
        .resident_name = letter_whose(arena, row->is_office, row->paper_name),
        .addressed = shortened(arena, row->addressed),
        .named = named_told(arena, row->named),
        .name_now = letter_name_now(arena, row->paper_name, row->resident_name),
        .number = row->number_text.p != NULL ? row->number_text : STR(""),
        .when = letter_when(req, row->issued_at != 0 ? row->issued_at : row->made_at),
        .channel = archive_channel_label(row->channel),
        .called = letter_called(arena, row->receipt, row->queue_number),
        .state_label = letter_state_label(row->state),
        .state_tone = letter_state_tone(row->state),
        .void_reason = row->state == LETTER_VOIDED ? row->void_reason : STR(""),
        .prints = letter_reprints(row->prints, row->was_printed) > 0
                      ? str_fmt(arena, "Dicetak ulang %" PRIu64 "×", letter_reprints(row->prints, row->was_printed))
                      : STR(""),
        .pile_href = row->pile_id.is_set ? pile_url(arena, row->pile_id.value, "") : STR(""),
        .print_label = letter_print_label(row->prints, row->was_printed),
        .print_action = row->state == LETTER_ISSUED && row->is_rendered && request_may(req, MAY_WRITE_LETTERS)
                            ? letter_url(arena, row->id, "/cetak")
                            : STR(""),
    };
}

/* Which of them are called by the words that were typed: "jual beli", "miskin". */
static enum rc put_called(const struct list_reading *at, const struct letter_archive_choice_rows *types, struct letter_archive_find *find,
                          struct err *err)
{
    struct buf ids = {.arena = at->arena};
    struct letter_words also;
    json_t *list;

    for (size_t i = 0; i < types->n; i++) {
        TRY(json_read(at->arena, types->p[i].also, &list, err));
        TRY(letter_form_also(at->arena, list, &also, err));
        if (letter_is_said(at->arena, types->p[i].name, &also, at->words))
            buf_fmt(&ids, "%s%" PRIu64, ids.n > 0 ? "," : "[", types->p[i].id);
    }
    if (ids.n > 0) {
        buf_put_char(&ids, ']');
        find->types = buf_str(&ids);
    }
    return RC_OK;
}

/* The types there ever were and the months of the letters; what is asked of them goes into `find`. */
static enum rc choices(struct village_db *db, struct list_reading *at, struct letter_archive_find *find, struct options *months_out,
                       struct err *err)
{
    struct letter_archive_choice_rows types;
    struct str last = STR("");
    struct options slugs;

    TRY(sql_letter_archive_choices(db, &types, err));
    slugs = (struct options){ARENA_ARRAY(at->arena, struct option, types.n), types.n};
    for (size_t i = 0; i < types.n; i++) {
        const struct str heading = types.p[i].heading.p != NULL ? types.p[i].heading : STR("Surat lain");

        slugs.p[i] = (struct option){
            .value = types.p[i].slug, .label = types.p[i].name, .group = str_eq(heading, last) ? STR("") : heading};
        last = heading;
        if (str_eq(types.p[i].slug, list_value_of(at, "jenis")))
            find->type_id = some_u64(types.p[i].id);
    }
    if (!find->type_id.is_set)
        list_drop(at, "jenis");
    if (types.n > 0)
        *months_out = list_months(at->arena, types.p[0].first, types.p[0].last);
    list_choices(at, "jenis", slugs);
    list_choices(at, "bulan", *months_out);
    archive_put_states(list_value_of(at, "keadaan"), find);
    archive_put_channel(list_value_of(at, "kanal"), find);
    const struct str piled = list_value_of(at, "massal");
    if (!str_empty(piled))
        find->piled = (struct opt_u64){.is_set = true, .value = str_is(piled, "hanya")};
    return str_empty(at->words) ? RC_OK : put_called(at, &types, find, err);
}

static enum rc ask(struct village_db *db, struct list_reading *at, struct letter_archive_find *find, struct letter_archived_rows *rows,
                   struct list_result *got, struct err *err)
{
    enum archive_search search = archive_find_typed(at->arena, at->words, at->today, find);
    enum letter_archive_way way = archive_way(find, search);

    if (search == SEARCH_NOTHING)
        return RC_OK;
    TRY(sql_letter_archive_page(db, find, way, &at->at, archive_list.page, rows, &got->ends, err));
    got->rows = rows->n;
    return list_must_count(at, got) ? sql_letter_archive_count(db, find, way, LIST_BOUND, &got->found, err) : RC_OK;
}

/* GET and POST: a search is answered at once, its other pages lie behind sealed links. */
enum rc letter_list_page(struct request *req, struct response *resp, struct err *err)
{
    struct village_db *db;
    struct letter_archive_find find;
    struct list_reading at;
    struct letter_archived_rows rows = {0};
    struct list_result got = {0};
    struct letter_archive_view v = {.may_write = request_may(req, MAY_WRITE_LETTERS)};
    struct buf body = {.arena = request_arena(req)};

    TRY(request_village_db(req, &db, err));
    TRY(list_read(req, &archive_list, &find, &at, err));
    TRY(choices(db, &at, &find, &v.months, err));
    if (!at.is_faulty)
        TRY(ask(db, &at, &find, &rows, &got, err));
    list_put(&at, &got, &v.list);
    if (find.nik.p != NULL && str_empty(at.at.spot))
        v.list.empty.text = STR("Tidak ada surat untuk warga ber-NIK ini, dan tidak ada yang menyebutnya. Periksa angkanya, atau hapus "
                                "saringan. Surat orang luar desa dicari dengan namanya.");
    v.lines.n = rows.n;
    v.lines.p = ARENA_ARRAY(at.arena, struct letter_archive_line, rows.n);
    for (size_t i = 0; i < rows.n; i++)
        v.lines.p[i] = line_of(req, &rows.p[i]);
    letter_agenda_offer(req, resp, &v.agenda);
    view_letter_archive(&body, &v);
    const struct page page = {.title = STR("Surat"), .active = STR("/kantor/surat"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

/* Fewer digits than a NIK is searched by. */
enum { FIRST_OF_NIK = 1000 };

/* Where a letter of that name is begun: "sktm", "surat miskin". STR_NONE: no type is called so. */
static enum rc type_href(struct request *req, struct str typed, struct str *href_out, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct buf href = {.arena = arena};
    struct letter_type_named_rows types;
    struct letter_words also;
    struct village_db *db;
    json_t *list;

    TRY(request_village_db(req, &db, err));
    TRY(sql_letter_type_names(db, &types, err));
    for (size_t i = 0; i < types.n; i++) {
        TRY(json_read(arena, types.p[i].also, &list, err));
        TRY(letter_form_also(arena, list, &also, err));
        if (letter_is_called(arena, types.p[i].name, &also, typed)) {
            buf_put_str(&href, STR("/kantor/surat/buat?cari="));
            html_put_url_part(&href, typed);
            *href_out = buf_str(&href);
            return RC_OK;
        }
    }
    return RC_OK;
}

enum rc letter_search_href(struct request *req, struct str typed, struct str *href_out, struct err *err)
{
    struct letter_archive_find find = {0};
    struct letter_received row;
    struct village_db *db;
    bool found = false;

    *href_out = STR_NONE;
    if (!request_may(req, MAY_READ_LETTERS))
        return RC_OK;
    enum archive_search search = archive_find_typed(request_arena(req), typed, request_today(req), &find);
    if (search == SEARCH_RECEIPT) {
        TRY(request_village_db(req, &db, err));
        TRY(sql_letter_has_receipt(db, find.receipt, &row, &found, err));
    }
    if (found || search == SEARCH_NUMBER || (search == SEARCH_DIGITS && find.number.value < FIRST_OF_NIK))
        *href_out = list_search_href(req, &archive_list, typed);
    else if (request_may(req, MAY_WRITE_LETTERS))
        return type_href(req, typed, href_out, err);
    return RC_OK;
}

/* ---- the same rows as a file ---- */

/* A row with its days: the letter's own moments know no zone. */
struct file_line {
    struct str resident_name, type_name, number, channel, state, void_reason, named;
    struct date made_on, issued_on;
};

static const struct book_column book_columns[] = {
    {.heads = {"No."}, .width = 5, .kind = BOOK_LINE},
    {.heads = {"Pemohon atau perihal"}, .width = 28, .kind = BOOK_NAME, .at = BOOK_AT(struct file_line, resident_name)},
    {.heads = {"Surat"}, .width = 30, .at = BOOK_AT(struct file_line, type_name)},
    {.heads = {"Nomor"}, .width = 24, .at = BOOK_AT(struct file_line, number)},
    {.heads = {"Dibuat"}, .width = 12, .at = BOOK_AT(struct file_line, made_on)},
    {.heads = {"Terbit"}, .width = 12, .at = BOOK_AT(struct file_line, issued_on)},
    {.heads = {"Datang dari"}, .width = 12, .at = BOOK_AT(struct file_line, channel)},
    {.heads = {"Keadaan"}, .width = 20, .at = BOOK_AT(struct file_line, state)},
    {.heads = {"Alasan dicabut"}, .width = 30, .at = BOOK_AT(struct file_line, void_reason)},
    {.heads = {"Menyebut yang dicari"}, .width = 30, .at = BOOK_AT(struct file_line, named)},
};

static enum rc put_letter(void *ctx, const struct letter_archived *row, struct err *err)
{
    struct book_run *run = ctx;
    const struct file_line line = {.resident_name = letter_whose(village_db_arena(run->db), row->is_office, row->paper_name),
                                   .type_name = row->type_name,
                                   .number = row->number_text,
                                   .named = named_told(village_db_arena(run->db), row->named),
                                   .channel = archive_channel_label(row->channel),
                                   .state = letter_state_label(row->state),
                                   .void_reason = row->state == LETTER_VOIDED ? row->void_reason : STR(""),
                                   .made_on = utc_date(row->made_at, run->village->zone),
                                   .issued_on = row->issued_at != 0 ? utc_date(row->issued_at, run->village->zone) : (struct date){0}};

    return book_put(run, &line, err);
}

static enum rc each(struct book_run *run, struct err *err)
{
    struct letter_archive_find find;
    struct list_reading at;
    struct options months = {0};

    TRY(list_file_read(run, &archive_list, &find, &at, err));
    TRY(choices(run->db, &at, &find, &months, err));
    enum archive_search search = archive_find_typed(run->arena, at.words, at.today, &find);
    if (search == SEARCH_NOTHING)
        return RC_OK;
    return sql_letter_archive_each(run->db, &find, archive_way(&find, search), &at.at, put_letter, run, err);
}

const struct book letters_book = {.name = "letters",
                                  .title = "Surat Keluar",
                                  .about = "daftar surat",
                                  .noun = "surat",
                                  .home = "/kantor/surat",
                                  .home_label = "Semua surat",
                                  .permission = MAY_READ_LETTERS,
                                  .columns = book_columns,
                                  .n = COUNT_OF(book_columns),
                                  .narrower = "Persempit dengan saringan, misalnya satu bulan.",
                                  .each = each};
