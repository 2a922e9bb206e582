// SPDX-License-Identifier: AGPL-3.0-or-later
/* The form of a letter: its fields as its type has them, its paper beside them, what is kept. */
#include "server/base/json.h"
#include "server/base/text.h"
#include "tenants/village/letters/letters_brought.h"
#include "tenants/village/letters/letters_live.h"
#include "tenants/village/letters/letters_make_view.h"
#include "tenants/village/letters/letters_typed.h"
#include "tenants/village/letters/self_sql.h"
#include "tenants/village/residents/residents.h"

enum { BROUGHT_FIELDS = 3 }; /* boxes for what was brought, number and day of the RT's letter */

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

/* ---- the form ---- */

static struct date3_view date_box(struct request *req, const struct letter_field *f, struct str name, struct str kept, struct str fault)
{
    struct arena *arena = request_arena(req);
    struct letter_typed typed = letter_typed_of(req, f);
    struct date day;

    if (!typed.is_sent && date_parse(kept, &day))
        for (size_t i = 0; i < COUNT_OF(typed.parts); i++)
            typed.parts[i] = str_fmt(arena, "%d", i == 0 ? day.day : i == 1 ? day.month : day.year);
    return (struct date3_view){.name = name,
                               .label = f->label,
                               .hint = f->hint,
                               .fault = fault,
                               .day = typed.parts[0],
                               .month = typed.parts[1],
                               .year = typed.parts[2],
                               .is_optional = !f->is_required};
}

/* Of its options those that fit somebody of that sex; 0: all. */
static struct select_view select_box(struct arena *arena, const struct letter_field *f, struct str name, struct str kept, struct str fault,
                                     uint8_t sex)
{
    struct select_view v = {.name = name,
                            .label = f->label,
                            .hint = f->hint,
                            .fault = fault,
                            .empty_label = f->is_required ? STR("Pilih") : STR("Tidak diisi"),
                            .is_optional = !f->is_required};
    struct option option;

    while (letter_field_option(arena, f, v.options.n, &option))
        v.options.n++;
    v.options.p = ARENA_ARRAY(arena, struct option, v.options.n);
    v.options.n = 0;
    for (size_t i = 0; letter_field_option(arena, f, i, &option); i++)
        if (letter_option_fits(f, option.value, sex)) {
            option.is_selected = str_eq(option.value, kept);
            v.options.p[v.options.n++] = option;
        }
    return v;
}

static struct field_view line_box(const struct letter_field *f, struct str name, struct str value, struct str fault)
{
    bool is_number = f->kind == FIELD_NUMBER || f->kind == FIELD_MONEY;

    return (struct field_view){.name = name,
                               .label = f->label,
                               .hint = f->hint,
                               .value = value,
                               .fault = fault,
                               .suffix = f->kind == FIELD_MONEY && str_empty(f->unit) ? STR("rupiah") : f->unit,
                               .width = f->kind == FIELD_YEAR || f->kind == FIELD_TIME ? STR("4")
                                        : is_number                                    ? STR("16")
                                                                                       : STR(""),
                               .inputmode = f->is_phone                                                ? STR("tel")
                                            : f->kind == FIELD_YEAR || (is_number && f->decimals == 0) ? STR("numeric")
                                            : is_number                                                ? STR("decimal")
                                                                                                       : STR(""),
                               .is_optional = !f->is_required};
}

static struct str words_joined(struct arena *arena, const struct letter_words *words)
{
    struct buf out = {.arena = arena};

    for (size_t i = 0; i < words->n; i++)
        buf_fmt(&out, "%s%.*s", i > 0 ? "|" : "", STR_ARG(words->p[i]));
    return buf_str(&out);
}

/* Beside the subject, who is no follower of himself. */
static struct tick_boxes tick_boxes(struct request *req, const struct letter_open *open, const struct letter_field *f, struct str name,
                                    struct str fault)
{
    struct arena *arena = request_arena(req);
    const struct str ticked = letter_ticked_of(req, open, f);
    struct tick_boxes v = {.name = name,
                           .label = f->label,
                           .hint = f->hint,
                           .fault = fault,
                           .is_optional = !f->is_required,
                           .none = STR("Tidak ada anggota keluarga lain yang tercatat.")};

