// SPDX-License-Identifier: AGPL-3.0-or-later
/* One question as its form says it: judged, and written into the definition. */
#include "server/base/json.h"
#include "tenants/village/letters/letters_editor.h"
#include "tenants/village/letters/letters_questions_view.h"

bool letter_is_of_kinds(struct str kind, const char *some)
{
    struct str rest = str_c(some), one;

    while (rest.p != NULL && str_cut(&rest, '|', &one))
        if (str_eq(kind, one))
            return true;
    return false;
}

void letter_put_text(json_t *field, const char *key, struct str text)
{
    if (str_empty(text))
        json_object_del(field, key);
    else
        json_object_set_new(field, key, json_stringn(text.p, text.n));
}

void letter_put_number(json_t *field, const char *key, struct opt_u64 number)
{
    if (number.is_set)
        json_object_set_new(field, key, json_integer((json_int_t)number.value));
    else
        json_object_del(field, key);
}

void letter_put_flag(json_t *field, const char *key, bool is_on)
{
    if (is_on)
        json_object_set_new(field, key, json_true());
    else
        json_object_del(field, key);
}

void letter_traits_put(json_t *json, const struct letter_traits *t)
{
    letter_put_text(json, "status", t->status);
    letter_put_text(json, "role", t->role);
    letter_put_text(json, "religion", t->religion);
    letter_put_number(json, "age", t->age);
    letter_put_number(json, "age_most", t->age_most);
    letter_put_flag(json, "or_married", t->or_married);
    letter_put_flag(json, "strict", t->is_strict);
    letter_put_text(json, "age_on", t->age_on);
    letter_put_text(json, "unless", t->unless);
}

json_t *letter_lines_of(struct str text)
{
    json_t *list = json_array();
    struct str rest = text, line;

    while (letter_list_line(&rest, &line))
        json_array_append_new(list, json_stringn(line.p, line.n));
    return list;
}

/* What a question of these kinds has, and of no other keeps. */
static const struct {
    const char *key, *kinds;
} kept[] = {
    {"max", "line|area|list"},
    {"least", "number|money|list|person"},
    {"most", "number|money|list|person"},
    {"decimals", "number"},
    {"days", "number"},
    {"unit", "number|money"},
    {"from_age", "year"},
    {"kk", "nik"},
    {"phone", "line"},
    {"name_in", "nik"},
    {"past", "date|day_date"},
    {"before_birth", "date|day_date"},
    {"ahead", "date|day_date"},
    {"not_before", "date|day_date"},
    {"known", "line|date|day_date"},
    {"whose", "line|date|day_date|select"},
    {"options", "select"},
    {"codes", "select"},
    {"fits", "select"},
    {"places", "select"},
    {"within", "select"},
    {"outside", "person"},
    {"sex", "person"},
    {"relation", "person"},
    {"relation_by", "person"},
    {"to", "person"},
    {"dead", "person"},
    {"alive", "person"},
    {"name_enough", "person"},
    {"age", "person"},
    {"age_most", "person"},
    {"or_married", "person"},
    {"strict", "person"},
    {"age_on", "person"},
    {"unless", "person"},
    {"status", "person"},
    {"role", "person"},
    {"religion", "person"},
};

/* What the form says its answer is held against. */
static void put_bounds(json_t *field, const struct letter_question_form *in)
{
    letter_put_number(field, "max", in->longest);
    letter_put_number(field, "least", in->least);
    letter_put_number(field, "most", in->most);
    letter_put_number(field, "from_age", in->from_age);
    letter_put_number(field, "decimals", in->decimals);
    letter_put_text(field, "unit", in->unit);
    letter_put_flag(field, "past", in->is_past);
    letter_put_flag(field, "before_birth", in->before_birth);
    letter_put_flag(field, "ahead", in->is_ahead);
    letter_put_text(field, "not_before", in->not_before);
    letter_put_text(field, "known", letter_unless(in->known, "none"));
    letter_put_text(field, "whose", in->whose);
    letter_put_flag(field, "kk", in->is_kk);
    letter_put_flag(field, "phone", in->is_phone);
    letter_put_text(field, "name_in", in->name_in);
    json_object_del(field, "days");
    if (!str_empty(in->first_day))
        json_object_set_new(field, "days", json_pack("[s%, s%]", in->first_day.p, in->first_day.n, in->last_day.p, in->last_day.n));
}

/* Who the person may be. */
static void put_who(json_t *field, const struct letter_question_form *in)
{
    const struct letter_traits traits = {.status = letter_unless(in->status, "any"),
                                         .role = json_text(field, "role"),
                                         .religion = letter_unless(in->religion, "any"),
                                         .age = in->age,
                                         .age_most = in->age_most,
                                         .or_married = in->or_married,
                                         .is_strict = in->is_strict,
                                         .age_on = in->age_on,
                                         .unless = in->unless};

    letter_put_text(field, "outside", letter_unless(in->outside, "none"));
    letter_put_text(field, "sex", letter_unless(in->sex, "any"));
    letter_put_text(field, "relation", letter_unless(in->relation, "none"));
    letter_put_text(field, "to", in->to);
    letter_put_flag(field, "dead", in->must_be_dead);
    letter_put_flag(field, "name_enough", in->is_name_enough);
    letter_traits_put(field, &traits);
    json_object_del(field, "alive");
    if (in->is_anybody && !in->must_be_dead)
        json_object_set_new(field, "alive", json_false());
}

