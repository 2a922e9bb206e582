// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tenants/village/letters/self.h"

#include "server/base/json.h"
#include "server/base/text.h"
#include "server/loop/loop.h"
#include "server/web/audit.h"
#include "tenants/village/codes/address.h"
#include "tenants/village/letters/letters_pages.h"
#include "tenants/village/letters/self_sql.h"

enum { LOOK_FIRST_MS = 40, LOOK_LATER_MS = 250, SLIP_MOST = 5, SLIP_TIMES = 5 };

static enum self_kind kind_of(enum field_kind kind)
{
    return kind == FIELD_AREA ? SELF_AREA : kind == FIELD_YEAR ? SELF_YEAR : SELF_LINE;
}

static enum field_kind field_kind_of(enum self_kind kind)
{
    return kind == SELF_AREA ? FIELD_AREA : kind == SELF_YEAR ? FIELD_YEAR : FIELD_LINE;
}

enum rc letter_self_types(struct village_db *db, struct self_types *out, struct err *err)
{
    struct arena *arena = village_db_arena(db);
    struct self_type_row_rows rows;

    TRY(sql_self_type_list(db, &rows, err));
    out->p = ARENA_ARRAY(arena, struct self_type, rows.n);
    out->n = 0;
    for (size_t i = 0; i < rows.n; i++) {
        struct letter_form form;

        TRY(letter_form_read(arena, rows.p[i].definition, &form, err));
        if (!form.fits_kiosk)
            continue;
        out->p[out->n++] = (struct self_type){.slug = rows.p[i].slug,
                                              .name = rows.p[i].name,
                                              .purpose = form.purpose,
                                              .tile_label = str_empty(form.kiosk_label) ? rows.p[i].name : form.kiosk_label,
                                              .tile_icon = str_empty(form.kiosk_icon) ? STR("file-text") : form.kiosk_icon,
                                              .is_sealed = str_is(rows.p[i].policy, "seal"),
                                              .at_kiosk = rows.p[i].at_kiosk};
    }
    return RC_OK;
}

enum rc letter_self_offer(struct txn *txn, struct str slug, bool at_kiosk, const struct letter_actor *by, struct err *err)
{
    struct arena *arena = village_db_arena(in_txn(txn));
    struct letter_type type;
    struct letter_form form;
    uint64_t changed;
    const struct audit row = {.at = by->now,
                              .actor = by->id,
                              .actor_name = by->name,
                              .action = at_kiosk ? STR("letter_type.offer") : STR("letter_type.withdraw"),
                              .subject = str_fmt(arena, "letter_type:%.*s", STR_ARG(slug)),
                              .detail = STR("{}")};

    TRY(sql_letter_type_by_slug(in_txn(txn), slug, &type, err));
    TRY(letter_form_read(arena, type.definition, &form, err));
    if (!form.fits_kiosk)
        return fail(err, RC_NOT_FOUND, "the kiosk cannot ask what this letter type asks");
    TRY(sql_self_type_offer(txn, slug, at_kiosk, &changed, err));
    if (changed == 0)
        return fail(err, RC_NOT_FOUND, "no such letter type");
    return audit_put(txn, &row, err);
}

enum rc letter_self_last(struct village_db *db, uint64_t resident_id, struct self_last *out, bool *found_out, struct err *err)
{
    struct self_last_row row;

    TRY(sql_self_last_letter(db, resident_id, &row, found_out, err));
    if (*found_out)
        *out = (struct self_last){row.slug, row.name, row.issued_at};
    return RC_OK;
}

enum rc letter_self_kept(struct village_db *db, uint64_t resident_id, utc_us since, utc_us before, struct self_last *out, bool *found_out,
                         struct err *err)
{
    struct self_last_row row;

    TRY(sql_self_kept(db, resident_id, since, before, &row, found_out, err));
    if (*found_out)
        *out = (struct self_last){row.slug, row.name, row.issued_at};
    return RC_OK;
}