    v.boxes.p = ARENA_ARRAY(arena, struct option, open->people.family.n);
    for (size_t i = 0; i < open->people.family.n; i++) {
        const struct letter_subject *m = &open->people.family.p[i];
        struct str id = str_fmt(arena, "%" PRIu64, m->id);

        if (m->id != open->letter.resident_id)
            v.boxes.p[v.boxes.n++] = (struct option){
                .value = id,
                .label = str_fmt(arena, "%.*s, %.*s", STR_ARG(text_name(arena, m->name)),
                                 STR_ARG(text_lower(arena, code_label(CODE_FAMILY_ROLE, (uint32_t)m->family_role.value)))),
                .is_selected = letter_has_id(ticked, m->id)};
    }
    return v;
}

static enum rc pick_box(struct request *req, const struct letter_open *open, const struct letter_field *f, struct str name,
                        struct str fault, struct pick_view *out, struct err *err)
{
    struct letter_picked picked;

    TRY(letter_picked_of(req, open, f, &picked, err));
    *out = (struct pick_view){.name = name,
                              .label = f->label,
                              .hint = f->hint,
                              .fault = fault,
                              .words = picked.words,
                              .options = picked.options,
                              .is_optional = !f->is_required};
    return RC_OK;
}

static enum rc fill_field(struct request *req, const struct letter_open *open, const struct letter_subject *subject,
                          const struct letter_field *f, struct letter_fill_field *out, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct str name = str_fmt(arena, "isi_%.*s", STR_ARG(f->name)), fault = request_fault_of(req, str_z(arena, name));
    struct letter_typed typed = letter_typed_of(req, f);
    struct str kept = letter_kept_of(req, open, f), value = typed.is_sent ? typed.text : letter_field_boxed(arena, f, kept);
    struct letter_fill_field v = {.group = f->group, .name = name};

    if (f->is_required)
        v.needs = letter_field_needs(arena, &open->form, f);
    if (!str_empty(f->only.field)) {
        v.only_field = str_fmt(arena, "isi_%.*s", STR_ARG(f->only.field));
        v.only_values = words_joined(arena, &f->only.values);
    }
    v.is_area = f->kind == FIELD_AREA || f->kind == FIELD_LIST;
    v.is_date = letter_field_is_date(f);
    v.is_select = f->kind == FIELD_SELECT;
    v.is_pick = f->kind == FIELD_PERSON;
    v.is_ticks = f->kind == FIELD_FOLLOWERS;
    if (v.is_pick)
        TRY(pick_box(req, open, f, name, fault, &v.pick, err));
    else if (v.is_ticks)
        v.ticks = tick_boxes(req, open, f, name, fault);
    else if (v.is_area)
        v.area = (struct textarea_view){
            .name = name, .label = f->label, .hint = f->hint, .value = value, .fault = fault, .is_optional = !f->is_required};
    else if (v.is_date)
        v.date = date_box(req, f, name, kept, fault);
    else if (v.is_select)
        v.select = select_box(arena, f, name, kept, fault, str_empty(f->whose) ? subject->sex : 0);
    else
        v.line = line_box(f, name, value, fault);
    *out = v;
    return RC_OK;
}

/* What the applicant brought stands behind what he says. */
static enum rc put_brought(struct request *req, const struct letter_open *open, const struct letter_subject *subject,
                           struct letter_fill_view *v, struct err *err)
{
    struct arena *arena = request_arena(req);
    const struct str kept = letter_brought_of(req, open);
    struct tick_boxes ticks = {.name = STR("isi_" LETTER_BROUGHT),
                               .label = STR("Yang sudah Anda lihat"),
                               .hint = STR("Tidak dicentang berarti tidak dibawa. Dibaca yang menyetujui, tidak tercetak.")};
    struct letter_brought_boxes boxes;

