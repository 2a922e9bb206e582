// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/letters/letters_number.h"

#include "server/base/json.h"
#include "tenants/village/letters/letters_number_sql.h"
#include "tenants/village/letters/letters_rules.h"
#include "tenants/village/letters/number_rows_sql.h"

enum { PASSED_OVER_MOST = 5000 };

#define SCOPE_ALL STR("desa")
#define SCOPE_IN STR("mail_in")
#define SCOPE_OUT STR("mail_out")
#define SCOPE_DECISIONS "naskah-"

enum { SERIES_SIGNS = 20 };

static bool is_shared(struct str scope)
{
    return str_is(scope, "out") || str_is(scope, "mail");
}

/* Part of a scope's word: small letters; what a definition from elsewhere has otherwise is none. */
static bool is_series(struct str word)
{
    for (size_t i = 0; i < word.n; i++)
        if (word.p[i] < 'a' || word.p[i] > 'z')
            return false;
    return word.n > 0 && word.n <= SERIES_SIGNS;
}

struct letter_series letter_series_of(struct arena *arena, const struct letter_numbering *village, const struct letter_numbered *type,
                                      uint16_t year)
{
    const struct str scope = str_empty(type->scope) ? village->scope : type->scope;

    if (str_is(scope, LETTER_NUMBER_OWN))
        return (struct letter_series){is_series(type->series) ? str_fmt(arena, SCOPE_DECISIONS "%.*s", STR_ARG(type->series))
                                                              : str_fmt(arena, SCOPE_DECISIONS "%" PRIu64, type->type_id),
                                      year};
    if (is_shared(scope)) /* the books of mail are of a year */
        return (struct letter_series){SCOPE_OUT, year};
    return (struct letter_series){str_is(scope, "type")    ? str_fmt(arena, "jenis-%" PRIu64, type->type_id)
                                  : str_is(scope, "class") ? str_fmt(arena, "kode-%.*s", STR_ARG(type->classification))
                                                           : SCOPE_ALL,
                                  village->restarts ? year : 0};
}

enum rc letter_mail_scope(struct village_db *db, bool is_in, struct str *scope_out, struct err *err)
{
    struct letter_identity identity;

    TRY(sql_letter_identity(db, &identity, err));
    *scope_out = is_in && !str_is(identity.number_scope, "mail") ? SCOPE_IN : SCOPE_OUT;
    return RC_OK;
}

enum rc letter_outgoing(struct txn *txn, uint64_t id, struct letter_outgoing *out, struct err *err)
{
    struct outgoing_letter row;
    struct letter held;
    bool found;

    TRY(sql_letter_lock(txn, id, &held, err));
    TRY(sql_outgoing_letter(in_txn(txn), id, &row, &found, err));
    if (!found)
        return fail(err, RC_NOT_FOUND, "letter %" PRIu64 " is no issued letter of the office", id);
    *out = (struct letter_outgoing){row.about,  row.addressed,      row.number_text, row.type_name,
                                    row.sender, row.classification, row.letter_date, row.agenda};
    return RC_OK;
}

/* Of which numbers are given: the sequence, and what a number is called in words. */
struct sequence {
    const struct letter_type *type;
    struct letter_series series;
    struct str kin, code;
    struct date today, since;
};

static struct sequence sequence_of(struct arena *arena, const struct letter_type *type, const struct letter_identity *identity,
                                   struct date today)
{
    const struct letter_numbering village = {identity->number_scope, identity->number_restarts};
    const struct letter_numbered by = {type->id, type->number_scope, type->series, type->classification};
    struct sequence out = {.type = type, .today = today, .since = {today.year, 1, 1}};

    out.series = letter_series_of(arena, &village, &by, (uint16_t)today.year);
    out.kin = str_is(type->number_scope, LETTER_NUMBER_OWN) ? out.series.scope : STR_NONE;
    out.code = str_empty(identity->letter_code) ? identity->code : identity->letter_code;
    return out;
}

static enum rc name_number(struct arena *arena, const struct sequence *s, uint32_t number, struct letter_given *out, struct err *err)
{
    const struct letter_number n = {s->type->classification, s->code, number, s->today};

    *out = (struct letter_given){s->series.scope, s->series.year, number, STR("")};
    return letter_number_text(arena, s->type->number_format, &n, &out->text, err);
}

static enum rc give_one(struct txn *txn, const struct sequence *s, struct letter_given *out, struct err *err)
{
    struct village_db *db = in_txn(txn);
    struct number_text_taken other;
    bool is_taken = true;
    uint64_t number;

    for (size_t i = 0; is_taken && i < PASSED_OVER_MOST; i++) {
        TRY(sql_number_take(txn, s->series.scope, s->series.year, 1, &number, err));
        TRY(name_number(village_db_arena(db), s, (uint32_t)number, out, err));
        TRY(sql_number_text_taken(db, out->text, s->since, s->kin, s->type->id, &other, &is_taken, err));
    }
    if (is_taken)
        return fail(err, RC_LIMITED, "%d numbers of %.*s are taken", PASSED_OVER_MOST, STR_ARG(s->series.scope));
    return RC_OK;
}

