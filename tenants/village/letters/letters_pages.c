// SPDX-License-Identifier: AGPL-3.0-or-later
/* Making a letter at the counter: type, resident, fields; then letters_review.c. */
#include "tenants/village/letters/letters_pages.h"

#include "server/base/json.h"
#include "server/base/text.h"
#include "tenants/village/letters/letters_approve_view.h"
#include "tenants/village/letters/letters_make_view.h"
#include "tenants/village/letters/letters_review_view.h"
#include "tenants/village/residents/residents.h"
#include "tenants/village/roster/roster.h"

enum { FOUND_MAX = 20 };

struct letter_actor letter_actor_of(const struct request *req)
{
    const struct actor *who = request_actor(req);

    return (struct letter_actor){.id = who->id, .name = who->name, .now = request_now(req), .zone = request_village(req)->zone};
}

struct str letter_when(const struct request *req, utc_us at)
{
    return utc_short(request_arena(req), at, request_village(req)->zone);
}

struct str letter_url(struct arena *arena, uint64_t id, const char *tail)
{
    return str_fmt(arena, "/kantor/surat/%" PRIu64 "%s", id, tail);
}

/* ---- type and resident ---- */

static enum rc types_respond(struct request *req, struct response *resp, struct village_db *db, struct letter_types_view *v,
                             struct err *err)
{
    struct arena *arena = request_arena(req);
    struct letter_type_rows types;
    struct buf body = {.arena = arena};