    if (!letter_asks_papers(&open->form))
        return RC_OK;
    ticks.boxes.p = ARENA_ARRAY(arena, struct option, open->form.n_requirements);
    for (; ticks.boxes.n < open->form.n_requirements; ticks.boxes.n++)
        ticks.boxes.p[ticks.boxes.n] = (struct option){.value = str_fmt(arena, "%zu", ticks.boxes.n),
                                                       .label = open->form.requirements[ticks.boxes.n],
                                                       .is_selected = letter_has_id(kept, ticks.boxes.n)};
    v->fields.p[v->fields.n++] = (struct letter_fill_field){
        .group = STR("Yang dibawa pemohon"), .name = ticks.name, .is_ticks = true, .ticks = ticks};
    if (!letter_brought_boxes(&open->form, &boxes))
        return RC_OK;
    TRY(fill_field(req, open, subject, &boxes.number, &v->fields.p[v->fields.n++], err));
    return fill_field(req, open, subject, &boxes.day, &v->fields.p[v->fields.n++], err);
}

/* Those who inherit by the register, one after another. */
static void propose_heirs(const struct letter_open *open, json_t *proposed)
{
    struct arena *arena = village_db_arena(open->db);
    const struct letter_heir_rows *heirs = &open->people.heirs;
    const struct letter_heir *heir = NULL;
    size_t next = 0;

    for (size_t i = 0; i < open->form.n_fields; i++) {
        const struct letter_field *f = &open->form.fields[i];

        if (f->relation != RELATION_HEIR)
            continue;
        while (f->is_from && next < heirs->n && !letter_heir_is_near(heirs, &heirs->p[next]))
            next++;
        if (f->is_from)
            heir = next < heirs->n ? &heirs->p[next++] : NULL;
        if (heir == NULL)
            return;
        const struct str text = f->is_from                ? STR(PERSON_RESIDENT)
                                : f->kind == FIELD_PERSON ? str_fmt(arena, "%" PRIu64, heir->id)
                                                          : letter_tie(heir->tie);
        json_object_set_new(proposed, str_z(arena, f->name), json_stringn(text.p, text.n));
    }
}

/* Of a letter without answers: what the register says of its person, and the relatives, whom its type asks for, stand there already. */
static void propose(struct letter_open *open, const struct letter_subject *subject)
{
    struct arena *arena = village_db_arena(open->db);
    json_t *proposed = json_object();

    json_keep(arena, proposed);
    for (size_t i = 0; i < open->form.n_fields; i++) {
        const struct letter_field *f = &open->form.fields[i];
        const struct letter_subject *kin = letter_kin_of(&open->people, f->relation);
        const struct str known = str_empty(f->whose) ? letter_known(arena, f, subject) : STR("");
        const struct str text = kin == NULL ? known : f->is_from ? STR(PERSON_RESIDENT) : str_fmt(arena, "%" PRIu64, kin->id);

        if (!str_empty(text))
            json_object_set_new(proposed, str_z(arena, f->name), json_stringn(text.p, text.n));
    }
    open->inputs = proposed;
    propose_heirs(open, proposed);
}

/* Of a letter without answers: those of this person's last one of the type, as far as they still fit, when they are asked for. */
static enum rc put_last(struct request *req, struct letter_open *open, const struct letter_subject *subject, struct letter_fill_view *v,
                        struct err *err)
{
    struct arena *arena = request_arena(req);
    struct self_inputs last;
    json_t *old, *kept;
    bool found;

