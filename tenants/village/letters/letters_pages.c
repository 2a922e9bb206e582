// SPDX-License-Identifier: AGPL-3.0-or-later
/* Making a letter at the counter: type, resident, fields; then letters_review.c. */
#include "tenants/village/letters/letters_pages.h"
#include "tenants/village/letters/letters_typed.h"
#include "tenants/village/letters/letters_signer.h"

#include "server/base/json.h"
#include "server/base/text.h"
#include "tenants/village/letters/letters_approve_view.h"
#include "tenants/village/letters/letters_brought.h"
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

/* The group of that heading, with room for all; a new one when there is none yet. */
static struct letter_type_group *group_of(struct arena *arena, struct letter_types_view *v, struct str title, size_t room)
{
    size_t i = 0;

    while (i < v->groups.n && !str_eq(v->groups.p[i].title, title))
        i++;
    if (i == v->groups.n)
        v->groups.p[v->groups.n++] = (struct letter_type_group){.title = title,
                                                                .types.p = ARENA_ARRAY(arena, struct letter_type_card, room)};
    return &v->groups.p[i];
}

static void put_type(struct request *req, struct letter_types_view *v, const struct letter_type *type, const struct letter_form *form,
                     struct str title, size_t room)
{
    struct arena *arena = request_arena(req);
    struct letter_type_group *group = group_of(arena, v, title, room);

    group->types.p[group->types.n++] = (struct letter_type_card){
        .href = str_fmt(arena, "/kantor/surat/buat/%.*s", STR_ARG(type->slug)),
        .name = type->name,
        .purpose = form->purpose,
        .policy_text = str_is(type->policy, "seal") ? STR("Langsung terbit") : STR("Perlu persetujuan kepala desa"),
        .guard = request_form_guard(req),
        .subject_id = v->subject_id,
        .is_office = form->subject_of == OF_NONE,
    };
    v->n++;
}

static struct str heading_of(const struct letter_form *form)
{
    return str_empty(form->group) ? STR("Surat lain") : form->group;
}

static bool is_used(const struct letter_type_used_rows *used, uint64_t id)
{
    for (size_t i = 0; i < used->n; i++)
        if (used->p[i].type_id == id)
            return true;
    return false;
}

/* Of what was sought: what is called so stands first, then what has the words; when nothing has, what is near. */
static void put_found(struct request *req, struct letter_types_view *v, const struct letter_type_rows *types,
                      const struct letter_form *forms)
{
    struct arena *arena = request_arena(req);
    enum letter_sought *fits = ARENA_ARRAY(arena, enum letter_sought, types->n);

    v->is_near = true;
    for (size_t i = 0; i < types->n; i++) {
        if (v->subject_id == 0 || letter_may_have(&forms[i], v->subject_status))
            fits[i] = letter_sought(arena, types->p[i].name, &forms[i], v->words);
        v->is_near = v->is_near && fits[i] < SOUGHT;
    }
    for (size_t i = 0; i < types->n; i++)
        if (fits[i] == SOUGHT_BY_NAME)
            put_type(req, v, &types->p[i], &forms[i], STR("Paling cocok"), types->n);
    for (size_t i = 0; i < types->n; i++)
        if (fits[i] == (v->is_near ? SOUGHT_NEAR : SOUGHT))
            put_type(req, v, &types->p[i], &forms[i], heading_of(&forms[i]), types->n);
}

/* What is asked for most stands first, in the order of how often; the others under their headings. */
static enum rc put_all(struct request *req, struct village_db *db, struct letter_types_view *v, const struct letter_type_rows *types,
                       const struct letter_form *forms, struct err *err)
{
    struct letter_type_used_rows used;

    TRY(sql_letter_types_used(db, &used, err));
    for (size_t k = 0; k < used.n; k++)
        for (size_t i = 0; i < types->n; i++)
            if (types->p[i].id == used.p[k].type_id && (v->subject_id == 0 || letter_may_have(&forms[i], v->subject_status)))
                put_type(req, v, &types->p[i], &forms[i], STR("Paling sering dibuat"), types->n);
    for (size_t i = 0; i < types->n; i++)
        if (!is_used(&used, types->p[i].id) && (v->subject_id == 0 || letter_may_have(&forms[i], v->subject_status)))
            put_type(req, v, &types->p[i], &forms[i], heading_of(&forms[i]), types->n);
    return RC_OK;
}

static enum rc put_types(struct request *req, struct village_db *db, struct letter_types_view *v, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct letter_type_rows types;
    struct letter_form *forms;

    TRY(sql_letter_type_list(db, &types, err));
    forms = ARENA_ARRAY(arena, struct letter_form, types.n);
    v->groups.p = ARENA_ARRAY(arena, struct letter_type_group, types.n + 1);
    v->is_searched = !str_empty(v->words);
    for (size_t i = 0; i < types.n; i++)
        TRY(letter_form_read(arena, types.p[i].definition, &forms[i], err));
    if (!v->is_searched)
        return put_all(req, db, v, &types, forms, err);
    put_found(req, v, &types, forms);
    return RC_OK;
}

