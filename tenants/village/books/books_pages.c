// SPDX-License-Identifier: AGPL-3.0-or-later
/* The books that have a period, of all features: the page of them all, and one's page. */
#include "tenants/village/books/books_pages.h"

#include "server/base/text.h"
#include "server/register/export.h"
#include "server/web/act.h"
#include "server/web/feature.h"
#include "tenants/village/books/books_view.h"

#define HOME "/kantor/buku"

enum { MONTHS_BACK = 120, FORMATS = 3, CLOSE_FACTS = 5 };

static struct str books_href(struct arena *arena, const struct book *book, struct date month)
{
    return str_fmt(arena, HOME "/%s?periode=%.*s", book->name, STR_ARG(month_word(arena, month)));
}

/* ---- all of them ---- */

static bool is_listed(struct request *req, const struct feature *feature, const struct book *book)
{
    return book->period != BOOK_NO_PERIOD && request_may(req, book->permission) && !request_hides(req, feature->name);
}

static enum rc put_line(struct request *req, struct village_db *db, const struct book *book, struct books_line *out, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct book_copy_rows copies;
    struct date month;

    TRY(sql_book_copies(db, str_c(book->name), &copies, err));
    *out = (struct books_line){.href = str_fmt(arena, HOME "/%s", book->name),
                               .title = str_c(book->title),
                               .period = book->period == BOOK_OF_MONTH ? STR("Per bulan") : STR("Keadaan hari ini"),
                               .last = STR("Belum pernah")};
    if (copies.n > 0 && month_parse(copies.p[0].period, &month))
        out->last = month_long(arena, month);
    return RC_OK;
}