    if (request_is_sent(req) || json_object_size(open->inputs) > 0)
        return RC_OK;
    propose(open, subject);
    if (open->form.is_outside) /* the last one was somebody else's */
        return RC_OK;
    TRY(sql_self_last_inputs(open->db, open->letter.resident_id, open->letter.type_id, &last, &found, err));
    if (!found)
        return RC_OK;
    v->last_when = letter_when(req, last.issued_at);
    v->is_again = letter_fields_got(req).is_again;
    if (!v->is_again)
        return RC_OK;
    TRY(json_read(arena, last.inputs, &old, err));
    kept = letter_inputs_asked(arena, &open->form, old);
    json_keep(arena, kept);
    for (size_t i = 0; i < open->form.n_fields; i++) {
        const struct letter_field *f = &open->form.fields[i];

        if (letter_field_fault(arena, f, json_text(kept, str_z(arena, f->name)), request_today(req)).p != NULL)
            json_object_del(kept, str_z(arena, f->name));
    }
    open->inputs = kept;
    return RC_OK;
}

/* What both forms of it say of a letter that somebody else wrote in meanwhile: people by their names. */
static enum rc put_both(struct request *req, const struct letter_open *open, const json_t *typed, struct letter_fill_view *v,
                        struct err *err)
{
    struct arena *arena = request_arena(req);
    struct letter_people people;

    TRY(letter_people_read(open->db, &open->form, open->letter.resident_id, typed, &people, err));
    v->both = (struct both_view){.p = ARENA_ARRAY(arena, struct both_row, open->form.n_fields + 1), .n = open->form.n_fields};
    for (size_t i = 0; i < v->both.n; i++) {
        const struct letter_field *f = &open->form.fields[i];
        struct str mine = letter_field_boxed(arena, f, letter_kept_of(req, open, f));
        struct str theirs = letter_field_boxed(arena, f, str_dup(arena, json_text(open->inputs, str_z(arena, f->name))));

        if (f->kind >= FIELD_PERSON) {
            mine = letter_person_told(arena, &people, f, true);
            theirs = letter_person_told(arena, &open->people, f, true);
        }
        v->both.p[i] = (struct both_row){f->label, mine, theirs, !str_eq(mine, theirs)};
    }
    if (letter_asks_papers(&open->form)) {
        const struct str mine = letter_brought_told(arena, &open->form, typed),
                         theirs = letter_brought_told(arena, &open->form, open->inputs);

        v->both.p[v->both.n++] = (struct both_row){STR("Yang dibawa pemohon"), mine, theirs, !str_eq(mine, theirs)};
    }
    return RC_OK;
}

static void put_lacks(struct request *req, const struct letter_open *open, const json_t *inputs, struct letter_fill_view *v)
{
    struct arena *arena = request_arena(req);
    const struct letter_lacks lacks = letter_lacks(arena, &open->form, inputs);

    v->lacks.p = ARENA_ARRAY(arena, struct letter_lack_link, lacks.n);
    for (; v->lacks.n < lacks.n; v->lacks.n++)
        v->lacks.p[v->lacks.n] = (struct letter_lack_link){.href = str_fmt(arena, "#isi_%.*s", STR_ARG(lacks.p[v->lacks.n].field->name)),
                                                           .label = lacks.p[v->lacks.n].label};
}

/* Who was chosen as one who died, and lives by the register: his death is written down first. */
static enum rc put_death(struct request *req, const struct letter_open *open, struct letter_fill_view *v, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct letter_subject who;
    struct letter_picked picked;
    uint64_t id;

    for (size_t i = 0; i < open->form.n_fields && request_may(req, MAY_EDIT_RESIDENTS); i++) {
        const struct letter_field *f = &open->form.fields[i];

        if (!f->must_be_dead || f->kind != FIELD_PERSON)
            continue;
        TRY(letter_picked_of(req, open, f, &picked, err));
        if (!str_to_u64(picked.id, &id))
            continue;
        TRY(sql_letter_subject(open->db, id, &who, err));
        if (who.basic_status != STATUS_ALIVE)
            continue;
        v->death_href = str_fmt(arena, "/kantor/penduduk/%" PRIu64 "/kematian", id);
        v->death_name = text_name(arena, who.name);
    }
    return RC_OK;
}

