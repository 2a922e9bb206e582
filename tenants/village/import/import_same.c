// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/import/import_same.h"

#include "server/base/json.h"
#include "server/base/text.h"
#include "server/web/act.h"
#include "tenants/village/import/import_pages.h"
#include "tenants/village/import/import_sql.h"
#include "tenants/village/import/import_view.h"
#include "tenants/village/residents/nik.h"
#include "tenants/village/residents/registry_form.h"

enum { SHOWN = 30, ALL = REGISTRY_ROWS_MAX };

#define OTHER "bukan"

/* ---- stored ---- */

/* "Lahir di Palopo, 26 Oktober 2026; ibu Siti; KK 7317 •••• •••• 0001; NIK sementara" */
static struct str about(struct arena *arena, const struct resident_row *r)
{
    struct buf out = {.arena = arena};

    buf_fmt(&out, "Lahir%s%.*s %.*s", str_empty(r->birth_place) ? "" : " di ", STR_ARG(text_place(arena, r->birth_place)),
            STR_ARG(date_long(arena, r->birth_date)));
    if (!str_empty(r->mother_name))
        buf_fmt(&out, "; ibu %.*s", STR_ARG(text_name(arena, r->mother_name)));
    else if (!str_empty(r->mother_nik))
        buf_fmt(&out, "; NIK ibu %.*s", STR_ARG(nik_masked(arena, r->mother_nik)));
    if (!str_empty(r->kk_no))
        buf_fmt(&out, "; KK %.*s", STR_ARG(nik_masked(arena, r->kk_no)));
    buf_fmt(&out, "; NIK %.*s",
            STR_ARG(str_empty(r->nik)          ? STR("belum ada")
                    : nik_is_temporary(r->nik) ? STR("sementara")
                                               : nik_masked(arena, r->nik)));
    if (r->basic_status > STATUS_ALIVE)
        buf_fmt(&out, "; tercatat %.*s", STR_ARG(str_lower(arena, code_label(CODE_BASIC_STATUS, r->basic_status))));
    return buf_str(&out);
}

struct str import_question_json(struct arena *arena, const struct registry_row *row, const struct join_question *question)
{
    struct buf out = {.arena = arena};

    buf_fmt(&out, "{\"row\":%u,\"chosen\":%" PRIu64 ",\"name\":", question->row + 1, question->chosen != NULL ? question->chosen->id : 0);
    json_put_str(&out, utf8_part(arena, text_name(arena, row->r.name), 60));
    buf_put_str(&out, STR(",\"about\":"));
    json_put_str(&out, about(arena, &row->r));
    buf_put_str(&out, STR(",\"people\":["));
    for (size_t k = 0; k < question->n; k++) {
        const struct known_resident *known = question->people[k];
        buf_fmt(&out, "%s{\"id\":%" PRIu64 ",\"name\":", k > 0 ? "," : "", known->id);
        json_put_str(&out, utf8_part(arena, text_name(arena, known->r.name), 60));
        buf_put_str(&out, STR(",\"about\":"));
        json_put_str(&out, about(arena, &known->r));
        buf_put_char(&out, '}');
    }
    buf_put_str(&out, STR("]}"));
    return buf_str(&out);
}

enum rc import_answers_of(struct arena *arena, struct str json, struct import_answers *out, struct err *err)
{
    json_t *answers, *id;
    const char *key;
    uint64_t row;

    *out = (struct import_answers){0};
    if (str_empty(json))
        return RC_OK;
    TRY(json_read(arena, json, &answers, err));
    out->p = ARENA_ARRAY(arena, struct said_join, json_object_size(answers) + 1);
    json_object_foreach(answers, key, id)
    {
        if (str_to_u64(str_c(key), &row) && row > 0 && row <= ALL)
            out->p[out->n++] = (struct said_join){(uint32_t)row - 1, (uint64_t)json_integer_value(id)};
    }
    return RC_OK;
}

static struct str answers_text(struct arena *arena, const struct import_answers *answers)
{
    struct buf out = {.arena = arena};

    for (size_t i = 0; i < answers->n; i++)
        buf_fmt(&out, "%c\"%u\":%" PRIu64, i == 0 ? '{' : ',', answers->p[i].row + 1, answers->p[i].resident_id);
    buf_put_str(&out, out.n > 0 ? STR("}") : STR(""));
    return buf_str(&out);
}

/* ---- shown ---- */

static struct str field_of(struct arena *arena, uint64_t row)
{
    return str_fmt(arena, "sama_%" PRIu64, row);
}

/* What was sent for it; else the answer or the proposal; "" it is open. */
static struct str value_of(struct arena *arena, const struct input_pairs *sent, const json_t *question, uint8_t asked)
{
    const struct str typed = pair_of_id(*sent, json_u64(question, "row"));
    const uint64_t chosen = json_u64(question, "chosen");

    if (!str_empty(typed) || asked == JOIN_OPEN)
        return typed;
    return chosen != 0 ? str_fmt(arena, "%" PRIu64, chosen) : STR(OTHER);
}

