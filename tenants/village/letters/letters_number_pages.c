// SPDX-License-Identifier: AGPL-3.0-or-later
/* "Nomor surat": each sequence of a year with its last number and its next, and what became of numbers that no letter bears. */
#include "server/base/text.h"
#include "tenants/village/letters/letters_check.h"
#include "tenants/village/letters/letters_number.h"
#include "tenants/village/letters/letters_number_sql.h"
#include "tenants/village/letters/letters_number_view.h"
#include "tenants/village/letters/letters_pages.h"
#include "tenants/village/letters/letters_type.h"

enum { GAPS_SHOWN = 20, NUMBERS_MOST = 1000000 };

#define HERE STR("/kantor/surat")

/* Everything that the sequences of a year are named by. */
struct series_book {
    struct arena *arena;
    struct letter_numbering village;
    struct number_type_rows types;
    struct number_series *p;
    size_t n;
};

static struct letter_series series_of_type(const struct series_book *book, const struct number_type *type, uint16_t year)
{
    const struct letter_numbered by = {type->id, type->number_scope, type->series, type->classification};

    return letter_series_of(book->arena, &book->village, &by, year);
}

static struct str series_name(const struct series_book *book, struct str scope)
{
    uint64_t id;

    if (str_is(scope, "desa"))
        return STR("Semua surat");
    if (str_is(scope, "mail_in"))
        return STR("Buku surat masuk");
    if (str_is(scope, "mail_out"))
        return str_is(book->village.scope, "mail")  ? STR("Surat, buku surat keluar, dan surat masuk")
               : str_is(book->village.scope, "out") ? STR("Surat dan buku surat keluar")
                                                    : STR("Buku surat keluar");
    if (str_starts(scope, STR("kode-")))
        return str_fmt(book->arena, "Klasifikasi %.*s", STR_ARG(str_from(scope, 5)));
    for (size_t i = 0; i < book->types.n; i++) {
        const bool is_its_own = str_starts(scope, STR("jenis-")) && str_to_u64(str_from(scope, 6), &id) && book->types.p[i].id == id;

        if (is_its_own || str_eq(series_of_type(book, &book->types.p[i], 0).scope, scope))
            return book->types.p[i].name;
    }
    return scope;
}

static void add_unless_there(struct series_book *book, struct letter_series series)
{
    for (size_t i = 0; i < book->n; i++)
        if (str_eq(book->p[i].scope, series.scope) && book->p[i].year == series.year)
            return;
    book->p[book->n++] = (struct number_series){.scope = series.scope, .year = series.year, .started_by = STR("")};
}

/* The sequences that gave numbers, and of this year those that would give the next ones. */
static enum rc read_series(struct request *req, struct village_db *db, uint16_t year, struct series_book *out, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct letter_identity identity;
    struct number_series_rows rows;

    TRY(sql_letter_identity(db, &identity, err));
    *out = (struct series_book){.arena = arena, .village = {identity.number_scope, identity.number_restarts}};
    TRY(sql_number_types(db, &out->types, err));
    TRY(sql_number_series(db, year, &rows, err));
    out->p = ARENA_ARRAY(arena, struct number_series, rows.n + out->types.n + 1);
    const bool is_this_year = year == (uint16_t)request_today(req).year;
    for (size_t i = 0; i < rows.n; i++)
        if (is_this_year || rows.p[i].year == year)
            out->p[out->n++] = rows.p[i];
    if (!is_this_year)
        return RC_OK;
    for (size_t i = 0; i < out->types.n; i++)
        if (out->types.p[i].is_active)
            add_unless_there(out, series_of_type(out, &out->types.p[i], year));
    return RC_OK;
}

/* ---- what became of them ---- */

struct gaps {
    struct arena *arena;
    uint8_t *used; /* by number */
    size_t last;
    struct number_line *line;
};

static void put_gap(struct gaps *g, size_t from, size_t until, struct str why, struct str href)
{
    if (g->line->gaps.n == GAPS_SHOWN) {
        g->line->gaps_more++;
        return;
    }
    g->line->gaps.p[g->line->gaps.n++] = (struct number_gap){
        from == until ? str_fmt(g->arena, "%zu", from) : str_fmt(g->arena, "%zu–%zu", from, until), why, href};
}

