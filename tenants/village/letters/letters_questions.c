// SPDX-License-Identifier: AGPL-3.0-or-later
/* The questions of a type, in its draft: added, changed, put in another order, taken out. Their names never change: the text uses them. */
#include "server/base/json.h"
#include "server/base/text.h"
#include "tenants/village/letters/letters_editor.h"
#include "tenants/village/letters/letters_editor_sql.h"
#include "tenants/village/letters/letters_questions_view.h"

enum { NAME_MOST = 40 };

static const struct {
    const char *kind, *label;
} kinds[] = {{"line", "Satu baris"}, {"area", "Beberapa baris"}, {"number", "Angka"},
             {"money", "Rupiah"},    {"date", "Tanggal"},        {"day_date", "Hari dan tanggal"},
             {"time", "Jam"},        {"year", "Tahun"},          {"nik", "NIK"},
             {"list", "Daftar"},     {"select", "Pilihan"},      {"person", "Orang"}};

static struct str kind_label(struct str kind)
{
    for (size_t i = 0; i < COUNT_OF(kinds); i++)
        if (str_is(kind, kinds[i].kind))
            return str_c(kinds[i].label);
    return kind;
}

/* The people of a definition stand among its questions, in their order: there they can be changed, moved and taken out. */
static void take_in_persons(json_t *root)
{
    const json_t *persons = json_object_get(root, "persons");

    for (size_t i = 0; i < json_array_size(persons); i++) {
        json_t *one = json_array_get(persons, i);

        json_object_set_new(one, "kind", json_string("person"));
        json_array_append(json_object_get(root, "fields"), one);
    }
    json_object_del(root, "persons");
}

static enum rc questions_root(struct arena *arena, const struct letter_draft *row, json_t **root_out, struct err *err)
{
    const struct str base = row->draft.p != NULL ? row->draft : row->definition;
    struct letter_form form;

    TRY(letter_form_read(arena, base, &form, err));
    TRY(json_read(arena, base, root_out, err));
    json_object_set(*root_out, "paper", (json_t *)form.tree);
    take_in_persons(*root_out);
    return RC_OK;
}

static size_t index_of(const json_t *fields, struct str name)
{
    for (size_t i = 0; i < json_array_size(fields); i++)
        if (str_eq(json_text(json_array_get(fields, i), "name"), name))
            return i;
    return SIZE_MAX;
}

static struct str question_url(struct arena *arena, uint64_t id, struct str name)
{
    return str_fmt(arena, "%.*s/%.*s", STR_ARG(letter_type_url(arena, id, "/isi/pertanyaan")), STR_ARG(name));
}

/* ---- the list ---- */

/* How the text calls its answer. */
static struct str printed_of(struct arena *arena, const json_t *field)
{
    const struct str name = json_text(field, "name");

    if (!str_is(json_text(field, "kind"), "person"))
        return str_fmt(arena, "isi_%.*s", STR_ARG(name));
    return json_u64(field, "most") > 1 ? str_fmt(arena, LIST_LINES "%.*s", STR_ARG(name)) : str_fmt(arena, "nama_%.*s", STR_ARG(name));
}

static struct letter_question_line line_of(struct arena *arena, uint64_t id, const json_t *field)
{
    const json_t *only = json_object_get(field, "only_if");
    const struct str kind = json_text(field, "kind");

    return (struct letter_question_line){.name = json_text(field, "name"),
                                         .href = question_url(arena, id, json_text(field, "name")),
                                         .label = json_text(field, "label"),
                                         .kind = kind_label(kind),
                                         .printed = printed_of(arena, field),
                                         .only = only != NULL ? json_text(only, "field") : STR(""),
                                         .is_required = json_bool(field, "required")};
}

struct letter_question_lines letter_question_lines(struct arena *arena, uint64_t id, const json_t *root)
{
    const json_t *fields = json_object_get(root, "fields");
    struct letter_question_lines out = {ARENA_ARRAY(arena, struct letter_question_line, json_array_size(fields)), 0};

    for (; out.n < json_array_size(fields); out.n++)
        out.p[out.n] = line_of(arena, id, json_array_get(fields, out.n));
    return out;
}

enum rc letter_questions_read(struct request *req, uint64_t id, struct letter_draft *row, json_t **root_out, struct err *err)
{
    struct village_db *db;

    TRY(request_village_db(req, &db, err));
    TRY(sql_letter_draft_get(db, id, row, err));
    return questions_root(request_arena(req), row, root_out, err);
}

