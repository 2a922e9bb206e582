// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/residents/nik.h"

#include "server/base/json.h"
#include "server/base/text.h"
#include "server/web/act.h"
#include "server/web/forms.h"
#include "tenants/village/codes/address.h"
#include "tenants/village/codes/codes.h"
#include "tenants/village/codes/same_name.h"

enum { LAST_TEMPORARY = 99999, NIK_DIGITS = 16, OFFERED = 5 };

struct str nik_temporary_prefix(struct arena *arena, struct str village_code)
{
    return str_fmt(arena, "0%.*s", STR_ARG(village_code));
}

struct str nik_temporary_after(struct arena *arena, struct str village_code, struct str last)
{
    struct str prefix = nik_temporary_prefix(arena, village_code);
    uint64_t n = 0;

    if (last.n == NIK_DIGITS && str_starts(last, prefix) && !str_to_u64(str_from(last, prefix.n), &n))
        return STR_NONE;
    return n < LAST_TEMPORARY ? str_fmt(arena, "%.*s%05" PRIu64, STR_ARG(prefix), n + 1) : STR_NONE;
}

bool nik_is_own_temporary(struct str village_code, struct str number)
{
    return nik_is_temporary(number) && str_starts(str_from(number, 1), village_code);
}

/* The next of people (is_kk: of family cards), written down as given. */
static enum rc next_temporary(struct txn *txn, bool is_kk, struct str *out, struct err *err)
{
    struct village_db *db = in_txn(txn);
    struct arena *arena = village_db_arena(db);
    struct str prefix = nik_temporary_prefix(arena, village_db_code(db));
    struct nik_last last;

    TRY(is_kk ? sql_kk_last_temporary(db, prefix, &last, err) : sql_nik_last_temporary(db, prefix, &last, err));
    *out = nik_temporary_after(arena, village_db_code(db), last.nik);
    if (out->p == NULL)
        return fail(err, RC_INVALID, "all temporary numbers%s are given", is_kk ? " of family cards" : "");
    return sql_temporary_given(txn, is_kk ? STR("") : *out, is_kk ? *out : STR(""), NULL, err);
}

enum rc nik_temporary(struct txn *txn, struct str *out, struct err *err)
{
    return next_temporary(txn, false, out, err);
}

enum rc kk_temporary(struct txn *txn, struct str *out, struct err *err)
{
    return next_temporary(txn, true, out, err);
}

enum rc number_judge(struct request *req, struct village_db *db, const char *field, struct str typed, bool is_kk, struct err *err)
{
    struct number_held held;

    if (!nik_is_own_temporary(village_db_code(db), typed) || request_fault_of(req, field).p != NULL)
        return RC_OK;
    TRY(sql_number_is_held(db, typed, &held, err));
    if (is_kk ? held.is_kk : held.is_nik)
        return RC_OK;
    if (is_kk)
        request_fault(req, field,
                      "Nomor yang diawali 0 dan kode desa adalah nomor sementara, yang hanya diberikan sistem. Isi nomor yang tercetak di "
                      "Kartu Keluarga.");
    else
        request_fault(req, field,
                      "Nomor yang diawali 0 dan kode desa adalah nomor sementara, yang hanya diberikan sistem. Isi NIK yang tercetak di "
                      "e-KTP atau KK.");
    return RC_OK;
}

struct str nik_taken_fault(uint8_t basic_status)
{
    switch (basic_status) {
    case STATUS_NOT_VALID:
        return STR("");
    case STATUS_ALIVE:
        return STR("NIK ini sudah tercatat di desa. Cari warganya di daftar penduduk.");
    case STATUS_DEAD:
        return STR("NIK ini tercatat meninggal. Batalkan dulu catatan kematiannya bila keliru.");
    default:
        return STR("NIK ini tercatat pernah tinggal di desa. Bila ia kembali, catat kedatangannya di menu Peristiwa.");
    }
}

enum rc nik_give(struct txn *txn, const struct resident_act *act, const struct resident_now *now, struct str nik, struct err *err)
{
    struct resident_act give = *act;
    struct resident_row after = now->row;

    TRY(nik_free(txn, act, nik, err));
    give.kind = STR("nik");
    after.nik = nik;
    return resident_write(txn, &give, now, &after, now->family_id, err);
}

enum rc nik_free(struct txn *txn, const struct resident_act *act, struct str nik, struct err *err)
{
    struct resident_act freed = *act;
    struct resident_id owner;
    struct resident_now now;
    bool found;

