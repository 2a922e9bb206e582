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
                                       .is_phone = json_bool(f, "phone"),
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
    const bool is_faulty = request_faults(req)->n > 0;
    const struct str kind = is_faulty ? letter_question_got(req).kind : stored.kind;
    v.opens_choices = is_faulty || str_is(kind, "select");
    v.opens_person = is_faulty || str_is(kind, "person");
    v.opens_traits = is_faulty || stored.age.is_set || stored.age_most.is_set || !str_is(stored.status, "any") ||
                     !str_is(stored.religion, "any");
    v.opens_bounds = is_faulty || letter_is_of_kinds(kind, "line|area|list|number|money|year|nik|person");
    v.opens_dates = is_faulty || letter_is_of_kinds(kind, "date|day_date");
    v.opens_data = is_faulty || !str_is(stored.known, "none") || !str_empty(stored.whose);
    v.opens_only = is_faulty || !str_empty(stored.only_field);
    TRY(letter_question_fill(req, &stored, &v.form, err));
    view_letter_question(&body, &v);
    const struct page page = {.title = STR("Pertanyaan"), .active = STR(LETTER_TYPES_HOME), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

/* ---- what is written ---- */

/* "Luas tanah (m²)" → "luas_tanah_m"; with a number behind it when there is one already. */
static struct str new_name(struct arena *arena, const json_t *root, struct str label)
{
    struct buf base = {.arena = arena};
    const struct str folded = str_trim(text_fold(arena, label));
    const json_t *fields = json_object_get(root, "fields");
    struct str stem, name;

    for (size_t i = 0; i < folded.n && base.n < NAME_MOST; i++)
        if ((folded.p[i] >= 'a' && folded.p[i] <= 'z') || (folded.p[i] >= '0' && folded.p[i] <= '9') ||
            (folded.p[i] == ' ' && base.n > 0)) /* no name begins with '_' */
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

static bool has_line(struct str text, struct str wanted)
{
    struct str rest = text, line;

    while (letter_list_line(&rest, &line))
        if (str_eq(line, wanted))
            return true;
    return false;
}

/* The first option that says what somebody is to the subject and is none any more; NULL: each is still one. */
static const char *lost_option(json_t *by, const struct letter_question_form *in)
{
    const bool has_options = str_is(in->kind, "select");
    const char *option;
    json_t *relation;

    json_object_foreach(by, option, relation)
    {
        if (strcmp(option, "field") != 0 && !(has_options && has_line(in->choices, str_c(option))))
            return option;
    }
    return NULL;
}

/* Options that say what somebody is to the subject stay as they are written. */
static enum rc must_keep_relations(struct request *req, const json_t *fields, const struct letter_question_form *in, struct err *err)
{
    json_t *field;
    size_t i;

    json_array_foreach((json_t *)fields, i, field)
    {
        json_t *by = json_object_get(field, "relation_by");
        const char *lost = by != NULL && str_eq(json_text(by, "field"), in->name) ? lost_option(by, in) : NULL;

        if (lost != NULL)
            return act_refuse(req, err, LETTER_QUESTION_CHOICES,
                              "Pilihan “%s” menentukan hubungan “%s”, jadi biarkan tertulis begitu. Pilihan lain boleh diubah.", lost,
                              str_z(request_arena(req), json_text(field, "label")));
    }
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
    TRY(letter_question_judge(req, &in, field, err));
    TRY(must_keep_relations(req, fields, &in, err));
    if (field == NULL) {
        const struct str name = new_name(arena, root, in.label);

        field = json_pack("{s:s%}", "name", name.p, name.n);
        json_array_append_new(fields, field);
    }
    letter_question_put(field, &in);
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