enum rc letter_number_give(struct txn *txn, const struct letter_type *type, const struct letter_identity *identity, struct date today,
                           struct letter_given *out, struct err *err)
{
    const struct sequence s = sequence_of(village_db_arena(in_txn(txn)), type, identity, today);

    return give_one(txn, &s, out, err);
}

enum rc letter_numbers_give(struct txn *txn, const struct letter_type *type, const struct letter_identity *identity, struct date today,
                            struct letter_given *out, size_t n, struct err *err)
{
    struct village_db *db = in_txn(txn);
    struct arena *arena = village_db_arena(db);
    const struct sequence s = sequence_of(arena, type, identity, today);
    struct buf texts = {.arena = arena};
    struct number_text_taken other;
    bool is_taken, is_this;
    uint64_t last;

    if (n == 0)
        return RC_OK;
    TRY(sql_number_take(txn, s.series.scope, s.series.year, (uint32_t)n, &last, err));
    for (size_t i = 0; i < n; i++) {
        TRY(name_number(arena, &s, (uint32_t)(last - n + 1 + i), &out[i], err));
        buf_put_char(&texts, i > 0 ? ',' : '[');
        json_put_str(&texts, out[i].text);
    }
    buf_put_char(&texts, ']');
    TRY(sql_number_texts_taken(db, buf_str(&texts), s.since, s.kin, type->id, &other, &is_taken, err));
    for (size_t i = 0; is_taken && i < n; i++) { /* those that are taken are passed over, as of a single letter */
        TRY(sql_number_text_taken(db, out[i].text, s.since, s.kin, type->id, &other, &is_this, err));
        if (is_this)
            TRY(give_one(txn, &s, &out[i], err));
    }
    return RC_OK;
}

enum rc letter_number_begin(struct txn *txn, struct request *req, const char *field, struct letter_series series, uint32_t next,
                            struct err *err)
{
    const struct letter_actor by = letter_actor_of(req);
    struct number_series now;
    bool is_there;

    TRY(sql_number_series_lock(txn, series.scope, series.year, &now, &is_there, err));
    const bool was_begun = is_there && now.started.is_set;
    /* Nothing given since: it may still be put right. */
    const bool is_unused = was_begun && now.last + 1 == now.started.value;
    const uint32_t last = !is_there ? 0 : is_unused ? now.started_after : now.last;
    if (next <= last)
        return act_refuse(req, err, field,
                          "Nomor sampai %" PRIu32 " sudah diberikan, dan tidak diberikan dua kali. Isi %" PRIu32 " atau lebih.", last,
                          last + 1);
    if (was_begun && !is_unused)
        return act_refuse(req, err, field,
                          "Urutan ini sudah pernah dilanjutkan, dan sesudahnya sudah ada nomor yang diberikan. Itu hanya sekali.");
    const struct number_begin_in row = {
        .scope = series.scope, .year = series.year, .last = next - 1, .started = next, .after = last, .by = by.name, .at = by.now};
    return sql_number_begin(txn, &row, NULL, err);
}

/* Of two sequences that become one, or one that becomes two, each goes on behind the other. */
static enum rc raise_to(struct txn *txn, struct str scope, uint16_t year, struct str other, uint16_t other_year, struct err *err)
{
    struct number_last last;

    TRY(sql_number_last(in_txn(txn), other, other_year, &last, err));
    return last.n == 0 ? RC_OK : sql_number_raise(txn, scope, year, (uint32_t)last.n, NULL, err);
}

enum rc letter_numbering_change(struct txn *txn, const struct letter_numbering *was, const struct letter_numbering *now, struct date today,
                                struct err *err)
{
    const uint16_t year = (uint16_t)today.year, own_year = now->restarts ? year : 0;
    struct number_scope_rows scopes;

    if (was->restarts != now->restarts) {
        TRY(sql_number_scopes(txn, was->restarts ? year : 0, &scopes, err));
        for (size_t i = 0; i < scopes.n; i++)
            TRY(sql_number_raise(txn, scopes.p[i].scope, own_year, scopes.p[i].last, NULL, err));
    }
    if (str_is(was->scope, "mail") && !str_is(now->scope, "mail"))
        TRY(raise_to(txn, SCOPE_IN, year, SCOPE_OUT, year, err));
    if (str_is(now->scope, "mail") && !str_is(was->scope, "mail"))
        TRY(raise_to(txn, SCOPE_OUT, year, SCOPE_IN, year, err));
    if (is_shared(now->scope) && !is_shared(was->scope))
        return raise_to(txn, SCOPE_OUT, year, SCOPE_ALL, own_year, err);
    if (is_shared(was->scope) && !is_shared(now->scope))
        return raise_to(txn, SCOPE_ALL, own_year, SCOPE_OUT, year, err);
    return RC_OK;
}
