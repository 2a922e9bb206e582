// SPDX-License-Identifier: AGPL-3.0-or-later
/* The text of one letter alone, corrected before it is sent: the type's editor over the letter's own tree. */
#include "server/base/json.h"
#include "server/paper/markup.h"
#include "tenants/village/letters/letters_editor.h"
#include "tenants/village/letters/letters_editor_view.h"
#include "tenants/village/letters/letters_words.h"

/* The letter as it is, and the text that came with this request in the place of its own. */
struct correcting {
    struct letter_open open;
    struct str paper; /* JSON; STR_NONE: what came is no tree */
    struct str fault;
};

static enum rc correcting_read(struct request *req, struct correcting *out, struct err *err)
{
    struct village_db *db;
    struct letter_sent sent;

    *out = (struct correcting){.fault = STR_NONE};
    TRY(request_village_db(req, &db, err));
    TRY(letter_open_at(db, letter_editor_got(req).id | letter_id(req), &out->open, err));
    TRY(letter_look(req, &out->open, "paper", true, err));
    out->paper = json_write(request_arena(req), out->open.form.tree);
    if (!request_is_sent(req))
        return RC_OK;
    TRY(letter_editor_sent(req, STR_NONE, &sent, err));
    if (sent.paper.p != NULL)
        out->open.form.tree = sent.tree;
    out->paper = sent.paper;
    out->fault = sent.fault;
    return RC_OK;
}

static bool is_open_for_work(const struct letter_open *open)
{
    return open->letter.state == LETTER_DRAFT || open->letter.state == LETTER_RETURNED;
}

static enum rc try_it(struct request *req, const struct correcting *c, struct letter_pages *pages, struct letter_problems *problems,
                      struct err *err)
{
    struct letter_sheet sheet;

    TRY(letter_sheet_from_draft(c->open.db, &c->open, request_today(req), &sheet, err));
    return letter_sheet_try(req, &c->open.form, c->open.letter.policy, &sheet, pages, problems, err);
}

/* After a conflict, what somebody else saved. */
static enum rc put_theirs(struct request *req, const struct correcting *c, struct letter_editor_view *v, struct err *err)
{
    struct letter_open stored;

    if (!request_is_changed(req))
        return RC_OK;
    TRY(letter_open_at(c->open.db, c->open.letter.id, &stored, err));
    TRY(letter_markup_of(req, stored.form.tree, &v->theirs, err));
    return RC_OK;
}

static enum rc respond_correcting(struct request *req, struct response *resp, const struct correcting *c, bool is_tried, struct err *err)
{
    struct arena *arena = request_arena(req);
    const struct letter_full *letter = &c->open.letter;
    struct letter_pages pages = {0};
    struct letter_problems problems = {0};
    const uint64_t edition = is_tried ? letter_editor_got(req).version : letter->version;
    struct letter_editor_view v = {.title = STR("Naskah surat ini"),
                                   .sub = letter->type_name,
                                   .back_label = STR("Periksa surat"),
                                   .back_href = letter_url(arena, letter->id, "/periksa"),
                                   .edition = edition,
                                   .has_draft = letter->paper.p != NULL,
                                   .is_tried = is_tried,
                                   .is_letter = true,
                                   .fault = c->fault,
                                   .tree = c->paper.p != NULL ? c->paper : letter_editor_got(req).tree,
                                   .markup = letter_editor_got(req).markup};

    TRY(letter_editor_fill(req, &(struct letter_editor_form){.id = letter->id, .version = edition}, &v.form, err));
    letter_editor_addresses(arena, letter_url(arena, letter->id, "/naskah"), &v);
    TRY(put_theirs(req, c, &v, err));
    if (c->paper.p != NULL && str_empty(v.markup))
        TRY(letter_markup_of(req, c->open.form.tree, &v.markup, err));
    if (c->paper.p != NULL)
        TRY(try_it(req, c, &pages, &problems, err));
    return letter_editor_respond(req, resp, &v, &pages, &problems, err);
}

static enum rc respond_quiet(struct request *req, struct response *resp, const struct correcting *c)
{
    return letter_editor_refuse(req, resp, c->open.letter.version, STR(""), c->fault);
}

enum rc letter_correct_page(struct request *req, struct response *resp, struct err *err)
{
    struct correcting c;