/* Whom a choice is for; its own options take the place of the registry's. */
static void put_choices(json_t *field, const struct letter_question_form *in)
{
    json_object_del(field, "options");
    json_object_del(field, "fits");
    if (!str_empty(in->choices)) {
        json_object_del(field, "codes");
        json_object_set_new(field, "options", letter_lines_of(in->choices));
    }
    if (!str_empty(in->fits))
        json_object_set_new(field, "fits", letter_lines_of(in->fits));
}

void letter_question_put(json_t *field, const struct letter_question_form *in)
{
    letter_put_text(field, "label", in->label);
    letter_put_text(field, "kind", in->kind);
    letter_put_text(field, "hint", in->hint);
    letter_put_text(field, "group", in->group);
    letter_put_flag(field, "required", in->is_required);
    put_who(field, in);
    put_bounds(field, in);
    put_choices(field, in);
    for (size_t i = 0; i < COUNT_OF(kept); i++)
        if (!letter_is_of_kinds(in->kind, kept[i].kinds))
            json_object_del(field, kept[i].key);
    json_object_del(field, "only_if");
    if (!str_empty(in->only_field))
        json_object_set_new(field, "only_if",
                            json_pack("{s:s%, s:o}", "field", in->only_field.p, in->only_field.n, "in", letter_lines_of(in->only_values)));
}

/* Of a person: how many, how old, and to whom related. */
static enum rc judge_person(struct request *req, const struct letter_question_form *in, struct err *err)
{
    if ((in->most.is_set && (in->most.value < 1 || in->most.value > PERSONS_MOST)) ||
        (in->least.is_set && in->least.value > (in->most.is_set ? in->most.value : 1)))
        return act_refuse(req, err, LETTER_QUESTION_MOST,
                          "Orang: paling banyak 1 sampai %d, dan paling sedikit tidak lebih dari itu. Contoh ahli waris: 1 sampai 5.",
                          PERSONS_MOST);
    if (str_is(in->relation, "waris") && (str_is(in->outside, "none") || in->most.value < 2))
        return act_refuse(req, err, LETTER_QUESTION_RELATION,
                          "Ahli waris bisa lebih dari satu dan bisa orang luar. Isi paling besar 2 sampai %d, dan bolehkan orang luar.",
                          PERSONS_MOST);
    if ((in->or_married || in->is_strict || !str_empty(in->age_on) || !str_empty(in->unless)) && !in->age.is_set && !in->age_most.is_set)
        return act_refuse(req, err, LETTER_QUESTION_AGE, "Tulis umur paling muda atau paling tua yang dimaksud.");
    if (in->age.is_set && in->age_most.is_set && in->age.value > in->age_most.value)
        return act_refuse(req, err, LETTER_QUESTION_AGE_MOST, "Umur paling tua tidak boleh kurang dari umur paling muda.");
    if (!str_empty(in->to) && !str_is(in->relation, "calon"))
        return act_refuse(req, err, LETTER_QUESTION_TO,
                          "Hanya calon suami atau istri yang dibandingkan dengan orang lain. Pilih hubungannya.");
    if (in->is_name_enough && !(in->is_anybody && str_is(in->outside, "long")))
        return act_refuse(req, err, LETTER_QUESTION_IS_NAME_ENOUGH,
                          "Cukup nama hanya untuk orang yang boleh sudah meninggal dan boleh orang luar dengan identitas lengkap.");
    return RC_OK;
}

enum rc letter_question_judge(struct request *req, const struct letter_question_form *in, const json_t *field, struct err *err)
{
    if (str_is(in->kind, "select") && str_empty(in->choices) && str_empty(json_text(field, "codes")))
        return act_refuse(req, err, LETTER_QUESTION_CHOICES, "Pilihan belum ditulis. Tulis satu pilihan di setiap baris.");
    if (str_is(in->kind, "person"))
        TRY(judge_person(req, in, err));
    if (str_is(in->kind, "number") && str_empty(in->first_day) != str_empty(in->last_day))
        return act_refuse(req, err, LETTER_QUESTION_LAST_DAY,
                          "Jumlah hari dihitung dari dua tanggal. Isi keduanya, atau kosongkan keduanya.");
    if (letter_is_of_kinds(in->kind, "number|money|list") && in->least.is_set && in->most.is_set && in->least.value > in->most.value)
        return act_refuse(req, err, LETTER_QUESTION_MOST, "Paling besar tidak boleh kurang dari paling kecil.");
    if (!str_empty(in->only_field) && str_empty(in->only_values))
        return act_refuse(req, err, LETTER_QUESTION_ONLY_VALUES, "Tulis jawaban mana yang membuat pertanyaan ini ditanyakan.");
    return RC_OK;
}