/* Its form; with the paper when that was asked for without a script. */
static enum rc respond_fill(struct request *req, struct response *resp, struct letter_open *open, const struct letter_live *live,
                            struct err *err)
{
    struct arena *arena = request_arena(req);
    struct letter_subject subject;
    struct buf body = {.arena = arena};
    json_t *typed = NULL;

    TRY(letter_look(req, open, "letter", true, err)); /* who began it was written down then */
    TRY(letter_subject_of(open->db, &open->form, open->inputs, open->letter.resident_id, &subject, err));
    struct letter_fill_view v = {
        .type_name = open->letter.type_name,
        .action = letter_url(arena, open->letter.id, "/isi"),
        .preview_action = letter_url(arena, open->letter.id, "/isi/kertas"),
        .cancel = {letter_url(arena, open->letter.id, "/batal"), request_form_guard(req)},
        .resident_name = open->letter.resident_id != 0 ? text_name(arena, open->letter.resident_name) : STR(""),
        .subject_label = letter_subject_label(&open->form),
        .version = request_is_sent(req) && !request_is_changed(req) ? (uint32_t)letter_fields_got(req).version : open->letter.version,
        .guard = request_form_guard(req),
        .faults = *request_faults(req),
        .sheets = {live->pages.svg.p, live->pages.svg.n},
        .not_drawn = live->fault,
    };
    TRY(put_returned(req, open, &v, err));
    TRY(put_death(req, open, &v, err));
    TRY(put_last(req, open, &subject, &v, err));
    if (request_is_sent(req))
        TRY(letter_typed_read(req, open, &typed, err));
    if (request_is_changed(req) && typed != NULL)
        TRY(put_both(req, open, typed, &v, err));
    v.fields.p = ARENA_ARRAY(arena, struct letter_fill_field, open->form.n_fields + BROUGHT_FIELDS);
    for (; v.fields.n < open->form.n_fields; v.fields.n++)
        TRY(fill_field(req, open, &subject, &open->form.fields[v.fields.n], &v.fields.p[v.fields.n], err));
    TRY(put_brought(req, open, &subject, &v, err));
    put_lacks(req, open, typed != NULL ? typed : open->inputs, &v);
    view_letter_fill(&body, &v);
    response_own_images(resp); /* the paper beside it has the crest in it */
    const struct page page = {.title = STR("Isi surat"), .active = STR("/kantor/surat"), .body = html_view(&body)};
    return respond_page(req, resp, &page, err);
}

enum rc letter_fill_page(struct request *req, struct response *resp, struct err *err)
{
    struct letter_open open;

    TRY(letter_open_read(req, &open, err));
    if (!is_open_for_work(&open.letter))
        return respond_redirect(resp, letter_url(request_arena(req), open.letter.id, ""));
    return respond_fill(req, resp, &open, &(struct letter_live){0}, err);
}

/* The paper of what stands in the form, of which nothing is kept: to the page's script as JSON, else the form with its paper. */
enum rc letter_fill_preview(struct request *req, struct response *resp, struct err *err)
{
    struct letter_open open;
    struct letter_live live;

    TRY(letter_open_read(req, &open, err));
    if (!is_open_for_work(&open.letter))
        return fail(err, RC_CONFLICT, "letter %" PRIu64 " is not being filled in any more", open.letter.id);
    TRY(letter_live_draw(req, &open, &live, err));
    if (!letter_fields_got(req).is_quiet)
        return respond_fill(req, resp, &open, &live, err);
    if (live.fault.p != NULL)
        return letter_editor_refuse(req, resp, open.letter.version, STR(""), live.fault);
    return letter_preview_respond(req, resp, open.letter.version, &live.pages, &(struct letter_problems){0}, err);
}

/* Of the people who were chosen, and whose numbers were typed: they fit what the type asks of them, and each other. */
/* At the box of an answer; `tail`: of a person, which of his boxes. */
static void fault_at(struct request *req, struct str field, const char *tail, struct str fault)
{
    struct arena *arena = request_arena(req);

    if (fault.p != NULL)
        request_fault(req, str_z(arena, str_fmt(arena, "isi_%.*s%s", STR_ARG(field), tail)), "%.*s", STR_ARG(fault));
}