enum rc letter_self_recent(struct village_db *db, uint64_t resident_id, struct date today, struct self_letters *out, struct err *err)
{
    struct self_recent_row_rows rows;

    TRY(sql_self_recent(db, resident_id, today, &rows, err));
    out->p = ARENA_ARRAY(village_db_arena(db), struct self_letter, rows.n);
    out->n = rows.n;
    for (size_t i = 0; i < rows.n; i++)
        out->p[i] = (struct self_letter){rows.p[i].id, rows.p[i].name, rows.p[i].state, rows.p[i].at, rows.p[i].is_printable};
    return RC_OK;
}

enum rc letter_self_has_any(struct village_db *db, uint64_t resident_id, bool *has_out, struct err *err)
{
    struct self_any row;

    return sql_self_any(db, resident_id, &row, has_out, err);
}

enum rc letter_self_reprint(struct txn *txn, uint64_t id, uint64_t resident_id, const struct letter_actor *by, struct err *err)
{
    struct village_db *db = in_txn(txn);
    const struct audit row = {.at = by->now,
                              .actor = by->id,
                              .actor_name = by->name,
                              .action = STR("letter.reprint"),
                              .subject = str_fmt(village_db_arena(db), "letter:%" PRIu64, id),
                              .detail = STR("{}")};
    struct self_any own;
    bool found;

    TRY(sql_self_printable(db, id, resident_id, utc_date(by->now, by->zone), &own, &found, err));
    if (!found)
        return fail(err, RC_NOT_FOUND, "letter %" PRIu64 " is somebody else's, or not to be printed again", id);
    return audit_put(txn, &row, err);
}

/* The old answers that still fit the type's fields; *is_complete_out: nothing is left to ask. */
static struct str answers_kept(struct arena *arena, const struct letter_form *form, const json_t *old, struct date today,
                               bool *is_complete_out)
{
    json_t *kept = json_object();

    *is_complete_out = old != NULL;
    for (size_t i = 0; i < form->n_fields; i++) {
        const struct letter_field *f = &form->fields[i];
        struct str value = json_text(old, str_z(arena, f->name));

        if (letter_field_fault(arena, f, value, today).p != NULL)
            *is_complete_out = false;
        else if (old != NULL)
            json_object_set_new(kept, str_z(arena, f->name), json_stringn(value.p, value.n));
    }
    struct str text = json_write(arena, kept);
    json_decref(kept);
    return text;
}

enum rc letter_self_begin(struct txn *txn, struct str slug, uint64_t resident_id, utc_us since, const struct letter_actor *by,
                          struct self_begun *out, struct err *err)
{
    struct village_db *db = in_txn(txn);
    struct arena *arena = village_db_arena(db);
    struct self_type_offered type;
    struct self_any_rows begun;
    struct self_inputs last;
    struct letter_form form;
    json_t *old = NULL;
    bool found;

    *out = (struct self_begun){0};
    TRY(sql_self_drafts(txn, resident_id, slug, since, &begun, err));
    TRY(sql_self_type_at_kiosk(db, slug, &type, &found, err));
    if (found)
        TRY(letter_form_read(arena, type.definition, &form, err));
    if (!found || !form.fits_kiosk)
        return fail(err, RC_NOT_FOUND, "the letter type is not offered at the kiosk");
    if (begun.n > 0) {
        *out = (struct self_begun){.id = begun.p[begun.n - 1].id, .is_old = true};
        return RC_OK;
    }
    TRY(letter_begin(txn, slug, resident_id, by, &out->id, err));
    TRY(sql_self_last_inputs(db, resident_id, type.id, &last, &found, err));
    if (found)
        TRY(json_read(arena, last.inputs, &old, err));
    struct str kept = answers_kept(arena, &form, old, utc_date(by->now, by->zone), &out->is_complete);
    return sql_self_set_begun(txn, out->id, kept, NULL, err);
}