enum rc letter_questions_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct buf body = {.arena = arena};
    struct letter_draft row;
    json_t *root;

    TRY(letter_questions_read(req, letter_question_list_got(req).id | letter_question_one_got(req).id, &row, &root, err));
    struct letter_questions_view v = {.title = row.name,
                                      .subject = letter_for_words(root),
                                      .subject_href = letter_type_url(arena, row.id, "/isi/untuk"),
                                      .back_href = letter_type_url(arena, row.id, "/isi"),
                                      .new_href = letter_type_url(arena, row.id, "/isi/pertanyaan-baru"),
                                      .move_action = letter_type_url(arena, row.id, "/isi/pertanyaan-pindah"),
                                      .drop_action = letter_type_url(arena, row.id, "/isi/pertanyaan-hapus"),
                                      .guard = request_form_guard(req),
                                      .faults = *request_faults(req),
                                      .edition = row.edition};
    v.lines = letter_question_lines(arena, row.id, root);
    view_letter_questions(&body, &v);
    const struct page page = {.title = STR("Pertanyaan"), .active = STR(LETTER_TYPES_HOME), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

/* ---- one question ---- */

struct str letter_joined_lines(struct arena *arena, const json_t *list)
{
    struct buf out = {.arena = arena};

    for (size_t i = 0; i < json_array_size(list); i++)
        buf_fmt(&out, "%s%s", i > 0 ? "\n" : "", json_string_value(json_array_get(list, i)));
    return buf_str(&out);
}

static struct letter_question_form stored_of(struct arena *arena, const struct letter_draft *row, const json_t *f)
{
    const json_t *only = json_object_get(f, "only_if");
    struct letter_question_form out = {.id = row->id,
                                       .version = row->edition,
                                       .label = json_text(f, "label"),
                                       .kind = json_text(f, "kind"),
                                       .hint = json_text(f, "hint"),
                                       .group = json_text(f, "group"),
                                       .unit = json_text(f, "unit"),
                                       .choices = letter_joined_lines(arena, json_object_get(f, "options")),
                                       .only_field = json_text(only, "field"),
                                       .only_values = json_object_get(only, "in") != NULL
                                                          ? letter_joined_lines(arena, json_object_get(only, "in"))
                                                          : json_text(only, "equals"),
                                       .outside = str_empty(json_text(f, "outside")) ? STR("none") : json_text(f, "outside"),
                                       .sex = str_empty(json_text(f, "sex")) ? STR("any") : json_text(f, "sex"),
                                       .relation = str_empty(json_text(f, "relation")) ? STR("none") : json_text(f, "relation"),
                                       .to = json_text(f, "to"),
                                       .age_on = json_text(f, "age_on"),
                                       .unless = json_text(f, "unless"),
                                       .or_married = json_bool(f, "or_married"),
                                       .is_strict = json_bool(f, "strict"),
                                       .status = str_empty(json_text(f, "status")) ? STR("any") : json_text(f, "status"),
                                       .religion = str_empty(json_text(f, "religion")) ? STR("any") : json_text(f, "religion"),
                                       .must_be_dead = json_bool(f, "dead"),
                                       .is_kk = json_bool(f, "kk"),
                                       .name_in = json_text(f, "name_in"),
                                       .is_anybody = json_object_get(f, "alive") != NULL && !json_bool(f, "alive"),
                                       .is_required = json_bool(f, "required"),
                                       .is_past = json_bool(f, "past"),
                                       .before_birth = json_bool(f, "before_birth"),
                                       .is_ahead = json_bool(f, "ahead"),
                                       .is_name_enough = json_bool(f, "name_enough"),
                                       .fits = letter_joined_lines(arena, json_object_get(f, "fits")),
                                       .not_before = json_text(f, "not_before"),
                                       .known = str_empty(json_text(f, "known")) ? STR("none") : json_text(f, "known"),
                                       .whose = json_text(f, "whose")};
    const json_t *days = json_object_get(f, "days");

    if (json_array_size(days) == 2) {
        out.first_day = str_c(json_string_value(json_array_get(days, 0)));
        out.last_day = str_c(json_string_value(json_array_get(days, 1)));
    }
    out.decimals = letter_number_of(f, "decimals");
    out.longest = letter_number_of(f, "max");
    out.least = letter_number_of(f, "least");
    out.most = letter_number_of(f, "most");
    out.from_age = letter_number_of(f, "from_age");
    out.age = letter_number_of(f, "age");
    out.age_most = letter_number_of(f, "age_most");
    return out;
}

enum rc letter_question_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct buf body = {.arena = arena};
    const struct letter_question_form in = letter_question_got(req);
    struct letter_draft row;
    json_t *root;

    TRY(letter_questions_read(req, in.id, &row, &root, err));
    const json_t *fields = json_object_get(root, "fields");
    const size_t at = index_of(fields, in.name);
    const json_t *field = json_array_get(fields, at);
    if (!str_empty(in.name) && field == NULL)
        return fail(err, RC_NOT_FOUND, "the type asks no such question");
    struct letter_question_form stored = stored_of(arena, &row, field);
    if (field == NULL)
        stored.kind = STR("line");
    struct letter_question_view v = {.title = field != NULL ? stored.label : STR("Pertanyaan baru"),
                                     .back_href = letter_type_url(arena, row.id, "/isi/pertanyaan"),
                                     .action = request_path(req),
                                     .codes = json_text(field, "codes")};
    if (field != NULL)
        v.printed = printed_of(arena, field);
    v.others = letter_question_lines(arena, row.id, root);
    if (field != NULL) {
        v.others.n--;
        memmove(&v.others.p[at], &v.others.p[at + 1], (v.others.n - at) * sizeof(*v.others.p));
    }
    v.earlier = (struct letter_question_lines){v.others.p, field != NULL ? at : v.others.n};
    TRY(letter_question_fill(req, &stored, &v.form, err));
    view_letter_question(&body, &v);
    const struct page page = {.title = STR("Pertanyaan"), .active = STR(LETTER_TYPES_HOME), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

/* ---- what is written ---- */

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

/* What the form says its answer is held against. */
static void put_bounds(json_t *field, const struct letter_question_form *in)
{
    const bool is_day = str_is(in->kind, "date") || str_is(in->kind, "day_date"), is_person = str_is(in->kind, "person");

    letter_put_flag(field, "past", in->is_past);
    letter_put_flag(field, "before_birth", is_day && in->before_birth);
    letter_put_flag(field, "ahead", is_day && in->is_ahead);
    letter_put_flag(field, "name_enough", is_person && in->is_name_enough);
    letter_put_text(field, "not_before", is_day ? in->not_before : STR(""));
    letter_put_text(field, "known", str_is(in->known, "none") ? STR("") : in->known);
    letter_put_text(field, "whose", in->whose);
    json_object_del(field, "days");
    if (str_is(in->kind, "number") && !str_empty(in->first_day))
        json_object_set_new(field, "days", json_pack("[s%, s%]", in->first_day.p, in->first_day.n, in->last_day.p, in->last_day.n));
    json_object_del(field, "fits");
    if (str_is(in->kind, "select") && !str_empty(in->fits))
        json_object_set_new(field, "fits", letter_lines_of(in->fits));
    if (!str_is(in->kind, "select")) { /* no class of a move any more */
        json_object_del(field, "places");
        json_object_del(field, "within");
    }
}

/* Who the person may be; of what is no person nothing of it stays. */
static void put_who(json_t *field, const struct letter_question_form *in)
{
    const struct letter_traits nobody = {.status = STR(""), .role = STR(""), .religion = STR(""), .age_on = STR(""), .unless = STR("")};
    const struct letter_traits traits = {.status = letter_unless(in->status, "any"),
                                         .role = json_text(field, "role"),
                                         .religion = letter_unless(in->religion, "any"),
                                         .age = in->age,
                                         .age_most = in->age_most,
                                         .or_married = in->or_married,
                                         .is_strict = in->is_strict,
                                         .age_on = in->age_on,
                                         .unless = in->unless};
    const bool is_person = str_is(in->kind, "person"), is_nik = str_is(in->kind, "nik");

    letter_put_text(field, "outside", is_person ? letter_unless(in->outside, "none") : STR(""));
    letter_put_text(field, "sex", is_person ? letter_unless(in->sex, "any") : STR(""));
    letter_put_text(field, "relation", is_person ? letter_unless(in->relation, "none") : STR(""));
    letter_put_text(field, "to", is_person ? in->to : STR(""));
    letter_put_flag(field, "dead", is_person && in->must_be_dead);
    letter_put_flag(field, "kk", is_nik && in->is_kk);
    letter_put_text(field, "name_in", is_nik ? in->name_in : STR(""));
    letter_traits_put(field, is_person ? &traits : &nobody);
    if (is_person && in->is_anybody && !in->must_be_dead)
        json_object_set_new(field, "alive", json_false());
    else
        json_object_del(field, "alive");
    if (!is_person)
        json_object_del(field, "relation_by");
}

/* What the form says of a question; what it has no box for (the kiosk's tiles) stays. */
static void put_question(json_t *field, const struct letter_question_form *in)
{
    const bool is_select = str_is(in->kind, "select");

    letter_put_text(field, "label", in->label);
    letter_put_text(field, "kind", in->kind);
    letter_put_text(field, "hint", in->hint);
    letter_put_text(field, "group", in->group);
    letter_put_text(field, "unit", in->unit);
    letter_put_flag(field, "required", in->is_required);
    letter_put_number(field, "max", in->longest);
    letter_put_number(field, "least", in->least);
    letter_put_number(field, "most", in->most);
    letter_put_number(field, "from_age", in->from_age);
    letter_put_number(field, "decimals", in->decimals);
    put_who(field, in);
    put_bounds(field, in);
    json_object_del(field, "options");
    if (!is_select || !str_empty(in->choices))
        json_object_del(field, "codes");
    if (is_select && !str_empty(in->choices))
        json_object_set_new(field, "options", letter_lines_of(in->choices));
    json_object_del(field, "only_if");
    if (!str_empty(in->only_field))
        json_object_set_new(field, "only_if",
                            json_pack("{s:s%, s:o}", "field", in->only_field.p, in->only_field.n, "in", letter_lines_of(in->only_values)));
}

/* "Luas tanah (m²)" → "luas_tanah_m"; with a number behind it when there is one already. */
static struct str new_name(struct arena *arena, const json_t *root, struct str label)
{
    struct buf base = {.arena = arena};
    const struct str folded = str_trim(text_fold(arena, label));
    const json_t *fields = json_object_get(root, "fields");
    struct str stem, name;

    for (size_t i = 0; i < folded.n && base.n < NAME_MOST; i++)
        if ((folded.p[i] >= 'a' && folded.p[i] <= 'z') || (folded.p[i] >= '0' && folded.p[i] <= '9') || folded.p[i] == ' ')
            buf_put_char(&base, folded.p[i] == ' ' ? '_' : folded.p[i]);
    name = stem = base.n > 0 ? buf_str(&base) : STR("isian");
    for (unsigned i = 2; index_of(fields, name) != SIZE_MAX; i++)
        name = str_fmt(arena, "%.*s_%u", STR_ARG(stem), i);
    return name;
}

enum rc letter_questions_lock(struct txn *txn, struct request *req, uint64_t id, struct letter_draft *row, json_t **root_out,
                              struct err *err)
{
    TRY(sql_letter_draft_lock(txn, id, row, err));
    TRY(act_seen(req, row->edition, err));
    return questions_root(village_db_arena(in_txn(txn)), row, root_out, err);
}

enum rc letter_questions_keep(struct txn *txn, struct request *req, const struct letter_draft *row, const json_t *root, const char *field,
                              const char *why, struct err *err)
{
    struct arena *arena = village_db_arena(in_txn(txn));
    const struct str draft = json_write(arena, root), me = request_actor(req)->name;
    struct letter_form form;
    struct err fault = {0};

    if (letter_form_read(arena, draft, &form, &fault) != RC_OK)
        return act_refuse(req, err, field, "%s", why);
    TRY(sql_letter_draft_set(txn, row->id, draft, row->base.is_set ? (uint32_t)row->base.value : row->content, request_now(req), me, NULL,
                             err));
    return letter_draft_note(txn, req, row, err);
}

static enum rc judge(struct request *req, const struct letter_question_form *in, const json_t *field, struct err *err)
{
    if (str_is(in->kind, "select") && str_empty(in->choices) && str_empty(json_text(field, "codes")))
        return act_refuse(req, err, LETTER_QUESTION_CHOICES, "Pilihan belum ditulis. Tulis satu pilihan di setiap baris.");
    if (str_is(in->kind, "person") && ((in->most.is_set && (in->most.value < 1 || in->most.value > PERSONS_MOST)) ||
                                       (in->least.is_set && in->least.value > (in->most.is_set ? in->most.value : 1))))
        return act_refuse(req, err, LETTER_QUESTION_MOST,
                          "Orang: paling banyak 1 sampai %d, dan paling sedikit tidak lebih dari itu. Contoh ahli waris: 1 sampai 5.",
                          PERSONS_MOST);
    if (str_is(in->kind, "person") && str_is(in->relation, "waris") && (str_is(in->outside, "none") || in->most.value < 2))
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
    if (str_empty(in->first_day) != str_empty(in->last_day))
        return act_refuse(req, err, LETTER_QUESTION_LAST_DAY,
                          "Jumlah hari dihitung dari dua tanggal. Isi keduanya, atau kosongkan keduanya.");
    if (in->is_name_enough && !(in->is_anybody && str_is(in->outside, "long")))
        return act_refuse(req, err, LETTER_QUESTION_IS_NAME_ENOUGH,
                          "Cukup nama hanya untuk orang yang boleh sudah meninggal dan boleh orang luar dengan identitas lengkap.");
    if (in->least.is_set && in->most.is_set && in->least.value > in->most.value)
        return act_refuse(req, err, LETTER_QUESTION_MOST, "Paling besar tidak boleh kurang dari paling kecil.");
    if (!str_empty(in->only_field) && str_empty(in->only_values))
        return act_refuse(req, err, LETTER_QUESTION_ONLY_VALUES, "Tulis jawaban mana yang membuat pertanyaan ini ditanyakan.");
    return RC_OK;
}

enum rc letter_question_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct letter_question_form in = letter_question_got(req);
    struct arena *arena = request_arena(req);
    struct letter_draft row;
    json_t *root, *fields, *field;

    TRY(letter_questions_lock(txn, req, in.id, &row, &root, err));
    fields = json_object_get(root, "fields");
    field = json_array_get(fields, index_of(fields, in.name));
    if (!str_empty(in.name) && field == NULL)
        return fail(err, RC_NOT_FOUND, "the type asks no such question");
    TRY(judge(req, &in, field, err));
    if (field == NULL) {
        const struct str name = new_name(arena, root, in.label);

        field = json_pack("{s:s%}", "name", name.p, name.n);
        json_array_append_new(fields, field);
    }
    put_question(field, &in);
    *go_to_out = letter_type_url(arena, row.id, "/isi/pertanyaan");
    act_say(req, "Pertanyaan tersimpan di konsep");
    return letter_questions_keep(
        txn, req, &row, root, LETTER_QUESTION_ONLY_FIELD,
        "Pertanyaan ini bergantung pada pertanyaan yang tidak ada di atasnya, dibandingkan dengan isian yang bukan "
        "tanggal atau orang, untuk pilihan yang tidak ada, atau pilihannya lebih dari 30. Periksa juga isian yang disebut untuk umur, "
        "hubungan, dan nama pemilik NIK.",
        err);
}

enum rc letter_question_move_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct letter_question_one_form in = letter_question_one_got(req);
    struct letter_draft row;
    json_t *root, *fields;

    TRY(letter_questions_lock(txn, req, in.id, &row, &root, err));
    fields = json_object_get(root, "fields");
    const size_t at = index_of(fields, in.name), to = in.is_down ? at + 1 : at - 1;
    if (at == SIZE_MAX)
        return fail(err, RC_NOT_FOUND, "the type asks no such question");
    *go_to_out = letter_type_url(request_arena(req), row.id, "/isi/pertanyaan");
    if (to >= json_array_size(fields)) {
        act_say(req, ACT_UNCHANGED);
        return RC_OK;
    }
    json_t *moved = json_incref(json_array_get(fields, at));
    json_array_remove(fields, at);
    json_array_insert_new(fields, to, moved);
    return letter_questions_keep(txn, req, &row, root, "nama",
                                 "Pertanyaan ini bergantung pada pertanyaan lain, jadi harus tetap di bawahnya.", err);
}

enum rc letter_question_drop_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct letter_question_one_form in = letter_question_one_got(req);
    struct letter_draft row;
    json_t *root, *fields;

    TRY(letter_questions_lock(txn, req, in.id, &row, &root, err));
    fields = json_object_get(root, "fields");
    if (json_array_remove(fields, index_of(fields, in.name)) != 0)
        return fail(err, RC_NOT_FOUND, "the type asks no such question");
    *go_to_out = letter_type_url(request_arena(req), row.id, "/isi/pertanyaan");
    act_say(req, "Pertanyaan dihapus dari konsep");
    return letter_questions_keep(txn, req, &row, root, "nama",
                                 "Pertanyaan lain bergantung pada pertanyaan ini. Ubah atau hapus yang itu dulu.", err);
}