static enum rc check_people(struct request *req, const struct letter_open *open, const struct letter_subject *subject, const json_t *inputs,
                            struct letter_people *people, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct str field;

    TRY(letter_people_read(open->db, &open->form, open->letter.resident_id, inputs, people, err));
    const struct letter_matter m = {arena, &open->form, subject, people, inputs, request_today(req)};
    const struct str whole = letter_subject_fault(&m);
    if (whole.p != NULL)
        request_fault(req, "warga", "%.*s", STR_ARG(whole));
    for (size_t i = 0; i < open->form.n_fields; i++) {
        const struct letter_field *f = &open->form.fields[i];
        const struct str fault = letter_move_fault(&m, f);

        if (fault.p != NULL)
            fault_at(req, f->places.p[0], "", fault);
    }
    for (size_t i = 0; i < people->owners.n; i++)
        fault_at(req, people->owners.p[i].field->name, "", letter_owner_fault(arena, &people->owners.p[i]));
    for (size_t i = 0; i < people->n; i++)
        fault_at(req, people->p[i].field->name, people->p[i].is_outside ? PERSON_NIK : "", letter_person_fault(&m, &people->p[i]));
    const struct str fault = letter_moving_fault(&m, &field);
    fault_at(req, field, "", fault);
    return RC_OK;
}

/* Of a box beside the type's own: wrong by itself. */
static void check_answer(struct request *req, const struct letter_field *f, const json_t *inputs)
{
    struct arena *arena = request_arena(req);

    fault_at(req, f->name, "", letter_field_fault(arena, f, json_text(inputs, str_z(arena, f->name)), request_today(req)));
}

/* What was typed, and whom it names. */
struct filled {
    struct str inputs;
    struct letter_people people;
};

enum rc letter_fill_check(struct request *req, struct err *err)
{
    struct arena *arena = request_arena(req);
    struct letter_subject subject;
    struct letter_open open;
    struct letter_brought_boxes boxes;
    struct filled *filled = ARENA_NEW(arena, struct filled);
    struct letter_picked picked;
    json_t *inputs = NULL;

    TRY(letter_open_read(req, &open, err));
    TRY(letter_typed_read(req, &open, &inputs, err));
    TRY(letter_subject_of(open.db, &open.form, inputs, open.letter.resident_id, &subject, err));
    for (size_t i = 0; i < open.form.n_fields; i++) {
        const struct letter_field *f = &open.form.fields[i];
        struct str fault = STR_NONE;

        if (!letter_field_is_asked(arena, &open.form, f, inputs))
            continue;
        if (f->kind == FIELD_PERSON)
            TRY(letter_picked_of(req, &open, f, &picked, err));
        fault = f->kind == FIELD_PERSON ? picked.fault : STR_NONE;
        if (fault.p == NULL)
            fault = letter_answer_fault(arena, &open.form, f, &subject, inputs, request_today(req));
        fault_at(req, f->name, "", fault);
    }
    if (letter_brought_boxes(&open.form, &boxes)) {
        check_answer(req, &boxes.number, inputs);
        check_answer(req, &boxes.day, inputs);
    }
    TRY(check_people(req, &open, &subject, inputs, &filled->people, err));
    filled->inputs = json_write(arena, inputs);
    act_keep(req, filled);
    return RC_OK;
}

enum rc letter_fill_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct filled *filled = act_kept(req);
    uint64_t id = letter_id(req);
    struct letter letter;

    TRY(sql_letter_lock(txn, id, &letter, err));
    if (letter.state == LETTER_DRAFT || letter.state == LETTER_RETURNED)
        TRY(act_seen(req, letter.version, err));
    TRY(letter_fill(txn, id, letter.version, filled->inputs, &filled->people, err));
    *go_to_out = letter_url(request_arena(req), id, "/periksa");
    return RC_OK;
}