/* A letter with its form and answers, if it is that resident's. */
static enum rc open_own(struct village_db *db, uint64_t id, uint64_t resident_id, struct letter_open *out, struct err *err)
{
    TRY(letter_open_at(db, id, out, err));
    return out->letter.resident_id == resident_id ? RC_OK : fail(err, RC_NOT_FOUND, "letter %" PRIu64 " is somebody else's", id);
}

static bool is_offered(const struct self_field *field, struct str value)
{
    for (size_t i = 0; i < field->choices.n; i++)
        if (str_eq(field->choices.p[i].value, value))
            return true;
    return false;
}

struct str letter_self_fault(struct arena *arena, const struct self_field *field, struct str value, int this_year)
{
    if (field->choices.n > 0 && !field->may_type && !is_offered(field, value) && !str_eq(value, field->value))
        return STR("Pilih salah satu di layar, atau minta petugas menuliskannya.");

    const struct letter_field f = {.name = field->name,
                                   .label = field->label,
                                   .kind = field_kind_of(field->kind),
                                   .is_required = field->is_required,
                                   .max = field->max};

    return letter_field_fault(arena, &f, value, (struct date){(int16_t)this_year, 12, 31});
}

static void add_choice(struct self_field *f, struct str label, struct str value, struct str icon)
{
    if (f->choices.n < ASK_MOST)
        f->choices.p[f->choices.n++] = (struct self_choice){.label = label, .value = value, .icon = icon};
}

/* A hamlet of a few people that is called nearly as a large one: what a file wrote wrongly, and nobody chooses. */
static bool is_slip(struct arena *arena, const struct self_hamlet_rows *all, size_t i)
{
    for (size_t k = 0; k < all->n; k++)
        if (k != i && all->p[i].people <= SLIP_MOST && all->p[k].people >= SLIP_TIMES * (all->p[i].people + 1) &&
            hamlet_is_like(arena, all->p[k].hamlet, all->p[i].hamlet))
            return true;
    return false;
}

/* What the type knows beside its own tiles: the village's hamlets, the last years. */
static enum rc add_known(struct village_db *db, struct self_field *f, enum ask_source source, int this_year, struct err *err)
{
    struct arena *arena = village_db_arena(db);
    struct self_hamlet_rows hamlets;

    if (source == ASK_HAMLETS) {
        TRY(sql_self_hamlets(db, &hamlets, err));
        for (size_t i = 0; i < hamlets.n; i++) {
            if (is_slip(arena, &hamlets, i))
                continue;
            struct str words = text_hamlet(arena, address_hamlet(arena, STR(""), hamlets.p[i].hamlet), hamlets.p[i].word);

            add_choice(f, words, words, STR("map-pin"));
        }
    }
    for (int year = this_year; source == ASK_YEARS && f->choices.n < ASK_MOST; year--) {
        struct str words = str_fmt(arena, "%d", year);

        add_choice(f, words, words, STR(""));
    }
    return RC_OK;
}

/* The tiles of a question: the village's own words where it has some, else those of the type. */
static enum rc put_choices(struct village_db *db, const struct letter_ask *ask, const json_t *own, struct date birth, int this_year,
                           struct self_field *f, struct err *err)
{
    struct arena *arena = village_db_arena(db);

    f->choices.p = ARENA_ARRAY(arena, struct self_choice, ASK_MOST);
    for (size_t i = 0; i < json_array_size(own); i++) {
        struct str words = str_dup(arena, str_c(json_string_value(json_array_get(own, i))));
        struct str icon = STR("pencil");

        for (size_t k = 0; k < ask->choices.n; k++)
            if (str_eq(ask->choices.p[k].value, words))
                icon = ask->choices.p[k].icon;
        if (!str_empty(words))
            add_choice(f, text_capital(arena, words), words, icon);
    }
    for (size_t i = 0; json_array_size(own) == 0 && i < ask->choices.n; i++) {
        const struct letter_choice *c = &ask->choices.p[i];
        bool is_birth = str_is(c->value, "{birth}");

        if (!is_birth || !date_is_none(birth))
            add_choice(f, c->label, is_birth ? str_fmt(arena, "%d", birth.year) : c->value, c->icon);
    }
    return str_empty(ask->words) || json_array_size(own) > 0 ? RC_OK : add_known(db, f, ask->source, this_year, err);
}