static struct radios_view radios_of(struct request *req, const json_t *question, const struct import_question *stored,
                                    const struct input_pairs *sent)
{
    struct arena *arena = request_arena(req);
    const json_t *people = json_object_get(question, "people");
    const struct str name = json_text(question, "name"), value = value_of(arena, sent, question, stored->asked);
    struct radios_view v = {.name = field_of(arena, json_u64(question, "row")),
                            .label = str_fmt(arena, "Baris %u: %.*s", stored->row_no, STR_ARG(name)),
                            .hint = json_text(question, "about"),
                            .options = {ARENA_ARRAY(arena, struct option, json_array_size(people) + 1), 0}};
    size_t i;
    json_t *person;

    json_array_foreach(people, i, person)
    {
        const struct str id = str_fmt(arena, "%" PRIu64, json_u64(person, "id"));
        v.options.p[v.options.n++] = (struct option){.value = id,
                                                     .label = str_fmt(arena, "Ya, ini %.*s", STR_ARG(json_text(person, "name"))),
                                                     .hint = json_text(person, "about"),
                                                     .is_selected = str_eq(value, id)};
    }
    v.options.p[v.options.n++] = (struct option){.value = STR(OTHER),
                                                 .label = STR("Tidak, dua orang"),
                                                 .hint = str_fmt(arena, "%.*s dicatat sebagai warga baru.", STR_ARG(name)),
                                                 .is_selected = str_is(value, OTHER)};
    v.fault = request_fault_of(req, str_z(arena, v.name));
    return v;
}

enum rc import_questions_show(struct request *req, struct village_db *db, const struct import_batch *batch, struct import_batch_view *v,
                              struct err *err)
{
    struct arena *arena = request_arena(req);
    const bool is_sent = form_is_sent(req, import_same_input);
    const struct input_pairs sent = is_sent ? import_same_got(req).same : (struct input_pairs){0};
    struct import_question_rows rows;

    TRY(sql_import_questions(db, batch->id, SHOWN, &rows, err));
    v->questions.p = ARENA_ARRAY(arena, struct radios_view, rows.n);
    for (size_t i = 0; i < rows.n; i++) {
        json_t *question;
        TRY(json_read(arena, rows.p[i].question, &question, err));
        if (json_array_size(json_object_get(question, "people")) == 0)
            continue; /* all who were meant are others by answers that may still change: nothing is to be said of it now */
        v->questions.p[v->questions.n++] = radios_of(req, question, &rows.p[i], &sent);
    }
    v->questions_open = batch->n_open > 0;
    v->questions_title = batch->n_open > 0 ? str_fmt(arena, "Orang yang sama? %u baris menunggu jawaban", batch->n_open)
                                           : str_fmt(arena, "Orang yang sama? %u baris, sudah ada jawabannya", batch->n_asked);
    if (batch->n_asked > rows.n)
        v->questions_left = str_fmt(arena, "Masih ada %zu pasangan lain: muncul di sini sesudah yang ini dijawab.",
                                    batch->n_asked - rows.n);
    if (is_sent)
        v->question_faults = *request_faults(req);
    return RC_OK;
}

/* ---- taken ---- */

static bool is_person_of(const json_t *question, uint64_t id)
{
    size_t i;
    json_t *person;

    json_array_foreach(json_object_get(question, "people"), i, person) if (json_u64(person, "id") == id) return true;
    return false;
}

static const struct said_join *answer_of(const struct import_answers *answers, uint32_t row)
{
    for (size_t i = 0; i < answers->n; i++)
        if (answers->p[i].row == row)
            return &answers->p[i];
    return NULL;
}

/* One person is one row: the one who is said to be two is told at the second. */
static void judge_twice(struct request *req, const struct import_answers *answers)
{
    struct arena *arena = request_arena(req);
    struct text_index *first = text_index_new(arena, answers->n + 1);
    bool found;

    for (size_t i = 0; i < answers->n; i++) {
        if (answers->p[i].resident_id == 0)
            continue;
        text_index_slot(first, str_fmt(arena, "%" PRIu64, answers->p[i].resident_id), &found);
        if (found)
            request_fault(
                req, str_z(arena, field_of(arena, answers->p[i].row + 1)),
                "Warga ini sudah dipilih untuk baris lain. Satu warga hanya satu orang: pilih yang lain, atau “Tidak, dua orang”.");
    }
}

enum rc import_answers_take(struct request *req, struct village_db *db, const struct import_batch *batch, const struct input_pairs *sent,
                            struct str *out, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct import_question_rows rows;
    struct import_answers was, answers = {0};

    TRY(import_answers_of(arena, batch->answers, &was, err));
    TRY(sql_import_questions(db, batch->id, ALL, &rows, err));
    answers.p = ARENA_ARRAY(arena, struct said_join, rows.n + 1);
    for (size_t i = 0; i < rows.n; i++) {
        json_t *question;
        uint64_t id = 0;

        TRY(json_read(arena, rows.p[i].question, &question, err));
        const uint32_t row = (uint32_t)json_u64(question, "row") - 1;
        const struct str typed = pair_of_id(*sent, row + 1);
        const struct said_join *before = answer_of(&was, row);
        if (str_empty(typed) && before != NULL)
            answers.p[answers.n++] = *before;
        else if (!str_empty(typed) && !str_is(typed, OTHER) && (!str_to_u64(typed, &id) || !is_person_of(question, id)))
            request_fault(req, str_z(arena, field_of(arena, row + 1)), "Pilih salah satu jawaban di daftar ini.");
        else if (!str_empty(typed))
            answers.p[answers.n++] = (struct said_join){row, id};
    }
    judge_twice(req, &answers);
    if (request_faults(req)->n > 0)
        return fail(err, RC_INVALID, "an answer is none of its question, or names one person twice");
    *out = answers_text(arena, &answers);
    return RC_OK;
}