enum rc books_home_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct buf body = {.arena = arena};
    struct books_home_view v = {0};
    struct village_db *db;
    size_t n = 0;

    TRY(request_village_db(req, &db, err));
    for (const struct feature *const *f = request_features(req); *f != NULL; f++)
        for (const struct book *const *b = (*f)->books; b != NULL && *b != NULL; b++)
            n += is_listed(req, *f, *b);
    v.lines.p = ARENA_ARRAY(arena, struct books_line, n);
    for (const struct feature *const *f = request_features(req); *f != NULL; f++)
        for (const struct book *const *b = (*f)->books; b != NULL && *b != NULL; b++)
            if (is_listed(req, *f, *b))
                TRY(put_line(req, db, *b, &v.lines.p[v.lines.n++], err));
    view_books_home(&body, &v);
    const struct page page = {.title = STR("Buku"), .active = STR(HOME), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

/* ---- one ---- */

static enum rc book_asked(struct request *req, struct books_one_form *form, const struct book **out, struct err *err)
{
    const struct feature *of = NULL;

    books_one_read(req, form);
    *out = book_find_of(request_features(req), form->book, &of);
    if (*out == NULL || (*out)->period == BOOK_NO_PERIOD || request_hides(req, of->name))
        return fail(err, RC_NOT_FOUND, "no such book");
    if (!request_may(req, (*out)->permission))
        return fail(err, RC_FORBIDDEN, "the book is not for this person");
    return RC_OK;
}

/* The running month and those before it, back to the first that has data. */
static size_t months_of(struct request *req, const struct book *book, struct date since)
{
    struct date running = date_month(request_today(req));
    size_t most = book->period == BOOK_OF_NOW ? 2 : MONTHS_BACK, n = 1;

    while (n < most && !date_is_none(since) && date_compare(since, date_add_months(running, 1 - (int)n)) < 0)
        n++;
    return n;
}

static void put_choice(struct request *req, size_t n, struct date month, struct select_view *out)
{
    struct arena *arena = request_arena(req);

    *out = (struct select_view){.name = STR("periode"),
                                .label = STR("Bulan"),
                                .fault = request_fault_of(req, "periode"),
                                .options = {.p = ARENA_ARRAY(arena, struct option, n), .n = n}};
    for (size_t i = 0; i < n; i++) {
        struct date at = date_add_months(date_month(request_today(req)), -(int)i);

        out->options.p[i] = (struct option){
            .value = month_word(arena, at), .label = month_long(arena, at), .is_selected = date_compare(at, month) == 0};
    }
}

static void put_forms(struct request *req, struct books_view *v)
{
    static const struct books_form formats[FORMATS] = {
        {.format = STR_INIT("pdf"), .label = STR_INIT("Cetak PDF"), .icon = STR_INIT("printer"), .is_first = true},
        {.format = STR_INIT("xlsx"), .label = STR_INIT("Excel"), .icon = STR_INIT("file-spreadsheet")},
        {.format = STR_INIT("csv"), .label = STR_INIT("CSV"), .icon = STR_INIT("file-text")}};

    if (v->is_closed) /* its copy only, which stays as it was */
        return;
    v->forms.p = ARENA_ARRAY(request_arena(req), struct books_form, FORMATS);
    for (size_t i = 0; i < FORMATS; i++) {
        struct books_form *form = &v->forms.p[v->forms.n++];

        *form = formats[i];
        form->guard = request_form_guard(req); /* asking for another one is another submission */
    }
}

static void put_copy(struct request *req, const struct book_copy *copy, struct books_view *v)
{
    struct arena *arena = request_arena(req);
    const unsigned char *digest = (const unsigned char *)copy->digest.p;
    struct books_copy_line *line = &v->copies.p[v->copies.n++];
    struct date month;

    *line = (struct books_copy_line){.href = str_fmt(arena, "/kantor/salinan/%" PRIu64, copy->id),
                                     .period = month_parse(copy->period, &month) ? month_long(arena, month) : copy->period,
                                     .when = utc_long(arena, copy->made_at, request_village(req)->zone),
                                     .who = copy->made_name,
                                     .rows = number_text(arena, copy->rows_total),
                                     .signers = copy->signers,
                                     .is_made = copy->file_id.is_set};
    if (copy->digest.n >= 4)
        line->mark = str_fmt(arena, "%02X%02X-%02X%02X", digest[0], digest[1], digest[2], digest[3]);
    if (!str_eq(copy->period, v->period))
        return;
    v->is_closed = true;
    v->closed = str_fmt(arena, "Ditutup %.*s oleh %.*s.", STR_ARG(line->when), STR_ARG(line->who));
    v->is_made = line->is_made;
    v->copy_href = line->is_made ? line->href : STR("");
}

enum rc books_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    const struct book *book;
    struct village_db *db;
    struct book_copy_rows copies;
    struct buf body = {.arena = arena};
    struct books_one_form form;
    struct date since;

    TRY(book_asked(req, &form, &book, err));
    TRY(request_village_db(req, &db, err));
    struct date month = date_is_none(form.period) ? date_month(request_today(req)) : form.period;
    struct books_view v = {.path = str_fmt(arena, HOME "/%s", book->name),
                           .title = str_c(book->title),
                           .month = month_long(arena, month),
                           .period = month_word(arena, month),
                           .about = book->period == BOOK_OF_MONTH ? STR("Isinya dihitung dari data hari ini sampai bulan ini ditutup.")
                                                                  : STR("Isinya keadaan data hari ini."),
                           .faults = *request_faults(req)};
    TRY(sql_book_copies(db, str_c(book->name), &copies, err));
    v.copies.p = ARENA_ARRAY(arena, struct books_copy_line, copies.n);
    for (size_t i = 0; i < copies.n; i++)
        put_copy(req, &copies.p[i], &v);
    if (v.is_closed && book->late != NULL)
        TRY(book->late(db, month, &v.late, err));
    TRY(book->since(db, &since, err));
    put_choice(req, months_of(req, book, since), month, &v.choice);
    put_forms(req, &v);
    if (!v.is_closed && request_may(req, MAY_CLOSE_BOOKS)) {
        TRY(book_closing_fault(req, db, book, month, &v.not_closed, err));
        v.may_close = str_empty(v.not_closed);
    }
    if (request_is_part(req)) {
        view_books_month(&body, &v);
        return respond_part(resp, html_view(&body));
    }
    view_books(&body, &v);
    const struct page page = {.title = v.title, .active = STR(HOME), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

/* ---- before it is closed ---- */

static enum rc close_facts(struct request *req, struct village_db *db, const struct book *book, struct date month,
                           struct books_close_view *v, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct book_seen seen;
    struct book_run run = {.book = book,
                           .arena = arena,
                           .village = request_village(req),
                           .asked_at = request_now(req),
                           .today = request_today(req),
                           .from = month,
                           .until = date_add_months(month, 1),
                           .asked_by = request_actor(req)->name};
    struct check_row *row = ARENA_ARRAY(arena, struct check_row, CLOSE_FACTS);

    TRY(book_see(db, &run, &seen, err));
    v->facts.p = row;
    v->facts.n = CLOSE_FACTS;
    *row++ = (struct check_row){.label = STR("Buku"), .value = str_c(book->title)};
    *row++ = (struct check_row){.label = STR("Bulan"), .value = v->month, .change_href = v->back};
    *row++ = (struct check_row){.label = STR("Jumlah baris"),
                                .value = str_fmt(arena, "%.*s %s", STR_ARG(number_text(arena, seen.rows)), book->noun),
                                .is_strong = true};
    *row++ = (struct check_row){.label = STR("Baris terakhir"), .value = seen.last};
    *row = (struct check_row){.label = STR("Penanda tangan"), .value = seen.signers};
    return RC_OK;
}

static enum rc close_judge(struct request *req, struct village_db *db, const struct book *book, struct date month,
                           struct books_close_view *v, struct err *err)
{
    struct book_copy copy;
    bool is_closed;

    TRY(sql_book_copy_find(db, str_c(book->name), v->period, &copy, &is_closed, err));
    if (is_closed)
        v->why = str_fmt(request_arena(req), "%.*s sudah ditutup oleh %.*s.", STR_ARG(v->month), STR_ARG(copy.made_name));
    else
        TRY(book_closing_fault(req, db, book, month, &v->why, err));
    v->may_close = str_empty(v->why);
    return v->may_close ? close_facts(req, db, book, month, v, err) : RC_OK;
}

enum rc books_close_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    const struct book *book;
    struct village_db *db;
    struct buf body = {.arena = arena};
    struct books_one_form form;

    TRY(book_asked(req, &form, &book, err));
    TRY(request_village_db(req, &db, err));
    struct date month = date_is_none(form.period) ? date_month(request_today(req)) : form.period;
    struct books_close_view v = {.path = request_path(req),
                                 .back = books_href(arena, book, month),
                                 .month = month_long(arena, month),
                                 .period = month_word(arena, month),
                                 .faults = *request_faults(req),
                                 .guard = request_form_guard(req)};
    TRY(close_judge(req, db, book, month, &v, err));
    view_books_close(&body, &v);
    const struct page page = {.title = str_fmt(arena, "Tutup %.*s", STR_ARG(v.month)), .active = STR(HOME), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

/* ---- acts ---- */

static enum rc month_asked(struct request *req, const struct books_one_form *form, struct err *err)
{
    return date_is_none(form->period) ? act_refuse(req, err, "periode", "Bulan belum dipilih.") : RC_OK;
}

enum rc books_ask_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    struct books_one_form form;
    const struct book *book;

    TRY(book_asked(req, &form, &book, err));
    TRY(month_asked(req, &form, err));
    if (book_format_of(form.format) == 0)
        return fail(err, RC_BAD_REQUEST, "no form of a file was chosen");
    return book_ask(txn, req, book, form.period, str_z(request_arena(req), form.format), go_to_out, err);
}

enum rc books_close_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct books_one_form form;
    const struct book *book;

    TRY(book_asked(req, &form, &book, err));
    TRY(month_asked(req, &form, err));
    TRY(book_close(txn, req, book, form.period, err));
    act_say(req, str_z(arena, str_fmt(arena, "%.*s sudah ditutup", STR_ARG(month_long(arena, form.period)))));
    *go_to_out = books_href(arena, book, form.period);
    return RC_OK;
}