/* A sample with {tile} is one of the tiles that stand there, so it offers nothing else. */
static struct str sample_of(struct arena *arena, const struct self_field *f, struct str sample)
{
    for (size_t i = 0; i < f->choices.n; i++)
        if (!str_empty(f->choices.p[i].value))
            return str_replace(arena, sample, STR("{tile}"), f->choices.p[i].value);
    return str_find(sample, STR("{tile}")) >= 0 ? STR("") : sample;
}

/* Whether that answer of this year must be shown to somebody: a letter with the same one that was issued before has been. */
static enum rc is_new(struct village_db *db, const struct letter_open *open, const struct letter_field *f, struct str value,
                      struct date today, bool *is_new_out, struct err *err)
{
    struct arena *arena = village_db_arena(db);
    struct self_inputs last;
    json_t *old = NULL;
    bool found;

    *is_new_out = false;
    if (str_empty(f->needs.paper) || !str_eq(value, str_fmt(arena, "%d", today.year)))
        return RC_OK;
    TRY(sql_self_issued_inputs(db, open->letter.resident_id, open->letter.slug, &last, &found, err));
    if (found)
        TRY(json_read(arena, last.inputs, &old, err));
    *is_new_out = !str_eq(json_text(old, str_z(arena, f->name)), value);
    return RC_OK;
}

static enum rc put_new_doubt(struct village_db *db, const struct letter_open *open, struct date today, struct letter_self *out,
                             struct err *err)
{
    bool needs;

    for (size_t i = 0; i < open->form.n_fields; i++) {
        const struct letter_field *f = &open->form.fields[i];

        TRY(is_new(db, open, f, json_text(open->inputs, str_z(village_db_arena(db), f->name)), today, &needs, err));
        if (needs) {
            out->doubt = f->needs.why;
            out->paper = f->needs.paper;
            out->paper_from = f->needs.from;
        }
    }
    return RC_OK;
}

/* A tile says what choosing it asks for, before it is chosen. */
static enum rc put_notes(struct village_db *db, const struct letter_open *open, const struct letter_field *f, struct date today,
                         struct self_field *field, struct err *err)
{
    bool needs;

    for (size_t i = 0; i < field->choices.n; i++) {
        struct self_choice *choice = &field->choices.p[i];

        TRY(is_new(db, open, f, choice->value, today, &needs, err));
        if (needs)
            choice->note = str_fmt(village_db_arena(db), "perlu %.*s", STR_ARG(f->needs.paper));
    }
    return RC_OK;
}

enum rc letter_self_read(struct village_db *db, uint64_t id, uint64_t resident_id, struct date today, struct letter_self *out,
                         struct err *err)
{
    struct arena *arena = village_db_arena(db);
    struct self_own_choices own;
    struct letter_subject subject;
    struct letter_open open;
    json_t *choices;