static enum rc mark_letter(void *ctx, const struct number_used *row, struct err *err)
{
    struct gaps *g = ctx;

    const size_t number = row->number.is_set ? (size_t)row->number.value : 0;

    (void)err;
    if (number <= g->last)
        g->used[number] = 1;
    if (row->state == LETTER_VOIDED)
        put_gap(g, number, number, str_fmt(g->arena, "surat dicabut: %.*s", STR_ARG(row->void_reason)), letter_url(g->arena, row->id, ""));
    return RC_OK;
}

static enum rc mark_mail(void *ctx, const struct number_of_mail *row, struct err *err)
{
    const struct gaps *g = ctx;

    (void)err;
    if (row->agenda <= g->last)
        g->used[row->agenda] = 1;
    return RC_OK;
}

static void put_unused(struct request *req, struct gaps *g, const struct number_series *s)
{
    const struct str by_hand = s->started.is_set ? str_fmt(g->arena, "dari buku sebelumnya; dilanjutkan dari %" PRIu64 " oleh %.*s, %.*s",
                                                           s->started.value, STR_ARG(s->started_by),
                                                           STR_ARG(utc_short(g->arena, s->started_at, request_zone(req))))
                                                 : STR("");

    for (size_t n = 1; n <= g->last; n++) {
        const bool is_by_hand = s->started.is_set && n > s->started_after && n < s->started.value;
        size_t until = n;

        if (g->used[n])
            continue;
        while (until < g->last && !g->used[until + 1] &&
               is_by_hand == (s->started.is_set && until + 1 > s->started_after && until + 1 < s->started.value))
            until++;
        put_gap(g, n, until, is_by_hand ? by_hand : STR("dilewati: nomor ini sudah dipakai di urutan lain"), STR(""));
        n = until;
    }
}

static enum rc put_gaps(struct request *req, struct village_db *db, const struct series_book *book, const struct number_series *s,
                        struct number_line *line, struct err *err)
{
    struct gaps g = {.arena = request_arena(req), .last = s->last < NUMBERS_MOST ? s->last : NUMBERS_MOST, .line = line};
    const bool is_out = str_is(s->scope, "mail_out"), is_in = str_is(s->scope, "mail_in");

    line->gaps.p = ARENA_ARRAY(g.arena, struct number_gap, GAPS_SHOWN);
    g.used = ARENA_ARRAY(g.arena, uint8_t, g.last + 1);
    TRY(sql_number_used(db, s->scope, s->year, mark_letter, &g, err));
    if (is_out)
        TRY(sql_number_of_mail(db, 2, s->year, mark_mail, &g, err));
    if (is_in || (is_out && str_is(book->village.scope, "mail")))
        TRY(sql_number_of_mail(db, 1, s->year, mark_mail, &g, err));
    put_unused(req, &g, s);
    return RC_OK;
}

/* ---- the page ---- */

static struct str rule_words(struct arena *arena, const struct letter_numbering *rule)
{
    struct str scope = str_is(rule->scope, "type")    ? STR("Tiap jenis surat urutannya sendiri")
                       : str_is(rule->scope, "class") ? STR("Tiap kode klasifikasi urutannya sendiri")
                       : str_is(rule->scope, "out")   ? STR("Satu urutan dengan buku surat keluar")
                       : str_is(rule->scope, "mail")  ? STR("Satu urutan dengan buku surat keluar dan surat masuk")
                                                      : STR("Satu urutan untuk semua surat");

    return str_fmt(arena, "%.*s, %s.", STR_ARG(scope), rule->restarts ? "mulai lagi dari 1 tiap 1 Januari" : "tidak pernah mulai lagi");
}

static enum rc put_years(struct request *req, struct village_db *db, uint64_t shown, struct options *out, struct err *err)
{
    struct arena *arena = request_arena(req);
    const uint64_t today = (uint64_t)request_today(req).year;
    struct number_year_rows rows;