    TRY(sql_resident_id_of_nik(in_txn(txn), nik, &owner, &found, err));
    if (!found || owner.basic_status != STATUS_NOT_VALID)
        return RC_OK;
    TRY(resident_read(in_txn(txn), owner.id, &now, err));
    struct resident_row after = now.row;
    TRY(nik_temporary(txn, &after.nik, err));
    freed.kind = STR("nik_free");
    freed.reason = STR("NIK ini milik warga lain");
    return resident_write(txn, &freed, &now, &after, now.family_id, err);
}

/* ---- the same person? ---- */

static struct str first_word(struct arena *arena, struct str name)
{
    struct str words[1];

    return resident_name_words(arena, name, words, 1) == 1 ? words[0] : STR("");
}

/* One child written down twice: of one family, at most a day apart, called nearly the same. */
static bool is_one_child(struct arena *arena, const struct resident_row *typed, const struct same_candidate *c, bool is_first)
{
    if (date_is_none(typed->birth_date) || date_is_none(c->birth_date))
        return false;
    const int64_t days = date_to_days(typed->birth_date) - date_to_days(c->birth_date);
    return days >= -1 && days <= 1 && (is_first || hamlet_is_like(arena, typed->name, c->name));
}

static bool has_real_nik(struct str nik)
{
    return !str_empty(nik) && !nik_is_temporary(nik);
}

/*
 * By name and date of birth; by name within a family; by date and sex within a family or of one mother, where the name is nearly the same,
 * or where one of them has none yet, or the card brings the name of somebody who was written down before having one.
 */
static bool is_alike(struct arena *arena, const struct resident_row *typed, const struct same_candidate *c)
{
    const bool has_real = has_real_nik(typed->nik);
    const bool is_date = !date_is_none(typed->birth_date) && date_compare(typed->birth_date, c->birth_date) == 0;
    const bool is_kk = !str_empty(typed->kk_no) && str_eq(typed->kk_no, c->kk_no);
    const bool is_mother = has_real_nik(typed->mother_nik) && str_eq(typed->mother_nik, c->mother_nik);
    const bool is_first = str_eq(first_word(arena, typed->name), first_word(arena, c->name));
    struct str parent;

    if ((has_real && !nik_is_temporary(c->nik)) || (typed->sex != 0 && typed->sex != c->sex))
        return false;
    if (str_eq(text_fold(arena, typed->name), text_fold(arena, c->name)))
        return is_date || (is_kk && nik_is_temporary(c->nik));
    const bool is_bare = name_is_missing(arena, typed->name, &parent) || name_is_missing(arena, c->name, &parent);
    const bool is_like = !is_bare && name_is_like(arena, typed->name, c->name);
    if (!is_kk && !is_mother)
        return is_date && is_like;
    return (is_date && (has_real || is_bare || is_like)) || is_one_child(arena, typed, c, is_first);
}

/* A name for somebody who was written down without one. */
static bool brings_a_name(struct arena *arena, struct str stands, struct str typed)
{
    struct str parent;

    return name_is_missing(arena, stands, &parent) && !name_is_missing(arena, typed, &parent);
}

static struct option option_of(struct request *req, const struct same_candidate *c, const struct resident_row *typed, uint64_t chosen)
{
    struct arena *arena = request_arena(req);
    const bool has_real = has_real_nik(typed->nik), brings_name = brings_a_name(arena, c->name, typed->name);
    struct str born = date_is_none(c->birth_date) ? STR("tanggal lahir belum diisi") : date_long(arena, c->birth_date);

    return (struct option){
        .value = str_fmt(arena, "%" PRIu64, c->id),
        .label = str_fmt(arena, "Ya, ini %.*s", STR_ARG(text_name(arena, c->name))),
        .hint = str_fmt(arena, "Lahir di %.*s, %.*s; %.*s, KK %.*s; NIK %.*s. %s", STR_ARG(text_place(arena, c->birth_place)),
                        STR_ARG(born), STR_ARG(str_lower(arena, code_label(CODE_BASIC_STATUS, c->basic_status))),
                        STR_ARG(nik_masked(arena, c->kk_no)),
                        STR_ARG(nik_is_temporary(c->nik) ? STR("sementara") : nik_masked(arena, c->nik)),
                        has_real && brings_name ? "Nama dan NIK yang Anda isi menggantikan yang sementara."
                        : has_real              ? "NIK yang Anda isi menggantikan NIK sementaranya."
                        : brings_name           ? "Nama yang Anda isi menjadi namanya; ia tidak ditambahkan sekali lagi."
                                                : "Ia tidak ditambahkan sekali lagi."),
        .is_selected = c->id == chosen,
    };
}

enum rc same_people_of(struct village_db *db, const struct resident_row *typed, size_t n, struct same_candidate_rows *out, struct err *err)
{
    struct arena *arena = village_db_arena(db);
    struct buf words = {.arena = arena}, niks = {.arena = arena}, mothers = {.arena = arena};