    TRY(open_own(db, id, resident_id, &open, err));
    *out = (struct letter_self){.id = id,
                                .resident_id = resident_id,
                                .slug = open.letter.slug,
                                .type_name = open.letter.type_name,
                                .number_text = open.letter.number_text,
                                .is_sealed = str_is(open.letter.policy, "seal"),
                                .is_rendered = open.letter.rendered_at != 0,
                                .state = open.letter.state,
                                .version = open.letter.version};
    TRY(sql_letter_subject(db, resident_id, &subject, err));
    TRY(sql_self_choices_of(db, open.letter.slug, &own, err));
    TRY(json_read(arena, own.kiosk_choices, &choices, err));
    const struct letter_matter matter = {arena, &open.form, &subject, &open.people, open.inputs, today};
    const struct letter_doubts doubts = letter_doubts(&matter);
    out->doubt = letter_refusal(&matter);
    if (str_empty(out->doubt) && doubts.n > 0)
        out->doubt = doubts.p[0];
    TRY(put_new_doubt(db, &open, today, out, err));
    out->fields.n = out->first_faulty = open.form.n_fields;
    out->fields.p = ARENA_ARRAY(arena, struct self_field, out->fields.n);
    for (size_t i = out->fields.n; i-- > 0;) {
        const struct letter_field *f = &open.form.fields[i];
        struct str value = str_dup(arena, json_text(open.inputs, str_z(arena, f->name)));

        out->fields.p[i] = (struct self_field){.name = f->name,
                                               .label = f->label,
                                               .hint = f->hint,
                                               .value = value,
                                               .fault = letter_field_fault(arena, f, value, today),
                                               .kind = kind_of(f->kind),
                                               .is_required = f->is_required,
                                               .is_answered = json_object_get(open.inputs, str_z(arena, f->name)) != NULL,
                                               .max = f->max,
                                               .ask = str_empty(f->ask.words) ? f->label : f->ask.words,
                                               .ask_hint = str_empty(f->ask.words) ? f->hint : f->ask.hint,
                                               .may_type = f->ask.may_type && (!out->is_sealed || f->kind == FIELD_YEAR)};
        TRY(put_choices(db, &f->ask, json_object_get(choices, str_z(arena, f->name)), subject.birth_date, today.year, &out->fields.p[i],
                        err));
        TRY(put_notes(db, &open, f, today, &out->fields.p[i], err));
        out->fields.p[i].sample = sample_of(arena, &out->fields.p[i], f->ask.sample);
        if (out->fields.p[i].fault.p != NULL)
            out->first_faulty = i;
    }
    return RC_OK;
}

/* ---- the village's own answers ---- */

enum rc letter_self_questions(struct village_db *db, struct self_questions *out, struct err *err)
{
    struct arena *arena = village_db_arena(db);
    struct self_type_row_rows types;
    json_t *own;

    TRY(sql_self_type_list(db, &types, err));
    *out = (struct self_questions){ARENA_ARRAY(arena, struct self_question, types.n * 30), 0};
    for (size_t t = 0; t < types.n; t++) {
        struct letter_form form;

        TRY(letter_form_read(arena, types.p[t].definition, &form, err));
        TRY(json_read(arena, types.p[t].kiosk_choices, &own, err));
        for (size_t i = 0; types.p[t].at_kiosk && form.fits_kiosk && i < form.n_fields; i++) {
            const struct letter_field *f = &form.fields[i];
            const json_t *mine = json_object_get(own, str_z(arena, f->name));
            struct buf lines = {.arena = arena};

            if (f->ask.choices.n == 0 || f->ask.source != ASK_ITS_OWN)
                continue;
            for (size_t k = 0; k < (mine != NULL ? json_array_size(mine) : f->ask.choices.n); k++)
                buf_fmt(&lines, "%.*s\n",
                        STR_ARG(mine != NULL ? str_c(json_string_value(json_array_get(mine, k))) : f->ask.choices.p[k].value));
            out->p[out->n++] = (struct self_question){types.p[t].slug, types.p[t].name, f->name,
                                                      f->ask.words,    buf_str(&lines), mine != NULL};
        }
    }
    return RC_OK;
}

enum rc letter_self_choose(struct txn *txn, struct str slug, struct str field, struct str lines, const struct letter_actor *by,
                           struct err *err)
{
    struct arena *arena = village_db_arena(in_txn(txn));
    struct self_own_choices before;
    struct letter_type type;
    struct letter_form form;
    struct str rest = lines, line;
    json_t *own, *list = json_array();
    bool is_asked = false;