    TRY(correcting_read(req, &c, err));
    if (letter_editor_got(req).is_quiet)
        return respond_quiet(req, resp, &c);
    if (!request_is_sent(req) && !is_open_for_work(&c.open))
        return respond_redirect(resp, letter_url(request_arena(req), c.open.letter.id, ""));
    return respond_correcting(req, resp, &c, false, err);
}

enum rc letter_correct_preview(struct request *req, struct response *resp, struct err *err)
{
    struct correcting c;
    struct letter_pages pages = {0};
    struct letter_problems problems = {0};

    TRY(correcting_read(req, &c, err));
    if (!letter_editor_got(req).is_quiet)
        return respond_correcting(req, resp, &c, true, err);
    if (c.paper.p == NULL)
        return respond_quiet(req, resp, &c);
    TRY(try_it(req, &c, &pages, &problems, err));
    return letter_preview_respond(req, resp, c.open.letter.version, &pages, &problems, err);
}

/* What this letter says stands where a type has its examples; of a list its first member. */
static void put_values(json_t *words, const json_t *values)
{
    json_t *group, *field;
    size_t i, k;

    json_array_foreach(json_object_get(words, "groups"), i, group) json_array_foreach(json_object_get(group, "fields"), k, field)
    {
        const char *of = json_string_value(json_object_get(field, "of")), *name = json_string_value(json_object_get(field, "name"));
        const json_t *from = of[0] != '\0' ? json_array_get(json_object_get(values, of), 0) : values;
        const char *value = json_string_value(json_object_get(from, name));

        json_object_set_new(field, "sample", json_string(value != NULL ? value : ""));
    }
}

enum rc letter_correct_fields(struct request *req, struct response *resp, struct err *err)
{
    struct letter_sheet sheet;
    struct correcting c;
    json_t *words;

    TRY(correcting_read(req, &c, err));
    TRY(letter_sheet_from_draft(c.open.db, &c.open, request_today(req), &sheet, err));
    words = letter_words_json(req, &c.open.form);
    put_values(words, sheet.values);
    return letter_editor_json(req, resp, words);
}

enum rc letter_correct_state(struct request *req, struct response *resp, struct err *err)
{
    struct correcting c;

    TRY(correcting_read(req, &c, err));
    const struct str at = utc_clock(request_arena(req), request_now(req), request_zone(req));
    return letter_editor_json(req, resp,
                              json_pack("{s:I, s:b, s:s%, s:s}", "edition", (json_int_t)c.open.letter.version, "draft",
                                        c.open.letter.paper.p != NULL, "at", at.p, at.n, "by", ""));
}

enum rc letter_correct_check(struct request *req, struct err *err)
{
    struct correcting *c = ARENA_NEW(request_arena(req), struct correcting);

    TRY(correcting_read(req, c, err));
    if (c->fault.p != NULL)
        request_fault(req, LETTER_EDITOR_MARKUP, "%.*s", STR_ARG(c->fault));
    act_keep(req, c);
    return RC_OK;
}

enum rc letter_correct_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct correcting *c = act_kept(req);
    const struct letter_actor by = letter_actor_of(req);
    const bool is_quiet = letter_editor_got(req).is_quiet;
    struct letter letter;
    struct letter_open stored;

    TRY(sql_letter_lock(txn, c->open.letter.id, &letter, err));
    TRY(act_seen(req, letter.version, err));
    TRY(letter_open_at(in_txn(txn), letter.id, &stored, err));
    *go_to_out = letter_url(request_arena(req), letter.id, is_quiet ? "/naskah/keadaan" : "/periksa");
    if (json_equal(stored.form.tree, c->open.form.tree))
        return RC_OK;
    if (!is_quiet)
        act_say(req, "Naskah surat ini tersimpan");
    return letter_correct(txn, letter.id, letter.version, c->paper, &by, err);
}

enum rc letter_uncorrect_act(struct txn *txn, struct request *req, struct str *go_to_out, struct err *err)
{
    const struct letter_actor by = letter_actor_of(req);
    const struct letter_draft_form in = letter_draft_got(req);

    *go_to_out = letter_url(request_arena(req), in.id, "/periksa");
    act_say(req, "Naskah kembali seperti jenis suratnya");
    return letter_correct(txn, in.id, (uint32_t)in.version, STR_NONE, &by, err);
}