    TRY(sql_letter_type_list(db, &types, err));
    v->types.p = ARENA_ARRAY(arena, struct letter_type_card, types.n);
    v->types.n = types.n;
    for (size_t i = 0; i < types.n; i++) {
        struct letter_form form;

        TRY(letter_form_read(arena, types.p[i].definition, &form, err));
        v->types.p[i] = (struct letter_type_card){
            .href = str_fmt(arena, "/kantor/surat/buat/%.*s", STR_ARG(types.p[i].slug)),
            .name = types.p[i].name,
            .purpose = form.purpose,
            .policy_text = str_is(types.p[i].policy, "seal") ? STR("Langsung terbit") : STR("Perlu persetujuan kepala desa"),
        };
    }
    view_letter_types(&body, v);
    const struct page page = {.title = STR("Buat surat"), .active = STR("/kantor/surat"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

enum rc letter_types_page(struct request *req, struct response *resp, struct err *err)
{
    struct village_db *db;
    struct letter_types_view v = {0};

    TRY(request_village_db(req, &db, err));
    return types_respond(req, resp, db, &v, err);
}

/* From a person's page: for whom is known, only the type is asked. */
enum rc letter_types_for_page(struct request *req, struct response *resp, struct err *err)
{
    struct village_db *db;
    struct letter_subject subject;
    struct letter_types_view v = {.guard = request_form_guard(req), .subject_id = letter_id(req)};

    TRY(request_village_db(req, &db, err));
    TRY(sql_letter_subject(db, v.subject_id, &subject, err));
    if (subject.basic_status != 1)
        return fail(err, RC_CONFLICT, "letters are for the living who stay in the village");
    TRY(resident_look(req, db, v.subject_id, "letter", err));
    v.subject_name = text_name(request_arena(req), subject.name);
    return types_respond(req, resp, db, &v, err);
}

static enum rc subject_respond(struct request *req, struct response *resp, struct village_db *db, struct letter_subject_view *v,
                               struct err *err)
{
    struct arena *arena = request_arena(req);
    struct buf body = {.arena = arena};
    struct letter_type type;
    struct letter_form form;

    TRY(sql_letter_type_by_slug(db, letter_subject_got(req).type, &type, err));
    TRY(letter_form_read(arena, type.definition, &form, err));
    v->type_name = type.name;
    v->slug = type.slug;
    v->requirements.p = form.requirements;
    v->requirements.n = form.n_requirements;
    TRY(letter_subject_fill(req, NULL, &v->form, err));
    v->add_href = request_may(req, MAY_EDIT_RESIDENTS) ? str_fmt(arena, "/kantor/penduduk/tambah?surat=%.*s", STR_ARG(type.slug)) : STR("");
    view_letter_subject(&body, v);
    const struct page page = {.title = STR("Pilih pemohon"), .active = STR("/kantor/surat"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

enum rc letter_subject_page(struct request *req, struct response *resp, struct err *err)
{
    struct village_db *db;
    struct letter_subject_view v = {0};

    TRY(request_village_db(req, &db, err));
    return subject_respond(req, resp, db, &v, err);
}

enum rc letter_subject_find(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct village_db *db;
    struct resident_hit_rows hits = {0};
    struct letter_subject_view v = {.has_searched = request_faults(req)->n == 0};
    struct date today = request_today(req);

    TRY(request_village_db(req, &db, err));
    if (v.has_searched)
        TRY(residents_find(db, letter_subject_got(req).words, RESIDENTS_ALL, FOUND_MAX, &hits, err));
    v.found.p = ARENA_ARRAY(arena, struct letter_candidate, hits.n);
    v.found.n = hits.n;
    for (size_t i = 0; i < hits.n; i++)
        v.found.p[i] = (struct letter_candidate){
            .is_only_one = hits.n == 1,
            .id = hits.p[i].id,
            .name = text_name(arena, hits.p[i].name),
            .nik = nik_masked(arena, hits.p[i].nik),
            .about = resident_about(arena, &hits.p[i], today),
            .not_living = hits.p[i].basic_status == 1 ? STR("") : STR("Tidak lagi tercatat sebagai warga yang tinggal di desa"),
        };
    return subject_respond(req, resp, db, &v, err);
}

enum rc letter_begin_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct letter_actor by = letter_actor_of(req);
    const struct letter_begin_form form = letter_begin_got(req);
    uint64_t id;

    TRY(letter_begin(txn, form.type, form.resident, &by, &id, err));
    TRY(sql_read_log_put(txn, request_now(req), by.id, form.resident, STR("letter"), NULL, err)); /* its pages show the person */
    *go_to_out = letter_url(request_arena(req), id, "/isi");
    return RC_OK;
}

/* ---- fields ---- */

enum rc letter_open_at(struct village_db *db, uint64_t id, struct letter_open *out, struct err *err)
{
    struct arena *arena = village_db_arena(db);
    struct letter_type type;
    json_t *inputs;

    *out = (struct letter_open){.db = db};
    TRY(sql_letter_get(db, id, &out->letter, err));
    TRY(sql_letter_type_of(db, out->letter.type_id, out->letter.type_version, &type, err));
    out->letter.type_name = type.name;
    out->valid_months = type.valid_months;
    TRY(letter_form_read(arena, type.definition, &out->form, err));
    TRY(json_read(arena, out->letter.inputs, &inputs, err));
    out->inputs = inputs;
    return RC_OK;
}

/* Of those tables that the row does not have, nothing came. */
uint64_t letter_id(const struct request *req)
{
    return letter_one_got(req).id | letter_see_got(req).id | letter_fields_got(req).id | letter_leaf_got(req).id | letter_send_got(req).id |
           letter_seen_got(req).id | letter_return_got(req).id | letter_void_got(req).id | letter_take_back_got(req).id;
}

enum rc letter_open_read(struct request *req, struct letter_open *out, struct err *err)
{
    struct village_db *db;

    TRY(request_village_db(req, &db, err));
    return letter_open_at(db, letter_id(req), out, err);
}

static bool is_open_for_work(const struct letter_full *letter)
{
    return letter->state == LETTER_DRAFT || letter->state == LETTER_RETURNED;
}

/* Who gave it back, or took it back from who made it, and why. */
static enum rc put_returned(struct request *req, struct letter_open *open, struct letter_fill_view *v, struct err *err)
{
    struct letter_step_rows steps;

    if (open->letter.state != LETTER_RETURNED)
        return RC_OK;
    TRY(sql_letter_steps(open->db, open->letter.id, &steps, err));
    for (size_t i = steps.n; i > 0; i--) {
        const struct letter_step *step = &steps.p[i - 1];
        bool is_taken = str_is(step->step, "taken_back");

        if (!is_taken && !str_is(step->step, "returned"))
            continue;
        if (is_taken && step->staff_id == request_actor(req)->id)
            return RC_OK;
        v->returned_title = str_fmt(request_arena(req), "%s oleh %.*s, %.*s",
                                    is_taken ? "Ditarik kembali" : "Dikembalikan untuk diperbaiki", STR_ARG(step->staff_name),
                                    STR_ARG(letter_when(req, step->at)));
        v->returned_note = step->note;
        return RC_OK;
    }
    return RC_OK;
}

static struct letter_fill_field fill_field(const struct request *req, const struct letter_field *f, struct str name, struct str value)
{
    struct str fault = request_fault_of(req, str_z(request_arena(req), name));

    if (f->kind == FIELD_AREA)
        return (struct letter_fill_field){
            .is_area = true,
            .area = {.name = name, .label = f->label, .hint = f->hint, .value = value, .fault = fault, .is_optional = !f->is_required}};
    return (struct letter_fill_field){.line = {
                                          .name = name,
                                          .label = f->label,
                                          .hint = f->hint,
                                          .value = value,
                                          .fault = fault,
                                          .width = f->kind == FIELD_YEAR ? STR("4") : STR(""),
                                          .inputmode = f->kind == FIELD_YEAR ? STR("numeric") : STR(""),
                                          .is_optional = !f->is_required,
                                      }};
}

/* Typed values win over stored ones, so that a faulty form comes back as it was typed. */
static struct str field_value(struct request *req, const struct letter_open *open, const struct letter_field *f)
{
    struct arena *arena = request_arena(req);
    struct input_pairs typed = letter_fields_got(req).typed;

    for (size_t k = 0; k < typed.n; k++)
        if (str_eq(typed.p[k].name, f->name))
            return typed.p[k].value;
    return str_dup(arena, json_text(open->inputs, str_z(arena, f->name)));
}

/* What both forms of it say of a letter that somebody else wrote in meanwhile. */
static void put_both(struct request *req, const struct letter_open *open, struct letter_fill_view *v)
{
    struct arena *arena = request_arena(req);

    v->both = (struct both_view){.p = ARENA_ARRAY(arena, struct both_row, open->form.n_fields), .n = open->form.n_fields};
    for (size_t i = 0; i < v->both.n; i++) {
        const struct letter_field *f = &open->form.fields[i];
        struct str mine = field_value(req, open, f), theirs = str_dup(arena, json_text(open->inputs, str_z(arena, f->name)));

        v->both.p[i] = (struct both_row){f->label, mine, theirs, !str_eq(mine, theirs)};
    }
}

enum rc letter_fill_page(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct letter_open open;
    struct buf body = {.arena = arena};

    TRY(letter_open_read(req, &open, err));
    if (!is_open_for_work(&open.letter))
        return respond_redirect(resp, letter_url(arena, open.letter.id, ""));
    TRY(resident_look_on(req, open.db, open.letter.resident_id, "letter", err)); /* who began it was written down then */
    struct letter_fill_view v = {
        .type_name = open.letter.type_name,
        .action = letter_url(arena, open.letter.id, "/isi"),
        .cancel = {letter_url(arena, open.letter.id, "/batal"), request_form_guard(req)},
        .resident_name = text_name(arena, open.letter.resident_name),
        .version = request_is_sent(req) && !request_is_changed(req) ? (uint32_t)letter_fields_got(req).version : open.letter.version,
        .guard = request_form_guard(req),
        .faults = *request_faults(req),
    };
    TRY(put_returned(req, &open, &v, err));
    if (request_is_changed(req))
        put_both(req, &open, &v);
    v.fields.n = open.form.n_fields;
    v.fields.p = ARENA_ARRAY(arena, struct letter_fill_field, v.fields.n);
    for (size_t i = 0; i < v.fields.n; i++) {
        const struct letter_field *f = &open.form.fields[i];

        v.fields.p[i] = fill_field(req, f, str_fmt(arena, "isi_%.*s", STR_ARG(f->name)), field_value(req, &open, f));
    }
    view_letter_fill(&body, &v);
    const struct page page = {.title = STR("Isi surat"), .active = STR("/kantor/surat"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

/* Checks what was typed against the type's fields; unknown names are no field of this type. */
static enum rc read_typed(struct request *req, const struct letter_open *open, struct str *json_out, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct input_pairs typed = letter_fields_got(req).typed;
    json_t *object = json_object();

    for (size_t k = 0; k < typed.n; k++) {
        const struct letter_field *field = NULL;

        for (size_t i = 0; i < open->form.n_fields && field == NULL; i++)
            if (str_eq(open->form.fields[i].name, typed.p[k].name))
                field = &open->form.fields[i];
        if (field == NULL) {
            json_decref(object);
            return fail(err, RC_BAD_REQUEST, "a field that this letter type does not have");
        }
        json_object_set_new(object, str_z(arena, field->name), json_stringn(typed.p[k].value.p, typed.p[k].value.n));
    }
    *json_out = json_write(arena, object);
    json_decref(object);
    return RC_OK;
}

enum rc letter_fill_check(struct request *req, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct letter_subject subject;
    struct letter_open open;
    struct str *inputs = ARENA_NEW(arena, struct str);
    struct village_db *db;

    TRY(letter_open_read(req, &open, err));
    TRY(read_typed(req, &open, inputs, err));
    TRY(request_village_db(req, &db, err));
    TRY(sql_letter_subject(db, open.letter.resident_id, &subject, err));
    for (size_t i = 0; i < open.form.n_fields; i++) {
        const struct letter_field *f = &open.form.fields[i];
        struct str value = field_value(req, &open, f), fault = letter_field_fault(arena, f, value, request_today(req).year);

        if (fault.p == NULL)
            fault = letter_year_fault(arena, f, &subject, value);
        if (fault.p != NULL)
            request_fault(req, str_z(arena, str_fmt(arena, "isi_%.*s", STR_ARG(f->name))), "%.*s", STR_ARG(fault));
    }
    act_keep(req, inputs);
    return RC_OK;
}

enum rc letter_fill_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct letter_actor by = letter_actor_of(req);
    const struct str *inputs = act_kept(req);
    uint64_t id = letter_id(req);
    struct letter letter;

    TRY(sql_letter_lock(txn, id, &letter, err));
    if (letter.state == LETTER_DRAFT || letter.state == LETTER_RETURNED)
        TRY(act_seen(req, letter.version, err));
    TRY(letter_fill(txn, id, letter.version, *inputs, &by, err));
    *go_to_out = letter_url(request_arena(req), id, "/periksa");
    return RC_OK;
}