    json_keep(arena, list);
    TRY(sql_self_choices_lock(txn, slug, &before, err));
    TRY(sql_letter_type_by_slug(in_txn(txn), slug, &type, err));
    TRY(letter_form_read(arena, type.definition, &form, err));
    for (size_t i = 0; i < form.n_fields; i++)
        is_asked = is_asked || (str_eq(form.fields[i].name, field) && form.fields[i].ask.choices.n > 0);
    if (!is_asked)
        return fail(err, RC_INVALID, "the letter type asks no such question");
    TRY(json_read(arena, before.kiosk_choices, &own, err));
    while (rest.p != NULL && str_cut(&rest, '\n', &line)) {
        struct str words = text_tidy(arena, line);

        if (!str_empty(words) && json_array_size(list) < ASK_MOST)
            json_array_append_new(list, json_stringn(words.p, words.n));
    }
    if (json_array_size(list) > 0)
        json_object_set(own, str_z(arena, field), list);
    else
        json_object_del(own, str_z(arena, field));
    const struct audit row = {.at = by->now,
                              .actor = by->id,
                              .actor_name = by->name,
                              .action = STR("letter_type.choices"),
                              .subject = str_fmt(arena, "letter_type:%.*s", STR_ARG(slug)),
                              .detail = json_write(arena, own)};

    TRY(sql_self_choices_set(txn, slug, row.detail, NULL, err));
    return audit_put(txn, &row, err);
}

enum rc letter_self_fill(struct txn *txn, const struct letter_self *letter, struct err *err)
{
    struct arena *arena = village_db_arena(in_txn(txn));
    json_t *object = json_object();

    for (size_t i = 0; i < letter->fields.n; i++) {
        const struct self_field *f = &letter->fields.p[i];

        if (f->is_answered)
            json_object_set_new(object, str_z(arena, f->name), json_stringn(f->value.p, f->value.n));
    }
    struct str inputs = json_write(arena, object);
    json_decref(object);
    return letter_fill(txn, letter->id, letter->version, inputs, NULL, err);
}

enum rc letter_self_abandon(struct txn *txn, uint64_t resident_id, const struct letter_actor *by, struct err *err)
{
    struct self_any_rows drafts;

    TRY(sql_self_drafts(txn, resident_id, STR_NONE, 0, &drafts, err));
    for (size_t i = 0; i < drafts.n; i++)
        TRY(letter_cancel(txn, drafts.p[i].id, by, err));
    return RC_OK;
}

struct stale {
    uint64_t id;
    utc_us before;
};

static enum rc forget_body(struct txn *txn, void *arg, struct err *err)
{
    const struct stale *stale = arg;
    struct self_any still;
    bool is_stale;

    TRY(sql_self_stale_lock(txn, stale->id, stale->before, &still, &is_stale, err));
    if (!is_stale)
        return RC_OK;
    TRY(sql_self_stale_steps(txn, stale->id, NULL, err));
    return sql_self_stale_forget(txn, stale->id, NULL, err);
}

enum rc letter_self_forget(struct village_db *db, utc_us before, struct err *err)
{
    struct self_any_rows rows;

    TRY(sql_self_stale(db, before, &rows, err));
    for (size_t i = 0; i < rows.n; i++) {
        struct stale stale = {rows.p[i].id, before};

        TRY(txn_run(db, forget_body, &stale, err));
    }
    return RC_OK;
}

enum rc letter_self_sheet(struct request *req, uint64_t id, uint64_t resident_id, size_t page, struct self_sheet *out, struct err *err)
{
    struct letter_open open;
    struct village_db *db;

    TRY(request_village_db(req, &db, err));
    TRY(open_own(db, id, resident_id, &open, err));
    return letter_sheet_draw(req, &open, page, out, err);
}

enum rc letter_self_wait(struct village_db *db, uint64_t id, uint32_t for_ms, bool *is_rendered_out, struct err *err)
{
    struct letter_rendered row;

    for (uint32_t waited = 0;;) {
        uint32_t pause = waited < 1000 ? LOOK_FIRST_MS : LOOK_LATER_MS;

        TRY(sql_letter_is_rendered(db, id, &row, err));
        *is_rendered_out = row.is_rendered;
        if (row.is_rendered || waited >= for_ms)
            return RC_OK;
        TRY(fiber_sleep_ms(pause, err));
        waited += pause;
    }
}