    TRY(sql_number_years(db, &rows, err));
    *out = (struct options){ARENA_ARRAY(arena, struct option, rows.n + 1), 0};
    if (rows.n == 0 || rows.p[0].year < today)
        out->p[out->n++] = (struct option){.value = str_fmt(arena, "%" PRIu64, today)};
    for (size_t i = 0; i < rows.n; i++)
        out->p[out->n++] = (struct option){.value = str_fmt(arena, "%u", rows.p[i].year)};
    for (size_t i = 0; i < out->n; i++) {
        out->p[i].label = out->p[i].value;
        out->p[i].is_selected = str_eq(out->p[i].value, str_fmt(arena, "%" PRIu64, shown));
    }
    return RC_OK;
}

enum rc letter_numbers_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    const uint64_t today = (uint64_t)request_today(req).year, asked = numbers_see_got(req).year.value;
    struct numbers_view v = {.year = asked != 0 ? asked : today, .may_set = request_may(req, MAY_MAKE_LETTER_TYPES)};
    struct buf body = {.arena = arena};
    struct series_book book;
    struct village_db *db;

    TRY(request_village_db(req, &db, err));
    TRY(read_series(req, db, (uint16_t)v.year, &book, err));
    TRY(put_years(req, db, v.year, &v.years, err));
    v.rule = rule_words(arena, &book.village);
    TRY(letter_authority_fingerprint(req, &v.fingerprint, err));
    v.lines.p = ARENA_ARRAY(arena, struct number_line, book.n);
    for (; v.lines.n < book.n; v.lines.n++) {
        const struct number_series *s = &book.p[v.lines.n];
        struct number_line *line = &v.lines.p[v.lines.n];

        *line = (struct number_line){.name = series_name(&book, s->scope),
                                     .period = s->year == 0 ? STR("terus") : str_fmt(arena, "%u", s->year),
                                     .last = s->last == 0 ? STR("belum ada") : number_text(arena, s->last),
                                     .next = v.year == today ? number_text(arena, (int64_t)s->last + 1) : STR("")};
        if (v.may_set && v.year == today)
            line->begin_href = str_fmt(arena, NUMBERS_HOME "/mulai?urutan=%.*s", STR_ARG(s->scope));
        TRY(put_gaps(req, db, &book, s, line, err));
    }
    view_letter_numbers(&body, &v);
    const struct page page = {.title = STR("Nomor surat"), .active = HERE, .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

/* ---- where a paper book ended ---- */

/* The sequence that is asked for; RC_NOT_FOUND when this year has none of that word. */
static enum rc series_asked(struct request *req, struct village_db *db, struct series_book *book, const struct number_series **out,
                            struct err *err)
{
    const struct str scope = number_begin_got(req).scope;

    TRY(read_series(req, db, (uint16_t)request_today(req).year, book, err));
    for (size_t i = 0; i < book->n; i++)
        if (str_eq(book->p[i].scope, scope)) {
            *out = &book->p[i];
            return RC_OK;
        }
    return fail(err, RC_NOT_FOUND, "there is no such sequence of numbers");
}

enum rc letter_number_begin_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct buf body = {.arena = arena};
    const struct number_series *series;
    struct series_book book;
    struct village_db *db;

    TRY(request_village_db(req, &db, err));
    TRY(series_asked(req, db, &book, &series, err));
    struct number_begin_view v = {.name = series_name(&book, series->scope),
                                  .said = series->last == 0
                                              ? STR("Belum ada nomor yang diberikan.")
                                              : str_fmt(arena, "Nomor terakhir %.*s.", STR_ARG(number_text(arena, series->last)))};
    const struct number_begin_form stored = {.scope = series->scope, .next = series->last + 1};
    TRY(number_begin_fill(req, &stored, &v.form, err));
    view_number_begin(&body, &v);
    const struct page page = {.title = STR("Lanjutkan nomor"), .active = HERE, .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

enum rc letter_number_begin_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct number_begin_form in = number_begin_got(req);
    const struct number_series *series;
    struct series_book book;

    TRY(series_asked(req, in_txn(txn), &book, &series, err));
    const struct letter_series of = {series->scope, series->year};
    TRY(letter_number_begin(txn, req, NUMBER_BEGIN_NEXT, of, (uint32_t)in.next, err));
    *go_to_out = STR(NUMBERS_HOME);
    act_say(req, "Nomor berikutnya tersimpan");
    return act_audit(txn, req, err, "letter.number", "%.*s:%u:%" PRIu64, STR_ARG(of.scope), of.year, in.next);
}