    buf_put_char(&words, '[');
    buf_put_char(&niks, '[');
    buf_put_char(&mothers, '[');
    for (size_t i = 0; i < n; i++) {
        if (i > 0) {
            buf_put_char(&words, ',');
            buf_put_char(&niks, ',');
            buf_put_char(&mothers, ',');
        }
        json_put_str(&words, name_own_word(arena, typed[i].name));
        json_put_str(&mothers, has_real_nik(typed[i].mother_nik) ? typed[i].mother_nik : STR("-"));
        json_put_str(&niks, typed[i].nik.n == NIK_DIGITS ? typed[i].nik : STR(""));
    }
    buf_put_char(&words, ']');
    buf_put_char(&niks, ']');
    buf_put_char(&mothers, ']');
    return sql_same_people(db, buf_str(&niks), buf_str(&words), n > 0 ? typed[0].kk_no : STR(""), buf_str(&mothers), out, err);
}

const struct same_candidate *same_by_nik(const struct same_candidate_rows *people, struct str nik)
{
    for (size_t i = 0; i < people->n && nik.n == NIK_DIGITS; i++)
        if (str_eq(people->p[i].nik, nik))
            return &people->p[i];
    return NULL;
}

static bool is_offered(const struct same_candidate *c, bool is_arrival)
{
    return is_arrival ? c->basic_status != STATUS_DEAD && c->basic_status != STATUS_NOT_VALID : c->basic_status == STATUS_ALIVE;
}

void same_person_ask(struct request *req, const struct same_candidate_rows *people, const struct resident_row *typed, size_t number,
                     const struct input_pairs *answers, bool is_arrival, struct same_person *out)
{
    struct arena *arena = request_arena(req);
    char *field = str_z(arena, str_fmt(arena, "sama_%zu", number));
    struct str answer = pair_of_id(*answers, number);
    struct options *options = &out->radios.options;
    uint64_t chosen = 0;

    *out = (struct same_person){0};
    if (str_empty(typed->name) || same_by_nik(people, typed->nik) != NULL)
        return;
    options->p = ARENA_ARRAY(arena, struct option, OFFERED + 1);
    if (!str_to_u64(answer, &chosen))
        chosen = 0;
    for (size_t i = 0; i < people->n && options->n < OFFERED; i++) {
        const struct same_candidate *c = &people->p[i];

        if (!is_offered(c, is_arrival) || !is_alike(arena, typed, c))
            continue;
        options->p[options->n++] = option_of(req, c, typed, chosen);
        if (c->id == chosen) {
            out->answer = SAME_CHOSEN;
            out->id = c->id;
            out->basic_status = c->basic_status;
            out->nik = c->nik;
        }
    }
    if (options->n == 0)
        return;
    options->p[options->n++] = (struct option){
        .value = STR("bukan"), .label = STR("Bukan, ini orang lain"), .is_selected = str_is(answer, "bukan")};
    out->radios.name = str_c(field);
    out->radios.label = STR("Orang yang sama?");
    out->radios.hint = str_fmt(arena, "Sudah tercatat seseorang seperti %.*s.", STR_ARG(text_name(arena, typed->name)));
    if (out->answer != SAME_CHOSEN)
        out->answer = str_is(answer, "bukan") ? SAME_OTHER : SAME_OPEN;
    if (out->answer == SAME_OPEN)
        request_ask(req, field, "Pilih dulu: orang yang sama dengan yang sudah tercatat, atau orang lain.");
    out->radios.fault = request_fault_of(req, field);
}

enum rc same_take(struct txn *txn, struct request *req, const struct resident_now *now, const struct resident_row *typed,
                  bool *is_changed_out, struct err *err)
{
    const bool has_real = has_real_nik(typed->nik), brings_name = brings_a_name(request_arena(req), now->row.name, typed->name);
    const struct resident_act act = resident_act_of(req, has_real ? STR("nik") : STR("named"), STR(""));
    struct resident_row after = now->row;

    *is_changed_out = has_real || brings_name;
    act_say(req, has_real && brings_name ? "Orang yang sama: nama dan NIK-nya dicatat, tidak ada yang ditambahkan"
                 : has_real              ? "Orang yang sama: NIK-nya dicatat, tidak ada yang ditambahkan"
                 : brings_name           ? "Orang yang sama: namanya dicatat, tidak ada yang ditambahkan"
                                         : "Orang yang sama: sudah tercatat, tidak ada yang ditambahkan");
    if (!*is_changed_out)
        return RC_OK;
    if (has_real) {
        TRY(nik_free(txn, &act, typed->nik, err));
        after.nik = typed->nik;
    }
    if (brings_name)
        after.name = typed->name;
    return resident_write(txn, &act, now, &after, now->family_id, err);
}