static enum rc types_respond(struct request *req, struct response *resp, struct village_db *db, struct letter_types_view *v,
                             struct err *err)
{
    struct buf body = {.arena = request_arena(req)};

    v->words = letter_offer_got(req).words;
    TRY(put_types(req, db, v, err));
    if (v->subject_id != 0 && v->n == 0 && !v->is_searched)
        return fail(err, RC_CONFLICT, "no letter is for somebody of status %u", v->subject_status);
    view_letter_types(&body, v);
    const struct page page = {.title = STR("Buat surat"), .active = STR("/kantor/surat"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

enum rc letter_types_page(struct request *req, struct response *resp, struct err *err)
{
    struct village_db *db;
    struct letter_types_view v = {.here = STR("/kantor/surat/buat")};

    TRY(request_village_db(req, &db, err));
    return types_respond(req, resp, db, &v, err);
}

/* From a person's page: for whom is known, only the type is asked. */
enum rc letter_types_for_page(struct request *req, struct response *resp, struct err *err)
{
    struct village_db *db;
    struct letter_subject subject;
    struct letter_types_view v = {.subject_id = letter_offer_got(req).id};

    TRY(request_village_db(req, &db, err));
    TRY(sql_letter_subject(db, v.subject_id, &subject, err));
    v.subject_status = subject.basic_status;
    TRY(resident_look(req, db, v.subject_id, "letter", err));
    v.subject_name = text_name(request_arena(req), subject.name);
    v.here = str_fmt(request_arena(req), "/kantor/penduduk/%" PRIu64 "/surat", v.subject_id);
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
    v->is_office = form.subject_of == OF_NONE;
    v->is_of_dead = form.subject_of == OF_DEAD;
    v->may_be_outside = form.n_outside > 0 && !letter_subject_got(req).instead.is_set;
    v->instead = letter_subject_got(req).instead.value;
    v->back_href = v->instead != 0 ? letter_url(arena, v->instead, "/periksa") : STR("");
    TRY(letter_subject_fill(req, &(struct letter_subject_form){.instead = letter_subject_got(req).instead}, &v->form, err));
    v->add_href = request_may(req, MAY_EDIT_RESIDENTS) ? str_fmt(arena, "/kantor/penduduk/tambah?surat=%.*s", STR_ARG(type.slug)) : STR("");
    view_letter_subject(&body, v);
    const struct page page = {.title = v->is_office    ? STR("Buat surat")
                                       : v->is_of_dead ? STR("Pilih yang meninggal")
                                                       : STR("Pilih pemohon"),
                              .active = STR("/kantor/surat"),
                              .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

enum rc letter_subject_page(struct request *req, struct response *resp, struct err *err)
{
    struct village_db *db;
    struct letter_subject_view v = {0};

    TRY(request_village_db(req, &db, err));
    return subject_respond(req, resp, db, &v, err);
}

/* Whom the letter may be for stands first: of one about the dead they do, then the living, whose death nobody reported yet. */
static enum rc find_subjects(struct village_db *db, const struct letter_form *form, struct str words, struct resident_hit_rows *out,
                             struct err *err)
{
    struct resident_hit_rows living;

    if (form->subject_of != OF_DEAD)
        return residents_find(db, words, RESIDENTS_ALL, FOUND_MAX, out, err);
    TRY(residents_find(db, words, RESIDENTS_DEAD, FOUND_MAX, out, err));
    TRY(residents_find(db, words, RESIDENTS_LIVING, FOUND_MAX, &living, err));
    struct resident_hit *all = ARENA_ARRAY(village_db_arena(db), struct resident_hit, FOUND_MAX);
    for (size_t i = 0; i < out->n; i++)
        all[i] = out->p[i];
    out->p = all;
    for (size_t i = 0; i < living.n && out->n < FOUND_MAX; i++)
        out->p[out->n++] = living.p[i];
    return RC_OK;
}

enum rc letter_subject_find(struct request *req, struct response *resp, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct village_db *db;
    struct resident_hit_rows hits = {0};
    struct str *former = NULL;
    struct letter_type type;
    struct letter_form form;
    struct letter_subject_view v = {.has_searched = request_faults(req)->n == 0};
    struct date today = request_today(req);

    TRY(request_village_db(req, &db, err));
    TRY(sql_letter_type_by_slug(db, letter_subject_got(req).type, &type, err));
    TRY(letter_form_read(arena, type.definition, &form, err));
    if (v.has_searched)
        TRY(find_subjects(db, &form, letter_subject_got(req).words, &hits, err));
    TRY(residents_former(db, letter_subject_got(req).words, &hits, &former, err));
    v.found.p = ARENA_ARRAY(arena, struct letter_candidate, hits.n);
    v.found.n = hits.n;
    for (size_t i = 0; i < hits.n; i++)
        v.found.p[i] = (struct letter_candidate){
            .is_only_one = hits.n == 1,
            .id = hits.p[i].id,
            .name = text_name(arena, hits.p[i].name),
            .nik = nik_masked(arena, hits.p[i].nik),
            .about = resident_about(arena, &hits.p[i], former[i], today),
            .not_living = letter_may_have(&form, hits.p[i].basic_status) ? STR("")
                          : form.subject_of == OF_DEAD                   ? STR("Belum tercatat meninggal")
                                                                         : STR("Tidak lagi tercatat sebagai warga yang tinggal di desa"),
        };
    return subject_respond(req, resp, db, &v, err);
}

enum rc letter_begin_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct letter_actor by = letter_actor_of(req);
    const struct letter_begin_form form = letter_begin_got(req);
    uint64_t id = form.instead.value;

    TRY(form.instead.is_set ? letter_give_to(txn, id, form.resident.value, &by, err)
                            : letter_begin(txn, form.type, form.resident.value, &by, &id, err));
    if (form.instead.is_set)
        act_say(req, "Pemohonnya diganti. Isian yang masih cocok dibawa: periksa lagi");
    if (form.resident.is_set) /* its pages show the person */
        TRY(sql_read_log_put(txn, request_now(req), by.id, form.resident, some_u64(id), STR("letter"), NULL, err));
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
    letter_form_for(&out->form, out->letter.resident_id);
    TRY(letter_form_own(arena, out->letter.paper, &out->form, err));
    TRY(json_read(arena, out->letter.inputs, &inputs, err));
    out->inputs = inputs;
    return letter_people_read(db, &out->form, out->letter.resident_id, inputs, &out->people, err);
}

struct letter_matter letter_matter_of(const struct request *req, const struct letter_open *open, const struct letter_subject *subject)
{
    return (struct letter_matter){village_db_arena(open->db), &open->form, subject, &open->people, open->inputs, request_today(req)};
}

enum rc letter_look(struct request *req, const struct letter_open *open, const char *what, bool is_on, struct err *err)
{
    const struct letter_people *people = &open->people;
    const struct letter_subject_rows *others = open->form.shows_family ? &people->family : &people->followers;

    TRY(resident_look_in(req, open->db, open->letter.id, open->letter.resident_id, what, is_on, err));
    for (size_t i = 0; i < people->n; i++)
        if (people->p[i].is_there && !people->p[i].is_outside)
            TRY(resident_look_in(req, open->db, open->letter.id, people->p[i].who.id, what, is_on, err));
    for (size_t i = 0; i < others->n; i++)
        if (others->p[i].id != open->letter.resident_id)
            TRY(resident_look_in(req, open->db, open->letter.id, others->p[i].id, what, is_on, err));
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
    TRY(letter_open_at(db, letter_id(req), out, err));
    out->picked = ARENA_ARRAY(request_arena(req), struct letter_picked, out->form.n_fields);
    letter_open_decider(req, out);
    return RC_OK;
}

void letter_open_decider(const struct request *req, struct letter_open *open)
{
    if (open->letter.state == LETTER_WAITING_APPROVAL && request_may(req, MAY_APPROVE_LETTERS))
        open->decider = request_actor(req)->id;
}

struct str letter_stands(struct arena *arena, enum letter_state state, struct str number)
{
    return str_fmt(arena, "%.*s%s%.*s", STR_ARG(letter_state_label(state)), str_empty(number) ? "" : ", nomor ", STR_ARG(number));
}

enum rc letter_doubted_fill(struct request *req, const struct letter_open *open, const struct letter_subject *subject,
                            struct letter_doubted_view *out, struct err *err)
{
    const enum letter_state state = open->letter.state;
    struct letter_reason reason;
    bool is_there;

    *out = (struct letter_doubted_view){.reason = STR("")};
    if (state != LETTER_WAITING_CHECK && state != LETTER_WAITING_APPROVAL)
        return RC_OK;
    const struct letter_matter matter = letter_matter_of(req, open, subject);
    out->doubts = letter_doubts(&matter);
    if (out->doubts.n == 0)
        return RC_OK;
    out->head = STR("Syarat kurang");
    for (size_t i = 0; i < out->doubts.n; i++)
        if (!letter_is_lack(out->doubts.p[i]))
            out->head = STR("Ada yang tidak cocok");
    TRY(sql_letter_reasoned(open->db, open->letter.id, &reason, &is_there, err));
    if (is_there) {
        out->reason = reason.note;
        out->reason_by = reason.staff_name;
    }
    return RC_OK;
}

enum rc letter_open_signer(const struct letter_open *open, struct date today, struct letter_signer *out, struct str *why_out,
                           struct err *err)
{
    const struct opt_u64 official = open->letter.type_signer;
    struct letter_identity identity;

    if (open->letter.number_text.p != NULL && open->letter.signer_id.is_set)
        return letter_signer_numbered(open->db, open->letter.signer_id.value, open->decider, today, out, why_out, err);
    TRY(sql_letter_identity(open->db, &identity, err));
    return letter_signer_find(open->db, identity.name, official.is_set ? official.value : 0, open->decider, open->letter.policy, today, out,
                              why_out, err);
}
